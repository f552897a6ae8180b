package screening

import "strings"

// zipDigits is how many digits of a ZIP code tell the state.
const zipDigits = 3

// zipRanges reads the stretches of a state's ZIP codes; what is malformed is left out.
func (s stateEntry) zipRanges() []zipRange {
	var out []zipRange
	for _, text := range s.ZIPs {
		from, to, ok := strings.Cut(text, "-")
		if ok && isZIP(from, zipDigits) && isZIP(to, zipDigits) && from <= to {
			out = append(out, zipRange{from, to})
		}
	}
	return out
}

func isZIP(s string, digits int) bool { return len(s) == digits && strings.Trim(s, "0123456789") == "" }

// zipInUS tells whether an address is in the US by a state or territory with a ZIP code that it has: the state may be
// given apart or stand before the code, as in Phoenix, AZ 85001-2345. Neither tells by itself: AZ is Azerbaijan too,
// and five digits are a postcode in many countries.
func (p *Places) zipInUS(state, address string) bool {
	given := p.states["US"][placeKey(state)]
	before := ""
	for word := range strings.FieldsFuncSeq(address, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == ':' }) {
		zip, more, plus := strings.Cut(word, "-")
		if isZIP(zip, len("85001")) && (!plus || isZIP(more, len("2345"))) && (p.hasZIP(given, zip) || p.hasZIP(before, zip)) {
			return true
		}
		before = strings.ToUpper(word)
	}
	return false
}

func (p *Places) hasZIP(state, zip string) bool {
	for _, r := range p.zips[state] {
		if prefix := zip[:zipDigits]; prefix >= r.from && prefix <= r.to {
			return true
		}
	}
	return false
}

// isPart tells whether a part of an address is a state, a country or a number, alone or with its postcode: no name of
// a body can be read from it.
func (p *Places) isPart(part string) bool {
	word := strings.TrimRight(part, " 0123456789-")
	if word == "" {
		return true
	}
	if _, ok := p.State("US", word); ok {
		return true
	}
	_, ok := p.Country(word)
	return ok || len(word) <= len("VA") // codes of provinces elsewhere
}

// onlyInUS tells whether a state that is written without a country is one of the US and of no other country.
func (p *Places) onlyInUS(state string) bool {
	if p.InUS("", state) {
		return true
	}
	key, owners := placeKey(state), 0
	for _, states := range p.states {
		if _, has := states[key]; has {
			owners++
		}
	}
	_, american := p.states["US"][key]
	_, isCountry := p.names[key]
	return american && owners == 1 && !isCountry
}
