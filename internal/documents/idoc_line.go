package documents

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// idocReturnItems are the item categories of a return as SAP delivers them.
var idocReturnItems = map[string]bool{"REN": true, "RENN": true, "CBRN": true, "CBXN": true}

func idocActionOf(s *node) sapAction {
	switch action := s.child("ACTION").text().text; {
	case action == "003":
		return sapDeleted
	case action == "093", idocReturnItems[strings.ToUpper(s.child("PSTYV").text().text)]:
		return sapReturned
	}
	return sapOrdinary
}

// idocItem is an item that is being read.
type idocItem struct {
	r         *idocReader
	l         *lineDraft
	texts     sapTexts
	objects   []*node // what identifies the goods
	others    []*node // segments that have no place of their own
	services  []*node // service lines with a number of their own
	fulfilled sapDate
}

// line reads E1EDP01, or a service line of one, which is a line of its own where it has a number of its own. An item
// that is deleted is judged as the others are: only the whole document can be a cancellation.
func (r *idocReader) line(s *node) sapAction {
	l := r.d.line()
	item := idocItem{r: r, l: l, texts: sapLineTexts(l)}
	l.set("id", s.child("POSEX").text())
	l.set("quantity", s.child("MENGE").text())
	currency := s.child("CURCY").text()
	if r.d.order.Currency == "" {
		r.d.set("currency", currency)
	}
	sapPrice(l, s.child("VPREI").text(), s.child("PEINH").text(), currency.text)
	item.others = append(item.others, s)
	item.within(s, false)
	item.identify(s)
	item.fulfilled.report(r.d, l.pointer+"/fulfil_at")
	if item.fulfilled.canonical != "" {
		l.setRead("fulfil_at", item.fulfilled.value, item.fulfilled.canonical)
	}
	item.words()
	for _, service := range item.services {
		r.line(service)
	}
	return idocActionOf(s)
}

// within reads the segments within an item. Those of the service lines have a C where those of the items have a P.
// inText says that the text lines within were read with those of a segment above.
func (i *idocItem) within(s *node, inText bool) {
	i.texts.repeated(s, idocMayRepeat)
	for _, c := range s.children {
		if len(c.children) == 0 || idocIsMoreOfParty(c) {
			continue
		}
		taken := inText
		switch idocPart(c.name) {
		case "01":
			if idocHasNumber(c) {
				i.services = append(i.services, c)
				continue
			}
			i.others = append(i.others, c)
		case "02":
			i.r.reference(c, i.texts)
		case "03":
			i.date(c)
		case "19":
			i.objects = append(i.objects, c)
		case "20":
			i.fulfil(sapDateIn(c, "EDATU", ""))
		case "A1":
			i.party(c)
		default:
			if !taken && idocHoldsText(c) {
				i.texts.add(idocText(c))
				taken = true
			}
			i.others = append(i.others, c)
		}
		i.within(c, taken) // depth is limited
	}
}

// idocPart is the last two letters of a segment of items or service lines, such as 19 of E1EDP19; empty for others.
func idocPart(name string) string {
	if len(name) == len("E1EDP19") && (strings.HasPrefix(name, "E1EDP") || strings.HasPrefix(name, "E1EDC")) {
		return name[5:]
	}
	return ""
}

// idocHasNumber tells whether a service line, or an item within an item, has a number of its own.
func idocHasNumber(s *node) bool {
	for _, c := range s.children {
		if idocPart(c.name) == "19" && c.child("IDTNR").text().text != "" {
			return true
		}
	}
	return false
}

// date reads E1EDP03: a date of delivery, or the start and end of an agreement or service.
func (i *idocItem) date(s *node) {
	q := s.child("IDDAT").text().text
	d := sapDateIn(s, "DATUM", "UZEIT")
	if d.canonical == "" {
		return
	}
	idocQualifier(i.texts, q, d)
	switch {
	case idocIsFulfilled(q):
		i.fulfil(d)
	case q == "019":
		i.term("service_start", d)
	case q == "020":
		i.term("service_end", d)
	}
}

// fulfil takes the later of two deliveries, which is the stricter.
func (i *idocItem) fulfil(d sapDate) { i.fulfilled = i.fulfilled.later(d) }

func (i *idocItem) term(field string, d sapDate) {
	d.report(i.r.d, i.l.pointer+"/"+field)
	i.l.setRead(field, d.value, d.canonical)
}

// party reads E1EDPA1. The maker of the goods is a field of the line.
func (i *idocItem) party(s *node) {
	if sapRole(s.child("PARVW").text().text) != screening.Manufacturer {
		idocParty(s, i.texts, i.l.party)
		return
	}
	for _, name := range idocNames {
		i.l.more("manufacturer", s.child(name).text())
	}
}

// identify reads E1EDP19 and the material number of the item itself. The seller's number goes first: where there is
// none, the buyer's own stands for it.
func (i *idocItem) identify(s *node) {
	for _, o := range i.objects {
		if o.child("QUALF").text().text == "002" {
			i.number("sku", o, i.l.set)
		}
	}
	for _, o := range i.objects {
		switch o.child("QUALF").text().text {
		case "002":
		case "001":
			i.number("sku", o, i.l.more)
		case "003":
			if v := o.child("IDTNR").text(); len(v.text) >= 8 && len(v.text) <= 14 && sapDigits(v.text) {
				i.number("gtin", o, i.l.more)
			} else {
				i.number("text", o, i.l.more)
			}
		case "010":
			i.number("manufacturer_part", o, i.l.more)
		default:
			i.number("text", o, i.l.more)
		}
	}
	for _, field := range []string{"MATNR_LONG", "MATNR", "MATNR_EXTERNAL"} {
		i.l.more("sku", s.child(field).text())
	}
	for _, o := range i.objects {
		i.l.more("description", o.child("KTEXT").text())
		i.l.more("manufacturer_part", o.child("MFRPN").text())
		i.maker(o.child("MFRNR").text())
	}
}

// maker reads MFRNR: the number that the buyer has given to the maker, in which some write the name.
func (i *idocItem) maker(v value) {
	switch {
	case sapWords(v.text):
		i.l.more("manufacturer", v)
	case strings.Trim(v.text, "0 ") != "":
		i.l.party(screening.Manufacturer).identify("own", v)
	}
}

// number sets the number of an object. The long form holds what the short one has no room for; a long form that is
// another number is text.
func (i *idocItem) number(field string, o *node, set func(string, value)) {
	number := o.child("IDTNR").text()
	var others []value
	for _, name := range []string{"IDTNR_LONG", "IDTNR_EXTERNAL"} {
		long := o.child(name).text()
		bare := strings.TrimLeft(number.text, "0")
		if len(long.text) > len(bare) && strings.HasPrefix(strings.TrimLeft(long.text, "0"), bare) {
			number = long
		} else if long.text != number.text {
			others = append(others, long)
		}
	}
	set(field, number)
	for _, other := range others {
		i.l.text(other)
	}
}

// words adds the text of segments without a place of their own. An item that says nowhere else what it is does not add
// up: it may be that a firm's own segment names the goods, or only what they cost.
func (i *idocItem) words() {
	line := i.l.line()
	named := line.SKU != "" || line.ManufacturerPart != "" || line.Description != "" || line.GTIN != "" || len(line.Texts) > 0
	found := 0
	for _, s := range i.others {
		found += idocWords(s, i.texts)
	}
	if !named && found > 0 {
		i.r.d.problem(problemStructure, i.l.pointer, i.others[0].path(), "The item says what it is in none of the places for it. Its other texts were judged.")
	}
}
