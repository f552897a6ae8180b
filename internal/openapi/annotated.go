package main

import (
	"encoding/json"
	"errors"
	"io"
	"log"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/swaggo/swag"
)

// generalInfo is the file of the folder with the annotations that are not of one call.
const generalInfo = "openapi.go"

// asWritten tells swag what types with an encoding of their own are over the wire.
func asWritten() map[string]string {
	return map[string]string{"FactSet": "map[string]FactValue", "RuleList": "[]string"}
}

// object is a JSON object. The description is handled as plain JSON: the steps that shape it are independent of any
// library's idea of it.
type object = map[string]any

// annotated returns what swag makes of the handlers in a folder, as OpenAPI 3.
func annotated(folder string) (object, error) {
	parser := swag.New(swag.SetStrict(true), swag.SetOverrides(asWritten()), swag.SetDebugger(log.New(io.Discard, "", 0)))
	parser.UseStructName = true
	const depth = 100
	if err := parser.ParseAPIMultiSearchDir([]string{folder}, generalInfo, depth); err != nil {
		return nil, err
	}
	swagger, err := json.Marshal(parser.GetSwagger())
	if err != nil {
		return nil, err
	}
	var two openapi2.T
	if err := json.Unmarshal(swagger, &two); err != nil {
		return nil, err
	}
	three, err := openapi2conv.ToV3(&two)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(three)
	if err != nil {
		return nil, err
	}
	var doc, before object
	if err := errors.Join(json.Unmarshal(text, &doc), json.Unmarshal(swagger, &before)); err != nil {
		return nil, err
	}
	keepExamples(before, doc)
	return doc, nil
}

// keepExamples copies the examples of parameters, which get lost on the way from Swagger 2.0.
func keepExamples(from, to object) {
	converted := operations(to)
	for id, op := range operations(from) {
		for _, p := range list(op["parameters"]) {
			example := p["example"]
			if example == nil {
				continue
			}
			for _, q := range list(converted[id]["parameters"]) {
				if q["name"] == p["name"] && q["in"] == p["in"] {
					q["example"] = example
				}
			}
		}
	}
}

// list returns the objects of an array; none where there is no array.
func list(array any) []object {
	items, _ := array.([]any)
	out := make([]object, len(items))
	for i, item := range items {
		out[i], _ = item.(object)
	}
	return out
}
