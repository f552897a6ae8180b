package documents

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// csvFormat reads tables with separators: comma, semicolon, tab or bar.
var csvFormat = format{id: "csv", name: "a table with separators (CSV, TSV)", recognise: isCSV, read: readCSV}

// csvSample is how much of a file is looked at to find its separator.
const csvSample = 64 << 10

// csvSeparators are the signs that may part cells, in the order in which they win where they do equally well.
const csvSeparators = ",;\t|"

// isCSV takes texts with a row of known headers, and files that are named as tables.
func isCSV(s *source) bool {
	if s.text == "" || s.xml != nil || s.json != nil || s.fault != nil {
		return false
	}
	if isTableName(s.hints.FileName) {
		return true
	}
	const least = 2
	_, known := sniffSeparator(sampleOf(s.text), least)
	return known >= least
}

func isTableName(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".tsv") || strings.HasSuffix(name, ".tab")
}

// sampleOf is the start of a text, up to the end of a line.
func sampleOf(text string) string {
	if len(text) <= csvSample {
		return text
	}
	sample := text[:csvSample]
	if end := strings.LastIndexAny(sample, "\r\n"); end > 0 {
		return sample[:end+1]
	}
	return sample
}

func readCSV(ctx context.Context, src *source, c *collector) error {
	if src.text == "" {
		return malformed("", "The file holds no text: it is no CSV file.")
	}
	table, err := openCSV(ctx, strings.NewReader(src.text), sampleOf(src.text))
	if err != nil {
		return err
	}
	data, err := readTable(ctx, table)
	if err != nil {
		return err
	}
	return writeTables(ctx, []*tableData{data}, c)
}

// openCSV finds the separator by a sample of the text and opens the table. One known header is enough here: that the
// text is a table is settled.
func openCSV(ctx context.Context, in io.Reader, sample string) (*tableReader, error) {
	separator, _ := sniffSeparator(sample, 1)
	if strings.IndexByte(sample, '\n') < 0 && strings.IndexByte(sample, '\r') >= 0 {
		in = &lineEnds{in}
	}
	table, err := openTable(ctx, tableWords(), newCSVSource(in, separator, len(sample)), 1)
	switch {
	case err != nil:
		return nil, err
	case table.plan == nil:
		return nil, unknownTable(table.titles, "")
	case !table.plan.sells() && !table.plan.names():
		return nil, unscreenable(table.header, "")
	}
	return table, nil
}

// sniffSeparator returns the sign by which the start of a text has the most known headers, and how many these are.
func sniffSeparator(sample string, atLeast int) (separator byte, known int) {
	separator = csvSeparators[0]
	if separator, stated := statedSeparator(sample); stated {
		return separator, atLeast
	}
	if strings.IndexByte(sample, '\n') < 0 {
		sample = strings.ReplaceAll(sample, "\r", "\n")
	}
	most := 0
	for i := range len(csvSeparators) {
		sign := csvSeparators[i]
		if i > 0 && strings.IndexByte(sample, sign) < 0 {
			continue
		}
		if score, n := separatorScore(sample, sign, atLeast); score > most {
			separator, known, most = sign, n, score
		}
	}
	return separator, known
}

// statedSeparator reads a first line such as sep=; which Excel writes for itself.
func statedSeparator(sample string) (separator byte, stated bool) {
	const label = "sep="
	if len(sample) <= len(label) || !strings.EqualFold(sample[:len(label)], label) {
		return 0, false
	}
	separator = sample[len(label)]
	return separator, strings.IndexByte(csvSeparators+"^~:", separator) >= 0
}

// separatorScore tells how well a sign parts a text: by its best row of headers. Where nothing else says that the text
// is a table, a row not much narrower must stand below it; prose has none.
func separatorScore(sample string, sign byte, atLeast int) (score, known int) {
	source := newCSVSource(strings.NewReader(sample), sign, min(len(sample), csvSample))
	t := &tableReader{words: tableWords(), source: source}
	var rows []tableRow
	for len(rows) <= headerWithin {
		row, err := source.next()
		if err != nil {
			break
		}
		if !row.empty() && len(row.cells) <= maxTableColumns {
			rows = append(rows, row.own())
		}
	}
	for i := range rows {
		if i > headerNear && score >= headerSure {
			break
		}
		if s, n := t.headerScore(rows[i].cells); n >= atLeast && s > score {
			if atLeast == 1 || i+1 < len(rows) && 2*len(rows[i+1].cells) >= len(rows[i].cells) {
				score, known = s, n
			}
		}
	}
	return score, known
}

