package documents

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/interdict/interdict/screening"
)

// sheet is a sheet to be written: rows of cells. A text that begins with = is a formula.
type sheet struct {
	name string
	rows [][]any
}

// writeWorkbook writes sheets as a spreadsheet program does, then lets change alter the parts of the archive.
func writeWorkbook(t testing.TB, change func(name, part string) string, sheets ...sheet) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range sheets {
		if i == 0 {
			check(file.SetSheetName("Sheet1", s.name))
		} else {
			_, err := file.NewSheet(s.name)
			check(err)
		}
		for r, row := range s.rows {
			for c, cell := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				check(err)
				if formula, ok := cell.(string); ok && strings.HasPrefix(formula, "=") {
					check(file.SetCellFormula(s.name, at, formula[1:]))
				} else if cell != nil {
					check(file.SetCellValue(s.name, at, cell))
				}
			}
		}
	}
	buffer, err := file.WriteToBuffer()
	check(err)
	if change == nil {
		return buffer.Bytes()
	}
	return repack(t, buffer.Bytes(), change)
}

// repack writes an archive again with changed parts.
func repack(t testing.TB, data []byte, change func(name, part string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, entry := range in.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, change(entry.Name, string(part))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inSheets changes one text in all sheets.
func inSheets(from, to string) func(name, part string) string {
	return func(name, part string) string {
		if strings.HasPrefix(name, "xl/worksheets/") {
			return strings.ReplaceAll(part, from, to)
		}
		return part
	}
}

func TestWorkbooks(t *testing.T) {
	order := []any{"PO", "Order Date", "SKU", "Description", "Qty", "Total"}
	for _, tt := range []struct {
		name, want string
		change     func(name, part string) string
		sheets     []sheet
	}{
		{
			name: "numbers, days and formulas with results",
			sheets: []sheet{{"Orders", [][]any{
				{"Lamps for the town hall"}, {}, order, {"P1", 45564, "A-1", "Lamp", 2.5, "=E4*3"}, {nil, nil, 4006381333931, "Bulb", 1}, {nil, nil, nil, "Total", nil, "=SUM(F4:F5)"},
			}}},
			want: "order reference=P1 at=2024-09-29 text=Lamps for the town hall\n  line sku=A-1 is=Lamp n=2.5\n  line sku=4006381333931 is=Bulb n=1\n",
		},
		{
			name: "days counted from 1904",
			change: func(_, part string) string {
				return strings.Replace(part, "<workbookPr", `<workbookPr date1904="1"`, 1)
			},
			sheets: []sheet{{"Orders", [][]any{order, {"P1", 44102.25, "A-1", "Lamp", 2}}}},
			want:   "order reference=P1 at=2024-09-29T06:00:00\n  line sku=A-1 is=Lamp n=2\n",
		},
		{
			name: "orders on one sheet, their lines on another",
			sheets: []sheet{
				{"Orders", [][]any{{"Order No", "Order Date", "Customer", "Country", "Ship To"}, {"P1", "2024-08-01", "Oak LLC", "US", nil}, {"P2", "2024-08-02", "Elm GmbH", "DE", "Elm Depot"}, {"P3", nil, "Ash Ltd", "GB", nil}}},
				{"Lines", [][]any{{"Order No", "SKU", "Quantity"}, {"P2", "B", 1}, {"P1", "A", 2}, {"P2", "C", 3}}},
			},
			want: `
order reference=P2 at=2024-08-02
  buyer name=Elm GmbH country=DE
  ship_to name=Elm Depot
  line sku=B n=1
  line sku=C n=3
order reference=P1 at=2024-08-01
  buyer name=Oak LLC country=US
  line sku=A n=2
order reference=P3
  buyer name=Ash Ltd country=GB
`,
		},
		{
			name: "a cover sheet with labels, a note, an empty sheet",
			sheets: []sheet{
				{"Cover", [][]any{{"Purchase Order"}, {"Order date", "2024-08-01"}, {"End user", "Elm Fire Service"}, {nil, "as agreed by phone"}}},
				{"Goods", [][]any{{"Item No", "Description", "Qty"}, {"A", "Lamp", 1}}},
				{"Empty", nil},
			},
			want: "order at=2024-08-01 text=Purchase Order text=as agreed by phone\n  end_user name=Elm Fire Service\n  line sku=A is=Lamp n=1\n",
		},
		{
			name: "several sheets of lines: an order goes on in the next",
			sheets: []sheet{
				{"July", [][]any{{"PO", "SKU", "Qty"}, {"P1", "A", 1}}},
				{"August", [][]any{{"Artikelnummer", "Menge", "Auftragsnummer"}, {"B", 2, "P1"}, {"C", 3, "P2"}}},
			},
			want: "order reference=P1\n  line sku=A n=1\n  line sku=B n=2\norder reference=P2\n  line sku=C n=3\n",
		},
		{
			name:   "hidden rows and columns are read",
			change: inSheets(`<row r="2">`, `<row r="2" hidden="1">`),
			sheets: []sheet{{"Goods", [][]any{{"SKU", "Qty"}, {"A", 1}}}},
			want:   "order\n  line sku=A n=1\n",
		},
		{
			name:   "a vendor list",
			sheets: []sheet{{"Vendors", [][]any{{"Vendor Name", "Country", "Remarks"}, {"Oak LLC", "US", "lamps"}, {"Elm GmbH", "DE", nil}}}},
			want:   "order text=lamps\n  seller name=Oak LLC country=US\norder\n  seller name=Elm GmbH country=DE\n",
		},
		{
			name:   "a formula without its result where goods are named",
			sheets: []sheet{{"Goods", [][]any{{"SKU", "Description", "Total"}, {"A", "=B9", "=1+1"}}}},
			want:   "order\n  line sku=A\n  problem unexpected_structure /lines/0/description at Goods!B2\n",
		},
		{
			name:   "a formula whose result is empty",
			change: inSheets(`<f>B9</f>`, `<f>B9</f><v></v>`),
			sheets: []sheet{{"Goods", [][]any{{"SKU", "Description"}, {"A", "=B9"}}}},
			want:   "order\n  line sku=A\n",
		},
		{
			name:   "a number whose digits are lost",
			sheets: []sheet{{"My goods", [][]any{{"SKU", "Qty"}, {"1.23457E+15", 1}}}},
			want:   "order\n  line sku=1.23457E+15 n=1\n  problem unreadable_number /lines/0/sku at 'My goods'!A2\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := readerFor(t).Decode(context.Background(), writeWorkbook(t, tt.change, tt.sheets...), Hints{})
			if err != nil {
				t.Fatal(err)
			}
			checkTold(t, doc, tt.want)
		})
	}
}

func TestWorkbookSources(t *testing.T) {
	doc, err := readerFor(t).Decode(context.Background(), writeWorkbook(t, nil, sheet{"Goods", [][]any{{"PO", "Order Date", "SKU"}, {"P", 45564, "A"}, {nil, nil, "B"}}}), Hints{})
	if err != nil {
		t.Fatal(err)
	}
	want := []screening.Field{
		{Pointer: "/reference", Source: "Goods!A2"},
		{Pointer: "/ordered_at", Source: "Goods!B2", Raw: "45564"},
		{Pointer: "/lines/0/sku", Source: "Goods!C2"},
		{Pointer: "/lines/1/sku", Source: "Goods!C3"},
	}
	if diff := cmp.Diff(want, doc.Orders[0].Fields); diff != "" || doc.Format != "xlsx" {
		t.Errorf("format %s; want -, got +\n%s", doc.Format, diff)
	}
}

func TestWorkbookRefusals(t *testing.T) {
	good := sheet{"Goods", [][]any{{"SKU", "Qty"}, {"A", 1}, {"B", 2}}}
	whole := writeWorkbook(t, nil, good)
	renamed := func(from, to string) []byte {
		return bytes.ReplaceAll(whole, []byte(from), []byte(to))
	}
	var twice bytes.Buffer
	w := zip.NewWriter(&twice)
	for range 2 {
		if _, err := w.Create("xl/workbook.xml"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, detail string
		data         []byte
		kind         Kind
	}{
		{"cut", "damaged", whole[:len(whole)-200], Malformed},
		{"no known headers", `"Foo"`, writeWorkbook(t, nil, sheet{"S", [][]any{{"Foo", "Bar"}, {1, 2}}}), Unsupported},
		{"neither goods nor names", "nothing to screen", writeWorkbook(t, nil, sheet{"S", [][]any{{"PO", "Order Date"}, {"P1", 45564}}}), Unsupported},
		{"binary", "xlsb", renamed("xl/workbook.xml", "xl/workbook.bin"), Unsupported},
		{"OpenDocument", ".ods", append([]byte("PK\x03\x04"), "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"...), Unsupported},
		{"a part twice", "twice", twice.Bytes(), Refused},
		{"cells out of order", "out of order", writeWorkbook(t, inSheets(`r="A2"`, `r="C2"`), good), Malformed},
		{"rows out of order", "out of order", writeWorkbook(t, inSheets(`<row r="2">`, `<row r="9">`), good), Malformed},
		{"no XML", "damaged", writeWorkbook(t, inSheets(`</row>`, `</rows>`), good), Malformed},
		{"large when unpacked", "unpacks", writeWorkbook(t, func(name, part string) string {
			if name == "xl/styles.xml" {
				return part + strings.Repeat(" ", maxPart)
			}
			return part
		}, good), TooLarge},
		{"many texts", "400,000 texts", writeWorkbook(t, func(name, part string) string {
			if name == "xl/sharedStrings.xml" {
				return strings.Replace(part, "</sst>", strings.Repeat("<si><t>x</t></si>", maxStrings)+"</sst>", 1)
			}
			return part
		}, good), TooLarge},
		{"wide rows", "columns", writeWorkbook(t, inSheets(`r="B1"`, `r="XFD1"`), good), TooLarge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readerFor(t).Decode(context.Background(), tt.data, Hints{})
			var refused *Error
			if !errors.As(err, &refused) || refused.Kind != tt.kind || !strings.Contains(refused.Detail, tt.detail) {
				t.Errorf("got %v, want kind %d with %q", err, tt.kind, tt.detail)
			}
		})
	}
}

func TestRowsOfWorkbook(t *testing.T) {
	data := writeWorkbook(t, nil,
		sheet{"Read me", [][]any{{"prices of this autumn"}}},
		sheet{"Goods", [][]any{{"PO", "SKU", "Qty"}, {"P1", "A", 1}, {nil, "B", 2}}},
		sheet{"Parties", [][]any{{"Supplier", "Country"}, {"Oak LLC", "US"}}})
	orders, lines := stream(t, bytes.NewReader(data), false, false)
	checkTold(t, Document{Orders: orders}, `
order text=prices of this autumn
order reference=P1
  line sku=A n=1
order reference=P1
  line sku=B n=2
order
  seller name=Oak LLC country=US
`)
	if len(lines) != 4 || lines[2] != 3 {
		t.Errorf("lines %v", lines)
	}
}
