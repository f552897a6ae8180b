package products

import (
	"cmp"
	"slices"

	"github.com/interdict/interdict/screening/names"
)

// occurrence is one place where the brand is named.
type occurrence struct {
	names.Occurrence
	view *view
	ruling
	governed bool
}

// claim weighs what a line says of one brand. A match that is certain has two keys, evidence of the brand and of a
// product, or a whole part number.
type claim struct {
	s     *Spotter
	brand string
	views []view

	named    []occurrence // every place that names the brand
	rival    *rivalGoods  // what the line sells, where the brand stands in its notes alone; nil else
	maker    bool         // the manufacturer's field names it
	number   bool         // a part number or a known identifier proves it
	score    float64      // of the best place that is no mention
	evidence []Evidence   // of the brand

	matches    []Match
	nearMisses []Match
}

func (c *claim) weigh() {
	c.findRival()
	c.nameBrand()
	c.readInside()
	mention, spokenOf := c.mention()
	if spokenOf && !c.number && !c.maker {
		c.add(mention)
		return
	}
	c.readNumbers()
	c.readMarks()
	if len(c.evidence) == 0 && !c.number {
		c.bareNumbers()
		c.nearBrands()
		return
	}
	if c.packed() && !c.licensed() {
		c.finish()
		return
	}
	c.readNames()
	c.readWords()
	c.readBareBesideBrand()
	if len(c.matches) == 0 {
		c.add(Match{Class: Unnamed, Certainty: c.certainty(), Score: cmp.Or(c.score, partScore), Verified: Secondary})
	}
	if spokenOf && !slices.ContainsFunc(c.matches, func(m Match) bool { return covered(m.Class) }) {
		c.add(mention) // nothing exempt may lift what the words alone would leave to a person
	}
	c.finish()
	c.doubtBesideRival()
}

// sure reports whether the evidence of the brand is strong enough for a certain match.
func (c *claim) sure() bool { return c.score >= c.s.settings.BrandCertain }

func (c *claim) certainty() string {
	if c.sure() {
		return Certain
	}
	return Likely
}

// nameBrand collects the places that name the brand and rules which of them only speak of it.
func (c *claim) nameBrand() {
	for i := range c.views {
		v := &c.views[i]
		spoken, free := false, false
		for _, o := range v.brands {
			if o.Entry != c.brand {
				continue
			}
			if mark, ok := v.markAround(o, func(m *landmark) bool { return m.kind == Developer }); ok {
				c.nearMisses = append(c.nearMisses, Match{
					Name: mark.value, Brand: c.brand, Class: Unnamed, Certainty: Possible, Score: o.Score,
					Evidence: []Evidence{v.evidence(mark.start, mark.end, MethodIdentifier)}, Verified: mark.verified,
				})
				continue
			}
			place := occurrence{Occurrence: o, view: v}
			if mark, ok := v.markAround(o, func(m *landmark) bool { return m.bundle != noProduct }); ok {
				place.ruling, place.governed = ruling{words: mark.value, inside: true, bundle: mark.bundle}, true
			} else {
				place.ruling, place.governed = c.s.governed(v, o)
			}
			c.named = append(c.named, place)
			c.maker = c.maker || !place.governed && place.asMaker()
			spoken, free = spoken || place.governed, free || !place.governed
			if !place.governed {
				c.evidence = witness(c.evidence, v.brandEvidence(o))
				c.score = max(c.score, c.s.weightOf(place))
			}
		}
		v.mute = spoken && !free
		c.number = c.number || c.proves(v)
	}
}

// proves reports whether a text has a part number or a known identifier of the brand.
func (c *claim) proves(v *view) bool {
	return slices.ContainsFunc(v.numbers, func(n partNumber) bool {
		return n.grammar.brand == c.brand && (n.reading == full || n.reading == near || n.reading == cut)
	}) || slices.ContainsFunc(v.marks, func(m markHit) bool {
		return m.brand == c.brand && m.bundle == noProduct && m.kind != Developer && m.kind != Domain && !c.s.isMention(m.landmark)
	})
}

// markAround is the landmark of a sort that the occurrence is part of.
func (v *view) markAround(o names.Occurrence, sort func(*landmark) bool) (markHit, bool) {
	for _, m := range v.marks {
		if m.start <= o.Start && o.End <= m.end && sort(m.landmark) {
			return m, true
		}
	}
	return markHit{}, false
}

func (s *Spotter) isMention(m *landmark) bool {
	return m.product != noProduct && s.entries[m.product].Kind == MentionKind
}

