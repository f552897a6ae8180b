package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/interdict/interdict/internal/lists"
)

// listsCommand keeps the lists of the data folder.
type listsCommand struct {
	Import  listsImport  `cmd:"" help:"Take copies of published lists, or of your own, from files."`
	Refresh listsRefresh `cmd:"" help:"Fetch lists anew from their publishers."`
	Show    listsShow    `cmd:"" default:"1" help:"Show which lists there are and how fresh their copies are."`
}

// Help is kong's hook for the text below the description.
func (listsCommand) Help() string {
	return `Without lists interdict screens parties against the Kaspersky group alone. With them every party is held against all
entries too. Copies live in the folder lists of --data-dir; a running server takes them within seconds.

A new copy is refused, and the one that is there stays, if it cannot be read, is older, lacks more than a tenth of the entries or one
of the long-standing ones. --accept-loss takes a copy that lacks them for a good reason.

Examples:

    interdict lists import sdn.csv alt.csv add.csv
    interdict lists import consolidated.csv --as-of 2026-11-20
    interdict lists refresh us-csl
    interdict lists

Lists of your own: docs/lists.md. Exit codes: 0 taken or unchanged, 1 refused, 3 any other failure.`
}

type listsImport struct {
	Files      []string `arg:"" name:"file" help:"Files of one or several lists, - for standard input. What they are is told by their content."`
	List       string   `name:"list" placeholder:"ID" help:"The list that the files belong to, where their content does not tell."`
	AsOf       string   `name:"as-of" placeholder:"DATE" help:"Day of the copies, YYYY-MM-DD, where they do not tell."`
	AcceptLoss bool     `name:"accept-loss" help:"Take copies that lack many entries or long-standing ones."`
}

// Run is kong's hook.
func (c listsImport) Run(ctx context.Context, p *program) error {
	_, store, err := p.facts()
	if err != nil {
		return err
	}
	files := make([]lists.File, len(c.Files))
	for i, name := range c.Files {
		if files[i], err = readList(name, p.Stdin); err != nil {
			return err
		}
	}
	outcomes, err := store.Import(ctx, files, lists.ImportOptions{List: c.List, AsOf: c.AsOf, AcceptLoss: c.AcceptLoss})
	p.tellOutcomes(outcomes)
	return err
}

// readList reads one file, no further than the largest list.
func readList(name string, stdin io.Reader) (lists.File, error) {
	in := stdin
	if name != "-" {
		file, err := os.Open(name) //nolint:gosec // the caller's own file
		if err != nil {
			return lists.File{}, err
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, lists.MaxFile+1))
	if err != nil {
		return lists.File{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(text) > lists.MaxFile {
		return lists.File{}, fmt.Errorf("%s is over %d MB, more than any list", name, lists.MaxFile>>20)
	}
	return lists.File{Name: filepath.Base(name), Data: text}, nil
}

type listsRefresh struct {
	Lists []string `arg:"" optional:"" name:"id" help:"Lists to fetch; without any, those that are here."`
}

// Run is kong's hook.
func (c listsRefresh) Run(ctx context.Context, p *program) error {
	_, store, err := p.facts()
	if err != nil {
		return err
	}
	wanted := c.Lists
	if len(wanted) == 0 {
		all, err := store.Status()
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.Taken && s.Fetchable {
				wanted = append(wanted, s.ID)
			}
		}
	}
	if len(wanted) == 0 {
		return errors.New("there is no list here that could be fetched: name one, such as ofac-sdn; \"interdict lists\" shows all")
	}
	var faults []error
	for _, id := range wanted {
		outcome, err := store.Refresh(ctx, id)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		p.tellOutcomes([]lists.Outcome{outcome})
	}
	return errors.Join(faults...)
}

// tellOutcomes prints what became of copies, a line each, and sets the exit code.
func (p *program) tellOutcomes(outcomes []lists.Outcome) {
	for _, o := range outcomes {
		switch o.Result {
		case lists.Refused:
			p.exit = exitReview
			fmt.Fprintf(p.Stdout, "%s: refused. %s\n", o.ID, printable(o.Detail))
			if o.Before > 0 {
				fmt.Fprintf(p.Stdout, "The copy of %s with %d entries stays in use.\n", o.AsOf, o.Before)
			}
			continue
		case lists.Unchanged:
			fmt.Fprintf(p.Stdout, "%s: unchanged, %d entries, as of %s.", o.ID, o.After, o.AsOf)
		default:
			fmt.Fprintf(p.Stdout, "%s: taken, %d entries (before: %d), as of %s.", o.ID, o.After, o.Before, o.AsOf)
		}
		if o.Orphans > 0 {
			fmt.Fprintf(p.Stdout, " %d records add to entries that the copy does not have.", o.Orphans)
		}
		if o.Detail != "" {
			fmt.Fprintf(p.Stdout, " %s", printable(o.Detail))
		}
		fmt.Fprintln(p.Stdout)
	}
}

type listsShow struct{}

// Run is kong's hook.
func (listsShow) Run(p *program) error {
	_, store, err := p.facts()
	if err != nil {
		return err
	}
	all, err := store.Status()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LIST\tENTRIES\tAS OF\tCHECKED\tTITLE")
	for _, s := range all {
		m := &s.Manifest
		entries, asOf, checked := "-", "-", "-"
		if s.Taken {
			entries, asOf, checked = fmt.Sprint(m.Entries), m.AsOf, m.CheckedAt.Format("2006-01-02 15:04 UTC")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", s.ID, entries, asOf, checked, s.Title)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, s := range all {
		if r := s.Manifest.Refused; r != nil {
			fmt.Fprintf(p.Stdout, "\n%s: the latest copy was refused on %s. %s\n", s.ID, r.At.Format("2006-01-02 15:04 UTC"), printable(r.Detail))
		}
	}
	return nil
}
