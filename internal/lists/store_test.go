package lists

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/screening"
)

func TestOpenStoreChecks(t *testing.T) {
	good := func() Config {
		return Config{Folder: "x", Known: []Publication{toyList("toy")}, Places: &screening.Places{}}
	}
	for _, tt := range []struct {
		name   string
		change func(*Config)
		want   string // empty: it is good
	}{
		{"good", func(*Config) {}, ""},
		{"no folder", func(c *Config) { c.Folder = "" }, "folder"},
		{"no places", func(c *Config) { c.Places = nil }, "places"},
		{"all may go", func(c *Config) { c.MostLost = 1 }, ""},
		{"less than nothing may go", func(c *Config) { c.MostLost = -0.1 }, "share"},
		{"more than all may go", func(c *Config) { c.MostLost = 1.1 }, "share"},
		{"an id that leaves the folder", func(c *Config) { c.Known[0].ID = "../toy" }, "id"},
		{"an id of the store's own", func(c *Config) { c.Known[0].ID = lockName }, "taken"},
		{"the same id twice", func(c *Config) { c.Known = append(c.Known, c.Known[0]) }, "taken"},
		{"no reader", func(c *Config) { c.Known[0].Read = nil }, "reader"},
		{"no parts", func(c *Config) { c.Known[0].Parts = nil }, "parts"},
		{"parts of one name", func(c *Config) { c.Known[0].Parts[1].Name = "main.txt" }, "main.txt"},
		{"a part that nothing tells", func(c *Config) { c.Known[0].Parts[1].Fits = nil }, "more.txt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := good()
			tt.change(&c)
			_, err := OpenStore(c)
			if (err == nil) != (tt.want == "") || (err != nil && !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestEmptyStore(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data", "lists")
	s := testStore(t, folder)
	if got := loaded(t, s); got != nil {
		t.Errorf("loaded %v of a folder that is not there", got)
	}
	want := Status{ID: "toy", Title: "List toy", Home: "https://toy.example/", Manifest: Manifest{Schema: 1, ID: "toy"}}
	if diff := cmp.Diff(want, statusOf(t, s, "toy")); diff != "" {
		t.Error(diff)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("reading made the folder: %v", err)
	}
	mustTake(t, s, toyFile("toy", "", 1, 3))
	if diff := cmp.Diff(ids("toy", 1, 3), loaded(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestImport(t *testing.T) {
	s := testStore(t, t.TempDir())
	files := []File{toyFile("solo", "", 1, 2), toyFile("toy-more", "", 3, 5), toyFile("toy", "2026-11-02", 1, 4)}
	out, err := s.Import(t.Context(), files, ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Outcome{
		{ID: "toy", Result: Taken, After: 4, Orphans: 1, AsOf: "2026-11-02"},
		{ID: "solo", Result: Taken, After: 2, AsOf: "2026-11-24"},
	}
	if diff := cmp.Diff(want, out); diff != "" {
		t.Error(diff)
	}
	all, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Publication.ID != "toy" || all[1].Publication.ID != "solo" {
		t.Fatalf("loaded %+v, want both lists in the order in which they are known", all)
	}
	m := all[0].Manifest
	if diff := cmp.Diff(statusOf(t, s, "toy").Manifest, m); diff != "" {
		t.Errorf("the manifests of Load and Status differ: %s", diff)
	}
	if diff := cmp.Diff(Manifest{
		Schema: 1, ID: "toy", AsOf: "2026-11-02", AsOfFrom: DayStated, TakenAt: testNow, CheckedAt: testNow, Source: SourceImport,
		Parts: []PartCopy{
			{Name: "main.txt", File: hashOf(files[2].Data), SHA256: hashOf(files[2].Data), Bytes: int64(len(files[2].Data))},
			{Name: "more.txt", File: hashOf(files[1].Data), SHA256: hashOf(files[1].Data), Bytes: int64(len(files[1].Data))},
		},
		Entries: 4, Records: 7, Orphans: 1, Anchors: m.Anchors, Digest: digestOf(m.Parts),
	}, m); diff != "" {
		t.Error(diff)
	}
	if len(m.Anchors) != 4 || !strings.HasPrefix(m.Digest, "sha256:") {
		t.Errorf("got anchors %v and digest %s", m.Anchors, m.Digest)
	}
}

// Parts join what is there, whichever comes when; one without a list to add to is refused.
func TestImportParts(t *testing.T) {
	s := testStore(t, t.TempDir())
	more := toyFile("toy-more", "", 2, 3)
	out := mustImport(t, s, ImportOptions{}, more)
	if out.Result != Refused || out.Reason != ReasonNoMain || !strings.Contains(out.Detail, "Import main.txt first") {
		t.Fatalf("a part without its list: got %+v", out)
	}
	if st := statusOf(t, s, "toy"); st.Taken || st.Manifest.Refused == nil || loaded(t, s) != nil {
		t.Errorf("got status %+v, want one refusal and nothing taken", st)
	}

	mustTake(t, s, toyFile("toy", "2026-11-01", 1, 3))
	if out := mustTake(t, s, more); out.AsOf != "2026-11-01" {
		t.Errorf("adding a part changed the day to %s", out.AsOf)
	}
	want := append(ids("toy", 1, 3), "toy:2 also Name 2", "toy:3 also Name 3")
	if diff := cmp.Diff(want, loaded(t, s), sorted); diff != "" {
		t.Error(diff)
	}
	// A new list alone keeps the names that were added, and says how many have no entry now.
	if out := mustImport(t, s, ImportOptions{AcceptLoss: true}, toyFile("toy", "2026-11-02", 3, 30)); out.Result != Taken || out.Orphans != 1 {
		t.Errorf("got %+v, want it taken with one orphan", out)
	}
	if diff := cmp.Diff(append(ids("toy", 3, 30), "toy:3 also Name 3"), loaded(t, s), sorted); diff != "" {
		t.Error(diff)
	}
}

var sorted = cmp.Transformer("sorted", func(s []string) map[string]bool {
	out := map[string]bool{}
	for _, one := range s {
		out[one] = true
	}
	return out
})

func TestImportRefuses(t *testing.T) {
	for _, tt := range []struct {
		name    string
		file    File
		options ImportOptions
		reason  Reason
		words   string
	}{
		{"a line that is no entry", File{Data: []byte("#toy\n1|Name 1\n2 Name 2\n")}, ImportOptions{}, ReasonUnreadable, "line 3"},
		{"the same number twice", File{Data: []byte("#toy\n1|Name 1\n1|Name 2\n")}, ImportOptions{}, ReasonUnreadable, "number of its own"},
		{"a day that is none", File{Data: []byte("#toy 2026-13-01\n1|Name 1\n")}, ImportOptions{}, ReasonUnreadable, "2026-13-01"},
		{"nobody", File{Data: []byte("#toy\n")}, ImportOptions{}, ReasonEmpty, "no entries"},
		{"nobody, though losses are accepted", File{Data: []byte("#toy\n")}, ImportOptions{AcceptLoss: true}, ReasonEmpty, "no entries"},
		{"most are gone", toyFile("toy", "2026-11-10", 1, 17), ImportOptions{}, ReasonShrunk, "3 of 20 entries are gone"},
		{"as many came as went", toyFile("toy", "2026-11-10", 5, 24), ImportOptions{}, ReasonShrunk, "4 of 20"},
		{"one of those who stand for the list", toyFile("toy", "2026-11-10", 2, 20), ImportOptions{}, ReasonAnchorLost, "Name 1 (toy:1)"},
		{"older", toyFile("toy", "2026-11-08", 1, 21), ImportOptions{}, ReasonOlder, "2026-11-08"},
		{"older, though losses are accepted", toyFile("toy", "2026-11-08", 1, 20), ImportOptions{AcceptLoss: true}, ReasonOlder, "2026-11-09"},
		{"of the day after tomorrow", toyFile("toy", "2026-11-26", 1, 20), ImportOptions{}, ReasonAhead, "--as-of"},
		{"not of the list that was named", toyFile("toy", "", 1, 20), ImportOptions{List: "solo"}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			s := testStore(t, folder)
			mustTake(t, s, toyFile("toy", "2026-11-09", 1, 20))
			before := filesIn(t, filepath.Join(folder, "toy"))
			was := statusOf(t, s, "toy").Manifest

			out := mustImport(t, s, tt.options, tt.file)
			if tt.reason == "" {
				if out.ID != "solo" || out.Result != Taken {
					t.Errorf("got %+v", out)
				}
				return
			}
			if out.Result != Refused || out.Reason != tt.reason || !strings.Contains(out.Detail, tt.words) {
				t.Fatalf("got %+v, want it refused as %s with %q", out, tt.reason, tt.words)
			}
			if out.Before != 20 || out.After != 20 || out.AsOf != "2026-11-09" {
				t.Errorf("got %+v, want the figures of the copy that stays", out)
			}
			if diff := cmp.Diff(ids("toy", 1, 20), loaded(t, s)); diff != "" {
				t.Error(diff)
			}
			now := statusOf(t, s, "toy").Manifest
			if now.Refused == nil || now.Refused.Reason != tt.reason || now.Refused.Detail != out.Detail || !now.Refused.At.Equal(testNow) {
				t.Errorf("noted %+v", now.Refused)
			}
			now.Refused = nil
			if diff := cmp.Diff(was, now); diff != "" {
				t.Errorf("a refusal changed the manifest: %s", diff)
			}
			if diff := cmp.Diff(before, filesIn(t, filepath.Join(folder, "toy"))); diff != "" {
				t.Errorf("a refusal changed the files: %s", diff)
			}

			mustTake(t, s, toyFile("toy", "2026-11-10", 1, 22))
			if m := statusOf(t, s, "toy").Manifest; m.Refused != nil {
				t.Errorf("a copy was taken and the refusal stays: %+v", m.Refused)
			}
		})
	}
}

func TestImportAcceptsLoss(t *testing.T) {
	s := testStore(t, t.TempDir())
	mustTake(t, s, toyFile("toy", "2026-11-09", 1, 20))
	out := mustImport(t, s, ImportOptions{AcceptLoss: true}, toyFile("toy", "2026-11-10", 15, 20))
	if out.Result != Taken || out.Before != 20 || out.After != 6 {
		t.Errorf("got %+v", out)
	}
	if diff := cmp.Diff(ids("toy", 15, 20), loaded(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestImportUnchanged(t *testing.T) {
	now := testNow
	s := testStore(t, t.TempDir(), func(c *Config) { c.Now = func() time.Time { return now } })
	file := toyFile("toy", "", 1, 3)
	mustTake(t, s, file)
	mustImport(t, s, ImportOptions{}, File{Data: []byte("#toy\n")})

	now = now.Add(time.Hour)
	if out := mustImport(t, s, ImportOptions{}, file); out.Result != Unchanged || out.Before != 3 || out.After != 3 {
		t.Errorf("got %+v", out)
	}
	m := statusOf(t, s, "toy").Manifest
	if !m.CheckedAt.Equal(now) || !m.TakenAt.Equal(testNow) || m.Refused != nil {
		t.Errorf("got %+v, want it checked an hour later and not refused", m)
	}
	// The same file with another day corrects the day, back too.
	for _, day := range []string{"2026-11-20", "2026-11-10"} {
		if out := mustImport(t, s, ImportOptions{AsOf: day}, file); out.Result != Unchanged || out.AsOf != day {
			t.Errorf("got %+v, want the day %s", out, day)
		}
	}
}

func TestImportErrors(t *testing.T) {
	s := testStore(t, t.TempDir())
	toy := toyFile("toy", "", 1, 3)
	for _, tt := range []struct {
		name    string
		files   []File
		options ImportOptions
		is      error
		words   string
	}{
		{"of no list", []File{toy, {Name: "notes.txt", Data: []byte("hello")}}, ImportOptions{}, ErrUnknownLayout, "notes.txt"},
		{"empty", []File{{Name: "empty.csv"}}, ImportOptions{}, ErrUnknownLayout, "empty.csv"},
		{"no such list", []File{toy}, ImportOptions{List: "nobody"}, ErrUnknownList, "toy, solo"},
		{"no part of the list", []File{{Name: "notes.txt", Data: []byte("hello")}}, ImportOptions{List: "toy"}, ErrUnknownLayout, "notes.txt"},
		{"one part twice", []File{toy, {Name: "again.txt", Data: toy.Data}}, ImportOptions{}, nil, "again.txt"},
		{"no day", []File{toy}, ImportOptions{AsOf: "24.11.2026"}, nil, "YYYY-MM-DD"},
		{"a day to come", []File{toy}, ImportOptions{AsOf: "2026-11-26"}, nil, "future"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, err := s.Import(t.Context(), tt.files, tt.options)
			if err == nil || out != nil || (tt.is != nil && !errors.Is(err, tt.is)) || !strings.Contains(err.Error(), tt.words) {
				t.Errorf("got %+v, %v, want %q", out, err, tt.words)
			}
			if got := loaded(t, s); got != nil {
				t.Errorf("took %v nevertheless", got)
			}
		})
	}
	t.Run("too large", func(t *testing.T) {
		_, err := s.Import(t.Context(), []File{{Name: "huge.csv", Data: make([]byte, MaxFile+1)}}, ImportOptions{})
		if err == nil || !strings.Contains(err.Error(), "huge.csv") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("given up", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if out, err := s.Import(ctx, []File{toy}, ImportOptions{}); !errors.Is(err, context.Canceled) || out != nil {
			t.Errorf("got %+v, %v", out, err)
		}
		if st := statusOf(t, s, "toy"); st.Manifest.Refused != nil {
			t.Errorf("giving up was noted as a refusal: %+v", st.Manifest.Refused)
		}
	})
}

func TestDayOf(t *testing.T) {
	for _, tt := range []struct {
		name     string
		file     string
		stated   string
		given    string
		modified string
		want     string
		from     DayFrom
	}{
		{"given by hand", "toy-2026-11-01.csv", "2026-11-02", "2026-11-03", "Wed, 04 Nov 2026 23:00:00 GMT", "2026-11-03", DayGiven},
		{"stated by the copy", "toy-2026-11-01.csv", "2026-11-02", "", "Wed, 04 Nov 2026 23:00:00 GMT", "2026-11-02", DayStated},
		{"of the source", "toy-2026-11-01.csv", "", "", "Wed, 04 Nov 2026 23:00:00 GMT", "2026-11-04", DayModified},
		{"of the source, not believable", "toy-2026-11-01.csv", "", "", "Wed, 04 Nov 2093 23:00:00 GMT", "2026-11-01", DayNamed},
		{"in the name", "toy-2026-11-01.csv", "", "", "", "2026-11-01", DayNamed},
		{"in the name, without dashes", "20261101_toy.csv", "", "", "", "2026-11-01", DayNamed},
		{"a name with a longer number", "toy-1202611015.csv", "", "", "", "2026-11-24", DayTaken},
		{"a name with no such day", "toy-2026-02-30.csv", "", "", "", "2026-11-24", DayTaken},
		{"a name with a day to come", "toy-2027-02-03.csv", "", "", "", "2026-11-24", DayTaken},
		{"nothing tells", "toy.csv", "", "", "yesterday", "2026-11-24", DayTaken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPart("main.txt", &File{Name: tt.file, Data: []byte("x")})
			p.copy.LastModified = tt.modified
			day, from := dayOf(&offer{asOf: tt.given, parts: []part{p}}, &Edition{AsOf: tt.stated}, &Manifest{}, testNow)
			if day != tt.want || from != tt.from {
				t.Errorf("got %s by %s, want %s by %s", day, from, tt.want, tt.from)
			}
		})
	}
}

// A day that is only that of the import is no reason to refuse a copy whose day is known, nor the other way round.
func TestUnknownDayIsNoAge(t *testing.T) {
	s := testStore(t, t.TempDir())
	if out := mustTake(t, s, toyFile("toy", "", 1, 20)); out.AsOf != "2026-11-24" {
		t.Fatalf("got %+v", out)
	}
	if out := mustTake(t, s, toyFile("toy", "2026-11-02", 1, 21)); out.AsOf != "2026-11-02" {
		t.Errorf("got %+v", out)
	}
}

// What is added to a list leaves its day, and where the day is known from, as they are.
func TestAddedPartKeepsDay(t *testing.T) {
	for _, o := range []ImportOptions{{}, {AsOf: "2026-11-05"}} {
		now := testNow
		s := testStore(t, t.TempDir(), func(c *Config) { c.Now = func() time.Time { return now } })
		first := mustImport(t, s, o, toyFile("toy", "", 1, 3))
		from := statusOf(t, s, "toy").Manifest.AsOfFrom
		now = now.AddDate(0, 0, 3)
		out := mustTake(t, s, toyFile("toy-more", "2026-11-26", 1, 3))
		if out.AsOf != first.AsOf || statusOf(t, s, "toy").Manifest.AsOfFrom != from {
			t.Errorf("got %+v after %+v", out, first)
		}
	}
}

func TestLoadDamaged(t *testing.T) {
	edit := func(change func(string) string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			t.Helper()
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(change(string(data))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(t *testing.T, path string) {
		t.Helper()
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	file := toyFile("toy", "2026-11-01", 1, 20)
	data := hashOf(file.Data)
	for _, tt := range []struct {
		name   string
		file   string
		damage func(t *testing.T, path string)
		words  string
		heals  bool // taking the list again puts it right
	}{
		{"a letter differs", data, edit(func(s string) string { return strings.Replace(s, "Name 7", "Name x", 1) }), "checksum", true},
		{"cut off", data, edit(func(s string) string { return s[:len(s)/2] }), "bytes", true},
		{"gone", data, remove, "not there", true},
		{"manifest cut off", manifestName, edit(func(s string) string { return s[:len(s)/2] }), "cannot be read", false},
		{"manifest of a later program", manifestName, edit(func(s string) string { return strings.Replace(s, `"schema": 1`, `"schema": 2`, 1) }), "layout 2", false},
		{"manifest with a strange key", manifestName, edit(func(s string) string { return strings.Replace(s, `"as_of"`, `"asof"`, 1) }), "asof", false},
		{"manifest of another list", manifestName, edit(func(s string) string { return strings.Replace(s, `"id": "toy"`, `"id": "solo"`, 1) }), "solo", false},
		{"manifest that names a part twice", manifestName, edit(func(s string) string { return strings.Replace(s, `"main.txt"`, `"more.txt"`, 1) }), "more.txt", false},
		{"manifest that names a file elsewhere", manifestName, edit(func(s string) string {
			return strings.Replace(s, `"file": "`+data, `"file": "../solo/`+data, 1)
		}), "main.txt", false},
		{"manifest with another digest", manifestName, edit(func(s string) string { return strings.Replace(s, "sha256:", "sha256:0", 1) }), "digest", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			s := testStore(t, folder)
			mustTake(t, s, file)
			path := filepath.Join(folder, "toy", tt.file)
			tt.damage(t, path)

			all, err := s.Load(t.Context())
			if err == nil || all != nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), tt.words) {
				t.Fatalf("got %v, %v, want an error on %s with %q", all, err, path, tt.words)
			}
			out, err := s.Import(t.Context(), []File{file}, ImportOptions{})
			if !tt.heals {
				if err == nil {
					t.Errorf("got %+v: a manifest that cannot be read is not replaced unasked", out)
				}
				return
			}
			if err != nil || out[0].Result != Taken || !strings.Contains(out[0].Detail, "put right") {
				t.Errorf("got %+v, %v", out, err)
			}
			if diff := cmp.Diff(ids("toy", 1, 20), loaded(t, s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Where the accepted copy cannot be read, what its manifest says has to do at the gate.
func TestGateWithoutCopy(t *testing.T) {
	folder := t.TempDir()
	s := testStore(t, folder)
	file := toyFile("toy", "2026-11-01", 1, 100)
	mustTake(t, s, file)
	if err := os.Remove(filepath.Join(folder, "toy", hashOf(file.Data))); err != nil {
		t.Fatal(err)
	}
	if out := mustImport(t, s, ImportOptions{}, toyFile("toy", "2026-11-02", 1, 80)); out.Reason != ReasonShrunk {
		t.Errorf("got %+v", out)
	}
	if out := mustImport(t, s, ImportOptions{}, toyFile("toy", "2026-11-02", 101, 220)); out.Reason != ReasonAnchorLost {
		t.Errorf("got %+v", out)
	}
	if out := mustTake(t, s, toyFile("toy", "2026-11-02", 1, 101)); out.Before != 100 || out.After != 101 {
		t.Errorf("got %+v", out)
	}
}

// A copy that a newer reader refuses, or finds empty, is an error too.
func TestLoadUnreadable(t *testing.T) {
	folder := t.TempDir()
	mustTake(t, testStore(t, folder), toyFile("toy", "", 1, 3))
	for _, tt := range []struct {
		name string
		read func(context.Context, *Copy) (*Edition, error)
		want string
	}{
		{"refused", func(context.Context, *Copy) (*Edition, error) {
			return nil, &Fault{File: "main.txt", Line: 2, Detail: "too odd"}
		}, "main.txt, line 2: too odd"},
		{"empty", func(context.Context, *Copy) (*Edition, error) { return &Edition{}, nil }, "no entries"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := testStore(t, folder, func(c *Config) { c.Known[0].Read = tt.read })
			if all, err := s.Load(t.Context()); err == nil || all != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v, want %q", all, err, tt.want)
			}
		})
	}
}

func TestLoadStranger(t *testing.T) {
	folder := t.TempDir()
	mustTake(t, testStore(t, folder), toyFile("toy", "", 1, 3))
	if err := os.Mkdir(filepath.Join(folder, "notes"), 0o700); err != nil {
		t.Fatal(err)
	}
	loaded(t, testStore(t, folder)) // a folder that holds no list is no stranger
	s := testStore(t, folder, func(c *Config) { c.Known = c.Known[1:] })
	if all, err := s.Load(t.Context()); err == nil || all != nil || !strings.Contains(err.Error(), filepath.Join(folder, "toy")) {
		t.Errorf("got %v, %v, want an error: the list would be left out", all, err)
	}
}

func TestLoadGivenUp(t *testing.T) {
	s := testStore(t, t.TempDir())
	mustTake(t, s, toyFile("toy", "", 1, 3))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if all, err := s.Load(ctx); !errors.Is(err, context.Canceled) || all != nil {
		t.Errorf("got %v, %v", all, err)
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"short", "all right", "all right"},
		{"no UTF-8", "a\xffb", "a\uFFFDb"},
		{"long, cut between letters", strings.Repeat("é", maxDetail), strings.Repeat("é", maxDetail/2) + " ..."},
		{"long, with a letter across the end", "a" + strings.Repeat("é", maxDetail), "a" + strings.Repeat("é", maxDetail/2-1) + " ..."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(tt.in); got != tt.want {
				t.Errorf("got %q", got)
			}
		})
	}
}
