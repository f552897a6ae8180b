package products

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening/names"
)

// study is what a field's words say to one brand. Everything is kept by token, so that a question about a place of the
// text costs what stands there and not what the whole text holds.
type study struct {
	hits   []hit     // in the order of their first tokens
	names  []nameHit // in the order of the text, without overlap
	mute   bool      // every naming of the brand in the field is a mention
	rivals int       // last token of the first rival's name; beyond the text if there is none
	beside bool      // another text of the line has a rival's goods, and this one is a note

	skip   []bool // tokens that may stand inside a name
	breaks []bool // a clause or item ends before this token
	comma  []bool // a comma stands before this token
	taught []bool // tokens that say what is taught or served: a product named there may not be what is bought
	told   []bool // of those, the ones behind words that introduce a title: no word there speaks of goods
	rival  []bool // tokens directly behind a rival's name

	hitAt  []int32 // the first hit that begins at a token or later
	nameAt []int32 // the name that covers a token, or noName
	solid  []int32 // how many tokens up to here end a run of skipped ones
	clause []int32 // the number of the clause that a token is in
}

const noName = -1

// studyRoom is the memory of a study, used again by the next line.
type studyRoom struct {
	flags  []bool
	counts []int32
	hits   []hit
	tokens []names.Token
}

// study returns a study of so many tokens, of which nothing is known yet. It holds until the room is asked again.
func (r *studyRoom) study(tokens int) study {
	flags, counts := zeroed(&r.flags, 6*tokens), zeroed(&r.counts, 4*tokens+2)
	flagsOf := func(i int) []bool { return flags[i*tokens : (i+1)*tokens] }
	return study{
		rivals: tokens, hits: r.hits[:0],
		skip: flagsOf(0), breaks: flagsOf(1), comma: flagsOf(2), taught: flagsOf(3), told: flagsOf(4), rival: flagsOf(5),
		nameAt: counts[:tokens], clause: counts[tokens : 2*tokens],
		solid: counts[2*tokens : 3*tokens+1], hitAt: counts[3*tokens+1:],
	}
}

// zeroed returns n zero values from the room, which grows where it must.
func zeroed[T any](room *[]T, n int) []T {
	if cap(*room) < n {
		*room = make([]T, n)
		return *room
	}
	out := (*room)[:n]
	clear(out)
	return out
}

// abbreviated is the most letters that a word before a full stop has if the stop is taken to shorten it: vs., incl.
const abbreviated = 4

// readSigns marks what the signs between words say.
func (v *view) readSigns() {
	tokens := v.text.Tokens
	for i := 1; i < len(tokens); i++ {
		between := v.between(i)
		v.breaks[i] = strings.ContainsAny(between, ";|+\n") || strings.Contains(between, "! ") || strings.Contains(between, "? ") ||
			strings.Contains(between, ". ") && tokens[i-1].End-tokens[i-1].Start > abbreviated
		v.comma[i] = strings.ContainsAny(between, ",，、،")
		v.clause[i] = v.clause[i-1]
		if v.breaks[i] {
			v.clause[i]++
		}
	}
}

// between is what stands before token i and behind the one before it.
func (v *view) between(i int) string {
	return v.points.slice(v.text.Tokens[i-1].End, v.text.Tokens[i].Start)
}

// indexHits fills in what follows from the hits.
func (v *view) indexHits() {
	next := 0
	for i := range v.hitAt {
		for next < len(v.hits) && v.hits[next].first < i {
			next++
		}
		v.hitAt[i] = int32(next)
	}
	for _, h := range v.hits {
		switch h.kind {
		case fillerWord:
			v.skip[h.first] = true
		case rivalWord:
			v.rivals = min(v.rivals, h.last)
			if h.last+1 < len(v.rival) {
				v.rival[h.last+1] = true
			}
		}
	}
}

// indexSkips counts the tokens that end a run of skipped ones.
func (v *view) indexSkips() {
	for i := range v.skip {
		v.solid[i+1] = v.solid[i]
		if !v.skip[i] || v.breaks[i] {
			v.solid[i+1]++
		}
	}
}

// indexNames enters where the names stand.
func (v *view) indexNames() {
	for i := range v.nameAt {
		v.nameAt[i] = noName
	}
	for n, name := range v.names {
		for i := name.first; i <= name.last; i++ {
			v.nameAt[i] = int32(n)
		}
	}
}

// hitsFrom are the hits that begin within tokens first to last.
func (v *view) hitsFrom(first, last int) []hit {
	first, last = max(first, 0), min(last, len(v.text.Tokens)-1)
	if first > last {
		return nil
	}
	return v.hits[v.hitAt[first]:v.hitAt[last+1]]
}

// has reports whether a phrase of the kind lies within tokens first to last.
func (v *view) has(kind wordKind, first, last int) bool {
	return slices.ContainsFunc(v.hitsFrom(first, last), func(h hit) bool { return h.kind == kind && h.last <= last })
}

// named reports whether token i belongs to a product's name.
func (v *view) named(i int) bool { return v.nameAt[i] != noName }

// inName reports whether a word belongs to the name of a product.
func (v *view) inName(h hit) bool { return v.named(h.first) || v.named(h.last) }

// nameOver is the product name that covers a token.
func (v *view) nameOver(i int) (nameHit, bool) {
	if i < 0 || i >= len(v.nameAt) || v.nameAt[i] == noName {
		return nameHit{}, false
	}
	return v.names[v.nameAt[i]], true
}

// nameBehind is the product name that follows token i directly, fillers aside.
func (v *view) nameBehind(i int) (nameHit, bool) {
	at, _ := slices.BinarySearchFunc(v.names, i+1, func(n nameHit, first int) int { return n.first - first })
	if at < len(v.names) && v.onlySkipped(i+1, v.names[at].first) {
		return v.names[at], true
	}
	return nameHit{}, false
}

// onlySkipped reports whether the tokens from first up to last are all fillers, in one clause with last.
func (v *view) onlySkipped(first, last int) bool {
	if first < last && v.solid[last] != v.solid[first] {
		return false
	}
	return last >= len(v.breaks) || !v.breaks[last]
}

// onlyFillers is onlySkipped without numbers.
func (v *view) onlyFillers(first, last int) bool {
	if !v.onlySkipped(first, last) {
		return false
	}
	for i := first; i < last; i++ {
		if v.text.Tokens[i].Class == names.Number {
			return false
		}
	}
	return true
}

// broken reports whether a clause ends between two tokens.
func (v *view) broken(first, last int) bool { return first < last && v.clause[first] != v.clause[last] }

// hasComma reports whether a comma stands before one of the tokens first to last.
func (v *view) hasComma(first, last int) bool { return slices.Contains(v.comma[first:last+1], true) }

// brandBefore is the place of the last brand that ends before token i.
func (v *view) brandBefore(i int) (names.Occurrence, bool) {
	at, _ := slices.BinarySearchFunc(v.brands, i, func(o names.Occurrence, first int) int { return o.Last - first })
	if at == 0 {
		return names.Occurrence{}, false
	}
	return v.brands[at-1], true
}

// brandFrom is the place of the first brand that begins at token i or later.
func (v *view) brandFrom(i int) (names.Occurrence, bool) {
	at, _ := slices.BinarySearchFunc(v.brands, i, func(o names.Occurrence, first int) int { return o.First - first })
	if at == len(v.brands) {
		return names.Occurrence{}, false
	}
	return v.brands[at], true
}
