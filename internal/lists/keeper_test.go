package lists

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
)

var embedded = sync.OnceValues(data.Catalogue)

// use is what a keeper's owner has of it: the catalogue in use and the outcomes that it was told.
type use struct {
	catalogue atomic.Pointer[screening.Catalogue]
	outcomes  chan Outcome
	fault     atomic.Pointer[error] // what Use answers
	used      chan struct{}         // one for each catalogue that was taken into use
	log       bytes.Buffer          // to be read when the keeper is at rest
}

// keeperOn starts nothing: it makes a keeper on a store and takes its first catalogue into use.
func keeperOn(t *testing.T, s *Store, every time.Duration) (*Keeper, *use) {
	t.Helper()
	base, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	u := &use{outcomes: make(chan Outcome, 100), used: make(chan struct{}, 100)}
	k, first, err := NewKeeper(t.Context(), KeeperConfig{
		Store: s, Base: base, Every: every, Log: slog.New(slog.NewTextHandler(&u.log, nil)),
		Use: func(_ context.Context, c *screening.Catalogue) error {
			if fault := u.fault.Load(); fault != nil {
				return *fault
			}
			u.catalogue.Store(c)
			u.used <- struct{}{}
			return nil
		},
		Notice: func(o Outcome) { u.outcomes <- o },
	})
	if err != nil {
		t.Fatal(err)
	}
	u.catalogue.Store(first)
	return k, u
}

// runs runs a keeper until the test ends, or the returned function is called.
func (u *use) runs(t *testing.T, k *Keeper) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.Run(ctx, u.catalogue.Load())
	}()
	stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	return stop
}

// imported names the imported lists of a catalogue, stale ones with a mark.
func imported(c *screening.Catalogue) []string {
	var out []string
	for _, l := range c.Lists() {
		switch {
		case l.Checked.IsZero():
		case l.Stale:
			out = append(out, l.ID+" "+l.AsOf+" stale")
		default:
			out = append(out, l.ID+" "+l.AsOf)
		}
	}
	return out
}

func entriesIn(c *screening.Catalogue) []string {
	var out []string
	for _, e := range c.Entities() {
		if list, _, _ := strings.Cut(string(e.ID), ":"); list == "toy" || list == "solo" {
			out = append(out, string(e.ID))
		}
	}
	return out
}

func wantImported(t *testing.T, c *screening.Catalogue, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, imported(c)); diff != "" {
		t.Errorf("lists in use: want (-), got (+):\n%s", diff)
	}
}

// What another process imports is taken into use within a look, a refused copy makes its list stale and changes nothing
// else, and a good one ends that.
func TestKeeperTakesWhatOthersImport(t *testing.T) {
	base, err := embedded() // outside of the bubble: it is shared
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		other := testStore(t, folder)
		k, u := keeperOn(t, testStore(t, folder), 0)
		if got := u.catalogue.Load(); got != base {
			t.Errorf("without lists: got catalogue %s, want the embedded one", got.Digest())
		}
		u.runs(t, k)
		look := func() *screening.Catalogue {
			time.Sleep(lookEvery)
			synctest.Wait()
			return u.catalogue.Load()
		}
		if look() != base {
			t.Error("nothing was imported, and another catalogue is in use")
		}
		mustTake(t, other, toyFile("toy", "2026-11-01", 1, 20), toyFile("toy-more", "", 1, 2))
		first := look()
		wantImported(t, first, "toy 2026-11-01")
		if diff := cmp.Diff(ids("toy", 1, 20), entriesIn(first)); diff != "" {
			t.Error(diff)
		}
		if first.Digest() == base.Digest() {
			t.Error("the digest is the embedded catalogue's")
		}
		if look() != first {
			t.Error("nothing changed, and another catalogue is in use")
		}

		if out := mustImport(t, other, ImportOptions{}, toyFile("toy", "2026-11-02", 1, 2)); out.Result != Refused {
			t.Fatalf("got %+v, want it refused", out)
		}
		stale := look()
		wantImported(t, stale, "toy 2026-11-01 stale")
		if stale.Digest() != first.Digest() || len(entriesIn(stale)) != 20 {
			t.Errorf("a refused copy changed the catalogue: %s, %d entries", stale.Digest(), len(entriesIn(stale)))
		}

		mustTake(t, other, toyFile("toy", "2026-11-02", 1, 21))
		mustTake(t, other, toyFile("solo", "2026-11-03", 1, 3))
		both := look()
		wantImported(t, both, "toy 2026-11-02", "solo 2026-11-03")
		if diff := cmp.Diff(slices.Concat(ids("solo", 1, 3), ids("toy", 1, 21)), entriesIn(both)); diff != "" {
			t.Error(diff)
		}
		wantImported(t, first, "toy 2026-11-01") // who has it still holds it as it was
	})
}

