package screening

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func readDataFile(t testing.TB, path string, dst checked) {
	t.Helper()
	text, err := os.ReadFile("../data/" + path)
	if err != nil {
		t.Fatal(err)
	}
	if faults := decodeSource(path, text, dst); len(faults) > 0 {
		t.Fatal(faults)
	}
}

func dataPlaces(t testing.TB) *Places {
	t.Helper()
	var file placesFile
	readDataFile(t, "places.yaml", &file)
	places, err := newPlaces(file)
	if err != nil {
		t.Fatal(err)
	}
	return places
}

func TestCountry(t *testing.T) {
	places := dataPlaces(t)
	tests := []struct{ in, want string }{
		{"US", "US"},
		{"us", "US"},
		{"USA", "US"},
		{"U.S.A.", "US"},
		{"United States of America", "US"},
		{"the united states", "US"},
		{"Estados Unidos", "US"},
		{"США", "US"},
		{"États-Unis", "US"},
		{"etats unis", "US"},
		{"UK", "GB"},
		{"Great Britain", "GB"},
		{"GBR", "GB"},
		{"Northern Ireland", "GB"},
		{"Deutschland", "DE"},
		{"Россия", "RU"},
		{"RUSSIAN FEDERATION", "RU"},
		{"Côte d'Ivoire", "CI"},
		{"Cote d’Ivoire", "CI"},
		{"Korea, Republic of", "KR"},
		{"Trinidad & Tobago", "TT"},
		{"NO", "NO"},
		{"Norge", "NO"},
		{"日本", "JP"},
		{"Puerto Rico", "PR"},
		{"Georgia", "GE"},
		{"Türkiye", "TR"},
		{"Turkey", "TR"},
		{"", ""},
		{"XX", ""},
		{"Freedonia", ""},
		{"EU", ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := places.Country(tt.in)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("Country(%q): got %q, %v, want %q", tt.in, got, ok, tt.want)
			}
		})
	}
}

func TestState(t *testing.T) {
	places := dataPlaces(t)
	tests := []struct{ country, in, want string }{
		{"US", "TX", "TX"},
		{"US", "Texas", "TX"},
		{"usa", "tex.", "TX"},
		{"US", "US-TX", "TX"},
		{"US", "PR", "PR"},
		{"US", "Washington, D.C.", "DC"},
		{"US", "Washington", "WA"},
		{"CA", "Québec", "QC"},
		{"Canada", "quebec", "QC"},
		{"BR", "PR", "PR"},
		{"AU", "New South Wales", "NSW"},
		{"US", "QC", ""},
		{"DE", "Bayern", ""},
		{"", "TX", ""},
		{"US", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.country+" "+tt.in, func(t *testing.T) {
			got, ok := places.State(tt.country, tt.in)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("State(%q, %q): got %q, %v, want %q", tt.country, tt.in, got, ok, tt.want)
			}
		})
	}
}

func TestZones(t *testing.T) {
	places := dataPlaces(t)
	tests := []struct {
		country, state string
		want           []string
	}{
		{"US", "", []string{"America/New_York"}},
		{"US", "TX", []string{"America/Chicago"}},
		{"US", "Indiana", []string{"America/Indiana/Indianapolis", "America/Chicago"}},
		{"US", "Nowhere", []string{"America/New_York"}},
		{"US", "PR", []string{"America/Puerto_Rico"}},
		{"PR", "", []string{"America/Puerto_Rico"}},
		{"RU", "", []string{"Europe/Moscow"}},
		{"Germany", "Bayern", []string{"Europe/Berlin"}},
		{"CA", "BC", []string{"America/Vancouver"}},
		{"", "TX", nil},
	}
	for _, tt := range tests {
		t.Run(tt.country+" "+tt.state, func(t *testing.T) {
			var got []string
			for _, zone := range places.Zones(tt.country, tt.state) {
				got = append(got, zone.String())
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Zones(%q, %q): got %v, want %v", tt.country, tt.state, got, tt.want)
			}
		})
	}
}

