package products

import (
	"strings"
	"testing"
)

type benchLine struct {
	name string
	Line
}

// benchLines are lines without findings, with findings, and with a mention alone.
func benchLines() []benchLine {
	nothing := line("DEL-P2422H-BLK", "Dell Technologies", "210-BBBE", "Dell 24 inch monitor P2422H, full HD, height adjustable stand")
	product := line("KL4867XATFS", "Kaspersky Lab", "KL4867XATFS", "Kaspersky Endpoint Security for Business Advanced 250-499 1Y")
	mention := line("MIG-1", "ESET", "", "ESET PROTECT competitive crossgrade from Kaspersky, 50 seats")
	gtin := Field{GTINField, "/lines/0/gtin", "5397184505144"}
	nothing.Fields = append(nothing.Fields, gtin)
	product.Fields = append(product.Fields, gtin)
	return []benchLine{{"clear", nothing}, {"found", product}, {"mention", mention}}
}

func BenchmarkAssess(b *testing.B) {
	s := embedded(b)
	for _, line := range benchLines() {
		b.Run(line.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Assess(line.Line)
			}
		})
	}
}

// BenchmarkNamesAlone is what package names takes of the fields that have words.
func BenchmarkNamesAlone(b *testing.B) {
	s := embedded(b)
	for _, line := range benchLines() {
		b.Run(line.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, f := range line.Fields {
					if f.Kind != GTINField {
						s.brands.Spot(s.reader.Normalise(f.Text))
					}
				}
			}
		})
	}
}

// BenchmarkAssessLong is the cost of 16 KB that say the same over and over.
func BenchmarkAssessLong(b *testing.B) {
	s := embedded(b)
	for _, unit := range []string{"Kas per sky ", "migration Kaspersky ", "Kaspersky Security Awareness course ", "é Kaspersky "} {
		l := line("", "", "", strings.Repeat(unit, 16<<10/len(unit)))
		b.Run(unit, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Assess(l)
			}
		})
	}
}
