package documents

import (
	"fmt"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// x12DateUse is what a date says of the deal.
type x12DateUse uint8

const (
	x12UnknownDate x12DateUse = iota
	x12OtherDate              // known, and no date of the deal
	x12BegunDate              // of the order, in its first segment
	x12ChangedDate            // of the change that the message is
	x12OrderDate
	x12CreationDate // of the message
	x12DeliveryDate // asked for, planned or promised: a window's ends are two of them
	x12LastDate     // after which nothing is to be delivered any more
	x12ServiceStart
	x12ServiceEnd
	x12Effective
	x12Expiry
)

// x12Date is a date of an order or line.
type x12Date struct {
	use      x12DateUse
	v        value
	from, to string // in a form that the engine reads; empty where the date cannot be read
	fault    string // what is wrong with it
}

// day is the last day of the date, for comparing.
func (d x12Date) day() string { return d.to[:min(len(d.to), len(time.DateOnly))] }

// after tells whether the date is of a later day than another, or tells more of the same day.
func (d x12Date) after(other x12Date) bool {
	return d.day() > other.day() || d.day() == other.day() && len(d.to) > len(other.to)
}

// x12DateParts are the elements of a date: DTM02 to DTM06, or fewer of them.
type x12DateParts struct {
	day, clock, zone value
	format           string // a century in old versions, else the format of period
	period           value
}

// x12ReadDate reads a date. One whose form is not known keeps its text: the engine tells whether it can be read.
func x12ReadDate(use x12DateUse, p x12DateParts) x12Date {
	d := x12Date{use: use, v: p.day}
	century := ""
	if len(p.format) == 2 && strings.IndexFunc(p.format, x12NoDigit) < 0 {
		century = p.format
	} else if p.day.text == "" && p.period.text != "" {
		d.v = p.period
		return d.readPeriod(p.format)
	}
	if strings.Trim(p.day.text, "0") == "" {
		d.v = value{} // no date at all
		return d
	}
	text := p.day.text
	if i := strings.IndexFunc(text, x12NoDigit); i == len("YYMMDD") && len(text) == i+len(":CC") {
		text, century = text[:i], text[i+1:] // the composite date of 003070
	}
	day, ok := x12Day(text, century)
	switch {
	case ok:
		d.from, d.fault = x12Moment(day, p.clock.text, p.zone.text)
	case len(text) >= len(time.DateOnly) && text[4] == '-' && screening.CheckDate(text) == nil:
		d.from = text
	default:
		d.fault = fmt.Sprintf("%s is no date that can be read: want CCYYMMDD.", quoteShort(p.day.text))
	}
	d.to = d.from
	return d
}

// readPeriod reads DTM06 in the format that DTM05 names.
func (d x12Date) readPeriod(format string) x12Date {
	from, to, isRange := d.v.text, "", false
	if strings.HasPrefix(format, "R") {
		from, to, isRange = strings.Cut(from, "-")
	}
	read := func(text string) string {
		day, clock := text, ""
		if format == "DT" || format == "RDT" {
			if len(text) < len("20060102") {
				return ""
			}
			day, clock = text[:len("20060102")], text[len("20060102"):]
		}
		t, ok := x12Day(day, "")
		if !ok {
			return ""
		}
		moment, _ := x12Moment(t, clock, "")
		return moment
	}
	switch format {
	case "D8", "D6", "DT", "RD8", "RD6", "RDT":
		d.from = read(from)
		d.to = d.from
		if isRange {
			d.to = read(to)
		}
	}
	if d.from == "" || d.to == "" {
		d.from, d.to = "", ""
		d.fault = fmt.Sprintf("%s in the format %s is no date that can be read.", quoteShort(d.v.text), quoteShort(format))
	}
	return d
}

func x12NoDigit(r rune) bool { return r < '0' || r > '9' }

// x12Pivot is the first two-digit year that is of the last century.
const x12Pivot = 50

// x12Day reads CCYYMMDD and YYMMDD.
func x12Day(text, century string) (time.Time, bool) {
	if len(text) == len("060102") {
		if century == "" {
			century = "20"
			if text[:2] >= fmt.Sprint(x12Pivot) {
				century = "19"
			}
		}
		text = century + text
	}
	t, err := time.Parse("20060102", text)
	return t, err == nil && text == t.Format("20060102")
}

// x12Moment adds the time of day, HHMM or HHMMSS with fractions, in the zone of element 623. A time that cannot be read
// leaves the day, which holds every time of it.
func x12Moment(day time.Time, clock, zone string) (moment, fault string) {
	if len(clock) < len("1504") || strings.IndexFunc(clock, x12NoDigit) >= 0 {
		return day.Format(time.DateOnly), ""
	}
	t, err := time.Parse("150405", (clock + "00")[:len("150405")])
	if err != nil {
		return day.Format(time.DateOnly), ""
	}
	const local = "2006-01-02T15:04:05"
	y, m, d := day.Date()
	place, known := x12Zone(strings.ToUpper(zone))
	switch {
	case !known:
		return day.Format(time.DateOnly), fmt.Sprintf("The time zone %s is not known. The date was read as a day.", quoteShort(zone))
	case place == nil:
		return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC).Format(local), ""
	}
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, place).Format(time.RFC3339), ""
}

// x12Zone returns the zone of a code; none, and known, for local time.
func x12Zone(code string) (zone *time.Location, known bool) {
	if len(code) == 3 && code[2] == 'T' && (code[1] == 'S' || code[1] == 'D') {
		code = code[:2] // EST
	}
	if code == "" || code == "LT" {
		return nil, true
	}
	if place, found := x12ZonePlaces[code]; found {
		zone, err := time.LoadLocation(place)
		return zone, err == nil
	}
	if minutes, found := x12ZoneMinutes[code]; found {
		return time.FixedZone("", minutes*60), true
	}
	return nil, false
}

