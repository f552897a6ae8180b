package lists

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

// testFetcher reaches servers of the tests, and waits less long for them. Its limits are ones that no honest server
// here comes near.
func testFetcher() *fetcher {
	f := newFetcher(nil)
	f.guard.loopback = true
	f.most = 1 << 20
	return f
}

// ended closes what a fetcher holds open, so that servers can close.
func (f *fetcher) ended() { f.client.CloseIdleConnections() }

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(data) // a buffer takes every write
	_ = z.Close()
	return b.Bytes()
}

func TestFetch(t *testing.T) {
	var asked http.Header
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Clone()
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Sun, 01 Nov 2026 10:00:00 GMT")
		_, _ = io.WriteString(w, "1|Name 1\n")
	})
	f := testFetcher()
	defer f.ended()
	got, err := f.fetch(t.Context(), request{url: url + "/lists/SDN.CSV?token=x"})
	if err != nil {
		t.Fatal(err)
	}
	if string(got.data) != "1|Name 1\n" || got.name != "SDN.CSV" || got.etag != `"v1"` || got.lastModified != "Sun, 01 Nov 2026 10:00:00 GMT" || got.unchanged {
		t.Errorf("got %+v", got)
	}
	if asked.Get("User-Agent") != userAgent || asked.Get("If-None-Match") != "" || asked.Get("If-Modified-Since") != "" {
		t.Errorf("asked with %v", asked)
	}
}

