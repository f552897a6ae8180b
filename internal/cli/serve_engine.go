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
	"sync/atomic"
	"time"

	"github.com/interdict/interdict/internal/cache"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

// engine is a screener with its cache and with what counts them. The screener changes with the lists.
type engine struct {
	p       *program
	log     *slog.Logger
	build   string
	metrics *telemetry.Metrics
	keeper  *lists.Keeper
	current atomic.Pointer[screenerInUse]
}

// screenerInUse is a screener with the cache of its catalogue.
type screenerInUse struct {
	*screening.Screener
	cache *cache.Cache
}

// newEngine returns the engine on the embedded facts and the lists of the data folder, behind the cache of the settings.
// It has screened once, so that a program that cannot screen never says it is ready. onChange is told of a screener that
// takes the place of the first.
func newEngine(ctx context.Context, p *program, log *slog.Logger, onChange func(*screening.Screener) error) (*engine, error) {
	embedded, store, err := p.facts()
	if err != nil {
		return nil, err
	}
	e := &engine{p: p, log: log}
	if e.build, err = buildOf(p.Build, p.settings); err != nil {
		return nil, err
	}
	keeper, catalogue, err := lists.NewKeeper(ctx, lists.KeeperConfig{
		Store: store, Base: embedded, Every: time.Duration(p.settings.ListsRefresh), Log: log,
		Use: func(ctx context.Context, c *screening.Catalogue) error {
			if err := e.use(ctx, c); err != nil {
				return err
			}
			return onChange(e.screener())
		},
		Notice: func(o lists.Outcome) { e.metrics.Fetched(o.ID, string(o.Result)) },
	})
	if err != nil {
		return nil, err
	}
	e.keeper = keeper
	e.metrics = telemetry.New(telemetry.Build{
		Version: version, Commit: p.Build.Commit, Go: p.Build.Go, Catalogue: catalogue.Version(), Digest: catalogue.Digest(),
	})
	if err := e.use(ctx, catalogue); err != nil {
		return nil, err
	}
	e.metrics.WatchCache(e)
	e.metrics.WatchLists(func() []screening.ListRef { return e.screener().Catalogue().Lists() }, p.Now)
	return e, nil
}

// use takes a catalogue into use, once it has answered a first question.
func (e *engine) use(ctx context.Context, catalogue *screening.Catalogue) error {
	before := e.current.Load()
	next := &screenerInUse{}
	var refused, err error
	next.Screener, err = screening.New(catalogue, screening.Config{Decorate: func(assessor screening.Assessor) screening.Assessor {
		if before != nil && before.Catalogue().Digest() == catalogue.Digest() {
			next.cache = before.cache // only a list's freshness is new
			return next.cache
		}
		next.cache, refused = cache.New(ctx, cache.Config{
			Entries: int(e.p.settings.CacheEntries), RedisURL: e.p.settings.RedisURL.Reveal(), Mode: e.p.settings.RedisMode,
			TTL: time.Duration(e.p.settings.CacheTTL), Build: e.build, CatalogueDigest: catalogue.Digest(), Log: e.log,
		}, assessor)
		return next.cache
	}})
	if err := errors.Join(refused, err); err != nil {
		return err
	}
	_, err = next.Screen(ctx, screening.Order{Parties: []screening.Party{{Role: screening.Seller, Name: "interdict"}}, ReceivedAt: e.p.Now()})
	if err != nil {
		err = fmt.Errorf("a first screening, to see whether all is in place: %w", err)
		if before == nil || before.cache != next.cache {
			err = errors.Join(err, next.cache.Close())
		}
		return err
	}
	e.current.Store(next)
	if before != nil && before.cache != next.cache {
		e.closeCache(before.cache) // who still screens with it goes on without Redis
	}
	return nil
}

func (e *engine) screener() *screening.Screener { return e.current.Load().Screener }

// Healthy tells whether the cache works, as cache.Cache does.
func (e *engine) Healthy() error { return e.current.Load().cache.Healthy() }

// Stats are those of the cache in use; they begin anew with other lists.
func (e *engine) Stats() cache.Stats { return e.current.Load().cache.Stats() }

// runKeeper keeps the lists up to date until the returned function is called, which waits for its end.
func (e *engine) runKeeper(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tuneCollector(e.p.Environ, serving) // after the server is ready: it takes its time
		e.keeper.Run(ctx, e.screener().Catalogue())
	}()
	return func() {
		cancel()
		<-done
	}
}

func (e *engine) close() { e.closeCache(e.current.Load().cache) }

func (e *engine) closeCache(c *cache.Cache) {
	if err := c.Close(); err != nil {
		e.log.Warn("closing the verdict cache", "error", err)
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
