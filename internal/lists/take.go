package lists

import (
	"context"
	"fmt"
	"slices"
)

// Outcome is what became of a copy.
type Outcome struct {
	ID            string // of the publication
	Result        Result
	Reason        Reason // of a refusal
	Detail        string // of a refusal, in words for people; else a remark, or empty
	Before, After int    // entries of the accepted copy
	Orphans       int    // records of the accepted copy that add to an entry which it does not have
	AsOf          string // day of the accepted copy, YYYY-MM-DD
}

// Result is whether a copy was taken.
type Result string

// The results. Refused leaves everything as it was.
const (
	Taken     Result = "taken"
	Unchanged Result = "unchanged" // it is the accepted copy
	Refused   Result = "refused"
)

// part is one file of a copy that is offered.
type part struct {
	copy PartCopy
	file *File
}

// newPart describes a file as a part. The caller adds where it was fetched from.
func newPart(name string, f *File) part {
	sum := hashOf(f.Data)
	return part{copy: PartCopy{Name: name, File: sum, SHA256: sum, Bytes: int64(len(f.Data))}, file: f}
}

// offer is a copy, or some parts of one, that may be taken.
type offer struct {
	publication *Publication
	parts       []part // in the publication's order, once joined
	source      string
	asOf        string // given by hand; else empty
	acceptLoss  bool
}

// take puts an offer through the gate and accepts or refuses it. An error means that neither happened.
func (s *Store) take(ctx context.Context, o *offer) (Outcome, error) {
	h, err := s.makeShelf(o.publication)
	if err != nil {
		return Outcome{}, err
	}
	defer h.close()
	before, err := h.manifest()
	if err != nil {
		return Outcome{}, err
	}
	if refusal, err := o.join(h, before); err != nil || refusal != nil {
		return s.end(h, before, refusal, err)
	}
	if before.Taken() && digestOf(o.copies()) == before.Digest {
		return s.keep(h, o, before)
	}
	next, refusal, err := s.judge(ctx, o, before)
	if err != nil || refusal != nil {
		return s.end(h, before, refusal, err)
	}
	if err := h.putCopy(before, next, o.parts); err != nil {
		return Outcome{}, fmt.Errorf("lists: %s: %w", o.publication.ID, err)
	}
	return outcomeOf(Taken, before, next), nil
}

func outcomeOf(r Result, before, after *Manifest) Outcome {
	out := Outcome{ID: after.ID, Result: r, Before: before.Entries, After: after.Entries, Orphans: after.Orphans, AsOf: after.AsOf}
	if after.Cut != "" {
		out.Detail = "It is not whole: " + after.Cut + ". That row was left out; the list counts as stale until a whole copy is taken."
	}
	return out
}

// end notes a refusal and passes an error on.
func (s *Store) end(h *shelf, before *Manifest, refusal *Refusal, err error) (Outcome, error) {
	if err != nil {
		return Outcome{}, err
	}
	after := *before
	after.Refused = &Refusal{At: s.now(), Reason: refusal.Reason, Detail: plain(refusal.Detail)}
	if err := h.putManifest(&after); err != nil {
		return Outcome{}, fmt.Errorf("lists: %s: %w", h.of.ID, err)
	}
	out := outcomeOf(Refused, before, before)
	out.Reason, out.Detail = after.Refused.Reason, after.Refused.Detail
	return out, nil
}

func (o *offer) copies() []PartCopy {
	out := make([]PartCopy, len(o.parts))
	for i, p := range o.parts {
		out[i] = p.copy
	}
	return out
}

