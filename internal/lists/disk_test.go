package lists

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
	"pgregory.net/rapid"
)

var errKilled = errors.New("killed")

// A write that ends anywhere leaves the old copy or the new one, whole, and the next write clears up after it.
func TestKilledAnywhere(t *testing.T) {
	for killed := 1; ; killed++ {
		folder := t.TempDir()
		s := testStore(t, folder)
		mustTake(t, s, toyFile("toy", "2026-11-01", 1, 20), toyFile("toy-more", "", 1, 2))
		old := loaded(t, s)

		n, where := 0, ""
		s.step = func(step string) error {
			if step == stepRead {
				return nil
			}
			if n++; n == killed {
				where = step
				return errKilled
			}
			return nil
		}
		_, err := s.Import(t.Context(), []File{toyFile("toy", "2026-11-02", 1, 21), toyFile("toy-more", "", 1, 3)}, ImportOptions{})
		if where == "" {
			if err != nil || killed < 10 {
				t.Fatalf("%d steps, then %v", killed-1, err)
			}
			return
		}
		if !errors.Is(err, errKilled) {
			t.Fatalf("killed at %s: got %v", where, err)
		}
		next := append(ids("toy", 1, 21), "toy:1 also Name 1", "toy:2 also Name 2", "toy:3 also Name 3")
		slices.Sort(next)
		after := testStore(t, folder)
		if got := loaded(t, after); !slices.Equal(got, old) && !slices.Equal(got, next) {
			t.Errorf("killed at %s: got %v", where, got)
		}
		mustTake(t, after, toyFile("toy", "2026-11-03", 1, 22))
		// Two files of the accepted copy, two of the one before at most, and two manifests.
		for _, name := range filesIn(t, filepath.Join(folder, "toy")) {
			if strings.HasSuffix(name, tempSuffix) {
				t.Errorf("killed at %s: %s is still there", where, name)
			}
		}
		if got := filesIn(t, filepath.Join(folder, "toy")); len(got) > 6 {
			t.Errorf("killed at %s: the folder holds %v", where, got)
		}
	}
}

// A first write that ends anywhere leaves nothing or the copy.
func TestFirstWriteKilled(t *testing.T) {
	for killed := 1; ; killed++ {
		folder := t.TempDir()
		s := testStore(t, folder)
		n := 0
		s.step = func(step string) error {
			if step == stepRead {
				return nil
			}
			if n++; n == killed {
				return errKilled
			}
			return nil
		}
		_, err := s.Import(t.Context(), []File{toyFile("toy", "", 1, 20)}, ImportOptions{})
		if err == nil {
			return
		}
		if got := loaded(t, testStore(t, folder)); got != nil && !slices.Equal(got, ids("toy", 1, 20)) {
			t.Errorf("killed at step %d: got %v", killed, got)
		}
	}
}

func TestPreviousCopyIsKept(t *testing.T) {
	folder := t.TempDir()
	s := testStore(t, folder)
	files := []File{toyFile("toy", "2026-11-01", 1, 20), toyFile("toy", "2026-11-02", 1, 21), toyFile("toy", "2026-11-03", 1, 22)}
	for _, f := range files {
		mustTake(t, s, f)
	}
	other := filepath.Join(folder, "toy", "README")
	if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustImport(t, s, ImportOptions{}, files[2])
	want := []string{hashOf(files[1].Data), hashOf(files[2].Data), manifestName, previousName, "README"}
	slices.Sort(want)
	if diff := cmp.Diff(want, filesIn(t, filepath.Join(folder, "toy"))); diff != "" {
		t.Error(diff)
	}
	// The manifest of the copy before brings it back.
	if err := os.Rename(filepath.Join(folder, "toy", previousName), filepath.Join(folder, "toy", manifestName)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids("toy", 1, 21), loaded(t, s)); diff != "" {
		t.Error(diff)
	}
}

