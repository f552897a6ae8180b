package documents

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// edifactDate is what a DTM segment says: a moment, or the first and last moment of a period, in forms that the engine
// reads. A fault tells why it is not sure.
type edifactDate struct {
	from, to string
	fault    string
}

// Layouts of the value by its format code, element 2379. Those of zones are read without the zone first.
var (
	edifactPoints = map[string]string{
		"2": "020106", "3": "010206", "101": "060102", "102": "20060102",
		"201": "0601021504", "202": "060102150405", "203": "200601021504", "204": "20060102150405",
	}
	edifactZoned = map[string]string{
		"205": "200601021504", "206": "0601021504", "207": "060102150405", "208": "20060102150405",
		"301": "0601021504", "302": "060102150405", "303": "200601021504", "304": "20060102150405",
	}
	edifactPeriods = map[string]string{
		"710": "200601", "713": "0601021504", "717": "060102", "718": "20060102", "719": "200601021504",
	}
)

// edifactZones are the zones that three letters name without a doubt. CST, IST, BST and AST each name several.
var edifactZones = map[string]int{
	"UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "CET": 1, "MET": 1, "MEZ": 1, "CES": 2, "CEST": 2, "EET": 2, "MSK": 3,
	"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "HST": -10,
	"SGT": 8, "HKT": 8, "JST": 9, "KST": 9,
}

const edifactClock = "2006-01-02T15:04:05"

// edifactReadDate reads a value of DTM by its format. Years of two digits are those of 1950 to 2049.
func edifactReadDate(text, format string) edifactDate {
	text, format = strings.TrimSpace(text), strings.TrimSpace(format)
	if format == "" { // left out by some; years of four digits leave no doubt
		format = map[int]string{8: "102", 12: "203", 14: "204"}[len(text)]
	}
	if layout, ok := edifactPoints[format]; ok {
		return edifactPoint(text, layout, format)
	}
	if layout, ok := edifactZoned[format]; ok && len(text) >= len(layout) {
		return edifactInZone(text, layout, format)
	}
	if layout, ok := edifactPeriods[format]; ok {
		return edifactPeriod(strings.ReplaceAll(text, "-", ""), layout, format)
	}
	switch format {
	case "602", "610", "616":
		return edifactStretch(text, format)
	case "":
		return edifactDate{fault: quoteShort(text) + " has no format code."}
	}
	if format[0] == '8' {
		return edifactDate{fault: quoteShort(text) + " is a length of time (format " + quoteShort(format) + ") and no date."}
	}
	return edifactDate{fault: quoteShort(text) + " has the format code " + quoteShort(format) + ", which is not known here."}
}

func edifactUnread(text, format string) edifactDate {
	return edifactDate{fault: quoteShort(text) + " is no date of the format " + quoteShort(format) + "."}
}

func edifactPoint(text, layout, format string) edifactDate {
	t, ok := edifactParse(text, layout)
	if !ok {
		return edifactUnread(text, format)
	}
	return edifactDate{from: edifactWritten(t, layout)}
}

// edifactParse parses digits by a layout.
func edifactParse(text, layout string) (time.Time, bool) {
	if len(text) != len(layout) || strings.Trim(text, "0123456789") != "" {
		return time.Time{}, false
	}
	t, err := time.Parse(layout, text)
	if err == nil && !strings.Contains(layout, "2006") && t.Year() >= 2050 {
		t = t.AddDate(-100, 0, 0)
	}
	return t, err == nil
}

// edifactWritten writes a moment as a day, or with the time where the layout has one.
func edifactWritten(t time.Time, layout string) string {
	if strings.Contains(layout, "1504") {
		return t.Format(edifactClock)
	}
	return t.Format(time.DateOnly)
}

// edifactInZone reads a moment with a zone: letters, or an offset such as +01 or -0530. One that is not known leaves
// the time local.
func edifactInZone(text, layout, format string) edifactDate {
	t, ok := edifactParse(text[:len(layout)], layout)
	if !ok {
		return edifactUnread(text, format)
	}
	zone := strings.ToUpper(strings.TrimSpace(text[len(layout):]))
	if zone == "" {
		return edifactDate{from: t.Format(edifactClock)}
	}
	offset, ok := edifactOffset(zone)
	if !ok {
		return edifactDate{
			from:  t.Format(edifactClock),
			fault: "The time zone " + quoteShort(zone) + " is not known here, or names several: want UTC or an offset such as +01.",
		}
	}
	y, month, d := t.Date()
	return edifactDate{from: time.Date(y, month, d, t.Hour(), t.Minute(), t.Second(), 0, offset).Format(time.RFC3339)}
}

func edifactOffset(zone string) (*time.Location, bool) {
	if hours, ok := edifactZones[zone]; ok {
		return time.FixedZone("", hours*int(time.Hour/time.Second)), true
	}
	for _, layout := range [...]string{"-07", "-0700", "-07:00"} {
		if t, err := time.Parse(layout, zone); err == nil {
			_, seconds := t.Zone()
			return time.FixedZone("", seconds), true
		}
	}
	return nil, false
}

