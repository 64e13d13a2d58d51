package exact

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestModes(t *testing.T) {
	for _, c := range []struct {
		in   string
		mode Mode
		want string
	}{
		{"2.5", HalfUp, "3"}, {"-2.5", HalfUp, "-3"}, {"2.5", HalfEven, "2"}, {"3.5", HalfEven, "4"}, {"-2.5", HalfEven, "-2"},
		{"2.9", Down, "2"}, {"-2.9", Down, "-2"}, {"2.1", Up, "3"}, {"-2.1", Up, "-3"},
		{"-2.1", Floor, "-3"}, {"2.9", Floor, "2"}, {"-2.9", Ceil, "-2"}, {"2.1", Ceil, "3"},
	} {
		if got := Round(decimal.RequireFromString(c.in), 0, c.mode).String(); got != c.want {
			t.Errorf("%s %v: %s, want %s", c.in, c.mode, got, c.want)
		}
	}
	if got := Quo(decimal.NewFromInt(2), decimal.NewFromInt(3), 4, HalfUp).String(); got != "0.6667" {
		t.Error(got)
	}
	if got := Quo(decimal.NewFromInt(1250), decimal.NewFromInt(1), -2, HalfEven).String(); got != "1200" {
		t.Error(got)
	}
}

// A quotient lies within one unit of the last place, within half a unit for
// the half modes.
func TestQuoIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := decimal.New(rapid.Int64Range(-1e12, 1e12).Draw(t, "n"), -int32(rapid.IntRange(0, 6).Draw(t, "ne")))
		d := decimal.New(rapid.Int64Range(1, 1e9).Draw(t, "d"), -int32(rapid.IntRange(0, 6).Draw(t, "de")))
		p := int32(rapid.IntRange(0, 8).Draw(t, "p"))
		m := Mode(rapid.IntRange(0, 5).Draw(t, "m"))
		q := Quo(n, d, p, m)
		err := q.Mul(d).Sub(n).Abs()
		unit := d.Shift(-p)
		if m == HalfUp || m == HalfEven {
			if err.Add(err).GreaterThan(unit) {
				t.Fatalf("%v/%v=%v", n, d, q)
			}
		} else if !err.LessThan(unit) {
			t.Fatalf("%v/%v=%v", n, d, q)
		}
	})
}
