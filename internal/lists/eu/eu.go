// Package eu reads the European Union's consolidated list of financial sanctions.
//
// The layout is that of the Commission's Financial Sanctions Files, XML 1.1: an export of sanctionEntity elements whose
// values are attributes, with remarks and links as text. The files are at https://webgate.ec.europa.eu/fsd/fsf.
package eu

import (
	"cmp"
	"context"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
)

const list screening.ListID = "eu-fsf"

const (
	part  = "xmlFullSanctionsList_1_1.xml"
	root  = "export"
	space = "http://eu.europa.ec/fpi/fsd/export"
	title = "EU consolidated list of persons, groups and entities subject to financial sanctions"
	home  = "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions"
)

// address is where the Commission publishes the file. The token is part of the public link and the same for everybody.
const address = "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"

// Publication is the list as the Commission consolidates it. An entry's number is its EU reference number, such as
// EU.27.28, its programme that of the regulation, such as IRQ, and its citation the regulation itself. It is in force
// from the earliest day that the entry gives for its designation.
var Publication = lists.Publication{
	ID: string(list), Title: title, Home: home,
	Parts: []lists.Part{{
		Name: part, URL: address,
		Fits: func(f *lists.File) bool {
			name := entry.Root(f)
			return name.Local == root && name.Space == space
		},
	}},
	Read: read,
}

// countries are names of the list that are in no common use.
var countries = map[string]string{
	"CONGO, Democratic Republic of (was Zaire)": "CD",
	"PALESTINIAN TERRITORY, OCCUPIED":           "PS",
	"MACEDONIA, THE FORMER YUGOSLAV REPUBLIC":   "MK",
	"LIBYAN ARAB JAMAHIRIYA":                    "LY",
	"EL":                                        "GR",
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
		r.edition.AsOf, _ = entry.Day(e.Attr("generationDate"))
	case e.Name.Local == "sanctionEntity":
		return r.add(e)
	default:
		return e.Unread()
	}
	return nil
}

// record is a sanctionEntity.
type record struct {
	Reference  string `xml:"euReferenceNumber,attr"`
	Logical    string `xml:"logicalId,attr"`
	UN         string `xml:"unitedNationId,attr"`
	Designated string `xml:"designationDate,attr"`
	Details    string `xml:"designationDetails,attr"`
	Subject    struct {
		Code string `xml:"code,attr"`
	} `xml:"subjectType"`
	Remarks      []string         `xml:"remark"`
	Regulations  []regulation     `xml:"regulation"`
	Names        []alias          `xml:"nameAlias"`
	Citizenships []place          `xml:"citizenship"`
	Births       []birth          `xml:"birthdate"`
	Addresses    []place          `xml:"address"`
	Documents    []identification `xml:"identification"`
}

type regulation struct {
	Type      string   `xml:"regulationType,attr"`
	Number    string   `xml:"numberTitle,attr"`
	Programme string   `xml:"programme,attr"`
	Published string   `xml:"publicationDate,attr"`
	Entry     string   `xml:"entryIntoForceDate,attr"`
	Link      string   `xml:"publicationUrl,attr"`
	Links     []string `xml:"publicationUrl"`
}

type alias struct {
	Whole    string   `xml:"wholeName,attr"`
	First    string   `xml:"firstName,attr"`
	Middle   string   `xml:"middleName,attr"`
	Last     string   `xml:"lastName,attr"`
	Title    string   `xml:"title,attr"`
	Function string   `xml:"function,attr"`
	Language string   `xml:"nameLanguage,attr"`
	Strong   string   `xml:"strong,attr"`
	Remarks  []string `xml:"remark"`
}

// place is an address, a citizenship or where somebody was born.
type place struct {
	Street   string   `xml:"street,attr"`
	Box      string   `xml:"poBox,attr"`
	City     string   `xml:"city,attr"`
	Zip      string   `xml:"zipCode,attr"`
	Region   string   `xml:"region,attr"`
	Place    string   `xml:"place,attr"`
	Code     string   `xml:"countryIso2Code,attr"`
	Country  string   `xml:"countryDescription,attr"`
	Remarks  []string `xml:"remark"`
	Contacts []struct {
		Key   string `xml:"key,attr"`
		Value string `xml:"value,attr"`
	} `xml:"contactInfo"`
}

type birth struct {
	place
	Date     string `xml:"birthdate,attr"`
	Day      string `xml:"dayOfMonth,attr"`
	Month    string `xml:"monthOfYear,attr"`
	Year     string `xml:"year,attr"`
	From     string `xml:"yearRangeFrom,attr"`
	To       string `xml:"yearRangeTo,attr"`
	Circa    string `xml:"circa,attr"`
	Calendar string `xml:"calendarType,attr"`
}

type identification struct {
	Type        string   `xml:"identificationTypeCode,attr"`
	Description string   `xml:"identificationTypeDescription,attr"`
	Number      string   `xml:"number,attr"`
	Latin       string   `xml:"latinNumber,attr"`
	False       string   `xml:"knownFalse,attr"`
	Remarks     []string `xml:"remark"`
}

