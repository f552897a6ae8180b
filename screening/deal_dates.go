package screening

import (
	"time"
)

// zonesOf returns the zones in which a date without zone may have been written.
func (d *deal) zonesOf() []*time.Location {
	if z := firstOf(d.order.Given.Zone, d.order.Assumed.Zone); z != nil {
		return []*time.Location{z}
	}
	for _, role := range [...]Role{Buyer, ShipTo} {
		for i := range d.sides {
			if s := &d.sides[i]; s.Role == role && s.country != "" {
				state, _ := d.catalogue.places.State(s.country, s.State)
				return append([]*time.Location{newYork}, d.catalogue.places.Zones(s.country, state)...)
			}
		}
	}
	return []*time.Location{newYork}
}

// fillDates reads the two acts. A date that cannot be read may mean any time and is a problem of the document.
func (d *deal) fillDates(s *sheet, line *Line, index int) {
	if line == nil {
		s.agreed = d.agreedDate()
	} else {
		s.agreed = d.header.agreed
	}
	raw, at := d.order.FulfilAt, "/fulfil_at"
	if line != nil {
		if line.FulfilAt == "" {
			s.performed = d.header.performed
			return
		}
		raw, at = line.FulfilAt, indexedPointer("/lines", index)+"/fulfil_at"
	}
	s.performed = dated{s.agreed.interval, "", Assumed}
	if raw == "" {
		return
	}
	performed := d.readDate(raw, at)
	if performed.latest < s.agreed.earliest {
		d.problems = append(d.problems, Problem{
			Code: ProblemDateOrder, Pointer: Pointer(at),
			Detail: "is before the order was agreed and was ignored: the order is judged as fulfilled at once",
		})
		return
	}
	s.performed = performed
}

// agreedDate is the order's date, else when the caller received it, else now.
func (d *deal) agreedDate() dated {
	switch received := d.order.Given.ReceivedAt; {
	case d.order.OrderedAt != "":
		return d.readDate(d.order.OrderedAt, "/ordered_at")
	case !received.IsZero():
		return dated{point(received), received.Format(time.RFC3339), Given}
	}
	return dated{point(d.order.ReceivedAt), d.order.ReceivedAt.UTC().Format(time.RFC3339), Assumed}
}

func (d *deal) readDate(raw, at string) dated {
	i, err := readInterval(raw, d.zones)
	if err != nil {
		d.problems = append(d.problems, Problem{Code: ProblemDateUnreadable, Pointer: Pointer(at), Detail: err.Error()})
		return dated{always, raw, NotKnown}
	}
	return dated{i, d.asWritten(Pointer(at), raw), Given}
}
