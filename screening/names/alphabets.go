package names

import "unicode"

// script is a group of letters that are read in the same way.
type script uint8

// The scripts that are told apart.
const (
	noScript script = iota // digits, marks and what belongs to no alphabet
	latin
	greek
	cyrillic
	armenian
	georgian
	hebrew
	arabic
	hangul
	kana
	han
	thai
	otherScript // written with spaces, its letters kept, its marks dropped
)

// unspaced tells whether words of the script are written without spaces between them.
func (s script) unspaced() bool { return s >= hangul && s <= thai }

// commonRanges are blocks of one script, the frequent ones first. A block may hold what is no letter.
var commonRanges = []struct {
	first, last rune
	script      script
}{
	{0x00C0, 0x024F, latin},
	{0x0400, 0x052F, cyrillic},
	{0x4E00, 0x9FFF, han},
	{0x30A1, 0x30FA, kana},
	{0x3041, 0x3096, kana},
	{0xAC00, 0xD7A3, hangul},
	{0x0620, 0x06D3, arabic},
	{0x05D0, 0x05EA, hebrew},
	{0x0386, 0x03FF, greek},
	{0x0E01, 0x0E30, thai},
	{0x10D0, 0x10FA, georgian},
	{0x0531, 0x0587, armenian},
}

var scriptTables = []struct {
	table  *unicode.RangeTable
	script script
}{
	{unicode.Latin, latin},
	{unicode.Cyrillic, cyrillic},
	{unicode.Greek, greek},
	{unicode.Han, han},
	{unicode.Katakana, kana},
	{unicode.Hiragana, kana},
	{unicode.Hangul, hangul},
	{unicode.Arabic, arabic},
	{unicode.Hebrew, hebrew},
	{unicode.Thai, thai},
	{unicode.Lao, thai},
	{unicode.Khmer, thai},
	{unicode.Myanmar, thai},
	{unicode.Armenian, armenian},
	{unicode.Georgian, georgian},
}

// scriptOf returns the script of a letter.
func scriptOf(r rune) script {
	switch {
	case r < 0x80:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return latin
		}
		return noScript
	case r == longMark:
		return kana
	case !unicode.IsLetter(r):
		return noScript
	}
	for i := range commonRanges {
		if r >= commonRanges[i].first && r <= commonRanges[i].last {
			return commonRanges[i].script
		}
	}
	for _, row := range scriptTables {
		if unicode.Is(row.table, r) {
			return row.script
		}
	}
	return otherScript
}

// longMark lengthens the kana before it.
const longMark = 'ー'

// latinLetters spells letters of the Latin alphabet that are more than a plain letter with marks.
var latinLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ŋ': "n",
	'ħ': "h", 'ŧ': "t", 'ə': "a", 'ɑ': "a", 'ɡ': "g", 'ɩ': "i", 'ĸ': "k", 'ƙ': "k", 'ƴ': "y", 'ɛ': "e", 'ɔ': "o",
	'ᴀ': "a", 'ʙ': "b", 'ᴄ': "c", 'ᴅ': "d", 'ᴇ': "e", 'ꜰ': "f", 'ɢ': "g", 'ʜ': "h", 'ɪ': "i", 'ᴊ': "j", 'ᴋ': "k",
	'ʟ': "l", 'ᴍ': "m", 'ɴ': "n", 'ᴏ': "o", 'ᴘ': "p", 'ʀ': "r", 'ꜱ': "s", 'ᴛ': "t", 'ᴜ': "u", 'ᴠ': "v", 'ᴡ': "w",
	'ʏ': "y", 'ᴢ': "z",
}

// cyrillicLetters romanises by the BGN/PCGN table for Russian, with the letters of its neighbours. The e is treated
// apart: it is ye at the start of a word and after a vowel or a sign.
var cyrillicLetters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'ђ': "dj", 'џ': "dz",
	'ѕ': "s", 'қ': "k", 'ғ': "g", 'ң': "n", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h", 'ә': "a",
}

var greekLetters = map[rune]string{
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l",
	'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f",
	'χ': "ch", 'ψ': "ps", 'ω': "o",
}

var armenianLetters = map[rune]string{
	'ա': "a", 'բ': "b", 'գ': "g", 'դ': "d", 'ե': "e", 'զ': "z", 'է': "e", 'ը': "y", 'թ': "t", 'ժ': "zh", 'ի': "i",
	'լ': "l", 'խ': "kh", 'ծ': "ts", 'կ': "k", 'հ': "h", 'ձ': "dz", 'ղ': "gh", 'ճ': "ch", 'մ': "m", 'յ': "y", 'ն': "n",
	'շ': "sh", 'ո': "o", 'չ': "ch", 'պ': "p", 'ջ': "j", 'ռ': "r", 'ս': "s", 'վ': "v", 'տ': "t", 'ր': "r", 'ց': "ts",
	'ւ': "v", 'փ': "p", 'ք': "k", 'և': "ev", 'օ': "o", 'ֆ': "f",
}

