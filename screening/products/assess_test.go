package products

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAssess(t *testing.T) {
	s := plain(t)
	for _, tt := range []struct {
		name string
		line Line
		want string // as brief writes it
	}{
		{"nothing", line("P2422H", "Dell", "", "24in monitor"), ""},
		{"no fields", Line{}, ""},

		// Part numbers.
		{"number alone", line("", "", "KL4867XATFS", ""), "software! kesb-advanced"},
		{"number decides over an abbreviation", line("A-1", "", "KL4743XAMTS", "KES Cloud 20-24 node"), "software! endpoint-security-cloud-plus"},
		{"number decides over a wrong name", line("KL4742XAQFS", "Kaspersky", "", "Kaspersky Endpoint Security for Business Select"), "software! endpoint-security-cloud"},
		{"exempt number", line("KL8558XAQFS", "", "", ""), "training! security-awareness"},
		{"covered name beside an exempt number", line("KL8558XAQFS", "", "", "Endpoint Security Cloud Plus, 60 users"), "training! security-awareness, software! endpoint-security-cloud-plus"},
		{"number not catalogued", line("KL7102XAUFS", "", "", ""), "unnamed?"},
		{"near alone", line("KL4867XATF5", "", "", ""), "software? kesb-advanced"},
		{"near with the brand", line("KL4867XATF5", "Kaspersky", "", ""), "software! kesb-advanced"},
		{"cut alone", line("KL4867XA", "", "", ""), "software? kesb-advanced"},
		{"cut with the brand", line("KL4867XA", "", "", "KASPERSKY 50-99"), "software! kesb-advanced"},
		{"bare alone", line("KL4867", "", "", "Terminal block"), ""},
		{"bare with the brand", line("KL4867", "Kaspersky", "", ""), "software! kesb-advanced"},
		{"number of sample data", line("KL1923XCEFS", "", "", ""), "software? security-cloud"},

		// Brand and product.
		{"longest name", line("", "", "", "Kaspersky Endpoint Security Cloud Plus"), "software! endpoint-security-cloud-plus"},
		{"brand in the manufacturer field", line("", "Kaspersky", "", "Total Security 5 devices"), "software! total-security"},
		{"tier word alone", line("Premium", "", "", "Premium"), ""},
		{"tier word of the brand", line("Plus", "Kaspersky", "", ""), "software! plus"},
		{"tier word elsewhere in the text", line("", "", "", "Kaspersky plaque, premium oak"), "unnamed!"},
		{"generic names without brand", line("", "", "", "Endpoint Security Cloud, Safe Kids, Internet Security"), ""},
		{"abbreviations without brand", line("KES", "", "", "KICS KATA KSC KUMA AVP"), ""},
		{"abbreviation with brand", line("", "Kaspersky", "", "KICS for Nodes"), "software! industrial-cybersecurity"},
		{"rival's generic name", line("", "", "", "Bitdefender Total Security"), ""},
		{"ampersand and hyphens", line("", "", "", "Kaspersky Endpoint Detection & Response - Optimum"), "software! edr-optimum"},
		{"trade mark signs", line("", "", "", "Kaspersky® Internet Security™ 2021"), "software! internet-security"},
		{"AntiVirus", line("", "", "", "Kaspersky AntiVirus 1 PC"), "software! anti-virus"},
		{"name joined", line("", "", "", "Kaspersky TotalSecurity"), "software! total-security"},
		{"misspelt product", line("", "", "", "Kaspersky Small Ofice Security"), "software! small-office-security"},
		{"cut short", line("", "", "", "Kaspersky Hybrid Cloud Sec"), "software! hybrid-cloud-security"},
		{"Russian", line("", "", "", "Антивирус Касперского на 2 ПК"), "software! anti-virus"},
		{"misspelt brand, sure", line("", "", "", "Karspersky Internet Security"), "software! internet-security"},
		{"misspelt brand, unsure", line("", "", "", "Kasparsky Internet Security"), "software? internet-security"},
		{"licence word", line("", "", "", "Kaspersky, 12 seats"), "software!"},
		{"quantity", line("", "", "", "KASPERSKY 10PC"), "software!"},
		{"brand alone", line("", "Kaspersky Lab", "", "Monthly fee"), "unnamed!"},
		{"unverified name", line("", "", "", "Kaspersky Who Calls"), "software? who-calls"},
		{"unverified name, licence word", line("", "", "", "Kaspersky DDoS Protection, annual subscription"), "service? ddos-protection, software!"},
		{"hardware", line("", "", "", "Kaspersky Thin Client"), "hardware! thin-client"},
		{"own name", line("", "", "", "KasperskyOS for gateways"), "hardware! kasperskyos"},

		// Exempt and unclear ones.
		{"threat intelligence", line("", "", "", "Kaspersky Threat Intelligence Portal, annual subscription"), "threat_intelligence! threat-intelligence"},
		{"feeds", line("", "Kaspersky", "", "Threat data feeds 1 year"), "threat_intelligence! threat-data-feeds"},
		{"training with a title", line("", "", "", "Kaspersky Cybersecurity Training: endpoint forensics, 5 seats"), "training! cybersecurity-training"},
		{"consulting", line("", "", "", "Kaspersky SOC Consulting 10 days"), "advisory! soc-consulting"},
		{"support", line("", "", "", "Kaspersky Premium Support"), "support! premium-support"},
		{"support for a product", line("", "", "", "Kaspersky Premium Support for Endpoint Security Cloud"), "software? endpoint-security-cloud, support! premium-support"},
		{"TI software", line("", "", "", "Kaspersky CyberTrace licence"), "support! cybertrace"},
		{"covered product beside training", line("", "", "", "Kaspersky Security Awareness + Kaspersky Total Security 3 PC"), "training! security-awareness, software! total-security"},
		{"software word beside training", line("", "", "", "Kaspersky Security Awareness and endpoint agent"), "training! security-awareness, software?"},
		{"course about a product", line("", "", "", "Kaspersky Endpoint Security administration course"), "software? endpoint-security"},

		// Bundles and successors.
		{"maker with the engine inside", line("", "SonicWALL", "", "Email Anti-Virus Kaspersky, subscription"), "bundle! sonicwall-email-anti-virus"},
		{"maker's part number alone", line("01-SSC-7544", "", "", "Email protection"), "bundle? sonicwall-email-anti-virus"},
		{"powered by", line("", "", "", "Mail gateway powered by Kaspersky, 50 users"), "bundle!"},
		{"engine", line("", "", "", "UTM appliance with Kaspersky engine, 1 year"), "bundle!"},
		{"engine identifier", line("", "", "", "UTM licence, kaspersky-lab-engine"), "bundle! kaspersky-lab-engine"},
		{"licence packed with other goods", line("", "Microsoft", "", "Microsoft 365 Personal + Kaspersky Premium"), "software! premium"},
		{"licence beside a maker", line("", "", "", "SonicWALL TZ370, Kaspersky Small Office Security 10 users"), "bundle! sonicwall-email-anti-virus, software! small-office-security"},
		{"successor", line("", "", "", "UltraVPN, 1 year"), "successor! ultravpn"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := s.Assess(tt.line)
			if brief(got) != tt.want {
				t.Errorf("got %q, want %q", brief(got), tt.want)
			}
			if e, ok := spansHold(tt.line, got); !ok {
				t.Errorf("evidence %+v does not stand where it says", e)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	s := plain(t)
	mention := []string{
		"Move from Kaspersky to SentinelOne, 300 endpoints",
		"Kaspersky to Defender migration",
		"Replace Kaspersky with Sophos Intercept X",
		"Replacement of Kaspersky by WithSecure",
		"Decommissioning of Kaspersky Security Center",
		"Kaspersky Endpoint Security removal, 40 workstations",
		"Ablösung von Kaspersky durch ESET",
		"Remplacement de Kaspersky par Bitdefender",
		"Sustitución de Kaspersky con Trend Micro",
		"Замена Касперского на Dr.Web",
		"Trellix versus Kaspersky, comparison study",
		"Bitdefender competitive upgrade from Kaspersky, 60 seats",
		"Webroot, Kaspersky takeout promotion",
		"The bidder certifies that it does not use Kaspersky products",
		"Software without Kaspersky components",
		"Compliance with the Kaspersky ban",
		"Article on Kaspersky in a trade journal",
		"Kaspersky umbrella",
		"Polo shirt with Kaspersky logo",
		"Office space formerly leased by Kaspersky",
		"Connector for Kaspersky Security Center",
		"kavremover",
		"Kaspersky Removal Tool",
		"Bitdefender vs. Kaspersky, test report",
		"Book: The Kaspersky Principle",
		"Script that detects Kaspersky",
		"Audit of laptops for Kaspersky remnants",
		"Conference hosted by Kaspersky",
		"Retirement of the Kaspersky server",
		"Scanner plugin: kaspersky_total_security_detect",
	}
	for _, text := range mention {
		t.Run(text, func(t *testing.T) {
			got := s.Assess(line("", "", "", text))
			if len(got.Matches) != 1 || !got.Matches[0].Mention || got.Matches[0].Cue == "" || got.Matches[0].Certainty == Certain {
				t.Errorf("got %q, want one mention with its cue", brief(got))
			}
		})
	}
	purchase := []Line{
		line("", "", "", "Replace Norton with Kaspersky Endpoint Security"),
		line("", "", "", "Migration from Sophos to Kaspersky Endpoint Security Cloud"),
		line("", "", "", "Kaspersky Endpoint Security, crossgrade from ESET, 50 nodes"),
		line("", "", "", "Kaspersky Total Security - Crossgrade - 1 year"),
		line("", "", "", "Remove Avast; Kaspersky Premium 3 devices"),
		line("", "", "", "Uninstall Norton and install Kaspersky Total Security"),
		line("", "", "", "Switch from Kaspersky Internet Security to Kaspersky Premium"),
		line("", "", "", "Kaspersky Internet Security 3 PC + free mug"),
		line("", "Kaspersky", "", "Replacement of Kaspersky Anti-Virus licences"),
		line("KL4867XATFS", "", "", "Migration from Kaspersky to Defender"),
		line("", "", "", "Detects malware: Kaspersky Anti-Virus 2020"),
		line("", "", "", "Removes viruses - Kaspersky Total Security 1 PC"),
		line("", "", "", "Replacement Kaspersky Total Security licence"),
		line("", "", "", "No.1 Kaspersky Total Security"),
		line("", "", "", "Kaspersky Standard, alternative to Norton"),
		line("", "", "", "Kaspersky Endpoint Security, migration included, 50 nodes"),
		line("", "", "", "Move from Kaspersky Anti-Virus. Kaspersky Total Security, 5 PC"),
	}
	for _, l := range purchase {
		t.Run(l.Fields[len(l.Fields)-1].Text, func(t *testing.T) {
			got := s.Assess(l)
			if len(got.Matches) == 0 || got.Matches[0].Mention || got.Matches[0].Certainty != Certain || got.Matches[0].Class != Software {
				t.Errorf("got %q, want certain software first", brief(got))
			}
		})
	}
}

// noted is a line with a description and a note.
func noted(description, note string) Line {
	return Line{Fields: []Field{{Description, "/lines/0/description", description}, {FreeText, "/lines/0/texts/0", note}}}
}

// What a clause prohibits, a scanner signed, or a customer has today is only spoken of.
func TestNotesThatOnlySpeak(t *testing.T) {
	s := embedded(t)
	for _, tt := range []struct {
		note    string
		mention bool
	}{
		{"Prohibition on the purchase of hardware, firmware, software and cloud services designed, made or run by Kaspersky Lab", true},
		{"The vendor shall not supply routers, cameras, software or support of Huawei, ZTE, Hikvision, Dahua or Kaspersky", true},
		{"Banned vendors: Huawei, Kaspersky", true},
		{"None of the parts and programs on this order is made by Kaspersky", true},
		{"Goods with Kaspersky software are not accepted", true},
		{"Kaspersky licences are strictly prohibited", true},
		{"Kaspersky Produkte sind verboten", true},
		{"Wir bestätigen, keine Produkte von Kaspersky zu liefern", true},
		{"This mail was checked by Kaspersky Anti-Virus", true},
		{"Scanned for viruses with Kaspersky Security for Linux Mail Server", true},
		{"Diese Nachricht wurde von Kaspersky Anti-Virus auf Viren geprüft", true},
		{"Upgrade from Kaspersky", true},
		{"Displacement of Kaspersky Endpoint Security", true},
		{"Existing antivirus: Kaspersky Total Security", true},
		{"Kaspersky licence has expired", true},
		{"Set up once Kaspersky has been removed", true},

		{"Laptop protected by Kaspersky Total Security, 1 year", false},
		{"Prohibits malware: Kaspersky Total Security", false},
		{"Prohibited from late delivery; Kaspersky Total Security, 5 PC", false},
		{"Prohibition on partial deliveries, please add Kaspersky Total Security", false},
		{"Kaspersky Endpoint Security 50 nodes, substitutes are not accepted", false},
		{"Kaspersky Total Security, resale prohibited", false},
		{"Kaspersky software may not be returned once opened", false},
		{"Kaspersky licence expires in May, renew for a year", false},
		{"Currently uses Kaspersky, add 20 seats", false},
		{"Upgrade from Kaspersky Anti-Virus to Total Security, 3 PC", false},
		{"Kaspersky Total Security trade-in, 3 PC", false},
		{"Trade-in: Kaspersky Endpoint Security, 50 nodes", false},
		{"Please supply antivirus made by Kaspersky", false},
	} {
		t.Run(tt.note, func(t *testing.T) {
			got := s.Assess(noted("Optical mouse", tt.note))
			if len(got.Matches) == 0 || got.Matches[0].Mention != tt.mention {
				t.Errorf("got %q, want mention %t", brief(got), tt.mention)
			}
		})
	}
}

func TestNotesBesideRivals(t *testing.T) {
	s := embedded(t)
	for _, tt := range []struct {
		name, description, note string
		want                    int // weight
	}{
		{"promotion", "Sophos Intercept X Advanced, 50 users", "Kaspersky switcher discount", 2},
		{"trade-in", "Bitdefender GravityZone Business Security 50 users", "Kaspersky trade-in promotion", 2},
		{"what it imports", "ESET PROTECT Entry 50 seats", "Supports import of Kaspersky policies", 2},
		{"whose customers save", "Trend Micro Worry-Free Business Security 25 users", "Kaspersky users get 6 months free", 2},
		{"licence of the brand", "50 x Norton Small Business, 1 year", "Kaspersky licence", 2},
		{"hyphen in a rival's product", "Trend Micro Worry-Free Services, 5 seats", "for Kaspersky users", 2},

		{"product named in the note", "Sophos Intercept X Advanced, 50 users", "Kaspersky Endpoint Security Cloud, 50 users", 3},
		{"product named in the note as a trade-in", "Norton replacement", "Kaspersky Endpoint Security trade-in, 50 nodes", 3},
		{"part number in the note", "Sophos Intercept X Advanced, 50 users", "Kaspersky KL4742", 3},
		{"second item", "Bitdefender GravityZone + Endpoint Security for Business Select", "Kaspersky licence", 3},
		{"rival replaced", "Endpoint licence, replaces McAfee, 50 users", "Kaspersky", 3},
		{"rival left", "Crossgrade from ESET, 50 users", "Kaspersky", 3},
		{"rival compared", "Endpoint protection, alternative to Norton, 50 users", "Kaspersky", 3},
		{"no rival", "Endpoint protection, 50 users", "Kaspersky", 3},
		{"no description", "", "Kaspersky licence, Sophos licence", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.Assess(noted(tt.description, tt.note)); weight(got) != tt.want {
				t.Errorf("got weight %d (%s), want %d", weight(got), brief(got), tt.want)
			}
		})
	}
	byMaker := noted("Total Security, 5 devices", "Kaspersky users save 20%")
	byMaker.Fields = append(byMaker.Fields, Field{Manufacturer, "/lines/0/manufacturer", "Bitdefender"})
	if got := s.Assess(byMaker); weight(got) != 2 {
		t.Errorf("a rival's generic name: got weight %d (%s), want 2", weight(got), brief(got))
	}
}

// Conditions of sale and denials tell nothing of the deal.
func TestConditionsAreNoActivity(t *testing.T) {
	s := embedded(t)
	for _, tt := range []struct{ note, soft string }{
		{"Returns policy: returns accepted within 14 days with an RMA", ""},
		{"Boxes may be returned free of charge", ""},
		{"Opened software cannot be returned", ""},
		{"An RMA is required for all returns", ""},
		{"Gift cards are not accepted", ""},
		{"Customer declines the trial version", ""},
		{"Not a trial", ""},
		{"No gifts, no trials", ""},
		{"Retouren nur mit RMA-Nummer.", ""},
		{"Rücksendung nicht möglich", ""},
		{"Devoluciones no permitidas", ""},
		{"En cas de retour, appelez", ""},

		{"Return of two licences, RMA 5521", "return"},
		{"RMA 4711, customer returned the box", "return"},
		{"Not needed, returned by the customer", "return"},
		{"Returned without the box", "return"},
		{"Key not accepted, return", "return"},
		{"Your ref no RMA 4711", "return"},
		{"Returns accepted within 30 days. RMA 4711 for two boxes", "return"},
		{"Return accepted, RMA 4711", "return"},
		{"Donation, free of charge", "gift"},
		{"30 day trial, may be extended", "trial"},
		{"Internal transfer from own stock", "use"},
	} {
		t.Run(tt.note, func(t *testing.T) {
			soft := ""
			if got := s.Assess(noted("Kaspersky Total Security 3 PC", tt.note)); got.Soft != nil {
				soft = got.Soft.Activity
			}
			if soft != tt.soft {
				t.Errorf("got %q, want %q", soft, tt.soft)
			}
		})
	}
}

func TestIdentifiers(t *testing.T) {
	s := plain(t)
	for _, tt := range []struct {
		name string
		kind FieldKind
		text string
		want string
	}{
		{"box", GTINField, "7898586970311", "software?"},
		{"box as GTIN-14", GTINField, "07898586970311", "software?"},
		{"box in the SKU", SKU, "7898586970311", "software?"},
		{"other box", GTINField, "5397184505144", ""},
		{"CPE 2.3", CPE, "cpe:2.3:a:kaspersky:endpoint_security:12.3:*:*:*:*:windows:*:*", "software! endpoint-security"},
		{"CPE 2.2", CPE, "cpe:/a:kaspersky:total_security:21", "software! total-security"},
		{"CPE of another vendor", CPE, "cpe:2.3:a:acme:kaspersky_scanner:1:*:*:*:*:*:*:*", "(software?)"},
		{"winget", PURL, "pkg:winget/Kaspersky.KasperskyTotalSecurity@21", "software! total-security"},
		{"npm library", PURL, "pkg:npm/%40kaspersky/hexa-ui@3.2.1", ""},
		{"maven library", Description, "com.kaspersky.android-components:kaspresso", ""},
		{"Android app", FreeText, "com.kms.free", "software! internet-security-android"},
		{"Android app, unverified", FreeText, "com.kaspersky.who_calls", "software? who-calls"},
		{"program", FreeText, `C:\Program Files\av\avpui.exe`, "software?"},
		{"words of a program", FreeText, "AVP EXE", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := Line{Fields: []Field{{tt.kind, "/lines/0/x", tt.text}}}
			got := s.Assess(l)
			if brief(got) != tt.want {
				t.Errorf("%q: got %q, want %q", tt.text, brief(got), tt.want)
			}
			if e, ok := spansHold(l, got); !ok {
				t.Errorf("evidence %+v does not stand where it says", e)
			}
		})
	}
}

func TestNearMissesAreListed(t *testing.T) {
	s := plain(t)
	for _, text := range []string{"KL1041", "@kaspersky/hexa-ui"} {
		got := s.Assess(line(text, "", "", ""))
		if len(got.Matches) != 0 || len(got.NearMisses) != 1 {
			t.Errorf("%q: got %d matches and %d near misses, want 0 and 1", text, len(got.Matches), len(got.NearMisses))
		}
	}
}

func TestActivities(t *testing.T) {
	s := plain(t)
	for _, tt := range []struct {
		name          string
		line          Line
		renewal, soft string
	}{
		{"letter", line("KL4867XATFR", "", "", ""), "KL4867XATFR", ""},
		{"word", line("", "", "", "Kaspersky Total Security renewal"), "renewal", ""},
		{"German", line("", "", "", "Lizenzverlängerung Kaspersky"), "Lizenzverlängerung", ""},
		{"gift", line("", "", "", "Kaspersky Premium, free sample"), "", "gift free sample"},
		{"trial", line("", "", "", "Kaspersky Premium trial"), "", "trial trial"},
		{"return", line("", "", "", "RMA Kaspersky Premium"), "", "return RMA"},
		{"own stock", line("", "", "", "Kaspersky Premium from own pool"), "", "use own pool"},
		{"internal use says nothing", line("", "", "", "Kaspersky Premium, internal use, not for resale"), "", ""},
		{"words without a match say nothing", line("", "", "", "Gift card renewal"), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := s.Assess(tt.line)
			renewal, soft := "", ""
			if got.Renewal != nil {
				renewal = got.Renewal.Text
			}
			if got.Soft != nil {
				soft = got.Soft.Activity + " " + got.Soft.Evidence.Text
			}
			if renewal != tt.renewal || soft != tt.soft {
				t.Errorf("got renewal %q and soft %q, want %q and %q", renewal, soft, tt.renewal, tt.soft)
			}
		})
	}
}

