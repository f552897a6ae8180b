package documents

import (
	"context"
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// SPDX 2 as JSON, YAML and tag-value, spdx.dev. YAML and tag-value are brought into the shape of the JSON first. A file
// is one order, each package is a line.

var spdxFormat = format{id: "spdx", name: "SPDX", recognise: isSPDX, read: readSPDX}

// spdxVersions are the versions that are read. Their fields have the same names.
var spdxVersions = []string{"SPDX-2.0", "SPDX-2.1", "SPDX-2.2", "SPDX-2.3"}

func isSPDX(s *source) bool {
	switch {
	case s.json != nil:
		return spdxDocument(s.json).get("spdxVersion") != nil
	case s.xml != nil || s.text == "":
		return false
	}
	return spdxHasLine(s.text, isSPDXYAML) || spdxHasLine(s.text, isSPDXTags)
}

// spdxDocument is the document itself: GitHub sends it within an object of one member.
func spdxDocument(root *jsonValue) *jsonValue {
	if inner := root.get("sbom"); inner.get("spdxVersion") != nil {
		return inner
	}
	return root
}

// isSPDXYAML and isSPDXTags know the line that says which version of SPDX a text is in.
func isSPDXYAML(line string) bool {
	key, _, found := strings.Cut(line, ":")
	return found && strings.Trim(strings.TrimSpace(key), `"'`) == "spdxVersion" && line[0] != ' '
}

func isSPDXTags(line string) bool { return strings.HasPrefix(line, "SPDXVersion:") }

// spdxHasLine reports whether one of a text's lines is what is looked for.
func spdxHasLine(text string, is func(string) bool) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && is(line) {
			return true
		}
	}
	return false
}

func readSPDX(ctx context.Context, s *source, c *collector) error {
	r := &spdxReader{draft: c.order()}
	r.texts.put = func(v value) { r.set("text", v) }
	root, err := r.root(s)
	if err != nil {
		return err
	}
	version := root.get("spdxVersion").value()
	if !slices.Contains(spdxVersions, version.text) {
		return &Error{Kind: Unsupported, At: version.source, Detail: "SPDX version " + quoteShort(version.text) + " is not known here. Export the document as SPDX-2.3 or older."}
	}
	bomTwins(r.draft, root, &r.texts)
	if err := r.body(ctx, bomItem{json: root}); err != nil {
		return err
	}
	r.texts.end()
	return bomEmpty(r.draft)
}

// spdxReader reads one document.
type spdxReader struct {
	*draft
	texts bomTexts // of the order
	read  int      // packages
}

// root returns the document in the shape of its JSON.
func (r *spdxReader) root(s *source) (*jsonValue, error) {
	switch {
	case s.fault != nil:
		return nil, s.fault
	case s.json != nil:
		return spdxDocument(s.json), nil
	case s.xml != nil || s.text == "":
		return nil, &Error{Kind: Unsupported, Detail: "This is no SPDX that is read here. Export it as SPDX 2.3 in JSON, YAML or tag-value."}
	case spdxHasLine(s.text, isSPDXTags):
		return spdxParseTags(s.text, r.draft)
	}
	return spdxParseYAML(s.text)
}

// body reads everything in the document's order.
func (r *spdxReader) body(ctx context.Context, root bomItem) error {
	subject := spdxSubject(root)
	inventory := subject.kind().inventory()
	r.kind(screening.BOMDocument)
	if inventory {
		r.kind(screening.InventoryDocument)
	}
	var err error
	root.members(func(key string, m bomItem) {
		switch key {
		case "name":
			if r.order.Reference == "" { // a second one was reported
				r.set("reference", bomTidied(m.text()))
			}
			r.texts.all(m)
		case "creationInfo":
			r.creation(m, inventory)
		case "packages":
			if err == nil {
				err = r.packages(ctx, m)
			}
		case "documentDescribes":
			// Numbers of packages.
		default:
			if !bomNoise[key] {
				r.texts.all(m)
			}
		}
	})
	if !inventory {
		r.sellers(subject.item)
	}
	return err
}

// creation reads when and by whom the document was made. Whoever lists a machine's software owns it; who lists the parts
// of a product may have been hired to do so, and is a text.
func (r *spdxReader) creation(m bomItem, inventory bool) {
	if m.misplaced() {
		r.problem(problemStructure, "", m.source(), "Fields should stand here. What does was judged.")
		r.texts.all(m)
	}
	var people []value
	m.members(func(key string, field bomItem) {
		switch key {
		case "created":
			if r.order.OrderedAt == "" { // a second one was reported
				r.set("ordered_at", field.text())
			}
		case "creators":
			for _, creator := range field.items() {
				v := creator.text()
				name, mail, kind := spdxActor(v)
				if inventory && kind == "organization" && name.text != "" && len(r.order.Parties) < bomMaxTold {
					p := r.party(screening.Buyer)
					p.set("name", bomTidied(name))
					p.email(mail)
					continue
				}
				if inventory && kind == "person" && strings.Contains(mail.text, "@") {
					people = append(people, mail)
				}
				r.texts.add(v)
			}
		default:
			if !bomNoise[key] {
				r.texts.all(field)
			}
		}
	})
	r.employers(people)
}

