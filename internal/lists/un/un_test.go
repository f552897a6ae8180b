package un_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/internal/lists/un"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// read reads a copy of one file.
func read(ctx context.Context, t testing.TB, text []byte) (*lists.Edition, error) {
	t.Helper()
	return listtest.Read(ctx, t, &un.Publication, text)
}

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" dateGenerated="2026-02-27T00:00:09.554Z">
`

const person = `<INDIVIDUAL>
  <DATAID>1001</DATAID><VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>ARTHUR </FIRST_NAME><SECOND_NAME>BERNARD</SECOND_NAME><THIRD_NAME/><FOURTH_NAME>EXAMPLE</FOURTH_NAME>
  <UN_LIST_TYPE>XYZ</UN_LIST_TYPE><REFERENCE_NUMBER>XYi.001</REFERENCE_NUMBER><LISTED_ON>2015-03-27-04:00</LISTED_ON>
  <GENDER>Male</GENDER><NAME_ORIGINAL_SCRIPT>Артур
        Пример</NAME_ORIGINAL_SCRIPT>
  <COMMENTS1>He traded in arms.</COMMENTS1>
  <TITLE><VALUE>Colonel</VALUE></TITLE>
  <DESIGNATION><VALUE>Chief of supplies </VALUE><VALUE>Colonel</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE><VALUE>Stateland</VALUE><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
  <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE><LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE></LAST_DAY_UPDATED>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Arturo Ejemplo; Artur Primer</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Fox</ALIAS_NAME><NOTE>Call sign</NOTE></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Art Sample</ALIAS_NAME><NOTE>previously listed as</NOTE></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><STREET>4 Long Road</STREET><CITY>Minsk</CITY><ZIP_CODE>220000</ZIP_CODE><COUNTRY>Belarus</COUNTRY><NOTE>as of 2016</NOTE></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_ADDRESS><COUNTRY>Côte d'Ivoire</COUNTRY></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1966-04-23</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1971</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1968</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Brest</CITY><COUNTRY>Belarus</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Gomel</CITY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER> AB 123</NUMBER><ISSUING_COUNTRY>Belarus</ISSUING_COUNTRY><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification
        Number</TYPE_OF_DOCUMENT><NUMBER>77</NUMBER></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>Belarusian, lost</NOTE></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Licence</TYPE_OF_DOCUMENT><NUMBER>L-1</NUMBER></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT/><SORT_KEY/>
</INDIVIDUAL>`

const company = `<ENTITY>
  <DATAID>2001</DATAID><FIRST_NAME>EXAMPLE TRADING CO.</FIRST_NAME><UN_LIST_TYPE>XYZ</UN_LIST_TYPE><REFERENCE_NUMBER>XYe.001</REFERENCE_NUMBER>
  <LISTED_ON>soon</LISTED_ON><COMMENTS1/>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>ETC</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Sample Trading</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ADDRESS><NOTE>Branch Office 14: Dubai, United Arab Emirates</NOTE></ENTITY_ADDRESS>
