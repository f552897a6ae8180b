package documents

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// source is a document that was opened: its bytes, its text, and its tree where it is XML or JSON.
type source struct {
	data  []byte
	text  string // in UTF-8, without a byte order mark; empty for binary files
	hints Hints

	xml   *node      // the root element of an XML document
	json  *jsonValue // of a JSON document
	fault error      // why a document that begins as XML or JSON has no tree
}

// open decodes the text and, for XML and JSON, builds the tree. Only what must not be read at all is an error.
func open(data []byte, h Hints) (*source, error) {
	s := &source{data: data, hints: h}
	if isBinary(data) {
		return s, nil
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	s.text = text
	switch trimmed := strings.TrimLeft(text, " \t\r\n"); {
	case trimmed == "":
		return nil, malformed("", "The document is empty.")
	case trimmed[0] == '<':
		s.xml, s.fault = parseXML(text)
	case trimmed[0] == '{' || trimmed[0] == '[':
		s.json, s.fault = parseJSON(text)
	}
	if refused, ok := s.fault.(*Error); ok && refused.Kind == Refused { //nolint:errorlint // made here
		return nil, s.fault
	}
	return s, nil
}

// isBinary tells files whose bytes are no text: ZIP archives, OLE files, PDF.
func isBinary(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) || bytes.HasPrefix(data, []byte("%PDF"))
}

// decodeText returns bytes as UTF-8: by their byte order mark, else by what an XML declaration says, else as UTF-8
// where they are that. XML and JSON must be; anything else is then read as Windows-1252, in which a byte that stands
// for nothing becomes U+FFFD.
func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return string(data[3:]), nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeIn(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	case len(data) > 3 && data[0] != 0 && data[1] == 0 && data[3] == 0:
		return decodeIn(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), data)
	case len(data) > 3 && data[0] == 0 && data[1] != 0 && data[2] == 0:
		return decodeIn(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), data)
	}
	if label := declaredCharset(data); label != "" {
		e, err := htmlindex.Get(label)
		switch {
		case err != nil:
			return "", &Error{Kind: Unsupported, Detail: "The document says it is written in " + quoteShort(label) + ", which is no charset known here. Send it in UTF-8.", At: "XML declaration"}
		case e != unicode.UTF8:
			return decodeIn(e, data)
		case !utf8.Valid(data):
			return "", malformed("XML declaration", "The document says it is written in UTF-8, and holds bytes that are not. Send it in the charset that it names.")
		}
	}
	first := bytes.TrimLeft(data, " \t\r\n")
	switch {
	case utf8.Valid(data):
		return string(data), nil
	case len(first) > 0 && (first[0] == '<' || first[0] == '{' || first[0] == '['):
		return "", malformed("", "The document is not in UTF-8 and names no other charset. Send it in UTF-8, or name its charset in the XML declaration.")
	}
	return decodeIn(charmap.Windows1252, data)
}

func decodeIn(e encoding.Encoding, data []byte) (string, error) {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", malformed("", "The document's bytes are not in the charset that they seem to be in.")
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

// declaredCharset is the encoding of an XML declaration, lower case; empty where there is none.
func declaredCharset(data []byte) string {
	head := data[:min(len(data), 200)]
	if !bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<?xml")) {
		return ""
	}
	declaration, _, found := bytes.Cut(head, []byte("?>"))
	if !found {
		return ""
	}
	_, after, found := bytes.Cut(declaration, []byte("encoding"))
	if !found {
		return ""
	}
	label := strings.TrimLeft(string(after), " =\t")
	if label == "" || label[0] != '"' && label[0] != '\'' {
		return ""
	}
	label, _, _ = strings.Cut(label[1:], label[:1])
	return strings.ToLower(strings.TrimSpace(label))
}

// quoteShort quotes a text of a stranger for a message, cut to what helps.
func quoteShort(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "..."
	}
	return `"` + strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s) + `"`
}

// Limits of a path into a document, in bytes: a stranger chooses how long its names are.
const (
	longestStep = 80
	longestPath = 400
)

// joinedPath writes steps, the last one first, as a path behind its beginning. Of a very long one the middle is left
// out.
func joinedPath(begin string, steps []string) string {
	var b strings.Builder
	b.WriteString(begin)
	for i := len(steps) - 1; i >= 0; i-- {
		b.WriteByte('/')
		b.WriteString(steps[i])
	}
	path := b.String()
	if len(path) <= longestPath {
		return path
	}
	return strings.ToValidUTF8(path[:longestPath/2]+"…"+path[len(path)-longestPath/2:], "")
}

// shortened cuts a text to so many bytes.
func shortened(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
