package products

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/screening/names"
)

// view is one field with all that was found in it.
type view struct {
	Field
	rewritten bool // the text that was read is not the raw one: spans are the whole field
	vendorEnd int  // in a CPE, the code points that name the vendor
	text      names.Text
	numbers   []partNumber
	brands    []names.Occurrence
	marks     []markHit

	// What follows is filled by study, for lines on which something was found.
	hits   []hit
	names  []nameHit
	skip   []bool // tokens that may stand inside a name
	breaks []bool // a clause or item ends before this token
	titles []bool // tokens that say what is taught or served, not what is bought
}

// look does the cheap part: part numbers, brand names and landmarks. It reports whether anything was found.
func (s *Spotter) look(v *view) bool {
	if key := gtinKey(v.Text); key != "" {
		if mark := s.gtins[key]; mark != nil {
			v.marks = append(v.marks, markHit{mark, 0, utf8.RuneCountInString(v.Text)})
		}
		return len(v.marks) > 0
	}
	for _, g := range s.grammars {
		g.scan(v.Text, func(found partNumber) { v.numbers = append(v.numbers, found) })
	}
	if s.hasWords(v.Text) {
		s.normalise(v)
		for _, o := range s.brands.Spot(v.text) {
			if s.names[o.Entry] != nil {
				v.brands = append(v.brands, o)
			}
		}
		v.marks = s.marks.find(v.text, v.marks)
	}
	return len(v.numbers)+len(v.brands)+len(v.marks) > 0
}

// hasWords reports whether a text has as many letters as the shortest landmark; one with fewer is a bare code, which
// is read as words only if the rest of the line asks for it.
func (s *Spotter) hasWords(text string) bool {
	letters := 0
	for i := range len(text) {
		if text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z' || text[i] >= utf8.RuneSelf {
			if letters++; letters >= s.fewestLetters {
				return true
			}
		}
	}
	return false
}

// normalise reads the field as words.
func (s *Spotter) normalise(v *view) {
	raw := v.Text
	switch v.Kind {
	case CPE:
		raw, v.vendorEnd = readableCPE(raw)
	case PURL:
		if plain, err := url.PathUnescape(raw); err == nil {
			raw = plain
		}
	}
	v.rewritten = raw != v.Text
	v.text = s.reader.Normalise(raw)
}

