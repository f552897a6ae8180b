// Package listed reads names as the US export lists write them: one field that may hold other names, remarks and a
// legal clause besides the name, and that does not say whether it is a person's.
package listed

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// Name is what a field says.
type Name struct {
	Main   string // the name itself
	Others []screening.EntityName
	Person bool // the field itself says that it is a person's
}

// longest is the longest field that is taken apart; one beyond that is no name.
const longest = 4096

// Read takes a field apart: "Alpha Ltd. (f.k.a. Beta Ltd.); and any successor, sub-unit, or subsidiary thereof" is Alpha
// Ltd., formerly Beta Ltd. Main is never empty where the field is not.
func Read(field string) Name {
	field = strings.Join(strings.Fields(field), " ")
	if len(field) > longest {
		return Name{Main: field}
	}
	n := Name{Main: withoutClause(field)}
	n.brackets()
	n.aliases()
	if n.Main == "" {
		n.Main = field
	}
	return n
}

// clause is the end of an entry that takes in whoever belongs to it or comes after it.
var clause = regexp.MustCompile(`(?i)[\s;,]*\band\s+(?:any|its|all|their)\s+(?:successors?|sub-?\s?units?|subsidiar(?:y|ies)|affiliates?)` +
	`(?:[\s,;]+|and|or|any|its|successors?|sub-?\s?units?|subsidiar(?:y|ies)|affiliates?|thereof|thereto)*\.?\s*$`)

func withoutClause(field string) string {
	if !hasAny(field, "uccess", "UCCESS", "ubsid", "UBSID", "ub-unit", "ubunit", "UB-UNIT", "ffiliate", "FFILIATE") {
		return tidy(field)
	}
	return tidy(clause.ReplaceAllString(field, ""))
}

// hasAny is quicker than an expression, and few fields need one.
func hasAny(text string, pieces ...string) bool {
	for _, piece := range pieces {
		if strings.Contains(text, piece) {
			return true
		}
	}
	return false
}

// tidy takes off separators that stand at the ends when something was cut.
func tidy(text string) string { return strings.TrimSpace(strings.Trim(text, " ,;")) }

// marks are the words that say what follows is another name. Aka in capitals or with one may be a name itself.
var (
	alias  = regexp.MustCompile(`\b(?:a\.\s?k\.\s?a\.?|A\.\s?K\.\s?A\.?|a/k/a|A/K/A|aka|also known as|ALSO KNOWN AS|d/b/a|D/B/A|d\.b\.a\.?|D\.B\.A\.?|doing business as)[,:]?\s+`)
	former = regexp.MustCompile(`\b(?:f\.\s?k\.\s?a\.?|F\.\s?K\.\s?A\.?|f/k/a|F/K/A|fka|formerly known as|FORMERLY KNOWN AS)[,:]?\s+`)
	either = regexp.MustCompile(`(?:` + alias.String() + `)|(?:` + former.String() + `)`)

	following = regexp.MustCompile(`(?i)^the following (?:[a-z0-9-]+ )?(?:alias(?:es)?|names?)\s*:?\s*`)
	bullet    = regexp.MustCompile(`\s*[;•\x{2014}]\s*(?:and\s+)?|\s+[-\x{2013}]\s*`)
)

// brackets reads what stands in brackets: other names, whose the name is, or an abbreviation. The name without its
// abbreviation is another form of it; without a place or a legal form it would be another company's.
func (n *Name) brackets() {
	from := 0
	for range maxBrackets {
		open, end := bracket(n.Main, from)
		if open < 0 {
			return
		}
		inside := tidy(strings.TrimRight(n.Main[open+1:end], ")]"))
		rest := tidy(strings.TrimSpace(n.Main[:open]) + joined(n.Main[end:]))
		lower := strings.ToLower(inside)
		switch {
		case rest == "":
			n.Main = inside
			return
		case lower == "individual", strings.HasSuffix(lower, " individual"), strings.HasSuffix(lower, " national"):
			n.Main, n.Person = rest, true
		case isMarked(inside):
			n.Main = rest
			n.marked(inside)
		default:
			if form := formInBrackets(inside); form != "" {
				n.other(rest, formOfRest(rest))
				n.other(inside, form)
			}
			from = end
		}
	}
}

