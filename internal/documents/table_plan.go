package documents

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// maxTableColumns is how wide a table may be. The widest exports of shops have about 250 columns.
const maxTableColumns = 300

// tableUse is what is done with a column's cells.
type tableUse uint8

const (
	useNothing    tableUse = iota
	useText                // a header that is not known: text of the line
	useIdentifier          // of the goods: a text whose digits count
	useGoods               // of the goods: any other text
	useNumber
	useLineDate
	useLineID
	useLineText // text of the line, without the header
	useNote     // text of the line and of the order
	useType     // text of the line, said of the order
	useOrder    // reference, ordered_at, currency, contract
	useOrderText
	useParty
)

// tableColumn is a column that is read.
type tableColumn struct {
	index int
	label string // the header, as written
	use   tableUse
	field string // of the order or line, or part of a party
	role  screening.Role
}

// tablePlan says what the columns of a table hold.
type tablePlan struct {
	width     int
	columns   []tableColumn // all that are read, in the order of the table
	goods     []int         // cells that tell which goods a line is about
	lines     []tableColumn // what goes into a line
	orders    []tableColumn // what is said of the order
	parties   []tableParty
	inherits  [][]int // cells that a row without them takes from the row before in the same order, group by group
	reference int     // cell of the order's number, or -1
	dated     int     // cell of the order's date, or -1
	roles     int     // cell that says what a row's party does, or -1
	numbered  bool    // whether there is a column for the order's number
	known     int     // columns whose header is known and says something that is screened
}

// tableParty is the columns of one party.
type tableParty struct {
	role    screening.Role // empty for a row's own
	columns []tableColumn
	group   int // its place in tablePlan.inherits
}

// sells tells tables whose rows are about goods from lists of parties.
func (p *tablePlan) sells() bool { return len(p.goods) > 0 }

// names tells whether a party is named in the table.
func (p *tablePlan) names() bool {
	return slices.ContainsFunc(p.parties, func(party tableParty) bool {
		return slices.ContainsFunc(party.columns, func(c tableColumn) bool { return c.field == "name" || c.field == "company" || c.field == "given" })
	})
}

// planner settles what the headers of one table mean together.
type planner struct {
	headers  []string
	meanings []tableMeaning
	known    []bool
	shop     bool // whether the table is an export of a web shop
	sells    bool // whether its rows are about goods, as far as unambiguous names tell
}

// plan reads a row of headers.
func (w *tableVocabulary) plan(headers []string) *tablePlan {
	p := planner{headers: headers, meanings: make([]tableMeaning, len(headers)), known: make([]bool, len(headers))}
	for i, header := range headers {
		p.meanings[i], p.known[i] = w.meaning(header)
	}
	p.settleLoose()
	p.settleWeak()
	p.settleParties()
	return p.plan()
}

// has tells whether a column has one of the fields by a name that is not weak.
func (p *planner) has(fields ...string) bool {
	return slices.ContainsFunc(p.meanings, func(m tableMeaning) bool { return !m.weak && m.loose == "" && slices.Contains(fields, m.field) })
}

func (p *planner) hasLoose(name string) bool {
	return slices.ContainsFunc(p.meanings, func(m tableMeaning) bool { return m.loose == name })
}

// hasPart tells whether a column is one of the parts of a party with the role.
func (p *planner) hasPart(role screening.Role, parts ...string) bool {
	return slices.ContainsFunc(p.meanings, func(m tableMeaning) bool {
		return m.field == partField && m.role == role && slices.Contains(parts, m.part)
	})
}

func (p *planner) hasRole(roles ...screening.Role) bool {
	return slices.ContainsFunc(p.meanings, func(m tableMeaning) bool { return m.field == partField && slices.Contains(roles, m.role) })
}

// fromShop tells exports of web shops, in which Name is the order's number and Vendor the maker.
func (p *planner) fromShop() bool {
	return slices.ContainsFunc(p.headers, func(h string) bool {
		key := tableKey(h)
		return strings.HasPrefix(key, "lineitem") || strings.HasPrefix(key, "variant")
	})
}

// goodsFields are the fields by which a line names goods.
var goodsFields = []string{"sku", "manufacturer", "manufacturer_part", "description", "gtin", "cpe", "purl"}

// looseMeanings tell what an ambiguous name stands for, in the order in which they are settled: each sees what those
// before it have become.
var looseMeanings = []struct {
	name    string
	meaning func(*planner) tableMeaning
}{
	{"vendor", (*planner).vendorMeaning},
	{"order_or_part", (*planner).orderOrPartMeaning},
	{"name", (*planner).nameMeaning},
	{"item", (*planner).itemMeaning},
	{"kind_of_goods", (*planner).kindMeaning},
	{"code", (*planner).codeMeaning},
}

