package names

import "slices"

// scorePerson compares the names of persons. The surname and at least one more part must agree, in any order; a name
// that lacks a part is no contradiction, but two parts that agree are never certain, and another father's name is
// another person.
func (x *Index) scorePerson(s *scratch, n *name) comparison {
	c := comparison{pairs: x.pair(s, n)}
	surname, sum, least := false, 0.0, 1.0
	for _, p := range c.pairs {
		surname = surname || n.parts[p.partner].surname
		sum += p.similarity
		least = min(least, p.similarity)
	}
	c.parts = len(c.pairs)
	c.distinctive = surname
	if !surname || c.parts < min(2, len(n.parts)) || c.parts == 1 && len(s.terms) > 1 {
		return comparison{}
	}
	if c.parts <= 2 && least < x.settings.PersonPair {
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
		if !t.patronymic {
			extra++
		} else if x.otherFather(n, t) {
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

// otherFather tells whether a father's name differs from every one that the entry is known with.
func (x *Index) otherFather(n *name, t *term) bool {
	known := x.entries[n.entry].patronymics
	return len(known) > 0 && !slices.ContainsFunc(known, func(k string) bool {
		return x.kernel.similarity(t.key, k, x.settings.Pair) > 0
	})
}
