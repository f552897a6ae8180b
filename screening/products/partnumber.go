package products

import (
	"fmt"
	"strings"
)

// reading tells how much of a part number a run of characters is, weakest first.
type reading uint8

const (
	noNumber reading = iota
	bare             // a known product number alone, which is also a terminal, a flight or a pupil
	cut              // a known product number and a believable part of the rest
	near             // a known product number, the rest one character off the grammar
	full             // the whole grammar
)

// partNumber is one part number found in a text.
type partNumber struct {
	grammar    *grammar
	reading    reading
	start, end int // half-open, code points of the raw text
	number     string
	product    int // index of the product, or noProduct
	confirmed  bool
	detail     map[string]string
	renewal    bool
	changed    bool // characters of another alphabet stood for Latin ones
	misread    bool // a character of the prefix or the product number was taken for another
}

// charset is a set of ASCII characters.
type charset [2]uint64

func (c *charset) add(b byte)     { c[b>>6&1] |= 1 << (b & 63) }
func (c charset) has(b byte) bool { return b < 128 && c[b>>6]&(1<<(b&63)) != 0 }

// parseCharset reads characters and ranges such as A-Z0-9.
func parseCharset(spec string) (charset, error) {
	var set charset
	for i := 0; i < len(spec); i++ {
		low, high := spec[i], spec[i]
		if i+2 < len(spec) && spec[i+1] == '-' {
			high = spec[i+2]
			i += 2
		}
		if low > high || high > 127 {
			return set, fmt.Errorf("%q is not a set of ASCII characters such as A-Z0-9", spec)
		}
		for b := low; b <= high; b++ {
			set.add(b)
		}
	}
	return set, nil
}

// position is one compiled place of a part number.
type position struct {
	name     string
	allowed  charset
	known    charset
	optional bool
	tables   []Meaning
}

// numberInfo is what is known of one product number.
type numberInfo struct {
	product   int
	confirmed bool
}

// grammar is a Grammar ready to read with.
type grammar struct {
	brand         string
	verified      string
	prefix        string
	digits        int
	minCut        int
	longest       int // positions, optional ones included
	positions     []position
	wildcards     charset
	separators    charset
	stuckPrefixes []string // lower case
	notAfter      []string // lower case
	tails         []string // upper case
	lookalikes    map[rune]byte
	misreads      map[byte]string
	numbers       map[string]numberInfo
}

// newGrammar compiles g; product gives the index of a product id.
func newGrammar(brand string, g *Grammar, product func(id string) (int, error)) (*grammar, error) {
	out := &grammar{
		brand: brand, verified: g.Verified, prefix: g.Prefix, digits: g.Digits, minCut: g.MinCut,
		stuckPrefixes: lowered(g.StuckPrefixes), notAfter: lowered(g.NotAfter), tails: g.Tails,
		lookalikes: map[rune]byte{}, misreads: map[byte]string{}, numbers: map[string]numberInfo{}, longest: len(g.Positions),
	}
	for i := range len(g.Wildcards) {
		out.wildcards.add(g.Wildcards[i])
	}
	for i := range len(g.Separators) {
		out.separators.add(g.Separators[i])
	}
	for from, to := range g.Lookalikes {
		for _, r := range from {
			out.lookalikes[r] = to[0]
		}
	}
	for meant, read := range g.Misreads {
		out.misreads[meant[0]] = read
	}
	for i, p := range g.Positions {
		allowed, err := parseCharset(p.OneOf)
		if err != nil {
			return nil, fmt.Errorf("part_numbers.positions[%d].one_of: %w", i, err)
		}
		known := allowed
		if p.Known != "" {
			if known, err = parseCharset(p.Known); err != nil {
				return nil, fmt.Errorf("part_numbers.positions[%d].known: %w", i, err)
			}
		}
		out.positions = append(out.positions, position{p.Name, allowed, known, p.Optional, p.Tables})
	}
	for number := range g.Unnamed {
		out.numbers[number] = numberInfo{product: noProduct, confirmed: false}
	}
	for _, table := range []struct {
		numbers   map[string]string
		confirmed bool
	}{{g.Unconfirmed, false}, {g.Numbers, true}} {
		for number, id := range table.numbers {
			index, err := product(id)
			if err != nil {
				return nil, fmt.Errorf("part_numbers: number %s: %w", number, err)
			}
			out.numbers[number] = numberInfo{index, table.confirmed}
		}
	}
	return out, nil
}

func lowered(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}

