package documents

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

func edifactDecode(t testing.TB, document string) (Document, error) {
	t.Helper()
	return readerFor(t).Decode(t.Context(), []byte(document), Hints{})
}

// edifactMessageOf frames the body of a message, with the right count of segments.
func edifactMessageOf(kind, body string) string {
	count := strings.Count(strings.ReplaceAll(body, "?'", ""), "'") + 2
	return fmt.Sprintf("UNH+1+%s:D:96A:UN'%sUNT+%d+1'", kind, body, count)
}

func edifactInterchangeOf(messages ...string) string {
	return fmt.Sprintf("UNB+UNOC:3+4000001000005:14+4000002000002:14+240905:1030+7'%sUNZ+%d+7'", strings.Join(messages, ""), len(messages))
}

// edifactOrderOf reads one order whose body follows BGM.
func edifactOrderOf(t *testing.T, body string) *screening.Order {
	t.Helper()
	if !strings.HasPrefix(body, "BGM") {
		body = "BGM+220+PO-1+9'" + body
	}
	document, err := edifactDecode(t, edifactInterchangeOf(edifactMessageOf("ORDERS", body)))
	if err != nil {
		t.Fatal(err)
	}
	if len(document.Orders) != 1 {
		t.Fatalf("%d orders", len(document.Orders))
	}
	return &document.Orders[0]
}

func edifactProblems(o *screening.Order) string {
	var out []string
	for _, p := range o.Problems {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s @%s", p.Code, p.Pointer, p.Source)))
	}
	return strings.Join(out, "; ")
}

// edifactFields lists where values stood, by pointer.
func edifactFields(o *screening.Order) map[string]string {
	fields := map[string]string{}
	for _, f := range o.Fields {
		fields[string(f.Pointer)] = f.Source
		if f.Raw != "" {
			fields[string(f.Pointer)] += " " + f.Raw
		}
	}
	return fields
}

const edifactWhole = "BGM+220+PO-4711+9'" +
	"DTM+137:202409051030:203'" +
	"DTM+2:20240920:102'" +
	"FTX+AAI+++Please call before delivery, tel. 030 5550123 or ada.l@example.org'" +
	"RFF+CT:FRAME-2024-17'" +
	"RFF+AEP:Project Nightingale'" +
	"NAD+BY+4000001000005::9++Harbour Books SARL:Purchasing+12 quai Perdu+Brest++29200+FR'" +
	"RFF+VA:FR00123456789'" +
	"CTA+PD+:Odile Person'" +
	"COM+odile@harbourbooks.example:EM+0033200000:TE'" +
	"NAD+SU+080099887::16++Brightwater Software GmbH+Musterweg 3+Kassel+HE+34117+DE'" +
	"NAD+UD+++Lycee du Phare+++++FR'" +
	"CTA+IC+:Jeanne Dupond'" +
	"NAD+FW+++Quick Forwarding Ltd'" +
	"CUX+2:EUR:9+3:USD:4'" +
	"LIN+1++6001:SA'" +
	"PIA+5+KX1047?*GD:MF+4006381333931:EN'" +
	"PIA+1+B-77:IN'" +
	"IMD+F++:::Antivirus Premium, 3 appareils:, un an'" +
	"IMD+C++KXA1:::'" +
	"QTY+21:10:PCE'" +
	"DTM+194:20241001:102'" +
	"DTM+206:20250930:102'" +
	"FTX+LIN+++Licence for resale by?: Harbour'" +
	"PRI+AAA:1290,50:::100'" +
	"NAD+MF+++Kaleidosoft'" +
	"LIN+2++4004182000000:EN'" +
	"IMD+F++:::Labels 70x36'" +
	"QTY+21:20:PCE'" +
	"NAD+DP+4000003000009::9++Harbour Books depot+++++BE'" +
	"UNS+S'" +
	"CNT+2:2'"

