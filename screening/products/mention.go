package products

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening/names"
)

// How far a cue reaches, in tokens.
const (
	cueReach       = 10 // a cue before the brand
	afterReach     = 2  // a cue behind the brand or its product's name
	directionReach = 6  // a preposition before the brand
	goalReach      = 4  // a preposition behind it, with what is gone to
	leaveReach     = 24 // a cue of leaving, on either side
	sentenceReach  = 48 // a cue that reaches over a list
	maxPhrase      = 4  // the most words of a preposition
)

// ruling is a cue that governs an occurrence of the brand.
type ruling struct {
	words  string
	inside bool // the brand is inside another product
	bundle int  // which one, or noProduct
}

// governed finds the cue that governs an occurrence, if any does.
func (s *Spotter) governed(v *view, o names.Occurrence) (ruling, bool) {
	if v.Kind == Manufacturer || v.Kind == CPE && o.Start < v.vendorEnd {
		return ruling{}, false
	}
	if v.Kind == CPE {
		return ruling{words: v.Text, bundle: noProduct}, true
	}
	end := o.Last
	name, named := v.nameBehind(o.Last)
	if !named {
		for _, around := range v.names {
			if around.first <= o.First && o.Last <= around.last {
				name, named = around, true
			}
		}
	}
	if named {
		end = max(end, name.last)
		if e := &s.entries[name.product]; e.Kind == MentionKind {
			return ruling{words: e.Name, bundle: noProduct}, true
		}
	}
	for _, h := range v.hitsFrom(o.First-sentenceReach, end+leaveReach) {
		if h.kind != cueWord || !v.isMeant(h) {
			continue
		}
		cue := &s.cues[h.ref]
		if cue.Joined {
			if v.isJoined(h, o) {
				return ruling{v.tokenEvidence(h.first, h.last, "").Text, false, noProduct}, true
			}
			continue
		}
		if !v.named(h.first) && s.governs(v, cue, h, o, end, named && name.words > 1) {
			return ruling{v.tokenEvidence(h.first, h.last, "").Text, cue.Inside, noProduct}, true
		}
	}
	return ruling{}, false
}

// isMeant reports whether a short word is written as the lexicon has it: bản is not ban.
func (v *view) isMeant(h hit) bool {
	if h.plain == "" {
		return true
	}
	token := v.text.Tokens[h.first]
	return strings.EqualFold(v.points.slice(token.Start, token.End), h.plain)
}

// isJoined reports whether a cue is the end of a compound with the brand, "Kaspersky-free", and the compound no mere
// link in a chain of words, "kaspersky-free-antivirus".
func (v *view) isJoined(h hit, o names.Occurrence) bool {
	if h.first != o.Last+1 || !isHyphen(v.between(h.first)) {
		return false
	}
	return h.last+1 == len(v.text.Tokens) || !isHyphen(v.between(h.last+1))
}

func isHyphen(between string) bool {
	return between == "-" || between == "\u2010" || between == "\u2011"
}

// governs reports whether a cue at h governs an occurrence o; end is the last token of the brand with its product's
// name, and named tells that the name has words of its own.
func (s *Spotter) governs(v *view, cue *Cue, h hit, o names.Occurrence, end int, named bool) bool {
	if cue.Rival && !v.hasRival(o, end, named) || !v.speaks(cue, h) {
		return false
	}
	if cue.Away {
		return v.left(h, o, end)
	}
	if h.last < o.First && cue.Side != After {
		return (!cue.Goods || !named) && v.reaches(cue, h, o)
	}
	if h.first > end && cue.Side != Before {
		return v.follows(cue, h, o, end)
	}
	return false
}

// hasRival reports whether a rival is what the brand is left for: one before it, the goal behind it, or the goods of the
// line that the text is a note to. Beside those a product of the brand's own, named in words, is goods too.
func (v *view) hasRival(o names.Occurrence, end int, named bool) bool {
	if v.rivals < o.First || v.beside && !named {
		return true
	}
	goal, ok := v.goal(end)
	return ok && v.startsAt(rivalWord, goal)
}

// speaks reports whether a cue has in its clause the words it needs before it, and none of those that silence it.
func (v *view) speaks(cue *Cue, h hit) bool {
	return (len(cue.Of) == 0 || v.hasPart(ofWord, h, h.first-leaveReach, h.first-1)) &&
		(len(cue.Unless) == 0 || !v.hasPart(unlessWord, h, h.first-leaveReach, h.last+leaveReach))
}

// hasPart reports whether a cue's word of a kind stands within tokens first to last, in the clause of the cue.
func (v *view) hasPart(kind wordKind, cue hit, first, last int) bool {
	return slices.ContainsFunc(v.hitsFrom(first, last), func(h hit) bool {
		return h.kind == kind && h.ref == cue.ref && !v.broken(min(h.first, cue.first), max(h.last, cue.last))
	})
}

