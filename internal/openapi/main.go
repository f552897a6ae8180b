// Command openapi writes docs/openapi.json, the OpenAPI 3.1 description of the API: from the annotations of the handlers
// and the doc comments and tags of the wire types (read by swag), from what the types themselves say, from overlay.yaml
// for what neither can, and from examples/ for what is asked and answered. With -check it only tells whether the file on
// disk is what it would write.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	root := flag.String("root", ".", "the repository's root `folder`")
	check := flag.Bool("check", false, "write nothing; fail where docs/openapi.json is stale")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run(root string, check bool) error {
	want, err := generate(root)
	if err != nil {
		return err
	}
	file := filepath.Join(root, "docs", "openapi.json")
	if !check {
		return os.WriteFile(file, want, 0o644) //nolint:gosec // a source file: everybody may read it
	}
	got, err := os.ReadFile(file) //nolint:gosec // the path is this repository's own
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return errors.New("docs/openapi.json is stale: run make generate")
	}
	return nil
}

// generate returns the description of the API of the repository at root.
func generate(root string) ([]byte, error) {
	doc, err := annotated(filepath.Join(root, "api"))
	if err != nil {
		return nil, fmt.Errorf("reading the annotations: %w", err)
	}
	types, err := readTypes(filepath.Join(root, "api"))
	if err != nil {
		return nil, fmt.Errorf("reading the wire types: %w", err)
	}
	own := filepath.Join(root, "internal", "openapi")
	if err := settle(doc, types); err != nil {
		return nil, err
	}
	if err := overlay(doc, filepath.Join(own, "overlay.yaml")); err != nil {
		return nil, fmt.Errorf("overlay.yaml: %w", err)
	}
	if err := exemplify(doc, filepath.Join(own, "examples")); err != nil {
		return nil, fmt.Errorf("examples: %w", err)
	}
	out, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, err
	}
	out = append(out, '\n')
	return out, valid(out)
}

// valid reports what is wrong with a description, the examples in it too.
func valid(description []byte) error {
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		return err
	}
	return doc.Validate(context.Background(), openapi3.EnableExamplesValidation())
}
