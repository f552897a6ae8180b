package screening

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Places knows countries, their states and time zones, and which country gave a tax number. It is immutable and safe
// for concurrent use. Names are compared without regard to case, accents and punctuation.
type Places struct {
	countries map[string]country           // by alpha-2 code
	names     map[string]string            // placeKey of a code or name -> alpha-2 code
	states    map[string]map[string]string // alpha-2 code -> placeKey of a code or name -> state code
	zones     map[stateID][]*time.Location
	taxIDs    map[string][]taxIDRule // placeKey of a scheme -> rules, first one that fits wins
	usStates  map[string]string      // first name of a US state or territory -> code
	zips      map[string][]zipRange  // by the code of a US state or territory
}

// zipRange is a stretch of the first three digits of ZIP codes, both ends included.
type zipRange struct{ from, to string }

type country struct {
	zones []*time.Location
	us    bool
}

type stateID struct{ country, state string }

type taxIDRule struct {
	country string
	shapes  []string // of the value; none = any value
}

// Country reads an ISO 3166-1 code of two or three letters or a country's name and returns the two-letter code.
func (p *Places) Country(s string) (alpha2 string, ok bool) {
	if _, known := p.countries[s]; known {
		return s, true
	}
	alpha2, ok = p.names[placeKey(s)]
	return alpha2, ok
}

// State reads the code or name of a state of a country and returns its code, such as TX. It knows the states of
// countries that have several time zones only. An ISO 3166-2 code (US-TX) is read too.
func (p *Places) State(country, s string) (code string, ok bool) {
	alpha2, ok := p.Country(country)
	if !ok {
		return "", false
	}
	code, ok = p.states[alpha2][placeKey(s)]
	return code, ok
}

// Zones returns the time zones in which a date without a zone may have been meant: those of the state, or the
// country's where the state is not known. It is never empty for a known country and nil for any other. The slice is
// shared and must not be changed.
func (p *Places) Zones(country, state string) []*time.Location {
	alpha2, ok := p.Country(country)
	if !ok {
		return nil
	}
	if code, ok := p.State(alpha2, state); ok {
		return p.zones[stateID{alpha2, code}]
	}
	return p.countries[alpha2].zones
}

// InUS tells whether a place is in the United States or its territories, whether a territory is written as a country
// or as a state. Without a country only a state's name in full tells: codes such as CA and PR are used by many.
func (p *Places) InUS(country, state string) bool {
	if country != "" {
		alpha2, ok := p.Country(country)
		return ok && p.countries[alpha2].us
	}
	key := placeKey(state)
	code, ok := p.states["US"][key]
	if !ok || strings.EqualFold(code, key) {
		return false
	}
	other, isCountry := p.names[key]
	return !isCountry || p.countries[other].us
}

// TaxCountry tells which country gave a tax or register number: by its scheme (EIN, 9930, DE:VAT), or by the shape of
// the value where the scheme alone does not say (VAT, RUC). A scheme that names no country gives false.
func (p *Places) TaxCountry(scheme, value string) (alpha2 string, ok bool) {
	for _, rule := range p.taxIDs[placeKey(scheme)] {
		if rule.fits(value) {
			return rule.country, true
		}
	}
	if prefix, _, found := strings.Cut(scheme, ":"); found {
		country := strings.ToUpper(prefix)
		if _, known := p.countries[country]; known {
			return country, true
		}
	}
	return "", false
}

func (r taxIDRule) fits(value string) bool {
	if len(r.shapes) == 0 {
		return true
	}
	for _, shape := range r.shapes {
		if hasShape(value, shape) {
			return true
		}
	}
	return false
}

// hasShape compares a number with a shape of placesFile, skipping the number's separators.
func hasShape(value, shape string) bool {
	at := 0
	for i := range len(value) {
		c := value[i]
		if strings.IndexByte(" .-/", c) >= 0 {
			continue
		}
		if at == len(shape) || !fitsShape(c, shape[at]) {
			return false
		}
		at++
	}
	return at == len(shape)
}

func fitsShape(c, want byte) bool {
	digit := c >= '0' && c <= '9'
	upper := c &^ 0x20
	letter := upper >= 'A' && upper <= 'Z'
	switch want {
	case '#':
		return digit
	case '@':
		return letter
	case '*':
		return digit || letter
	}
	return c == want || letter && upper == want
}

