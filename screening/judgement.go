package screening

import (
	"math"
	"slices"
)

// judgement is one rule on one match.
type judgement struct {
	rule    *Rule
	match   *Assessed
	matchID string
	class   Class
	applies bool // the rule binds at some time
	bites   bool // there is an outcome at the deal's dates
	outcome Decision
	reason  Reason
	since   int64 // start of the phase that decides, beforeAllTime where it has none
	days    int   // New York days from then to the deal
	missing []string
	row     row
}

// stricter tells which judgement of one rule becomes the finding.
func (one *judgement) stricter(than *judgement) bool {
	if one.bites != than.bites {
		return one.bites
	}
	if one.outcome != than.outcome {
		return one.outcome > than.outcome
	}
	return one.match.Score > than.match.Score
}

// classFor returns the class under which a product rule looks at a match. A seller without lines is judged by what
// would be bought from it: covered software. A manufacturer's name alone is the brand without a product.
func classFor(r *Rule, sub *subject, m *Assessed, noLines bool) (Class, bool) {
	if r.Binds == bindsParty {
		return "", sub.role != Manufacturer
	}
	if sub.kind != PartySubject {
		return m.Target.Class, m.Target.Kind == ProductTarget
	}
	if !noLines || m.Kind != Organisation || m.Standing != Listed && m.Standing != Affiliate {
		return "", false
	}
	switch sub.role {
	case Seller:
		return Software, true
	case Manufacturer:
		return Unnamed, true
	}
	return "", false
}

// binding tells whether a party's standing is one that the rule binds, on the rule's list where it has one.
func (r *Rule) binding(m *Assessed, c *Catalogue) bool {
	if r.Binds != bindsParty {
		return true
	}
	if r.List == "" {
		return slices.Contains(r.Standing, m.Standing)
	}
	if m.Standing != Listed {
		return false
	}
	l, ok := c.entities[EntityID(m.Target.ID)].listing(r.List, r.imported)
	return ok && (slices.Contains(r.Standing, Listed) || l.Until != "" && slices.Contains(r.Standing, Delisted))
}

// window is the time in which a rule holds for a match: that of the list entry for a listed party.
func (r *Rule) window(m *Assessed, c *Catalogue) (from, until int64) {
	from, until = beforeAllTime, math.MaxInt64
	if r.List == "" {
		return from, until
	}
	l, _ := c.entities[EntityID(m.Target.ID)].listing(r.List, r.imported)
	if l.From != "" {
		start, _ := newYorkDay(l.From) // checked at load
		from = start.Unix()
	}
	if l.Until != "" {
		end, _ := newYorkDay(l.Until)
		until = end.Unix()
	}
	if slices.Contains(r.Standing, Delisted) {
		return until, math.MaxInt64
	}
	return from, until
}

// weigh judges one rule on one match: conditions, then caps, then the phases that the two dates select.
func (j *judge) weigh(one *judgement, sub *subject) {
	r, s := one.rule, sub.sheet
	w := r.weigh(s)
	exempt := slices.Contains(r.ExemptOf, one.class)
	switch w.binds() {
	case No:
		if !w.refuted && !exempt && r.blocks {
			j.noteAssumed(r, w.assumed)
		}
		return
	case Unknown:
		if exempt {
			return
		}
		if r.blocks && !slices.Contains(j.unknown, r.ID) {
			j.unknown = append(j.unknown, r.ID)
		}
	}
	top := capOf(sub, one.match, one.class)
	if exempt {
		top = limit{Clear, Exempt}
	} else if len(w.missing) > 0 {
		top = top.and(limit{Review, MissingFacts})
	}
	phases := &r.rows
	if from, until := r.window(one.match, j.deal.catalogue); from != beforeAllTime || until != math.MaxInt64 {
		phases = phases.within(from, until)
	}
	if r.WithLicence != "" && s.given.Licence == Yes {
		softer, _ := ParseDecision(r.WithLicence) // checked at load
		phases = phases.limited(softer)
	}
	one.applies, one.row, one.missing = true, phases.timeline[top.decision], w.missing
	one.selectPhase(s, phases, top)
}

// noteAssumed keeps the first assumption that a rule failed by.
func (j *judge) noteAssumed(r *Rule, check AssumedCheck) {
	if j.noted == nil {
		j.noted = make([]bool, len(j.deal.catalogue.rules))
	}
	if !j.noted[r.place] {
		j.noted[r.place] = true
		j.assumed = append(j.assumed, check)
	}
}

// selectPhase lets the two acts choose from the phases; the stricter act decides. A rule that allows something only
// under a fact that nobody knows has no outcome.
func (one *judgement) selectPhase(s *sheet, phases *ruleRows, top limit) {
	byAgreed, agreedOpen := phases.agreed.over(s.agreed.earliest, s.agreed.latest)
	byPerformed, performedOpen := phases.performed.over(s.performed.earliest, s.performed.latest)
	decisive, open, date, by := byAgreed, agreedOpen, s.agreed.earliest, phases.agreed
	if byPerformed.outcome > byAgreed.outcome {
		decisive, open, date, by = byPerformed, performedOpen, s.performed.earliest, phases.performed
	}
	one.outcome = capped(decisive.outcome, top.decision)
	one.bites = one.outcome > Clear || one.outcome == Clear && len(one.missing) == 0
	one.reason = reasonFor(one.rule, decisive.outcome, open, top)
	one.since = by.since(decisive)
	if one.since != beforeAllTime && one.outcome > Clear {
		one.days = max(0, daysBetween(one.since, date))
	}
}

// limit is the strictest outcome that a match allows, and why.
type limit struct {
	decision Decision
	reason   Reason
}

// and returns the lower of two limits; of equal ones the first.
func (l limit) and(other limit) limit {
	if other.decision < l.decision {
		return other
	}
	return l
}

// capOf returns what keeps a match from blocking: a mention, an uncertain match, the brand without a product, an
// activity that only free text softens, a cancellation.
func capOf(sub *subject, m *Assessed, class Class) limit {
	switch {
	case m.Mention:
		return limit{Review, MentionOnly}
	case m.Certainty < Certain, class == Unnamed, sub.kind == DocumentSubject:
		return limit{Review, Ambiguous}
	case sub.line != nil && sub.sheet.softened, sub.sheet.document.value == CancelDocument:
		return limit{Review, Ambiguous}
	}
	return limit{Block, ""}
}

// reasonFor names why the outcome is what it is: what kept it from a stricter one, else the rule's own reason.
func reasonFor(r *Rule, outcome Decision, dateOpen bool, top limit) Reason {
	switch {
	case top.reason == Exempt || top.reason == MentionOnly:
		return top.reason
	case outcome == Clear && r.blocks:
		return PhaseReview
	case dateOpen:
		return DateAmbiguous
	case top.reason == MissingFacts && outcome >= Review:
		return MissingFacts
	case outcome > top.decision:
		return top.reason
	case outcome == Review && r.Reason == Prohibited:
		return PhaseReview
	}
	return r.Reason
}
