package documents

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// parties adds who stands behind the document. Properties may name the owner of what is listed; where none does, an
// inventory is its supplier's or author's own. A bill of materials is of a product that somebody makes and sells.
func (r *cyclonedxReader) parties() {
	owner, named := &cyclonedxSide{reader: r, role: screening.Buyer}, false
	for _, p := range r.properties() {
		if field := p.ownerField(); field != "" {
			bomOwner(owner.first(), field, p.value())
			named = named || field == "name"
		}
	}
	r.sides()
	supplier, makers := r.meta.get("supplier"), []bomItem{r.meta.get("manufacture"), r.meta.get("manufacturer")}
	seller := &cyclonedxSide{reader: r, role: screening.Seller}
	switch {
	case r.document == screening.BOMDocument:
		for _, org := range append(makers, supplier, r.subject.get("supplier"), r.subject.get("manufacturer")) {
			seller.organisation(org)
		}
	case named:
		seller.organisation(supplier)
		r.texts.all(makers[1]) // whoever wrote the list
	default:
		owner.organisation(supplier)
		owner.organisation(makers[1])
		owner.authors()
	}
	if host := r.host(); host.text != "" && r.document == screening.InventoryDocument && bomHasRoom(owner.first()) {
		owner.first().identify("domain", host)
	}
	if r.document == screening.InventoryDocument {
		r.texts.all(makers[0]) // who made the machine, not what is installed on it
	}
}

// host is the name of the machine, where it is a name on the net, by whose domain its owner is known.
func (r *cyclonedxReader) host() value {
	name := r.subject.get("name").text()
	if r.subject.get("type").words() != bomDevice {
		return value{}
	}
	name.text = hostOf(name.text)
	return name
}

// sides adds whom properties name beside an owner: one party each, so that a contractor does not hide the agency.
func (r *cyclonedxReader) sides() {
	told := 0
	for _, p := range r.properties() {
		field := p.side(r.document == screening.InventoryDocument)
		if field == "" {
			continue
		}
		if told++; told > bomMaxTold {
			return
		}
		r.party(screening.EndUser).set(field, bomTidied(p.value()))
	}
}

// cyclonedxSide collects the parties of one side of the deal. What properties say, such as a country, belongs to the
// first.
type cyclonedxSide struct {
	reader *cyclonedxReader
	role   screening.Role
	head   *partyDraft
	named  map[string]*partyDraft
}

func (o *cyclonedxSide) first() *partyDraft {
	if o.head == nil {
		o.head = o.reader.party(o.role)
	}
	return o.head
}

// organisation adds a party, or says more of the one of that name.
func (o *cyclonedxSide) organisation(org bomItem) {
	if !org.has("name", "url", "contact", "address") && !org.misplaced() {
		return
	}
	name := org.get("name")
	if org.misplaced() {
		name = org
	}
	key := strings.ToLower(name.flat().text)
	p := o.named[key]
	switch {
	case p != nil:
	case len(o.named) == 0:
		p, o.named = o.first(), map[string]*partyDraft{}
	default:
		p = o.reader.party(o.role)
	}
	o.named[key] = p
	bomParty(p, org)
}

// authors stand for an owner that nobody names: the domain of their addresses tells who they work for. One without an
// address may be an office.
func (o *cyclonedxSide) authors() {
	if len(o.named) > 0 || o.head != nil && !o.head.empty() && o.head.party().Name != "" {
		return
	}
	for _, a := range o.reader.meta.get("authors").items() {
		mail := a.get("email").text()
		switch name := bomTidied(a.get("name").text()); {
		case strings.Contains(mail.text, "@"):
			bomMail(o.first(), mail)
		case name.text != "" && o.head.nameless():
			o.first().set("name", name)
		}
	}
}
