package screening

import (
	"slices"
	"strings"
	"unicode"
)

// backedNumber is an identifier of an entity. It is certain only where official text gives it.
type backedNumber struct {
	entity    *Entity
	certainty Certainty
}

// plainNumber drops what people write between the digits of a number, and a name of its register before it.
func plainNumber(kind, value string) string {
	number := separators.Replace(value)
	switch kind {
	case "swift":
		if len(number) == longSWIFT {
			number = number[:shortSWIFT] // the branch
		}
	case "imo", "digitalcurrency":
		number = strings.TrimPrefix(strings.TrimPrefix(number, "imo"), "xbt")
	}
	return number
}

// The lengths of a SWIFT code with and without the branch (ISO 9362).
const shortSWIFT, longSWIFT = 8, 11

var separators = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "+", "")

// registerOf names a kind of number by one word, whatever a caller calls it: RU:INN, inn, Tax ID No. What stands in
// brackets and words such as number and id tell nothing; a word that names a register tells all.
func registerOf(called string) string {
	if _, after, ok := strings.Cut(called, ":"); ok {
		called = after
	}
	called, _, _ = strings.Cut(called, "(")
	words := strings.FieldsFunc(strings.ToLower(called), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if kind, ok := registers[w]; ok {
			return kind
		}
	}
	told := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(idWords, w) })
	if len(told) == 0 {
		told = words
	}
	kind := strings.Join(told, "")
	if same, ok := registers[kind]; ok {
		return same
	}
	return kind
}

// registers are the kinds of numbers that have several names.
var registers = map[string]string{
	"passport": "passport", "traveldocument": "passport", "travel": "passport",
	"imo": "imo", "swift": "swift", "bic": "swift", "swiftbic": "swift", "swiftcode": "swift", "biccode": "swift", "bicswift": "swift", "duns": "duns", "dunsnumber": "duns", "lei": "lei",
	"btc": "digitalcurrency", "bitcoin": "digitalcurrency", "xbt": "digitalcurrency", "wallet": "digitalcurrency", "crypto": "digitalcurrency",
	"digital": "digitalcurrency", "cryptocurrency": "digitalcurrency", "eth": "digitalcurrency", "ethereum": "digitalcurrency",
	"tax": "tax", "tin": "tax", "vat": "tax", "vatin": "tax", "taxpayer": "tax", "fiscal": "tax", "inn": "tax", "nit": "tax", "rfc": "tax", "ein": "tax",
	"registration": "company", "company": "company", "companieshouse": "company", "companies": "company", "crn": "company", "ogrn": "company", "uscc": "company",
	"unifiedsocialcreditcode": "company", "unified": "company", "national": "national", "cedula": "national", "identity": "national",
	"mail": "email", "email": "email", "phone": "phone", "telephone": "phone", "tel": "phone", "mobile": "phone", "fax": "phone",
	"tail": "aircrafttail", "aircrafttail": "aircrafttail",
}

// worldwide are the registers that the whole world shares.
var worldwide = []string{"imo", "swift", "lei", "duns", "digitalcurrency"}

// identified returns the entities that an identifier belongs to, and how certain that is.
func (c *Catalogue) identified(id Identifier) []backedNumber {
	value := strings.ToLower(strings.TrimSpace(id.Value))
	if value == "" {
		return nil
	}
	var found []backedNumber
	switch called := strings.ToLower(id.Type); called {
	case "domain", "url", "website", "email":
		if e := c.byDomain(value); e != nil {
			return []backedNumber{{e, Certain}}
		}
	default:
		if e := c.byListEntry(called, separators.Replace(value)); e != nil {
			found = append(found, backedNumber{e, Certain})
		}
	}
	if e := c.entities[EntityID(value)]; e != nil && e.IsImported() { // the id that a verdict gave
		found = append(found, backedNumber{e, Certain})
	}
	kind := registerOf(id.Type)
	return append(found, c.numbers[Identifier{kind, plainNumber(kind, value)}]...)
}

// byListEntry finds the entity with an entry's id on an official list. Callers name the list in many ways (ofac_uid,
// sdn, OFAC-SDN): every word of the type must be a word of the list's name or say that it is an id, and one must name
// the list.
func (c *Catalogue) byListEntry(kind, value string) *Entity {
	words := strings.FieldsFunc(kind, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, entry := range c.listEntries[value] {
		of := strings.Split(string(entry.list), "-")
		names := 0
		fits := !slices.ContainsFunc(words, func(w string) bool {
			if slices.Contains(of, w) {
				names++
				return false
			}
			return !slices.Contains(idWords, w)
		})
		if fits && names > 0 {
			return entry.entity
		}
	}
	return nil
}

// idWords say that a number is an identifier.
var idWords = []string{"id", "uid", "entry", "number", "no", "nr", "ent", "num", "list", "code", "address", "identification", "identifier", "ref"}

// listEntry is an entity's entry on an official list.
type listEntry struct {
	list   ListID
	entity *Entity
}

// byDomain finds the entity that owns a host name, or a parent domain of it.
func (c *Catalogue) byDomain(value string) *Entity {
	if i := strings.LastIndexByte(value, '@'); i >= 0 {
		value = value[i+1:]
	}
	if _, rest, ok := strings.Cut(value, "://"); ok {
		value = rest
	}
	host, _, _ := strings.Cut(value, "/")
	host, _, _ = strings.Cut(host, ":")
	for host != "" {
		if e := c.domains[host]; e != nil {
			return e
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			return nil
		}
		host = rest
	}
	return nil
}

// shortestNumber is how many characters a number of an imported list must have to identify somebody: shorter ones are
// given by many registers.
const shortestNumber = 6

// tellingNumber is how many characters such a number must have to be certain, unless the whole world shares its register:
// lists do not always tell its country. Telephone numbers pass on to others.
const tellingNumber = 8

// registerNumber enters a number that a source backs, behind those of the catalogue's own entities.
func (c *Catalogue) registerNumber(e *Entity, n *EntityNumber) {
	kind := registerOf(n.Type)
	number, imported := plainNumber(kind, strings.ToLower(n.Value)), e.IsImported()
	shared := slices.Contains(worldwide, kind)
	if n.Verified == Unverified || imported && !shared && len(number) < shortestNumber {
		return
	}
	certainty := Likely
	if (n.Verified == Primary || n.Verified == PrimaryPartial) && (!imported || shared || len(number) >= tellingNumber && kind != "phone") {
		certainty = Certain
	}
	key := Identifier{kind, number}
	if !slices.ContainsFunc(c.numbers[key], func(b backedNumber) bool { return b.entity == e }) {
		c.numbers[key] = append(c.numbers[key], backedNumber{e, certainty})
	}
}
