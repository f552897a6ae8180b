package api

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// reader turns wire values into domain values and collects every fault with its pointer.
type reader struct {
	empty   []FieldError // nothing to screen: 400
	invalid []FieldError // values that cannot be: 422
}

func (r *reader) err() error {
	switch {
	case len(r.empty) > 0:
		return malformed("There is nothing to screen.", r.empty...)
	case len(r.invalid) > 0:
		return refused(r.invalid)
	}
	return nil
}

func (r *reader) refuse(pointer, detail string) {
	r.invalid = append(r.invalid, FieldError{pointer, detail})
}

func (in *VendorRequest) order() (screening.Order, error) {
	var r reader
	o := screening.Order{Reference: in.Reference, Facts: r.facts("/facts", in.Facts)}
	o.OrderedAt = r.date("/date", in.Date)
	o.FulfilAt = o.OrderedAt
	p := r.party("", &in.Party)
	if p.Role == "" {
		p.Role = screening.Seller
	}
	if strings.TrimSpace(in.Name) == "" {
		r.empty = append(r.empty, FieldError{"/name", "is missing or empty: give the vendor's name"})
	}
	o.Parties = []screening.Party{p}
	return o, r.err()
}

func (in *SKURequest) order() (screening.Order, error) {
	var r reader
	o := screening.Order{Reference: in.Reference}
	o.OrderedAt = r.date("/date", in.Date)
	o.FulfilAt = o.OrderedAt
	o.Activity = word(&r, "/activity", in.Activity, screening.Activities[:])
	o.Funding = word(&r, "/funding", in.Funding, screening.Fundings[:])
	o.Lines = []screening.Line{r.line("", &in.Line)}
	for _, side := range []struct {
		role  screening.Role
		party *Party
	}{{screening.Seller, in.Seller}, {screening.Buyer, in.Buyer}, {screening.ShipTo, in.ShipTo}, {screening.EndUser, in.EndUser}} {
		if side.party == nil {
			continue
		}
		at := "/" + string(side.role)
		p := r.party(at, side.party)
		if p.Role != "" && p.Role != side.role {
			r.refuse(at+"/role", fmt.Sprintf("is %s in a field for the %s: leave it out", p.Role, side.role))
		}
		p.Role = side.role
		r.named(at, &p)
		o.Parties = append(o.Parties, p)
	}
	return o, r.err()
}

func (in *OrderRequest) order() (screening.Order, error) {
	var r reader
	o := screening.Order{
		Reference: in.Reference, Contract: in.Contract, Texts: in.Texts, Facts: r.facts("/facts", in.Facts),
		Document: word(&r, "/document", in.Document, screening.Documents[:]),
		Activity: word(&r, "/activity", in.Activity, screening.Activities[:]),
		Funding:  word(&r, "/funding", in.Funding, screening.Fundings[:]),
		Currency: r.currency(in.Currency),
	}
	o.OrderedAt = r.date("/ordered_at", in.OrderedAt)
	o.FulfilAt = r.date("/fulfil_at", in.FulfilAt)
	if len(in.Lines) == 0 && len(in.Parties) == 0 {
		r.empty = append(r.empty, FieldError{"", "has no line and no party"})
	}
	if len(in.Lines) > MaxLines {
		return o, tooManyLines(len(in.Lines))
	}
	o.Parties = r.parties("/parties", in.Parties)
	for i := range in.Lines {
		o.Lines = append(o.Lines, r.line("/lines/"+strconv.Itoa(i), &in.Lines[i]))
	}
	return o, r.err()
}

func (r *reader) parties(at string, in []Party) []screening.Party {
	var out []screening.Party
	if len(in) > MaxParties {
		r.refuse(at, fmt.Sprintf("has %d parties; %d are the most", len(in), MaxParties))
		return nil
	}
	for i := range in {
		pointer := at + "/" + strconv.Itoa(i)
		p := r.party(pointer, &in[i])
		if p.Role == "" && in[i].Role == "" {
			r.refuse(pointer+"/role", "is missing: want "+list(screening.Roles[:]))
		}
		r.named(pointer, &p)
		out = append(out, p)
	}
	return out
}

// named asks for a name or a number on a party: one of them is needed to know who it is. A country alone is enough
// for the buying and selling side, since the law asks where they are.
func (r *reader) named(at string, p *screening.Party) {
	if strings.TrimSpace(p.Name) == "" && len(p.Identifiers) == 0 && p.Country == "" {
		r.empty = append(r.empty, FieldError{at, "has no name, identifier or country"})
	}
}

