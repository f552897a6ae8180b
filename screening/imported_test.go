package screening_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// listed makes an entry of an imported list.
func listed(list screening.ListID, uid, name string, more ...func(*screening.Entity)) screening.Entity {
	e := screening.Entity{
		ID: screening.EntityID(string(list) + ":" + uid), Name: name, Kind: screening.Organisation, Standing: screening.Listed,
		Verified: screening.Primary, Sources: []string{string(list)},
		Listings: []screening.Listing{{List: list, Entry: name, UID: uid, Programs: []string{"TESTPROG"}, Citation: "Test List: TESTPROG", Verified: screening.Primary}},
	}
	for _, change := range more {
		change(&e)
	}
	return e
}

func person(e *screening.Entity) { e.Kind = screening.Person }

func in(countries ...string) func(*screening.Entity) {
	return func(e *screening.Entity) { e.Countries = countries }
}

func withAlias(form, name string) func(*screening.Entity) {
	return func(e *screening.Entity) {
		e.Names = append(e.Names, screening.EntityName{Name: name, Form: names.NameForm(form), Verified: screening.Primary})
	}
}

func between(from, until string) func(*screening.Entity) {
	return func(e *screening.Entity) { e.Listings[0].From, e.Listings[0].Until = from, until }
}

func listOf(id string, entities ...screening.Entity) screening.List {
	return screening.List{ID: id, AsOf: "2026-11-01", Digest: "sha256:" + strings.Repeat("0", 64), Entities: entities}
}

var embeddedOnce = sync.OnceValues(data.Catalogue)

