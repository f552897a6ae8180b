package documents

import (
	"context"
	"strings"

	"github.com/interdict/interdict/screening"
)

// SWID: a software identification tag of ISO/IEC 19770-2:2015, one product a file. A tag that a discovery tool wrote is
// an inventory of one line; one that a maker wrote is what the product is made of.

var swidFormat = format{id: "swid", name: "SWID tag", recognise: isSWID, read: readSWID}

// swidSpace is how the namespace of every edition begins.
const swidSpace = "http://standards.iso.org/iso/19770/-2/"

// swidOldRoot is the root element of the edition of 2009, whose elements have other names.
const swidOldRoot = "software_identification_tag"

func isSWID(s *source) bool {
	return s.xml != nil && strings.HasPrefix(s.xml.space, swidSpace) && (s.xml.name == "SoftwareIdentity" || s.xml.name == swidOldRoot)
}

func readSWID(_ context.Context, s *source, c *collector) error {
	switch {
	case s.fault != nil:
		return s.fault
	case s.xml != nil && s.xml.name == swidOldRoot:
		return &Error{Kind: Unsupported, At: s.xml.path(), Detail: "This is a software tag of ISO 19770-2:2009, which is not read here. Send one of 2015, or CycloneDX."}
	case !isSWID(s):
		return malformed("", "The document is no SWID tag: its root is not SoftwareIdentity in the namespace %s2015/schema.xsd.", swidSpace)
	}
	d := c.order()
	r := &swidReader{draft: d, bomLine: newBOMLine(d)}
	tag := bomItem{xml: s.xml}
	d.kind(screening.BOMDocument)
	if swidFound(s.xml) {
		d.kind(screening.InventoryDocument)
	}
	tag.members(r.field)
	r.end()
	r.owner()
	return nil
}

// swidFound reports whether a tool found the software on a device: evidence is what it found.
func swidFound(tag *node) bool {
	return tag.child("Evidence") != nil || tag.child("Payload").attr("deviceId").text != ""
}

type swidReader struct {
	draft *draft
	*bomLine
	owners []swidOwner // who may have found the software on a device of theirs
	device value
}

// swidOwner is who wrote a tag and did not make the software.
type swidOwner struct{ name, host value }

// owner adds whose device the software was found on: who wrote down what was found there, and the domain of the device.
func (r *swidReader) owner() {
	if r.draft.order.Document != screening.InventoryDocument || len(r.owners) == 0 && r.device.text == "" {
		return
	}
	owners := r.owners
	if len(owners) == 0 {
		owners = []swidOwner{{}}
	}
	for i, o := range owners {
		if i == bomMaxTold {
			return
		}
		p := r.draft.party(screening.EndUser)
		p.set("name", bomTidied(o.name))
		p.identify("domain", o.host)
		p.identify("domain", r.device)
	}
}

func (r *swidReader) field(key string, m bomItem) {
	switch key {
	case "name", "version":
		r.single(key, m)
	case "tagId":
		r.single("id", m)
		r.texts.add(m.text())
		if r.draft.order.Reference == "" {
			r.draft.set("reference", bomTidied(m.text()))
		}
	case "Entity":
		r.entity(m)
	case "Meta":
		r.texts.all(m)
	case "Link":
		r.link(m)
	case "Payload", "Evidence":
		r.files(m)
	case "corpus", "patch", "supplemental":
		// What kind of tag it is: the names say what it tags.
	case "tagVersion", "versionScheme", "media", "Signature":
	default:
		if !bomNoise[key] {
			r.texts.all(m)
		}
	}
}

// swidMakers are the roles of who made the software, swidSellers of who hands it on. Who only wrote the tag is a text.
var swidMakers, swidSellers = bomWords("softwareCreator licensor"), bomWords("distributor aggregator")

func (r *swidReader) entity(m bomItem) {
	name := m.get("name").text()
	made, sold, created, wrote := false, false, false, false
	for _, role := range strings.Fields(m.get("role").words()) {
		made, sold = made || swidMakers[role], sold || swidSellers[role]
		created, wrote = created || role == "softwareCreator", wrote || role == "tagCreator"
	}
	if made {
		r.first("manufacturer", name)
	} else {
		r.texts.add(name)
	}
	regid := m.get("regid").text()
	if swidHost(regid.text) == "invalid.unavailable" {
		regid.text = "" // "none", as the standard says it
	}
	r.texts.add(regid)
	if wrote && !created && !sold {
		r.owners = append(r.owners, swidOwner{name, value{swidHost(regid.text), regid.source}})
	}
	if sold && len(r.draft.order.Parties) < bomMaxTold {
		p := r.draft.party(screening.Seller)
		p.set("name", bomTidied(name))
		if host := swidHost(regid.text); host != "" {
			p.identify("domain", value{host, regid.source})
		}
	}
	m.members(func(key string, field bomItem) {
		if !bomNoise[key] && key != "name" && key != "role" && key != "regid" && key != "thumbprint" {
			r.texts.all(field)
		}
	})
}

// swidHost is the domain of a registration id, which may be written as a link.
func swidHost(regid string) string {
	if _, behind, found := strings.Cut(regid, "://"); found {
		regid = behind
	}
	host, _, _ := strings.Cut(regid, "/")
	if !strings.Contains(host, ".") || strings.ContainsAny(host, " @") {
		return ""
	}
	return strings.ToLower(host)
}

// link names another product that this one needs, replaces or belongs to.
func (r *swidReader) link(m bomItem) {
	href := m.get("href").text()
	if rel := m.get("rel").words(); rel != "" && href.text != "" {
		href.text = rel + ": " + href.text
	}
	r.texts.add(href)
}

// swidPaths are the attributes that say what a file, folder or process is called, where it lies and what it is.
var swidPaths = bomWords("name root location type")

// files reads when and where software was found, and the names of its files, all as one text.
func (r *swidReader) files(m bomItem) {
	if date := m.get("date").text(); date.text != "" {
		r.draft.set("ordered_at", date)
	}
	device := m.get("deviceId").text()
	r.texts.add(device)
	if host := hostOf(device.text); host != "" {
		r.device = value{host, device.source}
	}
	var names []string
	m.xml.each(func(n *node) {
		for _, a := range n.attrs {
			if swidPaths[a.name] {
				names = append(names, strings.TrimSpace(a.value))
			}
		}
	})
	r.texts.add(value{strings.Join(names, "\n"), m.source()})
}
