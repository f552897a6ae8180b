package entry_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

var catalogue = sync.OnceValues(data.Catalogue)

func maker(t testing.TB) *entry.Maker {
	t.Helper()
	facts, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return entry.NewMaker("a-list", "A list", "https://list.example", facts.Places(), map[string]string{"Old Land": "DE"})
}

func TestDraft(t *testing.T) {
	d := maker(t).New(screening.Organisation, "7", "", " Alpha\n  Trading ")
	d.Alias("Alpha Trading", names.Alias, "")
	d.Alias("AT", names.Weak, "")
	d.Alias("Альфа", names.Native, "ru")
	d.Alias("AT", names.Alias, "")
	d.Alias(" ", names.Alias, "")
	d.Address([]string{"1 Long Road", "", "Minsk"}, "Belarus", "as of 2016")
	d.Address(nil, "Iran (Islamic Republic of)", "")
	d.Address(nil, "Nowhere", "")
	d.Address([]string{"Box 5"}, "Old Land", "")
	d.Address(nil, "", "(Branch 3: Minsk)")
	d.Number("tax_id", " 77 00 ")
	d.Number("tax_id", "77 00")
	d.Number("tax_id", "-")
	d.IMO("IMO 9074729")
	d.IMO("9074729")
	d.Websites("https://www.Alpha.example/about; t.me/alpha, 12.5, info@alpha.example")
	d.Emails("info@alpha.example and more")
	d.Under("P1", " ", "P1", "P2")
	d.Remark("It traded.")
	d.Remark("It traded.")
	d.Remarks("Type", []string{"", "Company"})
	d.Remarks("Other", nil)
	d.Since("2015-03-27-04:00")
	d.Until("2014-01-01")
	want := screening.Entity{
		ID: "a-list:7", Name: "Alpha Trading", Kind: screening.Organisation, Standing: screening.Listed,
		Verified: screening.Primary, Sources: []string{"a-list"},
		Names: []screening.EntityName{
			{Name: "AT", Form: names.Alias, Verified: screening.Primary},
			{Name: "Альфа", Form: names.Native, Lang: "ru", Verified: screening.Primary},
		},
		Addresses: []string{"1 Long Road, Minsk, Belarus (as of 2016)", "Nowhere", "Box 5, Old Land", "(Branch 3: Minsk)"},
		Countries: []string{"BY", "IR", "DE"},
		Domains:   []string{"alpha.example"},
		Identifiers: []screening.EntityNumber{
			{Type: "tax_id", Value: "77 00", Verified: screening.Primary},
			{Type: "imo", Value: "9074729", Verified: screening.Primary},
			{Type: "website", Value: "https://www.Alpha.example/about", Verified: screening.Primary},
			{Type: "website", Value: "t.me/alpha", Verified: screening.Primary},
			{Type: "email", Value: "info@alpha.example", Verified: screening.Primary},
		},
		Note: "It traded.\nType: Company",
		Listings: []screening.Listing{{
			List: "a-list", Entry: "Alpha Trading", UID: "7", Programs: []string{"P1", "P2"}, From: "2015-03-27",
			Citation: "A list", URL: "https://list.example", Verified: screening.Primary, Note: "Delisted on: 2014-01-01",
		}},
	}
	if diff := cmp.Diff(want, d.Done(), cmpopts.IgnoreUnexported(screening.Entity{}, screening.Listing{})); diff != "" {
		t.Errorf("entity differs (-want +got):\n%s", diff)
	}
}

