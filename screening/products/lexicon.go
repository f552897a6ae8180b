package products

import (
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

// wordKind tells what a run of words of the lexicon says.
type wordKind uint8

const (
	fillerWord wordKind = iota
	softwareWord
	installedWord
	securityWord
	licenceWord
	courseWord
	renewalWord
	rivalWord
	awayWord
	towardsWord
	softWord   // ref: index of the Soft group
	cueWord    // ref: index of the Cue
	untilWord  // ref: index of the Cue
	ofWord     // ref: index of the Cue
	unlessWord // ref: index of the Cue
	joinWord
	servesWord
	formalWord
	conditionWord
	denialWord
	refusalWord
	makerWord // ref: index of the Bundle
)

// phrase is one entry of the lexicon in normal form.
type phrase struct {
	kind  wordKind
	ref   int
	words []string
	stem  bool // the last word is the beginning of a word
	// plain is how a cue of one short word is written: without its accents and in other alphabets such a word is
	// often another one.
	plain string
}

// hit is a phrase found at tokens first to last of a text.
type hit struct {
	*phrase
	first, last int
}

// lexicon finds phrases by their first word.
type lexicon struct {
	exact    map[string][]*phrase
	stems    map[string][]*phrase // phrases of one stem
	shortest int                  // stem, in bytes
	longest  int
	units    map[string]bool
}

func newLexicon(units []string) *lexicon {
	l := &lexicon{exact: map[string][]*phrase{}, stems: map[string][]*phrase{}, shortest: 1 << 30, units: map[string]bool{}}
	for _, unit := range units {
		l.units[strings.ToLower(unit)] = true
	}
	return l
}

func (l *lexicon) add(r reader, kind wordKind, ref int, entries []string) {
	for _, entry := range entries {
		text, stem := strings.CutSuffix(entry, "*")
		p := &phrase{kind: kind, ref: ref, stem: stem}
		for _, token := range r.Normalise(text).Tokens {
			p.words = append(p.words, token.Norm)
		}
		if len(p.words) == 0 {
			continue
		}
		if (kind == cueWord || kind == untilWord) && !stem && len(p.words) == 1 && len(p.words[0]) <= shortCue {
			p.plain = text
		}
		index := l.exact
		if stem && len(p.words) == 1 {
			index = l.stems
			l.shortest = min(l.shortest, len(p.words[0]))
			l.longest = max(l.longest, len(p.words[0]))
		}
		index[p.words[0]] = append(index[p.words[0]], p)
	}
}

// shortCue is the length in bytes up to which a cue must be written as it is in the lexicon.
const shortCue = 4

// find appends the phrases of tokens to hits, in the order of their first tokens.
func (l *lexicon) find(tokens []names.Token, hits []hit) []hit {
	for i := range tokens {
		norm := tokens[i].Norm
		for _, p := range l.exact[norm] {
			if p.fits(tokens[i:]) {
				hits = append(hits, hit{p, i, i + len(p.words) - 1})
			}
		}
		for n := l.shortest; n <= min(len(norm), l.longest); n++ {
			for _, p := range l.stems[norm[:n]] {
				hits = append(hits, hit{p, i, i})
			}
		}
		if last, ok := l.quantity(tokens, i); ok {
			hits = append(hits, hit{quantityPhrase, i, last})
		}
	}
	return hits
}

// quantityPhrase stands for a number with a unit of licensing.
var quantityPhrase = &phrase{kind: licenceWord}

// quantity reads 10pc or 10 pc at token i and returns its last token.
func (l *lexicon) quantity(tokens []names.Token, i int) (last int, ok bool) {
	norm := tokens[i].Norm
	digits := 0
	for digits < len(norm) && isDigit(norm[digits]) {
		digits++
	}
	switch {
	case digits == 0:
		return 0, false
	case digits < len(norm):
		return i, l.units[norm[digits:]]
	case i+1 < len(tokens):
		return i + 1, l.units[tokens[i+1].Norm]
	}
	return 0, false
}

func (p *phrase) fits(tokens []names.Token) bool {
	if len(tokens) < len(p.words) {
		return false
	}
	for i, word := range p.words {
		if i == len(p.words)-1 && p.stem {
			return strings.HasPrefix(tokens[i].Norm, word)
		}
		if tokens[i].Norm != word {
			return false
		}
	}
	return true
}

// withinOneEdit reports whether two words differ by at most one added, dropped, changed or swapped letter.
func withinOneEdit(a, b string) bool {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y {
			break
		}
		a, b = a[n:], b[m:]
	}
	for a != "" && b != "" {
		x, n := utf8.DecodeLastRuneInString(a)
		y, m := utf8.DecodeLastRuneInString(b)
		if x != y {
			break
		}
		a, b = a[:len(a)-n], b[:len(b)-m]
	}
	p, q := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	if p == 2 && q == 2 {
		first, n := utf8.DecodeRuneInString(a)
		last, _ := utf8.DecodeLastRuneInString(b)
		return first == last && strings.HasPrefix(b, a[n:])
	}
	return p <= 1 && q <= 1
}
