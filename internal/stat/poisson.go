package stat

import "math"

// GammaInc is the regularised lower incomplete gamma function P(a, x), a
// positive, by series or continued fraction, to about 1e-13.
func GammaInc(a, x float64) float64 {
	if x <= 0 {
		return 0
	}
	lg, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - lg)
	if x < a+1 {
		sum, term := 1/a, 1/a
		for n := a + 1; term > sum*1e-17 && n < a+100000; n++ {
			term *= x / n
			sum += term
		}
		return min(front*sum, 1)
	}
	b := x + 1 - a
	c, d := 1e300, 1/b
	h := d
	for i := 1.0; i < 100000; i++ {
		n := -i * (i - a)
		b += 2
		d = 1 / (n*d + b)
		c = b + n/c
		h *= d * c
		if math.Abs(d*c-1) < 1e-16 {
			break
		}
	}
	return max(1-front*h, 0)
}

// ChiSquareQuantile is the p-quantile of the chi-square distribution with df
// degrees of freedom, by bisection.
func ChiSquareQuantile(p, df float64) float64 {
	hi := df + 10
	for GammaInc(df/2, hi/2) < p && hi < 1e12 {
		hi *= 2
	}
	return bisect(func(x float64) float64 { return GammaInc(df/2, x/2) - p }, 0, hi)
}
