package features

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// compared is with how many of those before it something new is compared: whole lists would cost the square of their length.
const compared = 1000

// Add adds a number to an entity under each of its types, with what it tells besides: the host of a website, and the
// country that registered or taxes a company. A number that is there already is not added again.
func (c *Countries) Add(e *screening.Entity, types []string, n Number) {
	value := strings.TrimSpace(n.Value)
	if value == "" || len(types) == 0 {
		return
	}
	country := c.Code(n.Country)
	switch types[0] {
	case "website":
		e.Domains = AddNew(e.Domains, Host(value))
	case "digital_currency":
		if _, address, ok := strings.Cut(value, " "); ok { // the currency stands before it
			value = strings.TrimSpace(address)
		}
	case "registration", "tax_id", "gazette":
		e.Countries = AddNew(e.Countries, country)
	}
	for _, kind := range types {
		addNumber(e, kind, value)
	}
	if country == "RU" && len(types) == 1 {
		addNumber(e, russian(types[0], value), value)
	}
}

// AddItem reads an item such as "Tax ID No. 123 (Russia)" and adds its number, where it is one. The country counts where
// the item names none. It tells whether the item begins with the label of a number.
func (c *Countries) AddItem(e *screening.Entity, item, country string) bool {
	types, rest := CutLabel(item)
	if types == nil {
		return false
	}
	n := Number{Value: rest}
	switch types[0] {
	case "phone", "email", "digital_currency":
	case "website":
		site, _, _ := strings.Cut(rest, " ")
		n.Value = strings.TrimRight(site, ".,")
	case "swift", "call_sign", "aircraft_tail":
		n = ReadNumber(rest)
	default:
		if n = ReadNumber(rest); !strings.ContainsAny(n.Value, "0123456789") {
			return true // a sentence that begins alike
		}
	}
	if n.Country == "" {
		n.Country = country
	}
	c.Add(e, types, n)
	return true
}

func addNumber(e *screening.Entity, kind, value string) {
	n := screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	if kind != "" && !slices.Contains(e.Identifiers[:min(compared, len(e.Identifiers))], n) {
		e.Identifiers = append(e.Identifiers, n)
	}
}

// russian returns the name that Russia has for a number of a general type, empty where it is none of hers. Callers give
// such a number by that name.
func russian(kind, value string) string {
	switch digits := digitsOf(value); {
	case kind == "tax_id" && (digits == 10 || digits == 12):
		return "inn"
	case kind == "registration" && (digits == 13 || digits == 15):
		return "ogrn"
	}
	return ""
}

// digitsOf counts the digits of a text, 0 where it has anything else.
func digitsOf(text string) int {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0
		}
	}
	return len(text)
}

// AddName adds a name to an entity once. Of two forms of one name the one that says more about it counts: a weak name
// that the list also gives in full is no weak one.
func AddName(e *screening.Entity, name string, form names.NameForm, note string) {
	name = strings.TrimSpace(name)
	if name == "" || name == e.Name {
		return
	}
	for i := range min(compared, len(e.Names)) {
		if known := &e.Names[i]; known.Name == name {
			if known.Form == names.Weak && form != names.Weak {
				known.Form, known.Note = form, note
			}
			return
		}
	}
	e.Names = append(e.Names, screening.EntityName{Name: name, Form: form, Verified: screening.Primary, Note: note})
}

// AddCitizenship adds a nationality or citizenship by its country's code. The first one is the entity's nationality.
func AddCitizenship(e *screening.Entity, code string) {
	switch {
	case code == "" || code == e.Nationality:
	case e.Nationality == "":
		e.Nationality = code
	default:
		e.AlsoCitizen = AddNew(e.AlsoCitizen, code)
	}
}

// AddNew appends a text that is not empty and not there yet.
func AddNew(list []string, text string) []string {
	if text == "" || slices.Contains(list[:min(compared, len(list))], text) {
		return list
	}
	return append(list, text)
}
