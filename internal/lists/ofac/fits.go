package ofac

import (
	"slices"
	"strconv"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/table"
)

// layout tells the rows of one of the four files.
type layout struct {
	columns int
	row     func(row []string) bool
	hint    string // in the name of the file; needed where the rows alone do not tell
}

var (
	mainFile      = layout{columns: mainColumns, row: isMain}
	namesFile     = layout{columns: nameColumns, row: isName}
	addressesFile = layout{columns: addressColumns, row: isAddress}
	remarksFile   = layout{columns: remarkColumns, row: isRemark, hint: "comment"}
)

// seen is how many rows tell the layout of a file.
const seen = 50

// fits returns a test for one part of one of the two publications. Both have the same layouts. Of the main files the
// programmes tell which it is. The others hold numbers only: one below those of the consolidated list is the SDN List's,
// and beyond that the name of the file decides, where a name without "cons" means the SDN List. A single file cannot
// show which main file its numbers are in; given to the wrong publication, its rows are counted as orphans.
func fits(l layout, consolidated bool) func(f *lists.File) bool {
	return func(f *lists.File) bool {
		rows := table.Head(f, ',', seen)
		if len(rows) == 0 || slices.ContainsFunc(rows, func(row []string) bool { return !l.is(row) }) {
			return false
		}
		name := strings.ToLower(f.Name)
		if l.hint != "" && !strings.Contains(name, l.hint) && !slices.ContainsFunc(rows, speaksOfEntries) {
			return false
		}
		return isConsolidated(l, rows, name) == consolidated
	}
}

func (l layout) is(row []string) bool {
	return len(row) >= l.columns && len(row) <= l.columns+2 && isNumber(row[0]) && l.row(row)
}

func isMain(row []string) bool {
	return value(row[mainName]) != "" && slices.Contains([]string{"", "individual", "entity", "vessel", "aircraft"}, strings.ToLower(value(row[mainType])))
}

func isName(row []string) bool {
	return isNumber(row[1]) && slices.Contains([]string{"aka", "fka", "nka"}, strings.ToLower(value(row[nameType])))
}

func isAddress(row []string) bool { return isNumber(row[1]) && !isName(row) }

func isRemark(row []string) bool { return !isNumber(row[1]) }

// speaksOfEntries tells a piece of OFAC's remarks by the labels that stand in it.
func speaksOfEntries(row []string) bool {
	for _, words := range [...]string{"; Linked To: ", "; a.k.a. '", "; Secondary sanctions risk:", "; alt. Digital Currency Address - ", "; Passport ", "; Tax ID No. ", "; Gender ", "; DOB ", "(EO 14024 Directive"} {
		if strings.Contains(row[1], words) {
			return true
		}
	}
	return false
}

// firstConsolidated is the lowest number of an entry that is on another list than the SDN List: the first members of the
// Palestinian Legislative Council of 2006. Hardly an older number can come to such a list.
const firstConsolidated = 9639

func isConsolidated(l layout, rows [][]string, name string) bool {
	named := strings.Contains(name, "cons")
	if l.columns == mainColumns {
		balance := 0
		for _, row := range rows {
			switch programs := split(row[mainProgram]); {
			case slices.ContainsFunc(programs, onlySDN):
				balance--
			case slices.ContainsFunc(programs, onlyConsolidated):
				balance++
			}
		}
		return balance > 0 || balance == 0 && named
	}
	older := 0
	for _, row := range rows {
		if n, err := strconv.Atoi(row[0]); err == nil && n < firstConsolidated {
			older++
		}
	}
	return named && 2*older <= len(rows)
}

// onlyConsolidated tells programmes under which nobody is an SDN. An SDN can have one besides another programme, as two
// members of the Legislative Council do.
func onlyConsolidated(program string) bool {
	return strings.HasPrefix(program, "NS-") || strings.HasPrefix(program, "FSE-") || strings.HasPrefix(program, "CMIC-") || strings.HasPrefix(program, "561")
}

// shared are the programmes of both lists: sectors, directives and menus besides full blocking.
var shared = []string{"UKRAINE-EO13662", "RUSSIA-EO14024", "VENEZUELA-EO13850", "CAATSA - RUSSIA", "BURMA-EO14014", "ILLICIT-DRUGS-EO14059", "IRAN-CON-ARMS-EO", "SDGT"}

func onlySDN(program string) bool {
	return !onlyConsolidated(program) && !slices.Contains(shared, program)
}

func isNumber(cell string) bool {
	return cell != "" && strings.Trim(cell, "0123456789") == ""
}