// Many at once, in one store and in two: each import is taken whole, and a reader sees whole copies only.
func TestConcurrent(t *testing.T) {
	folder := t.TempDir()
	stores := []*Store{testStore(t, folder), testStore(t, folder)}
	mustTake(t, stores[0], toyFile("toy", "", 1, 20), toyFile("toy-more", "", 1, 20))
	var wait sync.WaitGroup
	for i := range 8 {
		s := stores[i%2]
		wait.Go(func() {
			for j := range 5 {
				last := 21 + i*5 + j
				files := []File{toyFile("toy", "", 1, last), toyFile("toy-more", "", 1, last)}
				if _, err := s.Import(t.Context(), files, ImportOptions{AcceptLoss: true}); err != nil {
					t.Error(err)
				}
			}
		})
		wait.Go(func() {
			for range 5 {
				all, err := s.Load(t.Context())
				if err != nil || len(all) != 1 {
					t.Errorf("got %v, %v", all, err)
					return
				}
				// Every entry has its further name: the parts are of one copy.
				entries := len(all[0].Edition.Entities)
				if got := len(entriesOf(all)); got != 2*entries || entries != all[0].Manifest.Entries {
					t.Errorf("loaded %d entries and names of %d entries, manifest says %d", got, entries, all[0].Manifest.Entries)
				}
				if _, err := s.Status(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

// A reader that is overtaken twice, so that the files it wants are gone, reads the copy that is accepted by then.
func TestLoadOvertaken(t *testing.T) {
	folder := t.TempDir()
	writer, reader := testStore(t, folder), testStore(t, folder)
	mustTake(t, writer, toyFile("toy", "", 1, 20))
	last := 20
	var mu sync.Mutex // lists are read at the same time
	reader.step = func(string) error {
		mu.Lock()
		defer mu.Unlock()
		for range 2 {
			if last < 24 {
				last++
				mustTake(t, writer, toyFile("toy", "", 1, last))
			}
		}
		return nil
	}
	if diff := cmp.Diff(ids("toy", 1, 24), loaded(t, reader)); diff != "" {
		t.Error(diff)
	}
}

func TestBusy(t *testing.T) {
	folder := t.TempDir()
	s := testStore(t, folder)
	mustTake(t, s, toyFile("toy", "", 1, 3))
	other, err := os.Open(filepath.Join(folder, lockName))
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Flock(int(other.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	s.patience = lockPause
	file := toyFile("toy", "", 1, 4)
	if _, err := s.Import(t.Context(), []File{file}, ImportOptions{}); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want %v", err, ErrBusy)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.patience = lockPatience
	if _, err := s.Import(ctx, []File{file}, ImportOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it given up", err)
	}
	if diff := cmp.Diff(ids("toy", 1, 3), loaded(t, s)); diff != "" {
		t.Errorf("readers need no lock: %s", diff)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	mustTake(t, s, file)
}

// The variable that makes the test program a second process which writes lists in the folder that it is started in.
const childMark = "INTERDICT_TEST_LISTS_WRITER"

func TestMain(m *testing.M) {
	if os.Getenv(childMark) != "" {
		os.Exit(childMain())
	}
	os.Exit(m.Run())
}

// childMain takes ever longer copies and prints a line for each that was taken. It ends with its input.
func childMain() int {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	s, err := OpenStore(testConfig("."))
	if err != nil {
		return 1
	}
	for last := 21; ; last++ {
		out, err := s.Import(context.Background(), []File{toyFile("toy", "", 1, last), toyFile("toy-more", "", 1, last)}, ImportOptions{AcceptLoss: true})
		if err != nil {
			fmt.Println("error", err)
			return 1
		}
		fmt.Println(out[0].Result, last)
	}
}

// Other processes write, and are killed while they do.
func TestProcesses(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	s := testStore(t, folder)
	mustTake(t, s, toyFile("toy", "", 1, 20), toyFile("toy-more", "", 1, 20))
	for round := range 2 {
		var children []*exec.Cmd
		for range 2 {
			child := exec.Command(program)
			child.Dir, child.Env = folder, append(os.Environ(), childMark+"=1")
			in, err := child.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close() //nolint:errcheck // ends the child where the test fails
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			children = append(children, child)
			lines := bufio.NewScanner(out)
			for n := 0; n < 3+round && lines.Scan(); n++ {
				if strings.HasPrefix(lines.Text(), "error") {
					t.Error(lines.Text())
				}
				loaded(t, s)
			}
			go func() { _, _ = io.Copy(io.Discard, out) }()
		}
		mustImport(t, s, ImportOptions{AcceptLoss: true}, toyFile("solo", "", 1, 5+round))
		for _, child := range children {
			if err := child.Process.Kill(); err != nil {
				t.Error(err)
			}
			_ = child.Wait() // it was killed
		}
		all, err := s.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := all[0]; got.Manifest.Entries != len(got.Edition.Entities) || got.Edition.Orphans != 0 {
			t.Errorf("after a kill: got %d entries with %d orphans, manifest says %d", len(got.Edition.Entities), got.Edition.Orphans, got.Manifest.Entries)
		}
	}
}

// Whatever is imported in whatever order, what is loaded is the copy that was taken last.
func TestLoadIsLastTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp("", "lists")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder) //nolint:errcheck // of the system's temporary files
		s, err := OpenStore(testConfig(folder))
		if err != nil {
			t.Fatal(err)
		}
		var last []string // as loaded
		steps := rapid.IntRange(1, 5).Draw(t, "steps")
		for range steps {
			day := rapid.SampledFrom([]string{"", "2026-11-01", "2026-11-02", "2026-11-30", "never"}).Draw(t, "day")
			from := rapid.IntRange(1, 4).Draw(t, "from")
			to := rapid.IntRange(0, 24).Draw(t, "to")
			file := toyFile("toy", day, from, to)
			if rapid.IntRange(0, 4).Draw(t, "damage") == 0 {
				file.Data = append(file.Data, "no entry\n"...)
			}
			o := ImportOptions{AcceptLoss: rapid.Bool().Draw(t, "accept loss")}
			out, err := s.Import(context.Background(), []File{file}, o)
			if err != nil {
				t.Fatal(err)
			}
			switch out[0].Result {
			case Taken:
				last = ids("toy", from, to)
			case Unchanged:
				if !slices.Equal(last, ids("toy", from, to)) {
					t.Fatalf("%d to %d is called unchanged, and the copy is %v", from, to, last)
				}
			}
			if rapid.Bool().Draw(t, "reopen") {
				if s, err = OpenStore(testConfig(folder)); err != nil {
					t.Fatal(err)
				}
			}
			all, err := s.Load(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if got := entriesOf(all); !slices.Equal(got, last) {
				t.Fatalf("loaded %v, want the copy that was taken last: %v", got, last)
			}
		}
	})
}
