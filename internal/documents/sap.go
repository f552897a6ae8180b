package documents

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// What the readers of SAP's two order formats, the IDoc and the OrderRequest of S/4HANA, have in common.

// Limits on what one part of an order may hold. Real orders stay far below them.
const (
	sapHeaderElements = 10_000 // of an order outside its lines
	sapLineElements   = 2_000  // of one line
	sapPartyElements  = 300    // of one party
	sapContractBytes  = 16 << 10
)

// sapPayload is the message itself: what the body of a SOAP envelope holds, else the root element.
func sapPayload(root *node) *node {
	if root == nil || root.name != "Envelope" {
		return root
	}
	if body := root.child("Body"); body != nil && len(body.children) > 0 {
		return body.children[0]
	}
	return root
}

// sapRoles are the partner functions of an IDoc, in the key that SAP stores and in the English display that
// converters write, and the party types of an OrderRequest.
var sapRoles = map[string]screening.Role{
	"AG": screening.Buyer, "BK": screening.Buyer, "BY": screening.Buyer, "SOLDTO": screening.Buyer,
	"SOLDTOPARTY": screening.Buyer, "BUYER": screening.Buyer,

	"LF": screening.Seller, "LFL": screening.Seller, "VN": screening.Seller, "SU": screening.Seller,
	"BA": screening.Seller, "WL": screening.Seller, "OSO": screening.Seller, "SUPPLIER": screening.Seller,
	"VENDOR": screening.Seller, "SELLER": screening.Seller, "ORDERINGADDRESS": screening.Seller,
	"GOODSSUPPLIER": screening.Seller,

	"WE": screening.ShipTo, "SH": screening.ShipTo, "ST": screening.ShipTo, "DP": screening.ShipTo,
	"WK": screening.ShipTo, "SHIPTO": screening.ShipTo, "SHIPTOPARTY": screening.ShipTo,

	"RE": screening.BillTo, "RG": screening.BillTo, "BP": screening.BillTo, "PY": screening.BillTo,
	"ZA": screening.BillTo, "BT": screening.BillTo, "BILLTO": screening.BillTo, "BILLTOPARTY": screening.BillTo,
	"PAYER": screening.BillTo,

	"RS": screening.Payee, "PI": screening.Payee, "AZ": screening.Payee, "BE": screening.Payee,
	"INVOICINGPARTY": screening.Payee, "PAYEE": screening.Payee,

	"SP": screening.Intermediary, "CR": screening.Intermediary, "SLS": screening.Intermediary,
	"AP": screening.Intermediary, "ER": screening.Intermediary, "VE": screening.Intermediary,
	"ZM": screening.Intermediary, "FORWARDINGAGENT": screening.Intermediary, "CARRIER": screening.Intermediary,

	"HR": screening.Manufacturer, "MF": screening.Manufacturer, "MANUFACTURER": screening.Manufacturer,
}

// sapRole is the role of a partner function. End customers have no function of their own in SAP: each firm makes one
// up. So a function that is not known is read as an end user, the role that every rule looks at.
func sapRole(function string) screening.Role {
	if role, ok := sapRoles[strings.ToUpper(strings.TrimSpace(function))]; ok {
		return role
	}
	return screening.EndUser
}

// sapReturnTypes are the document types of a return as SAP delivers them. Types that a firm made up are not known.
var sapReturnTypes = map[string]bool{"RE": true, "RE2": true, "CBRE": true}

// sapDate is a date as it stood and in a form that the engine reads; the zero value is no date.
type sapDate struct {
	value     value
	canonical string
	bad       bool // cannot be read
}

