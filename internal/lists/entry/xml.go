package entry

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/table"
)

// Limits of an XML file. The longest entries of real lists have about 200 KB.
const (
	maxDepth   = 32
	maxElement = 8 << 20 // bytes of an element that is read as one
)

// ctxEvery is after how many tokens or rows it is looked whether anybody still waits.
const ctxEvery = 4096

// Root returns the name of the first element of an XML file, by the file's beginning; empty where it is no XML.
func Root(f *lists.File) xml.Name {
	d := xml.NewDecoder(bytes.NewReader(f.Head()))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // refused in words later
	for {
		token, err := d.Token()
		if err != nil {
			return xml.Name{}
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name
		}
	}
}

// Document is an XML file that is being read. It expands no entities and refuses a document type that declares any.
type Document struct {
	file     string
	ctx      context.Context
	tokens   *xml.Decoder // knows the places
	elements *xml.Decoder // reads the tokens' names and matches their ends
	depth    int
	seen     int
	rooted   bool
	charset  error // that the file names another character set
	from     int64 // where the element begins that is read as one; negative outside of one
}

// Element is the start of an element. Its content is either decoded, or visited.
type Element struct {
	xml.StartElement
	Depth int // of the root it is 0
	Line  int
	d     *Document
}

// ReadXML reads a file whose root has a name. It visits every element in turn, the root first, but for those inside of
// an element that was decoded. An error is a *lists.Fault, or that of the context.
func ReadXML(ctx context.Context, f *lists.File, root string, visit func(e *Element) error) error {
	text, err := table.Text(f)
	if err != nil {
		return err
	}
	d := &Document{file: f.Name, ctx: ctx, from: -1, tokens: xml.NewDecoder(bytes.NewReader(text))}
	d.tokens.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		d.charset = d.Fault(1, "says that it is written in %s, which is not read: it must be UTF-8", Quote(label))
		return nil, d.charset
	}
	d.elements = xml.NewTokenDecoder(d)
	for {
		token, err := d.elements.Token()
		if errors.Is(err, io.EOF) && d.rooted {
			return nil
		}
		if err != nil {
			return d.fault(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if d.depth == 1 && start.Name.Local != root {
			return d.Fault(d.line(), "is another kind of file: it begins with %s, not with %s", Quote(start.Name.Local), root)
		}
		if err := visit(&Element{StartElement: start, Depth: d.depth - 1, Line: d.line(), d: d}); err != nil {
			return d.fault(err)
		}
	}
}

var bom = []byte("\xef\xbb\xbf")

// Attr returns an attribute's value; empty where there is none.
func (e *Element) Attr(name string) string {
	for _, a := range e.StartElement.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Decode reads the whole element into a struct as encoding/xml does.
func (e *Element) Decode(v any) error {
	e.d.from = e.d.tokens.InputOffset()
	err := e.d.elements.DecodeElement(v, &e.StartElement)
	e.d.from = -1
	return err
}

// Unread reads over an element that a list is not known to have. One that holds further elements may hold entries, so
// that it is a fault to leave it out.
func (e *Element) Unread() error {
	var inner struct {
		Elements []struct{} `xml:",any"`
	}
	if err := e.Decode(&inner); err != nil {
		return err
	}
	if len(inner.Elements) > 0 {
		return e.Fault("the part %s is not known: entries in it would be left out", Quote(e.Name.Local))
	}
	return nil
}

// Fault is what is wrong with the element.
func (e *Element) Fault(detail string, args ...any) *lists.Fault {
	return e.d.Fault(e.Line, detail, args...)
}

// Fault is what is wrong at a line of the file.
func (d *Document) Fault(line int, detail string, args ...any) *lists.Fault {
	return &lists.Fault{File: d.file, Line: line, Detail: fmt.Sprintf(detail, args...)}
}

func (d *Document) line() int {
	line, _ := d.tokens.InputPos()
	return line
}

// fault says an error of the decoder in words; a fault and the context's end it passes on.
func (d *Document) fault(err error) error {
	var fault *lists.Fault
	var syntax *xml.SyntaxError
	switch {
	case d.charset != nil:
		return d.charset
	case errors.As(err, &fault):
		return fault
	case d.ctx.Err() != nil:
		return d.ctx.Err()
	case errors.Is(err, io.EOF) && !d.rooted:
		return d.Fault(0, "is empty or no XML")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		return d.Fault(d.line(), "ends in the middle of an element: the file was cut on its way")
	case errors.As(err, &syntax):
		return d.Fault(d.line(), "is not well-formed XML: %s", syntax.Msg)
	}
	return d.Fault(d.line(), "%s", strings.TrimPrefix(err.Error(), "xml: "))
}

// Token implements xml.TokenReader with the checks that no entry of an honest list fails.
func (d *Document) Token() (xml.Token, error) {
	if d.seen++; d.seen%ctxEvery == 0 && d.ctx.Err() != nil {
		return nil, d.ctx.Err()
	}
	token, err := d.tokens.RawToken()
	if err != nil {
		return nil, err
	}
	if d.from >= 0 && d.tokens.InputOffset()-d.from > maxElement {
		return nil, d.Fault(d.line(), "an entry is longer than %d MB", maxElement>>20)
	}
	switch t := token.(type) {
	case xml.StartElement:
		if d.depth == 0 && d.rooted {
			return nil, d.Fault(d.line(), "a second list begins here: one at a time")
		}
		if d.depth++; d.depth > maxDepth {
			return nil, d.Fault(d.line(), "elements are nested more than %d levels deep", maxDepth)
		}
		d.rooted = true
	case xml.EndElement:
		d.depth--
	case xml.CharData:
		if d.depth == 0 && len(bytes.TrimSpace(t)) > 0 {
			return nil, d.Fault(d.line(), "there is text outside of the list")
		}
	case xml.Directive:
		if bytes.IndexByte(t, '[') >= 0 || bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
			return nil, d.Fault(d.line(), "declares entities or other parts of a document type: such files are refused")
		}
	}
	return token, nil
}
