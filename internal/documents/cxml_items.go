package documents

import (
	"context"
	"strings"

	"github.com/interdict/interdict/screening"
)

// item reads an ItemOut, ItemIn or QuoteItemIn. Parts of a set are items of their own in cXML, with a part number of
// their own; each is a line.
func (o *cxmlOrder) item(ctx context.Context, n *node) {
	if o.err = cancelled(ctx, len(o.lines)); o.err != nil {
		return
	}
	l := o.d.line()
	o.lines = append(o.lines, l)
	s := &cxmlScope{o: o, d: o.d, line: l, at: n, parties: map[string]*partyDraft{}, said: map[string]bool{}}
	number := n.attr("lineNumber")
	l.set("id", cxmlPublic(number))
	o.numbers[number.text] = true
	if parent := n.attr("parentLineNumber"); parent.text != "" && parent.text != "0" {
		o.parents = append(o.parents, cxmlParent{l.pointer, parent})
	}
	o.quantity(l, n)
	s.hint(n.text())
	s.walk(ctx, n)
	period := n.at("DeliveryPeriod", "Period")
	dates := cxmlAppend(nil, n.attr("requestedDeliveryDate"))
	dates = cxmlAppend(dates, cxmlFirst(period.attr("endDate"), period.attr("startDate")))
	for _, schedule := range n.all("ScheduleLine") {
		dates = cxmlAppend(dates, schedule.attr("requestedDeliveryDate"))
	}
	if len(dates) == 0 {
		dates = cxmlAppend(dates, n.attr("requestedShipmentDate"))
	}
	cxmlDate(l.set, l.setRead, o.d, "fulfil_at", l.pointer+"/fulfil_at", cxmlLatest(dates))
	s.flush()
}

// quantity reads how much is bought. cXML marks an item that goes back with an attribute, beside a quantity that has
// no sign.
func (o *cxmlOrder) quantity(l *lineDraft, n *node) {
	v := n.attr("quantity")
	if !strings.EqualFold(n.attr("isReturn").text, "yes") {
		l.set("quantity", v)
		return
	}
	o.returned++
	number, ok := decimal(v.text)
	if !ok || strings.HasPrefix(number, "-") || strings.Trim(number, "0.") == "" {
		l.set("quantity", v)
		return
	}
	l.setRead("quantity", v, "-"+number)
}

// itemElement reads what stands in an item only.
func (s *cxmlScope) itemElement(ctx context.Context, n *node) bool {
	switch n.name {
	case "ItemOut", "ItemIn", "QuoteItemIn": // a part of a set that stands inside it
		s.o.item(ctx, n)
	case "DeliveryPeriod": // read with the dates
	case "ItemID", "UnitPrice", "Description", "ManufacturerPartID", "ManufacturerName":
		return s.goods(ctx, n)
	case "Classification":
		s.classification(n)
	case "EANID":
		s.more("gtin", n.text())
	case "SupplierID", "SupplierList":
		s.supplier(n)
	case "Period":
		s.period(n)
	case "Distribution":
		s.accounting(ctx, n)
	case "Characteristic":
		s.hint(cxmlNamed(n.attr("domain").text, n.attr("value")))
	default:
		return false
	}
	return true
}

// goods reads what is bought. The same elements stand in parts and alternatives of an item, where they are texts.
func (s *cxmlScope) goods(ctx context.Context, n *node) bool {
	detail := n.parent
	if detail != s.at && (detail.parent != s.at || !strings.HasSuffix(detail.name, "ItemDetail")) {
		return false
	}
	switch n.name {
	case "ItemID":
		s.itemID(n)
	case "UnitPrice":
		s.price(n)
		s.walk(ctx, n)
	case "Description":
		s.more("description", n.text())
		for _, c := range n.children {
			s.more("description", cxmlDeep(c)) // ShortName, or what a shop put in its place
		}
	case "ManufacturerPartID":
		s.single("manufacturer_part", cxmlDeep(n))
	case "ManufacturerName":
		s.single("manufacturer", cxmlDeep(n))
	}
	return true
}

// single sets a field of the line that stands once. A second value is a problem, and a text of the line.
func (s *cxmlScope) single(field string, v value) {
	v = cxmlPublic(v)
	if known := *s.line.field(field); known == "" || known == v.text {
		s.line.set(field, v)
		return
	}
	s.d.fill(s.line.field(field), s.line.pointer+"/"+field, v, v.text)
	s.say(v)
}