// sapDateOf reads a day, and the time that stands beside it. Zeros are how SAP writes no date and no time. A time that
// is none leaves the day, within which it lies.
func sapDateOf(day, clock value) sapDate {
	text := strings.TrimSpace(day.text)
	if strings.Trim(text, "0-.:/ ") == "" {
		return sapDate{}
	}
	d := sapDate{value: day, canonical: text}
	if len(text) == len("20241120") && sapDigits(text) {
		d.canonical = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	d.canonical = plainDate(sapDayWithoutZone(d.canonical))
	if screening.CheckDate(d.canonical) != nil {
		d.canonical, d.bad = text, true
		return d
	}
	digits := strings.ReplaceAll(clock.text, ":", "")
	if len(d.canonical) != len("2024-11-20") || len(digits) < 6 || !sapDigits(digits[:6]) || strings.Trim(digits[:6], "0") == "" {
		return d
	}
	timed := d.canonical + "T" + digits[:2] + ":" + digits[2:4] + ":" + digits[4:6]
	if screening.CheckDate(timed) == nil {
		d.canonical = timed
	}
	return d
}

// sapDayWithoutZone drops the zone that XML allows behind a day, such as 2024-11-20Z: the engine reads a day in the
// zones of the deal, which is the wider reading.
func sapDayWithoutZone(s string) string {
	const day = len("2024-11-20")
	if len(s) > day && s[4] == '-' && s[7] == '-' && (s[day] == 'Z' || s[day] == '+' || s[day] == '-') {
		return s[:day]
	}
	return s
}

func sapDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// later returns the later of two dates, which is the stricter one: what the law bars, it bars from a day on. A date
// that cannot be read may be any, and wins.
func (d sapDate) later(other sapDate) sapDate {
	switch {
	case d.canonical == "" || other.bad && !d.bad:
		return other
	case other.canonical == "" || d.bad || strings.HasPrefix(d.canonical, other.canonical):
		return d
	case strings.HasPrefix(other.canonical, d.canonical): // the same day, and its time
		return other
	case isLater(other.canonical, d.canonical):
		return other
	}
	return d
}

// sapDateIn reads the day of an element or segment, with the time beside it. Of several the latest counts.
func sapDateIn(n *node, day, clock string) sapDate {
	var last sapDate
	clocks := n.all(clock)
	for i, c := range n.all(day) {
		at := value{}
		if len(clocks) > 0 {
			at = clocks[min(i, len(clocks)-1)].text()
		}
		last = last.later(sapDateOf(c.text(), at))
	}
	return last
}

// report tells of a date that cannot be read.
func (d sapDate) report(draft *draft, pointer string) {
	if d.bad {
		draft.problem(problemDate, pointer, d.value.source, "%s is not a date that can be read: want a day such as 20241120.", quoteShort(d.value.text))
	}
}

// sapUnitPrice is the price of one, where SAP gives it for 10, 100 or 1000. Where it cannot be told, there is none.
func sapUnitPrice(price, basis string) string {
	amount, ok := decimal(price)
	if !ok {
		return ""
	}
	per, ok := decimal(basis)
	if !ok || strings.Trim(per, "0.") == "" {
		return amount // no basis, or the zero that stands for none
	}
	const digits, places = 40, 6
	if len(amount) > digits || len(per) > digits {
		return ""
	}
	whole, okAmount := new(big.Rat).SetString(amount)
	divisor, okPer := new(big.Rat).SetString(per)
	if !okAmount || !okPer || divisor.Sign() < 0 {
		return ""
	}
	if divisor.Cmp(big.NewRat(1, 1)) == 0 {
		return amount
	}
	quotient := new(big.Rat).Quo(whole, divisor).FloatString(places)
	return strings.TrimRight(strings.TrimRight(quotient, "0"), ".")
}

// sapPrice sets the unit price of a line. It is in the order's currency, so one in another currency is left out.
func sapPrice(l *lineDraft, price, basis value, currency string) {
	if currency != "" && l.d.order.Currency != "" && !strings.EqualFold(currency, l.d.order.Currency) {
		return
	}
	if unit := sapUnitPrice(price.text, basis.text); unit != "" {
		l.d.fill(&l.line().UnitPrice, l.pointer+"/unit_price", price, unit)
	}
}

// sapWords tells text that may name something from the codes that SAP fields are full of: four letters in all.
func sapWords(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 4 && s != "true" && s != "false"
}

// sapLimits refuses an order with more than real ones have, before anything of it is read. line names its lines.
func sapLimits(order *node, line string) error {
	header := 0
	for _, c := range order.children {
		count := sapElements(c, sapHeaderElements)
		switch {
		case c.name != line:
			header += count
		case count > sapLineElements:
			return sapTooLarge(c, "line", sapLineElements)
		}
		if header > sapHeaderElements {
			return sapTooLarge(order, "order outside its lines", sapHeaderElements)
		}
	}
	var err error
	order.each(func(c *node) {
		if sapIsParty(c.name) && sapElements(c, sapPartyElements) > sapPartyElements {
			err = sapTooLarge(c, "party", sapPartyElements)
		}
	})
	return err
}

func sapTooLarge(n *node, what string, most int) error {
	return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The %s has more than %d elements. Split the document.", what, most), At: n.path()}
}

func sapIsParty(name string) bool { return name == "Party" || name == "E1EDKA1" || name == "E1EDPA1" }

// sapElements counts an element's own and all below it, and stops once there are more than most.
func sapElements(n *node, most int) int {
	count := 1
	for _, c := range n.children {
		if count > most {
			return count
		}
		count += sapElements(c, most-count)
	}
	return count
}

// sapTexts is where text goes that has no field of its own: the order, or one of its lines.
type sapTexts struct {
	d       *draft
	pointer string // of what the text belongs to, for problems
	add     func(value)
}

func sapOrderTexts(d *draft) sapTexts {
	return sapTexts{d, "", func(v value) { d.set("text", v) }}
}

func sapLineTexts(l *lineDraft) sapTexts { return sapTexts{l.d, l.pointer, l.text} }

// contract adds a reference to a contract. Beyond a length that no order reaches it becomes text.
func (t sapTexts) contract(v value) {
	if len(t.d.order.Contract)+len(v.text) > sapContractBytes {
		t.add(v)
		return
	}
	t.d.set("contract", v)
}

// repeated reports fields of one segment that stand twice with different values, and keeps every one as text.
func (t sapTexts) repeated(segment *node, mayRepeat map[string]bool) {
	if len(segment.alike) == len(segment.children) {
		return
	}
	first := map[string]string{}
	for _, c := range segment.children {
		if segment.alike[c.name] < 2 || len(c.children) > 0 || mayRepeat[c.name] {
			continue
		}
		v := c.text()
		before, seen := first[c.name]
		switch {
		case !seen:
			first[c.name] = v.text
		case v.text != before && v.text != "":
			t.d.problem(problemTwice, t.pointer, v.source, "%s stands more than once: %s after %s. All of it was judged.", quoteShort(c.name), quoteShort(v.text), quoteShort(before))
			t.add(v)
		}
	}
}

// sapAction is what an item says is done with it.
type sapAction uint8

// The actions that change what the document is, where all items have them.
const (
	sapOrdinary sapAction = iota
	sapDeleted
	sapReturned
)

// sapAll tells whether there are items and all of them have an action.
func sapAll(actions []sapAction, want sapAction) bool {
	for _, a := range actions {
		if a != want {
			return false
		}
	}
	return len(actions) > 0
}

// sapOwn takes the numbers that a firm has given to a partner, in whose place some write the name.
func sapOwn(p *partyDraft, segment *node, fields ...string) {
	for _, field := range fields {
		for _, n := range segment.all(field) {
			p.number("own", n.text())
		}
	}
}

// sapLocation takes a field that is to hold a global location number, which has 13 digits.
func sapLocation(p *partyDraft, v value) {
	kind := "own"
	if len(v.text) == 13 && sapDigits(v.text) {
		kind = "gln"
	}
	p.identify(kind, v)
}

// sapSet is the set of the names in a text.
func sapSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}
