// Package walkthrough follows the documentation word for word: every console block is run against a real server, and
// what it prints must be what the page says.
package walkthrough

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/internal/testenv"
)

// pages are the documents whose console blocks are run.
var pages = []string{"README.md"}

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
		text, err := os.ReadFile(filepath.Join(testenv.Root(t), page))
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range consoleBlocks(string(text)) {
			t.Run(fmt.Sprintf("%s line %d", page, block.line), func(t *testing.T) {
				cmd := exec.CommandContext(t.Context(), "bash", "-c", strings.ReplaceAll(block.command, documented, url))
				cmd.Dir = folder
				var complaints bytes.Buffer
				cmd.Stderr = &complaints
				got, _ := cmd.Output() // the exit code is the verdict's
				if diff := cmp.Diff(block.output, string(got)); diff != "" {
					t.Errorf("$ %s\n(-page +got)\n%s%s", block.command, diff, complaints.String())
				}
			})
		}
	}
}

// block is one command of a page and what the page says it prints.
type block struct {
	line            int
	command, output string
}

// consoleBlocks returns the commands of all blocks fenced as console. A command begins with "$ " and goes on over lines
// that begin with "> ".
func consoleBlocks(page string) []block {
	var out []block
	inside := false
	for n, line := range strings.Split(page, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```console"
		case !inside:
		case strings.HasPrefix(line, "$ "):
			out = append(out, block{line: n + 1, command: strings.TrimPrefix(line, "$ ")})
		case strings.HasPrefix(line, "> ") && len(out) > 0 && out[len(out)-1].output == "":
			out[len(out)-1].command += "\n" + strings.TrimPrefix(line, "> ")
		case len(out) > 0:
			out[len(out)-1].output += line + "\n"
		}
	}
	return out
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
