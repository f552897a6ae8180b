package eu_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/eu"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// read reads a copy of one file.
func read(ctx context.Context, t testing.TB, text []byte) (*lists.Edition, error) {
	t.Helper()
	return listtest.Read(ctx, t, &eu.Publication, text)
}

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05T16:47:04.449+02:00" globalFileId="1">
`

const person = `<sanctionEntity designationDate="2021-04-12" designationDetails="Details" unitedNationId="XYi.1" euReferenceNumber="EU.1.11" logicalId="13">
  <remark>He traded in arms.</remark>
  <regulation regulationType="amendment" organisationType="council" publicationDate="2023-02-13" entryIntoForceDate="2023-02-14" numberTitle="2023/1 (OJ L1)" programme="XYZ" logicalId="1">
    <publicationUrl>https://law.example/?a=1&amp;b</publicationUrl>
  </regulation>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias firstName="" lastName="" wholeName="آرتور" nameLanguage="AR" strong="true"><regulationSummary publicationUrl="https://law.example/2"/></nameAlias>
  <nameAlias wholeName="Artour
     Exemple" nameLanguage="FR" strong="true" function=""/>
  <nameAlias firstName="Arthur" middleName="Bernard" lastName="EXAMPLE" wholeName="" title="Haji" function="Chief of supplies" nameLanguage="EN" strong="true"/>
  <nameAlias wholeName="The Fox" strong="true"><remark>low quality alias; formerly listed as</remark></nameAlias>
  <nameAlias wholeName="Artie" strong="false"/>
  <nameAlias wholeName="Art Sample" strong="true"><remark>Formerly known as</remark></nameAlias>
  <nameAlias wholeName="Arthur E." strong="true"><remark>good quality alias</remark></nameAlias>
  <nameAlias wholeName="Arto" strong="true"><remark>Owned by others, formerly known as Others.</remark></nameAlias>
  <nameAlias wholeName="" strong="true"/>
  <citizenship region="" countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF"/>
  <citizenship countryIso2Code="YU" countryDescription="YUGOSLAVIA"/>
  <citizenship countryIso2Code="00" countryDescription="UNKNOWN"/>
  <birthdate circa="false" calendarType="GREGORIAN" city="Brest" birthdate="1966-04-23" dayOfMonth="23" monthOfYear="4" year="1966" countryIso2Code="BY" countryDescription="BELARUS"/>
  <birthdate circa="false" calendarType="GREGORIAN" monthOfYear="8" year="1967" countryIso2Code="00" countryDescription="UNKNOWN"/>
  <birthdate circa="true" calendarType="GREGORIAN" year="1968"/>
  <birthdate circa="true" yearRangeFrom="1953" yearRangeTo="1958"/>
  <birthdate circa="false" yearRangeFrom="1970" yearRangeTo="1971"/>
  <birthdate circa="false" yearRangeTo="1980"/>
  <birthdate circa="false" calendarType="ISLAMIC" monthOfYear="2" year="1343"/>
  <birthdate circa="false" calendarType="ISLAMIC" birthdate="1964-05-01" year="1343"/>
  <address city="Minsk" street="4 Long Road" poBox="12" zipCode="220000" region="" place="" asAtListingTime="false" countryIso2Code="BY" countryDescription="BELARUS"><remark>as of 2016</remark>
    <contactInfo key="PHONE" value="+1"/><contactInfo key="WEB" value="www.alpha.example"/><contactInfo key="EMAIL" value="a@alpha.example, b@alpha.example"/></address>
  <address city="Goma" countryIso2Code="CD" countryDescription="CONGO, Democratic Republic of (was Zaire)"/>
  <address city="" countryIso2Code="IR" countryDescription="IRAN (ISLAMIC REPUBLIC OF)"/>
  <address city="Nis" countryIso2Code="CS" countryDescription="SERBIA AND MONTENEGRO"/>
  <address city="" countryIso2Code="00" countryDescription="UNKNOWN"/>
  <identification knownFalse="true" latinNumber="" number="AB 123" identificationTypeCode="passport" identificationTypeDescription="National passport" countryIso2Code="00"><remark>(passport)</remark></identification>
  <identification number="-" identificationTypeCode="id"/>
  <identification number="77" identificationTypeCode="fiscalcode"/>
  <identification number="IMO 9074729" identificationTypeCode="imo"/>
  <identification number="X9" identificationTypeCode="other"/>
