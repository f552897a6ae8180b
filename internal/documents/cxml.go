package documents

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// cxmlFormat reads cXML: an OrderRequest, wherever it stands in the document, and a PunchOutOrderMessage or
// QuoteMessage that lists items, since these are the order that somebody is about to place.
var cxmlFormat = format{id: "cxml", name: "cXML OrderRequest", recognise: isCXML, read: readCXML}

// The messages that list what is bought.
const (
	cxmlOrderRequest = "OrderRequest"
	cxmlCart         = "PunchOutOrderMessage"
	cxmlQuote        = "QuoteMessage"
)

var (
	cxmlOrderNames = []string{cxmlOrderRequest, cxmlCart, cxmlQuote}
	cxmlItemNames  = []string{"ItemOut", "ItemIn", "QuoteItemIn"}
)

// isCXML takes every cXML document, so that those that are no order are refused by their own name. Some senders leave
// the envelope out.
func isCXML(s *source) bool {
	root := s.xml
	switch {
	case root == nil:
		return false
	case strings.EqualFold(root.name, "cXML"):
		return true
	case root.space != "":
		return false
	case root.name == "Index":
		return root.child("IndexItem") != nil
	}
	return slices.Contains(cxmlOrderNames, root.name) && root.child(root.name+"Header") != nil
}

// readCXML makes an order of each message that lists what is bought.
func readCXML(ctx context.Context, s *source, c *collector) error {
	if s.xml == nil {
		if s.fault != nil {
			return s.fault
		}
		return malformed("", "This is no XML document, and so no cXML order.")
	}
	messages := cxmlFind(s.xml, cxmlOrderNames, nil)
	messages = slices.DeleteFunc(messages, func(n *node) bool {
		return n.name != cxmlOrderRequest && len(cxmlFind(n, cxmlItemNames, nil)) == 0
	})
	if len(messages) == 0 {
		return cxmlRefusal(s.xml)
	}
	items := 0
	for _, n := range messages {
		items += len(cxmlFind(n, cxmlItemNames, nil))
	}
	if items > MaxLines {
		const detail = "The document lists %d items; a call takes %d at most. Send it as a batch."
		return &Error{Kind: TooLarge, Detail: fmt.Sprintf(detail, items, MaxLines)}
	}
	for _, n := range messages {
		if err := readCXMLOrder(ctx, c, n); err != nil {
			return err
		}
	}
	return nil
}

// cxmlFind appends the topmost elements of the names to found, in the order of the document.
func cxmlFind(n *node, names []string, found []*node) []*node {
	if slices.Contains(names, n.name) {
		return append(found, n)
	}
	for _, c := range n.children {
		found = cxmlFind(c, names, found)
	}
	return found
}

// cxmlOther says what the other messages are that come on the same pipe.
var cxmlOther = map[string]string{
	"ProfileRequest": "a question for what a server can do", "ProfileResponse": "a server's list of what it can do",
	"PunchOutSetupRequest": "the start of a visit to a shop", "PunchOutSetupResponse": "the start of a visit to a shop",
	"ShipNoticeRequest": "a shipping notice", "ConfirmationRequest": "an order confirmation",
	"InvoiceDetailRequest": "an invoice", "InvoiceRequest": "an invoice", "ReceiptRequest": "a goods receipt",
	"StatusUpdateRequest": "a status report", "PaymentRemittanceRequest": "a remittance advice",
	"CatalogUploadRequest": "a catalogue", "Index": "a catalogue", "ProductActivityMessage": "a stock report",
	"MasterAgreementRequest": "a master agreement", "PurchaseRequisitionRequest": "a requisition that nobody has ordered yet",
	"QuoteRequest": "a request for a quotation", "OrderStatusRequest": "a question for an order's status",
	"Response": "an answer to another message", cxmlCart: "a cart that lists no items", cxmlQuote: "a quotation that lists no items",
}

// cxmlRefusal names the message that the document holds instead of an order.
func cxmlRefusal(root *node) error {
	name, at := root.name, root
	for _, envelope := range [...]string{"Request", "Message", "Response"} {
		n := root.child(envelope)
		if n == nil {
			continue
		}
		at = n
		if envelope == "Response" {
			name = envelope
		}
		for _, c := range n.children {
			if c.name != "Status" {
				name, at = c.name, c
				break
			}
		}
		break
	}
	detail := "This cXML document holds no order."
	switch what := cxmlOther[name]; {
	case what != "":
		detail = fmt.Sprintf("This cXML document is no order: %s is %s.", name, what)
	case name != root.name:
		detail = fmt.Sprintf("This cXML document is no order but %s.", quoteShort(name))
	}
	detail += " Send the OrderRequest, or a PunchOutOrderMessage or QuoteMessage with its items."
	return &Error{Kind: Unsupported, Detail: detail, At: at.path()}
}

