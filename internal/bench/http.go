package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
)

const (
	manyConnections = 16
	warmUp          = 200 * time.Millisecond

	// roomToGrow is the garbage collector's setting of the floor: what `interdict serve` sets for itself.
	roomToGrow = "GOGC=300"
)

// noCache has every request judged from its text.
const noCache = "--cache-entries=0"

// http compares the API with the floor of each question.
func (b *bench) http(ctx context.Context) (section, error) {
	s := section{
		title: "One vendor, one SKU over HTTP",
		before: fmt.Sprintf("The floor is an echo handler in a process of its own that strictly decodes the same request and encodes the same answer, with the same\n"+
			"JSON library and the same setting of the garbage collector. The program runs as shipped (limits, security headers, metrics, a log line\n"+
			"for each request, which goes to a file) without evidence: once with its cache off, once with every answer in the cache. Keep-alive,\n"+
			"loopback, load from a process of its own. Requests a second: %d connections, medians of %d rounds of all in turn; a ratio is the\n"+
			"median of the rounds' ratios to the floor. p50: the best of %d at one connection, in us.", manyConnections, b.rounds, b.rounds),
		table: table{columns: []string{"question", "cache", "requests/s", "floor", "ratio", "bar", "p50", "floor", "ratio", "bar"}},
		chart: &chart{title: "Requests a second, as a share of the floor's"},
	}
	uncached, err := b.serve(ctx, noCache)
	if err != nil {
		return s, err
	}
	defer uncached.stop()
	cached, err := b.serve(ctx)
	if err != nil {
		return s, err
	}
	defer cached.stop()
	for _, q := range questions() {
		shown, err := b.besideFloor(ctx, uncached, cached, &q)
		if err != nil {
			return s, fmt.Errorf("%s: %w", q.name, err)
		}
		s.addBesideFloor(q.name, "off", &shown[0], &shown[1])
		s.addBesideFloor(q.name, "hit", &shown[0], &shown[2])
	}
	return s, nil
}

func (s *section) addBesideFloor(question, cache string, floor, program *compared) {
	rate, alone := bar{0.55, false, "x"}, bar{1.5, true, "x"}
	best, floorBest := slices.Min(program.p50s), slices.Min(floor.p50s)
	ratio := median(program.rateRatios)
	s.table.add(question, cache, figure(median(program.rates)), figure(median(floor.rates)), figure(ratio), rate.judge(ratio),
		figure(best), figure(floorBest), figure(best/floorBest), alone.judge(best/floorBest))
	s.chart.columns = append(s.chart.columns, column{question + ", cache " + cache, ratio, rate.limit})
}

// besideFloor returns what the floor, the program without a cache and the one with a cache showed.
func (b *bench) besideFloor(ctx context.Context, uncached, cached *server, q *question) ([]compared, error) {
	floor, err := b.serveFloor(ctx, q)
	if err != nil {
		return nil, err
	}
	defer floor.stop()
	if err := sameAnswer(ctx, uncached, floor, q); err != nil {
		return nil, err
	}
	return b.compare(ctx, []*server{floor, uncached, cached}, q)
}

// compared is what one server showed beside the first, one figure a round.
type compared struct {
	rates, rateRatios []float64 // requests a second with many connections
	p50s              []float64 // us with one connection
}

// compare asks a question of all servers in turn, round after round.
func (b *bench) compare(ctx context.Context, servers []*server, q *question) ([]compared, error) {
	all := make([]compared, len(servers))
	for round := range b.rounds {
		rates, p50s, err := b.round(ctx, servers, round, q)
		if err != nil {
			return nil, err
		}
		for i := range all {
			c := &all[i]
			c.rates, c.rateRatios, c.p50s = append(c.rates, rates[i]), append(c.rateRatios, rates[i]/rates[0]), append(c.p50s, p50s[i])
		}
	}
	return all, nil
}

// round loads each server once with many connections and once with one. Every round begins with another server, so
// that a slower or a busier machine does not always hit the same.
func (b *bench) round(ctx context.Context, servers []*server, round int, q *question) (rates, p50s []float64, err error) {
	rates, p50s = make([]float64, len(servers)), make([]float64, len(servers))
	for _, d := range []drive{{connections: manyConnections, span: warmUp}, {connections: manyConnections, span: b.span}, {connections: 1, span: b.spanAlone}} {
		if d.span == warmUp && round > 0 {
			continue
		}
		for n := range servers {
			i := (n + round) % len(servers)
			d.address, d.request = servers[i].address, post(servers[i].address, q.path, q.body)
			l, err := d.run(ctx)
			if err != nil {
				return nil, nil, err
			}
			if d.connections > 1 {
				rates[i] = l.perSecond()
			} else {
				p50s[i] = float64(l.p50()) / float64(time.Microsecond)
			}
		}
	}
	return rates, p50s, nil
}

// serveFloor starts this program again as the floor of a question.
func (b *bench) serveFloor(ctx context.Context, q *question) (*server, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return b.start(ctx, func(address string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, own, floorCommand, address, q.name) //nolint:gosec // this program itself
		cmd.Env = environment(roomToGrow)
		return cmd
	}, answersReady)
}

// answerSlack is by how many bytes two answers to one question may differ: ids, versions and digits of the time.
const answerSlack = 64

// sameAnswer makes sure that the floor encodes what the program answers.
func sameAnswer(ctx context.Context, program, floor *server, q *question) error {
	var answers [2]bytes.Buffer
	var decisions [2]struct {
		Decision string `json:"decision"`
	}
	for i, s := range []*server{program, floor} {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.address)
		if err != nil {
			return err
		}
		err = exchange(conn, bufio.NewReader(conn), post(s.address, q.path, q.body), &answers[i])
		if err := errors.Join(err, conn.Close(), json.Unmarshal(answers[i].Bytes(), &decisions[i])); err != nil {
			return err
		}
	}
	if difference := answers[0].Len() - answers[1].Len(); decisions[0] != decisions[1] || max(difference, -difference) > answerSlack {
		return fmt.Errorf("the floor does not answer as the program does:\n%s\n%s", &answers[1], &answers[0])
	}
	return nil
}
