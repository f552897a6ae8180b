package documents

import (
	"reflect"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

func TestUBLParties(t *testing.T) {
	named := func(name string) string { return `<cac:PartyName><cbc:Name>` + name + `</cbc:Name></cac:PartyName>` }
	country := func(code string) string {
		return `<cac:Country><cbc:IdentificationCode>` + code + `</cbc:IdentificationCode></cac:Country>`
	}
	ids := func(pairs ...string) (out []screening.Identifier) {
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, screening.Identifier{Type: pairs[i], Value: pairs[i+1]})
		}
		return out
	}
	for name, c := range map[string]struct {
		content string
		want    []screening.Party
	}{
		"every role": {
			`<cac:BuyerCustomerParty><cac:Party>` + named("Buys") + `</cac:Party></cac:BuyerCustomerParty>
			<cac:SellerSupplierParty><cac:Party>` + named("Sells") + `</cac:Party></cac:SellerSupplierParty>
			<cac:OriginatorCustomerParty><cac:Party>` + named("Uses") + `</cac:Party></cac:OriginatorCustomerParty>
			<cac:FreightForwarderParty>` + named("Forwards") + `</cac:FreightForwarderParty>
			<cac:AccountingCustomerParty><cac:Party>` + named("Pays") + `</cac:Party></cac:AccountingCustomerParty>
			<cac:AccountingSupplierParty><cac:Party>` + named("Bills") + `</cac:Party></cac:AccountingSupplierParty>
			<cac:PayeeParty>` + named("Is paid") + `</cac:PayeeParty>
			<cac:Delivery><cac:DeliveryParty>` + named("Receives") + `</cac:DeliveryParty><cac:CarrierParty>` + named("Carries") + `</cac:CarrierParty>
			<cac:NotifyParty>` + named("Is told") + `</cac:NotifyParty></cac:Delivery>`,
			[]screening.Party{
				{Role: screening.Buyer, Name: "Buys"},
				{Role: screening.Seller, Name: "Sells"},
				{Role: screening.EndUser, Name: "Uses"},
				{Role: screening.Intermediary, Name: "Forwards"},
				{Role: screening.BillTo, Name: "Pays"},
				{Role: screening.Payee, Name: "Bills"},
				{Role: screening.Payee, Name: "Is paid"},
				{Role: screening.ShipTo, Name: "Receives"},
				{Role: screening.Intermediary, Name: "Carries"},
				{Role: screening.Intermediary, Name: "Is told"},
			},
		},
		"the accounting sides alone": {
			`<cac:AccountingSupplierParty><cac:Party>` + named("Sells") + `</cac:Party></cac:AccountingSupplierParty>
			<cac:AccountingCustomerParty><cac:Party>` + named("Buys") + `</cac:Party></cac:AccountingCustomerParty>`,
			[]screening.Party{{Role: screening.Seller, Name: "Sells"}, {Role: screening.Buyer, Name: "Buys"}},
		},
		"numbers by their schemes": {
			`<cac:PayeeParty><cbc:EndpointID schemeID="0192">987654325</cbc:EndpointID>
			<cac:PartyIdentification><cbc:ID schemeID="GLN" schemeAgencyID="9">7300000000017</cbc:ID></cac:PartyIdentification>
			<cac:PartyIdentification><cbc:ID schemeAgencyID="9">7300000000024</cbc:ID></cac:PartyIdentification>
			<cac:PartyIdentification><cbc:ID schemeAgencyID="16">012345678</cbc:ID></cac:PartyIdentification>
			<cac:PartyIdentification><cbc:ID schemeID="iso6523-actorid-upis">0088:7300000000031</cbc:ID></cac:PartyIdentification>
			<cac:PartyIdentification><cbc:ID schemeID="DK:CVR">DK13585628</cbc:ID></cac:PartyIdentification>
			<cac:PartyIdentification><cbc:ID schemeID="SE:VAT">SE556677889901</cbc:ID></cac:PartyIdentification>
			<cac:PartyIdentification><cbc:ID schemeID="ZZZ">E-17</cbc:ID></cac:PartyIdentification>
			<cac:PartyTaxScheme><cbc:CompanyID>12-3456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>EIN</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
			<cac:PartyTaxScheme><cbc:CompanyID>998</cbc:CompanyID><cac:TaxScheme><cbc:ID>63</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
			<cac:PartyLegalEntity><cbc:CompanyID schemeID="0184">13585628</cbc:CompanyID></cac:PartyLegalEntity></cac:PayeeParty>`,
			[]screening.Party{{Role: screening.Payee, Identifiers: ids(
				"0192", "987654325", "gln", "7300000000017", "gln", "7300000000024", "duns", "012345678", "gln", "7300000000031",
				"dk:cvr", "DK13585628", "vat", "SE556677889901", "own", "E-17", "ein", "12-3456789", "tax_id", "998", "0184", "13585628",
			)}},
		},
		"a web site": {
			`<cac:PayeeParty><cbc:WebsiteURI>https://www.lumo.example/shop</cbc:WebsiteURI></cac:PayeeParty>
			<cac:PayeeParty>` + named("Lumo") + `<cbc:WebsiteURI>https://www.lumo.example/shop</cbc:WebsiteURI></cac:PayeeParty>`,
			[]screening.Party{
				{Role: screening.Payee, Identifiers: ids("domain", "lumo.example")},
				{Role: screening.Payee, Name: "Lumo", Identifiers: ids("domain", "lumo.example")},
			},
		},
		"a person": {
			`<cac:OriginatorCustomerParty><cac:Party><cac:Person><cbc:FirstName>Ada</cbc:FirstName><cbc:FamilyName>Quill</cbc:FamilyName><cbc:MiddleName>B.</cbc:MiddleName>
			<cbc:NationalityID>GB</cbc:NationalityID><cbc:BirthDate>1970-01-02</cbc:BirthDate></cac:Person></cac:Party></cac:OriginatorCustomerParty>`,
			[]screening.Party{{Role: screening.EndUser, Name: "Ada B. Quill", Kind: screening.Person, DateOfBirth: "1970-01-02", Nationality: "GB"}},
		},
		"a contact stands for its party": {
			`<cac:OriginatorCustomerParty><cac:Party><cac:Contact><cbc:Name>The library</cbc:Name></cac:Contact></cac:Party></cac:OriginatorCustomerParty>`,
			[]screening.Party{{Role: screening.EndUser, Name: "The library"}},
		},
		"every piece of an address": {
			`<cac:PayeeParty><cac:PostalAddress><cbc:ID schemeID="GLN">7300000000017</cbc:ID><cbc:AddressFormatCode>5</cbc:AddressFormatCode><cbc:Postbox>PO 9</cbc:Postbox>
			<cbc:StreetName>Pine Road</cbc:StreetName><cbc:BuildingNumber>12</cbc:BuildingNumber><cbc:MarkCare>c/o Lumo Works</cbc:MarkCare><cbc:CityName>Ely</cbc:CityName>
			<cbc:CountrySubentity>Minnesota</cbc:CountrySubentity><cbc:CountrySubentityCode>MN</cbc:CountrySubentityCode>
			<cac:AddressLine><cbc:Line>Gate 3</cbc:Line></cac:AddressLine><cac:AddressLine><cbc:Line>Ely</cbc:Line></cac:AddressLine>` + country("USA") + `</cac:PostalAddress></cac:PayeeParty>`,
			[]screening.Party{{
				Role: screening.Payee, Address: "PO 9, Pine Road, 12, c/o Lumo Works, Ely, Gate 3, Minnesota", Country: "US", State: "MN",
				Identifiers: ids("gln", "7300000000017"),
			}},
		},
		"a county is no state": {
			`<cac:PayeeParty><cac:PostalAddress><cbc:CountrySubentity>St. Louis County</cbc:CountrySubentity><cbc:CountrySubentity>MN</cbc:CountrySubentity>` + country("US") + `</cac:PostalAddress></cac:PayeeParty>`,
			[]screening.Party{{Role: screening.Payee, Address: "St. Louis County", Country: "US", State: "MN"}},
		},
		"a name beside the code": {
			`<cac:PayeeParty><cac:PostalAddress><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode><cbc:Name>Svea rike</cbc:Name></cac:Country></cac:PostalAddress></cac:PayeeParty>
			<cac:PayeeParty><cac:PostalAddress><cac:Country><cbc:IdentificationCode>752</cbc:IdentificationCode><cbc:Name>Sweden</cbc:Name></cac:Country></cac:PostalAddress></cac:PayeeParty>`,
			[]screening.Party{{Role: screening.Payee, Address: "Svea rike", Country: "SE"}, {Role: screening.Payee, Country: "SE"}},
		},
		"registered where it has no other address": {
			`<cac:PayeeParty>` + named("Lumo") + `<cac:PartyLegalEntity><cbc:RegistrationName>Lumo</cbc:RegistrationName><cac:RegistrationAddress><cbc:CityName>Ulm</cbc:CityName>` + country("DE") + `</cac:RegistrationAddress></cac:PartyLegalEntity></cac:PayeeParty>`,
			[]screening.Party{{Role: screening.Payee, Name: "Lumo", Address: "Ulm", Country: "DE"}},
		},
		"registered in another country": {
			`<cac:PayeeParty>` + named("Lumo") + `<cac:PostalAddress><cbc:CityName>Ulm</cbc:CityName>` + country("DE") + `</cac:PostalAddress>
			<cac:PartyLegalEntity><cbc:RegistrationName>Lumo Inc.</cbc:RegistrationName><cac:RegistrationAddress><cbc:CityName>Dover</cbc:CityName><cbc:CountrySubentity>DE</cbc:CountrySubentity>` + country("US") + `</cac:RegistrationAddress></cac:PartyLegalEntity></cac:PayeeParty>`,
			[]screening.Party{
				{Role: screening.Payee, Name: "Lumo", Aliases: []string{"Lumo Inc."}, Address: "Ulm", Country: "DE"},
				{Role: screening.Payee, Name: "Lumo", Aliases: []string{"Lumo Inc."}, Address: "Dover", Country: "US", State: "DE"},
			},
		},
		"owners are told in the address": {
			`<cac:PayeeParty>` + named("Lumo") + `<cac:PartyLegalEntity><cac:HeadOfficeParty>` + named("Lumo Group") + `</cac:HeadOfficeParty>
			<cac:ShareholderParty><cac:Party>` + named("Quill Holding") + `</cac:Party></cac:ShareholderParty></cac:PartyLegalEntity></cac:PayeeParty>`,
			[]screening.Party{{Role: screening.Payee, Name: "Lumo", Address: "Lumo Group, Quill Holding"}},
		},
		"who acts for a party": {
			`<cac:BuyerCustomerParty><cac:Party>` + named("Buys") + `<cac:AgentParty>` + named("Acts") + `</cac:AgentParty>
			<cac:ServiceProviderParty><cac:Party>` + named("Provides") + `</cac:Party></cac:ServiceProviderParty></cac:Party></cac:BuyerCustomerParty>`,
			[]screening.Party{
				{Role: screening.Buyer, Name: "Buys"},
				{Role: screening.Intermediary, Name: "Acts"},
				{Role: screening.Intermediary, Name: "Provides"},
			},
		},
		"the place of delivery goes before the receiver's address": {
			`<cac:Delivery><cac:DeliveryLocation><cbc:Name>Gate 3</cbc:Name><cac:Address>` + country("US") + `</cac:Address></cac:DeliveryLocation>
			<cac:DeliveryParty>` + named("Lumo") + `<cac:PostalAddress>` + country("DE") + `</cac:PostalAddress></cac:DeliveryParty>
			<cac:AlternativeDeliveryLocation><cac:Address><cbc:CityName>Ely</cbc:CityName></cac:Address></cac:AlternativeDeliveryLocation></cac:Delivery>`,
			[]screening.Party{
				{Role: screening.ShipTo, Name: "Lumo", Aliases: []string{"Gate 3"}, Country: "US"},
				{Role: screening.ShipTo, Name: "Lumo", Aliases: []string{"Gate 3"}, Country: "DE"},
				{Role: screening.ShipTo, Address: "Ely"},
			},
		},
		"the country of destination": {
			`<cac:DestinationCountry><cbc:IdentificationCode>CA</cbc:IdentificationCode></cac:DestinationCountry>
			<cac:Delivery><cac:DeliveryAddress>` + country("US") + `</cac:DeliveryAddress></cac:Delivery>`,
			[]screening.Party{{Role: screening.ShipTo, Country: "US"}, {Role: screening.ShipTo, Country: "CA"}},
		},
		"the country of destination, known": {
			`<cac:DestinationCountry><cbc:IdentificationCode>US</cbc:IdentificationCode></cac:DestinationCountry>
			<cac:Delivery><cac:DeliveryAddress>` + country("US") + `</cac:DeliveryAddress></cac:Delivery>`,
			[]screening.Party{{Role: screening.ShipTo, Country: "US"}},
		},
		"nobody": {
			`<cac:PayeeParty/><cac:SellerSupplierParty><cac:Party><cac:PartyName><cbc:Name> </cbc:Name></cac:PartyName></cac:Party></cac:SellerSupplierParty>
			<cac:Delivery><cac:DeliveryLocation/></cac:Delivery>
			<cac:AdditionalDocumentReference><cac:IssuerParty>` + named("Wrote it") + `</cac:IssuerParty></cac:AdditionalDocumentReference>`,
			nil,
		},
	} {
		o := ublOrder(t, ublDoc("Order", c.content+ublPlainLine))
		if !reflect.DeepEqual(o.Parties, c.want) || len(o.Problems) > 0 {
			t.Errorf("%s: got\n%+v, problems %v, want\n%+v", name, o.Parties, o.Problems, c.want)
		}
	}
}

