package cache

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/interdict/interdict/internal/testenv"
	"github.com/interdict/interdict/screening"
)

// load are callers that screen at once, each answer held against the assessor's.
type load struct {
	cache   *Cache
	stop    chan struct{}
	callers sync.WaitGroup
	once    sync.Once
	calls   atomic.Int64
	fresh   atomic.Int64 // lines that nobody has seen before

	mu   sync.Mutex
	took []time.Duration // of each call, over what the assessor takes, which is next to nothing
}

func startLoad(t *testing.T, c *Cache) *load {
	t.Helper()
	l := &load{cache: c, stop: make(chan struct{})}
	t.Cleanup(l.halt) // of a test that fails
	for caller := range 4 {
		l.callers.Go(func() { l.call(t, rand.New(rand.NewPCG(1, uint64(caller)))) })
	}
	return l
}

func (l *load) call(t *testing.T, random *rand.Rand) {
	for {
		select {
		case <-l.stop:
			return
		default:
		}
		var order []screening.SubjectText
		for range 1 + random.IntN(20) {
			order = append(order, line(fmt.Sprintf("often %d", random.IntN(200))))
		}
		order = append(order, line(fmt.Sprintf("new %d", l.fresh.Add(1))))
		begin := time.Now()
		got, err := l.cache.Assess(context.WithoutCancel(t.Context()), order)
		l.note(time.Since(begin))
		if err != nil {
			t.Errorf("a screening failed: %v", err)
			return
		}
		if diff := difference(got, order); diff != "" {
			t.Errorf("an answer differs from the assessor's (-want +got):\n%s", diff)
			return
		}
		l.calls.Add(1)
	}
}

// more waits for n further calls.
func (l *load) more(t *testing.T, n int64) {
	t.Helper()
	until := l.calls.Load() + n
	await(t, "calls", func() bool { return l.calls.Load() >= until || t.Failed() })
}

func (l *load) halt() {
	l.once.Do(func() { close(l.stop) })
	l.callers.Wait()
}

func (l *load) note(took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.took = append(l.took, took)
}

// end stops the callers and checks that Redis did not hold them up. A busy machine may hold up a few.
func (l *load) end(t *testing.T) {
	t.Helper()
	l.halt()
	slices.Sort(l.took)
	const bearable = 250 * time.Millisecond
	if slow := l.took[len(l.took)*95/100]; slow > bearable {
		t.Errorf("a twentieth of %d calls took %s longer than the assessor or more, want %s at most", len(l.took), slow, bearable)
	}
	t.Logf("%d calls, the slowest %s, %+v", len(l.took), l.took[len(l.took)-1].Round(time.Millisecond), l.cache.Stats())
}

// TestTrouble has Redis fail in every way under load. Nothing is noticed but in the counts, and Redis is used again
// when it is well.
func TestTrouble(t *testing.T) {
	unwell := func(c *Cache, _ Stats) bool { return c.Healthy() != nil }
	untrusted := func(c *Cache, before Stats) bool { return c.Stats().Untrusted > before.Untrusted }
	for _, tt := range []struct {
		name    string
		harm    func(*testing.T, *testenv.Redis, *redis.Client)
		noticed func(*Cache, Stats) bool
		heal    func(*testing.T, *testenv.Redis, *redis.Client)
	}{
		{
			"stopped", func(_ *testing.T, r *testenv.Redis, _ *redis.Client) { r.Stop() }, unwell,
			func(t *testing.T, r *testenv.Redis, _ *redis.Client) { r.Start(t) },
		},
		{
			"frozen", func(t *testing.T, r *testenv.Redis, _ *redis.Client) { r.Freeze(t) }, unwell,
			func(t *testing.T, r *testenv.Redis, _ *redis.Client) { r.Thaw(t) },
		},
		{
			"restarted", func(t *testing.T, r *testenv.Redis, _ *redis.Client) { r.Stop(); r.Start(t) },
			func(c *Cache, before Stats) bool { return c.Stats().Redis.Misses > before.Redis.Misses+200 }, nil,
		},
		{
			"full", configure("maxmemory", "1"),
			func(c *Cache, before Stats) bool { return c.Stats().Dropped > before.Dropped }, configure("maxmemory", "0"),
		},
		{
			"flushed", func(t *testing.T, _ *testenv.Redis, c *redis.Client) { must(t, c.FlushAll(t.Context()).Err()) },
			func(c *Cache, before Stats) bool { return c.Stats().Redis.Misses > before.Redis.Misses+200 }, nil,
		},
		{"garbage", overwrite(func(int, string, []string) any { return "\x01garbage" }), untrusted, nil},
		{"cut short", overwrite(func(_ int, value string, _ []string) any { return value[:len(value)-1] }), untrusted, nil},
		{"another key's value", overwrite(func(i int, _ string, all []string) any { return all[(i+1)%len(all)] }), untrusted, nil},
		{"another type", overwrite(func(int, string, []string) any { return nil }), untrusted, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := testenv.StartRedis(t, testenv.RedisOptions{Args: []string{"--maxmemory-policy", "noeviction"}})
			for _, entries := range []int{0, 50} {
				t.Run(fmt.Sprintf("%d entries", entries), func(t *testing.T) {
					client := r.Client(t)
					must(t, client.FlushAll(t.Context()).Err())
					c := newCache(t, Config{RedisURL: r.URL(), Entries: entries}, &fake{}, defaultLimits())
					l := startLoad(t, c)
					await(t, "hits", func() bool { return c.Stats().Redis.Hits > 100 })
					before := c.Stats()
					tt.harm(t, r, client)
					await(t, "the trouble to be noticed", func() bool { return tt.noticed(c, before) })
					l.more(t, 200)
					if tt.heal != nil {
						tt.heal(t, r, client)
					}
					await(t, "Redis to be well", func() bool { return c.Healthy() == nil })
					healed := c.Stats()
					await(t, "hits and writes", func() bool {
						now := c.Stats()
						return now.Redis.Hits > healed.Redis.Hits+100 && now.Written > healed.Written
					})
					l.end(t)
				})
			}
		})
	}
}

func configure(name, value string) func(*testing.T, *testenv.Redis, *redis.Client) {
	return func(t *testing.T, _ *testenv.Redis, c *redis.Client) {
		must(t, c.ConfigSet(t.Context(), name, value).Err())
	}
}

// overwrite replaces the values of all keys; nil stands for a value of another type.
func overwrite(with func(i int, value string, all []string) any) func(*testing.T, *testenv.Redis, *redis.Client) {
	return func(t *testing.T, _ *testenv.Redis, c *redis.Client) {
		keys, err := c.Keys(t.Context(), "interdict:*").Result()
		must(t, err)
		slices.Sort(keys)
		values := make([]string, len(keys))
		for i, key := range keys {
			values[i], err = c.Get(t.Context(), key).Result()
			must(t, err)
		}
		for i, key := range keys {
			value := with(i, values[i], values)
			if value == nil {
				_, err := c.TxPipelined(t.Context(), func(p redis.Pipeliner) error {
					p.Del(t.Context(), key)
					p.LPush(t.Context(), key, "item")
					return nil
				})
				must(t, err)
				continue
			}
			must(t, c.Set(t.Context(), key, value, 0).Err())
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
