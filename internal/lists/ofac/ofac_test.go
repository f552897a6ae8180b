package ofac

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// embedded is the catalogue that knows the places.
var embedded = sync.OnceValues(data.Catalogue)

func places(tb testing.TB) *screening.Places {
	tb.Helper()
	catalogue, err := embedded()
	if err != nil {
		tb.Fatal(err)
	}
	return catalogue.Places()
}

// row writes a row of the main file as OFAC does. Cells that are not given are -0-.
func row(number, name, kind, programs string, rest ...string) string {
	cells := []string{number, `"` + name + `"`, quoted(kind), quoted(programs)}
	for i := range mainColumns - len(cells) {
		cell := ""
		if i < len(rest) {
			cell = rest[i]
		}
		cells = append(cells, quoted(cell))
	}
	return strings.Join(cells, ",") + "\r\n"
}

// remarked is a row with remarks.
func remarked(number, name, kind, programs, remarks string) string {
	return row(number, name, kind, programs, "", "", "", "", "", "", "", remarks)
}

func quoted(cell string) string {
	if cell == "" {
		return "-0- "
	}
	return `"` + cell + `"`
}

// copyOf makes a copy of parts and texts in turn.
func copyOf(tb testing.TB, pairs ...string) *lists.Copy {
	tb.Helper()
	c := &lists.Copy{Parts: map[string]*lists.File{}, Places: places(tb)}
	for i := 0; i < len(pairs); i += 2 {
		c.Parts[pairs[i]] = &lists.File{Name: pairs[i], Data: []byte(pairs[i+1])}
	}
	return c
}

func readOne(t *testing.T, p lists.Publication, pairs ...string) screening.Entity {
	t.Helper()
	edition, err := p.Read(context.Background(), copyOf(t, pairs...))
	if err != nil {
		t.Fatal(err)
	}
	if len(edition.Entities) != 1 {
		t.Fatalf("got %d entities, want 1", len(edition.Entities))
	}
	return edition.Entities[0]
}

func TestPerson(t *testing.T) {
	got := readOne(t, SDN,
		"sdn.csv", row("77", "DOE, John Q.", "individual", "SDGT] [IFSR", "Director", "", "", "", "", "", "",
			"DOB 02 Sep 1974; alt. DOB 1975; POB Riga, Latvia; alt. POB Oslo, Norway; nationality Iran; citizen Korea, North; Gender Male; "+
				"Secondary sanctions risk: See Section 11 of Executive Order 14024.; Passport K123 (Iran) issued 01 Jan 2001 expires 01 Jan 2011; alt. Passport 99; "+
				"Tax ID No. 770000000000 (Russia); Email Address jd@example.org; Website www.example.org/; Digital Currency Address - XBT 1aB; a.k.a. 'JD'; f.k.a. 'ROE, J.'.")+"\x1a",
		"alt.csv", "77,1,\"aka\",\"DOW, Jon\",-0- \r\n77,2,\"fka\",\"ROE, John\",-0- \r\n77,3,\"nka\",\"POE, John\",\"since 2020\"\r\n\x1a",
		"add.csv", "77,1,\"1 High Street\",\"Tehran\",\"Iran\",-0- \r\n77,2,-0- ,-0- ,\"Korea, North\",-0- \r\n77,3,\"Box 7\",-0- ,\"Region: Kafia Kingi\",\"near the river\"\r\n\x1a",
	)
	want := screening.Entity{
		ID: "ofac-sdn:77", Name: "DOE, John Q.", Kind: screening.Person, Standing: screening.Listed, Verified: screening.Primary, Sources: []string{"ofac-sdn"},
		Position: "Director", Born: "1974-09-02", AlsoBorn: []string{"1975"}, Birthplace: "Riga, Latvia", Nationality: "IR", AlsoCitizen: []string{"KP"},
		Countries: []string{"IR", "KP", "RU"}, Addresses: []string{"1 High Street, Tehran, Iran", "Box 7, Region: Kafia Kingi (near the river)"}, Domains: []string{"example.org"},
		Listings: []screening.Listing{{
			List: "ofac-sdn", Programs: []string{"SDGT", "IFSR"}, Entry: "DOE, John Q.", UID: "77", Citation: "OFAC SDN List: SDGT, IFSR",
			URL: "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=77", Verified: screening.Primary,
		}},
	}
	for _, n := range []screening.EntityName{
		{Name: "DOW, Jon", Form: names.Alias},
		{Name: "ROE, John", Form: names.Former},
		{Name: "POE, John", Form: names.Alias, Note: "since 2020"},
		{Name: "JD", Form: names.Weak},
		{Name: "ROE, J.", Form: names.Weak, Note: "formerly known as"},
	} {
		n.Verified = screening.Primary
		want.Names = append(want.Names, n)
	}
	for _, n := range [][2]string{
		{"passport", "K123"}, {"passport", "99"}, {"tax_id", "770000000000"}, {"inn", "770000000000"}, {"email", "jd@example.org"}, {"website", "www.example.org/"}, {"digital_currency", "1aB"},
	} {
		want.Identifiers = append(want.Identifiers, screening.EntityNumber{Type: n[0], Value: n[1], Verified: screening.Primary})
	}
	if !strings.HasPrefix(got.Note, "DOB 02 Sep 1974; ") || !strings.HasSuffix(got.Note, "f.k.a. 'ROE, J.'.") {
		t.Errorf("got note %q, want the remarks", got.Note)
	}
	want.Note = got.Note
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Listing{})); diff != "" {
		t.Error(diff)
	}
}