const maxBrackets = 8

// joined is what follows a part that was cut out, with a blank before it where it begins with a word.
func joined(rest string) string {
	rest = strings.TrimSpace(rest)
	if rest == "" || strings.HasPrefix(rest, ",") {
		return rest
	}
	return " " + rest
}

// bracket finds the first part in round or square brackets behind a place. A field that was cut at its length leaves
// them open.
func bracket(text string, from int) (open, end int) {
	at := strings.IndexAny(text[from:], "([")
	if at < 0 {
		return -1, 0
	}
	open = from + at
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return open, i + 1
			}
		}
	}
	return open, len(text)
}

// formInBrackets tells an abbreviation, which is a weak name, from another name. A word or two in lower case, a number
// or a legal form is neither.
func formInBrackets(inside string) names.NameForm {
	letters, capitals, lower := 0, 0, 0
	for _, r := range inside {
		switch {
		case unicode.IsUpper(r):
			letters, capitals = letters+1, capitals+1
		case unicode.IsLetter(r):
			letters, lower = letters+1, lower+1
		}
	}
	words := len(strings.Fields(inside))
	switch {
	case letters < 2 || strings.Contains(inside, ":") || isForm(inside):
		return ""
	case words == 1 && capitals > lower:
		return names.Weak
	case words > 1 && capitals >= words:
		return names.Alias
	}
	return ""
}

// formOfRest tells the name before brackets from an abbreviation before the name in full.
func formOfRest(rest string) names.NameForm {
	if len(rest) < len("ASMATS") && !strings.Contains(rest, " ") {
		return names.Weak
	}
	return names.Alias
}

// isForm tells a place or a legal form.
func isForm(text string) bool {
	for _, word := range words(text) {
		if !companyWords[word] && !placeWords[word] {
			return false
		}
	}
	return true
}

// isMarked tells whether a text says that another name follows.
func isMarked(text string) bool {
	return hasAny(text, "k.", "K.", "/a", "/A", "aka", "AKA", "fka", "known as", "KNOWN AS", "b.a", "B.A", "doing") && either.MatchString(text+" ")
}

// aliases reads other names that follow the name without brackets.
func (n *Name) aliases() {
	if !isMarked(n.Main) {
		return
	}
	at := either.FindStringIndex(n.Main)
	if at == nil || at[0] == 0 {
		return
	}
	rest := n.Main[at[0]:]
	n.Main = tidy(n.Main[:at[0]])
	n.marked(rest)
}

// marked reads other names with the words before each that say what it is.
func (n *Name) marked(text string) {
	text += " "
	at := either.FindAllStringIndex(text, -1)
	for i, mark := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		form := names.Alias
		if former.MatchString(text[mark[0]:mark[1]]) {
			form = names.Former
		}
		n.several(text[mark[1]:end], form)
	}
}

// several reads names that are counted and listed after "the following", else with semicolons between them.
func (n *Name) several(text string, form names.NameForm) {
	text = following.ReplaceAllString(strings.TrimSpace(text), "; ")
	if !strings.HasPrefix(text, ";") {
		for name := range strings.SplitSeq(text, ";") {
			n.other(name, form)
		}
		return
	}
	for _, name := range bullet.Split(text, -1) {
		n.other(name, form)
	}
}

func (n *Name) other(name string, form names.NameForm) {
	const dashes = "-\u2013\u2014 "
	name = strings.Trim(strings.TrimPrefix(strings.Trim(tidy(name), dashes), "and "), dashes)
	if strings.Count(name, ")") > strings.Count(name, "(") {
		name = strings.TrimSuffix(name, ")")
	}
	if strings.Count(name, "(") > strings.Count(name, ")") {
		name = strings.TrimSuffix(strings.TrimPrefix(name, "("), "(")
	}
	if name = tidy(name); name == "" || strings.EqualFold(name, n.Main) {
		return
	}
	for _, known := range n.Others {
		if known.Name == name {
			return
		}
	}
	n.Others = append(n.Others, screening.EntityName{Name: name, Form: form, Verified: screening.Primary})
}
