package screening

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/screening/names"
)

// List is an imported list of parties: what somebody publishes, as it was read. It is not changed once a catalogue
// holds it.
type List struct {
	ID      string // of the publication
	AsOf    string // day of the copy, YYYY-MM-DD
	Digest  string // of the bytes that it was read from, sha256:<hex>
	Checked time.Time
	// Stale tells that a newer copy was refused, or that the source could not be asked.
	Stale    bool
	Entities []Entity
}

// WithLists returns a catalogue that also holds lists. The embedded facts stay as they are and are searched apart, so
// that no list hides a match of another. An entry that the catalogue knows already, by its number on the same official
// list or as the very name there, adds its names to what is known instead of standing twice.
//
// Of the rules on imported lists those are in force whose list is there: a verdict names no check that could not run.
func (c *Catalogue) WithLists(lists []List) (*Catalogue, error) {
	m := newMerge(c)
	total := 0
	for i := range lists {
		total += len(lists[i].Entities)
	}
	m.entities, m.entries = slices.Grow(m.entities, total), make([]names.Entry, 0, total)
	for i := range lists {
		m.list(&lists[i])
	}
	out := *c
	out.lists = slices.Clone(c.lists)
	out.manifest.Blobs = slices.Clone(c.manifest.Blobs)
	for i := range lists {
		l := &lists[i]
		out.lists = append(out.lists, ListRef{ID: l.ID, AsOf: l.AsOf, Checked: l.Checked, Stale: l.Stale})
		out.manifest.Blobs = append(out.manifest.Blobs, BlobRef{Name: "lists/" + l.ID, SHA256: strings.TrimPrefix(l.Digest, "sha256:")})
	}
	out.makeMaps(len(m.entities))
	for _, e := range m.entities {
		out.register(e)
	}
	out.addListRules(m.onLists)
	index, err := names.NewIndex(c.lexicon, c.thresholds.Names.ForLists(), m.entries)
	if err != nil {
		return nil, fmt.Errorf("the imported lists: %w", err)
	}
	out.imported = index
	return &out, nil
}

// Staled returns the catalogue with another word on how fresh some of its lists are. Nothing else differs.
func (c *Catalogue) Staled(stale func(list string) (stale bool, checked time.Time)) *Catalogue {
	out := *c
	out.lists = slices.Clone(c.lists)
	for i := range out.lists {
		l := &out.lists[i]
		if !l.Checked.IsZero() {
			l.Stale, l.Checked = stale(l.ID)
		}
	}
	return &out
}

// merge brings lists and the catalogue's own entities together.
type merge struct {
	entities []*Entity // in the end every entity, each once
	entries  []names.Entry
	at       map[EntityID]int // place among entries
	known    map[listKey]*Entity
	onLists  map[ListID]bool // that some imported entry stands on
}

// listKey is an entry of an official list: by its number there, else by its name.
type listKey struct {
	list  ListID
	entry string
}

func newMerge(c *Catalogue) *merge {
	m := &merge{
		at: make(map[EntityID]int), known: make(map[listKey]*Entity), onLists: make(map[ListID]bool),
	}
	for _, e := range c.Entities() {
		e := clone(e)
		m.entities = append(m.entities, e)
		for _, l := range e.Listings {
			if l.Until != "" {
				continue // who left a list and is on a newer copy of it is on it again, by an entry of its own
			}
			for _, key := range keysOf(l) {
				m.known[key] = e
			}
		}
	}
	return m
}

func clone(e *Entity) *Entity {
	out := *e
	return &out
}

// byName begins a key that is a name.
const byName = "name "

// apart tells of places that have nothing in common: those of namesakes.
func apart(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(country string) bool { return slices.Contains(b, country) })
}

// keysOf returns what tells an entry of a list from the others.
func keysOf(l Listing) []listKey {
	keys := make([]listKey, 0, 2)
	if l.UID != "" {
		keys = append(keys, listKey{l.List, l.UID})
	}
	if l.Entry != "" {
		keys = append(keys, listKey{l.List, byName + strings.ToLower(l.Entry)})
	}
	return keys
}

// list adds the entries of a list.
func (m *merge) list(l *List) {
	for i := range l.Entities {
		in := &l.Entities[i]
		for k := range in.Listings {
			m.onLists[in.Listings[k].List] = true
		}
		e := m.same(in)
		if e == nil {
			e = clone(in)
			e.Listings = nil
			m.entities = append(m.entities, e)
		} else {
			e.join(in)
		}
		m.enlist(e, in)
		m.entry(e, in)
	}
}