func TestEDIFACTOrder(t *testing.T) {
	o := edifactOrderOf(t, edifactWhole)
	if got := edifactProblems(o); got != "" {
		t.Errorf("problems: %s", got)
	}
	got := *o
	got.Fields = nil
	want := screening.Order{
		Reference: "PO-4711", OrderedAt: "2024-09-05T10:30:00", FulfilAt: "2024-09-20", Document: screening.OrderDocument,
		Currency: "EUR", Contract: "FRAME-2024-17",
		Texts: []string{"Please call before delivery,  or example.org", "Project Nightingale"},
		Parties: []screening.Party{
			{
				Role: screening.Buyer, Name: "Harbour Books SARL, Purchasing", Aliases: []string{"Harbour Books SARL", "Purchasing"},
				Address: "12 quai Perdu, Brest, 29200", Country: "FR",
				Identifiers: []screening.Identifier{{Type: "gln", Value: "4000001000005"}, {Type: "vat", Value: "FR00123456789"}, {Type: "domain", Value: "harbourbooks.example"}},
			},
			{
				Role: screening.Seller, Name: "Brightwater Software GmbH", Address: "Musterweg 3, Kassel, 34117", Country: "DE", State: "HE",
				Identifiers: []screening.Identifier{{Type: "duns", Value: "080099887"}},
			},
			{Role: screening.EndUser, Name: "Lycee du Phare", Country: "FR"},
			{Role: screening.EndUser, Name: "Jeanne Dupond"},
			{Role: screening.Intermediary, Name: "Quick Forwarding Ltd"},
		},
		Lines: []screening.Line{
			{
				ID: "1", SKU: "6001", Manufacturer: "Kaleidosoft", ManufacturerPart: "KX1047*GD", GTIN: "4006381333931",
				Description: "Antivirus Premium, 3 appareils , un an", Quantity: "10", UnitPrice: "12.905",
				ServiceStart: "2024-10-01", ServiceEnd: "2025-09-30",
				Texts: []string{"B-77", "KXA1", "Licence for resale by: Harbour"},
			},
			{
				ID: "2", GTIN: "4004182000000", Description: "Labels 70x36", Quantity: "20",
				Parties: []screening.Party{{Role: screening.ShipTo, Name: "Harbour Books depot", Country: "BE", Identifiers: []screening.Identifier{{Type: "gln", Value: "4000003000009"}}}},
			},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	fields := edifactFields(o)
	for pointer, source := range map[string]string{
		"/reference": "BGM/02.1", "/ordered_at": "DTM[1]/01.2 202409051030", "/fulfil_at": "DTM[2]/01.2 20240920",
		"/texts/0": "FTX[1]/04", "/contract": "RFF[1]/01.2", "/currency": "CUX[1]/01.2",
		"/parties/0/name": "NAD[1]/04", "/parties/0/aliases/1": "NAD[1]/04.2", "/parties/0/identifiers/1": "RFF[3]/01.2",
		"/parties/0/identifiers/2": "COM[1]/01.1", "/parties/1/state": "NAD[2]/07.1", "/parties/3/name": "CTA[2]/02.2",
		"/lines/0/sku": "LIN[1]/03.1", "/lines/0/manufacturer_part": "LIN[1]/PIA[1]/02.1", "/lines/0/gtin": "LIN[1]/PIA[1]/03.1",
		"/lines/0/description": "LIN[1]/IMD[1]/03", "/lines/0/texts/0": "LIN[1]/PIA[2]/02.1", "/lines/0/texts/1": "LIN[1]/IMD[2]/03.1",
		"/lines/0/texts/2": "LIN[1]/FTX[1]/04", "/lines/0/unit_price": "LIN[1]/PRI[1]/01.2 1290,50", "/lines/0/manufacturer": "LIN[1]/NAD[1]/04",
		"/lines/1/parties/0/name": "LIN[2]/NAD[1]/04", "/lines/1/quantity": "LIN[2]/QTY[1]/01.2",
	} {
		if fields[pointer] != source {
			t.Errorf("%s came from %q, want %q", pointer, fields[pointer], source)
		}
	}
}

func TestEDIFACTKinds(t *testing.T) {
	for body, want := range map[string]screening.Document{
		"BGM+220+1+9'": screening.OrderDocument, "BGM+105+1'": screening.OrderDocument, "BGM+221+1+5'": screening.OrderDocument,
		"BGM+230+1+4'": screening.OrderDocument, "BGM+220+1+1'": screening.CancelDocument, "BGM+220+1+17'": screening.CancelDocument,
		"BGM+220+1+3'": screening.CancelDocument, "BGM+230+1+3'": screening.CancelDocument,
		"BGM+70E::9+1+9'": screening.ReturnDocument, "BGM+732+1+9'": screening.ReturnDocument, "BGM+70E::9+1+1'": screening.CancelDocument,
		"BGM+220:::Return of goods+1+9'": screening.OrderDocument,
	} {
		if o := edifactOrderOf(t, body+"LIN+1++A:SA'UNS+S'"); o.Document != want || len(o.Problems) > 0 {
			t.Errorf("%s is %s (%s), want %s", body, o.Document, edifactProblems(o), want)
		}
	}
	document, err := edifactDecode(t, edifactInterchangeOf(edifactMessageOf("ORDCHG", "BGM+230+1+4'DTM+4:20240601:102'DTM+137:20240901:102'LIN+1+3+A:SA'UNS+S'")))
	if err != nil || document.Orders[0].Document != screening.OrderDocument || document.Orders[0].OrderedAt != "2024-09-01" {
		t.Errorf("a change: %+v, %v", document, err)
	}
}

func TestEDIFACTParties(t *testing.T) {
	long := "Institute of Applied Harbour Sciens" // fills its 35 places
	for name, c := range map[string]struct {
		segment string
		want    screening.Party
	}{
		"a name cut inside of a word": {
			"NAD+BY+++" + long + ":es GmbH'",
			screening.Party{Role: screening.Buyer, Name: long + "es GmbH", Aliases: []string{long + " es GmbH", long, "es GmbH"}},
		},
		"a name that went on at a word": {
			"NAD+BY+++Institute of Applied Harbour:Sciences Ltd'",
			screening.Party{
				Role: screening.Buyer, Name: "Institute of Applied Harbour Sciences Ltd",
				Aliases: []string{"Institute of Applied Harbour", "Sciences Ltd"},
			},
		},
		"name and address in one block": {
			"NAD+ST++Mole Works:Pier 4:Antwerp:BELGIUM'",
			screening.Party{Role: screening.ShipTo, Name: "Mole Works", Address: "Pier 4, Antwerp, BELGIUM"},
		},
		"another name in the block": {
			"NAD+ST++Mole Works:Ministry of Piers:Pier 4'",
			screening.Party{Role: screening.ShipTo, Name: "Mole Works", Aliases: []string{"Ministry of Piers"}, Address: "Ministry of Piers, Pier 4"},
		},
		"only a number": {
			"NAD+SE+4000001000005::9'",
			screening.Party{Role: screening.Seller, Identifiers: []screening.Identifier{{Type: "gln", Value: "4000001000005"}}},
		},
		"a number of the buyer's": {
			"NAD+IV+0815::92'RFF+IT:4711'RFF+FC:12/345'",
			screening.Party{Role: screening.BillTo, Identifiers: []screening.Identifier{{Type: "own", Value: "0815"}, {Type: "own", Value: "4711"}, {Type: "tax_id", Value: "12/345"}}},
		},
		"a code that is not known": {
			"NAD+Q9+++Somebody'", screening.Party{Role: screening.Intermediary, Name: "Somebody"},
		},
		"released signs": {
			"NAD+PR+++D?'Or ?+ Fils ??+Rue 1?:2'", screening.Party{Role: screening.BillTo, Name: "D'Or + Fils ?", Address: "Rue 1:2"},
		},
		"the ultimate consignee":       {"NAD+UC+++Fort'", screening.Party{Role: screening.EndUser, Name: "Fort"}},
		"who is paid":                  {"NAD+PE+++Factor AG'", screening.Party{Role: screening.Payee, Name: "Factor AG"}},
		"the carrier":                  {"TDT+20++30+31+SCAC:172:182:Fast Lorries'", screening.Party{Role: screening.Intermediary, Name: "Fast Lorries", Identifiers: []screening.Identifier{{Type: "scac", Value: "SCAC"}}}},
		"the holder of an account":     {"FII+RB+DE0012345678:Somebody Else Ltd'", screening.Party{Role: screening.Payee, Name: "Somebody Else Ltd"}},
		"a place of delivery":          {"LOC+7+USNYC:139:6:New York'", screening.Party{Role: screening.ShipTo, Country: "US", Address: "New York"}},
		"a place by number":            {"LOC+7+4000009000003::9'", screening.Party{Role: screening.ShipTo, Identifiers: []screening.Identifier{{Type: "gln", Value: "4000009000003"}}}},
		"a country of destination":     {"LOC+36+CU'", screening.Party{Role: screening.EndUser, Country: "CU"}},
		"the holder at a payer's bank": {"FII+BI+1:Holder Ltd'", screening.Party{Role: screening.BillTo, Name: "Holder Ltd"}},
		"a bank":                       {"FII+RB++BANKDE:25:5::::First Harbour Bank:Kiel'", screening.Party{Role: screening.Intermediary, Name: "First Harbour Bank", Address: "Kiel"}},
		"a country by its name":        {"LOC+28+:::Norway'", screening.Party{Role: screening.ShipTo, Country: "NO"}},
		"the place of a party":         {"NAD+SU+++Co'LOC+14+4000009000003::9:Hall 3'", screening.Party{Role: screening.Seller, Name: "Co", Address: "Hall 3", Identifiers: []screening.Identifier{{Type: "gln", Value: "4000009000003"}}}},
		"the order of a name":          {"NAD+SU+++Sons:of::::2'", screening.Party{Role: screening.Seller, Name: "Sons, of", Aliases: []string{"Sons", "of"}}},
		"words in a reference":         {"NAD+SU+++Co'RFF+ACD:Spring deal'", screening.Party{Role: screening.Seller, Name: "Co"}},
		"a place that is no country":   {"LOC+8+Paris'", screening.Party{Role: screening.ShipTo, Address: "Paris"}},
		"a web address":                {"NAD+BY+++Co'COM+https?://www.Example.mil/shop:AO'", screening.Party{Role: screening.Buyer, Name: "Co", Identifiers: []screening.Identifier{{Type: "domain", Value: "example.mil"}}}},
	} {
		o := edifactOrderOf(t, c.segment+"LIN+1++A:SA'UNS+S'")
		if len(o.Parties) != 1 || !reflect.DeepEqual(o.Parties[0], c.want) || len(o.Problems) > 0 {
			t.Errorf("%s: got %+v (%s)\nwant %+v", name, o.Parties, edifactProblems(o), c.want)
		}
	}
	o := edifactOrderOf(t, "NAD+BY'NAD+MF+++Maker:Inc'NAD+MF+4000001000005::9'LIN+1++A:SA'LIN+2++B:SA'NAD+MF+++Other'UNS+S'")
	if o.Lines[0].Manufacturer != "Maker, Inc" || o.Lines[1].Manufacturer != "Other" || len(o.Parties) != 1 || o.Parties[0].Role != screening.Manufacturer {
		t.Errorf("makers: %+v", o)
	}
}

func TestEDIFACTLines(t *testing.T) {
	for name, c := range map[string]struct {
		segments string
		want     screening.Line
	}{
		"the buyer's number alone": {"LIN+1++ABC123:IN'", screening.Line{ID: "1", SKU: "ABC123"}},
		"a number of no type":      {"LIN+++70567894'", screening.Line{SKU: "70567894"}},
		"no line number":           {"LIN+++9:VP'", screening.Line{SKU: "9"}},
		"a class is no article":    {"LIN+1'PIA+5+43232500:CC+XY-1:BP'", screening.Line{ID: "1", SKU: "XY-1", Texts: []string{"43232500"}}},
		"a GTIN with letters":      {"LIN+1++KX4863:EN'", screening.Line{ID: "1", SKU: "KX4863"}},
		"a substitute":             {"LIN+1++A:SA'PIA+4+B:SA'", screening.Line{ID: "1", SKU: "A", Texts: []string{"B"}}},
		"a further number":         {"LIN+1++A:SA'PIA+1+B:SA+C:VP'", screening.Line{ID: "1", SKU: "A", Texts: []string{"B", "C"}}},
		"the same number again":    {"LIN+1++A:SA'PIA+5+A:SA'", screening.Line{ID: "1", SKU: "A"}},
		"a stray star":             {"LIN+1++KX4863DA*FS:SA'", screening.Line{ID: "1", SKU: "KX4863DA*FS"}},
		"a description that was cut inside of a word": {
			"LIN+1'IMD+F++:::Total protection for the harbour co:mputers'",
			screening.Line{ID: "1", Description: "Total protection for the harbour computers", Texts: []string{"Total protection for the harbour co mputers"}},
		},
		"one that goes on in another segment": {
			"LIN+1'IMD+F+8+:::Total protection:for the computers of the harbour'IMD+F+8+:::authority of Brest'IMD+F+35+:::blue'",
			screening.Line{ID: "1", Description: "Total protection for the computers of the harbour authority of Brest", Texts: []string{
				"blue", "Total protection protectionfor for the computers of the harbour harbourauthority authority of Brest",
			}},
		},
		"a brand":                    {"LIN+1'IMD+F+BRN+:::Acme'IMD+F++:::Pen'", screening.Line{ID: "1", Manufacturer: "Acme", Description: "Pen"}},
		"a language behind the text": {"LIN+1'IMD+F++:::Stift:rot:DE'", screening.Line{ID: "1", Description: "Stift rot", Texts: []string{"Stift Stiftrot rot"}}},
		"text in the wrong place":    {"LIN+1'IMD+F++:::Soup 1:10 and 1:6'", screening.Line{ID: "1", Description: "Soup 1 10 and 1 6"}},
		"a comma is a decimal mark":  {"LIN+1++A'QTY+21:1,125:KGM'", screening.Line{ID: "1", SKU: "A", Quantity: "1.125"}},
		"a return":                   {"LIN+1++A'QTY+21:-5'", screening.Line{ID: "1", SKU: "A", Quantity: "-5"}},
		"what is ordered wins": {
			"LIN+1++A'QTY+59:12'QTY+1:7'QTY+21:3'LOC+9+X'QTY+21:2'", screening.Line{ID: "1", SKU: "A", Quantity: "3"},
		},
		"the net price wins":      {"LIN+1++A'PRI+AAB:12'PRI+AAA:10.5'", screening.Line{ID: "1", SKU: "A", UnitPrice: "10.5"}},
		"the last delivery":       {"LIN+1++A'DTM+2:20240920:102'SCC+1'QTY+21:1'DTM+2:20241002:102'", screening.Line{ID: "1", SKU: "A", Quantity: "1", FulfilAt: "2024-10-02"}},
		"a window of delivery":    {"LIN+1++A'DTM+64:20240920:102'DTM+63:20241002:102'", screening.Line{ID: "1", SKU: "A", FulfilAt: "2024-09-20/2024-10-02"}},
		"no window":               {"LIN+1++A'DTM+63:20240920:102'DTM+64:20241002:102'", screening.Line{ID: "1", SKU: "A", FulfilAt: "2024-09-20"}},
		"not later than":          {"LIN+1++A'DTM+38:20240920:102'", screening.Line{ID: "1", SKU: "A", FulfilAt: "2024-09-20"}},
		"a week of delivery":      {"LIN+1++A'DTM+2:202439:616'", screening.Line{ID: "1", SKU: "A", FulfilAt: "2024-09-23/2024-09-29"}},
		"a period of service":     {"LIN+1++A'DTM+263:2024090120250831:718'", screening.Line{ID: "1", SKU: "A", ServiceStart: "2024-09-01", ServiceEnd: "2025-08-31"}},
		"marks and serials":       {"LIN+1++A'PCI+33E+For Navy Yard:Hall 3'GIN+BN+LIC-0099'", screening.Line{ID: "1", SKU: "A", Texts: []string{"For Navy Yard", "Hall 3", "LIC-0099"}}},
		"a segment of no name":    {"LIN+1++A'XYZ+9+free words'", screening.Line{ID: "1", SKU: "A", Texts: []string{"free words"}}},
		"codes are no text":       {"LIN+1++A'ALI+DE'MOA+203:10:USD'TAX+7+VAT+++:::19'ALC+A'PCD+3:20'SCC+7'MEA+PD+LAY:4'", screening.Line{ID: "1", SKU: "A"}},
		"terms are":               {"LIN+1++A'TOD+3++DAP:::free to the kerb'ALC+C+++FC:::Freight extra'", screening.Line{ID: "1", SKU: "A", Texts: []string{"free to the kerb", "Freight extra"}}},
		"references of the line":  {"LIN+1++A'RFF+ACD:Deal of spring'RFF+LI:10'", screening.Line{ID: "1", SKU: "A", Texts: []string{"Deal of spring"}}},
		"separators not released": {"LIN+1'IMD+F++:::C+extra words'FTX+A+++more+EN+late words'", screening.Line{ID: "1", Description: "C", Texts: []string{"extra words", "more", "late words"}}},
	} {
		o := edifactOrderOf(t, c.segments+"UNS+S'")
		if len(o.Lines) != 1 || !reflect.DeepEqual(o.Lines[0], c.want) || len(o.Problems) > 0 {
			t.Errorf("%s: got %+v (%s)\nwant %+v", name, o.Lines, edifactProblems(o), c.want)
		}
	}
}

// What the header says holds for the lines that say nothing of their own.
func TestEDIFACTHeader(t *testing.T) {
	o := edifactOrderOf(t, "IMD+F++:::Licences for the fleet'FTX+PUR++FLEET DEAL'FTX+PUR++AB1'LOC+9+:::Kiel'PAT+1++1:::net in 30 days'"+
		"DTM+263:20240901-20250831:718'DTM+10:20240910:102'LIN+1++A:SA'LIN+2++B:SA'DTM+206:20241231:102'UNS+S'FTX+SUR+++Thank you'MOA+86:1'CNT+1:5'")
	if want := []string{"Licences for the fleet", "FLEET DEAL", "Kiel", "net in 30 days", "Thank you"}; !reflect.DeepEqual(o.Texts, want) {
		t.Errorf("texts %q", o.Texts)
	}
	if o.Lines[0].ServiceStart != "2024-09-01" || o.Lines[0].ServiceEnd != "2025-08-31" || o.Lines[1].ServiceEnd != "2024-12-31" || o.FulfilAt != "2024-09-10" {
		t.Errorf("dates: %+v", o)
	}
	if got := edifactProblems(o); got != "" {
		t.Errorf("problems: %s", got)
	}
	o = edifactOrderOf(t, strings.Repeat("RFF+CT:A'RFF+BC:B'", 50))
	if o.Contract != "A; B" {
		t.Errorf("contract %q", o.Contract)
	}
}

func TestEDIFACTSubLines(t *testing.T) {
	o := edifactOrderOf(t, "LIN+1++SET:SA'LIN+2++KX1:SA+1:1'IMD+F++:::Part of the set'LIN+3++C:SA'UNS+S'CNT+2:2'")
	if len(o.Lines) != 3 || o.Lines[1].Description != "Part of the set" || len(o.Problems) > 0 {
		t.Errorf("%+v (%s)", o.Lines, edifactProblems(o))
	}
	if o = edifactOrderOf(t, "LIN+1++SET:SA'LIN+2++KX1:SA+1:1'UNS+S'CNT+2:2'"); len(o.Problems) > 0 {
		t.Errorf("counted with sub-lines: %s", edifactProblems(o))
	}
}

func TestEDIFACTProblems(t *testing.T) {
	for body, want := range map[string]string{
		"LIN+1++A:SA'UNS+S'CNT+2:2'":                               "control_total /lines @CNT[1]/01",
		"DTM+137:20240931:102'LIN+1++A:SA'":                        "unknown_date /ordered_at @DTM[1]/01.2",
		"DTM+137:20240901:999'LIN+1++A:SA'":                        "unknown_date /ordered_at @DTM[1]/01.2",
		"DTM+:20240901:102'LIN+1++A:SA'":                           "unknown_date  @DTM[1]/01.1",
		"DTM+ZZZ:20240901:102'LIN+1++A:SA'":                        "unknown_date  @DTM[1]/01.1",
		"DTM+137:20240901:102'DTM+137:20240902:102'LIN+1++A:SA'":   "duplicate_field /ordered_at @DTM[2]/01.2",
		"DTM+137:2024090120240902:718'LIN+1++A:SA'":                "unknown_date /ordered_at @DTM[1]/01.2",
		"LIN+1++A:SA'DTM+2:5:804'":                                 "unknown_date /lines/0/fulfil_at @LIN[1]/DTM[1]/01.2",
		"LIN+1++A:SA'PIA+5+B:SA'":                                  "duplicate_field /lines/0/sku @LIN[1]/PIA[1]/02.1",
		"LIN+1++A:SA'QTY+21:few'":                                  "unreadable_number /lines/0/quantity @LIN[1]/QTY[1]/01.2",
		"LIN+1++A:SA'QTY+21:4'QTY+21:5'":                           "duplicate_field /lines/0/quantity @LIN[1]/QTY[2]/01.2",
		"LIN+1++A:SA'NAD+MF+++X'NAD+MF+++Y'":                       "duplicate_field /lines/0/manufacturer @LIN[1]/NAD[2]/04",
		"NAD+BY+++A+B+C++1+Atlantis'LIN+1++A:SA'":                  "unknown_country /parties/0/country @NAD[1]/09.1",
		"NAD+BY+++Big + Small+B+C++1+DE'LIN+1++A:SA'":              "unknown_country /parties/0/country @NAD[1]/09.1; unexpected_structure /parties/0 @NAD[1]/10",
		"CUX+2:EUR:9'CUX+2:USD:9'LIN+1++A:SA'":                     "duplicate_field /currency @CUX[2]/01.2",
		"BGM+220+1+9'BGM+220+2+9'LIN+1++A:SA'":                     "unexpected_structure  @BGM; duplicate_field /reference @BGM/02.1",
		"DTM+61:20240901:102'DTM+137::102'DTM'RFF'LIN+1++A:SA'LIN": "",
	} {
		if got := edifactProblems(edifactOrderOf(t, strings.TrimSuffix(body, "LIN"))); got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
	document, err := edifactDecode(t, edifactInterchangeOf(edifactMessageOf("ORDERS", "LIN+1++A:SA'")))
	if err != nil || edifactProblems(&document.Orders[0]) != "unexpected_structure  @UNH" {
		t.Errorf("without a beginning: %+v, %v", document.Problems, err)
	}
}

// What one message says wrong is its own problem; what frames the document is everybody's.
func TestEDIFACTSeveral(t *testing.T) {
	first := edifactMessageOf("ORDERS", "BGM+220+A+9'LIN+1++X:SA'")
	second := strings.ReplaceAll(edifactMessageOf("ORDERS", "BGM+220+B+9'LIN+1++Y:SA'UNS+S'CNT+2:3'"), "UNH+1+", "UNH+2+")
	document, err := edifactDecode(t, edifactInterchangeOf(first, strings.ReplaceAll(second, "+1'", "+2'"))+
		"\r\n"+strings.ReplaceAll(edifactInterchangeOf(edifactMessageOf("INVOIC", "BGM+380+I'"), edifactMessageOf("ORDERS", "BGM+220+C'LIN+1++Z:SA'")), "+7'", "+8'"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range document.Orders {
		o := &document.Orders[i]
		got = append(got, o.Reference+" "+o.Lines[0].SKU+" "+edifactFields(o)["/lines/0/sku"]+" ("+edifactProblems(o)+")")
	}
	want := []string{
		"A X UNH[1]/LIN[1]/03.1 ()",
		"B Y UNH[2]/LIN[1]/03.1 (control_total /lines @UNH[2]/CNT[1]/01)",
		"C Z UNH[4]/LIN[1]/03.1 (unexpected_structure  @UNH[4]/UNH)",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestEDIFACTRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		document string
		kind     Kind
		says     string
	}{
		"an invoice":      {edifactInterchangeOf(edifactMessageOf("INVOIC", "BGM+380+1'")), Unsupported, "an invoice (EDIFACT INVOIC)"},
		"a response":      {edifactInterchangeOf(edifactMessageOf("ORDRSP", "BGM+231+1'")), Unsupported, "an order response"},
		"another message": {edifactInterchangeOf(edifactMessageOf("WKGRDC", "BGM+1+1'")), Unsupported, `"WKGRDC"`},
		"no message":      {"UNB+UNOA:1+A+B+240101:1000+1'UNZ+0+1'", Malformed, "no message"},
		"mad signs":       {"UNA++.? 'UNB+UNOA:1+A+B+240101:1000+1'", Malformed, "service characters"},
		"no sign known":   {"UNB|UNOA:1|A|B|240101:1000|1", Malformed, "no UNA segment"},
		"too many lines":  {edifactInterchangeOf(edifactMessageOf("ORDERS", "BGM+220+1'"+strings.Repeat("LIN+1++A:SA'", MaxLines+1))), TooLarge, "lines"},
		"a long line":     {edifactInterchangeOf(edifactMessageOf("ORDERS", "BGM+220+1'LIN+1'"+strings.Repeat("QTY+1:1'", maxEdifactGroup+1))), TooLarge, "segments"},
		"many messages":   {edifactInterchangeOf(strings.Repeat("UNH+1+ORDERS'UNT+2+1'", maxEdifactMessages+1)), TooLarge, "messages"},
		"many segments":   {edifactInterchangeOf(strings.Repeat("X1Y'", maxEdifactSegments)), TooLarge, "segments"},
		"many elements":   {edifactInterchangeOf("FTX" + strings.Repeat("+", maxEdifactParts)), Malformed, "elements"},
		"many pieces":     {edifactInterchangeOf("FTX+" + strings.Repeat("a'", 2*maxEdifactRejoined)), Malformed, "service characters"},
	} {
		_, err := edifactDecode(t, c.document)
		if got := (*Error)(nil); !errors.As(err, &got) || got.Kind != c.kind || !strings.Contains(got.Detail, c.says) {
			t.Errorf("%s: %v, want kind %d that says %q", name, err, c.kind, c.says)
		}
	}
	r := readerFor(t)
	if _, err := r.Decode(t.Context(), []byte("Dear Sir, please send us ten pens."), Hints{Format: "edifact"}); err == nil {
		t.Error("a letter was read")
	}
	cancelledContext, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Decode(cancelledContext, []byte(edifactInterchangeOf(edifactMessageOf("ORDERS", edifactWhole))), Hints{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
