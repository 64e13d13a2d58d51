package incentives

import (
	"fmt"
	"math"
)

// Pay is what a number of patients met earns, all else unchanged: a scheme evaluated
// again on changed input. It must not fall as more patients are met.
type Pay func(met int64) (Exact, error)

// PatientsFor finds the least number of further patients, of those in the denominator
// and not yet met, for which pay reaches a goal. ok is false when even all of them
// don't. It evaluates the scheme itself, so gates and rounding count.
func PatientsFor(p Performance, goal Exact, pay Pay) (more int64, ok bool, err error) {
	if _, status, err := p.Read(Counting{}); err != nil || status != Scored || p.Value != nil {
		return 0, false, err
	}
	room := p.Denominator() - p.Numerator
	reaches := func(k int64) bool {
		if err != nil {
			return false
		}
		var x Exact
		x, err = pay(p.Numerator + k)
		return err == nil && x.Cmp(goal) >= 0
	}
	if reaches(0) {
		return 0, true, nil
	}
	if err != nil || !reaches(room) {
		return 0, false, err
	}
	low, high := int64(0), room // pay(low) misses, pay(high) reaches
	for high-low > 1 {
		if mid := low + (high-low)/2; reaches(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high, err == nil, err
}

// ToReach is the least number of patients to convert so that a rate reaches a share of
// the denominator (or exceeds it, when strict): k >= t x D - N. ok is false beyond the
// denominator.
func ToReach(p Performance, share Exact, strict bool) (more int64, ok bool) {
	d, n := p.Denominator(), p.Numerator
	if d <= 0 || n < 0 {
		return 0, false
	}
	need := share.Mul(Int(d)).Sub(Int(n))
	k := need.Round(Rounding{Ceil, 0})
	if strict && k.Equal(need) {
		k = k.Add(Int(1))
	}
	if k.Sign() <= 0 {
		return 0, true
	}
	if k.Cmp(Int(d-n)) > 0 {
		return 0, false
	}
	return k.rat().Num().Int64(), true
}

// NewPatientsToReach is the least number of new patients, all of them met, that brings
// a rate to a share below 1: k >= (t x D - N)/(1 - t).
func NewPatientsToReach(p Performance, share Exact) (more int64, ok bool) {
	one := Int(1)
	if share.Cmp(one) >= 0 || p.Denominator() < 0 {
		return 0, false
	}
	k := share.Mul(Int(p.Denominator())).Sub(Int(p.Numerator)).Quo(one.Sub(share)).Round(Rounding{Ceil, 0})
	if k.Sign() <= 0 {
		return 0, true
	}
	if !k.rat().Num().IsInt64() {
		return 0, false
	}
	return k.rat().Num().Int64(), true
}

// Kink is a number of patients at which pay changes.
type Kink struct {
	Met int64
	Pay Exact
}

// Curve lists every change of pay from the patients met now to the whole denominator,
// beginning with now. Denominators above 100,000 are an ErrMagnitude: ask PatientsFor.
func Curve(p Performance, pay Pay) ([]Kink, error) {
	if _, status, err := p.Read(Counting{}); err != nil || status != Scored {
		return nil, err
	}
	if p.Denominator()-p.Numerator > 100_000 {
		return nil, fmt.Errorf("%w: %d patients", ErrMagnitude, p.Denominator()-p.Numerator)
	}
	var out []Kink
	for n := p.Numerator; n <= p.Denominator() && n < math.MaxInt64; n++ {
		x, err := pay(n)
		if err != nil {
			return nil, err
		}
		if len(out) == 0 || !out[len(out)-1].Pay.Equal(x) {
			out = append(out, Kink{n, x})
		}
	}
	return out, nil
}

// AtRisk is what each line of a statement could still earn: its maximum pay less what
// it pays now, with the others unchanged. full evaluates the scheme with one line at
// its best.
func AtRisk(now *Statement, full func(line string) (*Statement, error)) (map[string]int64, error) {
	out := map[string]int64{}
	for _, l := range now.Lines {
		best, err := full(l.ID)
		if err != nil {
			return nil, err
		}
		out[l.ID] = best.TotalMinor - now.TotalMinor
	}
	return out, nil
}
