package names

import "unicode/utf8"

// pattern looks for a brand word in a running text, spaces left out, with a few letters wrong, missing or added: the
// bit-parallel search of Myers (1999). Letters that are mistaken for one another count as the same. It only proposes
// where to look; the kernel decides. It is immutable once built.
type pattern struct {
	ascii  [utf8.RuneSelf]uint64 // positions of the word that a character fits
	others map[rune]uint64       // the same for other letters; nil when the word is ASCII
	length int
	errors int // most letters wrong
}

// maxPattern is the longest word, one bit a letter.
const maxPattern = 64

// newPattern makes a pattern of a word, which must have 1 to maxPattern letters.
func newPattern(word string, k *kernel) *pattern {
	p := &pattern{}
	p.set(word, k)
	return p
}

// set makes the pattern one of a word.
func (p *pattern) set(word string, k *kernel) {
	*p = pattern{}
	for _, letter := range word {
		bit := uint64(1) << p.length
		p.length++
		if letter < utf8.RuneSelf {
			for _, c := range k.alike[letter] {
				p.ascii[c] |= bit
			}
			continue
		}
		if p.others == nil {
			p.others = make(map[rune]uint64)
		}
		p.others[letter] |= bit
	}
	p.errors = patternErrors(p.length)
}

// places returns the positions of the word that a character fits, as bits.
func (p *pattern) places(r rune) uint64 {
	if r < utf8.RuneSelf {
		return p.ascii[r]
	}
	return p.others[r]
}

// patternErrors is how many letters may be wrong in a word of a length.
func patternErrors(length int) int {
	switch {
	case length < 5:
		return 0
	case length < 8:
		return 1
	case length < 9:
		return 2
	}
	return 3
}

// search is a pattern on its way through a text.
type search struct {
	*pattern
	plus, minus uint64 // vertical differences of the table's column, as bits
	wrong       int    // letters wrong in the best place that ends here
}

func (p *pattern) start() search {
	return search{pattern: p, plus: ^uint64(0), wrong: p.length}
}

// step takes the next character.
func (s *search) step(fits uint64) {
	vertical := fits | s.minus
	diagonal := (fits&s.plus + s.plus) ^ s.plus | fits
	plus := s.minus | ^(diagonal | s.plus)
	minus := s.plus & diagonal
	last := uint64(1) << (s.length - 1)
	if plus&last != 0 {
		s.wrong++
	} else if minus&last != 0 {
		s.wrong--
	}
	plus <<= 1
	minus <<= 1
	s.plus = minus | ^(vertical | plus)
	s.minus = plus & vertical
}

// word takes the letters of a word and tells whether a place ends in it.
func (s *search) word(word string) bool {
	found := false
	if s.others == nil {
		for i := range len(word) {
			fits := uint64(0)
			if word[i] < utf8.RuneSelf {
				fits = s.ascii[word[i]]
			}
			s.step(fits)
			found = found || s.wrong <= s.errors
		}
		return found
	}
	for _, r := range word {
		s.step(s.places(r))
		found = found || s.wrong <= s.errors
	}
	return found
}

// wrongLetters returns how many letters of a whole word are wrong, missing or added against the pattern's.
func (p *pattern) wrongLetters(word string) int {
	s := p.start()
	last := uint64(1) << (p.length - 1)
	for _, r := range word {
		fits := p.places(r)
		vertical := fits | s.minus
		diagonal := (fits&s.plus + s.plus) ^ s.plus | fits
		plus := s.minus | ^(diagonal | s.plus)
		minus := s.plus & diagonal
		if plus&last != 0 {
			s.wrong++
		} else if minus&last != 0 {
			s.wrong--
		}
		plus = plus<<1 | 1
		minus <<= 1
		s.plus = minus | ^(vertical | plus)
		s.minus = plus & vertical
	}
	return s.wrong
}