func withLists(t testing.TB, lists ...screening.List) *screening.Screener {
	t.Helper()
	embedded, err := embeddedOnce()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := embedded.WithLists(lists)
	if err != nil {
		t.Fatal(err)
	}
	s, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestImportedLists(t *testing.T) {
	s := withLists(
		t,
		listOf("ofac-sdn",
			listed("ofac-sdn", "1", "ZARVOLTEK SHIPPING LINES", in("IR"), withAlias("weak", "ORBANEX")),
			listed("ofac-sdn", "2", "DRAVENKOV, Pyotr Lukich", person, func(e *screening.Entity) { e.Born, e.Nationality = "1961-04-17", "RU" }),
			listed("ofac-sdn", "3", "QESMARIN STAR", func(e *screening.Entity) { e.Kind = screening.Craft }),
			listed("ofac-sdn", "6", "AL-QORVESH, Mirwan", person),
			listed("ofac-sdn", "7", "HADROSH, Jemal Mirwan Tarqis", person, func(e *screening.Entity) { e.Born = "1964-01-01" }),
			listed("ofac-sdn", "5", "GRAVOSTEK SANTIMERA, Oldomira Feliksa", person, func(e *screening.Entity) { e.Nationality = "CO" }),
			listed("ofac-sdn", "4", "ULBREKHT, Sofia Ilyinichna", person, func(e *screening.Entity) { e.Born, e.AlsoBorn = "1970", []string{"1972-03"} }),
		),
		listOf("us-csl",
			listed("us-entity-list", "el1", "Hyvorntek Microelectronics Institute", in("CN"), between("2020-05-01", "")),
			listed("bis-dpl", "d1", "Mardobrin Trading House", between("2010-01-01", "2020-01-01")),
			listed("bis-dpl", "d2", "Wexlorn Aeroparts GmbH", in("DE"), between("2019-01-01", "")),
		),
		listOf("acme-own", listed("acme-own", "o1", "Blivortek Consulting", in("US"))),
	)
	party := func(role screening.Role, name string) screening.Party {
		return screening.Party{Role: role, Name: name}
	}
	for _, tt := range []struct {
		name   string
		party  screening.Party
		date   string
		want   screening.Decision
		says   string // of some finding's explanation or citation
		exempt bool
	}{
		{name: "exact name", party: party(screening.Seller, "Zarvoltek Shipping Lines"), want: screening.Block, says: "31 CFR chapter V; Test List: TESTPROG"},
		{name: "entry is named", party: party(screening.Seller, "Zarvoltek Shipping Lines"), want: screening.Block, says: `The entry on ofac-sdn is "ZARVOLTEK SHIPPING LINES", number 1, under TESTPROG.`},
		{name: "one letter wrong", party: party(screening.Seller, "Zarvoltec Shipping Line"), want: screening.Review},
		{name: "its own country", party: screening.Party{Role: screening.Seller, Name: "Zarvoltek Shipping Lines", Country: "IR"}, want: screening.Block},
		{name: "another country", party: screening.Party{Role: screening.Seller, Name: "Zarvoltek Shipping Lines", Country: "CA"}, want: screening.Review, says: "the list places it in IR, this party is in CA"},
		{name: "weak alias", party: party(screening.Seller, "Orbanex"), want: screening.Review, says: "weak"},
		{name: "ship", party: party(screening.Intermediary, "Qesmarin Star"), want: screening.Review, says: "ship"},
		{name: "ship, with words of a company", party: party(screening.Seller, "Qesmarin Office Supply"), want: screening.Clear},
		{name: "two of four parts", party: party(screening.Payee, "Oldomira Gravostek"), want: screening.Clear},
		{name: "two of four parts, and the nationality", party: screening.Party{Role: screening.Payee, Name: "Oldomira Gravostek", Nationality: "CO"}, want: screening.Review},
		{name: "two parts with a slip", party: party(screening.Payee, "Pyotr Lukich Dravenkow"), want: screening.Review},
		{name: "slip in the legal form", party: party(screening.Buyer, "Wexlorn Aeroparts GmbH Limietd"), want: screening.Review},
		{name: "person by name alone", party: party(screening.Payee, "Pyotr Lukich Dravenkov"), want: screening.Review, says: "the name alone agrees"},
		{name: "person with date of birth", party: screening.Party{Role: screening.Payee, Name: "Pyotr Lukich Dravenkov", DateOfBirth: "1961-04-17"}, want: screening.Block},
		{name: "person with another", party: screening.Party{Role: screening.Payee, Name: "Pyotr Lukich Dravenkov", DateOfBirth: "1988-01-02"}, want: screening.Review, says: "the date of birth differs"},
		{name: "person with nationality", party: screening.Party{Role: screening.Payee, Name: "Pyotr Lukich Dravenkov", Nationality: "RU"}, want: screening.Block},
		{name: "a day in the only known year", party: screening.Party{Role: screening.Payee, Name: "Sofia Ilyinichna Ulbrekht", DateOfBirth: "1970-08-09"}, want: screening.Block},
		{name: "another day in a month that is known too", party: screening.Party{Role: screening.Payee, Name: "Sofia Ilyinichna Ulbrekht", DateOfBirth: "1972-03-30"}, want: screening.Block},
		{name: "Entity List, buyer", party: screening.Party{Role: screening.Buyer, Name: "Hyvorntek Microelectronics Institute", Country: "CN"}, want: screening.Block},
		{name: "Entity List, seller: buying is not barred", party: screening.Party{Role: screening.Seller, Name: "Hyvorntek Microelectronics Institute", Country: "CN"}, want: screening.Clear},
		{name: "Entity List, before the entry", party: screening.Party{Role: screening.Buyer, Name: "Hyvorntek Microelectronics Institute", Country: "CN"}, date: "2019-06-01", want: screening.Clear},
		{name: "denial that has ended", party: party(screening.Buyer, "Mardobrin Trading House"), want: screening.Clear},
		{name: "denial while it ran", party: party(screening.Buyer, "Mardobrin Trading House"), date: "2015-06-01", want: screening.Block},
		{name: "denied person as seller", party: party(screening.Seller, "Wexlorn Aeroparts GmbH"), want: screening.Review},
		{name: "own list", party: party(screening.Seller, "Blivortek Consulting"), want: screening.Review, says: "list that was imported here"},
		{name: "a place behind the name", party: party(screening.Seller, "Zarvoltek Shipping Lines, Teheran, Iran"), want: screening.Review},
		{name: "an unknown town before the country", party: party(screening.Seller, "Zarvoltek Shipping Lines, Qurvemburg, Germany"), want: screening.Review},
		{name: "a branch", party: party(screening.Seller, "Zarvoltek Shipping Lines Dubai Branch"), want: screening.Review, says: "it stands among other words"},
		{name: "the other name", party: party(screening.Buyer, "Plonk Widgets d/b/a Wexlorn Aeroparts GmbH"), want: screening.Review},
		{name: "two names with a slash", party: party(screening.Seller, "Zarvoltek Shipping Lines / Plonk Widgets"), want: screening.Review},
		{name: "in brackets", party: party(screening.Seller, "Plonk Widgets (formerly Zarvoltek Shipping Lines)"), want: screening.Review},
		{name: "two persons", party: party(screening.Payee, "Pyotr Lukich Dravenkov and Anna Plonk"), want: screening.Review},
		{name: "two names of nobody", party: party(screening.Seller, "Plonk Widgets and Wobble Gears"), want: screening.Clear},
		{name: "a company as a person", party: screening.Party{Role: screening.Seller, Name: "Zarvoltek Shipping Lines", Kind: screening.Person}, want: screening.Review, says: "the list has it as a company"},
		{name: "a person as a company", party: screening.Party{Role: screening.Payee, Name: "Pyotr Lukich Dravenkov", Kind: screening.Organisation}, want: screening.Review},
		{name: "three parts in another order, the nationality alone", party: screening.Party{Role: screening.Payee, Name: "Lukich Pyotr Dravenkov", Nationality: "RU"}, want: screening.Review},
		{name: "the surname at the other end", party: screening.Party{Role: screening.Payee, Name: "Pyotr Lukich Dravenkov", Nationality: "RU"}, want: screening.Block},
		{name: "an article joined", party: party(screening.Payee, "Mirwan Alqorvesh"), want: screening.Review},
		{name: "half a name on New Year's Day", party: screening.Party{Role: screening.Payee, Name: "Mirwan Hadrosh", DateOfBirth: "1964-01-01"}, want: screening.Review},
		{name: "nobody", party: party(screening.Seller, "Northwind IT Supply LLC"), want: screening.Clear},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := screening.Order{
				Parties: []screening.Party{tt.party}, OrderedAt: tt.date, ReceivedAt: requestTime,
				Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"},
			}
			v, err := s.Screen(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if v.Decision != tt.want {
				t.Errorf("got %s, want %s: %+v", v.Decision, tt.want, v.Findings)
			}
			for _, f := range v.Findings { // the entry was read in the list, what it means was not
				if strings.HasPrefix(string(f.Rule), "list-") && f.Verified != screening.Secondary {
					t.Errorf("%s is shown as %s", f.Rule, f.Verified)
				}
			}
			if !slices.ContainsFunc(v.Findings, func(f screening.Finding) bool { return strings.Contains(f.Explanation+" "+f.Citation, tt.says) }) && tt.says != "" {
				t.Errorf("no finding says %q: %+v", tt.says, v.Findings)
			}
		})
	}
}

