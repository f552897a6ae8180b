package documents

import (
	"context"
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// CycloneDX: bills of materials and inventories as JSON and XML, cyclonedx.org. A file is one order; each component and
// service, however deep it stands, is a line, and so is the product that a bill of materials is of.

var cyclonedxFormat = format{id: "cyclonedx", name: "CycloneDX", recognise: isCycloneDX, read: readCycloneDX}

// cyclonedxVersions are the versions that are read. JSON exists from 1.2 on, but nothing hangs on it.
var cyclonedxVersions = []string{"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"}

// cyclonedxSpace is how the namespace of an XML document begins; the version follows.
const cyclonedxSpace = "http://cyclonedx.org/schema/bom/"

func isCycloneDX(s *source) bool {
	if s.xml != nil {
		return s.xml.name == "bom" && strings.HasPrefix(s.xml.space, cyclonedxSpace)
	}
	return s.json.has("bomFormat") || s.json.has("specVersion") && (s.json.has("components") || s.json.has("services"))
}

// cyclonedxRoot checks that the document is what it says it is, in a version that is known.
func cyclonedxRoot(s *source) (bomItem, error) {
	root, version, at := bomItem{json: s.json}, "", ""
	switch {
	case s.fault != nil:
		return root, s.fault
	case s.xml != nil:
		root, at = bomItem{xml: s.xml}, s.xml.path()
		space, found := strings.CutPrefix(s.xml.space, cyclonedxSpace)
		if s.xml.name != "bom" || !found {
			return root, malformed(at, "The root element is no CycloneDX bom: want bom in the namespace %s1.6 or the like.", cyclonedxSpace)
		}
		version = space
	case s.json != nil && s.json.kind == '{':
		if id := s.json.get("bomFormat").value(); id.text != "CycloneDX" {
			return root, malformed("/bomFormat", "bomFormat is %s; in a CycloneDX document it is \"CycloneDX\".", quoteShort(id.text))
		}
		version, at = s.json.get("specVersion").value().text, "/specVersion"
	default:
		return root, malformed("", "The document is no CycloneDX: it is neither a JSON object nor XML.")
	}
	if !slices.Contains(cyclonedxVersions, version) {
		return root, &Error{Kind: Unsupported, At: at, Detail: "CycloneDX " + quoteShort(version) + " is not known here. Export the document as version 1.7 or older."}
	}
	return root, nil
}

func readCycloneDX(ctx context.Context, s *source, c *collector) error {
	root, err := cyclonedxRoot(s)
	if err != nil {
		return err
	}
	r := &cyclonedxReader{draft: c.order(), root: root}
	r.texts.put = func(v value) { r.set("text", v) }
	r.gather()
	r.kind(r.document)
	r.set("reference", r.reference())
	r.twins()
	r.metadata()
	if err := r.body(ctx); err != nil {
		return err
	}
	r.texts.end()
	return bomEmpty(r.draft)
}

// cyclonedxReader reads one document.
type cyclonedxReader struct {
	*draft
	root, meta, subject bomItem
	own, ofSubject      []bomProperty // what the document says of itself, and of what it lists the parts of
	document            screening.Document
	texts               bomTexts // of the order
	read                int      // components
}

// gather finds what tells an inventory from a bill of materials.
func (r *cyclonedxReader) gather() {
	r.meta = r.root.get("metadata")
	r.subject = r.meta.get("component")
	r.ofSubject = bomProperties(r.subject.get("properties"), &r.texts)
	r.own = append(bomProperties(r.meta.get("properties"), &r.texts), bomProperties(r.root.get("properties"), &r.texts)...)
	r.document = screening.BOMDocument
	if r.isInventory() {
		r.document = screening.InventoryDocument
	}
}

// twins reports parts of the document that stand twice, of which the first is taken. What the others say is judged.
func (r *cyclonedxReader) twins() {
	if r.root.json != nil {
		bomTwins(r.draft, r.root.json, &r.texts)
		return
	}
	for _, of := range []*node{r.root.xml, r.meta.xml} {
		if of == nil {
			continue
		}
		for _, c := range of.children {
			if c.place == 2 {
				r.problem(problemTwice, "", c.path(), "%s stands more than once. All of it was judged.", quoteShort(c.name))
			}
			if c.place > 1 {
				r.texts.all(bomItem{xml: c})
			}
		}
	}
}

// properties are those of the document and of its subject.
func (r *cyclonedxReader) properties() []bomProperty { return slices.Concat(r.own, r.ofSubject) }

// cyclonedxBuilt are the phases in which a product is made. The others are those of a list of what is in use.
var cyclonedxBuilt, cyclonedxInUse = bomWords("design pre-build build post-build"), bomWords("operations discovery")

// isInventory reports whether the document lists what is installed on a host or device. What speaks of a sale or of the
// making of a product comes first: an inventory is judged milder than a bill of materials.
func (r *cyclonedxReader) isInventory() bool {
	inventory, owned := false, false
	for _, p := range r.properties() {
		stated, sale := p.purpose()
		if sale {
			return false
		}
		inventory = inventory || stated
		owned = owned || p.ownerField() != ""
	}
	inUse := false
	for _, l := range r.meta.get("lifecycles").items() {
		phase := l.get("phase").words()
		if cyclonedxBuilt[phase] {
			return false
		}
		inUse = inUse || cyclonedxInUse[phase]
	}
	subject := bomSubject{
		kind: r.subject.get("type").words(), owned: owned,
		product: r.meta.has("supplier", "manufacture") ||
			r.subject.has("version", "group", "publisher", "author", "authors", "supplier", "manufacturer", "cpe", "purl", "swid"),
	}
	return inventory || inUse || subject.inventory()
}

// reference is the name of what is listed, by which people know it, else the document's number.
func (r *cyclonedxReader) reference() value {
	if name := bomTidied(r.subject.get("name").text()); name.text != "" {
		return name
	}
	return r.root.get("serialNumber").text()
}

// metadata reads who stands behind the document, when it was made and what it says of itself.
func (r *cyclonedxReader) metadata() {
	if r.meta.misplaced() {
		r.problem(problemStructure, "", r.meta.source(), "Metadata with fields should stand here. What does was judged.")
		r.texts.all(r.meta)
	}
	r.meta.members(func(key string, m bomItem) {
		switch key {
		case "timestamp":
			if r.order.OrderedAt == "" { // a second one was reported
				r.set("ordered_at", m.text())
			}
		case "authors", "tools":
			for _, item := range m.items() {
				r.texts.add(item.joined())
			}
		case "properties", "component", "licenses", "supplier", "manufacture", "manufacturer":
			// Read elsewhere; the licence is that of the document.
		default:
			r.texts.all(m)
		}
	})
	for _, p := range r.own {
		p.addTo(&r.texts)
	}
	r.parties()
}

// body reads everything but the metadata, and the subject after its parts.
func (r *cyclonedxReader) body(ctx context.Context) error {
	var err error
	keep := func(e error) {
		if err == nil {
			err = e
		}
	}
	r.root.members(func(key string, m bomItem) {
		switch key {
		case "components", "services":
			keep(r.list(ctx, m, key == "services"))
		case "annotations", "declarations", "definitions", "citations":
			for _, item := range m.items() {
				r.texts.all(item)
			}
		case "formulation":
			r.formulation(m)
		case "metadata", "properties", "dependencies", "compositions", "vulnerabilities", "version", "bomFormat", "specVersion":
			// Read elsewhere, or about the order of things; a vulnerability names who found it.
		default:
			if !bomNoise[key] {
				r.texts.all(m)
			}
		}
	})
	if err != nil || !r.subject.object() && !r.subject.misplaced() {
		return err
	}
	if r.document == screening.BOMDocument || r.subject.misplaced() {
		return r.component(ctx, r.subject, false)
	}
	return r.machine(ctx)
}

// machine reads the thing on which software is installed: it is no item of the list, but what is said of it is judged.
func (r *cyclonedxReader) machine(ctx context.Context) error {
	for _, p := range r.ofSubject {
		p.addTo(&r.texts)
	}
	var err error
	r.subject.members(func(key string, m bomItem) {
		switch {
		case key == "components" && err == nil:
			err = r.list(ctx, m, false)
		case key != "properties" && !bomNoise[key]:
			r.texts.all(m)
		}
	})
	return err
}

// formulation names what a product was made with.
func (r *cyclonedxReader) formulation(m bomItem) {
	for _, formula := range m.items() {
		for _, part := range append(formula.get("components").items(), formula.get("services").items()...) {
			r.texts.add(part.joined())
		}
	}
}

func (r *cyclonedxReader) list(ctx context.Context, m bomItem, services bool) error {
	if m.json != nil && m.json.kind != '[' && m.json.kind != 'n' {
		r.problem(problemStructure, "", m.source(), "A list of components should stand here. What does was judged as one.")
	}
	for _, item := range m.items() {
		if err := r.component(ctx, item, services); err != nil {
			return err
		}
	}
	return nil
}

// component reads a component or service as a line, and what it is made of as lines that follow.
func (r *cyclonedxReader) component(ctx context.Context, item bomItem, service bool) error {
	r.read++
	if err := cancelled(ctx, r.read); err != nil {
		return err
	}
	l := newBOMLine(r.draft)
	if err := bomTooLong(r.collector, item.source()); err != nil {
		return err
	}
	if !l.whole(item) {
		l.end()
		return nil
	}
	var parts []bomItem
	var areServices []bool
	item.members(func(key string, m bomItem) {
		if key == "components" || key == "services" {
			parts, areServices = append(parts, m), append(areServices, key == "services")
			return
		}
		cyclonedxField(l, key, m, service)
	})
	l.end()
	for i, m := range parts {
		if err := r.list(ctx, m, areServices[i]); err != nil {
			return err
		}
	}
	return nil
}

// cyclonedxTypes are the types of a component.
var cyclonedxTypes = bomWords(`application framework library container platform operating-system device device-driver
	firmware file machine-learning-model data cryptographic-asset`)

// cyclonedxField puts one field of a component into its line.
func cyclonedxField(l *bomLine, key string, m bomItem, service bool) {
	switch key {
	case "name", "version", "cpe", "purl":
		l.single(key, m)
	case "bom-ref":
		if l.line().ID == "" {
			l.set("id", m.text())
		}
	case "supplier", "manufacturer", "provider":
		l.organisation(m)
	case "publisher":
		l.first("manufacturer", m.flat())
	case "authors", "tags":
		for _, item := range m.items() {
			l.texts.add(item.joined())
		}
	case "type":
		if kind := m.text(); !service && kind.text != "" && !cyclonedxTypes[kind.text] {
			l.report(problemStructure, kind.source, "%s is no type of a component.", quoteShort(kind.text))
		}
	case "properties":
		cyclonedxProperties(l, m)
	case "pedigree":
		cyclonedxPedigree(l, m)
	case "externalReferences":
		l.references(m)
	case "swid":
		// The tag's number is text: it is no number of goods.
		l.texts.add(m.get("tagId").text())
		l.texts.all(m)
	default:
		if !bomNoise[key] {
			l.texts.all(m)
		}
	}
}

// cyclonedxProperties are texts. A number of goods is one, too; a quantity is not, since a return shows in its sign.
func cyclonedxProperties(l *bomLine, list bomItem) {
	for _, p := range bomProperties(list, &l.texts) {
		if strings.HasPrefix(p.name, "cdx:device:gs1:gtin") {
			l.first("gtin", p.value())
		}
		p.addTo(&l.texts)
	}
}

// cyclonedxPedigree reads what a component was made from: it may be another maker's product under a new name.
func cyclonedxPedigree(l *bomLine, pedigree bomItem) {
	if !pedigree.object() {
		l.texts.all(pedigree)
	}
	pedigree.members(func(key string, m bomItem) {
		switch key {
		case "ancestors", "descendants", "variants":
			for _, item := range m.items() {
				l.texts.add(item.joined())
			}
		case "commits":
			for _, commit := range m.items() {
				l.texts.add(commit.get("message").text())
			}
		case "patches":
			// Differences of source code.
		default:
			l.texts.all(m)
		}
	})
}
