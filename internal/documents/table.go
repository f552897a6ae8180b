package documents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/interdict/interdict/screening"
)

// tableData is a table that was read whole.
type tableData struct {
	*tableReader
	rows  []tableRow  // of goods and parties
	notes []tableNote // above and below
}

// maxNotes is how much text may stand round a table and be told to each of its orders, in bytes, all orders together.
const maxNotes = 1 << 20

// maxTableRows is how many rows a call looks at, those that say nothing too.
const maxTableRows = 100_000

// readTable reads a table whole: its rows keep their memory.
func readTable(ctx context.Context, t *tableReader) (*tableData, error) {
	data := &tableData{tableReader: t}
	data.notes = t.notesAbove()
	for i := 0; t.plan != nil; i++ {
		if err := cancelled(ctx, i); err != nil {
			return nil, err
		}
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch {
		case i >= 2*MaxLines, t.read > maxTableRows:
			return nil, tooManyRows(len(data.rows))
		case row.kind == rowOfText:
			data.notes = append(data.notes, t.notesOf(&row)...)
		default:
			data.rows = append(data.rows, row.own())
		}
	}
	if len(data.rows) > MaxLines {
		return nil, tooManyRows(len(data.rows))
	}
	return data, nil
}

func tooManyRows(rows int) error {
	return &Error{Kind: TooLarge, Detail: fmt.Sprintf("The table has %d rows or more that say something; a call takes %d lines at most. Send it as a batch.", rows, MaxLines)}
}

// tablePart is rows of one order in one table.
type tablePart struct {
	table *tableData
	rows  []tableRow
}

// tableBook sorts the rows of one or several tables into orders.
type tableBook struct {
	tables []*tableData
	orders [][]tablePart
	places map[string]int // by key, in orders
}

// ordersOf sorts rows into orders, in the order in which they come. Sheets that list orders without their goods say
// more of the orders whose lines another sheet has.
func ordersOf(tables []*tableData) [][]tablePart {
	b := tableBook{tables: tables, places: map[string]int{}}
	heads := b.heads()
	for i, table := range tables {
		if table.plan == nil || heads[i] {
			continue
		}
		for r := range table.rows {
			b.add(b.key(i, &table.rows[r], r), table, &table.rows[r])
		}
	}
	for i, table := range tables {
		for r := range table.rows {
			if heads[i] {
				b.addHead(i, r)
			}
		}
	}
	return b.orders
}

// heads tells which tables have no goods and say more of the orders of another one.
func (b *tableBook) heads() []bool {
	sells := false
	for _, table := range b.tables {
		sells = sells || table.plan != nil && table.plan.sells()
	}
	heads := make([]bool, len(b.tables))
	for i, table := range b.tables {
		heads[i] = sells && table.plan != nil && !table.plan.sells() && (table.plan.reference >= 0 || len(table.rows) == 1)
	}
	return heads
}

// addHead adds a row without goods to the order of its number, or to the only one there is. A party that is named for
// no order stands by itself.
func (b *tableBook) addHead(table, row int) {
	data := b.tables[table]
	key := "reference " + data.rows[row].cell(data.plan.reference)
	at, known := b.places[key]
	switch {
	case known:
	case len(b.orders) == 1 && len(data.rows) == 1:
		at = 0
	case data.plan.names():
		b.add(key, data, &data.rows[row])
		return
	default:
		return
	}
	b.orders[at] = append(b.orders[at], tablePart{data, data.rows[row : row+1]})
}

// key tells orders apart: by their number, in all sheets; where there is none by table and date. In a list of parties
// every row is one.
func (b *tableBook) key(table int, row *tableRow, number int) string {
	plan := b.tables[table].plan
	if !plan.sells() {
		return "row " + strconv.Itoa(table) + " " + strconv.Itoa(number)
	}
	if reference := row.cell(plan.reference); reference != "" {
		return "reference " + reference
	}
	return "table " + strconv.Itoa(table) + " " + row.cell(plan.dated)
}

