package screening

import "slices"

// judge applies the rules to the subjects of one deal and collects what follows.
type judge struct {
	deal     *deal
	matches  []Match
	near     []NearMiss
	findings []Finding
	rows     []row // of every finding and of every rule that binds at other times
	unknown  []RuleID
	assumed  []AssumedCheck // one a rule
	noted    []bool         // the rules, by their place in the catalogue, that have one
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
	for _, r := range j.rulesFor(sub, a) {
		j.rule(r, sub, a, ids)
	}
	if i := slices.IndexFunc(a.Matches, func(m Assessed) bool { return m.Disguise != "" }); i >= 0 {
		j.house(Obfuscated, sub.pointer, ids[i], a.Matches[i].Disguise)
	}
	return ids, j.idsFrom(base)
}

// rulesFor returns the rules that can concern a subject. A party of an order without lines is judged by the rules on
// products too: by what would be bought from it.
func (j *judge) rulesFor(sub *subject, a *Assessment) []*Rule {
	c := j.deal.catalogue
	switch {
	case sub.kind != PartySubject && len(a.Matches) == 1:
		return c.classRules[a.Matches[0].Target.Class]
	case sub.kind != PartySubject:
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
	ids := make([]string, 0, len(j.findings)-base)
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
		e.Source = j.deal.sourceOf(e.Pointer)
		m.Evidence[i] = e
	}
	return m
}

// rule applies one rule to a subject: its strictest judgement over all matches becomes the finding.
func (j *judge) rule(r *Rule, sub *subject, a *Assessment, ids []string) {
	if best := j.strictest(r, sub, a, ids); best.bites {
		j.found(sub, &best)
		j.termPast(sub, &best)
	}
}

// strictest judges every match of a subject by one rule. It does not apply where the rule binds none.
func (j *judge) strictest(r *Rule, sub *subject, a *Assessment, ids []string) (best judgement) {
	for i := range a.Matches {
		m := &a.Matches[i]
		class, ok := classFor(r, sub, m, len(j.deal.order.Lines) == 0)
		if !ok || !r.concerns(sub, m, class) || !r.binding(m, j.deal.catalogue) {
			continue
		}
		one := judgement{rule: r, match: m, matchID: ids[i], class: class, since: beforeAllTime}
		j.weigh(&one, sub)
		if !one.applies {
			continue
		}
		j.note(one.row)
		if !best.applies || one.stricter(&best) {
			best = one
		}
	}
	return best
}

// found enters a judgement as a finding and returns its id.
func (j *judge) found(sub *subject, one *judgement) string {
	r := one.rule
	j.findings = append(j.findings, Finding{
		ID: numbered("f", len(j.findings)+1), Rule: r.ID, Subject: sub.pointer, Match: one.matchID, Outcome: one.outcome,
		Reason: one.reason, DaysAfterCutoff: one.days, Citation: r.Citation, URL: r.URL, Missing: one.missing,
		Facts: usedFacts(one, sub), Verified: r.Verified,
	})
	f := &j.findings[len(j.findings)-1]
	if one.since != beforeAllTime {
		f.InForceSince = instant(one.since)
	}
	var l Listing
	if r.imported {
		l, _ = j.deal.catalogue.entities[EntityID(one.match.Target.ID)].listing(r.List, true)
		f.Citation, f.URL = cite(r.Citation, l.Citation), firstOf(l.URL, r.URL)
	}
	if f.Outcome > Clear {
		f.Penalty, f.Duty = j.penalty(r, sub), r.Duty
	}
	f.Explanation = explain(r, sub, one.match, &l, f)
	return f.ID
}

// onLine judges a party of the order by the facts of one line, where that line has its own: a later delivery, say. Only
// what is stricter than the findings on the party so far is added.
func (j *judge) onLine(party *Subject, s *side, sheet *sheet) {
	sub := &subject{kind: PartySubject, pointer: s.pointer, role: s.Role, sheet: sheet}
	for _, r := range j.deal.catalogue.partyRules {
		one := j.strictest(r, sub, s.assessment, party.Matches)
		if one.bites && one.outcome > j.outcomeOf(r.ID, party.Findings) {
			party.Findings = append(party.Findings, j.found(sub, &one))
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

// termPast adds a clear finding where a service term runs into a phase that is stricter than the deal's own. The term
// never decides.
func (j *judge) termPast(sub *subject, best *judgement) {
	if sub.line == nil || sub.line.ServiceEnd == "" || best.outcome >= Block {
		return
	}
	end, err := readInterval(sub.line.ServiceEnd, j.deal.zones)
	if err != nil {
		return
	}
	last := best.row.at(end.latest)
	if last.outcome <= best.outcome {
		return
	}
	past := *best
	past.outcome, past.reason, past.since, past.days, past.missing = Clear, PhaseReview, last.from, 0, nil
	j.found(sub, &past)
	f := &j.findings[len(j.findings)-1]
	f.Explanation = explainTerm(past.rule, sub, f)
}

// house adds a finding of the engine's own: about the document, not the law.
func (j *judge) house(reason Reason, at Pointer, match, detail string) {
	r := j.deal.catalogue.house[reason]
	j.findings = append(j.findings, Finding{
		ID: numbered("f", len(j.findings)+1), Rule: r.ID, Subject: at, Match: match, Outcome: Review, Reason: reason,
		Citation: r.Citation, URL: r.URL, Verified: r.Verified, Explanation: r.sentence + " " + sentence(detail),
	})
	j.note(r.rows.timeline[Block])
}
