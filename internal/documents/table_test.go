package documents

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/screening"
)

// told writes orders down, a line for each thing that is said, for people to compare.
func told(orders []screening.Order) string {
	var out strings.Builder
	for i := range orders {
		tellOrder(&out, &orders[i])
	}
	return out.String()
}

func tellOrder(out *strings.Builder, o *screening.Order) {
	out.WriteString("order")
	tell(out, "reference", o.Reference, "at", o.OrderedAt, "for", o.FulfilAt, "currency", o.Currency, "contract", o.Contract)
	for _, text := range o.Texts {
		tell(out, "text", text)
	}
	out.WriteByte('\n')
	for i := range o.Parties {
		tellParty(out, "  ", &o.Parties[i])
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		out.WriteString("  line")
		tell(out, "id", l.ID, "sku", l.SKU, "maker", l.Manufacturer, "part", l.ManufacturerPart, "is", l.Description, "gtin", l.GTIN,
			"cpe", l.CPE, "purl", l.PURL, "n", l.Quantity, "price", l.UnitPrice, "for", l.FulfilAt, "from", l.ServiceStart, "until", l.ServiceEnd)
		for _, text := range l.Texts {
			tell(out, "text", text)
		}
		out.WriteByte('\n')
		for k := range l.Parties {
			tellParty(out, "    ", &l.Parties[k])
		}
	}
	for _, p := range o.Problems {
		fmt.Fprintf(out, "  problem %s %s at %s\n", p.Code, p.Pointer, p.Source)
	}
}

func tellParty(out *strings.Builder, indent string, p *screening.Party) {
	out.WriteString(indent + string(p.Role))
	tell(out, "name", p.Name, "alias", strings.Join(p.Aliases, "+"), "country", p.Country, "state", p.State, "address", p.Address, "sector", string(p.Sector), "born", p.DateOfBirth)
	for _, id := range p.Identifiers {
		tell(out, id.Type, id.Value)
	}
	out.WriteByte('\n')
}

func tell(out *strings.Builder, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fmt.Fprintf(out, " %s=%s", pairs[i], pairs[i+1])
		}
	}
}

// decodeTable reads a table; without a file name it must be recognised by its content.
func decodeTable(t *testing.T, text, name string) Document {
	t.Helper()
	doc, err := readerFor(t).Decode(context.Background(), []byte(text), Hints{FileName: name})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return doc
}

