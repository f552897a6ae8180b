package products

import "strings"

// markTitles marks what is only taught or served: the words behind a training product's name, a name that a word for
// a course follows or introduces, and what a service is for. What is exempt itself stays what it is.
func (s *Spotter) markTitles(v *view) {
	title := titles{s: s, v: v}
	for _, name := range v.names {
		switch e := &s.entries[name.product]; {
		case e.Kind == ExemptTraining:
			title.teach(name.last + 1)
			if i := name.last + 1; i < len(v.taught) && strings.Contains(v.between(i), ":") {
				title.tell(i)
			} else {
				title.serve(i)
			}
		case exemptable(e.class):
			title.serve(name.last + 1)
		}
	}
	for _, h := range v.hits {
		if h.kind != courseWord || v.named(h.first) {
			continue
		}
		for i := h.first - 1; i >= h.first-2; i-- {
			name, ok := v.nameOver(i)
			if ok && !v.breaks[h.first] && !exemptable(s.entries[name.product].class) {
				for j := name.first; j <= name.last; j++ {
					v.taught[j], v.told[j] = true, true
				}
			}
		}
		title.tell(h.last + 1)
	}
}

// titles marks the titles of one field. It remembers how far it came, since all that begin in one item end together.
type titles struct {
	s                    *Spotter
	v                    *view
	taught, told, served run
}

// run is a stretch of tokens, half-open.
type run struct{ first, end int }

func (r run) holds(i int) bool { return r.first <= i && i < r.end }

// ends reports whether an item ends before token i: at a sign, at a word that begins a further item, and, once the
// brand has been named, at a comma.
func (t *titles) ends(i int) bool {
	if t.v.breaks[i] || t.v.has(joinWord, i, i) {
		return true
	}
	_, branded := t.v.brandBefore(i)
	return branded && t.v.comma[i]
}

// teach marks tokens from i to the end of the item as taught.
func (t *titles) teach(i int) {
	if t.taught.holds(i) {
		return
	}
	t.taught = run{i, i}
	for ; i < len(t.v.taught) && !t.ends(i); i++ {
		t.v.taught[i] = true
	}
	t.taught.end = i
}

// tell marks a title from token i on. It ends with the item, and behind the name of something exempt.
func (t *titles) tell(i int) {
	if t.told.holds(i) {
		return
	}
	t.teach(i)
	t.told = run{i, i}
	for first := i; i < len(t.v.told) && !t.ends(i) && (i == first || !t.exemptEnds(i-1)); i++ {
		t.v.told[i] = true
	}
	t.told.end = i
}

// exemptEnds reports whether the name of something exempt ends with token i.
func (t *titles) exemptEnds(i int) bool {
	name, ok := t.v.nameOver(i)
	return ok && name.last == i && exemptable(t.s.entries[name.product].class)
}

// serve marks what follows a word such as for, in the item that goes on at token i.
func (t *titles) serve(i int) {
	if t.served.holds(i) {
		return
	}
	t.served = run{i, i}
	for ; i < len(t.v.told) && !t.ends(i); i++ {
		if t.v.has(servesWord, i, i) {
			t.tell(i + 1)
			break
		}
	}
	t.served.end = i
}
