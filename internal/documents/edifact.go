package documents

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/interdict/interdict/screening"
)

// edifactFormat reads UN/EDIFACT interchanges: each ORDERS and ORDCHG message is an order. The syntax is in
// edifact_syntax.go and edifact_charset.go, the envelopes are here, the message in edifact_order.go and behind it.
var edifactFormat = format{id: "edifact", name: "UN/EDIFACT ORDERS and ORDCHG", recognise: edifactRecognise, read: edifactRead}

// Limits of what an interchange holds.
const (
	maxEdifactMessages = 2000
	maxEdifactProblems = 20 // of the document as a whole, which are shown with every order, and of a message's frame
)

// edifactRecognise takes what begins with a service segment.
func edifactRecognise(src *source) bool {
	text := strings.TrimLeft(src.text, " \t\r\n\u00a0")
	if len(text) < len("UNA:+.? 'UNB") || edifactIsAlnum(text[3]) || strings.IndexByte(" \t\r\n", text[3]) >= 0 {
		return false
	}
	switch text[:3] {
	case "UNA":
		next := text[len("UNA:+.?'"):]
		if !strings.HasPrefix(next, "UNB") { // else the blank before the terminator was left out
			next = strings.TrimLeft(next[1:], " \t\r\n")
		}
		return strings.HasPrefix(next, "UNB") || strings.HasPrefix(next, "UNG") || strings.HasPrefix(next, "UNH")
	case "UNB":
		return edifactIsTag(text[4:7]) && !edifactIsAlnum(text[8])
	case "UNG", "UNH":
		return text[3] == edifactUsualSigns.element
	}
	return false
}

// edifactRead reads the orders of all interchanges of a document.
func edifactRead(ctx context.Context, src *source, c *collector) error {
	segments, err := edifactScan(ctx, edifactBytes(src))
	if err != nil {
		return err
	}
	e := edifactEnvelope{references: map[string]bool{}}
	for i := range segments {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		e.take(&segments[i])
	}
	e.closeInterchange()
	return e.orders(ctx, c)
}

// edifactMessage is a message with what was found wrong about its frame.
type edifactMessage struct {
	reference, kind string
	segments        []*edifactSegment // between UNH and UNT
	problems        []screening.Problem
}

// problem reports something about the message. The source is completed when it is known how many messages there are.
func (m *edifactMessage) problem(code, source, detail string, args ...any) {
	if len(m.problems) < maxEdifactProblems {
		m.problems = append(m.problems, screening.Problem{Code: code, Source: source, Detail: fmt.Sprintf(detail, args...)})
	}
}

// edifactFrame is an open interchange or group: what its trailer has to agree with.
type edifactFrame struct {
	reference        string
	messages, groups int
	seen             map[string]bool // references of messages
}

// edifactEnvelope sorts segments into messages and checks what frames them.
type edifactEnvelope struct {
	messages    []*edifactMessage
	message     *edifactMessage // open, as are the next two
	group       *edifactFrame
	interchange *edifactFrame
	references  map[string]bool // of interchanges, with their senders
	problems    []screening.Problem
	stray       bool // a segment outside of messages was reported
	bare        bool // messages outside of interchanges were
}

func (e *edifactEnvelope) problem(code, source, detail string, args ...any) {
	if len(e.problems) < maxEdifactProblems {
		e.problems = append(e.problems, screening.Problem{Code: code, Source: source, Detail: fmt.Sprintf(detail, args...)})
	}
}

func (e *edifactEnvelope) take(s *edifactSegment) {
	switch s.tag {
	case "UNB":
		e.closeInterchange()
		e.openInterchange(s)
	case "UNG":
		e.closeGroup()
		e.openGroup(s)
	case "UNH":
		e.closeMessage()
		e.openMessage(s)
	case "UNT":
		e.endMessage(s)
	case "UNE":
		e.endGroup(s)
	case "UNZ":
		e.endInterchange(s)
	default:
		e.body(s)
	}
	for _, f := range s.faults {
		if m := e.current(s.tag); m != nil {
			m.problem(f.code, s.tag, "%s", f.detail)
		} else {
			e.problem(f.code, s.tag, "%s", f.detail)
		}
	}
	s.faults = nil
}

// current is the message that a segment belongs to, nil for one of an outer frame.
func (e *edifactEnvelope) current(tag string) *edifactMessage {
	switch {
	case tag == "UNT" && e.message == nil && len(e.messages) > 0:
		return e.messages[len(e.messages)-1]
	case tag == "UNB" || tag == "UNG" || tag == "UNE" || tag == "UNZ":
		return nil
	}
	return e.message
}

