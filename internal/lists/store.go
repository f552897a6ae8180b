package lists

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/interdict/interdict/screening"
)

// Store keeps the accepted copy of each publication below a folder, and the copy before it. A copy is accepted or
// refused as a whole; a refused one changes nothing but the note that it was refused. It is safe for concurrent use.
// Several processes may read; they write one after the other.
type Store struct {
	config   Config
	source   *fetcher
	writing  chan struct{}           // holds one while this store writes
	patience time.Duration           // with others that write
	step     func(step string) error // see shelf
}

// Config is what a store works with.
type Config struct {
	Folder   string        // made on the first write; one that is not there is an empty store
	Known    []Publication // in the order in which a file's layout is looked for
	Places   *screening.Places
	MostLost float64          // share of entries that a new copy may lack, 0.10 when zero
	Now      func() time.Time // nil: time.Now
	Client   *http.Client     // nil: one that reaches public addresses over https and no other; its redirects are checked in any case
}

// Accepted is an accepted copy as it is read today.
type Accepted struct {
	Publication *Publication
	Edition     *Edition
	Manifest    Manifest
}

// Status is what is known of a publication without reading its copy.
type Status struct {
	ID        string
	Title     string
	Home      string
	Taken     bool // there is an accepted copy
	Fetchable bool // it has an address to refresh it from
	Manifest  Manifest
}

// Errors of a call that is wrong. What is wrong with a copy is no error but an outcome.
var (
	ErrUnknownList   = errors.New("no such list is known")
	ErrUnknownLayout = errors.New("the file is of no list that is known")
	ErrByHand        = errors.New("the list is published at no fixed address: it is only imported by hand")
)

var validID = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// OpenStore checks the configuration. It touches no file.
func OpenStore(c Config) (*Store, error) {
	if c.Folder == "" || c.Places == nil {
		return nil, errors.New("lists: the store needs a folder and places")
	}
	if c.MostLost == 0 {
		c.MostLost = defaultMostLost
	}
	if !(c.MostLost > 0 && c.MostLost <= 1) {
		return nil, fmt.Errorf("lists: the share of entries that may go is %v, want more than 0 and at most 1", c.MostLost)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	ids := map[string]bool{lockName: true}
	for i := range c.Known {
		p := &c.Known[i]
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("lists: publication %q: %w", p.ID, err)
		}
		if ids[p.ID] {
			return nil, fmt.Errorf("lists: publication %q: the id is taken", p.ID)
		}
		ids[p.ID] = true
	}
	return &Store{config: c, source: newFetcher(c.Client), writing: make(chan struct{}, 1), patience: lockPatience}, nil
}

func (p *Publication) check() error {
	if !validID.MatchString(p.ID) || len(p.Parts) == 0 || p.Read == nil {
		return errors.New("it needs an id of letters and digits, parts and a reader")
	}
	names := map[string]bool{}
	for _, part := range p.Parts {
		if part.Name == "" || part.Fits == nil || names[part.Name] {
			return fmt.Errorf("part %q needs a name of its own and a way to tell it", part.Name)
		}
		names[part.Name] = true
	}
	return nil
}

func (s *Store) now() time.Time { return s.config.Now().UTC().Truncate(time.Second) }

func (s *Store) known(id string) (*Publication, error) {
	for i := range s.config.Known {
		if s.config.Known[i].ID == id {
			return &s.config.Known[i], nil
		}
	}
	ids := make([]string, len(s.config.Known))
	for i := range s.config.Known {
		ids[i] = s.config.Known[i].ID
	}
	return nil, fmt.Errorf("%w: %q; there are %s", ErrUnknownList, id, strings.Join(ids, ", "))
}

