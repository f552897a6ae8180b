// Package dpl reads the Denied Persons List of the Bureau of Industry and Security (BIS): who may not take part in
// exports under a denial order. It is a table with tabs or commas and a line of headers, described in BIS's "Instructions
// for Downloading and Using the Delimited Denied Persons File"
// (https://webarchive.library.unt.edu/eot2008/20080916025709/http:/www.bis.doc.gov/dpl/delimiteddplinstructions.html).
// The page https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl offers a later table that has name
// and address in one column; it is read too.
package dpl

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/features"
	"github.com/interdict/interdict/internal/lists/table"
	"github.com/interdict/interdict/screening"
)

const (
	id   = "bis-dpl"
	part = "dpl.txt"
	home = "https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl"
)

// Publication is the Denied Persons List. The list numbers nobody: ids are made of names, such as bis-dpl:john-doe, and
// of a number where a name stands again (bis-dpl:john-doe-2). Dates are no part of them, since temporary denials are
// renewed every half year with new ones. Rows that have name, dates and citation in common are one entity with several
// addresses.
var Publication = lists.Publication{
	ID:    id,
	Title: "BIS Denied Persons List",
	Home:  home,
	// The old address of the file leads to a web page by now, and the new ones bear a date: it is imported by hand.
	Parts: []lists.Part{{Name: part, Fits: fits}},
	Read:  read,
}

// aliases are other names of columns, of the later table and of what spreadsheets make of it.
var aliases = map[string]string{
	"beginning_date": "effective_date", "begin_date": "effective_date",
	"ending_date": "expiration_date", "end_date": "expiration_date",
	"appropriate_federal_register_citations": "fr_citation", "federal_register_citations": "fr_citation", "federal_register_citation": "fr_citation", "fr_citations": "fr_citation",
	"type_of_denial": "standard_order", "type_of_denial_order": "standard_order",
	"address": "street_address", "zip": "postal_code", "zip_code": "postal_code",
}

func fits(f *lists.File) bool {
	rows := table.Head(f, separator(f), 1)
	if len(rows) == 0 {
		return false
	}
	columns := table.Named(rows[0], aliases)
	has := func(name string) bool { _, ok := columns[name]; return ok }
	return (has("name") || has("name_and_address")) && has("effective_date") && has("expiration_date") && has("fr_citation")
}

// separator is the sign that parts the headers.
func separator(f *lists.File) rune {
	line, _, _ := bytes.Cut(f.Head(), []byte{'\n'})
	if bytes.IndexByte(line, '\t') >= 0 {
		return '\t'
	}
	return ','
}

type reader struct {
	table     *table.Reader
	columns   table.Columns
	places    *screening.Places
	countries *features.Countries
	edition   lists.Edition
	at        map[string]int // key of an entity -> index
	ids       map[string]int // ids that are taken -> the last number behind them
	updated   []string       // days of updates
	effective string         // latest day
}

func read(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
	f := c.Parts[part]
	if f == nil {
		return nil, &lists.Fault{File: part, Detail: "the copy has no " + part + ", the list itself"}
	}
	t, err := table.Open(f, separator(f))
	if err != nil {
		return nil, err
	}
	columns, err := t.Header(ctx, aliases, "effective_date", "expiration_date", "fr_citation")
	if err != nil {
		return nil, err
	}
	if _, ok := columns["name"]; !ok {
		if _, ok := columns["name_and_address"]; !ok {
			return nil, t.Fault("the first line names neither a column name nor name_and_address: this is another table, or its layout was changed")
		}
	}
	r := &reader{
		table: t, columns: columns, places: c.Places, countries: features.NewCountries(c.Places),
		at: map[string]int{}, ids: map[string]int{},
	}
	if err := r.rows(ctx); err != nil {
		return nil, err
	}
	if len(r.edition.Entities) == 0 {
		return nil, &lists.Fault{File: f.Name, Detail: "the file has no entry: an empty list would clear everybody"}
	}
	r.edition.Records = t.Rows() - 1 // the headers are none
	r.edition.AsOf = r.asOf()
	return &r.edition, nil
}

func (r *reader) rows(ctx context.Context) error {
	for {
		row, err := r.table.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.row(row); err != nil {
			return err
		}
	}
}

// asOf is the latest day of an update. The list has slips such as a year 3017: a day long after every order came into
// force is none.
func (r *reader) asOf() string {
	latest := ""
	for _, day := range r.updated {
		if day > latest && (r.effective == "" || day[:4] <= nextYear(r.effective)) {
			latest = day
		}
	}
	return latest
}

// nextYear adds one to the year of a day and returns it with four digits.
func nextYear(day string) string {
	year := []byte(day[:4])
	for i := len(year) - 1; i >= 0; i-- {
		if year[i] < '9' {
			year[i]++
			break
		}
		year[i] = '0'
	}
	return string(year)
}

// key tells entries apart: name, dates and the letters and digits of the citation, whose blanks and signs vary.
func key(name, from, until, citation string) string {
	return strings.Join([]string{strings.ToLower(strings.Join(strings.Fields(name), " ")), from, until, letters(citation)}, "\x00")
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,;:-'\"()", r) {
			return -1
		}
		return r
	}, strings.ToLower(text))
}

// idOf makes an id that no other entity has.
func (r *reader) idOf(name string) screening.EntityID {
	base := id + ":" + slug(name)
	candidate := base
	for r.ids[candidate] > 0 {
		r.ids[base]++
		candidate = base + "-" + strconv.Itoa(r.ids[base])
	}
	r.ids[candidate] = 1
	return screening.EntityID(candidate)
}

// slug writes a name in lower-case letters and digits with hyphens between its words.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "unnamed"
	}
	return strings.Join(words, "-")
}