// employers keeps the domains of the people who listed a machine's software: they work for its owner.
func (r *spdxReader) employers(mails []value) {
	if len(mails) == 0 {
		return
	}
	owner := &partyDraft{d: r.draft, party: func() *screening.Party { return &r.order.Parties[0] }, pointer: indexed("/parties", 0)}
	if len(r.order.Parties) == 0 {
		owner = r.party(screening.Buyer)
	}
	for _, mail := range mails {
		bomMail(owner, mail)
	}
	if owner.empty() {
		r.order.Parties = nil // they were no addresses at all
	}
}

// sellers adds who supplies and who made the one product that the document describes.
func (r *spdxReader) sellers(subject bomItem) {
	var names []string
	for _, key := range []string{"supplier", "originator"} {
		name, mail, _ := spdxActor(subject.get(key).text())
		if name = bomTidied(name); name.text == "" || slices.Contains(names, name.text) {
			continue
		}
		names = append(names, name.text)
		p := r.party(screening.Seller)
		p.set("name", name)
		p.email(mail)
	}
}

func (r *spdxReader) packages(ctx context.Context, list bomItem) error {
	if list.json.kind != '[' && list.json.kind != 'n' {
		r.problem(problemStructure, "", list.source(), "A list of packages should stand here. What does was judged as one.")
	}
	for _, item := range list.items() {
		r.read++
		if err := cancelled(ctx, r.read); err != nil {
			return err
		}
		l := newBOMLine(r.draft)
		if err := bomTooLong(r.collector, item.source()); err != nil {
			return err
		}
		l.whole(item)
		item.members(func(key string, m bomItem) { spdxField(l, key, m) })
		l.end()
	}
	return nil
}

// spdxField puts one field of a package into its line.
func spdxField(l *bomLine, key string, m bomItem) {
	switch key {
	case "name":
		l.single("name", m)
	case "versionInfo":
		l.single("version", m)
	case "SPDXID":
		l.single("id", m)
	case "supplier", "originator":
		name, mail, _ := spdxActor(m.text())
		l.first("manufacturer", name)
		l.texts.add(mail)
		if m.structured() {
			l.texts.all(m)
		}
	case "externalRefs":
		for _, ref := range m.items() {
			spdxReference(l, ref)
		}
	case "primaryPackagePurpose":
		// A code.
	default:
		if !bomNoise[key] {
			l.texts.all(m)
		}
	}
}

// spdxReference reads an identifier of a package. Advisories are about its flaws, and name those who found them.
func spdxReference(l *bomLine, ref bomItem) {
	if !ref.object() {
		l.texts.all(ref)
	}
	kind := ref.get("referenceType").words()
	locator := ref.get("referenceLocator").text()
	switch kind[strings.LastIndexByte(kind, '/')+1:] {
	case "cpe22Type", "cpe23Type":
		l.first("cpe", locator)
	case "purl":
		l.first("purl", locator)
	case "advisory", "fix", "url":
	default:
		l.texts.add(locator)
	}
	l.texts.add(ref.get("comment").text())
}

// spdxActor takes apart "Organization: Acme (info@acme.example)".
func spdxActor(v value) (name, mail value, kind string) {
	kind, rest, found := strings.Cut(v.text, ":")
	if kind = strings.ToLower(strings.TrimSpace(kind)); !found || kind != "organization" && kind != "person" && kind != "tool" {
		kind, rest = "", v.text
	}
	rest = strings.TrimSpace(rest)
	mail = value{"", v.source}
	if open := strings.LastIndexByte(rest, '('); open >= 0 && strings.HasSuffix(rest, ")") {
		if inner := strings.TrimSpace(rest[open+1 : len(rest)-1]); inner == "" || strings.Contains(inner, "@") {
			mail.text, rest = inner, strings.TrimSpace(rest[:open])
		}
	}
	return value{rest, v.source}, mail, kind
}

// spdxProduct is the one package that a document describes.
type spdxProduct struct{ item bomItem }

// kind is what the package says of itself, for telling an inventory from a bill of materials.
func (s spdxProduct) kind() bomSubject {
	purpose := strings.ToLower(s.item.get("primaryPackagePurpose").words())
	said := func(key string) bool { return bomTidy(s.item.get(key).words()) != "" }
	return bomSubject{
		kind:    strings.ReplaceAll(purpose, "_", "-"),
		product: said("versionInfo") || said("supplier") || said("originator") || s.item.has("externalRefs"),
	}
}

// spdxSubject finds the one package that the document says it describes. Where it describes several, none is.
func spdxSubject(root bomItem) spdxProduct {
	described := map[string]bool{}
	for _, id := range root.get("documentDescribes").items() {
		described[id.words()] = true
	}
	document := root.get("SPDXID").words()
	for _, rel := range root.get("relationships").items() {
		from, to := rel.get("spdxElementId").words(), rel.get("relatedSpdxElement").words()
		switch kind := rel.get("relationshipType").words(); {
		case kind == "DESCRIBES" && from == document:
			described[to] = true
		case kind == "DESCRIBED_BY" && to == document:
			described[from] = true
		}
	}
	var out []bomItem
	for _, p := range root.get("packages").items() {
		if described[p.get("SPDXID").words()] {
			out = append(out, p)
		}
	}
	if len(out) != 1 {
		return spdxProduct{}
	}
	return spdxProduct{out[0]}
}
