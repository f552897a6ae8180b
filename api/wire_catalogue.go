package api

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/products"
)

// The wire types of the catalogue.

// EntityPage is one page of entities. did_you_mean holds better spellings of a query that was found only by guessing.
type EntityPage struct {
	Items      []Entity `json:"items"`
	NextCursor string   `json:"next_cursor"` // empty on the last page
	DidYouMean []string `json:"did_you_mean"`
}

// ProductPage is one page of products. did_you_mean holds better spellings of a query that was found only by guessing.
type ProductPage struct {
	Items      []Product `json:"items"`
	NextCursor string    `json:"next_cursor"` // empty on the last page
	DidYouMean []string  `json:"did_you_mean"`
}

// RulePage is one page of rules. did_you_mean holds better spellings of a query that was found only by guessing.
type RulePage struct {
	Items      []Rule   `json:"items"`
	NextCursor string   `json:"next_cursor"` // empty on the last page
	DidYouMean []string `json:"did_you_mean"`
}

// Entity is a company or person of the catalogue.
type Entity struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Kind        string         `json:"kind" enums:"organisation,person,craft"` // craft: a ship or an aircraft of an imported list
	Group       string         `json:"group"`                                  // empty where it belongs to none
	Standing    string         `json:"standing"`                               // what it is to its group and to the lists
	Country     string         `json:"country"`                                // ISO 3166-1 alpha-2; empty where not known
	Listings    []Listing      `json:"listings"`                               // entries of official lists; with ?on, those in force that day
	Names       []EntityName   `json:"names"`                                  // other spellings
	Brand       []EntityName   `json:"brand"`                                  // coined words that tell the group wherever they stand
	Identifiers []EntityNumber `json:"identifiers"`
	Domains     []string       `json:"domains"`
	Addresses   []string       `json:"addresses"`
	Countries   []string       `json:"countries"`            // of its addresses, ISO 3166-1 alpha-2
	Born        string         `json:"born,omitzero"`        // YYYY-MM-DD; of an imported list also YYYY-MM or YYYY
	AlsoBorn    []string       `json:"also_born"`            // other dates of birth that a list gives
	Birthplace  string         `json:"birthplace,omitzero"`  // as the list writes it
	Nationality string         `json:"nationality,omitzero"` // ISO 3166-1 alpha-2
	AlsoCitizen []string       `json:"also_citizen"`         // other nationalities and citizenships
	Employer    string         `json:"employer,omitzero"`
	Position    string         `json:"position,omitzero"`
	Verified    string         `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
	Sources     []string       `json:"sources"`
	Note        string         `json:"note"`
	Match       *EntityMatch   `json:"match,omitzero"` // with ?threshold: how the query matches
}

// EntityName is one spelling of an entity's name.
type EntityName struct {
	Name     string `json:"name"`
	Form     string `json:"form" enums:"official,trade,alias,native,transliteration,misspelling,former,weak"`
	Language string `json:"language"` // BCP 47; empty where it has none of its own
	Verified string `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
	Source   string `json:"source"`
}

// EntityNumber is an identifier of an entity. An unverified one is shown and never matched on.
type EntityNumber struct {
	Type     string `json:"type"`
	Value    string `json:"value"`
	Verified string `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
}

// Listing is an entry of an official list, in force from the start of one New York day until the start of another.
type Listing struct {
	List     string `json:"list"`
	Entry    string `json:"entry"`
	UID      string `json:"uid"`
	From     string `json:"from"`  // YYYY-MM-DD; empty where an imported list does not tell
	Until    string `json:"until"` // YYYY-MM-DD; empty while it stands
	Citation string `json:"citation"`
	URL      string `json:"url"`
	Verified string `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
	Note     string `json:"note"`

	Programs []string `json:"programs"` // under which the list names it
}

// EntityMatch tells how a name matches an entity, as a screening would find it.
type EntityMatch struct {
	Score     float64    `json:"score" minimum:"0" maximum:"1"`
	Flagged   bool       `json:"flagged"` // at or over the review threshold: a screening would report it
	Review    float64    `json:"review_threshold"`
	Certainty string     `json:"certainty" enums:"certain,likely,possible"`
	Evidence  []Evidence `json:"evidence"` // pointers into {"name": the query}
}

