package documents

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// Limits of one order. What is over them is still judged: it is joined to one text.
const (
	maxMappedTwins   = 10      // values of one field
	maxMappedTexts   = 100     // texts of their own
	maxMappedParties = 100     // parties of one entry
	maxMappedNotes   = 20      // reports of keys that stand twice
	maxMappedOutside = 4 << 10 // bytes around the orders, which are judged with each
)

// mappedOrder is one order that a mapping reads.
type mappedOrder struct {
	m     *mapping
	d     *draft
	root  *jsonValue
	used  map[*jsonValue]bool // what a path named: it is no leftover
	known map[string]bool     // texts that lines and parties hold by now
	extra []value             // second values of single fields
	notes int                 // reports of keys that stand twice

	domains []value // e-mail addresses of parties of which nothing else is said
	agreed  mappedDate
	fulfil  []mappedDate
}

// read fills the draft. Lines and parties come before texts, so that a text that only says them again is left out.
func (o *mappedOrder) read(ctx context.Context, outside value) error {
	if !o.m.KnownBy.fits(o.root) {
		o.d.problem(problemStructure, "", o.root.at(),
			"Among the orders stands something without the keys of a %s. What it says was judged as text.", o.m.Name)
	}
	o.fields()
	o.kind()
	parties := mappedParties{add: o.d.party}
	for i := range o.m.Parties {
		o.parties(&o.m.Parties[i], o.root, &parties)
	}
	o.byDomain()
	if err := o.lines(ctx); err != nil {
		return err
	}
	s := mappingScope{
		texts: mappingTexts{seen: o.known, add: func(v value) { o.d.set("text", v) }}, begun: o.begun,
		parties: &labelledParties{d: o.d, add: o.d.party},
	}
	for _, v := range slices.Concat(o.extra, o.all(o.m.Order.Text, o.root)) {
		if strings.ContainsFunc(v.text, unicode.IsLetter) {
			s.texts.put(v)
		}
	}
	for i := range o.m.Pairs {
		o.pairs(&o.m.Pairs[i], o.root, &s)
	}
	o.leftovers("", o.root, &s)
	s.texts.put(outside)
	s.texts.end()
	for _, date := range mappingFirst(mappingLatest(append(o.fulfil, s.fulfil...))) {
		o.d.setRead("fulfil_at", date.value, date.canonical)
	}
	return nil
}

// begun is when the order was made.
func (o *mappedOrder) begun() mappedDate { return o.agreed }

// fields fills what the order itself says.
func (o *mappedOrder) fields() {
	f := &o.m.Order
	o.single("reference", f.Reference)
	o.single("currency", f.Currency)
	for i, v := range o.all(f.Contract, o.root) {
		if i < maxMappedTwins {
			o.d.set("contract", v)
		} else {
			o.extra = append(o.extra, v)
		}
	}
	agreed := o.dates(f.OrderedAt, o.root, "/ordered_at")
	for i, date := range agreed {
		if i < maxMappedTwins {
			o.d.setRead("ordered_at", date.value, date.canonical)
		}
	}
	o.clocks(f.OrderedAt, agreed)
	for _, date := range mappingFirst(agreed) {
		o.agreed = date
	}
	o.fulfil = o.dates(f.FulfilAt, o.root, "/fulfil_at")
}

// single fills a field of the order that can hold one value. A second one is judged as a text besides.
func (o *mappedOrder) single(field string, paths mappingPaths) {
	values, _, _ := o.firstOf(paths, o.root)
	for i, v := range values {
		if i > 0 && v.text == values[0].text {
			continue
		}
		if i < maxMappedTwins {
			o.d.set(field, v)
		}
		if i > 0 {
			o.extra = append(o.extra, v)
		}
	}
}

// kind tells what document it is, by the shop's own keys.
func (o *mappedOrder) kind() {
	for i := range o.m.Document {
		k := &o.m.Document[i]
		if !o.applies(k.When, k.Is, o.root) {
			continue
		}
		if k.Kind == mappingDocument(screening.CancelDocument) && len(k.NotBefore) > 0 && !o.cancelled(k) {
			continue
		}
		o.d.kind(screening.Document(k.Kind))
		return
	}
}

