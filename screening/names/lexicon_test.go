package names

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLexiconFileCheck(t *testing.T) {
	file := LexiconFile{
		LegalForms: []Form{
			{Code: "ltd", Spellings: []string{"ltd", "limited"}, Countries: []string{"GB"}},
			{Code: "Lt1", Spellings: []string{"lt one"}, Countries: []string{"GB"}},
			{Code: "lim", Spellings: []string{"Limited", "--"}, Countries: []string{"gb"}},
			{Code: "ltd"},
		},
		TradeWords:  []string{"lab", "!"},
		Places:      []PlaceName{{Country: "England", Names: []string{"london"}}},
		Inflections: []Inflected{{Ending: "sky"}, {Ending: "sky", Forms: []string{"skogo"}, Feminine: []string{"skaya"}}},
		Others:      []string{"dealer", "-"},
	}
	var got []string
	file.Check(func(path, _ string) { got = append(got, path) })
	want := []string{
		"legal_forms[1].code", "legal_forms[2].spellings[0]", "legal_forms[2].spellings[1]", "legal_forms[2].countries[0]",
		"legal_forms[3].code", "legal_forms[3].spellings", "legal_forms[3].countries", "places[0].country",
		"trade_words[1]", "others[1]", "inflections[0]", "inflections[1].feminine[0]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if _, err := NewLexicon(file, nil); err == nil || !strings.Contains(err.Error(), "places[0].country") {
		t.Errorf("got %v, want an error that names places[0].country", err)
	}
}

func TestLegalFormCountries(t *testing.T) {
	l := testLexicon(t)
	for code, knownInUS := range map[string]bool{
		"gmbh": false, "bv": false, "sac": false, "ltd": true, "sa": true, "inc": true, "llc": true, "ooo": false, "jsc": false,
	} {
		form, ok := l.LegalForm(code)
		if !ok {
			t.Errorf("no legal form %q", code)
			continue
		}
		if got := slices.Contains(form.Countries, "US"); got != knownInUS {
			t.Errorf("%s known in the United States: got %v, want %v", code, got, knownInUS)
		}
	}
	if _, ok := l.LegalForm("zzz"); ok {
		t.Error("got a legal form zzz")
	}
}

func TestUninflected(t *testing.T) {
	l := testLexicon(t)
	for word, want := range map[string]string{
		"kasperskogo": "kaspersky", "kasperskiy": "kaspersky", "kasperskaya": "kaspersky", "kaspersky": "kaspersky",
		"kasperski": "kasperski", "sky": "sky", "desk": "desk",
	} {
		if got := l.uninflected(word); got != want {
			t.Errorf("uninflected %q: got %q, want %q", word, got, want)
		}
	}
}

func TestReadFrequencies(t *testing.T) {
	got, err := ReadFrequencies(strings.NewReader("# what it is\nal\t12\nbank\t3\n"))
	if diff := cmp.Diff(map[string]int{"al": 12, "bank": 3}, got); diff != "" || err != nil {
		t.Errorf("error %v, counts (-want +got):\n%s", err, diff)
	}
	for _, bad := range []string{"al", "al\tmany", "al\t0", "\t3", "al\t1\nal\t2"} {
		if _, err := ReadFrequencies(strings.NewReader(bad)); err == nil {
			t.Errorf("%q: got no error", bad)
		}
	}
}

func TestSettingsCheck(t *testing.T) {
	s := testSettings(t)
	s.Near, s.Uncertain, s.Edits.Vowel, s.MaxPostings = 0.99, 1, 0, 0
	var got []string
	s.Check(func(path, _ string) { got = append(got, path) })
	want := []string{"review", "uncertain", "max_postings", "edits.vowel"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestNewIndexRefuses(t *testing.T) {
	l, s := testLexicon(t), testSettings(t)
	for name, entries := range map[string][]Entry{
		"no id":      {{Kind: Person}},
		"twice":      {{ID: "a", Kind: Person}, {ID: "a", Kind: Person}},
		"no kind":    {{ID: "a"}},
		"other kind": {{ID: "a", Kind: "vessel"}},
	} {
		if _, err := NewIndex(l, s, entries); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if _, err := NewIndex(l, Settings{}, nil); err == nil {
		t.Error("zero settings: got no error")
	}
}
