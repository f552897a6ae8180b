package documents

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/interdict/interdict/screening"
)

// cyclonedxGateway is the bill of materials of a product, with most fields that are read.
const cyclonedxGateway = `{
  "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
  "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:11111111-2222-4333-8444-555555555555", "version": 1,
  "metadata": {
    "timestamp": "2025-02-03T04:05:06Z",
    "lifecycles": [{"phase": "build"}, {"name": "vendor audit", "description": "checked by Northgate Labs"}],
    "tools": {"components": [{"type": "application", "name": "partscan", "version": "3", "publisher": "Scanworks"}]},
    "authors": [{"name": "Ada Writer", "email": "ada.writer@gateway.example", "phone": "555-0100"}],
    "component": {
      "type": "device", "bom-ref": "gw", "name": "Harbour Gateway", "version": "4.2",
      "manufacturer": {"name": "Harbour Networks", "address": {"country": "Canada", "region": "Ontario", "locality": "Ottawa"}}
    },
    "supplier": {"name": "Harbour Distribution Inc", "url": ["https://www.harbour.example/shop"],
      "contact": [{"name": "Sales Desk", "email": "sales@dist.harbour.example", "phone": "555-0101"}], "address": {"country": "US"}},
    "properties": [{"name": "channel", "value": "retail"}, {"name": "registry:password", "value": "hunter2"}]
  },
  "components": [
    {
      "type": "library", "bom-ref": "c-av", "supplier": {"name": "Resale House"}, "publisher": "Guard Lab", "author": "Ivy Coder",
      "group": "org.guard", "name": "scan-sdk", "version": "8.1", "description": "Scans files",
      "cpe": "cpe:2.3:a:guard:scan_sdk:8.1:*:*:*:*:*:*:*", "purl": "pkg:maven/org.guard/scan-sdk@8.1",
      "swid": {"tagId": "org.guard.scan-8", "name": "Guard Scan"},
      "hashes": [{"alg": "MD5", "content": "3942447fac867ae5cdb3229b658f4d48"}],
      "licenses": [{"license": {"name": "Guard licence", "text": {"contentType": "text/plain", "encoding": "base64", "content": "R3VhcmQgTGFiIGhvbGRz"}}}],
      "copyright": "(c) Guard Lab",
      "externalReferences": [{"type": "website", "url": "https://guard.example"}],
      "pedigree": {"ancestors": [{"name": "old-scan", "publisher": "First Maker"}], "variants": [{"name": "scan-lite"}], "notes": "patched"},
      "properties": [{"name": "cdx:device:gs1:gtin-13", "value": "4006381333931"}, {"name": "cdx:device:quantity", "value": "-2"}],
      "components": [{"type": "library", "name": "scan-core", "components": [{"type": "data", "name": "scan-tables", "version": "11"}]}]
    }
  ],
  "services": [{"bom-ref": "s", "provider": {"name": "Cloud Works"}, "name": "lookup", "version": "2", "endpoints": ["https://lookup.example/v2"],
    "services": [{"name": "inner lookup"}]}],
  "annotations": [{"subjects": ["c-av"], "annotator": {"individual": {"name": "Bo"}}, "timestamp": "2025-02-03T04:05:06Z", "text": "do not resell"}],
  "vulnerabilities": [{"id": "CVE-2020-1", "credits": {"organizations": [{"name": "Finder Lab"}]}}]
}`

