package products

import (
	"os"
	"strings"
	"testing"
)

// rows reads a tab-separated file of labelled cases; it skips the test where the cases are not at hand.
func rows(tb testing.TB, name string) [][]string {
	tb.Helper()
	data, err := os.ReadFile("../../../shared/cases/" + name)
	if err != nil {
		tb.Skip("no labelled cases at hand: ", err)
	}
	var out [][]string
	for _, row := range strings.Split(strings.TrimRight(string(data), "\n"), "\n")[1:] {
		out = append(out, strings.Split(row, "\t"))
	}
	return out
}

func exempt(class string) bool {
	return class == ThreatIntelligence || class == Training || class == Advisory
}

func checkSKUs(t *testing.T, s *Spotter) {
	covered, found, certain := 0, 0, 0
	for _, row := range rows(t, "skus-dev.tsv") {
		sku, description, vendor, label := row[0], row[1], row[2], row[4]
		got := s.Assess(line(sku, vendor, "", description))
		switch label {
		case "covered":
			covered++
			hit, sure := false, false
			for _, m := range got.Matches {
				hit = hit || !exempt(m.Class) && !m.Mention && m.Certainty != Possible && m.Class != Unnamed
				sure = sure || !exempt(m.Class) && !m.Mention && m.Certainty == Certain && m.Class != Unnamed
			}
			if hit {
				found++
			}
			if sure {
				certain++
			}
			if !sure {
				t.Logf("covered, not certain: %q %q %q: %s", sku, description, vendor, brief(got))
			}
		case "exempt":
			for _, m := range got.Matches {
				if !exempt(m.Class) {
					t.Errorf("exempt: %q %q: %s", sku, description, brief(got))
				}
			}
			if len(got.Matches) == 0 {
				t.Errorf("exempt, not found: %q", description)
			}
		default:
			if len(got.Matches) == 0 || got.Matches[0].Class != Support {
				t.Errorf("unclear: %q: got %s, want support", description, brief(got))
			}
		}
	}
	t.Logf("covered: %d of %d found, %d certain", found, covered, certain)
	if float64(found) < 0.99*float64(covered) {
		t.Errorf("recall %d of %d, want 0.99", found, covered)
	}
}

func checkNearMisses(t *testing.T, s *Spotter) {
	flagged := 0
	for _, row := range rows(t, "near-misses-dev.tsv") {
		var l Line
		switch row[1] {
		case "sku":
			l = line(row[0], "", "", "")
		case "vendor":
			l = line("", row[0], "", "")
		default:
			l = line("", "", "", row[0])
		}
		got := s.Assess(l)
		if len(got.Matches) > 0 {
			flagged++
			t.Logf("flagged: %q: %s", row[0], brief(got))
		}
		for _, m := range got.Matches {
			if m.Certainty == Certain && m.Class != Unnamed {
				t.Errorf("certain: %q: %s", row[0], brief(got))
			}
		}
	}
	t.Logf("near misses flagged: %d", flagged)
}

func checkDescriptions(t *testing.T, s *Spotter) {
	for _, row := range rows(t, "names-dev.tsv") {
		if row[1] != "description" {
			continue
		}
		got := s.Assess(line("", "", "", row[0]))
		mention := len(got.Matches) > 0 && got.Matches[0].Mention
		switch {
		case row[2] == "match" && (len(got.Matches) == 0 || mention || got.Matches[0].Certainty != Certain):
			t.Errorf("match: %q: %s", row[0], brief(got))
		case row[2] == "no-match" && len(got.Matches) > 0:
			t.Errorf("no match: %q: %s", row[0], brief(got))
		case row[4] == "mention" && !mention:
			t.Errorf("mention: %q: %s", row[0], brief(got))
		}
	}
}

func checkOrderLines(t *testing.T, s *Spotter) {
	for _, row := range rows(t, "orders-dev/labels.tsv") {
		if row[3] == "*" {
			continue
		}
		got := s.Assess(line(row[4], "", "", row[5]))
		if row[9] == "not a Kaspersky product" {
			if len(got.Matches) > 0 {
				t.Errorf("flagged: %q %q: %s", row[4], row[5], brief(got))
			}
			continue
		}
		t.Logf("%-10s %q %q: %s", row[6], row[4], row[5], brief(got))
	}
}

func TestLabelledCasesPlain(t *testing.T) {
	s := plain(t)
	t.Run("skus", func(t *testing.T) { checkSKUs(t, s) })
	t.Run("near misses", func(t *testing.T) { checkNearMisses(t, s) })
	t.Run("descriptions", func(t *testing.T) { checkDescriptions(t, s) })
	t.Run("order lines", func(t *testing.T) { checkOrderLines(t, s) })
}
