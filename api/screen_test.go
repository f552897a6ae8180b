package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
)

var loaded = sync.OnceValues(data.Catalogue)

// start runs the real server on loopback, at a fixed time.
func start(t *testing.T, change func(*api.Config)) *httptest.Server {
	t.Helper()
	catalogue, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	screener, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := api.Config{
		Engine: "test", Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"},
		Now: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
	}
	if change != nil {
		change(&cfg)
	}
	server, err := api.NewServer(cfg, screener)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(server.Handler())
	t.Cleanup(srv.Close)
	client := srv.Client()
	client.Transport = underContract{t, client.Transport}
	return srv
}

func post(t *testing.T, srv *httptest.Server, path, media, body string) (int, string, []byte) {
	t.Helper()
	return ask(t, srv, http.MethodPost, path, media, body)
}

// ask sends one request and returns status, media type and body of the answer.
func ask(t *testing.T, srv *httptest.Server, method, path, media, body string) (int, string, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Content-Type"), answer
}

// verdict is what the tests read of an answer.
type verdict struct {
	Line      int
	ID        string
	Reference string
	Decision  string
	Summary   string
	Dates     struct {
		Agreed, Performed struct {
			Raw, Basis       string
			Earliest, Latest time.Time
		}
	}
	Facts    map[string]struct{ Value, Basis, From string }
	Subjects []struct {
		Pointer, Kind, ID, Decision string
		Matches, Findings           []string
	}
	Matches  []struct{ ID string }
	Findings []struct {
		Rule, Outcome, Reason string
		InForceSince          time.Time `json:"in_force_since"`
		DaysAfterCutoff       int       `json:"days_after_cutoff"`
		Citation              string
		Penalty               *struct {
			CivilMaxUSD string `json:"civil_max_usd"`
			OrTwice     string `json:"or_twice_transaction_usd"`
		}
	}
	Timeline []struct {
		From, Until time.Time
		Decision    string
	}
	Status int
	Detail string
	Errors []struct{ Pointer, Detail string }
}

