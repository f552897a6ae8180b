package names

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cell is a character after NFKC with the raw code points that it stands for.
type cell struct {
	r          rune
	start, end int
	role       role
	script     script
	styled     bool // a letter for formulas or ornaments
	turned     bool // shown from right to left by an override
}

// role is what a character does in a text.
type role uint8

const (
	separates role = iota
	spells         // letters, digits and marks
	apostrophes
	hides // characters without ink
)

// scanner cuts a text into tokens, alphabet by alphabet.
type scanner struct {
	known   *wordEnds
	foreign [otherScript + 1]bool // scripts with a letter that looks like no Latin one
	tokens  []Token
	changes []Change
	word    []cell
	hidden  bool   // the word has invisible characters inside
	between []byte // the characters since the last token, spaces for those outside ASCII
}

func unicodeTokens(raw string, known *wordEnds) ([]Token, []Change) {
	cells := compatible(raw)
	s := scanner{known: known, tokens: make([]Token, 0, 1+len(cells)/6)}
	for i := range cells {
		if group := cells[i].script; group > latin && !s.foreign[group] {
			_, ok := lookalike(cells[i].r)
			s.foreign[group] = !ok
		}
	}
	turned := false
	for i := 0; i < len(cells); i++ {
		cells[i].turned = turned
		inside := len(s.word) > 0 && i+1 < len(cells) && cells[i+1].role == spells
		switch cells[i].role {
		case hides:
			s.hidden = s.hidden || inside
			turned = cells[i].r == rightToLeft || turned && cells[i].r != endOfDirection
		case apostrophes:
			if inside && len(s.word) > 1 && isGenitive(cells[i+1:]) {
				i++
			}
		case spells:
			s.word = append(s.word, cells[i])
		default:
			s.finishWord()
			s.between = append(s.between, signOf(cells[i].r))
		}
	}
	s.finishWord()
	return s.tokens, s.changes
}

// The characters that have text shown from right to left whatever its letters, and that end it.
const (
	rightToLeft    = '\u202e'
	endOfDirection = '\u202c'
)

// signOf is the ASCII sign that a character between words counts as. A currency's or another sign may be drawn for any
// letter, as $ is for s and § too.
func signOf(r rune) byte {
	switch {
	case r < utf8.RuneSelf:
		return byte(r)
	case unicode.In(r, unicode.Sc, unicode.So), r == '§', r == '¶':
		return anyLetter
	}
	return ' '
}

// compatible returns the NFKC form of a text, character by character.
func compatible(raw string) []cell {
	cells := make([]cell, 0, utf8.RuneCountInString(raw))
	position := 0
	if norm.NFKC.IsNormalString(raw) {
		for _, r := range raw {
			cells = append(cells, newCell(r, position, position+1, false))
			position++
		}
		return cells
	}
	for len(raw) > 0 {
		size := norm.NFKC.NextBoundaryInString(raw, true)
		segment := raw[:size]
		raw = raw[size:]
		end := position + utf8.RuneCountInString(segment)
		for _, r := range norm.NFKC.String(segment) {
			cells = append(cells, newCell(r, position, end, isMathLetter(segment)))
		}
		position = end
	}
	return cells
}

func newCell(r rune, start, end int, styled bool) cell {
	c := cell{r: r, start: start, end: end, styled: styled}
	if r < utf8.RuneSelf {
		switch asciiKinds[r] {
		case wordCharacter:
			c.role, c.script = spells, scriptOf(r)
		case apostrophe:
			c.role = apostrophes
		}
		return c
	}
	if plain := plainStyle(r); plain != r {
		c.r, c.styled = plain, true
	}
	c.script = scriptOf(c.r)
	switch {
	case isApostrophe(c.r):
		c.role = apostrophes
	case c.script != noScript:
		c.role = spells
	case isInvisible(c.r):
		c.role = hides
	case isLetter(c.r):
		c.role = spells
	}
	return c
}

// plainStyle returns the letter inside a circle or square, which NFKC leaves alone when it is white on black.
func plainStyle(r rune) rune {
	switch {
	case r >= 0x1F150 && r <= 0x1F169:
		return 'a' + r - 0x1F150
	case r >= 0x1F170 && r <= 0x1F189:
		return 'a' + r - 0x1F170
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return 'a' + r - 0x1F1E6
	}
	return r
}

// isMathLetter tells of the alphabets that Unicode keeps for formulas.
func isMathLetter(segment string) bool {
	r, _ := utf8.DecodeRuneInString(segment)
	return r >= 0x1D400 && r <= 0x1D7FF
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// isInvisible tells of characters without ink that can hide inside a word: formats, fillers and variation selectors.
func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector) || r == 0x034F || r == 0x115F || r == 0x1160 ||
		r == 0x17B4 || r == 0x17B5 || r == 0x3164
}

func isApostrophe(r rune) bool {
	switch r {
	case '’', '‘', '´', 'ʹ', 'ʼ', 'ʻ', 'ʽ', 'ʾ', 'ʿ', '′', 'ˈ':
		return true
	}
	return false
}

// isGenitive tells whether a word ends after its apostrophe with a single s.
func isGenitive(rest []cell) bool {
	return (rest[0].r == 's' || rest[0].r == 'S') && (len(rest) == 1 || rest[1].role == separates)
}
