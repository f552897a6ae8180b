package lists

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interdict/interdict/screening"
)

// A toy list has a line for each entry, id|name. Its first line tells the part, and may state a day: #toy 2026-11-01.
// more.txt gives further names of entries.
func toyList(id string) Publication {
	fits := func(head string) func(*File) bool {
		return func(f *File) bool {
			line, _, _ := bytes.Cut(f.Head(), []byte("\n"))
			first, _, _ := strings.Cut(string(line), " ")
			return first == head
		}
	}
	return Publication{
		ID: id, Title: "List " + id, Home: "https://" + id + ".example/",
		Parts: []Part{
			{Name: "main.txt", Fits: fits("#" + id)},
			{Name: "more.txt", Fits: fits("#" + id + "-more")},
		},
		Read: func(ctx context.Context, c *Copy) (*Edition, error) { return readToy(ctx, id, c) },
	}
}

func readToy(ctx context.Context, list string, c *Copy) (*Edition, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	e := &Edition{}
	at := map[string]int{}
	err := toyLines(c.Parts["main.txt"], e, func(id, name string) {
		at[id] = len(e.Entities)
		e.Entities = append(e.Entities, screening.Entity{ID: screening.EntityID(list + ":" + id), Name: name})
	})
	if err == nil && c.Parts["more.txt"] != nil {
		err = toyLines(c.Parts["more.txt"], e, func(id, name string) {
			i, known := at[id]
			if !known {
				e.Orphans++
				return
			}
			e.Entities[i].Names = append(e.Entities[i].Names, screening.EntityName{Name: name})
		})
	}
	return e, err
}

func toyLines(f *File, e *Edition, each func(id, name string)) error {
	lines := bufio.NewScanner(bytes.NewReader(f.Data))
	for n := 1; lines.Scan(); n++ {
		if n == 1 {
			if _, day, stated := strings.Cut(lines.Text(), " "); stated && e.AsOf == "" {
				e.AsOf = day
			}
			continue
		}
		id, name, whole := strings.Cut(lines.Text(), "|")
		if !whole {
			return &Fault{File: f.Name, Line: n, Detail: "an entry needs a number and a name"}
		}
		e.Records++
		each(id, name)
	}
	return lines.Err()
}

// toyFile writes a part of a toy list, toy or toy-more. Ids are numbers from the first to the last.
func toyFile(list, day string, first, last int) File {
	var b strings.Builder
	b.WriteString(strings.TrimSpace("#"+list+" "+day) + "\n")
	for i := first; i <= last; i++ {
		fmt.Fprintf(&b, "%d|Name %d\n", i, i)
	}
	return File{Name: "given.txt", Data: []byte(b.String())}
}

var testNow = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// testStore opens a store of two toy lists, toy and solo, in a folder.
func testStore(t testing.TB, folder string, change ...func(*Config)) *Store {
	t.Helper()
	c := testConfig(folder)
	for _, f := range change {
		f(&c)
	}
	s, err := OpenStore(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func testConfig(folder string) Config {
	c := Config{
		Folder: folder, Known: []Publication{toyList("toy"), toyList("solo")}, Places: &screening.Places{},
		Now: func() time.Time { return testNow },
	}
	c.Known[1].Parts = c.Known[1].Parts[:1]
	return c
}

// mustTake imports files of one list and wants them taken.
func mustTake(t testing.TB, s *Store, files ...File) Outcome {
	t.Helper()
	out := mustImport(t, s, ImportOptions{}, files...)
	if out.Result != Taken {
		t.Fatalf("got %+v, want it taken", out)
	}
	return out
}

// mustImport imports files of one list and returns what became of them.
func mustImport(t testing.TB, s *Store, o ImportOptions, files ...File) Outcome {
	t.Helper()
	out, err := s.Import(t.Context(), files, o)
	if err != nil || len(out) != 1 {
		t.Fatalf("got %+v, %v, want one outcome", out, err)
	}
	return out[0]
}

// loaded returns the ids of all accepted entries, and what stands for further names.
func loaded(t testing.TB, s *Store) []string {
	t.Helper()
	all, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return entriesOf(all)
}

func entriesOf(all []Accepted) []string {
	var out []string
	for _, a := range all {
		for _, e := range a.Edition.Entities {
			out = append(out, string(e.ID))
			for _, n := range e.Names {
				out = append(out, string(e.ID)+" also "+n.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// ids names entries of a toy list.
func ids(list string, first, last int) []string {
	var out []string
	for i := first; i <= last; i++ {
		out = append(out, fmt.Sprintf("%s:%d", list, i))
	}
	slices.Sort(out)
	return out
}

func statusOf(t testing.TB, s *Store, id string) Status {
	t.Helper()
	all, err := s.Status()
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range all {
		if st.ID == id {
			return st
		}
	}
	t.Fatalf("no status of %s", id)
	return Status{}
}

// filesIn lists the names in a folder; none if it is not there.
func filesIn(t testing.TB, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.Name()
	}
	return out
}
