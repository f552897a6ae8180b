package names

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func BenchmarkSearch(b *testing.B) {
	x := testIndex(b)
	for _, name := range []string{"Acme Office Supplies LLC", "Hewlett Packard Enterprise", "Contoso Widgets Incorporated", "Kaspersky Lab", "Kaspersky Labs Limited", "Kapersky Lab Inc", "АО «Лаборатория Касперского»", "TIKHONOV, Andrei Gennadyevich"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Search(Query{Name: name})
			}
		})
	}
}

func BenchmarkSpot(b *testing.B) {
	x := testIndex(b)
	for _, text := range []string{"24 inch monitor with stand, height adjustable, three year ok", "Renewal of Kaspersky Endpoint Security for Business, 250 seats"} {
		t := x.lexicon.Normalise(text)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Spot(t)
			}
		})
	}
}

// BenchmarkRepeated measures texts of 16 KB that are nothing but pieces of a brand word. Time grows with their length.
func BenchmarkRepeated(b *testing.B) {
	x := testIndex(b)
	for _, piece := range []string{"Kas per sky ", "Ka sp er sk y ", "Kaspersk ", "K a s p e r s k y "} {
		for _, size := range []int{1 << 10, 16 << 10} {
			t := x.lexicon.Normalise(strings.Repeat(piece, size/len(piece)))
			b.Run(fmt.Sprint(piece, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					x.Spot(t)
				}
			})
		}
	}
}

// inventedNames makes names of two invented words with the trade words and legal forms that real ones have.
func inventedNames(count int) []Entry {
	random := rand.New(rand.NewPCG(1, 2))
	const consonants, vowels = "bcdfghjklmnprstvz", "aeiou"
	word := func() string {
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteByte(consonants[random.IntN(len(consonants))])
			b.WriteByte(vowels[random.IntN(len(vowels))])
			if random.IntN(2) == 0 {
				b.WriteByte(consonants[random.IntN(len(consonants))])
			}
		}
		return b.String()
	}
	entries := make([]Entry, count)
	for i := range entries {
		name := word() + " " + word() + " trading company limited"
		entries[i] = Entry{ID: fmt.Sprint(i), Kind: Organisation, Names: []Name{{name, Official}}}
	}
	return entries
}

func BenchmarkNewIndex(b *testing.B) {
	l, s := testLexicon(b), testSettings(b)
	for _, count := range []int{1000, 10000, 100000} {
		entries := inventedNames(count)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := NewIndex(l, s, entries); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSearchLarge(b *testing.B) {
	l, s := testLexicon(b), testSettings(b)
	queries := inventedNames(2000)[1000:]
	for _, count := range []int{1000, 10000, 100000} {
		x, err := NewIndex(l, s, inventedNames(count))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				x.Search(Query{Name: queries[i%len(queries)].Names[0].Text})
				i++
			}
		})
	}
}
