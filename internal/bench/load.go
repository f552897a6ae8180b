package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// drive is one load on a server: connections that each send the same request, read the answer and send again, until
// the span is over or the requests are sent.
type drive struct {
	address     string
	request     []byte
	connections int
	span        time.Duration
	requests    int // 0: no bound but the span
}

// load is what a drive showed.
type load struct {
	took      time.Duration
	latencies []time.Duration // sorted
}

func (l *load) perSecond() float64 { return float64(len(l.latencies)) / l.took.Seconds() }

func (l *load) p50() time.Duration { return percentile(l.latencies, 50) }

// post returns a request with a JSON body as the bytes that go over the wire.
func post(address, path, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, address, len(body), body)
}

// answerPatience is how long the last answers of a drive may take.
const answerPatience = 10 * time.Second

// run drives the server. An answer other than 200 is an error.
func (d drive) run(ctx context.Context) (*load, error) {
	var sent atomic.Int64
	each := make([][]time.Duration, d.connections)
	conns := make([]net.Conn, d.connections)
	for i := range conns {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", d.address)
		if err != nil {
			return nil, err
		}
		defer func() { _ = conn.Close() }()
		defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
		conns[i] = conn
	}
	var group errgroup.Group
	began := time.Now()
	for i, conn := range conns {
		if err := conn.SetDeadline(began.Add(d.span + answerPatience)); err != nil {
			return nil, err
		}
		group.Go(func() (err error) {
			r := bufio.NewReaderSize(conn, 32<<10)
			for last := began; last.Sub(began) < d.span && (d.requests == 0 || sent.Add(1) <= int64(d.requests)); {
				if err := exchange(conn, r, d.request, io.Discard); err != nil {
					return err
				}
				now := time.Now()
				each[i] = append(each[i], now.Sub(last))
				last = now
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, errors.Join(ctx.Err(), err)
	}
	l := &load{took: time.Since(began), latencies: slices.Concat(each...)}
	slices.Sort(l.latencies)
	return l, nil
}

// exchange sends a request and reads its answer to the end.
func exchange(w io.Writer, r *bufio.Reader, request []byte, body io.Writer) error {
	if _, err := w.Write(request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", answer.Status)
	}
	_, err = io.Copy(body, answer.Body)
	return err
}

// percentile returns the value that p percent of the sorted values do not exceed, by nearest rank; zero of none.
func percentile[T any](sorted []T, p int) (value T) {
	if len(sorted) == 0 {
		return value
	}
	return sorted[max((len(sorted)*p+99)/100, 1)-1]
}

// median returns the middle value; of an even number the lower one.
func median(values []float64) float64 {
	return percentile(slices.Sorted(slices.Values(values)), 50)
}
