package hedis

import (
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
)

// QuantileMethod is the definition of a quantile.
type QuantileMethod uint8

// Definitions, by the numbers of Hyndman and Fan (American Statistician
// 1996;50:361-365): type 7, linear between order statistics; type 1, the
// inverse of the empirical distribution; the nearest rank, ceil(p n), which is
// type 1 in another dress.
const (
	Type7 QuantileMethod = iota
	Type1
	NearestRank
)

// Quantile is the p-quantile of values in any order, exact; nil for no values.
// p lies between 0 and 1.
func Quantile(values []*big.Rat, p *big.Rat, method QuantileMethod) (*big.Rat, error) {
	if p == nil || p.Sign() < 0 || p.Cmp(big.NewRat(1, 1)) > 0 {
		return nil, fmt.Errorf("%w: quantile %v", ErrInput, p)
	}
	n := int64(len(values))
	if n == 0 {
		return nil, nil
	}
	v := slices.Clone(values)
	slices.SortFunc(v, (*big.Rat).Cmp)
	if method == Type7 {
		h := new(big.Rat).Mul(p, big.NewRat(n-1, 1))
		k := new(big.Int).Quo(h.Num(), h.Denom()).Int64()
		if k >= n-1 {
			return new(big.Rat).Set(v[n-1]), nil
		}
		f := h.Sub(h, big.NewRat(k, 1))
		d := new(big.Rat).Sub(v[k+1], v[k])
		return d.Add(v[k], d.Mul(d, f)), nil
	}
	h := new(big.Rat).Mul(p, big.NewRat(n, 1))
	k := new(big.Int).Quo(h.Num(), h.Denom()).Int64()
	if !h.IsInt() {
		k++
	}
	return new(big.Rat).Set(v[max(k, 1)-1]), nil
}

// PercentileRank is 100 (number below + half of equals) / n, exact; nil for no
// values.
func PercentileRank(v *big.Rat, values []*big.Rat) *big.Rat {
	if len(values) == 0 {
		return nil
	}
	var twice int64
	for _, x := range values {
		twice += int64(1 - x.Cmp(v)) // 2 below, 1 equal, 0 above
	}
	return big.NewRat(50*twice, int64(len(values)))
}

// QuantileGroup is the group from 1 (worst) to k (best) of a value among
// values: min(k, floor(k (worse + equals/2) / n) + 1). Equal values share a
// group. 0 for no values.
func QuantileGroup(v *big.Rat, values []*big.Rat, k int, better Improvement) int {
	pr := PercentileRank(v, values)
	if pr == nil || k < 1 {
		return 0
	}
	if better == Decrease {
		pr.Sub(big.NewRat(100, 1), pr)
	}
	pr.Mul(pr, big.NewRat(int64(k), 100))
	return min(k, int(new(big.Int).Quo(pr.Num(), pr.Denom()).Int64())+1)
}

// Quartile is the quarter in which a value lies, 1 being the best.
func Quartile(v *big.Rat, values []*big.Rat, better Improvement) int {
	g := QuantileGroup(v, values, 4, better)
	if g == 0 {
		return 0
	}
	return 5 - g
}

// TopShare gives the places, in input order, of the units ranked within the
// best share of n, floor(share x n) of them, and of all that tie with the last
// of these; tied says whether any came in by a tie.
func TopShare(values []*big.Rat, share *big.Rat, better Improvement) (places []int, tied bool, err error) {
	if share == nil || share.Sign() < 0 || share.Cmp(big.NewRat(1, 1)) > 0 {
		return nil, false, fmt.Errorf("%w: share %v", ErrInput, share)
	}
	n := new(big.Rat).Mul(share, big.NewRat(int64(len(values)), 1))
	k := int(new(big.Int).Quo(n.Num(), n.Denom()).Int64())
	if k == 0 {
		return nil, false, nil
	}
	for i, v := range values {
		ahead := 0
		for _, o := range values {
			if c := o.Cmp(v); c > 0 && better == Increase || c < 0 && better == Decrease {
				ahead++
			}
		}
		if ahead < k {
			places = append(places, i)
		}
	}
	return places, len(places) > k, nil
}