// weight orders what a line may lead to: nothing, exempt, review, block.
func weight(a Assessment) int {
	worst := 0
	for _, m := range a.Matches {
		w := 2
		switch {
		case m.Class == ThreatIntelligence || m.Class == Training:
			w = 1
		case (m.Class == Software || m.Class == Service) && m.Certainty == Certain && !m.Mention:
			w = 3
		}
		worst = max(worst, w)
	}
	return worst
}

// Naming the brand as the manufacturer, or adding a covered part number, never makes a line milder.
func TestMoreEvidenceNeverSoftens(t *testing.T) {
	s := plain(t)
	words := []string{
		"Kaspersky", "Endpoint", "Security", "Cloud", "Plus", "Total", "Anti-Virus", "replace", "with", "from", "to",
		"migration", "ESET", "training", "Threat", "Intelligence", "licence", "10 PC", "mug", "SonicWALL", "+", "Premium", "Support", "for",
		"engine", "no", "KL4867", "antivirus", "3",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 9).Draw(t, "words"), " ")
		alone := s.Assess(line("", "", "", text))
		for _, more := range []Line{line("", "Kaspersky", "", text), line("KL4867XATFS", "", "", text)} {
			if got := s.Assess(more); weight(got) < weight(alone) {
				t.Fatalf("%q: got %q alone, milder %q with %q", text, brief(alone), brief(got), more.Fields[0].Text)
			}
		}
	})
}

