package screening

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening/products"
)

// Config sets up a Screener.
type Config struct {
	// Decorate wraps the assessor, for a cache say. Nil leaves it as it is.
	Decorate func(Assessor) Assessor
}

// Screener answers orders on one catalogue. It is immutable and safe for concurrent use.
type Screener struct {
	catalogue *Catalogue
	assessor  Assessor
	ref       CatalogueRef
}

// New returns a Screener over a catalogue.
func New(c *Catalogue, cfg Config) (*Screener, error) {
	if c == nil {
		return nil, fmt.Errorf("a screener needs a catalogue")
	}
	s := &Screener{catalogue: c, assessor: assessor{c}, ref: c.ref()}
	if cfg.Decorate != nil {
		s.assessor = cfg.Decorate(s.assessor)
	}
	return s, nil
}

// Catalogue returns the snapshot that the screener runs on.
func (s *Screener) Catalogue() *Catalogue { return s.catalogue }

// Screen judges an order: its parties and lines are assessed, its facts and dates filled, every rule applied and the
// findings folded. Equal orders on equal catalogues give equal verdicts, whatever the order of lines. An error means
// that the question could not be answered; it is never a clear.
func (s *Screener) Screen(ctx context.Context, o Order) (Verdict, error) {
	subjects := s.subjectsOf(&o)
	assessments, err := s.assessor.Assess(ctx, subjects)
	if err != nil {
		return Verdict{}, fmt.Errorf("assessing the order: %w", err)
	}
	if len(assessments) != len(subjects) {
		return Verdict{}, fmt.Errorf("assessing the order: %d answers to %d subjects", len(assessments), len(subjects))
	}
	use, ref := cacheUse(assessments), s.ref
	if age := o.Assumed.ListsMaxAge; age > 0 {
		ref.Lists = agedLists(ref.Lists, &o, age)
	}
	v := (&judge{deal: newDeal(s.catalogue, &o, assessments)}).verdict(ref)
	v.Cache = use
	return v, nil
}

// agedLists marks the imported lists that are older than they may be. Each is a problem of the order: a person must look.
func agedLists(lists []ListRef, o *Order, most time.Duration) []ListRef {
	out := slices.Clone(lists)
	for i := range out {
		l := &out[i]
		if l.Checked.IsZero() || o.ReceivedAt.Sub(l.Checked) <= most {
			continue
		}
		l.Stale = true
		o.Problems = append(slices.Clip(o.Problems), Problem{
			Code:   "list_stale",
			Detail: fmt.Sprintf("The list %s was last known to be up to date on %s, longer ago than the %s that are allowed here.", l.ID, l.Checked.UTC().Format("2006-01-02 15:04 UTC"), most),
		})
	}
	return out
}

// subjectsOf lists what is assessed: the order's parties, then each line with its own parties.
func (s *Screener) subjectsOf(o *Order) []SubjectText {
	out := make([]SubjectText, 0, len(o.Parties)+len(o.Lines))
	var makers []products.Field
	if len(o.Lines) > 0 {
		makers = s.makers(o.Parties, "#/parties")
	}
	parties := func(all []Party) {
		for i := range all {
			out = append(out, SubjectText{Party: s.partyText(&all[i])})
		}
	}
	parties(o.Parties)
	for i := range o.Lines {
		l := &o.Lines[i]
		out = append(out, SubjectText{Line: lineText(l, append(s.makers(l.Parties, "/parties"), makers...))})
		parties(l.Parties)
	}
	if text := headerText(o); len(text) > 0 {
		out = append(out, SubjectText{Line: text})
	}
	return out
}

// headerText is what the order says outside its lines: goods may stand there too.
func headerText(o *Order) []products.Field {
	var fields []products.Field
	if o.Contract != "" {
		fields = append(fields, products.Field{Kind: products.FreeText, Pointer: "/contract", Text: o.Contract})
	}
	for i, text := range o.Texts {
		fields = append(fields, products.Field{Kind: products.FreeText, Pointer: indexedPointer("/texts", i), Text: text})
	}
	return fields
}

// makers are the names that say who made a line's goods: manufacturers, and sellers whose name bears a brand. They are
// evidence of what the line is.
func (s *Screener) makers(parties []Party, base string) []products.Field {
	var out []products.Field
	for i := range parties {
		if parties[i].Role == Manufacturer || parties[i].Role == Seller && s.branded(parties[i].Name) {
			out = append(out, products.Field{Kind: products.Manufacturer, Pointer: indexedPointer(base, i) + "/name", Text: parties[i].Name})
		}
	}
	return out
}

