package documents

import (
	"strings"
	"testing"
)

const idocLineOf = `<E1EDP01><POSEX>10</POSEX><MENGE>1</MENGE><E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR><KTEXT>Gauge</KTEXT></E1EDP19></E1EDP01>`

func TestIDocKinds(t *testing.T) {
	line := func(field string) string {
		return strings.Replace(idocLineOf, "<MENGE>", field+"<MENGE>", 1)
	}
	deleted, returned := line("<ACTION>003</ACTION>"), line("<ACTION>093</ACTION>")
	for name, c := range map[string]struct{ message, segments, want, problems string }{
		"order":                    {"ORDERS", "<E1EDK01><BSART>NB</BSART></E1EDK01>" + idocLineOf, "order", ""},
		"change":                   {"ORDCHG", "<E1EDK01><ACTION>004</ACTION></E1EDK01>" + idocLineOf, "order", ""},
		"change without lines":     {"ORDCHG", "<E1EDK01><ACTION>002</ACTION></E1EDK01>", "order", "unexpected_structure "},
		"reversed":                 {"ORDCHG", "<E1EDK01><ACTION>001</ACTION></E1EDK01>" + idocLineOf, "cancel", ""},
		"an order is not reversed": {"ORDERS", "<E1EDK01><ACTION>001</ACTION></E1EDK01>" + idocLineOf, "order", ""},
		"all items deleted":        {"ORDCHG", deleted + deleted, "cancel", ""},
		"one item deleted":         {"ORDCHG", deleted + idocLineOf, "order", ""},
		"returns order":            {"ORDERS", "<E1EDK01><BSART>RE</BSART></E1EDK01>" + idocLineOf, "return", ""},
		"returns order type":       {"ORDERS", "<E1EDK14><QUALF>012</QUALF><ORGID>RE2</ORGID></E1EDK14>" + idocLineOf, "return", ""},
		"types that disagree":      {"ORDERS", "<E1EDK01><BSART>RE</BSART></E1EDK01><E1EDK14><QUALF>013</QUALF><ORGID>NB</ORGID></E1EDK14>" + idocLineOf, "order", "unexpected_structure /document"},
		"all items returned":       {"ORDERS", returned + line("<PSTYV>REN</PSTYV>"), "return", ""},
		"one item returned":        {"ORDERS", returned + idocLineOf, "order", ""},
		"words of a return":        {"ORDERS", "<E1EDKT1><E1EDKT2><TDLINE>this is a return</TDLINE></E1EDKT2></E1EDKT1>" + idocLineOf, "order", ""},
		"no items":                 {"ORDERS", "<E1EDK01><BELNR>1</BELNR></E1EDK01>", "order", "unexpected_structure /lines"},
		"a firm's own message":     {"ZORDERS", idocLineOf, "order", ""},
		"no message":               {"", idocLineOf, "order", ""},
	} {
		o := &sapDecode(t, idocOf(c.message, c.segments)).Orders[0]
		sapEqual(t, name, string(o.Document), c.want)
		sapEqual(t, name, sapProblems(o), c.problems)
	}
}

