package products

import (
	"strings"
	"testing"
)

func faults(f File) string {
	var out []string
	f.Check(func(path, detail string) { out = append(out, path+": "+detail) })
	return strings.Join(out, "\n")
}

func TestEmbeddedFilesHaveNoFaults(t *testing.T) {
	for _, f := range readFiles(t) {
		if got := faults(f); got != "" {
			t.Errorf("got %s", got)
		}
	}
	plain(t)
}

func TestCheck(t *testing.T) {
	good := func() File {
		return File{
			Brand: Brand{"acme", "Acme"}, Sources: map[string]string{"web": "acme.example"},
			Products: []Product{{ID: "shield", Name: "Acme Shield", Kind: CoveredSoftware, Source: []string{"web"}, Verified: Secondary}},
			PartNumbers: &Grammar{
				Prefix: "AC", Digits: 3, MinCut: 1, Positions: []Position{{Name: "term", OneOf: "0-9"}},
				Numbers: map[string]string{"100": "shield"}, Source: []string{"web"}, Verified: Secondary,
			},
			Identifiers: []Identifier{{Kind: Package, Product: "shield", Values: []string{"com.acme.shield"}, Source: []string{"web"}, Verified: Secondary}},
			Bundles:     []Bundle{{ID: "box", Name: "Box", Makers: []string{"Boxer"}, Source: []string{"web"}, Verified: Secondary}},
			Words:       Words{Cues: []Cue{{ID: "replace", Side: Before, Words: []string{"replace"}}}},
		}
	}
	if got := faults(good()); got != "" {
		t.Fatalf("a good file: got %s", got)
	}
	for _, tt := range []struct {
		name string
		edit func(*File)
		want string
	}{
		{"no brand", func(f *File) { f.Brand = Brand{} }, "brand: "},
		{"no id", func(f *File) { f.Products[0].ID = "" }, "products[0].id: is missing"},
		{"id twice", func(f *File) { f.Products = append(f.Products, f.Products[0]) }, `products[1].id: "shield" is given twice`},
		{"no name", func(f *File) { f.Products[0].Name = "" }, "products[0].name"},
		{"unknown kind", func(f *File) { f.Products[0].Kind = "gadget" }, `products[0].kind: "gadget"`},
		{"no source", func(f *File) { f.Products[0].Source = nil }, "products[0].source: is missing"},
		{"unexplained source", func(f *File) { f.Products[0].Source = []string{"S9"} }, "products[0].source[0]"},
		{"unknown verification", func(f *File) { f.Products[0].Verified = "sure" }, "products[0].verified"},
		{"alias twice", func(f *File) { f.Products[0].Aliases = []string{"Shield", "shield"} }, "products[0].aliases[1]"},
		{"lower-case prefix", func(f *File) { f.PartNumbers.Prefix = "ac" }, "part_numbers.prefix"},
		{"lower-case tail", func(f *File) { f.PartNumbers.Tails = []string{"n4"} }, "part_numbers.tails[0]"},
		{"no positions", func(f *File) { f.PartNumbers.Positions = nil }, "part_numbers.positions"},
		{"bad character set", func(f *File) { f.PartNumbers.Positions[0].OneOf = "9-0" }, "part_numbers.positions[0].one_of"},
		{"number of wrong length", func(f *File) { f.PartNumbers.Numbers["1"] = "shield" }, "part_numbers.numbers.1"},
		{"number used twice", func(f *File) { f.PartNumbers.Unconfirmed = map[string]string{"100": "shield"} }, "part_numbers.unconfirmed.100: the number is used twice"},
		{"no numbers", func(f *File) { f.PartNumbers.Numbers = nil }, "part_numbers.numbers: is empty"},
		{"unknown identifier", func(f *File) { f.Identifiers[0].Kind = "barcode" }, "identifiers[0].kind"},
		{"no values", func(f *File) { f.Identifiers[0].Values = nil }, "identifiers[0].values: is empty"},
		{"not a GTIN", func(f *File) { f.Identifiers[0] = Identifier{Kind: GTIN, Values: []string{"abc"}} }, "identifiers[0].values[0]"},
		{"bundle without a maker", func(f *File) { f.Bundles[0].Makers = nil }, "bundles[0].makers"},
		{"cue without words", func(f *File) { f.Words.Cues[0].Words = nil }, "words.cues[0].words: is empty"},
		{"cue on no side", func(f *File) { f.Words.Cues[0].Side = "left" }, "words.cues[0].side"},
		{"empty word that silences a cue", func(f *File) { f.Words.Cues[0].Unless = []string{"*"} }, "words.cues[0].unless[0]: is empty"},
		{"condition given twice", func(f *File) { f.Words.Conditions = []string{"only with", "Only with"} }, "words.conditions[1]"},
		{"unknown soft activity", func(f *File) { f.Words.Soft = []Soft{{"theft", []string{"theft"}}} }, "words.soft[0].activity"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := good()
			tt.edit(&f)
			if got := faults(f); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want a fault %q", got, tt.want)
			}
			if _, err := New(Settings{BrandCertain: 0.9, BrandDoubtful: 0.8}, plainReader{}, plainSpotter{}, f); err == nil {
				t.Error("New: got no error, want the fault")
			}
		})
	}
}

func TestNewRefusesWhatFilesHaveTogether(t *testing.T) {
	one := File{
		Brand: Brand{"acme", "Acme"}, Sources: map[string]string{"web": "acme.example"},
		Products: []Product{{ID: "shield", Name: "Acme Shield", Kind: CoveredSoftware, Source: []string{"web"}, Verified: Secondary}},
	}
	unknown := File{
		Brand: Brand{"acme", "Acme"}, Sources: map[string]string{"web": "acme.example"},
		Identifiers: []Identifier{{Kind: Package, Product: "sword", Values: []string{"com.acme.sword"}, Source: []string{"web"}, Verified: Secondary}},
	}
	for _, tt := range []struct {
		name  string
		files []File
		want  string
	}{
		{"product in two files", []File{one, one}, "product shield is in two files"},
		{"no such product", []File{one, unknown}, `there is no product "sword"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(Settings{BrandCertain: 0.9, BrandDoubtful: 0.8}, plainReader{}, plainSpotter{}, tt.files...)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := New(Settings{}, plainReader{}, plainSpotter{}, one); err == nil {
		t.Error("a threshold of 0: got no error")
	}
}

// One more brand is one more file.
func TestAnotherBrand(t *testing.T) {
	f := File{
		Brand: Brand{"kaspersky", "Acme"}, Sources: map[string]string{"web": "acme.example"},
		Products: []Product{{ID: "shield", Name: "Shield Pro", Kind: CoveredService, Source: []string{"web"}, Verified: Secondary}},
		PartNumbers: &Grammar{
			Prefix: "ACM", Digits: 3, MinCut: 2, Positions: []Position{{Name: "term", OneOf: "A-C"}, {Name: "seats", OneOf: "0-9"}, {Name: "kind", OneOf: "XY"}},
			Numbers: map[string]string{"100": "shield"}, Source: []string{"web"}, Verified: Secondary,
		},
	}
	s, err := New(Settings{BrandCertain: 0.9, BrandDoubtful: 0.8}, plainReader{}, plainSpotter{spellings}, f)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"ACM100B7X": "service! shield", "ACM100B7Z": "service? shield", "ACM100": "", "KL4867XATFS": ""} {
		if got := brief(s.Assess(line(text, "", "", ""))); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