// A day in Texas ends when it ends in Chicago.
func TestZonesOfTexasEndTheDay(t *testing.T) {
	zone := dataPlaces(t).Zones("US", "TX")[0]
	got := time.Date(2024, 10, 3, 0, 0, 0, 0, zone).Add(-time.Second).UTC().Format(time.RFC3339)
	if want := "2024-10-03T04:59:59Z"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestEveryCountryHasAZone(t *testing.T) {
	places := dataPlaces(t)
	for code := range places.countries {
		if len(places.Zones(code, "")) == 0 {
			t.Errorf("country %s has no zone", code)
		}
	}
}

func TestInUS(t *testing.T) {
	places := dataPlaces(t)
	tests := []struct {
		country, state string
		want           bool
	}{
		{"US", "", true},
		{"USA", "TX", true},
		{"US", "PR", true},
		{"PR", "", true},
		{"Guam", "", true},
		{"VI", "", true},
		{"AS", "", true},
		{"MP", "", true},
		{"", "Texas", true},
		{"", "Puerto Rico", true},
		{"", "TX", false},
		{"", "PR", false},
		{"", "Georgia", false},
		{"BR", "PR", false},
		{"CA", "ON", false},
		{"", "", false},
		{"Freedonia", "Texas", false},
	}
	for _, tt := range tests {
		t.Run(tt.country+" "+tt.state, func(t *testing.T) {
			if got := places.InUS(tt.country, tt.state); got != tt.want {
				t.Errorf("InUS(%q, %q): got %v, want %v", tt.country, tt.state, got, tt.want)
			}
		})
	}
}

func TestTaxCountry(t *testing.T) {
	places := dataPlaces(t)
	tests := []struct{ scheme, value, want string }{
		{"9930", "DE123456789", "DE"},
		{"DE:VAT", "DE123456789", "DE"},
		{"SE:ORGNR", "5560000000", "SE"},
		{"dk:cvr", "13585628", "DK"},
		{"0192", "987654321", "NO"},
		{"VAT", "DE 123.456.789", "DE"},
		{"vat number", "nl123456789b01", "NL"},
		{"VA", "GB123456789", "GB"},
		{"USt-IdNr.", "ATU12345678", "AT"},
		{"EU:VAT", "FRXX123456789", "FR"},
		{"VAT", "EL123456789", "GR"},
		{"VAT", "CHE-123.456.789 MWST", "CH"},
		{"INN", "7700000000", "RU"},
		{"ОГРН", "1020000000000", "RU"},
		{"GSTIN", "29ABCDE1234F1Z5", "IN"},
		{"ABN", "51 000 000 000", "AU"},
		{"EIN", "12-3456789", "US"},
		{"CNPJ", "11.222.333/0001-81", "BR"},
		{"RFC", "XAXX010101000", "MX"},
		{"P.IVA", "01234567890", "IT"},
		{"RUC", "20123456789", "PE"},
		{"RUC", "1790000000001", "EC"},
		{"RUT", "12.345.678-K", "CL"},
		{"NIF", "B12345678", "ES"},
		{"NIF", "501234567", "PT"},
		{"DUNS", "123456789", ""},
		{"0088", "4000000000001", ""},
		{"VAT", "123456789", ""},
		{"VAT", "", ""},
		{"", "DE123456789", ""},
		{"RUC", "12", ""},
		{"EU:VAT", "EU123456789", ""},
	}
	for _, tt := range tests {
		t.Run(tt.scheme+" "+tt.value, func(t *testing.T) {
			got, ok := places.TaxCountry(tt.scheme, tt.value)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("TaxCountry(%q, %q): got %q, %v, want %q", tt.scheme, tt.value, got, ok, tt.want)
			}
		})
	}
}

