package documents

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/screening"
)

// mappingFaults is everything that is wrong with mapping files.
type mappingFaults []screening.Fault

// Error lists every fault, one a line.
func (all mappingFaults) Error() string {
	lines := make([]string, len(all))
	for i, f := range all {
		lines[i] = f.String()
	}
	return fmt.Sprintf("the mapping files have %d fault(s):\n%s", len(all), strings.Join(lines, "\n"))
}

// mappingLoader reads folders of mapping files. Every file is read, so that all faults come together.
type mappingLoader struct {
	taken  map[string]string // id -> where it stands
	faults mappingFaults
}

func (l *mappingLoader) fault(file string, line int, detail string, args ...any) {
	l.faults = append(l.faults, screening.Fault{File: file, Line: line, Detail: fmt.Sprintf(detail, args...)})
}

// folder reads the files of one folder, sorted by name. A file of another ending would be silently without effect.
func (l *mappingLoader) folder(files fs.FS) []format {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		l.fault("mapping files", 0, "%v", err)
		return nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int {
		return cmp.Compare(strings.TrimSuffix(a.Name(), ".yaml"), strings.TrimSuffix(b.Name(), ".yaml"))
	})
	var out []format
	for _, e := range entries {
		switch name := e.Name(); {
		case e.IsDir() || strings.HasPrefix(name, "."):
		case path.Ext(name) == ".yml":
			l.fault(name, 0, "is not read: a mapping file ends in .yaml")
		case path.Ext(name) == ".yaml":
			if m := l.file(files, name); m != nil {
				out = append(out, format{id: m.ID, name: m.Name, recognise: m.recognise, read: m.read})
			}
		}
	}
	return out
}

// file reads one mapping strictly; nil where it has a fault.
func (l *mappingLoader) file(files fs.FS, name string) *mapping {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		l.fault(name, 0, "%v", err)
		return nil
	}
	before := len(l.faults)
	m := &mapping{}
	if err := yaml.Load(text, m, yaml.WithKnownFields()); err != nil {
		l.loadFaults(name, err)
		return nil
	}
	m.check(func(line int, detail string, args ...any) { l.fault(name, max(line, 1), detail, args...) })
	if other, taken := l.taken[m.ID]; taken {
		l.fault(name, 1, "id: %q is taken by %s", m.ID, other)
	}
	l.taken[m.ID] = name
	found := l.faults[before:]
	slices.SortStableFunc(found, func(a, b screening.Fault) int { return cmp.Compare(a.Line, b.Line) })
	if len(found) > 0 {
		return nil
	}
	return m
}

var mappingUnknownKey = regexp.MustCompile(`^field (.+) not found in type .*$`)

func (l *mappingLoader) loadFaults(file string, err error) {
	explain := func(e *yaml.LoadError) {
		l.fault(file, e.Mark.Line, "%s", mappingUnknownKey.ReplaceAllString(e.Message, "there is no key $1 here"))
	}
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &many):
		for _, e := range many.Errors {
			explain(e)
		}
	case errors.As(err, &one):
		explain(one)
	default:
		l.fault(file, 0, "%v", err)
	}
}

var mappingID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// mappingReport takes a fault; line 0 is the file as a whole.
type mappingReport func(line int, detail string, args ...any)

// check reports what a file lacks, and paths that make no sense where they stand.
func (m *mapping) check(report mappingReport) {
	if !mappingID.MatchString(m.ID) {
		report(0, "id: want a word of small letters, digits and dashes, not %q", m.ID)
	}
	if m.Name == "" {
		report(0, "name: want what a person calls these orders")
	}
	if len(m.KnownBy.Has) == 0 {
		report(0, "known_by: has: want the keys that every order has, else this mapping would take any document")
	}
	if len(m.Lines.At) == 0 {
		report(0, "lines: at: want where the lines of an order stand")
	}
	if len(m.Orders) == 0 {
		m.Orders = mappingPaths{{parts: []mappingRoute{{}}}} // the document itself
	}
	m.Orders.places(report)
	m.Lines.At.places(report)
	for _, k := range m.Document {
		k.check(report)
	}
	for _, p := range slices.Concat(m.Parties, m.Lines.Parties) {
		p.check(report)
	}
	for _, p := range m.Parties {
		if p.Beside != "" {
			report(cmp.Or(p.At.line(), p.Name.line()), "parties: beside says something of a line's parties only")
		}
	}
	for _, p := range slices.Concat(m.Pairs, m.Lines.Pairs) {
		p.check(report)
	}
	for _, r := range m.Refuse {
		if len(r.Has) == 0 || r.Because == "" {
			report(0, "refuse: want has and because")
		}
	}
	o, l := &m.Order, &m.Lines
	for _, paths := range []mappingPaths{
		o.Reference, o.Currency, o.Contract, o.Text, l.ID, l.SKU, l.Manufacturer, l.ManufacturerPart, l.Description,
		l.GTIN, l.CPE, l.PURL, l.Quantity, l.UnitPrice, l.Text,
	} {
		paths.undated(report)
	}
}

func (k *mappingKind) check(report mappingReport) {
	if k.Kind == "" {
		report(k.When.line(), "document: kind: want one of %v", screening.Documents)
	}
	if len(k.When) == 0 && len(k.Is)+len(k.NotBefore) > 0 {
		report(k.NotBefore.line(), "document: is and not_before say nothing without when")
	}
}

func (p *mappingParty) check(report mappingReport) {
	p.At.places(report)
	p.When.places(report)
	p.Email.places(report)
	if p.Role == "" {
		report(cmp.Or(p.At.line(), p.Name.line()), "parties: role: want one of %v", screening.Roles)
	}
	if len(p.When) == 0 && len(p.Is) > 0 {
		report(cmp.Or(p.At.line(), p.Name.line()), "parties: is says nothing without when")
	}
	for _, paths := range []mappingPaths{
		p.Name, p.Alias, p.Address, p.Country, p.State, p.DateOfBirth, p.Nationality, p.Employer,
	} {
		paths.undated(report)
	}
	for _, paths := range p.IDs {
		paths.undated(report)
	}
}

func (p *mappingPairs) check(report mappingReport) {
	p.At.places(report)
	p.Value.places(report)
	p.Name.undated(report)
	if len(p.At) == 0 || (len(p.Name) == 0) != (len(p.Value) == 0) {
		report(cmp.Or(p.At.line(), p.Name.line(), p.Value.line()), "pairs: want at, and name and value together or neither")
	}
}

func (p mappingPaths) line() int {
	if len(p) == 0 {
		return 0
	}
	return p[0].line
}

// places reports paths that must lead to one place and are joined, or read as a date.
func (p mappingPaths) places(report mappingReport) {
	p.undated(report)
	for _, one := range p {
		if len(one.parts) > 1 {
			report(one.line, "paths cannot be joined with + here")
		}
	}
}

// undated reports paths that say how to read a date and are none.
func (p mappingPaths) undated(report mappingReport) {
	for _, one := range p {
		if one.as != "" {
			report(one.line, "only dates are read as %s", one.as)
		}
	}
}