// placeKey is the form in which names of places and schemes are compared: lower case, without accents, full stops and
// apostrophes, other signs as single blanks, without a leading "the".
func placeKey(s string) string {
	key := make([]byte, 0, len(s)+8)
	gap := false
	for _, r := range norm.NFKD.String(s) {
		and := r == '&'
		switch {
		case and || unicode.IsLetter(r) || unicode.IsDigit(r):
			if (gap || and) && len(key) > 0 {
				key = append(key, ' ')
			}
			gap = and
			if and {
				key = append(key, "and"...)
			} else {
				key = utf8.AppendRune(key, unicode.ToLower(r))
			}
		case strings.ContainsRune(".'’ʻ`", r) || unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	for bytes.HasPrefix(key, []byte("the ")) {
		key = key[len("the "):]
	}
	return string(key)
}

// newPlaces builds Places from the file's content and refuses content that Check finds fault with.
func newPlaces(f placesFile) (*Places, error) {
	var faults []error
	f.Check(func(path, detail string) { faults = append(faults, fmt.Errorf("places: %s: %s", path, detail)) })
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	p := &Places{
		countries: make(map[string]country, len(f.Countries)),
		names:     map[string]string{},
		states:    map[string]map[string]string{},
		zones:     map[stateID][]*time.Location{},
		taxIDs:    map[string][]taxIDRule{},
		usStates:  map[string]string{},
		zips:      map[string][]zipRange{},
	}
	zones := zoneLoader{}
	for _, c := range f.Countries {
		located, err := zones.load(c.Zone)
		if err != nil {
			return nil, fmt.Errorf("country %s: %w", c.Code, err)
		}
		p.countries[c.Code] = country{zones: located, us: c.US}
		for _, key := range c.keys() {
			p.names[key] = c.Code
		}
	}
	for alpha2, states := range f.States {
		p.states[alpha2] = map[string]string{}
		for _, s := range states {
			located, err := zones.load(s.Zones...)
			if err != nil {
				return nil, fmt.Errorf("state %s of %s: %w", s.Code, alpha2, err)
			}
			p.zones[stateID{alpha2, s.Code}] = located
			if alpha2 == "US" {
				p.usStates[s.Names[0]] = s.Code
				p.zips[s.Code] = s.zipRanges()
			}
			for _, key := range s.keys(alpha2) {
				p.states[alpha2][key] = s.Code
			}
		}
	}
	for _, entry := range f.TaxIDs {
		for _, key := range f.schemeKeys(entry) {
			p.taxIDs[key] = append(p.taxIDs[key], taxIDRule{entry.Country, entry.Shapes})
		}
	}
	return p, nil
}

// zoneLoader loads each time zone once.
type zoneLoader map[string]*time.Location

func (l zoneLoader) load(names ...string) ([]*time.Location, error) {
	zones := make([]*time.Location, 0, len(names))
	for _, name := range names {
		if l[name] == nil {
			zone, err := time.LoadLocation(name)
			if err != nil {
				return nil, fmt.Errorf("time zone %q: %w", name, err)
			}
			l[name] = zone
		}
		zones = append(zones, l[name])
	}
	return zones, nil
}

// placesFile is the content of data/places.yaml; the file's head explains its fields.
type placesFile struct {
	Countries  []countryEntry          `yaml:"countries"`
	States     map[string][]stateEntry `yaml:"states"` // by alpha-2 code of the country
	TaxIDs     []taxIDEntry            `yaml:"tax_ids"`
	TaxIDNames map[string][]string     `yaml:"tax_id_names"` // by a scheme of TaxIDs
}

type countryEntry struct {
	Code   string   `yaml:"code"`
	Alpha3 string   `yaml:"alpha3"`
	US     bool     `yaml:"us"`
	Zone   string   `yaml:"zone"`
	Names  []string `yaml:"names"`
}

type stateEntry struct {
	Code  string   `yaml:"code"`
	Zones []string `yaml:"zones"`
	Names []string `yaml:"names"`
	ZIPs  []string `yaml:"zips"` // of a US state: 350-369
}

type taxIDEntry struct {
	Country string   `yaml:"country"`
	Schemes []string `yaml:"schemes"`
	Shapes  []string `yaml:"shapes"`
}

func (c countryEntry) keys() []string {
	return placeKeys(append([]string{c.Code, c.Alpha3}, c.Names...))
}

func (s stateEntry) keys(country string) []string {
	return placeKeys(append([]string{s.Code, country + " " + s.Code}, s.Names...))
}

func (f *placesFile) schemeKeys(entry taxIDEntry) []string {
	var schemes []string
	for _, scheme := range entry.Schemes {
		schemes = append(append(schemes, scheme), f.TaxIDNames[scheme]...)
	}
	return placeKeys(schemes)
}

func placeKeys(names []string) []string {
	keys := make([]string, 0, len(names))
	for _, name := range names {
		keys = append(keys, placeKey(name))
	}
	return keys
}

// Check reports what is missing, malformed or contradicts itself. Time zones are checked by loading them.
func (f *placesFile) Check(report func(path, detail string)) {
	countries := f.checkCountries(report)
	for alpha2, states := range f.States {
		path := "states." + alpha2
		if !countries[alpha2] {
			report(path, "no country has this code")
		}
		checkStates(alpha2, path, states, report)
	}
	schemes, unconditional := map[string]bool{}, map[string]string{}
	for i, entry := range f.TaxIDs {
		path := fmt.Sprintf("tax_ids[%d]", i)
		if !countries[entry.Country] {
			report(path, fmt.Sprintf("no country has the code %q", entry.Country))
		}
		if len(entry.Schemes) == 0 {
			report(path, "needs at least one scheme")
		}
		for _, scheme := range entry.Schemes {
			schemes[scheme] = true
		}
		for _, key := range f.schemeKeys(entry) {
			if before, taken := unconditional[key]; taken {
				report(path, fmt.Sprintf("scheme %q is %s already", key, before))
			}
			if len(entry.Shapes) == 0 {
				unconditional[key] = entry.Country
			}
		}
	}
	for scheme := range f.TaxIDNames {
		if !schemes[scheme] {
			report("tax_id_names."+scheme, "no entry of tax_ids has this scheme")
		}
	}
}

func (f *placesFile) checkCountries(report func(path, detail string)) map[string]bool {
	codes, owner := map[string]bool{}, map[string]string{}
	if len(f.Countries) == 0 {
		report("countries", "is empty")
	}
	for i, c := range f.Countries {
		path := fmt.Sprintf("countries[%d]", i)
		if !isUpper(c.Code, 2) || !isUpper(c.Alpha3, 3) {
			report(path, fmt.Sprintf("code %q and alpha3 %q must be two and three capital letters", c.Code, c.Alpha3))
		}
		if codes[c.Code] {
			report(path, fmt.Sprintf("code %s is there twice", c.Code))
		}
		codes[c.Code] = true
		if c.Zone == "" || len(c.Names) == 0 {
			report(path, "needs a zone and a name")
		}
		checkOwner(c.Code, path, c.keys(), owner, report)
	}
	return codes
}

func checkStates(country, path string, states []stateEntry, report func(path, detail string)) {
	owner := map[string]string{}
	for i, s := range states {
		path := fmt.Sprintf("%s[%d]", path, i)
		if s.Code == "" || len(s.Zones) == 0 || len(s.Names) == 0 {
			report(path, "needs a code, a zone and a name")
		}
		if country == "US" && (len(s.ZIPs) == 0 || len(s.zipRanges()) != len(s.ZIPs)) {
			report(path+".zips", "want the first three digits of its ZIP codes, such as 350-369")
		}
		checkOwner(s.Code, path, s.keys(country), owner, report)
	}
}

// checkOwner reports names that are empty or belong to another code already.
func checkOwner(code, path string, keys []string, owner map[string]string, report func(path, detail string)) {
	for _, key := range keys {
		if key == "" {
			report(path, "has an empty name")
		}
		if before, taken := owner[key]; taken && before != code {
			report(path, fmt.Sprintf("name %q belongs to %s already", key, before))
		}
		owner[key] = code
	}
}

func isUpper(s string, length int) bool {
	return len(s) == length && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
