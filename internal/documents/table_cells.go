package documents

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// tableTidy takes off a cell what spreadsheets put round a text to keep it a text: ="0012" and a leading apostrophe.
// What says that nothing is said becomes empty.
func (w *tableVocabulary) tidy(cell string) string {
	cell = clean(cell)
	if cell == "" {
		return ""
	}
	switch cell[0] {
	case '=':
		if inner, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inner, `"`) {
			cell = strings.TrimSpace(strings.ReplaceAll(inner[:len(inner)-1], `""`, `"`))
		}
	case '\'':
		if len(cell) > 1 && strings.IndexByte("0123456789=+-@", cell[1]) >= 0 {
			cell = cell[1:]
		}
	}
	if w.isBlank(cell) || isRule(cell) {
		return ""
	}
	return cell
}

// isRule tells cells that only draw a line, as tables in plain text have them: ----, :---:, =====.
func isRule(cell string) bool {
	const shortest = 3
	return len(cell) >= shortest && (cell[0] == '-' || cell[0] == ':' || cell[0] == '=' || cell[0] == '_') && strings.Trim(cell, "-:=_ ") == ""
}

// isSheetError tells what a spreadsheet shows where it could not work out a value.
func isSheetError(cell string) bool {
	if cell == "" || cell[0] != '#' {
		return false
	}
	switch cell {
	case "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!", sheetNoValue:
		return true
	}
	return false
}

// hasLetter tells texts from numbers, dates and marks.
func hasLetter(cell string) bool {
	switch strings.ToLower(cell) {
	case "true", "false", "yes", "no", "y", "n":
		return false
	}
	return strings.IndexFunc(cell, unicode.IsLetter) >= 0 && !looksLikeTime(cell)
}

// looksLikeTime tells an instant as programs write it: 2024-09-27T16:00:00Z.
func looksLikeTime(cell string) bool {
	if len(cell) < len(time.DateOnly) || cell[0] < '0' || cell[0] > '9' || cell[4] != '-' {
		return false
	}
	_, err := time.Parse(time.DateOnly, cell[:len(time.DateOnly)])
	return err == nil
}

// spelledOut writes a number that a spreadsheet shortened, such as 4.607137770123E+12, in full. Where digits were lost
// it returns false: which number stood there cannot be told any more.
func spelledOut(cell string) (number string, whole bool) {
	if !isScientific(cell) {
		return cell, true
	}
	mantissa, exponent, _ := strings.Cut(strings.ToUpper(cell), "E")
	digits := strings.ReplaceAll(strings.ReplaceAll(mantissa, ".", ""), ",", "")
	places, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if err != nil || places != len(digits)-1 {
		return cell, false
	}
	return digits, true
}

// isScientific tells 1.23E+15 from a part number such as 1E5 or 12E4.
func isScientific(cell string) bool {
	mark := strings.IndexAny(cell, "eE")
	if mark < 1 || mark == len(cell)-1 || cell[0] < '0' || cell[0] > '9' {
		return false
	}
	if mark > 1 && cell[1] != '.' && cell[1] != ',' || strings.Trim(cell[:mark], "0123456789.,") != "" {
		return false
	}
	exponent, signed := strings.CutPrefix(cell[mark+1:], "+")
	return len(exponent) > 1 && strings.Trim(exponent, "0123456789") == "" && (signed || mark > 2)
}

