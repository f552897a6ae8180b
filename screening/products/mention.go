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
	for _, h := range v.hits {
		if h.kind != cueWord || v.named(h.first) {
			continue
		}
		cue := &s.cues[h.ref]
		if s.governs(v, cue, h, o, end, named && name.words > 1) {
			words := v.tokenEvidence(h.first, h.last, "").Text
			return ruling{words, cue.Inside, noProduct}, true
		}
	}
	return ruling{}, false
}

// governs reports whether a cue at h governs an occurrence o; end is the last token of the brand with its product's
// name, and named tells that the name has words of its own.
func (s *Spotter) governs(v *view, cue *Cue, h hit, o names.Occurrence, end int, named bool) bool {
	if cue.Rival && !v.has(rivalWord, 0, o.First-1) {
		return false
	}
	if cue.Away {
		return v.left(h, o, end)
	}
	if h.last < o.First && cue.Side != After {
		return (!cue.Goods || !named) && v.reaches(cue, h, o)
	}
	if h.first > end && cue.Side != Before {
		return v.follows(cue, h, end)
	}
	return false
}

// reaches reports whether a cue before the brand reaches it: in the same clause, near enough, with no word between
// that makes the brand the goal.
func (v *view) reaches(cue *Cue, h hit, o names.Occurrence) bool {
	distance := o.First - h.last
	if distance > cueReach || v.broken(h.last, o.First) {
		return false
	}
	if cue.Next && !v.onlyFillers(h.last+1, o.First) {
		return false
	}
	if v.introduced(h.last+1, o.First) {
		return false
	}
	for _, until := range v.hits {
		if until.kind == untilWord && until.ref == h.ref && until.first > h.last && until.last < o.First {
			return false
		}
	}
	return true
}

// introduced reports whether words and then a colon or a dash stand before the brand, from token first on: the cue then
// has another object. "Detects malware: Kaspersky", but not "Book: The Kaspersky Principle".
func (v *view) introduced(first, brand int) bool {
	tokens := v.text.Tokens
	for i := first + 1; i <= brand; i++ {
		between := slice(v.text.Raw, tokens[i-1].End, tokens[i].Start)
		if strings.Contains(between, ":") || strings.Contains(between, " - ") || strings.Contains(between, " – ") {
			return true
		}
	}
	return false
}

// onlyFillers is onlySkipped without numbers.
func (v *view) onlyFillers(first, last int) bool {
	for i := first; i < last; i++ {
		if v.text.Tokens[i].Class == names.Number {
			return false
		}
	}
	return v.onlySkipped(first, last)
}

// follows reports whether a cue stands behind the brand or its product's name with at most a word or two between that
// say nothing of a licence: "Kaspersky removal tool", not "Kaspersky 3 PC replacement" or "Kaspersky replacement key".
func (v *view) follows(cue *Cue, h hit, end int) bool {
	if h.first-end-1 > afterReach || v.broken(end, h.first) ||
		v.has(licenceWord, end+1, h.first) || v.has(joinWord, end+1, h.first-1) {
		return false
	}
	tokens := v.text.Tokens
	if strings.ContainsAny(slice(v.text.Raw, tokens[end].End, tokens[h.first].Start), ",") {
		return false
	}
	return cue.Inside || !slices.ContainsFunc(v.hits, func(next hit) bool {
		return next.kind == licenceWord && next.phrase != quantityPhrase && next.first == h.last+1
	})
}

// left reports whether the brand is what is moved away from. The last preposition of direction before it decides;
// without one, a goal behind it does: "migrate Kaspersky to Defender", not "migrate Kaspersky to 250 seats".
func (v *view) left(cue hit, o names.Occurrence, end int) bool {
	if v.broken(min(cue.last, end), max(cue.first, o.First)) {
		return false
	}
	direction := hit{last: -1}
	for _, h := range v.hits {
		if (h.kind == awayWord || h.kind == towardsWord) && h.last < o.First && o.First-h.last <= directionReach &&
			!v.broken(h.last, o.First) && h.last > direction.last {
			direction = h
		}
	}
	if direction.last >= 0 {
		return direction.kind == awayWord
	}
	for _, h := range v.hits {
		goal := h.last + 1
		if h.kind == towardsWord && h.first > end && h.first-end <= goalReach && goal < len(v.text.Tokens) &&
			v.text.Tokens[goal].Class != names.Number && !v.named(goal) && !v.broken(end, h.first) {
			return true
		}
	}
	return false
}

// broken reports whether a clause ends between two tokens.
func (v *view) broken(first, last int) bool {
	for i := first + 1; i <= last; i++ {
		if v.breaks[i] {
			return true
		}
	}
	return false
}
