// Package names finds listed names in party names and free text: normalisation, tokens, a candidate index and a
// score that explains itself. It knows alphabets, spellings and registers' habits; it knows no company.
package names

import "strings"

// Class is what a token tells about whom a name belongs to.
type Class uint8

// The classes of tokens.
const (
	Distinctive Class = iota // tells one name from another
	Generic                  // trade words: lab, group, security, systems
	LegalForm                // ltd, gmbh, ooo
	Place                    // countries, regions and large cities
	Number
	Noise // words around a name that are no part of it: vendor, remit to, c/o
)

// Token is one word of a text in its normal form.
type Token struct {
	Norm       string // comparable form: Latin lower case where the script allows it, the folded native form elsewhere
	Start, End int    // half-open, Unicode code points of the raw text
	Class      Class
	Country    string // of a Place: its ISO 3166-1 code, on the first of its tokens

	romanised bool    // written in another alphabet than Latin, and now in Latin letters
	unspaced  bool    // of a script that writes no spaces between words
	either    bool    // one of two readings of the same letters
	branch    bool    // means a part of a company in some place
	others    bool    // tells that a name is that of somebody who deals with, or is fond of, the one it names
	title     bool    // stands before a person's name
	between   string  // the ASCII characters between this token and the one before it; empty where a space is among them
	doubt     float32 // of a brand word put together from pieces or signs: what its score lacks to 1
}

// ChangeKind names what normalisation had to undo.
type ChangeKind string

// The changes that are reported.
const (
	Homoglyph      ChangeKind = "homoglyph"      // letters of another alphabet that look Latin
	ZeroWidth      ChangeKind = "zero_width"     // invisible characters inside a word
	Spaced         ChangeKind = "spaced"         // one word written letter by letter or in pieces
	Joined         ChangeKind = "joined"         // several words written as one
	Leet           ChangeKind = "leet"           // digits or signs for letters
	Transliterated ChangeKind = "transliterated" // written in another alphabet
	Accents        ChangeKind = "accents"        // marks on Latin letters
	Misspelt       ChangeKind = "misspelt"       // a slip in a legal form or trade word
	Misread        ChangeKind = "misread"        // shapes that scanning confuses: rn for m, l< for k
)

// Change is one thing normalisation had to undo, with the raw span it concerns.
type Change struct {
	Kind       ChangeKind
	Start, End int // half-open, code points of the raw text
}

// Text is a raw text with its tokens in order. It is immutable once made and safe for concurrent use.
type Text struct {
	Raw     string
	Tokens  []Token
	Changes []Change // in the order of the text
}

// Norm returns the normal form of the whole text: the tokens with a space between them. Normalising it again gives
// the same tokens.
func (t Text) Norm() string {
	var b strings.Builder
	for i, token := range t.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(token.Norm)
	}
	return b.String()
}

// Method tells how an occurrence was found.
type Method string

// The methods of the names package.
const (
	MethodBrand           Method = "brand"
	MethodAlias           Method = "alias"
	MethodNativeName      Method = "native_name"
	MethodTransliteration Method = "transliteration"
)

// Occurrence is a brand name found inside a text.
type Occurrence struct {
	Entry       string  // id of the entry whose brand name this is
	Alias       string  // the catalogue's spelling that matched
	Score       float64 // in [0,1]; 1 only for an equal normal form
	Method      Method
	Start, End  int // half-open, code points of the raw text
	First, Last int // tokens of the text that it covers, inclusive
	Changes     []Change
}