// settleLoose decides names that mean one thing in one table and another in the next.
func (p *planner) settleLoose() {
	p.shop = p.fromShop()
	p.sells = p.hasLoose("item") || p.has(goodsFields...) || p.has("quantity", "unit_price")
	for _, loose := range looseMeanings {
		for i := range p.meanings {
			if p.meanings[i].loose == loose.name {
				p.meanings[i] = loose.meaning(p)
			}
		}
	}
}

// numbered tells whether a column has the number of an article.
func (p *planner) numbered() bool { return p.has("sku", "manufacturer_part") }

// vendorMeaning: in a price list, as in the export of a shop, the vendor is who makes the goods.
func (p *planner) vendorMeaning() tableMeaning {
	ordered := p.hasRole(screening.Buyer, screening.ShipTo, screening.BillTo, screening.EndUser) ||
		slices.ContainsFunc(p.meanings, func(m tableMeaning) bool { return m.field == "ordered_at" || m.field == "reference" })
	if p.shop || p.sells && !ordered && !p.has("manufacturer") {
		return tableMeaning{field: "manufacturer"}
	}
	return tableMeaning{field: partField, part: "name", role: screening.Seller}
}

func (p *planner) orderOrPartMeaning() tableMeaning {
	if p.numbered() || !p.sells {
		return tableMeaning{field: "reference", weak: true}
	}
	return tableMeaning{field: "sku"}
}

func (p *planner) nameMeaning() tableMeaning {
	switch {
	case p.shop && !p.has("reference"):
		return tableMeaning{field: "reference"}
	case !p.sells, p.has("description") && p.besideParty("name"):
		return tableMeaning{field: partField, part: "name"}
	}
	return tableMeaning{field: "description"}
}

func (p *planner) itemMeaning() tableMeaning {
	if p.has("description") && !p.numbered() {
		return tableMeaning{field: "sku"}
	}
	return tableMeaning{field: "description"}
}

func (p *planner) kindMeaning() tableMeaning {
	if p.sells && !p.has(goodsFields...) {
		return tableMeaning{field: "description"}
	}
	return tableMeaning{}
}

func (p *planner) codeMeaning() tableMeaning {
	switch {
	case !p.sells:
		return tableMeaning{field: partField, part: "id"}
	case p.numbered():
		return tableMeaning{field: "id"}
	}
	return tableMeaning{field: "sku"}
}

// besideParty tells whether a column of an ambiguous name stands behind or before one that is said of a party.
func (p *planner) besideParty(loose string) bool {
	at := slices.IndexFunc(p.meanings, func(m tableMeaning) bool { return m.loose == loose })
	return at > 0 && p.meanings[at-1].field == partField || at >= 0 && at+1 < len(p.meanings) && p.meanings[at+1].field == partField
}

// settleWeak gives a field to the first weak name where no column has it by a strong one. Others are not read.
func (p *planner) settleWeak() {
	for i := range p.meanings {
		m := &p.meanings[i]
		if !m.weak {
			continue
		}
		if p.has(m.field) {
			*m = tableMeaning{field: noiseField}
			continue
		}
		m.weak = false
	}
}

// settleParties finds whose name, country and address the columns are that name no role: a name is that of a party that
// has a number and no name, the rest that of the party before. Where the table has no other party they are the row's
// own in a list of parties, and the buyer's in a table of goods; there an address alone makes none, since it may be
// where the goods lie.
func (p *planner) settleParties() {
	sells := p.has(goodsFields...)
	own := screening.Role("")
	if sells {
		own = screening.Buyer
	}
	for i := range p.meanings {
		if m := &p.meanings[i]; m.field == partField && m.role == "" && slices.Contains(nameParts, m.part) {
			m.role = p.nameless(i, own)
			m.bare = m.role == ""
		}
	}
	current := p.firstRole(own)
	stands := p.hasRole(screening.Roles[:]...) || p.hasPart("", "country") || p.hasPart("", nameParts...)
	for i := range p.meanings {
		m := &p.meanings[i]
		switch {
		case m.field != partField:
		case m.role != "" || m.bare:
			current = m.role
		case m.part == "email" && sells && (i == 0 || p.meanings[i-1].field != partField):
			m.role = screening.Buyer // of who ordered, whoever is named next
		case sells && (m.part == "role" || !stands):
			p.known[i], *m = false, tableMeaning{}
		default:
			m.role = current
		}
	}
}

