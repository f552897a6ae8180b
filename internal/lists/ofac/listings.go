package ofac

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// split parts programmes, which are written as SDGT] [IFSR.
func split(programs string) []string {
	var out []string
	for program := range strings.SplitSeq(value(programs), "] [") {
		if program = strings.Trim(program, " []"); program != "" {
			out = append(out, program)
		}
	}
	return out
}

// list is one of OFAC's lists.
type list struct {
	id    screening.ListID
	title string // in a citation
}

var (
	sdn    = list{"ofac-sdn", "OFAC SDN List"}
	plc    = list{"ofac-plc", "OFAC Non-SDN Palestinian Legislative Council List"}
	cmic   = list{"ofac-cmic", "OFAC Non-SDN Chinese Military-Industrial Complex Companies List"}
	fse    = list{"ofac-fse", "OFAC Foreign Sanctions Evaders List"}
	capta  = list{"ofac-capta", "OFAC List of Foreign Financial Institutions Subject to Correspondent Account or Payable-Through Account Sanctions"}
	mbs    = list{"ofac-mbs", "OFAC Non-SDN Menu-Based Sanctions List"}
	ssi    = list{"ofac-ssi", "OFAC Sectoral Sanctions Identifications List"}
	others = list{"ofac-cons", "OFAC Consolidated Sanctions List"}
)

func sdnListed([]string, string) []list { return []list{sdn} }

// consListed returns the lists that an entry of the consolidated file is on. The programmes tell most of it. An entry
// under a programme of several lists has its directives and measures in the remarks: E.O. 14024 directive 2 is the CAPTA
// List's, the other directives and single measures are the menu-based list's, E.O. 13662 is the sectoral list's.
func consListed(programs []string, remarks string) []list {
	var on []list
	add := func(l list) {
		for _, known := range on {
			if known == l {
				return
			}
		}
		on = append(on, l)
	}
	for _, program := range programs {
		switch {
		case strings.HasPrefix(program, "NS-PLC"):
			add(plc)
		case strings.Contains(program, "CMIC"):
			add(cmic)
		case strings.HasPrefix(program, "FSE-"):
			add(fse)
		case strings.HasPrefix(program, "561"), strings.Contains(program, "CAPTA"):
			add(capta)
		case program == "UKRAINE-EO13662", strings.HasPrefix(program, "NS-SSI"):
			add(ssi)
		case strings.Contains(program, "MBS"):
			add(mbs)
		}
	}
	if strings.Contains(remarks, "(EO 14024 Directive 2)") || strings.Contains(remarks, "14024 Directive Information Subject to Directive 2") {
		add(capta)
	}
	for _, measure := range menu {
		if strings.Contains(remarks, measure) {
			add(mbs)
		}
	}
	if len(on) == 0 {
		add(others)
	}
	return on
}

// menu are words that tell of measures short of blocking.
var menu = [...]string{
	"14024 Directive Information Subject to Directive 1a", "14024 Directive Information Subject to Directive 3", "14024 Directive Information Subject to Directive 4",
	"14014 Directive Information:", "14059 information:", "CAATSA Section 235 Information:",
	"(EO 14024 Directive 1a)", "(EO 14024 Directive 3)", "(EO 14024 Directive 4)", "(EO 14014 Directive 1)",
}

// search leads to an entry in OFAC's own search by its number.
const search = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id="

func (l list) listing(e *screening.Entity, number string, programs []string) screening.Listing {
	citation := l.title
	if len(programs) > 0 {
		citation += ": " + strings.Join(programs, ", ")
	}
	return screening.Listing{
		List: l.id, Programs: programs, Entry: e.Name, UID: number, Citation: citation, URL: search + number, Verified: screening.Primary,
	}
}
