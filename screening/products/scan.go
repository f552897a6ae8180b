package products

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scan calls yield for every part number of the grammar in raw.
func (g *grammar) scan(raw string, yield func(partNumber)) {
	if isASCII(raw) {
		g.scanBytes(raw, nil, yield)
		return
	}
	folded, offsets, changed := g.fold(raw)
	g.scanBytes(folded, offsets, func(found partNumber) {
		for _, at := range changed {
			found.changed = found.changed || found.start <= at && at < found.end
		}
		yield(found)
	})
}

// scanBytes finds part numbers in an ASCII text. Offsets give the code point that each byte stood at, where the text
// was folded.
func (g *grammar) scanBytes(text string, offsets []int, yield func(partNumber)) {
	first := g.prefix[0] | 0x20
	for i := 0; i+len(g.prefix)+g.digits <= len(text); i++ {
		if text[i]|0x20 != first {
			continue
		}
		h, ok := g.head(text, i)
		if !ok {
			continue
		}
		opens := g.opensWord(text[:i])
		if !opens && !g.followsLetter(text[:i]) {
			continue
		}
		found, end := g.readFrom(text, h)
		if !opens {
			found = g.slipped(found)
		}
		if found.reading == noNumber {
			continue
		}
		found.start, found.end = i, end
		if offsets != nil {
			found.start, found.end = offsets[i], offsets[end-1]+1
		}
		yield(found)
		i = end - 1
	}
}

// head is the prefix and the product number of a part number, as the grammar has them.
type head struct {
	code    string
	end     int
	grouped bool // separators stood in it
	misread bool // one of its characters was taken for another
}

// head reads the prefix and the digits of a product number at i. Single separators may stand between the characters
// of the prefix and behind it; one character may be another that scanning takes for it.
func (g *grammar) head(text string, i int) (head, bool) {
	var code [maxHead]byte
	var h head
	at := i
	for n := range len(g.prefix) + g.digits {
		if n > 0 && n <= len(g.prefix) && at < len(text) && g.separators.has(text[at]) {
			at++
			h.grouped = true
		}
		if at == len(text) {
			return h, false
		}
		c := upper(text[at])
		at++
		switch {
		case n < len(g.prefix) && c == g.prefix[n], n >= len(g.prefix) && isDigit(c):
			code[n] = c
			continue
		case n == 0 || h.misread:
			return h, false
		case n < len(g.prefix):
			code[n] = g.prefix[n]
			h.misread = g.misreadAs(g.prefix[n], c)
		default:
			code[n] = g.digitFor(c)
			h.misread = code[n] != 0
		}
		if !h.misread {
			return h, false
		}
	}
	h.code, h.end = string(code[:len(g.prefix)+g.digits]), at
	return h, true
}

// maxHead bounds the prefix with the product number.
const maxHead = 32

// misreadAs reports whether scanning takes a character for another.
func (g *grammar) misreadAs(meant, read byte) bool {
	return strings.IndexByte(g.misreads[meant], read) >= 0
}

// digitFor is the digit that scanning takes for a letter, or 0.
func (g *grammar) digitFor(read byte) byte {
	for digit := byte('0'); digit <= '9'; digit++ {
		if g.misreadAs(digit, read) {
			return digit
		}
	}
	return 0
}

// readFrom reads what follows a head. A slip in the head, or separators, leave a whole number one step short of that;
// with less than a whole one behind them, they are chance. So is the shape where nothing but a word of it stands behind
// a number that nobody has sold: KL 1200 UNITS.
func (g *grammar) readFrom(text string, h head) (partNumber, int) {
	rest, end, grouped := g.rest(text, h)
	found := g.read(h.code + rest)
	if !grouped && !h.misread {
		if found.reading == noNumber {
			found = g.readTailed(h.code, rest)
		}
		return found, end
	}
	_, known := g.numbers[found.number]
	if found.reading == near && known && grouped && !h.grouped {
		return found, end // a star for the band was lost where it stood
	}
	glued := h.end < len(text) && isAlnum(text[h.end])
	if found.reading != full || grouped && h.misread || !known && (h.misread || !glued) {
		return partNumber{}, end
	}
	found.reading, found.misread = near, h.misread
	return found, end
}

// readTailed reads a number with a tail glued on. Without the tail it must be whole, or one character short of that.
func (g *grammar) readTailed(code, rest string) partNumber {
	for _, tail := range g.tails {
		if body, ok := strings.CutSuffix(rest, tail); ok {
			found := g.read(code + body)
			if found.reading == near {
				return found
			}
			return g.slipped(found)
		}
	}
	return partNumber{}
}

// slipped is a whole number with one character too many around it: near, where the product number is known, and else
// chance.
func (g *grammar) slipped(found partNumber) partNumber {
	if _, known := g.numbers[found.number]; found.reading != full || !known {
		return partNumber{}
	}
	found.reading = near
	return found
}

