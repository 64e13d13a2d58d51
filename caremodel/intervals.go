package caremodel

import (
	"errors"
	"fmt"
	"math"
	"math/big"
)

// MeasureScale says what the four figures of an evaluation are, and so how sure they are.
type MeasureScale uint8

// Scales.
const (
	Means       MeasureScale = iota // with standard errors
	Proportions                     // of N people
	CountRates                      // with N events behind each
)

// Uncertainty is what intervals are computed from, in the order T0, T1, C0, C1; leave the
// comparison 0 when there is none.
type Uncertainty struct {
	Scale MeasureScale `json:"scale"`
	SE    [4]float64   `json:"se"` // Means
	N     [4]int64     `json:"n"`  // Proportions: people; CountRates: events
	Z     float64      `json:"z"`  // 0: 1.959963984540054, for 95 %
}

// Bounds is an interval around an estimate.
type Bounds struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// EffectBounds are the intervals that the figures allow; nil where they do not, with the
// reason in Notes. Estimates, float64.
type EffectBounds struct {
	Absolute      *Bounds  `json:"absolute"`
	Difference    *Bounds  `json:"difference"`
	DiD           *Bounds  `json:"did"` // means and proportions
	RelativeRatio *Bounds  `json:"relative_ratio"`
	Ratio         *Bounds  `json:"ratio"`
	RatioOfRatios *Bounds  `json:"ratio_of_ratios"` // rates with counts; RelativeRatio is T1 / T0
	Notes         []string `json:"notes,omitempty"`
}

// Intervals puts bounds around the effects of an evaluation. Means: squared standard
// errors add up. Proportions: p(1-p)/n add up, samples being independent. Rates with
// counts: the logarithm of a ratio has the variance of the sum of 1/count. Fewer than 5
// events behind a figure give no interval. Faults are [ErrAnswer] or [ErrPolicy], all at once.
func (e Evaluation) Intervals(u Uncertainty) (EffectBounds, error) {
	var out EffectBounds
	f, err := Evaluate(e)
	errs := []error{err}
	z := u.Z
	if z == 0 {
		z = 1.959963984540054
	}
	if !(z > 0) || math.IsInf(z, 0) {
		errs = append(errs, fmt.Errorf("%w: z is %g", ErrPolicy, u.Z))
	}
	figures := [4]*big.Rat{e.T0, e.T1, e.C0, e.C1}
	names := [4]string{"T0", "T1", "C0", "C1"}
	var variance [4]float64 // of the figure, or of its logarithm
	var few [4]bool
	for i, x := range figures {
		if x == nil {
			continue
		}
		v, _ := x.Float64()
		switch {
		case u.Scale == Means && u.SE[i] > 0 && !math.IsInf(u.SE[i], 0):
			variance[i] = u.SE[i] * u.SE[i]
		case u.Scale == Proportions && u.N[i] > 0 && v >= 0 && v <= 1:
			variance[i] = v * (1 - v) / float64(u.N[i])
			few[i] = v*float64(u.N[i]) < 4.999999 // counts are whole: 5 may come as 4.9999999
		case u.Scale == CountRates && u.N[i] >= 0 && v >= 0:
			few[i] = u.N[i] < 5
			if u.N[i] > 0 {
				variance[i] = 1 / float64(u.N[i])
			}
		default:
			errs = append(errs, fmt.Errorf("%w: %s is %g with n %d, standard error %g", ErrAnswer, names[i], v, u.N[i], u.SE[i]))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	half := func(what string, est *big.Rat, is ...int) (mid, h float64, ok bool) {
		if est == nil {
			return 0, 0, false
		}
		for _, i := range is {
			if few[i] {
				out.Notes = append(out.Notes, fmt.Sprintf("no interval for %s: fewer than 5 events behind %s", what, names[i]))
				return 0, 0, false
			}
			h += variance[i]
		}
		mid, _ = est.Float64()
		return mid, z * math.Sqrt(h), true
	}
	add := func(what string, est *big.Rat, is ...int) *Bounds {
		mid, h, ok := half(what, est, is...)
		if !ok {
			return nil
		}
		return &Bounds{mid - h, mid + h}
	}
	times := func(what string, est *big.Rat, is ...int) *Bounds {
		mid, h, ok := half(what, est, is...)
		if !ok {
			return nil
		}
		return &Bounds{mid * math.Exp(-h), mid * math.Exp(h)}
	}
	if u.Scale == CountRates {
		if f.Relative != nil {
			out.RelativeRatio = times("the change", new(big.Rat).Add(f.Relative, big.NewRat(1, 1)), 0, 1)
		}
		out.Ratio = times("the ratio", f.Ratio, 1, 3)
		out.RatioOfRatios = times("the ratio of ratios", f.RatioOfRatios, 0, 1, 2, 3)
		return out, nil
	}
	out.Absolute = add("the change", f.Absolute, 0, 1)
	out.Difference = add("the difference", f.Difference, 1, 3)
	out.DiD = add("the difference in differences", f.DiD, 0, 1, 2, 3)
	return out, nil
}
