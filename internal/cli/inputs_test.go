package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/documents"
)

// readInputs reads files, or standard input, as the command does.
func readInputs(files []string, stdin io.Reader) iter.Seq[input] {
	reader, err := documents.NewReader(nil, nil)
	if err != nil {
		panic(err) // the built-in formats are tested where they are
	}
	return (&feed{reader: reader, stdin: stdin}).inputs(context.Background(), files)
}

func read(text string) []string {
	var got []string
	for in := range readInputs([]string{"-"}, strings.NewReader(text)) {
		if in.err != nil {
			got = append(got, in.where()+" "+in.err.Error())
			continue
		}
		got = append(got, in.where()+" "+strings.TrimSpace(string(in.data)))
	}
	return got
}

func TestReadInputs(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"one object", `{"name":"a"}`, []string{`stdin {"name":"a"}`}},
		{"one object and an end of line", "{\"name\":\"a\"}\n", []string{`stdin {"name":"a"}`}},
		{"one object over lines", "{\n \"name\": \"a\"\n}\n", []string{"stdin {\n \"name\": \"a\"\n}"}},
		{"one a line", "{}\n{\"b\":1}\n", []string{"stdin:1 {}", `stdin:2 {"b":1}`}},
		{"empty lines between", "\n{}\n\n{\"b\":1}\n\n", []string{"stdin:2 {}", `stdin:4 {"b":1}`}},
		{"a bad line in the middle", "{}\n{\"b\n{}\n", []string{"stdin:1 {}", `stdin:2 {"b`, "stdin:3 {}"}},
		{"a bad first line", "{\"b\n{}\n", []string{`stdin:1 {"b`, "stdin:2 {}"}},
		{"no JSON at all", "name,country\na,US\n", []string{"stdin name,country\na,US"}},
		{"a byte order mark", "\ufeff{}\n{}\n", []string{"stdin:1 {}", "stdin:2 {}"}},
		{"nothing", "", []string{"stdin empty: nothing to screen"}},
		{"blank", " \n\n", []string{"stdin empty: nothing to screen"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, read(tt.text)); diff != "" {
				t.Errorf("inputs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadInputsGoesOnAfterABadFile(t *testing.T) {
	good := filepath.Join(t.TempDir(), "good.json")
	if err := os.WriteFile(good, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	for in := range readInputs([]string{good + ".absent", t.TempDir(), good}, strings.NewReader("")) {
		got = append(got, fmt.Sprint(in.err != nil))
	}
	if diff := cmp.Diff([]string{"true", "true", "false"}, got); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
}

func TestReadInputsLimit(t *testing.T) {
	long := `{"name":"` + strings.Repeat("a", api.MaxBody) + `"}`
	for name, text := range map[string]string{"a line": "{}\n" + long, "a document": "{\n" + long} {
		var last error
		for in := range readInputs([]string{"-"}, strings.NewReader(text)) {
			last = in.err
		}
		if !errors.Is(last, errTooLarge) {
			t.Errorf("%s over the limit: got %v, want %v", name, last, errTooLarge)
		}
	}
}

func TestReadInputsReportsABrokenReader(t *testing.T) {
	broken := errors.New("the cable is out")
	r := io.MultiReader(strings.NewReader("{}\n{}\n"), iotest.ErrReader(broken))
	var last error
	for in := range readInputs([]string{"-"}, r) {
		last = in.err
	}
	if !errors.Is(last, broken) {
		t.Errorf("got %v, want %v", last, broken)
	}
}

func TestReadInputsKeepsEveryLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.StringMatching(`[a-z]{0,9}`), 2, 20).Draw(t, "names")
		var want, lines []string
		for i, name := range names {
			object := fmt.Sprintf(`{"name":%q}`, name)
			lines = append(lines, object)
			want = append(want, fmt.Sprintf("stdin:%d %s", i+1, object))
		}
		text := strings.Join(lines, "\n") + rapid.SampledFrom([]string{"", "\n", "\r\n"}).Draw(t, "end")
		if diff := cmp.Diff(want, read(text)); diff != "" {
			t.Fatalf("inputs (-want +got):\n%s", diff)
		}
	})
}

func FuzzReadInputs(f *testing.F) {
	f.Add("{}\n{\"b\":1}\n")
	f.Add("{\n \"name\": \"a\"\n}\n")
	f.Add("{\"b\n{}\n")
	f.Add("\ufeff\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		// Whatever the text, all of it that is not blank comes out, in order, and something always does.
		var got strings.Builder
		inputs := 0
		for in := range readInputs([]string{"-"}, strings.NewReader(text)) {
			inputs++
			got.Write(in.data)
		}
		if got, want := inked(got.String()), inked(text); got != want {
			t.Errorf("got %q of %q", got, want)
		}
		if inputs == 0 {
			t.Errorf("%q: got no input, want one at least", text)
		}
	})
}

// inked is a text without blanks and byte order marks.
func inked(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\ufeff", "")), "")
}
