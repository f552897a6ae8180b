package cli

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/testenv"
)

// running is a serve command that a test started.
type running struct {
	urls map[string]string // by what is there: api, metrics, profiles
	log  chan string       // all that it said, once it has ended
	code chan int
	stop context.CancelFunc
}

// serve runs the command until stop and reads the addresses that it tells.
func serve(t *testing.T, listeners int, args, environ []string) *running {
	t.Helper()
	reader, writer := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{urls: map[string]string{}, log: make(chan string, 1), code: make(chan int, 1), stop: stop}
	go func() {
		r.code <- Run(ctx, System{
			Args: append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), Environ: environ, Stdout: writer, Stderr: writer, Now: time.Now,
			Build: Build{Commit: "0123abcd", Go: "go1.26"},
		})
		_ = writer.Close()
	}()
	said := bufio.NewReader(reader)
	told := regexp.MustCompile(`^(interdict is ready|metrics|profiles): (http://[\d.]+:\d+)`)
	var text strings.Builder
	for len(r.urls) < listeners {
		line, err := said.ReadString('\n')
		text.WriteString(line)
		if err != nil {
			stop()
			t.Fatalf("it ended before it said all: %q", text.String())
		}
		if found := told.FindStringSubmatch(line); found != nil {
			r.urls[found[1]] = found[2]
		}
	}
	go func() {
		_, _ = io.Copy(&text, said)
		r.log <- text.String()
	}()
	return r
}

// end stops the command, wants a clean end and returns all that it said.
func (r *running) end(t *testing.T) string {
	t.Helper()
	r.stop()
	if got := <-r.code; got != exitClear {
		t.Errorf("exit code: got %d, want 0", got)
	}
	return <-r.log
}

func get(t *testing.T, url string, headers ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	transport := &http.Transport{DisableKeepAlives: true}
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// What operators read has addresses of its own, where no key is asked for, and is nowhere else then.
func TestServeBeside(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	r := serve(t, 3, []string{"--metrics-listen", "127.0.0.1:0", "--pprof", "127.0.0.1:0"}, []string{"INTERDICT_API_KEY=s3cret"})
	if status, body := get(t, r.urls["metrics"]+"/metrics"); status != 200 || !strings.Contains(body, "interdict_build_info") || !strings.Contains(body, "interdict_list_age_seconds") {
		t.Errorf("metrics: got %d %.200s, want 200 with the build and the lists", status, body)
	}
	if status, _ := get(t, r.urls["interdict is ready"]+"/metrics", "Authorization", "Bearer s3cret"); status != 404 {
		t.Errorf("metrics beside the API: got %d, want 404", status)
	}
	if status, _ := get(t, r.urls["profiles"]+"/debug/pprof/"); status != 200 {
		t.Errorf("profiles: got %d, want 200", status)
	}
	if status, _ := get(t, r.urls["profiles"]+"/debug/pprof/", "Host", "evil.test"); status != 403 {
		t.Errorf("profiles under a foreign name: got %d, want 403", status)
	}
	if log := r.end(t); strings.Contains(log, "s3cret") {
		t.Errorf("the key is told: %s", log)
	}
}

func TestServeMetricsBehindTheKey(t *testing.T) {
	r := serve(t, 1, nil, []string{"INTERDICT_API_KEY=s3cret"})
	for key, want := range map[string]int{"s3cret": 200, "wrong": 401} {
		if status, _ := get(t, r.urls["interdict is ready"]+"/metrics", "Authorization", "Bearer "+key); status != want {
			t.Errorf("key %s: got %d, want %d", key, status, want)
		}
	}
	r.end(t)
}

// Without a key only this machine is served, whatever the setting comes from.
func TestServeOtherMachinesOnlyWithAKey(t *testing.T) {
	for _, tt := range []struct {
		name          string
		args, environ []string
	}{
		{"flag", []string{"serve", "--listen", "0.0.0.0:0"}, nil},
		{"variable", []string{"serve"}, []string{"INTERDICT_LISTEN=:0"}},
		{"profiles, with a key", []string{"serve", "--listen", "127.0.0.1:0", "--pprof", "0.0.0.0:0"}, []string{"INTERDICT_API_KEY=k"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			if got := Run(t.Context(), System{Args: tt.args, Environ: tt.environ, Stdout: &out, Stderr: &out, Now: time.Now}); got != exitFailed {
				t.Errorf("got exit code %d and %q, want 3", got, out.String())
			}
		})
	}
}

// A Redis that is not there is told and does without; one that is malformed is refused.
func TestServeWithoutItsRedis(t *testing.T) {
	r := serve(t, 1, nil, []string{"INTERDICT_REDIS_URL=redis://:s3cret@127.0.0.1:1/0"})
	if status, body := get(t, r.urls["interdict is ready"]+"/readyz"); status != 200 || !strings.Contains(body, `"cache":"down"`) {
		t.Errorf("readyz: got %d %s, want 200 and a cache that is down", status, body)
	}
	if log := r.end(t); strings.Contains(log, "s3cret") {
		t.Errorf("the password is told: %s", log)
	}
	var out strings.Builder
	code := Run(t.Context(), System{
		Args: []string{"serve", "--listen", "127.0.0.1:0"}, Environ: []string{"INTERDICT_REDIS_URL=redis://:s3cret@host/not-a-number"}, Stdout: &out, Stderr: &out, Now: time.Now,
	})
	if code != exitFailed || strings.Contains(out.String(), "s3cret") {
		t.Errorf("a malformed URL: got exit code %d and %q, want 3 and no password", code, out.String())
	}
}

func TestBuildOf(t *testing.T) {
	var shared config.Settings
	if err := shared.RedisURL.UnmarshalText([]byte("redis://cache")); err != nil {
		t.Fatal(err)
	}
	clean, err := buildOf(Build{Commit: "abc"}, shared)
	if err != nil || clean != version+"+abc" {
		t.Errorf("a clean commit: got %q %v, want the commit", clean, err)
	}
	dirty, err := buildOf(Build{Commit: "abc", Dirty: true}, shared)
	if err != nil || !strings.HasPrefix(dirty, version+"+sha256.") {
		t.Errorf("local changes: got %q %v, want the program's own digest", dirty, err)
	}
}

// TestDeployingTellsEverySetting holds the table of docs/deploying.md against the settings.
func TestDeployingTellsEverySetting(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(testenv.Root(t), "docs", "deploying.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## Settings\n")
	section, _, _ = strings.Cut(section, "\n## ")
	row := regexp.MustCompile("(?m)^\\| `(INTERDICT_\\w+)` \\|([^|]*)\\|")
	var got, want []string
	for _, found := range row.FindAllStringSubmatch(section, -1) {
		got = append(got, strings.TrimSpace(found[1]+" "+strings.Trim(found[2], " `")))
	}
	for _, s := range config.Describe() {
		if !s.Later {
			want = append(want, strings.TrimSpace(s.Variable+" "+s.Default))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("variables and defaults in docs/deploying.md:\ngot  %q\nwant %q", got, want)
	}
}
