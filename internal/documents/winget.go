package documents

import (
	"context"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// wingetFormat reads what `winget export` writes: the packages of a Windows host, source by source. An identifier is
// Vendor.Product; there is no other name.
var wingetFormat = format{id: "winget", name: "winget export", recognise: wingetRecognise, read: wingetRead}

func wingetRecognise(s *source) bool {
	for _, from := range s.json.get("Sources").items() {
		if from.has("Packages") || from.has("SourceDetails") {
			return true
		}
	}
	return s.json.get("Sources") != nil && strings.Contains(s.json.get("$schema").value().text, "winget-packages")
}

func wingetRead(ctx context.Context, s *source, c *collector) error {
	if s.json == nil {
		return jsonMissing(s, "A winget export")
	}
	if s.json.get("Sources") == nil {
		const detail = "This is no winget export, for it has no Sources. Send the file that winget export wrote."
		return &Error{Kind: Unsupported, Detail: detail}
	}
	d := c.order()
	d.kind(screening.InventoryDocument)
	around := osqueryObject{d: d, used: map[*jsonValue]bool{}}
	around.date(s.json, "CreationDate")
	around.skip(s.json, "$schema", "WinGetVersion")
	around.about(s.json) // an export says nothing of it: whoever sends it writes it beside the packages
	for _, from := range mappingStep(nil, s.json, "Sources") {
		for _, one := range from.items() {
			around.skip(one, "SourceDetails")
			for _, packages := range mappingStep(nil, one, "Packages") {
				for i, p := range packages.items() {
					if err := cancelled(ctx, i); err != nil {
						return err
					}
					around.used[p] = true
					wingetPackage(d, p)
				}
			}
		}
	}
	around.texts(s.json, func(v value) { d.set("text", v) }, nil)
	osqueryEmpty(d, s.json)
	return nil
}

// wingetPackage reads one package. Its identifier is the part number; the words in it name maker and product.
func wingetPackage(d *draft, p *jsonValue) {
	l := d.line()
	if p.kind != '{' {
		d.problem(problemStructure, l.pointer, p.at(), "The package is no object.")
		l.text(p.value())
		return
	}
	r := osqueryObject{d: d, used: map[*jsonValue]bool{}, pointer: l.pointer}
	r.firstOf(p, []string{"PackageIdentifier", "Id"}, func(v value) {
		l.set("sku", v)
		vendor, product, found := strings.Cut(v.text, ".")
		if !found {
			vendor, product = "", v.text
		}
		l.more("manufacturer", value{wingetWords(vendor), v.source})
		l.more("description", value{wingetWords(product), v.source})
	})
	r.firstOf(p, []string{"Version"}, func(v value) {
		if l.line().SKU != "" { // a version of nothing says nothing
			l.text(value{"version " + v.text, v.source})
		}
	})
	r.skip(p, "Scope", "Channel")
	r.texts(p, l.text, nil)
}

// wingetWords parts a name that is written in one word: KasperskyLab.PasswordManager gives Kaspersky Lab and Password
// Manager. A run of capitals is one word.
func wingetWords(s string) string {
	var out strings.Builder
	letters := []rune(s)
	for i, r := range letters {
		switch {
		case r == '.' || r == '_':
			r = ' '
		case i > 0 && unicode.IsUpper(r) && unicode.IsLower(letters[i-1]),
			i > 0 && i+1 < len(letters) && unicode.IsUpper(r) && unicode.IsUpper(letters[i-1]) && unicode.IsLower(letters[i+1]):
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}
