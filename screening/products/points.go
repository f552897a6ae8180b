package products

import "unicode/utf8"

// codePoints cuts a text by code points. Where bytes and code points differ, a table of them is made when first asked
// for, so that many cuts cost no more than reading the text once.
type codePoints struct {
	raw     string
	ascii   bool
	offsets []int // of each code point, and the length of the text
}

func newCodePoints(raw string) codePoints { return codePoints{raw: raw, ascii: isASCII(raw)} }

// offset is where the nth code point begins.
func (p *codePoints) offset(n int) int {
	if p.ascii {
		return min(n, len(p.raw))
	}
	if p.offsets == nil {
		p.offsets = make([]int, 0, utf8.RuneCountInString(p.raw)+1)
		for i := range p.raw {
			p.offsets = append(p.offsets, i)
		}
		p.offsets = append(p.offsets, len(p.raw))
	}
	return p.offsets[min(n, len(p.offsets)-1)]
}

// slice returns the code points start to end.
func (p *codePoints) slice(start, end int) string {
	from := p.offset(start)
	return p.raw[from:max(from, p.offset(end))]
}
