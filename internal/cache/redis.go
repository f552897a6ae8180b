package cache

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/interdict/interdict/screening"
)

// limits are how long the Redis tier waits and how much it holds.
type limits struct {
	read    time.Duration // that a screening waits for one pipeline
	write   time.Duration // for one pipeline of writes, which no screening waits for
	connect time.Duration // for an attempt to reach a Redis that does not answer
	probe   time.Duration // between two such attempts
	batch   int           // commands in one pipeline
	waiting int           // assessments that wait to be written
}

func defaultLimits() limits {
	return limits{
		read: 40 * time.Millisecond, write: 500 * time.Millisecond,
		connect: 200 * time.Millisecond, probe: 500 * time.Millisecond,
		batch: 500, waiting: 8192,
	}
}

// redisTier is the tier that instances share. The first call that fails closes it to all that follow, until its one
// goroutine, which also writes behind, finds that Redis answers in time again.
type redisTier struct {
	client redis.UniversalClient
	space  keyspace
	ttl    time.Duration
	limits limits
	log    *slog.Logger
	counts *counts

	trouble  atomic.Pointer[trouble] // nil while Redis answers
	refusing bool                    // Redis answers, but takes no writes; known to the writer alone
	queue    chan entry
	stop     chan struct{}
	keeper   sync.WaitGroup
	close    func() error // once
}

// trouble is why Redis is left alone, and some of the keys that it failed on: a probe asks for those, since one node of
// a cluster can fail alone.
type trouble struct {
	err  error
	keys []string
}

// entry is an assessment that waits to be written.
type entry struct {
	digest     digest
	assessment *screening.Assessment
}

const probedKeys = 16

var errClosed = errors.New("the cache is closed")

// newRedisTier makes one attempt to reach Redis. The goroutine it starts ends with close.
func newRedisTier(ctx context.Context, client redis.UniversalClient, cfg *Config, l limits, counts *counts) *redisTier {
	t := &redisTier{
		client: client, space: newKeyspace(cfg.Build, cfg.CatalogueDigest), ttl: cfg.TTL, limits: l, log: cfg.Log, counts: counts,
		queue: make(chan entry, l.waiting), stop: make(chan struct{}),
	}
	if t.log == nil {
		t.log = slog.New(slog.DiscardHandler)
	}
	owned := context.WithoutCancel(ctx)
	t.close = sync.OnceValue(func() error { return t.shut(owned) })
	if fault := t.reach(ctx, []string{t.space.key(digest{})}); fault != nil {
		t.fail(fault)
	}
	t.keeper.Go(func() { t.keep(owned) })
	return t
}

// get adds to found what Redis has of the wanted assessments. It returns how many of the wanted, from the front, Redis
// answered for. All keys go out at once, but for orders of more lines than a pipeline should have.
func (t *redisTier) get(ctx context.Context, wanted []digest, found map[digest]*screening.Assessment) int {
	answered := 0
	begin := time.Now()
	for answered < len(wanted) && t.trouble.Load() == nil && time.Since(begin) < t.limits.read {
		batch := wanted[answered:min(len(wanted), answered+t.limits.batch)]
		if !t.getBatch(ctx, batch, found) {
			break
		}
		answered += len(batch)
	}
	t.counts.redis.bypassed.Add(uint64(len(wanted) - answered))
	return answered
}

// getBatch tells whether Redis answered for the whole batch.
func (t *redisTier) getBatch(ctx context.Context, batch []digest, found map[digest]*screening.Assessment) bool {
	keys := make([]string, len(batch))
	for i, d := range batch {
		keys[i] = t.space.key(d)
	}
	replies, fault := t.ask(ctx, t.limits.read, keys)
	if fault != nil {
		if !left(ctx) {
			t.fail(fault)
		}
		return false
	}
	hits := 0
	for i, reply := range replies {
		if errors.Is(reply.Err(), redis.Nil) {
			continue
		}
		a, err := decode(t.space, batch[i], reply.Val())
		if err != nil {
			t.counts.untrusted.Add(1)
			continue
		}
		a.Provenance = screening.Cached
		found[batch[i]] = a
		hits++
	}
	t.counts.redis.hits.Add(uint64(hits))
	t.counts.redis.misses.Add(uint64(len(batch) - hits))
	return true
}

// left tells whether a caller gave up, which says nothing of Redis. A connection notices a deadline a little before
// the context does.
func left(ctx context.Context) bool {
	deadline, has := ctx.Deadline()
	return ctx.Err() != nil || has && !time.Now().Before(deadline)
}

// ask gets keys in one pipeline.
func (t *redisTier) ask(ctx context.Context, limit time.Duration, keys []string) ([]*redis.StringCmd, *trouble) {
	replies := make([]*redis.StringCmd, len(keys))
	t.pipeline(ctx, limit, func(ctx context.Context, p redis.Pipeliner) {
		for i, key := range keys {
			replies[i] = p.Get(ctx, key)
		}
	})
	var fault *trouble
	for i, reply := range replies {
		// What another program put under the key is as good as nothing there.
		if err := reply.Err(); err == nil || errors.Is(err, redis.Nil) || redis.HasErrorPrefix(err, "WRONGTYPE") {
			continue
		}
		if fault == nil {
			fault = &trouble{err: reply.Err()}
		}
		if len(fault.keys) < probedKeys {
			fault.keys = append(fault.keys, keys[i])
		}
	}
	return replies, fault
}