// Stars is 1 plus the number of the caller's cut points, given in rising order,
// that the value reaches (closed below). The source documents name stars but no
// cut points.
func Stars(v *big.Rat, cuts []*big.Rat) (int, error) {
	stars := 1
	for i, c := range cuts {
		if c == nil || i > 0 && c.Cmp(cuts[i-1]) <= 0 {
			return 0, fmt.Errorf("%w: cut points of stars must rise", ErrInput)
		}
		if v.Cmp(c) >= 0 {
			stars++
		}
	}
	return stars, nil
}

// BenchmarkIndex is 100 x value / reference, exact; undefined for a reference
// of 0.
func BenchmarkIndex(value, reference *big.Rat) (*big.Rat, error) {
	if reference.Sign() == 0 {
		return nil, fmt.Errorf("%w: an index to a reference of 0", ErrUndefined)
	}
	r := new(big.Rat).Quo(value, reference)
	return r.Mul(r, big.NewRat(100, 1)), nil
}

// Variation describes how far units lie apart.
type Variation struct {
	Lowest, Highest *big.Rat
	HighLow         *big.Rat // highest / lowest, nil when the lowest is 0
	Coefficient     float64  // standard deviation / mean, NaN when the mean is 0 or there is no deviation to take
}

// Vary computes the variation of values; sample takes n - 1 in the standard
// deviation, otherwise n.
func Vary(values []*big.Rat, sample bool) (Variation, error) {
	if len(values) == 0 {
		return Variation{}, fmt.Errorf("%w: variation of no values", ErrUndefined)
	}
	v := Variation{Lowest: slices.MinFunc(values, (*big.Rat).Cmp), Highest: slices.MaxFunc(values, (*big.Rat).Cmp), Coefficient: math.NaN()}
	if v.Lowest.Sign() != 0 {
		v.HighLow = new(big.Rat).Quo(v.Highest, v.Lowest)
	}
	mean, sd := meanSD(values, sample)
	if mean != 0 && !math.IsNaN(sd) {
		v.Coefficient = sd / mean
	}
	return v, nil
}

// meanSD is exact up to the square root.
func meanSD(values []*big.Rat, sample bool) (mean, sd float64) {
	n := int64(len(values))
	sum, squares := new(big.Rat), new(big.Rat)
	for _, v := range values {
		sum.Add(sum, v)
	}
	m := new(big.Rat).Quo(sum, big.NewRat(n, 1))
	for _, v := range values {
		d := new(big.Rat).Sub(v, m)
		squares.Add(squares, d.Mul(d, d))
	}
	mean, _ = m.Float64()
	if sample {
		n--
	}
	if n == 0 {
		return mean, math.NaN()
	}
	q, _ := squares.Quo(squares, big.NewRat(n, 1)).Float64()
	return mean, math.Sqrt(q)
}

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
// under the minimum denominator are listed without a verdict.
func ComparePeers(units []Peer, o PeerOptions) (PeerComparison, error) {
	var out PeerComparison
	var values []*big.Rat
	seen := map[string]bool{}
	for _, u := range units {
		if u.Rate.Den != 0 || u.Rate.Num != 0 {
			if err := proportion(u.Rate); err != nil {
				return out, fmt.Errorf("unit %q: %w", u.Name, err)
			}
		}
		if seen[u.Name] {
			return out, fmt.Errorf("%w: unit %q twice", ErrInput, u.Name)
		}
		seen[u.Name] = true
		if ReportState(u.Rate, o.MinDen) == RateReported {
			out.Pooled = out.Pooled.Add(u.Rate)
			values = append(values, big.NewRat(u.Rate.Num, u.Rate.Den))
		}
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
