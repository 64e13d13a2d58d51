package groups

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

// Task is something that a specialist does for a share of patients: case summaries sent
// to primary care, smoking advice given (HealthPartners; King's Fund 2004).
type Task struct {
	Name      string
	Done, Due int64
	Points    incentives.Exact
}

// TaskPoints are the points of each task by the share done, and their sum. A task that
// was never due scores nothing.
func TaskPoints(tasks []Task) (points []incentives.Exact, total incentives.Exact, err error) {
	for _, t := range tasks {
		if t.Done < 0 || t.Due < 0 || t.Done > t.Due {
			err = errors.Join(err, fmt.Errorf("%w: task %s, %d of %d", incentives.ErrNumerator, t.Name, t.Done, t.Due))
			continue
		}
		p := t.Points.Mul(incentives.Frac(t.Done, t.Due))
		points = append(points, p)
		total = total.Add(p)
	}
	return points, total, err
}

// ClinicalPilot is a bonus for clinical results alone, of one specialty group: bonus x
// the score of the metrics (Anthem's obstetric pilot; King's Fund 2004).
func ClinicalPilot(bonus incentives.Exact, metrics []Metric) (incentives.Exact, error) {
	s, status, err := Score(metrics)
	if err != nil || status != incentives.Scored {
		return incentives.Exact{}, err
	}
	return bonus.Mul(s), nil
}

// JointIncentive shares a pool between primary care and specialists when avoidable
// admissions stay at or below a limit, and pays nothing otherwise (proposed in King's
// Fund 2004; the split is the caller's). Shares are minor units and add up to the pool.
func JointIncentive(pool int64, avoidable, limit incentives.Exact, sides []incentives.Party) (shares []incentives.Share, kept int64, err error) {
	if avoidable.Cmp(limit) > 0 {
		return nil, pool, nil
	}
	return incentives.Allocate(pool, sides, incentives.LargestRemainder)
}

// Fee is a metric that pays for each patient met.
type Fee struct {
	ID     string
	Met    int64
	Amount incentives.Exact
}

// OnTop is pay for performance on top of base pay: fees for patients met, and its share
// of base (Nuffield Trust 2009).
func OnTop(base incentives.Exact, fees []Fee) (total, share incentives.Exact, err error) {
	for _, f := range fees {
		if f.Met < 0 {
			err = errors.Join(err, fmt.Errorf("%w: %s", incentives.ErrNegativeCount, f.ID))
			continue
		}
		total = total.Add(f.Amount.Mul(incentives.Int(f.Met)))
	}
	if base.Sign() <= 0 {
		return total, share, errors.Join(err, fmt.Errorf("%w: a base of %s", incentives.ErrDivision, base))
	}
	return total, total.Quo(base), err
}

// AdvancedHome is a practice's support in Geisinger's advanced medical home: a grant for
// staff, and performance pay by score (Nuffield Trust 2009; amounts are the caller's).
func AdvancedHome(staffGrant, performancePay, score incentives.Exact) incentives.Exact {
	return staffGrant.Add(performancePay.Mul(score.Clamp(incentives.Exact{}, incentives.Int(1))))
}

// PracticeSummary is Geisinger's reward for a practice: all of it when the score of the
// metrics reaches a threshold (King's Fund 2010; the threshold is the caller's).
func PracticeSummary(reward, threshold incentives.Exact, metrics []Metric) (incentives.Exact, error) {
	s, status, err := Score(metrics)
	if err != nil || status != incentives.Scored || s.Cmp(threshold) < 0 {
		return incentives.Exact{}, err
	}
	return reward, nil
}

// OwnershipPay is the pay of a doctor in a group with tiers of ownership: the tier's
// base, and its share that depends on performance times the score (Nuffield Trust 2011).
func OwnershipPay(base, performanceShare, score incentives.Exact) (incentives.Exact, error) {
	one := incentives.Int(1)
	if performanceShare.Sign() < 0 || performanceShare.Cmp(one) > 0 || score.Sign() < 0 || base.Sign() < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: base %s, share %s, score %s", incentives.ErrRange, base, performanceShare, score)
	}
	return base.Mul(one.Sub(performanceShare)).Add(base.Mul(performanceShare).Mul(score)), nil
}

