package documents

import (
	"slices"
	"strings"
)

// kindOf tells what a row is.
func (t *tableReader) kindOf(row *tableRow) rowKind {
	goods, first := 0, ""
	for _, at := range t.plan.goods {
		if cell := row.cell(at); cell != "" {
			if goods++; first == "" {
				first = cell
			}
		}
	}
	switch {
	case goods > 1 && !t.repeatsHeader(row, first):
		return rowOfGoods
	case t.repeats(row):
		return rowOfNothing
	}
	return t.kindOfSparse(row, goods, first)
}

// kindOfSparse tells what a row is that names goods by one cell or none.
func (t *tableReader) kindOfSparse(row *tableRow, goods int, only string) rowKind {
	cells, first := 0, ""
	for _, cell := range row.cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			if cells++; first == "" {
				first = cell
			}
		}
	}
	switch {
	case cells == 0:
		return rowOfNothing
	case t.addsUp(row, first, only):
		return rowOfNothing
	case cells <= 4 && (strings.HasSuffix(first, ":") || strings.HasSuffix(first, "：")):
		return rowOfText
	case goods > 0 && cells == 1 && t.plan.width > 2 && strings.Count(only, " ") > 3 && only == row.cell(t.plan.goods[0]) && !t.describes(t.plan.goods[0]):
		return rowOfText
	case goods > 0:
		return rowOfGoods
	case !t.plan.sells():
		return t.kindOfParty(row)
	}
	return t.kindOfBare(row)
}

// describes tells whether a column holds descriptions.
func (t *tableReader) describes(column int) bool {
	return slices.ContainsFunc(t.plan.lines, func(c tableColumn) bool { return c.index == column && c.field == "description" })
}

// kindOfParty tells what a row is in a list of parties.
func (t *tableReader) kindOfParty(row *tableRow) rowKind {
	for _, party := range t.plan.parties {
		for _, c := range party.columns {
			if row.cell(c.index) != "" {
				return rowOfParty
			}
		}
	}
	if row.cell(t.plan.reference) != "" && filled(row.cells) > 1 {
		return rowOfParty
	}
	return t.textOrNothing(row)
}

// kindOfBare tells what a row is that names no goods: more that is said of an order, a line whose goods are missing,
// a note below the table, or amounts alone.
func (t *tableReader) kindOfBare(row *tableRow) rowKind {
	numbered, said := false, false
	for i := range t.plan.columns {
		c := &t.plan.columns[i]
		if row.cell(c.index) == "" {
			continue
		}
		switch c.use {
		case useLineID, useNumber:
			numbered = numbered || c.field != "unit_price"
		case useParty, useNote, useOrderText:
			said = true
		case useOrder:
			said = said || c.field != "currency"
		}
	}
	ordered := t.plan.reference >= 0 && row.cell(t.plan.reference) != ""
	switch {
	case ordered && numbered:
		return rowOfGoods
	case said && (!ordered || filled(row.cells) > 1): // a note may stand in the first column, whatever that is for
		return rowOfParty
	}
	return t.textOrNothing(row)
}

func (t *tableReader) textOrNothing(row *tableRow) rowKind {
	if slices.ContainsFunc(row.cells, hasLetter) {
		return rowOfText
	}
	return rowOfNothing
}

// addsUp tells rows of totals: they begin with a word for one, and name no goods besides.
func (t *tableReader) addsUp(row *tableRow, first, only string) bool {
	label := strings.TrimRight(first, ":： ")
	if !t.words.isTotal(label) && (only == "" || !t.words.isTotal(strings.TrimRight(only, ":： "))) {
		return false
	}
	for _, cell := range row.cells {
		if cell = strings.TrimSpace(cell); hasLetter(cell) && !isSheetError(cell) && !t.words.isTotal(strings.TrimRight(cell, ":： ")) && !isAmount(cell) {
			return false
		}
	}
	return true
}

// isAmount tells a number with a currency.
func isAmount(cell string) bool { return !hasLetter(withoutCurrency(cell)) }

// repeatsHeader is a quick look whether a row may be the headers again.
func (t *tableReader) repeatsHeader(row *tableRow, first string) bool {
	if t.read == 0 {
		return t.repeats(row)
	}
	at := slices.IndexFunc(t.plan.goods, func(i int) bool { return row.cell(i) == first })
	return at >= 0 && strings.EqualFold(first, t.header[t.plan.goods[at]]) && t.repeats(row)
}

// repeats tells whether a row is the headers again, be it in another language.
func (t *tableReader) repeats(row *tableRow) bool {
	same, other := 0, 0
	for i, header := range t.header {
		cell := clean(row.cell(i))
		if cell == "" {
			continue
		}
		if t.sameHeader(cell, header) {
			same++
		} else {
			other++
		}
	}
	return same > other && same > min(1, t.plan.width-1)
}

func (t *tableReader) sameHeader(cell, header string) bool {
	if strings.EqualFold(cell, header) {
		return true
	}
	if t.read > 0 { // a second row of headers in another language is the first below them
		return false
	}
	a, known := t.words.meaning(cell)
	b, _ := t.words.meaning(header)
	return known && a == b
}
