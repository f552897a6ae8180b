package api_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/telemetry"
)

// reply is the head of an answer.
type reply struct {
	status int
	header http.Header
}

// call sends one request with headers and returns the answer and its body, as they came. It asks what a description of
// the API would not allow to ask.
func call(t *testing.T, srv *httptest.Server, method, path, body string, headers ...string) (reply, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header}, string(answer)
}

const acme = `{"name":"Acme Supplies LLC","country":"US"}`

func trustingLoopback(c *api.Config) {
	c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
}

func TestOnlyNamesOfThisMachineWithoutAKey(t *testing.T) {
	open, keyed := start(t, nil), start(t, func(c *api.Config) { c.APIKey = "k" })
	for _, tt := range []struct {
		host string
		want int
	}{
		{"localhost", 200},
		{"LOCALHOST:8080", 200},
		{"127.0.0.1:9", 200},
		{"127.8.9.1", 200},
		{"[::1]:80", 200},
		{"[::1]", 200},
		{"evil.test", 403},
		{"evil.test:8080", 403},
		{"localhost.evil.test", 403},
		{"127.0.0.1.evil.test", 403},
		{"0.0.0.0", 403},
		{"192.0.2.1:8080", 403},
	} {
		t.Run(tt.host, func(t *testing.T) {
			for _, path := range []string{"/readyz", "/version"} {
				res, body := call(t, open, "GET", path, "", "Host", tt.host)
				if res.status != tt.want {
					t.Errorf("%s without a key: got %d %s, want %d", path, res.status, body, tt.want)
				}
				if tt.want == 403 && (res.header.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, "INTERDICT_API_KEY")) {
					t.Errorf("got %s %s, want a problem that says what to do", res.header.Get("Content-Type"), body)
				}
				if res, _ := call(t, keyed, "GET", path, "", "Host", tt.host); res.status != 200 {
					t.Errorf("%s with a key: got %d, want 200", path, res.status)
				}
			}
		})
	}
}

func TestPagesOfOtherOriginsAreRefusedWithoutAKey(t *testing.T) {
	srv := start(t, nil)
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.test"}, {"Sec-Fetch-Site", "same-site"},
	} {
		if res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme, headers...); res.status != 403 {
			t.Errorf("%v: got %d, want 403", headers, res.status)
		}
	}
	res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme, "Sec-Fetch-Site", "same-origin")
	if res.status != 200 || res.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("own origin: got %d and %q, want 200 and no word of other origins", res.status, res.header.Get("Access-Control-Allow-Origin"))
	}
}

// A guesser is slowed; callers elsewhere, and those who got it right before the limit, are not.
func TestGuessing(t *testing.T) {
	srv := start(t, func(c *api.Config) { c.APIKey = "right"; trustingLoopback(c) })
	try := func(from, key string) reply {
		res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme, "X-Forwarded-For", from, "Authorization", "Bearer "+key)
		return res
	}
	for range 3 {
		for range 10 {
			if got := try("192.0.2.9", "old").status; got != 401 {
				t.Fatalf("a few wrong keys: got %d, want 401", got)
			}
		}
		if got := try("192.0.2.9", "right").status; got != 200 {
			t.Fatalf("the right key after a few wrong ones: got %d, want 200", got)
		}
	}
	slowed := 0
	for i := range 60 {
		res := try("2001:db8:1:2::"+fmt.Sprint(i+1), "guess"+fmt.Sprint(i))
		if res.status == 429 {
			slowed++
			if res.header.Get("Retry-After") == "" {
				t.Error("429 without Retry-After")
			}
		}
	}
	if slowed < 20 {
		t.Errorf("60 guesses from one IPv6 network: %d were slowed, want most beyond the first 20", slowed)
	}
	if got := try("2001:db8:1:3::1", "right").status; got != 200 {
		t.Errorf("another network: got %d, want 200", got)
	}
	for range 40 {
		if res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme, "X-Forwarded-For", "192.0.2.7"); res.status != 401 {
			t.Fatalf("no key is no guess: got %d, want 401", res.status)
		}
	}
}

