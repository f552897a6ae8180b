package entry

import (
	"strings"

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
