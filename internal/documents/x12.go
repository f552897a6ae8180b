package documents

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// x12Format reads purchase orders (850) and changes of orders (860) of ANSI X12, in any version from 003010 on.
//
//	x12.go           who X12 is, its separators, and what is refused
//	x12_segments.go  text to segments, also where a terminator was lost
//	x12_envelope.go  ISA, GS, ST: what belongs together, and whether the counts agree
//	x12_order.go     the heading of an order
//	x12_party.go     N1 loops
//	x12_line.go      PO1, POC, SLN and what follows them
//	x12_dates.go     DTM, SCH, zones and centuries
//	x12_codes.go     code lists
var x12Format = format{id: "x12", name: "ANSI X12 850 and 860", recognise: x12Recognise, read: x12Read}

// Limits of an X12 file.
const (
	maxX12Segments = 100_000
	maxX12Elements = 200
	maxX12Parties  = 10_000
)

// x12Recognise takes files that begin with an interchange, and those whose envelopes were taken off, to say so.
func x12Recognise(s *source) bool {
	text := strings.TrimLeftFunc(s.text, x12Blank)
	return x12Opens(text, "ISA", 0, 2) || x12Opens(text, "GS", 2, 2) || x12Opens(text, "ST", 3, 3)
}

// x12Opens tells whether a text begins with a segment whose first element is a code of so many characters.
func x12Opens(text, tag string, least, most int) bool {
	after, found := strings.CutPrefix(text, tag)
	separator, size := utf8.DecodeRuneInString(after)
	if !found || !x12Separates(separator) || strings.ContainsRune(",;", separator) {
		return false // another word, or a table with a column of that name
	}
	first, _, found := strings.Cut(after[size:min(len(after), size+len("00")+x12Padding)], string(separator))
	first = strings.TrimFunc(first, x12Blank)
	return found && len(first) >= least && len(first) <= most && strings.IndexFunc(first, x12NoCode) < 0
}

// x12Padding is how many bytes of blanks a short element may carry.
const x12Padding = 20

func x12Read(ctx context.Context, s *source, c *collector) error {
	r := &x12Reader{c: c, scan: x12Scanner{text: s.text, wrapped: x12Wrapped(s.text)}}
	if err := r.file(ctx); err != nil {
		return err
	}
	return r.orders(ctx)
}

// x12Blank tells what stands round segments and elements without being part of them. Mail programs and editors put
// no-break spaces and byte order marks there, old systems an end-of-file character.
func x12Blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == 0 || r == 0x1a }

// x12Separates tells what may separate elements: neither letter, digit nor blank. Line ends may end segments.
func x12Separates(r rune) bool {
	return r != utf8.RuneError && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !x12Blank(r)
}

func x12NoCode(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }

// x12Syntax holds the separators of one interchange. Each interchange of a file states its own.
type x12Syntax struct{ element, terminator string }

// x12Places are the places of the separators in an interchange header of fixed width.
var x12Places = [...]int{3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103}

// x12Head is how much of a file its first segment may take, padded with whatever a mail program made of the blanks.
const x12Head = 1000

// x12SyntaxOf finds the separators of the interchange that x12Opens knew, and where its first segment ends. The header is
// of fixed width by the standard and often not in practice; its last element, the component separator, may be missing.
// What is certain is that a group follows.
func x12SyntaxOf(text string) (x12Syntax, int, error) {
	separator, _ := utf8.DecodeRuneInString(text[len("ISA"):])
	s := x12Syntax{element: string(separator)}
	head := text[:min(len(text), x12Head)]
	group := x12FirstGroup(head, s.element)
	last := x12LastElement(head, separator)
	if group >= 0 && (last == 0 || group < last) { // the header is short: its last element and what precedes it is missing
		last = strings.LastIndex(head[:group], s.element) + len(s.element)
		if i := strings.IndexFunc(head[last:group], func(r rune) bool { return x12Separates(r) || x12Blank(r) }); i > 0 {
			last += i // behind the last element that is there
		}
	}
	if last == 0 {
		return s, 0, malformed("ISA", "The file ends within its interchange header. It was cut on its way.")
	}
	gap := head[last:]
	if group >= 0 {
		gap = head[last:group]
	}
	terminator, length := x12Terminator(gap, text[last+len(gap):])
	if terminator == "" || terminator == s.element {
		return s, 0, malformed("ISA", "The segment terminator cannot be made out: want it behind the sixteenth element of the interchange header.")
	}
	s.terminator = terminator
	return s, last + length, nil
}

