package products

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

// noProduct stands for a product that is not named.
const noProduct = -1

// entry is one product with the brand it belongs to.
type entry struct {
	Product
	class string
	brand string
}

// nameNode is a node of the tree of product names, one word an edge.
type nameNode struct {
	next map[string]*nameNode
	name *productName // the name that ends here
}

// productName is one spelling of a product's name without the brand.
type productName struct {
	product  int
	detail   map[string]string // the spelling, as evidence shows it
	tokens   int
	words    int  // as written: Anti-Virus is one
	adjacent bool // must stand beside the brand
}

// nameTree holds the product names of one brand.
type nameTree struct {
	root  *nameNode
	known map[string]bool
	words map[int][]string // the known words of five letters or more, by their length in bytes
}

func newNameTree() *nameTree {
	return &nameTree{root: &nameNode{}, known: map[string]bool{}, words: map[int][]string{}}
}

// add enters a name's words. Where two products share a spelling the first one keeps it. Neighbouring words are
// entered as one word too, so that AntiVirus finds Anti-Virus.
func (t *nameTree) add(words []string, name *productName) {
	node := t.root
	for i, word := range words {
		next := node.child(word)
		if i+1 < len(words) {
			beyond := next.child(words[i+1])
			if _, taken := node.next[word+words[i+1]]; !taken {
				node.next[word+words[i+1]] = beyond
			}
		}
		node = next
		if len(word) >= fuzzyWord && !t.known[word] {
			t.words[len(word)] = append(t.words[len(word)], word)
		}
		t.known[word] = true
	}
	switch {
	case node.name == nil:
		node.name = name
	case node.name.product == name.product && name.words == 1 && !name.adjacent:
		node.name.adjacent = false // the word is the product's own, with or without the brand
	}
}

func (n *nameNode) child(word string) *nameNode {
	if n.next == nil {
		n.next = map[string]*nameNode{}
	}
	if n.next[word] == nil {
		n.next[word] = &nameNode{}
	}
	return n.next[word]
}

// fuzzyWord is the length in bytes from which a word may be misspelt by one letter; a shorter one reads as another
// word too easily.
const fuzzyWord = 5

// correct returns the catalogue's words that are one letter off a word.
func (t *nameTree) correct(word string) []string {
	if len(word) < fuzzyWord || strings.ContainsAny(word, "0123456789") {
		return nil
	}
	reach := 1
	if !isASCII(word) {
		reach = utf8.UTFMax
	}
	var found []string
	for n := len(word) - reach; n <= len(word)+reach; n++ {
		for _, known := range t.words[n] {
			// Two words that differ in both the first and the last letter are further apart than one edit.
			if (word[0] == known[0] || word[len(word)-1] == known[n-1]) && withinOneEdit(word, known) {
				found = append(found, known)
			}
		}
	}
	return found
}

// nameHit is a product name found at tokens first to last of a text.
type nameHit struct {
	*productName
	first, last int
	exact       bool // no word was corrected or completed
}

// maxGap is how many fillers in a row a product name may have inside.
const maxGap = 3

// nameFinder walks one text. Skip tells which tokens may stand inside a name without being of it.
type nameFinder struct {
	tree   *nameTree
	tokens []names.Token
	skip   []bool
	best   nameHit

	corrected [][]string // by token, filled when first asked for
	asked     []bool
}

// corrections are the catalogue's words that token at may be a slip for.
func (f *nameFinder) corrections(at int) []string {
	if f.asked == nil {
		f.asked, f.corrected = make([]bool, len(f.tokens)), make([][]string, len(f.tokens))
	}
	if !f.asked[at] {
		f.corrected[at] = f.tree.correct(f.tokens[at].Norm)
	}
	f.asked[at] = true
	return f.corrected[at]
}

// find returns the names in the text, the longest first where they overlap, in the order of the text.
func (f *nameFinder) find() []nameHit {
	var all []nameHit
	for i := range f.tokens {
		f.best = nameHit{}
		f.walk(f.tree.root, i, i, 0, true)
		if f.best.productName != nil {
			all = append(all, f.best)
		}
	}
	slices.SortStableFunc(all, func(a, b nameHit) int { return b.tokens - a.tokens })
	kept := all[:0]
	taken := make([]bool, len(f.tokens))
	for _, h := range all {
		span := taken[h.first : h.last+1]
		if slices.Contains(span, true) {
			continue
		}
		for i := range span {
			span[i] = true
		}
		kept = append(kept, h)
	}
	slices.SortFunc(kept, func(a, b nameHit) int { return a.first - b.first })
	return kept
}

