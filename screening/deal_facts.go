package screening

import (
	"slices"
	"strings"
)

// reach is what is known of where one side of the deal stands.
type reach struct {
	named     bool          // the document names a party of this side
	inUS      known[Answer] // yes, or unknown
	elsewhere bool          // a party that settles it is known to be outside the US
	open      bool          // a party may be in the US by what its address says
}

// answer tells whether the side is in the US.
func (r *reach) answer() Answer {
	return firstOf(r.inUS.value, answerIf(r.elsewhere, No))
}

// fillNexus tells whether the deal touches the United States, and whether the exporter does: the seller, or in a return
// the buying side. A US party in any other role leaves it open.
func (d *deal) fillNexus(s *sheet, sides []side) {
	seller := d.reachOf(sides, []Role{Seller}, d.order.Given.SellerCountry, d.order.Assumed.SellerCountry)
	buying := d.reachOf(sides, []Role{Buyer, ShipTo, EndUser}, d.order.Given.OwnerCountry, d.order.Assumed.OwnerCountry)
	s.nexus = seller.inUS
	if s.nexus.value == Unknown {
		s.nexus = buying.inUS
	}
	if s.nexus.value == Unknown && seller.elsewhere && buying.elsewhere && !d.anyInUS(sides) {
		s.nexus = known[Answer]{No, weakestBasis(sides, d), ""}
	}
	s.exporter = seller.answer()
	if s.activity.value == Return {
		s.exporter = buying.answer()
	}
}

// reachOf looks at the parties of one side. Where the document names none, what the caller states stands for it, else
// what the operator assumes. An end user abroad settles nothing: goods may still be sold into the US on the way.
func (d *deal) reachOf(sides []side, roles []Role, given, assumed string) reach {
	places := d.catalogue.places
	r := reach{inUS: known[Answer]{basis: NotKnown}}
	for i := range sides {
		if !slices.Contains(roles, sides[i].Role) {
			continue
		}
		p := d.withBackground(sides[i], given)
		r.named = true
		r.open = r.open || p.country == "" && p.maybeUS
		r.elsewhere = r.elsewhere || p.Role != EndUser && p.elsewhere(places) && !p.american(places)
		if p.inUS(places) && r.inUS.value == Unknown {
			r.inUS = known[Answer]{Yes, p.basis, p.from}
		}
	}
	if r.named {
		r.elsewhere = r.elsewhere && !r.open
		return r
	}
	for _, stand := range [...]known[string]{{given, Given, "query"}, {assumed, Assumed, ""}} {
		if country, ok := places.Country(stand.value); ok {
			r.elsewhere = !places.InUS(country, "")
			if !r.elsewhere {
				r.inUS = known[Answer]{Yes, stand.basis, stand.from}
			}
			break
		}
	}
	return r
}

// anyInUS tells whether a party in any role is in the US or, a person, of its nationality.
func (d *deal) anyInUS(sides []side) bool {
	places := d.catalogue.places
	return slices.ContainsFunc(sides, func(p side) bool { return p.Role != Manufacturer && (p.inUS(places) || p.american(places)) })
}

// withBackground fills a party's country from what the caller states where the document is silent.
func (d *deal) withBackground(p side, stated string) side {
	if p.country != "" || p.abroad {
		return p
	}
	if country, ok := d.catalogue.places.Country(stated); ok {
		p.country, p.basis, p.from = country, Given, "query"
	}
	return p
}

func answerIf(condition bool, a Answer) Answer {
	if condition {
		return a
	}
	return Unknown
}

// weakestBasis is the basis of "no US party": assumed where a missing side was assumed, inferred where a country was.
func weakestBasis(sides []side, d *deal) Basis {
	basis := Given
	if !hasRole(sides, Seller) && d.order.Given.SellerCountry == "" {
		return Assumed
	}
	if !hasRole(sides, Buyer) && !hasRole(sides, ShipTo) && !hasRole(sides, EndUser) && d.order.Given.OwnerCountry == "" {
		return Assumed
	}
	for i := range sides {
		if sides[i].basis == Inferred {
			basis = Inferred
		}
	}
	return basis
}

// fillBuyers collects everything that tells a public or otherwise regulated buyer: stated sectors, names and domains
// of the buying side, contract numbers and clauses. All of them hold; none hides another. line is -1 for the order.
func (d *deal) fillBuyers(s *sheet, sides []side, line int) {
	for i := range sides {
		if p := &sides[i]; p.Role == Buyer || p.Role == ShipTo || p.Role == EndUser {
			d.buyersOf(s, p)
		}
	}
	if sector := d.order.Given.Sector; sector != "" {
		s.buyers = append(s.buyers, d.statedBuyer(sides, known[SectorKind]{sector, Given, "sector"}))
	}
	d.contractBuyers(s, line)
	if len(s.buyers) == 0 {
		if sector := d.order.Assumed.Sector; sector != "" {
			s.buyers = append(s.buyers, d.statedBuyer(sides, known[SectorKind]{sector, Assumed, ""}))
			return
		}
		s.buyers = append(s.buyers, buyerFact{sector: known[SectorKind]{Commercial, Assumed, ""}})
	}
}