// Load reads every accepted copy, in the order of the known publications. A copy that is not what was accepted, that
// does not parse, or that belongs to no known publication is an error which names the file and what to do: no list is
// left out silently.
func (s *Store) Load(ctx context.Context) ([]Accepted, error) {
	if err := s.strangers(); err != nil {
		return nil, err
	}
	all := make([]*Accepted, len(s.config.Known))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range s.config.Known {
		group.Go(func() (err error) {
			all[i], err = s.loadOne(ctx, &s.config.Known[i])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var out []Accepted
	for _, a := range all {
		if a != nil {
			out = append(out, *a)
		}
	}
	return out, nil
}

// strangers finds a copy of a list that this program does not know.
func (s *Store) strangers() error {
	entries, err := os.ReadDir(s.config.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("lists: %w", err)
	}
	for _, e := range entries {
		if _, err := s.known(e.Name()); err == nil || !e.IsDir() {
			continue
		}
		folder := filepath.Join(s.config.Folder, e.Name())
		if _, err := os.Stat(filepath.Join(folder, manifestName)); err == nil {
			return fmt.Errorf("%s holds a list that this program does not know: nobody would be screened against it. "+
				"Remove the folder if that is meant", folder)
		}
	}
	return nil
}

// mostTurns bounds how often a copy is read anew because another process replaced it meanwhile.
const mostTurns = 5

func (s *Store) loadOne(ctx context.Context, p *Publication) (*Accepted, error) {
	for turn := 1; ; turn++ {
		m, c, err := s.readCopy(p)
		if errors.Is(err, fs.ErrNotExist) && turn < mostTurns && s.replaced(p, m) {
			continue
		}
		if err != nil || !m.Taken() {
			return nil, err
		}
		e, err := p.edition(ctx, c)
		if err == nil && len(e.Entities) == 0 {
			err = errors.New("it has no entries")
		}
		if err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			return nil, fmt.Errorf("the accepted copy of %s in %s cannot be read: %w. Import a copy that this version reads, "+
				"or remove the folder if nobody is to be screened against the list",
				p.ID, filepath.Join(s.config.Folder, p.ID), err)
		}
		return &Accepted{Publication: p, Edition: e, Manifest: *m}, nil
	}
}

// replaced tells whether another copy is accepted by now.
func (s *Store) replaced(p *Publication, m *Manifest) bool {
	h, err := s.openShelf(p)
	if err != nil {
		return false
	}
	defer h.close()
	now, err := h.manifest()
	return err == nil && now.Digest != m.Digest
}

// readCopy reads the manifest and all files of an accepted copy. The manifest is there too if a file is not.
func (s *Store) readCopy(p *Publication) (*Manifest, *Copy, error) {
	h, err := s.openShelf(p)
	if err != nil {
		return nil, nil, err
	}
	defer h.close()
	m, err := h.manifest()
	if err != nil {
		return nil, nil, err
	}
	c := &Copy{Parts: map[string]*File{}, Places: s.config.Places}
	if err := h.at(stepRead); err != nil {
		return m, nil, err
	}
	for _, part := range m.Parts {
		data, err := h.read(part)
		if err != nil {
			return m, nil, err
		}
		c.Parts[part.Name] = &File{Name: part.Name, Data: data}
	}
	return m, c, nil
}

// edition reads a copy and makes sure that each entry has an id of its own, by which copies are compared.
func (p *Publication) edition(ctx context.Context, c *Copy) (*Edition, error) {
	e, err := p.Read(ctx, c)
	if err != nil {
		return nil, err
	}
	seen := make(map[screening.EntityID]bool, len(e.Entities))
	for i := range e.Entities {
		id := e.Entities[i].ID
		if id == "" || !utf8.ValidString(string(id)) || seen[id] {
			return nil, &Fault{File: p.Parts[0].Name, Detail: fmt.Sprintf("the entry %q (%s) has no number of its own", e.Entities[i].Name, id)}
		}
		seen[id] = true
	}
	if e.AsOf != "" && !isDay(e.AsOf) {
		return nil, &Fault{File: p.Parts[0].Name, Detail: fmt.Sprintf("the list says that it is of %q, which is no day", e.AsOf)}
	}
	return e, nil
}

// Status tells of every known publication which copy is accepted and whether the latest attempt was refused. It reads
// the manifests only.
func (s *Store) Status() ([]Status, error) {
	out := make([]Status, 0, len(s.config.Known))
	for i := range s.config.Known {
		p := &s.config.Known[i]
		h, err := s.openShelf(p)
		if err != nil {
			return nil, err
		}
		m, err := h.manifest()
		h.close()
		if err != nil {
			return nil, err
		}
		out = append(out, Status{ID: p.ID, Title: p.Title, Home: p.Home, Taken: m.Taken(), Fetchable: p.Parts[0].URL != "", Manifest: *m})
	}
	return out, nil
}
