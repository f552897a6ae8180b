package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// Problem is an RFC 9457 problem document: why a question could not be answered, where the input was wrong and what
// to do.
type Problem struct {
	Line      int          `json:"line,omitzero"`      // of an NDJSON body, 1-based
	Reference string       `json:"reference,omitzero"` // the line's own, where it could be read
	Type      string       `json:"type"`
	Title     string       `json:"title"`
	Status    int          `json:"status"`
	Detail    string       `json:"detail"`
	Instance  string       `json:"instance"`
	Errors    []FieldError `json:"errors,omitempty"`
}

// FieldError names one value of the input that is wrong.
type FieldError struct {
	Pointer string `json:"pointer"` // RFC 6901
	Detail  string `json:"detail"`
}

// InputError refuses an input. Malformed input is answered 400; input that is well formed but cannot be true, 422.
type InputError struct {
	Status int
	Detail string
	Fields []FieldError
}

// Error names what was wrong and where.
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString(e.Detail)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", firstNonEmpty(f.Pointer, "the document"), f.Detail)
	}
	return b.String()
}

func malformed(detail string, fields ...FieldError) *InputError {
	return &InputError{Status: http.StatusBadRequest, Detail: detail, Fields: fields}
}

func firstNonEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// problemTypes names each status that the API answers with. The type is a stable identifier for programs.
var problemTypes = map[int]string{
	http.StatusBadRequest:            "malformed",
	http.StatusUnauthorized:          "unauthorised",
	http.StatusForbidden:             "forbidden",
	http.StatusNotFound:              "not-found",
	http.StatusMethodNotAllowed:      "method-not-allowed",
	http.StatusConflict:              "conflict",
	http.StatusRequestEntityTooLarge: "too-large",
	http.StatusUnsupportedMediaType:  "unknown-format",
	http.StatusUnprocessableEntity:   "refused",
	http.StatusTooManyRequests:       "too-many-requests",
	http.StatusInternalServerError:   "internal",
	http.StatusServiceUnavailable:    "unavailable",
}

// statusOf maps an error to a status and to the text that a caller may see. Text of any other error stays inside.
func statusOf(err error) (status int, detail string, fields []FieldError) {
	var input *InputError
	var http_ *echo.HTTPError
	switch {
	case errors.As(err, &input):
		return input.Status, input.Detail, input.Fields
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "The answer was not ready in time. Try again, with fewer lines if there are many.", nil
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "The request was cancelled.", nil
	case errors.As(err, &http_):
		switch http_.Code {
		case http.StatusNotFound:
			return http_.Code, "There is nothing at this path. The calls are listed in docs/api.md.", nil
		case http.StatusMethodNotAllowed:
			return http_.Code, "This path does not take this method.", nil
		}
		return http_.Code, http.StatusText(http_.Code) + ".", nil
	}
	return http.StatusInternalServerError, "Something went wrong here. The order was not screened; try again, and report the instance if it stays.", nil
}

// problemFor makes the problem document of an error. instance identifies the request in the logs.
func problemFor(err error, instance string) Problem {
	status, detail, fields := statusOf(err)
	kind, known := problemTypes[status]
	if !known {
		kind = "error"
	}
	return Problem{
		Type: "https://interdict.dev/problems/" + kind, Title: http.StatusText(status), Status: status, Detail: detail,
		Instance: instance, Errors: slices.Clone(fields),
	}
}