// more sets a field of the line that may well stand several times. What follows the first is text.
func (s *cxmlScope) more(field string, v value) {
	if *s.line.field(field) != "" {
		s.say(v)
		return
	}
	s.line.set(field, cxmlPublic(v))
}

// cxmlPublic takes people's addresses and telephone numbers out of a value.
func cxmlPublic(v value) value {
	v.text = withoutContacts(clean(v.text))
	return v
}

// cxmlNamed puts the name of a value before it, since some names say more than their value.
func cxmlNamed(name string, v value) value {
	if name = clean(name); name != "" && v.text != "" {
		v.text = name + ": " + v.text
	}
	return v
}

// itemID reads the numbers of an item. The buyer's own number and the key of a shop's session name the goods to nobody
// else, but may hold a maker's number.
func (s *cxmlScope) itemID(n *node) {
	s.hint(n.text())
	for _, c := range n.children {
		switch c.name {
		case "SupplierPartID":
			s.single("sku", cxmlDeep(c))
		case "IdReference":
			s.extra(c.attr("domain").text, c.attr("identifier"))
			s.hint(cxmlDeep(c))
		default:
			s.weak = cxmlAppend(s.weak, cxmlDeep(c))
		}
	}
}

// price reads the price of one where it is in the order's currency, as the prices of an order must be.
func (s *cxmlScope) price(n *node) {
	money := n.child("Money")
	currency := money.attr("currency")
	if s.d.order.Currency == "" {
		s.d.set("currency", currency)
	}
	if currency.text == "" || strings.EqualFold(currency.text, s.d.order.Currency) {
		s.line.set("unit_price", money.text())
	}
}

// classification reads classes that are words. A code alone, such as UNSPSC's, or a stand-in for one, says nothing.
func (s *cxmlScope) classification(n *node) {
	for _, v := range [...]value{cxmlDeep(n), n.attr("code")} {
		switch strings.ToLower(v.text) {
		case "unknown", "none", "n/a", "na", "null", "other":
		default:
			s.hint(v)
		}
	}
}

// supplier reads who supplies an item that another firm sells on the order's seller's behalf.
func (s *cxmlScope) supplier(n *node) {
	if n.name == "SupplierList" {
		for _, c := range n.all("Supplier") {
			s.add(screening.Seller, cxmlPartyOf(c))
		}
		return
	}
	p := &cxmlParty{}
	p.identity(n.attr("domain").text, cxmlDeep(n))
	for _, id := range p.ids {
		if s.o.knows(screening.Seller, id) {
			return
		}
	}
	s.add(screening.Seller, p)
}

// period reads from when to when a service runs.
func (s *cxmlScope) period(n *node) {
	l, start, end := s.line, n.attr("startDate"), n.attr("endDate")
	if line := l.line(); line.ServiceStart != "" || line.ServiceEnd != "" {
		s.weak = cxmlAppend(cxmlAppend(s.weak, start), end)
		return
	}
	cxmlDate(l.set, l.setRead, s.d, "service_start", l.pointer+"/service_start", start)
	cxmlDate(l.set, l.setRead, s.d, "service_end", l.pointer+"/service_end", end)
}

// accounting reads what a line is charged to. Projects, funds and contracts are the order's rather than the goods', and
// the same for many lines: they become a text of the order.
func (s *cxmlScope) accounting(ctx context.Context, n *node) {
	var pieces []string
	add := func(words ...string) {
		if piece := strings.TrimSpace(clean(strings.Join(words, " "))); piece != "" {
			pieces = append(pieces, piece)
		}
	}
	n.each(func(c *node) {
		switch c.name {
		case "Accounting":
			add(c.attr("name").text)
		case "Segment":
			kind, id, description := c.attr("type").text, c.attr("id"), c.attr("description").text
			if cxmlSaysContract(keyOf(kind)) {
				s.o.contract(id)
			}
			add(kind, id.text, description)
		case "AccountingSegment":
			name, id := cxmlDeep(c.child("Name")).text, c.attr("id")
			if cxmlSaysContract(keyOf(name)) {
				s.o.contract(id)
			}
			add(name, id.text, cxmlDeep(c.child("Description")).text)
		case "Extrinsic":
			s.extrinsic(ctx, c)
		}
	})
	s.o.hint(value{strings.Join(pieces, "; "), n.path()})
}
