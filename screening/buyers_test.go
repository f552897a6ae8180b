package screening

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func dataBuyersFiles(t testing.TB) []buyersFile {
	t.Helper()
	names := []string{"us-federal", "us-states", "other-governments", "fcc-funding", "false-friends"}
	files := make([]buyersFile, len(names))
	for i, name := range names {
		readDataFile(t, "buyers/"+name+".yaml", &files[i])
	}
	return files
}

func dataBuyers(t testing.TB) *Buyers {
	t.Helper()
	buyers, err := newBuyers(dataPlaces(t), dataBuyersFiles(t)...)
	if err != nil {
		t.Fatal(err)
	}
	return buyers
}

// told is a publicBuyer as one line: sector, country, state and whether it is unsure.
func told(p publicBuyer) string {
	words := []string{string(p.Sector), p.Country, p.State}
	if p.Unsure {
		words = append(words, "unsure")
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func TestPublicBuyerNames(t *testing.T) {
	buyers := dataBuyers(t)
	tests := []struct{ want, names string }{
		{"federal US", `
			U.S. Department of Veterans Affairs
			Department of the Navy
			Dept of Army
			DEPARTMENT OF DEFENSE
			Dept. of Homeland Security, CBP Procurement
			US Dept of Agriculture
			United States Department of Transportation
			U.S. Army Corps of Engineers, Mobile District
			Army Contracting Command - Redstone
			US Army
			Acme Integrators for U.S. Air Force
			Defense Logistics Agency
			NASA Johnson Space Center
			GSA
			Internal Revenue Service
			Houston VA Medical Center
			VA Health Care System, Palo Alto
			Federal Bureau of Prisons
			National Institutes of Health
			Naval Surface Warfare Center Crane
			Wright-Patterson Air Force Base
			Library of Congress
			U.S. District Court
			Attn: Social Security Administration
			Oak Ridge National Laboratory`},
		// Acronyms with their offices, which read like nothing else.
		{"federal US", `
			NASA JSC
			NASA JSC Procurement
			NASA, JSC
			NASA Johnson Space Center (JSC)
			DLA AVIATION
			DLA Troop Support, Philadelphia
			DLA LAND AND MARITIME
			DLA Distribution Susquehanna
			FBI ACADEMY
			FBI Quantico
			FBI, Records Management Division
			NIH CLINICAL CENTER
			NIH Rocky Mountain Laboratories
			GSA FEDERAL ACQUISITION SERVICE
			GSA Region 4
			GSA National Capital Region
			NIST BOULDER
			FAA WILLIAM J HUGHES TECHNICAL CENTER
			FAA Logistics Ctr
			DHS CBP
			DHS/CBP
			HHS CDC
			DOJ BOP
			DOI NPS Yosemite
			TSA HEADQUARTERS
			TSA
			IRS Service Center, Ogden
			SSA Regional Office
			CMS HQ
			EPA Region 9
			VA PALO ALTO HCS
			VA NORTH TEXAS HEALTH CARE SYSTEM
			VA Central Office
			VA NATIONAL ACQUISITION CENTER
			VA Natl Acquisition Ctr
			Boston VA HCS
			VISN 21
			Houston VA Medical Center Pharmacy
			US Army Dental Activity, Fort Stewart
			HQ USACE
			HQS U.S. Army
			Headquarters, Defense Logistics Agency`},
		// Words as they are shortened in messages with little room.
		{"federal US", `
			US DEPT HOMELAND SECURITY
			US DEPT STATE
			U.S. DPT OF AGRIC
			DEPT ARMY
			DEPT OF DEF
			DEPT HEALTH AND HUMAN SERVICES
			SOCIAL SECURITY ADMIN
			SOCIAL SEC ADMIN
			GEN SERVICES ADMIN
			NATIONAL PARK SVC
			NATL PARK SERVICE
			US FOREST SVC
			BUREAU OF LAND MGMT
			BUR OF RECLAMATION
			CENTERS FOR DISEASE CTRL
			CTRS FOR DISEASE CONTROL
			FED BUREAU OF PRISONS
			NATL INST OF STANDARDS & TECH
			NATL INSTITUTES OF HLTH
			DEF LOGISTICS AGCY
			OFC OF PERSONNEL MGMT
			SANDIA NATIONAL LABS
			LOS ALAMOS NATIONAL LAB
			LAWRENCE LIVERMORE NATL LAB
			NAVAL RSCH LAB
			JOHNSON VA MED CTR
			VETERANS HEALTH ADMIN
			Treasury Department
			Homeland Security Dept`},
		{"federal US", `
			US COURTS
			ADMINISTRATIVE OFFICE OF US COURTS
			Administrative Office of the U.S. Courts
			UNITED STATES TREASURY
			ARMY NATIONAL GUARD
			Air National Guard Readiness Center
			NAVY EXCHANGE
			Navy Exchange Service Command
			AAFES
			Army & Air Force Exchange Service
			FLEET READINESS CENTER EAST
			Fleet Logistics Ctr Norfolk
			FORT CARSON MICC
			MICC Fort Bliss
			MICC - Joint Base Lewis-McChord
			JET PROPULSION LABORATORY
			Jet Propulsion Lab`},
		{"federal", `DEPT VETERANS AFFAIRS; DEPT OF VET AFFAIRS; Dept Energy; CDC; EPA`},
		{"federal unsure", `
			DEPT STATE
			DLA Richmond
			GSA Purchasing
			CDC Atlanta
			HHS Rockville
			VA Palo Alto Medical Center`},
		{"state US TX", `Texas Army National Guard; Texas Department of Information Resources`},
		{"state US OH", `Ohio Dept of Health; Ohio Bur of Workers Compensation`},
		{"education", `Harvard Univ`},
		{"", `
			DLA Piper LLP
			DLA Piper
			DLA Piper UK
			FBI Buildings Inc
			FBI Software
			NIH Consulting GmbH
			NIH Enterprises
			NIST Designs
			FAA Roofing
			GSA Capital Ltd
			GSA Capital
			GSA Group
			DHS Technologies LLC
			DHS Group
			CDC Software
			CMS Energy
			CMS Cameron McKenna
			SBA Communications
			SSA Marine
			NSF International
			DOE Run
			NRC Realty
			VA Software Corp
			VA Beach Hospital
			VA Mason Medical Center
			Contoso, Richmond, VA
			Federal Express
			FED EX
			National Park Lodging LLC
			National Lab Supply
			Navy Federal Credit Union
			Army Surplus Store Inc
			Fleet Feet Sports
			Jet Propulsion Cafe
			Fort Carson Motors
			Exchange Bank
			Army National Guard Association
			NASA Plumbing
			NASA Trading JSC
			Kazan Helicopters JSC
			JSC Kazan Helicopters
			HQ Trivia
			Interior Design Dept`},
		{"federal", `Department of Veterans' Affairs; Department of the Treasury`},
		{"federal unsure", `
			Department of Transportation
			Dept. of Commerce`},
		{"state US TX", `
			Texas Department of Public Safety
			State of Texas
			Texas Parks and Wildlife Department
			Texas Legislature
			Office of the Attorney General of Texas
			Texas Health and Human Services Commission`},
		{"state US OH", `
			Ohio Department of Health
			Ohio Bureau of Workers' Compensation
			Supreme Court of Ohio`},
		{"state US OR", `State of Oregon; STATE OF OREGON DEPT OF JUSTICE; Oregon Department of Human Services; Oregon State Police; Department of Justice, State of Oregon`},
		{"state US VA", `Commonwealth of Virginia; Virginia Department of Veterans Services; Virginia Information Technologies Agency; VA Department of Health`},
		{"state US NH", `New Hampshire DOT; New Hampshire Department of Safety; New Hampshire General Court; NH DOT`},
		{"state US CA", `California Department of Veterans Affairs; State of California Department of Justice`},
		{"state US NJ", `New Jersey Office of Information Technology; New Jersey State Police; NJDOT`},
		{"local US CO", `City of Boulder, CO; City of Boulder CO`},
		{"local US TX", `City of Austin, Texas; City of Austin, TX; City of Austin TX 78701; Harris County, Texas`},
		{"local", `
			City of Austin
			County of Los Angeles
			Cook County
			Orange County Sheriff's Department
			Town of Amherst
			Village of Oak Park
			Borough of Princeton
			Springfield Public Library
			Coachella Valley Water District
			Denver Police Department
			Township of Middletown`},
		{"education US TX", `University of Texas at Austin; Texas A&M University; Texas State University; Austin Independent School District, Texas`},
		{"education US VA", `University of Virginia; Virginia Commonwealth University; Virginia Polytechnic Institute; Virginia Tech`},
		{"education", `
			Harvard University
			University of Toronto
			Dallas ISD
			Northside Independent School District
			Santa Monica Community College District
			Fairfax County Public Schools
			Lincoln High School`},
		{"local DE", `Stadt Köln; Landkreis München; Landeshauptstadt Dresden; Gemeinde Grünwald`},
		{"federal DE", `Bundesministerium der Verteidigung; Bundesamt für Sicherheit in der Informationstechnik; Auswärtiges Amt`},
		{"state DE", `Freistaat Bayern; Landeskriminalamt Niedersachsen; Land Berlin`},
		{"federal AU", `Commonwealth of Australia; Australian Taxation Office; Services Australia`},
		{"state AU", `NSW Health; Victorian Government; Queensland Police Service`},
		{"federal CA", `Government of Canada; Shared Services Canada; Canada Revenue Agency; Royal Canadian Mounted Police`},
		{"state CA", `Province of Ontario; Government of British Columbia`},
		{"federal GB", `HM Revenue & Customs; Home Office; Department for Work and Pensions; Ministry of Justice UK`},
		{"local GB", `London Borough of Camden; Leeds Teaching Hospitals NHS Trust`},
		{"local", `Manchester City Council; Kent County Council; Ville de Montréal`},
		{"federal IT", `Ministero dell'Interno; Agenzia delle Entrate; Presidenza del Consiglio dei Ministri`},
		{"state IT", `Regione Lombardia`},
		{"local IT", `Comune di Milano; Città di Torino`},
		{"federal LT", `Lietuvos Respublikos krašto apsaugos ministerija; Valstybinė mokesčių inspekcija`},
		{"local LT", `Vilniaus miesto savivaldybė; Kauno rajono savivaldybės administracija`},
		{"federal NL", `Ministerie van Justitie en Veiligheid; Belastingdienst; Rijkswaterstaat`},
		{"local NL", `Gemeente Utrecht; Waterschap Rivierenland`},
		{"federal RO", `Ministerul Apărării Naționale; Autoritatea Națională de Reglementare`},
		{"local RO", `Primăria Municipiului Cluj-Napoca; Comuna Florești`},
		{"federal UA", `Міністерство оборони України; Державна служба спеціального зв'язку`},
		{"local UA", `Київська міська рада; Одеська обласна державна адміністрація`},
		{"federal", `Ministry of Defence; Department of Defence`},
		{"", `
			Ridgeline Federal Systems LLC
			Federal Express
			FedEx Federal
			Department of Coffee LLC
			Navy Federal Credit Union
			NASA Federal Credit Union
			Veterans Plumbing
			Texas Instruments
			Ohio Valley Farms
			City Furniture
			State Farm
			State Street Corporation
			Virginia Woolf Books
			County Line Brewing LLC
			University Book Store Inc
			Town & Country Motors
			American Airlines
			National Instruments
			City of Hope
			Ministry of Sound Ltd
			University of Texas Federal Credit Union
			City of Austin Plumbing, Inc.
			US Army Surplus Store
			Washington Post
			Orange County Choppers
			U.S. Bank
			US Foods
			Contoso Ltd (CMS)
			Boulder Supply CO
			General Dynamics Information Technology
			Stadt-Apotheke
			Stadt Apotheke Köln
			Bundesliga Fanshop GmbH
			Oregon Trail Outfitters
			Delaware North
			Georgia-Pacific LLC
			Contoso Ltd
			Harvard Business Publishing
			National Geographic
			Union Pacific
			Vodafone
			Virgin Media`},
	}
	for _, tt := range tests {
		for name := range strings.FieldsFuncSeq(tt.names, func(r rune) bool { return r == '\n' || r == ';' }) {
			name = strings.TrimSpace(name)
			if name == "" {
				continue
			}
			t.Run(name, func(t *testing.T) {
				got, ok := buyers.party(name, nil)
				if told(got) != tt.want || ok != (tt.want != "") {
					t.Errorf("party(%q): got %q from %q, want %q", name, told(got), got.Evidence, tt.want)
				}
			})
		}
	}
}

func TestPublicBuyerEvidence(t *testing.T) {
	got, _ := dataBuyers(t).party("Acme Corp, attn: U.S. Department of Veterans  Affairs, Suite 5", nil)
	want := publicBuyer{Sector: Federal, Country: "US", Evidence: "U.S. Department of Veterans  Affairs"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("party: -want +got\n%s", diff)
	}
}

func TestPublicBuyerDomains(t *testing.T) {
	buyers := dataBuyers(t)
	tests := []struct{ value, want string }{
		{"buyer@navy.mil", "federal US"},
		{"jane@mail.irs.gov", "federal US"},
		{"https://www.va.gov/houston", "federal US"},
		{"nasa.gov", "federal US"},
		{"clerk@springfieldtown.gov", "federal US unsure"},
		{"it@dps.texas.gov", "state US TX"},
		{"x@oregon.gov", "state US OR"},
		{"co.harris.tx.us", "local US TX"},
		{"a@isd.k12.tx.us", "education US TX"},
		{"b@state.nh.us", "state US NH"},
		{"c@cs.example.edu", "education US"},
		{"d@defence.gov.au", "federal AU"},
		{"e@health.nsw.gov.au", "state AU"},
		{"f@bva.bund.de", "federal DE"},
		{"g@example.gov.ua", "federal UA"},
		{"h@irs.gov.example.com", ""},
		{"i@fakeirs.gov.co", ""},
		{"example.com", ""},
		{"12.34", ""},
		{".", ""},
	}
	for _, tt := range tests {
		t.Run(tt.value, func(t *testing.T) {
			got, ok := buyers.party("Contoso", []Identifier{{"email", tt.value}})
			if told(got) != tt.want || ok != (tt.want != "") {
				t.Errorf("party with %q: got %q, want %q", tt.value, told(got), tt.want)
			}
		})
	}
}

// The level that a name tells settles what its domain leaves open, and the most regulated of two levels wins.
func TestPublicBuyerOfSeveralSigns(t *testing.T) {
	buyers := dataBuyers(t)
	tests := []struct{ name, domain, want string }{
		{"City of Springfield", "clerk@springfield.gov", "local"},
		{"City of Springfield", "x@army.mil", "federal US"},
		{"University of Virginia", "x@example.com", "education US VA"},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.domain, func(t *testing.T) {
			if got, _ := buyers.party(tt.name, []Identifier{{"domain", tt.domain}}); told(got) != tt.want {
				t.Errorf("got %q, want %q", told(got), tt.want)
			}
		})
	}
}

func TestContract(t *testing.T) {
	buyers := dataBuyers(t)
	tests := []struct{ text, want string }{
		{"W912DR-24-C-0012", "W912DR-24-C-0012"},
		{"W912DR24C0012", "W912DR24C0012"},
		{"contract 47QTCA23D00AB dated May", "47QTCA23D00AB"},
		{"36C24824Q0123", "36C24824Q0123"},
		{"N00178-24-C-0001", "N00178-24-C-0001"},
		{"W91QUZ-22-D-0012", "W91QUZ-22-D-0012"},
		{"SPE4A6-24-F-1234", "SPE4A6-24-F-1234"},
		{"SPE4A6-24-Q-1234", "SPE4A6-24-Q-1234"},
		{"W912DR-24-R-0012", "W912DR-24-R-0012"},
		{"FA8750-24-K-0012", "FA8750-24-K-0012"},
		{"75N98023P00512", "75N98023P00512"},
		{"HSHQDC-13-D-00002", "HSHQDC-13-D-00002"},
		{"SAQMMA15F0123", "SAQMMA15F0123"},
		{"fa8750-24-c-b012", "FA8750-24-C-B012"},
		{"140D0423C0012 / 0003", "140D0423C0012"},
		{"GS-35F-0119Y", "GS-35F-0119Y"},
		{"GS35F123AA", "GS35F123AA"},
		{"NNG15SC00B", "NNG15SC00B"},
		{"NASA SEWP V", "NASA SEWP"},
		{"FAR 52.204-23 applies", "52.204-23"},
		{"52.240-91", "52.240-91"},
		{"", ""},
		{"DENVER24K0012", ""},
		{"DENVER-24-B-0012", ""},
		{"AUSTIN24R0012", ""},
		{"HOUPO124-B-0012", ""},
		{"HOUPO124Q0012", ""},
		{"PLANT724E0012", ""},
		{"DENVER24K0012 under W91QUZ-22-D-0012", "W91QUZ-22-D-0012"},
		{"PO-2024-0012", ""},
		{"MSA 24-C-0012", ""},
		{"KL4867XATFS", ""},
		{"KL4863XANFS-N4", ""},
		{"4500012345", ""},
		{"CONTRACT2024C0001", ""},
		{"GS-1 barcode", ""},
		{"52.204-2", ""},
		{"152.204-23", ""},
		{"GSA Schedule price list", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, ok := buyers.contract(tt.text)
			if got.Evidence != tt.want || ok != (tt.want != "") {
				t.Errorf("contract(%q): got %q, want %q", tt.text, got.Evidence, tt.want)
			}
			if ok && (got.Sector != Federal || got.Country != "US") {
				t.Errorf("contract(%q): got %s of %q, want federal of US", tt.text, got.Sector, got.Country)
			}
		})
	}
}

