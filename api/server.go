// Package api is the HTTP face of interdict: routes, wire types, problem documents. It decides nothing; it reads
// strictly, asks the screener and writes what it said.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

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
}

// Time limits of the server. A client that is slower than these is dropped; a screening takes milliseconds.
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 30 * time.Second
	answerTimeout  = 20 * time.Second
	writeTimeout   = 60 * time.Second
	idleTimeout    = 120 * time.Second
	drainTimeout   = 15 * time.Second
	maxHeaderBytes = 32 << 10
)

// Server answers the API's calls. It is safe for concurrent use.
type Server struct {
	cfg      Config
	screener *screening.Screener
	echo     *echo.Echo
	ids      idSource
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
	srv := &Server{cfg: cfg, screener: s, echo: echo.New()}
	srv.echo.HideBanner, srv.echo.HidePort = true, true
	srv.echo.IPExtractor = echo.ExtractIPDirect()
	srv.echo.HTTPErrorHandler = srv.problem
	srv.echo.Use(
		middleware.RequestID(),
		middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: srv.logPanic}),
		middleware.SecureWithConfig(middleware.SecureConfig{
			ContentTypeNosniff: "nosniff", XFrameOptions: "DENY", ReferrerPolicy: "no-referrer",
			ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
		}),
		middleware.ContextTimeoutWithConfig(middleware.ContextTimeoutConfig{Timeout: answerTimeout}),
	)
	srv.routes()
	return srv, nil
}

// Handler returns the server as an http.Handler, for tests and for programs that embed it.
func (s *Server) Handler() http.Handler { return s.echo }

// Serve answers on a listener until the context ends, then lets running requests finish for a while.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s.echo, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := server.Shutdown(drain)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// problem is the one place where an error becomes an answer.
func (s *Server) problem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	id := c.Response().Header().Get(echo.HeaderXRequestID)
	p := problemFor(err, "urn:interdict:request:"+id)
	if p.Status >= http.StatusInternalServerError {
		s.cfg.Log.Error("request failed", "request", id, "status", p.Status, "error", err)
	}
	if p.Status == http.StatusServiceUnavailable {
		c.Response().Header().Set(echo.HeaderRetryAfter, "1")
	}
	if writeErr := writeJSON(c, p.Status, "application/problem+json", p); writeErr != nil {
		s.cfg.Log.Warn("answer not written", "request", id, "error", writeErr)
	}
}

func (s *Server) logPanic(c echo.Context, err error, stack []byte) error {
	s.cfg.Log.Error("panic", "request", c.Response().Header().Get(echo.HeaderXRequestID), "error", err, "stack", string(stack))
	return err
}
