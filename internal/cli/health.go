package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// healthTimeout is shorter than the five seconds that container platforms allow for a health check.
const healthTimeout = 3 * time.Second

type healthCommand struct{}

// Help is kong's hook for the text below the description.
func (healthCommand) Help() string {
	return `Asks /readyz on the address of --listen ($INTERDICT_LISTEN). Made for a container's health check, where no shell
and no curl are at hand. Exit codes: 0 ready, 1 not ready or no answer, 3 wrong usage.`
}

// Run is kong's hook.
func (healthCommand) Run(ctx context.Context, p *program) error {
	url := "http://" + p.settings.Listen.Reachable() + "/readyz"
	if err := ready(ctx, url); err != nil {
		fmt.Fprintf(p.Stderr, "interdict: not ready: %s\n", printable(err.Error()))
		p.exit = exitReview
		return nil
	}
	fmt.Fprintln(p.Stdout, "ready")
	return nil
}

func ready(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	// A transport of its own: a proxy of the environment has no say about this machine itself.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16)); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", url, response.Status)
	}
	return nil
}