// Letters alone before the year may be a town or a firm's word: somebody has to look.
func TestContractNumberThatMayBeAFirms(t *testing.T) {
	buyers := dataBuyers(t)
	for _, text := range []string{"DENVER24P0012", "TIRNOX-14-C-0012"} {
		if got, _ := buyers.contract(text); told(got) != "federal US unsure" {
			t.Errorf("contract(%q): got %q, want federal US unsure", text, told(got))
		}
	}
}

func TestIdentifiersOfGovernments(t *testing.T) {
	buyers := dataBuyers(t)
	tests := []struct{ scheme, value, want string }{
		{"dodaac", "W91QUZ", "federal US"},
		{"DoDAAC", "n00178 ", "federal US"},
		{"dodaac", "47QTCA", "federal US"},
		{"dodaac", "SPRDLA", "federal US"},
		{"dodaac", "AB12C", ""},
		{"dodaac", "N00178X", ""},
		{"dodaac", "000000", ""},
		{"dodaac", "", ""},
		{"buyer", "W91QUZ", ""},
		{"cage", "1ABC2", ""},
		{"duns", "123456", ""},
	}
	for _, tt := range tests {
		t.Run(tt.scheme+" "+tt.value, func(t *testing.T) {
			got, ok := buyers.party("Contoso", []Identifier{{tt.scheme, tt.value}})
			if told(got) != tt.want || ok != (tt.want != "") || ok && got.Evidence == "" {
				t.Errorf("got %q from %q, want %q", told(got), got.Evidence, tt.want)
			}
		})
	}
}