// TestUBLTwoCountries: a second country is a problem, and the party is judged in both.
func TestUBLTwoCountries(t *testing.T) {
	for name, c := range map[string]struct {
		country  string
		problems string
		want     []string
	}{
		"two codes":        {`<cbc:IdentificationCode>FR</cbc:IdentificationCode><cbc:IdentificationCode>US</cbc:IdentificationCode>`, "duplicate_field /parties/0/country", []string{"FR", "US"}},
		"a code and name":  {`<cbc:IdentificationCode>FR</cbc:IdentificationCode><cbc:Name>United States</cbc:Name>`, "duplicate_field /parties/0/country", []string{"FR", "US"}},
		"twice the same":   {`<cbc:IdentificationCode>US</cbc:IdentificationCode><cbc:IdentificationCode>US</cbc:IdentificationCode>`, "", []string{"US"}},
		"its number":       {`<cbc:IdentificationCode>840</cbc:IdentificationCode>`, "", []string{"US"}},
		"said in brackets": {`<cbc:Name>United States of America (USA)</cbc:Name>`, "", []string{"US"}},
		"others within":    {`<cbc:Name>Canada (USA)</cbc:Name>`, "unknown_country /parties/0/country", []string{""}},
	} {
		o := ublOrder(t, ublDoc("Order", `<cac:PayeeParty><cac:PartyName><cbc:Name>Lumo</cbc:Name></cac:PartyName><cac:PostalAddress><cac:Country>`+c.country+`</cac:Country></cac:PostalAddress></cac:PayeeParty>`+ublPlainLine))
		var got []string
		for _, p := range o.Parties {
			if p.Role != screening.Payee || p.Name != "Lumo" {
				t.Errorf("%s: %+v", name, p)
			}
			got = append(got, p.Country)
		}
		if !reflect.DeepEqual(got, c.want) || ublProblems(&o) != c.problems {
			t.Errorf("%s: countries %q, problems %q", name, got, ublProblems(&o))
		}
	}
}

