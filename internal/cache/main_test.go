package cache

import (
	"context"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"

	"github.com/interdict/interdict/internal/testenv"
	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/products"
)

// trustedPair names the pair whose certificate this process trusts, by the variable that operators use for a private
// authority. Go reads it once, so it is set before any test.
const trustedPair = "CACHE_TEST_PAIR"

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "cache-test-")
	if err != nil {
		log.Fatal(err)
	}
	pair, err := testenv.NewKeyPair(dir)
	if err != nil {
		log.Fatal(err)
	}
	for name, value := range map[string]string{"SSL_CERT_FILE": pair.CertFile, trustedPair: dir} {
		if err := os.Setenv(name, value); err != nil {
			log.Fatal(err)
		}
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(dir)
		os.Exit(code)
	}))
}

// fake is an assessor whose answers tell every text they were made from. Lines that speak of nothing are clear.
type fake struct {
	subjects atomic.Int64                    // assessed so far
	before   func(ctx context.Context) error // of each call; nil for nothing
}

func (f *fake) Assess(ctx context.Context, subjects []screening.SubjectText) ([]screening.Assessment, error) {
	if f.before != nil {
		if err := f.before(ctx); err != nil {
			return nil, err
		}
	}
	f.subjects.Add(int64(len(subjects)))
	out := make([]screening.Assessment, len(subjects))
	for i, s := range subjects {
		out[i] = imagine(s)
	}
	return out, nil
}

func imagine(s screening.SubjectText) screening.Assessment {
	if s.Party != nil {
		return screening.Assessment{FormCountry: s.Party.Country, Matches: []screening.Assessed{{
			Target:   screening.Target{Kind: screening.EntityTarget, ID: s.Party.Name, Name: strings.Join(s.Party.Aliases, "|")},
			Evidence: []screening.Evidence{{Pointer: "/name", Text: s.Party.Name, Detail: map[string]string{"address": s.Party.Address}}},
		}}}
	}
	var a screening.Assessment
	for _, f := range s.Line {
		if strings.Contains(f.Text, "clear") {
			continue
		}
		a.Matches = append(a.Matches, screening.Assessed{
			Target: screening.Target{Kind: screening.ProductTarget, ID: f.Text, Class: screening.Software},
			Score:  1 / float64(1+len(f.Text)), Certainty: screening.Certain,
			Evidence: []screening.Evidence{{Pointer: screening.Pointer(f.Pointer), End: len(f.Text), Text: f.Text, Method: "brand"}},
		})
	}
	a.Unreadable = len(s.Line) == 0
	return a
}

func line(texts ...string) screening.SubjectText {
	var s screening.SubjectText
	for i, text := range texts {
		s.Line = append(s.Line, products.Field{Kind: products.FreeText, Pointer: fmt.Sprintf("/texts/%d", i), Text: text})
	}
	return s
}

func lines(from, to int) []screening.SubjectText {
	var out []screening.SubjectText
	for i := from; i < to; i++ {
		out = append(out, line(fmt.Sprintf("article %d", i)))
	}
	return out
}

const testDigest = "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"

// patient has limits that a loaded machine does not reach, for tests that want hits.
func patient() limits {
	l := defaultLimits()
	l.read, l.connect, l.probe = 20*time.Second, 20*time.Second, 20*time.Millisecond
	return l
}

func newCache(t testing.TB, cfg Config, next screening.Assessor, l limits) *Cache {
	t.Helper()
	if cfg.Build == "" {
		cfg.Build = "test"
	}
	if cfg.CatalogueDigest == "" {
		cfg.CatalogueDigest = testDigest
	}
	if cfg.TTL == 0 {
		cfg.TTL = time.Hour
	}
	c, err := open(t.Context(), cfg, next, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return c
}

// assess checks that the answers are those of the plain assessor and returns their provenances.
func assess(t testing.TB, c *Cache, subjects []screening.SubjectText) []screening.Provenance {
	t.Helper()
	got, err := c.Assess(t.Context(), subjects)
	if err != nil {
		t.Fatal(err)
	}
	if diff := difference(got, subjects); diff != "" {
		t.Fatalf("answers differ from the assessor's (-want +got):\n%s", diff)
	}
	from := make([]screening.Provenance, len(got))
	for i := range got {
		from[i] = got[i].Provenance
	}
	return from
}

func difference(got []screening.Assessment, subjects []screening.SubjectText) string {
	want := make([]screening.Assessment, len(subjects))
	for i, s := range subjects {
		want[i] = imagine(s)
	}
	return cmp.Diff(want, got, sameAssessment()...)
}

func sameAssessment() []cmp.Option {
	return []cmp.Option{
		cmpopts.IgnoreFields(screening.Assessment{}, "Provenance"),
		cmp.Comparer(func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }),
	}
}

func all(p screening.Provenance, n int) []screening.Provenance {
	return slices.Repeat([]screening.Provenance{p}, n)
}

// await polls until the condition holds.
func await(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for !holds() {
		select {
		case <-deadline:
			t.Fatalf("waited half a minute for %s", what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}
