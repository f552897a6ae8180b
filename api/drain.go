package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Time limits of the server. A client that is slower than these is dropped; a screening takes milliseconds.
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 30 * time.Second
	answerTimeout  = 20 * time.Second
	writeTimeout   = 60 * time.Second
	idleTimeout    = 120 * time.Second
	maxHeaderBytes = 32 << 10
)

// How the server ends: it tells whoever watches /readyz, then stops listening and finishes what is under way.
const (
	watchedWithin = time.Minute      // /readyz was asked so lately: somebody watches it
	noticeTimeout = 5 * time.Second  // for the watcher to ask again
	drainTimeout  = 15 * time.Second // for what is under way
)

// Serve answers on a listener until the context ends, then drains: /readyz says so, new callers are still answered
// until it was asked once more (where anybody asks), and running requests finish. Each step has its time limit; the
// whole takes 20 seconds at most. Serve may be called once.
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
	s.cfg.Log.Info("draining")
	server.SetKeepAlivesEnabled(false)
	s.announce()
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := server.Shutdown(drain)
	if err != nil {
		err = errors.Join(fmt.Errorf("not all requests ended within %s: %w", drainTimeout, err), server.Close())
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// announce says that no new caller should come and, where somebody watches, waits until that was heard.
func (s *Server) announce() {
	close(s.draining)
	if time.Since(time.Unix(0, s.probed.Load())) > watchedWithin {
		return
	}
	timer := time.NewTimer(noticeTimeout)
	defer timer.Stop()
	select {
	case <-s.told:
	case <-timer.C:
	}
}

// drainingNow tells whether the server is about to end.
func (s *Server) drainingNow() bool {
	select {
	case <-s.draining:
		return true
	default:
		return false
	}
}
