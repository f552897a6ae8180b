package screening

// fillNexus tells whether the deal touches the United States.
func (d *deal) fillNexus(s *sheet, sides []side) {
	places := s.places
	var sellerNamed, buyerNamed, sellerElsewhere, buyerElsewhere, usRole bool
	yes := known[Answer]{basis: NotKnown}
	settle := func(country, state string, basis Basis, from string) {
		if places.InUS(country, state) && yes.value != Yes {
			yes = known[Answer]{Yes, basis, from}
		}
	}
	for i := range sides {
		p := d.withBackground(sides[i])
		inUS := p.inUS(places)
		usRole = usRole || inUS && p.Role != Manufacturer
		switch p.Role {
		case Seller:
			sellerNamed = true
			sellerElsewhere = sellerElsewhere || p.elsewhere(places)
			s.exporter = firstOf(answerIf(inUS || s.exporter == Yes, Yes), answerIf(p.elsewhere(places), No), s.exporter)
			settle(p.country, p.State, p.basis, p.from)
		case Buyer, ShipTo, EndUser:
			buyerNamed = true
			buyerElsewhere = buyerElsewhere || p.Role != EndUser && p.elsewhere(places)
			settle(p.country, p.State, p.basis, p.from)
		}
	}
	if !sellerNamed {
		seller := firstKnownCountry(places, known[string]{d.order.Given.SellerCountry, Given, "seller_country"}, known[string]{d.order.Assumed.SellerCountry, Assumed, ""})
		settle(seller.value, "", seller.basis, seller.from)
		sellerElsewhere = seller.value != "" && !places.InUS(seller.value, "")
		s.exporter = firstOf(answerIf(places.InUS(seller.value, ""), Yes), answerIf(sellerElsewhere, No))
	}
	if !buyerNamed {
		owner := firstKnownCountry(places, known[string]{d.order.Given.OwnerCountry, Given, "owner_country"}, known[string]{d.order.Assumed.OwnerCountry, Assumed, ""})
		settle(owner.value, "", owner.basis, owner.from)
		buyerElsewhere = owner.value != "" && !places.InUS(owner.value, "")
	}
	s.nexus = yes
	if yes.value == Unknown && sellerElsewhere && buyerElsewhere && !usRole {
		s.nexus = known[Answer]{No, weakestBasis(sides, d), ""}
	}
	if s.activity.value == Return {
		s.exporter = d.returnsFromUS(sides)
	}
}

// withBackground fills a party's country from what the caller states where the document is silent.
func (d *deal) withBackground(p side) side {
	if p.country != "" || p.abroad {
		return p
	}
	stated := ""
	switch p.Role {
	case Seller:
		stated = d.order.Given.SellerCountry
	case Buyer, ShipTo, EndUser:
		stated = d.order.Given.OwnerCountry
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

func firstKnownCountry(places *Places, candidates ...known[string]) known[string] {
	for _, c := range candidates {
		if country, ok := places.Country(c.value); ok {
			c.value = country
			return c
		}
	}
	return known[string]{basis: NotKnown}
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

// returnsFromUS tells whether returned goods leave the US: then the buyer's side is the exporter.
func (d *deal) returnsFromUS(sides []side) Answer {
	answer, named := Unknown, false
	for i := range sides {
		p := d.withBackground(sides[i])
		switch p.Role {
		case Buyer, ShipTo, EndUser:
			named = true
			switch {
			case p.inUS(d.catalogue.places):
				return Yes
			case p.elsewhere(d.catalogue.places):
				answer = No
			}
		}
	}
	if named {
		return answer
	}
	owner := firstKnownCountry(d.catalogue.places, known[string]{value: d.order.Given.OwnerCountry}, known[string]{value: d.order.Assumed.OwnerCountry})
	return firstOf(answerIf(d.catalogue.places.InUS(owner.value, ""), Yes), answerIf(owner.value != "", No))
}

// fillBuyers collects everything that tells a public or otherwise regulated buyer: stated sectors, names and domains
// of the buying side, contract numbers and clauses. All of them hold; none hides another.
func (d *deal) fillBuyers(s *sheet, sides []side) {
	places, buyers := d.catalogue.places, d.catalogue.buyers
	for i := range sides {
		p := &sides[i]
		if p.Role != Buyer && p.Role != ShipTo && p.Role != EndUser {
			continue
		}
		state, _ := places.State(firstOf(p.country, "US"), p.State)
		if p.Sector != "" {
			s.buyers = append(s.buyers, buyerFact{
				sector: known[SectorKind]{p.Sector, Given, string(p.pointer) + "/sector"}, state: state, government: firstOf(p.country, "US"),
			})
		}
		if public, ok := buyers.party(p.Name, p.Identifiers); ok {
			s.buyers = append(s.buyers, inferredBuyer(public, state, p.country, string(p.pointer)+"/name"))
		}
	}
	if sector := d.order.Given.Sector; sector != "" {
		s.buyers = append(s.buyers, d.statedBuyer(sides, known[SectorKind]{sector, Given, "sector"}))
	}
	texts := []known[string]{{d.order.Contract, Inferred, "/contract"}}
	for i, text := range d.order.Texts {
		texts = append(texts, known[string]{text, Inferred, indexedPointer("/texts", i)})
	}
	for _, text := range texts {
		if public, ok := buyers.contract(text.value); ok {
			s.buyers = append(s.buyers, inferredBuyer(public, "", "", text.from))
		}
	}
	if len(s.buyers) == 0 {
		if sector := d.order.Assumed.Sector; sector != "" {
			s.buyers = append(s.buyers, d.statedBuyer(sides, known[SectorKind]{sector, Assumed, ""}))
			return
		}
		s.buyers = append(s.buyers, buyerFact{sector: known[SectorKind]{Commercial, Assumed, ""}})
	}
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
