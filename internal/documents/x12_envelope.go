package documents

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// x12Set is a transaction set: one order, invoice or other message.
type x12Set struct {
	code, control string
	place         int // in the file, from 1
	count         int // of segments, ST and SE with them
	segments      []x12Segment
	problems      []x12Problem
	groupDate     string // GS04
	element       string // the separator
}

// x12Problem is what does not add up in a set; its place gets a name once the set is known whole.
type x12Problem struct {
	code, element, detail string
	segment               int
}

// x12Envelope is an interchange or a group that is open.
type x12Envelope struct {
	control string
	date    string // GS04
	held    int    // groups of an interchange, sets of a group
}

// x12Reader reads the envelopes of a file.
type x12Reader struct {
	c                    *collector
	scan                 x12Scanner
	sets                 []*x12Set
	interchange, group   *x12Envelope
	set, last            *x12Set // the open one; the one before
	interchanges, groups int
	parties              int
	said                 int // problems of the whole file
}

// isOrder tells the sets that are read.
func (s *x12Set) isOrder() bool { return s.code == "850" || s.code == "860" }

func (s *x12Set) add(segment x12Segment) {
	s.count++
	if s.isOrder() {
		s.segments = append(s.segments, segment)
	}
}

// mostX12Problems is how many problems of a file or set are named one by one; any one makes it review.
const mostX12Problems = 20

// problem reports something about the whole file.
func (r *x12Reader) problem(code, source, detail string, args ...any) {
	if r.said++; r.said <= mostX12Problems {
		r.c.problem(code, source, detail, args...)
	}
}

// fault reports something about a set, at its last segment; about the whole file where the set is not read.
func (r *x12Reader) fault(s *x12Set, code, element, detail string, args ...any) {
	if !s.isOrder() {
		r.problem(code, fmt.Sprintf("ST[%d]", s.place), detail, args...)
		return
	}
	if len(s.problems) < mostX12Problems {
		s.problems = append(s.problems, x12Problem{code, element, fmt.Sprintf(detail, args...), len(s.segments) - 1})
	}
}

// file reads all segments and sorts them by their envelopes.
func (r *x12Reader) file(ctx context.Context) error {
	for i := 0; ; i++ {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		segment, more, err := r.scan.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		r.take(segment)
	}
	if r.set != nil || r.group != nil || r.interchange != nil {
		r.problem(problemStructure, "IEA", "The file ends before its interchange does (IEA): it was cut on its way. Send it again.")
		r.closeSet()
	}
	return nil
}

func (r *x12Reader) take(s x12Segment) {
	if s.glued {
		const detail = "No segment terminator stands before %s, only a line break. The segment was read as one of its own."
		if r.set != nil {
			r.fault(r.set, problemTerminator, "", detail, s.tag)
		} else {
			r.problem(problemTerminator, s.tag, detail, s.tag)
		}
	}
	switch s.tag {
	case "ISA":
		r.openInterchange(&s)
	case "GS":
		r.openGroup(&s)
	case "ST":
		r.openSet(&s)
	case "SE":
		r.endSet(s)
	case "GE":
		r.endGroup(&s)
	case "IEA":
		r.endInterchange(&s)
	default:
		r.content(s)
	}
}

func (r *x12Reader) openInterchange(s *x12Segment) {
	r.closeGroup("ISA")
	if r.interchange != nil {
		r.problem(problemStructure, r.interchangeAt("ISA"), "Another interchange begins before this one has ended (IEA).")
	}
	r.interchanges++
	r.interchange = &x12Envelope{control: s.at(13).text}
}

func (r *x12Reader) openGroup(s *x12Segment) {
	r.closeGroup("GS")
	if r.interchange == nil {
		r.problem(problemStructure, "GS", "A group stands outside an interchange (ISA to IEA).")
	} else {
		r.interchange.held++
	}
	r.groups++
	r.group = &x12Envelope{control: s.at(6).text, date: s.at(4).text}
}

func (r *x12Reader) openSet(s *x12Segment) {
	r.closeSet()
	r.set = &x12Set{code: s.at(1).text, control: s.at(2).text, place: len(r.sets) + 1, element: r.scan.syntax.element}
	if r.group == nil {
		r.problem(problemStructure, fmt.Sprintf("ST[%d]", r.set.place), "A transaction set stands outside a group (GS to GE).")
	} else {
		r.group.held++
		r.set.groupDate = r.group.date
	}
	r.sets = append(r.sets, r.set)
	r.set.add(*s)
}

