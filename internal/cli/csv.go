package cli

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// csvHeader names the columns; rowOf fills them.
var csvHeader = [...]string{
	"input", "reference", "order_decision", "subject", "kind", "id", "text", "decision", "rules", "reasons",
	"citations", "in_force_since", "days_after_cutoff", "matched", "missing", "detail",
}

// csvOutput prints a row for each line and party of each verdict, one for a document that is not clear by itself, and one for each input that could not be screened.
type csvOutput struct {
	w       *csv.Writer
	started bool
}

func newCSVOutput(w io.Writer) *csvOutput { return &csvOutput{w: csv.NewWriter(w)} }

func (c *csvOutput) print(r result) error {
	if err := c.start(); err != nil {
		return err
	}
	if r.err != nil {
		return c.row(map[string]string{"input": r.where(), "order_decision": "not_screened", "detail": r.err.Error()})
	}
	names := subjectNames(r)
	for _, subject := range r.verdict.Subjects {
		if subject.Kind == screening.DocumentSubject && subject.Decision == screening.Clear {
			continue
		}
		row := rowOf(subject, r.verdict)
		row["input"] = r.where()
		row["text"] = names[subject.Pointer].text
		if err := c.row(row); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvOutput) close() error {
	if err := c.start(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

func (c *csvOutput) start() error {
	if c.started {
		return nil
	}
	c.started = true
	return c.w.Write(csvHeader[:])
}

func (c *csvOutput) row(cells map[string]string) error {
	record := make([]string, len(csvHeader))
	for i, column := range csvHeader {
		record[i] = formulaSafe(cells[column])
	}
	return c.w.Write(record)
}

func rowOf(s screening.Subject, v screening.Verdict) map[string]string {
	var rules, reasons, citations, matched, missing, details set
	var since time.Time
	days := ""
	for _, f := range v.Findings {
		if !slices.Contains(s.Findings, f.ID) {
			continue
		}
		rules.add(string(f.Rule))
		reasons.add(string(f.Reason))
		citations.add(f.Citation)
		details.add(f.Explanation)
		for _, fact := range f.Missing {
			missing.add(fact)
		}
		if f.Outcome == s.Decision && !f.InForceSince.IsZero() && (since.IsZero() || f.InForceSince.Before(since)) {
			since, days = f.InForceSince, strconv.Itoa(f.DaysAfterCutoff)
		}
	}
	for _, m := range v.Matches {
		if slices.Contains(s.Matches, m.ID) {
			matched.add(m.Target.Name)
		}
	}
	row := map[string]string{
		"reference": v.Reference, "order_decision": v.Decision.String(),
		"subject": string(s.Pointer), "kind": string(s.Kind), "id": s.ID, "decision": s.Decision.String(),
		"rules": rules.String(), "reasons": reasons.String(), "citations": citations.String(),
		"days_after_cutoff": days, "matched": matched.String(), "missing": missing.String(), "detail": details.String(),
	}
	if !since.IsZero() {
		row["in_force_since"] = since.Format(time.RFC3339)
	}
	return row
}

// set keeps texts once, in the order in which they came.
type set []string

func (s *set) add(text string) {
	if text != "" && !slices.Contains(*s, text) {
		*s = append(*s, text)
	}
}

func (s set) String() string { return strings.Join(s, "; ") }

// formulaSafe keeps a spreadsheet from running a cell as a formula: one that would begin as a formula begins with an
// apostrophe, which spreadsheets take as "text follows".
func formulaSafe(cell string) string {
	if _, err := strconv.Atoi(cell); err == nil {
		return cell
	}
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return cell
	}
	return "'" + cell
}
