package cli

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/screening"
)

// compactOutput prints one small object for each line of each order, for each order without lines, and for each input
// that could not be screened: what a batch answers.
type compactOutput struct {
	w    *bufio.Writer
	text []byte
}

func newCompactOutput(w io.Writer) *compactOutput {
	return &compactOutput{w: bufio.NewWriterSize(w, 64<<10)}
}

func (c *compactOutput) close() error { return c.w.Flush() }

func (c *compactOutput) print(r result) error {
	if r.err != nil {
		return c.object(&r, "", "not_screened", failureOf(r).Detail, nil)
	}
	v := &r.verdict
	if len(r.order.Lines) <= 1 {
		id := ""
		if len(r.order.Lines) == 1 {
			id = r.order.Lines[0].ID
		}
		return c.object(&r, id, v.Decision.String(), v.Summary, reasonsOf(v, nil))
	}
	for i := range r.order.Lines {
		s := &v.Subjects[i] // lines come first, in their order
		if err := c.object(&r, cmp.Or(s.ID, strconv.Itoa(i+1)), s.Decision.String(), "", reasonsOf(v, s)); err != nil {
			return err
		}
	}
	return nil
}

// reasonsOf lists why a subject is not clear, or the whole where there is none.
func reasonsOf(v *screening.Verdict, s *screening.Subject) []string {
	var out []string
	for i := range v.Findings {
		f := &v.Findings[i]
		if f.Outcome > screening.Clear && (s == nil || slices.Contains(s.Findings, f.ID)) && !slices.Contains(out, string(f.Reason)) {
			out = append(out, string(f.Reason))
		}
	}
	return out
}

// object writes {input, line, reference, id, decision, summary, reasons}, what is empty left out but for the reasons.
func (c *compactOutput) object(r *result, id, decision, summary string, reasons []string) error {
	c.text = append(c.text[:0], '{')
	c.member("input", r.file)
	if r.line > 0 {
		c.text = append(c.text, `,"line":`...)
		c.text = strconv.AppendInt(c.text, int64(r.line), 10)
	}
	for _, m := range [...]struct{ name, value string }{{"reference", r.order.Reference}, {"id", id}, {"decision", decision}, {"summary", summary}} {
		if m.value != "" {
			c.text = append(c.text, ',')
			c.member(m.name, m.value)
		}
	}
	c.text = append(c.text, `,"reasons":[`...)
	for i, reason := range reasons {
		if i > 0 {
			c.text = append(c.text, ',')
		}
		c.quote(reason)
	}
	c.text = append(c.text, "]}\n"...)
	_, err := c.w.Write(c.text)
	return err
}

func (c *compactOutput) member(name, value string) {
	c.quote(name)
	c.text = append(c.text, ':')
	c.quote(value)
}

// quote appends a JSON string; what is no UTF-8 becomes U+FFFD.
func (c *compactOutput) quote(s string) {
	c.text, _ = jsontext.AppendQuote(c.text, s)
}
