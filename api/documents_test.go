package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/screening"
)

const shopOrder = `{"order":{"name":"#1","created_at":"2024-10-02T11:20:05-04:00","billing_address":{"company":"Juniper Books LLC","country_code":"US"},
 "line_items":[{"sku":"K-1","title":"Kaspersky Standard 3 devices","quantity":1}]}}`

const tableOrders = "Order,Date,Buyer,Buyer Country,SKU,Description\nA-1,2024-11-04,Contoso LLC,US,P2422H,24in monitor\nA-2,2024-11-05,Contoso LLC,US,KL4867XATFS,Endpoint Security\n"

func TestDocuments(t *testing.T) {
	srv := start(t, nil)
	for name, c := range map[string]struct {
		query, media, body string
		want               string // decisions of the orders, in their order
	}{
		"a table":                           {"", "text/csv", tableOrders, "clear block"},
		"a table under a wrong type":        {"", "text/plain", tableOrders, "clear block"},
		"a shop's JSON":                     {"", "application/vnd.shop+json", shopOrder, "block"},
		"a format that is named":            {"?format=csv", "text/csv", tableOrders, "clear block"},
		"a document whose seller is given":  {"?seller_country=DE", "application/vnd.shop+json", strings.ReplaceAll(shopOrder, `"US"`, `"AT"`), "clear"},
		"XML under a byte order mark":       {"", "text/xml", "\ufeff" + smallUBL, "clear"},
		"EDI":                               {"", "application/edi-x12", smallX12, "block"},
		"a document that does not add up":   {"", "application/edi-x12", strings.Replace(smallX12, "CTT*1~", "CTT*2~", 1), "block"},
		"an innocent one that does not":     {"", "application/edi-x12", strings.NewReplacer("CTT*1~", "CTT*2~", "KL4867DA", "CBL-2", "KASPERSKY ENDPOINT", "PATCH CABLE").Replace(smallX12), "review"},
		"an empty shop's order is no clear": {"", "application/vnd.shop+json", `{"id":1,"line_items":[],"order_number":7,"financial_status":"paid"}`, "review"},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, answer := post(t, srv, "/v1/screen/order"+c.query, c.media, c.body)
			var got struct {
				Verdicts []struct{ Decision string }
			}
			if err := json.Unmarshal(answer, &got); status != http.StatusOK || err != nil {
				t.Fatalf("%d %s", status, answer)
			}
			var decisions []string
			for _, v := range got.Verdicts {
				decisions = append(decisions, v.Decision)
			}
			if strings.Join(decisions, " ") != c.want {
				t.Errorf("got %v, want %s: %s", decisions, c.want, answer)
			}
		})
	}
}

const smallUBL = `<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>O-1</cbc:ID><cbc:IssueDate>2025-02-03</cbc:IssueDate>
 <cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:Quantity>5</cbc:Quantity><cac:Item><cbc:Name>USB-C dock</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine></Order>`

const smallX12 = `ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *241004*1015*U*00401*000000007*0*P*>~GS*PO*BUYER*SELLER*20241004*1015*7*X*004010~ST*850*0007~BEG*00*NE*PO-1**20241004~N1*BY*Delta Parts Co~N4*Akron*OH*44301*US~PO1*1*25*EA*31.5**VP*KL4867DA~PID*F****KASPERSKY ENDPOINT SECURITY~CTT*1~SE*8*0007~GE*1*7~IEA*1*000000007~`

func TestDocumentsRefused(t *testing.T) {
	srv := start(t, nil)
	for name, c := range map[string]struct {
		path, media, body string
		status            int
		detail            string
	}{
		"declared entities":          {"order", "text/xml", `<!DOCTYPE o [<!ENTITY k "Kaspersky">]><o>&k;</o>`, 422, "declares entities"},
		"XML that is cut":            {"order", "text/xml", `<Order><a>`, 400, "ends before"},
		"XML that is no order":       {"order", "text/xml", `<html/>`, 415, "no order that is read here"},
		"a known format not read":    {"order", "application/octet-stream", "STX=ANA:1+x'", 415, "TRADACOMS"},
		"an old workbook":            {"order", "application/vnd.ms-excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415, ".xlsx"},
		"nothing known":              {"order", "text/plain", "dear sirs, please send us two chairs", 415, "no format"},
		"an unknown format by name":  {"order?format=klingon", "text/plain", tableOrders, 415, "klingon"},
		"another format by name":     {"order?format=x12", "text/plain", tableOrders, 400, ""},
		"only orders are documents":  {"vendor", "text/csv", tableOrders, 415, "no format"},
		"a format for a vendor call": {"vendor?format=csv", "application/json", acme, 400, ""},
		"a known shop's JSON":        {"order", "application/json", `{"tranId":"SO-1","item":{"items":[]}}`, 415, "NetSuite"},
		"a notice of a shop":         {"order", "application/json", `{"scope":"store/order/created","data":{"type":"order","id":7}}`, 415, "BigCommerce"},
		"JSON that is cut":           {"order", "application/json", `{"lines":[`, 400, "not valid JSON"},
		"JSON of nobody":             {"order", "application/json", `{"what":"is this"}`, 400, "does not know"},
	} {
		t.Run(name, func(t *testing.T) {
			status, media, answer := post(t, srv, "/v1/screen/"+c.path, c.media, c.body)
			if status != c.status || media != "application/problem+json" || !strings.Contains(string(answer), c.detail) {
				t.Errorf("got %d %s, want %d %s", status, answer, c.status, c.detail)
			}
		})
	}
}

// The type that most clients send with JSON is no obstacle; the canonical order stays what it was.
func TestDocumentAsJSON(t *testing.T) {
	res, body := call(t, start(t, nil), "POST", "/v1/screen/order", shopOrder)
	if res.status != http.StatusOK || !strings.Contains(body, `{"verdicts":[{`) {
		t.Errorf("a shop's order as application/json: %d %.200s", res.status, body)
	}
}

// A caller's own mapping is tried before anything is refused by name.
func TestOwnMapping(t *testing.T) {
	srv := startOver(t, api.Config{Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"}, Mappings: fstest.MapFS{"netsuite.yaml": {Data: []byte(`id: netsuite
name: NetSuite sales order
orders: [.]
known_by: {has: [tranId, item]}
order: {reference: tranId, ordered_at: tranDate}
lines: {at: item.items.*, sku: itemid, description: description}
`)}}}, nil)
	const body = `{"tranId":"SO-1","tranDate":"2024-11-02","item":{"items":[{"itemid":"K","description":"Kaspersky Total Security"}]}}`
	status, _, answer := post(t, srv, "/v1/screen/order", "text/plain", body)
	if status != http.StatusOK || !strings.Contains(string(answer), `"decision":"block"`) {
		t.Errorf("%d %.300s", status, answer)
	}
	status, _, answer = post(t, start(t, nil), "/v1/screen/order", "text/plain", body)
	if status < 400 {
		t.Errorf("without the mapping: %d %.300s", status, answer)
	}
}
