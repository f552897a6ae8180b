package screening_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/screening"
)

// TestPropertyNeverSofter holds that more reason for concern never makes a verdict milder, neither of the whole nor of
// a line that was there before.
func TestPropertyNeverSofter(t *testing.T) {
	s := newScreener(t)
	for _, edit := range hardenings {
		t.Run(edit.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				before := anyOrder().Draw(t, "order")
				after := copied(before)
				if !edit.apply(t, &after) {
					t.Skip("the edit does not fit this order")
				}
				was, is := screened(t, s, before), screened(t, s, after)
				if is.Decision < was.Decision {
					t.Fatalf("the whole softened from %s to %s%s\nafter:%s", was.Decision, is.Decision, told(&was), told(&is))
				}
				for i := range before.Lines {
					if was, is := was.Subjects[i].Decision, is.Subjects[i].Decision; is < was {
						t.Fatalf("line %d softened from %s to %s", i+1, was, is)
					}
				}
			})
		})
	}
}

// hardening adds one reason for concern to an order. It reports false where that would replace a fact that was assumed
// or unknown by a given one, which alone may soften.
type hardening struct {
	name  string
	apply func(*rapid.T, *screening.Order) bool
}

var hardenings = []hardening{
	{"a further line", func(t *rapid.T, o *screening.Order) bool {
		o.Lines = append(o.Lines, anyLine().Draw(t, "further line"))
		return true
	}},
	{"a matched party", func(t *rapid.T, o *screening.Order) bool {
		p := matchedParty().Draw(t, "further party")
		o.Parties = append(o.Parties, p)
		known := func(role screening.Role) bool {
			return slices.ContainsFunc(o.Parties[:len(o.Parties)-1], func(p screening.Party) bool { return p.Role == role && p.Country != "" })
		}
		switch p.Role {
		case screening.Seller:
			return known(screening.Seller)
		case screening.Buyer, screening.ShipTo, screening.EndUser:
			return known(screening.Buyer)
		}
		return true
	}},
	{"a US address", func(_ *rapid.T, o *screening.Order) bool {
		o.Parties = append(o.Parties, screening.Party{Role: screening.ShipTo, Name: "Harbour Warehouse", Country: "US"})
		return true
	}},
	{"the brand as manufacturer", func(t *rapid.T, o *screening.Order) bool {
		l := oneLine(t, o)
		empty := l.Manufacturer == ""
		l.Manufacturer = rapid.SampledFrom([]string{"Kaspersky", "AO Kaspersky Lab", "Лаборатория Касперского"}).Draw(t, "manufacturer")
		return empty
	}},
	{"a covered product in a text", func(t *rapid.T, o *screening.Order) bool {
		l := oneLine(t, o)
		l.Texts = append(l.Texts, rapid.SampledFrom([]string{"Kaspersky Endpoint Security for Business Select", "KL4863XAQFS", "Kaspersky Total Security, 3 devices"}).Draw(t, "evidence"))
		return true
	}},
	{"a part number", func(t *rapid.T, o *screening.Order) bool {
		l := oneLine(t, o)
		empty := l.ManufacturerPart == ""
		l.ManufacturerPart = rapid.SampledFrom([]string{"KL4867XATFS", "KL1047XDEFS", "KL4741DA*DS"}).Draw(t, "part number")
		return empty
	}},
	{"a federal contract", func(t *rapid.T, o *screening.Order) bool {
		o.Contract += rapid.SampledFrom([]string{" W91QUZ-22-D-0012", " GS-35F-0119Y", " FAR 52.204-23", " FAR 52.240-91"}).Draw(t, "contract")
		return true
	}},
	{"a federal end user", func(t *rapid.T, o *screening.Order) bool {
		name := rapid.SampledFrom([]string{"Defense Logistics Agency", "Internal Revenue Service", "National Park Service"}).Draw(t, "agency")
		o.Parties = append(o.Parties, screening.Party{Role: screening.EndUser, Name: name, Country: "US"})
		return true
	}},
	{"a state end user", func(t *rapid.T, o *screening.Order) bool {
		state := rapid.SampledFrom([]string{"TX", "NH", "VA", "OR", "MD", "NJ", "VT", "OH"}).Draw(t, "state")
		o.Parties = append(o.Parties, screening.Party{
			Role: screening.EndUser, Name: "Department of Administration", Country: "US", State: state, Sector: screening.State,
		})
		return true
	}},
	{"an FCC subsidy", func(t *rapid.T, o *screening.Order) bool {
		if o.Funding == "" && rapid.Bool().Draw(t, "given") {
			o.Funding = screening.FCCCapex
			return true
		}
		o.Texts = append(o.Texts, "Universal Service Fund, capital expenditure")
		return true
	}},
	{"a problem", func(_ *rapid.T, o *screening.Order) bool {
		o.Problems = append(o.Problems, screening.Problem{Code: "line_count", Detail: "3 announced, 2 sent"})
		return true
	}},
}

