package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/screening"
)

var update = flag.Bool("update", false, "rewrite the expected outputs")

// sample is a result with everything that a report can show.
func sample() result {
	newYork := time.FixedZone("", -4*3600)
	cutOff := time.Date(2024, 9, 29, 0, 0, 0, 0, newYork)
	match := screening.Match{
		ID: "m1", Subject: "/lines/0", Target: screening.Target{Kind: screening.ProductTarget, ID: "acme-shield", Name: "Acme Shield Advanced", Class: screening.Software},
		Score: 1, Certainty: screening.Certain,
		Evidence: []screening.Evidence{{Pointer: "/lines/0/sku", Start: 0, End: 9, Text: "AC1234XYZ", Method: "part_number"}},
	}
	near := screening.NearMiss{
		Match: screening.Match{
			ID: "n1", Subject: "/parties/1", Target: screening.Target{Kind: screening.EntityTarget, Name: "Acme Laboratory"}, Score: 0.71, Certainty: screening.Possible,
			Evidence: []screening.Evidence{{Pointer: "/parties/1/name", Start: 0, End: 4, Text: "Akme", Method: "alias"}},
		},
		Threshold: 0.78, ShortBy: 0.07,
	}
	return result{
		input: input{file: "orders.ndjson", line: 3},
		order: screening.Order{
			Reference: "PO-1",
			Parties:   []screening.Party{{Role: screening.Seller, Name: "Northwind Traders"}, {Role: screening.ShipTo, Name: "Akme Ltd \x1b[31mred\u202e"}},
			Lines:     []screening.Line{{ID: "10", SKU: "AC1234XYZ", Description: "Acme Shield Advanced, 250 to 499 nodes, one year, with a description that is far too long for one line"}, {ID: "20", SKU: "P2422H", Description: "24in monitor"}},
		},
		verdict: screening.Verdict{
			Reference: "PO-1", Decision: screening.Block, Summary: "1 of 2 lines is prohibited from resale since 2024-09-29 (89 FR 00000).",
			Dates: screening.Dates{
				Agreed:    screening.DateReading{Raw: "2024-09-27T16:00:00-04:00", Basis: screening.Given},
				Performed: screening.DateReading{Basis: screening.Assumed, Earliest: cutOff.AddDate(0, 0, 3)},
			},
			Facts: []screening.Fact{{Name: "activity", Value: "resale", Basis: screening.Assumed}, {Name: "nexus", Value: "yes", Basis: screening.Inferred, From: "/parties/0/country"}},
			Subjects: []screening.Subject{
				{Pointer: "/lines/0", Kind: screening.LineSubject, ID: "10", Decision: screening.Block, Matches: []string{"m1"}, Findings: []string{"f1", "f2"}},
				{Pointer: "/lines/1", Kind: screening.LineSubject, ID: "20", Decision: screening.Review, Findings: []string{"f2"}},
				{Pointer: "/parties/0", Kind: screening.PartySubject, ID: "seller", Decision: screening.Clear},
				{Pointer: "/parties/1", Kind: screening.PartySubject, ID: "ship_to", Decision: screening.Review, Findings: []string{"f2"}},
				{Kind: screening.DocumentSubject, Decision: screening.Clear},
			},
			Matches: []screening.Match{match},
			Findings: []screening.Finding{
				{
					ID: "f1", Rule: "us-example-resale", Subject: "/lines/0", Match: "m1", Outcome: screening.Block, Reason: screening.Prohibited, InForceSince: cutOff, DaysAfterCutoff: 3,
					Citation: "89 FR 00000", URL: "https://example.test/rule", Verified: screening.Primary,
					Explanation: "AC1234XYZ is a full part number of Acme Shield Advanced, software whose resale is prohibited to anyone in the United States since the cut-off.",
					Penalty:     &screening.Penalty{CivilMaxUSD: "377700.00", OrTwiceTransactionUSD: "10750.00"},
					Duty:        &screening.Duty{Text: "Report the discovery.", ReportTo: "the contracting officer", WithinBusinessDays: 1},
				},
				{
					ID: "f2", Rule: "us-example-list", Subject: "/parties/1", Outcome: screening.Review, Reason: screening.MissingFacts, Citation: "15 CFR 0", Verified: screening.Secondary,
					Explanation: "Whether the goods are subject to the regulation is not known.", Missing: []string{"ear_item"},
				},
			},
			NearMisses: []screening.NearMiss{near},
			Problems:   []screening.Problem{{Code: "count", Pointer: "/lines", Detail: "the summary counts 3 lines and there are 2"}},
			Timeline:   []screening.Phase{{Until: cutOff, Decision: screening.Review}, {From: cutOff, Decision: screening.Block}},
			Checks:     screening.Checks{Run: []screening.RuleID{"us-example-resale", "us-example-list"}, Assumed: []screening.AssumedCheck{{Rule: "us-example-funding", Fact: "funding", Value: "none"}}},
			Catalogue:  screening.CatalogueRef{Version: "2026.1", Digest: "sha256:00", Lists: []screening.ListRef{{ID: "core", AsOf: "2026-01-02", Stale: true}}},
		},
	}
}