func checkTold(t *testing.T, doc Document, want string) {
	t.Helper()
	want = strings.TrimPrefix(want, "\n")
	if diff := cmp.Diff(want, told(doc.Orders)); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

func TestTableOrders(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"several orders, not in one piece",
			"PO Number,Order Date,SKU,Description,Qty,Buyer,Buyer Country\n" +
				"P1,2024-08-01,A-1,Switch,2,Oak LLC,US\nP2,2024-08-02,B-1,Router,1,Elm GmbH,Germany\nP1,2024-08-01,A-2,Cable,3,Oak LLC,US\n",
			`
order reference=P1 at=2024-08-01
  buyer name=Oak LLC country=US
  line sku=A-1 is=Switch n=2
  line sku=A-2 is=Cable n=3
order reference=P2 at=2024-08-02
  buyer name=Elm GmbH country=DE
  line sku=B-1 is=Router n=1
`,
		},
		{
			"order columns blank from the second row on, as a shop exports it",
			"Name,Email,Created at,Currency,Lineitem quantity,Lineitem name,Lineitem sku,Billing Name,Billing Company,Billing Country,Vendor,Notes\n" +
				"#1001,jo@oak.example,2024-08-01 10:00:00 -0400,USD,1,Desk lamp,DL-1,Jo Oak,Oak LLC,US,Lampworks,leave at the door\n" +
				"#1001,,,,2,Bulb,BU-9,,,,Brightly,\n#1002,al@elm.example,2024-08-03 09:30:00 -0400,EUR,5,Chair,CH-3,,,FR,Seats,\n",
			`
order reference=#1001 at=2024-08-01 10:00:00 -0400 currency=USD text=leave at the door
  buyer domain=oak.example
  bill_to name=Oak LLC alias=Jo Oak country=US
  line sku=DL-1 maker=Lampworks is=Desk lamp n=1 text=leave at the door
  line sku=BU-9 maker=Brightly is=Bulb n=2
order reference=#1002 at=2024-08-03 09:30:00 -0400 currency=EUR
  buyer domain=elm.example
  bill_to country=FR
  line sku=CH-3 maker=Seats is=Chair n=5
`,
		},
		{
			"no order number: all rows are lines of one order, parties that differ are the lines'",
			"SKU;Bezeichnung;Hersteller;Menge;Kunde;Land\nA1;Schrank;Möbel AG;1;Eins GmbH;Deutschland\nA2;Tisch;Möbel AG;2,5;Zwei SARL;FR\n;Stuhl;;3;;\n",
			`
order
  line sku=A1 maker=Möbel AG is=Schrank n=1
    buyer name=Eins GmbH country=DE
  line sku=A2 maker=Möbel AG is=Tisch n=2.5
    buyer name=Zwei SARL country=FR
  line is=Stuhl n=3
    buyer name=Zwei SARL country=FR
`,
		},
		{
			"no order number, several dates: several orders",
			"Date,Item,Description,Qty\n2024-07-01,X1,Pen,1\n2024-07-02,X2,Ink,2\n2024-07-01,X3,Pad,3\n",
			`
order at=2024-07-01
  line sku=X1 is=Pen n=1
  line sku=X3 is=Pad n=3
order at=2024-07-02
  line sku=X2 is=Ink n=2
`,
		},
		{
			"cells that spreadsheets dress up, numbers with currency, nothing said",
			"SKU\tManufacturer\tMfr Part Number\tBarcode\tQty\tUnit Price\tDelivery Date\n=\"0012\"\tAcme\t'0099\tNULL\t1,234\t11.666,66 US$\t45564\n-\tN/A\tPN-7\t4006381333931\t(2)\t$3.00\t45564.75\n",
			`
order
  line sku=0012 maker=Acme part=0099 n=1234 price=11666.66 for=2024-09-29
  line part=PN-7 gtin=4006381333931 n=-2 price=3.00 for=2024-09-29T18:00:00
`,
		},
		{
			"title and labels above, headers again, totals and a note below",
			"Northwind Office Supplies,,,\nPurchase Order No:,PO-77,,\nDate: 2024-09-27,,Ship to:,City of Elm\nAll goods for the town hall,,,\n\n" +
				"Line,Item No.,Description,Quantity\n1,A-1,Lamp,2\nLine,Item No.,Description,Quantity\n2,A-2,Bulb,4\n,,Total,6\nGrand total,,,6\nEnd user:,Elm Fire Service,,\nApproved by the head of the department today,,,\n",
			`
order reference=PO-77 at=2024-09-27 text=Northwind Office Supplies text=All goods for the town hall text=Approved by the head of the department today
  ship_to name=City of Elm
  end_user name=Elm Fire Service
  line id=1 sku=A-1 is=Lamp n=2
  line id=2 sku=A-2 is=Bulb n=4
`,
		},
		{
			"a form: labels over their values, above the lines",
			"Lampworks Inc,,,\nPO Number,Order Date,Contact,\nPO-8,2024-08-01,Jo,\n,,,\nBill to:,,Ship to:,\nOak LLC,,Elm Depot,\n1 Main St,,2 Rue Verte,\nElm TX,,France,\n\n" +
				"Item,Description,Qty,Price\nA-1,Lamp,2,3.00\n",
			`
order reference=PO-8 at=2024-08-01 text=Lampworks Inc text=Contact: Jo
  bill_to name=Oak LLC address=1 Main St, Elm TX
  ship_to name=Elm Depot country=FR address=2 Rue Verte
  line sku=A-1 is=Lamp n=2 price=3.00
`,
		},
		{
			"two rows of headers: groups over names",
			"Order,,Buyer,,Item,,\nNo.,Date,Name,Country,Code,Description,Qty\nP9,2024-05-05,Oak LLC,US,C-1,Lamp,1\n",
			`
order reference=P9 at=2024-05-05
  buyer name=Oak LLC country=US
  line sku=C-1 is=Lamp n=1
`,
		},
		{
			"two rows of headers: names below some of them",
			"SKU,Description,Vendor,,PO\n,,Name,Country,\nC-1,Lamp,Lamps Inc,US,P3\n",
			`
order reference=P3
  seller name=Lamps Inc country=US
  line sku=C-1 is=Lamp
`,
		},
		{
			"headers in two languages, one row each",
			"Artikelnummer;Bezeichnung;Menge\nItem No.;Description;Quantity\nQ-1;Bohrer;7\n",
			`
order
  line sku=Q-1 is=Bohrer n=7
`,
		},
		{
			"unknown columns with text, but no contacts, times or numbers",
			"SKU,Description,Licence term,Contact phone,Margin,Updated at,Internal mark,Replaces,Checked\nZ-1,Scanner,one year,+1 555 0100,0.3,2024-01-01T00:00:00Z,17,old scanner,yes\n",
			`
order
  line sku=Z-1 is=Scanner text=Licence term: one year text=Replaces: old scanner
`,
		},
		{
			"a type never decides and does not reach the next row",
			"PO,SKU,Description,Order type\nP1,A,Lamp,return to vendor\nP1,B,Bulb,\n",
			`
order reference=P1
  line sku=A is=Lamp text=Order type: return to vendor
  line sku=B is=Bulb
`,
		},
		{
			"no addresses and telephone numbers of people",
			"Ask jo@lamps.example or Tel: +1 555 010 0199 for help,,,\nSKU,Customer,Remarks,Colour\nA,al@oak.example,call al@oak.example,as jo@lamps.example says\n",
			`
order text=call oak.example text=Ask lamps.example or  for help
  buyer domain=oak.example
  line sku=A text=call oak.example text=Colour: as lamps.example says
`,
		},
		{
			"a second number of the order, a contract, a note and a date of delivery from a later column",
			"Order ID,Customer PO,Contract No,SKU,Description,Requested delivery date,Promised date,Remarks\nS-1,PO-5,C-77,A,Lamp,9/20/2024,10/2/2024,for the lab\n",
			`
order reference=S-1 contract=C-77 text=Customer PO: PO-5 text=for the lab
  line sku=A is=Lamp for=10/2/2024 text=for the lab
`,
		},
		{
			"parties by number, country or register only",
			"SKU,Description,Customer No.,Customer VAT,Ship Country,Seller DUNS\nA,Lamp,K-12,DE123456789,CH,123456789\n",
			`
order
  buyer own=K-12 vat=DE123456789
  ship_to country=CH
  seller duns=123456789
  line sku=A is=Lamp
`,
		},
		{
			"a vendor column in a price list is the maker, in an order the seller",
			"SKU,Description,Vendor,Price\nA,Lamp,Lampworks,3\n",
			"order\n  line sku=A maker=Lampworks is=Lamp price=3\n",
		},
		{
			"a vendor column in an order",
			"PO,SKU,Description,Vendor,Price\nP1,A,Lamp,Lampworks,3\n",
			"order reference=P1\n  seller name=Lampworks\n  line sku=A is=Lamp price=3\n",
		},
		{
			"a code that could be the order's or the article's is the article's where there is no other",
			"Bestell-Nr.;Bezeichnung;Preis\nX-100;Lampe;3,00\n",
			"order\n  line sku=X-100 is=Lampe price=3.00\n",
		},
		{
			"a code that could be either beside an article number",
			"Bestell-Nr.;Artikelnummer;Bezeichnung\nB-1;X-100;Lampe\n",
			"order reference=B-1\n  line sku=X-100 is=Lampe\n",
		},
		{
			"a row of an order without goods says more of the order; one with a quantity is a line",
			"PO,SKU,Description,Qty,Ship To Name,Total\nP1,A,Lamp,1,,3\nP1,,,,Elm Depot,\nP1,,,2,,\n,,,,,3\n",
			`
order reference=P1
  ship_to name=Elm Depot
  line sku=A is=Lamp n=1
  line n=2
`,
		},
		{
			"an address without a party may be where the goods lie",
			"SKU,Description,Location\nA,Lamp,Hall 7\n",
			"order\n  line sku=A is=Lamp text=Location: Hall 7\n",
		},
		{
			"a country without a party is the buyer's",
			"Sku,Quantity,Country\nKEY-1,5,Brazil\n",
			"order\n  buyer country=BR\n  line sku=KEY-1 n=5\n",
		},
		{
			"prices in two currencies are in none",
			"PO,SKU,Description,Currency\nP,A,Lamp,USD\nP,B,Bulb,EUR\n",
			"order reference=P\n  line sku=A is=Lamp\n  line sku=B is=Bulb\n",
		},
		{
			"dates as people write them",
			"PO,Order Date,SKU,Start date,End date\nA,\"Sep 27, 2024\",X,27 Sep 2024,2024/10/01\nB,9/27/2024 14:30,X,2024年9月27日,27.09.2024\nC,2024-09-27T10:00:00+02:00,X,,\n",
			`
order reference=A at=2024-09-27
  line sku=X from=2024-09-27 until=2024-10-01
order reference=B at=9/27/2024
  line sku=X from=2024-09-27 until=27.09.2024
order reference=C at=2024-09-27T10:00:00+02:00
  line sku=X
`,
		},
		{
			"a table drawn in plain text",
			"| SKU | Description | Qty |\n|-----|:-----------:|----:|\n| A-1 | Lamp        | 2   |\n",
			"order\n  line sku=A-1 is=Lamp n=2\n",
		},
		{
			"a separator that Excel states",
			"sep=;\nSKU;Description;Qty\nA;Lamp, brass;2\n",
			"order\n  line sku=A is=Lamp, brass n=2\n",
		},
		{
			"line breaks and quotation marks in cells",
			"SKU,Description,Ship To Name,Ship To Address\nA,\"Lamp 5\"\" high\",Oak LLC,\"1 Main St\nElm, TX 75001\"\nB,Pipe 3\" long,,\n",
			`
order
  ship_to name=Oak LLC address=1 Main St
Elm, TX 75001
  line sku=A is=Lamp 5" high
  line sku=B is=Pipe 3" long
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) { checkTold(t, decodeTable(t, tt.text, ""), tt.want) })
	}
}

func TestTableLanguages(t *testing.T) {
	const want = "order reference=P-1 at=2024-09-27\n  seller name=Lampworks\n  buyer name=Oak country=PE\n  line sku=A-1 maker=Makers is=Lamp n=3 price=2.50\n"
	for language, header := range map[string]string{
		"en": "Purchase Order #;Order Date;Supplier Name;Customer;Customer Country;Item No.;Item Description;Brand;Qty;Unit Price",
		"es": "N.º de pedido;Fecha de pedido;Proveedor;Cliente;País del cliente;Id. de producto;Descripción;Fabricante;Cantidad;Precio unitario",
		"pt": "Nº do pedido;Data do pedido;Fornecedor;Cliente;País do cliente;Código do produto;Descrição;Marca;Qtde;Preço unitário",
		"fr": "N° de commande;Date de commande;Fournisseur;Client;Pays du client;Référence article;Désignation;Fabricant;Qté;PU HT",
		"de": "Auftragsnummer;Bestelldatum;Lieferant;Kunde;Land des Kunden;Artikel-Nr.;Bezeichnung;Hersteller;Stückzahl;Einzelpreis (EUR)",
		"it": "Numero ordine;Data ordine;Fornitore;Cliente;Paese del cliente;Codice articolo;Descrizione;Produttore;Quantità;Prezzo unitario",
		"nl": "Ordernummer;Besteldatum;Leverancier;Klant;Land klant;Artikelnummer;Omschrijving;Merk;Aantal;Stuksprijs",
		"pl": "Nr zamówienia;Data zamówienia;Dostawca;Klient;Kraj klienta;Kod produktu;Nazwa towaru;Producent;Ilość;Cena jednostkowa",
		"ru": "№ заказа;Дата заказа;Поставщик;Покупатель;Страна покупателя;Артикул;Наименование товара;Производитель;Кол-во;Цена за ед.",
		"tr": "Sipariş No;Sipariş Tarihi;Tedarikçi;Müşteri;Müşteri Ülkesi;Stok Kodu;Ürün Adı;Üretici;Miktar;Birim Fiyatı",
		"ja": "発注番号;発注日;仕入先;得意先;得意先国名;商品コード;品名;メーカー;数量;単価",
		"zh": "采购订单号;订单日期;供应商;客户;客户国家;物料编码;产品名称;制造商;数量;单价",
	} {
		t.Run(language, func(t *testing.T) {
			checkTold(t, decodeTable(t, header+"\nP-1;2024-09-27;Lampworks;Oak;PE;A-1;Lamp;Makers;3;2,50\n", ""), want)
		})
	}
}

func TestVendorLists(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"a name and a country",
			"Name,Country,Tax ID,Website,Rating\nOak LLC,US,12-3456789,https://www.oak.example/about,A\nElm GmbH,,DE1,,B\n",
			"order\n  seller name=Oak LLC country=US tax_id=12-3456789 domain=oak.example\norder\n  seller name=Elm GmbH tax_id=DE1\n",
		},
		{
			"the role is in a column, or in the header",
			"Company,Role,Country Code\nOak LLC,customer,US\nElm GmbH,Lieferant,DE\nAsh Ltd,,GB\nFir SA,end_user,FR\n",
			"order\n  buyer name=Oak LLC country=US\norder\n  seller name=Elm GmbH country=DE\norder\n  seller name=Ash Ltd country=GB\norder\n  end_user name=Fir SA country=FR\n",
		},
		{
			"a number of a supplier and a name are one party",
			"supplier_id,name,location,contact_email,contact_phone\nS-1,Oak LLC,Austin TX,jo@oak.example,+1 555 0100\n",
			"order\n  seller name=Oak LLC address=Austin TX own=S-1 domain=oak.example\n",
		},
		{
			"people",
			"First Name,Last Name,Date of birth,Nationality,Also known as\nJo,Oak,1970-01-02,US,J. Oak\n",
			"order\n  seller name=Jo Oak alias=J. Oak born=1970-01-02\n",
		},
		{
			"the JSON field names of a vendor call",
			"reference,name,role,country,sector,date\nV-1,Oak LLC,buyer,US,federal,2024-09-27\n",
			"order reference=V-1 at=2024-09-27\n  buyer name=Oak LLC country=US sector=federal\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) { checkTold(t, decodeTable(t, tt.text, ""), tt.want) })
	}
}

func TestTableProblems(t *testing.T) {
	for _, tt := range []struct{ name, text, problem string }{
		{"more cells than headers", "SKU,Description,Price\nA,Lamp,1\nB,Bulb,3,50\n", "unexpected_structure /lines/1 at line 3"},
		{"a long number shortened", "SKU,Description\n1.23E+15,Lamp\n", `unreadable_number /lines/0/sku at line 2, column "SKU"`},
		{"an order number shortened", "PO,SKU,Description\n4.50001E+12,A,Lamp\n", `unreadable_number /reference at line 2, column "PO"`},
		{"no quantity", "SKU,Description,Qty\nA,Lamp,some\n", `unreadable_number /lines/0/quantity at line 2, column "Qty"`},
		{"no country", "SKU,Description,Buyer,Buyer Country\nA,Lamp,Oak,Atlantis\n", `unknown_country /parties/0/country at line 2, column "Buyer Country"`},
		{"two dates of one order", "PO,Order Date,SKU\nP,2024-09-01,A\nP,2024-10-01,B\n", `duplicate_field /ordered_at at line 3, column "Order Date"`},
		{"two dates that cannot be compared", "SKU,Ship date,Due date\nA,9/1/2024,soon\n", `unknown_date /lines/0/fulfil_at at line 2, column "Due date"`},
		{"two quantities", "SKU,Description,Qty,Order Qty\nA,Lamp,1,2\n", `duplicate_field /lines/0/quantity at line 2, column "Order Qty"`},
		{"a quotation mark that is not closed", "SKU,Description,Price\nA,\"Lamp,1\nB,Bulb,2\nC,Shade,3\n", "unexpected_structure /lines/0 at line 2"},
		{"an error of a spreadsheet", "SKU,Description\nA,#REF!\n", `unexpected_structure /lines/0/description at line 2, column "Description"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := decodeTable(t, tt.text, "")
			if got := told(doc.Orders); strings.Count(got, "problem") != 1 || !strings.Contains(got, "problem "+tt.problem+"\n") {
				t.Errorf("want problem %s, got\n%s", tt.problem, got)
			}
		})
	}
}