// A catalogue that could not be taken into use is tried again at the next look.
func TestKeeperTriesAgain(t *testing.T) {
	folder := t.TempDir()
	k, u := keeperOn(t, testStore(t, folder), 0)
	current := u.catalogue.Load()
	mustTake(t, testStore(t, folder), toyFile("toy", "2026-11-01", 1, 20))
	fault := errors.New("the cache is on fire")
	u.fault.Store(&fault)
	if got := k.look(t.Context(), current); got != current || !strings.Contains(u.log.String(), "on fire") {
		t.Errorf("got another catalogue, or the log tells nothing: %s", u.log.String())
	}
	u.fault.Store(nil)
	wantImported(t, k.look(t.Context(), current), "toy 2026-11-01")
	wantImported(t, u.catalogue.Load(), "toy 2026-11-01")
}

// What cannot be read changes nothing that is in use, and a keeper does not start on it.
func TestKeeperOnDamage(t *testing.T) {
	folder := t.TempDir()
	s := testStore(t, folder)
	mustTake(t, s, toyFile("toy", "2026-11-01", 1, 20))
	k, u := keeperOn(t, s, 0)
	current := u.catalogue.Load()
	mustTake(t, s, toyFile("solo", "2026-11-01", 1, 3))
	s.step = func(step string) error {
		if step == stepRead {
			return errors.New("the disk is on fire")
		}
		return nil
	}
	got := k.look(t.Context(), current)
	if got.Digest() != current.Digest() || u.catalogue.Load() != got || !strings.Contains(u.log.String(), "on fire") {
		t.Errorf("got other lists, or the log tells nothing: %s", u.log.String())
	}
	for _, l := range got.Lists() {
		if l.Stale == l.Checked.IsZero() {
			t.Errorf("%s: got stale %v, want that every imported list counts as stale", l.ID, l.Stale)
		}
	}
	if k.look(t.Context(), got) != got || strings.Count(u.log.String(), "on fire") != 1 {
		t.Errorf("the same fault is told again: %s", u.log.String())
	}
	base, _ := embedded()
	if _, _, err := NewKeeper(t.Context(), KeeperConfig{Store: s, Base: base}); err == nil {
		t.Error("a keeper starts on lists that cannot be read")
	}
	s.step = nil
	wantImported(t, k.look(t.Context(), current), "toy 2026-11-01", "solo 2026-11-01")
}

func TestKeeperAsk(t *testing.T) {
	s, src := sourcedStore(t, t.TempDir())
	src.put("/main.txt", sourceFile{data: text(toyFile("toy", "2026-11-01", 1, 20))})
	src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 2))})
	k, u := keeperOn(t, s, 0)
	u.runs(t, k)

	if err := k.Ask("toy"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Outcome{ID: "toy", Result: Taken, After: 20, AsOf: "2026-11-01"}, <-u.outcomes); diff != "" {
		t.Error(diff)
	}
	<-u.used
	wantImported(t, u.catalogue.Load(), "toy 2026-11-01")

	src.put("/main.txt", sourceFile{status: http.StatusInternalServerError})
	if err := k.Ask("toy"); err != nil {
		t.Fatal(err)
	}
	if got := <-u.outcomes; got.Result != Refused || got.Reason != ReasonNotFetched || got.Before != 20 || !strings.Contains(got.Detail, "answered 500") {
		t.Errorf("got %+v, want a refusal that tells of the answer 500", got)
	}
	<-u.used
	wantImported(t, u.catalogue.Load(), "toy 2026-11-01 stale")
	if got := len(entriesIn(u.catalogue.Load())); got != 20 {
		t.Errorf("got %d entries, want the 20 of the copy that is there", got)
	}

	for id, want := range map[string]error{"nobody": ErrUnknownList, "": ErrUnknownList, "../toy": ErrUnknownList, strings.Repeat("toy", 1000): ErrUnknownList, "solo": ErrByHand} {
		if err := k.Ask(id); !errors.Is(err, want) {
			t.Errorf("asked for %.20q: got %v, want %v", id, err, want)
		}
	}
}

