package documents

import (
	"net/url"
	"strings"
	"unicode"
)

// bomParty fills a party from an organisation: name, domains, address.
func bomParty(p *partyDraft, org bomItem) {
	if !org.object() {
		p.set("name", bomTidied(org.flat()))
		return
	}
	told := 0
	org.members(func(key string, m bomItem) {
		if told++; told > bomMaxTold {
			return
		}
		switch key {
		case "name":
			p.set("name", bomTidied(m.flat()))
		case "url":
			bomDomains(p, m)
		case "contact":
			for _, mail := range bomMails(m) {
				bomMail(p, mail)
			}
		case "address":
			bomAddress(p, m)
		}
	})
}

// bomDomains takes the domains of an organisation's pages.
func bomDomains(p *partyDraft, list bomItem) {
	for _, link := range list.items() {
		u, err := url.Parse(link.words())
		if err == nil && u.Hostname() != "" && bomHasRoom(p) {
			p.identify("domain", value{strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), link.source()})
		}
	}
}

// bomMail takes the domain of an address.
func bomMail(p *partyDraft, mail value) {
	if bomHasRoom(p) {
		p.email(mail)
	}
}

// nameless reports whether a party has no name, or is none yet.
func (p *partyDraft) nameless() bool { return p == nil || p.party().Name == "" }

// bomHasRoom reports whether a party has few identifiers so far.
func bomHasRoom(p *partyDraft) bool {
	return len(p.party().Identifiers) < bomMaxTold
}

func bomAddress(p *partyDraft, address bomItem) {
	if !address.object() {
		p.set("address", address.flat())
		return
	}
	told := 0
	address.members(func(key string, m bomItem) {
		told++
		switch {
		case told > bomMaxTold || key == "bom-ref":
		case key == "country":
			p.set("country", m.text())
		case key == "region":
			p.set("state", m.text())
		default:
			p.set("address", m.text())
		}
	})
}

// bomProperty is a name and a value that a document says of itself.
type bomProperty struct {
	name, said string
	at         bomItem
}

// bomProperties reads a list of properties. The texts of what is no property are added as they are.
func bomProperties(list bomItem, texts *bomTexts) []bomProperty {
	var out []bomProperty
	for _, item := range list.items() {
		p := bomProperty{name: item.get("name").words(), at: item}
		if item.json != nil {
			p.at = item.get("value")
		}
		p.said = p.at.words()
		if p.name == "" || p.at.structured() {
			texts.all(item)
			continue
		}
		out = append(out, p)
	}
	return out
}

func (p bomProperty) value() value { return value{p.said, p.at.source()} }

// addTo adds the property as a text: name and value, unless the value looks like a secret. Who holds a key is none.
func (p bomProperty) addTo(texts *bomTexts) {
	text := p.name + ": " + p.said
	if p.said == "" || jsonHides(p.name, p.said) {
		text = p.name
	}
	texts.leaf(text, p.at)
}

// words splits a property's name, be it written asset:owner_country or assetOwnerCountry.
func (p bomProperty) words() []string {
	var spaced strings.Builder
	last := ' '
	for _, r := range p.name {
		if unicode.IsUpper(r) && unicode.IsLower(last) || !unicode.IsLetter(r) {
			spaced.WriteByte(' ')
		}
		if unicode.IsLetter(r) {
			spaced.WriteRune(unicode.ToLower(r))
		}
		last = r
	}
	return strings.Fields(spaced.String())
}

// bomOwned are the words that may stand before "owner" where it is the owner of what is listed, not the product owner.
var bomOwned = bomWords("asset device host system inventory equipment computer machine")

// bomOwnerFields are what a property may say of the owner.
var bomOwnerFields = map[string]string{
	"": "name", "name": "name", "organization": "name", "organisation": "name", "company": "name", "legal name": "name",
	"country": "country", "country code": "country", "state": "state", "address": "address", "domain": "email", "email": "email",
	"duns": "duns", "lei": "lei", "vat": "vat", "tax id": "tax_id",
}

