package screening

import (
	"slices"
	"strings"
	"time"
)

// known is the value of a fact with its basis.
type known[T any] struct {
	value T
	basis Basis
	from  string // pointer or words it was read from
}

// side is one party as the facts see it.
type side struct {
	*Party
	pointer    Pointer
	assessment *Assessment
	country    string // ISO 3166-1 alpha-2, empty where not known
	abroad     bool   // known to be outside the US though the country is not known
	maybeUS    bool   // has the code of a US state, and of another country's, and nothing that tells which
	basis      Basis
	from       string
}

func (s *side) inUS(p *Places) bool { return p.InUS(s.country, s.State) }

// elsewhere tells whether the side is known to be outside the US.
func (s *side) elsewhere(p *Places) bool { return (s.country != "" || s.abroad) && !s.inUS(p) }

// american tells whether the side is a person of US nationality: a US person wherever they are.
func (s *side) american(p *Places) bool { return s.Nationality != "" && p.InUS(s.Nationality, "") }

// dated is one act of the deal.
type dated struct {
	interval
	raw   string
	basis Basis
}

// buyerFact is one thing that tells what kind of buyer this is.
type buyerFact struct {
	sector     known[SectorKind]
	state      string
	government string // country whose public body it is
	unsure     bool   // a government, its level is not known
}

// sheet holds every fact of one scope: the order, or one line where it differs from the order.
type sheet struct {
	places    *Places
	agreed    dated
	performed dated
	document  known[Document]
	activity  known[Activity]
	softened  bool   // the activity is milder than resale by free text alone
	actor     string // the group that sells, for certain
	maybe     []string
	actorFrom string
	nexus     known[Answer]
	exporter  Answer // the exporter is in the US
	buyers    []buyerFact
	funding   []known[Funding]
	given     GivenFacts
}

// deal is an order prepared for the rules: dates read, parties placed, facts filled.
type deal struct {
	catalogue  *Catalogue
	order      *Order
	sides      []side   // of the order
	lineSides  [][]side // of each line
	lines      []Assessment
	headerText *Assessment // of what the order says outside its lines; nil where it says nothing
	zones      []*time.Location
	header     sheet
	sheets     []*sheet // of each line: the header's where the line says nothing of its own
	problems   []Problem
	sources    map[Pointer]string // of the order's fields, made when first asked
}

// sourceOf tells where a value stood in the document that the order was read from.
func (d *deal) sourceOf(p Pointer) string {
	if len(d.order.Fields) == 0 {
		return ""
	}
	if d.sources == nil {
		d.sources = make(map[Pointer]string, len(d.order.Fields))
		for _, f := range d.order.Fields {
			d.sources[f.Pointer] = f.Source
		}
	}
	return d.sources[p]
}

// sourced returns the problems with the places in the document that the engine's own do not name.
func (d *deal) sourced() []Problem {
	for i := range d.problems {
		if p := &d.problems[i]; p.Source == "" {
			p.Source = d.sourceOf(p.Pointer)
		}
	}
	return d.problems
}

// asWritten is the text of a value in the document, which may be another form of it.
func (d *deal) asWritten(p Pointer, value string) string {
	for _, f := range d.order.Fields {
		if f.Pointer == p && f.Raw != "" {
			return f.Raw
		}
	}
	return value
}

// newDeal fills the order's facts. Assessments come in the order of subjectsOf.
func newDeal(c *Catalogue, o *Order, assessments []Assessment) *deal {
	d := &deal{catalogue: c, order: o}
	d.problems = append(d.problems, o.Problems...)
	next := func() *Assessment {
		a := &assessments[0]
		assessments = assessments[1:]
		return a
	}
	d.sides = d.place(o.Parties, "/parties", next)
	d.lines = make([]Assessment, len(o.Lines))
	d.lineSides = make([][]side, len(o.Lines))
	for i := range o.Lines {
		d.lines[i] = *next()
		if len(o.Lines[i].Parties) > 0 {
			d.lineSides[i] = d.place(o.Lines[i].Parties, indexedPointer("/lines", i)+"/parties", next)
		}
	}
	if len(assessments) > 0 {
		d.headerText = withoutMentions(next())
	}
	d.zones = d.zonesOf()
	d.header = d.fill(d.sides, nil, -1)
	d.sheets = make([]*sheet, len(o.Lines))
	for i := range d.sheets {
		d.sheets[i] = d.lineSheet(i)
	}
	return d
}

