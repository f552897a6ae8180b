package lists

import (
	"context"
	"fmt"
)

// Refresh fetches a publication anew and takes the copy as Import does, but never one that lost too much. A source that
// cannot be reached, or that gives something else than the list, is a refusal. Parts that have no address stay as they
// are. Nothing is fetched that the source says is unchanged.
func (s *Store) Refresh(ctx context.Context, id string) (Outcome, error) {
	p, err := s.known(id)
	if err != nil {
		return Outcome{}, err
	}
	if p.Parts[0].URL == "" {
		return Outcome{}, fmt.Errorf("%s: %w", id, ErrByHand)
	}
	// A copy on the disk that is damaged is fetched in full.
	before, c, err := s.readCopy(p)
	if before == nil {
		return Outcome{}, err
	}
	if err != nil {
		before, c = &Manifest{}, &Copy{}
	}
	o := &offer{publication: p, source: p.Parts[0].URL}
	fault := s.fetchParts(ctx, o, before, c)
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	if fault != nil {
		return s.refuseFetch(p, fault)
	}
	return s.take(ctx, o)
}

func (s *Store) refuseFetch(p *Publication, fault error) (Outcome, error) {
	h, err := s.makeShelf(p)
	if err != nil {
		return Outcome{}, err
	}
	defer h.close()
	before, err := h.manifest()
	return s.end(h, before, &Refusal{Reason: ReasonNotFetched, Detail: fault.Error()}, err)
}

// fetchParts puts every part that has an address into the offer: as the source gives it, or as it is held where the
// source says that it is the same.
func (s *Store) fetchParts(ctx context.Context, o *offer, before *Manifest, held *Copy) error {
	for _, known := range o.publication.Parts {
		if known.URL == "" {
			continue
		}
		was, _ := before.part(known.Name)
		if was.URL != known.URL {
			was.ETag, was.LastModified = "", ""
		}
		got, err := s.source.fetch(ctx, request{url: known.URL, etag: was.ETag, lastModified: was.LastModified})
		if err != nil {
			return fmt.Errorf("%s: %w", known.Name, err)
		}
		if got.unchanged {
			o.parts = append(o.parts, part{copy: was, file: held.Parts[known.Name]})
			continue
		}
		file := &File{Name: got.name, Data: got.data}
		if !known.Fits(file) {
			return fmt.Errorf("%s: what %s gave does not look like this file", known.Name, hostOf(known.URL))
		}
		fetched := newPart(known.Name, file)
		fetched.copy.URL, fetched.copy.ETag, fetched.copy.LastModified = known.URL, got.etag, got.lastModified
		o.parts = append(o.parts, fetched)
	}
	return nil
}
