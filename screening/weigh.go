package screening

import "slices"

// subject is one line or party while it is judged.
type subject struct {
	kind    SubjectKind
	pointer Pointer
	role    Role // of a party
	sheet   *sheet
	line    *Line // nil for a party
}

// weighing is the three-valued answer to "does this rule bind this subject?".
type weighing struct {
	refuted bool         // a fact that is known says no
	missing []string     // facts that nobody gave and the rule needs
	assumed AssumedCheck // an assumed fact that says no; zero where none does
}

// binds tells whether the rule applies: yes, no, or unknown where it would bite but lacks a fact.
func (w *weighing) binds() Answer {
	switch {
	case w.refuted || w.assumed != (AssumedCheck{}):
		return No
	case len(w.missing) > 0:
		return Unknown
	}
	return Yes
}

// ask adds one condition. An unknown fact never refutes.
func (w *weighing) ask(rule RuleID, fact string, holds Answer, basis Basis, value string) {
	switch {
	case holds == Yes:
	case holds == Unknown:
		w.missing = append(w.missing, fact)
	case basis != Assumed:
		w.refuted = true
	case w.assumed == (AssumedCheck{}):
		w.assumed = AssumedCheck{Rule: rule, Fact: fact, Value: value}
	default:
		w.refuted = true // two assumptions would have to fall: not one fact short of biting
	}
}

// concerns tells whether the rule is about this subject and match at all. What a subject is was assessed and is never
// unknown here.
func (r *Rule) concerns(sub *subject, m *Assessed, class Class) bool {
	if r.Of != "" && r.Of != m.Group {
		return false
	}
	if r.Binds == bindsProduct {
		return (slices.Contains(r.Classes, class) || slices.Contains(r.ExemptOf, class)) &&
			(len(r.Families) == 0 || slices.Contains(r.Families, m.Family))
	}
	return sub.kind == PartySubject && m.Target.Kind == EntityTarget &&
		(r.Kind == "" || r.Kind == m.Kind) &&
		(len(r.Roles) == 0 || slices.Contains(r.Roles, sub.role))
}

// weigh asks the rule's conditions of the facts. The order is that of DESIGN's table of facts.
func (r *Rule) weigh(s *sheet) weighing {
	var w weighing
	if len(r.Documents) > 0 {
		w.ask(r.ID, "document", answer(slices.Contains(r.Documents, s.document.value)), s.document.basis, string(s.document.value))
	}
	if len(r.Activities) > 0 {
		w.ask(r.ID, "activity", answer(slices.Contains(r.Activities, s.activity.value)), s.activity.basis, string(s.activity.value))
	}
	if w.refuted {
		return w
	}
	if len(r.Actor) > 0 {
		r.weighActor(&w, s)
	}
	if r.Nexus != "" {
		want, _ := parseAnswer(r.Nexus)
		w.ask(r.ID, "nexus", agrees(s.nexus.value, want), s.nexus.basis, s.nexus.value.String())
	}
	if len(r.Sectors) > 0 {
		r.weighSector(&w, s)
	}
	if len(r.Funding) > 0 {
		r.weighFunding(&w, s)
	}
	for _, c := range r.facts {
		value, basis := s.fact(c.fact)
		w.ask(r.ID, c.fact.String(), agrees(value, c.want), basis, value.String())
	}
	return w
}

func answer(b bool) Answer {
	if b {
		return Yes
	}
	return No
}

// agrees tells whether a fact has the wanted value; an unknown one may.
func agrees(value, want Answer) Answer {
	if value == Unknown {
		return Unknown
	}
	return answer(value == want)
}

const thirdParty = "third_party"

func (r *Rule) weighActor(w *weighing, s *sheet) {
	basis := Inferred
	if s.actorFrom == "" {
		basis = Assumed
	}
	holds := No
	switch {
	case s.actor != "":
		holds = answer(slices.Contains(r.Actor, s.actor))
	case slices.Contains(r.Actor, thirdParty):
		holds = Yes
	case slices.ContainsFunc(s.maybe, func(group string) bool { return slices.Contains(r.Actor, group) }):
		holds = Unknown
	}
	w.ask(r.ID, "actor", holds, basis, firstOf(s.actor, thirdParty))
}

func (r *Rule) weighSector(w *weighing, s *sheet) {
	holds, fact, basis := No, "sector", Assumed
	for i := range s.buyers {
		b := &s.buyers[i]
		if b.sector.basis != Assumed {
			basis = b.sector.basis
		}
		if len(r.Government) > 0 && !slices.Contains(r.Government, b.government) {
			continue
		}
		switch {
		case b.unsure:
			if holds == No {
				holds = Unknown
			}
		case !slices.Contains(r.Sectors, b.sector.value):
		case b.state == "" && len(r.States)+len(r.ExceptStates) > 0:
			if holds == No {
				holds, fact = Unknown, "state"
			}
		case len(r.States) > 0 && !slices.Contains(r.States, b.state), slices.Contains(r.ExceptStates, b.state):
		default:
			holds = Yes
		}
	}
	w.ask(r.ID, fact, holds, basis, string(s.mostRegulated().sector.value))
}

func (r *Rule) weighFunding(w *weighing, s *sheet) {
	holds, basis := No, Assumed
	for _, f := range s.funding {
		if f.basis != Assumed {
			basis = f.basis
		}
		if slices.Contains(r.Funding, f.value) {
			holds = Yes
		}
	}
	w.ask(r.ID, "funding", holds, basis, string(s.funding[0].value))
}

// givenFact names a fact that only a caller can state.
type givenFact uint8

const (
	licenceFact givenFact = iota
	earItemFact
	ownership50Fact
	fccAuthorisationFact
	informationalFact
	existingAgreementFact
)

var givenFactNames = [...]string{"licence", "ear_item", "ownership_50", "fcc_authorisation", "informational", "existing_agreement"}

// String returns the fact's name in the API.
func (f givenFact) String() string { return givenFactNames[f] }

func givenFactNamed(name string) (givenFact, bool) {
	i := slices.Index(givenFactNames[:], name)
	return givenFact(max(i, 0)), i >= 0
}

// fact returns a given fact. Goods that leave the US are subject to the EAR whatever is stated (15 CFR 734.3).
func (s *sheet) fact(f givenFact) (Answer, Basis) {
	value := [...]Answer{
		s.given.Licence, s.given.EARItem, s.given.Ownership50, s.given.FCCAuthorisation, s.given.Informational, s.given.ExistingAgreement,
	}[f]
	if f == earItemFact && s.exporter == Yes {
		return Yes, Inferred
	}
	if value == Unknown {
		return Unknown, NotKnown
	}
	return value, Given
}

func parseAnswer(s string) (Answer, bool) {
	switch s {
	case "yes":
		return Yes, true
	case "no":
		return No, true
	}
	return Unknown, false
}
