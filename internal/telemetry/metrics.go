// Package telemetry tells operators what the program does: metrics for Prometheus, structured logs, profiles. None of
// it ever holds what a caller sent: no name, text, key or query.
package telemetry

import (
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/interdict/interdict/screening"
)

// Build names the program and the data that it decides by.
type Build struct {
	Version   string // of the program
	Commit    string // of its sources; may be empty
	Go        string // of the toolchain
	Catalogue string // version of the catalogue
	Digest    string // of the catalogue
}

// Metrics counts what the program does. Every label has a closed set of values, whatever callers send, so the number
// of series is bounded. It is safe for concurrent use.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	inFlight  prometheus.Gauge
	refused   *prometheus.CounterVec
	decisions *prometheus.CounterVec
	matches   *prometheus.CounterVec
	screening prometheus.Histogram
	fetched   *prometheus.CounterVec
}

// Reason tells why a request was refused before it was looked at.
type Reason string

// The reasons.
const (
	Overload Reason = "overload" // too many screenings at a time
	Rate     Reason = "rate"     // the caller asks more often than INTERDICT_RATE
	Key      Reason = "key"      // no key, or a wrong one
	Guessing Reason = "guessing" // too many wrong keys from one address
	Host     Reason = "host"     // without a key, a request that a web page elsewhere may have sent
)

// Reasons lists every Reason.
var Reasons = [...]Reason{Overload, Rate, Key, Guessing, Host}

// New returns Metrics with a registry of their own.
func New(b Build) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "interdict_http_requests_total", Help: "Requests answered, by route template, method and class of status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "interdict_http_request_duration_seconds", Help: "Time from the head of a request to the end of its answer.",
			Buckets: []float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "interdict_http_requests_in_flight", Help: "Requests being answered.",
		}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "interdict_http_requests_refused_total", Help: "Requests turned away before they were looked at, by reason.",
		}, []string{"reason"}),
		decisions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "interdict_decisions_total", Help: "Verdicts, by what was screened and decision.",
		}, []string{"noun", "decision"}),
		matches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "interdict_matches_total", Help: "Matches in verdicts, by certainty.",
		}, []string{"certainty"}),
		screening: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "interdict_screening_duration_seconds", Help: "Time that the engine took for one verdict, its cache included.",
			Buckets: []float64{.00001, .000025, .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .1, .5, 2.5},
		}),
	}
	m.fetched = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "interdict_list_fetches_total", Help: "Lists fetched from their publishers, by list and result: taken, unchanged or refused.",
	}, []string{"list", "result"})
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "interdict_build_info", Help: "1, labelled with the program and the catalogue that it decides by.",
		ConstLabels: prometheus.Labels{"version": b.Version, "commit": b.Commit, "go": b.Go, "catalogue": b.Catalogue, "digest": b.Digest},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.refused, m.decisions, m.matches, m.screening, m.fetched, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.zero()
	return m
}

// zero makes the series of closed sets exist from the start, so that a rate over them has a beginning.
func (m *Metrics) zero() {
	for _, reason := range Reasons {
		m.refused.WithLabelValues(string(reason))
	}
	for _, noun := range nouns {
		for _, decision := range [...]screening.Decision{screening.Clear, screening.Review, screening.Block} {
			m.decisions.WithLabelValues(noun, decision.String())
		}
	}
	for _, certainty := range [...]screening.Certainty{screening.Possible, screening.Likely, screening.Certain} {
		m.matches.WithLabelValues(certainty.String())
	}
}

// Handler serves the metrics as text.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{EnableOpenMetrics: true, DisableCompression: true})
}

// Began notes that a request is being answered; each needs one Answered.
func (m *Metrics) Began() { m.inFlight.Inc() }

// NoRoute is the route of a request that no route takes.
const NoRoute = "none"

// The methods and nouns that have series of their own.
var (
	methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}
	nouns   = []string{"vendor", "sku", "order"}
)

const other = "other"

// Answered notes an answer. The route is a template, such as /v1/rules/:id, or NoRoute, never a path.
func (m *Metrics) Answered(route, method string, status int, took time.Duration) {
	m.inFlight.Dec()
	m.requests.WithLabelValues(route, Method(method), class(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// Refused notes a request that was turned away.
func (m *Metrics) Refused(reason Reason) { m.refused.WithLabelValues(string(reason)).Inc() }

// Fetched notes what became of a list that was fetched. Lists are those that the program knows.
func (m *Metrics) Fetched(list, result string) { m.fetched.WithLabelValues(list, result).Inc() }

// Screened notes a verdict on a vendor, sku or order and the time that the engine took.
func (m *Metrics) Screened(noun string, v *screening.Verdict, took time.Duration) {
	m.decisions.WithLabelValues(known(nouns, noun), v.Decision.String()).Inc()
	m.screening.Observe(took.Seconds())
	for i := range v.Matches {
		m.matches.WithLabelValues(v.Matches[i].Certainty.String()).Inc()
	}
}

// Method returns a method of HTTP as it is, and anything else as "other".
func Method(method string) string { return known(methods, method) }

func known(words []string, word string) string {
	if slices.Contains(words, word) {
		return word
	}
	return other
}

var classes = [...]string{"1xx", "2xx", "3xx", "4xx", "5xx"}

func class(status int) string {
	if i := status/100 - 1; i >= 0 && i < len(classes) {
		return classes[i]
	}
	return other
}
