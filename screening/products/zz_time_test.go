package products

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestZZTime(t *testing.T) {
	s := embedded(t)
	for _, unit := range []string{"Kas per sky ", "Kaspersky ", "Kaspersky, ", "remove Kaspersky ", "migration Kaspersky ", "KL4867XATFS ", "KL4867*", "Kaspersky Premium ", "Kaspersky Security Awareness ", "Kaspersky Security Awareness course ", "training Kaspersky ", "Kaspersky antivirus licence ", "kaspersky.com ", "avp.exe ", "é Kaspersky ", "Касперский ", "a Kaspersky", "Security ", "Endpoint Securty Cloud Kaspersky ", "Kaspersky for ", "ESET Kaspersky ", "K.L.", "Kaspersky\n", "SonicWALL Kaspersky ", "Threat Intelligence: Kaspersky ", "for ", "x"} {
		text := strings.Repeat(unit, 16384/len(unit))
		if unit == "x" || unit == "for " || unit == "Security " {
			text = "Kaspersky " + text
		}
		l := line("", "", "", text)
		st := time.Now()
		s.brands.Spot(s.reader.Normalise(text))
		n := time.Since(st)
		st = time.Now()
		a := s.Assess(l)
		d := time.Since(st)
		ev := 0
		for _, m := range a.Matches {
			ev += len(m.Evidence)
		}
		fmt.Printf("%-40q names %8.1fms total %8.1fms mine %8.1fms matches %d evidence %d\n", unit, n.Seconds()*1e3, d.Seconds()*1e3, (d-n).Seconds()*1e3, len(a.Matches), ev)
	}
}
