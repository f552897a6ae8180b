package cache

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/testenv"
	"github.com/interdict/interdict/screening"
)

// shares has one cache compute and another, of another instance, hit.
func shares(t *testing.T, cfg Config, from, to int) {
	t.Helper()
	first, second := &fake{}, &fake{}
	a, b := newCache(t, cfg, first, patient()), newCache(t, cfg, second, patient())
	n := to - from
	if got := assess(t, a, lines(from, to)); !slices.Equal(got, all(screening.Missed, n)) {
		t.Fatalf("first instance: got %v, want all missed", got)
	}
	await(t, "the writes", func() bool { return a.Stats().Written == uint64(n) })
	if got := assess(t, b, lines(from, to)); !slices.Equal(got, all(screening.Cached, n)) {
		t.Errorf("second instance: got %v, want all cached", got)
	}
	if got := second.subjects.Load(); got != 0 {
		t.Errorf("second instance: got %d subjects assessed, want 0", got)
	}
	want := Stats{Redis: Tier{Hits: uint64(n)}, Healthy: true}
	if cfg.Entries > 0 {
		want.Memory.Misses = uint64(n)
	}
	if got := b.Stats(); got != want {
		t.Errorf("second instance: got %+v, want %+v", got, want)
	}
}

func TestInstancesShare(t *testing.T) {
	r := testenv.StartRedis(t, testenv.RedisOptions{})
	for i, tt := range []struct {
		name    string
		entries int
		lines   int
	}{{"both tiers", 10_000, 7}, {"redis alone", 0, 7}, {"more than a pipeline", 10_000, 1234}} {
		t.Run(tt.name, func(t *testing.T) {
			shares(t, Config{Entries: tt.entries, RedisURL: r.URL()}, i*10_000, i*10_000+tt.lines)
		})
	}
	t.Run("another catalogue", func(t *testing.T) {
		c := newCache(t, Config{RedisURL: r.URL(), CatalogueDigest: "sha256:other"}, &fake{}, patient())
		if got := assess(t, c, lines(0, 7)); !slices.Equal(got, all(screening.Missed, 7)) {
			t.Errorf("got %v, want all missed", got)
		}
	})
	t.Run("another build", func(t *testing.T) {
		c := newCache(t, Config{RedisURL: r.URL(), Build: "other"}, &fake{}, patient())
		if got := assess(t, c, lines(0, 7)); !slices.Equal(got, all(screening.Missed, 7)) {
			t.Errorf("got %v, want all missed", got)
		}
	})
	t.Run("life", func(t *testing.T) {
		client := r.Client(t)
		keys, err := client.Keys(t.Context(), "interdict:test:*").Result()
		if err != nil || len(keys) == 0 {
			t.Fatalf("got keys %v, %v", keys, err)
		}
		for _, key := range keys {
			if got := client.TTL(t.Context(), key).Val(); got <= 0 || got > time.Hour {
				t.Errorf("%s lives %s, want an hour at most", key, got)
			}
		}
	})
}

func TestPassword(t *testing.T) {
	r := testenv.StartRedis(t, testenv.RedisOptions{Password: "p:a/s@s"})
	shares(t, Config{RedisURL: r.URL()}, 0, 5)
	t.Run("wrong", func(t *testing.T) {
		var log syncBuffer
		c := newCache(t, Config{RedisURL: "redis://:hunter2@" + r.Addr, Log: slog.New(slog.NewTextHandler(&log, nil))}, &fake{}, patient())
		if got := assess(t, c, lines(0, 5)); !slices.Equal(got, all(screening.Bypassed, 5)) {
			t.Errorf("got %v, want all bypassed", got)
		}
		if err := c.Healthy(); err == nil {
			t.Error("got healthy, want the reason why not")
		}
		if got := log.String(); strings.Count(got, "does not answer") != 1 || strings.Contains(got, "hunter2") {
			t.Errorf("got log %q, want one line without the password", got)
		}
	})
}

func TestTLS(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a private authority is named by SSL_CERT_FILE on Linux alone")
	}
	pair, err := testenv.LoadKeyPair(os.Getenv(trustedPair))
	if err != nil {
		t.Fatal(err)
	}
	shares(t, Config{RedisURL: testenv.StartRedis(t, testenv.RedisOptions{Pair: pair, Password: "secret"}).URL()}, 0, 5)
	t.Run("not trusted", func(t *testing.T) {
		other, err := testenv.NewKeyPair(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		c := newCache(t, Config{RedisURL: testenv.StartRedis(t, testenv.RedisOptions{Pair: other}).URL()}, &fake{}, patient())
		if got := assess(t, c, lines(0, 5)); !slices.Equal(got, all(screening.Bypassed, 5)) {
			t.Errorf("got %v, want all bypassed", got)
		}
	})
}

