package screening

import (
	"regexp"
	"slices"
	"strings"
)

// Buyers tells from free names, addresses on the net and contract numbers who is a public buyer, and from free text
// which subsidy pays. It is immutable and safe for concurrent use. What it knows is data: data/buyers explains it.
type Buyers struct {
	names       []namePattern
	byWord      wordIndex // of names
	money       []fundingPattern
	byMoney     wordIndex // of money
	domains     map[string]publicBuyer
	contracts   []contractPattern
	identifiers []identifierPattern
	states      phraseSet         // full names of US states -> code
	codes       map[string]string // lower-case codes of US states -> code
	legal       phraseSet         // legal forms of firms
	trades      phraseSet         // words of firms' trades
	lead        phraseSet         // words after which a buyer's name may begin
	never       []*wordNode       // beginnings that look like a government's
}

// publicBuyer is what a name, a domain or a contract tells of a buyer.
type publicBuyer struct {
	Sector   SectorKind // federal is the central government, of any country
	Country  string     // ISO 3166-1 alpha-2; empty where the words are several countries'
	State    string
	Evidence string // the words that told
	Unsure   bool   // a government whose level is not known; Sector is then the most regulated one
}

type namePattern struct {
	buyer       publicBuyer
	program     *wordNode
	anywhere    bool // else only where a part of the name begins
	stateInside bool
	offices     phraseSet // words that are a part of the buyer though they read like a firm's
	firms       phraseSet // words that make a firm of this name, besides trades
}

type fundingPattern struct {
	kind    Funding // or capitalWords
	program *wordNode
}

// contractPattern is a form of contract numbers and its kinds, of which a number must be one.
type contractPattern struct {
	number *regexp.Regexp
	kinds  []contractKind
	clause bool // and not a number
}

type contractKind struct {
	buyer  publicBuyer
	number *regexp.Regexp // nil: every number of the form
}

type identifierPattern struct {
	buyer  publicBuyer
	scheme string
	number *regexp.Regexp
}

// capitalWords marks patterns of words for a capital purchase: beside a Universal Service Fund programme they make
// the funding FCCCapex.
const capitalWords Funding = "capital"

// party tells what public buyer a party is, from its name, from domains and e-mail addresses in its name and
// identifiers, and from identifiers that only a government issues. Of several, one whose level is known comes first,
// then the most regulated.
func (b *Buyers) party(name string, identifiers []Identifier) (publicBuyer, bool) {
	best := b.named(name)
	if strings.Contains(name, ".") {
		for word := range strings.FieldsSeq(name) {
			best = stricterBuyer(best, b.domain(word))
		}
	}
	for _, identifier := range identifiers {
		if strings.Contains(identifier.Value, ".") {
			best = stricterBuyer(best, b.domain(identifier.Value))
		}
		best = stricterBuyer(best, b.identified(identifier))
	}
	return best, best.Sector != ""
}

// identified tells whose identifier one of a government's own schemes is. One that is not well formed tells nothing.
func (b *Buyers) identified(identifier Identifier) publicBuyer {
	for i := range b.identifiers {
		p := &b.identifiers[i]
		if strings.EqualFold(identifier.Type, p.scheme) && p.number.MatchString(strings.ToUpper(strings.TrimSpace(identifier.Value))) {
			found := p.buyer
			found.Evidence = identifier.Value
			return found
		}
	}
	return publicBuyer{}
}

// contract tells what public buyer the text of a contract field speaks of: by a contract number of full grammar, or
// by a clause that stands in such contracts only.
func (b *Buyers) contract(text string) (publicBuyer, bool) { return b.contractIn(text, true) }

// contractNumber is contract without the clauses: a note on a line may speak of them, whoever buys.
func (b *Buyers) contractNumber(text string) (publicBuyer, bool) { return b.contractIn(text, false) }

func (b *Buyers) contractIn(text string, clauses bool) (publicBuyer, bool) {
	var best publicBuyer
	if text == "" {
		return best, false
	}
	text = strings.ToUpper(text)
	for i := range b.contracts {
		c := &b.contracts[i]
		if c.clause && !clauses {
			continue
		}
		for _, number := range c.number.FindAllString(text, -1) {
			best = stricterBuyer(best, c.buyer(number))
		}
	}
	return best, best.Sector != ""
}

// buyer tells whose contract the number is: the first kind that it fits counts.
func (c *contractPattern) buyer(number string) publicBuyer {
	for _, kind := range c.kinds {
		if kind.number == nil || kind.number.MatchString(number) {
			found := kind.buyer
			found.Evidence = number
			return found
		}
	}
	return publicBuyer{}
}

// funding tells which subsidy a text names, with the words that named it: USF for a programme of the Universal
// Service Fund, FCCCapex for one beside a capital purchase or for a programme of 47 USC 1602, else NoFunding.
func (b *Buyers) funding(text string) (Funding, string) {
	var letters [256]byte
	var spans [48]wordSpan
	t := splitWords(text, letters[:0], spans[:0])
	patterns := b.byMoney.patterns(&t)
	if len(patterns) == 0 {
		return NoFunding, ""
	}
	evidence := map[Funding]string{}
	for _, index := range patterns {
		pattern := &b.money[index]
		for start := 0; start < len(t.words) && evidence[pattern.kind] == ""; start++ {
			if m, ok := b.run(pattern.program, &t, start); ok {
				evidence[pattern.kind] = text[t.words[start].rawFrom:t.words[m.end-1].rawTo]
			}
		}
	}
	switch {
	case evidence[FCCCapex] != "":
		return FCCCapex, evidence[FCCCapex]
	case evidence[USF] != "" && evidence[capitalWords] != "":
		return FCCCapex, evidence[USF] + "; " + evidence[capitalWords]
	case evidence[USF] != "":
		return USF, evidence[USF]
	}
	return NoFunding, ""
}

