package api_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// listing is what the tests read of a page.
type listing struct {
	Items []struct {
		ID       string
		Class    string
		Listings []struct{ List, From, Until string }
		Match    *struct {
			Score     float64
			Flagged   bool
			Certainty string
			Evidence  []struct {
				Pointer, Text string
				Span          [2]int
			}
		}
		OnDay  *struct{ Day, Agreed, Performed string } `json:"on_day"`
		Phases []struct {
			Outcome string
			InForce *bool `json:"in_force"`
		}
	}
	NextCursor string   `json:"next_cursor"`
	DidYouMean []string `json:"did_you_mean"`
	Detail     string
	Errors     []struct{ Pointer, Detail string }
}

func (l listing) ids() []string {
	var out []string
	for _, item := range l.Items {
		out = append(out, item.ID)
	}
	return out
}

func browse(t *testing.T, srv *httptest.Server, path string, query ...string) (int, listing) {
	t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		values.Add(query[i], query[i+1])
	}
	status, _, body := ask(t, srv, http.MethodGet, path+"?"+values.Encode(), "", "")
	var l listing
	if err := json.Unmarshal(body, &l, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return status, l
}

func TestSearchCatalogue(t *testing.T) {
	srv := start(t, nil)
	for _, tt := range []struct {
		path, query, first, meant string
	}{
		{"/v1/products", "kes adv", "kesb-advanced", ""},
		{"/v1/products", "KL4867", "kesb-advanced", ""},
		{"/v1/products", "antivirus", "anti-virus", ""},
		{"/v1/products", "kaspersky premum", "premium", "kaspersky premium"},
		{"/v1/entities", "kaspersky lab inc", "kaspersky-lab-inc", ""},
		{"/v1/entities", "kapsersky", "kaspersky", "kaspersky"},
		{"/v1/entities", "Кaспepский", "kaspersky", "Kaspersky"},
		{"/v1/rules", "resale", "us-icts-resale", ""},
		{"/v1/rules", "D02", "us-icts-resale", ""},
	} {
		t.Run(tt.query, func(t *testing.T) {
			status, got := browse(t, srv, tt.path, "q", tt.query)
			if status != 200 || len(got.Items) == 0 || got.Items[0].ID != tt.first {
				t.Fatalf("got %d %v, want 200 and %s first", status, got.ids(), tt.first)
			}
			if meant := strings.Join(got.DidYouMean, ", "); meant != tt.meant {
				t.Errorf("did you mean: got %q, want %q", meant, tt.meant)
			}
		})
	}
}

func TestSearchFindsNothing(t *testing.T) {
	srv := start(t, nil)
	for _, path := range []string{"/v1/entities", "/v1/products", "/v1/rules"} {
		status, got := browse(t, srv, path, "q", "zzqqxx")
		if status != 200 || got.Items == nil || len(got.Items) != 0 || got.DidYouMean == nil {
			t.Errorf("%s: got %d %+v, want 200 and empty lists", path, status, got)
		}
	}
}

// Page by page is the same as all at once, in the same order.
func TestPages(t *testing.T) {
	srv := start(t, nil)
	for _, path := range []string{"/v1/entities", "/v1/products", "/v1/rules"} {
		for _, q := range []string{"", "kaspersky"} {
			_, whole := browse(t, srv, path, "q", q, "limit", "100")
			var all []string
			cursor := ""
			for pages := 0; ; pages++ {
				query := []string{"q", q, "limit", "7"}
				if cursor != "" {
					query = append(query, "cursor", cursor)
				}
				status, got := browse(t, srv, path, query...)
				if status != 200 || len(got.Items) > 7 || pages > 100 {
					t.Fatalf("%s page %d: got %d with %d items", path, pages, status, len(got.Items))
				}
				all = append(all, got.ids()...)
				if cursor = got.NextCursor; cursor == "" {
					break
				}
			}
			if n := min(len(all), len(whole.Items)); !slices.Equal(all[:n], whole.ids()[:n]) || len(all) < len(whole.Items) {
				t.Errorf("%s?q=%s: pages give %v, want %v", path, q, all, whole.ids())
			}
		}
	}
}

func TestCatalogueRefusals(t *testing.T) {
	srv := start(t, nil)
	_, first := browse(t, srv, "/v1/rules", "limit", "1")
	for _, tt := range []struct {
		name, path string
		query      []string
		pointer    string
	}{
		{"unknown parameter", "/v1/rules", []string{"colour", "red"}, "?colour"},
		{"threshold of products", "/v1/products", []string{"threshold", "0.9"}, "?threshold"},
		{"limit of none", "/v1/rules", []string{"limit", "0"}, "?limit"},
		{"limit too high", "/v1/rules", []string{"limit", "101"}, "?limit"},
		{"limit in words", "/v1/rules", []string{"limit", "ten"}, "?limit"},
		{"day that is none", "/v1/rules", []string{"on", "2024-02-30"}, "?on"},
		{"instant for a day", "/v1/entities", []string{"on", "2024-08-01T00:00:00Z"}, "?on"},
		{"day on one rule", "/v1/rules/us-icts-resale", []string{"on", "today"}, "?on"},
		{"search on one rule", "/v1/rules/us-icts-resale", []string{"q", "a"}, "?q"},
		{"threshold over one", "/v1/entities", []string{"q", "a", "threshold", "1.1"}, "?threshold"},
		{"threshold that is no number", "/v1/entities", []string{"q", "a", "threshold", "NaN"}, "?threshold"},
		{"threshold without a name", "/v1/entities", []string{"threshold", "0.9"}, "?threshold"},
		{"cursor that is none", "/v1/rules", []string{"cursor", "abc"}, "?cursor"},
		{"cursor of another query", "/v1/rules", []string{"q", "resale", "cursor", first.NextCursor}, "?cursor"},
		{"cursor of another call", "/v1/products", []string{"cursor", first.NextCursor}, "?cursor"},
		{"twice", "/v1/rules", []string{"q", "a", "q", "b"}, "?q"},
		{"too long", "/v1/rules", []string{"q", strings.Repeat("a", 501)}, "?q"},
		{"not UTF-8", "/v1/rules", []string{"q", "\xff"}, "?q"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, got := browse(t, srv, tt.path, tt.query...)
			if status != 400 || len(got.Errors) != 1 || got.Errors[0].Pointer != tt.pointer {
				t.Errorf("got %d %v, want 400 at %s", status, got.Errors, tt.pointer)
			}
		})
	}
}

