package documents

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// ublSubstitutes are items that may be, or were, delivered in place of a line's own.
var ublSubstitutes = []string{
	"SellerProposedSubstituteLineItem", "SellerSubstitutedLineItem", "BuyerProposedSubstituteLineItem",
}

// orderLine reads one OrderLine or QuotationLine: its item, the parts of it that are items of their own, and
// substitutes. What stands beside the item belongs to the line.
func (r *ublReader) orderLine(n *node) {
	items := n.all("LineItem")
	for _, name := range ublSubstitutes {
		items = append(items, n.all(name)...)
	}
	for _, item := range items {
		r.apart[item] = true
	}
	first := r.newLine()
	for _, id := range n.all("ID") {
		first.set("id", r.take(id))
	}
	if n.child("LineItem") == nil {
		r.lineItem(n, nil, first, nil)
	} else {
		r.lineItem(items[0], n, first, nil)
		items = items[1:]
	}
	for _, item := range items {
		r.lineItem(item, nil, r.newLine(), first)
	}
}

func (r *ublReader) newLine() *ublScope { return &ublScope{reader: r, line: r.line()} }

// lineItem reads an item into its line, with what stands around it. What the line does not say of parties and dates
// holds as in the one above it. Parts with a number of their own then become lines of their own, since they can be
// ordered, and prohibited, alone.
func (r *ublReader) lineItem(n, around *node, s, above *ublScope) {
	if r.err != nil {
		return
	}
	for _, id := range n.all("ID") {
		s.lineID(r.take(id))
	}
	for _, item := range n.all("Item") {
		r.item(item, s)
	}
	for _, quantity := range n.all("Quantity") {
		s.set("quantity", r.take(quantity))
	}
	for _, price := range n.all("Price") {
		s.price(price)
	}
	r.rest(n, s, false)
	if around != nil {
		r.rest(around, s, false)
	}
	s.inherit(above)
	s.perform()
	for _, part := range s.parts {
		r.lineItem(part, nil, r.newLine(), s)
	}
}

// lineID takes a line's number. Where the line above the item has one too, or it looks like a part number, it is read
// as text as well: some put the product's code there.
func (s *ublScope) lineID(v value) {
	current := s.line.line().ID
	if current == "" {
		s.set("id", v)
	}
	if current != "" && v.text != current || ublLikePart(v.text) {
		s.text(v)
	}
}

// ublLikePart tells a product's code from a line's number: letters and digits, and longer than A1 or L-001.
func ublLikePart(id string) bool {
	const shortest = 7
	return len(id) >= shortest && strings.ContainsFunc(id, unicode.IsLetter) && strings.ContainsFunc(id, unicode.IsDigit)
}

// item reads what is ordered.
func (r *ublReader) item(n *node, s *ublScope) {
	r.identifications(n, s)
	for _, name := range [...]string{"Description", "Name"} { // the name may be a cut description
		for _, c := range n.all(name) {
			s.more("description", r.take(c))
		}
	}
	for _, maker := range n.all("ManufacturerParty") {
		r.maker(maker, s)
	}
	for _, brand := range n.all("BrandName") {
		s.more("manufacturer", r.take(brand))
	}
	for _, property := range n.all("AdditionalItemProperty") {
		r.property(property, s)
	}
	r.apart[n] = true
	r.rest(n, s, true)
}

// identifications reads the item's numbers. The buyer's own number stands for a seller's where there is none.
func (r *ublReader) identifications(n *node, s *ublScope) {
	for _, c := range n.all("SellersItemIdentification") {
		s.set("sku", r.take(c.child("ID")))
	}
	for _, c := range n.all("ManufacturersItemIdentification") {
		s.set("manufacturer_part", r.take(c.child("ID")))
		for _, issuer := range c.all("IssuerParty") {
			r.maker(issuer, s)
		}
	}
	for _, c := range n.all("StandardItemIdentification") {
		id := c.child("ID")
		if ublIsGTIN(id) {
			s.set("gtin", r.take(id))
		}
	}
	for _, c := range n.all("BuyersItemIdentification") {
		s.more("sku", r.take(c.child("ID")))
	}
}

// ublIsGTIN tells whether a standard number is a GTIN: its scheme says so, or it has no scheme and the check digit fits.
func ublIsGTIN(id *node) bool {
	number := id.text().text
	switch strings.ToLower(id.attr("schemeID").text) {
	case "0160", "gtin", "gtin-8", "gtin-12", "gtin-13", "gtin-14", "ean", "ean-8", "ean-13", "ean13", "upc":
		return number != ""
	case "":
		return ublCheckDigit(number)
	}
	return false
}

