// Package stat holds the special functions behind intervals and tests. They
// work in binary floating point; each says how accurate it is.
package stat

import "math"

// NormalCDF is the probability that a standard normal variable is at most x,
// to about 1e-15.
func NormalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// NormalQuantile is the inverse of [NormalCDF], to about 1e-15 relative; minus
// and plus infinity at 0 and 1, NaN outside.
func NormalQuantile(p float64) float64 { return -math.Sqrt2 * math.Erfcinv(2*p) }
