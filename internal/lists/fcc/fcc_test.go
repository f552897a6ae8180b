package fcc

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/screening"
)

// readText reads a copy of one file.
func readText(ctx context.Context, t testing.TB, text []byte) (*lists.Edition, error) {
	t.Helper()
	return listtest.Read(ctx, t, &Publication, text)
}

func TestCompanies(t *testing.T) {
	for _, tt := range []struct {
		name, row string
		want      []string
	}{
		{"one", "Equipment produced by Alpha Technologies Company, including services provided by such entity or using such equipment.", []string{"Alpha Technologies Company"}},
		{"to the extent", "Equipment produced by Alpha Corporation, to the extent it is used for Public safety.", []string{"Alpha Corporation"}},
		{"subject to", "Services provided by Alpha Mobile International USA Inc. subject to section 214 of the Act of 1934.", []string{"Alpha Mobile International USA Inc."}},
		{"a comma before subject to", "Services provided by Alpha Technology Inc., subject to section 214.", []string{"Alpha Technology Inc."}},
		{"a comma in the name", "Software produced or provided by Alpha Lab, Inc. or any of its successors and assignees.", []string{"Alpha Lab, Inc."}},
		{"or any of its", "Products supplied, directly or indirectly, by AO Alpha Lab or any of its predecessors, successors, parents, subsidiaries, or affiliates.", []string{"AO Alpha Lab"}},
		{"brackets", "Services provided by Alpha Telecom (Americas) Corp. subject to section 214.", []string{"Alpha Telecom (Americas) Corp."}},
		{"two words in brackets", "Services provided by Alpha (Hong Kong) Limited.", []string{"Alpha (Hong Kong) Limited"}},
		{"its subsidiary", "Services provided by Alpha Networks Corp and its wholly-owned subsidiary BetaNet (USA) LLC subject to section 214.", []string{"Alpha Networks Corp", "BetaNet (USA) LLC"}},
		{"its subsidiaries without names", "Services provided by Alpha Networks Corp and its subsidiaries.", []string{"Alpha Networks Corp"}},
		{"or", "Equipment produced by Alpha Technologies Company or Beta Corporation (or any subsidiary or affiliate of such entities).", []string{"Alpha Technologies Company", "Beta Corporation"}},
		{"three", "Equipment produced by Alpha Corporation, Beta Digital Technology Company, or Gamma Technology Company (or any affiliate).", []string{"Alpha Corporation", "Beta Digital Technology Company", "Gamma Technology Company"}},
		{"three without forms", "Equipment produced by Alpha, Beta, and Gamma.", []string{"Alpha", "Beta", "Gamma"}},
		{"and inside a name", "Drones produced by Alpha Innovations Sciences and Technologies Company Limited.", []string{"Alpha Innovations Sciences and Technologies Company Limited"}},
		{"and between two names", "Drones produced by Alpha Co., Ltd. and Beta Robotics.", []string{"Alpha Co., Ltd.", "Beta Robotics"}},
		{"no forms on either side", "Drones produced by Alpha and Beta Robotics.", []string{"Alpha", "Beta Robotics"}},
		{"a Russian form first", "Products supplied by OOO Alpha and Beta Ltd.", []string{"OOO Alpha", "Beta Ltd."}},
		{"a particle", "Services provided by Bank of the West Limited.", []string{"Bank of the West Limited"}},
		{"a place behind the name", "Equipment produced by Alpha Co., Ltd., Shenzhen, China.", []string{"Alpha Co., Ltd."}},
		{"a new sentence", "Equipment produced by Alpha Inc. The Bureau updates this list.", []string{"Alpha Inc."}},
		{"the end", "Equipment produced by Alpha Corporation.", []string{"Alpha Corporation"}},
		{"a footnote", "Visit - Equipment produced by Alpha† Corporation*^, including services.", []string{"Alpha Corporation"}},
		{"an ampersand", "Equipment made by Alpha & Sons, L.P., except toys.", []string{"Alpha & Sons, L.P."}},
		{"a number", "Tape manufactured by 3X Company since 2026.", []string{"3X Company"}},
		{"twice", "Equipment produced by Alpha Corp, and services provided by Alpha Corp.", []string{"Alpha Corp"}},
		{"a class of goods", "Routers produced in a foreign country, except routers which have been granted a Conditional Approval by ABC or DEF.", nil},
		{"another determination", "All equipment and services listed in Section 1709(a)(1) of the Act (Pub. L. 118-159).", nil},
		{"nobody", "Foreign-produced inverters, £ except those approved by ABC.", nil},
		{"such entity", "Services provided by such entity.", nil},
		{"no words", " . , ( ", nil},
		{"a dangling by", "Equipment produced by", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, missed := companies(tt.row)
			if !slices.Equal(got, tt.want) || missed != "" {
				t.Errorf("got %q and missed %q, want %q", got, missed, tt.want)
			}
		})
	}
}

// TestMissed holds that a company which is named in unknown words is not passed over.
func TestMissed(t *testing.T) {
	for row, want := range map[string]string{
		"Equipment of the brand of Alpha Robotics Company Limited.":                                 "Robotics Company",
		"Equipment produced by Alpha Corporation, and anything from Beta Digital Inc. of Shenzhen.": "Digital Inc.",
	} {
		if _, missed := companies(row); missed != want {
			t.Errorf("%q: got missed %q, want %q", row, missed, want)
		}
	}
}

