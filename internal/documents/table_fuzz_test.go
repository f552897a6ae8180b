package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// checkRead reads a document twice. What is refused is refused in words; what is read is read again the same, and
// every value that the order names has a place in it.
func checkRead(t *testing.T, data []byte, h Hints) (Document, bool) {
	t.Helper()
	reader := readerFor(t)
	doc, err := reader.Decode(context.Background(), data, h)
	if err != nil {
		var refused *Error
		if !errors.As(err, &refused) || refused.Detail == "" {
			t.Fatalf("an error that is no refusal: %v", err)
		}
		return Document{}, false
	}
	again, err := reader.Decode(context.Background(), data, h)
	if err != nil || !reflect.DeepEqual(doc, again) {
		t.Fatalf("read twice: %v\n%s\n%s", err, told(doc.Orders), told(again.Orders))
	}
	for i := range doc.Orders {
		checkPointers(t, &doc.Orders[i])
	}
	return doc, true
}

// checkPointers follows the fields of an order to what they name.
func checkPointers(t *testing.T, o *screening.Order) {
	t.Helper()
	lines := map[screening.Pointer]bool{}
	for i := range o.Lines {
		lines[screening.Pointer(indexed("/lines", i))] = true
	}
	for _, f := range o.Fields {
		part := strings.SplitN(string(f.Pointer), "/", 4)
		if f.Source == "" {
			t.Errorf("%s has no source", f.Pointer)
		}
		if part[1] == "lines" && !lines[screening.Pointer("/lines/"+part[2])] {
			t.Errorf("%s names no line of %d", f.Pointer, len(o.Lines))
		}
	}
}

// linesOf writes the goods of orders down in an order of its own.
func linesOf(orders []screening.Order) []string {
	var out []string
	for i := range orders {
		for _, l := range orders[i].Lines {
			out = append(out, fmt.Sprintf("%q %q %q %q %q %q", l.SKU, l.Manufacturer, l.ManufacturerPart, l.Description, l.Quantity, l.Texts))
		}
	}
	slices.Sort(out)
	return out
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{
		shopTable,
		"SKU;Beschreibung;Menge;Preis\nA-1;Lampe;2;3,50\n;;Summe;7\n",
		"PO,SKU,Description\nP1,\"A\nB,C,D\",x\nP1,1.2E+15,y,z\n",
		"Vendor Name,Country,Role,VAT\nOak,US,buyer,1\n",
		"\ufeffsep=|\nSKU|Qty|Ship Date|Due Date\n=\"01\"|(3)|45564|9/9/2024\n",
		"Order,,Buyer,\nNo,Date,Name,Country\nTotal,,,\n",
		"SKU\rA\rB\r",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, ok := checkRead(t, data, Hints{Format: "csv"})
		if !ok {
			return
		}
		rows, err := readerFor(t).Rows(context.Background(), bytes.NewReader(data), Hints{})
		if err != nil {
			t.Fatalf("a table that is read whole is refused as a stream: %v", err)
		}
		var streamed []screening.Order
		for rows.Next() {
			streamed = append(streamed, copyOf(rows.Order()))
		}
		if rows.Err() != nil {
			t.Fatalf("a table that is read whole breaks off as a stream: %v", rows.Err())
		}
		if whole, rowwise := linesOf(doc.Orders), linesOf(streamed); utf8.Valid(data) && !slices.Equal(whole, rowwise) {
			t.Fatalf("whole:\n%s\nby row:\n%s", strings.Join(whole, "\n"), strings.Join(rowwise, "\n"))
		}
	})
}

func FuzzReadXLSX(f *testing.F) {
	const name = "xl/worksheets/sheet1.xml"
	sheets := []sheet{{"Goods", [][]any{{"PO", "Order Date", "SKU", "Qty"}, {"P", 45564, "=A1", 2}, {nil, nil, "B", true}}}}
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>SKU</t></is></c></row><row><c t="str"><v>A</v></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>2</v></c><c r="C3" t="s"><v>3</v></c></row><row r="9"><c r="B9"><f>X1</f></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="1048577"><c r="XFD1" t="s" s="x"><v>99</v></c></row>`)
	whole := writeWorkbook(f, func(part, text string) string {
		if part == name {
			f.Add(text)
		}
		return text
	}, sheets...)
	f.Fuzz(func(t *testing.T, text string) {
		data := repack(t, whole, func(part, old string) string {
			if part == name {
				return text
			}
			return old
		})
		checkRead(t, data, Hints{})
	})
}
