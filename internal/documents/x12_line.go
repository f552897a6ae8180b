package documents

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// x12Line is a line under construction: a PO1 or POC, or a sub-line (SLN) that states a number of its own.
type x12Line struct {
	order  *x12Order
	draft  *lineDraft
	parent *x12Line // the line that a sub-line is part of
	id     string
	dates  []x12Date
	piece  value // the last piece of the description
	texts  int
	more   []value // texts beyond the most that are kept apart
}

// mostX12Texts is how many texts of a line are kept apart. What is more is joined to one.
const mostX12Texts = 500

// longestX12Description is the most that a description holds (element 352): one of this length goes on in the next.
const longestX12Description = 80

// text adds free text, also to the line that a sub-line is part of: what is in a set is in the set.
func (l *x12Line) text(v value) {
	if v.text == "" {
		return
	}
	if l.parent != nil {
		l.parent.text(v)
	}
	if l.texts++; l.texts > mostX12Texts {
		l.more = append(l.more, v)
		return
	}
	l.draft.text(v)
}

// field sets a field that may stand several times. The whole hears of what its part says.
func (l *x12Line) field(name string, v value) {
	if v.text == "" {
		return
	}
	if l.parent != nil {
		l.parent.text(v)
	}
	if *l.draft.field(name) == "" {
		l.draft.set(name, v)
	} else {
		l.ownText(v)
	}
}

func (l *x12Line) ownText(v value) {
	parent := l.parent
	l.parent = nil
	l.text(v)
	l.parent = parent
}

// describe adds a piece of the description. One that fills its element goes on in the next, maybe within a word.
func (l *x12Line) describe(v value) {
	l.field("description", v)
	if utf8.RuneCountInString(l.piece.text) >= longestX12Description {
		l.text(value{l.piece.text + v.text, l.piece.source})
	}
	l.piece = v
}

// maker is the manufacturer of the line's goods, from an N1 loop.
func (l *x12Line) maker(p *x12Party) {
	for i, name := range slices.Concat(p.names, p.spelled()) {
		if i == 0 {
			l.field("manufacturer", name)
		} else {
			l.text(name)
		}
	}
	if len(p.names) > 1 {
		l.text(x12Joined(p.names, " "))
	}
	if len(p.address) > 0 {
		l.text(x12Joined(p.address, ", "))
	}
	for _, mail := range p.mails {
		for _, domain := range ediDomains(mail) {
			l.text(domain)
		}
	}
}

// item opens a line: PO1, or POC of a change. A deleted item (POC02 = DI) is a line as well.
func (o *x12Order) item(s *x12Segment) {
	o.closeParty()
	o.items++
	o.line = &x12Line{order: o, draft: o.d.line(), id: s.at(1).text}
	o.lines = append(o.lines, o.line)
	o.line.draft.set("id", s.at(1))
	quantity, price, pairs := s.at(2), s.at(4), 6
	if s.tag == "POC" {
		quantity, price, pairs = s.at(3), s.at(6), 8
		if quantity.text == "" {
			quantity = s.at(4)
		}
	}
	o.line.draft.set("quantity", quantity)
	o.line.draft.set("unit_price", price)
	o.line.numbers(s, pairs)
}

// subItem reads SLN. A part of a set that has a number of its own is an item that could be bought alone: it becomes a
// line of its own, so that it is judged by its own number. The set has its texts all the same.
func (o *x12Order) subItem(s *x12Segment) {
	o.closeParty()
	whole := o.line
	if whole == nil {
		o.free(s, 1)
		return
	}
	if whole.parent != nil {
		whole = whole.parent
	}
	o.line = whole
	const pairs = 9
	numbers := x12Pairs(s, pairs, o.set.element)
	for _, p := range numbers {
		switch x12Items[p.qualifier] {
		case x12SellersPart, x12MakersPart, x12OtherPart, x12BuyersPart, x12GTIN:
			o.line = &x12Line{order: o, draft: o.d.line(), id: whole.id + "." + s.at(1).text, parent: whole}
			o.lines = append(o.lines, o.line)
			o.line.draft.set("id", value{o.line.id, s.source + "/01"})
			o.line.draft.set("quantity", s.at(4))
			o.line.draft.set("unit_price", s.at(6))
			o.line.numbers(s, pairs)
			return
		}
	}
	for _, p := range numbers {
		o.line.text(p.id)
		o.line.text(p.odd)
		o.line.text(p.joined)
	}
}

// numbers places the numbers of an item, qualifier and number in turn from an element on.
func (l *x12Line) numbers(s *x12Segment, from int) {
	pairs := x12Pairs(s, from, l.order.set.element)
	own := -1 // the pair whose number becomes the sku
	for i, p := range pairs {
		if rank := x12Rank(p); rank > 0 && (own < 0 || rank < x12Rank(pairs[own])) {
			own = i
		}
	}
	if own >= 0 {
		l.field("sku", pairs[own].id)
	}
	for i, p := range pairs {
		switch kind := x12Items[p.qualifier]; {
		case i == own:
		case kind == x12MakersPart:
			l.field("manufacturer_part", p.id)
		case kind == x12Maker:
			l.field("manufacturer", p.id)
		case kind == x12Description:
			l.field("description", p.id)
		case kind == x12GTIN && isGTIN(p.id.text):
			l.field("gtin", p.id)
		case x12Tells(p.id.text) || len(p.id.text) >= len("12345678"):
			l.text(p.id)
		}
		l.text(p.odd)
		l.text(p.joined)
	}
}