// oneLine returns a line to be changed, with slices of its own.
func oneLine(t *rapid.T, o *screening.Order) *screening.Line {
	l := &o.Lines[rapid.IntRange(0, len(o.Lines)-1).Draw(t, "line to change")]
	l.Texts = slices.Clone(l.Texts)
	return l
}

// TestPropertyRepeatable holds that equal orders get equal verdicts, on another screener too.
func TestPropertyRepeatable(t *testing.T) {
	s, other := newScreener(t), newScreener(t)
	rapid.Check(t, func(t *rapid.T) {
		o := anyOrder().Draw(t, "order")
		first := screened(t, s, copied(o))
		for _, again := range []*screening.Screener{s, other} {
			if diff := cmp.Diff(first, screened(t, again, copied(o))); diff != "" {
				t.Fatalf("the same order was answered differently (-first +again):\n%s", diff)
			}
		}
	})
}

// TestPropertyLineOrder holds that the order of lines changes no decision.
func TestPropertyLineOrder(t *testing.T) {
	s := newScreener(t)
	rapid.Check(t, func(t *rapid.T) {
		o := anyOrder().Draw(t, "order")
		places := make([]int, len(o.Lines))
		for i := range places {
			places[i] = i
		}
		places = rapid.Permutation(places).Draw(t, "places")
		moved := copied(o)
		for i, from := range places {
			moved.Lines[i] = o.Lines[from]
		}
		was, is := screened(t, s, o), screened(t, s, moved)
		if was.Decision != is.Decision {
			t.Fatalf("got %s, want %s as before the lines moved", is.Decision, was.Decision)
		}
		for i, from := range places {
			if got, want := is.Subjects[i].Decision, was.Subjects[from].Decision; got != want {
				t.Fatalf("line %d: got %s, want %s as before it moved from %d", i+1, got, want, from+1)
			}
		}
		if diff := cmp.Diff(was.Timeline, is.Timeline); diff != "" {
			t.Fatalf("the timeline changed with the order of lines (-before +after):\n%s", diff)
		}
	})
}

// TestPropertyInterval holds that a day is judged as the worst of its instants, or held for review.
func TestPropertyInterval(t *testing.T) {
	s := newScreener(t)
	newYork := zone(t, "America/New_York")
	rapid.Check(t, func(t *rapid.T) {
		o := undated(anyOrder().Draw(t, "order"))
		o.Given.Zone = newYork
		day := boundary(newYork).Draw(t, "day")
		o.OrderedAt = day.Format(time.DateOnly)
		whole := screened(t, s, o).Decision
		worst := screening.Clear
		for _, at := range instantsOf(day, newYork) {
			o.OrderedAt = at.Format(time.RFC3339)
			worst = screening.Worst(worst, screened(t, s, o).Decision)
		}
		if whole != worst && whole != screening.Review {
			t.Fatalf("%s: got %s, want %s (the worst of the day) or review", day.Format(time.DateOnly), whole, worst)
		}
	})
}

// instantsOf returns points that stand for every phase of a day in New York: rules change at midnight there.
func instantsOf(day time.Time, newYork *time.Location) []time.Time {
	y, m, d := day.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, newYork)
	return []time.Time{midnight, midnight.Add(12 * time.Hour), midnight.Add(24*time.Hour - time.Second)}
}

// TestPropertyFold holds that the whole is the worst of its subjects, a subject the worst of its findings, and no line
// of a blocked party clear.
func TestPropertyFold(t *testing.T) {
	s := newScreener(t)
	rapid.Check(t, func(t *rapid.T) {
		o := anyOrder().Draw(t, "order")
		v := screened(t, s, o)
		checkFold(t, &v)
		if got, want := len(v.Subjects), subjectsOf(&o); got != want {
			t.Fatalf("got %d subjects, want %d: every line and party, and the document", got, want)
		}
	})
}

func subjectsOf(o *screening.Order) int {
	n := len(o.Lines) + len(o.Parties) + 1
	for i := range o.Lines {
		n += len(o.Lines[i].Parties)
	}
	return n
}

