package organisation

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/caremodel"
)

// BusinessCase is the money of a programme by year, year 0 first. Savings follow the
// members who stay; turnover kills long-term investment.
type BusinessCase struct {
	Costs    []float64 `json:"costs,omitempty"`
	Savings  []float64 `json:"savings,omitempty"` // by year from 0; the shorter is filled with 0
	Turnover float64   `json:"turnover"`          // share of members who leave each year
	Discount float64   `json:"discount"`          // rate
}

// BusinessResult is a business case's worth. Estimates, in the caller's currency unit.
type BusinessResult struct {
	NPV            float64 `json:"npv"`
	BreakEvenYear  int     `json:"break_even_year"` // first year from which on the sum so far is not negative; -1: never
	MaxTurnover    float64 `json:"max_turnover"`    // the largest turnover that still breaks even, sought in thousandths and then refined; -1: none does
	PaysForItself  bool    `json:"pays_for_itself"`
	CostsExceedAll bool    `json:"costs_exceed_all"` // costs exceed savings even without turnover
}

// NPV is the sum over years t of (savings x (1 - turnover)^t - costs) / (1 + discount)^t.
// Costs above savings are an answer, not a fault. A turnover outside 0 to 1, a discount of
// -1 or less and amounts that are not numbers are [caremodel.ErrPolicy], all at once.
func (b BusinessCase) NPV() (BusinessResult, error) {
	var errs []error
	if !(b.Turnover >= 0 && b.Turnover <= 1) || !(b.Discount > -1) || math.IsInf(b.Discount, 0) {
		errs = append(errs, fmt.Errorf("%w: turnover %g, discount %g", caremodel.ErrPolicy, b.Turnover, b.Discount))
	}
	for i, x := range append(append([]float64{}, b.Costs...), b.Savings...) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			errs = append(errs, fmt.Errorf("%w: amount %d is %g", caremodel.ErrPolicy, i, x))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return BusinessResult{}, err
	}
	r := BusinessResult{BreakEvenYear: -1, MaxTurnover: -1}
	years := max(len(b.Costs), len(b.Savings))
	at := func(xs []float64, t int) float64 {
		if t < len(xs) {
			return xs[t]
		}
		return 0
	}
	npv := func(turnover float64) float64 {
		sum := 0.0
		for t := range years {
			sum += (at(b.Savings, t)*math.Pow(1-turnover, float64(t)) - at(b.Costs, t)) / math.Pow(1+b.Discount, float64(t))
		}
		return sum
	}
	sum := 0.0
	for t := range years { // breaking even counts when it lasts
		sum += (at(b.Savings, t)*math.Pow(1-b.Turnover, float64(t)) - at(b.Costs, t)) / math.Pow(1+b.Discount, float64(t))
		switch {
		case sum < 0:
			r.BreakEvenYear = -1
		case r.BreakEvenYear < 0:
			r.BreakEvenYear = t
		}
	}
	r.NPV = sum
	r.PaysForItself = sum >= 0
	r.CostsExceedAll = npv(0) < 0
	// from the highest turnover down, since a loss that members take with them can make it pay
	const steps = 1000
	for k := steps; k >= 0; k-- {
		lo := float64(k) / steps
		if npv(lo) < 0 {
			continue
		}
		r.MaxTurnover = lo
		for hi := float64(k+1) / steps; k < steps && hi-lo > 1e-15; r.MaxTurnover = lo {
			mid := (lo + hi) / 2
			if mid <= lo || mid >= hi {
				break
			}
			if npv(mid) >= 0 {
				lo = mid
			} else {
				hi = mid
			}
		}
		break
	}
	return r, nil
}

// TurnoverRow is the worth of a business case at one turnover.
type TurnoverRow struct {
	Turnover float64 `json:"turnover"`
	NPV      float64 `json:"npv"`
}

// Table computes the worth at several turnovers. Published turnovers are 10 to 15 per
// cent a year, about 10, and an average stay of 13 years, about 1/13 (King's Fund
// 2004:1084-1085, 1121-1122, 969-970).
func (b BusinessCase) Table(turnovers ...float64) ([]TurnoverRow, error) {
	var out []TurnoverRow
	var errs []error
	for _, t := range turnovers {
		b.Turnover = t
		r, err := b.NPV()
		errs = append(errs, err)
		out = append(out, TurnoverRow{t, r.NPV})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}
