package documents

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/interdict/interdict/screening"
)

// mappingReader returns a reader with a caller's mapping files; none is nil.
func mappingReader(t testing.TB, mappings fs.FS) *Reader {
	t.Helper()
	r, err := NewReader(readerFor(t).places, mappings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMappedDocuments(t *testing.T) { mappingTestDocuments(t, "testdata/mapping/*.txtar") }

// mappingTestDocuments reads test documents. With UPDATE=1 it writes down what it read, to be looked at. A comment that
// begins with fields asks for the place of each value too.
func mappingTestDocuments(t *testing.T, pattern string) {
	t.Helper()
	r := mappingReader(t, nil)
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no test documents")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := mappingDescribeDocument(r, archive.Files[0].Data, strings.HasPrefix(string(archive.Comment), "fields"))
			if os.Getenv("UPDATE") == "1" {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func mappingDescribeDocument(r *Reader, text []byte, fields bool) string {
	document, err := r.Decode(context.Background(), text, Hints{})
	if err != nil {
		return fmt.Sprintf("error %v\n", err)
	}
	var b strings.Builder
	b.WriteString(document.Format + "\n")
	for i := range document.Orders {
		mappingDescribeOrder(&b, &document.Orders[i], fields)
	}
	return b.String()
}

func mappingDescribeOrder(b *strings.Builder, o *screening.Order, fields bool) {
	fmt.Fprintf(b, "order %q %s", o.Reference, o.Document)
	mappingDescribeFields(b, "ordered", o.OrderedAt, "fulfil", o.FulfilAt, "", o.Currency, "contract", o.Contract)
	mappingDescribeParties(b, "  ", o.Parties)
	for i := range o.Lines {
		l := &o.Lines[i]
		b.WriteString("  line")
		for _, f := range [][2]string{
			{"id", l.ID},
			{"sku", l.SKU},
			{"manufacturer", l.Manufacturer},
			{"part", l.ManufacturerPart},
			{"description", l.Description},
			{"gtin", l.GTIN},
			{"cpe", l.CPE},
			{"purl", l.PURL},
			{"quantity", l.Quantity},
			{"unit_price", l.UnitPrice},
			{"fulfil_at", l.FulfilAt},
			{"from", l.ServiceStart},
			{"to", l.ServiceEnd},
		} {
			if f[1] != "" {
				b.WriteString(" " + f[0] + "=" + f[1])
			}
		}
		b.WriteString("\n")
		mappingDescribeParties(b, "    ", l.Parties)
		for _, text := range l.Texts {
			fmt.Fprintf(b, "    text %q\n", text)
		}
	}
	for _, text := range o.Texts {
		fmt.Fprintf(b, "  text %q\n", text)
	}
	for _, p := range o.Problems {
		fmt.Fprintf(b, "  problem %s %s from %s: %s\n", p.Code, p.Pointer, p.Source, p.Detail)
	}
	for _, f := range o.Fields {
		if fields {
			fmt.Fprintf(b, "  %s from %s", f.Pointer, f.Source)
			mappingDescribeFields(b, "raw", f.Raw)
		}
	}
}

func mappingDescribeFields(b *strings.Builder, pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b.WriteString(strings.TrimRight(" "+pairs[i], " ") + " " + pairs[i+1])
		}
	}
	b.WriteString("\n")
}

func mappingDescribeParties(b *strings.Builder, indent string, parties []screening.Party) {
	for i := range parties {
		p := &parties[i]
		fmt.Fprintf(b, "%s%s %q", indent, p.Role, p.Name)
		for _, alias := range p.Aliases {
			fmt.Fprintf(b, " aka %q", alias)
		}
		if p.Address != "" {
			fmt.Fprintf(b, " at %q", p.Address)
		}
		mappingDescribeFields(b, "", p.Country, "", p.State, "born", p.DateOfBirth, "of", p.Nationality, "works for", p.Employer, "", mappingIdentifiers(p.Identifiers))
	}
}

func mappingIdentifiers(ids []screening.Identifier) string {
	var out []string
	for _, id := range ids {
		out = append(out, id.Type+"="+id.Value)
	}
	return strings.Join(out, " ")
}
