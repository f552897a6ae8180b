// Package uk reads the UK Sanctions List, since 28 January 2026 the one list of the United Kingdom's designations.
//
// The layout is that of https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml, as described at
// https://www.gov.uk/government/publications/uk-sanctions-list-change-in-format: a designation is a person, an entity
// or a ship, each value the text of an element, dates as dd/mm/yyyy. OFSI's consolidated list, which that list has
// replaced, is not read: it is not kept up any more.
package uk

import (
	"context"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

const list screening.ListID = "uk-sanctions"

const (
	part  = "UK-Sanctions-List.xml"
	root  = "Designations"
	title = "UK Sanctions List"
	home  = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
)

// Publication is the list of the Foreign, Commonwealth and Development Office. An entry's number is its unique ID, such
// as RUS0001; its programme and citation are the regulations that it is made under. It is in force from the day of its
// designation. What is imposed, such as an asset freeze, is the listing's note. Phone numbers are not kept.
var Publication = lists.Publication{
	ID: string(list), Title: title, Home: home,
	Parts: []lists.Part{{
		Name: part, URL: "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",
		Fits: func(f *lists.File) bool { return entry.Root(f).Local == root },
	}},
	Read: read,
}

// countries are names of the list that are in no common use.
var countries = map[string]string{
	"Congo (Democratic Republic)":      "CD",
	"Democratic Republic of Congo":     "CD",
	"Myanmar (Burma)":                  "MM",
	"Occupied Palestinian Territories": "PS",
	"St Kitts and Nevis":               "KN",
	"St Lucia":                         "LC",
	"St Vincent":                       "VC",
	"St Vincent and the Grenadines":    "VC",
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
	switch {
	case e.Depth == 0:
		return nil
	case e.Name.Local == "Designation":
		return r.add(e)
	case e.Name.Local == "DateGenerated":
		var text string
		if err := e.Decode(&text); err != nil {
			return err
		}
		if date, ok := entry.Slashed(text); ok {
			r.edition.AsOf, _ = entry.Day(date)
		}
		return nil
	}
	return e.Unread()
}

// record is a Designation.
type record struct {
	ID          string   `xml:"UniqueID"`
	OFSI        string   `xml:"OFSIGroupID"`
	UN          []string `xml:"UNReferenceNumber"`
	Designated  string   `xml:"DateDesignated"`
	Regime      []string `xml:"RegimeName"`
	Kind        string   `xml:"IndividualEntityShip"`
	Imposed     string   `xml:"SanctionsImposed"`
	Information []string `xml:"OtherInformation"`
	Reasons     []string `xml:"UKStatementofReasons"`
	Names       []name   `xml:"Names>Name"`
	Native      []string `xml:"NonLatinNames>NonLatinName>NameNonLatinScript"`
	Titles      []string `xml:"Titles>Title"`
	Addresses   []place  `xml:"Addresses>Address"`
	Emails      []string `xml:"EmailAddresses>EmailAddress"`
	Websites    []string `xml:"Websites>Website"`
	People      []person `xml:"IndividualDetails>Individual"`
	Entities    []entity `xml:"EntityDetails>Entity"`
	Ships       []ship   `xml:"ShipDetails>Ship"`
}

type name struct {
	Whole    string `xml:"Name"`
	Name1    string `xml:"Name1"`
	Name2    string `xml:"Name2"`
	Name3    string `xml:"Name3"`
	Name4    string `xml:"Name4"`
	Name5    string `xml:"Name5"`
	Name6    string `xml:"Name6"`
	Type     string `xml:"NameType"`
	Strength string `xml:"AliasStrength"`
}

type place struct {
	Line1   string `xml:"AddressLine1"`
	Line2   string `xml:"AddressLine2"`
	Line3   string `xml:"AddressLine3"`
	Line4   string `xml:"AddressLine4"`
	Line5   string `xml:"AddressLine5"`
	Line6   string `xml:"AddressLine6"`
	Post    string `xml:"AddressPostalCode"`
	Country string `xml:"AddressCountry"`
}

type person struct {
	Births        []string `xml:"DOBs>DOB"`
	Nationalities []string `xml:"Nationalities>Nationality"`
	Positions     []string `xml:"Positions>Position"`
	Birthplaces   []struct {
		Town    string `xml:"TownOfBirth"`
		Country string `xml:"CountryOfBirth"`
	} `xml:"BirthDetails>Location"`
	Passports []struct {
		Number string `xml:"PassportNumber"`
		Note   string `xml:"PassportAdditionalInformation"`
	} `xml:"PassportDetails>Passport"`
	Cards []struct {
		Number string `xml:"NationalIdentifierNumber"`
		Note   string `xml:"NationalIdentifierAdditionalInformation"`
	} `xml:"NationalIdentifierDetails>NationalIdentifier"`
}

type entity struct {
	Numbers      []string `xml:"BusinessRegistrationNumbers>BusinessRegistrationNumber"`
	Types        []string `xml:"TypeOfEntities>TypeOfEntity"`
	Parents      []string `xml:"ParentCompanies>ParentCompany"`
	Subsidiaries []string `xml:"Subsidiaries>Subsidiary"`
}

type ship struct {
	IMO       []string `xml:"IMONumbers>IMONumber"`
	Hull      []string `xml:"HullIdentificationNumbers>HullIdentificationNumber"`
	Flags     []string `xml:"CurrentBelievedFlagOfShips>CurrentBelievedFlagOfShip"`
	Flown     []string `xml:"PreviousFlags>PreviousFlag"`
	Owners    []string `xml:"CurrentOwnerOperators>CurrentOwnerOperator"`
	Owned     []string `xml:"PreviousOwnerOperators>PreviousOwnerOperator"`
	Types     []string `xml:"TypeOfShipDetails>TypeOfShip"`
	Tonnages  []string `xml:"TonnageOfShipDetails>TonnageOfShip"`
	Lengths   []string `xml:"LengthOfShipDetails>LengthOfShip"`
	YearBuilt []string `xml:"YearsBuilt>YearBuilt"`
}

func (r *reader) add(e *entry.Element) error {
	var rec record
	if err := e.Decode(&rec); err != nil {
		return err
	}
	r.edition.Records++
	id := entry.Clean(rec.ID)
	main := rec.mainName()
	if !entry.Says(main) {
		return e.Fault("the designation %s has no name", entry.Quote(id))
	}
	d := r.maker.New(rec.kind(), id, "", main)
	for i := range rec.Names {
		d.Alias(rec.Names[i].text(), rec.Names[i].form(), "")
	}
	for _, n := range rec.Native {
		d.Alias(n, entry.Script(n), "")
	}
	d.Held(rec.Titles...)
	for _, p := range rec.Addresses {
		d.Address([]string{p.Line1, p.Line2, p.Line3, p.Line4, p.Line5, p.Line6, p.Post}, p.Country, "")
	}
	addListing(d, &rec)
	for i := range rec.People {
		addPerson(d, &rec.People[i])
	}
	for i := range rec.Entities {
		addEntity(d, &rec.Entities[i])
	}
	for i := range rec.Ships {
		addShip(d, &rec.Ships[i])
	}
	r.edition.Entities = append(r.edition.Entities, d.Done())
	return nil
}

func addListing(d *entry.Draft, rec *record) {
	d.Under(rec.Regime...)
	d.Listing.Citation = entry.Join("; ", rec.Regime...)
	since, ok := entry.Slashed(rec.Designated)
	if !ok {
		since = rec.Designated
	}
	d.Since(since)
	d.Listing.Note = entry.Join("; ", append([]string{d.Listing.Note}, strings.Split(rec.Imposed, "|")...)...)
	d.Number("ofsi_group_id", rec.OFSI)
	for _, number := range rec.UN {
		d.Number("un_id", number)
	}
	for _, text := range rec.Emails {
		d.Emails(text)
	}
	for _, text := range rec.Websites {
		d.Websites(text)
	}
	for _, text := range rec.Information {
		d.Remark(text)
	}
	for _, text := range rec.Reasons {
		d.Remark(text)
	}
}

// kind is what the designation is of. An unknown word does not hide what its details say.
func (rec *record) kind() screening.PartyKind {
	switch strings.ToLower(entry.Clean(rec.Kind)) {
	case "individual":
		return screening.Person
	case "entity":
		return screening.Organisation
	case "ship", "aircraft", "vessel":
		return screening.Craft
	}
	switch {
	case len(rec.People) > 0:
		return screening.Person
	case len(rec.Ships) > 0:
		return screening.Craft
	}
	return screening.Organisation
}

// mainName is the first name that the list calls the primary one; where none is, the first one.
func (rec *record) mainName() string {
	first := ""
	for i := range rec.Names {
		text := rec.Names[i].text()
		if kind := strings.ToLower(entry.Clean(rec.Names[i].Type)); text != "" && (kind == "primary name" || kind == "") {
			return text
		}
		if first == "" {
			first = text
		}
	}
	for _, text := range rec.Native {
		if first == "" {
			first = entry.Clean(text)
		}
	}
	return first
}

// text is the name in the order in which it is said: given names, then the family name. That of an entity or a ship is
// the last part alone.
func (n *name) text() string {
	return entry.Join(" ", n.Whole, n.Name1, n.Name2, n.Name3, n.Name4, n.Name5, n.Name6)
}

func (n *name) form() names.NameForm {
	kind := strings.ToLower(n.Type)
	switch {
	case strings.Contains(strings.ToLower(n.Strength), "low"):
		return names.Weak
	case strings.Contains(kind, "former"), strings.Contains(kind, "f.k.a"), strings.Contains(kind, "fka"):
		return names.Former
	}
	return entry.Script(n.text())
}
