package screening

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/interdict/interdict/screening/names"
	"github.com/interdict/interdict/screening/products"
)

// loader reads a data folder. Every file is read, even after a fault, so that all faults come together.
type loader struct {
	data   fs.FS
	faults Faults
	blobs  []BlobRef
}

func (l *loader) load() *Catalogue {
	c := &Catalogue{penalties: map[string]penaltyRow{}, forms: map[EntityID][]string{}, families: map[string]string{}}
	c.makeMaps(0)
	version := versionFile{}
	l.file("catalogue.yaml", &version)
	c.version = version.Version
	l.file("thresholds.yaml", &c.thresholds)
	l.loadPlaces(c)
	l.loadBuyers(c)
	l.loadLexicon(c)
	l.loadEntities(c)
	l.loadRules(c)
	if len(l.faults) == 0 {
		l.buildIndexes(c)
	}
	slices.SortFunc(l.blobs, func(a, b BlobRef) int { return cmp.Compare(a.Name, b.Name) })
	c.manifest = Manifest{Version: c.version, Blobs: l.blobs}
	return c
}

// fault notes what is wrong with a file as a whole.
func (l *loader) fault(file, detail string) {
	l.faults = append(l.faults, Fault{File: file, Detail: detail})
}

// bytes reads a file and enters it in the manifest.
func (l *loader) bytes(name string) ([]byte, bool) {
	text, err := fs.ReadFile(l.data, name)
	if err != nil {
		l.fault(name, err.Error())
		return nil, false
	}
	sum := sha256.Sum256(text)
	l.blobs = append(l.blobs, BlobRef{Name: name, SHA256: hex.EncodeToString(sum[:])})
	return text, true
}

// file reads one YAML file into dst.
func (l *loader) file(name string, dst checked) {
	if text, ok := l.bytes(name); ok {
		l.faults = append(l.faults, decodeSource(name, text, dst)...)
	}
}

// folder returns the YAML files of a folder in order; an empty folder is a fault.
func (l *loader) folder(name string) []string {
	files, err := fs.Glob(l.data, path.Join(name, "*.yaml"))
	if err != nil || len(files) == 0 {
		l.fault(name, "has no YAML file: an empty catalogue would clear everything")
	}
	slices.Sort(files)
	return files
}

func (l *loader) loadPlaces(c *Catalogue) {
	var f placesFile
	l.file("places.yaml", &f)
	if len(l.faults) > 0 {
		return
	}
	places, err := newPlaces(f)
	if err != nil {
		l.fault("places.yaml", err.Error())
	}
	c.places = places
}

func (l *loader) loadBuyers(c *Catalogue) {
	var files []buyersFile
	for _, name := range l.folder("buyers") {
		var f buyersFile
		l.file(name, &f)
		files = append(files, f)
	}
	if c.places == nil {
		return
	}
	buyers, err := newBuyers(c.places, files...)
	if err != nil {
		l.fault("buyers", err.Error())
	}
	c.buyers = buyers
}

func (l *loader) loadLexicon(c *Catalogue) {
	var all names.LexiconFile
	for _, name := range l.folder("words") {
		var f names.LexiconFile
		l.file(name, &f)
		all.Append(f)
	}
	frequencies := l.loadFrequencies("words/frequencies.tsv")
	if len(l.faults) > 0 {
		return
	}
	lexicon, err := names.NewLexicon(all, frequencies)
	if err != nil {
		l.fault("words", err.Error())
	}
	c.lexicon = lexicon
}

// loadFrequencies reads "token<TAB>count" lines; # begins a comment.
func (l *loader) loadFrequencies(name string) map[string]int {
	text, ok := l.bytes(name)
	if !ok {
		return nil
	}
	counts := make(map[string]int, bytes.Count(text, []byte("\n")))
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		token, count, tabbed := strings.Cut(line, "\t")
		value, err := strconv.Atoi(count)
		if !tabbed || err != nil || token == "" {
			l.faults = append(l.faults, Fault{name, n, "want a token, a tab and a count"})
			continue
		}
		counts[token] = value
	}
	return counts
}