// cancelled reports whether an order was cancelled after it was made. One that says otherwise does not add up.
func (o *mappedOrder) cancelled(k *mappingKind) bool {
	ended := mappingFirst(o.dates(k.When, o.root, "/document"))
	begun := mappingFirst(o.dates(k.NotBefore, o.root, "/ordered_at"))
	if len(ended) == 0 || len(begun) == 0 {
		return true
	}
	if !ended[0].readable || !begun[0].readable {
		return false // each is a problem by now
	}
	if !ended[0].at.Before(begun[0].at) {
		return true
	}
	o.d.problem(problemDate, "/document", ended[0].source,
		"The order is said to be cancelled at %s, and was made at %s: it was read as an order that stands.",
		quoteShort(ended[0].text), quoteShort(begun[0].text))
	return false
}

// applies reports whether a condition of the mapping holds. None holds always.
func (o *mappedOrder) applies(when mappingPaths, is []string, at *jsonValue) bool {
	if len(when) == 0 {
		return true
	}
	for _, p := range when {
		for _, v := range p.parts[0].find(o.root, at) {
			text := v.value().text
			holds := text != "" && slices.ContainsFunc(is, func(s string) bool { return strings.EqualFold(s, text) })
			if len(is) == 0 {
				holds = text != "" && text != "false" || len(v.members) > 0
			}
			if holds {
				o.used[v] = true
				return true
			}
		}
	}
	return false
}

// lines reads the lines from the first place that has any.
func (o *mappedOrder) lines(ctx context.Context) error {
	f := &o.m.Lines
	var found []*jsonValue
	listed := false
	for _, p := range f.At {
		if found = p.parts[0].find(o.root, o.root); len(found) > 0 {
			break
		}
		listed = listed || p.parts[0].listed(o.root)
	}
	if len(found) == 0 && o.m.KnownBy.fits(o.root) {
		o.without(listed)
	}
	for i, at := range found {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		o.used[at] = true
		if o.d.lines <= MaxLines { // the collector refuses what has more
			o.line(at)
		}
	}
	return nil
}

// without reports that an order has no lines. A list of nothing is nothing to judge either, but for an order that is
// called off.
func (o *mappedOrder) without(listed bool) {
	f := &o.m.Lines
	missing := f.Missing
	switch {
	case listed && o.d.order.Document == screening.CancelDocument:
		return
	case listed:
		missing = "The order's list of lines is empty: there is nothing in it to judge. Send it with its lines."
	case missing == "":
		missing = "The order has no list of lines. Send it with its lines."
	}
	o.d.problem(problemStructure, "/lines", f.At[0].parts[0].before(o.root), "%s", missing)
}

// line reads one line.
func (o *mappedOrder) line(at *jsonValue) {
	l := mappedLine{o: o, l: o.d.line(), at: at}
	l.mappingScope = mappingScope{
		texts: mappingTexts{seen: map[string]bool{}, add: l.l.text}, pointer: l.l.pointer, line: l.l, begun: o.begun,
		parties: &labelledParties{d: o.d, add: l.l.party},
	}
	if at.kind == '{' {
		l.fields()
		parties := mappedParties{add: l.l.party}
		for i := range o.m.Lines.Parties {
			o.parties(&o.m.Lines.Parties[i], at, &parties)
		}
		for _, v := range o.all(o.m.Lines.Text, at) {
			l.texts.put(v)
		}
		for i := range o.m.Lines.Pairs {
			o.pairs(&o.m.Lines.Pairs[i], at, &l.mappingScope)
		}
	} else {
		l.bare()
	}
	delete(o.used, at)
	o.leftovers("", at, &l.mappingScope)
	o.used[at] = true
	l.texts.end()
	l.delivered()
	for text := range l.texts.seen {
		o.known[text] = true
	}
}

// bare reads a line that is no object: a text or number is what the line is of.
func (l *mappedLine) bare() {
	v := l.at.value()
	if v.text = clean(l.o.plain(v.text)); v.text == "" {
		l.o.d.problem(problemStructure, l.l.pointer, l.at.at(), "The line is no object. What it says was judged as text.")
		return
	}
	l.l.set("description", v)
	l.texts.seen[v.text] = true
}

// mappedLine is one line that a mapping reads.
type mappedLine struct {
	mappingScope
	o  *mappedOrder
	l  *lineDraft
	at *jsonValue
}

