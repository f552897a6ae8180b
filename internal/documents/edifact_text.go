package documents

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// edifactCut is how texts of one kind are cut into pieces: the widths that the directories give a piece, over the years,
// and what stands between pieces that are no continuation of one another.
type edifactCut struct {
	widths  []int
	between string
}

var (
	edifactNames = edifactCut{[]int{35, 70, 256}, ", "}
	edifactItems = edifactCut{[]int{35, 256}, " "}
	edifactNotes = edifactCut{[]int{70, 512}, " "}
)

// join puts the pieces of a text together. Where a piece fills its width, the text was cut inside of a word or behind
// one: both readings are returned. The second is empty where there is no doubt.
func (c edifactCut) join(pieces []string) (joined, spaced string) {
	var tight, loose strings.Builder
	last := ""
	for _, piece := range pieces {
		if strings.TrimSpace(piece) == "" {
			continue
		}
		if tight.Len() > 0 {
			between := c.gap(last, piece)
			tight.WriteString(between)
			loose.WriteString(cmp.Or(between, " "))
		}
		tight.WriteString(piece)
		loose.WriteString(piece)
		last = piece
	}
	joined, spaced = clean(tight.String()), clean(loose.String())
	if joined == spaced {
		spaced = ""
	}
	return joined, spaced
}

// gap is what stands between two pieces; nothing where the first fills its width.
func (c edifactCut) gap(piece, next string) string {
	switch {
	case utf8.RuneCountInString(piece) == c.width(piece) && !strings.HasSuffix(piece, " ") && !strings.HasPrefix(next, " "):
		return ""
	case c.runsOver(piece, next):
		return " "
	}
	return c.between
}

// width is the least width that a piece fits into.
func (c edifactCut) width(piece string) int {
	length := utf8.RuneCountInString(piece)
	for _, width := range c.widths {
		if length <= width {
			return width
		}
	}
	return length
}

// runsOver tells whether a text went on in the next piece because its next word did not fit.
func (c edifactCut) runsOver(piece, next string) bool {
	word := next
	if i := strings.IndexFunc(next, unicode.IsSpace); i > 0 {
		word = next[:i]
	}
	return utf8.RuneCountInString(piece)+1+utf8.RuneCountInString(word) > c.width(piece)
}

func edifactHasLetter(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// edifactIsWord tells text from a code: it has a letter, and is longer than codes are.
func edifactIsWord(text string) bool {
	const longestCode = 3
	return edifactHasLetter(text) && utf8.RuneCountInString(strings.TrimSpace(text)) > longestCode
}

// freeText reads FTX: pieces of text, or a code for one, which is text too where it is longer than codes are.
func (o *edifactOrder) freeText(s *edifactSegment) {
	const code, literal, language = 3, 4, 5
	joined, spaced := edifactNotes.join(s.parts(literal, 1))
	o.text(s.as(literal, joined))
	o.text(s.as(literal, spaced))
	for i, part := range s.parts(code, 1) {
		if edifactIsWord(part) {
			o.text(s.at(code, i+1))
		}
	}
	o.rest(s, language)
}

// edifactSeamKind is the kind of text that a segment holds, which only a segment of the same kind goes on with: its tag
// and what the text is about. It is empty where a segment holds no text.
func edifactSeamKind(s *edifactSegment) string {
	switch s.tag {
	case "FTX", "RFF":
		return s.tag + "+" + s.part(1, 1)
	case "IMD":
		return s.tag + "+" + s.part(1, 1) + "+" + s.part(2, 1)
	}
	return ""
}

// rejoin goes on with the text of a segment. Pieces in it that fill their width are put together by now.
func (o *edifactOrder) rejoin(s *edifactSegment) {
	const reference, described, literal = 1, 3, 4
	switch s.tag {
	case "FTX":
		o.rejoinPieces(s, literal, edifactNotes, s.parts(literal, 1))
	case "IMD":
		o.rejoinPieces(s, described, edifactItems, edifactDescribed(s))
	case "RFF":
		o.seams.piece(0, s.at(reference, 2))
	}
}

func (o *edifactOrder) rejoinPieces(s *edifactSegment, element int, cut edifactCut, pieces []string) {
	var text strings.Builder
	for i, piece := range pieces {
		text.WriteString(piece)
		if i+1 == len(pieces) || cut.gap(piece, pieces[i+1]) != "" {
			o.seams.piece(0, s.as(element, text.String()))
			text.Reset()
		}
	}
}

// edifactTextFrom tells from which component on the elements of a segment hold text and no code. What is not listed
// holds text anywhere.
var edifactTextFrom = map[string]int{
	"AJT": 4, "ALC": 4, "ALI": 4, "APR": 4, "AUT": 9, "DGS": 4, "DIM": 4, "EQA": 4, "EQD": 4, "ERC": 4, "GIS": 4, "HAN": 4, "LAN": 4,
	"MEA": 4, "MOA": 9, "PAC": 4, "PAI": 9, "PAT": 4, "PCD": 9, "PRI": 9, "PYT": 4, "QTY": 9, "QVR": 4, "RCS": 4, "RNG": 9,
	"RTE": 9, "SCC": 9, "STG": 9, "TAX": 4, "TDT": 4, "TOD": 4, "TSR": 4, "UNS": 4,
}

// otherTexts reads what a segment says that has no place of its own: terms, marks, serial numbers, documents, and all
// of a segment that is not known.
func (o *edifactOrder) otherTexts(s *edifactSegment) {
	from, coded := edifactTextFrom[s.tag]
	for element := 1; element < len(s.elements); element++ {
		if coded {
			o.textFrom(s, element, from)
			continue
		}
		for i, part := range s.elements[element] {
			if edifactIsWord(part) {
				o.text(s.at(element, i+1))
			}
		}
	}
}

// textFrom adds the words of an element from a component on.
func (o *edifactOrder) textFrom(s *edifactSegment, element, from int) {
	pieces := s.parts(element, from)
	if len(pieces) == 0 {
		return
	}
	if joined, spaced := edifactItems.join(pieces); edifactIsWord(joined) {
		o.text(s.as(element, joined))
		o.text(s.as(element, spaced))
	}
}

// rest adds what stands behind the last element that a segment has by the directories: text that a separator which was
// not released moved there.
func (o *edifactOrder) rest(s *edifactSegment, last int) {
	for element := last + 1; element < len(s.elements); element++ {
		if text := strings.Join(s.elements[element], " "); edifactIsWord(text) {
			o.text(s.as(element, text))
		}
	}
}
