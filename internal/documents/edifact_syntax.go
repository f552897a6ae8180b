package documents

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of an EDIFACT document.
const (
	maxEdifactSegments = 200_000
	maxEdifactParts    = 1000 // elements and components of one segment
	maxEdifactRejoined = 50   // segments that an unreleased terminator broke off
	minEdifactRecord   = 40   // the shortest record that a file is thought to have been cut into
)

// edifactSigns are the service characters of an interchange. The decimal mark is not among them: point and comma are
// both allowed, and there are no thousands, so a number says itself which it has.
type edifactSigns struct{ component, element, release, terminator byte }

var edifactUsualSigns = edifactSigns{component: ':', element: '+', release: '?', terminator: '\''}

// sound tells whether the signs can be told from data and from one another.
func (s edifactSigns) sound() bool {
	for _, sign := range [...]byte{s.component, s.element, s.terminator} {
		if edifactIsAlnum(sign) || sign == ' ' || sign == 0 {
			return false
		}
	}
	return s.component != s.element && s.element != s.terminator && s.component != s.terminator
}

func edifactIsAlnum(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
}

const edifactOtherSigns = "the document is no EDIFACT interchange, or its service characters are not those that it is written with. " +
	"Send a UNA segment that names them."

// edifactFault is something wrong with a segment that the scanner came upon.
type edifactFault struct{ code, detail string }

// edifactSegment is a segment. Elements and components are counted from 1, as the directories do; element 0 is the tag.
type edifactSegment struct {
	tag      string
	elements [][]string
	faults   []edifactFault

	base string // what stands before the tag in a source: "UNH[2]/LIN[3]/"
	nth  int    // which of its tag it is there
}

// part returns a component, empty where there is none.
func (s *edifactSegment) part(element, component int) string {
	if element >= len(s.elements) || component > len(s.elements[element]) {
		return ""
	}
	return s.elements[element][component-1]
}

// parts returns the components of an element from one on.
func (s *edifactSegment) parts(element, from int) []string {
	if element >= len(s.elements) || from > len(s.elements[element]) {
		return nil
	}
	return s.elements[element][from-1:]
}

// at returns a component with its place, such as LIN[3]/PIA[1]/02.1.
func (s *edifactSegment) at(element, component int) value {
	return value{s.part(element, component), s.place(element) + "." + strconv.Itoa(component)}
}

// as returns a text that was put together from an element, with its place.
func (s *edifactSegment) as(element int, text string) value {
	return value{text, s.place(element)}
}

func (s *edifactSegment) place(element int) string {
	digits := strconv.Itoa(element)
	if element < 10 {
		digits = "0" + digits
	}
	return s.source() + "/" + digits
}

// source is the place of the segment itself.
func (s *edifactSegment) source() string {
	if s.nth == 0 {
		return s.base + s.tag
	}
	return indexedTag(s.base+s.tag, s.nth)
}

func indexedTag(tag string, nth int) string { return tag + "[" + strconv.Itoa(nth) + "]" }

// edifactScanner splits bytes into segments, and decodes them by the charset that each interchange names.
type edifactScanner struct {
	data     []byte
	at       int
	signs    edifactSigns
	charset  edifactCharset
	utf8     bool // all of the document is
	shifts   bool // it has escape characters
	fresh    bool // an interchange begins here: the signs of the one before do not hold
	part     []byte
	pending  []edifactFault // of the next segment
	segments []edifactSegment
	rejoined int
}

// edifactScan returns the segments of a document, in order, UNA apart.
func edifactScan(ctx context.Context, data []byte) ([]edifactSegment, error) {
	s := edifactScanner{data: edifactUnwrapped(data), signs: edifactUsualSigns, utf8: utf8.Valid(data), fresh: true}
	s.charset = edifactCharsetOf("", "", s.utf8)
	s.shifts = bytes.IndexByte(data, 0x1b) >= 0
	for i := 0; ; i++ {
		if err := cancelled(ctx, i); err != nil {
			return nil, err
		}
		s.skipBlank()
		if s.at >= len(s.data) {
			return s.segments, nil
		}
		if err := s.begin(); err != nil {
			return nil, err
		}
		segment, err := s.segment()
		if err == nil {
			err = s.add(segment)
		}
		if err != nil {
			return nil, err
		}
	}
}

