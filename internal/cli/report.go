package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"github.com/interdict/interdict/screening"
)

// manyClear is how many clear subjects without a finding are listed one by one; more are counted.
const manyClear = 12

// indent is how far the text of a finding stands in; labelled is the room for a label in front of it.
const (
	indent   = "    "
	labelled = 11
)

// caveats tell how well a source was read, where it was not read in full.
var caveats = map[screening.Verification]string{
	screening.PrimaryPartial: "official text read in part, the rest from agreeing summaries",
	screening.Secondary:      "secondary: law firms, press, compilations",
	screening.Unverified:     "not confirmed",
}

// textOutput prints verdicts for a person to read.
type textOutput struct {
	page    *page
	verbose bool
	printed bool
}

func (t *textOutput) close() error { return t.page.err }

func (t *textOutput) print(r result) error {
	if t.printed {
		t.page.line("")
	}
	t.printed = true
	if r.err != nil {
		t.failure(r)
		return t.page.err
	}
	v := r.verdict
	t.headline(r)
	t.page.line("")
	t.subjects(r)
	t.footer(v)
	return t.page.err
}

func (t *textOutput) failure(r result) {
	t.page.line(t.page.paint("NOT SCREENED", red) + "  " + t.page.paint(oneLine(r.where(), maxWidth), bold))
	f := failureOf(r)
	t.page.paragraph(indent, "", printable(f.Detail))
	for _, fault := range f.Errors {
		t.page.paragraph(indent, "", printable(fault.Pointer+": "+fault.Detail))
	}
}

func (t *textOutput) headline(r result) {
	name := r.verdict.Reference
	if name == "" {
		name = r.where()
	}
	word := strings.ToUpper(r.verdict.Decision.String())
	t.page.line(t.page.paint(word, look(r.verdict.Decision)) + "  " + t.page.paint(oneLine(name, maxWidth), bold))
	t.page.paragraph("", "", printable(r.verdict.Summary))
}

// subjects prints every line and party, the document only where something was found in it.
func (t *textOutput) subjects(r result) {
	plain := func(s screening.Subject) bool { return s.Decision == screening.Clear && len(s.Findings) == 0 }
	names := subjectNames(r)
	counted := 0
	for _, s := range r.verdict.Subjects {
		if plain(s) {
			counted++
		}
	}
	fold := !t.verbose && counted > manyClear
	folded := map[screening.SubjectKind]int{}
	width := 0
	for _, s := range r.verdict.Subjects {
		width = max(width, uniseg.StringWidth(names[s.Pointer].label))
	}
	for _, s := range r.verdict.Subjects {
		switch {
		case plain(s) && s.Kind == screening.DocumentSubject:
		case plain(s) && fold:
			folded[s.Kind]++
		default:
			t.subject(s, names, width)
			t.findings(s, r.verdict, names)
		}
	}
	for _, kind := range []screening.SubjectKind{screening.LineSubject, screening.PartySubject} {
		if folded[kind] > 0 {
			t.page.line(t.mark(screening.Clear) + "  and " + counting(folded[kind], string(kind)) + " without a finding")
		}
	}
}

// mark is a decision's sign and word in a column.
func (t *textOutput) mark(d screening.Decision) string {
	signs := map[screening.Decision]string{screening.Clear: "○", screening.Review: "◐", screening.Block: "●"}
	return t.page.paint(fmt.Sprintf("%s %-6s", signs[d], d), look(d))
}

func (t *textOutput) subject(s screening.Subject, names map[screening.Pointer]subjectName, width int) {
	name := names[s.Pointer]
	gap := strings.Repeat(" ", width-uniseg.StringWidth(name.label))
	text := oneLine(name.text, t.page.width-width-len("○ review")-4)
	t.page.line(strings.TrimRight(t.mark(s.Decision)+"  "+name.label+gap+"  "+t.page.paint(text, bold), " "))
}

// findings prints what was found on a subject, the strictest first. What it carries over from a party is told there
// and named here.
func (t *textOutput) findings(s screening.Subject, v screening.Verdict, names map[screening.Pointer]subjectName) {
	matched := set{}
	for _, f := range strictestFirst(s.Findings, v.Findings) {
		if f.Subject != s.Pointer {
			t.page.line(indent + string(f.Rule) + ": see " + names[f.Subject].label)
			continue
		}
		t.finding(f)
		for _, m := range v.Matches {
			if m.ID == f.Match && !slices.Contains(matched, m.ID) {
				matched.add(m.ID)
				t.match("matched", m)
			}
		}
		t.consequences(f)
	}
	for _, m := range v.Matches {
		if m.Subject == s.Pointer && !slices.Contains(matched, m.ID) {
			t.match("matched", m)
		}
	}
	for _, miss := range v.NearMisses {
		if t.verbose && miss.Subject == s.Pointer {
			t.match("near miss", miss.Match)
			t.note("", fmt.Sprintf("%.3f short of the threshold %.3f", miss.ShortBy, miss.Threshold))
		}
	}
}

