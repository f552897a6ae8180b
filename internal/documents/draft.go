package documents

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// value is a piece of a document's text and where it stood.
type value struct{ text, source string }

// Codes of the problems that readers report.
const (
	problemTotals     = "control_total"      // a count or total that the document states is not what it holds
	problemTerminator = "missing_terminator" // two parts run into one another
	problemTwice      = "duplicate_field"    // a single field stands twice with different values
	problemKey        = "duplicate_key"      // a JSON key stands twice, be it in another case
	problemDate       = "unknown_date"       // a date's qualifier, format or zone is not known
	problemCountry    = "unknown_country"
	problemNumber     = "unreadable_number"
	problemStructure  = "unexpected_structure"
)

// collector gathers the orders of one document.
type collector struct {
	format   string
	places   *screening.Places
	drafts   []*draft
	problems []screening.Problem
	lines    int
}

// order begins another order.
func (c *collector) order() *draft {
	d := &draft{collector: c, order: screening.Order{Document: screening.OrderDocument}}
	c.drafts = append(c.drafts, d)
	return d
}

// problem reports something that concerns the whole document: every order of it.
func (c *collector) problem(code, source, detail string, args ...any) {
	if len(c.problems) >= mostProblems {
		return
	}
	c.problems = append(c.problems, screening.Problem{Code: code, Source: source, Detail: fmt.Sprintf(detail, args...)})
}

// document ends the collection.
func (c *collector) document() (Document, error) {
	if len(c.drafts) == 0 {
		return Document{}, malformed("", "The document holds no order.")
	}
	if n := max(c.lines, len(c.drafts)); n > MaxLines {
		return Document{}, &Error{Kind: TooLarge, Detail: fmt.Sprintf("The document has %d lines or orders; a call takes %d at most. Split it.", n, MaxLines)}
	}
	out := Document{Format: c.format, Problems: c.problems}
	for _, d := range c.drafts {
		if o := &d.order; len(o.Lines)+len(o.Parties)+len(o.Problems) == 0 && o.Document != screening.CancelDocument {
			d.problem(problemStructure, "", "", "The order has no line and no party: there is nothing in it to judge.")
		}
		d.order.Problems = append(d.order.Problems, c.problems...)
		out.Orders = append(out.Orders, d.order)
	}
	return out, nil
}

// checkEvery tells a long loop of a reader to look whether it was cancelled.
const checkEvery = 512

// cancelled returns the context's error, asked for now and then.
func cancelled(ctx context.Context, i int) error {
	if i%checkEvery != 0 {
		return nil
	}
	return ctx.Err()
}

// draft is an order under construction. A field is named by its name in the canonical order. Setting one twice with
// different values is a problem, and both values are judged.
type draft struct {
	*collector
	order screening.Order
}

func (d *draft) note(pointer string, v value, canonical string) {
	f := screening.Field{Pointer: screening.Pointer(pointer), Source: v.source}
	if canonical != v.text {
		f.Raw = v.text
	}
	d.order.Fields = append(d.order.Fields, f)
}

// problem reports something about the order, or about the part of it that pointer names.
func (d *draft) problem(code, pointer, source, detail string, args ...any) {
	switch n := len(d.order.Problems); {
	case n > mostProblems:
		return
	case n == mostProblems:
		code, pointer, source, detail, args = problemStructure, "", "", "There are more problems than these.", nil
	}
	d.order.Problems = append(d.order.Problems, screening.Problem{
		Code: code, Pointer: screening.Pointer(pointer), Source: source, Detail: fmt.Sprintf(detail, args...),
	})
}

// fill sets a single field. It returns false where the field holds another value by now.
func (d *draft) fill(dst *string, pointer string, v value, canonical string) bool {
	switch {
	case canonical == "" || canonical == *dst:
		return true
	case *dst == "":
		*dst = canonical
		d.note(pointer, v, canonical)
		return true
	}
	d.problem(problemTwice, pointer, v.source, "The field stands more than once: %s after %s. All of it was judged.", quoteShort(canonical), quoteShort(*dst))
	return false
}

