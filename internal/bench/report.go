package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// section is one part of the page.
type section struct {
	name   string // of its plot's file
	title  string
	before string // Markdown
	table  table
	chart  *chart // nil: none
	after  string // Markdown
}

// table is a table of ready texts.
type table struct {
	columns []string
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// bar is what a figure is held against.
type bar struct {
	limit float64
	most  bool // the limit is the most it may be, else the least
	unit  string
}

func (b bar) String() string {
	sign := ">="
	if b.most {
		sign = "<="
	}
	return strings.TrimSpace(sign + message.NewPrinter(language.English).Sprintf(" %v ", b.limit) + b.unit)
}

// met tells whether a figure meets the bar.
func (b bar) met(value float64) bool {
	if b.most {
		return value <= b.limit
	}
	return value >= b.limit
}

// judge is the bar and whether a figure meets it.
func (b bar) judge(value float64) string {
	if b.met(value) {
		return b.String() + ": met"
	}
	return b.String() + ": **not met**"
}

const noBar = "none"

// figure writes a number with three digits that count, large ones whole and with commas.
func figure(v float64) string {
	digits := 0
	switch {
	case v == float64(int64(v)):
	case v < 10:
		digits = 2
	case v < 100:
		digits = 1
	}
	return message.NewPrinter(language.English).Sprintf("%.*f", digits, v)
}

// write writes the page and its plots.
func write(folder string, m machine, quick bool, sections []section) error {
	for _, s := range sections {
		if s.chart == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, plotFile(s.name)), s.chart.svg(), 0o644); err != nil { //nolint:gosec // a picture for everybody
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "performance.md"), page(m, quick, sections), 0o644) //nolint:gosec // a page for everybody
}

func plotFile(name string) string { return "performance-" + name + ".svg" }

func page(m machine, quick bool, sections []section) []byte {
	var b bytes.Buffer
	b.WriteString("# Performance\n\nWritten by `make bench`. Ratios from one run; machines are noisy. Compare the two sides of a ratio, not one day's\nfigure with another's.\n\n")
	if quick {
		b.WriteString("**A quick run: the figures show that all works and are not to be quoted.**\n\n")
	}
	b.WriteString(m.markdown())
	for _, s := range sections {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", s.title, s.before)
		if len(s.table.rows) > 0 {
			b.WriteByte('\n')
			s.table.markdown(&b)
		}
		if s.chart != nil {
			fmt.Fprintf(&b, "\n![%s](%s)\n", s.chart.title, plotFile(s.name))
		}
		if s.after != "" {
			fmt.Fprintf(&b, "\n%s\n", s.after)
		}
	}
	return b.Bytes()
}

func (t *table) markdown(b *bytes.Buffer) {
	rule := make([]string, len(t.columns))
	for i := range rule {
		rule[i] = "---"
	}
	for _, row := range append([][]string{t.columns, rule}, t.rows...) {
		fmt.Fprintf(b, "| %s |\n", strings.Join(row, " | "))
	}
}
