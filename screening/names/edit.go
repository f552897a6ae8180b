package names

import "unicode/utf8"

// kernel measures how far two words are apart: a weighted edit distance with transposition of neighbours, where
// likely slips cost less than unlikely ones. It is symmetric, immutable and safe for concurrent use.
type kernel struct {
	costs  Edits
	swap   [utf8.RuneSelf][utf8.RuneSelf]uint8 // of one letter for another
	slips  [utf8.RuneSelf]uint64               // of a first letter: those typed or seen for it, as letterBit
	groups [utf8.RuneSelf][]rewrite            // by the last letter of from
	ends   [utf8.RuneSelf]uint64               // by the last letter of from: the last letters of to, as letterBit
	alike  [utf8.RuneSelf][]byte               // the characters that are easily mistaken for one
	shapes *kernel                             // to which only misreadings are near
}

// rewrite is a group of letters that stands for another.
type rewrite struct {
	from, to string
	cost     int
}

// longestGroup is how many rows a rewrite or a transposition may look back.
const longestGroup = 7

// longestWord is the longest word that is compared letter by letter; longer ones are equal or not.
const longestWord = 48

// tooFar is a distance over every budget.
const tooFar = 1 << 14

func newKernel(costs Edits) *kernel {
	k := plainKernel(costs)
	for _, a := range vowels {
		for _, b := range vowels {
			k.twin(a, b, costs.Vowel)
		}
	}
	k.twins(semivowels, costs.Vowel)
	k.twins(sounds, costs.Sound)
	k.twins(misreadings, costs.Misread)
	k.twins(signs, 0)
	for c := 'a'; c <= 'z'; c++ {
		k.twin(c, anyLetter, 0)
	}
	for _, pair := range slips {
		k.slips[pair[0]] |= letterBit(rune(pair[1]))
		k.slips[pair[1]] |= letterBit(rune(pair[0]))
	}
	k.rewrites(soundGroups, costs.Sound)
	k.rewrites(misreadGroups, costs.Misread)
	k.rewrites(signGroups, 0)

	for a := range k.swap {
		for b := range k.swap[a] {
			if a == b || int(k.swap[a][b]) < costs.Transposition {
				k.alike[a] = append(k.alike[a], byte(b))
			}
		}
	}

	far := Edits{Plain: 200, Vowel: 200, Sound: 200, Doubled: 200, VowelGap: 200, Transposition: 200, Moved: 200}
	k.shapes = plainKernel(far)
	k.shapes.twins(misreadings, 1)
	k.shapes.twins(signs, 1)
	k.shapes.rewrites(misreadGroups, 1)
	k.shapes.rewrites(signGroups, 1)
	return k
}

// plainKernel knows no letters that are nearer than others.
func plainKernel(costs Edits) *kernel {
	k := &kernel{costs: costs}
	for a := range k.swap {
		for b := range k.swap[a] {
			if a != b {
				k.swap[a][b] = uint8(costs.Plain)
			}
		}
	}
	return k
}

// letterBit gives each lower-case letter its own bit; signs share theirs with some letter.
func letterBit(c rune) uint64 { return 1 << (c & 63) }

func (k *kernel) twins(pairs []string, cost int) {
	for _, pair := range pairs {
		k.twin(rune(pair[0]), rune(pair[1]), cost)
	}
}

func (k *kernel) twin(a, b rune, cost int) {
	if a != b && cost < int(k.swap[a][b]) {
		k.swap[a][b], k.swap[b][a] = uint8(cost), uint8(cost)
	}
}

func (k *kernel) rewrites(pairs [][2]string, cost int) {
	for _, pair := range pairs {
		for _, r := range []rewrite{{pair[0], pair[1], cost}, {pair[1], pair[0], cost}} {
			last := r.from[len(r.from)-1]
			k.groups[last] = append(k.groups[last], r)
			k.ends[last] |= letterBit(rune(r.to[len(r.to)-1]))
		}
	}
}

// similarity returns 1 for equal words, else 1 less the distance over the length of the longer, and never over 0.99;
// 0 when it is under least. Of the length at most one letter more than the shorter has counts: what is added to a word
// does not dilute its edits. It is symmetric.
func (k *kernel) similarity(a, b string, least float64) float64 {
	left, right := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	return k.share(a, b, min(max(left, right), min(left, right)+1), least)
}

// likeness is the similarity of a written word to a known one, over the length of the known one, or one letter more.
func (k *kernel) likeness(written, known string, least float64) float64 {
	length := utf8.RuneCountInString(known)
	return k.share(written, known, min(max(length, utf8.RuneCountInString(written)), length+1), least)
}

func (k *kernel) share(a, b string, length int, least float64) float64 {
	if a == b {
		return 1
	}
	plain := float64(length * k.costs.Plain)
	cost := k.distance(a, b, int((1-least)*plain+0.5))
	if cost >= tooFar {
		return 0
	}
	return max(0, min(0.99, 1-float64(cost)/plain))
}

// distance returns the cost of the cheapest edits that turn a into b, or tooFar when it is over the budget.
func (k *kernel) distance(a, b string, budget int) int {
	if a == b {
		return 0
	}
	var bufferA, bufferB [longestWord]rune
	left, right := letters(a, &bufferA), letters(b, &bufferB)
	if left == nil || right == nil {
		return tooFar
	}
	var small [24 * 24]int16
	table := small[:]
	if size := (len(left) + 1) * (len(right) + 1); size > len(small) {
		table = make([]int16, size)
	}
	g := grid{kernel: k, a: left, b: right, table: table, width: len(right) + 1}
	if cost := g.fill(budget); cost <= budget {
		return cost
	}
	return tooFar
}

