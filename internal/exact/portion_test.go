package exact

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestPortion(t *testing.T) {
	for _, c := range []struct {
		num, den, n int64
		mode        Mode
		want        int64
	}{
		{1, 100, 1001, Ceil, 11}, {7, 100, 100, Ceil, 7}, {5, 1000, 100000, Ceil, 500}, {1, 100, 1001, Floor, 10},
		{1, 2, 5, HalfUp, 3}, {1, 2, 5, HalfEven, 2}, {3, 2, 5, HalfEven, 8}, {0, 1, 5, Ceil, 0}, {1, 3, 0, Ceil, 0},
	} {
		if got, ok := Portion(c.num, c.den, c.n, c.mode); !ok || got != c.want {
			t.Errorf("%d/%d of %d, %v: %d %v, want %d", c.num, c.den, c.n, c.mode, got, ok, c.want)
		}
	}
	for _, c := range [][3]int64{{-1, 2, 3}, {1, 0, 3}, {1, 2, -3}, {1 << 62, 1, 4}} {
		if _, ok := Portion(c[0], c[1], c[2], Ceil); ok {
			t.Error("accepted", c)
		}
	}
}

func TestPortionLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num, n := rapid.Int64Range(0, 1<<62).Draw(t, "num"), rapid.Int64Range(0, 1<<62).Draw(t, "n")
		den := rapid.Int64Range(1, 1<<62).Draw(t, "den")
		mode := rapid.SampledFrom([]Mode{HalfUp, HalfEven, Down, Up, Floor, Ceil}).Draw(t, "mode")
		want := QuoInt(new(big.Int).Mul(big.NewInt(num), big.NewInt(n)), big.NewInt(den), mode)
		got, ok := Portion(num, den, n, mode)
		if ok != want.IsInt64() || ok && got != want.Int64() {
			t.Fatalf("%d %v, want %v", got, ok, want)
		}
	})
}