// cxmlOrder is an order that is being read.
type cxmlOrder struct {
	cxmlScope                  // of the order itself
	root       *node           // the cXML element, or the message where there is no envelope
	message    *node           // the OrderRequest, PunchOutOrderMessage or QuoteMessage
	kind       value           // new, update or delete
	supplier   value           // the supplier's own number of the order
	contracts  map[string]bool // numbers of contracts that were said
	deliveries []value         // when it is to be delivered
	start, end value           // the term of a blanket order
	buyerKnown bool            // a buyer is named or located
	billTo     []*cxmlParty
	lines      []*lineDraft
	numbers    map[string]bool // of the lines
	parents    []cxmlParent
	returned   int
	err        error
}

// cxmlParent says which line another belongs to.
type cxmlParent struct {
	pointer string
	number  value
}

// The most that is read of one order. What goes beyond is no order that anybody wrote.
const (
	cxmlMaxParties     = 200
	cxmlMaxTexts       = 200 // of one line, or of the order; what follows becomes one text
	cxmlMaxContracts   = 100
	cxmlMaxPartyFields = 100
)

func readCXMLOrder(ctx context.Context, c *collector, message *node) error {
	o := &cxmlOrder{
		root: cxmlEnvelope(message), message: message, contracts: map[string]bool{}, numbers: map[string]bool{},
	}
	o.cxmlScope = cxmlScope{o: o, d: c.order(), parties: map[string]*partyDraft{}, said: map[string]bool{}}
	if header := o.root.child("Header"); header != nil {
		o.envelope(header)
	}
	o.walk(ctx, message)
	if o.err != nil {
		return o.err
	}
	o.finish()
	return o.err
}

// cxmlEnvelope is the nearest cXML element around a message, else the message itself.
func cxmlEnvelope(message *node) *node {
	for n := message.parent; n != nil; n = n.parent {
		if strings.EqualFold(n.name, "cXML") {
			return n
		}
	}
	return message
}

// header reads the fields that stand in the attributes of an order's header.
func (o *cxmlOrder) header(n *node) {
	o.d.set("reference", cxmlPublic(n.attr("orderID")))
	o.d.set("reference", cxmlPublic(n.attr("quoteID")))
	o.d.set("currency", n.attr("currency"))
	for _, name := range [...]string{"agreementID", "parentAgreementID"} {
		o.contract(n.attr(name))
	}
	if n.name == "OrderRequestHeader" { // a cart or a quotation is no agreement yet
		cxmlDate(o.d.set, o.d.setRead, o.d, "ordered_at", "/ordered_at", n.attr("orderDate"))
		o.change(n.attr("type"))
		if v := n.attr("orderType"); !slices.Contains(cxmlOrderTypes, v.text) {
			o.hint(cxmlNamed("orderType", v))
		}
	}
	o.deliveries = cxmlAppend(o.deliveries, n.attr("requestedDeliveryDate"))
	o.start, o.end = cxmlFirst(o.start, n.attr("effectiveDate")), cxmlFirst(o.end, n.attr("expirationDate"))
}

// cxmlOrderTypes are how an order is placed. None of them changes what is bought from whom.
var cxmlOrderTypes = []string{"regular", "release", "blanket", "stockTransport", "stockTransportRelease"}

// change reads whether the order is new, changed or called off. An order that is changed is an order.
func (o *cxmlOrder) change(v value) {
	kind := strings.ToLower(v.text)
	switch {
	case kind == "":
		return
	case kind != "new" && kind != "update" && kind != "delete":
		o.d.problem(problemStructure, "/document", v.source,
			"The order's type is %s, which is none of new, update and delete. It was judged as a new order.", quoteShort(v.text))
		return
	case o.kind.text != "" && o.kind.text != kind:
		o.d.problem(problemTwice, "/document", v.source,
			"The order says that it is %s and %s. It was judged as an order.", quoteShort(o.kind.text), quoteShort(kind))
		o.d.kind(screening.OrderDocument)
		return
	case o.kind.text == "" && kind == "delete":
		o.d.kind(screening.CancelDocument)
	}
	o.kind = value{kind, v.source}
}

