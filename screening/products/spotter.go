// Package products tells what an order line is: it reads part numbers, finds brand and product names and machine
// identifiers in a line's texts, tells a purchase from a mention, and says which class of product the line is. It
// knows no company and no product: they are data.
package products

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/interdict/interdict/screening/names"
)

// The classes of a product, as in screening.Class.
const (
	Software           = "software"
	Service            = "service"
	Support            = "support"
	Hardware           = "hardware"
	InBundle           = "bundle"
	Unnamed            = "unnamed"
	Successor          = "successor"
	ThreatIntelligence = "threat_intelligence"
	Training           = "training"
	Advisory           = "advisory"
)

// The certainties, as in screening.Certainty.
const (
	Certain  = "certain"
	Likely   = "likely"
	Possible = "possible"
)

// The methods that evidence was found by. Brands found in text carry the methods of package names.
const (
	MethodPartNumber  = "part_number"
	MethodProductName = "product_name"
	MethodIdentifier  = "identifier"

	methodWord = string(names.MethodAlias) // a word of the lexicon
)

// Settings are the thresholds of this package.
type Settings struct {
	// BrandCertain is the score from which an occurrence of the brand is a key to a certain match. It is the block
	// threshold of names.
	BrandCertain float64 `yaml:"brand_certain"`
	// BrandDoubtful is the most that the brand weighs in a manufacturer's field with other people's words in it.
	BrandDoubtful float64 `yaml:"brand_doubtful"`
}

// Check reports settings that cannot be right.
func (s Settings) Check(report func(path, detail string)) {
	if s.BrandCertain <= 0 || s.BrandCertain > 1 {
		report("brand_certain", fmt.Sprintf("is %v: want a score over 0 and up to 1", s.BrandCertain))
	}
	if s.BrandDoubtful <= 0 || s.BrandDoubtful >= s.BrandCertain {
		report("brand_doubtful", fmt.Sprintf("is %v: want a score over 0 and under brand_certain", s.BrandDoubtful))
	}
}

type reader interface {
	Normalise(raw string) names.Text
	NormaliseIn(raw string, room []names.Token) names.Text
}

type brandSpotter interface {
	Spot(names.Text) []names.Occurrence
	SpotNear(names.Text) []names.Occurrence // near misses too
}

// Spotter assesses order lines. It is immutable and safe for concurrent use.
type Spotter struct {
	settings  Settings
	reader    reader
	brands    brandSpotter
	brandName map[string]string // brand id -> name
	brandIDs  []string          // sorted
	entries   []entry
	names     map[string]*nameTree // by brand
	grammars  []*grammar
	marks     landmarks
	gtins     map[string]*landmark
	bundles   []Bundle
	lexicon   *lexicon
	cues      []Cue
	soft      []string // activities

	space sync.Pool // of *[maxFields]view

	fewestLetters int // of a landmark or a brand's name: a text with fewer holds none
}

// fewestBrandLetters is what is left of a brand's name when digits stand for some of its letters.
const fewestBrandLetters = 3

