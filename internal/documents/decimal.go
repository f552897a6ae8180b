package documents

import (
	"strconv"
	"strings"
)

// decimal reads a number as people and programs write it: 1,234.50, 1.234,50, 1 234,50 US$, -5, (5). Where one sign
// could be either, it is the thousands' only before exactly three digits.
func decimal(s string) (string, bool) {
	s = strings.TrimSpace(s)
	negative := strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")
	var digits strings.Builder
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',':
			digits.WriteRune(r)
		case r == '-' || r == '−':
			if digits.Len() > 0 && i < len(s)-len(string(r)) {
				return "", false // 2024-10-02 is no number
			}
			negative = true
		case (r == 'e' || r == 'E') && isExponent(s[:i], s[i+1:]):
			return scientific(s)
		}
	}
	number := strings.Trim(digits.String(), ".,")
	if number == "" {
		return "", false
	}
	number, ok := plainDecimal(number)
	if negative && ok && strings.Trim(number, "0.") != "" {
		number = "-" + number
	}
	return number, ok
}

// isExponent tells the E of 1.5E+3 from that of 5 EA: digits stand on both sides of it.
func isExponent(before, after string) bool {
	after = strings.TrimLeft(after, "+-")
	return before != "" && isDigits(before[len(before)-1:]) && after != "" && isDigits(after[:1])
}

// scientific reads 1.5E+3 as spreadsheets write it.
func scientific(s string) (string, bool) {
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil {
		return "", false
	}
	return strconv.FormatFloat(f, 'f', -1, 64), true
}

// plainDecimal sorts out dots and commas.
func plainDecimal(s string) (string, bool) {
	dot, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	mark := max(dot, comma)
	if mark < 0 {
		return s, true
	}
	both := dot >= 0 && comma >= 0
	repeated := strings.Count(s, s[mark:mark+1]) > 1
	thousands := !both && (repeated || s[mark] == ',' && len(s)-mark-1 == 3 && s[:mark] != "0")
	whole := strings.NewReplacer(".", "", ",", "").Replace
	if thousands {
		return whole(s), true
	}
	if both && repeated {
		return "", false
	}
	return whole(s[:mark]) + "." + s[mark+1:], true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isGTIN tells digits that are as many as a GTIN of 8, 12, 13 or 14 has (GS1 General Specifications, section 3).
func isGTIN(s string) bool {
	switch len(s) {
	case 8, 12, 13, 14:
		return isDigits(s)
	}
	return false
}
