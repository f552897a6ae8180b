// Package opensanctions reads the simplified tables of OpenSanctions, which gather the lists of many publishers.
//
// The layout is that of any targets.simple.csv of https://www.opensanctions.org/docs/bulk/csv/: one row an entity, the
// columns found by their headers. A cell of several values is itself a row of CSV with semicolons.
package opensanctions

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
	"github.com/interdict/interdict/screening"
)

const list screening.ListID = "opensanctions"

const (
	part = "targets.simple.csv"
	home = "https://www.opensanctions.org/datasets/"
)

// Publication is any data set of OpenSanctions. Its file is given by hand: which data set it is, and under which licence
// it may be used, is for its giver to say. An entry's number is its id, its programmes are the program_ids, and it cites
// the first sanction or else the data set. The table does not say since when somebody is listed, so every entry is in
// force. It does not tell nationalities from other countries either. Phone numbers and e-mail addresses are not kept.
var Publication = lists.Publication{
	ID: string(list), Title: "OpenSanctions", Home: home,
	Parts: []lists.Part{{Name: part, Fits: fits}},
	Read:  read,
}

// needed are the columns without which the table cannot be read. All others may be missing: older tables have fewer.
var needed = []string{"id", "schema", "name", "aliases"}

func fits(f *lists.File) bool {
	head, _, _ := strings.Cut(string(f.Head()), "\n")
	head = strings.ReplaceAll(strings.TrimSpace(head), `"`, "")
	return strings.HasPrefix(head, "id,schema,name,aliases,")
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
	r := reader{table: t, maker: entry.NewMaker(list, "OpenSanctions", home, c.Places, nil)}
	if err := r.find(); err != nil {
		return nil, err
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
	table   *entry.Table
	maker   *entry.Maker
	edition lists.Edition
	values  []string // of the cell that was read last

	id, schema, name, aliases, births, countries, addresses, identifiers, sanctions, programs, datasets, seen int
}

func (r *reader) find() error {
	found, err := r.table.Columns(needed...)
	if err != nil {
		return err
	}
	r.id, r.schema, r.name, r.aliases = found[0], found[1], found[2], found[3]
	for header, column := range map[string]*int{
		"birth_date": &r.births, "countries": &r.countries, "addresses": &r.addresses, "identifiers": &r.identifiers,
		"sanctions": &r.sanctions, "program_ids": &r.programs, "dataset": &r.datasets, "last_seen": &r.seen,
	} {
		*column = -1
		if i, ok := r.table.Column(header); ok {
			*column = i
		}
	}
	return nil
}

// kinds are the schemata of what is neither company nor anything that is listed like one.
var kinds = map[string]screening.PartyKind{"Person": screening.Person, "Vessel": screening.Craft, "Airplane": screening.Craft}

func (r *reader) add() error {
	t := r.table
	r.edition.Records++
	id, name := t.Cell(r.id), entry.Clean(t.Cell(r.name))
	switch {
	case id == "":
		return t.Fault("the row has no id")
	case !entry.Says(name):
		return t.Fault("the row %s has no name", entry.Quote(id))
	}
	d := r.maker.New(cmp.Or(kinds[t.Cell(r.schema)], screening.Organisation), id, "", name)
	d.Listing.URL = "https://www.opensanctions.org/entities/" + url.PathEscape(id) + "/"
	if err := r.fill(d); err != nil {
		return err
	}
	if day, ok := entry.Day(t.Cell(r.seen)); ok && day > r.edition.AsOf {
		r.edition.AsOf = day
	}
	r.edition.Entities = append(r.edition.Entities, d.Done())
	return nil
}

func (r *reader) fill(d *entry.Draft) error {
	for _, field := range []struct {
		column int
		add    func(value string)
	}{
		{r.aliases, func(v string) { d.Alias(v, entry.Script(v), "") }},
		{r.births, d.BornOn},
		{r.countries, func(v string) { r.country(d, v) }},
		{r.addresses, func(v string) { d.Address([]string{v}, "", "") }},
		{r.identifiers, func(v string) { addNumber(d, v) }},
		{r.programs, func(v string) { d.Under(v) }},
		{r.sanctions, func(v string) { cite(d, v) }},
		{r.datasets, func(v string) { d.Listing.Citation = cmp.Or(d.Listing.Citation, entry.Clean(v)) }},
	} {
		if err := r.split(field.column); err != nil {
			return err
		}
		for _, v := range r.values {
			field.add(v)
		}
	}
	return nil
}

// cite takes the first sanction as what the entry cites. The others are remarks.
func cite(d *entry.Draft, sanction string) {
	if d.Listing.Citation == "" {
		d.Listing.Citation = entry.Clean(sanction)
		return
	}
	d.Remark(sanction)
}

// country adds a country by its code. Besides those of ISO 3166 there are codes of regions, such as ua-cri, which are the
// country, and of states that are no more, which are a remark.
func (r *reader) country(d *entry.Draft, code string) {
	if d.In(code) != "" {
		return
	}
	if country, _, region := strings.Cut(code, "-"); region && d.In(country) != "" {
		return
	}
	d.Remarks("Country", []string{code})
}

// addNumber adds an identifier. The table does not say of what kind a number is, but for those of ships.
func addNumber(d *entry.Draft, value string) {
	if len(value) > 3 && value[:3] == "IMO" {
		d.IMO(value)
		return
	}
	d.Number("identifier", value)
}

// split reads the values of a cell of the row.
func (r *reader) split(column int) error {
	r.values = r.values[:0]
	rest := r.table.Cell(column)
	for rest != "" {
		var value string
		if rest[0] != '"' {
			value, rest, _ = strings.Cut(rest, ";")
			r.values = append(r.values, value)
			continue
		}
		end := closing(rest)
		if end < 0 || end+1 < len(rest) && rest[end+1] != ';' {
			return r.table.Fault("in the column %s a quotation mark is not closed, or text stands behind a closed one", entry.Quote(r.table.Titles[column]))
		}
		r.values = append(r.values, strings.ReplaceAll(rest[1:end], `""`, `"`))
		rest = rest[min(end+2, len(rest)):]
	}
	r.values = slices.DeleteFunc(r.values, func(v string) bool { return strings.TrimSpace(v) == "" })
	return nil
}

// closing finds the quotation mark that closes the one at the start; two together are one of the text.
func closing(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) || text[i+1] != '"' {
			return i
		}
		i++
	}
	return -1
}
