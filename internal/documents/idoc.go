package documents

import (
	"context"
	"fmt"
	"strings"

	"github.com/interdict/interdict/screening"
)

// idocFormat reads SAP IDocs of the types ORDERS01 to ORDERS05, as XML, with the messages ORDERS and ORDCHG.
var idocFormat = format{id: "idoc", name: "SAP IDoc ORDERS", recognise: idocRecognise, read: idocRead}

const idocSend = "Send the message ORDERS or ORDCHG, as XML."

// idocRefused are the messages that come on the same pipe and hold no order.
var idocRefused = map[string]string{
	"ORDRSP": "an order confirmation", "DESADV": "a despatch advice", "INVOIC": "an invoice", "DELFOR": "a delivery schedule",
	"DELINS": "a delivery schedule", "DELVRY": "a delivery", "SHPMNT": "a shipment", "REQOTE": "a request for a quotation",
	"QUOTES": "a quotation", "BLAORD": "an outline agreement", "PRICAT": "a price catalogue", "MATMAS": "a material master",
	"REMADV": "a payment advice", "WMMBXY": "a goods movement", "GSVERF": "a credit memo",
}

// idocRecognise takes every IDoc as XML, and the control record with which a flat one begins: those that are no orders
// are refused by name.
func idocRecognise(s *source) bool { return idocFlat(s) || len(idocDocuments(s.xml)) > 0 }

func idocFlat(s *source) bool {
	return strings.HasPrefix(strings.TrimLeft(s.text, " \r\n\t"), "EDI_DC")
}

// idocDocuments are the IDocs of a file.
func idocDocuments(root *node) []*node {
	payload := sapPayload(root)
	if payload == nil {
		return nil
	}
	documents := payload.all("IDOC")
	if payload.name == "IDOC" {
		documents = []*node{payload}
	}
	for _, n := range documents {
		for _, c := range n.children {
			if strings.HasPrefix(c.name, "EDI_DC") || strings.HasPrefix(c.name, "E1ED") {
				return documents
			}
		}
	}
	return nil
}

func idocRead(ctx context.Context, s *source, c *collector) error {
	switch {
	case idocFlat(s):
		return &Error{Kind: Unsupported, Detail: "This is a flat IDoc, in fixed columns, which is not read here. Send it as XML: use a port of the type XML file, or XML over HTTP."}
	case s.xml == nil && s.fault != nil:
		return s.fault
	}
	documents := idocDocuments(s.xml)
	if len(documents) == 0 {
		return malformed("", "This is no IDoc as XML: there is no element IDOC with a control record or segments.")
	}
	var other error
	for i, n := range documents {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		message := idocMessage(n)
		if message != "ORDERS" && message != "ORDCHG" {
			err := idocRefusal(n, message)
			c.problem(problemStructure, n.path(), "%s", err.Detail)
			if other == nil {
				other = err
			}
			continue
		}
		if err := idocOrder(ctx, n, message, c.order()); err != nil {
			return err
		}
	}
	if len(c.drafts) == 0 {
		return other
	}
	return nil
}

// idocMessage is the logical message, without the letter that firms put before their own. Where there is none, the
// basic type stands for it: one that begins with ORDERS is judged as an order.
func idocMessage(n *node) string {
	for _, c := range n.children {
		if message := c.child("MESTYP").text().text; message != "" && strings.HasPrefix(c.name, "EDI_DC") {
			message = strings.ToUpper(message)
			if bare := strings.TrimLeft(message, "ZY_"); bare == "ORDERS" || bare == "ORDCHG" {
				return bare
			}
			return message
		}
	}
	if n.parent == nil || strings.HasPrefix(strings.TrimLeft(strings.ToUpper(n.parent.name), "ZY_"), "ORDERS") {
		return "ORDERS"
	}
	return strings.ToUpper(n.parent.name)
}

func idocRefusal(n *node, message string) *Error {
	what := "with the message " + quoteShort(message)
	if name, ok := idocRefused[message]; ok {
		what = fmt.Sprintf("with the message %s, %s", message, name)
	}
	return &Error{Kind: Unsupported, Detail: "This is an IDoc " + what + ", which is not read here. " + idocSend, At: n.path()}
}

// idocReader reads one IDoc.
type idocReader struct {
	d        *draft
	texts    sapTexts
	change   bool // an order change
	reversed bool // the whole document is taken back
	lines    []*node
	totals   []*node
	types    []value // document types
	vat      value   // of who sends the order
	number   value   // of the document
	buyer    *partyDraft
	dates    map[string]sapDate // by qualifier; "K02" is the date of the order's number, "DC" that of the file
}

func idocOrder(ctx context.Context, n *node, message string, d *draft) error {
	r := &idocReader{d: d, texts: sapOrderTexts(d), change: message == "ORDCHG", dates: map[string]sapDate{}}
	if err := sapLimits(n, "E1EDP01"); err != nil {
		return err
	}
	for i, c := range n.children {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		r.header(c, false)
	}
	r.closeHeader()
	actions := make([]sapAction, len(r.lines))
	for i, line := range r.lines {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		actions[i] = r.line(line)
	}
	r.document(n, actions)
	for _, t := range r.totals {
		r.total(t)
	}
	return nil
}