// join adds the parts of the accepted copy that are not offered. What is known of where a file comes from stays with it
// while its bytes are the same.
func (o *offer) join(h *shelf, before *Manifest) (*Refusal, error) {
	offered := o.parts
	o.parts = nil
	for _, known := range o.publication.Parts {
		held, isHeld := before.part(known.Name)
		i := slices.IndexFunc(offered, func(p part) bool { return p.copy.Name == known.Name })
		switch {
		case i >= 0:
			if isHeld && held.SHA256 == offered[i].copy.SHA256 && offered[i].copy.URL == "" {
				offered[i].copy = held
			}
			o.parts = append(o.parts, offered[i])
		case isHeld:
			data, err := h.read(held)
			if err != nil {
				return nil, err
			}
			o.parts = append(o.parts, part{copy: held, file: &File{Name: known.Name, Data: data}})
		}
	}
	if main := o.publication.Parts[0].Name; o.parts[0].copy.Name != main {
		return &Refusal{Reason: ReasonNoMain, Detail: fmt.Sprintf("%s adds to a list that is not there. Import %s first, or both together.",
			o.parts[0].copy.Name, main)}, nil
	}
	return nil, nil
}

// keep notes that the accepted copy is offered again. Files that were damaged are put right. A day given by hand
// corrects the copy's, and one that the source tells is better than none.
func (s *Store) keep(h *shelf, o *offer, before *Manifest) (Outcome, error) {
	after := *before
	after.Parts, after.CheckedAt, after.Refused = o.copies(), s.now(), nil
	if o.asOf != "" {
		after.AsOf, after.AsOfFrom = o.asOf, DayGiven
	} else if day := dayModified(o.parts[0].copy.LastModified, s.now()); day != "" && before.AsOfFrom == DayTaken {
		after.AsOf, after.AsOfFrom = day, DayModified
	}
	out := outcomeOf(Unchanged, before, &after)
	for _, p := range o.parts {
		if _, err := h.read(p.copy); err != nil {
			out.Result, out.Detail = Taken, "The accepted copy was damaged on the disk and has been put right."
		}
	}
	if err := h.putCopy(before, &after, o.parts); err != nil {
		return Outcome{}, fmt.Errorf("lists: %s: %w", h.of.ID, err)
	}
	return out, nil
}

// judge reads an offer and the accepted copy and returns the manifest under which the offer may be taken, or why not.
func (s *Store) judge(ctx context.Context, o *offer, before *Manifest) (*Manifest, *Refusal, error) {
	held, err := s.held(ctx, o.publication)
	if err != nil {
		return nil, nil, err
	}
	c := &Copy{Parts: map[string]*File{}, Places: s.config.Places}
	for _, p := range o.parts {
		c.Parts[p.copy.Name] = p.file
	}
	e, err := o.publication.edition(ctx, c)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if refusal := unreadable(err); refusal != nil {
		return nil, refusal, nil
	}
	if e.Cut != "" && (before.Taken() || o.source != SourceImport) {
		return nil, &Refusal{Reason: ReasonUnreadable, Detail: e.Cut}, nil
	}
	now := s.now()
	g := gateCheck{before: before, held: held, next: rosterOf(e), mostLost: s.config.MostLost, acceptLoss: o.acceptLoss, now: now}
	g.asOf, g.asOfFrom = dayOf(o, e, before, now)
	if refusal := g.verdict(); refusal != nil {
		return nil, refusal, nil
	}
	parts := o.copies()
	return &Manifest{
		Schema: manifestSchema, ID: o.publication.ID, AsOf: g.asOf, AsOfFrom: g.asOfFrom, TakenAt: now, CheckedAt: now, Source: o.source,
		Parts: parts, Entries: len(e.Entities), Records: e.Records, Orphans: e.Orphans, Anchors: g.anchors(), Digest: digestOf(parts), Cut: e.Cut,
	}, nil, nil
}

// unreadable refuses a copy that its reader refuses; nil where it does not.
func unreadable(err error) *Refusal {
	if err == nil {
		return nil
	}
	return &Refusal{Reason: ReasonUnreadable, Detail: err.Error()}
}

// held reads who is on the accepted copy, with the reader of today: what another version of the reader called an entry
// is no matter then. A copy that cannot be read gives nobody, and the numbers in its manifest have to do.
func (s *Store) held(ctx context.Context, p *Publication) (roster, error) {
	m, c, err := s.readCopy(p)
	if err == nil && m.Taken() {
		var e *Edition
		if e, err = p.edition(ctx, c); err == nil {
			return rosterOf(e), nil
		}
	}
	return nil, ctx.Err()
}
