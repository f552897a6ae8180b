package names

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// pairing is a term of the query with its partner in a name.
type pairing struct {
	term, partner int
	similarity    float64
}

// comparison is what the score of a name rests on.
type comparison struct {
	score       float64
	uncapped    float64   // orders names of equal score
	pairs       []pairing // in the scratch memory: valid until the next comparison
	distinctive bool
	parts       int
	spelt       float64 // of a person: the least similarity of a pair
	complete    bool    // no word of either name is left over, but for legal forms and places
	whole       bool    // the letters are equal, but parted into other words
}

// pair gives each word at most one partner, the most similar first.
func (x *Index) pair(s *scratch, n *name) []pairing {
	candidates := s.candidates[:0]
	for j := range n.parts {
		partner := &n.parts[j]
		if !s.hitWords.has(partner.id) {
			continue
		}
		for at := s.firstHit[partner.id]; at >= 0; at = s.hits[at].next {
			h := &s.hits[at]
			similarity := x.similarity(s, h)
			if similarity == 0 {
				continue
			}
			t := &s.terms[h.term]
			if similarity == 1 && t.Norm != partner.norm {
				similarity -= x.settings.Inflection
			}
			similarity = min(similarity, 1-float64(t.doubt))
			candidates = append(candidates, pairing{h.term, j, similarity})
		}
	}
	s.candidates = candidates
	slices.SortStableFunc(candidates, func(a, b pairing) int { return cmp.Compare(b.similarity, a.similarity) })
	pairs := s.pairs[:0]
	for _, c := range candidates {
		if !slices.ContainsFunc(pairs, func(p pairing) bool { return p.term == c.term || p.partner == c.partner }) {
			pairs = append(pairs, c)
		}
	}
	s.pairs = pairs
	return pairs
}

// promising tells whether a name can reach the near-miss threshold, from the words found alone.
func (x *Index) promising(s *scratch, n *name) bool {
	found, count := 0.0, 0
	for j := range n.parts {
		t := &n.parts[j]
		switch {
		case s.hitWords.has(t.id):
			found += t.weight
			count++
		case n.brand && t.class != LegalForm && !strings.HasPrefix(t.norm, s.terms[len(s.terms)-1].Norm):
			return false
		}
	}
	if x.entries[n.entry].kind == Person {
		return count >= min(2, len(n.parts))
	}
	return s.weight+found >= x.settings.Near*(s.weight+n.weight)
}

// scoreOrganisation compares the whole names in both directions: the score is the weight of the words that agree in
// both names, as far as they agree, over the weight of all words of both. Words without a partner on either side
// lower it.
func (x *Index) scoreOrganisation(s *scratch, n *name) comparison {
	c := comparison{pairs: x.pairCutOff(s, n, x.pair(s, n))}
	s.pairs = c.pairs
	agreed := agreementOf(s, n, c.pairs)
	c.distinctive = agreed.distinctive > 0
	c.score = agreed.weight / (s.weight + n.weight)
	clash := !agreed.form && bothHaveForms(s, n)
	if clash {
		c.score -= x.settings.FormClash
	}
	if !sameOrder(s, n, c.pairs) {
		c.score = min(c.score, 1-x.settings.Reordered)
	}
	if where := x.whereabouts(s, n, &agreed, c.pairs); where > 0 {
		c.score = min(max(c.score, agreed.weight/(s.weight-where+n.weight)), x.settings.Uncertain)
	}
	c.uncapped = c.score
	lacking, missing := x.leftOver(s, n, c.pairs)
	c.score = x.capped(c.score, n, agreed, lacking, missing)
	c.complete = !lacking.any && !missing.any
	if lacking.any || missing.any {
		return x.compareWhole(s, n, c, clash)
	}
	return c
}

// whereabouts returns the weight of the query's words that only say where a company is: places and branches without a
// partner, beside a listed name all of whose telling words agree, two words or a rare one. It is 0 where there are none, and where an index holds
// one group, whose brand tells it anywhere.
func (x *Index) whereabouts(s *scratch, n *name, agreed *agreement, pairs []pairing) (weight float64) {
	if !x.ofStrangers() || agreed.distinctive == 0 || agreed.words < 2 && agreed.rarest < x.settings.rare {
		return 0
	}
	for j := range n.parts {
		if n.parts[j].class == Distinctive && !slices.ContainsFunc(pairs, func(p pairing) bool { return p.partner == j }) {
			return 0
		}
	}
	for i := range s.terms {
		if t := &s.terms[i]; (t.Class == Place || t.branch) && !slices.ContainsFunc(pairs, func(p pairing) bool { return p.term == i }) {
			weight += t.weight
		}
	}
	return weight
}

