package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/cache"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

// engine is a screener with its cache and with what counts them.
type engine struct {
	screener *screening.Screener
	cache    *cache.Cache
	metrics  *telemetry.Metrics
}

// newEngine returns the engine on the embedded catalogue, behind the cache of the settings. It has screened once, so
// that a program that cannot screen never says it is ready.
func newEngine(ctx context.Context, p *program, log *slog.Logger) (*engine, error) {
	catalogue, err := data.Catalogue()
	if err != nil {
		return nil, fmt.Errorf("load the embedded catalogue: %w", err)
	}
	build, err := buildOf(p.Build, p.settings)
	if err != nil {
		return nil, err
	}
	e := &engine{metrics: telemetry.New(telemetry.Build{
		Version: version, Commit: p.Build.Commit, Go: p.Build.Go, Catalogue: catalogue.Version(), Digest: catalogue.Digest(),
	})}
	var refused error
	e.screener, err = screening.New(catalogue, screening.Config{Decorate: func(next screening.Assessor) screening.Assessor {
		e.cache, refused = cache.New(ctx, cache.Config{
			Entries: int(p.settings.CacheEntries), RedisURL: p.settings.RedisURL.Reveal(), Mode: p.settings.RedisMode,
			TTL: time.Duration(p.settings.CacheTTL), Build: build, CatalogueDigest: catalogue.Digest(), Log: log,
		}, next)
		return e.cache
	}})
	if err := errors.Join(refused, err); err != nil {
		return nil, err
	}
	first, err := e.screener.Screen(ctx, screening.Order{Parties: []screening.Party{{Role: screening.Seller, Name: "interdict"}}, ReceivedAt: p.Now()})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("a first screening, to see whether all is in place: %w", err), e.cache.Close())
	}
	e.metrics.WatchCache(e.cache)
	e.metrics.WatchLists(func() []screening.ListRef { return first.Catalogue.Lists }, p.Now)
	return e, nil
}

func (e *engine) close(log *slog.Logger) {
	if err := e.cache.Close(); err != nil {
		log.Warn("closing the verdict cache", "error", err)
	}
}

// buildOf names the engine's build for the cache: two builds that may differ in an answer have different names. One
// without a clean commit is named by its own bytes, where Redis could hold answers of another such build.
func buildOf(b Build, s config.Settings) (string, error) {
	if s.RedisURL.Empty() || b.Commit != "" && !b.Dirty {
		return version + "+" + b.Commit, nil
	}
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("name this build: %w", err)
	}
	file, err := os.Open(path) //nolint:gosec // the program itself
	if err != nil {
		return "", fmt.Errorf("name this build: %w", err)
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", fmt.Errorf("name this build: %w", err)
	}
	return version + "+sha256." + hex.EncodeToString(sum.Sum(nil)), nil
}
