package csl

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/table"
)

// record is one row or object, with lists taken apart.
type record struct {
	id, source, number, kind, name, title, country string
	notice, start, end, order, requirement, policy string
	callSign, vessel, tonnage, gross, flag, owner  string
	remarks, listURL, informationURL               string

	programs, names, citizenships, nationalities, births, birthplaces []string

	addresses []address
	numbers   []numbered
}

// address has its country besides where the layout gives it so.
type address struct{ text, country string }

// numbered is a feature as OFAC calls it (Passport, 123, IR); most are numbers.
type numbered struct{ label, value, country string }

func readCSV(ctx context.Context, f *lists.File, m *mapper) error {
	t, err := table.Open(f, ',')
	if err != nil {
		return err
	}
	columns, err := t.Header(ctx, aliases, "source", "name")
	if err != nil {
		return err
	}
	var r record
	for {
		row, err := t.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if r.fromRow(columns, row); r.isHeader() {
			continue // files that were put together have it again
		}
		if r.name == "" {
			return t.Fault("the entry has no name")
		}
		m.add(&r)
	}
}

func (r *record) isHeader() bool { return r.source == "source" && r.name == "name" }

func (r *record) fromRow(c table.Columns, row []string) {
	of := func(name string) string { return c.Of(row, name) }
	*r = record{
		id: of("_id"), source: of("source"), number: of("entity_number"), kind: of("type"), name: of("name"), title: of("title"), country: of("country"),
		notice: of("federal_register_notice"), start: of("start_date"), end: of("end_date"), order: of("standard_order"),
		requirement: of("license_requirement"), policy: of("license_policy"),
		callSign: of("call_sign"), vessel: of("vessel_type"), tonnage: of("gross_tonnage"), gross: of("gross_registered_tonnage"), flag: of("vessel_flag"), owner: of("vessel_owner"),
		remarks: of("remarks"), listURL: of("source_list_url"), informationURL: of("source_information_url"),
		programs: items(of("programs")), names: items(of("alt_names")), citizenships: items(of("citizenships")), nationalities: items(of("nationalities")),
		births: items(of("dates_of_birth")), birthplaces: items(of("places_of_birth")),
		addresses: r.addresses[:0], numbers: r.numbers[:0],
	}
	for _, text := range items(of("addresses")) {
		r.addresses = append(r.addresses, address{text: text})
	}
	for _, text := range items(of("ids")) {
		r.numbers = append(r.numbers, readNumbered(text))
	}
}

// items parts a cell at its semicolons.
func items(cell string) []string {
	if cell == "" {
		return nil
	}
	parts := make([]string, 0, strings.Count(cell, ";")+1)
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// readNumbered reads a feature of a cell: label, value and sometimes the code of a country, with commas between them.
// The value may have commas too.
func readNumbered(text string) numbered {
	label, value, _ := strings.Cut(text, ", ")
	n := numbered{label: label, value: value}
	if at := strings.LastIndex(value, ", "); at > 0 {
		if code := value[at+2:]; len(code) == 2 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			n.value, n.country = value[:at], code
		}
	}
	return n
}
