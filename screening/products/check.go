package products

import (
	"fmt"
	"slices"
	"strings"
)

var verifications = []string{Primary, PrimaryPartial, Secondary, Unverified}

// Check reports every fault that can be seen in the file alone, each with the path of the value at fault, such as
// products[3].kind.
func (f File) Check(report func(path, detail string)) {
	about := len(f.Products) > 0 || f.PartNumbers != nil || len(f.Identifiers) > 0 || len(f.Bundles) > 0
	if about && (f.Brand.ID == "" || f.Brand.Name == "") {
		report("brand", "id or name is missing: say whose products these are")
	}
	seen := map[string]bool{}
	for i, p := range f.Products {
		at := fmt.Sprintf("products[%d]", i)
		switch {
		case p.ID == "":
			report(at+".id", "is missing")
		case seen[p.ID]:
			report(at+".id", fmt.Sprintf("%q is given twice", p.ID))
		}
		seen[p.ID] = true
		if p.Name == "" {
			report(at+".name", "is missing")
		}
		if _, known := kindClasses[p.Kind]; !known {
			report(at+".kind", fmt.Sprintf("%q is not a kind of product", p.Kind))
		}
		checkWords(report, at+".aliases", p.Aliases)
		checkWords(report, at+".standalone", p.Standalone)
		f.checkSource(report, at, p.Source, p.Verified)
	}
	if f.PartNumbers != nil {
		f.PartNumbers.check(report)
		f.checkSource(report, "part_numbers", f.PartNumbers.Source, f.PartNumbers.Verified)
	}
	f.checkIdentifiers(report)
	f.checkBundles(report)
	f.Words.check(report)
}

func (f File) checkSource(report func(path, detail string), at string, source []string, verified string) {
	if len(source) == 0 {
		report(at+".source", "is missing")
	}
	for i, key := range source {
		if f.Sources[key] == "" {
			report(fmt.Sprintf("%s.source[%d]", at, i), fmt.Sprintf("%q is not explained under sources", key))
		}
	}
	if !slices.Contains(verifications, verified) {
		report(at+".verified", fmt.Sprintf("%q: want one of %s", verified, strings.Join(verifications, ", ")))
	}
}

func (f File) checkIdentifiers(report func(path, detail string)) {
	kinds := []IdentifierKind{GTIN, Package, Executable, Domain, Developer}
	seen := map[string]bool{}
	for i, id := range f.Identifiers {
		at := fmt.Sprintf("identifiers[%d]", i)
		if !slices.Contains(kinds, id.Kind) {
			report(at+".kind", fmt.Sprintf("%q is not a kind of identifier", id.Kind))
		}
		if len(id.Values) == 0 {
			report(at+".values", "is empty")
		}
		for j, value := range id.Values {
			path := fmt.Sprintf("%s.values[%d]", at, j)
			if id.Kind == GTIN && gtinKey(value) == "" {
				report(path, fmt.Sprintf("%q is not a GTIN", value))
			}
			if seen[strings.ToLower(value)] {
				report(path, fmt.Sprintf("%q is given twice", value))
			}
			seen[strings.ToLower(value)] = true
		}
		f.checkSource(report, at, id.Source, id.Verified)
	}
}

func (f File) checkBundles(report func(path, detail string)) {
	for i, b := range f.Bundles {
		at := fmt.Sprintf("bundles[%d]", i)
		if b.ID == "" || b.Name == "" {
			report(at+".id", "id or name is missing")
		}
		if len(b.Makers) == 0 && len(b.PartNumbers) == 0 {
			report(at+".makers", "is empty: name a maker or a part number")
		}
		f.checkSource(report, at, b.Source, b.Verified)
	}
}

func (g *Grammar) check(report func(path, detail string)) {
	if g.Prefix == "" || g.Prefix != strings.ToUpper(g.Prefix) || !isASCII(g.Prefix) {
		report("part_numbers.prefix", "must be upper-case ASCII letters")
	}
	if g.Digits < 1 || g.Digits > 12 {
		report("part_numbers.digits", "must be 1 to 12")
	}
	if len(g.Positions) == 0 || len(g.Positions) > maxPositions {
		report("part_numbers.positions", fmt.Sprintf("must be 1 to %d", maxPositions))
	}
	for i, tail := range g.Tails {
		if tail == "" || tail != strings.ToUpper(tail) || !isASCII(tail) {
			report(fmt.Sprintf("part_numbers.tails[%d]", i), "must be upper-case ASCII letters and digits")
		}
	}
	if g.MinCut < 1 {
		report("part_numbers.min_cut", "must be 1 or more")
	}
	for i, p := range g.Positions {
		p.check(report, fmt.Sprintf("part_numbers.positions[%d]", i))
	}
	g.checkLikenesses(report)
	if len(g.Prefix)+g.Digits > maxHead {
		report("part_numbers.prefix", fmt.Sprintf("with the digits must be %d characters or fewer", maxHead))
	}
	g.checkNumbers(report)
}

