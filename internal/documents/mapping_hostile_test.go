package documents

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestMappedContactsStayInside: addresses of people, numbers and secrets do not leave the parser.
func TestMappedContactsStayInside(t *testing.T) {
	document := `{"order": {"name": "#1", "financial_status": "paid", "email": "a.b@firm.example", "phone": "555-555-CALL", "checkout_token": "tok-en", "note": "Ask c.d@firm.example, Tel: +1 (770) 555-0199",
		"note_attributes": [{"name": "E-mail", "value": "e.f@firm.example"}, {"name": "Contact", "value": "g.h@firm.example"}, {"name": "api token", "value": "se-cret"}],
		"billing_address": {"name": "Al", "phone": "555-555-BILL", "country_code": "US"}, "extra": {"password": {"value": "hun-ter"}, "who": "i.j@firm.example"},
		"line_items": [{"title": "Lamp for k.l@firm.example", "sku": "m.n@firm.example", "vendor_email": "x@y.example", "properties": [{"name": "Mobile", "value": "0171 555-CELL"}, {"name": "To", "value": "o.p@firm.example"}]}]}}`
	got := mappingDescribeDocument(mappingReader(t, nil), []byte(document), true)
	for _, secret := range []string{"a.b", "c.d", "e.f", "g.h", "i.j", "k.l", "o.p", "555", "tok-en", "se-cret", "hun-ter", "x@y"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q left the parser:\n%s", secret, got)
		}
	}
	if !strings.Contains(got, "domain=firm.example") {
		t.Errorf("the domain is lost:\n%s", got)
	}
}

// TestMappedHostile reads documents that are long in every direction. A loop over what a stranger controls that grows with
// its square would keep this test for minutes.
func TestMappedHostile(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	order := func(fields string) string {
		return `{"financial_status": "paid", "name": "#1", ` + fields + `}`
	}
	r := mappingReader(t, nil)
	for name, text := range map[string]string{
		"texts of an order":    order(`"line_items": [], "x": [` + many(20_000, `"text %d"`) + `]`),
		"texts of a line":      order(`"line_items": [{"x": [` + many(20_000, `"text %d"`) + `]}]`),
		"twins of a field":     order(`"line_items": [{` + many(20_000, `"sku": "KL%d"`) + `}]`),
		"twins of a name":      order(`"line_items": [], "billing_address": {` + many(20_000, `"company": "Firm %d"`) + `}`),
		"twins of an address":  order(`"line_items": [], ` + many(20_000, `"billing_address": {"city": "X%d"}`)),
		"twins of a contact":   order(`"line_items": [], "customer": {"first_name": "A", ` + many(20_000, `"email": "a@b%d.example"`) + `}`),
		"twins of a note":      order(`"line_items": [], ` + many(20_000, `"note": "note %d"`)),
		"twins of a reference": order(`"line_items": [], ` + many(20_000, `"po_number": "PO %d"`)),
		"twins of a date":      order(`"line_items": [], ` + many(20_000, `"created_at": "day %d"`)),
		"names and values":     order(`"line_items": [], "note_attributes": [` + many(20_000, `{"name": "n", "value": "v%d"}`) + `]`),
		"names of one value":   order(`"line_items": [], "note_attributes": [{` + many(20_000, `"name": "n%d", "value": "v"`) + `}]`),
		"nested":               order(`"line_items": [], "x": ` + strings.Repeat("[", 60) + `"deep"` + strings.Repeat("]", 60)),
		"around":               `{"order": ` + order(`"line_items": []`) + `, "x": [` + many(20_000, `"text %d"`) + `]}`,
		"columns of a row":     `{"programs": [{"version": "1", ` + many(20_000, `"name": "Program %d"`) + `}]}`,
		"packages' names":      `{"Sources": [{"Packages": [{` + many(20_000, `"Id": "Vendor.Product%d"`) + `}]}]}`,
		"an owner's names":     `{"host": "h", "programs": [], ` + many(20_000, `"owner": "Firm %d"`) + `}`,
	} {
		document, err := r.Decode(context.Background(), []byte(text), Hints{})
		if err != nil || len(document.Orders) != 1 {
			t.Errorf("%s: %v, %d orders", name, err, len(document.Orders))
			continue
		}
		o := &document.Orders[0]
		if len(o.Texts) > maxMappedTexts+1 || len(o.Problems) > 100 || len(o.Parties) > 2*maxMappedParties {
			t.Errorf("%s: %d texts, %d problems, %d parties", name, len(o.Texts), len(o.Problems), len(o.Parties))
		}
	}
	for name, text := range map[string]string{
		"orders": "[" + many(6_000, `{"line_items": [], "order_number": %d}`) + "]",
		"lines":  order(`"line_items": [` + many(6_000, `{"title": "%d"}`) + `]`),
	} {
		_, err := r.Decode(context.Background(), []byte(text), Hints{})
		if got := (*Error)(nil); !errors.As(err, &got) || got.Kind != TooLarge {
			t.Errorf("%s: %v, want too large", name, err)
		}
	}
}

