package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// wordEnds is the known words of scripts without spaces. They are cut off at both ends of a run of letters, so that
// what is left is the name.
type wordEnds struct {
	known   map[string]bool
	longest int // in letters
}

func newWordEnds(f LexiconFile) *wordEnds {
	w := &wordEnds{known: make(map[string]bool)}
	w.add(f.TradeWords)
	for _, form := range f.LegalForms {
		w.add(form.Spellings)
	}
	for _, place := range f.Places {
		w.add(place.Names)
	}
	return w
}

func (w *wordEnds) add(words []string) {
	for _, word := range words {
		cells := compatible(word)
		group, length := leadingRun(cells)
		if !group.unspaced() || length < len(cells) {
			continue
		}
		letters := foldUnspaced(cells)
		w.known[spelling(letters)] = true
		w.longest = max(w.longest, len(letters))
	}
}

// cut returns the letters in pieces: known words at the ends, and the rest between them.
func (w *wordEnds) cut(letters []cell) [][]cell {
	var front, back [][]cell
	for len(letters) > 0 {
		if n := w.match(letters, false); n > 0 {
			back = append([][]cell{letters[len(letters)-n:]}, back...)
			letters = letters[:len(letters)-n]
		} else if n := w.match(letters, true); n > 0 {
			front = append(front, letters[:n])
			letters = letters[n:]
		} else {
			front = append(front, letters)
			break
		}
	}
	return append(front, back...)
}

// match returns the length of the longest known word at the front or back of the letters.
func (w *wordEnds) match(letters []cell, front bool) int {
	if w == nil {
		return 0
	}
	for n := min(w.longest, len(letters)); n > 0; n-- {
		part := letters[len(letters)-n:]
		if front {
			part = letters[:n]
		}
		if w.known[spelling(part)] {
			return n
		}
	}
	return 0
}

// addUnspaced adds the words of a run of letters that are written without spaces.
func (s *scanner) addUnspaced(run []cell, group script) {
	for _, piece := range s.known.cut(foldUnspaced(run)) {
		letters := spelling(piece)
		switch group {
		case kana:
			letters = romanKana(piece)
			s.change(Transliterated, piece)
		case hangul:
			letters = norm.NFD.String(letters) // so that edits count sounds, not syllables
		}
		s.addToken(piece, letters, group)
	}
}

// foldUnspaced drops marks and long marks and reads hiragana as katakana.
func foldUnspaced(run []cell) []cell {
	folded := make([]cell, 0, len(run))
	for _, c := range run {
		switch {
		case unicode.IsMark(c.r), c.r == longMark:
			continue
		case unicode.Is(unicode.Hiragana, c.r) && c.r <= 'ゖ':
			c.r += 'ア' - 'あ'
		case unicode.IsDigit(c.r):
			c.r = rune('0' + digitValue(c.r))
		}
		folded = append(folded, c)
	}
	return folded
}

func spelling(letters []cell) string {
	var b strings.Builder
	for _, c := range letters {
		b.WriteRune(c.r)
	}
	return b.String()
}

// romanKana writes katakana in Latin letters. Small vowels and ya, yu, yo join the sound before them.
func romanKana(letters []cell) string {
	roman := make([]byte, 0, 2*len(letters))
	for _, c := range letters {
		sound := kanaLetters[c.r]
		if c.r < utf8.RuneSelf {
			sound = string(c.r)
		}
		if n := len(roman); n > 1 && strings.ContainsRune("ァィゥェォャュョヮ", c.r) && isVowel(roman[n-1]) {
			roman = roman[:n-1]
			if len(sound) == 2 && strings.HasSuffix(string(roman), "h") {
				sound = sound[1:] // sha, not shya
			}
		}
		roman = append(roman, sound...)
	}
	return string(roman)
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
