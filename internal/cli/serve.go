package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

type serveCommand struct{}

// Help is kong's hook for the text below the description.
func (serveCommand) Help() string {
	return `Serves until it is interrupted (SIGINT, SIGTERM), then finishes what is under way and stops, within 20 seconds. Without settings it
screens against the embedded catalogue and listens on loopback only.

Examples:

    interdict serve
    INTERDICT_API_KEY=$(openssl rand -hex 32) interdict serve --listen :8080
    interdict serve --config interdict.yaml

A configuration file has the same names with underscores, as YAML or JSON:

    listen: 127.0.0.1:8080
    operator_country: US

Any other flag, INTERDICT_ variable or key is refused. Durations take s, m, h, d and y (365 days).`
}

// Run is kong's hook.
func (serveCommand) Run(ctx context.Context, p *program) error {
	log, flush := telemetry.NewLog(p.Stderr, slog.Level(p.settings.Log))
	defer flush()
	tuneCollector(p.Environ, loading)
	var server *api.Server
	engine, err := newEngine(ctx, p, log, func(s *screening.Screener) error {
		defer tuneCollector(p.Environ, serving)
		return server.Use(s)
	})
	if err != nil {
		return err
	}
	defer engine.close()
	server, err = api.NewServer(engine.serverConfig(p, log), engine.screener()) //nolint:contextcheck // handlers take the context of their request
	if err != nil {
		return err
	}
	defer engine.runKeeper(ctx)()
	beside, err := p.listenBeside(ctx, engine.metrics, log)
	defer beside.close()
	if err != nil {
		return err
	}
	listener, err := listen(ctx, p.settings.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Stderr, "interdict is ready: http://%s/v1\n", listener.Addr())
	if p.settings.APIKey.Empty() {
		fmt.Fprintln(p.Stderr, "No key is asked for, so only this machine can reach it.")
	}
	for _, s := range beside {
		fmt.Fprintf(p.Stderr, "%s: http://%s%s\n", s.what, s.address, s.path)
	}
	if len(p.withoutEffect) > 0 {
		log.Warn("settings that change nothing in this release", "settings", strings.Join(p.withoutEffect, ", "))
	}
	return server.Serve(ctx, listener)
}

// Memory may grow by so much before it is collected. The catalogue is most of what lives and stays as long as the program:
// at Go's own 100 % an embedded one would be walked every few thousand requests, and one with lists would double.
const (
	roomToGrow = 40 << 20 // bytes
	mostRoom   = 300      // hundredths of what is in use
	leastRoom  = 25
)

// phase is what the program is about to do.
type phase uint8

const (
	loading phase = iota // most of what is allocated stays
	serving              // hardly anything does
)

// tuneCollector sets the garbage collector for a phase, unless GOGC does. Serving begins with what loading took given back.
func tuneCollector(environ []string, next phase) {
	if slices.ContainsFunc(environ, func(entry string) bool { return strings.HasPrefix(entry, "GOGC=") }) {
		return
	}
	if next == loading {
		debug.SetGCPercent(mostRoom)
		return
	}
	debug.FreeOSMemory()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	debug.SetGCPercent(int(min(max(roomToGrow*100/max(memory.HeapAlloc, 1), leastRoom), mostRoom)))
}

func listen(ctx context.Context, address config.Address) (net.Listener, error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", address.String())
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}

func (e *engine) serverConfig(p *program, log *slog.Logger) api.Config {
	return api.Config{
		Engine: version, Commit: p.Build.Commit, APIKey: p.settings.APIKey.Reveal(), Assumed: assumed(p.settings), Log: log, Now: p.Now,
		Rate: int(p.settings.Rate), TrustedProxies: p.settings.TrustedProxies, Cache: e, Lists: e.keeper, Mappings: folderIn(p.settings.DataDir, "mappings"),
		Metrics: e.metrics, ShowMetrics: p.settings.MetricsListen == (config.Address{}),
	}
}
