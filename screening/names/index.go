package names

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Kind tells a company from a person. Empty is not known.
type Kind string

// The kinds of an entry.
const (
	Organisation Kind = "organisation"
	Person       Kind = "person"
)

// NameForm tells what a name of an entry is.
type NameForm string

// The forms of a name.
const (
	Official        NameForm = "official"
	Trade           NameForm = "trade"
	Alias           NameForm = "alias"
	Native          NameForm = "native"
	Transliteration NameForm = "transliteration"
	Misspelling     NameForm = "misspelling"
	Former          NameForm = "former"
	Weak            NameForm = "weak" // an alias so common that its list warns of it
)

// Name is one spelling of an entry's name.
type Name struct {
	Text string
	Form NameForm
}

// Entry is someone to be found: a company or a person with every name it goes by, and the coined words (Brand) whose
// appearance anywhere in a text is a match by itself. A person's surname stands before a comma, or last.
type Entry struct {
	ID    string
	Kind  Kind
	Names []Name
	Brand []Name
}

// Index finds entries by their names. It is immutable and safe for concurrent use.
type Index struct {
	lexicon  *Lexicon
	settings Settings
	kernel   *kernel // of ordinary words
	coined   *kernel // of brand words, whose first letter too may be a slip: no other word is near them
	entries  []indexed
	names    []name
	words    []word
	ids      map[string]int32   // of words, by key
	near     *deletes           // over words
	whole    map[string][]int32 // names by their letters
	common   *commonWords       // nil in an index of one group
	brands   brands
	scratch  sync.Pool
}

// indexed is what the index keeps of an entry.
type indexed struct {
	ID          string
	kind        Kind
	patronymics []string
}

// word is a distinct word of the names, without its inflection.
type word struct {
	key   string
	names []int32 // that are filed under it
}

// name is one name of an entry, ready to be compared.
type name struct {
	entry   int32
	alias   string
	form    NameForm
	parts   []part
	letters string  // without legal forms, as one word
	turned  string  // of a person: the same with the surname at the other end
	weight  float64 // of all parts
	telling bool    // has a distinctive part
	brand   bool    // holds a brand word
}

// part is a word of a name in the index.
type part struct {
	norm       string
	weight     float64
	id         int32 // of the word
	class      Class
	surname    bool
	patronymic bool
}

// term is a token of a query, or of a name that is being added, as the score sees it.
type term struct {
	Token
	key        string // without its inflection
	id         int32  // of the word; -1 when no name has it
	weight     float64
	given      bool
	patronymic bool
}

