package groups

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

func x(s string) incentives.Exact { return incentives.MustParse(s) }

// Metric is one measured result of a doctor or group under a scheme.
type Metric struct {
	ID          string
	Performance incentives.Performance
	Schedule    incentives.Schedule // full points 1: the share of the metric that is earned
	Weight      incentives.Exact    // 0 counts as 1 when all are 0
	Minimum     int64               // smallest denominator scored
}

// Score is the weighted mean of what the metrics earn, 0 to 1; metrics that are not
// scored leave their weight to the others. All faults come together.
func Score(metrics []Metric) (incentives.Exact, incentives.Status, error) {
	items, err := items(metrics)
	if err != nil {
		return incentives.Exact{}, incentives.NotReported, err
	}
	return incentives.WeightedMean(items, incentives.DropAndReweigh, 1)
}

func items(metrics []Metric) ([]incentives.Item, error) {
	var out []incentives.Item
	var errs []error
	seen := map[string]bool{}
	for _, m := range metrics {
		if seen[m.ID] {
			errs = append(errs, fmt.Errorf("%w: metric %s", incentives.ErrDuplicate, m.ID))
		}
		seen[m.ID] = true
		p, status, err := m.Performance.Read(incentives.Counting{Minimum: m.Minimum})
		if err != nil {
			errs = append(errs, fmt.Errorf("metric %s: %w", m.ID, err))
			continue
		}
		i := incentives.Item{ID: m.ID, Weight: m.Weight, Status: status, Full: incentives.Int(1)}
		if m.Schedule == nil {
			errs = append(errs, fmt.Errorf("%w: metric %s has no schedule", incentives.ErrParameter, m.ID))
			continue
		}
		if err := m.Schedule.Check(); err != nil {
			errs = append(errs, fmt.Errorf("metric %s: %w", m.ID, err))
			continue
		}
		if status == incentives.Scored {
			i.Score = m.Schedule.Points(p)
		}
		out = append(out, i)
	}
	return out, errors.Join(errs...)
}

// Parts are the three parts of Kaiser Permanente's bonus, each scored 0 to 1, with the
// weights of the caller: the source gives none.
type Parts struct {
	Clinical, Satisfaction, Peer    incentives.Exact
	ClinicalW, SatisfactionW, PeerW incentives.Exact
}

// KaiserBonus is the bonus of a physician: salary x the curve at the weighted score,
// at most 10 % of salary (King's Fund 2004: 7 % on average, 10 % at most, primary care
// and specialists). The curve from score to share is the caller's.
func KaiserBonus(salary incentives.Exact, p Parts, curve incentives.Schedule) (incentives.Exact, error) {
	one := incentives.Int(1)
	items := []incentives.Item{{ID: "clinical", Score: p.Clinical, Weight: p.ClinicalW}, {ID: "satisfaction", Score: p.Satisfaction, Weight: p.SatisfactionW}, {ID: "peer", Score: p.Peer, Weight: p.PeerW}}
	errs := []error{incentives.CheckWeights(items, one)}
	for _, i := range items {
		if i.Score.Sign() < 0 || i.Score.Cmp(one) > 0 {
			errs = append(errs, fmt.Errorf("%w: %s scores %s", incentives.ErrRange, i.ID, i.Score))
		}
	}
	if salary.Sign() < 0 {
		errs = append(errs, fmt.Errorf("%w: a salary of %s", incentives.ErrNegativeMoney, salary))
	}
	if curve == nil {
		errs = append(errs, fmt.Errorf("%w: no curve", incentives.ErrParameter))
	} else {
		errs = append(errs, curve.Check())
	}
	if err := errors.Join(errs...); err != nil {
		return incentives.Exact{}, err
	}
	score, _, err := incentives.WeightedMean(items, incentives.DropAndReweigh, 3)
	if err != nil {
		return incentives.Exact{}, err
	}
	return salary.Mul(curve.Points(score).Clamp(incentives.Exact{}, x("0.10"))), nil
}

// Physician has a salary and a score.
type Physician struct {
	ID     string
	Salary int64            // in minor units
	Score  incentives.Exact // 0 to 1
}

