package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/screening"
)

func productShelf(c *screening.Catalogue) *shelf[Product] {
	listed := c.Products()
	items := convert(listed, wireProduct)
	return newShelf("product", items, func(p *Product) (string, []string) {
		names := slices.Concat([]string{p.Name}, p.Aliases, p.Standalone)
		for _, n := range p.Numbers {
			names = append(names, n.Number)
		}
		return p.ID, names
	})
}

// listProducts lists products, all or those that a query finds.
//
//	@Summary		List or search the products
//	@Description	Products of the catalogue, by id. With q, those whose names or part numbers hold its letters, best first: "kes adv" finds Endpoint Security for Business Advanced. A misspelt q is searched for as what it may mean, and did_you_mean says as what.
//	@ID				listProducts
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			q		query		string	false	"what to look for; its first 32 characters count"	maxLength(500)	example(kes adv)
//	@Param			on		query		string	false	"a day; products do not depend on it"				format(date)	example(2024-08-01)
//	@Param			limit	query		integer	false	"items of a page"									minimum(1)	maximum(100)	default(20)
//	@Param			cursor	query		string	false	"next_cursor of the page before"	example(MjUwODUxMDA1YTRjMWYzODozMA)
//	@Success		200	{object}	ProductPage	"found"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/products [get]
func (b *browser) listProducts(c echo.Context) error {
	q, err := readCatalogueQuery(c.QueryParams(), b.scope("products"), "q", "on", "limit", "cursor")
	if err != nil {
		return err
	}
	var answer ProductPage
	found, meant := b.products().search(q.text, nil)
	answer.DidYouMean = meant
	answer.Items, answer.NextCursor = page(&q, b.products().at(found))
	return writeJSON(c, http.StatusOK, mediaJSON, answer)
}

// product shows one product.
//
//	@Summary		Show a product
//	@Description	One product of the catalogue with its class, names, product numbers and sources.
//	@ID				getProduct
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			id	path		string	true	"id of the product"	example(kesb-advanced)
//	@Param			on	query		string	false	"a day; products do not depend on it"	format(date)	example(2024-08-01)
//	@Success		200	{object}	Product	"found"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		404	{object}	Problem	"there is no such item"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/products/{id} [get]
func (b *browser) product(c echo.Context) error {
	if _, err := readCatalogueQuery(c.QueryParams(), "", "on"); err != nil {
		return err
	}
	at, err := b.products().position(c.Param("id"))
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, mediaJSON, b.products().items[at])
}
