package hedis

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
)

// Peer is a unit of a comparison: a physician, a practice, a plan.
type Peer struct {
	Name string
	Rate registry.Rate
}

// Outlier says where a unit lies to the limits of a funnel around the pooled
// rate.
type Outlier int8

// Verdicts. An alert lies outside the 95 % limits, an alarm outside the 99.8 %
// limits; low and high are of the plain rate, whichever way is better.
const (
	LowAlarm  Outlier = -2
	LowAlert  Outlier = -1
	Inside    Outlier = 0
	HighAlert Outlier = 1
	HighAlarm Outlier = 2
	NoVerdict Outlier = 3 // under the minimum denominator
)

// String gives the verdict in words.
func (o Outlier) String() string {
	return map[Outlier]string{LowAlarm: "below the 99.8 % limit", LowAlert: "below the 95 % limit", Inside: "within limits",
		HighAlert: "above the 95 % limit", HighAlarm: "above the 99.8 % limit", NoVerdict: "no verdict"}[o]
}

// PeerRow is one line of a comparison. Rank is the competition rank, 1 the
// best; Percentile the percentile rank, 100 the best side; both only among
// units with a verdict.
type PeerRow struct {
	Name       string
	Rate       registry.Rate
	State      RateState
	Rank       int
	Percentile *big.Rat
	Limits95   Interval
	Limits998  Interval
	Verdict    Outlier
}

// PeerComparison is a list of units against the rate of all together.
type PeerComparison struct {
	Pooled registry.Rate
	Rows   []PeerRow // in input order
	// Dispersion is the mean square of the units' z scores: about 1 when only
	// chance is at work. It is reported, never corrected for.
	Dispersion float64
}

// PeerOptions shape a comparison.
type PeerOptions struct {
	Better Improvement
	MinDen int64  // 0 means DefaultMinDen
	Masked bool   // names become "Unit 1", "Unit 2", ... in input order
	Show   string // a name that stays readable when masked: the reader's own
}

// ComparePeers ranks units and marks those outside exact binomial limits (95 %
// and 99.8 %) around the pooled rate of the units with enough members. Units
// under the minimum denominator are listed without a verdict. A name given twice
// and a rate that is no proportion wrap [ErrInput].
func ComparePeers(units []Peer, o PeerOptions) (PeerComparison, error) {
	var out PeerComparison
	var values []*big.Rat
	seen := map[string]bool{}
	var errs []error
	for _, u := range units {
		if u.Rate.Den != 0 || u.Rate.Num != 0 {
			if err := proportion(u.Rate); err != nil {
				errs = append(errs, fmt.Errorf("unit %q: %w", u.Name, err))
				continue
			}
		}
		if seen[u.Name] {
			errs = append(errs, fmt.Errorf("%w: unit %q twice", ErrInput, u.Name))
		}
		seen[u.Name] = true
		if ReportState(u.Rate, o.MinDen) == RateReported {
			out.Pooled = out.Pooled.Add(u.Rate)
			values = append(values, big.NewRat(u.Rate.Num, u.Rate.Den))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return PeerComparison{}, err
	}
	p := 0.0
	if out.Pooled.Defined() {
		p = float64(out.Pooled.Num) / float64(out.Pooled.Den)
	}
	n := 0
	for i, u := range units {
		r := PeerRow{Name: u.Name, Rate: u.Rate, State: ReportState(u.Rate, o.MinDen), Verdict: NoVerdict}
		if o.Masked && u.Name != o.Show {
			r.Name = fmt.Sprintf("Unit %d", i+1)
		}
		if r.State == RateReported {
			v := big.NewRat(u.Rate.Num, u.Rate.Den)
			r.Rank = 1
			for _, w := range values {
				if c := w.Cmp(v); c > 0 && o.Better == Increase || c < 0 && o.Better == Decrease {
					r.Rank++
				}
			}
			r.Percentile = PercentileRank(v, values)
			if o.Better == Decrease {
				r.Percentile.Sub(big.NewRat(100, 1), r.Percentile)
			}
			r.Limits95, r.Limits998 = funnel(u.Rate.Den, p, 0.025), funnel(u.Rate.Den, p, 0.001)
			r.Verdict = verdict(u.Rate, p)
			if p > 0 && p < 1 {
				z := (float64(u.Rate.Num)/float64(u.Rate.Den) - p) / math.Sqrt(p*(1-p)/float64(u.Rate.Den))
				out.Dispersion += z * z
				n++
			}
		}
		out.Rows = append(out.Rows, r)
	}
	if n > 0 {
		out.Dispersion /= float64(n)
	}
	return out, nil
}

// verdict judges by the exact tails at the unit's own count.
func verdict(r registry.Rate, p float64) Outlier {
	low := stat.BinomialCDF(r.Num, r.Den, p)
	high := 1 - stat.BinomialCDF(r.Num-1, r.Den, p)
	if p == 0 || p == 1 {
		return Inside
	}
	switch {
	case low < 0.001:
		return LowAlarm
	case high < 0.001:
		return HighAlarm
	case low < 0.025:
		return LowAlert
	case high < 0.025:
		return HighAlert
	}
	return Inside
}

// funnel is the span of rates k/n whose tails are both at least alpha.
func funnel(n int64, p, alpha float64) Interval {
	find := func(ok func(k int64) bool) int64 { // first k for which ok, monotone
		a, b := int64(0), n
		for a < b {
			if m := (a + b) / 2; ok(m) {
				b = m
			} else {
				a = m + 1
			}
		}
		return a
	}
	low := find(func(k int64) bool { return stat.BinomialCDF(k, n, p) >= alpha })
	high := find(func(k int64) bool { return 1-stat.BinomialCDF(k, n, p) < alpha })
	return Interval{float64(low) / float64(n), float64(high) / float64(n)}
}
