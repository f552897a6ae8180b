package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"
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
	conns := make([]*os.File, d.connections)
	for i := range conns {
		conn, err := blocking(ctx, d.address)
		if err != nil {
			return nil, err
		}
		defer func() { _ = conn.Close() }()
		conns[i] = conn
	}
	patience := time.AfterFunc(d.span+answerPatience, func() { endAll(conns) })
	defer patience.Stop()
	defer context.AfterFunc(ctx, func() { endAll(conns) })()
	var group errgroup.Group
	began := time.Now()
	for i, conn := range conns {
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

// endAll ends connections, whoever waits for them.
func endAll(conns []*os.File) {
	for _, conn := range conns {
		_ = unix.Shutdown(int(conn.Fd()), unix.SHUT_RDWR)
	}
}

// blocking returns a connection to a server whose reads and writes block their thread. The poller of Go's own wakes a
// caller some tens of microseconds later, on a machine whose cores the server needs too: that is not the server's time.
func blocking(ctx context.Context, address string) (*os.File, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		return nil, err
	}
	own := -1
	if failed := raw.Control(func(fd uintptr) { own, err = unix.Dup(int(fd)) }); failed != nil || err != nil {
		return nil, errors.Join(failed, err)
	}
	if err := unix.SetNonblock(own, false); err != nil { // before the file is made, which asks for it
		return nil, err
	}
	return os.NewFile(uintptr(own), address), nil
}

// exchange sends a request and reads its answer to the end.
func exchange(w io.Writer, r *bufio.Reader, request []byte, body io.Writer) error {
	if _, err := w.Write(request); err != nil {
		return err
	}
	length, chunked, err := readHead(r)
	switch {
	case err != nil:
		return err
	case !chunked:
		return take(body, r, length)
	}
	for length = 1; length > 0; {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseUint(string(bytes.TrimSpace(line)), 16, 31)
		if err != nil {
			return err
		}
		length = int(size)
		if err := take(body, r, length); err != nil {
			return err
		}
		if _, err := r.Discard(len("\r\n")); err != nil {
			return err
		}
	}
	return nil
}

// take moves so many bytes.
func take(to io.Writer, from *bufio.Reader, n int) (err error) {
	if to == io.Discard {
		_, err = from.Discard(n)
		return err
	}
	_, err = io.CopyN(to, from, int64(n))
	return err
}

// readHead reads the head of an answer: how long its body is, or that it comes in chunks.
func readHead(r *bufio.Reader) (length int, chunked bool, err error) {
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimSpace(line)
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")):
			return 0, false, fmt.Errorf("the server answers %s", line)
		case len(line) == 0:
			return length, chunked, nil
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, false, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
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
