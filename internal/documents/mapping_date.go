package documents

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// mappedDate is a date of a document, in a form that the engine knows where it can be read.
type mappedDate struct {
	value
	canonical string
	at        time.Time // to compare with: a clock without a zone counts as UTC
	floating  bool      // a time without a zone
	readable  bool
}

// Forms of a date that tell an instant, a local time, or a day.
var (
	mappingInstants = []string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04:05 Z0700", time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700",
	}
	mappingClocks = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"}
)

// mappingTurn is how far a local clock may be from UTC, and a minute for what programs round.
const mappingTurn = 14*time.Hour + time.Minute

// dates reads what the first path finds that finds a date: the latest first, unreadable ones last. Each of those is a
// problem.
func (o *mappedOrder) dates(paths mappingPaths, at *jsonValue, pointer string) []mappedDate {
	var out []mappedDate
	for _, p := range paths {
		values := o.find(p, at)
		if len(out) > 0 {
			continue
		}
		for _, v := range values {
			if !mappingUnset(v.text) {
				out = append(out, readMappedDate(v, p.as))
			}
		}
	}
	mappingLatest(out)
	out = slices.CompactFunc(out, func(a, b mappedDate) bool { return a.canonical == b.canonical })
	for i, date := range out {
		if !date.readable && i < maxMappedTwins {
			o.d.problem(problemDate, pointer, date.source,
				"%s is no date that can be read: want RFC 3339, such as 2024-09-27T16:00:00-04:00.", quoteShort(date.text))
		}
	}
	return out
}

// mappingLatest sorts dates, the latest first and unreadable ones last.
func mappingLatest(dates []mappedDate) []mappedDate {
	slices.SortStableFunc(dates, func(a, b mappedDate) int {
		if a.readable != b.readable {
			return map[bool]int{true: -1, false: 1}[a.readable]
		}
		return b.at.Compare(a.at)
	})
	return dates
}

// delivered sets when the line is delivered: the latest date that a path or a name of a pair tells.
func (l *mappedLine) delivered() {
	for _, date := range mappingFirst(mappingLatest(l.fulfil)) {
		l.l.setRead("fulfil_at", date.value, date.canonical)
	}
}

// clocks compares a moment in UTC with the local clocks that stand beside it: they tell the same moment, or one of
// them is wrong.
func (o *mappedOrder) clocks(paths mappingPaths, agreed []mappedDate) {
	if len(agreed) == 0 || !agreed[0].readable || agreed[0].floating {
		return
	}
	for _, p := range paths {
		if p.as != "" {
			continue
		}
		for _, v := range mappingFirst(o.find(p, o.root)) {
			local := readMappedDate(v, "")
			if local.readable && local.floating && local.at.Sub(agreed[0].at).Abs() > mappingTurn {
				o.d.problem(problemDate, "/ordered_at", v.source,
					"The local time %s is not the moment %s in any time zone.", quoteShort(v.text), quoteShort(agreed[0].text))
			}
		}
	}
}

// mappingUnset tells what databases write where a date is not set.
func mappingUnset(text string) bool {
	return strings.HasPrefix(text, "0000-00-00") || strings.HasPrefix(text, "0001-01-01") || text == "0"
}

// readMappedDate turns a date into a form that the engine knows. What it knows by itself stays as it is.
func readMappedDate(v value, as string) mappedDate {
	date := mappedDate{value: v, canonical: v.text}
	switch as {
	case mappingUnix:
		return date.unix()
	case mappingWindow:
		if i := strings.LastIndex(v.text, "--"); i >= 0 {
			date.canonical = strings.TrimSpace(v.text[i+2:])
		}
	}
	for _, name := range [...]string{" GMT", " UTC", " UT"} { // names of zones; the engine reads offsets
		if s, cut := strings.CutSuffix(date.canonical, name); cut {
			date.canonical = s + " +0000"
		}
	}
	if t, ok := mappingParse(mappingInstants, date.canonical); ok {
		date.at, date.readable = t, true
		return date.checked()
	}
	if t, ok := mappingParse(mappingClocks, date.canonical); ok {
		date.at, date.floating, date.readable = t, true, true
		if as == mappingUTC {
			date.canonical, date.floating = t.Format(time.RFC3339), false
		}
		return date.checked()
	}
	date.readable = true
	if t, err := time.Parse(time.DateOnly, date.canonical); err == nil {
		date.at = t
	}
	return date.checked()
}

// checked makes a date unreadable that the engine cannot read, and its own text stands again.
func (d mappedDate) checked() mappedDate {
	if screening.CheckDate(d.canonical) != nil {
		d.canonical, d.readable = d.text, false
	}
	return d
}

// unix reads seconds since 1970, or milliseconds where they would lie thousands of years ahead.
func (d mappedDate) unix() mappedDate {
	const lastSecond = 99_999_999_999
	seconds, err := strconv.ParseFloat(d.text, 64)
	if err != nil || seconds < 0 || seconds > lastSecond*1000 {
		return d
	}
	if seconds > lastSecond {
		seconds /= 1000
	}
	d.at = time.Unix(int64(seconds), 0).UTC()
	d.canonical, d.readable = d.at.Format(time.RFC3339), true
	return d.checked()
}

func mappingParse(layouts []string, s string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// mappingFirst is a list's first item, as a list.
func mappingFirst[T any](items []T) []T { return items[:min(len(items), 1)] }
