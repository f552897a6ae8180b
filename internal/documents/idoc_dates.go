package documents

import "slices"

// The dates of an IDoc have no zone: they are in that of the system that sent it, which the IDoc does not name.

// idocOrdered are the qualifiers that say when the order was made: document, purchase order and order date, and the
// date beside the order's number.
var idocOrdered = []string{"012", "022", "029", "K02"}

// idocMade are those of the IDoc itself, by falling worth. They date a change, whose other dates are those of the order
// that it changes.
var idocMade = []string{"025", "011", "DC"}

// idocFulfilled are those of delivery: the supplier's date, the requested one, shipping, service, goods receipt and
// goods issue.
var idocFulfilled = []string{"001", "002", "010", "027", "030", "035"}

func idocIsFulfilled(qualifier string) bool { return slices.Contains(idocFulfilled, qualifier) }

// headerDate reads E1EDK03.
func (r *idocReader) headerDate(s *node) {
	q := s.child("IDDAT").text()
	d := sapDateIn(s, "DATUM", "UZEIT")
	if d.canonical == "" {
		return
	}
	idocQualifier(r.texts, q.text, d)
	r.keep(q.text, d)
}

// idocQualifier reports a date whose qualifier is none of SAP's, which are three digits each.
func idocQualifier(t sapTexts, qualifier string, d sapDate) {
	if len(qualifier) == 3 && sapDigits(qualifier) {
		return
	}
	t.d.problem(problemDate, t.pointer, d.value.source, "What the date %s means is not known: its qualifier is %s.", quoteShort(d.value.text), quoteShort(qualifier))
}

func (r *idocReader) date(qualifier string, s *node, field string) {
	if d := sapDateIn(s, field, ""); d.canonical != "" {
		r.keep(qualifier, d)
	}
}

// keep puts a date by. One qualifier with two dates is a problem, except for deliveries, which may be several.
func (r *idocReader) keep(qualifier string, d sapDate) {
	before, seen := r.dates[qualifier]
	if seen && before.canonical != d.canonical && !idocIsFulfilled(qualifier) {
		r.d.problem(problemTwice, "", d.value.source, "The date with the qualifier %s stands more than once: %s after %s.", quoteShort(qualifier), quoteShort(d.value.text), quoteShort(before.value.text))
	}
	r.dates[qualifier] = before.later(d)
}

// setDates sets the order's own two dates. Where several say when it was made, the latest counts.
func (r *idocReader) setDates() {
	var ordered, fulfilled, made sapDate
	for _, q := range idocOrdered {
		ordered = ordered.later(r.dates[q])
	}
	for _, q := range idocMade {
		if made.canonical == "" {
			made = r.dates[q]
		}
	}
	if r.change || ordered.canonical == "" {
		ordered = ordered.later(made)
	}
	for _, q := range idocFulfilled {
		fulfilled = fulfilled.later(r.dates[q])
	}
	ordered.report(r.d, "/ordered_at")
	fulfilled.report(r.d, "/fulfil_at")
	r.d.setRead("ordered_at", ordered.value, ordered.canonical)
	r.d.setRead("fulfil_at", fulfilled.value, fulfilled.canonical)
}