func TestIDocDates(t *testing.T) {
	date := func(segment, qualifier, day string) string {
		return "<" + segment + "><IDDAT>" + qualifier + "</IDDAT><DATUM>" + day + "</DATUM></" + segment + ">"
	}
	reference := "<E1EDK02><QUALF>001</QUALF><BELNR>7</BELNR><DATUM>20240903</DATUM><UZEIT>120000</UZEIT></E1EDK02>"
	for name, c := range map[string]struct{ message, segments, ordered, fulfilled, problems string }{
		"document date":              {"ORDERS", date("E1EDK03", "012", "20240905"), "2024-09-05", "", ""},
		"the later of two":           {"ORDERS", date("E1EDK03", "022", "20240901") + date("E1EDK03", "012", "20240905") + reference, "2024-09-05", "", ""},
		"beside the number":          {"ORDERS", reference, "2024-09-03", "", ""},
		"made":                       {"ORDERS", date("E1EDK03", "025", "20240904"), "2024-09-04", "", ""},
		"the file's":                 {"ORDERS", "", "2024-09-30", "", ""},
		"a change is made later":     {"ORDCHG", date("E1EDK03", "012", "20240601") + date("E1EDK03", "011", "20241002"), "2024-10-02", "", ""},
		"a change has the file's":    {"ORDCHG", date("E1EDK03", "012", "20240601"), "2024-09-30", "", ""},
		"delivery":                   {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "002", "20241001") + date("E1EDK03", "001", "20240920"), "2024-09-05", "2024-10-01", ""},
		"zeros are none":             {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "012", "00000000") + date("E1EDK03", "Z9", "00000000"), "2024-09-05", "", ""},
		"a day twice in one":         {"ORDERS", "<E1EDK03><IDDAT>012</IDDAT><DATUM>20240905</DATUM><DATUM>20241003</DATUM></E1EDK03>", "2024-10-03", "", "duplicate_field "},
		"twice":                      {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "012", "20240906"), "2024-09-06", "", "duplicate_field "},
		"unknown qualifier":          {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "Z9", "20240906"), "2024-09-05", "", "unknown_date "},
		"no qualifier":               {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "", "20240906"), "2024-09-05", "", "unknown_date "},
		"a known one of no weight":   {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "023", "20240906"), "2024-09-05", "", ""},
		"unreadable":                 {"ORDERS", date("E1EDK03", "012", "20241399"), "20241399", "", "unknown_date /ordered_at"},
		"unreadable beside readable": {"ORDERS", date("E1EDK03", "012", "20240905") + date("E1EDK03", "022", "next week"), "next week", "", "unknown_date /ordered_at"},
	} {
		o := &sapDecode(t, idocOf(c.message, c.segments+idocLineOf)).Orders[0]
		sapEqual(t, name, o.OrderedAt, c.ordered)
		sapEqual(t, name, o.FulfilAt, c.fulfilled)
		sapEqual(t, name, sapProblems(o), c.problems)
	}
}

func TestIDocLineDates(t *testing.T) {
	segments := strings.Replace(idocLineOf, "<E1EDP19>", "<E1EDP03><IDDAT>002</IDDAT><DATUM>20241001</DATUM></E1EDP03><E1EDP03><IDDAT>XX</IDDAT><DATUM>20241005</DATUM></E1EDP03><E1EDP20><EDATU>99991231</EDATU></E1EDP20><E1EDP19>", 1)
	o := &sapDecode(t, idocOf("ORDERS", segments)).Orders[0]
	sapEqual(t, "delivery", o.Lines[0].FulfilAt, "99991231")
	sapEqual(t, "problems", sapProblems(o), "unknown_date /lines/0, unknown_date /lines/0/fulfil_at")
}

