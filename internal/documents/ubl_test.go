package documents

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// ublDoc wraps the content of a document in its root, with the prefixes that everybody uses.
func ublDoc(root, content string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<%[1]s xmlns="urn:oasis:names:specification:ubl:schema:xsd:%[1]s-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">%[2]s</%[1]s>`, root, content)
}

// ublOneLine is an order with one line, whose LineItem holds the content.
func ublOneLine(content string) string {
	return ublDoc("Order", `<cac:OrderLine><cac:LineItem>`+content+`</cac:LineItem></cac:OrderLine>`)
}

const ublPlainLine = `<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cac:Item><cbc:Name>Desk lamp</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>`

func ublDecode(t *testing.T, text string) (Document, error) {
	t.Helper()
	return readerFor(t).Decode(context.Background(), []byte(text), Hints{})
}

// ublOrder reads a document that holds one order.
func ublOrder(t *testing.T, text string) screening.Order {
	t.Helper()
	doc, err := ublDecode(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Format != "ubl" || len(doc.Orders) != 1 {
		t.Fatalf("format %q, %d orders", doc.Format, len(doc.Orders))
	}
	return doc.Orders[0]
}

func ublProblems(o *screening.Order) string {
	var codes []string
	for _, p := range o.Problems {
		codes = append(codes, p.Code+" "+string(p.Pointer))
	}
	return strings.Join(codes, ", ")
}

// ublFieldsOf returns where a value of the order stood.
func ublFieldsOf(o *screening.Order, pointer screening.Pointer) (fields []screening.Field) {
	for _, f := range o.Fields {
		if f.Pointer == pointer {
			fields = append(fields, f)
		}
	}
	return fields
}

const ublWholeOrder = `
<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:ordering:3</cbc:ProfileID>
<cbc:ID>GL-2024-118</cbc:ID>
<cbc:IssueDate>2024-08-14</cbc:IssueDate><cbc:IssueTime>09:30:00-05:00</cbc:IssueTime>
<cbc:OrderTypeCode listID="UNCL1001">220</cbc:OrderTypeCode>
<cbc:Note>For the computer room &amp; the library. Ask ann@granitelake.example</cbc:Note>
<cbc:DocumentCurrencyCode>usd</cbc:DocumentCurrencyCode>
<cbc:LineCountNumeric>2</cbc:LineCountNumeric>
<cac:ValidityPeriod><cbc:StartDate>2024-08-01</cbc:StartDate><cbc:EndDate>2025-07-31</cbc:EndDate></cac:ValidityPeriod>
<cac:QuotationDocumentReference><cbc:ID>Q-7781</cbc:ID></cac:QuotationDocumentReference>
<cac:OriginatorDocumentReference><cbc:ID>TENDER-9</cbc:ID></cac:OriginatorDocumentReference>
<cac:Contract><cbc:ID>MN-555</cbc:ID><cbc:ContractType>State framework</cbc:ContractType></cac:Contract>
<cac:BuyerCustomerParty><cbc:SupplierAssignedAccountID>C-20</cbc:SupplierAssignedAccountID><cac:Party>
 <cbc:EndpointID schemeID="0060">012345678</cbc:EndpointID>
 <cac:PartyIdentification><cbc:ID schemeID="0088">7300000000017</cbc:ID></cac:PartyIdentification>
 <cac:PartyName><cbc:Name>Granite Lake Schools</cbc:Name></cac:PartyName>
 <cac:PostalAddress><cbc:StreetName>12 Pine Road</cbc:StreetName><cbc:CityName>Ely</cbc:CityName><cbc:PostalZone>55731</cbc:PostalZone>
  <cbc:CountrySubentity>MN</cbc:CountrySubentity><cac:Country><cbc:IdentificationCode>US</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
 <cac:PartyLegalEntity><cbc:RegistrationName>Independent School District 9</cbc:RegistrationName></cac:PartyLegalEntity>
 <cac:Contact><cbc:Name>Ann Brook</cbc:Name><cbc:Telephone>651 555 0100</cbc:Telephone><cbc:ElectronicMail>ann@granitelake.example</cbc:ElectronicMail></cac:Contact>
</cac:Party></cac:BuyerCustomerParty>
<cac:SellerSupplierParty><cac:Party>
 <cac:PartyName><cbc:Name>Harbour &amp; Pine</cbc:Name></cac:PartyName>
 <cac:PartyTaxScheme><cbc:CompanyID>IE1234567FA</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
 <cac:PartyLegalEntity><cbc:RegistrationName>Harbour &amp; Pine</cbc:RegistrationName><cbc:CompanyID>IE-88</cbc:CompanyID></cac:PartyLegalEntity>
</cac:Party></cac:SellerSupplierParty>
<cac:Delivery>
 <cac:DeliveryLocation><cbc:ID schemeID="0088">7300000000024</cbc:ID><cac:Address><cbc:CityName>Babbitt</cbc:CityName><cac:Country><cbc:IdentificationCode>US</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation>
 <cac:RequestedDeliveryPeriod><cbc:StartDate>2024-08-20</cbc:StartDate><cbc:EndDate>2024-08-30</cbc:EndDate></cac:RequestedDeliveryPeriod>
 <cac:DeliveryParty><cac:PartyName><cbc:Name>North Campus</cbc:Name></cac:PartyName></cac:DeliveryParty>
</cac:Delivery>
<cac:AnticipatedMonetaryTotal><cbc:PayableAmount currencyID="USD">1.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>
<cac:OrderLine><cbc:Note>Two per room</cbc:Note><cac:LineItem>
 <cbc:ID>10</cbc:ID><cbc:Quantity unitCode="C62">4</cbc:Quantity>
 <cac:Price><cbc:PriceAmount currencyID="USD">250.00</cbc:PriceAmount><cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity></cac:Price>
 <cac:Item>
  <cbc:Description>Wall screen, 55 inch</cbc:Description><cbc:Description>With bracket</cbc:Description><cbc:Name>Wall scr</cbc:Name>
  <cbc:Keyword>display</cbc:Keyword><cbc:BrandName>Lumo</cbc:BrandName><cbc:ModelName>LX-55</cbc:ModelName>
  <cac:BuyersItemIdentification><cbc:ID>B-7</cbc:ID></cac:BuyersItemIdentification>
  <cac:SellersItemIdentification><cbc:ID>HP-55-LX</cbc:ID></cac:SellersItemIdentification>
  <cac:ManufacturersItemIdentification><cbc:ID>LX55</cbc:ID></cac:ManufacturersItemIdentification>
  <cac:StandardItemIdentification><cbc:ID schemeID="0160">04006381333931</cbc:ID></cac:StandardItemIdentification>
  <cac:CommodityClassification><cbc:ItemClassificationCode listID="TST" name="Flat panels">43211902</cbc:ItemClassificationCode></cac:CommodityClassification>
  <cac:AdditionalItemProperty><cbc:Name>Colour</cbc:Name><cbc:Value>black</cbc:Value></cac:AdditionalItemProperty>
  <cac:ManufacturerParty><cac:PartyName><cbc:Name>Lumo Works</cbc:Name></cac:PartyName></cac:ManufacturerParty>
 </cac:Item>
</cac:LineItem></cac:OrderLine>
<cac:OrderLine><cac:LineItem>
 <cbc:ID>20</cbc:ID><cbc:Quantity unitCode="C62">-1</cbc:Quantity>
 <cac:Delivery><cac:DeliveryAddress><cbc:CityName>Thunder Bay</cbc:CityName><cac:Country><cbc:Name>Canada</cbc:Name></cac:Country></cac:DeliveryAddress>
  <cac:RequestedDeliveryPeriod><cbc:EndDate>2024-09-02</cbc:EndDate><cbc:EndTime>17:00:00</cbc:EndTime></cac:RequestedDeliveryPeriod></cac:Delivery>
 <cac:OriginatorParty><cac:PartyName><cbc:Name>Rowing Club</cbc:Name></cac:PartyName></cac:OriginatorParty>
 <cac:Item><cbc:Name>Oar</cbc:Name></cac:Item>
</cac:LineItem></cac:OrderLine>`

func TestUBLWholeOrder(t *testing.T) {
	got := ublOrder(t, ublDoc("Order", ublWholeOrder))
	fields := got.Fields
	got.Fields = nil
	want := screening.Order{
		Reference: "GL-2024-118", OrderedAt: "2024-08-14T09:30:00-05:00", FulfilAt: "2024-08-30", Document: screening.OrderDocument,
		Currency: "USD", Contract: "MN-555; State framework; TENDER-9",
		Texts: []string{"For the computer room & the library. Ask granitelake.example", "Q-7781"},
		Parties: []screening.Party{
			{
				Role: screening.Buyer, Name: "Granite Lake Schools", Aliases: []string{"Independent School District 9"},
				Address: "12 Pine Road, Ely, 55731", Country: "US", State: "MN",
				Identifiers: []screening.Identifier{
					{Type: "duns", Value: "012345678"},
					{Type: "gln", Value: "7300000000017"},
					{Type: "own", Value: "C-20"},
					{Type: "domain", Value: "granitelake.example"},
				},
			},
			{Role: screening.Intermediary, Name: "Ann Brook", Kind: screening.Person},
			{
				Role: screening.Seller, Name: "Harbour & Pine",
				Identifiers: []screening.Identifier{{Type: "vat", Value: "IE1234567FA"}, {Type: "company_id", Value: "IE-88"}},
			},
			{
				Role: screening.ShipTo, Name: "North Campus", Address: "Babbitt", Country: "US",
				Identifiers: []screening.Identifier{{Type: "gln", Value: "7300000000024"}},
			},
		},
		Lines: []screening.Line{
			{
				ID: "10", SKU: "HP-55-LX", Manufacturer: "Lumo Works", ManufacturerPart: "LX55", Description: "Wall screen, 55 inch",
				GTIN: "04006381333931", Quantity: "4", UnitPrice: "2.5",
				Texts: []string{"B-7", "With bracket", "Wall scr", "Lumo", "Colour: black", "display", "LX-55", "Flat panels", "Two per room"},
			},
			{
				ID: "20", Description: "Oar", Quantity: "-1", FulfilAt: "2024-09-02T17:00:00",
				Parties: []screening.Party{
					{Role: screening.ShipTo, Address: "Thunder Bay", Country: "CA"},
					{Role: screening.EndUser, Name: "Rowing Club"},
				},
			},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	got.Fields = fields
	for _, want := range []screening.Field{
		{Pointer: "/reference", Source: "/Order/ID"},
		{Pointer: "/ordered_at", Source: "/Order/IssueDate, /Order/IssueTime"},
		{Pointer: "/fulfil_at", Source: "/Order/Delivery/RequestedDeliveryPeriod/EndDate"},
		{Pointer: "/currency", Source: "/Order/DocumentCurrencyCode", Raw: "usd"},
		{Pointer: "/contract", Source: "/Order/Contract/ID"},
		{Pointer: "/parties/0/aliases/0", Source: "/Order/BuyerCustomerParty/Party/PartyLegalEntity/RegistrationName"},
		{Pointer: "/parties/3/country", Source: "/Order/Delivery/DeliveryLocation/Address/Country/IdentificationCode"},
		{Pointer: "/lines/0/manufacturer", Source: "/Order/OrderLine[1]/LineItem/Item/ManufacturerParty/PartyName/Name"},
		{Pointer: "/lines/0/description", Source: "/Order/OrderLine[1]/LineItem/Item/Description[1]"},
		{Pointer: "/lines/0/texts/7", Source: "/Order/OrderLine[1]/LineItem/Item/CommodityClassification/ItemClassificationCode/@name"},
		{Pointer: "/lines/0/unit_price", Source: "/Order/OrderLine[1]/LineItem/Price/PriceAmount", Raw: "250.00 per 100"},
		{Pointer: "/lines/1/parties/0/country", Source: "/Order/OrderLine[2]/LineItem/Delivery/DeliveryAddress/Country/Name", Raw: "Canada"},
		{
			Pointer: "/lines/1/fulfil_at",
			Source: "/Order/OrderLine[2]/LineItem/Delivery/RequestedDeliveryPeriod/EndDate, " +
				"/Order/OrderLine[2]/LineItem/Delivery/RequestedDeliveryPeriod/EndTime",
		},
	} {
		if at := ublFieldsOf(&got, want.Pointer); !slices.Contains(at, want) {
			t.Errorf("%s stood at %+v, want %+v", want.Pointer, at, want)
		}
	}
}

func TestUBLDates(t *testing.T) {
	for name, c := range map[string]struct{ content, want, problems string }{
		"none":                   {``, "", ""},
		"a day":                  {`<cbc:IssueDate>2024-09-28</cbc:IssueDate>`, "2024-09-28", ""},
		"no zone":                {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>21:00:00</cbc:IssueTime>`, "2024-09-28T21:00:00", ""},
		"fraction and UTC":       {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>11:32:26.0Z</cbc:IssueTime>`, "2024-09-28T11:32:26.0Z", ""},
		"zone of the day":        {`<cbc:IssueDate>2024-09-28+02:00</cbc:IssueDate><cbc:IssueTime>21:00:00</cbc:IssueTime>`, "2024-09-28T21:00:00+02:00", ""},
		"zone of the time wins":  {`<cbc:IssueDate>2024-09-28Z</cbc:IssueDate><cbc:IssueTime>21:00:00-04:00</cbc:IssueTime>`, "2024-09-28T21:00:00-04:00", ""},
		"a zoned day":            {`<cbc:IssueDate>2024-07-19-08:00</cbc:IssueDate>`, "2024-07-19T23:59:59-08:00", ""},
		"a dateTime":             {`<cbc:IssueDate>2024-09-28T08:15:00-04:00</cbc:IssueDate>`, "2024-09-28T08:15:00-04:00", ""},
		"a dateTime and a time":  {`<cbc:IssueDate>2024-09-28T00:00:00</cbc:IssueDate><cbc:IssueTime>08:15:00</cbc:IssueTime>`, "2024-09-28T08:15:00", ""},
		"no seconds":             {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>8:15Z</cbc:IssueTime>`, "2024-09-28T08:15Z", ""},
		"24 o'clock":             {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>24:00:00</cbc:IssueTime>`, "2024-09-29T00:00:00", ""},
		"another order of parts": {`<cbc:IssueDate>28.09.2024</cbc:IssueDate><cbc:IssueTime>08:15:00</cbc:IssueTime>`, "28.09.2024", ""},
		"no such time":           {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>noon</cbc:IssueTime>`, "2024-09-28", "unknown_date /ordered_at"},
		"no such hour":           {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>25:00:00</cbc:IssueTime>`, "2024-09-28", "unknown_date /ordered_at"},
		"no such day":            {`<cbc:IssueDate>2024-02-30</cbc:IssueDate>`, "2024-02-30", "unknown_date /ordered_at"},
		"words":                  {`<cbc:IssueDate>last week</cbc:IssueDate>`, "last week", "unknown_date /ordered_at"},
		"twice the same":         {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueDate>2024-09-28</cbc:IssueDate>`, "2024-09-28", ""},
		"two days":               {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueDate>2024-10-28</cbc:IssueDate>`, "2024-10-28", "duplicate_field /ordered_at"},
		"two times":              {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>08:00:00</cbc:IssueTime><cbc:IssueTime>09:00:00</cbc:IssueTime>`, "2024-09-28T09:00:00", "duplicate_field /ordered_at"},
		"the later day first":    {`<cbc:IssueDate>2024-10-28</cbc:IssueDate><cbc:IssueDate>2024-09-28</cbc:IssueDate>`, "2024-10-28", "duplicate_field /ordered_at"},
		"a zone by its letters":  {`<cbc:IssueDate>2024-09-28</cbc:IssueDate><cbc:IssueTime>21:00:00 EST</cbc:IssueTime>`, "2024-09-28T21:00:00-05:00", ""},
		"a month by its name":    {`<cbc:IssueDate>28-SEP-2024</cbc:IssueDate>`, "2024-09-28", ""},
		"validity is no date":    {`<cac:ValidityPeriod><cbc:StartDate>2024-09-28</cbc:StartDate></cac:ValidityPeriod>`, "", ""},
	} {
		o := ublOrder(t, ublDoc("Order", c.content+ublPlainLine))
		if o.OrderedAt != c.want || ublProblems(&o) != c.problems {
			t.Errorf("%s: %q, problems %q, want %q and %q", name, o.OrderedAt, ublProblems(&o), c.want, c.problems)
		}
		if o.FulfilAt != "" {
			t.Errorf("%s: performed at %q", name, o.FulfilAt)
		}
	}
}

