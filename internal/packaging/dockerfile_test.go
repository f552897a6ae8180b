// Package packaging checks the container image without a container engine: it runs what the Dockerfile runs, in a
// clean copy of the sources, and starts the result in an empty root as the image's user.
package packaging

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/interdict/interdict/internal/testenv"
)

// dockerfile is what the tests need of a Dockerfile.
type dockerfile struct {
	from, workdir string
	run           []string // commands of the build stage
	copied        string   // the file that the last stage takes from the build, and
	target        string   // where it puts it
	user          string
	env           []string
	entrypoint    string
	health        string
}

var execForm = regexp.MustCompile(`"([^"]*)"`)

func parseDockerfile(t *testing.T, text string) dockerfile {
	t.Helper()
	var d dockerfile
	text = strings.ReplaceAll(text, "\\\n", " ")
	for line := range strings.Lines(text) {
		instruction, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		switch instruction {
		case "FROM":
			d.from = rest
		case "WORKDIR":
			d.workdir = rest
		case "RUN":
			d.run = append(d.run, rest)
		case "COPY":
			if fields := strings.Fields(rest); strings.HasPrefix(rest, "--from=") {
				d.copied, d.target = fields[1], fields[2]
			}
		case "USER":
			d.user = rest
		case "ENV":
			d.env = append(d.env, strings.Fields(rest)...)
		case "ENTRYPOINT":
			d.entrypoint = execWords(rest)
		case "HEALTHCHECK":
			_, command, _ := strings.Cut(rest, "CMD ")
			d.health = execWords(command)
		}
	}
	return d
}

// execWords joins the words of an exec form with spaces; it is empty for a shell form.
func execWords(form string) string {
	if !strings.HasPrefix(form, "[") {
		return ""
	}
	var words []string
	for _, match := range execForm.FindAllStringSubmatch(form, -1) {
		words = append(words, match[1])
	}
	return strings.Join(words, " ")
}

func TestImage(t *testing.T) {
	root := testenv.Root(t)
	text, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	d := parseDockerfile(t, string(text))
	for _, check := range []struct{ what, got, want string }{
		{"last FROM", d.from, "scratch"},
		{"ENTRYPOINT", d.entrypoint, "/interdict"},
		{"HEALTHCHECK CMD", d.health, "/interdict health"},
		{"file in the image", d.target, "/interdict"},
	} {
		if check.got != check.want {
			t.Errorf("%s: got %q, want %q", check.what, check.got, check.want)
		}
	}
	uid, gid := user(t, d.user)
	if os.Geteuid() != 0 {
		testenv.Lacking(t, "root, to start the program in an empty root")
	}

	image := t.TempDir()
	binary := filepath.Join(image, filepath.FromSlash(d.target))
	build(t, d, root, binary)
	// The test's folders are closed to others; the image's user must get through.
	for dir := image; dir != filepath.Dir(os.TempDir()) && dir != "/"; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o005 != 0o005 {
			if err := os.Chmod(dir, info.Mode().Perm()|0o055); err != nil {
				t.Fatal(err)
			}
		}
	}
	container := container{root: image, entrypoint: d.entrypoint, uid: uid, gid: gid}

	t.Run("refuses to listen without a key", func(t *testing.T) {
		out, err := container.command(t.Context(), d.env, "serve").CombinedOutput()
		if err == nil || !bytes.Contains(out, []byte("INTERDICT_API_KEY")) {
			t.Errorf("got error %v and output %q, want a failure that names INTERDICT_API_KEY", err, out)
		}
	})
	t.Run("has time zones", func(t *testing.T) {
		screen := container.command(t.Context(), nil, "screen", "--zone", "America/New_York", "-")
		screen.Stdin = strings.NewReader(`{"name":"Northwind Traders","country":"US","date":"2026-01-02 09:00"}`)
		if out, err := screen.CombinedOutput(); err != nil {
			t.Errorf("got %v: %s", err, out)
		}
	})
	t.Run("serves and answers health", func(t *testing.T) { serve(t, container, d) })
}

func user(t *testing.T, s string) (uid, gid uint32) {
	t.Helper()
	u, g, _ := strings.Cut(s, ":")
	uid64, err1 := strconv.ParseUint(u, 10, 32)
	gid64, err2 := strconv.ParseUint(g, 10, 32)
	if err1 != nil || err2 != nil || uid64 == 0 || gid64 == 0 {
		t.Fatalf("USER: got %q, want a numeric user and group other than root", s)
	}
	return uint32(uid64), uint32(gid64)
}

// build runs the Dockerfile's commands in a copy of the sources and puts what they made at binary.
func build(t *testing.T, d dockerfile, root, binary string) {
	t.Helper()
	src := t.TempDir()
	for _, name := range testenv.Files(t) {
		copyFile(t, filepath.Join(root, filepath.FromSlash(name)), filepath.Join(src, filepath.FromSlash(name)))
	}
	for _, command := range d.run {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
		cmd.Dir = src
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("RUN %s: %v\n%s", command, err, out)
		}
	}
	made, inside := strings.CutPrefix(d.copied, d.workdir+"/")
	if !inside {
		t.Fatalf("the image takes %s, want a file under %s", d.copied, d.workdir)
	}
	copyFile(t, filepath.Join(src, filepath.FromSlash(made)), binary)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, info.Mode().Perm()); err != nil {
		t.Fatal(err)
	}
}

// container starts programs as the image would: alone in its root, as its user, with only the variables given.
type container struct {
	root, entrypoint string
	uid, gid         uint32
}

func (c container) command(ctx context.Context, env []string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.entrypoint, args...)
	cmd.Dir = "/"
	cmd.Env = append([]string{"PATH=/"}, env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: c.root, Credential: &syscall.Credential{Uid: c.uid, Gid: c.gid}}
	return cmd
}

func serve(t *testing.T, c container, d dockerfile) {
	address := spareAddress(t)
	env := slices.Concat(d.env, []string{"INTERDICT_API_KEY=a-key-for-this-test", "INTERDICT_LISTEN=" + address})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server := c.command(ctx, env, "serve")
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	// The first bytes come when it listens; all of them are kept for a failure.
	first := make([]byte, 4096)
	n, readErr := io.ReadAtLeast(stderr, first, 1)
	log := bytes.NewBuffer(first[:n])
	done := make(chan struct{})
	go func() { defer close(done); _, _ = io.Copy(log, stderr) }()
	defer func() {
		cancel()
		<-done
		_ = server.Wait()
		if t.Failed() {
			t.Logf("the server said:\n%s", log)
		}
	}()
	if readErr != nil {
		t.Errorf("the server did not start: %v", readErr)
		return
	}
	if out, err := c.command(ctx, env, "health").CombinedOutput(); err != nil {
		t.Errorf("health: got %v: %s", err, out)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Error(err)
		return
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("GET /healthz: got %s, want 200", response.Status)
	}
}

// spareAddress returns a loopback address that was free a moment ago.
func spareAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}
