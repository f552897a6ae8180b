// Package listtest is what the tests of all publications share.
package listtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/screening"
)

// Folder is the variable that names a folder of real copies. Tests that need one skip without it.
const Folder = "INTERDICT_TEST_LISTS"

var embedded = sync.OnceValues(data.Catalogue)

// Places returns the places of the embedded catalogue.
func Places(tb testing.TB) *screening.Places {
	tb.Helper()
	catalogue, err := embedded()
	if err != nil {
		tb.Fatal(err)
	}
	return catalogue.Places()
}

// Copy returns a copy of a publication that is its main file alone.
func Copy(tb testing.TB, p *lists.Publication, text []byte) *lists.Copy {
	tb.Helper()
	part := p.Parts[0].Name
	return &lists.Copy{Parts: map[string]*lists.File{part: {Name: part, Data: text}}, Places: Places(tb)}
}

// Read reads the main file of a publication.
func Read(ctx context.Context, tb testing.TB, p *lists.Publication, text []byte) (*lists.Edition, error) {
	tb.Helper()
	return p.Read(ctx, Copy(tb, p, text))
}

// Check tells what no entity may lack, and ids that stand twice. Each must have one listing.
func Check(tb testing.TB, e *lists.Edition) {
	tb.Helper()
	ids := make(map[screening.EntityID]bool, len(e.Entities))
	for i := range e.Entities {
		x := &e.Entities[i]
		if x.ID == "" || x.Name == "" || x.Kind == "" || len(x.Listings) != 1 || x.Listings[0].List == "" || x.Listings[0].Citation == "" {
			tb.Errorf("entity %d lacks an id, name, kind or listing: %+v", i, x)
		}
		if ids[x.ID] {
			tb.Errorf("id %s stands twice", x.ID)
		}
		ids[x.ID] = true
	}
}

// Real reads a real copy of a publication's main file. It skips the test where there is none.
func Real(t *testing.T, p *lists.Publication) *lists.Edition {
	t.Helper()
	folder := os.Getenv(Folder)
	if folder == "" {
		t.Skip(Folder + " names no folder of real copies")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name) //nolint:gosec // the folder is the caller's
		if err != nil || !p.Parts[0].Fits(&lists.File{Name: filepath.Base(name), Data: text}) {
			continue // a folder, or another list
		}
		edition, err := Read(t.Context(), t, p, text)
		if err != nil {
			t.Fatal(err)
		}
		Check(t, edition)
		return edition
	}
	t.Skip("the folder of real copies has none of this list")
	return nil
}

// Fits holds which texts are told as a publication's main file.
func Fits(t *testing.T, p *lists.Publication, want map[string]bool) {
	t.Helper()
	for text, is := range want {
		if got := p.Parts[0].Fits(&lists.File{Name: "x", Data: []byte(text)}); got != is {
			t.Errorf("%q: got %v, want %v", text, got, is)
		}
	}
}

// Fuzz reads what it makes of the seeds: a fault, or entities that lack nothing.
func Fuzz(f *testing.F, p *lists.Publication, seeds ...string) {
	f.Helper()
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	Places(f) // read here, since it takes longer than many runs
	f.Fuzz(func(t *testing.T, text []byte) {
		edition, err := Read(t.Context(), t, p, text)
		Result(t, edition, err)
	})
}

// Result holds that a reading gave a fault, or entities that lack nothing.
func Result(tb testing.TB, e *lists.Edition, err error) {
	tb.Helper()
	var fault *lists.Fault
	switch {
	case err == nil:
		Check(tb, e)
	case !errors.As(err, &fault) || fault.File == "" || fault.Detail == "":
		tb.Errorf("got %v, want a fault", err)
	}
}
