package api

import (
	"io"
	"math"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/screening"
)

// Verdict is the answer to one question, as it goes over the wire.
type Verdict struct {
	Line       int           `json:"line,omitzero"` // of an NDJSON body, 1-based
	ID         string        `json:"id"`
	Reference  string        `json:"reference"`
	Decision   string        `json:"decision" enums:"clear,review,block"`
	Summary    string        `json:"summary"`
	ScreenedAt time.Time     `json:"screened_at"`
	Dates      Dates         `json:"dates"`
	Facts      FactSet       `json:"facts"`
	Subjects   []Subject     `json:"subjects"`
	Matches    []Match       `json:"matches"`
	Findings   []Finding     `json:"findings"`
	NearMisses []NearMiss    `json:"near_misses"`
	Problems   []DocProblem  `json:"problems"`
	Timeline   []Phase       `json:"timeline"`
	Checks     Checks        `json:"checks"`
	Catalogue  CatalogueInfo `json:"catalogue"`
	Engine     string        `json:"engine"`
	Cache      string        `json:"cache" enums:"hit,partial,miss,bypass,off"`
	Disclaimer string        `json:"disclaimer"`
}

// Dates are the two acts of a deal as they were read.
type Dates struct {
	Agreed    DateReading `json:"agreed"`
	Performed DateReading `json:"performed"`
}

// DateReading is one date and the instants it can mean, both inclusive.
type DateReading struct {
	Raw      string    `json:"raw"`
	Basis    string    `json:"basis" enums:"given,inferred,assumed,unknown"`
	Earliest time.Time `json:"earliest"`
	Latest   time.Time `json:"latest"`
}

// FactValue is a fact's value, its basis and what it was read from.
type FactValue struct {
	Value string `json:"value"`
	Basis string `json:"basis" enums:"given,inferred,assumed,unknown"`
	From  string `json:"from,omitzero"`
}

// FactSet is an object of facts by name, in stable order.
type FactSet []screening.Fact