func TestFetchUnchanged(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` || r.Header.Get("If-Modified-Since") == "Sun, 01 Nov 2026 10:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		http.Error(w, "asked without condition", http.StatusTeapot)
	})
	f := testFetcher()
	defer f.ended()
	for _, r := range []request{{url: url, etag: `"v1"`}, {url: url, lastModified: "Sun, 01 Nov 2026 10:00:00 GMT"}} {
		if got, err := f.fetch(t.Context(), r); err != nil || !got.unchanged || got.data != nil {
			t.Errorf("%+v: got %+v, %v", r, got, err)
		}
	}
}

func TestFetchPacked(t *testing.T) {
	text := bytes.Repeat([]byte("1|Name 1\n"), 1000)
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			http.Error(w, "want gzip", http.StatusTeapot)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed(text))
	})
	f := testFetcher()
	defer f.ended()
	if got, err := f.fetch(t.Context(), request{url: url}); err != nil || !bytes.Equal(got.data, text) {
		t.Errorf("got %v", err)
	}
}

func TestFetchRedirects(t *testing.T) {
	var hops atomic.Int32
	var url string
	mux := http.NewServeMux()
	mux.HandleFunc("/hop/", func(w http.ResponseWriter, r *http.Request) {
		hops.Add(1)
		n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/hop/"))
		if n == 0 {
			_, _ = io.WriteString(w, "there with "+r.Header.Get("If-None-Match"))
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/hop/%d", n-1), http.StatusFound)
	})
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://elsewhere.example/list.csv?signature=secret", http.StatusFound)
	})
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	})
	url = serve(t, mux.ServeHTTP)
	f := testFetcher()
	defer f.ended()

	if got, err := f.fetch(t.Context(), request{url: url + "/hop/3", etag: `"v1"`}); err != nil || string(got.data) != `there with "v1"` {
		t.Errorf("three redirects: got %+v, %v", got, err)
	}
	hops.Store(0)
	if _, err := f.fetch(t.Context(), request{url: url + "/hop/9"}); err == nil || !strings.Contains(err.Error(), "more than 3 times") {
		t.Errorf("nine redirects: got %v", err)
	} else if hops.Load() != 4 {
		t.Errorf("asked %d times, want 4", hops.Load())
	}
	_, err := f.fetch(t.Context(), request{url: url + "/away"})
	if err == nil || !strings.Contains(err.Error(), "sends on to elsewhere.example") || strings.Contains(err.Error(), "secret") {
		t.Errorf("elsewhere: got %v", err)
	}
	if _, err := f.fetch(t.Context(), request{url: url + "/inside"}); err == nil || !strings.Contains(err.Error(), "sends on to 169.254.169.254") {
		t.Errorf("inside: got %v", err)
	}
}

// Outside of the tests nothing but https to public addresses is asked.
func TestFetchGuarded(t *testing.T) {
	var asked atomic.Int32
	srv := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer srv.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(srv.URL, "https://"), ":")
	f := newFetcher(nil)
	defer f.ended()
	for _, tt := range []struct{ name, url, want string }{
		{"http", "http://data.trade.gov/x.csv", "not https"},
		{"a file", "file:///etc/passwd", "not https"},
		{"a port", srv.URL, "has a port"},
		{"a user", "https://me:secret@data.trade.gov/", "has a port or a user"},
		{"no host", "https:///x.csv", "no host"},
		{"no URL", "https://%zz/", "no URL"},
		{"loopback", "https://127.0.0.1/", "not a public address"},
		{"loopback by name", "https://localhost/", "not a public address"},
		{"loopback, IPv6", "https://[::1]/", "not a public address"},
		{"link-local", "https://169.254.169.254/latest/", "not a public address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := f.fetch(t.Context(), request{url: tt.url})
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	// The transport looks at the address itself, whatever the URL was.
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := f.client.Do(req)
	if err == nil {
		_ = resp.Body.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "not a public address") || asked.Load() != 0 {
		t.Errorf("port %s: got %v after %d requests", port, err, asked.Load())
	}
	for _, to := range []string{"http://data.trade.gov/", "https://data.trade.gov:8443/", "https://u:p@data.trade.gov/"} {
		first, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://data.trade.gov/", http.NoBody)
		next, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, to, http.NoBody)
		if err := f.client.CheckRedirect(next, []*http.Request{first}); err == nil {
			t.Errorf("a redirect to %s is followed", to)
		}
	}
}

func TestFetchFaults(t *testing.T) {
	page := "<!DOCTYPE html><html><body>Sign in</body></html>"
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		change  func(*fetcher)
		etag    string
		want    string
	}{
		{name: "an error", handler: func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) }, want: "answered 500"},
		{name: "not there", handler: http.NotFound, want: "answered 404"},
		{name: "a part of the file", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPartialContent) }, want: "answered 206"},
		{name: "unchanged, though nothing is held", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, want: "answered 304"},
		{name: "a web page", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "1|Name 1\n")
		}, want: "web page"},
		{name: "a web page under another name", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/csv")
			_, _ = io.WriteString(w, "\ufeff\r\n "+page)
		}, want: "web page"},
		{name: "fewer bytes than announced", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "1|Name 1\n")
		}, want: "announced 1000 bytes and sent 9"},
		{name: "cut off in the middle", handler: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "1|Name 1\n")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, want: "broke off after 9 bytes"},
		{name: "announced too large", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(2<<20))
			_, _ = w.Write(make([]byte, 10))
		}, want: "more than the 1048576 bytes"},
		{name: "too large and not announced", handler: func(w http.ResponseWriter, _ *http.Request) {
			for range 40 {
				_, _ = w.Write(bytes.Repeat([]byte("1|Name 1\n"), 4<<10))
			}
		}, want: "more than the 1048576 bytes"},
		{name: "a bomb", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed(make([]byte, 8<<20)))
		}, want: "more than the 1048576 bytes"},
		{name: "packed nothing for ever", handler: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			nothing := bytes.Repeat(packed(nil), 1000)
			for r.Context().Err() == nil {
				if _, err := w.Write(nothing); err != nil {
					return
				}
			}
		}, want: "more than the 1048576 bytes"},
		{name: "packed and cut off", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			data := packed([]byte("1|Name 1\n"))
			_, _ = w.Write(data[:len(data)-4])
		}, want: "unexpected EOF"},
		{name: "called packed", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, "1|Name 1\n2|Name 2\n")
		}, want: "gzip: invalid header"},
		{name: "packed otherwise", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			_, _ = io.WriteString(w, "x")
		}, want: `"br"`},
		{name: "hangs before it answers", handler: hang, change: impatient, want: errStalled.Error()},
		{name: "hangs in the middle", handler: func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "1|Name 1\n")
			_ = http.NewResponseController(w).Flush()
			hang(w, r)
		}, change: impatient, want: errStalled.Error()},
		{name: "trickles", handler: trickle, change: impatient, want: errStalled.Error()},
		{name: "takes too long", handler: trickle, change: func(f *fetcher) { f.total = 100 * time.Millisecond }, want: errTooLong.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			srv := httptest.NewServer(tt.handler)
			defer srv.Close()
			f := testFetcher()
			defer f.ended()
			if tt.change != nil {
				tt.change(f)
			}
			got, err := f.fetch(t.Context(), request{url: srv.URL + "/secret.csv", etag: tt.etag})
			if err == nil || got != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %+v, %v, want %q", got, err, tt.want)
			}
			if err != nil && (strings.Contains(err.Error(), "secret") || !strings.HasPrefix(err.Error(), "127.0.0.1: ")) {
				t.Errorf("%v: want the host and not the address", err)
			}
		})
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

// A client that is given may be less careful than that of the standard library.
func TestFetchWithClient(t *testing.T) {
	for _, tt := range []struct {
		name string
		trip roundTrip
		want string
	}{
		{"fewer bytes than announced", func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, ContentLength: 20, Body: io.NopCloser(strings.NewReader("1|Name 1\n")), Request: req}, nil
		}, "announced 20 bytes and sent 9"},
		{"more bytes than announced", func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, ContentLength: 5, Body: io.NopCloser(strings.NewReader("1|Name 1\n")), Request: req}, nil
		}, "announced 5 bytes and sent 9"},
		{"an error of its own when it is stopped", func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, errors.New("closed")
		}, errStalled.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFetcher(&http.Client{Transport: tt.trip})
			impatient(f)
			if _, err := f.fetch(t.Context(), request{url: "https://lists.example/x.csv"}); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func impatient(f *fetcher) { f.stall = 50 * time.Millisecond }

// hang answers nothing until nobody listens.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// trickle sends a byte now and then until nobody listens.
func trickle(w http.ResponseWriter, r *http.Request) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			_, _ = io.WriteString(w, "x")
			_ = http.NewResponseController(w).Flush()
		}
	}
}

// A source that sends enough is waited for, however long it takes; then it stalls.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFetcher(http.DefaultClient)
		ctx, cancel := context.WithCancelCause(t.Context())
		var progress atomic.Int64
		go f.watch(ctx, &progress, cancel)
		time.Sleep(f.stall / 4) // so that nothing comes at the very moment of a look
		for range 100 {
			progress.Add(f.step / 2)
			time.Sleep(f.stall / 2)
		}
		synctest.Wait()
		if err := context.Cause(ctx); err != nil {
			t.Fatalf("got %v after %s of steady work", err, 50*f.stall)
		}
		for range 4 {
			progress.Add(f.step/2 - 1)
			time.Sleep(f.stall / 2)
		}
		synctest.Wait()
		if err := context.Cause(ctx); !errors.Is(err, errStalled) {
			t.Errorf("got %v, want %v", err, errStalled)
		}
	})
}

func TestFetchGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		hang(w, r)
	})
	f := testFetcher()
	defer f.ended()
	if _, err := f.fetch(ctx, request{url: url}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestValidator(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"an ETag", `W/"abc-1"`, `W/"abc-1"`},
		{"none", "", ""},
		{"other letters", "\"\xe9\"", ""},
		{"a line break", "a\nb", ""},
		{"long", strings.Repeat("x", maxValidator+1), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := validator(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