// stricterBuyer returns the one whose level is known, then the one of the more regulated sector, then the one that
// tells more, else a.
func stricterBuyer(a, b publicBuyer) publicBuyer {
	switch {
	case b.Sector == "":
		return a
	case a.Sector == "":
		return b
	case a.Unsure != b.Unsure:
		if a.Unsure {
			return b
		}
		return a
	case a.Sector != b.Sector:
		if slices.Index(Sectors[:], b.Sector) < slices.Index(Sectors[:], a.Sector) {
			return b
		}
		return a
	case a.Country == "" || a.Country == b.Country && a.State == "":
		return b
	}
	return a
}

// domain looks up the host of an e-mail address, a URL or a bare domain, and then its parents.
func (b *Buyers) domain(address string) publicBuyer {
	host := address
	if _, after, found := strings.Cut(host, "://"); found {
		host = after
	}
	host, _, _ = strings.Cut(host, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	host = strings.ToLower(strings.Trim(host, " .,;()<>[]\"'"))
	if !strings.Contains(host, ".") {
		return publicBuyer{}
	}
	for suffix := host; ; {
		if found, ok := b.domains[suffix]; ok {
			found.Evidence = host
			return found
		}
		_, parent, more := strings.Cut(suffix, ".")
		if !more {
			return publicBuyer{}
		}
		suffix = parent
	}
}

// longestName is the number of words of a name that are read: the time for a name grows with its square.
const longestName = 256

// named looks for the patterns of names. A name without any word that a pattern needs costs one look-up a word.
func (b *Buyers) named(name string) publicBuyer {
	var letters [192]byte
	var spans [32]wordSpan
	t := splitWords(name, letters[:0], spans[:0])
	t.words = t.words[:min(len(t.words), longestName)]
	var best publicBuyer
	for _, index := range b.byWord.patterns(&t) {
		if found, start, end := b.match(&b.names[index], &t); found.Sector != "" {
			found.Evidence = name[t.words[start].rawFrom:t.words[end-1].rawTo]
			best = stricterBuyer(best, found)
		}
	}
	return best
}

// match finds the first words, from start up to end, by which the pattern tells of a public buyer.
func (b *Buyers) match(p *namePattern, t *wordText) (found publicBuyer, start, end int) {
	for start := range t.words {
		if !p.anywhere && !b.mayBegin(t, start) {
			continue
		}
		m, ok := b.run(p.program, t, start)
		if !ok || b.isFirm(p, t, start, m) {
			continue
		}
		found := p.buyer
		if m.state != "" {
			found.State = m.state
		}
		b.addState(&found, p, t, start, m.end)
		return found, start, m.end
	}
	return publicBuyer{}, 0, 0
}

// mayBegin tells whether a buyer's name may begin at a word: where a part of the text begins, or after lead words.
func (b *Buyers) mayBegin(t *wordText, i int) bool {
	for ; !t.words[i].first; i-- {
		if _, _, ok := b.lead.at(t, i-1); !ok {
			return false
		}
	}
	return true
}

// isFirm tells whether what looks like a government's name is known as something else, or is or goes on as a firm's:
// with a trade in its place or a trade or legal form after it in the same part of the text, or with a legal form as
// the next part. The pattern's own offices and firms come before those words.
func (b *Buyers) isFirm(p *namePattern, t *wordText, start int, m wordMatch) bool {
	for _, program := range b.never {
		if _, ok := b.run(program, t, start); ok {
			return true
		}
	}
	from := m.end
	if m.place > start {
		from = m.place
	}
	for i := from; i < len(t.words); i++ {
		_, _, legal := b.legal.at(t, i)
		legal = legal && !t.isRaw(i, b.codes[string(t.word(i))]) // CO is Colorado in capitals
		if words, _, ok := p.offices.at(t, i); ok && (!legal || i == m.end || t.words[i].first) {
			i += words - 1
			continue
		}
		if t.words[i].first {
			return legal
		}
		if _, _, trade := b.trades.at(t, i); trade || legal {
			return true
		}
		if _, _, firm := p.firms.at(t, i); firm {
			return true
		}
	}
	return false
}

// addState reads the state of a local or education buyer that is not of another country from the words after its
// name, or from the name itself where the pattern says that this tells.
func (b *Buyers) addState(found *publicBuyer, p *namePattern, t *wordText, start, end int) {
	if found.State != "" || found.Sector != Local && found.Sector != Education || found.Country != "" && found.Country != "US" {
		return
	}
	from := end
	if p.stateInside {
		from = start
	}
	for i := from; i < len(t.words); i++ {
		if n, code, ok := b.states.at(t, i); ok {
			found.State = code
			i += n - 1
		} else if code, ok := b.codes[string(t.word(i))]; ok && i >= end && t.isRaw(i, code) && t.endsPart(i) {
			found.State = code
		}
	}
	if found.State != "" {
		found.Country = "US"
	}
}
