package screening

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const methodIdentifier = "identifier"

// byIdentifier matches a party's numbers and domains with those of the catalogue. Unverified numbers never match.
func (a assessor) byIdentifier(p *PartyText) []Assessed {
	var out []Assessed
	for i, id := range p.Identifiers {
		for _, found := range a.catalogue.identified(id) {
			m := identified(found.entity, found.certainty, Pointer(indexedPointer("/identifiers", i)+"/value"), id.Value)
			m.Evidence[0].Detail = map[string]string{"type": id.Type}
			if found.certainty < Certain {
				m.Doubt = "the number may be of another register"
			}
			out = append(out, m)
		}
	}
	return out
}

// byDomainName matches a name that is a host name or an address of the net.
func (a assessor) byDomainName(p *PartyText) []Assessed {
	name := strings.ToLower(strings.TrimSpace(p.Name))
	if !strings.Contains(name, ".") || strings.ContainsAny(name, " \t") {
		return nil
	}
	if e := a.catalogue.byDomain(name); e != nil {
		return []Assessed{identified(e, Certain, "/name", p.Name)}
	}
	return nil
}

func identified(e *Entity, certainty Certainty, at Pointer, text string) Assessed {
	return Assessed{
		Target: Target{Kind: EntityTarget, ID: string(e.ID), Name: e.Name}, Group: e.Group, Kind: e.Kind, Standing: e.standing(),
		Score: 1, Certainty: certainty, Verified: e.Verified,
		Evidence: []Evidence{{Pointer: at, End: utf8.RuneCountInString(text), Text: text, Method: methodIdentifier}},
	}
}

// aside finds a group's brand beside the name: in the address (c/o), the employer, another name given as an identifier.
// It may be where goods go, or only a neighbour, so it is for a person to look at.
func (a assessor) aside(p *PartyText) []Assessed {
	var out []Assessed
	look := func(at Pointer, text string) {
		if text == "" {
			return
		}
		for _, o := range a.catalogue.index.Spot(a.catalogue.lexicon.Normalise(text)) {
			e := a.catalogue.entities[EntityID(o.Entry)]
			m := identified(e, Likely, at, codePoints(text, o.Start, o.End))
			m.Score, m.Doubt, m.Disguise = o.Score, "it stands beside the name, not in it", disguise(m.Evidence[0].Text, o.Changes)
			m.Evidence[0].Start, m.Evidence[0].End, m.Evidence[0].Method = o.Start, o.End, string(o.Method)
			out = append(out, m)
		}
	}
	look("/address", p.Address)
	look("/employer", p.Employer)
	for i, id := range p.Identifiers {
		if strings.Contains(strings.ToLower(id.Type), "name") {
			look(Pointer(indexedPointer("/identifiers", i)+"/value"), id.Value)
		}
	}
	for _, word := range strings.Fields(p.Address) {
		if e := a.catalogue.byDomain(strings.ToLower(strings.Trim(word, ",;<>()"))); e != nil && strings.Contains(word, "@") {
			m := identified(e, Likely, "/address", word)
			m.Doubt = "it stands beside the name, not in it"
			out = append(out, m)
		}
	}
	return out
}

// employed tells whether the party's employer is of the entity's group.
func (a assessor) employed(p *PartyText, e *Entity) bool {
	if p.Employer == "" || e.Group == "" {
		return false
	}
	return slices.ContainsFunc(a.employers(p.Employer), func(group string) bool { return group == e.Group })
}