// Product is a product of the catalogue.
type Product struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Brand      string          `json:"brand"`
	Class      string          `json:"class" enums:"software,service,support,hardware,bundle,unnamed,successor,threat_intelligence,training,advisory"`
	Kind       string          `json:"kind" enums:"covered_software,covered_service,covered_hardware,exempt_ti,exempt_training,exempt_consulting,unclear,unclear_ti,mixed,mention,successor"`
	Family     string          `json:"family"`
	Aliases    []string        `json:"aliases"`
	Standalone []string        `json:"standalone"` // names that are evidence of brand and product by themselves
	Numbers    []ProductNumber `json:"product_numbers"`
	Years      string          `json:"years"`
	Sources    []string        `json:"sources"`
	Verified   string          `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
	Note       string          `json:"note"`
}

// ProductNumber is the start of a part number: prefix and product number.
type ProductNumber struct {
	Number    string `json:"number" example:"KL4867"`
	Confirmed bool   `json:"confirmed"` // seen in price lists or sales records
}

// Rule is one legal prohibition, or one statement that something is allowed.
type Rule struct {
	ID         string       `json:"id"`
	Row        string       `json:"row"`        // of the decision table
	Instrument string       `json:"instrument"` // the legal instrument it belongs to
	Says       string       `json:"says"`       // what it holds, in one sentence
	Binds      Binds        `json:"binds"`
	Phases     []RulePhase  `json:"phases"`
	Reason     string       `json:"reason"`                                   // of its findings
	Licence    string       `json:"with_licence" enums:",clear,review,block"` // the outcome once a licence is held; empty: the same
	On         string       `json:"on" enums:"agreed,performed,either"`       // which of the two acts it looks at
	OnDay      *RuleOnDay   `json:"on_day,omitzero"`                          // with ?on
	Citation   string       `json:"citation"`
	URL        string       `json:"url"`
	Verified   string       `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
	Penalty    *RulePenalty `json:"penalty"`
	Duty       *Duty        `json:"duty"`
}

// Binds is what a rule applies to. An empty list or text asks nothing.
type Binds struct {
	Subject      string            `json:"subject" enums:"product,party,document"`
	Of           string            `json:"of"`    // the group whose products or companies are bound
	Actor        []string          `json:"actor"` // who acts: a group, or third_party
	Activities   []string          `json:"activities"`
	Documents    []string          `json:"documents"`
	Classes      []string          `json:"classes"`
	Exempt       []string          `json:"exempt"` // classes that it finds and lets go
	Families     []string          `json:"families"`
	List         string            `json:"list"`
	Standing     []string          `json:"standing"`
	Kind         string            `json:"kind" enums:",organisation,person"`
	Roles        []string          `json:"roles"`
	Nexus        string            `json:"nexus" enums:",yes,no"`
	Sectors      []string          `json:"sectors"`
	Government   []string          `json:"government"` // countries of the public buyer
	States       []string          `json:"states"`
	ExceptStates []string          `json:"except_states"`
	Funding      []string          `json:"funding"`
	Facts        map[string]string `json:"facts"` // given facts, each yes or no
}

// RulePhase is a stretch of time with one outcome. A day begins at 00:00 in New York; an empty bound is open.
type RulePhase struct {
	From    string `json:"from"`
	Until   string `json:"until"`
	Outcome string `json:"outcome" enums:"clear,review,block"`
	On      string `json:"on" enums:"agreed,performed,either"`
	InForce *bool  `json:"in_force,omitzero"` // with ?on: whether the phase holds on that day
}

// RuleOnDay is what a rule holds on one day in New York, by the act that falls on it. none: it is silent.
type RuleOnDay struct {
	Day       string `json:"day"`
	Agreed    string `json:"agreed" enums:"none,clear,review,block"`
	Performed string `json:"performed" enums:"none,clear,review,block"`
}

// RulePenalty is a statute's civil maximum for one violation by the year of assessment, in US dollars.
type RulePenalty struct {
	ID          string            `json:"id"`
	Citation    string            `json:"citation"`
	CivilMaxUSD map[string]string `json:"civil_max_usd"`
	Verified    string            `json:"verified" enums:"primary,primary_partial,secondary,unverified"`
}

