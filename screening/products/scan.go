package products

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
		if text[i]|0x20 != first || !hasFold(text[i:], g.prefix) {
			continue
		}
		if !g.opensWord(text[:i]) {
			continue
		}
		code, end, grouped := g.run(text, i)
		if code == "" {
			continue
		}
		found := g.read(code)
		if grouped && found.reading == full {
			found.reading = near
			if found.product == noProduct {
				found.reading = noNumber
			}
		} else if grouped {
			found.reading = noNumber
		}
		if found.reading == noNumber {
			continue
		}
		found.start, found.end = i, end
		if offsets != nil {
			found.start, found.end = offsets[i], offsets[end]
		}
		yield(found)
		i = end - 1
	}
}

// run takes the code that begins at i: the prefix, the digits and all letters, digits and wildcards that follow. Where
// they end at once, single separators between groups are passed over and grouped is true; the code is then taken only
// as far as one group beyond each separator, while the grammar has room.
func (g *grammar) run(text string, i int) (code string, end int, grouped bool) {
	end = i + len(g.prefix)
	at := end
	if at < len(text) && g.separators.has(text[at]) {
		at++
		grouped = true
	}
	for n := range g.digits {
		if at+n >= len(text) || !isDigit(text[at+n]) {
			return "", 0, false
		}
	}
	head := text[i:end] + text[at:at+g.digits]
	end = at + g.digits
	rest := text[end:g.wordEnd(text, end)]
	end += len(rest)
	if !grouped && rest != "" {
		return strings.ToUpper(text[i:end]), end, false
	}
	joined, stop := rest, end
	for len(joined) < g.longest && stop+1 < len(text) && g.separators.has(text[stop]) {
		next := g.wordEnd(text, stop+1)
		if next == stop+1 || len(joined)+next-stop-1 > g.longest {
			break
		}
		joined += text[stop+1 : next]
		stop = next
		if g.edits(strings.ToUpper(joined)) == 0 {
			return strings.ToUpper(head + joined), stop, true
		}
	}
	return strings.ToUpper(head + rest), end, grouped
}

// wordEnd is the end of the run of letters, digits and wildcards that begins at i.
func (g *grammar) wordEnd(text string, i int) int {
	for i < len(text) && (isAlnum(text[i]) || g.wildcards.has(text[i])) {
		i++
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

// fold turns look-alike and full-width letters into ASCII, drops invisible characters, and keeps where each byte came
// from. Other characters become a space.
func (g *grammar) fold(raw string) (folded string, offsets, changed []int) {
	var b strings.Builder
	at := 0
	for _, r := range raw {
		switch lookalike, ok := g.lookalikes[unicode.ToUpper(r)]; {
		case ok:
			b.WriteByte(lookalike)
			changed = append(changed, at)
		case r >= '！' && r <= '～': // the full-width block repeats ASCII
			b.WriteByte(byte(r - '！' + '!'))
			changed = append(changed, at)
		case unicode.Is(unicode.Cf, r):
			changed = append(changed, at)
			at++
			continue
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteByte('x') // part of a word, never of a part number
		default:
			b.WriteByte(' ')
		}
		offsets = append(offsets, at)
		at++
	}
	return b.String(), append(offsets, at), changed
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
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
