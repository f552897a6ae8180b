package entry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/table"
)

// maxColumns is the widest table that is read.
const maxColumns = 1000

// Table is a file of rows with separators, the first of them the headers. It is read row by row: Cell is of the row
// that Next came to.
type Table struct {
	Titles []string // the headers as they are written
	Line   int      // of the row

	ctx     context.Context
	reader  *table.Reader
	columns map[string]int // by HeaderKey; negative where several are alike
	cells   []string
}

// OpenTable opens a table and reads its headers. A first line such as sep=; that Excel writes for itself states another
// separator. An error is a *lists.Fault, or that of the context.
func OpenTable(ctx context.Context, f *lists.File, separator rune) (*Table, error) {
	stated, isStated := StatedSeparator(f.Data)
	if isStated {
		separator = stated
	}
	reader, err := table.Open(f, separator)
	if err != nil {
		return nil, err
	}
	t := &Table{ctx: ctx, reader: reader}
	if isStated {
		if err := reader.Skip(); err != nil {
			return nil, err
		}
	}
	return t, t.headers()
}

// StatedSeparator reads a first line such as sep=;.
func StatedSeparator(data []byte) (separator rune, ok bool) {
	const label = "sep="
	data = bytes.TrimPrefix(data, bom)
	if len(data) < len(label)+2 || !strings.EqualFold(string(data[:len(label)]), label) {
		return 0, false
	}
	return rune(data[len(label)]), bytes.IndexByte([]byte(",;\t|"), data[len(label)]) >= 0 && bytes.IndexByte([]byte("\r\n"), data[len(label)+1]) >= 0
}

func (t *Table) headers() error {
	more, err := t.row()
	switch {
	case err != nil:
		return err
	case !more:
		return t.Fault("is empty")
	case len(t.cells) > maxColumns:
		return t.Fault("has more than %d columns", maxColumns)
	}
	t.Titles, t.columns = slices.Clone(t.cells), make(map[string]int, len(t.cells))
	for i, title := range t.Titles {
		key := HeaderKey(title)
		if _, taken := t.columns[key]; taken {
			i = -1
		}
		t.columns[key] = i
	}
	return nil
}

// HeaderKey is the form in which headers are compared: letters and digits, lower case, with a line for all between.
func HeaderKey(title string) string { return strings.ReplaceAll(Slug(title), "-", "_") }

// Column finds a column by its header. Columns without letters in their header, and those whose header stands twice,
// are not found.
func (t *Table) Column(title string) (column int, ok bool) {
	key := HeaderKey(title)
	column, ok = t.columns[key]
	return column, ok && key != "" && column >= 0
}

// Has tells whether a header stands in the table, be it once or several times.
func (t *Table) Has(title string) bool {
	_, ok := t.columns[HeaderKey(title)]
	return ok
}

// Columns finds columns that the table cannot be read without.
func (t *Table) Columns(titles ...string) ([]int, error) {
	found := make([]int, len(titles))
	for i, title := range titles {
		column, ok := t.Column(title)
		if !ok {
			return nil, t.Lacking(title)
		}
		found[i] = column
	}
	return found, nil
}

// Lacking is the fault of a table that lacks a column, or has it twice.
func (t *Table) Lacking(title string) *lists.Fault {
	if column, twice := t.columns[HeaderKey(title)]; twice && column < 0 {
		return t.Fault("the column %s stands twice: which one is meant cannot be told", Quote(title))
	}
	return t.Fault("has no column %s; its columns are: %s", Quote(title), Quote(strings.Join(t.Titles, ", ")))
}

// Next comes to the next row that is not empty; false at the end. A row must have as many cells as there are headers,
// but for empty ones behind them.
func (t *Table) Next() (more bool, err error) {
	for {
		if more, err = t.row(); !more || err != nil || !isEmpty(t.cells) {
			return more, err
		}
	}
}

func (t *Table) row() (more bool, err error) {
	t.cells, err = t.reader.Next(t.ctx)
	t.Line = t.reader.Line()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	return err == nil, err
}

func isEmpty(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool {
		return strings.IndexFunc(c, func(r rune) bool { return !unicode.IsSpace(r) }) >= 0
	})
}

// Cell returns a cell of the row without blanks around it. A column that is negative has no cells.
func (t *Table) Cell(column int) string {
	if column < 0 {
		return ""
	}
	return strings.TrimSpace(t.cells[column])
}

// Fault is what is wrong with the row.
func (t *Table) Fault(detail string, args ...any) *lists.Fault {
	return t.reader.Fault(detail, args...)
}