func TestPlacesFileCheck(t *testing.T) {
	valid := func() placesFile {
		return placesFile{
			Countries: []countryEntry{{Code: "US", Alpha3: "USA", US: true, Zone: "America/New_York", Names: []string{"United States"}}},
			States:    map[string][]stateEntry{"US": {{Code: "TX", Zones: []string{"America/Chicago"}, Names: []string{"Texas"}, ZIPs: []string{"750-799"}}}},
			TaxIDs:    []taxIDEntry{{Country: "US", Schemes: []string{"ein"}}},
		}
	}
	if _, err := newPlaces(valid()); err != nil {
		t.Fatalf("a valid file: %v", err)
	}
	tests := []struct {
		name   string
		change func(*placesFile)
		want   string
	}{
		{"no countries", func(f *placesFile) { f.Countries = nil }, "is empty"},
		{"a code twice", func(f *placesFile) { f.Countries = append(f.Countries, f.Countries[0]) }, "is there twice"},
		{"a lower-case code", func(f *placesFile) { f.Countries[0].Code = "us" }, "capital letters"},
		{"a name of two countries", func(f *placesFile) {
			f.Countries = append(f.Countries, countryEntry{Code: "CA", Alpha3: "CAN", Zone: "America/Toronto", Names: []string{"UNITED STATES"}})
		}, "belongs to US already"},
		{"an unknown zone", func(f *placesFile) { f.Countries[0].Zone = "America/Nowhere" }, "America/Nowhere"},
		{"states of an unknown country", func(f *placesFile) { f.States["ZZ"] = nil }, "no country has this code"},
		{"a state whose ZIP codes are no stretch", func(f *placesFile) { f.States["US"][0].ZIPs = []string{"799-750"} }, "first three digits"},
		{"a state without a zone", func(f *placesFile) { f.States["US"][0].Zones = nil }, "needs a code, a zone and a name"},
		{"a scheme of two countries", func(f *placesFile) { f.TaxIDs = append(f.TaxIDs, f.TaxIDs[0]) }, "is US already"},
		{"other names of an unknown scheme", func(f *placesFile) { f.TaxIDNames = map[string][]string{"vat": {"tva"}} }, "no entry of tax_ids"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := valid()
			tt.change(&file)
			_, err := newPlaces(file)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestPlaceKeyIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := placeKey(rapid.String().Draw(t, "s"))
		if again := placeKey(key); again != key {
			t.Errorf("got %q from %q, want it unchanged", again, key)
		}
	})
}

func FuzzTaxCountry(f *testing.F) {
	places := dataPlaces(f)
	f.Add("VAT", "DE123456789")
	f.Add("DE:VAT", "")
	f.Fuzz(func(t *testing.T, scheme, value string) {
		code, ok := places.TaxCountry(scheme, value)
		if _, known := places.countries[code]; known != ok {
			t.Errorf("TaxCountry(%q, %q): got %q, %v, want a known country or none", scheme, value, code, ok)
		}
	})
}

func BenchmarkCountryByName(b *testing.B) {
	places := dataPlaces(b)
	b.ReportAllocs()
	for b.Loop() {
		places.Country("United States of America")
	}
}

func BenchmarkNewPlaces(b *testing.B) {
	var file placesFile
	readDataFile(b, "places.yaml", &file)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newPlaces(file); err != nil {
			b.Fatal(err)
		}
	}
}

func TestZIPInUS(t *testing.T) {
	places := dataPlaces(t)
	for _, c := range []struct {
		state, address string
		want           bool
	}{
		{"AZ", "12 Main St, Phoenix, 85001", true},
		{"AZ", "12 Main St, Phoenix, 85001-2345", true},
		{"", "12 Main St, Phoenix, AZ 85001", true},
		{"", "Calle 1, San Juan, PR, 00907", true},
		{"Arizona", "Phoenix 85001", true},
		{"AZ", "Baku 1001", false},
		{"AZ", "Phoenix", false},
		{"MI", "Via Roma 1, Milano, 20121", false}, // Milan's postcode, not one of Michigan
		{"", "Musterstr. 85001, Ulm, 89073", false},
		{"", "85001", false},
		{"", "Internal Revenue Service, Austin, TX 73301", true},
		{"", "Ada, OK 73301", false},
		{"TX", "85001", false},
		{"", "", false},
	} {
		if got := places.zipInUS(c.state, c.address); got != c.want {
			t.Errorf("zipInUS(%q, %q) = %v", c.state, c.address, got)
		}
	}
}
