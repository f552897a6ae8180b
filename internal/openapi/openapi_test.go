package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const root = "../.."

// What is committed is what would be written, and writing it again gives the same bytes.
func TestDescriptionIsFresh(t *testing.T) {
	if err := run(root, true); err != nil {
		t.Error(err)
	}
}

func TestStaleIsFound(t *testing.T) {
	copied := t.TempDir()
	for _, folder := range []string{"api", "internal/openapi"} {
		if err := os.CopyFS(filepath.Join(copied, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"go.mod": "module github.com/interdict/interdict\n\ngo 1.26.0\n", "docs/openapi.json": "{}\n"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(copied, name)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(copied, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(copied, true); err == nil || !strings.Contains(err.Error(), "stale") {
		t.Errorf("got %v, want it to be stale", err)
	}
	if err := run(copied, false); err != nil {
		t.Fatal(err)
	}
	if err := run(copied, true); err != nil {
		t.Errorf("just written: got %v", err)
	}
}

func read(t *testing.T, text string) (o object) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestMerge(t *testing.T) {
	for _, tt := range []struct{ name, into, patch, want string }{
		{"adds", `{"a":1}`, `{"b":{"c":2}}`, `{"a":1,"b":{"c":2}}`},
		{"takes away", `{"a":1,"b":2}`, `{"a":null}`, `{"b":2}`},
		{"replaces lists whole", `{"a":[1,2]}`, `{"a":[3]}`, `{"a":[3]}`},
		{"goes into objects", `{"a":{"b":1,"c":2}}`, `{"a":{"c":3}}`, `{"a":{"b":1,"c":3}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			into := read(t, tt.into)
			merge(into, read(t, tt.patch))
			if diff := cmp.Diff(read(t, tt.want), into); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNullable(t *testing.T) {
	for _, tt := range []struct{ name, schema, want string }{
		{"a type", `{"type":"string"}`, `{"type":["string","null"]}`},
		{"words", `{"type":"string","enum":["a"]}`, `{"type":["string","null"],"enum":["a",null]}`},
		{"a reference", `{"$ref":"#/x"}`, `{"anyOf":[{"$ref":"#/x"},{"type":"null"}]}`},
		{"a described reference", `{"allOf":[{"$ref":"#/x"}],"description":"d"}`, `{"anyOf":[{"$ref":"#/x"},{"type":"null"}],"description":"d"}`},
		{"anything", `{}`, `{}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(read(t, tt.want), nullable(read(t, tt.schema))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadTypes(t *testing.T) {
	folder := t.TempDir()
	source := `package p
import "time"
// Outer is outside.
type Outer struct {
	A string     ` + "`json:\"a\"`" + `
	B *Inner     ` + "`json:\"b\"`" + `
	C *Inner     ` + "`json:\"c,omitzero\"`" + `
	D time.Time  ` + "`json:\"d,omitempty\"`" + `
	E [2]int     ` + "`json:\"e\"`" + `
	Inner
	hidden string
}
type Inner struct{ F string ` + "`json:\"f\"`" + ` }
`
	if err := os.WriteFile(filepath.Join(folder, "p.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readTypes(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := structs{
		"Outer": {"Outer is outside.", []field{
			{name: "a"},
			{name: "b", nullable: true},
			{name: "c", optional: true},
			{name: "d", optional: true, instant: true},
			{name: "e", length: 2},
			{name: "f"},
		}},
		"Inner": {"", []field{{name: "f"}}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(structure{}, field{})); diff != "" {
		t.Error(diff)
	}
}
