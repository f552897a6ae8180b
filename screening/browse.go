package screening

import (
	"maps"
	"time"

	"github.com/interdict/interdict/screening/products"
)

// This file is for those who look at the catalogue instead of screening with it.

// Products returns every product, by id. What the slices inside hold is shared and must not be changed.
func (c *Catalogue) Products() []products.Listed { return c.spotter.Products() }

// Resolve tells whom a bare name belongs to, exactly as a screening would: matches at or over the review threshold and
// the near misses under it.
func (c *Catalogue) Resolve(name string) Assessment {
	return assessor{c}.party(&PartyText{Name: name})
}

// ReviewThreshold is the score from which a name is flagged, in [0,1].
func (c *Catalogue) ReviewThreshold() float64 { return c.thresholds.Names.Review }

// CivilPenalty is the civil maximum of one statute for one violation, by the year in which it is assessed.
type CivilPenalty struct {
	ID       string
	Citation string
	MaxUSD   map[int]int // whole US dollars by year
	Verified Verification
}

// CivilPenalty returns the penalty that a rule carries; ok is false where it carries none.
func (c *Catalogue) CivilPenalty(r *Rule) (p CivilPenalty, ok bool) {
	row, ok := c.penalties[r.Penalty]
	if !ok {
		return CivilPenalty{}, false
	}
	return CivilPenalty{row.ID, row.Citation, maps.Clone(row.CivilMaxUSD), row.Verified}, true
}

// Instrument is the legal instrument that the rule belongs to: the file it stands in.
func (r *Rule) Instrument() string { return r.instrument }

// OnDay tells what the rule holds for an act of agreeing and for one of performing that falls on a day (YYYY-MM-DD, in
// New York), were all its other conditions met. Undetermined means that the rule is silent on that day; where the
// outcome changes within the day it is Review.
func (r *Rule) OnDay(day string) (agreed, performed Decision, err error) {
	begin, err := newYorkDay(day)
	if err != nil {
		return Undetermined, Undetermined, err
	}
	first, last := begin.Unix(), begin.AddDate(0, 0, 1).Add(-time.Second).Unix()
	a, _ := r.rows.agreed.over(first, last)
	p, _ := r.rows.performed.over(first, last)
	return a.outcome, p.outcome, nil
}

// InForce tells whether the phase holds at some instant of a day, YYYY-MM-DD in New York.
func (p RulePhase) InForce(day string) (bool, error) {
	begin, err := newYorkDay(day)
	if err != nil {
		return false, err
	}
	from, until, err := p.span()
	return from < begin.AddDate(0, 0, 1).Unix() && begin.Unix() < until, err
}

// InForce tells whether the entry stands on its list on a day, YYYY-MM-DD in New York.
func (l Listing) InForce(day string) bool {
	return l.From <= day && (l.Until == "" || day < l.Until)
}

// AsOf is the day of the freshest list, YYYY-MM-DD.
func (c *Catalogue) AsOf() string {
	day := ""
	for _, l := range c.lists {
		day = max(day, l.AsOf)
	}
	return day
}
