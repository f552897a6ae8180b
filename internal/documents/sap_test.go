package documents

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// sapPlaceless is a reader that knows no country, for fuzzing: the catalogue takes long to load where it is instrumented.
func sapPlaceless(t testing.TB) *Reader {
	t.Helper()
	reader, err := NewReader(&screening.Places{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

func sapDecode(t *testing.T, text string) Document {
	t.Helper()
	document, err := readerFor(t).Decode(t.Context(), []byte(text), Hints{})
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// sapRefusal decodes what must not be read.
func sapRefusal(t *testing.T, text string) *Error {
	t.Helper()
	document, err := readerFor(t).Decode(t.Context(), []byte(text), Hints{})
	var refused *Error
	if !errors.As(err, &refused) {
		t.Fatalf("read %d orders, error %v; want a refusal", len(document.Orders), err)
	}
	return refused
}

// sapProblems are the codes and pointers of an order's problems.
func sapProblems(o *screening.Order) string {
	var out []string
	for _, p := range o.Problems {
		out = append(out, p.Code+" "+string(p.Pointer))
	}
	return strings.Join(out, ", ")
}

// sapParties writes parties as role, name, aliases, state, country and numbers.
func sapParties(parties []screening.Party) string {
	var out []string
	for i := range parties {
		p := &parties[i]
		names := strings.Join(append([]string{p.Name}, p.Aliases...), "/")
		numbers := ""
		for _, id := range p.Identifiers {
			numbers += " " + id.Type + ":" + id.Value
		}
		out = append(out, strings.Join(strings.Fields(string(p.Role)+" "+names+" "+p.State+" "+p.Country+numbers), " "))
	}
	return strings.Join(out, "; ")
}

func sapSource(o *screening.Order, pointer string) (string, string) {
	for _, f := range o.Fields {
		if string(f.Pointer) == pointer {
			return f.Source, f.Raw
		}
	}
	return "", ""
}

func sapEqual(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestSAPDate(t *testing.T) {
	for _, c := range []struct{ day, clock, want string }{
		{"20241120", "", "2024-11-20"},
		{"20241120", "000000", "2024-11-20"},
		{"20241120", "142808", "2024-11-20T14:28:08"},
		{"20241120", "996000", "2024-11-20"},
		{"00000000", "142808", ""},
		{"", "", ""},
		{"0000-00-00", "", ""},
		{"2024-11-20", "14:28:08", "2024-11-20T14:28:08"},
		{"2024-11-20Z", "", "2024-11-20"},
		{"2024-11-20+02:00", "", "2024-11-20"},
		{"2024-11-20T10:00:00Z", "142808", "2024-11-20T10:00:00Z"},
		{"20.11.2024", "", "20.11.2024"},
		{"99991231", "", "99991231"},
		{"soon", "", "soon"},
	} {
		d := sapDateOf(value{text: c.day}, value{text: c.clock})
		if d.canonical != c.want || d.bad != (c.want == "soon" || c.want == "99991231") {
			t.Errorf("%q %q: %q, bad %v, want %q", c.day, c.clock, d.canonical, d.bad, c.want)
		}
	}
}

func TestSAPUnitPrice(t *testing.T) {
	for _, c := range []struct{ price, basis, want string }{
		{"50", "1", "50"},
		{"250.00", "100", "2.5"},
		{"10", "3", "3.333333"},
		{"1200", "1000.000", "1.2"},
		{"7", "", "7"},
		{"7", "0", "7"},
		{"", "10", ""},
		{"500", "100", "5"},
		{"7", strings.Repeat("9", 50), ""},
		{"7", "-1", ""},
	} {
		if got := sapUnitPrice(c.price, c.basis); got != c.want {
			t.Errorf("%s per %s: %q, want %q", c.price, c.basis, got, c.want)
		}
	}
}

func TestSAPLimits(t *testing.T) {
	for name, text := range map[string]string{
		"header": idocOf("ORDERS", "<E1EDK05>"+strings.Repeat("<A/>", sapHeaderElements)+"</E1EDK05>"),
		"line":   idocOf("ORDERS", "<E1EDP01>"+strings.Repeat("<A/>", sapLineElements)+"</E1EDP01>"),
		"party":  idocOf("ORDERS", "<E1EDKA1>"+strings.Repeat("<A/>", sapPartyElements)+"</E1EDKA1>"),
		"item":   s4Of("<OrderItem>" + strings.Repeat("<A/>", sapLineElements) + "</OrderItem>"),
	} {
		if err := sapRefusal(t, text); err.Kind != TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSAPCancelled tells that reading stops when nobody waits for it.
func TestSAPCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, text := range []string{idocOf("ORDERS", "<E1EDP01><POSEX>1</POSEX></E1EDP01>"), s4Of("<OrderItem/>")} {
		if _, err := readerFor(t).Decode(ctx, []byte(text), Hints{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want the context's error", err)
		}
	}
}

// sapFuzz is what holds for any bytes that these readers are given.
func sapFuzz(t *testing.T, reader *Reader, text []byte, id string) {
	document, err := reader.Decode(t.Context(), text, Hints{Format: id})
	if err != nil {
		var refused *Error
		if !errors.As(err, &refused) || refused.Detail == "" {
			t.Fatalf("error without a reason: %v", err)
		}
		return
	}
	for i := range document.Orders {
		seen := map[screening.Pointer]bool{}
		for _, f := range document.Orders[i].Fields {
			if seen[f.Pointer] {
				t.Fatalf("order %d has two sources for %s", i, f.Pointer)
			}
			seen[f.Pointer] = true
			if f.Source == "" {
				t.Fatalf("order %d has no source for %s", i, f.Pointer)
			}
		}
	}
	again, err := reader.Decode(t.Context(), text, Hints{Format: id})
	if err != nil || !reflect.DeepEqual(document, again) {
		t.Fatalf("read twice, read differently: %v", err)
	}
}

func ExampleError_idoc() {
	reader, _ := NewReader(&screening.Places{}, nil) // cannot fail without mappings
	_, err := reader.Decode(context.Background(), []byte(idocOf("ORDRSP", "")), Hints{})
	fmt.Println(err)
	// Output: /ORDERS05/IDOC: This is an IDoc with the message ORDRSP, an order confirmation, which is not read here. Send the message ORDERS or ORDCHG, as XML.
}
