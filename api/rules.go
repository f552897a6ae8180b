package api

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/screening"
)

func ruleShelf(c *screening.Catalogue) *shelf[Rule] {
	items := convert(c.Rules(), func(r *screening.Rule) Rule { return wireRule(r, c) })
	return newShelf("rule", items, func(r *Rule) (string, []string) { return r.ID, []string{r.Row, r.Says, r.Citation} })
}

// listRules lists rules, all or those that a query finds.
//
//	@Summary		List or search the rules
//	@Description	Rules of the catalogue, by id: what each says, what it binds, its phases, citation, penalty and duty. With q, those whose id, row, citation or sentence holds its letters, best first.
//	@Description	With on, each rule tells what it holds for an act that falls on that day in New York, and each phase whether it holds then.
//	@ID				listRules
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			q		query		string	false	"what to look for; its first 32 characters count"	maxLength(500)	example(resale)
//	@Param			on		query		string	false	"a day in New York"									format(date)	example(2024-08-01)
//	@Param			limit	query		integer	false	"items of a page"									minimum(1)	maximum(100)	default(20)
//	@Param			cursor	query		string	false	"next_cursor of the page before"	example(MjUwODUxMDA1YTRjMWYzODozMA)
//	@Success		200	{object}	RulePage	"found"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/rules [get]
func (b *browser) listRules(c echo.Context) error {
	q, err := readCatalogueQuery(c.QueryParams(), b.scope("rules"), "q", "on", "limit", "cursor")
	if err != nil {
		return err
	}
	var answer RulePage
	found, meant := b.rules().search(q.text, nil)
	answer.DidYouMean = meant
	found, answer.NextCursor = page(&q, found)
	for _, at := range found {
		r, err := b.ruleOn(at, q.on)
		if err != nil {
			return err
		}
		answer.Items = append(answer.Items, r)
	}
	return writeJSON(c, http.StatusOK, mediaJSON, answer)
}

// ruleOn is the rule at a position, with what it holds on a day where one is asked for.
func (b *browser) ruleOn(at int, day string) (Rule, error) {
	r := b.rules().items[at]
	if day == "" {
		return r, nil
	}
	out, err := r.onDay(&b.catalogue.Rules()[at], day)
	if err != nil {
		return r, fmt.Errorf("rule %s on %s: %w", r.ID, day, err)
	}
	return out, nil
}

// rule shows one rule.
//
//	@Summary		Show a rule
//	@Description	One rule of the catalogue. With on, it tells what it holds for an act that falls on that day in New York.
//	@ID				getRule
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			id	path		string	true	"id of the rule"	example(us-icts-resale)
//	@Param			on	query		string	false	"a day in New York"	format(date)	example(2024-08-01)
//	@Success		200	{object}	Rule	"found"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		404	{object}	Problem	"there is no such item"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/rules/{id} [get]
func (b *browser) rule(c echo.Context) error {
	q, err := readCatalogueQuery(c.QueryParams(), "", "on")
	if err != nil {
		return err
	}
	at, err := b.rules().position(c.Param("id"))
	if err != nil {
		return err
	}
	r, err := b.ruleOn(at, q.on)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, mediaJSON, r)
}
