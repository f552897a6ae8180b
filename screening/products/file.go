package products

// File is one file of data/products: everything the package knows about a brand, or words that all brands share. A
// file may hold any of the sections. Decoding is strict and done by the caller; Check reports what decoding cannot.
type File struct {
	Brand       Brand             `yaml:"brand"`
	Sources     map[string]string `yaml:"sources"` // key -> what it is; products name their sources by key
	Products    []Product         `yaml:"products"`
	PartNumbers *Grammar          `yaml:"part_numbers"`
	Identifiers []Identifier      `yaml:"identifiers"`
	Bundles     []Bundle          `yaml:"bundles"`
	Words       Words             `yaml:"words"`
}

// Brand names the group that the products of a file belong to. ID is the id that the brand's occurrences in text carry
// (names.Occurrence.Entry). It is empty in a file of words.
type Brand struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
}

// Kind is how a product stands to the prohibitions, in the words of the fact files.
type Kind string

// The kinds of products.
const (
	CoveredSoftware  Kind = "covered_software"
	CoveredService   Kind = "covered_service"
	CoveredHardware  Kind = "covered_hardware"
	ExemptTI         Kind = "exempt_ti"
	ExemptTraining   Kind = "exempt_training"
	ExemptConsulting Kind = "exempt_consulting"
	Unclear          Kind = "unclear"    // support and hands-on services
	UnclearTI        Kind = "unclear_ti" // threat intelligence that is installed software
	Mixed            Kind = "mixed"      // a heading over covered and exempt offers
	MentionKind      Kind = "mention"    // the maker's own uninstaller
	SuccessorKind    Kind = "successor"  // sold by a possible successor
)

// kindClasses is DESIGN's table from kind to class.
var kindClasses = map[Kind]string{
	CoveredSoftware: Software, CoveredService: Service, CoveredHardware: Hardware,
	ExemptTI: ThreatIntelligence, ExemptTraining: Training, ExemptConsulting: Advisory,
	Unclear: Support, UnclearTI: Support, Mixed: Support,
	MentionKind: Software, SuccessorKind: Successor,
}

// The grades of verification, as in screening.Verification.
const (
	Primary        = "primary"
	PrimaryPartial = "primary_partial"
	Secondary      = "secondary"
	Unverified     = "unverified"
)

// Product is one catalogue entry.
//
// A name or alias is matched word by word beside evidence of the brand; the brand's own name inside it may be left out
// in the text. One that is the brand and a single further word ("Kaspersky Premium") must stand beside the brand or at
// the start of a field. Standalone names are evidence of brand and product by themselves.
type Product struct {
	ID         string   `yaml:"id"`
	Name       string   `yaml:"name"`
	Family     string   `yaml:"family"`
	Kind       Kind     `yaml:"kind"`
	Aliases    []string `yaml:"aliases"`
	Standalone []string `yaml:"standalone"`
	Years      string   `yaml:"years"`
	Source     []string `yaml:"source"`
	Verified   string   `yaml:"verified"`
	Note       string   `yaml:"note"`
}

// Grammar describes a maker's part numbers by position.
type Grammar struct {
	Prefix    string     `yaml:"prefix"`    // upper case letters that open every number
	Digits    int        `yaml:"digits"`    // length of the product number that follows
	Positions []Position `yaml:"positions"` // what follows the product number
	Wildcards string     `yaml:"wildcards"` // signs that stand for any run of positions in price tables
	MinCut    int        `yaml:"min_cut"`   // positions that a number cut short must still have
	// StuckPrefixes are letters that file names and feeds glue before a number; NotAfter are openings of host names and
	// the like, after which the shape is chance.
	StuckPrefixes []string `yaml:"stuck_prefixes"`
	NotAfter      []string `yaml:"not_after"`
	// Tails are further parts that shops hang on with a hyphen. Glued on, they are one character off the grammar.
	Tails []string `yaml:"tails"`
	// Separators may stand, one at a time, inside a number that somebody typed in groups. Such a number is one
	// character off the grammar.
	Separators string            `yaml:"separators"`
	Lookalikes map[string]string `yaml:"lookalikes"` // letters of other alphabets -> the Latin capital
	Misreads   map[string]string `yaml:"misreads"`   // character of prefix or number -> those that scanning makes of it
	Numbers    map[string]string `yaml:"numbers"`    // product number -> product id
	// Unconfirmed numbers are known from general knowledge or sample data only: never certain by themselves.
	Unconfirmed map[string]string `yaml:"unconfirmed"`
	Unnamed     map[string]string `yaml:"unnamed"` // seen in sales records, product not known: number -> source
	Source      []string          `yaml:"source"`
	Verified    string            `yaml:"verified"`
}

// Position is one place of a part number after the product number.
type Position struct {
	Name     string    `yaml:"name"`
	OneOf    string    `yaml:"one_of"` // characters and ranges such as A-Z
	Optional bool      `yaml:"optional"`
	Known    string    `yaml:"known"` // narrower set that a number cut short must keep to; empty = OneOf
	Tables   []Meaning `yaml:"tables"`
}

