package screening

import (
	"slices"

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
	query := names.Query{Name: name, Kind: names.Kind(kind)}
	text := a.catalogue.lexicon.Normalise(name)
	result := a.catalogue.index.SearchIn(text, query)
	if at == "/name" {
		r.person = result.ReadsLikePerson
	}
	r.forms = append(r.forms, result.Forms...)
	r.places = append(r.places, result.Places...)
	r.candidates = a.keepBest(r.candidates, result.Matches, name, at)
	r.near = a.keepBest(r.near, result.NearMisses, name, at)
	if a.catalogue.imported == nil {
		return
	}
	result = a.catalogue.imported.SearchIn(text, query)
	r.candidates = a.keepBest(r.candidates, result.Matches, name, at)
	r.near = a.keepBest(r.near, result.NearMisses, name, at)
	for _, part := range a.catalogue.lexicon.Parts(text) {
		r.candidates = a.keepBest(r.candidates, a.inPart(part), name, at)
	}
}

// inPart returns the listed names that stand as a whole in a part of a field. What else stands there may change what they
// mean, so they are never certain.
func (a assessor) inPart(part names.Part) []names.Match {
	settings := &a.catalogue.thresholds.Names
	found := a.catalogue.imported.Search(names.Query{Name: part.Text, Whole: true}).Matches
	found = slices.DeleteFunc(found, func(m names.Match) bool {
		person := a.catalogue.entities[EntityID(m.Entry)].Kind == Person
		return person && (m.NameParts < 2 || m.Score < settings.TwoParts) || !person && (!m.Complete || m.Score < settings.Block)
	})
	for i := range found {
		m := &found[i]
		m.Score = min(m.Score, settings.Uncertain)
		m.Start, m.End = m.Start+part.Start, m.End+part.Start
		for k := range m.Pairs {
			m.Pairs[k].Start, m.Pairs[k].End = m.Pairs[k].Start+part.Start, m.Pairs[k].End+part.Start
		}
	}
	return found
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

// nameEvidence explains a name match by the numbers that decided.
func nameEvidence(c candidate) Evidence {
	return Evidence{
		Pointer: c.pointer, Start: c.match.Start, End: c.match.End,
		Text:   codePoints(c.raw, c.match.Start, c.match.End),
		Method: string(c.match.Method), Detail: matchDetail(&c.match),
	}
}
