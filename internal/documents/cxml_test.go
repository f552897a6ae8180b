package documents

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

func cxmlDecode(t testing.TB, text string) (Document, error) {
	t.Helper()
	return readerFor(t).Decode(context.Background(), []byte(text), Hints{})
}

// cxmlRead reads a document that holds one order.
func cxmlRead(t testing.TB, text string) screening.Order {
	t.Helper()
	d, err := cxmlDecode(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Orders) != 1 || d.Format != "cxml" {
		t.Fatalf("%d orders of format %s", len(d.Orders), d.Format)
	}
	return d.Orders[0]
}

// cxmlDocument is an order whose header and items are filled in. attrs are those of the OrderRequestHeader.
func cxmlDocument(attrs, header, items string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.060/cXML.dtd">
<cXML payloadID="1@harbour.example" timestamp="2024-08-05T09:00:00-04:00"><Header>
<From><Credential domain="NetworkId"><Identity>AN70000000001</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>310000001</Identity></Credential></To>
<Sender><Credential domain="NetworkId"><Identity>AN70000000001</Identity><SharedSecret>hush-hush</SharedSecret></Credential><UserAgent>Quay 4</UserAgent></Sender>
</Header><Request deploymentMode="production"><OrderRequest><OrderRequestHeader orderID="H-1" ` + attrs + `>` + header + `</OrderRequestHeader>` + items + `</OrderRequest></Request></cXML>`
}

const cxmlPlainItem = `<ItemOut quantity="2" lineNumber="1"><ItemID><SupplierPartID>ROPE-9</SupplierPartID></ItemID><ItemDetail><UnitPrice><Money currency="USD">4.50</Money></UnitPrice><Description xml:lang="en">Mooring rope</Description><UnitOfMeasure>EA</UnitOfMeasure><Classification domain="UNSPSC">31151500</Classification></ItemDetail></ItemOut>`

const cxmlDated = `orderDate="2024-08-05T09:00:00-04:00"`

const cxmlWholeHeader = `
<Total><Money currency="usd">900.00</Money></Total>
<ShipTo><Address isoCountryCode="US" addressID="DOCK7"><Name xml:lang="en">Harbour Works Inc.</Name>
<PostalAddress name="default"><DeliverTo>Harbour Works Inc.</DeliverTo><DeliverTo>Gate B</DeliverTo><Street>7 Quay Rd</Street><City>Lebanon</City><State isoStateCode="US-PA">PA</State><PostalCode>17042</PostalCode><Country isoCountryCode="US">Vereinigte Staaten</Country></PostalAddress>
<Email>stores@harbour.example</Email><Phone><TelephoneNumber><CountryCode isoCountryCode="DE">49</CountryCode><AreaOrCityCode>30</AreaOrCityCode><Number>5550177</Number></TelephoneNumber></Phone></Address>
<CarrierIdentifier domain="companyName">Swift Keel Lines</CarrierIdentifier><CarrierIdentifier domain="SCAC">SKLX</CarrierIdentifier></ShipTo>
<BillTo><Address><Name xml:lang="en">Harbour Works Holding</Name><PostalAddress><City>Boston</City><Country isoCountryCode="US">United States</Country></PostalAddress></Address></BillTo>
<Contact role="supplierCorporate"><Name xml:lang="en">Capstan Supply LLC</Name><PostalAddress><Street>1 Rope Walk</Street><City>Mobile</City><Country isoCountryCode="US">United States</Country></PostalAddress></Contact>
<Contact role="endUser"><Name xml:lang="en">Port Pilots Association</Name><Email>duty@pilots.example</Email></Contact>
<Comments xml:lang="en">For the new pier. Call Tel: +1 555 010 0199 or mail mate@harbour.example<Attachment><URL>plan-of-pier.pdf</URL></Attachment></Comments>
<Extrinsic name="Contract Number">HW-2024-77</Extrinsic>
<Extrinsic name="EndUserCountry">CA</Extrinsic>
<Extrinsic name="Ship Via">Barge</Extrinsic>
<Extrinsic name="hidePrices">false</Extrinsic>`

const cxmlWholeItem = `<ItemOut quantity="3" lineNumber="10" requestedDeliveryDate="2024-08-20T00:00:00-04:00">
<ItemID><SupplierPartID>CP-1</SupplierPartID><SupplierPartAuxiliaryID>cart/55</SupplierPartAuxiliaryID><BuyerPartID>88-A</BuyerPartID><IdReference identifier="04012345678901" domain="EAN-13"/></ItemID>
<ItemDetail><UnitPrice><Money currency="USD">300.00</Money></UnitPrice>
<Description xml:lang="en">Capstan, electric<ShortName>Capstan</ShortName></Description><Description xml:lang="de">Spill</Description>
<UnitOfMeasure>EA</UnitOfMeasure><Classification domain="UNSPSC">25111900</Classification><Classification domain="trade">deck gear</Classification>
<ManufacturerPartID>MX-9</ManufacturerPartID><ManufacturerName xml:lang="en">Maxwell</ManufacturerName><URL>https://capstan.example/mx9</URL>
<Extrinsic name="Warranty">2 years</Extrinsic></ItemDetail>
<ShipTo><Address isoCountryCode="CA"><Name xml:lang="en">Pilot Station</Name></Address></ShipTo>
<SpendDetail><Extrinsic name="ServiceTerm"><Period startDate="2024-09-01T00:00:00-04:00" endDate="2025-08-31T00:00:00-04:00"/></Extrinsic></SpendDetail>
<Distribution><Accounting name="Pier"><Segment type="Project" id="P-5" description="Pier 5"/></Accounting><Charge><Money currency="USD">900.00</Money></Charge></Distribution>
<Contact role="endUser"><Name xml:lang="en">Pilot Boat Crew</Name></Contact>
<Comments xml:lang="en">Paint it grey</Comments></ItemOut>`

func TestCXMLWholeOrder(t *testing.T) {
	o := cxmlRead(t, cxmlDocument(cxmlDated+` type="new" agreementID="MA-5"`, cxmlWholeHeader, cxmlWholeItem))
	if len(o.Problems) != 0 {
		t.Errorf("problems %+v", o.Problems)
	}
	head := o
	head.Parties, head.Lines, head.Fields = nil, nil, nil
	wantHead := screening.Order{
		Reference: "H-1", OrderedAt: "2024-08-05T09:00:00-04:00", Document: screening.OrderDocument, Currency: "USD", Contract: "MA-5; HW-2024-77",
		Texts: []string{"For the new pier. Call or mail harbour.example", "plan-of-pier.pdf", "ShipVia: Barge", "Pier; Project P-5 Pier 5"},
	}
	if !reflect.DeepEqual(head, wantHead) {
		t.Errorf("header\n got %+v\nwant %+v", head, wantHead)
	}
	id := func(kind, v string) screening.Identifier { return screening.Identifier{Type: kind, Value: v} }
	wantParties := []screening.Party{
		{Role: screening.Buyer, Identifiers: []screening.Identifier{id("networkid", "AN70000000001")}},
		{Role: screening.Seller, Identifiers: []screening.Identifier{id("duns", "310000001")}},
		{Role: screening.ShipTo, Name: "Harbour Works Inc.", Aliases: []string{"Gate B"}, Address: "Gate B, 7 Quay Rd, Lebanon PA 17042", Country: "US", State: "PA", Identifiers: []screening.Identifier{id("own", "DOCK7"), id("domain", "harbour.example")}},
		{Role: screening.Intermediary, Name: "Swift Keel Lines", Identifiers: []screening.Identifier{id("scac", "SKLX")}},
		{Role: screening.BillTo, Name: "Harbour Works Holding", Address: "Boston", Country: "US"},
		{Role: screening.Seller, Name: "Capstan Supply LLC", Address: "1 Rope Walk, Mobile", Country: "US"},
		{Role: screening.EndUser, Name: "Port Pilots Association", Identifiers: []screening.Identifier{id("domain", "pilots.example")}},
		{Role: screening.EndUser, Country: "CA"},
		{Role: screening.Buyer, Name: "Harbour Works Holding", Address: "Boston", Country: "US"},
	}
	if !reflect.DeepEqual(o.Parties, wantParties) {
		t.Errorf("parties\n got %+v\nwant %+v", o.Parties, wantParties)
	}
	wantLines := []screening.Line{{
		ID: "10", SKU: "CP-1", Manufacturer: "Maxwell", ManufacturerPart: "MX-9", Description: "Capstan, electric", GTIN: "04012345678901",
		Quantity: "3", UnitPrice: "300.00", FulfilAt: "2024-08-20T00:00:00-04:00", ServiceStart: "2024-09-01T00:00:00-04:00", ServiceEnd: "2025-08-31T00:00:00-04:00",
		Parties: []screening.Party{{Role: screening.ShipTo, Name: "Pilot Station", Country: "CA"}, {Role: screening.EndUser, Name: "Pilot Boat Crew"}},
		Texts:   []string{"Capstan", "Spill", "Paint it grey", "cart/55", "88-A", "deck gear", "https://capstan.example/mx9", "Warranty: 2 years"},
	}}
	if !reflect.DeepEqual(o.Lines, wantLines) {
		t.Errorf("lines\n got %+v\nwant %+v", o.Lines, wantLines)
	}
	cxmlWantSources(t, &o, map[screening.Pointer]string{
		"/reference":                 "/cXML/Request/OrderRequest/OrderRequestHeader/@orderID",
		"/ordered_at":                "/cXML/Request/OrderRequest/OrderRequestHeader/@orderDate",
		"/contract":                  "/cXML/Request/OrderRequest/OrderRequestHeader/@agreementID",
		"/texts/2":                   "/cXML/Request/OrderRequest/OrderRequestHeader/Extrinsic[3]",
		"/parties/1/identifiers/0":   "/cXML/Header/To/Credential/Identity",
		"/parties/2/country":         "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/Address/@isoCountryCode",
		"/parties/7/country":         "/cXML/Request/OrderRequest/OrderRequestHeader/Extrinsic[2]",
		"/lines/0/sku":               "/cXML/Request/OrderRequest/ItemOut/ItemID/SupplierPartID",
		"/lines/0/texts/1":           "/cXML/Request/OrderRequest/ItemOut/ItemDetail/Description[2]",
		"/lines/0/service_end":       "/cXML/Request/OrderRequest/ItemOut/SpendDetail/Extrinsic/Period/@endDate",
		"/lines/0/parties/1/name":    "/cXML/Request/OrderRequest/ItemOut/Contact/Name",
		"/lines/0/manufacturer_part": "/cXML/Request/OrderRequest/ItemOut/ItemDetail/ManufacturerPartID",
		"/lines/0/gtin":              "/cXML/Request/OrderRequest/ItemOut/ItemID/IdReference/@identifier",
		"/lines/0/unit_price":        "/cXML/Request/OrderRequest/ItemOut/ItemDetail/UnitPrice/Money",
		"/lines/0/parties/0/country": "/cXML/Request/OrderRequest/ItemOut/ShipTo/Address/@isoCountryCode",
		"/parties/3/identifiers/0":   "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/CarrierIdentifier[2]",
		"/parties/2/identifiers/1":   "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/Address/Email",
		"/lines/0/manufacturer":      "/cXML/Request/OrderRequest/ItemOut/ItemDetail/ManufacturerName",
		"/lines/0/fulfil_at":         "/cXML/Request/OrderRequest/ItemOut/@requestedDeliveryDate",
		"/parties/8/name":            "/cXML/Request/OrderRequest/OrderRequestHeader/BillTo/Address/Name",
		"/parties/2/address":         "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/Address/PostalAddress/DeliverTo[2]",
	})
}

func cxmlWantSources(t *testing.T, o *screening.Order, want map[screening.Pointer]string) {
	t.Helper()
	got := map[screening.Pointer]string{}
	for _, f := range o.Fields {
		if _, twice := got[f.Pointer]; twice {
			t.Errorf("%s has two sources", f.Pointer)
		}
		got[f.Pointer] = f.Source
	}
	for pointer, source := range want {
		if got[pointer] != source {
			t.Errorf("%s comes from %q, want %q", pointer, got[pointer], source)
		}
	}
}

func TestCXMLKinds(t *testing.T) {
	item := func(attrs string) string { return strings.Replace(cxmlPlainItem, "lineNumber", attrs+" lineNumber", 1) }
	for name, c := range map[string]struct {
		attrs, items string
		document     screening.Document
		quantity     string
		problem      string
	}{
		"no type":          {"", cxmlPlainItem, screening.OrderDocument, "2", ""},
		"new":              {`type="new" orderType="regular"`, cxmlPlainItem, screening.OrderDocument, "2", ""},
		"change":           {`type="update"`, cxmlPlainItem, screening.OrderDocument, "2", ""},
		"cancel":           {`type="Delete"`, cxmlPlainItem, screening.CancelDocument, "2", ""},
		"cancel, no items": {`type="delete"`, "", screening.CancelDocument, "", ""},
		"unknown type":     {`type="amend"`, cxmlPlainItem, screening.OrderDocument, "2", problemStructure},
		"one goes back":    {"", item(`isReturn="yes"`) + cxmlPlainItem, screening.OrderDocument, "-2", ""},
		"all go back":      {"", item(`isReturn="yes"`), screening.ReturnDocument, "-2", ""},
		"nothing listed":   {"", "", screening.OrderDocument, "", problemStructure},
	} {
		o := cxmlRead(t, cxmlDocument(cxmlDated+" "+c.attrs, "", c.items))
		quantity, problem := "", ""
		if len(o.Lines) > 0 {
			quantity = o.Lines[0].Quantity
		}
		if len(o.Problems) > 0 {
			problem = o.Problems[0].Code
		}
		if o.Document != c.document || quantity != c.quantity || problem != c.problem || len(o.Problems) > 1 {
			t.Errorf("%s: %s, quantity %q, problems %+v", name, o.Document, quantity, o.Problems)
		}
	}
}

func TestCXMLDates(t *testing.T) {
	for written, want := range map[string]string{
		"2024-09-28T23:59:59-04:00":         "2024-09-28T23:59:59-04:00",
		"2024-09-29T03:59:59Z":              "2024-09-29T03:59:59Z",
		"2024-09-29T03:59:59.1234567-07:00": "2024-09-29T03:59:59.1234567-07:00",
		"2024-09-29T10:35:27":               "2024-09-29T10:35:27",
		"2024-09-29 15:30:43":               "2024-09-29 15:30:43",
		"2024-09-29":                        "2024-09-29",
		"2024-09-29T10:00:00 -04:00":        "2024-09-29T10:00:00-04:00",
		"2024-09-29T10:00:00-04":            "2024-09-29T10:00:00-04:00",
		"2024-09-29t10:00:00z":              "2024-09-29T10:00:00Z",
		"20240929T100000":                   "2024-09-29T10:00:00",
		"Sun Sep 29 10:00:00 +0000 2024":    "2024-09-29T10:00:00Z",
		"Sun Sep  8 10:00:00 UTC 2024":      "2024-09-08T10:00:00Z",
		"09/29/2024 10:00:00 AM":            "2024-09-29T10:00:00",
		"09/10/2024 10:00:00 AM":            "09/10/2024",
		"2024-09-29T10:00:00 EDT":           "2024-09-29T10:00:00-04:00",
		"September 29, 2024":                "2024-09-29",
		"29-SEP-2024":                       "2024-09-29",
		"soon":                              "soon",
	} {
		o := cxmlRead(t, cxmlDocument(fmt.Sprintf("orderDate=%q", written), "", cxmlPlainItem))
		if o.OrderedAt != want {
			t.Errorf("%s was read as %s, want %s", written, o.OrderedAt, want)
		}
		if bad := len(o.Problems) != 0; bad != (written == "soon") {
			t.Errorf("%s: problems %+v", written, o.Problems)
		}
	}
}

func TestCXMLWhenDone(t *testing.T) {
	dated := func(attrs string) string { return strings.Replace(cxmlPlainItem, "lineNumber", attrs+" lineNumber", 1) }
	schedule := strings.Replace(cxmlPlainItem, "</ItemOut>", `<ScheduleLine requestedDeliveryDate="2024-10-01T00:00:00-04:00"/><ScheduleLine requestedDeliveryDate="2024-09-01T00:00:00-04:00"/></ItemOut>`, 1)
	for name, c := range map[string]struct{ attrs, header, items, ordered, fulfil, line string }{
		"the line says":           {cxmlDated, "", dated(`requestedDeliveryDate="2024-10-02"`), "2024-08-05T09:00:00-04:00", "", "2024-10-02"},
		"shipment only":           {cxmlDated, "", dated(`requestedShipmentDate="2024-10-02"`), "2024-08-05T09:00:00-04:00", "", "2024-10-02"},
		"the last of a schedule":  {cxmlDated, "", schedule, "2024-08-05T09:00:00-04:00", "", "2024-10-01T00:00:00-04:00"},
		"the header says":         {cxmlDated + ` requestedDeliveryDate="2024-09-30"`, "", cxmlPlainItem, "2024-08-05T09:00:00-04:00", "2024-09-30", ""},
		"a period of delivery":    {cxmlDated, `<DeliveryPeriod><Period startDate="2024-09-01" endDate="2024-10-05"/></DeliveryPeriod>`, cxmlPlainItem, "2024-08-05T09:00:00-04:00", "2024-10-05", ""},
		"no date: when sent":      {"", "", cxmlPlainItem, "2024-08-05T09:00:00-04:00", "", ""},
		"a change when sent":      {`orderDate="2024-07-01T09:00:00-04:00" type="update"`, "", cxmlPlainItem, "2024-08-05T09:00:00-04:00", "", ""},
		"a change of old":         {`orderDate="2024-07-01T09:00:00-04:00" requestedDeliveryDate="2024-07-10" type="update"`, "", cxmlPlainItem, "2024-08-05T09:00:00-04:00", "2024-07-10", ""},
		"a change dated ahead":    {`orderDate="2024-08-09" type="update"`, "", cxmlPlainItem, "2024-08-09", "", ""},
		"a change sent as dated":  {cxmlDated + ` type="update"`, "", cxmlPlainItem, "2024-08-05T09:00:00-04:00", "", ""},
		"new is not when sent":    {`orderDate="2024-07-01T09:00:00-04:00"`, "", cxmlPlainItem, "2024-07-01T09:00:00-04:00", "", ""},
		"a change without a zone": {`orderDate="2024-08-05T00:00:00" type="update"`, "", cxmlPlainItem, "2024-08-05T09:00:00-04:00", "", ""},
	} {
		o := cxmlRead(t, cxmlDocument(c.attrs, c.header, c.items))
		if o.OrderedAt != c.ordered || o.FulfilAt != c.fulfil || o.Lines[0].FulfilAt != c.line || len(o.Problems) > 0 {
			t.Errorf("%s: ordered %s, fulfil %s, line %s, problems %+v", name, o.OrderedAt, o.FulfilAt, o.Lines[0].FulfilAt, o.Problems)
		}
	}
	blanket := cxmlRead(t, cxmlDocument(cxmlDated+` orderType="blanket" effectiveDate="2024-08-01" expirationDate="2025-08-01"`, "",
		`<ItemOut lineNumber="1"><ItemID><SupplierPartID/></ItemID><BlanketItemDetail><Description xml:lang="en">Rope, as called for</Description></BlanketItemDetail></ItemOut>`))
	if l := blanket.Lines[0]; l.ServiceStart != "2024-08-01" || l.ServiceEnd != "2025-08-01" || l.Description != "Rope, as called for" || len(blanket.Problems) > 0 {
		t.Errorf("blanket order: %+v, %+v", l, blanket.Problems)
	}
}

func TestCXMLParties(t *testing.T) {
	party := func(role screening.Role, name, country string) screening.Party {
		return screening.Party{Role: role, Name: name, Country: country}
	}
	for name, c := range map[string]struct {
		header string
		want   screening.Party
	}{
		"buyer":                {`<Contact role="buyer"><Name>Keel AG</Name></Contact>`, party(screening.Buyer, "Keel AG", "")},
		"sold to":              {`<BusinessPartner role="soldTo" type="organization"><Address isoCountryCode="FR"><Name>Ancre SA</Name></Address></BusinessPartner>`, party(screening.Buyer, "Ancre SA", "FR")},
		"no role":              {`<Contact><Name>Bosun Ltd</Name></Contact>`, party(screening.Intermediary, "Bosun Ltd", "")},
		"forwarder":            {`<Contact role="freightForwarder"><Name>Windlass Freight</Name></Contact>`, party(screening.Intermediary, "Windlass Freight", "")},
		"remit to":             {`<Contact role="remitTo"><Name>Capstan Bank Desk</Name></Contact>`, party(screening.Payee, "Capstan Bank Desk", "")},
		"maker":                {`<Contact role="manufacturer"><Name>Maxwell</Name></Contact>`, party(screening.Manufacturer, "Maxwell", "")},
		"next buyer":           {`<Contact role="subsequentBuyer"><Name>Delta Port</Name></Contact>`, party(screening.EndUser, "Delta Port", "")},
		"country by name":      {`<ShipTo><Address><Name>Pier 3</Name><PostalAddress><Country>Germany</Country></PostalAddress></Address></ShipTo>`, party(screening.ShipTo, "Pier 3", "DE")},
		"end user":             {`<Extrinsic name="End User Name">Tidal Authority</Extrinsic><Extrinsic name="endUserCountry">US</Extrinsic>`, party(screening.EndUser, "Tidal Authority", "US")},
		"customer":             {`<Extrinsic name="CustomerName">Tidal Authority</Extrinsic>`, party(screening.EndUser, "Tidal Authority", "")},
		"end user, whole":      {`<Extrinsic name="EndUser"><Address isoCountryCode="US"><Name>Tidal Authority</Name></Address></Extrinsic>`, party(screening.EndUser, "Tidal Authority", "US")},
		"end user, in parts":   {`<Extrinsic name="EndUser"><Extrinsic name="Name">Tidal Authority</Extrinsic><Extrinsic name="Country">US</Extrinsic></Extrinsic>`, party(screening.EndUser, "Tidal Authority", "US")},
		"end user, unwrapped":  {`<Extrinsic name="EndUser"><Name>Tidal Authority</Name><City>Boston</City><Country isoCountryCode="US"/></Extrinsic>`, screening.Party{Role: screening.EndUser, Name: "Tidal Authority", Address: "Boston", Country: "US"}},
		"contact in extrinsic": {`<Extrinsic name="more"><Contact role="endUser"><Name>Tidal Authority</Name></Contact></Extrinsic>`, party(screening.EndUser, "Tidal Authority", "")},
		"terms of delivery":    {`<TermsOfDelivery><TermsOfDeliveryCode value="TransportCondition"/><Address isoCountryCode="US"><Name>Free dock</Name></Address></TermsOfDelivery>`, party(screening.Intermediary, "Free dock", "US")},
		"legal entity":         {`<LegalEntity><IdReference identifier="1000" domain="CompanyCode"><Description xml:lang="en">Harbour Works KK</Description></IdReference></LegalEntity>`, screening.Party{Role: screening.Buyer, Name: "Harbour Works KK", Identifiers: []screening.Identifier{{Type: "own", Value: "1000"}}}},
		"numbers of the buyer": {`<Extrinsic name="buyerVatID">DE123456789</Extrinsic>`, screening.Party{Role: screening.Buyer, Identifiers: []screening.Identifier{{Type: "networkid", Value: "AN70000000001"}, {Type: "vat", Value: "DE123456789"}}}},
		"mail for a name":      {`<Contact role="endUser"><Name>duty@pilots.example</Name></Contact>`, screening.Party{Role: screening.EndUser, Name: "pilots.example", Identifiers: []screening.Identifier{{Type: "domain", Value: "pilots.example"}}}},
		"site":                 {`<Contact role="sales"><Name>Sales desk</Name><URL>https://capstan.example/shop?x=1</URL></Contact>`, screening.Party{Role: screening.Seller, Name: "Sales desk", Identifiers: []screening.Identifier{{Type: "domain", Value: "capstan.example"}}}},
		"tax number":           {`<Contact role="supplierCorporate"><Name>Capstan GmbH</Name><IdReference identifier="DE999999999" domain="vatID"/><IdReference identifier="DE02120300000000202051" domain="ibanID"/></Contact>`, screening.Party{Role: screening.Seller, Name: "Capstan GmbH", Identifiers: []screening.Identifier{{Type: "vat", Value: "DE999999999"}}}},
	} {
		o := cxmlRead(t, cxmlDocument(cxmlDated, c.header, cxmlPlainItem))
		if len(o.Problems) > 0 || !slices.ContainsFunc(o.Parties, func(p screening.Party) bool { return reflect.DeepEqual(p, c.want) }) {
			t.Errorf("%s: no %+v among %+v, problems %+v", name, c.want, o.Parties, o.Problems)
		}
	}
}

