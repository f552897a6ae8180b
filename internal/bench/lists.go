package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/publications"
	"github.com/interdict/interdict/screening"
)

// listSizes are how many made-up entities are held against.
var listSizes = []int{1_000, 10_000, 100_000, 1_000_000}

// grown is the size that the bar on growth is set on, over the one before it.
const grown = 2

// madeUp measures what a name costs against made-up lists of several sizes.
func (b *bench) madeUp(ctx context.Context) (section, error) {
	s := section{
		title: "Lists of many sizes",
		before: "Made-up companies and persons: two invented words with a trade word and a legal form, or a surname and two given names. A third of the\n" +
			"names asked for are on the list, a third are there with one letter wrong, a third are nowhere. No cache, one goroutine. Memory is\n" +
			"what the lists add to the heap.",
		table: table{columns: []string{"entities", "built in, s", "memory, MiB", "mean, us a name", "p99, us", "of the cost of a tenth", "bar"}},
		chart: &chart{title: "A name against made-up lists, us"},
	}
	embedded, err := data.Catalogue()
	if err != nil {
		return s, err
	}
	before := 0.0
	for i, size := range listSizes {
		if b.quick && i > 1 {
			break
		}
		entities := inventedEntities(size)
		heap := liveHeap()
		began := time.Now()
		catalogue, err := embedded.WithLists([]screening.List{{ID: "made-up", AsOf: "2026-01-01", Digest: "sha256:" + strings.Repeat("0", 64), Entities: entities}})
		if err != nil {
			return s, err
		}
		built := time.Since(began)
		memory := float64(liveHeap()-heap) / (1 << 20)
		mean, p99 := b.askNames(catalogue, entities, nil)
		judged, growth := noBar, "-"
		if before > 0 {
			growth = figure(mean / before)
		}
		if i == grown {
			judged = bar{3, true, "x"}.judge(mean / before)
		}
		s.table.add(figure(float64(size)), figure(built.Seconds()), figure(memory), figure(mean), figure(p99), growth, judged)
		s.chart.columns = append(s.chart.columns, column{label: figure(float64(size)), value: mean})
		before = mean
		if err := ctx.Err(); err != nil {
			return s, err
		}
	}
	return s, nil
}

func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// askedNames is how many names are asked for.
const askedNames = 6_000

// askNames holds names against a catalogue: of its lists, with a letter wrong, and unrelated ones. Names are made up
// where none are given.
func (b *bench) askNames(c *screening.Catalogue, entities []screening.Entity, unrelated []string) (mean, p99 float64) {
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same names every time
	if unrelated == nil {
		for range askedNames {
			unrelated = append(unrelated, inventedName(random, random.IntN(2) == 0))
		}
	}
	took := make([]time.Duration, 0, askedNames)
	for i := range askedNames {
		name := unrelated[i%len(unrelated)]
		if i%3 > 0 {
			name = entities[random.IntN(len(entities))].Name
		}
		if at := 1 + random.IntN(max(len(name)-2, 1)); i%3 == 2 && at < len(name) {
			name = name[:at] + "x" + name[at+1:]
		}
		began := time.Now()
		c.Resolve(name)
		took = append(took, time.Since(began))
	}
	sum := time.Duration(0)
	for _, d := range took {
		sum += d
	}
	slices.Sort(took)
	return float64(sum) / float64(len(took)) / 1e3, float64(percentile(took, 99)) / 1e3
}

// inventedEntities makes companies and persons, half and half.
func inventedEntities(n int) []screening.Entity {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same names every time
	out := make([]screening.Entity, n)
	for i := range out {
		kind := screening.Organisation
		if i%2 == 0 {
			kind = screening.Person
		}
		id := fmt.Sprint(i)
		name := inventedName(random, kind == screening.Person)
		out[i] = screening.Entity{
			ID: screening.EntityID("made-up:" + id), Name: name, Kind: kind, Standing: screening.Listed, Verified: screening.Primary, Sources: []string{"made-up"},
			Listings: []screening.Listing{{List: "made-up", Entry: name, UID: id, Citation: "made up", Verified: screening.Primary}},
		}
	}
	return out
}

func inventedName(random *rand.Rand, person bool) string {
	if person {
		return strings.ToUpper(inventedWord(random)) + ", " + inventedWord(random) + " " + inventedWord(random)
	}
	trade := []string{"Trading", "Shipping", "Industries", "Construction", "Holding", "Electronics", "Import Export", "Services"}
	form := []string{"LLC", "Ltd.", "Co., Ltd.", "JSC", "GmbH", "S.A."}
	return inventedWord(random) + " " + inventedWord(random) + " " + trade[random.IntN(len(trade))] + " " + form[random.IntN(len(form))]
}

