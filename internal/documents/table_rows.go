package documents

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/interdict/interdict/screening"
)

// MaxWorkbook is how large a workbook may be for Rows, which holds it; a text it does not hold.
const MaxWorkbook = 32 << 20

// Rows reads a table of any length as a stream: an order a row. It is not safe for concurrent use.
type Rows struct {
	// Grouped makes one order of rows that stand together and have the same order number. Set it before the first Next.
	Grouped bool

	ctx      context.Context // of the stream
	format   string
	tables   []func() (*tableReader, error) // that were not opened yet
	table    *tableReader
	places   *screening.Places
	titles   []tableNote // that are told to every row: values with their label
	draft    *draft
	fill     tableFill
	rows     []tableRow // of the order
	kept     []tableRow // memory of grouped rows
	waiting  bool       // whether the row after the order's was read already
	pending  tableRow
	text     []tableNote // the order is a note beside the table, not a row of it
	above    bool        // whether text is what stands above the table, and still to come
	sourced  bool        // whether the order says where its values stood
	count    int
	err      error
	finished bool
}

// Rows opens a table, CSV or XLSX, and reads its headers. Of a text it holds one row, or one group of rows, at a time.
// Where the headers are not known the error is an *Error.
//
//	for rows.Next() {
//		verdict, err := screener.Screen(ctx, *rows.Order())
//	}
//	if err := rows.Err(); err != nil {
func (r *Reader) Rows(ctx context.Context, in io.Reader, h Hints) (*Rows, error) {
	const sniffed = 64 << 10
	buffered := bufio.NewReaderSize(in, sniffed)
	start, err := buffered.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the table: %w", err)
	}
	rows := &Rows{ctx: ctx, places: r.places}
	switch {
	case len(bytes.TrimSpace(start)) == 0:
		return nil, malformed("", "The document is empty.")
	case isBinary(start) || h.Format == xlsxFormat.id:
		err = rows.openWorkbook(buffered)
	default:
		err = rows.openText(buffered, start)
	}
	if err != nil {
		return nil, err
	}
	return rows, rows.advance()
}

// openText opens a table in any charset. Whether a text without byte order mark is in UTF-8 is told by its start.
func (r *Rows) openText(in io.Reader, start []byte) error {
	r.format = csvFormat.id
	charset, skip := charsetOf(start)
	sample := start[skip:]
	if _, err := io.CopyN(io.Discard, in, int64(skip)); err != nil {
		return fmt.Errorf("read the table: %w", err)
	}
	text := in
	if charset != nil {
		decoded, err := charset.NewDecoder().Bytes(sample)
		if err != nil && len(decoded) == 0 {
			return malformed("", "The document's bytes are not in the charset that they seem to be in.")
		}
		sample, text = decoded, charset.NewDecoder().Reader(text)
	}
	table, err := openCSV(r.ctx, text, sampleOf(string(sample)))
	if err != nil {
		return err
	}
	r.tables = append(r.tables, func() (*tableReader, error) { return table, nil })
	return nil
}

// charsetOf tells in which charset a text is by its start, and how many bytes of it are a mark. Nil is UTF-8.
func charsetOf(start []byte) (charset encoding.Encoding, mark int) {
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		return nil, len("\xef\xbb\xbf")
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	case len(start) > 3 && start[0] != 0 && start[1] == 0 && start[3] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0
	case len(start) > 3 && start[0] == 0 && start[1] != 0 && start[2] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0
	}
	for cut := 0; cut < utf8.UTFMax && cut < len(start); cut++ { // the start may end inside a letter
		if utf8.Valid(start[:len(start)-cut]) {
			return nil, 0
		}
	}
	return charmap.Windows1252, 0
}

// openWorkbook opens a workbook whose sheets are read one after the other.
func (r *Rows) openWorkbook(in io.Reader) error {
	r.format = xlsxFormat.id
	data, err := io.ReadAll(io.LimitReader(in, MaxWorkbook+1))
	if err != nil {
		return fmt.Errorf("read the workbook: %w", err)
	}
	if len(data) > MaxWorkbook {
		return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The workbook is over %d MB. Save it as CSV, which may be of any size.", MaxWorkbook>>20)}
	}
	if !isXLSX(&source{data: data}) {
		return &Error{Kind: Unsupported, Detail: "The file is no table: want CSV, TSV or an Excel workbook (.xlsx)."}
	}
	const perByte = 8 // what sheets unpack to
	book, err := openWorkbook(data, perByte*MaxWorkbook)
	if err != nil {
		return err
	}
	var seen []tableRow
	readable := false
	for _, sheet := range book.sheets {
		table, err := book.open(r.ctx, sheet)
		if err != nil {
			return err
		}
		if table.plan == nil && len(table.titles) == 0 {
			continue
		}
		if table.plan == nil || !table.plan.sells() && !table.plan.names() {
			seen = append(seen, table.titles...)
		} else {
			readable = true
		}
		r.tables = append(r.tables, func() (*tableReader, error) { return book.open(r.ctx, sheet) })
	}
	if !readable {
		return unknownTable(seen, "")
	}
	return nil
}

