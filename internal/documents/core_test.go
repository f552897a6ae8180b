package documents

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/interdict/interdict/data"
)

var ownReader = sync.OnceValues(func() (*Reader, error) {
	catalogue, err := data.Catalogue()
	if err != nil {
		return nil, err
	}
	return NewReader(catalogue.Places(), nil)
})

// readerFor is a reader that knows the places of the project's own data, which are loaded once for all tests.
func readerFor(tb testing.TB) *Reader {
	tb.Helper()
	r, err := ownReader()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// takenBy is the id of the format that takes a text, whether it can be read or not; empty where none does.
func takenBy(r *Reader, text string, h Hints) string {
	document, _ := r.Decode(context.Background(), []byte(text), h)
	return document.Format
}

func TestDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"12": "12", "1,234.50": "1234.50", "1.234,50": "1234.50", "11.666,66 US$": "11666.66", "1505,0": "1505.0",
		"1 234,50": "1234.50", "-5": "-5", "(5)": "-5", "5-": "-5", "0,125": "0.125", "1,234": "1234", "1.234": "1.234",
		"1.23E+15": "1230000000000000", "USD 3.00": "3.00", "-0.00": "0.00", "2 pcs": "2", "5 EA": "5", "5EA": "5", "5 each": "5", "2.5E-1": "0.25", "1.234.567": "1234567",
		"": "", "each": "", "2024-10-02": "", "1.2,3,4": "",
	} {
		if got, ok := decimal(in); got != want || ok != (want != "") {
			t.Errorf("decimal(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestPlainDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-09-27":                    "2024-09-27",
		"03/12/2025":                    "03/12/2025", // the engine reads it both ways
		"03/12/2025 10:00:00 AM":        "03/12/2025",
		"03/13/2025 1:05 pm":            "2025-03-13T13:05:00",
		"13.03.2025 09:30":              "2025-03-13T09:30:00",
		"03/03/2025 10:00 EST":          "2025-03-03T10:00:00-05:00",
		"2025-03-12T10:00:00 EST":       "2025-03-12T10:00:00-05:00",
		"2025-07-12T10:00:00 PDT":       "2025-07-12T10:00:00-07:00",
		"2025-03-12 10:00:00 UTC":       "2025-03-12T10:00:00Z",
		"March 12, 2025":                "2025-03-12",
		"Mar 12, 2025 4:00 PM -0400":    "2025-03-12T16:00:00-04:00",
		"12 March 2025":                 "2025-03-12",
		"12-MAR-2025":                   "2025-03-12",
		"03/12/2025 10:00 EST":          "03/12/2025 10:00 EST", // which day it is in the deal's zones cannot be told
		"2025-03-12T10:00:00 XYZ":       "2025-03-12T10:00:00 XYZ",
		"02/30/2025 10:00:00 AM":        "02/30/2025 10:00:00 AM",
		"March 32, 2025":                "March 32, 2025",
		"2025-03-12T25:00:00 EST":       "2025-03-12T25:00:00 EST",
		"soon":                          "soon",
		"":                              "",
		strings.Repeat("1", 300) + "00": strings.Repeat("1", 300) + "00",
	} {
		if got := plainDate(in); got != want {
			t.Errorf("plainDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsLater(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2024-09-28", "2024-09-27", true},
		{"2024-09-27", "2024-09-28", false},
		{"2024-09-28", "2024-09-28T10:00:00", true}, // a day lasts until its end
		{"2024-09-28T22:00:00-04:00", "2024-09-29T01:00:00Z", true},
		{"03/12/2025", "2025-10-01", true}, // it may be in December
		{"soon", "2024-09-28", false},
		{"2024-09-28", "soon", false},
	} {
		if got := isLater(c.a, c.b); got != c.want {
			t.Errorf("isLater(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

func TestWithoutContacts(t *testing.T) {
	for in, want := range map[string]string{
		"write to jo.doe+x@dla.mil please":   "write to dla.mil please",
		"Attn: J. Doe, Tel: +1 (770) 555-01": "Attn: J. Doe, ",
		"pkg:maven/x/name@4.1.0.Final":       "pkg:maven/x/name@4.1.0.Final",
		"a@b.com and c@d.mil":                "b.com and d.mil",
		"KL4863DA*FS at 10.5 @ noon":         "KL4863DA*FS at 10.5 @ noon",
	} {
		if got := withoutContacts(in); got != want {
			t.Errorf("withoutContacts(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseXML(t *testing.T) {
	root, err := parseXML(`<?xml version="1.0"?><!DOCTYPE o SYSTEM "http://x/y.dtd"><a:o xmlns:a="urn:1" id=" 7 "><b>Kas<!-- x -->per<![CDATA[sky]]></b><b>2</b><c/></a:o>`)
	if err != nil {
		t.Fatal(err)
	}
	if root.space != "urn:1" || root.attr("ID") != (value{"7", "/o/@id"}) {
		t.Errorf("root: %+v, id %+v", root, root.attr("ID"))
	}
	if got, want := root.child("b").text(), (value{"Kaspersky", "/o/b[1]"}); got != want {
		t.Errorf("text %+v, want %+v", got, want)
	}
	if got := root.child("c").path(); got != "/o/c" {
		t.Errorf("path %s", got)
	}
	if v := root.at("none", "nothing").attr("x"); v != (value{}) {
		t.Errorf("what is not there says %+v", v)
	}
}

func TestParseXMLRefuses(t *testing.T) {
	deep := strings.Repeat("<a>", 101) + strings.Repeat("</a>", 101)
	for name, c := range map[string]struct {
		text string
		kind Kind
	}{
		"internal entity":   {`<!DOCTYPE a [<!ENTITY k "x">]><a>&k;</a>`, Refused},
		"external entity":   {`<!DOCTYPE a [<!ENTITY k SYSTEM "file:///etc/passwd">]><a/>`, Refused},
		"parameter entity":  {`<!DOCTYPE a [<!ENTITY % k SYSTEM "http://x/">%k;]><a/>`, Refused},
		"undeclared entity": {`<a>&k;</a>`, Malformed},
		"two roots":         {`<a/><b/>`, Malformed},
		"text behind":       {`<a/>x`, Malformed},
		"cut":               {`<a><b>`, Malformed},
		"crossed":           {`<a><b></a></b>`, Malformed},
		"attribute twice":   {`<a x="1" x="2"/>`, Malformed},
		"deep":              {deep, Malformed},
		"wide":              {"<a>" + strings.Repeat("<b/>", maxXMLNodes) + "</a>", TooLarge},
	} {
		_, err := parseXML(c.text)
		if got := (*Error)(nil); !errors.As(err, &got) || got.Kind != c.kind {
			t.Errorf("%s: %v, want kind %d", name, err, c.kind)
		}
	}
}

func TestDecodeText(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Ключ")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, want string }{
		"byte order mark":      {"\xef\xbb\xbfa;b", "a;b"},
		"UTF-16":               {utf16, "Ключ"},
		"declared Latin-1":     {"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xf6</a>", "<?xml version='1.0' encoding='ISO-8859-1'?><a>ö</a>"},
		"Windows-1252 tables":  {"Pa\xeds;\x80", "País;€"},
		"a byte of no meaning": {"a\x81", "a\ufffd"},
	} {
		got, err := decodeText([]byte(c.data))
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
	for name, data := range map[string]string{
		"XML in no charset": "<a>\xf6</a>", "JSON in no charset": "{\"a\":\"\xf6\"}",
		"lying declaration": "<?xml version='1.0' encoding='UTF-8'?><a>\xf6</a>", "unknown charset": "<?xml version='1.0' encoding='klingon'?><a/>",
	} {
		if got, err := decodeText([]byte(data)); err == nil {
			t.Errorf("%s was read as %q", name, got)
		}
	}
}

func TestParseJSON(t *testing.T) {
	root, err := parseJSON(`{"id":9007199254740993,"SKU":"a","sku":"b","x":[{"y/z":true},null]}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := root.get("id").value().text; got != "9007199254740993" {
		t.Errorf("a long number became %s", got)
	}
	if got, want := root.get("x").items()[0].get("y/z").value(), (value{"true", "/x/0/y~1z"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	var twins []string
	root.twins(func(m *jsonValue, key string) { twins = append(twins, key+"="+m.text) })
	if strings.Join(twins, " ") != "sku=b" {
		t.Errorf("twins %v", twins)
	}
	for _, bad := range []string{`{`, `{"a":1}{}`, `[1,]`, strings.Repeat("[", 70) + strings.Repeat("]", 70)} {
		if _, err := parseJSON(bad); err == nil {
			t.Errorf("%.20s was read", bad)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{" a  b ": "a b", "a\u00a0b\tc": "a b c", "a \r\n b": "a\nb", "a b": "a b", "": ""} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}
