package documents

import (
	"html"
	"path"
	"regexp"
	"strings"
)

// mappingTexts gathers free texts: each once, and beyond a number of them what is left as one.
type mappingTexts struct {
	add   func(value)
	seen  map[string]bool
	count int
	rest  []value
}

func (t *mappingTexts) put(v value) {
	if v.text = clean(v.text); v.text == "" || t.seen[v.text] {
		return
	}
	t.seen[v.text] = true
	if t.count++; t.count <= maxMappedTexts {
		t.add(v)
	} else {
		t.rest = append(t.rest, v)
	}
}

func (t *mappingTexts) end() {
	if len(t.rest) > 0 {
		t.add(mappingJoined(t.rest))
	}
}

// mappingJoined makes one text of several, a line each, with the source of the first.
func mappingJoined(texts []value) value {
	lines := make([]string, len(texts))
	for i, v := range texts {
		lines[i] = v.text
	}
	return value{strings.Join(lines, "\n"), texts[0].source}
}

// mappingScope is where pairs and leftovers go: a line, the order, or what stands around the orders.
type mappingScope struct {
	texts   mappingTexts
	pointer string            // of the line
	line    *lineDraft        // nil for an order
	parties *labelledParties  // nil where pairs name nobody
	fulfil  []mappedDate      // that pairs name
	begun   func() mappedDate // when the order was made
}

// pairs reads a list of names and values, or an object whose keys are the names. A value of no says that the name does
// not apply.
func (o *mappedOrder) pairs(entry *mappingPairs, at *jsonValue, s *mappingScope) {
	for _, p := range entry.At {
		for _, item := range p.parts[0].find(o.root, at) {
			if item.kind != '{' {
				continue // a leftover
			}
			if len(entry.Name) == 0 {
				for i, key := range item.keys {
					o.pair(value{key, item.members[i].at()}, item.members[i], s)
				}
				continue
			}
			names, _, _ := o.firstOf(entry.Name, item)
			for _, v := range entry.Value {
				for _, member := range v.parts[0].find(o.root, item) {
					o.pair(mappingNames(names, member.at()), member, s)
				}
			}
		}
	}
}

func mappingNames(names []value, pointer string) value {
	if len(names) == 0 {
		return value{"", pointer}
	}
	return value{mappingJoined(names[:min(len(names), maxMappedTwins)]).text, pointer}
}

// pair makes a text of a name and everything that its value says. The name is the merchant's own, so that no list of a
// format's keys speaks of it. It is judged where its value is nobody's business, too.
func (o *mappedOrder) pair(name value, member *jsonValue, s *mappingScope) {
	o.used[member] = true
	if o.m.programs(name.text) {
		return
	}
	label := strings.TrimRight(name.text, ": ")
	prefix := label
	if prefix != "" {
		prefix += ": "
	}
	member.each(func(v *jsonValue) {
		o.twins(v, "")
		text, stands := o.pairValue(name.text, v, s)
		switch {
		case text != "":
			said := value{text, v.at()}
			s.take(o, label, said)
			s.texts.put(value{prefix + text, said.source})
		case stands && !jsonContactWords[keyOf(label)]:
			s.texts.put(value{label, v.at()})
		}
	})
}

// pairValue is what a value says, and whether its name stands though it says nothing.
func (o *mappedOrder) pairValue(name string, v *jsonValue, s *mappingScope) (text string, stands bool) {
	switch v.kind {
	case 't':
		return "yes", true
	case '"', '0':
		text = o.plain(v.value().text)
	}
	switch {
	case jsonTextDenies(text):
		return "", false
	case jsonIsLink(text):
		return s.host(text), true
	}
	if jsonIsHash(text) || jsonHides(name, text) {
		return "", true
	}
	return text, true
}

// host is a link's host, of a line. An order is full of links to the shop itself.
func (s *mappingScope) host(text string) string {
	if s.pointer == "" {
		return ""
	}
	return jsonLinkHost(text)
}

// pairLike reads an object that no path named and that is a name and a value, as custom fields are everywhere.
func (o *mappedOrder) pairLike(v *jsonValue, s *mappingScope) {
	content := v.get("value")
	if content == nil || o.used[content] {
		return
	}
	for _, key := range [...]string{"name", "key", "label", "title", "display_name"} {
		if name := v.get(key); name != nil && name.kind == '"' && !o.used[name] {
			o.used[name] = true
			o.pair(value{o.plain(name.value().text), name.at()}, content, s)
			return
		}
	}
}

