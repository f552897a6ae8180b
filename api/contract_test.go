package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/interdict/interdict/docs"
)

// contract is the description of the API, ready to hold requests and answers against.
type contract struct {
	doc    *openapi3.T
	router routers.Router
}

// described reads the description, with members that it does not name forbidden everywhere: a client may meet more than
// it knows, but the server may not send what is not described.
var described = sync.OnceValues(func() (*contract, error) {
	for _, media := range []string{"application/x-ndjson", "text/xml", "application/edi-x12", "text/html", "text/css", "text/javascript", "image/svg+xml"} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.PlainBodyDecoder)
	}
	var tree map[string]any
	if err := json.Unmarshal(docs.OpenAPI(), &tree); err != nil {
		return nil, err
	}
	for _, schema := range tree["components"].(map[string]any)["schemas"].(map[string]any) {
		if s := schema.(map[string]any); s["properties"] != nil && s["additionalProperties"] == nil {
			s["additionalProperties"] = false
		}
	}
	strict, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(strict)
	if err != nil {
		return nil, err
	}
	router, err := legacy.NewRouter(doc)
	return &contract{doc, router}, err
})

// underContract is a transport that holds every request and answer against the description.
type underContract struct {
	t    testing.TB
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (u underContract) RoundTrip(req *http.Request) (*http.Response, error) {
	var sent []byte
	if req.Body != nil {
		var err error
		if sent, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		req.Body = io.NopCloser(bytes.NewReader(sent))
	}
	res, err := u.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	got, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(got))
	if err != nil {
		return res, err
	}
	c, err := described()
	if err != nil {
		return nil, err
	}
	asked, answered := c.check(req, sent, res, got)
	if answered != nil {
		u.t.Errorf("%s %s: the answer %d is not as described: %v\n%.2000s", req.Method, req.URL, res.StatusCode, answered, got)
	}
	if asked != nil && res.StatusCode < http.StatusBadRequest {
		u.t.Errorf("%s %s: answered %d, but the request is not as described: %v\n%.2000s", req.Method, req.URL, res.StatusCode, asked, sent)
	}
	return res, nil
}

// check tells what is wrong with a request and with its answer. What no route describes is not held against anything.
func (c *contract) check(req *http.Request, sent []byte, res *http.Response, got []byte) (asked, answered error) {
	if res.Header.Get("Content-Encoding") == "gzip" {
		plain, err := gzip.NewReader(bytes.NewReader(got))
		if err != nil {
			return nil, err
		}
		if got, err = io.ReadAll(plain); err != nil {
			return nil, err
		}
	}
	plain := req.Clone(req.Context())
	plain.URL.Scheme, plain.URL.Host = "", ""
	route, params, known := c.route(plain)
	if !known {
		return nil, nil
	}
	plain.Body = http.NoBody
	if len(sent) > 0 {
		plain.Body = io.NopCloser(bytes.NewReader(sent))
		if plain.Header.Get("Content-Type") == "" {
			plain.Header.Set("Content-Type", "application/json") // what a body without one is read as
		}
	}
	in := &openapi3filter.RequestValidationInput{Request: plain, PathParams: params, Route: route, Options: &openapi3filter.Options{
		MultiError: true, IncludeResponseStatus: true, SkipSettingDefaults: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
	}}
	if res.StatusCode < http.StatusBadRequest {
		asked = openapi3filter.ValidateRequest(req.Context(), in)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: res.StatusCode, Header: res.Header, Options: in.Options}
	answered = openapi3filter.ValidateResponse(req.Context(), out.SetBodyBytes(got))
	if answered == nil && res.Header.Get("Content-Type") == "application/x-ndjson" {
		answered = c.checkLines(got)
	}
	return asked, answered
}

// route finds the operation that a request asks for.
func (c *contract) route(req *http.Request) (*routers.Route, map[string]string, bool) {
	route, params, err := c.router.FindRoute(req)
	return route, params, err == nil
}

// checkLines holds every line of an NDJSON answer against what it must be.
func (c *contract) checkLines(body []byte) error {
	for i, line := range strings.Split(strings.TrimSuffix(string(body), "\n"), "\n") {
		name := "Problem"
		if strings.Contains(line, `"decision"`) {
			name = "Verdict"
		}
		if err := c.conforms(name, []byte(line)); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

// conforms holds a JSON text against a schema.
func (c *contract) conforms(schema string, text []byte) error {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err
	}
	s := c.doc.Components.Schemas[schema]
	if s == nil {
		return errors.New("there is no schema " + schema)
	}
	return s.Value.VisitJSON(value, openapi3.EnableJSONSchema2020(), openapi3.MultiErrors())
}