// MarshalJSONTo writes the facts as one object.
func (fs FactSet) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, f := range fs {
		if err := enc.WriteToken(jsontext.String(f.Name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(enc, FactValue{f.Value, string(f.Basis), f.From}); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndObject)
}

// Subject is one line, party or the document, with its decision.
type Subject struct {
	Pointer  string   `json:"pointer"`
	Kind     string   `json:"kind" enums:"line,party,document"`
	ID       string   `json:"id"`
	Decision string   `json:"decision" enums:"clear,review,block"`
	Matches  []string `json:"matches"`
	Findings []string `json:"findings"`
}

// Target is the catalogue's entry that was matched.
type Target struct {
	Kind  string `json:"kind" enums:"product,entity"`
	ID    string `json:"id"`
	Name  string `json:"name"`
	Class string `json:"class,omitzero"`
}

// Match ties a subject to a target.
type Match struct {
	ID        string     `json:"id"`
	Subject   string     `json:"subject"`
	Target    Target     `json:"target"`
	Score     float64    `json:"score"`
	Certainty string     `json:"certainty" enums:"certain,likely,possible"`
	Evidence  []Evidence `json:"evidence"`
	Verified  string     `json:"verified,omitzero"`
}

// Evidence is one place in the input; span is half-open in Unicode code points of the raw value.
type Evidence struct {
	Pointer string            `json:"pointer"`
	Source  string            `json:"source"`
	Span    [2]int            `json:"span"`
	Text    string            `json:"text"`
	Method  string            `json:"method" enums:"part_number,product_name,brand,alias,native_name,transliteration,identifier"`
	Detail  map[string]string `json:"detail"`
}

// NearMiss is a match that fell short of the review threshold.
type NearMiss struct {
	Match
	Threshold float64 `json:"threshold"`
	ShortBy   float64 `json:"short_by"`
}

// Finding is one rule applied to one subject.
type Finding struct {
	ID              string    `json:"id"`
	Rule            string    `json:"rule"`
	Subject         string    `json:"subject"`
	Match           string    `json:"match"`
	Outcome         string    `json:"outcome" enums:"clear,review,block"`
	Reason          string    `json:"reason"`
	InForceSince    time.Time `json:"in_force_since,omitzero"`
	DaysAfterCutoff int       `json:"days_after_cutoff"`
	Citation        string    `json:"citation"`
	URL             string    `json:"url"`
	Explanation     string    `json:"explanation"`
	Missing         []string  `json:"missing"`
	Facts           FactSet   `json:"facts"`
	Verified        string    `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
	Penalty         *Penalty  `json:"penalty"`
	Duty            *Duty     `json:"duty"`
}

// Penalty is the civil maximum of one violation, in US dollars.
type Penalty struct {
	CivilMaxUSD           string `json:"civil_max_usd"`
	OrTwiceTransactionUSD string `json:"or_twice_transaction_usd,omitzero"`
}

// Duty is what must be reported.
type Duty struct {
	Text               string `json:"text"`
	ReportTo           string `json:"report_to"`
	WithinBusinessDays int    `json:"within_business_days"`
}

// DocProblem is something in the document that does not add up.
type DocProblem struct {
	Code    string `json:"code"`
	Pointer string `json:"pointer"`
	Source  string `json:"source"`
	Detail  string `json:"detail"`
}

// Phase is a stretch of time with one decision; an absent bound is open.
type Phase struct {
	From     time.Time `json:"from,omitzero"`
	Until    time.Time `json:"until,omitzero"`
	Decision string    `json:"decision" enums:"clear,review,block"`
}

// Checks are the rules that ran and those that an assumed fact kept from biting.
type Checks struct {
	Run     RuleList       `json:"run"`
	Assumed []AssumedCheck `json:"assumed"`
}

// RuleList is an array of rule ids. Most verdicts list every rule of the catalogue, so that list is encoded once.
type RuleList struct {
	ids     []screening.RuleID
	encoded jsontext.Value
}

// NewRuleList returns a list that is encoded already.
func NewRuleList(ids []screening.RuleID) (RuleList, error) {
	encoded, err := json.Marshal(ids)
	return RuleList{ids, encoded}, err
}

// Len counts the rules.
func (l RuleList) Len() int { return len(l.ids) }

// MarshalJSONTo writes the list as an array of strings.
func (l RuleList) MarshalJSONTo(enc *jsontext.Encoder) error {
	if l.encoded != nil {
		return enc.WriteValue(l.encoded)
	}
	return json.MarshalEncode(enc, l.ids)
}

// appendTo appends the list as JSON.
func (l RuleList) appendTo(b []byte) []byte {
	if l.encoded != nil {
		return append(b, l.encoded...)
	}
	t := jsonText{b: b}
	t.open('[')
	for _, id := range l.ids {
		t.quote(string(id))
	}
	t.close(']')
	return t.b
}

// or returns the encoded list where both are the very same.
func (l RuleList) or(all RuleList) RuleList {
	if len(l.ids) > 0 && len(l.ids) == len(all.ids) && &l.ids[0] == &all.ids[0] {
		return all
	}
	return l
}

// AssumedCheck is a rule that would have applied had a fact not been assumed.
type AssumedCheck struct {
	Rule  string `json:"rule"`
	Fact  string `json:"fact"`
	Value string `json:"value"`
}

// CatalogueInfo names the snapshot that was used.
type CatalogueInfo struct {
	Version string     `json:"version"`
	Digest  string     `json:"digest"`
	Lists   []ListInfo `json:"lists"`
}

// ListInfo is one list of the catalogue.
type ListInfo struct {
	ID    string `json:"id"`
	AsOf  string `json:"as_of"`
	Stale bool   `json:"stale"`
}

// disclaimer says what a verdict is not.
const disclaimer = "A verdict reports what the listed checks found in the catalogue named here. Clear means that they found no prohibition; it is not legal advice."

// Answer carries what the server adds to the engine's verdict.
type Answer struct {
	ID     string // scr_...
	Engine string // version of the program
	// AllRules is the catalogue's whole list of rules, encoded; without it every list is encoded anew.
	AllRules RuleList
}

// NewVerdict writes the engine's verdict in wire form.
func NewVerdict(v *screening.Verdict, a Answer) Verdict {
	return Verdict{
		ID: a.ID, Reference: v.Reference, Decision: v.Decision.String(), Summary: v.Summary, ScreenedAt: v.ScreenedAt.UTC(),
		Dates: Dates{dateReading(v.Dates.Agreed), dateReading(v.Dates.Performed)}, Facts: v.Facts,
		Subjects: convert(v.Subjects, subject), Matches: convert(v.Matches, match), Findings: convert(v.Findings, finding),
		NearMisses: convert(v.NearMisses, nearMiss), Problems: convert(v.Problems, docProblem), Timeline: convert(v.Timeline, phase),
		Checks: Checks{Run: RuleList{ids: v.Checks.Run}.or(a.AllRules), Assumed: convert(v.Checks.Assumed, assumedCheck)},
		Catalogue: CatalogueInfo{v.Catalogue.Version, v.Catalogue.Digest, convert(v.Catalogue.Lists, func(l *screening.ListRef) ListInfo {
			return ListInfo{l.ID, l.AsOf, l.Stale}
		})},
		Engine: a.Engine, Cache: string(v.Cache), Disclaimer: disclaimer,
	}
}

// EncodeVerdict writes a verdict as one JSON object without a trailing newline.
func EncodeVerdict(w io.Writer, v *Verdict) error {
	_, err := w.Write(AppendVerdict(nil, v))
	return err
}

func convert[A, B any](in []A, f func(*A) B) []B {
	out := make([]B, len(in))
	for i := range in {
		out[i] = f(&in[i])
	}
	return out
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, w := range in {
		out[i] = string(w)
	}
	return out
}

func dateReading(d screening.DateReading) DateReading {
	return DateReading{d.Raw, string(d.Basis), d.Earliest, d.Latest}
}

func subject(s *screening.Subject) Subject {
	return Subject{string(s.Pointer), string(s.Kind), s.ID, s.Decision.String(), s.Matches, s.Findings}
}

func match(m *screening.Match) Match {
	return Match{
		ID: m.ID, Subject: string(m.Subject), Target: Target{string(m.Target.Kind), m.Target.ID, m.Target.Name, string(m.Target.Class)},
		Score: rounded(m.Score), Certainty: m.Certainty.String(), Evidence: convert(m.Evidence, evidence), Verified: string(m.Verified),
	}
}

func evidence(e *screening.Evidence) Evidence {
	return Evidence{string(e.Pointer), e.Source, [2]int{e.Start, e.End}, e.Text, e.Method, e.Detail}
}

// rounded keeps four decimals of a score: more would show the machine, not the match.
func rounded(score float64) float64 { return math.Round(score*1e4) / 1e4 }

func nearMiss(n *screening.NearMiss) NearMiss {
	return NearMiss{match(&n.Match), rounded(n.Threshold), rounded(n.ShortBy)}
}

func finding(f *screening.Finding) Finding {
	out := Finding{
		ID: f.ID, Rule: string(f.Rule), Subject: string(f.Subject), Match: f.Match, Outcome: f.Outcome.String(), Reason: string(f.Reason),
		InForceSince: f.InForceSince, DaysAfterCutoff: f.DaysAfterCutoff, Citation: f.Citation, URL: f.URL,
		Explanation: f.Explanation, Missing: f.Missing, Facts: f.Facts, Verified: string(f.Verified),
	}
	if p := f.Penalty; p != nil {
		out.Penalty = &Penalty{p.CivilMaxUSD, p.OrTwiceTransactionUSD}
	}
	if d := f.Duty; d != nil {
		out.Duty = &Duty{d.Text, d.ReportTo, d.WithinBusinessDays}
	}
	return out
}

func docProblem(p *screening.Problem) DocProblem {
	return DocProblem{p.Code, string(p.Pointer), p.Source, p.Detail}
}

func phase(p *screening.Phase) Phase { return Phase{p.From, p.Until, p.Decision.String()} }

func assumedCheck(c *screening.AssumedCheck) AssumedCheck {
	return AssumedCheck{string(c.Rule), c.Fact, c.Value}
}
