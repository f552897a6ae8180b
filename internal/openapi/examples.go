package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
)

// example is one call with its answer, as the API's own tests replay it.
type example struct {
	Path     string          `json:"path"`
	Method   string          `json:"method,omitempty"` // where it is not GET without a body, POST with one
	Status   int             `json:"status,omitempty"` // where it is not 200
	Request  json.RawMessage `json:"request,omitempty"`
	Text     string          `json:"text,omitempty"` // of an answer that is no JSON
	Response json.RawMessage `json:"response,omitempty"`
}

// refusals say what is wrong, by status.
func refusals() map[int]object {
	problem := func(kind, detail string, errors ...any) object {
		p := object{"type": "https://interdict.dev/problems/" + kind, "detail": detail}
		if len(errors) > 0 {
			p["errors"] = errors
		}
		return p
	}
	at := func(pointer, detail string) any { return object{"pointer": pointer, "detail": detail} }
	return map[int]object{
		http.StatusBadRequest:            problem("malformed", "The body has a field that this call does not know.", at("/vendor", "unknown field")),
		http.StatusUnauthorized:          problem("unauthorised", "This call needs an API key. Send it as Authorization: Bearer <key>."),
		http.StatusNotFound:              problem("not-found", `There is no rule "us-ict-resale". Did you mean us-icts-resale?`),
		http.StatusConflict:              problem("refused", "This list has no fixed address. Import a copy: interdict lists import FILE"),
		http.StatusRequestEntityTooLarge: problem("too-large", "The body is over 5 MB, the most that a call takes. Split it."),
		http.StatusUnsupportedMediaType:  problem("unknown-format", "This is no format that is read here."),
		http.StatusUnprocessableEntity:   problem("refused", "The body is well formed, but some values cannot be.", at("/date", `"2024-02-30" is not a date that exists`)),
		http.StatusTooManyRequests:       problem("too-many-requests", "Too many calls. Try again after Retry-After."),
		http.StatusInternalServerError:   problem("internal", "Something went wrong here."),
		http.StatusServiceUnavailable:    problem("unavailable", "The answer was not ready in time. Try again."),
	}
}

// exemplify gives every operation an example of what is asked and of every answer.
func exemplify(doc object, folder string) error {
	for id, op := range operations(doc) {
		text, err := os.ReadFile(filepath.Join(folder, id+".json")) //nolint:gosec // the path is this repository's own
		if err != nil {
			return fmt.Errorf("operation %s: %w", id, err)
		}
		var e example
		if err := json.Unmarshal(text, &e); err != nil {
			return fmt.Errorf("operation %s: %w", id, err)
		}
		if err := e.show(op); err != nil {
			return fmt.Errorf("operation %s: %w", id, err)
		}
		for code, response := range child(op, "responses") {
			showRefusal(code, response.(object))
		}
	}
	return nil
}

// show enters a call and its answer.
func (e *example) show(op object) error {
	if len(e.Request) > 0 {
		if err := enter(child(op, "requestBody", "content"), e.Request); err != nil {
			return err
		}
	}
	status := "200"
	if e.Status != 0 {
		status = strconv.Itoa(e.Status)
	}
	content := child(op, "responses", status, "content")
	if e.Text != "" {
		for _, media := range content {
			media.(object)["example"] = e.Text
		}
		return nil
	}
	return enter(content, e.Response)
}

// enter puts a JSON example into every format of a content.
func enter(content object, value json.RawMessage) error {
	var whole any
	if err := json.Unmarshal(value, &whole); err != nil {
		return err
	}
	var line bytes.Buffer
	if err := json.Compact(&line, value); err != nil {
		return err
	}
	for media, of := range content {
		switch shown := of.(object); {
		case shown["example"] != nil: // from the overlay
		case media == mediaNDJSON:
			shown["example"] = line.String() + "\n"
		default:
			shown["example"] = whole
		}
	}
	return nil
}

// showRefusal enters the problem document of a status.
func showRefusal(code string, response object) {
	content, _ := response["content"].(object)
	if content[mediaProblem] == nil {
		return
	}
	status, err := strconv.Atoi(code)
	if err != nil {
		status = http.StatusInternalServerError
	}
	problem := refusals()[status]
	problem["title"], problem["status"], problem["instance"] = http.StatusText(status), status, "urn:interdict:request:req_01KAN2Q7B8V5E0000000000000"
	child(content, mediaProblem)["example"] = problem
}
