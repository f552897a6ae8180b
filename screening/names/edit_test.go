package names

import (
	"strings"
	"testing"

	"github.com/agext/levenshtein"
	"pgregory.net/rapid"
)

var kernelWord = rapid.StringMatching(`[a-z]{1,12}`)

// TestPlainKernel holds the kernel to a kept library where no letters are nearer than others.
func TestPlainKernel(t *testing.T) {
	plain := plainKernel(Edits{Plain: 100, Doubled: 100, VowelGap: 100, Transposition: 200, Moved: 300})
	rapid.Check(t, func(t *rapid.T) {
		a, b := kernelWord.Draw(t, "a"), kernelWord.Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = a[:len(a)/2] + b + a[len(a)/2:]
			b = b[:min(len(b), longestWord)]
		}
		want := 100 * levenshtein.Distance(a, b, nil)
		if got := plain.distance(a, b, tooFar-1); got != want {
			t.Fatalf("distance of %q and %q: got %d, want %d", a, b, got, want)
		}
	})
}

func TestKernel(t *testing.T) {
	costs := testSettings(t).Edits
	k := newKernel(costs)
	tests := []struct {
		name, a, b string
		want       int
	}{
		{"equal", "kaspersky", "kaspersky", 0},
		{"letter left out", "kasperky", "kaspersky", costs.Plain},
		{"vowel left out", "kspersky", "kaspersky", costs.VowelGap},
		{"vowel for vowel", "kaspirsky", "kaspersky", costs.Vowel},
		{"doubled", "kasperssky", "kaspersky", costs.Doubled},
		{"exchanged", "kaspesrky", "kaspersky", costs.Transposition},
		{"same sound at the start", "caspersky", "kaspersky", costs.Sound + costs.FirstTwin},
		{"moved over two letters", "kapesrsky", "kaspersky", costs.Moved},
		{"moved back over two", "kaspeskry", "kaspersky", costs.Moved},
		{"first letter moved over two", "askpersky", "kaspersky", costs.Moved + costs.FirstTwin},
		{"other first letter", "taspersky", "kaspersky", costs.Plain + costs.FirstLetter},
		{"neighbour of the first letter", "laspersky", "kaspersky", costs.Plain + costs.FirstSlip},
		{"first letter left out", "aspersky", "kaspersky", costs.Plain + costs.FirstSlip},
		{"misread", "kaspcrsky", "kaspersky", costs.Misread},
		{"misread group", "srnith", "smith", costs.Misread},
		{"romanised", "dukhvalov", "duhvalov", costs.Sound},
		{"romanised at length", "borshchev", "borschev", costs.Sound},
		{"signs", "k@$p3r5ky", "kaspersky", 0},
		{"star", "k*spersky", "kaspersky", 0},
		{"drawn letter", "kaspersl<y", "kaspersky", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := k.distance(tt.a, tt.b, 1000); got != tt.want {
				t.Errorf("distance of %q and %q: got %d, want %d", tt.a, tt.b, got, tt.want)
			}
		})
	}
	t.Run("too long", func(t *testing.T) {
		if got := k.distance(strings.Repeat("a", longestWord+1), "a", 1000); got != tooFar {
			t.Errorf("got %d, want %d", got, tooFar)
		}
	})
}

func TestKernelProperties(t *testing.T) {
	k := newKernel(testSettings(t).Edits)
	word := rapid.StringMatching(`[a-z0-9@$]{1,14}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if there, back := k.distance(a, b, 3000), k.distance(b, a, 3000); there != back {
			t.Fatalf("distance of %q and %q is %d, back it is %d", a, b, there, back)
		}
		s := k.similarity(a, b, 0.01)
		if s < 0 || s > 1 || (s == 1) != (a == b) {
			t.Fatalf("similarity of %q and %q is %v", a, b, s)
		}
		if back := k.similarity(b, a, 0.01); back != s {
			t.Fatalf("similarity of %q and %q is %v, back it is %v", a, b, s, back)
		}
		full := k.distance(a, b, tooFar-1)
		for _, budget := range []int{0, 60, 150, 300} {
			got := k.distance(a, b, budget)
			if outOfReach := full > budget && got == tooFar; got != full && !outOfReach {
				t.Fatalf("distance of %q and %q is %d, within %d it is %d", a, b, full, budget, got)
			}
		}
	})
}

func FuzzKernel(f *testing.F) {
	k := newKernel(testSettings(f).Edits)
	f.Add("kaspersky", "casperski")
	f.Add("борщ", "ksp")
	f.Add("", "a")
	f.Fuzz(func(t *testing.T, a, b string) {
		if s := k.similarity(a, b, 0.5); s < 0 || s > 1 {
			t.Errorf("similarity of %q and %q is %v", a, b, s)
		}
	})
}

// TestPattern holds the bit-parallel search to a plain edit distance.
func TestPattern(t *testing.T) {
	plain := plainKernel(Edits{Plain: 100})
	for c := range plain.alike {
		plain.alike[c] = []byte{byte(c)}
	}
	rapid.Check(t, func(t *rapid.T) {
		word, text := kernelWord.Draw(t, "word"), kernelWord.Draw(t, "text")
		p := newPattern(word, plain)
		if got, want := p.wrongLetters(text), levenshtein.Distance(word, text, nil); got != want {
			t.Fatalf("wrong letters of %q in %q: got %d, want %d", word, text, got, want)
		}
		s := p.start()
		s.word(text)
		want := levenshtein.Distance(word, "", nil)
		for from := range text {
			want = min(want, levenshtein.Distance(word, text[from:], nil))
		}
		if s.wrong != want {
			t.Fatalf("wrong letters of %q at the end of %q: got %d, want %d", word, text, s.wrong, want)
		}
	})
}

func TestDeletesFindNeighbours(t *testing.T) {
	words := []string{"kaspersky", "tikhonov", "borshchev", "nexway", "лавка", "sun"}
	d := newDeletes(words)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.IntRange(0, 3).Draw(t, "word")
		word := []byte(words[id])
		at := rapid.IntRange(0, len(word)-1).Draw(t, "at")
		letter := byte(rapid.IntRange('a', 'z').Draw(t, "letter"))
		var near string
		switch rapid.IntRange(0, 2).Draw(t, "edit") {
		case 0:
			near = string(word[:at]) + string(word[at+1:])
		case 1:
			near = string(word[:at]) + string(letter) + string(word[at:])
		default:
			near = string(word[:at]) + string(letter) + string(word[at+1:])
		}
		found := false
		d.find(near, &variants{}, func(other int32) { found = found || other == int32(id) })
		if !found {
			t.Fatalf("%q does not find %q", near, words[id])
		}
	})
}
