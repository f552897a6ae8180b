package documents

import (
	"slices"
	"strings"
)

// tableFill writes rows of a table into an order.
type tableFill struct {
	table  *tableReader
	d      *draft
	noting bool // whether the order is to say where each value stood
	byLine []bool
}

// maxContracts is how many contracts an order stands under. More are texts.
const maxContracts = 20

// order writes the rows of one order, or of one party.
func (f *tableFill) order(rows []tableRow) {
	plan := f.table.plan
	for i := range plan.orders {
		f.said(&plan.orders[i], rows)
	}
	f.byLine = f.byLine[:0]
	for i := range plan.parties {
		f.byLine = append(f.byLine, f.parties(&plan.parties[i], rows))
	}
	for i := range rows {
		if row := &rows[i]; row.kind == rowOfGoods {
			f.line(row)
		}
	}
}

// value is a cell with its place.
func (f *tableFill) value(row *tableRow, c *tableColumn) value {
	v := value{text: row.cell(c.index)}
	if f.noting {
		v.source = f.where(row, c)
	}
	return v
}

func (f *tableFill) where(row *tableRow, c *tableColumn) string {
	return f.table.source.where(row.from(c.index), c.index, c.label)
}

// failed tells cells that a spreadsheet could not work out, and reports them.
func (f *tableFill) failed(pointer string, row *tableRow, c *tableColumn) bool {
	cell := row.cell(c.index)
	if !isSheetError(cell) {
		return false
	}
	detail := "The cell holds the error %s in place of a value."
	if cell == sheetNoValue {
		f.d.problem(problemStructure, pointer, f.where(row, c), "The cell holds a formula without its result. Open the file in a spreadsheet program and save it.")
		return true
	}
	f.d.problem(problemStructure, pointer, f.where(row, c), detail, cell)
	return true
}

// sayOnce writes one of the values that a column has for the order. first is the row of the value before, or nil.
func (f *tableFill) sayOnce(c *tableColumn, row, first *tableRow, number int) {
	v := f.value(row, c)
	switch {
	case c.use == useOrderText:
		f.d.set("text", value{c.label + ": " + v.text, v.source})
	case c.use == useNote, number > maxContracts:
		f.d.set("text", v)
	case c.field == "contract":
		f.d.set("contract", v)
	case c.field == "ordered_at":
		f.orderedAt(v, row, c)
	case c.field == "currency":
		if first == nil {
			f.d.set("currency", v)
		} else {
			f.d.order.Currency = "" // lines in several: none is the order's
		}
	case first == nil:
		f.reference(v, row, c)
	}
}

func (f *tableFill) reference(v value, row *tableRow, c *tableColumn) {
	whole := f.whole("/reference", row, c)
	f.d.fill(&f.d.order.Reference, "/reference", v, whole)
}

// orderedAt takes the later of two dates, by which the law is stricter, and reports them.
func (f *tableFill) orderedAt(v value, row *tableRow, c *tableColumn) {
	order := &f.d.order
	date := tableDate(v.text, f.table.source.epoch())
	if order.OrderedAt == "" || order.OrderedAt == date {
		f.d.setRead("ordered_at", v, date)
		return
	}
	f.d.problem(problemTwice, "/ordered_at", f.where(row, c), "Rows of one order have different dates: %s and %s.", quoteShort(order.OrderedAt), quoteShort(date))
	if later, ok := laterDate(order.OrderedAt, date); ok {
		order.OrderedAt = later
	}
}

// whole returns an identifier in full, and reports one whose digits a spreadsheet has lost.
func (f *tableFill) whole(pointer string, row *tableRow, c *tableColumn) string {
	cell := row.cell(c.index)
	number, ok := spelledOut(cell)
	if !ok {
		f.d.problem(problemNumber, pointer, f.where(row, c), "%s is what a spreadsheet makes of a long number: its last digits are lost. Format the column as text and export it again.", quoteShort(cell))
	}
	return number
}

// line writes a row as a line, with the parties that are the line's own.
func (f *tableFill) line(row *tableRow) {
	plan := f.table.plan
	l := f.d.line()
	for i := range plan.lines {
		c := &plan.lines[i]
		if row.cell(c.index) != "" {
			f.put(l, row, c)
		}
	}
	for i := range plan.parties {
		if p := &plan.parties[i]; f.byLine[i] && p.said(row) {
			f.party(l.party(f.role(p, row)), row, p)
		}
	}
	f.surplus(l, row)
}