// TestMappedTextsAreNotLost: a hundred texts have their own place, and what follows is one text.
func TestMappedTextsAreNotLost(t *testing.T) {
	var words strings.Builder
	for i := range 150 {
		fmt.Fprintf(&words, `"w%dx": "word%dx",`, i, i)
	}
	text := `{"financial_status": "paid", "order_number": 1, "line_items": [{` + words.String() + `"title": "Lamp"}], "y": {` + words.String() + `"z": "last"}}`
	document, err := mappingReader(t, nil).Decode(context.Background(), []byte(text), Hints{})
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Join(document.Orders[0].Lines[0].Texts, "\n") + "\n"
	for i := range 150 {
		if !strings.Contains(line, fmt.Sprintf("word%dx\n", i)) {
			t.Errorf("word%d is lost", i)
		}
	}
	if !reflect.DeepEqual(document.Orders[0].Texts, []string{"last"}) {
		t.Errorf("texts %q: what a line says is said again", document.Orders[0].Texts)
	}
}

func TestMappedOrdersAreCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := mappingReader(t, nil)
	for _, text := range []string{`{"financial_status": "paid", "line_items": []}`, `[{"name": "a", "version": "1"}]`, `{"Sources": [{"Packages": [{"Id": "A.B"}]}]}`} {
		if _, err := r.Decode(ctx, []byte(text), Hints{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func mappingFuzz(f *testing.F, seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	r := mappingReader(f, nil)
	f.Fuzz(func(t *testing.T, text string) {
		first, err := r.Decode(context.Background(), []byte(text), Hints{})
		if refused := (*Error)(nil); err != nil && !errors.As(err, &refused) {
			t.Fatalf("a fault that tells nobody what to do: %v", err)
		}
		if err != nil {
			return
		}
		for i := range first.Orders {
			seen := map[string]bool{}
			for _, field := range first.Orders[i].Fields {
				if seen[string(field.Pointer)] {
					t.Fatalf("%s stands twice", field.Pointer)
				}
				seen[string(field.Pointer)] = true
			}
		}
		again, err := r.Decode(context.Background(), []byte(text), Hints{})
		if err != nil || !reflect.DeepEqual(first, again) {
			t.Fatalf("read again it is something else: %v", err)
		}
	})
}

func FuzzReadMapping(f *testing.F) {
	mappingFuzz(f,
		`{"order": {"name": "#1", "created_at": "2024-09-28T23:30:00-04:00", "financial_status": "paid", "line_items": [{"title": "Lamp", "SKU": 1, "sku": "2", "properties": [{"name": "a", "value": {"b": "c"}}]}], "billing_address": {"country_code": "US"}}}`,
		`{"data": [{"number": "1", "status": "cancelled", "date_created": "2024-09-29T06:00:00", "date_created_gmt": "2024-09-29T04:00:00", "billing": {"company": "A &amp; B"}, "line_items": [{"name": "<b>x</b>", "quantity": -1}]}]}`,
		`{"id": 1, "date_created": "Tue, 5 Mar 2019 21:40:11 +0000", "status_id": 5, "billing_address": {}, "products": {"url": "x"}}`,
		`{"payload": {"orders": [{"purchaseOrderNumber": "P", "orderDetails": {"shipWindow": "a--b", "items": [{"orderedQuantity": {"amount": 0}}]}}]}}`,
		`{"scope": "a", "data": {"id": 1}}`, `[{"line_items": null, "billing": 1}, 2]`, `{"line_items": ["x", []], "order_number": 1, "order_number": 1}`,
	)
}

func FuzzReadOsquery(f *testing.F) {
	mappingFuzz(f,
		`{"host": "h", "owner": {"name": "o"}, "country": "??", "collected": 1, "programs": [{"name": "a", "version": 1, "publisher": "b"}, 1]}`,
		`{"name": "n", "action": "added", "columns": {"name": "a", "install_date": "x"}}`, `[{"name": "a", "version": ""}]`,
		`{"Sources": [{"Packages": [{"PackageIdentifier": "A.BcD", "Id": "x"}, null]}, 5], "CreationDate": "x"}`,
	)
}
