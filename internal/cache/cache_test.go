package cache

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/screening"
)

func TestMemory(t *testing.T) {
	f := &fake{}
	c := newCache(t, Config{Entries: 100}, f, defaultLimits())
	order := append(lines(0, 3), line("article 1"), line("clear"), line())
	if got, want := assess(t, c, order), all(screening.Missed, len(order)); !slices.Equal(got, want) {
		t.Errorf("first time: got %v, want %v", got, want)
	}
	if got := f.subjects.Load(); got != 5 {
		t.Errorf("got %d subjects assessed, want each of 5 once", got)
	}
	if got, want := assess(t, c, order), all(screening.Cached, len(order)); !slices.Equal(got, want) {
		t.Errorf("second time: got %v, want %v", got, want)
	}
	want := []screening.Provenance{screening.Cached, screening.Missed, screening.Cached}
	if got := assess(t, c, []screening.SubjectText{line("article 2"), line("article 9"), line("article 0")}); !slices.Equal(got, want) {
		t.Errorf("third time: got %v, want %v", got, want)
	}
	party := screening.SubjectText{Party: &screening.PartyText{Name: "Acme", Country: "US"}}
	assess(t, c, []screening.SubjectText{party})
	if got, want := c.Stats(), (Stats{Memory: Tier{Hits: 8, Misses: 8}, Healthy: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNoTier(t *testing.T) {
	f := &fake{}
	c := newCache(t, Config{}, f, defaultLimits())
	for range 2 {
		if got, want := assess(t, c, lines(0, 2)), all(screening.Computed, 2); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if got := f.subjects.Load(); got != 4 {
		t.Errorf("got %d subjects assessed, want 4", got)
	}
}

func TestEmptyOrder(t *testing.T) {
	c := newCache(t, Config{Entries: 1}, &fake{}, defaultLimits())
	if got := assess(t, c, nil); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

// TestIdenticalMissesJoin has many calls miss the same subject while it is being computed.
func TestIdenticalMissesJoin(t *testing.T) {
	release := make(chan struct{})
	f := &fake{before: func(context.Context) error { <-release; return nil }}
	c := newCache(t, Config{Entries: 100}, f, defaultLimits())
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() {
			if got, err := c.Assess(t.Context(), lines(0, 3)); err != nil || difference(got, lines(0, 3)) != "" {
				t.Errorf("got %v, %v, want the assessor's answers", got, err)
			}
		})
	}
	await(t, "all calls to miss", func() bool { return c.Stats().Memory.Misses == 60 })
	close(release)
	calls.Wait()
	if got := f.subjects.Load(); got != 3 {
		t.Errorf("got %d subjects assessed, want 3", got)
	}
}

// TestCancelledCallerHarmsNobody has the call that computes give up while another waits for it.
func TestCancelledCallerHarmsNobody(t *testing.T) {
	entered := make(chan struct{}, 2)
	f := &fake{before: func(ctx context.Context) error {
		entered <- struct{}{}
		if ctx.Value(impatient{}) != nil {
			<-ctx.Done()
		}
		return ctx.Err()
	}}
	c := newCache(t, Config{Entries: 100}, f, defaultLimits())
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), impatient{}, true))
	var calls sync.WaitGroup
	calls.Go(func() {
		if _, err := c.Assess(ctx, lines(0, 1)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the caller's own cancellation", err)
		}
	})
	<-entered
	calls.Go(func() { assess(t, c, lines(0, 1)) })
	await(t, "the second call to miss", func() bool { return c.Stats().Memory.Misses == 2 })
	cancel()
	calls.Wait()
}

type impatient struct{}

func TestAssessorFails(t *testing.T) {
	broken := errors.New("broken")
	fail := true
	f := &fake{before: func(context.Context) error {
		if fail {
			return broken
		}
		return nil
	}}
	c := newCache(t, Config{Entries: 10}, f, defaultLimits())
	if _, err := c.Assess(t.Context(), lines(0, 2)); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	fail = false
	assess(t, c, lines(0, 2)) // the failure was not kept
}

type shortAssessor struct{}

func (shortAssessor) Assess(context.Context, []screening.SubjectText) ([]screening.Assessment, error) {
	return make([]screening.Assessment, 1), nil
}

func TestAssessorGivesTooFew(t *testing.T) {
	c := newCache(t, Config{Entries: 10}, shortAssessor{}, defaultLimits())
	if got, err := c.Assess(t.Context(), lines(0, 2)); err == nil {
		t.Errorf("got %v, want an error: an answer is missing", got)
	}
}

// TestDetached holds that a small assessment does not quote the caller's own bytes.
func TestDetached(t *testing.T) {
	c := newCache(t, Config{Entries: 10}, &fake{}, defaultLimits())
	text := strings.Repeat("article of a large document ", 2)
	first, err := c.Assess(t.Context(), []screening.SubjectText{line(text)})
	if err != nil {
		t.Fatal(err)
	}
	if got := first[0].Matches[0].Evidence[0].Text; got != text || sharesMemory(got, text) {
		t.Errorf("got %q in the document's own memory: %v, want a copy", got, sharesMemory(got, text))
	}
}

func sharesMemory(a, b string) bool { return unsafe.StringData(a) == unsafe.StringData(b) }

func TestRefusedConfig(t *testing.T) {
	good := Config{Build: "1", CatalogueDigest: testDigest, TTL: time.Hour}
	for _, tt := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"no build", func(c *Config) { c.Build = "" }, "build"},
		{"no digest", func(c *Config) { c.CatalogueDigest = "" }, "digest"},
		{"entries", func(c *Config) { c.Entries = -1 }, "-1 entries"},
		{"life", func(c *Config) { c.RedisURL, c.TTL = "redis://127.0.0.1:1", 0 }, "life"},
		{"mode", func(c *Config) { c.RedisURL, c.Mode = "redis://127.0.0.1:1", "ring" }, "ring"},
		{"scheme", func(c *Config) { c.RedisURL = "http://127.0.0.1:1" }, "redis[s]://"},
		{"no scheme", func(c *Config) { c.RedisURL = "127.0.0.1:6379" }, "redis[s]://"},
		{"port", func(c *Config) { c.RedisURL = "redis://127.0.0.1:hunter2" }, "redis[s]://"},
		{"password with a slash", func(c *Config) { c.RedisURL = "redis://:12/hunter2@127.0.0.1:1" }, "%-escapes"},
		{"unknown option", func(c *Config) { c.RedisURL = "redis://127.0.0.1:1?password=hunter2" }, "redis[s]://"},
		{"cluster", func(c *Config) { c.RedisURL, c.Mode = "redis://h:1?hunter2=1", config.RedisCluster }, "addr=host:port"},
		{"sentinel without a master", func(c *Config) { c.RedisURL, c.Mode = "redis://127.0.0.1:1", config.RedisSentinel }, "master_name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := good
			tt.change(&cfg)
			c, err := New(t.Context(), cfg, &fake{})
			if err == nil {
				_ = c.Close()
				t.Fatal("got no error")
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %q, want %q in it and no secret", err, tt.want)
			}
		})
	}
}
