package documents

import "strings"

// bomLine is a component as a line under construction.
type bomLine struct {
	*lineDraft
	texts         bomTexts
	name, version value
	reports       int
}

func newBOMLine(d *draft) *bomLine {
	l := d.line()
	return &bomLine{lineDraft: l, texts: bomTexts{put: l.text}}
}

// whole reports whether a component is an object. What stands there instead is judged as its name.
func (l *bomLine) whole(m bomItem) bool {
	if m.object() {
		return true
	}
	l.report(problemStructure, m.source(), "A component with a name should stand here. What does was judged as the name.")
	l.name = bomTidied(m.flat())
	return false
}

// single sets one of the line's fields, or notes name or version. What stands there a second time is a problem, and so
// is what has structure instead of a text. All of it is judged.
func (l *bomLine) single(field string, m bomItem) {
	if m.structured() {
		l.report(problemStructure, m.source(), "A text should stand here, and a list or object does. What it says was judged.")
		l.texts.all(m)
		return
	}
	v := m.text()
	v.text = clean(v.text)
	dst := l.place(field)
	switch {
	case v.text == "":
	case *dst == "" && field != "name" && field != "version":
		l.set(field, v)
	case *dst == "" && field == "name":
		l.name = bomTidied(v)
	case *dst == "":
		l.version = bomTidied(v)
	case *dst != v.text:
		l.report(problemTwice, v.source, "The %s stands more than once: %s after %s. All of it was judged.", field, quoteShort(v.text), quoteShort(*dst))
		l.texts.add(v)
	}
}

// place is where a single field is kept.
func (l *bomLine) place(field string) *string {
	switch field {
	case "name":
		return &l.name.text
	case "version":
		return &l.version.text
	}
	return l.field(field)
}

// report is a problem of the line, unless many were reported of it.
func (l *bomLine) report(code, source, detail string, args ...any) {
	if l.reports++; l.reports <= bomMaxReports {
		l.d.problem(code, l.pointer, source, detail, args...)
	}
}

// first sets a field that may well stand several times. What follows is text.
func (l *bomLine) first(field string, v value) {
	switch tidy := bomTidied(v); {
	case tidy.text == "":
	case *l.field(field) != "":
		l.texts.add(v)
	case field == "manufacturer":
		l.set(field, tidy)
	default:
		l.set(field, v) // an identifier is left as it is
	}
}

// organisation takes who made or supplied the component: the first is the manufacturer, others are texts beside it, and
// so are domains. Who to write to there is left out.
func (l *bomLine) organisation(m bomItem) {
	if !m.object() {
		l.first("manufacturer", m.flat())
		return
	}
	m.members(func(key string, field bomItem) {
		switch key {
		case "name":
			l.first("manufacturer", field.flat())
		case "contact":
			for _, mail := range bomMails(field) {
				l.texts.add(mail)
			}
		case "phone":
		default:
			l.texts.all(field)
		}
	})
}

// bomPages are the types of references that lead to whoever makes or hands on the component.
var bomPages = bomWords("website vendor distribution distribution-intake documentation support")

// references reads where a component comes from: the host of a link, and what is said of it.
func (l *bomLine) references(list bomItem) {
	for _, ref := range list.items() {
		if !bomPages[strings.ToLower(ref.get("type").words())] {
			continue
		}
		link := ref.get("url").text()
		link.text = jsonLinkHost(link.text)
		l.texts.add(link)
		l.texts.add(ref.get("comment").text())
	}
}

// end writes the description: name and version, as people write what they order.
func (l *bomLine) end() {
	if l.name.text != "" {
		l.setRead("description", l.name, clean(l.name.text+" "+l.version.text))
	} else if l.version.text != "" {
		l.texts.add(l.version)
	}
	l.texts.end()
}

// bomMails are the e-mail addresses of contacts: one in XML, a list in JSON.
func bomMails(contact bomItem) []value {
	var out []value
	find := func(c bomItem) {
		if mail := c.get("email").text(); mail.text != "" {
			out = append(out, mail)
		}
	}
	if contact.json != nil {
		for _, c := range contact.items() {
			find(c)
		}
	} else {
		find(contact)
	}
	return out
}
