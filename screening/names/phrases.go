package names

import (
	"iter"
	"maps"
	"slices"
)

// meaning is what the lexicon knows of a word or phrase.
type meaning struct {
	class   Class
	code    string // of a legal form
	country string // of a place
	title   bool   // of a person
	others  bool   // see Token
	branch  bool   // see Token
}

// phrase is a node of the tree of known phrases, one token a step.
type phrase struct {
	next    map[string]*phrase
	meaning meaning
	known   bool
}

// add gives the tokens a meaning. A later meaning replaces an earlier one.
func (p *phrase) add(tokens []Token, m meaning) {
	for _, token := range tokens {
		if p.next == nil {
			p.next = make(map[string]*phrase)
		}
		child, ok := p.next[token.Norm]
		if !ok {
			child = &phrase{}
			p.next[token.Norm] = child
		}
		p = child
	}
	p.meaning, p.known = m, true
}

// longest returns the longest known phrase at the start of tokens and how many of them it covers, or nil and 0.
func (p *phrase) longest(tokens []Token) (*phrase, int) {
	var best *phrase
	length := 0
	for i := range tokens {
		p = p.next[tokens[i].Norm]
		if p == nil {
			break
		}
		if p.known {
			best, length = p, i+1
		}
	}
	return best, length
}

// word returns what one token alone means.
func (p *phrase) word(norm string) (meaning, bool) {
	child := p.next[norm]
	if child == nil || !child.known {
		return meaning{}, false
	}
	return child.meaning, true
}

// singles yields the phrases of one token.
func (p *phrase) singles() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, word := range slices.Sorted(maps.Keys(p.next)) {
			if p.next[word].known && !yield(word) {
				return
			}
		}
	}
}

func (l *Lexicon) addAll(tree *phrase, phrases []string, m meaning) {
	for _, text := range phrases {
		tree.add(tokenise(text, l.unspaced).Tokens, m)
	}
}

// classify replaces legal forms by their codes and marks what the lexicon knows of the other tokens. It works in
// place. A code may complete a longer form, so the replacing goes on until nothing changes: that makes Normalise
// idempotent.
func (l *Lexicon) classify(tokens []Token) []Token {
	for changed := true; changed; {
		tokens, changed = l.replaceForms(tokens)
	}
	for i := 0; i < len(tokens); {
		if tokens[i].Class == LegalForm {
			i++
			continue
		}
		found, length := l.words.longest(tokens[i:])
		if found == nil {
			if isNumber(tokens[i].Norm) {
				tokens[i].Class = Number
			}
			i++
			continue
		}
		for j := range length {
			tokens[i+j].Class = found.meaning.class
			tokens[i+j].title, tokens[i+j].others, tokens[i+j].branch = found.meaning.title, found.meaning.others, found.meaning.branch
		}
		tokens[i].Country = found.meaning.country
		i += length
	}
	return tokens
}

// replaceForms puts one token with the form's code where a legal form is written.
func (l *Lexicon) replaceForms(tokens []Token) (_ []Token, changed bool) {
	kept := 0
	for i := 0; i < len(tokens); {
		token := tokens[i]
		found, length := l.legal.longest(tokens[i:])
		if found != nil && isSpacedWord(tokens, i, length) {
			found, length = nil, 0
		}
		if found != nil {
			changed = changed || length > 1 || token.Norm != found.meaning.code
			token.Norm, token.Class = found.meaning.code, LegalForm
			token.End = tokens[i+length-1].End
		}
		tokens[kept] = token
		kept++
		i += max(length, 1)
	}
	return tokens[:kept], changed
}

// isSpacedWord tells whether single letters are part of a longer run of them: the s p in K A S P E R is no form.
func isSpacedWord(tokens []Token, first, length int) bool {
	for i := first; i < first+length; i++ {
		if !isSingle(tokens[i].Norm) {
			return false
		}
	}
	after := first + length
	return first > 0 && isSingle(tokens[first-1].Norm) || after < len(tokens) && isSingle(tokens[after].Norm)
}

// areWords tells whether every token is a word by itself. A word that was written in pieces leaves letters and parts
// that are none.
func (l *Lexicon) areWords(tokens []Token) bool {
	return !slices.ContainsFunc(tokens, func(t Token) bool {
		return t.Class == Distinctive && (isSingle(t.Norm) || l.frequencies[t.Norm] == 0 && !l.given[t.Norm])
	})
}

func isNumber(norm string) bool {
	for i := range len(norm) {
		if norm[i] < '0' || norm[i] > '9' {
			return false
		}
	}
	return true
}
