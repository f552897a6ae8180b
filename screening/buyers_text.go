package screening

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// wordSpan is one word of a text: where its comparable form and its raw form stand, in bytes.
type wordSpan struct {
	from, to       int
	rawFrom, rawTo int
	first          bool // of a part of the text: after a comma, colon, bracket, slash, spaced dash or line break
}

// wordText is a text split into words, in lower case without accents, full stops and apostrophes.
type wordText struct {
	text    string
	letters []byte
	words   []wordSpan
}

func (t *wordText) word(i int) []byte { return t.letters[t.words[i].from:t.words[i].to] }

// isRaw tells whether word i stands in the text exactly so.
func (t *wordText) isRaw(i int, word string) bool {
	return t.text[t.words[i].rawFrom:t.words[i].rawTo] == word
}

// endsPart tells whether the part of the text ends after word i, or goes on with a number: a postcode.
func (t *wordText) endsPart(i int) bool {
	if i+1 == len(t.words) || t.words[i+1].first {
		return true
	}
	next := t.word(i + 1)[0]
	return next >= '0' && next <= '9'
}

// splitWords splits a text, appending to the two slices: callers pass arrays of their own to keep short names off the
// heap.
func splitWords(text string, letters []byte, words []wordSpan) wordText {
	word, open := wordSpan{first: true}, false
	for i, size := 0, 0; i < len(text); i += size {
		r := rune(text[i])
		size = 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if ascii := foldASCII(r); ascii != 0 || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			if !open {
				word.from, word.rawFrom, open = len(letters), i, true
			}
			if ascii != 0 {
				letters = append(letters, ascii)
			} else {
				letters = appendFolded(letters, r)
			}
			word.rawTo = i + size
			continue
		}
		if isInsideWord(r) {
			continue
		}
		if open && len(letters) > word.from {
			word.to = len(letters)
			words = append(words, word)
			word = wordSpan{}
		}
		open = false
		if r == '&' {
			from := len(letters)
			letters = append(letters, "and"...)
			words = append(words, wordSpan{from, len(letters), i, i + size, word.first})
			word.first = false
		}
		word.first = word.first || endsPart(text, i, r)
	}
	if open && len(letters) > word.from {
		word.to = len(letters)
		words = append(words, word)
	}
	return wordText{text, letters, words}
}

// isInsideWord tells signs that are dropped without ending a word.
func isInsideWord(r rune) bool {
	switch r {
	case '.', '\'', '’', 'ʼ':
		return true
	}
	return r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r)
}

// foldASCII returns the lower-case form of an ASCII letter or digit, and 0 for any other rune.
func foldASCII(r rune) byte {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return byte(r)
	case r >= 'A' && r <= 'Z':
		return byte(r | 0x20)
	}
	return 0
}

func appendFolded(letters []byte, r rune) []byte {
	if r == 'ß' {
		return append(letters, "ss"...)
	}
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			letters = utf8.AppendRune(letters, unicode.ToLower(part))
		}
	}
	return letters
}

// endsPart tells whether the sign at byte i ends a part of the text. A hyphen does so between blanks only.
func endsPart(text string, i int, sign rune) bool {
	switch sign {
	case ',', ';', ':', '/', '(', ')', '[', ']', '|', '\n', '–', '—':
		return true
	case '-':
		return i > 0 && text[i-1] == ' ' && i+1 < len(text) && text[i+1] == ' '
	}
	return false
}

// phraseSet finds phrases of one or more words in a text, by their first word.
type phraseSet map[string][]phrase

type phrase struct {
	rest []string // after the first word
	code string
}

func (s phraseSet) add(text, code string) {
	t := splitWords(text, nil, nil)
	var words []string
	for i := range t.words {
		words = append(words, string(t.word(i)))
	}
	if len(words) > 0 {
		s[words[0]] = append(s[words[0]], phrase{words[1:], code})
	}
}

// at returns the longest phrase that stands at word i, its number of words and its code.
func (s phraseSet) at(t *wordText, i int) (words int, code string, ok bool) {
	for _, p := range s[string(t.word(i))] {
		if 1+len(p.rest) > words && t.has(i+1, p.rest) {
			words, code, ok = 1+len(p.rest), p.code, true
		}
	}
	return words, code, ok
}

// continues tells whether word i is there and in the same part of the text as a match that began at word start.
func (t *wordText) continues(start, i int) bool {
	return i < len(t.words) && (i == start || !t.words[i].first)
}

// has tells whether the words stand at i, all in one part of the text.
func (t *wordText) has(i int, words []string) bool {
	if i+len(words) > len(t.words) {
		return false
	}
	for k, word := range words {
		if t.words[i+k].first || string(t.word(i+k)) != word {
			return false
		}
	}
	return true
}

// wordIndex tells which patterns a text may match: those that need one of its words, by their indices.
type wordIndex map[string][]int

func (x wordIndex) add(words []string, pattern int) {
	for _, word := range words {
		if !slices.Contains(x[word], pattern) {
			x[word] = append(x[word], pattern)
		}
	}
}

// patterns returns the indices in order, each once.
func (x wordIndex) patterns(t *wordText) []int {
	var found []int
	for i := range t.words {
		for _, pattern := range x[string(t.word(i))] {
			if at, known := slices.BinarySearch(found, pattern); !known {
				found = slices.Insert(found, at, pattern)
			}
		}
	}
	return found
}
