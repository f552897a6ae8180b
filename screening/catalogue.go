package screening

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening/names"
	"github.com/interdict/interdict/screening/products"
)

// Catalogue is the immutable snapshot that screenings run on: entities, products, rules, buyers, places and
// thresholds. It is safe for concurrent use.
type Catalogue struct {
	version    string
	manifest   Manifest
	lists      []ListRef
	places     *Places
	buyers     *Buyers
	lexicon    *names.Lexicon
	index      *names.Index
	imported   *names.Index // of imported lists; nil where there is none
	spotter    *products.Spotter
	thresholds thresholdFile
	rules      []Rule  // by id
	listRules  []Rule  // on imported lists, in force once their list is there
	legalRules []*Rule // those that bind products or parties

	productRules, partyRules []*Rule
	classRules               map[Class][]*Rule // of productRules, those that look at a class

	house       map[Reason]*Rule
	runAll      []RuleID
	penalties   map[string]penaltyRow
	entities    map[EntityID]*Entity
	groups      map[string]*Entity            // the entry that stands for a group as such
	listed      map[string][]*Entity          // a group's listed companies
	forms       map[EntityID][]string         // legal forms in a listed company's names
	numbers     map[Identifier][]backedNumber // identifiers that a source backs, by the kind of number
	domains     map[string]*Entity
	listEntries map[string][]listEntry // by the id of the entry
	families    map[string]string      // of products, by id
}

// Manifest tells what a catalogue is made of: one digest a blob. Two catalogues with equal digests are equal.
type Manifest struct {
	Version string
	Blobs   []BlobRef // by name
}

// BlobRef names one blob of a catalogue by its content.
type BlobRef struct {
	Name   string // path below the data folder
	SHA256 string // of the bytes, lower-case hex
}

// Digest returns the catalogue's own digest: sha256 over the manifest's lines, as sha256:<hex>.
func (m Manifest) Digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "interdict catalogue %s\n", m.Version)
	for _, b := range m.Blobs {
		fmt.Fprintf(h, "%s  %s\n", b.SHA256, b.Name)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// thresholdFile is data/thresholds.yaml: every number that decides.
type thresholdFile struct {
	Names    names.Settings    `yaml:"names"`
	Products products.Settings `yaml:"products"`
}

// Check reports every fault of the file.
func (f *thresholdFile) Check(report func(path, detail string)) {
	f.Names.Check(func(path, detail string) { report("names."+path, detail) })
	f.Products.Check(func(path, detail string) { report("products."+path, detail) })
}

// versionFile is data/catalogue.yaml.
type versionFile struct {
	Version string `yaml:"version"`
	AsOf    string `yaml:"as_of"`
}

// Check reports every fault of the file.
func (f *versionFile) Check(report func(path, detail string)) {
	if f.Version == "" {
		report("version", "is missing")
	}
	if _, err := time.Parse(time.DateOnly, f.AsOf); err != nil {
		report("as_of", "want a day as YYYY-MM-DD")
	}
}

// LoadCatalogue reads and checks every file of a data folder. The error is a Faults that lists all that is wrong, with
// file and line; a catalogue with a fault is never used.
func LoadCatalogue(data fs.FS) (*Catalogue, error) {
	l := &loader{data: data}
	c := l.load()
	if len(l.faults) > 0 {
		return nil, l.faults
	}
	return c, nil
}

// Digest identifies the catalogue by its content.
func (c *Catalogue) Digest() string { return c.manifest.Digest() }

// Manifest lists the blobs that the catalogue is made of.
func (c *Catalogue) Manifest() Manifest { return c.manifest }

// Version is the catalogue's release.
func (c *Catalogue) Version() string { return c.version }

// Rules returns every rule, by id. The slice is shared and must not be changed.
func (c *Catalogue) Rules() []Rule { return c.rules }

// RuleIDs returns the ids of all rules, in order: what Checks.Run holds where every rule ran. The slice is shared.
func (c *Catalogue) RuleIDs() []RuleID { return c.runAll }

// Entities returns every entity, by id.
func (c *Catalogue) Entities() []*Entity {
	out := make([]*Entity, 0, len(c.entities))
	for _, e := range c.entities {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *Entity) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Count is how many entities there are.
func (c *Catalogue) Count() int { return len(c.entities) }

// Embedded counts the entities that no imported list brought.
func (c *Catalogue) Embedded() int {
	n := 0
	for _, e := range c.entities {
		if !e.IsImported() {
			n++
		}
	}
	return n
}

// Lists returns the lists that the catalogue is made of, the embedded one first. The slice is shared and must not be
// changed.
func (c *Catalogue) Lists() []ListRef { return c.lists }

// Places tells countries, states and their zones.
func (c *Catalogue) Places() *Places { return c.places }

func (c *Catalogue) ref() CatalogueRef {
	return CatalogueRef{Version: c.version, Digest: c.manifest.Digest(), Lists: c.lists}
}

// makeMaps empties the maps that register fills, with room for so many entities.
func (c *Catalogue) makeMaps(entities int) {
	c.entities, c.groups = make(map[EntityID]*Entity, entities), map[string]*Entity{}
	c.listed, c.numbers = map[string][]*Entity{}, make(map[Identifier][]backedNumber, entities)
	c.domains, c.listEntries = map[string]*Entity{}, make(map[string][]listEntry, entities)
}

// register enters an entity in the maps that screenings look it up in.
func (c *Catalogue) register(e *Entity) {
	c.entities[e.ID] = e
	if len(e.Brand) > 0 && e.Group != "" {
		c.groups[e.Group] = e
	}
	if e.Standing == Listed && e.Kind == Organisation && e.Group != "" {
		c.listed[e.Group] = append(c.listed[e.Group], e)
	}
	for i := range e.Identifiers {
		c.registerNumber(e, &e.Identifiers[i])
	}
	for _, l := range e.Listings {
		if l.UID != "" {
			uid := separators.Replace(strings.ToLower(l.UID))
			c.listEntries[uid] = append(c.listEntries[uid], listEntry{l.List, e})
		}
	}
	for _, d := range e.Domains {
		if c.domains[d] == nil || !e.IsImported() {
			c.domains[d] = e
		}
	}
}

// readForms notes the legal forms that a listed company's own names bear.
func (c *Catalogue) readForms() {
	for _, companies := range c.listed {
		for _, e := range companies {
			for _, n := range e.entry().Names {
				for _, code := range c.index.Search(names.Query{Name: n.Text, Kind: names.Organisation}).Forms {
					if !slices.Contains(c.forms[e.ID], code) {
						c.forms[e.ID] = append(c.forms[e.ID], code)
					}
				}
			}
		}
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func numbered(prefix string, n int) string { return prefix + strconv.Itoa(n) }

func indexedPointer(base string, i int) string { return base + "/" + strconv.Itoa(i) }

// absolute turns a pointer relative to a subject into one of the order. One that starts with # is absolute already.
func absolute(subject, relative Pointer) Pointer {
	if rest, ok := strings.CutPrefix(string(relative), "#"); ok {
		return Pointer(rest)
	}
	return subject + relative
}

// codePoints returns the half-open span of a text counted in Unicode code points.
func codePoints(text string, start, end int) string {
	from, to, n := len(text), len(text), 0
	for i := range text {
		if n == start {
			from = i
		}
		if n == end {
			to = i
		}
		n++
	}
	if from > to {
		return ""
	}
	return text[from:to]
}
