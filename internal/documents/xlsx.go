package documents

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// xlsxFormat reads workbooks of Excel 2007 and later.
var xlsxFormat = format{id: "xlsx", name: "an Excel workbook (.xlsx)", recognise: isXLSX, read: readXLSX}

// Limits of a workbook.
const (
	maxSheets     = 50
	maxSheetCells = 2_000_000 // of one sheet, the empty ones before a cell of a row included
	maxStrings    = 400_000   // texts that a workbook holds once for all sheets
	maxPart       = 4 << 20   // unpacked, of parts other than sheets and texts
	maxUnpacked   = 32 << 20  // of the whole workbook
)

// sheetNoValue stands in a cell whose formula came without its result.
const sheetNoValue = "#FORMULA!"

// isXLSX takes ZIP archives that hold a workbook, those too that are refused with a reason.
func isXLSX(s *source) bool {
	return bytes.HasPrefix(s.data, []byte("PK\x03\x04")) &&
		(bytes.Contains(s.data, []byte("xl/workbook")) || bytes.Contains(s.data, []byte("xl/worksheets/")) || isOpenDocument(s.data))
}

func isOpenDocument(data []byte) bool {
	const head = 200
	return bytes.Contains(data[:min(len(data), head)], []byte("opendocument.spreadsheet"))
}

func readXLSX(ctx context.Context, src *source, c *collector) error {
	book, err := openWorkbook(src.data, maxUnpacked)
	if err != nil {
		return err
	}
	var tables []*tableData
	var seen []tableRow
	readable := false
	for _, name := range book.sheets {
		data, err := book.table(ctx, name)
		if err != nil {
			return err
		}
		if data == nil {
			continue
		}
		tables = append(tables, data)
		if data.plan == nil {
			seen = append(seen, data.titles...)
			continue
		}
		readable = readable || data.plan.sells() || data.plan.names()
	}
	switch {
	case !readable && len(tables) > 0 && tables[0].plan != nil:
		return unscreenable(tables[0].header, book.sheets[0])
	case !readable:
		return unknownTable(seen, "")
	}
	return writeTables(ctx, tables, c)
}

// workbook is an open workbook.
type workbook struct {
	file   *excelize.File
	sheets []string
	days   time.Time // day 0
}

// openWorkbook checks what the archive says of itself, then opens it. Macros are not looked at.
func openWorkbook(data []byte, most int64) (book *workbook, err error) {
	defer func() {
		if recovered := recover(); recovered != nil { // a broken workbook must not end the program, whatever the library makes of it
			book, err = nil, malformed("", "The workbook is damaged.")
		}
	}()
	if err := checkArchive(data, most); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: most, UnzipXMLSizeLimit: most})
	if err != nil {
		return nil, malformed("", "The workbook cannot be opened: %s.", err)
	}
	if text, ok := file.Pkg.Load("xl/sharedStrings.xml"); ok {
		if part, isText := text.([]byte); isText && bytes.Count(part, []byte("<si")) > maxStrings {
			return nil, &Error{Kind: TooLarge, Detail: "The workbook holds more than 400,000 texts. Split it.", At: "xl/sharedStrings.xml"}
		}
	}
	if err := markFormulas(file); err != nil {
		return nil, err
	}
	book = &workbook{file: file, sheets: file.GetSheetList(), days: sheetEpoch1900}
	if len(book.sheets) > maxSheets {
		return nil, &Error{Kind: TooLarge, Detail: fmt.Sprintf("The workbook has more than %d sheets. Send those with orders.", maxSheets)}
	}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		book.days = sheetEpoch1904
	}
	return book, nil
}

