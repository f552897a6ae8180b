package products

import (
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/screening/names"
)

func loadYAML(tb testing.TB, path string, into any, options ...yaml.Option) {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	if err := yaml.Load(content, into, options...); err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
}

// realNames is package names over the embedded lexicon and entities.
func realNames(tb testing.TB) (*names.Lexicon, *names.Index, Settings) {
	tb.Helper()
	var words names.LexiconFile
	paths, _ := filepath.Glob("../../data/words/*.yaml")
	for _, path := range paths {
		var part names.LexiconFile
		loadYAML(tb, path, &part, yaml.WithKnownFields())
		words.Append(part)
	}
	lexicon, err := names.NewLexicon(words, nil)
	if err != nil {
		tb.Fatal(err)
	}
	var thresholds struct {
		Names    names.Settings `yaml:"names"`
		Products Settings       `yaml:"products"`
	}
	loadYAML(tb, "../../data/thresholds.yaml", &thresholds)
	index, err := names.NewIndex(lexicon, thresholds.Names, realEntries(tb))
	if err != nil {
		tb.Fatal(err)
	}
	return lexicon, index, thresholds.Products
}

func realEntries(tb testing.TB) []names.Entry {
	tb.Helper()
	type spelling struct {
		Name string         `yaml:"name"`
		Form names.NameForm `yaml:"form"`
	}
	var entries []names.Entry
	paths, _ := filepath.Glob("../../data/entities/*.yaml")
	for _, path := range paths {
		var list struct {
			Entities []struct {
				ID    string     `yaml:"id"`
				Name  string     `yaml:"name"`
				Kind  names.Kind `yaml:"kind"`
				Names []spelling `yaml:"names"`
				Brand []spelling `yaml:"brand"`
			} `yaml:"entities"`
		}
		loadYAML(tb, path, &list)
		for _, e := range list.Entities {
			entry := names.Entry{ID: e.ID, Kind: e.Kind, Names: []names.Name{{Text: e.Name, Form: names.Official}}}
			for _, n := range e.Names {
				entry.Names = append(entry.Names, names.Name{Text: n.Name, Form: n.Form})
			}
			for _, n := range e.Brand {
				entry.Brand = append(entry.Brand, names.Name{Text: n.Name, Form: n.Form})
			}
			entries = append(entries, entry)
		}
	}
	return entries
}

// embedded is a Spotter over the embedded data and package names.
func embedded(tb testing.TB) *Spotter {
	tb.Helper()
	lexicon, index, settings := realNames(tb)
	s, err := New(settings, lexicon, index, readFiles(tb)...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestLabelledCases(t *testing.T) {
	s := embedded(t)
	t.Run("skus", func(t *testing.T) { checkSKUs(t, s) })
	t.Run("near misses", func(t *testing.T) { checkNearMisses(t, s) })
	t.Run("descriptions", func(t *testing.T) { checkDescriptions(t, s) })
	t.Run("order lines", func(t *testing.T) { checkOrderLines(t, s) })
}
