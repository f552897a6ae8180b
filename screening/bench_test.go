package screening_test

import (
	"testing"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
)

// benchOrder is an order of n equal lines between a US reseller and a US buyer.
func benchOrder(n int, line screening.Line) screening.Order {
	o := screening.Order{
		Reference: "PO-4711", OrderedAt: "2024-10-02T16:00:00-04:00", Currency: "USD", ReceivedAt: requestTime,
		Parties: []screening.Party{
			{Role: screening.Seller, Name: "Acme Resale Inc", Country: "US"},
			{Role: screening.Buyer, Name: "Contoso Freight LLC", Country: "US", State: "TX"},
		},
		Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"},
	}
	for range n {
		o.Lines = append(o.Lines, line)
	}
	return o
}

var (
	clearLine = screening.Line{
		ID: "1", SKU: "210-BBBE", Manufacturer: "Dell", ManufacturerPart: "P2422H", Description: "24in monitor P2422H, height adjustable, with cable",
		Quantity: "4", UnitPrice: "189.00",
	}
	blockedLine = screening.Line{
		ID: "1", SKU: "NW-KES-50", Manufacturer: "Kaspersky", ManufacturerPart: "KL4867XAQFS",
		Description: "Kaspersky Endpoint Security for Business Advanced, 50-99 nodes", Quantity: "50", UnitPrice: "41.50",
	}
)

// BenchmarkScreen measures whole orders; the figure per line is that of an order of a hundred.
func BenchmarkScreen(b *testing.B) {
	s := newScreener(b)
	vendor := func(name string) screening.Order {
		return screening.Order{Parties: []screening.Party{{Role: screening.Seller, Name: name, Country: "US"}}, ReceivedAt: requestTime}
	}
	for _, bench := range []struct {
		name  string
		lines int
		order screening.Order
	}{
		{"clear_line_of_100", 100, benchOrder(100, clearLine)},
		{"blocked_line_of_100", 100, benchOrder(100, blockedLine)},
		{"blocked_part_of_100", 100, benchOrder(100, screening.Line{ID: "1", SKU: "KL4867XATFS", Quantity: "250", UnitPrice: "21.50"})},
		{"clear_sku", 1, screening.Order{Lines: []screening.Line{clearLine}, ReceivedAt: requestTime}},
		{"blocked_sku", 1, screening.Order{Lines: []screening.Line{blockedLine}, ReceivedAt: requestTime, Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"}}},
		{"clear_vendor", 1, vendor("Northwind IT Supply LLC")},
		{"blocked_vendor", 1, vendor("Kaspersky Labs Limited")},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Screen(b.Context(), bench.order); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*bench.lines), "ns/line")
		})
	}
}

// BenchmarkLoad measures the start: reading, checking and indexing the embedded catalogue.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := data.Catalogue(); err != nil {
			b.Fatal(err)
		}
	}
}