// checkLikenesses checks what letters are taken for.
func (g *Grammar) checkLikenesses(report func(path, detail string)) {
	for from, to := range g.Lookalikes {
		if len(to) != 1 || from == "" {
			report("part_numbers.lookalikes", fmt.Sprintf("%q: want letters and the one Latin letter they look like", from))
		}
	}
	for meant, read := range g.Misreads {
		if len(meant) != 1 || read == "" || read != strings.ToUpper(read) || !isASCII(read) {
			report("part_numbers.misreads", fmt.Sprintf("%q: want one character and the capitals and digits it is taken for", meant))
		}
	}
}

func (p Position) check(report func(path, detail string), at string) {
	if p.Name == "" {
		report(at+".name", "is missing")
	}
	for _, set := range []struct{ name, spec string }{{"one_of", p.OneOf}, {"known", p.Known}} {
		if _, err := parseCharset(set.spec); err != nil {
			report(at+"."+set.name, err.Error())
		}
	}
	if p.OneOf == "" {
		report(at+".one_of", "is empty")
	}
	confidences := []string{"high", "medium", "unknown"}
	for i, table := range p.Tables {
		for char, value := range table.Values {
			if len(char) != 1 || !slices.Contains(confidences, value.Confidence) {
				report(fmt.Sprintf("%s.tables[%d].values.%s", at, i, char), "want one character and confidence high, medium or unknown")
			}
		}
	}
}

func (g *Grammar) checkNumbers(report func(path, detail string)) {
	if len(g.Numbers) == 0 {
		report("part_numbers.numbers", "is empty")
	}
	for _, list := range []struct {
		name    string
		numbers map[string]string
	}{{"numbers", g.Numbers}, {"unconfirmed", g.Unconfirmed}, {"unnamed", g.Unnamed}} {
		for number, id := range list.numbers {
			at := "part_numbers." + list.name + "." + number
			if len(number) != g.Digits || strings.Trim(number, "0123456789") != "" {
				report(at, fmt.Sprintf("is not a number of %d digits", g.Digits))
			}
			if id == "" {
				report(at, "says nothing")
			}
			_, confirmed := g.Numbers[number]
			_, unconfirmed := g.Unconfirmed[number]
			if list.name == "unconfirmed" && confirmed || list.name == "unnamed" && (confirmed || unconfirmed) {
				report(at, "the number is used twice")
			}
		}
	}
}

func (w Words) check(report func(path, detail string)) {
	for _, list := range []struct {
		name  string
		words []string
	}{
		{"fillers", w.Fillers},
		{"software", w.Software},
		{"installed", w.Installed},
		{"security", w.Security},
		{"licence", w.Licence},
		{"units", w.Units},
		{"courses", w.Courses},
		{"joins", w.Joins},
		{"serves", w.Serves},
		{"formal", w.Formal},
		{"conditions", w.Conditions},
		{"denials", w.Denials},
		{"refusals", w.Refusals},
		{"renewal", w.Renewal},
		{"rivals", w.Rivals},
		{"away", w.Away},
		{"towards", w.Towards},
	} {
		checkWords(report, "words."+list.name, list.words)
	}
	for i, soft := range w.Soft {
		at := fmt.Sprintf("words.soft[%d]", i)
		if !slices.Contains([]string{"gift", "trial", "return", "use"}, soft.Activity) {
			report(at+".activity", fmt.Sprintf("%q: want gift, trial, return or use", soft.Activity))
		}
		if len(soft.Words) == 0 {
			report(at+".words", "is empty")
		}
		checkWords(report, at+".words", soft.Words)
	}
	seen := map[string]bool{}
	for i, cue := range w.Cues {
		at := fmt.Sprintf("words.cues[%d]", i)
		if cue.ID == "" || seen[cue.ID] {
			report(at+".id", fmt.Sprintf("%q is missing or given twice", cue.ID))
		}
		seen[cue.ID] = true
		if !slices.Contains([]Side{Before, After, Around}, cue.Side) {
			report(at+".side", fmt.Sprintf("%q: want before, after or around", cue.Side))
		}
		if len(cue.Words) == 0 {
			report(at+".words", "is empty")
		}
		checkWords(report, at+".words", cue.Words)
		checkWords(report, at+".until", cue.Until)
		checkWords(report, at+".of", cue.Of)
		checkWords(report, at+".unless", cue.Unless)
	}
}

func checkWords(report func(path, detail string), at string, words []string) {
	seen := map[string]bool{}
	for i, word := range words {
		key := strings.ToLower(strings.TrimSpace(word))
		switch {
		case strings.Trim(key, "* ") == "":
			report(fmt.Sprintf("%s[%d]", at, i), "is empty")
		case seen[key]:
			report(fmt.Sprintf("%s[%d]", at, i), fmt.Sprintf("%q is given twice", word))
		}
		seen[key] = true
	}
}
