package hedis

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
)

// OpportunityUnit is a unit whose performance could move to that of the best
// quarter: value is per unit of volume, cost per unit of value.
type OpportunityUnit struct {
	Name     string
	Value    *big.Rat
	Volume   int64
	UnitCost decimal.Decimal
}

// Opportunity is what is gained when every unit reaches the benchmark. Parts
// and Total are exact; Money is the parts rounded so that they add up to
// TotalMoney to the last place.
type Opportunity struct {
	Benchmark  *big.Rat
	Parts      []*big.Rat
	Total      *big.Rat
	Money      []decimal.Decimal
	TotalMoney decimal.Decimal
}

// TopQuartileOpportunity sums, over units worse than the best quarter's boundary,
// distance x volume x unit cost. The boundary is the 25th percentile when lower is
// better, the 75th when higher is. The total is rounded last, half away from zero,
// to places; what rounding leaves goes to the parts with the largest remainders,
// the earlier of equals first. Source: the productive opportunity of the NHS
// better care, better value indicators as the source documents describe it. A unit
// without a value, or with a negative volume or cost, wraps [ErrInput].
func TopQuartileOpportunity(units []OpportunityUnit, method QuantileMethod, better Improvement, places int32) (Opportunity, error) {
	out := Opportunity{Total: new(big.Rat)}
	var values []*big.Rat
	var errs []error
	for _, u := range units {
		if u.Value == nil || u.Volume < 0 || u.UnitCost.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: unit %q: value %v, volume %d, unit cost %v", ErrInput, u.Name, u.Value, u.Volume, u.UnitCost))
		}
		values = append(values, u.Value)
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	p := big.NewRat(1, 4)
	if better == Increase {
		p = big.NewRat(3, 4)
	}
	q, err := Quantile(values, p, method)
	if err != nil || q == nil {
		return out, err
	}
	out.Benchmark = q
	for _, u := range units {
		d := new(big.Rat).Sub(u.Value, q)
		if better == Increase {
			d.Neg(d)
		}
		if d.Sign() < 0 {
			d = new(big.Rat)
		}
		d.Mul(d, new(big.Rat).SetInt64(u.Volume))
		d.Mul(d, u.UnitCost.Rat())
		out.Parts = append(out.Parts, d)
		out.Total.Add(out.Total, d)
	}
	out.Money, out.TotalMoney = apportion(out.Parts, out.Total, places)
	return out, nil
}

// apportion rounds non-negative parts so that they add up to the rounded total.
func apportion(parts []*big.Rat, total *big.Rat, places int32) ([]decimal.Decimal, decimal.Decimal) {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, 0))), nil))
	floor := func(r *big.Rat) (*big.Int, *big.Rat) {
		r = new(big.Rat).Mul(r, scale)
		n := new(big.Int).Quo(r.Num(), r.Denom())
		return n, r.Sub(r, new(big.Rat).SetInt(n))
	}
	sum, rest := floor(total)
	if rest.Cmp(big.NewRat(1, 2)) >= 0 {
		sum.Add(sum, big.NewInt(1))
	}
	units, rests, order := make([]*big.Int, len(parts)), make([]*big.Rat, len(parts)), make([]int, len(parts))
	left := new(big.Int).Set(sum)
	for i, p := range parts {
		units[i], rests[i] = floor(p)
		order[i] = i
		left.Sub(left, units[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for k := 0; left.Sign() > 0 && k < len(order); k++ {
		units[order[k]].Add(units[order[k]], big.NewInt(1))
		left.Sub(left, big.NewInt(1))
	}
	out := make([]decimal.Decimal, len(parts))
	for i := range units {
		out[i] = decimal.NewFromBigInt(units[i], -max(places, 0))
	}
	return out, decimal.NewFromBigInt(sum, -max(places, 0))
}

// AchievableBenchmark is the pooled rate of the best units that together cover at
// least the given share of all patients (1/10 when nil). Each unit enters the
// ordering with its rate adjusted to (x + 1)/(n + 2), so that tiny units do not
// set it. Source: Kiefe and others, JAMA 2001;285:2871-2879 (achievable benchmarks
// of care). The documents this library follows do not use it. A rate that is no
// proportion, and a share outside (0, 1], wrap [ErrInput]; no patients, [ErrUndefined].
func AchievableBenchmark(units []Peer, better Improvement, share *big.Rat) (registry.Rate, error) {
	if share == nil {
		share = big.NewRat(1, 10)
	}
	if share.Sign() <= 0 || share.Cmp(big.NewRat(1, 1)) > 0 {
		return registry.Rate{}, fmt.Errorf("%w: a share of %s of all patients", ErrInput, share.RatString())
	}
	var all int64
	for _, u := range units {
		if u.Rate.Num < 0 || u.Rate.Den < u.Rate.Num {
			return registry.Rate{}, fmt.Errorf("%w: unit %q: %d of %d", ErrInput, u.Name, u.Rate.Num, u.Rate.Den)
		}
		all += u.Rate.Den
	}
	order := slices.Clone(units)
	slices.SortStableFunc(order, func(a, b Peer) int {
		x, y := Achieved(a.Rate, better), Achieved(b.Rate, better)
		return cmp.Or(registry.Rate{Num: y.Num + 1, Den: y.Den + 2}.Cmp(registry.Rate{Num: x.Num + 1, Den: x.Den + 2}), cmp.Compare(a.Name, b.Name))
	})
	need := new(big.Rat).Mul(share, new(big.Rat).SetInt64(all))
	var pooled registry.Rate
	for _, u := range order {
		pooled = pooled.Add(u.Rate)
		if new(big.Rat).SetInt64(pooled.Den).Cmp(need) >= 0 && pooled.Den > 0 {
			return pooled, nil
		}
	}
	return registry.Rate{}, fmt.Errorf("%w: no patients", ErrUndefined)
}
