package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"

	"github.com/interdict/interdict/screening"
)

// A value in Redis is
//
//	version (1) | digest of the subject (32) | checksum (16) | assessment
//
// where the checksum is the front of the sha256 of the key and the assessment. So a value that was stored for another
// subject, build or catalogue, was cut short or changed on its way is told from the one that was asked for.
const (
	valueVersion = 1
	checksumSize = 16
	headerSize   = 1 + sha256.Size + checksumSize
)

// errUntrusted says that a value is not the one that was stored under its key.
var errUntrusted = errors.New("the value is not what was stored under this key")

// encode returns the value to be stored for an assessment. Equal assessments give equal bytes.
func encode(space keyspace, d digest, a *screening.Assessment) []byte {
	c := coder{out: make([]byte, headerSize, 512)}
	c.out[0] = valueVersion
	copy(c.out[1:], d[:])
	assessment(&c, a)
	sum := checksum(space.key(d), c.out[headerSize:])
	copy(c.out[headerSize-checksumSize:], sum[:])
	return c.out
}

// decode returns the assessment in a value, or errUntrusted where it is not one that encode made for this key.
func decode(space keyspace, d digest, value string) (*screening.Assessment, error) {
	if len(value) < headerSize || value[0] != valueVersion || value[1:1+len(d)] != string(d[:]) {
		return nil, errUntrusted
	}
	body := value[headerSize:]
	sum := checksum(space.key(d), []byte(body))
	if value[headerSize-checksumSize:headerSize] != string(sum[:]) {
		return nil, errUntrusted
	}
	return decodeAssessment(body)
}

func checksum(key string, body []byte) (sum [checksumSize]byte) {
	h := sha256.New()
	h.Write([]byte(key))
	h.Write(body)
	var whole [sha256.Size]byte
	copy(sum[:], h.Sum(whole[:0]))
	return sum
}

// detached returns an equal assessment that shares no memory with the document whose text it quotes, so that a small
// assessment in the cache does not keep a large document alive.
func detached(a *screening.Assessment) (*screening.Assessment, error) {
	var c coder
	assessment(&c, a)
	return decodeAssessment(string(c.out))
}

func decodeAssessment(body string) (*screening.Assessment, error) {
	c, a := coder{reading: true, in: body}, new(screening.Assessment)
	assessment(&c, a)
	if c.bad || c.in != "" {
		return nil, errUntrusted
	}
	return a, nil
}

// The fields of each type, in the order in which they are written and read. Provenance is not among them: it tells how
// one answer came about.

func assessment(c *coder, a *screening.Assessment) {
	list(c, &a.Matches, assessed)
	list(c, &a.NearMisses, assessed)
	optional(c, &a.Renewal, evidence)
	optional(c, &a.Soft, softener)
	boolean(c, &a.Unreadable)
	boolean(c, &a.Damaged)
	boolean(c, &a.Marred)
	text(c, &a.FormCountry)
	boolean(c, &a.FormAbroad)
}

func softener(c *coder, s *screening.Softener) {
	text(c, &s.Activity)
	evidence(c, &s.Evidence)
}

func assessed(c *coder, a *screening.Assessed) {
	text(c, &a.Target.Kind)
	text(c, &a.Target.ID)
	text(c, &a.Target.Name)
	text(c, &a.Target.Class)
	text(c, &a.Group)
	text(c, &a.Kind)
	text(c, &a.Standing)
	text(c, &a.Family)
	real64(c, &a.Score)
	real64(c, &a.Threshold)
	octet(c, &a.Certainty)
	text(c, &a.Doubt)
	boolean(c, &a.Mention)
	text(c, &a.Cue)
	text(c, &a.Disguise)
	list(c, &a.Evidence, evidence)
	text(c, &a.Verified)
}

func evidence(c *coder, e *screening.Evidence) {
	text(c, &e.Pointer)
	text(c, &e.Source)
	number(c, &e.Start)
	number(c, &e.End)
	text(c, &e.Text)
	text(c, &e.Method)
	table(c, &e.Detail)
}

