package screening

import "time"

// Verdict is the answer to one order: what was decided for the whole and for each subject, on which findings, and
// what the decision rests on. All slices are in a stable order; none of the contents may be changed by a reader, since
// verdicts share parts of the catalogue.
type Verdict struct {
	Reference  string
	Decision   Decision
	Summary    string // one sentence for a person
	ScreenedAt time.Time
	Dates      Dates
	Facts      []Fact // of the order as a whole, those that a rule used, by name
	Subjects   []Subject
	Matches    []Match
	Findings   []Finding
	NearMisses []NearMiss
	Problems   []Problem
	Timeline   []Phase
	Checks     Checks
	Catalogue  CatalogueRef
	Cache      CacheUse // how it was reached; not part of what is compared or replayed
}

// SubjectKind tells what a subject is.
type SubjectKind string

// The kinds of subjects.
const (
	LineSubject     SubjectKind = "line"
	PartySubject    SubjectKind = "party"
	DocumentSubject SubjectKind = "document"
)

// Subject is one thing that was judged: a line, a party or the document itself.
type Subject struct {
	Pointer  Pointer
	Kind     SubjectKind
	ID       string // the line's id, the party's role
	Decision Decision
	Matches  []string // ids of matches
	Findings []string // ids of findings, those carried over from a party too
}

// TargetKind tells what a match points at.
type TargetKind string

// The kinds of targets.
const (
	ProductTarget TargetKind = "product"
	EntityTarget  TargetKind = "entity"
)

// Target is the catalogue's entry that a subject was matched with.
type Target struct {
	Kind  TargetKind
	ID    string
	Name  string
	Class Class // of a product; empty for an entity
}

// Match ties a subject to a catalogue entry, with the evidence that did it.
type Match struct {
	ID        string // m1, m2, ... within the verdict
	Subject   Pointer
	Target    Target
	Score     float64 // in [0,1]
	Certainty Certainty
	Evidence  []Evidence
	Verified  Verification // how well the entry itself is sourced
}

// Evidence is one place in the input that speaks for a match.
type Evidence struct {
	Pointer    Pointer
	Source     string // XPath, segment or cell of the original document, where there was one
	Start, End int    // half-open, Unicode code points of the raw value
	Text       string // the raw words
	Method     string // part_number, product_name, brand, alias, native_name, transliteration, identifier
	Detail     map[string]string
}

// NearMiss is a candidate that fell short of the review threshold: the other half of the evidence.
type NearMiss struct {
	Match
	Threshold float64
	ShortBy   float64
}

// Finding is one rule applied to one subject.
type Finding struct {
	ID              string
	Rule            RuleID
	Subject         Pointer
	Match           string // id of the match it rests on; empty where it rests on none
	Outcome         Decision
	Reason          Reason
	InForceSince    time.Time // zero where the outcome does not come from a dated phase
	DaysAfterCutoff int       // New York calendar days from InForceSince to the earliest deciding date
	Citation        string
	URL             string
	Explanation     string
	Missing         []string // facts that nobody gave and the rule needs
	Facts           []Fact   // the facts this rule used on this subject, with their basis
	Verified        Verification
	Penalty         *Penalty
	Duty            *Duty
}

// Penalty is the civil maximum for one violation. Amounts are US dollars with two decimals.
type Penalty struct {
	CivilMaxUSD           string
	OrTwiceTransactionUSD string // empty where the line has no amount
}

// Duty is what must be reported when a finding stands.
type Duty struct {
	Text               string `yaml:"text"`
	ReportTo           string `yaml:"report_to"`
	WithinBusinessDays int    `yaml:"within_business_days"`
}

// Fact is the value of one fact and where it came from.
type Fact struct {
	Name  string
	Value string
	Basis Basis
	From  string // pointer or words that the value was read from
}

// Dates are the two acts of a deal as they were read.
type Dates struct {
	Agreed    DateReading
	Performed DateReading
}

// DateReading is one act's date: what was written and the instants it can mean.
type DateReading struct {
	Raw      string
	Basis    Basis
	Earliest time.Time
	Latest   time.Time // inclusive
}

// Phase is a stretch of time with one decision. A zero From or Until is open.
type Phase struct {
	From     time.Time // inclusive
	Until    time.Time // exclusive
	Decision Decision
}

// Checks lists the rules that ran with all their facts known or assumed, and those that an assumed fact kept from
// biting.
type Checks struct {
	Run     []RuleID
	Assumed []AssumedCheck
}

// AssumedCheck is a rule that would have applied had a fact not been assumed otherwise.
type AssumedCheck struct {
	Rule  RuleID
	Fact  string
	Value string
}

// CatalogueRef names the snapshot that a verdict was reached on.
type CatalogueRef struct {
	Version string
	Digest  string // sha256:...
	Lists   []ListRef
}

// ListRef is one list of the catalogue with its date.
type ListRef struct {
	ID    string
	AsOf  string // YYYY-MM-DD
	Stale bool

	Checked time.Time // of an imported list: when its source was last known to have nothing newer
}

// Verification tells how well a source was read. It is shown and never weighed, but what is unverified may flag and
// is never certain.
type Verification string

// The grades of verification, best first.
const (
	Primary        Verification = "primary"         // the rule or official file itself was read
	PrimaryPartial Verification = "primary_partial" // the official document in part, the rest from agreeing summaries
	Secondary      Verification = "secondary"       // law firms, press, compilations
	Unverified     Verification = "unverified"      // not confirmed
)
