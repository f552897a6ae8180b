package csl

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/screening"
)

// realText reads a file of the folder that INTERDICT_TEST_LISTS names.
func realText(t *testing.T, name string) []byte {
	t.Helper()
	folder := os.Getenv("INTERDICT_TEST_LISTS")
	if folder == "" {
		t.Skip("INTERDICT_TEST_LISTS does not name a folder with copies of the lists")
	}
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// check asserts what is true of every entity and returns how many have what.
func check(t *testing.T, e *lists.Edition) map[string]int {
	t.Helper()
	have := map[string]int{}
	seen := map[screening.EntityID]bool{}
	count := func(what string, n int) {
		if n > 0 {
			have[what]++
		}
	}
	for i := range e.Entities {
		e := &e.Entities[i]
		if e.ID == "" || seen[e.ID] || e.Name == "" || e.Kind == "" || len(e.Listings) != 1 {
			t.Errorf("got %+v", e)
		}
		seen[e.ID] = true
		l := e.Listings[0]
		if l.UID == "" || l.Entry == "" || l.Citation == "" || l.URL == "" {
			t.Errorf("%s: got listing %+v", e.ID, l)
		}
		have[string(e.Kind)]++
		have[string(l.List)]++
		count("names", len(e.Names))
		count("identifiers", len(e.Identifiers))
		count("countries", len(e.Countries))
		count("born", len(e.Born))
		count("from", len(l.From))
		count("until", len(l.Until))
	}
	return have
}

// The copy was cut off within its last row, which must not pass for a whole list; up to there all of it is read.
func TestRealPartial(t *testing.T) {
	text := realText(t, "us-csl-partial-2023-11.csv")
	if e, err := Publication.Read(context.Background(), copyOf(t, string(text))); err != nil || !strings.Contains(e.Cut, "line 4233") || len(e.Entities) != 4226 {
		t.Errorf("got %+v, %v, want the rows before line 4233 and a word on that line", e, err)
	}
	text = text[:bytes.LastIndexByte(bytes.TrimRight(text, "\n"), '\n')+1]
	c := copyOf(t, string(text))
	if !Publication.Parts[0].Fits(c.Parts[part]) {
		t.Error("the copy is not told as the list")
	}
	start := time.Now()
	edition, err := Publication.Read(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	have := check(t, edition)
	t.Logf("%d records in %v: %v", edition.Records, took, have)
	if len(edition.Entities) != 4226 || have["ofac-sdn"] != 1737 || have["us-entity-list"] != 919 || have["bis-dpl"] != 577 || have["us-csl"] != 0 || have["until"] != 532 {
		t.Errorf("got %d entities, %v", len(edition.Entities), have)
	}

	r := csv.NewReader(bytes.NewReader(text))
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	c = copyOf(t, string(asJSON(t, rows[1:]))) // the headers stand twice
	if !Publication.Parts[0].Fits(c.Parts[part]) {
		t.Error("the same as JSON is not told as the list")
	}
	start = time.Now()
	other, err := Publication.Read(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the same as %d MB of JSON in %v", len(c.Parts[part].Data)>>20, time.Since(start))
	if diff := cmp.Diff(edition.Entities, other.Entities, cmpopts.IgnoreUnexported(screening.Listing{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the two layouts differ:\n%.4000s", diff)
	}
}

func TestRealSample(t *testing.T) {
	edition, err := Publication.Read(context.Background(), copyOf(t, string(realText(t, "us-csl-sample-2025-06.csv"))))
	if err != nil {
		t.Fatal(err)
	}
	if have := check(t, edition); len(edition.Entities) != 13 || have["ofac-ssi"] != 3 || have["us-csl"] != 0 {
		t.Errorf("got %d entities, %v", len(edition.Entities), have)
	}
}
