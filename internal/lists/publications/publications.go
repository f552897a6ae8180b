// Package publications names every list that interdict can read. A new one is a folder beside this and a line here.
package publications

import (
	"fmt"
	"io/fs"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/csl"
	"github.com/interdict/interdict/internal/lists/dpl"
	"github.com/interdict/interdict/internal/lists/eu"
	"github.com/interdict/interdict/internal/lists/fcc"
	"github.com/interdict/interdict/internal/lists/ofac"
	"github.com/interdict/interdict/internal/lists/opensanctions"
	"github.com/interdict/interdict/internal/lists/ownlist"
	"github.com/interdict/interdict/internal/lists/uk"
	"github.com/interdict/interdict/internal/lists/un"
)

// All returns the publications in the order in which the layout of a file is looked for: a layout with a telling
// beginning comes before one that is told by its columns alone.
func All() []lists.Publication {
	return []lists.Publication{
		csl.Publication, dpl.Publication, fcc.Publication, un.Publication, eu.Publication, uk.Publication, opensanctions.Publication,
		ofac.SDN, ofac.Consolidated,
	}
}

// With returns all publications and the lists of a caller's own, which mapping files in a folder describe: one YAML file
// a list. A nil folder has none.
func With(own fs.FS) ([]lists.Publication, error) {
	all := All()
	if own == nil {
		return all, nil
	}
	files, err := fs.Glob(own, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		text, err := fs.ReadFile(own, name)
		if err != nil {
			return nil, err
		}
		p, err := ownlist.New(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, p)
	}
	return all, nil
}
