package features

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

func TestCutLabel(t *testing.T) {
	for _, tt := range []struct {
		text  string
		types []string
		rest  string
	}{
		{"Passport AB 123 (Iran)", []string{"passport"}, "AB 123 (Iran)"},
		{"Identification Number IMO 1234567", []string{"imo"}, "1234567"},
		{"Identification Number 55 (Italy)", []string{"identification"}, "55 (Italy)"},
		{"Vessel Registration Identification IMO 1234567", []string{"imo"}, "1234567"},
		{"Vessel Registration Identification RS 5", []string{"vessel_registration"}, "RS 5"},
		{"NIT # 900 (Colombia)", []string{"tax_id", "nit"}, "900 (Colombia)"},
		{"R.F.C. # X-1", []string{"tax_id", "rfc"}, "X-1"},
		{"BIK (RU) 044", []string{"bik"}, "044"},
		{"Website:  www.example.org", []string{"website"}, "www.example.org"},
		{"Digital Currency Address - XBT 1abc", []string{"digital_currency"}, "XBT 1abc"},
		{"Passports of many", nil, "Passports of many"},
		{"Gender Male", nil, "Gender Male"},
		{"", nil, ""},
	} {
		types, rest := CutLabel(tt.text)
		if diff := cmp.Diff(tt.types, types); diff != "" || rest != tt.rest {
			t.Errorf("CutLabel(%q) = %v, %q, want %v, %q", tt.text, types, rest, tt.types, tt.rest)
		}
	}
}