// NewIndex builds an index. It reports every fault of the settings and entries.
func NewIndex(l *Lexicon, s Settings, entries []Entry) (*Index, error) {
	var faults []error
	s.Check(func(path, detail string) { faults = append(faults, fmt.Errorf("names.%s: %s", path, detail)) })
	seen := make(map[string]bool, len(entries))
	for i, entry := range entries {
		switch {
		case entry.ID == "":
			faults = append(faults, fmt.Errorf("entry %d: has no id", i))
		case seen[entry.ID]:
			faults = append(faults, fmt.Errorf("entry %s: stands twice", entry.ID))
		case entry.Kind != Organisation && entry.Kind != Person:
			faults = append(faults, fmt.Errorf("entry %s: kind is %q, want organisation or person", entry.ID, entry.Kind))
		}
		seen[entry.ID] = true
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	total := 0
	for i := range entries {
		total += len(entries[i].Names)
	}
	x := &Index{
		names: make([]name, 0, total), words: make([]word, 0, total),
		lexicon: l, settings: s, kernel: newKernel(s.Edits.strictlyFirst()), coined: newKernel(s.Edits), entries: make([]indexed, 0, len(entries)),
		ids: make(map[string]int32, total), whole: make(map[string][]int32, total), brands: newBrands(),
	}
	if s.slip > 0 {
		x.common = newCommonWords(l)
	}
	for i, entry := range entries {
		x.entries = append(x.entries, indexed{ID: entry.ID, kind: entry.Kind})
		for _, name := range entry.Brand {
			x.brands.add(l, int32(i), name)
		}
	}
	x.brands.prepare(l, x.coined)
	var room nameRoom
	for i, entry := range entries {
		for _, name := range entry.Names {
			x.addName(int32(i), entry.Kind, name, &room)
		}
	}
	x.file()
	x.scratch.New = func() any {
		return &scratch{
			seenNames: rounds{met: make([]uint32, len(x.names))},
			seenWords: rounds{met: make([]uint32, len(x.words))},
			hitWords:  rounds{met: make([]uint32, len(x.words))},
			firstHit:  make([]int32, len(x.words)),
		}
	}
	return x, nil
}

// ofStrangers tells of an index of imported lists: thousands of strangers, not one group and its people.
func (x *Index) ofStrangers() bool { return x.common != nil }

// nameRoom is memory that is used again for each name that is added.
type nameRoom struct {
	tokens []Token
	terms  []term
}

// addName adds a name with its words. A name without any letter is left out.
func (x *Index) addName(entry int32, kind Kind, given Name, room *nameRoom) {
	text := x.lexicon.NormaliseIn(given.Text, room.tokens)
	terms := x.appendTerms(room.terms[:0], text.Tokens)
	room.tokens, room.terms = text.Tokens[:0], terms[:0]
	if len(terms) == 0 {
		return
	}
	n := name{
		entry: entry, alias: given.Text, form: given.Form, parts: make([]part, len(terms)),
		letters: string(appendLetters(nil, text.Tokens)),
	}
	for i := range terms {
		t := &terms[i]
		n.parts[i] = part{norm: t.Norm, weight: t.weight, id: x.wordID(t.key), class: t.Class, patronymic: t.patronymic}
		n.weight += t.weight
		n.telling = n.telling || t.Class == Distinctive
		if _, ok := x.brands.lookup(t.Norm, t.romanised); ok {
			n.brand = true
		}
		if t.patronymic {
			x.entries[entry].patronymics = append(x.entries[entry].patronymics, t.key)
		}
	}
	if n.brand {
		for i := range terms {
			if terms[i].Class == Generic {
				x.brands.own[ownWord{entry, terms[i].Norm}] = true
			}
		}
	}
	if kind == Person {
		markSurname(n.parts, terms, given.Text)
		n.turned = turnedLetters(n.parts)
	}
	x.names = append(x.names, n)
}

// wordID returns the number of a word, a new one when it is new.
func (x *Index) wordID(key string) int32 {
	id, ok := x.ids[key]
	if !ok {
		id = int32(len(x.words))
		x.ids[key] = id
		x.words = append(x.words, word{key: key})
	}
	return id
}

// markSurname marks the surname of a person's name: what stands before the comma, else what is neither a given name
// nor a father's, else the last word.
func markSurname(parts []part, terms []term, raw string) {
	before, _, comma := strings.Cut(raw, ",")
	end := utf8.RuneCountInString(before)
	marked := false
	for i := range terms {
		t := &terms[i]
		if comma {
			parts[i].surname = t.Start < end
		} else {
			parts[i].surname = t.Class == Distinctive && !t.given && !t.patronymic
		}
		marked = marked || parts[i].surname
	}
	if !marked {
		parts[len(parts)-1].surname = true
	}
}

// appendTerms weighs tokens. Noise words weigh nothing and are left out.
func (x *Index) appendTerms(terms []term, tokens []Token) []term {
	for i, token := range tokens {
		if token.Class == Noise {
			continue
		}
		if token.Class == Distinctive && x.ofStrangers() && (x.common.has(token.Norm) || x.common.beforeLegal(tokens[i:])) {
			token.Class = LegalForm // a word of one: JOINT without STOCK COMPANY
		}
		t := term{Token: token, key: token.Norm, id: -1, weight: x.weight(token)}
		if token.Class == Distinctive {
			t.key = x.lexicon.uninflected(token.Norm)
			t.given = x.lexicon.given[token.Norm]
			t.patronymic = !t.given && x.lexicon.isPatronymic(token.Norm)
		}
		terms = append(terms, t)
	}
	return terms
}

// weight of a token: 1 for a rare distinctive word, less the more names of the background corpus share it.
func (x *Index) weight(t Token) float64 {
	switch t.Class {
	case Generic:
		return x.settings.Generic
	case Place:
		return x.settings.Place
	case Number:
		return x.settings.Number
	case LegalForm:
		return x.settings.LegalForm
	case Noise:
		return 0
	}
	count := x.lexicon.frequencies[t.Norm]
	if count == 0 {
		return 1
	}
	share := math.Log1p(float64(count)) / math.Log1p(float64(x.lexicon.commonest))
	return 1 - share*(1-x.settings.Commonest)
}

// appendLetters appends the letters of a name without its legal forms, as one word.
func appendLetters(letters []byte, tokens []Token) []byte {
	for i := range tokens {
		if tokens[i].Class != LegalForm {
			letters = append(letters, tokens[i].Norm...)
		}
	}
	return letters
}

// isPatronymic tells of a word with the ending of a father's name.
func (l *Lexicon) isPatronymic(norm string) bool {
	return len(norm) >= shortestPatronymic && slices.ContainsFunc(l.patronymics, func(ending string) bool {
		return strings.HasSuffix(norm, ending)
	})
}

const shortestPatronymic = 6

// isSurname tells of a word with an ending that surnames have.
func (l *Lexicon) isSurname(norm string) bool {
	return slices.ContainsFunc(l.surnames, func(ending string) bool { return strings.HasSuffix(norm, ending) })
}