// New builds a Spotter from the files of data/products. It refuses files that File.Check finds at fault, ids and
// product numbers given twice over all files, and references to products that no file has; the error joins all faults.
func New(settings Settings, r reader, s brandSpotter, files ...File) (*Spotter, error) {
	var faults []error
	for i, f := range files {
		f.Check(func(path, detail string) {
			faults = append(faults, fmt.Errorf("products file %d: %s: %s", i, path, detail))
		})
	}
	settings.Check(func(path, detail string) {
		faults = append(faults, fmt.Errorf("products settings: %s %s", path, detail))
	})
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	spotter := &Spotter{
		settings: settings, reader: r, brands: s,
		brandName: map[string]string{}, names: map[string]*nameTree{}, marks: landmarks{}, gtins: map[string]*landmark{},
		fewestLetters: fewestBrandLetters,
	}
	spotter.addWords(files)
	faults = append(faults, spotter.addProducts(files)...)
	for _, f := range files {
		faults = append(faults, spotter.addReferences(f)...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	spotter.brandIDs = slices.Sorted(maps.Keys(spotter.brandName))
	return spotter, nil
}

func (s *Spotter) addWords(files []File) {
	var units []string
	for _, f := range files {
		units = append(units, f.Words.Units...)
	}
	s.lexicon = newLexicon(units)
	for _, f := range files {
		w := f.Words
		for _, list := range []struct {
			kind    wordKind
			entries []string
		}{
			{fillerWord, w.Fillers},
			{softwareWord, w.Software},
			{installedWord, w.Installed},
			{securityWord, w.Security},
			{licenceWord, w.Licence},
			{courseWord, w.Courses},
			{renewalWord, w.Renewal},
			{rivalWord, w.Rivals},
			{awayWord, w.Away},
			{towardsWord, w.Towards},
			{joinWord, w.Joins},
			{servesWord, w.Serves},
			{formalWord, w.Formal},
			{conditionWord, w.Conditions},
			{denialWord, w.Denials},
			{refusalWord, w.Refusals},
		} {
			s.lexicon.add(s.reader, list.kind, 0, list.entries)
		}
		for _, soft := range w.Soft {
			s.lexicon.add(s.reader, softWord, len(s.soft), soft.Words)
			s.soft = append(s.soft, soft.Activity)
		}
		for _, cue := range w.Cues {
			s.lexicon.add(s.reader, cueWord, len(s.cues), cue.Words)
			s.lexicon.add(s.reader, untilWord, len(s.cues), cue.Until)
			s.lexicon.add(s.reader, ofWord, len(s.cues), cue.Of)
			s.lexicon.add(s.reader, unlessWord, len(s.cues), cue.Unless)
			s.cues = append(s.cues, cue)
		}
	}
}

// addProducts enters the products of all files: every name before any alias, since the first to claim a spelling
// keeps it.
func (s *Spotter) addProducts(files []File) []error {
	var faults []error
	seen := map[string]bool{}
	for _, f := range files {
		if f.Brand.ID != "" && s.names[f.Brand.ID] == nil {
			s.names[f.Brand.ID] = newNameTree()
			s.brandName[f.Brand.ID] = f.Brand.Name
		}
		for _, p := range f.Products {
			if seen[p.ID] {
				faults = append(faults, fmt.Errorf("product %s is in two files", p.ID))
			}
			seen[p.ID] = true
			s.entries = append(s.entries, entry{p, kindClasses[p.Kind], f.Brand.ID})
			if err := s.addName(f.Brand.ID, len(s.entries)-1, p.Name); err != nil {
				faults = append(faults, err)
			}
		}
	}
	for i, e := range s.entries {
		for _, alias := range e.Aliases {
			if err := s.addName(e.brand, i, alias); err != nil {
				faults = append(faults, err)
			}
		}
		for _, name := range e.Standalone {
			s.addMark(&landmark{value: name, product: i, bundle: noProduct, brand: e.brand, verified: e.Verified})
		}
	}
	return faults
}

// addReferences enters what a file says about products: part numbers, identifiers, bundles.
func (s *Spotter) addReferences(f File) []error {
	var faults []error
	if f.PartNumbers != nil {
		g, err := newGrammar(f.Brand.ID, f.PartNumbers, s.productIndex)
		if err != nil {
			return []error{err}
		}
		s.grammars = append(s.grammars, g)
	}
	for _, id := range f.Identifiers {
		product := noProduct
		if id.Product != "" {
			index, err := s.productIndex(id.Product)
			if err != nil {
				faults = append(faults, fmt.Errorf("identifiers: %w", err))
				continue
			}
			product = index
		}
		for _, value := range id.Values {
			mark := &landmark{value: value, kind: id.Kind, product: product, bundle: noProduct, brand: f.Brand.ID, verified: id.Verified}
			if id.Kind == GTIN {
				s.gtins[gtinKey(value)] = mark
				continue
			}
			s.addMark(mark)
		}
	}
	for _, b := range f.Bundles {
		s.lexicon.add(s.reader, makerWord, len(s.bundles), b.Makers)
		for _, number := range b.PartNumbers {
			s.addMark(&landmark{value: number, product: noProduct, bundle: len(s.bundles), brand: f.Brand.ID, verified: b.Verified})
		}
		s.bundles = append(s.bundles, b)
	}
	return faults
}

func (s *Spotter) productIndex(id string) (int, error) {
	for i := range s.entries {
		if s.entries[i].ID == id {
			return i, nil
		}
	}
	return 0, fmt.Errorf("there is no product %q", id)
}
