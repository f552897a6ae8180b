package api

import (
	"slices"
	"testing"

	"github.com/agext/levenshtein"
	"pgregory.net/rapid"
)

var shelfOfTools = [][]string{
	{"Anvil Professional Edition", "AP9001", "anvil-pro"},
	{"Anvil Cloud Plus", "anvil-cloud"},
	{"Claw Hammer", "Claw-Hammer 2", "hammer"},
	{"Ножовка", "Hacksaw", "saw"},
}

func TestFinder(t *testing.T) {
	f := newFinder(shelfOfTools)
	for _, tt := range []struct {
		query      string
		items      []int
		suggestion string
	}{
		{"anvil", []int{0, 1}, ""},
		{"ANVIL", []int{0, 1}, ""},
		{"anv pro", []int{0}, ""},
		{"pro anv", []int{0}, ""},
		{"ape", []int{0}, ""},
		{"ap9001", []int{0}, ""},
		{"clawhammer", []int{2}, ""},
		{"нож", []int{3}, ""},
		{"hacksaw", []int{3}, ""},
		{"hamemr", []int{2}, "hammer"},
		{"profesional anvl", []int{0}, "professional anvil"},
		{"anl", nil, ""},
		{"saw with nothing alike", nil, ""},
		{"zzz", nil, ""},
		{"  ", nil, ""},
		{"\x00", nil, ""},
	} {
		t.Run(tt.query, func(t *testing.T) {
			items, suggestion := f.find(tt.query)
			if !slices.Equal(items, tt.items) || suggestion != tt.suggestion {
				t.Errorf("got %v %q, want %v %q", items, suggestion, tt.items, tt.suggestion)
			}
		})
	}
}

func TestFinderPartly(t *testing.T) {
	f := newFinder(shelfOfTools)
	if items, name := f.partly("anvil cloud gmbh"); !slices.Equal(items, []int{1}) || name != "Anvil Cloud Plus" {
		t.Errorf("got %v %q, want item 1 and its name", items, name)
	}
	if items, name := f.partly("anvil gmbh"); items != nil || name != "" {
		t.Errorf("half of the words: got %v %q, want nothing", items, name)
	}
}

// Everything that is found exists, once; a query that is a label finds its item first.
func FuzzFind(f *testing.F) {
	for _, q := range []string{"anvil", "kes adv", "", "ı", "\xff", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		f.Add(q)
	}
	finder := newFinder(shelfOfTools)
	f.Fuzz(func(t *testing.T, q string) {
		items, _ := finder.find(q)
		partly, _ := finder.partly(q)
		for _, found := range [][]int{items, partly} {
			sorted := slices.Sorted(slices.Values(found))
			if len(slices.Compact(sorted)) != len(found) {
				t.Fatalf("%q finds an item twice: %v", q, found)
			}
			for _, item := range found {
				if item < 0 || item >= len(shelfOfTools) {
					t.Fatalf("%q finds item %d of %d", q, item, len(shelfOfTools))
				}
			}
		}
	})
}

// An exchange of neighbours counts once, so the slips never exceed the plain edit distance and never fall under half.
func TestSlipsAgainstEditDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abcж")), 0, 8, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		const far = 20
		got, plain := slips([]rune(a), []rune(b), far), levenshtein.Distance(a, b, nil)
		if got > plain || 2*got < plain {
			t.Fatalf("slips(%q, %q) = %d, want at most %d and at least half of it", a, b, got, plain)
		}
		if back := slips([]rune(b), []rune(a), far); back != got {
			t.Fatalf("slips(%q, %q) = %d, but %d the other way", a, b, got, back)
		}
		limit := rapid.IntRange(0, 8).Draw(t, "limit")
		if limited := slips([]rune(a), []rune(b), limit); min(limited, limit+1) != min(got, limit+1) {
			t.Fatalf("slips(%q, %q) with limit %d = %d, want %d", a, b, limit, limited, got)
		}
	})
}
