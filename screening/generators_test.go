package screening_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/interdict/interdict/screening"
)

// anyOrder draws orders near the law: real brands, numbers, roles, countries, and dates about the boundaries.
func anyOrder() *rapid.Generator[screening.Order] {
	return rapid.Custom(func(t *rapid.T) screening.Order {
		o := screening.Order{
			ReceivedAt: requestTime, Currency: "USD",
			OrderedAt: anyDate().Draw(t, "ordered at"), FulfilAt: maybe(t, "fulfil at", anyDate()),
			Document: maybe(t, "document", rapid.SampledFrom(screening.Documents[:])),
			Activity: maybe(t, "activity", rapid.SampledFrom(screening.Activities[:])),
			Funding:  maybe(t, "funding", rapid.SampledFrom(screening.Fundings[:])),
			Contract: maybe(t, "contract", rapid.SampledFrom([]string{"PO-2023-0012", "W91QUZ-22-D-0012"})),
			Facts:    anyFacts().Draw(t, "facts"),
			Parties:  rapid.SliceOfN(anyParty(), 0, 4).Draw(t, "parties"),
			Lines:    rapid.SliceOfN(anyLine(), 1, 3).Draw(t, "lines"),
			Assumed: screening.Background{
				SellerCountry: rapid.SampledFrom([]string{"US", "DE"}).Draw(t, "assumed seller"),
				OwnerCountry:  rapid.SampledFrom([]string{"US", "DE"}).Draw(t, "assumed owner"),
			},
		}
		if rapid.IntRange(0, 9).Draw(t, "problem") == 0 {
			o.Problems = []screening.Problem{{Code: "total"}}
		}
		return o
	})
}

func anyLine() *rapid.Generator[screening.Line] {
	descriptions := []string{
		"24in monitor", "Kaspersky", "Kaspersky Endpoint Security for Business Advanced", "Kaspersky Automated Security Awareness Platform",
		"Kaspersky Threat Data Feeds", "Kaspersky Premium Support", "Kaspersky Incident Response retainer", "Gateway with KasperskyOS",
		"Migration from Kaspersky Endpoint Security to CrowdStrike Falcon", "Kaspersky Small Office Security, renewal", "UltraAV, 5 devices",
		"SRX branch gateway UTM antivirus, powered by Kaspersky", "Kaspersky Managed Detection and Response", "KES Advanced", "ESET PROTECT Entry",
	}
	numbers := []string{"KL4867XATFS", "KL4867XATFR", "KL8558XAPFS", "KL6916XHBFS", "KL4999XATFS", "KL4867XATF", "KL4863", "KL1304", "P2422H"}
	return rapid.Custom(func(t *rapid.T) screening.Line {
		l := screening.Line{
			Quantity: rapid.SampledFrom([]string{"1", "250", "-1", "0"}).Draw(t, "quantity"), UnitPrice: "10.00",
			SKU:          maybe(t, "sku", rapid.SampledFrom(numbers)),
			Description:  rapid.SampledFrom(descriptions).Draw(t, "description"),
			Manufacturer: maybe(t, "manufacturer", rapid.SampledFrom([]string{"Kaspersky", "Juniper Networks", "Beckhoff"})),
			FulfilAt:     maybe(t, "line fulfil at", anyDate()),
			ServiceEnd:   maybe(t, "service end", anyDate()),
			Facts:        anyFacts().Draw(t, "line facts"),
		}
		if rapid.IntRange(0, 4).Draw(t, "own text") == 0 {
			l.Texts = []string{rapid.SampledFrom([]string{"free gift", "internal use", "30 day trial", "not for resale"}).Draw(t, "text")}
		}
		if rapid.IntRange(0, 4).Draw(t, "own party") == 0 {
			l.Parties = []screening.Party{anyParty().Draw(t, "line party")}
		}
		return l
	})
}

// maybe draws a value half of the time, else the zero value.
func maybe[T any](t *rapid.T, label string, g *rapid.Generator[T]) T {
	var zero T
	if rapid.Bool().Draw(t, label+"?") {
		return zero
	}
	return g.Draw(t, label)
}

