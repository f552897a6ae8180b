package screening

import "time"

// Pointer is an RFC 6901 JSON pointer into the canonical order, such as /lines/0/sku. The empty pointer is the
// document itself.
type Pointer string

// Order is what is screened: parties, lines, dates and an activity. A vendor call is an Order with one party, a SKU
// call one with one line. Raw text is kept as received; an Order is not changed by screening it.
type Order struct {
	Reference  string
	OrderedAt  string // when it was agreed: RFC 3339, local date-time without zone, or day; empty = the time of the request
	FulfilAt   string // when it is performed, in the same forms or as a stretch (2024-09-01/2024-10-15); empty = at once
	Document   Document
	Activity   Activity
	Funding    Funding
	Currency   string // ISO 4217
	Contract   string // contract numbers and clauses, as written
	Texts      []string
	Facts      GivenFacts
	Parties    []Party
	Lines      []Line
	ReceivedAt time.Time // when the request came in; the engine reads no clock

	Given   Background // what the caller states for this call where the document is silent
	Assumed Background // what the caller's profile and the operator assume

	Problems []Problem // what a reader found wrong with the document; each makes the document review at least
	Fields   []Field   // where the values stood in the document that the order was read from; may be empty
}

// Field tells where a value of the order stood in the document it was read from.
type Field struct {
	Pointer Pointer
	Source  string // XPath, segment and element, JSON pointer or cell
	Raw     string // as written there, where the order holds another form of it
}

// Background is what a caller knows about a deal that its documents do not say.
type Background struct {
	SellerCountry string
	OwnerCountry  string // the buyer's side, or the owner of an inventory
	Zone          *time.Location
	ReceivedAt    time.Time // when the caller received the order; stands for ordered_at where that is silent
	Activity      Activity
	Sector        SectorKind
	ListsMaxAge   time.Duration // age from which an imported list makes a verdict review; 0: never
}

// Role is what a party does in a deal.
type Role string

// The roles of a party.
const (
	Seller       Role = "seller"
	Manufacturer Role = "manufacturer"
	Buyer        Role = "buyer"
	BillTo       Role = "bill_to"
	ShipTo       Role = "ship_to"
	EndUser      Role = "end_user"
	Payee        Role = "payee"
	Intermediary Role = "intermediary"
)

// Roles lists every role, in the order of the API's documentation.
var Roles = [...]Role{Seller, Manufacturer, Buyer, BillTo, ShipTo, EndUser, Payee, Intermediary}

// PartyKind tells a company from a person; empty is not known.
type PartyKind string

// The kinds of a party.
const (
	Organisation PartyKind = "organisation"
	Person       PartyKind = "person"
	Craft        PartyKind = "craft" // a ship or an aircraft; only lists name them
)

// Party is a company or person with a role in the deal.
type Party struct {
	Role        Role
	Name        string
	Kind        PartyKind
	Aliases     []string
	Address     string
	Country     string // ISO 3166-1 alpha-2, alpha-3 or an English name
	State       string
	Sector      SectorKind
	DateOfBirth string // YYYY, YYYY-MM or YYYY-MM-DD
	Nationality string
	Employer    string
	Identifiers []Identifier
}

// Identifier is a number or name that a register gave: a tax id, a DUNS, a list's uid, a domain.
type Identifier struct{ Type, Value string }

// Line is one line of an order.
type Line struct {
	ID               string
	SKU              string
	Manufacturer     string
	ManufacturerPart string
	Description      string
	GTIN             string
	CPE              string
	PURL             string
	Quantity         string // decimal
	UnitPrice        string // decimal, in the order's currency
	FulfilAt         string // as Order.FulfilAt, for this line
	ServiceStart     string
	ServiceEnd       string
	Parties          []Party // win over the order's parties of the same role
	Texts            []string
	Facts            GivenFacts
}

// Problem is something in the document that does not add up. A problem never softens a verdict.
type Problem struct {
	Code    string
	Pointer Pointer
	Source  string // where it stood in the original document
	Detail  string
}
