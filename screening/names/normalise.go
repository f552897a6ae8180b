package names

import (
	"strings"
	"unicode/utf8"
)

// Normalise returns the text in its normal form: compatibility characters and letters that only look Latin made
// plain, lower case, marks on Latin letters and invisible characters gone, other alphabets romanised or folded, legal
// forms as one token each, and every token with its class. It never fails: what has no letter or digit gives no
// token. Normalising Text.Norm again gives the same tokens.
func (l *Lexicon) Normalise(raw string) Text { return l.NormaliseIn(raw, nil) }

// NormaliseIn is Normalise with memory for the tokens of an ASCII text: it saves the allocation where many texts are
// read and none is kept. The text is valid until the memory is used again.
func (l *Lexicon) NormaliseIn(raw string, room []Token) Text {
	text := tokeniseIn(raw, l.unspaced, room)
	text.Tokens = l.classify(text.Tokens)
	return text
}

// tokenise cuts a text into tokens of normal letters, without their classes. Words of unspaced scripts are cut at the
// known words at their ends.
func tokenise(raw string, known *wordEnds) Text { return tokeniseIn(raw, known, nil) }

func tokeniseIn(raw string, known *wordEnds, room []Token) Text {
	text := Text{Raw: raw}
	if isASCII(raw) {
		text.Tokens = asciiTokens(raw, room)
	} else {
		text.Tokens, text.Changes = unicodeTokens(raw, known)
	}
	text.Tokens = joinInitials(&text)
	return text
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// The kinds of ASCII characters.
const (
	separator = iota
	wordCharacter
	apostrophe
)

var asciiKinds = func() (kinds [utf8.RuneSelf]uint8) {
	for c := range kinds {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			kinds[c] = wordCharacter
		case c == '\'' || c == '`':
			kinds[c] = apostrophe
		}
	}
	return kinds
}()

// asciiTokens is the fast path: code points are bytes and tokens are parts of the lower-cased text.
func asciiTokens(raw string, room []Token) []Token {
	lower := strings.ToLower(raw)
	tokens := room[:0]
	if words := countWords(raw); words > cap(room) {
		tokens = make([]Token, 0, words)
	}
	previousEnd := 0
	for i := 0; i < len(raw); {
		if asciiKinds[raw[i]] != wordCharacter {
			i++
			continue
		}
		start, end, apostrophes := i, i+1, false
		for i++; i < len(raw) && asciiKinds[raw[i]] != separator; i++ {
			if asciiKinds[raw[i]] == wordCharacter {
				apostrophes = apostrophes || end < i
				end = i + 1
			}
		}
		norm := lower[start:end]
		if apostrophes {
			norm = withoutApostrophes(norm)
		}
		token := Token{Norm: norm, Start: start, End: end}
		if len(tokens) > 0 {
			token.between = tight(raw[previousEnd:start])
		}
		tokens = append(tokens, token)
		previousEnd = end
	}
	return tokens
}

// countWords counts the words of an ASCII text, so that their tokens need memory once.
func countWords(raw string) int {
	count, inside := 0, false
	for i := range len(raw) {
		switch asciiKinds[raw[i]] {
		case wordCharacter:
			if !inside {
				count, inside = count+1, true
			}
		case separator:
			inside = false
		}
	}
	return count
}

// tight returns what stands between two tokens, or nothing where they are plainly two words.
func tight(between string) string {
	if len(between) > mostBetween || strings.IndexByte(between, ' ') >= 0 {
		return ""
	}
	return between
}

// mostBetween is how many signs may stand between two pieces of one word.
const mostBetween = 3

// withoutApostrophes drops apostrophes, and the English genitive with them.
func withoutApostrophes(word string) string {
	if n := len(word); n > 3 && word[n-1] == 's' && asciiKinds[word[n-2]] == apostrophe {
		word = word[:n-2]
	}
	return strings.Map(func(r rune) rune {
		if r == '\'' || r == '`' {
			return -1
		}
		return r
	}, word)
}

// joinInitials makes one token of letters with single dots between them: A.O., S.r.l. It works in place.
func joinInitials(text *Text) []Token {
	tokens := text.Tokens
	kept := 0
	for i := 0; i < len(tokens); {
		end := i + 1
		for end < len(tokens) && tokens[end].between == "." && isInitial(tokens[end].Norm) && isInitial(tokens[end-1].Norm) {
			end++
		}
		token := tokens[i]
		if end > i+1 {
			token.Norm = squash(tokens[i:end])
			token.End = tokens[end-1].End
			if end-i > longestInitials {
				text.Changes = append(text.Changes, Change{Kind: Spaced, Start: token.Start, End: token.End})
			}
		}
		tokens[kept] = token
		kept++
		i = end
	}
	return tokens[:kept]
}

// longestInitials is how many dotted letters an honest abbreviation has; more are a word in disguise.
const longestInitials = 5

func isInitial(norm string) bool { return len(norm) == 1 && norm[0] >= 'a' }

// squash writes the tokens as one word.
func squash(tokens []Token) string {
	var b strings.Builder
	for _, token := range tokens {
		b.WriteString(token.Norm)
	}
	return b.String()
}
