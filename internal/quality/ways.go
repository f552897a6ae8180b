package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// way is how people write a listed name.
type way struct {
	name  string
	write func(name string, kind screening.PartyKind, random *rand.Rand) (written string, ok bool)
}

var ways = []way{
	{"exact", func(name string, _ screening.PartyKind, _ *rand.Rand) (string, bool) { return name, true }},
	{"one typo", oneTypo},
	{"reordered", reordered},
	{"legal form", otherForm},
}

// wordToMar is the fewest letters of a word in which a slip is made: three letters with one wrong are another word.
const wordToMar = 5

// oneTypo makes one slip inside a word: a letter doubled, left out, exchanged with its neighbour or replaced.
func oneTypo(name string, _ screening.PartyKind, random *rand.Rand) (string, bool) {
	words := strings.Fields(name)
	var long []int
	for i, w := range words {
		if len(w) >= wordToMar && !strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return "", false
	}
	at := long[random.IntN(len(long))]
	w := []byte(words[at])
	i := 1 + random.IntN(len(w)-2)
	switch random.IntN(4) {
	case 0:
		w = slices.Insert(w, i, w[i])
	case 1:
		w = slices.Delete(w, i, i+1)
	case 2:
		if w[i] == w[i+1] {
			return "", false
		}
		w[i], w[i+1] = w[i+1], w[i]
	default:
		other := "etaoinsrhldcumfpgwybvkxjqz"[random.IntN(26)]
		if w[i] >= 'A' && w[i] <= 'Z' {
			other -= 'a' - 'A'
		}
		if w[i] == other {
			return "", false
		}
		w[i] = other
	}
	words[at] = string(w)
	return strings.Join(words, " "), true
}

// reordered turns "LAST, First Middle" into "First Middle LAST", and moves a company's first word behind the others.
func reordered(name string, kind screening.PartyKind, _ *rand.Rand) (string, bool) {
	if before, after, ok := strings.Cut(name, ", "); ok && kind == screening.Person {
		return after + " " + before, true
	}
	words := strings.Fields(name)
	if kind == screening.Person || len(words) < 3 {
		return "", false
	}
	return strings.Join(words[1:], " ") + " " + words[0], true
}

// otherForm adds a legal form to a company's name, or exchanges the one it has.
func otherForm(name string, kind screening.PartyKind, random *rand.Rand) (string, bool) {
	if kind != screening.Organisation || !unicode.Is(unicode.Latin, []rune(name)[0]) {
		return "", false
	}
	forms := []string{"LLC", "Ltd.", "Limited", "Inc.", "Co., Ltd.", "Company"}
	words := strings.Fields(strings.ReplaceAll(name, ",", " "))
	for _, form := range []string{"LLC", "LTD", "LTD.", "LIMITED", "INC", "INC.", "CO.", "CO", "COMPANY", "L.L.C."} {
		for len(words) > 1 && strings.EqualFold(words[len(words)-1], form) {
			words = words[:len(words)-1]
		}
	}
	return strings.Join(words, " ") + " " + forms[random.IntN(len(forms))], true
}

// everydayPersons are made of common names of several countries.
func everydayPersons() []string {
	given := strings.Fields("James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Carlos Maria Luis Ana Jean Marie Hans Anna Giuseppe Giulia Piotr Katarzyna Raj Priya Wei Li Hiroshi Yuki Minh Linh Ahmed Fatima Olga Sergei")
	surnames := strings.Fields("Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White Harris Clark Lewis Robinson Walker Young King Wright Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Gomez Diaz Dubois Bernard Schneider Fischer Rossi Bianchi Nowak Wisniewski Sharma Gupta Zhang Tanaka Suzuki Tran Pham Larsen Hansen Murphy Kelly")
	var out []string
	for i, g := range given {
		for j, s := range surnames {
			if (i+j)%3 == 0 {
				out = append(out, g+" "+s)
			}
		}
	}
	return out
}

// everydayFirms are made of common surnames, trades and legal forms.
func everydayFirms() []string {
	surnames := strings.Fields("Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Martin Thompson White Harris Clark Lewis Walker Young Wright Hill Green Nelson Baker Carter Schneider Hoffman Rossi Larsen Murphy")
	trades := []string{"Plumbing", "Roofing", "& Sons Construction", "Dental", "Law Group", "Insurance Agency", "Auto Body", "Real Estate", "Consulting", "Electric", "Bakery", "IT Services"}
	forms := []string{"LLC", "Inc.", "Ltd", "Co.", ""}
	var out []string
	for i, s := range surnames {
		for j, t := range trades {
			out = append(out, strings.TrimSpace(s+" "+t+" "+forms[(i+j)%len(forms)]))
		}
	}
	return out
}