func TestBorn(t *testing.T) {
	for _, tt := range []struct {
		name string
		say  func(d *entry.Draft)
		born []string // the first one, then the others
		note string
	}{
		{"a day", func(d *entry.Draft) { d.BornOn("1960-04-21") }, []string{"1960-04-21"}, ""},
		{"several", func(d *entry.Draft) { d.BornOn("1960"); d.BornOn("1961-02"); d.BornOn("1960") }, []string{"1960", "1961-02"}, ""},
		{"no date", func(d *entry.Draft) { d.BornOn("Nov. 1973") }, nil, "Born: Nov. 1973"},
		{"no such day", func(d *entry.Draft) { d.BornOn("1973-02-30") }, nil, "Born: 1973-02-30"},
		{"about alone", func(d *entry.Draft) { d.BornAbout("1962") }, nil, "Born: circa 1962"},
		{"about beside a day", func(d *entry.Draft) { d.BornAbout("1962-01-01"); d.BornOn("1960-04-21") }, []string{"1960-04-21", "1962"}, "Born: circa 1962-01-01"},
		{"a range", func(d *entry.Draft) { d.BornBetween("1973", "1975") }, []string{"1973", "1974", "1975"}, ""},
		{"a range of one", func(d *entry.Draft) { d.BornBetween("1973", "1973") }, []string{"1973"}, ""},
		{"a wide range", func(d *entry.Draft) { d.BornBetween("1940", "1990") }, nil, "Born: between 1940 and 1990"},
		{"an open range", func(d *entry.Draft) { d.BornBetween("", "1980") }, nil, "Born: between ? and 1980"},
		{"a range turned round", func(d *entry.Draft) { d.BornBetween("1990", "1980") }, nil, "Born: between 1990 and 1980"},
		{"nothing", func(d *entry.Draft) { d.BornOn(" "); d.BornAbout(""); d.BornBetween("", "") }, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := maker(t).New(screening.Person, "1", "", "Ann Example")
			tt.say(d)
			e := d.Done()
			var got []string
			if e.Born != "" {
				got = append([]string{e.Born}, e.AlsoBorn...)
			}
			if !slices.Equal(got, tt.born) || e.Note != tt.note {
				t.Errorf("got %q and note %q, want %q and %q", got, e.Note, tt.born, tt.note)
			}
		})
	}
}

// TestMany adds more values than are looked through one by one.
func TestMany(t *testing.T) {
	d := maker(t).New(screening.Person, "1", "", "Ann Example")
	const many = 100
	for range 2 {
		for i := range many {
			d.Alias("Ann "+strings.Repeat("x", i+1), names.Alias, "")
			d.Remark(strings.Repeat("y", i+1))
		}
	}
	e := d.Done()
	if got := len(e.Names); got != many {
		t.Errorf("got %d names, want %d", got, many)
	}
	if got := strings.Count(e.Note, "\n") + 1; got != many {
		t.Errorf("got %d remarks, want %d", got, many)
	}
}

func TestIDs(t *testing.T) {
	m := maker(t)
	var got []screening.EntityID
	for _, e := range []struct{ uid, key, name string }{
		{"7", "", "A"}, {"7", "", "B"}, {"", "d9", "C"}, {"", "", "Größe & Söhne, Inc."}, {"7.2", "", "D"}, {"7", "", "E"}, {"", "", "A.B."},
	} {
		got = append(got, m.New(screening.Person, e.uid, e.key, e.name).Done().ID)
	}
	want := []screening.EntityID{"a-list:7", "a-list:7.2", "a-list:d9", "a-list:größe-söhne-inc", "a-list:7.2.2", "a-list:7.3", "a-list:a-b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids differ (-want +got):\n%s", diff)
	}
}

func TestSlashed(t *testing.T) {
	for text, want := range map[string]string{
		"31/12/1960": "1960-12-31", "1/2/1960": "1960-02-01", "dd/07/1978": "1978-07", "dd/mm/1945": "1945", "00/00/1975": "1975",
		"12/mm/1950": "1950", "1945": "1945", "2026-09-29": "2026-09-29", "2022-12-09T00:00:00": "2022-12-09",
		"15/08/19yy": "", "31/02/1960": "", "": "", "1/2": "", "31.12.1960": "", "31/12/60": "",
	} {
		if got, ok := entry.Slashed(text); got != want && ok || ok != (want != "") {
			t.Errorf("%q: got %q and %v, want %q", text, got, ok, want)
		}
	}
}

func TestScript(t *testing.T) {
	for text, want := range map[string]names.NameForm{
		"Alpha": names.Alias, "Größe": names.Alias, "Ənvər": names.Alias, "Альфа": names.Native, "ООО Alpha Trading": names.Alias,
		"Акционерное общество СМК LLC": names.Native, "محمد": names.Native, "中国移动": names.Native, "12": names.Alias, "": names.Alias,
	} {
		if got := entry.Script(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestWebsites(t *testing.T) {
	for text, want := range map[string][]string{
		"www.alpha.example":                      {"alpha.example"},
		"HTTP://Alpha.Example:8080/x?y":          {"alpha.example"},
		"https://shop.alpha.example.":            {"shop.alpha.example"},
		"https://пример.рф":                      {"пример.рф"},
		"https://www.facebook.com/alpha":         nil,
		"m.vk.com/alpha https://alpha.example/a": {"alpha.example"},
		"alpha":                                  nil, "10.0.0.1": nil, "http://user@alpha.example": nil, "http://[::1]/": nil, "http://%zz": nil, "a..example": nil, ".example": nil,
	} {
		d := maker(t).New(screening.Organisation, "1", "", "Alpha")
		d.Websites(text)
		if got := d.Done().Domains; !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
