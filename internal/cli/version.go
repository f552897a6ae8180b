package cli

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/data"
)

type versionCommand struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// Run is kong's hook.
func (c versionCommand) Run(p *program) error {
	catalogue, err := data.Catalogue()
	if err != nil {
		return fmt.Errorf("load the embedded catalogue: %w", err)
	}
	about := struct {
		Version string `json:"version"`
		Build
		Catalogue string `json:"catalogue"`
		Digest    string `json:"digest"`
	}{version, p.Build, catalogue.Version(), catalogue.Digest()}
	if c.JSON {
		if err := json.MarshalWrite(p.Stdout, about, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		fmt.Fprintln(p.Stdout)
		return nil
	}
	commit := about.Commit
	if commit == "" {
		commit = "unknown"
	}
	if about.Dirty {
		commit += " with local changes"
	}
	fmt.Fprintf(p.Stdout, "interdict %s\ncommit    %s\ngo        %s\ncatalogue %s\n          %s\n",
		about.Version, commit, about.Go, about.Catalogue, about.Digest)
	return nil
}
