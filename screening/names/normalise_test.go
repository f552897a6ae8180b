package names

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestNormalise(t *testing.T) {
	l := testLexicon(t)
	tests := []struct{ name, raw, want string }{
		{"plain", "Acme Widgets", "acme widgets"},
		{"dotted legal form", "A.O. Kaspersky", "jsc kaspersky"},
		{"long legal form", "Aktsionernoe obshchestvo Romashka", "jsc romashka"},
		{"spanish legal form", "Acme S. de R.L. de C.V.", "acme sderlcv"},
		{"polish legal form", "Acme Sp. z o.o.", "acme spzoo"},
		{"misread legal form", "Acme GmbI-I", "acme gmbh"},
		{"misread limited", "Acme Lirnited", "acme ltd"},
		{"digits for a legal form", "000 Romashka", "ooo romashka"},
		{"no legal form in spaced letters", "K A S P E R", "k a s p e r"},
		{"apostrophes", "O'Brien’s Bakery", "obrien bakery"},
		{"soft sign", "Gennad’evich", "gennadevich"},
		{"accents", "Łódź Straße İzmir", "lodz strasse izmir"},
		{"full width", "ＡＣＭＥ", "acme"},
		{"formula letters", "𝐀𝐜𝐦𝐞", "acme"},
		{"black circles", "🅐🅒🅜🅔", "acme"},
		{"small capitals", "ᴀᴄᴍᴇ", "acme"},
		{"invisible characters", "Ac\u200bme\u00ad", "acme"},
		{"cyrillic letters in a latin word", "Kаsреrsку", "kaspersky"},
		{"latin letters in a cyrillic word", "Kacперский", "kasperskiy"},
		{"russian", "Геннадьевич Алексеева", "gennadyevich alekseyeva"},
		{"russian looking latin beside more russian", "Сара Петрова", "sara petrova"},
		{"greek", "Κασπέρσκι", "kasperski"},
		{"armenian", "Կասպերսկի", "kasperski"},
		{"georgian", "კასპერსკი", "kasperski"},
		{"half width kana with a legal form", "株式会社ｶｽﾍﾟﾙｽｷｰ", "kk kasuperusuki"},
		{"hiragana", "かすぺるすきー", "kasuperusuki"},
		{"chinese with known words at its ends", "卡巴斯基技术开发（北京）有限公司", "卡巴斯基 技术 开发 北京 youxian"},
		{"korean in sounds", "카스", "\u110f\u1161\u1109\u1173"},
		{"arabic with article", "الكاسبرسكي", "كسبرسك"},
		{"persian", "کسپرسکی", "كسبرسك"},
		{"hebrew", "קאספרסקי", "קספרסק"},
		{"hindi", "कैस्परस्की", "कसपरसक"},
		{"gujarati", "કાસ્પર", "कसपर"},
		{"tamil", "காஸ்பர்", "कसपर"},
		{"malayalam with a final consonant", "കാസ്പർ", "कसपर"},
		{"telugu with a joiner", "కాస్\u200cపర్", "कसपर"},
		{"ornamental letters", "Kasяeσλ", "kasresa"},
		{"shown from right to left", "\u202eemcA\u202c Ltd", "emca acme ltd"},
		{"half of a word shown from right to left", "Wid\u202esteg\u202c Shop", "widsteg widgets shop"},
		{"eastern digits", "٣٦٠", "360"},
		{"nothing", " -- ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := l.Normalise(tt.raw).Norm(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNormaliseTokens(t *testing.T) {
	got := testLexicon(t).Normalise("Vendor 12: Zyx Lab, Hong Kong (Kаs) Ltd.")
	want := []Token{
		{Norm: "vendor", Start: 0, End: 6, Class: Noise},
		{Norm: "12", Start: 7, End: 9, Class: Number},
		{Norm: "zyx", Start: 11, End: 14, Class: Distinctive},
		{Norm: "lab", Start: 15, End: 18, Class: Generic},
		{Norm: "hong", Start: 20, End: 24, Class: Place, Country: "HK"},
		{Norm: "kong", Start: 25, End: 29, Class: Place},
		{Norm: "kas", Start: 31, End: 34, Class: Distinctive},
		{Norm: "ltd", Start: 36, End: 39, Class: LegalForm},
	}
	if diff := cmp.Diff(want, got.Tokens, cmpopts.IgnoreUnexported(Token{})); diff != "" {
		t.Errorf("tokens (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Change{{Kind: Homoglyph, Start: 31, End: 34}}, got.Changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

// checkText holds what every text keeps to.
func checkText(t interface{ Fatalf(string, ...any) }, l *Lexicon, raw string) {
	text := l.Normalise(raw)
	length, start := utf8.RuneCountInString(raw), 0
	for _, token := range text.Tokens {
		if token.Start < start || token.Start >= token.End || token.End > length {
			t.Fatalf("%q: token %+v is no part of the text, in its order", raw, token)
		}
		if token.Norm == "" || strings.ContainsRune(token.Norm, ' ') {
			t.Fatalf("%q: normal form %q is no word", raw, token.Norm)
		}
		start = token.Start
	}
	again := l.Normalise(text.Norm())
	if again.Norm() != text.Norm() {
		t.Fatalf("%q: normal form %q has the normal form %q", raw, text.Norm(), again.Norm())
	}
	for i := range again.Tokens {
		if again.Tokens[i].Class != text.Tokens[i].Class {
			t.Fatalf("%q: class of %q is %d, then %d", raw, again.Tokens[i].Norm, text.Tokens[i].Class, again.Tokens[i].Class)
		}
	}
}

// TestIndicScriptsReadAlike writes Devanagari letters in the scripts that Unicode lays out alike.
func TestIndicScriptsReadAlike(t *testing.T) {
	l := testLexicon(t)
	letters := rapid.SliceOfN(rapid.SampledFrom([]rune("कगचजतदनपबमयरलवसह")), 2, 8)
	rapid.Check(t, func(t *rapid.T) {
		word := letters.Draw(t, "word")
		block := rune(rapid.SampledFrom([]int{0x0980, 0x0A00, 0x0A80, 0x0B00, 0x0B80, 0x0C00, 0x0C80, 0x0D00}).Draw(t, "block"))
		other := make([]rune, len(word))
		for i, r := range word {
			if other[i] = r - devanagari + block; !unicode.IsLetter(other[i]) {
				t.Skip("the script has no such letter")
			}
		}
		if got, want := l.Normalise(string(other)).Norm(), string(word); got != want {
			t.Fatalf("%q: got %q, want %q", string(other), got, want)
		}
	})
}

// TestOverriddenWordsAreReadAsSeen holds that a word shown from right to left is found under what a reader sees.
func TestOverriddenWordsAreReadAsSeen(t *testing.T) {
	l := testLexicon(t)
	word := rapid.StringMatching(`[a-z]{2,10}`)
	rapid.Check(t, func(t *rapid.T) {
		seen := word.Draw(t, "word")
		from := rapid.IntRange(0, len(seen)-1).Draw(t, "from")
		turned := []byte(seen[from:])
		slices.Reverse(turned)
		text := l.Normalise(seen[:from] + "\u202e" + string(turned))
		if want := l.Normalise(seen).Norm(); !strings.HasSuffix(text.Norm(), want) {
			t.Fatalf("%q is read as %q, want %q last", text.Raw, text.Norm(), want)
		}
		if !slices.ContainsFunc(text.Changes, func(c Change) bool { return c.Kind == ZeroWidth }) {
			t.Fatalf("%q: no change tells of the override", text.Raw)
		}
	})
}

func TestNormaliseIsIdempotent(t *testing.T) {
	l := testLexicon(t)
	words := rapid.SampledFrom(strings.Split("Kaspersky|A.O.|limited|liability|company|S|de|R.L.|K|a|000|Лаборатория|株式会社カスペ|カスペルスキーラボ|卡巴|실험랩|كاسبرسكي|קספרסקי|d/b/a|GmbI-I|ᄏ|ｶﾞ|ﬁ|İ|ß|2024|O'Neil's|x.y.z|Ko\u0301|é\u0327", "|"))
	rapid.Check(t, func(t *rapid.T) {
		separator := rapid.SampledFrom([]string{" ", ".", "-", "", "/", "’", "\u200b"})
		var b strings.Builder
		for range rapid.IntRange(1, 6).Draw(t, "words") {
			b.WriteString(words.Draw(t, "word"))
			b.WriteString(separator.Draw(t, "separator"))
		}
		checkText(t, l, b.String())
	})
	rapid.Check(t, func(t *rapid.T) { checkText(t, l, rapid.String().Draw(t, "raw")) })
}

func FuzzNormalise(f *testing.F) {
	l := testLexicon(f)
	for _, seed := range []string{"A.O. Kaspersky Lab", "Kas\u200bpersky", "株式会社カスペルスキー", "카스퍼스키랩", "الكاسبرسكي", "Kаsреrsку", "\xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) { checkText(t, l, raw) })
}
