package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Spot finds the brand words of the index in a text, in its order, misspelt, obfuscated, inflected, romanised, split
// and joined ones too; occurrences do not overlap. The score of an occurrence is that of the word alone: what the
// rest of the text says is the caller's to judge. A text without any costs a few nanoseconds a letter and allocates
// nothing.
func (x *Index) Spot(t Text) []Occurrence { return x.occurrences(t, x.settings.Review) }

// SpotNear finds what Spot finds, and near misses too: occurrences from the near-miss threshold up. Those under the
// review threshold are evidence only beside something else that speaks for the brand.
func (x *Index) SpotNear(t Text) []Occurrence { return x.occurrences(t, x.settings.Near) }

func (x *Index) occurrences(t Text, least float64) []Occurrence {
	sightings := x.sight(t)
	if len(sightings) == 0 {
		return nil
	}
	occurrences := make([]Occurrence, 0, len(sightings))
	for _, s := range sightings {
		if s.Score >= least {
			occurrences = append(occurrences, s.Occurrence)
		}
	}
	return occurrences
}

// sighting is an occurrence with what the score of a name needs to know.
type sighting struct {
	Occurrence
	brand  int
	word   string   // the letters that are the brand word
	exact  bool     // spelt as in the catalogue, but for grammar and romanisation
	drawn  bool     // exact, but for digits and signs that stand for letters
	before []string // known words that are joined to it
	after  []string
	rest   string // unknown letters that are joined to it
}

// sight finds brand words from the near-miss threshold up.
func (x *Index) sight(t Text) []sighting {
	var found []sighting
	var plain tokenSet // covered by a brand word that is spelt as in the catalogue, be it in pieces
	foreign := slices.ContainsFunc(t.Tokens, isForeign)
	for i := range x.brands.patterns {
		if i >= x.brands.latin && !foreign {
			break
		}
		p := &x.brands.patterns[i]
		running := p.start()
		for last := range t.Tokens {
			token := &t.Tokens[last]
			if isForeign(*token) != (i >= x.brands.latin) {
				continue
			}
			if areSigns(token.between) {
				running.word(token.between)
			}
			if !running.word(token.Norm) || plain.has(last) {
				continue
			}
			best := x.bestReading(t, last, p, &plain)
			if best.Score < x.settings.Near {
				continue
			}
			if best.exact && best.rest == "" {
				plain.add(best.First, best.Last, len(t.Tokens))
			}
			x.finish(&best, t)
			found = append(found, best)
		}
	}
	return apart(found, len(t.Tokens))
}

func isForeign(t Token) bool { return t.Norm[0] >= utf8.RuneSelf }

// areSigns tells of signs that may be drawn for letters inside a word.
func areSigns(between string) bool {
	for i := range len(between) {
		if strings.IndexByte("@$!|<*+(^", between[i]) < 0 {
			return false
		}
	}
	return between != ""
}

// bestReading returns the best reading of the words that end with a token as the brand word of a pattern.
func (x *Index) bestReading(t Text, last int, p *patterned, plain *tokenSet) sighting {
	var best sighting
	if alone := p.start(); alone.word(t.Tokens[last].Norm) {
		best = x.oneWord(&t.Tokens[last], p)
		best.First, best.Last = last, last
	}
	length := utf8.RuneCountInString(t.Tokens[last].Norm)
	for first := last - 1; first >= 0 && !best.exact && !plain.has(first); first-- {
		length += utf8.RuneCountInString(t.Tokens[first].Norm)
		if length > p.length+p.errors {
			break
		}
		if length < p.length-p.errors {
			continue
		}
		if s := x.severalWords(t.Tokens[first:last+1], p); s.Score > best.Score {
			best = s
			best.First, best.Last = first, last
		}
	}
	return best
}

// finish fills in what follows from the tokens that an occurrence covers.
func (x *Index) finish(s *sighting, t Text) {
	word := &x.brands.words[s.brand]
	s.Entry, s.Alias = x.entries[word.entry].ID, word.alias
	first, last := t.Tokens[s.First], t.Tokens[s.Last]
	s.Start, s.End = first.Start, last.End
	for i := range s.Changes {
		s.Changes[i].Start, s.Changes[i].End = s.Start, s.End
	}
	for _, c := range t.Changes {
		if c.Start < s.End && s.Start < c.End {
			s.Changes = append(s.Changes, c)
		}
	}
	s.Method = methodOf(word.form, first.romanised)
	if s.Method == MethodAlias {
		s.Method = MethodBrand
	}
	if !s.exact && s.First == s.Last && s.Score < x.settings.Uncertain {
		s.Score = min(s.Score+x.companion(t.Tokens, s), x.settings.Uncertain)
	}
}

func methodOf(form NameForm, romanised bool) Method {
	switch {
	case form == Transliteration || form == Native && romanised:
		return MethodTransliteration
	case form == Native:
		return MethodNativeName
	}
	return MethodAlias
}

// companionReach is how many tokens away a trade word may stand that speaks for a company.
const companionReach = 3

