package lists

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/screening"
)

// people is a roster of numbered entries.
func people(first, last int) roster {
	r := roster{}
	for i := first; i <= last; i++ {
		r[screening.EntityID(fmt.Sprintf("l:%d", i))] = fmt.Sprintf("Name %d", i)
	}
	return r
}

func TestGate(t *testing.T) {
	accepted := func(asOf string, entries int, anchors ...string) *Manifest {
		return &Manifest{ID: "l", AsOf: asOf, AsOfFrom: DayStated, Parts: make([]PartCopy, 1), Entries: entries, Anchors: anchors}
	}
	none := &Manifest{}
	for _, tt := range []struct {
		name   string
		before *Manifest
		held   roster
		next   roster
		asOf   string
		from   DayFrom
		accept bool
		most   float64
		want   Reason // empty: it goes through
	}{
		{name: "first copy", before: none, next: people(1, 1), asOf: "2020-01-01"},
		{name: "first copy, empty", before: none, next: roster{}, asOf: "2020-01-01", want: ReasonEmpty},
		{name: "first copy, tomorrow", before: none, next: people(1, 1), asOf: "2026-11-25"},
		{name: "first copy, the day after", before: none, next: people(1, 1), asOf: "2026-11-26", want: ReasonAhead},
		{name: "ahead, losses accepted", before: none, next: people(1, 1), asOf: "2026-11-26", accept: true, want: ReasonAhead},

		{name: "same day", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(1, 10), asOf: "2026-11-01"},
		{name: "a day older", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(1, 10), asOf: "2026-10-31", want: ReasonOlder},
		{
			name: "a day older, losses accepted", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(1, 10),
			asOf: "2026-10-31", accept: true, want: ReasonOlder,
		},
		{
			name: "a day older, but only the day of taking", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(1, 10),
			asOf: "2026-10-31", from: DayTaken,
		},

		{name: "a tenth is gone", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(2, 10), asOf: "2026-11-02"},
		{name: "one more than a tenth", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(3, 10), asOf: "2026-11-02", want: ReasonShrunk},
		{name: "just under", before: accepted("2026-11-01", 21), held: people(1, 21), next: people(3, 21), asOf: "2026-11-02"},
		{name: "just over", before: accepted("2026-11-01", 19), held: people(1, 19), next: people(3, 19), asOf: "2026-11-02", want: ReasonShrunk},
		{name: "gone and replaced", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(3, 40), asOf: "2026-11-02", want: ReasonShrunk},
		{name: "a third may go", before: accepted("2026-11-01", 9), held: people(1, 9), next: people(4, 9), asOf: "2026-11-02", most: 1. / 3},
		{name: "all gone, all may go", before: accepted("2026-11-01", 9), held: people(1, 9), next: people(20, 20), asOf: "2026-11-02", most: 1},
		{name: "shrunk, accepted", before: accepted("2026-11-01", 10), held: people(1, 10), next: people(9, 10), asOf: "2026-11-02", accept: true},
		{name: "emptied, accepted", before: accepted("2026-11-01", 10), held: people(1, 10), next: roster{}, asOf: "2026-11-02", accept: true, want: ReasonEmpty},

		{name: "by number: a tenth", before: accepted("2026-11-01", 10), next: people(2, 10), asOf: "2026-11-02"},
		{name: "by number: more", before: accepted("2026-11-01", 10), next: people(3, 10), asOf: "2026-11-02", want: ReasonShrunk},
		{name: "by number: grown", before: accepted("2026-11-01", 10), next: people(1, 99), asOf: "2026-11-02"},

		{name: "anchors stay", before: accepted("2026-11-01", 20, "l:1", "l:2"), held: people(1, 20), next: people(1, 19), asOf: "2026-11-02"},
		{name: "an anchor goes", before: accepted("2026-11-01", 20, "l:1", "l:20"), held: people(1, 20), next: people(1, 19), asOf: "2026-11-02", want: ReasonAnchorLost},
		{name: "an anchor goes, accepted", before: accepted("2026-11-01", 20, "l:20"), held: people(1, 20), next: people(1, 19), asOf: "2026-11-02", accept: true},
		{
			name: "an anchor that today's reader calls otherwise", before: accepted("2026-11-01", 20, "number 20"), held: people(1, 20), next: people(1, 20),
			asOf: "2026-11-02",
		},
		{name: "an anchor goes, by id", before: accepted("2026-11-01", 20, "l:20"), next: people(1, 19), asOf: "2026-11-02", want: ReasonAnchorLost},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.most == 0 {
				tt.most = defaultMostLost
			}
			if tt.from == "" {
				tt.from = DayStated
			}
			g := gateCheck{
				before: tt.before, held: tt.held, next: tt.next, asOf: tt.asOf, asOfFrom: tt.from, mostLost: tt.most, acceptLoss: tt.accept, now: testNow,
			}
			got := g.verdict()
			switch {
			case got == nil && tt.want != "":
				t.Errorf("went through, want it refused as %s", tt.want)
			case got != nil && (got.Reason != tt.want || got.Detail == ""):
				t.Errorf("got %+v, want %q", got, tt.want)
			case got != nil && (tt.want == ReasonShrunk || tt.want == ReasonAnchorLost) && !strings.Contains(got.Detail, "interdict lists import --accept-loss"):
				t.Errorf("%q does not say how to accept it", got.Detail)
			}
		})
	}
}

