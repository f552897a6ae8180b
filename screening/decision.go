package screening

import "fmt"

// Decision is the answer for a subject or a whole order. The zero value is Undetermined; it means that no answer was
// reached and must never be shown as one.
type Decision uint8

// The decisions, mildest first.
const (
	Undetermined Decision = iota
	Clear                 // no prohibition was found by the checks that ran
	Review                // a person decides
	Block                 // must not go ahead
)

var decisionNames = [...]string{"undetermined", "clear", "review", "block"}

// String returns the word used in the API.
func (d Decision) String() string {
	if int(d) < len(decisionNames) {
		return decisionNames[d]
	}
	return fmt.Sprintf("decision(%d)", uint8(d))
}

// ParseDecision reads clear, review or block. It refuses everything else, undetermined too.
func ParseDecision(s string) (Decision, error) {
	for d := Clear; d <= Block; d++ {
		if s == decisionNames[d] {
			return d, nil
		}
	}
	return Undetermined, fmt.Errorf("unknown decision %q: want clear, review or block", s)
}

// Worst returns the stricter of two decisions. Undetermined is contagious: an answer that rests on a missing one is
// missing too.
func Worst(a, b Decision) Decision {
	if a == Undetermined || b == Undetermined {
		return Undetermined
	}
	return max(a, b)
}

// capped returns d, but nothing stricter than limit.
func capped(d, limit Decision) Decision { return min(d, limit) }

// Certainty tells how sure a match is.
type Certainty uint8

// The certainties, weakest first. Only a certain match may block.
const (
	Possible Certainty = iota + 1
	Likely
	Certain
)

var certaintyNames = [...]string{"", "possible", "likely", "certain"}

// String returns the word used in the API.
func (c Certainty) String() string {
	if int(c) < len(certaintyNames) {
		return certaintyNames[c]
	}
	return fmt.Sprintf("certainty(%d)", uint8(c))
}

// Reason names why a finding has its outcome. The set is closed: it is part of the API.
type Reason string

// The reasons of a finding.
const (
	Prohibited        Reason = "prohibited"
	LicenceRequired   Reason = "licence_required"
	ListedParty       Reason = "listed_party"
	DesignatedPerson  Reason = "designated_person"
	AffiliateParty    Reason = "affiliate"
	Exempt            Reason = "exempt"
	MentionOnly       Reason = "mention"
	Ambiguous         Reason = "ambiguous"
	Obfuscated        Reason = "obfuscated"
	MissingFacts      Reason = "missing_facts"
	PhaseReview       Reason = "phase_review"
	DateAmbiguous     Reason = "date_ambiguous"
	DocumentProblem   Reason = "document_problem"
	NoText            Reason = "no_text"
	Embedded          Reason = "embedded"
	SuccessorQuestion Reason = "successor_question"
	InventoryOnly     Reason = "inventory"
)

// RuleID names a rule of the catalogue.
type RuleID string
