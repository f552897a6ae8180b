package documents

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/interdict/interdict/screening"
)

// ublFormat reads the orders of UBL 2: Order, OrderChange, OrderCancellation and Quotation, in any customisation such
// as Peppol BIS 3, bare or in a Peppol envelope. The versions 2.0 to 2.4 share their namespaces and are read alike.
var ublFormat = format{id: "ubl", name: "UBL 2", recognise: ublRecognise, read: ublRead}

// The namespaces of UBL. A document's own is ublDocumentSpace, its root's name and "-2".
const (
	ublSpace         = "urn:oasis:names:specification:ubl:schema:xsd:"
	ublDocumentEnd   = "-2"
	ublFirstSpace    = "urn:oasis:names:tc:ubl:"
	ublEnvelope      = "StandardBusinessDocument"
	ublEnvelopeSpace = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
)

// Limits of what one order, line or party may repeat. Real documents stay far below.
const (
	ublMaxTexts = 1000 // of a line
	ublMaxNotes = 5000 // of the order outside its lines
	ublMost     = 200  // parties of the order or of one line; names, numbers or pieces of the address of one party
	ublMaxDates = 10   // readings of one date that stands several times
)

// ublMessage is a document type that is read.
type ublMessage struct {
	line     string // the element that holds a line
	document screening.Document
	lineless bool // it may come without a line
}

var ublMessages = map[string]ublMessage{
	"Order":             {line: "OrderLine", document: screening.OrderDocument},
	"OrderChange":       {line: "OrderLine", document: screening.OrderDocument},
	"OrderCancellation": {line: "OrderLine", document: screening.CancelDocument, lineless: true},
	"Quotation":         {line: "QuotationLine", document: screening.OrderDocument},
}

// ublInstead tells what to send in place of a document type that is no order.
var ublInstead = map[string]string{
	"Invoice":                "It bills what was ordered: send the Order that it names.",
	"CreditNote":             "It credits what was billed: send the Order, with a negative quantity where goods go back.",
	"DebitNote":              "It bills what was ordered: send the Order that it names.",
	"Reminder":               "It asks for payment: send the Order behind it.",
	"Statement":              "It lists payments: send the Orders behind it.",
	"OrderResponse":          "It answers an order: send the Order or OrderChange that it answers.",
	"OrderResponseSimple":    "It answers an order: send the Order or OrderChange that it answers.",
	"ApplicationResponse":    "It acknowledges another document: send the Order.",
	"Catalogue":              "It is a price list or a punch-out cart: send the Order made of it, or its items as CSV.",
	"CataloguePricingUpdate": "It is a price list: send the Order, or its items as CSV.",
	"CatalogueRequest":       "It asks for a price list: send the Order.",
	"RequestForQuotation":    "It asks for an offer: send the Quotation that answers it, or the Order.",
	"CallForTenders":         "It asks for offers: send the Quotation or the Order that follows.",
	"Tender":                 "It is an offer in a procurement procedure: send the Quotation or the Order that follows.",
	"DespatchAdvice":         "It announces a delivery: send the Order that is delivered.",
	"ReceiptAdvice":          "It confirms a delivery: send the Order that was delivered.",
	"InventoryReport":        "It reports stock: send the Orders, or the stock list as CSV.",
}

// ublRecognise takes every document in a namespace of UBL, so that one that is no order is refused by its name.
func ublRecognise(s *source) bool { return len(ublDocuments(s.xml)) > 0 }

// ublDocuments returns the UBL documents of a tree: its root, or what a business envelope holds.
func ublDocuments(root *node) []*node {
	if root == nil {
		return nil
	}
	if ublOwns(root.space) {
		return []*node{root}
	}
	if root.name != ublEnvelope || root.space != ublEnvelopeSpace {
		return nil
	}
	var out []*node
	for _, c := range root.children {
		if ublOwns(c.space) {
			out = append(out, c)
		}
	}
	return out
}

func ublOwns(space string) bool {
	return strings.HasPrefix(space, ublSpace) || strings.HasPrefix(space, ublFirstSpace)
}

func ublRead(ctx context.Context, s *source, c *collector) error {
	documents := ublDocuments(s.xml)
	if len(documents) == 0 {
		return ublForeign(s)
	}
	for _, root := range documents {
		message, err := ublMessageOf(root)
		if err != nil {
			return err
		}
		if err := ublReadOrder(ctx, root, message, c.order()); err != nil {
			return err
		}
	}
	return nil
}

// ublForeign tells why a document that was called UBL is none.
func ublForeign(s *source) error {
	switch {
	case s.xml == nil && s.fault != nil:
		return s.fault
	case s.xml == nil:
		return &Error{Kind: Unsupported, Detail: "This is no UBL document: it is not XML."}
	}
	return &Error{
		Kind: Unsupported, At: s.xml.path(),
		Detail: fmt.Sprintf("This is no UBL document: its root %s stands in the namespace %s. Want Order in %sOrder%s.",
			quoteShort(s.xml.name), quoteShort(s.xml.space), ublSpace, ublDocumentEnd),
	}
}

