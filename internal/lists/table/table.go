// Package table reads tables of text with separators as governments publish them. It is strict: a row that cannot be
// read, is too short or too long is a fault with file and line, since half a list is no list.
package table

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/internal/lists"
)

// maxRow is how long one row may be in bytes. A quotation mark that is never closed would make a row of the rest of the
// file. The longest real row has 12 kB.
const maxRow = 1 << 20

// lookUp is after how many rows the context is asked whether to go on.
const lookUp = 4096

// endOfFile is the byte that some publishers still write behind their last row.
const endOfFile = 0x1A

// Reader reads the rows of one file. It is not safe for concurrent use.
type Reader struct {
	file   string
	csv    *csv.Reader
	budget *budget
	size   int64
	width  int // cells of every row, told by the first one
	rows   int
	line   int
}

// Text returns the text of a file, without a byte order mark. A file that is too large or not UTF-8 is a fault.
func Text(f *lists.File) ([]byte, error) {
	if len(f.Data) > lists.MaxFile {
		return nil, &lists.Fault{File: f.Name, Detail: fmt.Sprintf("the file has %d MB, more than the %d MB that a list may have", len(f.Data)>>20, lists.MaxFile>>20)}
	}
	data := bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return nil, &lists.Fault{File: f.Name, Line: damagedLine(data), Detail: "the text is not UTF-8 here: the file is damaged, or was saved in another encoding"}
	}
	return data, nil
}

// Open begins to read a file of UTF-8 text whose cells are parted by the separator and may stand in quotation marks. A
// byte order mark, line ends of any kind and the byte 0x1A at the end are no part of the table.
func Open(f *lists.File, separator rune) (*Reader, error) {
	data, err := Text(f)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimRight(data, string([]byte{'\r', '\n', endOfFile}))
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte{'\r'}, []byte{'\n'})
	}
	limited := &budget{in: bytes.NewReader(data)}
	c := newCSV(bufio.NewReaderSize(limited, 64<<10), separator)
	return &Reader{file: f.Name, csv: c, budget: limited, size: int64(len(data))}, nil
}

func newCSV(in io.Reader, separator rune) *csv.Reader {
	c := csv.NewReader(in)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = separator, -1, true
	return c
}

func damagedLine(data []byte) int {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return bytes.Count(data[:at], []byte{'\n'}) + 1
}

// Next returns the next row that is not blank, or io.EOF. The slice is valid until the next call; its strings stay. A
// row has as many cells as the first one; blank cells behind them are dropped.
func (r *Reader) Next(ctx context.Context) ([]string, error) {
	if r.rows%lookUp == 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	row, err := r.read()
	if err != nil {
		return nil, err
	}
	r.rows++
	if r.width == 0 {
		r.width = len(row)
	}
	if len(row) < r.width {
		return nil, r.Fault("the row has %d cells where the first one has %d: something is missing, or a line break stands inside a cell", len(row), r.width)
	}
	for _, cell := range row[r.width:] {
		if strings.TrimSpace(cell) != "" {
			return nil, r.Fault("the row has %d cells where the first one has %d: a separator stands inside a cell without quotation marks", len(row), r.width)
		}
	}
	return row[:r.width], nil
}

// read returns the next row that is not blank.
func (r *Reader) read() ([]string, error) {
	for {
		r.budget.left = maxRow
		row, err := r.csv.Read()
		if err != nil {
			return nil, r.broken(err)
		}
		r.line, _ = r.csv.FieldPos(0)
		if len(row) > 1 || strings.TrimSpace(row[0]) != "" {
			return row, nil
		}
	}
}

// broken turns what the CSV reader says into words for people.
func (r *Reader) broken(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.Is(err, errRowTooLong):
		r.line++
		return r.Fault("a row that begins here or soon after is longer than 1 MB: a quotation mark is probably never closed")
	case !errors.As(err, &parse):
		return r.Fault("the file cannot be read: %v", err)
	}
	r.line = parse.StartLine
	if r.csv.InputOffset() >= r.size && !errors.Is(parse, csv.ErrBareQuote) {
		return &CutError{*r.Fault("the file ends within the row that begins here, before a quotation mark is closed: it was probably not fetched whole")}
	}
	return r.Fault("a quotation mark stands within a cell, or one is not closed, in the row that begins here")
}

// CutError is the fault of a file that ends within its last row: the rows before it are whole.
type CutError struct{ lists.Fault }

// Unwrap gives the fault.
func (e *CutError) Unwrap() error { return &e.Fault }

// Skip passes over the next row: a line of its own before the headers.
func (r *Reader) Skip() error {
	_, err := r.read()
	return err
}

// Line returns where the row that was read last begins.
func (r *Reader) Line() int { return r.line }

// Fault describes what is wrong with the row that was read last.
func (r *Reader) Fault(format string, values ...any) *lists.Fault {
	return &lists.Fault{File: r.file, Line: r.line, Detail: fmt.Sprintf(format, values...)}
}

// Rows returns how many rows were read.
func (r *Reader) Rows() int { return r.rows }

var errRowTooLong = errors.New("a row is too long")

// budget ends with an error where more is read than its owner has allowed.
type budget struct {
	in   io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRowTooLong
	}
	n, err := b.in.Read(p)
	b.left -= n
	return n, err
}

// Head returns the whole rows at the start of a file, at most so many, to tell its layout by. It returns none where the
// start is no such table.
func Head(f *lists.File, separator rune, most int) [][]string {
	head := f.Head()
	if len(head) < len(f.Data) {
		if end := bytes.LastIndexByte(head, '\n'); end >= 0 {
			head = head[:end+1]
		}
	}
	c := newCSV(bytes.NewReader(bytes.TrimRight(head, string([]byte{endOfFile}))), separator)
	c.ReuseRecord = false
	var rows [][]string
	for len(rows) < most {
		row, err := c.Read()
		if err != nil {
			return rows
		}
		rows = append(rows, row)
	}
	return rows
}