// add takes a segment. One without content is a terminator that stands twice; one without a tag is what an unreleased
// terminator broke off the segment before.
func (s *edifactScanner) add(segment edifactSegment) error {
	segment.tag = strings.TrimSpace(segment.elements[0][0])
	switch {
	case segment.tag == "" && len(segment.elements) == 1 && len(segment.elements[0]) == 1:
		return nil
	case !edifactIsTag(segment.tag):
		return s.rejoin(segment)
	case len(s.segments) == maxEdifactSegments:
		return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The interchange has over %d segments. Send it in parts.", maxEdifactSegments)}
	}
	segment.faults = slices.Concat(s.pending, segment.faults)
	s.pending = nil
	s.segments = append(s.segments, segment)
	s.fresh = segment.tag == "UNZ"
	return nil
}

// rejoin puts text back onto the segment that it was broken off.
func (s *edifactScanner) rejoin(broken edifactSegment) error {
	if len(s.segments) == 0 {
		return malformed("", "The document does not begin with UNA, UNB or UNH as an EDIFACT interchange does.")
	}
	if s.rejoined++; s.rejoined > maxEdifactRejoined {
		return malformed("", "Over %d pieces between segment terminators begin with no segment tag: %s", maxEdifactRejoined, edifactOtherSigns)
	}
	last := &s.segments[len(s.segments)-1]
	element := &last.elements[len(last.elements)-1]
	(*element)[len(*element)-1] += string(s.signs.terminator) + broken.elements[0][0]
	*element = append(*element, broken.elements[0][1:]...)
	last.elements = append(last.elements, broken.elements[1:]...)
	last.faults = append(last.faults, edifactFault{
		problemTerminator, "A segment terminator stands inside of the text without a release character; the text behind it was put back.",
	})
	last.faults = append(last.faults, broken.faults...)
	return nil
}