func (e *edifactEnvelope) body(s *edifactSegment) {
	switch {
	case e.message != nil:
		e.message.segments = append(e.message.segments, s)
	case edifactIsSecurity(s.tag):
	case !e.stray:
		e.stray = true
		e.problem(problemStructure, s.tag, "The segment %s stands outside of any message, and was not read: "+
			"a message header (UNH) is missing.", quoteShort(s.tag))
	}
}

// edifactIsSecurity tells the segments that hold signatures and what belongs to them.
func edifactIsSecurity(tag string) bool { return strings.HasPrefix(tag, "US") }

func (e *edifactEnvelope) openInterchange(s *edifactSegment) {
	e.interchange = &edifactFrame{reference: s.part(5, 1), seen: map[string]bool{}}
	key := s.part(2, 1) + "\x00" + s.part(5, 1)
	if e.references[key] {
		e.problem(problemStructure, "UNB", "Two interchanges of one sender have the reference %s: one of them is a repetition.",
			quoteShort(s.part(5, 1)))
	}
	e.references[key] = true
}

func (e *edifactEnvelope) openGroup(s *edifactSegment) {
	e.group = &edifactFrame{reference: s.part(5, 1), seen: map[string]bool{}}
	if e.interchange != nil {
		e.interchange.groups++
	}
}

func (e *edifactEnvelope) openMessage(s *edifactSegment) {
	m := &edifactMessage{reference: s.part(1, 1), kind: strings.ToUpper(strings.TrimSpace(s.part(2, 1)))}
	e.message = m
	e.messages = append(e.messages, m)
	if e.interchange == nil && !e.bare {
		e.bare = true
		e.problem(problemStructure, "UNH", "The message stands in no interchange (UNB to UNZ): "+
			"what says how many messages there are is missing.")
	}
	for _, f := range [...]*edifactFrame{e.interchange, e.group} {
		if f != nil {
			f.messages++
		}
	}
	frame := e.group
	if frame == nil {
		frame = e.interchange
	}
	if frame == nil {
		return
	}
	if frame.seen[m.reference] {
		m.problem(problemStructure, "UNH", "The message reference %s stands twice in one interchange: one of the two may be a repetition.",
			quoteShort(m.reference))
	}
	frame.seen[m.reference] = true
}

func (e *edifactEnvelope) endMessage(s *edifactSegment) {
	m := e.message
	e.message = nil
	if m == nil {
		e.problem(problemStructure, "UNT", "A message trailer (UNT) stands without a message header (UNH).")
		return
	}
	const header, trailer = 1, 1
	if held := len(m.segments) + header + trailer; !edifactIsCount(s.part(1, 1), held) {
		m.problem(problemTotals, "UNT/01", "The message says that it has %s segments, and has %d: segments were lost or added.",
			quoteShort(s.part(1, 1)), held)
	}
	if !edifactSameReference(s.part(2, 1), m.reference) {
		m.problem(problemTotals, "UNT/02", "The message begins as %s and ends as %s: parts of two messages may have run together.",
			quoteShort(m.reference), quoteShort(s.part(2, 1)))
	}
}

func (e *edifactEnvelope) endGroup(s *edifactSegment) {
	e.closeMessage()
	g := e.group
	e.group = nil
	if g == nil {
		e.problem(problemStructure, "UNE", "A group trailer (UNE) stands without a group header (UNG).")
		return
	}
	if !edifactIsCount(s.part(1, 1), g.messages) {
		e.problem(problemTotals, "UNE/01", "The group says that it has %s messages, and has %d.", quoteShort(s.part(1, 1)), g.messages)
	}
	if !edifactSameReference(s.part(2, 1), g.reference) {
		e.problem(problemTotals, "UNE/02", "The group begins as %s and ends as %s.", quoteShort(g.reference), quoteShort(s.part(2, 1)))
	}
}

