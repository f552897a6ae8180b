package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// finishWord makes tokens of the letters read since the last separator: one of an alphabet, one or more of scripts
// that are written without spaces.
func (s *scanner) finishWord() {
	word, first := s.word, len(s.tokens)
	for len(word) > 0 {
		group, length := leadingRun(word)
		if group.unspaced() {
			s.addUnspaced(word[:length], group)
		} else {
			s.addSpelled(word[:length])
		}
		word = word[length:]
	}
	s.addTurned(s.word, first)
	s.word, s.hidden = s.word[:0], false
}

// addTurned adds a word with letters that an override shows from right to left a second time, as it is seen. Either
// reading may be the one that is meant. first is the place of the word's first token.
func (s *scanner) addTurned(word []cell, first int) {
	if len(word) == 0 || !word[len(word)-1].turned {
		return
	}
	if group, length := leadingRun(word); group != latin || length < len(word) {
		return
	}
	seen := slices.Clone(word)
	for left, right := 0, len(seen)-1; left < right; {
		switch {
		case !seen[left].turned:
			left++
		case !seen[right].turned:
			right--
		default:
			seen[left].r, seen[right].r = seen[right].r, seen[left].r
			seen[left].script, seen[right].script = seen[right].script, seen[left].script
			left, right = left+1, right-1
		}
	}
	s.hidden = false
	s.addSpelled(seen)
	s.change(ZeroWidth, word)
	for i := first; i < len(s.tokens); i++ {
		s.tokens[i].either = true
	}
}

// leadingRun returns how many letters at the start of a word are read together, and their script; latin stands for
// every alphabet whose letters are exchanged for others that look alike.
func leadingRun(word []cell) (script, int) {
	run := noScript
	for i := range word {
		group := word[i].script
		if group == noScript {
			continue
		}
		if !group.unspaced() && group != arabic && group != hebrew {
			group = latin // look-alikes are exchanged among these
		}
		if run != noScript && group != run {
			return run, i
		}
		run = group
	}
	return run, len(word)
}

// addToken adds a token for the letters of a word in a script, unless nothing is left of them.
func (s *scanner) addToken(word []cell, letters string, group script) {
	if letters == "" {
		return
	}
	token := Token{
		Norm: letters, Start: word[0].start, End: word[len(word)-1].end,
		romanised: group > latin && letters[0] < utf8.RuneSelf, unspaced: group.unspaced(),
	}
	if len(s.tokens) > 0 {
		token.between = tight(string(s.between))
	}
	s.between = s.between[:0]
	s.tokens = append(s.tokens, token)
}

func (s *scanner) change(kind ChangeKind, word []cell) {
	s.changes = append(s.changes, Change{Kind: kind, Start: word[0].start, End: word[len(word)-1].end})
}

// addSpelled adds a word of an alphabet.
func (s *scanner) addSpelled(word []cell) {
	group := alphabet(word, &s.foreign)
	if s.hidden && group <= armenian {
		s.change(ZeroWidth, word)
	}
	switch group {
	case arabic:
		s.addToken(word, consonants(withoutArticle(word), arabicLetters), group)
	case hebrew:
		s.addToken(word, consonants(word, hebrewLetters), group)
	case latin, noScript:
		letters, homoglyphs, accents := latinWord(word)
		if homoglyphs {
			s.change(Homoglyph, word)
		}
		if accents {
			s.change(Accents, word)
		}
		s.addToken(word, letters, group)
	default:
		letters, homoglyphs := romanised(word, group)
		if homoglyphs {
			s.change(Homoglyph, word)
		}
		if group != otherScript {
			s.change(Transliterated, word)
		}
		s.addToken(word, letters, group)
	}
}

