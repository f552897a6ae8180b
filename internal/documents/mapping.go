package documents

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

// A mapping file tells how one shop writes its orders in JSON: which keys they are known by, where they stand, and
// which key is which field of the canonical order. A shop is one file, *.yaml:
//
//	id: corner-shop                     # what a caller names as the format
//	name: Corner shop order             # what a person is told
//	orders: [order, data.orders.*, .]   # where orders may stand; all of these places are read
//	known_by:
//	  has: [basket, buyer|customer]     # an order has each of these; a|b is either
//	  lacks: [line_items]               # and none of these
//	html: false                         # true where texts are written in HTML: &amp; and tags are then resolved
//	ignore: [gateway, "*_status"]       # keys whose texts say nothing of the deal; * is any letters
//	order:
//	  reference: [number, id]
//	  ordered_at: [created_gmt as utc, created]
//	  fulfil_at: [shipments.*.sent_at]
//	  currency: currency
//	  contract: buyer.contract
//	  text: [note, remark]
//	document:                           # the first that applies; else the document is an order
//	  - {kind: cancel, when: cancelled_at, not_before: created_gmt}
//	  - {kind: return, when: type, is: [rma, credit]}
//	pairs:                              # lists of names and values, each a text "name: value"
//	  - {at: extras.*, name: label, value: content}
//	parties:
//	  - {role: buyer, at: buyer, name: [firm, first + last], address: [street, city], country: [iso, land],
//	     email: mail, ids: {vat: vat_number}}
//	  - {role: end_user, at: partners.*, when: kind, is: [user], name: name}
//	  - {role: buyer, at: account, unless: [buyer, ship_to], name: name}
//	lines:
//	  at: [basket.*]
//	  missing: Send the basket too.     # told where there is no list
//	  id: pos
//	  sku: [code, article]
//	  description: [title, subtitle]
//	  quantity: count
//	  unit_price: price.net
//	  pairs: []                         # as above
//	  parties:
//	    - {role: buyer, beside: end_user, at: goes_to, name: name}
//	refuse:                             # documents of the shop that hold no order
//	  - {has: [event, order_id], because: "This is a notice. Fetch the order and send that."}
//
// A path is a run of keys with dots between: buyer.firm. A star is each item of a list, or each object in an object. A
// lone dot is the object itself, a leading slash begins at the order again (/customer.email), and a backslash before a
// dot makes it part of the key. Keys are found in any case, as written first. Texts and numbers are values; true, false
// and null are not. Several paths are tried in turn and the first that finds something fills the field. What a later
// path of a text field finds (sku, manufacturer, manufacturer_part, description, gtin, cpe, purl, and a party's name) is
// not lost: it becomes a text of the line, or a further name of the party. contract, text and address take what all
// their paths find. Two paths with " + " between are joined to one value.
//
// A date is read as it is written. "as utc" says that a time without a zone is UTC (a local clock that stands beside it
// must then be within a day's turn), "as unix" that it is seconds or milliseconds since 1970, "as window" that it is
// two dates with "--" between, of which the later counts. Where a path finds several dates the latest counts.
//
// A party holds where it says anything at all; its place may hold a bare name instead of an object. "unless" keeps it
// back where the order has a party of those roles by then, so a default address does not become a side of the deal; of a
// party that is kept back stay the names that no other has. A line's party stands in the place of the order's of its
// role: "beside" names the role that it takes instead where the order has one, so that neither is lost. A party of which only a name is said, and that is one of its role already, is not said twice. "when" and "is" choose by
// the value of a key; without "is", any value that is not empty, null or false. A cancel that is dated before
// not_before is no cancel. pairs without name and value read an object whose keys are the names.
//
// Names in pairs are the merchant's own: neither ignore nor a word such as "phone" in them drops what they say, only
// what looks like a telephone number, an address or a secret is left out. Names that begin with an underscore are a
// program's, and ignored as keys are. Names that speak of a party (End customer, Ship to country), of a number of goods
// (EAN), of a contract or of a delivery date fill these too.
//
// Nothing else is lost either: a text with letters that no path names becomes a text of its line or of the order, but
// for all that stands under the keys of ignore, and in every mapping for opaque ids, addresses of machines, e-mail,
// telephone numbers, tokens, dates and codes of currencies. Of a link in a line the host stays. A key that stands twice in one object, in the same or
// another case, is a problem of the document, and both its values are read.
type mapping struct {
	ID       string             `yaml:"id"`
	Name     string             `yaml:"name"`
	Orders   mappingPaths       `yaml:"orders"`
	KnownBy  mappingSigns       `yaml:"known_by"`
	HTML     bool               `yaml:"html"`
	Ignore   []mappingGlob      `yaml:"ignore"`
	Order    mappingOrderFields `yaml:"order"`
	Document []mappingKind      `yaml:"document"`
	Pairs    []mappingPairs     `yaml:"pairs"`
	Parties  []mappingParty     `yaml:"parties"`
	Lines    mappingLines       `yaml:"lines"`
	Refuse   []mappingRefusal   `yaml:"refuse"`
}

