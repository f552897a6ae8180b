// Package entry makes entities of the entries of published lists. It also reads the two kinds of file that lists come
// in, XML and tables, with the checks that all of them need: a file that cannot be read in full is refused with its
// name and line.
package entry

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// Maker makes the entities of one copy of a list. It serves one reading and is not safe for concurrent use.
type Maker struct {
	list    screening.ListID
	cites   string // what an entry cites that cites nothing itself
	page    string // where an entry without a link of its own is read
	places  *screening.Places
	also    map[string]string // names of countries that this list alone uses
	read    map[string]string // what names of countries were read as
	ids     map[screening.EntityID]int
	sources []string
}

// NewMaker returns a maker of a list's entries. An entry without citation or link gets those of the publication. The
// names in also are countries by what this list calls them, for names that are in no common use.
func NewMaker(list screening.ListID, cites, page string, places *screening.Places, also map[string]string) *Maker {
	return &Maker{
		list: list, cites: cites, page: page, places: places, also: also, read: map[string]string{},
		ids: map[screening.EntityID]int{}, sources: []string{string(list)},
	}
}

// Country reads a code or name of a country and returns the code of two letters, or nothing.
func (m *Maker) Country(name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	code, known := m.read[name]
	if !known {
		var ok bool
		if code, ok = m.places.Country(name); !ok {
			code = m.also[name]
		}
		m.read[strings.Clone(name)] = code
	}
	return code
}

// id returns the identity of an entry by a key that stays the same from copy to copy. A key that a list uses twice is
// told apart by the order of its entries.
func (m *Maker) id(key string) screening.EntityID {
	id := screening.EntityID(string(m.list) + ":" + key)
	for {
		m.ids[id]++
		n := m.ids[id]
		if n == 1 {
			return id
		}
		id += screening.EntityID("." + strconv.Itoa(n))
	}
}

// Draft is an entity in the making, with its one listing. What the list says goes through the methods, which leave out
// what is empty and what is there already; what needs no care is set directly.
type Draft struct {
	screening.Entity
	Listing screening.Listing
	maker   *Maker

	names, addresses, positions, birthplaces, born, numbers, domains, programs, notes set

	about []string // years of birth that the list gives as approximate
}

// New begins an entry. The name is kept as it is listed, but for line breaks and doubled blanks. The uid is the list's
// own number of the entry; where it has none, the key tells the entry by something that stays the same.
func (m *Maker) New(kind screening.PartyKind, uid, key, name string) *Draft {
	name = Clean(name)
	return &Draft{
		Entity: screening.Entity{
			ID: m.id(cmp.Or(uid, key, Slug(name))), Name: name, Kind: kind, Standing: screening.Listed,
			Verified: screening.Primary, Sources: m.sources,
		},
		Listing: screening.Listing{List: m.list, Entry: name, UID: uid, Verified: screening.Primary},
		maker:   m,
	}
}

// Done returns the finished entity.
func (e *Draft) Done() screening.Entity {
	e.Listing.Programs = e.programs.list
	e.Listing.Citation = cmp.Or(e.Listing.Citation, e.maker.cites)
	e.Listing.URL = cmp.Or(e.Listing.URL, e.maker.page)
	e.Listings = []screening.Listing{e.Listing}
	if len(e.born.list) > 0 {
		for _, year := range e.about {
			e.born.add(year)
		}
		e.Born = e.born.list[0]
		if len(e.born.list) > 1 {
			e.AlsoBorn = e.born.list[1:]
		}
	}
	e.Addresses, e.Domains = e.addresses.list, e.domains.list
	e.Position = strings.Join(e.positions.list, "; ")
	e.Birthplace = strings.Join(e.birthplaces.list, "; ")
	e.Note = strings.Join(e.notes.list, "\n")
	return e.Entity
}

// Alias adds a further name. One that is listed as weak and again as a full alias is a full one.
func (e *Draft) Alias(text string, form names.NameForm, lang string) {
	text = Clean(text)
	if text == "" || text == e.Name {
		return
	}
	i, isNew := e.names.add(text)
	switch {
	case isNew:
		e.Names = append(e.Names, screening.EntityName{Name: text, Form: form, Lang: lang, Verified: screening.Primary})
	case e.Names[i].Form == names.Weak:
		e.Names[i].Form = form
	}
}

// In returns the country's code where the list's word for it is known, and adds it to the entry's countries.
func (e *Draft) In(country string) string {
	code := e.maker.Country(country)
	if code != "" && !slices.Contains(e.Countries, code) {
		e.Countries = append(e.Countries, code)
	}
	return code
}