// put writes one cell into a line.
func (f *tableFill) put(l *lineDraft, row *tableRow, c *tableColumn) {
	cell := row.cell(c.index)
	switch c.use {
	case useIdentifier, useGoods:
		f.goods(l, row, c)
	case useNumber:
		f.number(l, row, c)
	case useLineDate:
		f.date(l, row, c)
	case useLineID:
		if l.line().ID == "" {
			l.set("id", f.value(row, c))
		}
	case useLineText, useNote:
		f.text(l, f.value(row, c))
	case useText, useType:
		if hasLetter(cell) && !isSheetError(cell) {
			v := f.value(row, c)
			if c.label != "" {
				v.text = c.label + ": " + v.text
			}
			f.text(l, v)
		}
	}
}

// text adds a text to a line.
func (f *tableFill) text(l *lineDraft, v value) {
	if f.noting || strings.ContainsAny(v.text, "@0123456789") {
		l.text(v)
		return
	}
	if line := l.line(); !slices.Contains(line.Texts, v.text) && v.text != line.SKU && v.text != line.Description {
		line.Texts = append(line.Texts, v.text) // as l.text does, without the note and the search for contacts
	}
}

// goods writes what names goods. What the field has no room for is text.
func (f *tableFill) goods(l *lineDraft, row *tableRow, c *tableColumn) {
	cell, dst := row.cell(c.index), l.field(c.field)
	if cell[0] == '#' && f.failed(l.pointer+"/"+c.field, row, c) {
		return
	}
	if c.use == useIdentifier && cell[0] <= '9' && isScientific(cell) {
		cell = f.whole(l.pointer+"/"+c.field, row, c)
	}
	switch {
	case *dst != "":
		l.text(f.value(row, c))
	case f.noting:
		l.setRead(c.field, f.value(row, c), cell)
	default:
		*dst = cell // as setRead does, without the note
	}
}

// number writes a quantity or price. A second price says nothing more.
func (f *tableFill) number(l *lineDraft, row *tableRow, c *tableColumn) {
	dst := l.field(c.field)
	if c.field == "unit_price" && *dst != "" {
		return
	}
	cell := row.cell(c.index)
	if !f.noting && *dst == "" && plainNumber(cell) {
		*dst = cell // as set does, without the note
		return
	}
	v := value{text: cell}
	if _, readable := decimal(cell); f.noting || !readable {
		v.source = f.where(row, c)
	}
	l.set(c.field, v)
}

// plainNumber tells a number that is written as an order holds it.
func plainNumber(cell string) bool {
	const longest = 12
	point := false
	for i := range len(cell) {
		switch c := cell[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && !point && i > 0 && i < len(cell)-1:
			point = true
		default:
			return false
		}
	}
	return len(cell) <= longest
}

// date writes a date of the line. Of two dates of delivery it takes the later one, by which the law is stricter.
func (f *tableFill) date(l *lineDraft, row *tableRow, c *tableColumn) {
	pointer := l.pointer + "/" + c.field
	if f.failed(pointer, row, c) {
		return
	}
	v, dst := f.value(row, c), l.field(c.field)
	date := tableDate(v.text, f.table.source.epoch())
	switch {
	case *dst == "" || *dst == date:
		l.setRead(c.field, v, date)
	case c.field != "fulfil_at":
		l.text(value{c.label + ": " + v.text, v.source})
	default:
		later, ok := laterDate(*dst, date)
		if !ok {
			f.d.problem(problemDate, pointer, f.where(row, c), "Which of two dates is later, %s or %s, cannot be told. Write them as 2024-09-27.", quoteShort(*dst), quoteShort(date))
			return
		}
		if later != *dst {
			*dst = later
			f.d.note(pointer, v, later)
		}
	}
}

// surplus reports a row that does not fit the headers. The cells behind them are text of the line.
func (f *tableFill) surplus(l *lineDraft, row *tableRow) {
	width := f.table.plan.width
	if len(row.cells) > width && !onlyEmpty(row.cells[width:]) {
		text := strings.Join(slices.DeleteFunc(slices.Clone(row.cells[width:]), func(cell string) bool { return !hasLetter(cell) }), " ")
		l.text(value{text, f.table.source.where(row.number, width, "")})
	}
	if detail := f.table.source.fault(row, width); detail != "" {
		f.d.problem(problemStructure, l.pointer, f.table.source.where(row.number, -1, ""), "%s", detail)
	}
}

// said tells whether a row says anything of a party.
func (p *tableParty) said(row *tableRow) bool {
	return slices.ContainsFunc(p.columns, func(c tableColumn) bool { return row.cell(c.index) != "" })
}
