// Package testenv tells tests what the machine they run on offers.
package testenv

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Lacking skips a test that needs what this machine lacks and names it. With INTERDICT_TEST_REQUIRE=1, which
// `make test` sets, nothing may be lacking: the test fails.
func Lacking(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("INTERDICT_TEST_REQUIRE") == "1" {
		t.Fatalf("this test needs %s, and INTERDICT_TEST_REQUIRE=1 lets no test skip", what)
	}
	t.Skipf("needs %s", what)
}

// Root returns the folder of the repository.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod in this folder or above it")
		}
		dir = parent
	}
}

// Files returns the files of the repository as slash-separated paths from its root: those that are tracked and those
// that are new and not ignored. A file that was removed and not committed is left out.
func Files(t testing.TB) []string {
	t.Helper()
	root := Root(t)
	if _, err := exec.LookPath("git"); err != nil {
		Lacking(t, "git")
	}
	list := exec.CommandContext(t.Context(), "git", "-c", "safe.directory="+root, "ls-files", "-z", "--cached", "--others", "--exclude-standard") //nolint:gosec // the folder of this test
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		Lacking(t, "a git checkout: "+err.Error())
	}
	var files []string
	for _, name := range bytes.Split(out, []byte{0}) {
		if len(name) == 0 {
			continue
		}
		if _, err := os.Lstat(filepath.Join(root, string(name))); err == nil {
			files = append(files, string(name))
		}
	}
	return files
}
