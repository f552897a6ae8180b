package documents

import (
	"slices"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// shopOrder reads one Shopify order with the fields given.
func shopOrder(t *testing.T, fields string) screening.Order {
	t.Helper()
	doc, err := readerFor(t).Decode(t.Context(), []byte(`{"order": {"name": "#1", "financial_status": "paid", "created_at": "2024-05-20T10:00:00-04:00", `+fields+`}}`), Hints{})
	if err != nil || len(doc.Orders) != 1 {
		t.Fatalf("%v in %s", err, fields)
	}
	return doc.Orders[0]
}

// A merchant calls what a buyer fills in as they please: no name drops what stands beside it.
func TestPairNamesDropNothing(t *testing.T) {
	for pair, want := range map[string]string{
		`{"name": "Service", "value": "Maker Suite"}`:                "Service: Maker Suite",
		`{"name": "Status", "value": "Maker renewal"}`:               "Status: Maker renewal",
		`{"name": "Source", "value": "Maker"}`:                       "Source: Maker",
		`{"name": "Token", "value": "Maker activation code"}`:        "Token: Maker activation code",
		`{"name": "Token", "value": "Maker"}`:                        "Token: Maker",
		`{"name": "For mobile", "value": "Maker for Android"}`:       "For mobile: Maker for Android",
		`{"name": "Maker for Mobile", "value": "3 devices"}`:         "Maker for Mobile: 3 devices",
		`{"name": "Maker for Mobile", "value": "+1 512 555 0100"}`:   "Maker for Mobile",
		`{"name": "Maker by mail", "value": "jo@firm.example"}`:      "Maker by mail: firm.example",
		`{"name": "Add Maker Suite?", "value": true}`:                "Add Maker Suite?: yes",
		`{"name": "Maker page", "value": "https://www.maker.com/a"}`: "Maker page: maker.com",
		`{"name": "Maker key", "value": "da39a3ee5e6b4b0d3255bf"}`:   "Maker key",
	} {
		o := shopOrder(t, `"line_items": [{"title": "Suite", "properties": [`+pair+`]}]`)
		if got := o.Lines[0].Texts; !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", pair, got, want)
		}
	}
	for _, pair := range []string{
		`{"name": "Add Maker Suite?", "value": false}`, `{"name": "Add Maker Suite?", "value": "No"}`, `{"name": "Maker", "value": null}`,
		`{"name": "Phone", "value": "0512 555 0100"}`, `{"name": "_token", "value": "77"}`, `{"name": "_private_set", "value": "Maker"}`,
		`{"name": "Password", "value": ""}`,
	} {
		if got := shopOrder(t, `"line_items": [{"title": "Suite", "properties": [`+pair+`]}]`).Lines[0].Texts; len(got) != 0 {
			t.Errorf("%s: %q", pair, got)
		}
	}
	for _, secret := range []string{"sunshine", "hunter2"} {
		if got := shopOrder(t, `"line_items": [], "note_attributes": {"Password": "`+secret+`"}`).Texts; slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, secret) }) {
			t.Errorf("a password left: %q", got)
		}
	}
}

// What names speak of fills parties, numbers of goods, contracts and dates.
func TestPairLabels(t *testing.T) {
	for attribute, want := range map[string]string{
		`"End User": "Mint"`:                                         "end_user Mint",
		`"_billing_end_customer": "Mint"`:                            "end_user Mint",
		`"Agency": "Mint"`:                                           "end_user Mint",
		`"End User": "Mint", "End user country": "Canada"`:           "end_user Mint, CA",
		`"End user": "Mint", "End customer": "Lake"`:                 "end_user Mint|end_user Lake",
		`"End user email": "jo@mint.example"`:                        "end_user , domain mint.example",
		`"Ship to": "Mint", "ship_to_city": "Ottawa"`:                "ship_to Mint, Ottawa",
		`"Bill to": "Mint"`:                                          "bill_to Mint",
		`"Freight forwarder": "Mint"`:                                "intermediary Mint",
		`"Company": "Mint"`:                                          "end_user Mint",
		`"End user": "yes"`:                                          "",
		`"End user country": "not known"`:                            "",
		`"Travel agency fee": "Mint"`:                                "",
		`"Vendor": "Mint"`:                                           "",
		`"Username": "Mint"`:                                         "",
		`"Is the end user informed?": "by letter"`:                   "",
		`"End user country": "Nowhere land", "Agency": "Mint"`:       "end_user Mint",
		`"x": {"a": 1}, "Consignee": "Mint", "Consignee zip": "K1A"`: "ship_to Mint, K1A",
	} {
		o := shopOrder(t, `"line_items": [{"title": "Lamp"}], "note_attributes": {`+attribute+`}`)
		if got := strings.Join(bomPeople(o.Parties), "|"); got != want {
			t.Errorf("%s: %q, want %q", attribute, got, want)
		}
		if len(o.Problems) > 0 {
			t.Errorf("%s: %v", attribute, o.Problems)
		}
	}
	o := shopOrder(t, `"line_items": [{"title": "Lamp", "properties": {"End customer": "Mint", "Ship to": "Lake", "Company": "Maker", "EAN-13": "4006381333931", "Contract no": "C-17"}}],
		"shipping_address": {"company": "Firm", "country_code": "US"}`)
	if got := bomPeople(o.Lines[0].Parties); !slices.Equal(got, []string{"end_user Mint", "end_user Lake"}) {
		t.Errorf("a line's names hide an order's party: %q", got)
	}
	if o.Lines[0].GTIN != "4006381333931" || o.Contract != "C-17" {
		t.Errorf("GTIN %q, contract %q", o.Lines[0].GTIN, o.Contract)
	}
	for pair, want := range map[string]string{
		`"_gtin": 4006381333931`: "4006381333931", `"UPC": "012345678905"`: "012345678905", `"barcode": "12"`: "", `"Oceans": "4006381333931"`: "", `"Ean": "4006381333931x"`: "",
	} {
		if got := shopOrder(t, `"line_items": [{"title": "Lamp", "properties": {`+pair+`}}]`).Lines[0].GTIN; got != want {
			t.Errorf("%s: %q", pair, got)
		}
	}
}

