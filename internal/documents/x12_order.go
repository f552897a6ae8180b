package documents

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// x12Order reads one order.
type x12Order struct {
	r     *x12Reader
	d     *draft
	set   *x12Set
	line  *x12Line  // the open line, or the sub-line with a number of its own; nil in the heading
	party *x12Party // the open N1 loop

	lines     []*x12Line
	items     int       // PO1 and POC segments
	dates     []x12Date // of the heading
	begun     bool      // BEG or BCH was seen
	cancelled bool
	change    bool        // of an order that was placed before
	sells     bool        // somebody is named as the seller
	buyer     *partyDraft // the first one of the heading
	mails     []value     // of the buyer's people
	seams     seams       // of texts that go on in the next segment
	contracts []value
	known     map[string]bool // contracts, stores and carriers that were noted
	err       error
}

// x12Handlers read the segments that have fields of their own. What is left of them, and any other segment, is searched
// for text.
var x12Handlers = map[string]func(*x12Order, *x12Segment){
	"ST": (*x12Order).skip, "SE": (*x12Order).skip, "PER": (*x12Order).contact,
	"BEG": (*x12Order).begin, "BCH": (*x12Order).begin, "CUR": (*x12Order).currency, "REF": (*x12Order).reference, "N9": (*x12Order).reference,
	"DTM": (*x12Order).date, "SCH": (*x12Order).schedule, "CTT": (*x12Order).totals, "MSG": (*x12Order).message, "NTE": (*x12Order).message,
	"MTX": (*x12Order).message, "TD5": (*x12Order).carrier, "SDQ": (*x12Order).stores,
	"N1": (*x12Order).openParty, "N2": (*x12Order).partyName, "N3": (*x12Order).partyStreet, "N4": (*x12Order).partyPlace,
	"PO1": (*x12Order).item, "POC": (*x12Order).item, "SLN": (*x12Order).subItem, "PID": (*x12Order).describe, "CTP": (*x12Order).price,
}

// order reads a set into a draft.
func (r *x12Reader) order(ctx context.Context, s *x12Set) error {
	o := &x12Order{r: r, d: r.c.order(), set: s, known: map[string]bool{}}
	o.seams.add = o.text
	o.layOut()
	for i := range s.segments {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		segment := &s.segments[i]
		kind := x12SeamKind(segment)
		o.seams.open(kind)
		switch read, found := x12Handlers[segment.tag]; {
		case found:
			read(o, segment)
		case segment.proper():
			o.free(segment, 1)
		default: // what is left of a text
			o.free(segment, 0)
		}
		if kind != "" {
			o.rejoin(segment)
		}
		if o.err != nil {
			return o.err
		}
	}
	o.seams.open("")
	o.finish()
	s.segments = nil
	return o.err
}

// layOut names each segment by its place: N1[2] in the heading, PO1[3]/PID[2] in a line. A number stands where there are
// several of a kind.
func (o *x12Order) layOut() {
	type kind struct {
		line int
		tag  string
	}
	type place struct {
		kind
		number int
	}
	places := make([]place, len(o.set.segments))
	counts := map[kind]int{}
	line := 0
	heads := []string{""}
	for i, s := range o.set.segments {
		k := kind{line, s.tag}
		switch s.tag {
		case "PO1", "POC":
			k.line, line = 0, len(heads)
			heads = append(heads, "")
		case "CTT", "SE":
			k.line, line = 0, 0
		case "N1":
			o.sells = o.sells || len(x12Roles[s.code(1)]) > 0 && x12Roles[s.code(1)][0] == screening.Seller
		}
		counts[k]++
		places[i] = place{k, counts[k]}
	}
	prefix := ""
	if len(o.r.sets) > 1 {
		prefix = fmt.Sprintf("ST[%d]/", o.set.place)
	}
	line = 0
	for i, p := range places {
		s := &o.set.segments[i]
		name := p.tag
		if !s.proper() {
			name = "segment " + quoteShort(withoutContacts(name))
		}
		if counts[p.kind] > 1 {
			name = fmt.Sprintf("%s[%d]", name, p.number)
		}
		s.source = prefix + heads[p.line] + name
		if s.tag == "PO1" || s.tag == "POC" {
			line++
			heads[line] = name + "/"
		}
	}
}

// x12Cut are the segments with fields of their own whose texts go on in the next one of their kind.
var x12Cut = map[string]bool{"NTE": true, "MSG": true, "MTX": true, "REF": true, "N9": true, "PID": true}

