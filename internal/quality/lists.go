package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/publications"
	"github.com/interdict/interdict/screening"
)

// withLists returns the catalogue with the copies of lists that a folder has. Of several copies of one publication the
// largest counts.
func withLists(ctx context.Context, c *screening.Catalogue, folder string) (*screening.Catalogue, error) {
	var files []lists.File
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path) //nolint:gosec // the folder is the caller's
		files = append(files, lists.File{Name: filepath.Base(path), Data: text})
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b lists.File) int { return len(b.Data) - len(a.Data) })
	var taken []screening.List
	known := publications.All()
	for i := range known {
		parts := make(map[string]*lists.File)
		for _, part := range known[i].Parts {
			if at := slices.IndexFunc(files, func(f lists.File) bool { return part.Fits(&f) }); at >= 0 {
				parts[part.Name] = &files[at]
			}
		}
		if parts[known[i].Parts[0].Name] == nil {
			continue
		}
		edition, err := known[i].Read(ctx, &lists.Copy{Parts: parts, Places: c.Places()})
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(os.Stderr, "%s: %d entities, %d records, %d orphans\n", known[i].ID, len(edition.Entities), edition.Records, edition.Orphans)
		taken = append(taken, screening.List{ID: known[i].ID, AsOf: "2026-01-01", Digest: "sha256:" + strings.Repeat("0", 64), Entities: edition.Entities})
	}
	return c.WithLists(taken)
}

// drawnNames is how many names are drawn from the lists.
const drawnNames = 2000

// listed draws names from the imported lists, as they stand and as people write them, and asks whether their entry is
// found. Everyday names must not be.
func (e *evaluator) listed(ctx context.Context, everyday string) (result, error) {
	r := result{set: "lists"}
	random := rand.New(rand.NewPCG(20, 26)) //nolint:gosec // the same names every time
	var entities []*screening.Entity
	for _, entity := range e.screener.Catalogue().Entities() {
		if entity.IsImported() {
			entities = append(entities, entity)
		}
	}
	for range drawnNames {
		entity := entities[random.IntN(len(entities))]
		name := nameOf(entity, random)
		for _, way := range ways {
			written, ok := way.write(name, entity.Kind, random)
			if !ok {
				continue
			}
			found, near := e.screener.Catalogue().Resolve(written), false
			hit := slices.ContainsFunc(found.Matches, func(m screening.Assessed) bool { return m.Target.ID == string(entity.ID) })
			r.add("recall "+way.name, true, hit)
			if !hit {
				near = slices.ContainsFunc(found.NearMisses, func(m screening.Assessed) bool { return m.Target.ID == string(entity.ID) })
				got := "nothing"
				if near {
					got = "near miss"
				}
				r.misses = append(r.misses, miss{"listed " + way.name, fmt.Sprintf("%s (for %s)", written, name), string(entity.ID), got})
			}
		}
	}
	if err := e.everyday(ctx, everyday, &r); err != nil {
		return r, err
	}
	e.timeListed(everyday, entities, random)
	return r, nil
}

func nameOf(e *screening.Entity, random *rand.Rand) string {
	if n := random.IntN(len(e.Names) + 1); n > 0 {
		return e.Names[n-1].Name
	}
	return e.Name
}

// everyday screens names of everyday companies, and of persons made of common names, as sellers.
func (e *evaluator) everyday(ctx context.Context, file string, r *result) error {
	text, err := os.ReadFile(file) //nolint:gosec // the project's own
	if err != nil {
		return err
	}
	names := append(everydayPersons(), everydayFirms()...)
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if line := lines.Text(); line != "" && line[0] != '#' {
			names = append(names, line)
		}
	}
	for _, name := range names {
		v, err := e.screen(ctx, vendor(name, ""))
		if err != nil {
			return err
		}
		r.add("everyday blocked", false, v.Decision == screening.Block)
		r.add("everyday flagged", false, v.Decision > screening.Clear)
		if v.Decision > screening.Clear {
			r.misses = append(r.misses, miss{"everyday", name, "clear", fmt.Sprintf("%s, %s at %.2f", v.Decision, v.Matches[0].Target.Name, v.Matches[0].Score)})
		}
	}
	return nil
}

// timeListed prints what a name costs; it is no figure of the report.
func (e *evaluator) timeListed(everyday string, entities []*screening.Entity, random *rand.Rand) {
	var names []string
	text, _ := os.ReadFile(everyday) //nolint:gosec // read a moment ago
	clean := append(append(everydayPersons(), everydayFirms()...), strings.Split(string(text), "\n")...)
	for range drawnNames {
		entity := entities[random.IntN(len(entities))]
		name := nameOf(entity, random)
		typo, _ := oneTypo(name, entity.Kind, random)
		names = append(names, name, typo, clean[random.IntN(len(clean))])
	}
	var took []time.Duration
	for _, name := range names {
		began := time.Now()
		e.screener.Catalogue().Resolve(name)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	sum := time.Duration(0)
	for _, d := range took {
		sum += d
	}
	fmt.Fprintf(os.Stderr, "lists: %d names, mean %v, p50 %v, p99 %v, slowest %v\n", len(took), sum/time.Duration(len(took)), took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}
