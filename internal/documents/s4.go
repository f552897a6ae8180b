package documents

import (
	"context"
	"fmt"
	"strings"

	"github.com/interdict/interdict/screening"
)

// s4Format reads the purchase order that SAP S/4HANA sends by its B2B web service: OrderRequest, in a SOAP envelope or
// bare. Its namespace differs between the sender's and the receiver's service and between middleware, so names decide.
var s4Format = format{id: "s4", name: "SAP S/4HANA OrderRequest", recognise: s4Recognise, read: s4Read}

// s4Namespaces begin the namespaces of SAP's web services.
const s4Namespaces = "http://sap.com/xi/"

// s4Recognise takes the order, and all else that SAP's services send so as to refuse it by name.
func s4Recognise(s *source) bool {
	payload := sapPayload(s.xml)
	if payload == nil {
		return false
	}
	if strings.HasPrefix(payload.space, s4Namespaces) {
		return true
	}
	return payload.child("MessageHeader") != nil && (payload.child("Order") != nil || payload.child("OrderConfirmation") != nil)
}

// s4Refused are the messages of the same services that hold no order.
var s4Refused = []struct{ begins, what string }{
	{"OrderConf", "an order confirmation"},
	{"OrderResponse", "an order confirmation"},
	{"Delivery", "a delivery notification"},
	{"Invoice", "an invoice"},
	{"SupplierInvoice", "an invoice"},
	{"GoodsMovement", "a goods movement"},
	{"SchedulingAgreement", "a scheduling agreement"},
	{"PurchaseContract", "a contract"},
	{"RequestForQuotation", "a request for a quotation"},
	{"SupplierQuotation", "a quotation"},
	{"ServiceEntrySheet", "a service entry sheet"},
}

func s4Read(ctx context.Context, s *source, c *collector) error {
	if s.xml == nil && s.fault != nil {
		return s.fault
	}
	payload := sapPayload(s.xml)
	if payload == nil {
		return malformed("", "This is no OrderRequest of SAP S/4HANA: want XML with the element OrderRequest.")
	}
	orders := payload.all("Order")
	if payload.name == "Order" {
		orders = []*node{payload}
	} else if !strings.HasPrefix(payload.name, "OrderRequest") {
		return s4Refusal(payload)
	}
	if len(orders) == 0 {
		return malformed(payload.path(), "The OrderRequest holds no Order.")
	}
	for i, n := range orders {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		if err := s4Order(ctx, n, payload.child("MessageHeader"), c.order()); err != nil {
			return err
		}
	}
	return nil
}

func s4Refusal(payload *node) error {
	what := ""
	for _, r := range s4Refused {
		if strings.HasPrefix(payload.name, r.begins) {
			what = ", " + r.what + ","
			break
		}
	}
	return &Error{Kind: Unsupported, Detail: fmt.Sprintf("This is %s of SAP%s which is not read here. Send the OrderRequest.", quoteShort(payload.name), what), At: payload.path()}
}

// s4OrderFields are elements of an order that are read by name, or that hold a code, an amount or a secret.
var s4OrderFields = sapSet(`ActionCode PurchaseOrderID PurchasingDocumentType PurchaseOrderCreationDate
	PurchaseOrderLastChangeDate PurchaseOrderDocumentDateTime TransactionCurrency BuyerCompanyCodeCurrency
	BuyerVATRegistration SupplierVATRegistration CompanyCodeName PurchaseContract RequestedDeliveryDate
	RequestedDeliveryDateTime CorrespondenceLanguage TextElementLanguage PaymentCard PaymentTerms HeaderIncoterms
	Party Text OrderItem`)

// s4MayRepeat are elements without parts of which there may be several.
var s4MayRepeat = map[string]bool{"Text": true, "Attachment": true}

// s4Reader reads one order.
type s4Reader struct {
	d      *draft
	texts  sapTexts
	buyer  *partyDraft
	seller *partyDraft
}

func s4Order(ctx context.Context, n, message *node, d *draft) error {
	r := &s4Reader{d: d, texts: sapOrderTexts(d)}
	items := n.all("OrderItem")
	if err := sapLimits(n, "OrderItem"); err != nil {
		return err
	}
	r.texts.repeated(n, s4MayRepeat)
	d.set("reference", n.child("PurchaseOrderID").text())
	d.set("currency", n.child("TransactionCurrency").text())
	d.set("contract", n.child("PurchaseContract").text())
	r.dates(n, message)
	for _, p := range n.all("Party") {
		r.party(p)
	}
	r.sides(n)
	for _, t := range n.all("Text") {
		s4Text(t, r.texts)
	}
	s4Rest(n, s4OrderFields, s4Place{r.texts, r.d.party, r.party})
	actions := make([]sapAction, len(items))
	for i, item := range items {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		actions[i] = r.item(item)
	}
	r.document(n, actions)
	return nil
}

// dates sets when the order was made. A change is made when it is made: the date of the order that it changes would
// date what it adds too early. The instant of the message stands for a date that is missing, be it the change's.
func (r *s4Reader) dates(n, message *node) {
	ordered := s4Either(n, "PurchaseOrderDocumentDateTime", "PurchaseOrderCreationDate")
	changed, sent := sapDateIn(n, "PurchaseOrderLastChangeDate", ""), sapDateIn(message, "CreationDateTime", "")
	if changed.canonical == "" {
		changed = sent
	}
	if ordered.canonical == "" {
		ordered = sent
	}
	if n.child("ActionCode").text().text == "02" {
		ordered = ordered.later(changed)
	}
	ordered.report(r.d, "/ordered_at")
	r.d.setRead("ordered_at", ordered.value, ordered.canonical)
	fulfilled := s4Delivery(n)
	fulfilled.report(r.d, "/fulfil_at")
	r.d.setRead("fulfil_at", fulfilled.value, fulfilled.canonical)
}

