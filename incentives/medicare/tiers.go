package medicare

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/grids.csv
var gridsCSV string

func grid(name string) (incentives.Grid, error) {
	t, err := table.Parse("grids", gridsCSV)
	if err != nil {
		return incentives.Grid{}, fmt.Errorf("%w: %w", incentives.ErrParameter, err)
	}
	var g incentives.Grid
	for _, r := range t.Rows {
		if r[0] != name {
			continue
		}
		row := slices.Index(g.Rows, r[1])
		if row < 0 {
			row = len(g.Rows)
			g.Rows = append(g.Rows, r[1])
			g.Cells = append(g.Cells, nil)
		}
		if !slices.Contains(g.Columns, r[2]) {
			g.Columns = append(g.Columns, r[2])
		}
		number, ofX := strings.CutSuffix(r[3], "x")
		v, err := incentives.Parse(number)
		if err != nil {
			return g, err
		}
		g.Cells[row] = append(g.Cells[row], incentives.Cell{Value: v, OfX: ofX})
	}
	if g.Rows == nil {
		return g, fmt.Errorf("%w: no grid %q", incentives.ErrLookup, name)
	}
	return g, g.Check()
}

// ValueModifier is the grid of quality (rows: high, average, low) against cost
// (columns: low, average, high) of the physician Value Modifier, 2015 to 2017 (2017:
// groups of ten and more).
func ValueModifier(year int) (incentives.Grid, error) { return grid(fmt.Sprintf("vm%d", year)) }

// Physician is a group that the Value Modifier pays.
type Physician struct {
	ID       string
	Payments incentives.Exact
	Cell     incentives.Cell
	HighRisk bool // one more x on upward cells
}

// ValueModifierX solves the factor x so that increases and reductions cancel exactly
// (derived). The adjustments in per cent come in the order given.
func ValueModifierX(ps []Physician) (factor incentives.Exact, adjustments []incentives.Exact, err error) {
	var up, down incentives.Exact
	multiple := func(p Physician) incentives.Exact {
		if p.HighRisk && p.Cell.OfX && p.Cell.Value.Sign() > 0 {
			return p.Cell.Value.Add(incentives.Int(1))
		}
		return p.Cell.Value
	}
	for _, p := range ps {
		if p.Payments.Sign() < 0 {
			return factor, nil, fmt.Errorf("%w: %s", incentives.ErrNegativeMoney, p.ID)
		}
		if p.Cell.OfX {
			up = up.Add(multiple(p).Mul(p.Payments))
		} else {
			down = down.Sub(p.Cell.Value.Mul(p.Payments))
		}
	}
	if up.Sign() > 0 {
		factor = down.Quo(up)
	}
	for _, p := range ps {
		if p.Cell.OfX {
			adjustments = append(adjustments, multiple(p).Mul(factor))
		} else {
			adjustments = append(adjustments, p.Cell.Value)
		}
	}
	return factor, adjustments, nil
}

// RewardFactor is the grid of variance (rows: low, medium, high) against mean
// (columns: high, relatively high, other) of the Medicare Advantage star ratings.
func RewardFactor() (incentives.Grid, error) { return grid("stars") }

// RewardClasses are the classes of a contract by its percentiles among all: variance
// is low below the 30th, high from the 70th; the mean is high from the 85th, relatively
// high from the 65th (42 CFR 422.166).
func RewardClasses(variancePercentile, meanPercentile incentives.Exact) (variance, mean string) {
	variance = [...]string{"low", "medium", "high"}[incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Int(30)}, {Floor: incentives.Int(70)}}}.Tier(variancePercentile)]
	mean = [...]string{"other", "relatively high", "high"}[incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Int(65)}, {Floor: incentives.Int(85)}}}.Tier(meanPercentile)]
	return variance, mean
}

// ETCAchievement is the ladder from percentile to achievement points of ESRD Treatment
// Choices (42 CFR 512.370).
func ETCAchievement() incentives.Ladder {
	step := func(floor, value string) incentives.Step {
		return incentives.Step{Floor: x(floor), Value: x(value)}
	}
	return incentives.Ladder{Steps: []incentives.Step{step("30", "0.5"), step("50", "1"), step("75", "1.5"), step("90", "2")}}
}

// ETCAdjustment is the payment adjustment in per cent for a modality score of 0 to 6
// in a measurement period of 1 to 7, of facilities or clinicians (42 CFR 512.380). The
// scores in the table are inclusive upper bounds.
func ETCAdjustment(score incentives.Exact, period int, clinician bool) (incentives.Exact, error) {
	if period < 1 || period > 7 || score.Sign() < 0 || score.Cmp(incentives.Int(6)) > 0 {
		return incentives.Exact{}, fmt.Errorf("%w: modality score %s in period %d", incentives.ErrLookup, score, period)
	}
	facility := [][5]string{{"-5", "-2.5", "0", "2", "4"}, {"-6", "-3", "0", "2.5", "5"}, {"-7", "-3.5", "0", "3", "6"}, {"-9", "-4.5", "0", "3.5", "7"}}
	row := facility[(period-1)/2]
	if clinician && period == 7 {
		row = [5]string{"-8", "-4", "0", "3.5", "7"}
	}
	for i, top := range []string{"0.5", "2", "3.5", "5", "6"} {
		if score.Cmp(x(top)) <= 0 {
			return x(row[i]), nil
		}
	}
	return x(row[4]), nil
}

// StarRating is the overall star rating of a Medicare Advantage contract: the weighted
// mean of the measures' stars plus the reward factor, then the categorical adjustment,
// to the nearest half star, half up (42 CFR 422.166; the direction of a tie is ours).
func StarRating(measures []incentives.Item, reward, adjustment incentives.Exact) (incentives.Exact, incentives.Status, error) {
	mean, status, err := incentives.WeightedMean(measures, incentives.DropAndReweigh, 1)
	if err != nil || status != incentives.Scored {
		return incentives.Exact{}, status, err
	}
	two := incentives.Int(2)
	half := mean.Add(reward).Add(adjustment).Mul(two).Round(incentives.Rounding{Mode: incentives.HalfUp}).Quo(two)
	return half.Clamp(incentives.Int(1), incentives.Int(5)), status, nil
}
