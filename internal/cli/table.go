package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"github.com/interdict/interdict/screening"
)

// tableOutput prints a row for each subject that is not clear: the decision, where it stands, what it says, what was
// matched, by which rule and since when. The last row counts all.
type tableOutput struct {
	page   *page
	headed bool
	failed int
	orders [screening.Block + 1]int // by decision
}

// The columns of the table, in cells. What is left of the page is shared by text and match.
const (
	decisionCells = 8
	placeCells    = 22
	ruleCells     = 20
	sinceCells    = 10
	gap           = 2
)

func (t *tableOutput) print(r result) error {
	if r.err != nil {
		t.failed++
		t.head()
		t.page.line(t.page.paint(cell("NOT READ", decisionCells), red) + strings.Repeat(" ", gap) + oneLine(r.where(), t.page.width-decisionCells-gap))
		t.page.paragraph(strings.Repeat(" ", decisionCells+gap), "", printable(failureOf(r).Detail))
		return t.page.err
	}
	t.orders[r.verdict.Decision]++
	names := subjectNames(r)
	for i := range r.verdict.Subjects {
		s := &r.verdict.Subjects[i]
		if s.Decision > screening.Clear {
			t.subject(&r, s, names[s.Pointer])
		}
	}
	return t.page.err
}

func (t *tableOutput) subject(r *result, s *screening.Subject, name subjectName) {
	where := r.order.Reference
	if where == "" {
		where = r.where()
	}
	rule, since := "", ""
	if found := strictestFirst(s.Findings, r.verdict.Findings); len(found) > 0 {
		rule = string(found[0].Rule)
		if !found[0].InForceSince.IsZero() {
			since = found[0].InForceSince.Format(time.DateOnly)
		}
	}
	matched := set{}
	for i := range r.verdict.Matches {
		if m := &r.verdict.Matches[i]; m.Subject == s.Pointer {
			matched.add(m.Target.Name)
		}
	}
	text := name.text
	if s.Kind == screening.DocumentSubject && len(r.verdict.Problems) > 0 {
		text = r.verdict.Problems[0].Detail
	}
	t.row(s.Decision.String(), look(s.Decision), where+" "+name.label, text, matched.String(), rule, since)
}

// head prints the names of the columns once.
func (t *tableOutput) head() {
	if !t.headed {
		t.headed = true
		t.row("DECISION", bold, "WHERE", "TEXT", "MATCH", "RULE", "SINCE")
	}
}

// row prints one row. Cells that are too long end in an ellipsis.
func (t *tableOutput) row(decision, look, where, text, matched, rule, since string) {
	t.head()
	rest := max(t.page.width-decisionCells-placeCells-ruleCells-sinceCells-5*gap, 2*placeCells)
	cells := []string{
		cell(where, placeCells), cell(text, rest-rest/2), cell(matched, rest/2), cell(rule, ruleCells), cell(since, sinceCells),
	}
	line := t.page.paint(cell(decision, decisionCells), look) + strings.Repeat(" ", gap) + strings.Join(cells, strings.Repeat(" ", gap))
	t.page.line(strings.TrimRight(line, " "))
}

// cell is a text in so many cells.
func cell(text string, width int) string {
	text = oneLine(text, width)
	return text + strings.Repeat(" ", max(width-uniseg.StringWidth(text), 0))
}

func (t *tableOutput) close() error {
	if t.headed {
		t.page.line("")
	}
	all := 0
	for _, n := range t.orders {
		all += n
	}
	summary := fmt.Sprintf("%s: %d block, %d review, %d clear", counting(all, "order"), t.orders[screening.Block], t.orders[screening.Review], t.orders[screening.Clear])
	if t.failed > 0 {
		summary += fmt.Sprintf("; %s could not be read", counting(t.failed, "input"))
	}
	t.page.line(summary)
	return t.page.err
}
