package csl

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/dpl"
	"github.com/interdict/interdict/internal/lists/features"
	"github.com/interdict/interdict/internal/lists/listed"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// mapper makes entities of records.
type mapper struct {
	countries *features.Countries
	sources   map[string]source // by the name that records give
	ids       map[screening.EntityID]int
	edition   lists.Edition
}

// An entry has so many bytes, or more; and so much room is made at most before entries are read.
const (
	leastEntry   = 512
	mostExpected = 1 << 15
)

func newMapper(places *screening.Places, f *lists.File) *mapper {
	expected := min(len(f.Data)/leastEntry+1, mostExpected)
	m := &mapper{countries: features.NewCountries(places), sources: map[string]source{}, ids: make(map[screening.EntityID]int, expected)}
	m.edition.Entities = make([]screening.Entity, 0, expected)
	return m
}

func (m *mapper) add(r *record) {
	s, ok := m.sources[r.source]
	if !ok {
		s = sourceOf(r.source)
		m.sources[r.source] = s
	}
	uid := r.number
	if uid == "" {
		uid = r.id
	}
	e := screening.Entity{
		ID: m.idOf(s, uid, r), Name: r.name, Standing: screening.Listed, Position: r.title, Verified: screening.Primary, Sources: []string{id},
	}
	m.names(&e, s, r)
	m.places(&e, r)
	m.person(&e, r)
	rest := m.numbers(&e, r)
	e.Note = note(r, rest)
	e.Listings = []screening.Listing{listing(s, uid, r)}
	m.edition.Entities = append(m.edition.Entities, e)
	m.edition.Records++
}

// idOf makes an id that no other entity has. A record without any number is known by its content.
func (m *mapper) idOf(s source, uid string, r *record) screening.EntityID {
	if uid == "" {
		sum := sha256.Sum256([]byte(strings.Join([]string{r.source, r.name, r.start, r.notice}, "\x00")))
		uid = hex.EncodeToString(sum[:8])
	}
	base := screening.EntityID(string(s.list) + ":" + uid)
	candidate := base
	for m.ids[candidate] > 0 {
		m.ids[base]++
		candidate = base + screening.EntityID("/"+strconv.Itoa(m.ids[base]))
	}
	m.ids[candidate] = 1
	return candidate
}

// names reads the name and the others, and what kind of party it is.
func (m *mapper) names(e *screening.Entity, s source, r *record) {
	if !s.plain {
		name := listed.Read(r.name)
		e.Name, e.Names = name.Main, name.Others
		e.Kind = listed.Kind(e.Name, s.persons)
		if name.Person {
			e.Kind = screening.Person
		}
	}
	switch strings.ToLower(r.kind) {
	case "individual":
		e.Kind = screening.Person
	case "entity":
		e.Kind = screening.Organisation
	case "vessel", "aircraft":
		e.Kind = screening.Craft
	default:
		if e.Kind == "" || s.list == "bis-meu" {
			e.Kind = screening.Organisation
		}
	}
	for _, text := range r.names {
		if s.list == "us-isn" {
			for _, part := range parts(text) {
				features.AddName(e, part, names.Alias, "")
			}
			continue
		}
		if !s.plain {
			text = strings.TrimPrefix(text, "and ")
		}
		features.AddName(e, text, names.Alias, "")
	}
}

// parts parts the other names of the State Department's list, which have commas between them, but not before a legal
// form.
func parts(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ", ") {
		part = strings.TrimSpace(strings.TrimPrefix(part, "and "))
		word, _, _ := strings.Cut(strings.ToLower(part), " ")
		if len(out) > 0 && forms[strings.Trim(word, ".,")] {
			out[len(out)-1] += ", " + part
		} else if part != "" {
			out = append(out, part)
		}
	}
	return out
}