func TestPairDeliveryDates(t *testing.T) {
	for attribute, want := range map[string]string{
		`"Delivery date": "2024-10-05"`: "2024-10-05", `"Ship on": "2024-10-05"`: "2024-10-05", `"_delivery_date": "2024-10-05T10:00:00Z"`: "2024-10-05T10:00:00Z",
		`"Delivery date": "2024-09-01", "Pickup day": "2024-10-05"`: "2024-10-05",
		`"Delivery date": "2024-01-05"`:                             "", // before the order was made
		`"Delivery date": "next week"`:                              "", `"Delivery": "20"`: "", `"Delivery slot": "20241"`: "", `"Birthday": "2024-10-05"`: "",
	} {
		o := shopOrder(t, `"line_items": [{"title": "Lamp", "properties": {`+attribute+`}}], "note_attributes": {`+attribute+`}`)
		if o.FulfilAt != want || o.Lines[0].FulfilAt != want || len(o.Problems) > 0 {
			t.Errorf("%s: order %q, line %q, %v, want %q", attribute, o.FulfilAt, o.Lines[0].FulfilAt, o.Problems, want)
		}
	}
	o := shopOrder(t, `"line_items": [{"title": "Lamp"}], "fulfillments": [{"created_at": "2024-10-01T10:00:00Z"}], "note_attributes": {"Delivery date": "2024-10-05"}`)
	if o.FulfilAt != "2024-10-05" {
		t.Errorf("the later date is lost: %q", o.FulfilAt)
	}
}

// Who is billed, the firm behind a customer, and a firm of an account are sides of a Shopify order.
func TestShopifyBuyers(t *testing.T) {
	for fields, want := range map[string]string{
		`"billing_address": {"company": "Mint", "country_code": "US"}, "shipping_address": {"name": "Al", "country_code": "US"}`: "bill_to Mint, US|ship_to Al, US|buyer Mint, US",
		`"company": {"id": 5, "name": "Mint"}`:                                       "buyer Mint",
		`"company": {"id": 5, "location_id": 6}`:                                     "",
		`"customer": {"first_name": "Al", "company": "Mint"}`:                        "buyer Mint|buyer Al",
		`"customer": {"default_address": {"company": "Mint", "country_code": "GB"}}`: "buyer Mint, GB",
		`"billing_address": {"company": "Lake", "country_code": "US"}, "customer": {"default_address": {"company": "Mint", "country_code": "GB"}}`: "bill_to Lake, US|buyer Lake, US|buyer Mint",
		`"billing_address": {"company": "Lake", "country_code": "US"}, "customer": {"default_address": {"company": "Lake", "country_code": "GB"}}`: "bill_to Lake, US|buyer Lake, US",
	} {
		o := shopOrder(t, `"line_items": [{"title": "Lamp"}], `+fields)
		if got := strings.Join(bomPeople(o.Parties), "|"); got != want {
			t.Errorf("%s: %q, want %q", fields, got, want)
		}
	}
	const destination = `"line_items": [{"title": "Lamp", "destination_location": {"name": "Al", "country_code": "US", "province_code": "TX"}}]`
	if got := bomPeople(shopOrder(t, destination).Lines[0].Parties); !slices.Equal(got, []string{"ship_to Al, US, TX"}) {
		t.Errorf("a line's destination: %q", got)
	}
	if got := bomPeople(shopOrder(t, destination+`, "shipping_address": {"company": "Mint", "country_code": "US"}`).Lines[0].Parties); !slices.Equal(got, []string{"end_user Al, US, TX"}) {
		t.Errorf("a line's destination hides who gets the order: %q", got)
	}
}

