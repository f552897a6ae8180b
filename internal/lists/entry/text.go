package entry

import (
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/internal/lists"
)

// Part returns a part of a copy that a list cannot be read without.
func Part(c *lists.Copy, name string) (*lists.File, error) {
	f := c.Parts[name]
	if f == nil {
		return nil, &lists.Fault{File: name, Detail: "is missing"}
	}
	return f, nil
}

// BadUTF8 finds the first bytes of a file that are not UTF-8; nil where there are none.
func BadUTF8(f *lists.File) error {
	if utf8.Valid(f.Data) {
		return nil
	}
	rest, line := f.Data, 1
	for {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size <= 1 {
			return &lists.Fault{File: f.Name, Line: line, Detail: "holds bytes that are not UTF-8: the file is damaged, or was saved in another character set"}
		}
		if r == '\n' {
			line++
		}
		rest = rest[size:]
	}
}

// Quote quotes a text of a file for a message, cut to what helps.
func Quote(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "..."
	}
	return `"` + strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s) + `"`
}
