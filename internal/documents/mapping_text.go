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

// pairs reads a list of names and values, or an object whose keys are the names. A value of no says that the name does
// not apply.
func (o *mappedOrder) pairs(entry *mappingPairs, at *jsonValue, texts *mappingTexts) {
	for _, p := range entry.At {
		for _, item := range p.parts[0].find(o.root, at) {
			if item.kind != '{' {
				continue // a leftover
			}
			if len(entry.Name) == 0 {
				for i, key := range item.keys {
					o.pair(value{key, item.members[i].at()}, item.members[i], texts)
				}
				continue
			}
			names, _, _ := o.firstOf(entry.Name, item)
			for _, v := range entry.Value {
				for _, member := range v.parts[0].find(o.root, item) {
					o.pair(mappingNames(names, member.at()), member, texts)
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

// pair makes a text of a name and everything that its value says.
func (o *mappedOrder) pair(name value, member *jsonValue, texts *mappingTexts) {
	o.used[member] = true
	if o.m.ignored(name.text) {
		return
	}
	prefix := strings.TrimRight(name.text, ": ")
	if prefix != "" {
		prefix += ": "
	}
	member.each(func(v *jsonValue) {
		o.twins(v, "")
		text := o.plain(v.value().text)
		if (v.kind == '"' || v.kind == '0') && !jsonTextDenies(text) && !jsonIsLink(text) && !jsonIsHash(text) {
			texts.put(value{prefix + text, v.at()})
		}
	})
}

// pairLike reads an object that no path named and that is a name and a value, as custom fields are everywhere.
func (o *mappedOrder) pairLike(v *jsonValue, texts *mappingTexts) {
	content := v.get("value")
	if content == nil || o.used[content] {
		return
	}
	for _, key := range [...]string{"name", "key", "label", "title", "display_name"} {
		if name := v.get(key); name != nil && name.kind == '"' && !o.used[name] {
			o.used[name] = true
			o.pair(value{o.plain(name.value().text), name.at()}, content, texts)
			return
		}
	}
}

// leftovers judges what no path named: every text with letters, but for what is ignored.
func (o *mappedOrder) leftovers(key string, v *jsonValue, texts *mappingTexts, pointer string) {
	if o.used[v] {
		return
	}
	switch v.kind {
	case '{':
		o.twins(v, pointer)
		o.pairLike(v, texts)
		for i, key := range v.keys {
			if !o.m.ignored(key) {
				o.leftovers(key, v.members[i], texts, pointer)
			}
		}
	case '[':
		for _, item := range v.members {
			o.leftovers(key, item, texts, pointer)
		}
	case '"':
		if text := o.plain(v.value().text); jsonTextWorthy(key, text) {
			texts.put(value{text, v.at()})
		}
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
	o.leftovers("", root, &texts, "")
	texts.end()
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