// TestCXMLBuyer looks at who buys where the envelope gives a number, a name, several numbers or a marketplace.
func TestCXMLBuyer(t *testing.T) {
	billTo := `<BillTo><Address isoCountryCode="US"><Name>Harbour Works</Name></Address></BillTo>`
	for name, c := range map[string]struct {
		from, header string
		want         []string
	}{
		"a number":    {`<Credential domain="duns"><Identity>1</Identity></Credential>`, billTo, []string{"buyer  [duns 1]", "bill_to Harbour Works US []", "buyer Harbour Works US []"}},
		"a name":      {`<Credential domain="NetworkID"><Identity>Keel (UK) Limited</Identity></Credential>`, billTo, []string{"buyer Keel (UK) Limited []", "bill_to Harbour Works US []"}},
		"a login":     {`<Credential domain="NetworkID"><Identity>Keel_7</Identity></Credential>`, "", []string{"buyer Keel_7 [networkid Keel_7]"}},
		"an address":  {`<Credential domain="AribaNetworkUserId"><Identity>mate@harbour.example</Identity></Credential>`, "", []string{"buyer  [domain harbour.example]"}},
		"two numbers": {`<Credential domain="DUNS"><Identity>1</Identity></Credential><Credential domain="GLN"><Identity>2</Identity></Credential>`, "", []string{"buyer  [duns 1 gln 2]"}},
		"a correspondent": {
			`<Credential domain="x"><Identity>1</Identity></Credential><Correspondent><Contact role="correspondent"><Name>Keel Ltd</Name><PostalAddress><Country isoCountryCode="GB">UK</Country></PostalAddress></Contact></Correspondent>`, billTo,
			[]string{"buyer Keel Ltd GB [x 1]", "bill_to Harbour Works US []"},
		},
		"a marketplace": {
			`<Credential domain="x" type="marketplace"><Identity>Dock Exchange</Identity></Credential><Credential domain="x"><Identity>1</Identity></Credential>`, "",
			[]string{"buyer  [x 1]", "intermediary Dock Exchange []"},
		},
	} {
		document := strings.Replace(cxmlDocument(cxmlDated, c.header, cxmlPlainItem), `<Credential domain="NetworkId"><Identity>AN70000000001</Identity></Credential></From>`, c.from+"</From>", 1)
		before, _, _ := strings.Cut(document, "<Sender>")
		_, after, _ := strings.Cut(document, "</Header>")
		document = before + "</Header>" + after
		var got []string
		for _, p := range cxmlRead(t, document).Parties {
			if p.Role != screening.Seller {
				ids := fmt.Sprint(p.Identifiers)
				got = append(got, strings.TrimRight(fmt.Sprintf("%s %s %s", p.Role, p.Name, p.Country), " ")+" "+strings.NewReplacer("{", "", "}", "").Replace(ids))
			}
		}
		for i := range got {
			got[i] = strings.Replace(got[i], "buyer [", "buyer  [", 1)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

// TestCXMLSender looks at who sends where it is neither side: a network between them.
func TestCXMLSender(t *testing.T) {
	document := strings.Replace(cxmlDocument(cxmlDated, "", cxmlPlainItem), "AN70000000001</Identity><SharedSecret>", "Dock Network Ltd</Identity><SharedSecret>", 1)
	want := screening.Party{Role: screening.Intermediary, Name: "Dock Network Ltd"}
	if o := cxmlRead(t, document); len(o.Parties) != 3 || !reflect.DeepEqual(o.Parties[2], want) {
		t.Errorf("parties %+v", o.Parties)
	}
}

func TestCXMLLines(t *testing.T) {
	for name, c := range map[string]struct {
		item string
		want screening.Line
	}{
		"short name alone": {`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ItemDetail><Description><ShortName>Anchor</ShortName></Description></ItemDetail></ItemOut>`, screening.Line{SKU: "A", Description: "Anchor", Quantity: "1"}},
		"cut by a comment": {`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ItemDetail><Description>An<!-- x -->ch<ShortName>Small</ShortName><![CDATA[or]]></Description></ItemDetail></ItemOut>`, screening.Line{SKU: "A", Description: "Anchor", Quantity: "1", Texts: []string{"Small"}}},
		"comma":            {`<ItemOut quantity="1,5"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ItemDetail><UnitPrice><Money currency="EUR">1505,0</Money></UnitPrice></ItemDetail></ItemOut>`, screening.Line{SKU: "A", Quantity: "1.5", UnitPrice: "1505.0"}},
		"negative":         {`<ItemOut quantity="-4"><ItemID><SupplierPartID>A</SupplierPartID></ItemID></ItemOut>`, screening.Line{SKU: "A", Quantity: "-4"}},
		"maker in extrinsics": {
			`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ItemDetail><Extrinsic name="Brand">Maxwell</Extrinsic><Extrinsic name="MPN">MX-1</Extrinsic><Extrinsic name="UPC">012345678905</Extrinsic></ItemDetail></ItemOut>`,
			screening.Line{SKU: "A", Manufacturer: "Maxwell", ManufacturerPart: "MX-1", GTIN: "012345678905", Quantity: "1"},
		},
		"class in words": {
			`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ItemDetail><Classification domain="UNSPSC">unknown</Classification><Classification domain="x" code="deck">Deck gear</Classification></ItemDetail></ItemOut>`,
			screening.Line{SKU: "A", Quantity: "1", Texts: []string{"Deck gear", "deck"}},
		},
		"a switch that is off":     {`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><Extrinsic name="Trial">no</Extrinsic><Extrinsic name="Free of charge">yes</Extrinsic><Extrinsic name="Return Policy">30 days</Extrinsic></ItemOut>`, screening.Line{SKU: "A", Quantity: "1", Texts: []string{"Free of charge: yes", "ReturnPolicy: 30 days"}}},
		"a headphone is no number": {`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><Extrinsic name="Headphone">Gale headset</Extrinsic><Extrinsic name="Phone">+1 555 010 0177 ext 5</Extrinsic></ItemOut>`, screening.Line{SKU: "A", Quantity: "1", Texts: []string{"Headphone: Gale headset"}}},
		"labour": {
			`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><SpendDetail><LaborDetail><JobDescription><Description>Splicing</Description></JobDescription></LaborDetail></SpendDetail></ItemOut>`,
			screening.Line{SKU: "A", Quantity: "1", Texts: []string{"Splicing"}},
		},
		"part of another": {
			`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ScheduleLine><SubcontractingComponent><Product><SupplierPartID>Z-9</SupplierPartID></Product><Description>Inner drum</Description></SubcontractingComponent></ScheduleLine></ItemOut>`,
			screening.Line{SKU: "A", Quantity: "1", Texts: []string{"Z-9", "Inner drum"}},
		},
		"a supplier of its own": {
			`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><SupplierID domain="DUNS">7</SupplierID></ItemOut>`,
			screening.Line{SKU: "A", Quantity: "1", Parties: []screening.Party{{Role: screening.Seller, Identifiers: []screening.Identifier{{Type: "duns", Value: "7"}}}}},
		},
		"the order's supplier": {`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><SupplierID domain="DUNS">310000001</SupplierID></ItemOut>`, screening.Line{SKU: "A", Quantity: "1"}},
		"a desk of the buyer": {
			`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><Contact role="requester"><Name>Stores</Name></Contact></ItemOut>`,
			screening.Line{SKU: "A", Quantity: "1", Parties: []screening.Party{{Role: screening.Intermediary, Name: "Stores"}}},
		},
		"maker as a contact": {`<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><Contact role="manufacturer"><Name>Maxwell</Name></Contact></ItemOut>`, screening.Line{SKU: "A", Quantity: "1", Manufacturer: "Maxwell"}},
	} {
		o := cxmlRead(t, cxmlDocument(cxmlDated, "", c.item))
		if !reflect.DeepEqual(o.Lines, []screening.Line{c.want}) || len(o.Problems) > 0 {
			t.Errorf("%s:\n got %+v\nwant %+v\nproblems %+v", name, o.Lines, c.want, o.Problems)
		}
	}
	set := cxmlRead(t, cxmlDocument(cxmlDated, "", `<ItemOut lineNumber="1" itemType="composite" quantity="1"><ItemID><SupplierPartID>SET</SupplierPartID></ItemID></ItemOut><ItemOut lineNumber="2" parentLineNumber="1" itemType="item" quantity="1"><ItemID><SupplierPartID>PART</SupplierPartID></ItemID></ItemOut>`))
	if len(set.Lines) != 2 || set.Lines[1].SKU != "PART" || len(set.Problems) > 0 {
		t.Errorf("set: %+v, %+v", set.Lines, set.Problems)
	}
	contract := cxmlRead(t, cxmlDocument(cxmlDated, "", `<ItemOut lineNumber="1" quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><Distribution><Accounting name="x"><AccountingSegment id="QX-1"><Name>Contract</Name><Description>Pier</Description></AccountingSegment></Accounting></Distribution><MasterAgreementIDInfo agreementID="QX-2"/></ItemOut>`))
	if contract.Contract != "QX-1; QX-2" || !slices.Equal(contract.Texts, []string{"x; Contract QX-1 Pier"}) {
		t.Errorf("contract %q, texts %q", contract.Contract, contract.Texts)
	}
}

func TestCXMLProblems(t *testing.T) {
	for name, c := range map[string]struct{ header, items, code, pointer, source string }{
		"two makers": {
			"", strings.Replace(cxmlPlainItem, "</ItemDetail>", "<ManufacturerName>Dell</ManufacturerName><ManufacturerName>Maxwell</ManufacturerName></ItemDetail>", 1),
			problemTwice, "/lines/0/manufacturer", "/cXML/Request/OrderRequest/ItemOut/ItemDetail/ManufacturerName[2]",
		},
		"two part numbers": {
			"", strings.Replace(cxmlPlainItem, "</ItemID>", "<SupplierPartID>ROPE-8</SupplierPartID></ItemID>", 1),
			problemTwice, "/lines/0/sku", "/cXML/Request/OrderRequest/ItemOut/ItemID/SupplierPartID[2]",
		},
		"quantity": {"", strings.Replace(cxmlPlainItem, `"2"`, `"some"`, 1), problemNumber, "/lines/0/quantity", "/cXML/Request/OrderRequest/ItemOut/@quantity"},
		"two countries": {
			`<ShipTo><Address isoCountryCode="US"><Name>Pier</Name><PostalAddress><Country isoCountryCode="DE">Germany</Country></PostalAddress></Address></ShipTo>`, cxmlPlainItem,
			problemTwice, "/parties/2/country", "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/Address/PostalAddress/Country/@isoCountryCode",
		},
		"no such country": {
			`<ShipTo><Address isoCountryCode="QQ"><Name>Pier</Name></Address></ShipTo>`, cxmlPlainItem,
			problemCountry, "/parties/2/country", "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/Address/@isoCountryCode",
		},
		"no such code": {
			`<ShipTo><Address isoCountryCode="QQ"><Name>Pier</Name><PostalAddress><Country>Germany</Country></PostalAddress></Address></ShipTo>`, cxmlPlainItem,
			problemCountry, "/parties/2/country", "/cXML/Request/OrderRequest/OrderRequestHeader/ShipTo/Address/@isoCountryCode",
		},
		"a set without its head": {
			"", strings.Replace(cxmlPlainItem, "lineNumber", `parentLineNumber="7" lineNumber`, 1),
			problemStructure, "/lines/0", "/cXML/Request/OrderRequest/ItemOut/@parentLineNumber",
		},
		"nothing that names goods": {
			"", `<ItemOut quantity="1" lineNumber="1"><ItemID><SupplierPartID/><BuyerPartID>88</BuyerPartID></ItemID></ItemOut>`,
			problemStructure, "/lines/0", "/cXML/Request/OrderRequest/ItemOut/ItemID/BuyerPartID",
		},
		"delivery date": {
			"", strings.Replace(cxmlPlainItem, "lineNumber", `requestedDeliveryDate="ASAP" lineNumber`, 1),
			problemDate, "/lines/0/fulfil_at", "/cXML/Request/OrderRequest/ItemOut/@requestedDeliveryDate",
		},
	} {
		o := cxmlRead(t, cxmlDocument(cxmlDated, c.header, c.items))
		if len(o.Problems) != 1 || o.Problems[0].Code != c.code || string(o.Problems[0].Pointer) != c.pointer || o.Problems[0].Source != c.source {
			t.Errorf("%s: %+v", name, o.Problems)
		}
	}
	both := cxmlRead(t, cxmlDocument(cxmlDated, `<ShipTo><Address isoCountryCode="US"><Name>Pier</Name><PostalAddress><Country isoCountryCode="DE"/></PostalAddress></Address></ShipTo>`, cxmlPlainItem))
	countries := ""
	for _, p := range both.Parties {
		countries += p.Country
	}
	if countries != "USDE" {
		t.Errorf("of two countries, %s are judged", countries)
	}
	text := cxmlRead(t, cxmlDocument(cxmlDated, "", strings.Replace(cxmlPlainItem, "</ItemDetail>", "<ManufacturerName>Dell</ManufacturerName><ManufacturerName>Maxwell</ManufacturerName></ItemDetail>", 1)))
	if l := text.Lines[0]; l.Manufacturer != "Dell" || !slices.Contains(l.Texts, "Maxwell") {
		t.Errorf("the second maker is lost: %+v", l)
	}
}

func TestCXMLShapes(t *testing.T) {
	whole := cxmlDocument(cxmlDated, `<Total><Money currency="USD">9</Money></Total>`, cxmlPlainItem)
	unwrapped := strings.NewReplacer(`<Request deploymentMode="production">`, "", "</Request>", "").Replace(whole)
	start, end := strings.Index(whole, "<OrderRequest>"), strings.Index(whole, "</Request>")
	second := `<Message><PunchOutOrderMessage><BuyerCookie>c-1</BuyerCookie><OrderRequestHeader orderID="H-1" ` + cxmlDated + `><Total><Money currency="USD">9</Money></Total></OrderRequestHeader>` + cxmlPlainItem + `</PunchOutOrderMessage></Message>`
	for name, document := range map[string]string{
		"as written":          whole,
		"no Request":          unwrapped,
		"stray text":          strings.Replace(unwrapped, "<Header>", ";<Header>", 1),
		"lower case":          strings.NewReplacer("<cXML", "<cxml", "</cXML", "</cxml").Replace(whole),
		"no envelope":         whole[start:end],
		"a cart in the order": cxmlDocument(cxmlDated, `<Total><Money currency="USD">9</Money></Total>`, second),
	} {
		o := cxmlRead(t, document)
		if len(o.Lines) != 1 || o.Lines[0].SKU != "ROPE-9" || o.Reference != "H-1" || o.Currency != "USD" || len(o.Problems) > 0 {
			t.Errorf("%s: %+v", name, o)
		}
	}
	two, err := cxmlDecode(t, strings.Replace(whole, "</Request>", whole[start:end]+"</Request>", 1))
	if err != nil || len(two.Orders) != 2 || two.Orders[1].Fields[0].Source != "/cXML/Header/From/Credential/Identity" {
		t.Errorf("two orders: %+v, %v", two, err)
	}
}

// TestCXMLFromSupplier reads what suppliers write: a cart and a quotation.
func TestCXMLFromSupplier(t *testing.T) {
	document := func(message string) string {
		return `<cXML timestamp="2024-08-05T09:00:00-04:00"><Header><From><Credential domain="DUNS"><Identity>310000001</Identity></Credential></From><To><Credential domain="DUNS"><Identity>1</Identity></Credential></To></Header><Message>` + message + `</Message></cXML>`
	}
	in := strings.NewReplacer("ItemOut", "ItemIn").Replace(cxmlPlainItem)
	quoted := strings.NewReplacer("ItemOut", "QuoteItemIn").Replace(cxmlPlainItem)
	for reference, message := range map[string]string{
		"S-8": `<PunchOutOrderMessage><BuyerCookie>c-1</BuyerCookie><PunchOutOrderMessageHeader operationAllowed="create"><Total><Money currency="USD">9</Money></Total><SupplierOrderInfo orderID="S-8"/></PunchOutOrderMessageHeader>` + in + `</PunchOutOrderMessage>`,
		"Q-3": `<QuoteMessage><QuoteMessageHeader type="accept" quoteID="Q-3" quoteDate="2024-08-05T09:00:00-04:00" currency="USD"><OrganizationID><Credential domain="DUNS"><Identity>310000001</Identity></Credential></OrganizationID></QuoteMessageHeader>` + quoted + `</QuoteMessage>`,
	} {
		o := cxmlRead(t, document(message))
		roles := ""
		for _, p := range o.Parties {
			roles += fmt.Sprint(p.Role, p.Identifiers)
		}
		if o.Reference != reference || o.OrderedAt != "" || o.Currency != "USD" || len(o.Lines) != 1 || len(o.Problems) > 0 || roles != "seller[{duns 310000001}]buyer[{duns 1}]" {
			t.Errorf("%s: %+v", reference, o)
		}
	}
}

func TestCXMLRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text, says string
		kind       Kind
	}{
		"profile":        {`<cXML><Request><ProfileRequest/></Request></cXML>`, "ProfileRequest", Unsupported},
		"punch-out":      {`<cXML><Request><PunchOutSetupRequest>` + cxmlPlainItem + `</PunchOutSetupRequest></Request></cXML>`, "PunchOutSetupRequest", Unsupported},
		"shipping":       {`<cXML><Request><ShipNoticeRequest/></Request></cXML>`, "a shipping notice", Unsupported},
		"invoice":        {`<cXML><Request><InvoiceDetailRequest/></Request></cXML>`, "an invoice", Unsupported},
		"status":         {`<cXML><Request><StatusUpdateRequest/></Request></cXML>`, "StatusUpdateRequest", Unsupported},
		"answer":         {`<cXML><Response><Status code="200" text="OK"/></Response></cXML>`, "an answer", Unsupported},
		"something else": {`<cXML><Request><TideTableRequest/></Request></cXML>`, "TideTableRequest", Unsupported},
		"nothing":        {`<cXML/>`, "holds no order", Unsupported},
		"catalogue":      {`<Index><SupplierID domain="DUNS">1</SupplierID><IndexItem/></Index>`, "a catalogue", Unsupported},
		"empty cart":     {`<cXML><Message><PunchOutOrderMessage><PunchOutOrderMessageHeader/></PunchOutOrderMessage></Message></cXML>`, "lists no items", Unsupported},
		"empty quote":    {`<cXML><Message><QuoteMessage><QuoteMessageHeader/></QuoteMessage></Message></cXML>`, "lists no items", Unsupported},
		"cut":            {cxmlDocument(cxmlDated, "", cxmlPlainItem)[:900], "not well-formed", Malformed},
		"entities":       {strings.Replace(cxmlDocument(cxmlDated, "", cxmlPlainItem), `SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.060/cXML.dtd"`, `[<!ENTITY k "x">]`, 1), "declares entities", Refused},
		"many parties":   {cxmlDocument(cxmlDated, strings.Repeat(`<Contact role="x"><Name>Bosun</Name><Email>a@b.cd</Email></Contact>`, 3)+cxmlMany(cxmlMaxParties), cxmlPlainItem), "parties", TooLarge},
		"many numbers":   {cxmlDocument(cxmlDated, `<Contact role="x">`+strings.Repeat(`<IdReference domain="a" identifier="1"/>`, cxmlMaxPartyFields+1)+`</Contact>`, cxmlPlainItem), "names and numbers", TooLarge},
		"many items":     {cxmlDocument(cxmlDated, "", strings.Repeat("<ItemOut/>", MaxLines+1)), "5001 items", TooLarge},
	} {
		_, err := cxmlDecode(t, c.text)
		if got := (*Error)(nil); !errors.As(err, &got) || got.Kind != c.kind || !strings.Contains(got.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := readerFor(t)
	for name, text := range map[string]string{"JSON": `{"a":1}`, "text": "rope"} {
		if _, err := r.Decode(context.Background(), []byte(text), Hints{Format: "cxml"}); err == nil {
			t.Errorf("%s was read as cXML", name)
		}
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := r.Decode(stopped, []byte(cxmlDocument(cxmlDated, "", cxmlPlainItem)), Hints{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled call gave %v", err)
	}
}

func cxmlMany(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<Contact role="carrier"><Name>Barge %d</Name></Contact>`, i)
	}
	return b.String()
}

// TestCXMLOthers leaves other formats' documents alone.
func TestCXMLOthers(t *testing.T) {
	for _, text := range []string{`<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>`, `<n0:OrderRequest xmlns:n0="http://sap.com/xi/EDI"><MessageHeader/></n0:OrderRequest>`, `<OrderRequest><Items/></OrderRequest>`, `<Index/>`} {
		src, err := open([]byte(text), Hints{})
		if err != nil || isCXML(src) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestCXMLKeepsSecrets looks for what must not leave in everything that leaves.
func TestCXMLKeepsSecrets(t *testing.T) {
	header := `<ShipTo><Address><Name>Pier</Name><PostalAddress><DeliverTo>Ann, mate@harbour.example</DeliverTo><Extrinsic name="phone">5550177</Extrinsic></PostalAddress><Email>mate@harbour.example</Email><Phone><TelephoneNumber><Number>5550177</Number></TelephoneNumber></Phone></Address></ShipTo>
<Payment><PCard number="4111111111111111" expiration="2030-01-01" name="Mate"/></Payment>
<Comments>Write to mate@harbour.example<Extrinsic name="x">mate@harbour.example</Extrinsic></Comments><Extrinsic name="UserEmail">mate@harbour.example</Extrinsic><Extrinsic name="Api Password">hush-hush</Extrinsic><Extrinsic name="EndUserEmail">mate@harbour.example</Extrinsic><Extrinsic name="EndUserPhone">5550177</Extrinsic><Extrinsic name="ContractOwner">mate@harbour.example</Extrinsic><Custom><SharedSecret>hush-hush</SharedSecret><Desk><Phone>5550177</Phone></Desk></Custom><Contact role="x"><Desk><Phone>5550177</Phone></Desk></Contact><Comments><Phone>5550177</Phone></Comments>`
	item := strings.Replace(cxmlPlainItem, "Mooring rope", "Mooring rope for mate@harbour.example", 1)
	o := cxmlRead(t, cxmlDocument(cxmlDated, header, item))
	out, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"hush-hush", "mate@", "5550177", "4111"} {
		if strings.Contains(string(out), secret) {
			t.Errorf("%s leaves in %s", secret, out)
		}
	}
	if !strings.Contains(string(out), `"domain","Value":"harbour.example"`) {
		t.Errorf("the domain is lost: %s", out)
	}
}

// TestCXMLNamesOfValues: what a value is called does not hide what it says.
func TestCXMLNamesOfValues(t *testing.T) {
	for name, c := range map[string]struct{ value, want string }{
		"Email Security":         {"Tern Mail Filter for Servers", "EmailSecurity: Tern Mail Filter for Servers"},
		"PasswordManagerProduct": {"Tern Vault", "PasswordManagerProduct: Tern Vault"},
		"CreditCardProtection":   {"Tern Shield", "CreditCardProtection: Tern Shield"},
		"Bank Branch":            {"Tern Shield for Banks", "BankBranch: Tern Shield for Banks"},
		"Secretary":              {"Tern", "Secretary: Tern"},
		"Software License Token": {"Tern Vault for Business", "SoftwareLicenseToken: Tern Vault for Business"},
		"API Key Product":        {"Tern Vault", "APIKeyProduct: Tern Vault"},
		"License Agreement":      {"Tern Vault Enterprise", "Tern Vault Enterprise"},
		"Session Token":          {"9f86d081884c7d659a2feaa0c55ad015", ""},
		"Admin Password":         {"hush-hush", ""},
		"Password":               {"hush hush now", ""},
		"Credit Card Number":     {"4111 1111 1111 1111", ""},
		"IBAN":                   {"DE89 3704 0044 0532 0130 00", ""},
		"Email":                  {"mate@harbour.example", ""},
		"EndUserID":              {"TRN4863DAMFS", "EndUserID: TRN4863DAMFS"},
		"EndUserDUNS":            {"310000001", ""},
	} {
		o := cxmlRead(t, cxmlDocument(cxmlDated, "", strings.Replace(cxmlPlainItem, "</ItemOut>", `<Extrinsic name="`+name+`">`+c.value+`</Extrinsic></ItemOut>`, 1)))
		if got := strings.Join(o.Lines[0].Texts, "|"); got != c.want {
			t.Errorf("%s: texts %q, want %q", name, got, c.want)
		}
	}
}

// TestCXMLTwice: of two headers the later date counts, and two countries are two parties.
func TestCXMLTwice(t *testing.T) {
	for name, dates := range map[string][2]string{"the later last": {"2024-06-01", "2024-10-01"}, "the later first": {"2024-10-01", "2024-06-01"}} {
		document := cxmlDocument(`orderDate="`+dates[0]+`"`, "", cxmlPlainItem)
		document = strings.Replace(document, "</OrderRequestHeader>", `</OrderRequestHeader><OrderRequestHeader orderID="H-1" orderDate="`+dates[1]+`"/>`, 1)
		if o := cxmlRead(t, document); o.OrderedAt != "2024-10-01" || len(o.Problems) == 0 {
			t.Errorf("%s: ordered %s, problems %+v", name, o.OrderedAt, o.Problems)
		}
	}
	o := cxmlRead(t, cxmlDocument(cxmlDated, `<ShipTo><Address isoCountryCode="FR"><Name>Pier</Name><PostalAddress><Country isoCountryCode="US">United States</Country></PostalAddress></Address></ShipTo>`, cxmlPlainItem))
	var at []string
	for _, p := range o.Parties {
		if p.Role == screening.ShipTo && p.Name == "Pier" {
			at = append(at, p.Country)
		}
	}
	if !slices.Equal(at, []string{"FR", "US"}) {
		t.Errorf("countries %q", at)
	}
}

// TestCXMLAttachments: files are judged by what they are called.
func TestCXMLAttachments(t *testing.T) {
	for attachment, want := range map[string]string{
		`<Attachment name="rope-offer.pdf"><URL>cid:123</URL></Attachment>`:                    "rope-offer.pdf",
		`<Comments>see <Attachment><URL>cid:rope-offer.pdf</URL></Attachment></Comments>`:      "see|rope-offer.pdf",
		`<Comments>see <Attachment><URL>cid:a.b@harbour.example</URL></Attachment></Comments>`: "see",
	} {
		o := cxmlRead(t, cxmlDocument(cxmlDated, "", strings.Replace(cxmlPlainItem, "</ItemOut>", attachment+"</ItemOut>", 1)))
		if got := strings.Join(o.Lines[0].Texts, "|"); got != want {
			t.Errorf("%s: texts %q, want %q", attachment, got, want)
		}
	}
}

func TestCXMLManyTexts(t *testing.T) {
	var b strings.Builder
	for i := range 3 * cxmlMaxTexts {
		fmt.Fprintf(&b, `<Extrinsic name="note">rope %d</Extrinsic>`, i)
	}
	last := fmt.Sprintf("note: rope %d", 3*cxmlMaxTexts-1)
	o := cxmlRead(t, cxmlDocument(cxmlDated, b.String(), strings.Replace(cxmlPlainItem, "</ItemOut>", b.String()+"</ItemOut>", 1)))
	for name, texts := range map[string][]string{"order": o.Texts, "line": o.Lines[0].Texts} {
		if len(texts) != cxmlMaxTexts+1 || !strings.HasSuffix(texts[cxmlMaxTexts], last) {
			t.Errorf("%s: %d texts, the last %.40q", name, len(texts), texts[len(texts)-1])
		}
	}
}

func TestCXMLCharset(t *testing.T) {
	document := strings.Replace(cxmlDocument(cxmlDated, "", strings.Replace(cxmlPlainItem, "Mooring rope", "\xd6l f\xfcr Taue", 1)), "UTF-8", "ISO-8859-1", 1)
	if got := cxmlRead(t, document).Lines[0].Description; got != "Öl für Taue" {
		t.Errorf("description %q", got)
	}
}

func FuzzReadCXML(f *testing.F) {
	f.Add(cxmlDocument(cxmlDated, cxmlWholeHeader, cxmlWholeItem))
	f.Add(cxmlDocument(`type="delete"`, "", ""))
	f.Add(`<cXML><OrderRequest><OrderRequestHeader orderID="1"/>` + cxmlPlainItem + cxmlPlainItem + `</OrderRequest></cXML>`)
	f.Add(`<PunchOutOrderMessage><PunchOutOrderMessageHeader/><ItemIn><ItemID/></ItemIn></PunchOutOrderMessage>`)
	f.Add(`<cXML><Request><ShipNoticeRequest/></Request></cXML>`)
	f.Add(`<cXML><OrderRequest><ItemOut><ItemOut isReturn="yes" quantity="1"/><Extrinsic name="EndUserCountry">QQ</Extrinsic></ItemOut><Header><From/></Header></OrderRequest></cXML>`)
	f.Fuzz(func(t *testing.T, text string) {
		read := func() (Document, error) {
			return readerFor(t).Decode(context.Background(), []byte(text), Hints{Format: "cxml"})
		}
		d, err := read()
		if refused := (*Error)(nil); err != nil && !errors.As(err, &refused) {
			t.Fatalf("error %v", err)
		}
		again, err2 := read()
		if !reflect.DeepEqual(d, again) || (err == nil) != (err2 == nil) {
			t.Fatal("a second reading differs")
		}
		for i := range d.Orders {
			seen := map[screening.Pointer]bool{}
			for _, field := range d.Orders[i].Fields {
				if seen[field.Pointer] {
					t.Fatalf("%s has two sources", field.Pointer)
				}
				seen[field.Pointer] = true
			}
		}
	})
}
