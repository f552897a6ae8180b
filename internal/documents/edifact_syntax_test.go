package documents

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/interdict/interdict/screening"
)

// edifactOneLine is an order of one line, written with the usual signs.
const edifactOneLine = "UNB+UNOC:3+A+B+240905:1030+7'UNH+1+ORDERS:D:01B:UN:EAN010'BGM+220+PO-1+9'NAD+BY+++D?'Or ?+ Fils?: ??'" +
	"LIN+1++X?'Y:SA'IMD+F++:::Pens and ink'QTY+21:1.5'UNS+S'CNT+2:1'UNT+9+1'UNZ+1+7'"

// edifactRewritten writes a document with other signs, releasing what has to be.
func edifactRewritten(signs string, document string) string {
	var b strings.Builder
	b.WriteString("UNA" + signs)
	for i := 0; i < len(document); i++ {
		if document[i] == '?' {
			i++
			if strings.IndexByte(signs, document[i]) >= 0 && document[i] != '.' && document[i] != ' ' {
				b.WriteByte(signs[3])
			}
			b.WriteByte(document[i])
			continue
		}
		if at := strings.IndexByte(":+.?*'", document[i]); at >= 0 && at != 2 && at != 4 {
			b.WriteByte(signs[at])
			continue
		}
		b.WriteByte(document[i])
	}
	return b.String()
}

// edifactLined puts something behind every terminator.
func edifactLined(document, end string) string {
	var b strings.Builder
	for i := 0; i < len(document); i++ {
		b.WriteByte(document[i])
		switch document[i] {
		case '?':
			i++
			b.WriteByte(document[i])
		case '\'':
			b.WriteString(end)
		}
	}
	return b.String()
}

