package documents

import (
	"maps"
	"slices"

	"github.com/interdict/interdict/screening"
)

// mappedParties are the parties of an order or a line, as far as they are read.
type mappedParties struct {
	add  func(screening.Role) *partyDraft
	made []*partyDraft
}

// parties reads the parties of one entry of the mapping, below an order or a line. An entry that is kept back is read
// all the same: its texts are no leftovers, and a firm that nobody else names may be behind the deal.
func (o *mappedOrder) parties(entry *mappingParty, at *jsonValue, all *mappedParties) {
	places := []*jsonValue{at}
	if len(entry.At) > 0 {
		places = nil
		for _, p := range entry.At {
			places = append(places, p.parts[0].find(o.root, at)...)
		}
	}
	keptBack := slices.ContainsFunc(all.made, func(p *partyDraft) bool {
		return slices.Contains(entry.Unless, mappingRole(p.party().Role))
	})
	role := screening.Role(entry.Role)
	if entry.Beside != "" && at != o.root && slices.ContainsFunc(o.d.order.Parties, func(p screening.Party) bool { return p.Role == role }) {
		role = screening.Role(entry.Beside)
	}
	for i, place := range places {
		if i == maxMappedParties {
			o.d.problem(problemStructure, "/parties", place.at(),
				"There are more than %d parties here. What follows was judged as text.", maxMappedParties)
			return
		}
		if !o.applies(entry.When, entry.Is, place) {
			continue
		}
		p := o.partyAt(entry, place)
		if keptBack {
			p.onlyNames(all.made)
		}
		if !keptBack || len(p.fields) > 0 {
			o.write(p, role, all)
		}
	}
}

// mappedParty is what a document says of one party, before it is known to say anything.
type mappedParty struct {
	fields  []mappedField
	domains []value
	rest    []value // more than a party takes: judged as texts
}

// mappedField is one value of a party: of a field, or of an identifier of a scheme.
type mappedField struct {
	name, scheme string
	value
}

// partyAt gathers a party. A bare text in place of an object is its name.
func (o *mappedOrder) partyAt(entry *mappingParty, at *jsonValue) *mappedParty {
	p := &mappedParty{}
	if at.kind != '{' {
		p.add("name", "", o.valuesAt(mappingRoute{}, at))
		return p
	}
	p.add("name", "", o.all(entry.Name, at))
	p.add("alias", "", o.all(entry.Alias, at))
	p.add("address", "", o.all(entry.Address, at))
	p.add("country", "", o.countries(entry.Country, at))
	for _, one := range [...]struct {
		field string
		paths mappingPaths
	}{
		{"state", entry.State},
		{"date_of_birth", entry.DateOfBirth},
		{"nationality", entry.Nationality},
		{"employer", entry.Employer},
	} {
		values, _, _ := o.firstOf(one.paths, at)
		p.add(one.field, "", values)
	}
	for _, scheme := range slices.Sorted(maps.Keys(entry.IDs)) {
		p.add("", scheme, o.all(entry.IDs[scheme], at))
	}
	p.domains = o.addresses(entry.Email, at)
	return p
}

// onlyNames leaves of a party the names that no other party has: where an account has its seat is not where a deal is.
func (p *mappedParty) onlyNames(made []*partyDraft) {
	p.fields = slices.DeleteFunc(p.fields, func(f mappedField) bool {
		name := clean(f.text)
		return f.name != "name" && f.name != "alias" || slices.ContainsFunc(made, func(q *partyDraft) bool {
			other := q.party()
			return other.Name == name || slices.Contains(other.Aliases, name)
		})
	})
	p.domains = nil
}

// countries are the values of a country's first path, and of the later ones where they are countries: a name that
// nobody knows says nothing beside a code.
func (o *mappedOrder) countries(paths mappingPaths, at *jsonValue) []value {
	values, later, _ := o.firstOf(paths, at)
	for _, v := range later {
		if _, known := o.d.places.Country(v.text); known {
			values = append(values, v)
		}
	}
	return values
}

// among returns the party of a role that has the name by now, where a name is all that is said of this one.
func (p *mappedParty) among(made []*partyDraft, role screening.Role) *partyDraft {
	for _, before := range made {
		q := before.party()
		news := func(f mappedField) bool {
			name := clean(f.text)
			return f.name != "name" && f.name != "alias" || name != q.Name && !slices.Contains(q.Aliases, name)
		}
		if q.Role == role && !slices.ContainsFunc(p.fields, news) {
			return before
		}
	}
	return nil
}

func (p *mappedParty) add(name, scheme string, values []value) {
	for i, v := range values {
		switch {
		case i >= maxMappedTwins:
			p.rest = append(p.rest, v)
		case !slices.ContainsFunc(values[:i], func(before value) bool { return before.text == v.text }):
			p.fields = append(p.fields, mappedField{name, scheme, v})
		}
	}
}

// write makes a party of the draft, unless nothing is said of it but where its mail comes from. A second value that a
// field cannot take is a problem there.
func (o *mappedOrder) write(p *mappedParty, role screening.Role, all *mappedParties) {
	if len(p.fields) == 0 {
		o.domains = append(o.domains, p.domains...)
		return
	}
	d := p.among(all.made, role)
	if d == nil {
		d = all.add(role)
		all.made = append(all.made, d)
		for _, f := range p.fields {
			if f.scheme != "" {
				d.identify(f.scheme, f.value)
			} else {
				d.set(f.name, f.value)
			}
			o.known[clean(f.text)] = true
		}
	}
	for i, v := range p.domains {
		if i < maxMappedTwins {
			d.email(v)
		}
	}
	o.extra = append(o.extra, p.rest...)
}

// byDomain makes a buyer of the domain that an order was sent from, where nothing else is said of anybody.
func (o *mappedOrder) byDomain() {
	if len(o.domains) == 0 || len(o.d.order.Parties) > 0 {
		return
	}
	p := o.d.party(screening.Buyer)
	p.email(o.domains[0])
	if p.empty() {
		o.d.order.Parties = nil // it was no address at all
	}
}
