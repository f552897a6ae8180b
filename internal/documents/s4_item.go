package documents

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// s4ItemFields are elements of an item that are read by name, or that hold a code or an amount.
var s4ItemFields = sapSet(`ActionCode PurchaseOrderItemID PurchaseOrderItemCategory OrderItemText RequestedQuantity
	ExpectedNetPrice ExpectedNetAmount PurchaseContract Product Party Text RequestedDeliveryDate
	RequestedDeliveryTime RequestedDeliveryDateTime PerformancePeriodStartDate PerformancePeriodEndDate
	ServicePerfPeriodStartDateTime SrvcPerformancePeriodEndDteTme ScheduleLineOrderQuantity TextElementLanguage`)

// item reads an OrderItem. An item that is deleted is judged as the others are: only the whole order can be cancelled.
func (r *s4Reader) item(n *node) sapAction {
	l := r.d.line()
	texts := sapLineTexts(l)
	texts.repeated(n, s4MayRepeat)
	l.set("id", n.child("PurchaseOrderItemID").text())
	l.set("quantity", n.child("RequestedQuantity").text())
	s4Product(n, l)
	l.more("description", n.child("OrderItemText").text())
	price := n.child("ExpectedNetPrice")
	if amount := price.child("Amount"); amount != nil {
		if r.d.order.Currency == "" {
			r.d.set("currency", amount.attr("currencyCode"))
		}
		sapPrice(l, amount.text(), price.child("BaseQuantity").text(), amount.attr("currencyCode").text)
	}
	s4Schedule(n, l)
	for _, p := range n.all("Party") {
		s4ItemParty(p, l)
	}
	texts.contract(n.child("PurchaseContract").text())
	for _, t := range n.all("Text") {
		s4Text(t, texts)
	}
	s4Rest(n, s4ItemFields, s4PlaceOf(l))
	switch action := n.child("ActionCode").text().text; {
	case action == "03" || action == "05":
		return sapDeleted
	case n.child("ReturnInformation") != nil || n.child("IsReturnsItem").text().text == "true":
		return sapReturned
	}
	return sapOrdinary
}

func s4PlaceOf(l *lineDraft) s4Place {
	return s4Place{sapLineTexts(l), l.party, func(n *node) { s4ItemParty(n, l) }}
}

// s4ItemParty reads a party of an item. The maker of the goods is a field of the line.
func s4ItemParty(n *node, l *lineDraft) {
	if sapRole(n.attr("PartyType").text) == screening.Manufacturer {
		s4Maker(n, l)
	} else {
		s4Party(n, sapLineTexts(l), l.party)
	}
}

// s4Product reads the numbers of the product. The seller's goes first: where there is none, the buyer's own stands for
// it.
func s4Product(n *node, l *lineDraft) {
	for _, product := range n.all("Product") {
		sapLineTexts(l).repeated(product, nil)
		l.set("sku", product.child("SupplierProductID").text())
	}
	for _, product := range n.all("Product") {
		for _, c := range product.children {
			switch v := c.text(); c.name {
			case "SupplierProductID":
			case "BuyerProductID":
				l.more("sku", v)
			case "StandardID", "InternationalArticleNumber", "GlobalTradeItemNumber":
				l.more("gtin", v)
			case "ManufacturerProductID", "ManufacturerPartNumber":
				l.more("manufacturer_part", v)
			case "ManufacturerName":
				l.more("manufacturer", v)
			default:
				if sapWords(v.text) {
					l.text(v)
				}
				s4Rest(c, nil, s4PlaceOf(l))
			}
		}
	}
}

// s4Schedule reads the dates of an item: the last of its deliveries, and the term of a service.
func s4Schedule(n *node, l *lineDraft) {
	fulfilled := s4Delivery(n)
	var start, end sapDate
	for _, line := range n.all("ScheduleLine") {
		fulfilled = fulfilled.later(s4Delivery(line))
		service := line.child("Service")
		if start.canonical == "" {
			start = s4Either(service, "ServicePerfPeriodStartDateTime", "PerformancePeriodStartDate")
		}
		end = end.later(s4Either(service, "SrvcPerformancePeriodEndDteTme", "PerformancePeriodEndDate"))
	}
	for _, f := range []struct {
		field string
		date  sapDate
	}{{"fulfil_at", fulfilled}, {"service_start", start}, {"service_end", end}} {
		f.date.report(l.d, l.pointer+"/"+f.field)
		if f.date.canonical != "" {
			l.setRead(f.field, f.date.value, f.date.canonical)
		}
	}
}