func TestEDIFACTSigns(t *testing.T) {
	plain, err := edifactDecode(t, edifactOneLine)
	if err != nil {
		t.Fatal(err)
	}
	o := &plain.Orders[0]
	if o.Parties[0].Name != "D'Or + Fils: ?" || o.Lines[0].SKU != "X'Y" || len(o.Problems) > 0 {
		t.Fatalf("%+v (%s)", o, edifactProblems(o))
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(edifactOneLine)
	if err != nil {
		t.Fatal(err)
	}
	for name, document := range map[string]string{
		"line breaks":             edifactLined(edifactOneLine, "\r\n"),
		"line feeds and blanks":   "\n " + edifactLined(edifactOneLine, "\n  "),
		"UNA":                     "UNA:+.? '" + edifactOneLine,
		"UNA on a line":           "UNA:+,? '\r\n" + edifactOneLine,
		"UNA without its blank":   "UNA:+.?'" + edifactOneLine,
		"a repetition sign":       "UNA:+.?*'" + edifactOneLine,
		"other signs":             edifactRewritten(">|.\\ ~", edifactOneLine),
		"control characters":      edifactRewritten("\x1f\x1d.? \x1c", edifactOneLine),
		"a line feed ends":        edifactRewritten(":+.? \n", edifactOneLine),
		"carriage return and":     strings.ReplaceAll(edifactRewritten(":+.? \r", edifactOneLine), "\r", "\r\n"),
		"a byte order mark":       "\xef\xbb\xbf" + edifactOneLine,
		"UTF-16":                  utf16,
		"the end of a DOS file":   edifactOneLine + "\r\n\x1a",
		"terminators twice":       strings.ReplaceAll(edifactOneLine, "UNS+S'", "UNS+S''"),
		"records of 80":           edifactWrappedAt(80, "\r\n", edifactOneLine),
		"records of 60":           edifactWrappedAt(60, "\n", edifactOneLine),
		"a padded control number": strings.ReplaceAll(edifactOneLine, "UNZ+1+7'", "UNZ+1+0007'"),
	} {
		got, err := edifactDecode(t, document)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !reflect.DeepEqual(got.Orders, plain.Orders) {
			t.Errorf("%s: got %+v (%s)", name, got.Orders, edifactProblems(&got.Orders[0]))
		}
	}
}

func edifactWrappedAt(width int, end, document string) string {
	var b strings.Builder
	for ; len(document) > width; document = document[width:] {
		b.WriteString(document[:width] + end)
	}
	return b.String() + document
}

func TestEDIFACTFrames(t *testing.T) {
	edit := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(edifactOneLine) }
	group := edit("UNH+1+", "UNG+ORDERS+A+B+240905:1030+5+UN+D:01B'UNH+1+", "UNZ", "UNE+1+5'UNZ")
	twice := strings.ReplaceAll(edifactOneLine[strings.Index(edifactOneLine, "UNH"):strings.Index(edifactOneLine, "UNZ")], "PO-1", "PO-2")
	for name, c := range map[string]struct{ document, want string }{
		"a group":                 {group, ""},
		"a wrong segment count":   {edit("UNT+9", "UNT+10"), "control_total @UNT/01"},
		"no segment count":        {edit("UNT+9", "UNT+"), "control_total @UNT/01"},
		"a wrong message number":  {edit("UNT+9+1", "UNT+9+2"), "control_total @UNT/02"},
		"no message trailer":      {edit("UNT+9+1'", ""), "control_total @UNH"},
		"no interchange trailer":  {edit("UNZ+1+7'", ""), "control_total @UNB"},
		"cut behind a segment":    {upTo(edifactOneLine, "QTY"), "control_total @UNH; control_total @UNB"},
		"cut inside of a segment": {upTo(edifactOneLine, "QTY") + "QTY", "missing_terminator @QTY; control_total @UNH; control_total @UNB"},
		"the last sign cut":       {strings.TrimSuffix(edifactOneLine, "'"), "missing_terminator @UNZ"},
		"a wrong message count":   {edit("UNZ+1", "UNZ+2"), "control_total @UNZ/01"},
		"a wrong interchange":     {edit("UNZ+1+7", "UNZ+1+8"), "control_total @UNZ/02"},
		"letters are not padded":  {edit("B+240905:1030+7", "B+240905:1030+0A", "UNZ+1+7", "UNZ+1+A"), "control_total @UNZ/02"},
		"a wrong group count":     {strings.Replace(group, "UNE+1", "UNE+2", 1), "control_total @UNE/01"},
		"a wrong group":           {strings.Replace(group, "UNE+1+5", "UNE+1+6", 1), "control_total @UNE/02"},
		"no group trailer":        {strings.Replace(group, "UNE+1+5'", "", 1), "control_total @UNG"},
		"a stray group trailer":   {edit("UNZ", "UNE+1+5'UNZ"), "unexpected_structure @UNE"},
		"a stray message trailer": {edit("UNZ", "UNT+9+1'UNZ"), "unexpected_structure @UNT"},
		"a stray interchange end": {edifactOneLine + "UNZ+1+7'", "unexpected_structure @UNZ"},
		"no interchange":          {edifactOneLine[strings.Index(edifactOneLine, "UNH"):strings.Index(edifactOneLine, "UNZ")], "unexpected_structure @UNH"},
		"segments outside":        {edit("UNZ", "LIN+2++Z:SA'FTX+A'UNZ"), "unexpected_structure @LIN"},
		"the reference twice":     {edit("UNZ+1", twice+"UNZ+2"), "|unexpected_structure @UNH[2]/UNH"},
		"the interchange twice":   {edifactOneLine + edifactOneLine, "unexpected_structure @UNB|unexpected_structure @UNB"},
		"another sender":          {edifactOneLine + edit("+A+B+", "+C+B+"), "|"},
		"no terminator at a line break": {
			strings.ReplaceAll(edit("QTY+21:1.5'", "QTY+21:1.5"), "1.5UNS", "1.5\r\nUNS"), "missing_terminator @QTY",
		},
		"a terminator not released": {edit("D?'Or", "D'Or"), "missing_terminator @NAD"},
		"signs without UNA": {
			strings.TrimPrefix(edifactRewritten(">|.? ~", edit("D?'Or ?+ Fils?: ??", "Or", "X?'Y", "XY")), "UNA>|.? ~"), "unexpected_structure @UNB",
		},
		"security segments": {edit("UNH+1+", "USH+7+3'USA+5'UNH+1+", "UNS+S'", "UNS+S'UST+1+2'USR+1:SIGNATURE'", "UNT+9", "UNT+11", "UNZ", "UST+1+2'UNZ"), ""},
	} {
		document, err := edifactDecode(t, c.document)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for i := range document.Orders {
			got = append(got, strings.ReplaceAll(edifactProblems(&document.Orders[i]), "  @", " @"))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: got %s, want %s", name, strings.Join(got, "|"), c.want)
		}
		if o := &document.Orders[0]; o.Reference != "PO-1" || len(o.Lines) != 1 {
			t.Errorf("%s: read as %+v", name, o)
		}
	}
}

