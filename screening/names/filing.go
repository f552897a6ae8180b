package names

import (
	"cmp"
	"slices"
)

// file puts every name under its rarest words, and under its letters.
func (x *Index) file() {
	var rarest []int
	for id := range x.names {
		n := &x.names[id]
		rarest = x.filedUnder(rarest[:0], n)
		for _, i := range rarest {
			w := &x.words[n.parts[i].id]
			if len(w.names) == 0 || w.names[len(w.names)-1] != int32(id) {
				w.names = append(w.names, int32(id))
			}
		}
		if n.letters != "" {
			x.whole[n.letters] = append(x.whole[n.letters], int32(id))
		}
		if n.turned != "" {
			x.whole[n.turned] = append(x.whole[n.turned], int32(id))
		}
	}
	keys := make([]string, len(x.words))
	for i, w := range x.words {
		keys[i] = w.key
	}
	x.near = newDeletes(keys)
}

// filedUnder returns the parts that a name is filed under: a person's surname, else so many of the rarest that a query
// which shares none of them cannot reach the near-miss threshold.
func (x *Index) filedUnder(chosen []int, n *name) []int {
	if x.entries[n.entry].kind == Person {
		for i := range n.parts {
			if n.parts[i].surname {
				chosen = append(chosen, i)
			}
		}
		return chosen
	}
	for i := range n.parts {
		chosen = append(chosen, i)
	}
	slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(n.parts[b].weight, n.parts[a].weight) })
	// With u of the name's weight w left unfiled, a query that shares only that scores at most 2u/(u+w).
	enough := x.settings.Near / (2 - x.settings.Near) * n.weight
	left := n.weight
	for at, i := range chosen {
		if left < enough {
			return chosen[:at]
		}
		left -= n.parts[i].weight
	}
	return chosen
}
