// Package walkthrough follows the documentation word for word: every console block is run against a real server, and
// what it prints must be what the page says.
package walkthrough

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/internal/testenv"
)

// pages are the documents whose console blocks are run.
var pages = []string{
	"README.md", "docs/api.md", "docs/adding-a-format.md",
	"docs/platforms/shops.md", "docs/platforms/procurement.md", "docs/platforms/edi.md", "docs/platforms/sap.md", "docs/platforms/files.md",
}

// interpreters run the programs of the pages. One that this machine lacks leaves its programs out: they are examples
// for people who have it.
var interpreters = map[string][]string{"go": {"go", "run"}, "python": {"python3"}, "javascript": {"node"}}

// update rewrites the pages with what was printed.
var update = flag.Bool("update", false, "rewrite the outputs on the pages")

// documented is the address that the pages use.
const documented = "http://127.0.0.1:8080"

func TestPages(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			testenv.Lacking(t, tool)
		}
	}
	folder, url := serve(t)
	for _, page := range pages {
		file := filepath.Join(testenv.Root(t), page)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		steps := stepsOf(lines)
		for i := range steps {
			s := &steps[i]
			t.Run(fmt.Sprintf("%s line %d", page, s.line), func(t *testing.T) {
				got := s.run(t, folder, url)
				if diff := cmp.Diff(s.output, got); diff != "" && !*update {
					t.Errorf("%s\n(-page +got)\n%s", s.source, diff)
				}
				s.output = got
			})
		}
		if *update {
			if err := os.WriteFile(file, []byte(strings.Join(rewritten(lines, steps), "\n")), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// step is a command or a program of a page and what the page says it prints.
type step struct {
	line       int    // of the page, from 1
	language   string // empty for a command
	source     string
	output     string
	begin, end int // lines of the output, half-open, from 0
}

// stepsOf reads a page. In a block fenced as console a command begins with "$ " and goes on over lines that begin with
// "> "; a program's output is the block fenced as output behind it.
func stepsOf(lines []string) []step {
	var steps []step
	fence := ""
	for n, line := range lines {
		last := len(steps) - 1
		switch {
		case fence == "" && strings.HasPrefix(line, "```"):
			fence = strings.TrimPrefix(line, "```")
			if interpreters[fence] != nil {
				steps = append(steps, step{line: n + 1, language: fence})
			}
			if fence == "output" {
				steps[last].begin, steps[last].end = n+1, n+1
			}
		case line == "```":
			fence = ""
		case interpreters[fence] != nil:
			steps[last].source += line + "\n"
		case fence == "output":
			steps[last].output += line + "\n"
			steps[last].end = n + 1
		case fence == "console" && strings.HasPrefix(line, "$ "):
			steps = append(steps, step{line: n + 1, source: strings.TrimPrefix(line, "$ "), begin: n + 1, end: n + 1})
		case fence == "console" && strings.HasPrefix(line, "> ") && steps[last].output == "":
			steps[last].source += "\n" + strings.TrimPrefix(line, "> ")
			steps[last].begin, steps[last].end = n+1, n+1
		case fence == "console":
			steps[last].output += line + "\n"
			steps[last].end = n + 1
		}
	}
	return steps
}

// rewritten returns the page with the outputs of its steps.
func rewritten(lines []string, steps []step) []string {
	var out []string
	at := 0
	for _, s := range steps {
		out = append(out, lines[at:s.begin]...)
		if s.output != "" {
			out = append(out, strings.Split(strings.TrimSuffix(s.output, "\n"), "\n")...)
		}
		at = s.end
	}
	return append(out, lines[at:]...)
}

// run returns what a step prints. A command's exit code is not looked at: it may be a verdict's.
func (s *step) run(t *testing.T, folder, url string) string {
	t.Helper()
	source := strings.ReplaceAll(s.source, documented, url)
	cmd := exec.CommandContext(t.Context(), "bash", "-c", source)
	if command := interpreters[s.language]; command != nil {
		if _, err := exec.LookPath(command[0]); err != nil {
			t.Skipf("this machine has no %s", command[0])
		}
		file := filepath.Join(t.TempDir(), "example."+map[string]string{"go": "go", "python": "py", "javascript": "mjs"}[s.language])
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd = exec.CommandContext(t.Context(), command[0], append(command[1:], file)...)
	}
	cmd.Dir = folder
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "INTERDICT_") }) // a reader sets none
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, _ := cmd.Output()
	if complaints.Len() > 0 {
		t.Log(complaints.String())
	}
	return string(out)
}

// serve builds the program and runs it on a spare port until the test ends. It returns the folder with bin/interdict
// and the server's address.
func serve(t *testing.T) (folder, url string) {
	t.Helper()
	folder = t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(folder, "bin", "interdict"), ".")
	build.Dir = testenv.Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	address := spareAddress(t)
	ctx, stop := context.WithCancel(context.Background())
	server := exec.CommandContext(ctx, filepath.Join(folder, "bin", "interdict"), "serve", "--listen", address)
	server.Dir, server.Env = folder, []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder}
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	server.WaitDelay = 10 * time.Second
	var log bytes.Buffer
	server.Stderr = &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = server.Wait()
		if t.Failed() {
			t.Logf("server: %s", log.String())
		}
	})
	url = "http://" + address
	awaitReady(t, url)
	return folder, url
}

func spareAddress(t *testing.T) string {
	t.Helper()
	var listening net.ListenConfig
	l, err := listening.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}

// awaitReady asks until the server answers that it is ready.
func awaitReady(t *testing.T, url string) {
	t.Helper()
	deadline, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		req, err := http.NewRequestWithContext(deadline, http.MethodGet, url+"/readyz", nil)
		if err != nil {
			t.Fatal(err)
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-deadline.Done():
			t.Fatal("the server did not get ready")
		case <-tick.C:
		}
	}
}
