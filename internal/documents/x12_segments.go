package documents

import (
	"fmt"
	"strings"
)

// x12Segment is one segment. Element 0 is its tag.
type x12Segment struct {
	tag      string
	elements []string
	source   string // PO1[3], filled once the order that it belongs to is known whole
	glued    bool   // no terminator ends the segment before it
}

// at returns an element, by its number in the standard: at(7) of a PO1 is PO107.
func (s *x12Segment) at(n int) value {
	if n >= len(s.elements) || s.elements[n] == "" {
		return value{}
	}
	return value{s.elements[n], fmt.Sprintf("%s/%02d", s.source, n)}
}

// code returns an element that holds a code.
func (s *x12Segment) code(n int) string { return strings.ToUpper(s.at(n).text) }

// x12Scanner cuts a file into segments.
type x12Scanner struct {
	text    string
	pos     int
	end     int // where the terminator stands that ends what pos is in; looked for again once pos is past it
	syntax  x12Syntax
	wrapped bool // lines were broken at a fixed width, so that a break means nothing
	glued   bool // the last segment ended without terminator
	count   int
}

// x12Wrapped tells a file that was broken into lines of one length: all but the last are as long as the first.
func x12Wrapped(text string) bool {
	text = strings.TrimRightFunc(text, x12Blank)
	width := strings.IndexByte(text, '\n')
	if width <= 0 {
		return false
	}
	for len(text) > width {
		if strings.IndexByte(text, '\n') != width {
			return false
		}
		text = text[width+1:]
	}
	return strings.IndexByte(text, '\n') < 0
}

// next returns the next segment, and false at the end of the file.
func (s *x12Scanner) next() (x12Segment, bool, error) {
	rest := strings.TrimLeftFunc(s.text[s.pos:], x12Blank)
	s.pos = len(s.text) - len(rest)
	if rest == "" {
		return x12Segment{}, false, nil
	}
	if s.count++; s.count > maxX12Segments {
		return x12Segment{}, false, &Error{Kind: TooLarge, Detail: fmt.Sprintf("The X12 file has more than %d segments. Split it.", maxX12Segments)}
	}
	glued := s.glued
	s.glued = false
	var raw string
	switch {
	case x12Opens(rest, "ISA", 0, 2):
		syntax, length, err := x12SyntaxOf(rest)
		if err != nil {
			return x12Segment{}, false, err
		}
		raw = strings.TrimSuffix(rest[:length], syntax.terminator)
		s.syntax, s.pos, s.end = syntax, s.pos+length, 0
	case s.syntax.terminator == "":
		return x12Segment{}, false, malformed("", "An X12 file begins with its interchange header (ISA). Send the file whole, with its envelopes.")
	default:
		raw = s.cut()
	}
	segment, err := s.split(raw)
	segment.glued = glued
	return segment, err == nil, err
}

// cut takes the text up to the next terminator, or up to a line break behind which a segment begins: where a file shows
// a segment a line, a terminator that was lost leaves the break.
func (s *x12Scanner) cut() string {
	from := s.pos
	if s.end <= from {
		s.end = len(s.text)
		if i := strings.Index(s.text[from:], s.syntax.terminator); i >= 0 {
			s.end = from + i
		}
	}
	for at := from; at < s.end; {
		i := strings.IndexAny(s.text[at:s.end], "\r\n")
		if i < 0 {
			break
		}
		lineEnd := at + i
		rest := strings.TrimLeftFunc(s.text[lineEnd:s.end], x12Blank)
		at = s.end - len(rest)
		if s.begins(rest, strings.HasSuffix(s.text[from:lineEnd], s.syntax.element)) {
			s.pos, s.glued = at, true
			return s.text[from:lineEnd]
		}
	}
	s.pos = min(s.end+len(s.syntax.terminator), len(s.text))
	return s.text[from:s.end]
}

// begins tells whether a segment begins here that may stand in an order or its envelopes. Behind an element separator
// two letters may well be a code, such as the ST of N1*ST, that a line was broken before.
func (s *x12Scanner) begins(text string, inside bool) bool {
	for _, length := range [...]int{2, 3} {
		if len(text) > length && strings.HasPrefix(text[length:], s.syntax.element) {
			return x12Tags[text[:length]] && (!inside || length == 3)
		}
	}
	return false
}

func (s *x12Scanner) split(raw string) (x12Segment, error) {
	if n := strings.Count(raw, s.syntax.element); n > maxX12Elements {
		return x12Segment{}, malformed(fmt.Sprintf("segment %d", s.count), "The segment has %d elements; %d is the most. Is a segment terminator missing?", n, maxX12Elements)
	}
	elements := strings.Split(raw, s.syntax.element)
	for i, e := range elements {
		if s.wrapped && strings.ContainsAny(e, "\r\n") {
			e = strings.NewReplacer("\r", "", "\n", "").Replace(e)
		}
		elements[i] = strings.TrimFunc(e, x12Blank)
	}
	return x12Segment{tag: strings.ToUpper(elements[0]), elements: elements}, nil
}

// proper tells whether this can be a segment at all: a tag, and something behind it. It cannot where a text held the
// terminator.
func (s *x12Segment) proper() bool {
	tag := s.tag
	return len(s.elements) > 1 && (len(tag) == 2 || len(tag) == 3) && tag[0] >= 'A' && tag[0] <= 'Z' && strings.IndexFunc(tag, x12NoCode) < 0
}
