package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// files measures `interdict screen` over a file with one core.
func (b *bench) files(ctx context.Context) (section, error) {
	bulk := bar{100_000, false, "lines/s"}
	s := section{
		title: "Files on the command line",
		before: fmt.Sprintf("`interdict screen` with GOMAXPROCS=1 over a file of %s SKUs as NDJSON, one in a hundred a Kaspersky licence, answers thrown away.\n"+
			"Medians of %d runs, less the time that the program takes for a file of one line. The bar is that of the batch call, which writes\n"+
			"compact results; the command writes whole verdicts, or a row for each subject.", figure(float64(b.lines)), b.rounds),
		table: table{columns: []string{"from and to", "lines/s", "us a line", "bar"}},
	}
	one, all, err := b.skuFiles()
	if err != nil {
		return s, err
	}
	for _, form := range []struct{ name, flag string }{{"NDJSON to verdicts as NDJSON", "--ndjson"}, {"NDJSON to CSV rows", "--csv"}} {
		var seconds []float64
		for range b.rounds {
			start, err := b.screenFile(ctx, form.flag, one)
			if err != nil {
				return s, err
			}
			whole, err := b.screenFile(ctx, form.flag, all)
			if err != nil {
				return s, err
			}
			seconds = append(seconds, (whole - start).Seconds())
		}
		each := median(seconds) / float64(b.lines-1)
		s.table.add(form.name, figure(1/each), figure(each*1e6), bulk.judge(1/each))
	}
	return s, nil
}

// skuFiles writes a file of one line and one of all.
func (b *bench) skuFiles() (one, all string, err error) {
	var text strings.Builder
	for i := range b.lines {
		fmt.Fprintf(&text, `{"reference":"%d",%s,"date":"2024-10-02","buyer":{"name":"Contoso LLC","country":"US"}}`+"\n", i+1, lineText(i, 100))
	}
	first, _, _ := strings.Cut(text.String(), "\n")
	one, all = filepath.Join(b.folder, "one.ndjson"), filepath.Join(b.folder, "all.ndjson")
	return one, all, errors.Join(os.WriteFile(one, []byte(first), 0o600), os.WriteFile(all, []byte(text.String()), 0o600))
}

// couldNotScreen is the exit code from which a screening failed; lower ones are decisions.
const couldNotScreen = 3

func (b *bench) screenFile(ctx context.Context, form, file string) (time.Duration, error) {
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
	if err != nil {
		return 0, fmt.Errorf("screen %s: %w\n%s", filepath.Base(file), err, said.String())
	}
	return took, nil
}
