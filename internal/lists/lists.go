// Package lists reads the lists that governments and others publish of those one must not deal with. One folder holds
// one publication (csl, ofac, un, ...): where its files are, how they are told, read and mapped to entities. What being
// on a list means, for which role and since when, is no matter of this package: that is a rule file of the catalogue.
package lists

import (
	"bytes"
	"context"
	"fmt"

	"github.com/interdict/interdict/screening"
)

// MaxFile is the largest file of a publication in bytes; the largest real one is about 100 MB.
const MaxFile = 256 << 20

// Publication is a list as somebody publishes it: one or more files of a known layout. It is immutable.
type Publication struct {
	ID    string // such as us-csl
	Title string
	Home  string // page of the publisher that leads to the files
	Parts []Part // the first one is the list itself, the others add to its entries
	// Read reads a copy. It returns every entry or an error that names file and line: half a list is no list.
	Read func(ctx context.Context, c *Copy) (*Edition, error)
}

// Part is one file of a publication. An error of a part that is not there is not one: names without addresses are a list.
type Part struct {
	Name string             // that it is kept and spoken of by, such as sdn.csv
	URL  string             // https, where it is published; empty where it is only given by hand
	Fits func(f *File) bool // tells the part by its content; the name of the file is a hint at most
}

// File is one file as it was fetched or given.
type File struct {
	Name string // base name as its giver calls it
	Data []byte
}

// Head returns the first bytes of the file without a byte order mark, to tell its layout by.
func (f *File) Head() []byte {
	return bytes.TrimPrefix(f.Data[:min(len(f.Data), headBytes)], []byte("\xef\xbb\xbf"))
}

const headBytes = 8 << 10

// Copy is one copy of a publication: its parts by their names. Not every part needs to be there.
type Copy struct {
	Parts  map[string]*File
	Places *screening.Places // reads names of countries
}

// Edition is what a copy says.
type Edition struct {
	AsOf     string // day that the copy itself states, YYYY-MM-DD; empty where it states none
	Entities []screening.Entity
	Records  int // lines or elements read, of all parts
	Orphans  int // records that add to an entry which the copy does not have
	// Cut tells where a file ends within its last row, which is left out; empty where it is whole. Such a copy is better than
	// none and worse than any other.
	Cut string
}

// Fault is what is wrong with a file.
type Fault struct {
	File   string
	Line   int // 1-based; 0 where the fault has no line
	Detail string
}

// Error implements error.
func (f *Fault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Detail)
	}
	return fmt.Sprintf("%s, line %d: %s", f.File, f.Line, f.Detail)
}
