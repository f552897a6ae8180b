package documents

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// The two forms of SPDX that are written by hand, YAML and tag-value, are read into the shape of its JSON. The source of
// a value is the line where it stands.

// spdxMaxDepth is how deep a YAML document may be nested; SPDX itself needs six levels.
const spdxMaxDepth = 20

// spdxParseYAML reads exactly one YAML document, without anchors: nothing in it stands for anything else.
func spdxParseYAML(text string) (*jsonValue, error) {
	if spdxValues(text) > maxJSONValues {
		return nil, &Error{Kind: TooLarge, Detail: "The document has more than 500,000 values. Split it."}
	}
	var root yaml.Node
	if err := yaml.Load([]byte(text), &root, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(2*spdxMaxDepth)))); err != nil {
		return nil, malformed("", "The document is not valid YAML: %s.", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(root.Content) != 1 || root.Content[0].Kind != yaml.MappingNode {
		return nil, malformed("", "The document is no SPDX: a mapping with spdxVersion should stand at its top.")
	}
	return spdxFromYAML(root.Content[0], "", 0)
}

// spdxValues is the most values that a YAML text can hold, by the signs that part them.
func spdxValues(text string) int {
	most := 0
	for i := range len(text) {
		switch text[i] {
		case '\n', ',', '[', '{':
			most++
		case ':', '-', '?':
			if i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\t' {
				most++
			}
		}
	}
	return most
}

func spdxFromYAML(n *yaml.Node, key string, depth int) (*jsonValue, error) {
	at := fmt.Sprintf("line %d", n.Line)
	if key != "" {
		at += ", " + key
	}
	v := &jsonValue{kind: '"', text: n.Value, place: at}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return nil, &Error{Kind: Refused, Detail: "The document has anchors or aliases, by which a few lines may stand for millions. That is refused: write every value out.", At: at}
	case depth > spdxMaxDepth:
		return nil, malformed(at, "Values are nested more than %d levels deep.", spdxMaxDepth)
	case n.Kind == yaml.ScalarNode:
		if n.ShortTag() == "!!null" {
			v.kind, v.text = 'n', ""
		}
		return v, nil
	case n.Kind == yaml.SequenceNode:
		v.kind = '['
	default:
		v.kind = '{'
	}
	return v, spdxContent(v, n, key, depth)
}

// spdxContent fills an object or list.
func spdxContent(v *jsonValue, n *yaml.Node, key string, depth int) error {
	for i, child := range n.Content {
		name := key
		if v.kind == '{' {
			if i%2 == 0 {
				continue
			}
			of := n.Content[i-1]
			if of.Kind != yaml.ScalarNode || len(of.Value) > spdxMaxKey || of.Anchor != "" {
				return malformed(fmt.Sprintf("line %d", of.Line), "A key should stand here, one word of at most %d characters without an anchor.", spdxMaxKey)
			}
			name = of.Value
			v.keys = append(v.keys, name)
		}
		member, err := spdxFromYAML(child, name, depth+1)
		if err != nil {
			return err
		}
		v.members = append(v.members, member)
	}
	return nil
}

// spdxMaxKey keeps the sources of values short.
const spdxMaxKey = 100

// spdxTag is where the value of a tag goes: a field of the newest element of a list, or of the document itself.
type spdxTag struct {
	list, field string
	begins      bool // the tag begins another element of the list
}

