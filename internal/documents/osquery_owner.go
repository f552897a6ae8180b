package documents

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// osqueryOwnerKeys name whose host it is, wherever they stand around the rows: a person who looks after an inventory
// writes the agency where its program has only a field for the department.
var osqueryOwnerKeys = []string{
	"owner", "owner_name", "agency", "organization", "organisation", "org", "company", "customer", "department",
	"business_unit", "tenant", "owned_by",
}

// osqueryDomainKeys hold an address or a host of the owner, of which the domain counts.
var osqueryDomainKeys = []string{"email", "owner_email", "user_email", "contact_email", "domain", "owner_domain", "dns_domain", "fqdn"}

// osqueryParty is an owner under construction.
type osqueryParty struct {
	names  []value
	places []osqueryPlace // country, state and address
	hosts  []value
}

type osqueryPlace struct {
	field string
	value
}

// about reads what the objects around the rows say of the host: its name, its owner, and the contract it is used for.
func (r *osqueryObject) about(root *jsonValue) {
	around := []*jsonValue{root}
	for _, key := range append([]string{"decorations"}, osqueryHostKeys...) {
		for _, m := range mappingStep(nil, root, key) {
			if m.kind == '{' && len(around) <= maxMappedTwins {
				around = append(around, m)
			}
		}
	}
	var p osqueryParty
	var inner []*osqueryParty
	for _, at := range around {
		r.firstOf(at, r.hostKeys(at, root), func(v value) {
			r.d.set("reference", v)
			p.hosts = append(p.hosts, v)
		})
		r.firstOf(at, []string{"contract", "contract_number"}, func(v value) { r.d.set("contract", v) })
		inner = r.owners(at, osqueryOwnerKeys, &p, inner)
		r.place(at, &p)
	}
	r.write(&p, inner)
}

// hostKeys are the keys of the host's name; within an object of the host it may be called name, too.
func (r *osqueryObject) hostKeys(at, root *jsonValue) []string {
	if at == root || r.d.order.Reference != "" {
		return osqueryHostKeys
	}
	return append(slices.Clone(osqueryHostKeys), "name")
}

// owners reads the names under some keys: texts, lists of them, and objects, which are parties of their own.
func (r *osqueryObject) owners(at *jsonValue, keys []string, p *osqueryParty, inner []*osqueryParty) []*osqueryParty {
	for _, key := range keys {
		for _, found := range mappingStep(nil, at, key) {
			for _, m := range append([]*jsonValue{found}, found.items()...) {
				said := m.value()
				switch {
				case m.kind == '{' && len(inner) < maxMappedTwins:
					object := &osqueryParty{}
					r.owners(m, append([]string{"name"}, osqueryOwnerKeys...), object, nil)
					r.place(m, object)
					inner = append(inner, object)
				case m.kind == '"' && said.text != "" && len(p.names) < maxMappedTwins:
					r.used[m] = true
					p.names = append(p.names, said)
				}
			}
		}
	}
	return inner
}

// place reads where an owner is, and the domains of an owner.
func (r *osqueryObject) place(at *jsonValue, p *osqueryParty) {
	for _, one := range [...]struct {
		field string
		keys  []string
	}{{"address", []string{"address"}}, {"country", []string{"country", "country_code"}}, {"state", []string{"state"}}} {
		r.firstOf(at, one.keys, func(v value) { p.places = append(p.places, osqueryPlace{one.field, v}) })
	}
	for _, key := range osqueryDomainKeys {
		r.firstOf(at, []string{key}, func(v value) { p.hosts = append(p.hosts, v) })
	}
}

// write makes the owners: one of each name, since a firm beside an agency must not hide it. What is said around them is
// of all that do not say it themselves.
func (r *osqueryObject) write(outer *osqueryParty, inner []*osqueryParty) {
	all := append([]*osqueryParty{outer}, inner...)
	written, first := map[string]bool{}, (*partyDraft)(nil)
	for _, p := range all {
		if p != outer && len(p.places) == 0 {
			p.places = outer.places
		}
		names := p.names
		if len(names) == 0 && (p != outer || len(inner) == 0) && len(p.places)+len(p.hosts) > 0 {
			names = []value{{}}
		}
		for _, name := range names {
			if key := clean(name.text); key == "" || !written[key] {
				written[key] = true
				d := r.party(name, p)
				if first == nil {
					first = d
				}
			}
		}
	}
	if first != nil {
		osqueryDomains(first, outer.hosts)
	}
}

// party makes one owner; nil where nothing is said of one.
func (r *osqueryObject) party(name value, p *osqueryParty) *partyDraft {
	d := r.d.party(screening.EndUser)
	d.set("name", name)
	for _, place := range p.places {
		d.set(place.field, place.value)
	}
	osqueryDomains(d, p.hosts)
	if d.empty() {
		r.d.order.Parties = r.d.order.Parties[:len(r.d.order.Parties)-1]
		return nil
	}
	return d
}

// osqueryDomains takes the domains of addresses and hosts: they tell whose a machine is.
func osqueryDomains(p *partyDraft, hosts []value) {
	for _, v := range hosts {
		if strings.Contains(v.text, "@") {
			p.email(v)
		} else if host := hostOf(v.text); host != "" {
			p.identify("domain", value{host, v.source})
		}
	}
}
