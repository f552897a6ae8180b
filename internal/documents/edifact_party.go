package documents

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// edifactRoles are the party qualifiers, element 3035, and what such a party does in the deal. Any other is an
// intermediary: forwarders, carriers, consignors, agents, banks and whoever else is named.
var edifactRoles = edifactRolesOf(map[screening.Role]string{
	screening.Buyer:        "BY OB PO SO OY BP GV PD FG LF",
	screening.Seller:       "SU SE VN FH LG II TY",
	screening.ShipTo:       "DP ST CN UP SN IT TT BS",
	screening.BillTo:       "IV BT PR PL PS AA AO FT HX",
	screening.EndUser:      "UD UC HK MA PC OF",
	screening.Payee:        "PE RE BE HS HV PI DL",
	screening.Manufacturer: "MF HM ID MP GD VK",
})

func edifactRolesOf(lists map[screening.Role]string) map[string]screening.Role {
	roles := map[string]screening.Role{}
	for role, qualifiers := range lists {
		for qualifier := range strings.FieldsSeq(qualifiers) {
			roles[qualifier] = role
		}
	}
	return roles
}

// edifactRegisters are the agencies, element 3055, that give numbers out. A number of no agency is somebody's own.
var edifactRegisters = map[string]string{"9": "gln", "16": "duns", "17": "bic", "166": "scac", "182": "scac"}

// edifactIdentify adds the number of a composite of code, list and agency to a party.
func edifactIdentify(p *partyDraft, s *edifactSegment, element int) {
	p.identify(edifactRegister(s, element), s.at(element, 1))
}

func edifactRegister(s *edifactSegment, element int) string {
	if register, known := edifactRegisters[strings.TrimLeft(strings.TrimSpace(s.part(element, 3)), "0")]; known {
		return register
	}
	return "own"
}

// edifactSpelled names a party by what stands in place of its number, where that is a name. Its own name comes first.
func edifactSpelled(p *partyDraft, register string, v value) {
	if ediSpells(register, v.text) {
		p.set("name", v)
	}
}

// nameAndAddress reads a party. A manufacturer's name is its goods' maker and no party of the deal.
func (o *edifactOrder) nameAndAddress(s *edifactSegment) {
	role, known := edifactRoles[strings.ToUpper(strings.TrimSpace(s.part(1, 1)))]
	if !known {
		role = screening.Intermediary
	}
	if edifactSilent(s, 2) {
		return
	}
	if role == screening.Manufacturer {
		o.manufacturer(s)
		return
	}
	p := o.addParty(role)
	o.party, o.role = p, role
	edifactIdentify(p, s, 2)
	name, address := 4, s.parts(3, 1)
	if edifactSilentParts(s.parts(4, 1)) && len(address) > 0 { // one block of name and address
		name, address = 3, address[1:]
		first := []string{s.part(3, 1)}
		if len(address) > 0 && edifactNames.runsOver(first[0], address[0]) {
			first, address = append(first, address[0]), address[1:]
		}
		edifactName(p, s, 3, first)
	} else {
		edifactName(p, s, 4, edifactNamePieces(s.parts(4, 1)))
	}
	edifactSpelled(p, edifactRegister(s, 2), s.at(2, 1))
	p.set("address", s.as(3, edifactListed(address)))
	if name == 3 || len(address) > 0 {
		edifactSecondName(p, s, address)
	}
	o.address(p, s)
}

// edifactNamePieces drops the code behind the five pieces of a name that tells how they are ordered.
func edifactNamePieces(pieces []string) []string {
	const most = 5
	if len(pieces) > most && len(strings.TrimSpace(pieces[most])) <= 1 {
		return append(pieces[:most:most], pieces[most+1:]...)
	}
	return pieces
}