// x12ZonePlaces are zones with standard and daylight time, of which the date decides.
var x12ZonePlaces = map[string]string{
	"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles", "AT": "America/Anchorage",
	"HT": "Pacific/Honolulu", "NT": "America/St_Johns", "TT": "America/Halifax",
}

// x12ZoneMinutes are zones of one offset, in minutes east of UTC. 01 to 12 lie east; 13 to 24 count down from 12 west.
var x12ZoneMinutes = map[string]int{
	"UT": 0, "GM": 0, "UTC": 0, "GMT": 0, "ES": -300, "ED": -240, "CS": -360, "CD": -300, "MS": -420, "MD": -360, "PS": -480, "PD": -420,
	"AS": -540, "AD": -480, "HS": -600, "HD": -540, "NS": -210, "ND": -150, "TS": -240, "TD": -180,
	"01": 60, "02": 120, "03": 180, "04": 240, "05": 300, "06": 360, "07": 420, "08": 480, "09": 540, "10": 600, "11": 660, "12": 720,
	"13": -720, "14": -660, "15": -600, "16": -540, "17": -480, "18": -420, "19": -360, "20": -300, "21": -240, "22": -180, "23": -120, "24": -60,
	"25": -150, "26": -210, "27": 330, "28": 570, "29": 630,
}

// x12Latest returns the last day among the dates of a use, the one that tells more where two are of one day. What was
// asked for in a window may be done at its end.
func x12Latest(dates []x12Date, use x12DateUse) (x12Date, bool) {
	var best x12Date
	for _, d := range dates {
		if d.use != use || d.to == "" {
			continue
		}
		if d.after(best) {
			best = d
		}
	}
	return best, best.to != ""
}

// x12First returns the first date among uses, in the order of the uses.
func x12First(dates []x12Date, uses ...x12DateUse) (x12Date, bool) {
	for _, use := range uses {
		for _, d := range dates {
			if d.use == use && d.to != "" {
				return d, true
			}
		}
	}
	return x12Date{}, false
}

// finishDates sets when the order was agreed and is to be performed.
func (o *x12Order) finishDates() {
	dates := o.dates
	if o.change {
		dates = x12OfChange(dates, o.set)
	}
	agreed, dated := x12Agreed(dates)
	if dated {
		o.d.setRead("ordered_at", agreed.v, agreed.from)
	}
	performed, planned := x12Performed(dates)
	if planned {
		o.d.setRead("fulfil_at", performed.v, performed.to)
	}
	for _, d := range dates {
		switch d.use {
		case x12BegunDate, x12ChangedDate, x12OrderDate:
			o.checkOrderDate(d, agreed)
		case x12DeliveryDate:
			o.reportDate("fulfil_at", d, !planned)
		case x12UnknownDate:
			if !dated && !planned {
				o.d.problem(problemDate, "", d.v.source, "The order has no date, and it is not known what this one is: want BEG05, or DTM 004 or 002.")
			}
		}
	}
}

// checkOrderDate reports a date of the order that cannot be read, or that is of another day than the one that was taken.
func (o *x12Order) checkOrderDate(d, agreed x12Date) {
	o.reportDate("ordered_at", d, true)
	if !o.change && d.from != "" && d.day() != agreed.day() {
		o.d.setRead("ordered_at", d.v, d.from) // the draft reports a field that stands twice
	}
}

// reportDate reports what is wrong with a date. Where there is no better one, its text stands for it.
func (o *x12Order) reportDate(field string, d x12Date, missing bool) {
	if d.fault == "" {
		return
	}
	o.d.problem(problemDate, "/"+field, d.v.source, "%s", d.fault)
	if d.from == "" && missing {
		o.d.set(field, d.v)
	}
}

// x12Agreed is the date of the order: as its first segment says, to the minute where another date of that day does, else
// by what comes next to it.
func x12Agreed(dates []x12Date) (x12Date, bool) {
	var best x12Date
	for _, use := range [...]x12DateUse{x12BegunDate, x12ChangedDate, x12OrderDate} {
		if d, found := x12Latest(dates, use); found && (best.from == "" || d.after(best)) {
			best = d
		}
	}
	created, found := x12Latest(dates, x12CreationDate)
	switch {
	case best.from == "" && found:
		best = created
	case best.from == "":
		best, _ = x12First(dates, x12Effective)
	case found && created.day() == best.day() && created.after(best):
		best = created
	}
	return best, best.from != ""
}

// x12OfChange adds when a change was sent, where it does not say when it was made. What a change adds is agreed then,
// not when the order was placed.
func x12OfChange(dates []x12Date, s *x12Set) []x12Date {
	if _, found := x12Latest(dates, x12ChangedDate); found || s.groupDate == "" {
		return dates
	}
	sent := x12ReadDate(x12ChangedDate, x12DateParts{day: value{s.groupDate, "GS/04"}})
	if sent.fault != "" {
		return dates // nothing that the order says
	}
	return append(dates[:len(dates):len(dates)], sent)
}

// x12Performed is when the order or line is to be delivered, else the day after which it is not to be any more.
func x12Performed(dates []x12Date) (x12Date, bool) {
	for _, use := range [...]x12DateUse{x12DeliveryDate, x12LastDate} {
		if d, found := x12Latest(dates, use); found {
			return d, true
		}
	}
	return x12Date{}, false
}