func TestIDocProblems(t *testing.T) {
	item := func(inner string) string {
		return "<E1EDP01><POSEX>10</POSEX><MENGE>1</MENGE>" + inner + "</E1EDP01>"
	}
	for name, c := range map[string]struct{ segments, want string }{
		"count is right":         {idocLineOf + idocLineOf + "<E1EDS01><SUMID>001</SUMID><SUMME>000002.00</SUMME></E1EDS01>", ""},
		"count is wrong":         {idocLineOf + idocLineOf + "<E1EDS01><SUMID>001</SUMID><SUMME>3</SUMME></E1EDS01>", "control_total /lines"},
		"count is no number":     {idocLineOf + "<E1EDS01><SUMID>001</SUMID><SUMME>one</SUMME></E1EDS01>", "control_total /lines"},
		"no count":               {idocLineOf + "<E1EDS01><SUMID>001</SUMID><SUMME/></E1EDS01>", ""},
		"another total":          {idocLineOf + "<E1EDS01><SUMID>002</SUMID><SUMME>17</SUMME></E1EDS01>", ""},
		"a field twice":          {item("<E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR><IDTNR>CD-2</IDTNR></E1EDP19>"), "duplicate_field /lines/0"},
		"a quantity with a unit": {"<E1EDP01><MENGE>5 EA</MENGE><E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR></E1EDP19></E1EDP01>", ""},
		"a field twice, alike":   {item("<E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR><IDTNR>AB-1</IDTNR></E1EDP19>"), ""},
		"two seller's numbers":   {item("<E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR></E1EDP19><E1EDP19><QUALF>002</QUALF><IDTNR>CD-2</IDTNR></E1EDP19>"), "duplicate_field /lines/0/sku"},
		"quantity":               {"<E1EDP01><MENGE>some</MENGE><E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR></E1EDP19></E1EDP01>", "unreadable_number /lines/0/quantity"},
		"country":                {"<E1EDKA1><PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>QQ</LAND1></E1EDKA1>" + idocLineOf, "unknown_country /parties/0/country"},
		"country by its ISO key": {"<E1EDKA1><PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>QQ</LAND1><ISOAL>US</ISOAL></E1EDKA1>" + idocLineOf, ""},
		"two countries":          {"<E1EDKA1><PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>DE</LAND1><ISOAL>US</ISOAL></E1EDKA1>" + idocLineOf, "duplicate_field /parties/0/country"},
		"named by a firm's own":  {item("<Z1ITEM><ZZNAME>Antivirus suite</ZZNAME></Z1ITEM>"), "unexpected_structure /lines/0"},
	} {
		document := sapDecode(t, idocOf("ORDERS", c.segments))
		sapEqual(t, name, sapProblems(&document.Orders[0]), c.want)
	}
	twice := sapDecode(t, idocOf("ORDERS", item("<E1EDP19><QUALF>002</QUALF><IDTNR>AB-1</IDTNR><IDTNR>CD-2</IDTNR></E1EDP19>"))).Orders[0].Lines[0]
	sapEqual(t, "both numbers", twice.SKU+" "+strings.Join(twice.Texts, " "), "AB-1 CD-2")
}

// TestIDocServices: service lines are lines where they have a number, else text of their item.
func TestIDocServices(t *testing.T) {
	lines := sapDecode(t, idocOf("ORDERS", `<E1EDP01><POSEX>10</POSEX><PSTYP>9</PSTYP><MENGE>1</MENGE>
		<E1EDP19><QUALF>002</QUALF><IDTNR>PKG</IDTNR><KTEXT>Package</KTEXT></E1EDP19>
		<E1EDC01><POSEX>1</POSEX><MENGE>3</MENGE><E1EDC19><QUALF>002</QUALF><IDTNR>KL1000</IDTNR><KTEXT>Managed detection</KTEXT></E1EDC19>
		<E1EDCT1><E1EDCT2><TDLINE>round the clock</TDLINE></E1EDCT2></E1EDCT1></E1EDC01>
		<E1EDC01><POSEX>2</POSEX><KTEXT1>Installing it</KTEXT1></E1EDC01></E1EDP01>
		<E1EDS01><SUMID>001</SUMID><SUMME>1</SUMME></E1EDS01>`)).Orders[0]
	sapEqual(t, "problems", sapProblems(&lines), "")
	var got []string
	for _, l := range lines.Lines {
		got = append(got, l.ID+" "+l.SKU+" "+l.Quantity+" "+l.Description+" "+strings.Join(l.Texts, "|"))
	}
	sapEqual(t, "lines", strings.Join(got, "; "), "10 PKG 1 Package Installing it; 1 KL1000 3 Managed detection round the clock")
}