// rest takes what follows the head: all letters, digits and wildcards. Where they end at once, or the head was typed
// in groups, single separators between groups are passed over and grouped is true; the rest is then taken only as far
// as one group beyond each separator, while the grammar has room. Where no number is whole, one that has lost a character
// between two groups is taken, if the first of them opens the grammar and is as short as a star leaves it: KL4863-DA-FS.
func (g *grammar) rest(text string, h head) (rest string, end int, grouped bool) {
	end = g.wordEnd(text, h.end)
	rest = strings.ToUpper(text[h.end:end])
	if !h.grouped && rest != "" {
		return rest, end, false
	}
	joined, stop := rest, end
	torn, tornAt := "", end
	for len(joined) < g.longest && stop+1 < len(text) && g.separators.has(text[stop]) {
		next := g.wordEnd(text, stop+1)
		if next == stop+1 || len(joined)+next-stop-1 > g.longest {
			break
		}
		from := stop + 1
		joined += strings.ToUpper(text[from:next])
		stop = next
		if g.edits(joined) == 0 {
			return joined, stop, true
		}
		if opening := len(joined) - (next - from); opening == g.minCut && g.isCut(joined[:opening]) && g.edits(joined) == 1 {
			torn, tornAt = joined, stop
		}
	}
	if torn != "" {
		return torn, tornAt, true
	}
	return rest, end, h.grouped
}

// wordEnd is the end of the run of letters, digits and wildcards that begins at i, or a place beyond what any part
// number has.
func (g *grammar) wordEnd(text string, i int) int {
	for most := i + g.longest + 2; i < min(len(text), most) && (isAlnum(text[i]) || g.wildcards.has(text[i])); i++ {
	}
	return i
}

// opensWord reports whether a part number may begin behind before: at a word boundary or glued to a prefix that feeds
// are known to add, and not inside a host name.
func (g *grammar) opensWord(before string) bool {
	for _, p := range g.notAfter {
		if n := len(before) - len(p); n >= 0 && strings.EqualFold(before[n:], p) {
			return false
		}
	}
	if before == "" || !isAlnum(before[len(before)-1]) {
		return true
	}
	for _, p := range g.stuckPrefixes {
		n := len(before) - len(p)
		if n >= 0 && strings.EqualFold(before[n:], p) && (n == 0 || !isAlnum(before[n-1])) {
			return true
		}
	}
	return false
}

// followsLetter reports whether one letter alone stands glued before a number, as some distributors write theirs.
func (g *grammar) followsLetter(before string) bool {
	n := len(before)
	return n > 0 && isAlnum(before[n-1]) && !isDigit(before[n-1]) && (n == 1 || !isAlnum(before[n-2])) && g.opensWord(before[:n-1])
}

// fold turns look-alike letters, digits of any script and compatibility forms into ASCII, drops invisible characters
// and marks, and keeps where each byte came from. Other characters become a space.
func (g *grammar) fold(raw string) (folded string, offsets, changed []int) {
	var b strings.Builder
	var plain [utf8.UTFMax]byte
	at := -1
	for _, r := range raw {
		at++
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
			offsets = append(offsets, at)
			continue
		}
		if unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) {
			changed = append(changed, at)
			continue
		}
		before := b.Len()
		for _, part := range norm.NFKC.String(string(plain[:utf8.EncodeRune(plain[:], r)])) {
			c, alike := g.foldRune(part)
			b.WriteByte(c)
			if alike && (len(changed) == 0 || changed[len(changed)-1] != at) {
				changed = append(changed, at)
			}
		}
		for range b.Len() - before {
			offsets = append(offsets, at)
		}
	}
	return b.String(), append(offsets, at+1), changed
}

// foldRune gives the ASCII character that a rune stands for, if it does; else x for part of a word, which is never part
// of a number, or a space.
func (g *grammar) foldRune(r rune) (c byte, alike bool) {
	if lookalike, ok := g.lookalikes[unicode.ToUpper(r)]; ok {
		return lookalike, true
	}
	switch {
	case r < utf8.RuneSelf:
		return byte(r), true
	case unicode.IsDigit(r):
		return '0' + digitValue(r), true
	case unicode.IsLetter(r):
		return 'x', false
	}
	return ' ', false
}

// digitValue is the value of a decimal digit. Unicode keeps the ten digits of a script together, from nought to nine.
func digitValue(r rune) byte {
	for _, digits := range unicode.Nd.R16 {
		if rune(digits.Lo) <= r && r <= rune(digits.Hi) {
			return byte((r - rune(digits.Lo)) % 10)
		}
	}
	for _, digits := range unicode.Nd.R32 {
		if rune(digits.Lo) <= r && r <= rune(digits.Hi) {
			return byte((r - rune(digits.Lo)) % 10)
		}
	}
	return 0
}

func upper(b byte) byte {
	if b >= 'a' && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isAlnum(b byte) bool {
	return isDigit(b) || b|0x20 >= 'a' && b|0x20 <= 'z'
}