// edifactName sets a name that may come in pieces. They are one name that ran over, or a name and what it is a part of:
// the whole is the name, and each piece an alias.
func edifactName(p *partyDraft, s *edifactSegment, element int, pieces []string) {
	joined, spaced := edifactNames.join(pieces)
	p.set("name", s.as(element, withoutContacts(joined)))
	if spaced != "" {
		p.set("alias", s.as(element, withoutContacts(spaced)))
	}
	if len(pieces) < 2 {
		return
	}
	for i, piece := range pieces {
		if piece = clean(piece); edifactHasLetter(piece) && piece != joined {
			p.set("alias", value{withoutContacts(piece), s.at(element, i+1).source})
		}
	}
}

// edifactSecondName takes the first line of a free address that holds no number for what it may be: another name.
func edifactSecondName(p *partyDraft, s *edifactSegment, address []string) {
	if len(address) > 0 && edifactHasLetter(address[0]) && !strings.ContainsAny(address[0], "0123456789") {
		p.set("alias", s.as(3, withoutContacts(address[0])))
	}
}

// address reads street, city, postcode, state and country. What stands behind them got there by a separator that was
// not released.
func (o *edifactOrder) address(p *partyDraft, s *edifactSegment) {
	const street, city, state, postcode, country = 5, 6, 7, 8, 9
	p.set("address", s.as(street, edifactListed(s.parts(street, 1))))
	p.set("address", s.as(city, strings.Join(s.parts(city, 1), " ")))
	p.set("address", s.at(postcode, 1))
	if v := s.at(state, 1); v.text != "" {
		p.set("state", v)
	} else {
		p.set("state", s.at(state, 4))
	}
	p.set("country", s.at(country, 1))
	var behind []string
	for element := country + 1; element < len(s.elements); element++ {
		behind = append(behind, s.elements[element]...)
	}
	if text := edifactListed(behind); text != "" {
		o.problem(problemStructure, p.pointer, s.place(country+1), "The name and address has %s behind its last element: "+
			"a separator in it was not released.", quoteShort(text))
		p.set("address", s.as(country+1, text))
		p.set("alias", s.as(country+1, withoutContacts(text)))
	}
}

// edifactListed joins the lines of an address that say something.
func edifactListed(lines []string) string {
	var said []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			said = append(said, line)
		}
	}
	return strings.Join(said, ", ")
}

// manufacturer reads who made the goods: of the line, or of every line that names no other.
func (o *edifactOrder) manufacturer(s *edifactSegment) {
	element, pieces := 4, edifactNamePieces(s.parts(4, 1))
	if edifactSilentParts(pieces) {
		element, pieces = 3, s.parts(3, 1)
	}
	joined, spaced := edifactNames.join(pieces)
	main := s.part(1, 1) == "MF"
	names := []value{s.as(element, withoutContacts(joined)), s.as(element, withoutContacts(spaced))}
	if number := s.at(2, 1); ediSpells(edifactRegister(s, 2), number.text) {
		names = append(names, number)
	}
	for i, v := range names {
		switch {
		case v.text == "":
		case o.line == nil:
			o.makers = append(o.makers, v)
		case main && i == 0:
			o.line.l.set("manufacturer", v)
		default:
			o.line.makers = append(o.line.makers, v)
		}
	}
	if s.part(2, 1) != "" {
		edifactIdentify(o.addParty(screening.Manufacturer), s, 2)
	}
}

// contact takes the person at an end customer, who may be the customer. Other contacts are nobody's business here.
func (o *edifactOrder) contact(s *edifactSegment) {
	if o.role == screening.EndUser && edifactHasLetter(s.part(2, 2)) {
		o.addParty(screening.EndUser).set("name", s.at(2, 2))
	}
}

// communication keeps the domain of an address, and nothing of people and their telephone numbers. Where it is not known
// whose it is, the domain is text.
func (o *edifactOrder) communication(s *edifactSegment) {
	for element := 1; element < len(s.elements); element++ {
		for _, domain := range ediDomains(s.at(element, 1)) {
			if o.party != nil {
				o.party.email(value{"@" + domain.text, domain.source})
			} else {
				o.text(domain)
			}
		}
	}
}

