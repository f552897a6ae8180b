package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/screening"
)

type screenCommand struct {
	Files []string `arg:"" name:"file" help:"Documents, tables, and folders of them; - is standard input."`

	JSON    bool   `name:"json" xor:"output" help:"Print each verdict as indented JSON, the API's answer."`
	NDJSON  bool   `name:"ndjson" xor:"output" help:"Print one verdict or problem a line."`
	Compact bool   `name:"compact" xor:"output" help:"Print one small object a line: what was decided on each line of each order, and why."`
	CSV     bool   `name:"csv" xor:"output" help:"Print a row for each line and party, safe to open in a spreadsheet."`
	Table   bool   `name:"table" xor:"output" help:"Print a row for each line and party that is not clear: match, rule and date."`
	Verbose bool   `name:"verbose" short:"v" help:"Show every clear line, near misses, facts and checks too."`
	Out     string `name:"out" short:"o" placeholder:"FILE" help:"Write there instead of to standard output."`

	Format        string `name:"format" placeholder:"ID" help:"What the documents are, such as cxml or csv, where the content does not tell."`
	Mappings      string `name:"mappings" placeholder:"DIR" type:"existingdir" help:"Folder of mapping files for your own shop's JSON."`
	Date          string `name:"date" placeholder:"DATE" help:"When it was agreed, where the order does not say: 2024-10-02, with or without time and zone."`
	SellerCountry string `name:"seller-country" placeholder:"CC" help:"Country of the seller, where the order does not say."`
	OwnerCountry  string `name:"owner-country" placeholder:"CC" help:"Country of the buyer, or of the owner of an inventory."`
	Zone          string `name:"zone" placeholder:"ZONE" help:"Time zone of dates without one, such as America/Chicago."`
	ReceivedAt    string `name:"received-at" placeholder:"TIME" help:"When the order came in, RFC 3339: its date where it has none."`
	Activity      string `name:"activity" placeholder:"WORD" help:"What is done: ${activities}."`
	Sector        string `name:"sector" placeholder:"WORD" help:"The buyer: ${sectors}."`
}

// Help is kong's hook for the text below the description.
func (screenCommand) Help() string {
	return `Takes orders as they come: cXML, UBL, X12 850 and 860, EDIFACT ORDERS, SAP IDocs, shop JSON, CSV, XLSX, inventories and bills of
material (CycloneDX, SPDX, SWID, osquery, winget); the content tells which. Takes the API's JSON too: an object with lines or parties is
an order, one with a sku, part, description or the like is a SKU, one with only a name is a vendor; a file holds one object, or one a
line (NDJSON). A CSV file of any size is read row by row.

Examples:

    interdict screen order.xml
    interdict screen --table inbox/
    interdict screen --compact --out results.ndjson catalogue.csv
    echo '{"sku":"KL4867XATFS","date":"2024-10-02"}' | interdict screen -

The flags for a date, country, zone, activity and sector stand in where the input is silent; what it says wins.

Exit codes: 0 clear, 1 review, 2 block, 3 could not be screened (or wrong usage, or an internal error). Over several inputs 3 wins,
then the worst. Clear means that no prohibition was found by the checks that ran; it is not legal advice.`
}

// result is what became of one input: a verdict on an order, or the error that kept it from one.
type result struct {
	input
	order   screening.Order
	verdict screening.Verdict
	err     error
}

// output is one way to print results. Close ends the output.
type output interface {
	print(result) error
	close() error
}

// Run is kong's hook.
func (c screenCommand) Run(ctx context.Context, p *program) (err error) {
	tuneCollector(p.Environ, loading)
	screener, err := newScreener(ctx, p)
	if err != nil {
		return err
	}
	places := screener.Catalogue().Places()
	given, err := c.given(places)
	if err != nil {
		return usage(err)
	}
	reader, err := documents.NewReader(places, c.mappings())
	if err != nil {
		return usage(err)
	}
	files, size, err := filesOf(c.Files)
	if err != nil {
		return usage(err)
	}
	w, closeOutput, err := c.destination(p)
	if err != nil {
		return usage(err)
	}
	defer func() { err = errors.Join(err, closeOutput()) }()
	clerk := clerk{
		screener: screener, reader: reader, format: c.Format, date: c.Date, given: given, assumed: assumed(p.settings), now: p.Now,
	}
	bar := progress(p, w, size)
	feed := feed{reader: reader, stdin: p.Stdin, read: func(n int) { _ = bar.Add(n) }} // a bar that cannot be drawn is no reason to stop
	tally, err := c.screenAll(ctx, &clerk, feed.inputs(ctx, files), c.output(p, w))
	_ = bar.Finish()
	if err != nil {
		return err
	}
	p.exit = tally.exitCode()
	return nil
}

// screenAll screens every input and prints what became of it.
func (c screenCommand) screenAll(ctx context.Context, clerk *clerk, inputs iter.Seq[input], out output) (tally, error) {
	t := tally{worst: screening.Clear}
	for in := range inputs {
		if err := ctx.Err(); err != nil {
			return t, fmt.Errorf("interrupted before %s: %w", in.where(), err)
		}
		for r := range clerk.answers(ctx, in) {
			t.add(&r)
			if err := out.print(r); err != nil {
				return t, fmt.Errorf("write the answer to %s: %w", in.where(), err)
			}
		}
	}
	if err := out.close(); err != nil {
		return t, fmt.Errorf("write the answers: %w", err)
	}
	return t, nil
}

