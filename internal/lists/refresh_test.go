package lists

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// source is a publisher's server: a file for each path, with an ETag if it has one.
type source struct {
	mu       sync.Mutex
	files    map[string]sourceFile
	statuses []int // that it answered
}

type sourceFile struct {
	data, etag, modified string
	status               int
}

func (s *source) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, there := s.files[r.URL.Path]
	status := http.StatusOK
	switch {
	case !there:
		status = http.StatusNotFound
	case f.status != 0:
		status = f.status
	case (f.etag != "" && r.Header.Get("If-None-Match") == f.etag) || (f.modified != "" && r.Header.Get("If-Modified-Since") == f.modified):
		status = http.StatusNotModified
	}
	s.statuses = append(s.statuses, status)
	if f.etag != "" {
		w.Header().Set("ETag", f.etag)
	}
	if f.modified != "" {
		w.Header().Set("Last-Modified", f.modified)
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(status)
	if status == http.StatusOK {
		_, _ = io.WriteString(w, f.data)
	}
}

// put changes what the source has.
func (s *source) put(path string, f sourceFile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = f
}

func (s *source) answered() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.statuses
	s.statuses = nil
	return out
}

// sourcedStore is a store whose list toy is published by a server of the test.
func sourcedStore(t *testing.T, folder string, change ...func(*Config)) (*Store, *source) {
	t.Helper()
	src := &source{files: map[string]sourceFile{}}
	srv := httptest.NewServer(src)
	t.Cleanup(srv.Close)
	s := testStore(t, folder, append([]func(*Config){func(c *Config) {
		c.Known[0].Parts[0].URL = srv.URL + "/main.txt"
		c.Known[0].Parts[1].URL = srv.URL + "/more.txt"
	}}, change...)...)
	s.source.guard.loopback = true
	t.Cleanup(s.source.ended)
	return s, src
}

func text(f File) string { return string(f.Data) }

func mustRefresh(t *testing.T, s *Store) Outcome {
	t.Helper()
	out, err := s.Refresh(t.Context(), "toy")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRefresh(t *testing.T) {
	now := testNow
	folder := t.TempDir()
	s, src := sourcedStore(t, folder, func(c *Config) { c.Now = func() time.Time { return now } })
	const modified = "Sun, 01 Nov 2026 10:00:00 GMT"
	src.put("/main.txt", sourceFile{data: text(toyFile("toy", "", 1, 20)), etag: `"m1"`, modified: modified})
	src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 2)), etag: `"n1"`})

	want := Outcome{ID: "toy", Result: Taken, After: 20, AsOf: "2026-11-01"}
	if diff := cmp.Diff(want, mustRefresh(t, s)); diff != "" {
		t.Error(diff)
	}
	st := statusOf(t, s, "toy")
	if !st.Fetchable || st.Manifest.Source != s.config.Known[0].Parts[0].URL || st.Manifest.AsOfFrom != DayModified {
		t.Errorf("got %+v", st)
	}
	if p := st.Manifest.Parts[0]; p.ETag != `"m1"` || p.LastModified != modified || p.URL != st.Manifest.Source {
		t.Errorf("got %+v", p)
	}
	src.answered()

	// Nothing new: nothing is sent.
	now = now.Add(time.Hour)
	want = Outcome{ID: "toy", Result: Unchanged, Before: 20, After: 20, AsOf: "2026-11-01"}
	if diff := cmp.Diff(want, mustRefresh(t, s)); diff != "" {
		t.Error(diff)
	}
	if got := src.answered(); !cmp.Equal(got, []int{304, 304}) {
		t.Errorf("the source answered %v", got)
	}
	if m := statusOf(t, s, "toy").Manifest; !m.CheckedAt.Equal(now) || !m.TakenAt.Equal(testNow) || m.Parts[0].ETag != `"m1"` {
		t.Errorf("got %+v", m)
	}

	// One part is new: the other is not sent and stays.
	src.put("/main.txt", sourceFile{data: text(toyFile("toy", "", 1, 21)), etag: `"m2"`, modified: "Mon, 02 Nov 2026 10:00:00 GMT"})
	want = Outcome{ID: "toy", Result: Taken, Before: 20, After: 21, AsOf: "2026-11-02"}
	if diff := cmp.Diff(want, mustRefresh(t, s)); diff != "" {
		t.Error(diff)
	}
	if got := src.answered(); !cmp.Equal(got, []int{200, 304}) {
		t.Errorf("the source answered %v", got)
	}
	if diff := cmp.Diff(append(ids("toy", 1, 21), "toy:1 also Name 1", "toy:2 also Name 2"), loaded(t, s), sorted); diff != "" {
		t.Error(diff)
	}

	// A copy that is damaged on the disk is fetched in full.
	if err := os.Truncate(filepath.Join(folder, "toy", statusOf(t, s, "toy").Manifest.Parts[1].File), 3); err != nil {
		t.Fatal(err)
	}
	if out := mustRefresh(t, s); out.Result != Taken || !strings.Contains(out.Detail, "put right") {
		t.Errorf("got %+v", out)
	}
	if got := src.answered(); !cmp.Equal(got, []int{200, 200}) {
		t.Errorf("the source answered %v", got)
	}
	if got := loaded(t, s); len(got) != 23 {
		t.Errorf("loaded %v", got)
	}
}