func TestCraft(t *testing.T) {
	got := readOne(t, SDN, "sdn.csv", row("9", "SEA BIRD", "vessel", "IRAN", "", "5IM1", "Tanker", "100", "90", "Iran", "Sea Co", "Vessel Registration Identification IMO 1234567; MMSI 55."))
	if got.Kind != screening.Craft || got.Note != "Vessel type Tanker; Tonnage 100; Gross registered tonnage 90; Flag Iran; Owner Sea Co\nVessel Registration Identification IMO 1234567; MMSI 55." {
		t.Errorf("got kind %q, note %q", got.Kind, got.Note)
	}
	if diff := cmp.Diff([]screening.EntityNumber{
		{Type: "call_sign", Value: "5IM1", Verified: screening.Primary}, {Type: "imo", Value: "1234567", Verified: screening.Primary}, {Type: "mmsi", Value: "55", Verified: screening.Primary},
	}, got.Identifiers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"IR"}, got.Countries); diff != "" {
		t.Error(diff)
	}
}

// The main file cuts remarks after 1000 characters, anywhere; the overflow goes on where it was cut.
func TestOverflow(t *testing.T) {
	long := "Linked To: " + strings.Repeat("X", room-len("Linked To: ")-len("; Tax ID No. 12")) + "; Tax ID No. 12"
	main := remarked("5", "ALPHA", "", "SDGT", long)
	got := readOne(t, SDN, "sdn.csv", main, "sdn_comments.csv", "5,\"34 (Russia); a.k.a. 'AL'.\"\r\n\x1a")
	if len(got.Identifiers) != 1 || got.Identifiers[0].Value != "1234" || len(got.Names) != 1 || got.Names[0].Name != "AL" || !strings.HasSuffix(got.Note, "No. 1234 (Russia); a.k.a. 'AL'.") {
		t.Errorf("got %+v, %+v", got.Identifiers, got.Names)
	}
	got = readOne(t, SDN, "sdn.csv", main)
	if len(got.Identifiers) != 0 || !strings.HasSuffix(got.Note, "Tax ID No. 12") {
		t.Errorf("without the overflow: got %+v, want the cut number in the note only", got.Identifiers)
	}
}

