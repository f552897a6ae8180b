package eu

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// text is the name as it is listed, or its parts where the whole is not given.
func (a *alias) text() string {
	if whole := entry.Clean(a.Whole); whole != "" {
		return whole
	}
	return entry.Join(" ", a.First, a.Middle, a.Last)
}

// mainName chooses the name under which the entry is shown; negative where it has none. The list marks none. It is the
// first one that is neither weak nor former, in Latin letters, not called an alias, and in English or of no language;
// where no name is all of that, the first one that has more of it, in this order.
func mainName(all []alias) int {
	best, bestRank := -1, 0
	for i := range all {
		name := all[i].text()
		if !entry.Says(name) {
			continue
		}
		rank := 1
		if form := all[i].form(); form != names.Weak && form != names.Former {
			rank += 8
		}
		if entry.Script(name) != names.Native {
			rank += 4
		}
		if !all[i].isAlias() {
			rank += 2
		}
		if all[i].Language == "" || strings.EqualFold(all[i].Language, "EN") {
			rank++
		}
		if rank > bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

func addNames(d *entry.Draft, all []alias) {
	for i := range all {
		a := &all[i]
		d.Alias(a.text(), a.form(), strings.ToLower(entry.Clean(a.Language)))
		if d.Kind == screening.Person {
			d.Held(a.Title, a.Function)
		} else {
			d.Remark(a.Function)
		}
		for _, text := range a.Remarks {
			if !isGrade(text) {
				d.Remark(text)
			}
		}
	}
}

// The list grades names in remarks, which are a mark of their own or a clause beside others: "low quality alias;
// formerly listed as". A mark stands at the start of a clause. Anywhere else such words speak of somebody else, as in
// "owned by ..., formerly known as ...".

var (
	weakMarks   = []string{"low quality", "lo quality", "low-quality", "weak alias"}
	goodMarks   = []string{"good quality", "ood quality", "god quality", "high quality", "good-quality", "strong alias"}
	formerMarks = []string{"formerly known as", "formerly listed as", "former name", "f.k.a", "fka", "previously known as", "previously listed as", "maiden name"}
	aliasMarks  = []string{"a.k.a", "aka", "alias", "also known as"}
)

// form is what the list says of a name, or what its letters say.
func (a *alias) form() names.NameForm {
	switch {
	case strings.EqualFold(a.Strong, "false"), a.marked(weakMarks):
		return names.Weak
	case a.marked(formerMarks):
		return names.Former
	}
	return entry.Script(a.text())
}

// isAlias tells whether the list itself calls a name one among others.
func (a *alias) isAlias() bool {
	return strings.EqualFold(a.Strong, "false") || a.marked(weakMarks) || a.marked(goodMarks) || a.marked(formerMarks) || a.marked(aliasMarks)
}

func (a *alias) marked(marks []string) bool {
	for _, text := range a.Remarks {
		for clause := range strings.FieldsFuncSeq(text, isClauseEnd) {
			if startsWith(clause, marks) {
				return true
			}
		}
	}
	return false
}

func isClauseEnd(r rune) bool { return r == '\n' || r == ';' }

func startsWith(clause string, marks []string) bool {
	clause = strings.ToLower(strings.TrimLeft(clause, " \t\r('\"\u2018\u201c"))
	for _, mark := range marks {
		if strings.HasPrefix(clause, mark) {
			return true
		}
	}
	return false
}

// longestGrade is how long a remark may be that only grades its name.
const longestGrade = 40

// isGrade tells a remark that says nothing but how good or old a name is.
func isGrade(remark string) bool {
	if len(remark) > longestGrade {
		return false
	}
	return startsWith(remark, weakMarks) || startsWith(remark, goodMarks) ||
		slices.Contains(formerMarks, strings.ToLower(strings.Trim(remark, " \t\r\n().:")))
}
