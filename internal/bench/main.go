// Command bench measures the program on this machine and writes docs/performance.md with its plots: the engine, the
// HTTP API against a server that only decodes and encodes, the caches, the start, and files on the command line.
//
// Every load is bounded, stays on loopback and ends with the command.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:]); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

// floorCommand is the word by which bench starts itself as the floor of a question.
const floorCommand = "floor"

func command(ctx context.Context, args []string) error {
	if len(args) == 3 && args[0] == floorCommand {
		return serveFloor(ctx, args[1], args[2])
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	quick := flags.Bool("quick", false, "half a minute: figures to see that all runs, not to quote")
	copies := flags.String("lists", "", "folder with copies of published lists, to measure with them too")
	out := flags.String("out", "docs", "folder that performance.md and its plots are written to")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	return run(ctx, effortOf(*quick), *out, *copies)
}

// effort is how much is measured.
type effort struct {
	quick     bool
	rounds    int           // repetitions, of which the median counts
	span      time.Duration // of one load with many connections
	spanAlone time.Duration // of one load with one connection
	benchtime time.Duration // of one Go benchmark
	starts    int
	requests  int // before memory is read again
	lines     int // of a file
	limit     time.Duration
}

func effortOf(quick bool) effort {
	if quick {
		return effort{
			quick: true, rounds: 3, span: 100 * time.Millisecond, spanAlone: 50 * time.Millisecond, benchtime: 20 * time.Millisecond,
			starts: 3, requests: 2_000, lines: 2_000, limit: time.Minute,
		}
	}
	return effort{
		rounds: 5, span: 700 * time.Millisecond, spanAlone: 400 * time.Millisecond, benchtime: 300 * time.Millisecond,
		starts: 10, requests: 10_000, lines: 20_000, limit: 8 * time.Minute,
	}
}

// bench is one run.
type bench struct {
	effort
	folder  string // for what the run needs on disk
	program string // the built binary
	copies  string // folder with copies of published lists; empty: not measured
}

// run measures and writes the page. The limit counts from when all is built, since a first build takes its time.
func run(ctx context.Context, effort effort, out, copies string) error {
	machine := readMachine(time.Now())
	folder, err := os.MkdirTemp("", "interdict-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	b := &bench{effort: effort, folder: folder, program: filepath.Join(folder, "interdict"), copies: copies}
	fmt.Fprintln(os.Stderr, "bench: build")
	if err := b.build(ctx); err != nil {
		return err
	}
	if err := machine.readProgram(b.program); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, effort.limit, fmt.Errorf("the run took longer than %s: is the machine overloaded?", effort.limit))
	defer cancel()
	var sections []section
	for _, part := range []struct {
		name    string
		measure func(context.Context) (section, error)
	}{
		{"engine", b.engine},
		{"http", b.http},
		{"cache", b.caches},
		{"documents", b.documents},
		{"start", b.starting},
		{"files", b.files},
		{"sizes", b.madeUp},
		{"lists", b.realLists},
	} {
		if part.name == "lists" && copies == "" {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench:", part.name)
		s, err := part.measure(ctx)
		if err != nil {
			if ctx.Err() != nil {
				err = context.Cause(ctx)
			}
			return fmt.Errorf("%s: %w", part.name, err)
		}
		s.name = part.name
		sections = append(sections, s)
	}
	return write(out, machine, effort.quick, sections)
}
