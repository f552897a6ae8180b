package documents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// headerWithin is how many rows that are not empty may stand before the headers, theirs included.
const headerWithin = 40

// Below a row of headers that scores headerSure, a better one can only be the second of two: headerNear rows away.
// Headers of goods score headerGoods more, so that labels of the order above its lines are not taken for theirs.
const headerSure, headerNear, headerGoods = 16, 2, 10

// tableRow is a row of a table.
type tableRow struct {
	cells   []string
	number  int // line or row of the file
	kind    rowKind
	origins []int // by cell, the row that it was taken from; nil where none was taken
}

func (r *tableRow) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// from is the row of the file in which a cell stands.
func (r *tableRow) from(i int) int {
	if i < len(r.origins) && r.origins[i] > 0 {
		return r.origins[i]
	}
	return r.number
}

// own returns a row whose cells do not change any more.
func (r *tableRow) own() tableRow {
	return tableRow{slices.Clone(r.cells), r.number, r.kind, slices.Clone(r.origins)}
}

func (r *tableRow) empty() bool {
	return !slices.ContainsFunc(r.cells, func(cell string) bool { return cell != "" })
}

// tableSource gives the rows of a file one by one.
type tableSource interface {
	next() (tableRow, error)                        // io.EOF at the end; the cells are good until the next call
	where(row, column int, label string) string     // names a cell
	fault(row *tableRow, width int) (detail string) // what is wrong with a row; empty where nothing is
	epoch() time.Time                               // the day 0 of dates that are numbers
}

// rowKind is what a row of a table is.
type rowKind uint8

const (
	rowOfNothing rowKind = iota // headers again, totals, blanks
	rowOfGoods                  // a line of an order
	rowOfParty                  // of a list of parties, or what is said of an order
	rowOfText                   // a title, a note
)

// tableReader finds the headers of a table and reads its rows.
type tableReader struct {
	words  *tableVocabulary
	source tableSource
	plan   *tablePlan
	header []string
	titles []tableRow // above the headers
	ahead  []tableRow // read while looking for the headers, behind them
	last   []string   // by cell, what following rows without it inherit
	from   []int      // by cell, the row where that stood
	key    string     // of the order of the row before
	begun  bool       // whether there was a row of goods before
	seen   []tableRow // all rows that were read while looking for the headers
	cut    bool       // whether a sheet without headers goes on below titles
	labels int        // how often a text was looked up as a label
	read   int        // rows that were read, those that say nothing too
	spare  []int      // memory for the next row's origins
}

// openTable looks for the headers. atLeast is how many of them must be known, where not all are. Without them the reader has no plan, and
// titles holds what was seen.
func openTable(ctx context.Context, words *tableVocabulary, source tableSource, atLeast int) (*tableReader, error) {
	t := &tableReader{words: words, source: source}
	var rows []tableRow
	for len(rows) < headerWithin {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		row, err := source.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(row.cells) > maxTableColumns && !onlyEmpty(row.cells[maxTableColumns:]) {
			return nil, &Error{Kind: TooLarge, Detail: fmt.Sprintf("The table has more than %d columns. Send those that describe goods and parties.", maxTableColumns), At: source.where(row.number, 0, "")}
		}
		if !row.empty() {
			rows = append(rows, row.own())
		}
	}
	t.seen = rows
	at := t.findHeader(rows, atLeast)
	if at < 0 {
		t.asText()
		return t, nil
	}
	t.takeHeader(slices.Clone(rows), at)
	t.last, t.from = make([]string, t.plan.width), make([]int, t.plan.width)
	return t, nil
}

// asText gives up on a table: its first rows are texts, with values beside their labels.
func (t *tableReader) asText() {
	t.plan, t.header, t.ahead, t.titles = nil, nil, nil, t.seen
	_, err := t.source.next()
	t.cut = len(t.seen) == headerWithin && err == nil
}