// inventedWord makes a word of two to four syllables. Some are frequent, as real ones are.
func inventedWord(random *rand.Rand) string {
	const consonants, vowels = "bcdfghjklmnprstvz", "aeiou"
	if random.IntN(3) == 0 {
		random = rand.New(rand.NewPCG(7, random.Uint64N(300))) //nolint:gosec // one of 300 frequent words
	}
	var w strings.Builder
	for i := range 2 + random.IntN(3) {
		c := consonants[random.IntN(len(consonants))]
		if i == 0 {
			c -= 'a' - 'A'
		}
		w.WriteByte(c)
		w.WriteByte(vowels[random.IntN(len(vowels))])
		if random.IntN(2) == 0 {
			w.WriteByte(consonants[random.IntN(len(consonants))])
		}
	}
	return w.String()
}

const listConnections = 32

// realLists measures the program with copies of published lists.
func (b *bench) realLists(ctx context.Context) (section, error) {
	s := section{
		title: "The published lists",
		before: fmt.Sprintf("With copies of OFAC's SDN and consolidated lists (alternate names and addresses too), the Consolidated Screening List, the Denied Persons\n"+
			"List and the Covered List, the cache off. In process: %s names, a third as listed, a third with one letter wrong, a third of everyday\n"+
			"companies. Over HTTP: one vendor a call at %d connections. Memory is VmRSS once loading is over.", figure(askedNames), listConnections),
		table: table{columns: []string{"what", "figure", "bar"}},
	}
	folder := filepath.Join(b.folder, "data")
	if err := b.importLists(ctx, folder); err != nil {
		return s, err
	}
	catalogue, err := catalogueWith(ctx, folder)
	if err != nil {
		return s, err
	}
	var entities []screening.Entity
	for _, e := range catalogue.Entities() {
		if e.IsImported() {
			entities = append(entities, *e)
		}
	}
	everyday, err := os.ReadFile("internal/quality/testdata/everyday-companies.txt")
	if err != nil {
		return s, err
	}
	mean, p99 := b.askNames(catalogue, entities, strings.Split(string(everyday), "\n"))
	s.table.add("entities", figure(float64(len(entities))), noBar)
	s.table.add("a name in process, mean", figure(mean)+" us", bar{60, true, "us"}.judge(mean))
	s.table.add("a name in process, p99", figure(p99)+" us", bar{1000, true, "us"}.judge(p99))
	return s, b.serveLists(ctx, &s, folder)
}

// serveLists measures the server on a data folder.
func (b *bench) serveLists(ctx context.Context, s *section, folder string) error {
	var ready, rates []float64
	resident := 0.0
	q := questions()[0]
	for range b.rounds {
		program, err := b.serve(ctx, noCache, "--data-dir", folder)
		if err != nil {
			return err
		}
		ready = append(ready, float64(program.ready)/float64(time.Millisecond))
		l, err := (&drive{address: program.address, request: post(program.address, q.path, q.body), connections: 1, span: b.spanAlone}).run(ctx)
		if err == nil {
			resident, err = program.resident()
		}
		if err == nil {
			l, err = (&drive{address: program.address, request: post(program.address, q.path, q.body), connections: listConnections, span: 2 * b.span}).run(ctx)
		}
		program.stop()
		if err != nil {
			return err
		}
		rates = append(rates, l.perSecond())
	}
	s.table.add("start to ready", figure(median(ready))+" ms", bar{1000, true, "ms"}.judge(median(ready)))
	s.table.add("memory", figure(resident)+" MiB", bar{150, true, "MiB"}.judge(resident))
	s.table.add("requests a second", figure(median(rates)), bar{12_000, false, "requests/s"}.judge(median(rates)))
	return nil
}

// importLists has the program take every list of the folder that was given.
func (b *bench) importLists(ctx context.Context, folder string) error {
	files, err := filepath.Glob(filepath.Join(b.copies, "*"))
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b string) int { return int(sizeOf(b) - sizeOf(a)) }) // of two copies of one list the larger first
	for _, file := range files {
		cmd := exec.CommandContext(ctx, b.program, "lists", "import", "--data-dir", folder, file) //nolint:gosec // the program of this run
		cmd.Env = environment()
		if out, err := cmd.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "bench: %s: %s", filepath.Base(file), out) // a note beside the lists, or an older copy
		}
	}
	return nil
}

func sizeOf(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}

func catalogueWith(ctx context.Context, folder string) (*screening.Catalogue, error) {
	embedded, err := data.Catalogue()
	if err != nil {
		return nil, err
	}
	store, err := lists.OpenStore(lists.Config{Folder: filepath.Join(folder, "lists"), Known: publications.All(), Places: embedded.Places()})
	if err != nil {
		return nil, err
	}
	_, catalogue, err := lists.NewKeeper(ctx, lists.KeeperConfig{Store: store, Base: embedded})
	return catalogue, err
}
