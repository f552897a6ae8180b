package screening

import (
	"testing"
	"time"
)

func TestReadStretch(t *testing.T) {
	for raw, want := range map[string][2]string{
		"2024-09-01/2024-10-15":                     {"2024-09-01T04:00:00Z", "2024-10-16T03:59:59Z"},
		"2024-09-01T00:00:00Z/2024-09-02T00:00:00Z": {"2024-09-01T00:00:00Z", "2024-09-02T00:00:00Z"},
		"10/12/2024": {"2024-10-12T04:00:00Z", "2024-12-11T04:59:59Z"}, // no stretch: day and month may be swapped
	} {
		got, err := readInterval(raw, []*time.Location{newYork})
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		for i, unix := range []int64{got.earliest, got.latest} {
			if at := time.Unix(unix, 0).UTC().Format(time.RFC3339); at != want[i] {
				t.Errorf("%s: bound %d is %s, want %s", raw, i, at, want[i])
			}
		}
	}
	for _, raw := range []string{"2024-10-15/2024-09-01", "2024-09-01/soon", "2024-09-01/"} {
		if got, err := readInterval(raw, []*time.Location{newYork}); err == nil {
			t.Errorf("%s was read as %v", raw, got)
		}
	}
}