func TestLineNumbersAreJudged(t *testing.T) {
	o := shopOrder(t, `"line_items": [{"title": "Lamp", "external_id": "LMP*4-N4", "vendor_id": "Maker", "product_id": "8A1F6E52-1111-4222-8333-944455566677",
		"variant_id": 44, "token": "abc", "vendor_url": "https://www.maker.example/lamp", "image": {"src": "/img/lamp.png"}, "barcode": "4006381333931",
		"endCustomer": {"name": "Mint", "countryCode": "CA"}}]`)
	if got := o.Lines[0].Texts; !slices.Equal(got, []string{"LMP*4-N4", "Maker", "maker.example", "Mint", "CA"}) {
		t.Errorf("texts %q", got)
	}
	if got := bomPeople(o.Lines[0].Parties); o.Lines[0].GTIN != "4006381333931" || !slices.Equal(got, []string{"end_user Mint, CA"}) {
		t.Errorf("GTIN %q, parties %q", o.Lines[0].GTIN, got)
	}
}

// A list of nothing is nothing to judge.
func TestEmptyLists(t *testing.T) {
	for _, document := range []string{
		`{"order": {"name": "#1", "financial_status": "paid", "line_items": [], "billing_address": {"company": "Mint", "country_code": "US"}}}`,
		`{"id": 1, "status_id": 11, "billing_address": {"company": "Mint", "country_iso2": "US"}, "products": []}`,
		`{"number": "1", "billing": {"company": "Mint", "country": "US"}, "line_items": []}`,
		`{"purchaseOrderNumber": "P", "orderDetails": {"buyingParty": {"partyId": "A"}, "items": []}}`,
		`{"host": "h", "owner": "Mint", "programs": []}`,
		`{"Sources": [{"Packages": [], "SourceDetails": {"Name": "winget"}}], "Owner": "Mint"}`,
	} {
		doc, err := readerFor(t).Decode(t.Context(), []byte(document), Hints{})
		if err != nil || len(doc.Orders[0].Problems) != 1 || doc.Orders[0].Problems[0].Pointer != "/lines" {
			t.Errorf("%s: %v, %+v", document, err, doc)
		}
	}
	if o := shopOrder(t, `"line_items": [], "cancelled_at": "2024-05-21T10:00:00-04:00", "billing_address": {"company": "Mint"}`); len(o.Problems) > 0 {
		t.Errorf("a cancelled order: %v", o.Problems)
	}
}

// The owner of a host is read wherever an inventory says it, and the domains that tell it.
func TestOsqueryOwners(t *testing.T) {
	const row = `{"name": "a", "version": "1", "publisher": "b"}`
	for around, want := range map[string]string{
		`"host": "h", "agency": "Mint"`:                                                                  "end_user Mint",
		`"host": "h", "owner": "Lake", "organization": "Mint", "country": "US"`:                          "end_user Lake, US|end_user Mint, US",
		`"host": "h", "owner": ["Lake", "Mint"]`:                                                         "end_user Lake|end_user Mint",
		`"host": "h", "owner": {"name": "Lake", "department": "Mint", "country": "CA"}, "country": "US"`: "end_user Lake, CA|end_user Mint, CA",
		`"host": {"hostname": "h", "owner": "Mint"}`:                                                     "end_user Mint",
		`"hostIdentifier": "h", "decorations": {"owner": "Mint", "username": "jo"}`:                      "end_user Mint",
		`"host": "ws17.lab.mint.example"`:                                                                "end_user , domain ws17.lab.mint.example",
		`"host": "ws17.mint.example", "owner": "Mint"`:                                                   "end_user Mint, domain ws17.mint.example",
		`"host": "h", "owner_email": "jo@mint.example"`:                                                  "end_user , domain mint.example",
		`"host": "h", "owner": "Lake", "domain": "mint.example"`:                                         "end_user Lake, domain mint.example",
		`"host": "h", "owner": null, "country": "US"`:                                                    "end_user , US",
		`"host": "10.0.0.7"`: "",
		`"host": "h"`:        "",
	} {
		for format, document := range map[string]string{
			"osquery": `{` + around + `, "programs": [` + row + `]}`,
			"winget":  `{"Sources": [{"Packages": [{"PackageIdentifier": "A.B"}]}], ` + around + `}`,
		} {
			o := bomOrder(t, format, document)
			if got := strings.Join(bomPeople(o.Parties), "|"); got != want {
				t.Errorf("%s %s: %q, want %q", format, around, got, want)
			}
			if slices.Contains(o.Texts, "jo") && format == "osquery" {
				t.Errorf("a user's name left")
			}
		}
	}
	o := bomOrder(t, "winget", `{"Sources": [{"Packages": [{"Version": "1.0"}]}]}`)
	if l := o.Lines[0]; l.Description+l.SKU+strings.Join(l.Texts, "") != "" {
		t.Errorf("a version of nothing says something: %+v", l)
	}
}
