package screening

import (
	"math"
	"slices"
)

// judge applies the rules to the subjects of one deal and collects what follows.
type judge struct {
	deal     *deal
	matches  []Match
	near     []NearMiss
	findings []Finding
	rows     []row // of every finding and of every rule that binds at other times
	unknown  []RuleID
	assumed  []AssumedCheck
}

// judgement is one rule on one match, before the strictest of a subject is kept.
type judgement struct {
	finding Finding
	row     row
	applies bool // the rule binds at some time
	bites   bool // there is an outcome at the deal's dates
}

// matchesOf judges every match of a subject and returns the ids of its matches and findings.
func (j *judge) matchesOf(sub *subject, a *Assessment) (matchIDs, findingIDs []string) {
	base := len(j.findings)
	ids := make([]string, len(a.Matches))
	for i := range a.Matches {
		m := j.match(sub, &a.Matches[i])
		ids[i] = m.ID
		j.matches = append(j.matches, m)
	}
	for i := range a.NearMisses {
		n := &a.NearMisses[i]
		j.near = append(j.near, NearMiss{Match: j.match(sub, n), Threshold: n.Threshold, ShortBy: n.Threshold - n.Score})
	}
	for _, r := range j.rulesFor(sub) {
		j.rule(r, sub, a, ids)
	}
	if disguisedMatch := slices.IndexFunc(a.Matches, func(m Assessed) bool { return m.Disguised }); disguisedMatch >= 0 {
		j.house(Obfuscated, sub.pointer, ids[disguisedMatch], "written with letters, signs or gaps that hide it from a search")
	}
	return ids, j.idsFrom(base)
}

// rulesFor returns the rules that can concern a subject. A party of an order without lines is judged by the rules on
// products too: by what would be bought from it.
func (j *judge) rulesFor(sub *subject) []*Rule {
	c := j.deal.catalogue
	switch {
	case sub.kind == LineSubject:
		return c.productRules
	case len(j.deal.order.Lines) == 0:
		return c.legalRules
	}
	return c.partyRules
}

// note keeps a row for the timeline. Rows are shared by equal judgements, so most are noted already.
func (j *judge) note(r row) {
	if !slices.ContainsFunc(j.rows, func(known row) bool { return &known[0] == &r[0] }) {
		j.rows = append(j.rows, r)
	}
}

// idsFrom returns the ids of the findings made since base.
func (j *judge) idsFrom(base int) []string {
	var ids []string
	for i := base; i < len(j.findings); i++ {
		ids = append(ids, j.findings[i].ID)
	}
	return ids
}

// match numbers a match and turns its pointers from relative to absolute.
func (j *judge) match(sub *subject, a *Assessed) Match {
	m := Match{
		Subject: sub.pointer, Target: a.Target, Score: a.Score, Certainty: a.Certainty, Verified: a.Verified,
		Evidence: make([]Evidence, len(a.Evidence)),
	}
	m.ID = numbered("m", len(j.matches)+1)
	for i, e := range a.Evidence {
		e.Pointer = absolute(sub.pointer, e.Pointer)
		m.Evidence[i] = e
	}
	return m
}

// rule applies one rule to a subject: its strictest judgement over all matches becomes the finding.
func (j *judge) rule(r *Rule, sub *subject, a *Assessment, ids []string) {
	best, m := j.strictest(r, sub, a, ids)
	if m == nil || !best.bites {
		return
	}
	j.found(r, sub, m, &best)
	j.termPast(r, sub, m, &best)
}

// strictest judges every match of a subject by one rule. The match is nil where the rule binds none.
func (j *judge) strictest(r *Rule, sub *subject, a *Assessment, ids []string) (best judgement, match *Assessed) {
	for i := range a.Matches {
		m := &a.Matches[i]
		class, ok := classFor(r, sub, m, len(j.deal.order.Lines) == 0)
		if !ok || !r.concerns(sub, m, class) || !r.binding(m, j.deal.catalogue) {
			continue
		}
		one := j.judge(r, sub, m, class)
		if !one.applies {
			continue
		}
		j.note(one.row)
		one.finding.Match = ids[i]
		if match == nil || stricter(&one, &best, m, match) {
			best, match = one, m
		}
	}
	return best, match
}

