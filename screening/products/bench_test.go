package products

import "testing"

// benchLines are lines of five fields, one without and one with findings.
func benchLines() (clear, found Line) {
	clear = line("DEL-P2422H-BLK", "Dell Technologies", "210-BBBE", "Dell 24 inch monitor P2422H, full HD, height adjustable stand")
	clear.Fields = append(clear.Fields, Field{GTINField, "/lines/0/gtin", "5397184505144"})
	found = line("KL4867XATFS", "Kaspersky Lab", "KL4867XATFS", "Kaspersky Endpoint Security for Business Advanced 250-499 1Y")
	found.Fields = append(found.Fields, Field{GTINField, "/lines/0/gtin", "5397184505144"})
	return clear, found
}

func BenchmarkAssess(b *testing.B) {
	s := embedded(b)
	clear, found := benchLines()
	for _, bench := range []struct {
		name string
		line Line
	}{{"clear", clear}, {"found", found}, {"mention", line("MIG-1", "ESET", "", "ESET PROTECT competitive crossgrade from Kaspersky, 50 seats")}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Assess(bench.line)
			}
		})
	}
}

// BenchmarkNamesAlone is what package names takes of the four fields that have words.
func BenchmarkNamesAlone(b *testing.B) {
	s := embedded(b)
	clear, found := benchLines()
	for _, bench := range []struct {
		name string
		line Line
	}{{"clear", clear}, {"found", found}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, f := range bench.line.Fields[:4] {
					s.brands.Spot(s.reader.Normalise(f.Text))
				}
			}
		})
	}
}
