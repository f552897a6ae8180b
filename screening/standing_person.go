package screening

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

// vouched tells whether something besides the name speaks for a listed person: then a name that lacks some parts is enough.
func (a assessor) vouched(e *Entity, p *PartyText) bool {
	born, _ := e.bornOn(p.DateOfBirth)
	from := e.nationalities()
	return born == Yes || slices.Contains(from, p.Nationality) || slices.Contains(from, p.Country) ||
		slices.ContainsFunc(a.placesIn(p.Address), func(place string) bool { return slices.Contains(from, place) })
}

// bearer is the match of a person who bears a brand as a surname: related until a person has looked.
func (a assessor) bearer(c candidate) Assessed {
	m := a.assessed(c, c.entity)
	m.Standing, m.Kind = Related, Person
	m.Certainty = min(m.Certainty, Likely)
	m.Doubt = "a person with this surname is not the company"
	return m
}

// person weighs a match with a listed person. A name alone is never certain. The full date of birth, the employer or
// the list's id makes it so; for a full three-part name spelt as listed also the nationality, a partial date of birth
// or an address in the person's country. A two-part name and a country fit thousands.
func (a assessor) person(c candidate, p *PartyText) Assessed {
	m := a.assessed(c, c.entity)
	m.Certainty = min(m.Certainty, Likely)
	if c.entity.Standing != Listed {
		return m
	}
	e := c.entity
	fullName := c.match.NameParts >= 3 && c.match.Score >= a.catalogue.thresholds.Names.Block
	asListed := fullName && !c.match.Mixed && c.match.Spelt >= spelt
	born, exactly := e.bornOn(p.DateOfBirth)
	from := e.nationalities()
	agrees := func(pointer Pointer, text string) Assessed {
		m.Certainty, m.Doubt = Certain, ""
		m.Evidence = append(m.Evidence, Evidence{Pointer: pointer, End: utf8.RuneCountInString(text), Text: text, Method: methodIdentifier})
		return m
	}
	switch {
	case born == No:
		m.Certainty, m.Doubt = Possible, "the date of birth differs"
		return m
	case born == Yes && (fullName || exactly):
		return agrees("/date_of_birth", p.DateOfBirth)
	case a.employed(p, e):
		return agrees("/employer", p.Employer)
	case asListed && slices.Contains(from, p.Nationality):
		return agrees("/nationality", p.Nationality)
	case asListed && slices.Contains(from, p.Country):
		return agrees("/country", p.Country)
	case asListed && slices.ContainsFunc(a.placesIn(p.Address), func(place string) bool { return slices.Contains(from, place) }):
		return agrees("/address", p.Address)
	}
	m.Doubt = "the name alone agrees"
	return m
}

// spelt is how similar each part of a name must be to pass for spelt as listed: another romanisation, no slip.
const spelt = 0.95

// newYear is the day that registers give to those whose birthday they do not know.
const newYear = "-01-01"

// bornOn compares a written date of birth, possibly without day or month, with those known. Exactly is true where both
// are the same full date. A list that knows only the year does not contradict a date in it.
func (e *Entity) bornOn(written string) (agrees Answer, exactly bool) {
	if written == "" || e.Born == "" {
		return Unknown, false
	}
	agrees = No
	for _, known := range append([]string{e.Born}, e.AlsoBorn...) {
		if strings.HasPrefix(known, written) || strings.HasPrefix(written, known) {
			agrees, exactly = Yes, exactly || known == written && len(known) == len(time.DateOnly) && !strings.HasSuffix(known, newYear)
		}
	}
	return agrees, exactly
}

// nationalities returns the countries that tell a person from namesakes: those of nationality, else of the addresses.
func (e *Entity) nationalities() []string {
	if e.Nationality != "" {
		return append([]string{e.Nationality}, e.AlsoCitizen...)
	}
	return e.Countries
}

// employers returns the groups that an employer's name certainly belongs to.
func (a assessor) employers(employer string) []string {
	var groups []string
	for _, m := range a.catalogue.index.Search(names.Query{Name: employer, Kind: names.Organisation}).Matches {
		if m.Score >= a.catalogue.thresholds.Names.Block {
			groups = append(groups, a.catalogue.entities[EntityID(m.Entry)].Group)
		}
	}
	return groups
}

func (a assessor) placesIn(address string) []string {
	if address == "" {
		return nil
	}
	var countries []string
	for _, t := range a.catalogue.lexicon.Normalise(address).Tokens {
		if t.Class == names.Place && t.Country != "" {
			countries = append(countries, t.Country)
		}
	}
	return countries
}