// read tells what code is: an upper-case run that opens with the prefix and the digits of a product number.
func (g *grammar) read(code string) partNumber {
	head := len(g.prefix) + g.digits
	number, rest := code[len(g.prefix):head], code[head:]
	info, known := g.numbers[number]
	if !known {
		info = numberInfo{product: noProduct}
	}
	found := partNumber{grammar: g, number: number, product: info.product, confirmed: info.confirmed}
	edits := g.edits(rest)
	switch {
	case edits == 0:
		found.reading = full
		found.detail, found.renewal = g.detail(number, rest)
	case !known:
		return partNumber{}
	case edits == 1:
		found.reading = near
	case g.isCut(rest):
		found.reading = cut
	case rest == "":
		found.reading = bare
	default:
		return partNumber{}
	}
	return found
}

// unreachable is more edits than any part number may have.
const unreachable = 99

// edits is the smallest number of characters to add, drop, change or swap that makes rest fit the positions, capped at
// 2 by giving up on runs that are too long. A wildcard stands for any run of positions, if two others are left.
func (g *grammar) edits(rest string) int {
	if len(rest) > g.longest+1 || len(rest) == 0 {
		return unreachable
	}
	literals := 0
	for i := range len(rest) {
		if !g.wildcards.has(rest[i]) {
			literals++
		}
	}
	if literals < 2 {
		return unreachable
	}
	var row [3][maxPositions + 1]uint8 // this row of the table, the one before and the one before that
	before, last, now := &row[0], &row[1], &row[2]
	for j := 1; j <= g.longest; j++ {
		last[j] = last[j-1] + g.skipCost(j-1)
	}
	for i := 1; i <= len(rest); i++ {
		c := rest[i-1]
		wild := g.wildcards.has(c)
		now[0] = last[0] + 1
		for j := 1; j <= g.longest; j++ {
			p := &g.positions[j-1]
			cost := uint8(1)
			if wild || p.allowed.has(c) {
				cost = 0
			}
			best := min(last[j-1]+cost, last[j]+1, now[j-1]+g.skipCost(j-1))
			if wild {
				best = min(best, now[j-1], last[j])
			}
			if i > 1 && j > 1 && p.allowed.has(rest[i-2]) && g.positions[j-2].allowed.has(c) {
				best = min(best, before[j-2]+1)
			}
			now[j] = best
		}
		before, last, now = last, now, before
	}
	return int(last[g.longest])
}

// maxPositions bounds a grammar's length.
const maxPositions = 16

func (g *grammar) skipCost(j int) uint8 {
	if g.positions[j].optional {
		return 0
	}
	return 1
}

// isCut reports whether rest opens the positions with characters that are known there and then stops.
func (g *grammar) isCut(rest string) bool {
	if len(rest) < g.minCut {
		return false
	}
	i := 0
	for j := range g.positions {
		if i == len(rest) {
			return true
		}
		p := &g.positions[j]
		switch {
		case p.known.has(rest[i]):
			i++
		case p.optional:
		default:
			return false
		}
	}
	return i == len(rest)
}

// detail says what the characters of rest mean, where that is known. Rest fits the grammar.
func (g *grammar) detail(number, rest string) (map[string]string, bool) {
	detail := map[string]string{"product": number}
	if strings.IndexFunc(rest, func(r rune) bool { return g.wildcards.has(byte(r)) }) >= 0 && len(rest) < g.required() {
		return detail, false // the places behind a wildcard for several positions are not known
	}
	renewal := false
	i, spare := 0, len(rest)-g.required()
	for j := range g.positions {
		p := &g.positions[j]
		if i == len(rest) {
			break
		}
		if p.optional {
			if spare == 0 || !p.allowed.has(rest[i]) {
				continue
			}
			spare--
		}
		if value, ok := p.means(number, rest[i]); ok {
			detail[p.name] = value.Means
			renewal = renewal || value.Renewal
		}
		i++
	}
	return detail, renewal
}

// required is the number of positions that are not optional.
func (g *grammar) required() int {
	n := 0
	for j := range g.positions {
		if !g.positions[j].optional {
			n++
		}
	}
	return n
}

func (p *position) means(number string, c byte) (Value, bool) {
	for _, table := range p.tables {
		if table.Numbers != "" && !strings.Contains(table.Numbers, number[:1]) {
			continue
		}
		if value, ok := table.Values[string(c)]; ok && value.Confidence != "unknown" {
			return value, true
		}
	}
	return Value{}, false
}
