package documents

import (
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// role is what a party does: what its headers say, else what the row says, else the seller.
func (f *tableFill) role(p *tableParty, row *tableRow) screening.Role {
	if p.role != "" {
		return p.role
	}
	if role, ok := f.table.words.roleOf(row.cell(f.table.plan.roles)); ok {
		return role
	}
	return screening.Seller
}

// said writes what a column says of the order. Rows of one order may say it once or again and again.
func (f *tableFill) said(c *tableColumn, rows []tableRow) {
	var seen map[string]bool // of the values behind the first
	var first *tableRow
	for i := range rows {
		row := &rows[i]
		cell := row.cell(c.index)
		if cell == "" || first != nil && cell == first.cell(c.index) || seen[cell] || f.failed("/"+c.field, row, c) {
			continue
		}
		if first != nil {
			if seen == nil {
				seen = map[string]bool{}
			}
			seen[cell] = true
		}
		f.sayOnce(c, row, first, len(seen))
		if first == nil {
			first = row
		}
	}
}

func (p *tableParty) same(a, b *tableRow) bool {
	return !slices.ContainsFunc(p.columns, func(c tableColumn) bool { return a.cell(c.index) != b.cell(c.index) })
}

// parties writes a party into the order where all rows have the same one. It returns true where the lines have
// different ones, each its own.
func (f *tableFill) parties(p *tableParty, rows []tableRow) (byLine bool) {
	var first *tableRow
	for i := range rows {
		if row := &rows[i]; p.said(row) {
			if first == nil {
				first = row
			}
			byLine = byLine || !p.same(first, row)
		}
	}
	if first == nil {
		return false
	}
	for i := range rows {
		if row := &rows[i]; byLine && row.kind == rowOfParty && p.said(row) || !byLine && row == first {
			f.orderParty(row, p)
		}
	}
	return byLine
}

// orderParty adds a party to the order, unless another sheet has said the same of it.
func (f *tableFill) orderParty(row *tableRow, p *tableParty) {
	order := &f.d.order
	fields, problems := len(order.Fields), len(order.Problems)
	f.party(f.d.party(f.role(p, row)), row, p)
	last := len(order.Parties) - 1
	for i := range last {
		if samePartyAs(&order.Parties[i], &order.Parties[last]) {
			order.Parties, order.Fields, order.Problems = order.Parties[:last], order.Fields[:fields], order.Problems[:problems]
			return
		}
	}
}

func samePartyAs(a, b *screening.Party) bool {
	return a.Role == b.Role && a.Name == b.Name && a.Country == b.Country && a.State == b.State && a.Address == b.Address &&
		slices.Equal(a.Aliases, b.Aliases) && slices.Equal(a.Identifiers, b.Identifiers) && a.DateOfBirth == b.DateOfBirth
}

// party writes the columns of a party.
func (f *tableFill) party(p *partyDraft, row *tableRow, columns *tableParty) {
	person := value{}
	for i := range columns.columns {
		c := &columns.columns[i]
		v := f.value(row, c)
		if v.text == "" || f.failed(p.pointer+"/"+c.field, row, c) {
			continue
		}
		if c.field == "given" || c.field == "family" {
			person = value{strings.TrimSpace(person.text + " " + v.text), firstSource(person.source, v.source)}
			continue
		}
		p.set("name", person)
		person = value{}
		switch c.field {
		case "company", "name", "contact":
			named(p, v)
		case "email":
			p.email(v)
		case "website":
			p.identify("domain", value{hostOf(v.text), v.source})
		case "id":
			p.identify(registerOwn, value{f.whole(p.pointer, row, c), v.source})
		case "sector":
			f.sector(p, v)
		case "country":
			f.country(p, v, row, c)
		default:
			f.partField(p, c, v, row)
		}
	}
	p.set("name", person)
}

// named gives a party its name. An e-mail address in its place tells a domain.
func named(p *partyDraft, v value) {
	if strings.ContainsRune(v.text, '@') && strings.IndexFunc(v.text, unicode.IsSpace) < 0 {
		p.email(v)
		return
	}
	p.set("name", v)
}

func firstSource(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// partField writes the parts that a party has a field for, and numbers of registers.
func (f *tableFill) partField(p *partyDraft, c *tableColumn, v value, row *tableRow) {
	if scheme, found := strings.CutPrefix(c.field, partScheme); found {
		p.identify(scheme, value{f.whole(p.pointer, row, c), v.source})
		return
	}
	p.set(c.field, v)
}

// country takes a code or name, and names the cell where it is neither.
func (f *tableFill) country(p *partyDraft, v value, row *tableRow, c *tableColumn) {
	if _, known := f.d.places.Country(v.text); !known {
		v.source = f.where(row, c)
	}
	p.set("country", v)
}

// sector takes the words that the rules know. Any other is part of what is said of the party.
func (f *tableFill) sector(p *partyDraft, v value) {
	sector := screening.SectorKind(strings.ToLower(v.text))
	if slices.Contains(screening.Sectors[:], sector) {
		p.party().Sector = sector
		f.d.note(p.pointer+"/sector", v, string(sector))
		return
	}
	f.d.set("text", v)
}
