package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What X12 and EDIFACT have in common: texts cut to the width of a field, names where numbers belong, and addresses of
// contacts of nobody in particular.

// seams rejoins texts that a system cut into segments of one kind. A name that lies across a cut stands whole in none
// of them. At which width a system cuts is its own affair, and what its blanks at the end of a piece were is lost, so
// that any two pieces may go on within a word.
type seams struct {
	kind    string
	columns []seam // by the place of the text in its segment
	add     func(value)
}

// open tells what kind of segment comes next. What was rejoined of another kind is added; no kind is no text.
func (s *seams) open(kind string) {
	if kind != "" && kind == s.kind {
		return
	}
	for i := range s.columns {
		s.addText(s.columns[i].end())
	}
	s.kind, s.columns = kind, s.columns[:0]
}

// piece takes what the segment says in a column; a blank piece ends the text there.
func (s *seams) piece(column int, v value) {
	for len(s.columns) <= column {
		s.columns = append(s.columns, seam{})
	}
	s.addText(s.columns[column].take(v))
}

func (s *seams) addText(v value) {
	if v.text != "" {
		s.add(v)
	}
}

// seam is a text that goes on from piece to piece: the pieces, and between two of them the word that they make together.
// The pieces stay as they are, since what says how a name is meant, "remove", may as well stand at the seam.
type seam struct {
	parts  []string
	last   string // the last piece, or the word that it goes on with where it is but a part of one
	size   int
	source string
}

// take goes on with a piece, and returns what it does not belong to.
func (s *seam) take(v value) value {
	if len(s.parts) > 0 {
		if word := seamWord(s.last, v.text); word != "" {
			s.parts, s.last = append(s.parts, word, v.text), v.text
			if !strings.ContainsFunc(v.text, unicode.IsSpace) {
				s.last = word
			}
			if s.size += len(word) + len(v.text); s.size <= mostJoined {
				return value{}
			}
		}
	}
	done := s.end()
	if v.text != "" {
		s.parts, s.last, s.size, s.source = append(s.parts, v.text), v.text, len(v.text), v.source
	}
	return done
}

// end returns what was rejoined, nothing where there is only one piece.
func (s *seam) end() value {
	parts := s.parts
	s.parts = nil
	if len(parts) < 2 {
		return value{}
	}
	return value{strings.Join(parts, " "), s.source}
}

// longestSeamWord is how many bytes of a piece are looked at where it has no blank.
const longestSeamWord = 60

// seamWord is the word that two pieces make together; none where they cannot have been one text, or make no word.
func seamWord(before, after string) string {
	if before == "" || after == "" || before == after { // equal ones are a code that stands in every segment
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if endsWord(last) || endsWord(first) {
		return ""
	}
	head, tail := before, after
	if i := strings.LastIndexFunc(head, unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(head[i:])
		head = head[i+size:]
	}
	if i := strings.IndexFunc(tail, unicode.IsSpace); i >= 0 {
		tail = tail[:i]
	}
	head = strings.ToValidUTF8(head[max(0, len(head)-longestSeamWord):], "")
	tail = strings.ToValidUTF8(tail[:min(len(tail), longestSeamWord)], "")
	// A character that was lost on the way is told of by the piece. It does no more harm to what two pieces make.
	if word := strings.ReplaceAll(head+tail, string(utf8.RuneError), ""); x12Tells(word) {
		return word
	}
	return ""
}

// endsWord tells the signs that no word goes on across.
func endsWord(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(".,;:!?", r)
}

// ediDigits are the registers whose numbers have no letters. What is spelled in their place is no number.
var ediDigits = map[string]bool{"own": true, "duns": true, "gln": true, "san": true, "splc": true}

// ediSpells tells whether a name stands where a party's number belongs: in a number of its own, or of a register that
// has no letters or is not known, a word of four letters.
func ediSpells(scheme, text string) bool {
	if !ediDigits[scheme] && !strings.HasPrefix(scheme, "x12:") {
		return false
	}
	const word = 4
	letters := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			letters = 0
		} else if letters++; letters == word {
			return true
		}
	}
	return false
}

// ediDomains returns the domains of the addresses in a text, of mail and of the net: whom a contact works for, and no
// word of who it is.
func ediDomains(v value) []value {
	var domains []value
	apart := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>()[]",;`, r) }
	for _, word := range strings.FieldsFunc(strings.ToLower(v.text), apart) {
		_, host, isSite := strings.Cut(word, "://")
		if !isSite {
			host, isSite = word, strings.HasPrefix(word, "www.")
		}
		if !isSite && !strings.Contains(word, "@") {
			continue
		}
		if i := strings.IndexAny(host, `/?#\`); isSite && i >= 0 {
			host = host[:i]
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
		host, _, _ = strings.Cut(host, ":")
		if host = strings.Trim(strings.TrimPrefix(host, "www."), ".'"); host != "" && !strings.ContainsAny(host, `/\`) {
			domains = append(domains, value{host, v.source})
		}
	}
	return domains
}
