package products

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

// landmark is a machine identifier, an own name or another maker's part number: a run of characters that is evidence
// by itself. It is compared letter for letter, so that "avp exe" is not avp.exe.
type landmark struct {
	value    string
	lead     int            // code points of value before its first token
	kind     IdentifierKind // empty for a product's own name
	product  int
	bundle   int // index of a Bundle, or noProduct
	brand    string
	verified string
}

// markHit is a landmark found in a text, in code points.
type markHit struct {
	*landmark
	start, end int
}

// landmarks finds them by their first token.
type landmarks map[string][]*landmark

func (s *Spotter) addMark(mark *landmark) {
	tokens := s.reader.Normalise(mark.value).Tokens
	if len(tokens) == 0 {
		return
	}
	mark.lead = tokens[0].Start
	s.marks[tokens[0].Norm] = append(s.marks[tokens[0].Norm], mark)
	s.fewestLetters = min(s.fewestLetters, letterCount(mark.value))
}

func letterCount(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// find appends the landmarks of a text to found; of those that begin at one token, the longest.
func (m landmarks) find(text names.Text, points *codePoints, found []markHit) []markHit {
	for i := range text.Tokens {
		candidates := m[text.Tokens[i].Norm]
		if len(candidates) == 0 {
			continue
		}
		var best *landmark
		for _, mark := range candidates {
			if mark.standsAt(points, text.Tokens[i].Start-mark.lead) && (best == nil || len(mark.value) > len(best.value)) {
				best = mark
			}
		}
		if best != nil {
			start := text.Tokens[i].Start - best.lead
			found = append(found, markHit{best, start, start + utf8.RuneCountInString(best.value)})
		}
	}
	return found
}

// standsAt reports whether the landmark stands at a code point of a text, with no letter or digit on either side.
func (l *landmark) standsAt(points *codePoints, start int) bool {
	if start < 0 {
		return false
	}
	raw, from := points.raw, points.offset(start)
	to := from + len(l.value)
	if to > len(raw) || !strings.EqualFold(raw[from:to], l.value) {
		return false
	}
	return (from == 0 || !isAlnum(raw[from-1])) && (to == len(raw) || !isAlnum(raw[to]))
}

// gtinSeparators are what people write between the digits of an article number.
var gtinSeparators = strings.NewReplacer(" ", "", "-", "")

// gtinKey brings a GTIN-8 to GTIN-14 into one form: digits without leading zeros. Anything else gives "".
func gtinKey(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 18 {
		return ""
	}
	plain := true
	for i := range len(s) {
		if !isDigit(s[i]) {
			if s[i] != ' ' && s[i] != '-' {
				return ""
			}
			plain = false
		}
	}
	if !plain {
		s = gtinSeparators.Replace(s)
	}
	return strings.TrimLeft(s, "0")
}
