package names

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// mangler writes a true name as it may turn up in a vendor master.
type mangler struct {
	category string
	floor    float64 // least share of mangled names that must be found
	names    []string
	mangle   func(r *rand.Rand, name string) string
}

var groupNames = []string{
	"AO Kaspersky Lab", "OOO Kaspersky Group", "Kaspersky Labs Limited", "Kaspersky Lab, Inc.", "Kaspersky Labs GmbH",
	"Kaspersky Lab UK Ltd", "Kaspersky Lab Middle East FZ-LLC", "Kaspersky", "Kaspersky Endpoint Security",
}

var personNames = []string{
	"TIKHONOV, Andrei Gennadyevich", "Daniil Sergeyevich Borshchev", "CHEKUNOV, Igor Gennadyevich",
	"Andrey Petrovich Dukhvalov", "ZENKIN, Denis Vladimirovich", "Anna Vladimirovna Kulashova",
}

var nativeNames = []string{
	"АО «Лаборатория Касперского»", "Касперский", "卡巴斯基", "カスペルスキー", "카스퍼스키", "كاسبرسكي", "کسپرسکی",
	"קספרסקי", "Κασπέρσκι", "कैस्परस्की", "แคสเปอร์สกี้", "კასპერსკი", "Կասպերսկի", "ক্যাসপারস্কি",
}

// onBrand applies a change to the letters of the brand word alone.
func onBrand(name string, change func(word []rune) []rune) string {
	at := strings.Index(name, "Kaspersky")
	return name[:at] + string(change([]rune("Kaspersky"))) + name[at+len("Kaspersky"):]
}

func edit(r *rand.Rand, word []rune) []rune {
	at := 1 + r.IntN(len(word)-1)
	letter := rune('a' + r.IntN(26))
	switch r.IntN(5) {
	case 0:
		return slices.Delete(slices.Clone(word), at, at+1)
	case 1:
		return slices.Insert(slices.Clone(word), at, letter)
	case 2:
		word = slices.Clone(word)
		word[at] = letter
		return word
	case 3:
		return slices.Insert(slices.Clone(word), at, word[at])
	}
	word = slices.Clone(word)
	if at == len(word)-1 {
		at--
	}
	word[at], word[at+1] = word[at+1], word[at]
	return word
}

// some replaces letters by others, each with a chance, and at least one.
func some(r *rand.Rand, word []rune, chance float64, with map[rune][]string) []rune {
	for {
		var out []rune
		changed := false
		for _, letter := range word {
			if choices := with[unicode.ToLower(letter)]; len(choices) > 0 && r.Float64() < chance {
				out = append(out, []rune(choices[r.IntN(len(choices))])...)
				changed = true
			} else {
				out = append(out, letter)
			}
		}
		if changed {
			return out
		}
	}
}

var (
	homoglyphs = map[rune][]string{'k': {"К", "Κ", "к"}, 'a': {"а", "ɑ", "α"}, 's': {"ѕ", "ꜱ"}, 'p': {"р", "ρ"}, 'e': {"е", "ҽ"}, 'y': {"у", "ү"}, 'r': {"г", "ᴦ"}}
	drawn      = map[rune][]string{'a': {"4", "@"}, 's': {"5", "$"}, 'e': {"3"}}
	scanned    = map[rune][]string{'e': {"c"}, 'y': {"v"}, 'k': {"l<"}, 'a': {"á"}, 's': {"5"}, 'r': {"n"}}
	accented   = map[rune][]string{'k': {"ķ", "ḱ"}, 'a': {"á", "ä", "ą", "a\u0301"}, 's': {"š", "ş"}, 'p': {"ṕ"}, 'e': {"é", "ė"}, 'r': {"ř"}, 'y': {"ý", "ÿ"}}
	heard      = map[rune][]string{'k': {"c"}, 'a': {"e", "u"}, 'e': {"i", "a", "u"}, 'y': {"i", "iy", "ij", "ii", "ey"}, 's': {"z", "ss"}}
)

