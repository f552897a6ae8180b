package documents

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/interdict/interdict/screening"
)

// value is a piece of a document's text and where it stood.
type value struct{ text, source string }

// Codes of the problems that readers report.
const (
	problemTotals     = "control_total"      // a count or total that the document states is not what it holds
	problemTerminator = "missing_terminator" // two parts run into one another
	problemTwice      = "duplicate_field"    // a single field stands twice with different values
	problemKey        = "duplicate_key"      // a JSON key stands twice, be it in another case
	problemDate       = "unknown_date"       // a date's qualifier, format or zone is not known
	problemCountry    = "unknown_country"
	problemNumber     = "unreadable_number"
	problemStructure  = "unexpected_structure"
)

// collector gathers the orders of one document.
type collector struct {
	format   string
	places   *screening.Places
	drafts   []*draft
	problems []screening.Problem
	lines    int
}

// order begins another order.
func (c *collector) order() *draft {
	d := &draft{collector: c, order: screening.Order{Document: screening.OrderDocument}}
	c.drafts = append(c.drafts, d)
	return d
}

// problem reports something that concerns the whole document: every order of it.
func (c *collector) problem(code, source, detail string, args ...any) {
	if len(c.problems) >= mostProblems {
		return
	}
	c.problems = append(c.problems, screening.Problem{Code: code, Source: source, Detail: fmt.Sprintf(detail, args...)})
}

// document ends the collection.
func (c *collector) document() (Document, error) {
	if len(c.drafts) == 0 {
		return Document{Format: c.format}, malformed("", "The document holds no order.")
	}
	if n := max(c.lines, len(c.drafts)); n > MaxLines {
		return Document{Format: c.format}, &Error{Kind: TooLarge, Detail: fmt.Sprintf("The document has %d lines or orders; a call takes %d at most. Split it.", n, MaxLines)}
	}
	out := Document{Format: c.format, Problems: c.problems}
	for _, d := range c.drafts {
		if o := &d.order; len(o.Lines)+len(o.Parties)+len(o.Problems) == 0 && o.Document != screening.CancelDocument {
			d.problem(problemStructure, "", "", "The order has no line and no party: there is nothing in it to judge.")
		}
		d.addTwins()
		d.order.Problems = append(d.order.Problems, c.problems...)
		out.Orders = append(out.Orders, d.order)
	}
	return out, nil
}

// checkEvery tells a long loop of a reader to look whether it was cancelled.
const checkEvery = 512

// cancelled returns the context's error, asked for now and then.
func cancelled(ctx context.Context, i int) error {
	if i%checkEvery != 0 {
		return nil
	}
	return ctx.Err()
}

// draft is an order under construction. A field is named by its name in the canonical order. Setting one twice with
// different values is a problem, and both values are judged.
type draft struct {
	*collector
	order screening.Order
	twins []twin
}

func (d *draft) note(pointer string, v value, canonical string) {
	f := screening.Field{Pointer: screening.Pointer(pointer), Source: v.source}
	if canonical != v.text {
		f.Raw = v.text
	}
	d.order.Fields = append(d.order.Fields, f)
}

// problem reports something about the order, or about the part of it that pointer names.
func (d *draft) problem(code, pointer, source, detail string, args ...any) {
	switch n := len(d.order.Problems); {
	case n > mostProblems:
		return
	case n == mostProblems:
		code, pointer, source, detail, args = problemStructure, "", "", "There are more problems than these.", nil
	}
	d.order.Problems = append(d.order.Problems, screening.Problem{
		Code: code, Pointer: screening.Pointer(pointer), Source: source, Detail: fmt.Sprintf(detail, args...),
	})
}

// fill sets a single field. It returns false where the field holds another value by now.
func (d *draft) fill(dst *string, pointer string, v value, canonical string) bool {
	switch {
	case canonical == "" || canonical == *dst:
		return true
	case *dst == "":
		*dst = canonical
		d.note(pointer, v, canonical)
		return true
	}
	d.problem(problemTwice, pointer, v.source, "The field stands more than once: %s after %s. All of it was judged.", quoteShort(canonical), quoteShort(*dst))
	return false
}

