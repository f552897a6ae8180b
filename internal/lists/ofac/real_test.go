package ofac

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/screening"
)

// realFile reads a file of the folder that INTERDICT_TEST_LISTS names.
func realFile(t *testing.T, name string) *lists.File {
	t.Helper()
	folder := os.Getenv("INTERDICT_TEST_LISTS")
	if folder == "" {
		t.Skip("INTERDICT_TEST_LISTS does not name a folder with copies of the lists")
	}
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return &lists.File{Name: name, Data: text}
}

func realCopy(t *testing.T, p lists.Publication, files ...string) *lists.Copy {
	t.Helper()
	c := &lists.Copy{Parts: map[string]*lists.File{}, Places: places(t)}
	for _, name := range files {
		f := realFile(t, name)
		for _, part := range p.Parts {
			if part.Fits(f) {
				c.Parts[part.Name] = f
			}
		}
	}
	if len(c.Parts) != len(files) {
		t.Fatalf("%d of %d files were told", len(c.Parts), len(files))
	}
	return c
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
		if e.ID == "" || seen[e.ID] || e.Name == "" || e.Kind == "" || len(e.Listings) == 0 || e.Standing != screening.Listed {
			t.Errorf("got %+v", e)
		}
		seen[e.ID] = true
		have[string(e.Kind)]++
		for _, l := range e.Listings {
			have[string(l.List)]++
			if l.UID == "" || l.Citation == "" || l.Entry == "" || len(l.Programs) == 0 {
				t.Errorf("%s: got listing %+v", e.ID, l)
			}
		}
		for _, n := range e.Names {
			have[string(n.Form)]++
		}
		for _, n := range e.Identifiers {
			have[n.Type]++
		}
		count("names", len(e.Names))
		count("identifiers", len(e.Identifiers))
		count("addresses", len(e.Addresses))
		count("countries", len(e.Countries))
		count("born", len(e.Born))
		count("nationality", len(e.Nationality))
		count("domains", len(e.Domains))
	}
	return have
}

func TestRealSDN(t *testing.T) {
	c := realCopy(t, SDN, "ofac-sdn-2024-05-03.csv", "ofac-alt-2025-12.csv", "ofac-add-2025-12.csv")
	start := time.Now()
	edition, err := SDN.Read(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d records, %d entities, %d orphans in %v", edition.Records, len(edition.Entities), edition.Orphans, time.Since(start))
	have := check(t, edition)
	t.Log(have)
	if len(edition.Entities) != 14965 || have["person"] != 6854 || have["craft"] != 851+376 || edition.Records != 14965+20107+24244 {
		t.Errorf("got %d entities, %d persons, %d craft, %d records", len(edition.Entities), have["person"], have["craft"], edition.Records)
	}
	// The names and addresses are of a later edition than the list.
	if edition.Orphans == 0 || edition.Orphans > 20000 || have["born"] < 6000 || have["imo"] < 850 || have["digital_currency"] < 200 || have["weak"] < 3000 {
		t.Errorf("got %d orphans, %v", edition.Orphans, have)
	}
}

func TestRealConsolidated(t *testing.T) {
	edition, err := Consolidated.Read(context.Background(), realCopy(t, Consolidated, "ofac-cons-prim-2025-12.csv", "ofac-cons-alt-2025-12.csv"))
	if err != nil {
		t.Fatal(err)
	}
	have := check(t, edition)
	t.Log(edition.Records, edition.Orphans, have)
	if len(edition.Entities) != 442 || edition.Orphans != 0 || have["ofac-plc"] != 78 || have["ofac-cmic"] != 68 || have["ofac-ssi"] != 286 || have["ofac-cons"] != 0 {
		t.Errorf("got %d entities, %d orphans, %v", len(edition.Entities), edition.Orphans, have)
	}
}

func TestRealKasperskyRows(t *testing.T) {
	edition, err := SDN.Read(context.Background(), realCopy(t, SDN, "ofac-sdn-2026-04-kaspersky-rows.csv"))
	if err != nil {
		t.Fatal(err)
	}
	have := check(t, edition)
	if len(edition.Entities) != 11 || have["person"] != 11 || have["born"] != 11 || have["nationality"] != 11 {
		t.Errorf("got %d entities, %v", len(edition.Entities), have)
	}
}
