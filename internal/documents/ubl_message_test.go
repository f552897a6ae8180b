package documents

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/interdict/interdict/screening"
)

func TestUBLMessages(t *testing.T) {
	envelope := func(content string) string {
		return `<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
			<StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion></StandardBusinessDocumentHeader>` +
			strings.TrimPrefix(content, `<?xml version="1.0" encoding="UTF-8"?>`) + `</StandardBusinessDocument>`
	}
	quotation := ublDoc("Quotation", `<cac:QuotationLine><cbc:ID>1</cbc:ID><cac:LineItem><cbc:ID>LAMP1000</cbc:ID></cac:LineItem></cac:QuotationLine>`)
	for name, c := range map[string]struct {
		text  string
		kind  screening.Document
		lines int
	}{
		"order":           {ublDoc("Order", ublPlainLine), screening.OrderDocument, 1},
		"change":          {ublDoc("OrderChange", `<cac:OrderReference><cbc:ID>PO-77</cbc:ID></cac:OrderReference>`+ublPlainLine), screening.OrderDocument, 1},
		"cancellation":    {ublDoc("OrderCancellation", `<cbc:CancellationNote>By phone</cbc:CancellationNote>`), screening.CancelDocument, 0},
		"quotation":       {quotation, screening.OrderDocument, 1},
		"in an envelope":  {envelope(ublDoc("Order", ublPlainLine)), screening.OrderDocument, 1},
		"other prefixes":  {strings.NewReplacer("cac:", "a:", "cbc:", "b:", ":cac", ":a", ":cbc", ":b").Replace(ublDoc("Order", ublPlainLine)), screening.OrderDocument, 1},
		"document type":   {strings.Replace(ublDoc("Order", ublPlainLine), "<Order", `<!DOCTYPE Order SYSTEM "ubl.dtd"><Order`, 1), screening.OrderDocument, 1},
		"prefix for root": {strings.NewReplacer("<Order ", "<u:Order ", "</Order>", "</u:Order>", "xmlns=", "xmlns:u=").Replace(ublDoc("Order", ublPlainLine)), screening.OrderDocument, 1},
	} {
		o := ublOrder(t, c.text)
		if o.Document != c.kind || len(o.Lines) != c.lines || len(o.Problems) > 0 || o.Activity != "" {
			t.Errorf("%s: %s with %d lines, problems %v, activity %q", name, o.Document, len(o.Lines), o.Problems, o.Activity)
		}
	}
	if o := ublOrder(t, envelope(ublDoc("Order", `<cbc:ID>7</cbc:ID>`+ublPlainLine))); ublFieldsOf(&o, "/reference")[0].Source != "/StandardBusinessDocument/Order/ID" {
		t.Errorf("reference stood at %+v", ublFieldsOf(&o, "/reference"))
	}
	if o := ublOrder(t, quotation); o.Lines[0].ID != "1" || !reflect.DeepEqual(o.Lines[0].Texts, []string{"LAMP1000"}) {
		t.Errorf("a quotation's line is %+v", o.Lines[0])
	}
}

