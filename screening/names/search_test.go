package names

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// level is what a score means.
func level(x *Index, score float64) string {
	switch {
	case score >= x.settings.Block:
		return "certain"
	case score >= x.settings.Review:
		return "match"
	case score >= x.settings.Near:
		return "near"
	}
	return "none"
}

func TestSearch(t *testing.T) {
	x := testIndex(t)
	tests := []struct {
		query string
		kind  Kind
		entry string // of the best match or near miss; empty is any
		want  string
	}{
		{"AO Kaspersky Lab", "", "", "certain"},
		{"Kaspersky Lab, Inc.", "", "", "certain"},
		{"Lab Kaspersky AO", "", "", "certain"},
		{"Laboratoriya Kasperskogo", "", "", "certain"},
		{"OOOKasperskyGroup", "", "", "certain"},
		{"K4sp3r5ky Lab", "", "", "certain"},
		{"Vendor 77 - Kaspersky Labs Ltd - REMIT TO", "", "", "certain"},
		{"Kaspersky Labs Limi", "", "", "certain"},
		{"Kaspresky", "", "kaspersky", "match"},
		{"Kesperky Lab", "", "kaspersky", "match"},
		{"Alan Kaspersky", "", "kaspersky", "match"},
		{"Kaspersky Zyxwv Partners", "", "kaspersky", "match"},
		{"alankaspersky", "", "kaspersky", "match"},
		{"kasperskyzyxw", "", "kaspersky", "match"},
		{"Kasper sky", "", "kaspersky", "match"},
		{"Laspersky Antivirus", "", "kaspersky", "match"},
		{"Laspersky", "", "kaspersky", "match"},
		{"Hasperski", "", "", "near"},
		{"Taspersky", "", "kaspersky", "near"},
		{"Kspaerky Laboratory", "", "kaspersky", "match"},
		{"Kaspfersy Labs", "", "kaspersky", "match"},
		{"Kaspfersy Group", "", "", "near"},
		{"Jasperski Lab", "", "", "near"},
		{"Kasperson Lab", "", "", "near"},
		{"Kasperowsky Labs", "", "", "near"},
		{"Karpinski Laboratory", "", "", "near"},
		{"Kaspersen", "", "", "near"},
		{"Casper Sky Ltd", "", "", "none"},
		{"Kasperle Buehne", "", "", "none"},
		{"Whisper Sky Inc", "", "", "none"},
		{"Persky and Sons", "", "", "none"},
		{"Total Security LLC", "", "", "none"},
		{"Security Group OOO", "", "", "none"},
		{"Sky Labs Limited", "", "", "none"},
		{"Cloud Technologies", "", "", "none"},
		{"New Cloud Technology LLC", "", "new-cloud-technologies", "certain"},
		{"Water Stadium Sport Invest, Moscow", "", "water-stadium-sport-invest", "certain"},
		{"WaterStadium SportInvest", "", "water-stadium-sport-invest", "certain"},
		{"Brain4Net Inc", "", "brain4net", "certain"},
		{"Brain 4 Net", "", "brain4net", "certain"},
		{"Nexvay", "", "nexway", "match"},
		{"Kasprsy Lab", "", "kaspersky", "match"},
		{"Kaxpermky Laboratory", "", "kaspersky", "match"},
		{"Kaxpermky Holding", "", "", "near"},
		{"Ласперский", "", "kaspersky", "match"},
		{"Maspersky", "", "kaspersky", "match"},
		{"Касперском", "", "", "certain"},
		{"Laboratoř Kasperského s.r.o.", "", "", "certain"},
		{"Laboratoria Kasperskim", "", "", "certain"},
		{"કેસ્પરસ્કી", "", "kaspersky", "certain"},
		{"ಕ್ಯಾಸ್ಪರ್ಸ್ಕಿ ಲ್ಯಾಬ್", "", "kaspersky", "certain"},
		{"Kasp℮rsky Lab", "", "", "certain"},
		{"Kas\u202eyksrep\u202c Labs", "", "", "certain"},
		{"Kasperskaya ulitsa 4", "", "kaspersky", "match"},
		{"Kaspersky Dealer Network Oy", "", "kaspersky", "match"},
		{"Authorised Kaspersky service centre", "", "kaspersky", "match"},
		{"KasperskyStore", "", "kaspersky", "match"},
		{"Distribuidor Kaspersky SAC", "", "kaspersky", "match"},
		{"Kaspersky Systems Oy", "", "", "certain"},
		{"AndreiGennadyevichTikhonov", "", "andrei-tikhonov", "certain"},
		{"tikhonovandreigennadyevich", "", "andrei-tikhonov", "certain"},
		{"TikhonovAndrei", Person, "andrei-tikhonov", "match"},
		{"AndreiTikhonovich", Person, "", "none"},
		{"AndreiGennadyevichTikhonov", Organisation, "", "none"},
		{"Marcin Jasperski", Person, "", "none"},
		{"Marcin Kasperski", Person, "", "none"},
		{"Marcin Kasperski", "", "", "none"},
		{"Natalia Kasperskaya", Person, "kaspersky", "match"},
		{"TIKHONOV, Andrei Gennadyevich", Person, "andrei-tikhonov", "certain"},
		{"Andrei Gennadyevich Tikhonov", "", "andrei-tikhonov", "certain"},
		{"Тихонов Андрей Геннадьевич", Person, "andrei-tikhonov", "certain"},
		{"Andrej Tihonov", Person, "andrei-tikhonov", "match"},
		{"Andrei Nikolaevich Tikhonov", Person, "andrei-tikhonov", "near"},
		{"Nikolai Tikhonov", Person, "", "none"},
		{"Tikhonov", Person, "", "none"},
		{"Maria Chekunkova", Person, "", "none"},
		{"Denis Zenkov", Person, "", "none"},
		{"Svetlana Alekseeva Petrova", Person, "", "none"},
		{"TIKHONOV, Andrei Gennadyevich", Organisation, "", "none"},
	}
	for _, tt := range tests {
		t.Run(tt.query+" "+string(tt.kind), func(t *testing.T) {
			r := x.Search(Query{Name: tt.query, Kind: tt.kind})
			all := append(slices.Clone(r.Matches), r.NearMisses...)
			if len(all) == 0 {
				if tt.want != "none" {
					t.Errorf("got nothing, want %s %s", tt.want, tt.entry)
				}
				return
			}
			if got := level(x, all[0].Score); got != tt.want {
				t.Errorf("got %s %s %.3f, want %s", got, all[0].Entry, all[0].Score, tt.want)
			}
			if tt.entry != "" && all[0].Entry != tt.entry {
				t.Errorf("got %s, want %s", all[0].Entry, tt.entry)
			}
		})
	}
}

