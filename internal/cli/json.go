package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/api"
)

// jsonOutput prints the API's answer for each input: indented, or one a line.
type jsonOutput struct {
	w      io.Writer
	indent bool
}

// failure stands where a verdict would.
type failure struct {
	Line      int              `json:"line,omitzero"` // 1-based, of an input with one object a line
	Input     string           `json:"input"`
	Reference string           `json:"reference,omitzero"`
	Title     string           `json:"title"`
	Detail    string           `json:"detail"`
	Errors    []api.FieldError `json:"errors"`
}

func failureOf(r result) failure {
	f := failure{Line: r.line, Input: r.file, Reference: r.order.Reference, Title: "Could not be screened", Detail: r.err.Error()}
	var refused *api.InputError
	if errors.As(r.err, &refused) {
		f.Detail, f.Errors = refused.Detail, refused.Fields
	}
	return f
}

func (j *jsonOutput) print(r result) error {
	var text bytes.Buffer
	var err error
	if r.err != nil {
		err = json.MarshalWrite(&text, failureOf(r))
	} else {
		verdict := api.NewVerdict(&r.verdict, api.Answer{Engine: version})
		verdict.Line = r.line
		err = api.EncodeVerdict(&text, &verdict)
	}
	if err != nil {
		return err
	}
	value := jsontext.Value(text.Bytes())
	if j.indent {
		err = value.Indent(jsontext.WithIndent("  "))
	} else {
		err = value.Compact()
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(j.w, value)
	return err
}

func (*jsonOutput) close() error { return nil }