func (r *reader) add(e *entry.Element) error {
	var rec record
	if err := e.Decode(&rec); err != nil {
		return err
	}
	r.edition.Records++
	reference, logical := entry.Clean(rec.Reference), entry.Clean(rec.Logical)
	first := mainName(rec.Names)
	if first < 0 {
		return e.Fault("the entry %s has no name", entry.Quote(cmp.Or(reference, logical)))
	}
	kind := screening.Organisation
	if strings.EqualFold(rec.Subject.Code, "person") {
		kind = screening.Person
	}
	d := r.maker.New(kind, reference, logical, rec.Names[first].text())
	for _, text := range rec.Remarks {
		d.Remark(text)
	}
	addNames(d, rec.Names)
	for _, p := range rec.Citizenships {
		d.Citizen(p.country(r.maker))
	}
	for _, b := range rec.Births {
		addBirth(d, b, r.maker)
	}
	for _, p := range rec.Addresses {
		addAddress(d, p, r.maker)
	}
	for _, doc := range rec.Documents {
		addDocument(d, doc)
	}
	d.Number("un_id", rec.UN)
	addListing(d, &rec)
	r.edition.Entities = append(r.edition.Entities, d.Done())
	return nil
}

// addListing sets what the entry cites and since when it is in force. The regulation is the latest that changed the
// entry, so its day counts only where it is earlier than the designation, or no amendment.
func addListing(d *entry.Draft, rec *record) {
	since := rec.Designated
	for _, reg := range rec.Regulations {
		day := cmp.Or(reg.Entry, reg.Published)
		if day != "" && (since == "" && !strings.EqualFold(reg.Type, "amendment") || since != "" && day < since) {
			since = day
		}
		d.Under(reg.Programme)
		if d.Listing.Citation == "" {
			d.Listing.Citation = entry.Clean(reg.Number)
			d.Listing.URL = entry.Clean(cmp.Or(append(reg.Links, reg.Link)...))
		}
	}
	d.Since(since)
	d.Listing.Note = entry.Join("; ", d.Listing.Note, rec.Details)
}

func addAddress(d *entry.Draft, p place, m *entry.Maker) {
	box := entry.Clean(p.Box)
	if box != "" && !strings.Contains(strings.ToLower(box), "box") {
		box = "P.O. Box " + box
	}
	country := p.country(m)
	d.In(country)
	if country != "" {
		country = cmp.Or(entry.Clean(p.Country), country)
	}
	d.Address([]string{p.Street, box, p.Place, p.City, p.Zip, p.Region}, country, entry.Join("; ", p.Remarks...))
	for _, c := range p.Contacts {
		switch strings.ToUpper(entry.Clean(c.Key)) {
		case "EMAIL":
			d.Emails(c.Value)
		case "WEB":
			d.Websites(c.Value)
		}
	}
}

// country is the country's name as the list gives it, or its code where the name is not known. A place without a
// country has the code 00 and the name UNKNOWN.
func (p *place) country(m *entry.Maker) string {
	name, code := entry.Clean(p.Country), entry.Clean(p.Code)
	switch {
	case code == "00" || strings.EqualFold(name, "UNKNOWN"):
		return ""
	case name == "" || m.Country(name) == "" && m.Country(code) != "":
		return code
	}
	return name
}

// addBirth adds a date and a place of birth. A date of another calendar is one only where the day is given besides,
// which is Gregorian always.
func addBirth(d *entry.Draft, b birth, m *entry.Maker) {
	d.Birthplaces(b.Place, b.City, b.Region, b.country(m))
	date, _ := entry.Day(b.Date)
	if calendar := strings.ToUpper(entry.Clean(b.Calendar)); date == "" && calendar != "" && calendar != "GREGORIAN" {
		if written := entry.Join("-", b.Year, b.Month, b.Day); written != "" {
			d.Remark("Born: " + written + " (" + strings.ToLower(calendar) + " calendar)")
		}
		return
	}
	if date == "" {
		date, _ = entry.Slashed(cmp.Or(b.Day, "0") + "/" + cmp.Or(b.Month, "0") + "/" + b.Year)
	}
	circa := b.Circa == "true"
	switch {
	case circa && b.From+b.To != "":
		d.BornAbout(entry.Join(" to ", b.From, b.To))
	case circa:
		d.BornAbout(date)
	case date == "":
		d.BornBetween(b.From, b.To)
	default:
		d.BornOn(date)
	}
	for _, text := range b.Remarks {
		d.Remarks("Born", []string{date, text})
	}
}

// documentTypes are the codes of documents. Any other is a number of some other kind.
var documentTypes = map[string]string{
	"passport": "passport", "id": "national_id", "nrn": "national_id", "ssn": "national_id", "unssn": "national_id",
	"fiscalcode": "tax_id", "taxid": "tax_id", "euvat": "vat", "regnumber": "registration", "tradelic": "registration",
	"swiftbic": "swift", "imo": "imo", "drivinglicence": "driving_licence", "residentperm": "residence_permit",
	"travelcardid": "travel_document",
}

func addDocument(d *entry.Draft, doc identification) {
	kind := cmp.Or(documentTypes[strings.ToLower(entry.Clean(doc.Type))], "other")
	for _, number := range []string{doc.Number, doc.Latin} {
		if kind == "imo" {
			d.IMO(number)
		} else {
			d.Number(kind, number)
		}
	}
	notes := doc.Remarks
	if doc.False == "true" {
		notes = append(notes, "known to be false")
	}
	if note := entry.Join("; ", notes...); note != "" {
		d.Remark(entry.Join(": ", entry.Join(" ", doc.Description, doc.Number), note))
	}
}
