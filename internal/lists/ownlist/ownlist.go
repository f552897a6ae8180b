// Package ownlist reads lists that a caller keeps: a table with separators, and a mapping that says what its columns are.
package ownlist

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// New returns the publication that a mapping describes. A mapping is YAML such as
//
//	id: our-watch-list
//	title: Watch list of the group
//	kind: organisation # of every row; person or craft (a ship or an aircraft) otherwise
//	dates: dmy         # 31.12.2026; mdy is 12/31/2026; left out, dates are 2026-12-31
//	many: ";"          # parts several values in one cell
//	columns:
//	  name: Company
//	  aliases: Also known as
//	  country: Country
//	  address: [Street, Town]
//	  identifiers: {tax_id: Tax number}
//	  from: Since
//	  note: Reason
//
// The other columns are weak_aliases, kind, born, nationality, programs, until, citation, url and uid; name is the only
// one that must be there. Columns are found by their headers, without regard to case and signs. separator is comma,
// semicolon, tab or bar, and is found where it is left out. An error names each faulty line of the mapping and what to
// write there.
//
// The publication has one part, the id with .csv. A row without a name, with a date that cannot be read or a uid that
// stands twice is a fault of the list. A row without a uid is known by its name.
func New(text []byte) (lists.Publication, error) {
	m, err := load(text)
	if err != nil {
		return lists.Publication{}, err
	}
	part := m.ID + ".csv"
	return lists.Publication{
		ID: m.ID, Title: m.Title,
		Parts: []lists.Part{{Name: part, Fits: m.fits}},
		Read: func(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
			f, err := entry.Part(c, part)
			if err != nil {
				return nil, err
			}
			return m.read(ctx, f, c.Places)
		},
	}, nil
}

// fits tells a table that has every column of the mapping.
func (m *mapping) fits(f *lists.File) bool {
	head := &lists.File{Name: f.Name, Data: f.Head()}
	if end := strings.LastIndexAny(string(head.Data), "\r\n"); end > 0 {
		head.Data = head.Data[:end]
	}
	t, err := m.open(context.Background(), head)
	return err == nil && m.missing(t) == ""
}

// open opens the table with the separator that finds the most columns.
func (m *mapping) open(ctx context.Context, f *lists.File) (*entry.Table, error) {
	var best *entry.Table
	var fault error
	fewest := 0
	for _, separator := range m.separators() {
		t, err := entry.OpenTable(ctx, f, separator)
		if err != nil {
			fault = cmp.Or(fault, err)
			continue
		}
		lacks := 0
		for _, title := range m.titles() {
			if !t.Has(title) {
				lacks++
			}
		}
		if best == nil || lacks < fewest {
			best, fewest = t, lacks
		}
	}
	if best == nil {
		return nil, fault
	}
	return best, nil
}

// missing is the first column of the mapping that a table lacks; empty where it has them all.
func (m *mapping) missing(t *entry.Table) string {
	for _, title := range m.titles() {
		if _, ok := t.Column(title); !ok {
			return title
		}
	}
	return ""
}

func (m *mapping) read(ctx context.Context, f *lists.File, places *screening.Places) (*lists.Edition, error) {
	t, err := m.open(ctx, f)
	if err != nil {
		return nil, err
	}
	if title := m.missing(t); title != "" {
		return nil, t.Lacking(title)
	}
	r := reader{
		mapping: m, table: t, uids: map[string]int{}, at: map[string]int{},
		maker: entry.NewMaker(screening.ListID(m.ID), m.Title, "", places, nil),
	}
	for _, title := range m.titles() {
		r.at[title], _ = t.Column(title)
	}
	for {
		more, err := t.Next()
		if err != nil {
			return nil, err
		}
		if !more {
			return &r.edition, nil
		}
		if err := r.add(); err != nil {
			return nil, err
		}
	}
}

type reader struct {
	mapping *mapping
	table   *entry.Table
	maker   *entry.Maker
	at      map[string]int // the columns by the mapping's words for them
	uids    map[string]int // the line of each
	edition lists.Edition
}

func (r *reader) add() error {
	cols := &r.mapping.Columns
	r.edition.Records++
	name := r.joined(" ", cols.Name)
	if !entry.Says(name) {
		return r.table.Fault("the row has no name: fill %s, or take the row out", cols.Name)
	}
	uid := r.cell(cols.UID)
	if line, taken := r.uids[uid]; taken && uid != "" {
		return r.table.Fault("the uid %s stands on line %d already: every row needs its own", entry.Quote(uid), line)
	}
	r.uids[uid] = r.table.Line
	kind, err := r.kind()
	if err != nil {
		return err
	}
	d := r.maker.New(kind, uid, "", name)
	for _, v := range r.values(cols.Aliases) {
		d.Alias(v, entry.Script(v), "")
	}
	for _, v := range r.values(cols.WeakAliases) {
		d.Alias(v, names.Weak, "")
	}
	r.places(d)
	r.numbers(d)
	if err := r.dates(d); err != nil {
		return err
	}
	d.Under(r.values(cols.Programs)...)
	d.Listing.Citation, d.Listing.URL = r.cell(cols.Citation), r.cell(cols.URL)
	for _, title := range cols.Note.titles {
		d.Remark(r.text(title))
	}
	r.edition.Entities = append(r.edition.Entities, d.Done())
	return nil
}

