package products

import (
	"cmp"
	"slices"
)

// placedName is a product's name with the field it stands in.
type placedName struct {
	nameHit
	view *view
}

// readNames adds the products whose names stand on the line, the longest names first.
func (c *claim) readNames() {
	var all []placedName
	for i := range c.views {
		v := &c.views[i]
		if v.Kind == Manufacturer {
			continue
		}
		for _, name := range v.names {
			all = append(all, placedName{name, v})
		}
	}
	slices.SortStableFunc(all, func(a, b placedName) int { return b.words - a.words })
	for _, name := range all {
		c.addName(name)
	}
}

func (c *claim) addName(name placedName) {
	v, e := name.view, &c.s.entries[name.product]
	taught := v.titles[name.first]
	if taught && !covered(e.class) {
		return
	}
	seen := v.tokenEvidence(name.first, name.last, MethodProductName)
	seen.Detail = name.detail
	if decided := c.decidedBy(name); decided != nil {
		decided.Evidence = append(decided.Evidence, seen)
		return
	}
	match := Match{
		Product: e.ID, Name: e.Name, Class: e.class, Certainty: Likely, Score: cmp.Or(c.score, partScore),
		Evidence: []Evidence{seen}, Verified: e.Verified, Mention: e.Kind == MentionKind,
	}
	if match.Mention {
		match.Cue = e.Name
	}
	if (c.sure() || c.proved()) && e.Verified != Unverified && !match.Mention && !taught {
		match.Certainty = Certain
	}
	c.add(match)
}

// decidedBy is the certain match that a covered product's name goes with: that of a part number, which knows better
// which product it is, or, for an abbreviation, that of a longer name.
func (c *claim) decidedBy(name placedName) *Match {
	if !covered(c.s.entries[name.product].class) {
		return nil
	}
	for i := range c.matches {
		m := &c.matches[i]
		if m.Certainty == Certain && covered(m.Class) &&
			(m.Evidence[0].Method == MethodPartNumber || name.words == 1 && m.Evidence[0].Method == MethodProductName) {
			return m
		}
	}
	return nil
}

// proved reports whether a part number or identifier has made a match certain.
func (c *claim) proved() bool {
	for _, m := range c.matches {
		if m.Certainty == Certain && m.Class != InBundle {
			return true
		}
	}
	return false
}

func covered(class string) bool { return class == Software || class == Service || class == Unnamed }

// exemptable reports whether a class may be let through, so that nothing covered may hide behind it.
func exemptable(class string) bool {
	return class == ThreatIntelligence || class == Training || class == Advisory || class == Support
}

// readWords looks for the words of security or licensing that make the brand a purchase. Where a covered product has
// been found for certain they add nothing; beside an exempt product only the name of protection software does, and
// then a person decides.
func (c *claim) readWords() {
	exempt := false
	for _, m := range c.matches {
		exempted := exemptable(m.Class)
		if m.Certainty == Certain && !exempted && m.Class != Unnamed {
			return
		}
		exempt = exempt || exempted
	}
	if len(c.evidence) == 0 && !c.proved() {
		return
	}
	for i := range c.views {
		v := &c.views[i]
		for _, h := range v.hits {
			strong := h.kind == softwareWord
			if !strong && (exempt || h.kind != securityWord && h.kind != licenceWord) {
				continue
			}
			if v.Kind == Manufacturer || v.inName(h) || v.titles[h.first] || v.spokenOf(c, h) {
				continue
			}
			match := Match{
				Class: Software, Certainty: c.certainty(), Score: cmp.Or(c.score, partScore), Verified: Secondary,
				Evidence: []Evidence{v.tokenEvidence(h.first, h.last, methodWord)},
			}
			if exempt {
				match.Certainty = Likely
			}
			c.add(match)
			return
		}
	}
}

// inName reports whether a word belongs to the name of a product.
func (v *view) inName(h hit) bool {
	for _, name := range v.names {
		if name.first <= h.last && h.first <= name.last {
			return true
		}
	}
	return false
}

// spokenOf reports whether a word stands in a field whose every naming of the brand is a mention, or directly behind a
// rival's name: it is then about somebody else's goods.
func (v *view) spokenOf(c *claim, h hit) bool {
	governed, free := false, false
	for _, place := range c.named {
		if place.view == v {
			governed = governed || place.governed
			free = free || !place.governed
		}
	}
	if governed && !free {
		return true
	}
	for _, rival := range v.hits {
		if rival.kind == rivalWord && rival.last+1 == h.first {
			return true
		}
	}
	return false
}