func TestUBLDeliveryDates(t *testing.T) {
	period := func(name, content string) string {
		return `<cac:Delivery><cac:` + name + `>` + content + `</cac:` + name + `></cac:Delivery>`
	}
	requested := func(start, end string) string {
		return period("RequestedDeliveryPeriod", `<cbc:StartDate>`+start+`</cbc:StartDate><cbc:EndDate>`+end+`</cbc:EndDate>`)
	}
	for name, c := range map[string]struct{ content, want, problems string }{
		"a period ends":      {requested("2024-09-20", "2024-10-05"), "2024-10-05", ""},
		"a start alone":      {period("RequestedDeliveryPeriod", `<cbc:StartDate>2024-09-20</cbc:StartDate><cbc:StartTime>08:00:00Z</cbc:StartTime>`), "2024-09-20T08:00:00Z", ""},
		"promised":           {period("PromisedDeliveryPeriod", `<cbc:EndDate>2024-09-20</cbc:EndDate>`), "2024-09-20", ""},
		"the last of two":    {requested("2024-11-01", "2024-11-02") + requested("2024-09-20", "2024-10-05"), "2024-11-02", ""},
		"a day lasts":        {requested("2024-09-20", "2024-09-20") + period("RequestedDeliveryPeriod", `<cbc:EndDate>2024-09-20</cbc:EndDate><cbc:EndTime>09:00:00</cbc:EndTime>`), "2024-09-20", ""},
		"latest":             {`<cac:Delivery><cbc:LatestDeliveryDate>2024-12-24</cbc:LatestDeliveryDate><cbc:LatestDeliveryTime>12:00:00</cbc:LatestDeliveryTime></cac:Delivery>`, "2024-12-24T12:00:00", ""},
		"leaves":             {`<cac:Delivery><cac:Despatch><cbc:RequestedDespatchDate>2024-12-20</cbc:RequestedDespatchDate></cac:Despatch></cac:Delivery>`, "2024-12-20", ""},
		"cannot be read":     {requested("2024-09-20", "soon") + requested("2024-09-20", "2024-10-05"), "soon", "unknown_date %s/fulfil_at"},
		"a duration is none": {period("RequestedDeliveryPeriod", `<cbc:DurationMeasure unitCode="DAY">5</cbc:DurationMeasure>`), "", ""},
	} {
		o := ublOrder(t, ublDoc("Order", c.content+ublPlainLine))
		if want := strings.ReplaceAll(c.problems, "%s", ""); o.FulfilAt != c.want || ublProblems(&o) != want {
			t.Errorf("%s, order: %q, problems %q, want %q and %q", name, o.FulfilAt, ublProblems(&o), c.want, want)
		}
		o = ublOrder(t, ublOneLine(c.content))
		if want := strings.ReplaceAll(c.problems, "%s", "/lines/0"); o.Lines[0].FulfilAt != c.want || ublProblems(&o) != want {
			t.Errorf("%s, line: %q, problems %q, want %q and %q", name, o.Lines[0].FulfilAt, ublProblems(&o), c.want, want)
		}
	}
}

