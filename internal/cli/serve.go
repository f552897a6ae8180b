package cli

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/telemetry"
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
	tuneCollector(p.Environ)
	engine, err := newEngine(ctx, p, log)
	if err != nil {
		return err
	}
	defer engine.close(log)
	server, err := api.NewServer(engine.serverConfig(p, log), engine.screener) //nolint:contextcheck // handlers take the context of their request
	if err != nil {
		return err
	}
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

// roomToGrow is how far memory may grow before it is collected, in hundredths of what is in use. The catalogue is most
// of that and lives as long as the program: at Go's own 100 it would be walked every few thousand requests.
const roomToGrow = 300

// tuneCollector sets the garbage collector for serving, unless GOGC does.
func tuneCollector(environ []string) {
	if !slices.ContainsFunc(environ, func(entry string) bool { return strings.HasPrefix(entry, "GOGC=") }) {
		debug.SetGCPercent(roomToGrow)
	}
}

func listen(ctx context.Context, address config.Address) (net.Listener, error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", address.String())
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}

// mappingsIn is the folder of a caller's mapping files in a data directory; nil where there is none.
func mappingsIn(dataDir string) fs.FS {
	folder := filepath.Join(dataDir, "mappings")
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil
	}
	return os.DirFS(folder)
}

func (e *engine) serverConfig(p *program, log *slog.Logger) api.Config {
	return api.Config{
		Engine: version, Commit: p.Build.Commit, APIKey: p.settings.APIKey.Reveal(), Assumed: assumed(p.settings), Log: log, Now: p.Now,
		Rate: int(p.settings.Rate), TrustedProxies: p.settings.TrustedProxies, Cache: e.cache, Mappings: mappingsIn(string(p.settings.DataDir)),
		Metrics: e.metrics, ShowMetrics: p.settings.MetricsListen == (config.Address{}),
	}
}