// x12Rank orders numbers by how well they serve as the sku: the seller's, then what is nobody's, the buyer's, and what
// stands where a bar code should. 0 is none.
func x12Rank(p x12Pair) int {
	switch kind := x12Items[p.qualifier]; kind {
	case x12SellersPart, x12OtherPart, x12BuyersPart:
		return kind
	case x12GTIN:
		if !isGTIN(p.id.text) {
			return x12BuyersPart + 1
		}
	case 0:
		if x12Tells(p.id.text) {
			return x12BuyersPart + 2
		}
	}
	return 0
}

// x12Pair is a number of an item with its qualifier. A number that holds the element separator arrives in pieces: odd is
// what was cut off, joined the number put together again.
type x12Pair struct {
	qualifier       string
	id, odd, joined value
}

// x12Pairs reads qualifiers and numbers in turn. An element where a qualifier should stand and that is none is the rest
// of the number before it: VP*KL4869DA*TS-N3*MF*ACME.
func x12Pairs(s *x12Segment, from int, separator string) []x12Pair {
	var pairs []x12Pair
	whole := "" // the last number, with all that was cut off it
	end := len(s.elements)
	for end > from && s.elements[end-1] == "" {
		end--
	}
	for i := from; i < end; {
		qualifier, next := s.code(i), s.at(i+1)
		odd := x12IsOdd(qualifier, next.text, end-i)
		switch {
		case odd && qualifier == "":
			i++
			continue
		case odd && len(pairs) == 0: // a number without qualifier
			whole = s.elements[i]
			pairs = append(pairs, x12Pair{id: s.at(i)})
			i++
			continue
		case odd:
			last := &pairs[len(pairs)-1]
			whole += separator + s.elements[i]
			if last.odd.text == "" {
				last.odd = s.at(i)
			}
			last.joined = value{whole, last.id.source}
			i++
			continue
		}
		if next.text != "" {
			p := x12Pair{qualifier: qualifier, id: next}
			if qualifier == "CT" { // the number before goes on here
				p.joined = value{whole + next.text, next.source}
			}
			whole = next.text
			pairs = append(pairs, p)
		}
		i += 2
	}
	return pairs
}

// x12IsOdd tells whether an element is no qualifier, though it stands where one should, with so many elements left. What
// has the form of a qualifier and is none that is known here is odd where its number would be a qualifier, and where an
// element is left over.
func x12IsOdd(element, next string, left int) bool {
	following := x12Items[strings.ToUpper(next)] != 0
	switch {
	case element == "":
		return following
	case x12Items[element] != 0:
		return false
	}
	return following || next == "" || left%2 == 1 || len(element) != 2 || strings.IndexFunc(element, x12NoCode) >= 0
}

// describe reads PID: what a line, or an order as a whole, is about.
func (o *x12Order) describe(s *x12Segment) {
	const free = 5
	for n := 3; n < len(s.elements); n++ {
		switch {
		case n == free && o.line != nil:
			o.line.describe(s.at(n))
		case n == free || x12Tells(s.elements[n]):
			o.text(s.at(n))
		}
	}
}

// price reads CTP, where some systems write the price that PO104 lacks.
func (o *x12Order) price(s *x12Segment) {
	if o.line != nil && o.line.draft.line().UnitPrice == "" {
		o.line.draft.set("unit_price", s.at(3))
	}
	o.free(s, 4)
}

// finish sets the line's dates, and those of the whole order's service where the line has none of its own.
func (l *x12Line) finish(heading []x12Date) {
	if len(l.more) > 0 {
		l.draft.text(x12Joined(l.more, "; "))
	}
	performed, planned := x12Performed(l.dates)
	if planned {
		l.draft.setRead("fulfil_at", performed.v, performed.to)
	}
	for _, d := range l.dates {
		if d.use == x12DeliveryDate && d.fault != "" {
			l.order.d.problem(problemDate, l.draft.pointer+"/fulfil_at", d.v.source, "%s", d.fault)
			if d.from == "" && !planned && l.draft.line().FulfilAt == "" {
				l.draft.set("fulfil_at", d.v)
			}
		}
	}
	if d, found := x12Service(l.dates, heading, x12ServiceStart, x12Effective); found {
		l.draft.setRead("service_start", d.v, d.from)
	}
	if d, found := x12Service(l.dates, heading, x12ServiceEnd, x12Expiry); found {
		l.draft.setRead("service_end", d.v, d.to)
	}
}

// x12Service is the first date of the uses, of the line before the heading's.
func x12Service(own, heading []x12Date, uses ...x12DateUse) (x12Date, bool) {
	if d, found := x12First(own, uses...); found {
		return d, true
	}
	return x12First(heading, uses...)
}