// KaiserPool shares 7 % of the payroll out by salary x score, nobody above 10 % of
// salary: the published average and maximum hold together.
// Salaries below zero, and a payroll that overflows, wrap [incentives.ErrNegativeMoney].
func KaiserPool(ps []Physician) (shares []incentives.Share, undistributed int64, err error) {
	var parties []incentives.Party
	payroll := int64(0)
	var errs []error
	for _, p := range ps {
		if p.Salary < 0 || payroll+p.Salary < payroll {
			errs = append(errs, fmt.Errorf("%w: the salary of %s is %d", incentives.ErrNegativeMoney, p.ID, p.Salary))
			continue
		}
		payroll += p.Salary
		limit := p.Salary / 10
		parties = append(parties, incentives.Party{ID: p.ID, Weight: incentives.Int(p.Salary).Mul(p.Score), Cap: &limit})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, 0, err
	}
	pool := payroll / 100 * 7
	pool += payroll % 100 * 7 / 100
	return incentives.Allocate(pool, parties, incentives.LargestRemainder)
}

// GroupHealthBand pays 80 % to 120 % of basic salary by score, the whole at the neutral
// score (King's Fund 2004; scores are the caller's).
func GroupHealthBand(lowest, neutral, highest incentives.Exact) (incentives.SalaryBand, error) {
	b := incentives.SalaryBand{MinScore: lowest, NeutralScore: neutral, MaxScore: highest, Floor: x("0.80"), Cap: x("1.20")}
	return b, b.Check()
}

// TargetResult is a target and whether it is met.
type TargetResult struct {
	ID     string
	Met    bool
	Status incentives.Status
}

// TouchpointBonus pays a group a share of its entitlement for each target met, up to 15
// of them (King's Fund 2004: primary care only; 5 % of salary on average; in 2003, 70 %
// of people with diabetes at an HbA1c of 7.5 % or less). A target that is not scored
// earns nothing, and is listed as such.
func TouchpointBonus(entitlement incentives.Exact, metrics []Metric) (bonus, lost incentives.Exact, results []TargetResult, err error) {
	if len(metrics) == 0 || len(metrics) > 15 {
		return bonus, lost, nil, fmt.Errorf("%w: %d targets, up to 15", incentives.ErrRange, len(metrics))
	}
	if entitlement.Sign() < 0 {
		return bonus, lost, nil, fmt.Errorf("%w: an entitlement of %s", incentives.ErrNegativeMoney, entitlement)
	}
	is, err := items(metrics)
	if err != nil {
		return bonus, lost, nil, err
	}
	met := int64(0)
	for _, i := range is {
		r := TargetResult{ID: i.ID, Status: i.Status, Met: i.Status == incentives.Scored && i.Score.Sign() > 0}
		if r.Met {
			met++
		}
		results = append(results, r)
	}
	bonus = entitlement.Mul(incentives.Frac(met, int64(len(is))))
	return bonus, entitlement.Sub(bonus), results, nil
}

// TouchpointDiabetesTarget is the target of 2003: at least 70 % of enrollees with
// diabetes at an HbA1c of 7.5 % or less. The values are per cent; the source prints
// another unit by mistake.
func TouchpointDiabetesTarget() incentives.Threshold {
	return incentives.Threshold{Target: x("0.70"), Full: incentives.Int(1)}
}

// RecognitionAward is HealthPartners' Outcomes Recognition Program: the award of a
// primary care group for each family of targets met, chronic disease and patient
// satisfaction (amounts are the caller's).
func RecognitionAward(chronicDiseaseMet, satisfactionMet bool, chronicDisease, satisfaction incentives.Exact) incentives.Exact {
	var sum incentives.Exact
	if chronicDiseaseMet {
		sum = sum.Add(chronicDisease)
	}
	if satisfactionMet {
		sum = sum.Add(satisfaction)
	}
	return sum
}

// PaymentForQuality is HealthPartners' withhold: the market rate is paid less a share
// that comes back as agreed targets are met. It gives the net payment.
func PaymentForQuality(marketRate, withheld, earned incentives.Exact) (incentives.Exact, error) {
	one := incentives.Int(1)
	if withheld.Sign() < 0 || withheld.Cmp(one) > 0 || earned.Sign() < 0 || earned.Cmp(one) > 0 || marketRate.Sign() < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: %s withheld, %s earned", incentives.ErrRange, withheld, earned)
	}
	return marketRate.Add(incentives.Withhold{Rate: withheld}.Net(marketRate, earned)), nil
}

// Payee is who receives a bonus.
type Payee string

// Payees.
const (
	ToIndividual Payee = "individual"
	ToGroup      Payee = "group"
)

