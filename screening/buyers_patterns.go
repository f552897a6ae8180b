package screening

import (
	"errors"
	"fmt"
	"strings"
)

type wordNodeKind uint8

const (
	nodeWord   wordNodeKind = iota
	nodeChoice              // one of several ways on
	nodeState               // a US state's name or code
	nodePlace               // one to four words
	nodeStart               // the beginning of the text
	nodeEnd                 // the end of a part of the text
	nodeLast                // the end of the text
	nodeBreak               // a place where the next part of the text may begin
	nodeDone
)

// wordNode is a step of a compiled pattern.
type wordNode struct {
	kind wordNodeKind
	word string
	ways []*wordNode // of nodeChoice
	next *wordNode
}

const longestPlace = 4

// wordMatch is where a pattern's match ends (one past its last word), where its last {place} begins, and the state
// that it names.
type wordMatch struct {
	end   int
	place int // 0 where there is none
	state string
}

// run matches a compiled pattern at word i. A match lies within one part of the text, but for its breaks.
func (b *Buyers) run(n *wordNode, t *wordText, i int) (wordMatch, bool) {
	return b.step(n, t, i, i)
}

// step matches what is left of a pattern, from node n on, at word i of a match that began at word start, or had its
// last break there.
func (b *Buyers) step(n *wordNode, t *wordText, start, i int) (wordMatch, bool) {
	words, fits := 0, false
	switch n.kind {
	case nodeDone:
		return wordMatch{end: i}, i > start
	case nodeChoice:
		return b.stepChoice(n, t, start, i)
	case nodeState:
		return b.stepState(n, t, start, i)
	case nodePlace:
		return b.stepPlace(n, t, start, i)
	case nodeBreak:
		return b.step(n.next, t, i, i)
	case nodeStart:
		fits = i == 0
	case nodeEnd:
		fits = !t.continues(start, i)
	case nodeLast:
		fits = i == len(t.words)
	case nodeWord:
		words, fits = 1, t.continues(start, i) && string(t.word(i)) == n.word
	}
	if !fits {
		return wordMatch{}, false
	}
	return b.step(n.next, t, start, i+words)
}

// stepChoice takes the first way that leads to a match.
func (b *Buyers) stepChoice(n *wordNode, t *wordText, start, i int) (wordMatch, bool) {
	for _, way := range n.ways {
		if m, ok := b.step(way, t, start, i); ok {
			return m, true
		}
	}
	return wordMatch{}, false
}

// stepState takes a state's name, or one word that is its code. The last state of a match counts.
func (b *Buyers) stepState(n *wordNode, t *wordText, start, i int) (wordMatch, bool) {
	if !t.continues(start, i) {
		return wordMatch{}, false
	}
	words, code, ok := b.states.at(t, i)
	if !ok {
		words, code = 1, b.codes[string(t.word(i))]
	}
	if code == "" {
		return wordMatch{}, false
	}
	m, ok := b.step(n.next, t, start, i+words)
	if m.state == "" {
		m.state = code
	}
	return m, ok
}

// stepPlace takes as few words as lead to a match, and notes where they begin. The last place of a match counts.
func (b *Buyers) stepPlace(n *wordNode, t *wordText, start, i int) (wordMatch, bool) {
	for words := 1; words <= longestPlace && t.continues(start, i+words-1); words++ {
		if m, ok := b.step(n.next, t, start, i+words); ok {
			m.place = max(m.place, i)
			return m, true
		}
	}
	return wordMatch{}, false
}

// compiledPattern is a pattern's program and the words of which a text must have at least one.
type compiledPattern struct {
	program  *wordNode
	triggers []string
	anywhere bool // else only where a part of the text begins
}

// patternCompiler reads patterns; data/buyers/us-federal.yaml explains them.
type patternCompiler struct {
	lists         map[string][]string
	abbreviations map[string][]string // of a word
	depth         int
}

const deepestPattern = 8 // lists within lists: more is a list that contains itself