// edifactPeriod reads two moments that stand behind one another.
func edifactPeriod(text, layout, format string) edifactDate {
	if len(text) != 2*len(layout) {
		return edifactUnread(text, format)
	}
	from, ok := edifactParse(text[:len(layout)], layout)
	to, ok2 := edifactParse(text[len(layout):], layout)
	if !ok || !ok2 {
		return edifactUnread(text, format)
	}
	if format == "710" {
		to = to.AddDate(0, 1, -1)
	}
	return edifactDate{from: edifactWritten(from, layout), to: edifactWritten(to, layout)}
}

// edifactStretch reads a year (602), a month (610) or a week that begins on Monday (616) as a period of days.
func edifactStretch(text, format string) edifactDate {
	layout := map[string]string{"602": "2006", "610": "200601", "616": "2006"}[format]
	if len(text) < len(layout) {
		return edifactUnread(text, format)
	}
	from, ok := edifactParse(text[:len(layout)], layout)
	rest, to := text[len(layout):], from
	switch format {
	case "602":
		to, ok = from.AddDate(1, 0, -1), ok && rest == ""
	case "610":
		to, ok = from.AddDate(0, 1, -1), ok && rest == ""
	case "616":
		week, err := strconv.Atoi(rest)
		ok = ok && err == nil && len(rest) == 2 && week >= 1 && week <= 53
		january4 := from.AddDate(0, 0, 3) // lies in week 1
		monday := january4.AddDate(0, 0, -(int(january4.Weekday())+6)%7)
		from = monday.AddDate(0, 0, 7*(week-1))
		to = from.AddDate(0, 0, 6)
	}
	if !ok {
		return edifactUnread(text, format)
	}
	return edifactDate{from: from.Format(time.DateOnly), to: to.Format(time.DateOnly)}
}

// edifactHeaderDates are the dates of the order.
type edifactHeaderDates struct {
	ordered [4]edifactMoment // by how surely it is the order's date
	line    edifactLineDates // delivery and service, as a line has them
}

// edifactMoment is a date that was read, or the text of one that could not be.
type edifactMoment struct {
	v         value
	canonical string
	unread    bool
}

// take reads a date of the order. The document's own date comes before that of ordering, which a change repeats from the
// order before; one behind a reference may be the reference's.
func (h *edifactHeaderDates) take(o *edifactOrder, s *edifactSegment, quoting bool) {
	const documentDate, orderDate = "137", "4"
	rank := map[string]int{documentDate: 0, orderDate: 1}
	place, ordered := rank[edifactQualifier(s)]
	if !ordered {
		h.line.take(o, s)
		return
	}
	if quoting {
		place += 2
	}
	read, ok := o.moment(s, "/ordered_at")
	if !ok {
		return
	}
	if strings.Contains(read.canonical, "/") {
		o.problem(problemDate, "/ordered_at", read.v.source, "%s is a period; the date of an order is a moment.", quoteShort(read.v.text))
	}
	switch slot := &h.ordered[place]; {
	case strings.HasPrefix(read.canonical, slot.canonical): // the first, or the same day with its time
		*slot = read
	case !strings.HasPrefix(slot.canonical, read.canonical):
		o.problem(problemTwice, "/ordered_at", read.v.source, "The date stands more than once: %s after %s.",
			quoteShort(read.v.text), quoteShort(slot.v.text))
	}
}

func (h *edifactHeaderDates) finish(o *edifactOrder) {
	for _, unread := range [...]bool{false, true} {
		for _, m := range h.ordered {
			if m.canonical != "" && m.unread == unread && o.d.order.OrderedAt == "" {
				o.d.setRead("ordered_at", m.v, m.canonical)
			}
		}
	}
	if m := h.line.delivery(); m.canonical != "" {
		o.d.setRead("fulfil_at", m.v, m.canonical)
	}
}

// serve gives a line the term of service that the order states, unless it has its own.
func (h *edifactHeaderDates) serve(l *lineDraft) {
	own := l.line()
	if m := h.line.start; own.ServiceStart == "" && m.canonical != "" {
		l.setRead("service_start", m.v, m.canonical)
	}
	if m := h.line.end; own.ServiceEnd == "" && m.canonical != "" {
		l.setRead("service_end", m.v, m.canonical)
	}
}

// edifactLineDates are the dates of one line. Of several deliveries the last counts: what is performed after a cut-off
// is judged after it. A window in which one delivery may fall is a stretch of time.
type edifactLineDates struct {
	fulfil, earliest, latest edifactMoment
	start, end               edifactMoment
}