func TestUBLLines(t *testing.T) {
	item := func(content string) string { return `<cac:Item>` + content + `</cac:Item>` }
	for name, c := range map[string]struct {
		content string
		want    screening.Line
	}{
		"nothing but a name": {item(`<cbc:Name>Oar</cbc:Name>`), screening.Line{Description: "Oar"}},
		"the buyer's number stands in": {
			item(`<cac:BuyersItemIdentification><cbc:ID>B-7</cbc:ID></cac:BuyersItemIdentification>`), screening.Line{SKU: "B-7"},
		},
		"digits that are a GTIN": {
			item(`<cac:StandardItemIdentification><cbc:ID>4006381333931</cbc:ID></cac:StandardItemIdentification>`), screening.Line{GTIN: "4006381333931"},
		},
		"digits that are none": {
			item(`<cac:StandardItemIdentification><cbc:ID>4006381333932</cbc:ID></cac:StandardItemIdentification>`),
			screening.Line{Texts: []string{"4006381333932"}},
		},
		"another standard": {
			item(`<cac:StandardItemIdentification><cbc:ID schemeID="ISBN">978-1-4028-9462-6</cbc:ID></cac:StandardItemIdentification>`),
			screening.Line{Texts: []string{"978-1-4028-9462-6"}},
		},
		"further numbers": {
			item(`<cac:CatalogueItemIdentification><cbc:ID>CAT-1</cbc:ID></cac:CatalogueItemIdentification>
				<cac:SellersItemIdentification><cbc:ID>S-1</cbc:ID><cbc:ExtendedID>BLUE</cbc:ExtendedID></cac:SellersItemIdentification>
				<cac:AdditionalItemIdentification><cbc:ID>ADD-1</cbc:ID></cac:AdditionalItemIdentification>`),
			screening.Line{SKU: "S-1", Texts: []string{"CAT-1", "BLUE", "ADD-1"}},
		},
		"a brand stands in for the maker": {item(`<cbc:BrandName>Lumo</cbc:BrandName>`), screening.Line{Manufacturer: "Lumo"}},
		"a maker by its registered name": {
			item(`<cac:ManufacturerParty><cac:PartyLegalEntity><cbc:RegistrationName>Lumo Works KG</cbc:RegistrationName></cac:PartyLegalEntity>
				<cac:PostalAddress><cbc:CityName>Ulm</cbc:CityName><cac:Country><cbc:Name>Germany</cbc:Name></cac:Country></cac:PostalAddress></cac:ManufacturerParty>`),
			screening.Line{Manufacturer: "Lumo Works KG", Texts: []string{"Ulm, Germany"}},
		},
		"who issued the maker's number": {
			item(`<cac:ManufacturersItemIdentification><cbc:ID>LX55</cbc:ID><cac:IssuerParty><cac:PartyName><cbc:Name>Lumo</cbc:Name></cac:PartyName></cac:IssuerParty></cac:ManufacturersItemIdentification>`),
			screening.Line{ManufacturerPart: "LX55", Manufacturer: "Lumo"},
		},
		"properties that are fields": {
			item(`<cac:AdditionalItemProperty><cbc:Name>Manufacturer Part No.</cbc:Name><cbc:Value>LX55</cbc:Value></cac:AdditionalItemProperty>
				<cac:AdditionalItemProperty><cbc:Name>Hersteller</cbc:Name><cbc:Value>Lumo</cbc:Value></cac:AdditionalItemProperty>
				<cac:AdditionalItemProperty><cbc:Name>End user</cbc:Name><cbc:Value>Rowing Club</cbc:Value></cac:AdditionalItemProperty>
				<cac:AdditionalItemProperty><cbc:Name>Password manager</cbc:Name><cbc:Value>included</cbc:Value></cac:AdditionalItemProperty>
				<cac:AdditionalItemProperty><cbc:Name>Portal password</cbc:Name><cbc:Value>hunter2</cbc:Value></cac:AdditionalItemProperty>`),
			screening.Line{
				ManufacturerPart: "LX55", Manufacturer: "Lumo", Texts: []string{"Password manager: included"},
				Parties: []screening.Party{{Role: screening.EndUser, Name: "Rowing Club"}},
			},
		},
		"words in a code": {
			item(`<cac:CommodityClassification><cbc:ItemClassificationCode>Anti virus software</cbc:ItemClassificationCode></cac:CommodityClassification>
				<cac:CommodityClassification><cbc:CommodityCode>8523</cbc:CommodityCode></cac:CommodityClassification>`),
			screening.Line{Texts: []string{"Anti virus software"}},
		},
		"a part number for a line number": {`<cbc:ID>DISK9000X</cbc:ID>`, screening.Line{ID: "DISK9000X", Texts: []string{"DISK9000X"}}},
		"all kinds of texts": {
			`<cbc:Note>First</cbc:Note><cbc:WarrantyInformation>Two years</cbc:WarrantyInformation><cbc:AccountingCost>Lab</cbc:AccountingCost>
				<cac:AllowanceCharge><cbc:AllowanceChargeReason>Renewal discount</cbc:AllowanceChargeReason><cbc:Amount currencyID="EUR">1</cbc:Amount></cac:AllowanceCharge>` +
				item(`<cac:TransactionConditions><cbc:Description>Internal use</cbc:Description></cac:TransactionConditions>
				<cac:ItemSpecificationDocumentReference><cbc:ID>SPEC-77</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject filename="lamp.pdf">QUJD</cbc:EmbeddedDocumentBinaryObject>
				<cac:ExternalReference><cbc:URI>https://user:key@lumo.example/lamp?token=1</cbc:URI></cac:ExternalReference></cac:Attachment></cac:ItemSpecificationDocumentReference>
				<cac:ItemInstance><cbc:SerialID>SN-1</cbc:SerialID></cac:ItemInstance>
				<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>`),
			screening.Line{Texts: []string{
				"Internal use", "SPEC-77", "lamp.pdf", "https://lumo.example/lamp", "SN-1", "First", "Two years", "Lab", "Renewal discount",
			}},
		},
		"quantity and price": {
			`<cbc:Quantity unitCode="C62">2.50</cbc:Quantity><cac:Price><cbc:PriceAmount currencyID="EUR">10</cbc:PriceAmount><cbc:BaseQuantity>3</cbc:BaseQuantity></cac:Price>`,
			screening.Line{Quantity: "2.50", UnitPrice: "3.333333"},
		},
	} {
		o := ublOrder(t, ublOneLine(c.content))
		if len(o.Lines) != 1 || !reflect.DeepEqual(o.Lines[0], c.want) || len(o.Problems) > 0 {
			t.Errorf("%s: got\n%+v, problems %v, want\n%+v", name, o.Lines, o.Problems, c.want)
		}
	}
}

