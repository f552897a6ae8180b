package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// commonWords finds legal forms and trade words with a letter wrong: LIMIETD. Such a word tells nobody apart, but taken for
// a distinctive one it hides the name beside it. It is immutable and safe for concurrent use.
type commonWords struct {
	words []string
	set   map[string]bool // those of legal forms map to true
	near  *deletes
}

// shortestSlip is how many letters a common word must have to be told with one of them wrong.
const shortestSlip = 5

// shortestPart is how many letters a word must have that stands for a legal form of several words.
const shortestPart = 3

// shortestListed is how many letters a word of a listed name must have to be taken for a slip in a legal form all the same:
// lists have slips too.
const shortestListed = 6

func newCommonWords(l *Lexicon) *commonWords {
	s := &commonWords{set: make(map[string]bool)}
	add := func(text string, legal bool) {
		for _, t := range tokenise(text, nil).Tokens {
			if len(t.Norm) >= shortestPart && isASCII(t.Norm) {
				s.set[t.Norm] = s.set[t.Norm] || legal
			}
		}
	}
	for _, form := range l.forms {
		for _, spelling := range form.Spellings {
			add(spelling, true)
		}
	}
	for _, word := range l.sortedWords {
		add(word, false)
	}
	for word := range s.set {
		if len(word) >= shortestSlip {
			s.words = append(s.words, word)
		}
	}
	slices.Sort(s.words)
	s.near = newDeletes(s.words)
	return s
}

// has tells of a word of a legal form, or a trade word.
func (s *commonWords) has(word string) bool {
	_, known := s.set[word]
	return known
}

// beforeLegal tells of a single letter before a word of a legal form: S OGRANICHENNOI OTVETSTVENNOSTYU.
func (s *commonWords) beforeLegal(tokens []Token) bool {
	return len(tokens) > 1 && len(tokens[0].Norm) == 1 && s.set[tokens[1].Norm]
}

// of returns the common word that a word is with one slip, or nothing.
func (s *commonWords) of(word string, v *variants) (common string) {
	if len(word) < shortestSlip-1 || !isASCII(word) {
		return ""
	}
	s.near.find(word, v, func(id int32) {
		if common == "" && oneSlip(word, s.words[id]) {
			common = s.words[id]
		}
	})
	return common
}

// oneSlip tells whether two different words differ in one letter that is wrong, missing, too many or exchanged with its
// neighbour, after the first.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || a[0] != b[0] || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// corrected returns a name with the slips in its common words set right. ok is false where there is none.
func (x *Index) corrected(s *scratch, raw string) (name string, ok bool) {
	var b strings.Builder
	at := 0 // bytes of raw that are written
	for i := range s.terms {
		t := &s.terms[i]
		if t.Class != Distinctive {
			continue
		}
		right := x.setRight(s, t)
		start, end := byteOf(raw, t.Start), byteOf(raw, t.End)
		if right == "" || start < at {
			continue
		}
		b.WriteString(raw[at:start])
		b.WriteString(right)
		at, ok = end, true
	}
	b.WriteString(raw[at:])
	return b.String(), ok
}

// setRight returns what a word may have been meant for: two words that were joined, or a common word with a slip. It is
// empty where the word stands in a listed name, unless it looks like a legal form.
func (x *Index) setRight(s *scratch, t *term) string {
	if apart := x.joinedArticle(t); apart != "" {
		return apart
	}
	common := x.common.of(t.key, &s.variants)
	if common == "" && t.key != t.Norm {
		common = x.common.of(t.Norm, &s.variants)
	}
	if t.id >= 0 && (len(t.Norm) < shortestListed || !x.common.set[common]) {
		return ""
	}
	return common
}

// joinedArticle returns a word with an Arabic article joined to it in two words, where the lists know what follows.
func (x *Index) joinedArticle(t *term) string {
	for _, article := range [...]string{"al", "el", "ul"} {
		rest, ok := strings.CutPrefix(t.Norm, article)
		if _, known := x.ids[x.lexicon.uninflected(rest)]; ok && known && len(rest) >= shortestPart {
			return article + " " + rest
		}
	}
	return ""
}

// byteOf returns where a code point of a text begins.
func byteOf(text string, point int) int {
	at := 0
	for ; point > 0 && at < len(text); point-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// secondReading adds what a name finds with the slips in its common words set right. It is never certain.
func (x *Index) secondReading(result *Result, q Query, name string) {
	second := x.read(x.lexicon.Normalise(name), Query{Name: name, Kind: q.Kind}, false)
	whole := utf8.RuneCountInString(q.Name)
	for _, m := range slices.Concat(second.Matches, second.NearMisses) {
		m.Score = min(m.Score-x.settings.slip, x.settings.Uncertain)
		m.Start, m.End = 0, whole
		m.Changes = append(slices.Clip(m.Changes), Change{Kind: Misspelt, Start: 0, End: whole})
		result.better(m, x.settings)
	}
}

// better puts a match where its score belongs, unless its entry has one as good.
func (r *Result) better(m Match, s Settings) {
	same := func(other Match) bool { return other.Entry == m.Entry }
	for _, list := range []*[]Match{&r.Matches, &r.NearMisses} {
		if i := slices.IndexFunc(*list, same); i >= 0 {
			if (*list)[i].Score >= m.Score {
				return
			}
			*list = slices.Delete(*list, i, i+1)
		}
	}
	to := &r.NearMisses
	switch {
	case m.Score >= s.Review:
		to = &r.Matches
	case m.Score < s.Near:
		return
	}
	at, _ := slices.BinarySearchFunc(*to, m, func(other, m Match) int {
		if other.Score >= m.Score {
			return -1
		}
		return 1
	})
	*to = slices.Insert(*to, at, m)
}
