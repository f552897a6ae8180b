package screening

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening/names"
)

// explain tells a person why a rule has its outcome on a subject, from the values that decided.
func explain(r *Rule, sub *subject, m *Assessed, l *Listing, f *Finding) string {
	parts := []string{describe(sub, m, f), entryOf(r, l), r.sentence, ruling(f)}
	if len(f.Missing) > 0 {
		parts = append(parts, "To decide it, state "+strings.Join(f.Missing, " and ")+".")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// entryOf names the entry of an imported list that a rule rests on.
func entryOf(r *Rule, l *Listing) string {
	if !r.imported || l.Entry == "" {
		return ""
	}
	text := "The entry on " + string(l.List) + " is " + strconv.Quote(l.Entry)
	if l.UID != "" {
		text += ", number " + l.UID
	}
	if len(l.Programs) > 0 {
		text += ", under " + strings.Join(l.Programs, ", ")
	}
	return text + "."
}

// cite puts a rule's citation and that of a list's entry together.
func cite(rule, entry string) string {
	if entry == "" || strings.Contains(rule, entry) {
		return rule
	}
	return rule + "; " + entry
}

// describe says what the subject was taken for, on which evidence and how sure that is.
func describe(sub *subject, m *Assessed, f *Finding) string {
	var b strings.Builder
	b.Grow(256)
	say := func(words ...string) {
		for _, w := range words {
			b.WriteString(w)
		}
	}
	switch {
	case m.Mention:
		say(where(sub.pointer), " speaks of ", m.Target.Name, " (", strconv.Quote(m.Cue), ") but may not order it")
	case sub.kind == PartySubject:
		say("The ", spaced(string(sub.role)), " matches ", m.Target.Name)
		if m.Standing != "" && m.Standing != NoStanding {
			say(" (", string(m.Standing), ")")
		}
	case m.Target.Class == Unnamed:
		say(where(sub.pointer), " names ", m.Target.Name, " without a product")
	default:
		say(where(sub.pointer), " is ", m.Target.Name, " (", spaced(string(m.Target.Class)), ")")
	}
	for i := range m.Evidence {
		if e := &m.Evidence[i]; i == 0 {
			say(", by ", spaced(e.Method), " ", strconv.Quote(e.Text))
		} else if i == 1 {
			say(" and ", spaced(e.Method), " ", strconv.Quote(e.Text))
		}
	}
	say(", ", m.Certainty.String(), " at score ", strconv.FormatFloat(m.Score, 'f', 2, 64))
	if m.Doubt != "" {
		say(": ", m.Doubt)
	}
	say(".")
	if sub.kind == PartySubject && factNamed(f.Facts, "class") != "" {
		say(" What would be bought is assumed to be covered software; threat intelligence, training and purely informational consulting would be exempt.")
	}
	return b.String()
}

// spaced writes a word of the API as a person reads it.
func spaced(word string) string { return strings.ReplaceAll(word, "_", " ") }

// where names a subject as a person counts it.
func where(p Pointer) string {
	if rest, ok := strings.CutPrefix(string(p), "/lines/"); ok {
		if n, err := strconv.Atoi(rest); err == nil {
			return "Line " + strconv.Itoa(n+1)
		}
	}
	return "The document"
}

// ruling says what follows at the deal's dates.
func ruling(f *Finding) string {
	since := ""
	if !f.InForceSince.IsZero() {
		since = " since " + newYorkTime(f.InForceSince)
	}
	days := ""
	if f.DaysAfterCutoff > 0 {
		days = fmt.Sprintf(", %d days before this deal", f.DaysAfterCutoff)
		if f.DaysAfterCutoff == 1 {
			days = ", the day before this deal"
		}
	}
	switch f.Reason {
	case Exempt:
		return "This class is exempt from the rule (" + f.Citation + ")."
	case DateAmbiguous:
		return "The date can be read on either side of a boundary" + since + ", so a person must look (" + f.Citation + ")."
	}
	switch f.Outcome {
	case Block:
		return "Blocked" + since + days + " (" + f.Citation + ")."
	case Review:
		return "For review" + since + " (" + f.Citation + ")."
	}
	return "Nothing is prohibited here at the deal's dates (" + f.Citation + ")."
}

func explainTerm(r *Rule, sub *subject, f *Finding) string {
	return fmt.Sprintf("The service term of %s runs to %s, past %s when this becomes stricter: %s The term does not decide.",
		strings.ToLower(where(sub.pointer)), sub.line.ServiceEnd, newYorkTime(f.InForceSince), r.sentence)
}

func newYorkTime(t time.Time) string { return t.In(newYork).Format("2006-01-02 15:04 MST") }

// sentence makes a clause a sentence.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

func factNamed(facts []Fact, name string) string {
	for _, f := range facts {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// mostFacts is how many facts a sheet shows at most.
const mostFacts = 7

// facts appends the order's own facts as a verdict shows them, by name.
func (s *sheet) facts(out []Fact) []Fact {
	buyer := s.mostRegulated()
	out = append(out,
		Fact{"activity", string(s.activity.value), s.activity.basis, s.activity.from},
		s.actorFact(),
		Fact{"document", string(s.document.value), s.document.basis, s.document.from},
		Fact{"funding", string(s.funding[0].value), s.funding[0].basis, s.funding[0].from},
		Fact{"nexus", s.nexus.value.String(), s.nexus.basis, s.nexus.from},
		Fact{"sector", string(buyer.sector.value), buyer.sector.basis, buyer.sector.from},
	)
	if buyer.state != "" {
		out = append(out, Fact{"state", buyer.state, buyer.sector.basis, buyer.sector.from})
	}
	return out
}

func (s *sheet) actorFact() Fact {
	switch {
	case s.actor != "":
		return Fact{"actor", s.actor, Inferred, s.actorFrom}
	case len(s.maybe) > 0:
		return Fact{"actor", Unknown.String(), NotKnown, s.actorFrom}
	case s.actorFrom != "":
		return Fact{"actor", thirdParty, Inferred, s.actorFrom}
	}
	return Fact{"actor", thirdParty, Assumed, ""}
}

// usualFacts is how many facts most rules ask.
const usualFacts = 5

// usedFacts are the facts that a judgement's rule asked on a subject.
func usedFacts(one *judgement, sub *subject) []Fact {
	r, s := one.rule, sub.sheet
	out := make([]Fact, 0, usualFacts)
	var all [mostFacts]Fact
	for _, f := range s.facts(all[:0]) {
		if r.asks(f.Name) {
			out = append(out, f)
		}
	}
	if r.Binds == bindsProduct {
		basis := Inferred
		if sub.kind == PartySubject {
			basis = Assumed
		}
		out = append(out, Fact{"class", string(one.class), basis, ""})
	}
	for _, c := range r.facts {
		value, basis := s.fact(c.fact)
		out = append(out, Fact{c.fact.String(), value.String(), basis, ""})
	}
	return out
}

// asks tells whether the rule has a condition on one of the order's own facts.
func (r *Rule) asks(fact string) bool {
	switch fact {
	case "activity":
		return len(r.Activities) > 0
	case "actor":
		return len(r.Actor) > 0
	case "document":
		return len(r.Documents) > 0
	case "funding":
		return len(r.Funding) > 0
	case "nexus":
		return r.Nexus != ""
	case "sector":
		return len(r.Sectors) > 0
	case "state":
		return len(r.States)+len(r.ExceptStates) > 0
	}
	return false
}

// matchDetail writes the numbers that made a name's score.
func matchDetail(m *names.Match) map[string]string {
	detail := map[string]string{"alias": m.Alias, "score": strconv.FormatFloat(m.Score, 'f', 3, 64)}
	for i, p := range m.Pairs {
		detail[numbered("pair_", i+1)] = fmt.Sprintf("%s = %s, similarity %.2f, weight %.2f", p.Text, p.Alias, p.Similarity, p.Weight)
	}
	if len(m.Extra) > 0 {
		detail["unmatched"] = strings.Join(m.Extra, " ")
	}
	if len(m.Changes) > 0 {
		detail["normalised"] = changeList(m.Changes)
	}
	return detail
}

// changeList writes what normalisation undid, with the spans in the raw text.
func changeList(changes []names.Change) string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = fmt.Sprintf("%s at %d-%d", c.Kind, c.Start, c.End)
	}
	return strings.Join(out, ", ")
}

// summarise says in one sentence what was decided and on which finding most rests.
func summarise(v *Verdict) string {
	lines, hit := 0, 0
	for i := range v.Subjects {
		if v.Subjects[i].Kind != LineSubject {
			continue
		}
		lines++
		if v.Subjects[i].Decision == v.Decision {
			hit++
		}
	}
	if v.Decision == Clear {
		return "No prohibition was found by the checks that ran."
	}
	f := decisive(v)
	what, are := "The deal", false
	switch {
	case f.Reason == DocumentProblem:
		what = "The document"
	case lines == 1 && !strings.HasPrefix(string(f.Subject), "/parties"):
		what = "The line"
	case lines > 1 && !strings.HasPrefix(string(f.Subject), "/parties"):
		what, are = fmt.Sprintf("%d of %d lines", hit, lines), hit > 1
	}
	since := ""
	if !f.InForceSince.IsZero() {
		since = " since " + f.InForceSince.In(newYork).Format(time.DateOnly)
		if f.Outcome == Review {
			since = "," + since
		}
	}
	return what + " " + be(are) + " " + ruledAs(f) + since + " (" + f.Citation + ")."
}

func be(plural bool) string {
	if plural {
		return "are"
	}
	return "is"
}

// ruledAs says in a few words what a finding comes to.
func ruledAs(f *Finding) string {
	if f.Outcome == Block {
		switch f.Reason {
		case LicenceRequired:
			return "blocked for want of a licence"
		case DesignatedPerson:
			return "blocked as a dealing with a designated person"
		}
		if activity := factNamed(f.Facts, "activity"); activity != "" {
			return "prohibited from " + spaced(activity)
		}
		return "prohibited"
	}
	why, known := reviewWords[f.Reason]
	if !known {
		why = spaced(string(f.Reason))
	}
	return "for review, " + why
}

// reviewWords say why a person must look.
var reviewWords = map[Reason]string{
	PhaseReview:       "unsettled at these dates",
	DateAmbiguous:     "as the date can be read on either side of a boundary",
	MissingFacts:      "as facts are missing",
	MentionOnly:       "as it speaks of a product without ordering it",
	Ambiguous:         "as the law or the match leaves it open",
	AffiliateParty:    "as a party is tied to a listed group",
	DesignatedPerson:  "as a party may be a designated person",
	LicenceRequired:   "as a licence must be checked",
	DocumentProblem:   "as it does not add up",
	NoText:            "as it has nothing that can be read",
	Obfuscated:        "as a name or part number was disguised",
	Embedded:          "as another maker's product has it inside",
	SuccessorQuestion: "as it is open whether the maker is a successor",
}

// decisive is the first finding with the verdict's own decision.
func decisive(v *Verdict) *Finding {
	for i := range v.Findings {
		if v.Findings[i].Outcome == v.Decision {
			return &v.Findings[i]
		}
	}
	return &Finding{}
}