// coder writes values to out, or reads them from in. Reading past the end or what cannot have been written marks it
// bad; from then on it reads zeroes.
type coder struct {
	reading bool
	bad     bool
	out     []byte
	in      string
}

func (c *coder) take(n int) string {
	if c.bad || n < 0 || n > len(c.in) {
		c.bad = true
		return ""
	}
	front := c.in[:n]
	c.in = c.in[n:]
	return front
}

func (c *coder) uvarint() uint64 {
	n, size := binary.Uvarint([]byte(c.in[:min(len(c.in), binary.MaxVarintLen64)]))
	if c.bad || size <= 0 {
		c.bad = true
		return 0
	}
	c.in = c.in[size:]
	return n
}

// length reads a count of things that take at least a byte each.
func (c *coder) length() int {
	n := c.uvarint()
	if n > uint64(len(c.in)) {
		c.bad = true
	}
	if c.bad {
		return 0
	}
	return int(n)
}

func octet[T ~uint8](c *coder, v *T) {
	if !c.reading {
		c.out = append(c.out, byte(*v))
	} else if b := c.take(1); b != "" {
		*v = T(b[0])
	}
}

func boolean(c *coder, v *bool) {
	switch {
	case c.reading:
		b := c.take(1)
		*v = b == "\x01"
		c.bad = c.bad || b > "\x01"
	case *v:
		c.out = append(c.out, 1)
	default:
		c.out = append(c.out, 0)
	}
}

func number(c *coder, v *int) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(*v))
		return
	}
	*v = int(c.uvarint())
}

func real64(c *coder, v *float64) {
	if !c.reading {
		c.out = binary.LittleEndian.AppendUint64(c.out, math.Float64bits(*v))
	} else if b := c.take(8); b != "" {
		*v = math.Float64frombits(binary.LittleEndian.Uint64([]byte(b)))
	}
}

func text[T ~string](c *coder, v *T) {
	if !c.reading {
		c.out = appendText(c.out, string(*v))
		return
	}
	*v = T(c.take(c.length()))
}

// list has the count and one before its items; 0 is the nil list.
func list[T any](c *coder, v *[]T, item func(*coder, *T)) {
	if !c.reading {
		c.out = appendCount(c.out, countOf(len(*v), *v == nil))
		for i := range *v {
			item(c, &(*v)[i])
		}
		return
	}
	n := c.count()
	if n < 0 {
		return
	}
	*v = make([]T, 0, min(n, 16)) // a count is not believed before its items have been read
	for range n {
		var one T
		if item(c, &one); c.bad {
			return
		}
		*v = append(*v, one)
	}
}

func optional[T any](c *coder, v **T, item func(*coder, *T)) {
	there := *v != nil
	if boolean(c, &there); !there {
		return
	}
	if c.reading {
		*v = new(T)
	}
	item(c, *v)
}

// table has its rows in the order of their names.
func table(c *coder, v *map[string]string) {
	if !c.reading {
		c.out = appendCount(c.out, countOf(len(*v), *v == nil))
		names := slices.AppendSeq(make([]string, 0, len(*v)), maps.Keys(*v))
		slices.Sort(names)
		for _, name := range names {
			c.out = appendText(appendText(c.out, name), (*v)[name])
		}
		return
	}
	n := c.count()
	if n < 0 {
		return
	}
	*v = make(map[string]string, min(n, 16))
	for range n {
		var name, value string
		text(c, &name)
		if text(c, &value); c.bad {
			return
		}
		(*v)[name] = value
	}
}

// countOf and count write and read the length of what may be nil: 0 is nil, all else one more than the length.
func countOf(n int, isNil bool) int {
	if isNil {
		return 0
	}
	return n + 1
}

// count returns -1 for nil.
func (c *coder) count() int {
	n := c.uvarint()
	if n > uint64(len(c.in))+1 {
		c.bad = true
	}
	if c.bad {
		return -1
	}
	return int(n) - 1
}
