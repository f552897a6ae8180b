package products

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/screening/names"
)

// plainReader is a reader without any cleverness: words of letters and digits, in lower case.
type plainReader struct{}

func (r plainReader) NormaliseIn(raw string, _ []names.Token) names.Text { return r.Normalise(raw) }

func (plainReader) Normalise(raw string) names.Text {
	text := names.Text{Raw: raw}
	at, start := 0, -1
	var word strings.Builder
	flush := func() {
		if start < 0 {
			return
		}
		token := names.Token{Norm: word.String(), Start: start, End: at, Class: names.Distinctive}
		if strings.Trim(token.Norm, "0123456789") == "" {
			token.Class = names.Number
		}
		if token.Norm == "lab" {
			token.Class = names.Generic
		}
		text.Tokens = append(text.Tokens, token)
		word.Reset()
		start = -1
	}
	for _, r := range raw {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if start < 0 {
				start = at
			}
			word.WriteRune(unicode.ToLower(r))
		} else {
			flush()
		}
		at++
	}
	flush()
	return text
}

// plainSpotter finds one brand in a few spellings.
type plainSpotter struct{ spellings map[string]float64 }

func (s plainSpotter) Spot(t names.Text) []names.Occurrence {
	var found []names.Occurrence
	for i, token := range t.Tokens {
		if score, ok := s.spellings[token.Norm]; ok {
			found = append(found, names.Occurrence{
				Entry: "kaspersky", Alias: "Kaspersky", Score: score, Method: names.MethodBrand,
				Start: token.Start, End: token.End, First: i, Last: i,
			})
		}
	}
	return found
}

func (s plainSpotter) SpotNear(t names.Text) []names.Occurrence { return s.Spot(t) }

var spellings = map[string]float64{"kaspersky": 1, "касперского": 1, "касперский": 1, "karspersky": 0.95, "kasparsky": 0.8}

// readFile decodes one file strictly.
func readFile(tb testing.TB, path string) File {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	var f File
	if err := decoder.Decode(&f); err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	return f
}

func readFiles(tb testing.TB) []File {
	tb.Helper()
	paths, err := filepath.Glob("../../data/products/*.yaml")
	if err != nil || len(paths) == 0 {
		tb.Fatalf("data/products: %v, %d files", err, len(paths))
	}
	var files []File
	for _, path := range paths {
		files = append(files, readFile(tb, path))
	}
	return files
}

// plain is a Spotter over the embedded data and the plain reader.
func plain(tb testing.TB) *Spotter {
	tb.Helper()
	s, err := New(Settings{BrandCertain: 0.9, BrandDoubtful: 0.8}, plainReader{}, plainSpotter{spellings}, readFiles(tb)...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// line makes a Line of sku, manufacturer, manufacturer part and description.
func line(sku, manufacturer, part, description string) Line {
	var l Line
	for _, f := range []Field{
		{SKU, "/lines/0/sku", sku},
		{Manufacturer, "/lines/0/manufacturer", manufacturer},
		{ManufacturerPart, "/lines/0/manufacturer_part", part},
		{Description, "/lines/0/description", description},
	} {
		if f.Text != "" {
			l.Fields = append(l.Fields, f)
		}
	}
	return l
}

// brief says what was found: "software! kesb-advanced" with ! for certain, ? for likely, ~ for possible, mentions in
// brackets.
func brief(a Assessment) string {
	var out []string
	for _, m := range a.Matches {
		word := strings.TrimSpace(m.Class + map[string]string{Certain: "!", Likely: "?", Possible: "~"}[m.Certainty] + " " + m.Product)
		if m.Mention {
			word = "(" + word + ")"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func spansHold(l Line, a Assessment) (Evidence, bool) {
	for _, m := range append(append([]Match{}, a.Matches...), a.NearMisses...) {
		for _, e := range m.Evidence {
			for _, f := range l.Fields {
				points := newCodePoints(f.Text)
				if f.Pointer == e.Pointer && (e.Start < 0 || e.Start > e.End || e.End > utf8.RuneCountInString(f.Text) || points.slice(e.Start, e.End) != e.Text) {
					return e, false
				}
			}
		}
	}
	return Evidence{}, true
}
