package ownlist_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/ownlist"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

var catalogue = sync.OnceValues(data.Catalogue)

// read reads a list by its mapping.
func read(ctx context.Context, t testing.TB, mapping, text string) (*lists.Edition, error) {
	t.Helper()
	facts, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	p, err := ownlist.New([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	part := p.Parts[0].Name
	return p.Read(ctx, &lists.Copy{Parts: map[string]*lists.File{part: {Name: part, Data: []byte(text)}}, Places: facts.Places()})
}

const mapping = `# What compliance does not want to deal with.
id: our-list
title: Watch list of the group
dates: dmy
many: ";"
columns:
  name: [First name, Name]
  aliases: Also known as
  weak_aliases: Nickname
  kind: Kind
  country: Country
  address: [Street, Town]
  born: Born
  nationality: Nationality
  identifiers:
    tax_id: Tax number
    website: Web
    imo: IMO
  programs: Reason code
  from: Since
  until: Until
  citation: Decision
  url: Link
  note: [Reason, Remarks]
  uid: No.
`

const sheet = `No.;First name;Name;Also known as;Nickname;Kind;Country;Street;Town;Born;Nationality;Tax number;Web;IMO;Reason code;Since;Until;Decision;Link;Reason;Remarks;Unused
1;Ann;Example;"A. Example; Энн";Foxy;person;Belarus;4 Long Road;Minsk;"23.4.1966;1967; 08.1968";"DE;Stateland";77;;;"R1;R2";01.02.2024;2026-01-31;Board 7;https://wiki.example/7;Arms;Seen twice;x
2;;Alpha GmbH;;;Company;"Germany;Nowhere";;;;;;www.alpha.example;;;;;;;;;
3;;Example 8;;;ship;;;;;;;;IMO 9074729;;;;;;;;
4;;Beta;;;;Stateland;;;;;;;;;;;;;;;
5;;Gamma;;;;;;;1970;;;;;;;;;;;;
`

func TestRead(t *testing.T) {
	got, err := read(t.Context(), t, mapping, sheet)
	if err != nil {
		t.Fatal(err)
	}
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	name := func(text string, form names.NameForm) screening.EntityName {
		return screening.EntityName{Name: text, Form: form, Verified: screening.Primary}
	}
	want := &lists.Edition{Records: 5, Entities: []screening.Entity{
		{
			ID: "our-list:1", Name: "Ann Example", Kind: screening.Person,
			Names:     []screening.EntityName{name("A. Example", names.Alias), name("Энн", names.Native), name("Foxy", names.Weak)},
			Addresses: []string{"4 Long Road, Minsk, Belarus"}, Countries: []string{"BY"}, Born: "1966-04-23", AlsoBorn: []string{"1967", "1968-08"},
			Nationality: "DE", Identifiers: []screening.EntityNumber{number("tax_id", "77")}, Note: "Nationality: Stateland\nArms\nSeen twice",
			Listings: []screening.Listing{{
				UID: "1", Programs: []string{"R1", "R2"}, From: "2024-02-01", Until: "2026-01-31", Citation: "Board 7", URL: "https://wiki.example/7",
			}},
		},
		{
			ID: "our-list:2", Name: "Alpha GmbH", Kind: screening.Organisation, Addresses: []string{"Nowhere"}, Countries: []string{"DE"},
			Domains: []string{"alpha.example"}, Identifiers: []screening.EntityNumber{number("website", "www.alpha.example")},
			Listings: []screening.Listing{{UID: "2"}},
		},
		{
			ID: "our-list:3", Name: "Example 8", Kind: screening.Craft, Identifiers: []screening.EntityNumber{number("imo", "9074729")},
			Listings: []screening.Listing{{UID: "3"}},
		},
		{ID: "our-list:4", Name: "Beta", Kind: screening.Organisation, Addresses: []string{"Stateland"}, Listings: []screening.Listing{{UID: "4"}}},
		{ID: "our-list:5", Name: "Gamma", Kind: screening.Person, Born: "1970", Listings: []screening.Listing{{UID: "5"}}},
	}}
	for i := range want.Entities {
		e := &want.Entities[i]
		e.Standing, e.Verified, e.Sources = screening.Listed, screening.Primary, []string{"our-list"}
		l := &e.Listings[0]
		l.List, l.Entry, l.Verified = "our-list", e.Name, screening.Primary
		if l.Citation == "" {
			l.Citation = "Watch list of the group"
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("edition differs (-want +got):\n%s", diff)
	}
}

const short = "id: our-list\ntitle: T\ncolumns:\n  name: Name\n"

// TestSeparators reads the same list however its cells are parted.
func TestSeparators(t *testing.T) {
	for name, tt := range map[string]struct{ mapping, text string }{
		"comma found":      {short, "Name,Town\nAlpha,\"Bonn, Rhein\"\n"},
		"semicolon found":  {short, "Name;Town\nAlpha;Bonn, Rhein\n"},
		"tab found":        {short, "Name\tTown\nAlpha\tBonn, Rhein\n"},
		"bar found":        {short, "Town|Name\nBonn, Rhein|Alpha\n"},
		"quoted":           {short, "\"Name\";\"Town\"\n\"Alpha\";\"Bonn; Rhein\"\n"},
		"one column":       {short, "\xef\xbb\xbfName\r\nAlpha\r\n"},
		"stated by Excel":  {short, "sep=;\r\nName;Town\r\nAlpha;Bonn\r\n"},
		"semicolon by map": {short + "separator: semicolon\n", "Name;Town\nAlpha;Bonn\n"},
		"tab by map":       {short + "separator: \"\\t\"\n", "Name\tTown\nAlpha\tBonn\n"},
		"empty lines":      {short, "Name;Town\n\nAlpha;Bonn\n;\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(t.Context(), t, tt.mapping, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Entities) != 1 || got.Entities[0].Name != "Alpha" || got.Entities[0].ID != "our-list:alpha" {
				t.Errorf("got %+v, want Alpha alone", got.Entities)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ dates, text, want string }{
		{"", "2024-02-01", "2024-02-01"},
		{"iso", "2024-02-01T00:00:00", "2024-02-01"},
		{"iso", "2024-02-01 12:30", "2024-02-01"},
		{"iso", "01.02.2024", ""},
		{"", "02/01/2024", ""},
		{"dmy", "01.02.2024", "2024-02-01"},
		{"dmy", "1/2/2024", "2024-02-01"},
		{"dmy", "01-02-2024", "2024-02-01"},
		{"dmy", "2024-02-01", "2024-02-01"},
		{"dmy", "12/31/2024", ""},
		{"mdy", "12/31/2024", "2024-12-31"},
		{"mdy", "2/1/2024", "2024-02-01"},
		{"mdy", "31/12/2024", ""},
		{"dmy", "01.02.24", ""},
		{"dmy", "2024", ""},
		{"dmy", "02.2024", ""},
		{"dmy", "soon", ""},
	} {
		m := "id: our-list\ntitle: T\ndates: " + tt.dates + "\ncolumns: {name: Name, from: Since}\n"
		got, err := read(t.Context(), t, m, "Name,Since\nAlpha,"+tt.text+"\n")
		var fault *lists.Fault
		switch {
		case tt.want == "" && !errors.As(err, &fault):
			t.Errorf("%s %q: got %v, want a fault", tt.dates, tt.text, err)
		case tt.want != "" && err != nil:
			t.Errorf("%s %q: %v", tt.dates, tt.text, err)
		case tt.want != "" && got.Entities[0].Listings[0].From != tt.want:
			t.Errorf("%s %q: got %s, want %s", tt.dates, tt.text, got.Entities[0].Listings[0].From, tt.want)
		}
	}
}

func TestKinds(t *testing.T) {
	const with = "id: our-list\ntitle: T\nkind: person\ncolumns: {name: Name, kind: Kind}\n"
	got, err := read(t.Context(), t, with, "Name,Kind\nA,\nB,Vessel\n")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := got.Entities[0].Kind, got.Entities[1].Kind; a != screening.Person || b != screening.Craft {
		t.Errorf("got %s and %s, want person, as the mapping says, and craft", a, b)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, mapping, text, fault string }{
		{"no name", short, "Name,Town\n,Bonn\n", `our-list.csv, line 2: the row has no name: fill the column "Name", or take the row out`},
		{"no name in several", "id: our-list\ntitle: T\ncolumns: {name: [A, B], note: C}\n", "A,B,C\n,,x\n", `our-list.csv, line 2: the row has no name: fill the columns "A", "B", or take the row out`},
		{"a column is missing", short, "Company;Town\nA;B\n", `our-list.csv, line 1: has no column "Name"; its columns are: "Company;Town"`},
		{"a column twice", short, "Name;NAME\nA;B\n", `our-list.csv, line 1: the column "Name" stands twice: which one is meant cannot be told`},
		{"a uid twice", short + "  uid: No\n", "No,Name\n1,A\n2,B\n1,C\n", `our-list.csv, line 4: the uid "1" stands on line 2 already: every row needs its own`},
		{"an unknown kind", short + "  kind: Kind\n", "Name,Kind\nA,truck\n", `our-list.csv, line 2: the column "Kind" holds "truck": want organisation, person or craft`},
		{"no date", short + "  from: Since\n", "Name,Since\nA,03/04/2025\n", `our-list.csv, line 2: the column "Since" holds "03/04/2025", which is no date as 2026-12-31: say dates: dmy or dates: mdy in the mapping where they are written otherwise`},
		{"no date of birth", short + "  born: Born\ndates: mdy\n", "Name,Born\nA,x\n", `our-list.csv, line 2: the column "Born" holds "x", which is no date as 12/31/2026 or 2026-12-31`},
		{"until before from", short + "  from: F\n  until: U\n", "Name,F,U\nA,2025-01-02,2025-01-02\n", `our-list.csv, line 2: the column "U" is not after the column "F"`},
		{"a short row", short, "Name,Town\nA\n", "our-list.csv, line 2: the row has 1 cells where the first one has 2: something is missing, or a line break stands inside a cell"},
		{"not UTF-8", short, "Name\nM\xfcller\n", "our-list.csv, line 2: the text is not UTF-8 here: the file is damaged, or was saved in another encoding"},
		{"an open quotation mark", short, "Name;Town\n\"A;B\nC;D\n", "our-list.csv, line 2: the file ends within the row that begins here, before a quotation mark is closed: it was probably not fetched whole"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t.Context(), t, tt.mapping, tt.text)
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.Error() != tt.fault {
				t.Errorf("got %v, want fault %q", err, tt.fault)
			}
		})
	}
}

func TestFits(t *testing.T) {
	p, err := ownlist.New([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		sheet: true, strings.ReplaceAll(sheet, ";", "\t"): true, strings.Replace(sheet, "Since", "From", 1): false, "Name\nA\n": false, "": false, "\"": false,
	} {
		if got := p.Parts[0].Fits(&lists.File{Name: "x", Data: []byte(text)}); got != want {
			t.Errorf("%.40q: got %v, want %v", text, got, want)
		}
	}
	if p.ID != "our-list" || p.Title != "Watch list of the group" || p.Parts[0].Name != "our-list.csv" {
		t.Errorf("got publication %q, %q, %q", p.ID, p.Title, p.Parts[0].Name)
	}
}

// TestMapping holds each mistake in a mapping to the line and the words that help.
func TestMapping(t *testing.T) {
	for _, tt := range []struct{ name, mapping, want string }{
		{"fine", short, ""},
		{"empty", "", "mapping, line 1: id: want small letters, digits and hyphens, such as our-watch-list, not \"\"\n" +
			"mapping, line 1: title: want what people call the list\nmapping, line 1: columns.name: want the header of the column that holds the names"},
		{"a published id", "# ours\nid: ofac-sdn\ntitle: T\ncolumns: {name: N}\n", `mapping, line 2: id: "ofac-sdn" is a published list: want an id of your own, such as our-watch-list`},
		{"capitals", "id: Our List\ntitle: T\ncolumns: {name: N}\n", `mapping, line 1: id: want small letters, digits and hyphens, such as our-watch-list, not "Our List"`},
		{"an unknown key", "id: a\ntitle: T\ncolums:\n  name: N\n", "mapping, line 3: there is no key colums here; the keys are: id, title, kind, separator, dates, many, columns"},
		{"an unknown column", "id: a\ntitle: T\ncolumns:\n  name: N\n  adress: A\n", "mapping, line 5: there is no key adress here; the keys are: name, aliases, weak_aliases, kind, country, address, born, nationality, identifiers, programs, from, until, citation, url, note, uid"},
		{"no name", "id: a\ntitle: T\ncolumns:\n  country: C\n", "mapping, line 3: columns.name: want the header of the column that holds the names"},
		{"an empty name", "id: a\ntitle: T\ncolumns:\n  country: C\n  name:\n", "mapping, line 5: columns.name: want the header of the column that holds the names"},
		{"a kind", "id: a\ntitle: T\nkind: firm\ncolumns: {name: N}\n", `mapping, line 3: kind: want organisation, person or craft, not "firm"`},
		{"a separator", "id: a\ntitle: T\nseparator: colon\ncolumns: {name: N}\n", `mapping, line 3: separator: want comma, semicolon, tab or bar, or leave it out, not "colon"`},
		{"dates", "id: a\ntitle: T\ndates: DD/MM/YYYY\ncolumns: {name: N}\n", `mapping, line 3: dates: want iso (2026-12-31), dmy (31.12.2026) or mdy (12/31/2026), not "DD/MM/YYYY"`},
		{"many", "id: a\ntitle: T\nmany: semicolon\ncolumns: {name: N}\n", `mapping, line 3: many: want the sign between several values of a cell, such as ";", not "semicolon"`},
		{"several columns for one", "id: a\ntitle: T\ncolumns:\n  name: N\n  from: [A, B]\n", "mapping, line 5: columns.from: want one column, not several"},
		{"no header", "id: a\ntitle: T\ncolumns:\n  name: N\n  note: {a: b}\n", "mapping, line 5: want the header of a column, such as Company, or a list of headers in [ ]"},
		{"a type of identifiers", "id: a\ntitle: T\ncolumns:\n  name: N\n  identifiers:\n    Tax ID: T\n", `mapping, line 6: columns.identifiers: want a type in small letters, such as tax_id, registration or passport, not "Tax ID"`},
		{"two faults in order", "id: a\nkind: x\ncolumns: {name: N}\n", "mapping, line 1: title: want what people call the list\nmapping, line 2: kind: want organisation, person or craft, not \"x\""},
		{"no YAML", "id: [\n", "mapping, line 2"},
		{"a key twice", "id: a\nid: b\ntitle: T\ncolumns: {name: N}\n", "mapping, line 2"},
		{"too long", strings.Repeat("#\n", 40<<10), "mapping: is longer than 64 KB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ownlist.New([]byte(tt.mapping))
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tt.want && (!strings.HasPrefix(got, tt.want+":") || tt.want == "") {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
			var fault *lists.Fault
			if err != nil && !errors.As(err, &fault) {
				t.Error("the error is no fault with a line")
			}
		})
	}
}

// TestExample reads the mapping that the package describes.
func TestExample(t *testing.T) {
	const described = `id: our-watch-list
title: Watch list of the group
kind: organisation # of every row; person or craft (a ship or an aircraft) otherwise
dates: dmy         # 31.12.2026; mdy is 12/31/2026; left out, dates are 2026-12-31
many: ";"          # parts several values in one cell
columns:
  name: Company
  aliases: Also known as
  country: Country
  address: [Street, Town]
  identifiers: {tax_id: Tax number}
  from: Since
  note: Reason
`
	got, err := read(t.Context(), t, described, "Company;Also known as;Country;Street;Town;Tax number;Since;Reason\nAlpha;\"Beta;Gamma\";DE;Long Road;Bonn;77;31.12.2025;Arms\n")
	if err != nil {
		t.Fatal(err)
	}
	if e := got.Entities[0]; len(e.Names) != 2 || e.Addresses[0] != "Long Road, Bonn, DE" || e.Listings[0].From != "2025-12-31" {
		t.Errorf("got %+v", e)
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := read(ctx, t, short, "Name\n"+strings.Repeat("Alpha\n", 10_000)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// check tells what no entity may lack.
func check(t *testing.T, e *lists.Edition) {
	t.Helper()
	ids := map[screening.EntityID]bool{}
	for i := range e.Entities {
		x := &e.Entities[i]
		if x.ID == "" || x.Name == "" || x.Kind == "" || len(x.Listings) != 1 || x.Listings[0].List == "" || x.Listings[0].Citation == "" {
			t.Errorf("entity %d lacks an id, name, kind or listing: %+v", i, x)
		}
		if ids[x.ID] {
			t.Errorf("id %s stands twice", x.ID)
		}
		ids[x.ID] = true
	}
}

func FuzzRead(f *testing.F) {
	f.Add(mapping, []byte(sheet))
	f.Add(short, []byte("Name\tTown\nAlpha\tBonn\n"))
	f.Add(short+"  uid: No\n", []byte("sep=|\nNo|Name\n1|A\n"))
	if _, err := catalogue(); err != nil { // read here, since it takes longer than many runs
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, mapping string, text []byte) {
		facts, err := catalogue()
		if err != nil {
			t.Fatal(err)
		}
		var fault *lists.Fault
		p, err := ownlist.New([]byte(mapping))
		if err != nil {
			if !errors.As(err, &fault) {
				t.Errorf("got %v, want a fault", err)
			}
			return
		}
		file := &lists.File{Name: "a.csv", Data: text}
		p.Parts[0].Fits(file)
		got, err := p.Read(t.Context(), &lists.Copy{Parts: map[string]*lists.File{p.Parts[0].Name: file}, Places: facts.Places()})
		switch {
		case err == nil:
			check(t, got)
		case !errors.As(err, &fault):
			t.Errorf("got %v, want a fault", err)
		}
	})
}
