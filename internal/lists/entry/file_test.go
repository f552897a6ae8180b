package entry_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
)

// visited reads a file of a root with items and tells what it came to.
func visited(ctx context.Context, text string) (string, error) {
	var b strings.Builder
	err := entry.ReadXML(ctx, &lists.File{Name: "a.xml", Data: []byte(text)}, "list", func(e *entry.Element) error {
		switch e.Name.Local {
		case "list":
			fmt.Fprintf(&b, "list %s;", e.Attr("on"))
			return nil
		case "group":
			return nil
		case "item":
			var item struct {
				Name string `xml:"name"`
			}
			if err := e.Decode(&item); err != nil {
				return err
			}
			fmt.Fprintf(&b, "%d:%d %s;", e.Depth, e.Line, item.Name)
			return nil
		}
		return e.Unread()
	})
	return b.String(), err
}

func TestReadXML(t *testing.T) {
	for _, tt := range []struct{ name, text, want, fault string }{
		{"items", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<list on=\"2026\">\n<item><name>A &amp; B</name></item>\n<group>\n<item><name>C</name></item></group></list>\n", "list 2026;1:3 A & B;2:5 C;", ""},
		{"a byte order mark", "\xef\xbb\xbf<list/>", "list ;", ""},
		{"a comment and a document type", "<!DOCTYPE list SYSTEM \"list.dtd\"><!-- x --><list/>", "list ;", ""},
		{"an unknown value", "<list><version>3</version></list>", "list ;", ""},
		{"an unknown part", "<list>\n<others><item/></others></list>", "", `a.xml, line 2: the part "others" is not known: entries in it would be left out`},
		{"another root", "<feed/>", "", `a.xml, line 1: is another kind of file: it begins with "feed", not with list`},
		{"nothing", "", "", "a.xml: is empty or no XML"},
		{"no XML", "plain text", "", "a.xml, line 1: there is text outside of the list"},
		{"cut in an element", "<list><item><name>A</name>", "", "a.xml, line 1: ends in the middle of an element: the file was cut on its way"},
		{"cut in a tag", "<list>\n<item><na", "", "a.xml, line 2: ends in the middle of an element: the file was cut on its way"},
		{"cut between items", "<list>\n<item/>\n", "", "a.xml, line 3: ends in the middle of an element: the file was cut on its way"},
		{"wrong end", "<list>\n<item></name></item></list>", "", "a.xml, line 2: is not well-formed XML: element <item> closed by </name>"},
		{"text behind", "<list/>\nx", "", "a.xml, line 2: there is text outside of the list"},
		{"a second list", "<list/>\n<list/>", "", "a.xml, line 2: a second list begins here: one at a time"},
		{"an entity", "<!DOCTYPE list [\n<!ENTITY a \"b\">]><list>&a;</list>", "", "a.xml, line 2: declares entities or other parts of a document type: such files are refused"},
		{"an entity that nobody declares", "<list>&a;</list>", "", "a.xml, line 1: is not well-formed XML: invalid character entity &a;"},
		{"too deep", "<list>" + strings.Repeat("<group>", 40), "", "a.xml, line 1: elements are nested more than 32 levels deep"},
		{"too deep in an item", "<list><item>" + strings.Repeat("<x>", 40), "", "a.xml, line 1: elements are nested more than 32 levels deep"},
		{"a huge item", "<list><item>" + strings.Repeat("<x>yyyyyyyy</x>", 600_000) + "</item></list>", "", "a.xml, line 1: an entry is longer than 8 MB"},
		{"damaged", "<list>\n<item><name>\xff</name></item></list>", "", "a.xml, line 2: the text is not UTF-8 here: the file is damaged, or was saved in another encoding"},
		{"another character set", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><list/>", "", `a.xml, line 1: says that it is written in "windows-1251", which is not read: it must be UTF-8`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := visited(t.Context(), tt.text)
			var fault *lists.Fault
			switch {
			case tt.fault == "" && err != nil:
				t.Fatal(err)
			case tt.fault == "":
				if got != tt.want {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			case !errors.As(err, &fault):
				t.Errorf("got %v, want a fault", err)
			case fault.Error() != tt.fault:
				t.Errorf("got fault %q, want %q", fault, tt.fault)
			}
		})
	}
}

func TestReadXMLStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := visited(ctx, "<list>"+strings.Repeat("<item></item>", 10_000)+"</list>")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestRoot(t *testing.T) {
	for text, want := range map[string]string{
		"<?xml version=\"1.0\"?>\n<!-- x --><a:list xmlns:a=\"urn:x\"><b>": "urn:x list", "<list": " ", "a,b\n": " ", "": " ",
		"<?xml version=\"1.0\" encoding=\"utf-16\"?><list/>": " list",
	} {
		name := entry.Root(&lists.File{Data: []byte(text)})
		if got := name.Space + " " + name.Local; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		separator  rune
		want       [][2]string // the cells of the columns First and Second of each row
		fault      string
	}{
		{"rows", "\xef\xbb\xbfFirst,Second,Other\r\na,b,c\r\n\r\n d ,\"e,\n\"\"f\"\"\",\r\n,,\r\n", ',', [][2]string{{"a", "b"}, {"d", "e,\n\"f\""}}, ""},
		{"headers as people write them", "  FIRST *;second\nx;y", ';', [][2]string{{"x", "y"}}, ""},
		{"empty cells behind", "First,Second\na,b,,\n", ',', [][2]string{{"a", "b"}}, ""},
		{"a stated separator", "sep=;\r\nFirst;Second\na;b\n", ',', [][2]string{{"a", "b"}}, ""},
		{"old line ends", "First,Second\ra,b\rc,d", ',', [][2]string{{"a", "b"}, {"c", "d"}}, ""},
		{"no rows", "First,Second\n", ',', nil, ""},
		{"empty", "\n \n", ',', nil, "t.csv, line 2: is empty"},
		{"nothing", "", ',', nil, "t.csv: is empty"},
		{"a column is missing", "First,Third\na,b\n", ',', nil, `t.csv, line 1: has no column "second"; its columns are: "First, Third"`},
		{"a column twice", "First,Second,second\na,b,c\n", ',', nil, `t.csv, line 1: the column "second" stands twice: which one is meant cannot be told`},
		{"a short row", "First,Second\na,b\nc\n", ',', nil, "t.csv, line 3: the row has 1 cells where the first one has 2: something is missing, or a line break stands inside a cell"},
		{"a long row", "First,Second\na,b,c\n", ',', nil, "t.csv, line 2: the row has 3 cells where the first one has 2: a separator stands inside a cell without quotation marks"},
		{"a bare quotation mark", "First,Second\na,b\"c\n", ',', nil, "t.csv, line 2: a quotation mark stands within a cell, or one is not closed, in the row that begins here"},
		{"an open quotation mark", "First,Second\na,b\n\"c,d\ne,f\n", ',', nil, "t.csv, line 3: the file ends within the row that begins here, before a quotation mark is closed: it was probably not fetched whole"},
		{"damaged", "First,Second\na,b\nc,\x80\n", ',', nil, "t.csv, line 3: the text is not UTF-8 here: the file is damaged, or was saved in another encoding"},
		{"very wide", strings.Repeat("x,", 1001) + "\n", ',', nil, "t.csv, line 1: has more than 1000 columns"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := cells(t.Context(), tt.text, tt.separator)
			if tt.fault == "" {
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("cells differ (-want +got):\n%s", diff)
				}
				return
			}
			if err == nil || err.Error() != tt.fault {
				t.Errorf("got fault %v, want %q", err, tt.fault)
			}
		})
	}
}

func cells(ctx context.Context, text string, separator rune) ([][2]string, error) {
	table, err := entry.OpenTable(ctx, &lists.File{Name: "t.csv", Data: []byte(text)}, separator)
	if err != nil {
		return nil, err
	}
	columns, err := table.Columns("first", "second")
	if err != nil {
		return nil, err
	}
	var out [][2]string
	for {
		more, err := table.Next()
		if !more || err != nil {
			return out, err
		}
		out = append(out, [2]string{table.Cell(columns[0]), table.Cell(columns[1])})
	}
}

func TestTableStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := cells(ctx, "First,Second\n"+strings.Repeat("a,b\n", 10_000), ',')
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestPart(t *testing.T) {
	if _, err := entry.Part(&lists.Copy{}, "a.csv"); err == nil || err.Error() != "a.csv: is missing" {
		t.Errorf("got %v, want the part to be missing", err)
	}
}
