package listed

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

func TestRead(t *testing.T) {
	type others []string // form and name
	for _, tt := range []struct {
		field, main string
		others      others
		person      bool
	}{
		{field: " Alpha  Works Ltd. ", main: "Alpha Works Ltd."},
		{field: "Alpha Works JSC,", main: "Alpha Works JSC"},
		{field: "Alpha Works Co.; and any successor, sub-unit, or subsidiary thereof", main: "Alpha Works Co."},
		{field: "Alpha Works Co. and any successor, sub-unit, or subsidiary thereof", main: "Alpha Works Co."},
		{field: "ALPHA WORKS AND ITS SUCCESSORS, SUBUNITS, AND SUBSIDIARIES THEREOF.", main: "ALPHA WORKS"},
		{field: "Successor and Sons Ltd.", main: "Successor and Sons Ltd."},
		{field: "Alpha Works (AW)", main: "Alpha Works (AW)", others: others{"alias Alpha Works", "weak AW"}},
		{field: "Alpha Works Company (AWC), LLC", main: "Alpha Works Company (AWC), LLC", others: others{"alias Alpha Works Company, LLC", "weak AWC"}},
		{field: "AWX (Alpha Works Export)", main: "AWX (Alpha Works Export)", others: others{"weak AWX", "alias Alpha Works Export"}},
		{field: "Alpha Works (Hong Kong) Ltd.", main: "Alpha Works (Hong Kong) Ltd."},
		{field: "Alpha Works (HK) Ltd. (AWH)", main: "Alpha Works (HK) Ltd. (AWH)", others: others{"alias Alpha Works (HK) Ltd.", "weak AWH"}},
		{field: "Alpha Works (including all branches)", main: "Alpha Works (including all branches)"},
		{field: "Alpha Works (f.k.a., Beta Works OOO)", main: "Alpha Works", others: others{"former Beta Works OOO"}},
		{field: "Alpha Works (f.k.a., Beta Works that is cut", main: "Alpha Works", others: others{"former Beta Works that is cut"}},
		{field: "Alpha Works [aka Beta Works, Gamma Works]", main: "Alpha Works", others: others{"alias Beta Works, Gamma Works"}},
		{field: "Alpha Works Ltd., a.k.a. Beta Works Ltd. (Delta-City)", main: "Alpha Works Ltd.", others: others{"alias Beta Works Ltd. (Delta-City)"}},
		{field: "Alpha Works, a.k.a. Beta Works; f.k.a. Gamma Works", main: "Alpha Works", others: others{"alias Beta Works", "former Gamma Works"}},
		{
			field: "Alpha Works, a.k.a., the following three aliases:\n-Beta Works;\n-Gamma-Delta Works; and\n-Epsilon.", main: "Alpha Works",
			others: others{"alias Beta Works", "alias Gamma-Delta Works", "alias Epsilon."},
		},
		{field: "ALPHA DOE A/K/A BETA DOE", main: "ALPHA DOE", others: others{"alias BETA DOE"}},
		{field: "PEARL (A.K.A. NEI-CHIEN DOE) ROE", main: "PEARL ROE", others: others{"alias NEI-CHIEN DOE"}},
		{field: "Mehmet Aka Doe", main: "Mehmet Aka Doe"},
		{field: "a.k.a. Alpha", main: "a.k.a. Alpha"},
		{field: "Doe Sung Roe (aka Doe Roe) (Russian individual)", main: "Doe Sung Roe", others: others{"alias Doe Roe"}, person: true},
		{field: "(Alpha)", main: "Alpha"},
		{field: "()", main: "()"},
		{field: "and any successor thereof", main: "and any successor thereof"},
		{field: "", main: ""},
	} {
		t.Run(tt.field, func(t *testing.T) {
			got := Read(tt.field)
			var found others
			for _, n := range got.Others {
				found = append(found, string(n.Form)+" "+n.Name)
				if n.Verified != screening.Primary {
					t.Errorf("%s is not verified", n.Name)
				}
			}
			if got.Main != tt.main || got.Person != tt.person || !cmp.Equal(tt.others, found) {
				t.Errorf("got %q, person %v, %v", got.Main, got.Person, found)
			}
		})
	}
}

func TestKind(t *testing.T) {
	const either, never = "either", "never" // either list, or no list, makes a person of it; else only one with mostly persons
	for name, want := range map[string]string{
		"JOHN DOE": either, "DOE, JOHN": either, "JOHN Q. DOE, JR.": either, "Dr. Xyzzy Plugh": either, "CAPTAIN PLUGH": either, "JOHN \"JOHNNY\" DOE": either,
		"Doe-Roe Mohammad": either, "Cho-Man Doe": either, "Wong Xai Plug": either, "Su Plugh": either, "Husayn D?e": either,
		"XYZZY PLUGH": "mostly", "XYZZY DE LA PLUGH": "mostly", "I. PLUGH": "mostly", "O'PLUGH XYZZY": "mostly",
		"JOHN DOE LTD.": never, "JOHN DOE TRADING": never, "DOE": never, "J. D.": never, "DOE & ROE": never, "DOE 7": never, "KZ PLUGH": never, "XYZZY - TU": never,
		"XYZZY LEBANON": never, "Ministry of Plugh": never, "PLUGH.NET": never, "": never, "JOHN, DOE, ROE": never, "A B C D E F G H": never,
		"Xyzzy D/B/A PLUGH": never,
	} {
		for _, mostly := range []bool{false, true} {
			person := want == either || want == "mostly" && mostly
			if got := Kind(name, mostly) == screening.Person; got != person {
				t.Errorf("Kind(%q, %v): got person %v, want %v", name, mostly, got, person)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"Alpha (f.k.a., Beta) and any successor thereof", "a.k.a., the following two aliases: -A; and -B", "((((", "))))[aka", "(a", "\u2014;\u2014"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		n := Read(field)
		if n.Main == "" && strings.TrimSpace(field) != "" {
			t.Errorf("Read(%q) has no name", field)
		}
		for _, o := range n.Others {
			if o.Name == "" || o.Form == names.Official {
				t.Errorf("Read(%q): got %+v", field, o)
			}
		}
		Kind(n.Main, true)
		Kind(field, false)
	})
}
