package documents

import (
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// cxmlLayouts are forms of dates that senders of cXML write and the engine does not read. The zone is written or not.
var cxmlLayouts = []struct {
	layout string
	zoned  bool
}{
	{time.RFC3339, true},
	{"2006-01-02T15:04Z07:00", true},
	{"2006-01-02T15:04:05Z0700", true},
	{"2006-01-02T15:04:05Z07", true},
	{"2006-01-02T15:04:05 Z07:00", true},
	{"2006-01-02T15:04:05 Z0700", true},
	{"2006-01-02 15:04:05Z07:00", true},
	{"2006-01-02 15:04:05 Z07:00", true},
	{"2006-01-02 15:04:05 Z0700", true},
	{"20060102T150405Z0700", true},
	{"Mon Jan _2 15:04:05 -0700 2006", true},
	{"Mon Jan _2 15:04:05 UTC 2006", true},
	{"Mon Jan _2 15:04:05 GMT 2006", true},
	{"Mon, 2 Jan 2006 15:04:05 GMT", true},
	{"2006-01-02 15:04:05 UTC", true},
	{"2006-01-02T15:04:05", false},
	{"2006-01-02T15:04", false},
	{"2006-01-02 15:04:05", false},
	{"2006-01-02 15:04", false},
	{"20060102T150405", false},
	{"20060102150405", false},
	{time.DateOnly, false},
}

// cxmlMoment reads a written time. Where it names no zone it is wall-clock time.
func cxmlMoment(raw string) (t time.Time, zoned, ok bool) {
	for _, s := range [...]string{raw, strings.ToUpper(raw), plainDate(raw)} {
		for _, l := range cxmlLayouts {
			if t, err := time.Parse(l.layout, s); err == nil {
				return t, l.zoned, true
			}
		}
	}
	return time.Time{}, false, false
}

// cxmlDate sets a date: as written where the engine reads it so, else in a form that it does read. What nobody can
// read is set as written and is a problem.
func cxmlDate(set func(string, value), setRead func(string, value, string), d *draft, field, pointer string, v value) {
	v.text = clean(v.text)
	if v.text == "" {
		return
	}
	if screening.CheckDate(v.text) == nil {
		set(field, v)
		return
	}
	if canonical := cxmlPlain(v.text); screening.CheckDate(canonical) == nil {
		setRead(field, v, canonical)
		return
	}
	d.problem(problemDate, pointer, v.source,
		"%s is no date and time that can be read: want 2024-09-27T16:00:00-04:00.", quoteShort(v.text))
	set(field, v)
}

// cxmlPlain returns a date in a form that the engine reads, and unchanged where there is none.
func cxmlPlain(raw string) string {
	if plain := plainDate(clean(raw)); screening.CheckDate(plain) == nil {
		return plain
	}
	switch t, zoned, ok := cxmlMoment(clean(raw)); {
	case !ok:
		return raw
	case zoned:
		return t.Format(time.RFC3339)
	default:
		return t.Format("2006-01-02T15:04:05")
	}
}

// cxmlLatest returns the last of several dates, by which all is delivered; one that cannot be read comes before all.
func cxmlLatest(dates []value) value {
	var last value
	var latest time.Time
	for _, v := range dates {
		t, _, ok := cxmlMoment(v.text)
		if !ok {
			return v
		}
		if last.text == "" || t.After(latest) {
			last, latest = v, t
		}
	}
	return last
}