func s4Either(n *node, instant, day string) sapDate {
	if d := sapDateIn(n, instant, ""); d.canonical != "" {
		return d
	}
	return sapDateIn(n, day, "")
}

// s4Maker reads the maker of the goods, which is a field of the line.
func s4Maker(n *node, l *lineDraft) {
	n.child("Address").each(func(c *node) {
		if s4IsName(c.name) {
			l.more("manufacturer", c.text())
		}
	})
}

// s4IsName tells the elements with a name of a party.
func s4IsName(name string) bool {
	switch name {
	case "AddressName", "AddressAdditionalName", "OrganisationName", "OrganizationName", "OrganisationName1",
		"OrganisationName2", "BusinessPartnerName", "FullName", "PersonName":
		return true
	}
	return false
}

// s4Party reads a party. It returns nil where nothing but the type is said.
func s4Party(n *node, t sapTexts, add func(screening.Role) *partyDraft) *partyDraft {
	said := false
	n.each(func(c *node) { said = said || c != n && len(c.children) == 0 && s4SaysParty(c) })
	if !said {
		return nil
	}
	t.repeated(n, nil)
	p := add(sapRole(n.attr("PartyType").text))
	s4PartyFields(n, p, t)
	return p
}

// s4PartyFields reads what is said of a party, wherever it stands in the element. Its people come last, so that none is
// taken for another than the party whose name it bears.
func s4PartyFields(n *node, p *partyDraft, t sapTexts) {
	n.each(func(c *node) {
		if len(c.children) == 0 && c != n {
			s4PartyField(p, c, t)
		}
	})
	n.each(func(c *node) {
		sapOwn(p, c, "BuyerPartyID", "SupplierPartyID", "InternalID", "PartyID")
	})
	if p.party().Role == screening.EndUser {
		return // whoever is named there is the end user
	}
	n.each(func(c *node) {
		if c.name == "ContactPerson" {
			s4Contact(p, c)
		}
	})
}

// s4Contact reads the name of a person, whole or in pieces.
func s4Contact(p *partyDraft, n *node) {
	whole := false
	pieces := map[string]string{}
	n.each(func(c *node) {
		if s4IsName(c.name) && c.text().text != "" {
			whole = true
			p.contact(c.text())
		}
		pieces[c.name] += c.text().text
	})
	if whole {
		return
	}
	var name []string
	for _, piece := range [...]string{"GivenName", "FirstName", "MiddleName", "FamilyName", "LastName"} {
		name = append(name, pieces[piece])
	}
	p.contact(value{strings.Join(name, " "), n.path()})
}

// s4SaysParty leaves out what tells nobody apart.
func s4SaysParty(c *node) bool {
	switch c.name {
	case "FormOfAddress", "FormOfAddressName", "CorrespondenceLanguage", "PhoneNumber", "FaxNumber":
		return false
	}
	return c.text().text != ""
}

func s4PartyField(p *partyDraft, c *node, t sapTexts) {
	v := c.text()
	switch c.name {
	case "BuyerPartyID", "SupplierPartyID", "InternalID", "PartyID": // read when the names are known
	case "GlobalLocationNumber", "StandardID":
		sapLocation(p, v)
	case "DUNSNumber", "DUNS":
		p.identify("duns", v)
	case "VATRegistration", "BuyerVATRegistration", "SupplierVATRegistration":
		p.identify("vat", v)
	case "Country", "CountryCode":
		p.set("country", v)
	case "Region", "RegionCode":
		p.set("state", v)
	case "StreetName", "StreetAddressName", "StreetPrefixName", "StreetSuffixName", "HouseNumber", "POBox", "District",
		"CityName", "PostalCode", "POBoxPostalCode", "Building":
		s4Address(p, v)
	case "EmailAddress":
		p.email(v)
	default:
		switch {
		case s4IsContact(c.parent.name) && p.party().Role != screening.EndUser: // read apart
		case s4IsName(c.name):
			p.set("name", v)
		case s4SaysParty(c) && sapWords(v.text):
			t.add(v)
		}
	}
}

// s4IsContact tells elements that say whom to ask at a party, and how.
func s4IsContact(name string) bool {
	switch name {
	case "ContactPerson", "PhoneDetails", "FaxDetails", "MobileDetails", "TelephoneCountryPrefix":
		return true
	}
	return false
}

// s4Address adds a piece of an address. The whole street often stands beside its pieces.
func s4Address(p *partyDraft, v value) {
	if !strings.Contains(p.party().Address, clean(v.text)) {
		p.set("address", v)
	}
}
