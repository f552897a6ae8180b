package api

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPassages(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		spans      [][2]int
		want       string
	}{
		{"none", "abc", nil, "abc"},
		{"all", "abc", [][2]int{{0, 3}}, "[abc]"},
		{"inside", "abcde", [][2]int{{1, 3}}, "a[bc]de"},
		{"overlapping", "abcde", [][2]int{{1, 3}, {2, 4}}, "a[bcd]e"},
		{"code points", "фж×x", [][2]int{{1, 2}}, "ф[ж]×x"},
		{"beyond the end", "ab", [][2]int{{1, 9}}, "a[b]"},
		{"before the start", "ab", [][2]int{{-3, 1}}, "[a]b"},
		{"of nothing", "", [][2]int{{0, 1}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			for _, p := range passages(tt.text, tt.spans) {
				if p.Hit {
					b.WriteString("[" + p.Text + "]")
				} else {
					b.WriteString(p.Text)
				}
			}
			if b.String() != tt.want {
				t.Errorf("got %q, want %q", b.String(), tt.want)
			}
		})
	}
}

// Cutting a text loses nothing of it.
func TestPassagesKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		spans := rapid.SliceOf(rapid.Custom(func(t *rapid.T) [2]int {
			return [2]int{rapid.IntRange(-2, 20).Draw(t, "from"), rapid.IntRange(-2, 20).Draw(t, "to")}
		})).Draw(t, "spans")
		var b strings.Builder
		for _, p := range passages(text, spans) {
			b.WriteString(p.Text)
		}
		if b.String() != text {
			t.Fatalf("got %q, want %q", b.String(), text)
		}
	})
}