func TestCycloneDXBillOfMaterials(t *testing.T) {
	o := bomOrder(t, "cyclonedx", cyclonedxGateway)
	if o.Document != screening.BOMDocument || o.OrderedAt != "2025-02-03T04:05:06Z" || o.Reference != "Harbour Gateway" || o.Activity != "" {
		t.Errorf("document %s of %s, reference %s, activity %q", o.Document, o.OrderedAt, o.Reference, o.Activity)
	}
	bomEqual(t, "problems", bomCodes(o.Problems), nil)
	bomEqual(t, "lines", bomDescriptions(&o), []string{
		"scan-sdk 8.1 by Resale House", "scan-core", "scan-tables 11", "lookup 2 by Cloud Works", "inner lookup", "Harbour Gateway 4.2 by Harbour Networks",
	})
	bomEqual(t, "texts of the order", o.Texts, []string{
		"vendor audit", "checked by Northgate Labs", "partscan, Scanworks", "Ada Writer, gateway.example", "channel: retail", "registry:password", "do not resell",
	})
	bomEqual(t, "texts of the first line", o.Lines[0].Texts, []string{
		"Guard Lab", "Ivy Coder", "org.guard", "Scans files", "org.guard.scan-8", "Guard Scan", "Guard licence", "Guard Lab holds", "(c) Guard Lab",
		"guard.example", "old-scan, First Maker", "scan-lite", "patched", "cdx:device:gs1:gtin-13: 4006381333931", "cdx:device:quantity: -2",
	})
	bomEqual(t, "parties", bomPeople(o.Parties), []string{
		"seller Harbour Distribution Inc, US, domain harbour.example, domain dist.harbour.example", "seller Harbour Networks, CA, Ontario, Ottawa",
	})
	first := o.Lines[0]
	if first.ID != "c-av" || first.CPE != "cpe:2.3:a:guard:scan_sdk:8.1:*:*:*:*:*:*:*" || first.PURL != "pkg:maven/org.guard/scan-sdk@8.1" ||
		first.GTIN != "4006381333931" || first.Quantity != "" {
		t.Errorf("the first line is %+v", first)
	}
	bomSources(t, &o, map[string]string{
		"/ordered_at": "/metadata/timestamp", "/reference": "/metadata/component/name", "/parties/0/name": "/metadata/supplier/name",
		"/parties/0/identifiers/1": "/metadata/supplier/contact/0/email", "/parties/1/country": "/metadata/component/manufacturer/address/country",
		"/lines/0/description": "/components/0/name", "/lines/0/manufacturer": "/components/0/supplier/name", "/lines/0/cpe": "/components/0/cpe",
		"/lines/0/purl": "/components/0/purl", "/lines/0/gtin": "/components/0/properties/0/value",
		"/lines/0/texts/7": "/components/0/licenses/0/license/text", "/lines/0/texts/10": "/components/0/pedigree/ancestors/0",
		"/lines/2/description": "/components/0/components/0/components/0/name", "/lines/4/description": "/services/0/services/0/name",
		"/texts/4": "/metadata/properties/0/value",
	})
}

const cyclonedxXML = `<?xml version="1.0" encoding="ISO-8859-1"?>
<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.4" serialNumber="urn:uuid:1" version="1">
  <b:metadata>
    <b:timestamp>2024-10-01T00:00:00</b:timestamp>
    <b:component type="device"><b:name>KIOSK-7</b:name></b:component>
    <b:properties><b:property name="owner">` + "M\xfcller" + ` Markets</b:property><b:property name="owner:country">DE</b:property></b:properties>
  </b:metadata>
  <b:components>
    <b:component type="application" bom-ref="a1">
      <b:supplier><b:name>Guard Lab</b:name><b:url>https://guard.example</b:url><b:url>https://guard2.example</b:url>
        <b:contact><b:name>Jo</b:name><b:email>jo@guard.example</b:email><b:phone>555-0100</b:phone></b:contact></b:supplier>
      <b:name>Scan<!-- x -->Guard</b:name><b:version>5</b:version>
      <b:swid tagId="t-1" name="Scan Guard"><b:text content-type="text/xml" encoding="base64">R3VhcmQgTGFi</b:text></b:swid>
      <b:licenses><b:license><b:id>MIT</b:id></b:license><b:expression>MIT OR ISC</b:expression></b:licenses>
      <b:properties><b:property name="installed">yes</b:property></b:properties>
      <b:components><b:component type="library"><b:name>inner</b:name></b:component></b:components>
    </b:component>
    <b:component type="application"><b:name>zip</b:name></b:component>
  </b:components>
</b:bom>`