// AnthemIncentive is Anthem's Quality Incentive Program: a bonus when a high share of
// patients reaches a HEDIS-type target, routed as the doctor is normally paid. The
// threshold is the caller's; primary care only.
func AnthemIncentive(p incentives.Performance, target incentives.Threshold, bonus incentives.Exact, paidThroughGroup bool) (incentives.Exact, Payee, error) {
	to := ToIndividual
	if paidThroughGroup {
		to = ToGroup
	}
	v, status, err := p.Read(incentives.Counting{})
	if err != nil || status != incentives.Scored || !target.Met(v) {
		return incentives.Exact{}, to, err
	}
	return bonus, to, nil
}

// BridgesToExcellence pays a practice that meets the medical-home criteria US$125 for
// each registered patient, and others nothing (Nuffield Trust 2009).
func BridgesToExcellence(meetsCriteria bool, patients int64) (incentives.Exact, error) {
	if patients < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: %d patients", incentives.ErrNegativeCount, patients)
	}
	if !meetsCriteria {
		return incentives.Exact{}, nil
	}
	return incentives.Int(125).Mul(incentives.Int(patients)), nil
}

// GeisingerBundleBonus is 10 % of a base when every component of the care bundle was
// done, and nothing otherwise (Nuffield Trust 2009). The unit of the base, a patient or
// a panel, is the caller's.
func GeisingerBundleBonus(base incentives.Exact, done []bool) incentives.Exact {
	if len(done) == 0 {
		return incentives.Exact{}
	}
	for _, d := range done {
		if !d {
			return incentives.Exact{}
		}
	}
	return base.Mul(x("0.10"))
}

// GeisingerAtRisk is the performance part of pay: 15 % to 20 % of it, earned by four
// domains (cost-efficiency, quality, satisfaction, teaching) scored 0 to 1 with the
// caller's weights (King's Fund 2010). It gives the amount earned and the amount at risk.
func GeisingerAtRisk(pay, share incentives.Exact, domains []incentives.Item) (earned, atRisk incentives.Exact, err error) {
	if share.Cmp(x("0.15")) < 0 || share.Cmp(x("0.20")) > 0 {
		return earned, atRisk, fmt.Errorf("%w: %s of pay, 0.15 to 0.20", incentives.ErrRange, share)
	}
	if err := incentives.CheckWeights(domains, incentives.Int(1)); err != nil {
		return earned, atRisk, err
	}
	score, status, err := incentives.WeightedMean(domains, incentives.DropAndReweigh, len(domains))
	if err != nil {
		return earned, atRisk, err
	}
	atRisk = pay.Mul(share)
	if status != incentives.Scored {
		return incentives.Exact{}, atRisk, nil
	}
	return atRisk.Mul(score.Clamp(incentives.Exact{}, incentives.Int(1))), atRisk, nil
}

// CalifornianBonus is salary x the curve at the score, at most 15 % of salary (Nuffield
// Trust 2011: "up to" 15 %).
func CalifornianBonus(salary, score incentives.Exact, curve incentives.Schedule) (incentives.Exact, error) {
	if salary.Sign() < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: a salary of %s", incentives.ErrNegativeMoney, salary)
	}
	if curve == nil {
		return incentives.Exact{}, fmt.Errorf("%w: no curve", incentives.ErrParameter)
	}
	if err := curve.Check(); err != nil {
		return incentives.Exact{}, err
	}
	return salary.Mul(curve.Points(score).Clamp(incentives.Exact{}, x("0.15"))), nil
}

// MeanUplift is the mean of bonus/base over physicians with a base: Hill Physicians
// reported 30 %, an average and not a cap (Nuffield Trust 2009).
func MeanUplift(base, bonus []incentives.Exact) (incentives.Exact, error) {
	if len(base) != len(bonus) || len(base) == 0 {
		return incentives.Exact{}, fmt.Errorf("%w: %d bases, %d bonuses", incentives.ErrRange, len(base), len(bonus))
	}
	var sum incentives.Exact
	for i := range base {
		if base[i].Sign() <= 0 {
			return incentives.Exact{}, fmt.Errorf("%w: base %d", incentives.ErrDivision, i)
		}
		sum = sum.Add(bonus[i].Quo(base[i]))
	}
	return sum.Quo(incentives.Int(int64(len(base)))), nil
}