func TestUnknownID(t *testing.T) {
	srv := start(t, nil)
	for path, want := range map[string]string{
		"/v1/rules/us-ict-resale":       "us-icts-resale",
		"/v1/products/kesb-advancd":     "kesb-advanced",
		"/v1/entities/ao-kasperski-lab": "ao-kaspersky-lab",
	} {
		status, got := browse(t, srv, path)
		if status != 404 || !strings.Contains(got.Detail, "Did you mean") || !strings.Contains(got.Detail, want) {
			t.Errorf("%s: got %d %q, want 404 and a hint at %s", path, status, got.Detail, want)
		}
	}
	if status, got := browse(t, srv, "/v1/rules/zzqqxx"); status != 404 || strings.Contains(got.Detail, "mean") {
		t.Errorf("got %d %q, want 404 without a hint", status, got.Detail)
	}
}

func TestRuleOnADay(t *testing.T) {
	srv := start(t, nil)
	for day, want := range map[string]string{"2024-07-19": "clear", "2024-07-20": "review", "2024-09-28": "review", "2024-09-29": "block"} {
		_, got := browse(t, srv, "/v1/rules", "q", "us-icts-resale", "on", day)
		r := got.Items[0]
		if r.ID != "us-icts-resale" || r.OnDay == nil || r.OnDay.Agreed != want || r.OnDay.Performed != want {
			t.Errorf("%s: got %s %+v, want us-icts-resale and %s", day, r.ID, r.OnDay, want)
			continue
		}
		for _, p := range r.Phases {
			if p.InForce == nil || *p.InForce != (p.Outcome == want) {
				t.Errorf("%s: phase %s: in force %v", day, p.Outcome, p.InForce)
			}
		}
	}
	_, got := browse(t, srv, "/v1/rules", "q", "us-ofac-sdn", "on", "2024-06-20")
	if r := got.Items[0]; r.OnDay.Agreed != "none" {
		t.Errorf("before its first phase: got %+v, want none", r.OnDay)
	}
}

func TestListingsOnADay(t *testing.T) {
	srv := start(t, nil)
	for day, want := range map[string]int{"2022-03-24": 0, "2022-03-25": 1, "2024-06-23": 1, "2024-06-24": 2} {
		_, got := browse(t, srv, "/v1/entities", "q", "AO Kaspersky Lab", "on", day)
		if e := got.Items[0]; e.ID != "ao-kaspersky-lab" || len(e.Listings) != want {
			t.Errorf("%s: got %s with %v, want ao-kaspersky-lab with %d listings", day, e.ID, e.Listings, want)
		}
	}
}

// A threshold asks whether a name would be flagged: exactly what a screening of it would match.
func TestThreshold(t *testing.T) {
	srv := start(t, nil)
	_, got := browse(t, srv, "/v1/entities", "q", "Kaspersky Labs Ltd", "threshold", "0.9")
	if len(got.Items) == 0 {
		t.Fatal("got nothing, want a listed company")
	}
	m := got.Items[0].Match
	if m == nil || !m.Flagged || m.Certainty != "certain" || m.Score < 0.9 || len(m.Evidence) == 0 || m.Evidence[0].Pointer != "/name" {
		t.Errorf("got %+v, want a certain match with evidence in /name", m)
	}
	if _, none := browse(t, srv, "/v1/entities", "q", "Acme Supplies LLC", "threshold", "0"); len(none.Items) != 0 {
		t.Errorf("an unrelated name: got %v, want nothing", none.ids())
	}
	_, listed := browse(t, srv, "/v1/entities", "q", "kaspersky")
	if listed.Items[0].Match != nil {
		t.Error("without a threshold nothing is scored")
	}
}

func TestExemptProducts(t *testing.T) {
	srv := start(t, nil)
	for id, class := range map[string]string{"kesb-advanced": "software", "incident-response": "advisory", "cybersecurity-training": "training"} {
		_, got := browse(t, srv, "/v1/products", "q", id)
		if got.Items[0].ID != id || got.Items[0].Class != class {
			t.Errorf("got %s %s, want %s %s", got.Items[0].ID, got.Items[0].Class, id, class)
		}
	}
}
