package products

import (
	"cmp"
	"slices"
)

// Listed is a product as its file has it, with what the spotter derives from the files. Its slices are shared and must
// not be changed.
type Listed struct {
	Product
	Brand   string // the brand's name
	Class   string
	Numbers []ListedNumber // product numbers that stand for it in part numbers, in order
}

// ListedNumber is the product number inside a part number, with the maker's prefix: KL4867. An unconfirmed one is known
// from general knowledge or sample data only.
type ListedNumber struct {
	Value     string
	Confirmed bool
}

// Products returns every product, by id.
func (s *Spotter) Products() []Listed {
	out := make([]Listed, len(s.entries))
	for i, e := range s.entries {
		out[i] = Listed{Product: e.Product, Brand: s.brandName[e.brand], Class: e.class}
	}
	for _, g := range s.grammars {
		for number, info := range g.numbers {
			if info.product != noProduct {
				p := &out[info.product]
				p.Numbers = append(p.Numbers, ListedNumber{g.prefix + number, info.confirmed})
			}
		}
	}
	for i := range out {
		slices.SortFunc(out[i].Numbers, func(a, b ListedNumber) int { return cmp.Compare(a.Value, b.Value) })
	}
	slices.SortFunc(out, func(a, b Listed) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