type mappingOrderFields struct {
	Reference mappingPaths `yaml:"reference"`
	OrderedAt mappingPaths `yaml:"ordered_at"`
	FulfilAt  mappingPaths `yaml:"fulfil_at"`
	Currency  mappingPaths `yaml:"currency"`
	Contract  mappingPaths `yaml:"contract"`
	Text      mappingPaths `yaml:"text"`
}

// mappingSigns are the keys by which an object is known.
type mappingSigns struct {
	Has   []mappingSign `yaml:"has"`
	Lacks []mappingSign `yaml:"lacks"`
}

// mappingKind makes the document something else than an order.
type mappingKind struct {
	Kind      mappingDocument `yaml:"kind"`
	When      mappingPaths    `yaml:"when"`
	Is        []string        `yaml:"is"`
	NotBefore mappingPaths    `yaml:"not_before"`
}

// mappingPairs is a list of names and values. Without name and value, the keys of an object are the names.
type mappingPairs struct {
	At    mappingPaths `yaml:"at"`
	Name  mappingPaths `yaml:"name"`
	Value mappingPaths `yaml:"value"`
}

type mappingParty struct {
	Role        mappingRole             `yaml:"role"`
	At          mappingPaths            `yaml:"at"`
	When        mappingPaths            `yaml:"when"`
	Is          []string                `yaml:"is"`
	Unless      []mappingRole           `yaml:"unless"`
	Beside      mappingRole             `yaml:"beside"`
	Name        mappingPaths            `yaml:"name"`
	Alias       mappingPaths            `yaml:"alias"`
	Address     mappingPaths            `yaml:"address"`
	Country     mappingPaths            `yaml:"country"`
	State       mappingPaths            `yaml:"state"`
	Email       mappingPaths            `yaml:"email"`
	DateOfBirth mappingPaths            `yaml:"date_of_birth"`
	Nationality mappingPaths            `yaml:"nationality"`
	Employer    mappingPaths            `yaml:"employer"`
	IDs         map[string]mappingPaths `yaml:"ids"`
}

type mappingLines struct {
	At               mappingPaths   `yaml:"at"`
	Missing          string         `yaml:"missing"`
	ID               mappingPaths   `yaml:"id"`
	SKU              mappingPaths   `yaml:"sku"`
	Manufacturer     mappingPaths   `yaml:"manufacturer"`
	ManufacturerPart mappingPaths   `yaml:"manufacturer_part"`
	Description      mappingPaths   `yaml:"description"`
	GTIN             mappingPaths   `yaml:"gtin"`
	CPE              mappingPaths   `yaml:"cpe"`
	PURL             mappingPaths   `yaml:"purl"`
	Quantity         mappingPaths   `yaml:"quantity"`
	UnitPrice        mappingPaths   `yaml:"unit_price"`
	FulfilAt         mappingPaths   `yaml:"fulfil_at"`
	ServiceStart     mappingPaths   `yaml:"service_start"`
	ServiceEnd       mappingPaths   `yaml:"service_end"`
	Text             mappingPaths   `yaml:"text"`
	Pairs            []mappingPairs `yaml:"pairs"`
	Parties          []mappingParty `yaml:"parties"`
}