func TestConsolidatedLists(t *testing.T) {
	for _, tt := range []struct {
		name, programs, remarks string
		want                    []screening.ListID
	}{
		{"legislative council", "NS-PLC", "", []screening.ListID{"ofac-plc"}},
		{"legislative council, an SDN besides", "SDGT] [NS-PLC", "", []screening.ListID{"ofac-plc"}},
		{"military-industrial complex", "CMIC-EO13959", "", []screening.ListID{"ofac-cmic"}},
		{"the same by another tag", "NS-CMIC-EO13959", "", []screening.ListID{"ofac-cmic"}},
		{"evaders", "FSE-IR] [FSE-SY", "", []screening.ListID{"ofac-fse"}},
		{"part 561", "561-Related", "", []screening.ListID{"ofac-capta"}},
		{"sectors", "UKRAINE-EO13662", "Executive Order 13662 Directive Determination - Subject to Directive 3.", []screening.ListID{"ofac-ssi"}},
		{"sectors and correspondent accounts", "UKRAINE-EO13662] [RUSSIA-EO14024", "Listing Date (EO 14024 Directive 2): 24 Feb 2022.", []screening.ListID{"ofac-ssi", "ofac-capta"}},
		{"sectors and debt", "UKRAINE-EO13662] [RUSSIA-EO14024", "Executive Order 14024 Directive Information Subject to Directive 3 - All.", []screening.ListID{"ofac-ssi", "ofac-mbs"}},
		{"a central bank", "RUSSIA-EO14024", "Executive Order 14024 Directive Information Subject to Directive 1a - X; Executive Order 14024 Directive Information Subject to Directive 4 - Y.", []screening.ListID{"ofac-mbs"}},
		{"a procurement agency", "CAATSA - RUSSIA", "CAATSA Section 235 Information: EXPORT.", []screening.ListID{"ofac-mbs"}},
		{"menu-based by its tag", "NS-MBS", "", []screening.ListID{"ofac-mbs"}},
		{"something new", "NS-ISA", "", []screening.ListID{"ofac-cons"}},
		{"nothing", "", "", []screening.ListID{"ofac-cons"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := readOne(t, Consolidated, "cons_prim.csv", remarked("17014", "ALPHA BANK", "", tt.programs, tt.remarks))
			if got.ID != "ofac-cons:17014" {
				t.Errorf("got id %q", got.ID)
			}
			var on []screening.ListID
			for _, l := range got.Listings {
				on = append(on, l.List)
				if l.UID != "17014" || l.Entry != "ALPHA BANK" || l.Citation == "" || l.From != "" {
					t.Errorf("got listing %+v", l)
				}
			}
			if diff := cmp.Diff(tt.want, on); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOrphans(t *testing.T) {
	edition, err := SDN.Read(context.Background(), copyOf(t,
		"sdn.csv", row("1", "ALPHA", "", "CUBA")+row("2", "BETA", "", "CUBA"),
		"alt.csv", "1,1,\"aka\",\"A\",-0- \n3,2,\"aka\",\"C\",-0- \n",
		"add.csv", "3,1,\"x\",\"y\",\"Cuba\",-0- \n4,1,\"x\",\"y\",\"Cuba\",-0- \n",
		"sdn_comments.csv", "5,\"more.\"\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	if edition.Orphans != 4 || edition.Records != 7 || len(edition.Entities) != 2 {
		t.Errorf("got %d orphans, %d records, %d entities, want 4, 7, 2", edition.Orphans, edition.Records, len(edition.Entities))
	}
}

func TestFaults(t *testing.T) {
	main := row("1", "ALPHA", "", "CUBA")
	for _, tt := range []struct {
		name  string
		parts []string
		file  string
		line  int
		want  string
	}{
		{"no main file", []string{"alt.csv", "1,1,\"aka\",\"A\",-0- \n"}, "sdn.csv", 0, "together with"},
		{"empty main file", []string{"sdn.csv", "\x1a"}, "sdn.csv", 0, "no entry"},
		{"a page", []string{"sdn.csv", "<html>\n<body>\n"}, "sdn.csv", 1, "or a page"},
		{"another part", []string{"sdn.csv", main, "alt.csv", "1,\"text\"\n"}, "alt.csv", 1, "2 columns"},
		{"short row", []string{"sdn.csv", main + "2,\"BETA\"\n"}, "sdn.csv", 2, "2 cells"},
		{"no number", []string{"sdn.csv", main + row("x2", "BETA", "", "CUBA")}, "sdn.csv", 2, "number of an entry"},
		{"no name", []string{"sdn.csv", main + row("2", "", "", "CUBA")}, "sdn.csv", 2, "no name"},
		{"name is nothing", []string{"sdn.csv", main + row("2", "-0- ", "", "CUBA")}, "sdn.csv", 2, "no name"},
		{"number twice", []string{"sdn.csv", main + row("1", "BETA", "", "CUBA")}, "sdn.csv", 2, "twice"},
		{"cut off", []string{"sdn.csv", main + `2,"BETA`}, "sdn.csv", 2, "not fetched whole"},
		{"damaged", []string{"sdn.csv", main + "2,\"B\xffTA\",-0- \n"}, "sdn.csv", 2, "not UTF-8"},
		{"other name missing", []string{"sdn.csv", main, "alt.csv", "1,1,\"aka\",-0- ,-0- \n"}, "alt.csv", 1, "missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := SDN.Read(context.Background(), copyOf(t, tt.parts...))
			var fault *lists.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault", err)
			}
			if fault.File != tt.file || fault.Line != tt.line || !strings.Contains(fault.Detail, tt.want) {
				t.Errorf("got %v, want %s, line %d and %q", fault, tt.file, tt.line, tt.want)
			}
		})
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := SDN.Read(ctx, copyOf(t, "sdn.csv", row("1", "ALPHA", "", "CUBA"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's end", err)
	}
}

func TestFits(t *testing.T) {
	sdnRow, consRow, bothRow := row("36", "ALPHA", "", "CUBA"), row("9639", "DOE, J", "individual", "NS-PLC"), row("40000", "BETA", "", "RUSSIA-EO14024")
	alt, newAlt := "36,1,\"aka\",\"A\",-0- \n", "40000,1,\"aka\",\"A\",-0- \n"
	add, newAdd := "36,1,-0- ,\"Springfield\",\"Cuba\",-0- \n", "40000,1,\"x\",\"y\",\"Cuba\",-0- \n"
	overflow := "40000,\" (Russia); a.k.a. 'X'; Linked To: ALPHA.\"\n"
	for _, tt := range []struct {
		name, file, text, want string
	}{
		{"SDN by its programmes", "list.csv", sdnRow + bothRow, "sdn.csv"},
		{"SDN named as the other", "cons_prim.csv", sdnRow, "sdn.csv"},
		{"consolidated by its programmes", "sdn.csv", consRow + bothRow, "cons_prim.csv"},
		{"an SDN of the legislative council", "x.csv", sdnRow + row("9647", "DOE", "individual", "SDGT] [NS-PLC") + row("99", "X", "", "SYRIA"), "sdn.csv"},
		{"shared programmes, silent name", "x.csv", bothRow, "sdn.csv"},
		{"shared programmes, telling name", "my-CONS-prim.csv", bothRow, "cons_prim.csv"},
		{"names of old entries", "cons_alt.csv", alt, "alt.csv"},
		{"names of new entries, silent name", "x.csv", newAlt, "alt.csv"},
		{"names of new entries, telling name", "CONS_ALT.CSV", newAlt, "cons_alt.csv"},
		{"addresses of old entries", "x.csv", add, "add.csv"},
		{"addresses of new entries, telling name", "cons_add.csv", newAdd, "cons_add.csv"},
		{"overflow by its words", "x.csv", overflow, "sdn_comments.csv"},
		{"overflow by its name", "sdn_comments.csv", "40000,\"rest.\"\n", "sdn_comments.csv"},
		{"overflow of the other, by its name", "cons_comments.csv", "40000,\"rest.\"\n", "cons_comments.csv"},
		{"any table of two columns", "x.csv", "40000,\"rest.\"\n", ""},
		{"a header row", "sdn.csv", "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,Vess_owner,Remarks\n" + sdnRow, ""},
		{"a page", "sdn.csv", "<html><body>1,2</body></html>", ""},
		{"nothing", "sdn.csv", "\x1a", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &lists.File{Name: tt.file, Data: []byte(tt.text)}
			got := ""
			for _, p := range []lists.Publication{SDN, Consolidated} {
				for _, part := range p.Parts {
					if part.Fits(f) {
						got += part.Name
					}
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWeakNames(t *testing.T) {
	got := readOne(t, SDN, "sdn.csv", remarked("1", "ALPHA", "", "SDGT",
		"a.k.a. 'BRAVO'; a.k.a. ''CHARLIE''; a.k.a. ''ABD AL-DELTA'; a.k.a. 'ECHO 'F''; n.k.a. 'GOLF'; a.k.a. ''; a.k.a. 'ALPHA'."), "alt.csv", "1,1,\"aka\",\"GOLF\",-0- \n")
	var texts []string
	for _, n := range got.Names {
		texts = append(texts, string(n.Form)+" "+n.Name)
	}
	if diff := cmp.Diff([]string{"alias GOLF", "weak BRAVO", "weak CHARLIE", "weak 'ABD AL-DELTA", "weak ECHO 'F'"}, texts); diff != "" {
		t.Error(diff)
	}
}

// What reads like a number and is none stays in the note.
func TestSentences(t *testing.T) {
	got := readOne(t, SDN, "sdn.csv", remarked("1", "ALPHA", "", "SDGT",
		"Passport and National ID were issued; U.S.A. Passport issued 21 Jun 1992; Registration Number; License; SWIFT/BIC ABCDEFGH; nationality Atlantis; Position: Chief; Nationality of Registration Cuba."))
	if len(got.Identifiers) != 1 || got.Identifiers[0].Value != "ABCDEFGH" || got.Nationality != "" || got.Position != "Chief" || !cmp.Equal(got.Countries, []string{"CU"}) {
		t.Errorf("got %+v", got)
	}
}