const table = `covered_equipment_or_services,date_of_inclusion_on_covered_list
"Equipment produced by Alpha Corporation, including services.","March 12, 2021"
"All drones ""produced in a foreign country"".","December 22, 2025Updated:January 7, 2026Updated:July 21, 2026"
"Services provided by Beta (USA) LLC or Alpha Corporation.","March 2, 2020"
`

func TestRead(t *testing.T) {
	got, err := readText(t.Context(), t, []byte(table))
	if err != nil {
		t.Fatal(err)
	}
	want := &lists.Edition{Records: 3, Entities: []screening.Entity{
		{
			ID: "fcc-covered-list:alpha-corporation", Name: "Alpha Corporation",
			Note: "Equipment produced by Alpha Corporation, including services.\nServices provided by Beta (USA) LLC or Alpha Corporation.",
		},
		{ID: "fcc-covered-list:beta-usa-llc", Name: "Beta (USA) LLC", Note: "Services provided by Beta (USA) LLC or Alpha Corporation."},
	}}
	for i := range want.Entities {
		e := &want.Entities[i]
		e.Kind, e.Standing, e.Verified, e.Sources = screening.Organisation, screening.Listed, screening.Primary, []string{"fcc-covered-list"}
		e.Listings = []screening.Listing{{
			List: "fcc-covered-list", Entry: e.Name, From: "2020-03-02", Citation: "FCC Covered List, row of March 2, 2020", URL: Publication.Home, Verified: screening.Primary,
		}}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("edition differs (-want +got):\n%s", diff)
	}
}

func TestFaults(t *testing.T) {
	const header = "Covered Equipment or Services*,Date of Inclusion on Covered List\n"
	for _, tt := range []struct{ name, text, fault string }{
		{"no date", header + "Drones.,soon\n", `covered-list.csv, line 2: the date of inclusion "soon" is no date such as March 12, 2021`},
		{"no text", header + ",\"March 12, 2021\"\n", "covered-list.csv, line 2: the row does not say what is covered"},
		{"a missed company", header + "Drones of Alpha Inc.,\"March 12, 2021\"\n", `covered-list.csv, line 2: the row seems to name the company "... Alpha Inc." in words that are not read here`},
		{"another table", "a,b\n1,2\n", `covered-list.csv, line 1: has no column "covered_equipment_or_services"; its columns are: "a, b"`},
		{"a long row", header + strings.Repeat("x", 20<<10) + ",\"March 12, 2021\"\n", "covered-list.csv, line 2: the row is longer than 16 KB: a quotation mark before it is probably never closed"},
		{"a cut row", header + "Drones.\n", "covered-list.csv, line 2: the row has 1 cells where the first one has 2: something is missing, or a line break stands inside a cell"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readText(t.Context(), t, []byte(tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.Error() != tt.fault {
				t.Errorf("got %v, want fault %q", err, tt.fault)
			}
		})
	}
}

func TestFits(t *testing.T) {
	listtest.Fits(t, &Publication, map[string]bool{
		table: true, "\"Covered Equipment or Services*\",\"Date of Inclusion on Covered List\"\r\n": true, "id,schema,name": false, "<html>": false, "": false,
	})
}

// TestReal reads the copy of the list in a folder of real copies.
func TestReal(t *testing.T) {
	got := listtest.Real(t, &Publication)
	if got.Records != 16 || got.Orphans != 0 {
		t.Errorf("got %d records and %d orphans, want 16 and 0", got.Records, got.Orphans)
	}
	names := make([]string, 0, len(got.Entities))
	for i := range got.Entities {
		names = append(names, got.Entities[i].Name+" since "+got.Entities[i].Listings[0].From)
	}
	want := []string{
		"Huawei Technologies Company since 2021-03-12", "ZTE Corporation since 2021-03-12", "Hytera Communications Corporation since 2021-03-12",
		"Hangzhou Hikvision Digital Technology Company since 2021-03-12", "Dahua Technology Company since 2021-03-12", "AO Kaspersky Lab since 2022-03-25",
		"China Mobile International USA Inc. since 2022-03-25", "China Telecom (Americas) Corp. since 2022-03-25", "Pacific Networks Corp since 2022-09-20",
		"ComNet (USA) LLC since 2022-09-20", "China Unicom (Americas) Operations Limited since 2022-09-20", "Kaspersky Lab, Inc. since 2024-07-23",
		"Digitalsystem Technology Inc. since 2026-07-07",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("companies differ (-want +got):\n%s", diff)
	}
}

func FuzzRead(f *testing.F) {
	const header = "covered_equipment_or_services,date_of_inclusion_on_covered_list\n"
	listtest.Fuzz(f, &Publication, table, header, "", header+"\"supplied, directly or indirectly, by Alpha and its own subsidiary Beta and Gamma Co., Ltd. (or\",\"May 1, 2026\"\n",
		header+"\"made by A & B of the (C) D, E, and F.\",\"May 1, 2026\"\n")
}