// ublCheckDigit tells whether digits are a GTIN of 8, 12, 13 or 14: weighted 1 and 3 from the right they make tens.
func ublCheckDigit(number string) bool {
	if !isGTIN(number) {
		return false
	}
	sum := 0
	for i := range len(number) {
		sum += int(number[len(number)-1-i]-'0') * (1 + i%2*2)
	}
	return sum%10 == 0 && strings.Trim(number, "0") != ""
}

// maker reads the names of a manufacturer; what else is said of it becomes text.
func (r *ublReader) maker(n *node, s *ublScope) {
	for _, c := range n.all("PartyName") {
		s.more("manufacturer", r.take(c.child("Name")))
	}
	for _, c := range n.all("PartyLegalEntity") {
		s.more("manufacturer", r.take(c.child("RegistrationName")))
	}
}

// What a property of an item may be by its name, letters and digits only.
var (
	ublMakerProperties = map[string]string{
		"manufacturer": "manufacturer", "manufacturername": "manufacturer", "maker": "manufacturer", "mfr": "manufacturer",
		"brand": "manufacturer", "brandname": "manufacturer", "publisher": "manufacturer",
		"hersteller": "manufacturer", "fabricante": "manufacturer", "fabricant": "manufacturer",
		"manufacturerpartnumber": "manufacturer_part", "manufacturerpartid": "manufacturer_part",
		"manufacturerpartno": "manufacturer_part", "mfrpartnumber": "manufacturer_part", "mpn": "manufacturer_part",
	}
	ublUserProperties = map[string]bool{
		"enduser": true, "endusername": true, "enduserorganization": true, "enduserorganisation": true, "endcustomer": true,
		"endcustomername": true, "ultimatecustomer": true, "ultimateconsignee": true, "ultimateenduser": true, "licensee": true,
	}
)

// property reads a property of the item, by its name where the name is that of a field.
func (r *ublReader) property(n *node, s *ublScope) {
	name := r.take(n.child("Name"))
	words := keyOf(name.text)
	for _, v := range n.all("Value") {
		said := r.take(v)
		switch {
		case said.text == "" || isSecret(words, said.text):
		case ublMakerProperties[words] != "":
			s.more(ublMakerProperties[words], said)
		case ublUserProperties[words]:
			s.add(v, ublParty{role: screening.EndUser, names: []value{said}})
		case name.text == "":
			s.text(said)
		default:
			s.text(value{name.text + ": " + said.text, said.source})
		}
	}
	if n.child("Value") == nil {
		s.text(name)
	}
}

// price reads the price of one. A price of a hundred is divided where that can be done exactly enough.
func (s *ublScope) price(n *node) {
	r := s.reader
	amount, base := r.take(n.child("PriceAmount")), r.take(n.child("BaseQuantity"))
	number, ok := ublRat(amount.text)
	per, based := ublRat(base.text)
	if !ok || !based || per.Sign() <= 0 || per.Cmp(big.NewRat(1, 1)) == 0 {
		s.set("unit_price", amount)
		return
	}
	const places = 6
	one := number.Quo(number, per).FloatString(places)
	one = strings.TrimSuffix(strings.TrimRight(one, "0"), ".")
	s.line.setRead("unit_price", value{amount.text + " per " + base.text, amount.source}, one)
}

// ublRat reads a decimal of a sensible length.
func ublRat(text string) (*big.Rat, bool) {
	const longest = 30
	number, ok := decimal(text)
	if !ok || len(number) > longest {
		return nil, false
	}
	return new(big.Rat).SetString(number)
}

// set fills a single field of the line.
func (s *ublScope) set(field string, v value) {
	if s.room(v) {
		s.line.set(field, v)
	}
}

// more fills a field that may stand several times.
func (s *ublScope) more(field string, v value) {
	if s.room(v) {
		s.line.more(field, v)
	}
}

// text adds free text, once.
func (s *ublScope) text(v value) {
	switch {
	case s.line != nil:
		if s.room(v) {
			s.line.text(v)
		}
	case v.text != "" && !s.known[v.text] && s.room(v):
		s.known[v.text] = true
		s.reader.set("text", v)
	}
}

// room tells whether the order or line takes another text.
func (s *ublScope) room(v value) bool {
	texts, most := len(s.known), ublMaxNotes
	if s.line != nil {
		texts, most = len(s.line.line().Texts), ublMaxTexts
	}
	if s.reader.err == nil && texts >= most {
		detail := fmt.Sprintf("There are more than %d texts here. Split the order.", most)
		s.reader.err = &Error{Kind: TooLarge, At: v.source, Detail: detail}
	}
	return s.reader.err == nil
}