// Days on which spreadsheets begin to count: 1899-12-30, which makes up for the 29 February 1900 that Excel believes in,
// or 1904-01-01.
var (
	sheetEpoch1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	sheetEpoch1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Serial numbers that are taken for days: those of 1982 to 2119. Others are years, or numbers of something else.
const firstSerial, lastSerial = 30000, 80000

// dateForms are ways to write a day that can be read in one way only.
var dateForms = []string{
	"2006/1/2", "2006.1.2", "2006-1-2", "2006年1月2日", "2 Jan 2006", "2-Jan-2006", "2/Jan/2006", "2 January 2006",
	"Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006", "2. January 2006", "Mon, 2 Jan 2006", "Monday, January 2, 2006",
	"2-Jan-06", "02-Jan-06",
}

// tableDate turns what a cell says of a day into a form that the engine reads. Texts that are such a form, and those
// that no form fits, stay as they are.
func tableDate(cell string, epoch time.Time) string {
	if strings.Trim(cell, "0123456789.") == "" {
		if serial, err := strconv.ParseFloat(cell, 64); err == nil {
			return serialDate(cell, serial, epoch)
		}
	}
	if screening.CheckDate(cell) == nil {
		return cell
	}
	day, clock := cutClock(cell)
	for _, form := range dateForms {
		if t, err := time.Parse(form, day); err == nil {
			return joinClock(t.Format(time.DateOnly), clock)
		}
	}
	if clock != "" && numericDay(day) {
		return day // the engine reads a day in either order, and the whole day holds the hour
	}
	return cell
}

// serialDate converts a spreadsheet's count of days, with the time of day as its fraction.
func serialDate(cell string, serial float64, epoch time.Time) string {
	if serial < firstSerial || serial > lastSerial {
		return cell
	}
	day, fraction := math.Modf(serial)
	const secondsADay = 24 * 60 * 60
	t := epoch.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(fraction*secondsADay)) * time.Second)
	if fraction == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}

// cutClock parts a day from a time of day without zone: 9/27/2024 14:30. The clock comes back as 14:30:00, or empty
// where there is none or it is not plain.
func cutClock(cell string) (day, clock string) {
	colon := strings.IndexByte(cell, ':')
	if colon < 0 {
		return cell, ""
	}
	blank := strings.LastIndexAny(cell[:colon], " T")
	if blank < 0 {
		return cell, ""
	}
	written := strings.ToUpper(strings.TrimSpace(cell[blank+1:]))
	for _, form := range [...]string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "3:04PM"} {
		if t, err := time.Parse(form, written); err == nil {
			return strings.TrimRight(cell[:blank], ", "), t.Format(time.TimeOnly)
		}
	}
	return cell, ""
}

func joinClock(day, clock string) string {
	if clock == "" {
		return day
	}
	return day + "T" + clock
}

// numericDay tells three numbers with one sign between: 27.09.2024.
func numericDay(day string) bool {
	_, _, _, ok := dayParts(day)
	return ok
}

// dayParts parts a written day that ends in a year of four digits.
func dayParts(day string) (first, second, year int, ok bool) {
	parts := strings.FieldsFunc(day, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 || len(parts[2]) != len("2006") {
		return 0, 0, 0, false
	}
	numbers := [3]int{}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil {
			return 0, 0, 0, false
		}
		numbers[i] = n
	}
	return numbers[0], numbers[1], numbers[2], true
}

// laterDate tells which of two dates is later, in whichever order day and month stand; false where that cannot be told.
func laterDate(a, b string) (later string, ok bool) {
	if isoDay(a) && isoDay(b) {
		if a[:len(time.DateOnly)] == b[:len(time.DateOnly)] {
			return max(a, b), len(a) == len(b) && !strings.ContainsAny(a[len(time.DateOnly):]+b[len(time.DateOnly):], "+-Z")
		}
		return max(a, b), true
	}
	a1, a2, aYear, okA := dayParts(a)
	b1, b2, bYear, okB := dayParts(b)
	if !okA || !okB {
		return "", false
	}
	monthFirst := cmp.Or(cmp.Compare(aYear, bYear), cmp.Compare(a1, b1), cmp.Compare(a2, b2))
	dayFirst := cmp.Or(cmp.Compare(aYear, bYear), cmp.Compare(a2, b2), cmp.Compare(a1, b1))
	switch {
	case a1 > 12 || b1 > 12:
		monthFirst = dayFirst
	case a2 <= 12 && b2 <= 12 && monthFirst != dayFirst:
		return "", false
	}
	if monthFirst > 0 {
		return a, true
	}
	return b, true
}

func isoDay(s string) bool { return len(s) >= len(time.DateOnly) && looksLikeTime(s) }
