package api

// The wire types of what is screened. They differ from the domain's on purpose: the contract may not change because
// the engine does. Field order is that of the documentation.

// Party is a company or person with a role in the deal.
type Party struct {
	Role        string       `json:"role,omitzero" enums:"seller,manufacturer,buyer,bill_to,ship_to,end_user,payee,intermediary"`
	Name        string       `json:"name,omitzero"`
	Kind        string       `json:"kind,omitzero" enums:"organisation,person"`
	Aliases     []string     `json:"aliases,omitzero"`
	Address     string       `json:"address,omitzero"`
	Country     string       `json:"country,omitzero"`
	State       string       `json:"state,omitzero"`
	Sector      string       `json:"sector,omitzero" enums:"federal,state,local,education,critical_infrastructure,commercial,individual"`
	DateOfBirth string       `json:"date_of_birth,omitzero"`
	Nationality string       `json:"nationality,omitzero"`
	Employer    string       `json:"employer,omitzero"`
	Identifiers []Identifier `json:"identifiers,omitzero"`
}

// Identifier is a number or name that a register gave.
type Identifier struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// Line is one line of an order.
type Line struct {
	ID               string   `json:"id,omitzero"`
	SKU              string   `json:"sku,omitzero"`
	Manufacturer     string   `json:"manufacturer,omitzero"`
	ManufacturerPart string   `json:"manufacturer_part,omitzero"`
	Description      string   `json:"description,omitzero"`
	GTIN             string   `json:"gtin,omitzero"`
	CPE              string   `json:"cpe,omitzero"`
	PURL             string   `json:"purl,omitzero"`
	Quantity         string   `json:"quantity,omitzero"`
	UnitPrice        string   `json:"unit_price,omitzero"`
	FulfilAt         string   `json:"fulfil_at,omitzero"`
	ServiceStart     string   `json:"service_start,omitzero"`
	ServiceEnd       string   `json:"service_end,omitzero"`
	Parties          []Party  `json:"parties,omitzero"`
	Texts            []string `json:"texts,omitzero"`
	Facts            Facts    `json:"facts,omitzero"`
}

// Facts are what a rule asks and nothing else can say; each is yes or no, an absent one is unknown.
type Facts struct {
	Licence           string `json:"licence,omitzero" enums:"yes,no"`
	EARItem           string `json:"ear_item,omitzero" enums:"yes,no"`
	Ownership50       string `json:"ownership_50,omitzero" enums:"yes,no"`
	FCCAuthorisation  string `json:"fcc_authorisation,omitzero" enums:"yes,no"`
	Informational     string `json:"informational,omitzero" enums:"yes,no"`
	ExistingAgreement string `json:"existing_agreement,omitzero" enums:"yes,no"`
}

// VendorRequest screens one party. Its date is agreed and performed at once.
type VendorRequest struct {
	Reference string `json:"reference,omitzero"`
	Date      string `json:"date,omitzero"`
	Party
	Facts Facts `json:"facts,omitzero"`
}

// SKURequest screens one order line. Its date is agreed and performed at once.
type SKURequest struct {
	Reference string `json:"reference,omitzero"`
	Date      string `json:"date,omitzero"`
	Activity  string `json:"activity,omitzero"`
	Funding   string `json:"funding,omitzero" enums:"none,fcc_capex,usf"`
	Seller    *Party `json:"seller,omitzero"`
	Buyer     *Party `json:"buyer,omitzero"`
	ShipTo    *Party `json:"ship_to,omitzero"`
	EndUser   *Party `json:"end_user,omitzero"`
	Line
}

// OrderRequest screens a whole order.
type OrderRequest struct {
	Reference string   `json:"reference,omitzero"`
	OrderedAt string   `json:"ordered_at,omitzero"`
	FulfilAt  string   `json:"fulfil_at,omitzero"`
	Document  string   `json:"document,omitzero" enums:"order,return,cancel,inventory,bom"`
	Activity  string   `json:"activity,omitzero" enums:"resale,sale,renewal,update,operation,licensing,integration,managed_service,gift,trial,return,export,use"`
	Currency  string   `json:"currency,omitzero"`
	Funding   string   `json:"funding,omitzero" enums:"none,fcc_capex,usf"`
	Contract  string   `json:"contract,omitzero"`
	Texts     []string `json:"texts,omitzero"`
	Facts     Facts    `json:"facts,omitzero"`
	Parties   []Party  `json:"parties,omitzero"`
	Lines     []Line   `json:"lines,omitzero"`
}
