package documents

import "testing"

func TestReadMappedDate(t *testing.T) {
	for _, c := range []struct {
		text, as, want string
		readable       bool
	}{
		{"2024-09-29T04:00:00Z", "", "2024-09-29T04:00:00Z", true},
		{"2025-05-17T04:14:36-00:00", "", "2025-05-17T04:14:36-00:00", true},
		{"2024-09-29T06:00:00", "", "2024-09-29T06:00:00", true},
		{"2024-09-29T04:00:00", "utc", "2024-09-29T04:00:00Z", true},
		{"2024-09-29 04:00:00", "utc", "2024-09-29T04:00:00Z", true},
		{"2024-09-29T06:00:00+02:00", "utc", "2024-09-29T06:00:00+02:00", true},
		{"2024-09-29", "utc", "2024-09-29", true},
		{"Sun, 29 Sep 2024 03:59:59 +0000", "", "Sun, 29 Sep 2024 03:59:59 +0000", true},
		{"Sun, 29 Sep 2024 03:59:59 GMT", "", "Sun, 29 Sep 2024 03:59:59 +0000", true},
		{"9/28/2024", "", "9/28/2024", true},
		{"1727582400", "unix", "2024-09-29T04:00:00Z", true},
		{"1727582400000", "unix", "2024-09-29T04:00:00Z", true},
		{"1727582400.5", "unix", "2024-09-29T04:00:00Z", true},
		{"2024-08-21T07:00:00Z--2024-08-27T07:00:00Z", "window", "2024-08-27T07:00:00Z", true},
		{"2024-08-21T07:00:00Z", "window", "2024-08-21T07:00:00Z", true},
		{"2024-08-21T07:00:00Z--", "window", "2024-08-21T07:00:00Z--", false},
		{"soon", "utc", "soon", false},
		{"soon", "unix", "soon", false},
		{"1e300", "unix", "1e300", false},
		{"-5", "unix", "-5", false},
		{"NaN", "unix", "NaN", false},
		{"2024-02-30", "", "2024-02-30", false},
		{"2924-02-20T00:00:00Z", "", "2924-02-20T00:00:00Z", false},
	} {
		got := readMappedDate(value{c.text, "/at"}, c.as)
		if got.canonical != c.want || got.readable != c.readable || got.text != c.text {
			t.Errorf("%q as %q: %q, readable %v, want %q, %v", c.text, c.as, got.canonical, got.readable, c.want, c.readable)
		}
	}
}
