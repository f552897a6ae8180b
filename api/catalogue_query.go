package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Pages of the catalogue.
const (
	defaultLimit = 20
	maxLimit     = 100
	maxQuery     = 500 // code points
)

// catalogueQuery is what the calls that browse the catalogue take.
type catalogueQuery struct {
	text      string
	limit     int
	offset    int
	on        string  // a day, YYYY-MM-DD; empty where none is asked for
	threshold float64 // negative where none is asked for
	scope     string  // what a cursor of this query is bound to
}

// readCatalogueQuery reads the query of one call. Scope names the call and the catalogue: a cursor is good for nothing
// else.
func readCatalogueQuery(values url.Values, scope string, allowed ...string) (catalogueQuery, error) {
	q := catalogueQuery{limit: defaultLimit, threshold: -1}
	var r reader
	for name, given := range values {
		switch {
		case !slices.Contains(allowed, name):
			r.refuse("?"+name, "unknown parameter: want "+strings.Join(allowed, ", "))
		case len(given) != 1:
			r.refuse("?"+name, "stands more than once")
		default:
			q.read(&r, name, given[0])
		}
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{scope, q.text, q.on, strconv.FormatFloat(q.threshold, 'g', -1, 64)}, "\x00")))
	q.scope = hex.EncodeToString(sum[:8])
	if cursor := values.Get("cursor"); cursor != "" {
		q.offset = q.readCursor(&r, cursor)
	}
	if q.threshold >= 0 && q.text == "" {
		r.refuse("?threshold", "needs ?q, the name to hold against the catalogue")
	}
	if len(r.invalid) > 0 {
		return q, malformed("The query is not one that this call takes.", r.invalid...)
	}
	return q, nil
}

func (q *catalogueQuery) read(r *reader, name, value string) {
	switch at := "?" + name; name {
	case "q":
		switch {
		case !utf8.ValidString(value):
			r.refuse(at, "is not valid UTF-8")
		case utf8.RuneCountInString(value) > maxQuery:
			r.refuse(at, fmt.Sprintf("is longer than %d characters", maxQuery))
		}
		q.text = strings.TrimSpace(value)
	case "limit":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > maxLimit {
			r.refuse(at, fmt.Sprintf("%q is not a number from 1 to %d", value, maxLimit))
		}
		q.limit = n
	case "on":
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			r.refuse(at, fmt.Sprintf("%q is not a day that exists: want one such as 2024-08-01", value))
		}
		q.on = value
	case "threshold":
		t, err := strconv.ParseFloat(value, 64)
		if err != nil || math.IsNaN(t) || t < 0 || t > 1 {
			r.refuse(at, fmt.Sprintf("%q is not a number from 0 to 1", value))
		}
		q.threshold = t
	}
}

// cursor marks where the next page begins.
func (q *catalogueQuery) cursor(offset int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(q.scope + ":" + strconv.Itoa(offset)))
}

func (q *catalogueQuery) readCursor(r *reader, cursor string) int {
	const detail = "is not a cursor of this query on this catalogue: begin again without it"
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	scope, number, ok := strings.Cut(string(text), ":")
	offset, numberErr := strconv.Atoi(number)
	if err != nil || !ok || numberErr != nil || offset < 1 || scope != q.scope {
		r.refuse("?cursor", detail)
		return 0
	}
	return offset
}

// page cuts one page out of a list and gives the cursor of the next.
func page[T any](q *catalogueQuery, all []T) (items []T, next string) {
	from := min(q.offset, len(all))
	until := min(from+q.limit, len(all))
	if until < len(all) {
		next = q.cursor(until)
	}
	return all[from:until], next
}

// shelf holds one kind of item of the catalogue, by id.
type shelf[T any] struct {
	noun   string
	items  []T
	ids    []string
	finder *finder
}

// newShelf makes a shelf of items that are sorted by id. Names gives an item's id and every other name of it.
func newShelf[T any](noun string, items []T, names func(*T) (id string, others []string)) *shelf[T] {
	s := &shelf[T]{noun: noun, items: items, ids: make([]string, len(items))}
	labels := make([][]string, len(items))
	for i := range items {
		id, others := names(&items[i])
		s.ids[i], labels[i] = id, append(others, id)
	}
	s.finder = newFinder(labels)
	return s
}

// search returns the positions of the items that a text finds, all of them for an empty text, and what may have been
// meant instead of it. guess, where there is one, is asked before the text is taken for half right.
func (s *shelf[T]) search(text string, guess func() (found []int, meant string)) (found []int, didYouMean []string) {
	if text == "" {
		found = make([]int, len(s.items))
		for i := range found {
			found[i] = i
		}
		return found, nil
	}
	found, suggestion := s.finder.find(text)
	if len(found) == 0 && guess != nil {
		found, suggestion = guess()
	}
	if len(found) == 0 {
		found, suggestion = s.finder.partly(text)
	}
	if suggestion != "" {
		didYouMean = []string{suggestion}
	}
	return found, didYouMean
}

// at returns the items at some positions.
func (s *shelf[T]) at(positions []int) []T {
	out := make([]T, len(positions))
	for i, at := range positions {
		out[i] = s.items[at]
	}
	return out
}

// position finds an id. An unknown one is answered 404 with the ids that look like it.
func (s *shelf[T]) position(id string) (int, error) {
	for i, known := range s.ids {
		if known == id {
			return i, nil
		}
	}
	detail := fmt.Sprintf("There is no %s %q.", s.noun, id)
	if near, _ := s.search(strings.ToValidUTF8(id, ""), nil); id != "" && len(near) > 0 {
		detail += " Did you mean " + strings.Join(s.nearIDs(near), ", ") + "?"
	}
	return 0, &InputError{Status: http.StatusNotFound, Detail: detail}
}

func (s *shelf[T]) nearIDs(positions []int) []string {
	const few = 3
	out := make([]string, 0, few)
	for _, at := range positions[:min(few, len(positions))] {
		out = append(out, s.ids[at])
	}
	return out
}
