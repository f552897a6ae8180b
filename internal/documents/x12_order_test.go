package documents

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interdict/interdict/screening"
)

func TestX12Order(t *testing.T) {
	orders := x12Orders(t, x12OrderOf(`BEG*00*NE*P-2002*R-ONE*20240927*CT-88
		CUR*BY*usd
		REF*CT*CT-99
		REF*DP*HARDWARE DEPARTMENT
		PER*BD*Jo Doe*TE*770 555 0100*EM*jo.doe@pinewood.example
		TD5*O*2*HBRX*M*HARBOR EXPRESS
		DTM*010*20241003
		DTM*002*20241004
		N9*ZZ*1*NOT FOR RESALE
		MSG*Call Ann, tel: 770 555 0100, ann@pinewood.example
		N1*BY*PINEWOOD SCHOOLS*9*1234567890001
		N2*PURCHASING
		N3*1 ELM STREET*SUITE 4
		N4*ATHENS*GA*30601*US
		REF*TJ*12-3456789
		N1*SE*HARBOR SUPPLY INC*1*987654321
		N4*TACOMA*WA*98401*USA
		N1*ST**92*0042
		N1*Z7*ELM ELEMENTARY*UL*0012345678905
		N1*RI*HARBOR BANKING*34*123456789
		PO1*10*1,200*EA*3.25**VP*CHALK-12*BP*77-1*UP*012345678905*MF*WHITEMAKE*MG*WM12
		PID*F****CHALK, WHITE, BOX OF 12
		PID*F****DUSTLESS
		CTT*1*1200`))
	if len(orders) != 1 {
		t.Fatalf("%d orders", len(orders))
	}
	o := orders[0]
	if len(o.Problems) != 0 {
		t.Errorf("problems: %s", x12Codes(o))
	}
	want := screening.Order{
		Reference: "P-2002", OrderedAt: "2024-09-27", FulfilAt: "2024-10-04", Document: screening.OrderDocument, Currency: "USD", Contract: "CT-88; CT-99",
		Texts: []string{"R-ONE", "HARDWARE DEPARTMENT", "NOT FOR RESALE", "Call Ann, , pinewood.example"},
		Parties: []screening.Party{
			{Role: screening.Intermediary, Name: "HARBOR EXPRESS", Identifiers: []screening.Identifier{{Type: "scac", Value: "HBRX"}}},
			{
				Role: screening.Buyer, Name: "PINEWOOD SCHOOLS", Aliases: []string{"PURCHASING", "PINEWOOD SCHOOLS PURCHASING"},
				Address: "1 ELM STREET, SUITE 4, ATHENS, 30601", Country: "US", State: "GA",
				Identifiers: []screening.Identifier{{Type: "duns", Value: "123456789"}, {Type: "tax_id", Value: "12-3456789"}, {Type: "domain", Value: "pinewood.example"}},
			},
			{Role: screening.Seller, Name: "HARBOR SUPPLY INC", Address: "TACOMA, 98401", Country: "US", State: "WA", Identifiers: []screening.Identifier{{Type: "duns", Value: "987654321"}}},
			{Role: screening.ShipTo, Identifiers: []screening.Identifier{{Type: "own", Value: "0042"}}},
			{Role: screening.EndUser, Name: "ELM ELEMENTARY", Identifiers: []screening.Identifier{{Type: "gln", Value: "0012345678905"}}},
			{Role: screening.Payee, Name: "HARBOR BANKING"},
		},
		Lines: []screening.Line{{
			ID: "10", SKU: "CHALK-12", Manufacturer: "WHITEMAKE", ManufacturerPart: "WM12", Description: "CHALK, WHITE, BOX OF 12", GTIN: "012345678905",
			Quantity: "1200", UnitPrice: "3.25", Texts: []string{"DUSTLESS", "CHALK, WHITE, BOX OF 12 12DUSTLESS DUSTLESS"},
		}},
		Fields: o.Fields,
	}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("got  %+v\nwant %+v", o, want)
	}
	got := x12Sources(o, "/reference", "/contract", "/ordered_at", "/fulfil_at", "/currency", "/texts/3", "/parties/1/aliases/0", "/parties/1/address", "/parties/2/country",
		"/parties/1/identifiers/0", "/lines/0/sku", "/lines/0/manufacturer", "/lines/0/quantity", "/lines/0/description", "/lines/0/texts/0")
	if want := "BEG/03 BEG/06 BEG/05=20240927 DTM[2]/02=20241004 CUR/02=usd MSG/01 N2/01 N3/01 N4[2]/04=USA N1[1]/04 PO1/07 PO1/13 PO1/02=1,200 PO1/PID[1]/05 PO1/PID[2]/05"; got != want {
		t.Errorf("sources\n got %s\nwant %s", got, want)
	}
}

