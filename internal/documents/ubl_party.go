package documents

import (
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// ublRoles are the parties by the name of their element. Another party that takes part in the deal is an intermediary.
var ublRoles = map[string]screening.Role{
	"BuyerCustomerParty":      screening.Buyer,
	"SellerSupplierParty":     screening.Seller,
	"OriginatorCustomerParty": screening.EndUser,
	"OriginatorParty":         screening.EndUser,
	"UltimateCustomerParty":   screening.EndUser,
	"AccountingCustomerParty": screening.BillTo,
	"PayerParty":              screening.BillTo,
	"AccountingSupplierParty": screening.Payee,
	"PayeeParty":              screening.Payee,
	"DeliveryParty":           screening.ShipTo,
	"ConsigneeParty":          screening.ShipTo,
	"FinalDeliveryParty":      screening.ShipTo,
	"ImporterParty":           screening.ShipTo,
}

// roleOf is ublRole in this document. One that names only the accounting sides means them to buy and to sell.
func (r *ublReader) roleOf(name string) (screening.Role, bool) {
	switch {
	case name == "AccountingCustomerParty" && r.root.child("BuyerCustomerParty") == nil:
		return screening.Buyer, true
	case name == "AccountingSupplierParty" && r.root.child("SellerSupplierParty") == nil:
		return screening.Seller, true
	}
	return ublRole(name)
}

// ublTextParties take no part in the deal; what they say is text.
var ublTextParties = map[string]bool{
	"Party": true, "WarrantyParty": true, "ManufacturerParty": true, "IssuerParty": true, "WitnessParty": true,
	"NotaryParty": true, "InformationContentProviderParty": true, "HeadOfficeParty": true, "ShareholderParty": true,
}

// ublRole returns the role of a party by the name of its element; false for elements that are no party of the deal.
func ublRole(name string) (screening.Role, bool) {
	if role, ok := ublRoles[name]; ok {
		return role, true
	}
	return screening.Intermediary, strings.HasSuffix(name, "Party") && !ublTextParties[name]
}

// ublParty is a party as the document tells it, before it goes into the order or a line.
type ublParty struct {
	role                          screening.Role
	names, mails, sites           []value
	numbers                       []ublNumber
	addresses                     []*node // the first one that names a country says where the party is
	countries                     []*node
	owners                        []value // head office and shareholders
	people                        []value // whom to ask there
	person                        bool
	birth, nationality, otherName value
}

// ublNumber is a number of a party with what kind it is.
type ublNumber struct {
	kind string
	value
}

// party reads an element that stands for a party, or for a party and how it is known to the other side.
func (s *ublScope) party(n *node, role screening.Role) {
	bodies := n.all("Party")
	if len(bodies) == 0 {
		bodies = []*node{n}
	}
	for _, body := range bodies {
		p := ublParty{role: role}
		s.reader.gather(&p, body)
		if body != n {
			s.reader.accounts(&p, n)
		}
		s.add(n, p)
	}
}

// accounts reads what stands beside the party: the account that the other side keeps for it, and contacts.
func (r *ublReader) accounts(p *ublParty, n *node) {
	for _, c := range n.children {
		switch {
		case strings.HasSuffix(c.name, "AccountID"):
			p.number("own", r.take(c))
		case strings.HasSuffix(c.name, "Contact"):
			r.contact(p, c)
		}
	}
}

// gather reads a Party.
func (r *ublReader) gather(p *ublParty, n *node) {
	for _, c := range n.children {
		switch c.name {
		case "Name":
			p.name(r.take(c))
		case "PartyName":
			p.name(r.take(c.child("Name")))
		case "EndpointID":
			r.number(p, c, "own")
		case "PartyIdentification":
			r.number(p, c.child("ID"), "own")
		case "WebsiteURI":
			p.sites = append(p.sites, r.take(c))
		case "PostalAddress":
			p.addresses = append(p.addresses, c)
		case "PhysicalLocation":
			r.location(p, c)
		}
	}
	for _, c := range n.all("PartyTaxScheme") {
		r.number(p, c.child("CompanyID"), ublTaxKind(c.child("TaxScheme")))
	}
	for _, c := range n.all("PartyLegalEntity") {
		r.legalEntity(p, c)
	}
	for _, c := range n.all("PartyTaxScheme") {
		p.name(r.take(c.child("RegistrationName")))
		p.addresses = append(p.addresses, c.all("RegistrationAddress")...)
	}
	contacts := n.all("Contact")
	for _, c := range contacts {
		r.contact(p, c)
	}
	persons := n.all("Person")
	if len(p.names) == 0 {
		r.nameless(p, persons, contacts)
	}
	for _, person := range persons {
		p.people = append(p.people, r.personName(person))
	}
}

// legalEntity reads how a party is registered, and who owns it.
func (r *ublReader) legalEntity(p *ublParty, n *node) {
	p.name(r.take(n.child("RegistrationName")))
	r.number(p, n.child("CompanyID"), "company_id")
	p.addresses = append(p.addresses, n.all("RegistrationAddress")...)
	owners := n.all("HeadOfficeParty")
	for _, share := range n.all("ShareholderParty") {
		owners = append(owners, share.all("Party")...)
	}
	for _, owner := range owners {
		p.owners = append(p.owners, r.take(owner.at("PartyName", "Name")))
		p.owners = append(p.owners, r.take(owner.at("PartyLegalEntity", "RegistrationName")))
	}
}

// nameless takes the name of a person, else of a contact, for a party that has no other.
func (r *ublReader) nameless(p *ublParty, persons, contacts []*node) {
	for _, person := range persons {
		if name := r.personName(person); name.text != "" {
			p.name(name)
			p.person = true
			p.otherName = r.take(person.child("OtherName"))
			p.birth, p.nationality = r.take(person.child("BirthDate")), r.take(person.child("NationalityID"))
			return
		}
	}
	for _, contact := range contacts {
		p.name(r.take(contact.child("Name")))
	}
}

// personName puts together what a person is called.
func (r *ublReader) personName(person *node) value {
	var pieces []string
	for _, name := range [...]string{"FirstName", "MiddleName", "FamilyName"} {
		if piece := r.take(person.child(name)); piece.text != "" {
			pieces = append(pieces, piece.text)
		}
	}
	return value{strings.Join(pieces, " "), person.path()}
}

// contact keeps the name of a contact and the domain of the address, and nothing else.
func (r *ublReader) contact(p *ublParty, n *node) {
	for _, c := range n.all("Name") {
		p.people = append(p.people, r.take(c))
	}
	for _, c := range n.all("ElectronicMail") {
		r.used[c] = true
		p.mails = append(p.mails, c.text())
	}
}

// location reads where goods go or a party is: an address, or a place known by a number or name alone.
func (r *ublReader) location(p *ublParty, n *node) {
	p.addresses = append(p.addresses, n.all("Address")...)
	r.number(p, n.child("ID"), "own")
	for _, c := range n.all("Name") {
		p.name(r.take(c))
	}
}

func (p *ublParty) name(v value) {
	if v.text = clean(v.text); v.text == "" {
		return
	}
	for _, known := range p.names {
		if known.text == v.text {
			return
		}
	}
	if len(p.names) <= ublMost {
		p.names = append(p.names, v)
	}
}

func (p *ublParty) number(kind string, v value) {
	if v.text != "" && len(p.numbers) <= ublMost {
		p.numbers = append(p.numbers, ublNumber{kind, v})
	}
}

// number reads a number with its scheme. plain is the kind of one that names none. An address of the net is no number:
// its domain is kept.
func (r *ublReader) number(p *ublParty, id *node, plain string) {
	if id == nil {
		return
	}
	if v := id.text(); strings.Contains(v.text, "@") {
		r.used[id] = true
		p.mails = append(p.mails, v)
		return
	}
	kind, number := ublKind(id)
	if kind == "" {
		kind = plain
	}
	r.used[id] = true
	p.number(kind, number)
}

// ublSchemes are the kinds of numbers that say nothing of a country, by their scheme: ISO 6523 and Peppol codes, and
// what people write. Other schemes are kinds of their own.
var ublSchemes = map[string]string{
	"0088": "gln", "gln": "gln", "ean": "gln", "gs1": "gln", "ean location code": "gln", "0060": "duns", "duns": "duns",
	"d-u-n-s": "duns", "dun & bradstreet": "duns", "0199": "lei", "vat": "vat", "zzz": "own", "n/a": "own",
}

// ublKind returns a number's kind by its scheme or the agency that gave it; empty where neither is named. Peppol's own writing
// of a number puts the scheme before it: 0088:7300010000001.
func ublKind(id *node) (string, value) {
	v := id.text()
	scheme := strings.ToLower(clean(id.attr("schemeID").text))
	if strings.HasPrefix(scheme, "iso6523-actorid") {
		if code, number, found := strings.Cut(v.text, ":"); found {
			scheme, v.text = strings.ToLower(strings.TrimSpace(code)), strings.TrimSpace(number)
		}
	}
	if kind := ublSchemes[scheme]; kind != "" {
		return kind, v
	}
	switch id.attr("schemeAgencyID").text { // of UN/EDIFACT 3055
	case "9":
		return "gln", v
	case "16":
		return "duns", v
	}
	if strings.HasSuffix(scheme, ":vat") {
		return "vat", v
	}
	const longest = 40 // a longer one is the address of a code list
	if len(scheme) > longest || strings.Contains(scheme, "://") {
		return "", v
	}
	return scheme, v
}

// ublTaxKind returns the kind of a tax number: what the tax is called, where that is a name.
func ublTaxKind(scheme *node) string {
	for _, name := range [...]string{"ID", "TaxTypeCode"} {
		called := strings.ToLower(clean(scheme.child(name).text().text))
		const longest = 20
		if called != "" && len(called) <= longest && strings.ContainsFunc(called, unicode.IsLetter) {
			return called
		}
	}
	return "tax_id"
}

// delivery reads where the goods go and when. The party that receives and the place that it is at are one ship-to; the
// place decides the country.
func (s *ublScope) delivery(n *node) {
	r := s.reader
	p, place := ublParty{role: screening.ShipTo}, ublParty{addresses: n.all("DeliveryAddress")}
	for _, location := range n.all("DeliveryLocation") {
		r.used[location] = true
		r.location(&place, location)
	}
	for _, receiver := range n.all("DeliveryParty") {
		r.used[receiver] = true
		r.gather(&p, receiver)
	}
	p.addresses = slices.Concat(place.addresses, p.addresses)
	p.numbers = append(p.numbers, place.numbers...)
	for _, name := range place.names {
		p.name(name)
	}
	s.add(n, p)
	for _, location := range n.all("AlternativeDeliveryLocation") {
		r.used[location] = true
		other := ublParty{role: screening.ShipTo}
		r.location(&other, location)
		s.add(n, other)
	}
	s.deliveryDates(n)
}

// destination adds the country of destination, where no ship-to is known to be there.
func (s *ublScope) destination(country *node) {
	known := s.reader.countryOf(country)
	for i := range s.parties {
		if p := &s.parties[i]; p.role == screening.ShipTo && known != "" && s.reader.isAt(p, known) {
			return
		}
	}
	s.add(country, ublParty{role: screening.ShipTo, countries: []*node{country}})
}

func (r *ublReader) isAt(p *ublParty, country string) bool {
	for _, address := range p.addresses {
		if r.countryOf(address.child("Country")) == country {
			return true
		}
	}
	return false
}

// inherit takes from the line above what this line does not say: who receives it, and when.
func (s *ublScope) inherit(above *ublScope) {
	if above == nil {
		return
	}
	own := map[screening.Role]bool{}
	for i := range s.parties {
		own[s.parties[i].role] = true
	}
	for i := range above.parties {
		if !own[above.parties[i].role] {
			s.add(nil, above.parties[i])
		}
	}
	if s.performed.canonical == "" {
		s.performed = above.performed
	}
}

// add takes a party into the scope, unless nothing is said of it.
func (s *ublScope) add(at *node, p ublParty) {
	empty := len(p.names)+len(p.numbers)+len(p.mails)+len(p.sites)+len(p.countries) == 0
	for _, address := range p.addresses {
		empty = empty && address.deep().text == ""
	}
	switch {
	case empty || s.reader.err != nil:
		return
	case len(s.parties) >= ublMost:
		s.reader.tooMany(at, "parties")
		return
	case len(p.names)+len(p.numbers)+len(p.mails)+len(p.sites)+len(p.addresses)+len(p.owners)+len(p.people) > ublMost:
		s.reader.tooMany(at, "names, numbers and addresses of one party")
		return
	}
	s.parties = append(s.parties, p)
	s.write(&p)
}

func (s *ublScope) open(role screening.Role) *partyDraft {
	if s.line != nil {
		return s.line.party(role)
	}
	return s.reader.party(role)
}

// write puts a party into the order. An address in another country than the first makes a second party of it: a firm
// that sells from one country and is registered in another is at home in both.
func (s *ublScope) write(p *ublParty) {
	r := s.reader
	main := s.open(p.role)
	p.describe(main)
	pieces := map[string]bool{}
	var abroad []*node
	for _, address := range p.addresses {
		country := r.countryOf(address.child("Country"))
		if country != "" && main.party().Country != "" && main.party().Country != country {
			abroad = append(abroad, address)
			continue
		}
		r.address(main, address, pieces)
	}
	for _, country := range p.countries {
		r.country(main, country)
	}
	for _, owner := range p.owners {
		main.set("address", owner)
	}
	for _, address := range abroad {
		other := s.open(p.role)
		p.describe(other)
		r.address(other, address, map[string]bool{})
	}
	for _, person := range p.people {
		main.contact(person)
	}
}

// describe writes what a party is called and numbered.
func (p *ublParty) describe(draft *partyDraft) {
	for _, name := range p.names {
		draft.set("name", name)
	}
	if p.person {
		draft.party().Kind = screening.Person
		draft.set("alias", p.otherName)
		draft.set("date_of_birth", p.birth)
		draft.set("nationality", p.nationality)
	}
	for _, number := range p.numbers {
		draft.number(number.kind, number.value)
	}
	for _, mail := range p.mails {
		draft.email(mail)
	}
	for _, site := range p.sites {
		if host := hostOf(site.text); host != "" {
			draft.identify("domain", value{host, site.source})
		}
	}
}
