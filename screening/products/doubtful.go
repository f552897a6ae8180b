package products

// bareNumbers reports known product numbers that nothing on the line ties to the brand. One whose own product is named
// beside it in several words has two keys that agree.
func (c *claim) bareNumbers() {
	for i := range c.views {
		v := &c.views[i]
		for _, n := range v.numbers {
			if n.grammar.brand != c.brand || n.reading != bare {
				continue
			}
			match := c.numberMatch(v, n)
			if seen, ok := c.namedInWords(n.product); ok {
				match.Evidence = append(match.Evidence, seen)
				c.add(match)
				continue
			}
			match.Certainty, match.Score, match.Brand = Possible, 0.5, c.brand
			c.nearMisses = append(c.nearMisses, match)
		}
	}
}

// ownTokens is how many words of its own a product's name has if no other maker's is likely to be the same.
const ownTokens = 3

// nearBrands adds covered products whose long names stand behind what is nearly the brand's name: "Kaprsky Endpoint
// Security for Business Select". A person decides.
func (c *claim) nearBrands() {
	for i := range c.views {
		v := &c.views[i]
		for _, o := range v.near {
			name, ok := v.nameBehind(o.Last)
			if !ok || o.Entry != c.brand || name.tokens < ownTokens || !covered(c.s.entries[name.product].class) {
				continue
			}
			e := &c.s.entries[name.product]
			seen := v.tokenEvidence(name.first, name.last, MethodProductName)
			seen.Detail = name.detail
			c.add(Match{
				Product: e.ID, Name: e.Name, Class: e.class, Certainty: Likely, Score: o.Score,
				Evidence: []Evidence{v.brandEvidence(o), seen}, Verified: e.Verified,
			})
		}
	}
}

// namedInWords finds the name of a product that is more than one word long.
func (c *claim) namedInWords(product int) (Evidence, bool) {
	for i := range c.views {
		v := &c.views[i]
		for _, name := range v.names {
			if name.product == product && name.words > 1 {
				seen := v.tokenEvidence(name.first, name.last, MethodProductName)
				seen.Detail = name.detail
				return seen, true
			}
		}
	}
	return Evidence{}, false
}

// readBareBesideBrand adds known product numbers that stand beside the brand, where no name or number said more.
func (c *claim) readBareBesideBrand() {
	for i := range c.views {
		v := &c.views[i]
		for _, n := range v.numbers {
			if n.grammar.brand != c.brand || n.reading != bare || len(c.evidence) == 0 || n.product == noProduct {
				continue
			}
			match := c.numberMatch(v, n)
			if c.sure() && n.confirmed {
				match.Certainty = Certain
			}
			c.add(match)
		}
	}
}
