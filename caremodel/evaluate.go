package caremodel

import (
	"fmt"
	"math/big"
)

// Comparator says what a programme is compared with.
type Comparator string

// Comparators.
const (
	NoComparator Comparator = "none"
	Randomised   Comparator = "randomised"
	Matched      Comparator = "matched"
	AreaCompared Comparator = "area"
	WholeSystem  Comparator = "whole system"
)

// Evaluation is a programme's outcome before and after, beside a comparison group. T0
// and T1 are needed; C0 and C1 together, or neither.
type Evaluation struct {
	T0, T1, C0, C1 *big.Rat
	Comparator     Comparator
	FollowUpMonths int // 0: not stated
	Components     int // parts of the programme that began at once; 0: not stated
	Fades          bool
	NotSignificant bool
	// Selected says that people were chosen because their value was extreme, so that it
	// would have moved back without any effect.
	Selected bool
}

// Effect is what the figures say. nil is undefined.
type Effect struct {
	Absolute          *big.Rat // T1 - T0
	Relative          *big.Rat // of T0
	ControlRelative   *big.Rat
	Difference        *big.Rat // T1 - C1
	Ratio             *big.Rat // T1 / C1
	Index             *big.Rat // 100 T1 / C1
	DiD               *big.Rat // difference in differences
	NetRelativePoints *big.Rat // difference of the relative changes
	RatioOfRatios     *big.Rat
	Warnings          []string
}

// Evaluate computes every effect that the figures allow, exactly, with warnings about
// what they cannot show.
func Evaluate(e Evaluation) (Effect, error) {
	var out Effect
	if e.T0 == nil || e.T1 == nil || (e.C0 == nil) != (e.C1 == nil) {
		return out, fmt.Errorf("%w: a programme before and after, and a comparison before and after or none", ErrAnswer)
	}
	sub := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
	quo := func(a, b *big.Rat) *big.Rat {
		if b.Sign() == 0 {
			return nil
		}
		return new(big.Rat).Quo(a, b)
	}
	out.Absolute = sub(e.T1, e.T0)
	out.Relative = quo(out.Absolute, e.T0)
	if e.C0 != nil {
		change := sub(e.C1, e.C0)
		out.ControlRelative = quo(change, e.C0)
		out.Difference = sub(e.T1, e.C1)
		out.Ratio = quo(e.T1, e.C1)
		if out.Ratio != nil {
			out.Index = new(big.Rat).Mul(out.Ratio, big.NewRat(100, 1))
		}
		out.DiD = sub(out.Absolute, change)
		if out.Relative != nil && out.ControlRelative != nil {
			out.NetRelativePoints = new(big.Rat).Mul(sub(out.Relative, out.ControlRelative), big.NewRat(100, 1))
			one := big.NewRat(1, 1)
			out.RatioOfRatios = quo(new(big.Rat).Add(one, out.Relative), new(big.Rat).Add(one, out.ControlRelative))
		}
	}
	warn := func(w string) { out.Warnings = append(out.Warnings, w) }
	if e.C0 == nil || e.Comparator == NoComparator || e.Comparator == "" {
		warn("no comparison group: part or all of a change can be regression to the mean")
	} else if e.Selected && e.Comparator != Randomised {
		warn("people were chosen for extreme values: compare the fall with regression to the mean")
	}
	if e.Comparator == WholeSystem {
		warn("the comparison is the whole system, not people like these")
	}
	if e.Components > 1 {
		warn("several components began at once: none can be singled out")
	}
	if e.FollowUpMonths > 0 && e.FollowUpMonths < 12 {
		warn("followed up for less than a year")
	}
	if e.Fades {
		warn("the effect fades")
	}
	if e.NotSignificant {
		warn("not significant in the source")
	}
	return out, nil
}
