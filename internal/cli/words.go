package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// subjectName is how a person knows a subject: line 1, seller; and what it says of itself.
type subjectName struct{ label, text string }

// subjectNames finds each subject of a verdict in its order.
func subjectNames(r result) map[screening.Pointer]subjectName {
	texts := map[screening.Pointer]string{}
	parties := func(prefix string, parties []screening.Party) {
		for i, party := range parties {
			texts[screening.Pointer(fmt.Sprintf("%s/parties/%d", prefix, i))] = party.Name
		}
	}
	parties("", r.order.Parties)
	for i, line := range r.order.Lines {
		pointer := fmt.Sprintf("/lines/%d", i)
		texts[screening.Pointer(pointer)] = lineText(line)
		parties(pointer, line.Parties)
	}
	names := map[screening.Pointer]subjectName{}
	for _, s := range r.verdict.Subjects {
		label := strings.ReplaceAll(s.ID, "_", " ")
		switch {
		case s.Kind == screening.DocumentSubject:
			label = "document"
		case s.Kind == screening.LineSubject && s.ID != "":
			label = "line " + s.ID
		case s.Kind == screening.LineSubject:
			label = "line " + position(s.Pointer)
		case label == "":
			label = string(s.Pointer)
		}
		names[s.Pointer] = subjectName{oneLine(label, 24), texts[s.Pointer]}
	}
	return names
}

// position is the place of an item in its list, counted from 1.
func position(pointer screening.Pointer) string {
	text := string(pointer)
	index, err := strconv.Atoi(text[strings.LastIndexByte(text, '/')+1:])
	if err != nil {
		return text
	}
	return strconv.Itoa(index + 1)
}

// lineText is what a line says of itself, the most telling fields only.
func lineText(line screening.Line) string {
	var parts []string
	for _, part := range []string{line.SKU, line.ManufacturerPart, line.Manufacturer, line.Description} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		parts = append([]string{line.GTIN, line.CPE, line.PURL}, line.Texts...)
	}
	return strings.Join(parts, "  ")
}

// place names where something stands: in the original document when that is known.
func place(pointer screening.Pointer, source string) string {
	if source != "" {
		return source
	}
	return string(pointer)
}

func reading(d screening.DateReading) string {
	text := d.Raw
	if text == "" {
		text = d.Earliest.Format(time.RFC3339)
	}
	return text + " (" + string(d.Basis) + ")"
}

func factList(facts []screening.Fact) string {
	texts := make([]string, len(facts))
	for i, fact := range facts {
		basis := string(fact.Basis)
		if fact.From != "" {
			basis += " from " + fact.From
		}
		texts[i] = fmt.Sprintf("%s %s (%s)", fact.Name, fact.Value, basis)
	}
	return strings.Join(texts, ", ")
}

// keptFromBiting tells, for each assumed fact, which rules it kept from applying.
func keptFromBiting(checks []screening.AssumedCheck) []string {
	var facts set
	rules := map[string]*set{}
	for _, check := range checks {
		fact := "were " + check.Fact + " not assumed to be " + check.Value
		if rules[fact] == nil {
			rules[fact] = &set{}
		}
		facts.add(fact)
		rules[fact].add(string(check.Rule))
	}
	texts := make([]string, len(facts))
	for i, fact := range facts {
		texts[i] = fact + ", these might apply: " + strings.Join(*rules[fact], ", ")
	}
	return texts
}

// timeline draws the phases as words on a line: clear ── 2024-07-20 ── review.
func timeline(phases []screening.Phase) string {
	var parts []string
	for _, phase := range phases {
		if !phase.From.IsZero() {
			parts = append(parts, phase.From.Format(time.DateOnly))
		}
		parts = append(parts, phase.Decision.String())
	}
	return strings.Join(parts, " ── ")
}

// counting writes a number of things: 1 line, 2 lines, 3 parties.
func counting(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "ty"):
		return fmt.Sprintf("%d %sies", n, noun[:len(noun)-1])
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}