// pipeline runs commands in one round trip; each tells how it went. The client gives an error of the handshake, such as
// a wrong password, for the whole and for none of the commands: here each has it.
func (t *redisTier) pipeline(ctx context.Context, limit time.Duration, add func(context.Context, redis.Pipeliner)) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	commands, err := t.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		add(ctx, p)
		return nil
	})
	if err == nil || slices.ContainsFunc(commands, func(c redis.Cmder) bool { return c.Err() != nil }) {
		return
	}
	for _, c := range commands {
		c.SetErr(err)
	}
}

// fail closes the tier to the calls that follow.
func (t *redisTier) fail(fault *trouble) {
	t.counts.errors.Add(1)
	if t.trouble.CompareAndSwap(nil, fault) {
		t.log.Warn("redis does not answer: screening goes on without it", "error", fault.err)
	}
}

// reach tries whether Redis answers: it is given time to connect, then no more than a screening gives it.
func (t *redisTier) reach(ctx context.Context, keys []string) *trouble {
	if _, fault := t.ask(ctx, t.limits.connect, keys); fault != nil {
		return fault
	}
	_, fault := t.ask(ctx, t.limits.read, keys)
	return fault
}

// put hands an assessment to the writer. It never waits.
func (t *redisTier) put(d digest, a *screening.Assessment) {
	if t.trouble.Load() != nil {
		return
	}
	select {
	case t.queue <- entry{d, a}:
	default:
		t.counts.dropped.Add(1)
	}
}

// keep writes what is put and probes a Redis that does not answer, until the tier is shut.
func (t *redisTier) keep(ctx context.Context) {
	probes := time.NewTicker(t.limits.probe)
	defer probes.Stop()
	for {
		select {
		case <-t.stop:
			return
		case first := <-t.queue:
			t.write(ctx, t.collect(first), t.trouble.Load() == nil)
		case <-probes.C:
			t.reopen(ctx)
		}
	}
}

func (t *redisTier) reopen(ctx context.Context) {
	was := t.trouble.Load()
	if was == nil {
		return
	}
	if fault := t.reach(ctx, was.keys); fault != nil {
		t.counts.errors.Add(1)
		return
	}
	if t.trouble.CompareAndSwap(was, nil) {
		t.log.Info("redis answers again")
	}
}

// collect returns an entry and what waits behind it, as much as one pipeline takes.
func (t *redisTier) collect(first entry) []entry {
	batch := []entry{first}
	for len(batch) < t.limits.batch {
		select {
		case e := <-t.queue:
			batch = append(batch, e)
		default:
			return batch
		}
	}
	return batch
}

// write sets a batch in one pipeline, or drops it where Redis is not to be tried. It tells whether Redis answered.
func (t *redisTier) write(ctx context.Context, batch []entry, try bool) bool {
	if !try {
		t.counts.dropped.Add(uint64(len(batch)))
		return false
	}
	keys, replies := make([]string, len(batch)), make([]*redis.StatusCmd, len(batch))
	t.pipeline(ctx, t.limits.write, func(ctx context.Context, p redis.Pipeliner) {
		for i, e := range batch {
			keys[i] = t.space.key(e.digest)
			replies[i] = p.Set(ctx, keys[i], encode(t.space, e.digest, e.assessment), t.ttl)
		}
	})
	var fault *trouble
	var refusal redis.Error // an answer of Redis, such as that its memory is full
	written := 0
	for i, reply := range replies {
		switch err := reply.Err(); {
		case err == nil:
			written++
		case !errors.As(err, &refusal) && fault == nil:
			fault = &trouble{err, keys[i : i+1]}
		}
	}
	t.counts.written.Add(uint64(written))
	t.counts.dropped.Add(uint64(len(batch) - written))
	if fault != nil {
		t.fail(fault)
		return false
	}
	t.note(refusal)
	return true
}

// note logs when Redis begins or ends to refuse writes. It is read from all the same.
func (t *redisTier) note(refusal error) {
	switch {
	case refusal != nil && !t.refusing:
		t.log.Warn("redis takes no writes: new assessments are not shared", "error", refusal)
	case refusal == nil && t.refusing:
		t.log.Info("redis takes writes again")
	}
	t.refusing = refusal != nil
}

func (t *redisTier) healthy() error {
	if fault := t.trouble.Load(); fault != nil {
		return fault.err
	}
	return nil
}

// shut closes the tier to callers, ends the goroutine, writes what waits and ends the connections.
func (t *redisTier) shut(ctx context.Context) error {
	answers := t.trouble.Swap(&trouble{err: errClosed}) == nil
	close(t.stop)
	t.keeper.Wait()
	for {
		select {
		case first := <-t.queue:
			answers = t.write(ctx, t.collect(first), answers)
		default:
			return t.client.Close()
		}
	}
}
