package documents

import (
	"context"
	"fmt"
	"strings"

	"github.com/interdict/interdict/screening"
)

// Limits of one order.
const (
	maxEdifactGroup  = 2000 // segments of one line, or outside of lines
	maxEdifactFaults = 50   // problems of one order that the reader reports
)

// edifactOrder reads one ORDERS or ORDCHG message. What stands before the first LIN and behind UNS+S is the order's,
// what stands behind a LIN is that line's.
type edifactOrder struct {
	d      *draft
	prefix string // of sources
	base   string // of sources in the line that is open, or outside of lines
	places map[string]int
	count  int // segments of the line, or outside of lines
	faults int

	line    *edifactLine // that is open
	party   *partyDraft  // that contacts and references belong to
	role    screening.Role
	quoting bool // a reference stands before; a date may belong to it

	lines, subLines int // LIN segments
	announced       *edifactSegment
	dates           edifactHeaderDates
	makers          []value // manufacturers of the whole order
	began           bool
	seams           seams // of texts that go on in the next segment
}

// edifactReadOrder adds the order that a message holds.
func edifactReadOrder(ctx context.Context, c *collector, m *edifactMessage, prefix string) error {
	o := &edifactOrder{d: c.order(), prefix: prefix, base: prefix, places: map[string]int{}}
	o.d.order.Problems = append(o.d.order.Problems, m.problems...)
	o.seams.add = o.text
	header := o.places
	for i, s := range m.segments {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		kind := edifactSeamKind(s)
		o.seams.open(kind)
		if s.tag == "LIN" || s.tag == "UNS" {
			o.closeLine()
			o.base, o.places, o.count, o.party = prefix, header, 0, nil
		}
		if o.count++; o.count > maxEdifactGroup {
			return &Error{Kind: TooLarge, Detail: fmt.Sprintf("A line or header has over %d segments. Send the order in parts.", maxEdifactGroup), At: o.base}
		}
		if c.lines > MaxLines {
			return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The document has over %d lines, the most that a call takes. Send it as a batch.", MaxLines)}
		}
		o.locate(s)
		o.take(s)
		if kind != "" {
			o.rejoin(s)
		}
	}
	o.seams.open("")
	o.closeLine()
	o.finish()
	return nil
}

// locate gives a segment its place.
func (o *edifactOrder) locate(s *edifactSegment) {
	s.base = o.base
	if s.tag == "BGM" || s.tag == "UNS" {
		return
	}
	o.places[s.tag]++
	s.nth = o.places[s.tag]
}

func (o *edifactOrder) problem(code, pointer, source, detail string, args ...any) {
	if o.faults++; o.faults <= maxEdifactFaults {
		o.d.problem(code, pointer, source, detail, args...)
	}
}

// text adds free text to the line that is open, else to the order.
func (o *edifactOrder) text(v value) {
	if o.line != nil {
		o.line.texts = append(o.line.texts, v)
		return
	}
	o.d.set("text", v)
}

// addParty adds a party to the line that is open, where it wins over the order's, else to the order.
func (o *edifactOrder) addParty(role screening.Role) *partyDraft {
	if o.line != nil {
		return o.line.l.party(role)
	}
	return o.d.party(role)
}

// edifactOfParty are the segments that belong to the party before them.
var edifactOfParty = edifactSet("CTA COM LOC FII RFF DTM DOC FTX")

// edifactParts are the segments behind which a line speaks of a part of it: a place, a package, a delivery.
var edifactParts = edifactSet("LOC NAD PAC SCC TDT")

func (o *edifactOrder) take(s *edifactSegment) {
	if edifactIsSecurity(s.tag) {
		return
	}
	if !edifactOfParty[s.tag] {
		o.party, o.role = nil, ""
	}
	if o.line != nil && edifactParts[s.tag] {
		o.line.parted = true
	}
	quoting := o.quoting
	o.quoting = s.tag == "RFF" || s.tag == "DTM" && quoting
	switch s.tag {
	case "LIN":
		o.openLine(s)
	case "NAD":
		o.nameAndAddress(s)
	case "CTA":
		o.contact(s)
	case "COM":
		o.communication(s)
	case "LOC":
		o.location(s)
	case "FII":
		o.institution(s)
	case "TDT":
		o.transport(s)
	case "RFF":
		o.reference(s)
	case "CUX":
		o.currency(s)
	case "FTX":
		o.freeText(s)
	case "CNT":
		o.control(s)
	default:
		if o.line != nil {
			o.line.take(o, s)
			return
		}
		o.header(s, quoting)
	}
}

