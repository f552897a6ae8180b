package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// files measures `interdict screen` over a file with one core.
func (b *bench) files(ctx context.Context) (section, error) {
	bulk := bar{100_000, false, "lines/s"}
	s := section{
		title: "Files on the command line",
		before: fmt.Sprintf("`interdict screen` with GOMAXPROCS=1, one line in a hundred a Kaspersky licence, answers thrown away: a CSV price list of %s rows,\n"+
			"and %s SKUs as NDJSON. Medians of %d runs, less the time that the program takes for a file of one line. The bar is on\n"+
			"compact answers to CSV; whole verdicts are much longer. Memory is the most that the process held.",
			figure(float64(tableRows*b.lines)), figure(float64(b.lines)), b.rounds),
		table: table{columns: []string{"from and to", "lines/s", "us a line", "memory, MiB", "bar"}},
	}
	for _, form := range []struct {
		name, flag, file string
		lines            int
		text             string
		bar              *bar
	}{
		{"CSV to compact NDJSON", "--compact", "prices.csv", tableRows * b.lines, csvBody(tableRows*b.lines, ""), &bulk},
		{"NDJSON to compact NDJSON", "--compact", "skus.ndjson", b.lines, skuLines(b.lines), nil},
		{"NDJSON to verdicts as NDJSON", "--ndjson", "skus.ndjson", b.lines, skuLines(b.lines), nil},
		{"NDJSON to CSV rows", "--csv", "skus.ndjson", b.lines, skuLines(b.lines), nil},
	} {
		one, all := filepath.Join(b.folder, "one-"+form.file), filepath.Join(b.folder, form.file)
		first, _, _ := strings.Cut(form.text, "\n")
		if err := errors.Join(os.WriteFile(one, []byte(first+"\n"), 0o600), os.WriteFile(all, []byte(form.text), 0o600)); err != nil {
			return s, err
		}
		each, mib, err := b.perLine(ctx, form.flag, one, all, form.lines)
		if err != nil {
			return s, err
		}
		judged := "none"
		if form.bar != nil {
			judged = form.bar.judge(1 / each)
		}
		s.table.add(form.name, figure(1/each), figure(each*1e6), figure(mib), judged)
	}
	return s, nil
}

// tableRows is how many times as many rows a table has as a file of objects has lines: its rows cost less.
const tableRows = 10

// perLine returns the seconds that a line takes and the most memory that the program held.
func (b *bench) perLine(ctx context.Context, flag, one, all string, lines int) (each, mib float64, err error) {
	var seconds []float64
	for range b.rounds {
		start, _, err := b.screenFile(ctx, flag, one)
		if err != nil {
			return 0, 0, err
		}
		whole, peak, err := b.screenFile(ctx, flag, all)
		if err != nil {
			return 0, 0, err
		}
		seconds, mib = append(seconds, (whole-start).Seconds()), max(mib, peak)
	}
	return median(seconds) / float64(lines-1), mib, nil
}

// skuLines is a file of SKUs, one object a line.
func skuLines(lines int) string {
	var text strings.Builder
	for i := range lines {
		fmt.Fprintf(&text, `{"reference":"%d",%s,"date":"2024-10-02","buyer":{"name":"Contoso LLC","country":"US"}}`+"\n", i+1, lineText(i, 100))
	}
	return text.String()
}

// couldNotScreen is the exit code from which a screening failed; lower ones are decisions.
const couldNotScreen = 3

// screenFile runs the program over a file and returns how long it took and the most memory that it held, in MiB. A
// table of a header alone is nothing to judge, and no fault here.
func (b *bench) screenFile(ctx context.Context, form, file string) (time.Duration, float64, error) {
	cmd := exec.CommandContext(ctx, b.program, "screen", form, file) //nolint:gosec // the program of this run
	cmd.Env = environment("GOMAXPROCS=1")
	var said strings.Builder
	cmd.Stderr = &said
	began := time.Now()
	err := cmd.Run()
	took := time.Since(began)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() && exit.ExitCode() < couldNotScreen {
		err = nil
	}
	if err != nil && !strings.HasPrefix(filepath.Base(file), "one-") {
		return 0, 0, fmt.Errorf("screen %s: %w\n%s", filepath.Base(file), err, said.String())
	}
	usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if usage == nil {
		return took, 0, nil
	}
	return took, float64(usage.Maxrss) / 1024, nil
}