// set fills a field of the order: reference, ordered_at, fulfil_at, currency, contract or text.
func (d *draft) set(field string, v value) {
	v.text = clean(v.text)
	o := &d.order
	switch field {
	case "text":
		d.addText(&o.Texts, "/texts", v)
	case "contract":
		switch {
		case v.text == "":
		case o.Contract == "":
			d.note("/contract", v, v.text)
			o.Contract = v.text
		case len(o.Contract) > mostJoined:
			d.set("text", v)
		case !strings.Contains(o.Contract, v.text):
			o.Contract += "; " + v.text // an order may stand under several
		}
	case "reference":
		d.fill(&o.Reference, "/reference", v, v.text)
	case "ordered_at":
		d.fill(&o.OrderedAt, "/ordered_at", v, v.text)
	case "fulfil_at":
		if d.order.FulfilAt != "" && v.text != "" && v.text != d.order.FulfilAt {
			return // several deliveries: the lines carry their own
		}
		d.fill(&o.FulfilAt, "/fulfil_at", v, v.text)
	case "currency":
		if len(v.text) == len("USD") {
			d.fill(&o.Currency, "/currency", v, strings.ToUpper(v.text))
		}
	default:
		panic("documents: an order has no field " + field)
	}
}

// setRead is set for a date whose form the reader has turned into one that the engine knows.
func (d *draft) setRead(field string, v value, canonical string) {
	switch field {
	case "ordered_at":
		d.fill(&d.order.OrderedAt, "/ordered_at", v, canonical)
	case "fulfil_at":
		if d.order.FulfilAt == "" {
			d.fill(&d.order.FulfilAt, "/fulfil_at", v, canonical)
		}
	default:
		panic("documents: " + field + " is no date of an order")
	}
}

// kind says what the document is; a stricter word that was said before stays.
func (d *draft) kind(k screening.Document) { d.order.Document = k }

// activity is what the document's own codes say is done.
func (d *draft) activity(a screening.Activity, v value) {
	d.order.Activity = a
	d.note("/activity", v, string(a))
}

// party adds a party to the order.
func (d *draft) party(role screening.Role) *partyDraft {
	d.order.Parties = append(d.order.Parties, screening.Party{Role: role})
	i := len(d.order.Parties) - 1
	return &partyDraft{d: d, party: func() *screening.Party { return &d.order.Parties[i] }, pointer: indexed("/parties", i)}
}

// line adds a line to the order.
func (d *draft) line() *lineDraft {
	d.order.Lines = append(d.order.Lines, screening.Line{})
	d.lines++
	i := len(d.order.Lines) - 1
	return &lineDraft{d: d, line: func() *screening.Line { return &d.order.Lines[i] }, pointer: indexed("/lines", i)}
}

// lineDraft is a line under construction.
type lineDraft struct {
	d       *draft
	line    func() *screening.Line // the slice of lines may move
	pointer string
}

// set fills a single field of the line. A second, different value becomes text of the line.
func (l *lineDraft) set(field string, v value) {
	v.text = clean(v.text)
	if field == "description" || field == "manufacturer" {
		v.text = withoutContacts(v.text)
	}
	dst := l.field(field)
	if dst == nil {
		l.text(v)
		return
	}
	canonical := v.text
	if field == "quantity" || field == "unit_price" {
		canonical = l.number(field, v)
	}
	if !l.d.fill(dst, l.pointer+"/"+field, v, canonical) {
		l.text(v)
	}
}

// more is set for a field that may well stand several times, such as a description: what follows the first is text.
func (l *lineDraft) more(field string, v value) {
	if v.text = clean(v.text); v.text == "" {
		return
	}
	if dst := l.field(field); dst == nil || *dst != "" {
		l.text(v)
		return
	}
	l.set(field, v)
}

// field is the place of a single field; nil for "text".
func (l *lineDraft) field(name string) *string {
	line := l.line()
	switch name {
	case "id":
		return &line.ID
	case "sku":
		return &line.SKU
	case "manufacturer":
		return &line.Manufacturer
	case "manufacturer_part":
		return &line.ManufacturerPart
	case "description":
		return &line.Description
	case "gtin":
		return &line.GTIN
	case "cpe":
		return &line.CPE
	case "purl":
		return &line.PURL
	case "quantity":
		return &line.Quantity
	case "unit_price":
		return &line.UnitPrice
	case "fulfil_at":
		return &line.FulfilAt
	case "service_start":
		return &line.ServiceStart
	case "service_end":
		return &line.ServiceEnd
	case "text":
		return nil
	}
	panic("documents: a line has no field " + name)
}

// setRead is set for a date whose form the reader has turned into one that the engine knows.
func (l *lineDraft) setRead(field string, v value, canonical string) {
	l.d.fill(l.field(field), l.pointer+"/"+field, v, canonical)
}

// number reads a quantity or price as a decimal. A quantity that cannot be read is a problem, since a return shows in
// its sign; a price decides nothing.
func (l *lineDraft) number(field string, v value) string {
	number, ok := decimal(v.text)
	if !ok && v.text != "" && field == "quantity" {
		l.d.problem(problemNumber, l.pointer+"/quantity", v.source, "%s is not a number.", quoteShort(v.text))
	}
	return number
}

