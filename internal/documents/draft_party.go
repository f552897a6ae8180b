package documents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// partyDraft is a party under construction.
type partyDraft struct {
	d       *draft
	line    *lineDraft // nil: a party of the order
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

// country takes a code or a name. One that is not known leaves the country open, and is a problem. A second one is a
// problem too, and the party is judged in both.
func (p *partyDraft) country(v value) {
	country, ok := p.d.country(v.text)
	if !ok {
		p.d.problem(problemCountry, p.pointer+"/country", v.source, "%s is not a country: want ISO 3166-1, such as US, or an English name.", quoteShort(v.text))
		p.set("address", v)
		return
	}
	if !p.d.fill(&p.party().Country, p.pointer+"/country", v, country) {
		p.d.twins = append(p.d.twins, twin{p, country, v})
	}
}

// twin is a party in another country that was said of it.
type twin struct {
	of      *partyDraft
	country string
	value   value
}

// addTwins adds the parties that were said to be in a second country, once all is known of them.
func (d *draft) addTwins() {
	type place struct{ pointer, country string }
	added := map[place]bool{}
	for _, t := range d.twins {
		if at := (place{t.of.pointer, t.country}); !added[at] {
			added[at] = true
			other := t.of.open(t.of.party().Role)
			*other.party() = *t.of.party()
			other.party().Country = t.country
			d.note(other.pointer+"/country", t.value, t.country)
		}
	}
	d.twins = nil
}

// open adds a party beside this one.
func (p *partyDraft) open(role screening.Role) *partyDraft {
	if p.line != nil {
		return p.line.party(role)
	}
	return p.d.party(role)
}

// contact adds a person whom the document names for this party. Sanctions bind whoever takes part, so the name is judged;
// how to reach the person does not leave.
func (p *partyDraft) contact(v value) {
	v.text = withoutContacts(clean(v.text))
	party := p.party()
	if !strings.ContainsFunc(v.text, unicode.IsLetter) || strings.EqualFold(v.text, party.Name) || slices.Contains(party.Aliases, v.text) {
		return
	}
	parties := p.d.order.Parties
	if p.line != nil {
		parties = p.line.line().Parties
	}
	for _, known := range parties[max(len(parties)-fewTexts, 0):] {
		if known.Kind == screening.Person && known.Name == v.text {
			return
		}
	}
	person := p.open(screening.Intermediary)
	person.party().Kind = screening.Person
	person.set("name", v)
}

// number adds a number that another firm has given to the party. Where it has words, it is a name as well: people write
// names into the fields of numbers.
func (p *partyDraft) number(kind string, v value) {
	p.identify(kind, v)
	if hasWord(v.text) {
		p.set("name", v)
	}
}

// hasWord tells a text in which a word of four letters or more stands alone, as in names, from a code.
func hasWord(text string) bool {
	const shortest = 4
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if utf8.RuneCountInString(word) >= shortest && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return true
		}
	}
	return false
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

// countryNumbers are the numeric codes of ISO 3166-1 that are met in orders: the United States with its territories, and
// the countries that trade most with it.
var countryNumbers = map[string]string{
	"840": "US", "016": "AS", "316": "GU", "580": "MP", "630": "PR", "850": "VI",
	"036": "AU", "040": "AT", "056": "BE", "076": "BR", "112": "BY", "124": "CA", "156": "CN", "208": "DK", "246": "FI",
	"250": "FR", "276": "DE", "356": "IN", "372": "IE", "376": "IL", "380": "IT", "392": "JP", "398": "KZ", "410": "KR",
	"484": "MX", "528": "NL", "554": "NZ", "578": "NO", "616": "PL", "643": "RU", "682": "SA", "702": "SG", "710": "ZA",
	"724": "ES", "752": "SE", "756": "CH", "784": "AE", "792": "TR", "804": "UA", "826": "GB",
}

// country reads a country by code or name. A word in brackets behind it may say it again, and must not say another.
func (c *collector) country(s string) (string, bool) {
	s = clean(s)
	if country, ok := c.places.Country(s); ok {
		return country, true
	}
	if alpha2 := countryNumbers[s]; alpha2 != "" {
		return c.places.Country(alpha2)
	}
	before, inside, ok := strings.Cut(strings.TrimRight(s, ") "), "(")
	if !ok {
		return "", false
	}
	outer, named := c.places.Country(strings.TrimSpace(before))
	inner, again := c.places.Country(strings.TrimSpace(inside))
	switch {
	case named && again && outer != inner:
		return "", false
	case named:
		return outer, true
	}
	return inner, again
}