</sanctionEntity>`

const company = `<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.2.22" logicalId="99">
  <regulation regulationType="amendment" publicationDate="2016-03-05" entryIntoForceDate="2016-03-06" numberTitle="2016/2 (OJ L2)" programme="XYZ" publicationUrl="https://law.example/3"/>
  <regulation regulationType="regulation" publicationDate="2015-03-05" entryIntoForceDate="2015-03-06" numberTitle="2015/1 (OJ L1)" programme="ZZZ"/>
  <subjectType code="enterprise" classificationCode="E"/>
  <nameAlias wholeName="Example Trading" function="a bank" nameLanguage="EN" strong="true"><remark>Associated entity: Other.
Website: www.alpha.example</remark></nameAlias>
</sanctionEntity>`

func full(entries string) []byte { return []byte(head + entries + "\n</export>") }

func TestRead(t *testing.T) {
	got, err := read(t.Context(), t, full(person+company))
	if err != nil {
		t.Fatal(err)
	}
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	name := func(text string, form names.NameForm, lang string) screening.EntityName {
		return screening.EntityName{Name: text, Form: form, Lang: lang, Verified: screening.Primary}
	}
	want := &lists.Edition{AsOf: "2026-08-05", Records: 2, Entities: []screening.Entity{
		{
			ID: "eu-fsf:EU.1.11", Name: "Arthur Bernard EXAMPLE", Kind: screening.Person,
			Names: []screening.EntityName{
				name("آرتور", names.Native, "ar"), name("Artour Exemple", names.Alias, "fr"), name("The Fox", names.Weak, ""), name("Artie", names.Weak, ""),
				name("Art Sample", names.Former, ""), name("Arthur E.", names.Alias, ""), name("Arto", names.Alias, ""),
			},
			Addresses: []string{
				"4 Long Road, P.O. Box 12, Minsk, 220000, BELARUS (as of 2016)", "Goma, CONGO, Democratic Republic of (was Zaire)", "Nis, SERBIA AND MONTENEGRO",
			},
			Countries: []string{"BY", "CD", "IR"}, Domains: []string{"alpha.example"},
			Born: "1966-04-23", AlsoBorn: []string{"1967-08", "1970", "1971", "1964-05-01", "1968"}, Birthplace: "Brest, BELARUS",
			Nationality: "KP", Position: "Haji; Chief of supplies",
			Identifiers: []screening.EntityNumber{
				number("website", "www.alpha.example"), number("email", "a@alpha.example"), number("email", "b@alpha.example"),
				number("passport", "AB 123"), number("tax_id", "77"), number("imo", "9074729"), number("other", "X9"), number("un_id", "XYi.1"),
			},
			Note: "He traded in arms.\nOwned by others, formerly known as Others.\nNationality: YUGOSLAVIA\nBorn: circa 1968\n" +
				"Born: circa 1953 to 1958\nBorn: between ? and 1980\nBorn: 1343-2 (islamic calendar)\nNational passport AB 123: (passport); known to be false",
			Listings: []screening.Listing{{
				Entry: "Arthur Bernard EXAMPLE", UID: "EU.1.11", Programs: []string{"XYZ"}, From: "2021-04-12", Citation: "2023/1 (OJ L1)",
				URL: "https://law.example/?a=1&b", Note: "Details",
			}},
		},
		{
			ID: "eu-fsf:EU.2.22", Name: "Example Trading", Kind: screening.Organisation,
			Note: "a bank\nAssociated entity: Other.\nWebsite: www.alpha.example",
			Listings: []screening.Listing{{
				Entry: "Example Trading", UID: "EU.2.22", Programs: []string{"XYZ", "ZZZ"}, From: "2015-03-06", Citation: "2016/2 (OJ L2)", URL: "https://law.example/3",
			}},
		},
	}}
	for i := range want.Entities {
		e := &want.Entities[i]
		e.Standing, e.Verified, e.Sources = screening.Listed, screening.Primary, []string{"eu-fsf"}
		e.Listings[0].List, e.Listings[0].Verified = "eu-fsf", screening.Primary
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("edition differs (-want +got):\n%s", diff)
	}
}

// TestSince holds the first day of a listing to what an entry says: never later than the truth.
func TestSince(t *testing.T) {
	const entity = `<sanctionEntity euReferenceNumber="EU.1.1" DESIGNATED><REGULATION/><nameAlias wholeName="Alpha"/></sanctionEntity>`
	for _, tt := range []struct{ name, designated, regulation, want string }{
		{"both", `designationDate="2021-04-12"`, `regulation regulationType="amendment" entryIntoForceDate="2023-02-14"`, "2021-04-12"},
		{"the regulation is older", `designationDate="2021-04-12"`, `regulation regulationType="amendment" entryIntoForceDate="2020-02-14"`, "2020-02-14"},
		{"the first regulation alone", "", `regulation regulationType="regulation" publicationDate="2003-07-08" entryIntoForceDate="2003-07-07"`, "2003-07-07"},
		{"an amendment alone", "", `regulation regulationType="amendment" entryIntoForceDate="2018-11-29"`, ""},
		{"no regulation", `designationDate="2021-04-12"`, "remark", "2021-04-12"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t.Context(), t, full(strings.NewReplacer("DESIGNATED", tt.designated, "REGULATION", tt.regulation).Replace(entity)))
			if err != nil {
				t.Fatal(err)
			}
			l := got.Entities[0].Listings[0]
			if l.From != tt.want || l.Citation == "" || l.URL == "" {
				t.Errorf("got from %q, citation %q and URL %q, want from %q and the other two", l.From, l.Citation, l.URL, tt.want)
			}
		})
	}
}

// TestMainName holds which name an entry is shown under.
func TestMainName(t *testing.T) {
	for _, tt := range []struct{ name, aliases, want string }{
		{"the only one", `<nameAlias wholeName="Альфа"/>`, "Альфа"},
		{"English before French", `<nameAlias wholeName="Qoussaï" nameLanguage="FR"/><nameAlias wholeName="Qusay" nameLanguage=""/>`, "Qusay"},
		{"French before Cyrillic that says it is English", `<nameAlias wholeName="Альфа" nameLanguage="EN"/><nameAlias wholeName="Alpha" nameLanguage="FR"/>`, "Alpha"},
		{"no alias before a good one", `<nameAlias wholeName="Beta" nameLanguage="EN"><remark>good quality alias</remark></nameAlias><nameAlias wholeName="Alpha" nameLanguage="FR"/>`, "Alpha"},
		{"other letters before a weak one", `<nameAlias wholeName="Fox"><remark>Low quality alias</remark></nameAlias><nameAlias wholeName="Альфа" nameLanguage="RU"/>`, "Альфа"},
		{"a weak one at last", `<nameAlias wholeName=" "/><nameAlias wholeName="Fox" strong="false"/>`, "Fox"},
		{"its parts", `<nameAlias firstName="Ann" middleName="" lastName="Example" wholeName=""/>`, "Ann Example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t.Context(), t, full(`<sanctionEntity euReferenceNumber="EU.1.1">`+tt.aliases+`</sanctionEntity>`))
			if err != nil {
				t.Fatal(err)
			}
			if name := got.Entities[0].Name; name != tt.want {
				t.Errorf("got %q, want %q", name, tt.want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, fault string }{
		{"no name", string(full("\n\n<sanctionEntity euReferenceNumber=\"EU.1.1\"/>")), `line 5: the entry "EU.1.1" has no name`},
		{"a new part", string(full("<sanctionVessel><nameAlias wholeName=\"A\"/></sanctionVessel>")), `line 3: the part "sanctionVessel" is not known: entries in it would be left out`},
		{"another list", "<CONSOLIDATED_LIST/>", `line 1: is another kind of file: it begins with "CONSOLIDATED_LIST", not with export`},
		{"cut", head + person, "ends in the middle of an element: the file was cut on its way"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t.Context(), t, []byte(tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.File != eu.Publication.Parts[0].Name || !strings.HasSuffix(err.Error(), tt.fault) {
				t.Errorf("got %v, want a fault of the file with %q", err, tt.fault)
			}
		})
	}
}

func TestFits(t *testing.T) {
	listtest.Fits(t, &eu.Publication, map[string]bool{head: true, "<export/>": false, "<Designations/>": false, "id,schema": false})
}

// TestReal reads a copy of the list that lies in a folder of real copies.
func TestReal(t *testing.T) {
	got := listtest.Real(t, &eu.Publication)
	if len(got.Entities) < 3000 || len(got.Entities) != got.Records || got.AsOf == "" {
		t.Errorf("got %d entities of %d records, as of %q", len(got.Entities), got.Records, got.AsOf)
	}
}

func FuzzRead(f *testing.F) {
	listtest.Fuzz(f, &eu.Publication, string(full(person+company)), head, "", "<export><sanctionEntity><nameAlias wholeName=\"A\"/></sanctionEntity></export>")
}
