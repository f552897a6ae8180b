package api

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// idSource makes ids that sort by time and cannot be guessed. It is safe for concurrent use.
type idSource struct {
	mu      sync.Mutex
	entropy *ulid.MonotonicEntropy
}

// next returns a new id with a prefix that names what it is for.
func (s *idSource) next(prefix string, at time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.entropy == nil {
		s.entropy = ulid.Monotonic(rand.Reader, 0)
	}
	id, err := ulid.New(ulid.Timestamp(at), s.entropy)
	if err != nil { // the counter of this millisecond ran over: draw anew
		id = ulid.MustNew(ulid.Timestamp(at), rand.Reader)
	}
	return prefix + id.String()
}
