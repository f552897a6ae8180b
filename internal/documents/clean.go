package documents

import (
	"strings"
	"unicode"
)

// clean trims a text and makes one blank of every run of blanks and control characters, line ends apart.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] > ' ' && s[i] < 0x7f || s[i] == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' '
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank, line := false, false
	for _, r := range s {
		switch {
		case r == '\n':
			blank, line = true, true
		case unicode.IsSpace(r) || unicode.IsControl(r):
			blank = true
		default:
			if b.Len() > 0 && line {
				b.WriteByte('\n')
			} else if b.Len() > 0 && blank {
				b.WriteByte(' ')
			}
			blank, line = false, false
			b.WriteRune(r)
		}
	}
	return b.String()
}