var georgianLetters = map[rune]string{
	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l",
	'მ': "m", 'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k",
	'ღ': "gh", 'ყ': "q", 'შ': "sh", 'ჩ': "ch", 'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j",
	'ჰ': "h",
}

// arabicLetters folds the letters of Arabic, Persian and Urdu onto the consonants that a foreign name keeps however
// it is spelt. Vowels and signs are dropped: the empty string.
var arabicLetters = map[rune]string{
	'ا': "", 'أ': "", 'إ': "", 'آ': "", 'ٱ': "", 'و': "", 'ؤ': "", 'ي': "", 'ی': "", 'ى': "", 'ئ': "", 'ء': "",
	'ے': "", 'ۀ': "", 'ـ': "",
	'ک': "ك", 'پ': "ب", 'گ': "ج", 'چ': "ج", 'ژ': "ز", 'ڤ': "ف", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ۃ': "ه",
}

// hebrewLetters drops the vowel letters inside a word and final forms.
var hebrewLetters = map[rune]string{
	'א': "", 'ו': "", 'י': "", 'ע': "",
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ",
}

// Unicode lays out the scripts of India alike, one block after another: a letter is as far into its block as the letter
// of the same sound is into Devanagari's.
const (
	devanagari  = 0x0900
	indicBlock  = 0x80
	firstIndic  = 0x0980 // Bengali
	beyondIndic = 0x0D80
)

// finalConsonants are Malayalam's letters for consonants without a vowel, which have no place in that layout.
var finalConsonants = map[rune]rune{'ൺ': 'ण', 'ൻ': 'न', 'ർ': 'र', 'ൽ': 'ल', 'ൾ': 'ळ', 'ൿ': 'क', 'ൎ': 'र', 'ৰ': 'र', 'ৱ': 'व'}

// withoutNukta returns the letter that a Devanagari letter with a dot below is made of, and any other as it is.
func withoutNukta(r rune) rune {
	const first, bases = 0x0958, "कखगजडढफय"
	if r < first || r >= first+8 {
		return r
	}
	return []rune(bases)[r-first]
}

// devanagariOf returns the Devanagari letter of the same sound for a letter of another script of India, and any other
// letter as it is.
func devanagariOf(r rune) rune {
	if r < firstIndic || r >= beyondIndic {
		return r
	}
	if letter, ok := finalConsonants[r]; ok {
		return letter
	}
	if same := withoutNukta(devanagari + r%indicBlock); unicode.IsLetter(same) == unicode.IsLetter(r) {
		return same
	}
	return r // no letter of Devanagari stands at its place
}

// kanaLetters romanises katakana by the Hepburn table. Hiragana is read through the katakana of the same sound.
var kanaLetters = map[rune]string{
	'ア': "a", 'イ': "i", 'ウ': "u", 'エ': "e", 'オ': "o", 'カ': "ka", 'キ': "ki", 'ク': "ku", 'ケ': "ke", 'コ': "ko",
	'ガ': "ga", 'ギ': "gi", 'グ': "gu", 'ゲ': "ge", 'ゴ': "go", 'サ': "sa", 'シ': "shi", 'ス': "su", 'セ': "se", 'ソ': "so",
	'ザ': "za", 'ジ': "ji", 'ズ': "zu", 'ゼ': "ze", 'ゾ': "zo", 'タ': "ta", 'チ': "chi", 'ツ': "tsu", 'テ': "te", 'ト': "to",
	'ダ': "da", 'ヂ': "ji", 'ヅ': "zu", 'デ': "de", 'ド': "do", 'ナ': "na", 'ニ': "ni", 'ヌ': "nu", 'ネ': "ne", 'ノ': "no",
	'ハ': "ha", 'ヒ': "hi", 'フ': "fu", 'ヘ': "he", 'ホ': "ho", 'バ': "ba", 'ビ': "bi", 'ブ': "bu", 'ベ': "be", 'ボ': "bo",
	'パ': "pa", 'ピ': "pi", 'プ': "pu", 'ペ': "pe", 'ポ': "po", 'マ': "ma", 'ミ': "mi", 'ム': "mu", 'メ': "me", 'モ': "mo",
	'ヤ': "ya", 'ユ': "yu", 'ヨ': "yo", 'ラ': "ra", 'リ': "ri", 'ル': "ru", 'レ': "re", 'ロ': "ro", 'ワ': "wa", 'ヰ': "i",
	'ヱ': "e", 'ヲ': "o", 'ン': "n", 'ヴ': "vu", 'ヷ': "va", 'ヸ': "vi", 'ヹ': "ve", 'ヺ': "vo", 'ァ': "a", 'ィ': "i",
	'ゥ': "u", 'ェ': "e", 'ォ': "o", 'ャ': "ya",
	'ュ': "yu", 'ョ': "yo", 'ヮ': "wa", 'ヵ': "ka", 'ヶ': "ke", 'ッ': "", longMark: "",
}
