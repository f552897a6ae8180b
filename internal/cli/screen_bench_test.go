package cli

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/screening"
)

// BenchmarkTable screens a table row by row to compact objects: one in a hundred rows is a Kaspersky licence.
func BenchmarkTable(b *testing.B) {
	screener, err := newScreener(b.Context(), &program{System: System{Now: time.Now}, settings: config.Settings{DataDir: config.Path(b.TempDir())}})
	if err != nil {
		b.Fatal(err)
	}
	reader, err := documents.NewReader(screener.Catalogue().Places(), nil)
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	text.WriteString("SKU,Description,Manufacturer,Quantity,Unit Price\n")
	for i := range b.N {
		if i%100 == 7 {
			text.WriteString("KL4867XATFS,Kaspersky Endpoint Security Advanced,Kaspersky,2,39.50\n")
		} else {
			fmt.Fprintf(&text, "AB%06d-X,\"Monitor %d in, stand included\",Makers of Screens,%d,%d.50\n", i, 20+i%14, 1+i%9, 90+i%50)
		}
	}
	now := time.Date(2025, 1, 2, 12, 0, 0, 0, time.UTC)
	c := clerk{
		screener: screener, reader: reader, now: func() time.Time { return now },
		assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"},
	}
	rows, err := reader.Rows(b.Context(), strings.NewReader(text.String()), documents.Hints{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := (screenCommand{}).screenAll(b.Context(), &c, rowInputs("table.csv", rows), newCompactOutput(io.Discard)); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