// Text that an unreleased terminator broke off comes back to where it stood.
func TestEDIFACTRejoins(t *testing.T) {
	document, err := edifactDecode(t, strings.NewReplacer("D?'Or", "D'Or", "Pens and ink", "Kid's pens").Replace(edifactOneLine))
	if err != nil {
		t.Fatal(err)
	}
	if o := &document.Orders[0]; o.Parties[0].Name != "D'Or + Fils: ?" || o.Lines[0].Description != "Kid's pens" {
		t.Errorf("got %+v", o)
	}
}

func TestEDIFACTCharsets(t *testing.T) {
	in := func(syntax, name string) string {
		return strings.NewReplacer("UNOC:3", syntax, "Pens and ink", name).Replace(edifactOneLine)
	}
	const unlike = "unexpected_structure @UNB"
	for name, c := range map[string]struct{ document, want, problem string }{
		"Latin-1":                   {in("UNOC:3", "\xc9tiquettes"), "Étiquettes", ""},
		"Windows in UNOA":           {in("UNOA:2", "\x84M\xfchle\x93 5 \x80"), "„Mühle“ 5 €", ""},
		"UTF-8 in UNOC":             {in("UNOC:3", "Étiquettes"), "Étiquettes", ""},
		"UTF-8":                     {in("UNOY:4", "Ключ"), "Ключ", ""},
		"Latin-2":                   {in("UNOD:3", "\xb1\xb6"), "ąś", ""},
		"Cyrillic":                  {in("UNOE:3", "\xba\xd0\xe1\xdf\xd5\xe0\xe1\xda\xd8\xd9"), "Касперский", ""},
		"Greek":                     {in("UNOF:3", "\xca\xeb\xe5\xe9\xe4\xdf"), "Κλειδί", ""},
		"Turkish":                   {in("UNOK:3", "\xddstanbul"), "İstanbul", ""},
		"Latin-9":                   {in("UNOL:3", "\xa4"), "€", ""},
		"code page 850":             {in("UNOC:4::3", "M\x81hle"), "Mühle", ""},
		"no character":              {in("UNOC:3", "a\x81b"), "a\ufffdb", ""},
		"a control character":       {in("UNOD:3", "a\x95b"), "a\ufffdb", ""},
		"damaged before":            {in("UNOC:3", "a\xef\xbf\xbdb"), "a\ufffdb", ""},
		"not the UTF-8 that it is":  {in("UNOW:4", "M\xfchle"), "Mühle", unlike},
		"unknown syntax":            {in("ABCD:1", "M\xfchle"), "Mühle", unlike},
		"unknown syntax, all ASCII": {in("ABCD:1", "Mill"), "Mill", ""},
		"escape sequences":          {in("UNOX:3", "\x1b$B0!\x1b(B"), "$B0!", unlike},
	} {
		document, err := edifactDecode(t, c.document)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		o := &document.Orders[0]
		if got := strings.ReplaceAll(edifactProblems(o), "  @", " @"); !strings.HasPrefix(o.Lines[0].Description, c.want) || got != c.problem {
			t.Errorf("%s: got %q (%s), want %q (%s)", name, o.Lines[0].Description, got, c.want, c.problem)
		}
	}
	two, err := edifactDecode(t, in("UNOE:3", "\xba")+strings.Replace(in("UNOC:3", "\xba"), "+A+B+", "+C+B+", 1))
	if err != nil || two.Orders[0].Lines[0].Description != "К" || two.Orders[1].Lines[0].Description != "º" {
		t.Errorf("two charsets: %+v, %v", two, err)
	}
}