// Qualifiers of dates, element 2005: deliveries and shipments as requested, promised, scheduled or done, the first and
// the last day on which they may be; and the first and last day of a service or a charge, or the whole of such a period.
var (
	edifactDeliveries = edifactSet("2 10 11 17 35 67 69 76 79 200")
	edifactEarliest   = edifactSet("64 37 234")
	edifactLatest     = edifactSet("63 38 235")
	edifactStarts     = edifactSet("194 167")
	edifactEnds       = edifactSet("206 168 36")
	edifactTerms      = edifactSet("263 324")
)

func edifactQualifier(s *edifactSegment) string {
	return strings.TrimLeft(strings.ToUpper(strings.TrimSpace(s.part(1, 1))), "0")
}

func (e *edifactLineDates) take(o *edifactOrder, s *edifactSegment) {
	at := ""
	if o.line != nil {
		at = o.line.l.pointer
	}
	qualifier := edifactQualifier(s)
	slot := e.slot(qualifier)
	switch {
	case slot != nil:
		if read, ok := o.moment(s, at+"/fulfil_at"); ok {
			slot.later(read)
		}
	case edifactStarts[qualifier], edifactEnds[qualifier], edifactTerms[qualifier]:
		e.term(edifactReadDate(s.part(1, 2), s.part(1, 3)), s.at(1, 2), edifactEnds[qualifier])
	case !edifactIsQualifier(qualifier) && s.part(1, 2) != "":
		o.problem(problemDate, "", s.at(1, 1).source, "What the date %s is of is not known: its qualifier is %s.",
			quoteShort(s.part(1, 2)), quoteShort(qualifier))
	}
}

// slot is where a date of delivery is kept; nil for other dates.
func (e *edifactLineDates) slot(qualifier string) *edifactMoment {
	switch {
	case edifactDeliveries[qualifier]:
		return &e.fulfil
	case edifactEarliest[qualifier]:
		return &e.earliest
	case edifactLatest[qualifier]:
		return &e.latest
	}
	return nil
}

// term keeps the ends of a service. They decide nothing, so that one that cannot be read is no problem.
func (e *edifactLineDates) term(read edifactDate, v value, isEnd bool) {
	from, to := read.from, read.to
	if isEnd {
		from, to = "", cmp.Or(read.to, read.from)
	}
	if from != "" && e.start.canonical == "" {
		e.start = edifactMoment{v: v, canonical: from}
	}
	if to != "" && e.end.canonical == "" {
		e.end = edifactMoment{v: v, canonical: to}
	}
}

// delivery is when the goods are delivered: the last of what is said, or the window from the earliest to the latest day.
func (e *edifactLineDates) delivery() edifactMoment {
	window := e.latest
	switch earliest := e.earliest; {
	case window.canonical == "":
		window = earliest
	case earliest.canonical != "" && !earliest.unread && !window.unread && earliest.canonical < window.canonical:
		window.canonical = edifactStretchOf(earliest.canonical, edifactEnd(window.canonical))
	}
	out := e.fulfil
	if window.canonical != "" {
		out.later(window)
	}
	return out
}

// edifactStretchOf writes a stretch of time.
func edifactStretchOf(from, to string) string {
	return from[:strings.IndexByte(from+"/", '/')] + "/" + to
}

// edifactEnd is the last moment of a stretch, or a moment itself.
func edifactEnd(canonical string) string { return canonical[strings.LastIndexByte(canonical, '/')+1:] }

func (e *edifactLineDates) finish(l *lineDraft) {
	for _, one := range [...]struct {
		field string
		m     edifactMoment
	}{{"fulfil_at", e.delivery()}, {"service_start", e.start}, {"service_end", e.end}} {
		if one.m.canonical != "" {
			l.setRead(one.field, one.m.v, one.m.canonical)
		}
	}
}

// later keeps what ends later, and any that was read before one that was not.
func (m *edifactMoment) later(other edifactMoment) {
	switch {
	case m.canonical == "", m.unread && !other.unread, m.unread == other.unread && edifactEnd(other.canonical) > edifactEnd(m.canonical):
		*m = other
	}
}

// moment reads the value of DTM, reporting what is wrong with it. An empty one says nothing.
func (o *edifactOrder) moment(s *edifactSegment, pointer string) (edifactMoment, bool) {
	v := s.at(1, 2)
	if strings.TrimSpace(v.text) == "" {
		return edifactMoment{}, false
	}
	read := edifactReadDate(v.text, s.part(1, 3))
	if read.fault != "" {
		o.problem(problemDate, pointer, v.source, "%s", read.fault)
	}
	if read.from == "" {
		return edifactMoment{v: v, canonical: clean(v.text), unread: true}, true
	}
	if read.to != "" {
		read.from = edifactStretchOf(read.from, read.to)
	}
	return edifactMoment{v: v, canonical: read.from}, true
}

// edifactIsQualifier tells whether a text has the form of a code of element 2005.
func edifactIsQualifier(text string) bool {
	if text == "" || len(text) > 3 || text == "ZZZ" {
		return false
	}
	return strings.ContainsAny(text, "0123456789")
}