func clearSample(lines int) result {
	r := result{input: input{file: "order.json"}, verdict: screening.Verdict{Decision: screening.Clear, Summary: "No prohibition was found.", Dates: sample().verdict.Dates, Catalogue: sample().verdict.Catalogue, Timeline: []screening.Phase{{Decision: screening.Clear}}}}
	for i := range lines {
		r.order.Lines = append(r.order.Lines, screening.Line{SKU: fmt.Sprint("SKU-", i)})
		r.verdict.Subjects = append(r.verdict.Subjects, screening.Subject{Pointer: screening.Pointer(fmt.Sprint("/lines/", i)), Kind: screening.LineSubject, Decision: screening.Clear})
	}
	return r
}

func TestReport(t *testing.T) {
	faulty := result{input: input{file: "broken.json"}, err: &api.InputError{
		Detail: "Some values cannot be.",
		Fields: []api.FieldError{{Pointer: "/lines/0/quantity", Detail: "want a decimal"}, {Pointer: "/lines/1", Detail: "nothing to screen"}},
	}}
	for _, tt := range []struct {
		name    string
		results []result
		verbose bool
		page    page
	}{
		{"block", []result{sample()}, false, page{width: 80}},
		{"block-verbose", []result{sample()}, true, page{width: 100}},
		{"block-colour", []result{sample()}, false, page{width: 80, colour: true}},
		{"narrow", []result{sample()}, false, page{width: 40}},
		{"clear", []result{clearSample(2)}, false, page{width: 80}},
		{"many-clear", []result{clearSample(40)}, false, page{width: 80}},
		{"failed", []result{faulty, clearSample(1)}, false, page{width: 80}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got bytes.Buffer
			tt.page.w = &got
			printAll(t, &textOutput{page: &tt.page, verbose: tt.verbose}, tt.results)
			golden(t, tt.name+".txt", got.String())
			if strings.Contains(got.String(), "\u202e") || !tt.page.colour && strings.Contains(got.String(), "\x1b") {
				t.Error("a control character of the input reaches the terminal")
			}
		})
	}
}

func TestCSV(t *testing.T) {
	hostile := clearSample(1)
	hostile.order.Lines[0].SKU = `=HYPERLINK("http://example.test")`
	faulty := result{input: input{file: "broken.json"}, err: errors.New("-1 is no quantity")}
	var got bytes.Buffer
	printAll(t, newCSVOutput(&got), []result{sample(), hostile, faulty})
	golden(t, "rows.csv", got.String())
}

func TestCSVWithoutInputs(t *testing.T) {
	var got bytes.Buffer
	printAll(t, newCSVOutput(&got), nil)
	if want := strings.Join(csvHeader[:], ",") + "\n"; got.String() != want {
		t.Errorf("got %q, want the header alone", got.String())
	}
}

func TestFormulaSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@\t\r].*`)).Draw(t, "cell")
		safe := formulaSafe(cell)
		if strings.TrimPrefix(safe, "'") != strings.TrimPrefix(cell, "'") {
			t.Fatalf("got %q of %q, want the same text", safe, cell)
		}
		var row bytes.Buffer
		w := csv.NewWriter(&row)
		if err := w.Write([]string{safe}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		first := strings.TrimLeft(row.String(), `"`)
		if strings.HasPrefix(first, "=") || strings.HasPrefix(first, "@") {
			t.Fatalf("%q is written as %q: a spreadsheet would run it", cell, row.String())
		}
	})
}

func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.IntRange(1, 60).Draw(t, "width")
		lines := wrap(text, width)
		if got, want := strings.Fields(strings.Join(lines, " ")), strings.Fields(text); !cmp.Equal(got, want) && len(want) > 0 {
			t.Fatalf("got words %q, want %q", got, want)
		}
		for _, line := range lines {
			if uniseg.StringWidth(line) > width && strings.Contains(line, " ") && len(strings.Fields(line)) > 1 {
				t.Fatalf("line %q is wider than %d", line, width)
			}
		}
	})
}

func TestOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.IntRange(1, 30).Draw(t, "width")
		got := oneLine(text, width)
		if uniseg.StringWidth(got) > width || strings.ContainsAny(got, "\n\x1b") {
			t.Fatalf("got %q, want one line of at most %d cells", got, width)
		}
	})
}

func TestPageColours(t *testing.T) {
	// A buffer and a file are no terminals, whatever the environment says.
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for _, p := range []*page{newPage(&bytes.Buffer{}, nil), newPage(file, []string{"TERM=xterm"})} {
		if p.colour || p.width != plainWidth {
			t.Errorf("got colour %v and width %d, want none and %d", p.colour, p.width, plainWidth)
		}
	}
}

func printAll(t *testing.T, out output, results []result) {
	t.Helper()
	for _, r := range results {
		if err := out.print(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
}

// golden compares with a file of testdata; -update rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), rewritten by `go test ./internal/cli -update`:\n%s", path, diff)
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("a\x1b[31m\u202e\u200b\n")
	f.Fuzz(func(t *testing.T, text string) {
		got := printable(text)
		if strings.ContainsFunc(got, hidden) {
			t.Errorf("got %q of %q: something in it is obeyed or hidden by a terminal", got, text)
		}
		if again := printable(got); again != got {
			t.Errorf("got %q, and %q when done twice", got, again)
		}
	})
}
