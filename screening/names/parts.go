package names

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Part is a name that stands in a field beside another one.
type Part struct {
	Text  string
	Start int // in code points of the whole
}

// Parts returns the names of which a field holds more than one: around words such as d/b/a, a slash or brackets, and
// before a place that a comma sets apart. It is empty where there is one name only.
func (l *Lexicon) Parts(t Text) []Part {
	var cuts [][]int
	if strings.ContainsAny(t.Raw, "/;()[]&") || slices.ContainsFunc(t.Tokens, func(token Token) bool { return l.jointWords[token.Norm] }) {
		cuts = l.joint.FindAllStringIndex(t.Raw, -1)
	}
	if at := l.placeBehind(t); at >= 0 {
		cuts = append(cuts, []int{at, len(t.Raw)})
	}
	if len(cuts) == 0 {
		return nil
	}
	var out []Part
	from := 0
	for _, cut := range append(cuts, []int{len(t.Raw), len(t.Raw)}) {
		if cut[0] < from {
			continue
		}
		if text := strings.TrimSpace(t.Raw[from:cut[0]]); utf8.RuneCountInString(text) >= shortestNamed && text != t.Raw {
			start := from + strings.Index(t.Raw[from:], text)
			out = append(out, Part{text, utf8.RuneCountInString(t.Raw[:start])})
		}
		from = cut[1]
	}
	return out
}

// shortestNamed is how many letters a part must have to be taken for a name.
const shortestNamed = 4

// placeBehind returns the byte of the first comma of a text that ends with a place of its own, or -1.
func (l *Lexicon) placeBehind(t Text) int {
	first, last := strings.IndexByte(t.Raw, ','), strings.LastIndexByte(t.Raw, ',')
	if last < 0 {
		return -1
	}
	point := utf8.RuneCountInString(t.Raw[:last])
	behind := 0
	for _, token := range t.Tokens {
		if token.Start < point {
			continue
		}
		if token.Class != Place {
			return -1
		}
		behind++
	}
	if behind == 0 {
		return -1
	}
	return first
}

// firstWords returns the words that joints begin with: a name without any of them needs no closer look.
func firstWords(joints []string) map[string]bool {
	words := make(map[string]bool, len(joints))
	for _, joint := range joints {
		if tokens := tokenise(joint, nil).Tokens; len(tokens) > 0 {
			words[tokens[0].Norm] = true
		}
	}
	return words
}

// newJoint makes the pattern of what stands between two names.
func newJoint(words []string) *regexp.Regexp {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	slices.SortFunc(quoted, func(a, b string) int { return len(b) - len(a) }) // the longest first
	if len(quoted) == 0 {
		return regexp.MustCompile(`[/;()\[\]]`)
	}
	return regexp.MustCompile(`(?i)(?:^|[\s,(])(?:` + strings.Join(quoted, "|") + `)[\s:]|\s/\s|[;()\[\]]|/`)
}