// reaches reports whether a cue before the brand reaches it: in the same clause, near enough, with no word between
// that makes the brand the goal.
func (v *view) reaches(cue *Cue, h hit, o names.Occurrence) bool {
	reach := cueReach
	if cue.Sentence {
		reach = sentenceReach
	}
	if o.First-h.last > reach || v.broken(h.last, o.First) {
		return false
	}
	if cue.Next && !v.onlyFillers(h.last+1, o.First) {
		return false
	}
	if v.introduced(h.last+1, o.First) {
		return false
	}
	if cue.Goods && v.has(joinWord, h.last+1, o.First-1) && v.followsBrand(h) {
		return false // the goods are another place's: "Kaspersky backpack, free with Kaspersky Standard"
	}
	return !v.hasUntil(h, h.last+1, o.First-1)
}

// followsBrand reports whether a cue stands close behind an earlier place of the brand.
func (v *view) followsBrand(h hit) bool {
	before, ok := v.brandBefore(h.first)
	return ok && h.first-before.Last-1 <= afterReach && !v.broken(before.Last, h.first)
}

// hasUntil reports whether a word that ends the reach of a cue stands within tokens first to last.
func (v *view) hasUntil(cue hit, first, last int) bool {
	return slices.ContainsFunc(v.hitsFrom(first, last), func(h hit) bool {
		return h.kind == untilWord && h.ref == cue.ref && h.last <= last && v.isMeant(h)
	})
}

// introduced reports whether words and then a colon or a dash stand before the brand, from token first on: the cue then
// has another object. "Detects malware: Kaspersky", but not "Book: The Kaspersky Principle".
func (v *view) introduced(first, brand int) bool {
	for i := first + 1; i <= brand; i++ {
		between := v.between(i)
		if strings.Contains(between, ":") || strings.Contains(between, " - ") || strings.Contains(between, " – ") {
			return true
		}
	}
	return false
}

// follows reports whether a cue stands behind the brand or its product's name with at most a word or two between that
// say nothing of a licence: "Kaspersky removal tool", not "Kaspersky 3 PC replacement" or "Kaspersky replacement key".
// What replaces a rival, or is put in its place, is bought: "Kaspersky replacement for Norton", "ESET durch Kaspersky
// ersetzen".
func (v *view) follows(cue *Cue, h hit, o names.Occurrence, end int) bool {
	if v.broken(end, h.first) || v.hasComma(end+1, h.first) {
		return false
	}
	if cue.Next {
		return v.onlyGoods(end+1, h.first)
	}
	if h.first-end-1 > afterReach ||
		v.has(licenceWord, end+1, h.first) || v.has(joinWord, end+1, h.first-1) || v.hasUntil(h, o.First-1, o.First-1) {
		return false
	}
	aims := v.startsAt(servesWord, h.last+1) || v.startsAt(towardsWord, h.last+1)
	if cue.Substitute && aims && v.startsAt(rivalWord, h.last+2) {
		return false
	}
	if cue.Inside || cue.Rival || v.rival[o.First] {
		return true // the licence behind it is of the other maker's goods
	}
	return !v.licensedAt(h.last + 1)
}

// onlyGoods reports whether the tokens from first up to last are fillers and words of licensing without a quantity.
func (v *view) onlyGoods(first, last int) bool {
	for i := first; i < last; i++ {
		if !v.onlyFillers(i, i+1) && !v.licensedAt(i) {
			return false
		}
	}
	return true
}

// startsAt reports whether a phrase of the kind begins at token i.
func (v *view) startsAt(kind wordKind, i int) bool {
	return slices.ContainsFunc(v.hitsFrom(i, i), func(h hit) bool { return h.kind == kind })
}

// left reports whether the brand is what is moved away from. The last preposition of direction before it decides;
// without one, a goal behind it does: "migrate Kaspersky to Defender", not "migrate Kaspersky to 250 seats".
func (v *view) left(cue hit, o names.Occurrence, end int) bool {
	if cue.first < o.First-leaveReach || v.broken(min(cue.last, end), max(cue.first, o.First)) {
		return false
	}
	direction := hit{last: -1}
	for _, h := range v.hitsFrom(o.First-directionReach-maxPhrase, o.First-1) {
		if (h.kind == awayWord || h.kind == towardsWord) && h.last < o.First && o.First-h.last <= directionReach &&
			!v.broken(h.last, o.First) && h.last > direction.last {
			direction = h
		}
	}
	if direction.last >= 0 {
		return direction.kind == awayWord
	}
	_, ok := v.goal(end)
	return ok
}

// goal is the first token of what is gone to behind the brand.
func (v *view) goal(end int) (int, bool) {
	for _, h := range v.hitsFrom(end+1, end+goalReach) {
		goal := h.last + 1
		if h.kind == towardsWord && h.first > end && h.first-end <= goalReach && goal < len(v.text.Tokens) &&
			v.text.Tokens[goal].Class != names.Number && !v.named(goal) && !v.broken(end, h.first) {
			return goal, true
		}
	}
	return 0, false
}
