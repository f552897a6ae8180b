package names

// tokenSet is a set of tokens of a text, by their place. The first ones need no memory of their own.
type tokenSet struct {
	first uint64
	rest  []bool // of the others; nil when there is none
}

const firstTokens = 64

func (s *tokenSet) has(token int) bool {
	if token < firstTokens {
		return s.first&(1<<token) != 0
	}
	return s.rest != nil && s.rest[token-firstTokens]
}

// add adds the tokens from first to last of a text of so many tokens.
func (s *tokenSet) add(first, last, tokens int) {
	for i := first; i <= last; i++ {
		if i < firstTokens {
			s.first |= 1 << i
			continue
		}
		if s.rest == nil {
			s.rest = make([]bool, tokens-firstTokens)
		}
		s.rest[i-firstTokens] = true
	}
}

func (s *tokenSet) hasAny(first, last int) bool {
	for i := first; i <= last; i++ {
		if s.has(i) {
			return true
		}
	}
	return false
}