func TestX12Kinds(t *testing.T) {
	for begin, want := range map[string]struct {
		document screening.Document
		activity screening.Activity
	}{
		"BEG*00*NE*1**20240911":  {screening.OrderDocument, ""},
		"BEG*01*NE*1**20240911":  {screening.CancelDocument, ""},
		"BEG*04*CP*1**20240911":  {screening.OrderDocument, ""},
		"BEG*00*RN*1**20240911":  {screening.OrderDocument, screening.Renewal},
		"BEG*00*RR*1**20240911":  {screening.OrderDocument, ""},
		"BCH*01*NE*1***20240911": {screening.CancelDocument, ""},
		"BEG*03*NE*1**20240911":  {screening.CancelDocument, ""},
		"BCH*03*NE*1***20240911": {screening.CancelDocument, ""},
		"BCH*04*NE*1***20240911": {screening.OrderDocument, ""},
	} {
		o := x12Orders(t, x12OrderOf(begin+"\nPO1*1*1*EA***VP*CUP"))[0]
		if o.Document != want.document || o.Activity != want.activity || len(o.Problems) > 0 {
			t.Errorf("%s: %s, %q, problems %s", begin, o.Document, o.Activity, x12Codes(o))
		}
	}
}

func TestX12ContractsOfPublicBuyers(t *testing.T) {
	o := x12Orders(t, x12OrderOf("BEG*00*KT*47QS-TEST-1*0003*20240911\nN9*GC*GS-TEST-2*SCHEDULE\nPO1*1*1*EA***VP*CUP\nREF*CT*GS-TEST-3\nREF*CT*GS-TEST-2"))[0]
	if o.Contract != "47QS-TEST-1; GS-TEST-2; GS-TEST-3" || !slices.Equal(o.Texts, []string{"SCHEDULE"}) {
		t.Errorf("contract %q, texts %q", o.Contract, o.Texts)
	}
}

