package lists

import (
	"context"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// A copy that ends within its last row is better than none and worse than any other: it is taken where there is none,
// counts as stale, and never takes the place of another.
func TestCutCopy(t *testing.T) {
	cutOff := Publication{
		ID: "cut", Title: "Cut", Home: "https://cut.example/", Parts: []Part{{Name: "main.txt", Fits: func(*File) bool { return true }}},
		Read: func(_ context.Context, c *Copy) (*Edition, error) {
			e := &Edition{}
			text := string(c.Parts["main.txt"].Data)
			for line := range strings.Lines(text) {
				name := strings.TrimSpace(line)
				if !strings.HasSuffix(line, "\n") {
					e.Cut = "the file ends within " + name
					break
				}
				e.Entities = append(e.Entities, screening.Entity{ID: screening.EntityID("cut:" + name), Name: name})
			}
			return e, nil
		},
	}
	places := screening.Places{}
	s, err := OpenStore(Config{Folder: t.TempDir(), Known: []Publication{cutOff}, Places: &places})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		text  string
		want  Result
		stale bool
	}{
		{"Alpha\nBeta\nGam", Taken, true},
		{"Alpha\nBeta\nGamma\nDel", Refused, true},
		{"Alpha\nBeta\nGamma\nDelta\n", Taken, false},
		{"Alpha\nBeta\nGamma\nDelta\nEps", Refused, true},
	} {
		out, err := s.Import(t.Context(), []File{{Name: "x.txt", Data: []byte(step.text)}}, ImportOptions{})
		if err != nil || len(out) != 1 || out[0].Result != step.want {
			t.Fatalf("%q: got %+v, %v, want %s", step.text, out, err, step.want)
		}
		all, err := s.Status()
		if err != nil || all[0].Manifest.Stale() != step.stale {
			t.Errorf("%q: got stale %v, %v, want %v", step.text, all[0].Manifest.Stale(), err, step.stale)
		}
		if _, err := s.Load(t.Context()); err != nil {
			t.Errorf("%q: %v", step.text, err)
		}
	}
}
