package screening

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

// candidate is an entity that a party's name was matched with.
type candidate struct {
	entity  *Entity
	match   names.Match
	raw     string // the name as written
	pointer Pointer
}

// nameReading is what one party's names say together.
type nameReading struct {
	candidates []candidate
	near       []candidate
	forms      []string // legal forms in the name
	places     []string // countries of places in the name
	person     bool     // the name reads like a person's
}

// party assesses one party: who it is by its names, identifiers and what else it says about itself.
func (a assessor) party(p *PartyText) Assessment {
	var out Assessment
	r := a.readNames(p)
	out.Marred, out.Damaged = marred(p.Name), damaged(p.Name)
	out.Unreadable = strings.TrimSpace(p.Name) == "" && len(p.Identifiers) == 0
	out.FormCountry, out.FormAbroad = a.formCountry(r.forms)
	known := make(map[EntityID]bool)
	add := func(m Assessed) {
		if id := EntityID(m.Target.ID); !known[id] {
			known[id] = true
			out.Matches = append(out.Matches, m)
		}
	}
	for _, m := range a.byIdentifier(p) {
		add(m)
	}
	for _, m := range a.byDomainName(p) {
		add(m)
	}
	for _, group := range groupsOf(r.candidates) {
		if m, ok := a.company(group, &r, p); ok {
			add(m)
		}
	}
	for _, c := range r.candidates {
		switch {
		case a.tooVague(&c, &r, p):
			r.near = append(r.near, c)
		case c.entity.Kind == Person && !c.match.Brand:
			add(a.person(c, p))
		case c.entity.Group == "":
			add(a.lone(c, p))
		}
	}
	for _, m := range a.aside(p) {
		add(m)
	}
	for _, c := range r.near {
		switch {
		case known[c.entity.ID]:
		case c.entity.IsImported() && c.entity.Kind == Person && a.vouched(c.entity, p):
			add(a.person(c, p))
		default:
			near := a.assessed(c, c.entity)
			near.Threshold = a.catalogue.thresholds.Names.Review
			if near.Score >= near.Threshold {
				near.Threshold = a.catalogue.thresholds.Names.Block
			}
			out.NearMisses = append(out.NearMisses, near)
		}
	}
	return out
}

// tooVague tells of a match with an imported entry that says too little: some words of a ship's name, which companies bear
// too, or a company's name with a slip where the party reads like a person.
func (a assessor) tooVague(c *candidate, r *nameReading, p *PartyText) bool {
	switch {
	case !c.entity.IsImported():
		return false
	case c.entity.Kind == Craft:
		return !c.match.Complete
	}
	return c.entity.Kind == Organisation && r.person && p.Kind == "" && c.match.Score < a.catalogue.thresholds.Names.Block
}

// vouched tells whether something besides the name speaks for a listed person: then a name that lacks some parts is enough.
func (a assessor) vouched(e *Entity, p *PartyText) bool {
	born, _ := e.bornOn(p.DateOfBirth)
	from := e.nationalities()
	return born == Yes || slices.Contains(from, p.Nationality) || slices.Contains(from, p.Country) ||
		slices.ContainsFunc(a.placesIn(p.Address), func(place string) bool { return slices.Contains(from, place) })
}

// readNames searches every name of a party and keeps, for each entity, its best match.
func (a assessor) readNames(p *PartyText) nameReading {
	var r nameReading
	a.readName(&r, p.Name, p.Kind, "/name")
	for i, alias := range p.Aliases {
		a.readName(&r, alias, p.Kind, Pointer(indexedPointer("/aliases", i)))
	}
	return r
}

func (a assessor) readName(r *nameReading, name string, kind PartyKind, at Pointer) {
	if name == "" {
		return
	}
	result := a.catalogue.index.Search(names.Query{Name: name, Kind: names.Kind(kind)})
	if at == "/name" {
		r.person = result.ReadsLikePerson
	}
	r.forms = append(r.forms, result.Forms...)
	r.places = append(r.places, result.Places...)
	r.candidates = a.keepBest(r.candidates, result.Matches, name, at)
	r.near = a.keepBest(r.near, result.NearMisses, name, at)
	if a.catalogue.imported != nil {
		result = a.catalogue.imported.SearchIn(result.Text, names.Query{Name: name, Kind: names.Kind(kind)})
		r.candidates = a.keepBest(r.candidates, result.Matches, name, at)
		r.near = a.keepBest(r.near, result.NearMisses, name, at)
	}
}