// companion returns what the trade words beside a misspelt brand word, or joined to it, add to its score. One of its
// owner's own name adds more; none adds to what may well be a surname of others.
func (x *Index) companion(tokens []Token, s *sighting) float64 {
	if x.lexicon.isSurname(tokens[s.First].Norm) {
		return 0
	}
	entry := x.brands.words[s.brand].entry
	beside, own := false, false
	see := func(norm string) {
		beside = true
		own = own || x.brands.own[ownWord{entry, norm}]
	}
	for i := max(0, s.First-companionReach); i < min(len(tokens), s.Last+1+companionReach); i++ {
		if (i < s.First || i > s.Last) && tokens[i].Class == Generic {
			see(tokens[i].Norm)
		}
	}
	for _, word := range s.before {
		see(word)
	}
	for _, word := range s.after {
		see(word)
	}
	switch {
	case own && x.startsAlike(s):
		return x.settings.OwnWord
	case beside:
		return x.settings.Companion
	}
	return 0
}

// startsAlike tells whether a sighting begins with the brand word's first letter, or one that is mistaken for it.
func (x *Index) startsAlike(s *sighting) bool {
	first, known := s.word[0], x.brands.words[s.brand].norm[0]
	return first == known || first < utf8.RuneSelf && slices.Contains(x.coined.alike[first], known)
}

// compare scores letters as one brand word: signs in them stand for letters.
func (x *Index) compare(word string, romanised bool, p *patterned) sighting {
	s := sighting{brand: p.brand, word: word}
	if id, ok := x.brands.lookup(word, romanised); ok {
		s.brand, s.exact, s.Score = id, true, 1
		if x.brands.words[id].form == Misspelling {
			s.exact, s.Score = false, x.settings.Uncertain
		}
		return s
	}
	folded := x.lexicon.uninflected(word)
	if id, ok := x.brands.folded[folded]; ok {
		s.brand, s.exact, s.Score = id, true, 1-x.settings.Inflection
		if x.lexicon.isFeminine(word) {
			s.Score = x.settings.Uncertain // a woman's surname first of all
		}
		return s
	}
	similarity := x.coined.likeness(folded, p.word, x.settings.Near)
	if similarity == 0 {
		return s
	}
	drawn := countSigns(word)
	if drawn > 0 && x.coined.distance(folded, p.word, 0) == 0 {
		s.drawn, s.Score = true, 1-float64(drawn)*x.settings.Sign
		s.Changes = append(s.Changes, Change{Kind: Leet})
		return s
	}
	s.Score = min(similarity-float64(drawn)*x.settings.Sign, x.settings.Uncertain)
	if x.coined.misread(folded, p.word) {
		s.Changes = append(s.Changes, Change{Kind: Misread})
	}
	return s
}

func countSigns(word string) int {
	signs := 0
	for _, r := range word {
		if r < 'a' {
			signs++
		}
	}
	return signs
}

// oneWord scores one token as a brand word, alone or with other words joined to it.
func (x *Index) oneWord(token *Token, p *patterned) sighting {
	s := x.compare(token.Norm, token.romanised, p)
	if s.Score < 1 && utf8.RuneCountInString(token.Norm) > p.length {
		if inside := x.joined(token, p); inside.Score > s.Score {
			inside.Changes = append(inside.Changes, Change{Kind: Joined})
			return inside
		}
	}
	return s
}

// severalWords scores tokens as one brand word that was written in pieces. Between pieces there are signs that stand
// for letters, or marks or spaces.
func (x *Index) severalWords(tokens []Token, p *patterned) sighting {
	var b strings.Builder
	drawn, tight, singles := true, true, true
	for i, token := range tokens {
		if i > 0 {
			signs := areSigns(token.between)
			if signs {
				b.WriteString(token.between)
			}
			drawn = drawn && signs
			tight = tight && token.between != ""
		}
		singles = singles && isSingle(token.Norm)
		b.WriteString(token.Norm)
	}
	word := b.String()
	folded := x.lexicon.uninflected(word)
	if wrong := p.wrongLetters(folded); wrong > p.errors || wrong > mostWrongSplit && !drawn {
		return sighting{}
	}
	s := x.compare(word, tokens[0].romanised, p)
	switch {
	case s.Score == 0:
		return s
	case drawn:
		return s
	case !s.exact && x.coined.distance(folded, p.word, x.settings.Edits.Joined) >= tooFar:
		return sighting{}
	case tight || singles:
		s.Score -= x.settings.Spaced
	default:
		s.Score -= x.settings.Split
	}
	if !x.lexicon.areWords(tokens) {
		s.Changes = append(s.Changes, Change{Kind: Spaced})
	}
	return s
}

// mostWrongSplit is how many letters may be wrong in a brand word in pieces that is looked at closer: what a group of
// letters of one sound differs in.
const mostWrongSplit = 2

func isSingle(norm string) bool { return utf8.RuneCountInString(norm) == 1 }

// apart keeps the best of overlapping sightings in a text of so many tokens, in its order.
func apart(found []sighting, tokens int) []sighting {
	if len(found) < 2 {
		return found
	}
	slices.SortStableFunc(found, func(a, b sighting) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Last-a.First, b.Last-b.First), cmp.Compare(a.First, b.First))
	})
	var taken tokenSet
	kept := found[:0]
	for _, s := range found {
		if !taken.hasAny(s.First, s.Last) {
			taken.add(s.First, s.Last, tokens)
			kept = append(kept, s)
		}
	}
	slices.SortFunc(kept, func(a, b sighting) int { return cmp.Compare(a.First, b.First) })
	return kept
}
