package screening

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening/names"
	"github.com/interdict/interdict/screening/products"
)

// Assessor tells what subjects are, before any law. One call covers every subject of an order, so that a cache can ask
// for all of them at once. The answer has one assessment for each subject, in order.
type Assessor interface {
	Assess(ctx context.Context, subjects []SubjectText) ([]Assessment, error)
}

// SubjectText is everything an assessment may read: a subject's own words. Exactly one of the two is set.
type SubjectText struct {
	Party *PartyText
	Line  []products.Field
}

// PartyText is what a party says about itself.
type PartyText struct {
	Name        string
	Kind        PartyKind
	Aliases     []string
	Address     string
	Country     string // ISO 3166-1 alpha-2, empty where not known
	DateOfBirth string
	Nationality string // ISO 3166-1 alpha-2
	Employer    string
	Identifiers []Identifier
}

// Assessment is the verdict on what one subject is. Pointers of evidence are relative to the subject, or start with #
// where they point from the root of the order. It holds no date, fact or amount and may be shared by many orders; it is
// never changed once made.
type Assessment struct {
	Provenance  Provenance // where it came from; the only field that differs between equal assessments
	Matches     []Assessed
	NearMisses  []Assessed
	Renewal     *Evidence // what says that the line is a renewal
	Soft        *Softener // free text that speaks of an activity milder than resale
	Unreadable  bool      // there is no text or identifier to judge
	Damaged     bool      // so many characters were lost on the way here that nobody can tell what a word was
	Marred      bool      // characters were lost, but the words can still be told
	FormCountry string    // the one country whose legal form a party's name bears
	FormAbroad  bool      // the legal form is one that the US does not know
}

// Provenance tells where an assessment came from.
type Provenance uint8

// The provenances of an assessment.
const (
	Computed Provenance = iota // no cache was asked
	Missed                     // computed, since the cache did not have it
	Cached                     // from a tier of the cache
	Bypassed                   // computed, since the cache does not answer
)

// CacheUse tells how far a verdict rests on cached assessments.
type CacheUse string

// The uses of the cache.
const (
	CacheHit     CacheUse = "hit"     // every subject came from a tier
	CachePartial CacheUse = "partial" // some did
	CacheMiss    CacheUse = "miss"    // none did
	CacheBypass  CacheUse = "bypass"  // a tier does not answer
	CacheOff     CacheUse = "off"     // there is no cache
)

func cacheUse(assessments []Assessment) CacheUse {
	var seen [Bypassed + 1]int
	for i := range assessments {
		seen[assessments[i].Provenance]++
	}
	switch {
	case seen[Bypassed] > 0:
		return CacheBypass
	case seen[Cached]+seen[Missed] == 0:
		return CacheOff
	case seen[Cached] == len(assessments):
		return CacheHit
	case seen[Cached] > 0:
		return CachePartial
	}
	return CacheMiss
}

// Softener is an activity read from free text alone.
type Softener struct {
	Activity Activity
	Evidence Evidence
}

// Assessed is one catalogue entry that a subject was matched with.
type Assessed struct {
	Target    Target
	Group     string
	Kind      PartyKind // of an entity
	Standing  Standing  // of an entity
	Family    string    // of a product
	Score     float64
	Threshold float64 // of a near miss: what it fell short of
	Certainty Certainty
	Doubt     string // why the certainty is not higher, for the explanation
	Mention   bool
	Cue       string // the words that make it a mention
	Disguise  string // what was written so that a search would miss it, and how; empty where nothing was
	Evidence  []Evidence
	Verified  Verification
}

// assessor is the Assessor over one catalogue.
type assessor struct{ catalogue *Catalogue }

// Assess implements Assessor.
func (a assessor) Assess(ctx context.Context, subjects []SubjectText) ([]Assessment, error) {
	out := make([]Assessment, len(subjects))
	for i, s := range subjects {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if s.Party != nil {
			out[i] = a.party(s.Party)
		} else {
			out[i] = a.line(s.Line)
		}
	}
	return out, nil
}