// found enters a judgement as a finding and returns its id.
func (j *judge) found(r *Rule, sub *subject, m *Assessed, one *judgement) string {
	f := one.finding
	f.ID = numbered("f", len(j.findings)+1)
	f.Explanation = explain(r, sub, m, &f)
	j.findings = append(j.findings, f)
	return f.ID
}

// onLine judges a party of the order by the facts of one line, where that line has its own: a later delivery, say. Only
// what is stricter than the findings on the party so far is added.
func (j *judge) onLine(party *Subject, s *side, sheet *sheet) {
	sub := &subject{kind: PartySubject, pointer: s.pointer, role: s.Role, sheet: sheet}
	for _, r := range j.deal.catalogue.partyRules {
		one, m := j.strictest(r, sub, s.assessment, party.Matches)
		if m != nil && one.bites && one.finding.Outcome > j.outcomeOf(r.ID, party.Findings) {
			party.Findings = append(party.Findings, j.found(r, sub, m, &one))
		}
	}
}

// outcomeOf returns the strictest outcome that a rule has among findings; clear where it has none.
func (j *judge) outcomeOf(rule RuleID, ids []string) Decision {
	d := Clear
	for _, id := range ids {
		if f := j.finding(id); f.Rule == rule {
			d = max(d, f.Outcome)
		}
	}
	return d
}

func stricter(a, b *judgement, am, bm *Assessed) bool {
	if a.bites != b.bites {
		return a.bites
	}
	if a.finding.Outcome != b.finding.Outcome {
		return a.finding.Outcome > b.finding.Outcome
	}
	return am.Score > bm.Score
}

