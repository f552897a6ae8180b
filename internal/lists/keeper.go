package lists

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/interdict/interdict/screening"
)

// Keeper keeps a catalogue up to date with a store: it takes what another process imports, and fetches lists anew, on a
// schedule or when asked to. A copy that is refused changes nothing but that its list counts as stale. It is safe for
// concurrent use; Run must run for anything to happen.
type Keeper struct {
	config KeeperConfig
	asked  chan struct{} // holds one when there is something in wanted

	mu     sync.Mutex
	wanted map[string]bool   // to be fetched, or being fetched
	inUse  map[string]string // digest of each list that the catalogue in use holds
	stale  map[string]freshness

	told string // why the store could not be read, said once
}

// KeeperConfig is what a Keeper works with.
type KeeperConfig struct {
	Store *Store
	Base  *screening.Catalogue // the embedded facts
	// Use takes a new catalogue into use. It is never called twice at a time.
	Use    func(context.Context, *screening.Catalogue) error
	Every  time.Duration // between two fetches of the lists that are there; 0: only when asked
	Log    *slog.Logger
	Notice func(Outcome) // told of each fetch
}

type freshness struct {
	stale   bool
	checked time.Time
}

// lookEvery is how long another process's import stays unseen.
const lookEvery = 2 * time.Second

// NewKeeper returns a Keeper, and the catalogue with every accepted list. A copy on the disk that cannot be read is an
// error: nobody would be screened against it.
func NewKeeper(ctx context.Context, c KeeperConfig) (*Keeper, *screening.Catalogue, error) {
	k := &Keeper{config: c, asked: make(chan struct{}, 1), wanted: make(map[string]bool)}
	catalogue, inUse, stale, err := k.load(ctx)
	k.inUse, k.stale = inUse, stale
	return k, catalogue, err
}

// load reads the accepted copies into a catalogue, with what seen says of them.
func (k *Keeper) load(ctx context.Context) (catalogue *screening.Catalogue, inUse map[string]string, stale map[string]freshness, err error) {
	accepted, err := k.config.Store.Load(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	inUse, stale = make(map[string]string, len(accepted)), make(map[string]freshness, len(accepted))
	lists := make([]screening.List, 0, len(accepted))
	for _, a := range accepted {
		m := &a.Manifest
		inUse[m.ID], stale[m.ID] = m.Digest+m.AsOf, freshness{m.Stale(), m.CheckedAt}
		lists = append(lists, screening.List{
			ID: m.ID, AsOf: m.AsOf, Digest: m.Digest, Checked: m.CheckedAt, Stale: m.Stale(), Entities: a.Edition.Entities,
		})
	}
	if len(lists) == 0 {
		return k.config.Base, inUse, stale, nil
	}
	catalogue, err = k.config.Base.WithLists(lists)
	return catalogue, inUse, stale, err
}

// Run serves until the context ends.
func (k *Keeper) Run(ctx context.Context, current *screening.Catalogue) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	var schedule <-chan time.Time
	if k.config.Every > 0 {
		ticker := time.NewTicker(k.config.Every)
		defer ticker.Stop()
		schedule = ticker.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		case <-schedule:
			k.mu.Lock()
			held := slices.Sorted(maps.Keys(k.inUse))
			k.mu.Unlock()
			for _, id := range held {
				_ = k.Ask(id) // one that is only given by hand is left alone
			}
		case <-k.asked:
			k.fetch(ctx)
		}
		current = k.look(ctx, current)
	}
}

// Ask has a list fetched soon. It does not wait for it.
func (k *Keeper) Ask(id string) error {
	p, err := k.config.Store.known(id)
	if err != nil {
		return err
	}
	if p.Parts[0].URL == "" {
		return fmt.Errorf("%s: %w", id, ErrByHand)
	}
	k.mu.Lock()
	k.wanted[id] = true
	k.mu.Unlock()
	select {
	case k.asked <- struct{}{}:
	default:
	}
	return nil
}

