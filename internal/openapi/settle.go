package main

import (
	"fmt"
	"slices"
	"strings"
)

const (
	mediaJSON    = "application/json"
	mediaNDJSON  = "application/x-ndjson"
	mediaProblem = "application/problem+json"
	schemaPrefix = "#/components/schemas/"
)

// settle turns what swag can say, which is Swagger 2.0, into what the API does.
func settle(doc object, types structs) error {
	doc["openapi"] = "3.1.0"
	doc["servers"] = []any{object{"url": "/", "description": "this server"}}
	components := child(doc, "components")
	components["securitySchemes"] = object{"APIKey": object{
		"type": "http", "scheme": "bearer",
		"description": "The API key. A server without one answers on loopback only and asks for none.",
	}}
	schemas := child(components, "schemas")
	for name, schema := range schemas {
		s := schema.(object)
		if err := typed(s, types[name].fields); err != nil {
			return fmt.Errorf("schema %s: %w", name, err)
		}
		if doc := types[name].doc; doc != "" {
			s["description"] = doc
		}
	}
	for _, op := range operations(doc) {
		if op["security"] == nil {
			op["security"] = []any{}
		}
		if body, ok := op["requestBody"].(object); ok {
			delete(body, "x-originalParamName")
			settleLines(child(body, "content"), "objects", child(body, "content", mediaJSON)["schema"])
		}
		for code, response := range child(op, "responses") {
			settleResponse(code, response.(object))
		}
	}
	for _, name := range askedFor(doc) {
		lenient(child(schemas, name))
	}
	return nil
}

// child returns the object at a path, made where there is none.
func child(o object, path ...string) object {
	for _, step := range path {
		next, ok := o[step].(object)
		if !ok {
			next = object{}
			o[step] = next
		}
		o = next
	}
	return o
}

// operations returns every operation by its id.
func operations(doc object) map[string]object {
	out := map[string]object{}
	for _, item := range child(doc, "paths") {
		for _, op := range item.(object) {
			if op, ok := op.(object); ok {
				out[fmt.Sprint(op["operationId"])] = op
			}
		}
	}
	return out
}

// settleResponse leaves a response the formats that it comes in: problem documents for errors, the others for answers.
func settleResponse(code string, response object) {
	content := child(response, "content")
	failed := !strings.HasPrefix(code, "2")
	for media := range content {
		if failed != (media == mediaProblem) {
			delete(content, media)
		}
	}
	if answer := child(response, "content", mediaJSON)["schema"]; answer != nil {
		settleLines(content, "verdicts and problem documents", object{"anyOf": []any{answer, ref("Problem")}})
	}
	if len(child(content, mediaJSON)) == 0 {
		delete(content, mediaJSON)
	}
	if len(content) == 0 {
		delete(response, "content")
	}
}

// settleLines says what NDJSON holds. OpenAPI 3.1 has no word for a sequence, so x-line is for people and for tests.
func settleLines(content object, what string, line any) {
	if _, taken := content[mediaNDJSON]; taken {
		content[mediaNDJSON] = object{"schema": object{
			"type": "string", "description": "NDJSON: " + what + ", one a line, in the same order.", "x-line": line,
		}}
	}
}

func ref(name string) object { return object{"$ref": schemaPrefix + name} }

// typed adds what a Go type says of its members.
func typed(schema object, fields []field) error {
	properties, _ := schema["properties"].(object)
	if properties == nil {
		return nil
	}
	required := []any{}
	for _, f := range fields {
		member, ok := properties[f.name].(object)
		if !ok {
			return fmt.Errorf("has no member %s", f.name)
		}
		if !f.optional {
			required = append(required, f.name)
		}
		if f.instant {
			member["format"] = "date-time"
		}
		if f.length > 0 {
			member["minItems"], member["maxItems"] = f.length, f.length
		}
		if f.nullable {
			properties[f.name] = nullable(member)
		}
	}
	delete(schema, "required")
	if len(required) > 0 {
		schema["required"] = required
	}
	return nil
}

// nullable returns a schema that takes null too.
func nullable(schema object) object {
	null := object{"type": "null"}
	switch {
	case schema["$ref"] != nil:
		return object{"anyOf": []any{schema, null}}
	case schema["allOf"] != nil: // a reference with a description beside it
		schema["anyOf"] = append(schema["allOf"].([]any), null)
		delete(schema, "allOf")
	case schema["type"] != nil:
		schema["type"] = []any{schema["type"], "null"}
		if words, ok := schema["enum"].([]any); ok {
			schema["enum"] = append(words, nil)
		}
	}
	return schema
}

// askedFor returns the names of the schemas that requests are made of.
func askedFor(doc object) []string {
	var out []string
	var follow func(any)
	follow = func(node any) {
		switch node := node.(type) {
		case object:
			if name, ok := strings.CutPrefix(fmt.Sprint(node["$ref"]), schemaPrefix); ok && !slices.Contains(out, name) {
				out = append(out, name)
				follow(child(doc, "components", "schemas", name))
			}
			for _, inner := range node {
				follow(inner)
			}
		case []any:
			for _, inner := range node {
				follow(inner)
			}
		}
	}
	for _, op := range operations(doc) {
		follow(op["requestBody"])
	}
	return out
}

// lenient is how a request is read: no member but those that are known; null or an empty word is the same as nothing.
func lenient(schema object) {
	schema["additionalProperties"] = false
	delete(schema, "required")
	properties := child(schema, "properties")
	for name, member := range properties {
		m := member.(object)
		if words, ok := m["enum"].([]any); ok {
			m["enum"] = append(words, "")
		}
		if items, ok := m["items"].(object); ok && items["$ref"] == nil {
			m["items"] = nullable(items)
		}
		properties[name] = nullable(m)
	}
}