// A verdict names no check that could not run: rules on a list are in force where the list is there.
func TestListRulesNeedTheirList(t *testing.T) {
	ran := func(s *screening.Screener) string {
		v, err := s.Screen(t.Context(), screening.Order{Parties: []screening.Party{{Role: screening.Seller, Name: "Northwind"}}, ReceivedAt: requestTime})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(v.Checks.Run)
	}
	if got := ran(withLists(t)); strings.Contains(strings.ReplaceAll(got, "entity-list", ""), "list-") {
		t.Errorf("without lists: %s", got)
	}
	got := ran(withLists(t, listOf("un-sc", listed("un-sc", "QDi.1", "Somebody Else")), listOf("mine", listed("mine", "1", "Another One"))))
	for rule, want := range map[string]bool{"list-un-sc": true, "list-mine": true, "list-ofac-sdn": false, "list-any": false} {
		if strings.Contains(got+" ", rule+" ") != want && strings.Contains(got, rule+"]") != want {
			t.Errorf("%s: got %v, want %v, in %s", rule, !want, want, got)
		}
	}
}

// The same number on the same official list is one target, whichever publication brings it.
func TestSameEntryInTwoPublications(t *testing.T) {
	sdn := listed("ofac-sdn", "77", "BRAVOLTEK INDUSTRIES", in("SY"))
	csl := listed("ofac-sdn", "77", "Bravoltek Industries", withAlias("alias", "Kormadin Works"), func(e *screening.Entity) {
		e.ID, e.Listings[0].Citation = "us-csl:abc", "CSL: TESTPROG"
	})
	c := withLists(t, listOf("ofac-sdn", sdn), listOf("us-csl", csl)).Catalogue()
	for _, name := range []string{"Bravoltek Industries", "Kormadin Works"} {
		found := c.Resolve(name).Matches
		if len(found) != 1 || found[0].Target.ID != "ofac-sdn:77" {
			t.Errorf("%s: got %+v, want one match with ofac-sdn:77", name, found)
		}
	}
	i := slices.IndexFunc(c.Entities(), func(e *screening.Entity) bool { return e.ID == "ofac-sdn:77" })
	if e := c.Entities()[i]; len(e.Listings) != 2 {
		t.Errorf("got %+v, want a listing of each publication", e.Listings)
	}
}