func TestX12Dates(t *testing.T) {
	for name, c := range map[string]struct {
		segments                      string
		ordered, fulfil, lineFulfil   string
		orderedFrom, fulfilFrom, flaw string
	}{
		"day":                 {"BEG*00*NE*1**20240927", "2024-09-27", "", "", "BEG/05=20240927", "", ""},
		"two-digit year":      {"BEG*00*NE*1**240927", "2024-09-27", "", "", "BEG/05=240927", "", ""},
		"last century":        {"BEG*00*NE*1**970501", "1997-05-01", "", "", "BEG/05=970501", "", ""},
		"with its century":    {"BEG*00*NE*1**970501:19", "1997-05-01", "", "", "BEG/05=970501:19", "", ""},
		"ISO":                 {"BEG*00*NE*1**2024-09-27", "2024-09-27", "", "", "BEG/05", "", ""},
		"time of that day":    {"BEG*00*NE*1**20240928\nDTM*004*20240928*2330*ET", "2024-09-28T23:30:00-04:00", "", "", "DTM/02=20240928", "", ""},
		"winter":              {"BEG*00*NE*1**20241128\nDTM*097*20241128*233005*ET", "2024-11-28T23:30:05-05:00", "", "", "DTM/02=20241128", "", ""},
		"standard time":       {"BEG*00*NE*1**20240928\nDTM*097*20240928*2330*ES", "2024-09-28T23:30:00-05:00", "", "", "DTM/02=20240928", "", ""},
		"local time":          {"BEG*00*NE*1**20240928\nDTM*097*20240928*2330*LT", "2024-09-28T23:30:00", "", "", "DTM/02=20240928", "", ""},
		"UTC":                 {"BEG*00*NE*1**20240928\nDTM*097*20240928*2330*UT", "2024-09-28T23:30:00Z", "", "", "DTM/02=20240928", "", ""},
		"an hour's offset":    {"BEG*00*NE*1**20240928\nDTM*004*20240928*2330*20", "2024-09-28T23:30:00-05:00", "", "", "DTM/02=20240928", "", ""},
		"east of UTC":         {"BEG*00*NE*1**20240928\nDTM*004*20240928*2330*03", "2024-09-28T23:30:00+03:00", "", "", "DTM/02=20240928", "", ""},
		"half an hour":        {"BEG*00*NE*1**20240928\nDTM*004*20240928*2330*27", "2024-09-28T23:30:00+05:30", "", "", "DTM/02=20240928", "", ""},
		"no time of day":      {"BEG*00*NE*1**20240928\nDTM*004*20240928*2560*ET", "2024-09-28", "", "", "BEG/05=20240928", "", ""},
		"an unknown zone":     {"BEG*00*NE*1**20240928\nDTM*004*20240928*2330*QQ", "2024-09-28", "", "", "BEG/05=20240928", "", "unknown_date at /ordered_at from DTM/02"},
		"created later":       {"BEG*00*NE*1**20240927\nDTM*097*20241001*1200*UT", "2024-09-27", "", "", "BEG/05=20240927", "", ""},
		"only created":        {"BEG*00*NE*1\nDTM*097*20241001", "2024-10-01", "", "", "DTM/02=20241001", "", ""},
		"only effective":      {"BEG*00*NE*1\nDTM*007*20241001", "2024-10-01", "", "", "DTM/02=20241001", "", ""},
		"two order dates":     {"BEG*00*NE*1**20240927\nDTM*004*20241001", "2024-10-01", "", "", "DTM/02=20241001", "", "duplicate_field at /ordered_at from BEG/05"},
		"no date that exists": {"BEG*00*NE*1**20240931", "20240931", "", "", "BEG/05", "", "unknown_date at /ordered_at from BEG/05"},
		"month first":         {"BEG*00*NE*1**09272024", "09272024", "", "", "BEG/05", "", "unknown_date at /ordered_at from BEG/05"},
		"zeros":               {"BEG*00*NE*1**00000000\nDTM*002*20241001", "", "2024-10-01", "", "", "DTM/02=20241001", ""},
		"only unknown":        {"BEG*00*NE*1\nDTM*777*20241001", "", "", "", "", "", "unknown_date at DTM/02"},
		"unknown beside":      {"BEG*00*NE*1**20240927\nDTM*777*20241001", "2024-09-27", "", "", "BEG/05=20240927", "", ""},
		"none":                {"BEG*00*NE*1", "", "", "", "", "", ""},
		"window":              {"BEG*00*NE*1**20240827\nDTM*063*20240930\nDTM*064*20240901", "2024-08-27", "2024-09-30", "", "BEG/05=20240827", "DTM[1]/02=20240930", ""},
		"range":               {"BEG*00*NE*1**20240827\nDTM*002****RD8*20240901-20240930", "2024-08-27", "2024-09-30", "", "BEG/05=20240827", "DTM/06=20240901-20240930", ""},
		"period":              {"BEG*00*NE*1**20240827\nDTM*002****DT*202409011530", "2024-08-27", "2024-09-01T15:30:00", "", "BEG/05=20240827", "DTM/06=202409011530", ""},
		"unknown period":      {"BEG*00*NE*1**20240827\nDTM*002****WW*202439", "2024-08-27", "202439", "", "BEG/05=20240827", "DTM/06", "unknown_date at /fulfil_at from DTM/06"},
		"century of a DTM":    {"BEG*00*NE*1**20240827\nDTM*002*010808***20", "2024-08-27", "2001-08-08", "", "BEG/05=20240827", "DTM/02=010808", ""},
		"cancel after":        {"BEG*00*NE*1**20240827\nDTM*001*20241015", "2024-08-27", "2024-10-15", "", "BEG/05=20240827", "DTM/02=20241015", ""},
		"ship, cancel after":  {"BEG*00*NE*1**20240827\nDTM*010*20240915\nDTM*001*20241015", "2024-08-27", "2024-09-15", "", "BEG/05=20240827", "DTM[1]/02=20240915", ""},
		"bad delivery":        {"BEG*00*NE*1**20240827\nDTM*002*SOON", "2024-08-27", "SOON", "", "BEG/05=20240827", "DTM/02", "unknown_date at /fulfil_at from DTM/02"},
		"of the line":         {"BEG*00*NE*1**20240827\nDTM*002*20240901\nPO1*1*1*EA***VP*CUP\nDTM*002*20240930\nDTM*018*20240101", "2024-08-27", "2024-09-01", "2024-09-30", "BEG/05=20240827", "DTM/02=20240901", ""},
		"schedule":            {"BEG*00*NE*1**20240827\nPO1*1*1*EA***VP*CUP\nSCH*1*EA***002*20240910\nSCH*1*EA***002*20240930", "2024-08-27", "", "2024-09-30", "BEG/05=20240827", "", ""},
		"bad schedule":        {"BEG*00*NE*1**20240827\nPO1*1*1*EA***VP*CUP\nSCH*1*EA***002*SEPT", "2024-08-27", "", "SEPT", "BEG/05=20240827", "", "unknown_date at /lines/0/fulfil_at from PO1/SCH/06"},
		"change":              {"BCH*04*NE*1***20240627**CT-5***20241003", "2024-10-03", "", "", "BCH/11=20241003", "", ""},
		"change, not dated":   {"BCH*04*NE*1***20240627", "2024-10-02", "", "", "GS/04=20241002", "", ""},
		"change before":       {"BCH*04*NE*1***20241127", "2024-11-27", "", "", "BCH/06=20241127", "", ""},
		"replacement":         {"BEG*05*NE*1**20240627", "2024-10-02", "", "", "GS/04=20241002", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			segments := c.segments
			if !strings.Contains(segments, "PO1") {
				segments += "\nPO1*1*1*EA***VP*CUP"
			}
			o := x12Orders(t, x12OrderOf(segments))[0]
			if o.OrderedAt != c.ordered || o.FulfilAt != c.fulfil || o.Lines[0].FulfilAt != c.lineFulfil {
				t.Errorf("ordered %q, fulfil %q, line %q", o.OrderedAt, o.FulfilAt, o.Lines[0].FulfilAt)
			}
			if from := x12Sources(o, "/ordered_at"); from != c.orderedFrom {
				t.Errorf("ordered_at from %q", from)
			}
			if from := x12Sources(o, "/fulfil_at"); from != c.fulfilFrom {
				t.Errorf("fulfil_at from %q", from)
			}
			if got := x12Codes(o); got != c.flaw {
				t.Errorf("problems %q, want %q", got, c.flaw)
			}
		})
	}
}

