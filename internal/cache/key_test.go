package cache

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/interdict/interdict/screening"
	"github.com/interdict/interdict/screening/products"
)

// subjects draws a party or a line. Texts are short and of few letters, so that those of two draws often meet.
func subjects() *rapid.Generator[screening.SubjectText] {
	return rapid.Custom(func(t *rapid.T) screening.SubjectText {
		var s screening.SubjectText
		if rapid.Bool().Draw(t, "party") {
			s.Party = new(screening.PartyText)
			fill(t, reflect.ValueOf(s.Party).Elem())
		} else {
			fill(t, reflect.ValueOf(&s.Line).Elem())
		}
		return s
	})
}

// fill draws a value for every field there is, also for those that are added one day.
func fill(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.StringOfN(rapid.RuneFrom([]rune("ab\x00\x01ж")), 0, 3, -1).Draw(t, "text"))
	case reflect.Uint8:
		v.SetUint(rapid.Uint64Max(uint64(products.FreeText)).Draw(t, "kind"))
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(t, "length")
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	default:
		t.Fatalf("a subject has a field of a kind that the canonical text does not know: %s", v.Type())
	}
}

// leaves returns every text and number of a subject.
func leaves(v reflect.Value) []reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return leaves(v.Elem())
	case reflect.Slice:
		var out []reflect.Value
		for i := range v.Len() {
			out = append(out, leaves(v.Index(i))...)
		}
		return out
	case reflect.Struct:
		var out []reflect.Value
		for i := range v.NumField() {
			out = append(out, leaves(v.Field(i))...)
		}
		return out
	default:
		return []reflect.Value{v}
	}
}

func TestDigestTellsSubjectsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := subjects().Draw(t, "a"), subjects().Draw(t, "b")
		same := cmp.Equal(a, b, cmpopts.EquateEmpty())
		if got := digestOf(&a) == digestOf(&b); got != same {
			t.Fatalf("equal digests: got %v, want %v", got, same)
		}
	})
}

func TestDigestReadsEveryField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := subjects().Draw(t, "subject")
		before := digestOf(&s)
		all := leaves(reflect.ValueOf(&s))
		if len(all) == 0 {
			return
		}
		leaf := rapid.SampledFrom(all).Draw(t, "leaf")
		if leaf.Kind() == reflect.String {
			leaf.SetString(leaf.String() + "x")
		} else {
			leaf.SetUint(leaf.Uint() + 1)
		}
		if digestOf(&s) == before {
			t.Fatalf("a changed field of type %s does not change the digest", leaf.Type())
		}
	})
}

func TestDigestFixesFieldBoundaries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := subjects().Draw(t, "subject")
		before := digestOf(&s)
		var texts []reflect.Value
		for _, leaf := range leaves(reflect.ValueOf(&s)) {
			if leaf.Kind() == reflect.String {
				texts = append(texts, leaf)
			}
		}
		if len(texts) < 2 {
			return
		}
		i := rapid.IntRange(0, len(texts)-2).Draw(t, "boundary")
		left, right := texts[i], texts[i+1]
		if left.Len() == 0 {
			return
		}
		n := rapid.IntRange(0, left.Len()-1).Draw(t, "cut")
		whole := left.String()
		left.SetString(whole[:n])
		right.SetString(whole[n:] + right.String())
		if digestOf(&s) == before {
			t.Fatal("text moved over a field's boundary without changing the digest")
		}
	})
}

func TestKeyspace(t *testing.T) {
	d := digest{0xab, 31: 0xcd}
	hexed := "ab" + strings.Repeat("00", 30) + "cd"
	for _, tt := range []struct{ name, build, catalogue, want string }{
		{"release", "0.1.0", "sha256:12", "interdict:0.1.0:sha256:12:" + hexed},
		{"build with a colon", "0.1.0:sha256", "12", "interdict:0.1.0%3Asha256:12:" + hexed},
		{"build with a plus", "0.1.0+dirty", "12", "interdict:0.1.0%2Bdirty:12:" + hexed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := newKeyspace(tt.build, tt.catalogue).key(d); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
