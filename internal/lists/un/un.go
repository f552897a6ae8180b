// Package un reads the United Nations Security Council Consolidated List.
//
// The layout is that of https://scsanctions.un.org/resources/xml/en/consolidated.xml and its schema,
// https://www.un.org/sc/resources/sc-sanctions.xsd: individuals and entities, each with its values as text of elements.
package un

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

const list screening.ListID = "un-sc"

const (
	part  = "consolidated.xml"
	root  = "CONSOLIDATED_LIST"
	title = "United Nations Security Council Consolidated List"
	home  = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
)

// Publication is the list of all committees of the Security Council. An entry's number is its permanent reference
// number, such as QDi.001, its programme the list type, such as DRC. Every entry is in force from the day it was listed.
var Publication = lists.Publication{
	ID: string(list), Title: title, Home: home,
	Parts: []lists.Part{{
		Name: part, URL: "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
		Fits: func(f *lists.File) bool { return entry.Root(f).Local == root },
	}},
	Read: read,
}

// countries are names of the list that are in no common use.
var countries = map[string]string{
	"Netherlands (Kingdom of the)":              "NL",
	"Occupied Palestinian Territory":            "PS",
	"Occupied Palestinian Territories":          "PS",
	"Palestinian Territory, Occupied":           "PS",
	"Libyan Arab Jamahiriya":                    "LY",
	"The former Yugoslav Republic of Macedonia": "MK",
	"Democratic Republic of Congo":              "CD",
	"DR of the Congo":                           "CD",
}

func read(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
	f, err := entry.Part(c, part)
	if err != nil {
		return nil, err
	}
	r := reader{maker: entry.NewMaker(list, title, home, c.Places, countries)}
	if err := entry.ReadXML(ctx, f, root, r.visit); err != nil {
		return nil, err
	}
	return &r.edition, nil
}

type reader struct {
	maker   *entry.Maker
	edition lists.Edition
}

func (r *reader) visit(e *entry.Element) error {
	switch name := e.Name.Local; {
	case e.Depth == 0:
		r.edition.AsOf, _ = entry.Day(e.Attr("dateGenerated"))
	case e.Depth == 1 && (name == "INDIVIDUALS" || name == "ENTITIES"):
	case e.Depth == 2 && name == "INDIVIDUAL":
		return r.add(e, screening.Person)
	case e.Depth == 2 && name == "ENTITY":
		return r.add(e, screening.Organisation)
	default:
		return e.Unread()
	}
	return nil
}

