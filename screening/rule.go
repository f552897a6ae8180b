package screening

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Rule is one legal prohibition, or one statement that something is allowed: whom and what it binds, its phases, its
// citation and the duty that follows. An empty list binds everything; a value of a fact that nobody knows never
// satisfies and never refutes a condition.
type Rule struct {
	ID           RuleID            `yaml:"id"`
	Row          string            `yaml:"row"`  // row of the decision table in docs/law.md
	Says         string            `yaml:"says"` // what the rule holds, in one sentence
	Binds        string            `yaml:"binds"`
	Of           string            `yaml:"of"` // the group whose products or companies it binds
	Kind         PartyKind         `yaml:"kind"`
	Actor        []string          `yaml:"actor"` // a group, or third_party
	Activities   []Activity        `yaml:"activities"`
	Documents    []Document        `yaml:"documents"`
	Classes      []Class           `yaml:"classes"`
	ExemptOf     []Class           `yaml:"exempt"` // classes that this rule finds and lets go
	Families     []string          `yaml:"families"`
	List         ListID            `yaml:"list"`
	Standing     []Standing        `yaml:"standing"`
	Roles        []Role            `yaml:"roles"`
	Nexus        string            `yaml:"nexus"` // yes, no, or empty: not asked
	Sectors      []SectorKind      `yaml:"sectors"`
	Government   []string          `yaml:"government"` // country of the public buyer
	States       []string          `yaml:"states"`
	ExceptStates []string          `yaml:"except_states"`
	Funding      []Funding         `yaml:"funding"`
	Facts        map[string]string `yaml:"facts"`        // given facts, yes or no
	WithLicence  string            `yaml:"with_licence"` // the outcome once a licence is held
	On           act               `yaml:"on"`
	Phases       []RulePhase       `yaml:"phases"`
	Reason       Reason            `yaml:"reason"`
	Citation     string            `yaml:"citation"`
	URL          string            `yaml:"url"`
	Verified     Verification      `yaml:"verified"`
	Penalty      string            `yaml:"penalty"`
	Duty         *Duty             `yaml:"duty"`

	instrument string
	imported   bool   // it is on an imported list
	sentence   string // what it says, as a sentence
	rows       ruleRows
	facts      []factCondition
	blocks     bool // some phase blocks or asks for review
	place      int  // among the rules of the catalogue
}

// RulePhase is a stretch of time with one outcome. A day alone begins at 00:00 in New York.
type RulePhase struct {
	From    string `yaml:"from"`
	Until   string `yaml:"until"`
	Outcome string `yaml:"outcome"`
	On      act    `yaml:"on"`
}

// act names which of the two acts of a deal a phase looks at.
type act string

const (
	onAgreed    act = "agreed"
	onPerformed act = "performed"
	onEither    act = "either"
)

type factCondition struct {
	fact givenFact
	want Answer
}

// ruleFile is one instrument: its rules share citation, url, verification, penalty and duty unless they bring their own.
type ruleFile struct {
	Instrument string       `yaml:"instrument"`
	Title      string       `yaml:"title"`
	Citation   string       `yaml:"citation"`
	URL        string       `yaml:"url"`
	Verified   Verification `yaml:"verified"`
	Penalty    string       `yaml:"penalty"`
	Duty       *Duty        `yaml:"duty"`
	Rules      []Rule       `yaml:"rules"`
}

// Check fills what the rules take from the instrument, compiles their phases and reports every fault.
func (f *ruleFile) Check(report func(path, detail string)) {
	if f.Instrument == "" {
		report("instrument", "is missing")
	}
	if len(f.Rules) == 0 {
		report("rules", "is empty")
	}
	for i := range f.Rules {
		r := &f.Rules[i]
		f.fill(r)
		r.compile(func(path, detail string) { report(indexed("rules", i)+"."+path, detail) })
	}
}

func (f *ruleFile) fill(r *Rule) {
	r.instrument = f.Instrument
	r.sentence = sentence(r.Says)
	r.Citation = firstOf(r.Citation, f.Citation)
	r.URL = firstOf(r.URL, f.URL)
	r.Verified = firstOf(r.Verified, f.Verified)
	r.Penalty = firstOf(r.Penalty, f.Penalty)
	r.Reason = firstOf(r.Reason, Prohibited)
	r.On = firstOf(r.On, onEither)
	if r.Duty == nil {
		r.Duty = f.Duty
	}
}

// firstOf returns the first value that is not the zero value.
func firstOf[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}