// A source without ETag and Last-Modified: equal bytes are no new copy.
func TestRefreshWithoutValidators(t *testing.T) {
	s, src := sourcedStore(t, t.TempDir())
	src.put("/main.txt", sourceFile{data: text(toyFile("toy", "", 1, 20))})
	src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 2))})
	for _, want := range []Result{Taken, Unchanged} {
		if out := mustRefresh(t, s); out.Result != want {
			t.Errorf("got %+v, want %s", out, want)
		}
	}
}

// A copy that was given by hand is fetched once to learn what the source says of it, and gets its day from there.
func TestRefreshAfterImport(t *testing.T) {
	s, src := sourcedStore(t, t.TempDir())
	main, more := toyFile("toy", "", 1, 20), toyFile("toy-more", "", 1, 2)
	mustTake(t, s, main, more)
	src.put("/main.txt", sourceFile{data: text(main), modified: "Sun, 01 Nov 2026 10:00:00 GMT"})
	src.put("/more.txt", sourceFile{data: text(more), etag: `"n1"`})
	for _, want := range [][]int{{200, 200}, {304, 304}} {
		if out := mustRefresh(t, s); out.Result != Unchanged || out.AsOf != "2026-11-01" {
			t.Errorf("got %+v", out)
		}
		if got := src.answered(); !cmp.Equal(got, want) {
			t.Errorf("the source answered %v, want %v", got, want)
		}
	}
	// The same file by hand again forgets nothing of it.
	mustImport(t, s, ImportOptions{}, main)
	mustRefresh(t, s)
	if got := src.answered(); !cmp.Equal(got, []int{304, 304}) {
		t.Errorf("the source answered %v", got)
	}
}

func TestRefreshRefuses(t *testing.T) {
	good := func() (sourceFile, sourceFile) {
		return sourceFile{data: text(toyFile("toy", "2026-11-02", 1, 21)), etag: `"m2"`}, sourceFile{data: text(toyFile("toy-more", "", 1, 3)), etag: `"n2"`}
	}
	for _, tt := range []struct {
		name   string
		change func(main, more *sourceFile)
		reason Reason
		words  string
	}{
		{"down", func(main, _ *sourceFile) { main.status = http.StatusServiceUnavailable }, ReasonNotFetched, "main.txt: 127.0.0.1: the source answered 503"},
		{"a part is missing", func(_, more *sourceFile) { more.status = http.StatusNotFound }, ReasonNotFetched, "more.txt"},
		{"a page", func(main, _ *sourceFile) { main.data = "<html>maintenance</html>" }, ReasonNotFetched, "web page"},
		{"another file", func(main, _ *sourceFile) { main.data = "hello\n" }, ReasonNotFetched, "does not look like"},
		{"the parts are mixed up", func(main, more *sourceFile) { main.data, more.data = more.data, main.data }, ReasonNotFetched, "main.txt"},
		{"nothing", func(main, _ *sourceFile) { main.data = "" }, ReasonNotFetched, "does not look like"},
		{"cut in a line", func(main, _ *sourceFile) { main.data = main.data[:len(main.data)-4] + "\n9\n" }, ReasonUnreadable, "line"},
		{"cut between lines", func(main, _ *sourceFile) { main.data = text(toyFile("toy", "2026-11-02", 1, 9)) }, ReasonShrunk, "11 of 20"},
		{"without one", func(main, _ *sourceFile) { main.data = text(toyFile("toy", "2026-11-02", 2, 21)) }, ReasonAnchorLost, "Name 1"},
		{"older", func(main, _ *sourceFile) { main.data = text(toyFile("toy", "2026-10-31", 1, 21)) }, ReasonOlder, "2026-10-31"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, src := sourcedStore(t, t.TempDir())
			src.put("/main.txt", sourceFile{data: text(toyFile("toy", "2026-11-01", 1, 20)), etag: `"m1"`})
			src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 2)), etag: `"n1"`})
			mustRefresh(t, s)
			old, was := loaded(t, s), statusOf(t, s, "toy").Manifest
			main, more := good()
			tt.change(&main, &more)
			src.put("/main.txt", main)
			src.put("/more.txt", more)

			out := mustRefresh(t, s)
			if out.Result != Refused || out.Reason != tt.reason || !strings.Contains(out.Detail, tt.words) || out.After != 20 {
				t.Errorf("got %+v, want it refused as %s with %q", out, tt.reason, tt.words)
			}
			if diff := cmp.Diff(old, loaded(t, s)); diff != "" {
				t.Error(diff)
			}
			now := statusOf(t, s, "toy").Manifest
			if now.Refused == nil || now.Refused.Reason != tt.reason {
				t.Errorf("noted %+v", now.Refused)
			}
			now.Refused = nil
			if diff := cmp.Diff(was, now); diff != "" {
				t.Errorf("a refusal changed the manifest, so that the source would not be asked in full: %s", diff)
			}

			main, more = good()
			src.put("/main.txt", main)
			src.put("/more.txt", more)
			if out := mustRefresh(t, s); out.Result != Taken || out.After != 21 || statusOf(t, s, "toy").Manifest.Refused != nil {
				t.Errorf("the source is well again: got %+v", out)
			}
		})
	}
}

