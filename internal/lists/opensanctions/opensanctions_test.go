package opensanctions_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/internal/lists/opensanctions"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// read reads a copy of one file.
func read(ctx context.Context, t testing.TB, text []byte) (*lists.Edition, error) {
	t.Helper()
	return listtest.Read(ctx, t, &opensanctions.Publication, text)
}

const header = `"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails","program_ids","dataset","first_seen","last_seen","last_change"
`

const rows = `"NK-1","Person","Ann Example","A. Example;Энн;""The """"Fox""""; of Example""","1970-01-02;1971","ru;ua-cri;suhh","Minsk; ;1 Long Road, Brest","ID-1","Programme A - 2022-01-01;Programme B","+7 000","ann@alpha.example","XX-A;XX-B","List One;List Two","2022-03-01T10:00:00","2026-09-15T13:11:55","2026-01-06"
"NK-2","Vessel","EXAMPLE TANKER","","","km","","IMO9074729;MMSI 1","","","","","List One","2022-03-01T10:00:00","2026-09-16T13:11:55","2026-01-06"
"NK-3","Airplane","EX-100","","","","","","","","","","","","",""
"NK-4","PublicBody","Ministry","","","","","","","","","","List One","","",""
"NK-5","CryptoWallet","1ExampleWallet","","","","","","","","","","List One","","",""
"NK-5","Security","Example Bond","","","","","","","","","","List One","","",""
`

func TestRead(t *testing.T) {
	got, err := read(t.Context(), t, []byte(header+rows))
	if err != nil {
		t.Fatal(err)
	}
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	name := func(text string, form names.NameForm) screening.EntityName {
		return screening.EntityName{Name: text, Form: form, Verified: screening.Primary}
	}
	want := &lists.Edition{AsOf: "2026-09-16", Records: 6, Entities: []screening.Entity{
		{
			ID: "opensanctions:NK-1", Name: "Ann Example", Kind: screening.Person,
			Names:     []screening.EntityName{name("A. Example", names.Alias), name("Энн", names.Native), name(`The "Fox"; of Example`, names.Alias)},
			Addresses: []string{"Minsk", "1 Long Road, Brest"}, Countries: []string{"RU", "UA"}, Born: "1970-01-02", AlsoBorn: []string{"1971"},
			Identifiers: []screening.EntityNumber{number("identifier", "ID-1")}, Note: "Country: suhh\nProgramme B",
			Listings: []screening.Listing{{UID: "NK-1", Programs: []string{"XX-A", "XX-B"}, Citation: "Programme A - 2022-01-01"}},
		},
		{
			ID: "opensanctions:NK-2", Name: "EXAMPLE TANKER", Kind: screening.Craft, Countries: []string{"KM"},
			Identifiers: []screening.EntityNumber{number("imo", "9074729"), number("identifier", "MMSI 1")},
			Listings:    []screening.Listing{{UID: "NK-2", Citation: "List One"}},
		},
		{ID: "opensanctions:NK-3", Name: "EX-100", Kind: screening.Craft, Listings: []screening.Listing{{UID: "NK-3", Citation: "OpenSanctions"}}},
		{ID: "opensanctions:NK-4", Name: "Ministry", Kind: screening.Organisation, Listings: []screening.Listing{{UID: "NK-4", Citation: "List One"}}},
		{ID: "opensanctions:NK-5", Name: "1ExampleWallet", Kind: screening.Organisation, Listings: []screening.Listing{{UID: "NK-5", Citation: "List One"}}},
		{ID: "opensanctions:NK-5.2", Name: "Example Bond", Kind: screening.Organisation, Listings: []screening.Listing{{UID: "NK-5", Citation: "List One"}}},
	}}
	for i := range want.Entities {
		e := &want.Entities[i]
		e.Standing, e.Verified, e.Sources = screening.Listed, screening.Primary, []string{"opensanctions"}
		l := &e.Listings[0]
		l.List, l.Entry, l.Verified, l.URL = "opensanctions", e.Name, screening.Primary, "https://www.opensanctions.org/entities/"+l.UID+"/"
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("edition differs (-want +got):\n%s", diff)
	}
}

// TestOlder reads tables with fewer columns, with more, and in another order.
func TestOlder(t *testing.T) {
	for name, text := range map[string]string{
		"first":      "id,schema,name,aliases\nNK-1,Company,Alpha,Beta\n",
		"more":       "id,schema,name,aliases,topics\r\nNK-1,Company,Alpha,Beta,x\r\n",
		"reordered":  "name,aliases,schema,id\nAlpha,Beta,Company,NK-1\n",
		"blank line": "\"id\",\"schema\",\"name\",\"aliases\"\n\n\"NK-1\",\"Company\",\"Alpha\",\"Beta\"\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(t.Context(), t, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if e := got.Entities[0]; len(got.Entities) != 1 || e.Name != "Alpha" || len(e.Names) != 1 || e.Names[0].Name != "Beta" {
				t.Errorf("got %+v, want Alpha, also known as Beta", got.Entities)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, fault string }{
		{"no name", header + strings.Replace(rows, `"Ann Example"`, `"-"`, 1), `targets.simple.csv, line 2: the row "NK-1" has no name`},
		{"no id", header + strings.Replace(rows, `"NK-2"`, `""`, 1), "targets.simple.csv, line 3: the row has no id"},
		{"an open quotation mark", header + strings.Replace(rows, `"A. Example;`, `"""A. Example;`, 1), `targets.simple.csv, line 2: in the column "aliases" a quotation mark is not closed, or text stands behind a closed one`},
		{"text behind a quotation mark", header + strings.Replace(rows, `"A. Example;`, `"""A"" Example;`, 1), `targets.simple.csv, line 2: in the column "aliases" a quotation mark is not closed, or text stands behind a closed one`},
		{"no aliases", "id,schema,name\nNK-1,Person,A\n", `targets.simple.csv, line 1: has no column "aliases"; its columns are: "id, schema, name"`},
		{"a cut row", header + `"NK-1","Person"` + "\n", "targets.simple.csv, line 2: the row has 2 cells where the first one has 16: something is missing, or a line break stands inside a cell"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t.Context(), t, []byte(tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.Error() != tt.fault {
				t.Errorf("got %v, want fault %q", err, tt.fault)
			}
		})
	}
}

func TestFits(t *testing.T) {
	listtest.Fits(t, &opensanctions.Publication, map[string]bool{header: true, "id,schema,name,aliases,birth_date\r\n": true, "id,name\n": false, "<export/>": false, "": false})
}

// TestReal reads a table that lies in a folder of real copies.
func TestReal(t *testing.T) {
	got := listtest.Real(t, &opensanctions.Publication)
	if len(got.Entities) != got.Records || got.AsOf == "" {
		t.Errorf("got %d entities of %d records, as of %q", len(got.Entities), got.Records, got.AsOf)
	}
}

func FuzzRead(f *testing.F) {
	listtest.Fuzz(f, &opensanctions.Publication, header+rows, header, "", "id,schema,name,aliases\n1,Person,A,\"\"\"B\"\";;C\"\n")
}
