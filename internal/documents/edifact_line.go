package documents

import (
	"strconv"
	"strings"
)

// edifactLine is a line that is being read. Numbers, descriptions and texts are placed when all of it was seen, since
// what is the main one shows only then.
type edifactLine struct {
	l            *lineDraft
	items        []edifactItem
	descriptions []*edifactDescription
	brands       []value
	makers       []value // manufacturers besides the main one
	texts        []value
	quantity     edifactRanked
	price        edifactRanked
	parted       bool // what follows is about a part of the line
	dates        edifactLineDates
}

// edifactItem is an article number. A main one stands in LIN, or in PIA as the number of the product.
type edifactItem struct {
	number           value
	kind             string
	main, substitute bool
}

// edifactRanked is a single value that several segments may give, the one of the lowest rank first.
type edifactRanked struct {
	set       bool
	rank      int
	v         value
	canonical string
}

// openLine begins a line. A sub-line is one of its own: it has its own number, quantity and description.
func (o *edifactOrder) openLine(s *edifactSegment) {
	o.line = &edifactLine{l: o.d.line()}
	o.base, o.places, o.count = s.source()+"/", map[string]int{}, 0
	if s.part(4, 1) != "" || s.part(4, 2) != "" {
		o.subLines++
	} else {
		o.lines++
	}
	o.line.l.set("id", s.at(1, 1))
	o.line.item(s, 3, edifactItem{main: true})
	o.rest(s, 6)
}

// take reads a segment of the line.
func (e *edifactLine) take(o *edifactOrder, s *edifactSegment) {
	switch s.tag {
	case "PIA":
		function := s.part(1, 1)
		for element := 2; element < len(s.elements); element++ {
			main, further := function == "5" || function == "", function == "1"
			e.item(s, element, edifactItem{main: main, substitute: !main && !further})
		}
	case "IMD":
		e.describe(o.describe(s))
	case "QTY":
		e.amount(o, s)
	case "PRI":
		e.charge(o, s)
	case "DTM":
		e.dates.take(o, s)
	default:
		o.otherTexts(s)
	}
}

func (e *edifactLine) item(s *edifactSegment, element int, item edifactItem) {
	if item.number = s.at(element, 1); clean(item.number.text) != "" {
		item.kind = strings.ToUpper(strings.TrimSpace(s.part(element, 2)))
		e.items = append(e.items, item)
	}
}

// edifactItemFields are the types of article numbers, element 7143, that have a field of their own.
var edifactItemFields = map[string]string{
	"SA": "sku", "VN": "sku", "VP": "sku", "SK": "sku", "MF": "manufacturer_part",
	"EN": "gtin", "EAN": "gtin", "UP": "gtin", "SRV": "gtin",
}

// edifactClasses are the types of numbers that name a class of goods, a document or one piece, and no article.
var edifactClasses = edifactSet("CC CG CV GB GN GS HS SG TG ON PO PL CR NB SN RN RU RC")

// place puts the article numbers where they belong. Where the seller's own is missing, the first other one that names
// the article stands for it.
func (e *edifactLine) place() {
	filled := map[string]string{} // the kind that a field was filled from
	var others []edifactItem
	for _, main := range [...]bool{true, false} {
		for _, item := range e.items {
			if item.main != main {
				continue
			}
			field := edifactItemFields[item.kind]
			if item.substitute || field == "" || field == "gtin" && strings.Trim(item.number.text, "0123456789 ") != "" {
				others = append(others, item)
				continue
			}
			e.number(field, item, filled)
		}
	}
	line := e.l.line()
	for _, item := range others {
		if line.SKU == "" && line.GTIN == "" && line.ManufacturerPart == "" && !item.substitute && !edifactClasses[item.kind] {
			e.l.set("sku", item.number)
		}
	}
	for _, item := range others {
		e.l.text(item.number)
	}
}

// number fills a field. Two numbers of one type contradict one another; of two types they are two names of the article.
func (e *edifactLine) number(field string, item edifactItem, filled map[string]string) {
	switch present := *e.l.field(field); {
	case present == "":
		filled[field] = item.kind
		e.l.set(field, item.number)
	case present == clean(item.number.text):
	case filled[field] == item.kind && item.main:
		e.l.set(field, item.number)
	default:
		e.l.more(field, item.number)
	}
}

// edifactDescription is a description of the goods, which may go on in further segments.
type edifactDescription struct {
	place  value // of its first segment
	alike  string
	pieces []string
	brand  bool
}

// edifactLanguage is the component of a description that names its language.
const edifactLanguage = 6

