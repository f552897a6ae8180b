package lists

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/screening"
)

// Reason is the kind of a refusal.
type Reason string

// The reasons for which a copy is refused.
const (
	ReasonNotFetched Reason = "not_fetched"  // the source did not give a file
	ReasonNoMain     Reason = "no_main_part" // something is added to a list that is not there
	ReasonUnreadable Reason = "unreadable"
	ReasonEmpty      Reason = "empty"
	ReasonAhead      Reason = "ahead"       // its day has not come yet
	ReasonOlder      Reason = "older"       // than the accepted copy
	ReasonShrunk     Reason = "shrunk"      // too many entries are gone
	ReasonAnchorLost Reason = "anchor_lost" // an entry is gone that every copy had
)

const (
	maxAnchors      = 25   // entries of a list that stand for it
	defaultMostLost = 0.10 // share of the entries
	examples        = 3    // entries that a refusal names
)

// roster is who is on a copy: ids and names.
type roster map[screening.EntityID]string

func rosterOf(e *Edition) roster {
	r := make(roster, len(e.Entities))
	for i := range e.Entities {
		r[e.Entities[i].ID] = e.Entities[i].Name
	}
	return r
}

// gateCheck is what the gate looks at.
type gateCheck struct {
	before     *Manifest // of the accepted copy; without parts where there is none
	held       roster    // of the accepted copy as it is read today; nil where it cannot be read
	next       roster
	asOf       string
	asOfFrom   DayFrom
	mostLost   float64
	acceptLoss bool
	now        time.Time
}

// verdict tells why a copy that could be read must not replace the accepted one; nil lets it through. acceptLoss lets
// entries go, nothing else: a copy without entries or from the wrong day is refused all the same.
func (g *gateCheck) verdict() *Refusal {
	checks := []func() *Refusal{g.empty, g.ahead}
	if g.before.Taken() {
		checks = append(checks, g.older)
		if !g.acceptLoss {
			checks = append(checks, g.shrunk, g.anchorLost)
		}
	}
	for _, check := range checks {
		if r := check(); r != nil {
			return r
		}
	}
	return nil
}

func (g *gateCheck) empty() *Refusal {
	if len(g.next) > 0 {
		return nil
	}
	return &Refusal{Reason: ReasonEmpty, Detail: "The copy has no entries: an empty list would clear everybody."}
}

func (g *gateCheck) ahead() *Refusal {
	if !isAhead(g.asOf, g.now) {
		return nil
	}
	return &Refusal{Reason: ReasonAhead, Detail: fmt.Sprintf("The copy says that it is of %s, a day that has not come yet. "+
		"If the list is right and the day is not, give the day with --as-of.", g.asOf)}
}

// older holds days against each other that something tells. A day that is only that of the taking says nothing of how
// old the copy was.
func (g *gateCheck) older() *Refusal {
	if g.asOf >= g.before.AsOf || g.asOfFrom == DayTaken || g.before.AsOfFrom == DayTaken {
		return nil
	}
	return &Refusal{Reason: ReasonOlder, Detail: fmt.Sprintf("The copy is of %s, and the accepted one is of %s. "+
		"If one of the days is wrong, import that copy with the right day by --as-of. "+
		"To go back on purpose, remove the folder %s of the lists first.", g.asOf, g.before.AsOf, g.before.ID)}
}

// shrunk compares who is on the copies, so that new entries do not hide lost ones. Where the accepted copy cannot be
// read, their number has to do.
func (g *gateCheck) shrunk() *Refusal {
	had, lost := g.before.Entries, g.before.Entries-len(g.next)
	named := ""
	if g.held != nil {
		gone := g.gone()
		had, lost, named = len(g.held), len(gone), ", such as "+g.name(gone)
	}
	if lost <= 0 || float64(lost) <= g.mostLost*float64(had) {
		return nil
	}
	return &Refusal{Reason: ReasonShrunk, Detail: fmt.Sprintf("%d of %d entries are gone (%.1f %%)%s. At most %.4g %% may go unasked. %s",
		lost, had, 100*float64(lost)/float64(had), named, 100*g.mostLost, howToAccept)}
}

func (g *gateCheck) anchorLost() *Refusal {
	var gone []screening.EntityID
	for _, a := range g.before.Anchors {
		id := screening.EntityID(a)
		_, held := g.held[id]
		if _, there := g.next[id]; !there && (held || g.held == nil) {
			gone = append(gone, id)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return &Refusal{Reason: ReasonAnchorLost, Detail: fmt.Sprintf("Of the long-standing entries that stand for the list, gone: %s. %s",
		g.name(gone), howToAccept)}
}

const howToAccept = "If the publisher has taken them off, fetch the files by hand and take them with `interdict lists import --accept-loss FILE...`."

// gone lists the entries of the accepted copy that the next one lacks, by id.
func (g *gateCheck) gone() []screening.EntityID {
	var gone []screening.EntityID
	for id := range g.held {
		if _, there := g.next[id]; !there {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return gone
}

// name writes some entries for people.
func (g *gateCheck) name(ids []screening.EntityID) string {
	out := make([]string, 0, examples)
	for _, id := range ids[:min(len(ids), examples)] {
		if name := g.held[id]; name != "" {
			out = append(out, fmt.Sprintf("%s (%s)", name, id))
		} else {
			out = append(out, string(id))
		}
	}
	if more := len(ids) - len(out); more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(out, ", "), more)
	}
	return strings.Join(out, ", ")
}

// anchors chooses the entries that stand for a copy. Those of the copy before stay while they are there, so that they
// are the long-standing ones. Free places go to entries that were there before, then to new ones; which of them is
// settled by a hash of the id: chosen alike everywhere, and spread over the list.
func (g *gateCheck) anchors() []string {
	out := make([]string, 0, maxAnchors)
	chosen := map[screening.EntityID]bool{}
	for _, a := range g.before.Anchors {
		if _, there := g.next[screening.EntityID(a)]; there && !chosen[screening.EntityID(a)] {
			chosen[screening.EntityID(a)] = true
			out = append(out, a)
		}
	}
	if len(out) >= maxAnchors {
		return out[:maxAnchors]
	}
	type candidate struct {
		id   screening.EntityID
		held bool
		hash [sha256.Size]byte
	}
	var free []candidate
	for id := range g.next {
		if !chosen[id] {
			_, held := g.held[id]
			free = append(free, candidate{id, held, sha256.Sum256([]byte(id))})
		}
	}
	slices.SortFunc(free, func(a, b candidate) int {
		if a.held != b.held {
			if a.held {
				return -1
			}
			return 1
		}
		return cmp.Or(slices.Compare(a.hash[:], b.hash[:]), cmp.Compare(a.id, b.id))
	})
	for _, c := range free[:min(len(free), maxAnchors-len(out))] {
		out = append(out, string(c.id))
	}
	return out
}