// header reads a segment of the header. Lines and totals are put by until the header is known. inText says that the
// text lines within were read with those of a segment above.
func (r *idocReader) header(s *node, inText bool) {
	switch s.name {
	case "E1EDP01":
		r.lines = append(r.lines, s)
		return
	case "E1EDS01":
		r.totals = append(r.totals, s)
		return
	case "E1EDK28", "E1EDK36":
		return // bank accounts and payment cards
	}
	r.texts.repeated(s, idocMayRepeat)
	switch {
	case strings.HasPrefix(s.name, "EDI_DC"):
		r.date("DC", s, "CREDAT")
		return
	case s.name == "E1EDK01":
		r.general(s)
	case s.name == "E1EDK02":
		r.reference(s, r.texts)
	case s.name == "E1EDK03":
		r.headerDate(s)
	case s.name == "E1EDK14":
		if q := s.child("QUALF").text().text; q == "012" || q == "013" {
			r.types = append(r.types, s.child("ORGID").text())
		}
	case s.name == "E1EDKA1":
		p := idocParty(s, r.texts, r.d.party)
		if p != nil && p.party().Role == screening.Buyer && r.buyer == nil {
			r.buyer = p
		}
	default:
		if !inText && idocHoldsText(s) {
			r.texts.add(idocText(s))
			inText = true
		}
		idocWords(s, r.texts)
	}
	for _, c := range s.children {
		if len(c.children) > 0 && !idocIsMoreOfParty(c) {
			r.header(c, inText) // depth is limited
		}
	}
}

// general reads E1EDK01. EIGENUINR is the VAT number of who sends, and an order is sent by its buyer; whose
// KUNDEUINR is depends on the sender's system, so it is text.
func (r *idocReader) general(s *node) {
	r.d.set("currency", s.child("CURCY").text())
	if v := s.child("BSART").text(); v.text != "" {
		r.types = append(r.types, v)
	}
	if r.change && s.child("ACTION").text().text == "001" {
		r.reversed = true
	}
	if v := s.child("EIGENUINR").text(); v.text != "" {
		r.vat = v
	}
	if v := s.child("BELNR").text(); v.text != "" {
		r.number = v
	}
	r.texts.add(s.child("KUNDEUINR").text())
	idocWords(s, r.texts)
}

// idocFinance are the qualifiers of references that name a payment, an account or a posting, and nothing of the deal.
var idocFinance = map[string]bool{
	"009": true, "014": true, "015": true, "020": true, "021": true, "022": true, "023": true, "024": true, "025": true,
	"026": true, "027": true, "028": true, "029": true, "032": true, "034": true, "035": true, "036": true, "037": true,
	"038": true, "039": true, "040": true, "041": true, "042": true, "045": true, "046": true, "047": true, "048": true,
	"049": true, "059": true,
}

// reference reads E1EDK02 or E1EDP02. Contract numbers come under any of the qualifiers of a document that went before,
// so all of these are contracts; the grammar of a number tells what it is.
func (r *idocReader) reference(s *node, texts sapTexts) {
	number, partners := s.child("BELNR").text(), s.child("IHREZ").text()
	switch q := s.child("QUALF").text().text; {
	case q == "001" && s.name == "E1EDK02":
		r.d.set("reference", number)
		r.date("K02", s, "DATUM") // UZEIT is when the IDoc was made
	case q == "001" || q == "002" || idocFinance[q]:
	default:
		texts.contract(number)
	}
	if q := s.child("QUALF").text().text; !idocFinance[q] && strings.ContainsAny(partners.text, "0123456789") {
		texts.contract(partners) // the partner's own reference, which may be the contract's too
	}
	texts.add(partners)
}

// closeHeader sets what depends on the whole header.
func (r *idocReader) closeHeader() {
	if r.d.order.Reference == "" {
		r.d.set("reference", r.number)
	}
	switch {
	case r.vat.text == "":
	case r.buyer != nil:
		r.buyer.identify("vat", r.vat)
	default:
		r.texts.add(r.vat)
	}
	r.setDates()
}

// document sets what the document is, by its own codes alone.
func (r *idocReader) document(n *node, actions []sapAction) {
	returned, other := 0, 0
	for _, t := range r.types {
		if sapReturnTypes[strings.ToUpper(t.text)] {
			returned++
		} else {
			other++
		}
	}
	switch {
	case r.reversed || sapAll(actions, sapDeleted):
		r.d.kind(screening.CancelDocument)
	case returned > 0 && other > 0:
		r.d.problem(problemStructure, "/document", n.path(), "One document type says that this is a return, another does not: it was judged as an order.")
	case returned > 0 || sapAll(actions, sapReturned):
		r.d.kind(screening.ReturnDocument)
	}
	if len(r.lines) == 0 && !r.change && !r.reversed {
		r.d.problem(problemStructure, "/lines", n.path(), "The order has no item (E1EDP01).")
	}
}

// total checks E1EDS01, whose total 001 is the number of items.
func (r *idocReader) total(s *node) {
	if s.child("SUMID").text().text != "001" {
		return
	}
	v := s.child("SUMME").text()
	stated, ok := decimal(v.text)
	if whole, fraction, found := strings.Cut(stated, "."); found && strings.Trim(fraction, "0") == "" {
		stated = whole
	}
	if v.text != "" && (!ok || strings.TrimLeft(stated, "0") != strings.TrimLeft(fmt.Sprint(len(r.lines)), "0")) {
		r.d.problem(problemTotals, "/lines", v.source, "The document says it has %s items, and holds %d.", quoteShort(v.text), len(r.lines))
	}
}