func (l *mappedLine) fields() {
	f := &l.o.m.Lines
	for _, one := range [...]struct {
		field string
		paths mappingPaths
		words bool // what later paths find is text
	}{
		{"id", f.ID, false},
		{"sku", f.SKU, true},
		{"manufacturer", f.Manufacturer, true},
		{"manufacturer_part", f.ManufacturerPart, true},
		{"description", f.Description, true},
		{"gtin", f.GTIN, true},
		{"cpe", f.CPE, true},
		{"purl", f.PURL, true},
		{"quantity", f.Quantity, false},
		{"unit_price", f.UnitPrice, false},
	} {
		l.fill(one.field, one.paths, one.words)
	}
	l.fulfil = l.o.dates(f.FulfilAt, l.at, l.l.pointer+"/fulfil_at")
	l.date("service_start", f.ServiceStart)
	l.date("service_end", f.ServiceEnd)
}

// fill sets one field. Twins of a key are a problem, which the draft reports; the items of a list are not.
func (l *mappedLine) fill(field string, paths mappingPaths, words bool) {
	values, later, several := l.o.firstOf(paths, l.at)
	for i, v := range values {
		switch {
		case i > 0 && v.text == values[0].text:
		case i == 0 || i < maxMappedTwins && !several:
			l.l.set(field, v)
		default:
			l.texts.put(v)
			continue
		}
		l.texts.seen[clean(v.text)] = true
	}
	if !words {
		return
	}
	for _, v := range later {
		l.texts.put(v)
	}
}

func (l *mappedLine) date(field string, paths mappingPaths) {
	for _, date := range mappingFirst(l.o.dates(paths, l.at, l.l.pointer+"/"+field)) {
		l.l.setRead(field, date.value, date.canonical)
	}
}

// firstOf returns what the first path finds that finds anything, what the later ones find, and whether the first goes
// through a list. Everything that a path names counts as read.
func (o *mappedOrder) firstOf(paths mappingPaths, at *jsonValue) (values, later []value, several bool) {
	for _, p := range paths {
		found := o.find(p, at)
		if len(values) > 0 {
			later = append(later, found...)
			continue
		}
		values, several = found, slices.Contains(p.parts[0].steps, mappingEach)
	}
	return values, later, several
}

// all returns what all paths find.
func (o *mappedOrder) all(paths mappingPaths, at *jsonValue) []value {
	var out []value
	for _, p := range paths {
		out = append(out, o.find(p, at)...)
	}
	return out
}

// find returns the values at a path. The values of joined routes stand in one, and twins behind it.
func (o *mappedOrder) find(p mappingPath, at *jsonValue) []value {
	if len(p.parts) == 1 {
		return o.valuesAt(p.parts[0], at)
	}
	var joined value
	var twins []value
	for _, part := range p.parts {
		values := o.valuesAt(part, at)
		if len(values) == 0 {
			continue
		}
		if joined.text == "" {
			joined = values[0]
		} else {
			joined.text += " " + values[0].text
		}
		twins = append(twins, values[1:]...)
	}
	if joined.text == "" {
		return nil
	}
	return append([]value{joined}, twins...)
}

// valuesAt returns the texts and numbers at the end of a route. Booleans are no values: some programs write false for
// nothing.
func (o *mappedOrder) valuesAt(route mappingRoute, at *jsonValue) []value {
	var out []value
	for _, found := range route.find(o.root, at) {
		if found.kind == '{' || found.kind == '[' {
			continue // a leftover
		}
		o.used[found] = true
		v := found.value()
		if found.kind == '"' {
			v.text = withoutContacts(o.plain(v.text))
		}
		if v.text != "" && (found.kind == '"' || found.kind == '0') {
			out = append(out, v)
		}
	}
	return out
}

// addresses returns what the paths find as it is, for the domain of an e-mail address.
func (o *mappedOrder) addresses(paths mappingPaths, at *jsonValue) []value {
	var out []value
	for _, p := range paths {
		for _, found := range p.parts[0].find(o.root, at) {
			if found.kind == '"' && strings.Contains(found.text, "@") {
				o.used[found] = true
				out = append(out, found.value())
			}
		}
	}
	return out
}
