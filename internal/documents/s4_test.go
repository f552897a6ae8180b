package documents

import (
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// s4Of is an OrderRequest whose order has the parts.
func s4Of(parts string) string {
	return `<n0:OrderRequest xmlns:n0="http://sap.com/xi/EDI"><MessageHeader><CreationDateTime>2024-09-30T08:15:00Z</CreationDateTime></MessageHeader><Order>` + parts + `</Order></n0:OrderRequest>`
}

const s4Whole = `<ActionCode>01</ActionCode><PurchaseOrderID>4500001207</PurchaseOrderID><PurchasingDocumentType>NB</PurchasingDocumentType>
<PurchaseOrderCreationDate>2024-09-27</PurchaseOrderCreationDate><PurchaseOrderLastChangeDate>2024-09-29</PurchaseOrderLastChangeDate>
<TransactionCurrency>USD</TransactionCurrency><BuyerVATRegistration>DE811111111</BuyerVATRegistration><CompanyCodeName>Millbrook Holding Inc</CompanyCodeName>
<PurchaseContract>GS-35F-0001X</PurchaseContract><BuyrCorrExternalReference>project Heron</BuyrCorrExternalReference>
<Party PartyType="SoldTo"><GlobalLocationNumber>4012345000009</GlobalLocationNumber><BuyerPartyID>70001</BuyerPartyID>
 <Address><FormOfAddressName>Company</FormOfAddressName><AddressName>Millbrook Gear Works</AddressName><StreetName>Mill Rd</StreetName><HouseNumber>1</HouseNumber>
 <StreetAddressName>1 Mill Rd</StreetAddressName><CityName>Dayton</CityName><Country>US</Country><Region>OH</Region><PhoneNumber>937 555 0100</PhoneNumber>
 <EmailAddress>pat@millbrook.example</EmailAddress><CorrespondenceLanguage>en</CorrespondenceLanguage></Address></Party>
<Party PartyType="Supplier"><SupplierPartyID>70002</SupplierPartyID><Address><AddressName>Softhaus Nord</AddressName><AddressAdditionalName>Kiel branch</AddressAdditionalName><Country>DE</Country></Address></Party>
<Party PartyType="BillTo"><BuyerPartyID>70003</BuyerPartyID></Party>
<Party PartyType="Payer"><Address><CorrespondenceLanguage>en</CorrespondenceLanguage></Address></Party>
<Party PartyType="EndCust"><Address><AddressName>Bureau of Rivers</AddressName></Address></Party>
<PaymentCard><PaymentCardHolderName>Pat Cardholder</PaymentCardHolderName></PaymentCard>
<Text Type="F01"><TextElementLanguage>EN</TextElementLanguage><TextElementText>Keys by mail to pat@millbrook.example</TextElementText></Text>
<YY1_Usage>river gauges</YY1_Usage><Attachment FileName="kaspersky-offer.pdf"><BinaryObject>QUJDREVGR0g=</BinaryObject></Attachment>
<OrderItem><PurchaseOrderItemID>00010</PurchaseOrderItemID><PurchaseOrderItemCategory>0</PurchaseOrderItemCategory><OrderItemText>KES Advanced, 1 year</OrderItemText>
 <RequestedQuantity unitCode="PCE">12.0</RequestedQuantity>
 <Product><BuyerProductID>77001</BuyerProductID><SupplierProductID>KL4867DA*FS</SupplierProductID><StandardID>5901234123457</StandardID><ManufacturerPartNumber>KL4867</ManufacturerPartNumber><ManufacturerName>Kaspersky Lab</ManufacturerName><ProductNote>boxed</ProductNote></Product>
 <ExpectedNetPrice><Amount currencyCode="USD">4500.0</Amount><BaseQuantity unitCode="PCE">100.0</BaseQuantity></ExpectedNetPrice>
 <Party PartyType="ShipTo"><BuyerPartyID>1010</BuyerPartyID><Address><Country>US</Country><Region>NV</Region></Address></Party>
 <Party PartyType="ShipTo"><BuyerPartyID>1020</BuyerPartyID></Party>
 <Text><TextElementText>bundle holds a security suite</TextElementText></Text>
 <ScheduleLine><RequestedDeliveryDate>2024-11-01</RequestedDeliveryDate><RequestedDeliveryTime>00:00:00</RequestedDeliveryTime><Service><PerformancePeriodStartDate>2024-10-01</PerformancePeriodStartDate><PerformancePeriodEndDate>2025-09-30</PerformancePeriodEndDate></Service></ScheduleLine>
 <ScheduleLine><RequestedDeliveryDate>2024-10-08</RequestedDeliveryDate><SubcontractingComponentDetails><MaterialName>gauge housing</MaterialName></SubcontractingComponentDetails></ScheduleLine></OrderItem>
<OrderItem><PurchaseOrderItemID>00020</PurchaseOrderItemID><OrderItemText>Steel bolts</OrderItemText><RequestedQuantity>2</RequestedQuantity><Product><BuyerProductID>77002</BuyerProductID></Product>
 <ExpectedNetPrice><Amount currencyCode="EUR">5</Amount></ExpectedNetPrice></OrderItem>`

func TestS4Order(t *testing.T) {
	document := sapDecode(t, s4Of(s4Whole))
	if document.Format != "s4" || len(document.Orders) != 1 || len(document.Orders[0].Lines) != 2 {
		t.Fatalf("format %s, %d orders", document.Format, len(document.Orders))
	}
	o := &document.Orders[0]
	sapEqual(t, "problems", sapProblems(o), "")
	sapEqual(t, "document", string(o.Document), "order")
	sapEqual(t, "reference", o.Reference, "4500001207")
	sapEqual(t, "ordered", o.OrderedAt, "2024-09-27")
	sapEqual(t, "currency", o.Currency, "USD")
	sapEqual(t, "contract", o.Contract, "GS-35F-0001X")
	sapEqual(t, "parties", sapParties(o.Parties), "buyer Millbrook Gear Works/Millbrook Holding Inc OH US gln:4012345000009 domain:millbrook.example own:70001 vat:DE811111111; "+
		"seller Softhaus Nord/Kiel branch DE own:70002; bill_to own:70003; end_user Bureau of Rivers")
	sapEqual(t, "address", o.Parties[0].Address, "Mill Rd, 1, 1 Mill Rd, Dayton")
	sapEqual(t, "texts", strings.Join(o.Texts, "|"), "Keys by mail to millbrook.example|project Heron|river gauges|kaspersky-offer.pdf")
	for pointer, want := range map[string]string{
		"/ordered_at":                      "/OrderRequest/Order/PurchaseOrderCreationDate",
		"/texts/0":                         "/OrderRequest/Order/Text/TextElementText",
		"/texts/3":                         "/OrderRequest/Order/Attachment/@FileName",
		"/parties/0/name":                  "/OrderRequest/Order/Party[1]/Address/AddressName",
		"/lines/0/sku":                     "/OrderRequest/Order/OrderItem[1]/Product/SupplierProductID",
		"/lines/0/parties/1/identifiers/0": "/OrderRequest/Order/OrderItem[1]/Party[2]/BuyerPartyID",
		"/lines/0/fulfil_at":               "/OrderRequest/Order/OrderItem[1]/ScheduleLine[1]/RequestedDeliveryDate",
	} {
		if got, _ := sapSource(o, pointer); got != want {
			t.Errorf("%s stood at %s, want %s", pointer, got, want)
		}
	}
	l := o.Lines[0]
	sapEqual(t, "line's parties", sapParties(l.Parties), "ship_to NV US own:1010; ship_to own:1020")
	sapEqual(t, "line's texts", strings.Join(l.Texts, "|"), "77001|boxed|bundle holds a security suite|gauge housing")
	l.Parties, l.Texts = nil, nil
	if want := (screening.Line{
		ID: "00010", SKU: "KL4867DA*FS", Manufacturer: "Kaspersky Lab", ManufacturerPart: "KL4867", GTIN: "5901234123457", Description: "KES Advanced, 1 year",
		Quantity: "12.0", UnitPrice: "45", FulfilAt: "2024-11-01", ServiceStart: "2024-10-01", ServiceEnd: "2025-09-30",
	}); !sapLineEqual(l, want) {
		t.Errorf("line %+v, want %+v", l, want)
	}
	sapEqual(t, "buyer's number and no price in euros", o.Lines[1].SKU+o.Lines[1].UnitPrice, "77002")
}

func TestS4Kinds(t *testing.T) {
	item := func(inner string) string {
		return "<OrderItem>" + inner + "<OrderItemText>Gauge</OrderItemText></OrderItem>"
	}
	deleted := item("<ActionCode>03</ActionCode>")
	returned := item(`<ReturnInformation ReturnPurchaseOrderReason="1"/>`)
	for name, c := range map[string]struct{ parts, want, problems string }{
		"new":                {"<ActionCode>01</ActionCode>" + item(""), "order", ""},
		"no action":          {item(""), "order", ""},
		"changed":            {"<ActionCode>02</ActionCode>" + deleted + item(""), "order", ""},
		"deleted":            {"<ActionCode>03</ActionCode>" + item(""), "cancel", ""},
		"all items deleted":  {"<ActionCode>02</ActionCode>" + deleted, "cancel", ""},
		"all items returned": {returned + returned, "return", ""},
		"one item returned":  {returned + item(""), "order", ""},
		"unknown action":     {"<ActionCode>99</ActionCode>" + item(""), "order", "unexpected_structure /document"},
		"no items":           {"<ActionCode>01</ActionCode>", "order", "unexpected_structure /lines"},
		"two numbers":        {"<PurchaseOrderID>1</PurchaseOrderID><PurchaseOrderID>2</PurchaseOrderID>" + item(""), "order", "duplicate_field "},
		"two parts":          {item("<Product><SupplierProductID>A1</SupplierProductID><SupplierProductID>B2</SupplierProductID></Product>"), "order", "duplicate_field /lines/0"},
	} {
		o := &sapDecode(t, s4Of(c.parts)).Orders[0]
		sapEqual(t, name, string(o.Document), c.want)
		sapEqual(t, name, sapProblems(o), c.problems)
	}
}

func TestS4Dates(t *testing.T) {
	for name, c := range map[string]struct{ parts, ordered, fulfilled, problems string }{
		"instant":                  {"<PurchaseOrderDocumentDateTime>2024-09-28T23:30:00-04:00</PurchaseOrderDocumentDateTime><PurchaseOrderCreationDate>2024-09-27</PurchaseOrderCreationDate>", "2024-09-28T23:30:00-04:00", "", ""},
		"a change":                 {"<ActionCode>02</ActionCode><PurchaseOrderCreationDate>2024-06-01</PurchaseOrderCreationDate><PurchaseOrderLastChangeDate>2024-10-02</PurchaseOrderLastChangeDate>", "2024-10-02", "", ""},
		"a change, when sent":      {"<ActionCode>02</ActionCode><PurchaseOrderCreationDate>2024-06-01</PurchaseOrderCreationDate>", "2024-09-30T08:15:00Z", "", ""},
		"a change dated after it":  {"<ActionCode>02</ActionCode><PurchaseOrderCreationDate>2024-10-05</PurchaseOrderCreationDate>", "2024-10-05", "", ""},
		"new is not when sent":     {"<ActionCode>01</ActionCode><PurchaseOrderCreationDate>2024-06-01</PurchaseOrderCreationDate>", "2024-06-01", "", ""},
		"two days":                 {"<PurchaseOrderCreationDate>2024-06-01</PurchaseOrderCreationDate><PurchaseOrderCreationDate>2024-10-01</PurchaseOrderCreationDate>", "2024-10-01", "", "duplicate_field "},
		"a day as people write it": {"<PurchaseOrderCreationDate>March 12, 2025</PurchaseOrderCreationDate>", "2025-03-12", "", ""},
		"the message's":            {"", "2024-09-30T08:15:00Z", "", ""},
		"delivery":                 {"<RequestedDeliveryDate>2024-10-09</RequestedDeliveryDate><RequestedDeliveryTime>10:30:00</RequestedDeliveryTime>", "2024-09-30T08:15:00Z", "2024-10-09T10:30:00", ""},
		"no date that reads":       {"<PurchaseOrderCreationDate>soon</PurchaseOrderCreationDate>", "soon", "", "unknown_date /ordered_at"},
	} {
		o := &sapDecode(t, s4Of(c.parts+"<OrderItem><OrderItemText>Gauge</OrderItemText></OrderItem>")).Orders[0]
		sapEqual(t, name, o.OrderedAt, c.ordered)
		sapEqual(t, name, o.FulfilAt, c.fulfilled)
		sapEqual(t, name, sapProblems(o), c.problems)
	}
}

func TestS4Shapes(t *testing.T) {
	order := `<Order><PurchaseOrderID>7</PurchaseOrderID><OrderItem><OrderItemText>Gauge</OrderItemText></OrderItem></Order>`
	for name, text := range map[string]string{
		"in an envelope":    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><wsse:Password xmlns:wsse="urn:w">geheim1</wsse:Password></soap:Header><soap:Body><e:OrderRequest xmlns:e="http://sap.com/xi/EDI/Supplier">` + order + `</e:OrderRequest></soap:Body></soap:Envelope>`,
		"without namespace": `<OrderRequest><MessageHeader/>` + order + `</OrderRequest>`,
		"a default one":     `<OrderRequest xmlns="http://sap.com/xi/EDI">` + order + `</OrderRequest>`,
	} {
		document := sapDecode(t, text)
		sapEqual(t, name, document.Format+" "+document.Orders[0].Reference+" "+document.Orders[0].Lines[0].Description+strings.Join(document.Orders[0].Texts, ""), "s4 7 Gauge")
	}
	two := sapDecode(t, `<OrderRequest xmlns="http://sap.com/xi/EDI">`+order+order+`</OrderRequest>`)
	if at, _ := sapSource(&two.Orders[1], "/lines/0/description"); at != "/OrderRequest/Order[2]/OrderItem/OrderItemText" {
		t.Errorf("the second order's line stood at %s", at)
	}
}

func TestS4Parties(t *testing.T) {
	o := sapDecode(t, s4Of(`<BuyerVATRegistration>DE811111111</BuyerVATRegistration><OrderItem><OrderItemText>Gauge</OrderItemText>
		<Party PartyType="Manufacturer"><Address><AddressName>Kaspersky Lab</AddressName></Address></Party>
		<Party PartyType="ShipTo"><Address><Country>Utopia</Country></Address><ContactPerson><PersonName>Pat Doe</PersonName><EmailAddress>pat@rivers.gov</EmailAddress></ContactPerson></Party></OrderItem>`)).Orders[0]
	sapEqual(t, "no buyer by a tax number alone", sapParties(o.Parties)+strings.Join(o.Texts, ""), "DE811111111")
	sapEqual(t, "maker", o.Lines[0].Manufacturer, "Kaspersky Lab")
	sapEqual(t, "parties", sapParties(o.Lines[0].Parties), "ship_to domain:rivers.gov; intermediary Pat Doe")
	sapEqual(t, "problems", sapProblems(&o), "unknown_country /lines/0/parties/0/country")
}

// TestS4WithinOthers looks into elements that are not known, where names that are known elsewhere say something else.
func TestS4WithinOthers(t *testing.T) {
	for name, c := range map[string]struct{ inner, texts, parties string }{
		"a service's text":     {"<ServiceSpecification><Text>Rope splicing course</Text></ServiceSpecification>", "Rope splicing course", ""},
		"within a schedule":    {"<ScheduleLine><Service><Text><TextElementText>Anchor watch</TextElementText></Text></Service></ScheduleLine>", "Anchor watch", ""},
		"a component's number": {"<Component><Product><SupplierProductID>RW77</SupplierProductID></Product></Component>", "RW77", ""},
		"a schedule's party":   {`<ScheduleLine><Party PartyType="ShipTo"><Address><AddressName>Pier Nine</AddressName><Country>CA</Country></Address></Party></ScheduleLine>`, "", "ship_to Pier Nine CA"},
		"an address alone":     {"<DeliveryAddress><Country>CA</Country></DeliveryAddress>", "", "ship_to CA"},
		"a file's name":        {`<Attachment><FileName>rope offer.pdf</FileName><BinaryObject>QUJDREVGR0g=</BinaryObject></Attachment>`, "rope offer.pdf", ""},
		"a bare file's name":   {`<BinaryObject fileName="rope offer.pdf">QUJDREVGR0g=</BinaryObject>`, "rope offer.pdf", ""},
		"codes are no text":    {"<ScheduleLine><ActionCode>01</ActionCode><ScheduleLineOrderQuantity unitCode=\"PCE\">2</ScheduleLineOrderQuantity></ScheduleLine>", "", ""},
	} {
		o := sapDecode(t, s4Of("<OrderItem><OrderItemText>Gauge</OrderItemText>"+c.inner+"</OrderItem>")).Orders[0]
		sapEqual(t, name, strings.Join(o.Lines[0].Texts, "|"), c.texts)
		sapEqual(t, name, sapParties(o.Lines[0].Parties), c.parties)
		o = sapDecode(t, s4Of(strings.ReplaceAll(c.inner, "ScheduleLine", "HeaderNotes")+"<OrderItem><OrderItemText>Gauge</OrderItemText></OrderItem>")).Orders[0]
		sapEqual(t, name+", of the order", strings.Join(o.Texts, "|"), c.texts)
		sapEqual(t, name+", of the order", sapParties(o.Parties), c.parties)
	}
}

func TestS4TwoCountries(t *testing.T) {
	party := `<Party PartyType="SoldTo"><BuyerPartyID>Tern Rope Mills</BuyerPartyID><Address><Country>FR</Country><Country>US</Country><AddressName>Tern</AddressName></Address>
		<ContactPerson><GivenName>Pat</GivenName><FamilyName>Doe</FamilyName><PhoneNumber>5550177</PhoneNumber></ContactPerson></Party>`
	o := sapDecode(t, s4Of(party+"<OrderItem><OrderItemText>Gauge</OrderItemText></OrderItem>")).Orders[0]
	sapEqual(t, "parties", sapParties(o.Parties), "buyer Tern/Tern Rope Mills FR own:Tern Rope Mills; intermediary Pat Doe; buyer Tern/Tern Rope Mills US own:Tern Rope Mills")
	sapEqual(t, "problem", sapProblems(&o), "duplicate_field /parties/0/country")
}

func TestS4Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		kind       Kind
	}{
		"confirmation":   {`<n:OrderConfRequest xmlns:n="http://sap.com/xi/EDI"><OrderConfirmation/></n:OrderConfRequest>`, "an order confirmation", Unsupported},
		"invoice":        {`<n:InvoiceRequest xmlns:n="http://sap.com/xi/EDI/Debtor"/>`, "an invoice", Unsupported},
		"delivery":       {`<n:DeliveryRequest xmlns:n="http://sap.com/xi/EDI"/>`, "a delivery notification", Unsupported},
		"another":        {`<n:SalesOrderBundleMaintainRequest_sync xmlns:n="http://sap.com/xi/SAPGlobal20/Global"/>`, "SalesOrderBundleMaintainRequest_sync", Unsupported},
		"without orders": {`<n:OrderRequest xmlns:n="http://sap.com/xi/EDI"><MessageHeader/></n:OrderRequest>`, "no Order", Malformed},
	} {
		if err := sapRefusal(t, c.text); err.Kind != c.kind || !strings.Contains(err.Detail, c.want) {
			t.Errorf("%s: kind %d, %s", name, err.Kind, err.Detail)
		}
	}
}

func FuzzReadS4(f *testing.F) {
	f.Add([]byte(s4Of(s4Whole)))
	f.Add([]byte(`<Envelope><Body><Order><OrderItem><Product/></OrderItem></Order></Body></Envelope>`))
	f.Add([]byte(`<OrderConfRequest/>`))
	reader := sapPlaceless(f)
	f.Fuzz(func(t *testing.T, text []byte) { sapFuzz(t, reader, text, "s4") })
}
