package documents

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Limits of a JSON document.
const (
	maxJSONDepth  = 64
	maxJSONValues = 500_000
)

// jsonValue is a value of a JSON document with its place. Members keep their order and their duplicates.
type jsonValue struct {
	kind    jsontext.Kind // '{', '[', '"', '0', 't', 'f', 'n'
	text    string        // of strings, and of numbers as written
	keys    []string
	members []*jsonValue // of an object, beside keys; the items of an array

	parent *jsonValue
	index  int    // in the parent
	place  string // instead of parent and index, of a value that a reader made from something else than JSON
}

// parseJSON reads exactly one JSON value. Numbers stay as they are written, so that an id of 20 digits stays whole.
func parseJSON(text string) (*jsonValue, error) {
	d := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true))
	b := jsonBuilder{decoder: d}
	root, err := b.value(nil, 0, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, malformed("byte "+strconv.FormatInt(d.InputOffset(), 10), "There is something after the JSON value. Send one document, or NDJSON as application/x-ndjson.")
	}
	return root, nil
}

type jsonBuilder struct {
	decoder *jsontext.Decoder
	values  int
}

func (b *jsonBuilder) value(parent *jsonValue, index, depth int) (*jsonValue, error) {
	b.values++
	v := &jsonValue{parent: parent, index: index}
	switch {
	case depth > maxJSONDepth:
		return nil, malformed(v.at(), "Values are nested more than %d levels deep.", maxJSONDepth)
	case b.values > maxJSONValues:
		return nil, &Error{Kind: TooLarge, Detail: "The document has more than 500,000 values. Split it.", At: v.at()}
	}
	token, err := b.decoder.ReadToken()
	if err != nil {
		return nil, b.fault(v, err)
	}
	v.kind = token.Kind()
	switch v.kind {
	case '"', '0':
		v.text = token.String()
	case 't', 'f':
		v.text = strconv.FormatBool(token.Bool())
	case '{':
		return v, b.object(v, depth)
	case '[':
		return v, b.array(v, depth)
	}
	return v, nil
}

func (b *jsonBuilder) object(v *jsonValue, depth int) error {
	for b.decoder.PeekKind() != '}' {
		name, err := b.decoder.ReadToken()
		if err != nil {
			return b.fault(v, err)
		}
		v.keys = append(v.keys, name.String())
		member, err := b.value(v, len(v.members), depth+1)
		if err != nil {
			return err
		}
		v.members = append(v.members, member)
	}
	_, err := b.decoder.ReadToken()
	return b.fault(v, err)
}

func (b *jsonBuilder) array(v *jsonValue, depth int) error {
	for b.decoder.PeekKind() != ']' {
		item, err := b.value(v, len(v.members), depth+1)
		if err != nil {
			return err
		}
		v.members = append(v.members, item)
	}
	_, err := b.decoder.ReadToken()
	return b.fault(v, err)
}

func (b *jsonBuilder) fault(v *jsonValue, err error) error {
	if err == nil {
		return nil
	}
	at := "byte " + strconv.FormatInt(b.decoder.InputOffset(), 10)
	if pointer := v.at(); pointer != "" {
		at = pointer + ", " + at
	}
	return malformed(at, "The document is not valid JSON.")
}

// at is the value's JSON pointer (RFC 6901). A very long one is cut in the middle.
func (v *jsonValue) at() string {
	switch {
	case v == nil:
		return ""
	case v.parent == nil:
		return v.place
	}
	steps := make([]string, 0, maxJSONDepth)
	first := v
	for ; first.parent != nil; first = first.parent {
		if first.parent.kind == '{' {
			steps = append(steps, pointerEscapes.Replace(shortened(first.parent.keys[first.index], longestStep)))
		} else {
			steps = append(steps, strconv.Itoa(first.index))
		}
	}
	return joinedPath(first.place, steps)
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// get returns the first member of a name as written, or nil. Every method of jsonValue takes nil.
func (v *jsonValue) get(key string) *jsonValue {
	if v == nil || v.kind != '{' {
		return nil
	}
	for i, k := range v.keys {
		if k == key {
			return v.members[i]
		}
	}
	return nil
}

// has reports whether an object has all the keys, as written.
func (v *jsonValue) has(keys ...string) bool {
	for _, k := range keys {
		if v.get(k) == nil {
			return false
		}
	}
	return true
}

// items are the items of an array; none for anything else.
func (v *jsonValue) items() []*jsonValue {
	if v == nil || v.kind != '[' {
		return nil
	}
	return v.members
}

// value is the text of a string, number or boolean with its source; nothing for null, objects and arrays.
func (v *jsonValue) value() value {
	if v == nil || v.kind == '{' || v.kind == '[' || v.kind == 'n' {
		return value{}
	}
	return value{strings.TrimSpace(v.text), v.at()}
}

// each visits a value and all within it, in the order of the document.
func (v *jsonValue) each(visit func(*jsonValue)) {
	if v == nil {
		return
	}
	visit(v)
	for _, m := range v.members {
		m.each(visit) // depth is limited
	}
}

// twins calls for every member of an object whose key stood before, in the same or another case.
func (v *jsonValue) twins(found func(member *jsonValue, key string)) {
	if v == nil || v.kind != '{' {
		return
	}
	seen := make(map[string]bool, len(v.keys))
	for i, key := range v.keys {
		folded := strings.ToLower(key)
		if seen[folded] {
			found(v.members[i], key)
		}
		seen[folded] = true
	}
}