// walk follows the tree from node with token at, keeping the longest name that began at token first.
func (f *nameFinder) walk(node *nameNode, first, at, gap int, exact bool) {
	if node.name != nil && (f.best.productName == nil || node.name.tokens > f.best.tokens) {
		f.best = nameHit{node.name, first, at - 1 - gap, exact}
	}
	if at == len(f.tokens) || node.next == nil {
		return
	}
	word := f.tokens[at].Norm
	if next := node.next[word]; next != nil {
		f.walk(next, first, at+1, 0, exact)
	} else if next := f.joined(node, at); next != nil {
		f.walk(next, first, at+2, 0, exact)
	} else {
		f.walkAlike(node, word, first, at)
	}
	if at > first && gap < maxGap && f.skip[at] {
		f.walk(node, first, at+1, gap+1, exact)
	}
}

// joined follows two tokens that the catalogue writes as one word.
func (f *nameFinder) joined(node *nameNode, at int) *nameNode {
	if at+1 >= len(f.tokens) || f.skip[at] || f.skip[at+1] {
		return nil
	}
	var space [64]byte
	joined := append(append(space[:0], f.tokens[at].Norm...), f.tokens[at+1].Norm...)
	return node.next[string(joined)]
}

// walkAlike follows a word that is misspelt by one letter or, inside a name, cut short.
func (f *nameFinder) walkAlike(node *nameNode, word string, first, at int) {
	if f.skip[at] || f.tree.known[word] {
		return
	}
	for _, known := range f.corrections(at) {
		if next := node.next[known]; next != nil {
			f.walk(next, first, at+1, 0, false)
			return
		}
	}
	if at == first || len(word) < shortened {
		return
	}
	found := ""
	for known := range node.next {
		if len(known) > len(word) && strings.HasPrefix(known, word) && (found == "" || known < found) {
			found = known
		}
	}
	if found != "" {
		f.walk(node.next[found], first, at+1, 0, false)
	}
}

// shortened is the fewest letters that stand for a longer word inside a name: "Int Sec" has too few to open one.
const shortened = 3

// nameWords splits a catalogue name into its tokens without brand and fillers, counts the words they are written as,
// and tells whether the brand stood in it.
func (s *Spotter) nameWords(brand, name string) (tokens []string, words int, branded bool) {
	text, points := s.reader.Normalise(name), newCodePoints(name)
	covered := make([]bool, len(text.Tokens))
	for _, o := range s.brands.Spot(text) {
		if o.Entry != brand {
			continue
		}
		branded = true
		for i := o.First; i <= o.Last && i < len(covered); i++ {
			covered[i] = true
		}
	}
	end := -1
	for i, token := range text.Tokens {
		if covered[i] || s.isFiller(token.Norm) {
			continue
		}
		if end < 0 || strings.Contains(points.slice(end, token.Start), " ") {
			words++
		}
		end = token.End
		tokens = append(tokens, token.Norm)
	}
	return tokens, words, branded
}

func (s *Spotter) isFiller(norm string) bool {
	for _, p := range s.lexicon.exact[norm] {
		if p.kind == fillerWord && len(p.words) == 1 {
			return true
		}
	}
	return false
}

// addName enters one spelling of a product. One that is nothing but the brand's name is refused, unless the product has
// standalone names to be found by.
func (s *Spotter) addName(brand string, product int, spelling string) error {
	tokens, words, branded := s.nameWords(brand, spelling)
	if words == 0 && len(s.entries[product].Standalone) > 0 {
		return nil
	}
	if words == 0 {
		return fmt.Errorf("product %s: name %q has no word of its own beside the brand", s.entries[product].ID, spelling)
	}
	s.names[brand].add(tokens, &productName{
		product: product, detail: map[string]string{"name": spelling}, tokens: len(tokens), words: words,
		adjacent: branded && words == 1,
	})
	return nil
}