func TestCycloneDXInventoryAsXML(t *testing.T) {
	o := bomOrder(t, "cyclonedx", cyclonedxXML)
	if o.Document != screening.InventoryDocument || o.OrderedAt != "2024-10-01T00:00:00" {
		t.Errorf("document %s of %s", o.Document, o.OrderedAt)
	}
	bomEqual(t, "problems", bomCodes(o.Problems), nil)
	bomEqual(t, "lines", bomDescriptions(&o), []string{"ScanGuard 5 by Guard Lab", "inner", "zip"})
	bomEqual(t, "parties", bomPeople(o.Parties), []string{"buyer Müller Markets, DE"})
	bomEqual(t, "texts of the order", o.Texts, []string{"owner: Müller Markets", "owner:country: DE", "KIOSK-7"})
	bomEqual(t, "texts of the first line", o.Lines[0].Texts, []string{
		"https://guard.example", "https://guard2.example", "guard.example", "t-1", "Scan Guard", "Guard Lab", "MIT", "MIT OR ISC", "installed: yes",
	})
	bomSources(t, &o, map[string]string{
		"/parties/0/country": "/bom/metadata/properties/property[2]", "/lines/0/description": "/bom/components/component[1]/name",
		"/lines/0/id": "/bom/components/component[1]/@bom-ref", "/lines/0/texts/3": "/bom/components/component[1]/swid/@tagId",
		"/lines/1/description": "/bom/components/component[1]/components/component/name",
	})
}

// An old file has components and nothing else.
func TestCycloneDXOldXML(t *testing.T) {
	for _, version := range []string{"1.0", "1.1"} {
		o := bomOrder(t, "cyclonedx", `<bom xmlns="http://cyclonedx.org/schema/bom/`+version+`" version="1"><components><component type="library">
			<group><![CDATA[org.zip]]></group><name><![CDATA[zip]]></name><version>1</version><modified>false</modified></component></components></bom>`)
		bomEqual(t, version, bomDescriptions(&o), []string{"zip 1"})
		bomEqual(t, version, bomCodes(o.Problems), nil)
		if o.OrderedAt != "" || o.Document != screening.BOMDocument {
			t.Errorf("%s: %s of %q", version, o.Document, o.OrderedAt)
		}
	}
}