func TestUBLRefusals(t *testing.T) {
	doc := func(root string) string { return ublDoc(root, ublPlainLine) }
	for name, c := range map[string]struct {
		text   string
		kind   Kind
		detail string
	}{
		"invoice":          {doc("Invoice"), Unsupported, `"Invoice", which is no order. It bills`},
		"response":         {doc("OrderResponse"), Unsupported, "answers an order: send the Order"},
		"simple response":  {doc("OrderResponseSimple"), Unsupported, "answers an order: send the Order"},
		"catalogue":        {doc("Catalogue"), Unsupported, "punch-out"},
		"request":          {doc("RequestForQuotation"), Unsupported, "send the Quotation"},
		"despatch":         {doc("DespatchAdvice"), Unsupported, "announces a delivery"},
		"another":          {doc("Waybill"), Unsupported, `"Waybill", which is no order. Send the Order`},
		"empty quotation":  {ublDoc("Quotation", `<cbc:ID>1</cbc:ID>`), Unsupported, "lists no items"},
		"UBL 1":            {`<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-1.0"/>`, Unsupported, "UBL 1"},
		"UBL 1 draft":      {`<Order xmlns="urn:oasis:names:tc:ubl:Order:1:0"/>`, Unsupported, "UBL 1"},
		"lying namespace":  {`<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>`, Malformed, "want"},
		"no namespace":     {`<Order><ID>1</ID></Order>`, Unknown, "no order that is read here"},
		"other namespace":  {`<Order xmlns="urn:example:shop"><ID>1</ID></Order>`, Unknown, "no order that is read here"},
		"entity":           {strings.Replace(doc("Order"), "<Order", `<!DOCTYPE Order [<!ENTITY k "x">]><Order`, 1), Refused, "declares entities"},
		"too many lines":   {ublDoc("Order", strings.Repeat(ublPlainLine, MaxLines+1)), TooLarge, "lines"},
		"too many texts":   {ublOneLine(ublMany(ublMaxTexts+1, `<cbc:Note>Note %d</cbc:Note>`)), TooLarge, "texts"},
		"too many notes":   {ublDoc("Order", ublMany(ublMaxNotes+1, `<cbc:Note>Note %d</cbc:Note>`)), TooLarge, "texts"},
		"too many parts":   {ublOneLine(`<cac:Item>` + ublMany(ublMaxTexts+2, `<cac:SellersItemIdentification><cbc:ID>S%d</cbc:ID></cac:SellersItemIdentification>`) + `</cac:Item>`), TooLarge, "texts"},
		"too many parties": {ublDoc("Order", ublMany(ublMost+1, `<cac:PayeeParty><cac:PartyName><cbc:Name>P %d</cbc:Name></cac:PartyName></cac:PayeeParty>`)), TooLarge, "parties"},
		"too many numbers": {ublDoc("Order", `<cac:PayeeParty>`+ublMany(ublMost+1, `<cac:PartyIdentification><cbc:ID>%d</cbc:ID></cac:PartyIdentification>`)+`</cac:PayeeParty>`), TooLarge, "numbers"},
		"too many countries": {
			ublDoc("Order", `<cac:PayeeParty><cac:PartyName><cbc:Name>P</cbc:Name></cac:PartyName><cac:PostalAddress>`+
				ublMany(ublMost+1, `<cac:Country><cbc:IdentificationCode>Q%d</cbc:IdentificationCode></cac:Country>`)+`</cac:PostalAddress></cac:PayeeParty>`),
			TooLarge, "countries",
		},
		"too many streets": {
			ublDoc("Order", `<cac:PayeeParty><cac:PartyName><cbc:Name>P</cbc:Name></cac:PartyName><cac:PostalAddress>`+
				ublMany(ublMost+1, `<cac:AddressLine><cbc:Line>S%d</cbc:Line></cac:AddressLine>`)+`</cac:PostalAddress></cac:PayeeParty>`),
			TooLarge, "pieces",
		},
	} {
		_, err := ublDecode(t, c.text)
		if refused := (*Error)(nil); !errors.As(err, &refused) || refused.Kind != c.kind || !strings.Contains(refused.Detail, c.detail) {
			t.Errorf("%s: %v, want kind %d with %q", name, err, c.kind, c.detail)
		}
	}
}

// ublMany repeats an element with a number in it.
func ublMany(n int, element string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, element, i)
	}
	return b.String()
}