// tooMany ends the reading of an order that nobody wrote by hand.
func (o *cxmlOrder) tooMany(detail string, most int) {
	o.err = &Error{Kind: TooLarge, Detail: fmt.Sprintf(detail, most), At: o.message.path()}
}

// contract adds the number of a contract that the order stands under.
func (o *cxmlOrder) contract(v value) {
	v.text = withoutContacts(clean(v.text))
	switch {
	case v.text == "" || o.contracts[v.text]:
	case len(o.contracts) >= cxmlMaxContracts:
		o.say(v)
	default:
		o.contracts[v.text] = true
		o.d.set("contract", v)
	}
}

// orderElement reads what stands in an order outside its items only.
func (o *cxmlOrder) orderElement(ctx context.Context, n *node) bool {
	switch n.name {
	case "OrderRequestHeader", "PunchOutOrderMessageHeader", "QuoteMessageHeader":
		o.header(n)
		o.hint(n.text())
		o.walk(ctx, n)
	case "ItemOut", "ItemIn", "QuoteItemIn":
		o.item(ctx, n)
	case "Header":
		o.envelope(n)
	case "Total":
		o.d.set("currency", n.child("Money").attr("currency"))
	case "LegalEntity", "OrganizationalUnit":
		o.unit(n)
	case "OrganizationID":
		o.add(screening.Seller, cxmlPartyOf(n))
	case "SupplierOrderInfo":
		o.supplier = cxmlFirst(o.supplier, n.attr("orderID"))
	case "DeliveryPeriod":
		period := n.child("Period")
		o.deliveries = cxmlAppend(o.deliveries, cxmlFirst(period.attr("endDate"), period.attr("startDate")))
	case "Period":
		o.start, o.end = cxmlFirst(o.start, n.attr("startDate")), cxmlFirst(o.end, n.attr("endDate"))
	default:
		return false
	}
	return true
}

// finish does what needs the whole order.
func (o *cxmlOrder) finish() {
	o.flush()
	if o.d.order.Reference == "" {
		o.d.set("reference", cxmlPublic(o.supplier))
	}
	o.sent()
	cxmlDate(o.d.set, o.d.setRead, o.d, "fulfil_at", "/fulfil_at", cxmlLatest(o.deliveries))
	if !o.buyerKnown {
		// Buyers are often known by their number on a network only. Who pays the bill is then who buys.
		for _, p := range o.billTo {
			o.add(screening.Buyer, p)
		}
	}
	for _, l := range o.lines {
		if line := l.line(); line.ServiceStart == "" && line.ServiceEnd == "" {
			cxmlDate(l.set, l.setRead, o.d, "service_start", l.pointer+"/service_start", o.start)
			cxmlDate(l.set, l.setRead, o.d, "service_end", l.pointer+"/service_end", o.end)
		}
	}
	if o.kind.text == "" || o.kind.text == "new" { // a change need not repeat the lines that stay
		for _, p := range o.parents {
			if !o.numbers[p.number.text] {
				o.d.problem(problemStructure, p.pointer, p.number.source,
					"The line belongs to line %s, which is not in the order: a line was lost.", quoteShort(p.number.text))
			}
		}
	}
	if len(o.lines) == 0 && o.kind.text != "delete" {
		o.d.problem(problemStructure, "/lines", o.message.path(), "The order lists no items.")
	}
	if o.returned > 0 && o.returned == len(o.lines) && o.d.order.Document == screening.OrderDocument {
		o.d.kind(screening.ReturnDocument)
	}
}

// sent looks at when the message was sent. An order that bears no date was placed then. A change was made then too: the
// date that it bears may be that of the order which it changes, and would date what it adds too early.
func (o *cxmlOrder) sent() {
	sent := o.root.attr("timestamp")
	if o.message.name != cxmlOrderRequest || sent.text == "" {
		return
	}
	ordered := &o.d.order.OrderedAt
	if o.kind.text == "update" && isLater(cxmlPlain(sent.text), *ordered) {
		*ordered = "" // what it bears is no second date of the same thing
		o.d.unnote("/ordered_at")
	}
	if *ordered == "" {
		cxmlDate(o.d.set, o.d.setRead, o.d, "ordered_at", "/ordered_at", sent)
	}
}

// cxmlFirst returns the first value that says something.
func cxmlFirst(values ...value) value {
	for _, v := range values {
		if v.text != "" {
			return v
		}
	}
	return value{}
}

func cxmlAppend(values []value, v value) []value {
	if v.text == "" {
		return values
	}
	return append(values, v)
}
