package documents

import (
	"context"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

func cxmlContains(key string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}

// cxmlIsPhone tells a telephone number from what else is called a phone: a headphone has letters.
func cxmlIsPhone(key, text string) bool {
	if key != "tel" && !cxmlContains(key, "phone", "fax", "mobile", "cellular") {
		return false
	}
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters <= len("ext")
}

func cxmlIsMail(key string) bool { return cxmlContains(key, "email", "mailaddress") }

// cxmlIsAddress tells addresses of mail from words among which one may stand.
func cxmlIsAddress(text string) bool {
	return strings.Contains(text, "@") && !hasWord(mailAddress.ReplaceAllString(text, ""))
}

func cxmlSaysContract(key string) bool {
	return !strings.HasPrefix(key, "contractor") &&
		cxmlContains(key, "contract", "agreement", "piid", "taskorder", "deliveryorder", "gsaschedule", "sewp", "dpas")
}

// cxmlEndUserWords open the names of extrinsics that speak of who uses the goods in the end.
var cxmlEndUserWords = []string{
	"enduser", "endcustomer", "finalcustomer", "ultimateconsignee", "ultimatecustomer", "ultimateuser", "licensee", "markfor",
}

// cxmlEndUser splits the name of an extrinsic into the end user and what is said of them.
func cxmlEndUser(key string) (about string, ok bool) {
	for _, word := range cxmlEndUserWords {
		if _, after, found := strings.Cut(key, word); found {
			return after, true
		}
	}
	// A customer may be the buyer too: their number is the seller's own, their name is judged in any role.
	if about, ok = strings.CutPrefix(key, "customer"); ok && cxmlIsParty(about) {
		return about, true
	}
	return "", false
}

// extrinsic reads a named value that the two sides agreed on. It may hold further ones, and whole parties.
func (s *cxmlScope) extrinsic(ctx context.Context, n *node) { s.extrinsicOf(ctx, "", n) }

// extrinsicOf reads an extrinsic within one that speaks of somebody: EndUser, and in it Name.
func (s *cxmlScope) extrinsicOf(ctx context.Context, whose string, n *node) {
	name := whose + n.attr("name").text
	key := keyOf(name)
	if isSecret(key, cxmlDeep(n).text) {
		return
	}
	role, about := screening.Intermediary, ""
	if rest, ok := cxmlEndUser(key); ok && cxmlIsParty(rest) {
		role, about = screening.EndUser, name
	}
	if n.child("Name") != nil {
		s.add(role, cxmlPartyOf(n))
		return
	}
	var pieces []string
	if own := strings.TrimSpace(n.own); own != "" {
		pieces = append(pieces, own)
	}
	for _, c := range n.children {
		switch c.name {
		case "Address", "PostalAddress", "ShipTo":
			s.add(role, cxmlPartyOf(c))
		case "Extrinsic":
			s.extrinsicOf(ctx, about, c)
		case "Contact", "BusinessPartner":
			s.element(ctx, c)
		case "Period":
			if s.line != nil {
				s.period(c)
			}
		default:
			if text := cxmlDeep(c).text; text != "" {
				pieces = append(pieces, text)
			}
		}
	}
	if len(pieces) > 0 {
		s.extra(name, value{strings.Join(pieces, " "), n.path()})
	}
}

// cxmlIsParty tells whether what is said of somebody is who or where they are.
func cxmlIsParty(about string) bool {
	return about == "" || cxmlContains(about, "name", "address", "company", "org", "party", "location", "country")
}

// extra places a named value: at the end user, the maker, a contract, a number, else among the texts, with its name.
func (s *cxmlScope) extra(name string, v value) {
	key := keyOf(name)
	switch {
	case v.text == "" || isSecret(key, v.text) || cxmlIsPhone(key, v.text) || s.endUserExtra(key, v):
	case cxmlIsMail(key) && cxmlIsAddress(v.text):
		s.o.buyerMail(v)
	case cxmlSaysContract(key) && !cxmlIsFlag(v.text):
		s.o.contract(v)
		if s.line != nil { // an agreement on a line may name what is licensed
			s.hint(cxmlPublic(v))
		}
	case s.taxExtra(key, v) || s.line != nil && s.itemExtra(key, v):
	case cxmlIsNo(v.text): // what is not so is not done: Trial: no
	case cxmlIsFlag(v.text): // Free of charge: yes
		s.hint(cxmlNamed(name, v))
	default:
		// A label is one word: what a "Return Policy" says is no return.
		s.hint(cxmlNamed(strings.Join(strings.Fields(name), ""), cxmlPublic(v)))
	}
}

// cxmlIsFlag tells values that only switch something.
func cxmlIsFlag(text string) bool {
	switch strings.ToLower(text) {
	case "yes", "true", "y", "1":
		return true
	}
	return cxmlIsNo(text)
}

func cxmlIsNo(text string) bool {
	switch strings.ToLower(text) {
	case "no", "false", "n", "0":
		return true
	}
	return false
}

// cxmlEndUserFields are the fields of a party by what an extrinsic calls them, the end user's title left out.
var cxmlEndUserFields = map[string]string{
	"": "name", "name": "name", "company": "name", "companyname": "name", "organization": "name", "organisation": "name",
	"organizationname": "name", "organisationname": "name", "account": "name", "accountname": "name", "agency": "name", "party": "name",
	"contact": "alias", "contactname": "alias", "attention": "alias", "department": "alias", "division": "alias",
	"country": "country", "countrycode": "country", "countryname": "country", "countryregion": "country",
	"state": "state", "province": "state", "region": "state", "stateprovince": "state",
	"address": "address", "address1": "address", "address2": "address", "addressline1": "address", "addressline2": "address",
	"street": "address", "city": "address", "zip": "address", "zipcode": "address", "postalcode": "address", "postcode": "address",
	"location": "address",
}

// endUserExtra takes what an extrinsic says of the end user.
func (s *cxmlScope) endUserExtra(key string, v value) bool {
	about, ok := cxmlEndUser(key)
	if !ok || cxmlIsFlag(v.text) || s.endUserFields >= cxmlMaxPartyFields {
		return false
	}
	s.endUserFields++
	field := cxmlEndUserFields[about]
	if field == "" {
		return s.endUserNumber(about, v)
	}
	if p := s.endUserDraft(); p != nil {
		p.set(field, cxmlPublic(v))
	}
	return true
}

// endUserNumber takes the end user's numbers in registers, and the domain of an address.
func (s *cxmlScope) endUserNumber(about string, v value) bool {
	kind, register := cxmlScheme(about)
	switch {
	case cxmlIsMail(about) && strings.Contains(v.text, "@"):
		if p := s.endUserDraft(); p != nil {
			p.email(v)
		}
	case register || about == "id" || about == "number":
		if p := s.endUserDraft(); p != nil {
			p.identify(kind, cxmlPublic(v))
		}
		return register // a number of nobody's register may as well be that of a product, and is text too
	default:
		return false
	}
	return true
}

func (s *cxmlScope) endUserDraft() *partyDraft {
	if s.endUser == nil {
		s.endUser = s.newParty(screening.EndUser)
	}
	return s.endUser
}

// taxExtra takes tax numbers of the two sides, by which their country may be told.
func (s *cxmlScope) taxExtra(key string, v value) bool {
	for _, side := range [...]struct {
		word string
		role screening.Role
	}{{"buyer", screening.Buyer}, {"supplier", screening.Seller}, {"seller", screening.Seller}, {"vendor", screening.Seller}} {
		about, ok := strings.CutPrefix(key, side.word)
		if !ok {
			continue
		}
		if kind, register := cxmlScheme(about); register {
			s.o.number(side.role, kind, cxmlPublic(v))
			return true
		}
	}
	return false
}

// cxmlItemFields are the fields of a line by what an extrinsic calls them.
var cxmlItemFields = map[string]string{
	"manufacturer": "manufacturer", "manufacturername": "manufacturer", "mfr": "manufacturer", "mfrname": "manufacturer",
	"mfg": "manufacturer", "mfgname": "manufacturer", "maker": "manufacturer", "brand": "manufacturer", "brandname": "manufacturer",
	"oem": "manufacturer", "publisher": "manufacturer", "publishername": "manufacturer", "softwarepublisher": "manufacturer",
	"manufacturerpartid": "manufacturer_part", "manufacturerpartnumber": "manufacturer_part", "manufacturerpartno": "manufacturer_part",
	"manufacturerpart": "manufacturer_part", "mfrpart": "manufacturer_part", "mfrpartnumber": "manufacturer_part",
	"mfrpartno": "manufacturer_part", "mfgpartnumber": "manufacturer_part", "mfgpartno": "manufacturer_part",
	"mpn": "manufacturer_part", "oempartnumber": "manufacturer_part",
	"ean": "gtin", "ean13": "gtin", "eanid": "gtin", "gtin": "gtin", "gtin13": "gtin", "gtin14": "gtin", "upc": "gtin", "upca": "gtin",
	"barcode": "gtin", "cpe": "cpe", "purl": "purl",
}

// itemExtra takes what an extrinsic says of the goods.
func (s *cxmlScope) itemExtra(key string, v value) bool {
	field := cxmlItemFields[key]
	if field == "" {
		return false
	}
	s.more(field, v)
	return true
}
