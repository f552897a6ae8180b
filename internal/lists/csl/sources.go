package csl

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// source is one of the lists that were put together.
type source struct {
	list    screening.ListID
	title   string // in a citation
	codes   string // that the list bears in brackets, with blanks between them
	words   string // that its name begins with, in lower case
	persons bool   // most of its entries are persons, and it does not say which
	plain   bool   // names have nothing else in them, and the type tells persons
}

// sources are the lists in the order in which their names are looked for.
var sources = []source{
	{list: "ofac-sdn", title: "OFAC SDN List", codes: "SDN", words: "specially designated nationals", plain: true},
	{list: "us-entity-list", title: "BIS Entity List, 15 CFR part 744, supplement no. 4", codes: "EL", words: "entity list"},
	{list: "bis-dpl", title: "BIS Denied Persons List", codes: "DPL", words: "denied persons", persons: true},
	{list: "bis-uvl", title: "BIS Unverified List, 15 CFR part 744, supplement no. 6", codes: "UVL", words: "unverified"},
	{list: "bis-meu", title: "BIS Military End User List, 15 CFR part 744, supplement no. 7", codes: "MEU", words: "military end"},
	{list: "us-isn", title: "State Department, nonproliferation sanctions", codes: "ISN", words: "nonproliferation"},
	{list: "us-ddtc", title: "State Department, AECA debarred parties, 22 CFR 127.7", codes: "DTC", words: "itar debarred", persons: true},
	{list: "us-ddtc", title: "State Department, AECA debarred parties, 22 CFR 127.7", words: "aeca debarred", persons: true},
	{list: "ofac-ssi", title: "OFAC Sectoral Sanctions Identifications List", codes: "SSI", words: "sectoral sanctions", plain: true},
	{list: "ofac-fse", title: "OFAC Foreign Sanctions Evaders List", codes: "FSE", words: "foreign sanctions evaders", plain: true},
	{list: "ofac-plc", title: "OFAC Non-SDN Palestinian Legislative Council List", codes: "PLC NS-PLC", words: "palestinian legislative", plain: true},
	{list: "ofac-capta", title: "OFAC CAPTA List", codes: "CAP CAPTA", words: "capta", plain: true},
	{list: "ofac-capta", title: "OFAC CAPTA List", words: "correspondent account", plain: true},
	{list: "ofac-capta", title: "OFAC CAPTA List", codes: "561", words: "list of foreign financial institutions subject to", plain: true},
	{list: "ofac-mbs", title: "OFAC Non-SDN Menu-Based Sanctions List", codes: "MBS NS-MBS", words: "non-sdn menu-based", plain: true},
	{list: "ofac-cmic", title: "OFAC Non-SDN Chinese Military-Industrial Complex Companies List", codes: "CMIC NS-CMIC", words: "non-sdn chinese military", plain: true},
}

// sourceOf tells the list that a source names, by its code in brackets (Entity List (EL) - Bureau ...), its bare code or
// its first words. A list that is not known is this publication's own, under its name.
func sourceOf(name string) source {
	lower := strings.ToLower(name)
	code := strings.TrimSuffix(inBrackets(name), " List")
	for _, s := range sources {
		if strings.HasPrefix(lower, s.words) || hasCode(s.codes, code) || hasCode(s.codes, name) {
			return s
		}
	}
	if name == "" {
		name = "US Consolidated Screening List"
	}
	return source{list: id, title: name}
}

func inBrackets(name string) string {
	_, rest, _ := strings.Cut(name, "(")
	inside, _, _ := strings.Cut(rest, ")")
	return strings.TrimSpace(inside)
}

func hasCode(codes, code string) bool {
	if code == "" {
		return false
	}
	for known := range strings.FieldsSeq(codes) {
		if known == code {
			return true
		}
	}
	return false
}
