package lists

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// dayAhead is how far a day may lie ahead of the clock in UTC: somewhere it is tomorrow already.
const dayAhead = 24 * time.Hour

// isAhead tells of a day, YYYY-MM-DD, that has not begun anywhere.
func isAhead(day string, now time.Time) bool {
	return day > now.UTC().Add(dayAhead).Format(time.DateOnly)
}

var datedName = regexp.MustCompile(`(?:^|[^0-9])(20[0-9]{2}-[0-9]{2}-[0-9]{2}|20[0-9]{6})(?:[^0-9]|$)`)

// dayInName finds a day such as 2024-05-03 or 20240503 in the name of a file; none that has not begun yet.
func dayInName(name string, now time.Time) string {
	found := datedName.FindStringSubmatch(name)
	if found == nil {
		return ""
	}
	t, err := time.Parse("20060102", strings.ReplaceAll(found[1], "-", ""))
	if err != nil {
		return ""
	}
	if day := t.Format(time.DateOnly); !isAhead(day, now) {
		return day
	}
	return ""
}

// dayModified reads the day of a Last-Modified header; none that has not begun yet.
func dayModified(header string, now time.Time) string {
	t, err := http.ParseTime(header)
	if err != nil {
		return ""
	}
	if day := t.UTC().Format(time.DateOnly); !isAhead(day, now) {
		return day
	}
	return ""
}

// dayOf tells the day of a copy and where it is known from. A copy whose list itself is the accepted one keeps its day,
// whatever was added to it.
func dayOf(o *offer, e *Edition, before *Manifest, now time.Time) (string, DayFrom) {
	main := o.parts[0]
	switch {
	case o.asOf != "":
		return o.asOf, DayGiven
	case before.Taken() && before.Parts[0].SHA256 == main.copy.SHA256:
		return before.AsOf, before.AsOfFrom
	case e.AsOf != "":
		return e.AsOf, DayStated
	}
	if day := dayModified(main.copy.LastModified, now); day != "" {
		return day, DayModified
	}
	if day := dayInName(main.file.Name, now); day != "" {
		return day, DayNamed
	}
	return now.UTC().Format(time.DateOnly), DayTaken
}