func checkFold(t *rapid.T, v *screening.Verdict) {
	outcomes := make(map[string]screening.Decision, len(v.Findings))
	for _, f := range v.Findings {
		outcomes[f.ID] = f.Outcome
	}
	worst := screening.Clear
	for _, sub := range v.Subjects {
		own := screening.Clear
		for _, id := range sub.Findings {
			own = screening.Worst(own, outcomes[id])
		}
		if sub.Decision != own || own == screening.Undetermined {
			t.Fatalf("%s %q: got %s, want %s, the worst of its findings", sub.Kind, sub.Pointer, sub.Decision, own)
		}
		worst = screening.Worst(worst, own)
	}
	if v.Decision != worst || worst == screening.Undetermined {
		t.Fatalf("got %s, want %s, the worst of the subjects", v.Decision, worst)
	}
	for _, party := range v.Subjects {
		if party.Kind != screening.PartySubject || party.Decision != screening.Block {
			continue
		}
		scope, _, _ := strings.Cut(string(party.Pointer), "/parties")
		for _, line := range v.Subjects {
			if line.Kind == screening.LineSubject && (scope == "" || string(line.Pointer) == scope) && line.Decision != screening.Block {
				t.Fatalf("%s is %s although the party at %s is blocked", line.Pointer, line.Decision, party.Pointer)
			}
		}
	}
}

// TestPropertyTimeline holds that the timeline says what the same order would be told in each of its phases.
func TestPropertyTimeline(t *testing.T) {
	s := newScreener(t)
	rapid.Check(t, func(t *rapid.T) {
		o := undated(anyOrder().Draw(t, "order"))
		o.OrderedAt = "2025-03-03T10:00:00-05:00"
		for _, phase := range screened(t, s, o).Timeline {
			for _, at := range pointsOf(phase) {
				o.OrderedAt = at.Format(time.RFC3339)
				if v := screened(t, s, o); v.Decision != phase.Decision {
					t.Fatalf("at %s: got %s, the timeline says %s%s", o.OrderedAt, v.Decision, phase.Decision, told(&v))
				}
			}
		}
	})
}

// pointsOf returns the first and the last second of a phase, and one well inside an open one.
func pointsOf(p screening.Phase) []time.Time {
	var points []time.Time
	if p.From.IsZero() {
		points = append(points, time.Date(1995, 5, 5, 0, 0, 0, 0, time.UTC))
	} else {
		points = append(points, p.From)
	}
	if p.Until.IsZero() {
		return append(points, time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC))
	}
	return append(points, p.Until.Add(-time.Second))
}

// TestPropertyAnyText holds that no text makes the engine fail or answer nothing.
func TestPropertyAnyText(t *testing.T) {
	s := newScreener(t)
	text := rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 40), func(b []byte) string { return string(b) }),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 8), func(parts []string) string { return strings.Join(parts, "") }),
	)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) string { return text.Draw(t, label) }
		party := screening.Party{
			Role: rapid.SampledFrom(screening.Roles[:]).Draw(t, "role"), Name: draw("name"), Aliases: []string{draw("alias")}, Address: draw("address"),
			Country: draw("country"), State: draw("state"), DateOfBirth: draw("born"), Nationality: draw("nationality"), Employer: draw("employer"),
			Identifiers: []screening.Identifier{{Type: draw("scheme"), Value: draw("number")}},
		}
		line := screening.Line{
			SKU: draw("sku"), Manufacturer: draw("manufacturer"), ManufacturerPart: draw("part"), Description: draw("description"), GTIN: draw("gtin"),
			CPE: draw("cpe"), PURL: draw("purl"), Quantity: draw("quantity"), UnitPrice: draw("price"), FulfilAt: draw("fulfil"),
			ServiceEnd: draw("end"), Texts: []string{draw("text")}, Parties: []screening.Party{party},
		}
		o := screening.Order{
			OrderedAt: draw("ordered"), Contract: draw("contract"), Currency: draw("currency"), Texts: []string{draw("header")},
			Parties: []screening.Party{party}, Lines: []screening.Line{line, {}}, ReceivedAt: requestTime,
		}
		v := screened(t, s, o)
		checkFold(t, &v)
	})
}

// fragments are pieces of what matters, to be put together wrongly.
var fragments = []string{
	"Kaspersky", "Каспер", "ского", "KL", "4863", "XAQF", "S", "*", "-N1", " ", "\u200b", "\ufffd", "Lab", ", Inc.", "AO", "«", "»", "Tikhonov",
	"Andrei ", "Gennadyevich", "卡巴斯基", "migration from ", "powered by ", "52.204-23", ".gov", ".mil", "W91QUZ-22-D-", "0012", "2024-09-", "29", "/", "T00:00", "cpe:2.3:a:",
}

func screened(t *rapid.T, s *screening.Screener, o screening.Order) screening.Verdict {
	v, err := s.Screen(t.Context(), o)
	if err != nil {
		t.Fatalf("screening failed: %v", err)
	}
	return v
}