func anyFacts() *rapid.Generator[screening.GivenFacts] {
	answer := rapid.SampledFrom([]screening.Answer{screening.Unknown, screening.Unknown, screening.No, screening.Yes})
	return rapid.Custom(func(t *rapid.T) screening.GivenFacts {
		return screening.GivenFacts{
			Licence: answer.Draw(t, "licence"), EARItem: answer.Draw(t, "ear_item"), Ownership50: answer.Draw(t, "ownership_50"),
			FCCAuthorisation: answer.Draw(t, "fcc_authorisation"), Informational: answer.Draw(t, "informational"),
			ExistingAgreement: answer.Draw(t, "existing_agreement"),
		}
	})
}

func anyParty() *rapid.Generator[screening.Party] {
	ordinary := rapid.Custom(func(t *rapid.T) screening.Party {
		return screening.Party{
			Role:    rapid.SampledFrom(screening.Roles[:]).Draw(t, "role"),
			Name:    rapid.SampledFrom([]string{"Contoso LLC", "Nordlicht Werke GmbH", "Meridian Trading", "City of Austin", "Comune di Vicenza", "Ridgeline Federal Systems LLC"}).Draw(t, "name"),
			Country: rapid.SampledFrom([]string{"", "US", "DE", "GB", "JP", "IT", "PR"}).Draw(t, "country"),
			State:   maybe(t, "state", rapid.SampledFrom([]string{"TX", "CA", "NY"})),
			Sector:  maybe(t, "sector", rapid.SampledFrom(screening.Sectors[:])),
		}
	})
	return rapid.OneOf(ordinary, ordinary, matchedParty())
}

func matchedParty() *rapid.Generator[screening.Party] {
	who := []screening.Party{
		{Name: "AO Kaspersky Lab", Country: "RU"},
		{Name: "OOO Kaspersky Group", Country: "RU"},
		{Name: "Kaspersky Labs Limited", Country: "GB"},
		{Name: "Kaspersky Lab, Inc.", Country: "US"},
		{Name: "Kaspersky Labs GmbH", Country: "DE"},
		{Name: "Kaspersky Lab"},
		{Name: "Pango Group", Country: "US"},
		{Name: "New Cloud Technologies LLC", Country: "RU"},
		{Name: "Anton Ivanov", Kind: screening.Person},
		{Name: "Andrei Gennadyevich Tikhonov", Kind: screening.Person, DateOfBirth: "1966-11-09"},
		{Name: "Kirill Aleksandrovich Astrakhan", Kind: screening.Person, DateOfBirth: "1987-11-17"},
	}
	return rapid.Custom(func(t *rapid.T) screening.Party {
		p := rapid.SampledFrom(who).Draw(t, "who")
		p.Role = rapid.SampledFrom(screening.Roles[:]).Draw(t, "role")
		return p
	})
}

// boundaries are the days on which some rule changes, at midnight in New York.
var boundaries = []string{
	"2017-09-13", "2018-10-01", "2022-03-25", "2022-05-24", "2022-12-07", "2023-09-24", "2024-06-21", "2024-06-24", "2024-07-15", "2024-07-20",
	"2024-07-23", "2024-09-29", "2025-09-29", "2025-11-10", "2025-12-24",
}

// boundary draws a midnight in a zone, on the day of a change, the day before or the day after.
func boundary(zone *time.Location) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		day, err := time.ParseInLocation(time.DateOnly, rapid.SampledFrom(boundaries).Draw(t, "boundary"), zone)
		if err != nil {
			t.Fatal(err)
		}
		return day.AddDate(0, 0, rapid.IntRange(-1, 1).Draw(t, "days off"))
	})
}

// anyDate draws dates about the boundaries, as instants with offset, local times and days.
func anyDate() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		at := boundary(zone(t, "America/New_York")).Draw(t, "day").Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "seconds off")) * time.Second)
		return at.Format(rapid.SampledFrom([]string{time.RFC3339, time.RFC3339, "2006-01-02T15:04:05", time.DateOnly, "02/01/2006"}).Draw(t, "layout"))
	})
}

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// undated is an order whose lines and header say nothing of when.
func undated(o screening.Order) screening.Order {
	o = copied(o)
	o.OrderedAt, o.FulfilAt = "", ""
	for i := range o.Lines {
		o.Lines[i].FulfilAt, o.Lines[i].ServiceEnd = "", ""
	}
	return o
}

// copied is an order whose slices may be changed without touching the original's.
func copied(o screening.Order) screening.Order {
	o.Texts, o.Parties, o.Lines, o.Problems = slices.Clone(o.Texts), slices.Clone(o.Parties), slices.Clone(o.Lines), slices.Clone(o.Problems)
	return o
}
