package stat

import "math"

// BetaInc is the regularised incomplete beta function I_x(a, b), a and b
// positive, by its continued fraction (Lentz), to about 1e-13.
func BetaInc(a, b, x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - BetaInc(b, a, 1-x)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	const tiny = 1e-300
	floor := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/floor(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m < 10000; m++ {
		n := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / floor(1+n*d)
		c = floor(1 + n/c)
		h *= d * c
		n = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / floor(1+n*d)
		c = floor(1 + n/c)
		h *= d * c
		if math.Abs(d*c-1) < 1e-16 {
			break
		}
	}
	return front * h
}

// BetaQuantile is the x at which [BetaInc] is p, by bisection to the last bit
// that it resolves.
func BetaQuantile(p, a, b float64) float64 {
	return bisect(func(x float64) float64 { return BetaInc(a, b, x) - p }, 0, 1)
}

// BinomialCDF is the probability of at most k successes among n with chance p.
func BinomialCDF(k, n int64, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return 1 - BetaInc(float64(k+1), float64(n-k), p)
}

// bisect finds the zero of an increasing function between lo and hi.
func bisect(f func(float64) float64, lo, hi float64) float64 {
	for range 200 {
		mid := lo + (hi-lo)/2
		if mid == lo || mid == hi {
			break
		}
		if f(mid) < 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo + (hi-lo)/2
}