func TestIDocRoles(t *testing.T) {
	party := func(function, name string) string {
		return "<E1EDKA1><PARVW>" + function + "</PARVW><NAME1>" + name + "</NAME1></E1EDKA1>"
	}
	o := sapDecode(t, idocOf("ORDERS", party("RS", "A")+party("SP", "B")+party("rg", "C")+party("BA", "D")+party("Z1", "E")+party("HR", "F")+party("", "G")+
		"<E1EDKA1><PARVW>ZE</PARVW><BNAME>Agent Smith</BNAME></E1EDKA1><E1EDKA1><PARVW>AG</PARVW><BNAME>Pat Doe</BNAME><TELF1>1</TELF1></E1EDKA1>"+
		"<E1EDKA1><PARVW>WE</PARVW><NAME1>H</NAME1><NAME1>I</NAME1></E1EDKA1>"+idocLineOf)).Orders[0]
	sapEqual(t, "parties", sapParties(o.Parties), "payee A; intermediary B; bill_to C; seller D; end_user E; manufacturer F; end_user G; end_user Agent Smith; intermediary Pat Doe; ship_to H/I/H I")
	sapEqual(t, "problems", sapProblems(&o), "duplicate_field ")
}

// TestIDocPartners: two countries are two partners, and a name in the place of a number is a name.
func TestIDocPartners(t *testing.T) {
	for name, c := range map[string]struct{ segment, want string }{
		"two countries":      {"<PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>FR</LAND1><LAND1>US</LAND1>", "buyer Mill FR; buyer Mill US"},
		"the same twice":     {"<PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>US</LAND1><LAND1>US</LAND1>", "buyer Mill US"},
		"a numeric country":  {"<PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>840</LAND1>", "buyer Mill US"},
		"in brackets":        {"<PARVW>AG</PARVW><NAME1>Mill</NAME1><LAND1>United States of America (USA)</LAND1>", "buyer Mill US"},
		"name as number":     {"<PARVW>LF</PARVW><PARTN>Tern Rope Mills</PARTN>", "seller Tern Rope Mills own:Tern Rope Mills"},
		"beside a name":      {"<PARVW>LF</PARVW><PARTN>TERN-ROPE</PARTN><NAME1>Softhaus</NAME1>", "seller Softhaus/TERN-ROPE own:TERN-ROPE"},
		"a number is none":   {"<PARVW>LF</PARVW><PARTN>CUST0042</PARTN><NAME1>Softhaus</NAME1>", "seller Softhaus own:CUST0042"},
		"whom to ask":        {"<PARVW>LF</PARVW><NAME1>Softhaus</NAME1><BNAME>Ann Brook</BNAME><TELF1>5550177</TELF1>", "seller Softhaus; intermediary Ann Brook"},
		"the partner itself": {"<PARVW>LF</PARVW><NAME1>Softhaus</NAME1><BNAME>Softhaus</BNAME>", "seller Softhaus"},
	} {
		o := sapDecode(t, idocOf("ORDERS", "<E1EDKA1>"+c.segment+"</E1EDKA1>"+idocLineOf)).Orders[0]
		sapEqual(t, name, sapParties(o.Parties), c.want)
	}
}

// TestIDocReferences: a contract's number may stand in either field of a reference.
func TestIDocReferences(t *testing.T) {
	for name, c := range map[string]struct{ segment, want string }{
		"its number":      {"<QUALF>005</QUALF><BELNR>GS-35F-0001X</BELNR>", "GS-35F-0001X"},
		"the partner's":   {"<QUALF>002</QUALF><IHREZ>GS-35F-0001X</IHREZ>", "GS-35F-0001X"},
		"under the order": {"<QUALF>001</QUALF><BELNR>77</BELNR><IHREZ>GS-35F-0001X</IHREZ>", "GS-35F-0001X"},
		"of a payment":    {"<QUALF>020</QUALF><IHREZ>GS-35F-0001X</IHREZ>", ""},
		"a word":          {"<QUALF>002</QUALF><IHREZ>ANNB</IHREZ>", ""},
	} {
		line := strings.Replace(idocLineOf, "</E1EDP01>", "<E1EDP02>"+c.segment+"</E1EDP02></E1EDP01>", 1)
		o := sapDecode(t, idocOf("ORDERS", line)).Orders[0]
		sapEqual(t, name, o.Contract, c.want)
	}
}

