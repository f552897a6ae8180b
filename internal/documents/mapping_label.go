package documents

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// Names that merchants give to what buyers fill in may speak of a party, of a number of goods, of a contract or of a
// date: "End customer", "Ship to country", "EAN", "Delivery date". What they say is always a text as well.

// labelledParties are the parties of an order or a line that names of pairs speak of.
type labelledParties struct {
	d     *draft
	add   func(screening.Role) *partyDraft
	made  map[screening.Role][]*partyDraft
	count int
}

// take reads what a name speaks of, where it is known.
func (s *mappingScope) take(o *mappedOrder, name string, v value) {
	for label := range strings.SplitSeq(name, "\n") {
		switch {
		case s.line != nil && labelIsGTIN(label, v.text):
			s.line.more("gtin", v)
		case s.parties != nil && s.parties.take(label, v, s.line != nil):
		case s.begun != nil && labelIsDelivery(label):
			s.delivery(v)
		case s.line != nil && cxmlSaysContract(keyOf(label)) && strings.ContainsAny(v.text, "0123456789"):
			o.d.set("contract", v)
		}
	}
}

// delivery takes a date on which goods are to be handed over, where it can be read. One before the order was made is a
// slip of whoever wrote it, and tells nothing.
func (s *mappingScope) delivery(v value) {
	if !labelHasDate(v.text) {
		return
	}
	date, begun := readMappedDate(v, ""), s.begun()
	if !date.readable || begun.readable && !date.at.IsZero() && date.at.Before(begun.at.Add(-mappingTurn)) {
		return
	}
	s.fulfil = append(s.fulfil, date)
}

// labelHasDate tells a day of a year from other numbers.
func labelHasDate(text string) bool {
	const fewestDigits = 5 // 3 Oct 2024
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= fewestDigits && (!isDigits(text) || digits == len("20060102"))
}

// labelWords splits a name, be it written delivery_date or deliveryDate.
func labelWords(name string) []string { return (bomProperty{name: name}).words() }

// labelGTIN are the words for numbers of goods by which shops all over the world know them.
var labelGTIN = bomWords("ean gtin upc barcode")

// labelIsGTIN reports whether a name says that its value is a number of goods, and the value has the length of one.
func labelIsGTIN(name, text string) bool {
	if !isGTIN(text) {
		return false
	}
	return cxmlItemFields[keyOf(name)] == "gtin" ||
		slices.ContainsFunc(labelWords(name), func(word string) bool { return labelGTIN[word] })
}

// labelDelivery are words of handing goods over.
var labelDelivery = bomWords(`delivery deliver delivered deliveries ship shipping shipment shipped dispatch despatch
	fulfil fulfill fulfilment fulfillment pickup collection arrival`)

func labelIsDelivery(name string) bool {
	return slices.ContainsFunc(labelWords(name), func(word string) bool { return labelDelivery[word] })
}

// labelPart is what one name says of a party.
type labelPart struct {
	role         screening.Role
	field        string // of a party; empty for a number in a register
	register     string
	mail, widely bool // widely: of an order, where no product can be meant
}

// labelRoles are beginnings of names that speak of a party, by the role: those that other formats know too, but for the
// shop's own side, which sells, and for words of which accounts and pages are called.
var labelRoles = func() map[string]screening.Role {
	out := map[string]screening.Role{
		"agency": screening.EndUser, "federalagency": screening.EndUser, "governmentagency": screening.EndUser,
		"orderingagency": screening.EndUser, "contractingagency": screening.EndUser, "requestingagency": screening.EndUser,
		"usingagency": screening.EndUser, "onbehalfof": screening.EndUser, "finaldestination": screening.ShipTo,
		"freightforwarder": screening.Intermediary, "forwarder": screening.Intermediary,
	}
	for word, role := range cxmlRoles {
		switch {
		case role == screening.Seller || word == "user" || word == "correspondent":
		default:
			out[word] = role
		}
	}
	return out
}()

// labelOwn are names that speak of the buyer themselves, on an order. On a line they may speak of goods.
var labelOwn = bomWords("company companyname organization organizationname organisation organisationname department institution")

// labelOrder are the beginnings, the longest first.
var labelOrder = slices.SortedFunc(maps.Keys(labelRoles), func(a, b string) int {
	return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
})

// labelOf tells what a name says of a party.
func labelOf(name string) (labelPart, bool) {
	key := keyOf(name)
	if labelOwn[key] {
		return labelPart{role: screening.EndUser, field: "name", widely: true}, true
	}
	if about, ok := cxmlEndUser(key); ok {
		return labelAbout(screening.EndUser, about)
	}
	for _, word := range labelOrder {
		if about, ok := strings.CutPrefix(key, word); ok {
			return labelAbout(labelRoles[word], about)
		}
	}
	return labelPart{}, false
}

// labelIsUser reports whether a key of a format speaks of who uses the goods, in words that mean nobody else.
func labelIsUser(key string) bool {
	key = keyOf(key)
	return slices.ContainsFunc(cxmlEndUserWords, func(word string) bool { return strings.Contains(key, word) })
}

func labelAbout(role screening.Role, about string) (labelPart, bool) {
	part := labelPart{role: role, field: cxmlEndUserFields[about]}
	if part.field != "" {
		return part, true
	}
	if cxmlIsMail(about) {
		part.mail = true
		return part, true
	}
	register, ok := cxmlScheme(about)
	part.register = register
	return part, ok
}

// take fills a party from a name and its value. Who is named on a line uses the goods, whatever they are called there:
// what a merchant asks for must not hide the parties that the order itself has. A second name is a second party.
func (l *labelledParties) take(name string, v value, onLine bool) bool {
	part, ok := labelOf(name)
	if !ok || onLine && part.widely || cxmlIsFlag(v.text) || l.count >= cxmlMaxPartyFields {
		return false
	}
	role := part.role
	if onLine {
		role = screening.EndUser
	}
	said := strings.ContainsFunc(v.text, unicode.IsLetter)
	if part.field == "country" {
		_, said = l.d.places.Country(v.text)
	}
	if !said && part.register == "" {
		return false
	}
	l.count++
	p := l.party(role, part.field, clean(v.text))
	switch {
	case part.mail:
		p.email(v)
	case part.field != "":
		p.set(part.field, v)
	default:
		p.identify(part.register, v)
	}
	return true
}

// party is the one that was spoken of last in a role, or another one where that has a name by now.
func (l *labelledParties) party(role screening.Role, field, name string) *partyDraft {
	if l.made == nil {
		l.made = map[screening.Role][]*partyDraft{}
	}
	made := l.made[role]
	if n := len(made); n > 0 {
		last := made[n-1]
		if known := last.party().Name; field != "name" || known == "" || known == name {
			return last
		}
	}
	p := l.add(role)
	l.made[role] = append(made, p)
	return p
}
