package fcc

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/interdict/interdict/internal/lists/entry"
)

// The rows name companies as those by whom goods are produced or services provided:
//
//	row  = ... verb { "," | "or" | "and" | "directly" | "indirectly" | verb } "by" name { more } ...
//	more = [","] ("and" | "or") [ ("its" | "their") words ("subsidiary" | "affiliate" | ...) ] name | "," name
//	name = capital { capital | "of" capital | "and" capital | "(" capital ")" | "," form }
//
// A name ends at any other word: "including", "subject to", "or any of its". What does not fit this grammar names
// nobody: "provided by such entity", "produced in a foreign country".

// verbs say what a company has to do with the goods.
var verbs = words("produced provided supplied manufactured made developed sold offered furnished designed")

// adverbs are the words that may stand between a verb and its "by".
var adverbs = words("or and directly indirectly exclusively jointly ,")

// kin are the words behind which the name of a company of the same group may stand.
var kin = words("subsidiary subsidiaries affiliate affiliates parent parents successor successors predecessor predecessors")

// forms are the legal forms that make a name complete, so that a word "and" behind it begins another one.
var forms = words(`inc incorporated corp corporation co company ltd limited llc l.l.c lp l.p llp plc gmbh ag sa s.a spa
	s.p.a bv b.v nv n.v ab oy kg kk k.k pte pty pvt bhd sdn srl s.r.l sas s.a.s jsc pjsc ojsc cjsc`)

// leads are legal forms that stand before a name.
var leads = words("ao ooo oao zao pao jsc pjsc ojsc cjsc")

// short are words whose full stop is their own and ends no sentence.
var short = words("inc corp co ltd pte pty pvt bhd sdn bros mfg intl st")

// particles may stand inside a name, between two of its words.
var particles = words("of for the de la du des di da del von van der")

// sentences begin a sentence, and no further word of a name.
var sentences = words("The This That These Those Such All Any It Its See Effective Section Note Also Including Except")

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// companies returns the companies that a row names, each once, as the row writes them. Where the row has a legal form of
// a company that none of them has, its words are missed: it may name somebody in a way that this grammar does not know.
func companies(row string) (found []string, missed string) {
	p := parser{text: tidied(row)}
	p.split()
	var suspects []string
	seen := map[string]bool{}
	for i := 0; i < len(p.tokens); i++ {
		j := p.by(i)
		if j == 0 {
			if i > 0 && p.isCapital(i) && p.isForm(i) && p.isCapital(i-1) {
				suspects = append(suspects, p.between(i-1, i+1))
			}
			continue
		}
		var named []string
		named, i = p.names(j)
		for _, name := range named {
			if key := entry.Slug(name); !seen[key] {
				seen[key] = true
				found = append(found, name)
			}
		}
	}
	for _, s := range suspects {
		if !slices.ContainsFunc(found, func(name string) bool { return strings.Contains(name, s) }) {
			return found, s
		}
	}
	return found, ""
}

// by returns the token behind "produced by" and its like where it begins at token i, else nought.
func (p *parser) by(i int) int {
	if !verbs[p.lower(i)] {
		return 0
	}
	for i++; adverbs[p.lower(i)] || verbs[p.lower(i)]; i++ {
	}
	if p.lower(i) != "by" {
		return 0
	}
	return i + 1
}

// tidied takes out what the page adds to its text: the marks of footnotes, and the word before a link.
func tidied(row string) string {
	row = strings.ReplaceAll(row, "Visit - ", "")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("*^#†‡§¶£", r) || unicode.Is(unicode.No, r) {
			return -1
		}
		return r
	}, row)
}

type parser struct {
	text   string
	tokens []token
}

// token is a word, a bracket, or a sign that ends a word.
type token struct{ start, end int }

// split finds the words. Signs at their ends are tokens of their own, but for the full stop of a shortened word.
func (p *parser) split() {
	at := 0
	for word := range strings.FieldsSeq(p.text) {
		at += strings.Index(p.text[at:], word)
		start, end := at, at+len(word)
		at = end
		for start < end {
			r, size := utf8.DecodeRuneInString(p.text[start:end])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' {
				break
			}
			p.tokens = append(p.tokens, token{start, start + size})
			start += size
		}
		var signs []token
		for start < end {
			r, size := utf8.DecodeLastRuneInString(p.text[start:end])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' || r == '.' && isShort(p.text[start:end]) {
				break
			}
			signs = append(signs, token{end - size, end})
			end -= size
		}
		if start < end {
			p.tokens = append(p.tokens, token{start, end})
		}
		slices.Reverse(signs)
		p.tokens = append(p.tokens, signs...)
	}
}

