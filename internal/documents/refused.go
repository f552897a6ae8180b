package documents

import (
	"bytes"
	"fmt"
	"strings"
)

// refusedFormat is a format that is known and not read, with what to send instead.
type refusedFormat struct {
	name, instead string
	recognise     func(*source) bool
}

// refusedFormats lists them.
var refusedFormats = []refusedFormat{
	{"an Excel 97 workbook (.xls), or one with a password", "Save it as .xlsx without a password, or as CSV.", func(s *source) bool { return bytes.HasPrefix(s.data, []byte("\xd0\xcf\x11\xe0")) }},
	{"a PDF file", "Send the order's data: cXML, UBL, EDI, a spreadsheet or JSON.", func(s *source) bool { return bytes.HasPrefix(s.data, []byte("%PDF")) }},
	{"TRADACOMS", "Send EDIFACT ORDERS, or a CSV file.", func(s *source) bool { return strings.HasPrefix(strings.TrimLeft(s.text, " \r\n\t"), "STX=") }},
	{"an OAGIS document", "Send cXML, UBL or the canonical JSON.", func(s *source) bool {
		return s.xml != nil && (strings.Contains(s.xml.space, "openapplications.org/oagis") || s.xml.name == "ProcessPurchaseOrder")
	}},
	{"SPDX 3", "Export it as SPDX 2.3 or CycloneDX.", func(s *source) bool {
		return s.json.get("@context") != nil && strings.Contains(s.json.get("@context").value().text, "spdx.org/rdf/3")
	}},
	{"SPDX as XML or RDF", "Export it as SPDX JSON, YAML or tag-value.", func(s *source) bool {
		return s.xml != nil && (s.xml.name == "RDF" || s.xml.child("spdxVersion") != nil)
	}},
	{"a NetSuite order", mapIt, func(s *source) bool { return s.json.has("tranId") || s.json.has("tranid") }},
	{"an Odoo order", mapIt, func(s *source) bool {
		return s.json.has("_model") || s.json.has("order_line") && s.json.has("partner_id")
	}},
	{"a Coupa order", mapIt, func(s *source) bool { return s.json.has("po-number") || s.json.has("order-lines") }},
	{"a Salesforce order", mapIt, func(s *source) bool { return s.json.has("attributes") && s.json.get("attributes").has("type", "url") }},
}

const mapIt = "Add a mapping file for it, or send the canonical JSON: docs/adding-a-format.md shows both."

// refusal returns why a document of a known but unread format is refused.
func refusal(s *source) error {
	for _, f := range refusedFormats {
		if f.recognise(s) {
			return &Error{Kind: Unsupported, Detail: fmt.Sprintf("This is %s, which is not read here. %s", f.name, f.instead)}
		}
	}
	return nil
}

// unknown tells what a document seems to be that no format takes.
func unknown(s *source) error {
	what := "This is no format that is read here."
	switch {
	case s.xml != nil:
		what = fmt.Sprintf("This XML document, %s, is no order that is read here.", quoteShort(s.xml.name))
	case s.json != nil:
		what = "This JSON document has none of the keys by which an order is known."
	}
	return &Error{Kind: Unknown, Detail: what + " Read are cXML, UBL, X12 850 and 860, EDIFACT ORDERS, SAP IDoc and OrderRequest, shop JSON, CSV, XLSX, CycloneDX, SPDX 2, SWID, osquery and winget, and the API's own JSON."}
}
