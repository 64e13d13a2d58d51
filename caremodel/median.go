package caremodel

import (
	"math/big"
	"slices"
)

// MedianDays is the median of numbers of days, exact: the middle one, or halfway between
// the two in the middle. nil of none, which is undefined and not 0. It sorts the days.
func MedianDays(days []int) *big.Rat {
	n := len(days)
	if n == 0 {
		return nil
	}
	slices.Sort(days)
	m := new(big.Rat).SetInt64(int64(days[(n-1)/2]))
	m.Add(m, new(big.Rat).SetInt64(int64(days[n/2])))
	return m.Quo(m, big.NewRat(2, 1))
}