// buyersOf adds what a party says of itself: its sector, its names, its address.
func (d *deal) buyersOf(s *sheet, p *side) {
	state, _ := d.catalogue.places.State(firstOf(p.country, "US"), p.State)
	if p.Sector != "" {
		s.buyers = append(s.buyers, buyerFact{
			sector: known[SectorKind]{p.Sector, Given, string(p.pointer) + "/sector"}, state: state, government: firstOf(p.country, "US"),
		})
	}
	infer := func(public publicBuyer, ok bool, from string) {
		if ok {
			s.buyers = append(s.buyers, inferredBuyer(public, state, p.country, string(p.pointer)+from))
		}
	}
	public, ok := d.catalogue.buyers.party(p.Name, p.Identifiers)
	infer(public, ok, "/name")
	for i, alias := range p.Aliases {
		public, ok := d.catalogue.buyers.party(alias, nil)
		infer(public, ok, indexedPointer("/aliases", i))
	}
	public, ok = d.addressed(p.Address)
	infer(public, ok, "/address")
}

// contractBuyers adds what the order's own texts say: the numbers and clauses of contracts and, of an inventory or bill,
// whose it is. Of a line that is more than clear, the numbers in its notes count too; clauses there may be anybody's.
func (d *deal) contractBuyers(s *sheet, line int) {
	texts := []known[string]{{d.order.Contract, Inferred, "/contract"}}
	listing := s.document.value == InventoryDocument || s.document.value == BOMDocument
	if len(d.order.Reference) >= shortestContract || listing {
		texts = append(texts, known[string]{d.order.Reference, Inferred, "/reference"})
	}
	for i, text := range d.order.Texts {
		texts = append(texts, known[string]{text, Inferred, indexedPointer("/texts", i)})
	}
	for _, text := range texts {
		if public, ok := d.catalogue.buyers.contract(text.value); ok {
			s.buyers = append(s.buyers, inferredBuyer(public, "", "", text.from))
		}
		if !listing {
			continue
		}
		if public, ok := d.addressed(text.value); ok { // whose it is stands in its context, or in the host's name
			s.buyers = append(s.buyers, inferredBuyer(public, "", "", text.from))
		}
	}
	if line < 0 || len(d.lines[line].Matches) == 0 {
		return
	}
	for i, text := range d.order.Lines[line].Texts {
		if public, ok := d.catalogue.buyers.contractNumber(text); ok {
			s.buyers = append(s.buyers, inferredBuyer(public, "", "", indexedPointer(indexedPointer("/lines", line)+"/texts", i)))
		}
	}
}

// shortestContract is the length of the shortest contract number of the federal government (FAR 4.1603). The number of
// an order may be one.
const shortestContract = 13

// addressed finds a public body in an address: as a line of its own, or by the domain of a mail address.
func (d *deal) addressed(address string) (publicBuyer, bool) {
	if address == "" {
		return publicBuyer{}, false
	}
	for _, part := range strings.FieldsFunc(address, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = strings.TrimSpace(part)
		if d.catalogue.places.isPart(part) {
			continue // VA is Virginia here
		}
		ids := []Identifier(nil)
		if i := strings.IndexByte(part, '@'); i > 0 {
			ids = []Identifier{{Type: "email", Value: part[strings.LastIndexByte(part[:i], ' ')+1:]}}
		}
		if public, ok := d.catalogue.buyers.party(part, ids); ok {
			return public, true
		}
	}
	return publicBuyer{}, false
}

// statedBuyer is a sector that was stated for the deal as a whole: state and country are the buying side's.
func (d *deal) statedBuyer(sides []side, sector known[SectorKind]) buyerFact {
	b := buyerFact{sector: sector, government: "US"}
	for _, role := range [...]Role{EndUser, ShipTo, Buyer} {
		for i := range sides {
			if p := &sides[i]; p.Role == role {
				b.government = firstOf(p.country, b.government)
				if state, ok := d.catalogue.places.State(b.government, p.State); ok {
					b.state = state
				}
			}
		}
	}
	return b
}

func inferredBuyer(public publicBuyer, state, country, from string) buyerFact {
	return buyerFact{
		sector: known[SectorKind]{public.Sector, Inferred, from}, state: firstOf(public.State, state),
		government: firstOf(public.Country, country, "US"), unsure: public.Unsure,
	}
}

// mostRegulated returns the buyer fact that the verdict shows.
func (s *sheet) mostRegulated() *buyerFact {
	best := &s.buyers[0]
	for i := range s.buyers {
		if regulation(s.buyers[i].sector.value) < regulation(best.sector.value) {
			best = &s.buyers[i]
		}
	}
	return best
}

// regulation ranks a sector: the most regulated is first in Sectors.
func regulation(sector SectorKind) int {
	for i, s := range Sectors {
		if s == sector {
			return i
		}
	}
	return len(Sectors)
}

// fillFunding collects the subsidies that are stated or named in texts.
func (d *deal) fillFunding(s *sheet, line *Line, index int) {
	if f := d.order.Funding; f != "" {
		s.funding = append(s.funding, known[Funding]{f, Given, "/funding"})
	}
	read := func(text, from string) {
		if f, _ := d.catalogue.buyers.funding(text); f != "" && f != NoFunding {
			s.funding = append(s.funding, known[Funding]{f, Inferred, from})
		}
	}
	read(d.order.Contract, "/contract")
	for i, text := range d.order.Texts {
		read(text, indexedPointer("/texts", i))
	}
	if line != nil {
		for i, text := range line.Texts {
			read(text, indexedPointer(indexedPointer("/lines", index)+"/texts", i))
		}
	}
	if len(s.funding) == 0 {
		s.funding = append(s.funding, known[Funding]{NoFunding, Assumed, ""})
	}
}
