package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// The description is the oracle of what the server takes: a body that follows it gets a verdict or is refused as
// impossible (422); one that does not gets a problem document and never a decision. The transport of the tests holds
// each answer against the description.
func TestBodiesByDescription(t *testing.T) {
	c, err := described()
	if err != nil {
		t.Fatal(err)
	}
	srv := start(t, nil)
	for path, item := range c.doc.Paths.Map() {
		if item.Post == nil || item.Post.RequestBody == nil {
			continue
		}
		schema := item.Post.RequestBody.Value.Content.Get("application/json").Schema.Value
		t.Run("valid"+path, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				body := drawn(rt, schema)
				if err := follows(schema, body); err != nil {
					rt.Fatalf("the generator made %v, which does not follow the description: %v", body, err)
				}
				status, text := send(t, rt, srv, path, body)
				if status != http.StatusOK && status != http.StatusUnprocessableEntity {
					rt.Fatalf("got %d %s, want 200 or 422", status, text)
				}
			})
		})
		t.Run("spoiled"+path, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				body := spoiled(rt, drawn(rt, schema))
				wrong := follows(schema, body)
				status, text := send(t, rt, srv, path, body)
				switch {
				case wrong == nil && status != http.StatusOK && status != http.StatusUnprocessableEntity:
					rt.Fatalf("got %d %s, want 200 or 422", status, text)
				case wrong != nil && (status < http.StatusBadRequest || status >= http.StatusInternalServerError):
					rt.Fatalf("got %d %s, want 4xx: %v", status, text, wrong)
				}
			})
		})
	}
}

func follows(schema *openapi3.Schema, value any) error {
	return schema.VisitJSON(value, openapi3.EnableJSONSchema2020())
}

func send(t *testing.T, rt *rapid.T, srv *httptest.Server, path string, body any) (int, []byte) {
	text, err := json.Marshal(body)
	if err != nil {
		rt.Fatal(err)
	}
	rt.Logf("%s", text)
	status, _, answer := post(t, srv, path, "application/json", string(text))
	return status, answer
}

// plausible are words that take the engine into its corners; random ones only tell it that there is nothing.
var plausible = []string{
	"", "Acme Supplies LLC", "Kaspersky Lab", "АО «Лаборатория Касперского»", "K a s p e r s k y", "Eugene Kaspersky", "KL4867XATFS",
	"Kaspersky Endpoint Security for Business", "migrate from Kaspersky", "US", "GB", "Germany", "Atlantis", "TX", "2024-10-02", "2024-02-30",
	"09/10/2024", "2024-09-27T16:00:00-04:00", "1972", "5", "-1", "21.50", "1e9", "yes", "\u0000", "\ufffd", "\u202eyksrepsaK", "e\u0301",
}

// drawn draws a value that follows a schema, as far as the schemas of requests go.
func drawn(t *rapid.T, schema *openapi3.Schema) any {
	switch {
	case len(schema.AnyOf) > 0 && len(schema.Properties) == 0:
		return drawn(t, rapid.SampledFrom(schema.AnyOf).Draw(t, "variant").Value)
	case len(schema.Enum) > 0:
		return rapid.SampledFrom(schema.Enum).Draw(t, "word")
	case schema.Type.Includes("null") && rapid.IntRange(0, 9).Draw(t, "null") == 0:
		return nil
	case schema.Type.Includes("object"):
		return drawnObject(t, schema)
	case schema.Type.Includes("array"):
		least := int(schema.MinItems)
		if schema.Contains != nil {
			return []any{drawn(t, schema.Contains.Value)}
		}
		n := rapid.IntRange(least, least+2).Draw(t, "length")
		items := make([]any, n)
		for i := range items {
			if schema.Items.Value.Type != nil || len(schema.Items.Value.AnyOf) > 0 {
				items[i] = drawn(t, schema.Items.Value)
			}
		}
		return items
	case schema.Type.Includes("string"):
		return drawnString(t, schema)
	}
	return nil
}

func drawnString(t *rapid.T, schema *openapi3.Schema) string {
	// \S in the description is ECMAScript's and knows every white space; the one of Go that checks it knows ASCII's.
	odd := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r < utf8.RuneSelf || !unicode.IsSpace(r) }))
	word := rapid.OneOf(rapid.SampledFrom(plausible), odd).Draw(t, "text")
	switch {
	case schema.Pattern == `^([A-Z]{3})?$`:
		return rapid.SampledFrom([]string{"", "USD", "EUR", "XXX"}).Draw(t, "currency")
	case schema.Pattern != "" || schema.MinLength > uint64(len(word)):
		return "A" + word
	}
	return word
}

// drawnObject draws an object with the members that it must have, and some of the others. Where it must follow one of
// several schemas, it is made to follow one of them.
func drawnObject(t *rapid.T, schema *openapi3.Schema) any {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		if slices.Contains(schema.Required, name) || rapid.IntRange(0, 2).Draw(t, "has "+name) == 0 {
			out[name] = drawn(t, schema.Properties[name].Value)
		}
	}
	if len(schema.AnyOf) > 0 {
		one := rapid.SampledFrom(schema.AnyOf).Draw(t, "must have").Value
		for _, name := range one.Required {
			must := one.Properties[name].Value
			if items := schema.Properties[name].Value.Items; items != nil {
				full := *must
				full.Items = items
				must = &full
			}
			out[name] = drawn(t, must)
		}
	}
	return out
}

// spoiled changes one thing, anywhere in a value: most changes make it invalid.
func spoiled(t *rapid.T, value any) any {
	if rapid.IntRange(0, 3).Draw(t, "here") == 0 {
		return rapid.SampledFrom([]any{nil, true, 1.5, "", "odd", []any{}, []any{"x"}, map[string]any{}, map[string]any{"odd": "x"}}).Draw(t, "instead")
	}
	switch value := value.(type) {
	case map[string]any:
		if len(value) == 0 || rapid.IntRange(0, 3).Draw(t, "member") == 0 {
			value["odd"] = rapid.SampledFrom([]any{nil, "x"}).Draw(t, "odd")
			return value
		}
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(value))).Draw(t, "inside")
		if rapid.IntRange(0, 3).Draw(t, "take away") == 0 {
			delete(value, name)
			return value
		}
		value[name] = spoiled(t, value[name])
		return value
	case []any:
		if len(value) > 0 {
			i := rapid.IntRange(0, len(value)-1).Draw(t, "item")
			value[i] = spoiled(t, value[i])
			return value
		}
	}
	return rapid.SampledFrom([]any{true, 7.0, map[string]any{}}).Draw(t, "instead")
}
