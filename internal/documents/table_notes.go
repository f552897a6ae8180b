package documents

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// tableNote is what stands above or below a table: a text, or a value with its label, such as "Order date" and the date.
type tableNote struct {
	meaning tableMeaning // of the label; none for a text
	label   string
	value
}

// maxLabels is how many texts round a table are looked up as labels.
const maxLabels = 2000

// notesAbove reads the rows above a table. Labels may stand over their values: "Ship to" over a name and its address.
func (t *tableReader) notesAbove() []tableNote {
	var notes []tableNote
	for i := 0; i < len(t.titles); i++ {
		if !t.allLabels(&t.titles[i]) {
			notes = append(notes, t.notesOf(&t.titles[i])...)
			continue
		}
		below := i + 1
		for below < len(t.titles) && t.titles[below].number == t.titles[below-1].number+1 && !t.anyLabel(&t.titles[below]) {
			below++
		}
		if below == i+1 {
			notes = append(notes, t.notesOf(&t.titles[i])...)
			continue
		}
		for column := range t.titles[i].cells {
			notes = append(notes, t.notesUnder(t.titles[i:below], column)...)
		}
		i = below - 1
	}
	return private(notes)
}

// allLabels tells a row of headers alone, one of them at least a label of the order.
func (t *tableReader) allLabels(row *tableRow) bool {
	return t.anyLabel(row) && t.allHeaders(row.cells)
}

// anyLabel tells a row with a label in it.
func (t *tableReader) anyLabel(row *tableRow) bool {
	return slices.ContainsFunc(row.cells, func(cell string) bool {
		if cell = t.words.tidy(cell); cell == "" {
			return false
		}
		label, _, _ := cutLabel(cell + ": ")
		_, ok := t.labelMeaning(label)
		return ok
	})
}

// notesUnder reads a column below its label. Under a party's name stands its address.
func (t *tableReader) notesUnder(rows []tableRow, column int) []tableNote {
	var notes []tableNote
	label := strings.TrimRight(t.words.tidy(rows[0].cell(column)), ":： ")
	m, known := t.labelMeaning(label)
	for i := 1; i < len(rows); i++ {
		cell := t.words.tidy(rows[i].cell(column))
		if cell == "" || isSheetError(cell) {
			continue
		}
		v := value{cell, t.source.where(rows[i].number, column, "")}
		switch {
		case label == "":
			notes = append(notes, tableNote{value: v})
		case !known:
			notes = append(notes, tableNote{value: value{label + ": " + cell, v.source}})
		case len(notes) > 0 && m.field != partField:
			notes = append(notes, tableNote{value: v})
		case len(notes) > 0:
			notes = append(notes, tableNote{tableMeaning{field: partField, part: addressLine, role: m.role}, label, v})
		default:
			notes = append(notes, tableNote{m, label, v})
		}
	}
	return notes
}

// addressLine is a part of a party: a line of its address, which may be the name of its country.
const addressLine = "address line"

// notesOf reads a row outside a table. A cell that is a known label says what the next cell, or what follows its
// colon, is. All else is text.
func (t *tableReader) notesOf(row *tableRow) []tableNote {
	var notes []tableNote
	var text value
	for i := 0; i < len(row.cells); i++ {
		cell := t.words.tidy(row.cells[i])
		if cell == "" || isSheetError(cell) {
			continue
		}
		here := t.source.where(row.number, i, "")
		if label, rest, found := cutLabel(cell); found {
			if m, ok := t.labelMeaning(label); ok {
				notes = append(notes, tableNote{m, label, value{rest, here}})
				continue
			}
		}
		label := strings.TrimRight(cell, ":： ")
		if m, ok := t.labelMeaning(label); ok {
			if next := t.nextCell(row, i+1); next > 0 {
				notes = append(notes, tableNote{m, label, value{t.words.tidy(row.cells[next]), t.source.where(row.number, next, "")}})
				i = next
				continue
			}
		}
		text = value{strings.TrimSpace(text.text + " " + cell), firstSource(text.source, here)}
	}
	if hasLetter(text.text) {
		notes = append(notes, tableNote{value: text})
	}
	return private(notes)
}

// cutLabel parts "Order date: 2024-09-27".
func cutLabel(cell string) (label, rest string, found bool) {
	at := strings.IndexAny(cell, ":：")
	if at < 0 {
		return "", "", false
	}
	rest = strings.TrimLeft(cell[at:], ":： ")
	return strings.TrimSpace(cell[:at]), rest, rest != ""
}