// tally is what became of all inputs together.
type tally struct {
	worst  screening.Decision
	failed bool
}

func (t *tally) add(r *result) {
	if r.err != nil {
		t.failed = true
		return
	}
	t.worst = screening.Worst(t.worst, r.verdict.Decision)
}

func (c screenCommand) mappings() fs.FS {
	if c.Mappings == "" {
		return nil
	}
	return os.DirFS(c.Mappings)
}

// destination is where the answers go.
func (c screenCommand) destination(p *program) (w io.Writer, closing func() error, err error) {
	if c.Out == "" {
		return p.Stdout, func() error { return nil }, nil
	}
	file, err := os.Create(c.Out)
	if err != nil {
		return nil, nil, err
	}
	buffered := bufio.NewWriterSize(file, 64<<10)
	return buffered, func() error { return errors.Join(buffered.Flush(), file.Close()) }, nil
}

// clerk takes inputs to the engine, with what the command line says besides.
type clerk struct {
	screener       *screening.Screener
	reader         *documents.Reader
	format, date   string
	given, assumed screening.Background
	now            func() time.Time
}

// answers yields a result for each order of an input.
func (c *clerk) answers(ctx context.Context, in input) iter.Seq[result] {
	return func(yield func(result) bool) {
		orders, err := c.orders(ctx, &in)
		if rows := c.rowsOf(ctx, &in, err); rows != nil {
			for row := range rowInputs(in.file, rows) {
				for r := range c.answers(ctx, row) {
					if !yield(r) {
						return
					}
				}
			}
			return
		}
		if err != nil {
			yield(result{input: in, err: err})
			return
		}
		for i := range orders {
			r := result{input: in, order: orders[i]}
			if len(orders) > 1 {
				r.input.order = i + 1
			}
			r.verdict, r.err = c.screen(ctx, &r.order)
			if in.rows != nil && r.err == nil && r.verdict.Decision > screening.Clear {
				r.order = *in.rows.Sourced() // what was found is told with its cell
				r.verdict, r.err = c.screen(ctx, &r.order)
			}
			if !yield(r) {
				return
			}
		}
	}
}

// rowsOf opens a table that has more lines than one order may have, to be read row by row; nil for anything else.
func (c *clerk) rowsOf(ctx context.Context, in *input, refusal error) *documents.Rows {
	var refused *documents.Error
	if !errors.As(refusal, &refused) || refused.Kind != documents.TooLarge || in.data == nil {
		return nil
	}
	rows, err := c.reader.Rows(ctx, bytes.NewReader(in.data), documents.Hints{Format: c.format, FileName: in.file})
	if err != nil {
		return nil // no table: the refusal stands
	}
	return rows
}

// orders reads an input: the API's JSON, or a document.
func (c *clerk) orders(ctx context.Context, in *input) ([]screening.Order, error) {
	switch {
	case in.err != nil:
		return nil, in.err
	case in.rows != nil:
		return []screening.Order{*in.rows.Order()}, nil
	}
	var refusal error
	if c.format == "" && isObject(in.data) {
		order, err := api.DecodeAny(in.data)
		if err == nil {
			err = api.CheckPlaces(&order, c.screener.Catalogue().Places())
			return []screening.Order{order}, err
		}
		refusal = err
	}
	document, err := c.reader.Decode(ctx, in.data, documents.Hints{Format: c.format, FileName: in.file})
	if refusal != nil && documents.IsForeign(document, err) {
		return nil, refusal // it tells best what is wrong
	}
	return document.Orders, err
}

// isObject tells a JSON object, or nothing at all, by its first sign.
func isObject(data []byte) bool {
	begins := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	return len(begins) == 0 || begins[0] == '{'
}

func (c *clerk) screen(ctx context.Context, o *screening.Order) (screening.Verdict, error) {
	if o.OrderedAt == "" {
		o.OrderedAt = c.date
	}
	o.Given, o.Assumed, o.ReceivedAt = c.given, c.assumed, c.now()
	v, err := c.screener.Screen(ctx, *o)
	if err == nil && v.Decision == screening.Undetermined {
		err = errors.New("no decision was reached")
	}
	return v, err
}

func (t *tally) exitCode() int {
	if t.failed {
		return exitFailed
	}
	switch t.worst {
	case screening.Clear:
		return exitClear
	case screening.Review:
		return exitReview
	case screening.Block:
		return exitBlock
	default:
		return exitFailed
	}
}

func (c screenCommand) output(p *program, w io.Writer) output {
	switch {
	case c.JSON:
		return &jsonOutput{w: w, indent: true}
	case c.NDJSON:
		return &jsonOutput{w: w}
	case c.Compact:
		return newCompactOutput(w)
	case c.CSV:
		return newCSVOutput(w)
	case c.Table:
		return &tableOutput{page: newPage(w, p.Environ)}
	default:
		return &textOutput{page: newPage(w, p.Environ), verbose: c.Verbose}
	}
}

// progress shows on stderr how much was read, the rate and the time left, when a person watches it and the answers go
// elsewhere. size is in bytes, -1 where it is not known.
func progress(p *program, w io.Writer, size int64) *progressbar.ProgressBar {
	watched := isTerminal(p.Stderr) && !isTerminal(w)
	stderr := p.Stderr
	if !watched {
		stderr = io.Discard
	}
	return progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(stderr),
		progressbar.OptionSetVisibility(watched),
		progressbar.OptionSetDescription("screening"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionFullWidth(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
}
