// Package fcc reads the Covered List of the Federal Communications Commission.
//
// The list is a table of prose at https://www.fcc.gov/supplychain/coveredlist, kept under 47 CFR 1.50002: what equipment
// or service is covered, and since when. It is read from that table as CSV with the headers of the page.
package fcc

import (
	"context"
	"strings"
	"time"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
)

const list screening.ListID = "fcc-covered-list"

const (
	part  = "covered-list.csv"
	title = "FCC Covered List"
	home  = "https://www.fcc.gov/supplychain/coveredlist"
)

// The headers of the two columns.
const (
	what = "covered_equipment_or_services"
	when = "date_of_inclusion_on_covered_list"
)

// Publication is the list of equipment and services, as the companies that its rows name as their makers or suppliers.
// A row that names none, such as one of all foreign-made drones, is counted and gives no entity. The whole row is the
// entity's note. The list has no numbers of its own.
var Publication = lists.Publication{
	ID: string(list), Title: title, Home: home,
	Parts: []lists.Part{{Name: part, Fits: fits}},
	Read:  read,
}

func fits(f *lists.File) bool {
	head, _, _ := strings.Cut(string(f.Head()), "\n")
	head = entry.HeaderKey(head)
	return strings.HasPrefix(head, what) && strings.Contains(head, when)
}

func read(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
	f, err := entry.Part(c, part)
	if err != nil {
		return nil, err
	}
	t, err := entry.OpenTable(ctx, f, ',')
	if err != nil {
		return nil, err
	}
	columns, err := t.Columns(what, when)
	if err != nil {
		return nil, err
	}
	r := reader{maker: entry.NewMaker(list, title, home, c.Places, nil), drafts: map[string]*entry.Draft{}}
	for {
		more, err := t.Next()
		if err != nil {
			return nil, err
		}
		if !more {
			return r.edition(), nil
		}
		text, date := t.Cell(columns[0]), t.Cell(columns[1])
		day, written := included(date)
		switch {
		case text == "":
			return nil, t.Fault("the row does not say what is covered")
		case len(text) > maxText:
			return nil, t.Fault("the row is longer than %d KB: a quotation mark before it is probably never closed", maxText>>10)
		case day == "":
			return nil, t.Fault("the date of inclusion %s is no date such as March 12, 2021", entry.Quote(date))
		}
		if err := r.add(t, text, day, written); err != nil {
			return nil, err
		}
	}
}

// maxText is how long a row may be; the longest real one has about 1 KB.
const maxText = 16 << 10

// included reads the date of inclusion, behind which those of changes may stand: March 23, 2026Updated:June 15, 2026.
func included(text string) (day, written string) {
	written, _, _ = strings.Cut(text, "Updated")
	written = strings.TrimRight(entry.Clean(written), " .;:*")
	t, err := time.Parse("January 2, 2006", written)
	if err != nil {
		return "", ""
	}
	return t.Format(time.DateOnly), written
}

// reader keeps the companies in the order in which the list names them.
type reader struct {
	maker   *entry.Maker
	drafts  map[string]*entry.Draft // by the letters of the name
	order   []*entry.Draft
	records int
}

// add makes an entry of each company that a row names. One that an earlier row names has one entry for both, in force
// since the first. A row that seems to name somebody in words that are not read is a fault.
func (r *reader) add(t *entry.Table, text, day, written string) error {
	r.records++
	found, missed := companies(text)
	if missed != "" {
		return t.Fault("the row seems to name the company %s in words that are not read here", entry.Quote("... "+missed))
	}
	for _, name := range found {
		key := entry.Slug(name)
		d := r.drafts[key]
		if d == nil {
			d = r.maker.New(screening.Organisation, "", "", name)
			r.drafts[key] = d
			r.order = append(r.order, d)
		}
		if d.Listing.From == "" || day < d.Listing.From {
			d.Listing.From = day
			d.Listing.Citation = title + ", row of " + written
		}
		d.Remark(text)
	}
	return nil
}

func (r *reader) edition() *lists.Edition {
	e := &lists.Edition{Records: r.records, Entities: make([]screening.Entity, 0, len(r.order))}
	for _, d := range r.order {
		e.Entities = append(e.Entities, d.Done())
	}
	return e
}
