package products

import "github.com/interdict/interdict/screening/names"

// FieldKind tells which field of an order line a text is.
type FieldKind uint8

// The fields of a line.
const (
	SKU FieldKind = iota
	Manufacturer
	ManufacturerPart
	Description
	GTINField
	CPE
	PURL
	FreeText
)

// Field is one text of a line with its pointer into the canonical order.
type Field struct {
	Kind    FieldKind
	Pointer string
	Text    string
}

// Line is what an order line says about the goods. Empty fields may be left out.
type Line struct {
	Fields []Field
}

// Assessment is what a line is. The zero value means that nothing was found. Its maps and slices may be shared with
// the catalogue and must not be changed.
type Assessment struct {
	// Matches are ordered: what a part number decided first, then in the order of the line. Different products on one
	// line are different matches; an exempt product never hides a covered one.
	Matches []Match
	// NearMisses resemble the brand or its numbers and were not counted.
	NearMisses []Match
	// Renewal is the part-number letter or the words that say renewal; nil without a match.
	Renewal *Evidence
	// Soft are words that speak of a milder activity than a sale; nil without a match.
	Soft *SoftActivity
}

// SoftActivity is an activity that a line's words speak of: gift, trial, return or use.
type SoftActivity struct {
	Activity string
	Evidence Evidence
}

// Match is one product that a line is about.
type Match struct {
	Product   string // catalogue id; empty where the product is not named
	Name      string
	Brand     string // id of the group
	Class     string
	Certainty string
	Score     float64 // in [0,1]
	Mention   bool    // the brand is only spoken of
	Cue       string  // the words that make it a mention or a bundle
	Evidence  []Evidence
	Verified  string
}

// Evidence is one place of a line that speaks for a match.
type Evidence struct {
	Pointer    string
	Start, End int // half-open, code points of the raw field
	Text       string
	Method     string
	Detail     map[string]string
	Changes    []names.Change
}