// leftovers judges what no path named: every text with letters, but for what is ignored.
func (o *mappedOrder) leftovers(key string, v *jsonValue, s *mappingScope) {
	if o.used[v] {
		return
	}
	switch v.kind {
	case '{':
		o.twins(v, s.pointer)
		o.pairLike(v, s)
		for i, member := range v.keys {
			if !o.m.ignored(member) {
				o.user(key+" "+member, v.members[i], s)
				o.leftovers(member, v.members[i], s)
			}
		}
	case '[':
		for _, item := range v.members {
			o.leftovers(key, item, s)
		}
	case '"':
		text := o.plain(v.value().text)
		switch {
		case jsonTextWorthy(key, text):
			s.texts.put(value{text, v.at()})
		case jsonIsLink(text):
			s.texts.put(value{s.host(text), v.at()})
		}
	}
}

// user reads a text whose key, or whose object's key, says that it is of whoever uses the goods: endCustomer.name.
func (o *mappedOrder) user(key string, v *jsonValue, s *mappingScope) {
	if s.parties != nil && v.kind == '"' && !o.used[v] && labelIsUser(key) {
		s.parties.take(key, value{o.plain(v.value().text), v.at()}, s.line != nil)
	}
}

// twins reports keys that stand twice in an object. Paths and leftovers find all of their values.
func (o *mappedOrder) twins(v *jsonValue, pointer string) {
	v.twins(func(member *jsonValue, key string) {
		if o.notes++; o.notes <= maxMappedNotes {
			o.d.problem(problemKey, pointer, member.at(),
				"The key %s stands more than once in one object, in this or another case: nobody can tell which holds. All were read.", quoteShort(key))
		}
	})
}

// outside gathers what a document says around its orders. Each order is judged with it.
func (m *mapping) outside(root *jsonValue, orders []*jsonValue, c *collector) value {
	o := mappedOrder{m: m, used: make(map[*jsonValue]bool, len(orders)), d: &draft{collector: c}}
	for _, v := range orders {
		o.used[v] = true
	}
	var found []value
	texts := mappingTexts{seen: map[string]bool{}, add: func(v value) { found = append(found, v) }}
	s := mappingScope{texts: texts}
	o.leftovers("", root, &s)
	s.texts.end()
	c.problems = append(c.problems, o.d.order.Problems...)
	if len(found) == 0 {
		return value{}
	}
	all := mappingJoined(found)
	if len(all.text) > maxMappedOutside {
		c.problem(problemStructure, all.source,
			"The document says more around its orders than can be judged with each of them. Send the orders alone.")
		all.text = strings.ToValidUTF8(all.text[:maxMappedOutside], "")
	}
	return all
}

// programs reports whether a name is one that a program gave for itself: it begins with an underscore, and the mapping
// ignores it.
func (m *mapping) programs(name string) bool { return strings.HasPrefix(name, "_") && m.ignored(name) }

// ignored reports whether what a key holds says nothing of a deal, or must not leave the parser.
func (m *mapping) ignored(key string) bool {
	if jsonKeyHidesContact(key) {
		return true
	}
	key = strings.ToLower(key)
	for _, g := range m.Ignore {
		if string(g) == key {
			return true
		}
		if strings.Contains(string(g), "*") {
			if fits, _ := path.Match(string(g), key); fits { // checked at load
				return true
			}
		}
	}
	return false
}

// plain resolves HTML where the shop writes it.
func (o *mappedOrder) plain(s string) string {
	if !o.m.HTML || !strings.ContainsAny(s, "<&") {
		return s
	}
	s = mappingInlineTag.ReplaceAllString(s, "")
	return strings.TrimSpace(html.UnescapeString(mappingTag.ReplaceAllString(s, " ")))
}

var (
	mappingInlineTag = regexp.MustCompile(`(?i)</?(?:a|b|i|u|s|em|strong|small|span|bdi|mark|font|sup|sub|code|wbr)(?:\s[^<>]*)?/?>`)
	mappingTag       = regexp.MustCompile(`</?[A-Za-z!][^<>]*>`)
)