func wireEntity(e *screening.Entity) Entity {
	return Entity{
		ID: string(e.ID), Name: e.Name, Kind: string(e.Kind), Group: e.Group, Standing: string(e.Standing), Country: e.Country,
		Listings: convert(e.Listings, wireListing), Names: convert(e.Names, wireName), Brand: convert(e.Brand, wireName),
		Identifiers: convert(e.Identifiers, func(n *screening.EntityNumber) EntityNumber {
			return EntityNumber{n.Type, n.Value, string(n.Verified)}
		}),
		Domains: e.Domains, Addresses: e.Addresses, Countries: e.Countries, Born: e.Born, AlsoBorn: e.AlsoBorn, Birthplace: e.Birthplace,
		Nationality: e.Nationality, AlsoCitizen: e.AlsoCitizen,
		Employer: e.Employer, Position: e.Position, Verified: string(e.Verified), Sources: e.Sources, Note: e.Note,
	}
}

func wireListing(l *screening.Listing) Listing {
	return Listing{string(l.List), l.Entry, l.UID, l.From, l.Until, l.Citation, l.URL, string(l.Verified), l.Note, l.Programs}
}

func wireName(n *screening.EntityName) EntityName {
	return EntityName{n.Name, string(n.Form), n.Lang, string(n.Verified), n.Source}
}

func wireProduct(p *products.Listed) Product {
	return Product{
		ID: p.ID, Name: p.Name, Brand: p.Brand, Class: p.Class, Kind: string(p.Kind), Family: p.Family, Aliases: p.Aliases,
		Standalone: p.Standalone, Years: p.Years, Sources: p.Source, Verified: p.Verified, Note: p.Note,
		Numbers: convert(p.Numbers, func(n *products.ListedNumber) ProductNumber { return ProductNumber{n.Value, n.Confirmed} }),
	}
}

func wireRule(r *screening.Rule, c *screening.Catalogue) Rule {
	out := Rule{
		ID: string(r.ID), Row: r.Row, Instrument: r.Instrument(), Says: r.Says, Reason: string(r.Reason), Licence: r.WithLicence,
		On: string(r.On), Citation: r.Citation, URL: r.URL, Verified: string(r.Verified),
		Binds: Binds{
			Subject: r.Binds, Of: r.Of, Actor: r.Actor, Activities: words(r.Activities), Documents: words(r.Documents),
			Classes: words(r.Classes), Exempt: words(r.ExemptOf), Families: r.Families, List: string(r.List),
			Standing: words(r.Standing), Kind: string(r.Kind), Roles: words(r.Roles), Nexus: r.Nexus, Sectors: words(r.Sectors),
			Government: r.Government, States: r.States, ExceptStates: r.ExceptStates, Funding: words(r.Funding), Facts: r.Facts,
		},
		Phases: convert(r.Phases, func(p *screening.RulePhase) RulePhase {
			return RulePhase{From: p.From, Until: p.Until, Outcome: p.Outcome, On: firstNonEmpty(string(p.On), string(r.On))}
		}),
	}
	if p, ok := c.CivilPenalty(r); ok {
		amounts := make(map[string]string, len(p.MaxUSD))
		for year, dollars := range p.MaxUSD {
			amounts[strconv.Itoa(year)] = fmt.Sprintf("%d.00", dollars)
		}
		out.Penalty = &RulePenalty{p.ID, p.Citation, amounts, string(p.Verified)}
	}
	if d := r.Duty; d != nil {
		out.Duty = &Duty{d.Text, d.ReportTo, d.WithinBusinessDays}
	}
	return out
}

// onDay returns the rule with what it holds on a day.
func (r Rule) onDay(of *screening.Rule, day string) (Rule, error) {
	agreed, performed, err := of.OnDay(day)
	if err != nil {
		return r, err
	}
	r.OnDay = &RuleOnDay{day, outcomeOrNone(agreed), outcomeOrNone(performed)}
	r.Phases = slices.Clone(r.Phases)
	for i := range r.Phases {
		holds, err := of.Phases[i].InForce(day)
		if err != nil {
			return r, err
		}
		r.Phases[i].InForce = &holds
	}
	return r, nil
}

func outcomeOrNone(d screening.Decision) string {
	if d == screening.Undetermined {
		return "none"
	}
	return d.String()
}

// inForce returns the entity with the listings that stand on a day.
func (e Entity) inForce(day string) Entity {
	e.Listings = slices.DeleteFunc(slices.Clone(e.Listings), func(l Listing) bool {
		return !screening.Listing{From: l.From, Until: l.Until}.InForce(day)
	})
	return e
}
