package screening

import (
	"os"
	"testing"
)

func TestDamaged(t *testing.T) {
	for text, want := range map[string]bool{
		"":                          false,
		"Kräuter":                   false,
		"Kr\ufffduter":              false,
		"Wei\ufffde Grundso\ufffde": false,
		"\ufffdl 5 l":               false,
		"33 \ufffd 2 m":             false,
		"10\ufffdC":                 false,
		"5\ufffd":                   false,
		"K\ufffdlte GmbH":           false,
		"\ufffd\ufffd\ufffd\ufffd":  true,
		"K\ufffd\ufffd\ufffdky":     true,
		"a \ufffd\ufffd\ufffdrk b":  true,
		"KL48\ufffd7XATFS":          true,
		"KL4867XAT\ufffdS":          true,
		"Kasp\ufffd\ufffd\ufffdsky": true,
	} {
		if got := damaged(text); got != want {
			t.Errorf("damaged(%q) = %v, want %v", text, got, want)
		}
	}
}

// What is left of a listed name, with as many letters lost as count as readable, is still found.
func TestMarredNamesAreFound(t *testing.T) {
	c, err := LoadCatalogue(os.DirFS("../data"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(c, Config{})
	if err != nil {
		t.Fatal(err)
	}
	name := []rune("Kaspersky")
	for i := range name {
		for k := i; k < len(name); k++ {
			cut := append([]rune(nil), name...)
			cut[i], cut[k] = lost, lost
			if damaged(string(cut)) {
				continue
			}
			for _, o := range []Order{
				{Parties: []Party{{Role: Seller, Name: string(cut) + " Lab"}}},
				{Lines: []Line{{Description: string(cut) + " Endpoint Security, 10 licences"}}},
			} {
				v, err := s.Screen(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				if v.Decision == Clear {
					t.Errorf("%q is clear", string(cut))
				}
			}
		}
	}
}