func TestIDocSeveral(t *testing.T) {
	one := func(message, number string) string {
		return "<IDOC><EDI_DC40><MESTYP>" + message + "</MESTYP></EDI_DC40><E1EDK01><BELNR>" + number + "</BELNR></E1EDK01>" + idocLineOf + "</IDOC>"
	}
	document := sapDecode(t, "<ORDERS05>"+one("ORDERS", "1")+one("ORDERS", "2")+"</ORDERS05>")
	if len(document.Orders) != 2 || document.Orders[1].Reference != "2" {
		t.Fatalf("%d orders", len(document.Orders))
	}
	if at, _ := sapSource(&document.Orders[1], "/lines/0/sku"); at != "/ORDERS05/IDOC[2]/E1EDP01/E1EDP19/IDTNR" {
		t.Errorf("the second order's number stood at %s", at)
	}
	mixed := sapDecode(t, "<ORDERS05>"+one("ORDRSP", "1")+one("ORDERS", "2")+"</ORDERS05>")
	sapEqual(t, "problems beside another message", sapProblems(&mixed.Orders[0]), "unexpected_structure ")
	soap := sapDecode(t, `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body><ORDERS05>`+one("ORDERS", "3")+"</ORDERS05></s:Body></s:Envelope>")
	sapEqual(t, "in an envelope", soap.Format+" "+soap.Orders[0].Reference, "idoc 3")
	bare := sapDecode(t, one("ORDERS", "4"))
	sapEqual(t, "without a root", bare.Orders[0].Reference, "4")
	latin := sapDecode(t, `<?xml version="1.0" encoding="ISO-8859-1"?><ORDERS03>`+strings.Replace(one("ORDERS", "5"), "Gauge", "M\xfchle", 1)+"</ORDERS03>")
	sapEqual(t, "charset", latin.Orders[0].Lines[0].Description, "Mühle")
}

func TestIDocRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		kind       Kind
	}{
		"confirmation":   {idocOf("ORDRSP", idocLineOf), "ORDRSP, an order confirmation", Unsupported},
		"despatch":       {idocOf("DESADV", ""), "DESADV, a despatch advice", Unsupported},
		"invoice":        {idocOf("INVOIC", ""), "INVOIC, an invoice", Unsupported},
		"another":        {idocOf("ZFOO", ""), `the message "ZFOO"`, Unsupported},
		"by its type":    {"<INVOIC02><IDOC><E1EDK01><BELNR>1</BELNR></E1EDK01></IDOC></INVOIC02>", `"INVOIC02"`, Unsupported},
		"flat":           {"EDI_DC40  8000000000000146002755 3012  ORDERS05\nE2EDK01005 800", "flat IDoc", Unsupported},
		"two confirmed":  {"<ORDERS05><IDOC><EDI_DC40><MESTYP>ORDRSP</MESTYP></EDI_DC40></IDOC><IDOC><EDI_DC40><MESTYP>INVOIC</MESTYP></EDI_DC40></IDOC></ORDERS05>", "ORDRSP", Unsupported},
		"with an entity": {`<!DOCTYPE ORDERS05 [<!ENTITY k "x">]>` + "<ORDERS05><IDOC/></ORDERS05>", "entities", Refused},
	} {
		if err := sapRefusal(t, c.text); err.Kind != c.kind || !strings.Contains(err.Detail, c.want) {
			t.Errorf("%s: kind %d, %s", name, err.Kind, err.Detail)
		}
	}
}

func FuzzReadIDoc(f *testing.F) {
	f.Add([]byte(idocOf("ORDERS", idocWhole)))
	f.Add([]byte(idocOf("ORDCHG", "<E1EDK01><ACTION>001</ACTION></E1EDK01>"+idocLineOf)))
	f.Add([]byte("<IDOC><EDI_DC40/><E1EDP01><E1EDP01><E1EDP19><IDTNR>A</IDTNR></E1EDP19></E1EDP01></E1EDP01></IDOC>"))
	f.Add([]byte("EDI_DC40  800"))
	reader := sapPlaceless(f)
	f.Fuzz(func(t *testing.T, text []byte) { sapFuzz(t, reader, text, "idoc") })
}
