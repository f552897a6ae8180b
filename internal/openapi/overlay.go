package main

import (
	"os"

	"go.yaml.in/yaml/v4"
)

// overlay lays a JSON merge patch (RFC 7396), written as YAML, over the description: an object is merged member by
// member, null takes a member away, anything else takes its place.
func overlay(doc object, file string) error {
	text, err := os.ReadFile(file) //nolint:gosec // the path is this repository's own
	if err != nil {
		return err
	}
	var patch object
	if err := yaml.Load(text, &patch); err != nil {
		return err
	}
	merge(doc, patch)
	return nil
}

func merge(into, patch object) {
	for name, value := range patch {
		switch value := value.(type) {
		case nil:
			delete(into, name)
		case object:
			merge(child(into, name), value)
		default:
			into[name] = value
		}
	}
}