// text adds free text to the line.
func (l *lineDraft) text(v value) {
	v.text = clean(v.text)
	line := l.line()
	if v.text == line.SKU || v.text == line.Description {
		return
	}
	l.d.addText(&line.Texts, l.pointer+"/texts", v)
}

// addText adds a text to a list of them, contacts left out, unless it stands there by now.
func (d *draft) addText(list *[]string, pointer string, v value) {
	v.text = withoutContacts(v.text)
	n := len(*list)
	switch {
	case v.text == "", slices.Contains((*list)[max(n-fewTexts, 0):], v.text):
		return
	case n > mostTexts:
		return
	case n == mostTexts:
		d.problem(problemStructure, pointer, v.source, "There are more than %d texts here; what follows was not read.", mostTexts)
	}
	d.note(indexed(pointer, n), v, v.text)
	*list = append(*list, v.text)
}

// Limits on what a stranger may repeat.
const (
	mostTexts    = 2000    // of one line, or of the order
	fewTexts     = 50      // among which a text is looked for, to leave it out the second time
	mostJoined   = 8 << 10 // bytes of a field that is put together from pieces
	mostProblems = 200     // of one order: it is for review since the first
	mostIDs      = 100     // numbers, or other names, of one party
)

// party adds a party to the line; it wins over the order's of the same role.
func (l *lineDraft) party(role screening.Role) *partyDraft {
	line := l.line()
	line.Parties = append(line.Parties, screening.Party{Role: role})
	i := len(line.Parties) - 1
	return &partyDraft{d: l.d, party: func() *screening.Party { return &l.line().Parties[i] }, pointer: indexed(l.pointer+"/parties", i)}
}

// partyDraft is a party under construction.
type partyDraft struct {
	d       *draft
	party   func() *screening.Party
	pointer string
}

// set fills a field of the party: name, alias, address (pieces are joined), country, state, date_of_birth,
// nationality or employer. A second name is an alias.
func (p *partyDraft) set(field string, v value) {
	if v.text = clean(v.text); v.text == "" {
		return
	}
	party := p.party()
	switch field {
	case "name":
		if v.text = withoutContacts(v.text); v.text == "" {
			return
		}
		switch {
		case party.Name == "":
			p.d.fill(&party.Name, p.pointer+"/name", v, v.text)
		case party.Name != v.text:
			p.set("alias", v)
		}
	case "alias":
		if len(party.Aliases) >= mostIDs {
			p.d.set("text", v)
			return
		}
		p.d.note(indexed(p.pointer+"/aliases", len(party.Aliases)), v, v.text)
		party.Aliases = append(party.Aliases, v.text)
	case "address":
		if v.text = withoutContacts(v.text); v.text == "" {
			return
		}
		switch {
		case party.Address == "":
			p.d.note(p.pointer+"/address", v, v.text)
			party.Address = v.text
		case len(party.Address) > mostJoined:
			p.d.set("text", v)
		default:
			party.Address += ", " + v.text
		}
	case "country":
		p.country(v)
	case "state":
		p.d.fill(&party.State, p.pointer+"/state", v, v.text)
	case "date_of_birth":
		p.d.fill(&party.DateOfBirth, p.pointer+"/date_of_birth", v, v.text)
	case "nationality":
		p.d.fill(&party.Nationality, p.pointer+"/nationality", v, v.text)
	case "employer":
		p.d.fill(&party.Employer, p.pointer+"/employer", v, v.text)
	default:
		panic("documents: a party has no field " + field)
	}
}

// country takes a code or a name. One that is not known leaves the country open, and is a problem.
func (p *partyDraft) country(v value) {
	country, ok := p.d.places.Country(v.text)
	if !ok {
		p.d.problem(problemCountry, p.pointer+"/country", v.source, "%s is not a country: want ISO 3166-1, such as US, or an English name.", quoteShort(v.text))
		p.set("address", v)
		return
	}
	p.d.fill(&p.party().Country, p.pointer+"/country", v, country)
}

// identify adds a number that a register gave. kind is a word such as duns, gln, vat or tax_id.
func (p *partyDraft) identify(kind string, v value) {
	if v.text = clean(v.text); v.text == "" || kind == "" {
		return
	}
	party := p.party()
	id := screening.Identifier{Type: strings.ToLower(kind), Value: v.text}
	if slices.Contains(party.Identifiers, id) {
		return
	}
	if len(party.Identifiers) >= mostIDs {
		p.d.set("text", v)
		return
	}
	p.d.note(indexed(p.pointer+"/identifiers", len(party.Identifiers)), v, v.text)
	party.Identifiers = append(party.Identifiers, id)
}