// spdxTags are the tags that name something, by the names that they have in JSON.
var spdxTags = map[string]spdxTag{
	"SPDXVersion":       {"", "spdxVersion", false},
	"DocumentName":      {"", "name", false},
	"DocumentNamespace": {"", "documentNamespace", false},
	"DocumentComment":   {"", "comment", false},
	"Created":           {"creationInfo", "created", false},
	"Creator":           {"creationInfo", "creators", false},
	"CreatorComment":    {"creationInfo", "comment", false},

	"PackageName":             {"packages", "name", true},
	"PackageVersion":          {"packages", "versionInfo", false},
	"PackageFileName":         {"packages", "packageFileName", false},
	"PackageSupplier":         {"packages", "supplier", false},
	"PackageOriginator":       {"packages", "originator", false},
	"PackageDownloadLocation": {"packages", "downloadLocation", false},
	"PackageHomePage":         {"packages", "homepage", false},
	"PackageSourceInfo":       {"packages", "sourceInfo", false},
	"PackageLicenseConcluded": {"packages", "licenseConcluded", false},
	"PackageLicenseDeclared":  {"packages", "licenseDeclared", false},
	"PackageLicenseComments":  {"packages", "licenseComments", false},
	"PackageCopyrightText":    {"packages", "copyrightText", false},
	"PackageSummary":          {"packages", "summary", false},
	"PackageDescription":      {"packages", "description", false},
	"PackageComment":          {"packages", "comment", false},
	"PackageAttributionText":  {"packages", "attributionTexts", false},
	"PrimaryPackagePurpose":   {"packages", "primaryPackagePurpose", false},

	"FileName":            {"files", "fileName", true},
	"FileComment":         {"files", "comment", false},
	"FileNotice":          {"files", "noticeText", false},
	"FileContributor":     {"files", "fileContributors", false},
	"FileCopyrightText":   {"files", "copyrightText", false},
	"FileAttributionText": {"files", "attributionTexts", false},

	"SnippetSPDXID":        {"snippets", "SPDXID", true},
	"SnippetName":          {"snippets", "name", false},
	"SnippetComment":       {"snippets", "comment", false},
	"SnippetCopyrightText": {"snippets", "copyrightText", false},

	"LicenseID":      {"hasExtractedLicensingInfos", "licenseId", true},
	"ExtractedText":  {"hasExtractedLicensingInfos", "extractedText", false},
	"LicenseName":    {"hasExtractedLicensingInfos", "name", false},
	"LicenseComment": {"hasExtractedLicensingInfos", "comment", false},

	"RelationshipComment": {"relationships", "comment", false},
	"Annotator":           {"annotations", "annotator", true},
	"AnnotationComment":   {"annotations", "comment", false},
	"Reviewer":            {"revieweds", "annotator", true},
	"ReviewComment":       {"revieweds", "comment", false},
}

// spdxCodes are tags whose values are numbers, codes, dates and links inside the document.
var spdxCodes = bomWords(`DataLicense LicenseListVersion ExternalDocumentRef FilesAnalyzed PackageVerificationCode
	PackageChecksum PackageLicenseInfoFromFiles ReleaseDate BuiltDate ValidUntilDate FileType FileChecksum
	LicenseConcluded LicenseInfoInFile LicenseInfoInSnippet FileDependency SnippetFromFileSPDXID SnippetByteRange
	SnippetLineRange SnippetLicenseConcluded LicenseCrossReference AnnotationDate AnnotationType SPDXREF ReviewDate`)

// spdxRepeated are fields that may stand several times, lists in JSON.
var spdxRepeated = bomWords("creators attributionTexts fileContributors")

// spdxTagReader builds the tree of a tag-value document.
type spdxTagReader struct {
	draft   *draft
	root    *jsonValue
	lists   map[spdxList]*jsonValue
	newest  map[string]*jsonValue // element of each list
	element *jsonValue            // that began last
	line    int
	tags    int
	strange int
}

// spdxList is the place of a list: under a key of an object.
type spdxList struct {
	of  *jsonValue
	key string
}

func spdxParseTags(text string, d *draft) (*jsonValue, error) {
	r := &spdxTagReader{draft: d, root: &jsonValue{kind: '{'}, newest: map[string]*jsonValue{}, lists: map[spdxList]*jsonValue{}}
	r.element = r.root
	rest := text
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		r.line++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		tag, content, found := strings.Cut(line, ":")
		if r.tags++; r.tags > maxJSONValues {
			return nil, &Error{Kind: TooLarge, Detail: "The document has more than 500,000 tags. Split it.", At: fmt.Sprintf("line %d", r.line)}
		}
		if tag = strings.TrimSpace(tag); !found || !isSPDXTag(tag) {
			r.loose(line)
			continue
		}
		at := fmt.Sprintf("line %d, %s", r.line, tag)
		content = strings.TrimSpace(content)
		if opened, is := strings.CutPrefix(content, "<text>"); is {
			closed, after, ok := r.closing(opened, rest)
			if !ok {
				return nil, malformed(at, "The text that begins here has no </text>. The document was cut on its way.")
			}
			content, rest = closed, after
		}
		r.take(tag, &jsonValue{kind: '"', text: content, place: at})
	}
	return r.root, nil
}

// closing takes a text up to its end, which may be many lines further.
func (r *spdxTagReader) closing(opened, rest string) (content, after string, ok bool) {
	if content, behind, ok := strings.Cut(opened, "</text>"); ok {
		return content + behind, rest, true
	}
	more, after, ok := strings.Cut(rest, "</text>")
	r.line += strings.Count(more, "\n") + 1
	behind, after, _ := strings.Cut(after, "\n")
	return opened + "\n" + more + behind, after, ok
}

