package medicare

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/mips_years.csv
var mipsYearsCSV string

// MIPSYear is a payment year of the Merit-based Incentive Payment System.
type MIPSYear struct {
	Year      int
	Threshold incentives.Exact // performance threshold, 0 to 100
	Percent   incentives.Exact // applicable per cent
	Evidence  incentives.Evidence
}

// MIPSYears lists payment years 2019 to 2028.
func MIPSYears() ([]MIPSYear, error) {
	t, err := table.Parse("mips_years", mipsYearsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", incentives.ErrParameter, err)
	}
	var out []MIPSYear
	for _, r := range t.Rows {
		y := MIPSYear{Evidence: incentives.Evidence(r[3])}
		var err1, err2, err3 error
		y.Year, err1 = strconv.Atoi(r[0])
		y.Threshold, err2 = incentives.Parse(r[1])
		y.Percent, err3 = incentives.Parse(r[2])
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, fmt.Errorf("%w: MIPS year %v: %w", incentives.ErrParameter, r, err)
		}
		out = append(out, y)
	}
	return out, nil
}

// MIPSCategory is a category's score, 0 to 1: measure points and bonus over a fixed
// denominator (10 x the required measures, however many are reported), the bonus at
// most 10 % of it, plus improvement (0 to 0.10).
func MIPSCategory(points []incentives.Exact, bonus, denominator, improvement incentives.Exact) (incentives.Exact, error) {
	if improvement.Sign() < 0 || improvement.Cmp(x("0.1")) > 0 {
		return incentives.Exact{}, fmt.Errorf("%w: improvement of %s", incentives.ErrRange, improvement)
	}
	if denominator.Sign() <= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: denominator %s", incentives.ErrDivision, denominator)
	}
	items := make([]incentives.Item, len(points))
	for i, p := range points {
		items[i] = incentives.Item{ID: strconv.Itoa(i), Score: p}
	}
	share, _, err := incentives.PointsOver(items, bonus, denominator, x("0.1"))
	if err != nil {
		return incentives.Exact{}, err
	}
	return share.Add(improvement).Min(incentives.Int(1)), nil
}

// MIPSImprovement is the improvement of the quality category: the relative change
// times 10 %, from 0 to 0.10; a prior score below 0.30 counts as 0.30.
func MIPSImprovement(now, before incentives.Exact) incentives.Exact {
	before = before.Max(x("0.3"))
	return now.Sub(before).Quo(before).Mul(x("0.1")).Clamp(incentives.Exact{}, x("0.1"))
}

// InteroperabilityPoints are the points of a measure of Promoting Interoperability:
// N/D x maximum, rounded half up to a whole number.
func InteroperabilityPoints(num, den, maximum int64) (incentives.Exact, error) {
	if den <= 0 || num < 0 || num > den || maximum < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: %d of %d", incentives.ErrNumerator, num, den)
	}
	return incentives.Frac(num, den).Mul(incentives.Int(maximum)).Round(incentives.Rounding{Mode: incentives.HalfUp, Places: 0}), nil
}

// MIPSAdjustment is the payment adjustment in per cent for a final score of 0 to 100,
// before the scaling factor (42 CFR 414.1405): the full reduction up to a quarter of
// the threshold (a jump), then in proportion, 0 at the threshold, up to the applicable
// per cent at 100.
func MIPSAdjustment(score, threshold, percent incentives.Exact) (incentives.Exact, error) {
	hundred := incentives.Int(100)
	if score.Sign() < 0 || score.Cmp(hundred) > 0 || threshold.Sign() <= 0 || threshold.Cmp(hundred) >= 0 || percent.Sign() < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: score %s, threshold %s, %s per cent", incentives.ErrRange, score, threshold, percent)
	}
	switch {
	case score.Mul(incentives.Int(4)).Cmp(threshold) <= 0:
		return percent.Neg(), nil
	case score.Cmp(threshold) < 0:
		return percent.Neg().Mul(threshold.Sub(score)).Quo(threshold), nil
	}
	return percent.Mul(score.Sub(threshold)).Quo(hundred.Sub(threshold)), nil
}

// Clinician is one of those whose adjustments must balance.
type Clinician struct {
	ID         string
	Payments   incentives.Exact
	Adjustment incentives.Exact // per cent, unscaled
}

// MIPSScaling is the factor on positive adjustments that balances them with the
// reductions, at most 3 (derived). Without increases it is 3.
func MIPSScaling(cs []Clinician) (incentives.Exact, error) {
	var up, down incentives.Exact
	for _, c := range cs {
		if c.Payments.Sign() < 0 {
			return incentives.Exact{}, fmt.Errorf("%w: clinician %s", incentives.ErrNegativeMoney, c.ID)
		}
		money := c.Payments.Mul(c.Adjustment)
		if money.Sign() > 0 {
			up = up.Add(money)
		} else {
			down = down.Sub(money)
		}
	}
	three := incentives.Int(3)
	if up.Sign() == 0 {
		return three, nil
	}
	return down.Quo(up).Min(three), nil
}
