package table

import (
	"context"
	"errors"
	"io"
	"strings"
)

// Columns tells where the columns of a table stand.
type Columns map[string]int

// Header reads the first row as names of columns. Aliases gives other names of a column by the name it is asked for
// with here. A table without a needed column is a fault; columns that nobody asks for are no matter.
func (r *Reader) Header(ctx context.Context, aliases map[string]string, needed ...string) (Columns, error) {
	row, err := r.Next(ctx)
	if errors.Is(err, io.EOF) {
		return nil, r.Fault("the file is empty")
	}
	if err != nil {
		return nil, err
	}
	columns := Named(row, aliases)
	var missing []string
	for _, name := range needed {
		if _, ok := columns[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return nil, r.Fault("the first line does not name the column %s: this is another table, or its layout was changed", strings.Join(missing, ", "))
	}
	return columns, nil
}

// Named reads names of columns. Case, blanks and hyphens make no difference; of two columns of one name the first counts.
func Named(row []string, aliases map[string]string) Columns {
	columns := make(Columns, len(row))
	for i, title := range row {
		name := plain.Replace(strings.ToLower(strings.TrimSpace(title)))
		if proper, ok := aliases[name]; ok {
			name = proper
		}
		if _, ok := columns[name]; !ok {
			columns[name] = i
		}
	}
	return columns
}

var plain = strings.NewReplacer(" ", "_", "-", "_", ".", "")

// Of returns the cell of a row, without blanks around it; empty where the table has no such column.
func (c Columns) Of(row []string, name string) string {
	if i, ok := c[name]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}