func TestTableSources(t *testing.T) {
	doc := decodeTable(t, "Title\nPO,Date,Buyer,Buyer Country,SKU,Qty,Colour\nP1,45564,Oak LLC,Germany,A,\"1,000\",red\n,,,,B,2,blue\n", "")
	want := []screening.Field{
		{Pointer: "/reference", Source: `line 3, column "PO"`},
		{Pointer: "/ordered_at", Source: `line 3, column "Date"`, Raw: "45564"},
		{Pointer: "/parties/0/name", Source: `line 3, column "Buyer"`},
		{Pointer: "/parties/0/country", Source: `line 3, column "Buyer Country"`, Raw: "Germany"},
		{Pointer: "/lines/0/sku", Source: `line 3, column "SKU"`},
		{Pointer: "/lines/0/quantity", Source: `line 3, column "Qty"`, Raw: "1,000"},
		{Pointer: "/lines/0/texts/0", Source: `line 3, column "Colour"`},
		{Pointer: "/lines/1/sku", Source: `line 4, column "SKU"`},
		{Pointer: "/lines/1/quantity", Source: `line 4, column "Qty"`},
		{Pointer: "/lines/1/texts/0", Source: `line 4, column "Colour"`},
		{Pointer: "/texts/0", Source: "line 1, column 1"},
	}
	if diff := cmp.Diff(want, doc.Orders[0].Fields); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

func TestTableCharsets(t *testing.T) {
	const text = "Артикул;Наименование товара;Количество\nА-1;Лампа;2\n"
	const want = "order\n  line sku=А-1 is=Лампа n=2\n"
	utf16 := []byte{0xff, 0xfe}
	for _, r := range text {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, data := range map[string]string{"UTF-8": text, "byte order mark": "\ufeff" + text, "UTF-16": string(utf16), "carriage returns": strings.ReplaceAll(text, "\n", "\r"), "both": strings.ReplaceAll(text, "\n", "\r\n")} {
		t.Run(name, func(t *testing.T) { checkTold(t, decodeTable(t, data, ""), want) })
	}
	t.Run("Windows-1252", func(t *testing.T) {
		checkTold(t, decodeTable(t, "Artikelnummer;Beschreibung;St\xfcckzahl\nA-1;K\xfchlschrank;2\n", ""), "order\n  line sku=A-1 is=Kühlschrank n=2\n")
	})
}

func TestTableRecognition(t *testing.T) {
	reader := readerFor(t)
	for _, tt := range []struct{ name, file, text, want string }{
		{"two known headers", "", "SKU,Qty\nA,1\n", "csv"},
		{"one known header", "", "SKU,Colour\nA,red\n", ""},
		{"one known header in a file named as a table", "list.csv", "SKU\nA\n", "csv"},
		{"tabs", "LIST.TSV", "SKU\tColour\nA\tred\n", "csv"},
		{"prose", "", "Dear sirs,\nplease send us, in any quantity, the description of your goods.\nRegards, Jo\n", ""},
		{"prose with two headers in it", "", "We need the description, quantity, price, and colour of each.\nThank you very much\n", ""},
		{"JSON", "", "{\"sku\":\"A\",\"quantity\":1}\n", ""},
		{"XML", "orders.csv", "<order><sku>A</sku></order>", ""},
		{"EDI", "", "UNB+UNOC:3+A+B+240927:1200+1'UNH+1+ORDERS:D:96A:UN'", ""},
		{"empty", "list.csv", "  \n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := takenBy(reader, tt.text, Hints{FileName: tt.file}); (got == "csv") != (tt.want == "csv") {
				t.Errorf("recognised as %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTableRefusals(t *testing.T) {
	wide := strings.Repeat("SKU,", maxTableColumns) + "Qty\n" + strings.Repeat("1,", maxTableColumns) + "1\n"
	many := "SKU,Qty\n" + strings.Repeat("A,1\n", MaxLines+1)
	vendors := "Vendor Name,Country\n" + strings.Repeat("Oak,US\n", MaxLines+1)
	for _, tt := range []struct {
		name, text, detail string
		kind               Kind
	}{
		{"headers that nobody knows", "Foo,Bar\n1,2\n", `"Foo", "Bar"`, Unsupported},
		{"orders without goods or names", "po_id,supplier_id,order_date\nP1,S1,2024-01-01\n", "nothing to screen", Unsupported},
		{"too wide", wide, "300 columns", TooLarge},
		{"too many lines", many, "batch", TooLarge},
		{"too many vendors", vendors, "batch", TooLarge},
		{"headers alone", "SKU,Description,Qty\n", "no order", Malformed},
		{"one endless row", "SKU,Qty\n\"" + strings.Repeat("x,y\n", maxCSVRow/2), "quotation mark", TooLarge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readerFor(t).Decode(context.Background(), []byte(tt.text), Hints{FileName: "table.csv"})
			var refused *Error
			if !errors.As(err, &refused) || refused.Kind != tt.kind || !strings.Contains(refused.Detail, tt.detail) {
				t.Errorf("got %v, want kind %d with %q", err, tt.kind, tt.detail)
			}
		})
	}
}

func TestTableIsReadAgainTheSame(t *testing.T) {
	text := "PO,SKU,Description,Buyer,Notes,Colour\nP,A,Lamp,Oak,x,red\nP,B,Bulb,Oak,y,\n"
	if a, b := decodeTable(t, text, ""), decodeTable(t, text, ""); !reflect.DeepEqual(a, b) {
		t.Errorf("one table read twice: %+v and %+v", a, b)
	}
}

func TestTableTellsNotesToManyOrdersOnlyOnce(t *testing.T) {
	var text strings.Builder
	text.WriteString("PO,SKU,Qty\n")
	for i := range 3000 {
		fmt.Fprintf(&text, "P%d,A,1\n", i)
	}
	text.WriteString(strings.Repeat("Note: "+strings.Repeat("word ", 100)+",,\n", 10))
	doc := decodeTable(t, text.String(), "")
	last := doc.Orders[len(doc.Orders)-1]
	if len(doc.Orders) != 3001 || len(doc.Orders[0].Texts) != 0 || len(last.Texts) != 10 || len(last.Lines) != 0 {
		t.Errorf("%d orders, texts of the first %d, of the last %d", len(doc.Orders), len(doc.Orders[0].Texts), len(last.Texts))
	}
}
