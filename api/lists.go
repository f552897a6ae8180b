package api

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/internal/lists"
)

// listKeeper keeps the imported lists.
type listKeeper interface {
	States() ([]lists.State, error)
	Ask(id string) error
}

// ListPage is every list that this server can hold, those of which it has no copy too.
type ListPage struct {
	Items      []List `json:"items"`
	NextCursor string `json:"next_cursor"` // always empty: there are few
}

// List is one list of the catalogue, or one that could be imported.
type List struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Home      string       `json:"home"`                                                     // page of its publisher
	State     string       `json:"state" enums:"embedded,in_use,not_imported,being_fetched"` // of the copy here
	AsOf      string       `json:"as_of"`                                                    // day of the copy, YYYY-MM-DD; empty where there is none
	TakenAt   time.Time    `json:"taken_at,omitzero"`                                        // when the copy was accepted
	CheckedAt time.Time    `json:"checked_at,omitzero"`                                      // when its source was last known to have nothing newer
	Source    string       `json:"source"`                                                   // where the copy is from
	Entries   int          `json:"entries"`
	Records   int          `json:"records"`   // lines or elements that were read
	Orphans   int          `json:"orphans"`   // records that add to an entry which the copy does not have
	Digest    string       `json:"digest"`    // of the files of the copy; empty where there is none
	Fetchable bool         `json:"fetchable"` // it can be fetched; else it is imported by hand
	Stale     bool         `json:"stale"`     // the latest attempt to renew it was refused, or it is older than allowed
	Refused   *ListRefusal `json:"refused"`   // that attempt
}

// ListRefusal is why a newer copy of a list was not taken.
type ListRefusal struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Detail string    `json:"detail"`
}

// listLists shows the lists.
//
//	@Summary		Show the lists
//	@Description	Every list that this server can hold: how many entries its copy has, of which day it is, when its source was last asked and, where the latest copy was refused, why. A refused copy changes nothing: the one that is there stays in use, and the list counts as stale in every verdict.
//	@ID				listLists
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Success		200		{object}	ListPage	"the lists"
//	@Failure		401		{object}	Problem		"the API key is missing or wrong"
//	@Failure		429		{object}	Problem		"too many calls"
//	@Failure		503		{object}	Problem		"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem		"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/lists [get]
func (s *Server) listLists(c echo.Context) error {
	answer, err := s.lists()
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, mediaJSON, ListPage{Items: answer})
}

// refreshList fetches a list anew.
//
//	@Summary		Fetch a list anew
//	@Description	Has the list fetched from its publisher, soon and in the background. The answer shows the list as it is now; ask GET /v1/lists what became of it.
//	@ID				refreshList
//	@Tags			catalogue
//	@Produce		json,application/problem+json
//	@Param			id	path		string	true	"id of the list"	example(ofac-sdn)
//	@Success		202	{object}	List	"it will be fetched"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		404	{object}	Problem	"there is no such item"
//	@Failure		409	{object}	Problem	"it is only imported by hand"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/lists/{id}/refresh [post]
func (s *Server) refreshList(c echo.Context) error {
	id := c.Param("id")
	if s.cfg.Lists == nil {
		return noSuchList(id)
	}
	switch err := s.cfg.Lists.Ask(id); {
	case errors.Is(err, lists.ErrUnknownList):
		return noSuchList(id)
	case errors.Is(err, lists.ErrByHand):
		return &InputError{Status: http.StatusConflict, Detail: "This list has no fixed address. Import a copy: interdict lists import FILE"}
	case err != nil:
		return err
	}
	all, err := s.lists()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(l List) bool { return l.ID == id })
	if at < 0 {
		return noSuchList(id)
	}
	return writeJSON(c, http.StatusAccepted, mediaJSON, all[at])
}

func noSuchList(id string) error {
	return &InputError{Status: http.StatusNotFound, Detail: "There is no list " + shortened(strings.ToValidUTF8(id, "\uFFFD"), searchRunes) + ". GET /v1/lists names those that there are."}
}

// lists tells of the embedded list and of every other.
func (s *Server) lists() ([]List, error) {
	catalogue := s.catalogue()
	var out []List
	for _, l := range catalogue.Lists() {
		if l.Checked.IsZero() {
			out = append(out, List{
				ID: l.ID, Title: "Embedded facts about the Kaspersky group", State: "embedded", AsOf: l.AsOf, Source: "embedded",
				Entries: catalogue.Embedded(),
			})
		}
	}
	if s.cfg.Lists == nil {
		return out, nil
	}
	states, err := s.cfg.Lists.States()
	if err != nil {
		return nil, err
	}
	for i := range states {
		out = append(out, s.list(&states[i]))
	}
	slices.SortStableFunc(out, func(a, b List) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

func (s *Server) list(state *lists.State) List {
	m := &state.Manifest
	l := List{
		ID: state.ID, Title: state.Title, Home: state.Home, State: "not_imported", AsOf: m.AsOf, TakenAt: m.TakenAt, CheckedAt: m.CheckedAt,
		Source: m.Source, Entries: m.Entries, Records: m.Records, Orphans: m.Orphans, Digest: m.Digest, Fetchable: state.Fetchable,
		Stale: m.Stale() || s.isOld(m.CheckedAt),
	}
	if state.Taken {
		l.State = "in_use"
	}
	if state.Fetching {
		l.State = "being_fetched"
	}
	if r := m.Refused; r != nil {
		l.Refused = &ListRefusal{r.At, string(r.Reason), r.Detail}
	}
	return l
}

// isOld tells whether a list was last known to be up to date longer ago than is allowed.
func (s *Server) isOld(checked time.Time) bool {
	most := s.cfg.Assumed.ListsMaxAge
	return most > 0 && !checked.IsZero() && s.cfg.Now().Sub(checked) > most
}

var _ listKeeper = (*lists.Keeper)(nil)
