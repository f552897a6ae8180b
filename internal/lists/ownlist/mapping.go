package ownlist

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/entry"
)

// mapping is what a caller says of its list.
type mapping struct {
	ID        string   `yaml:"id"`
	Title     string   `yaml:"title"`
	Kind      string   `yaml:"kind"`
	Separator string   `yaml:"separator"`
	Dates     string   `yaml:"dates"`
	Many      string   `yaml:"many"`
	Columns   headings `yaml:"columns"`

	types []string // of identifiers, in order
}

// headings are the columns of a list.
type headings struct {
	Name        columns            `yaml:"name"`
	Aliases     columns            `yaml:"aliases"`
	WeakAliases columns            `yaml:"weak_aliases"`
	Kind        columns            `yaml:"kind"`
	Country     columns            `yaml:"country"`
	Address     columns            `yaml:"address"`
	Born        columns            `yaml:"born"`
	Nationality columns            `yaml:"nationality"`
	Identifiers map[string]columns `yaml:"identifiers"`
	Programs    columns            `yaml:"programs"`
	From        columns            `yaml:"from"`
	Until       columns            `yaml:"until"`
	Citation    columns            `yaml:"citation"`
	URL         columns            `yaml:"url"`
	Note        columns            `yaml:"note"`
	UID         columns            `yaml:"uid"`
}

// columns are the headers of one field's columns.
type columns struct {
	titles []string
	line   int
}

// UnmarshalYAML reads a header or a list of headers.
func (c *columns) UnmarshalYAML(n *yaml.Node) error {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	c.line = n.Line
	for _, one := range nodes {
		if one.Kind != yaml.ScalarNode || entry.HeaderKey(one.Value) == "" {
			return errors.New("want the header of a column, such as Company, or a list of headers in [ ]")
		}
		c.titles = append(c.titles, entry.Clean(one.Value))
	}
	return nil
}

// String names the columns in a message.
func (c columns) String() string {
	quoted := make([]string, len(c.titles))
	for i, title := range c.titles {
		quoted[i] = entry.Quote(title)
	}
	if len(quoted) == 1 {
		return "the column " + quoted[0]
	}
	return "the columns " + strings.Join(quoted, ", ")
}

// field is one field of a mapping and its columns.
type field struct {
	key     string
	columns columns
	single  bool // takes one column only
}

func (m *mapping) fields() []field {
	c := &m.Columns
	all := []field{
		{"name", c.Name, false},
		{"aliases", c.Aliases, false},
		{"weak_aliases", c.WeakAliases, false},
		{"kind", c.Kind, true},
		{"country", c.Country, false},
		{"address", c.Address, false},
		{"born", c.Born, false},
		{"nationality", c.Nationality, false},
		{"programs", c.Programs, false},
		{"from", c.From, true},
		{"until", c.Until, true},
		{"citation", c.Citation, true},
		{"url", c.URL, true},
		{"note", c.Note, false},
		{"uid", c.UID, true},
	}
	for _, kind := range m.types {
		all = append(all, field{"identifiers." + kind, c.Identifiers[kind], false})
	}
	return all
}

// maxMapping is how long a mapping may be in bytes.
const maxMapping = 64 << 10

// load reads a mapping strictly. An error joins a *lists.Fault for each faulty line.
func load(text []byte) (*mapping, error) {
	if len(text) > maxMapping {
		return nil, fault(0, "is longer than %d KB", maxMapping>>10)
	}
	if !hasContent(text) {
		text = []byte("{}") // the decoder knows no empty document
	}
	m := &mapping{}
	if err := yaml.Load(text, m, yaml.WithKnownFields()); err != nil {
		return nil, loadFaults(err)
	}
	m.types = slices.Sorted(maps.Keys(m.Columns.Identifiers))
	var root yaml.Node
	if err := yaml.Load(text, &root); err != nil {
		return nil, loadFaults(err)
	}
	var faults []*lists.Fault
	m.check(func(line int, key, detail string, args ...any) {
		if line == 0 {
			line = lineOf(&root, key)
		}
		faults = append(faults, fault(line, "%s: %s", key, fmt.Sprintf(detail, args...)))
	})
	return m, inOrder(faults)
}

// hasContent tells a text with more than blank lines and comments.
func hasContent(text []byte) bool {
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return true
		}
	}
	return false
}

func fault(line int, detail string, args ...any) *lists.Fault {
	return &lists.Fault{File: "mapping", Line: line, Detail: fmt.Sprintf(detail, args...)}
}

// inOrder joins faults in the order of their lines.
func inOrder(faults []*lists.Fault) error {
	slices.SortStableFunc(faults, func(a, b *lists.Fault) int { return a.Line - b.Line })
	all := make([]error, len(faults))
	for i, f := range faults {
		all[i] = f
	}
	return errors.Join(all...)
}

// unknownKey is how the decoder says that it knows no such key, and of which type.
var unknownKey = regexp.MustCompile(`^field (.+) not found in type ownlist\.(\w+)$`)

// loadFaults says the decoder's errors in words.
func loadFaults(err error) error {
	var faults []*lists.Fault
	explain := func(e *yaml.LoadError) {
		detail := e.Message
		if found := unknownKey.FindStringSubmatch(detail); found != nil {
			known := "id, title, kind, separator, dates, many, columns"
			if found[2] == "headings" {
				known = "name, aliases, weak_aliases, kind, country, address, born, nationality, identifiers, programs, from, until, citation, url, note, uid"
			}
			detail = fmt.Sprintf("there is no key %s here; the keys are: %s", found[1], known)
		}
		faults = append(faults, fault(e.Mark.Line, "%s", detail))
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
		faults = append(faults, fault(0, "%v", err))
	}
	return inOrder(faults)
}