// What tells a list of what is installed from a list of what a product is made of.
func TestCycloneDXKind(t *testing.T) {
	const host, product = `{"type":"device","name":"WS-1"}`, `{"type":"device","name":"Pump","version":"2"}`
	for name, c := range map[string]struct {
		metadata string
		want     screening.Document
		people   string
	}{
		"nothing said":            {`{}`, screening.BOMDocument, ""},
		"an application":          {`{"component":{"type":"application","name":"Shop"}}`, screening.BOMDocument, ""},
		"a bare device":           {`{"component":` + host + `}`, screening.InventoryDocument, ""},
		"a bare operating system": {`{"component":{"type":"operating-system","name":"srv"}}`, screening.InventoryDocument, ""},
		"a bare platform":         {`{"component":{"type":"platform","name":"srv"}}`, screening.InventoryDocument, ""},
		"a device for sale":       {`{"component":` + product + `}`, screening.BOMDocument, ""},
		"a device with a maker":   {`{"component":{"type":"device","name":"P","manufacturer":{"name":"Acme"}}}`, screening.BOMDocument, "seller Acme"},
		"a device with a seller":  {`{"component":` + host + `,"supplier":{"name":"Acme"}}`, screening.BOMDocument, "seller Acme"},
		"a device's maker":        {`{"component":` + host + `,"manufacture":{"name":"Acme"}}`, screening.BOMDocument, "seller Acme"},
		"a device with an owner": {
			`{"component":` + product + `,"supplier":{"name":"Acme"},"properties":[{"name":"owner:country","value":"US"}]}`,
			screening.InventoryDocument, "buyer Acme, US",
		},
		"owner and dealer": {
			`{"component":` + host + `,"supplier":{"name":"Acme"},"manufacturer":{"name":"List Maker"},"properties":[{"name":"owner","value":"Bank"}]}`,
			screening.InventoryDocument, "buyer Bank; seller Acme",
		},
		"an owner of the product": {
			`{"component":{"type":"application","name":"A"},"supplier":{"name":"Acme"},"properties":[{"name":"owner:country","value":"US"}]}`,
			screening.BOMDocument, "buyer , US; seller Acme",
		},
		"in operation":    {`{"lifecycles":[{"phase":"operations"}],"supplier":{"name":"Acme"}}`, screening.InventoryDocument, "buyer Acme"},
		"discovered":      {`{"lifecycles":[{"phase":"discovery"}],"manufacturer":{"name":"Acme"}}`, screening.InventoryDocument, "buyer Acme"},
		"built and run":   {`{"lifecycles":[{"phase":"operations"},{"phase":"post-build"}]}`, screening.BOMDocument, ""},
		"says inventory":  {`{"component":` + product + `,"properties":[{"name":"purpose","value":"Software inventory, no sale"}]}`, screening.InventoryDocument, ""},
		"says it of it":   {`{"component":{"type":"file","name":"x","properties":[{"name":"bom:type","value":"inventory"}]}}`, screening.InventoryDocument, ""},
		"says sale":       {`{"component":` + host + `,"properties":[{"name":"purpose","value":"inventory for resale"}]}`, screening.BOMDocument, ""},
		"only free words": {`{"component":{"type":"application","name":"inventory"},"properties":[{"name":"note","value":"software inventory"}]}`, screening.BOMDocument, ""},
		"a writer's domain": {
			`{"component":` + host + `,"authors":[{"name":"Jo","email":"jo@agency.example"}]}`, screening.InventoryDocument,
			"buyer , domain agency.example",
		},
		"an office that wrote it": {`{"component":` + host + `,"authors":[{"name":"County IT"}]}`, screening.InventoryDocument, "buyer County IT"},
		"a system of a maker": {
			`{"component":{"type":"operating-system","name":"srv","version":"12","supplier":{"name":"Acme"}}}`,
			screening.InventoryDocument, "",
		},
		"a platform of a maker":      {`{"component":{"type":"platform","name":"vm","version":"3","cpe":"cpe:/a:b:c"}}`, screening.InventoryDocument, ""},
		"a system that is built":     {`{"component":{"type":"operating-system","name":"srv","version":"12"},"lifecycles":[{"phase":"build"}]}`, screening.BOMDocument, ""},
		"a system for resale":        {`{"component":{"type":"operating-system","name":"srv"},"properties":[{"name":"usage","value":"resale"}]}`, screening.BOMDocument, ""},
		"a host with a domain":       {`{"component":{"type":"device","name":"ws-4.lab.example"}}`, screening.InventoryDocument, "buyer , domain ws-4.lab.example"},
		"an owner's host":            {`{"component":{"type":"device","name":"ws-4.lab.example"},"properties":[{"name":"owner","value":"Bank"}]}`, screening.InventoryDocument, "buyer Bank, domain ws-4.lab.example"},
		"an agency beside an owner":  {`{"component":` + host + `,"properties":[{"name":"owner","value":"Bank"},{"name":"asset:agency","value":"Mint"}]}`, screening.InventoryDocument, "buyer Bank; end_user Mint"},
		"a site":                     {`{"component":` + host + `,"properties":[{"name":"site","value":"Plant 4"}]}`, screening.InventoryDocument, "end_user Plant 4"},
		"a customer of a product":    {`{"component":{"type":"application","name":"A"},"properties":[{"name":"customer","value":"Mint"}]}`, screening.BOMDocument, "end_user Mint"},
		"an organisation that makes": {`{"component":{"type":"application","name":"A"},"properties":[{"name":"organization","value":"Acme"}]}`, screening.BOMDocument, ""},
	} {
		o := bomOrder(t, "cyclonedx", `{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":`+c.metadata+`,"components":[{"name":"a"}]}`)
		if got := strings.Join(bomPeople(o.Parties), "; "); o.Document != c.want || got != c.people {
			t.Errorf("%s: %s of %q, want %s of %q", name, o.Document, got, c.want, c.people)
		}
		bomEqual(t, name, bomCodes(o.Problems), nil)
	}
}

