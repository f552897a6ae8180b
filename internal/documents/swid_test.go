package documents

import (
	"slices"
	"testing"

	"github.com/interdict/interdict/screening"
)

const swidGuard = `<?xml version="1.0" encoding="utf-8"?>
<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" xmlns:h="http://www.w3.org/2001/04/xmlenc#sha256" xml:lang="en"
  name="Scan Guard" tagId="guard.example-scan-8" tagVersion="1" version="8.1" versionScheme="semver">
  <Entity name="Tag House" regid="taghouse.example" role="tagCreator"/>
  <Entity name="Guard Lab" regid="http://guard.example/about" role="softwareCreator licensor"/>
  <Entity name="Parts &amp; More" regid="invalid.unavailable" role="distributor"/>
  <Link rel="supersedes" href="swid:first.example-scan-7"/>
  <Meta product="Scan" colloquialVersion="Eight" edition="Port" summary="Scans files" entitlementKey="ABCD-EFGH" revision="3"/>
  <Payload><Directory root="/opt" name="guard"><File name="scan.so" version="8.1" h:hash="ab"/></Directory></Payload>
</SoftwareIdentity>`

func TestSWIDFromAMaker(t *testing.T) {
	o := bomOrder(t, "swid", swidGuard)
	if o.Document != screening.BOMDocument || o.Reference != "guard.example-scan-8" || o.OrderedAt != "" {
		t.Errorf("document %s of %q, reference %s", o.Document, o.OrderedAt, o.Reference)
	}
	bomEqual(t, "problems", bomCodes(o.Problems), nil)
	bomEqual(t, "lines", bomDescriptions(&o), []string{"Scan Guard 8.1 by Guard Lab"})
	bomEqual(t, "parties", bomPeople(o.Parties), []string{"seller Parts & More"})
	bomEqual(t, "texts", o.Lines[0].Texts, []string{
		"guard.example-scan-8", "Tag House", "taghouse.example", "http://guard.example/about", "Parts & More", "supersedes: swid:first.example-scan-7",
		"Scan", "Eight", "Port", "Scans files", "/opt\nguard\nscan.so",
	})
	bomSources(t, &o, map[string]string{
		"/lines/0/description": "/SoftwareIdentity/@name", "/lines/0/id": "/SoftwareIdentity/@tagId", "/lines/0/manufacturer": "/SoftwareIdentity/Entity[2]/@name",
		"/parties/0/name": "/SoftwareIdentity/Entity[3]/@name", "/reference": "/SoftwareIdentity/@tagId",
	})
}

// Evidence is what a tool found on a device.
func TestSWIDFound(t *testing.T) {
	const head = `<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="Scan Guard" tagId="x">`
	for name, c := range map[string]struct {
		content string
		want    screening.Document
		at      string
	}{
		"evidence":             {`<Evidence date="2025-02-03T04:05:06Z" deviceId="ws-1.port.example"><File name="scan.exe"/></Evidence>`, screening.InventoryDocument, "2025-02-03T04:05:06Z"},
		"evidence of nothing":  {`<Evidence/>`, screening.InventoryDocument, ""},
		"payload of a device":  {`<Payload deviceId="ws-1"/>`, screening.InventoryDocument, ""},
		"payload of a product": {`<Payload><File name="a"/></Payload>`, screening.BOMDocument, ""},
	} {
		o := bomOrder(t, "swid", head+c.content+`</SoftwareIdentity>`)
		if o.Document != c.want || o.OrderedAt != c.at {
			t.Errorf("%s: %s of %q, want %s of %q", name, o.Document, o.OrderedAt, c.want, c.at)
		}
	}
}

func TestSWIDRefuses(t *testing.T) {
	bomRefused(t, "2009", `<software_identification_tag xmlns="http://standards.iso.org/iso/19770/-2/2009/schema.xsd"/>`, Hints{}, Unsupported, "ISO 19770-2:2009")
	bomRefused(t, "another space", `<SoftwareIdentity name="a"/>`, Hints{}, Unknown, "no order that is read here")
	bomRefused(t, "a text", "a;b", Hints{Format: "swid"}, Malformed, "no SWID tag")
	bomRefused(t, "an entity", `<!DOCTYPE a [<!ENTITY k "x">]><SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="&k;"/>`, Hints{}, Refused, "")
}

// A tag without a name is a line that says nothing: the engine asks for a person.
func TestSWIDWithoutName(t *testing.T) {
	o := bomOrder(t, "swid", `<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd"/>`)
	if len(o.Lines) != 1 || o.Lines[0].Description != "" || len(o.Lines[0].Texts) != 0 {
		t.Errorf("lines %+v", o.Lines)
	}
}

func FuzzReadSWID(f *testing.F) {
	bomSeeds(f, swidGuard, `<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="a"><Evidence date="x"/><Entity role="aggregator"/></SoftwareIdentity>`)
	r := readerFor(f)
	f.Fuzz(func(t *testing.T, document []byte) { bomFuzz(t, r, document) })
}

// Whose device it is tell the tool's owner and the device's name, beside paths that say where the software lies.
func TestSWIDOwner(t *testing.T) {
	for name, c := range map[string]struct {
		content, text string
		people        []string
	}{
		"device and writer": {
			`<Entity name="Port IT" regid="port.example" role="tagCreator"/><Evidence deviceId="ws-1.lab.port.example"/>`, "",
			[]string{"end_user Port IT, domain port.example, domain ws-1.lab.port.example"},
		},
		"a device alone":       {`<Evidence deviceId="ws-1.port.example"/>`, "", []string{"end_user , domain ws-1.port.example"}},
		"a bare name":          {`<Evidence deviceId="WS-1"/>`, "", nil},
		"the maker wrote it":   {`<Entity name="Guard Lab" regid="guard.example" role="softwareCreator tagCreator"/><Evidence/>`, "", nil},
		"a bill of materials":  {`<Entity name="Port IT" regid="port.example" role="tagCreator"/><Payload/>`, "", nil},
		"a root":               {`<Payload><Directory root="/opt/Guard Lab" name="bin"/></Payload>`, "/opt/Guard Lab\nbin", nil},
		"a location":           {`<Payload><Directory location="Guard Lab" name="bin"><File name="a" location="sub"/></Directory></Payload>`, "Guard Lab\nbin\na\nsub", nil},
		"a resource":           {`<Payload><Resource type="Guard driver"/></Payload>`, "Guard driver", nil},
		"nothing but checksum": {`<Payload><File size="5"/></Payload>`, "", nil},
	} {
		o := bomOrder(t, "swid", `<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="Scan">`+c.content+`</SoftwareIdentity>`)
		bomEqual(t, name, bomPeople(o.Parties), c.people)
		if c.text != "" && !slices.Contains(o.Lines[0].Texts, c.text) {
			t.Errorf("%s: texts %q", name, o.Lines[0].Texts)
		}
	}
}