// text is the cell of a column.
func (r *reader) text(title string) string { return r.table.Cell(r.at[title]) }

// cell is the cell of a field that has one column; empty where it has none.
func (r *reader) cell(c columns) string {
	if len(c.titles) == 0 {
		return ""
	}
	return entry.Clean(r.text(c.titles[0]))
}

// joined is the text of all columns of a field.
func (r *reader) joined(separator string, c columns) string {
	parts := make([]string, len(c.titles))
	for i, title := range c.titles {
		parts[i] = r.text(title)
	}
	return entry.Join(separator, parts...)
}

// values are the values of all columns of a field, each cell parted where the mapping says how.
func (r *reader) values(c columns) []string {
	var out []string
	for _, title := range c.titles {
		cells := []string{r.text(title)}
		if r.mapping.Many != "" {
			cells = strings.Split(cells[0], r.mapping.Many)
		}
		for _, v := range cells {
			if v = strings.TrimSpace(v); v != "" {
				out = append(out, v)
			}
		}
	}
	return out
}

// kind is what a row is about: what its own cell says, else what the mapping says of all rows. A row that has a date of
// birth is about a person where neither says.
func (r *reader) kind() (screening.PartyKind, error) {
	cols := &r.mapping.Columns
	word := cmp.Or(r.cell(cols.Kind), r.mapping.Kind)
	if word == "" {
		if len(r.values(cols.Born)) > 0 {
			return screening.Person, nil
		}
		return screening.Organisation, nil
	}
	kind, known := kinds[strings.ToLower(word)]
	if !known {
		return "", r.table.Fault("%s holds %s: want organisation, person or craft", cols.Kind, entry.Quote(word))
	}
	return kind, nil
}

// places adds addresses and countries. The country is part of the address where there is one of each; one that is not
// known stays as text.
func (r *reader) places(d *entry.Draft) {
	cols := &r.mapping.Columns
	addresses, countries := r.values(cols.Address), r.values(cols.Country)
	if len(cols.Address.titles) > 1 {
		addresses = []string{r.joined(", ", cols.Address)}
	}
	if len(addresses) <= 1 && len(countries) == 1 {
		d.Address(addresses, countries[0], "")
	} else {
		for _, a := range addresses {
			d.Address([]string{a}, "", "")
		}
		for _, c := range countries {
			d.Address(nil, c, "")
		}
	}
	for _, n := range r.values(cols.Nationality) {
		d.Citizen(n)
	}
}

func (r *reader) numbers(d *entry.Draft) {
	for _, kind := range r.mapping.types {
		for _, v := range r.values(r.mapping.Columns.Identifiers[kind]) {
			switch kind {
			case "website":
				d.Websites(v)
			case "imo":
				d.IMO(v)
			default:
				d.Number(kind, v)
			}
		}
	}
}

func (r *reader) dates(d *entry.Draft) error {
	cols := &r.mapping.Columns
	for _, v := range r.values(cols.Born) {
		date, ok := r.mapping.date(v)
		if !ok {
			return r.noDate(cols.Born, v)
		}
		d.BornOn(date)
	}
	days := [2]string{}
	for i, c := range []columns{cols.From, cols.Until} {
		v := r.cell(c)
		date, ok := r.mapping.date(v)
		if v != "" && (!ok || len(date) != len("2006-01-02")) {
			return r.noDate(c, v)
		}
		days[i] = date
	}
	if days[1] != "" && days[1] <= days[0] {
		return r.table.Fault("%s is not after %s", cols.Until, cols.From)
	}
	d.Since(days[0])
	d.Until(days[1])
	return nil
}

func (r *reader) noDate(c columns, v string) error {
	return r.table.Fault("%s holds %s, which is no date as %s", c, entry.Quote(v), dateStyles[r.mapping.Dates])
}

var kinds = map[string]screening.PartyKind{
	"organisation": screening.Organisation, "organization": screening.Organisation, "company": screening.Organisation,
	"entity": screening.Organisation, "firm": screening.Organisation,
	"person": screening.Person, "individual": screening.Person,
	"craft": screening.Craft, "ship": screening.Craft, "vessel": screening.Craft, "aircraft": screening.Craft,
}

// kindWords are the words that a mapping writes.
var kindWords = []string{"organisation", "person", "craft"}

// titles are the headers of all columns of the mapping.
func (m *mapping) titles() []string {
	var out []string
	for _, f := range m.fields() {
		out = append(out, f.columns.titles...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
