package documents

import (
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// idocOf is an IDoc with a message and segments.
func idocOf(message, segments string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><ORDERS05><IDOC BEGIN="1"><EDI_DC40 SEGMENT="1"><IDOCTYP>ORDERS05</IDOCTYP>` +
		`<MESTYP>` + message + `</MESTYP><SNDPRN>MILLPRD</SNDPRN><CREDAT>20240930</CREDAT><CRETIM>101500</CRETIM></EDI_DC40>` + segments + `</IDOC></ORDERS05>`
}

const idocWhole = `
<E1EDK01 SEGMENT="1"><CURCY>USD</CURCY><BSART>NB</BSART><BELNR>4711</BELNR><EIGENUINR>DE811111111</EIGENUINR><AUGRU_BEZ>Licence renewal</AUGRU_BEZ></E1EDK01>
<E1EDK14 SEGMENT="1"><QUALF>013</QUALF><ORGID>NB</ORGID></E1EDK14>
<E1EDK03 SEGMENT="1"><IDDAT>002</IDDAT><DATUM>20241015</DATUM></E1EDK03>
<E1EDK03 SEGMENT="1"><IDDAT>012</IDDAT><DATUM>20240927</DATUM><UZEIT>163000</UZEIT></E1EDK03>
<E1EDK03 SEGMENT="1"><IDDAT>011</IDDAT><DATUM>20240930</DATUM></E1EDK03>
<E1EDK03 SEGMENT="1"><IDDAT>023</IDDAT><DATUM>00000000</DATUM></E1EDK03>
<E1EDKA1 SEGMENT="1"><PARVW>AG</PARVW><PARTN>70001</PARTN><LIFNR>88</LIFNR><NAME1>Millbrook Gear</NAME1><NAME2>Works Inc</NAME2><STRAS>1 Mill Rd</STRAS><HAUSN>000000</HAUSN><ORT01>Dayton</ORT01><PSTLZ>45402</PSTLZ><LAND1>US</LAND1><REGIO>OH</REGIO><TELF1>937 555 0100</TELF1><BNAME>Pat Doe</BNAME><ORGTX>Purchasing East</ORGTX><ILNNR>4012345000009</ILNNR><IHREZ>project Heron</IHREZ></E1EDKA1>
<E1EDKA1 SEGMENT="1"><PARVW>LF</PARVW><PARTN>70002</PARTN><NAME1>Softhaus Nord GmbH</NAME1><LAND1>DE</LAND1></E1EDKA1>
<E1EDKA1 SEGMENT="1"><PARVW>WE</PARVW><NAME1>Dock 7</NAME1><LAND1>US</LAND1><REGIO>TX</REGIO></E1EDKA1>
<E1EDKA1 SEGMENT="1"><PARVW>RE</PARVW><PARTN>70003</PARTN></E1EDKA1>
<E1EDKA1 SEGMENT="1"><PARVW>RG</PARVW></E1EDKA1>
<E1EDKA1 SEGMENT="1"><PARVW>EK</PARVW><NAME1>Bureau of Rivers</NAME1><LAND1>US</LAND1><E1EDKA3 SEGMENT="1"><QUALP>001</QUALP><STDPN>4098765000003</STDPN></E1EDKA3><E1EDKA3 SEGMENT="1"><QUALP>005</QUALP><STDPN>buyer@rivers.gov</STDPN></E1EDKA3></E1EDKA1>
<E1EDKA1 SEGMENT="1"><PARVW>EK</PARVW><NAME1>Office of Dams</NAME1></E1EDKA1>
<E1EDK02 SEGMENT="1"><QUALF>001</QUALF><BELNR>MB-1207</BELNR><DATUM>20240927</DATUM><UZEIT>101500</UZEIT></E1EDK02>
<E1EDK02 SEGMENT="1"><QUALF>005</QUALF><BELNR>GS-35F-0001X</BELNR></E1EDK02>
<E1EDK02 SEGMENT="1"><QUALF>036</QUALF><BELNR>4111111111111111</BELNR></E1EDK02>
<E1EDK36 SEGMENT="1"><CCINS>VISA</CCINS><CCNUM>4111111111111111</CCNUM><CCNAME>Pat Cardholder</CCNAME></E1EDK36>
<E1EDKT1 SEGMENT="1"><TDID>F01</TDID><TSSPRAS_ISO>EN</TSSPRAS_ISO>
 <E1EDKT2 SEGMENT="1"><TDLINE>Please deliver the Kasper</TDLINE><TDFORMAT>*</TDFORMAT></E1EDKT2>
 <E1EDKT2 SEGMENT="1"><TDLINE>sky keys &lt;H&gt;by&lt;/&gt; mail</TDLINE><TDFORMAT>=</TDFORMAT></E1EDKT2>
 <E1EDKT2 SEGMENT="1"><TDLINE>to the plant</TDLINE></E1EDKT2>
 <E1EDKT2 SEGMENT="1"><TDLINE>Ask pat@millbrook.example</TDLINE><TDFORMAT>/</TDFORMAT></E1EDKT2></E1EDKT1>
<E1TXTH8 SEGMENT="1"><FUNCTION>009</FUNCTION><E1TXTH9 SEGMENT="1"><TDLINE>Second text</TDLINE></E1TXTH9></E1TXTH8>
<Z1ORDHD SEGMENT="1"><ZZUSER>for the river gauges</ZZUSER><ZZCODE>A1</ZZCODE></Z1ORDHD>
<E1EDP01 SEGMENT="1"><POSEX>00010</POSEX><ACTION>001</ACTION><PSTYP>0</PSTYP><MENGE>12.000</MENGE><MENEE>PCE</MENEE><VPREI>4500.00</VPREI><PEINH>100</PEINH><CURCY>USD</CURCY><MATKL>ENDPOINTS</MATKL>
 <E1EDP02 SEGMENT="1"><QUALF>001</QUALF><BELNR>MB-1207</BELNR></E1EDP02>
 <E1EDP03 SEGMENT="1"><IDDAT>019</IDDAT><DATUM>20241001</DATUM></E1EDP03>
 <E1EDP03 SEGMENT="1"><IDDAT>020</IDDAT><DATUM>20250930</DATUM></E1EDP03>
 <E1EDP20 SEGMENT="1"><WMENG>6.000</WMENG><EDATU>20241101</EDATU></E1EDP20>
 <E1EDP20 SEGMENT="1"><WMENG>6.000</WMENG><EDATU>20241008</EDATU></E1EDP20>
 <E1EDPA1 SEGMENT="1"><PARVW>WE</PARVW><LIFNR>1010</LIFNR><NAME1>Plant Reno</NAME1><LAND1>US</LAND1><REGIO>NV</REGIO></E1EDPA1>
 <E1EDPA1 SEGMENT="1"><PARVW>HR</PARVW><NAME1>Kaspersky Lab</NAME1></E1EDPA1>
 <E1EDP19 SEGMENT="1"><QUALF>001</QUALF><IDTNR>000000000000077001</IDTNR><KTEXT>KES Advanced, 1 year</KTEXT></E1EDP19>
 <E1EDP19 SEGMENT="1"><QUALF>002</QUALF><IDTNR>KL4867DA</IDTNR><IDTNR_LONG>KL4867DA*FS-N5-A-LONG-TAIL</IDTNR_LONG></E1EDP19>
 <E1EDP19 SEGMENT="1"><QUALF>003</QUALF><IDTNR>5901234123457</IDTNR></E1EDP19>
 <E1EDP19 SEGMENT="1"><QUALF>010</QUALF><IDTNR>KL4867</IDTNR><MFRNR>0000012345</MFRNR></E1EDP19>
 <E1EDPT1 SEGMENT="1"><TDID>F01</TDID><E1EDPT2 SEGMENT="1"><TDLINE>bundle holds a security suite</TDLINE></E1EDPT2></E1EDPT1>
</E1EDP01>
<E1EDP01 SEGMENT="1"><POSEX>00020</POSEX><MENGE>2</MENGE><VPREI>10</VPREI><PEINH>1</PEINH><CURCY>EUR</CURCY>
 <E1EDP19 SEGMENT="1"><QUALF>001</QUALF><IDTNR>77002</IDTNR><KTEXT>Steel bolts</KTEXT></E1EDP19>
 <E1EDP05 SEGMENT="1"><KSCHL>PB00</KSCHL><KOTXT>Gross price</KOTXT></E1EDP05>
</E1EDP01>
<E1EDS01 SEGMENT="1"><SUMID>001</SUMID><SUMME>2.000</SUMME></E1EDS01>
<E1EDS01 SEGMENT="1"><SUMID>002</SUMID><SUMME>560</SUMME></E1EDS01>`

func TestIDocHeader(t *testing.T) {
	document := sapDecode(t, idocOf("ORDERS", idocWhole))
	if document.Format != "idoc" || len(document.Orders) != 1 {
		t.Fatalf("format %s, %d orders", document.Format, len(document.Orders))
	}
	o := &document.Orders[0]
	sapEqual(t, "problems", sapProblems(o), "")
	sapEqual(t, "document", string(o.Document), "order")
	sapEqual(t, "reference", o.Reference, "MB-1207")
	sapEqual(t, "ordered", o.OrderedAt, "2024-09-27T16:30:00")
	sapEqual(t, "fulfilled", o.FulfilAt, "2024-10-15")
	sapEqual(t, "currency", o.Currency, "USD")
	sapEqual(t, "contract", o.Contract, "GS-35F-0001X")
	sapEqual(t, "parties", sapParties(o.Parties), "buyer Millbrook Gear/Works Inc/Millbrook Gear Works Inc/Purchasing East OH US own:70001 own:88 gln:4012345000009 vat:DE811111111; "+
		"intermediary Pat Doe; seller Softhaus Nord GmbH DE own:70002; ship_to Dock 7 TX US; bill_to own:70003; "+
		"end_user Bureau of Rivers US gln:4098765000003 domain:rivers.gov; end_user Office of Dams")
	sapEqual(t, "address", o.Parties[0].Address, "1 Mill Rd, Dayton, 45402")
	sapEqual(t, "texts", strings.Join(o.Texts, "|"), "Licence renewal|project Heron|Please deliver the Kaspersky keys by mail to the plant\nAsk millbrook.example|Second text|for the river gauges")
	for pointer, want := range map[string]string{
		"/reference":              "/ORDERS05/IDOC/E1EDK02[1]/BELNR",
		"/ordered_at":             "/ORDERS05/IDOC/E1EDK03[2]/DATUM",
		"/contract":               "/ORDERS05/IDOC/E1EDK02[2]/BELNR",
		"/parties/0/name":         "/ORDERS05/IDOC/E1EDKA1[1]/NAME1",
		"/texts/2":                "/ORDERS05/IDOC/E1EDKT1",
		"/lines/0/sku":            "/ORDERS05/IDOC/E1EDP01[1]/E1EDP19[2]/IDTNR_LONG",
		"/lines/0/fulfil_at":      "/ORDERS05/IDOC/E1EDP01[1]/E1EDP20[1]/EDATU",
		"/lines/0/parties/0/name": "/ORDERS05/IDOC/E1EDP01[1]/E1EDPA1[1]/NAME1",
		"/lines/0/unit_price":     "/ORDERS05/IDOC/E1EDP01[1]/VPREI",
		"/lines/1/description":    "/ORDERS05/IDOC/E1EDP01[2]/E1EDP19/KTEXT",
	} {
		if got, _ := sapSource(o, pointer); got != want {
			t.Errorf("%s stood at %s, want %s", pointer, got, want)
		}
	}
	if _, raw := sapSource(o, "/lines/0/unit_price"); raw != "4500.00" {
		t.Errorf("raw price %q", raw)
	}
}

func TestIDocLines(t *testing.T) {
	lines := sapDecode(t, idocOf("ORDERS", idocWhole)).Orders[0].Lines
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	l := lines[0]
	sapEqual(t, "parties", sapParties(l.Parties), "ship_to Plant Reno NV US own:1010; manufacturer own:0000012345")
	l.Parties = nil
	want := screening.Line{
		ID: "00010", SKU: "KL4867DA*FS-N5-A-LONG-TAIL", Manufacturer: "Kaspersky Lab", ManufacturerPart: "KL4867", GTIN: "5901234123457",
		Description: "KES Advanced, 1 year", Quantity: "12.000", UnitPrice: "45", FulfilAt: "2024-11-01", ServiceStart: "2024-10-01", ServiceEnd: "2025-09-30",
	}
	sapEqual(t, "texts", strings.Join(l.Texts, "|"), "bundle holds a security suite|000000000000077001|ENDPOINTS")
	if l.Texts = nil; !sapLineEqual(l, want) {
		t.Errorf("line %+v, want %+v", l, want)
	}
	sapEqual(t, "price in another currency", lines[1].UnitPrice, "")
	sapEqual(t, "buyer's number", lines[1].SKU, "77002")
}

func sapLineEqual(a, b screening.Line) bool {
	return len(a.Parties) == 0 && len(a.Texts) == 0 && a.ID == b.ID && a.SKU == b.SKU && a.Manufacturer == b.Manufacturer &&
		a.ManufacturerPart == b.ManufacturerPart && a.GTIN == b.GTIN && a.Description == b.Description && a.Quantity == b.Quantity &&
		a.UnitPrice == b.UnitPrice && a.FulfilAt == b.FulfilAt && a.ServiceStart == b.ServiceStart && a.ServiceEnd == b.ServiceEnd
}
