package testenv

import (
	"bytes"
	"errors"
	"net"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is a server that a test started. It ends with the test, and on Linux with the test's process too.
type process struct {
	command *exec.Cmd
	output  output
	ended   chan struct{}
}

// output keeps what a server writes, for the report of a test that fails.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

func startProcess(t testing.TB, name string, args ...string) *process {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Lacking(t, name)
	}
	p := &process{command: exec.Command(path, args...), ended: make(chan struct{})} //nolint:gosec,noctx // ended by kill, also where a test's context is long done
	p.command.Stdout, p.command.Stderr = &p.output, &p.output
	p.command.SysProcAttr = endWithParent()
	if err := p.command.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	go func() {
		_ = p.command.Wait() // a killed process ends with an error
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process and waits until it has. A process that has ended is left alone.
func (p *process) kill() {
	_ = p.command.Process.Kill() // fails when it has ended
	<-p.ended
}

func (p *process) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := p.command.Process.Signal(s); err != nil {
		t.Fatalf("signal %v: %v", s, err)
	}
}

// await calls ready until it is satisfied, and fails the test when the process ends or half a minute passes.
func (p *process) await(t testing.TB, what string, ready func() error) {
	t.Helper()
	if err := p.poll(30*time.Second, ready); err != nil {
		t.Fatalf("waiting for %s: %v\n%s", what, err, p.output.String())
	}
}

var errEnded = errors.New("the process has ended")

func (p *process) poll(limit time.Duration, ready func() error) error {
	deadline := time.After(limit)
	for {
		err := ready()
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return errors.Join(errEnded, err)
		case <-deadline:
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// spareAddress returns an address on loopback that nobody listens on. Somebody may take it before it is used.
func spareAddress(t testing.TB) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
