package documents

import (
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// maxHeaderRunes is the length over which a cell is no header any more, but prose.
const maxHeaderRunes = 80

// meaning tells what a header says that its column holds; false where it is not known.
func (w *tableVocabulary) meaning(header string) (tableMeaning, bool) {
	header = clean(header)
	if header == "" || utf8.RuneCountInString(header) > maxHeaderRunes {
		return tableMeaning{}, false
	}
	if m, ok := w.ofKey(tableKey(header)); ok {
		return m, true
	}
	for _, form := range tableHeaderForms(header) {
		if m, ok := w.ofKey(tableKey(form)); ok {
			return m, true
		}
	}
	return tableMeaning{}, false
}

// ofKey looks for a header as it is, as a role with a part, and as a part.
func (w *tableVocabulary) ofKey(key string) (tableMeaning, bool) {
	if key == "" {
		return tableMeaning{}, false
	}
	if m, ok := w.headers[key]; ok {
		return m, true
	}
	if m, ok := w.ofParty(key); ok {
		return m, true
	}
	m, ok := w.parts[key]
	return m, ok
}

// ofParty reads a role's word with a part before or behind it, or by itself. The longest word counts.
func (w *tableVocabulary) ofParty(key string) (tableMeaning, bool) {
	longest, found := 0, tableMeaning{}
	for _, word := range w.rolesFirst[key[0]] {
		rest, begins := strings.CutPrefix(key, word.key)
		if !begins {
			continue
		}
		m, ok := w.part(rest, w.behindRole, strings.CutPrefix)
		if rest == "" && word.alone {
			m, ok = tableMeaning{field: partField, part: "name"}, true
		}
		if ok && word.takes(m.part) {
			m.role = word.role
			longest, found = len(word.key), m
			break
		}
	}
	for _, word := range w.rolesLast[key[len(key)-1]] {
		if len(word.key) <= longest {
			break
		}
		if rest, ends := strings.CutSuffix(key, word.key); ends && rest != "" {
			if m, ok := w.part(rest, w.behindPart, strings.CutSuffix); ok && word.takes(m.part) {
				m.role = word.role
				return m, true
			}
		}
	}
	return found, longest > 0
}

// takes keeps the number of a delivery or bill from being one of a party.
func (r tableRoleWord) takes(part string) bool {
	return part != "id" || r.alone || r.role != screening.ShipTo && r.role != screening.BillTo
}

// part finds a part of a party, with or without a connecting word that cut takes off.
func (w *tableVocabulary) part(key string, connectors []string, cut func(s, word string) (string, bool)) (tableMeaning, bool) {
	if m, ok := w.parts[key]; ok {
		return m, true
	}
	for _, connector := range connectors {
		if rest, found := cut(key, connector); found {
			if m, ok := w.parts[rest]; ok {
				return m, true
			}
		}
	}
	return tableMeaning{}, false
}

// tableHeaderForms are shorter forms of a header that is not known as it is: without what stands in brackets, what
// stands there, either language of two, the last step of a path, without a currency.
func tableHeaderForms(header string) []string {
	var forms []string
	if start := strings.IndexAny(header, "([（【"); start >= 0 {
		outside := header[:start]
		inside := strings.Trim(header[start:], "([（【】）])")
		if end := strings.IndexAny(header, ")]）】"); end > start {
			_, size := utf8.DecodeRuneInString(header[end:])
			outside += " " + header[end+size:]
			_, open := utf8.DecodeRuneInString(header[start:])
			inside = header[start+open : end]
		}
		forms = append(forms, outside, withoutCurrency(outside), inside)
	}
	parts := strings.FieldsFunc(header, func(r rune) bool { return r == '/' || r == '|' || r == '\n' || r == '・' || r == '／' })
	if len(parts) > 1 {
		forms = append(forms, parts...)
	}
	if before, after, found := strings.Cut(header, " - "); found {
		forms = append(forms, before, after)
	}
	if dot := strings.LastIndexAny(header, ".:"); dot > 0 {
		forms = append(forms, header[dot+1:])
	}
	return append(forms, withoutCurrency(header))
}

// withoutCurrency takes the words off that say in which money a column is.
func withoutCurrency(header string) string {
	words := strings.FieldsFunc(header, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == ',' })
	kept := words[:0:0]
	for _, word := range words {
		switch strings.ToUpper(word) {
		case "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "CHF", "PLN", "RUB", "TRY", "TL", "CAD", "AUD", "BRL", "MXN", "PEN", "CLP", "COP",
			"ARS", "INR", "KRW", "SEK", "NOK", "DKK", "US$", "$", "€", "£", "¥", "₽", "₺", "IN", "EN":
		default:
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// isBlank tells cells that say that nothing is said.
func (w *tableVocabulary) isBlank(cell string) bool {
	const longest = 6
	return cell == "" || len(cell) <= longest && w.blank[strings.ToLower(cell)]
}

// isTotal tells the first words of rows that only add up.
func (w *tableVocabulary) isTotal(cell string) bool {
	return utf8.RuneCountInString(cell) <= maxHeaderRunes && w.totals[tableKey(cell)]
}

// roleOf reads what a cell of a role column says.
func (w *tableVocabulary) roleOf(cell string) (screening.Role, bool) {
	role, ok := w.values[tableKey(cell)]
	return role, ok
}
