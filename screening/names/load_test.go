package names

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v4"
)

// testLexicon is the lexicon of data/words.
func testLexicon(t testing.TB) *Lexicon {
	t.Helper()
	files, err := filepath.Glob("../../data/words/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lexicon in data/words: %v", err)
	}
	var all LexiconFile
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var part LexiconFile
		if err := yaml.Load(content, &part, yaml.WithKnownFields()); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all.Append(part)
	}
	corpus, err := os.ReadFile("../../data/words/frequencies.tsv")
	if err != nil {
		t.Fatal(err)
	}
	frequencies, err := ReadFrequencies(bytes.NewReader(corpus))
	if err != nil {
		t.Fatal(err)
	}
	lexicon, err := NewLexicon(all, frequencies)
	if err != nil {
		t.Fatal(err)
	}
	return lexicon
}

// testSettings is the names part of data/thresholds.yaml.
func testSettings(t testing.TB) Settings {
	t.Helper()
	content, err := os.ReadFile("../../data/thresholds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Names Settings `yaml:"names"`
	}
	if err := yaml.Load(content, &file); err != nil {
		t.Fatal(err)
	}
	return file.Names
}

// testEntries is the entries of data/entities.
func testEntries(t testing.TB) []Entry {
	t.Helper()
	files, err := filepath.Glob("../../data/entities/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no entities in data/entities: %v", err)
	}
	type spelling struct {
		Name string   `yaml:"name"`
		Form NameForm `yaml:"form"`
	}
	var entries []Entry
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var list struct {
			Entities []struct {
				ID    string     `yaml:"id"`
				Name  string     `yaml:"name"`
				Kind  Kind       `yaml:"kind"`
				Names []spelling `yaml:"names"`
				Brand []spelling `yaml:"brand"`
			} `yaml:"entities"`
		}
		if err := yaml.Load(content, &list); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, e := range list.Entities {
			entry := Entry{ID: e.ID, Kind: e.Kind, Names: []Name{{e.Name, Official}}}
			for _, n := range e.Names {
				entry.Names = append(entry.Names, Name{n.Name, n.Form})
			}
			for _, n := range e.Brand {
				entry.Brand = append(entry.Brand, Name{n.Name, n.Form})
			}
			entries = append(entries, entry)
		}
	}
	return entries
}

func testIndex(t testing.TB) *Index {
	t.Helper()
	x, err := NewIndex(testLexicon(t), testSettings(t), testEntries(t))
	if err != nil {
		t.Fatal(err)
	}
	return x
}
