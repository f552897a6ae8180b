package screening

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// buyersFile is the content of one file of data/buyers; us-federal.yaml explains the fields.
type buyersFile struct {
	Abbreviations map[string][]string `yaml:"abbreviations"`
	Lists         map[string][]string `yaml:"lists"`
	Names         []buyerNames        `yaml:"names"`
	Domains       []buyerDomains      `yaml:"domains"`
	Contracts     []buyerContract     `yaml:"contracts"`
	Identifiers   []buyerIdentifier   `yaml:"identifiers"`
	Funding       []fundingWords      `yaml:"funding"`
	LegalForms    []string            `yaml:"legal_forms"`
	Trades        []string            `yaml:"trades"`
	Never         []string            `yaml:"never"`
	Lead          []string            `yaml:"lead"`
}

// buyerKind is what the entries of a buyersFile have in common.
type buyerKind struct {
	Sector  SectorKind `yaml:"sector"`
	Country string     `yaml:"country"`
	State   string     `yaml:"state"`
	Unsure  bool       `yaml:"unsure"`
}

type buyerNames struct {
	buyerKind   `yaml:",inline"`
	StateInside bool     `yaml:"state_inside"`
	Offices     []string `yaml:"offices"`
	Firms       []string `yaml:"firms"`
	Patterns    []string `yaml:"patterns"`
}

type buyerDomains struct {
	buyerKind `yaml:",inline"`
	Names     []string `yaml:"names"` // {code} stands for every US state's code
}

type buyerContract struct {
	buyerKind `yaml:",inline"`
	Clause    bool         `yaml:"clause"`  // a clause of contracts, and not the number of one
	Pattern   string       `yaml:"pattern"` // a regular expression over capitals
	Kinds     []numberKind `yaml:"kinds"`   // empty: every number that fits the pattern counts
}

// numberKind narrows a pattern: numbers of it that fit this too count, and may be unsure.
type numberKind struct {
	Pattern string `yaml:"pattern"`
	Unsure  bool   `yaml:"unsure"`
}

type buyerIdentifier struct {
	buyerKind `yaml:",inline"`
	Scheme    string `yaml:"scheme"`
	Pattern   string `yaml:"pattern"` // a regular expression over capitals
}

type fundingWords struct {
	Funding  Funding  `yaml:"funding"`
	Patterns []string `yaml:"patterns"`
}

func (k buyerKind) buyer() publicBuyer {
	return publicBuyer{Sector: k.Sector, Country: k.Country, State: k.State, Unsure: k.Unsure}
}

// Check reports what is missing or cannot be read.
func (f *buyersFile) Check(report func(path, detail string)) {
	kind := func(path string, k buyerKind) {
		if !slices.Contains([]SectorKind{Federal, State, Local, Education}, k.Sector) {
			report(path+".sector", "want federal, state, local or education")
		}
		if k.Country != "" && !isUpper(k.Country, 2) {
			report(path+".country", "want two capital letters")
		}
	}
	patterns := func(path string, list []string) {
		if len(list) == 0 {
			report(path, "is empty")
		}
		for i, pattern := range list {
			if _, err := f.compile(pattern, f.Abbreviations); err != nil {
				report(fmt.Sprintf("%s[%d]", path, i), err.Error())
			}
		}
	}
	for i, entry := range f.Names {
		path := fmt.Sprintf("names[%d]", i)
		kind(path, entry.buyerKind)
		patterns(path+".patterns", entry.Patterns)
	}
	for i, entry := range f.Domains {
		path := fmt.Sprintf("domains[%d]", i)
		kind(path, entry.buyerKind)
		if len(entry.Names) == 0 {
			report(path+".names", "is empty")
		}
	}
	number := func(path, pattern string) {
		if _, err := regexp.Compile(pattern); err != nil || pattern == "" {
			report(path+".pattern", fmt.Sprintf("is not a regular expression: %q", pattern))
		}
	}
	for i, entry := range f.Contracts {
		path := fmt.Sprintf("contracts[%d]", i)
		kind(path, entry.buyerKind)
		number(path, entry.Pattern)
		for k, narrower := range entry.Kinds {
			number(fmt.Sprintf("%s.kinds[%d]", path, k), narrower.Pattern)
		}
	}
	for i, entry := range f.Identifiers {
		path := fmt.Sprintf("identifiers[%d]", i)
		kind(path, entry.buyerKind)
		number(path, entry.Pattern)
		if entry.Scheme == "" {
			report(path+".scheme", "is empty")
		}
	}
	for i, entry := range f.Funding {
		path := fmt.Sprintf("funding[%d]", i)
		if !slices.Contains([]Funding{USF, FCCCapex, capitalWords}, entry.Funding) {
			report(path+".funding", "want usf, fcc_capex or capital")
		}
		patterns(path+".patterns", entry.Patterns)
	}
	if len(f.Never) > 0 {
		patterns("never", f.Never)
	}
}

