package cache

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/testenv"
	"github.com/interdict/interdict/screening"
)

// engine returns a screener on the embedded catalogue, and its assessor as decorated. Nil decorates nothing.
func engine(t testing.TB, decorate func(screening.Assessor) screening.Assessor) *screening.Screener {
	t.Helper()
	catalogue, err := data.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	s, err := screening.New(catalogue, screening.Config{Decorate: decorate})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plainAssessor returns the engine's own assessor.
func plainAssessor(t testing.TB) (plain screening.Assessor) {
	t.Helper()
	engine(t, func(a screening.Assessor) screening.Assessor {
		plain = a
		return a
	})
	return plain
}

// realOrder has n different lines, a third of them for Kaspersky goods, and parties of three kinds.
func realOrder(n int) screening.Order {
	o := screening.Order{
		Reference: "PO-17", OrderedAt: "2024-10-02", ReceivedAt: time.Date(2024, 10, 2, 20, 0, 0, 0, time.UTC),
		Parties: []screening.Party{
			{Role: screening.Seller, Name: "Kaspersky Labs Limited", Country: "GB"},
			{Role: screening.Buyer, Name: "Contoso Freight LLC", Country: "US", State: "TX"},
			{Role: screening.EndUser, Name: "Eugene Kaspersky", Kind: screening.Person},
		},
	}
	for i := range n {
		l := screening.Line{ID: fmt.Sprint(i), SKU: fmt.Sprintf("MON-%d", i), Manufacturer: "Dell", Description: fmt.Sprintf("24in monitor, batch %d", i)}
		if i%3 == 0 {
			l = screening.Line{
				ID: fmt.Sprint(i), Manufacturer: "Kaspersky", ManufacturerPart: "KL4867XAQFS",
				Description: fmt.Sprintf("Kaspersky Endpoint Security for Business Advanced, renewal, batch %d", i),
			}
		}
		o.Lines = append(o.Lines, l)
	}
	return o
}

// TestEngine holds that verdicts are the same without a cache, with an empty one, from memory and from Redis.
func TestEngine(t *testing.T) {
	order := realOrder(30)
	want, err := engine(t, nil).Screen(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	r := testenv.StartRedis(t, testenv.RedisOptions{})
	instance := func() (*screening.Screener, *Cache) {
		var c *Cache
		s := engine(t, func(a screening.Assessor) screening.Assessor {
			c = newCache(t, Config{Entries: 1000, RedisURL: r.URL()}, a, patient())
			return c
		})
		return s, c
	}
	first, cache := instance()
	second, _ := instance()
	for _, tt := range []struct {
		name string
		s    *screening.Screener
		use  screening.CacheUse
	}{{"empty", first, screening.CacheMiss}, {"from memory", first, screening.CacheHit}, {"from Redis", second, screening.CacheHit}} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.s.Screen(t.Context(), order)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(screening.Verdict{}, "Cache")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.Cache != tt.use {
				t.Errorf("got cache %s, want %s", got.Cache, tt.use)
			}
		})
		await(t, "the writes", func() bool { return cache.Stats().Written == 33 })
	}
}
