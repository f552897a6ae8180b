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

// nameEvidence explains a name match by the numbers that decided.
func nameEvidence(c candidate) Evidence {
	return Evidence{
		Pointer: c.pointer, Start: c.match.Start, End: c.match.End,
		Text:   codePoints(c.raw, c.match.Start, c.match.End),
		Method: string(c.match.Method), Detail: matchDetail(&c.match),
	}
}
