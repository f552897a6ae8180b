package products

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func readings(s *Spotter, text string) []partNumber {
	var found []partNumber
	for _, g := range s.grammars {
		g.scan(text, func(n partNumber) { found = append(found, n) })
	}
	return found
}

func TestPartNumbers(t *testing.T) {
	s := plain(t)
	for _, tt := range []struct {
		name, text string
		reading    reading
		number     string
	}{
		{"whole", "KL4867XATFS", full, "4867"},
		{"lower case", "kl4867xatfs", full, "4867"},
		{"in a sentence", "your part KL4863KAPDR, five of them", full, "4863"},
		{"in brackets", "Core (KL4861XASFE) [level I]", full, "4861"},
		{"star for the band", "KL4741DA*DR-N5", full, "4741"},
		{"percent for all that is left out", "KL4743%MI", full, "4743"},
		{"variant position", "KL4069IA1WTS", full, "4069"},
		{"shop's second entry", "KL1939RBBFS1", full, "1939"},
		{"edition tail", "KL1171RBCFS-20MWCA", full, "1171"},
		{"term tail", "KL6916DHBFS - 1Y", full, "6916"},
		{"feed prefix", "vendor_kl4861xatdc", full, "4861"},
		{"glued to a file name", "ankl1939rbbfs.png", full, "1939"},
		{"not catalogued", "KL7102XAUFS", full, "7102"},
		{"full width", "ＫＬ４８６７ＸＡＴＦＳ", full, "4867"},
		{"Cyrillic letters", "КL4867ХАТFS", full, "4867"},
		{"invisible character", "KL4867\u200bXATFS", full, "4867"},
		{"one letter too many", "KL1949XCEFRS", near, "1949"},
		{"one letter missing", "KL4867XATF", near, "4867"},
		{"one letter wrong", "KL4867XATF5", near, "4867"},
		{"two letters swapped", "KL4867XATSF", near, "4867"},
		{"typed in groups", "KL 4867 XATFS", near, "4867"},
		{"hyphens", "KL4867-XA-T-FS", near, "4867"},
		{"cut at a separator", "KL4869DA~TS", cut, "4869"},
		{"bare", "KL1047", bare, "1047"},
		{"bare with a suffix", "KL1041-0010", bare, "1041"},
		{"terminal", "KL3062", noNumber, ""},
		{"terminal with variant", "KL1712-0060", noNumber, ""},
		{"one letter stuck before", "SKL4867XATFS", near, "4867"},
		{"one letter stuck before, in a sentence", "item vkl4863dakfs, two", near, "4863"},
		{"one letter stuck before a number never sold", "SKL7102XAUFS", noNumber, ""},
		{"one letter stuck before part of a number", "VKL4863DA", noNumber, ""},
		{"one letter stuck before one with a slip", "VKL4863DAFS", noNumber, ""},
		{"one letter stuck in a host name", "LAPTOP-XKL4743XAMFS", noNumber, ""},
		{"inside a word", "TSKL4867XATFS", noNumber, ""},
		{"tail glued on", "KL4867XATFSN5", near, "4867"},
		{"tail glued on, star lost", "KL4863DAFSN4", near, "4863"},
		{"tail glued on, never sold", "KL7102XAUFSN4", noNumber, ""},
		{"more than a tail glued on", "KL4867XATFSN52", noNumber, ""},
		{"star lost between hyphens", "KL4863-DA-FS", near, "4863"},
		{"star lost between spaces", "KL4742 XA DR", near, "4742"},
		{"star lost, never sold", "KL7102-DA-FS", noNumber, ""},
		{"star lost, not what stands there", "KL1041-00-10", bare, "1041"},
		{"flight with two airports", "KL1047 AMS BRS", bare, "1047"},
		{"flight with two airports, known letters", "KL1047 ZAG AMS", bare, "1047"},
		{"digits before", "17PKL1939RBBFS", noNumber, ""},
		{"host name", "DESKTOP-KL4743R", noNumber, ""},
		{"laptop", "laptop-kl4743ra", noNumber, ""},
		{"digits behind", "KL1042724", noNumber, ""},
		{"number plate", "KL 07 BX 4863", noNumber, ""},
		{"company number", "U00000KL1962PLC000000", noNumber, ""},
		{"station", "JKL4255M842", noNumber, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := readings(s, tt.text)
			got, number := noNumber, ""
			if len(found) > 0 {
				got, number = found[0].reading, found[0].number
			}
			if got != tt.reading || number != tt.number {
				t.Errorf("%q: got reading %d of %q, want %d of %q", tt.text, got, number, tt.reading, tt.number)
			}
		})
	}
}

func TestPartNumberDetail(t *testing.T) {
	s := plain(t)
	found := readings(s, "KL4863KAPDR")
	if len(found) != 1 {
		t.Fatalf("got %d part numbers, want 1", len(found))
	}
	want := map[string]string{
		"product": "4863", "localisation": "Brazil", "form": "licence", "band": "25-49", "term_years": "2", "licence": "renewal",
	}
	for name, value := range want {
		if got := found[0].detail[name]; got != value {
			t.Errorf("%s: got %q, want %q", name, got, value)
		}
	}
	if !found[0].renewal {
		t.Error("renewal: got false, want true")
	}
	if got := readings(s, "KL4069IA1TXS")[0].detail; got["band"] != "250-499" || got["term_years"] != "5" {
		t.Errorf("variant: got %v, want band 250-499 and term 5", got)
	}
	if got := readings(s, "KL1041XBEFS")[0].detail["band"]; got != "5 devices" {
		t.Errorf("consumer band: got %q, want 5 devices", got)
	}
}

// Every number of the grammar is read whole, wherever it stands and however it is cased; with one character changed it
// is never more than near, or whole again.
func TestPartNumberProperties(t *testing.T) {
	s := plain(t)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.SampledFrom([]string{"4867", "1047", "4066", "8558"}).Draw(t, "number")
		code := "KL" + number + rapid.StringMatching(`[A-Z8][A-Z0-9]1?[A-Z][FDTRXM][SREQCJW8GIB]`).Draw(t, "rest")
		if rapid.Bool().Draw(t, "lower") {
			code = strings.ToLower(code)
		}
		before := rapid.SampledFrom([]string{"", " ", "(", "x_", "№ "}).Draw(t, "before")
		found := readings(s, before+code+rapid.SampledFrom([]string{"", " ", "-N5", ")"}).Draw(t, "after"))
		if len(found) != 1 || found[0].reading != full || found[0].number != number {
			t.Fatalf("%q: got %v, want one whole number", code, found)
		}
		if at := len([]rune(before)); found[0].start != at || found[0].end != at+len(code) {
			t.Fatalf("%q: got span %d-%d, want %d-%d", code, found[0].start, found[0].end, at, at+len(code))
		}
	})
}

func FuzzPartNumbers(f *testing.F) {
	for _, seed := range []string{"KL4867XATFS", "kl 4867-xa.tfs", "КL4867ХАТFS", "KL4746*DA-N1", "KL%%%%", "KL4863%MG", "ＫＬ４８６７"} {
		f.Add(seed)
	}
	s := plain(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, n := range readings(s, text) {
			if n.start < 0 || n.start >= n.end || n.end > len([]rune(text)) {
				t.Errorf("%q: span %d-%d is outside the text", text, n.start, n.end)
			}
			if len(n.number) != n.grammar.digits {
				t.Errorf("%q: got product number %q", text, n.number)
			}
		}
	})
}