</ENTITY>`

func full(individuals, entities string) []byte {
	return []byte(head + "<INDIVIDUALS>" + individuals + "</INDIVIDUALS><ENTITIES>" + entities + "</ENTITIES>\n</CONSOLIDATED_LIST>")
}

func TestRead(t *testing.T) {
	got, err := read(t.Context(), t, full(person, company))
	if err != nil {
		t.Fatal(err)
	}
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	name := func(text string, form names.NameForm) screening.EntityName {
		return screening.EntityName{Name: text, Form: form, Verified: screening.Primary}
	}
	want := &lists.Edition{AsOf: "2026-02-27", Records: 2, Entities: []screening.Entity{
		{
			ID: "un-sc:XYi.001", Name: "ARTHUR BERNARD EXAMPLE", Kind: screening.Person,
			Names: []screening.EntityName{
				name("Артур Пример", names.Native), name("Arturo Ejemplo", names.Alias), name("Artur Primer", names.Alias),
				name("The Fox", names.Weak), name("Art Sample", names.Former),
			},
			Addresses: []string{"4 Long Road, Minsk, 220000, Belarus (as of 2016)"}, Countries: []string{"BY", "CI"},
			Born: "1966-04-23", AlsoBorn: []string{"1970", "1971", "1968"}, Birthplace: "Brest, Belarus; Gomel",
			Nationality: "KP", AlsoCitizen: []string{"IR"}, Position: "Colonel; Chief of supplies",
			Identifiers: []screening.EntityNumber{number("passport", "AB 123"), number("national_id", "77"), number("other", "L-1")},
			Note:        "Nationality: Stateland\nBorn: circa 1968\nBorn: Nov. 1973\nPassport AB 123: expired\nPassport: Belarusian, lost\nHe traded in arms.",
			Listings:    []screening.Listing{{Entry: "ARTHUR BERNARD EXAMPLE", UID: "XYi.001", From: "2015-03-27"}},
		},
		{
			ID: "un-sc:XYe.001", Name: "EXAMPLE TRADING CO.", Kind: screening.Organisation,
			Names:     []screening.EntityName{name("ETC", names.Alias), name("Sample Trading", names.Former)},
			Addresses: []string{"Branch Office 14: Dubai, United Arab Emirates"},
			Listings:  []screening.Listing{{Entry: "EXAMPLE TRADING CO.", UID: "XYe.001", Note: "Listed on: soon"}},
		},
	}}
	for i := range want.Entities {
		e := &want.Entities[i]
		e.Standing, e.Verified, e.Sources = screening.Listed, screening.Primary, []string{"un-sc"}
		l := &e.Listings[0]
		l.List, l.Programs, l.Verified, l.URL = "un-sc", []string{"XYZ"}, screening.Primary, un.Publication.Home
		l.Citation = un.Publication.Title
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("edition differs (-want +got):\n%s", diff)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, fault string }{
		{"no name", string(full("", "\n<ENTITY><DATAID>9</DATAID><REFERENCE_NUMBER>XYe.9</REFERENCE_NUMBER></ENTITY>")), `line 4: the entry "XYe.9, 9" has no name`},
		{"a new section", head + "<VESSELS><VESSEL><FIRST_NAME>A</FIRST_NAME></VESSEL></VESSELS></CONSOLIDATED_LIST>", `line 3: the part "VESSELS" is not known: entries in it would be left out`},
		{"a new kind of entry", string(full("<VESSEL><FIRST_NAME>A</FIRST_NAME></VESSEL>", "")), `line 3: the part "VESSEL" is not known: entries in it would be left out`},
		{"another list", "<sdnList/>", `line 1: is another kind of file: it begins with "sdnList", not with CONSOLIDATED_LIST`},
		{"cut", strings.TrimSuffix(string(full(person, company)), "</CONSOLIDATED_LIST>"), "ends in the middle of an element: the file was cut on its way"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t.Context(), t, []byte(tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.File != un.Publication.Parts[0].Name || !strings.HasSuffix(err.Error(), tt.fault) {
				t.Errorf("got %v, want a fault of the file with %q", err, tt.fault)
			}
		})
	}
	if _, err := un.Publication.Read(t.Context(), &lists.Copy{}); err == nil {
		t.Error("a copy without its part was read")
	}
}

func TestDelisted(t *testing.T) {
	text := strings.Replace(person, "<GENDER>", "<DELISTED_ON>2020-01-31</DELISTED_ON><GENDER>", 1)
	got, err := read(t.Context(), t, full(text, ""))
	if err != nil {
		t.Fatal(err)
	}
	if l := got.Entities[0].Listings[0]; l.From != "2015-03-27" || l.Until != "2020-01-31" {
		t.Errorf("got from %s until %s, want 2015-03-27 until 2020-01-31", l.From, l.Until)
	}
}

func TestFits(t *testing.T) {
	listtest.Fits(t, &un.Publication, map[string]bool{head: true, "\xef\xbb\xbf" + head: true, "<html/>": false, "a,b": false})
}

// TestReal reads a copy of the list that lies in a folder of real copies.
func TestReal(t *testing.T) {
	got := listtest.Real(t, &un.Publication)
	if len(got.Entities) < 500 || len(got.Entities) != got.Records || got.AsOf == "" {
		t.Errorf("got %d entities of %d records, as of %q", len(got.Entities), got.Records, got.AsOf)
	}
}

func FuzzRead(f *testing.F) {
	listtest.Fuzz(f, &un.Publication, string(full(person, company)), head, "", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>")
}
