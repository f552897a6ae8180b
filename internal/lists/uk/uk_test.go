package uk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/internal/lists/uk"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// read reads a copy of one file.
func read(ctx context.Context, t testing.TB, text []byte) (*lists.Edition, error) {
	t.Helper()
	return listtest.Read(ctx, t, &uk.Publication, text)
}

const head = `<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <DateGenerated>07/09/2026</DateGenerated>
`

const person = `<Designation>
  <LastUpdated>14/04/2026</LastUpdated><DateDesignated>25/01/2001</DateDesignated>
  <UniqueID>XYZ0001</UniqueID><OFSIGroupID>7000</OFSIGroupID><UNReferenceNumber>XYi.001</UNReferenceNumber>
  <Names>
    <Name><Name1> Artur</Name1><Name6>Primer</Name6><NameType>Primary name variation</NameType></Name>
    <Name><Name1>ARTHUR</Name1><Name2>BERNARD</Name2><Name6>EXAMPLE</Name6><NameType>Primary Name</NameType></Name>
    <Name><Name6>Fox</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
    <Name><Name6>Art Sample</Name6><NameType>Alias</NameType><AliasStrength>Good quality a.k.a</AliasStrength></Name>
    <Name><NameType>Alias</NameType></Name>
  </Names>
  <NonLatinNames>
    <NonLatinName><NameNonLatinScript>Артур Пример </NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType></NonLatinName>
    <NonLatinName><NameNonLatinScript>António Exemplo</NameNonLatinScript></NonLatinName>
  </NonLatinNames>
  <Titles><Title>Colonel</Title></Titles>
  <RegimeName>The Example (Sanctions) Regulations 2020</RegimeName>
  <IndividualEntityShip>Individual</IndividualEntityShip>
  <DesignationSource>UN</DesignationSource>
  <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
  <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze></SanctionsImposedIndicators>
  <OtherInformation>He traded in arms.</OtherInformation>
  <UKStatementofReasons>
He is involved.
</UKStatementofReasons>
  <Addresses>
    <Address><AddressLine1>4 Long Road</AddressLine1><AddressLine6>Minsk</AddressLine6><AddressPostalCode>220000</AddressPostalCode><AddressCountry>Belarus</AddressCountry></Address>
    <Address><AddressCountry>Congo (Democratic Republic)</AddressCountry></Address>
  </Addresses>
  <PhoneNumbers><PhoneNumber>1</PhoneNumber></PhoneNumbers>
  <EmailAddresses><EmailAddress>a@alpha.example; and b@alpha.example</EmailAddress></EmailAddresses>
  <IndividualDetails><Individual>
    <DOBs><DOB>dd/mm/1945</DOB><DOB>01/03/1958</DOB><DOB>15/08/19yy</DOB></DOBs>
    <PassportDetails>
      <Passport><PassportNumber>P 1</PassportNumber><PassportAdditionalInformation>expired</PassportAdditionalInformation></Passport>
      <Passport><PassportNumber>P 1</PassportNumber><PassportAdditionalInformation>expired</PassportAdditionalInformation></Passport>
    </PassportDetails>
    <Nationalities><Nationality>North Korea</Nationality><Nationality>Stateland</Nationality></Nationalities>
    <NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>77 </NationalIdentifierNumber></NationalIdentifier></NationalIdentifierDetails>
    <Positions><Position>Chief of supplies</Position></Positions>
    <BirthDetails><Location><TownOfBirth>Brest</TownOfBirth><CountryOfBirth>Belarus</CountryOfBirth></Location></BirthDetails>
  </Individual></IndividualDetails>
</Designation>`

const company = `<Designation>
  <DateDesignated>24/02/2026</DateDesignated><UniqueID>XYZ0002</UniqueID>
  <Names><Name><Name6>EXAMPLE TRADING </Name6><NameType>Primary Name</NameType></Name></Names>
  <RegimeName>The Example (Sanctions) Regulations 2020</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
  <Websites><Website>https://www.alpha.example/</Website></Websites>
  <EntityDetails><Entity>
    <TypeOfEntities><TypeOfEntity>Company</TypeOfEntity></TypeOfEntities>
    <BusinessRegistrationNumbers><BusinessRegistrationNumber>INN: 7700000000
OGRN - 1020000000000 / KPP: 770001001</BusinessRegistrationNumber><BusinessRegistrationNumber>BR-99-XY</BusinessRegistrationNumber></BusinessRegistrationNumbers>
    <ParentCompanies><ParentCompany>Example Holding</ParentCompany></ParentCompanies>
    <Subsidiaries><Subsidiary>One</Subsidiary><Subsidiary>Two</Subsidiary></Subsidiaries>
  </Entity></EntityDetails>
</Designation>`