// ownerField tells what the property says of the owner of what is listed; empty where it speaks of something else.
func (p bomProperty) ownerField() string {
	words := p.words()
	if len(words) > 0 && bomOwned[words[0]] {
		words = words[1:]
	}
	if len(words) == 0 || words[0] != "owner" || p.said == "" {
		return ""
	}
	return bomOwnerFields[strings.Join(words[1:], " ")]
}

// bomSides are names of properties for whose the listed things are, in words of their own.
var bomSides = map[string]string{
	"agency": "name", "customer": "name", "end user": "name", "end customer": "name", "delivered to": "name",
	"agency name": "name", "customer name": "name", "end user name": "name", "end customer name": "name",
}

// bomPlaces are such names of an inventory. In what is said of a product they speak of who made it.
var bomPlaces = map[string]string{
	"site": "name", "facility": "name", "organization": "name", "organisation": "name", "department": "name", "company": "name",
	"business unit": "name", "tenant": "name",
}

// side tells what the property says of somebody else than an owner who uses the things, such as the agency at whose site
// they are; empty where it speaks of nobody.
func (p bomProperty) side(inventory bool) string {
	words := p.words()
	if len(words) > 1 && bomOwned[words[0]] {
		words = words[1:]
	}
	if p.said == "" {
		return ""
	}
	name := strings.Join(words, " ")
	if field := bomSides[name]; field != "" || !inventory {
		return field
	}
	return bomPlaces[name]
}

// bomOwner fills a party from what a property says of it. The property is a text of the order, too: nothing is lost where
// it says more than a party has room for.
func bomOwner(p *partyDraft, field string, v value) {
	switch field {
	case "email":
		if !strings.Contains(v.text, "@") {
			v.text = "@" + v.text
		}
		bomMail(p, v)
	case "name", "country", "state", "address":
		if len(p.party().Aliases) < bomMaxTold {
			p.set(field, bomTidied(v))
		}
	default:
		if bomHasRoom(p) {
			p.identify(field, v)
		}
	}
}

// bomPurposes are the last words of properties that say what a document is for.
var bomPurposes = bomWords("purpose usage kind type category document")

// bomInventoryWords make up what such a property says of an inventory, and nothing else: stock for sale is one too.
var bomInventoryWords = bomWords("inventory software hardware asset assets device host endpoint installed application applications it system of the a")

// bomSales are words of somebody who sells what is listed.
var bomSales = bomWords("sale sales resale resell sell sold distribution shipment stock product products customer customers")

// purpose tells what a property says the document is for: an inventory, goods for sale, or nothing.
func (p bomProperty) purpose() (inventory, sale bool) {
	words := p.words()
	if len(words) == 0 {
		return false, false
	}
	value := strings.ToLower(p.said)
	if words[len(words)-1] == "inventory" && (value == "true" || value == "yes") {
		return true, false
	}
	if !bomPurposes[words[len(words)-1]] {
		return false, false
	}
	split := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	}
	all := split(value)
	for n, w := range all {
		negated := n > 0 && (all[n-1] == "no" || all[n-1] == "not" || all[n-1] == "non" || all[n-1] == "for" && n > 1 && all[n-2] == "not")
		sale = sale || bomSales[w] && !negated
	}
	first, _, _ := strings.Cut(strings.NewReplacer(";", ",", ".", ",", "(", ",").Replace(value), ",")
	for _, w := range split(first) {
		if !bomInventoryWords[w] {
			return false, sale
		}
		inventory = inventory || w == "inventory"
	}
	return inventory && !sale, sale
}

// bomMachines are the types of a thing on which software is installed.
var bomMachines = bomWords("device operating-system platform")

// bomDevice is the one of them that is sold as goods, too: a system always has a version and a maker.
const bomDevice = "device"

// bomSubject is the thing that a list is of, as far as it tells an inventory from a bill of materials.
type bomSubject struct {
	kind    string // as CycloneDX spells it
	product bool   // it has a version, a maker or an identifier, as goods do and a machine of somebody's has not
	owned   bool   // the document names an owner
}

// inventory reports whether a list is of what is installed on a machine. A product may be a device too: it is a bill of
// materials unless the document names an owner.
func (s bomSubject) inventory() bool {
	return bomMachines[s.kind] && (s.owned || !s.product || s.kind != bomDevice)
}
