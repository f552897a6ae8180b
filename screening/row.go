package screening

import (
	"math"
	"slices"
	"time"
)

// A row is a step function of time: the outcome of one rule in each of its phases. It begins before all time and its
// steps are sorted by start. Outside its phases a rule has no outcome (Undetermined).
type row []step

type step struct {
	from    int64 // Unix seconds; the step holds until the next one begins
	outcome Decision
}

const beforeAllTime = math.MinInt64

// at returns the step in force at an instant.
func (r row) at(t int64) step {
	i := len(r) - 1
	for i > 0 && r[i].from > t {
		i--
	}
	return r[i]
}

// over returns the outcome for an interval of instants, both ends included. Where the outcome differs inside the
// interval nobody can tell which holds: that is review, ambiguous is true, and the step is the strictest one.
func (r row) over(earliest, latest int64) (decisive step, ambiguous bool) {
	decisive = r.at(earliest)
	first := decisive
	for _, s := range r {
		if s.from <= earliest || s.from > latest {
			continue
		}
		if effective(s.outcome) != effective(first.outcome) {
			ambiguous = true
		}
		if s.outcome > decisive.outcome {
			decisive = s
		}
	}
	if ambiguous {
		decisive.outcome = Review
	}
	return decisive, ambiguous
}

// since returns when the run of equal outcomes began that a step belongs to.
func (r row) since(s step) int64 {
	i := 0
	for i < len(r) && r[i].from != s.from {
		i++
	}
	for i = min(i, len(r)-1); i > 0 && r[i-1].outcome == r[i].outcome; i-- {
	}
	return r[i].from
}

// effective maps "no outcome" to clear: a rule that is silent prohibits nothing.
func effective(d Decision) Decision { return max(d, Clear) }

// limited returns the row with no outcome stricter than limit.
func (r row) limited(limit Decision) row {
	if limit == Block {
		return r
	}
	out := slices.Clone(r)
	for i := range out {
		out[i].outcome = capped(out[i].outcome, limit)
	}
	return out
}

// within returns the row inside [from, until) and no outcome elsewhere.
func (r row) within(from, until int64) row {
	out := make(row, 0, len(r)+2)
	if from > beforeAllTime {
		out = append(out, step{beforeAllTime, Undetermined})
	}
	for i, s := range r {
		end := int64(math.MaxInt64)
		if i+1 < len(r) {
			end = r[i+1].from
		}
		start := max(s.from, from)
		if start >= min(end, until) {
			continue
		}
		out = append(out, step{start, s.outcome})
	}
	if until < math.MaxInt64 {
		out = append(out, step{until, Undetermined})
	}
	return out
}

// worstOf returns, for each instant, the strictest outcome of two rows.
func worstOf(a, b row) row {
	if slices.Equal(a, b) {
		return a
	}
	starts := make([]int64, 0, len(a)+len(b))
	for _, s := range a {
		starts = append(starts, s.from)
	}
	for _, s := range b {
		starts = append(starts, s.from)
	}
	slices.Sort(starts)
	var out row
	for _, t := range slices.Compact(starts) {
		outcome := max(a.at(t).outcome, b.at(t).outcome)
		if len(out) == 0 || out[len(out)-1].outcome != outcome {
			out = append(out, step{t, outcome})
		}
	}
	return out
}

// phases writes a folded row as the timeline of a verdict: only changes of decision count.
func (r row) phases() []Phase {
	var out []Phase
	for _, s := range r {
		d := effective(s.outcome)
		if len(out) > 0 && out[len(out)-1].Decision == d {
			continue
		}
		p := Phase{Decision: d}
		if s.from > beforeAllTime {
			p.From = instant(s.from)
		}
		if len(out) > 0 {
			out[len(out)-1].Until = p.From
		}
		out = append(out, p)
	}
	return out
}

func instant(unix int64) time.Time { return time.Unix(unix, 0).In(newYork) }

// ruleRows are the rows of one rule.
type ruleRows struct {
	agreed    row            // what holds when the act of agreeing falls at an instant
	performed row            // the same for the act of performing
	timeline  [Block + 1]row // both acts in one phase, by the strictest outcome that a match allows
}

func newRuleRows(agreed, performed row) ruleRows {
	r := ruleRows{agreed: agreed, performed: performed}
	both := worstOf(agreed, performed)
	for d := range r.timeline {
		r.timeline[d] = both.limited(Decision(d))
	}
	return r
}

func (r *ruleRows) within(from, until int64) *ruleRows {
	out := newRuleRows(r.agreed.within(from, until), r.performed.within(from, until))
	return &out
}

func (r *ruleRows) limited(limit Decision) *ruleRows {
	out := newRuleRows(r.agreed.limited(limit), r.performed.limited(limit))
	return &out
}
