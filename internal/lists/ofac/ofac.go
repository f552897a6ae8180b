// Package ofac reads the lists of the Office of Foreign Assets Control of the US Treasury in their delimited files: the
// Specially Designated Nationals (SDN) List, and the Consolidated Sanctions List of everything else.
//
// The layout is described in https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas
// (dat_spec) and https://ofac.treasury.gov/consolidated-sanctions-list-non-sdn-lists. The files have no header row and
// write -0- for nothing. The entry's number ties addresses, other names and the overflow of remarks to the main file.
// They give no dates of listing, so listings have none.
package ofac

import (
	"context"

	"github.com/interdict/interdict/internal/lists"
)

const exports = "https://sanctionslistservice.ofac.treas.gov/api/publicationpreview/exports/"

// SDN is the Specially Designated Nationals and Blocked Persons List. Its entities have ids such as ofac-sdn:36.
var SDN = lists.Publication{
	ID:    "ofac-sdn",
	Title: "OFAC Specially Designated Nationals and Blocked Persons List",
	Home:  "https://sanctionslist.ofac.treas.gov/Home/SdnList",
	Parts: []lists.Part{
		{Name: "sdn.csv", URL: exports + "SDN.CSV", Fits: fits(mainFile, false)},
		{Name: "alt.csv", URL: exports + "ALT.CSV", Fits: fits(namesFile, false)},
		{Name: "add.csv", URL: exports + "ADD.CSV", Fits: fits(addressesFile, false)},
		{Name: "sdn_comments.csv", URL: exports + "SDN_COMMENTS.CSV", Fits: fits(remarksFile, false)},
	},
	Read: func(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
		return read(ctx, c, publication{id: "ofac-sdn", parts: [...]string{"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"}, listed: sdnListed})
	},
}

// Consolidated is the Consolidated Sanctions List of all of OFAC's lists but the SDN List. Its entities have ids such as
// ofac-cons:17014, and a listing for each of the lists (ofac-ssi, ofac-mbs, ...) that their programmes and directives
// belong to; ofac-cons where these tell none.
var Consolidated = lists.Publication{
	ID:    "ofac-cons",
	Title: "OFAC Consolidated Sanctions List (non-SDN)",
	Home:  "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
	Parts: []lists.Part{
		{Name: "cons_prim.csv", URL: exports + "CONS_PRIM.CSV", Fits: fits(mainFile, true)},
		{Name: "cons_alt.csv", URL: exports + "CONS_ALT.CSV", Fits: fits(namesFile, true)},
		{Name: "cons_add.csv", URL: exports + "CONS_ADD.CSV", Fits: fits(addressesFile, true)},
		{Name: "cons_comments.csv", URL: exports + "CONS_COMMENTS.CSV", Fits: fits(remarksFile, true)},
	},
	Read: func(ctx context.Context, c *lists.Copy) (*lists.Edition, error) {
		return read(ctx, c, publication{id: "ofac-cons", parts: [...]string{"cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"}, listed: consListed})
	},
}

// Columns of the files. A file may have more behind them.
const (
	mainColumns, nameColumns, addressColumns, remarkColumns = 12, 5, 6, 2

	mainNumber, mainName, mainType, mainProgram, mainTitle, mainCallSign = 0, 1, 2, 3, 4, 5
	mainVessel, mainTonnage, mainGross, mainFlag, mainOwner, mainRemarks = 6, 7, 8, 9, 10, 11

	nameType, nameText, nameRemarks = 2, 3, 4

	addressStreet, addressCity, addressCountry, addressRemarks = 2, 3, 4, 5
)
