package screening_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
)

// requestTime is when the cases' requests come in, unless they say otherwise.
var requestTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestCases runs every decision of testdata; testdata/README.md says how they are written.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	s := newScreener(t)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range archive.Files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+section.Name, func(t *testing.T) {
				c, err := parseCase(string(section.Data))
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				v, err := s.Screen(t.Context(), c.order)
				if err != nil {
					t.Fatal(err)
				}
				c.check(t, &v)
			})
		}
	}
}

func newScreener(tb testing.TB) *screening.Screener {
	tb.Helper()
	c, err := data.Catalogue()
	if err != nil {
		tb.Fatal(err)
	}
	s, err := screening.New(c, screening.Config{})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// decisionCase is one section of a case file.
type decisionCase struct {
	order  screening.Order
	wants  []want
	wanted bool
}

type want struct{ kind, text string }

func parseCase(text string) (*decisionCase, error) {
	c := &decisionCase{order: screening.Order{
		ReceivedAt: requestTime, Currency: "USD", Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"},
	}}
	for n, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("line %d: want key: value, got %q", n+1, line)
		}
		if err := c.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	if !c.wanted {
		return nil, fmt.Errorf("a case without want: tests nothing")
	}
	return c, nil
}

func (c *decisionCase) set(key, value string) error {
	o := &c.order
	switch key {
	case "agreed":
		o.OrderedAt = value
	case "performed":
		o.FulfilAt = value
	case "document":
		o.Document = screening.Document(value)
	case "activity":
		o.Activity = screening.Activity(value)
	case "funding":
		o.Funding = screening.Funding(value)
	case "reference":
		o.Reference = value
	case "contract":
		o.Contract = value
	case "currency":
		o.Currency = value
	case "text":
		o.Texts = append(o.Texts, value)
	case "fact":
		return setFact(&o.Facts, value)
	case "stated":
		return setBackground(&o.Given, value)
	case "assumed":
		return setBackground(&o.Assumed, value)
	case "problem":
		o.Problems = append(o.Problems, screening.Problem{Code: value})
	case "line":
		l, err := parseLine(value)
		o.Lines = append(o.Lines, l)
		return err
	case "want", "finding", "without", "missing", "timeline", "match":
		c.wanted = c.wanted || key == "want"
		c.wants = append(c.wants, want{key, value})
	default:
		if strings.HasPrefix(key, "line ") {
			c.wants = append(c.wants, want{key, value})
			return nil
		}
		if !slices.Contains(screening.Roles[:], screening.Role(key)) {
			return fmt.Errorf("unknown key %q", key)
		}
		p, err := parseParty(screening.Role(key), value)
		o.Parties = append(o.Parties, p)
		return err
	}
	return nil
}

func parseParty(role screening.Role, text string) (screening.Party, error) {
	parts := strings.Split(text, "|")
	p := screening.Party{Role: role, Name: strings.TrimSpace(parts[0])}
	for _, part := range parts[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		switch key {
		case "country":
			p.Country = value
		case "state":
			p.State = value
		case "sector":
			p.Sector = screening.SectorKind(value)
		case "kind":
			p.Kind = screening.PartyKind(value)
		case "born":
			p.DateOfBirth = value
		case "nationality":
			p.Nationality = value
		case "employer":
			p.Employer = value
		case "address":
			p.Address = value
		case "alias":
			p.Aliases = append(p.Aliases, value)
		case "id":
			kind, number, _ := strings.Cut(value, " ")
			p.Identifiers = append(p.Identifiers, screening.Identifier{Type: kind, Value: number})
		default:
			return p, fmt.Errorf("unknown property %q of a party", key)
		}
	}
	return p, nil
}

func parseLine(text string) (screening.Line, error) {
	l := screening.Line{Quantity: "1", UnitPrice: "10.00"}
	fields := map[string]*string{
		"sku": &l.SKU, "manufacturer": &l.Manufacturer, "part": &l.ManufacturerPart, "description": &l.Description, "gtin": &l.GTIN,
		"cpe": &l.CPE, "purl": &l.PURL, "quantity": &l.Quantity, "price": &l.UnitPrice, "fulfil": &l.FulfilAt, "start": &l.ServiceStart,
		"end": &l.ServiceEnd, "id": &l.ID,
	}
	for _, part := range strings.Split(text, "|") {
		key, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		field, known := fields[key]
		switch {
		case known:
			*field = value
		case key == "text":
			l.Texts = append(l.Texts, value)
		case key == "fact":
			if err := setFact(&l.Facts, value); err != nil {
				return l, err
			}
		case key == "party":
			role, rest, _ := strings.Cut(value, " ")
			name, country, _ := strings.Cut(rest, " / ")
			l.Parties = append(l.Parties, screening.Party{Role: screening.Role(role), Name: name, Country: country})
		default:
			return l, fmt.Errorf("unknown field %q of a line", key)
		}
	}
	return l, nil
}