// nameParts are the parts by which a party is named.
var nameParts = []string{"company", "name", "given", "family"}

// nameless returns the role of the party nearest to a column, those before it first, that has no column for its name.
func (p *planner) nameless(at int, own screening.Role) screening.Role {
	before, behind := slices.Clone(p.meanings[:at]), p.meanings[at:]
	slices.Reverse(before)
	for _, m := range slices.Concat(before, behind) {
		if m.field == partField && m.role != "" && !p.hasPart(m.role, nameParts...) {
			return m.role
		}
	}
	return own
}

// firstRole is the party that parts without a role belong to before any other stands.
func (p *planner) firstRole(own screening.Role) screening.Role {
	for _, m := range p.meanings {
		if m.field == partField && (m.role != "" || m.bare) {
			return m.role
		}
	}
	return own
}

// uses tells what is done with the columns of a field.
var tableUses = map[string]tableUse{
	"reference": useOrder, "ordered_at": useOrder, "currency": useOrder, "contract": useOrder,
	"note": useNote, "line_note": useLineText, "type": useType, "id": useLineID,
	"sku": useIdentifier, "manufacturer_part": useIdentifier, "gtin": useIdentifier,
	"manufacturer": useGoods, "description": useGoods, "cpe": useGoods, "purl": useGoods,
	"quantity": useNumber, "unit_price": useNumber,
	"fulfil_at": useLineDate, "service_start": useLineDate, "service_end": useLineDate, partField: useParty,
}

// plan sorts the columns by what is done with them.
func (p *planner) plan() *tablePlan {
	out := &tablePlan{width: len(p.headers), reference: -1, dated: -1, roles: -1, numbered: p.has("reference")}
	for i, m := range p.meanings {
		c := tableColumn{index: i, label: shortLabel(p.headers[i]), use: useText, field: m.field, role: m.role}
		if p.known[i] && m.field != "" {
			if m.field == noiseField || m.field == partField && m.part == "contact" && m.role != screening.EndUser {
				continue
			}
			c.use = tableUses[m.field]
			out.known++
		}
		if c.use == useParty {
			c.field = m.part
		}
		out.add(c)
	}
	for i := range out.parties {
		slices.SortStableFunc(out.parties[i].columns, func(a, b tableColumn) int { return partRank(a.field) - partRank(b.field) })
	}
	return out
}

func (p *tablePlan) add(c tableColumn) {
	p.columns = append(p.columns, c)
	switch c.use {
	case useIdentifier, useGoods:
		p.goods = append(p.goods, c.index)
	case useParty:
		p.addParty(c)
		return
	}
	switch {
	case c.field == "reference" && p.reference < 0:
		p.reference = c.index
	case c.field == "reference": // the number that another side gave the order
		c.use = useOrderText
	case c.field == "ordered_at" && p.dated < 0:
		p.dated = c.index
	}
	switch c.use {
	case useOrder, useOrderText:
		p.orders = append(p.orders, c)
	case useNote:
		p.orders = append(p.orders, c)
		p.lines = append(p.lines, c)
	default:
		p.lines = append(p.lines, c)
	}
	if c.use == useOrder || c.use == useOrderText || c.field == "fulfil_at" && p.numbered {
		p.inherits = append(p.inherits, []int{c.index}) // not a type: it may soften what the next line is judged by
	}
}

func (p *tablePlan) addParty(c tableColumn) {
	if c.field == "role" {
		p.roles = c.index
		return
	}
	for i := range p.parties {
		if p.parties[i].role == c.role {
			p.parties[i].columns = append(p.parties[i].columns, c)
			group := &p.inherits[p.parties[i].group]
			*group = append(*group, c.index)
			return
		}
	}
	p.parties = append(p.parties, tableParty{role: c.role, columns: []tableColumn{c}, group: len(p.inherits)})
	p.inherits = append(p.inherits, []int{c.index})
}

// partRank orders what is said of a party: a firm's name comes before that of a person who acts for it.
func partRank(part string) int {
	order := [...]string{"company", "name", "contact", "given", "family", "alias"}
	if at := slices.Index(order[:], part); at >= 0 {
		return at
	}
	return len(order)
}

// shortLabel is a header cut to what helps in front of a text.
func shortLabel(header string) string {
	const most = 60
	header = clean(header)
	if utf8.RuneCountInString(header) > most {
		header = string([]rune(header)[:most])
	}
	return header
}
