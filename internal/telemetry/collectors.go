package telemetry

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/interdict/interdict/internal/cache"
	"github.com/interdict/interdict/screening"
)

// cacheStats is a cache that counts for itself.
type cacheStats interface{ Stats() cache.Stats }

// WatchCache adds the counts of a cache. It must be called at most once.
func (m *Metrics) WatchCache(c cacheStats) { m.registry.MustRegister(cacheCollector{c}) }

// cacheCollector reads the counts when they are asked for.
type cacheCollector struct{ cache cacheStats }

var (
	cacheLookups = prometheus.NewDesc("interdict_cache_lookups_total",
		"Subjects looked up in a tier of the verdict cache: hit, miss, or bypass where the tier was not asked or did not answer.", []string{"tier", "result"}, nil)
	cacheErrors = prometheus.NewDesc("interdict_cache_errors_total",
		"Calls to Redis that failed.", []string{"tier"}, nil)
	cacheUntrusted = prometheus.NewDesc("interdict_cache_untrusted_total",
		"Values in Redis that were not what had been stored under their key; they were computed anew.", nil, nil)
	cacheWrites = prometheus.NewDesc("interdict_cache_writes_total",
		"Assessments handed to Redis: written or dropped.", []string{"result"}, nil)
	cacheUp = prometheus.NewDesc("interdict_cache_up",
		"1 where Redis answers or there is none, else 0. Screenings go on either way.", nil, nil)
)

// Describe implements prometheus.Collector.
func (cacheCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{cacheLookups, cacheErrors, cacheUntrusted, cacheWrites, cacheUp} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c cacheCollector) Collect(out chan<- prometheus.Metric) {
	s := c.cache.Stats()
	count := func(d *prometheus.Desc, n uint64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
	}
	for name, tier := range map[string]cache.Tier{"memory": s.Memory, "redis": s.Redis} {
		count(cacheLookups, tier.Hits, name, "hit")
		count(cacheLookups, tier.Misses, name, "miss")
		count(cacheLookups, tier.Bypassed, name, "bypass")
	}
	count(cacheErrors, s.Errors, "redis")
	count(cacheUntrusted, s.Untrusted)
	count(cacheWrites, s.Written, "written")
	count(cacheWrites, s.Dropped, "dropped")
	up := 0.0
	if s.Healthy {
		up = 1
	}
	out <- prometheus.MustNewConstMetric(cacheUp, prometheus.GaugeValue, up)
}

// WatchLists adds the age of each list of the catalogue in use. lists is asked at each scrape. It must be called at
// most once.
func (m *Metrics) WatchLists(lists func() []screening.ListRef, now func() time.Time) {
	m.registry.MustRegister(listCollector{lists, now})
}

type listCollector struct {
	lists func() []screening.ListRef
	now   func() time.Time
}

var listAge = prometheus.NewDesc("interdict_list_age_seconds",
	"Time since the beginning of the day, in UTC, that a list of the catalogue is as of.", []string{"list"}, nil)

var listStale = prometheus.NewDesc("interdict_list_stale",
	"1 where a newer copy of a list was refused or could not be fetched: the one in use may be out of date.", []string{"list"}, nil)

// Describe implements prometheus.Collector.
func (listCollector) Describe(out chan<- *prometheus.Desc) {
	out <- listAge
	out <- listStale
}

// Collect implements prometheus.Collector. A list without a date has no age.
func (c listCollector) Collect(out chan<- prometheus.Metric) {
	for _, l := range c.lists() {
		stale := 0.0
		if l.Stale {
			stale = 1
		}
		out <- prometheus.MustNewConstMetric(listStale, prometheus.GaugeValue, stale, l.ID)
		asOf, err := time.Parse(time.DateOnly, l.AsOf)
		if err != nil {
			continue
		}
		out <- prometheus.MustNewConstMetric(listAge, prometheus.GaugeValue, c.now().Sub(asOf).Seconds(), l.ID)
	}
}