func TestX12ServiceTerms(t *testing.T) {
	o := x12Orders(t, x12OrderOf(`BEG*00*NE*1**20240827
		DTM*007*20240901
		DTM*036*20250831
		PO1*1*1*EA***VP*CUP
		PO1*2*1*EA***VP*LID
		DTM*150*20241001
		DTM*151*20250930`))[0]
	got := []string{o.Lines[0].ServiceStart, o.Lines[0].ServiceEnd, o.Lines[1].ServiceStart, o.Lines[1].ServiceEnd}
	if want := []string{"2024-09-01", "2025-08-31", "2024-10-01", "2025-09-30"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := x12Sources(o, "/lines/0/service_start", "/lines/1/service_end"); got != "DTM[1]/02=20240901 PO1[2]/DTM[2]/02=20250930" {
		t.Errorf("sources %s", got)
	}
}

func TestX12Zones(t *testing.T) {
	for code := range x12ZonePlaces {
		if zone, known := x12Zone(code); zone == nil || !known {
			t.Errorf("%s is no zone", code)
		}
	}
	for code, want := range map[string]string{"PDT": "-07:00", "NS": "-03:30", "14": "-11:00", "12": "+12:00", "24": "-01:00", "GMT": "Z"} {
		zone, _ := x12Zone(code)
		if got := time.Date(2024, 7, 1, 0, 0, 0, 0, zone).Format("Z07:00"); got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
}

func TestX12ItemNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		po1   string
		sku   string
		texts []string
	}{
		"seller's first":          {"PO1*1*1*EA***BP*B-100-1*UP*012345678905*VN*S-100-2", "S-100-2", []string{"B-100-1"}},
		"two of the seller":       {"PO1*1*1*EA***VP*S-100-1*SK*S-100-2", "S-100-1", []string{"S-100-2"}},
		"style number":            {"PO1*1*1*EA***IN*B-100-1*ST*STYLE-7", "STYLE-7", []string{"B-100-1"}},
		"buyer's only":            {"PO1*1*1*EA***IN*02006", "02006", nil},
		"no bar code":             {"PO1*1*1*EA***UP*B0TESTXYZ9", "B0TESTXYZ9", nil},
		"unknown qualifier":       {"PO1*1*1*EA***QX*THING-77", "THING-77", nil},
		"maker's only":            {"PO1*1*1*EA***MG*M-1", "", nil},
		"short codes":             {"PO1*1*1*EA***VP*S-1*CG*0*C3*AB", "S-1", nil},
		"classes with words":      {"PO1*1*1*EA***VP*S-1*C3*SOFTWARE*CC*43233205", "S-1", []string{"SOFTWARE", "43233205"}},
		"cut at the end":          {"PO1*1*1*EA***VP*KL9999QA*QS-N9", "KL9999QA", []string{"QS-N9", "KL9999QA*QS-N9"}},
		"cut in the middle":       {"PO1*1*1*EA***VP*KL9999QA*QS-N9*BP*B-100-1*MF*OAKLINE", "KL9999QA", []string{"QS-N9", "KL9999QA*QS-N9", "B-100-1"}},
		"cut like a qualifier":    {"PO1*1*1*EA***VP*KL9999QA*QS*MF*OAKLINE", "KL9999QA", []string{"QS", "KL9999QA*QS"}},
		"cut before an unknown":   {"PO1*1*1*EA***VP*KL9999QA*QS*C4*CONF-1", "KL9999QA", []string{"QS", "KL9999QA*QS", "CONF-1"}},
		"cut twice":               {"PO1*1*1*EA***BP*KL9999QA*QS*VP*KL9999QA*QS", "KL9999QA", []string{"QS", "KL9999QA*QS"}},
		"cut, then an empty one":  {"PO1*1*1*EA***VP*KL9999QA*QS-N9**MF*OAKLINE", "KL9999QA", []string{"QS-N9", "KL9999QA*QS-N9"}},
		"a star in the buyer's":   {"PO1*1*1*EA***VP*S-100-1*BP*KL9999QA*QS-N9", "S-100-1", []string{"KL9999QA", "QS-N9", "KL9999QA*QS-N9"}},
		"no qualifier at all":     {"PO1*1*1*EA***KL9999QA*QS-N9", "KL9999QA", []string{"QS-N9", "KL9999QA*QS-N9"}},
		"a qualifier left over":   {"PO1*1*1*EA***VP*S-100-1*UP", "S-100-1", nil},
		"an empty pair":           {"PO1*1*1*EA*****VP*S-100-1", "S-100-1", nil},
		"continued":               {"PO1*1*1*EA***VP*S-100-*CT*1-LONG", "S-100-", []string{"1-LONG", "S-100-1-LONG"}},
		"description and maker":   {"PO1*1*1*EA***VP*S-1*PD*A NICE CUP*BL*OAKLINE", "S-1", nil},
		"more numbers than usual": {"PO1*1*1*EA***VP*S-1*SN*SERIAL-1*IB*ISBN-1*ZZ*THING-1", "S-1", []string{"SERIAL-1", "ISBN-1", "THING-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := x12Line1(t, "BEG*00*NE*1**20240911\n"+c.po1)
			if l.SKU != c.sku || !slices.Equal(l.Texts, c.texts) {
				t.Errorf("sku %q, texts %q", l.SKU, l.Texts)
			}
		})
	}
	t.Run("another separator", func(t *testing.T) {
		text := strings.NewReplacer("*", "|").Replace(x12OrderOf("BEG*00*NE*1**20240911\nPO1*1*1*EA***VP*KL9999QA#QS-N9*MF*OAKLINE"))
		l := x12Orders(t, strings.ReplaceAll(text, "#", "*"))[0].Lines[0]
		if l.SKU != "KL9999QA*QS-N9" || l.Manufacturer != "OAKLINE" || l.Texts != nil {
			t.Errorf("%+v", l)
		}
	})
	t.Run("sources", func(t *testing.T) {
		o := x12Orders(t, x12OrderOf("BEG*00*NE*1**20240911\nPO1*1*1*EA***VP*KL9999QA*QS-N9*MF*OAKLINE"))[0]
		if got := x12Sources(o, "/lines/0/sku", "/lines/0/texts/0", "/lines/0/texts/1", "/lines/0/manufacturer"); got != "PO1/07 PO1/08 PO1/07 PO1/10" {
			t.Errorf("sources %s", got)
		}
	})
}

