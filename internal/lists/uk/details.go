package uk

import (
	"strings"
	"unicode"

	"github.com/interdict/interdict/internal/lists/entry"
)

func addPerson(d *entry.Draft, p *person) {
	for _, text := range p.Births {
		date, ok := entry.Slashed(text)
		if !ok {
			date = text // not read, and kept as a remark
		}
		d.BornOn(date)
	}
	for _, n := range p.Nationalities {
		d.Citizen(n)
	}
	d.Held(p.Positions...)
	for _, b := range p.Birthplaces {
		d.Birthplaces(b.Town, b.Country)
	}
	for _, doc := range p.Passports {
		d.Number("passport", doc.Number)
		d.Remarks("Passport", []string{doc.Note})
	}
	for _, doc := range p.Cards {
		d.Number("national_id", doc.Number)
		d.Remarks("National identifier", []string{doc.Note})
	}
}

func addEntity(d *entry.Draft, e *entity) {
	for _, text := range e.Numbers {
		addNumbers(d, text)
	}
	d.Remarks("Type of entity", e.Types)
	d.Remarks("Parent company", e.Parents)
	d.Remarks("Subsidiaries", e.Subsidiaries)
}

func addShip(d *entry.Draft, s *ship) {
	for _, number := range s.IMO {
		d.IMO(number)
	}
	for _, number := range s.Hull {
		d.Number("hull", number)
	}
	for _, flag := range s.Flags {
		if d.In(flag) == "" {
			d.Remarks("Flag", []string{flag})
		}
	}
	d.Remarks("Previous flags", s.Flown)
	d.Remarks("Owner or operator", s.Owners)
	d.Remarks("Previous owner or operator", s.Owned)
	d.Remarks("Type of ship", s.Types)
	d.Remarks("Tonnage", s.Tonnages)
	d.Remarks("Length", s.Lengths)
	d.Remarks("Year built", s.YearBuilt)
}

// numberLabels are the words that the list writes before numbers of a register. An empty type is a number that many
// companies share, so that it tells none of them.
var numberLabels = map[string]string{
	"inn": "inn", "ogrn": "ogrn", "kpp": "", "tin": "tax_id", "swift": "swift", "bic": "swift", "okpo": "okpo", "lei": "lei",
}

// addNumbers reads a field of registration numbers, which is free text: "INN: 7700000000 / KPP: 770001001", or a number
// alone. Each number behind a known label has its type. Text in which a number has none is also kept as it is.
func addNumbers(d *entry.Draft, text string) {
	kind, labelled, found, whole := "", false, false, false
	for word := range strings.FieldsFuncSeq(text, isBetween) {
		if of, known := numberLabels[strings.ToLower(word)]; known {
			kind, labelled = of, true
			continue
		}
		switch {
		case !isNumber(kind, word):
			continue
		case !labelled:
			whole = true
		case kind != "":
			found = true
			d.Number(kind, word)
		}
		kind, labelled = "", false
	}
	if whole || !found {
		d.Number("registration", text)
	}
}

// isNumber tells a number from the words around it. A bank's code may be letters alone.
func isNumber(kind, word string) bool {
	if kind == "swift" {
		return (len(word) == 8 || len(word) == 11) && word == strings.ToUpper(word)
	}
	return strings.IndexFunc(word, unicode.IsDigit) >= 0
}

func isBetween(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("-:;,/()|=\u2013\u2014", r)
}
