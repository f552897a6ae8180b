package documents

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Limits of an XML document.
const (
	maxXMLDepth = 100
	maxXMLNodes = 200_000 // elements
	maxXMLAttrs = 100     // of one element
)

// node is an element of an XML document. Names are without prefix; spaces are the full names of the namespaces.
type node struct {
	name, space string
	attrs       []attribute
	children    []*node
	parent      *node
	own         string         // its own character data, comments left out, as written
	place       int            // among the siblings of its name, from 1
	alike       map[string]int // how many children of each name there are
}

// attribute is an attribute, its name without prefix.
type attribute struct{ name, value string }

// parseXML builds the tree of an XML document. It declares, expands and fetches nothing: a document type with a
// declaration inside is refused, one that only names a DTD is read over.
func parseXML(text string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded by now
	b := xmlBuilder{decoder: d}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = b.take(token)
		} else {
			err = malformed(b.where(), "The document is not well-formed XML: %s.", xmlDetail(err))
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case b.open != nil:
		return nil, malformed(b.where(), "The document ends before %s is closed. It was cut on its way.", b.open.name)
	case b.root == nil:
		return nil, malformed("", "The document holds no XML element.")
	}
	return b.root, nil
}

// xmlDetail takes the cause out of the decoder's words.
func xmlDetail(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return strings.TrimPrefix(err.Error(), "xml: ")
}

type xmlBuilder struct {
	decoder    *xml.Decoder
	root, open *node
	names      []string // of the open elements, with prefix
	text       [][]byte // of the open elements
	spaces     []map[string]string
	depth      int
	nodes      int
}

func (b *xmlBuilder) where() string {
	line, column := b.decoder.InputPos()
	return fmt.Sprintf("line %d, column %d", line, column)
}

func (b *xmlBuilder) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return b.start(t)
	case xml.EndElement:
		return b.end(t)
	case xml.CharData:
		if b.open != nil {
			b.text[len(b.text)-1] = append(b.text[len(b.text)-1], t...)
		} else if strings.TrimSpace(string(t)) != "" {
			return malformed(b.where(), "There is text outside the root element.")
		}
	case xml.Directive:
		if strings.Contains(strings.ToUpper(string(t)), "<!ENTITY") || strings.Contains(string(t), "[") {
			return &Error{Kind: Refused, Detail: "The document declares entities or other parts of a document type. That is refused: send it without an internal DTD.", At: b.where()}
		}
	case xml.ProcInst:
		if t.Target == "xml" && b.root != nil {
			return malformed(b.where(), "A second XML declaration begins here: one document at a time.")
		}
	}
	return nil
}

func (b *xmlBuilder) start(t xml.StartElement) error {
	b.nodes++
	switch {
	case b.open == nil && b.root != nil:
		return malformed(b.where(), "A second root element, %s, begins here: one document at a time.", quoteShort(t.Name.Local))
	case b.depth >= maxXMLDepth:
		return malformed(b.where(), "Elements are nested more than %d levels deep.", maxXMLDepth)
	case b.nodes > maxXMLNodes:
		return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The document has more than %d elements. Split it.", maxXMLNodes), At: b.where()}
	case len(t.Attr) > maxXMLAttrs:
		return malformed(b.where(), "An element has more than %d attributes.", maxXMLAttrs)
	}
	n := &node{name: t.Name.Local, parent: b.open}
	scope, own := b.scope(), false
	for i, a := range t.Attr {
		for _, before := range t.Attr[:i] {
			if before.Name == a.Name {
				return malformed(b.where(), "The attribute %s stands twice.", quoteShort(a.Name.Local))
			}
		}
		if isNamespace(a.Name) {
			if !own {
				scope, own = copied(scope), true
			}
			prefix := ""
			if a.Name.Space == "xmlns" {
				prefix = a.Name.Local
			}
			scope[prefix] = a.Value
			continue
		}
		n.attrs = append(n.attrs, attribute{a.Name.Local, a.Value})
	}
	n.space = scope[t.Name.Space]
	if b.open == nil {
		b.root = n
	} else {
		b.open.children = append(b.open.children, n)
		if b.open.alike == nil {
			b.open.alike = map[string]int{}
		}
		b.open.alike[n.name]++
		n.place = b.open.alike[n.name]
	}
	b.open, b.depth = n, b.depth+1
	b.names = append(b.names, t.Name.Space+":"+t.Name.Local)
	b.spaces = append(b.spaces, scope)
	b.text = append(b.text, nil)
	return nil
}

func isNamespace(name xml.Name) bool {
	return name.Space == "xmlns" || name.Space == "" && name.Local == "xmlns"
}

func (b *xmlBuilder) scope() map[string]string {
	if len(b.spaces) == 0 {
		return map[string]string{}
	}
	return b.spaces[len(b.spaces)-1]
}

func copied(m map[string]string) map[string]string {
	out := make(map[string]string, len(m)+1)
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (b *xmlBuilder) end(t xml.EndElement) error {
	last := len(b.names) - 1
	if last < 0 || b.names[last] != t.Name.Space+":"+t.Name.Local {
		return malformed(b.where(), "The end of %s does not match the element that is open.", quoteShort(t.Name.Local))
	}
	b.open.own = string(b.text[last])
	b.open, b.depth = b.open.parent, b.depth-1
	b.names, b.spaces, b.text = b.names[:last], b.spaces[:last], b.text[:last]
	return nil
}

// child returns the first child of a name, or nil. Every method of node takes nil for an element that is not there.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// at follows names, first children each, such as at("ItemDetail", "Description").
func (n *node) at(names ...string) *node {
	for _, name := range names {
		n = n.child(name)
	}
	return n
}

// all returns the children of a name, in order.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, c := range n.children {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

// attr returns the value of an attribute with its source; the name's case does not matter.
func (n *node) attr(name string) value {
	if n == nil {
		return value{}
	}
	for _, a := range n.attrs {
		if strings.EqualFold(a.name, name) {
			return value{strings.TrimSpace(a.value), n.path() + "/@" + a.name}
		}
	}
	return value{}
}

// text returns the element's own text, trimmed, with its source.
func (n *node) text() value {
	if n == nil {
		return value{}
	}
	return value{strings.TrimSpace(n.own), n.path()}
}

// deep returns the text of the element and of all within it, trimmed pieces with a space between.
func (n *node) deep() value {
	if n == nil {
		return value{}
	}
	var pieces []string
	n.each(func(c *node) {
		if t := strings.TrimSpace(c.own); t != "" {
			pieces = append(pieces, t)
		}
	})
	return value{strings.Join(pieces, " "), n.path()}
}

// each visits the element and all within it, in the order of the document.
func (n *node) each(visit func(*node)) {
	if n == nil {
		return
	}
	visit(n)
	for _, c := range n.children {
		c.each(visit) // depth is limited
	}
}

// path is the element's XPath, without prefixes: /cXML/Request/OrderRequest/ItemOut[2]. A very long one is cut in the
// middle.
func (n *node) path() string {
	if n == nil {
		return ""
	}
	steps := make([]string, 0, maxXMLDepth)
	for ; n != nil; n = n.parent {
		step := shortened(n.name, longestStep)
		if n.parent != nil && n.parent.alike[n.name] > 1 {
			step += "[" + strconv.Itoa(n.place) + "]"
		}
		steps = append(steps, step)
	}
	return joinedPath("", steps)
}
