package products

import (
	"cmp"
	"slices"

	"github.com/interdict/interdict/screening/names"
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
	if e.class == Advisory && v.told[name.first] && !v.has(licenceWord, name.first, name.last) {
		return // a subject of the course that is bought, such as malware analysis
	}
	taught := v.taught[name.first] && covered(e.class)
	seen := v.tokenEvidence(name.first, name.last, MethodProductName)
	seen.Detail = name.detail
	if decided := c.decidedBy(name); decided != nil {
		decided.Evidence = witness(decided.Evidence, seen)
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
// been found for certain they add nothing; beside an exempt product a person decides what they speak of.
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
	if exempt {
		c.readBesideExempt()
		return
	}
	c.addFirstWord(c.certainty(), func(v *view, h hit) bool {
		strong := h.kind == softwareWord
		return (strong || h.kind == securityWord || h.kind == licenceWord) && !v.taught[h.first]
	})
}

// addFirstWord adds software that is named by a word alone: the first that is goods, no part of a name and not about
// somebody else's.
func (c *claim) addFirstWord(certainty string, goods func(v *view, h hit) bool) bool {
	for i := range c.views {
		v := &c.views[i]
		if v.Kind == Manufacturer || v.mute {
			continue
		}
		for _, h := range v.hits {
			if goods(v, h) && !v.inName(h) && !v.rival[h.first] {
				c.addSoftware(certainty, v.tokenEvidence(h.first, h.last, methodWord))
				return true
			}
		}
	}
	return false
}

func (c *claim) addSoftware(certainty string, seen Evidence) {
	c.add(Match{
		Class: Software, Certainty: certainty, Score: cmp.Or(c.score, partScore), Verified: Secondary, Evidence: []Evidence{seen},
	})
}

// readBesideExempt looks for goods that an exempt product must not hide: words that name software or work on it, and
// places that name the brand which no product's name takes up.
func (c *claim) readBesideExempt() {
	if c.addFirstWord(Likely, func(v *view, h hit) bool {
		return (h.kind == softwareWord || h.kind == installedWord) && (!v.told[h.first] || v.licensedAt(h.last+1))
	}) {
		return
	}
	for _, place := range c.named {
		v := place.view
		if place.governed || v.Kind == Manufacturer || c.takenUp(place) {
			continue
		}
		if goods, ok := v.goodsBehind(place.Last + 1); ok {
			c.addSoftware(Likely, v.tokenEvidence(goods.first, goods.last, methodWord))
		} else if _, maker := v.nameBefore(place.First); !maker && c.exemptBefore(place) {
			c.add(Match{
				Class: Unnamed, Certainty: Likely, Score: place.Score, Verified: Secondary,
				Evidence: []Evidence{v.brandEvidence(place.Occurrence)},
			})
		}
	}
}

// licensedAt reports whether a word of licensing, not a quantity, stands at token i: "antivirus licence".
func (v *view) licensedAt(i int) bool {
	return slices.ContainsFunc(v.hitsFrom(i, i), func(h hit) bool { return h.kind == licenceWord && h.phrase != quantityPhrase })
}

// takenUp reports whether a place is the brand of a product: it stands in the name or before it, before an exempt
// part number, or behind a name that no brand opens.
func (c *claim) takenUp(place occurrence) bool {
	v := place.view
	if _, ok := v.nameBehind(place.Last); ok || v.named(place.First) || v.named(place.Last) {
		return true
	}
	for _, n := range v.numbers {
		if n.start >= place.End && n.product != noProduct && exemptable(c.s.entries[n.product].class) {
			at, _ := slices.BinarySearchFunc(v.text.Tokens, n.start, func(t names.Token, start int) int { return t.Start - start })
			return v.onlySkipped(place.Last+1, at)
		}
	}
	name, ok := v.nameBefore(place.First)
	if !ok {
		return false
	}
	before, branded := v.brandBefore(name.first)
	return !branded || !v.onlySkipped(before.Last+1, name.first)
}

// nameBefore is the product name that ends before token i with nothing but a filler between.
func (v *view) nameBefore(i int) (nameHit, bool) {
	for ; i > 0 && !v.breaks[i] && !v.comma[i]; i-- {
		if name, ok := v.nameOver(i - 1); ok {
			return name, true
		}
		if !v.onlyFillers(i-1, i) {
			break
		}
	}
	return nameHit{}, false
}

// goodsBehind is the first word of security, licensing or quantity from token i on, before the clause ends or the
// brand is named again.
func (v *view) goodsBehind(i int) (hit, bool) {
	end := len(v.text.Tokens)
	if next, ok := v.brandFrom(i); ok {
		end = next.First
	}
	if i >= end || v.breaks[i] {
		return hit{}, false
	}
	for _, h := range v.hitsFrom(i, end-1) {
		if v.broken(i, h.first) {
			break
		}
		if (h.kind == securityWord || h.kind == licenceWord) && !v.inName(h) && !v.told[h.first] && !v.rival[h.first] {
			return h, true
		}
	}
	return hit{}, false
}

// exemptBefore reports whether a product that is exempt is named earlier in the field.
func (c *claim) exemptBefore(place occurrence) bool {
	for _, name := range place.view.names {
		if name.first > place.First {
			break
		}
		if exemptable(c.s.entries[name.product].class) {
			return true
		}
	}
	return false
}