func (r *Rule) compile(report func(path, detail string)) {
	require := func(path string, ok bool, detail string) {
		if !ok {
			report(path, detail)
		}
	}
	require("id", r.ID != "", "is missing")
	require("says", r.Says != "", "is missing: a finding must say what it holds")
	require("citation", r.Citation != "", "is missing: a rule without a source cannot stand")
	require("verified", slices.Contains(verifications, r.Verified), "is not a grade of verification: "+string(r.Verified))
	require("binds", slices.Contains([]string{bindsProduct, bindsParty, bindsDocument}, r.Binds), "want product, party or document")
	require("classes", r.Binds != bindsProduct || len(r.Classes) > 0, "is empty: a product rule names its classes")
	require("standing", r.Binds != bindsParty || len(r.Standing) > 0, "is empty: a party rule names its standings")
	require("of", r.Of != "" || r.List != "", "is missing: name the group or the list that is bound")
	require("nexus", r.Nexus == "" || r.Nexus == "yes" || r.Nexus == "no", "want yes or no")
	require("reason", slices.Contains(reasons, r.Reason), "is not a reason: "+string(r.Reason))
	checkWords(report, "activities", r.Activities, Activities[:])
	checkWords(report, "documents", r.Documents, Documents[:])
	checkWords(report, "classes", r.Classes, classes)
	checkWords(report, "exempt", r.ExemptOf, classes)
	checkWords(report, "standing", r.Standing, standings)
	checkWords(report, "roles", r.Roles, Roles[:])
	checkWords(report, "sectors", r.Sectors, Sectors[:])
	checkWords(report, "funding", r.Funding, Fundings[:])
	if r.WithLicence != "" {
		_, err := ParseDecision(r.WithLicence)
		require("with_licence", err == nil, "want clear, review or block")
	}
	for _, name := range sortedKeys(r.Facts) {
		fact, known := givenFactNamed(name)
		want, ok := parseAnswer(r.Facts[name])
		require("facts."+name, known, "is not a fact that can be given")
		require("facts."+name, ok, `want "yes" or "no"`)
		r.facts = append(r.facts, factCondition{fact, want})
	}
	r.compilePhases(report)
}

const (
	bindsProduct  = "product"
	bindsParty    = "party"
	bindsDocument = "document" // what the engine notices itself; told apart by the reason
)

var classes = []Class{Software, Service, Support, Hardware, Bundle, Unnamed, Successor, ThreatIntelligence, Training, Advisory}

var reasons = []Reason{
	Prohibited, LicenceRequired, ListedParty, DesignatedPerson, AffiliateParty, Exempt, MentionOnly, Ambiguous, Obfuscated,
	MissingFacts, PhaseReview, DateAmbiguous, DocumentProblem, NoText, Embedded, SuccessorQuestion, InventoryOnly,
}

func checkWords[T ~string](report func(path, detail string), path string, got, known []T) {
	for i, w := range got {
		if !slices.Contains(known, w) {
			report(indexed(path, i), fmt.Sprintf("unknown word %q", string(w)))
		}
	}
}

func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// compilePhases turns the phases into rows. Phases must be in order and may not overlap; a gap has no outcome.
func (r *Rule) compilePhases(report func(path, detail string)) {
	if len(r.Phases) == 0 {
		report("phases", "is empty: a rule says from when it holds")
		return
	}
	agreed, performed := row{{beforeAllTime, Undetermined}}, row{{beforeAllTime, Undetermined}}
	end := int64(beforeAllTime)
	for i, p := range r.Phases {
		at := indexed("phases", i)
		from, until, err := p.span()
		if err != nil {
			report(at, err.Error())
			continue
		}
		outcome, err := ParseDecision(p.Outcome)
		if err != nil {
			report(at+".outcome", err.Error())
			continue
		}
		if i > 0 && from < end {
			report(at+".from", "overlaps the phase before it")
			continue
		}
		on := firstOf(p.On, r.On)
		switch on {
		case onAgreed:
			agreed = agreed.with(from, until, outcome)
		case onPerformed:
			performed = performed.with(from, until, outcome)
		case onEither:
			agreed, performed = agreed.with(from, until, outcome), performed.with(from, until, outcome)
		default:
			report(at+".on", "want agreed, performed or either")
		}
		r.blocks = r.blocks || outcome > Clear
		end = until
	}
	r.rows = newRuleRows(agreed, performed)
}

func (p RulePhase) span() (from, until int64, err error) {
	from, until = beforeAllTime, math.MaxInt64
	if p.From != "" {
		t, err := ruleInstant(p.From)
		if err != nil {
			return 0, 0, fmt.Errorf("from: %w", err)
		}
		from = t.Unix()
	}
	if p.Until != "" {
		t, err := ruleInstant(p.Until)
		if err != nil {
			return 0, 0, fmt.Errorf("until: %w", err)
		}
		until = t.Unix()
	}
	if from >= until {
		return 0, 0, fmt.Errorf("ends (%s) before it begins (%s)", p.Until, p.From)
	}
	return from, until, nil
}

// with returns the row with an outcome on [from, until); phases are added in order.
func (r row) with(from, until int64, outcome Decision) row {
	if last := len(r) - 1; r[last].from == from {
		r = r[:last]
	}
	r = append(r, step{from, outcome})
	if until < math.MaxInt64 {
		r = append(r, step{until, Undetermined})
	}
	return r
}

// Penalties are the civil maxima of one instrument by the year of assessment.
type penaltyFile struct {
	Penalties []penaltyRow `yaml:"penalties"`
}

type penaltyRow struct {
	ID          string       `yaml:"id"`
	Citation    string       `yaml:"citation"`
	CivilMaxUSD map[int]int  `yaml:"civil_max_usd"`
	Verified    Verification `yaml:"verified"`
}

// Check reports every fault of the file.
func (f *penaltyFile) Check(report func(path, detail string)) {
	for i, p := range f.Penalties {
		if p.ID == "" || p.Citation == "" || len(p.CivilMaxUSD) == 0 {
			report(indexed("penalties", i), "needs an id, a citation and amounts by year")
		}
	}
}

// in returns the maximum that holds in a year: that year's, else the last one known before it, else the first known.
func (p penaltyRow) in(year int) int {
	years := sortedKeys(p.CivilMaxUSD)
	best := years[0]
	for _, y := range years {
		if y <= year {
			best = y
		}
	}
	return p.CivilMaxUSD[best]
}
