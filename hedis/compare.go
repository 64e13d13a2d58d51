package hedis

import (
	"fmt"
	"math"
	"math/big"
	"slices"
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
// p lies between 0 and 1, ends included; another wraps [ErrInput].
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
// group. 0 for no values, or for k below 1.
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

// Quartile is the quarter in which a value lies, from 1 (best) to 4; 0 for no
// values. It counts the other way round than [QuantileGroup].
func Quartile(v *big.Rat, values []*big.Rat, better Improvement) int {
	g := QuantileGroup(v, values, 4, better)
	if g == 0 {
		return 0
	}
	return 5 - g
}

// TopShare gives the places, in input order, of the units ranked within the
// best share of n, floor(share x n) of them, and of all that tie with the last
// of these; tied says whether any came in by a tie. A share outside [0, 1] wraps
// [ErrInput].
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
// that the value reaches (closed below). Cut points that do not rise wrap
// [ErrInput]. The source documents name stars but no cut points.
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
// deviation, otherwise n. No values wrap [ErrUndefined].
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