// edifactDestinations are the places, element 3227, that goods go to, and whose they are there: a place of delivery or
// destination, the country of destination, and those of ultimate destination.
var edifactDestinations = map[string]screening.Role{
	"7": screening.ShipTo, "8": screening.ShipTo, "28": screening.ShipTo, "20": screening.EndUser, "36": screening.EndUser,
}

// location reads a place. One that goods go to is a party that is known by its place.
func (o *edifactOrder) location(s *edifactSegment) {
	const gln = "9"
	role, destination := edifactDestinations[s.part(1, 1)]
	code, name := s.at(2, 1), s.at(2, 4)
	o.rest(s, 2)
	switch {
	case destination && !edifactSilent(s, 2):
		p := o.addParty(role)
		if s.part(2, 3) == gln {
			edifactIdentify(p, s, 2)
			edifactSpelled(p, edifactRegister(s, 2), code)
		} else if !o.landOf(p, s) && name.text == "" {
			p.set("address", code)
		}
		if _, isCountry := o.d.places.Country(name.text); isCountry && p.party().Country == "" {
			p.set("country", name)
		} else {
			p.set("address", name)
		}
	case o.party != nil:
		if s.part(2, 3) == gln {
			edifactIdentify(o.party, s, 2)
			edifactSpelled(o.party, edifactRegister(s, 2), code)
		}
		if edifactHasLetter(name.text) {
			o.party.set("address", name)
		}
	case edifactHasLetter(name.text):
		o.text(name)
	}
}

// landOf sets the country of a place by its code, or by that of a place in it (UN/LOCODE, list 16 or 139: USNYC).
func (o *edifactOrder) landOf(p *partyDraft, s *edifactSegment) bool {
	code, list := strings.TrimSpace(s.part(2, 1)), s.part(2, 2)
	isPlace := len(code) == len("USNYC") && (list == "16" || list == "139" || s.part(2, 3) == "6")
	if len(code) != len("US") && !isPlace || strings.ToUpper(code) != code {
		return false
	}
	country, ok := o.d.places.Country(code[:2])
	if ok {
		o.d.fill(&p.party().Country, p.pointer+"/country", s.at(2, 1), country)
	}
	return ok
}

// edifactPayersBanks are the qualifiers of a bank that pays; the holder of its account is who is billed.
var edifactPayersBanks = edifactSet("BI PH PB OR BB")

// institution reads the bank of a party and the holder of the account. The account's number is not kept.
func (o *edifactOrder) institution(s *edifactSegment) {
	role := screening.Payee
	if edifactPayersBanks[s.part(1, 1)] {
		role = screening.BillTo
	}
	if holder := strings.TrimSpace(s.part(2, 2) + " " + s.part(2, 3)); edifactHasLetter(holder) {
		o.addParty(role).set("name", s.as(2, holder))
	}
	if bank := s.at(3, 7); edifactHasLetter(bank.text) {
		p := o.addParty(screening.Intermediary)
		p.set("name", bank)
		p.set("address", s.at(3, 8))
	}
}

// transport reads the carrier of a consignment.
func (o *edifactOrder) transport(s *edifactSegment) {
	const carrier = 5
	if s.part(carrier, 1) != "" || s.part(carrier, 4) != "" {
		p := o.addParty(screening.Intermediary)
		edifactIdentify(p, s, carrier)
		p.set("name", s.at(carrier, 4))
		edifactSpelled(p, edifactRegister(s, carrier), s.at(carrier, 1))
	}
	for element := carrier + 1; element < len(s.elements); element++ {
		o.textFrom(s, element, 4)
	}
}

// edifactSilent tells whether a segment says nothing from an element on.
func edifactSilent(s *edifactSegment, from int) bool {
	for element := from; element < len(s.elements); element++ {
		if !edifactSilentParts(s.elements[element]) {
			return false
		}
	}
	return true
}

func edifactSilentParts(parts []string) bool {
	for _, part := range parts {
		if strings.TrimSpace(part) != "" {
			return false
		}
	}
	return true
}