// Address adds an address of the parts that are not empty. The country is its last part; an address that is nothing but
// a known country is no address. The note, such as "as of 2016", stands in brackets behind it.
func (e *Draft) Address(parts []string, country, note string) {
	code := e.In(country)
	text := Join(", ", parts...)
	if note = Clean(note); text == "" && note == "" && code != "" {
		return
	}
	text = Join(", ", text, country)
	switch {
	case text == "":
		text = note
	case note != "":
		text += " (" + strings.TrimSuffix(strings.TrimPrefix(note, "("), ")") + ")"
	}
	if text != "" {
		e.addresses.add(text)
	}
}

// Birthplaces adds a place of birth of the parts that are not empty.
func (e *Draft) Birthplaces(parts ...string) {
	if place := Join(", ", parts...); place != "" {
		e.birthplaces.add(place)
	}
}

// Citizen adds a nationality. One that names no country known here is a remark.
func (e *Draft) Citizen(country string) {
	country = Clean(country)
	code := e.maker.Country(country)
	switch {
	case country == "":
	case code == "":
		e.Remark("Nationality: " + country)
	case e.Nationality == "":
		e.Nationality = code
	case code != e.Nationality && !slices.Contains(e.AlsoCitizen, code):
		e.AlsoCitizen = append(e.AlsoCitizen, code)
	}
}

// Held adds what a person is or was, and titles.
func (e *Draft) Held(positions ...string) {
	for _, p := range positions {
		if p = Clean(p); p != "" {
			e.positions.add(p)
		}
	}
}

// Under adds the programmes under which the list names the entry.
func (e *Draft) Under(programs ...string) {
	for _, p := range programs {
		if p = Clean(p); p != "" {
			e.programs.add(p)
		}
	}
}

// Number adds an identifier of a type such as passport, tax_id, registration, imo, national_id or swift. A value without
// a letter or digit, such as a dash, is none.
func (e *Draft) Number(kind, value string) {
	value = Clean(value)
	if !Says(value) {
		return
	}
	if _, isNew := e.numbers.add(kind + ":" + value); isNew {
		e.Identifiers = append(e.Identifiers, screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary})
	}
}

// Says tells a text with a letter or digit from one that says nothing, such as a dash.
func Says(text string) bool { return strings.IndexFunc(text, isSign) >= 0 }

func isSign(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// IMO adds the number of a ship or shipping company, which lists write with and without the word.
func (e *Draft) IMO(value string) {
	value = Clean(value)
	if len(value) > 3 && strings.EqualFold(value[:3], "IMO") {
		value = strings.TrimLeft(value[3:], " :-")
	}
	e.Number("imo", value)
}

// Remark adds what the list says besides, as it says it.
func (e *Draft) Remark(text string) {
	if text = strings.TrimSpace(text); text != "" {
		e.notes.add(text)
	}
}

// Remarks adds the values of a field as one remark with its label. Without values there is none.
func (e *Draft) Remarks(label string, values []string) {
	if text := Join("; ", values...); text != "" {
		e.Remark(label + ": " + text)
	}
}

// set keeps texts in order, each once. A map finds them where they are many: a stranger chooses how many.
type set struct {
	list []string
	at   map[string]int
}

// fewTexts is how many are looked through faster than looked up.
const fewTexts = 16

// add adds a text. It returns its place, and whether it was not there before.
func (s *set) add(text string) (place int, isNew bool) {
	if s.at == nil {
		if i := slices.Index(s.list, text); i >= 0 {
			return i, false
		}
		if s.list = append(s.list, text); len(s.list) > fewTexts {
			s.at = make(map[string]int, 2*fewTexts)
			for i, t := range s.list {
				s.at[t] = i
			}
		}
		return len(s.list) - 1, true
	}
	if i, known := s.at[text]; known {
		return i, false
	}
	s.at[text] = len(s.list)
	s.list = append(s.list, text)
	return len(s.list) - 1, true
}

// Clean turns line breaks and runs of blanks into single blanks.
func Clean(s string) string {
	blank := true // also at the start
	for i := range len(s) {
		c := s[i]
		if c == ' ' && blank || c < ' ' || c >= 0x80 {
			return strings.Join(strings.Fields(s), " ")
		}
		blank = c == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// Join joins the parts that are not empty, each cleaned.
func Join(separator string, parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p = Clean(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}

// Script tells what form a name has by its letters: one of mostly other letters than Latin ones is a native one.
func Script(text string) names.NameForm {
	latin, others := 0, 0
	for _, r := range text {
		switch {
		case r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z') || r >= 0x80 && unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			others++
		}
	}
	if others > latin {
		return names.Native
	}
	return names.Alias
}

// Slug is a text as a key: its letters and digits, lower case, with dashes between.
func Slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range text {
		if !isSign(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
