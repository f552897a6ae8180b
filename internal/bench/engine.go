package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"golang.org/x/tools/benchmark/parse"
)

// engine runs the engine's own benchmarks.
func (b *bench) engine(ctx context.Context) (section, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run=^$", "-bench=^BenchmarkScreen$", "-count="+strconv.Itoa(b.rounds), "-benchtime="+b.benchtime.String(), "./screening") //nolint:gosec // fixed words and numbers
	cmd.Env = append(os.Environ(), roomToGrow)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return section{}, fmt.Errorf("go test: %w\n%s", err, out)
	}
	return engineSection(out)
}

// engineSection reads what go test printed.
func engineSection(out []byte) (section, error) {
	s := section{
		title: "The engine",
		before: "The benchmarks of screening/bench_test.go: embedded catalogue, no cache, one goroutine, the program's own setting of the\n" +
			"garbage collector (" + roomToGrow + "). A line is a hundredth of an order of 100. Medians of all runs.",
		table: table{columns: []string{"what is screened", "us", "allocations", "bytes", "bar"}},
		chart: &chart{title: "Engine, us for each"},
	}
	all, err := parse.ParseSet(bytes.NewReader(out))
	if err != nil {
		return s, err
	}
	for _, row := range []struct {
		label, benchmark string
		size             float64
		bar              bar
	}{
		{"clear line", "clear_line_of_100", 100, bar{5, true, "us"}},
		{"line with findings, every field", "blocked_line_of_100", 100, bar{20, true, "us"}},
		{"line with a part number alone", "blocked_part_of_100", 100, bar{20, true, "us"}},
		{"clear vendor", "clear_vendor", 1, bar{}},
		{"blocked vendor", "blocked_vendor", 1, bar{}},
		{"clear SKU", "clear_sku", 1, bar{}},
		{"blocked SKU", "blocked_sku", 1, bar{}},
	} {
		ns, allocs, size := runsOf(all, "BenchmarkScreen/"+row.benchmark)
		if len(ns) == 0 {
			return s, fmt.Errorf("go test shows no benchmark %s:\n%s", row.benchmark, out)
		}
		us, judged := median(ns)/row.size/1000, noBar
		if row.bar != (bar{}) {
			judged = row.bar.judge(us)
		}
		s.table.add(row.label, figure(us), figure(median(allocs)/row.size), figure(median(size)/row.size), judged)
		s.chart.columns = append(s.chart.columns, column{row.label, us, row.bar.limit})
	}
	return s, nil
}

// runsOf returns the figures of every run of a benchmark. Its name may have the number of cores behind it.
func runsOf(all parse.Set, name string) (ns, allocs, size []float64) {
	for key, runs := range all {
		if key != name && !strings.HasPrefix(key, name+"-") {
			continue
		}
		for _, r := range runs {
			ns = append(ns, r.NsPerOp)
			allocs = append(allocs, float64(r.AllocsPerOp))
			size = append(size, float64(r.AllocedBytesPerOp))
		}
	}
	return ns, allocs, size
}