func (s *Screener) branded(name string) bool {
	return len(s.catalogue.index.Spot(s.catalogue.lexicon.Normalise(name))) > 0
}

// usualFields is how many fields of its own most lines fill.
const usualFields = 4

func lineText(l *Line, makers []products.Field) []products.Field {
	fields := make([]products.Field, 0, usualFields+len(makers)+len(l.Texts))
	add := func(kind products.FieldKind, pointer, text string) {
		if text != "" {
			fields = append(fields, products.Field{Kind: kind, Pointer: pointer, Text: text})
		}
	}
	add(products.SKU, "/sku", l.SKU)
	add(products.Manufacturer, "/manufacturer", l.Manufacturer)
	add(products.ManufacturerPart, "/manufacturer_part", l.ManufacturerPart)
	add(products.Description, "/description", l.Description)
	add(products.GTINField, "/gtin", l.GTIN)
	add(products.CPE, "/cpe", l.CPE)
	add(products.PURL, "/purl", l.PURL)
	for i, text := range l.Texts {
		add(products.FreeText, indexedPointer("/texts", i), text)
	}
	return append(fields, makers...)
}

func (s *Screener) partyText(p *Party) *PartyText {
	country, _ := s.catalogue.places.Country(p.Country)
	nationality, _ := s.catalogue.places.Country(p.Nationality)
	return &PartyText{
		Name: p.Name, Kind: p.Kind, Aliases: p.Aliases, Address: p.Address, Country: country, DateOfBirth: p.DateOfBirth,
		Nationality: nationality, Employer: p.Employer, Identifiers: p.Identifiers,
	}
}

// verdict judges every subject and folds the whole.
func (j *judge) verdict(ref CatalogueRef) Verdict {
	d := j.deal
	v := Verdict{
		Reference: d.order.Reference, ScreenedAt: d.order.ReceivedAt, Catalogue: ref,
		Subjects: make([]Subject, 0, d.subjects()),
	}
	if n := d.matches(); n > 0 {
		j.matches, j.findings = make([]Match, 0, n), make([]Finding, 0, n)
	}
	for i := range d.order.Lines {
		v.Subjects = append(v.Subjects, j.lineSubject(i))
	}
	lines := v.Subjects[:len(v.Subjects):len(v.Subjects)]
	for i := range d.sides {
		v.Subjects = append(v.Subjects, j.headerParty(&d.sides[i], lines))
	}
	for i, sides := range d.lineSides {
		for k := range sides {
			p := j.partySubject(&sides[k], d.sheets[i])
			j.carry(v.Subjects[i:i+1], &p)
			v.Subjects = append(v.Subjects, p)
		}
	}
	v.Subjects = append(v.Subjects, j.documentSubject())
	v.Matches, v.NearMisses, v.Findings, v.Problems = j.matches, j.near, j.findings, d.sourced()
	v.Decision = Clear
	for i := range v.Subjects {
		sub := &v.Subjects[i]
		sub.Decision = j.decisionOf(sub.Findings)
		v.Decision = Worst(v.Decision, sub.Decision)
	}
	v.Dates = Dates{Agreed: d.header.agreed.show(), Performed: d.header.performed.show()}
	v.Facts = d.header.facts(make([]Fact, 0, mostFacts))
	v.Timeline = fold(j.rows).phases()
	v.Checks = j.checks()
	v.Summary = summarise(&v)
	return v
}

// subjects counts the subjects of a verdict: lines, parties and the document.
func (d *deal) subjects() int {
	n := len(d.order.Lines) + len(d.sides) + 1
	for _, sides := range d.lineSides {
		n += len(sides)
	}
	return n
}

// matches counts the matches of all lines and parties.
func (d *deal) matches() int {
	n := 0
	for i := range d.lines {
		n += len(d.lines[i].Matches)
	}
	for _, sides := range append(d.lineSides, d.sides) {
		for i := range sides {
			n += len(sides[i].assessment.Matches)
		}
	}
	return n
}

func (d dated) show() DateReading { return d.reading(d.raw, d.basis) }

func (j *judge) lineSubject(i int) Subject {
	line, a := &j.deal.order.Lines[i], &j.deal.lines[i]
	out := Subject{Pointer: Pointer(indexedPointer("/lines", i)), Kind: LineSubject, ID: line.ID}
	if len(a.Matches)+len(a.NearMisses) > 0 {
		sub := &subject{kind: LineSubject, pointer: out.Pointer, sheet: j.deal.sheets[i], line: line}
		out.Matches, out.Findings = j.matchesOf(sub, a)
	}
	if a.Unreadable {
		base := len(j.findings)
		j.house(NoText, out.Pointer, "", "give a sku, manufacturer_part, description, gtin, cpe, purl or text")
		out.Findings = append(out.Findings, j.idsFrom(base)...)
	}
	j.noteDamage(a, out.Pointer, j.deal.sheets[i])
	return out
}

