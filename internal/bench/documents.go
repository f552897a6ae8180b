package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// documents measures an order of 100 lines as other systems write it, sent again and again over one connection.
func (b *bench) documents(ctx context.Context) (section, error) {
	soon := bar{20, true, "ms"}
	s := section{
		title: "Orders as documents",
		before: fmt.Sprintf("`POST /v1/screen/order` with an order of %d lines, a tenth of them Kaspersky goods, over one connection, the cache off: the document\n"+
			"is read, every line judged, and the whole verdict written. The bar is on the 99th percentile.", orderLines),
		table: table{columns: []string{"document", "p50, ms", "p99, ms", "bar"}},
	}
	program, err := b.serve(ctx, noCache)
	if err != nil {
		return s, err
	}
	defer program.stop()
	for _, d := range []struct{ name, body string }{{"cXML", cxmlBody()}, {"CSV", csvBody(orderLines, "PO-4711,2024-10-02,")}} {
		drive := drive{address: program.address, request: post(program.address, "/v1/screen/order", d.body), connections: 1, span: b.span}
		l, err := drive.run(ctx)
		if err != nil {
			return s, fmt.Errorf("%s: %w", d.name, err)
		}
		p50, p99 := milliseconds(l.p50()), milliseconds(percentile(l.latencies, 99))
		s.table.add(d.name, figure(p50), figure(p99), soon.judge(p99))
	}
	return s, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// cxmlBody is an order of different lines as cXML.
func cxmlBody() string {
	var items strings.Builder
	for i := range orderLines {
		maker := "<ManufacturerPartID>P2422H</ManufacturerPartID><ManufacturerName>Dell</ManufacturerName>"
		text := fmt.Sprintf("24in monitor P2422H, height adjustable, lot %d", i)
		if i%10 == 9 {
			maker = "<ManufacturerPartID>KL4867XAQFS</ManufacturerPartID>"
			text = fmt.Sprintf("Kaspersky Endpoint Security for Business Advanced, offer %d", i)
		}
		fmt.Fprintf(&items, `<ItemOut quantity="2" lineNumber="%d"><ItemID><SupplierPartID>NW-%d</SupplierPartID></ItemID><ItemDetail><UnitPrice>`+
			`<Money currency="USD">180.00</Money></UnitPrice><Description xml:lang="en">%s</Description><UnitOfMeasure>EA</UnitOfMeasure>%s</ItemDetail></ItemOut>`, i+1, i, text, maker)
	}
	party := func(name, state string) string {
		return `<Address isoCountryCode="US"><Name xml:lang="en">` + name + `</Name><PostalAddress><Street>1 Main St</Street><City>Springfield</City><State>` + state +
			`</State><Country isoCountryCode="US">United States</Country></PostalAddress></Address>`
	}
	return `<?xml version="1.0" encoding="UTF-8"?><cXML payloadID="1@example.com" timestamp="2024-10-02T16:00:00-04:00"><Header>` +
		`<From><Credential domain="DUNS"><Identity>123456789</Identity></Credential></From><To><Credential domain="DUNS"><Identity>987654321</Identity></Credential></To></Header>` +
		`<Request><OrderRequest><OrderRequestHeader orderID="PO-4711" orderDate="2024-10-02T16:00:00-04:00" type="new"><Total><Money currency="USD">36000.00</Money></Total>` +
		`<ShipTo>` + party("Contoso LLC", "OH") + `</ShipTo><BillTo>` + party("Contoso LLC", "OH") + `</BillTo></OrderRequestHeader>` + items.String() + `</OrderRequest></Request></cXML>`
}

// csvBody is a table of different lines, each of so many a Kaspersky licence. A prefix holds the order's columns.
func csvBody(lines int, prefix string) string {
	var text strings.Builder
	if prefix != "" {
		text.WriteString("Order,Date,")
	}
	text.WriteString("SKU,Manufacturer,Description,Quantity,Unit Price\n")
	for i := range lines {
		if i%100 == 99 {
			fmt.Fprintf(&text, "%sKL4867XAQFS,Kaspersky,\"Endpoint Security for Business Advanced, offer %d\",2,39.50\n", prefix, i)
		} else {
			fmt.Fprintf(&text, "%s210-%d,Dell,\"24in monitor P2422H, height adjustable, lot %d\",2,180.00\n", prefix, i, i)
		}
	}
	return text.String()
}