func TestCluster(t *testing.T) {
	nodes := testenv.StartRedisCluster(t)
	cfg := Config{RedisURL: nodes[0].URL() + "?addr=" + nodes[1].Addr + "&addr=" + nodes[2].Addr, Mode: config.RedisCluster}
	shares(t, cfg, 0, 100)
	for _, node := range nodes {
		if n := node.Client(t).DBSize(t.Context()).Val(); n == 0 {
			t.Errorf("%s holds nothing: the keys are not spread", node.Addr)
		}
	}
	t.Run("node lost", func(t *testing.T) {
		c := newCache(t, cfg, &fake{}, defaultLimits())
		l := startLoad(t, c)
		l.more(t, 20)
		nodes[2].Stop()
		await(t, "the loss to be noticed", func() bool { return c.Healthy() != nil })
		l.more(t, 50)
		l.end(t)
	})
}

func TestSentinel(t *testing.T) {
	s := testenv.StartSentinel(t)
	cfg := Config{RedisURL: s.URL(), Mode: config.RedisSentinel}
	shares(t, cfg, 0, 20)
	c := newCache(t, cfg, &fake{}, defaultLimits())
	await(t, "Redis", func() bool { return c.Healthy() == nil })
	l := startLoad(t, c)
	l.more(t, 20)
	s.Master.Stop()
	await(t, "the loss to be noticed", func() bool { return c.Healthy() != nil })
	l.more(t, 20)
	await(t, "the replica to take over", func() bool { return c.Healthy() == nil })
	before := c.Stats()
	await(t, "hits and writes on it", func() bool {
		now := c.Stats()
		return now.Redis.Hits > before.Redis.Hits && now.Written > before.Written
	})
	l.end(t)
}

func TestNotThereAtStart(t *testing.T) {
	r := testenv.StartRedis(t, testenv.RedisOptions{})
	r.Stop()
	var log syncBuffer
	l := patient()
	c := newCache(t, Config{RedisURL: r.URL(), Entries: 100, Log: slog.New(slog.NewTextHandler(&log, nil))}, &fake{}, l)
	if got := assess(t, c, lines(0, 3)); !slices.Equal(got, all(screening.Bypassed, 3)) {
		t.Errorf("got %v, want all bypassed", got)
	}
	if got := assess(t, c, lines(0, 3)); !slices.Equal(got, all(screening.Cached, 3)) {
		t.Errorf("got %v, want all from the tier in process", got)
	}
	r.Start(t)
	await(t, "Redis", func() bool { return c.Healthy() == nil })
	if got := assess(t, c, lines(3, 6)); !slices.Equal(got, all(screening.Missed, 3)) {
		t.Errorf("got %v, want all missed", got)
	}
	await(t, "the writes", func() bool { return c.Stats().Written == 3 })
	if got := log.String(); strings.Count(got, "\n") != 2 || strings.Contains(got, "article") {
		t.Errorf("got log %q, want a line for each change and no subject", got)
	}
}

// TestCloseWritesWhatWaits has an instance end right after it has computed.
func TestCloseWritesWhatWaits(t *testing.T) {
	r := testenv.StartRedis(t, testenv.RedisOptions{})
	c := newCache(t, Config{RedisURL: r.URL()}, &fake{}, patient())
	const n = 2000
	assess(t, c, lines(0, n))
	for range 2 {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := c.Stats(); got.Written+got.Dropped != n || got.Dropped != 0 {
		t.Errorf("got %+v, want %d written", got, n)
	}
	if got := r.Client(t).DBSize(t.Context()).Val(); got != n {
		t.Errorf("got %d keys, want %d", got, n)
	}
	if got := assess(t, c, lines(0, 3)); !slices.Equal(got, all(screening.Bypassed, 3)) {
		t.Errorf("after Close: got %v, want all bypassed", got)
	}
}

func TestWritesAreBounded(t *testing.T) {
	r := testenv.StartRedis(t, testenv.RedisOptions{})
	l := patient()
	l.waiting = 0 // the writer takes one only while it has nothing to do
	c := newCache(t, Config{RedisURL: r.URL()}, &fake{}, l)
	const n = 3000
	assess(t, c, lines(0, n))
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if got := c.Stats(); got.Dropped == 0 || got.Written+got.Dropped != n {
		t.Errorf("got %+v, want some of %d dropped and all counted", got, n)
	}
}

// TestCallerLeaves holds that a caller's own deadline is not taken for trouble in Redis.
func TestCallerLeaves(t *testing.T) {
	r := testenv.StartRedis(t, testenv.RedisOptions{})
	c := newCache(t, Config{RedisURL: r.URL()}, &fake{}, patient())
	r.Freeze(t)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := c.Assess(ctx, lines(0, 3)); err != nil { // the assessor does not look at the deadline
		t.Errorf("got %v, want the assessor's answer", err)
	}
	r.Thaw(t)
	if err := c.Healthy(); err != nil {
		t.Errorf("got %v, want healthy", err)
	}
	assess(t, c, lines(0, 3))
}

// syncBuffer is a buffer that a logger and a test may use at once.
type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