// fetch fetches what was asked for, one list after the other.
func (k *Keeper) fetch(ctx context.Context) {
	k.mu.Lock()
	wanted := slices.Sorted(maps.Keys(k.wanted))
	k.mu.Unlock()
	for _, id := range wanted {
		outcome, err := k.config.Store.Refresh(ctx, id)
		if err != nil {
			outcome = Outcome{ID: id, Result: Refused, Detail: err.Error()}
		}
		k.mu.Lock()
		delete(k.wanted, id)
		k.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		k.tell(&outcome)
	}
}

func (k *Keeper) tell(o *Outcome) {
	if k.config.Notice != nil {
		k.config.Notice(*o)
	}
	if o.Result == Refused {
		k.config.Log.Error("a list was refused; the copy that is there stays in use", "list", o.ID, "reason", string(o.Reason), "detail", o.Detail)
		return
	}
	k.config.Log.Info("a list was fetched", "list", o.ID, "result", string(o.Result), "as_of", o.AsOf, "entries", o.After)
}

// look takes what changed in the store into use.
func (k *Keeper) look(ctx context.Context, current *screening.Catalogue) *screening.Catalogue {
	digests, stale, err := k.seen()
	if err != nil {
		k.config.Log.Error("the lists cannot be looked at; those in use stay", "error", err)
		return current
	}
	k.mu.Lock()
	sameLists, sameState := maps.Equal(digests, k.inUse), maps.Equal(stale, k.stale)
	k.mu.Unlock()
	next := current
	switch {
	case !sameLists:
		if next, digests, stale, err = k.load(ctx); err != nil {
			return k.stay(ctx, current, err)
		}
	case !sameState:
		next = current.Staled(func(list string) (bool, time.Time) { return stale[list].stale, stale[list].checked })
	default:
		return current
	}
	if err := k.config.Use(ctx, next); err != nil {
		k.config.Log.Error("the new lists cannot be used; those in use stay", "error", err)
		return current
	}
	k.mu.Lock()
	k.inUse, k.stale = digests, stale
	k.mu.Unlock()
	k.told = ""
	if !sameLists {
		k.config.Log.Info("lists in use", "digest", next.Digest(), "entities", next.Count())
	}
	return next
}

// stay keeps the lists that are in use, all of them stale: what is in the store is newer and cannot be read.
func (k *Keeper) stay(ctx context.Context, current *screening.Catalogue, fault error) *screening.Catalogue {
	told := fault.Error()
	if k.told == told {
		return current
	}
	k.told = told
	k.config.Log.Error("the lists cannot be read; those in use stay, and count as stale", "error", fault)
	next := current.Staled(func(list string) (bool, time.Time) {
		k.mu.Lock()
		defer k.mu.Unlock()
		return true, k.stale[list].checked
	})
	if err := k.config.Use(ctx, next); err != nil {
		k.config.Log.Error("the lists in use cannot be marked as stale", "error", err)
		return current
	}
	return next
}

// seen reads from the manifests which copies are accepted and how fresh they are.
func (k *Keeper) seen() (digests map[string]string, stale map[string]freshness, err error) {
	all, err := k.config.Store.Status()
	if err != nil {
		return nil, nil, err
	}
	digests, stale = make(map[string]string), make(map[string]freshness)
	for i := range all {
		if m := &all[i].Manifest; all[i].Taken {
			digests[m.ID], stale[m.ID] = m.Digest+m.AsOf, freshness{m.Stale(), m.CheckedAt}
		}
	}
	return digests, stale, nil
}

// State is what is known of a publication.
type State struct {
	Status
	Fetching bool // it was asked for and is not here yet
}

// States tells of every known publication, those without a copy too.
func (k *Keeper) States() ([]State, error) {
	all, err := k.config.Store.Status()
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	out := make([]State, len(all))
	for i := range all {
		out[i] = State{all[i], k.wanted[all[i].ID]}
	}
	return out, nil
}