// Specialist is judged by a scorecard.
type Specialist struct {
	ID                            string
	Quality, Access, Satisfaction incentives.Exact // 0 to 1
}

// Scorecard ranks specialists by the weighted score of quality, access and satisfaction
// (Nuffield Trust 2011; the weights are the caller's, and add up to 1). Scores outside 0 to 1
// wrap [incentives.ErrRange].
func Scorecard(specialists []Specialist, quality, access, satisfaction incentives.Exact) (scores []incentives.Exact, ranks []incentives.Ranked, err error) {
	var units []incentives.Unit
	var errs []error
	for _, s := range specialists {
		for _, x := range []incentives.Exact{s.Quality, s.Access, s.Satisfaction} {
			if x.Sign() < 0 || x.Cmp(incentives.Int(1)) > 0 {
				errs = append(errs, fmt.Errorf("%w: specialist %s: a score of %s is outside 0 to 1", incentives.ErrRange, s.ID, x))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	for _, s := range specialists {
		items := []incentives.Item{{ID: "quality", Score: s.Quality, Weight: quality}, {ID: "access", Score: s.Access, Weight: access}, {ID: "satisfaction", Score: s.Satisfaction, Weight: satisfaction}}
		if err := incentives.CheckWeights(items, incentives.Int(1)); err != nil {
			return nil, nil, err
		}
		score, _, err := incentives.WeightedMean(items, incentives.DropAndReweigh, 3)
		if err != nil {
			return nil, nil, err
		}
		scores = append(scores, score)
		units = append(units, incentives.Unit{ID: s.ID, Score: score})
	}
	ranks, err = incentives.Rank(units, incentives.HigherIsBetter, incentives.Competition)
	return scores, ranks, err
}

// Quarter is a network's result on a metric.
type Quarter struct {
	Network, Metric string
	Target          incentives.Exact
	Before, Now     incentives.Exact
	Better          incentives.Direction
}

// Accountability is a result against its target and the quarter before.
type Accountability struct {
	Quarter
	Gap      incentives.Exact // what is missing to the target; 0 when it is met
	Change   incentives.Exact // now less before
	Improved bool
}

// Accountable reviews networks by metric and quarter, as the Veterans Administration
// does (King's Fund 2010).
func Accountable(qs []Quarter) []Accountability {
	var out []Accountability
	for _, q := range qs {
		a := Accountability{Quarter: q, Change: q.Now.Sub(q.Before)}
		gap := q.Target.Sub(q.Now)
		a.Improved = a.Change.Sign() > 0
		if q.Better == incentives.LowerIsBetter {
			gap, a.Improved = gap.Neg(), a.Change.Sign() < 0
		}
		a.Gap = gap.Max(incentives.Exact{})
		out = append(out, a)
	}
	return out
}

// Productivity of a doctor: counts per day or patient, and shares.
type Productivity struct {
	SeenPerDay, GenericShare, AmbulatoryShare incentives.Exact
}

// ProductivityOf computes rates from counts (Nuffield Trust 2011); a denominator of 0
// is an error.
func ProductivityOf(seen, days, generic, prescriptions, ambulatory, procedures int64) (Productivity, error) {
	if days <= 0 || prescriptions <= 0 || procedures <= 0 || seen < 0 || generic < 0 || generic > prescriptions || ambulatory < 0 || ambulatory > procedures {
		return Productivity{}, fmt.Errorf("%w: %d seen in %d days, %d of %d generic, %d of %d ambulatory", incentives.ErrDivision, seen, days, generic, prescriptions, ambulatory, procedures)
	}
	return Productivity{incentives.Frac(seen, days), incentives.Frac(generic, prescriptions), incentives.Frac(ambulatory, procedures)}, nil
}

// CoPayment is what a patient pays at a provider of a quality tier and a cost tier, by
// the caller's table, less a discount for keeping to treatment (Nuffield Trust 2009).
func CoPayment(table incentives.Grid, quality, cost string, adherent bool, discount incentives.Exact) (incentives.Exact, error) {
	c, err := table.At(quality, cost)
	if err != nil {
		return incentives.Exact{}, err
	}
	if adherent {
		return c.Value.Sub(discount).Max(incentives.Exact{}), nil
	}
	return c.Value, nil
}
