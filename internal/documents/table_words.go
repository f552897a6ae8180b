package documents

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"

	"github.com/interdict/interdict/screening"
)

//go:embed headers.yaml
var tableWordsFile []byte

// tableWords is the vocabulary of headers.yaml, read when the first table comes. The file is part of the program and a
// test reads it: that it does not load cannot happen.
var tableWords = sync.OnceValue(func() *tableVocabulary {
	words, err := newTableVocabulary(tableWordsFile)
	if err != nil {
		panic(err)
	}
	return words
})

// tableHeaderFile is the content of headers.yaml; its head explains the patterns.
type tableHeaderFile struct {
	Sets        map[string]string              `yaml:"sets"`
	Fields      map[string]map[string][]string `yaml:"fields"` // by field and language
	Weaker      map[string][]string            `yaml:"weaker"`
	Loose       map[string][]string            `yaml:"loose"`
	Parties     []tableRoleWords               `yaml:"parties"`
	Parts       map[string][]string            `yaml:"parts"`
	Identifiers map[string][]string            `yaml:"identifiers"`
	Noise       []string                       `yaml:"noise"`
	RoleWords   map[screening.Role][]string    `yaml:"role_words"`
	Connectors  struct {
		BehindPart []string `yaml:"behind_part"`
		BehindRole []string `yaml:"behind_role"`
	} `yaml:"connectors"`
	Blank  []string `yaml:"blank"`
	Totals []string `yaml:"totals"`
}

type tableRoleWords struct {
	Role  screening.Role `yaml:"role"`
	Alone []string       `yaml:"alone"`
	With  []string       `yaml:"with"`
}

// tableVocabulary is what is known of headers, each word in the form of tableKey.
type tableVocabulary struct {
	headers    map[string]tableMeaning
	parts      map[string]tableMeaning  // of a party, without role
	rolesFirst map[byte][]tableRoleWord // by first letter, longest first: "end customer" comes before "customer"
	rolesLast  map[byte][]tableRoleWord // by last letter
	values     map[string]screening.Role
	behindPart []string
	behindRole []string
	blank      map[string]bool
	totals     map[string]bool
}

// tableRoleWord is a word for what a party does; alone where it names the party without a further word.
type tableRoleWord struct {
	key   string
	role  screening.Role
	alone bool
}

// tableMeaning is what a header says that its column holds.
type tableMeaning struct {
	field string         // of an order or line; partField where it is one of a party
	part  string         // of a party
	role  screening.Role // empty where the header names none
	weak  bool           // counts only where no other column has the field
	bare  bool           // the name of a row's own party, which has no role
	loose string         // which of the ambiguous names it is; the other columns tell what it means
}

// Fields of a meaning besides those of screening.Order and screening.Line.
const (
	partField   = "party"
	noiseField  = "noise"
	registerOwn = "own"
	partScheme  = "identifier " // and the scheme: a part that is a number which a register gave
)

// Fields and parts that headers.yaml may name, each of which the readers of tables know how to take.
var (
	tableFields = []string{
		"reference", "ordered_at", "currency", "contract", "note", "line_note", "type", "id", "sku", "manufacturer",
		"manufacturer_part", "description", "gtin", "cpe", "purl", "quantity", "unit_price", "fulfil_at",
		"service_start", "service_end",
	}
	tableParts = []string{
		"company", "name", "given", "family", "alias", "country", "state", "address", "email", "website", "id", "role",
		"sector", "nationality", "date_of_birth", "employer", "contact",
	}
	tableLoose = []string{"name", "item", "vendor", "code", "order_or_part", "kind_of_goods"}
)

func newTableVocabulary(text []byte) (*tableVocabulary, error) {
	var file tableHeaderFile
	if err := yaml.Load(text, &file, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("headers.yaml: %w", err)
	}
	b := tableVocabularyBuilder{sets: file.Sets}
	w := &tableVocabulary{
		headers: map[string]tableMeaning{}, parts: map[string]tableMeaning{}, values: map[string]screening.Role{},
		rolesFirst: map[byte][]tableRoleWord{}, rolesLast: map[byte][]tableRoleWord{},
		blank: map[string]bool{}, totals: map[string]bool{},
	}
	for _, field := range slices.Sorted(maps.Keys(file.Fields)) {
		b.known("fields", field, tableFields)
		for _, language := range slices.Sorted(maps.Keys(file.Fields[field])) {
			b.enter(w.headers, file.Fields[field][language], tableMeaning{field: field})
		}
	}
	b.enter(w.headers, file.Noise, tableMeaning{field: noiseField})
	for _, field := range slices.Sorted(maps.Keys(file.Weaker)) {
		b.known("weaker", field, tableFields)
		b.enter(w.headers, file.Weaker[field], tableMeaning{field: field, weak: true})
	}
	for _, name := range slices.Sorted(maps.Keys(file.Loose)) {
		b.known("loose", name, tableLoose)
		b.enter(w.headers, file.Loose[name], tableMeaning{loose: name})
	}
	b.parties(w, &file)
	w.behindPart = b.longestFirst(file.Connectors.BehindPart)
	w.behindRole = b.longestFirst(file.Connectors.BehindRole)
	for _, cell := range file.Blank {
		w.blank[strings.ToLower(cell)] = true
	}
	for _, key := range b.keys(file.Totals) {
		w.totals[key] = true
	}
	return w, errors.Join(b.faults...)
}

// tableVocabularyBuilder turns patterns into keys and gathers what is wrong with them.
type tableVocabularyBuilder struct {
	sets   map[string]string
	faults []error
}