func TestRate(t *testing.T) {
	for _, tt := range []struct {
		name    string
		change  func(*api.Config)
		headers func(i int) []string
		limited bool
	}{
		{"one address", func(*api.Config) {}, func(int) []string { return nil }, true},
		{"one address that tells others from nobody's proxy", func(*api.Config) {}, func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i)} }, true},
		{"many addresses behind a proxy", trustingLoopback, func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i)} }, false},
		{"many behind a proxy, the first in the list made up", trustingLoopback, func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprintf("192.0.2.%d, 198.51.100.7", i)} }, true},
		{"the first page, which screens without a key", func(*api.Config) {}, nil, true},
		{"one key from many addresses", func(c *api.Config) { c.APIKey = "k"; trustingLoopback(c) }, func(i int) []string {
			return []string{"Authorization", "Bearer k", "X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i)}
		}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			srv := start(t, func(c *api.Config) { c.Rate = 3; tt.change(c) })
			limited := 0
			for i := range 40 {
				method, path, body, headers := "GET", "/?q=Acme", "", []string(nil)
				if tt.headers != nil {
					method, path, body, headers = "POST", "/v1/screen/vendor", acme, tt.headers(i)
				}
				res, body := call(t, srv, method, path, body, headers...)
				if res.header.Get("RateLimit-Limit") != "3" || res.header.Get("RateLimit-Remaining") == "" || res.header.Get("RateLimit-Reset") == "" {
					t.Fatalf("got headers %v, want RateLimit ones", res.header)
				}
				if res.status == 429 {
					limited++
					if res.header.Get("Retry-After") == "" || !strings.Contains(body, "3 times a second") {
						t.Fatalf("got %v %s, want Retry-After and the limit", res.header, body)
					}
				}
			}
			if tt.limited != (limited > 0) {
				t.Errorf("%d of 40 calls were limited, want limits: %v", limited, tt.limited)
			}
			for _, path := range []string{"/healthz", "/readyz", "/openapi.json"} {
				if res, _ := call(t, srv, "GET", path, ""); res.status != 200 {
					t.Errorf("%s: got %d, want 200: probes are never limited", path, res.status)
				}
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	direct, proxied := start(t, nil), start(t, trustingLoopback)
	for _, path := range []string{"/healthz", "/v1/rules", "/nothing"} {
		res, _ := call(t, direct, "GET", path, "", "X-Forwarded-Proto", "https")
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Strict-Transport-Security": "",
		} {
			if got := res.header.Get(name); got != want {
				t.Errorf("%s: %s: got %q, want %q", path, name, got, want)
			}
		}
	}
	for proto, want := range map[string]bool{"https": true, "http": false, "": false} {
		res, _ := call(t, proxied, "GET", "/healthz", "", "X-Forwarded-Proto", proto)
		if got := res.header.Get("Strict-Transport-Security") != ""; got != want {
			t.Errorf("proto %q from a trusted proxy: HSTS %v, want %v", proto, got, want)
		}
	}
}

func TestRequestID(t *testing.T) {
	srv := start(t, nil)
	for given, kept := range map[string]bool{
		"": false, "abc-123_X.y": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
		"a b": false, `x","level":"ERROR`: false, "é": false, "<script>": false,
	} {
		res, body := call(t, srv, "GET", "/nothing", "", "X-Request-Id", given)
		got := res.header.Get("X-Request-Id")
		if got == "" || (got == given) != kept {
			t.Errorf("given %q: got %q, want it kept: %v", given, got, kept)
		}
		if !strings.Contains(body, "urn:interdict:request:"+got) {
			t.Errorf("the problem does not name the request %s: %s", got, body)
		}
	}
}

func TestMethods(t *testing.T) {
	srv := start(t, nil)
	for _, tt := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"HEAD", "/healthz", 200, ""},
		{"HEAD", "/v1/rules", 200, ""},
		{"HEAD", "/nothing", 404, ""},
		{"HEAD", "/v1/screen/vendor", 405, "POST"},
		{"OPTIONS", "/v1/screen/vendor", 204, "POST"},
		{"OPTIONS", "/nothing", 404, ""},
		{"GET", "/v1/screen/vendor", 405, "POST"},
		{"DELETE", "/healthz", 405, "GET"},
		{"TRACE", "/healthz", 405, "GET"},
		{"BREW", "/healthz", 405, "GET"},
		{"GET", "/v1/screen/vendor/", 404, ""},
		{"GET", "/../etc/passwd", 404, ""},
		{"POST", "//v1/screen/vendor", 404, ""},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			res, body := call(t, srv, tt.method, tt.path, "")
			if res.status != tt.status || !strings.Contains(res.header.Get("Allow"), tt.allow) {
				t.Errorf("got %d, Allow %q, want %d and %q", res.status, res.header.Get("Allow"), tt.status, tt.allow)
			}
			if tt.status >= 400 && res.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %s, want a problem document", res.header.Get("Content-Type"))
			}
			if tt.method == "HEAD" && body != "" {
				t.Errorf("HEAD has a body: %q", body)
			}
		})
	}
}

