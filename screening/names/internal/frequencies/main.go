// Command frequencies counts the distinctive tokens of published lists of names, for the weights of the score:
//
//	go run ./screening/names/internal/frequencies data/words LISTS >frequencies.tsv
//
// LISTS is a folder with OFAC's SDN and ALT files, the Consolidated Screening List as CSV and the Denied Persons List
// as tab-separated text, under any name with sdn, alt, csl or dpl in it.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/screening/names"
)

// least is the smallest count that is kept: rarer tokens weigh about as much as unknown ones.
const least = 8

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: frequencies WORDS LISTS")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.DirFS(os.Args[1]), os.DirFS(os.Args[2])); err != nil {
		fmt.Fprintln(os.Stderr, "frequencies:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, words, lists fs.FS) error {
	lexicon, err := readLexicon(words)
	if err != nil {
		return err
	}
	counts := make(map[string]int)
	for _, list := range []struct {
		files   string
		comma   rune
		columns []int
	}{
		{"*ofac-sdn-*.csv", ',', []int{1}},
		{"*ofac-alt-*.csv", ',', []int{3}},
		{"*csl-*.csv", ',', []int{5, 22}},
		{"*dpl-*.txt", '\t', []int{0}},
	} {
		files, err := fs.Glob(lists, list.files)
		if err != nil {
			return err
		}
		for _, file := range files {
			text, err := fs.ReadFile(lists, file)
			if err != nil {
				return err
			}
			if err := count(counts, lexicon, text, list.comma, list.columns); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return write(out, counts)
}

func readLexicon(words fs.FS) (*names.Lexicon, error) {
	files, err := fs.Glob(words, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all names.LexiconFile
	for _, file := range files {
		content, err := fs.ReadFile(words, file)
		if err != nil {
			return nil, err
		}
		var part names.LexiconFile
		if err := yaml.Load(content, &part, yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all.Append(part)
	}
	return names.NewLexicon(all, nil)
}

// count adds the distinctive tokens of a list's name columns, each once a name.
func count(counts map[string]int, lexicon *names.Lexicon, list []byte, comma rune, columns []int) error {
	rows := csv.NewReader(bytes.NewReader(list))
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes = comma, -1, true
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for _, column := range columns {
			if column >= len(row) {
				continue
			}
			for name := range strings.SplitSeq(row[column], "; ") {
				countName(counts, lexicon, name)
			}
		}
	}
}

func countName(counts map[string]int, lexicon *names.Lexicon, name string) {
	seen := make(map[string]bool)
	for _, token := range lexicon.Normalise(name).Tokens {
		if token.Class == names.Distinctive && len(token.Norm) > 1 && !seen[token.Norm] {
			seen[token.Norm] = true
			counts[token.Norm]++
		}
	}
}

func write(out io.Writer, counts map[string]int) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "# How many names of a background corpus have a token: the names and other names of OFAC's SDN list, the US")
	fmt.Fprintln(w, "# Consolidated Screening List and the Denied Persons List, in the normal form, without legal forms, trade words,")
	fmt.Fprintln(w, "# places and numbers. Common tokens tell little of whose name it is. Written by screening/names/internal/frequencies.")
	tokens := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for _, token := range tokens {
		if counts[token] >= least {
			fmt.Fprintf(w, "%s\t%d\n", token, counts[token])
		}
	}
	return w.Flush()
}
