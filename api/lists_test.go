package api_test

import (
	"errors"
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
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/screening"
)

// fakeKeeper has a list of each state.
type fakeKeeper struct {
	fault error // of States

	mu    sync.Mutex
	asked []string
}

var takenAt = time.Date(2026, 11, 21, 6, 0, 0, 0, time.UTC)

func (k *fakeKeeper) States() ([]lists.State, error) {
	if k.fault != nil {
		return nil, k.fault
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	taken := func(id string, checked time.Time, refused *lists.Refusal) lists.State {
		return lists.State{Status: lists.Status{ID: id, Title: "List " + id, Home: "https://lists.example/", Taken: true, Fetchable: true, Manifest: lists.Manifest{
			ID: id, AsOf: "2026-11-20", TakenAt: takenAt, CheckedAt: checked, Source: "import", Parts: []lists.PartCopy{{Name: "main.csv"}},
			Entries: 20, Records: 25, Orphans: 1, Digest: "sha256:" + strings.Repeat("4f", 32), Refused: refused,
		}}, Fetching: slices.Contains(k.asked, id)}
	}
	none := func(id string, fetchable bool, refused *lists.Refusal) lists.State {
		return lists.State{Status: lists.Status{
			ID: id, Title: "List " + id, Fetchable: fetchable, Manifest: lists.Manifest{ID: id, Refused: refused},
		}, Fetching: slices.Contains(k.asked, id)}
	}
	refusal := &lists.Refusal{At: takenAt.Add(time.Hour), Reason: lists.ReasonShrunk, Detail: "11 of 20 entries are gone."}
	return []lists.State{
		taken("used", takenAt, nil), taken("refused", takenAt, refusal), taken("old", takenAt.AddDate(0, -1, 0), nil),
		none("absent", true, nil), none("never-came", true, refusal), none("by-hand", false, nil),
	}, nil
}

func (k *fakeKeeper) Ask(id string) error {
	if k.fault != nil {
		return k.fault
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	switch id {
	case "by-hand":
		return fmt.Errorf("%s: %w", id, lists.ErrByHand)
	case "used", "refused", "old", "absent", "never-came":
		k.asked = append(k.asked, id)
		return nil
	}
	return fmt.Errorf("%w: %q", lists.ErrUnknownList, id)
}

func kept(k *fakeKeeper) func(*api.Config) {
	return func(c *api.Config) {
		c.Lists = k
		c.Assumed.ListsMaxAge = 7 * 24 * time.Hour
	}
}

// listPage asks for the lists and returns them by id.
func listPage(t *testing.T, srv *httptest.Server) map[string]api.List {
	t.Helper()
	status, media, body := ask(t, srv, http.MethodGet, "/v1/lists", "", "")
	var page api.ListPage
	if err := json.Unmarshal(body, &page); status != 200 || media != "application/json" || err != nil || page.NextCursor != "" {
		t.Fatalf("got %d %s %s %v, want 200 and the lists", status, media, body, err)
	}
	if !slices.IsSortedFunc(page.Items, func(a, b api.List) int { return strings.Compare(a.ID, b.ID) }) {
		t.Errorf("the lists are in no order: %s", body)
	}
	out := map[string]api.List{}
	for _, l := range page.Items {
		out[l.ID] = l
	}
	if len(out) != len(page.Items) {
		t.Errorf("a list stands there twice: %s", body)
	}
	return out
}

func TestListsWithoutAKeeper(t *testing.T) {
	srv := start(t, nil)
	got := listPage(t, srv)
	core := got["interdict-core"]
	if len(got) != 1 || core.State != "embedded" || core.Entries == 0 || core.AsOf == "" || core.Stale || core.Fetchable || core.Refused != nil {
		t.Errorf("got %+v, want the embedded list alone", got)
	}
	status, media, body := post(t, srv, "/v1/lists/ofac-sdn/refresh", "", "")
	if status != 404 || media != "application/problem+json" {
		t.Errorf("refresh: got %d %s %s, want 404", status, media, body)
	}
}

func TestListsStates(t *testing.T) {
	keeper := &fakeKeeper{}
	srv := start(t, kept(keeper))
	if status, _, body := post(t, srv, "/v1/lists/absent/refresh", "", ""); status != 202 {
		t.Fatalf("refresh: got %d %s, want 202", status, body)
	}
	got := listPage(t, srv)
	for _, tt := range []struct {
		id, state      string
		stale, refused bool
		entries        int
	}{
		{"used", "in_use", false, false, 20},
		{"refused", "in_use", true, true, 20},
		{"old", "in_use", true, false, 20},
		{"absent", "being_fetched", false, false, 0},
		{"never-came", "not_imported", false, true, 0},
		{"by-hand", "not_imported", false, false, 0},
	} {
		l, there := got[tt.id]
		if !there || l.State != tt.state || l.Stale != tt.stale || (l.Refused != nil) != tt.refused || l.Entries != tt.entries || l.Fetchable == (tt.id == "by-hand") {
			t.Errorf("%s: got %+v, want %+v", tt.id, l, tt)
		}
	}
	if r := got["refused"].Refused; r == nil || r.Reason != "shrunk" || r.Detail != "11 of 20 entries are gone." || !r.At.Equal(takenAt.Add(time.Hour)) {
		t.Errorf("refusal: got %+v", r)
	}
	if l := got["used"]; l.AsOf != "2026-11-20" || l.Records != 25 || l.Orphans != 1 || l.Source != "import" || !l.TakenAt.Equal(takenAt) || !l.CheckedAt.Equal(takenAt) {
		t.Errorf("used: got %+v", l)
	}
	if len(got) != 7 || got["interdict-core"].State != "embedded" {
		t.Errorf("got %d lists, want 7 with the embedded one", len(got))
	}
}

func TestRefreshList(t *testing.T) {
	keeper := &fakeKeeper{}
	srv := start(t, kept(keeper))
	status, media, body := post(t, srv, "/v1/lists/used/refresh", "", "")
	var l api.List
	if err := json.Unmarshal(body, &l); err != nil || status != 202 || media != "application/json" || l.ID != "used" || l.State != "being_fetched" || l.Entries != 20 {
		t.Errorf("got %d %s %s %v, want 202 and the list", status, media, body, err)
	}
	if !slices.Equal(keeper.asked, []string{"used"}) {
		t.Errorf("the keeper was asked for %q", keeper.asked)
	}
	for _, tt := range []struct {
		name, id string
		status   int
	}{
		{"by hand", "by-hand", 409},
		{"unknown", "nobody", 404},
		{"the embedded one", "interdict-core", 404},
		{"another case", "USED", 404},
		{"very long", strings.Repeat("x", 5000), 404},
		{"long, beyond ASCII", strings.Repeat("%D0%96", 500), 404},
		{"a path", "..%2F..%2Fetc%2Fpasswd", 404},
		{"markup", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404},
		{"a line break", "a%0D%0AX-Evil:%201", 404},
		{"NUL", "used%00", 404},
		{"a space", "used%20", 404},
		{"invalid UTF-8", "%FF%FE", 404},
		{"an override", "%E2%80%AEdesu", 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, media, body := post(t, srv, "/v1/lists/"+tt.id+"/refresh", "", "")
			if p := decode(t, body); status != tt.status || p.Status != tt.status || media != "application/problem+json" || len(p.Detail) > 200 {
				t.Errorf("got %d %s %.300s, want a short problem document with %d", status, media, body, tt.status)
			}
		})
	}
	if len(keeper.asked) != 1 {
		t.Errorf("the keeper was asked for %q", keeper.asked)
	}
	if status, _, _ := ask(t, srv, http.MethodGet, "/v1/lists/used/refresh", "", ""); status != 405 {
		t.Errorf("GET: got %d, want 405", status)
	}
}

// What the keeper cannot tell is told as such, without its own words.
func TestListsFault(t *testing.T) {
	srv := start(t, kept(&fakeKeeper{fault: errors.New("open /var/lib/secret: permission denied")}))
	for method, path := range map[string]string{http.MethodGet: "/v1/lists", http.MethodPost: "/v1/lists/used/refresh"} {
		status, media, body := ask(t, srv, method, path, "", "")
		if status != 500 || media != "application/problem+json" || strings.Contains(string(body), "secret") {
			t.Errorf("%s: got %d %s %s, want 500 and no path", path, status, media, body)
		}
	}
}

func TestListsBehindTheKey(t *testing.T) {
	keeper := &fakeKeeper{}
	srv := start(t, func(c *api.Config) {
		kept(keeper)(c)
		c.APIKey = "s3cret"
	})
	for _, tt := range []struct {
		method, path, key string
		want              int
	}{
		{http.MethodGet, "/v1/lists", "", 401},
		{http.MethodGet, "/v1/lists", "wrong", 401},
		{http.MethodGet, "/v1/lists", "s3cret", 200},
		{http.MethodPost, "/v1/lists/used/refresh", "", 401},
		{http.MethodPost, "/v1/lists/used/refresh", "s3cret", 202},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, srv.URL+tt.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if tt.key != "" {
			req.Header.Set("Authorization", "Bearer "+tt.key)
		}
		res, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != tt.want {
			t.Errorf("%s %s with key %q: got %d, want %d", tt.method, tt.path, tt.key, res.StatusCode, tt.want)
		}
	}
	if !slices.Equal(keeper.asked, []string{"used"}) {
		t.Errorf("the keeper was asked for %q, want used once", keeper.asked)
	}
}

// While screeners change, every verdict comes from one of them: its digest and its decision belong together.
func TestUseWhileRequestsRun(t *testing.T) {
	base, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	listed, err := base.WithLists([]screening.List{{
		ID: "ofac-sdn", AsOf: "2026-11-20", Digest: "sha256:" + strings.Repeat("4f", 32), Checked: takenAt,
		Entities: []screening.Entity{{
			ID: "ofac-sdn:1", Name: "ZORVANTEK MERIDIAN HOLDINGS", Kind: screening.Organisation, Standing: screening.Listed, Verified: screening.Primary,
			Listings: []screening.Listing{{List: "ofac-sdn", Programs: []string{"SDGT"}, Entry: "ZORVANTEK MERIDIAN HOLDINGS", UID: "1", Citation: "OFAC SDN List: SDGT", Verified: screening.Primary}},
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	screeners := make([]*screening.Screener, 2)
	for i, c := range []*screening.Catalogue{base, listed} {
		if screeners[i], err = screening.New(c, screening.Config{}); err != nil {
			t.Fatal(err)
		}
	}
	server, err := api.NewServer(api.Config{Engine: "test", Assumed: screening.Background{SellerCountry: "US", OwnerCountry: "US"}, Lists: &fakeKeeper{}}, screeners[0])
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(server.Handler())
	t.Cleanup(srv.Close)
	client := srv.Client()
	client.Transport = underContract{t, client.Transport}
	want := map[string]string{base.Digest(): "clear", listed.Digest(): "block"}

	done := make(chan struct{})
	var swapping sync.WaitGroup
	swapping.Go(func() {
		for i := 1; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			if err := server.Use(screeners[i%2]); err != nil {
				t.Error(err)
				return
			}
		}
	})
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for range 25 {
				for _, question := range []struct{ method, path, body string }{
					{http.MethodPost, "/v1/screen/vendor", `{"name":"Zorvantek Meridian Holdings","country":"IR","date":"2026-11-22"}`},
					{http.MethodGet, "/v1/lists", ""},
					{http.MethodGet, "/v1/entities?limit=1", ""},
				} {
					checkAnswer(t, srv, question.method, question.path, question.body, want)
				}
			}
		})
	}
	callers.Wait()
	close(done)
	swapping.Wait()
}

// checkAnswer asks once and holds a verdict's decision against its digest.
func checkAnswer(t *testing.T, srv *httptest.Server, method, path, body string, want map[string]string) {
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s: got %d %.300s %v, want 200", path, res.StatusCode, answer, err)
		return
	}
	if method == http.MethodGet {
		return
	}
	var v struct {
		Decision  string `json:"decision"`
		Catalogue struct {
			Digest string `json:"digest"`
			Lists  []any  `json:"lists"`
		} `json:"catalogue"`
	}
	if err := json.Unmarshal(answer, &v); err != nil {
		t.Error(err)
		return
	}
	if decision, known := want[v.Catalogue.Digest]; !known || v.Decision != decision || strings.Contains(string(answer), "ofac-sdn:1") != (decision == "block") {
		t.Errorf("got %s of catalogue %s, want one of %v: %.600s", v.Decision, v.Catalogue.Digest, want, answer)
	}
}