// edifactDescribed are the pieces of the text of an IMD.
func edifactDescribed(s *edifactSegment) []string {
	const description, text = 3, 4
	var pieces []string
	for i, piece := range s.parts(description, text) {
		isLanguage := i+text == edifactLanguage && len(piece) <= 3 && !strings.ContainsAny(piece, "0123456789")
		if !isLanguage && strings.TrimSpace(piece) != "" {
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// describe reads IMD. Text in the place of codes is text as well.
func (o *edifactOrder) describe(s *edifactSegment) *edifactDescription {
	const characteristic, description = 2, 3
	d := &edifactDescription{
		place:  s.as(description, ""),
		alike:  s.part(1, 1) + "+" + s.part(characteristic, 1) + "+" + s.part(description, edifactLanguage),
		pieces: edifactDescribed(s),
		brand:  s.part(characteristic, 1) == "BRN",
	}
	if code := s.at(description, 1); edifactIsWord(code.text) || len(d.pieces) == 0 && strings.ContainsAny(code.text, "0123456789") {
		o.text(code)
	}
	if code := s.at(characteristic, 1); edifactIsWord(code.text) {
		o.text(code)
	}
	o.rest(s, description)
	return d
}

// describe adds a description. One of the same kind that the one before ran over into is its continuation.
func (e *edifactLine) describe(d *edifactDescription) {
	if len(d.pieces) == 0 {
		return
	}
	if n := len(e.descriptions); n > 0 {
		before := e.descriptions[n-1]
		if before.alike == d.alike && edifactItems.runsOver(before.pieces[len(before.pieces)-1], d.pieces[0]) {
			before.pieces = append(before.pieces, d.pieces...)
			return
		}
	}
	e.descriptions = append(e.descriptions, d)
}

// edifactAmounts rank what a quantity is, element 6063: what is ordered is the line's, what a package holds is not.
var edifactAmounts = map[string]int{"21": 0, "52": 3, "59": 3}

// amount reads QTY. What is said behind a place, a package or a delivery is about a part of the line.
func (e *edifactLine) amount(o *edifactOrder, s *edifactSegment) {
	rank, known := edifactAmounts[s.part(1, 1)]
	switch {
	case !known:
		rank = 1
	case rank == 0 && e.parted:
		rank = 2
	}
	v := s.at(1, 2)
	number, ok := edifactNumber(v.text)
	if !ok && strings.TrimSpace(v.text) != "" {
		o.problem(problemNumber, e.l.pointer+"/quantity", v.source, "%s is not a number.", quoteShort(v.text))
		return
	}
	if e.quantity.set && rank == 0 && e.quantity.rank == 0 && e.quantity.canonical != number {
		o.problem(problemTwice, e.l.pointer+"/quantity", v.source, "The quantity stands more than once: %s after %s.",
			quoteShort(v.text), quoteShort(e.quantity.v.text))
	}
	e.quantity.take(rank, v, number)
}

// edifactPrices rank what a price is, element 5125: net, then for calculation, then gross.
var edifactPrices = map[string]int{"AAA": 0, "CAL": 1, "NTP": 1, "AAB": 2}

// charge reads PRI. Where the price is that of several units, it is divided.
func (e *edifactLine) charge(o *edifactOrder, s *edifactSegment) {
	rank, known := edifactPrices[s.part(1, 1)]
	if !known {
		rank = 3
	}
	v := s.at(1, 2)
	if number, ok := edifactNumber(v.text); ok {
		e.price.take(rank, v, edifactPerUnit(number, s.part(1, 5)))
	}
	o.rest(s, 2)
}

func (r *edifactRanked) take(rank int, v value, canonical string) {
	if canonical != "" && (!r.set || rank < r.rank) {
		*r = edifactRanked{set: true, rank: rank, v: v, canonical: canonical}
	}
}

// edifactNumber reads a number. Point and comma are both decimal marks, and there are no thousands.
func edifactNumber(text string) (string, bool) {
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	return decimal(text)
}

// edifactPerUnit divides a price by the number of units that it is for.
func edifactPerUnit(price, basis string) string {
	units, ok := edifactNumber(basis)
	whole, err := strconv.ParseFloat(price, 64)
	divisor, err2 := strconv.ParseFloat(units, 64)
	if !ok || err != nil || err2 != nil || divisor <= 1 {
		return price
	}
	return strconv.FormatFloat(whole/divisor, 'f', -1, 64)
}

// closeLine places what was read of the line that is open.
func (o *edifactOrder) closeLine() {
	e := o.line
	if e == nil {
		return
	}
	o.line = nil
	e.place()
	for _, d := range e.descriptions {
		joined, spaced := edifactItems.join(d.pieces)
		if d.brand {
			e.brands = append(e.brands, value{joined, d.place.source})
			continue
		}
		e.l.more("description", value{withoutContacts(joined), d.place.source})
		e.texts = append(e.texts, value{spaced, d.place.source})
	}
	for _, v := range append(e.makers, e.brands...) {
		if clean(v.text) != e.l.line().Manufacturer {
			e.l.more("manufacturer", v)
		}
	}
	if e.quantity.set {
		e.l.setRead("quantity", e.quantity.v, e.quantity.canonical)
	}
	if e.price.set {
		e.l.setRead("unit_price", e.price.v, e.price.canonical)
	}
	e.dates.finish(e.l)
	for _, v := range e.texts {
		e.l.text(v)
	}
}
