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

// plainNumber drops what people write between the digits of a number.
func plainNumber(value string) string { return separators.Replace(value) }

var separators = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "")

// lettersOf keeps the letters of an identifier's type, lower case: callers write RU:INN, ru-inn and inn.
func lettersOf(kind string) string {
	if _, after, ok := strings.Cut(kind, ":"); ok {
		kind = after
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, kind)
	if same, ok := sameNumber[letters]; ok {
		return same
	}
	return letters
}

// sameNumber gives one name to numbers that have several.
var sameNumber = map[string]string{"bic": "swift", "swiftcode": "swift", "swiftbic": "swift", "bicswift": "swift", "imonumber": "imo", "passportnumber": "passport"}

// identified returns the entity that an identifier belongs to, or nil, and how certain that is.
func (c *Catalogue) identified(id Identifier) (*Entity, Certainty) {
	value := strings.ToLower(strings.TrimSpace(id.Value))
	if value == "" {
		return nil, 0
	}
	number := plainNumber(value)
	switch kind := strings.ToLower(id.Type); kind {
	case "domain", "url", "website", "email":
		return c.byDomain(value), Certain
	default:
		if n, ok := c.numbers[Identifier{lettersOf(kind), number}]; ok {
			return n.entity, n.certainty
		}
		return c.byListEntry(kind, number), Certain
	}
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
var idWords = []string{"id", "uid", "entry", "number", "no", "ent", "num", "list"}

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
// lists do not always tell its country.
const tellingNumber = 8

// registerNumber enters a number that a source backs. The catalogue's own entities come first, and stay.
func (c *Catalogue) registerNumber(e *Entity, n *EntityNumber) {
	number, imported := plainNumber(strings.ToLower(n.Value)), e.IsImported()
	if n.Verified == Unverified || imported && len(number) < shortestNumber {
		return
	}
	certainty := Likely
	if (n.Verified == Primary || n.Verified == PrimaryPartial) && (!imported || len(number) >= tellingNumber || lettersOf(n.Type) == "imo") {
		certainty = Certain
	}
	if key := (Identifier{lettersOf(n.Type), number}); c.numbers[key].entity == nil || !imported {
		c.numbers[key] = backedNumber{e, certainty}
	}
}
