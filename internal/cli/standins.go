package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// given checks the flags that stand in where an order is silent and returns every fault, joined.
func (c screenCommand) given(places *screening.Places) (screening.Background, error) {
	g := screening.Background{Activity: screening.Activity(c.Activity), Sector: screening.SectorKind(c.Sector)}
	var faults []error
	refuse := func(flag, value, want string) {
		faults = append(faults, fmt.Errorf("--%s %q: want %s", flag, value, want))
	}
	country := func(flag, value string) string {
		code, known := places.Country(value)
		if value != "" && !known {
			refuse(flag, value, "a country, such as US")
		}
		return code
	}
	g.SellerCountry = country("seller-country", c.SellerCountry)
	g.OwnerCountry = country("owner-country", c.OwnerCountry)
	if c.Activity != "" && !slices.Contains(screening.Activities[:], g.Activity) {
		refuse("activity", c.Activity, "one of "+listed(screening.Activities[:]))
	}
	if c.Sector != "" && !slices.Contains(screening.Sectors[:], g.Sector) {
		refuse("sector", c.Sector, "one of "+listed(screening.Sectors[:]))
	}
	var err error
	if c.Zone != "" {
		if g.Zone, err = time.LoadLocation(c.Zone); err != nil || c.Zone == "Local" {
			refuse("zone", c.Zone, "a time zone, such as America/Chicago or UTC")
		}
	}
	if c.ReceivedAt != "" {
		if g.ReceivedAt, err = time.Parse(time.RFC3339, c.ReceivedAt); err != nil {
			refuse("received-at", c.ReceivedAt, "a time with offset, such as 2024-10-02T09:30:00-04:00")
		}
	}
	if c.Date != "" {
		if err := screening.CheckDate(c.Date); err != nil {
			refuse("date", c.Date, "a day or time, such as 2024-10-02")
		}
	}
	return g, errors.Join(faults...)
}

func listed[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