func manglers() []mangler {
	return []mangler{
		{"one typing slip", 0.97, groupNames, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return edit(r, w) })
		}},
		{"two slips beside a trade word", 0.90, groupNames[:5], func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return edit(r, edit(r, w)) })
		}},
		{"two slips beside the owner's own word", 0.96, []string{"Kaspersky Lab", "Kaspersky Labs Ltd", "Laboratory Kaspersky"}, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return edit(r, edit(r, w)) })
		}},
		{"signs of any kind", 1, groupNames, func(r *rand.Rand, name string) string {
			signs := []rune("§€☆®℮¶")
			return onBrand(name, func(w []rune) []rune {
				w[1+r.IntN(len(w)-1)] = signs[r.IntN(len(signs))]
				return w
			})
		}},
		{"heard", 0.98, groupNames, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return some(r, w, 0.25, heard) })
		}},
		{"look-alike letters", 1, groupNames, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return some(r, w, 0.4, homoglyphs) })
		}},
		{"digits and signs", 1, groupNames, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return some(r, w, 0.5, drawn) })
		}},
		{"scanned", 0.97, groupNames, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return some(r, w, 0.2, scanned) })
		}},
		{"accents", 1, groupNames, func(r *rand.Rand, name string) string {
			return onBrand(name, func(w []rune) []rune { return some(r, w, 0.5, accented) })
		}},
		{"invisible characters", 1, groupNames, func(r *rand.Rand, name string) string {
			hidden := []rune("\u200b\u00ad\u2060\u200d\ufeff\u202e")
			return onBrand(name, func(w []rune) []rune {
				for range 1 + r.IntN(3) {
					w = slices.Insert(w, 1+r.IntN(len(w)-1), hidden[r.IntN(len(hidden))])
				}
				return w
			})
		}},
		{"spaced letters", 1, groupNames, func(r *rand.Rand, name string) string {
			between := []string{" ", ".", "-", "_", " . ", "  "}[r.IntN(6)]
			return onBrand(name, func(w []rune) []rune { return []rune(strings.Join(strings.Split(string(w), ""), between)) })
		}},
		{"split", 1, groupNames, func(r *rand.Rand, name string) string {
			between := []rune(" -_.")[r.IntN(4)]
			return onBrand(name, func(w []rune) []rune {
				for range 1 + r.IntN(2) {
					w = slices.Insert(w, 1+r.IntN(len(w)-1), between)
				}
				return w
			})
		}},
		{"joined", 1, groupNames, func(r *rand.Rand, name string) string {
			name = strings.NewReplacer(" ", "", ",", "", ".", "", "-", "").Replace(name)
			return []string{name, strings.ToLower(name), strings.ToUpper(name)}[r.IntN(3)]
		}},
		{"joined with a slip", 0.9, groupNames[:5], func(r *rand.Rand, name string) string {
			name = onBrand(name, func(w []rune) []rune { return edit(r, w) })
			return strings.NewReplacer(" ", "", ",", "", ".", "").Replace(name)
		}},
		{"order, case and noise", 1, groupNames, func(r *rand.Rand, name string) string {
			words := strings.Fields(name)
			r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			name = strings.Join(words, " ")
			name = []string{name, strings.ToLower(name), strings.ToUpper(name)}[r.IntN(3)]
			around := []string{"%", "Vendor 004512 - %", "% - REMIT TO", "c/o %, London", "% (do not use)", "<%>", "\"%\"", "% d/b/a Kaspersky", "The % Company", "http://%", "ATTN: %"}
			return strings.ReplaceAll(around[r.IntN(len(around))], "%", name)
		}},
		{"styled letters", 1, groupNames, func(r *rand.Rand, name string) string {
			base := []rune{0xFF21, 0x1D400, 0x1D5A0, 0x24B6, 0x1D670}[r.IntN(5)]
			return onBrand(name, func([]rune) []rune {
				var w []rune
				for _, c := range "KASPERSKY" {
					w = append(w, base+c-'A')
				}
				return w
			})
		}},
		{"cut off", 1, groupNames, func(r *rand.Rand, name string) string {
			at := strings.Index(name, "Kaspersky") + 8
			return name[:at+r.IntN(len(name)-at+1)]
		}},
		{"persons in any order", 1, personNames, func(r *rand.Rand, name string) string {
			words := strings.Fields(strings.ReplaceAll(name, ",", ""))
			r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			return strings.Join(words, " ")
		}},
		{"persons in other romanisations", 0.97, personNames, func(r *rand.Rand, name string) string {
			for _, pair := range [][2]string{{"ey", "ei"}, {"ei", "ej"}, {"dye", "de"}, {"dye", "d'e"}, {"kh", "h"}, {"kh", "ch"}, {"KH", "H"}, {"shch", "sch"}, {"shch", "šč"}, {"ch", "č"}, {"sh", "š"}, {"ii", "i"}, {"v", "w"}, {"gey", "gej"}} {
				if r.IntN(2) == 0 {
					name = strings.ReplaceAll(name, pair[0], pair[1])
				}
			}
			return name
		}},
		{"persons with a slip", 0.9, personNames, func(r *rand.Rand, name string) string {
			words := strings.Fields(strings.ReplaceAll(name, ",", ""))
			at := r.IntN(len(words))
			words[at] = string(edit(r, []rune(words[at])))
			return strings.Join(words, " ")
		}},
		{"native scripts with company words", 1, nativeNames, func(r *rand.Rand, name string) string {
			around := []string{"%", "% Ltd", "ООО %", "株式会社%", "%有限公司", "شركة %", "% Lab", "\"%\"", "บริษัท % จำกัด", "%랩"}
			return strings.ReplaceAll(around[r.IntN(len(around))], "%", name)
		}},
	}
}

// TestMangledNames holds the share of mangled true names that are found.
func TestMangledNames(t *testing.T) {
	x := testIndex(t)
	for _, m := range manglers() {
		t.Run(m.category, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 11))
			const rounds = 60
			found, all := 0, 0
			var missed []string
			for _, name := range m.names {
				for range rounds {
					text := m.mangle(r, name)
					kind := Kind("")
					if strings.HasPrefix(m.category, "persons") {
						kind = Person
					}
					all++
					if len(x.Search(Query{Name: text, Kind: kind}).Matches) > 0 {
						found++
					} else {
						missed = append(missed, text)
					}
				}
			}
			share := float64(found) / float64(all)
			t.Logf("found %.3f; missed %q", share, missed[:min(12, len(missed))])
			if share < m.floor {
				t.Errorf("found %.3f of the mangled names, want at least %.2f; missed %q", share, m.floor, missed[:min(12, len(missed))])
			}
		})
	}
}