func decode(t *testing.T, body []byte) verdict {
	t.Helper()
	var v verdict
	if err := json.Unmarshal(body, &v, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

func TestVendor(t *testing.T) {
	srv := start(t, nil)
	status, media, body := post(t, srv, "/v1/screen/vendor", "application/json",
		`{"reference":"V-1001","name":"Kaspersky Labs Ltd","country":"GB","role":"seller","date":"2026-11-22"}`)
	v := decode(t, body)
	if status != 200 || media != "application/json" || v.Decision != "block" || v.Reference != "V-1001" || !strings.HasPrefix(v.ID, "scr_") {
		t.Fatalf("got %d %s %s, want 200 and block", status, media, body)
	}
}

func TestSKU(t *testing.T) {
	srv := start(t, nil)
	status, _, body := post(t, srv, "/v1/screen/sku", "application/json",
		`{"reference":"SKU-7","sku":"KL4867XATFS","description":"KESB Advanced 250-499 1Y","date":"2024-10-02","activity":"resale","buyer":{"name":"Contoso LLC","country":"US"}}`)
	v := decode(t, body)
	if status != 200 || v.Decision != "block" || v.Facts["activity"].Basis != "given" {
		t.Fatalf("got %d %s, want 200, block and a given activity", status, body)
	}
}

// The order of the contract's example: one line blocked by its fulfilment, the other clear.
func TestOrder(t *testing.T) {
	srv := start(t, nil)
	status, _, body := post(t, srv, "/v1/screen/order", "application/json", exampleOrder)
	v := decode(t, body)
	if status != 200 || v.Decision != "block" {
		t.Fatalf("got %d %s, want 200 and block", status, body)
	}
	var decisions []string
	for _, s := range v.Subjects {
		decisions = append(decisions, fmt.Sprintf("%s %s %s", s.Pointer, s.Kind, s.Decision))
	}
	want := []string{"/lines/0 line block", "/lines/1 line clear", "/parties/0 party clear", "/parties/1 party clear", " document clear"}
	if !slices.Equal(decisions, want) {
		t.Errorf("subjects: got %q, want %q", decisions, want)
	}
	if got := v.Dates.Performed.Latest.UTC().Format(time.RFC3339); got != "2024-10-03T04:59:59Z" {
		t.Errorf("performed until %s, want 2024-10-03T04:59:59Z: a day in Texas ends at midnight in Chicago", got)
	}
	f := v.Findings[0]
	if f.Rule != "us-icts-resale" || f.DaysAfterCutoff != 3 || f.InForceSince.Format(time.RFC3339) != "2024-09-29T00:00:00-04:00" {
		t.Errorf("finding: got %+v, want us-icts-resale, 3 days after 2024-09-29T00:00:00-04:00", f)
	}
	if f.Penalty == nil || f.Penalty.CivilMaxUSD != "377700.00" || f.Penalty.OrTwice != "10750.00" {
		t.Errorf("penalty: got %+v, want 377700.00 or 10750.00", f.Penalty)
	}
	var phases []string
	for _, p := range v.Timeline {
		phases = append(phases, p.Decision)
	}
	if !slices.Equal(phases, []string{"clear", "review", "block"}) {
		t.Errorf("timeline: got %q, want clear, review, block", phases)
	}
	for _, null := range []string{":null,\"matches", "\"missing\":null", "\"problems\":null", "\"near_misses\":null"} {
		if bytes.Contains(body, []byte(null)) {
			t.Errorf("an array is null: %s", body)
		}
	}
}

const exampleOrder = `{"reference":"PO-4711","ordered_at":"2024-09-27T16:00:00-04:00","fulfil_at":"2024-10-02","currency":"USD",
 "parties":[{"role":"seller","name":"Acme Resale Inc","country":"US"},{"role":"buyer","name":"City of Austin","country":"US","state":"TX","sector":"local"}],
 "lines":[{"id":"1","sku":"KL4867XATFS","description":"","quantity":"250","unit_price":"21.50"},{"id":"2","sku":"P2422H","description":"24in monitor","quantity":"2","unit_price":"180.00"}]}`

// Bad input is a problem document that says where; it is never a verdict.
func TestRefusals(t *testing.T) {
	srv := start(t, nil)
	vendor, sku, order := "/v1/screen/vendor", "/v1/screen/sku", "/v1/screen/order"
	for _, tt := range []struct {
		name, path, media, body string
		status                  int
		pointer                 string
	}{
		{"empty body", vendor, "application/json", "", 400, ""},
		{"white space", vendor, "application/json", " \n\t", 400, ""},
		{"null", vendor, "application/json", "null", 400, ""},
		{"an array", order, "application/json", "[]", 400, ""},
		{"empty object", vendor, "application/json", "{}", 400, "/name"},
		{"two values", vendor, "application/json", `{"name":"a"} {"name":"b"}`, 400, ""},
		{"trailing bracket", vendor, "application/json", `{"name":"a"}}`, 400, ""},
		{"unknown field", vendor, "application/json", `{"name":"a","vendor":"b"}`, 400, "/vendor"},
		{"unknown field of a line", order, "application/json", `{"lines":[{"sku":"a","price":"1"}]}`, 400, "/lines/0/price"},
		{"wrong type", vendor, "application/json", `{"name":5}`, 400, "/name"},
		{"number for a decimal string", order, "application/json", `{"lines":[{"sku":"a","quantity":5}]}`, 400, "/lines/0/quantity"},
		{"duplicate key", vendor, "application/json", `{"name":"Acme","name":"Kaspersky"}`, 400, "/name"},
		{"key in another case", vendor, "application/json", `{"Name":"Acme"}`, 400, "/Name"},
		{"invalid UTF-8", vendor, "application/json", "{\"name\":\"Kasp\xff\"}", 400, "/name"},
		{"cut short", order, "application/json", `{"lines":[{"sku":"KL48`, 400, "/lines/0/sku"},
		{"deep nesting", order, "application/json", `{"lines":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`, 400, ""},
		{"impossible date", vendor, "application/json", `{"name":"a","date":"2024-02-30"}`, 422, "/date"},
		{"no date at all", order, "application/json", `{"ordered_at":"tomorrow","lines":[{"sku":"a"}]}`, 422, "/ordered_at"},
		{"year before computers", order, "application/json", `{"ordered_at":"0001-01-01","lines":[{"sku":"a"}]}`, 422, "/ordered_at"},
		{"unknown activity", sku, "application/json", `{"sku":"a","activity":"smuggle"}`, 422, "/activity"},
		{"unknown role", order, "application/json", `{"parties":[{"role":"friend","name":"a"}]}`, 422, "/parties/0/role"},
		{"party without role", order, "application/json", `{"parties":[{"name":"a"}]}`, 422, "/parties/0/role"},
		{"unknown country", vendor, "application/json", `{"name":"a","country":"Atlantis"}`, 422, "/country"},
		{"unknown country of a buyer", sku, "application/json", `{"sku":"a","buyer":{"name":"b","country":"Atlantis"}}`, 422, "/buyer/country"},
		{"fact that is maybe", order, "application/json", `{"facts":{"licence":"maybe"},"lines":[{"sku":"a"}]}`, 422, "/facts/licence"},
		{"price with exponent", order, "application/json", `{"lines":[{"sku":"a","unit_price":"1e9"}]}`, 422, "/lines/0/unit_price"},
		{"nothing to screen", order, "application/json", `{"reference":"x"}`, 400, ""},
		{"line without text", order, "application/json", `{"lines":[{"sku":"a"},{"id":"2","quantity":"1"}]}`, 400, "/lines/1"},
		{"sku without text", sku, "application/json", `{"buyer":{"country":"US"}}`, 400, ""},
		{"unknown format", order, "application/pdf", "%PDF-1.7", 415, ""},
		{"unknown query", order + "?colour=red", "application/json", exampleOrder, 400, "?colour"},
		{"zone that is none", order + "?zone=Mars/Base", "application/json", exampleOrder, 400, "?zone"},
		{"too many lines", order, "application/json", `{"lines":[` + strings.Repeat(`{"sku":"a"},`, 5000) + `{"sku":"a"}]}`, 413, ""},
		{"too many parties", order, "application/json", `{"parties":[` + strings.Repeat(`{"role":"payee","name":"a"},`, 200) + `{"role":"payee","name":"a"}]}`, 422, "/parties"},
		{"empty NDJSON", vendor, "application/x-ndjson", "\n\n", 400, ""},
		{"50 MiB", order, "application/json", strings.Repeat(" ", 50<<20), 413, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, media, body := post(t, srv, tt.path, tt.media, tt.body)
			p := decode(t, body)
			if status != tt.status || p.Status != tt.status || media != "application/problem+json" {
				t.Fatalf("got %d %s %s, want a problem document with status %d", status, media, body, tt.status)
			}
			if p.Decision != "" {
				t.Errorf("a refusal has a decision: %s", body)
			}
			if tt.pointer != "" && (len(p.Errors) == 0 || p.Errors[0].Pointer != tt.pointer) {
				t.Errorf("got errors %v, want one at %s", p.Errors, tt.pointer)
			}
		})
	}
}

// A thousand lines over one kept connection: a thousand answers in order, bad lines told apart.
func TestNDJSON(t *testing.T) {
	srv := start(t, nil)
	const n = 1000
	for range 2 {
		var body strings.Builder
		for i := range n {
			switch i % 10 {
			case 3:
				fmt.Fprintf(&body, `{"reference":"r%d","name":5}`+"\n", i)
			case 7:
				fmt.Fprintf(&body, `{"reference":"r%d","name":"Kaspersky Lab"}`+"\n", i)
			default:
				fmt.Fprintf(&body, `{"reference":"r%d","name":"Acme Supplies %d LLC"}`+"\n", i, i)
			}
		}
		status, media, answer := post(t, srv, "/v1/screen/vendor", "application/x-ndjson", body.String())
		if status != 200 || media != "application/x-ndjson" {
			t.Fatalf("got %d %s, want 200 application/x-ndjson", status, media)
		}
		i := 0
		for lines := bufio.NewScanner(bytes.NewReader(answer)); lines.Scan(); i++ {
			v := decode(t, lines.Bytes())
			wantDecision, wantStatus := "clear", 0
			switch i % 10 {
			case 3:
				wantDecision, wantStatus = "", 400
			case 7:
				wantDecision = "block"
			}
			if v.Line != i+1 || v.Reference != fmt.Sprintf("r%d", i) || v.Decision != wantDecision || v.Status != wantStatus {
				t.Fatalf("answer %d: got %s", i+1, lines.Text())
			}
		}
		if i != n {
			t.Fatalf("got %d answers, want %d", i, n)
		}
	}
}

func TestQueryStandsWhereTheBodyIsSilent(t *testing.T) {
	srv := start(t, nil)
	body := `{"sku":"KL4867XATFS","buyer":{"name":"Fjord Data AS","country":"NO"},"date":"2024-10-02"}`
	_, _, silent := post(t, srv, "/v1/screen/sku", "application/json", body)
	if got := decode(t, silent).Decision; got != "block" {
		t.Errorf("seller assumed in the US: got %s, want block", got)
	}
	_, _, stated := post(t, srv, "/v1/screen/sku?seller_country=DE", "application/json", body)
	v := decode(t, stated)
	if v.Decision != "clear" || v.Facts["nexus"].Value != "no" {
		t.Errorf("seller stated in Germany: got %s, nexus %v, want clear and no", v.Decision, v.Facts["nexus"])
	}
}

func TestKey(t *testing.T) {
	srv := start(t, func(c *api.Config) { c.APIKey = "s3cret" })
	ask := func(header string) int {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/v1/screen/vendor", strings.NewReader(`{"name":"Acme"}`))
		if header != "" {
			req.Header.Set("Authorization", header)
		}
		res, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		return res.StatusCode
	}
	for header, want := range map[string]int{"": 401, "Bearer wrong": 401, "Basic s3cret": 401, "s3cret": 401, "Bearer s3cret": 200, "bearer s3cret": 200} {
		if got := ask(header); got != want {
			t.Errorf("Authorization %q: got %d, want %d", header, got, want)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/version"} {
		res, err := srv.Client().Get(srv.URL + path)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("%s: got %v %v, want 200 without a key", path, res, err)
		}
		_ = res.Body.Close()
	}
}

func TestUnknownPath(t *testing.T) {
	srv := start(t, nil)
	for path, want := range map[string]int{"/v1/nothing": 404, "/v1/screen/vendor": 405} {
		res, err := srv.Client().Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("GET %s: got %d %s, want %d and a problem document", path, res.StatusCode, res.Header.Get("Content-Type"), want)
		}
	}
}
