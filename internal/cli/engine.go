package cli

import (
	"fmt"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/screening"
)

// newScreener returns the engine on the embedded catalogue.
func newScreener() (*screening.Screener, error) {
	catalogue, err := data.Catalogue()
	if err != nil {
		return nil, fmt.Errorf("load the embedded catalogue: %w", err)
	}
	return screening.New(catalogue, screening.Config{})
}

// assumed is what the operator stands for in a deal that leaves a side out.
func assumed(s config.Settings) screening.Background {
	return screening.Background{SellerCountry: string(s.OperatorCountry), OwnerCountry: string(s.OperatorCountry)}
}