// x12SeamKind is the kind of text that a segment holds, which only a segment of the same kind goes on with: its tag, and
// its qualifier where its first element is one. It is empty where there is no text, or none that is kept.
func x12SeamKind(s *x12Segment) string {
	_, placed := x12Handlers[s.tag]
	qualifier := s.code(1)
	switch {
	case placed && !x12Cut[s.tag], !s.proper():
		return ""
	case !placed || s.tag == "MSG":
		return s.tag
	case s.tag == "REF" || s.tag == "N9":
		if qualifier == "SY" || x12ContractRefs[qualifier] || x12PartyRefs[qualifier] != "" {
			return ""
		}
	}
	return s.tag + "*" + qualifier
}

// rejoin goes on with the texts of a segment, each where it went on in the one before.
func (o *x12Order) rejoin(s *x12Segment) {
	for n := 1; n < max(len(s.elements), len(o.seams.columns)); n++ {
		o.seams.piece(n, s.at(n))
	}
}

func (o *x12Order) skip(*x12Segment) {}

// begin reads BEG, and BCH of a change.
func (o *x12Order) begin(s *x12Segment) {
	o.begun = true
	o.d.set("reference", s.at(3))
	purpose, kind := s.code(1), s.code(2)
	o.cancelled = o.cancelled || x12Cancels[purpose]
	if x12Contracts[kind] {
		o.contract(s.at(3))
	}
	if (kind == "RN" || purpose == "30") && o.d.order.Activity == "" {
		o.d.activity(screening.Renewal, s.at(2))
	}
	if s.tag == "BEG" {
		o.change = o.change || x12Changes[purpose] || kind == "CP" || kind == "CR" || kind == "CC"
		o.addDate(x12BegunDate, x12DateParts{day: s.at(5)})
		o.contract(s.at(6))
		o.pick(s, 4)
		o.free(s, 7)
		return
	}
	o.change = true
	o.addDate(x12BegunDate, x12DateParts{day: s.at(6)})
	o.contract(s.at(8))
	o.addDate(x12ChangedDate, x12DateParts{day: s.at(11)})
	o.pick(s, 4, 5, 7, 9)
	o.free(s, 12)
}

// currency is the order's. A line may repeat it.
func (o *x12Order) currency(s *x12Segment) {
	if o.line == nil || o.d.order.Currency == "" {
		o.d.set("currency", s.at(2))
	}
	o.free(s, 3)
}

// reference reads REF and N9: a contract, a party's number, else text.
func (o *x12Order) reference(s *x12Segment) {
	qualifier := s.code(1)
	switch {
	case s.tag == "REF" && o.party != nil && x12PartyRefs[qualifier] != "":
		o.party.number(x12PartyRefs[qualifier], s.at(2))
		o.free(s, 3)
	case qualifier == "SY": // a social security number
	case x12ContractRefs[qualifier]:
		o.contract(s.at(2))
		o.free(s, 3)
	default:
		if s.tag == "N9" {
			o.closeParty()
		}
		o.free(s, 2)
	}
}

// contract notes a contract's number. An order may stand under several.
func (o *x12Order) contract(v value) {
	if v.text == "" || o.known["contract "+v.text] {
		return
	}
	o.known["contract "+v.text] = true
	o.contracts = append(o.contracts, v)
}

func (o *x12Order) addDate(use x12DateUse, parts x12DateParts) {
	d := x12ReadDate(use, parts)
	if d.v.text == "" {
		return
	}
	if o.line != nil {
		o.line.dates = append(o.line.dates, d)
	} else {
		o.dates = append(o.dates, d)
	}
}

func (o *x12Order) date(s *x12Segment) {
	o.addDate(x12Dates[s.code(1)], x12DateParts{day: s.at(2), clock: s.at(3), zone: s.at(4), format: s.code(5), period: s.at(6)})
	o.free(s, 7)
}

// schedule reads SCH: when a line is to be delivered in parts, and to whom.
func (o *x12Order) schedule(s *x12Segment) {
	o.closeParty()
	o.addDate(x12Dates[s.code(5)], x12DateParts{day: s.at(6), clock: s.at(7)})
	o.addDate(x12Dates[s.code(8)], x12DateParts{day: s.at(9), clock: s.at(10)})
	if s.at(4).text != "" {
		o.party = &x12Party{code: s.code(3), names: []value{s.at(4)}}
		o.closeParty()
	}
	o.free(s, 11)
}

// message reads free text, however short.
func (o *x12Order) message(s *x12Segment) {
	for n := 1; n < len(s.elements); n++ {
		if x12Tells(s.elements[n]) || s.tag == "MSG" && n == 1 {
			o.text(s.at(n))
		}
	}
}

// contact keeps for whom a contact works, by the domain of an address. Names and numbers of persons stay behind. Where
// it is not known whose contact it is, the domain is text.
func (o *x12Order) contact(s *x12Segment) {
	code := s.code(1)
	for n := range s.elements {
		for _, domain := range ediDomains(s.at(n)) {
			switch {
			case o.party != nil:
				o.party.mails = append(o.party.mails, value{"@" + domain.text, domain.source})
			case o.line == nil && (code == "BD" || code == "OC"): // the buyer's people
				o.mails = append(o.mails, domain)
			default:
				o.text(domain)
			}
		}
	}
}

