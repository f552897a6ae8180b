package names

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCases measures labelled cases that stand in the folder CASES.
func TestCases(t *testing.T) {
	folder := os.Getenv("CASES")
	if folder == "" {
		t.Skip("CASES does not name a folder with labelled cases")
	}
	x := testIndex(t)
	flagged := map[string]int{}
	all := map[string]int{}
	for _, row := range lines(t, filepath.Join(folder, "names-dev.tsv"))[1:] {
		f := strings.Split(row, "\t")
		all[f[2]]++
		score, detail := measure(x, f[0], f[1])
		hit := score >= x.settings.Review
		if hit {
			flagged[f[2]]++
		}
		switch {
		case f[2] == "match" && !hit, f[2] == "no-match" && hit, f[2] == "review" && !hit:
			t.Logf("%-8s %-20s %.3f %q %s", f[2], f[4], score, f[0], detail)
		case f[2] == "match" && os.Getenv("VERBOSE") != "":
			t.Logf("%-8s %-20s %.3f %q %s", f[2], f[4], score, f[0], detail)
		}
	}
	t.Logf("flagged of match %d/%d, no-match %d/%d, review %d/%d", flagged["match"], all["match"], flagged["no-match"], all["no-match"], flagged["review"], all["review"])
	for _, row := range lines(t, filepath.Join(folder, "near-misses-dev.tsv"))[1:] {
		f := strings.Split(row, "\t")
		if f[1] != "vendor" {
			continue
		}
		score, detail := measure(x, f[0], f[1])
		if score >= x.settings.Review {
			t.Logf("near miss %.3f %q %s", score, f[0], detail)
		}
	}
	count := 0
	rows := lines(t, filepath.Join(folder, "unrelated-names.txt"))
	for _, row := range rows {
		if score, detail := measure(x, row, "vendor"); score >= x.settings.Review {
			t.Logf("unrelated %.3f %q %s", score, row, detail)
			count++
		}
	}
	t.Logf("unrelated: %d of %d", count, len(rows))
}

func measure(x *Index, text, kind string) (float64, string) {
	switch kind {
	case "description":
		best := 0.0
		detail := ""
		for _, o := range x.Spot(x.lexicon.Normalise(text)) {
			if o.Score > best {
				best, detail = o.Score, o.Entry+" "+o.Alias
			}
		}
		return best, detail
	case "person":
		return top(x.Search(Query{Name: text, Kind: Person}))
	}
	return top(x.Search(Query{Name: text}))
}

func top(r Result) (float64, string) {
	if len(r.Matches) > 0 {
		m := r.Matches[0]
		return m.Score, m.Entry + " " + m.Alias + " extra " + strings.Join(m.Extra, ",")
	}
	if len(r.NearMisses) > 0 {
		m := r.NearMisses[0]
		return m.Score, m.Entry + " " + m.Alias + " extra " + strings.Join(m.Extra, ",")
	}
	return 0, ""
}

func lines(t testing.TB, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}