// add puts a row behind the others of its order and table.
func (b *tableBook) add(key string, table *tableData, row *tableRow) {
	at, known := b.places[key]
	if !known {
		at = len(b.orders)
		b.places[key] = at
		b.orders = append(b.orders, nil)
	}
	parts := b.orders[at]
	if n := len(parts); n > 0 && parts[n-1].table == table {
		parts[n-1].rows = append(parts[n-1].rows, *row)
		return
	}
	b.orders[at] = append(parts, tablePart{table, []tableRow{*row}})
}

// writeTables makes orders of tables.
func writeTables(ctx context.Context, tables []*tableData, c *collector) error {
	orders := ordersOf(tables)
	if len(orders) > MaxLines {
		return tooManyRows(len(orders))
	}
	aside := notesAside(tables, len(orders))
	for i, parts := range orders {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		d := c.order()
		for _, part := range parts {
			f := tableFill{table: part.table.tableReader, d: d, noting: true}
			f.order(part.rows)
			if !aside {
				f.notes(part.table.notes)
			}
		}
		if !aside {
			writeLoose(tables, d)
		}
		trimProblems(d)
	}
	if aside {
		writeNotesAlone(tables, c)
	}
	return nil
}

// notesAside tells whether what stands round the tables is too much to be told to each order. It then makes an order
// of its own, so that it is judged.
func notesAside(tables []*tableData, orders int) bool {
	const perNote = 64 // what it costs besides its text
	size := 0
	for _, table := range tables {
		for i := range table.notes {
			size += len(table.notes[i].text) + len(table.notes[i].label) + perNote
		}
	}
	return orders == 0 || size > maxNotes/orders
}

// writeLoose adds the texts of sheets that are no tables.
func writeLoose(tables []*tableData, d *draft) {
	for _, table := range tables {
		if table.plan != nil {
			continue
		}
		if table.cut {
			at := &table.titles[len(table.titles)-1]
			d.problem(problemStructure, "", table.source.where(at.number, -1, ""), "The sheet has no headers that are known. What stands below was not read. %s", knownHeaders)
		}
		f := tableFill{table: &tableReader{words: table.words, source: table.source, plan: &tablePlan{dated: -1}}, d: d, noting: true}
		f.notes(table.notes)
	}
}

func writeNotesAlone(tables []*tableData, c *collector) {
	notes := 0
	for _, table := range tables {
		notes += len(table.notes)
	}
	if notes == 0 {
		return
	}
	d := c.order()
	for _, table := range tables {
		if table.plan != nil {
			f := tableFill{table: table.tableReader, d: d, noting: true}
			f.notes(table.notes)
		}
	}
	writeLoose(tables, d)
}

// trimProblems keeps a broken table of thousands of rows from saying so thousands of times.
func trimProblems(d *draft) {
	const most = 100
	if more := len(d.order.Problems) - most; more > 0 {
		d.order.Problems = append(d.order.Problems[:most], screening.Problem{
			Code: problemStructure, Detail: fmt.Sprintf("There are %d more problems of the kinds above.", more),
		})
	}
}

// unknownTable refuses a table without headers that are known, and tells what was seen and what is known.
func unknownTable(seen []tableRow, at string) error {
	var cells []string
	for i := range seen {
		for _, cell := range seen[i].cells {
			if cell = clean(cell); cell != "" && len(cells) < 8 {
				cells = append(cells, quoteShort(cell))
			}
		}
	}
	what := "The table is empty."
	if len(cells) > 0 {
		what = "No row of the table has headers that are known. The first cells are " + strings.Join(cells, ", ") + "."
	}
	return &Error{Kind: Unsupported, Detail: what + " " + knownHeaders, At: at}
}

// unscreenable refuses a table whose columns name neither goods nor a party.
func unscreenable(header []string, at string) error {
	var cells []string
	for _, cell := range header[:min(len(header), 12)] {
		cells = append(cells, quoteShort(cell))
	}
	return &Error{Kind: Unsupported, At: at, Detail: "No column names goods or a party, so there is nothing to screen. The headers are " + strings.Join(cells, ", ") + ". " + knownHeaders}
}

const knownHeaders = "Known are headers such as SKU, Manufacturer, Mfr Part Number, Description, Quantity, PO Number, Order Date, Buyer, Ship To Country, End User or Vendor Name, in twelve languages."