// mention is what the places that name the brand come to where a cue governs every one of them but the manufacturer's
// field, and none puts the brand inside another product.
func (c *claim) mention() (Match, bool) {
	match := Match{Class: Software, Certainty: Likely, Mention: true, Verified: Secondary}
	for _, place := range c.named {
		switch {
		case place.inside, !place.governed && place.asMaker():
			continue
		case !place.governed:
			return Match{}, false
		}
		match.Cue = cmp.Or(match.Cue, place.words)
		match.Score = max(match.Score, place.Score)
		match.Evidence = witness(match.Evidence, place.view.brandEvidence(place.Occurrence))
	}
	for i := range c.views {
		v := &c.views[i]
		for _, m := range v.marks {
			if m.brand == c.brand && c.s.isMention(m.landmark) {
				match.Cue = cmp.Or(match.Cue, c.s.entries[m.product].Name)
				match.Score = 1
				match.Evidence = witness(match.Evidence, v.evidence(m.start, m.end, MethodIdentifier))
			}
		}
	}
	return match, len(match.Evidence) > 0
}

// asMaker reports whether the place says who made the goods: the manufacturer's field, or the vendor of a CPE.
func (o occurrence) asMaker() bool { return o.view.Kind == Manufacturer || o.view.Kind == CPE }

// weightOf is the score of a place that names the brand. A manufacturer's field is a name of its own: words in it that
// are nobody's trade, form or place ("John Kaspersky") make it somebody else's, so it is no key to a certain match.
func (s *Spotter) weightOf(place occurrence) float64 {
	if place.view.Kind != Manufacturer {
		return place.Score
	}
	for i, t := range place.view.text.Tokens {
		if t.Class == names.Distinctive && (i < place.First || i > place.Last) {
			return min(place.Score, s.settings.BrandDoubtful)
		}
	}
	return place.Score
}

// readNumbers adds what part numbers say.
func (c *claim) readNumbers() {
	for i := range c.views {
		v := &c.views[i]
		for _, n := range v.numbers {
			if n.grammar.brand != c.brand || n.reading == bare {
				continue
			}
			match := c.numberMatch(v, n)
			switch n.reading {
			case full:
				if n.product != noProduct && n.confirmed {
					match.Certainty = Certain
				}
			case near, cut:
				if c.sure() && n.product != noProduct && n.confirmed {
					match.Certainty = Certain
				}
			}
			c.add(match)
		}
	}
}

// partScore is the score of evidence that is not whole: part of a part number, a domain, a name whose brand is told by
// something else.
const partScore = 0.9

func (c *claim) numberMatch(v *view, n partNumber) Match {
	match := Match{Certainty: Likely, Score: 1, Evidence: []Evidence{v.numberEvidence(n)}, Verified: n.grammar.verified}
	if n.reading != full {
		match.Score = partScore
	}
	if n.product == noProduct {
		match.Class = Unnamed
		return match
	}
	e := &c.s.entries[n.product]
	match.Product, match.Name, match.Class = e.ID, e.Name, e.class
	if !n.confirmed {
		match.Verified = Unverified
	}
	return match
}

func (v *view) numberEvidence(n partNumber) Evidence {
	e := v.evidence(n.start, n.end, MethodPartNumber)
	e.Detail = n.detail
	if e.Detail == nil {
		e.Detail = map[string]string{"product": n.number}
	}
	if n.changed {
		e.Changes = append(e.Changes, names.Change{Kind: names.Homoglyph, Start: e.Start, End: e.End})
	}
	if n.misread {
		e.Changes = append(e.Changes, names.Change{Kind: names.Misread, Start: e.Start, End: e.End})
	}
	return e
}

// readMarks adds what identifiers and own names say. One alone is certain where it names a product and its source was
// read; a number on a box or the name of a program needs the brand beside it.
func (c *claim) readMarks() {
	for i := range c.views {
		v := &c.views[i]
		for _, m := range v.marks {
			if m.brand != c.brand || m.kind == Developer {
				continue
			}
			seen := v.evidence(m.start, m.end, MethodIdentifier)
			switch {
			case m.bundle != noProduct:
				c.addBundle(m.bundle, "", []Evidence{seen})
			case m.kind == Domain:
				c.evidence = witness(c.evidence, seen)
			case c.s.isMention(m.landmark):
				c.add(Match{
					Product: c.s.entries[m.product].ID, Name: c.s.entries[m.product].Name, Class: Software, Certainty: Likely,
					Score: 1, Mention: true, Cue: c.s.entries[m.product].Name, Evidence: []Evidence{seen}, Verified: m.verified,
				})
			default:
				match := Match{Class: Software, Certainty: Likely, Score: 1, Evidence: []Evidence{seen}, Verified: m.verified}
				if m.product != noProduct {
					e := &c.s.entries[m.product]
					match.Product, match.Name, match.Class = e.ID, e.Name, e.class
				}
				alone := m.kind == "" || m.kind == Package && m.product != noProduct
				if m.verified != Unverified && (alone || len(c.evidence) > 0) {
					match.Certainty = Certain
				}
				c.add(match)
			}
		}
	}
}