func (a assessor) keepBest(kept []candidate, found []names.Match, name string, at Pointer) []candidate {
	for _, m := range found {
		e := a.catalogue.entities[EntityID(m.Entry)]
		i := slices.IndexFunc(kept, func(c candidate) bool { return c.entity == e && c.match.Brand == m.Brand })
		switch {
		case i < 0:
			kept = append(kept, candidate{e, m, name, at})
		case m.Score > kept[i].match.Score:
			kept[i] = candidate{e, m, name, at}
		}
	}
	return kept
}

func groupsOf(candidates []candidate) []string {
	var groups []string
	for _, c := range candidates {
		if g := c.entity.Group; g != "" && (c.entity.Kind == Organisation || c.match.Brand) && !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// company resolves the matches with one group's companies to the one that the party is: a listed company only where
// legal form and country fit it, a company with an entry of its own where the whole name says so, else the group.
func (a assessor) company(group string, r *nameReading, p *PartyText) (Assessed, bool) {
	whole, brand := a.bestOf(group, r)
	strongest := whole
	if strongest.entity == nil || brand.entity != nil && brand.match.Score > whole.match.Score {
		strongest = brand
	}
	if strongest.entity == nil {
		return Assessed{}, false
	}
	if brand.entity != nil && (r.person || p.Kind == Person) {
		return a.bearer(brand), true
	}
	own := whole.entity
	wholeCertain := own != nil && whole.match.Score >= max(a.catalogue.thresholds.Names.Block, brand.match.Score)
	if wholeCertain && own.Standing != Listed && own != a.catalogue.groups[group] && own.Verified != Unverified {
		return a.assessed(whole, own), true
	}
	if wholeCertain && own.Standing == Related {
		return a.assessed(whole, own), true
	}
	if brand.entity == nil && own.Standing != Listed {
		return a.assessed(whole, own), true
	}
	if listed := a.listedFit(group, r, p, whole); listed != nil {
		return a.assessed(strongest, listed), true
	}
	return a.assessed(strongest, a.catalogue.groups[group]), true
}

// bestOf returns the best match by a whole name of the group's companies and the best by its brand alone.
func (a assessor) bestOf(group string, r *nameReading) (whole, brand candidate) {
	for _, c := range r.candidates {
		if c.entity.Group != group {
			continue
		}
		best := &whole
		if c.match.Brand {
			best = &brand
		} else if c.entity.Kind == Person {
			continue
		}
		if best.entity == nil || c.match.Score > best.match.Score {
			*best = c
		}
	}
	return whole, brand
}

// listedFit returns the listed company of the group that legal form and country point at, or nil.
func (a assessor) listedFit(group string, r *nameReading, p *PartyText, whole candidate) *Entity {
	var fits []*Entity
	for _, e := range a.catalogue.listed[group] {
		if a.fits(e, r, p.Country) {
			fits = append(fits, e)
		}
	}
	if len(fits) == 0 {
		return nil
	}
	if slices.Contains(fits, whole.entity) {
		return whole.entity
	}
	return fits[0]
}

// fits tells whether a party's legal form and country agree with a listed company's. A form that the stated country
// does not know outweighs it; a name without a form rests on the country alone.
func (a assessor) fits(e *Entity, r *nameReading, country string) bool {
	elsewhere := country != "" && country != e.Country
	if country == "" && len(r.places) > 0 {
		elsewhere = !slices.Contains(r.places, e.Country)
	}
	if len(r.forms) == 0 {
		return country == e.Country || country == "" && slices.Contains(r.places, e.Country)
	}
	for _, form := range r.forms {
		if !slices.Contains(a.catalogue.forms[e.ID], form) {
			continue
		}
		if !elsewhere || country != "" && !a.formKnownIn(form, country) {
			return true
		}
	}
	return false
}

func (a assessor) formKnownIn(code, country string) bool {
	form, ok := a.catalogue.lexicon.LegalForm(code)
	return ok && slices.Contains(form.Countries, country)
}

// formCountry tells what the legal forms of a name say about its country: the one country that has the form, and
// whether it is a form that the US does not have.
func (a assessor) formCountry(forms []string) (country string, abroad bool) {
	for _, code := range forms {
		form, ok := a.catalogue.lexicon.LegalForm(code)
		if !ok || slices.Contains(form.Countries, "US") {
			return "", false
		}
		abroad = true
		if len(form.Countries) == 1 {
			country = form.Countries[0]
		}
	}
	return country, abroad
}

// bearer is the match of a person who bears a brand as a surname: related until a person has looked.
func (a assessor) bearer(c candidate) Assessed {
	m := a.assessed(c, c.entity)
	m.Standing, m.Kind = Related, Person
	m.Certainty = min(m.Certainty, Likely)
	m.Doubt = "a person with this surname is not the company"
	return m
}

// assessed is a name match as an assessment holds it, with the entity that it was resolved to.
func (a assessor) assessed(c candidate, e *Entity) Assessed {
	m := Assessed{
		Target:    Target{Kind: EntityTarget, ID: string(e.ID), Name: e.Name},
		Group:     e.Group,
		Kind:      e.Kind,
		Standing:  e.standing(),
		Score:     c.match.Score,
		Certainty: Likely,
		Verified:  e.Verified,
		Disguise:  disguise(codePoints(c.raw, c.match.Start, c.match.End), c.match.Changes),
		Evidence:  []Evidence{nameEvidence(c)},
	}
	switch {
	case c.match.Score < a.catalogue.thresholds.Names.Block:
		m.Doubt = "the spelling differs"
		if len(c.match.Extra) > 0 {
			m.Doubt = "the name has other words: " + strings.Join(c.match.Extra, ", ")
		}
	case !c.match.Distinctive:
		m.Doubt = "only common words agree"
	case e.Verified == Unverified:
		m.Doubt = "the entry itself is unverified"
	default:
		m.Certainty = Certain
	}
	return m
}

func (e *Entity) standing() Standing {
	if e.Successor {
		return Successorial
	}
	return e.Standing
}

// shortName is how many letters a name has at most that is too short to be certain of.
const shortName = 4

// lone weighs a match with a company or craft that stands alone on a list. The name must say so by itself, and nothing
// else may speak against it.
func (a assessor) lone(c candidate, p *PartyText) Assessed {
	e, m := c.entity, a.assessed(c, c.entity)
	if m.Certainty < Certain {
		return m
	}
	switch {
	case c.match.Form == names.Weak:
		m.Doubt = "the list itself calls this alias weak"
	case e.Kind == Craft:
		m.Doubt = "it is the name of a ship or an aircraft"
	case utf8.RuneCountInString(c.match.Alias) <= shortName:
		m.Doubt = "so short a name fits many"
	case elsewhere(e.Countries, p.Country):
		m.Doubt = "the list places it in " + strings.Join(e.Countries, ", ") + ", this party is in " + p.Country
	default:
		return m
	}
	m.Certainty = Likely
	return m
}

// elsewhere tells whether a party's country is none of those that a list gives.
func elsewhere(countries []string, country string) bool {
	return country != "" && len(countries) > 0 && !slices.Contains(countries, country)
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
	case fullName && slices.Contains(from, p.Nationality):
		return agrees("/nationality", p.Nationality)
	case fullName && slices.Contains(from, p.Country):
		return agrees("/country", p.Country)
	case fullName && slices.ContainsFunc(a.placesIn(p.Address), func(place string) bool { return slices.Contains(from, place) }):
		return agrees("/address", p.Address)
	}
	m.Doubt = "the name alone agrees"
	return m
}

// bornOn compares a written date of birth, possibly without day or month, with those known. Exactly is true where both
// are the same full date. A list that knows only the year does not contradict a date in it.
func (e *Entity) bornOn(written string) (agrees Answer, exactly bool) {
	if written == "" || e.Born == "" {
		return Unknown, false
	}
	agrees = No
	for _, known := range append([]string{e.Born}, e.AlsoBorn...) {
		if strings.HasPrefix(known, written) || strings.HasPrefix(written, known) {
			agrees, exactly = Yes, exactly || known == written && len(known) == len(time.DateOnly)
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

// nameEvidence explains a name match by the numbers that decided.
func nameEvidence(c candidate) Evidence {
	return Evidence{
		Pointer: c.pointer, Start: c.match.Start, End: c.match.End,
		Text:   codePoints(c.raw, c.match.Start, c.match.End),
		Method: string(c.match.Method), Detail: matchDetail(&c.match),
	}
}