// fillDate sets a date. Of two that differ the later one stays: what the law bars, it bars from a day on.
func (d *draft) fillDate(dst *string, pointer string, v value, canonical string) {
	if before := *dst; !d.fill(dst, pointer, v, canonical) && isLater(canonical, before) {
		*dst = canonical
		d.renote(pointer, v, canonical)
	}
}

// renote says where the value that took the place of another stood.
func (d *draft) renote(pointer string, v value, canonical string) {
	d.unnote(pointer)
	d.note(pointer, v, canonical)
}

func (d *draft) unnote(pointer string) {
	d.order.Fields = slices.DeleteFunc(d.order.Fields, func(f screening.Field) bool { return string(f.Pointer) == pointer })
}

// fulfil sets when the order is performed. Of several deliveries the last one counts, and the lines carry their own.
func (d *draft) fulfil(v value, canonical string) {
	const pointer = "/fulfil_at"
	switch before := d.order.FulfilAt; {
	case before == "":
		d.fill(&d.order.FulfilAt, pointer, v, canonical)
	case isLater(canonical, before):
		d.order.FulfilAt = canonical
		d.renote(pointer, v, canonical)
	}
}

// set fills a field of the order: reference, ordered_at, fulfil_at, currency, contract or text.
func (d *draft) set(field string, v value) {
	v.text = clean(v.text)
	o := &d.order
	switch field {
	case "text":
		d.addText(&o.Texts, "/texts", v)
	case "contract":
		switch {
		case v.text == "":
		case o.Contract == "":
			d.note("/contract", v, v.text)
			o.Contract = v.text
		case len(o.Contract) > mostJoined:
			d.set("text", v)
		case !strings.Contains(o.Contract, v.text):
			o.Contract += "; " + v.text // an order may stand under several
		}
	case "reference":
		d.fill(&o.Reference, "/reference", v, v.text)
	case "ordered_at", "fulfil_at":
		d.setRead(field, v, v.text)
	case "currency":
		if len(v.text) == len("USD") {
			d.fill(&o.Currency, "/currency", v, strings.ToUpper(v.text))
		}
	default:
		panic("documents: an order has no field " + field)
	}
}

// setRead is set for a date whose form the reader has turned into one that the engine knows.
func (d *draft) setRead(field string, v value, canonical string) {
	canonical = plainDate(canonical)
	switch field {
	case "ordered_at":
		d.fillDate(&d.order.OrderedAt, "/ordered_at", v, canonical)
	case "fulfil_at":
		d.fulfil(v, canonical)
	default:
		panic("documents: " + field + " is no date of an order")
	}
}

// kind says what the document is; a stricter word that was said before stays.
func (d *draft) kind(k screening.Document) { d.order.Document = k }

// activity is what the document's own codes say is done.
func (d *draft) activity(a screening.Activity, v value) {
	d.order.Activity = a
	d.note("/activity", v, string(a))
}

// party adds a party to the order.
func (d *draft) party(role screening.Role) *partyDraft {
	d.order.Parties = append(d.order.Parties, screening.Party{Role: role})
	i := len(d.order.Parties) - 1
	return &partyDraft{d: d, party: func() *screening.Party { return &d.order.Parties[i] }, pointer: indexed("/parties", i)}
}

// line adds a line to the order.
func (d *draft) line() *lineDraft {
	d.order.Lines = append(d.order.Lines, screening.Line{})
	d.lines++
	i := len(d.order.Lines) - 1
	return &lineDraft{d: d, line: func() *screening.Line { return &d.order.Lines[i] }, pointer: indexed("/lines", i)}
}

// lineDraft is a line under construction.
type lineDraft struct {
	d       *draft
	line    func() *screening.Line // the slice of lines may move
	pointer string
}

// set fills a single field of the line. A second, different value becomes text of the line.
func (l *lineDraft) set(field string, v value) {
	v.text = clean(v.text)
	if field == "description" || field == "manufacturer" {
		v.text = withoutContacts(v.text)
	}
	dst := l.field(field)
	if dst == nil {
		l.text(v)
		return
	}
	canonical := v.text
	switch field {
	case "quantity", "unit_price":
		canonical = l.number(field, v)
	case "fulfil_at", "service_start", "service_end":
		l.setRead(field, v, canonical)
		return
	}
	if !l.d.fill(dst, l.pointer+"/"+field, v, canonical) {
		l.text(v)
	}
}