func TestFunding(t *testing.T) {
	buyers := dataBuyers(t)
	tests := []struct {
		text, evidence string
		want           Funding
	}{
		{"Paid by E-Rate, form 471", "E-Rate", USF},
		{"ERATE funding year 2024", "ERATE", USF},
		{"USF High Cost", "USF High Cost", USF},
		{"Rural Health Care program", "Rural Health Care program", USF},
		{"funded by Lifeline", "funded by Lifeline", USF},
		{"Connect America Phase II", "Connect America", USF},
		{"Universal Service Fund; capital expenditure for network build", "Universal Service Fund; capital expenditure", FCCCapex},
		{"E-rate capital purchase", "E-rate; capital purchase", FCCCapex},
		{"Secure and Trusted Communications Networks Reimbursement Program", "Secure and Trusted Communications Networks", FCCCapex},
		{"USF SUPPORTED CAPITAL EXPENDITURE", "USF SUPPORTED; CAPITAL EXPENDITURE", FCCCapex},
		{"FUNDED BY USF - CAPITAL EXPENDITURE", "FUNDED BY USF; CAPITAL EXPENDITURE", FCCCapex},
		{"Capex, supported by the USF", "supported by the USF; Capex", FCCCapex},
		{"USF capex", "USF capex; capex", FCCCapex},
		{"USF - CAPITAL EXPENDITURE", "USF - CAPITAL EXPENDITURE; CAPITAL EXPENDITURE", FCCCapex},
		{"USF: capex 2024", "USF: capex; capex", FCCCapex},
		{"Capital expenditure / USF", "Capital expenditure / USF; Capital expenditure", FCCCapex},
		{"federal USF: network build", "federal USF; network build", FCCCapex},
		{"USF", "USF", USF},
		{" usf. ", "usf", USF},
		{"FCC USF", "FCC USF", USF},
		{"UNIVERSAL SERVICE FUND", "UNIVERSAL SERVICE FUND", USF},
		{"UNIVERSAL SVC FUND", "UNIVERSAL SVC FUND", USF},
		{"USF-reimbursed", "USF-reimbursed", USF},
		{"USF BOOKSTORE", "", NoFunding},
		{"USF, Tampa", "", NoFunding},
		{"USF, Tampa: capital project", "", NoFunding},
		{"Deliver to USF", "", NoFunding},
		{"USF capital project: new dormitory", "", NoFunding},
		{"USF Health", "", NoFunding},
		{"supported by USF Athletics", "", NoFunding},
		{"capital expenditure 2024", "", NoFunding},
		{"USF Tampa campus", "", NoFunding},
		{"high cost item", "", NoFunding},
		{"Philips Lifeline pendant", "", NoFunding},
		{"Rural Health Care Center", "", NoFunding},
		{"Rate card", "", NoFunding},
		{"", "", NoFunding},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, evidence := buyers.funding(tt.text)
			if got != tt.want || evidence != tt.evidence {
				t.Errorf("funding(%q): got %s from %q, want %s from %q", tt.text, got, evidence, tt.want, tt.evidence)
			}
		})
	}
}