// record is an individual or an entity. The elements of the two differ by their prefix alone.
type record struct {
	DataID        string   `xml:"DATAID"`
	Name1         string   `xml:"FIRST_NAME"`
	Name2         string   `xml:"SECOND_NAME"`
	Name3         string   `xml:"THIRD_NAME"`
	Name4         string   `xml:"FOURTH_NAME"`
	Original      string   `xml:"NAME_ORIGINAL_SCRIPT"`
	ListType      []string `xml:"UN_LIST_TYPE"`
	Reference     string   `xml:"REFERENCE_NUMBER"`
	ListedOn      string   `xml:"LISTED_ON"`
	DelistedOn    string   `xml:"DELISTED_ON"`
	Comments      string   `xml:"COMMENTS1"`
	Titles        []string `xml:"TITLE>VALUE"`
	Designations  []string `xml:"DESIGNATION>VALUE"`
	Nationalities []string `xml:"NATIONALITY>VALUE"`

	Aliases       []alias    `xml:"INDIVIDUAL_ALIAS"`
	EntityAliases []alias    `xml:"ENTITY_ALIAS"`
	Addresses     []place    `xml:"INDIVIDUAL_ADDRESS"`
	Seats         []place    `xml:"ENTITY_ADDRESS"`
	Births        []birth    `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
	Birthplaces   []place    `xml:"INDIVIDUAL_PLACE_OF_BIRTH"`
	Documents     []document `xml:"INDIVIDUAL_DOCUMENT"`
}

type alias struct {
	Quality string `xml:"QUALITY"`
	Name    string `xml:"ALIAS_NAME"`
	Note    string `xml:"NOTE"`
}

type place struct {
	Street  string `xml:"STREET"`
	City    string `xml:"CITY"`
	State   string `xml:"STATE_PROVINCE"`
	Zip     string `xml:"ZIP_CODE"`
	Country string `xml:"COUNTRY"`
	Note    string `xml:"NOTE"`
}

type birth struct {
	Type string `xml:"TYPE_OF_DATE"`
	Date string `xml:"DATE"`
	Year string `xml:"YEAR"`
	From string `xml:"FROM_YEAR"`
	To   string `xml:"TO_YEAR"`
	Note string `xml:"NOTE"`
}

type document struct {
	Type    string `xml:"TYPE_OF_DOCUMENT"`
	Also    string `xml:"TYPE_OF_DOCUMENT2"`
	Number  string `xml:"NUMBER"`
	Country string `xml:"ISSUING_COUNTRY"`
	Issued  string `xml:"COUNTRY_OF_ISSUE"`
	Note    string `xml:"NOTE"`
}

func (r *reader) add(e *entry.Element, kind screening.PartyKind) error {
	var rec record
	if err := e.Decode(&rec); err != nil {
		return err
	}
	r.edition.Records++
	name := entry.Join(" ", rec.Name1, rec.Name2, rec.Name3, rec.Name4)
	reference := entry.Clean(rec.Reference)
	if !entry.Says(name) {
		return e.Fault("the entry %s has no name", entry.Quote(entry.Join(", ", reference, rec.DataID)))
	}
	d := r.maker.New(kind, reference, entry.Clean(rec.DataID), name)
	d.Alias(rec.Original, entry.Script(rec.Original), "")
	for _, a := range slices.Concat(rec.Aliases, rec.EntityAliases) {
		addAlias(d, a)
	}
	for _, p := range slices.Concat(rec.Addresses, rec.Seats) {
		d.Address([]string{p.Street, p.City, p.State, p.Zip}, p.Country, p.Note)
	}
	addPerson(d, &rec)
	d.Under(rec.ListType...)
	d.Since(rec.ListedOn)
	d.Until(rec.DelistedOn)
	d.Remark(rec.Comments)
	r.edition.Entities = append(r.edition.Entities, d.Done())
	return nil
}

func addPerson(d *entry.Draft, rec *record) {
	d.Held(rec.Titles...)
	d.Held(rec.Designations...)
	for _, n := range rec.Nationalities {
		d.Citizen(n)
	}
	for _, b := range rec.Births {
		addBirth(d, b)
	}
	for _, p := range rec.Birthplaces {
		d.Birthplaces(p.Street, p.City, p.State, p.Zip, p.Country, p.Note)
	}
	for _, doc := range rec.Documents {
		addDocument(d, doc)
	}
}

// addAlias adds the names of one alias; a few hold several. What QUALITY says is how good an alias of a person is, and
// which kind one of an organisation is.
func addAlias(d *entry.Draft, a alias) {
	quality, note := strings.ToLower(entry.Clean(a.Quality)), strings.ToLower(a.Note)
	for name := range strings.SplitSeq(a.Name, ";") {
		form := entry.Script(name)
		switch {
		case quality == "low":
			form = names.Weak
		case quality == "f.k.a.", strings.Contains(note, "previously listed"), strings.Contains(note, "formerly"):
			form = names.Former
		}
		d.Alias(name, form, "")
	}
}

func addBirth(d *entry.Draft, b birth) {
	date := cmp.Or(entry.Clean(b.Date), entry.Clean(b.Year))
	if day, ok := entry.Day(date); ok {
		date = day
	}
	switch kind := strings.ToUpper(entry.Clean(b.Type)); {
	case kind == "BETWEEN" || date == "" && b.From+b.To != "":
		d.BornBetween(b.From, b.To)
	case kind == "APPROXIMATELY":
		d.BornAbout(date)
	default:
		d.BornOn(date)
	}
	if note := entry.Clean(b.Note); note != "" {
		d.Remark("Born: " + entry.Join(" ", date, note))
	}
}

// documentTypes are the types of documents, in the languages in which the list writes them.
var documentTypes = map[string]string{
	"passport":                       "passport",
	"numéro de passeport":            "passport",
	"número de pasaporte":            "passport",
	"national identification number": "national_id",
	"national identification":        "national_id",
}

// addDocument adds a document. One without a number is described in its note alone, so that is a remark.
func addDocument(d *entry.Draft, doc document) {
	kind := entry.Clean(doc.Type)
	number := entry.Clean(doc.Number)
	if number == "" {
		if note := entry.Join(", ", doc.Also, doc.Country, doc.Issued, doc.Note); note != "" {
			d.Remark(entry.Join(": ", kind, note))
		}
		return
	}
	identifier, known := documentTypes[strings.ToLower(kind)]
	if !known {
		identifier = "other"
	}
	d.Number(identifier, number)
	if note := entry.Join(", ", doc.Also, doc.Note); note != "" {
		d.Remark(entry.Join(": ", entry.Join(" ", kind, number), note))
	}
}
