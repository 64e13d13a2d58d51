package evaluate

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/stratify"
)

// Selection is the choice of everybody whose first measurement is above a cut, where the
// measurement is normal with a mean and standard deviation and the reliability is the
// correlation of two measurements of the same people, 0 to 1. Units are the caller's.
type Selection struct {
	Mean, SD, Reliability, Cut float64
}

// Regression is what regression to the mean alone does to the selected.
type Regression struct {
	First  float64 `json:"first"`  // expected first measurement of the selected
	Second float64 `json:"second"` // expected second measurement, with nothing done to anybody
	Fall   float64 `json:"fall"`   // First - Second
}

// Expect computes it: with z = (cut - mean)/sd and l = φ(z)/(1-Φ(z)), First is mean + sd l,
// Second is mean + reliability sd l (Gardner and Heady 1973; Davis 1976). It reports
// [ErrRange] for a standard deviation that is not positive, a reliability outside [0, 1]
// and figures that are not finite.
func (s Selection) Expect() (Regression, error) {
	var errs []error
	for _, f := range []struct {
		name string
		v    float64
		ok   bool
	}{{"mean", s.Mean, true}, {"sd", s.SD, s.SD > 0}, {"reliability", s.Reliability, s.Reliability >= 0 && s.Reliability <= 1}, {"cut", s.Cut, true}} {
		if !f.ok || math.IsNaN(f.v) || math.IsInf(f.v, 0) {
			errs = append(errs, fmt.Errorf("%w: %s %v", ErrRange, f.name, f.v))
		}
	}
	if len(errs) > 0 {
		return Regression{}, errors.Join(errs...)
	}
	l := hazard((s.Cut - s.Mean) / s.SD)
	return Regression{s.Mean + s.SD*l, s.Mean + s.Reliability*s.SD*l, (1 - s.Reliability) * s.SD * l}, nil
}

// hazard is φ(z)/(1-Φ(z)); far out, where the tail loses its digits, by its continued
// fraction z + 1/(z + 2/(z + 3/...)).
func hazard(z float64) float64 {
	if z <= 8 {
		return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / (math.Erfc(z/math.Sqrt2) / 2)
	}
	f := z
	for k := 60.0; k >= 1; k-- {
		f = z + k/f
	}
	return f
}

// Contrast is an untreated comparison: people who were measured twice, and selected in the
// same way or stood next in rank, and to whom nothing was done.
type Contrast struct {
	Before []float64 `json:"before"`
	After  []float64 `json:"after"`
}

// SameSelection picks from an untreated population everybody whose first measurement is
// above the cut. It reports [ErrLength].
func SameSelection(first, second []float64, cut float64) (Contrast, error) {
	var c Contrast
	if len(first) != len(second) {
		return c, fmt.Errorf("%w: %d first, %d second measurements", ErrLength, len(first), len(second))
	}
	for i, x := range first {
		if x > cut {
			c.Before, c.After = append(c.Before, x), append(c.After, second[i])
		}
	}
	return c, nil
}

// NextRanks takes, in a ranking by the first measurement (greatest first, equal ones in
// input order), the next people below the selected ones. They lie nearer to the mean, so
// that their fall is a lower bound. It reports [ErrLength], and [ErrRange] for counts
// below zero.
func NextRanks(first, second []float64, selected, next int) (Contrast, error) {
	var c Contrast
	if len(first) != len(second) {
		return c, fmt.Errorf("%w: %d first, %d second measurements", ErrLength, len(first), len(second))
	}
	if selected < 0 || next < 0 {
		return c, fmt.Errorf("%w: %d selected, %d next", ErrRange, selected, next)
	}
	order := Cohort{Score: first}.order()
	for _, i := range order[min(selected, len(order)):min(selected+next, len(order))] {
		c.Before, c.After = append(c.Before, first[i]), append(c.After, second[i])
	}
	return c, nil
}

// Change is the change of a selected group between two measurements, set against what
// selection alone brings about.
type Change struct {
	People    int              `json:"people"`
	Before    Stat             `json:"before"` // means
	After     Stat             `json:"after"`
	Fall      Stat             `json:"fall"`      // Before - After, as measured
	Untreated Stat             `json:"untreated"` // the fall to expect with nothing done; undefined without a contrast
	Net       Stat             `json:"net"`       // Fall - Untreated
	Issues    []stratify.Issue `json:"issues,omitempty"`
}

// BeforeAfter compares the means of the same selected people before and after. Give at
// least one of the theory and an untreated contrast (the contrast is used when both are
// given): without either the change carries the issue REGRESSION_TO_MEAN and no net fall,
// because people chosen at a peak fall by themselves. It reports [ErrLength], and errors
// of [Selection.Expect].
func BeforeAfter(before, after []float64, theory *Selection, untreated *Contrast) (Change, error) {
	c := Change{People: len(before), Untreated: none(NoContrast), Net: none(NoContrast)}
	if len(before) != len(after) {
		return c, fmt.Errorf("%w: %d before, %d after", ErrLength, len(before), len(after))
	}
	c.Before, c.After = mean(before), mean(after)
	c.Fall = c.Before.minus(c.After)
	switch {
	case untreated != nil && len(untreated.Before) != len(untreated.After):
		return c, fmt.Errorf("%w: untreated: %d before, %d after", ErrLength, len(untreated.Before), len(untreated.After))
	case untreated != nil && len(untreated.Before) > 0:
		c.Untreated = mean(untreated.Before).minus(mean(untreated.After))
	case theory != nil:
		r, err := theory.Expect()
		if err != nil {
			return c, err
		}
		c.Untreated = of(r.Fall)
	default:
		c.Issues = append(c.Issues, stratify.Issue{Code: stratify.RegressionToMean,
			Detail: "a selected group was compared before and after without an untreated one or an expected fall: a fall is to be expected without any effect"})
		return c, nil
	}
	c.Net = c.Fall.minus(c.Untreated)
	return c, nil
}

func mean(x []float64) Stat {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return ratio(sum, float64(len(x)), NoPeople)
}
