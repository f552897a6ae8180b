package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/interdict/interdict/api"
)

type serveCommand struct{}

// Help is kong's hook for the text below the description.
func (serveCommand) Help() string {
	return `Serves until it is interrupted (SIGINT, SIGTERM), then finishes what is under way and stops. Without settings it
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
	log := slog.New(slog.NewJSONHandler(p.Stderr, &slog.HandlerOptions{Level: slog.Level(p.settings.Log)}))
	screener, err := newScreener()
	if err != nil {
		return err
	}
	server, err := api.NewServer(api.Config{
		Engine: version, Commit: p.Build.Commit, APIKey: p.settings.APIKey.Reveal(), Assumed: assumed(p.settings), Log: log, Now: p.Now,
	}, screener)
	if err != nil {
		return err
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", p.settings.Listen.String())
	if err != nil {
		return fmt.Errorf("listen on %s: %w", p.settings.Listen, err)
	}
	fmt.Fprintf(p.Stderr, "interdict is ready: http://%s/v1\n", listener.Addr())
	if p.settings.APIKey.Empty() {
		fmt.Fprintln(p.Stderr, "No key is asked for, so only this machine can reach it.")
	}
	if len(p.withoutEffect) > 0 {
		log.Warn("settings that change nothing in this release", "settings", strings.Join(p.withoutEffect, ", "))
	}
	return server.Serve(ctx, listener)
}