func (r *reader) party(at string, in *Party) screening.Party {
	p := screening.Party{
		Role: word(r, at+"/role", in.Role, screening.Roles[:]), Name: r.text(at+"/name", in.Name),
		Kind:    word(r, at+"/kind", in.Kind, []screening.PartyKind{screening.Organisation, screening.Person}),
		Aliases: in.Aliases, Address: r.text(at+"/address", in.Address), Country: in.Country, State: in.State,
		Sector:      word(r, at+"/sector", in.Sector, screening.Sectors[:]),
		DateOfBirth: r.birth(at+"/date_of_birth", in.DateOfBirth), Nationality: in.Nationality, Employer: in.Employer,
	}
	for i, alias := range in.Aliases {
		r.text(at+"/aliases/"+strconv.Itoa(i), alias)
	}
	for _, id := range in.Identifiers {
		p.Identifiers = append(p.Identifiers, screening.Identifier(id))
	}
	return p
}

func (r *reader) line(at string, in *Line) screening.Line {
	l := screening.Line{
		ID: in.ID, SKU: r.text(at+"/sku", in.SKU), Manufacturer: r.text(at+"/manufacturer", in.Manufacturer),
		ManufacturerPart: r.text(at+"/manufacturer_part", in.ManufacturerPart), Description: r.text(at+"/description", in.Description),
		GTIN: r.text(at+"/gtin", in.GTIN), CPE: r.text(at+"/cpe", in.CPE), PURL: r.text(at+"/purl", in.PURL),
		Quantity: r.decimal(at+"/quantity", in.Quantity), UnitPrice: r.decimal(at+"/unit_price", in.UnitPrice),
		FulfilAt: r.date(at+"/fulfil_at", in.FulfilAt), ServiceStart: r.date(at+"/service_start", in.ServiceStart),
		ServiceEnd: r.date(at+"/service_end", in.ServiceEnd), Parties: r.parties(at+"/parties", in.Parties),
		Texts: in.Texts, Facts: r.facts(at+"/facts", in.Facts),
	}
	for i, text := range in.Texts {
		r.text(at+"/texts/"+strconv.Itoa(i), text)
	}
	spoken := append([]string{in.SKU, in.Manufacturer, in.ManufacturerPart, in.Description, in.GTIN, in.CPE, in.PURL}, in.Texts...)
	if strings.TrimSpace(strings.Join(spoken, "")) == "" {
		r.empty = append(r.empty, FieldError{at, "has no sku, manufacturer, manufacturer_part, description, gtin, cpe, purl or text"})
	}
	return l
}

func (r *reader) text(pointer, value string) string {
	if len(value) > maxText {
		r.refuse(pointer, fmt.Sprintf("is longer than %d bytes", maxText))
	}
	return value
}

func (r *reader) date(pointer, value string) string {
	if value == "" {
		return ""
	}
	if err := screening.CheckDate(value); err != nil {
		r.refuse(pointer, err.Error())
	}
	return value
}

func (r *reader) birth(pointer, value string) string {
	if value == "" {
		return ""
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if _, err := time.Parse(layout, value); err == nil {
			return value
		}
	}
	r.refuse(pointer, fmt.Sprintf("%q is not a date of birth: want YYYY-MM-DD, YYYY-MM or YYYY", value))
	return ""
}

func (r *reader) decimal(pointer, value string) string {
	if value != "" && !screening.IsDecimal(value) {
		r.refuse(pointer, fmt.Sprintf("%q is not a decimal number such as 21.50", value))
	}
	return value
}

func (r *reader) currency(value string) string {
	if value != "" && (len(value) != 3 || strings.Trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		r.refuse("/currency", fmt.Sprintf("%q is not an ISO 4217 code such as USD", value))
	}
	return value
}

func (r *reader) facts(at string, in Facts) screening.GivenFacts {
	answer := func(name, value string) screening.Answer {
		switch value {
		case "":
			return screening.Unknown
		case "yes":
			return screening.Yes
		case "no":
			return screening.No
		}
		r.refuse(at+"/"+name, fmt.Sprintf("%q: want yes or no; leave it out where it is not known", value))
		return screening.Unknown
	}
	return screening.GivenFacts{
		Licence: answer("licence", in.Licence), EARItem: answer("ear_item", in.EARItem), Ownership50: answer("ownership_50", in.Ownership50),
		FCCAuthorisation: answer("fcc_authorisation", in.FCCAuthorisation), Informational: answer("informational", in.Informational),
		ExistingAgreement: answer("existing_agreement", in.ExistingAgreement),
	}
}

// word reads a word of a closed set.
func word[T ~string](r *reader, pointer, value string, known []T) T {
	if value == "" || slices.Contains(known, T(value)) {
		return T(value)
	}
	r.refuse(pointer, fmt.Sprintf("unknown value %q: want %s", value, list(known)))
	return ""
}

func list[T ~string](known []T) string { return strings.Join(words(known), ", ") }