func TestEDIFACTDates(t *testing.T) {
	for in, want := range map[string]edifactDate{
		"20240905:102": {from: "2024-09-05"}, "240905:101": {from: "2024-09-05"}, "980905:101": {from: "1998-09-05"},
		"500905:101": {from: "1950-09-05"}, "490905:101": {from: "2049-09-05"}, "050924:2": {from: "2024-09-05"},
		"090524:3": {from: "2024-09-05"}, "202409051030:203": {from: "2024-09-05T10:30:00"}, "20240905103015:204": {from: "2024-09-05T10:30:15"},
		"2409051030:201": {from: "2024-09-05T10:30:00"}, "202409051030UTC:303": {from: "2024-09-05T10:30:00Z"},
		"202409051030EDT:303": {from: "2024-09-05T10:30:00-04:00"}, "202409051030+02:303": {from: "2024-09-05T10:30:00+02:00"},
		"202409051030-0530:205": {from: "2024-09-05T10:30:00-05:30"}, "20240905103015CET:304": {from: "2024-09-05T10:30:15+01:00"},
		"2409051030GMT:301": {from: "2024-09-05T10:30:00Z"}, "202409051030:303": {from: "2024-09-05T10:30:00"},
		"2024090520240910:718": {from: "2024-09-05", to: "2024-09-10"}, "20240905-20240910:718": {from: "2024-09-05", to: "2024-09-10"},
		"240905240910:717": {from: "2024-09-05", to: "2024-09-10"}, "202409051030202409051200:719": {from: "2024-09-05T10:30:00", to: "2024-09-05T12:00:00"},
		"202409202410:710": {from: "2024-09-01", to: "2024-10-31", fault: "x"}, "202402:610": {from: "2024-02-01", to: "2024-02-29"},
		"202409202410:70": {fault: "x"}, "202436:616": {from: "2024-09-02", to: "2024-09-08"}, "202101:616": {from: "2021-01-04", to: "2021-01-10"},
		"2024:602": {from: "2024-01-01", to: "2024-12-31"}, "20240905:": {from: "2024-09-05"}, "202409051030:": {from: "2024-09-05T10:30:00"},
		"202409051030CST:303": {from: "2024-09-05T10:30:00", fault: "x"}, "240905:": {fault: "x"}, "20240931:102": {fault: "x"},
		"2024-09-05:102": {fault: "x"}, "202409051030:102": {fault: "x"}, "5:804": {fault: "x"}, "20240905:999": {fault: "x"},
		"202454:616": {fault: "x"}, "2024:616": {fault: "x"}, "20240905:718": {fault: "x"}, "x:303": {fault: "x"}, "202:610": {fault: "x"},
	} {
		if in == "202409202410:710" {
			want.fault = ""
		}
		text, format, _ := strings.Cut(in, ":")
		got := edifactReadDate(text, format)
		if (got.fault != "") != (want.fault != "") || got.from != want.from || got.to != want.to {
			t.Errorf("%s is read as %+v, want %+v", in, got, want)
		}
		for _, moment := range []string{got.from, got.to} {
			if moment >= "1970" && screening.CheckDate(moment) != nil {
				t.Errorf("%s: the engine does not read %s", in, moment)
			}
		}
	}
}