// ublMessageOf returns how a document is read, or refuses it by its name.
func ublMessageOf(root *node) (ublMessage, error) {
	switch want := ublSpace + root.name + ublDocumentEnd; {
	case strings.HasPrefix(root.space, ublFirstSpace), strings.HasSuffix(root.space, "-1.0"):
		return ublMessage{}, &Error{
			Kind: Unsupported, At: root.path(),
			Detail: fmt.Sprintf("This is a %s of UBL 1, which is not read here. Send it as UBL 2.", quoteShort(root.name)),
		}
	case root.space != want:
		return ublMessage{}, malformed(root.path(), "The root %s stands in the namespace %s; want %s.",
			quoteShort(root.name), quoteShort(root.space), quoteShort(want))
	}
	message, ok := ublMessages[root.name]
	if ok {
		return message, nil
	}
	instead := ublInstead[root.name]
	if instead == "" {
		instead = "Send the Order, OrderChange, OrderCancellation or Quotation."
	}
	return ublMessage{}, &Error{
		Kind: Unsupported, At: root.path(),
		Detail: fmt.Sprintf("This is a UBL %s, which is no order. %s", quoteShort(root.name), instead),
	}
}

// ublReader reads one order.
type ublReader struct {
	*draft
	used      map[*node]bool // what went into a field of its own; the rest becomes text
	apart     map[*node]bool // what is read as a line of its own
	order     *ublScope
	contracts map[string]bool
	reported  map[string]bool // countries that are not known, by party
	root      *node
	err       error // a limit that was passed
}

// ublScope is what parties, dates and texts belong to: the order, or one of its lines.
type ublScope struct {
	reader    *ublReader
	line      *lineDraft // nil for the order itself
	parties   []ublParty
	performed ublDate
	known     map[string]bool // texts of the order
	parts     []*node         // sub-lines that become lines of their own
}

func ublReadOrder(ctx context.Context, root *node, message ublMessage, d *draft) error {
	lines := root.all(message.line)
	if len(lines) == 0 && root.name == "Quotation" {
		return &Error{
			Kind: Unsupported, At: root.path(),
			Detail: "This UBL Quotation lists no items, so there is nothing to screen. Send the Order.",
		}
	}
	r := &ublReader{
		draft: d, root: root, used: map[*node]bool{}, apart: map[*node]bool{},
		contracts: map[string]bool{}, reported: map[string]bool{},
	}
	r.order = &ublScope{reader: r, known: map[string]bool{}}
	d.kind(message.document)
	r.header(root, lines)
	if len(lines) == 0 && !message.lineless {
		d.problem(problemStructure, "/lines", root.path(), "The %s has no %s.", root.name, message.line)
	}
	r.lineCount(root, len(lines))
	for i, line := range lines {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		if r.orderLine(line); r.err != nil {
			break
		}
	}
	return r.err
}

// header reads what stands outside the lines.
func (r *ublReader) header(root *node, lines []*node) {
	for _, line := range lines {
		r.apart[line] = true
	}
	for _, n := range root.all("ID") {
		r.set("reference", r.take(n))
	}
	r.issued(root)
	r.currency(root, lines)
	for _, contract := range root.all("Contract") {
		r.contractOf(contract)
	}
	for _, name := range [...]string{"OriginatorDocumentReference", "ContractDocumentReference"} {
		for _, reference := range root.all(name) {
			r.contract(r.take(reference.child("ID")))
		}
	}
	r.rest(root, r.order, false)
	if country := root.child("DestinationCountry"); country != nil {
		r.order.destination(country)
	}
	r.order.perform()
}

// currency takes the document's currency; where none is named, that of the first price.
func (r *ublReader) currency(root *node, lines []*node) {
	for _, name := range [...]string{"DocumentCurrencyCode", "PricingCurrencyCode"} {
		if codes := root.all(name); len(codes) > 0 {
			for _, n := range codes {
				r.set("currency", r.take(n))
			}
			return
		}
	}
	for _, line := range lines {
		if v := line.at("LineItem", "Price", "PriceAmount").attr("currencyID"); v.text != "" {
			r.set("currency", v)
			return
		}
	}
}

func (r *ublReader) contractOf(n *node) {
	for _, c := range n.children {
		switch c.name {
		case "ID", "ContractType", "Description", "Note":
			r.contract(r.take(c))
		}
	}
}

// contract adds a contract number, once. Many of them become texts of the order, where they are judged the same.
func (r *ublReader) contract(v value) {
	if v.text == "" || r.contracts[v.text] {
		return
	}
	if len(r.contracts) >= ublMost {
		r.order.text(v)
		return
	}
	r.contracts[v.text] = true
	r.set("contract", v)
}

// lineCount compares the lines with the control total, where the document has one.
func (r *ublReader) lineCount(root *node, lines int) {
	for _, n := range root.all("LineCountNumeric") {
		stated := n.text()
		if stated.text == "" {
			continue
		}
		count, ok := decimal(stated.text)
		whole, fraction, _ := strings.Cut(count, ".")
		switch {
		case !ok:
			r.problem(problemNumber, "/lines", stated.source, "%s is not a number of lines.", quoteShort(stated.text))
		case strings.TrimLeft(whole, "0") != strings.TrimLeft(strconv.Itoa(lines), "0") || strings.Trim(fraction, "0") != "":
			r.problem(problemTotals, "/lines", stated.source,
				"The document says that it has %s lines and holds %d. Ask the sender for the missing part.", quoteShort(stated.text), lines)
		}
	}
}

// take returns an element's text without contacts and marks the element as read.
func (r *ublReader) take(n *node) value {
	if n == nil {
		return value{}
	}
	r.used[n] = true
	v := n.text()
	v.text = withoutContacts(v.text)
	return v
}

// tooMany stops the reading where a document repeats something without end.
func (r *ublReader) tooMany(at *node, what string) {
	if r.err == nil {
		detail := fmt.Sprintf("There are more than %d %s here. Split the order.", ublMost, what)
		r.err = &Error{Kind: TooLarge, At: at.path(), Detail: detail}
	}
}
