package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// build builds the program as releases are built.
func (b *bench) build(ctx context.Context) error {
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=auto", "-o", b.program, ".") //nolint:gosec // a file of this run
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// environment keeps settings of the caller's shell from what is measured.
func environment(more ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, more...)
}

// server is a process of this run that serves an address on loopback.
type server struct {
	address string
	process *os.Process
	log     string        // its file
	ended   chan struct{} // closed when it has
	ready   time.Duration // from exec until it was ready
}

const (
	startPatience = 20 * time.Second
	pollPause     = time.Millisecond
)

// start starts a server on a spare address and waits until it is ready. The command gets the address.
func (b *bench) start(ctx context.Context, command func(address string) *exec.Cmd, ready func(ctx context.Context, address string) error) (*server, error) {
	address, err := spareAddress(ctx)
	if err != nil {
		return nil, err
	}
	log, err := os.CreateTemp(b.folder, "log-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	s := &server{address: address, log: log.Name(), ended: make(chan struct{})}
	cmd := command(address)
	cmd.Dir, cmd.Stderr, cmd.Stdout = b.folder, log, log
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s.process = cmd.Process
	go func() {
		_ = cmd.Wait() // a killed process ends with an error
		close(s.ended)
	}()
	if err := s.await(ctx, ready); err != nil {
		s.stop()
		said, _ := os.ReadFile(s.log)
		return nil, fmt.Errorf("start %s: %w\n%s", filepath.Base(cmd.Path), err, said)
	}
	s.ready = time.Since(began)
	return s, nil
}

func (s *server) await(ctx context.Context, ready func(context.Context, string) error) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	tick := time.NewTicker(pollPause)
	defer tick.Stop()
	for {
		err := ready(ctx, s.address)
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

// stop kills the process and waits until it has ended.
func (s *server) stop() {
	_ = s.process.Kill() // fails when it has ended
	<-s.ended
}

// resident returns the memory that the process has in RAM, in MiB.
func (s *server) resident() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Pid))
	if err != nil {
		return 0, err
	}
	kib, err := strconv.ParseFloat(strings.TrimSuffix(valueOf(text, "VmRSS"), " kB"), 64)
	return kib / 1024, err
}

// serve starts the program's API.
func (b *bench) serve(ctx context.Context, args ...string) (*server, error) {
	return b.start(ctx, func(address string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, b.program, append([]string{"serve", "--listen", address}, args...)...) //nolint:gosec // the program of this run
		cmd.Env = environment()
		return cmd
	}, answersReady)
}

// answersReady asks /readyz once, on a connection of its own.
func answersReady(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", http.NoBody)
	if err != nil {
		return err
	}
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return errors.New("not ready: " + response.Status)
	}
	return nil
}

// redis starts a Redis that keeps nothing on disk.
func (b *bench) redis(ctx context.Context, path string) (*server, error) {
	return b.start(ctx, func(address string) *exec.Cmd {
		_, port, _ := net.SplitHostPort(address)
		return exec.CommandContext(ctx, path, "--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no") //nolint:gosec // the redis-server of this machine
	}, accepts)
}

// accepts tells whether connections are taken, which a Redis that has nothing to load does once it is ready.
func accepts(ctx context.Context, address string) error {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return conn.Close()
}

// spareAddress returns an address on loopback that nobody listens on.
func spareAddress(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
