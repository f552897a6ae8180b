package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/screening"
)

// The kinds of things that the form on the first page screens.
const (
	kindVendor = "vendor"
	kindSKU    = "sku"
)

// indexView is what the first page shows.
type indexView struct {
	NeedsKey  bool // the page itself has no key, so it does not screen
	Version   string
	Digest    string
	AsOf      string // of the catalogue's freshest list
	Entities  int
	Products  int
	Rules     int
	Engine    string
	Question  question
	Refusal   string
	Fields    []FieldError
	Result    *resultView
	MaxLength int
}

// question is what the form asks.
type question struct{ Text, Kind, Country, Date string }

// resultView is a verdict as the page shows it.
type resultView struct {
	*Verdict
	Findings []Finding // worst first
	Text     []passage
	Phases   []phaseView
	Call     string // the path of the same call of the API
	Body     string // and its body
}

// passage is a part of the text that was screened; Hit where it is evidence.
type passage struct {
	Text string
	Hit  bool
}

// phaseView is a phase of the timeline; Now where the deal falls into it.
type phaseView struct {
	Phase
	Now bool
}

// index shows the first page, with the verdict on what its form asks.
//
//	@Summary		Open the first page
//	@Description	What this is, and a form that screens a name, a SKU or a description. Where an API key is set the page does not screen.
//	@ID				getIndex
//	@Tags			service
//	@Produce		html,application/problem+json
//	@Param			q		query		string	false	"what to screen"								maxLength(500)		example(Kaspersky Labs Ltd)
//	@Param			kind	query		string	false	"what it is"									enums(vendor,sku)	default(vendor)
//	@Param			country	query		string	false	"where the vendor is, or the buyer of a SKU"	example(GB)
//	@Param			date	query		string	false	"the day of the deal; today where none is given"	example(2024-10-02)
//	@Success		200		{string}	string	"the page"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/ [get]
func (s *Server) index(p *pages) echo.HandlerFunc {
	return func(c echo.Context) error {
		b := s.current.Load().browse
		catalogue := b.catalogue
		q := question{
			Text: strings.TrimSpace(c.QueryParam("q")), Kind: c.QueryParam("kind"),
			Country: strings.TrimSpace(c.QueryParam("country")), Date: strings.TrimSpace(c.QueryParam("date")),
		}
		if q.Kind != kindSKU {
			q.Kind = kindVendor
		}
		view := indexView{
			NeedsKey: s.cfg.APIKey != "", Version: catalogue.Version(), Digest: catalogue.Digest(), AsOf: catalogue.AsOf(),
			Entities: catalogue.Count(), Products: len(b.products().items), Rules: len(b.rules().items),
			Engine: s.cfg.Engine, Question: q, MaxLength: maxQuery,
		}
		if view.NeedsKey || q.Text == "" {
			return p.show(c, http.StatusOK, "index.html", view)
		}
		status := http.StatusOK
		result, err := s.result(c.Request().Context(), q)
		var refused *InputError
		switch {
		case errors.As(err, &refused):
			status, view.Refusal, view.Fields = refused.Status, refused.Detail, refused.Fields
		case err != nil:
			return err
		}
		view.Result = result
		return p.show(c, status, "index.html", view)
	}
}

// result screens what the form asks.
func (s *Server) result(ctx context.Context, q question) (*resultView, error) {
	if !utf8.ValidString(q.Text+q.Country+q.Date) || utf8.RuneCountInString(q.Text) > maxQuery {
		return nil, malformed("The text is too long, or not valid UTF-8.")
	}
	call, request, pointers := q.request()
	verdict, err := s.one(ctx, nil, noun{decode: func([]byte) (screening.Order, error) { return request.order() }}, screening.Background{})
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(request, jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	findings := slices.Clone(verdict.Findings)
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Compare(severity(b.Outcome), severity(a.Outcome)) })
	return &resultView{
		Verdict: verdict, Findings: findings, Call: call, Body: string(body),
		Text: passages(q.Text, evidenceIn(verdict, pointers)), Phases: phasesOf(verdict),
	}, nil
}

// request is the call of the API that asks the same, and where in its order the text stands.
func (q question) request() (call string, request interface {
	order() (screening.Order, error)
}, pointer string,
) {
	if q.Kind == kindVendor {
		return "/v1/screen/vendor", &VendorRequest{Date: q.Date, Party: Party{Name: q.Text, Country: q.Country}}, "/parties/0/name"
	}
	in := &SKURequest{Date: q.Date}
	if q.Country != "" {
		in.Buyer = &Party{Country: q.Country}
	}
	if strings.ContainsAny(q.Text, " \t\u00a0") {
		in.Description = q.Text
		return "/v1/screen/sku", in, "/lines/0/description"
	}
	in.SKU = q.Text
	return "/v1/screen/sku", in, "/lines/0/sku"
}

func severity(outcome string) screening.Decision {
	d, err := screening.ParseDecision(outcome)
	if err != nil {
		return screening.Undetermined
	}
	return d
}

// evidenceIn returns the spans of a value that are evidence, in order.
func evidenceIn(v *Verdict, pointer string) [][2]int {
	var spans [][2]int
	for i := range v.Matches {
		for _, e := range v.Matches[i].Evidence {
			if e.Pointer == pointer {
				spans = append(spans, e.Span)
			}
		}
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return spans
}

// passages cuts a text at its spans, which are in code points and may overlap.
func passages(text string, spans [][2]int) []passage {
	letters := []rune(text)
	hit := make([]bool, len(letters))
	for _, span := range spans {
		for i := max(span[0], 0); i < min(span[1], len(letters)); i++ {
			hit[i] = true
		}
	}
	var out []passage
	for i := range letters {
		if i == 0 || hit[i] != hit[i-1] {
			out = append(out, passage{Hit: hit[i]})
		}
		out[len(out)-1].Text += string(letters[i])
	}
	return out
}

func phasesOf(v *Verdict) []phaseView {
	out := make([]phaseView, len(v.Timeline))
	for i, p := range v.Timeline {
		out[i] = phaseView{p, holds(p, v.Dates.Agreed) || holds(p, v.Dates.Performed)}
	}
	return out
}

// holds tells whether a phase covers some reading of a date.
func holds(p Phase, d DateReading) bool {
	return !d.Latest.Before(p.From) && (p.Until.IsZero() || d.Earliest.Before(p.Until))
}

// Day writes the day of an instant as it is in New York; nothing for none.
func (phaseView) Day(t time.Time) string { return newYorkDay(t) }

// Day writes the day of an instant as it is in New York; nothing for none.
func (resultView) Day(t time.Time) string { return newYorkDay(t) }

// newYorkDay writes a day; the instants of a verdict that come from rules are in New York time already.
func newYorkDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}
