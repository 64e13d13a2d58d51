package caremodel

import (
	"errors"
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
// and T1 are needed; C0 and C1 together, or neither. A mean may be below zero (a change, a
// score around zero); proportions and rates are not.
type Evaluation struct {
	T0             *big.Rat   `json:"t0"`
	T1             *big.Rat   `json:"t1"`
	C0             *big.Rat   `json:"c0"`
	C1             *big.Rat   `json:"c1"`
	Comparator     Comparator `json:"comparator"`
	FollowUpMonths int        `json:"follow_up_months"` // 0: not stated
	Components     int        `json:"components"`       // parts of the programme that began at once; 0: not stated
	Fades          bool       `json:"fades"`
	NotSignificant bool       `json:"not_significant"`
	// Selected says that people were chosen because their value was extreme, so that it
	// would have moved back without any effect.
	Selected bool `json:"selected"`
}

// Effect is what the figures say. nil is undefined: there is no comparison, or the base is
// zero or below. Of a base below zero a relative change would have the wrong sign.
type Effect struct {
	Absolute          *big.Rat `json:"absolute"` // T1 - T0
	Relative          *big.Rat `json:"relative"` // of T0
	ControlRelative   *big.Rat `json:"control_relative"`
	Difference        *big.Rat `json:"difference"`          // T1 - C1
	Ratio             *big.Rat `json:"ratio"`               // T1 / C1
	Index             *big.Rat `json:"index"`               // 100 T1 / C1
	DiD               *big.Rat `json:"did"`                 // difference in differences
	NetRelativePoints *big.Rat `json:"net_relative_points"` // difference of the relative changes
	RatioOfRatios     *big.Rat `json:"ratio_of_ratios"`
	Warnings          []string `json:"warnings,omitempty"`
}

// Evaluate computes every effect that the figures allow, exactly, with warnings about
// what they cannot show. Missing figures, a comparator that is none of those listed or that
// comes without figures, and a negative number of months or components are [ErrAnswer], all
// at once. Figures below zero are not: what is a share of one is undefined.
func Evaluate(e Evaluation) (Effect, error) {
	var out Effect
	var errs []error
	if e.T0 == nil || e.T1 == nil || (e.C0 == nil) != (e.C1 == nil) {
		errs = append(errs, fmt.Errorf("%w: a programme before and after, and a comparison before and after or none", ErrAnswer))
	}
	switch e.Comparator {
	case "", NoComparator:
	case Randomised, Matched, AreaCompared, WholeSystem:
		if e.C0 == nil && e.C1 == nil {
			errs = append(errs, fmt.Errorf("%w: compared with %q without figures of it", ErrAnswer, e.Comparator))
		}
	default:
		errs = append(errs, fmt.Errorf("%w: compared with %q", ErrAnswer, e.Comparator))
	}
	if e.FollowUpMonths < 0 || e.Components < 0 {
		errs = append(errs, fmt.Errorf("%w: followed up for %d months, %d components", ErrAnswer, e.FollowUpMonths, e.Components))
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	sub := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
	quo := func(a, b *big.Rat) *big.Rat {
		if b.Sign() <= 0 {
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
	if e.C0 == nil {
		warn("no comparison group: part or all of a change can be regression to the mean")
	} else if e.Comparator == NoComparator || e.Comparator == "" {
		warn("how the comparison group came about is not stated: part or all of a change can be regression to the mean")
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
