package dpl

import (
	"strings"

	"github.com/interdict/interdict/internal/lists/features"
	"github.com/interdict/interdict/internal/lists/listed"
	"github.com/interdict/interdict/screening"
)

// place is an address with the country that it is in, where that is known.
type place struct{ address, country string }

func (r *reader) row(row []string) error {
	of := func(name string) string { return r.columns.Of(row, name) }
	field, where := of("name"), r.place(of)
	if field == "" {
		field, where = r.parted(of("name_and_address"))
	}
	if field == "" {
		return r.table.Fault("the entry has no name")
	}
	listing := r.listing(field, of)
	if day := features.Day(of("last_update")); len(day) == len("2006-01-02") {
		r.updated = append(r.updated, day)
	}
	r.effective = max(r.effective, listing.From)
	k := key(field, listing.From, listing.Until, of("fr_citation"))
	i, known := r.at[k]
	if !known {
		i = len(r.edition.Entities)
		r.at[k] = i
		r.edition.Entities = append(r.edition.Entities, r.entity(field, of("action"), listing))
	}
	e := &r.edition.Entities[i]
	e.Addresses = features.AddNew(e.Addresses, where.address)
	e.Countries = features.AddNew(e.Countries, where.country)
	return nil
}

func (r *reader) entity(field, action string, l screening.Listing) screening.Entity {
	name := listed.Read(field)
	e := screening.Entity{
		ID: r.idOf(name.Main), Name: name.Main, Kind: listed.Kind(name.Main, true), Names: name.Others,
		Standing: screening.Listed, Verified: screening.Primary, Sources: []string{id}, Note: action, Listings: []screening.Listing{l},
	}
	if name.Person {
		e.Kind = screening.Person
	}
	return e
}

func (r *reader) listing(field string, of func(string) string) screening.Listing {
	l := screening.Listing{List: id, Entry: field, Citation: of("fr_citation"), URL: home, Verified: screening.Primary}
	if l.Citation == "" {
		l.Citation = "BIS Denied Persons List; 15 CFR part 764"
	}
	var notes []string
	switch order := of("standard_order"); strings.ToLower(order) {
	case "":
	case "y", "standard":
		notes = append(notes, "standard order")
	case "n", "non-standard":
		notes = append(notes, "non-standard order")
	default:
		notes = append(notes, order)
	}
	var note string
	l.From, l.Until, note = Term(of("effective_date"), of("expiration_date"))
	if note != "" {
		notes = append(notes, note)
	}
	l.Note = strings.Join(notes, "; ")
	return l
}

// Term reads the days from and until which an entry is in force. A day that cannot be read, or an end that does not come
// after the beginning, is left out, so that the entry is in force without a limit on that side, and told in the note.
func Term(effective, expiration string) (from, until, note string) {
	var notes []string
	read := func(text, label string) string {
		day := features.Day(text)
		if text != "" && len(day) != len("2006-01-02") {
			notes = append(notes, label+" as listed: "+text)
			return ""
		}
		return day
	}
	from, until = read(effective, "effective date"), read(expiration, "expiration date")
	if until != "" && until <= from {
		notes = append(notes, "expiration date as listed, not after the effective one: "+expiration)
		until = ""
	}
	return from, until, strings.Join(notes, "; ")
}

// place reads the columns of an address. Addresses in the United States often have no country; the code of the state
// tells it then.
func (r *reader) place(of func(string) string) place {
	var parts []string
	for _, column := range [...]string{"street_address", "city", "state", "postal_code", "country"} {
		if text := of(column); text != "" {
			parts = append(parts, text)
		}
	}
	country := of("country")
	p := place{address: strings.Join(parts, ", "), country: r.countries.Code(country)}
	if country == "" && r.isState(of("state")) {
		p.country = "US"
	}
	if p.country != "" && len(parts) == 1 && country != "" { // a country alone is no address
		p.address = ""
	}
	return p
}

func (r *reader) isState(code string) bool {
	if code == "" || r.places == nil {
		return false
	}
	_, ok := r.places.State("US", code)
	return ok
}

// parted reads name and address of one column: the name ends at the first comma that no suffix of a person's or a
// company's name follows.
func (r *reader) parted(text string) (name string, where place) {
	parts := strings.Split(text, ",")
	end := 1
	for end < len(parts) && suffixes[strings.ToLower(strings.Trim(parts[end], " ."))] {
		end++
	}
	name = strings.TrimSpace(strings.Join(parts[:end], ","))
	var rest []string
	for _, part := range parts[end:] {
		if part = strings.TrimSpace(part); part != "" {
			rest = append(rest, part)
		}
	}
	where.address = strings.Join(rest, ", ")
	where.country = r.countries.OfAddress(where.address)
	return name, where
}

var suffixes = map[string]bool{
	"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "inc": true, "llc": true, "l.l.c": true, "ltd": true, "limited": true, "co": true, "corp": true, "corporation": true,
	"gmbh": true, "ag": true, "s.a": true, "sa": true, "s.l": true, "a.g": true, "jsc": true, "ojsc": true, "pjsc": true, "fze": true, "fzc": true, "fzco": true,
	"co ltd": true, "co., ltd": true, "co. ltd": true, "pte. ltd": true, "pvt. ltd": true, "s.a. de c.v": true,
}