// x12LastElement returns where ISA16 begins, 0 where the header is too short for one.
func x12LastElement(head string, separator rune) int {
	place, next := 0, 0
	for i, r := range head {
		if place == x12Places[next] {
			if r != separator {
				break
			}
			if next++; next == len(x12Places) {
				return i + utf8.RuneLen(r)
			}
		}
		place++
	}
	at := 0
	for range x12Places {
		i := strings.IndexRune(head[at:], separator)
		if i < 0 {
			return 0
		}
		at += i + utf8.RuneLen(separator)
	}
	return at
}

// x12FirstGroup returns where the segment behind the interchange header begins, -1 where none follows.
func x12FirstGroup(head, element string) int {
	first := -1
	for _, tag := range [...]string{"GS", "TA1", "IEA"} {
		for from := len("ISA"); ; {
			i := strings.Index(head[from:], tag+element)
			if i < 0 {
				break
			}
			i += from
			before, _ := utf8.DecodeLastRuneInString(head[:i])
			if string(before) != element && (x12Separates(before) || x12Blank(before)) {
				if first < 0 || i < first {
					first = i
				}
				break
			}
			from = i + len(tag)
		}
	}
	return first
}

// x12Terminator finds the segment terminator in what stands between the header's last separator and the next segment:
// component separator and terminator, with line breaks for the eye or as the terminator.
func x12Terminator(gap, next string) (terminator string, end int) {
	var marks []string
	var ends []int
	for i, r := range gap {
		if x12Blank(r) {
			continue
		}
		marks, ends = append(marks, string(r)), append(ends, i+utf8.RuneLen(r))
		if len(marks) == 2 {
			return x12Mark(marks[1]), ends[1]
		}
	}
	lineEnd, lineAt := "", 0
	for _, end := range [...]string{"\n", "\r", "\u0085"} {
		if i := strings.Index(gap, end); i >= 0 {
			lineEnd, lineAt = end, i+len(end)
			break
		}
	}
	switch {
	case len(marks) == 0:
		return lineEnd, lineAt
	case lineEnd == "":
		return x12Mark(marks[0]), ends[0]
	}
	// One mark and a line break: a component separator and lines, or a terminator where ISA16 is missing. If it is the
	// terminator, it ends the next line as well.
	line := next
	if i := strings.IndexAny(next, "\r\n\u0085"); i >= 0 {
		line = next[:i]
	}
	if strings.HasSuffix(strings.TrimRightFunc(line, x12Blank), marks[0]) {
		return x12Mark(marks[0]), ends[0]
	}
	return lineEnd, lineAt
}

// x12Mark is a separator, or nothing where the mark cannot be one.
func x12Mark(mark string) string {
	if r, _ := utf8.DecodeRuneInString(mark); x12Separates(r) {
		return mark
	}
	return ""
}

// x12Refusal tells what a file holds that has no order in it.
func x12Refusal(sets []*x12Set) error {
	if len(sets) == 0 {
		return malformed("", "The X12 file holds no transaction set (ST).")
	}
	var held []string
	said := map[string]bool{}
	for _, s := range sets {
		const most = 5
		if said[s.code] || len(held) == most {
			continue
		}
		said[s.code] = true
		name, known := x12Sets[s.code]
		if !known {
			name = "a transaction set"
		}
		held = append(held, fmt.Sprintf("%s (%s)", name, strings.Trim(quoteShort(s.code), `"`)))
	}
	return &Error{Kind: Unsupported, Detail: "This X12 file holds " + strings.Join(held, ", ") + " and no order. Send purchase orders (850) or changes of them (860)."}
}