func (e *edifactEnvelope) endInterchange(s *edifactSegment) {
	e.closeMessage()
	e.closeGroup()
	f := e.interchange
	e.interchange = nil
	if f == nil {
		e.problem(problemStructure, "UNZ", "An interchange trailer (UNZ) stands without an interchange header (UNB).")
		return
	}
	if count := s.part(1, 1); !edifactIsCount(count, f.messages) && (f.groups == 0 || !edifactIsCount(count, f.groups)) {
		e.problem(problemTotals, "UNZ/01", "The interchange says that it has %s messages or groups, and has %d messages in %d groups.",
			quoteShort(count), f.messages, f.groups)
	}
	if !edifactSameReference(s.part(2, 1), f.reference) {
		e.problem(problemTotals, "UNZ/02", "The interchange begins as %s and ends as %s.", quoteShort(f.reference), quoteShort(s.part(2, 1)))
	}
}

// closeMessage ends a message that has no trailer.
func (e *edifactEnvelope) closeMessage() {
	if e.message != nil {
		e.message.problem(problemTotals, "UNH", "The message has no trailer (UNT): it was cut on its way, and lines may be missing.")
		e.message = nil
	}
}

func (e *edifactEnvelope) closeGroup() {
	e.closeMessage()
	if e.group != nil {
		e.problem(problemTotals, "UNG", "The group %s has no trailer (UNE): it was cut on its way.", quoteShort(e.group.reference))
		e.group = nil
	}
}

func (e *edifactEnvelope) closeInterchange() {
	e.closeGroup()
	if e.interchange != nil {
		e.problem(problemTotals, "UNB", "The interchange %s has no trailer (UNZ): it was cut on its way, and messages may be missing.",
			quoteShort(e.interchange.reference))
		e.interchange = nil
	}
}

// edifactIsCount tells whether a count that is written is the one that was found.
func edifactIsCount(written string, found int) bool {
	n, err := strconv.Atoi(strings.TrimSpace(written))
	return err == nil && n == found
}

// edifactSameReference compares control references. Numbers are padded with zeros at one end and not at the other.
func edifactSameReference(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if strings.Trim(a+b, "0123456789") == "" {
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	}
	return a == b
}

// orders reads the messages that are orders. Others that came with them are passed over.
func (e *edifactEnvelope) orders(ctx context.Context, c *collector) error {
	switch {
	case len(e.messages) == 0:
		return malformed("", "The interchange holds no message (UNH).")
	case len(e.messages) > maxEdifactMessages:
		return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The document has %d messages; a call takes %d at most. Send it in parts.",
			len(e.messages), maxEdifactMessages)}
	case !slices.ContainsFunc(e.messages, edifactIsOrder):
		return edifactNoOrder(e.messages[0].kind)
	}
	for i, m := range e.messages {
		prefix := ""
		if len(e.messages) > 1 {
			prefix = indexedTag("UNH", i+1) + "/"
		}
		for j := range m.problems {
			m.problems[j].Source = prefix + m.problems[j].Source
		}
		if !edifactIsOrder(m) {
			e.problems = append(e.problems, m.problems...)
			continue
		}
		if err := edifactReadOrder(ctx, c, m, prefix); err != nil {
			return err
		}
	}
	for _, p := range e.problems[:min(len(e.problems), maxEdifactProblems)] {
		c.problem(p.Code, p.Source, "%s", p.Detail)
	}
	return nil
}

func edifactIsOrder(m *edifactMessage) bool { return m.kind == "ORDERS" || m.kind == "ORDCHG" }

// edifactOthers are messages that come on the same pipe as orders.
var edifactOthers = map[string]string{
	"APERAK": "an application acknowledgement", "CONTRL": "a syntax acknowledgement", "DELFOR": "a delivery schedule",
	"DELJIT": "a delivery call-off", "DESADV": "a despatch advice", "INVOIC": "an invoice", "INVRPT": "an inventory report",
	"ORDRSP": "an order response", "OSTENQ": "an order status enquiry", "OSTRPT": "an order status report",
	"PARTIN": "party information", "PRICAT": "a price catalogue", "PRODAT": "product data", "QUOTES": "a quotation",
	"RECADV": "a receiving advice", "REMADV": "a remittance advice", "REQOTE": "a request for a quotation",
	"RETANN": "an announcement of returns", "RETINS": "an instruction for returns", "SLSRPT": "a sales report",
}

func edifactNoOrder(kind string) error {
	what := "an EDIFACT message of the type " + quoteShort(kind)
	if name, known := edifactOthers[kind]; known {
		what = name + " (EDIFACT " + kind + ")"
	}
	return &Error{Kind: Unsupported, Detail: "This is " + what + ", which is not read here. Send the order itself: ORDERS or ORDCHG.", At: "UNH/02"}
}
