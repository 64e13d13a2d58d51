package hedis

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/registry"
)

// HybridSample draws the systematic sample of the hybrid method, in which
// charts are read for a part of the eligible population. The zero value takes
// 411 members and no oversample. Source: CMS-10219 supporting statement B, 2007
// (samples of up to 411).
type HybridSample struct {
	Size       int           // most members wanted; 0 means 411
	Oversample registry.Rate // share of the size kept in reserve, rounded up; 5/100 gives 21 of 411
	Start      registry.Rate // where in the first interval to begin, in [0, 1) of it
}

// DefaultSample is the greatest sample of the hybrid method.
const DefaultSample = 411

// Draw gives the places, from 0, of the sample and of its reserve in the eligible
// population of n, which the caller has put in a stable order: place floor(start +
// i * n/(m + oversample)). There is no reserve when all are taken. Figures below
// 0, or a start outside [0, 1), wrap [ErrInput].
func (h HybridSample) Draw(n int) (sample, reserve []int, err error) {
	size := h.Size
	if size == 0 {
		size = DefaultSample
	}
	o, s := h.Oversample, h.Start
	if n < 0 || size < 0 || o.Num < 0 || o.Den < 0 || s.Num < 0 || s.Den < 0 || s.Den > 0 && s.Num >= s.Den {
		return nil, nil, fmt.Errorf("%w: hybrid sample of %d from %d, oversample %v, start %v", ErrInput, size, n, o, s)
	}
	m := min(size, n)
	if m == 0 {
		return nil, nil, nil
	}
	extra := 0
	if o.Den > 0 {
		extra = int((int64(m)*o.Num + o.Den - 1) / o.Den)
	}
	k := min(m+extra, n)
	start := new(big.Rat)
	interval := big.NewRat(int64(n), int64(k))
	if s.Den > 0 {
		start.Mul(big.NewRat(s.Num, s.Den), interval)
	}
	places := make([]int, k)
	for i := range places {
		at := new(big.Rat).Mul(interval, new(big.Rat).SetInt64(int64(i)))
		at.Add(at, start)
		places[i] = int(new(big.Int).Quo(at.Num(), at.Denom()).Int64())
	}
	// the reserve is spread evenly through the drawn places
	if k == m {
		return places, nil, nil
	}
	for i, p := range places {
		if (i+1)*(k-m)/k > i*(k-m)/k {
			reserve = append(reserve, p)
		} else {
			sample = append(sample, p)
		}
	}
	return sample, reserve, nil
}

// Replace takes the members that turn out to be errors or exclusions out of the
// sample and fills in from the reserve, in order, until the sample has its size
// again or the reserve is used up. The result is the final denominator.
func (h HybridSample) Replace(sample, reserve []int, invalid func(place int) bool) []int {
	var out []int
	for _, p := range sample {
		if !invalid(p) {
			out = append(out, p)
		}
	}
	for _, p := range reserve {
		if len(out) == len(sample) {
			break
		}
		if !invalid(p) {
			out = append(out, p)
		}
	}
	return out
}