// Meaning reads one position, for product numbers that open with one of Numbers (digits; empty = all).
type Meaning struct {
	Numbers string           `yaml:"numbers"`
	Values  map[string]Value `yaml:"values"`
}

// Value is what one character says. Confidence is high, medium or unknown; an unknown one is not shown.
type Value struct {
	Means      string `yaml:"means"`
	Confidence string `yaml:"confidence"`
	Renewal    bool   `yaml:"renewal"`
}

// IdentifierKind tells what sort of machine identifier a value is.
type IdentifierKind string

// The kinds of identifiers.
const (
	GTIN       IdentifierKind = "gtin"
	Package    IdentifierKind = "package"    // of a package manager or app store
	Executable IdentifierKind = "executable" // programs and drivers
	Domain     IdentifierKind = "domain"
	Developer  IdentifierKind = "developer" // software libraries and other things that protect nothing
)

// Identifier ties machine identifiers to a product; an empty product means the brand alone.
type Identifier struct {
	Kind     IdentifierKind `yaml:"kind"`
	Product  string         `yaml:"product"`
	Values   []string       `yaml:"values"`
	Source   []string       `yaml:"source"`
	Verified string         `yaml:"verified"`
}

// Bundle is another maker's product with the brand's software inside. It matches a line that names the brand and holds
// one of Makers, or one of PartNumbers by itself.
type Bundle struct {
	ID          string   `yaml:"id"`
	Name        string   `yaml:"name"`
	Makers      []string `yaml:"makers"`
	PartNumbers []string `yaml:"part_numbers"`
	Years       string   `yaml:"years"`
	Source      []string `yaml:"source"`
	Verified    string   `yaml:"verified"`
}

// Words are the lexicon. Each entry is a word or a run of words; a final * makes the last word a stem.
type Words struct {
	Fillers   []string `yaml:"fillers"`   // may stand inside or be missing from a product name
	Software  []string `yaml:"software"`  // name protection software, even beside an exempt product
	Installed []string `yaml:"installed"` // beside an exempt product, name what is installed or done to it
	Security  []string `yaml:"security"`  // with the brand, a second key
	Licence   []string `yaml:"licence"`   // with the brand, a second key
	Units     []string `yaml:"units"`     // written to a number: 10pc, 1y
	Courses   []string `yaml:"courses"`   // what is taught is not bought
	Joins     []string `yaml:"joins"`     // begin a further item on the line: plus, with
	Serves    []string `yaml:"serves"`    // behind a service, introduce what it is for
	Formal    []string `yaml:"formal"`    // phrases of forms and conditions, in which a word for a softer activity says nothing of the deal
	// Conditions are phrases of conditions of sale: a softer word near one says nothing of the deal, nor does one behind a
	// denial ("no trial") or before a refusal ("gift cards are not accepted").
	Conditions []string `yaml:"conditions"`
	Denials    []string `yaml:"denials"`
	Refusals   []string `yaml:"refusals"`
	Renewal    []string `yaml:"renewal"`
	Rivals     []string `yaml:"rivals"` // brands that share the generic product words
	Away       []string `yaml:"away"`   // prepositions before what is left: from, off
	Towards    []string `yaml:"towards"`
	Soft       []Soft   `yaml:"soft"`
	Cues       []Cue    `yaml:"cues"`
}

// Soft lists words that speak of an activity milder than a sale.
type Soft struct {
	Activity string   `yaml:"activity"` // gift, trial, return or use
	Words    []string `yaml:"words"`
}

// Side tells where a cue stands, seen from the brand.
type Side string

// The sides of a cue.
const (
	Before Side = "before" // earlier in the clause
	After  Side = "after"  // directly behind the brand or the product's name
	Around Side = "around" // either
)

// Cue is a group of words that turn an occurrence of the brand into a mention.
type Cue struct {
	ID    string   `yaml:"id"`
	Words []string `yaml:"words"`
	Side  Side     `yaml:"side"`
	Until []string `yaml:"until"` // the brand beyond one of these words is the goal, not the object
	Away  bool     `yaml:"away"`  // needs a preposition of leaving before the brand, or one of goal behind it
	Rival bool     `yaml:"rival"` // needs a rival's name before the brand, as the goal, or as the goods of the line
	Goods bool     `yaml:"goods"` // speaks of goods: does not reach over a product's name that follows it
	// Next marks words that must stand directly beside the brand, but for a filler. Behind it, words that name its
	// software may come between as well: Kaspersky licences are prohibited.
	Next     bool     `yaml:"next"`
	Sentence bool     `yaml:"sentence"` // reaches over a list, to the end of its clause
	Of       []string `yaml:"of"`       // needs one of these words before it in its clause
	Unless   []string `yaml:"unless"`   // says nothing in a clause with one of these words
	Joined   bool     `yaml:"joined"`   // must be joined to the brand by a hyphen: -free
	// Substitute marks words that turn about where a rival is what they are for: a replacement for Norton.
	Substitute bool `yaml:"substitute"`
	// Inside marks words that put the brand's software inside another product: a bundle, not a mention.
	Inside bool `yaml:"inside"`
}
