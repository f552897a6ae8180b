package documents

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
)

func ediScreener(t *testing.T) *screening.Screener {
	t.Helper()
	catalogue, err := data.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	s, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ediDecision(t *testing.T, s *screening.Screener, o screening.Order) screening.Decision {
	t.Helper()
	v, err := s.Screen(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return v.Decision
}

const (
	ediX12Deal = "BEG*00*SA*P-7**20241105\nN1*BY*OAK VALLEY MILLS\nN4*DOVER*DE*19901*US\nN1*SE*PINE TRADING INC\nN4*OGDEN*UT*84401*US\n"
	ediDeal    = "BGM+220+P-7+9'DTM+137:20241105:102'NAD+BY+++Oak Valley Mills++Dover++19901+US'NAD+SU+++Pine Trading Inc++Ogden++84401+US'"
)

// ediX12 places segments in the heading and in the line of a plain order.
func ediX12(t *testing.T, heading, line string) screening.Order {
	t.Helper()
	return x12Orders(t, x12OrderOf(ediX12Deal+strings.TrimLeft(strings.TrimSpace(heading)+"\nPO1*1*2*EA*9**VP*S-100\n"+line, "\n")))[0]
}

func ediEdifact(t *testing.T, heading, line string) screening.Order {
	t.Helper()
	return *edifactOrderOf(t, ediDeal+heading+"LIN+1++S-100:SA'"+line+"UNS+S'")
}

// ediFilled fills a field of one width up to the cut that follows.
func ediFilled(width int, end string) string {
	filler := strings.Repeat("one year of updates for the office machines ", 7)
	room := width - len(end) - 1
	return strings.TrimSpace(filler[len(filler)-room:]) + " " + end
}

// A name that a system cut between two segments is seen, whatever the width.
func TestEDISeams(t *testing.T) {
	s := ediScreener(t)
	for _, width := range []int{28, 40, 60, 70, 80, 264} {
		for tag, segment := range map[string]string{
			"NTE": "NTE*GEN*%s", "MSG": "MSG*%s", "REF": "REF*ZZ*NOTE*%s", "N9": "N9*L1*1*%s", "PID": "PID*F*08***%s", "MTX": "MTX*GEN*%s", "XQZ": "XQZ*%s",
		} {
			text := fmt.Sprintf(segment+"\n"+segment, ediFilled(width, "Kaspe"), "rsky Lab antivirus")
			for place, o := range map[string]screening.Order{"heading": ediX12(t, text, ""), "line": ediX12(t, "", text)} {
				if got := ediDecision(t, s, o); got == screening.Clear {
					t.Errorf("%s cut at %d in the %s is %s: %q, %+v", tag, width, place, got, o.Texts, o.Lines)
				}
			}
		}
		for tag, segment := range map[string]string{"FTX": "FTX+AAI+++%s'", "IMD": "IMD+F++:::%s'", "RFF": "RFF+ACD:%s'"} {
			text := fmt.Sprintf(segment+segment, ediFilled(width, "Kaspe"), "rsky Lab antivirus")
			for place, o := range map[string]screening.Order{"heading": ediEdifact(t, text, ""), "line": ediEdifact(t, "", text)} {
				if got := ediDecision(t, s, o); got == screening.Clear {
					t.Errorf("%s cut at %d in the %s is %s: %q, %+v", tag, width, place, got, o.Texts, o.Lines)
				}
			}
		}
	}
	for name, o := range map[string]screening.Order{
		"three segments":          ediX12(t, "", "MSG*licences of Kas\nMSG*pers\nMSG*ky antivirus"),
		"pieces in one segment":   ediEdifact(t, "", "FTX+AAI+++licences of Kasper:sky antivirus'"),
		"a part number":           ediX12(t, "", "NTE*LIN*renewal of KL4863DAN\nNTE*LIN*FS, 20 seats"),
		"a hyphen at the end":     ediX12(t, "", "MSG*licences of Kasper-\nMSG*sky antivirus"),
		"no blank near":           ediX12(t, "", "MSG*年間ライセンスカスペ\nMSG*ルスキー、アンチウイルス"),
		"the end of the order":    ediEdifact(t, "", "UNS+S'FTX+AAI+++for Kasper'FTX+AAI+++sky antivirus'"),
		"behind the total":        ediX12(t, "", "CTT*1\nNTE*GEN*for Kasper\nNTE*GEN*sky antivirus"),
		"the text of a sub-line":  ediX12(t, "", "SLN*1**I*1*EA*60***VP*PART-A\nPID*F****licences of Kasp\nPID*F****ersky antivirus"),
		"behind many other texts": ediX12(t, "", strings.Repeat("MSG*one more term\nMSG*and another\n", 600)+"MSG*of Kasp\nMSG*ersky antivirus"),
	} {
		if got := ediDecision(t, s, o); got == screening.Clear {
			t.Errorf("%s: %s, %+v", name, got, o.Lines)
		}
	}
}

// What speaks of the brand does so across a seam too, and what is no cut name stays nobody's.
func TestEDISeamsOfInnocents(t *testing.T) {
	s := ediScreener(t)
	for name, c := range map[string]struct {
		order screening.Order
		want  screening.Decision
	}{
		"other goods":                {ediX12(t, "", "MSG*standing desk, oak, with draw\nMSG*ers and a lamp"), screening.Clear},
		"a name that is none":        {ediX12(t, "NTE*GEN*attention of Kasper\nNTE*GEN*Novak, second floor", ""), screening.Clear},
		"a mention that was cut":     {ediEdifact(t, "FTX+AAI+++Help us to migrate from Kaspe'FTX+AAI+++rsky Endpoint Security to another maker'", ""), screening.Clear},
		"a cue at the seam, behind":  {ediEdifact(t, "FTX+AAI+++Kaspersky removal'FTX+AAI+++tool is not needed'", ""), screening.Clear},
		"a cue at the seam, before":  {ediX12(t, "MSG*before the end of the\nMSG*migrate Kaspersky to Defender", ""), screening.Clear},
		"a mention cut in a line":    {ediX12(t, "", "MSG*help us to migrate from Kaspe\nMSG*rsky Endpoint Security to Defender"), screening.Review},
		"another kind of text":       {ediX12(t, "", "NTE*GEN*oak desk Kaspe\nMEA*PD*WD*61.5*IN\nNTE*GEN*rsky"), screening.Clear},
		"another line":               {ediX12(t, "", "MSG*oak desk Kaspe\nPO1*2*1*EA***VP*LAMP\nMSG*rsky"), screening.Clear},
		"a number kept to its owner": {ediX12(t, "", "REF*SY*KASPE1234\nREF*SY*RSKY5678"), screening.Clear},
	} {
		if got := ediDecision(t, s, c.order); got != c.want {
			t.Errorf("%s: %s, want %s: %q, %+v", name, got, c.want, c.order.Texts, c.order.Lines)
		}
	}
}

func TestEDISeamWords(t *testing.T) {
	for pieces, want := range map[string]string{
		"of Kaspe|rsky Lab": "Kaspersky", "KL4863|DANFS": "KL4863DANFS", "see 52.204-2|3": "52.204-23", "of Касп|ерский": "Касперский",
		"the end.|next": "", "the end |next": "", "one| two": "", "12|34": "", "a|b": "", "NOTE|NOTE": "", "|x": "", "x|": "",
		"of Kasp\ufffd|rsky": "Kasprsky", "Raps\ufffdl|10l": "Rapsl10l",
		strings.Repeat("a", 500) + "|" + strings.Repeat("b", 500): strings.Repeat("a", longestSeamWord) + strings.Repeat("b", longestSeamWord),
	} {
		before, after, _ := strings.Cut(pieces, "|")
		if got := seamWord(before, after); got != want {
			t.Errorf("%q: %q, want %q", pieces, got, want)
		}
	}
}

func TestEDISeamsAreBounded(t *testing.T) {
	o := ediX12(t, strings.Repeat("MSG*one more of the terms\nMSG*and another of them\n", 900), "")
	size := 0
	for _, text := range o.Texts {
		size = max(size, len(text))
	}
	if len(o.Problems) > 0 || size > mostJoined+1000 {
		t.Errorf("a text of %d bytes, %d texts, problems %s", size, len(o.Texts), x12Codes(o))
	}
}

// A name that stands where a number belongs is a name.
func TestEDISpelledNumbers(t *testing.T) {
	s := ediScreener(t)
	for name, o := range map[string]screening.Order{
		"maker of a line, X12":       ediX12(t, "", "PID*F****Endpoint antivirus\nN1*MF**92*KASPERSKY"),
		"maker of all, X12":          ediX12(t, "N1*MF**92*KASPERSKY", "PID*F****Endpoint antivirus"),
		"maker with a name, X12":     ediX12(t, "N1*MF*SECURITY GOODS*92*KASPERSKY", "PID*F****Endpoint antivirus"),
		"maker in a line, named":     ediX12(t, "", "PID*F****Endpoint antivirus\nN1*MF*SECURITY GOODS*92*KASPERSKY"),
		"vendor, X12":                ediX12(t, "N1*VN**92*KASPERSKY", ""),
		"seller, X12":                ediX12(t, "N1*SE**91*KASPERSKY LAB", ""),
		"seller, no DUNS":            ediX12(t, "N1*SE**1*KASPERSKY LAB", ""),
		"seller, an unknown scheme":  ediX12(t, "N1*SE*THE LAB*XV*AO KASPERSKY LAB", ""),
		"payer, X12":                 ediX12(t, "N1*BT**92*AO KASPERSKY LAB", ""),
		"store, X12":                 ediX12(t, "", "SDQ*EA*92*AO KASPERSKY LAB*1"),
		"maker of a line, EDIFACT":   ediEdifact(t, "", "IMD+F++:::Endpoint antivirus'NAD+MF+KASPERSKY::92'"),
		"maker without agency":       ediEdifact(t, "", "IMD+F++:::Endpoint antivirus'NAD+MF+KASPERSKY'"),
		"maker of all, EDIFACT":      ediEdifact(t, "NAD+MF+KASPERSKY::92'", "IMD+F++:::Endpoint antivirus'"),
		"maker with a name, EDIFACT": ediEdifact(t, "", "IMD+F++:::Endpoint antivirus'NAD+MF+KASPERSKY::92++Security Goods'"),
		"seller, EDIFACT":            ediEdifact(t, "NAD+SE+KASPERSKY::92'", ""),
		"seller, with a list":        ediEdifact(t, "NAD+SE+KASPERSKYLAB:ZZZ:91'", ""),
		"payer, EDIFACT":             ediEdifact(t, "NAD+IV+AO KASPERSKY LAB++Payments desk'", ""),
		"a reference of a party":     ediEdifact(t, "NAD+IV+4711::92'RFF+IT:KASPERSKY'", ""),
		"no GLN":                     ediEdifact(t, "NAD+DP+AO KASPERSKY LAB::9'", ""),
	} {
		if got := ediDecision(t, s, o); got == screening.Clear {
			t.Errorf("%s is %s: %+v, %+v", name, got, o.Parties, o.Lines)
		}
	}
	for name, o := range map[string]screening.Order{
		"numbers":         ediX12(t, "N1*ST**92*STORE0042\nN1*BT*OAK VALLEY MILLS*91*OVM-PAY", "N1*MF**92*M-77"),
		"other names":     ediEdifact(t, "NAD+DP+DOCKFOUR::92'NAD+IV+oakvalley::91++Oak Valley Mills'", "NAD+MF+DESKWORKS::92'"),
		"a carrier's own": ediX12(t, "TD5*B*2*KASP*M*FAST LORRIES", ""),
	} {
		if got := ediDecision(t, s, o); got != screening.Clear {
			t.Errorf("%s is %s: %+v, %+v", name, got, o.Parties, o.Lines)
		}
	}
	o := ediX12(t, "N1*ST**92*DOCKFOUR\nN1*BT*OAK*92*OAKPAY\nN1*PR**92*0042", "N1*MF**92*DESKWORKS")
	got := o.Parties[2:]
	if got[0].Name != "DOCKFOUR" || len(got[0].Identifiers) != 1 || !slices.Equal(got[1].Aliases, []string{"OAKPAY"}) || got[2].Name != "" || o.Lines[0].Manufacturer != "DESKWORKS" {
		t.Errorf("parties %+v, maker %q", got, o.Lines[0].Manufacturer)
	}
}

// The domain of a contact of nobody in particular is text; people and mailboxes are not.
func TestEDIContacts(t *testing.T) {
	s := ediScreener(t)
	const domain = "kaspersky.com"
	for name, c := range map[string]struct {
		order  screening.Order
		inLine bool
	}{
		"heading, X12":     {x12Orders(t, x12OrderOf("BEG*00*SA*P-7**20241105\nPER*EA*NINA ROE*EM*ORDERS@KASPERSKY.COM\nPO1*1*2*EA*9**VP*S-100"))[0], false},
		"buyer's people":   {x12Orders(t, x12OrderOf("BEG*00*SA*P-7**20241105\nPER*BD*NINA ROE*EM*ORDERS@KASPERSKY.COM\nPO1*1*2*EA*9**VP*S-100"))[0], false},
		"line, X12":        {ediX12(t, "", "PER*EA*NINA ROE*TE*5550100*EM*ORDERS@KASPERSKY.COM"), true},
		"two in one":       {ediX12(t, "", "PER*EA*NINA ROE*EM*NINA@OAK.EXAMPLE; ORDERS@KASPERSKY.COM"), true},
		"site, X12":        {ediX12(t, "", "PER*EA*NINA ROE*UR*HTTPS://WWW.KASPERSKY.COM/ORDERS"), true},
		"maker, X12":       {ediX12(t, "", "N1*MF*DESKWORKS\nPER*EA*NINA ROE*EM*ORDERS@KASPERSKY.COM"), true},
		"heading, EDIFACT": {ediEdifact(t, "CUX+2:USD:9'CTA+SU+:Nina Roe'COM+orders@kaspersky.com:EM'", ""), false},
		"line, EDIFACT":    {ediEdifact(t, "", "CTA+SU+:Nina Roe'COM+orders@kaspersky.com:EM+5550100:TE'"), true},
		"site, EDIFACT":    {ediEdifact(t, "", "COM+www.kaspersky.com/orders:AO'"), true},
	} {
		texts := c.order.Texts
		if c.inLine {
			texts = c.order.Lines[0].Texts
		}
		if !slices.Contains(texts, domain) || ediDecision(t, s, c.order) == screening.Clear {
			t.Errorf("%s: %q", name, texts)
		}
		if all := strings.ToLower(fmt.Sprint(c.order)); strings.Contains(all, "nina") || strings.Contains(all, "orders") || strings.Contains(all, "5550100") {
			t.Errorf("%s tells of a person: %s", name, all)
		}
	}
	for name, o := range map[string]screening.Order{
		"another domain":  ediX12(t, "", "PER*EA*NINA ROE*EM*ORDERS@OAK.EXAMPLE"),
		"a mailbox":       ediEdifact(t, "", "CTA+SU+:Nina Roe'COM+kaspersky@oak.example:EM'"),
		"people by name":  ediX12(t, "PER*EA*NINA KASPERSKY", ""),
		"no address":      ediX12(t, "", "PER*EA*NINA ROE*TE*KASPERSKY"),
		"the buyer's own": ediX12(t, "PER*BD*NINA ROE*EM*NINA@OAK.EXAMPLE\nPER*BD*TOM ROE*EM*TOM@ELM.EXAMPLE", ""),
	} {
		if got := ediDecision(t, s, o); got != screening.Clear {
			t.Errorf("%s is %s: %q, %+v", name, got, o.Texts, o.Lines)
		}
	}
}

// The state of a place is a field of its own, and no part of the address, where its two letters may be a word.
func TestEDIStates(t *testing.T) {
	o := ediX12(t, "N1*ST*ELM DEPOT\nN3*4 PIER ROAD\nN4*RICHMOND*VA*23219", "")
	p := o.Parties[len(o.Parties)-1]
	if p.Address != "4 PIER ROAD, RICHMOND, 23219" || p.State != "VA" {
		t.Errorf("X12: %+v", p)
	}
	o = ediX12(t, "N1*ST*ELM DEPOT\nN4*RICHMOND*VA*23219\nN4**CRIMEA", "")
	if p = o.Parties[len(o.Parties)-1]; p.State != "VA" || !strings.Contains(p.Address, "CRIMEA") {
		t.Errorf("a second state: %+v", p)
	}
	o = ediEdifact(t, "NAD+DP+++Elm depot+4 Pier Road+Richmond+VA+23219'", "")
	if p = o.Parties[len(o.Parties)-1]; p.Address != "4 Pier Road, Richmond, 23219" || p.State != "VA" {
		t.Errorf("EDIFACT: %+v", p)
	}
}