// Format is the id of the table's format.
func (r *Rows) Format() string { return r.format }

// Line is the line of the text, or the row of the sheet, at which the order begins.
func (r *Rows) Line() int {
	if len(r.rows) == 0 {
		return 0
	}
	return r.rows[0].number
}

// Err is why Next returned false before the end; an *Error where the file is at fault.
func (r *Rows) Err() error { return r.err }

// Order is the order of the current row, without Fields. It and all that it holds belong to Rows until the next call
// of Next; its strings may be kept. The caller may set what no table says: ReceivedAt, Given and Assumed.
func (r *Rows) Order() *screening.Order { return &r.draft.order }

// Sourced is Order with Fields, which say where each value stood. They cost more than the rest; ask for those of orders
// that are flagged. It keeps what the caller has set.
func (r *Rows) Sourced() *screening.Order {
	if !r.sourced {
		r.write(true)
	}
	return &r.draft.order
}

// Next reads the next order. It returns false at the end, or where Err tells why not.
func (r *Rows) Next() bool {
	if r.err != nil || r.finished {
		return false
	}
	if r.err = cancelled(r.ctx, r.count); r.err != nil {
		return false
	}
	r.count++
	found, err := r.collect()
	for err == nil && !found {
		if len(r.tables) == 0 {
			r.finished = true
			return false
		}
		if err = r.advance(); err == nil {
			found, err = r.collect()
		}
	}
	if r.err = err; err != nil {
		return false
	}
	r.draft.order.Given, r.draft.order.Assumed, r.draft.order.ReceivedAt = screening.Background{}, screening.Background{}, time.Time{}
	r.write(false)
	if len(r.draft.order.Problems) > 0 {
		r.write(true) // so that they say where
	}
	return true
}

// advance opens the next table. What is said above it with a label is told to each of its rows; texts are an order of
// their own, the first.
func (r *Rows) advance() error {
	table, err := r.tables[0]()
	if err != nil {
		return err
	}
	r.tables, r.table = r.tables[1:], table
	if r.draft == nil {
		r.draft = &draft{collector: &collector{format: r.format, places: r.places}}
	}
	r.fill = tableFill{table: table, d: r.draft}
	r.titles, r.text, r.waiting = nil, nil, false
	for _, note := range table.notesAbove() {
		if note.meaning.field == "" {
			r.text = append(r.text, note)
		} else {
			r.titles = append(r.titles, note)
		}
	}
	r.above = len(r.text) > 0
	return nil
}

// collect gathers the rows of the next order; false at the end of the table.
func (r *Rows) collect() (bool, error) {
	if r.above {
		r.above = false
		r.rows = append(r.rows[:0], r.table.titles[0])
		return true, nil
	}
	r.text = nil
	row, err := r.take()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.rows = append(r.rows[:0], row)
	if row.kind == rowOfText {
		r.text = r.table.notesOf(&row)
		return true, nil
	}
	if r.Grouped && r.table.plan.reference >= 0 && r.table.plan.sells() {
		return true, r.group()
	}
	return true, nil
}

// take returns the row that was read ahead, or the next one.
func (r *Rows) take() (tableRow, error) {
	if r.waiting {
		r.waiting = false
		return r.pending, nil
	}
	return r.table.next()
}

// group adds the rows that follow and have the same order number. A group that is too long for one order goes on in
// another.
func (r *Rows) group() error {
	at := r.table.plan.reference
	r.rows[0] = r.keep(&r.rows[0], 0)
	for len(r.rows) < MaxLines {
		row, err := r.table.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if row.kind == rowOfText || row.cell(at) != r.rows[0].cell(at) {
			r.pending, r.waiting = row.own(), true
			return nil
		}
		r.rows = append(r.rows, r.keep(&row, len(r.rows)))
	}
	return nil
}

// keep copies a row into memory that is used again for the next group.
func (r *Rows) keep(row *tableRow, i int) tableRow {
	if i == len(r.kept) {
		r.kept = append(r.kept, tableRow{})
	}
	kept := &r.kept[i]
	kept.cells = append(kept.cells[:0], row.cells...)
	kept.origins = append(kept.origins[:0], row.origins...)
	kept.number, kept.kind = row.number, row.kind
	return *kept
}

// write fills the order from its rows, in the memory of the one before.
func (r *Rows) write(noting bool) {
	o := &r.draft.order
	*o = screening.Order{
		Document: screening.OrderDocument, ReceivedAt: o.ReceivedAt, Given: o.Given, Assumed: o.Assumed,
		Texts: o.Texts[:0], Parties: o.Parties[:0], Lines: o.Lines[:0], Problems: o.Problems[:0], Fields: o.Fields[:0],
	}
	r.draft.lines = 0
	r.fill.noting, r.sourced = noting, noting
	if r.text != nil {
		r.fill.notes(r.text)
	} else {
		r.fill.order(r.rows)
		r.fill.notes(r.titles)
		trimProblems(r.draft)
	}
	if !noting {
		o.Fields = o.Fields[:0]
	}
}
