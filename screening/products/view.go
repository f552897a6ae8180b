package products

import (
	"net/url"
	"slices"
	"strconv"
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
	near      []names.Occurrence // too far from the brand's name to name it by themselves
	marks     []markHit
	points    codePoints // of what was read

	study // of the brand in question, for lines on which something was found
	room  studyRoom
}

// reset forgets the field and keeps the room for the next one. A long text does not hold its memory for ever.
func (v *view) reset() {
	room := v.room
	if cap(room.flags) > mostRoom || cap(room.tokens) > mostRoom/6 {
		room = studyRoom{}
	}
	clear(room.hits[:cap(room.hits)])
	clear(room.tokens[:cap(room.tokens)])
	*v = view{room: room}
}

// mostRoom is how many flags a room may keep.
const mostRoom = 4096

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
		s.spot(v)
		v.marks = s.marks.find(v.text, &v.points, v.marks)
		s.findGTINs(v)
	}
	return len(v.numbers)+len(v.brands)+len(v.near)+len(v.marks) > 0
}

// findGTINs finds known article numbers among the words: shops write them into titles and notes.
func (s *Spotter) findGTINs(v *view) {
	for i := range v.text.Tokens {
		t := &v.text.Tokens[i]
		if t.Class != names.Number || len(t.Norm) < shortestGTIN {
			continue
		}
		if mark := s.gtins[gtinKey(t.Norm)]; mark != nil {
			v.marks = append(v.marks, markHit{mark, t.Start, t.End})
		}
	}
}

// shortestGTIN is how many digits a number among words must have to be looked up: UPC-A's.
const shortestGTIN = 12

// spot finds the places that name a brand, or nearly do. A text without any is read once.
func (s *Spotter) spot(v *view) {
	found := slices.DeleteFunc(s.brands.SpotNear(v.text), func(o names.Occurrence) bool { return s.names[o.Entry] == nil })
	sure := func(o names.Occurrence) bool { return o.Score >= s.settings.BrandCertain }
	if !slices.ContainsFunc(found, func(o names.Occurrence) bool { return !sure(o) }) {
		v.brands = found
		return
	}
	full := slices.DeleteFunc(s.brands.Spot(v.text), func(o names.Occurrence) bool { return s.names[o.Entry] == nil })
	for _, o := range found { // full is found without the near misses
		if len(full) > 0 && full[0].First == o.First {
			v.brands, full = append(v.brands, o), full[1:]
		} else {
			v.near = append(v.near, o)
		}
	}
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
	v.text = s.reader.NormaliseIn(raw, v.room.tokens)
	if cap(v.text.Tokens) > cap(v.room.tokens) {
		v.room.tokens = v.text.Tokens
	}
	v.points = newCodePoints(raw)
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

// read does the costly part for a line on which something was found.
func (s *Spotter) read(v *view, tree *nameTree) {
	if v.text.Tokens == nil {
		s.normalise(v)
	}
	tokens := v.text.Tokens
	v.study = v.room.study(len(tokens))
	v.hits = s.lexicon.find(tokens, v.hits)
	v.room.hits = v.hits
	for i := range tokens {
		v.skip[i] = tokens[i].Class == names.Number || tokens[i].Class == names.LegalForm
	}
	v.readSigns()
	v.indexHits()
	for _, o := range v.brands {
		for i := o.First; i <= o.Last && i < len(tokens); i++ {
			v.skip[i] = true
		}
	}
	v.indexSkips()
	if v.Kind != Manufacturer {
		finder := nameFinder{tree: tree, tokens: tokens, skip: v.skip}
		for _, name := range finder.find() {
			if v.isOurs(name) {
				v.names = append(v.names, name)
			}
		}
	}
	v.indexNames()
	s.markTitles(v)
}

// isOurs refuses generic words that follow a rival's name ("Bitdefender Total Security"), and a one-word name that
// neither stands directly beside the brand nor opens a field without it.
func (v *view) isOurs(name nameHit) bool {
	if v.rival[name.first] {
		return false
	}
	if !name.adjacent {
		return true
	}
	if o, ok := v.brandBefore(name.first); ok && v.onlySkipped(o.Last+1, name.first) {
		return true
	}
	if o, ok := v.brandFrom(name.first); ok && name.last+1 == o.First {
		return true
	}
	return len(v.brands) == 0 && v.onlySkipped(0, name.first)
}

// evidence makes an Evidence of code points start to end of what was read.
func (v *view) evidence(start, end int, method string) Evidence {
	if v.rewritten {
		return Evidence{Pointer: v.Pointer, End: utf8.RuneCountInString(v.Text), Text: v.Text, Method: method}
	}
	return Evidence{Pointer: v.Pointer, Start: start, End: end, Text: v.points.slice(start, end), Method: method}
}

// tokenEvidence makes an Evidence of tokens first to last.
func (v *view) tokenEvidence(first, last int, method string) Evidence {
	return v.evidence(v.text.Tokens[first].Start, v.text.Tokens[last].End, method)
}

// usualWitness is how many places most matches have.
const usualWitness = 4

// maxWitness is how many places of one field and method speak for a match by name. The last of them tells how many
// more there are.
const maxWitness = 8

// witness adds evidence to a list of it.
func witness(list []Evidence, more ...Evidence) []Evidence {
	if list == nil {
		list = make([]Evidence, 0, usualWitness)
	}
	for _, e := range more {
		alike, last := 0, 0
		for i := range list {
			if list[i].Pointer == e.Pointer && list[i].Method == e.Method {
				alike, last = alike+1, i
			}
		}
		if alike < maxWitness {
			list = append(list, e)
			continue
		}
		further, _ := strconv.Atoi(list[last].Detail[furtherPlaces])
		detail := map[string]string{furtherPlaces: strconv.Itoa(further + 1)}
		for key, value := range list[last].Detail {
			if key != furtherPlaces {
				detail[key] = value
			}
		}
		list[last].Detail = detail
	}
	return list
}

// furtherPlaces is the detail that counts the places which are not shown.
const furtherPlaces = "more"

func (v *view) brandEvidence(o names.Occurrence) Evidence {
	e := v.evidence(o.Start, o.End, string(o.Method))
	e.Changes = o.Changes
	if !strings.EqualFold(o.Alias, e.Text) {
		e.Detail = map[string]string{"alias": o.Alias}
	}
	return e
}
