// Command quality screens labelled cases and tells how well the engine does: recall, false flags, and every miss by
// category. It writes docs/quality.md and fails where a figure falls below the committed baseline.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/screening"
)

func main() {
	var opts options
	flag.StringVar(&opts.cases, "cases", "", "folder with more labelled cases (names-dev.tsv, skus-dev.tsv, near-misses-dev.tsv, unrelated-names.txt, orders-dev/labels.tsv)")
	flag.StringVar(&opts.lists, "lists", "", "folder with copies of published lists: names drawn from them are looked for, everyday names must not be found")
	flag.StringVar(&opts.report, "report", "", "file to write the report to, such as docs/quality.md")
	flag.StringVar(&opts.baseline, "baseline", "internal/quality/baseline.tsv", "file with the figures that may not be undercut")
	flag.StringVar(&opts.only, "orders", "", "look at the orders whose file name fits this pattern, at nothing else and at no baseline")
	flag.BoolVar(&opts.update, "update", false, "take this run's figures as the new baseline")
	flag.Parse()
	if err := run(context.Background(), opts); err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

type options struct {
	cases, lists, report, baseline, only string
	update                               bool
}

// ownCases are the project's own labelled cases.
const ownCases = "internal/quality/testdata"

func run(ctx context.Context, opts options) error {
	catalogue, err := data.Catalogue()
	if err != nil {
		return err
	}
	screener, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		return err
	}
	reader, err := documents.NewReader(catalogue.Places(), nil)
	if err != nil {
		return err
	}
	e := evaluator{screener: screener, reader: reader, only: opts.only, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	var results []result
	for _, folder := range []struct{ name, path, suffix string }{{"own", ownCases, ""}, {"dev", opts.cases, "-dev"}} {
		if folder.path == "" {
			continue
		}
		more, err := e.folder(ctx, folder.name, folder.path, folder.suffix)
		if err != nil {
			return err
		}
		results = append(results, more...)
	}
	if opts.lists != "" {
		withTheirs, err := withLists(ctx, catalogue, opts.lists)
		if err != nil {
			return err
		}
		if e.screener, err = screening.New(withTheirs, screening.Config{}); err != nil {
			return err
		}
		r, err := e.listed(ctx, filepath.Join(ownCases, "everyday-companies.txt"))
		if err != nil {
			return err
		}
		results = append(results, r)
	}
	printFigures(os.Stdout, results)
	if opts.only != "" {
		return nil
	}
	if opts.report != "" {
		if err := writeReport(opts.report, catalogue, results); err != nil {
			return err
		}
	}
	if opts.update {
		return writeBaseline(opts.baseline, results)
	}
	base, err := readBaseline(opts.baseline)
	if err != nil {
		return err
	}
	return base.check(results)
}

// folder evaluates every file of labelled cases that a folder has; one that is not there is not an error.
func (e *evaluator) folder(ctx context.Context, name, path, suffix string) ([]result, error) {
	var out []result
	for _, set := range []struct {
		file string
		run  func(context.Context, string) (result, error)
	}{
		{"names" + suffix + ".tsv", e.names},
		{"skus" + suffix + ".tsv", e.skus},
		{"near-misses" + suffix + ".tsv", e.nearMisses},
		{"unrelated-names.txt", e.unrelated},
		{"orders" + suffix + "/labels.tsv", e.orders},
	} {
		if e.only != "" && !strings.HasPrefix(set.file, "orders") {
			continue
		}
		r, err := set.run(ctx, filepath.Join(path, set.file))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", set.file, err)
		}
		r.set, r.own = name+" "+r.set, path == ownCases
		out = append(out, r)
	}
	return out, nil
}
