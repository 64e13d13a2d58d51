package groups

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

// MassHealthAchievement scores a measure of the Massachusetts Medicaid programme for
// accountable care: 10(p - threshold)/(goal - threshold), from 0 to 10.
func MassHealthAchievement(p, threshold, goal incentives.Exact) (incentives.Exact, error) {
	if goal.Cmp(threshold) == 0 {
		return incentives.Exact{}, fmt.Errorf("%w: goal and threshold are both %s", incentives.ErrZeroWidth, goal)
	}
	ten := incentives.Int(10)
	return ten.Mul(p.Sub(threshold)).Quo(goal.Sub(threshold)).Clamp(incentives.Exact{}, ten), nil
}

var tenth = incentives.Rounding{Mode: incentives.HalfUp, Places: 1}

// MassHealthImprovementTarget is a fifth of the way from threshold to goal, to one
// decimal place half up.
func MassHealthImprovementTarget(threshold, goal incentives.Exact) incentives.Exact {
	return goal.Sub(threshold).Quo(incentives.Int(5)).Round(tenth)
}

// MassHealthImprovement gives 5 points when the improvement, rounded to one place half
// up after subtraction, reaches the target.
func MassHealthImprovement(current, prior, target incentives.Exact) (rounded, points incentives.Exact) {
	rounded = current.Sub(prior).Round(tenth)
	if rounded.Cmp(target) >= 0 {
		points = incentives.Int(5)
	}
	return rounded, points
}

// MassHealthDomain is min(1, (achievement + improvement)/(10 n)): improvement is not in
// the denominator, and measures that are not scored are left out by the caller.
func MassHealthDomain(achievement, improvement []incentives.Exact) (incentives.Exact, error) {
	if len(achievement) == 0 {
		return incentives.Exact{}, fmt.Errorf("%w: no measures", incentives.ErrDivision)
	}
	var sum incentives.Exact
	for _, p := range append(append([]incentives.Exact{}, achievement...), improvement...) {
		sum = sum.Add(p)
	}
	return sum.Quo(incentives.Int(int64(10 * len(achievement)))).Min(incentives.Int(1)), nil
}

// MassHealthSubstitution is the rate that is used when a year is not representative:
// the better of one's own and the statewide median, at most the own rate plus a cap.
func MassHealthSubstitution(own, median, limit incentives.Exact) (used incentives.Exact, capped bool) {
	best := own.Max(median)
	if top := own.Add(limit); best.Cmp(top) > 0 {
		return top, true
	}
	return best, false
}

// GapToGoal scores a share of a reduction target: nothing below the floor, then in
// proportion from floor to the whole, at most 1.
func GapToGoal(share, floor incentives.Exact) (incentives.Exact, error) {
	one := incentives.Int(1)
	if floor.Sign() < 0 || floor.Cmp(one) >= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: a floor of %s", incentives.ErrRange, floor)
	}
	if share.Cmp(floor) < 0 {
		return incentives.Exact{}, nil
	}
	return share.Sub(floor).Quo(one.Sub(floor)).Min(one), nil
}

// OregonMet reports whether a metric of Oregon's co-ordinated care organisations is met:
// by the state benchmark, or by the organisation's own improvement target (a fraction
// of the gap, at least a floor; the fraction is the caller's, since none was confirmed).
func OregonMet(p, benchmark, baseline incentives.Exact, target incentives.GapClosing) bool {
	return p.Cmp(benchmark) >= 0 || p.Cmp(target.Target(baseline)) >= 0
}

// OregonFull reports whether the whole payment is due: enough metrics met (12) and at
// least 60 % of members in a primary care home.
func OregonFull(met, needed int, homeShare incentives.Exact) bool {
	return met >= needed && homeShare.Cmp(x("0.60")) >= 0
}

// OntarioBonus is a preventive care bonus of Ontario, pro-rated for a panel below 1,000
// patients and rounded half up to whole dollars.
func OntarioBonus(bonus incentives.Exact, patients int64) (incentives.Exact, error) {
	if patients < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: %d patients", incentives.ErrNegativeCount, patients)
	}
	f, err := incentives.ProRate(incentives.Int(patients), incentives.Int(1000), true)
	return bonus.Mul(f).Round(incentives.Rounding{Mode: incentives.HalfUp, Places: 0}), err
}

// DjiboutiMultiplier is the change of quantity payments by quality per cent: + 30 %
// above 80, - 10 % at 45. Other tiers were not published, so other values are an
// ErrLookup.
func DjiboutiMultiplier(quality incentives.Exact) (incentives.Exact, error) {
	switch {
	case quality.Cmp(incentives.Int(80)) > 0:
		return x("0.30"), nil
	case quality.Equal(incentives.Int(45)):
		return x("-0.10"), nil
	}
	return incentives.Exact{}, fmt.Errorf("%w: quality of %s per cent", incentives.ErrLookup, quality)
}

// RwandaWeights are the weights of the quality index of Rwanda's scheme; they add up to 1.
func RwandaWeights() []incentives.Exact {
	var out []incentives.Exact
	for _, w := range []string{"0.170", "0.130", "0.126", "0.114", "0.090", "0.070", "0.060", "0.052", "0.052", "0.050", "0.030", "0.028", "0.028"} {
		out = append(out, x(w))
	}
	return out
}
