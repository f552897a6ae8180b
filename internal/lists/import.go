package lists

import (
	"context"
	"fmt"
	"slices"
)

// ImportOptions say how files are to be taken.
type ImportOptions struct {
	List string // id of the publication that they belong to; empty: their content tells
	AsOf string // day of the copies, YYYY-MM-DD; empty: see Manifest.AsOfFrom
	// AcceptLoss takes copies that lack many entries, or long-standing ones. A copy that cannot be read, that is empty
	// or that is older than the accepted one is refused all the same.
	AcceptLoss bool
}

// Import takes files that were given by hand and returns an outcome for each publication among them, in the order in
// which these are known. A part that is given alone joins the other parts of the accepted copy.
//
// An error means that a file is of no known list, that two files are the same part, or that the disk failed. Before the
// first two nothing was taken; after the last one the outcomes tell what was.
func (s *Store) Import(ctx context.Context, files []File, o ImportOptions) ([]Outcome, error) {
	if o.AsOf != "" && (!isDay(o.AsOf) || isAhead(o.AsOf, s.now())) {
		return nil, fmt.Errorf("the day %q: want one as YYYY-MM-DD that is not in the future", o.AsOf)
	}
	offers, err := s.sort(files, o)
	if err != nil {
		return nil, err
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	var out []Outcome
	for _, offer := range offers {
		outcome, err := s.take(ctx, offer)
		if err != nil {
			return out, err
		}
		out = append(out, outcome)
	}
	return out, nil
}

// sort finds the publication and part of each file.
func (s *Store) sort(files []File, o ImportOptions) ([]*offer, error) {
	candidates := make([]*Publication, 0, len(s.config.Known))
	for i := range s.config.Known {
		candidates = append(candidates, &s.config.Known[i])
	}
	if o.List != "" {
		p, err := s.known(o.List)
		if err != nil {
			return nil, err
		}
		candidates = []*Publication{p}
	}
	var out []*offer
	for _, p := range candidates {
		out = append(out, &offer{publication: p, source: SourceImport, asOf: o.AsOf, acceptLoss: o.AcceptLoss})
	}
	for i := range files {
		if err := place(&files[i], out, o.List != ""); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(out, func(o *offer) bool { return len(o.parts) == 0 }), nil
}

// place puts a file into the first offer that it is a part of. Where the list is given and has one part only, the file
// is that part, and its reader says what is wrong with it.
func place(f *File, offers []*offer, given bool) error {
	if len(f.Data) > MaxFile {
		return fmt.Errorf("%s has %d bytes, more than the %d that a list may have", f.Name, len(f.Data), MaxFile)
	}
	for _, o := range offers {
		for _, known := range o.publication.Parts {
			if !known.Fits(f) && (!given || len(o.publication.Parts) > 1) {
				continue
			}
			if slices.ContainsFunc(o.parts, func(p part) bool { return p.copy.Name == known.Name }) {
				return fmt.Errorf("%s and another of the files are both the part %s of %s: give one", f.Name, known.Name, o.publication.ID)
			}
			o.parts = append(o.parts, newPart(known.Name, f))
			return nil
		}
	}
	return fmt.Errorf("%s: %w", f.Name, ErrUnknownLayout)
}
