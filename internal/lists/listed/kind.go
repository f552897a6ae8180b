package listed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/interdict/interdict/screening"
)

// Kind tells persons from companies by the shape of their names, for lists that do not. The name index compares a
// company's name as a whole and a person's by its parts, and asks for more than a name before it is certain of a person:
// a person taken for a company would block everybody of that name, and nobody who is said to be a person would be
// compared with it; a company taken for a person would never block. So a name is a person's where it has the shape of
// one (two to six words of letters only, none of them a company's, a place or an abbreviation) and
//
//   - mostly is true, which says that the list has more persons than others, or
//   - something in it tells a person: a given name, a title, a suffix such as Jr., an East Asian name's shape.
//
// All else is an organisation.
func Kind(name string, mostly bool) screening.PartyKind {
	tokens, titled := personWords(name)
	if tokens == nil {
		return screening.Organisation
	}
	if mostly || titled {
		return screening.Person
	}
	for _, word := range tokens {
		if givenNames[word] {
			return screening.Person
		}
	}
	if isEastAsian(tokens) {
		return screening.Person
	}
	return screening.Organisation
}

// personWords returns the words of a name that has the shape of a person's, in lower case without titles and suffixes,
// and whether there were any; none where it has not that shape.
func personWords(name string) (tokens []string, titled bool) {
	for _, r := range name {
		if unicode.IsDigit(r) || strings.ContainsRune("&/@+#:;!", r) {
			return nil, false
		}
	}
	initials := 0
	for _, word := range words(name) {
		switch {
		case titles[word]:
			titled = true
		case companyWords[word] || placeWords[word] || isAbbreviation(word) || !strings.ContainsFunc(word, unicode.IsLetter):
			return nil, false
		default:
			if len([]rune(word)) == 1 {
				initials++
			}
			tokens = append(tokens, word)
		}
	}
	least := 2
	if titled {
		least = 1
	}
	if strings.Count(name, ",") > 1 || len(tokens) < least || len(tokens) > mostWords || initials == len(tokens) {
		return nil, false
	}
	return tokens, titled
}

// mostWords are in a person's name.
const mostWords = 6

// isAbbreviation tells a word without a vowel, but for surnames that have none.
func isAbbreviation(word string) bool {
	return len(word) > 1 && word != "ng" && !strings.ContainsAny(word, "aeiouy") && isASCII(word)
}

func isASCII(word string) bool {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// words parts a name into words in lower case without full stops and quotation marks.
func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(dots.Replace(name)), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",\"()[]", r) })
}

// dots also takes out the question marks that stand in some lists for an apostrophe that was lost.
var dots = strings.NewReplacer(".", "", "'", "", "\u2019", "", "?", "")

// isEastAsian tells two or three short words with a family name at either end, and given names of two syllables with a
// hyphen between them, such as Cho-Man and Myong-chin.
func isEastAsian(tokens []string) bool {
	if len(tokens) < 2 || len(tokens) > 3 {
		return false
	}
	hyphened := false
	for _, word := range tokens {
		first, second, ok := strings.Cut(word, "-")
		switch {
		case ok && isSyllable(first) && isSyllable(second):
			hyphened = true
		case !isSyllable(word) && len(word) != longestSyllable+1 && len(word) != longestSyllable+2:
			return false
		}
	}
	return hyphened || surnames[tokens[0]] || surnames[tokens[len(tokens)-1]]
}

const longestSyllable = 6

func isSyllable(text string) bool {
	return len(text) >= 2 && len(text) <= longestSyllable && isASCII(text) && !strings.Contains(text, "-")
}
