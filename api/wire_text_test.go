package api

import (
	"reflect"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/screening"
)

// A verdict written by hand must be what the JSON library writes, whatever its fields hold. The values are drawn by
// reflection, so that a field that is added to a wire type and forgotten in the writer fails here.
func TestAppendVerdictIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var v Verdict
		draw(t, reflect.ValueOf(&v).Elem())
		want, err := json.Marshal(&v, json.Deterministic(true))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(AppendVerdict(nil, &v))); diff != "" {
			t.Fatalf("(-library +writer):\n%s", diff)
		}
		whole := DocumentVerdicts{Verdicts: []Verdict{v, v}, Problems: v.Problems}
		if want, err = json.Marshal(&whole, json.Deterministic(true)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(appendVerdicts(nil, &whole))); diff != "" {
			t.Fatalf("(-library +writer):\n%s", diff)
		}
	})
}

func TestAppendVerdictKeepsWhatWasThere(t *testing.T) {
	if got := string(AppendVerdict([]byte("before "), new(Verdict))); got[:8] != "before {" {
		t.Errorf("got %.20s", got)
	}
}

// draw fills a value of a wire type. Texts hold all that needs an escape; numbers are scores.
func draw(t *rapid.T, v reflect.Value) {
	switch at := v.Addr().Interface().(type) {
	case *time.Time:
		seconds, zone := rapid.Int64Range(0, 4e9).Draw(t, "seconds"), rapid.IntRange(-12, 14).Draw(t, "zone")
		if seconds > 1e9 {
			*at = time.Unix(seconds, rapid.Int64Range(0, 999999999).Draw(t, "nanoseconds")).In(time.FixedZone("", zone*3600))
		}
		return
	case *FactSet:
		for range rapid.IntRange(0, 3).Draw(t, "facts") {
			*at = append(*at, screening.Fact{
				Name: rapid.StringMatching(`[a-z_]{1,12}[0-9]{8}`).Draw(t, "fact"), Value: text(t), Basis: screening.Basis(text(t)), From: text(t),
			})
		}
		return
	case *RuleList:
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			at.ids = append(at.ids, screening.RuleID(text(t)))
		}
		if rapid.Bool().Draw(t, "encoded") {
			*at, _ = NewRuleList(at.ids)
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text(t))
	case reflect.Int:
		v.SetInt(rapid.Int64Range(-1e6, 1e6).Draw(t, "int"))
	case reflect.Float64:
		v.SetFloat(rounded(rapid.Float64Range(0, 1).Draw(t, "score")))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(t, "length")
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			draw(t, v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			draw(t, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "map")))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, v.Field(i))
		}
	default:
		t.Fatalf("a wire type holds a %s, which this test cannot draw", v.Type())
	}
}

func text(t *rapid.T) string {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "<a href='x'>&</a>", "\u2028\u2029", "\x00\x1f\x7f", `"\`, "Касперский"})).Draw(t, "text")
}