// lineOf is the line of a key, of columns where it is missing there, or the first one.
func lineOf(root *yaml.Node, key string) int {
	n := root
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	line := 1
	for step := range strings.SplitSeq(key, ".") {
		var next *yaml.Node
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				next, line = n.Content[i+1], n.Content[i].Line
			}
		}
		if next == nil {
			break
		}
		n = next
	}
	return line
}

var (
	idForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	typeForm = regexp.MustCompile(`^[a-z0-9]+([_-][a-z0-9]+)*$`)
)

// taken are the ids of published lists and of their publications, which an own list may not have.
var taken = map[string]bool{
	"ofac-sdn": true, "ofac-ssi": true, "ofac-fse": true, "ofac-plc": true, "ofac-capta": true, "ofac-mbs": true,
	"ofac-cmic": true, "ofac-cons": true, "us-entity-list": true, "us-icts": true, "us-csl": true, "bis-dpl": true, "bis-uvl": true,
	"bis-meu": true, "us-isn": true, "us-ddtc": true, "fcc-covered-list": true, "un-sc": true, "eu-fsf": true,
	"uk-sanctions": true, "uk-ofsi": true, "opensanctions": true, "interdict-core": true,
}

// separators are the words and signs for what parts the cells of a row.
var separators = map[string]rune{
	"comma": ',', ",": ',', "semicolon": ';', ";": ';', "tab": '\t', "\t": '\t', "bar": '|', "|": '|',
}

// separators are those that the table may have, in the order in which they win where they do equally well.
func (m *mapping) separators() []rune {
	if s, known := separators[m.Separator]; known {
		return []rune{s}
	}
	return []rune{',', ';', '\t', '|'}
}

// check reports every fault. Line 0 is that of the key.
func (m *mapping) check(report func(line int, key, detail string, args ...any)) {
	switch {
	case !idForm.MatchString(m.ID):
		report(0, "id", "want small letters, digits and hyphens, such as our-watch-list, not %s", entry.Quote(m.ID))
	case taken[m.ID]:
		report(0, "id", "%s is a published list: want an id of your own, such as our-watch-list", entry.Quote(m.ID))
	}
	if strings.TrimSpace(m.Title) == "" {
		report(0, "title", "want what people call the list")
	}
	if m.Kind != "" && !slices.Contains(kindWords, m.Kind) {
		report(0, "kind", "want organisation, person or craft, not %s", entry.Quote(m.Kind))
	}
	if _, known := separators[m.Separator]; m.Separator != "" && !known {
		report(0, "separator", "want comma, semicolon, tab or bar, or leave it out, not %s", entry.Quote(m.Separator))
	}
	if _, known := dateStyles[m.Dates]; !known {
		report(0, "dates", "want iso (2026-12-31), dmy (31.12.2026) or mdy (12/31/2026), not %s", entry.Quote(m.Dates))
	}
	if strings.ContainsAny(m.Many, `"`) || len(m.Many) > 3 || m.Many != "" && entry.HeaderKey(m.Many) != "" {
		report(0, "many", `want the sign between several values of a cell, such as ";", not %s`, entry.Quote(m.Many))
	}
	m.checkColumns(report)
}

func (m *mapping) checkColumns(report func(line int, key, detail string, args ...any)) {
	if len(m.Columns.Name.titles) == 0 {
		report(0, "columns.name", "want the header of the column that holds the names")
	}
	for _, f := range m.fields() {
		if f.single && len(f.columns.titles) > 1 {
			report(f.columns.line, "columns."+f.key, "want one column, not several")
		}
	}
	for _, kind := range m.types {
		if !typeForm.MatchString(kind) {
			report(m.Columns.Identifiers[kind].line, "columns.identifiers", "want a type in small letters, such as tax_id, registration or passport, not %s", entry.Quote(kind))
		}
	}
}

// dateStyles are the ways in which a list may write dates, each with an example for people.
var dateStyles = map[string]string{
	"":    "2026-12-31: say dates: dmy or dates: mdy in the mapping where they are written otherwise",
	"iso": "2026-12-31",
	"dmy": "31.12.2026 or 2026-12-31",
	"mdy": "12/31/2026 or 2026-12-31",
}

// date reads a date in the mapping's style, or in that of ISO, with or without its day and month.
func (m *mapping) date(text string) (date string, ok bool) {
	if day, ok := entry.Day(text); ok {
		return day, true
	}
	if entry.IsDate(text) {
		return text, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '/' || r == '-' })
	if m.Dates != "dmy" && m.Dates != "mdy" || len(parts) < 2 || len(parts) > 3 {
		return "", false
	}
	if m.Dates == "dmy" {
		slices.Reverse(parts)
	} else {
		parts = slices.Concat(parts[len(parts)-1:], parts[:len(parts)-1])
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || (i == 0) != (len(p) == len("2006")) || i > 0 && len(p) > 2 {
			return "", false
		}
		if i > 0 {
			date += "-"
		}
		date += fmt.Sprintf("%02d", n)
	}
	return date, entry.IsDate(date)
}