// headerParty judges a party of the order, for the order and for each line with facts of its own that it is a party to.
// What is found is carried by every line.
func (j *judge) headerParty(s *side, lines []Subject) Subject {
	d := j.deal
	p := j.partySubject(s, &d.header)
	for i := range lines {
		if len(p.Matches) > 0 && d.sheets[i] != &d.header && !hasRole(d.lineSides[i], s.Role) {
			j.onLine(&p, s, d.sheets[i])
		}
	}
	j.carry(lines, &p)
	return p
}

func (j *judge) partySubject(s *side, sheet *sheet) Subject {
	out := Subject{Pointer: s.pointer, Kind: PartySubject, ID: string(s.Role)}
	if a := s.assessment; len(a.Matches)+len(a.NearMisses) > 0 {
		sub := &subject{kind: PartySubject, pointer: s.pointer, role: s.Role, sheet: sheet}
		out.Matches, out.Findings = j.matchesOf(sub, a)
	}
	j.noteDamage(s.assessment, s.pointer+"/name", sheet)
	return out
}

// noteDamage reports characters that were lost. They make the document review, but where the words can still be told
// and the deal is beyond the reach of US law whatever they are: then they are noted.
func (j *judge) noteDamage(a *Assessment, at Pointer, s *sheet) {
	switch {
	case !a.Marred:
	case !a.Damaged && s.nexus.value == No:
		j.deal.problems = append(j.deal.problems, Problem{
			Code: ProblemMarred, Pointer: at,
			Detail: "a character was lost on the way here (U+FFFD); the words can be told and were judged: send the text in UTF-8",
		})
	default:
		j.deal.problems = append(j.deal.problems, Problem{
			Code: ProblemDamaged, Pointer: at, Detail: "a character was lost on the way here (U+FFFD): send the text in UTF-8",
		})
	}
}

// carry adds a party's findings to lines: no line of a blocked party is clear.
func (j *judge) carry(lines []Subject, party *Subject) {
	for _, id := range party.Findings {
		if j.finding(id).Outcome <= Clear {
			continue
		}
		for i := range lines {
			lines[i].Findings = append(lines[i].Findings, id)
		}
	}
}

// documentSubject judges the document itself by its problems.
func (j *judge) documentSubject() Subject {
	out := Subject{Kind: DocumentSubject}
	if a := j.deal.headerText; a != nil && len(a.Matches)+len(a.NearMisses) > 0 {
		out.Matches, out.Findings = j.matchesOf(&subject{kind: DocumentSubject, sheet: &j.deal.header}, a)
	}
	if j.deal.headerText != nil {
		j.noteDamage(j.deal.headerText, "/texts", &j.deal.header)
	}
	base := len(j.findings)
	for _, p := range j.deal.problems {
		if !isNote(p.Code) {
			j.house(DocumentProblem, subjectOf(p.Pointer), "", firstOf(p.Detail, p.Code))
		}
	}
	out.Findings = append(out.Findings, j.idsFrom(base)...)
	return out
}

// subjectOf returns the pointer of the line or party that a value belongs to; the document's for anything else.
func subjectOf(p Pointer) Pointer {
	steps := strings.Split(string(p), "/")
	subject := 0
	for i := 1; i+1 < len(steps) && (steps[i] == "lines" && i == 1 || steps[i] == "parties"); i += 2 {
		subject = i + 2
	}
	return Pointer(strings.Join(steps[:subject], "/"))
}

func (j *judge) finding(id string) *Finding {
	n, _ := strconv.Atoi(id[len("f"):]) // ids are numbered here
	return &j.findings[n-1]
}

func (j *judge) decisionOf(findingIDs []string) Decision {
	d := Clear
	for _, id := range findingIDs {
		d = Worst(d, j.finding(id).Outcome)
	}
	return d
}

// fold returns the strictest outcome of all rows at each time.
func fold(rows []row) row {
	out := row{{beforeAllTime, Clear}}
	for _, r := range rows {
		out = worstOf(out, r)
	}
	return out
}

func (j *judge) checks() Checks {
	c := Checks{Run: j.deal.catalogue.runAll, Assumed: j.assumed}
	if len(j.unknown) > 0 {
		c.Run = slices.DeleteFunc(slices.Clone(c.Run), func(id RuleID) bool { return slices.Contains(j.unknown, id) })
	}
	return c
}