func setFact(f *screening.GivenFacts, text string) error {
	name, value, _ := strings.Cut(text, " ")
	answers := map[string]screening.Answer{"yes": screening.Yes, "no": screening.No}
	facts := map[string]*screening.Answer{
		"licence": &f.Licence, "ear_item": &f.EARItem, "ownership_50": &f.Ownership50, "fcc_authorisation": &f.FCCAuthorisation,
		"informational": &f.Informational, "existing_agreement": &f.ExistingAgreement,
	}
	fact, known := facts[name]
	if !known || answers[value] == screening.Unknown {
		return fmt.Errorf("fact %q: want NAME yes or NAME no", text)
	}
	*fact = answers[value]
	return nil
}

func setBackground(b *screening.Background, text string) error {
	name, value, _ := strings.Cut(text, " ")
	switch name {
	case "seller_country":
		b.SellerCountry = value
	case "owner_country":
		b.OwnerCountry = value
	case "activity":
		b.Activity = screening.Activity(value)
	case "sector":
		b.Sector = screening.SectorKind(value)
	case "zone":
		zone, err := time.LoadLocation(value)
		b.Zone = zone
		return err
	default:
		return fmt.Errorf("unknown background %q", name)
	}
	return nil
}

func (c *decisionCase) check(t *testing.T, v *screening.Verdict) {
	t.Helper()
	for _, w := range c.wants {
		fields := strings.Fields(w.text)
		switch {
		case w.kind == "want":
			if got := v.Decision.String(); got != w.text {
				t.Errorf("got %s, want %s: %s%s", got, w.text, v.Summary, told(v))
			}
		case strings.HasPrefix(w.kind, "line "):
			pointer := screening.Pointer("/lines/" + fmt.Sprint(atoi(t, strings.TrimPrefix(w.kind, "line "))-1))
			i := slices.IndexFunc(v.Subjects, func(s screening.Subject) bool { return s.Pointer == pointer })
			if i < 0 || v.Subjects[i].Decision.String() != w.text {
				t.Errorf("%s: got %v, want %s%s", w.kind, v.Subjects, w.text, told(v))
			}
		case w.kind == "finding" && !slices.ContainsFunc(v.Findings, func(f screening.Finding) bool {
			return like(fields, string(f.Rule), f.Outcome.String(), string(f.Reason))
		}):
			t.Errorf("no finding %s%s", w.text, told(v))
		case w.kind == "without" && slices.ContainsFunc(v.Findings, func(f screening.Finding) bool { return string(f.Rule) == w.text }):
			t.Errorf("unwanted finding %s%s", w.text, told(v))
		case w.kind == "missing" && !slices.ContainsFunc(v.Findings, func(f screening.Finding) bool { return slices.Contains(f.Missing, w.text) }):
			t.Errorf("no finding misses %s%s", w.text, told(v))
		case w.kind == "match" && !slices.ContainsFunc(v.Matches, func(m screening.Match) bool {
			return like(fields, m.Target.ID, m.Certainty.String())
		}):
			t.Errorf("no match %s, got %+v", w.text, v.Matches)
		case w.kind == "timeline":
			if got := timeline(v); got != w.text {
				t.Errorf("timeline: got %s, want %s", got, w.text)
			}
		}
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(s, &n); err != nil {
		t.Fatalf("%q is not a number", s)
	}
	return n
}

// like compares values with a pattern in which * stands for any one.
func like(pattern []string, values ...string) bool {
	for i, p := range pattern {
		if i >= len(values) || p != "*" && p != values[i] {
			return false
		}
	}
	return true
}

func timeline(v *screening.Verdict) string {
	var parts []string
	for _, p := range v.Timeline {
		part := p.Decision.String()
		if !p.Until.IsZero() {
			part += " until " + p.Until.Format(time.DateOnly)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func told(v *screening.Verdict) string {
	var b strings.Builder
	for _, f := range v.Findings {
		fmt.Fprintf(&b, "\n  %s %s %s on %s: %s", f.Rule, f.Outcome, f.Reason, f.Subject, f.Explanation)
	}
	for _, f := range v.Facts {
		fmt.Fprintf(&b, "\n  fact %s=%s (%s)", f.Name, f.Value, f.Basis)
	}
	return b.String()
}
