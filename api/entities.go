package api

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

func entityShelf(c *screening.Catalogue) *shelf[Entity] {
	entities := c.Entities()
	items := make([]Entity, len(entities))
	for i, e := range entities {
		items[i] = wireEntity(e)
	}
	return newShelf("entity", items, func(e *Entity) (string, []string) {
		spellings := []string{e.Name}
		for _, n := range slices.Concat(e.Names, e.Brand) {
			if n.Form != string(names.Misspelling) { // found as slips, and never offered as what was meant
				spellings = append(spellings, n.Name)
			}
		}
		return e.ID, spellings
	})
}

// listEntities lists companies and persons, all or those that a query finds.
//
//	@Summary		List or search the entities
//	@Description	Companies and persons of the catalogue, by id. With q, those whose names hold its letters, best first: parts of words and abbreviations do. A misspelt q is searched for as what it may mean, and did_you_mean says as what.
//	@Description	With threshold, q is a whole name that is scored as a screening would score it: "would this be flagged?". Items then carry match, and only those with at least that score are listed. Scores too low to be a near miss are not kept.
//	@ID				listEntities
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			q			query		string	false	"what to look for; without threshold its first 32 characters count"	maxLength(500)	example(kaspersky lab inc)
//	@Param			threshold	query		number	false	"least score of a match, with q"									minimum(0)	maximum(1)	example(0.9)
//	@Param			on			query		string	false	"a day in New York: listings are then those in force that day"		format(date)	example(2024-08-01)
//	@Param			limit		query		integer	false	"items of a page"													minimum(1)	maximum(100)	default(20)
//	@Param			cursor		query		string	false	"next_cursor of the page before"	example(MjUwODUxMDA1YTRjMWYzODozMA)
//	@Success		200	{object}	EntityPage	"found"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/entities [get]
func (b *browser) listEntities(c echo.Context) error {
	q, err := readCatalogueQuery(c.QueryParams(), b.scope("entities"), "q", "threshold", "on", "limit", "cursor")
	if err != nil {
		return err
	}
	var answer EntityPage
	if q.threshold >= 0 {
		answer.Items = b.scored(q.text, q.threshold)
	} else {
		found, meant := b.entities().search(q.text, func() ([]int, string) { return b.byName(q.text) })
		answer.Items, answer.DidYouMean = b.entities().at(found), meant
	}
	answer.Items, answer.NextCursor = page(&q, answer.Items)
	if q.on != "" {
		answer.Items = convert(answer.Items, func(e *Entity) Entity { return e.inForce(q.on) })
	}
	return writeJSON(c, http.StatusOK, mediaJSON, answer)
}

// byName asks the index that screenings use: it knows alphabets and habits of spelling that plain slips do not explain.
func (b *browser) byName(text string) (found []int, meant string) {
	for _, e := range b.scored(text, 0) {
		at, _ := slices.BinarySearch(b.entities().ids, e.ID)
		found = append(found, at)
	}
	if len(found) > 0 {
		meant = b.entities().items[found[0]].Name
	}
	return found, meant
}

// scored returns the entities that a name matches with at least a score, best first.
func (b *browser) scored(name string, least float64) []Entity {
	shelf, found := b.entities(), b.catalogue.Resolve(name)
	var out []Entity
	add := func(all []screening.Assessed, flagged bool) {
		for i := range all {
			m := &all[i]
			at, known := slices.BinarySearch(shelf.ids, m.Target.ID)
			if !known || m.Score < least {
				continue
			}
			e := shelf.items[at]
			e.Match = &EntityMatch{
				Score: rounded(m.Score), Flagged: flagged, Review: b.catalogue.ReviewThreshold(), Certainty: m.Certainty.String(),
				Evidence: convert(m.Evidence, evidence),
			}
			out = append(out, e)
		}
	}
	add(found.Matches, true)
	add(found.NearMisses, false)
	slices.SortStableFunc(out, func(a, b Entity) int { return cmp.Compare(b.Match.Score, a.Match.Score) })
	return out
}

// entity shows one company or person.
//
//	@Summary		Show an entity
//	@Description	One company or person of the catalogue with its names, listings, identifiers and sources.
//	@ID				getEntity
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			id	path		string	true	"id of the entity"	example(ao-kaspersky-lab)
//	@Param			on	query		string	false	"a day in New York: listings are then those in force that day"	format(date)	example(2024-08-01)
//	@Success		200	{object}	Entity	"found"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		404	{object}	Problem	"there is no such item"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/entities/{id} [get]
func (b *browser) entity(c echo.Context) error {
	q, err := readCatalogueQuery(c.QueryParams(), "", "on")
	if err != nil {
		return err
	}
	at, err := b.entities().position(c.Param("id"))
	if err != nil {
		return err
	}
	e := b.entities().items[at]
	if q.on != "" {
		e = e.inForce(q.on)
	}
	return writeJSON(c, http.StatusOK, mediaJSON, e)
}