func (f *buyersFile) compile(pattern string, abbreviations map[string][]string) (compiledPattern, error) {
	compiler := patternCompiler{lists: f.Lists, abbreviations: abbreviations}
	return compiler.compile(pattern)
}

// newBuyers builds Buyers from the files' content and refuses content that Check finds fault with. The places give
// the names and codes of the US states.
func newBuyers(p *Places, files ...buyersFile) (*Buyers, error) {
	var faults []error
	for i := range files {
		files[i].Check(func(path, detail string) { faults = append(faults, fmt.Errorf("buyers: %s: %s", path, detail)) })
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	b := &Buyers{
		byWord: wordIndex{}, byMoney: wordIndex{}, domains: map[string]publicBuyer{},
		states: phraseSet{}, codes: map[string]string{},
		legal: phraseSet{}, trades: phraseSet{}, lead: phraseSet{},
	}
	for name, code := range p.usStates {
		b.states.add(name, code)
		b.codes[strings.ToLower(code)] = code
	}
	abbreviations := map[string][]string{}
	for i := range files {
		maps.Copy(abbreviations, files[i].Abbreviations)
	}
	for i := range files {
		if err := b.add(&files[i], abbreviations); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Buyers) add(f *buyersFile, abbreviations map[string][]string) error {
	for _, entry := range f.Names {
		offices, firms := phrasesOf(entry.Offices), phrasesOf(entry.Firms)
		for _, pattern := range entry.Patterns {
			c, err := f.compile(pattern, abbreviations)
			if err != nil {
				return err
			}
			b.names = append(b.names, namePattern{entry.buyer(), c.program, c.anywhere, entry.StateInside, offices, firms})
			b.byWord.add(c.triggers, len(b.names)-1)
		}
	}
	for _, entry := range f.Funding {
		for _, pattern := range entry.Patterns {
			c, err := f.compile(pattern, abbreviations)
			if err != nil {
				return err
			}
			b.money = append(b.money, fundingPattern{entry.Funding, c.program})
			b.byMoney.add(c.triggers, len(b.money)-1)
		}
	}
	for _, pattern := range f.Never {
		c, err := f.compile(pattern, abbreviations)
		if err != nil {
			return err
		}
		b.never = append(b.never, c.program)
	}
	for _, entry := range f.Contracts {
		contract, err := entry.compile()
		if err != nil {
			return err
		}
		b.contracts = append(b.contracts, contract)
	}
	for _, entry := range f.Identifiers {
		number, err := regexp.Compile(entry.Pattern)
		if err != nil {
			return err
		}
		b.identifiers = append(b.identifiers, identifierPattern{entry.buyer(), entry.Scheme, number})
	}
	b.addDomains(f)
	for set, words := range map[*phraseSet][]string{&b.legal: f.LegalForms, &b.trades: f.Trades, &b.lead: f.Lead} {
		for _, word := range words {
			set.add(word, "")
		}
	}
	return nil
}

func (c *buyerContract) compile() (contractPattern, error) {
	number, err := regexp.Compile(c.Pattern)
	pattern := contractPattern{number: number, clause: c.Clause}
	if len(c.Kinds) == 0 {
		pattern.kinds = []contractKind{{buyer: c.buyer()}}
	}
	for _, kind := range c.Kinds {
		narrower, fault := regexp.Compile(kind.Pattern)
		err = errors.Join(err, fault)
		buyer := c.buyer()
		buyer.Unsure = kind.Unsure
		pattern.kinds = append(pattern.kinds, contractKind{buyer, narrower})
	}
	return pattern, err
}

// phrasesOf returns nil for no phrases: a name is then looked up nowhere.
func phrasesOf(texts []string) phraseSet {
	if len(texts) == 0 {
		return nil
	}
	set := phraseSet{}
	for _, text := range texts {
		set.add(text, "")
	}
	return set
}

// addDomains takes a domain of every state where the name has {code} in it. A domain that is written out wins.
func (b *Buyers) addDomains(f *buyersFile) {
	for _, entry := range f.Domains {
		for _, name := range entry.Names {
			if !strings.Contains(name, "{code}") {
				b.domains[name] = entry.buyer()
				continue
			}
			for lower, code := range b.codes {
				buyer := entry.buyer()
				buyer.State = code
				b.domains[strings.Replace(name, "{code}", lower, 1)] = buyer
			}
		}
	}
}