func TestX12LineText(t *testing.T) {
	l := x12Line1(t, `BEG*00*NE*1**20240911
		PO1*1*2*EA***VP*BOX-1
		CUR*BY*USD
		CTP**UCP*7.25
		PID*S**VI*CODE-WORD
		PID*F****`+strings.Repeat("X", 75)+`_KASP
		PID*F****ERLIN BOX
		MEA*PD*WD*61.5*IN
		PO4*24*1*EA*CTN25*****A WOODEN CRATE
		PKG*F*68***WRAPPED IN FOIL
		REF*19*CADC1
		REF*CO**SEE QUOTE 7
		LM*FA
		LQ*0*52.204-23
		SAC*N*ZZZZ***********BBC**SERVICE FEE
		ITA*C*ZZ****GIFT WRAP
		TC2*J*5811.00.3000
		N9*ZZ*NOTE
		MSG*OK
		MSG*FOR THE LAB
		MTX**SECOND NOTE
		QTY*38*7
		NTE*LIN*HANDLE WITH CARE
		XYZ*Y*Предмет
		N1*MF*OAKLINE
		N2*WORKS
		N1*EN*THE LAB*33*1ABC2
		N4*REIMS**51100*FR
		N1*SF*DEPOT 9
		TD5*****VAN LINE
		TD5*****VAN LINE
		SDQ*EA*92*S1*1*S2*1
		PO1*2*0*EA***VP*BOX-2
		SDQ*EA*92*S2*1*S3*1*****************LOC
		CTT*2`)
	if l.UnitPrice != "7.25" || l.Manufacturer != "OAKLINE" || l.Description != strings.Repeat("X", 75)+"_KASP" {
		t.Errorf("line %+v", l)
	}
	want := []string{
		"CODE-WORD", "ERLIN BOX", strings.Repeat("X", 75) + "_KASPERLIN BOX",
		strings.Repeat("X", 75) + "_KASP " + strings.Repeat("X", 55) + "_KASPERLIN ERLIN BOX", "CTN25; A WOODEN CRATE", "WRAPPED IN FOIL", "CADC1", "SEE QUOTE 7", "52.204-23", "ZZZZ; SERVICE FEE",
		"GIFT WRAP", "NOTE", "OK", "FOR THE LAB", "OK OKFOR FOR THE LAB", "SECOND NOTE", "HANDLE WITH CARE", "Предмет", "WORKS", "OAKLINE WORKS",
	}
	if !slices.Equal(l.Texts, want) {
		t.Errorf("texts\n got %q\nwant %q", l.Texts, want)
	}
	if len(l.Parties) != 2 || l.Parties[0].Role != screening.EndUser || l.Parties[0].Country != "FR" || l.Parties[0].Identifiers[0] != (screening.Identifier{Type: "cage", Value: "1ABC2"}) ||
		l.Parties[1].Role != screening.Seller {
		t.Errorf("parties %+v", l.Parties)
	}
}

