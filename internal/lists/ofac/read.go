package ofac

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/features"
	"github.com/interdict/interdict/internal/lists/table"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/names"
)

// publication is one of the two that have these layouts.
type publication struct {
	id     string
	parts  [4]string // main, names, addresses, remarks
	listed func(programs []string, remarks string) []list
}

// reader puts the four files together.
type reader struct {
	of        publication
	copy      *lists.Copy
	countries *features.Countries
	edition   lists.Edition
	entries   []entry        // of the same index as the edition's entities
	at        map[string]int // entry's number -> index
}

// entry is what of a row of the main file is read when the other files have been.
type entry struct {
	number   string
	programs []string
	craft    string   // what the columns of a vessel say
	remarks  []string // to be joined without anything between them
}

// read reads a copy. The main file must be in it; whatever else adds to its entries may be missing.
func read(ctx context.Context, c *lists.Copy, of publication) (*lists.Edition, error) {
	r := &reader{of: of, copy: c, countries: features.NewCountries(c.Places)}
	list := c.Parts[of.parts[0]]
	if list == nil {
		return nil, &lists.Fault{File: of.parts[0], Detail: "the copy has no " + of.parts[0] + ", the list itself: give it together with the files that add to it, or before them"}
	}
	r.expect(list)
	for i, part := range [...]struct {
		columns int
		row     func(t *table.Reader, row []string) error
	}{
		{mainColumns, r.main},
		{nameColumns, r.name},
		{addressColumns, r.address},
		{remarkColumns, r.overflow},
	} {
		if err := r.file(ctx, of.parts[i], part.columns, part.row); err != nil {
			return nil, err
		}
		if i == 0 && len(r.entries) == 0 {
			return nil, &lists.Fault{File: list.Name, Detail: "the file has no entry: an empty list would clear everybody"}
		}
	}
	for i := range r.entries {
		r.finish(&r.edition.Entities[i], &r.entries[i])
	}
	return &r.edition, nil
}

// mostExpected bounds the room that is made before the rows are read.
const mostExpected = 1 << 15

// expect makes room for as many entries as the main file seems to have.
func (r *reader) expect(f *lists.File) {
	rows := min(bytes.Count(f.Data, []byte{'\n'})+1, mostExpected)
	r.edition.Entities = make([]screening.Entity, 0, rows)
	r.entries = make([]entry, 0, rows)
	r.at = make(map[string]int, rows)
}

// file reads one part, where the copy has it.
func (r *reader) file(ctx context.Context, part string, columns int, each func(t *table.Reader, row []string) error) error {
	f := r.copy.Parts[part]
	if f == nil {
		return nil
	}
	t, err := table.Open(f, ',')
	if err != nil {
		return err
	}
	for {
		row, err := t.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			r.edition.Records += t.Rows()
			return nil
		case err != nil:
			return err
		case len(row) < columns:
			return t.Fault("the row has %d columns, %s has %d: this is another file, or a page instead of one", len(row), part, columns)
		case !isNumber(row[0]):
			return t.Fault("the row begins with %q where the number of an entry stands", short(row[0]))
		}
		if err := each(t, row); err != nil {
			return err
		}
	}
}

const shortest = 40

// short is the beginning of a text, for a message.
func short(text string) string {
	if len(text) <= shortest {
		return text
	}
	end := shortest
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "..."
}

// value returns a cell without blanks around it; -0- is nothing.
func value(cell string) string {
	cell = strings.TrimSpace(cell)
	if cell == "-0-" {
		return ""
	}
	return cell
}