// isSPDXTag reports whether a word may be a tag: letters only, so that "http://..." is none.
func isSPDXTag(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != "" && len(s) <= spdxMaxKey
}

// loose takes a line that belongs to no tag: a text of several lines that was not marked as one.
func (r *spdxTagReader) loose(line string) {
	at := fmt.Sprintf("line %d", r.line)
	if r.strange++; r.strange <= bomMaxReports {
		r.draft.problem(problemStructure, "", at, "This line has no tag: a text of several lines stands between <text> and </text>. It was judged.")
	}
	r.other(&jsonValue{kind: '"', text: line, place: at})
}

// take puts the value of a tag where it is in JSON. A tag that is not known is a text of the document.
func (r *spdxTagReader) take(tag string, v *jsonValue) {
	place, known := spdxTags[tag]
	switch {
	case tag == "SPDXID":
		spdxAdd(r.element, "SPDXID", v)
	case tag == "ExternalRef":
		r.reference(v)
	case tag == "ExternalRefComment":
		comment := &jsonValue{kind: '{', place: v.at()}
		spdxAdd(comment, "comment", v)
		r.list(r.in("packages", v), "externalRefs", comment)
	case tag == "Relationship":
		r.relationship(v)
	case known:
		r.put(place, v)
	case !spdxCodes[tag]:
		r.other(v)
	}
}

// other keeps a text that has no place in SPDX.
func (r *spdxTagReader) other(v *jsonValue) { r.list(r.root, "other", v) }

func (r *spdxTagReader) put(place spdxTag, v *jsonValue) {
	element := r.root
	switch {
	case place.begins:
		element = r.begin(place.list, v)
	case place.list == "creationInfo":
		if r.newest[place.list] == nil {
			r.newest[place.list] = &jsonValue{kind: '{', place: v.at()}
			spdxAdd(r.root, place.list, r.newest[place.list])
		}
		element = r.newest[place.list]
	case place.list != "":
		element = r.in(place.list, v)
	}
	if spdxRepeated[place.field] {
		r.list(element, place.field, v)
		return
	}
	spdxAdd(element, place.field, v)
}

// begin adds another element to a list.
func (r *spdxTagReader) begin(list string, v *jsonValue) *jsonValue {
	element := &jsonValue{kind: '{', place: v.at()}
	r.list(r.root, list, element)
	r.newest[list] = element
	if list == "packages" || list == "files" || list == "snippets" {
		r.element = element
	}
	return element
}

// in returns the newest element of a list. One that never began begins here.
func (r *spdxTagReader) in(list string, v *jsonValue) *jsonValue {
	if element := r.newest[list]; element != nil {
		return element
	}
	return r.begin(list, v)
}

// reference takes apart "SECURITY cpe23Type cpe:2.3:a:acme:...".
func (r *spdxTagReader) reference(v *jsonValue) {
	category, rest, _ := strings.Cut(v.text, " ")
	kind, locator, _ := strings.Cut(strings.TrimSpace(rest), " ")
	ref := &jsonValue{kind: '{', place: v.at()}
	spdxAdd(ref, "referenceCategory", &jsonValue{kind: '"', text: category, place: v.at()})
	spdxAdd(ref, "referenceType", &jsonValue{kind: '"', text: kind, place: v.at()})
	spdxAdd(ref, "referenceLocator", &jsonValue{kind: '"', text: locator, place: v.at()})
	r.list(r.in("packages", v), "externalRefs", ref)
}

// relationship takes apart "SPDXRef-DOCUMENT DESCRIBES SPDXRef-Package".
func (r *spdxTagReader) relationship(v *jsonValue) {
	rel := r.begin("relationships", v)
	words := strings.Fields(v.text)
	for i, field := range []string{"spdxElementId", "relationshipType", "relatedSpdxElement"} {
		if i < len(words) {
			spdxAdd(rel, field, &jsonValue{kind: '"', text: words[i], place: v.at()})
		}
	}
}

// spdxAdd appends a member to an object.
func spdxAdd(v *jsonValue, key string, m *jsonValue) {
	v.keys, v.members = append(v.keys, key), append(v.members, m)
}

// list appends an item to the list under a key of an object, which is made where there is none.
func (r *spdxTagReader) list(of *jsonValue, key string, item *jsonValue) {
	place := spdxList{of, key}
	list := r.lists[place]
	if list == nil {
		list = &jsonValue{kind: '[', place: item.at()}
		r.lists[place] = list
		spdxAdd(of, key, list)
	}
	list.members = append(list.members, item)
}