func TestUBLSubLines(t *testing.T) {
	o := ublOrder(t, ublOneLine(`<cbc:ID>1</cbc:ID>
		<cac:Delivery><cac:DeliveryAddress><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:DeliveryAddress>
			<cac:RequestedDeliveryPeriod><cbc:EndDate>2024-09-20</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery>
		<cac:OriginatorParty><cac:PartyName><cbc:Name>Rowing Club</cbc:Name></cac:PartyName></cac:OriginatorParty>
		<cac:Item><cbc:Name>Boat set</cbc:Name></cac:Item>
		<cac:SubLineItem><cbc:ID>1.1</cbc:ID><cac:Item><cbc:Name>Oar</cbc:Name></cac:Item></cac:SubLineItem>
		<cac:SubLineItem><cbc:ID>1.2</cbc:ID><cbc:Note>Left hand</cbc:Note>
			<cac:OriginatorParty><cac:PartyName><cbc:Name>Youth Club</cbc:Name></cac:PartyName></cac:OriginatorParty>
			<cac:Item><cbc:Name>Rudder</cbc:Name><cac:SellersItemIdentification><cbc:ID>RU-9</cbc:ID></cac:SellersItemIdentification></cac:Item>
			<cac:SubLineItem><cbc:ID>1.2.1</cbc:ID><cac:Item><cbc:Name>Pin</cbc:Name><cac:ManufacturersItemIdentification><cbc:ID>PIN1</cbc:ID></cac:ManufacturersItemIdentification></cac:Item></cac:SubLineItem>
		</cac:SubLineItem>`))
	club, france := screening.Party{Role: screening.EndUser, Name: "Rowing Club"}, screening.Party{Role: screening.ShipTo, Country: "FR"}
	youth := screening.Party{Role: screening.EndUser, Name: "Youth Club"}
	want := []screening.Line{
		{
			ID: "1", Description: "Boat set", FulfilAt: "2024-09-20", Parties: []screening.Party{france, club},
			Texts: []string{"Oar", "Left hand", "Youth Club", "Rudder", "RU-9", "Pin", "PIN1"},
		},
		{
			ID: "1.2", SKU: "RU-9", Description: "Rudder", FulfilAt: "2024-09-20", Parties: []screening.Party{youth, france},
			Texts: []string{"Left hand", "Pin", "PIN1"},
		},
		{ID: "1.2.1", ManufacturerPart: "PIN1", Description: "Pin", FulfilAt: "2024-09-20", Parties: []screening.Party{youth, france}},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("got\n%+v\nwant\n%+v", o.Lines, want)
	}
}

