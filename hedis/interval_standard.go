package hedis

import (
	"fmt"
	"math"
	"math/big"

	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
)

// StandardStratum is one stratum of a standardised rate: its counts and the
// size of the standard population in it.
type StandardStratum struct {
	Name   string
	Rate   registry.Rate
	Weight int64 // people of the standard population; 0 or more
}

// Standardised is a directly standardised rate: exact value, and an interval.
type Standardised struct {
	Rate     *big.Rat // a share: 9/40 is 22.5 %
	Interval Interval
}

// StandardInterval says how the interval of a standardised rate is made.
type StandardInterval uint8

// Intervals: by the normal distribution with the binomial variance of each
// stratum; or for counts after Dobson and others (Statistics in Medicine
// 1991;10:457-462), which holds for few events.
const (
	NormalInterval StandardInterval = iota
	DobsonInterval
)

// DirectlyStandardise weights the strata's rates with a standard population:
// sum of w x/n over sum of w, exact. A stratum without a denominator but with a
// weight makes the rate undefined; the error names it. Weights must be
// non-negative and not all zero. Strata may be ratios above 1 under
// DobsonInterval only.
func DirectlyStandardise(strata []StandardStratum, method StandardInterval, level float64) (Standardised, error) {
	alpha, z, err := levelOf(level)
	if err != nil {
		return Standardised{}, err
	}
	sum, weights := new(big.Rat), new(big.Int)
	variance, events, poisson := 0.0, int64(0), 0.0
	for _, s := range strata {
		if s.Weight < 0 {
			return Standardised{}, fmt.Errorf("%w: stratum %q: weight %d", ErrInput, s.Name, s.Weight)
		}
		if s.Rate.Num < 0 || s.Rate.Den < 0 || method == NormalInterval && s.Rate.Num > s.Rate.Den {
			return Standardised{}, fmt.Errorf("%w: stratum %q: %d of %d", ErrInput, s.Name, s.Rate.Num, s.Rate.Den)
		}
		if s.Weight == 0 {
			continue
		}
		if s.Rate.Den == 0 {
			return Standardised{}, fmt.Errorf("%w: stratum %q has a weight but no denominator", ErrUndefined, s.Name)
		}
		r := big.NewRat(s.Rate.Num, s.Rate.Den)
		sum.Add(sum, r.Mul(r, new(big.Rat).SetInt64(s.Weight)))
		weights.Add(weights, big.NewInt(s.Weight))
		w, n, x := float64(s.Weight), float64(s.Rate.Den), float64(s.Rate.Num)
		variance += w * w * x / n * (1 - x/n) / n
		poisson += w * w * x / (n * n)
		events += s.Rate.Num
	}
	if weights.Sign() == 0 {
		return Standardised{}, fmt.Errorf("%w: the weights are all zero", ErrInput)
	}
	rate := sum.Quo(sum, new(big.Rat).SetInt(weights))
	p, _ := rate.Float64()
	total, _ := new(big.Float).SetInt(weights).Float64()
	out := Standardised{Rate: rate}
	if method == DobsonInterval {
		x := float64(events)
		hi := stat.ChiSquareQuantile(1-alpha/2, 2*x+2) / 2
		if events == 0 {
			// no variance to scale by: the rule of the crude count over the weighted size
			out.Interval = Interval{0, hi * largest(strata) / total}
			return out, nil
		}
		lo := stat.ChiSquareQuantile(alpha/2, 2*x) / 2
		scale := math.Sqrt(poisson/x) / total
		out.Interval = Interval{max(0, p+scale*(lo-x)), p + scale*(hi-x)}
		return out, nil
	}
	half := z * math.Sqrt(variance) / total
	out.Interval = Interval{max(0, p-half), min(1, p+half)}
	return out, nil
}

// largest is the greatest weight per member, for an upper limit without events.
func largest(strata []StandardStratum) (m float64) {
	for _, s := range strata {
		if s.Weight > 0 {
			m = max(m, float64(s.Weight)/float64(s.Rate.Den))
		}
	}
	return m
}

// ReferenceStratum is one stratum of an indirectly standardised comparison:
// the people at risk and the reference rate there.
type ReferenceStratum struct {
	Name      string
	People    int64
	Reference registry.Rate
}

// IndirectlyStandardise compares observed events with those expected at the
// reference rates: the exact expected number and observed / expected. A
// reference rate without a denominator, or nothing expected, is undefined.
func IndirectlyStandardise(observed int64, strata []ReferenceStratum) (expected, ratio *big.Rat, err error) {
	expected = new(big.Rat)
	if observed < 0 {
		return nil, nil, fmt.Errorf("%w: %d observed", ErrInput, observed)
	}
	for _, s := range strata {
		if s.People < 0 || s.Reference.Num < 0 || s.Reference.Den < 0 {
			return nil, nil, fmt.Errorf("%w: stratum %q: %d people, reference %d of %d", ErrInput, s.Name, s.People, s.Reference.Num, s.Reference.Den)
		}
		if s.People == 0 {
			continue
		}
		if s.Reference.Den == 0 {
			return nil, nil, fmt.Errorf("%w: stratum %q has no reference rate", ErrUndefined, s.Name)
		}
		r := big.NewRat(s.Reference.Num, s.Reference.Den)
		expected.Add(expected, r.Mul(r, new(big.Rat).SetInt64(s.People)))
	}
	if expected.Sign() == 0 {
		return nil, nil, fmt.Errorf("%w: nothing expected", ErrUndefined)
	}
	return expected, new(big.Rat).Quo(new(big.Rat).SetInt64(observed), expected), nil
}
