package api

import (
	"context"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/interdict/interdict/internal/telemetry"
)

const (
	metricsRoute    = "/metrics"
	apiRoutes       = "/v1/"
	screeningRoutes = "/v1/screen/"
	firstPage       = "/" // screens what its form asks, where no key is asked for
)

// guard is what stands between a caller and the handlers.
type guard struct {
	key     *keyCheck // nil: no key is asked for
	rate    *limiter  // nil: no limit
	small   *room     // screenings whose body is read by now
	large   *room     // screenings with a body that takes its time
	headers fixedHeaders
	pages   *http.CrossOriginProtection
	gzip    echo.MiddlewareFunc

	run      string        // begins the id of each request
	requests atomic.Uint64 // that got an id here
}

func newGuard(cfg *Config) *guard {
	cores := runtime.GOMAXPROCS(0)
	g := &guard{
		run:   newRun(),
		small: newRoom(smallAtOnce*cores, smallPatience), large: newRoom(largeAtOnce*cores, largePatience), headers: newFixedHeaders(), pages: http.NewCrossOriginProtection(),
		// The fastest level: the others clear half a megabyte for every request, whether they then compress or not.
		gzip: middleware.GzipWithConfig(middleware.GzipConfig{Level: 1, MinLength: worthCompressing}),
	}
	if cfg.APIKey != "" {
		g.key = newKeyCheck(cfg.APIKey)
	}
	if cfg.Rate > 0 {
		g.rate = newLimiter(float64(cfg.Rate), cfg.Rate)
	}
	return g
}

// worthCompressing is the size of an answer, in bytes, from which its way costs more than compressing it: a verdict on
// one subject is smaller.
const worthCompressing = 16 << 10

// around is what every request goes through.
func (s *Server) around(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Method == http.MethodHead {
			next = s.asGet(c)
		}
		x, cancel := s.begin(c)
		defer cancel()
		defer s.end(c, x) // the last word, after a panic too
		if err := s.pass(c, x, next); err != nil {
			s.problem(err, c)
		}
		return nil
	}
}

// asGet returns the handler of a GET on the same path. The answer to a HEAD is that of GET; net/http leaves its body
// out.
func (s *Server) asGet(c echo.Context) echo.HandlerFunc {
	s.echo.Router().Find(http.MethodGet, echo.GetPath(c.Request()), c)
	return c.Handler()
}

// pass lets a request through to its handler, or tells why not. What is open to everybody, such as the probes, is never
// limited.
func (s *Server) pass(c echo.Context, x *exchange, next echo.HandlerFunc) error {
	if err := s.checkOrigin(c); err != nil {
		return err
	}
	api := strings.HasPrefix(x.route, apiRoutes)
	page := x.route == firstPage && s.guard.key == nil
	if !api && !page && x.route != metricsRoute {
		return next(c)
	}
	caller, err := s.identify(c)
	if err != nil {
		return err
	}
	if !api && !page {
		return next(c)
	}
	if err := s.checkRate(c, caller); err != nil {
		return err
	}
	if api && strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		next = s.guard.gzip(next)
	}
	if !page && !strings.HasPrefix(x.route, screeningRoutes) {
		return next(c)
	}
	stay, err := s.admit(c.Request())
	if err != nil {
		return err
	}
	defer stay.end()
	return next(c)
}

// refuse counts a refusal and returns the problem that the caller gets.
func (s *Server) refuse(reason telemetry.Reason, status int, detail string) error {
	s.cfg.Metrics.Refused(reason)
	return &InputError{Status: status, Detail: detail}
}

// begin gives a request its id, its headers and its time.
func (s *Server) begin(c echo.Context) (*exchange, context.CancelFunc) {
	s.cfg.Metrics.Began()
	x := &exchange{route: c.Path(), began: time.Now()}
	if x.route == "" {
		x.route = telemetry.NoRoute
	}
	r, header := c.Request(), c.Response().Header()
	header.Set(echo.HeaderXRequestID, s.requestID(r))
	s.guard.headers.apply(header, s.overTLS(r))
	ctx, cancel := context.WithTimeout(r.Context(), answerTimeout)
	x.Context = ctx
	c.SetRequest(r.WithContext(x))
	return x, cancel
}
