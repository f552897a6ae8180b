package documents

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// envelope reads who sends the message to whom. Buyers write orders; suppliers write carts and quotations.
func (o *cxmlOrder) envelope(n *node) {
	from, to := screening.Buyer, screening.Seller
	if o.writtenBySupplier(n) {
		from, to = to, from
	}
	o.side(from, n.child("From"))
	o.side(to, n.child("To"))
	sender := n.child("Sender")
	if sender == nil {
		return
	}
	p := cxmlPartyOf(sender)
	p.ids = slices.DeleteFunc(p.ids, func(id cxmlID) bool { return o.knows(from, id) || o.knows(to, id) })
	known := func(v value) bool { return o.named(from, v.text) || o.named(to, v.text) }
	p.names, p.logins = slices.DeleteFunc(p.names, known), slices.DeleteFunc(p.logins, known)
	p.mails = nil // the address of a machine, or of one of the two sides
	o.add(screening.Intermediary, p)
}

// writtenBySupplier tells it by the message that the header belongs to: the nearest around it, else the one inside.
func (o *cxmlOrder) writtenBySupplier(header *node) bool {
	for n := header.parent; n != nil && n != o.message; n = n.parent {
		if slices.Contains(cxmlOrderNames, n.name) {
			return n.name != cxmlOrderRequest
		}
	}
	return o.message.name != cxmlOrderRequest
}

// side adds one side of the message. A marketplace that it comes through is an intermediary.
func (o *cxmlOrder) side(role screening.Role, n *node) {
	if n == nil {
		return
	}
	o.add(role, cxmlPartyOf(n))
	for _, c := range n.all("Credential") {
		if !strings.EqualFold(c.attr("type").text, "marketplace") {
			continue
		}
		market := &cxmlParty{}
		for _, identity := range c.all("Identity") {
			market.identity(c.attr("domain").text, cxmlDeep(identity))
		}
		o.add(screening.Intermediary, market)
	}
}

// knows tells whether a party of a role has a number.
func (o *cxmlOrder) knows(role screening.Role, id cxmlID) bool {
	number := clean(id.text)
	return slices.ContainsFunc(o.d.order.Parties, func(p screening.Party) bool {
		return p.Role == role &&
			slices.ContainsFunc(p.Identifiers, func(known screening.Identifier) bool { return known.Value == number })
	})
}

func (o *cxmlOrder) named(role screening.Role, name string) bool {
	return slices.ContainsFunc(o.d.order.Parties, func(p screening.Party) bool {
		return p.Role == role && (p.Name == name || slices.Contains(p.Aliases, name))
	})
}

// number adds a number to the first party of a role, which there is by now or from now on.
func (o *cxmlOrder) number(role screening.Role, kind string, v value) {
	if p := o.first(role); p != nil && len(p.party().Identifiers) < cxmlMaxPartyFields {
		p.identify(kind, v)
		return
	}
	o.hint(v)
}

// buyerMail keeps the domain of somebody who works for the buyer.
func (o *cxmlOrder) buyerMail(v value) {
	if !strings.Contains(v.text, "@") {
		return
	}
	if p := o.first(screening.Buyer); p != nil && len(p.party().Identifiers) < cxmlMaxPartyFields {
		p.email(v)
		return
	}
	o.hint(v)
}

func (o *cxmlOrder) first(role screening.Role) *partyDraft {
	i := slices.IndexFunc(o.d.order.Parties, func(p screening.Party) bool { return p.Role == role })
	if i < 0 {
		return o.newParty(role)
	}
	return &partyDraft{d: o.d, party: func() *screening.Party { return &o.d.order.Parties[i] }, pointer: indexed("/parties", i)}
}

// place reads where goods go, who pays, and where a term of delivery ends.
func (s *cxmlScope) place(n *node) {
	p := cxmlPartyOf(n)
	switch n.name {
	case "ShipTo":
		s.add(screening.ShipTo, p)
	case "BillTo":
		s.add(screening.BillTo, p)
		if s.line == nil && !p.empty() {
			s.o.billTo = append(s.o.billTo, p)
		}
	default:
		s.add(screening.Intermediary, p)
	}
}

