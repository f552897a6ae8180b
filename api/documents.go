package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/screening"
)

// DocumentVerdicts is the answer to a document: a verdict for each order in it, in its order.
type DocumentVerdicts struct {
	Verdicts []Verdict    `json:"verdicts"`
	Problems []DocProblem `json:"problems"` // of the document as a whole; each verdict has them too
}

// canonicalFormat forces the canonical JSON where a caller names a format.
const canonicalFormat = "json"

// screenDocument screens a body that is no canonical JSON: an order as some other system writes it.
func (s *Server) screenDocument(c echo.Context, body []byte, stated screening.Background) error {
	read, err := s.documents.Decode(c.Request().Context(), body, documents.Hints{Format: c.QueryParam(formatParameter)})
	if err != nil {
		return documentError(err)
	}
	return s.answerDocument(c, &read, stated)
}

// answerDocument screens every order of a document.
func (s *Server) answerDocument(c echo.Context, read *documents.Document, stated screening.Background) error {
	answer := DocumentVerdicts{Verdicts: make([]Verdict, 0, len(read.Orders)), Problems: convert(read.Problems, docProblem)}
	for i := range read.Orders {
		v, err := s.judged(c.Request().Context(), &read.Orders[i], stated)
		if err != nil {
			return fmt.Errorf("order %d of the document: %w", i+1, err)
		}
		answer.Verdicts = append(answer.Verdicts, *v)
	}
	return writeText(c, &answer, appendVerdicts)
}

// formatParameter is the query parameter that names a document's format.
const formatParameter = "format"

// documentError turns a reader's refusal into an answer.
func documentError(err error) error {
	var refused *documents.Error
	if !errors.As(err, &refused) {
		return err
	}
	status := map[documents.Kind]int{
		documents.Malformed: http.StatusBadRequest, documents.TooLarge: http.StatusRequestEntityTooLarge,
		documents.Unsupported: http.StatusUnsupportedMediaType, documents.Unknown: http.StatusUnsupportedMediaType, documents.Refused: http.StatusUnprocessableEntity,
	}[refused.Kind]
	out := &InputError{Status: status, Detail: refused.Detail}
	if refused.At != "" {
		out.Fields = []FieldError{{refused.At, refused.Detail}}
	}
	return out
}

// orJSONDocument answers a JSON body that is no canonical order with the verdicts of the format that knows its keys;
// where none does, the refusal stands.
func (s *Server) orJSONDocument(c echo.Context, body []byte, stated screening.Background, refusal error) error {
	var input *InputError
	if !errors.As(refusal, &input) || input.Status != http.StatusBadRequest {
		return refusal
	}
	read, err := s.documents.Decode(c.Request().Context(), body, documents.Hints{})
	switch {
	case documents.IsForeign(read, err):
		return refusal
	case err != nil:
		return documentError(err)
	}
	return s.answerDocument(c, &read, stated)
}

// judged screens an order that was read.
func (s *Server) judged(ctx context.Context, order *screening.Order, stated screening.Background) (*Verdict, error) {
	order.Given, order.Assumed, order.ReceivedAt = stated, s.cfg.Assumed, s.cfg.Now()
	current := s.current.Load()
	verdict, err := current.Screen(ctx, *order)
	if err != nil {
		return nil, err
	}
	wire := NewVerdict(&verdict, Answer{ID: s.ids.next("scr_", order.ReceivedAt), Engine: s.cfg.Engine, AllRules: current.allRules})
	return &wire, nil
}