func (c *patternCompiler) compile(pattern string) (compiledPattern, error) {
	sequence, anywhere := strings.CutPrefix(pattern, "... ")
	program, triggers, err := c.sequence(sequence, &wordNode{kind: nodeDone})
	if err == nil && len(triggers) == 0 {
		err = errors.New("needs a word that is neither optional nor as common as \"of\"")
	}
	if err != nil {
		return compiledPattern{}, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	return compiledPattern{program, triggers, anywhere}, nil
}

// sequence compiles elements one after another, last first, so that each knows what follows it.
func (c *patternCompiler) sequence(text string, next *wordNode) (*wordNode, []string, error) {
	elements, err := splitPattern(text)
	if err != nil {
		return nil, nil, err
	}
	var triggers []string
	for i := len(elements) - 1; i >= 0; i-- {
		node, needs, err := c.element(elements[i], next)
		if err != nil {
			return nil, nil, err
		}
		if len(needs) > 0 && (len(triggers) == 0 || len(needs) < len(triggers)) {
			triggers = needs
		}
		next = node
	}
	return next, triggers, nil
}

func (c *patternCompiler) element(element string, next *wordNode) (*wordNode, []string, error) {
	switch element {
	case "^":
		return &wordNode{kind: nodeStart, next: next}, nil, nil
	case "$":
		return &wordNode{kind: nodeEnd, next: next}, nil, nil
	case "$$":
		return &wordNode{kind: nodeLast, next: next}, nil, nil
	case "/":
		return &wordNode{kind: nodeBreak, next: next}, nil, nil
	}
	switch element[0] {
	case '(':
		return c.choice(splitChoices(element[1:len(element)-1]), next)
	case '[':
		node, _, err := c.choice(splitChoices(element[1:len(element)-1]), next)
		if err != nil {
			return nil, nil, err
		}
		return &wordNode{kind: nodeChoice, ways: append(node.ways, next)}, nil, nil
	case '{':
		return c.list(element[1:len(element)-1], next)
	}
	t := splitWords(element, nil, nil)
	if len(t.words) != 1 {
		return nil, nil, fmt.Errorf("%q is not one word", element)
	}
	word := string(t.word(0))
	node := &wordNode{kind: nodeWord, word: word, next: next}
	if isCommonWord(word) {
		return node, nil, nil
	}
	spellings := append([]string{word}, c.abbreviations[word]...)
	if len(spellings) == 1 {
		return node, spellings, nil
	}
	either := &wordNode{kind: nodeChoice}
	for _, spelling := range spellings {
		either.ways = append(either.ways, &wordNode{kind: nodeWord, word: spelling, next: next})
	}
	return either, spellings, nil
}

func (c *patternCompiler) choice(ways []string, next *wordNode) (*wordNode, []string, error) {
	node := &wordNode{kind: nodeChoice}
	var triggers []string
	every := true
	for _, way := range ways {
		program, needs, err := c.sequence(way, next)
		if err != nil {
			return nil, nil, err
		}
		node.ways = append(node.ways, program)
		triggers = append(triggers, needs...)
		every = every && len(needs) > 0
	}
	if !every {
		return node, nil, nil
	}
	return node, triggers, nil
}

func (c *patternCompiler) list(name string, next *wordNode) (*wordNode, []string, error) {
	switch name {
	case "state":
		return &wordNode{kind: nodeState, next: next}, nil, nil
	case "place":
		return &wordNode{kind: nodePlace, next: next}, nil, nil
	}
	ways, known := c.lists[name]
	if !known {
		return nil, nil, fmt.Errorf("there is no list {%s}", name)
	}
	if c.depth++; c.depth > deepestPattern {
		return nil, nil, fmt.Errorf("list {%s} contains itself", name)
	}
	defer func() { c.depth-- }()
	return c.choice(ways, next)
}

// isCommonWord tells words that are in too many names to look up patterns by.
func isCommonWord(word string) bool {
	switch word {
	case "of", "the", "and", "for", "on", "de", "di", "du", "la":
		return true
	}
	return false
}

// splitPattern splits a pattern into words, groups with their brackets, ^ and $.
func splitPattern(text string) ([]string, error) {
	elements, err := splitOutside(text, ' ')
	if err != nil {
		return nil, err
	}
	for _, e := range elements {
		last := e[len(e)-1]
		if strings.IndexByte("([{", e[0]) >= 0 && (len(e) < 3 || last != ")]}"[strings.IndexByte("([{", e[0])]) {
			return nil, fmt.Errorf("%q needs a blank between bracket and word", e)
		}
	}
	return elements, nil
}

func splitChoices(text string) []string {
	ways, _ := splitOutside(text, '|') // the whole pattern's brackets were seen to be in pairs
	return ways
}

// splitOutside splits at a sign that stands outside all brackets and drops empty parts.
func splitOutside(text string, sign byte) ([]string, error) {
	var parts []string
	depth, from := 0, 0
	for i := 0; i <= len(text); i++ {
		if i == len(text) || text[i] == sign && depth == 0 {
			if part := strings.TrimSpace(text[from:i]); part != "" {
				parts = append(parts, part)
			}
			from = i + 1
			continue
		}
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 {
		return nil, errors.New("brackets are not in pairs")
	}
	return parts, nil
}