// latinWord writes a word in plain lower-case Latin letters, and tells whether letters only looked Latin and whether
// marks were dropped.
func latinWord(word []cell) (letters string, homoglyphs, accents bool) {
	var b strings.Builder
	for _, c := range word {
		r := unicode.ToLower(c.r)
		homoglyphs = homoglyphs || c.styled
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case c.script == noScript && unicode.IsMark(r):
			accents = true
		case c.script == noScript && unicode.IsDigit(r):
			b.WriteByte('0' + digitValue(r))
		case c.script == latin:
			base := latinBase(r)
			accents = accents || base != ""
			b.WriteString(base)
		default:
			homoglyphs = true
			if drawn, ok := drawnLetters[r]; ok {
				b.WriteString(drawn)
			} else if twin, ok := lookalike(c.r); ok {
				b.WriteRune(twin)
			} else {
				b.WriteString(romanLetter(r, 0))
			}
		}
	}
	return b.String(), homoglyphs, accents
}

// latinBase returns the plain letters of a Latin letter, or nothing when it has none.
func latinBase(r rune) string {
	if letters, ok := latinLetters[r]; ok {
		return letters
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if base < utf8.RuneSelf {
		return string(base)
	}
	if letters, ok := latinLetters[base]; ok {
		return letters
	}
	if twin, ok := lookalike(r); ok {
		return string(twin)
	}
	return ""
}

func digitValue(r rune) byte {
	value := byte(0)
	for value < 9 && unicode.IsDigit(r-rune(value)-1) {
		value++
	}
	return value
}

// romanised writes a word of another alphabet in Latin letters by a fixed table, or, where there is none, keeps its
// letters without their marks. Latin letters inside it count as letters of that alphabet.
func romanised(word []cell, group script) (letters string, homoglyphs bool) {
	var b strings.Builder
	previous := rune(0)
	for _, c := range word {
		r, alphabet := unicode.ToLower(c.r), c.script
		if twin, ok := cyrillicShapes[r]; ok && group == cyrillic {
			r, alphabet, homoglyphs = twin, cyrillic, true
		}
		switch {
		case alphabet == noScript && unicode.IsMark(r):
			continue
		case alphabet == noScript && unicode.IsDigit(r):
			b.WriteByte('0' + digitValue(r))
		case alphabet == latin:
			b.WriteString(latinBase(r))
		default:
			b.WriteString(romanLetter(r, previous))
		}
		previous = r
	}
	return b.String(), homoglyphs
}

// romanLetter returns the Latin letters for one letter after another; previous is 0 at the start of a word.
func romanLetter(r, previous rune) string {
	switch scriptOf(r) {
	case latin:
		return string(r)
	case cyrillic:
		if r == 'е' && (previous == 0 || strings.ContainsRune("аеёиоуыэюяъьй", previous)) {
			return "ye"
		}
		return cyrillicLetters[r]
	case greek:
		for _, base := range norm.NFD.String(string(r)) {
			r = base
			break
		}
		if r == 'υ' && (previous == 'ο' || previous == 'ό') {
			return "u"
		}
		return greekLetters[r]
	case armenian:
		return armenianLetters[r]
	case georgian:
		return georgianLetters[r]
	}
	return string(devanagariOf(r))
}

// withoutArticle drops the Arabic article in front of a word.
func withoutArticle(word []cell) []cell {
	if len(word) >= 6 && word[0].r == 'ا' && word[1].r == 'ل' {
		return word[2:]
	}
	return word
}

// consonants folds a word of a script that writes vowels or leaves them out as the writer likes. A word of hardly
// any consonants keeps its letters.
func consonants(word []cell, folds map[rune]string) string {
	var folded, kept strings.Builder
	count := 0
	for _, c := range word {
		r := unicode.ToLower(c.r)
		if unicode.IsMark(r) {
			continue
		}
		if unicode.IsDigit(r) {
			r = rune('0' + digitValue(r))
		}
		kept.WriteRune(r)
		fold, ok := folds[r]
		if !ok {
			fold = string(r)
		}
		folded.WriteString(fold)
		if fold != "" {
			count++
		}
	}
	if count < 2 {
		return kept.String()
	}
	return folded.String()
}
