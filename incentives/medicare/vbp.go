package medicare

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

func x(s string) incentives.Exact { return incentives.MustParse(s) }

// VBPMeasure is the scoring of a measure in Hospital Value-Based Purchasing (42 CFR
// 412.160-165): achievement 9(p - threshold)/(benchmark - threshold) + 0.5, improvement
// 10(p - baseline)/(benchmark - baseline) - 0.5 from 0 to 9, either rounded half up to
// a whole number, and the better of both. Lower-is-better measures need nothing special.
func VBPMeasure(threshold, benchmark incentives.Exact) (incentives.AchieveImprove, error) {
	s := incentives.AchieveImprove{Threshold: threshold, Benchmark: benchmark, AchieveSlope: incentives.Int(9), AchieveOffset: x("0.5"), AchieveMax: incentives.Int(10),
		ImproveSlope: incentives.Int(10), ImproveOffset: x("-0.5"), ImproveMax: incentives.Int(9), Round: incentives.Rounding{Mode: incentives.HalfUp, Places: 0}}
	return s, s.Check()
}

// VBPDomain is a domain of the total performance score.
type VBPDomain struct {
	Name   string
	Weight incentives.Exact   // share of the total
	Points []incentives.Exact // of the scored measures, 0 to 10 each; none: the domain is not scored
}

// VBPTotal is the total performance score, 0 to 100: the domain scores by weight. The
// weights of domains that are not scored go to the others in proportion.
func VBPTotal(domains []VBPDomain) (incentives.Exact, incentives.Status, error) {
	var items []incentives.Item
	var errs []error
	for _, d := range domains {
		i := incentives.Item{ID: d.Name, Weight: d.Weight, Status: incentives.NoDenominator}
		var sum incentives.Exact
		for _, p := range d.Points {
			if p.Sign() < 0 || p.Cmp(incentives.Int(10)) > 0 {
				errs = append(errs, fmt.Errorf("%w: domain %s: %s points", incentives.ErrRange, d.Name, p))
			}
			sum = sum.Add(p)
		}
		if len(d.Points) > 0 {
			i.Status = incentives.Scored
			i.Score = sum.Mul(incentives.Int(10)).Quo(incentives.Int(int64(len(d.Points))))
		}
		items = append(items, i)
	}
	if err := errors.Join(errs...); err != nil {
		return incentives.Exact{}, incentives.NotReported, err
	}
	return incentives.WeightedMean(items, incentives.DropAndReweigh, 1)
}

// Hospital takes part in the exchange of a year.
type Hospital struct {
	ID   string
	Base incentives.Exact // base operating payments
	TPS  incentives.Exact // 0 to 100
}

// VBPSlope is the slope of the exchange function that returns exactly what is
// withheld: the sum of the bases over the sum of base x TPS/100 (derived; the national
// slopes were not found).
func VBPSlope(hs []Hospital) (incentives.Exact, error) {
	var base, weighted incentives.Exact
	for _, h := range hs {
		if h.Base.Sign() < 0 {
			return incentives.Exact{}, fmt.Errorf("%w: hospital %s", incentives.ErrNegativeMoney, h.ID)
		}
		base = base.Add(h.Base)
		weighted = weighted.Add(h.Base.Mul(h.TPS).Quo(incentives.Int(100)))
	}
	if weighted.Sign() <= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: nobody scored", incentives.ErrDivision)
	}
	return base.Quo(weighted), nil
}

// VBPFactor multiplies a hospital's payments: 1 + AP x TPS/100 x slope - AP, with the
// applicable percentage as a share (0.02 from 2017 on). From fiscal year 2026 the
// score is out of 110.
func VBPFactor(tps, applicable, slope incentives.Exact, outOf int64) incentives.Exact {
	return incentives.Int(1).Add(applicable.Mul(tps).Quo(incentives.Int(outOf)).Mul(slope)).Sub(applicable)
}

// SNFFactor is the multiplier of Skilled Nursing Facility Value-Based Purchasing (42
// CFR 413.338): 1 - 0.02 + what is returned. The exchange from score to return is the
// caller's table, since its constants were not read: see [SNFReturn].
func SNFFactor(returned incentives.Exact) incentives.Exact { return x("0.98").Add(returned) }

// SNFReturn scales a monotone exchange table so that the money returned is a share of
// the 2 % withheld (at least 0.60 by regulation). It gives each facility's returned
// share of its base, in the order given.
func SNFReturn(table incentives.Polyline, facilities []Hospital, share incentives.Exact) ([]incentives.Exact, error) {
	if err := table.Check(); err != nil {
		return nil, err
	}
	if share.Cmp(x("0.6")) < 0 || share.Cmp(incentives.Int(1)) > 0 {
		return nil, fmt.Errorf("%w: %s of the pool is returned", incentives.ErrRange, share)
	}
	var base, weighted incentives.Exact
	out := make([]incentives.Exact, len(facilities))
	for i, f := range facilities {
		if f.Base.Sign() < 0 {
			return nil, fmt.Errorf("%w: facility %s", incentives.ErrNegativeMoney, f.ID)
		}
		out[i] = table.Points(f.TPS)
		base = base.Add(f.Base)
		weighted = weighted.Add(f.Base.Mul(out[i]))
	}
	if weighted.Sign() <= 0 {
		return nil, fmt.Errorf("%w: the table returns nothing", incentives.ErrDivision)
	}
	scale := base.Mul(x("0.02")).Mul(share).Quo(weighted)
	for i := range out {
		out[i] = out[i].Mul(scale)
	}
	return out, nil
}

// Readmission is one condition of the Hospital Readmissions Reduction Program.
type Readmission struct {
	Condition      string
	BasePayment    incentives.Exact // average base DRG payment
	Admissions     int64
	ExcessRatio    incentives.Exact // predicted over expected readmissions
	PeerMedian     incentives.Exact // of the peer group's excess ratios
	NeutralityRate incentives.Exact // modifier that keeps the budget
}

// ExcessPayments adds up the payments for readmissions above the peer group's median
// (42 CFR 412.152); conditions at or below it add nothing.
func ExcessPayments(rs []Readmission) (incentives.Exact, error) {
	var sum incentives.Exact
	for _, r := range rs {
		if r.Admissions < 0 || r.BasePayment.Sign() < 0 {
			return incentives.Exact{}, fmt.Errorf("%w: %s", incentives.ErrNegativeCount, r.Condition)
		}
		excess := r.ExcessRatio.Sub(r.PeerMedian).Max(incentives.Exact{})
		sum = sum.Add(r.BasePayment.Mul(incentives.Int(r.Admissions)).Mul(excess).Mul(r.NeutralityRate))
	}
	return sum, nil
}

// HomeHealthAdjustment is the adjustment of Home Health Value-Based Purchasing as a
// share: applicable share x TPS/100 x slope (42 CFR 484). Whether the applicable share
// is then subtracted is not in the paragraph that was read: both forms are offered.
func HomeHealthAdjustment(tps, applicable, slope incentives.Exact, subtract bool) incentives.Exact {
	a := applicable.Mul(tps).Quo(incentives.Int(100)).Mul(slope)
	if subtract {
		a = a.Sub(applicable)
	}
	return a
}
