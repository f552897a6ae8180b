package documents

import (
	"context"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// cxmlScope is what parties, comments and extrinsics belong to: the order, or one line of it.
type cxmlScope struct {
	o             *cxmlOrder
	d             *draft
	line          *lineDraft // nil: the order
	at            *node      // the item of the line
	parties       map[string]*partyDraft
	endUser       *partyDraft // that extrinsics speak of
	endUserFields int
	said          map[string]bool
	overflow      []string // texts past the most that stand alone
	past          string   // source of the first of them
	weak          []value  // texts of a line by which alone nobody can tell what is bought
}

// walk reads the children of an element.
func (s *cxmlScope) walk(ctx context.Context, n *node) {
	for _, c := range n.children {
		if s.o.err != nil {
			return
		}
		if s.line == nil && s.o.orderElement(ctx, c) || s.line != nil && s.itemElement(ctx, c) {
			continue
		}
		s.element(ctx, c)
	}
}

// cxmlSilent are elements that name neither goods nor parties, or that must not leave: secrets, payment cards,
// telephone numbers, amounts, and cookies of a visit to a shop.
var cxmlSilent = map[string]bool{
	"SharedSecret": true, "CredentialMac": true, "DigitalSignature": true, "Signature": true, "Password": true,
	"Payment": true, "PCard": true, "PaymentToken": true, "PaymentPartner": true,
	"Phone": true, "Fax": true, "TelephoneNumber": true, "Email": true,
	"Money": true, "Total": true, "Tax": true, "UnitOfMeasure": true, "BuyerCookie": true, "Followup": true,
	"ControlKeys": true, "DocumentReference": true, "Tolerances": true, "Path": true, "LeadTime": true,
	"OriginalDocument": true, "Routing": true, "UserAgent": true, "Sender": true,
}

// cxmlDeep is the text of an element and of all within it that may leave.
func cxmlDeep(n *node) value {
	if n == nil {
		return value{}
	}
	var pieces []string
	var visit func(*node)
	visit = func(c *node) {
		if cxmlSilent[c.name] {
			return
		}
		if own := strings.TrimSpace(c.own); own != "" {
			pieces = append(pieces, own)
		}
		for _, inner := range c.children {
			visit(inner)
		}
	}
	visit(n)
	return value{strings.Join(pieces, " "), n.path()}
}

// element reads what may stand in an order and in a line alike. What is not known is read for its text.
func (s *cxmlScope) element(ctx context.Context, n *node) {
	switch n.name {
	case "ShipTo", "BillTo", "TermsOfDelivery":
		s.place(n)
		s.transport(ctx, n)
	case "Contact", "BusinessPartner":
		s.contact(n)
		s.transport(ctx, n)
	case "Address", "PostalAddress":
		s.add(screening.Intermediary, cxmlPartyOf(n))
	case "CarrierIdentifier":
		if n.place == 1 {
			s.carrier(n.parent)
		}
	case "IdReference":
		s.reference(n)
	case "MasterAgreementReference", "MasterAgreementIDInfo":
		s.o.contract(n.attr("agreementID"))
		s.walk(ctx, n)
	case "Comments":
		s.comments(n)
	case "Attachment":
		s.attachment(n)
	case "Extrinsic":
		s.extrinsic(ctx, n)
	default:
		if cxmlSilent[n.name] {
			return
		}
		if strings.TrimSpace(n.own) != "" {
			s.hint(n.text())
		}
		s.walk(ctx, n)
	}
}

// cxmlTransport are elements beside an address that tell how goods get there, not who is there.
var cxmlTransport = map[string]bool{
	"TransportInformation": true, "CarrierIdentifier": true, "Comments": true, "TransportTerms": true,
	"TermsOfDeliveryCode": true, "ShippingPaymentMethod": true,
}

// transport reads what an element holds besides the party that it describes.
func (s *cxmlScope) transport(ctx context.Context, n *node) {
	for _, c := range n.children {
		if cxmlTransport[c.name] {
			s.element(ctx, c)
		}
	}
}

// comments reads a comment and the names of what is attached to it.
func (s *cxmlScope) comments(n *node) {
	if cxmlSilent[n.name] {
		return
	}
	if n.name == "Attachment" {
		s.attachment(n)
		return
	}
	if own := strings.TrimSpace(n.own); own != "" && !s.said[own] && !strings.HasPrefix(own, "cid:") {
		s.say(n.text())
	}
	for _, c := range n.children {
		s.comments(c)
	}
}

// attachment reads what a file is called: by its name, or by the content id under which it comes along, where that is no
// made-up address.
func (s *cxmlScope) attachment(n *node) {
	s.hint(n.attr("name"))
	for _, c := range n.all("URL") {
		v := c.text()
		id, local := strings.CutPrefix(v.text, "cid:")
		if v.text = id; !local || !strings.Contains(id, "@") && hasWord(id) {
			s.hint(v)
		}
	}
}

// reference reads a number that stands under a name of its own.
func (s *cxmlScope) reference(n *node) {
	domain, id := n.attr("domain"), n.attr("identifier")
	for _, name := range [...]string{"Creator", "Description"} {
		s.hint(cxmlDeep(n.child(name)))
	}
	s.extra(domain.text, id)
}

// say adds a text that may tell what is bought.
func (s *cxmlScope) say(v value) {
	v.text = withoutContacts(clean(v.text))
	if v.text == "" || s.said[v.text] {
		return
	}
	s.said[v.text] = true
	switch {
	case len(s.said) > cxmlMaxTexts:
		if s.past == "" {
			s.past = v.source
		}
		s.overflow = append(s.overflow, v.text)
	case s.line != nil:
		s.line.text(v)
	default:
		s.d.set("text", v)
	}
}

// hint adds a text that says something beside the goods. Codes and numbers alone say nothing.
func (s *cxmlScope) hint(v value) {
	switch {
	case !strings.ContainsFunc(v.text, unicode.IsLetter):
	case s.line != nil:
		s.weak = append(s.weak, v)
	default:
		s.say(v)
	}
}

// flush adds the hints, and what was too much to stand alone, as one text.
func (s *cxmlScope) flush() {
	if s.line != nil && len(s.weak) > 0 && !s.named() {
		s.d.problem(problemStructure, s.line.pointer, s.weak[0].source,
			"The line has no part number of the supplier or maker, no description and no comment. What is bought cannot be told.")
	}
	for _, v := range s.weak {
		s.say(v)
	}
	if len(s.overflow) == 0 {
		return
	}
	v := value{strings.Join(s.overflow, "\n"), s.past}
	if s.line != nil {
		s.line.text(v)
	} else {
		s.d.set("text", v)
	}
}

// named tells whether a line says what is bought.
func (s *cxmlScope) named() bool {
	l := s.line.line()
	return l.SKU+l.ManufacturerPart+l.Description+l.GTIN+l.CPE+l.PURL != "" || len(l.Texts) > 0
}
