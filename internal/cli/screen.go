package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/screening"
)

type screenCommand struct {
	Files []string `arg:"" name:"file" help:"Files of JSON or NDJSON; - is standard input."`

	JSON    bool `name:"json" xor:"output" help:"Print each verdict as indented JSON, the API's answer."`
	NDJSON  bool `name:"ndjson" xor:"output" help:"Print one verdict or problem a line."`
	CSV     bool `name:"csv" xor:"output" help:"Print a row for each line and party, safe to open in a spreadsheet."`
	Verbose bool `name:"verbose" short:"v" help:"Show every clear line, near misses, facts and checks too."`

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
	return `Takes orders as the API does, and vendors and SKUs: a JSON object with lines or parties is an order, one with a sku,
part, description or the like is a SKU, one with only a name is a vendor. A file holds one object, or one a line (NDJSON).

Examples:

    interdict screen order.json
    interdict screen --ndjson orders.ndjson > verdicts.ndjson
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
func (c screenCommand) Run(ctx context.Context, p *program) error {
	screener, err := newScreener()
	if err != nil {
		return err
	}
	given, err := c.given(screener.Catalogue().Places())
	if err != nil {
		return usage(err)
	}
	clerk := clerk{screener: screener, date: c.Date, given: given, assumed: assumed(p.settings), now: p.Now}
	out := c.output(p)
	bar := progress(p)
	worst, failed := screening.Clear, false
	for in := range readInputs(c.Files, p.Stdin) {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("interrupted before %s: %w", in.where(), err)
		}
		r := clerk.screen(ctx, in)
		if r.err != nil {
			failed = true
		} else {
			worst = screening.Worst(worst, r.verdict.Decision)
		}
		if err := out.print(r); err != nil {
			return fmt.Errorf("write the answer to %s: %w", in.where(), err)
		}
		_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
	}
	_ = bar.Finish()
	if err := out.close(); err != nil {
		return fmt.Errorf("write the answers: %w", err)
	}
	p.exit = exitCode(worst, failed)
	return nil
}

// clerk takes inputs to the engine, with what the command line says besides.
type clerk struct {
	screener       *screening.Screener
	date           string
	given, assumed screening.Background
	now            func() time.Time
}

func (c clerk) screen(ctx context.Context, in input) result {
	r := result{input: in}
	r.verdict, r.err = c.answer(ctx, &r)
	return r
}

func (c clerk) answer(ctx context.Context, r *result) (v screening.Verdict, err error) {
	if r.input.err != nil {
		return v, r.input.err
	}
	if r.order, err = api.DecodeAny(r.data); err != nil {
		return v, err
	}
	if err := api.CheckPlaces(&r.order, c.screener.Catalogue().Places()); err != nil {
		return v, err
	}
	if r.order.OrderedAt == "" {
		r.order.OrderedAt = c.date
	}
	r.order.Given, r.order.Assumed, r.order.ReceivedAt = c.given, c.assumed, c.now()
	if v, err = c.screener.Screen(ctx, r.order); err == nil && v.Decision == screening.Undetermined {
		err = errors.New("no decision was reached")
	}
	return v, err
}

func exitCode(worst screening.Decision, failed bool) int {
	if failed {
		return exitFailed
	}
	switch worst {
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

func (c screenCommand) output(p *program) output {
	switch {
	case c.JSON:
		return &jsonOutput{w: p.Stdout, indent: true}
	case c.NDJSON:
		return &jsonOutput{w: p.Stdout}
	case c.CSV:
		return newCSVOutput(p.Stdout)
	default:
		return &textOutput{page: newPage(p.Stdout, p.Environ), verbose: c.Verbose}
	}
}

// progress counts inputs on stderr when a person watches it and the answers go elsewhere.
func progress(p *program) *progressbar.ProgressBar {
	watched := isTerminal(p.Stderr) && !isTerminal(p.Stdout)
	w := p.Stderr
	if !watched {
		w = io.Discard
	}
	return progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetVisibility(watched),
		progressbar.OptionSetDescription("screened"),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("inputs"),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
}
