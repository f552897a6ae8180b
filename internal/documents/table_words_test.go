package documents

import (
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

func TestTableVocabularyRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, fault string }{
		"an unknown section":       {"feilds: {}", "feilds"},
		"an unknown field":         {"fields: {colour: {en: [colour]}}", `no "colour"`},
		"an unknown part":          {"parts: {shoe_size: [shoe size]}", `no "shoe_size"`},
		"an unknown role":          {"parties: [{role: owner, alone: [owner]}]", `no role "owner"`},
		"one header, two meanings": {"fields: {sku: {en: [Code No]}, id: {de: [code-no]}}", `"codeno" means`},
		"an unknown set":           {"fields: {sku: {en: [item <nmb>]}}", "is no pattern"},
		"an open bracket":          {"fields: {sku: {en: [(item no]}}", "is no pattern"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := newTableVocabulary([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("got %v, want %q", err, c.fault)
			}
		})
	}
}

func TestTableAlternatives(t *testing.T) {
	for pattern, want := range map[string]string{
		"a b":             "a b",
		"(a|b) c":         "a c;b c",
		"x (a|(b|c) d|)y": "x ay;x b dy;x c dy;x y",
	} {
		if got := strings.Join(tableAlternatives(pattern), ";"); got != want {
			t.Errorf("%s: got %s, want %s", pattern, got, want)
		}
	}
}

func TestTableHeaders(t *testing.T) {
	words := tableWords()
	for header, want := range map[string]string{
		"Lineitem sku": "sku", "Id. de producto": "sku", "P/N": "sku", "Item #": "sku", "Custom Label (SKU)": "sku", "order.lines[].sku": "sku",
		"Hersteller": "manufacturer", "Fabricante": "manufacturer", "Вендор": "manufacturer", "Software Publisher": "manufacturer",
		"Mfr Part Number": "manufacturer_part", "OEM P/N": "manufacturer_part", "Herstellernummer": "manufacturer_part", "メーカー型番": "manufacturer_part",
		"Артикул": "sku", "№ заказа": "reference", "N.º de pedido": "reference", "PO #": "reference", "purchaseOrderNumber": "reference",
		"Description / Beschreibung": "description", "ITEM_DESCRIPTION": "description", "Unit Price (USD)": "unit_price", "Price EUR": "unit_price",
		"Menge": "quantity", "Qté": "quantity", "Кол-во": "quantity", "Requested Delivery Date": "fulfil_at", "Liefertermin": "fulfil_at",
		"Contract No.": "contract", "Währung": "currency", "Order Date": "ordered_at", "Bemerkungen": "note", "Auftragsart": "type",
		"Supplier Name": "seller name", "Vendor's Country": "seller country", "Land des Lieferanten": "seller country", "Страна поставщика": "seller country",
		"Наименование поставщика": "seller name", "供应商名称": "seller name", "Customer ID": "buyer id", "Kundennummer": "buyer id", "Customer VAT No": "buyer identifier vat",
		"Company (Billing)": "bill_to company", "Bill To Party": "bill_to name", "Ship-to Country Code": "ship_to country", "shipToPartyName": "ship_to name",
		"Country of the consignee": "ship_to country", "Адрес доставки": "ship_to address", "Lieferadresse": "ship_to address", "お届け先住所": "ship_to address",
		"End Customer": "end_user name", "End User Company": "end_user company", "Endkunde": "end_user name", "Usuario final": "end_user name",
		"Freight Forwarder": "intermediary name", "Remit To": "payee name", "RUC": " identifier ruc", "Tax ID": " identifier tax_id",
		"Email": " email", "Shipping": "noise", "Grand Total": "noise", "Phone": "noise", "Сумма": "noise",
		"Customer type": "?", "Delivery No.": "?", "Warranty": "?", "": "?", strings.Repeat("SKU ", 30): "?",
	} {
		m, known := words.meaning(header)
		got := m.field
		switch {
		case !known:
			got = "?"
		case m.field == partField:
			got = string(m.role) + " " + m.part
		}
		if got != want {
			t.Errorf("%q means %q, want %q", header, got, want)
		}
	}
}

// Each field is known in each of the languages, unless the language takes the English word.
func TestTableLanguagesAreComplete(t *testing.T) {
	languages := []string{"en", "es", "pt", "fr", "de", "it", "nl", "pl", "ru", "tr", "ja", "zh"}
	fields := headerFile(t).Fields
	for _, field := range []string{"reference", "ordered_at", "sku", "manufacturer", "manufacturer_part", "description", "quantity", "unit_price", "fulfil_at", "currency", "contract", "note", "type"} {
		for _, language := range languages {
			if len(fields[field][language]) == 0 {
				t.Errorf("%s is not known in %s", field, language)
			}
		}
		for language := range fields[field] {
			if !slices.Contains(languages, language) {
				t.Errorf("%s: there is no language %q", field, language)
			}
		}
	}
}

func headerFile(t *testing.T) tableHeaderFile {
	t.Helper()
	var file tableHeaderFile
	if err := yaml.Load(tableWordsFile, &file, yaml.WithKnownFields()); err != nil {
		t.Fatal(err)
	}
	return file
}
