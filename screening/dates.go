package screening

import (
	"fmt"
	"math"
	"strings"
	"time"
	_ "time/tzdata" // rules are read in New York time wherever the program runs
)

// newYork is the zone in which US rules begin and days after a cut-off are counted.
var newYork = mustLoad("America/New_York")

func mustLoad(zone string) *time.Location {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic(err) // cannot happen: the zones are embedded
	}
	return loc
}

func newYorkDay(day string) (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, day, newYork)
}

// ruleInstant reads the boundary of a phase: an instant with offset, or a day that begins at 00:00 in New York.
func ruleInstant(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	if t, err := newYorkDay(s); err == nil {
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%q is neither a day (YYYY-MM-DD) nor an instant with offset (RFC 3339)", s)
}

// moment is one reading of a written date: a point with offset, or wall-clock time without a zone. A day is wall-clock
// time that lasts until its last second.
type moment struct {
	clock  time.Time // wall clock in UTC where floating, else the instant
	zoned  bool
	isADay bool
}

// Layouts of dates that are told apart by their shape. Those without an offset are read in the zones of the deal.
var (
	instantLayouts  = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02T15:04:05Z0700", time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700"}
	floatingLayouts = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}
	dayLayouts      = []string{time.DateOnly, "20060102"}
	dayFirst        = []string{"2/1/2006", "2.1.2006", "2-1-2006"}
	monthFirst      = []string{"1/2/2006", "1.2.2006", "1-2-2006"}
)

// Years outside this range are slips of a keyboard or of a default value, not dates of a deal.
const firstYear, lastYear = 1970, 2199

// CheckDate tells whether a written date can be read and exists: an instant with offset, a local date-time, or a day.
func CheckDate(raw string) error {
	_, err := readMoments(raw)
	return err
}

// readMoments returns every reading of a written date: two where day and month could be swapped.
func readMoments(raw string) ([]moment, error) {
	s := strings.TrimSpace(raw)
	var out []moment
	try := func(layouts []string, read func(time.Time) moment) {
		for _, layout := range layouts {
			if t, err := time.Parse(layout, s); err == nil {
				out = append(out, read(t))
				return
			}
		}
	}
	if len(s) > len(time.DateOnly) { // a time of day is longer than a day
		try(instantLayouts, func(t time.Time) moment { return moment{clock: t, zoned: true} })
		try(floatingLayouts, func(t time.Time) moment { return moment{clock: t} })
	}
	try(dayLayouts, func(t time.Time) moment { return moment{clock: t, isADay: true} })
	if len(out) == 0 {
		try(dayFirst, func(t time.Time) moment { return moment{clock: t, isADay: true} })
		try(monthFirst, func(t time.Time) moment { return moment{clock: t, isADay: true} })
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%q is not a date that exists: want RFC 3339 such as 2024-09-27T16:00:00-04:00, or a day such as 2024-09-27", raw)
	}
	for _, m := range out {
		if y := m.clock.Year(); y < firstYear || y > lastYear {
			return nil, fmt.Errorf("%q lies outside the years %d to %d", raw, firstYear, lastYear)
		}
	}
	return out, nil
}

// interval is a stretch of instants, both ends included, in Unix seconds.
type interval struct{ earliest, latest int64 }

// always is the interval of a date that cannot be read: it may mean any time.
var always = interval{time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(lastYear, 12, 31, 0, 0, 0, 0, time.UTC).Unix()}

func point(t time.Time) interval { return interval{t.Unix(), t.Unix()} }

// readInterval returns the hull of every reading of a date in every zone that it may have been written in. A stretch,
// such as a delivery window, is two dates with a slash between (ISO 8601).
func readInterval(raw string, zones []*time.Location) (interval, error) {
	if from, to, ok := strings.Cut(raw, "/"); ok && len(strings.TrimSpace(from)) >= len("20240102") {
		return readStretch(from, to, zones)
	}
	moments, err := readMoments(raw)
	if err != nil {
		return interval{}, err
	}
	hull := interval{math.MaxInt64, math.MinInt64}
	widen := func(t time.Time) {
		hull.earliest, hull.latest = min(hull.earliest, t.Unix()), max(hull.latest, t.Unix())
	}
	for _, m := range moments {
		if m.zoned {
			widen(m.clock)
			continue
		}
		y, month, d := m.clock.Date()
		for _, zone := range zones {
			widen(time.Date(y, month, d, m.clock.Hour(), m.clock.Minute(), m.clock.Second(), 0, zone))
			if m.isADay {
				widen(time.Date(y, month, d+1, 0, 0, 0, 0, zone).Add(-time.Second))
			}
		}
	}
	return hull, nil
}

// readStretch returns all from the earliest reading of one date to the latest of another.
func readStretch(from, to string, zones []*time.Location) (interval, error) {
	first, err := readInterval(from, zones)
	if err != nil {
		return interval{}, err
	}
	last, err := readInterval(to, zones)
	if err != nil {
		return interval{}, err
	}
	if last.latest < first.earliest {
		return interval{}, fmt.Errorf("%q ends before it begins", from+"/"+to)
	}
	return interval{min(first.earliest, last.earliest), max(first.latest, last.latest)}, nil
}

// reading is an interval as a verdict shows it.
func (i interval) reading(raw string, basis Basis) DateReading {
	return DateReading{Raw: raw, Basis: basis, Earliest: time.Unix(i.earliest, 0).UTC(), Latest: time.Unix(i.latest, 0).UTC()}
}

// daysBetween counts calendar days in New York from one instant to a later one.
func daysBetween(from, to int64) int {
	day := func(unix int64) time.Time {
		y, m, d := instant(unix).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}
