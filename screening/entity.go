package screening

import (
	"slices"
	"time"

	"github.com/interdict/interdict/screening/names"
)

// EntityID names an entity of the catalogue.
type EntityID string

// Standing is what an entity is to its group and to the lists.
type Standing string

// The standings of an entity.
const (
	Listed       Standing = "listed"    // on an official list, within its dates
	Delisted     Standing = "delisted"  // was on a list, is not any more
	Affiliate    Standing = "affiliate" // a company of a listed group
	Successorial Standing = "successor" // a possible successor or assignee
	Related      Standing = "related"   // a stake, a former part, a founder, a namesake
	NoStanding   Standing = "none"
)

// ListID names an official list.
type ListID string

// Entity is a company or person of the catalogue.
type Entity struct {
	ID          EntityID       `yaml:"id"`
	Name        string         `yaml:"name"`
	Kind        PartyKind      `yaml:"kind"`
	Group       string         `yaml:"group"`
	Standing    Standing       `yaml:"standing"`
	Successor   bool           `yaml:"successor"`
	Country     string         `yaml:"country"` // ISO 3166-1 alpha-2
	Listings    []Listing      `yaml:"listings"`
	Names       []EntityName   `yaml:"names"`
	Brand       []EntityName   `yaml:"brand"` // coined words that tell the group wherever they appear
	Domains     []string       `yaml:"domains"`
	Never       []string       `yaml:"never"` // known to be used, never matched on
	Identifiers []EntityNumber `yaml:"identifiers"`
	Addresses   []string       `yaml:"addresses"`
	Countries   []string       `yaml:"countries"` // of its addresses and registrations, ISO 3166-1 alpha-2
	Born        string         `yaml:"born"`      // YYYY-MM-DD; of an imported list also YYYY-MM or YYYY
	AlsoBorn    []string       `yaml:"also_born"` // further dates of birth that a list gives, written alike
	Birthplace  string         `yaml:"birthplace"`
	Nationality string         `yaml:"nationality"`  // ISO 3166-1 alpha-2
	AlsoCitizen []string       `yaml:"also_citizen"` // further nationalities and citizenships
	Employer    string         `yaml:"employer"`
	Position    string         `yaml:"position"`
	Verified    Verification   `yaml:"verified"`
	Sources     []string       `yaml:"sources"`
	Note        string         `yaml:"note"`
}

// EntityName is one spelling of an entity's name.
type EntityName struct {
	Name     string         `yaml:"name"`
	Form     names.NameForm `yaml:"form"`
	Lang     string         `yaml:"lang"`
	Verified Verification   `yaml:"verified"`
	Source   string         `yaml:"source"`
	Note     string         `yaml:"note"`
}

// EntityNumber is an identifier of an entity. An unverified one is shown and never matched on.
type EntityNumber struct {
	Type     string       `yaml:"type"`
	Value    string       `yaml:"value"`
	Verified Verification `yaml:"verified"`
}

// Listing is an entry of an official list. It is in force from From until Until, days in New York. An imported list that
// gives no day leaves From empty: it is in force since anybody can tell.
type Listing struct {
	List     ListID       `yaml:"list"`
	Programs []string     `yaml:"programs"` // under which the list names it
	Entry    string       `yaml:"entry"`
	UID      string       `yaml:"uid"`
	From     string       `yaml:"from"`
	Until    string       `yaml:"until"`
	Citation string       `yaml:"citation"`
	URL      string       `yaml:"url"`
	Verified Verification `yaml:"verified"`
	Note     string       `yaml:"note"`

	imported bool // it stands on a copy that was imported
}

// entityFile is one file of data/entities: a part of one list.
type entityFile struct {
	List     string   `yaml:"list"`
	AsOf     string   `yaml:"as_of"`
	Entities []Entity `yaml:"entities"`
}

// Check reports every fault of the file.
func (f *entityFile) Check(report func(path, detail string)) {
	if f.List == "" {
		report("list", "is missing: every entity belongs to a named list")
	}
	if _, err := time.Parse(time.DateOnly, f.AsOf); err != nil {
		report("as_of", "want a day as YYYY-MM-DD")
	}
	if len(f.Entities) == 0 {
		report("entities", "is empty: an empty list would clear everybody")
	}
	seen := make(map[EntityID]bool, len(f.Entities))
	for i := range f.Entities {
		e := &f.Entities[i]
		at := func(path, detail string) { report(indexed("entities", i)+"."+path, detail) }
		if seen[e.ID] {
			at("id", "is used twice: "+string(e.ID))
		}
		seen[e.ID] = true
		e.check(at)
	}
}

var (
	standings     = []Standing{Listed, Delisted, Affiliate, Successorial, Related, NoStanding}
	verifications = []Verification{Primary, PrimaryPartial, Secondary, Unverified}
)

func (e *Entity) check(report func(path, detail string)) {
	require := func(path string, ok bool, detail string) {
		if !ok {
			report(path, detail)
		}
	}
	require("id", e.ID != "", "is missing")
	require("name", e.Name != "", "is missing")
	require("kind", e.Kind == Organisation || e.Kind == Person, "want organisation or person")
	require("standing", slices.Contains(standings, e.Standing), "is not a standing: "+string(e.Standing))
	require("verified", slices.Contains(verifications, e.Verified), "is not a grade of verification: "+string(e.Verified))
	require("sources", len(e.Sources) > 0, "is empty: every fact needs a source")
	require("listings", e.Standing != Listed || len(e.Listings) > 0, "is empty, but the standing is listed")
	for i, n := range e.Names {
		require(indexed("names", i)+".name", n.Name != "", "is missing")
	}
	for i, l := range e.Listings {
		at := indexed("listings", i)
		require(at+".list", l.List != "", "is missing")
		require(at+".citation", l.Citation != "", "is missing")
		from, errFrom := newYorkDay(l.From)
		require(at+".from", errFrom == nil, "want a day as YYYY-MM-DD")
		if l.Until != "" {
			until, err := newYorkDay(l.Until)
			require(at+".until", err == nil, "want a day as YYYY-MM-DD")
			require(at+".until", err != nil || errFrom != nil || from.Before(until), "must be after from")
		}
	}
}

// entry is the entity as the name index takes it.
func (e *Entity) entry() names.Entry {
	kind := names.Organisation
	if e.Kind == Person {
		kind = names.Person
	}
	entry := names.Entry{ID: string(e.ID), Kind: kind, Names: []names.Name{{Text: e.Name, Form: names.Official}}}
	for _, n := range e.Names {
		entry.Names = append(entry.Names, names.Name{Text: n.Name, Form: n.Form})
	}
	for _, n := range e.Brand {
		entry.Brand = append(entry.Brand, names.Name{Text: n.Name, Form: n.Form})
	}
	return entry
}