// Whom the catalogue knows already stays that entity, by its number or its name on the list, with the list's names added.
func TestImportedEntryOfAKnownEntity(t *testing.T) {
	c := withLists(t,
		listOf("ofac-sdn", listed("ofac-sdn", "45858", "IVANOV, Anton Mikhaylovich", person, withAlias("alias", "IVANOFF-TESTNAME, Anton Mikhaylovich"))),
		listOf("us-csl", listed("us-entity-list", "xyz", "AO Kaspersky Lab", withAlias("alias", "Dzerzhatek Bureau"))),
		listOf("uk-sanctions", listed("ofac-sdn", "45818", "ASTRAKHAN, Kirill Aleksandrovich", person)),
	).Catalogue()
	for name, want := range map[string]string{
		"Anton Mikhaylovich Ivanoff-Testname": "anton-ivanov",
		"Dzerzhatek Bureau":                   "ao-kaspersky-lab",
	} {
		found := c.Resolve(name).Matches
		if len(found) == 0 || !strings.Contains(found[0].Target.ID, strings.Split(want, "-")[1]) {
			t.Errorf("%s: got %+v, want %s", name, found, want)
		}
	}
	if found := c.Resolve("Kirill Aleksandrovich Astrakhan").Matches; len(found) != 2 {
		t.Errorf("who left the list and is on a newer copy: got %+v, want both entries", found)
	}
}

// Loading another list never hides a match.
func TestMoreListsHideNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.StringMatching(`[B-Z][aeiou][b-z]{1,3}[aeiou][b-z]{1,4}`)
		name := rapid.Custom(func(rt *rapid.T) string {
			return word.Draw(rt, "first") + " " + rapid.SampledFrom([]string{"Trading", "Industries", word.Draw(rt, "second")}).Draw(rt, "rest")
		})
		entries := func(list screening.ListID, n int) (out []screening.Entity) {
			for i := range n {
				out = append(out, listed(list, fmt.Sprint(i), name.Draw(rt, "name")))
			}
			return out
		}
		one := listOf("ofac-sdn", entries("ofac-sdn", 5)...)
		more := listOf("un-sc", append(entries("un-sc", 40), listed("un-sc", "same", one.Entities[0].Name))...)
		alone, both := withLists(t, one).Catalogue(), withLists(t, one, more).Catalogue()
		query := rapid.SampledFrom(one.Entities).Draw(rt, "entity").Name
		for _, m := range alone.Resolve(query).Matches {
			if !slices.ContainsFunc(both.Resolve(query).Matches, func(other screening.Assessed) bool {
				return other.Target.ID == m.Target.ID && other.Score == m.Score && other.Certainty == m.Certainty
			}) {
				rt.Errorf("%q: %+v is gone with another list", query, m)
			}
		}
	})
}

