package documents

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

func x12Decode(t testing.TB, text string) (Document, error) {
	t.Helper()
	r := &Reader{places: readerFor(t).places, formats: []format{x12Format}} // nobody else takes what it does not
	return r.Decode(context.Background(), []byte(text), Hints{})
}

// x12Orders decodes a file that must be read.
func x12Orders(t *testing.T, text string) []screening.Order {
	t.Helper()
	d, err := x12Decode(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return d.Orders
}

const x12TestHeader = "ISA*00*          *00*          *ZZ*PINEWOOD       *ZZ*HARBOR         *241002*0915*U*00401*000000071*0*P*>~\n"

// x12SetOf writes a transaction set with right counts around segments, one a line.
func x12SetOf(code, control, segments string) string {
	lines := strings.Split(strings.TrimSpace(segments), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return fmt.Sprintf("ST*%s*%s~\n%s~\nSE*%d*%s~\n", code, control, strings.Join(lines, "~\n"), len(lines)+2, control)
}

// x12FileOf writes a file of one group that holds sets.
func x12FileOf(sets ...string) string {
	return x12TestHeader + "GS*PO*PINEWOOD*HARBOR*20241002*0915*7*X*004010~\n" + strings.Join(sets, "") +
		fmt.Sprintf("GE*%d*7~\nIEA*1*000000071~\n", len(sets))
}

// x12OrderOf writes a file of one order.
func x12OrderOf(segments string) string { return x12FileOf(x12SetOf("850", "0001", segments)) }

const x12Plain = `BEG*00*SA*P-1001**20240911
	PO1*1*3*EA*12.50**VP*DESK-9*MF*OAKLINE
	PID*F****STANDING DESK, OAK
	CTT*1`

func x12Codes(o screening.Order) string {
	var out []string
	for _, p := range o.Problems {
		at := p.Source
		if p.Pointer != "" {
			at = string(p.Pointer) + " from " + p.Source
		}
		out = append(out, p.Code+" at "+at)
	}
	return strings.Join(out, "; ")
}

func x12Sources(o screening.Order, pointers ...string) string {
	var out []string
	for _, p := range pointers {
		for _, f := range o.Fields {
			if string(f.Pointer) == p {
				source := f.Source
				if f.Raw != "" {
					source += "=" + f.Raw
				}
				out = append(out, source)
			}
		}
	}
	return strings.Join(out, " ")
}

func x12Line1(t *testing.T, segments string) screening.Line {
	t.Helper()
	o := x12Orders(t, x12OrderOf(segments))[0]
	if len(o.Lines) == 0 {
		t.Fatal("no line")
	}
	return o.Lines[0]
}

// TestX12Separators writes one order in the ways that real systems do.
func TestX12Separators(t *testing.T) {
	plain := x12OrderOf(x12Plain)
	fixed := strings.SplitN(plain, "~\n", 2)[0]
	rest := plain[len(fixed):]
	flat := strings.ReplaceAll(plain, "\n", "")
	want := x12Orders(t, plain)
	if len(want) != 1 || len(want[0].Lines) != 1 || len(want[0].Problems) != 0 || want[0].Lines[0].Description != "STANDING DESK, OAK" {
		t.Fatalf("the plain form: %+v", want)
	}
	separated := func(element, terminator string) string {
		return strings.NewReplacer("*", element, "~\n", terminator).Replace(plain)
	}
	squeezed := strings.Join(strings.Fields(fixed), " ")
	for name, text := range map[string]string{
		"one line":                       flat,
		"CRLF":                           strings.ReplaceAll(plain, "\n", "\r\n"),
		"BEL and line feed":              separated("\a", "\n"),
		"BEL and CRLF":                   separated("\a", "\r\n"),
		"carriage returns":               separated("*", "\r"),
		"control characters":             separated("\x1d", "\x1c"),
		"exclamation marks":              separated("|", "!\n"),
		"a separator of two bytes":       separated("¦", "§"),
		"byte order mark":                "\xef\xbb\xbf" + plain,
		"blanks before":                  "\r\n  " + plain,
		"end of file character":          plain + "\x1a",
		"not fixed":                      squeezed + rest,
		"no-break spaces":                strings.ReplaceAll(fixed, "  ", " \u00a0") + rest,
		"no-break spaces of one byte":    strings.ReplaceAll(fixed, "  ", " \xa0") + rest,
		"no component separator":         strings.TrimSuffix(fixed, ">") + rest,
		"neither separator nor ISA16":    strings.TrimSuffix(fixed, "*>") + rest,
		"no ISA16, one line":             strings.ReplaceAll(strings.TrimSuffix(fixed, ">")+rest, "\n", ""),
		"component separator and lines":  separated("*", "\n"),
		"indented":                       strings.ReplaceAll(plain, "\n", "\n\t \u00a0"),
		"no last terminator":             strings.TrimSuffix(plain, "~\n"),
		"a blank line between":           strings.ReplaceAll(plain, "\n", "\n\n"),
		"lower case tags":                strings.ReplaceAll(plain, "PID", "pid"),
		"broken every 80 characters":     x12Broken(flat, 80),
		"broken every 33 characters":     x12Broken(flat, 33),
		"an acknowledgement in between":  fixed + "~\nTA1*000000070*241001*0900*A*000" + rest,
		"control numbers without zeroes": strings.Replace(plain, "IEA*1*000000071", "IEA*1*71", 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got := x12Orders(t, text); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

// x12Broken breaks a text into lines of one width.
func x12Broken(text string, width int) string {
	var lines []string
	for ; len(text) > width; text = text[width:] {
		lines = append(lines, text[:width])
	}
	return strings.Join(append(lines, text), "\n")
}

func TestX12MissingTerminator(t *testing.T) {
	whole := x12OrderOf(`BEG*00*SA*P-1001**20240911
		N1*ST*DOCK 4
		PO1*1*3*EA*12.50**VP*DESK-9
		PID*F****STANDING DESK
		PO1*2*1*EA*99**VP*LAMP-3
		PID*F****LAMP
		CTT*2`)
	for name, c := range map[string]struct{ text, problem string }{
		"before a line":             {strings.Replace(whole, "DESK~\nPO1", "DESK\nPO1", 1), "missing_terminator at PO1[1]/PID"},
		"indented":                  {strings.Replace(whole, "DESK~\nPO1", "DESK \r\n\t\tPO1", 1), "missing_terminator at PO1[1]/PID"},
		"behind an empty element":   {strings.Replace(whole, "STANDING DESK~\nPO1", "STANDING DESK**\nPO1", 1), "missing_terminator at PO1[1]/PID"},
		"in the heading":            {strings.Replace(whole, "20240911~\nN1", "20240911\nN1", 1), "missing_terminator at BEG"},
		"before the end of a group": {strings.Replace(whole, "~\nGE", "\nGE", 1), "missing_terminator at GE"},
	} {
		t.Run(name, func(t *testing.T) {
			o := x12Orders(t, c.text)[0]
			if got := x12Codes(o); got != c.problem {
				t.Errorf("problems %q, want %q", got, c.problem)
			}
			if len(o.Lines) != 2 || o.Lines[1].SKU != "LAMP-3" || o.Lines[0].Description != "STANDING DESK" {
				t.Errorf("lines %+v", o.Lines)
			}
		})
	}
	t.Run("without a line break", func(t *testing.T) {
		o := x12Orders(t, strings.Replace(whole, "DESK~\nPO1", "DESKPO1", 1))[0]
		if got := x12Codes(o); got != "control_total at CTT/01; control_total at SE/01" {
			t.Errorf("problems %q", got)
		}
		if !slices.Contains(o.Lines[0].Texts, "LAMP-3") {
			t.Errorf("the number was lost: %+v", o.Lines)
		}
	})
	t.Run("a line broken before a code", func(t *testing.T) {
		o := x12Orders(t, strings.Replace(whole, "N1*ST*", "N1*\nST*", 1))[0]
		if len(o.Problems) != 0 || len(o.Parties) != 1 || o.Parties[0].Role != screening.ShipTo {
			t.Errorf("problems %s, parties %+v", x12Codes(o), o.Parties)
		}
	})
}

func TestX12Totals(t *testing.T) {
	whole := x12OrderOf(x12Plain)
	for name, c := range map[string]struct{ old, new, problem string }{
		"segments":                 {"SE*6*", "SE*7*", "control_total at SE/01"},
		"no number of segments":    {"SE*6*", "SE**", "control_total at SE/01"},
		"control number of a set":  {"SE*6*0001", "SE*6*0002", "control_total at SE/02"},
		"lines":                    {"CTT*1", "CTT*2", "control_total at CTT/01"},
		"sets of a group":          {"GE*1*7", "GE*2*7", "control_total at GE/01"},
		"control number of a GS":   {"GE*1*7", "GE*1*8", "control_total at GE/02"},
		"groups":                   {"IEA*1*", "IEA*2*", "control_total at IEA/01"},
		"control number of an ISA": {"IEA*1*000000071", "IEA*1*000000001", "control_total at IEA/02"},
		"no end":                   {"IEA*1*000000071~", "", "unexpected_structure at IEA"},
		"no end of a group":        {"GE*1*7~\n", "", "unexpected_structure at IEA"},
		"no end of a set":          {"SE*6*0001~\n", "", "unexpected_structure at CTT"},
		"cut": {
			"CTT*1~\nSE*6*0001~\nGE*1*7~\nIEA*1*000000071~\n", "",
			"unexpected_structure at IEA; unexpected_structure at PO1/PID",
		},
		"no group":                 {"GS*PO*PINEWOOD*HARBOR*20241002*0915*7*X*004010~\n", "", "unexpected_structure at ST[1]; unexpected_structure at GE; control_total at IEA/01"},
		"an end without beginning": {"SE*6*0001~\n", "SE*6*0001~\nSE*6*0001~\n", "unexpected_structure at SE"},
		"outside a set":            {"GE*1*7~", "REF*ZZ*BEHIND~\nGE*1*7~", `unexpected_structure at "REF"`},
		"a text with a terminator": {"DESK, OAK", "DESK~ OAK", `control_total at SE/01; unexpected_structure at PO1/segment "OAK"`},
		"no BEG":                   {"BEG*00*SA*P-1001**20240911", "NTE**HELLO", "unexpected_structure at ST"},
		"nothing to order":         {"PO1*1*3*EA*12.50**VP*DESK-9*MF*OAKLINE~\nPID*F****STANDING DESK, OAK~\nCTT*1~\nSE*6", "SE*3", "unexpected_structure at ST"},
		"two orders in one":        {"CTT*1", "BEG*00*SA*P-1002**20240911", "duplicate_field at /reference from PO1/BEG/03"},
		"quantity":                 {"PO1*1*3*", "PO1*1*THREE*", "unreadable_number at /lines/0/quantity from PO1/02"},
		"country":                  {"PO1*1*3", "N1*BY*OAKS~\nN4*X*Y*Z*QQ~\nPO1*1*3", "unknown_country at /parties/0/country from N4/04; control_total at SE/01"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(whole, c.old, c.new, 1)
			if text == whole {
				t.Fatal("nothing was changed")
			}
			d, err := x12Decode(t, text)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Split(x12Codes(d.Orders[0]), "; ")
			want := strings.Split(c.problem, "; ")
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("problems %q, want %q", got, want)
			}
			for _, p := range d.Problems {
				if !slices.Contains(d.Orders[0].Problems, p) {
					t.Errorf("the order does not have %+v", p)
				}
			}
		})
	}
	t.Run("a line outside a set is read", func(t *testing.T) {
		o := x12Orders(t, strings.Replace(whole, "CTT*1~\nSE*6*0001~\n", "SE*5*0001~\nPO1*2*1*EA***VP*LAMP-3~\n", 1))[0]
		if len(o.Lines) != 2 || o.Lines[1].SKU != "LAMP-3" || x12Codes(o) != `unexpected_structure at "PO1"` {
			t.Errorf("lines %+v, problems %s", o.Lines, x12Codes(o))
		}
	})
}

func TestX12SeveralOrders(t *testing.T) {
	first, second := x12SetOf("850", "0001", x12Plain), x12SetOf("850", "0002", strings.ReplaceAll(x12Plain, "1001", "1002"))
	invoice := x12SetOf("810", "0003", "BIG*20240911*I-1\nIT1**1*EA*5**VP*KL4863\nTDS*5")
	group := func(number, sets string) string {
		return "GS*PO*A*B*20241002*0915*" + number + "*X*004010~\n" + sets + "GE*1*" + number + "~\n"
	}
	other := strings.NewReplacer("*", "|", "~\n", "\n").Replace(x12OrderOf(strings.ReplaceAll(x12Plain, "1001", "1003")))
	text := x12TestHeader + group("1", first) + group("2", invoice) + group("3", second) + "IEA*3*000000071~\n" + other
	orders := x12Orders(t, text)
	var got []string
	for _, o := range orders {
		got = append(got, o.Reference+" at "+x12Sources(o, "/reference")+", "+o.Lines[0].SKU+" at "+x12Sources(o, "/lines/0/sku")+x12Codes(o))
	}
	want := []string{
		"P-1001 at ST[1]/BEG/03, DESK-9 at ST[1]/PO1/07", "P-1002 at ST[3]/BEG/03, DESK-9 at ST[3]/PO1/07",
		"P-1003 at ST[4]/BEG/03, DESK-9 at ST[4]/PO1/07",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	t.Run("a fault of one is not the others'", func(t *testing.T) {
		orders := x12Orders(t, strings.Replace(text, "SE*6*0002", "SE*9*0002", 1))
		if x12Codes(orders[0]) != "" || x12Codes(orders[1]) != "control_total at ST[3]/SE/01" || x12Codes(orders[2]) != "" {
			t.Errorf("problems %q, %q, %q", x12Codes(orders[0]), x12Codes(orders[1]), x12Codes(orders[2]))
		}
	})
	t.Run("a fault outside is everybody's", func(t *testing.T) {
		d, err := x12Decode(t, strings.Replace(text, "SE*5*0003", "SE*9*0003", 1))
		if err != nil || len(d.Problems) != 1 || d.Problems[0].Source != "ST[2]" || len(d.Orders[2].Problems) != 1 {
			t.Errorf("%+v, %v", d.Problems, err)
		}
	})
	t.Run("an interchange without end", func(t *testing.T) {
		orders := x12Orders(t, strings.Replace(text, "IEA*3*000000071~\n", "", 1))
		if len(orders) != 3 || x12Codes(orders[2]) != "unexpected_structure at ISA" {
			t.Errorf("%d orders, problems %q", len(orders), x12Codes(orders[2]))
		}
	})
}

func TestX12Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		kind   Kind
		detail string
	}{
		"an invoice":         {x12FileOf(x12SetOf("810", "1", "BIG*1*2")), Unsupported, "an invoice (810)"},
		"two kinds":          {x12FileOf(x12SetOf("855", "1", "BAK*1"), x12SetOf("997", "2", "AK1*1")), Unsupported, "an order acknowledgement (855), a functional acknowledgement (997)"},
		"an unknown kind":    {x12FileOf(x12SetOf("999X", "1", "XXX*1")), Unsupported, "a transaction set (999X)"},
		"no message":         {x12FileOf(), Malformed, "no transaction set"},
		"without envelopes":  {x12SetOf("850", "0001", x12Plain), Malformed, "begins with its interchange header"},
		"without ISA":        {"GS*PO*A*B*20241002*0915*7*X*004010~\n" + x12SetOf("850", "0001", x12Plain), Malformed, "begins with its interchange header"},
		"cut in its header":  {x12TestHeader[:60], Malformed, "cut on its way"},
		"letters as marks":   {strings.Replace(x12OrderOf(x12Plain), ">~\n", ">X", 1), Malformed, "terminator"},
		"too many elements":  {x12OrderOf("BEG*00*NE*1**20240911\nPO1" + strings.Repeat("*1", maxX12Elements+1)), Malformed, "200 is the most"},
		"too many segments":  {x12OrderOf("BEG*00*NE*1**20240911" + strings.Repeat("\nMSG*A", maxX12Segments)), TooLarge, "100000 segments"},
		"too many lines":     {x12OrderOf("BEG*00*NE*1**20240911" + strings.Repeat("\nPO1*1", MaxLines+1)), TooLarge, "5001 lines"},
		"too many parties":   {x12OrderOf("BEG*00*NE*1**20240911" + strings.Repeat("\nN1*ST*A", maxX12Parties+1) + "\nPO1*1"), TooLarge, "10000 parties"},
		"too many orders":    {x12FileOf(slices.Repeat([]string{x12SetOf("850", "1", "BEG*01")}, MaxLines+1)...), TooLarge, "5000 orders"},
		"a table, not X12":   {"ISA,Name,Qty\n00,x,1\n", Unknown, "no format"},
		"prose, not X12":     {"ISA is a standard.", Unknown, "no format"},
		"EDIFACT, not X12":   {"UNB+UNOA:1+A+B+241002:0915+1'", Unknown, "no format"},
		"a word in a column": {"ST;850;x\n", Unknown, "no format"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := x12Decode(t, c.text)
			var got *Error
			if !errors.As(err, &got) || got.Kind != c.kind || !strings.Contains(got.Error(), c.detail) {
				t.Errorf("read %d orders, error %v, want kind %d with %q", len(d.Orders), err, c.kind, c.detail)
			}
		})
	}
}

func TestX12Stops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := readerFor(t).Decode(ctx, []byte(x12OrderOf(x12Plain)), Hints{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestX12Hostile reads files that are made to take long. A reader whose time grows with the square of the size would
// not come to its end within the limit of the whole run.
func TestX12Hostile(t *testing.T) {
	const size = 1 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	order := func(s string) string {
		return x12TestHeader + "GS*PO*A*B*1*1*1*X*1~ST*850*1~BEG*00*NE*1**20240911~" + s
	}
	for name, text := range map[string]string{
		"no terminator, many tags":  order(strings.Repeat("\nMSG*A", 30_000)),
		"no terminator, many lines": order(fill("A\n")),
		"interchanges":              strings.Repeat(x12TestHeader, 30_000),
		"headers of nothing":        fill("ISA*00*"),
		"line breaks":               x12TestHeader + fill("\n"),
		"separators":                order(strings.Repeat(strings.Repeat("*", 200)+"~", 5_000)),
		"texts of one line":         order("PO1*1~" + strings.Repeat("MSG"+strings.Repeat("*ABCD", 8)+"~", 30_000)),
		"numbers of one line":       order("PO1*1~" + strings.Repeat("SLN*1**I*****VP*ABCDEFGH*BP*ABCDEFGJ~", 4_900)),
		"contracts":                 order(strings.Repeat("REF*CT*"+strings.Repeat("A", 30)+"~", 30_000)),
		"streets":                   order("N1*BY*A~" + strings.Repeat("N3*"+strings.Repeat("A", 30)+"~", 30_000)),
		"names":                     order("N1*BY*A~" + strings.Repeat("N2*"+strings.Repeat("A", 30)+"~", 30_000)),
		"problems":                  order("") + strings.Repeat("SE*1*1~ST*850*1~BEG*00*NE*1~", 4_900),
		"nothing but ends":          x12TestHeader + strings.Repeat("SE~", 30_000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := x12Decode(t, text); err != nil && !errors.As(err, new(*Error)) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func FuzzReadX12(f *testing.F) {
	plain := x12OrderOf(x12Plain)
	for _, seed := range []string{
		plain, strings.NewReplacer("*", "\a", "~\n", "\n").Replace(plain), strings.Replace(plain, "OAK~\n", "OAK\n", 1), x12Broken(strings.ReplaceAll(plain, "\n", ""), 40),
		strings.Replace(plain, ">~", "~", 1), plain + plain, x12FileOf(x12SetOf("810", "1", "BIG*1")),
		x12FileOf(x12SetOf("860", "1", "BCH*04*SA*P***240627\nN1*BY*A\nN4*B*C*D*US\nPOC*1*DI*1**EA***VP*A*B-C*MF*D\nSLN*1********VP*E\nSCH*1*EA*ST*F*002*20240911*1200")),
		x12OrderOf("BEG*00*RN*1**240911\nDTM*002*20240911*1200*ET\nDTM*002****RD8*20240901-20240911\nPO1*1*-1*EA***VP*A\nSDQ*EA*92*1*1\nTD5**2*A**B\nPER*BD*A*EM*a@b.c\nCTT*1"),
		"ISA*", "ISA*00*", x12TestHeader, "GS*PO*", "ST*850*1~",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		read := func() (Document, error) { return readerFor(t).Decode(context.Background(), file, Hints{Format: "x12"}) }
		first, err := read()
		if err != nil {
			if !errors.As(err, new(*Error)) {
				t.Fatalf("error %v of type %T", err, err)
			}
			return
		}
		if second, err := read(); err != nil || !reflect.DeepEqual(first, second) {
			t.Fatalf("another reading differs: %v", err)
		}
		for _, o := range first.Orders {
			seen := map[screening.Pointer]bool{}
			for _, field := range o.Fields {
				if seen[field.Pointer] {
					t.Fatalf("%s stands twice", field.Pointer)
				}
				seen[field.Pointer] = true
			}
		}
	})
}