// mappingRefusal is a document of the shop that holds no order, with what to send instead.
type mappingRefusal struct {
	Has     []mappingSign `yaml:"has"`
	Lacks   []mappingSign `yaml:"lacks"`
	Because string        `yaml:"because"`
}

// mappingFiles are the built-in mappings.
//
//go:embed mappings/*.yaml
var mappingFiles embed.FS

// mappedFormats loads the mappings of a caller and the built-in ones.
func mappedFormats(mappings fs.FS) (own, builtIn []format, err error) {
	files, err := fs.Sub(mappingFiles, "mappings")
	if err != nil {
		return nil, nil, err
	}
	l := mappingLoader{taken: map[string]string{}}
	for _, f := range slices.Concat(codedFormats, lastFormats) {
		l.taken[f.id] = "the program"
	}
	builtIn = l.folder(files)
	if mappings != nil {
		own = l.folder(mappings)
	}
	if len(l.faults) > 0 {
		return nil, nil, l.faults
	}
	return own, builtIn, nil
}

// recognise takes documents that hold an order of the shop, or that the mapping knows to hold none.
func (m *mapping) recognise(s *source) bool {
	if s.json == nil || mappingCanonical(s.json) {
		return false
	}
	_, refused := m.refusal(s.json)
	return refused || len(m.ordersIn(s.json)) > 0
}

// refusal returns why a document of the shop holds no order.
func (m *mapping) refusal(root *jsonValue) (string, bool) {
	for _, r := range m.Refuse {
		if (mappingSigns{r.Has, r.Lacks}).fits(root) {
			return r.Because, true
		}
	}
	return "", false
}

// ordersIn finds what stands in the places of orders where at least one thing there is known for one.
func (m *mapping) ordersIn(root *jsonValue) []*jsonValue {
	var out []*jsonValue
	taken := map[*jsonValue]bool{}
	for _, p := range m.Orders {
		found := p.parts[0].find(root, root)
		if !slices.ContainsFunc(found, m.KnownBy.fits) {
			continue
		}
		for _, v := range found {
			if !taken[v] {
				taken[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// read reads every order of the document.
func (m *mapping) read(ctx context.Context, s *source, c *collector) error {
	switch {
	case s.json == nil && s.fault != nil:
		return s.fault
	case s.json == nil:
		return malformed("", "This is not a JSON document. A %s is one.", m.Name)
	}
	if because, refused := m.refusal(s.json); refused {
		return &Error{Kind: Unsupported, Detail: because}
	}
	orders := m.ordersIn(s.json)
	if len(orders) == 0 {
		return &Error{Kind: Unsupported, Detail: fmt.Sprintf(
			"This is no %s: none of its keys is where it should be. Send the order as the shop gives it.", m.Name)}
	}
	if len(orders) > MaxLines {
		return &Error{Kind: TooLarge, Detail: fmt.Sprintf(
			"The document has %d orders; a call takes %d lines at most. Split it.", len(orders), MaxLines)}
	}
	outside := m.outside(s.json, orders, c)
	for i, at := range orders {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		o := mappedOrder{m: m, d: c.order(), root: at, used: map[*jsonValue]bool{}, known: map[string]bool{}}
		if err := o.read(ctx, outside); err != nil {
			return err
		}
	}
	return nil
}

// mappingCanonical tells interdict's own orders, which no mapping takes.
func mappingCanonical(v *jsonValue) bool {
	if items := v.items(); len(items) > 0 {
		v = items[0]
	}
	if v.kind != '{' || len(v.keys) == 0 {
		return false
	}
	for _, key := range v.keys {
		if !slices.Contains(mappingCanonicalKeys, key) {
			return false
		}
	}
	return true
}

var mappingCanonicalKeys = []string{
	"reference", "ordered_at", "fulfil_at", "document", "activity", "currency", "funding", "contract", "texts", "facts",
	"parties", "lines",
}
