package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"go.mau.fi/util/confusable"
	"golang.org/x/text/unicode/norm"
)

// lookalike returns the lower-case ASCII letter that a letter looks like: by its own shape, or by the shape of its
// capital. The plain shape is asked first, before any case folding: folding turns К into к, whose shape is no k.
func lookalike(r rune) (rune, bool) {
	if ascii, ok := shape(r); ok {
		return ascii, true
	}
	if ascii, ok := shape(unicode.ToUpper(r)); ok || r < 0x80 {
		return ascii, ok
	}
	if ascii, ok := shape(unicode.ToLower(r)); ok {
		return ascii, ok
	}
	if base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r))); base != r {
		return lookalike(base)
	}
	return 0, false
}

// shape returns the lower-case ASCII letter that has the shape of r as it is written.
func shape(r rune) (rune, bool) {
	if r < 0x80 {
		return 0, false
	}
	skeleton := confusable.GetReplacement(r)
	if len(skeleton) != 1 {
		return 0, false
	}
	c := rune(skeleton[0]) | 0x20
	return c, c >= 'a' && c <= 'z'
}

// drawnLetters are the letters of other alphabets that are drawn for a Latin letter in ornamental spelling though their
// shape is another's or none: turned ones, and those that are known by their sound.
var drawnLetters = map[rune]string{
	'я': "r", 'и': "n", 'й': "n", 'д': "a", 'є': "e", 'э': "e", 'ц': "u", 'ш': "w", 'щ': "w", 'ж': "x",
	'σ': "s", 'ς': "s", 'ξ': "e", 'λ': "a", 'δ': "a",
}

// cyrillicShapes are the Cyrillic letters that ASCII letters pass for.
var cyrillicShapes = map[rune]rune{
	'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'i': 'і', 'j': 'ј', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р',
	's': 'ѕ', 't': 'т', 'x': 'х', 'y': 'у',
}

// alphabet decides which alphabet a word of Latin and other letters is written in, or whether a word without any
// Latin letter only looks foreign. foreign tells of each script whether the text has a letter of it that looks like
// no Latin one.
func alphabet(word []cell, foreign *[otherScript + 1]bool) script {
	latins, other, several := 0, noScript, false
	for i := range word {
		switch word[i].script {
		case noScript:
		case latin:
			latins++
		default:
			several = several || other != noScript && other != word[i].script
			other = word[i].script
		}
	}
	switch {
	case other == noScript:
		return latin
	case latins == 0 && !foreign[other] && (other <= georgian || other == otherScript) && looksLatin(word):
		return latin
	case several && latins == 0 && unlikeLatin(word) == 0: // nobody writes a word in two alphabets but to draw a third
		return latin
	case other == cyrillic && unlikeLatin(word) > 0 && passesForCyrillic(word):
		return cyrillic
	case latins > unlikeLatin(word):
		return latin
	}
	return other
}

// russianShapes are the Latin letters that pass for Russian ones.
const russianShapes = "abcehkmoptxy"

// passesForCyrillic tells whether every Latin letter of a word passes for a Russian one: then the word is Russian with
// Latin letters in it, not the other way round.
func passesForCyrillic(word []cell) bool {
	for i := range word {
		if word[i].script == latin && !strings.ContainsRune(russianShapes, unicode.ToLower(word[i].r)) {
			return false
		}
	}
	return true
}

// unlikeLatin counts the letters that look like no Latin one.
func unlikeLatin(word []cell) int {
	count := 0
	for i := range word {
		if word[i].script > latin {
			if _, ok := lookalike(word[i].r); !ok {
				count++
			}
		}
	}
	return count
}

// looksLatin tells whether every letter has the very shape of a Latin one, or its small form does, which is what is kept.
func looksLatin(word []cell) bool {
	for i := range word {
		if word[i].script == noScript {
			continue
		}
		_, ok := shape(word[i].r)
		if _, small := shape(unicode.ToLower(word[i].r)); !ok && !small {
			return false
		}
	}
	return true
}
