package api

import (
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/screening"
)

// AppendVerdict appends a verdict as one JSON object: byte for byte what the JSON library writes of it, at a fifth of
// the cost. Nearly every answer of the program is a verdict, and one of a blocked line has 8 KB.
func AppendVerdict(b []byte, v *Verdict) []byte {
	t := jsonText{b: b}
	t.verdict(v)
	return t.b
}

// appendVerdicts appends the answer to a document.
func appendVerdicts(b []byte, v *DocumentVerdicts) []byte {
	t := jsonText{b: b}
	t.open('{')
	t.name("verdicts")
	t.open('[')
	for i := range v.Verdicts {
		t.verdict(&v.Verdicts[i])
	}
	t.close(']')
	objects(&t, "problems", v.Problems, (*jsonText).problem)
	t.close('}')
	return t.b
}

// jsonText is JSON being written.
type jsonText struct {
	b    []byte
	more bool // a value stands before, so that a comma must come
}

func (t *jsonText) open(bracket byte) {
	t.comma()
	t.b = append(t.b, bracket)
	t.more = false
}

func (t *jsonText) close(bracket byte) {
	t.b = append(t.b, bracket)
	t.more = true
}

func (t *jsonText) comma() {
	if t.more {
		t.b = append(t.b, ',')
	}
	t.more = true
}

// name begins a member of an object. Names need no escapes.
func (t *jsonText) name(name string) {
	t.comma()
	t.b = append(t.b, '"')
	t.b = append(t.b, name...)
	t.b = append(t.b, '"', ':')
	t.more = false
}

func (t *jsonText) quote(s string) {
	t.comma()
	t.b, _ = jsontext.AppendQuote(t.b, s) // the error is bad UTF-8, of which it writes the replacement character
}

func (t *jsonText) text(name, value string) {
	t.name(name)
	t.quote(value)
}

// some writes a member unless it is empty.
func (t *jsonText) some(name, value string) {
	if value != "" {
		t.text(name, value)
	}
}

func (t *jsonText) integer(name string, value int) {
	t.name(name)
	t.b = strconv.AppendInt(t.b, int64(value), 10)
	t.more = true
}

// number writes a score, threshold or distance: rounded to four decimals, it needs no exponent.
func (t *jsonText) number(name string, value float64) {
	t.name(name)
	t.b = strconv.AppendFloat(t.b, value, 'f', -1, 64)
	t.more = true
}

func (t *jsonText) flag(name string, value bool) {
	t.name(name)
	t.b = strconv.AppendBool(t.b, value)
	t.more = true
}

func (t *jsonText) instant(name string, at time.Time) {
	t.name(name)
	t.b = append(t.b, '"')
	t.b = at.AppendFormat(t.b, time.RFC3339Nano)
	t.b = append(t.b, '"')
	t.more = true
}

// since writes a member unless the instant is the zero one.
func (t *jsonText) since(name string, at time.Time) {
	if !at.IsZero() {
		t.instant(name, at)
	}
}

func (t *jsonText) words(name string, words []string) {
	t.name(name)
	t.open('[')
	for _, w := range words {
		t.quote(w)
	}
	t.close(']')
}

// objects writes an array of objects.
func objects[T any](t *jsonText, name string, items []T, members func(*jsonText, *T)) {
	t.name(name)
	t.open('[')
	for i := range items {
		t.open('{')
		members(t, &items[i])
		t.close('}')
	}
	t.close(']')
}

// object writes an object.
func object[T any](t *jsonText, name string, item *T, members func(*jsonText, *T)) {
	t.name(name)
	t.open('{')
	members(t, item)
	t.close('}')
}

// orNull writes an object, or null where there is none.
func orNull[T any](t *jsonText, name string, item *T, members func(*jsonText, *T)) {
	if item != nil {
		object(t, name, item, members)
		return
	}
	t.name(name)
	t.b = append(t.b, "null"...)
	t.more = true
}

func (t *jsonText) verdict(v *Verdict) {
	t.open('{')
	if v.Line != 0 {
		t.integer("line", v.Line)
	}
	t.text("id", v.ID)
	t.text("reference", v.Reference)
	t.text("decision", v.Decision)
	t.text("summary", v.Summary)
	t.instant("screened_at", v.ScreenedAt)
	object(t, "dates", &v.Dates, func(t *jsonText, d *Dates) {
		object(t, "agreed", &d.Agreed, (*jsonText).date)
		object(t, "performed", &d.Performed, (*jsonText).date)
	})
	t.facts(v.Facts)
	objects(t, "subjects", v.Subjects, (*jsonText).subject)
	objects(t, "matches", v.Matches, (*jsonText).match)
	objects(t, "findings", v.Findings, (*jsonText).finding)
	objects(t, "near_misses", v.NearMisses, func(t *jsonText, n *NearMiss) {
		t.match(&n.Match)
		t.number("threshold", n.Threshold)
		t.number("short_by", n.ShortBy)
	})
	objects(t, "problems", v.Problems, (*jsonText).problem)
	objects(t, "timeline", v.Timeline, (*jsonText).phase)
	object(t, "checks", &v.Checks, (*jsonText).checks)
	object(t, "catalogue", &v.Catalogue, (*jsonText).catalogue)
	t.text("engine", v.Engine)
	t.text("cache", v.Cache)
	t.text("disclaimer", v.Disclaimer)
	t.close('}')
}

