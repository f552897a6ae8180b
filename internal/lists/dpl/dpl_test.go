package dpl

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

const head = "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t\"Effective_Date\"\t\"Expiration_Date\"\t\"Standard_Order\"\t\"Last_Update\"\t\"Action\"\t\"FR_Citation\"\n"

// row writes a row as the list does.
func row(cells ...string) string { return `"` + strings.Join(cells, "\"\t\"") + "\"\n" }

func copyOf(tb testing.TB, text string) *lists.Copy {
	tb.Helper()
	return listtest.Copy(tb, &Publication, []byte(text))
}

func readText(t *testing.T, text string) *lists.Edition {
	t.Helper()
	edition, err := Publication.Read(context.Background(), copyOf(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return edition
}

func TestRead(t *testing.T) {
	edition := readText(t, head+
		row(" JOHN DOE", "1 MAIN STREET", "EL PASO", "TX", "", "79905", "08/24/2022", "01/14/2026", "Y", "2022-08-29", "F.R. NOTICE ADDED", "87 F.R. 1 8/29/2022")+
		row("JOHN DOE", "FCI EL RENO, INMATE 5", "EL RENO", "OK", "US", "73036", "08/24/2022", "01/14/2026", "Y", "3017-08-22", "F.R. NOTICE ADDED", "87 F.R.1, 8/29/2022")+
		row("JOHN DOE", "2 SIDE STREET", "OSLO", "", "NO", "", "08/24/2022", "01/14/2026", "Y", "2021-08-29", "", "88 F.R. 9")+
		row("JOHN-DOE", "", "", "", "", "", "08/24/2022", "01/14/2026", "Y", "2022-08-29", "", "87 F.R. 1 8/29/2022")+
		row("ALPHA TRADING (BETA WORKS)", "", "", "", "DE", "", "03/24/1981", "", "N", "2000-04-05", "", ""))
	if edition.AsOf != "2022-08-29" || edition.Records != 5 || len(edition.Entities) != 4 {
		t.Errorf("got as of %q, %d records, %d entities", edition.AsOf, edition.Records, len(edition.Entities))
	}
	want := []screening.Entity{
		{
			ID: "bis-dpl:john-doe", Name: "JOHN DOE", Kind: screening.Person, Note: "F.R. NOTICE ADDED", Countries: []string{"US"},
			Addresses: []string{"1 MAIN STREET, EL PASO, TX, 79905", "FCI EL RENO, INMATE 5, EL RENO, OK, 73036, US"},
			Listings:  []screening.Listing{{Entry: "JOHN DOE", From: "2022-08-24", Until: "2026-01-14", Citation: "87 F.R. 1 8/29/2022", Note: "standard order"}},
		},
		{
			ID: "bis-dpl:john-doe-2", Name: "JOHN DOE", Kind: screening.Person, Addresses: []string{"2 SIDE STREET, OSLO, NO"}, Countries: []string{"NO"},
			Listings: []screening.Listing{{Entry: "JOHN DOE", From: "2022-08-24", Until: "2026-01-14", Citation: "88 F.R. 9", Note: "standard order"}},
		},
		{
			ID: "bis-dpl:john-doe-3", Name: "JOHN-DOE", Kind: screening.Organisation,
			Listings: []screening.Listing{{Entry: "JOHN-DOE", From: "2022-08-24", Until: "2026-01-14", Citation: "87 F.R. 1 8/29/2022", Note: "standard order"}},
		},
		{
			ID: "bis-dpl:alpha-trading-beta-works", Name: "ALPHA TRADING (BETA WORKS)", Kind: screening.Organisation, Countries: []string{"DE"},
			Names: []screening.EntityName{
				{Name: "ALPHA TRADING", Form: names.Alias, Verified: screening.Primary}, {Name: "BETA WORKS", Form: names.Alias, Verified: screening.Primary},
			},
			Listings: []screening.Listing{{Entry: "ALPHA TRADING (BETA WORKS)", From: "1981-03-24", Citation: "BIS Denied Persons List; 15 CFR part 764", Note: "non-standard order"}},
		},
	}
	for i := range want {
		want[i].Standing, want[i].Verified, want[i].Sources = screening.Listed, screening.Primary, []string{"bis-dpl"}
		for j := range want[i].Listings {
			want[i].Listings[j].List, want[i].Listings[j].URL, want[i].Listings[j].Verified = "bis-dpl", home, screening.Primary
		}
	}
	if diff := cmp.Diff(want, edition.Entities, cmpopts.IgnoreUnexported(screening.Listing{})); diff != "" {
		t.Error(diff)
	}
}

// The later table has commas, and name and address in one column.
func TestLaterTable(t *testing.T) {
	edition := readText(t, "Name_and_Address,Effective_Date,Expiration_Date,Appropriate Federal Register Citations,Type_of_Denial\n"+
		"\"JOHN DOE, JR., INMATE 5, THREE RIVERS, TX, 78071\",01/02/2020,01/02/2030,85 F.R. 1,Standard\n"+
		"\"ALPHA WORKS, INC., 1 HIGH STREET, LONDON, GB\",01/02/2020,,85 F.R. 2,Non-Standard\n"+
		"\"BETA WORKS\",01/02/2020,,85 F.R. 3,\n")
	got := []string{}
	for i := range edition.Entities {
		e := &edition.Entities[i]
		got = append(got, strings.Join([]string{string(e.ID), e.Name, string(e.Kind), strings.Join(e.Addresses, "|"), strings.Join(e.Countries, "|"), e.Listings[0].Note}, " / "))
	}
	if diff := cmp.Diff([]string{
		"bis-dpl:john-doe-jr / JOHN DOE, JR. / person / INMATE 5, THREE RIVERS, TX, 78071 / US / standard order",
		"bis-dpl:alpha-works-inc / ALPHA WORKS, INC. / organisation / 1 HIGH STREET, LONDON, GB / GB / non-standard order",
		"bis-dpl:beta-works / BETA WORKS / organisation /  /  / ",
	}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTerm(t *testing.T) {
	for _, tt := range []struct{ effective, expiration, from, until, note string }{
		{"01/31/2020", "01/31/2030", "2020-01-31", "2030-01-31", ""},
		{"2020-01-31", "", "2020-01-31", "", ""},
		{"", "", "", "", ""},
		{"13/31/2020", "01/31/2030", "", "2030-01-31", "effective date as listed: 13/31/2020"},
		{"01/31/2020", "never", "2020-01-31", "", "expiration date as listed: never"},
		{"01/31/2020", "2030", "2020-01-31", "", "expiration date as listed: 2030"},
		{"01/31/2020", "01/31/2020", "2020-01-31", "", "expiration date as listed, not after the effective one: 01/31/2020"},
	} {
		from, until, note := Term(tt.effective, tt.expiration)
		if from != tt.from || until != tt.until || note != tt.note {
			t.Errorf("Term(%q, %q) = %q, %q, %q", tt.effective, tt.expiration, from, until, note)
		}
	}
}

func TestFaults(t *testing.T) {
	good := row("JOHN DOE", "", "", "", "", "", "08/24/2022", "", "Y", "2022-08-29", "", "87 F.R. 1")
	for _, tt := range []struct {
		name, text string
		line       int
		want       string
	}{
		{"empty", "", 0, "empty"},
		{"headers only", head, 0, "no entry"},
		{"a column is missing", strings.Replace(head, "FR_Citation", "Other", 1) + good, 1, "fr_citation"},
		{"no column of names", strings.Replace(head, `"Name"`, `"Title"`, 1) + good, 1, "neither"},
		{"no name", head + good + row(" ", "", "", "", "", "", "08/24/2022", "", "Y", "2022-08-29", "", "87 F.R. 1"), 3, "no name"},
		{"a cell is missing", head + "\"JOHN DOE\"\t\"1\"\n", 2, "2 cells"},
		{"cut off", head + good + "\"JANE DOE\"\t\"1 MA", 3, "not fetched whole"},
		{"not UTF-8", head + good + "\"JANE D\xd6E\"\n", 3, "UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Publication.Read(context.Background(), copyOf(t, tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.File != part || fault.Line != tt.line || !strings.Contains(fault.Detail, tt.want) {
				t.Errorf("got %v, want line %d and %q", err, tt.line, tt.want)
			}
		})
	}
	var fault *lists.Fault
	if _, err := Publication.Read(context.Background(), &lists.Copy{}); !errors.As(err, &fault) {
		t.Errorf("an empty copy: got %v, want a fault", err)
	}
}

func TestFits(t *testing.T) {
	for text, want := range map[string]bool{
		head: true, "\xef\xbb\xbf" + head: true,
		"Name_and_Address,Effective_Date,Expiration_Date,FR_Citation\n":               true,
		"name,street_address,beginning_date,ending_date,fr_citation\n":                true,
		"_id,source,entity_number,type,programs,name,addresses,start_date,end_date\n": false,
		"Name\tBirthday\n": false, "": false, "\x1a": false, "{\"results\":[]}": false,
	} {
		if got := Publication.Parts[0].Fits(&lists.File{Name: "x", Data: []byte(text)}); got != want {
			t.Errorf("Fits(%q) = %v", text, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(head + row("JOHN DOE", "1", "2", "TX", "", "", "08/24/2022", "01/01/2030", "Y", "2022-08-29", "A", "87 F.R. 1")))
	f.Add([]byte("Name_and_Address,Effective_Date,Expiration_Date,FR_Citation\n\"A, JR., TX, 1\",x,y,z\n,,,\n"))
	f.Add([]byte("name\teffective_date\texpiration_date\tfr_citation\n\"\t\"\t\t\n"))
	c := copyOf(f, "")
	f.Fuzz(func(t *testing.T, text []byte) {
		file := &lists.File{Name: part, Data: text}
		Publication.Parts[0].Fits(file)
		edition, err := Publication.Read(context.Background(), &lists.Copy{Places: c.Places, Parts: map[string]*lists.File{part: file}})
		var fault *lists.Fault
		if err != nil {
			if !errors.As(err, &fault) || fault.Detail == "" {
				t.Fatalf("got %v, want a fault", err)
			}
			return
		}
		seen := map[screening.EntityID]bool{}
		for i := range edition.Entities {
			e := &edition.Entities[i]
			if e.ID == "" || seen[e.ID] || e.Name == "" || e.Kind == "" || len(e.Listings) != 1 || e.Listings[0].Citation == "" {
				t.Fatalf("got %+v", e)
			}
			seen[e.ID] = true
		}
	})
}

func TestReal(t *testing.T) {
	folder := os.Getenv("INTERDICT_TEST_LISTS")
	if folder == "" {
		t.Skip("INTERDICT_TEST_LISTS does not name a folder with copies of the lists")
	}
	text, err := os.ReadFile(filepath.Join(folder, "bis-dpl-2022.txt"))
	if err != nil {
		t.Fatal(err)
	}
	c := copyOf(t, string(text))
	if !Publication.Parts[0].Fits(c.Parts[part]) {
		t.Error("the copy is not told as the list")
	}
	start := time.Now()
	edition, err := Publication.Read(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	kinds, countries, limited := map[screening.PartyKind]int{}, 0, 0
	ids := map[screening.EntityID]bool{}
	for i := range edition.Entities {
		e := &edition.Entities[i]
		if e.ID == "" || ids[e.ID] || e.Name == "" || len(e.Listings) != 1 || e.Listings[0].From == "" || e.Listings[0].Citation == "" || len(e.Addresses) == 0 {
			t.Errorf("got %+v", e)
		}
		ids[e.ID] = true
		kinds[e.Kind]++
		if len(e.Countries) > 0 {
			countries++
		}
		if e.Listings[0].Until != "" {
			limited++
		}
	}
	t.Logf("as of %s, %d records, %d entities (%v), %d with a country, %d with an end, in %v", edition.AsOf, edition.Records, len(edition.Entities), kinds, countries, limited, time.Since(start))
	if edition.AsOf != "2022-09-02" || edition.Records != 581 || len(edition.Entities) != 479 || kinds[screening.Person] != 360 || kinds[screening.Organisation] != 119 {
		t.Errorf("got as of %s, %d records, %d entities, %v", edition.AsOf, edition.Records, len(edition.Entities), kinds)
	}
}