func (b *tableVocabularyBuilder) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Errorf("headers.yaml: "+format, args...))
}

func (b *tableVocabularyBuilder) known(section, name string, names []string) {
	if !slices.Contains(names, name) {
		b.fault("%s: there is no %q; known are %s", section, name, strings.Join(names, ", "))
	}
}

// enter gives all keys of patterns a meaning. A key that has another one already is a fault.
func (b *tableVocabularyBuilder) enter(into map[string]tableMeaning, patterns []string, meaning tableMeaning) {
	for _, key := range b.keys(patterns) {
		if before, taken := into[key]; taken && before != meaning {
			b.fault("%q means %s%s%s and %s%s%s", key, before.field, before.loose, before.part, meaning.field, meaning.loose, meaning.part)
		}
		into[key] = meaning
	}
}

// parties enters roles, parts and register numbers. A part may have the same name as a loose header: beside a role it
// is the part.
func (b *tableVocabularyBuilder) parties(w *tableVocabulary, file *tableHeaderFile) {
	var roles []tableRoleWord
	for _, words := range file.Parties {
		if !slices.Contains(screening.Roles[:], words.Role) {
			b.fault("parties: there is no role %q", words.Role)
		}
		for _, key := range b.keys(words.Alone) {
			roles = append(roles, tableRoleWord{key, words.Role, true})
			w.values[key] = words.Role
		}
		for _, key := range b.keys(words.With) {
			roles = append(roles, tableRoleWord{key, words.Role, false})
		}
	}
	for role, words := range file.RoleWords {
		for _, key := range append(b.keys(words), tableKey(string(role))) {
			w.values[key] = role
		}
	}
	slices.SortStableFunc(roles, func(x, y tableRoleWord) int { return len(y.key) - len(x.key) })
	for _, word := range roles {
		first, last := word.key[0], word.key[len(word.key)-1]
		w.rolesFirst[first] = append(w.rolesFirst[first], word)
		w.rolesLast[last] = append(w.rolesLast[last], word)
	}
	for _, part := range slices.Sorted(maps.Keys(file.Parts)) {
		b.known("parts", part, tableParts)
		b.enter(w.parts, file.Parts[part], tableMeaning{field: partField, part: part})
	}
	for _, scheme := range slices.Sorted(maps.Keys(file.Identifiers)) {
		b.enter(w.parts, file.Identifiers[scheme], tableMeaning{field: partField, part: partScheme + scheme})
	}
}

func (b *tableVocabularyBuilder) longestFirst(patterns []string) []string {
	keys := b.keys(patterns)
	slices.SortStableFunc(keys, func(x, y string) int { return len(y) - len(x) })
	return keys
}

// keys writes patterns out.
func (b *tableVocabularyBuilder) keys(patterns []string) []string {
	var out []string
	for _, pattern := range patterns {
		for name, set := range b.sets {
			pattern = strings.ReplaceAll(pattern, "<"+name+">", "("+set+")")
		}
		for _, text := range tableAlternatives(pattern) {
			if key := tableKey(text); key != "" {
				out = append(out, key)
			}
		}
		if strings.ContainsAny(pattern, "<>") || strings.Count(pattern, "(") != strings.Count(pattern, ")") {
			b.fault("%q is no pattern: want words, (a|b|) and the names of sets", pattern)
		}
	}
	return out
}

// tableAlternatives writes out the groups of a pattern, one inside another too.
func tableAlternatives(pattern string) []string {
	all := []string{}
	for _, branch := range splitOutside(pattern) {
		start := strings.IndexByte(branch, '(')
		if start < 0 {
			all = append(all, branch)
			continue
		}
		end := start + closing(branch[start:])
		for _, choice := range tableAlternatives(branch[start+1 : end]) {
			for _, rest := range tableAlternatives(branch[min(end+1, len(branch)):]) {
				all = append(all, branch[:start]+choice+rest)
			}
		}
	}
	return all
}

// splitOutside splits at the bars that stand in no brackets.
func splitOutside(pattern string) []string {
	var out []string
	depth, begin := 0, 0
	for i := range len(pattern) {
		switch pattern[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				out, begin = append(out, pattern[begin:i]), i+1
			}
		}
	}
	return append(out, pattern[begin:])
}

// closing is where the bracket at the start is closed; the end where it is not.
func closing(pattern string) int {
	depth := 0
	for i := range len(pattern) {
		switch pattern[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(pattern)
}

// tableLetters writes out letters that differ from a plain one by more than an accent.
var tableLetters = strings.NewReplacer("ß", "ss", "ı", "i", "ł", "l", "ø", "o", "đ", "d", "æ", "ae", "œ", "oe", "#", "no")

// tableKey is the form in which headers are compared: lower case, letters and digits alone, without accents.
func tableKey(s string) string {
	key := make([]byte, 0, len(s)+len("no"))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			key = append(key, c)
		case c >= 'A' && c <= 'Z':
			key = append(key, c|0x20)
		case c == '#':
			key = append(key, "no"...)
		case c >= utf8.RuneSelf:
			return foreignTableKey(s)
		}
	}
	return string(key)
}

// foreignTableKey is tableKey for a text that is not in ASCII.
func foreignTableKey(s string) string {
	key := make([]byte, 0, len(s)+len("no"))
	for _, r := range tableLetters.Replace(norm.NFKD.String(strings.ToLower(s))) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			key = utf8.AppendRune(key, unicode.ToLower(r))
		}
	}
	return string(key)
}