// TestUBLPeople: whom a party names is judged, by the name alone.
func TestUBLPeople(t *testing.T) {
	named := `<cac:PartyName><cbc:Name>Lumo</cbc:Name></cac:PartyName>`
	person := screening.Party{Role: screening.Intermediary, Name: "Ada Quill", Kind: screening.Person}
	lumo := screening.Party{Role: screening.Buyer, Name: "Lumo"}
	number := screening.Party{Role: screening.Buyer, Name: "Lumo", Aliases: []string{"Tern Rope Mills"}, Identifiers: []screening.Identifier{{Type: "own", Value: "Tern Rope Mills"}}}
	for name, c := range map[string]struct {
		content string
		want    []screening.Party
	}{
		"a contact":             {`<cac:Party>` + named + `<cac:Contact><cbc:Name>Ada Quill</cbc:Name><cbc:Telephone>5550177</cbc:Telephone></cac:Contact></cac:Party>`, []screening.Party{lumo, person}},
		"a person":              {`<cac:Party>` + named + `<cac:Person><cbc:FirstName>Ada</cbc:FirstName><cbc:FamilyName>Quill</cbc:FamilyName></cac:Person></cac:Party>`, []screening.Party{lumo, person}},
		"the side's contact":    {`<cac:Party>` + named + `</cac:Party><cac:BuyerContact><cbc:Name>Ada Quill</cbc:Name></cac:BuyerContact>`, []screening.Party{lumo, person}},
		"twice":                 {`<cac:Party>` + named + `<cac:Contact><cbc:Name>Ada Quill</cbc:Name></cac:Contact></cac:Party><cac:BuyerContact><cbc:Name>Ada Quill</cbc:Name></cac:BuyerContact>`, []screening.Party{lumo, person}},
		"called as the firm":    {`<cac:Party>` + named + `<cac:Contact><cbc:Name>LUMO</cbc:Name></cac:Contact></cac:Party>`, []screening.Party{lumo}},
		"no name":               {`<cac:Party>` + named + `<cac:Contact><cbc:Name>555-0177</cbc:Name></cac:Contact></cac:Party>`, []screening.Party{lumo}},
		"a name for a number":   {`<cac:Party><cac:PartyIdentification><cbc:ID>Tern Rope Mills</cbc:ID></cac:PartyIdentification>` + named + `</cac:Party>`, []screening.Party{number}},
		"a name for an address": {`<cac:Party><cbc:EndpointID schemeID="ZZZ">Tern Rope Mills</cbc:EndpointID>` + named + `</cac:Party>`, []screening.Party{number}},
	} {
		o := ublOrder(t, ublDoc("Order", `<cac:BuyerCustomerParty>`+c.content+`</cac:BuyerCustomerParty>`+ublPlainLine))
		if !reflect.DeepEqual(o.Parties, c.want) || len(o.Problems) > 0 {
			t.Errorf("%s: got\n%+v, want\n%+v", name, o.Parties, c.want)
		}
	}
}