// What the catalogue knows of its own stays known when a list says something of the same number, website or deal.
func TestListsDoNotTakeOver(t *testing.T) {
	thief := listed("acme-own", "1", "Zhelezny Kot", func(e *screening.Entity) {
		e.Domains = []string{"kaspersky.com"}
		e.Identifiers = []screening.EntityNumber{{Type: "inn", Value: "7713140469", Verified: screening.Primary}, {Type: "passport", Value: "6067015", Verified: screening.Primary}}
	})
	early, late := listed("bis-dpl", "d", "Vandrel Airlines", between("2022-04-07", "2022-10-04")), listed("bis-dpl", "d", "Vandrel Airlines", between("2023-09-23", "2024-09-25"))
	late.Listings[0].Citation = "another order"
	s := withLists(t, listOf("acme-own", thief, listed("acme-own", "2", "Hyvorn Telematics")), listOf("bis-dpl", early), listOf("us-csl", late))
	line := []screening.Line{{ID: "1", SKU: "KL4867XATFS", Description: "KESB Advanced 250-499 1Y", Quantity: "1"}}
	seller := func(name string, ids ...screening.Identifier) screening.Party {
		return screening.Party{Role: screening.Seller, Name: name, Country: "US", Identifiers: ids}
	}
	for _, tt := range []struct {
		name    string
		parties []screening.Party
		lines   []screening.Line
		date    string
		want    screening.Decision
	}{
		{"a listed seller before the group's", []screening.Party{seller("Hyvorn Telematics"), seller("AO Kaspersky Lab"), {Role: screening.Buyer, Name: "Plonk Widgets", Country: "DE"}}, line, "2024-08-01", screening.Block},
		{"the group's website", []screening.Party{seller("Qwxz Holding", screening.Identifier{Type: "domain", Value: "kaspersky.com"})}, nil, "", screening.Block},
		{"the group's number", []screening.Party{seller("Qwxz Holding", screening.Identifier{Type: "inn", Value: "7713140469"})}, nil, "", screening.Review},
		{"a short number", []screening.Party{{Role: screening.Buyer, Name: "Hans Gruber", Identifiers: []screening.Identifier{{Type: "passport", Value: "6067015"}}}}, nil, "", screening.Review},
		{"a denial renewed on another copy", []screening.Party{{Role: screening.Buyer, Name: "Vandrel Airlines"}}, nil, "2024-09-20", screening.Block},
	} {
		o := screening.Order{Parties: tt.parties, Lines: tt.lines, OrderedAt: tt.date, ReceivedAt: requestTime, Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"}}
		v, err := s.Screen(t.Context(), o)
		if err != nil || v.Decision != tt.want {
			t.Errorf("%s: got %s, %v, want %s: %+v", tt.name, v.Decision, err, tt.want, v.Findings)
		}
		if strings.HasPrefix(tt.name, "the group's") && !slices.ContainsFunc(v.Findings, func(f screening.Finding) bool { return f.Rule == "us-icts-sale" }) {
			t.Errorf("%s: the group's own rule is gone: %+v", tt.name, v.Findings)
		}
	}
}

// A number is understood whatever its type is called.
func TestNamesOfNumbers(t *testing.T) {
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	holder := listed("ofac-sdn", "8279", "Zarvoltek Shipping Lines", func(e *screening.Entity) {
		e.Identifiers = []screening.EntityNumber{
			number("imo", "9187629"), number("swift", "ZARVIRTH"), number("tax_id", "AABA670850Y"), number("digital_currency", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"),
			number("passport", "K10840101"), number("email", "office@zarvoltek-mail.test"), number("phone", "+98 21 88526300"), number("registration", "807000227"),
		}
	})
	twin := listed("ofac-sdn", "8280", "Zarvoltek Crewing", func(e *screening.Entity) { e.Identifiers = []screening.EntityNumber{number("inn", "AABA670850Y")} })
	s := withLists(t, listOf("ofac-sdn", holder, twin))
	for _, tt := range []struct {
		kind, value string
		want        screening.Decision
	}{
		{"IMO No.", "9187629", screening.Block},
		{"vessel_imo", "IMO 9187629", screening.Block},
		{"bic", "ZARVIRTHXXX", screening.Block},
		{"Tax ID No.", "AABA 670850 Y", screening.Block},
		{"TIN", "aaba670850y", screening.Block},
		{"bitcoin", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", screening.Block},
		{"Digital Currency Address - XBT", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", screening.Block},
		{"Passport (Iran)", "K10840101", screening.Block},
		{"travel document", "K10840101", screening.Block},
		{"email", "office@zarvoltek-mail.test", screening.Block},
		{"mobile", "+98-21-88526300", screening.Review},
		{"company_number", "807000227", screening.Block},
		{"whatever", "ofac-sdn:8279", screening.Block},
		{"passport", "AABA670850Y", screening.Clear},
	} {
		o := screening.Order{
			Parties:    []screening.Party{{Role: screening.Buyer, Name: "Plonk Widgets", Identifiers: []screening.Identifier{{Type: tt.kind, Value: tt.value}}}},
			ReceivedAt: requestTime, Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"},
		}
		v, err := s.Screen(t.Context(), o)
		if err != nil || v.Decision != tt.want {
			t.Errorf("%s %s: got %s, %v, want %s", tt.kind, tt.value, v.Decision, err, tt.want)
		}
		if tt.kind == "TIN" && len(v.Matches) != 2 {
			t.Errorf("a number that two have: got %+v, want both", v.Matches)
		}
	}
}
