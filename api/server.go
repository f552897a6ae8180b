// Package api is the HTTP face of interdict: routes, wire types, problem documents. It decides nothing; it reads
// strictly, asks the screener and writes what it said.
package api

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

// Config sets up a Server.
type Config struct {
	Engine  string               // version of the program, shown in every verdict
	Commit  string               // source revision
	APIKey  string               // empty: no key is asked for; then listen on loopback only
	Assumed screening.Background // what the operator assumes about a deal's missing side
	Log     *slog.Logger         // nil: nothing is logged
	Now     func() time.Time     // nil: time.Now

	Rate           int            // requests a second for one key, or address where there is no key; 0: no limit
	TrustedProxies []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed; empty: nobody's
	Cache          healthy        // what /readyz says of the verdict cache; nil: there is none

	Lists listKeeper // of imported lists; nil: there are none

	Mappings fs.FS // further mapping files for JSON documents; nil: none

	Metrics     *telemetry.Metrics // nil: nobody reads what is counted
	ShowMetrics bool               // serve the metrics at /metrics, behind the key
}

// healthy is a part that the server can do without. It returns why it does not work, or nil.
type healthy interface{ Healthy() error }

// Server answers the API's calls. It is safe for concurrent use.
type Server struct {
	cfg       Config
	current   atomic.Pointer[inUse]
	echo      *echo.Echo
	ids       idSource
	documents *documents.Reader
	guard     *guard
	probed    atomic.Int64  // when /readyz was last asked, Unix nanoseconds
	draining  chan struct{} // closed once no new caller should come
	told      chan struct{} // closed once /readyz has said so
	tellOnce  sync.Once
}

// NewServer returns a server over a screener.
func NewServer(cfg Config, s *screening.Screener) (*Server, error) {
	if s == nil {
		return nil, errors.New("a server needs a screener")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Metrics == nil {
		cfg.Metrics = telemetry.New(telemetry.Build{})
	}
	reader, err := documents.NewReader(s.Catalogue().Places(), cfg.Mappings)
	if err != nil {
		return nil, fmt.Errorf("the mapping files: %w", err)
	}
	srv := &Server{
		documents: reader, cfg: cfg, echo: echo.New(), guard: newGuard(&cfg),
		draining: make(chan struct{}), told: make(chan struct{}),
	}
	if err := srv.Use(s); err != nil {
		return nil, err
	}
	srv.echo.Logger.SetOutput(io.Discard) // what it has to say comes as errors too
	srv.echo.IPExtractor = addressOf(cfg.TrustedProxies)
	srv.echo.HTTPErrorHandler = srv.problem
	srv.echo.Use(srv.around)
	srv.routes()
	if cfg.ShowMetrics {
		srv.echo.GET(metricsRoute, echo.WrapHandler(cfg.Metrics.Handler()))
	}
	return srv, nil
}

// inUse is a screener with what the server made of its catalogue. It is immutable.
type inUse struct {
	watchedScreener
	allRules RuleList // of the catalogue, encoded once
	browse   *browser
}

// Use lets the server answer with another screener from now on. Each verdict comes from one screener as a whole; what
// is under way is finished with the one that it began with.
func (s *Server) Use(next *screening.Screener) error {
	allRules, err := NewRuleList(next.Catalogue().RuleIDs())
	if err != nil {
		return fmt.Errorf("encoding the rules' ids: %w", err)
	}
	s.current.Store(&inUse{watchedScreener{next, s.cfg.Metrics}, allRules, newBrowser(next.Catalogue())})
	return nil
}

// catalogue is the snapshot that is in use now.
func (s *Server) catalogue() *screening.Catalogue { return s.current.Load().Catalogue() }

// browsing returns the handler of a call that looks at the catalogue in use.
func (s *Server) browsing(answer func(*browser, echo.Context) error) echo.HandlerFunc {
	return func(c echo.Context) error { return answer(s.current.Load().browse, c) }
}

// Handler returns the server as an http.Handler, for tests and for programs that embed it.
func (s *Server) Handler() http.Handler { return s.echo }

// problem is the one place where an error becomes an answer.
func (s *Server) problem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	id := c.Response().Header().Get(echo.HeaderXRequestID)
	p := problemFor(err, "urn:interdict:request:"+id)
	if p.Status == http.StatusInternalServerError && !errors.Is(err, errPanicked) {
		s.cfg.Log.Error("request failed", "request", id, "error", err)
	}
	header := c.Response().Header()
	if p.Status == http.StatusServiceUnavailable && header.Get(echo.HeaderRetryAfter) == "" {
		header.Set(echo.HeaderRetryAfter, "1")
	}
	if writeErr := writeJSON(c, p.Status, "application/problem+json", p); writeErr != nil {
		s.cfg.Log.Debug("answer not written", "request", id, "error", writeErr)
	}
}