// content is a segment of a message. One that stands between messages is read with the order before it: a line must not
// be lost because an end was written too early.
func (r *x12Reader) content(s x12Segment) {
	at := r.set
	if at == nil {
		if s.tag == "TA1" || s.tag == "ISB" || s.tag == "ISE" {
			return // acknowledgement and addressing of interchanges
		}
		r.problem(problemStructure, quoteShort(withoutContacts(s.tag)), "The segment stands outside a transaction set (ST to SE).")
		if at = r.last; at == nil || !at.isOrder() {
			return
		}
	}
	at.add(s)
	if !s.proper() {
		r.fault(at, problemStructure, "", "%s is no segment. A text may hold the segment terminator.", quoteShort(withoutContacts(s.tag)))
	}
}

func (r *x12Reader) endSet(s x12Segment) {
	if r.set == nil {
		r.problem(problemStructure, "SE", "A transaction set ends that has not begun (ST).")
		return
	}
	r.set.add(s)
	if n, ok := x12Count(s.at(1).text); !ok || n != r.set.count {
		r.fault(r.set, problemTotals, "01", "The message states that it has %s segments, and has %d.", quoteShort(s.at(1).text), r.set.count)
	}
	if !x12SameControl(s.at(2).text, r.set.control) {
		r.fault(r.set, problemTotals, "02", "The message ends with the control number %s and began with %s.", quoteShort(s.at(2).text), quoteShort(r.set.control))
	}
	r.last, r.set = r.set, nil
}

func (r *x12Reader) endGroup(s *x12Segment) {
	r.closeSet()
	if r.group == nil {
		r.problem(problemStructure, "GE", "A group ends that has not begun (GS).")
		return
	}
	at := "GE"
	if r.groups > 1 {
		at = fmt.Sprintf("GS[%d]/GE", r.groups)
	}
	if n, ok := x12Count(s.at(1).text); !ok || n != r.group.held {
		r.problem(problemTotals, at+"/01", "The group states that it holds %s messages, and holds %d.", quoteShort(s.at(1).text), r.group.held)
	}
	if !x12SameControl(s.at(2).text, r.group.control) {
		r.problem(problemTotals, at+"/02", "The group ends with the control number %s and began with %s.", quoteShort(s.at(2).text), quoteShort(r.group.control))
	}
	r.group = nil
}

func (r *x12Reader) endInterchange(s *x12Segment) {
	r.closeGroup("IEA")
	if r.interchange == nil {
		r.problem(problemStructure, "IEA", "An interchange ends that has not begun (ISA).")
		return
	}
	at := r.interchangeAt("IEA")
	if n, ok := x12Count(s.at(1).text); !ok || n != r.interchange.held {
		r.problem(problemTotals, at+"/01", "The interchange states that it holds %s groups, and holds %d.", quoteShort(s.at(1).text), r.interchange.held)
	}
	if !x12SameControl(s.at(2).text, r.interchange.control) {
		r.problem(problemTotals, at+"/02", "The interchange ends with the control number %s and began with %s.", quoteShort(s.at(2).text), quoteShort(r.interchange.control))
	}
	r.interchange = nil
}

func (r *x12Reader) interchangeAt(tag string) string {
	if r.interchanges > 1 {
		return fmt.Sprintf("ISA[%d]/%s", r.interchanges, tag)
	}
	return tag
}

// closeSet ends a set that has no end of its own.
func (r *x12Reader) closeSet() {
	if r.set == nil {
		return
	}
	r.fault(r.set, problemStructure, "", "The message has no end (SE): it was cut, or its end was lost.")
	r.last, r.set = r.set, nil
}

// closeGroup ends a group that has no end of its own.
func (r *x12Reader) closeGroup(at string) {
	r.closeSet()
	if r.group == nil {
		return
	}
	r.problem(problemStructure, at, "The group has no end (GE).")
	r.group = nil
}

// orders reads the orders among the sets.
func (r *x12Reader) orders(ctx context.Context) error {
	found := 0
	for _, s := range r.sets {
		if !s.isOrder() {
			continue
		}
		if found++; found > MaxLines {
			return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The file has more than %d orders. Send them as a batch.", MaxLines)}
		}
		if err := r.order(ctx, s); err != nil {
			return err
		}
	}
	if found == 0 {
		return x12Refusal(r.sets)
	}
	return nil
}

func x12Count(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// x12SameControl compares control numbers, which some systems write without leading zeros.
func x12SameControl(a, b string) bool {
	return a == b || a != "" && b != "" && strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0")
}