func TestX12Parties(t *testing.T) {
	for n1, want := range map[string][]screening.Party{
		"N1*BY*A CO":             {{Role: screening.Buyer, Name: "A CO"}},
		"N1*BT*A CO":             {{Role: screening.BillTo, Name: "A CO"}},
		"N1*PR*A CO":             {{Role: screening.BillTo, Name: "A CO"}},
		"N1*BS*A CO":             {{Role: screening.BillTo, Name: "A CO"}, {Role: screening.ShipTo, Name: "A CO"}},
		"N1*ST*A CO":             {{Role: screening.ShipTo, Name: "A CO"}},
		"N1*CN*A CO":             {{Role: screening.ShipTo, Name: "A CO"}},
		"N1*VN*A CO":             {{Role: screening.Seller, Name: "A CO"}},
		"N1*SU*A CO":             {{Role: screening.Seller, Name: "A CO"}},
		"N1*SF*A CO":             {{Role: screening.Seller, Name: "A CO"}},
		"N1*SE*B CO\nN1*SF*A CO": {{Role: screening.Seller, Name: "B CO"}, {Role: screening.Intermediary, Name: "A CO"}},
		"N1*UC*A CO":             {{Role: screening.EndUser, Name: "A CO"}},
		"N1*MA*A CO":             {{Role: screening.EndUser, Name: "A CO"}},
		"N1*RE*A CO":             {{Role: screening.Payee, Name: "A CO"}},
		"N1*MF*A CO":             {{Role: screening.Manufacturer, Name: "A CO"}},
		"N1*FW*A CO":             {{Role: screening.Intermediary, Name: "A CO"}},
		"N1*Q9*A CO":             {{Role: screening.Intermediary, Name: "A CO"}},
		"N1*BY*A CO*38*DE":       {{Role: screening.Buyer, Name: "A CO", Country: "DE"}},
		"N1*BY":                  nil,
		"N1*BY**34*123456789":    nil,
		"N1*BY\nN2*A CO*12":      {{Role: screening.Buyer, Name: "A CO"}},
		"N1*BY*A CO\nREF*SY*1234\nREF*VX*DE123456789\nPER*IC*X*EM*x@b.example*TE*1": {{
			Role: screening.Buyer, Name: "A CO", Identifiers: []screening.Identifier{{Type: "vat", Value: "DE123456789"}, {Type: "domain", Value: "b.example"}},
		}},
		"N1*BY*THIS NAME FILLS ITS ELEMENT AND GOE\nN2*S ON": {{
			Role: screening.Buyer, Name: "THIS NAME FILLS ITS ELEMENT AND GOE",
			Aliases: []string{"S ON", "THIS NAME FILLS ITS ELEMENT AND GOE S ON", "THIS NAME FILLS ITS ELEMENT AND GOES ON"},
		}},
		"N1*BY*A CO\nN2*jo@b.example": {{Role: screening.Buyer, Name: "A CO", Aliases: []string{"b.example", "A CO b.example"}}},
		"N1*BY*A CO*XV*77":            {{Role: screening.Buyer, Name: "A CO", Identifiers: []screening.Identifier{{Type: "x12:xv", Value: "77"}}}},
		"N1*BY*A CO*10*AB12C":         {{Role: screening.Buyer, Name: "A CO", Identifiers: []screening.Identifier{{Type: "dodaac", Value: "AB12C"}}}},
	} {
		o := x12Orders(t, x12OrderOf("BEG*00*NE*1**20240911\n"+n1+"\nPO1*1*1*EA***VP*CUP"))[0]
		if !reflect.DeepEqual(o.Parties, want) || len(o.Problems) > 0 || strings.Contains(fmt.Sprint(o), "1234 ") {
			t.Errorf("%q: parties %+v, problems %s", n1, o.Parties, x12Codes(o))
		}
	}
}

