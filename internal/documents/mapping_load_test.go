package documents

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const mappingMinimal = `id: tiny
name: Tiny order
known_by: {has: [rows]}
lines: {at: rows.*}
`

func TestMappingFaults(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":             {mappingMinimal + "colour: red", "a.yaml:5: there is no key colour here"},
		"unknown field of a line": {strings.Replace(mappingMinimal, "rows.*}", "rows.*, price: cost}", 1), "a.yaml:4: there is no key price here"},
		"unknown field of orders": {mappingMinimal + "order: {ordered_on: date}", "a.yaml:5: there is no key ordered_on here"},
		"key twice":               {mappingMinimal + "name: Other", `a.yaml:5: mapping key "name" already defined at line 2`},
		"brackets":                {mappingMinimal + "order:\n  text: items[].note", `a.yaml:6: the path "items[].note" has brackets: write .* for the items of a list`},
		"empty key":               {mappingMinimal + "order: {text: a..b}", `a.yaml:5: the path "a..b" has an empty key: want keys with dots between`},
		"blank behind":            {mappingMinimal + "order: {text: 'a.b '}", `a.yaml:5: the path "a.b " has an empty key: want keys with dots between`},
		"star in a key":           {mappingMinimal + "order: {text: a*.b}", `a.yaml:5: the path "a*.b" has a star within a key: it stands alone, for each item`},
		"path of another shape":   {mappingMinimal + "order: {text: {a: b}}", "a.yaml:5: want a path such as buyer.name, or a list of paths"},
		"unknown reading":         {mappingMinimal + "order: {ordered_at: a as local}", `a.yaml:5: "local" is no way to read a date: want utc, unix or window`},
		"no date":                 {mappingMinimal + "order: {reference: a as utc}", "a.yaml:5: only dates are read as utc"},
		"joined places":           {mappingMinimal + "orders: [a + b]", "a.yaml:5: paths cannot be joined with + here"},
		"unknown role":            {mappingMinimal + "parties: [{role: owner, name: n}]", `a.yaml:5: there is no role "owner": want one of [seller manufacturer buyer bill_to ship_to end_user payee intermediary]`},
		"no role":                 {mappingMinimal + "parties:\n  - name: n", "a.yaml:6: parties: role: want one of [seller manufacturer buyer bill_to ship_to end_user payee intermediary]"},
		"is without when":         {mappingMinimal + "parties:\n  - {role: buyer, name: n, is: [x]}", "a.yaml:6: parties: is says nothing without when"},
		"beside on an order":      {mappingMinimal + "parties:\n  - {role: buyer, name: n, beside: end_user}", "a.yaml:6: parties: beside says something of a line's parties only"},
		"unknown document":        {mappingMinimal + "document: [{kind: offer}]", `a.yaml:5: there is no document "offer": want one of [order return cancel inventory bom]`},
		"condition of nothing":    {mappingMinimal + "document:\n  - {kind: cancel, not_before: x}", "a.yaml:6: document: is and not_before say nothing without when"},
		"half a pair":             {mappingMinimal + "pairs:\n  - {at: x.*, name: n}", "a.yaml:6: pairs: want at, and name and value together or neither"},
		"all ignored":             {mappingMinimal + "ignore: ['*']", `a.yaml:5: want a key to ignore, not "*"`},
		"bad glob":                {mappingMinimal + "ignore: ['[a']", `a.yaml:5: want a key to ignore, not "[a"`},
		"known by items":          {strings.Replace(mappingMinimal, "[rows]", "[rows.*]", 1), `a.yaml:3: "rows.*" is no key by which an object is known`},
		"refusal without words":   {mappingMinimal + "refuse: [{has: [event]}]", "a.yaml:1: refuse: want has and because"},
		"nothing":                 {"id: x y", "a.yaml:1: id: want a word of small letters, digits and dashes, not \"x y\"\na.yaml:1: name: want what a person calls these orders\na.yaml:1: known_by: has: want the keys that every order has, else this mapping would take any document\na.yaml:1: lines: at: want where the lines of an order stand"},
		"an id of the program":    {strings.Replace(mappingMinimal, "tiny", "winget", 1), `a.yaml:1: id: "winget" is taken by the program`},
		"no YAML":                 {"id: [", "a.yaml:2: did not find expected node content"},
		"several faults":          {mappingMinimal + "order:\n  text: a..b\n  contract: c[0]\nx: y", "a.yaml:6: the path \"a..b\" has an empty key: want keys with dots between\na.yaml:7: the path \"c[0]\" has brackets: write .* for the items of a list\na.yaml:8: there is no key x here"},
	} {
		_, _, err := mappedFormats(fstest.MapFS{"a.yaml": {Data: []byte(c.text)}})
		if err == nil {
			t.Errorf("%s: was loaded", name)
			continue
		}
		_, faults, _ := strings.Cut(err.Error(), "fault(s):\n")
		if faults != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, faults, c.want)
		}
	}
}