// agreement is what the pairs of two names have in common.
type agreement struct {
	weight      float64 // of the words of both names, as far as they agree
	distinctive int     // how many pairs are of distinctive words
	least       float64 // similarity of the least similar of those; 1 where there is none
	words       int     // how many pairs are no legal forms
	rarest      float64 // the most that one of those words weighs
	form        bool    // a legal form is among the pairs
	unlike      string  // the query's word of that least similar pair
}

func agreementOf(s *scratch, n *name, pairs []pairing) agreement {
	agreed := agreement{least: 1}
	for _, p := range pairs {
		t, partner := &s.terms[p.term], &n.parts[p.partner]
		agreed.weight += p.similarity * (t.weight + partner.weight)
		agreed.form = agreed.form || t.Class == LegalForm
		if t.Class != LegalForm {
			agreed.words++
		}
		if t.Class == Distinctive && partner.class == Distinctive {
			agreed.distinctive++
			agreed.rarest = max(agreed.rarest, partner.weight)
			if p.similarity < agreed.least {
				agreed.least, agreed.unlike = p.similarity, t.Norm
			}
		}
	}
	return agreed
}

func bothHaveForms(s *scratch, n *name) bool {
	return slices.ContainsFunc(s.terms, func(t term) bool { return t.Class == LegalForm }) &&
		slices.ContainsFunc(n.parts, func(p part) bool { return p.class == LegalForm })
}

// capped keeps a score from being certain where the query, lacking a partner for some of its words, or the name,
// missing some of its own, tells of something else; it is 0 where what agrees says nothing.
func (x *Index) capped(score float64, n *name, agreed agreement, lacking, missing lack) float64 {
	switch {
	case n.brand && missing.any, !n.telling && (missing.any || lacking.any), n.telling && agreed.distinctive == 0:
		return 0
	case agreed.distinctive == 1 && agreed.least < 1-x.settings.Inflection:
		companion := x.settings.Companion
		if x.lexicon.isSurname(agreed.unlike) {
			companion = 0
		}
		return min(score, x.settings.Uncertain, agreed.least+companion)
	case lacking.distinctive, missing.distinctive:
		return min(score, x.settings.Uncertain)
	}
	return score
}

// sameOrder tells whether every word has its partner at its own place.
func sameOrder(s *scratch, n *name, pairs []pairing) bool {
	return len(pairs) == len(s.terms) && len(pairs) == len(n.parts) &&
		!slices.ContainsFunc(pairs, func(p pairing) bool { return p.term != p.partner })
}

// lack is what a name has without a partner, legal forms aside.
type lack struct{ any, distinctive bool }

// leftOver returns what the query and the name have without a partner.
func (x *Index) leftOver(s *scratch, n *name, pairs []pairing) (query, other lack) {
	for i := range s.terms {
		if s.terms[i].Class != LegalForm && !slices.ContainsFunc(pairs, func(p pairing) bool { return p.term == i }) {
			query.any = query.any || s.terms[i].Class != Place
			query.distinctive = query.distinctive || s.terms[i].Class == Distinctive || s.terms[i].others
		}
	}
	for j := range n.parts {
		if n.parts[j].class != LegalForm && !slices.ContainsFunc(pairs, func(p pairing) bool { return p.partner == j }) {
			other.any = true
			other.distinctive = other.distinctive || n.parts[j].class == Distinctive
		}
	}
	return query, other
}

// pairCutOff pairs the last word of the query with a word that it begins, when something else agrees: fields are cut
// off at their length.
func (x *Index) pairCutOff(s *scratch, n *name, pairs []pairing) []pairing {
	last := len(s.terms) - 1
	if len(pairs) == 0 || slices.ContainsFunc(pairs, func(p pairing) bool { return p.term == last }) {
		return pairs
	}
	for j := range n.parts {
		partner := &n.parts[j]
		if partner.class == LegalForm || !strings.HasPrefix(partner.norm, s.terms[last].Norm) ||
			slices.ContainsFunc(pairs, func(p pairing) bool { return p.partner == j }) {
			continue
		}
		return append(pairs, pairing{last, j, x.settings.Truncated})
	}
	return pairs
}

// compareWhole takes the letters of both names as one word when that fits better.
func (x *Index) compareWhole(s *scratch, n *name, c comparison, clash bool) comparison {
	score := 1 - x.settings.Spaced
	if clash {
		score -= x.settings.FormClash
	}
	if score <= c.score || string(s.letters) != n.letters {
		return c
	}
	distinctive := slices.ContainsFunc(s.terms, func(t term) bool { return t.Class == Distinctive })
	if !distinctive || !n.telling {
		score = min(score, x.settings.Uncertain)
	}
	return comparison{score: score, uncapped: score, distinctive: distinctive, complete: true, whole: true}
}

