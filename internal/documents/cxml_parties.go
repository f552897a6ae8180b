package documents

import (
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// cxmlParty is what a document says of one party.
type cxmlParty struct {
	names, logins []value // a login, or a firm's one word in a network, is a name where there is no other
	aliases       []value
	address       []value
	states        []value
	countries     []value
	ids           []cxmlID
	mails         []value
	postal        bool    // an address is filled in
	more          []*node // further addresses
}

type cxmlID struct {
	kind string
	value
}

// cxmlPartyOf reads the party that an element describes, be it an Address, a Contact or what holds one.
func cxmlPartyOf(n *node) *cxmlParty {
	p := &cxmlParty{}
	if n.name == "PostalAddress" {
		p.postalAddress(n)
	} else {
		p.fill(n)
	}
	return p
}

// fill reads names, addresses and numbers, wherever they stand in the element.
func (p *cxmlParty) fill(n *node) {
	p.countries = cxmlAppend(p.countries, n.attr("isoCountryCode"))
	p.number(cxmlFirst(n.attr("addressIDDomain"), value{text: "own"}).text, n.attr("addressID"))
	if slices.ContainsFunc(n.children, func(c *node) bool { return cxmlPostal[c.name] }) {
		p.postalAddress(n) // without an element around it
	}
	for _, c := range n.children {
		switch c.name {
		case "Name":
			p.name(cxmlDeep(c))
		case "PostalAddress":
			p.postalAddress(c)
		case "Address", "Contact", "Correspondent", "SupplierLocation":
			p.fill(c)
		case "Email":
			p.mails = cxmlAppend(p.mails, c.text())
		case "URL":
			p.site(c.text())
		case "IdReference":
			p.reference(c)
		case "Credential":
			p.credential(c)
		case "SupplierID":
			p.identity(c.attr("domain").text, cxmlDeep(c))
		case "Extrinsic":
			p.extrinsic(c)
		default:
			if !cxmlPostal[c.name] && !cxmlSilent[c.name] && !cxmlTransport[c.name] && len(p.aliases) <= cxmlMaxPartyFields {
				p.aliases = cxmlAppend(p.aliases, cxmlPublic(cxmlDeep(c)))
			}
		}
	}
}

// name adds a name. An e-mail address that stands in its place does not leave.
func (p *cxmlParty) name(v value) {
	if strings.Contains(v.text, "@") {
		p.mails = append(p.mails, v)
	}
	p.names = cxmlAppend(p.names, cxmlPublic(v))
}

// cxmlPostal are the elements of an address.
var cxmlPostal = map[string]bool{
	"DeliverTo": true, "Street": true, "City": true, "Municipality": true, "State": true, "PostalCode": true, "Country": true,
}

// postalAddress reads an address. Whom it is delivered to may be another firm: it is a name, and part of the address.
func (p *cxmlParty) postalAddress(n *node) {
	if p.postal {
		p.more = append(p.more, n)
		return
	}
	p.postal = true
	town, at := []string{}, ""
	state := value{}
	for _, c := range n.children {
		v := cxmlPublic(cxmlDeep(c))
		switch c.name {
		case "DeliverTo":
			p.address = cxmlAppend(p.address, v)
			p.aliases = cxmlAppend(p.aliases, v)
		case "State":
			state = cxmlFirst(v, c.attr("isoStateCode"))
			p.states = cxmlAppend(p.states, state)
			town = append(town, state.text)
		case "City", "PostalCode":
			town = append(town, v.text)
			at = cxmlFirst(value{text: at}, value{text: c.path()}).text
		case "Country":
			p.countries = cxmlAppend(cxmlAppend(p.countries, c.attr("isoCountryCode")), v)
		case "Extrinsic":
			if n.name == "PostalAddress" {
				p.extrinsic(c)
			}
		default:
			if cxmlPostal[c.name] || n.name == "PostalAddress" && !cxmlSilent[c.name] {
				p.address = cxmlAppend(p.address, v)
			}
		}
	}
	if at == "" {
		at = state.source
	}
	// In one piece, so that a town that is called as a country is does not end the address.
	p.address = cxmlAppend(p.address, value{clean(strings.Join(town, " ")), at})
}

// site keeps the host of an address on the net.
func (p *cxmlParty) site(v value) {
	host := v.text
	if _, after, found := strings.Cut(host, "://"); found {
		host = after
	}
	host, _, _ = strings.Cut(host, "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	host, _, _ = strings.Cut(host, ":")
	if strings.Contains(host, ".") && !strings.ContainsAny(host, " ?#") {
		p.number("domain", value{strings.ToLower(host), v.source})
	}
}

func (p *cxmlParty) reference(n *node) {
	kind, _ := cxmlScheme(n.attr("domain").text)
	p.number(kind, n.attr("identifier"))
	p.aliases = cxmlAppend(p.aliases, cxmlPublic(cxmlDeep(n.child("Description"))))
}

// credential reads who a party is to a network. SharedSecret is never looked at.
func (p *cxmlParty) credential(n *node) {
	if strings.EqualFold(n.attr("type").text, "marketplace") {
		return
	}
	for _, c := range n.all("Identity") {
		p.identity(n.attr("domain").text, cxmlDeep(c))
	}
}

// identity reads a number in a network or register, in whose place people write names and e-mail addresses too.
func (p *cxmlParty) identity(domain string, v value) {
	v.text = clean(v.text)
	switch kind, _ := cxmlScheme(domain); {
	case strings.Contains(v.text, "@"):
		p.mails = append(p.mails, v)
	case cxmlIsName(v.text):
		p.names = append(p.names, v)
	default:
		if cxmlIsWord(v.text) {
			p.logins = append(p.logins, v)
		}
		p.number(kind, v)
	}
}

// cxmlIsName tells a name of several words from a number.
func cxmlIsName(text string) bool {
	words := 0
	for _, word := range strings.Fields(text) {
		if strings.ContainsFunc(word, unicode.IsLetter) {
			words++
		}
	}
	return words > 1
}

// cxmlIsWord tells a word that may be a name from a number: most of it is letters.
func cxmlIsWord(text string) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters > 1 && 2*digits <= letters
}

func (p *cxmlParty) extrinsic(n *node) {
	key := keyOf(n.attr("name").text)
	kind, register := cxmlScheme(key)
	switch v := cxmlDeep(n); {
	case v.text == "" || isSecret(key, v.text) || cxmlIsPhone(key, v.text) || cxmlIsFlag(v.text):
	case cxmlIsMail(key) && strings.Contains(v.text, "@"):
		p.mails = append(p.mails, v)
	case register:
		p.number(kind, cxmlPublic(v))
	case cxmlContains(key, "name", "company", "organi", "department", "attention"):
		p.aliases = cxmlAppend(p.aliases, cxmlPublic(v))
	default:
		p.address = cxmlAppend(p.address, cxmlPublic(v))
	}
}

func (p *cxmlParty) number(kind string, v value) {
	if v.text != "" && kind != "" && !strings.Contains(v.text, "@") {
		p.ids = append(p.ids, cxmlID{kind, v})
	}
}

func (p *cxmlParty) empty() bool {
	return len(p.names)+len(p.logins)+len(p.aliases)+len(p.address)+len(p.countries)+len(p.ids)+len(p.mails) == 0
}

// cxmlScheme turns the domain of a number into its type, and tells whether it is one of a public register.
func cxmlScheme(domain string) (kind string, register bool) {
	switch key := keyOf(domain); key {
	case "duns", "dunsnumber", "dunsid":
		return "duns", true
	case "gln", "glnid", "globallocationnumber":
		return "gln", true
	case "vat", "vatid", "vatnumber", "vatno", "vatregistrationnumber", "ustid", "vatregistration":
		return "vat", true
	case "tax", "taxid", "taxnumber", "taxregistrationnumber", "federaltaxid", "suppliertaxid", "statetaxid", "provincialtaxid", "ustin":
		return "tax_id", true
	case "gstid", "gst":
		return "gst", true
	case "cage", "cagecode", "uei", "sam", "ein", "lei":
		return key, true
	case "", "own", "id", "number", "private", "privateid", "internalid", "systemid", "internalsupplierid", "supplierid", "buyerid", "buyerlocationid":
		return "own", false
	default:
		if namesSecret(key) || key == "accountid" {
			return "", false
		}
	}
	return strings.ToLower(clean(domain)), false
}

// key is by what the same party is known again.
func (p *cxmlParty) key(role screening.Role) string {
	parts := []string{string(role)}
	add := func(values []value) {
		for _, v := range values {
			parts = append(parts, v.text)
		}
		parts = append(parts, "")
	}
	if len(p.names) > 0 {
		add(p.names[:1])
		add(p.address)
		add(p.countries[:min(1, len(p.countries))])
		return strings.Join(parts, "\x00")
	}
	for _, values := range [...][]value{p.logins, p.aliases, p.address, p.countries, p.mails} {
		add(values)
	}
	for _, id := range p.ids {
		parts = append(parts, id.kind, id.text)
	}
	return strings.Join(parts, "\x00")
}

// add adds a party to the scope. One that was named before in the same role gains the numbers only.
func (s *cxmlScope) add(role screening.Role, p *cxmlParty) {
	if p.empty() {
		return
	}
	if len(p.ids)+len(p.mails)+len(p.names)+len(p.aliases) > cxmlMaxPartyFields {
		s.o.tooMany("A party has more than %d names and numbers.", cxmlMaxPartyFields)
		return
	}
	if s.line == nil && role == screening.Buyer && len(p.names)+len(p.address)+len(p.countries) > 0 {
		s.o.buyerKnown = true
	}
	key := p.key(role)
	draft := s.parties[key]
	if draft == nil {
		if draft = s.newParty(role); draft == nil {
			return
		}
		s.parties[key] = draft
		s.describe(p, draft)
	}
	for _, id := range p.ids {
		draft.identify(id.kind, id.value)
	}
	for _, v := range p.mails {
		draft.email(v)
	}
	for _, n := range p.more {
		if s.o.err != nil {
			return
		}
		further := &cxmlParty{names: p.names, logins: p.logins}
		further.postalAddress(n)
		s.add(role, further)
	}
}

// newParty begins a party of the scope; nil where there are too many.
func (s *cxmlScope) newParty(role screening.Role) *partyDraft {
	if s.line != nil {
		return s.line.party(role)
	}
	if len(s.d.order.Parties) >= cxmlMaxParties {
		s.o.tooMany("The order names more than %d parties.", cxmlMaxParties)
		return nil
	}
	return s.d.party(role)
}

// describe fills a party's names and addresses.
func (s *cxmlScope) describe(p *cxmlParty, draft *partyDraft) {
	for _, v := range slices.Concat(p.names, p.logins) {
		if v.text != draft.party().Name && !slices.Contains(draft.party().Aliases, v.text) {
			draft.set("name", v)
		}
	}
	for _, v := range p.aliases {
		if v.text != draft.party().Name && !slices.Contains(draft.party().Aliases, v.text) {
			draft.set("alias", v)
		}
	}
	var address []string
	var at string
	for _, v := range p.address {
		if v.text == draft.party().Name {
			continue
		}
		if address = append(address, v.text); at == "" {
			at = v.source
		}
	}
	draft.set("address", value{strings.Join(address, ", "), at})
	if len(p.states) > 0 {
		draft.set("state", p.states[0])
	}
	s.country(p, draft)
}

// country reads where a party is: by code, else by name. One that is written twice and differs is a problem, and the
// party is judged in both countries.
func (s *cxmlScope) country(p *cxmlParty, draft *partyDraft) {
	var known []string
	var unknown []value
	for _, v := range p.countries {
		country, ok := s.d.country(v.text)
		switch {
		case !ok:
			unknown = append(unknown, v)
		case len(known) == 0:
			known = append(known, country)
			draft.set("country", v)
		case !slices.Contains(known, country):
			known = append(known, country)
			draft.set("country", v) // a second party is made of it
		}
	}
	if len(known) == 0 && len(unknown) > 0 {
		draft.set("country", unknown[0])
		return
	}
	for _, v := range unknown { // a name in another language beside a code is no problem
		if strings.Contains(v.source, "/@") {
			s.d.problem(problemCountry, draft.pointer+"/country", v.source,
				"%s is no code of a country. The name beside it was taken.", quoteShort(v.text))
		}
	}
}
