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
	BreakEvenYear  int     `json:"break_even_year"` // first year in which the sum so far is not negative; -1: never
	MaxTurnover    float64 `json:"max_turnover"`    // the largest turnover that still breaks even; -1: none does
	PaysForItself  bool    `json:"pays_for_itself"`
	CostsExceedAll bool    `json:"costs_exceed_all"` // costs exceed savings even without turnover
}

// NPV is the sum over years of (savings x stayers - costs), discounted.
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
	for t := range years {
		sum += (at(b.Savings, t)*math.Pow(1-b.Turnover, float64(t)) - at(b.Costs, t)) / math.Pow(1+b.Discount, float64(t))
		if sum >= 0 && r.BreakEvenYear < 0 {
			r.BreakEvenYear = t
		}
	}
	r.NPV = sum
	r.PaysForItself = sum >= 0
	r.CostsExceedAll = npv(0) < 0
	if !r.CostsExceedAll {
		lo, hi := 0.0, 1.0
		if npv(1) >= 0 {
			lo = 1
		}
		for range 60 {
			if lo == 1 {
				break
			}
			mid := (lo + hi) / 2
			if npv(mid) >= 0 {
				lo = mid
			} else {
				hi = mid
			}
		}
		r.MaxTurnover = lo
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
