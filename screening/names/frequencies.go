package names

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ReadFrequencies reads how often tokens stand in a background corpus of names: a token in its normal form, a tab and
// a count on each line; lines that begin with # say what the file is.
func ReadFrequencies(r io.Reader) (map[string]int, error) {
	frequencies := make(map[string]int)
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		token, text, _ := strings.Cut(line, "\t")
		count, err := strconv.Atoi(text)
		if err != nil || count < 1 || token == "" {
			return nil, fmt.Errorf("line %d: %q is no token with its count", number, line)
		}
		if _, twice := frequencies[token]; twice {
			return nil, fmt.Errorf("line %d: %q stands twice", number, token)
		}
		frequencies[token] = count
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading frequencies: %w", err)
	}
	return frequencies, nil
}
