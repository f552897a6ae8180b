package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/interdict/interdict/internal/telemetry"
)

// Screenings under way at a time, for each core. Small ones wait on the engine or on what it writes to; a large one
// holds its whole body, some 15 MB at most, and may come over a slow line. The two do not take each other's places.
const (
	smallBody   = 64 << 10 // bytes
	smallAtOnce = 32
	largeAtOnce = 4

	queueLength   = 8 // requests that wait, for each place
	smallPatience = time.Second
	largePatience = 5 * time.Second
)

const overloadDetail = "This server has as many screenings under way as it can hold. Nothing was screened; try again shortly."

// room has a bounded number of places and a short queue before them. It is safe for concurrent use.
type room struct {
	places   chan struct{}
	waiting  atomic.Int64
	patience time.Duration
}

func newRoom(places int, patience time.Duration) *room {
	return &room{places: make(chan struct{}, places), patience: patience}
}

// enter takes a place, after a short wait where none is free. It tells whether there was one; whoever has one must
// leave.
func (r *room) enter(ctx context.Context) bool {
	select {
	case r.places <- struct{}{}:
		return true
	default:
	}
	defer r.waiting.Add(-1)
	if r.waiting.Add(1) > int64(queueLength*cap(r.places)) {
		return false
	}
	timer := time.NewTimer(r.patience)
	defer timer.Stop()
	select {
	case r.places <- struct{}{}:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

func (r *room) leave() { <-r.places }

// stay is a place taken for one request, with its body where that was read before.
type stay struct {
	in   *room
	body *readBefore
}

// end gives back what was taken.
func (s stay) end() {
	s.in.leave()
	s.body.release()
}

// admit takes a place for a screening. A small body is read first, so that a slow caller holds no place.
func (s *Server) admit(r *http.Request) (stay, error) {
	place := stay{in: s.guard.large}
	if r.ContentLength >= 0 && r.ContentLength <= smallBody {
		place = stay{in: s.guard.small, body: readSmall(r)}
	}
	if !place.in.enter(r.Context()) {
		place.body.release()
		return stay{}, s.refuse(telemetry.Overload, http.StatusServiceUnavailable, overloadDetail)
	}
	return place, nil
}

// readBefore is a body that was read before its handler asked, with the error that ended it if any.
type readBefore struct {
	bytes.Buffer
	err error
}

var bodies = sync.Pool{New: func() any { return new(readBefore) }}

// readSmall reads a body whose length is known and puts it back for the handler.
func readSmall(r *http.Request) *readBefore {
	b, _ := bodies.Get().(*readBefore)
	b.Reset()
	_, b.err = b.ReadFrom(r.Body)
	r.Body = b
	return b
}

// Read implements io.Reader.
func (b *readBefore) Read(p []byte) (int, error) {
	n, err := b.Buffer.Read(p)
	if err == io.EOF && b.err != nil { //nolint:errorlint // bytes.Buffer's own
		err = b.err
	}
	return n, err
}

// Close implements io.Closer.
func (*readBefore) Close() error { return nil }

func (b *readBefore) release() {
	if b != nil {
		bodies.Put(b)
	}
}