func (r *reader) main(t *table.Reader, row []string) error {
	number, name := row[mainNumber], value(row[mainName])
	if name == "" {
		return t.Fault("entry %s has no name", short(number))
	}
	if _, twice := r.at[number]; twice {
		return t.Fault("the number %s stands twice: two entries have it", short(number))
	}
	e := screening.Entity{
		ID: screening.EntityID(r.of.id + ":" + number), Name: name, Kind: screening.Organisation, Standing: screening.Listed,
		Position: value(row[mainTitle]), Verified: screening.Primary, Sources: []string{r.of.id},
	}
	switch strings.ToLower(value(row[mainType])) {
	case "individual":
		e.Kind = screening.Person
	case "vessel", "aircraft":
		e.Kind = screening.Craft
	}
	rest := entry{number: number, programs: split(row[mainProgram]), craft: r.craft(&e, row)}
	if value(row[mainRemarks]) != "" {
		rest.remarks = []string{row[mainRemarks]}
	}
	r.at[number] = len(r.entries)
	r.entries = append(r.entries, rest)
	r.edition.Entities = append(r.edition.Entities, e)
	return nil
}

// craft reads the columns that only vessels have and returns what they say in words.
func (r *reader) craft(e *screening.Entity, row []string) string {
	var said []string
	for _, c := range [...]struct {
		column int
		label  string
	}{{mainVessel, "Vessel type"}, {mainTonnage, "Tonnage"}, {mainGross, "Gross registered tonnage"}, {mainFlag, "Flag"}, {mainOwner, "Owner"}} {
		if text := value(row[c.column]); text != "" {
			said = append(said, c.label+" "+text)
		}
	}
	e.Countries = features.AddNew(e.Countries, r.countries.Code(value(row[mainFlag])))
	r.countries.Add(e, callSign, features.Number{Value: value(row[mainCallSign])})
	return strings.Join(said, "; ")
}

var callSign = []string{"call_sign"}

// entryOf returns the index of the entry that a row adds to. A row whose number the main file does not have is counted.
func (r *reader) entryOf(row []string) (at int, ok bool) {
	at, ok = r.at[row[0]]
	if !ok {
		r.edition.Orphans++
	}
	return at, ok
}

func (r *reader) name(t *table.Reader, row []string) error {
	name := value(row[nameText])
	if name == "" {
		return t.Fault("the other name of entry %s is missing", short(row[0]))
	}
	at, ok := r.entryOf(row)
	if !ok {
		return nil
	}
	e := &r.edition.Entities[at]
	form, kind := names.Alias, strings.ToLower(value(row[nameType]))
	if kind == "fka" {
		form = names.Former
	}
	features.AddName(e, name, form, value(row[nameRemarks]))
	return nil
}

func (r *reader) address(_ *table.Reader, row []string) error {
	at, ok := r.entryOf(row)
	if !ok {
		return nil
	}
	e := &r.edition.Entities[at]
	var parts []string
	for _, cell := range row[addressStreet : addressCountry+1] {
		if text := value(cell); text != "" {
			parts = append(parts, text)
		}
	}
	country := value(row[addressCountry])
	code := r.countries.Code(country)
	e.Countries = features.AddNew(e.Countries, code)
	address := strings.Join(parts, ", ")
	if remarks := value(row[addressRemarks]); remarks != "" {
		address = strings.TrimSpace(address + " (" + remarks + ")")
	}
	if code == "" || address != country { // a country alone is no address
		e.Addresses = features.AddNew(e.Addresses, address)
	}
	return nil
}

// overflow takes up what of an entry's remarks the main file has no room for. The main file cuts them anywhere, within a
// word too, so that blanks at the cut count.
func (r *reader) overflow(_ *table.Reader, row []string) error {
	if at, ok := r.entryOf(row); ok {
		r.entries[at].remarks = append(r.entries[at].remarks, row[1])
	}
	return nil
}

// finish reads the remarks, which are whole now, and makes the listings.
func (r *reader) finish(e *screening.Entity, rest *entry) {
	remarks := strings.TrimSpace(strings.Join(rest.remarks, ""))
	r.remarks(e, remarks)
	e.Note = remarks
	if rest.craft != "" {
		e.Note = strings.TrimSuffix(rest.craft+"\n"+remarks, "\n")
	}
	for _, l := range r.of.listed(rest.programs, remarks) {
		e.Listings = append(e.Listings, l.listing(e, rest.number, rest.programs))
	}
}