// header takes a segment that only means something outside of lines.
func (o *edifactOrder) header(s *edifactSegment, quoting bool) {
	switch s.tag {
	case "BGM":
		o.beginning(s)
	case "DTM":
		o.dates.take(o, s, quoting)
	case "IMD":
		d := o.describe(s)
		joined, spaced := edifactItems.join(d.pieces)
		o.text(s.as(3, joined))
		o.text(s.as(3, spaced))
	default:
		o.otherTexts(s)
	}
}

// edifactReturns are the codes of element 1001 by which a document sends goods back.
var edifactReturns = edifactSet("35E 70E 71E 732 733")

// edifactCancels are the functions of a message, element 1225, by which a whole order is called off: cancellation,
// deletion, and cancellation to be reissued.
var edifactCancels = edifactSet("1 3 17")

// beginning reads what kind of document this is and its number.
func (o *edifactOrder) beginning(s *edifactSegment) {
	if o.began {
		o.problem(problemStructure, "", s.source(), "The message has a second beginning (BGM): two messages may have run together.")
	}
	o.began = true
	o.d.set("reference", s.at(2, 1))
	o.text(s.at(1, 4))
	switch function := s.part(3, 1); {
	case edifactCancels[function]:
		o.d.kind(screening.CancelDocument)
	case edifactReturns[strings.ToUpper(s.part(1, 1))] && o.d.order.Document == screening.OrderDocument:
		o.d.kind(screening.ReturnDocument)
	}
}

// edifactContracts are the references that name the agreement that an order stands under: a contract, that of the
// buyer, one with a government, a blanket order.
var edifactContracts = edifactSet("CT BC GC BO")

// edifactPartyNumbers are the references that identify the party before them, and their registers.
var edifactPartyNumbers = map[string]string{"VA": "vat", "FC": "tax_id", "AHP": "tax_id", "XA": "registration", "GN": "tax_id"}

// reference reads a reference of the party, the line or the order. One without letters names nothing.
func (o *edifactOrder) reference(s *edifactSegment) {
	kind, number := strings.ToUpper(s.part(1, 1)), s.at(1, 2)
	switch register := edifactPartyNumbers[kind]; {
	case edifactContracts[kind]:
		o.d.set("contract", number)
	case o.party != nil && register != "":
		o.party.identify(register, number)
	case o.party != nil && !strings.Contains(strings.TrimSpace(number.text), " "):
		o.party.identify("own", number)
		edifactSpelled(o.party, "own", number)
	case edifactHasLetter(number.text) && clean(number.text) != o.d.order.Reference:
		o.text(number)
	}
	o.rest(s, 1)
}

// currency takes the currency that prices are in, and not the one that they are converted to.
func (o *edifactOrder) currency(s *edifactSegment) {
	const reference, target = "2", "3"
	for element := 1; element <= 2; element++ {
		if usage := s.part(element, 1); usage == target || usage != reference && element == 2 {
			continue
		}
		if o.line == nil || o.d.order.Currency == "" {
			o.d.set("currency", s.at(element, 2))
		}
	}
	o.rest(s, 4)
}

// control keeps the number of lines that the message says it has. Other control values are sums of other things.
func (o *edifactOrder) control(s *edifactSegment) {
	const lineItems = "2"
	if strings.TrimLeft(s.part(1, 1), "0") == lineItems {
		o.announced = s
	}
}

// finish reads what can be told only when all of the message was seen.
func (o *edifactOrder) finish() {
	if !o.began {
		o.problem(problemStructure, "", o.prefix+"UNH", "The message has no beginning (BGM): what kind of document it is and its number are missing.")
	}
	o.dates.finish(o)
	for i := range o.d.order.Lines {
		l := &lineDraft{d: o.d, line: func() *screening.Line { return &o.d.order.Lines[i] }, pointer: indexed("/lines", i)}
		if o.d.order.Lines[i].Manufacturer == "" {
			for _, maker := range o.makers {
				l.more("manufacturer", maker)
			}
		}
		o.dates.serve(l)
	}
	if s := o.announced; s != nil && !edifactIsCount(s.part(1, 2), o.lines) && !edifactIsCount(s.part(1, 2), o.lines+o.subLines) {
		o.problem(problemTotals, "/lines", s.place(1), "The message says that it has %s lines, and has %d: lines were lost or added.",
			quoteShort(s.part(1, 2)), o.lines+o.subLines)
	}
}