// letters returns the letters of a word in the buffer, or nil when they are none or too many.
func letters(word string, buffer *[longestWord]rune) []rune {
	n := 0
	for _, r := range word {
		if n == len(buffer) {
			return nil
		}
		buffer[n] = r
		n++
	}
	if n == 0 {
		return nil
	}
	return buffer[:n]
}

// grid is the table of one comparison: at row i and column j the cost of turning the first i letters of a into the
// first j of b.
type grid struct {
	*kernel
	a, b  []rune
	table []int16
	width int
	gapsA [longestWord]uint8 // what leaving out each letter costs
	gapsB [longestWord]uint8
}

func (g *grid) at(i, j int) int { return int(g.table[i*g.width+j]) }

// fill returns the cost of the whole words. It stops early once so many rows are over the budget that no edit reaches
// back over them.
func (g *grid) fill(budget int) int {
	for i := range g.a {
		g.gapsA[i] = uint8(g.gap(g.a, i+1))
	}
	g.table[0] = 0
	for j := 1; j <= len(g.b); j++ {
		g.gapsB[j-1] = uint8(g.gap(g.b, j))
		g.table[j] = int16(g.at(0, j-1) + int(g.gapsB[j-1]) + g.firstGap(j))
	}
	over := 0
	for i := 1; i <= len(g.a); i++ {
		g.table[i*g.width] = int16(g.at(i-1, 0) + int(g.gapsA[i-1]) + g.firstGap(i))
		least := g.at(i, 0)
		for j := 1; j <= len(g.b); j++ {
			cost := g.cell(i, j)
			g.table[i*g.width+j] = int16(cost)
			least = min(least, cost)
		}
		if least <= budget {
			over = 0
		} else if over++; over == longestGroup {
			return tooFar
		}
	}
	return g.at(len(g.a), len(g.b))
}

func (g *grid) cell(i, j int) int {
	x, y := g.a[i-1], g.b[j-1]
	cost := g.at(i-1, j-1) + g.replace(x, y, i == 1 && j == 1)
	cost = min(cost, g.at(i-1, j)+int(g.gapsA[i-1]), g.at(i, j-1)+int(g.gapsB[j-1]))
	if i > 1 && j > 1 && x == g.b[j-2] && y == g.a[i-2] && x != y {
		swapped := g.at(i-2, j-2) + g.costs.Transposition
		if i == 2 && j == 2 {
			swapped += g.costs.FirstTwin
		}
		cost = min(cost, swapped)
	}
	if i > 2 && j > 2 && g.isMoved(i, j) {
		moved := g.at(i-3, j-3) + g.costs.Moved
		if i == 3 && j == 3 {
			moved += g.costs.FirstTwin
		}
		cost = min(cost, moved)
	}
	if x < utf8.RuneSelf && y < utf8.RuneSelf && g.ends[x]&letterBit(y) != 0 {
		for _, group := range g.groups[x] {
			if endsWith(g.a[:i], group.from) && endsWith(g.b[:j], group.to) {
				cost = min(cost, g.at(i-len(group.from), j-len(group.to))+group.cost)
			}
		}
	}
	return cost
}

// isMoved tells whether the last three letters are the same but for one that moved over the two others.
func (g *grid) isMoved(i, j int) bool {
	a, b := g.a[i-3:i], g.b[j-3:j]
	return a[0] == b[2] && a[1] == b[0] && a[2] == b[1] || a[0] == b[1] && a[1] == b[2] && a[2] == b[0]
}

// replace is the cost of one letter for another.
func (g *grid) replace(x, y rune, first bool) int {
	if x == y {
		return 0
	}
	cost := g.costs.Plain
	if x < utf8.RuneSelf && y < utf8.RuneSelf {
		cost = int(g.swap[x][y])
	}
	switch {
	case !first || cost == 0:
		return cost
	case cost == g.costs.Plain && g.isSlip(x, y):
		return cost + g.costs.FirstSlip
	case cost == g.costs.Plain:
		return cost + g.costs.FirstLetter
	}
	return cost + g.costs.FirstTwin
}

// isSlip tells of letters that are typed or seen for one another.
func (k *kernel) isSlip(x, y rune) bool {
	return x >= 'a' && x <= 'z' && y >= 'a' && y <= 'z' && k.slips[x]&letterBit(y) != 0
}

// gap is the cost of leaving out the letter before position i of a word.
func (g *grid) gap(word []rune, i int) int {
	letter := word[i-1]
	if i > 1 && word[i-2] == letter {
		return g.costs.Doubled
	}
	switch letter {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return g.costs.VowelGap
	}
	return g.costs.Plain
}

func (g *grid) firstGap(i int) int {
	if i == 1 {
		return g.costs.FirstSlip
	}
	return 0
}

func endsWith(word []rune, end string) bool {
	if len(word) < len(end) {
		return false
	}
	tail := word[len(word)-len(end):]
	for i := range tail {
		if tail[i] != rune(end[i]) {
			return false
		}
	}
	return true
}

// misread tells whether two words differ in nothing but letters that scanning mixes up.
func (k *kernel) misread(a, b string) bool { return k.shapes.distance(a, b, longestWord) < tooFar }
