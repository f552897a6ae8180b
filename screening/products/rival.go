package products

import (
	"slices"

	"github.com/interdict/interdict/screening/names"
)

// rivalGoods is where a line names a rival's product as what it sells.
type rivalGoods struct {
	view *view
	hit
}

// findRival looks for a rival's goods on a line that names the brand in its notes alone. What such a note says of the
// brand is then mostly said of what the goods replace.
func (c *claim) findRival() {
	ofBrand := func(o names.Occurrence) bool { return o.Entry == c.brand }
	for i := range c.views {
		if v := &c.views[i]; v.Kind != FreeText && slices.ContainsFunc(v.brands, ofBrand) {
			return
		}
	}
	for i := range c.views {
		v := &c.views[i]
		if v.Kind != Description && v.Kind != Manufacturer {
			continue
		}
		if at := slices.IndexFunc(v.hits, func(h hit) bool { return h.kind == rivalWord && c.s.sells(v, h) }); at >= 0 {
			c.rival = &rivalGoods{v, v.hits[at]}
			break
		}
	}
	for i := range c.views {
		c.views[i].beside = c.rival != nil && c.views[i].Kind == FreeText
	}
}

// sells reports whether a rival's name stands for goods: no cue makes it what is left, replaced or compared with.
func (s *Spotter) sells(v *view, rival hit) bool {
	return !slices.ContainsFunc(v.hitsFrom(rival.first-directionReach-maxPhrase, rival.last+afterReach+1), func(h hit) bool {
		if h.kind != cueWord || !v.isMeant(h) || v.broken(min(h.first, rival.first), max(h.last, rival.last)) {
			return false
		}
		cue := &s.cues[h.ref]
		if cue.Joined {
			return false
		}
		if h.last < rival.first {
			return cue.Side != After && rival.first-h.last <= directionReach
		}
		return h.first > rival.last && cue.Side != Before && !cue.Rival
	})
}

// doubtBesideRival leaves to a person what a note says of the brand on a line of a rival's goods, unless the line also
// names a product of the brand's own or has one of its numbers.
func (c *claim) doubtBesideRival() {
	if c.rival == nil || c.number || c.maker || c.namesOwn() {
		return
	}
	for i := range c.matches {
		if m := &c.matches[i]; covered(m.Class) && m.Certainty == Certain && !m.Mention {
			m.Certainty = Likely
			m.Evidence = witness(slices.Clip(m.Evidence), c.rival.view.tokenEvidence(c.rival.first, c.rival.last, methodWord))
		}
	}
}

// namesOwn reports whether a product's name or number stands on the line outside the item of the rival.
func (c *claim) namesOwn() bool {
	for i := range c.views {
		v := &c.views[i]
		if slices.ContainsFunc(v.numbers, func(n partNumber) bool { return n.grammar.brand == c.brand }) {
			return true
		}
		if slices.ContainsFunc(v.names, func(n nameHit) bool { return !c.rival.covers(v, n) }) {
			return true
		}
	}
	return false
}

// covers reports whether a product's name stands in the item of the rival. A rival in the manufacturer's field made all
// that is no note.
func (r *rivalGoods) covers(v *view, name nameHit) bool {
	if r.view.Kind == Manufacturer {
		return v.Kind != FreeText
	}
	return v == r.view && !v.broken(min(r.first, name.first), max(r.last, name.last))
}
