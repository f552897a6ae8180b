package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// caches compares the program without a cache, with its own and with Redis.
func (b *bench) caches(ctx context.Context) (section, error) {
	s := section{
		title: "The caches",
		before: fmt.Sprintf("The same questions again and again, so that a cache always has the answer: one line, and an order of %d different lines, a tenth of\n"+
			"them Kaspersky goods. *Redis* is a real server on this machine's loopback with nothing kept in the process. %d rounds of\n"+
			"all in turn: the median of requests a second and of their ratios to *off*, the best p50. No bar is set.", orderLines, b.rounds),
		table: table{columns: []string{"question", "cache", "requests/s", "ratio", "p50, us", "ratio"}},
		chart: &chart{title: "Requests a second with a cache, as a share of those without"},
	}
	modes := []string{"off", "in process"}
	arguments := [][]string{{noCache}, nil}
	redis, err := exec.LookPath("redis-server")
	if err != nil {
		s.after = "This machine has no redis-server, so Redis was not measured.\n\n"
	} else {
		shared, err := b.redis(ctx, redis)
		if err != nil {
			return s, err
		}
		defer shared.stop()
		modes = append(modes, "Redis")
		arguments = append(arguments, []string{noCache, "--redis-url=redis://" + shared.address})
	}
	var servers []*server
	for _, args := range arguments {
		program, err := b.serve(ctx, args...)
		if err != nil {
			return s, err
		}
		defer program.stop()
		servers = append(servers, program)
	}
	line := questions()[2]
	for _, q := range []question{{name: "one line", path: line.path, body: line.body}, {name: fmt.Sprint(orderLines, " lines"), path: "/v1/screen/order", body: orderBody()}} {
		shown, err := b.compare(ctx, servers, &q)
		if err != nil {
			return s, fmt.Errorf("%s: %w", q.name, err)
		}
		for i, c := range shown {
			s.table.add(q.name, modes[i], figure(median(c.rates)), figure(median(c.rateRatios)), figure(slices.Min(c.p50s)), figure(slices.Min(c.p50s)/slices.Min(shown[0].p50s)))
			s.chart.columns = append(s.chart.columns, column{label: q.name + ", " + modes[i], value: median(c.rateRatios)})
		}
	}
	s.after += advice
	return s, nil
}

// advice tells when Redis pays.
const advice = "Redis costs a round trip for each request, however many lines it has, and decoding for each line. It pays where judging a subject costs\n" +
	"more than that: with large imported lists, or where many instances that are started anew share what others have judged. Where its\n" +
	"ratio above is about 1 or less, as can be expected of the embedded catalogue alone, it does not pay: leave INTERDICT_REDIS_URL empty."

const orderLines = 100

// orderBody is an order of different lines.
func orderBody() string {
	var lines []string
	for i := range orderLines {
		lines = append(lines, fmt.Sprintf(`{"id":"%d",%s,"quantity":"2","unit_price":"180.00"}`, i+1, lineText(i, 10)))
	}
	return `{"reference":"PO-4711","ordered_at":"2024-10-02T16:00:00-04:00","currency":"USD",` +
		`"parties":[{"role":"seller","name":"Acme Resale Inc","country":"US"},{"role":"buyer","name":"Contoso LLC","country":"US"}],` +
		`"lines":[` + strings.Join(lines, ",") + `]}`
}

// lineText is what tells line i from others, as JSON members; each of so many is a Kaspersky licence.
func lineText(i, each int) string {
	if i%each == each-1 {
		return fmt.Sprintf(`"sku":"NW-%d","manufacturer_part":"KL4867XAQFS","description":"Kaspersky Endpoint Security for Business Advanced, offer %d"`, i, i)
	}
	return fmt.Sprintf(`"sku":"210-%d","manufacturer":"Dell","description":"24in monitor P2422H, height adjustable, lot %d"`, i, i)
}