// edifactIsTag tells whether a text is the tag of a segment: three capitals or digits, the first no digit.
func edifactIsTag(tag string) bool {
	if len(tag) != len("UNB") || tag[0] >= '0' && tag[0] <= '9' {
		return false
	}
	for i := range len(tag) {
		if c := tag[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// skipBlank goes to the next byte that is no blank, control character or byte order mark.
func (s *edifactScanner) skipBlank() {
	for s.at < len(s.data) {
		switch b := s.data[s.at]; {
		case b <= ' ' || b == 0x7f || b == 0xa0:
			s.at++
		case bytes.HasPrefix(s.data[s.at:], []byte("\xc2\xa0")):
			s.at += len("\xc2\xa0")
		case bytes.HasPrefix(s.data[s.at:], []byte("\xef\xbb\xbf")):
			s.at += len("\xef\xbb\xbf")
		default:
			return
		}
	}
}

// begin reads the service characters and the charset where an interchange begins.
func (s *edifactScanner) begin() error {
	if rest := s.data[s.at:]; bytes.HasPrefix(rest, []byte("UNA")) && len(rest) > 3 && !edifactIsAlnum(rest[3]) {
		if err := s.advice(rest); err != nil {
			return err
		}
		s.fresh = false
		s.skipBlank()
	}
	rest := s.data[s.at:]
	if !bytes.HasPrefix(rest, []byte("UNB")) || len(rest) < len("UNB+UNOA:") {
		return nil
	}
	if s.fresh {
		if err := s.sniff(rest); err != nil {
			return err
		}
	}
	syntax, _, _ := bytes.Cut(rest[len("UNB+"):min(len(rest), len("UNB+")+40)], []byte{s.signs.element})
	parts := append(bytes.Split(syntax, []byte{s.signs.component}), nil, nil, nil)
	s.charset = edifactCharsetOf(string(parts[0]), string(parts[3]), s.utf8)
	if s.shifts && string(parts[0]) == "UNOX" {
		s.charset.fault = "The interchange changes between charsets by escape sequences (UNOX), which is not read here. Send it as UNOY in UTF-8."
	}
	if fault := s.charset.fault; fault != "" {
		s.pending = append(s.pending, edifactFault{problemStructure, fault})
	}
	return nil
}

// advice reads the service string advice: UNA and six signs, of which the blank before the last is left out at times.
func (s *edifactScanner) advice(rest []byte) error {
	if len(rest) < len("UNA:+.? '") {
		return malformed("UNA", "The document ends in its service string advice (UNA).")
	}
	signs, length := edifactSigns{rest[3], rest[4], rest[6], rest[8]}, len("UNA:+.? '")
	if bytes.HasPrefix(rest[8:], []byte("UNB")) {
		signs.terminator, length = rest[7], len("UNA:+.?'")
	}
	if signs.release == ' ' {
		signs.release = 0
	}
	if !signs.sound() {
		return malformed("UNA", "The service string advice (UNA) names %s as service characters, which cannot be told apart from data.",
			quoteShort(string(rest[3:9])))
	}
	s.signs = signs
	s.at += length
	return nil
}

// sniff finds the signs of an interchange without UNA. Where they are not the usual ones, UNB shows two of them, and the
// third stands before the next header; what releases a character is then not known.
func (s *edifactScanner) sniff(rest []byte) error {
	s.signs = edifactUsualSigns
	if rest[3] == s.signs.element {
		return nil
	}
	signs := edifactSigns{element: rest[3], component: rest[8], release: '?'}
	for _, tag := range [...]string{"UNH", "UNG"} {
		if i := bytes.Index(rest[:min(len(rest), 500)], append([]byte(tag), signs.element)); i > 0 {
			before := bytes.TrimRight(rest[:i], "\r\n ")
			if signs.terminator = before[len(before)-1]; edifactIsAlnum(signs.terminator) {
				signs.terminator = rest[i-1]
			}
			break
		}
	}
	if !signs.sound() {
		return malformed("UNB", "The interchange is not written with the usual service characters, and has no UNA segment that names others. "+
			"Send one.")
	}
	if signs.element == signs.release || signs.component == signs.release || signs.terminator == signs.release {
		signs.release = 0
	}
	s.signs = signs
	s.pending = append(s.pending, edifactFault{
		problemStructure, "The interchange is not written with the usual service characters and has no UNA segment that names others; they were taken from UNB.",
	})
	return nil
}

// segment reads up to the next terminator.
func (s *edifactScanner) segment() (edifactSegment, error) {
	var segment edifactSegment
	var element []string
	count := 0
	s.part = s.part[:0]
	endPart := func() {
		element = append(element, s.charset.decode(s.part))
		s.part = s.part[:0]
		count++
	}
	endElement := func() {
		endPart()
		segment.elements = append(segment.elements, element)
		element = nil
	}
	for count < maxEdifactParts {
		if s.at >= len(s.data) {
			endElement()
			segment.faults = append(segment.faults, edifactFault{
				problemTerminator, "The document ends inside of a segment: it was cut on its way, and more may be missing.",
			})
			return segment, nil
		}
		b := s.data[s.at]
		s.at++
		switch {
		case b == s.signs.terminator:
			endElement()
			return segment, nil
		case b == s.signs.element:
			endElement()
		case b == s.signs.component:
			endPart()
		case b == s.signs.release && b != 0 && s.at < len(s.data):
			s.part = append(s.part, s.data[s.at])
			s.at++
		case b == '\n' || b == '\r':
			for s.at < len(s.data) && strings.IndexByte("\r\n\t ", s.data[s.at]) >= 0 && s.data[s.at] != s.signs.terminator {
				s.at++
			}
			if s.tagAhead() {
				endElement()
				segment.faults = append(segment.faults, edifactFault{
					problemTerminator, "The segment has no terminator: it was ended at the line break, since the next line begins with a segment tag.",
				})
				return segment, nil
			}
			s.part = append(s.part, '\n')
		default:
			s.part = append(s.part, b)
		}
	}
	return segment, malformed("segment "+strconv.Itoa(len(s.segments)+1), "The segment has over %d elements: %s", maxEdifactParts, edifactOtherSigns)
}

// edifactTags are the segments by which a line break inside of a segment shows that its terminator is missing.
var edifactTags = edifactSet("UNB UNG UNH UNS UNT UNE UNZ BGM DTM FTX RFF NAD CTA COM LOC CUX LIN PIA IMD QTY PRI MOA " +
	"TAX ALC PCD PAC PAT TDT TOD MEA GIN GIR ALI SCC CNT QVR")

func edifactSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// tagAhead tells whether a known tag stands here with a sign behind it.
func (s *edifactScanner) tagAhead() bool {
	rest := s.data[s.at:]
	return len(rest) > 3 && edifactTags[string(rest[:3])] && (rest[3] == s.signs.element || rest[3] == s.signs.component)
}

// edifactUnwrapped takes out the line ends of a file that was cut into records of one length, wherever that fell. In any
// other file they are white space.
func edifactUnwrapped(data []byte) []byte {
	width := bytes.IndexByte(data, '\n') + 1
	if width < minEdifactRecord {
		return data
	}
	lines := 0
	for rest := data; len(rest) > width; rest = rest[width:] {
		if rest[width-1] != '\n' || bytes.IndexByte(rest[:width-1], '\n') >= 0 {
			return data
		}
		lines++
	}
	if lines < 2 {
		return data
	}
	out := make([]byte, 0, len(data))
	for _, b := range data {
		if b != '\n' && b != '\r' {
			out = append(out, b)
		}
	}
	return out
}