// strictestFirst returns the findings with the ids, in their order within each outcome.
func strictestFirst(ids []string, all []screening.Finding) []screening.Finding {
	var found []screening.Finding
	for _, f := range all {
		if slices.Contains(ids, f.ID) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b screening.Finding) int { return cmp.Compare(b.Outcome, a.Outcome) })
	return found
}

func (t *textOutput) finding(f screening.Finding) {
	lead := fmt.Sprintf(indent+"%-*s", labelled, f.Outcome)
	head := string(f.Rule) + ", " + strings.ReplaceAll(string(f.Reason), "_", " ")
	if !f.InForceSince.IsZero() {
		head += ", in force since " + f.InForceSince.Format(time.DateOnly)
		if f.DaysAfterCutoff > 0 {
			head += ", " + counting(f.DaysAfterCutoff, "day") + " before this deal"
		}
	}
	t.page.paragraph(lead, look(f.Outcome), head)
	t.note("law", strings.TrimSpace(f.Citation+"  "+f.URL))
	t.note("why", f.Explanation)
}

// consequences prints what follows from a finding, and what it rests on.
func (t *textOutput) consequences(f screening.Finding) {
	t.note("missing", strings.Join(f.Missing, ", "))
	if f.Penalty != nil {
		text := "up to USD " + f.Penalty.CivilMaxUSD + " for each violation"
		if f.Penalty.OrTwiceTransactionUSD != "" {
			text += ", or twice the transaction (USD " + f.Penalty.OrTwiceTransactionUSD + ") if that is more"
		}
		t.note("penalty", text)
	}
	if f.Duty != nil {
		t.note("duty", fmt.Sprintf("%s To %s within %s.", f.Duty.Text, f.Duty.ReportTo, counting(f.Duty.WithinBusinessDays, "business day")))
	}
	t.note("source", caveats[f.Verified])
	if t.verbose {
		t.note("facts", factList(f.Facts))
	}
}

func (t *textOutput) match(label string, m screening.Match) {
	var places []string
	for _, e := range m.Evidence {
		text := fmt.Sprintf("%q", e.Text)
		if t.verbose {
			text += fmt.Sprintf(" at %s [%d,%d) by %s", place(e.Pointer, e.Source), e.Start, e.End, strings.ReplaceAll(e.Method, "_", " "))
		}
		if !slices.Contains(places, text) {
			places = append(places, text)
		}
	}
	t.note(label, fmt.Sprintf("%s is %s: %s, score %.3g", strings.Join(places, " and "), m.Target.Name, m.Certainty, m.Score))
}

// note prints a label and text behind it; nothing where there is no text.
func (t *textOutput) note(label, text string) {
	if text == "" {
		return
	}
	t.page.paragraph(fmt.Sprintf(indent+"%-*s", labelled, label), faint, printable(text))
}

func (t *textOutput) footer(v screening.Verdict) {
	t.page.line("")
	for _, problem := range v.Problems {
		t.foot("problem", strings.TrimSpace(place(problem.Pointer, problem.Source)+" "+problem.Detail))
	}
	t.foot("dates", "agreed "+reading(v.Dates.Agreed)+", performed "+reading(v.Dates.Performed))
	t.foot("facts", factList(v.Facts))
	t.foot("timeline", timeline(v.Timeline))
	if t.verbose {
		t.foot("checks", "run: "+listed(v.Checks.Run))
		for _, kept := range keptFromBiting(v.Checks.Assumed) {
			t.foot("", kept)
		}
	}
	lists := make([]string, len(v.Catalogue.Lists))
	for i, list := range v.Catalogue.Lists {
		lists[i] = list.ID + " of " + list.AsOf
		if list.Stale {
			lists[i] += " (stale)"
		}
	}
	t.foot("catalogue", fmt.Sprintf("%s (%s) %s", v.Catalogue.Version, strings.Join(lists, ", "), v.Catalogue.Digest))
	if v.Decision == screening.Clear {
		t.foot("", "Clear means that no prohibition was found by the checks that ran. It is not legal advice.")
	}
}

func (t *textOutput) foot(label, text string) {
	if text != "" {
		t.page.paragraph(fmt.Sprintf("%-*s", labelled, label), faint, printable(text))
	}
}