// packed adds a bundle where the line names another maker that has the brand's software inside.
func (c *claim) packed() bool {
	for i := range c.views {
		v := &c.views[i]
		for _, h := range v.hits {
			if h.kind == makerWord {
				words := v.tokenEvidence(h.first, h.last, methodWord)
				c.addBundle(h.ref, words.Text, append(slices.Clone(c.evidence), words))
				return true
			}
		}
	}
	return false
}

// licensed reports whether the line also has a licence of the brand's own: a part number, the manufacturer's field, or
// the name of a product behind the brand. The bundle stays beside it, since more evidence may not soften a line.
func (c *claim) licensed() bool {
	return c.number || c.maker || slices.ContainsFunc(c.named, func(place occurrence) bool {
		name, named := place.view.nameBehind(place.Last)
		return !place.governed && named && name.words > 1
	})
}

// readInside adds the bundles that words such as "powered by" make of the brand.
func (c *claim) readInside() {
	for _, place := range c.named {
		if !place.inside {
			continue
		}
		match := Match{
			Class: InBundle, Certainty: Likely, Score: place.Score, Cue: place.words, Verified: Secondary,
			Evidence: []Evidence{place.view.brandEvidence(place.Occurrence)},
		}
		if place.Score >= c.s.settings.BrandCertain {
			match.Certainty = Certain
		}
		if place.bundle != noProduct {
			b := &c.s.bundles[place.bundle]
			match.Product, match.Name, match.Verified = b.ID, b.Name, b.Verified
		}
		c.add(match)
	}
}

func (c *claim) addBundle(index int, cue string, evidence []Evidence) {
	b := &c.s.bundles[index]
	certainty := Likely
	if c.sure() && b.Verified != Unverified {
		certainty = Certain
	}
	c.add(Match{
		Product: b.ID, Name: b.Name, Class: InBundle, Certainty: certainty, Score: cmp.Or(c.score, partScore),
		Cue: cue, Evidence: evidence, Verified: b.Verified,
	})
}

// add enters a match, or joins it to one of the same product. A covered product that was read from a name goes with
// the part number, which knows better.
func (c *claim) add(m Match) {
	m.Brand = c.brand
	if m.Name == "" {
		m.Name = c.s.brandName[c.brand]
	}
	for i := range c.matches {
		old := &c.matches[i]
		if old.Product == m.Product && old.Class == m.Class && old.Mention == m.Mention {
			old.Evidence = witness(old.Evidence, m.Evidence...)
			old.Score = max(old.Score, m.Score)
			if rank(m.Certainty) > rank(old.Certainty) {
				old.Certainty = m.Certainty
			}
			return
		}
	}
	c.matches = append(c.matches, m)
}

// rank orders the certainties, weakest first.
func rank(certainty string) int {
	return slices.Index([]string{Possible, Likely, Certain}, certainty)
}

// finish joins software without a name to a named product and adds the evidence of the brand to the matches that
// stand on it.
func (c *claim) finish() {
	nameless := slices.IndexFunc(c.matches, func(m Match) bool { return m.Product == "" && m.Class == Software && !m.Mention })
	named := slices.IndexFunc(c.matches, func(m Match) bool {
		return m.Product != "" && m.Class == Software && !m.Mention
	})
	if nameless >= 0 && named >= 0 && rank(c.matches[named].Certainty) >= rank(c.matches[nameless].Certainty) {
		c.matches[named].Evidence = witness(c.matches[named].Evidence, c.matches[nameless].Evidence...)
		c.matches = slices.Delete(c.matches, nameless, nameless+1)
	}
	for i := range c.matches {
		m := &c.matches[i]
		if m.Mention || m.Class == InBundle {
			continue
		}
		m.Evidence = append(slices.Clip(m.Evidence), c.evidence...)
	}
}
