package ofac

import (
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/internal/lists/features"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// room is how many characters of remarks the main file has room for.
const room = 1000

// remarks reads what the remarks say of an entity: items with semicolons between them, a full stop behind the last one.
// Where the overflow of cut remarks is missing, the last item is not whole and is not read; it stays in the note.
func (r *reader) remarks(e *screening.Entity, text string) {
	if text == "" {
		return
	}
	whole := strings.HasSuffix(text, ".") || utf8.RuneCountInString(text) < room-1 // a blank at the cut is trimmed
	text = strings.TrimSuffix(text, ".")
	if !whole {
		text = text[:max(0, strings.LastIndexByte(text, ';'))]
	}
	var births features.Births
	for item := range strings.SplitSeq(text, ";") {
		item = strings.TrimSpace(item)
		if rest, ok := cutWord(item, "alt."); ok {
			item = rest
		}
		if item != "" {
			r.item(e, item, &births)
		}
	}
	e.Born, e.AlsoBorn = births.Dates()
}

// item reads one item of the remarks. What it does not know is left to the note.
func (r *reader) item(e *screening.Entity, item string, births *features.Births) {
	word, rest, _ := strings.Cut(item, " ")
	switch word {
	case "DOB":
		births.Add(rest)
	case "POB":
		if e.Birthplace == "" {
			e.Birthplace = strings.TrimSpace(rest)
		}
	case "nationality", "citizen":
		features.AddCitizenship(e, r.countries.Code(rest))
	case "Nationality":
		if country, ok := strings.CutPrefix(rest, "of Registration "); ok {
			e.Countries = features.AddNew(e.Countries, r.countries.Code(country))
		}
	case "a.k.a.", "n.k.a.":
		features.AddName(e, unquoted(rest), names.Weak, "")
	case "f.k.a.":
		features.AddName(e, unquoted(rest), names.Weak, "formerly known as")
	case "Position:":
		if e.Position == "" {
			e.Position = strings.TrimSpace(rest)
		}
	default:
		r.countries.AddItem(e, item, "")
	}
}

// cutWord cuts a first word in any case.
func cutWord(text, word string) (rest string, ok bool) {
	if len(text) > len(word) && text[len(word)] == ' ' && strings.EqualFold(text[:len(word)], word) {
		return text[len(word)+1:], true
	}
	return text, false
}

// unquoted takes off the quotation marks that OFAC puts around weak names, twice around some. An apostrophe at one end
// is the name's.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	for len(text) > 1 && text[0] == '\'' && text[len(text)-1] == '\'' {
		text = strings.TrimSpace(text[1 : len(text)-1])
	}
	return text
}