// checkArchive refuses archives that unpack to too much, hold a part twice, or are no workbook of this kind. The size
// that an entry states is the most that is ever unpacked of it.
func checkArchive(data []byte, most int64) error {
	if isOpenDocument(data) {
		return &Error{Kind: Unsupported, Detail: "This is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV."}
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return malformed("", "The workbook is damaged: it is no whole ZIP archive. It was cut on its way, or changed.")
	}
	total := uint64(0)
	seen := make(map[string]bool, len(archive.File))
	for _, entry := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(entry.Name, "\\", "/"))
		total += min(entry.UncompressedSize64, uint64(most)+1)
		switch {
		case name == "xl/workbook.bin":
			return &Error{Kind: Unsupported, Detail: "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV."}
		case seen[name]:
			return &Error{Kind: Refused, Detail: "The workbook holds a part twice, so that programs disagree on what it says. Open it in a spreadsheet program and save it.", At: entry.Name}
		case total > uint64(most), entry.UncompressedSize64 > maxPart && isSmallPart(name):
			return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The workbook unpacks to more than %d MB. Split it, or send it as CSV.", most>>20), At: entry.Name}
		}
		seen[name] = true
	}
	return nil
}

// isSmallPart tells parts that are read into memory as a whole and have no reason to be large.
func isSmallPart(name string) bool {
	return strings.HasSuffix(name, ".xml") && !strings.HasPrefix(name, "xl/worksheets/") && name != "xl/sharedstrings.xml" || strings.HasSuffix(name, ".rels")
}

// table reads a sheet whole; nil where it is empty. A sheet without known headers is texts.
func (b *workbook) table(ctx context.Context, sheet string) (*tableData, error) {
	table, err := b.open(ctx, sheet)
	if err != nil || table.plan == nil && len(table.titles) == 0 {
		return nil, err
	}
	data, err := readTable(ctx, table)
	if err == nil && table.plan != nil && len(data.rows) == 0 {
		table.asText() // what looked like headers are labels, with values beside them
		return readTable(ctx, table)
	}
	return data, err
}

// open begins to read a sheet.
func (b *workbook) open(ctx context.Context, sheet string) (*tableReader, error) {
	rows, err := b.file.Rows(sheet)
	if err != nil {
		return nil, malformed(sheet, "The sheet cannot be read: %s.", err)
	}
	table, err := openTable(ctx, tableWords(), &sheetSource{sheet: sheet, rows: rows, days: b.days}, 2)
	if err == nil && table.plan != nil && !table.plan.sells() && !table.plan.names() && table.plan.reference < 0 {
		table.asText() // a cover sheet: labels with values beside them
	}
	return table, err
}

// sheetSource reads the rows of a sheet.
type sheetSource struct {
	sheet string
	rows  *excelize.Rows
	days  time.Time
	row   int
	cells int
}

func (s *sheetSource) next() (row tableRow, err error) {
	defer func() {
		if recovered := recover(); recovered != nil { // as in openWorkbook
			row, err = tableRow{}, malformed(s.sheet, "The sheet is damaged.")
		}
	}()
	for s.rows.Next() {
		s.row++
		cells, err := s.rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return tableRow{}, malformed(s.where(s.row, 0, ""), "The row cannot be read: %s.", err)
		}
		if s.cells += len(cells); s.cells > maxSheetCells {
			return tableRow{}, &Error{Kind: TooLarge, Detail: "The sheet has more than two million cells. Split it.", At: s.where(s.row, 0, "")}
		}
		if len(cells) > 0 {
			return tableRow{cells: cells, number: s.row}, nil
		}
	}
	if err := s.rows.Close(); err != nil {
		return tableRow{}, malformed(s.sheet, "The sheet cannot be read to its end: %s.", err)
	}
	return tableRow{}, io.EOF
}

func (s *sheetSource) where(row, column int, _ string) string {
	sheet := s.sheet
	if strings.ContainsAny(sheet, " !'-.,;:()&+") {
		sheet = "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
	}
	if column < 0 {
		return fmt.Sprintf("%s!%d:%d", sheet, row, row)
	}
	cell, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return fmt.Sprintf("%s, row %d", sheet, row)
	}
	return sheet + "!" + cell
}

// fault finds nothing: in a sheet, cells beside the table are notes, not a row that was parted wrongly.
func (s *sheetSource) fault(*tableRow, int) string { return "" }

func (s *sheetSource) epoch() time.Time { return s.days }

var errSheetOrder = errors.New("cells out of order")
