package names

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// LexiconFile is the words of the lexicon as they stand in data/words: legal forms, trade words, places and what else
// surrounds a name. The files of the folder are partial; Append puts them together.
type LexiconFile struct {
	LegalForms   []Form      `yaml:"legal_forms"`
	TradeWords   []string    `yaml:"trade_words"`
	Places       []PlaceName `yaml:"places"`
	NoiseWords   []string    `yaml:"noise_words"`
	GivenNames   []string    `yaml:"given_names"`
	Patronymics  []string    `yaml:"patronymic_endings"` // of a whole word: ovich, evna
	Surnames     []string    `yaml:"surname_endings"`    // of a whole word: sen, owski
	Inflections  []Inflected `yaml:"inflections"`
	PersonTitles []string    `yaml:"person_titles"`
	Branches     []string    `yaml:"branches"` // words for a part of a company in some place: branch, office
	Joints       []string    `yaml:"joints"`   // words between two names in one field: d/b/a
	Others       []string    `yaml:"others"`   // words that make a business beside a name somebody else's: dealer, fan club
}

// Form is a legal form of a company. Its code is the token that stands for every spelling of it.
type Form struct {
	Code      string   `yaml:"code"`
	Spellings []string `yaml:"spellings"` // short, long, native and misread; the code itself is one of them
	Countries []string `yaml:"countries"` // ISO 3166-1 alpha-2: where the form exists
}

// PlaceName is a country, or a region or city of it.
type PlaceName struct {
	Country string   `yaml:"country"` // ISO 3166-1 alpha-2
	Names   []string `yaml:"names"`
}

// Inflected is a family of word endings that one name takes by grammar, gender and romanisation.
type Inflected struct {
	Ending   string   `yaml:"ending"` // the one that stands for all
	Forms    []string `yaml:"forms"`
	Feminine []string `yaml:"feminine"` // of the forms, those of a woman's name
}

// Append adds the words of another file.
func (f *LexiconFile) Append(other LexiconFile) {
	f.LegalForms = append(f.LegalForms, other.LegalForms...)
	f.TradeWords = append(f.TradeWords, other.TradeWords...)
	f.Places = append(f.Places, other.Places...)
	f.NoiseWords = append(f.NoiseWords, other.NoiseWords...)
	f.GivenNames = append(f.GivenNames, other.GivenNames...)
	f.Patronymics = append(f.Patronymics, other.Patronymics...)
	f.Surnames = append(f.Surnames, other.Surnames...)
	f.Inflections = append(f.Inflections, other.Inflections...)
	f.PersonTitles = append(f.PersonTitles, other.PersonTitles...)
	f.Joints = append(f.Joints, other.Joints...)
	f.Branches = append(f.Branches, other.Branches...)
	f.Others = append(f.Others, other.Others...)
}

// Check reports every fault of the file with the path of the value at fault, such as legal_forms[3].code.
func (f LexiconFile) Check(report func(path, detail string)) {
	codes := make(map[string]bool, len(f.LegalForms))
	owner := make(map[string]string)
	for i, form := range f.LegalForms {
		path := fmt.Sprintf("legal_forms[%d]", i)
		checkCode(path+".code", form.Code, codes, report)
		checkSpelling(path+".code", form.Code, form.Code, owner, report)
		if len(form.Spellings) == 0 {
			report(path+".spellings", "is empty: list how the form is written")
		}
		for j, spelling := range form.Spellings {
			checkSpelling(fmt.Sprintf("%s.spellings[%d]", path, j), spelling, form.Code, owner, report)
		}
		if len(form.Countries) == 0 {
			report(path+".countries", "is empty: list where the form exists")
		}
		for j, country := range form.Countries {
			checkCountry(fmt.Sprintf("%s.countries[%d]", path, j), country, report)
		}
	}
	for i, place := range f.Places {
		checkCountry(fmt.Sprintf("places[%d].country", i), place.Country, report)
		checkWords(fmt.Sprintf("places[%d].names", i), place.Names, report)
	}
	checkWords("trade_words", f.TradeWords, report)
	checkWords("noise_words", f.NoiseWords, report)
	checkWords("given_names", f.GivenNames, report)
	checkWords("patronymic_endings", f.Patronymics, report)
	checkWords("surname_endings", f.Surnames, report)
	checkWords("person_titles", f.PersonTitles, report)
	checkWords("branches", f.Branches, report)
	checkWords("others", f.Others, report)
	for i, family := range f.Inflections {
		if family.Ending == "" || len(family.Forms) == 0 {
			report(fmt.Sprintf("inflections[%d]", i), "needs an ending and its forms")
		}
		for j, form := range family.Feminine {
			if !slices.Contains(family.Forms, form) {
				report(fmt.Sprintf("inflections[%d].feminine[%d]", i, j), fmt.Sprintf("%q is none of the forms", form))
			}
		}
	}
}