// s4Delivery is the requested delivery of an order or schedule line: as an instant where there is one.
func s4Delivery(n *node) sapDate {
	if d := sapDateIn(n, "RequestedDeliveryDateTime", ""); d.canonical != "" {
		return d
	}
	return sapDateIn(n, "RequestedDeliveryDate", "RequestedDeliveryTime")
}

func (r *s4Reader) party(n *node) {
	p := s4Party(n, r.texts, r.d.party)
	if p == nil {
		return
	}
	switch p.party().Role {
	case screening.Buyer:
		r.buyer = s4First(r.buyer, p)
	case screening.Seller:
		r.seller = s4First(r.seller, p)
	}
}

func s4First(first, other *partyDraft) *partyDraft {
	if first != nil {
		return first
	}
	return other
}

// sides adds to the buyer and the seller what stands outside their elements. Where there is no such party, it is text:
// a side that is known by a tax number alone would stand for one that the caller's profile knows better.
func (r *s4Reader) sides(n *node) {
	for _, f := range []struct {
		element, kind string
		side          *partyDraft
	}{
		{"BuyerVATRegistration", "vat", r.buyer}, {"SupplierVATRegistration", "vat", r.seller}, {"CompanyCodeName", "", r.buyer},
	} {
		v := n.child(f.element).text()
		switch {
		case f.side == nil:
			r.texts.add(v)
		case f.kind == "":
			f.side.set("name", v)
		default:
			f.side.identify(f.kind, v)
		}
	}
}

// document sets what the document is, by its own codes alone: the order's or those of all its items.
func (r *s4Reader) document(n *node, actions []sapAction) {
	action := n.child("ActionCode").text()
	switch action.text {
	case "", "01", "02", "03", "04", "05", "06":
	default:
		r.d.problem(problemStructure, "/document", action.source, "The action %s is not known: want 01 to 06.", quoteShort(action.text))
	}
	switch {
	case action.text == "03" || action.text == "05" || sapAll(actions, sapDeleted):
		r.d.kind(screening.CancelDocument)
	case sapAll(actions, sapReturned) || sapReturnTypes[strings.ToUpper(n.child("PurchasingDocumentType").text().text)]:
		r.d.kind(screening.ReturnDocument)
	case len(actions) == 0 && action.text != "02":
		r.d.problem(problemStructure, "/lines", n.path(), "The order has no OrderItem.")
	}
}

// s4Text adds a text. Its language is a code.
func s4Text(n *node, t sapTexts) {
	if len(n.children) == 0 {
		t.add(n.text())
		return
	}
	for _, c := range n.children {
		switch {
		case c.name == "TextElementLanguage":
		case len(c.children) > 0:
			s4Text(c, t) // depth is limited
		default:
			t.add(c.text())
		}
	}
}

// s4Place is where goes what stands in elements that are not read by name: the order, or one of its lines.
type s4Place struct {
	texts sapTexts
	open  func(screening.Role) *partyDraft
	party func(*node) // takes a Party
}

// s4Silent are elements that hold cards or languages, wherever they stand.
var s4Silent = sapSet(`PaymentCard TextElementLanguage CorrespondenceLanguage`)

// s4Rest reads the elements within that are not read by name, such as fields of a firm's own. read holds what was read
// of n itself: in elements of another kind the same names say something else.
func s4Rest(n *node, read map[string]bool, to s4Place) {
	for _, c := range n.children {
		switch {
		case c.name == "BinaryObject":
			to.texts.add(c.attr("FileName"))
		case read[c.name] || s4Silent[c.name]:
		case c.name == "Party":
			to.party(c)
		case c.name == "Attachment": // its own text is the file itself
			to.texts.add(c.attr("FileName"))
			s4Rest(c, nil, to)
		case strings.HasSuffix(c.name, "Address") && s4Country(c):
			s4AddressParty(c, to)
		case len(c.children) == 0:
			if v := c.text(); s4Says(c.name, v.text) {
				to.texts.add(v)
			}
		default:
			if v := c.text(); sapWords(v.text) {
				to.texts.add(v)
			}
			s4Rest(c, nil, to)
		}
	}
}

// s4Says tells text that may name something. The number of a product is text whatever it looks like.
func s4Says(name, text string) bool {
	switch name {
	case "SupplierProductID", "BuyerProductID", "ManufacturerProductID", "ManufacturerPartNumber":
		return text != ""
	}
	return sapWords(text) && !strings.HasSuffix(name, "UUID")
}

func s4Country(n *node) bool {
	found := false
	n.each(func(c *node) {
		found = found || (c.name == "Country" || c.name == "CountryCode") && c.text().text != ""
	})
	return found
}

// s4AddressParty makes a party of an address that stands outside parties. Where its name does not tell what it is for,
// somebody who takes part in the deal is there.
func s4AddressParty(n *node, to s4Place) {
	role := screening.Intermediary
	switch name := strings.ToLower(n.name); {
	case strings.Contains(name, "deliver"), strings.Contains(name, "ship"):
		role = screening.ShipTo
	case strings.Contains(name, "bill"), strings.Contains(name, "invoic"):
		role = screening.BillTo
	}
	s4PartyFields(n, to.open(role), to.texts)
}
