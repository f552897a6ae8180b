package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/screening"
)

// result is what one set of labelled cases showed.
type result struct {
	set    string
	own    bool // the project's own cases
	counts []count
	misses []miss
}

// count is one figure: how many of how many. A figure that should be high is a recall, the others should be low.
type count struct {
	name   string
	hits   int
	of     int
	recall bool
}

// miss is one case that came out wrong.
type miss struct{ category, text, want, got string }

func (r *result) add(name string, recall, hit bool) {
	i := slices.IndexFunc(r.counts, func(c count) bool { return c.name == name })
	if i < 0 {
		r.counts = append(r.counts, count{name: name, recall: recall})
		i = len(r.counts) - 1
	}
	r.counts[i].of++
	if hit {
		r.counts[i].hits++
	}
}

// evaluator screens cases at a fixed time, so that two runs agree.
type evaluator struct {
	screener *screening.Screener
	reader   *documents.Reader
	only     string // of the orders, a pattern of file names
	now      time.Time
}

func (e *evaluator) screen(ctx context.Context, o screening.Order) (screening.Verdict, error) {
	o.ReceivedAt = e.now
	o.Assumed = screening.Background{SellerCountry: "US", OwnerCountry: "US"}
	return e.screener.Screen(ctx, o)
}

func vendor(name string, kind screening.PartyKind) screening.Order {
	return screening.Order{Parties: []screening.Party{{Role: screening.Seller, Name: name, Kind: kind}}}
}

func sku(l screening.Line) screening.Order { return screening.Order{Lines: []screening.Line{l}} }

// names: text, kind, label, target, category. Rows labelled review count neither way.
func (e *evaluator) names(ctx context.Context, file string) (result, error) {
	r := result{set: "names"}
	return r, eachRow(file, 5, func(row []string) error {
		order := vendor(row[0], "")
		switch row[1] {
		case "person":
			order = vendor(row[0], screening.Person)
		case "description":
			order = sku(screening.Line{Description: row[0]})
		}
		v, err := e.screen(ctx, order)
		if err != nil {
			return err
		}
		flagged := v.Decision != screening.Clear
		switch row[2] {
		case "match":
			r.add("recall", true, flagged)
			r.add("recall "+row[4], true, flagged)
			r.miss(!flagged, row[4], row[0], "flagged", &v)
		case "no-match":
			r.add("blocked", false, v.Decision == screening.Block)
			r.add("flagged", false, flagged)
			r.miss(flagged, row[4], row[0], "clear", &v)
		}
		return nil
	})
}

// skus: sku, description, vendor text, source, label.
func (e *evaluator) skus(ctx context.Context, file string) (result, error) {
	r := result{set: "skus"}
	return r, eachRow(file, 5, func(row []string) error {
		v, err := e.screen(ctx, sku(screening.Line{SKU: row[0], Description: row[1], Manufacturer: row[2]}))
		if err != nil {
			return err
		}
		text := strings.Join(row[:3], " | ")
		switch row[4] {
		case "covered":
			r.add("recall", true, v.Decision != screening.Clear)
			r.miss(v.Decision == screening.Clear, "covered", text, "flagged", &v)
		case "exempt":
			exempt := v.Decision != screening.Block && slices.ContainsFunc(v.Matches, exemptMatch)
			r.add("exempt reported", true, exempt)
			r.miss(!exempt, "exempt", text, "exempt", &v)
		}
		return nil
	})
}

func exemptMatch(m screening.Match) bool {
	return slices.Contains([]screening.Class{screening.ThreatIntelligence, screening.Training, screening.Advisory}, m.Target.Class)
}

// nearMisses: text, field, why. Each is screened in the field that it was found in.
func (e *evaluator) nearMisses(ctx context.Context, file string) (result, error) {
	r := result{set: "near misses"}
	return r, eachRow(file, 3, func(row []string) error {
		orders := []screening.Order{sku(screening.Line{Description: row[0]})}
		switch row[1] {
		case "sku":
			orders = []screening.Order{sku(screening.Line{SKU: row[0]}), sku(screening.Line{ManufacturerPart: row[0]})}
		case "vendor":
			orders = []screening.Order{vendor(row[0], ""), sku(screening.Line{Manufacturer: row[0], Description: "software"})}
		}
		for _, order := range orders {
			v, err := e.screen(ctx, order)
			if err != nil {
				return err
			}
			r.add("blocked", false, v.Decision == screening.Block)
			r.add("flagged", false, v.Decision != screening.Clear)
			r.miss(v.Decision == screening.Block, row[1], row[0], "not blocked", &v)
		}
		return nil
	})
}

// unrelated names: one a line.
func (e *evaluator) unrelated(ctx context.Context, file string) (result, error) {
	r := result{set: "unrelated names"}
	return r, eachRow(file, 1, func(row []string) error {
		v, err := e.screen(ctx, vendor(row[0], ""))
		if err != nil {
			return err
		}
		r.add("blocked", false, v.Decision == screening.Block)
		r.add("flagged", false, v.Decision != screening.Clear)
		r.miss(v.Decision != screening.Clear, "unrelated", row[0], "clear", &v)
		return nil
	})
}

func (r *result) miss(missed bool, category, text, want string, v *screening.Verdict) {
	if !missed {
		return
	}
	got := v.Decision.String()
	for _, m := range v.Matches {
		got += fmt.Sprintf(", %s at %.2f", m.Target.ID, m.Score)
	}
	r.misses = append(r.misses, miss{category, text, want, got})
}

// eachRow reads a file of tab-separated columns; a first line of column names is skipped where there are several.
func eachRow(file string, columns int, use func([]string) error) error {
	text, err := os.ReadFile(file) //nolint:gosec // the caller names the folder
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		if n == 1 && columns > 1 {
			continue
		}
		row := strings.Split(lines.Text(), "\t")
		if len(row) < columns {
			return fmt.Errorf("line %d has %d columns, want %d", n, len(row), columns)
		}
		if err := use(row); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}