// more is set for a field that may well stand several times, such as a description: what follows the first is text.
func (l *lineDraft) more(field string, v value) {
	if v.text = clean(v.text); v.text == "" {
		return
	}
	if dst := l.field(field); dst == nil || *dst != "" {
		l.text(v)
		return
	}
	l.set(field, v)
}

// field is the place of a single field; nil for "text".
func (l *lineDraft) field(name string) *string {
	line := l.line()
	switch name {
	case "id":
		return &line.ID
	case "sku":
		return &line.SKU
	case "manufacturer":
		return &line.Manufacturer
	case "manufacturer_part":
		return &line.ManufacturerPart
	case "description":
		return &line.Description
	case "gtin":
		return &line.GTIN
	case "cpe":
		return &line.CPE
	case "purl":
		return &line.PURL
	case "quantity":
		return &line.Quantity
	case "unit_price":
		return &line.UnitPrice
	case "fulfil_at":
		return &line.FulfilAt
	case "service_start":
		return &line.ServiceStart
	case "service_end":
		return &line.ServiceEnd
	case "text":
		return nil
	}
	panic("documents: a line has no field " + name)
}

// setRead is set for a date whose form the reader has turned into one that the engine knows.
func (l *lineDraft) setRead(field string, v value, canonical string) {
	dst, pointer := l.field(field), l.pointer+"/"+field
	switch field {
	case "fulfil_at", "service_end":
		l.d.fillDate(dst, pointer, v, plainDate(canonical))
	case "service_start":
		l.d.fill(dst, pointer, v, plainDate(canonical))
	default:
		l.d.fill(dst, pointer, v, canonical)
	}
}

// number reads a quantity or price as a decimal. A quantity that cannot be read is a problem, since a return shows in
// its sign; a price decides nothing.
func (l *lineDraft) number(field string, v value) string {
	number, ok := decimal(v.text)
	if !ok && v.text != "" && field == "quantity" {
		l.d.problem(problemNumber, l.pointer+"/quantity", v.source, "%s is not a number.", quoteShort(v.text))
	}
	return number
}

// text adds free text to the line.
func (l *lineDraft) text(v value) {
	v.text = clean(v.text)
	line := l.line()
	if v.text == line.SKU || v.text == line.Description {
		return
	}
	l.d.addText(&line.Texts, l.pointer+"/texts", v)
}

// addText adds a text to a list of them, contacts left out, unless it stands there by now.
func (d *draft) addText(list *[]string, pointer string, v value) {
	v.text = withoutContacts(v.text)
	n := len(*list)
	switch {
	case v.text == "", slices.Contains((*list)[max(n-fewTexts, 0):], v.text):
		return
	case n > mostTexts:
		return
	case n == mostTexts:
		d.problem(problemStructure, pointer, v.source, "There are more than %d texts here; what follows was not read.", mostTexts)
	}
	d.note(indexed(pointer, n), v, v.text)
	*list = append(*list, v.text)
}

// Limits on what a stranger may repeat.
const (
	mostTexts    = 2000    // of one line, or of the order
	fewTexts     = 50      // among which a text is looked for, to leave it out the second time
	mostJoined   = 8 << 10 // bytes of a field that is put together from pieces
	mostProblems = 200     // of one order: it is for review since the first
	mostIDs      = 100     // numbers, or other names, of one party
)

// party adds a party to the line; it wins over the order's of the same role.
func (l *lineDraft) party(role screening.Role) *partyDraft {
	line := l.line()
	line.Parties = append(line.Parties, screening.Party{Role: role})
	i := len(line.Parties) - 1
	return &partyDraft{d: l.d, line: l, party: func() *screening.Party { return &l.line().Parties[i] }, pointer: indexed(l.pointer+"/parties", i)}
}

func indexed(base string, i int) string { return base + "/" + strconv.Itoa(i) }
