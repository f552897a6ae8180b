package telemetry_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/internal/cache"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type counted struct{}

func (counted) Stats() cache.Stats {
	return cache.Stats{
		Memory: cache.Tier{Hits: 5, Misses: 4}, Redis: cache.Tier{Hits: 1, Misses: 2, Bypassed: 3},
		Untrusted: 6, Errors: 7, Written: 8, Dropped: 9,
	}
}

// full returns Metrics with a sample of everything.
func full() *telemetry.Metrics {
	m := telemetry.New(telemetry.Build{Version: "1.2.3", Commit: "abc", Go: "go1.26", Catalogue: "2026.11.1", Digest: "sha256:00"})
	m.WatchCache(counted{})
	m.WatchLists(func() []screening.ListRef {
		return []screening.ListRef{{ID: "core", AsOf: "2026-11-20"}, {ID: "undated", AsOf: "soon"}}
	}, func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) })
	m.Began()
	m.Answered("/v1/screen/vendor", http.MethodPost, 200, time.Millisecond)
	m.Refused(telemetry.Overload)
	m.Screened("vendor", &screening.Verdict{Decision: screening.Block, Matches: []screening.Match{{Certainty: screening.Certain}}}, time.Microsecond)
	return m
}

func text(t *testing.T, m *telemetry.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("got %d %s, want 200", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	got := text(t, full())
	for _, want := range []string{
		`interdict_http_requests_total{method="POST",route="/v1/screen/vendor",status="2xx"} 1`,
		`interdict_http_request_duration_seconds_count{route="/v1/screen/vendor"} 1`,
		`interdict_http_requests_in_flight 0`,
		`interdict_http_requests_refused_total{reason="overload"} 1`,
		`interdict_http_requests_refused_total{reason="guessing"} 0`,
		`interdict_decisions_total{decision="block",noun="vendor"} 1`,
		`interdict_decisions_total{decision="clear",noun="order"} 0`,
		`interdict_matches_total{certainty="certain"} 1`,
		`interdict_screening_duration_seconds_count 1`,
		`interdict_cache_lookups_total{result="hit",tier="memory"} 5`,
		`interdict_cache_lookups_total{result="bypass",tier="redis"} 3`,
		`interdict_cache_errors_total{tier="redis"} 7`,
		`interdict_cache_untrusted_total 6`,
		`interdict_cache_writes_total{result="dropped"} 9`,
		`interdict_cache_up 0`,
		`interdict_list_age_seconds{list="core"} 216000`,
		`interdict_build_info{catalogue="2026.11.1",commit="abc",digest="sha256:00",go="go1.26",version="1.2.3"} 1`,
		"go_goroutines ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(got, `interdict_list_age_seconds{list="undated"}`) {
		t.Error("a list without a date has an age")
	}
}

func TestMetricsFollowTheConventions(t *testing.T) {
	problems, err := promlint.New(strings.NewReader(text(t, full()))).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "interdict_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

// Whatever comes, the labels stay within their sets.
func TestLabelsAreBounded(t *testing.T) {
	m := full()
	series := func() int { return strings.Count(text(t, m), "\ninterdict_") }
	rapid.Check(t, func(t *rapid.T) {
		m.Began()
		m.Answered("/healthz", rapid.String().Draw(t, "method"), rapid.IntRange(-1, 2000).Draw(t, "status"), 0)
		m.Screened(rapid.String().Draw(t, "noun"), &screening.Verdict{Decision: screening.Clear}, 0)
	})
	const most = 200
	if n := series(); n > most {
		t.Errorf("got %d series, want %d or fewer", n, most)
	}
}

func TestProfiles(t *testing.T) {
	for path, want := range map[string]int{"/debug/pprof/": 200, "/debug/pprof/heap?debug=1": 200, "/debug/pprof/cmdline": 404, "/": 404} {
		w := httptest.NewRecorder()
		telemetry.Profiles().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", path, w.Code, want)
		}
	}
}

// safe is a buffer for many writers.
type safe struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *safe) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *safe) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func TestLogLinesWaitShortly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out safe
		log, flush := telemetry.NewLog(&out, slog.LevelInfo)
		log.Debug("too fine")
		log.Info("one")
		if got := out.String(); got != "" {
			t.Errorf("at once: got %q, want nothing written yet", got)
		}
		time.Sleep(time.Second) // of the bubble's clock
		synctest.Wait()
		if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"msg":"one"`) {
			t.Errorf("a second later: got %q, want the one line", got)
		}
		log.Info("two")
		log.With("k", 1).WithGroup("g").Warn("three")
		if got := out.String(); strings.Count(got, "\n") != 3 {
			t.Errorf("after a warning: got %q, want all lines", got)
		}
		log.Info("four")
		flush()
		if got := out.String(); strings.Count(got, "\n") != 4 {
			t.Errorf("after a flush: got %q, want all lines", got)
		}
	})
}

func TestLogKeepsLinesWhole(t *testing.T) {
	var out safe
	log, flush := telemetry.NewLog(&out, slog.LevelInfo)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 500 {
				log.Info("line", "i", i, "j", j)
			}
		})
	}
	all.Wait()
	flush()
	whole := regexp.MustCompile(`^\{"time":"[^"]+","level":"INFO","msg":"line","i":\d,"j":\d+\}$`)
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 4000 {
		t.Fatalf("got %d lines, want 4000", len(lines))
	}
	for _, line := range lines {
		if !whole.MatchString(line) {
			t.Fatalf("a line is not whole: %q", line)
		}
	}
}

func TestErrorsAreLoggedWithoutWhatTheyQuote(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{errors.New("plain"), "plain"},
		{fmt.Errorf("party %q: %w", `Acme "quoted" Ltd`, io.EOF), `party "...": EOF`},
		{fmt.Errorf("sku %#q is odd", "KL1"), `sku "..." is odd`},
		{errors.New("key 'abc' or \"def\""), `key "..." or "..."`},
	} {
		var out strings.Builder
		log, flush := telemetry.NewLog(&out, slog.LevelInfo)
		log.Info("failed", "error", tt.err, "n", 1)
		flush()
		if want := fmt.Sprintf(`"error":%q,"n":1`, tt.want); !strings.Contains(out.String(), want) {
			t.Errorf("got %s, want %s", out.String(), want)
		}
	}
}

func FuzzRedacted(f *testing.F) {
	f.Add("Acme", "party ", ": EOF")
	f.Fuzz(func(t *testing.T, value, before, after string) {
		if len(value) < 3 || strings.ContainsAny(before+after, "\"'`") {
			t.Skip()
		}
		got := telemetry.Redacted(fmt.Errorf("%s%q%s", before, value, after))
		if want := before + `"..."` + after; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