// classFor returns the class under which a product rule looks at a match. A seller without lines is judged by what
// would be bought from it: covered software. A manufacturer's name alone is the brand without a product.
func classFor(r *Rule, sub *subject, m *Assessed, noLines bool) (Class, bool) {
	if r.Binds == bindsParty {
		return "", sub.role != Manufacturer
	}
	if sub.kind == LineSubject {
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
	l, ok := c.entities[EntityID(m.Target.ID)].listing(r.List)
	return ok && (slices.Contains(r.Standing, Listed) || l.Until != "" && slices.Contains(r.Standing, Delisted))
}

// window is the time in which a rule holds for a match: that of the list entry for a listed party.
func (r *Rule) window(m *Assessed, c *Catalogue) (from, until int64) {
	from, until = beforeAllTime, math.MaxInt64
	if r.List == "" {
		return from, until
	}
	l, _ := c.entities[EntityID(m.Target.ID)].listing(r.List)
	start, _ := newYorkDay(l.From) // checked at load
	from = start.Unix()
	if l.Until != "" {
		end, _ := newYorkDay(l.Until)
		until = end.Unix()
	}
	if slices.Contains(r.Standing, Delisted) {
		return until, math.MaxInt64
	}
	return from, until
}

// judge applies one rule to one match: conditions, then caps, then the phases that the two dates select.
func (j *judge) judge(r *Rule, sub *subject, m *Assessed, class Class) judgement {
	s := sub.sheet
	w := r.weigh(s)
	exempt := slices.Contains(r.ExemptOf, class)
	switch w.binds() {
	case No:
		if !w.refuted && !exempt && r.blocks && !slices.Contains(j.assumed, w.assumed) {
			j.assumed = append(j.assumed, w.assumed)
		}
		return judgement{}
	case Unknown:
		if exempt {
			return judgement{}
		}
		if r.blocks && !slices.Contains(j.unknown, r.ID) {
			j.unknown = append(j.unknown, r.ID)
		}
	}
	cap := capOf(sub, m, class)
	if exempt {
		cap = limit{Clear, Exempt}
	} else if len(w.missing) > 0 {
		cap = cap.and(limit{Review, MissingFacts})
	}
	phases := &r.rows
	if from, until := r.window(m, j.deal.catalogue); from != beforeAllTime || until != math.MaxInt64 {
		phases = phases.within(from, until)
	}
	if r.WithLicence != "" && s.given.Licence == Yes {
		softer, _ := ParseDecision(r.WithLicence) // checked at load
		phases = phases.limited(softer)
	}
	out := judgement{row: phases.timeline[cap.decision], applies: true}
	out.finding = Finding{
		Rule: r.ID, Subject: sub.pointer, Citation: r.Citation, URL: r.URL, Verified: r.Verified, Missing: w.missing, Duty: r.Duty,
	}
	out.selectPhase(r, s, phases, cap)
	if out.bites && out.finding.Outcome == Clear && len(w.missing) > 0 {
		out.bites = false
	}
	if out.bites {
		out.finding.Facts = usedFacts(r, s, class, sub)
		if out.finding.Outcome > Clear {
			out.finding.Penalty = j.penalty(r, sub)
		} else {
			out.finding.Duty = nil
		}
	}
	return out
}

// selectPhase lets the two acts choose from the phases; the stricter act decides.
func (out *judgement) selectPhase(r *Rule, s *sheet, phases *ruleRows, cap limit) {
	byAgreed, agreedOpen := phases.agreed.over(s.agreed.earliest, s.agreed.latest)
	byPerformed, performedOpen := phases.performed.over(s.performed.earliest, s.performed.latest)
	decisive, open, date := byAgreed, agreedOpen, s.agreed.earliest
	if byPerformed.outcome > byAgreed.outcome {
		decisive, open, date = byPerformed, performedOpen, s.performed.earliest
	}
	if decisive.outcome == Undetermined {
		return
	}
	out.bites = true
	f := &out.finding
	f.Outcome = capped(decisive.outcome, cap.decision)
	f.Reason = reasonFor(r, decisive.outcome, open, cap)
	if decisive.from != beforeAllTime {
		f.InForceSince = instant(decisive.from)
		if f.Outcome > Clear {
			f.DaysAfterCutoff = max(0, daysBetween(decisive.from, date))
		}
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
	case m.Certainty < Certain, class == Unnamed:
		return limit{Review, Ambiguous}
	case sub.line != nil && sub.sheet.softened, sub.sheet.document.value == CancelDocument:
		return limit{Review, Ambiguous}
	}
	return limit{Block, ""}
}

// reasonFor names why the outcome is what it is: what kept it from a stricter one, else the rule's own reason.
func reasonFor(r *Rule, outcome Decision, dateOpen bool, cap limit) Reason {
	switch {
	case cap.reason == Exempt || cap.reason == MentionOnly:
		return cap.reason
	case outcome == Clear && r.blocks:
		return PhaseReview
	case dateOpen:
		return DateAmbiguous
	case cap.reason == MissingFacts && outcome >= Review:
		return MissingFacts
	case outcome > cap.decision:
		return cap.reason
	case outcome == Review && r.Reason == Prohibited:
		return PhaseReview
	}
	return r.Reason
}

// termPast adds a clear finding where a service term runs into a phase that is stricter than the deal's own. The term
// never decides.
func (j *judge) termPast(r *Rule, sub *subject, m *Assessed, best *judgement) {
	if sub.line == nil || sub.line.ServiceEnd == "" || best.finding.Outcome >= Block {
		return
	}
	end, err := readInterval(sub.line.ServiceEnd, j.deal.zones)
	if err != nil {
		return
	}
	last := best.row.at(end.latest)
	if last.outcome <= best.finding.Outcome {
		return
	}
	f := best.finding
	f.ID = numbered("f", len(j.findings)+1)
	f.Outcome, f.Reason, f.InForceSince, f.DaysAfterCutoff = Clear, PhaseReview, instant(last.from), 0
	f.Penalty, f.Duty, f.Missing = nil, nil, nil
	f.Explanation = explainTerm(r, sub, m, &f)
	j.findings = append(j.findings, f)
}

// house adds a finding of the engine's own: about the document, not the law.
func (j *judge) house(reason Reason, at Pointer, match, detail string) {
	r := j.deal.catalogue.house[reason]
	j.findings = append(j.findings, Finding{
		ID: numbered("f", len(j.findings)+1), Rule: r.ID, Subject: at, Match: match, Outcome: Review, Reason: reason,
		Citation: r.Citation, URL: r.URL, Verified: r.Verified, Explanation: sentence(r.Says) + " " + sentence(detail),
	})
	j.note(r.rows.timeline[Block])
}
