package documents

import (
	"context"
	"strings"
	"testing"
)

func TestOsqueryDocuments(t *testing.T) { mappingTestDocuments(t, "testdata/osquery/*.txtar") }

func TestOsqueryRecognise(t *testing.T) {
	for text, want := range map[string]bool{
		`[{"name": "a", "version": "1", "publisher": "b"}]`:                         true,
		`[{"name": "a", "install_location": "c", "host": "pc-1"}]`:                  true,
		`{"programs": [], "host": "pc-1"}`:                                          true,
		`{"rows": [{"name": "a", "uninstall_string": "b"}]}`:                        true,
		`{"chrome_extensions": [{"name": "a", "version": "2", "identifier": "b"}]}`: true,
		`{"programs": [{"name": "Summer school", "price": "10"}]}`:                  false,
		`{"apps": [{"name": "a", "version": "1", "quantity": 2}]}`:                  false,
		`[]`:                                    false,
		`{"programs": []}`:                      false,
		`{"programs": ["TV", "radio"]}`:         false,
		`{"rows": [{"name": "a", "price": 3}]}`: false,
		`[{"name": "a", "version": "1", "price": "3"}]`:                  false,
		`[{"name": "a", "version": {"major": 1}}]`:                       false,
		`{"rows": [], "total": 0}`:                                       false,
		`[{"name": "#1", "financial_status": "paid", "line_items": []}]`: false,
	} {
		if id := takenBy(readerFor(t), text, Hints{}); (id == osqueryFormat.id) != want {
			t.Errorf("%s: %q", text, id)
		}
	}
}

func TestWingetWords(t *testing.T) {
	for in, want := range map[string]string{
		"KasperskyLab": "Kaspersky Lab", "PDFReader": "PDF Reader", "VLC": "VLC", "a.b_c": "a b c", "7zip": "7zip", "": "", "Notepad++": "Notepad++", "ÖlPresse": "Öl Presse",
	} {
		if got := wingetWords(in); got != want {
			t.Errorf("wingetWords(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOsqueryByHint(t *testing.T) {
	r := mappingReader(t, nil)
	for _, c := range []struct{ format, text, want string }{
		{"osquery", `<a/>`, "An osquery inventory is a JSON document, and this is none."},
		{"osquery", `{"a": `, "not valid JSON"},
		{"winget", `{"a": 1}`, "no winget export"},
		{"winget", `{"Sources": []}`, ""},
		{"osquery", `[]`, ""},
	} {
		_, err := r.Decode(context.Background(), []byte(c.text), Hints{Format: c.format})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %s: %v, want %q", c.format, c.text, err, c.want)
		}
	}
}