// readableCPE gives vendor and product of a CPE 2.2 or 2.3 name as words, and the length of the vendor.
func readableCPE(cpe string) (words string, vendorEnd int) {
	parts := strings.Split(cpe, ":")
	at := 2 // cpe:/a:vendor:product
	if len(parts) > 1 && parts[1] == "2.3" {
		at = 3
	}
	if len(parts) <= at+1 {
		return cpe, 0
	}
	spaced := strings.NewReplacer("_", " ", `\`, "")
	vendor := spaced.Replace(parts[at])
	return vendor + " " + spaced.Replace(parts[at+1]), utf8.RuneCountInString(vendor)
}

// study does the costly part for a line on which something was found.
func (s *Spotter) study(v *view, tree *nameTree) {
	if v.text.Tokens == nil {
		s.normalise(v)
	}
	tokens := v.text.Tokens
	v.hits = s.lexicon.find(tokens, make([]hit, 0, 2*len(tokens)))
	v.skip = make([]bool, 3*len(tokens))
	v.skip, v.breaks, v.titles = v.skip[:len(tokens)], v.skip[len(tokens):2*len(tokens)], v.skip[2*len(tokens):]
	for i, token := range tokens {
		v.skip[i] = token.Class == names.Number || token.Class == names.LegalForm
		v.breaks[i] = i > 0 && v.breaksBetween(tokens[i-1], token)
	}
	for _, h := range v.hits {
		if h.kind == fillerWord {
			v.skip[h.first] = true
		}
	}
	for _, o := range v.brands {
		for i := o.First; i <= o.Last && i < len(tokens); i++ {
			v.skip[i] = true
		}
	}
	if v.Kind == Manufacturer {
		return
	}
	finder := nameFinder{tree: tree, tokens: tokens, skip: v.skip}
	for _, name := range finder.find() {
		if s.isOurs(v, name) {
			v.names = append(v.names, name)
		}
	}
	s.markTitles(v)
}

// abbreviated is the most letters that a word before a full stop has if the stop is taken to shorten it: vs., incl.
const abbreviated = 4

// breaksBetween reports whether the signs between two words end a clause or an item.
func (v *view) breaksBetween(word, next names.Token) bool {
	between := slice(v.text.Raw, word.End, next.Start)
	return strings.ContainsAny(between, ";|+\n") || strings.Contains(between, "! ") || strings.Contains(between, "? ") ||
		strings.Contains(between, ". ") && word.End-word.Start > abbreviated
}

// isOurs refuses generic words that follow a rival's name ("Bitdefender Total Security"), and a one-word name that
// neither stands directly beside the brand nor opens a field without it.
func (s *Spotter) isOurs(v *view, name nameHit) bool {
	for _, h := range v.hits {
		if h.kind == rivalWord && h.last+1 == name.first {
			return false
		}
	}
	if !name.adjacent {
		return true
	}
	for _, o := range v.brands {
		if o.Last < name.first && v.onlySkipped(o.Last+1, name.first) || name.last+1 == o.First {
			return true
		}
	}
	return len(v.brands) == 0 && v.onlySkipped(0, name.first)
}

// markTitles marks what is only taught or served: the words behind a training product's name, a name that a word for
// a course follows or introduces, and what a service is for. What is exempt itself stays what it is.
func (s *Spotter) markTitles(v *view) {
	for _, name := range v.names {
		switch e := &s.entries[name.product]; {
		case e.Kind == ExemptTraining:
			v.markTitle(name.last + 1)
		case exemptable(e.class):
			v.markServed(name.last + 1)
		}
	}
	for _, h := range v.hits {
		if h.kind != courseWord || v.named(h.first) {
			continue
		}
		for _, name := range v.names {
			if name.last < h.first && h.first-name.last <= 2 && !v.breaks[h.first] && !exemptable(s.entries[name.product].class) {
				for i := name.first; i <= name.last; i++ {
					v.titles[i] = true
				}
			}
		}
		v.markTitle(h.last + 1)
	}
}

// markTitle marks tokens from i to the end of the item.
func (v *view) markTitle(i int) {
	for ; i < len(v.text.Tokens) && !v.breaks[i] && !v.has(joinWord, i, i); i++ {
		v.titles[i] = true
	}
}

// markServed marks what follows a word such as for, in the item that goes on at token i.
func (v *view) markServed(i int) {
	for ; i < len(v.text.Tokens) && !v.breaks[i] && !v.has(joinWord, i, i); i++ {
		if v.has(servesWord, i, i) {
			v.markTitle(i + 1)
			return
		}
	}
}

// has reports whether a phrase of the kind lies within tokens first to last.
func (v *view) has(kind wordKind, first, last int) bool {
	for _, h := range v.hits {
		if h.kind == kind && h.first >= first && h.last <= last {
			return true
		}
	}
	return false
}

// named reports whether token i belongs to a product's name.
func (v *view) named(i int) bool {
	for _, name := range v.names {
		if name.first <= i && i <= name.last {
			return true
		}
	}
	return false
}

// nameBehind is the product name that follows token i directly, fillers aside.
func (v *view) nameBehind(i int) (nameHit, bool) {
	for _, name := range v.names {
		if name.first > i && v.onlySkipped(i+1, name.first) {
			return name, true
		}
	}
	return nameHit{}, false
}

// onlySkipped reports whether the tokens from first up to last are all fillers.
func (v *view) onlySkipped(first, last int) bool {
	for i := first; i < last; i++ {
		if !v.skip[i] || v.breaks[i] {
			return false
		}
	}
	return last >= len(v.breaks) || !v.breaks[last]
}

// evidence makes an Evidence of code points start to end of what was read.
func (v *view) evidence(start, end int, method string) Evidence {
	if v.rewritten {
		start, end = 0, utf8.RuneCountInString(v.Text)
	}
	return Evidence{Pointer: v.Pointer, Start: start, End: end, Text: slice(v.Text, start, end), Method: method}
}

// tokenEvidence makes an Evidence of tokens first to last.
func (v *view) tokenEvidence(first, last int, method string) Evidence {
	return v.evidence(v.text.Tokens[first].Start, v.text.Tokens[last].End, method)
}

func (v *view) brandEvidence(o names.Occurrence) Evidence {
	e := v.evidence(o.Start, o.End, string(o.Method))
	e.Changes = o.Changes
	if !strings.EqualFold(o.Alias, e.Text) {
		e.Detail = map[string]string{"alias": o.Alias}
	}
	return e
}
