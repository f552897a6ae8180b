package cli

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run interdict as a command of its own, on a clock that stands still.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"interdict": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		os.Exit(Run(ctx, System{
			Args: os.Args[1:], Environ: os.Environ(), Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
			Now:   func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
			Build: Build{Commit: "0123abcd", Dirty: true, Go: "go1.26"},
		}))
	}})
}

// TestScript runs every script in testdata/script; -update rewrites the outputs that they compare.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "readyz": readyz,
		},
	})
}

// exits runs a program and wants its exit code: exits 2 interdict screen order.json. The output is kept for stdout
// and stderr as exec does.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [argument...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		got = exitStatus(err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("got exit code %d (%v), want %s", got, err, args[0])
	}
}

func exitStatus(err error) int {
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		return exit.ExitCode()
	}
	return -1
}

// readyz starts a server whose /readyz answers with a status and puts its address into an environment variable:
// readyz 503 ADDRESS. Status 0 leaves nothing listening there.
func readyz(ts *testscript.TestScript, neg bool, args []string) {
	var status int
	if _, err := fmt.Sscan(args[0], &status); err != nil || neg || len(args) != 2 {
		ts.Fatalf("usage: readyz status VARIABLE")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/readyz" {
			status = http.StatusTeapot
		}
		w.WriteHeader(status)
	}))
	ts.Setenv(args[1], server.Listener.Addr().String())
	if status == 0 {
		server.Close()
		return
	}
	ts.Defer(server.Close)
}

// TestServe starts the command for real, asks it and ends it.
func TestServe(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() {
		code <- Run(ctx, System{Args: []string{"serve", "--listen", "127.0.0.1:0"}, Environ: []string{"INTERDICT_RATE=5"}, Stdout: writer, Stderr: writer, Now: time.Now})
		_ = writer.Close()
	}()
	text := make([]byte, 4096)
	n, err := reader.Read(text)
	if err != nil {
		t.Fatalf("no word from the server: %v", err)
	}
	url := regexp.MustCompile(`http://[\d.]+:\d+`).FindString(string(text[:n]))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("the server said %q: %v", text[:n], err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("GET /healthz: got %s, want 200", response.Status)
	}
	cancel()
	go func() { // the rest of what it says must not block it
		for {
			if _, err := reader.Read(text); err != nil {
				return
			}
		}
	}()
	if got := <-code; got != exitClear {
		t.Errorf("exit code after the end: got %d, want 0", got)
	}
}

func TestServeWhereTheAddressIsTaken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	var out bytes.Buffer
	got := Run(t.Context(), System{Args: []string{"serve", "--listen", listener.Addr().String()}, Stdout: &out, Stderr: &out, Now: time.Now})
	if got != exitFailed {
		t.Errorf("got exit code %d, want 3; it said %q", got, out.String())
	}
}
