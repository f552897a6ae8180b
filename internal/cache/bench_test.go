package cache

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/interdict/interdict/internal/testenv"
	"github.com/interdict/interdict/screening"
)

// subjectsOf catches what a screener asks its assessor.
type subjectsOf struct {
	screening.Assessor
	seen []screening.SubjectText
}

func (s *subjectsOf) Assess(ctx context.Context, subjects []screening.SubjectText) ([]screening.Assessment, error) {
	s.seen = subjects
	return s.Assessor.Assess(ctx, subjects)
}

func realSubjects(b *testing.B, n int) []screening.SubjectText {
	b.Helper()
	var spy *subjectsOf
	s := engine(b, func(a screening.Assessor) screening.Assessor {
		spy = &subjectsOf{Assessor: a}
		return spy
	})
	order := realOrder(n)
	order.Parties = nil
	if _, err := s.Screen(b.Context(), order); err != nil {
		b.Fatal(err)
	}
	return spy.seen
}

// BenchmarkAssess measures one line and an order of 100, a third of them Kaspersky goods: by the engine alone, missed
// by both tiers, and from each tier.
func BenchmarkAssess(b *testing.B) {
	plain := plainAssessor(b)
	r := testenv.StartRedis(b, testenv.RedisOptions{})
	for _, n := range []int{1, 100} {
		subjects := realSubjects(b, n)
		for _, bench := range []struct {
			name string
			cfg  Config
			warm bool
		}{
			{"engine", Config{}, false},
			{"memory_hit", Config{Entries: 10_000}, true},
			{"memory_miss", Config{Entries: 10_000}, false},
			{"redis_hit", Config{RedisURL: r.URL(), Build: fmt.Sprint("hit ", n)}, true},
			{"redis_miss", Config{RedisURL: r.URL(), TTL: time.Second}, false},
		} {
			b.Run(fmt.Sprintf("lines=%d/%s", n, bench.name), func(b *testing.B) {
				c := newCache(b, bench.cfg, plain, patient())
				if bench.warm {
					assessBench(b, c, subjects)
					await(b, "the writes", func() bool { return c.redis == nil || c.Stats().Written == uint64(n) })
				}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if !bench.warm {
						makeNew(subjects, i)
					}
					assessBench(b, c, subjects)
				}
			})
		}
	}
}

// makeNew changes each line in what the engine reads and does not weigh, so that no cache has it.
func makeNew(subjects []screening.SubjectText, run int) {
	for i := range subjects {
		subjects[i].Line[0].Pointer = strconv.Itoa(run)
	}
}

func assessBench(b *testing.B, c *Cache, subjects []screening.SubjectText) {
	b.Helper()
	if _, err := c.Assess(b.Context(), subjects); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCodec measures the coding of an assessment with two matches.
func BenchmarkCodec(b *testing.B) {
	a := exemplar()
	value := encode(testSpace, digest{1}, &a)
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		b.ReportMetric(float64(len(value)), "bytes")
		for b.Loop() {
			encode(testSpace, digest{1}, &a)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := decode(testSpace, digest{1}, string(value)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("digest", func(b *testing.B) {
		s := line("24in monitor P2422H, height adjustable, with cable", "210-BBBE", "Dell")
		b.ReportAllocs()
		for b.Loop() {
			digestOf(&s)
		}
	})
}