func TestReadNumber(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Number
	}{
		{"123", Number{"123", ""}},
		{"A 1 (Iran) issued 01 Jan 2000 expires 01 Jan 2010", Number{"A 1", "Iran"}},
		{"HRA 7 (Bonn) (Germany)", Number{"HRA 7", "Germany"}},
		{"4, Doc. 6 (Panama).", Number{"4, Doc. 6", "Panama"}},
		{"4, Doc. 6 (Panama)", Number{"4, Doc. 6", "Panama"}},
		{"issued 21 Jun 1992 in Amman", Number{}},
		{"(98)(21)", Number{"(98)", "21"}},
		{"", Number{}},
	} {
		if got := ReadNumber(tt.text); got != tt.want {
			t.Errorf("ReadNumber(%q) = %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"10 Dec 1948": "1948-12-10", "1 Dec 1948": "1948-12-01", "Dec 1948": "1948-12", "1948": "1948", "1948-12-10": "1948-12-10", "1948-12": "1948-12",
		"12/10/1948": "1948-12-10", "1/2/1948": "1948-01-02", "2014-09-17 00:00:00": "2014-09-17", "2014-09-17T00:00:00Z": "2014-09-17",
		"31 Feb 1948": "", "13/13/1948": "", "0001": "", "late 1962": "", "": "",
	} {
		if got := Day(text); got != want {
			t.Errorf("Day(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestBirths(t *testing.T) {
	for _, tt := range []struct {
		name  string
		dates []string
		born  string
		also  []string
	}{
		{"one", []string{"10 Dec 1948"}, "1948-12-10", nil},
		{"several", []string{"10 Dec 1948", "1947", "10 Dec 1948"}, "1948-12-10", []string{"1947"}},
		{"a stretch of years", []string{"1962 to 1964"}, "1962", []string{"1963", "1964"}},
		{"a stretch of days", []string{"08 Nov 1985 to 07 Nov 1986"}, "1985", []string{"1986"}},
		{"too long a stretch", []string{"1950 to 1980"}, "", nil},
		{"about a year, alone", []string{"circa 1951"}, "", nil},
		{"about a year, beside another", []string{"circa 1951", "1953"}, "1953", []string{"1951"}},
		{"about a stretch", []string{"circa 1979-1980", "1981"}, "1981", []string{"1979", "1980"}},
		{"nothing to be read", []string{"unknown", ""}, "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b Births
			for _, d := range tt.dates {
				b.Add(d)
			}
			born, also := b.Dates()
			if born != tt.born || !cmp.Equal(tt.also, also) {
				t.Errorf("got %q and %v, want %q and %v", born, also, tt.born, tt.also)
			}
		})
	}
}

func TestCountries(t *testing.T) {
	catalogue, err := data.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	c := NewCountries(catalogue.Places())
	for name, want := range map[string]string{
		"Korea, North": "KP", "Korea, South": "KR", "Congo, Democratic Republic of the": "CD", "Congo, Republic of the": "CG", "Cote d Ivoire": "CI",
		"Bahamas, The": "BS", "Man, Isle of": "IM", "North Macedonia, The Republic of": "MK", "Virgin Islands, British": "VG", "The Gambia": "GM",
		"Region: Gaza": "PS", "West Bank": "PS", "Palestinian": "PS", "Region: Crimea": "UA", "Region: Northern Mali": "ML", "Region: Russia": "RU",
		"Burma": "MM", "Russia": "RU", "RU": "RU", "St. Kitts & Nevis": "KN", "St. Kitts and Nevis": "KN", "St. Vincent and the Grenadines": "VC",
		"Democratic People's Republic of Korea": "KP", "Kosovo": "XK",
		"undetermined": "", "None Identified": "", "Region: Jammu and Kashmir": "", "Atlantis": "", "": "",
	} {
		if got := c.Code(name); got != want {
			t.Errorf("Code(%q) = %q, want %q", name, got, want)
		}
	}
	if got := NewCountries(nil).Code("Korea, North"); got != "KP" {
		t.Errorf("without places: got %q, want KP", got)
	}
}

func TestOfAddress(t *testing.T) {
	catalogue, err := data.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	c := NewCountries(catalogue.Places())
	for address, want := range map[string]string{
		"1 High Street, London, GB": "GB", "GB": "GB", "1 Main Street, El Paso, TX, 79905": "US", "1 Main Street, El Paso, TX, 79905-1234": "US",
		"1 Main Street, El Paso, TX": "", "1 High Street, London": "", "Box 5, 79905": "", "5": "", "XX": "", "": "", ",": "", "1 Street, Paris, fr": "",
	} {
		if got := c.OfAddress(address); got != want {
			t.Errorf("OfAddress(%q) = %q, want %q", address, got, want)
		}
	}
	if got := NewCountries(nil).OfAddress("El Paso, TX, 79905"); got != "" {
		t.Errorf("without places: got %q", got)
	}
}

func TestHost(t *testing.T) {
	for website, want := range map[string]string{
		"www.example.org": "example.org", "http://EXAMPLE.org/": "example.org", "https://example.org/en/contacts": "example.org", "example.org:8080": "example.org",
		"http://example.org/index.html": "example.org", "www.example.org. Offices worldwide": "example.org",
		"www.facebook.com/somebody": "", "https://facebook.com": "", "http://example.edu/somebody": "", "https://somebody.wixsite.com/shop": "",
		"no host": "", "a@example.org": "", "": "", ".": "", "example.": "",
	} {
		if got := Host(website); got != want {
			t.Errorf("Host(%q) = %q, want %q", website, got, want)
		}
	}
}

func TestAdd(t *testing.T) {
	c := NewCountries(nil)
	c.known["Russia"], c.known["Iran"] = "RU", "IR"
	for _, tt := range []struct {
		name                 string
		types                []string
		value, country       string
		identifiers          []screening.EntityNumber
		countries, hostNames []string
	}{
		{"tax number", []string{"tax_id"}, "7700000000", "Russia", numbers("tax_id", "7700000000", "inn", "7700000000"), []string{"RU"}, nil},
		{"longer tax number", []string{"tax_id"}, "770000000000", "Russia", numbers("tax_id", "770000000000", "inn", "770000000000"), []string{"RU"}, nil},
		{"short tax number", []string{"tax_id"}, "77", "Russia", numbers("tax_id", "77"), []string{"RU"}, nil},
		{"register", []string{"registration"}, "1020000000000", "Russia", numbers("registration", "1020000000000", "ogrn", "1020000000000"), []string{"RU"}, nil},
		{"passport", []string{"passport"}, "A 1", "Iran", numbers("passport", "A 1"), nil, nil},
		{"two types", []string{"tax_id", "rfc"}, "X1", "", numbers("tax_id", "X1", "rfc", "X1"), nil, nil},
		{"website", []string{"website"}, "www.example.org", "", numbers("website", "www.example.org"), nil, []string{"example.org"}},
		{"currency", []string{"digital_currency"}, "XBT 1aB", "", numbers("digital_currency", "1aB"), nil, nil},
		{"currency without its name", []string{"digital_currency"}, "1aB", "", numbers("digital_currency", "1aB"), nil, nil},
		{"nothing", []string{"passport"}, "", "Iran", nil, nil, nil},
		{"no number", []string{"passport"}, "issued", "Iran", numbers("passport", "issued"), nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := &screening.Entity{}
			for range 2 { // the second time adds nothing
				c.Add(e, tt.types, Number{tt.value, tt.country})
			}
			if diff := cmp.Diff(tt.identifiers, e.Identifiers); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.countries, e.Countries); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.hostNames, e.Domains); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// numbers makes identifiers of types and values in turn.
func numbers(pairs ...string) []screening.EntityNumber {
	var out []screening.EntityNumber
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, screening.EntityNumber{Type: pairs[i], Value: pairs[i+1], Verified: screening.Primary})
	}
	return out
}

func TestNames(t *testing.T) {
	e := &screening.Entity{Name: "ALPHA"}
	AddName(e, "BETA", names.Alias, "")
	AddName(e, "ALPHA", names.Alias, "")
	AddName(e, "BETA", names.Weak, "")
	AddName(e, " ", names.Weak, "")
	AddName(e, "GAMMA", names.Weak, "")
	AddName(e, "GAMMA", names.Former, "f.k.a.")
	want := []screening.EntityName{
		{Name: "BETA", Form: names.Alias, Verified: screening.Primary},
		{Name: "GAMMA", Form: names.Former, Verified: screening.Primary, Note: "f.k.a."},
	}
	if diff := cmp.Diff(want, e.Names); diff != "" {
		t.Error(diff)
	}
}

func TestCitizenships(t *testing.T) {
	e := &screening.Entity{}
	for _, code := range []string{"", "IR", "IR", "GB", "IR"} {
		AddCitizenship(e, code)
	}
	if e.Nationality != "IR" || !cmp.Equal(e.AlsoCitizen, []string{"GB"}) {
		t.Errorf("got %q and %v", e.Nationality, e.AlsoCitizen)
	}
}
