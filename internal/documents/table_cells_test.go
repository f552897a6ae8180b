package documents

import "testing"

func TestTableTidy(t *testing.T) {
	for in, want := range map[string]string{
		`="0012"`: "0012", `="a""b"`: `a"b`, "'0012": "0012", "'=1+1": "=1+1", "'t Hooft BV": "'t Hooft BV", "NULL": "", "n/a": "", "N/A": "", "-": "", "—": "",
		"----": "", ":---:": "", "\u00a0x ": "x", "NA": "NA", "none": "", "=SUM(A1)": "=SUM(A1)", "-5": "-5", "нет": "",
	} {
		if got := tableWords().tidy(in); got != want {
			t.Errorf("tidy(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSpelledOut(t *testing.T) {
	for in, want := range map[string]struct {
		number string
		whole  bool
	}{
		"1.23E+15": {"1.23E+15", false}, "1,23E+15": {"1,23E+15", false}, "4.607137770123E+12": {"4607137770123", true}, "4.607137770123E12": {"4607137770123", true},
		"1E5": {"1E5", true}, "12E45": {"12E45", true}, "1E+05": {"1E+05", false}, "9E": {"9E", true}, "AB1.2E+10": {"AB1.2E+10", true}, "1.5E+3": {"1.5E+3", true},
	} {
		if number, whole := spelledOut(in); number != want.number || whole != want.whole {
			t.Errorf("spelledOut(%q) = %q, %v, want %q, %v", in, number, whole, want.number, want.whole)
		}
	}
}

func TestTableDate(t *testing.T) {
	for in, want := range map[string]string{
		"45564": "2024-09-29", "45564.5": "2024-09-29T12:00:00", "20240929": "20240929", "2024": "2024", "1727712000": "1727712000",
		"2024/9/27": "2024-09-27", "27-Sep-2024": "2024-09-27", "27-Sep-24": "2024-09-27", "September 27, 2024": "2024-09-27", "2024年9月27日": "2024-09-27",
		"27.09.2024 14:30": "27.09.2024", "9/27/2024 2:30 PM": "9/27/2024", "Sep 27, 2024 14:30": "2024-09-27T14:30:00", "2024/9/27 14:30:05": "2024-09-27T14:30:05",
		"2024-09-27T16:00:00-04:00": "2024-09-27T16:00:00-04:00", "2024-12-05 13:00:10 -0500": "2024-12-05 13:00:10 -0500", "9/27/2024 14:30 CET": "9/27/2024 14:30 CET",
		"2024-09-27 16:00": "2024-09-27 16:00", "soon": "soon", "9/27/24": "9/27/24", "": "",
	} {
		if got := tableDate(in, sheetEpoch1900); got != want {
			t.Errorf("tableDate(%q) = %q, want %q", in, got, want)
		}
	}
	if got := tableDate("44102", sheetEpoch1904); got != "2024-09-29" {
		t.Errorf("counted from 1904: %s", got)
	}
}

func TestLaterDate(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"2024-09-27", "2024-10-02", "2024-10-02"},
		{"2024-10-02T10:00:00", "2024-09-27", "2024-10-02T10:00:00"},
		{"9/20/2024", "10/2/2024", "10/2/2024"},
		{"20.9.2024", "2.10.2024", "2.10.2024"},
		{"9/1/2024", "10/2/2025", "10/2/2025"},
		{"1/10/2024", "9/2/2024", ""},
		{"2024-09-27", "9/28/2024", ""},
		{"soon", "2024-09-27", ""},
		{"2024-09-27", "2024-09-27T10:00:00Z", ""},
	} {
		if got, ok := laterDate(tt.a, tt.b); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("laterDate(%q, %q) = %q, %v, want %q", tt.a, tt.b, got, ok, tt.want)
		}
	}
}

func TestWebDomain(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.Oak.example/about?x=1": "oak.example", "oak.example:8080": "oak.example", "www.oak.example": "oak.example", "none yet": "", "jo@oak.example": "",
	} {
		if got := hostOf(in); got != want {
			t.Errorf("hostOf(%q) = %q, want %q", in, got, want)
		}
	}
}