var forms = map[string]bool{
	"ltd": true, "limited": true, "inc": true, "co": true, "company": true, "corp": true, "llc": true, "l.l.c": true, "s.a": true, "a.s": true, "gmbh": true, "plc": true, "jr": true, "p.j.s": true,
	"jsc": true, "ojsc": true, "oao": true, "ooo": true, "fze": true, "fzc": true, "pvt": true, "pte": true, "sdn": true,
}

// places reads addresses and the countries of registration.
func (m *mapper) places(e *screening.Entity, r *record) {
	for _, a := range r.addresses {
		text := strings.TrimPrefix(a.text, "and ")
		code := m.countries.Code(a.country)
		if code == "" {
			code = m.countries.OfAddress(text)
		}
		e.Countries = features.AddNew(e.Countries, code)
		if code == "" || m.countries.Code(text) != code { // a country alone is no address
			e.Addresses = features.AddNew(e.Addresses, text)
		}
	}
	e.Countries = features.AddNew(e.Countries, m.countries.Code(r.country))
	e.Countries = features.AddNew(e.Countries, m.countries.Code(r.flag))
}

func (m *mapper) person(e *screening.Entity, r *record) {
	for _, group := range [...][]string{r.nationalities, r.citizenships} {
		for _, country := range group {
			features.AddCitizenship(e, m.countries.Code(country))
		}
	}
	var births features.Births
	for _, text := range r.births {
		births.Add(text)
	}
	e.Born, e.AlsoBorn = births.Dates()
	if len(r.birthplaces) > 0 {
		e.Birthplace = r.birthplaces[0]
	}
}

// numbers reads the features and returns in words those that are no numbers.
func (m *mapper) numbers(e *screening.Entity, r *record) (rest []string) {
	m.countries.Add(e, callSign, features.Number{Value: r.callSign})
	for _, n := range r.numbers {
		said := strings.TrimSpace(n.label + " " + n.value)
		switch {
		case n.label == "Nationality of Registration":
			e.Countries = features.AddNew(e.Countries, m.countries.Code(n.value))
			rest = append(rest, said)
		case n.label == "Nationality Country":
			features.AddCitizenship(e, m.countries.Code(n.value))
		case !m.countries.AddItem(e, said, n.country):
			if n.country != "" {
				said += " (" + n.country + ")"
			}
			rest = append(rest, said)
		}
	}
	return rest
}

var callSign = []string{"call_sign"}

// note is what the list says besides: licences, remarks, what a vessel is, and features that are no numbers.
func note(r *record, rest []string) string {
	var said []string
	for _, part := range [...]struct{ label, text string }{
		{"License requirement: ", r.requirement},
		{"License policy: ", r.policy},
		{"Vessel type ", r.vessel},
		{"Tonnage ", r.tonnage},
		{"Gross registered tonnage ", r.gross},
		{"Flag ", r.flag},
		{"Owner ", r.owner},
		{"", r.remarks},
		{"", strings.Join(rest, "; ")},
	} {
		if part.text != "" {
			said = append(said, part.label+part.text)
		}
	}
	return strings.Join(said, "\n")
}

func listing(s source, uid string, r *record) screening.Listing {
	l := screening.Listing{List: s.list, Programs: r.programs, Entry: r.name, UID: uid, Citation: r.notice, Verified: screening.Primary}
	if l.Citation == "" {
		l.Citation = s.title
		if s.plain && len(r.programs) > 0 {
			l.Citation += ": " + strings.Join(r.programs, ", ")
		}
	}
	for _, url := range [...]string{r.informationURL, r.listURL} {
		if l.URL == "" && strings.HasPrefix(url, "http") {
			l.URL = url
		}
	}
	l.From, l.Until, l.Note = dpl.Term(r.start, r.end)
	switch strings.ToLower(r.order) {
	case "y":
		l.Note = strings.TrimPrefix(l.Note+"; standard order", "; ")
	case "n":
		l.Note = strings.TrimPrefix(l.Note+"; non-standard order", "; ")
	}
	return l
}