// What does not add up is reported, and all of it is judged.
func TestCycloneDXProblems(t *testing.T) {
	const head = `{"bomFormat":"CycloneDX","specVersion":"1.6",`
	for name, c := range map[string]struct {
		document string
		problems []string
		texts    []string // of the first line
	}{
		"unknown type": {head + `"components":[{"type":"gadget","name":"a"}]}`, []string{"unexpected_structure /components/0/type"}, nil},
		"two names": {
			head + `"components":[{"name":"a","name":"b"}]}`,
			[]string{"duplicate_key /components/0/name", "duplicate_field /components/0/name"},
			[]string{"b"},
		},
		"a name in another case": {head + `"components":[{"name":"a","Name":"b"}]}`, []string{"duplicate_key /components/0/Name"}, []string{"b"}},
		"no list":                {head + `"components":{"name":"a"}}`, []string{"unexpected_structure /components"}, nil},
		"no component":           {head + `"components":["a thing"]}`, []string{"unexpected_structure /components/0"}, nil},
		"structure for a text":   {head + `"components":[{"name":{"en":"guard"}}]}`, []string{"unexpected_structure /components/0/name"}, []string{"guard"}},
		"two suppliers": {
			head + `"components":[{"name":"a","supplier":{"name":"b"},"supplier":{"name":"c"}}]}`,
			[]string{"duplicate_key /components/0/supplier"},
			[]string{"c"},
		},
		"unknown country": {
			head + `"metadata":{"supplier":{"name":"b","address":{"country":"Atlantis"}}},"components":[{"name":"a"}]}`,
			[]string{"unknown_country /metadata/supplier/address/country"},
			nil,
		},
		"a list for a component": {head + `"components":[["guard","lab"]]}`, []string{"unexpected_structure /components/0"}, nil},
		"a text for the subject": {head + `"metadata":{"component":"Gateway"},"components":[]}`, []string{"unexpected_structure /metadata/component"}, nil},
		"a list for metadata":    {head + `"metadata":["made by Bo"],"components":[{"name":"a"}]}`, []string{"unexpected_structure /metadata"}, nil},
		"texts for makers": {
			head + `"metadata":{"supplier":"Dealer"},"components":[{"name":"a","supplier":["Maker"],"pedigree":["First"]}]}`,
			nil,
			[]string{"First"},
		},
		"two lists of metadata": {
			`<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata/><metadata><authors><author><name>Bo</name></author></authors></metadata>
			<components><component type="library"><name>a</name><cpe>x</cpe><cpe>y</cpe></component></components></bom>`,
			[]string{"duplicate_field /bom/metadata[2]", "duplicate_field /bom/components/component/cpe[2]"},
			[]string{"y"},
		},
	} {
		o := bomOrder(t, "cyclonedx", c.document)
		bomEqual(t, name+": problems", bomCodes(o.Problems), c.problems)
		bomEqual(t, name+": texts", o.Lines[0].Texts, c.texts)
	}
}

