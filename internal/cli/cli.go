// Package cli is the command line of interdict: the grammar, the commands and what they print.
//
// It reads no environment and touches no global stream: all comes in a System, so that a test can run any command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"

	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/screening"
)

// The exit codes of every command. Commands other than screen use exitClear for success and exitFailed for failure.
const (
	exitClear  = 0
	exitReview = 1
	exitBlock  = 2
	exitFailed = 3
)

// System is what a command may touch of the world around it.
type System struct {
	Args    []string // without the program's name
	Environ []string // as os.Environ returns it
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Now     func() time.Time
	Build   Build
}

type grammar struct {
	config.Settings `embed:""`

	Config config.File `name:"config" placeholder:"FILE" help:"File of settings, YAML or JSON."`

	Serve   serveCommand   `cmd:"" help:"Serve the HTTP API."`
	Screen  screenCommand  `cmd:"" help:"Screen orders, vendors and SKUs from files."`
	Lists   listsCommand   `cmd:"" help:"Keep the lists that parties are held against."`
	Health  healthCommand  `cmd:"" help:"Ask the running server whether it is ready."`
	Version versionCommand `cmd:"" help:"Tell the version, the commit and the catalogue."`
}

const description = `May this purchase go ahead? interdict screens vendors, SKUs and orders against the prohibitions on Kaspersky
products and names the law, the date it bites from and the evidence.`

// Help is kong's hook for the text below the description.
func (grammar) Help() string {
	return `Examples:

    interdict serve
    interdict screen order.json
    echo '{"name":"Kaspersky Lab"}' | interdict screen -

Exit codes: 0 clear or done, 1 review, 2 block, 3 could not be screened or any other failure.

Settings are flags, INTERDICT_ variables or keys of the --config file, in this order of strength. "interdict serve --help" lists them.
README.md, docs/api.md and docs/architecture.md tell the rest.`
}

// program is what the commands work with: the system, the settings and the code to exit with.
type program struct {
	System
	settings      config.Settings
	withoutEffect []string
	exit          int
}

// Run runs the command that the arguments name and returns the exit code. A failure is told on stderr.
func Run(ctx context.Context, system System) int {
	p := &program{System: system, exit: exitClear}
	if err := p.run(ctx); err != nil {
		fmt.Fprintf(system.Stderr, "interdict: %s\n", printable(err.Error()))
		return exitFailed
	}
	return p.exit
}

func (p *program) run(ctx context.Context) error {
	var commands grammar
	var helped bool
	sources := config.NewSources(p.Environ)
	parser, err := kong.New(&commands, append(sources.Options(),
		kong.Name("interdict"),
		kong.Description(description),
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Help(printHelp),
		kong.ValueFormatter(describeSetting),
		kong.Vars{"activities": listed(screening.Activities[:]), "sectors": listed(screening.Sectors[:])},
		kong.BindTo(ctx, (*context.Context)(nil)),
	)...)
	if err != nil {
		return err
	}
	call, err := parser.Parse(p.Args)
	if helped {
		return nil
	}
	if err != nil {
		return usage(errors.Join(err, sources.Err()))
	}
	if err := errors.Join(sources.Err(), commands.Check()); err != nil {
		return usage(err)
	}
	p.settings = commands.Settings
	p.withoutEffect = config.WithoutEffect(call)
	return call.Run(p)
}

func usage(err error) error {
	return fmt.Errorf("%w\nRun \"interdict --help\" to see what there is", err)
}

// printHelp leaves the settings to the help of serve, where they are wanted; elsewhere they would bury the rest.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	if command := ctx.Selected(); command == nil || command.Name != "serve" {
		for _, flag := range ctx.Model.Flags {
			flag.Hidden = flag.Hidden || config.Is(flag.Value)
		}
	}
	return kong.DefaultHelpPrinter(options, ctx)
}

// describeSetting adds the default and the variable of a setting to its help.
func describeSetting(value *kong.Value) string {
	if !config.Is(value) {
		return value.Help
	}
	help := value.Help
	if value.Default != "" {
		help += " Default: " + value.Default + "."
	}
	return help + " $" + config.EnvName(value.Name)
}
