package api

import (
	"sync"

	"github.com/interdict/interdict/screening"
)

// browser answers the calls that look at the catalogue. What it searches in is made when first asked for.
type browser struct {
	catalogue *screening.Catalogue
	entities  func() *shelf[Entity]
	products  func() *shelf[Product]
	rules     func() *shelf[Rule]
}

func newBrowser(c *screening.Catalogue) *browser {
	return &browser{
		catalogue: c,
		entities:  sync.OnceValue(func() *shelf[Entity] { return entityShelf(c) }),
		products:  sync.OnceValue(func() *shelf[Product] { return productShelf(c) }),
		rules:     sync.OnceValue(func() *shelf[Rule] { return ruleShelf(c) }),
	}
}

// scope binds a cursor to a call and to the catalogue it was made on.
func (b *browser) scope(call string) string { return call + "\x00" + b.catalogue.Digest() }