func TestUBLSubstitutes(t *testing.T) {
	item := func(name string) string { return `<cac:Item><cbc:Name>` + name + `</cbc:Name></cac:Item>` }
	o := ublOrder(t, ublDoc("OrderChange", `<cac:OrderLine><cbc:Note>Either</cbc:Note>
		<cac:LineItem><cbc:ID>1</cbc:ID><cac:Delivery><cac:RequestedDeliveryPeriod><cbc:EndDate>2024-09-20</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery>`+item("Lamp")+`</cac:LineItem>
		<cac:LineItem><cbc:ID>2</cbc:ID>`+item("Torch")+`</cac:LineItem>
		<cac:SellerSubstitutedLineItem><cbc:ID>3</cbc:ID>`+item("Candle")+`</cac:SellerSubstitutedLineItem></cac:OrderLine>
		<cac:OrderLine><cbc:ID>4</cbc:ID>`+item("Flat")+`</cac:OrderLine>`))
	want := []screening.Line{
		{ID: "1", Description: "Lamp", FulfilAt: "2024-09-20", Texts: []string{"Either"}},
		{ID: "2", Description: "Torch", FulfilAt: "2024-09-20"},
		{ID: "3", Description: "Candle", FulfilAt: "2024-09-20"},
		{ID: "4", Description: "Flat"},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("got\n%+v\nwant\n%+v", o.Lines, want)
	}
}
