package documents

import (
	"regexp"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// ublDate is a date as written and in a form that the engine reads.
type ublDate struct {
	value
	canonical  string
	unreadable bool
}

// The lexical forms of xsd:date and xsd:time, and what programs write in their place: a dateTime for the date, an hour
// of one digit, a time without seconds.
var (
	ublDay  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?(Z|[+-]\d{2}:\d{2})?$`)
	ublTime = regexp.MustCompile(`^(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?$`)
)

// ublDayEnds is the last second of a day.
const ublDayEnds = "23:59:59"

// issued reads when the order was made. A date or time that stands twice is read in every pairing, so that none is lost.
func (r *ublReader) issued(root *node) {
	times := root.all("IssueTime")
	if len(times) == 0 {
		times = []*node{nil}
	}
	readings := 0
	for _, day := range root.all("IssueDate") {
		for _, clock := range times {
			if readings++; readings > ublMaxDates {
				return
			}
			if date := r.date("/ordered_at", day, clock); date.canonical != "" {
				r.setRead("ordered_at", date.value, date.canonical)
			}
		}
	}
}

// date joins a day and a time of day. What cannot be read is a problem; the day is kept, with a readable time or none.
func (r *ublReader) date(pointer string, day, clock *node) ublDate {
	d, t := r.take(day), r.take(clock)
	if d.text == "" {
		return ublDate{}
	}
	whole := value{d.text, d.source}
	if t.text != "" {
		whole = value{d.text + "T" + t.text, d.source + ", " + t.source}
	}
	canonical, ok := ublJoin(d.text, t.text)
	if !ok && t.text != "" {
		r.problem(problemDate, pointer, t.source, "%s is not a time: want 16:00:00 or 16:00:00-04:00.", quoteShort(t.text))
		whole = d
		canonical, ok = ublJoin(d.text, "")
	}
	if ok {
		return ublDate{value: whole, canonical: canonical}
	}
	r.problem(problemDate, pointer, d.source, "%s is not a date that exists: want 2024-09-27.", quoteShort(d.text))
	return ublDate{value: whole, canonical: d.text, unreadable: true}
}

// ublJoin makes one date of a day and a time of day, both perhaps with a zone. The zone of the time goes before that of
// the day, which programs often add by themselves. A zoned day without a time is given as its last second: no law that
// begins on that day is missed so, and the engine has no form for such a day.
func ublJoin(day, clock string) (string, bool) {
	parts := ublDay.FindStringSubmatch(day)
	if parts == nil { // a day in another form, which holds every time of day
		day = plainDate(day)
		return day, screening.CheckDate(day) == nil
	}
	date, hour, zone := parts[1], parts[2], parts[3]
	if clock != "" {
		if parts = ublTime.FindStringSubmatch(clock); parts == nil {
			joined := plainDate(date + " " + clock)
			return joined, screening.CheckDate(joined) == nil
		}
		hour = parts[1]
		if parts[2] != "" {
			zone = parts[2]
		}
	}
	switch {
	case hour == "" && zone == "":
		return date, screening.CheckDate(date) == nil
	case hour == "":
		hour = ublDayEnds
	case len(hour) > 1 && hour[1] == ':':
		hour = "0" + hour
	}
	if rest, midnight := strings.CutPrefix(hour, "24:00"); midnight && strings.Trim(rest, ":0.") == "" {
		next, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return "", false
		}
		date, hour = next.AddDate(0, 0, 1).Format(time.DateOnly), "00:00:00"
	}
	joined := date + "T" + hour + zone
	return joined, screening.CheckDate(joined) == nil
}

// ublPeriods are the periods of a delivery, ublDeliveryDates its single dates, without Date and Time at their end.
var (
	ublPeriods       = []string{"RequestedDeliveryPeriod", "PromisedDeliveryPeriod", "EstimatedDeliveryPeriod"}
	ublDeliveryDates = []string{"LatestDelivery", "ActualDelivery"}
	ublDespatchDates = []string{"RequestedDespatch", "EstimatedDespatch", "ActualDespatch"}
)

// deliveryDates reads when a delivery is made; where it does not say, when the goods leave. Of a period the end counts:
// until then something is delivered.
func (s *ublScope) deliveryDates(n *node) {
	found := false
	add := func(day, clock *node) bool {
		date := s.reader.date(s.pointer("/fulfil_at"), day, clock)
		if date.canonical == "" {
			return false
		}
		s.performed = ublLater(s.performed, date)
		found = true
		return true
	}
	for _, name := range ublPeriods {
		for _, period := range n.all(name) {
			if !add(period.child("EndDate"), period.child("EndTime")) {
				add(period.child("StartDate"), period.child("StartTime"))
			}
		}
	}
	for _, name := range ublDeliveryDates {
		add(n.child(name+"Date"), n.child(name+"Time"))
	}
	if despatch := n.child("Despatch"); !found {
		for _, name := range ublDespatchDates {
			add(despatch.child(name+"Date"), despatch.child(name+"Time"))
		}
	}
}

// ublLater returns the later of two dates, for the last of several deliveries is the one that a law reaches first. A day
// lasts until its end. One that cannot be read may be any time and stays.
func ublLater(a, b ublDate) ublDate {
	if a.canonical == "" || !a.unreadable && (b.unreadable || b.end() > a.end()) {
		return b
	}
	return a
}

func (d ublDate) end() string {
	if len(d.canonical) == len(time.DateOnly) {
		return d.canonical + "T" + ublDayEnds
	}
	return d.canonical
}

// perform sets when the order or line is performed.
func (s *ublScope) perform() {
	switch {
	case s.performed.canonical == "":
	case s.line != nil:
		s.line.setRead("fulfil_at", s.performed.value, s.performed.canonical)
	default:
		s.reader.setRead("fulfil_at", s.performed.value, s.performed.canonical)
	}
}

// pointer names a part of the scope in the canonical order.
func (s *ublScope) pointer(part string) string {
	if s.line == nil {
		return part
	}
	return s.line.pointer + part
}