// unit reads the part of the buyer that buys, where it is called by name.
func (o *cxmlOrder) unit(n *node) {
	reference := n.child("IdReference")
	p := &cxmlParty{}
	p.name(cxmlDeep(reference.child("Description")))
	if len(p.names) == 0 {
		o.hint(cxmlNamed(reference.attr("domain").text, reference.attr("identifier")))
		return
	}
	p.number("own", reference.attr("identifier"))
	o.add(screening.Buyer, p)
}

// carrier reads who carries the goods. Several identifiers beside one another are of one carrier.
func (s *cxmlScope) carrier(n *node) {
	p := &cxmlParty{}
	for _, c := range n.all("CarrierIdentifier") {
		v, kind := cxmlDeep(c), strings.ToLower(c.attr("domain").text)
		if kind == "companyname" || cxmlIsName(v.text) {
			p.name(v)
		} else {
			p.number(kind, cxmlPublic(v))
		}
	}
	s.add(screening.Intermediary, p)
}

// cxmlRoles are the roles of contacts and business partners, as keyOf writes them.
var cxmlRoles = map[string]screening.Role{
	"enduser": screening.EndUser, "endcustomer": screening.EndUser, "ultimatecustomer": screening.EndUser,
	"ultimateconsignee": screening.EndUser, "ultimateuser": screening.EndUser, "user": screening.EndUser,
	"licensee": screening.EndUser, "subsequentbuyer": screening.EndUser, "markfor": screening.EndUser,

	"buyer": screening.Buyer, "buyercorporate": screening.Buyer, "buyeraccount": screening.Buyer, "buyerparty": screening.Buyer,
	"buyermasteraccount": screening.Buyer, "soldto": screening.Buyer, "orderedby": screening.Buyer, "purchaser": screening.Buyer,
	"customer": screening.Buyer, "buyerheadquarters": screening.Buyer,

	"suppliercorporate": screening.Seller, "suppliermasteraccount": screening.Seller, "supplieraccount": screening.Seller,
	"supplier": screening.Seller, "seller": screening.Seller, "sellerparty": screening.Seller, "vendor": screening.Seller,
	"soldby": screening.Seller, "supplierheadquarters": screening.Seller, "correspondent": screening.Seller,

	"shipto": screening.ShipTo, "shiptocorporate": screening.ShipTo, "consignee": screening.ShipTo, "deliverto": screening.ShipTo,
	"receiver": screening.ShipTo, "receivingcontact": screening.ShipTo, "locationto": screening.ShipTo,

	"billto": screening.BillTo, "billing": screening.BillTo, "payer": screening.BillTo, "invoicee": screening.BillTo,
	"remitto": screening.Payee, "payee": screening.Payee, "payeecontact": screening.Payee, "receivingbank": screening.Payee,
	"billfrom": screening.Payee, "issuerofinvoice": screening.Payee,
}

// cxmlDesks are people and desks of one side. An order's speak for their side; a line's must not stand in the place of
// the firm, and go between the two.
var cxmlDesks = map[string]screening.Role{
	"requester": screening.Buyer, "requestor": screening.Buyer, "purchasingagent": screening.Buyer, "orderingcontact": screening.Buyer,
	"administrator": screening.Buyer, "buyercontact": screening.Buyer, "buyeragent": screening.Buyer,
	"sales": screening.Seller, "suppliercontact": screening.Seller, "salesrepresentative": screening.Seller,
}

// contact reads a contact or business partner by its role. Who has no role that is known goes between the two sides.
func (s *cxmlScope) contact(n *node) {
	p, key := cxmlPartyOf(n), keyOf(n.attr("role").text)
	if key == "manufacturer" && s.line != nil {
		for _, v := range p.names {
			s.more("manufacturer", v)
		}
		return
	}
	role, ok := cxmlRoles[key]
	if desk, is := cxmlDesks[key]; is && s.line == nil {
		role, ok = desk, true
	}
	switch {
	case key == "manufacturer":
		role = screening.Manufacturer
	case !ok:
		role = screening.Intermediary
	}
	if role == screening.BillTo && s.line == nil && !p.empty() {
		s.o.billTo = append(s.o.billTo, p)
	}
	s.add(role, p)
}
