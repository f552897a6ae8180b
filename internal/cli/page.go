package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"github.com/interdict/interdict/screening"
)

// The widths of text, in cells. Lines longer than maxWidth are hard to read.
const (
	plainWidth = 80
	maxWidth   = 110
	minWidth   = 40
)

// page lays out text for a person: wrapped to a width, with colours where they show.
type page struct {
	w      io.Writer
	width  int
	colour bool
	err    error
}

// newPage looks at where the text goes: colours and the width of the window on a terminal, neither elsewhere. A
// NO_COLOR variable that is not empty turns colours off.
func newPage(w io.Writer, environ []string) *page {
	p := &page{w: w, width: plainWidth}
	file, ok := w.(*os.File)
	if !ok || !isTerminal(w) {
		return p
	}
	p.colour = !slices.ContainsFunc(environ, func(entry string) bool {
		value, found := strings.CutPrefix(entry, "NO_COLOR=")
		return found && value != "" || entry == "TERM=dumb"
	})
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		p.width = min(max(width, minWidth), maxWidth)
	}
	return p
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// line prints one line as it is. The first failure to write is kept and ends the printing.
func (p *page) line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, text)
	}
}

// paragraph prints text wrapped to the width behind a lead in its own look; further lines stand in as far.
func (p *page) paragraph(lead, look, text string) {
	margin := uniseg.StringWidth(lead)
	lead = p.paint(lead, look)
	for _, line := range wrap(text, p.width-margin) {
		p.line(strings.TrimRight(lead+line, " "))
		lead = strings.Repeat(" ", margin)
	}
}

// wrap breaks text at spaces into lines of at most width cells; a longer word stays whole.
func wrap(text string, width int) []string {
	var lines []string
	var line string
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case uniseg.StringWidth(line)+1+uniseg.StringWidth(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

// The looks of text on a terminal, as SGR parameters.
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	yellow = "1;33"
	green  = "1;32"
)

func (p *page) paint(text, look string) string {
	if !p.colour || text == "" || look == "" {
		return text
	}
	return "\x1b[" + look + "m" + text + "\x1b[0m"
}

// look returns the colour of a decision.
func look(d screening.Decision) string {
	switch d {
	case screening.Clear:
		return green
	case screening.Review:
		return yellow
	case screening.Block:
		return red
	default:
		return ""
	}
}

// printable shows what a terminal would obey or hide, such as escape sequences and invisible letters, as escapes. Ends
// of lines stay.
func printable(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if hidden(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func hidden(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }

// oneLine is printable text on one line, cut to a width in cells.
func oneLine(text string, width int) string {
	text = strings.Join(strings.Fields(printable(text)), " ")
	if uniseg.StringWidth(text) <= width {
		return text
	}
	var b strings.Builder
	room := max(width-1, 0)
	for clusters := uniseg.NewGraphemes(text); clusters.Next() && clusters.Width() <= room; room -= clusters.Width() {
		b.WriteString(clusters.Str())
	}
	return b.String() + "…"
}
