package products

import (
	"slices"

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

// mostFormal is how many words of a phrase such as "no returns accepted" stand on a side of its softer word.
const mostFormal = 2

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
			case h.kind == softWord && out.Soft == nil && !v.has(formalWord, h.first-mostFormal, h.last+mostFormal):
				out.Soft = &SoftActivity{s.soft[h.ref], v.tokenEvidence(h.first, h.last, methodWord)}
			}
		}
	}
}