// same returns the entity that an entry is of already, or nil. Names tell only where neither has a number.
func (m *merge) same(in *Entity) *Entity {
	for _, l := range in.Listings {
		for _, key := range keysOf(l) {
			e := m.known[key]
			if e == nil || strings.HasPrefix(key.entry, byName) && (l.UID != "" && hasOtherUID(e, l) || apart(e.Countries, in.Countries)) {
				continue
			}
			return e
		}
	}
	return nil
}

// hasOtherUID tells of an entity that has another number on the same list: a namesake.
func hasOtherUID(e *Entity, l Listing) bool {
	return slices.ContainsFunc(e.Listings, func(own Listing) bool { return own.List == l.List && own.UID != "" && own.UID != l.UID })
}

// enlist adds the listings of an entry to its entity.
func (m *merge) enlist(e, in *Entity) {
	for _, l := range in.Listings {
		l.imported = true
		if !slices.ContainsFunc(e.Listings, func(own Listing) bool {
			return own.List == l.List && (!own.imported || own.Citation == l.Citation && own.From == l.From && own.Until == l.Until)
		}) {
			e.Listings = append(slices.Clip(e.Listings), l)
		}
		for _, key := range keysOf(l) {
			if m.known[key] == nil {
				m.known[key] = e
			}
		}
	}
}

// join adds what another entry says of the same entity: names, and what tells people apart.
func (e *Entity) join(in *Entity) {
	e.Identifiers = addNew(e.Identifiers, in.Identifiers)
	e.Addresses = addNew(e.Addresses, in.Addresses)
	e.Countries = addNew(e.Countries, in.Countries)
	e.AlsoBorn = addNew(e.AlsoBorn, in.AlsoBorn)
	e.AlsoCitizen = addNew(e.AlsoCitizen, in.AlsoCitizen)
	if e.Group == "" {
		e.Names = addNew(e.Names, in.Names)
	}
	e.Born, e.Nationality = cmp.Or(e.Born, in.Born), cmp.Or(e.Nationality, in.Nationality)
	if in.Born != "" && in.Born != e.Born {
		e.AlsoBorn = addNew(e.AlsoBorn, []string{in.Born})
	}
	if in.Nationality != "" && in.Nationality != e.Nationality {
		e.AlsoCitizen = addNew(e.AlsoCitizen, []string{in.Nationality})
	}
}

// addNew appends the items that are not there, to a new array.
func addNew[T comparable](to, items []T) []T {
	for _, item := range items {
		if !slices.Contains(to, item) {
			to = append(slices.Clip(to), item)
		}
	}
	return to
}

// entry files the names of a list's entry under the entity that it is of.
func (m *merge) entry(e, in *Entity) {
	read := in.entry()
	i, ok := m.at[e.ID]
	if !ok {
		read.ID = string(e.ID)
		m.at[e.ID] = len(m.entries)
		m.entries = append(m.entries, read)
		return
	}
	have := &m.entries[i]
	for _, n := range read.Names {
		if !slices.ContainsFunc(have.Names, func(old names.Name) bool { return old.Text == n.Text }) {
			have.Names = append(have.Names, n)
		}
	}
}

// addListRules puts the rules on imported lists in force whose list is there. A list that no rule speaks of is judged by
// the rule on any list.
func (c *Catalogue) addListRules(onLists map[ListID]bool) {
	var added []Rule
	spoken := make(map[ListID]bool)
	for i := range c.listRules {
		r := c.listRules[i]
		if onLists[r.List] {
			added, spoken[r.List] = append(added, r), true
		}
	}
	for _, list := range slices.Sorted(maps.Keys(onLists)) {
		if spoken[list] {
			continue
		}
		for i := range c.listRules {
			if r := c.listRules[i]; r.List == anyList {
				r.ID, r.List = RuleID("list-"+string(list)), list
				added = append(added, r)
			}
		}
	}
	c.setRules(append(slices.Clone(c.rules), added...))
}

// anyList is the list of a rule on the lists that no other rule speaks of.
const anyList ListID = "*"

// listing returns the entity's entry on a list as a rule sees it: the catalogue's own, or that of an imported copy.
// Where copies differ, it is in force from the first day of any of them until the last: none may hide another's.
func (e *Entity) listing(list ListID, imported bool) (found Listing, ok bool) {
	for _, l := range e.Listings {
		if l.List != list || l.imported != imported {
			continue
		}
		if !ok {
			found, ok = l, true
			continue
		}
		found.From = min(found.From, l.From)
		if l.Until == "" || found.Until == "" {
			found.Until = ""
		} else {
			found.Until = max(found.Until, l.Until)
		}
	}
	return found, ok
}

// IsImported tells of an entity that only imported lists know.
func (e *Entity) IsImported() bool {
	return len(e.Listings) > 0 && !slices.ContainsFunc(e.Listings, func(l Listing) bool { return !l.imported })
}
