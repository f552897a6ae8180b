package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/interdict/interdict/screening"
)

func printFigures(w io.Writer, results []result) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range results {
		for _, c := range r.counts {
			fmt.Fprintf(table, "%s\t%s\t%d of %d\t%s\n", r.set, c.name, c.hits, c.of, c.share())
		}
		for _, m := range r.misses {
			fmt.Fprintf(table, "%s\tmiss: %s\t%q\twant %s, got %s\n", r.set, m.category, m.text, m.want, m.got)
		}
	}
	_ = table.Flush()
}

// share is the figure as a fraction; a few of very many are told as one in so many.
func (c count) share() string {
	if c.hits > 0 && c.hits*1000 < c.of {
		return fmt.Sprintf("1 in %d", c.of/c.hits)
	}
	return strconv.FormatFloat(c.value(), 'f', 4, 64)
}

func (c count) value() float64 { return float64(c.hits) / float64(max(c.of, 1)) }

func writeReport(file string, c *screening.Catalogue, results []result) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Quality

Written by `+"`make quality`"+`. *own* are the project's cases in internal/quality/testdata; *dev* are labelled cases kept outside the
repository (`+"`make quality CASES=folder`"+`). A name or line counts as flagged when its decision is not clear.
Catalogue %s.

| set | figure | count | share |
|---|---|---|---|
`, c.Version())
	for _, r := range results {
		for _, n := range r.counts {
			fmt.Fprintf(&b, "| %s | %s | %d of %d | %s |\n", r.set, n.name, n.hits, n.of, n.share())
		}
	}
	b.WriteString("\n## Misses\n\nCases from outside are told without their text.\n\n")
	none := true
	for _, r := range results {
		for _, m := range r.misses {
			none = false
			text := ""
			if r.own {
				text = " `" + strings.ReplaceAll(m.text, "`", "'") + "`:"
			}
			fmt.Fprintf(&b, "- %s, %s:%s want %s, got %s\n", r.set, m.category, text, m.want, m.got)
		}
	}
	if none {
		b.WriteString("None.\n")
	}
	return os.WriteFile(file, b.Bytes(), 0o644) //nolint:gosec // a page for everybody
}

// baseline holds the figures that may not get worse: set, figure, share.
type baseline map[string]float64

func key(set, figure string) string { return set + "\t" + figure }

func readBaseline(file string) (baseline, error) {
	base := baseline{}
	return base, eachRow(file, 3, func(row []string) error {
		value, err := strconv.ParseFloat(row[2], 64)
		base[key(row[0], row[1])] = value
		return err
	})
}

func writeBaseline(file string, results []result) error {
	var b bytes.Buffer
	b.WriteString("set\tfigure\tshare\n")
	for _, r := range results {
		for _, c := range r.counts {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", r.set, c.name, strconv.FormatFloat(c.value(), 'f', 6, 64))
		}
	}
	return os.WriteFile(file, b.Bytes(), 0o644) //nolint:gosec // a page for everybody
}

// tolerance hides the rounding of the baseline file.
const tolerance = 1e-6

// check returns every figure that is worse than the baseline, and every own figure that has none.
func (b baseline) check(results []result) error {
	var faults []error
	for _, r := range results {
		for _, c := range r.counts {
			base, known := b[key(r.set, c.name)]
			switch {
			case !known:
				faults = append(faults, fmt.Errorf("%s, %s: not in the baseline; run make quality UPDATE=1", r.set, c.name))
			case c.recall && c.value() < base-tolerance, !c.recall && c.value() > base+tolerance:
				faults = append(faults, fmt.Errorf("%s, %s: %.4f, the baseline is %.4f", r.set, c.name, c.value(), base))
			}
		}
		if len(r.counts) == 0 {
			faults = append(faults, fmt.Errorf("%s: no case counted", r.set))
		}
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}
