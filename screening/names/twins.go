package names

// Which letters are mistaken for which. The costs are settings.

// vowels are heard and typed for one another.
const vowels = "aeiou"

// semivowels are pairs with y, which is heard for the narrow vowels only.
var semivowels = []string{"ey", "uy"}

// sounds are pairs of letters that one sound is written with.
var sounds = []string{"ck", "kq", "cq", "sz", "cs", "vw", "iy", "ij", "jy", "bp", "dt", "fv", "uw"}

// misreadings are pairs of letters that scanning mixes up.
var misreadings = []string{"ce", "li", "il", "vy", "hb", "fe", "rn", "uv", "gq", "tf", "lt", "ij"}

// signs are digits and signs that stand for a letter; a star stands for any.
var signs = []string{
	"4a", "@a", "3e", "0o", "1i", "1l", "!i", "!l", "|i", "|l", "$s", "5s", "7t", "+t", "8b", "9g", "6b", "6g", "2z", "(c",
	"<c", "<k", "^a",
}

const anyLetter = '*'

// slips are pairs of letters that are typed for one another, as neighbours on the keyboard, or seen for one another
// where no letter before them helps. They count at the start of a word, where other letters are hardly mistaken.
var slips = []string{
	"qw", "we", "er", "rt", "ty", "yu", "ui", "io", "op", "as", "sd", "df", "fg", "gh", "hj", "jk", "kl", "zx", "xc",
	"cv", "vb", "bn", "nm", "qa", "wa", "ws", "es", "ed", "rd", "rf", "tf", "tg", "yg", "yh", "uh", "uj", "ij", "ik",
	"ok", "ol", "pl", "az", "sz", "sx", "dx", "dc", "fc", "fv", "gv", "gb", "hb", "hn", "jn", "jm", "km", "hk", "xk",
}

// soundGroups are groups of letters that one sound is written with, mostly in romanisations.
var soundGroups = [][2]string{
	{"kh", "h"},
	{"kh", "x"},
	{"kh", "ch"},
	{"kh", "k"},
	{"ch", "c"},
	{"ch", "tch"},
	{"ch", "tsch"},
	{"ch", "cz"},
	{"sh", "s"},
	{"sh", "ch"},
	{"sh", "sch"},
	{"sh", "sz"},
	{"shch", "sch"},
	{"shch", "sc"},
	{"shch", "sh"},
	{"shch", "sht"},
	{"shch", "shh"},
	{"shch", "szcz"},
	{"shch", "schtsch"},
	{"zh", "z"},
	{"zh", "j"},
	{"zh", "sch"},
	{"ts", "c"},
	{"ts", "tz"},
	{"ts", "z"},
	{"ph", "f"},
	{"ck", "k"},
	{"ks", "x"},
	{"cs", "x"},
	{"th", "t"},
	{"ya", "ia"},
	{"ya", "ja"},
	{"ya", "a"},
	{"yu", "iu"},
	{"yu", "ju"},
	{"yu", "u"},
	{"ye", "e"},
	{"ye", "ie"},
	{"ye", "je"},
	{"je", "e"},
	{"ie", "e"},
	{"yo", "io"},
	{"yo", "e"},
	{"iy", "y"},
	{"iy", "i"},
	{"iy", "ij"},
	{"ij", "i"},
	{"ij", "y"},
	{"ii", "i"},
	{"ii", "y"},
	{"yi", "y"},
	{"ey", "y"},
	{"ey", "ei"},
	{"ie", "y"},
	{"ou", "u"},
	{"oo", "u"},
	{"ae", "a"},
	{"oe", "o"},
	{"ue", "u"},
	{"ee", "i"},
	{"dj", "j"},
	{"dzh", "j"},
	{"eu", "ev"},
	{"off", "ov"},
}

// misreadGroups are groups of letters that scanning mixes up.
var misreadGroups = [][2]string{{"rn", "m"}, {"cl", "d"}, {"vv", "w"}, {"ii", "u"}, {"ri", "n"}, {"li", "h"}, {"nn", "m"}}

// signGroups are a letter drawn with several characters.
var signGroups = [][2]string{{"l<", "k"}, {"i<", "k"}, {"1<", "k"}, {"|<", "k"}}
