package names

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// listEntries reads OFAC's files from the folder LISTS: about 17,000 entries with 40,000 names.
func listEntries(b *testing.B) []Entry {
	folder := os.Getenv("LISTS")
	if folder == "" {
		b.Skip("LISTS does not name a folder with OFAC's files")
	}
	at := map[string]int{}
	var entries []Entry
	read := func(file string, each func(row []string)) {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			b.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(text))
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		rows, err := r.ReadAll()
		if err != nil {
			b.Log(err)
		}
		for _, row := range rows {
			each(row)
		}
	}
	read("ofac-sdn-2024-05-03.csv", func(row []string) {
		if len(row) < 3 {
			return
		}
		kind := Organisation
		if row[2] == "individual" {
			kind = Person
		}
		at[row[0]] = len(entries)
		entries = append(entries, Entry{ID: row[0], Kind: kind, Names: []Name{{row[1], Official}}})
	})
	read("ofac-alt-2025-12.csv", func(row []string) {
		if len(row) < 4 {
			return
		}
		if i, ok := at[row[0]]; ok {
			entries[i].Names = append(entries[i].Names, Name{row[3], Alias})
		}
	})
	return entries
}

func BenchmarkLists(b *testing.B) {
	entries := listEntries(b)
	l, s := testLexicon(b), testSettings(b)
	x, err := NewIndex(l, s, entries)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d entries, %d names, %d words, %d deletes", len(entries), len(x.names), len(x.words), len(x.near.filed))
	cases := os.Getenv("CASES")
	if cases == "" {
		b.Skip("CASES does not name a folder with labelled cases")
	}
	queries := lines(b, filepath.Join(cases, "unrelated-names.txt"))
	b.Run("search", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			x.Search(Query{Name: queries[i*7919%len(queries)]})
			i++
		}
	})
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := NewIndex(l, s, entries); err != nil {
				b.Fatal(err)
			}
		}
	})
}
