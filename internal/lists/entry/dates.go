package entry

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// widestRange is how many years a range of years of birth may have for each of them to be kept.
const widestRange = 20

// BornOn adds a date of birth written YYYY, YYYY-MM or YYYY-MM-DD. Anything else is kept as a remark.
func (e *Draft) BornOn(date string) {
	date = Clean(date)
	switch {
	case date == "":
	case !IsDate(date):
		e.Remark("Born: " + date)
	default:
		e.born.add(date)
	}
}

// BornAbout adds a date of birth that the list calls approximate. It is a remark; its year counts beside exact dates
// only, since alone it would tell people apart who are the same.
func (e *Draft) BornAbout(date string) {
	date = Clean(date)
	if date == "" {
		return
	}
	e.Remark("Born: circa " + date)
	if IsDate(date) {
		e.about = append(e.about, date[:len("2006")])
	}
}

// BornBetween adds each year of a range of years of birth. A range that is open or very wide is only a remark.
func (e *Draft) BornBetween(from, to string) {
	from, to = Clean(from), Clean(to)
	first, errFirst := strconv.Atoi(from)
	last, errLast := strconv.Atoi(to)
	switch {
	case from == "" && to == "":
	case errFirst != nil || errLast != nil || !IsDate(from) || !IsDate(to) || last < first || last-first >= widestRange:
		e.Remark("Born: between " + cmp.Or(from, "?") + " and " + cmp.Or(to, "?"))
	default:
		for year := first; year <= last; year++ {
			e.BornOn(strconv.Itoa(year))
		}
	}
}

// Since sets the first day of the listing. What is no day is kept as the listing's note, and the entry is in force.
func (e *Draft) Since(date string) { e.Listing.From = e.day("Listed on", date) }

// Until sets the day from which the entry is no longer in force. A day that is none, or not after the first, ends
// nothing: it is kept as the listing's note.
func (e *Draft) Until(date string) {
	day := e.day("Delisted on", date)
	if day != "" && day <= e.Listing.From {
		e.Listing.Note = Join("; ", e.Listing.Note, "Delisted on: "+day)
		return
	}
	e.Listing.Until = day
}

func (e *Draft) day(label, date string) string {
	date = Clean(date)
	if day, ok := Day(date); ok {
		return day
	}
	if date != "" {
		e.Listing.Note = Join("; ", e.Listing.Note, label+": "+date)
	}
	return ""
}

// Day returns the day that a text such as 2015-03-27, 2015-03-27-04:00 or 2026-08-05T16:47:04+02:00 begins with.
func Day(text string) (day string, ok bool) {
	const length = len(time.DateOnly)
	if len(text) < length || len(text) > length && strings.IndexByte("T -+Z", text[length]) < 0 {
		return "", false
	}
	day = text[:length]
	return day, IsDate(day)
}

// IsDate tells a date that exists, with or without its day and month.
func IsDate(text string) bool {
	layout := time.DateOnly
	switch len(text) {
	case len("2006"):
		layout = "2006"
	case len("2006-01"):
		layout = "2006-01"
	}
	t, err := time.Parse(layout, text)
	return err == nil && t.Year() > 0
}

// Slashed reads a date that is written day, month and year with slashes, in which letters or noughts stand for what is
// not known: 31/12/1960, dd/07/1960 and 00/00/1960. A year alone and a date as ISO writes it are read too.
func Slashed(text string) (date string, ok bool) {
	text = Clean(text)
	if day, ok := Day(text); ok {
		return day, true
	}
	if IsDate(text) {
		return text, true
	}
	day, rest, _ := strings.Cut(text, "/")
	month, year, found := strings.Cut(rest, "/")
	if !found || len(year) != len("2006") || !IsDate(year) {
		return "", false
	}
	date = year
	if m := number(month); m > 0 {
		date += "-" + two(m)
		if d := number(day); d > 0 {
			date += "-" + two(d)
		}
	}
	return date, IsDate(date)
}

// number returns the value of a part of a date; nought where it is not known.
func number(part string) int {
	n, err := strconv.ParseUint(part, 10, 8)
	if err != nil {
		return 0
	}
	return int(n)
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
