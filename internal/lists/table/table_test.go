package table

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/internal/lists"
)

func file(text string) *lists.File { return &lists.File{Name: "t.csv", Data: []byte(text)} }

func all(f *lists.File, separator rune) ([][]string, error) {
	r, err := Open(f, separator)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for {
		row, err := r.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, append([]string(nil), row...))
	}
}

func TestRows(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		separator  rune
		want       [][]string
	}{
		{"line feeds", "a,b\nc,d\n", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"byte order mark, CRLF and 0x1A", "\xef\xbb\xbfa,b\r\nc,d\r\n\x1a", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"carriage returns alone", "a,b\rc,d\r", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"blank lines", "a,b\n\n   \nc,d\n\n\n", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"quotation marks", "\"a, \"\"b\"\"\",c\n", ',', [][]string{{`a, "b"`, "c"}}},
		{"tabs, the last cell empty", "a\tb\nc\t\n", '\t', [][]string{{"a", "b"}, {"c", ""}}},
		{"blank cells too many", "a,b\nc,d,, \n", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"nothing", "", ',', nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := all(file(tt.text), tt.separator)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		line       int
		want       string
	}{
		{"cell missing", "a,b\nc\n", 2, "has 1 cells where the first one has 2"},
		{"cell too many", "a,b\nc,d,e\n", 2, "without quotation marks"},
		{"cut off", "a,b\nc,\"d\ne,f\n", 2, "not fetched whole"},
		{"stray quotation mark", "a,b\nc,d\"e\nf,g\n", 2, "stands within a cell"},
		{"not UTF-8", "a,b\nc,\xe9\n", 2, "not UTF-8"},
		{"endless row", "a,b\n\"" + strings.Repeat("x\n", 2<<20), 2, "longer than 1 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := all(file(tt.text), ',')
			var fault *lists.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault", err)
			}
			if fault.File != "t.csv" || fault.Line != tt.line || !strings.Contains(fault.Detail, tt.want) {
				t.Errorf("got %v, want line %d and %q", fault, tt.line, tt.want)
			}
		})
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := Open(file("a\n"), ',')
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's end", err)
	}
}

func TestHeader(t *testing.T) {
	ctx := context.Background()
	r, err := Open(file("Name, Street Address ,beginning-date,Other\nX,Y,Z,\n"), ',')
	if err != nil {
		t.Fatal(err)
	}
	columns, err := r.Header(ctx, map[string]string{"beginning_date": "effective_date"}, "name", "street_address", "effective_date")
	if err != nil {
		t.Fatal(err)
	}
	row, err := r.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{columns.Of(row, "name"), columns.Of(row, "street_address"), columns.Of(row, "effective_date"), columns.Of(row, "no_such")}
	if diff := cmp.Diff([]string{"X", "Y", "Z", ""}, got); diff != "" {
		t.Error(diff)
	}

	for _, text := range []string{"", "a,b\n"} {
		r, err := Open(file(text), ',')
		if err != nil {
			t.Fatal(err)
		}
		var fault *lists.Fault
		if _, err := r.Header(ctx, nil, "name"); !errors.As(err, &fault) {
			t.Errorf("header of %q: got %v, want a fault", text, err)
		}
	}
}

func TestHead(t *testing.T) {
	long := "a,b\n" + strings.Repeat("c,\"d\"\n", 4000)
	got := Head(file(long), ',', 3)
	if diff := cmp.Diff([][]string{{"a", "b"}, {"c", "d"}, {"c", "d"}}, got); diff != "" {
		t.Error(diff)
	}
	if rows := Head(file("\"never closed"), ',', 3); rows != nil {
		t.Errorf("got %v, want no rows", rows)
	}
}