// withoutMentions drops what a header text only speaks of: clauses name what they prohibit.
func withoutMentions(a *Assessment) *Assessment {
	out := *a
	out.Matches = slices.DeleteFunc(slices.Clone(a.Matches), func(m Assessed) bool { return m.Mention })
	return &out
}

// place finds the country of each party: as written, else by tax id, address, state or legal form.
func (d *deal) place(parties []Party, base string, next func() *Assessment) []side {
	out := make([]side, len(parties))
	for i := range parties {
		p := &parties[i]
		s := side{Party: p, pointer: Pointer(indexedPointer(base, i)), assessment: next(), basis: NotKnown}
		d.locate(&s)
		out[i] = s
	}
	return out
}

func (d *deal) locate(s *side) {
	places := d.catalogue.places
	infer := func(country, from string) {
		s.country, s.basis, s.from = country, Inferred, from
	}
	if country, ok := places.Country(s.Country); ok {
		s.country, s.basis, s.from = country, Given, string(s.pointer)+"/country"
		return
	}
	for i, id := range s.Identifiers {
		if country, ok := places.TaxCountry(id.Type, id.Value); ok {
			infer(country, indexedPointer(string(s.pointer)+"/identifiers", i))
			return
		}
	}
	if country, ok := places.Country(lastSegment(s.Address)); ok {
		infer(country, string(s.pointer)+"/address")
		return
	}
	if places.onlyInUS(s.State) {
		infer("US", string(s.pointer)+"/state")
		return
	}
	if places.zipInUS(s.State, s.Address) {
		infer("US", string(s.pointer)+"/address")
		return
	}
	_, s.maybeUS = places.State("US", s.State)
	if s.assessment.FormAbroad {
		infer(s.assessment.FormCountry, string(s.pointer)+"/name")
		s.abroad = true
	}
}

// lastSegment returns what follows the last comma of an address, where a country is written.
func lastSegment(address string) string {
	last := strings.TrimSpace(address[strings.LastIndexByte(address, ',')+1:])
	if len(last) <= len("XX") {
		return "" // two letters are as likely a state
	}
	return last
}

// fill makes the sheet of one scope. line is nil for the order itself.
func (d *deal) fill(sides []side, line *Line, index int) sheet {
	s := sheet{places: d.catalogue.places, given: d.order.Facts}
	if line != nil {
		s.given = line.Facts.or(d.order.Facts)
	}
	d.fillDates(&s, line, index)
	d.fillActor(&s, sides)
	d.fillActivity(&s, line, index)
	all := d.touching(sides, index)
	d.fillNexus(&s, all)
	d.fillBuyers(&s, all, index)
	d.fillFunding(&s, line, index)
	return s
}

// or fills the facts that f does not give from other.
func (f GivenFacts) or(other GivenFacts) GivenFacts {
	return GivenFacts{
		Licence:           firstOf(f.Licence, other.Licence),
		EARItem:           firstOf(f.EARItem, other.EARItem),
		Ownership50:       firstOf(f.Ownership50, other.Ownership50),
		FCCAuthorisation:  firstOf(f.FCCAuthorisation, other.FCCAuthorisation),
		Informational:     firstOf(f.Informational, other.Informational),
		ExistingAgreement: firstOf(f.ExistingAgreement, other.ExistingAgreement),
	}
}

// Codes of the problems that the engine itself reports. A date out of order, and a lost character that leaves its word
// readable, are notes; the others make the document review.
const (
	ProblemDateOrder      = "fulfilment_before_order"
	ProblemDateUnreadable = "date_unreadable"
	ProblemDamaged        = "damaged_character"
	ProblemMarred         = "lost_character"
	ProblemNegative       = "negative_quantity"
)

func isNote(code string) bool { return code == ProblemDateOrder || code == ProblemMarred }