func TestUBLRefusesByHint(t *testing.T) {
	r := readerFor(t)
	for _, text := range []string{`<Order xmlns="urn:example:shop"/>`, `{"order":1}`, `a;b`, `<Order`} {
		_, err := r.Decode(context.Background(), []byte(text), Hints{Format: "ubl"})
		if refused := (*Error)(nil); !errors.As(err, &refused) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestUBLStopsWhenCancelled(t *testing.T) {
	r := readerFor(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Decode(ctx, []byte(ublDoc("Order", ublPlainLine)), Hints{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestUBLProblems(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"right count":       {ublDoc("Order", `<cbc:LineCountNumeric>2.0</cbc:LineCountNumeric>`+ublPlainLine+ublPlainLine), ""},
		"wrong count":       {ublDoc("Order", `<cbc:LineCountNumeric>3</cbc:LineCountNumeric>`+ublPlainLine+ublPlainLine), "control_total /lines"},
		"half a count":      {ublDoc("Order", `<cbc:LineCountNumeric>1.5</cbc:LineCountNumeric>`+ublPlainLine), "control_total /lines"},
		"no count":          {ublDoc("Order", `<cbc:LineCountNumeric>one</cbc:LineCountNumeric>`+ublPlainLine), "unreadable_number /lines"},
		"no lines":          {ublDoc("Order", `<cbc:ID>1</cbc:ID>`), "unexpected_structure /lines"},
		"lines misspelt":    {ublDoc("Order", strings.ReplaceAll(ublPlainLine, "OrderLine", "orderLine")), "unexpected_structure /lines"},
		"quantity of words": {ublOneLine(`<cbc:Quantity>a few</cbc:Quantity>`), "unreadable_number /lines/0/quantity"},
		"two quantities":    {ublOneLine(`<cbc:Quantity>5</cbc:Quantity><cbc:Quantity>-5</cbc:Quantity>`), "duplicate_field /lines/0/quantity"},
		"two part numbers": {
			ublOneLine(`<cac:Item><cac:SellersItemIdentification><cbc:ID>A</cbc:ID></cac:SellersItemIdentification><cac:SellersItemIdentification><cbc:ID>B</cbc:ID></cac:SellersItemIdentification></cac:Item>`),
			"duplicate_field /lines/0/sku",
		},
		"two ids": {ublDoc("Order", `<cbc:ID>1</cbc:ID><cbc:ID>2</cbc:ID>`+ublPlainLine), "duplicate_field /reference"},
		"an unknown country once": {
			ublDoc("Order", `<cac:PayeeParty><cac:PartyName><cbc:Name>P</cbc:Name></cac:PartyName>
				<cac:PostalAddress><cac:Country><cbc:IdentificationCode>XQ</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
				<cac:PartyLegalEntity><cac:RegistrationAddress><cac:Country><cbc:IdentificationCode>XQ</cbc:IdentificationCode></cac:Country></cac:RegistrationAddress></cac:PartyLegalEntity></cac:PayeeParty>`+ublPlainLine),
			"unknown_country /parties/0/country",
		},
		"code and name disagree": {
			ublDoc("Order", `<cac:PayeeParty><cac:PartyName><cbc:Name>P</cbc:Name></cac:PartyName>
				<cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode><cbc:Name>France</cbc:Name></cac:Country></cac:PostalAddress></cac:PayeeParty>`+ublPlainLine),
			"duplicate_field /parties/0/country",
		},
	} {
		if o := ublOrder(t, c.text); ublProblems(&o) != c.want {
			t.Errorf("%s: problems %v, want %q", name, o.Problems, c.want)
		}
	}
	o := ublOrder(t, ublDoc("Order", strings.ReplaceAll(ublPlainLine, "OrderLine", "orderLine")))
	if !strings.Contains(strings.Join(o.Texts, "|"), "Desk lamp") {
		t.Errorf("what stood in a misspelt line was lost: %v", o.Texts)
	}
}

func TestUBLCharsets(t *testing.T) {
	text := ublOneLine(`<cac:Item><cbc:Name>Miljömärkning</cbc:Name></cac:Item>`)
	latin := strings.ReplaceAll(strings.Replace(text, "UTF-8", "ISO-8859-1", 1), "ö", "\xf6")
	latin = strings.ReplaceAll(latin, "ä", "\xe4")
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(text, "UTF-8", "UTF-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"UTF-8": text, "byte order mark": "\ufeff" + text, "ISO-8859-1": latin, "UTF-16": wide} {
		if o := ublOrder(t, text); o.Lines[0].Description != "Miljömärkning" {
			t.Errorf("%s: %q", name, o.Lines[0].Description)
		}
	}
}

// TestUBLKeepsNothingPrivate holds that no address, telephone number, person of a firm or secret leaves the parser.
func TestUBLKeepsNothingPrivate(t *testing.T) {
	contact := `<cac:Contact><cbc:Name>Ada Quill</cbc:Name><cbc:Telephone>5550199</cbc:Telephone><cbc:Telefax>5550198</cbc:Telefax>
		<cbc:ElectronicMail>quill@lumo.example</cbc:ElectronicMail><cbc:Note>Room 4</cbc:Note>
		<cac:OtherCommunication><cbc:Value>5550197</cbc:Value></cac:OtherCommunication></cac:Contact>
		<cac:Person><cbc:FirstName>Ada</cbc:FirstName><cbc:FamilyName>Quill</cbc:FamilyName></cac:Person>`
	party := func(name string) string {
		return `<cac:` + name + `><cac:Party><cbc:EndpointID schemeID="EM">quill@lumo.example</cbc:EndpointID><cac:PartyName><cbc:Name>Lumo quill@lumo.example</cbc:Name></cac:PartyName>
			<cac:PostalAddress><cbc:StreetName>Tel. 555-01-99-00</cbc:StreetName></cac:PostalAddress>` + contact + `</cac:Party><cac:SellerContact><cbc:Name>Ada Quill</cbc:Name></cac:SellerContact></cac:` + name + `>`
	}
	o := ublOrder(t, ublDoc("Order", `<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"><ext:UBLExtension><ext:ExtensionContent>
		<x:Shop xmlns:x="urn:x" SharedSecret="hunter2" contactPhone="5550199 ext. a"><x:ApiKey>hunter2</x:ApiKey><x:Phone>5550199 ext. b</x:Phone><x:Maker>Lumo for the clinic</x:Maker></x:Shop>
		<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>hunter2</ds:SignatureValue></ds:Signature>
		</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`+party("BuyerCustomerParty")+party("SellerSupplierParty")+
		`<cac:PaymentMeans><cac:CardAccount><cbc:PrimaryAccountNumberID>hunter2</cbc:PrimaryAccountNumberID></cac:CardAccount></cac:PaymentMeans>
		<cac:OrderLine><cac:LineItem><cbc:Note>Licence to quill@lumo.example</cbc:Note><cac:Item><cbc:Description>Lamp, ask quill@lumo.example</cbc:Description>
		<cac:AdditionalItemProperty><cbc:Name>Password</cbc:Name><cbc:Value>hunter2</cbc:Value></cac:AdditionalItemProperty></cac:Item>
		<cac:SubLineItem><cac:Item><cac:AdditionalItemProperty><cbc:Name>Password</cbc:Name><cbc:Value>hunter2</cbc:Value></cac:AdditionalItemProperty></cac:Item></cac:SubLineItem>
		</cac:LineItem></cac:OrderLine>`))
	all, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"quill", "55501", "01-99", "hunter2"} {
		if strings.Contains(string(all), private) {
			t.Errorf("%q left the parser: %s", private, all)
		}
	}
	for _, kept := range []string{"Lumo for the clinic", "lumo.example", "Room 4", "Ada Quill"} {
		if !strings.Contains(string(all), kept) {
			t.Errorf("%q was lost: %s", kept, all)
		}
	}
}

func FuzzReadUBL(f *testing.F) {
	for _, root := range []string{"Order", "OrderChange", "OrderCancellation", "Quotation", "Invoice"} {
		f.Add(ublDoc(root, ublWholeOrder))
	}
	f.Add(ublDoc("Quotation", `<cac:QuotationLine><cac:LineItem><cac:SubLineItem><cac:Item><cbc:Name>A</cbc:Name></cac:Item></cac:SubLineItem></cac:LineItem></cac:QuotationLine>`))
	f.Add(ublDoc("Order", `<cbc:IssueDate>2024-09-28Z</cbc:IssueDate><cac:OrderLine><cac:SellerSubstitutedLineItem/></cac:OrderLine>`))
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := ublDecode(t, text)
		if err != nil {
			if refused := (*Error)(nil); !errors.As(err, &refused) {
				t.Fatalf("an error that is not the document's: %v", err)
			}
			return
		}
		again, err := ublDecode(t, text)
		if err != nil || !reflect.DeepEqual(doc, again) {
			t.Fatalf("read twice: %v\n%+v\n%+v", err, doc, again)
		}
		for i := range doc.Orders {
			ids := map[screening.Pointer]bool{}
			for _, field := range doc.Orders[i].Fields {
				if strings.HasSuffix(string(field.Pointer), "/id") && ids[field.Pointer] {
					t.Fatalf("two lines at %s", field.Pointer)
				}
				ids[field.Pointer] = true
			}
		}
	})
}