func TestMappingFolder(t *testing.T) {
	tiny := &fstest.MapFile{Data: []byte(mappingMinimal)}
	_, _, err := mappedFormats(fstest.MapFS{"a.yaml": tiny, "b.yaml": tiny, "c.yml": tiny, "README.md": tiny, "shopify.yaml": {Data: []byte(strings.Replace(mappingMinimal, "tiny", "shopify", 1))}})
	if err == nil {
		t.Fatal("ids that are taken were loaded")
	}
	for _, want := range []string{`b.yaml:1: id: "tiny" is taken by a.yaml`, "c.yml: is not read: a mapping file ends in .yaml", `shopify.yaml:1: id: "shopify" is taken by shopify.yaml`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %q", err, want)
		}
	}
	_, formats, err := mappedFormats(nil)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range formats {
		ids = append(ids, f.id)
	}
	for _, want := range []string{"shopify", "woocommerce", "bigcommerce", "amazon-vendor"} {
		if !slices.Contains(ids, want) {
			t.Errorf("%v lacks %s", ids, want)
		}
	}
	if slices.Index(ids, "shopify") > slices.Index(ids, "shopify-refund") {
		t.Errorf("%v: an order may hold refunds, so orders are tried first", ids)
	}
}

// TestDocumentedMapping loads the example of the documentation and reads an order with it: it holds each thing that the
// language knows.
func TestDocumentedMapping(t *testing.T) {
	source, err := os.ReadFile("mapping.go")
	if err != nil {
		t.Fatal(err)
	}
	var example strings.Builder
	for line := range strings.Lines(string(source)) {
		if inside, ok := strings.CutPrefix(line, "//\t"); ok {
			example.WriteString(inside)
		}
	}
	r := mappingReader(t, fstest.MapFS{"shop.yaml": {Data: []byte(example.String())}})
	document := `{"data": {"orders": [{"number": "A-1", "created_gmt": "2024-09-29 04:00:00", "created": "2024-09-29 06:00:00", "shipments": [{"sent_at": "2024-10-01T00:00:00Z"}, {"sent_at": "2024-10-03T00:00:00Z"}], "currency": "eur",
		"cancelled_at": false, "type": "RMA", "note": "N &amp; M", "remark": "for the clinic", "gateway": "visa", "ship_status": "late", "extras": [{"label": "Seats", "content": 5}],
		"buyer": {"firm": "Blau AG", "first": "Uli", "last": "Rot", "street": "Weg 1", "city": "Bern", "iso": "CH", "land": "Switzerland", "mail": "u@blau.example", "vat_number": "CHE-1", "contract": "K-77"},
		"partners": [{"kind": "user", "name": "Praxis Rot"}, {"kind": "printer", "name": "Druck"}], "account": {"name": "Konto 5"},
		"basket": [{"pos": 1, "code": "X-1", "article": "ART9", "title": "Stuhl", "subtitle": "blau", "count": 2, "price": {"net": "10,50"}}, {"title": "Tisch", "hidden": "oak", "goes_to": {"name": "Lager"}}]}]}}`
	want := `corner-shop
order "A-1" return ordered 2024-09-29T04:00:00Z fulfil 2024-10-03T00:00:00Z EUR contract K-77
  buyer "Blau AG" aka "Uli Rot" at "Weg 1, Bern" CH vat=CHE-1 domain=blau.example
  end_user "Praxis Rot"
  buyer "Konto 5"
  line id=1 sku=X-1 description=Stuhl quantity=2 unit_price=10.50
    text "ART9"
    text "blau"
  line description=Tisch
    end_user "Lager"
    text "oak"
  text "N &amp; M"
  text "for the clinic"
  text "Seats: 5"
  text "printer"
  text "Druck"
`
	if got := mappingDescribeDocument(r, []byte(document), false); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := mappingDescribeDocument(r, []byte(`{"event": "order.paid", "order_id": 5}`), false); got != "error This is a notice. Fetch the order and send that.\n" {
		t.Errorf("a notice: %s", got)
	}
	if got := mappingDescribeDocument(r, []byte(`{"order": {"basket": {"link": "/x"}, "customer": {}}}`), false); !strings.Contains(got, "/lines from /order/basket: Send the basket too.") {
		t.Errorf("an order without its lines: %s", got)
	}
}

