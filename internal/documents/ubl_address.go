package documents

// address reads the pieces of an address in the document's order, each once, then where it is.
func (r *ublReader) address(p *partyDraft, n *node, known map[string]bool) {
	piece := func(v value) {
		if v.text == "" || known[v.text] {
			return
		}
		if len(known) >= ublMost {
			r.tooMany(n, "pieces of one address")
			return
		}
		known[v.text] = true
		p.set("address", v)
	}
	var codes, names []value
	countries := 0
	for _, c := range n.children {
		switch c.name {
		case "ID":
			if kind, number := ublKind(c); kind != "" {
				r.used[c] = true
				p.identify(kind, number)
			}
		case "CountrySubentity":
			names = append(names, r.take(c))
		case "CountrySubentityCode":
			codes = append(codes, r.take(c))
		case "Country":
			if countries++; countries > ublMost {
				r.tooMany(n, "countries of one address")
				return
			}
			r.country(p, c)
		case "AddressLine":
			for _, line := range c.all("Line") {
				piece(r.take(line))
			}
		case "AddressTypeCode", "AddressFormatCode", "TimezoneOffset", "LocationCoordinate":
			r.used[c] = true
		default:
			piece(r.take(c))
		}
	}
	r.state(p, append(codes, names...), piece)
}

// state sets the state, by code or name whichever is one, and makes pieces of the address of the others.
func (r *ublReader) state(p *partyDraft, written []value, piece func(value)) {
	party := p.party()
	country := party.Country
	if country == "" {
		country = "US"
	}
	chosen := -1
	for i, v := range written {
		if _, ok := r.places.State(country, v.text); ok || chosen < 0 && v.text != "" {
			chosen = i
			if ok {
				break
			}
		}
	}
	for i, v := range written {
		if i == chosen && party.State == "" {
			p.set("state", v)
		} else if v.text != party.State {
			piece(v)
		}
	}
}

// countryOf returns the country that an element names, empty where it names none that is known.
func (r *ublReader) countryOf(n *node) string {
	for _, name := range [...]string{"IdentificationCode", "Name"} {
		if country, ok := r.draft.country(n.child(name).text().text); ok {
			return country
		}
	}
	return ""
}

// country reads a country by code and by name. A name in a language that is not known is no problem beside a known
// code, nor is an unknown code beside a known name. Two countries that are known are a problem, and both are judged.
func (r *ublReader) country(p *partyDraft, n *node) {
	var known, strange []value
	for _, name := range [...]string{"IdentificationCode", "Name"} {
		for _, c := range n.all(name) {
			v := r.take(c)
			if _, ok := r.draft.country(v.text); ok {
				known = append(known, v)
			} else if v.text != "" {
				strange = append(strange, v)
			}
		}
	}
	for _, v := range known {
		p.set("country", v)
	}
	for i, v := range strange {
		said := p.pointer + " " + v.text
		switch {
		case len(known) > 0 || i > 0:
			if v.source != n.child("IdentificationCode").path() {
				p.set("address", v)
			}
		case !r.reported[said]: // else it was said of another address of the party
			r.reported[said] = true
			p.set("country", v)
		}
	}
}
