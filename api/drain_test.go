package api_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/interdict/interdict/api"
)

// A server that is told to end says so to whoever watches, finishes what is under way and leaves nothing behind.
func TestDrain(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	g := newGate()
	server := serverOver(t, api.Config{}, g.before)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, listener) }()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	ask := func(method, path, body string) (int, string, error) {
		req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), method, "http://"+listener.Addr().String()+path, strings.NewReader(body))
		if err != nil {
			return 0, "", err
		}
		res, err := transport.RoundTrip(req)
		if err != nil {
			return 0, "", err
		}
		defer func() { _ = res.Body.Close() }()
		answer, err := io.ReadAll(res.Body)
		return res.StatusCode, string(answer), err
	}
	if status, body, err := ask("GET", "/readyz", ""); status != 200 {
		t.Fatalf("before the end: got %d %s %v, want 200", status, body, err)
	}
	type answer struct {
		status int
		body   string
		err    error
	}
	underWay := make(chan answer, 1)
	go func() {
		status, body, err := ask("POST", "/v1/screen/vendor", slow)
		underWay <- answer{status, body, err}
	}()
	<-g.entered
	cancel()
	for { // the server needs a moment to hear that it should end
		status, body, err := ask("GET", "/readyz", "")
		if status == 503 && strings.Contains(body, "draining") {
			break
		}
		if status != 200 {
			t.Fatalf("at the end: got %d %s %v, want 200 and then 503", status, body, err)
		}
	}
	for { // having said so, it stops listening
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", listener.Addr().String())
		if err != nil {
			break
		}
		_ = c.Close()
	}
	select {
	case err := <-served:
		t.Fatalf("it ended with a request under way: %v", err)
	default:
	}
	close(g.open)
	if a := <-underWay; a.status != 200 || !strings.Contains(a.body, `"decision":"clear"`) || a.err != nil {
		t.Errorf("the request under way: got %+v, want its verdict", a)
	}
	if err := <-served; err != nil {
		t.Errorf("got %v, want a clean end", err)
	}
}

func TestServeWhenTheListenerFails(t *testing.T) {
	server := serverOver(t, api.Config{}, nil)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	if err := server.Serve(t.Context(), listener); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v, want that the listener is closed", err)
	}
}
