package screening

import (
	"strings"
	"unicode"
)

// lost stands where a character was lost: text in one charset was read in another.
const lost = '\uFFFD'

func marred(text string) bool { return strings.ContainsRune(text, lost) }

// damaged tells whether a text has a word that lost so much that a listed name or a part number could have stood
// there unseen. A word that lost a letter or two of many is found as a misspelt one is, and a lost sign between words
// (a degree, a dash) hides nothing.
func damaged(text string) bool {
	if !marred(text) {
		return false
	}
	var w damagedWord
	for _, r := range text {
		switch {
		case r == lost:
			w.lost++
		case unicode.IsLetter(r):
			w.letters++
		case unicode.IsDigit(r):
			w.digits++
		default:
			if w.unreadable() {
				return true
			}
			w = damagedWord{}
		}
	}
	return w.unreadable()
}

// damagedWord counts the characters of a word.
type damagedWord struct{ letters, digits, lost int }

// Limits of what can be told.
const (
	mostLost     = 2 // characters of a word, as many as a misspelling may have wrong
	shortestName = 4 // characters of a word that decides something by itself
	shortestCode = 6 // characters of a part number
)

func (w damagedWord) unreadable() bool {
	left := w.letters + w.digits
	switch {
	case w.lost == 0:
		return false
	case left == 0:
		return w.lost > mostLost
	case w.digits > 0 && w.letters > 0 && left+w.lost >= shortestCode:
		return true // a code is not found by what is left of it
	case left+w.lost < shortestName:
		return false
	}
	return w.lost > mostLost || w.lost > left
}
