package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scorePerson compares the names of persons. The surname and at least one more part must agree, in any order; a name
// that lacks a part is no contradiction, but two parts that agree are never certain, and another father's name is
// another person.
func (x *Index) scorePerson(s *scratch, n *name) comparison {
	c := comparison{pairs: x.pair(s, n)}
	surname, sum, least, most := false, 0.0, 1.0, 0.0
	for _, p := range c.pairs {
		surname = surname || n.parts[p.partner].surname
		sum += p.similarity
		least, most = min(least, p.similarity), max(most, p.similarity)
	}
	c.parts, c.spelt = len(c.pairs), least
	c.distinctive = surname
	if !surname || c.parts < min(2, len(n.parts)) || c.parts == 1 && len(s.terms) > 1 {
		return x.runTogether(s, n)
	}
	need := x.settings.PersonPair
	if len(n.parts) == 2 && len(s.terms) == 2 && most >= 1-x.settings.Inflection { // a slip in one of them
		need = x.settings.WholePair
	}
	if c.parts <= 2 && least < need {
		return comparison{}
	}
	c.score = sum / float64(c.parts)
	extra, otherFather := x.unpaired(s, n, c.pairs)
	c.score -= x.settings.PersonExtra * float64(extra)
	if otherFather {
		c.score -= x.settings.OtherFather
	}
	if !sameOrder(s, n, c.pairs) {
		c.score = min(c.score, 1-x.settings.Reordered)
	}
	c.uncapped = c.score
	if c.parts <= 2 {
		c.score = min(c.score, x.settings.TwoParts)
	}
	return c
}

// unpaired counts the parts of either name that have no partner and are not merely left out by the other, and tells
// of another father's name.
func (x *Index) unpaired(s *scratch, n *name, pairs []pairing) (extra int, otherFather bool) {
	for i := range s.terms {
		t := &s.terms[i]
		if t.Class == Place || slices.ContainsFunc(pairs, func(p pairing) bool { return p.term == i }) {
			continue
		}
		if !t.patronymic && !isInitialOf(t.Norm, n, pairs) {
			extra++
		} else if t.patronymic && x.otherFather(n, t) {
			otherFather = true
		}
	}
	for j := range n.parts {
		t := &n.parts[j]
		if !t.patronymic && !slices.ContainsFunc(pairs, func(p pairing) bool { return p.partner == j }) {
			extra++
		}
	}
	return extra, otherFather
}

// turned tells whether the parts stand as listed, or with some moved from the front to the end as a whole.
func turned(pairs []pairing) bool {
	ordered := slices.SortedFunc(slices.Values(pairs), func(a, b pairing) int { return cmp.Compare(a.term, b.term) })
	breaks := 0
	for i := range ordered {
		if next := ordered[(i+1)%len(ordered)]; next.partner < ordered[i].partner {
			breaks++
		}
	}
	return breaks <= 1
}

// isInitialOf tells of a letter that a part without a partner begins with. The part itself still counts.
func isInitialOf(letter string, n *name, pairs []pairing) bool {
	if len(letter) != 1 {
		return false
	}
	for j := range n.parts {
		if strings.HasPrefix(n.parts[j].norm, letter) && !slices.ContainsFunc(pairs, func(p pairing) bool { return p.partner == j }) {
			return true
		}
	}
	return false
}

// otherFather tells whether a father's name differs from every one that the entry is known with.
func (x *Index) otherFather(n *name, t *term) bool {
	known := x.entries[n.entry].patronymics
	return len(known) > 0 && !slices.ContainsFunc(known, func(k string) bool {
		return x.kernel.similarity(t.key, k, x.settings.Pair) > 0
	})
}

// runTogether compares a person's name that is written without spaces.
func (x *Index) runTogether(s *scratch, n *name) comparison {
	if len(s.terms) > 1 || len(n.parts) < 2 || string(s.letters) != n.letters && string(s.letters) != n.turned {
		return comparison{}
	}
	c := comparison{score: 1 - x.settings.Joined, distinctive: true, parts: len(n.parts), whole: true}
	c.uncapped = c.score
	if c.parts <= 2 {
		c.score = min(c.score, x.settings.TwoParts)
	}
	return c
}

// turnedLetters returns the letters of a person's name with the surname at its other end, or nothing when it stands
// at neither.
func turnedLetters(parts []part) string {
	last := len(parts) - 1
	var b strings.Builder
	switch {
	case last < 1:
		return ""
	case parts[0].surname && !parts[last].surname:
		for i := 1; i <= last; i++ {
			b.WriteString(parts[i].norm)
		}
		b.WriteString(parts[0].norm)
	case parts[last].surname && !parts[0].surname:
		for i := range parts {
			b.WriteString(parts[(i+last)%len(parts)].norm)
		}
	}
	return b.String()
}

// readsLikePerson tells of two to four words with a given name or a father's among them, another word, and nothing of
// a company; a title takes the place of the given name.
func readsLikePerson(tokens []Token, terms []term) bool {
	titled := slices.ContainsFunc(tokens, func(t Token) bool { return t.title })
	if len(terms) < 2 && !titled || len(terms) > 4 {
		return false
	}
	named, surnames := titled, 0
	for i := range terms {
		t := &terms[i]
		if t.Class != Distinctive || strings.ContainsAny(t.Norm, "0123456789") {
			return false
		}
		if t.given || t.patronymic {
			named = true
		} else if utf8.RuneCountInString(t.Norm) > 1 {
			surnames++
		}
	}
	return named && surnames > 0
}

// partHumps parts words such as AnnaPetrova at their capitals where a given name or a father's is among the pieces.
func (l *Lexicon) partHumps(tokens []Token, text *Text) []Token {
	if len(tokens) > mostHumped {
		return tokens
	}
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.Class != Distinctive || i > 0 && tokens[i-1].End > t.Start {
			continue
		}
		pieces := l.humps(rawSpan(text.Raw, t.Start, t.End), t.Start)
		if len(pieces) < 2 || !slices.ContainsFunc(pieces, func(p Token) bool { return l.given[p.Norm] || l.isPatronymic(p.Norm) }) {
			continue
		}
		text.Changes = append(text.Changes, Change{Kind: Joined, Start: t.Start, End: t.End})
		tokens = slices.Replace(tokens, i, i+1, pieces...)
		i += len(pieces) - 1
	}
	return tokens
}

// mostHumped is how many words a name may have for its words to be parted.
const mostHumped = 3

// humps returns the parts of a word that begin with a capital after a small letter.
func (l *Lexicon) humps(raw string, position int) []Token {
	var pieces []Token
	add := func(piece string, start int) {
		for _, t := range l.Normalise(piece).Tokens {
			t.Start, t.End = t.Start+start, t.End+start
			pieces = append(pieces, t)
		}
	}
	begin, start, small := 0, position, false
	for at, r := range raw {
		if small && unicode.IsUpper(r) {
			add(raw[begin:at], start)
			begin, start = at, position
		}
		small = unicode.IsLower(r)
		position++
	}
	if begin > 0 {
		add(raw[begin:], start)
	}
	return pieces
}