func (a assessor) line(fields []products.Field) Assessment {
	found := a.catalogue.spotter.Assess(products.Line{Fields: fields})
	out := Assessment{Unreadable: !readable(fields)}
	for i := range fields {
		out.Marred = out.Marred || marred(fields[i].Text)
		out.Damaged = out.Damaged || damaged(fields[i].Text)
	}
	if n := len(found.Matches); n > 0 {
		out.Matches = make([]Assessed, n)
	}
	for i := range found.Matches {
		out.Matches[i] = a.product(&found.Matches[i])
	}
	for i := range found.NearMisses {
		near := a.product(&found.NearMisses[i])
		near.Threshold = a.catalogue.thresholds.Names.Review
		out.NearMisses = append(out.NearMisses, near)
	}
	if found.Renewal != nil {
		e := evidence(*found.Renewal)
		out.Renewal = &e
	}
	if found.Soft != nil {
		out.Soft = &Softener{Activity(found.Soft.Activity), evidence(found.Soft.Evidence)}
	}
	return out
}

func (a assessor) product(m *products.Match) Assessed {
	out := Assessed{
		Target:    Target{Kind: ProductTarget, ID: firstOf(m.Product, m.Brand), Name: m.Name, Class: Class(m.Class)},
		Group:     a.groupOf(EntityID(m.Brand)),
		Family:    a.catalogue.families[m.Product],
		Score:     m.Score,
		Certainty: certaintyNamed(m.Certainty),
		Mention:   m.Mention,
		Cue:       m.Cue,
		Verified:  Verification(m.Verified),
	}
	out.Evidence = make([]Evidence, 0, len(m.Evidence))
	for _, e := range m.Evidence {
		out.Evidence = append(out.Evidence, evidence(e))
		out.Disguise = firstOf(out.Disguise, disguise(e.Text, e.Changes))
	}
	return out
}

// groupOf returns the group that a brand's owner belongs to, or is a possible successor of.
func (a assessor) groupOf(owner EntityID) string {
	if e := a.catalogue.entities[owner]; e != nil && e.Group != "" {
		return e.Group
	}
	return string(owner)
}

func certaintyNamed(s string) Certainty {
	return Certainty(max(slices.Index(certaintyNames[:], s), int(Possible)))
}

func evidence(e products.Evidence) Evidence {
	out := Evidence{Pointer: Pointer(e.Pointer), Start: e.Start, End: e.End, Text: e.Text, Method: e.Method, Detail: e.Detail}
	if len(e.Changes) > 0 {
		out.Detail = maps.Clone(e.Detail)
		if out.Detail == nil {
			out.Detail = map[string]string{}
		}
		out.Detail["normalised"] = changeList(e.Changes)
	}
	return out
}

// disguise tells what speaks of intent among the changes that normalisation made: another alphabet's letters, invisible
// characters, spaced or leet letters. Accents, joined words and misread shapes happen to anybody.
func disguise(text string, changes []names.Change) string {
	for _, c := range changes {
		switch c.Kind {
		case names.Homoglyph:
			return strconv.Quote(text) + " has letters of another alphabet"
		case names.ZeroWidth:
			return strconv.Quote(text) + " has invisible characters"
		case names.Spaced:
			return strconv.Quote(text) + " is written in pieces"
		case names.Leet:
			return strconv.Quote(text) + " has signs or digits for letters"
		}
	}
	return ""
}

// damaged tells whether a text holds the mark that decoders put in place of a character they could not read.
// readable tells whether a line has anything to judge: one letter or digit in any field but the maker's, which does not
// say what is bought.
func readable(fields []products.Field) bool {
	return slices.ContainsFunc(fields, func(f products.Field) bool {
		return f.Kind != products.Manufacturer && strings.ContainsFunc(f.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	})
}