// A list that was asked for is told as being fetched until its copy is here; lists without a copy are told of too.
func TestKeeperStates(t *testing.T) {
	arrived, answer := make(chan struct{}), make(chan struct{})
	s, src := sourcedStore(t, t.TempDir())
	src.put("/main.txt", sourceFile{data: text(toyFile("toy", "2026-11-01", 1, 20))})
	src.put("/more.txt", sourceFile{data: text(toyFile("toy-more", "", 1, 2))})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/main.txt" {
			close(arrived)
			<-answer
		}
		src.ServeHTTP(w, r)
	}))
	t.Cleanup(slow.Close)
	for i := range s.config.Known[0].Parts {
		s.config.Known[0].Parts[i].URL = slow.URL + "/" + s.config.Known[0].Parts[i].Name
	}
	k, u := keeperOn(t, s, 0)
	u.runs(t, k)
	states := func() [2]State {
		t.Helper()
		all, err := k.States()
		if err != nil || len(all) != 2 || all[0].ID != "toy" || all[1].ID != "solo" {
			t.Fatalf("got %+v %v, want both lists", all, err)
		}
		return [2]State(all)
	}
	if got := states(); got[0].Fetching || got[0].Taken || !got[0].Fetchable || got[1].Fetchable {
		t.Errorf("at first: got %+v", got)
	}
	if err := k.Ask("toy"); err != nil {
		t.Fatal(err)
	}
	<-arrived
	if got := states(); !got[0].Fetching || got[0].Taken || got[1].Fetching {
		t.Errorf("while it is fetched: got %+v", got)
	}
	close(answer)
	<-u.used
	if got := states(); got[0].Fetching || !got[0].Taken || got[0].Manifest.Entries != 20 {
		t.Errorf("after that: got %+v", got)
	}
}

// handled answers requests without a network, so that time can be the test's own.
type handled struct{ http.Handler }

func (h handled) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// On schedule the lists that are here are fetched, and no other.
func TestKeeperSchedule(t *testing.T) {
	if _, err := embedded(); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		src := &source{files: map[string]sourceFile{}}
		s := testStore(t, t.TempDir(), func(c *Config) {
			c.Client = &http.Client{Transport: handled{src}}
			c.Known = append(c.Known, toyList("late"))
			for _, i := range []int{0, 2} { // solo stays by hand
				c.Known[i].Parts = c.Known[i].Parts[:1]
				c.Known[i].Parts[0].URL = "https://lists.example/" + c.Known[i].ID
			}
		})
		src.put("/toy", sourceFile{data: text(toyFile("toy", "2026-11-02", 1, 21))})
		src.put("/late", sourceFile{data: text(toyFile("late", "2026-11-02", 1, 2))})
		mustTake(t, s, toyFile("toy", "2026-11-01", 1, 20))
		mustTake(t, s, toyFile("solo", "2026-11-01", 1, 3))
		k, u := keeperOn(t, s, time.Hour)
		u.runs(t, k)
		time.Sleep(time.Hour - time.Second)
		synctest.Wait()
		if got := src.answered(); got != nil {
			t.Errorf("before its time the source was asked: %v", got)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := src.answered(); !cmp.Equal(got, []int{200}) {
			t.Errorf("the source answered %v, want one file", got)
		}
		wantImported(t, u.catalogue.Load(), "toy 2026-11-02", "solo 2026-11-01")
		if got := len(u.outcomes); got != 1 {
			t.Errorf("told of %d fetches, want 1", got)
		}
	})
}

// Run ends with its context, in the middle of a fetch too, and notes nothing then.
func TestKeeperEnds(t *testing.T) {
	arrived, gone := make(chan struct{}), make(chan struct{})
	s, _ := sourcedStore(t, t.TempDir())
	hangs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		close(arrived)
		<-r.Context().Done()
		close(gone)
	}))
	t.Cleanup(hangs.Close)
	s.config.Known[0].Parts[0].URL = hangs.URL + "/main.txt"
	k, u := keeperOn(t, s, 0)
	stop := u.runs(t, k)
	if err := k.Ask("toy"); err != nil {
		t.Fatal(err)
	}
	<-arrived
	stop()
	<-gone
	if len(u.outcomes) != 0 {
		t.Errorf("giving up was told: %+v", <-u.outcomes)
	}
	if m := statusOf(t, s, "toy").Manifest; m.Refused != nil {
		t.Errorf("giving up was noted: %+v", m.Refused)
	}
}

// Readers see one copy or the other, never some of each, while copies are imported.
func TestKeeperSwapsWholeCatalogues(t *testing.T) {
	folder := t.TempDir()
	other := testStore(t, folder)
	k, u := keeperOn(t, testStore(t, folder), 0)
	current := u.catalogue.Load()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				c := u.catalogue.Load()
				entries := entriesIn(c)
				want := 0
				for _, l := range c.Lists() {
					if day, toy := strings.CutPrefix(l.AsOf, "2026-11-"); toy && l.ID == "toy" {
						want = map[string]int{"01": 20, "02": 21, "03": 22, "04": 23}[day]
					}
				}
				if len(entries) != want {
					t.Errorf("got %d entries of %v, want %d", len(entries), imported(c), want)
					return
				}
			}
		})
	}
	for i, day := range []string{"2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"} {
		mustTake(t, other, toyFile("toy", day, 1, 20+i))
		next := k.look(t.Context(), current)
		if next == current {
			t.Errorf("the copy of %s is not in use", day)
		}
		current = next
	}
	close(done)
	readers.Wait()
	if strings.Contains(u.log.String(), "ERROR") {
		t.Errorf("got faults: %s", u.log.String())
	}
}
