// Package cache remembers what subjects were found to be, so that a line which a thousand orders repeat is matched
// once. It decorates an assessor and asks two tiers before it: one in process, one in Redis, which several instances
// share. Both are optional, and no trouble in Redis fails or holds up a screening.
//
// A key is made of the engine's build, the catalogue's digest and the subject's own text, so nothing is invalidated by
// hand: new data or a new engine asks for other keys. Dates, facts and amounts are in neither key nor value; the law is
// applied afresh to every order.
package cache

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/screening"
)

// Config sets up a Cache.
type Config struct {
	Entries         int           // assessments kept in process; 0 keeps none
	RedisURL        string        // may carry a password; empty for no Redis
	Mode            config.Redis  // what the URL leads to; empty is single
	TTL             time.Duration // life of an assessment in Redis, a second or more
	Build           string        // the engine's build: two engines that may differ in an answer differ here
	CatalogueDigest string        // of the catalogue that the assessor runs on
	Log             *slog.Logger  // told of each change of Redis' state, never of a subject; nil for none
}

// Cache is an Assessor with a memory. It is safe for concurrent use.
type Cache struct {
	next   screening.Assessor
	memory *otter.Cache[digest, *screening.Assessment] // nil for no such tier
	redis  *redisTier                                  // nil for no such tier
	counts counts
}

// New returns a Cache over an assessor of one catalogue. A Redis that does not answer is no error: screenings go on
// without it until it does. A malformed setting is one. The context bounds the first attempt to reach Redis, which
// takes a quarter of a second at most. Close the Cache after its last use.
func New(ctx context.Context, cfg Config, next screening.Assessor) (*Cache, error) {
	return open(ctx, cfg, next, defaultLimits())
}

func open(ctx context.Context, cfg Config, next screening.Assessor, limits limits) (*Cache, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("verdict cache: %w", err)
	}
	c := &Cache{next: next}
	if cfg.Entries > 0 {
		memory, err := otter.New(&otter.Options[digest, *screening.Assessment]{MaximumSize: cfg.Entries})
		if err != nil {
			return nil, fmt.Errorf("verdict cache: %w", err)
		}
		c.memory = memory
	}
	if cfg.RedisURL != "" {
		client, err := dial(cfg.RedisURL, cfg.Mode)
		if err != nil {
			return nil, fmt.Errorf("verdict cache: %w", err)
		}
		c.redis = newRedisTier(ctx, client, &cfg, limits, &c.counts)
	}
	return c, nil
}

func (cfg *Config) check() error {
	switch {
	case cfg.Entries < 0:
		return fmt.Errorf("%d entries: want 0 or more", cfg.Entries)
	case cfg.Build == "" || cfg.CatalogueDigest == "":
		return errors.New("keys need the engine's build and the catalogue's digest")
	case cfg.RedisURL != "" && cfg.TTL < time.Second:
		return fmt.Errorf("a life of %s in Redis: want a second or more", cfg.TTL)
	}
	return nil
}

// Assess implements screening.Assessor. The answers equal those of the assessor beneath but for their provenance. They
// are shared with other calls and must not be changed.
func (c *Cache) Assess(ctx context.Context, subjects []screening.SubjectText) ([]screening.Assessment, error) {
	if c.memory == nil && c.redis == nil {
		return c.next.Assess(ctx, subjects)
	}
	out := make([]screening.Assessment, len(subjects))
	digests := make([]digest, len(subjects))
	var missing []int
	for i := range subjects {
		digests[i] = digestOf(&subjects[i])
		if a, ok := c.remembered(digests[i]); ok {
			out[i] = *a
			out[i].Provenance = screening.Cached
		} else {
			missing = append(missing, i)
		}
	}
	if c.memory != nil {
		c.counts.memory.hits.Add(uint64(len(subjects) - len(missing)))
		c.counts.memory.misses.Add(uint64(len(missing)))
	}
	if len(missing) == 0 {
		return out, nil
	}
	loaded, err := c.load(ctx, subjects, digests, missing)
	if err != nil {
		return nil, err
	}
	for _, i := range missing {
		a := loaded[digests[i]]
		if a == nil {
			return nil, fmt.Errorf("verdict cache: subject %d of %d was left without an assessment", i+1, len(subjects))
		}
		out[i] = *a
	}
	return out, nil
}

func (c *Cache) remembered(d digest) (*screening.Assessment, bool) {
	if c.memory == nil {
		return nil, false
	}
	return c.memory.GetIfPresent(d)
}

// load gets the assessments of the subjects that are missing, each distinct one once, even where several calls miss it
// at a time. Each has the provenance that it was got with.
func (c *Cache) load(ctx context.Context, subjects []screening.SubjectText, digests []digest, missing []int) (map[digest]*screening.Assessment, error) {
	texts := make(map[digest]*screening.SubjectText, len(missing))
	distinct := make([]digest, 0, len(missing))
	for _, i := range missing {
		if texts[digests[i]] == nil {
			texts[digests[i]] = &subjects[i]
			distinct = append(distinct, digests[i])
		}
	}
	load := func(ctx context.Context, wanted []digest) (map[digest]*screening.Assessment, error) {
		return c.fetch(ctx, wanted, texts)
	}
	if c.memory == nil {
		return load(ctx, distinct)
	}
	return c.memory.BulkGet(ctx, distinct, otter.BulkLoaderFunc[digest, *screening.Assessment](load))
}

// fetch asks Redis, has the rest computed and hands that to Redis.
func (c *Cache) fetch(ctx context.Context, wanted []digest, texts map[digest]*screening.SubjectText) (map[digest]*screening.Assessment, error) {
	found := make(map[digest]*screening.Assessment, len(wanted))
	answered := len(wanted)
	if c.redis != nil {
		answered = c.redis.get(ctx, wanted, found)
	}
	var rest []int
	var subjects []screening.SubjectText
	for i, d := range wanted {
		if found[d] == nil {
			rest = append(rest, i)
			subjects = append(subjects, *texts[d])
		}
	}
	if len(rest) == 0 {
		return found, nil
	}
	computed, err := c.next.Assess(ctx, subjects)
	if err != nil {
		return nil, err
	}
	if len(computed) != len(rest) {
		return nil, fmt.Errorf("verdict cache: the assessor gave %d answers to %d subjects", len(computed), len(rest))
	}
	for k, i := range rest {
		a, err := detached(&computed[k])
		if err != nil {
			return nil, fmt.Errorf("verdict cache: an assessment that cannot be written: %w", err)
		}
		a.Provenance = screening.Missed
		if i >= answered {
			a.Provenance = screening.Bypassed
		}
		found[wanted[i]] = a
		if c.redis != nil {
			c.redis.put(wanted[i], a)
		}
	}
	return found, nil
}

// Healthy returns nil where there is no Redis or it answers, else why it does not. Screenings go on either way.
func (c *Cache) Healthy() error {
	if c.redis == nil {
		return nil
	}
	return c.redis.healthy()
}

// Close writes what waits to be written to Redis, as far as it takes it, and ends the connections. Assessing after it
// works without Redis. It may be called more than once.
func (c *Cache) Close() error {
	if c.redis == nil {
		return nil
	}
	return c.redis.close()
}
