package documents

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the readers of CycloneDX, SPDX and SWID share: lists of what is installed on a device, or of what a product is
// made of. In both, each component is a line.

// bomMaxTexts is how many texts a line or order gets one by one. What follows is judged too, as one long text.
const bomMaxTexts = 200

// bomMaxReports is how many problems of one kind are reported: one is enough to make a document review.
const bomMaxReports = 20

// bomMaxTold is how much is taken of one party. Nobody has more names and domains than this.
const bomMaxTold = 50

// bomItem is a value of a bill of materials. JSON and XML hold the same fields under the same names: an attribute or a
// child element is what a member is in JSON, the children of a list's element are its items.
type bomItem struct {
	json *jsonValue
	xml  *node
	attr *attribute // of the element xml; nil for the element itself
}

// members visits the fields of an object, twins too.
func (i bomItem) members(visit func(key string, m bomItem)) {
	switch {
	case i.json != nil && i.json.kind == '{':
		for n, key := range i.json.keys {
			visit(key, bomItem{json: i.json.members[n]})
		}
	case i.xml != nil && i.attr == nil:
		for n := range i.xml.attrs {
			visit(i.xml.attrs[n].name, bomItem{xml: i.xml, attr: &i.xml.attrs[n]})
		}
		for _, c := range i.xml.children {
			visit(c.name, bomItem{xml: c})
		}
	}
}

// items are the items of a list. A value that should have been a list is its only item.
func (i bomItem) items() []bomItem {
	var out []bomItem
	switch {
	case i.json != nil && i.json.kind == '[':
		for _, m := range i.json.members {
			out = append(out, bomItem{json: m})
		}
	case i.xml != nil && i.attr == nil && len(i.xml.children) > 0:
		for _, c := range i.xml.children {
			out = append(out, bomItem{xml: c})
		}
	case i.structured() || i.words() != "":
		out = append(out, i)
	}
	return out
}

// get returns the first field of a name; what is not there has no fields and no text.
func (i bomItem) get(key string) bomItem {
	if i.json != nil {
		return bomItem{json: i.json.get(key)}
	}
	found := bomItem{}
	i.members(func(k string, m bomItem) {
		if k == key && found == (bomItem{}) {
			found = m
		}
	})
	return found
}

// structured reports whether the value has fields or items instead of a text.
func (i bomItem) structured() bool {
	if i.json != nil {
		return i.json.kind == '{' || i.json.kind == '['
	}
	return i.xml != nil && i.attr == nil && len(i.xml.children) > 0
}

// object reports whether the value has fields.
func (i bomItem) object() bool {
	return i.structured() && (i.json == nil || i.json.kind == '{')
}

// misplaced reports whether the value says something and has no fields where it should have.
func (i bomItem) misplaced() bool {
	return !i.object() && (i.structured() || i.words() != "")
}

// words are the value's own text.
func (i bomItem) words() string {
	switch {
	case i.json != nil:
		return i.json.value().text
	case i.attr != nil:
		return strings.TrimSpace(i.attr.value)
	case i.xml != nil:
		return strings.TrimSpace(i.xml.own)
	}
	return ""
}

// text is the value's own text with its source, which takes time to tell.
func (i bomItem) text() value { return value{i.words(), i.source()} }

func (i bomItem) source() string {
	switch {
	case i.json != nil:
		return i.json.at()
	case i.attr != nil:
		return i.xml.path() + "/@" + i.attr.name
	}
	return i.xml.path()
}

// has reports whether any of the fields is there and says something.
func (i bomItem) has(keys ...string) bool {
	for _, key := range keys {
		if m := i.get(key); m.structured() || m.words() != "" {
			return true
		}
	}
	return false
}

// bomNoise are fields that name no product, maker or party, wherever they stand: references inside the document,
// checksums, codes, links, and what must not leave the parser.
var bomNoise = bomWords(`bom-ref ref refs hashes hash checksums packageVerificationCode externalReferences signature
	phase phone mime-type contentType content-type encoding type scope alg flow timestamp callstack methods confidence
	modified isExternal serialNumber subjects annotator annotationDate annotationType SPDXID spdxElementId relatedSpdxElement
	relationshipType snippetFromFile ranges fileTypes filesAnalyzed hasFiles externalDocumentRefs
	releaseDate builtDate validUntilDate referenceCategory documentNamespace dataLicense spdxVersion licenseListVersion
	schemaLocation lang schema $schema`)

func bomWords(s string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(s) {
		words[w] = true
	}
	return words
}