func TestBuyersFileCheck(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{"city of {place}", ""},
		{"(city|town [hall]) of {place} $", ""},
		{"{dept} of coffee", ""},
		{"of the {place}", "needs a word"},
		{"[city] of {place}", "needs a word"},
		{"city of {planet}", "no list {planet}"},
		{"city (of|to", "not in pairs"},
		{"city) of", "not in pairs"},
		{"{loop} city", "contains itself"},
		{"city-of", "is not one word"},
		{"^ city $$", ""},
		{"city / hall", ""},
		{"/", "needs a word"},
		{"city/hall", "is not one word"},
		{"", "needs a word"},
	}
	for _, tt := range tests {
		t.Run(tt.pattern, func(t *testing.T) {
			file := buyersFile{
				Lists: map[string][]string{"dept": {"department", "dept"}, "loop": {"a {loop}"}},
				Names: []buyerNames{{buyerKind: buyerKind{Sector: Local}, Patterns: []string{tt.pattern}}},
			}
			var got []string
			file.Check(func(path, detail string) { got = append(got, path+": "+detail) })
			if faults := strings.Join(got, "\n"); (faults == "") != (tt.want == "") || !strings.Contains(faults, tt.want) {
				t.Errorf("got %q, want %q", faults, tt.want)
			}
		})
	}
}