// carrier is who brings the goods.
func (o *x12Order) carrier(s *x12Segment) {
	name, number := s.at(5), value{}
	if s.code(2) == "2" {
		number = s.at(3)
	}
	o.free(s, 6)
	key := "carrier " + name.text + "\x00" + number.text
	if !x12Tells(name.text) && number.text == "" || o.known[key] || !o.mayAdd() {
		return
	}
	o.known[key] = true
	p := o.d.party(screening.Intermediary)
	p.set("name", name)
	p.identify("scac", number)
}

// stores reads SDQ, which splits a line among places that are known by number.
func (o *x12Order) stores(s *x12Segment) {
	const lastPair = 22
	scheme := x12Scheme(s.code(2))
	for n := 3; n < min(len(s.elements), lastPair); n += 2 {
		store := s.at(n)
		key := "store " + scheme + "\x00" + store.text
		if store.text == "" || scheme == "" || o.known[key] || !o.mayAdd() {
			continue
		}
		o.known[key] = true
		p := o.d.party(screening.ShipTo)
		p.identify(scheme, store)
		if ediSpells(scheme, store.text) {
			p.set("name", store)
		}
	}
}

// totals reads CTT, behind which no line is open.
func (o *x12Order) totals(s *x12Segment) {
	o.closeParty()
	o.line = nil
	if n, ok := x12Count(s.at(1).text); !ok || n != o.items {
		o.d.problem(problemTotals, "", s.source+"/01", "The order states that it has %s lines, and has %d.", quoteShort(s.at(1).text), o.items)
	}
	o.free(s, 3)
}

// text adds free text to what is open.
func (o *x12Order) text(v value) {
	if o.line != nil {
		o.line.text(v)
	} else {
		o.d.set("text", v)
	}
}

// pick takes elements as text, codes and numbers left out.
func (o *x12Order) pick(s *x12Segment, numbers ...int) {
	for _, n := range numbers {
		if v := s.at(n); x12Tells(v.text) {
			o.text(v)
		}
	}
}

// free takes as one text what a segment says from an element on, codes and numbers left out.
func (o *x12Order) free(s *x12Segment, from int) {
	v := value{source: s.source}
	pieces := 0
	for n := from; n < len(s.elements); n++ {
		if !x12Tells(s.elements[n]) {
			continue
		}
		if pieces++; pieces == 1 {
			v = s.at(n)
		} else {
			v = value{v.text + "; " + s.elements[n], s.source}
		}
	}
	o.text(v)
}

// x12Tells tells texts from codes and numbers: four characters with a letter among them, any letter that no code has, or
// the number of a clause, such as 52.204-23.
func x12Tells(s string) bool {
	const longestCode = 3
	dot := strings.IndexByte(s, '.')
	letter := dot > 0 && strings.IndexByte(s[dot:], '-') > 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if r >= utf8.RuneSelf {
				return true
			}
			letter = true
		}
	}
	return letter && len(s) > longestCode
}

// mayAdd counts the parties of a file.
func (o *x12Order) mayAdd() bool {
	if o.r.parties++; o.r.parties > maxX12Parties {
		o.err = &Error{Kind: TooLarge, Detail: fmt.Sprintf("The file names more than %d parties. Send it in parts.", maxX12Parties)}
		return false
	}
	return true
}

// finish sets what only the whole order tells.
func (o *x12Order) finish() {
	o.closeParty()
	if o.cancelled {
		o.d.kind(screening.CancelDocument)
	}
	for _, p := range o.set.problems {
		source := o.set.segments[p.segment].source
		if p.element != "" {
			source += "/" + p.element
		}
		o.d.problem(p.code, "", source, "%s", p.detail)
	}
	begin := o.set.segments[0].source
	if !o.begun {
		o.d.problem(problemStructure, "", begin, "The message has no BEG or BCH segment, which names the order.")
	}
	if o.items == 0 && o.set.code == "850" && !o.cancelled {
		o.d.problem(problemStructure, "", begin, "The order has no line (PO1).")
	}
	o.finishContracts()
	o.finishDates()
	for _, line := range o.lines {
		line.finish(o.dates)
	}
	for _, domain := range o.mails {
		if o.buyer != nil {
			o.buyer.email(value{"@" + domain.text, domain.source})
		} else {
			o.d.set("text", domain)
		}
	}
}

func (o *x12Order) finishContracts() {
	if len(o.contracts) == 0 {
		return
	}
	names := make([]string, len(o.contracts))
	for i, v := range o.contracts {
		names[i] = v.text
	}
	o.d.set("contract", value{strings.Join(names, "; "), o.contracts[0].source})
}
