// Package documents reads orders as procurement systems, shops and scanners write them: cXML, UBL, X12, EDIFACT, IDoc,
// shop JSON, spreadsheets, inventories and bills of material. One file holds one format; formats.go lists them.
//
// A reader never guesses and never drops: what it cannot place becomes text that is judged, and what does not add up
// becomes a problem, by which the order is review at least. Secrets, e-mail addresses and telephone numbers do not
// leave the package; of an address, the domain does.
package documents

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// Limits of one document.
const (
	MaxBytes = 5 << 20
	MaxLines = 5000 // of all orders together
)

// Hints are what is known of a document besides its bytes. All are optional; the content decides.
type Hints struct {
	Format   string // id of the format that it must be, such as "cxml"
	FileName string
}

// Document is what was read: at least one order, in the document's order.
type Document struct {
	Format   string // id
	Orders   []screening.Order
	Problems []screening.Problem // of the whole document; each order has them too
}

// Kind tells why a document was not read.
type Kind uint8

// The kinds of refusal.
const (
	Malformed Kind = iota
	TooLarge
	Unsupported // a format that is known and not read
	Unknown     // no format takes it
	Refused     // well formed, but nothing to take from a stranger: declared entities, say
)

// Error tells a person why a document was not read, where, and what to do.
type Error struct {
	Kind   Kind
	Detail string // a sentence or two
	At     string // XPath, segment, cell or byte; empty for the whole document
}

// Error implements error.
func (e *Error) Error() string {
	if e.At == "" {
		return e.Detail
	}
	return e.At + ": " + e.Detail
}

func malformed(at, detail string, args ...any) error {
	return &Error{Kind: Malformed, Detail: fmt.Sprintf(detail, args...), At: at}
}

// format is one kind of document. A recogniser looks at the source only; it never fails.
type format struct {
	id, name  string
	recognise func(*source) bool
	read      func(context.Context, *source, *collector) error
}

// Reader reads documents. It is immutable and safe for concurrent use.
type Reader struct {
	places  *screening.Places
	own     []format // of a caller's mapping files, tried before anything is refused by name
	formats []format
}

// NewReader returns a reader that knows places by name and code. mappings holds further mapping files, *.yaml, for JSON
// that a caller's own shop writes; nil is none. They are tried before the built-in ones.
func NewReader(places *screening.Places, mappings fs.FS) (*Reader, error) {
	own, mapped, err := mappedFormats(mappings)
	if err != nil {
		return nil, err
	}
	return &Reader{places: places, own: own, formats: slices.Concat(codedFormats, mapped, lastFormats)}, nil
}

// Decode reads a document. The error is an *Error where the document is at fault, else that of the context; with it the
// Document holds the format that took it, where one did.
func (r *Reader) Decode(ctx context.Context, data []byte, h Hints) (Document, error) {
	if len(data) > MaxBytes {
		return Document{}, &Error{Kind: TooLarge, Detail: fmt.Sprintf("The document is over %d MB, the most that a call takes. Split it.", MaxBytes>>20)}
	}
	src, err := open(data, h)
	if err != nil {
		return Document{}, err
	}
	f, err := r.formatOf(src)
	if err != nil {
		return Document{}, err
	}
	c := &collector{format: f.id, places: r.places}
	if err := f.read(ctx, src, c); err != nil {
		return Document{Format: f.id}, err
	}
	return c.document()
}

// IsForeign tells whether Decode's result says no more than that no format took the document: whoever has another idea
// of what it is may have the better word.
func IsForeign(d Document, err error) bool {
	var e *Error
	return d.Format == "" && errors.As(err, &e) && (e.Kind == Unknown || e.Kind == Malformed)
}

// Formats lists the ids of all formats, in the order in which they are tried.
func (r *Reader) Formats() []string {
	var ids []string
	for _, f := range slices.Concat(r.own, r.formats) {
		ids = append(ids, f.id)
	}
	return ids
}

func (r *Reader) formatOf(src *source) (format, error) {
	if id := src.hints.Format; id != "" {
		f, ok := first(slices.Concat(r.own, r.formats), func(f format) bool { return f.id == id })
		if !ok {
			return f, &Error{Kind: Unsupported, Detail: fmt.Sprintf("There is no format %q. Known are: %s.", id, strings.Join(r.Formats(), ", "))}
		}
		return f, nil
	}
	takes := func(f format) bool { return f.recognise(src) }
	if f, ok := first(r.own, takes); ok {
		return f, nil
	}
	if err := refusal(src); err != nil {
		return format{}, err
	}
	if f, ok := first(r.formats, takes); ok {
		return f, nil
	}
	if src.fault != nil {
		return format{}, src.fault
	}
	return format{}, unknown(src)
}

// first returns the first format that fits.
func first(formats []format, fits func(format) bool) (format, bool) {
	if i := slices.IndexFunc(formats, fits); i >= 0 {
		return formats[i], true
	}
	return format{}, false
}
