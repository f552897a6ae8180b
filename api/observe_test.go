package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

// logBook is a log that a test can read while the server writes it.
type logBook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// assessing is an assessor made of a function.
type assessing func(context.Context, []screening.SubjectText) ([]screening.Assessment, error)

func (f assessing) Assess(ctx context.Context, s []screening.SubjectText) ([]screening.Assessment, error) {
	return f(ctx, s)
}

// startOver runs the server over an assessor that a test puts before the real one.
func startOver(t *testing.T, cfg api.Config, before func(next screening.Assessor) screening.Assessor) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(serverOver(t, cfg, before).Handler())
	t.Cleanup(srv.Close)
	return srv
}

func serverOver(t testing.TB, cfg api.Config, before func(next screening.Assessor) screening.Assessor) *api.Server {
	t.Helper()
	catalogue, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	screener, err := screening.New(catalogue, screening.Config{Decorate: before})
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.NewServer(cfg, screener)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// faulty fails in the way that a party's name asks for.
func faulty(next screening.Assessor) screening.Assessor {
	return assessing(func(ctx context.Context, subjects []screening.SubjectText) ([]screening.Assessment, error) {
		for _, s := range subjects {
			if s.Party == nil {
				continue
			}
			switch name := s.Party.Name; {
			case strings.Contains(name, "panics with a text"):
				panic("cannot read " + name)
			case strings.Contains(name, "panics with an error"):
				panic(fmt.Errorf("cannot read %s", name))
			case strings.Contains(name, "runs over"):
				_ = subjects[1:][len(subjects)]
			case strings.Contains(name, "fails"):
				return nil, fmt.Errorf("reading %q: it is broken", name)
			}
		}
		return next.Assess(ctx, subjects)
	})
}

// Nothing that a caller sends is logged, whatever becomes of the request.
func TestLogTellsNothingOfCallers(t *testing.T) {
	const mark = "M4RK"
	var book logBook
	log, flush := telemetry.NewLog(&book, slog.LevelDebug)
	srv := startOver(t, api.Config{APIKey: "key-" + mark, Log: log, Rate: 200}, faulty)
	vendor, sku, order := "/v1/screen/vendor", "/v1/screen/sku", "/v1/screen/order"
	for _, r := range []struct{ method, path, media, body string }{
		{"POST", vendor, "application/json", `{"reference":"M4RK","name":"Kaspersky Lab","address":"M4RK","identifiers":[{"type":"M4RK","value":"M4RK"}]}`},
		{"POST", sku, "application/json", `{"sku":"M4RK","description":"Kaspersky M4RK","buyer":{"name":"M4RK","country":"US"}}`},
		{"POST", order, "application/json", `{"lines":[{"sku":"M4RK"}],"parties":[{"role":"buyer","name":"M4RK"}],"texts":["M4RK"]}`},
		{"POST", vendor, "application/x-ndjson", `{"name":"M4RK"}` + "\n" + `{"name":"M4RK"}` + "\n" + `{"name":"M4RK"` + "\n" + `{"name":"M4RK fails"}` + "\n"},
		{"POST", vendor, "application/json", `{"name":"M4RK`},
		{"POST", vendor, "application/json", `{"M4RK":"M4RK"}`},
		{"POST", vendor, "application/json", `{"name":"a","country":"M4RK"}`},
		{"POST", vendor, "application/json", `{"name":"M4RK fails"}`},
		{"POST", vendor, "application/json", `{"name":"M4RK panics with a text"}`},
		{"POST", vendor, "application/json", `{"name":"M4RK panics with an error"}`},
		{"POST", vendor, "application/json", `{"name":"M4RK runs over"}`},
		{"POST", vendor + "?seller_country=M4RK", "application/json", acme},
		{"POST", vendor + "?M4RK=1", "application/json", acme},
		{"POST", order, "application/M4RK", "M4RK"},
		{"POST", order, "M4RK", "M4RK"},
		{"GET", "/v1/entities?q=M4RK", "", ""},
		{"GET", "/v1/entities/M4RK", "", ""},
		{"GET", "/M4RK?M4RK=M4RK", "", ""},
		{"GET", "/%zzM4RK", "", ""},
		{"M4RK", vendor, "", ""},
		{"POST", vendor, "application/json", strings.Repeat("M4RK", 2<<20)},
	} {
		for _, key := range []string{"key-" + mark, "wrong-" + mark} {
			req, err := http.NewRequestWithContext(t.Context(), r.method, srv.URL, strings.NewReader(r.body))
			if err != nil {
				t.Fatal(err)
			}
			req.URL.Opaque = srv.URL + r.path
			req.Header.Set("Content-Type", r.media)
			req.Header.Set("Authorization", "Bearer "+key)
			req.Header.Set("Cookie", mark)
			req.Header.Set("User-Agent", mark)
			req.Header.Set("X-Request-Id", "not plain "+mark)
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				continue // the server may end the connection of a body that it does not want
			}
			answer, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if res.StatusCode == http.StatusInternalServerError && (strings.Contains(string(answer), "broken") || strings.Contains(string(answer), mark)) {
				t.Errorf("%s: the caller is told of the inside: %s", r.body, answer)
			}
		}
	}
	srv.Close()
	flush()
	for line := range strings.Lines(book.String()) {
		if strings.Contains(line, mark) {
			t.Errorf("logged: %.300s", line)
		}
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %.300s", line)
		}
	}
	for _, want := range []string{
		`"route":"/v1/screen/vendor","status":200`, `"decision":"review"`, `"verdicts":2`, `"status":401`, `"route":"none","status":404`,
		`"panic":"a value of type string"`, `"panic":"a value of type *`, "index out of range", `"level":"ERROR"`, `reading \"...\": it is broken`,
	} {
		if !strings.Contains(book.String(), want) {
			t.Errorf("the log lacks %s", want)
		}
	}
}

func TestPanic(t *testing.T) {
	srv := startOver(t, api.Config{}, faulty)
	res, body := call(t, srv, "POST", "/v1/screen/vendor", `{"name":"Acme panics with a text"}`)
	if res.status != 500 || res.header.Get("Content-Type") != "application/problem+json" || strings.Contains(body, "Acme") || strings.Contains(body, "cannot") {
		t.Errorf("got %d %s, want a problem that says nothing of the inside", res.status, body)
	}
	if res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme); res.status != 200 {
		t.Errorf("after a panic: got %d, want 200", res.status)
	}
}

// A panic on one line is that line's answer; the others have theirs.
func TestPanicOnALine(t *testing.T) {
	srv := startOver(t, api.Config{}, faulty)
	lines := strings.Repeat(acme+"\n", 100) + `{"name":"Acme panics with a text"}` + "\n" + acme + "\n"
	status, _, answer := post(t, srv, "/v1/screen/vendor", "application/x-ndjson", lines)
	got := strings.Split(strings.TrimSuffix(string(answer), "\n"), "\n")
	if status != http.StatusOK || len(got) != 102 {
		t.Fatalf("got %d and %d lines, want 102", status, len(got))
	}
	if !strings.Contains(got[100], `"line":101`) || !strings.Contains(got[100], `"status":500`) || !strings.Contains(got[101], `"decision":"clear"`) {
		t.Errorf("line 101: %s\nline 102: %.100s", got[100], got[101])
	}
}
