package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

// exchange is one request and its answer, as logs and metrics see it. It is the context of the request, so that the
// screener finds it there.
type exchange struct {
	context.Context
	route   string // a template, or telemetry.NoRoute
	began   time.Time
	answers [screening.Block + 1]atomic.Int32 // verdicts by decision
}

type exchangeKey struct{}

// errPanicked stands for a panic, whose own words stay in the log.
var errPanicked = errors.New("a handler panicked")

// Value implements context.Context.
func (x *exchange) Value(key any) any {
	if key == (exchangeKey{}) {
		return x
	}
	return x.Context.Value(key)
}

// noun is what the request asks to screen.
func (x *exchange) noun() string { return strings.TrimPrefix(x.route, screeningRoutes) }

// watchedScreener is a screener whose verdicts are counted, and noted with the request that asked for them.
type watchedScreener struct {
	*screening.Screener
	metrics *telemetry.Metrics
}

// Screen is screening.Screener's.
func (w watchedScreener) Screen(ctx context.Context, o screening.Order) (screening.Verdict, error) {
	began := time.Now()
	v, err := w.Screener.Screen(ctx, o)
	x, ok := ctx.Value(exchangeKey{}).(*exchange)
	if err != nil || !ok {
		return v, err
	}
	w.metrics.Screened(x.noun(), &v, time.Since(began))
	if int(v.Decision) < len(x.answers) {
		x.answers[v.Decision].Add(1)
	}
	return v, nil
}

// end answers for a panic, then logs and counts the request. It must be deferred itself.
func (s *Server) end(c echo.Context, x *exchange) {
	cut := false
	if value := recover(); value != nil {
		cut = s.answerPanic(c, value)
	}
	took := time.Since(x.began)
	s.cfg.Metrics.Answered(x.route, c.Request().Method, c.Response().Status, took)
	s.logRequest(c, x, took)
	if cut {
		panic(http.ErrAbortHandler) // net/http's word for "end the connection": the caller must not take a part for the whole
	}
}

// answerPanic tells the log of a panic and the caller that something went wrong. cut is true where an answer was under
// way already.
func (s *Server) answerPanic(c echo.Context, value any) (cut bool) {
	if value == http.ErrAbortHandler { //nolint:errorlint // a value of panic, not a wrapped error
		return true
	}
	s.logPanic(c, value)
	if c.Response().Committed {
		return true
	}
	s.problem(errPanicked, c)
	return false
}

func (s *Server) logPanic(c echo.Context, value any) {
	s.cfg.Log.Error("panic", "request", c.Response().Header().Get(echo.HeaderXRequestID), "panic", telemetry.PanicText(value), "stack", string(debug.Stack()))
}

// logRequest writes the one line of a request. It names the caller's address only where the caller was refused.
func (s *Server) logRequest(c echo.Context, x *exchange, took time.Duration) {
	ctx, handler := c.Request().Context(), s.cfg.Log.Handler()
	if !handler.Enabled(ctx, slog.LevelInfo) {
		return
	}
	response := c.Response()
	// Made here rather than by the logger, which would look for the caller's line of code each time.
	line := slog.NewRecord(time.Now(), slog.LevelInfo, "request", 0)
	line.AddAttrs(
		slog.String("method", telemetry.Method(c.Request().Method)), slog.String("route", x.route), slog.Int("status", response.Status),
		slog.Int64("duration_us", took.Microseconds()), slog.Int64("bytes", response.Size),
		slog.String("request", response.Header().Get(echo.HeaderXRequestID)),
	)
	switch n := x.verdicts(); {
	case n == 1:
		line.AddAttrs(slog.String("decision", x.worst().String()))
	case n > 1:
		line.AddAttrs(slog.String("decision", x.worst().String()), slog.Int("verdicts", n))
	}
	switch response.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		line.AddAttrs(slog.String("client", c.RealIP()))
	}
	_ = handler.Handle(ctx, line) // there is nowhere else to tell
}

func (x *exchange) verdicts() (n int) {
	for d := range x.answers {
		n += int(x.answers[d].Load())
	}
	return n
}

// worst is the worst decision among the verdicts.
func (x *exchange) worst() screening.Decision {
	for d := len(x.answers) - 1; d > 0; d-- {
		if x.answers[d].Load() > 0 {
			return screening.Decision(d)
		}
	}
	return 0
}
