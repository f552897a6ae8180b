package documents

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// markFormulas puts a sign into cells whose formula came without its result, as programs that write workbooks leave
// them: they would read as empty. It refuses sheets whose cells are out of order, which programs read differently.
func markFormulas(file *excelize.File) error {
	var err error
	file.Pkg.Range(func(key, part any) bool {
		name, named := key.(string)
		content, isText := part.([]byte)
		if !named || !isText || !strings.HasPrefix(strings.ToLower(name), "xl/worksheets/") || !strings.HasSuffix(name, ".xml") {
			return true
		}
		marked, fault := markedSheet(content)
		switch {
		case errors.Is(fault, errSheetOrder):
			err = malformed(name, "The sheet's cells are out of order, so that programs disagree on what it says. Open it in a spreadsheet program and save it.")
		case fault != nil:
			err = malformed(name, "The sheet is damaged: it is not well-formed XML.")
		case marked != nil:
			file.Pkg.Store(name, marked)
		}
		return err == nil
	})
	return err
}

// sheetScan follows the cells of a sheet.
type sheetScan struct {
	decoder         *xml.Decoder
	row, column     int
	start           int64 // of the cell
	reference, kind string
	formula, result bool
	inside          string // v or is, where the scan is in one
	out             []byte // the sheet so far, where it had to change
	copied          int64
	content         []byte
	afterCells      bool
}

// markedSheet returns a sheet with marks; nil where it needs none.
func markedSheet(content []byte) ([]byte, error) {
	s := sheetScan{decoder: xml.NewDecoder(bytes.NewReader(content)), content: content}
	s.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for !s.afterCells {
		before := s.decoder.InputOffset()
		token, err := s.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := s.take(token, before); err != nil {
			return nil, err
		}
	}
	if s.out == nil {
		return nil, nil
	}
	return append(s.out, content[s.copied:]...), nil
}

func (s *sheetScan) take(token xml.Token, before int64) error {
	switch t := token.(type) {
	case xml.StartElement:
		return s.open(t, before)
	case xml.EndElement:
		s.close(t.Name.Local)
	case xml.CharData:
		if s.inside != "" && len(bytes.TrimSpace(t)) > 0 {
			s.result = true
		}
	}
	return nil
}

func (s *sheetScan) open(t xml.StartElement, before int64) error {
	switch t.Name.Local {
	case "row":
		s.column = 0
		return s.advance(&s.row, rowNumber(attributeOf(t, "r")))
	case "c":
		s.start, s.reference, s.kind = before, attributeOf(t, "r"), attributeOf(t, "t")
		s.formula, s.result = false, false
		if _, err := strconv.Atoi(cmp.Or(attributeOf(t, "s"), "0")); err != nil {
			return errSheetOrder // the library would leave the cell out
		}
		column, row, err := 0, 0, error(nil)
		if s.reference != "" {
			if column, row, err = excelize.CellNameToCoordinates(s.reference); err != nil || row != s.row {
				return errSheetOrder
			}
		}
		return s.advance(&s.column, column)
	case "f":
		s.formula = true
	case "v", "is":
		s.inside = t.Name.Local
		s.result = s.result || s.kind == "str" // a formula may well give an empty text
	}
	return nil
}

// advance goes on to a row or column that must lie behind the one before. 0 is the next.
func (s *sheetScan) advance(at *int, to int) error {
	if to == 0 {
		to = *at + 1
	}
	if to <= *at {
		return errSheetOrder
	}
	*at = to
	return nil
}

func (s *sheetScan) close(name string) {
	switch name {
	case "v", "is":
		s.inside = ""
	case "sheetData":
		s.afterCells = true
	case "c":
		if !s.formula || s.result || s.reference == "" {
			return
		}
		s.out = append(s.out, s.content[s.copied:s.start]...)
		s.out = append(s.out, `<c r="`+s.reference+`" t="str"><v>`+sheetNoValue+`</v></c>`...)
		s.copied = s.decoder.InputOffset()
	}
}

func attributeOf(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// rowNumber reads the number of a row; 0 where there is none.
func rowNumber(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || n > excelize.TotalRows {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