// TestMappingOfACaller takes documents before the built-in mappings do.
func TestMappingOfACaller(t *testing.T) {
	mine := `{id: mine, name: My order, known_by: {has: [line_items]}, orders: [order], lines: {at: 'line_items.*', service_start: starts as unix, service_end: 'ends\.at', parties: [{role: end_user, at: for}], pairs: [{at: fields}]}, order: {ordered_at: made}}`
	r := mappingReader(t, fstest.MapFS{"mine.yaml": {Data: []byte(mine)}})
	document := `{"order": {"financial_status": "paid", "made": "9/28/2024", "line_items": [{"starts": 1727784000000, "ends.at": "2025-10-01", "for": "Stadt Ulm", "fields": {"Edition": "Plus", "Trial": false, "Phone": "0731 55555"}}]}}`
	want := `mine
order "" order ordered 9/28/2024
  line from=2024-10-01T12:00:00Z to=2025-10-01
    end_user "Stadt Ulm"
    text "Edition: Plus"
  text "paid"
`
	if got := mappingDescribeDocument(r, []byte(document), false); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestCanonicalOrdersAreNotMapped: interdict's own orders are read by the API and no mapping.
func TestCanonicalOrdersAreNotMapped(t *testing.T) {
	greedy := `{id: greedy, name: Any order, known_by: {has: [lines]}, lines: {at: 'lines.*'}}`
	r := mappingReader(t, fstest.MapFS{"greedy.yaml": {Data: []byte(greedy)}})
	own := `{"reference": "PO-1", "ordered_at": "2024-10-02", "parties": [{"role": "buyer", "name": "Firm", "country": "US"}], "lines": [{"sku": "A", "description": "Lamp", "quantity": "1"}], "texts": ["x"]}`
	for _, text := range []string{own, "[" + own + "]"} {
		if id := takenBy(r, text, Hints{}); id != "" {
			t.Errorf("%s takes %s", id, text)
		}
	}
	if id := takenBy(r, `{"lines": [], "shop": "x"}`, Hints{}); id != "greedy" {
		t.Errorf("an order with another key was taken by %q", id)
	}
}

func TestMappingByHint(t *testing.T) {
	r := mappingReader(t, nil)
	for text, want := range map[string]string{
		`{"a": 1}`: "This is no Shopify order", `<a/>`: "not a JSON document", `{"a": `: "not valid JSON", `{"line_items": [], "financial_status": "paid"}`: "",
	} {
		_, err := r.Decode(context.Background(), []byte(text), Hints{Format: "shopify"})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
