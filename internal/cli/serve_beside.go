package cli

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/telemetry"
)

// besides are the servers for operators: metrics and profiles, each on an address of its own.
type besides []besideServer

type besideServer struct {
	what, address, path string
	server              *http.Server
	ended               chan struct{}
}

const (
	besideHeaderTimeout = 5 * time.Second
	besideWriteTimeout  = 2 * time.Minute // a profile may be asked to take a minute
)

// listenBeside starts what the settings ask for. What it returns must be closed, with an error too.
func (p *program) listenBeside(ctx context.Context, metrics *telemetry.Metrics, log *slog.Logger) (besides, error) {
	scrape := http.NewServeMux()
	scrape.Handle("GET /metrics", metrics.Handler())
	var all besides
	for _, wanted := range []struct {
		what    string
		address config.Address
		path    string
		handler http.Handler
	}{
		{"metrics", p.settings.MetricsListen, "/metrics", scrape},
		{"profiles", p.settings.Pprof, "/debug/pprof/", api.LoopbackOnly(telemetry.Profiles())},
	} {
		if wanted.address == (config.Address{}) {
			continue
		}
		listener, err := listen(ctx, wanted.address)
		if err != nil {
			return all, err
		}
		s := besideServer{wanted.what, listener.Addr().String(), wanted.path, &http.Server{
			Handler: wanted.handler, ReadHeaderTimeout: besideHeaderTimeout, ReadTimeout: besideHeaderTimeout, WriteTimeout: besideWriteTimeout,
			ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		}, make(chan struct{})}
		go func() {
			defer close(s.ended)
			if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				log.Error(s.what+" are no longer served", "error", err)
			}
		}()
		all = append(all, s)
	}
	return all, nil
}

// close ends all of them at once: what they give can be asked for again.
func (all besides) close() {
	for _, s := range all {
		_ = s.server.Close()
		<-s.ended
	}
}