// scoreBrand scores a brand word for the whole name around it. What of the name it leaves unexplained keeps the match
// from being certain; in a person's name only the exact surname counts.
func (x *Index) scoreBrand(s *scratch, found *sighting, person bool) float64 {
	if person && !found.exact && found.Score < x.settings.Block {
		return 0
	}
	for range x.unexplained(s, found) {
		return min(found.Score, x.settings.Uncertain)
	}
	return found.Score
}

// unexplained yields the words of a name that a brand word in it leaves unexplained.
func (x *Index) unexplained(s *scratch, found *sighting) iter.Seq[string] {
	return func(yield func(string) bool) {
		if found.rest != "" && !yield(found.rest) {
			return
		}
		for i := range s.terms {
			t := &s.terms[i]
			outside := t.End <= found.Start || t.Start >= found.End
			cutOff := i == len(s.terms)-1 && x.isCutOff(t)
			if (outside && t.Class == Distinctive && !cutOff && !t.either || t.others) && !yield(t.Norm) {
				return
			}
		}
	}
}

// brandMatch writes down what the score of a brand word rests on.
func (x *Index) brandMatch(s *scratch, text Text, found *sighting, score float64) Match {
	return Match{
		Entry: found.Entry, Alias: found.Alias, Method: found.Method, Score: score, Brand: true, Distinctive: true,
		Start: found.Start, End: found.End, Changes: found.Changes,
		Pairs: []Pair{{
			Text: rawSpan(text.Raw, found.Start, found.End), Start: found.Start, End: found.End,
			Alias: x.brands.words[found.brand].norm, Similarity: found.Score, Weight: 1,
		}},
		Extra: slices.Collect(x.unexplained(s, found)),
	}
}

// isCutOff tells of a word that begins a trade word or a legal form.
func (x *Index) isCutOff(t *term) bool {
	if t.given {
		return false
	}
	words := x.lexicon.sortedWords
	at, _ := slices.BinarySearch(words, t.Norm)
	return at < len(words) && strings.HasPrefix(words[at], t.Norm)
}

// match writes down what a comparison rests on.
func (x *Index) match(s *scratch, text Text, n *name, c comparison) Match {
	m := Match{
		Entry: x.entries[n.entry].ID, Alias: n.alias, Method: methodOf(n.form, false), Form: n.form, Score: c.score,
		Distinctive: c.distinctive, Complete: c.complete, Mixed: !turned(c.pairs), Spelt: c.spelt, NameParts: c.parts, Start: len(text.Raw), Pairs: make([]Pair, 0, len(c.pairs)),
	}
	if c.whole {
		m.Start, m.End = s.tokens[0].Start, s.tokens[len(s.tokens)-1].End
		switch {
		case len(s.terms) < len(n.parts):
			m.Changes = append(m.Changes, Change{Kind: Joined, Start: m.Start, End: m.End})
		case !x.lexicon.areWords(s.tokens):
			m.Changes = append(m.Changes, Change{Kind: Spaced, Start: m.Start, End: m.End})
		}
		m.Pairs = append(m.Pairs, Pair{
			Text: rawSpan(text.Raw, m.Start, m.End), Start: m.Start, End: m.End, Alias: n.alias, Similarity: c.score, Weight: 1,
		})
		return m
	}
	slices.SortFunc(c.pairs, func(a, b pairing) int { return cmp.Compare(a.term, b.term) })
	for _, p := range c.pairs {
		t, partner := &s.terms[p.term], &n.parts[p.partner]
		m.Start, m.End = min(m.Start, t.Start), max(m.End, t.End)
		m.Pairs = append(m.Pairs, Pair{
			Text: rawSpan(text.Raw, t.Start, t.End), Start: t.Start, End: t.End, Alias: partner.norm,
			Similarity: p.similarity, Weight: t.weight,
		})
		if t.romanised && m.Method == MethodAlias {
			m.Method = MethodTransliteration
		}
	}
	for i := range s.terms {
		if (s.terms[i].Class == Distinctive || s.terms[i].others) && !slices.ContainsFunc(c.pairs, func(p pairing) bool { return p.term == i }) {
			m.Extra = append(m.Extra, s.terms[i].Norm)
		}
	}
	for _, change := range text.Changes {
		if change.Start < m.End && m.Start < change.End {
			m.Changes = append(m.Changes, change)
		}
	}
	return m
}

// rawSpan returns the code points from start to end of a text.
func rawSpan(raw string, start, end int) string {
	from, to, position := len(raw), len(raw), 0
	for i := range raw {
		if position == start {
			from = i
		}
		if position == end {
			to = i
			break
		}
		position++
	}
	return raw[from:to]
}
