package names

import (
	"strings"
	"unicode/utf8"
)

// joined finds a brand word inside one longer token: between words that the lexicon knows, or, in scripts without
// spaces and where the spelling is exact, between any letters.
func (x *Index) joined(token *Token, p *patterned) sighting {
	word := token.Norm
	if len(word) > longestWord {
		return x.contained(token, p)
	}
	var best sighting
	heads, tails := x.lexicon.knownEnds(word)
	for from := range len(word) {
		if !heads[from] {
			continue
		}
		for to := len(word); to > from; to-- {
			inner := to - from
			if !tails[to] || inner == len(word) || inner > len(p.word)+p.errors+1 || inner < len(p.word)-p.errors {
				continue
			}
			if s := x.compare(word[from:to], token.romanised, p); s.Score-x.settings.Joined > best.Score {
				best = s
				best.Score -= x.settings.Joined
				best.before, best.after = x.lexicon.knownWords(word[:from]), x.lexicon.knownWords(word[to:])
			}
		}
	}
	if best.Score > x.settings.Contained {
		return best
	}
	if s := x.contained(token, p); s.Score > best.Score {
		return s
	}
	return best
}

// contained scores a brand word between unknown letters.
func (x *Index) contained(token *Token, p *patterned) sighting {
	at := strings.Index(token.Norm, p.word)
	if at < 0 {
		return sighting{}
	}
	s := sighting{brand: p.brand, word: p.word, exact: true, rest: token.Norm[:at] + token.Norm[at+len(p.word):]}
	s.Score = x.settings.Contained
	if token.unspaced {
		s.Score = 1 - x.settings.Joined
	}
	return s
}

// knownEnds tells of each position in a word whether the letters before it, and those after it, are known words and
// numbers joined.
func (l *Lexicon) knownEnds(word string) (heads, tails [longestWord + 1]bool) {
	heads[0], tails[len(word)] = true, true
	for to := 1; to <= len(word); to++ {
		for from := max(0, to-longestJoined); from < to && !heads[to]; from++ {
			heads[to] = heads[from] && l.isKnown(word[from:to])
		}
	}
	for from := len(word) - 1; from >= 0; from-- {
		for to := min(len(word), from+longestJoined); to > from && !tails[from]; to-- {
			tails[from] = tails[to] && l.isKnown(word[from:to])
		}
	}
	return heads, tails
}

// longestJoined is the longest known word that is looked for inside another.
const longestJoined = 16

// knownWords parts known words that are joined; nothing when they are not all known.
func (l *Lexicon) knownWords(joined string) []string {
	if joined == "" {
		return nil
	}
	for to := min(len(joined), longestJoined); to > 0; to-- {
		if !l.isKnown(joined[:to]) {
			continue
		}
		if to == len(joined) {
			return []string{joined}
		}
		if rest := l.knownWords(joined[to:]); rest != nil {
			return append([]string{joined[:to]}, rest...)
		}
	}
	return nil
}

// isKnown tells of words that may be joined to a name: what the lexicon knows, of two letters or more, and numbers.
func (l *Lexicon) isKnown(word string) bool {
	if isNumber(word) {
		return true
	}
	if !utf8.ValidString(word) || isSingle(word) {
		return false
	}
	if _, ok := l.words.word(word); ok {
		return true
	}
	_, ok := l.legal.word(word)
	return ok
}
