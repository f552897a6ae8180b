package screening

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

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
			m := a.person(c, p)
			m.Certainty = min(m.Certainty, Likely) // half a name is never certain
			m.Doubt = firstOf(m.Doubt, "only some parts of the name agree")
			add(m)
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
		m.Doubt = doubtOf(&c)
	case !c.match.Distinctive:
		m.Doubt = "only common words agree"
	case e.Verified == Unverified:
		m.Doubt = "the entry itself is unverified"
	default:
		m.Certainty = Certain
	}
	return m
}

// doubtOf says why a name that matches is not certain.
func doubtOf(c *candidate) string {
	misspelt := slices.ContainsFunc(c.match.Pairs, func(p names.Pair) bool { return p.Similarity < 1 })
	switch {
	case len(c.match.Extra) > 0:
		return "the name has other words: " + strings.Join(c.match.Extra, ", ")
	case c.match.OtherKind:
		return "the list has it as " + kindWords[c.entity.Kind]
	case c.entity.IsImported() && !misspelt && c.match.End-c.match.Start < utf8.RuneCountInString(c.raw):
		return "it stands among other words"
	}
	return "the spelling differs"
}

// kindWords name the kinds of entities.
var kindWords = map[PartyKind]string{Organisation: "a company", Person: "a person", Craft: "a ship or an aircraft"}

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
