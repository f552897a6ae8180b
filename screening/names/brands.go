package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// brand is a coined word whose appearance anywhere is a match by itself.
type brand struct {
	entry int32
	alias string
	form  NameForm
	norm  string
}

// brands is the brand words of an index. It is immutable once built.
type brands struct {
	words    []brand
	exact    map[spelt]int // to words
	own      map[ownWord]bool
	folded   map[string]int // by the word without its inflection
	patterns []patterned    // Latin first
	latin    int            // how many patterns are of Latin letters
}

// spelt is a normal form with the alphabet it came from: what is exact in one alphabet may be a misspelling in
// another.
type spelt struct {
	norm      string
	romanised bool
}

// ownWord is a trade word that stands beside the brand word in a name of the brand's owner.
type ownWord struct {
	entry int32
	norm  string
}

type patterned struct {
	*pattern
	brand int
	word  string
}

func newBrands() brands {
	return brands{exact: make(map[spelt]int), own: make(map[ownWord]bool), folded: make(map[string]int)}
}

// add takes a brand word; of several with one normal form the first stays.
func (b *brands) add(l *Lexicon, entry int32, name Name) {
	tokens := l.Normalise(name.Text).Tokens
	norm := squash(tokens)
	if norm == "" {
		return
	}
	id := len(b.words)
	key := spelt{norm, tokens[0].romanised}
	if _, ok := b.exact[key]; ok {
		return
	}
	b.exact[key] = id
	b.words = append(b.words, brand{entry: entry, alias: name.Text, form: name.Form, norm: norm})
	if folded := l.uninflected(norm); name.Form != Misspelling && !tokens[0].romanised {
		if _, ok := b.folded[folded]; !ok {
			b.folded[folded] = id
		}
	}
}

// prepare makes the patterns, once all words are known. A word that another pattern all but matches needs none.
func (b *brands) prepare(l *Lexicon, k *kernel) {
	var latin, others []patterned
	for id, word := range b.words {
		signal := l.uninflected(word.norm)
		if utf8.RuneCountInString(signal) > maxPattern || covered(latin, signal) || covered(others, signal) {
			continue
		}
		p := patterned{newPattern(signal, k), id, signal}
		if p.others == nil {
			latin = append(latin, p)
		} else {
			others = append(others, p)
		}
	}
	b.patterns, b.latin = slices.Concat(latin, others), len(latin)
}

func covered(patterns []patterned, word string) bool {
	for _, p := range patterns {
		s := p.start()
		s.word(word)
		if s.wrong < p.errors || s.wrong == 0 {
			return true
		}
	}
	return false
}

// lookup returns the brand word with exactly this spelling.
func (b *brands) lookup(norm string, romanised bool) (int, bool) {
	id, ok := b.exact[spelt{norm, romanised}]
	if !ok && romanised {
		id, ok = b.exact[spelt{norm, false}]
	}
	return id, ok
}

// uninflected writes a word with the plain ending of its family: kasperskogo becomes kaspersky.
func (l *Lexicon) uninflected(norm string) string {
	if family, at := l.inflectionOf(norm); family != nil {
		return norm[:at] + family.ending
	}
	return norm
}

// isFeminine tells of a word with an ending of women's names.
func (l *Lexicon) isFeminine(norm string) bool {
	family, at := l.inflectionOf(norm)
	return family != nil && family.feminine[norm[at:]]
}

// inflectionOf returns the family of a word's ending and where the ending begins, or nil.
func (l *Lexicon) inflectionOf(norm string) (*inflection, int) {
	for i := range l.inflections {
		family := &l.inflections[i]
		at := strings.LastIndex(norm, family.stem)
		if at < shortestStem || len(norm)-at > family.longest {
			continue
		}
		if family.forms[norm[at:]] {
			return family, at
		}
	}
	return nil, 0
}

// shortestStem is how many letters a word keeps when its ending is exchanged.
const shortestStem = 3

// inflection is a family of endings, ready to use. All of them begin with the stem.
type inflection struct {
	ending, stem string
	forms        map[string]bool
	feminine     map[string]bool
	longest      int
}

func newInflection(f Inflected) inflection {
	family := inflection{ending: f.Ending, stem: f.Ending, forms: make(map[string]bool, len(f.Forms)), feminine: make(map[string]bool)}
	for _, form := range f.Feminine {
		family.feminine[form] = true
	}
	for _, form := range f.Forms {
		family.forms[form] = true
		family.longest = max(family.longest, len(form))
		for !strings.HasPrefix(form, family.stem) {
			family.stem = family.stem[:len(family.stem)-1]
		}
	}
	return family
}