// leaves visits every text within the value, attachments decoded, apart from noise.
func (i bomItem) leaves(visit func(text string, of bomItem)) {
	if attached, ok := i.attachment(); ok {
		visit(attached, i)
		return
	}
	if text := i.words(); bomWorded(text) && (i.json == nil || i.json.kind == '"') {
		visit(text, i)
	}
	if i.json != nil && i.json.kind == '[' {
		for _, m := range i.json.members {
			bomItem{json: m}.leaves(visit)
		}
		return
	}
	i.members(func(key string, m bomItem) {
		if !bomNoise[key] && !namesSecret(keyOf(key)) {
			m.leaves(visit)
		}
	})
}

// attachment decodes a text that is carried in base64, such as a licence or a SWID tag within a component. Pictures are
// no texts; what is not in base64 is taken as it is.
func (i bomItem) attachment() (string, bool) {
	if !strings.EqualFold(i.get("encoding").words(), "base64") {
		return "", false
	}
	content := i.get("content").words()
	if i.xml != nil {
		content = i.words()
	}
	text, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(content), ""))
	switch {
	case err != nil:
		return content, true
	case !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0:
		return "", true
	}
	return string(text), true
}

// joined is every text within the value as one, with the source of the whole.
func (i bomItem) joined() value {
	var texts []string
	i.leaves(func(text string, _ bomItem) {
		if text = bomTidy(text); text != "" {
			texts = append(texts, text)
		}
	})
	return value{strings.Join(texts, ", "), i.source()}
}

// flat is the value's text, be it structured or not.
func (i bomItem) flat() value {
	if i.structured() {
		return i.joined()
	}
	return i.text()
}

// bomWorded reports whether a text says more than a number or a switch does.
func bomWorded(s string) bool {
	return s != "true" && s != "false" && strings.ContainsFunc(s, unicode.IsLetter)
}

// bomTidy takes out of a text what is nobody's business, and makes nothing of the words by which SPDX says nothing.
func bomTidy(text string) string {
	text = clean(text)
	switch {
	case text == "NOASSERTION" || text == "NONE", strings.HasPrefix(text, "urn:cdx:"): // a place in another document
		return ""
	case strings.HasPrefix(text, "pkg:"):
		return strings.ReplaceAll(text, "@", " ") // it would else look like an address, and the name be taken out
	}
	return withoutContacts(text)
}

// bomTidied is the value with its text tidied.
func bomTidied(v value) value { return value{bomTidy(v.text), v.source} }

// bomTexts puts texts into a line or order: the first ones each with its source, all others together, so that a file
// of a million texts is judged in as little time as one long text.
type bomTexts struct {
	put   func(value)
	count int
	rest  []string
	at    string
}

func (t *bomTexts) add(v value) {
	if v = bomTidied(v); v.text == "" {
		return
	}
	if t.count < bomMaxTexts {
		t.count++
		t.put(v)
		return
	}
	if t.at == "" {
		t.at = v.source
	}
	t.rest = append(t.rest, v.text)
}

// leaf adds a text of a value. Where it stood is asked for only as long as sources are kept.
func (t *bomTexts) leaf(text string, of bomItem) {
	v := value{text: text}
	if t.count < bomMaxTexts || t.at == "" {
		v.source = of.source()
	}
	t.add(v)
}

// all adds every text within a value.
func (t *bomTexts) all(m bomItem) { m.leaves(t.leaf) }

// end puts in what was kept back.
func (t *bomTexts) end() {
	if len(t.rest) > 0 {
		t.put(value{strings.Join(t.rest, "\n"), t.at + " and what follows"})
	}
}

// bomTwins reports keys that stand twice. Their texts are judged.
func bomTwins(d *draft, root *jsonValue, texts *bomTexts) {
	found := 0
	root.each(func(v *jsonValue) {
		v.twins(func(member *jsonValue, key string) {
			if found++; found <= bomMaxReports {
				d.problem(problemKey, "", member.at(), "The key %s stands twice here, be it in another case. All of it was judged.", quoteShort(key))
			}
			texts.all(bomItem{json: member})
		})
	})
}

// bomTooLong refuses a list that is longer than a call takes, before the rest of it is read.
func bomTooLong(c *collector, at string) error {
	if c.lines <= MaxLines {
		return nil
	}
	return &Error{Kind: TooLarge, At: at, Detail: fmt.Sprintf("The document lists more than %d components, the most that a call takes. Split it, or send it as a batch.", MaxLines)}
}

// bomEmpty refuses a list of nothing: there is nothing to screen, and nothing is no clear.
func bomEmpty(d *draft) error {
	if len(d.order.Lines) > 0 {
		return nil
	}
	return malformed("", "The document lists no component, package or service, so that there is nothing to screen. Send the full list.")
}
