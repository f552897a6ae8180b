// Package csl reads the Consolidated Screening List of the International Trade Administration: the lists of the
// Departments of Commerce, State and the Treasury in one file, as CSV or JSON. The fields are those of the API that
// https://developer.trade.gov describes.
package csl

import (
	"bytes"
	"context"
	"errors"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/table"
)

const (
	id   = "us-csl"
	part = "consolidated.csv"
)

// Publication is the Consolidated Screening List. Every row is an entity with one listing, on the list that its source
// names; ids are made of that list and the number there (ofac-sdn:36), or of the row's own id where the list numbers
// nobody. A source that is not known here keeps its rows, under the list id us-csl.
var Publication = lists.Publication{
	ID:    id,
	Title: "US Consolidated Screening List",
	Home:  "https://www.trade.gov/consolidated-screening-list",
	Parts: []lists.Part{{Name: part, URL: "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv", Fits: fits}},
	Read:  read,
}

// aliases are other names of columns, as older editions had them.
var aliases = map[string]string{
	"id": "_id", "source_list": "source", "sdn_type": "type", "program": "programs", "address": "addresses", "alt_name": "alt_names", "aliases": "alt_names",
	"gross_register_tonnage": "gross_registered_tonnage", "licence_requirement": "license_requirement", "licence_policy": "license_policy",
	"date_of_birth": "dates_of_birth", "place_of_birth": "places_of_birth", "nationality": "nationalities", "citizenship": "citizenships",
}

// telling are columns and fields of which a table of this list has two at least, besides source and name.
var telling = [...]string{"entity_number", "federal_register_notice", "source_list_url", "source_information_url", "license_requirement", "alt_names"}

// fits tells both layouts by the names of their columns or fields.
func fits(f *lists.File) bool {
	has := func(string) bool { return false }
	if head := f.Head(); isJSON(head) {
		has = func(name string) bool { return bytes.Contains(head, []byte(`"`+name+`"`)) }
		if !has("results") {
			return false
		}
	} else if rows := table.Head(f, ',', 1); len(rows) > 0 {
		columns := table.Named(rows[0], aliases)
		has = func(name string) bool { _, ok := columns[name]; return ok }
	}
	found := 0
	for _, name := range telling {
		if has(name) {
			found++
		}
	}
	return has("source") && has("name") && found >= 2
}

func isJSON(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && text[0] == '{'
}

// read tells the layout by the content: both are the same part.
func read(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
	f := c.Parts[part]
	if f == nil {
		return nil, &lists.Fault{File: part, Detail: "the copy has no " + part + ", the list itself"}
	}
	m := newMapper(c.Places, f)
	readRecords := readCSV
	if isJSON(f.Head()) {
		readRecords = readJSON
	}
	var cut *table.CutError
	switch err := readRecords(ctx, f, m); {
	case errors.As(err, &cut):
		m.edition.Cut = cut.Error()
	case err != nil:
		return nil, err
	}
	if len(m.edition.Entities) == 0 {
		return nil, &lists.Fault{File: f.Name, Detail: "the file has no entry: an empty list would clear everybody"}
	}
	return &m.edition, nil
}