// TestUBLWordsForCodes: a word where the code of a class belongs is text, a code is none.
func TestUBLWordsForCodes(t *testing.T) {
	for code, want := range map[string]string{"Antivirus": "Antivirus", "LUMO-AV": "LUMO-AV", "43233205": "", "A12": "", "EUR": ""} {
		o := ublOrder(t, ublOneLine(`<cbc:ID>1</cbc:ID><cac:Item><cbc:Name>Desk lamp</cbc:Name><cac:CommodityClassification><cbc:ItemClassificationCode listID="ZZZ">`+code+`</cbc:ItemClassificationCode></cac:CommodityClassification>
			<cac:AdditionalItemProperty><cbc:Name>Credential</cbc:Name><cbc:Value>hunter2</cbc:Value></cac:AdditionalItemProperty></cac:Item>`))
		if got := strings.Join(o.Lines[0].Texts, "|"); got != want {
			t.Errorf("%s: texts %q, want %q", code, got, want)
		}
	}
}

func TestUBLTextsOfTheOrder(t *testing.T) {
	o := ublOrder(t, ublDoc("Order", `<cac:Contract><cbc:ID>A-1</cbc:ID></cac:Contract><cac:Contract><cbc:ID>A-1</cbc:ID></cac:Contract>
		<cac:PaymentTerms><cbc:Note>Pay late</cbc:Note></cac:PaymentTerms><cac:DeliveryTerms><cbc:SpecialTerms>Resale only</cbc:SpecialTerms>
		<cac:DeliveryLocation><cac:Address><cbc:CityName>Felton</cbc:CityName><cac:Country><cbc:Name>Norway</cbc:Name></cac:Country></cac:Address></cac:DeliveryLocation></cac:DeliveryTerms>
		<cac:OrderLine><cac:LineItem><cac:Item><cbc:Name>Oar</cbc:Name></cac:Item></cac:LineItem>
		<cac:DocumentReference><cbc:ID>FRAME-2231</cbc:ID></cac:DocumentReference></cac:OrderLine>`))
	if want := []string{"Pay late", "Resale only", "Felton, Norway", "FRAME-2231"}; !reflect.DeepEqual(o.Texts, want) || o.Contract != "A-1" {
		t.Errorf("texts %q, contract %q, want %q", o.Texts, o.Contract, want)
	}
}
