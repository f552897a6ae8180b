package cache

import "sync/atomic"

// Stats are what a Cache has counted since it was made, in subjects where nothing else is said.
type Stats struct {
	Memory Tier
	Redis  Tier

	Untrusted uint64 // values in Redis that were not what was stored under their key; misses too
	Errors    uint64 // calls to Redis that failed, probes too
	Written   uint64 // assessments that Redis took
	Dropped   uint64 // assessments that were not written: Redis refused or failed, or too many waited
	Healthy   bool   // Redis answers, or there is none
}

// Tier is what one tier was asked.
type Tier struct {
	Hits     uint64
	Misses   uint64 // asked and not had
	Bypassed uint64 // not asked, or not answered
}

// Stats returns the counts. Each is exact; they are not of one instant.
func (c *Cache) Stats() Stats {
	return Stats{
		Memory:    c.counts.memory.read(),
		Redis:     c.counts.redis.read(),
		Untrusted: c.counts.untrusted.Load(),
		Errors:    c.counts.errors.Load(),
		Written:   c.counts.written.Load(),
		Dropped:   c.counts.dropped.Load(),
		Healthy:   c.Healthy() == nil,
	}
}

type counts struct {
	memory, redis                       tierCounts
	untrusted, errors, written, dropped atomic.Uint64
}

type tierCounts struct{ hits, misses, bypassed atomic.Uint64 }

func (t *tierCounts) read() Tier {
	return Tier{Hits: t.hits.Load(), Misses: t.misses.Load(), Bypassed: t.bypassed.Load()}
}