// The date of the document comes before that of ordering, and either before one that may be a reference's.
func TestEDIFACTOrderDate(t *testing.T) {
	for body, want := range map[string]string{
		"DTM+4:20240901:102'DTM+137:20240905:102'":              "2024-09-05",
		"DTM+4:20240901:102'":                                   "2024-09-01",
		"RFF+ON:5'DTM+137:20240801:102'DTM+4:20240802:102'":     "2024-08-01",
		"RFF+ON:5'DTM+171:20240801:102'CUX+2:EUR'DTM+4:240901:": "240901",
		"DTM+4:20240901:102'RFF+ON:5'DTM+137:20240801:102'":     "2024-09-01",
		"DTM+137:soon:102'DTM+4:20240901:102'":                  "2024-09-01",
		"DTM+137:soon:102'":                                     "soon",
		"DTM+137:20240905:102'DTM+137:202409051030:203'":        "2024-09-05T10:30:00",
		"DTM+137:202409051030:203'DTM+137:20240905:102'":        "2024-09-05T10:30:00",
		"": "",
	} {
		if o := edifactOrderOf(t, strings.TrimSuffix(body, "'")+"'LIN+1++A:SA'"); o.OrderedAt != want {
			t.Errorf("%s: ordered at %q, want %q", body, o.OrderedAt, want)
		}
	}
}

func TestEDIFACTRecognise(t *testing.T) {
	for document, want := range map[string]bool{
		edifactOneLine: true, "\r\n" + edifactOneLine: true, "UNA:+.? '\r\n" + edifactOneLine: true,
		"UNH+1+ORDERS:D:96A:UN'BGM+220'": true, "UNB|UNOA;1|A|B|1;1|1~": true,
		"UNB;name;price\n1;2;3": false, "UNA,UNB,UNC\n": false, "UNB": false, "UNBREAKABLE+CASE:1": false, "ISA*00*": false, "sku,name\nUNB+UNOC": false,
	} {
		if id := takenBy(readerFor(t), document, Hints{}); (id == edifactFormat.id) != want {
			t.Errorf("%.20q: recognised as %q", document, id)
		}
	}
}

func FuzzReadEDIFACT(f *testing.F) {
	for _, seed := range []string{
		edifactOneLine, "UNA:+,? '" + edifactOneLine, edifactRewritten("\x1f\x1d.? \x1c", edifactOneLine),
		edifactInterchangeOf(edifactMessageOf("ORDERS", edifactWhole)),
		edifactInterchangeOf(edifactMessageOf("ORDCHG", "BGM+230+1+4'LIN+1+2+A:SA+1:1'SCC+1'QTY+21:4'DTM+2:202436:616'LOC+7+DEHAM:139:6'"), edifactMessageOf("DESADV", "BGM+351'")),
		"UNB|UNOE:1|\xba|B|1:1|1~UNH|1|ORDERS~BGM|220|1~TDT|20|||| X::16:Y~FII|RB|1:\xba~UNT", "UNH+1+ORDERS'\nBGM+1\nLIN+1\nUNT+3+1",
	} {
		f.Add([]byte(seed))
	}
	r := readerFor(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := r.Decode(t.Context(), data, Hints{Format: "edifact"})
		if refused := (*Error)(nil); err != nil && !errors.As(err, &refused) && !errors.Is(err, context.Canceled) {
			t.Fatalf("an error of another kind: %v", err)
		}
		if err != nil {
			return
		}
		seen := map[screening.Pointer]bool{}
		for i := range first.Orders {
			o := &first.Orders[i]
			clear(seen)
			for _, field := range o.Fields {
				if field.Source == "" || seen[field.Pointer] {
					t.Fatalf("%s has no source, or two", field.Pointer)
				}
				seen[field.Pointer] = true
			}
			for _, problem := range o.Problems {
				if problem.Code == "" || problem.Detail == "" {
					t.Fatalf("half a problem: %+v", problem)
				}
			}
		}
		second, err := r.Decode(t.Context(), data, Hints{Format: "edifact"})
		if err != nil || !reflect.DeepEqual(first, second) {
			t.Fatalf("read twice: %v\n%+v\n%+v", err, first, second)
		}
	})
}

// upTo is what stands before a mark.
func upTo(text, mark string) string {
	before, _, _ := strings.Cut(text, mark)
	return before
}