func TestSearchExplains(t *testing.T) {
	x := testIndex(t)
	r := x.Search(Query{Name: "c/o Kaspеrsky GmbH Zyxwv, Berlin"})
	if len(r.Matches) == 0 {
		t.Fatal("got no match")
	}
	got := r.Matches[0]
	want := Match{
		Entry: "kaspersky", Alias: "Kaspersky", Method: MethodBrand, Score: x.settings.Uncertain, Brand: true,
		Distinctive: true, Start: 4, End: 13,
		Pairs:   []Pair{{Text: "Kaspеrsky", Start: 4, End: 13, Alias: "kaspersky", Similarity: 1, Weight: 1}},
		Extra:   []string{"zyxwv"},
		Changes: []Change{{Kind: Homoglyph, Start: 4, End: 13}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("match (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"gmbh"}, r.Forms); diff != "" {
		t.Errorf("forms (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"DE"}, r.Places); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestJoinedWordsAreParted(t *testing.T) {
	r := testIndex(t).Search(Query{Name: "KasperskyLabUKLtd"})
	if !slices.Equal(r.Forms, []string{"ltd"}) || !slices.Equal(r.Places, []string{"GB"}) {
		t.Errorf("got forms %v and places %v, want ltd and GB", r.Forms, r.Places)
	}
	if !slices.ContainsFunc(r.Matches, func(m Match) bool { return m.Entry == "kaspersky-lab-uk" }) {
		t.Error("the company of the joined words is no match")
	}
}

func TestReadsLikePerson(t *testing.T) {
	x := testIndex(t)
	for name, want := range map[string]bool{
		"Eugene Kaspersky": true, "Kaspersky, Eugene": true, "KASPERSKY Yevgeny Valentinovich": true, "Kaspersky": false,
		"Kaspersky Lab": false, "Anna Kaspersky GmbH": false, "Eugene": false, "Anna 24": false, "Herr Kaspersky": true,
		"Prof. Zyxwv": true, "Mrs Kaspersky Ltd": false, "Dr Kaspersky Lab": false, "AnnaZyxwv": true, "ZyxwvPetrov": false,
	} {
		if got := x.Search(Query{Name: name}).ReadsLikePerson; got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func TestSpot(t *testing.T) {
	x := testIndex(t)
	tests := []struct {
		text string
		want []string // the raw words found
	}{
		{"Renewal of Kaspersky Endpoint Security, 250 seats", []string{"Kaspersky"}},
		{"com.kaspersky.kes and www.kaspersky.co.uk", []string{"kaspersky", "kaspersky"}},
		{"Закупка антивируса Касперского, 10 шт.", []string{"Касперского"}},
		{"购买卡巴斯基杀毒软件", []string{"购买卡巴斯基"}},
		{"licence K a s p e r s k y x10", []string{"K a s p e r s k y"}},
		{"licence K@$per$ky x10", []string{"K@$per$ky"}},
		{"Kaspersky's and MyKaspersky", []string{"Kaspersky", "MyKaspersky"}},
		{"Catering for the Casper office, jasper stone and prosperity", nil},
		{"24 inch monitor with stand, height adjustable", nil},
		{"", nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			var got []string
			for _, o := range x.Spot(x.lexicon.Normalise(tt.text)) {
				got = append(got, strings.TrimSuffix(rawSpan(tt.text, o.Start, o.End), "'s"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSpotNear(t *testing.T) {
	x := testIndex(t)
	for text, want := range map[string]struct{ spot, near int }{
		"Kaspersky Standard":         {1, 1},
		"Kaxpermky Standard, 1 year": {0, 1},
		"Casper mattress":            {0, 0},
	} {
		normal := x.lexicon.Normalise(text)
		if got := len(x.Spot(normal)); got != want.spot {
			t.Errorf("%q: got %d occurrences, want %d", text, got, want.spot)
		}
		if got := len(x.SpotNear(normal)); got != want.near {
			t.Errorf("%q: got %d near occurrences, want %d", text, got, want.near)
		}
	}
}

// TestWordsInPiecesAreNoDisguise holds that only pieces which are no words are reported as written in pieces.
func TestWordsInPiecesAreNoDisguise(t *testing.T) {
	x := testIndex(t)
	for name, want := range map[string]bool{
		"My Office LLC": false, "M y O f f i c e": true, "Kas per sky": true, "K.a.s.p.e.r.s.k.y": true, "MyOf fice": true,
	} {
		r := x.Search(Query{Name: name})
		if len(r.Matches) == 0 {
			t.Errorf("%q: got no match", name)
			continue
		}
		got := slices.ContainsFunc(r.Matches[0].Changes, func(c Change) bool { return c.Kind == Spaced })
		if got != want {
			t.Errorf("%q written in pieces: got %v, want %v", name, got, want)
		}
	}
}

func TestSpotAllocatesNothingWithoutHit(t *testing.T) {
	x := testIndex(t)
	text := x.lexicon.Normalise("24 inch monitor with stand, height adjustable, three years")
	if got := testing.AllocsPerRun(100, func() { x.Spot(text) }); got != 0 {
		t.Errorf("got %v allocations, want none", got)
	}
}

// checkResult holds what every result keeps to.
func checkResult(t interface{ Fatalf(string, ...any) }, x *Index, q Query) {
	r := x.Search(q)
	seen := make(map[string]bool)
	last := 1.0
	for i, m := range append(slices.Clone(r.Matches), r.NearMisses...) {
		if m.Score > last || m.Score < x.settings.Near || (i < len(r.Matches)) != (m.Score >= x.settings.Review) {
			t.Fatalf("%q: score %v of %s is out of order", q.Name, m.Score, m.Entry)
		}
		if seen[m.Entry] {
			t.Fatalf("%q: %s stands twice", q.Name, m.Entry)
		}
		if m.Start < 0 || m.Start >= m.End || m.End > len([]rune(q.Name)) || len(m.Pairs) == 0 {
			t.Fatalf("%q: %s has span [%d,%d) and %d pairs", q.Name, m.Entry, m.Start, m.End, len(m.Pairs))
		}
		seen[m.Entry], last = true, m.Score
	}
	for _, o := range x.Spot(r.Text) {
		if o.First > o.Last || o.Last >= len(r.Text.Tokens) || o.Score < x.settings.Review || o.Score > 1 {
			t.Fatalf("%q: occurrence %+v", q.Name, o)
		}
	}
}

func TestSearchProperties(t *testing.T) {
	x := testIndex(t)
	piece := rapid.SampledFrom(strings.Split("Kaspersky|Kaper|sky|Lab|labs|Ltd|AO|ООО|Касперск|ого|卡巴斯基|Andrei|Tikhonov|Gennadyevich|K|@|$|new|cloud|4|カスペルスキー|Zyx|Moscow|c/o|'", "|"))
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 8).Draw(t, "pieces") {
			b.WriteString(piece.Draw(t, "piece"))
			b.WriteString(rapid.SampledFrom([]string{"", " ", "-", "."}).Draw(t, "separator"))
		}
		checkResult(t, x, Query{Name: b.String(), Kind: rapid.SampledFrom([]Kind{"", Person, Organisation}).Draw(t, "kind")})
	})
}

// TestEveryNameFindsItsEntry holds that a score of 1 is reached by a catalogue's own names.
func TestEveryNameFindsItsEntry(t *testing.T) {
	x := testIndex(t)
	for _, n := range x.names {
		if !n.telling || len(n.parts) == 1 && x.entries[n.entry].kind == Person {
			continue
		}
		r := x.Search(Query{Name: n.alias, Kind: x.entries[n.entry].kind})
		at := slices.IndexFunc(r.Matches, func(m Match) bool { return m.Entry == x.entries[n.entry].ID })
		switch {
		case at < 0:
			t.Errorf("%q does not find %s", n.alias, x.entries[n.entry].ID)
		case r.Matches[at].Score < 1 && len(n.parts) > 2 && n.form != Misspelling:
			t.Errorf("%q finds %s with %v, want 1", n.alias, r.Matches[at].Entry, r.Matches[at].Score)
		}
	}
}

// TestMoreNamesNeverLowerAScore adds names to an entry.
func TestMoreNamesNeverLowerAScore(t *testing.T) {
	l, s := testLexicon(t), testSettings(t)
	entry := Entry{ID: "a", Kind: Organisation, Names: []Name{{"Orvenko Petrochem Trading", Official}}}
	few, err := NewIndex(l, s, []Entry{entry})
	if err != nil {
		t.Fatal(err)
	}
	entry.Names = append(entry.Names, Name{"Orvenko", Alias}, Name{"Zyx Orvenko Gas", Former}, Name{"Орвенко", Native})
	many, err := NewIndex(l, s, []Entry{entry})
	if err != nil {
		t.Fatal(err)
	}
	best := func(x *Index, name string) float64 {
		r := x.Search(Query{Name: name})
		for _, m := range append(r.Matches, r.NearMisses...) {
			return m.Score
		}
		return 0
	}
	for _, name := range []string{"Orvenko Petrochem Trading", "Orvenko Petrochem", "Orwenko Trading", "Orvenko", "Zyx"} {
		if a, b := best(few, name), best(many, name); b < a {
			t.Errorf("%q: got %v with more names, %v with fewer", name, b, a)
		}
	}
}

func TestSearchIsSafeForConcurrentUse(t *testing.T) {
	x := testIndex(t)
	queries := []string{"AO Kaspersky Lab", "Acme Ltd", "Kapersky Lab", "TIKHONOV, Andrei", "K a s p e r s k y"}
	want := make([]Result, len(queries))
	for i, q := range queries {
		want[i] = x.Search(Query{Name: q})
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i, q := range queries {
				if diff := cmp.Diff(want[i].Matches, x.Search(Query{Name: q}).Matches); diff != "" {
					t.Errorf("%q (-alone +together):\n%s", q, diff)
				}
			}
		})
	}
	wait.Wait()
}

func FuzzSearch(f *testing.F) {
	x := testIndex(f)
	for _, seed := range []string{"Kaspersky Lab", "K@$per$ky", "АО «Лаборатория Касперского»", "kas per sky ltd", "TIKHONOV, Andrei", "卡巴斯基技术"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, name string, person bool) {
		kind := Kind("")
		if person {
			kind = Person
		}
		checkResult(t, x, Query{Name: name, Kind: kind})
	})
}
