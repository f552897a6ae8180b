package api_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/screening"
)

// gate holds every assessment of a party called Slow until it is opened.
type gate struct {
	entered chan struct{}
	open    chan struct{}
}

func newGate() *gate { return &gate{make(chan struct{}, 1<<12), make(chan struct{})} }

func (g *gate) before(next screening.Assessor) screening.Assessor {
	return assessing(func(ctx context.Context, subjects []screening.SubjectText) ([]screening.Assessment, error) {
		if subjects[0].Party != nil && subjects[0].Party.Name == "Slow" {
			g.entered <- struct{}{}
			<-g.open
		}
		return next.Assess(ctx, subjects)
	})
}

const slow = `{"name":"Slow","country":"US"}`

// Beyond what the server can hold it says so at once; probes and other calls are answered all the while, and what was
// taken in is answered in the end.
func TestOverload(t *testing.T) {
	g := newGate()
	srv := startOver(t, api.Config{}, g.before)
	places := 32 * runtime.GOMAXPROCS(0)
	statuses := make(chan int, 12*places)
	ask := func() {
		res, err := http.DefaultTransport.RoundTrip(request(t, srv, slow))
		if err != nil {
			statuses <- 0
			return
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
			t.Error("503 without Retry-After")
		}
		statuses <- res.StatusCode
	}
	for range places {
		go ask()
	}
	for range places {
		<-g.entered
	}
	const beyond = 9 // for each place: one more than wait for it
	for range beyond * places {
		go ask()
	}
	for range places { // at least the one more is refused, while every place is taken
		if got := <-statuses; got != 503 {
			t.Fatalf("got %d, want 503", got)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/version", "/v1/rules"} {
		if res, _ := call(t, srv, "GET", path, ""); res.status != 200 {
			t.Errorf("%s under overload: got %d, want 200", path, res.status)
		}
	}
	close(g.open)
	answered := map[int]int{}
	for range beyond * places {
		answered[<-statuses]++
	}
	if answered[200] < places || answered[200]+answered[503] != beyond*places {
		t.Errorf("got %v, want %d or more of 200 and the rest 503", answered, places)
	}
	if res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme); res.status != 200 {
		t.Errorf("afterwards: got %d, want 200", res.status)
	}
}

func request(t *testing.T, srv *httptest.Server, body string) *http.Request {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/v1/screen/vendor", strings.NewReader(body))
	if err != nil {
		t.Error(err)
	}
	return req
}

// Callers that send their body slowly keep nobody from being screened, be it announced as small or large.
func TestSlowSendersTakeNoPlace(t *testing.T) {
	var screened atomic.Int64
	srv := startOver(t, api.Config{}, func(next screening.Assessor) screening.Assessor {
		return assessing(func(ctx context.Context, s []screening.SubjectText) ([]screening.Assessment, error) {
			screened.Add(1)
			return next.Assess(ctx, s)
		})
	})
	var senders []net.Conn
	for i := range 80 * runtime.GOMAXPROCS(0) {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		length := 60 << 10
		if i%2 == 0 {
			length = 80 << 10
		}
		fmt.Fprintf(c, "POST /v1/screen/vendor HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n{", length)
		senders = append(senders, c)
	}
	for range 20 {
		if res, _ := call(t, srv, "POST", "/v1/screen/vendor", acme); res.status != 200 {
			t.Fatalf("beside slow senders: got %d, want 200", res.status)
		}
	}
	if screened.Load() != 20 {
		t.Errorf("%d screenings, want 20", screened.Load())
	}
	// A small body that comes in the end is answered.
	last := senders[1]
	fmt.Fprintf(last, `"name":"Acme"}%s`, strings.Repeat(" ", 60<<10-len(`{"name":"Acme"}`)))
	res, err := http.ReadResponse(bufio.NewReader(last), nil)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("a slow sender that ends: got %v %v, want 200", res, err)
	}
	_ = res.Body.Close()
}

// A sender that gives up or lies about the length gets a refusal or nothing, never a verdict.
func TestBodiesThatAreNotWhole(t *testing.T) {
	srv := startOver(t, api.Config{}, nil)
	for _, head := range []string{"Content-Length: 100", "Transfer-Encoding: chunked"} {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "POST /v1/screen/vendor HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n", head)
		if strings.HasPrefix(head, "Transfer") {
			fmt.Fprint(c, "e\r\n")
		}
		fmt.Fprint(c, `{"name":"Acme"}`)
		if err := c.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: got %d, want 400", head, res.StatusCode)
			}
		}
		_ = c.Close()
	}
}