const ship = `<Designation>
  <DateDesignated>dd/mm/2017</DateDesignated><UniqueID>XYZ0003</UniqueID>
  <Names><Name><Name6>Example 8</Name6><NameType>Primary name</NameType></Name></Names>
  <RegimeName>The Example (Sanctions) Regulations 2020</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip>
  <ShipDetails><Ship>
    <IMONumbers><IMONumber>IMO9074729</IMONumber></IMONumbers>
    <CurrentOwnerOperators><CurrentOwnerOperator>Example Shipping</CurrentOwnerOperator></CurrentOwnerOperators>
    <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros</CurrentBelievedFlagOfShip><CurrentBelievedFlagOfShip>False Flag</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
    <PreviousFlags><PreviousFlag>India</PreviousFlag></PreviousFlags>
    <TypeOfShipDetails><TypeOfShip>Bulk Carrier</TypeOfShip></TypeOfShipDetails>
    <YearsBuilt><YearBuilt>2011</YearBuilt></YearsBuilt>
  </Ship></ShipDetails>
</Designation>`

func full(entries string) []byte { return []byte(head + entries + "\n</Designations>") }

func TestRead(t *testing.T) {
	got, err := read(t.Context(), t, full(person+company+ship))
	if err != nil {
		t.Fatal(err)
	}
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	name := func(text string, form names.NameForm) screening.EntityName {
		return screening.EntityName{Name: text, Form: form, Verified: screening.Primary}
	}
	want := &lists.Edition{AsOf: "2026-09-07", Records: 3, Entities: []screening.Entity{
		{
			ID: "uk-sanctions:XYZ0001", Name: "ARTHUR BERNARD EXAMPLE", Kind: screening.Person,
			Names: []screening.EntityName{
				name("Artur Primer", names.Alias), name("Fox", names.Weak), name("Art Sample", names.Alias),
				name("Артур Пример", names.Native), name("António Exemplo", names.Alias),
			},
			Addresses: []string{"4 Long Road, Minsk, 220000, Belarus"}, Countries: []string{"BY", "CD"},
			Born: "1945", AlsoBorn: []string{"1958-03-01"}, Birthplace: "Brest, Belarus", Nationality: "KP", Position: "Colonel; Chief of supplies",
			Identifiers: []screening.EntityNumber{
				number("ofsi_group_id", "7000"), number("un_id", "XYi.001"), number("email", "a@alpha.example"), number("email", "b@alpha.example"),
				number("passport", "P 1"), number("national_id", "77"),
			},
			Note: "He traded in arms.\nHe is involved.\nBorn: 15/08/19yy\nNationality: Stateland\nPassport: expired",
			Listings: []screening.Listing{{
				Entry: "ARTHUR BERNARD EXAMPLE", UID: "XYZ0001", From: "2001-01-25", Note: "Asset freeze; Travel Ban",
			}},
		},
		{
			ID: "uk-sanctions:XYZ0002", Name: "EXAMPLE TRADING", Kind: screening.Organisation, Domains: []string{"alpha.example"},
			Identifiers: []screening.EntityNumber{
				number("website", "https://www.alpha.example/"), number("inn", "7700000000"), number("ogrn", "1020000000000"), number("registration", "BR-99-XY"),
			},
			Note:     "Type of entity: Company\nParent company: Example Holding\nSubsidiaries: One; Two",
			Listings: []screening.Listing{{Entry: "EXAMPLE TRADING", UID: "XYZ0002", From: "2026-02-24"}},
		},
		{
			ID: "uk-sanctions:XYZ0003", Name: "Example 8", Kind: screening.Craft, Countries: []string{"KM"},
			Identifiers: []screening.EntityNumber{number("imo", "9074729")},
			Note:        "Flag: False Flag\nPrevious flags: India\nOwner or operator: Example Shipping\nType of ship: Bulk Carrier\nYear built: 2011",
			Listings:    []screening.Listing{{Entry: "Example 8", UID: "XYZ0003", Note: "Listed on: 2017"}},
		},
	}}
	for i := range want.Entities {
		e := &want.Entities[i]
		e.Standing, e.Verified, e.Sources = screening.Listed, screening.Primary, []string{"uk-sanctions"}
		l := &e.Listings[0]
		l.List, l.Verified, l.URL = "uk-sanctions", screening.Primary, uk.Publication.Home
		l.Programs, l.Citation = []string{"The Example (Sanctions) Regulations 2020"}, "The Example (Sanctions) Regulations 2020"
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("edition differs (-want +got):\n%s", diff)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"7700000000":                            {"registration 7700000000"},
		"INN 7700000000 OGRN 1020000000000":     {"inn 7700000000", "ogrn 1020000000000"},
		"7700000000 - Russia INN":               {"registration 7700000000 - Russia INN"},
		"12-3301 TIN: 01300":                    {"tax_id 01300", "registration 12-3301 TIN: 01300"},
		"KPP - 770001001":                       {"registration KPP - 770001001"},
		"SWIFT/BIC: ABCDRUMM; BIC code ABCDRUM": {"swift ABCDRUMM"},
		"Unknown":                               {"registration Unknown"},
		"":                                      nil,
	} {
		t.Run(text, func(t *testing.T) {
			entry := strings.Replace(company, "INN: 7700000000\nOGRN - 1020000000000 / KPP: 770001001</BusinessRegistrationNumber><BusinessRegistrationNumber>BR-99-XY", text, 1)
			got, err := read(t.Context(), t, full(entry))
			if err != nil {
				t.Fatal(err)
			}
			var numbers []string
			for _, n := range got.Entities[0].Identifiers[1:] { // behind the website
				numbers = append(numbers, n.Type+" "+n.Value)
			}
			if diff := cmp.Diff(want, numbers); diff != "" {
				t.Errorf("numbers differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKinds holds what a designation is of to its word, or to its details where the word is new.
func TestKinds(t *testing.T) {
	for _, tt := range []struct {
		entry, word, with string
		want              screening.PartyKind
	}{
		{person, "Individual", "Person", screening.Person},
		{company, "Entity", "Group", screening.Organisation},
		{ship, "Ship", "Yacht", screening.Craft},
		{company, "Entity", "Aircraft", screening.Craft},
		{company, "<IndividualEntityShip>Entity</IndividualEntityShip>", "", screening.Organisation},
	} {
		got, err := read(t.Context(), t, full(strings.Replace(tt.entry, ">"+strings.Trim(tt.word, "<>")+"<", ">"+tt.with+"<", 1)))
		if err != nil {
			t.Fatal(err)
		}
		if kind := got.Entities[0].Kind; kind != tt.want {
			t.Errorf("%s: got %s, want %s", tt.with, kind, tt.want)
		}
	}
}

func TestMainName(t *testing.T) {
	for names, want := range map[string]string{
		"<Name><Name6>B</Name6><NameType>Alias</NameType></Name>":                                                                               "B",
		"<Name><NameType>Primary Name</NameType></Name><Name><Name6>B</Name6></Name>":                                                           "B",
		"<Name><Name6>B</Name6><NameType>Alias</NameType></Name><Name><Name1>A</Name1><Name6>C</Name6><NameType>primary name</NameType></Name>": "A C",
		"</Names><NonLatinNames><NonLatinName><NameNonLatinScript>Альфа</NameNonLatinScript></NonLatinName></NonLatinNames><Names>":             "Альфа",
	} {
		got, err := read(t.Context(), t, full("<Designation><UniqueID>X</UniqueID><Names>"+names+"</Names></Designation>"))
		if err != nil {
			t.Fatal(err)
		}
		if name := got.Entities[0].Name; name != want {
			t.Errorf("%s: got %q, want %q", names, name, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, fault string }{
		{"no name", string(full("<Designation><UniqueID>XYZ9</UniqueID></Designation>")), `line 4: the designation "XYZ9" has no name`},
		{"a new part", string(full("<Revocations><Designation/></Revocations>")), `line 4: the part "Revocations" is not known: entries in it would be left out`},
		{"another list", "<ArrayOfFinancialSanctionsTarget/>", `line 1: is another kind of file: it begins with "ArrayOfFinancialSanctionsTarget", not with Designations`},
		{"cut", head + person, "ends in the middle of an element: the file was cut on its way"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t.Context(), t, []byte(tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.File != uk.Publication.Parts[0].Name || !strings.HasSuffix(err.Error(), tt.fault) {
				t.Errorf("got %v, want a fault of the file with %q", err, tt.fault)
			}
		})
	}
}

func TestFits(t *testing.T) {
	listtest.Fits(t, &uk.Publication, map[string]bool{head: true, "<ArrayOfFinancialSanctionsTarget/>": false, "id,schema": false})
}

// TestReal reads a copy of the list that lies in a folder of real copies.
func TestReal(t *testing.T) {
	got := listtest.Real(t, &uk.Publication)
	if len(got.Entities) < 3000 || len(got.Entities) != got.Records || got.AsOf == "" {
		t.Errorf("got %d entities of %d records, as of %q", len(got.Entities), got.Records, got.AsOf)
	}
}

func FuzzRead(f *testing.F) {
	listtest.Fuzz(f, &uk.Publication, string(full(person+company+ship)), head, "", "<Designations><Designation><Names><Name><Name6>A</Name6></Name></Names></Designation></Designations>")
}