func TestGateNames(t *testing.T) {
	g := gateCheck{
		before: &Manifest{Parts: make([]PartCopy, 1), AsOf: "2026-11-01", Entries: 10}, held: people(1, 10), next: people(6, 10), asOf: "2026-11-01",
		mostLost: defaultMostLost, now: testNow,
	}
	want := "5 of 10 entries are gone (50.0 %), such as Name 1 (l:1), Name 2 (l:2), Name 3 (l:3) and 2 more. At most 10 % may go unasked. "
	if got := g.verdict(); got == nil || got.Detail != want+howToAccept {
		t.Errorf("got %+v", got)
	}
}

func TestAnchors(t *testing.T) {
	chosen := func(before []string, held, next roster) []string {
		g := gateCheck{before: &Manifest{Anchors: before}, held: held, next: next}
		return g.anchors()
	}
	first := chosen(nil, nil, people(1, 1000))
	if len(first) != maxAnchors {
		t.Fatalf("got %d anchors, want %d", len(first), maxAnchors)
	}
	if diff := cmp.Diff(first, chosen(nil, nil, people(1, 1000))); diff != "" {
		t.Errorf("the choice is not the same twice: %s", diff)
	}
	var low int
	for _, a := range first {
		var n int
		if _, err := fmt.Sscanf(a, "l:%d", &n); err != nil {
			t.Fatal(err)
		}
		if n <= 500 {
			low++
		}
	}
	if low < 5 || low > 20 {
		t.Errorf("%d of %d anchors are of the first half: %v", low, maxAnchors, first)
	}
	// They stay whatever comes; one that went is replaced by an old entry.
	grown := people(1, 9000)
	if diff := cmp.Diff(first, chosen(first, people(1, 1000), grown)); diff != "" {
		t.Errorf("anchors went though their entries stayed: %s", diff)
	}
	delete(grown, screening.EntityID(first[3]))
	after := chosen(first, people(1, 1000), grown)
	if diff := cmp.Diff(append(append([]string{}, first[:3]...), first[4:]...), after[:maxAnchors-1]); diff != "" {
		t.Error(diff)
	}
	if _, old := people(1, 1000)[screening.EntityID(after[maxAnchors-1])]; !old {
		t.Errorf("the free place went to %s, which is new", after[maxAnchors-1])
	}
	if got := chosen(nil, nil, people(1, 3)); len(got) != 3 {
		t.Errorf("got %v of a list of three", got)
	}
}
