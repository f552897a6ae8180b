package documents

import (
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

const spdxJSON = `{
  "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "harbour-gateway-4.2",
  "documentNamespace": "https://harbour.example/spdx/1", "comment": "made for the port",
  "creationInfo": {"created": "2025-02-03T04:05:06Z", "creators": ["Tool: partscan-3", "Organization: Audit House (desk@audit.example)"], "comment": "by hand"},
  "documentDescribes": ["SPDXRef-gw"],
  "packages": [
    {"SPDXID": "SPDXRef-gw", "name": "Harbour Gateway", "versionInfo": "4.2", "primaryPackagePurpose": "DEVICE", "downloadLocation": "NOASSERTION",
     "supplier": "Organization: Harbour Distribution Inc (sales@harbour.example)", "originator": "Organization: Harbour Networks (UK)"},
    {"SPDXID": "SPDXRef-av", "name": "scan-sdk", "versionInfo": "8.1", "supplier": "NOASSERTION", "originator": "Person: Ivy Coder (ivy@guard.example)",
     "homepage": "https://guard.example", "summary": "Scans", "description": "Scans files", "copyrightText": "(c) Guard Lab", "licenseConcluded": "NONE",
     "checksums": [{"algorithm": "SHA1", "checksumValue": "85ed0817af83a24ad8da68c2b5094de69833983c"}],
     "externalRefs": [
       {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:guard:scan_sdk:8.1:*:*:*:*:*:*:*"},
       {"referenceCategory": "SECURITY", "referenceType": "cpe22Type", "referenceLocator": "cpe:/a:guard:scan_sdk:8.1"},
       {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:maven/org.guard/scan-sdk@8.1"},
       {"referenceCategory": "SECURITY", "referenceType": "advisory", "referenceLocator": "https://finder.example/1"},
       {"referenceCategory": "OTHER", "referenceType": "http://guard.example/ref#shelf", "referenceLocator": "shelf/9", "comment": "on the shelf"}],
     "annotations": [{"annotator": "Person: Bo", "annotationDate": "2025-02-03T04:05:06Z", "annotationType": "OTHER", "comment": "seen"}]}
  ],
  "files": [{"SPDXID": "SPDXRef-f", "fileName": "./lib/scan.so", "fileContributors": ["Guard Lab"], "fileTypes": ["BINARY"]}],
  "hasExtractedLicensingInfos": [{"licenseId": "LicenseRef-guard", "name": "Guard licence", "extractedText": "All rights are Guard's"}],
  "relationships": [{"spdxElementId": "SPDXRef-gw", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-av", "comment": "built in"}]
}`

// The same document, written by hand.
const spdxTagValue = "\ufeffSPDXVersion: SPDX-2.3\r\n" + `DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: harbour-gateway-4.2
DocumentNamespace: https://harbour.example/spdx/1
DocumentComment: <text>made for the port</text>
Creator: Tool: partscan-3
Creator: Organization: Audit House (desk@audit.example)
Created: 2025-02-03T04:05:06Z
CreatorComment: by hand
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-gw

##### The product
PackageName: Harbour Gateway
SPDXID: SPDXRef-gw
PackageVersion: 4.2
PrimaryPackagePurpose: DEVICE
PackageDownloadLocation: NOASSERTION
PackageSupplier: Organization: Harbour Distribution Inc (sales@harbour.example)
PackageOriginator: Organization: Harbour Networks (UK)

PackageName: scan-sdk
SPDXID: SPDXRef-av
PackageVersion: 8.1
PackageSupplier: NOASSERTION
PackageOriginator: Person: Ivy Coder (ivy@guard.example)
PackageHomePage: https://guard.example
PackageSummary: Scans
PackageDescription: <text>Scans
 files</text>
PackageCopyrightText: <text>(c) Guard Lab</text>
PackageLicenseConcluded: NONE
PackageChecksum: SHA1: 85ed0817af83a24ad8da68c2b5094de69833983c
ExternalRef: SECURITY cpe23Type cpe:2.3:a:guard:scan_sdk:8.1:*:*:*:*:*:*:*
ExternalRef: SECURITY cpe22Type cpe:/a:guard:scan_sdk:8.1
ExternalRef: PACKAGE-MANAGER purl pkg:maven/org.guard/scan-sdk@8.1
ExternalRef: SECURITY advisory https://finder.example/1
ExternalRef: OTHER http://guard.example/ref#shelf shelf/9
ExternalRefComment: on the shelf

FileName: ./lib/scan.so
SPDXID: SPDXRef-f
FileType: BINARY
FileContributor: Guard Lab

LicenseID: LicenseRef-guard
ExtractedText: <text>All rights are
Guard's</text>
LicenseName: Guard licence
Relationship: SPDXRef-gw CONTAINS SPDXRef-av
RelationshipComment: built in
Annotator: Person: Bo
AnnotationComment: seen
SPDXREF: SPDXRef-av
ShelfMark: nine`

const spdxYAML = `# by hand
---
spdxVersion: "SPDX-2.3"
SPDXID: SPDXRef-DOCUMENT
name: harbour-gateway-4.2
creationInfo:
  created: 2025-02-03T04:05:06Z
  creators: ["Tool: partscan-3"]
documentDescribes: [SPDXRef-gw]
packages:
- SPDXID: SPDXRef-gw
  name: Harbour Gateway
  versionInfo: 4.20
  supplier: "Organization: Harbour Distribution Inc"
  originator: ~
- name: scan-sdk
  versionInfo: 'no'
  description: |
    Scans
    files
  externalRefs:
  - {referenceCategory: PACKAGE-MANAGER, referenceType: purl, referenceLocator: "pkg:maven/org.guard/scan-sdk@8.1"}
`

func TestSPDXAsJSON(t *testing.T) {
	o := bomOrder(t, "spdx", spdxJSON)
	spdxGateway(t, &o)
	bomEqual(t, "texts of the order", o.Texts, []string{
		"harbour-gateway-4.2", "made for the port", "Tool: partscan-3", "Organization: Audit House (audit.example)", "by hand", "./lib/scan.so", "Guard Lab",
		"LicenseRef-guard", "Guard licence", "All rights are Guard's", "built in",
	})
	bomEqual(t, "texts of a package", o.Lines[1].Texts, []string{
		"guard.example", "https://guard.example", "Scans", "Scans files", "(c) Guard Lab", "cpe:/a:guard:scan_sdk:8.1", "shelf/9", "on the shelf", "seen",
	})
	bomSources(t, &o, map[string]string{
		"/ordered_at": "/creationInfo/created", "/parties/0/name": "/packages/0/supplier", "/parties/1/name": "/packages/0/originator",
		"/lines/1/description": "/packages/1/name", "/lines/1/cpe": "/packages/1/externalRefs/0/referenceLocator", "/lines/1/manufacturer": "/packages/1/originator",
		"/lines/1/texts/6": "/packages/1/externalRefs/4/referenceLocator", "/texts/5": "/files/0/fileName",
	})
}

// spdxGateway is what every form of the document says.
func spdxGateway(t *testing.T, o *screening.Order) {
	t.Helper()
	if o.Document != screening.BOMDocument || o.OrderedAt != "2025-02-03T04:05:06Z" || o.Reference != "harbour-gateway-4.2" {
		t.Errorf("document %s of %s, reference %s", o.Document, o.OrderedAt, o.Reference)
	}
	bomEqual(t, "problems", bomCodes(o.Problems), nil)
	bomEqual(t, "lines", bomDescriptions(o), []string{"Harbour Gateway 4.2 by Harbour Distribution Inc", "scan-sdk 8.1 by Ivy Coder"})
	bomEqual(t, "parties", bomPeople(o.Parties), []string{"seller Harbour Distribution Inc, domain harbour.example", "seller Harbour Networks (UK)"})
	if l := o.Lines[1]; l.ID != "SPDXRef-av" || l.CPE != "cpe:2.3:a:guard:scan_sdk:8.1:*:*:*:*:*:*:*" || l.PURL != "pkg:maven/org.guard/scan-sdk@8.1" {
		t.Errorf("the second line is %+v", l)
	}
}

func TestSPDXAsTagValue(t *testing.T) {
	o := bomOrder(t, "spdx", spdxTagValue)
	spdxGateway(t, &o)
	bomEqual(t, "texts of the order", o.Texts, []string{
		"harbour-gateway-4.2", "made for the port", "Tool: partscan-3", "Organization: Audit House (audit.example)", "by hand", "built in", "./lib/scan.so", "Guard Lab",
		"LicenseRef-guard", "All rights are\nGuard's", "Guard licence", "seen", "nine",
	})
	bomSources(t, &o, map[string]string{
		"/ordered_at": "line 9, Created", "/parties/0/name": "line 19, PackageSupplier", "/lines/1/description": "line 22, PackageName",
		"/lines/1/cpe": "line 34, ExternalRef", "/lines/1/manufacturer": "line 26, PackageOriginator",
	})
}

func TestSPDXAsYAML(t *testing.T) {
	o := bomOrder(t, "spdx", spdxYAML)
	bomEqual(t, "problems", bomCodes(o.Problems), nil)
	bomEqual(t, "lines", bomDescriptions(&o), []string{"Harbour Gateway 4.20 by Harbour Distribution Inc", "scan-sdk no"})
	bomEqual(t, "parties", bomPeople(o.Parties), []string{"seller Harbour Distribution Inc"})
	bomEqual(t, "texts of a package", o.Lines[1].Texts, []string{"Scans\nfiles"})
	bomSources(t, &o, map[string]string{
		"/ordered_at": "line 7, created", "/lines/0/description": "line 12, name", "/lines/1/purl": "line 22, referenceLocator",
	})
}

// GitHub sends the document within another object.
func TestSPDXFromGitHub(t *testing.T) {
	o := bomOrder(t, "spdx", `{"sbom":{"spdxVersion":"SPDX-2.3","name":"com.github.port/gateway","packages":[{"name":"npm:left","versionInfo":"^1"}]}}`)
	bomEqual(t, "lines", bomDescriptions(&o), []string{"npm:left ^1"})
	bomSources(t, &o, map[string]string{"/lines/0/description": "/sbom/packages/0/name"})
}

func TestSPDXKind(t *testing.T) {
	const head = "SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\nCreator: Organization: Port Bank (it@bank.example)\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n"
	for name, c := range map[string]struct {
		document string
		want     screening.Document
		people   string
	}{
		"a bare device":     {head + "PackageName: WS-1\nSPDXID: SPDXRef-a\nPrimaryPackagePurpose: OPERATING_SYSTEM\n", screening.InventoryDocument, "buyer Port Bank, domain bank.example"},
		"a device for sale": {head + "PackageName: Pump\nSPDXID: SPDXRef-a\nPackageVersion: 2\nPrimaryPackagePurpose: DEVICE\n", screening.BOMDocument, ""},
		"an application":    {head + "PackageName: App\nSPDXID: SPDXRef-a\n", screening.BOMDocument, ""},
		"several things": {head + "PackageName: A\nSPDXID: SPDXRef-a\nPackageSupplier: Organization: X\nPackageName: B\nSPDXID: SPDXRef-b\n" +
			"PackageSupplier: Organization: Y\nRelationship: SPDXRef-b DESCRIBED_BY SPDXRef-DOCUMENT\n", screening.BOMDocument, ""},
	} {
		o := bomOrder(t, "spdx", c.document)
		if got := strings.Join(bomPeople(o.Parties), "; "); o.Document != c.want || got != c.people {
			t.Errorf("%s: %s of %q, want %s of %q", name, o.Document, got, c.want, c.people)
		}
	}
}

func TestSPDXProblems(t *testing.T) {
	for name, c := range map[string]struct {
		document string
		problems []string
		texts    []string // of the first line
	}{
		"a version twice": {
			"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageVersion: 1\nPackageVersion: 2b\n",
			[]string{"duplicate_key line 4, PackageVersion", "duplicate_field line 4, PackageVersion"},
			[]string{"2b"},
		},
		"a loose line":        {"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: begins here\nand goes on: there\n", []string{"unexpected_structure line 4"}, []string{"begins here"}},
		"a key twice":         {`{"spdxVersion":"SPDX-2.2","packages":[{"name":"a","supplier":"Organization: b","supplier":"Organization: c"}]}`, []string{"duplicate_key /packages/0/supplier"}, []string{"c"}},
		"no list":             {`{"spdxVersion":"SPDX-2.2","packages":{"name":"a"}}`, []string{"unexpected_structure /packages"}, nil},
		"no package":          {`{"spdxVersion":"SPDX-2.2","packages":["a"]}`, []string{"unexpected_structure /packages/0"}, nil},
		"no name":             {"SPDXVersion: SPDX-2.3\nPackageVersion: v1\nExternalRefComment: alone\n", nil, []string{"alone", "v1"}},
		"a supplier in parts": {`{"spdxVersion":"SPDX-2.2","packages":[{"name":"a","supplier":{"organization":"b"}}]}`, nil, []string{"b"}},
	} {
		o := bomOrder(t, "spdx", c.document)
		bomEqual(t, name+": problems", bomCodes(o.Problems), c.problems)
		bomEqual(t, name+": texts", o.Lines[0].Texts, c.texts)
	}
}

func TestSPDXRefuses(t *testing.T) {
	const yaml = "spdxVersion: SPDX-2.3\n"
	for name, c := range map[string]struct {
		document string
		kind     Kind
		words    string
	}{
		"version 1":         {"SPDXVersion: SPDX-1.2\nPackageName: a\n", Unsupported, `"SPDX-1.2" is not known`},
		"version 3":         {`{"spdxVersion":"SPDX-3.0","packages":[{"name":"a"}]}`, Unsupported, `"SPDX-3.0" is not known`},
		"no package":        {"SPDXVersion: SPDX-2.3\nFileName: ./a\n", Malformed, "nothing to screen"},
		"an open text":      {"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>b\n", Malformed, "line 3, PackageComment: The text that begins here has no </text>"},
		"an anchor":         {yaml + "packages: &p\n- name: a\n", Refused, "line 2, packages"},
		"an alias":          {yaml + "a: &x b\npackages:\n- name: *x\n", Refused, "anchors or aliases"},
		"an anchored key":   {yaml + "&x packages:\n- name: a\n", Malformed, "A key should stand here"},
		"a merge":           {yaml + "packages:\n- <<: *none\n", Malformed, "not valid YAML"},
		"two documents":     {yaml + "packages:\n- name: a\n---\n" + yaml, Malformed, "not valid YAML"},
		"deep YAML":         {yaml + "packages: " + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "\n", Malformed, "20 levels"},
		"very deep YAML":    {yaml + "packages: " + strings.Repeat("[", 30_000), Malformed, "not valid YAML"},
		"a list of keys":    {yaml + "? [a]\n: b\n", Malformed, "A key should stand here"},
		"many values":       {yaml + "packages: [" + strings.Repeat("a,", maxJSONValues) + "a]\n", TooLarge, "500,000 values"},
		"many packages":     {"SPDXVersion: SPDX-2.3\n" + strings.Repeat("PackageName: a\n", MaxLines+1), TooLarge, "more than 5000"},
		"many tags":         {"SPDXVersion: SPDX-2.3\n" + strings.Repeat("A:b\n", maxJSONValues+1), TooLarge, "500,000 tags"},
		"XML":               {"<Document><spdxVersion>SPDX-2.3</spdxVersion></Document>", Unsupported, "SPDX as XML"},
		"a list for a root": {"- a\n" + yaml, Malformed, "not valid YAML"},
	} {
		bomRefused(t, name, c.document, Hints{}, c.kind, c.words)
	}
	bomRefused(t, "XML", "<Document/>", Hints{Format: "spdx"}, Unsupported, "Export it as SPDX 2.3")
	bomRefused(t, "a text", "some words", Hints{Format: "spdx"}, Malformed, "a mapping with spdxVersion")
	bomRefused(t, "a table", "a,b\n1,2\n", Hints{Format: "spdx"}, Malformed, "")
	bomRefused(t, "JSON", `{"a":1}`, Hints{Format: "spdx"}, Unsupported, "")
}

func FuzzReadSPDX(f *testing.F) {
	bomSeeds(f, spdxJSON, spdxTagValue, spdxYAML, "SPDXVersion: SPDX-2.3\nExternalRef: a\nRelationship:\nPackageName:\nSPDXID:", "spdxVersion: SPDX-2.3\npackages: [{name: 1}]\n")
	r := readerFor(f)
	f.Fuzz(func(t *testing.T, document []byte) { bomFuzz(t, r, document) })
}

// The people who list a machine's software work for its owner.
func TestSPDXPeopleOfAnInventory(t *testing.T) {
	for creators, want := range map[string][]string{
		`"Person: Jo (jo@lab.mint.example)"`:                          {"buyer , domain lab.mint.example"},
		`"Organization: Mint ()", "Person: Jo (jo@lab.mint.example)"`: {"buyer Mint, domain lab.mint.example"},
		`"Person: Jo ()"`: nil, `"Tool: lister-1"`: nil,
	} {
		o := bomOrder(t, "spdx", `{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"x","creationInfo":{"created":"2025-04-01T00:00:00Z","creators":[`+creators+`]},
			"documentDescribes":["SPDXRef-d"],"packages":[{"SPDXID":"SPDXRef-d","name":"WS-1","primaryPackagePurpose":"DEVICE"},{"SPDXID":"SPDXRef-a","name":"a"}]}`)
		bomEqual(t, creators, bomPeople(o.Parties), want)
	}
}