func (l *loader) loadEntities(c *Catalogue) {
	asOf := map[string]string{}
	owner := map[EntityID]string{}
	for _, name := range l.folder("entities") {
		var f entityFile
		l.file(name, &f)
		asOf[f.List] = max(asOf[f.List], f.AsOf)
		for i := range f.Entities {
			e := &f.Entities[i]
			if other, taken := owner[e.ID]; taken && other != name {
				l.fault(name, fmt.Sprintf("entity %s stands in %s too", e.ID, other))
			}
			owner[e.ID] = name
			c.register(e)
		}
	}
	for _, list := range sortedKeys(asOf) {
		c.lists = append(c.lists, ListRef{ID: list, AsOf: asOf[list]})
	}
}

func (l *loader) loadRules(c *Catalogue) {
	owner := map[RuleID]string{}
	for _, name := range l.folder("rules") {
		if path.Base(name) == "penalties.yaml" {
			var f penaltyFile
			l.file(name, &f)
			for _, p := range f.Penalties {
				c.penalties[p.ID] = p
			}
			continue
		}
		var f ruleFile
		l.file(name, &f)
		for _, r := range f.Rules {
			if other, taken := owner[r.ID]; taken {
				l.fault(name, fmt.Sprintf("rule %s stands in %s too", r.ID, other))
			}
			owner[r.ID] = name
			c.rules = append(c.rules, r)
		}
	}
	for _, name := range l.folder("lists") {
		var f ruleFile
		l.file(name, &f)
		for _, r := range f.Rules {
			r.imported, owner[r.ID] = true, name
			if r.Binds != bindsParty || r.List == "" {
				l.fault(name, fmt.Sprintf("rule %s: a rule on an imported list binds a party and names the list", r.ID))
			}
			c.listRules = append(c.listRules, r)
		}
	}
	for _, r := range slices.Concat(c.rules, c.listRules) {
		if _, known := c.penalties[r.Penalty]; r.Penalty != "" && !known {
			l.fault(owner[r.ID], fmt.Sprintf("rule %s: there is no penalty %q", r.ID, r.Penalty))
		}
	}
	c.setRules(c.rules)
	for _, reason := range [...]Reason{DocumentProblem, NoText, Obfuscated} {
		if c.house[reason] == nil {
			l.fault("rules", fmt.Sprintf("no rule binds document with reason %s", reason))
		}
	}
}

// setRules puts rules in force: all of them, by id and by what they bind.
func (c *Catalogue) setRules(rules []Rule) {
	c.rules = rules
	c.runAll, c.productRules, c.partyRules, c.legalRules = nil, nil, nil, nil
	c.house, c.classRules = map[Reason]*Rule{}, map[Class][]*Rule{}
	slices.SortFunc(c.rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	for i := range c.rules {
		r := &c.rules[i]
		r.place = i
		c.runAll = append(c.runAll, r.ID)
		switch r.Binds {
		case bindsDocument:
			c.house[r.Reason] = r
		case bindsProduct:
			c.productRules, c.legalRules = append(c.productRules, r), append(c.legalRules, r)
			for _, class := range slices.Concat(r.Classes, r.ExemptOf) {
				c.classRules[class] = append(c.classRules[class], r)
			}
		case bindsParty:
			c.partyRules, c.legalRules = append(c.partyRules, r), append(c.legalRules, r)
		}
	}
}

// buildIndexes makes what is derived from the files: the name index and the product spotter.
func (l *loader) buildIndexes(c *Catalogue) {
	var entries []names.Entry
	for _, id := range sortedKeys(c.entities) {
		entries = append(entries, c.entities[id].entry())
	}
	index, err := names.NewIndex(c.lexicon, c.thresholds.Names, entries)
	if err != nil {
		l.fault("entities", err.Error())
		return
	}
	c.index = index
	c.readForms()
	var files []products.File
	for _, name := range l.folder("products") {
		var f products.File
		l.file(name, &f)
		files = append(files, f)
		for _, p := range f.Products {
			c.families[p.ID] = p.Family
		}
	}
	if len(l.faults) > 0 {
		return
	}
	spotter, err := products.New(c.thresholds.Products, c.lexicon, c.index, files...)
	if err != nil {
		l.fault("products", err.Error())
		return
	}
	c.spotter = spotter
	for group := range c.listed {
		if c.groups[group] == nil {
			l.fault("entities", fmt.Sprintf("group %s has no entry of its own with brand words", group))
		}
	}
}