func TestRefreshNeverTaken(t *testing.T) {
	s, _ := sourcedStore(t, t.TempDir())
	if out := mustRefresh(t, s); out.Result != Refused || out.Reason != ReasonNotFetched {
		t.Errorf("got %+v", out)
	}
	if st := statusOf(t, s, "toy"); st.Taken || st.Manifest.Refused == nil || loaded(t, s) != nil {
		t.Errorf("got %+v", st)
	}
}

func TestRefreshErrors(t *testing.T) {
	s, src := sourcedStore(t, t.TempDir())
	if _, err := s.Refresh(t.Context(), "nobody"); !errors.Is(err, ErrUnknownList) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Refresh(t.Context(), "solo"); !errors.Is(err, ErrByHand) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Refresh(ctx, "toy"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if m := statusOf(t, s, "toy").Manifest; m.Refused != nil || len(src.answered()) != 0 {
		t.Errorf("giving up was noted: %+v", m.Refused)
	}
}

// The store's own client reaches no server of this machine.
func TestRefreshIsGuarded(t *testing.T) {
	s, src := sourcedStore(t, t.TempDir())
	s.source.guard.loopback = false
	if out := mustRefresh(t, s); out.Reason != ReasonNotFetched || !strings.Contains(out.Detail, "not https") {
		t.Errorf("got %+v", out)
	}
	if got := src.answered(); got != nil {
		t.Errorf("the source was asked: %v", got)
	}
}

// A client that is given keeps its transport and gets the store's rule on redirects.
func TestRefreshWithClient(t *testing.T) {
	moved := httptest.NewTLSServer(http.RedirectHandler("https://elsewhere.example/main.txt", http.StatusFound))
	defer moved.Close()
	given := moved.Client()
	s := testStore(t, t.TempDir(), func(c *Config) {
		c.Client = given
		c.Known[0].Parts[0].URL = moved.URL + "/main.txt"
	})
	s.source.guard.loopback = true
	if out := mustRefresh(t, s); out.Reason != ReasonNotFetched || !strings.Contains(out.Detail, "elsewhere.example") {
		t.Errorf("got %+v", out)
	}
	if given.CheckRedirect != nil {
		t.Error("the client that was given is changed")
	}
}

// What one address said of its file is not said to another.
func TestRefreshFromNewAddress(t *testing.T) {
	folder := t.TempDir()
	for range 2 {
		s, src := sourcedStore(t, folder) // at another port each time
		src.put("/main.txt", sourceFile{data: text(toyFile("toy", "", 1, 20)), etag: `"m1"`})
		src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 2)), etag: `"n1"`})
		mustRefresh(t, s)
		if got := src.answered(); !cmp.Equal(got, []int{200, 200}) {
			t.Errorf("the source answered %v", got)
		}
	}
}

// Imports and refreshes of one list at once: the copies stay whole.
func TestRefreshConcurrent(t *testing.T) {
	s, src := sourcedStore(t, t.TempDir())
	src.put("/main.txt", sourceFile{data: text(toyFile("toy", "", 1, 20)), etag: `"m1"`})
	src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 20)), etag: `"n1"`})
	mustRefresh(t, s)
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			for range 3 {
				if _, err := s.Refresh(t.Context(), "toy"); err != nil {
					t.Error(err)
				}
			}
		})
		wait.Go(func() {
			file := []File{toyFile("toy", "", 1, 21+i), toyFile("toy-more", "", 1, 21+i)}
			if _, err := s.Import(t.Context(), file, ImportOptions{AcceptLoss: true}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	all, err := s.Load(t.Context())
	if err != nil || all[0].Edition.Orphans != 0 || len(entriesOf(all)) != 2*all[0].Manifest.Entries {
		t.Errorf("got %v, %v", entriesOf(all), err)
	}
}
