package names

import (
	"math/bits"
	"unicode/utf8"
)

// deletes finds the words that are a few edits from a given one: words are filed under what is left of their first
// letters when up to two of them are deleted, and looked up under the same (symmetric deletion). It only proposes;
// the kernel decides. It is immutable once built.
type deletes struct {
	known  []uint64 // one bit for each hash that may be filed: most are not, and are told without touching the rest
	bits   uint     // hash to bit
	starts []uint32 // of each bucket in filed; one more than buckets
	filed  []filed
	shift  uint // hash to bucket
}

// knownBits is how many times as many bits as buckets there are.
const knownBits = 3 // as a power of two

// filed is a word under one of its shortened forms.
type filed struct {
	hash uint32 // of the shortened form
	word int32
	mark mark // of the word, to pass over unlike ones without looking at them
}

// prefixLetters is how many letters at the start of a word are filed.
const prefixLetters = 7

// allowedDeletes is how many letters may be deleted of a word of a length.
func allowedDeletes(length int) int {
	switch {
	case length <= 3:
		return 0
	case length <= 6:
		return 1
	}
	return 2
}

func newDeletes(words []string) *deletes {
	var v variants
	total := 0
	for _, word := range words {
		total += len(v.of(word))
	}
	width := uint(bits.Len(uint(total)))
	d := &deletes{
		known: make([]uint64, max(1, 1<<(width+knownBits)/64)), bits: 32 - width - knownBits,
		starts: make([]uint32, 1<<width+1), shift: 32 - width, filed: make([]filed, total),
	}
	// First the size of each bucket, one place to the right; filling then moves each start to its end.
	for _, word := range words {
		for _, hash := range v.of(word) {
			d.starts[hash>>d.shift+1]++
			d.known[hash>>d.bits/64] |= 1 << (hash >> d.bits % 64)
		}
	}
	for i := 1; i < len(d.starts); i++ {
		d.starts[i] += d.starts[i-1]
	}
	for id, word := range words {
		marked := markOf(word)
		for _, hash := range v.of(word) {
			at := d.starts[hash>>d.shift]
			d.starts[hash>>d.shift]++
			d.filed[at] = filed{hash, int32(id), marked}
		}
	}
	copy(d.starts[1:], d.starts)
	d.starts[0] = 0
	return d
}

// find calls yield with words that may be near; one may come several times.
func (d *deletes) find(word string, v *variants, yield func(word int32)) {
	marked := markOf(word)
	for _, hash := range v.of(word) {
		if d.known[hash>>d.bits/64]&(1<<(hash>>d.bits%64)) == 0 {
			continue
		}
		bucket := hash >> d.shift
		for _, f := range d.filed[d.starts[bucket]:d.starts[bucket+1]] {
			if f.hash == hash && marked.near(f.mark) {
				yield(f.word)
			}
		}
	}
}

// variants computes the hashes of a word shortened in every allowed way.
type variants struct {
	hashes [1 + prefixLetters + prefixLetters*(prefixLetters-1)/2]uint32
}

// of returns the hashes; they are overwritten by the next call.
func (v *variants) of(word string) []uint32 {
	packed, letters, length := pack(word)
	n := 0
	v.hashes[n] = scatter(packed)
	n++
	allowed := allowedDeletes(length)
	if allowed == 0 {
		return v.hashes[:n]
	}
	for i := range letters {
		once := without(packed, i)
		v.hashes[n] = scatter(once)
		n++
		if allowed == 1 {
			continue
		}
		for j := i; j < letters-1; j++ {
			v.hashes[n] = scatter(without(once, j))
			n++
		}
	}
	return v.hashes[:n]
}

// pack puts the first letters of a word into a number, a byte each, and returns it with the number of letters in it
// and in the word. Letters that sound or look alike share a byte, and so may letters outside ASCII: that only
// proposes more words.
func pack(word string) (packed uint64, letters, length int) {
	for _, r := range word {
		if letters < prefixLetters {
			packed |= uint64(letterByte(r)) << (8 * letters)
			letters++
		}
		length++
	}
	return packed, letters, length
}

func letterByte(r rune) byte {
	switch r {
	case 'c', 'q':
		return 'k'
	case 'y', 'j':
		return 'i'
	case 'z':
		return 's'
	case 'w':
		return 'v'
	}
	if r < utf8.RuneSelf {
		return byte(r)
	}
	return byte(r) ^ byte(r>>7) | 0x80
}

// without removes the byte at a position.
func without(packed uint64, position int) uint64 {
	below := uint64(1)<<(8*position) - 1
	return packed&below | packed>>8&^below
}

func scatter(packed uint64) uint32 { return uint32((packed * 0x9E3779B97F4A7C15) >> 32) }

// mark is the consonants that a word has, one bit a sound, and its length in the upper bits.
type mark uint32

const markLength = 26 // bits of a mark that are consonants

func markOf(word string) mark {
	m, length := mark(0), 0
	for _, r := range word {
		length++
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'j', 'h', '0', '1', '3', '4', '@', '*', '!', '|', '<':
			continue // a vowel, written like one, or silent
		case 'c', 'q':
			r = 'k'
		case 'z', '5', '$':
			r = 's'
		case 'w':
			r = 'v'
		case 'p':
			r = 'b'
		case 'd':
			r = 't'
		}
		m |= 1 << (uint32(r) % markLength)
	}
	return m | mark(min(length, 63))<<markLength
}

// near tells whether two words may be a few edits apart. A plain edit changes two consonants at most.
func (m mark) near(other mark) bool {
	const consonants = 1<<markLength - 1
	a, b := int(m>>markLength), int(other>>markLength)
	if a-b > longestDifference || b-a > longestDifference {
		return false
	}
	most := 2 * allowedDeletes(max(a, b))
	if max(a, b) > prefixLetters+2 {
		most++
	}
	return bits.OnesCount32(uint32((m^other)&consonants)) <= most
}

// longestDifference is how many letters longer a word may be than one near it.
const longestDifference = 4
