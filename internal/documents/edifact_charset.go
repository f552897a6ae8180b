package documents

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// edifactCharsets are the syntax identifiers of UNB S001 and the charsets that they stand for. UNOA to UNOC are read as
// Windows-1252, which holds all of ASCII and Latin-1 and what programs on Windows write beside it. A nil map is UTF-8.
var edifactCharsets = map[string]*charmap.Charmap{
	"UNOA": charmap.Windows1252, "UNOB": charmap.Windows1252, "UNOC": charmap.Windows1252,
	"UNOD": charmap.ISO8859_2, "UNOE": charmap.ISO8859_5, "UNOF": charmap.ISO8859_7, "UNOG": charmap.ISO8859_3,
	"UNOH": charmap.ISO8859_4, "UNOI": charmap.ISO8859_6, "UNOJ": charmap.ISO8859_8, "UNOK": charmap.ISO8859_9,
	"UNOL": charmap.ISO8859_15, "UNOW": nil, "UNOY": nil,
}

// edifactCharset decodes the text of one interchange.
type edifactCharset struct {
	utf8  bool
	table *charmap.Charmap
	fault string // why what the interchange says of its charset cannot be
}

// edifactCharsetOf returns the charset of an interchange by its syntax identifier and its character encoding. A document
// that is UTF-8 throughout is read so whatever it says, since no other text has that form by chance.
func edifactCharsetOf(syntax, encoding string, isUTF8 bool) edifactCharset {
	if isUTF8 {
		return edifactCharset{utf8: true}
	}
	if encoding == "3" {
		return edifactCharset{table: charmap.CodePage850}
	}
	table, known := edifactCharsets[strings.ToUpper(syntax)]
	switch {
	case table != nil:
		return edifactCharset{table: table}
	case syntax == "": // no interchange header yet
		return edifactCharset{table: charmap.Windows1252}
	case known:
		return edifactCharset{table: charmap.Windows1252, fault: "The interchange says that it is in UTF-8 (" + quoteShort(syntax) +
			") and holds bytes that are not; they were read as Windows-1252. Send it in the charset that it names."}
	}
	return edifactCharset{table: charmap.Windows1252, fault: "The interchange names the syntax " + quoteShort(syntax) +
		", whose charset is not known here; it was read as Windows-1252. Send it as UNOC, or as UNOY in UTF-8."}
}

// decode returns bytes as UTF-8. One that stands for nothing, or for a control character that its charset has and no
// text does, becomes U+FFFD.
func (c edifactCharset) decode(part []byte) string {
	plain := true
	for i := 0; i < len(part) && plain; i++ {
		plain = part[i] < utf8.RuneSelf
	}
	if plain || c.utf8 {
		return string(part)
	}
	var b strings.Builder
	b.Grow(len(part) + len(part)/4)
	for _, raw := range part {
		r := c.table.DecodeByte(raw)
		if r >= 0x80 && r < 0xa0 {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// edifactBytes returns the document's bytes, in UTF-8 where its first bytes said how it is written.
func edifactBytes(src *source) []byte {
	data := src.data
	marked := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) || bytes.HasPrefix(data, []byte("\xef\xbb\xbf"))
	if marked || bytes.IndexByte(data[:min(len(data), 4)], 0) >= 0 {
		return []byte(src.text)
	}
	return data
}
