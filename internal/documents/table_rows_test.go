package documents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/interdict/interdict/screening"
)

// stream reads a table row by row and returns copies of its orders.
func stream(t *testing.T, in io.Reader, grouped, sourced bool) ([]screening.Order, []int) {
	t.Helper()
	rows, err := readerFor(t).Rows(context.Background(), in, Hints{})
	if err != nil {
		t.Fatal(err)
	}
	rows.Grouped = grouped
	var orders []screening.Order
	var lines []int
	for rows.Next() {
		order := rows.Order()
		if sourced {
			order = rows.Sourced()
		}
		orders, lines = append(orders, copyOf(order)), append(lines, rows.Line())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return orders, lines
}

func copyOf(o *screening.Order) screening.Order {
	c := *o
	c.Texts, c.Problems, c.Fields = append([]string(nil), o.Texts...), append([]screening.Problem(nil), o.Problems...), append([]screening.Field(nil), o.Fields...)
	c.Parties, c.Lines = append([]screening.Party(nil), o.Parties...), append([]screening.Line(nil), o.Lines...)
	return c
}

const shopTable = "Shop of lamps\nContract No: C-9\n" +
	"Name,Created at,Lineitem sku,Lineitem name,Billing Company,Billing Country,Colour\n" +
	"#1,2024-08-01,A,Lamp,Oak LLC,US,red\n#1,,B,Bulb,,,\n,,C,Shade,,,\n#2,2024-08-02,A,Lamp,Elm GmbH,DE,\n#2,,D,Cord,,,\nPacked by the night shift,,,,,,\n#1,2024-08-03,E,Wick,Oak LLC,US,\n"

func TestRows(t *testing.T) {
	orders, lines := stream(t, strings.NewReader(shopTable), false, false)
	checkTold(t, Document{Orders: orders}, `
order text=Shop of lamps
order reference=#1 at=2024-08-01 contract=C-9
  bill_to name=Oak LLC country=US
  line sku=A is=Lamp text=Colour: red
order reference=#1 at=2024-08-01 contract=C-9
  bill_to name=Oak LLC country=US
  line sku=B is=Bulb
order reference=#1 at=2024-08-01 contract=C-9
  bill_to name=Oak LLC country=US
  line sku=C is=Shade
order reference=#2 at=2024-08-02 contract=C-9
  bill_to name=Elm GmbH country=DE
  line sku=A is=Lamp
order reference=#2 at=2024-08-02 contract=C-9
  bill_to name=Elm GmbH country=DE
  line sku=D is=Cord
order text=Packed by the night shift
order reference=#1 at=2024-08-03 contract=C-9
  bill_to name=Oak LLC country=US
  line sku=E is=Wick
`)
	if got, want := fmt.Sprint(lines), "[1 4 5 6 7 8 9 10]"; got != want {
		t.Errorf("lines %s, want %s", got, want)
	}
}

func TestRowsGrouped(t *testing.T) {
	orders, lines := stream(t, strings.NewReader(shopTable), true, false)
	checkTold(t, Document{Orders: orders}, `
order text=Shop of lamps
order reference=#1 at=2024-08-01 contract=C-9
  bill_to name=Oak LLC country=US
  line sku=A is=Lamp text=Colour: red
  line sku=B is=Bulb
  line sku=C is=Shade
order reference=#2 at=2024-08-02 contract=C-9
  bill_to name=Elm GmbH country=DE
  line sku=A is=Lamp
  line sku=D is=Cord
order text=Packed by the night shift
order reference=#1 at=2024-08-03 contract=C-9
  bill_to name=Oak LLC country=US
  line sku=E is=Wick
`)
	if got, want := fmt.Sprint(lines), "[1 4 7 9 10]"; got != want {
		t.Errorf("lines %s, want %s", got, want)
	}
}

func TestRowsSourced(t *testing.T) {
	orders, _ := stream(t, strings.NewReader("PO,Buyer,SKU,Qty\nP,Oak,A,\"1,000\"\n,,B,2\n"), false, true)
	want := []screening.Field{
		{Pointer: "/reference", Source: `line 2, column "PO"`},
		{Pointer: "/parties/0/name", Source: `line 2, column "Buyer"`},
		{Pointer: "/lines/0/sku", Source: `line 3, column "SKU"`},
		{Pointer: "/lines/0/quantity", Source: `line 3, column "Qty"`},
	}
	if got := orders[1].Fields; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if plain, _ := stream(t, strings.NewReader("SKU,Qty\nA,1\n"), false, false); len(plain[0].Fields) != 0 {
		t.Errorf("fields that nobody asked for: %v", plain[0].Fields)
	}
}

// A problem says where it is without being asked, and what the caller has set outlives a second look.
func TestRowsProblems(t *testing.T) {
	rows, err := readerFor(t).Rows(context.Background(), strings.NewReader("SKU,Qty\nA,few\nB,1,Oak\n"), Hints{})
	if err != nil || !rows.Next() {
		t.Fatal(err, rows)
	}
	at := time.Unix(1, 0)
	rows.Order().ReceivedAt = at
	if p := rows.Sourced().Problems; len(p) != 1 || p[0].Source != `line 2, column "Qty"` || !rows.Order().ReceivedAt.Equal(at) {
		t.Errorf("problems %v, received %v", p, rows.Order().ReceivedAt)
	}
	if !rows.Next() || len(rows.Order().Problems) != 1 || !rows.Order().ReceivedAt.IsZero() {
		t.Errorf("the next row: %+v", rows.Order())
	}
	if rows.Next() || rows.Err() != nil || rows.Next() {
		t.Errorf("the end: %v", rows.Err())
	}
}

func TestRowsOfVendors(t *testing.T) {
	orders, _ := stream(t, strings.NewReader("Vendor;Country\nOak;US\nElm;\n"), true, false)
	checkTold(t, Document{Orders: orders}, "order\n  seller name=Oak country=US\norder\n  seller name=Elm\n")
}

func TestRowsCharsets(t *testing.T) {
	const text = "Artikelnummer;Bezeichnung\nA;Kühler\n"
	utf16le, utf16be, latin := []byte{0xff, 0xfe}, []byte{0xfe, 0xff}, []byte(nil)
	for _, r := range text {
		utf16le, utf16be, latin = append(utf16le, byte(r), byte(r>>8)), append(utf16be, byte(r>>8), byte(r)), append(latin, byte(r))
	}
	late := text + strings.Repeat("B;Lampe\n", csvSample/8) + "C;K\xfchler\n"
	for name, data := range map[string]string{
		"UTF-8": text, "with a mark": "\ufeff" + text, "UTF-16 little": string(utf16le), "UTF-16 big": string(utf16be), "UTF-16 without a mark": string(utf16le[2:]),
		"Windows-1252": string(latin), "Windows-1252 from the middle on": late, "carriage returns": strings.ReplaceAll(text, "\n", "\r"),
	} {
		orders, _ := stream(t, strings.NewReader(data), false, false)
		if got := orders[len(orders)-1].Lines[0].Description; got != "Kühler" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRowsRefuse(t *testing.T) {
	reader := readerFor(t)
	for name, text := range map[string]string{"nothing": " \n", "no headers": "Foo,Bar\n1,2\n", "a PDF": "%PDF-1.7\n", "a broken workbook": "PK\x03\x04xl/workbook.xml"} {
		var refused *Error
		if _, err := reader.Rows(context.Background(), strings.NewReader(text), Hints{}); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	rows, err := reader.Rows(context.Background(), strings.NewReader("SKU,Qty\n"+strings.Repeat("A,1\n", 100)+"\"B,2\n"+strings.Repeat("C,3\n", maxCSVRow/2)), Hints{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n++
	}
	var refused *Error
	if !errors.As(rows.Err(), &refused) || refused.Kind != TooLarge || n != 100 {
		t.Errorf("%d rows, then %v", n, rows.Err())
	}
}

func TestRowsAreCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	table := goodsTable(10)
	table.left = 1 << 30
	rows, err := readerFor(t).Rows(ctx, table, Hints{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if n++; n == 1000 {
			cancel()
		}
	}
	if !errors.Is(rows.Err(), context.Canceled) || n > 1000+checkEvery {
		t.Errorf("%d rows, then %v", n, rows.Err())
	}
}

// What is in use does not grow with the file.
func TestRowsHoldNoFile(t *testing.T) {
	table := goodsTable(1000)
	table.left = 32 << 20
	rows, err := readerFor(t).Rows(context.Background(), table, Hints{})
	if err != nil {
		t.Fatal(err)
	}
	inUse := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, most := inUse(), uint64(0)
	for n := 0; rows.Next(); n++ {
		if n%100_000 == 0 {
			most = max(most, inUse())
		}
	}
	if rows.Err() != nil || most > before+(1<<20) {
		t.Errorf("%v; %d bytes in use at the start, %d later", rows.Err(), before, most)
	}
}
