package evaluate

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/shopspring/decimal"
)

// SelectionIndex says whether a plan draws the healthier ones: the mean risk score of its
// people over that of a comparison. Above 1 is adverse selection, below 1 favourable
// ("cream-skimming").
type SelectionIndex struct {
	Ratio         Stat     `json:"ratio"`          // mean of the first group / mean of the second
	RatioInterval Interval `json:"ratio_interval"` // normal, by the delta method
	Index         Stat     `json:"index"`          // mean of the first / mean of both together
	IndexInterval Interval `json:"index_interval"` // the ratio's interval carried over
}

// IndexOfSelection compares two disjoint groups: the enrolled with the eligible who are
// not enrolled (read Index: enrolled over all eligible), or leavers with stayers (read
// Ratio). Scores are at least 0. It reports [ErrNegative], and [ErrRange] for the level.
func IndexOfSelection(first, second []float64, level float64) (SelectionIndex, error) {
	var x SelectionIndex
	z, err := quantile(level)
	if err = errors.Join(err, named("first group", checkCosts(first)), named("second group", checkCosts(second))); err != nil {
		return x, err
	}
	m1, m2 := mean(first), mean(second)
	for _, m := range []Stat{m1, m2} {
		if !m.Defined() {
			return SelectionIndex{m, noInterval(m.Why), m, noInterval(m.Why)}, nil
		}
	}
	if m2.Value == 0 {
		u := none(TotalZero)
		return SelectionIndex{u, noInterval(TotalZero), u, noInterval(TotalZero)}, nil
	}
	n1, n2 := float64(len(first)), float64(len(second))
	r := m1.Value / m2.Value
	f := n1 / (n1 + n2)
	carry := func(r float64) Stat { return of(r / (f*r + 1 - f)) } // increasing in r
	x.Ratio, x.Index = of(r), carry(r)
	if n1 < 2 || n2 < 2 {
		x.RatioInterval, x.IndexInterval = noInterval(TooFew), noInterval(TooFew)
		return x, nil
	}
	se := math.Sqrt(variance(first, m1.Value)/n1+r*r*variance(second, m2.Value)/n2) / m2.Value
	low, high := max(r-z*se, 0), r+z*se
	x.RatioInterval = Interval{of(low), of(high), se == 0}
	x.IndexInterval = Interval{carry(low), carry(high), se == 0}
	return x, nil
}

func named(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

func variance(x []float64, m float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return sum / float64(len(x)-1)
}

// PaymentRatio is the sum of risk-adjusted payments over the sum of what a comparator
// would have cost, rounded half up to places: 1,120 against 1,000 is 1.12. It reports
// [ErrNegative] for an amount below zero and [ErrEmpty] when the comparator is zero.
func PaymentRatio(paid, comparator []decimal.Decimal, places int32) (decimal.Decimal, error) {
	sum := func(what string, xs []decimal.Decimal) (total decimal.Decimal, err error) {
		for i, x := range xs {
			if x.Sign() < 0 {
				return total, fmt.Errorf("%w: %s[%d] is %v", ErrNegative, what, i, x)
			}
			total = total.Add(x)
		}
		return total, nil
	}
	p, err1 := sum("paid", paid)
	c, err2 := sum("comparator", comparator)
	if err := errors.Join(err1, err2); err != nil {
		return decimal.Decimal{}, err
	}
	if c.Sign() == 0 {
		return decimal.Decimal{}, fmt.Errorf("%w: the comparator costs nothing", ErrEmpty)
	}
	return exact.Quo(p, c, places, exact.HalfUp), nil
}

// PersonWeight is one person's weight in an allocation, and the group it counts for.
type PersonWeight struct {
	Group  string
	Weight decimal.Decimal // at least 0
}

// GroupShare is a group's part of a pot of money.
type GroupShare struct {
	Group  string
	People int
	Weight decimal.Decimal // sum over its people
	Amount decimal.Decimal // exact to the pot's places
	places int32
}

// MarshalJSON prints weight and amount as text, the amount with the pot's places.
func (g GroupShare) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Group  string `json:"group"`
		People int    `json:"people"`
		Weight string `json:"weight"`
		Amount string `json:"amount"`
	}{g.Group, g.People, g.Weight.StringFixed(max(-g.Weight.Exponent(), 0)), g.Amount.StringFixed(g.places)})
}

// Allocate shares a pot among groups by the sum of their people's weights. Amounts have
// the given places and add up to the pot exactly: each group gets its share rounded down,
// and what is left goes in units of the last place to the largest remainders (among equal
// ones to the greater weight, then to the first name). Groups come in byte order of their
// names. It reports [ErrWeights] for a negative weight or none above zero, [ErrNegative]
// for a negative pot and [ErrRange] for a pot with more places.
func Allocate(pot decimal.Decimal, places int32, people []PersonWeight) ([]GroupShare, error) {
	var errs []error
	if pot.Sign() < 0 {
		errs = append(errs, fmt.Errorf("%w: a pot of %v", ErrNegative, pot))
	}
	if !exact.Round(pot, places, exact.Down).Equal(pot) {
		errs = append(errs, fmt.Errorf("%w: a pot of %v has more than %d places", ErrRange, pot, places))
	}
	at := map[string]int{}
	var out []GroupShare
	total := decimal.Decimal{}
	for i, p := range people {
		if p.Weight.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: weight %v of person %d, group %q", ErrWeights, p.Weight, i, p.Group))
			continue
		}
		k, ok := at[p.Group]
		if !ok {
			k = len(out)
			at[p.Group] = k
			out = append(out, GroupShare{Group: p.Group, places: max(places, 0)})
		}
		out[k].People++
		out[k].Weight = out[k].Weight.Add(p.Weight)
		total = total.Add(p.Weight)
	}
	if len(errs) == 0 && total.Sign() == 0 {
		errs = append(errs, fmt.Errorf("%w: no weight above zero", ErrWeights))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	slices.SortFunc(out, func(a, b GroupShare) int { return cmp.Compare(a.Group, b.Group) })
	rest := make([]decimal.Decimal, len(out)) // remainder times total
	left := pot
	for i := range out {
		whole := pot.Mul(out[i].Weight)
		out[i].Amount = exact.Quo(whole, total, places, exact.Floor)
		rest[i] = whole.Sub(out[i].Amount.Mul(total))
		left = left.Sub(out[i].Amount)
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(rest[b].Cmp(rest[a]), out[b].Weight.Cmp(out[a].Weight), cmp.Compare(a, b))
	})
	unit := decimal.NewFromBigInt(big.NewInt(1), -places)
	for _, i := range order {
		if left.Sign() <= 0 {
			break
		}
		out[i].Amount = out[i].Amount.Add(unit)
		left = left.Sub(unit)
	}
	return out, nil
}
