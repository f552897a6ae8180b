package screening_test

import (
	"testing"
	"time"

	"github.com/interdict/interdict/screening"
)

// What a verdict says of a value it says with the place where the value stood in the document.
func TestSources(t *testing.T) {
	v, err := newScreener(t).Screen(t.Context(), screening.Order{
		OrderedAt: "2024-10-02", FulfilAt: "soon", ReceivedAt: time.Date(2024, 10, 2, 12, 0, 0, 0, time.UTC),
		Lines: []screening.Line{{SKU: "KL4867XATFS", Description: "a chair"}},
		Fields: []screening.Field{
			{Pointer: "/ordered_at", Source: "BEG/05", Raw: "20241002"},
			{Pointer: "/fulfil_at", Source: "DTM/02"},
			{Pointer: "/lines/0/sku", Source: "PO1/07"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Matches) != 1 || v.Matches[0].Evidence[0].Source != "PO1/07" {
		t.Errorf("matches: %+v", v.Matches)
	}
	if v.Dates.Agreed.Raw != "20241002" {
		t.Errorf("agreed as written: %q", v.Dates.Agreed.Raw)
	}
	if len(v.Problems) != 1 || v.Problems[0].Source != "DTM/02" {
		t.Errorf("problems: %+v", v.Problems)
	}
}

// A finding stands on a line, a party or the document, whatever value it is about.
func TestFindingsStandOnSubjects(t *testing.T) {
	v, err := newScreener(t).Screen(t.Context(), screening.Order{
		Parties: []screening.Party{{Role: screening.Buyer, Name: "Contoso LLC"}},
		Lines:   []screening.Line{{SKU: "P2422H", Parties: []screening.Party{{Role: screening.ShipTo, Name: "Contoso West"}}}},
		Problems: []screening.Problem{
			{Code: "a", Pointer: "/lines/0/quantity"},
			{Code: "b", Pointer: "/parties/0/country"},
			{Code: "c", Pointer: "/lines/0/parties/0/name"},
			{Code: "d", Pointer: "/lines"},
			{Code: "e", Pointer: "/ordered_at"},
			{Code: "f"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []screening.Pointer{"/lines/0", "/parties/0", "/lines/0/parties/0", "", "", ""}
	for i, f := range v.Findings {
		if f.Subject != want[i] {
			t.Errorf("finding %d stands on %q, want %q", i, f.Subject, want[i])
		}
	}
}
