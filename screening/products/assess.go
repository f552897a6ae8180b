package products

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening/names"
)

// maxFields is how many fields are read without asking for memory.
const maxFields = 8

// Assess tells what a line is. It never fails: a line that says nothing gives the zero Assessment.
func (s *Spotter) Assess(l Line) Assessment {
	if len(l.Fields) > maxFields {
		return s.assessIn(make([]view, len(l.Fields)), l)
	}
	space, _ := s.space.Get().(*[maxFields]view)
	if space == nil {
		space = new([maxFields]view)
	}
	out := s.assessIn(space[:], l)
	for i := range space {
		space[i].reset()
	}
	s.space.Put(space)
	return out
}

// assessIn reads the fields of a line into views, which hold nothing yet and are free again afterwards.
func (s *Spotter) assessIn(views []view, l Line) Assessment {
	n, found := 0, false
	for i := range l.Fields {
		if l.Fields[i].Text == "" {
			continue
		}
		v := &views[n]
		if twin := twinOf(views[:n], &l.Fields[i]); twin != nil {
			room := v.room
			*v = *twin
			v.Field, v.room = l.Fields[i], room
		} else {
			v.Field = l.Fields[i]
			found = s.look(v) || found
		}
		n++
	}
	if !found {
		return Assessment{}
	}
	return s.assess(views[:n])
}

// twinOf is the field before that holds the same text and was read the same way.
func twinOf(views []view, f *Field) *view {
	for i := range views {
		if views[i].Text == f.Text && views[i].readsLike(f.Kind) {
			return &views[i]
		}
	}
	return nil
}

// readsLike reports whether a field of the kind is read as this one was.
func (v *view) readsLike(kind FieldKind) bool {
	return v.Kind == kind || v.Kind != CPE && v.Kind != PURL && kind != CPE && kind != PURL
}

// assess judges a line on which something was found, once for each brand that is there.
func (s *Spotter) assess(views []view) Assessment {
	var out Assessment
	for _, brand := range s.brandIDs {
		if !concerns(views, brand) {
			continue
		}
		for i := range views {
			s.read(&views[i], s.names[brand])
		}
		c := &claim{s: s, brand: brand, views: views}
		c.weigh()
		out.Matches = append(out.Matches, c.matches...)
		out.NearMisses = append(out.NearMisses, c.nearMisses...)
		if len(c.matches) > 0 {
			s.activities(views, &out)
		}
	}
	return out
}

// concerns reports whether anything on the line speaks of the brand.
func concerns(views []view, brand string) bool {
	for i := range views {
		v := &views[i]
		for _, n := range v.numbers {
			if n.grammar.brand == brand {
				return true
			}
		}
		if isOf := func(o names.Occurrence) bool { return o.Entry == brand }; slices.ContainsFunc(v.brands, isOf) || slices.ContainsFunc(v.near, isOf) {
			return true
		}
		for _, m := range v.marks {
			if m.brand == brand {
				return true
			}
		}
	}
	return false
}

// How far the words of conditions reach, in tokens.
const (
	mostFormal     = 2 // words of a phrase such as "no returns accepted" on a side of its softer word
	conditionReach = 6 // between a condition and a softer word in it
	refusalReach   = 3 // from a softer word to its refusal: "gift cards are not accepted"
)

// activities looks for what a line says of renewal and of softer activities.
func (s *Spotter) activities(views []view, out *Assessment) {
	for i := range views {
		v := &views[i]
		for _, n := range v.numbers {
			if out.Renewal == nil && n.renewal {
				e := v.numberEvidence(n)
				out.Renewal = &e
			}
		}
		for _, h := range v.hits {
			switch {
			case h.kind == renewalWord && out.Renewal == nil:
				e := v.tokenEvidence(h.first, h.last, methodWord)
				out.Renewal = &e
			case h.kind == softWord && out.Soft == nil && !v.isFormal(h):
				out.Soft = &SoftActivity{s.soft[h.ref], v.tokenEvidence(h.first, h.last, methodWord)}
			}
		}
	}
}

// isFormal reports whether a softer word stands in conditions of sale, in a form, or in a denial: it then says nothing
// of what is done with the goods.
func (v *view) isFormal(soft hit) bool {
	return v.has(formalWord, soft.first-mostFormal, soft.last+mostFormal) || slices.ContainsFunc(
		v.hitsFrom(soft.first-conditionReach-maxPhrase, soft.last+conditionReach),
		func(h hit) bool { return v.takesBack(h, soft) },
	)
}

// takesBack reports whether a phrase makes a condition or a denial of a softer word in its sentence. Every full stop
// ends one here, even behind what may be shortened: a word taken back wrongly makes a return a sale.
func (v *view) takesBack(h, soft hit) bool {
	if h.kind != conditionWord && h.kind != denialWord && h.kind != refusalWord {
		return false
	}
	for i := min(h.first, soft.first) + 1; i <= max(h.last, soft.last); i++ {
		if v.breaks[i] || strings.Contains(v.between(i), ". ") {
			return false
		}
	}
	switch h.kind {
	case conditionWord:
		return h.last >= soft.first-conditionReach
	case denialWord:
		return h.last < soft.first && v.onlyFillers(h.last+1, soft.first) && !v.hasComma(h.last+1, soft.first)
	case refusalWord:
		return h.first > soft.last && h.first-soft.last <= refusalReach && !v.hasComma(soft.last+1, h.first)
	}
	return false
}