// csvSource reads the rows of a text with separators.
type csvSource struct {
	reader    *csv.Reader
	budget    *budgetReader
	separator byte
}

// maxCSVRow is how long one row may be. A quotation mark that is never closed would make a row of the rest of the file.
const maxCSVRow = 1 << 20

func newCSVSource(in io.Reader, separator byte, buffer int) *csvSource {
	budget := &budgetReader{in: in, left: maxCSVRow}
	reader := csv.NewReader(bufio.NewReaderSize(budget, buffer))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord, reader.ReuseRecord = rune(separator), true, -1, true
	return &csvSource{reader: reader, budget: budget, separator: separator}
}

var errRowTooLong = errors.New("a row is too long")

func (s *csvSource) next() (tableRow, error) {
	s.budget.left = maxCSVRow
	cells, err := s.reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return tableRow{}, io.EOF
	case errors.Is(err, errRowTooLong):
		return tableRow{}, &Error{Kind: TooLarge, Detail: "A row is longer than 1 MB. A quotation mark before it is probably never closed.", At: fmt.Sprintf("byte %d", s.reader.InputOffset())}
	case err != nil:
		return tableRow{}, csvFault(err)
	}
	line, _ := s.reader.FieldPos(0)
	if line == 1 && len(cells) <= 2 && strings.HasPrefix(strings.ToLower(cells[0]), "sep=") {
		return s.next()
	}
	for i, cell := range cells {
		if !utf8.ValidString(cell) {
			cells[i] = validText(cell)
		}
	}
	return tableRow{cells: cells, number: line}, nil
}

// csvFault passes on what the reader below says, and turns the rest into words for people.
func csvFault(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return malformed(fmt.Sprintf("line %d", parse.Line), "The row is not well formed: %v.", parse.Err)
	}
	return err
}

func (s *csvSource) where(row, column int, label string) string {
	switch {
	case column < 0:
		return fmt.Sprintf("line %d", row)
	case label == "":
		return fmt.Sprintf("line %d, column %d", row, column+1)
	}
	return fmt.Sprintf("line %d, column %s", row, quoteShort(label))
}

// fault finds rows with more cells than there are headers, and rows that run into one another.
func (s *csvSource) fault(row *tableRow, width int) string {
	if n := len(row.cells); n > width && !onlyEmpty(row.cells[width:]) {
		return fmt.Sprintf("The row has %d cells, the headers are %d: a separator stands inside a cell without quotation marks. All of it was judged.", n, width)
	}
	for _, cell := range row.cells {
		if strings.IndexByte(cell, '\n') >= 0 && s.runsOn(cell, width) {
			return "A cell holds whole rows: the quotation mark at its start is not closed. All of it was judged, as one line."
		}
	}
	return ""
}

// runsOn tells a cell with line breaks in which the lines are rows. A separator with a blank behind it is one of prose.
func (s *csvSource) runsOn(cell string, width int) bool {
	_, rest, _ := strings.Cut(cell, "\n")
	sign := string(rune(s.separator))
	for line := range strings.SplitSeq(rest, "\n") {
		if n := strings.Count(line, sign) - strings.Count(line, sign+" "); n > 0 && n >= width-1 {
			return true
		}
	}
	return false
}

func (s *csvSource) epoch() time.Time { return sheetEpoch1900 }

// budgetReader ends with an error where more is read than its owner has allowed.
type budgetReader struct {
	in   io.Reader
	left int
}

func (b *budgetReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRowTooLong
	}
	n, err := b.in.Read(p)
	b.left -= n
	return n, err
}

// lineEnds turns carriage returns into line ends, for files that have no other.
type lineEnds struct{ in io.Reader }

func (l *lineEnds) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// validText keeps a cell in UTF-8 where a file that begins in it goes on in Windows-1252.
func validText(cell string) string {
	text, err := charmap.Windows1252.NewDecoder().String(cell)
	if err != nil {
		return strings.ToValidUTF8(cell, "\ufffd")
	}
	return text
}
