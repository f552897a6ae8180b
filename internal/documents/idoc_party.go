package documents

import (
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// idocNames are the lines of a partner's name. The first may run on in the second, or that be a name of its own.
var idocNames = []string{"NAME1", "NAME2", "NAME3", "NAME4"}

// idocAddress are the pieces of a partner's address, in the order of an envelope.
var idocAddress = []string{"STRAS", "STRS2", "HAUSN", "PFACH", "ORT02", "ORT01", "COUNC", "PSTLZ", "PSTL2", "ABLAD"}

// idocPartyCodes are the other fields of a partner that are read by name, or that tell nothing of it.
var idocPartyCodes = sapSet(`PARTN LIFNR ILNNR STCEG LAND1 ISOAL ISONU REGIO ORGTX KNREF BNAME PERNR PARNR ANRED TITLE
	PAORG PAGRU TELF1 TELF2 TELBX TELFX TELTX TELX1 FCODE STOCK PARGE PFORT` + " " + strings.Join(idocNames, " ") + " " + strings.Join(idocAddress, " "))

// idocParty reads E1EDKA1 or E1EDPA1, with the segments within it. A function may stand several times, each time with
// another partner. It returns nil where nothing but the function is said.
func idocParty(s *node, t sapTexts, add func(screening.Role) *partyDraft) *partyDraft {
	role := sapRole(s.child("PARVW").text().text)
	if !idocSaysParty(s) {
		person := s.child("BNAME").text()
		switch {
		case person.text == "":
			return nil
		case role != screening.EndUser:
			p := add(screening.Intermediary) // of the partner only who is to be asked is known
			p.party().Kind = screening.Person
			p.set("name", person)
			return nil
		}
	}
	p := add(role)
	idocPartyNames(s, p)
	if role == screening.EndUser {
		p.set("name", s.child("BNAME").text())
	}
	for _, name := range idocAddress {
		if v := s.child(name).text(); strings.Trim(v.text, "0 ") != "" {
			p.set("address", v)
		}
	}
	idocCountry(s, p)
	p.set("state", s.child("REGIO").text())
	sapOwn(p, s, "PARTN", "LIFNR")
	p.identify("vat", s.child("STCEG").text())
	sapLocation(p, s.child("ILNNR").text())
	t.add(s.child("KNREF").text())
	t.add(s.child("IHREZ").text())
	idocPartyRest(s, p, t)
	if role != screening.EndUser {
		for _, n := range s.all("BNAME") {
			p.contact(n.text())
		}
	}
	return p
}

// idocCountry reads the country, which SAP gives by its own key and may give by ISO's as well. A key that is not known
// counts for nothing beside one that is.
func idocCountry(s *node, p *partyDraft) {
	isoKnown := false
	for _, n := range s.all("ISOAL") {
		_, known := p.d.country(n.text().text)
		isoKnown = isoKnown || known
	}
	for _, n := range slices.Concat(s.all("LAND1"), s.all("ISOAL")) {
		v := n.text()
		if _, known := p.d.country(v.text); known || !isoKnown && n.name == "LAND1" {
			p.set("country", v)
		}
	}
}

// idocSaysParty tells whether a segment names a partner or tells where it is.
func idocSaysParty(s *node) bool {
	for _, c := range s.children {
		if idocIsMoreOfParty(c) && c.child("STDPN").text().text != "" {
			return true
		}
		if c.name == "REGIO" || c.name == "BNAME" || c.name == "ABLAD" || idocPartyContact(c.name) || !idocPartyCodes[c.name] {
			continue
		}
		if strings.Trim(c.text().text, "0 ") != "" {
			return true
		}
	}
	return false
}

// idocPartyContact tells fields that say how to reach somebody, or in which words.
func idocPartyContact(name string) bool {
	switch name {
	case "PERNR", "PARNR", "ANRED", "TITLE", "PAORG", "PAGRU", "FCODE", "STOCK", "PARGE":
		return true
	}
	return strings.HasPrefix(name, "TEL")
}

// idocPartyNames sets the names, each line alone and all joined, since both are how firms write.
func idocPartyNames(s *node, p *partyDraft) {
	var first value
	var all []string
	for _, name := range idocNames {
		for _, n := range s.all(name) {
			v := n.text()
			if v.text == "" {
				continue
			}
			if first.text == "" {
				first = v
			}
			all = append(all, v.text)
			p.set("name", v)
		}
	}
	if len(all) > 1 {
		p.set("alias", value{strings.Join(all, " "), first.source})
	}
	p.set("name", s.child("ORGTX").text())
}

// idocIsMoreOfParty tells E1EDKA3 and E1EDPA3, which are read with the partner above them.
func idocIsMoreOfParty(s *node) bool { return s.name == "E1EDKA3" || s.name == "E1EDPA3" }

// idocPartyRest reads what else a partner's segment holds, such as fields of a firm's own, and the segments for its
// further numbers.
func idocPartyRest(s *node, p *partyDraft, t sapTexts) {
	for _, c := range s.children {
		v := c.text()
		switch {
		case idocIsMoreOfParty(c):
			t.repeated(c, idocMayRepeat)
			idocPartyRest(c, p, t)
		case len(c.children) > 0:
		case c.name == "STDPN" && s.child("QUALP").text().text == "001":
			sapLocation(p, v)
		case strings.Contains(v.text, "@"):
			p.email(v)
		case !idocPartyCodes[c.name] && !idocCodes[c.name] && sapWords(v.text):
			t.add(v)
		}
	}
}