func (t *jsonText) date(d *DateReading) {
	t.text("raw", d.Raw)
	t.text("basis", d.Basis)
	t.instant("earliest", d.Earliest)
	t.instant("latest", d.Latest)
}

func (t *jsonText) facts(facts FactSet) {
	t.name("facts")
	t.open('{')
	for i := range facts {
		object(t, facts[i].Name, &facts[i], func(t *jsonText, f *screening.Fact) {
			t.text("value", f.Value)
			t.text("basis", string(f.Basis))
			t.some("from", f.From)
		})
	}
	t.close('}')
}

func (t *jsonText) subject(s *Subject) {
	t.text("pointer", s.Pointer)
	t.text("kind", s.Kind)
	t.text("id", s.ID)
	t.text("decision", s.Decision)
	t.words("matches", s.Matches)
	t.words("findings", s.Findings)
}

func (t *jsonText) match(m *Match) {
	t.text("id", m.ID)
	t.text("subject", m.Subject)
	object(t, "target", &m.Target, func(t *jsonText, target *Target) {
		t.text("kind", target.Kind)
		t.text("id", target.ID)
		t.text("name", target.Name)
		t.some("class", target.Class)
	})
	t.number("score", m.Score)
	t.text("certainty", m.Certainty)
	objects(t, "evidence", m.Evidence, (*jsonText).evidence)
	t.some("verified", m.Verified)
}

func (t *jsonText) evidence(e *Evidence) {
	t.text("pointer", e.Pointer)
	t.text("source", e.Source)
	t.name("span")
	t.b = append(t.b, '[')
	t.b = strconv.AppendInt(t.b, int64(e.Span[0]), 10)
	t.b = append(t.b, ',')
	t.b = strconv.AppendInt(t.b, int64(e.Span[1]), 10)
	t.close(']')
	t.text("text", e.Text)
	t.text("method", e.Method)
	t.detail(e.Detail)
}

// detail writes the numbers that decided, by name.
func (t *jsonText) detail(detail map[string]string) {
	var few [16]string
	names := few[:0]
	for name := range detail {
		names = append(names, name)
	}
	slices.Sort(names)
	t.name("detail")
	t.open('{')
	for _, name := range names {
		t.quote(name)
		t.b = append(t.b, ':')
		t.more = false
		t.quote(detail[name])
	}
	t.close('}')
}

func (t *jsonText) finding(f *Finding) {
	t.text("id", f.ID)
	t.text("rule", f.Rule)
	t.text("subject", f.Subject)
	t.text("match", f.Match)
	t.text("outcome", f.Outcome)
	t.text("reason", f.Reason)
	t.since("in_force_since", f.InForceSince)
	t.integer("days_after_cutoff", f.DaysAfterCutoff)
	t.text("citation", f.Citation)
	t.text("url", f.URL)
	t.text("explanation", f.Explanation)
	t.words("missing", f.Missing)
	t.facts(f.Facts)
	t.text("verified", f.Verified)
	orNull(t, "penalty", f.Penalty, func(t *jsonText, p *Penalty) {
		t.text("civil_max_usd", p.CivilMaxUSD)
		t.some("or_twice_transaction_usd", p.OrTwiceTransactionUSD)
	})
	orNull(t, "duty", f.Duty, func(t *jsonText, d *Duty) {
		t.text("text", d.Text)
		t.text("report_to", d.ReportTo)
		t.integer("within_business_days", d.WithinBusinessDays)
	})
}

func (t *jsonText) problem(p *DocProblem) {
	t.text("code", p.Code)
	t.text("pointer", p.Pointer)
	t.text("source", p.Source)
	t.text("detail", p.Detail)
}

func (t *jsonText) phase(p *Phase) {
	t.since("from", p.From)
	t.since("until", p.Until)
	t.text("decision", p.Decision)
}

func (t *jsonText) checks(c *Checks) {
	t.name("run")
	t.b = c.Run.appendTo(t.b)
	t.more = true
	objects(t, "assumed", c.Assumed, func(t *jsonText, a *AssumedCheck) {
		t.text("rule", a.Rule)
		t.text("fact", a.Fact)
		t.text("value", a.Value)
	})
}

func (t *jsonText) catalogue(c *CatalogueInfo) {
	t.text("version", c.Version)
	t.text("digest", c.Digest)
	objects(t, "lists", c.Lists, func(t *jsonText, l *ListInfo) {
		t.text("id", l.ID)
		t.text("as_of", l.AsOf)
		t.flag("stale", l.Stale)
	})
}