// isShort tells a word whose full stop at its end is its own: Inc., S.A.
func isShort(word string) bool {
	stem := strings.ToLower(strings.TrimSuffix(word, "."))
	return short[stem] || strings.Contains(stem, ".") || utf8.RuneCountInString(stem) == 1
}

// word is the token at i; empty behind the last one.
func (p *parser) word(i int) string {
	if i >= len(p.tokens) {
		return ""
	}
	return p.text[p.tokens[i].start:p.tokens[i].end]
}

func (p *parser) lower(i int) string { return strings.ToLower(p.word(i)) }

// between is the text of the tokens from i up to j.
func (p *parser) between(i, j int) string { return p.text[p.tokens[i].start:p.tokens[j-1].end] }

// isForm tells a legal form.
func (p *parser) isForm(i int) bool { return forms[strings.TrimSuffix(p.lower(i), ".")] }

// isCapital tells a word that may be of a name: one with a capital letter first, or with a number such as 3M.
func (p *parser) isCapital(i int) bool {
	w := p.word(i)
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && !sentences[w] || unicode.IsDigit(r) && strings.IndexFunc(w, unicode.IsLetter) > 0
}

// names reads the names from token i on, and returns them with the last token that it read. Names behind a comma alone
// count where they have a legal form, or the enumeration ends in "or" and a name: else they may be places.
func (p *parser) names(i int) (found []string, last int) {
	var doubtful []string
	conjoined := true
	for p.isCapital(i) {
		end, complete := p.name(i, 0)
		name := p.between(i, end)
		if conjoined {
			found, doubtful = append(append(found, doubtful...), name), nil
		} else if doubtful = append(doubtful, name); complete {
			found, doubtful = append(found, doubtful...), nil
		}
		if i, conjoined = p.more(end); i == 0 {
			return found, end - 1
		}
	}
	return found, i - 1
}

// more reads what stands between two names and returns where the next one begins; nought where there is none.
func (p *parser) more(i int) (next int, conjoined bool) {
	next = i
	if p.word(next) == "," {
		next++
	}
	if w := p.word(next); w == "and" || w == "or" {
		next, conjoined = next+1, true
		if w := p.word(next); w == "its" || w == "their" {
			next = p.behindKin(next + 1)
		}
	}
	if next == i || !p.isCapital(next) {
		return 0, false
	}
	return next, conjoined
}

// behindKin returns the token behind "wholly-owned subsidiary" and its like.
func (p *parser) behindKin(i int) int {
	const most = 6
	for j := i; j < i+most; j++ {
		if kin[p.word(j)] {
			return j + 1
		}
	}
	return i
}

// deepest is how many words "and" of one name are looked behind.
const deepest = 3

// name reads one name that begins at token i. It returns the token behind it, and whether the name has a legal form.
func (p *parser) name(i, depth int) (end int, complete bool) {
	complete = leads[p.lower(i)]
	for end = i + 1; ; {
		next, form := p.part(end, depth, complete)
		if next == end {
			return end, complete
		}
		end, complete = next, complete || form
	}
}

// part reads what goes on with a name at token i. It returns the token behind it, and whether it is a legal form.
func (p *parser) part(i, depth int, complete bool) (next int, form bool) {
	switch w := p.word(i); {
	case w == "," && p.isForm(i+1):
		return i + 2, true
	case w == "(":
		return p.brackets(i), false
	case w == "&" && p.isCapital(i+1):
		return i + 1, false
	case w == "and" && !complete && depth < deepest && p.isCapital(i+1):
		if end, rest := p.name(i+1, depth+1); rest {
			return end, true // Sciences and Technologies Company: one name, since only both have the form
		}
	case particles[w]:
		for j := i + 1; j <= i+2; j++ {
			if p.isCapital(j) {
				return j, false
			}
			if !particles[p.word(j)] {
				break
			}
		}
	case p.isCapital(i):
		return i + 1, p.isForm(i)
	}
	return i, false
}

// brackets returns the token behind a bracket that is part of a name, such as (USA) or (Hong Kong).
func (p *parser) brackets(i int) int {
	j := i + 1
	for p.isCapital(j) {
		j++
	}
	if j > i+1 && p.word(j) == ")" {
		return j + 1
	}
	return i
}
