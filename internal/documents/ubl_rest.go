package documents

import (
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// ublSilent are elements in which nothing names a product, a party or what is done: taxes, totals, languages. Persons,
// signatures and cards do not leave the parser.
var ublSilent = map[string]bool{
	"TaxScheme": true, "TaxCategory": true, "ClassifiedTaxCategory": true, "TaxTotal": true, "WithholdingTaxTotal": true,
	"AnticipatedMonetaryTotal": true, "QuotedMonetaryTotal": true, "LegalMonetaryTotal": true, "LocationCoordinate": true,
	"OtherCommunication": true, "Person": true, "Signature": true, "CardAccount": true, "Language": true,
}

// ublTyped are the ends of the names of elements that hold no words, by UBL's rules for names.
var ublTyped = []string{
	"Code", "Amount", "Quantity", "Measure", "Date", "Time", "Indicator", "Percent", "Rate", "Numeric", "BinaryObject",
	"Hash", "Telephone", "Telefax", "Mail",
}

// rest reads what no field took: parties and deliveries wherever they stand, and all that is words, which becomes text
// of the order or line. inItem says that the element is part of an item: there, numbers are the item's own, and parties
// take no part in the deal.
func (r *ublReader) rest(n *node, s *ublScope, inItem bool) {
	for _, c := range n.children {
		if r.err != nil {
			return
		}
		r.element(n, c, s, inItem)
	}
}

// element reads one element of the rest.
func (r *ublReader) element(parent, c *node, s *ublScope, inItem bool) {
	switch {
	case r.apart[c], ublSilent[c.name]:
	case strings.HasSuffix(c.name, "Contact"):
		for _, note := range c.all("Note") {
			s.text(note.text())
		}
		s.people(c)
	case c.name == "SubLineItem" && s.line != nil:
		r.part(c, s, inItem)
	case strings.HasSuffix(c.name, "Address") && ublOwns(c.space):
		r.addressWords(c, s)
	case c.child("Name") != nil && c.child("Value") != nil && !r.used[c.child("Name")]:
		r.pair(c, s, inItem)
	default:
		r.takePart(parent, c, s, inItem)
		switch {
		case r.used[c]:
		case ublOwns(c.space):
			s.words(parent, c, inItem)
		default:
			s.foreign(c)
		}
		r.rest(c, s, inItem || c.name == "Item")
	}
}

// people adds those whom a contact names that stands outside parties.
func (s *ublScope) people(contact *node) {
	for _, c := range contact.all("Name") {
		if s.reader.used[c] {
			continue // read with its party
		}
		s.add(c, ublParty{role: screening.Intermediary, person: true, names: []value{s.reader.take(c)}})
	}
}

// addressWords makes one text of an address that is no party's.
func (r *ublReader) addressWords(n *node, s *ublScope) {
	var pieces []string
	n.each(func(c *node) {
		if v := c.text(); v.text != "" && !r.used[c] && !ublIsTyped(c.name) && !strings.HasSuffix(c.name, "ID") {
			pieces = append(pieces, v.text)
		}
	})
	s.text(value{strings.Join(pieces, ", "), n.path()})
}

// takePart reads a party or a delivery that no field took.
func (r *ublReader) takePart(parent, c *node, s *ublScope, inItem bool) {
	role, isParty := r.roleOf(c.name)
	switch {
	case inItem || r.used[c]:
	case c.name == "Delivery":
		s.delivery(c)
	case isParty && !strings.HasSuffix(parent.name, "DocumentReference"):
		s.party(c, role)
	}
}

// part reads a sub-line into the texts of the line that it is part of, so that the line tells what is in it. One that
// has a number or a delivery of its own is a line of its own as well.
func (r *ublReader) part(n *node, s *ublScope, inItem bool) {
	if !inItem && ublStandsAlone(n) {
		s.parts = append(s.parts, n)
	}
	r.rest(n, s, true)
}

func ublStandsAlone(n *node) bool {
	if n.child("Delivery") != nil || n.child("OriginatorParty") != nil {
		return true
	}
	for _, item := range n.all("Item") {
		for _, c := range item.children {
			if strings.HasSuffix(c.name, "ItemIdentification") && c.child("ID").text().text != "" {
				return true
			}
		}
	}
	return false
}

// pair makes one text of a name and its values, so that they are read together.
func (r *ublReader) pair(n *node, s *ublScope, inItem bool) {
	name := n.child("Name").text()
	letters := keyOf(name.text)
	for _, c := range n.children {
		said := c.text()
		switch {
		case c.name == "Name", c.name == "Value" && isSecret(letters, said.text):
		case c.name != "Value":
			r.element(n, c, s, inItem)
		case said.text == "":
			s.text(name)
		case name.text == "":
			s.text(said)
		default:
			s.text(value{name.text + ": " + said.text, said.source})
		}
	}
}

// words adds an element of UBL as text where it holds words, by its name.
func (s *ublScope) words(parent, n *node, inItem bool) {
	v := n.text()
	switch {
	case n.name == "UUID" || ublPrivate(n.name):
	case strings.HasSuffix(n.name, "ID"):
		s.numberWords(parent, n, v, inItem)
	case strings.HasSuffix(n.name, "URI"):
		s.text(value{ublPlainAddress(v.text), v.source})
	case strings.HasSuffix(n.name, "BinaryObject"):
		s.text(n.attr("filename"))
	case inItem && strings.HasSuffix(n.name, "Code"):
		s.text(n.attr("name"))
		if sapWords(v.text) {
			s.text(v) // words where a code belongs
		}
	case !ublIsTyped(n.name):
		s.text(v)
	}
}

func ublIsTyped(name string) bool {
	for _, end := range ublTyped {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// numberWords adds those numbers as text that may say something: an item's, and those of documents, among which a
// contract's may be. The latter are the order's, where contracts are looked for.
func (s *ublScope) numberWords(parent, n *node, v value, inItem bool) {
	const shortest = 4
	switch {
	case inItem:
		if parent.name != "SubLineItem" {
			s.text(v)
		}
	case n.name == "ID" && strings.HasSuffix(parent.name, "Reference") && len(v.text) >= shortest:
		s.reader.order.text(v)
	}
}

// foreign adds what an extension says, whose elements follow no rule of UBL: every text and attribute with a letter.
func (s *ublScope) foreign(n *node) {
	const longest = 2000 // a longer word is encoded data
	if ublPrivate(n.name) {
		return
	}
	add := func(v value) {
		if strings.ContainsFunc(v.text, unicode.IsLetter) && (len(v.text) <= longest || strings.ContainsAny(v.text, " \n")) {
			s.text(v)
		}
	}
	add(n.text())
	for _, a := range n.attrs {
		switch {
		case a.name == "schemaLocation", a.name == "type", a.name == "lang", ublPrivate(a.name):
		default:
			add(n.attr(a.name))
		}
	}
}

// ublPrivate tells whether an element of this name holds a secret or a number of a person's telephone.
func ublPrivate(name string) bool {
	letters := keyOf(name)
	phone := func(word string) bool { return strings.HasSuffix(letters, word) }
	return namesSecret(letters) || phone("phone") || phone("fax") || phone("mobile")
}

// ublPlainAddress cuts from a web address what may be a key to it: the user, the query and the fragment.
func ublPlainAddress(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	scheme, after, found := strings.Cut(address, "//")
	if !found {
		return address
	}
	host, path, slash := strings.Cut(after, "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	if slash {
		path = "/" + path
	}
	return scheme + "//" + host + path
}
