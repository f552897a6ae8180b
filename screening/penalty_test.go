package screening

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestTwice(t *testing.T) {
	for _, tt := range []struct{ quantity, price, want string }{
		{"250", "21.50", "10750.00"},
		{"1", "0.01", "0.02"},
		{"-2", "10.00", "40.00"},
		{"1.5", "10", "30.00"},
		{"3", "1.005", "6.03"},
		{"1", "", ""},
		{"many", "10.00", ""},
	} {
		if got := twice(Line{Quantity: tt.quantity, UnitPrice: tt.price}); got != tt.want {
			t.Errorf("twice %s x %s: got %q, want %q", tt.quantity, tt.price, got, tt.want)
		}
	}
}

// Plain integers and exact fractions agree.
func TestTwiceSmallIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := Line{
			Quantity:  fmt.Sprint(rapid.IntRange(0, 9_999_999).Draw(t, "quantity")),
			UnitPrice: fmt.Sprintf("%d.%02d", rapid.IntRange(0, 9_999_999).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "cents")),
		}
		small, ok := twiceSmall(line.Quantity, line.UnitPrice)
		if !ok {
			t.Fatalf("%+v was refused", line)
		}
		// Two lines of which one is worth nothing take the other way.
		if exact := twice(line, Line{Quantity: "0", UnitPrice: "0"}); small != exact {
			t.Fatalf("%+v: got %s, want %s", line, small, exact)
		}
	})
}
