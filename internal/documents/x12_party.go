package documents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// x12Party is an N1 loop under construction.
type x12Party struct {
	code           string
	names, address []value
	state, country value
	ids            []x12Number
	mails          []value
}

// x12Number is a number that a party is known by.
type x12Number struct {
	scheme string
	v      value
}

// mostX12Numbers is how many numbers of one party are kept.
const mostX12Numbers = 50

// What a name holds at most (element 93), in old and in new versions.
const shortX12Name, longX12Name = 35, 60

func (p *x12Party) number(scheme string, v value) {
	if v.text != "" && scheme != "" && len(p.ids) < mostX12Numbers {
		p.ids = append(p.ids, x12Number{scheme, v})
	}
}

// x12Scheme names the kind of a party's number; empty where the number is not to be kept.
func x12Scheme(qualifier string) string {
	if scheme, known := x12Schemes[qualifier]; known {
		return scheme
	}
	return "x12:" + strings.ToLower(qualifier)
}

func (o *x12Order) openParty(s *x12Segment) {
	o.closeParty()
	p := &x12Party{code: s.code(1)}
	o.party = p
	if v := s.at(2); v.text != "" {
		p.names = append(p.names, v)
	}
	id := s.at(4)
	switch qualifier := s.code(3); {
	case qualifier == "38":
		p.country = id
	case qualifier == "35" || qualifier == "40":
		p.mails = append(p.mails, id)
	case qualifier == "9" && len(id.text) == len("123456789")+len("0000"):
		id.text = id.text[:len("123456789")]
		fallthrough
	default:
		p.number(x12Scheme(qualifier), id)
	}
	o.free(s, 5)
}

// partyName reads N2, which continues a name or adds another.
func (o *x12Order) partyName(s *x12Segment) {
	if o.party == nil {
		o.free(s, 1)
		return
	}
	for n := 1; n < len(s.elements); n++ {
		if v := s.at(n); strings.IndexFunc(v.text, unicode.IsLetter) >= 0 {
			o.party.names = append(o.party.names, v)
		}
	}
}

func (o *x12Order) partyStreet(s *x12Segment) {
	if o.party == nil {
		o.free(s, 1)
		return
	}
	for n := 1; n < len(s.elements); n++ {
		if v := s.at(n); v.text != "" {
			o.party.address = append(o.party.address, v)
		}
	}
}

// partyPlace reads N4: city, state, postal code, country.
func (o *x12Order) partyPlace(s *x12Segment) {
	if o.party == nil {
		o.free(s, 1)
		return
	}
	for n := 1; n <= 3; n++ {
		switch v := s.at(n); {
		case v.text == "":
		case n == 2 && o.party.state.text == "": // its two letters may be a word elsewhere: no part of the address
			o.party.state = v
		default:
			o.party.address = append(o.party.address, v)
		}
	}
	if v := s.at(4); v.text != "" {
		o.party.country = v
	}
	o.free(s, 5)
}

// spelled are the names that stand where a number belongs.
func (p *x12Party) spelled() []value {
	var names []value
	for _, id := range p.ids {
		if ediSpells(id.scheme, id.v.text) {
			names = append(names, id.v)
		}
	}
	return names
}

// closeParty adds the party of the N1 loop that ends here.
func (o *x12Order) closeParty() {
	p := o.party
	o.party = nil
	if p == nil || len(p.names)+len(p.address)+len(p.ids)+len(p.mails) == 0 && p.country.text == "" {
		return
	}
	roles := x12Roles[p.code]
	switch {
	case len(roles) > 0:
	case x12ShipFrom[p.code] && !o.sells:
		roles = []screening.Role{screening.Seller}
	default:
		roles = []screening.Role{screening.Intermediary}
	}
	if o.line != nil && roles[0] == screening.Manufacturer {
		o.line.maker(p)
		return
	}
	if roles[0] == screening.Manufacturer { // who made the goods is told by one name alone
		for i, name := range slices.Concat(p.names, p.spelled()) {
			if i > 0 {
				o.text(name)
			}
		}
	}
	for _, role := range roles {
		if !o.mayAdd() {
			return
		}
		if o.line != nil {
			p.fill(o.line.draft.party(role))
			continue
		}
		d := o.d.party(role)
		p.fill(d)
		if role == screening.Buyer && o.buyer == nil {
			o.buyer = d
		}
	}
}

// fill puts into a draft what the loop says. A second name may continue the first, or be another: both are aliases.
func (p *x12Party) fill(d *partyDraft) {
	for i := range p.names {
		p.names[i].text = withoutContacts(p.names[i].text)
		d.set("name", p.names[i])
	}
	if len(p.names) > 1 {
		d.set("alias", x12Joined(p.names, " "))
		if n := utf8.RuneCountInString(p.names[0].text); n == shortX12Name || n == longX12Name {
			d.set("alias", x12Joined(p.names, "")) // it filled its element, and may go on within a word
		}
	}
	if len(p.address) > 0 {
		d.set("address", x12Joined(p.address, ", "))
	}
	d.set("state", p.state)
	d.set("country", p.country)
	for _, id := range p.ids {
		d.identify(id.scheme, id.v)
	}
	for _, name := range p.spelled() {
		d.set("name", name)
	}
	for _, mail := range p.mails[:min(len(p.mails), mostX12Numbers)] {
		d.email(mail)
	}
}

// x12Joined joins pieces under the place of the first.
func x12Joined(pieces []value, by string) value {
	texts := make([]string, len(pieces))
	for i, v := range pieces {
		texts[i] = v.text
	}
	return value{strings.Join(slices.Compact(texts), by), pieces[0].source}
}