func FuzzAssess(f *testing.F) {
	f.Add("KL4867XATFS", "Kaspersky", "Replace Kaspersky with ESET, 10 PC", "cpe:2.3:a:kaspersky:x:1")
	f.Add("01-SSC-7544", "", "Антивирус Касперского", "pkg:npm/%40kaspersky/hexa-ui")
	f.Add("", "", "com.kms.free avp.exe UltraAV", "::::")
	s := plain(f)
	f.Fuzz(func(t *testing.T, sku, manufacturer, description, identifier string) {
		l := line(sku, manufacturer, "", description)
		l.Fields = append(l.Fields, Field{CPE, "/lines/0/cpe", identifier}, Field{PURL, "/lines/0/purl", identifier})
		got := s.Assess(l)
		if e, ok := spansHold(l, got); !ok {
			t.Errorf("evidence %+v does not stand where it says", e)
		}
		for _, m := range got.Matches {
			if m.Class == "" || m.Certainty == "" || m.Score < 0 || m.Score > 1 || len(m.Evidence) == 0 || m.Mention && m.Certainty == Certain {
				t.Errorf("match %+v is not whole", m)
			}
		}
		if again := s.Assess(l); brief(again) != brief(got) {
			t.Errorf("got %q, then %q", brief(got), brief(again))
		}
	})
}
