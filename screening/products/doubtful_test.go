package products

import (
	"testing"

	"pgregory.net/rapid"
)

// What an exempt product must not hide, and what is only its title.
func TestNothingHidesBehindExemptProducts(t *testing.T) {
	s := embedded(t)
	for _, tt := range []struct {
		name string
		line Line
		want int // as weight: 1 exempt, 2 review, 3 block
	}{
		{"brand named again with a quantity", line("", "", "", "Kaspersky Threat Data Feeds, Kaspersky 30 users"), 2},
		{"brand named again in another field", line("KL8558XAQFS", "", "", "Kaspersky yearly subscription"), 2},
		{"own quantity", line("KL8558XAQFS", "Kaspersky", "", "Kaspersky Security Awareness 60 users, 2 years"), 1},
		{"maker behind the name", line("", "", "", "Security Awareness Platform by Kaspersky"), 1},
		{"word behind the name", line("", "", "", "Kaspersky Security Awareness XDR"), 2},
		{"word behind a comma", line("", "", "", "Kaspersky Cybersecurity Training, VPN 3 seats"), 2},
		{"product behind a comma", line("", "", "", "Kaspersky Cybersecurity Training, Kaspersky Total Security 3 PC"), 3},
		{"title behind a colon", line("", "", "", "Kaspersky Cybersecurity Training: endpoint analysis"), 1},
		{"what feeds are for", line("", "", "", "Kaspersky Threat Data Feeds for SIEM, 1 year"), 1},
		{"work on it", line("", "", "", "Kaspersky Threat Intelligence with deployment"), 2},
		{"machine", line("", "", "", "Kaspersky Threat Intelligence, 1U appliance"), 2},
		{"own word of a product", line("", "", "", "Kaspersky Threat Data Feeds and CyberTrace"), 2},
		{"Spanish course", line("", "", "", "Curso Kaspersky Security Awareness"), 1},
		{"course on the brand", line("", "", "", "Kaspersky Security Training, a workshop about Kaspersky"), 2},
		{"Japanese", line("", "", "", "Kaspersky Security Awareness; ウイルス対策"), 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.Assess(tt.line); weight(got) != tt.want {
				t.Errorf("got weight %d (%s), want %d", weight(got), brief(got), tt.want)
			}
		})
	}
}

func TestDoubtfulKeys(t *testing.T) {
	s := embedded(t)
	for _, tt := range []struct {
		name string
		line Line
		want string
	}{
		{"double-struck digits", line("KL𝟜𝟠𝟞𝟛XAQFS", "", "", ""), "software! kesb-select"},
		{"Devanagari digits", line("KL४८६३XAQFS", "", "", ""), "software! kesb-select"},
		{"stops in the prefix", line("K.L 4863XAQFS", "", "", ""), "software? kesb-select"},
		{"prefix misread", line("K14863XAQFS", "", "", ""), "software? kesb-select"},
		{"digit misread", line("KL4B63XAQFS", "", "", ""), "software? kesb-select"},
		{"two characters misread", line("K14B63XAQFS", "", "", ""), ""},
		{"misread and not whole", line("KI4863XA", "", "", ""), ""},
		{"misread and never sold", line("KI7102XAQFS", "", "", ""), ""},
		{"grouped, product not known", line("KL4851-XAQFS", "", "", ""), "unnamed?"},
		{"plural behind a number", line("", "", "", "KL 1200 units"), ""},
		{"number and own name agree", line("KL4741", "", "", "Endpoint Security Cloud 10 users"), "software? endpoint-security-cloud"},
		{"number and name of another", line("KL4741", "", "", "Total Security 10 users"), ""},
		{"brand two letters off, long name", line("", "", "", "Kaprsky Endpoint Security for Business Advanced"), "software? kesb-advanced"},
		{"brand two letters off, any maker's name", line("", "", "", "Kaprsky Total Security"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.Assess(tt.line); brief(got) != tt.want {
				t.Errorf("got %q, want %q", brief(got), tt.want)
			}
		})
	}
}

func TestDirection(t *testing.T) {
	s := embedded(t)
	for _, tt := range []struct {
		text    string
		mention bool
	}{
		{"Wymiana Kaspersky na Bitdefender, 20 licencji", true},
		{"Wymiana Bitdefender na Kaspersky, 20 licencji", false},
		{"Odinstalace Kaspersky Total Security", true},
		{"Our shop does not offer Kaspersky; Norton licence", true},
		{"Incompatible with Kaspersky Total Security", true},
		{"Sophos Kaspersky takeout licence", true},
		{"Kaspersky-frei, Prüfsiegel", true},
		{"kaspersky-free-edition-licence", false},
		{"Kaspersky Total Security as a replacement for Avast", false},
		{"Norton durch Kaspersky ersetzen, 5 Lizenzen", false},
		{"Kaspersky durch Norton ersetzen, 5 Lizenzen", true},
		{"Kaspersky bản quyền", false},
		{"Kaspersky mug, with Kaspersky Premium 1 year", false},
	} {
		t.Run(tt.text, func(t *testing.T) {
			got := s.Assess(line("", "", "", tt.text))
			if len(got.Matches) == 0 || got.Matches[0].Mention != tt.mention {
				t.Errorf("got %q, want mention %t", brief(got), tt.mention)
			}
		})
	}
}

// An exempt product beside goods never makes their line clear, however the two are joined.
func TestExemptProductsNeverClearGoods(t *testing.T) {
	s := embedded(t)
	rapid.Check(t, func(t *rapid.T) {
		exempted := rapid.SampledFrom([]string{"Kaspersky Security Awareness", "Kaspersky Threat Data Feeds", "KL8558XATFS"}).Draw(t, "exempt")
		goods := rapid.SampledFrom([]string{
			"Kaspersky licence 50 seats", "Kaspersky 100 nodes", "Kaspersky antivirus", "KL4867XATFS", "Kaspersky subscription",
		}).Draw(t, "goods")
		joint := rapid.SampledFrom([]string{" ", ", ", "; ", " + ", " - ", "\n", " and "}).Draw(t, "joint")
		for _, text := range []string{exempted + joint + goods, goods + joint + exempted} {
			if got := s.Assess(line("", "", "", text)); weight(got) < 2 {
				t.Fatalf("%q: got %q, want a person to see it", text, brief(got))
			}
		}
	})
}

func TestEvidenceIsCounted(t *testing.T) {
	places := []Evidence{}
	for range maxWitness + 5 {
		places = witness(places, Evidence{Pointer: "/a", Method: "brand"})
	}
	if len(places) != maxWitness || places[maxWitness-1].Detail[furtherPlaces] != "5" {
		t.Errorf("got %d places, the last with %v; want %d and 5 more", len(places), places[len(places)-1].Detail, maxWitness)
	}
}
