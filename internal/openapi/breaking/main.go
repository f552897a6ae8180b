// Command breaking tells what a client of one description of the API would find broken under another: members and calls
// that are gone, values that are no longer taken, what is newly demanded. It is a module of its own, since what it stands
// on is no part of interdict.
//
//	go run -C internal/openapi/breaking . ../../../docs/openapi-baseline.json ../../../docs/openapi.json
package main

import (
	"fmt"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: breaking BASELINE DESCRIPTION")
		os.Exit(3)
	}
	found, err := breaks(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "breaking:", err)
		os.Exit(3)
	}
	for _, change := range found {
		fmt.Println(change)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

// breaks returns each change from one description to another that breaks a client, one a line.
func breaks(baseline, description string) ([]string, error) {
	loader := openapi3.NewLoader()
	before, err := load.NewSpecInfo(loader, load.NewSource(baseline))
	if err != nil {
		return nil, err
	}
	after, err := load.NewSpecInfo(loader, load.NewSource(description))
	if err != nil {
		return nil, err
	}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), before, after)
	if err != nil {
		return nil, err
	}
	words := checker.NewDefaultLocalizer()
	var out []string
	for _, change := range checker.CheckBackwardCompatibility(checker.NewConfig(checker.GetAllChecks()), report, sources) {
		if change.IsBreaking() {
			out = append(out, fmt.Sprintf("%s %s: %s", change.GetOperation(), change.GetPath(), change.GetUncolorizedText(words)))
		}
	}
	return out, nil
}
