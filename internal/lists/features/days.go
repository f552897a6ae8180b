package features

import (
	"strconv"
	"strings"
	"time"
)

// Day reads a day, month or year as OFAC and the Consolidated Screening List write it (10 Dec 1948, Dec 1948, 1948,
// 1948-12-10, 12/10/1948) and returns it as YYYY-MM-DD, YYYY-MM or YYYY; empty where it is none of these.
func Day(text string) string {
	text = strings.TrimSpace(text)
	for _, l := range layouts {
		if len(text) < l.least || len(text) > l.most {
			continue
		}
		if day, err := time.Parse(l.read, text); err == nil && day.Year() >= firstYear {
			return day.Format(l.write)
		}
	}
	return ""
}

const firstYear = 1000

var layouts = [...]struct {
	read, write string
	least, most int
}{
	{"2 Jan 2006", time.DateOnly, 10, 11},
	{time.DateOnly, time.DateOnly, 10, 10},
	{"2006-01", "2006-01", 7, 7},
	{"2006", "2006", 4, 4},
	{"Jan 2006", "2006-01", 8, 8},
	{"1/2/2006", time.DateOnly, 8, 10},
	{"2 January 2006", time.DateOnly, 10, 17},
	{"January 2006", "2006-01", 8, 14},
	{time.DateTime, time.DateOnly, 19, 19},
	{time.RFC3339, time.DateOnly, 20, 25},
}

// longestRange is the longest stretch of years that is kept year by year. A longer one tells nothing of a person.
const longestRange = 10

// Births collects the dates of birth that a list gives of one person.
type Births struct {
	exact []string
	about []string
}

// Add reads one date of birth: a day, month or year, a stretch of them (1962 to 1963), or one with circa before it.
func (b *Births) Add(text string) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "circa "); ok {
		if years := stretch(rest, "-"); years != nil {
			b.about = append(b.about, years...)
		} else if day := Day(rest); day != "" {
			b.about = append(b.about, day[:len("2006")])
		}
		return
	}
	if years := stretch(text, " to "); years != nil {
		b.exact = append(b.exact, years...)
	} else if day := Day(text); day != "" {
		b.exact = append(b.exact, day)
	}
}

// stretch returns every year of a stretch, none where the text is no stretch or the stretch is too long.
func stretch(text, between string) []string {
	before, after, ok := strings.Cut(text, between)
	if !ok {
		return nil
	}
	first, last := yearOf(before), yearOf(after)
	if first == 0 || last < first || last-first > longestRange {
		return nil
	}
	years := make([]string, 0, last-first+1)
	for year := first; year <= last; year++ {
		years = append(years, strconv.Itoa(year))
	}
	return years
}

func yearOf(text string) int {
	day := Day(text)
	if day == "" {
		return 0
	}
	year, err := strconv.Atoi(day[:len("2006")])
	if err != nil {
		return 0
	}
	return year
}

// Dates returns the first date and the further ones. A year that is only about right is given beside an exact date and
// never alone: alone it would tell a person whose true year is the next one from the entry.
func (b *Births) Dates() (born string, also []string) {
	if len(b.exact) == 0 {
		return "", nil
	}
	born = b.exact[0]
	for _, group := range [...][]string{b.exact[1:], b.about} {
		for _, day := range group {
			if day != born {
				also = AddNew(also, day)
			}
		}
	}
	return born, also
}
