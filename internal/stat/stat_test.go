package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.Abs(got-want) > tol {
		t.Errorf("%s: %.15g, want %.15g", what, got, want)
	}
}

// Values of standard tables, to the places printed there.
func TestKnownValues(t *testing.T) {
	near(t, "z 95", NormalQuantile(0.975), 1.959963984540054, 1e-14)
	near(t, "z 99.8", NormalQuantile(0.999), 3.090232306167814, 1e-13)
	near(t, "chi2 95, 1", ChiSquareQuantile(0.95, 1), 3.841458820694124, 1e-11)
	near(t, "chi2 2.5, 20", ChiSquareQuantile(0.025, 20), 9.590777392264867, 1e-10)
	near(t, "chi2 97.5, 22", ChiSquareQuantile(0.975, 22), 36.78071208403555, 1e-10)
	near(t, "binomial", BinomialCDF(3, 10, 0.5), 176.0/1024, 1e-13)
	near(t, "beta", BetaInc(2, 3, 0.4), 0.5248, 1e-13)
	near(t, "beta quantile", BetaQuantile(0.5248, 2, 3), 0.4, 1e-12)
	near(t, "edges", BinomialCDF(-1, 5, 0.5)+BinomialCDF(5, 5, 0.5), 1, 0)
}

func TestQuantileLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0.5, 500).Draw(t, "a"), rapid.Float64Range(0.5, 500).Draw(t, "b")
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		if got := BetaInc(a, b, BetaQuantile(p, a, b)); math.Abs(got-p) > 1e-9 {
			t.Fatalf("beta(%g, %g): %g, want %g", a, b, got, p)
		}
		if got := GammaInc(a, ChiSquareQuantile(p, 2*a)/2); math.Abs(got-p) > 1e-9 {
			t.Fatalf("gamma(%g): %g, want %g", a, got, p)
		}
		if got := NormalCDF(NormalQuantile(p)); math.Abs(got-p) > 1e-13 {
			t.Fatalf("normal: %g, want %g", got, p)
		}
	})
}