func TestX12Stores(t *testing.T) {
	o := x12Orders(t, x12OrderOf("BEG*00*NE*1**20240911\nPO1*1*4*EA***VP*CUP\nSDQ*EA*92*S1*1*S2*3\nPO1*2*1*EA***VP*LID\nSDQ*EA*92*S2*1"))[0]
	want := []screening.Party{
		{Role: screening.ShipTo, Identifiers: []screening.Identifier{{Type: "own", Value: "S1"}}},
		{Role: screening.ShipTo, Identifiers: []screening.Identifier{{Type: "own", Value: "S2"}}},
	}
	if !reflect.DeepEqual(o.Parties, want) || len(o.Problems) > 0 {
		t.Errorf("parties %+v, problems %s", o.Parties, x12Codes(o))
	}
}

func TestX12SubLines(t *testing.T) {
	o := x12Orders(t, x12OrderOf(`BEG*00*NE*1**20240911
		PO1*1*2*EA*100**VP*SET-1
		PID*F****STARTER SET
		SLN*1**I*1*EA*60***VP*PART-A*MF*OAKLINE
		PID*F****TABLE LEG
		SLN*2**I*1*EA****PD*GLUE, ONE TUBE
		PID*F****STRONG GLUE
		PO1*2*1*EA*5**VP*CUP
		CTT*2`))[0]
	if len(o.Problems) > 0 {
		t.Errorf("problems %s", x12Codes(o))
	}
	want := []screening.Line{
		{
			ID: "1", SKU: "SET-1", Quantity: "2", UnitPrice: "100", Description: "STARTER SET",
			Texts: []string{"PART-A", "OAKLINE", "TABLE LEG", "GLUE, ONE TUBE", "STRONG GLUE"},
		},
		{ID: "1.1", SKU: "PART-A", Manufacturer: "OAKLINE", Quantity: "1", UnitPrice: "60", Description: "TABLE LEG"},
		{ID: "2", SKU: "CUP", Quantity: "1", UnitPrice: "5"},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("got  %+v\nwant %+v", o.Lines, want)
	}
	if got := x12Sources(o, "/lines/1/sku", "/lines/1/description", "/lines/2/sku"); got != "PO1[1]/SLN[1]/10 PO1[1]/PID[2]/05 PO1[2]/07" {
		t.Errorf("sources %s", got)
	}
}