func TestCycloneDXRefuses(t *testing.T) {
	const head = `{"bomFormat":"CycloneDX","specVersion":"1.6",`
	many := strings.Repeat(`{"name":"a"},`, MaxLines+1)
	for name, c := range map[string]struct {
		document string
		kind     Kind
		words    string
	}{
		"another format":  {`{"bomFormat":"OtherDX","specVersion":"1.6","components":[{"name":"a"}]}`, Malformed, `/bomFormat: bomFormat is "OtherDX"`},
		"no format":       {`{"specVersion":"1.6","components":[{"name":"a"}]}`, Malformed, "/bomFormat"},
		"unknown version": {`{"bomFormat":"CycloneDX","specVersion":"2.0","components":[{"name":"a"}]}`, Unsupported, `"2.0" is not known`},
		"no version":      {`{"bomFormat":"CycloneDX","components":[{"name":"a"}]}`, Unsupported, "/specVersion"},
		"unknown space":   {`<bom xmlns="http://cyclonedx.org/schema/bom/9.9"><components/></bom>`, Unsupported, `"9.9" is not known`},
		"no component":    {head + `"components":[]}`, Malformed, "nothing to screen"},
		"a bare machine":  {head + `"metadata":{"component":{"type":"device","name":"WS"}}}`, Malformed, "nothing to screen"},
		"too many":        {head + `"components":[` + strings.TrimSuffix(many, ",") + `]}`, TooLarge, "more than 5000 components"},
		"too deep":        {head + `"components":[` + strings.Repeat(`{"components":[`, 40) + strings.Repeat(`]}`, 40) + `]}`, Malformed, "64 levels"},
		"cut":             {head + `"components":[`, Malformed, "not valid JSON"},
		"another bom":     {`<bom xmlns="http://parts.example/"><components/></bom>`, Unknown, "no order that is read here"},
	} {
		bomRefused(t, name, c.document, Hints{}, c.kind, c.words)
	}
	for _, text := range []string{"a;b", `{"order":1}`, "[]", `<order/>`, "{", "PK\x03\x04"} {
		bomRefused(t, text, text, Hints{Format: "cyclonedx"}, Malformed, "")
	}
}

func TestCycloneDXLongestList(t *testing.T) {
	var parts []string
	for i := range MaxLines {
		parts = append(parts, fmt.Sprintf(`{"type":"library","name":"part %d"}`, i))
	}
	o := bomOrder(t, "cyclonedx", `{"bomFormat":"CycloneDX","specVersion":"1.2","components":[`+strings.Join(parts, ",")+`]}`)
	if len(o.Lines) != MaxLines {
		t.Errorf("%d lines", len(o.Lines))
	}
}

func TestCycloneDXStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	document := `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[` + strings.Repeat(`{"name":"a"},`, checkEvery) + `{"name":"b"}]}`
	if _, err := readerFor(t).Decode(ctx, []byte(document), Hints{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzReadCycloneDX(f *testing.F) {
	bomSeeds(f, cyclonedxGateway, cyclonedxXML, `{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"device","name":"x"}},"services":{"name":1}}`,
		`<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><authors/></metadata><services><service><name/></service></services></bom>`)
	r := readerFor(f)
	f.Fuzz(func(t *testing.T, document []byte) { bomFuzz(t, r, document) })
}

// Links name makers by their hosts. Those to advisories and code name others.
func TestCycloneDXReferences(t *testing.T) {
	texts := func(component string) []string {
		o := bomOrder(t, "cyclonedx", `{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"name":"a",`+component+`}]}`)
		return o.Lines[0].Texts
	}
	bomEqual(t, "references", texts(`"externalReferences":[
		{"type":"website","url":"https://www.maker.example:8443/scan?x=1","comment":"Scan by Maker"}, {"type":"distribution","url":"ftp://get.maker.example/a.zip"},
		{"type":"documentation","url":"docs/readme"}, {"type":"vendor","url":"x","comment":"Resold engine"},
		{"type":"advisories","url":"https://finder.example/1","comment":"found by Finder"}, {"type":"vcs","url":"https://code.example/a"}]`),
		[]string{"maker.example", "Scan by Maker", "get.maker.example", "Resold engine"})
	bomEqual(t, "secrets", texts(`"properties":[{"name":"api-key-holder","value":"Maker Scan Engine"},{"name":"api-key","value":"Maker"},
		{"name":"api_key","value":"a8f5-f167"},{"name":"deploy token","value":"dG9rZW4x"},{"name":"db:password","value":"sunshine"}]`),
		[]string{"api-key-holder: Maker Scan Engine", "api-key: Maker", "api_key", "deploy token", "db:password"})
}