// A firm's legal form after a government's name makes it a firm, whatever stands between.
func TestLegalFormMakesAFirm(t *testing.T) {
	buyers := dataBuyers(t)
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"City of", "State of", "University of", "Department of", "US Army", "Cook County"}).Draw(t, "start")
		middle := rapid.StringMatching(`[A-Z][a-z]{0,8}`).Draw(t, "middle")
		name := start + " " + middle + " LLC"
		if got, ok := buyers.party(name, nil); ok {
			t.Errorf("party(%q): got %q, want no public buyer", name, told(got))
		}
	})
}

func FuzzBuyers(f *testing.F) {
	buyers := dataBuyers(f)
	for _, seed := range []string{"City of Austin, TX", "U.S. Army", "x@y.gov", "W912DR-24-C-0012", "E-Rate capex", "Stadt Köln & Co", "\xff\xfe.mil"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, ok := buyers.party(text, []Identifier{{"web", text}}); ok && (got.Evidence == "" || got.Sector == "") {
			t.Errorf("party(%q): got %+v, want evidence and sector", text, got)
		}
		if got, ok := buyers.contract(text); ok && !strings.Contains(strings.ToUpper(text), got.Evidence) {
			t.Errorf("contract(%q): evidence %q is not in the text", text, got.Evidence)
		}
		if got, evidence := buyers.funding(text); (got == NoFunding) != (evidence == "") {
			t.Errorf("funding(%q): got %s from %q, want evidence for every funding", text, got, evidence)
		}
	})
}

func BenchmarkPartyWithoutTrigger(b *testing.B) {
	buyers := dataBuyers(b)
	b.ReportAllocs()
	for b.Loop() {
		buyers.party("Contoso Electronics Holdings GmbH", nil)
	}
}

func BenchmarkPartyWithTrigger(b *testing.B) {
	buyers := dataBuyers(b)
	b.ReportAllocs()
	for b.Loop() {
		buyers.party("U.S. Department of Veterans Affairs", nil)
	}
}

func BenchmarkNewBuyers(b *testing.B) {
	places, files := dataPlaces(b), dataBuyersFiles(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newBuyers(places, files...); err != nil {
			b.Fatal(err)
		}
	}
}
