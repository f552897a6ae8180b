package api

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// searchRunes is how much of a query is searched for. The score of the fuzzy matcher grows threefold with each letter in
// a row and would overflow at forty.
const searchRunes = 32

// finder finds items by a few typed letters: parts of words, abbreviations, letters left out. It serves people who look
// something up and never decides anything. It is immutable and safe for concurrent use.
type finder struct {
	labels []string   // every name of every item
	words  [][]string // of each label, folded
	owner  []int      // the item that a label belongs to
	known  []string   // every word, sorted
}

// newFinder builds a finder over the names of each item.
func newFinder(names [][]string) *finder {
	f := &finder{}
	for item, labels := range names {
		for _, label := range labels {
			words := wordsOf(label)
			f.labels, f.words, f.owner = append(f.labels, label), append(f.words, words), append(f.owner, item)
			f.known = append(f.known, words...)
		}
	}
	slices.Sort(f.known)
	f.known = slices.Compact(f.known)
	return f
}

// tier tells how a label fits a query, best first.
type tier uint8

const (
	equalTo     tier = iota
	wordsBegin       // every word of the query begins a word of the label
	abbreviated      // the letters of the query stand in the label in their order
)

// sighting is the best label of an item.
type sighting struct {
	item  int
	tier  tier
	score int
}

// find returns items, best first. A query that fits nothing is taken for slips: suggestion is then what may have been
// meant, and the items are what that finds. It is empty where the query fits as it stands.
func (f *finder) find(q string) (items []int, suggestion string) {
	q = searchable(q)
	if items = f.rank(q); len(items) > 0 {
		return items, ""
	}
	if corrected := f.correct(q); corrected != q {
		if items = f.rank(corrected); len(items) > 0 {
			return items, corrected
		}
	}
	return nil, ""
}

// searchable is the part of a query that is searched for, its words set apart by one space.
func searchable(q string) string { return shortened(strings.Join(strings.Fields(q), " "), searchRunes) }

func shortened(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:runes]))
}

func (f *finder) rank(q string) []int {
	best := map[int]sighting{}
	see := func(s sighting) {
		if old, seen := best[s.item]; !seen || compareSightings(s, old) < 0 {
			best[s.item] = s
		}
	}
	words := wordsOf(q)
	scores := make(map[int]int, len(f.labels))
	for _, m := range fuzzy.FindNoSort(q, f.labels) {
		scores[m.Index] = m.Score
		if isAbbreviation(m) {
			see(sighting{f.owner[m.Index], abbreviated, m.Score})
		}
	}
	for i, label := range f.words {
		switch {
		case len(words) == 0:
		case strings.Join(label, "") == strings.Join(words, ""): // anti-virus and antivirus
			see(sighting{f.owner[i], equalTo, scores[i]})
		case f.allBegin(i, words):
			see(sighting{f.owner[i], wordsBegin, scores[i]})
		}
	}
	found := make([]sighting, 0, len(best))
	for _, s := range best {
		found = append(found, s)
	}
	slices.SortFunc(found, compareSightings)
	items := make([]int, len(found))
	for i, s := range found {
		items[i] = s.item
	}
	return items
}

func compareSightings(a, b sighting) int {
	return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(b.score, a.score), cmp.Compare(a.item, b.item))
}

// isAbbreviation tells whether every letter that was found begins a word or follows the one found before it. Letters
// scattered inside words are chance.
func isAbbreviation(m fuzzy.Match) bool {
	last := -1
	for _, at := range m.MatchedIndexes {
		before, _ := utf8.DecodeLastRuneInString(m.Str[:at])
		found, size := utf8.DecodeRuneInString(m.Str[at:])
		if at != 0 && at != last && isWordLetter(before) && isWordLetter(found) {
			return false
		}
		last = at + size
	}
	return true
}

// allBegin tells whether every word begins a word of the label.
func (f *finder) allBegin(label int, words []string) bool {
	for _, w := range words {
		if !begins(f.words[label], w) {
			return false
		}
	}
	return true
}

func begins(words []string, prefix string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) })
}

// correct replaces every word that begins no known one by the known word nearest to it, where there is one.
func (f *finder) correct(q string) string {
	words := wordsOf(q)
	for i, w := range words {
		if near := f.nearest(w); near != "" && !f.isBeginning(w) {
			words[i] = near
		}
	}
	return strings.Join(words, " ")
}

func (f *finder) isBeginning(word string) bool {
	at, _ := slices.BinarySearch(f.known, word)
	return at < len(f.known) && strings.HasPrefix(f.known[at], word)
}

// nearest is the known word with the fewest slips between it and a word; the first by the alphabet where several are.
func (f *finder) nearest(word string) string {
	typed := []rune(word)
	allowed := slipsAllowed(len(typed))
	best := ""
	for _, known := range f.known {
		if d := slips(typed, []rune(known), allowed); d <= allowed {
			best, allowed = known, d-1
		}
	}
	return best
}

// slipsAllowed is how many slips a word of so many letters may have: a short one turns into another word too easily.
func slipsAllowed(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return 2
}

// slips counts the letters replaced, left out, added or exchanged with their neighbour between two words. It gives up
// beyond limit and returns more than it.
func slips(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// partly returns the items that hold the most of the query's words, more than half of them, and the first one's name.
func (f *finder) partly(q string) (items []int, suggestion string) {
	words := wordsOf(f.correct(searchable(q)))
	most := len(words)/2 + 1
	seen := map[int]bool{}
	for i := range f.labels {
		n := 0
		for _, w := range words {
			if begins(f.words[i], w) {
				n++
			}
		}
		if n > most || n == most && len(items) == 0 {
			most, items, suggestion = n, nil, f.labels[i]
			clear(seen)
		}
		if n == most && !seen[f.owner[i]] {
			seen[f.owner[i]] = true
			items = append(items, f.owner[i])
		}
	}
	return items, suggestion
}

// wordsOf splits a text into its words, in lower case.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isWordLetter(r) })
}

func isWordLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