func checkCode(path, code string, seen map[string]bool, report func(path, detail string)) {
	switch {
	case code == "" || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") != "":
		report(path, fmt.Sprintf("%q is no code: use lower-case Latin letters", code))
	case seen[code]:
		report(path, fmt.Sprintf("%q stands twice", code))
	}
	seen[code] = true
}

func checkSpelling(path, spelling, code string, owner map[string]string, report func(path, detail string)) {
	norm := tokenise(spelling, nil).Norm()
	other, taken := owner[norm]
	switch {
	case norm == "":
		report(path, fmt.Sprintf("%q has no letter or digit", spelling))
	case taken && other != code:
		report(path, fmt.Sprintf("%q is a spelling of %s too", spelling, other))
	}
	owner[norm] = code
}

func checkCountry(path, country string, report func(path, detail string)) {
	if len(country) != 2 || strings.Trim(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		report(path, fmt.Sprintf("%q is no ISO 3166-1 alpha-2 code", country))
	}
}

func checkWords(path string, words []string, report func(path, detail string)) {
	for i, word := range words {
		if len(tokenise(word, nil).Tokens) == 0 {
			report(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("%q has no letter or digit", word))
		}
	}
}

// Lexicon knows alphabets, spellings and the words around a name. It is immutable and safe for concurrent use.
type Lexicon struct {
	forms       map[string]Form
	legal       *phrase
	words       *phrase
	unspaced    *wordEnds
	given       map[string]bool
	patronymics []string
	surnames    []string
	inflections []inflection
	frequencies map[string]int
	commonest   int
	joint       *regexp.Regexp
	jointWords  map[string]bool // that a joint begins with
	sortedWords []string        // single lexicon words, to tell a cut-off word
}

// NewLexicon builds a lexicon. frequencies counts tokens in their normal form in a background corpus of names; a
// token that is not in it counts as rare.
func NewLexicon(f LexiconFile, frequencies map[string]int) (*Lexicon, error) {
	var faults []error
	f.Check(func(path, detail string) { faults = append(faults, fmt.Errorf("%s: %s", path, detail)) })
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	l := &Lexicon{
		forms: make(map[string]Form, len(f.LegalForms)), legal: &phrase{}, words: &phrase{}, unspaced: newWordEnds(f),
		joint: newJoint(f.Joints), jointWords: firstWords(f.Joints), given: make(map[string]bool, len(f.GivenNames)), frequencies: frequencies,
	}
	// Later words win: a legal form beats a place, a place beats a trade word.
	l.addAll(l.words, f.TradeWords, meaning{class: Generic})
	l.addAll(l.words, f.NoiseWords, meaning{class: Noise})
	l.addAll(l.words, f.PersonTitles, meaning{class: Noise, title: true})
	l.addAll(l.words, f.Branches, meaning{class: Generic, branch: true})
	l.addAll(l.words, f.Others, meaning{class: Generic, others: true})
	for _, place := range f.Places {
		l.addAll(l.words, place.Names, meaning{class: Place, country: place.Country})
	}
	for _, form := range f.LegalForms {
		l.forms[form.Code] = form
		l.addAll(l.legal, append([]string{form.Code}, form.Spellings...), meaning{class: LegalForm, code: form.Code})
	}
	for _, name := range f.GivenNames {
		l.given[tokenise(name, l.unspaced).Norm()] = true
	}
	l.patronymics = slices.Clone(f.Patronymics)
	l.surnames = slices.Clone(f.Surnames)
	for _, family := range f.Inflections {
		l.inflections = append(l.inflections, newInflection(family))
	}
	for _, count := range frequencies {
		l.commonest = max(l.commonest, count)
	}
	for word := range l.words.singles() {
		if known, _ := l.words.word(word); known.class == Generic {
			l.sortedWords = append(l.sortedWords, word)
		}
	}
	l.sortedWords = slices.Sorted(slices.Values(slices.AppendSeq(l.sortedWords, l.legal.singles())))
	return l, nil
}

// LegalForm returns the legal form with a code, which is also the Norm of its tokens.
func (l *Lexicon) LegalForm(code string) (Form, bool) {
	form, ok := l.forms[code]
	return form, ok
}