// email keeps the domain of an address, which tells who somebody works for, and nothing else of it.
func (p *partyDraft) email(v value) {
	at := strings.LastIndexByte(v.text, '@')
	if at < 0 {
		return
	}
	domain := strings.ToLower(strings.Trim(clean(v.text[at+1:]), "<>;,. "))
	if domain != "" && !strings.ContainsAny(domain, " /\\") {
		p.identify("domain", value{domain, v.source})
	}
}

// empty reports whether nothing was said of the party.
func (p *partyDraft) empty() bool {
	party := p.party()
	return party.Name == "" && party.Address == "" && party.Country == "" && len(party.Identifiers) == 0 && len(party.Aliases) == 0
}

func indexed(base string, i int) string { return base + "/" + strconv.Itoa(i) }

// clean trims a text and makes one blank of every run of blanks and control characters, line ends apart.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] > ' ' && s[i] < 0x7f || s[i] == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' '
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank, line := false, false
	for _, r := range s {
		switch {
		case r == '\n':
			blank, line = true, true
		case unicode.IsSpace(r) || unicode.IsControl(r):
			blank = true
		default:
			if b.Len() > 0 && line {
				b.WriteByte('\n')
			} else if b.Len() > 0 && blank {
				b.WriteByte(' ')
			}
			blank, line = false, false
			b.WriteRune(r)
		}
	}
	return b.String()
}

var (
	mailAddress = regexp.MustCompile(`[^\s@<>"(),:;]+@([^\s@<>"(),:;]+\.[A-Za-z]{2,})`)
	phoneNumber = regexp.MustCompile(`(?i)\b(?:tel|phone|telephone|fax|mobile|cell)\b\.?:?\s*\+?[\d(][\d\s()./-]{5,}\d`)
)

// withoutContacts takes people's e-mail addresses and telephone numbers out of a text. The domain stays.
func withoutContacts(s string) string {
	if strings.IndexByte(s, '@') >= 0 {
		s = withoutMail(s)
	}
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return phoneNumber.ReplaceAllString(s, "")
}

// withoutMail leaves of each address its domain. The version behind a package's name, pkg:maven/a/b@4.1.0.Final, is no
// domain.
func withoutMail(s string) string {
	var b strings.Builder
	last := 0
	for _, m := range mailAddress.FindAllStringSubmatchIndex(s, -1) {
		if m[0] > 0 && s[m[0]-1] == '/' || strings.ContainsRune(s[m[0]:m[2]], '/') || isVersion(s[m[2]:m[3]]) {
			continue
		}
		b.WriteString(s[last:m[0]])
		last = m[2]
	}
	return b.String() + s[last:]
}

// isVersion tells of a word that begins with two numbers: 4.1.0.Final.
func isVersion(s string) bool {
	parts := strings.SplitN(s, ".", 3)
	return len(parts) == 3 && isDigits(parts[0]) && isDigits(parts[1])
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// decimal reads a number as people and programs write it: 1,234.50, 1.234,50, 1 234,50 US$, -5, (5). Where one sign
// could be either, it is the thousands' only before exactly three digits.
func decimal(s string) (string, bool) {
	s = strings.TrimSpace(s)
	negative := strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")
	var digits strings.Builder
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',':
			digits.WriteRune(r)
		case r == '-' || r == '−':
			if digits.Len() > 0 && i < len(s)-len(string(r)) {
				return "", false // 2024-10-02 is no number
			}
			negative = true
		case (r == 'e' || r == 'E') && digits.Len() > 0:
			return scientific(s)
		}
	}
	number := strings.Trim(digits.String(), ".,")
	if number == "" {
		return "", false
	}
	number, ok := plainDecimal(number)
	if negative && ok && strings.Trim(number, "0.") != "" {
		number = "-" + number
	}
	return number, ok
}

// scientific reads 1.5E+3 as spreadsheets write it.
func scientific(s string) (string, bool) {
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil {
		return "", false
	}
	return strconv.FormatFloat(f, 'f', -1, 64), true
}

// plainDecimal sorts out dots and commas.
func plainDecimal(s string) (string, bool) {
	dot, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	mark := max(dot, comma)
	if mark < 0 {
		return s, true
	}
	both := dot >= 0 && comma >= 0
	repeated := strings.Count(s, s[mark:mark+1]) > 1
	thousands := !both && (repeated || s[mark] == ',' && len(s)-mark-1 == 3 && s[:mark] != "0")
	whole := strings.NewReplacer(".", "", ",", "").Replace
	if thousands {
		return whole(s), true
	}
	if both && repeated {
		return "", false
	}
	return whole(s[:mark]) + "." + s[mark+1:], true
}