func TestX12Change(t *testing.T) {
	o := x12Orders(t, x12FileOf(x12SetOf("860", "0001", `BCH*04*SA*P-9**2*20240627**CT-5***20241003
		POC*1*DI*5*0*EA*9.50**VP*OLD-1
		PID*F****OLD THING
		POC*2*AI**7*EA*3**VP*NEW-1
		CTT*2`)))[0]
	if len(o.Problems) > 0 || o.Reference != "P-9" || o.Contract != "CT-5" || o.Document != screening.OrderDocument {
		t.Errorf("order %+v", o)
	}
	want := []screening.Line{
		{ID: "1", SKU: "OLD-1", Quantity: "5", UnitPrice: "9.50", Description: "OLD THING"},
		{ID: "2", SKU: "NEW-1", Quantity: "7", UnitPrice: "3"},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("lines %+v", o.Lines)
	}
	header := x12Orders(t, x12FileOf(x12SetOf("860", "0001", "BCH*04*SA*P-9***20240627\nDTM*002*20241101")))[0]
	if got := x12Codes(header); !strings.HasPrefix(got, problemStructure) {
		t.Errorf("a change of the heading alone, with nothing to judge: problems %q", got)
	}
}

func TestX12ManyTexts(t *testing.T) {
	var b strings.Builder
	for i := range mostX12Texts + 100 {
		fmt.Fprintf(&b, "\nMSG*NUMBER %d", i)
	}
	l := x12Line1(t, "BEG*00*NE*1**20240911\nPO1*1*1*EA***VP*CUP"+b.String())
	if len(l.Texts) != mostX12Texts+1 || !strings.Contains(l.Texts[mostX12Texts], "NUMBER 599") {
		t.Errorf("%d texts", len(l.Texts))
	}
}

func TestX12Charset(t *testing.T) {
	for name, text := range map[string]string{"UTF-8": "MÜLLER", "Windows-1252": "M\xdcLLER"} {
		o := x12Orders(t, x12OrderOf("BEG*00*NE*1**20240911\nN1*BY*"+text+"\nPO1*1*1*EA***VP*CUP"))[0]
		if o.Parties[0].Name != "MÜLLER" {
			t.Errorf("%s: %q", name, o.Parties[0].Name)
		}
	}
}
