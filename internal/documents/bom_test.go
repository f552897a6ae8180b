package documents

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// bomOrder reads a document that holds one order, in the format that is expected.
func bomOrder(t *testing.T, format, document string) screening.Order {
	t.Helper()
	doc, err := readerFor(t).Decode(t.Context(), []byte(document), Hints{})
	if err != nil {
		t.Fatalf("%v in %.200s", err, document)
	}
	if doc.Format != format || len(doc.Orders) != 1 {
		t.Fatalf("format %s, %d orders", doc.Format, len(doc.Orders))
	}
	return doc.Orders[0]
}

// bomSources checks where values stood.
func bomSources(t *testing.T, o *screening.Order, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, f := range o.Fields {
		got[string(f.Pointer)] = f.Source
	}
	for pointer, source := range want {
		if got[pointer] != source {
			t.Errorf("%s stood at %q, want %q", pointer, got[pointer], source)
		}
	}
}

// bomDescriptions are the descriptions of all lines, and the makers where they are said.
func bomDescriptions(o *screening.Order) []string {
	var out []string
	for _, l := range o.Lines {
		d := l.Description
		if l.Manufacturer != "" {
			d += " by " + l.Manufacturer
		}
		out = append(out, d)
	}
	return out
}

// bomPeople are the parties with their roles, countries and identifiers.
func bomPeople(parties []screening.Party) []string {
	var out []string
	for _, p := range parties {
		s := string(p.Role) + " " + p.Name
		for _, more := range []string{p.Country, p.State, p.Address, strings.Join(p.Aliases, "/")} {
			if more != "" {
				s += ", " + more
			}
		}
		for _, id := range p.Identifiers {
			s += ", " + id.Type + " " + id.Value
		}
		out = append(out, s)
	}
	return out
}

func bomCodes(problems []screening.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, p.Code+" "+p.Source)
	}
	return out
}

func bomEqual(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// bomRefused checks that a document is refused, how, and with which words.
func bomRefused(t *testing.T, name, document string, h Hints, kind Kind, words string) {
	t.Helper()
	_, err := readerFor(t).Decode(t.Context(), []byte(document), h)
	var refused *Error
	if !errors.As(err, &refused) || refused.Kind != kind || !strings.Contains(refused.Error(), words) {
		t.Errorf("%s: %v, want kind %d with %q", name, err, kind, words)
	}
}

// bomFuzz is what holds for every document, whatever it is.
func bomFuzz(t *testing.T, r *Reader, document []byte) {
	first, err := r.Decode(context.Background(), document, Hints{})
	if err != nil {
		var refused *Error
		if !errors.As(err, &refused) {
			t.Fatalf("an error that is none of the document: %v", err)
		}
		return
	}
	second, err := r.Decode(context.Background(), document, Hints{})
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Fatalf("read twice, it is not the same: %v", err)
	}
	for _, o := range first.Orders {
		seen := map[screening.Pointer]bool{}
		for _, f := range o.Fields {
			if seen[f.Pointer] {
				t.Fatalf("%s was filled twice", f.Pointer)
			}
			seen[f.Pointer] = true
		}
		if len(o.Lines) == 0 {
			t.Fatal("an order of no line: a list of nothing is no clear")
		}
	}
}

// bomSeeds gives documents to a fuzzer.
func bomSeeds(f *testing.F, documents ...string) {
	f.Helper()
	for _, d := range documents {
		f.Add([]byte(d))
	}
}

func TestBOMPurpose(t *testing.T) {
	for _, c := range []struct {
		name, value     string
		inventory, sale bool
	}{
		{"purpose", "software inventory, no sale", true, false},
		{"bom:type", "Hardware inventory of the host", true, false},
		{"documentKind", "inventory", true, false},
		{"cdx:inventory", "true", true, false},
		{"warehouse:inventory", "40", false, false},
		{"purpose", "inventory of stock", false, true},
		{"purpose", "inventory for resale", false, true},
		{"purpose", "not for sale", false, false},
		{"purpose", "uninstall before the inventory", false, false},
		{"note", "software inventory", false, false},
		{"", "inventory", false, false},
	} {
		p := bomProperty{name: c.name, said: c.value}
		if inventory, sale := p.purpose(); inventory != c.inventory || sale != c.sale {
			t.Errorf("%s: %s: inventory %v, sale %v", c.name, c.value, inventory, sale)
		}
	}
}

func TestBOMOwnerField(t *testing.T) {
	for name, want := range map[string]string{
		"owner": "name", "owner:country": "country", "asset.owner_country": "country", "deviceOwnerName": "name",
		"host/owner/state": "state", "owner:email": "email", "owner:favourite-colour": "", "product:owner": "",
		"internal.application.owners.technical": "", "": "", "co-owner": "",
	} {
		if got := (bomProperty{name: name, said: "x"}).ownerField(); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestBOMTidy(t *testing.T) {
	for in, want := range map[string]string{
		"NOASSERTION": "", "NONE": "", "urn:cdx:3e67/1#db": "", "Jo <jo.doe@dealer.example>": "Jo <dealer.example>",
		"pkg:maven/org.guard/scan-sdk@4.1.0.Final": "pkg:maven/org.guard/scan-sdk 4.1.0.Final", "@scope/pkg": "@scope/pkg",
	} {
		if got := bomTidy(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// A document of very many texts is read in time and loses none.
func TestBOMManyTexts(t *testing.T) {
	var properties []string
	for i := range 2 * bomMaxTexts {
		properties = append(properties, `{"name":"p","value":"value `+strings.Repeat("i", i+1)+`"}`)
	}
	o := bomOrder(t, "cyclonedx", `{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"name":"a","properties":[`+strings.Join(properties, ",")+`]}]}`)
	texts := o.Lines[0].Texts
	if len(texts) != bomMaxTexts+1 || !strings.HasSuffix(texts[bomMaxTexts], strings.Repeat("i", 2*bomMaxTexts)) {
		t.Errorf("%d texts", len(texts))
	}
}
