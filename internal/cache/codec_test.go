package cache

import (
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/screening"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const testSpace = keyspace("interdict:test:" + testDigest + ":")

// assessments draws values for every field there is, also for those that are added one day.
func assessments() *rapid.Generator[screening.Assessment] { return rapid.Make[screening.Assessment]() }

func TestCodecRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := assessments().Draw(t, "assessment")
		d := digest{1, 2, 3}
		value := encode(testSpace, d, &want)
		got, err := decode(testSpace, d, string(value))
		if err != nil {
			t.Fatal(err)
		}
		want.Provenance = screening.Computed
		if diff := cmp.Diff(&want, got, sameAssessment()...); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if again := encode(testSpace, d, got); string(again) != string(value) {
			t.Fatal("the same assessment was written in two ways")
		}
		free, err := detached(&want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, free, sameAssessment()...); diff != "" {
			t.Fatalf("detached (-want +got):\n%s", diff)
		}
	})
}

// TestCodecTrustsNothingElse changes, cuts and extends values, and offers them under other keys.
func TestCodecTrustsNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := assessments().Draw(t, "assessment")
		d := digest{7}
		value := encode(testSpace, d, &a)
		space := testSpace
		switch rapid.SampledFrom([]string{"bit", "cut", "longer", "subject", "keyspace"}).Draw(t, "harm") {
		case "bit":
			value[rapid.IntRange(0, len(value)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case "cut":
			value = value[:rapid.IntRange(0, len(value)-1).Draw(t, "length")]
		case "longer":
			value = append(value, rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "more")...)
		case "subject":
			d = digest{8}
		case "keyspace":
			space = newKeyspace("test", "sha256:other")
		}
		if got, err := decode(space, d, string(value)); !errors.Is(err, errUntrusted) {
			t.Fatalf("got %+v, %v, want errUntrusted", got, err)
		}
	})
}

// exemplar has a value in every field.
func exemplar() screening.Assessment {
	evidence := screening.Evidence{
		Pointer: "/description", Source: "/Order/Line[1]", Start: 3, End: 12, Text: "Kаspersky", Method: "brand",
		Detail: map[string]string{"folded": "а", "alias": "Kaspersky"},
	}
	match := screening.Assessed{
		Target: screening.Target{Kind: screening.ProductTarget, ID: "endpoint-security", Name: "Endpoint Security", Class: screening.Software},
		Group:  "kaspersky", Kind: screening.Organisation, Standing: screening.Listed, Family: "endpoint", Score: 0.96875, Threshold: 0.75,
		Certainty: screening.Likely, Doubt: "one homoglyph", Mention: true, Cue: "migrate from", Disguise: "\"Kаsp\" has letters of another alphabet",
		Evidence: []screening.Evidence{evidence}, Verified: screening.Primary,
	}
	return screening.Assessment{
		Matches: []screening.Assessed{match, {}}, NearMisses: []screening.Assessed{}, Renewal: &evidence,
		Soft:       &screening.Softener{Activity: screening.Trial, Evidence: screening.Evidence{Text: "trial"}},
		Unreadable: true, Damaged: true, Marred: true, FormCountry: "GB", FormAbroad: true,
	}
}

// TestCodecGolden holds the form of values: a change needs another valueVersion, since instances of two releases of one
// build name may share a Redis.
func TestCodecGolden(t *testing.T) {
	a := exemplar()
	for name, a := range map[string]*screening.Assessment{"clear": {}, "full": &a} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", name+".hex")
			got := hex.Dump(encode(testSpace, digest{0xfe}, a))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the form of values has changed (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzDecode holds that bytes from anywhere are the very value of the key asked for, or refused.
func FuzzDecode(f *testing.F) {
	full := exemplar()
	f.Add(encode(testSpace, digest{1}, &full))
	f.Add(encode(testSpace, digest{2}, &full))
	f.Add(encode("interdict:other:", digest{1}, &full))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, value []byte) {
		d := digest{1}
		a, err := decode(testSpace, d, string(value))
		if err == nil && string(encode(testSpace, d, a)) != string(value) {
			t.Error("took a value that encode does not make")
		}
	})
}

// FuzzDecodeAssessment passes the checksum by, which the fuzzer would not.
func FuzzDecodeAssessment(f *testing.F) {
	for _, a := range []screening.Assessment{{}, exemplar()} {
		f.Add(encode(testSpace, digest{1}, &a)[headerSize:])
	}
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := decodeAssessment(string(body))
		if err != nil {
			return
		}
		again, err := detached(a)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, again, sameAssessment()...); diff != "" {
			t.Errorf("read again (-want +got):\n%s", diff)
		}
	})
}