func onlyEmpty(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// findHeader returns the row that looks most like headers, or -1.
func (t *tableReader) findHeader(rows []tableRow, atLeast int) int {
	best, most := -1, 0
	for i := range rows {
		if best >= 0 && i > best+headerNear && most >= headerSure {
			break
		}
		score, known := t.headerScore(rows[i].cells)
		if score > most && (known >= atLeast || t.isWholeHeader(rows[i].cells, known)) {
			best, most = i, score
		}
	}
	return best
}

// isWholeHeader tells a single header of goods or names, with no other cell beside it. "Purchase order" is a title.
func (t *tableReader) isWholeHeader(cells []string, known int) bool {
	if known == 0 || known < filled(cells) {
		return false
	}
	plan := t.words.plan(cells)
	return plan.sells() || plan.names()
}

// headerScore counts known headers. Numbers and dates speak against a row of headers.
func (t *tableReader) headerScore(cells []string) (score, known int) {
	goods := false
	for _, cell := range cells {
		if cell = clean(cell); cell == "" {
			continue
		}
		if len(cell) > 4*maxHeaderRunes || cell != "#" && !hasLetter(cell) {
			score -= 6
			continue
		}
		switch m, ok := t.words.meaning(cell); {
		case ok && m.field == noiseField:
			score++
		case ok:
			score += 3
			known++
			goods = goods || m.loose == "item" || slices.Contains(goodsFields, m.field)
		}
	}
	if goods {
		score += headerGoods
	}
	return score, known
}

// takeHeader plans the table. A row of headings above or a second row of headers below belongs to them: "Buyer" over
// "Name" and "Country".
func (t *tableReader) takeHeader(rows []tableRow, at int) {
	header, first := rows[at].cells, at
	if at+1 < len(rows) && t.allHeaders(rows[at+1].cells) {
		if combined, _ := t.combine(header, rows[at+1].cells); t.words.plan(combined).known > t.words.plan(header).known {
			header = combined
			rows = slices.Delete(rows, at+1, at+2)
		}
	} else if at > 0 && rows[at-1].number == rows[at].number-1 && filled(rows[at-1].cells) > 1 && !t.isLabelled(rows[at-1].cells) {
		combined, changed := t.combine(rows[at-1].cells, header)
		if changed && t.words.plan(combined).known >= t.words.plan(header).known {
			header, first = combined, at-1
		}
	}
	t.header = make([]string, len(header))
	for i, cell := range header {
		t.header[i] = clean(cell)
	}
	t.plan = t.words.plan(t.header)
	t.titles, t.ahead = rows[:first], rows[at+1:]
}

func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// allHeaders tells whether every cell of a row is a known header.
func (t *tableReader) allHeaders(cells []string) bool {
	for _, cell := range cells {
		if _, ok := t.words.meaning(cell); !ok && strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return filled(cells) > 0
}

// combine puts headings over headers. A heading reaches over the empty cells to its right. Where heading and header
// together are not known, or say no more, the header stands alone.
func (t *tableReader) combine(upper, lower []string) (out []string, changed bool) {
	out = make([]string, max(len(upper), len(lower)))
	heading := ""
	for i := range out {
		over, under := clean(cellAt(upper, i)), clean(cellAt(lower, i))
		if over != "" {
			heading = over
		}
		out[i] = under
		if under == "" {
			out[i], changed = over, changed || over != ""
			continue
		}
		if heading == "" {
			continue
		}
		alone, known := t.words.meaning(under)
		both := heading + " " + under
		m, together := t.words.meaning(both)
		if together && (!known || alone.loose != "" || alone.weak || alone.field == partField && alone.role == "") && m.field != noiseField {
			out[i], changed = both, true
		}
	}
	return out, changed
}

func cellAt(cells []string, i int) string {
	if i >= len(cells) {
		return ""
	}
	return cells[i]
}

// isLabelled tells rows of labels with their values, which are no headings: "Date:" and "2024-09-27".
func (t *tableReader) isLabelled(cells []string) bool {
	return slices.ContainsFunc(cells, func(cell string) bool {
		return strings.Contains(cell, ":") || strings.TrimSpace(cell) != "" && !hasLetter(cell)
	})
}

// next returns the next row that says something, its cells tidied and those filled in that it takes from the row
// before. The cells are good until the next call.
func (t *tableReader) next() (tableRow, error) {
	for {
		row, err := t.raw()
		if err != nil {
			return tableRow{}, err
		}
		for i := range t.plan.columns {
			if at := t.plan.columns[i].index; at < len(row.cells) {
				row.cells[at] = t.words.tidy(row.cells[at])
			}
		}
		row.kind = t.kindOf(&row)
		t.read++
		if row.kind == rowOfNothing {
			continue
		}
		if row.kind != rowOfText && t.plan.sells() {
			t.inherit(&row)
		}
		return row, nil
	}
}

func (t *tableReader) raw() (tableRow, error) {
	if len(t.ahead) > 0 {
		row := t.ahead[0]
		t.ahead = t.ahead[1:]
		return row, nil
	}
	return t.source.next()
}

// inherit fills in what a row takes from the row before: what is said of the order, where both belong to one.
func (t *tableReader) inherit(row *tableRow) {
	key := row.cell(t.plan.reference)
	same := t.begun && (key == "" || key == t.key)
	if !same {
		t.key = key
		clear(t.last)
	}
	t.begun = true
	row.origins = t.spare[:0]
	for _, group := range t.plan.inherits {
		said := false
		for _, at := range group {
			said = said || row.cell(at) != ""
		}
		for _, at := range group {
			switch {
			case said:
				t.last[at], t.from[at] = row.cell(at), row.number
			case t.last[at] != "":
				row.fill(at, t.last[at], t.from[at])
			}
		}
	}
	t.spare = row.origins
}

// fill puts a cell into a row that was taken from another one.
func (r *tableRow) fill(at int, cell string, from int) {
	for len(r.cells) <= at {
		r.cells = append(r.cells, "")
	}
	for len(r.origins) <= at {
		r.origins = append(r.origins, 0)
	}
	r.cells[at], r.origins[at] = cell, from
}
