package csl

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/listtest"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

const header = "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type," +
	"gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids\n"

// The sources as the list calls them.
const (
	sdnSource = "Specially Designated Nationals (SDN) - Treasury Department"
	elSource  = "Entity List (EL) - Bureau of Industry and Security"
	dplSource = "Denied Persons List (DPL) - Bureau of Industry and Security"
	isnSource = "Nonproliferation Sanctions (ISN) - State Department"
	meuSource = "Military End User (MEU) List - Bureau of Industry and Security"
	dtcSource = "ITAR Debarred (DTC) - State Department"
)

// row writes a row of the current layout from names of columns and values in turn.
func row(pairs ...string) string {
	titles := strings.Split(strings.TrimSpace(header), ",")
	cells := make([]string, len(titles))
	for i := 0; i < len(pairs); i += 2 {
		for j, title := range titles {
			if title == pairs[i] {
				cells[j] = strings.ReplaceAll(pairs[i+1], `"`, `""`)
			}
		}
	}
	return `"` + strings.Join(cells, `","`) + "\"\n"
}

func copyOf(tb testing.TB, text string) *lists.Copy {
	tb.Helper()
	return listtest.Copy(tb, &Publication, []byte(text))
}

func readText(t *testing.T, text string) *lists.Edition {
	t.Helper()
	edition, err := Publication.Read(context.Background(), copyOf(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return edition
}

// wanted is what both layouts of the two entries below say.
func wanted() []screening.Entity {
	number := func(kind, value string) screening.EntityNumber {
		return screening.EntityNumber{Type: kind, Value: value, Verified: screening.Primary}
	}
	name := func(text string, form names.NameForm) screening.EntityName {
		return screening.EntityName{Name: text, Form: form, Verified: screening.Primary}
	}
	return []screening.Entity{
		{
			ID: "ofac-sdn:77", Name: "DOE, John", Kind: screening.Person, Position: "Director", Born: "1970-01-02", AlsoBorn: []string{"1971"}, Birthplace: "Riga", Nationality: "IR", AlsoCitizen: []string{"GB"},
			Names: []screening.EntityName{name("DOW, Jon", names.Alias), name("ROE, John", names.Alias)}, Addresses: []string{"1 High Street, Tehran, IR"}, Countries: []string{"IR", "KP"}, Domains: []string{"example.org"},
			Identifiers: []screening.EntityNumber{number("passport", "K1"), number("website", "www.example.org"), number("digital_currency", "1aB")},
			Note:        "(Linked To: ALPHA)\nGender Male",
			Listings: []screening.Listing{{
				List: "ofac-sdn", Programs: []string{"SDGT", "IFSR"}, Entry: "DOE, John", UID: "77", Citation: "OFAC SDN List: SDGT, IFSR", URL: "https://example.gov/sdn", Verified: screening.Primary,
			}},
		},
		{
			ID: "us-entity-list:abc", Name: "Alpha Works Co. (AWC)", Kind: screening.Organisation,
			Names:     []screening.EntityName{name("Alpha Works Co.", names.Alias), name("AWC", names.Weak), name("Beta Works", names.Alias)},
			Addresses: []string{"2 Low Road, Dubai, AE", "Unit 5, Kowloon, Hong Kong"}, Countries: []string{"AE"},
			Note: "License requirement: For all items.\nLicense policy: Presumption of denial.",
			Listings: []screening.Listing{{
				List: "us-entity-list", Entry: "Alpha Works Co. (AWC); and any successor, sub-unit, or subsidiary thereof", UID: "abc", From: "2020-02-03", Citation: "85 FR 1; 86 FR 2",
				URL: "https://example.gov/list", Verified: screening.Primary,
			}},
		},
	}
}

func compare(t *testing.T, got []screening.Entity) {
	t.Helper()
	want := wanted()
	for i := range want {
		want[i].Standing, want[i].Verified, want[i].Sources = screening.Listed, screening.Primary, []string{"us-csl"}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(screening.Listing{}), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestCSV(t *testing.T) {
	edition := readText(t, header+
		row("_id", "77", "source", sdnSource, "entity_number", "77", "type", "Individual", "programs", "SDGT; IFSR", "name", "DOE, John", "title", "Director", "addresses", "1 High Street, Tehran, IR; KP",
			"remarks", "(Linked To: ALPHA)", "alt_names", "DOW, Jon; ROE, John", "citizenships", "GB", "dates_of_birth", "1970-01-02; 1971", "nationalities", "IR", "places_of_birth", "Riga; Oslo",
			"source_information_url", "https://example.gov/sdn", "ids", "Passport, K1, IR; Gender, Male; Website, www.example.org; Digital Currency Address - XBT, 1aB")+
		header+ // files that were put together
		row("_id", "abc", "source", elSource, "name", "Alpha Works Co. (AWC); and any successor, sub-unit, or subsidiary thereof", "addresses", "2 Low Road, Dubai, AE; and Unit 5, Kowloon, Hong Kong",
			"federal_register_notice", "85 FR 1; 86 FR 2", "start_date", "2020-02-03", "license_requirement", "For all items.", "license_policy", "Presumption of denial.", "alt_names", "and Beta Works",
			"source_list_url", "https://example.gov/list"))
	if edition.Records != 2 || edition.AsOf != "" {
		t.Errorf("got %d records as of %q", edition.Records, edition.AsOf)
	}
	compare(t, edition.Entities)
}

func TestJSON(t *testing.T) {
	edition := readText(t, `{"total":2,"sources_used":[{"source":"a","source_last_updated":"2025-03-01T01:02:03+00:00"},{"source":"b","source_last_updated":"2025-03-04T01:02:03+00:00"}],"results":[
		{"id":"77","source":"`+sdnSource+`","entity_number":77,"type":"Individual","programs":["SDGT","IFSR"],"name":"DOE, John","title":"Director",
		 "addresses":[{"address":"1 High Street","city":"Tehran","state":null,"postal_code":"","country":"IR"},{"address":null,"city":null,"country":"KP"}],
		 "remarks":"(Linked To: ALPHA)","alt_names":["DOW, Jon","ROE, John",null],"citizenships":["GB"],"dates_of_birth":["1970-01-02","1971"],"nationalities":["IR"],"places_of_birth":["Riga","Oslo"],
		 "source_information_url":"https://example.gov/sdn","call_sign":null,
		 "ids":[{"type":"Passport","number":"K1","country":"IR","issue_date":null,"expiration_date":"2030-01-01"},{"type":"Gender","number":"Male"},{"type":"Website","number":"www.example.org"},{"type":"Digital Currency Address - XBT","number":"1aB","country":null}]},
		{"id":"abc","source":"`+elSource+`","name":"Alpha Works Co. (AWC); and any successor, sub-unit, or subsidiary thereof","alt_names":"and Beta Works","unknown":{"deep":[1,{"x":2}]},
		 "addresses":[{"address":"2 Low Road","city":"Dubai","country":"AE"},{"address":"Unit 5","city":"Kowloon, Hong Kong"}],
		 "federal_register_notice":["85 FR 1","86 FR 2"],"start_date":"2020-02-03","license_requirement":"For all items.","license_policy":"Presumption of denial.","source_list_url":"https://example.gov/list"}
	]}
	`)
	if edition.Records != 2 || edition.AsOf != "2025-03-04" {
		t.Errorf("got %d records as of %q", edition.Records, edition.AsOf)
	}
	compare(t, edition.Entities)
}

func TestSources(t *testing.T) {
	for name, want := range map[string]screening.ListID{
		sdnSource: "ofac-sdn", elSource: "us-entity-list", dplSource: "bis-dpl", isnSource: "us-isn", meuSource: "bis-meu", dtcSource: "us-ddtc",
		"Unverified List (UVL) - Bureau of Industry and Security":                                  "bis-uvl",
		"AECA Debarred (DTC) - State Department":                                                   "us-ddtc",
		"Sectoral Sanctions Identifications List (SSI) - Treasury Department":                      "ofac-ssi",
		"Foreign Sanctions Evaders (FSE) - Treasury Department":                                    "ofac-fse",
		"Palestinian Legislative Council List (PLC) - Treasury Department":                         "ofac-plc",
		"Capta List (CAP) - Treasury Department":                                                   "ofac-capta",
		"Correspondent Account or Payable-Through Account Sanctions (CAPTA) - Treasury Department": "ofac-capta",
		"Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department":                    "ofac-mbs",
		"Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department":  "ofac-cmic",
		"SDN": "ofac-sdn", "EL": "us-entity-list", "A New List (ANL) - Some Department": "us-csl", "": "us-csl",
	} {
		if got := sourceOf(name).list; got != want {
			t.Errorf("sourceOf(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, tt := range []struct {
		source, kind, name string
		want               screening.PartyKind
	}{
		{sdnSource, "Individual", "DOE, John", screening.Person},
		{sdnSource, "Vessel", "SEA BIRD", screening.Craft},
		{sdnSource, "Aircraft", "EP-XXX", screening.Craft},
		{sdnSource, "Entity", "JOHN DOE", screening.Organisation},
		{sdnSource, "", "JOHN DOE", screening.Organisation},
		{elSource, "", "John Doe", screening.Person},
		{elSource, "", "Xyzzy Plugh", screening.Organisation},
		{dplSource, "", "XYZZY PLUGH", screening.Person},
		{dtcSource, "", "Xyzzy Plugh", screening.Person},
		{dtcSource, "", "Xyzzy Plugh, Inc.", screening.Organisation},
		{isnSource, "", "Xyzzy Plugh (Russian individual)", screening.Person},
		{meuSource, "", "John Doe", screening.Organisation},
		{"A New List (ANL) - Some Department", "", "Xyzzy Plugh", screening.Organisation},
	} {
		e := readText(t, header+row("_id", "1", "source", tt.source, "type", tt.kind, "name", tt.name)).Entities[0]
		if e.Kind != tt.want {
			t.Errorf("%s of %s: got kind %q, want %q", tt.name, tt.source, e.Kind, tt.want)
		}
	}
}

// An unknown list is kept, and so is what it says of itself.
func TestUnknownSource(t *testing.T) {
	e := readText(t, header+row("_id", "x1", "source", "A New List (ANL) - Some Department", "name", "Alpha")).Entities[0]
	if e.ID != "us-csl:x1" || e.Listings[0].List != "us-csl" || e.Listings[0].Citation != "A New List (ANL) - Some Department" {
		t.Errorf("got %+v", e)
	}
}

func TestDeniedPerson(t *testing.T) {
	e := readText(t, header+row("_id", "d1", "source", dplSource, "name", " JOHN DOE", "addresses", "1 MAIN STREET, EL PASO, TX, 79905", "federal_register_notice", "67 F.R. 1",
		"start_date", "2002-03-04", "end_date", "2010-06-29", "standard_order", "Y", "remarks", "50 YEAR DENIAL")).Entities[0]
	l := e.Listings[0]
	if l.From != "2002-03-04" || l.Until != "2010-06-29" || l.Note != "standard order" || l.Entry != "JOHN DOE" || e.Note != "50 YEAR DENIAL" || !cmp.Equal(e.Countries, []string{"US"}) {
		t.Errorf("got %+v", e)
	}
}

// The same number may stand on two lists, and a row may stand twice: nothing of it is lost.
func TestIDs(t *testing.T) {
	edition := readText(t, header+
		row("_id", "5", "source", sdnSource, "entity_number", "5", "name", "ALPHA")+
		row("_id", "5", "source", "Sectoral Sanctions Identifications List (SSI) - Treasury Department", "entity_number", "5", "name", "ALPHA")+
		row("_id", "5", "source", sdnSource, "entity_number", "5", "name", "ALPHA")+
		row("_id", "5", "source", sdnSource, "entity_number", "5", "name", "ALPHA")+
		row("source", elSource, "name", "BETA")+row("source", elSource, "name", "GAMMA"))
	var got []string
	for i := range edition.Entities {
		got = append(got, string(edition.Entities[i].ID))
	}
	if diff := cmp.Diff([]string{"ofac-sdn:5", "ofac-ssi:5", "ofac-sdn:5/2", "ofac-sdn:5/3"}, got[:4]); diff != "" {
		t.Error(diff)
	}
	if got[4] == got[5] || !strings.HasPrefix(got[4], "us-entity-list:") || edition.Entities[4].Listings[0].UID != "" {
		t.Errorf("without numbers: got %v", got[4:])
	}
}

func TestStateNames(t *testing.T) {
	e := readText(t, header+row("_id", "1", "source", isnSource, "name", "Alpha Works", "alt_names", "AW, Beta Works Co., Ltd., and Gamma Works", "programs", "INKSNA")).Entities[0]
	var got []string
	for _, n := range e.Names {
		got = append(got, n.Name)
	}
	if diff := cmp.Diff([]string{"AW", "Beta Works Co., Ltd.", "Gamma Works"}, got); diff != "" {
		t.Error(diff)
	}
}

// An older edition has other names of columns, in another order, and no ids of rows.
func TestOlderColumns(t *testing.T) {
	e := readText(t, "Name,Source,SDN_Type,Entity_Number,Programs,Alt_Name\n\"DOE, John\",SDN,individual,7,SDGT,\"DOW, Jon\"\n").Entities[0]
	if e.ID != "ofac-sdn:7" || e.Kind != screening.Person || len(e.Names) != 1 || !cmp.Equal(e.Listings[0].Programs, []string{"SDGT"}) {
		t.Errorf("got %+v", e)
	}
}

func TestFaults(t *testing.T) {
	good := row("_id", "1", "source", elSource, "name", "Alpha")
	for _, tt := range []struct {
		name, text string
		line       int
		want       string
	}{
		{"empty", "", 0, "empty"},
		{"headers only", header, 0, "no entry"},
		{"no column of sources", "name,alt_names\nAlpha,\n", 1, "column source"},
		{"no name", header + good + row("_id", "2", "source", elSource), 3, "no name"},
		{"cells missing", header + good + "\"1\",\"2\"\n", 3, "2 cells"},
		{"damaged", header + good + "\"\xff\"\n", 3, "UTF-8"},
		{"JSON, cut off", "{\"results\":[\n{\"name\":\"Alpha\",\"source\":\"EL\"},\n{\"name\":\"Be", 2, "not fetched whole"},
		{"JSON, cut off between", `{"results":[{"name":"Alpha","source":"EL"}`, 1, "not fetched whole"},
		{"JSON, no name", `{"results":[{"source":"EL"}]}`, 1, "entry 1 has no name"},
		{"JSON, malformed", `{"results":[{"name":"Alpha",}]}`, 1, "not well-formed"},
		{"JSON, another type", `{"results":[{"name":"Alpha","addresses":"x"}]}`, 1, "field addresses"},
		{"JSON, an object as text", `{"results":[{"name":{"x":1}}]}`, 1, "not an object"},
		{"JSON, another document", `{"data":[]}`, 1, "no field results"},
		{"JSON, results are none", `{"results":{}}`, 1, "expected"},
		{"JSON, nothing in it", `{"results":[]}`, 0, "no entry"},
		{"JSON, something behind it", `{"results":[{"name":"Alpha"}]} {}`, 1, "follows"},
		{"JSON, damaged", "{\"results\":[{\"name\":\"\xff\"}]}", 1, "UTF-8"},
		{"JSON, too deep", `{"x":` + strings.Repeat("[", 20000), 1, "depth"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Publication.Read(context.Background(), copyOf(t, tt.text))
			var fault *lists.Fault
			if !errors.As(err, &fault) || fault.File != part || fault.Line != tt.line || !strings.Contains(fault.Detail, tt.want) {
				t.Errorf("got %v, want line %d and %q", err, tt.line, tt.want)
			}
		})
	}
	var fault *lists.Fault
	if _, err := Publication.Read(context.Background(), &lists.Copy{}); !errors.As(err, &fault) {
		t.Errorf("an empty copy: got %v, want a fault", err)
	}
}

// A table that ends within its last row gives the rows before it, and says so.
func TestCut(t *testing.T) {
	good := row("_id", "1", "source", elSource, "name", "Alpha")
	e, err := Publication.Read(context.Background(), copyOf(t, header+good+good[:40]))
	if err != nil || len(e.Entities) != 1 || !strings.Contains(e.Cut, "line 3") {
		t.Errorf("got %+v, %v, want one entry and a word on line 3", e, err)
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, text := range []string{header + row("source", elSource, "name", "Alpha"), `{"results":[{"name":"Alpha"}]}`} {
		if _, err := Publication.Read(ctx, copyOf(t, text)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the context's end", err)
		}
	}
}

func TestFits(t *testing.T) {
	for text, want := range map[string]bool{
		header: true, "\xef\xbb\xbf" + header: true,
		"source,name,entity_number,alt_names\n":                                             true,
		`{"results":[{"source":"EL","name":"Alpha","alt_names":[],"source_list_url":"x"}]}`: true,
		"name,source\n": false, "ent_num,SDN_Name\n": false, "": false, "{}": false, `{"results":[]}`: false,
		`{"source":"x","name":"y","alt_names":[],"entity_number":1}`: false,
		"<xml/>": false, "36,\"ALPHA\",-0- \n": false,
	} {
		if got := Publication.Parts[0].Fits(&lists.File{Name: "x", Data: []byte(text)}); got != want {
			t.Errorf("Fits(%q) = %v", text, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(header + row("_id", "1", "source", elSource, "name", "Alpha (a.k.a. Beta); and any successor thereof", "addresses", "x, TX, 1; AE", "ids", "Passport, 1, IR", "dates_of_birth", "circa 1950; 1951 to 1953")))
	f.Add([]byte(`{"results":[{"source":"EL","name":"Alpha","addresses":[{"country":"AE"}],"ids":[{"type":"Passport","number":"1"}],"alt_names":"a; b"}],"sources_used":[{}]}`))
	f.Add([]byte(`{"results":[{"name":1,"alt_names":[null,""],"programs":true}]}`))
	f.Add([]byte("source,name\nEL,\"\nx,y\n"))
	c := copyOf(f, "")
	f.Fuzz(func(t *testing.T, text []byte) {
		file := &lists.File{Name: part, Data: text}
		Publication.Parts[0].Fits(file)
		edition, err := Publication.Read(context.Background(), &lists.Copy{Places: c.Places, Parts: map[string]*lists.File{part: file}})
		var fault *lists.Fault
		if err != nil {
			if !errors.As(err, &fault) || fault.Detail == "" {
				t.Fatalf("got %v, want a fault", err)
			}
			return
		}
		seen := map[screening.EntityID]bool{}
		for i := range edition.Entities {
			e := &edition.Entities[i]
			if e.ID == "" || seen[e.ID] || e.Name == "" || e.Kind == "" || len(e.Listings) != 1 || e.Listings[0].Citation == "" || e.Listings[0].List == "" {
				t.Fatalf("got %+v", e)
			}
			seen[e.ID] = true
		}
	})
}

// asJSON writes records of a table as the other layout has them.
func asJSON(t *testing.T, rows [][]string) []byte {
	t.Helper()
	results := []map[string]any{}
	for _, row := range rows[1:] {
		o := map[string]any{}
		for i, title := range rows[0] {
			o[title] = row[i]
		}
		results = append(results, o)
	}
	for _, o := range results {
		addresses, numbers := []map[string]string{}, []map[string]string{}
		text := func(name string) string { s, _ := o[name].(string); return s }
		for _, a := range items(text("addresses")) {
			addresses = append(addresses, map[string]string{"address": a})
		}
		for _, a := range items(text("ids")) {
			n := readNumbered(a)
			numbers = append(numbers, map[string]string{"type": n.label, "number": n.value, "country": n.country})
		}
		o["addresses"], o["ids"] = addresses, numbers
		for _, name := range []string{"programs", "alt_names", "citizenships", "nationalities", "dates_of_birth", "places_of_birth"} {
			o[name] = items(text(name))
		}
	}
	out, err := json.MarshalIndent(map[string]any{"results": results}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return out
}