// nextCell is the next cell that says something and is no label itself; -1 where there is none.
func (t *tableReader) nextCell(row *tableRow, from int) int {
	for i := from; i < len(row.cells); i++ {
		if cell := t.words.tidy(row.cells[i]); cell != "" {
			if _, label := t.labelMeaning(strings.TrimRight(cell, ":： ")); label || strings.HasSuffix(cell, ":") || isSheetError(cell) {
				return -1
			}
			return i
		}
	}
	return -1
}

// labelMeaning tells labels of what is said of an order. Those of goods are none: they stand over columns.
func (t *tableReader) labelMeaning(label string) (tableMeaning, bool) {
	if t.labels++; t.labels > maxLabels {
		return tableMeaning{}, false
	}
	m, ok := t.words.meaning(label)
	switch {
	case !ok:
		return m, false
	case m.loose == "order_or_part":
		return tableMeaning{field: "reference"}, true
	case m.field == "reference", m.field == "ordered_at", m.field == "fulfil_at", m.field == "contract", m.field == "currency":
		return m, true
	}
	return m, m.field == partField && m.part != "role" && m.part != "contact"
}

// notes writes what stands round the table into an order. What a column says in each row is not said again.
func (f *tableFill) notes(notes []tableNote) {
	plan := f.table.plan
	parties := map[screening.Role]*partyDraft{}
	last := screening.Role("")
	for i := range notes {
		n := &notes[i]
		switch n.meaning.field {
		case "":
			f.orderText(n.value)
		case partField:
			if n.meaning.role != "" {
				last = n.meaning.role
			}
			if last == "" || plan.hasParty(last) {
				f.orderText(value{n.label + ": " + withoutContacts(n.text), n.source})
				continue
			}
			if parties[last] == nil {
				parties[last] = f.d.party(last)
			}
			f.labelled(parties[last], n)
		default:
			f.labelledOrder(n)
		}
	}
}

// private takes people's contacts out of what stands round a table, once for all its orders.
func private(notes []tableNote) []tableNote {
	kept := notes[:0]
	for _, n := range notes {
		if n.meaning.part != "email" {
			n.text = withoutContacts(n.text)
		}
		if n.text != "" {
			kept = append(kept, n)
		}
	}
	return kept
}

// orderText adds a text that was tidied already: it may be one of many, for many orders.
func (f *tableFill) orderText(v value) {
	order := &f.d.order
	f.d.note(indexed("/texts", len(order.Texts)), v, v.text)
	order.Texts = append(order.Texts, v.text)
}

func (p *tablePlan) hasParty(role screening.Role) bool {
	for i := range p.parties {
		if p.parties[i].role == role {
			return true
		}
	}
	return false
}

// labelled writes a part of a party that stands beside its label.
func (f *tableFill) labelled(p *partyDraft, n *tableNote) {
	scheme, numbered := strings.CutPrefix(n.meaning.part, partScheme)
	switch part := n.meaning.part; {
	case numbered:
		p.identify(scheme, n.value)
	case part == "company", part == "name", part == "given", part == "family":
		named(p, n.value)
	case part == "email":
		p.email(n.value)
	case part == "website":
		p.identify("domain", value{hostOf(n.text), n.source})
	case part == "id":
		p.identify(registerOwn, n.value)
	case part == "sector":
		f.sector(p, n.value)
	case part == addressLine:
		const code = 3 // a code of two or three letters may be one of a state
		if _, known := f.d.places.Country(n.text); known && len(n.text) > code {
			p.set("country", n.value)
			return
		}
		p.set("address", n.value)
	default:
		p.set(part, n.value)
	}
}

// labelledOrder writes what is said of the order beside a label.
func (f *tableFill) labelledOrder(n *tableNote) {
	order, plan := &f.d.order, f.table.plan
	switch n.meaning.field {
	case "reference":
		if order.Reference == "" {
			f.d.set("reference", n.value)
			return
		}
	case "ordered_at":
		if plan.dated < 0 && order.OrderedAt == "" {
			f.d.setRead("ordered_at", n.value, tableDate(n.text, f.table.source.epoch()))
			return
		}
	case "fulfil_at":
		if order.FulfilAt == "" {
			f.d.setRead("fulfil_at", n.value, tableDate(n.text, f.table.source.epoch()))
			return
		}
	case "currency":
		if order.Currency == "" {
			f.d.set("currency", n.value)
			return
		}
	case "contract":
		f.d.set("contract", n.value)
		return
	}
	f.orderText(value{n.label + ": " + n.text, n.source})
}
