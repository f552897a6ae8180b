package screening

// Document is the type of the document that was sent.
type Document string

// The documents that are told apart.
const (
	OrderDocument     Document = "order"
	ReturnDocument    Document = "return"
	CancelDocument    Document = "cancel"
	InventoryDocument Document = "inventory" // what is installed on a host or device
	BOMDocument       Document = "bom"       // what a product is made of
)

// Documents lists every document type.
var Documents = [...]Document{OrderDocument, ReturnDocument, CancelDocument, InventoryDocument, BOMDocument}

// Activity is what is done with the goods.
type Activity string

// The activities that rules tell apart.
const (
	Resale         Activity = "resale"
	Sale           Activity = "sale"
	Renewal        Activity = "renewal"
	Update         Activity = "update"
	Operation      Activity = "operation"
	Licensing      Activity = "licensing"
	Integration    Activity = "integration"
	ManagedService Activity = "managed_service"
	Gift           Activity = "gift"
	Trial          Activity = "trial"
	Return         Activity = "return"
	Export         Activity = "export"
	Use            Activity = "use"
)

// Activities lists every activity.
var Activities = [...]Activity{Resale, Sale, Renewal, Update, Operation, Licensing, Integration, ManagedService, Gift, Trial, Return, Export, Use}

// Funding is a subsidy that pays for the order.
type Funding string

// The fundings that rules ask for.
const (
	NoFunding Funding = "none"
	FCCCapex  Funding = "fcc_capex" // an FCC capital-expenditure subsidy, 47 USC 1602
	USF       Funding = "usf"       // other Universal Service Fund money
)

// Fundings lists every funding.
var Fundings = [...]Funding{NoFunding, FCCCapex, USF}

// SectorKind is the kind of buyer.
type SectorKind string

// The sectors, most regulated first.
const (
	Federal                SectorKind = "federal"
	State                  SectorKind = "state"
	Local                  SectorKind = "local"
	Education              SectorKind = "education"
	CriticalInfrastructure SectorKind = "critical_infrastructure"
	Commercial             SectorKind = "commercial"
	Individual             SectorKind = "individual"
)

// Sectors lists every sector, most regulated first.
var Sectors = [...]SectorKind{Federal, State, Local, Education, CriticalInfrastructure, Commercial, Individual}

// Class is what a product is, as the rules see it.
type Class string

// The classes of a product.
const (
	Software           Class = "software"
	Service            Class = "service"
	Support            Class = "support"
	Hardware           Class = "hardware"
	Bundle             Class = "bundle"    // inside another maker's product, without a licence of its own
	Unnamed            Class = "unnamed"   // the brand without a product: judged as software, capped at review
	Successor          Class = "successor" // a product of a possible successor or assignee
	ThreatIntelligence Class = "threat_intelligence"
	Training           Class = "training"
	Advisory           Class = "advisory"
)

// Answer is a three-valued answer. The zero value is Unknown and never counts as no.
type Answer uint8

// The answers.
const (
	Unknown Answer = iota
	No
	Yes
)

var answerNames = [...]string{"unknown", "no", "yes"}

// String returns unknown, no or yes.
func (a Answer) String() string { return answerNames[a] }

// GivenFacts are the facts that only a caller can state. An absent fact is unknown.
type GivenFacts struct {
	Licence           Answer // an export or OFAC licence for this deal is held
	EARItem           Answer // the goods are subject to the Export Administration Regulations
	Ownership50       Answer // listed owners hold 50 percent or more of the party
	FCCAuthorisation  Answer // the device needs an FCC equipment authorisation
	Informational     Answer // the consulting is purely informational or educational
	ExistingAgreement Answer // performed under an agreement made before 2024-07-20
}

// Basis tells where the value of a fact comes from. Given beats inferred beats assumed.
type Basis string

// The bases of a fact.
const (
	Given    Basis = "given"
	Inferred Basis = "inferred"
	Assumed  Basis = "assumed"
	NotKnown Basis = "unknown"
)