// Large answers are compressed for those who ask, small ones and refusals never; NDJSON stays whole.
func TestCompression(t *testing.T) {
	srv := start(t, nil)
	many := strings.Repeat(acme+"\n", 200)
	for _, tt := range []struct {
		name, path, media, body string
		accepts, compressed     bool
	}{
		{"small", "/v1/screen/vendor", "application/json", acme, true, false},
		{"large", "/v1/screen/order", "application/json", `{"lines":[` + strings.Repeat(`{"sku":"KL4867XATFS"},`, 40) + `{"sku":"x"}]}`, true, true},
		{"many lines", "/v1/screen/vendor", "application/x-ndjson", many, true, true},
		{"many lines, not asked for", "/v1/screen/vendor", "application/x-ndjson", many, false, false},
		{"refusal", "/v1/screen/vendor", "application/json", "{}", true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			headers := []string{"Content-Type", tt.media, "Accept-Encoding", "identity"}
			if tt.accepts {
				headers[3] = "gzip"
			}
			res, body := call(t, srv, "POST", tt.path, tt.body, headers...)
			if got := res.header.Get("Content-Encoding") == "gzip"; got != tt.compressed {
				t.Fatalf("compressed: got %v, want %v", got, tt.compressed)
			}
			if tt.compressed {
				unpacked, err := gzip.NewReader(strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				whole, err := io.ReadAll(unpacked)
				if err != nil {
					t.Fatal(err)
				}
				body = string(whole)
			}
			if tt.media == "application/x-ndjson" && strings.Count(body, "\n") != 200 {
				t.Errorf("got %d lines, want 200", strings.Count(body, "\n"))
			}
			decode(t, []byte(strings.SplitN(body, "\n", 2)[0]))
		})
	}
}

type lame struct{}

func (lame) Healthy() error { return errors.New("dial tcp 192.0.2.4:6379: no route") }

func TestReadyWithACacheThatIsDown(t *testing.T) {
	srv := start(t, func(c *api.Config) { c.Cache = lame{} })
	res, body := call(t, srv, "GET", "/readyz", "")
	if res.status != 200 || body != `{"status":"ok","checks":{"catalogue":"ok","cache":"down"}}` {
		t.Errorf("got %d %s, want 200 and a cache that is down", res.status, body)
	}
}

func TestMetricsAreBehindTheKey(t *testing.T) {
	metrics := telemetry.New(telemetry.Build{Version: "test"})
	srv := start(t, func(c *api.Config) { c.APIKey, c.Metrics, c.ShowMetrics = "k", metrics, true })
	if res, _ := call(t, srv, "GET", "/metrics", ""); res.status != 401 {
		t.Errorf("without the key: got %d, want 401", res.status)
	}
	call(t, srv, "POST", "/v1/screen/vendor", `{"name":"Kaspersky Lab"}`, "Authorization", "Bearer k")
	for i := range 50 {
		call(t, srv, "GET", fmt.Sprintf("/secret-path-%d", i), "")
		call(t, srv, fmt.Sprintf("METHOD%d", i), "/healthz", "")
		call(t, srv, "GET", fmt.Sprintf("/v1/rules/secret-path-%d", i), "", "Authorization", "Bearer k")
	}
	res, body := call(t, srv, "GET", "/metrics", "", "Authorization", "Bearer k")
	if res.status != 200 {
		t.Fatalf("with the key: got %d, want 200", res.status)
	}
	for _, want := range []string{
		`interdict_http_requests_total{method="GET",route="none",status="4xx"} 50`,
		`interdict_http_requests_total{method="other",route="/healthz",status="4xx"} 50`,
		`interdict_http_requests_total{method="GET",route="/v1/rules/:id",status="4xx"} 50`,
		`interdict_decisions_total{decision="block",noun="vendor"} 1`,
		`interdict_matches_total{certainty="certain"} 1`,
		`interdict_http_requests_refused_total{reason="key"} 1`,
		`interdict_http_requests_in_flight 1`,
	} {
		if !strings.Contains(body, want+"\n") {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(body, "secret-path") || strings.Contains(body, "METHOD") {
		t.Error("a label has what a caller sent")
	}
	if n := strings.Count(body, "\n"); n > 400 {
		t.Errorf("%d lines of metrics, want a bounded number", n)
	}
}

func TestKeyIsComparedWhole(t *testing.T) {
	srv := start(t, func(c *api.Config) { c.APIKey = "0123456789" })
	for key, want := range map[string]int{"0123456789": 200, "012345678": 401, "01234567890": 401, "0123456789 0": 401, "": 401} {
		if res, _ := call(t, srv, "GET", "/v1/rules", "", "Authorization", "Bearer "+key); res.status != want {
			t.Errorf("%q: got %d, want %d", key, res.status, want)
		}
	}
}
