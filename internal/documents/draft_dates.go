package documents

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// writtenDate parts a date that a person or a program wrote into its day, time of day, half of the day, and zone.
var writtenDate = regexp.MustCompile(`(?i)^(.*?\d{2})(?:(?:T|,? +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?: ?([AP]M))?(?: ?(Z|[+-]\d{2}:?\d{2}|[A-Z]{3}))?)?$`)

// Days with the month in letters, which cannot be mistaken, and days of digits alone, of which the first number may be
// the day or the month.
var (
	namedDays = []string{
		"January 2, 2006", "January 2 2006", "Jan 2, 2006", "Jan 2 2006", "Jan. 2, 2006", "2 January 2006", "2 Jan 2006",
		"2-Jan-2006", "2-January-2006", "2/Jan/2006", "2006-Jan-02", "2006-Jan-2", "2006/1/2", time.DateOnly, "20060102",
	}
	dayFirstDays   = []string{"2/1/2006", "2.1.2006", "2-1-2006"}
	monthFirstDays = []string{"1/2/2006", "1.2.2006", "1-2-2006"}
)

// zoneOffsets are the abbreviations of zones that are written in orders under the law of the United States.
var zoneOffsets = map[string]string{
	"UTC": "Z", "GMT": "Z", "Z": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
	"MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
}

// plainDate turns the forms of a date that people read at a glance into one that the engine reads. A date of digits
// alone whose day and month could be swapped stays as it was, without its time: as a day it is read both ways. What it
// does not know it returns unchanged.
func plainDate(raw string) string {
	s := strings.TrimSpace(raw)
	if s == "" || len(s) > len("Wednesday, 30 September 2024 16:00:00.000000000 PM -04:00") || screening.CheckDate(s) == nil {
		return raw
	}
	parts := writtenDate.FindStringSubmatch(s)
	if parts == nil {
		return raw
	}
	clock, ok := plainClock(parts[2], strings.ToUpper(parts[3]))
	zone, known := plainZone(strings.ToUpper(parts[4]))
	if !ok || !known {
		return raw
	}
	out := raw
	switch days := writtenDays(parts[1]); {
	case len(days) == 1:
		out = days[0].Format(time.DateOnly) + clock + zone
	case len(days) == 2 && zone == "": // a time with a zone may lie on another day of the deal's zones
		out = parts[1]
	}
	if screening.CheckDate(out) != nil {
		return raw
	}
	return out
}

// writtenDays returns the days that a text may mean: two where day and month could be swapped.
func writtenDays(s string) []time.Time {
	var out []time.Time
	for _, layouts := range [...][]string{namedDays, dayFirstDays, monthFirstDays} {
		for _, layout := range layouts {
			if t, err := time.Parse(layout, s); err == nil {
				if !slices.ContainsFunc(out, t.Equal) {
					out = append(out, t)
				}
				break
			}
		}
	}
	return out
}

// plainClock returns a time of day with the T before it, as RFC 3339 writes it.
func plainClock(clock, half string) (string, bool) {
	if clock == "" {
		return "", true
	}
	layouts := []string{"15:04:05", "15:04"}
	if half != "" {
		clock, layouts = clock+half, []string{"3:04:05PM", "3:04PM", "15:04:05PM", "15:04PM"}
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, clock); err == nil {
			return t.Format("T15:04:05"), true
		}
	}
	return "", false
}

func plainZone(zone string) (string, bool) {
	if offset := zoneOffsets[zone]; offset != "" {
		return offset, true
	}
	switch len(zone) {
	case len("-0400"):
		return zone[:3] + ":" + zone[3:], true
	case 0, len("-04:00"):
		return zone, true
	}
	return "", false
}

// lastReading returns the latest instant that a date may mean, times without a zone counted as UTC. A day lasts until
// its end.
func lastReading(s string) (time.Time, bool) {
	for _, layout := range [...]string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00",
		"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	var last time.Time
	for _, day := range writtenDays(s) {
		if end := day.AddDate(0, 0, 1).Add(-time.Second); end.After(last) {
			last = end
		}
	}
	return last, !last.IsZero()
}

// isLater tells whether a date is after another, both in forms that can be read.
func isLater(a, b string) bool {
	first, ok := lastReading(a)
	second, also := lastReading(b)
	return ok && also && first.After(second)
}
