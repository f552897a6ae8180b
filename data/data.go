// Package data holds the facts that interdict ships with: entities, products, rules, buyers, places and thresholds.
package data

import (
	"embed"

	"github.com/interdict/interdict/screening"
)

//go:embed *.yaml buyers entities lists products rules words
var files embed.FS

// Catalogue loads the embedded facts. It fails only where a file is faulty, with every fault named.
func Catalogue() (*screening.Catalogue, error) { return screening.LoadCatalogue(files) }