// fillActor tells who sells: a group whose listed company or affiliate is the seller, or a third party. A seller that
// is only likely to be of the group counts as both.
func (d *deal) fillActor(s *sheet, sides []side) {
	for i := range sides {
		seller := &sides[i]
		if seller.Role != Seller {
			continue
		}
		s.actorFrom = string(seller.pointer) + "/name"
		for j := range seller.assessment.Matches {
			m := &seller.assessment.Matches[j]
			if m.Group == "" || m.Kind != Organisation || m.Standing != Listed && m.Standing != Affiliate {
				continue
			}
			if m.Certainty == Certain {
				s.actor = m.Group
				return
			}
			s.maybe = append(s.maybe, m.Group)
		}
	}
}

// fillActivity tells what is done. What is given wins, then the document's type, then words and part numbers, then
// the profile, then resale.
func (d *deal) fillActivity(s *sheet, line *Line, index int) {
	s.document = known[Document]{OrderDocument, Assumed, ""}
	if d.order.Document != "" {
		s.document = known[Document]{d.order.Document, Given, "/document"}
	}
	if line != nil && negative(line.Quantity) {
		s.document = known[Document]{ReturnDocument, Given, indexedPointer("/lines", index) + "/quantity"}
	}
	s.activity = d.activityOf(s, line, index)
	if s.actor != "" && s.activity.value == Resale {
		s.activity.value = Sale
	}
}

// negative tells whether a quantity is under nought: a return.
func negative(quantity string) bool {
	return strings.HasPrefix(strings.TrimSpace(quantity), "-") && strings.ContainsAny(quantity, "123456789")
}

func (d *deal) activityOf(s *sheet, line *Line, index int) known[Activity] {
	if a := d.order.Activity; a != "" {
		return known[Activity]{a, Given, "/activity"}
	}
	if a := d.order.Given.Activity; a != "" {
		return known[Activity]{a, Given, "activity"}
	}
	switch s.document.value {
	case ReturnDocument:
		return known[Activity]{Return, s.document.basis, s.document.from}
	case InventoryDocument:
		return known[Activity]{Use, s.document.basis, s.document.from}
	case BOMDocument:
		return known[Activity]{Integration, s.document.basis, s.document.from}
	}
	if line != nil {
		at := indexedPointer("/lines", index)
		a := &d.lines[index]
		if a.Soft != nil {
			s.softened = true
		}
		if a.Renewal != nil {
			return known[Activity]{Renewal, Inferred, string(absolute(Pointer(at), a.Renewal.Pointer))}
		}
	}
	if a := d.order.Assumed.Activity; a != "" {
		return known[Activity]{a, Assumed, ""}
	}
	return known[Activity]{Resale, Assumed, ""}
}

// lineSheet returns the facts of one line: the order's own where the line says nothing of its own.
func (d *deal) lineSheet(i int) *sheet {
	line, a := &d.order.Lines[i], &d.lines[i]
	plain := len(line.Parties) == 0 && line.FulfilAt == "" && line.Facts == (GivenFacts{}) && len(line.Texts) == 0 &&
		a.Renewal == nil && a.Soft == nil && !negative(line.Quantity)
	if plain {
		return &d.header
	}
	s := d.fill(d.sidesOf(i), line, i)
	return &s
}

// touching returns the parties whose places and sectors a line's deal touches: its own and the order's. One that is
// named anew on the line does not undo where the order comes from or who it is for.
func (d *deal) touching(sides []side, line int) []side {
	if line < 0 || len(d.lineSides[line]) == 0 {
		return sides
	}
	return slices.Concat(d.lineSides[line], d.sides)
}

// sidesOf returns the parties that hold for a line: its own win over the order's of the same role.
func (d *deal) sidesOf(i int) []side {
	own := d.lineSides[i]
	if len(own) == 0 {
		return d.sides
	}
	out := append([]side{}, own...)
	for _, s := range d.sides {
		if !hasRole(own, s.Role) {
			out = append(out, s)
		}
	}
	return out
}

func hasRole(sides []side, role Role) bool {
	for i := range sides {
		if sides[i].Role == role {
			return true
		}
	}
	return false
}
