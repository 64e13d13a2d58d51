package medicare

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/mssp_msr.csv
var msrCSV string

// MinimumSavingsRate is the rate of one-sided tracks of the Medicare Shared Savings
// Program, as a share, for so many assigned beneficiaries; inside a band it is
// interpolated. Fewer than 5,000 have none.
func MinimumSavingsRate(assigned int64) (incentives.Exact, error) {
	t, err := table.Parse("mssp_msr", msrCSV)
	if err != nil {
		return incentives.Exact{}, fmt.Errorf("%w: %w", incentives.ErrParameter, err)
	}
	for _, r := range t.Rows {
		from, err := strconv.ParseInt(r[0], 10, 64)
		if err != nil {
			return incentives.Exact{}, fmt.Errorf("%w: band %q", incentives.ErrParameter, r[0])
		}
		high, low := x(r[2]).Quo(incentives.Int(100)), x(r[3]).Quo(incentives.Int(100))
		if r[1] == "" {
			if assigned >= from {
				return high, nil
			}
			continue
		}
		to, err := strconv.ParseInt(r[1], 10, 64)
		if err != nil {
			return incentives.Exact{}, fmt.Errorf("%w: band %q", incentives.ErrParameter, r[1])
		}
		if assigned >= from && assigned <= to {
			return high.Add(low.Sub(high).Mul(incentives.Frac(assigned-from, to-from))), nil
		}
	}
	return incentives.Exact{}, fmt.Errorf("%w: %d assigned beneficiaries", incentives.ErrLookup, assigned)
}

// Track of the Medicare Shared Savings Program (42 CFR 425.600-610; secondary).
type Track struct {
	Name         string
	Rate         incentives.Exact // of savings, as a share
	SavingsLimit incentives.Exact // of the benchmark
	TwoSided     bool
	LossRate     incentives.Exact // BASIC tracks; ENHANCED derives it from quality
	LossOfIncome incentives.Exact // limit: share of participants' revenue; 0: none
	LossOfBench  incentives.Exact // limit: share of the benchmark
	LossByScore  bool             // ENHANCED: 1 - Rate x quality, from 0.40 to 0.75
}

// Tracks lists BASIC A to E and ENHANCED.
func Tracks() []Track {
	ten := x("0.10")
	return []Track{
		{Name: "BASIC A", Rate: x("0.40"), SavingsLimit: ten},
		{Name: "BASIC B", Rate: x("0.40"), SavingsLimit: ten},
		{Name: "BASIC C", Rate: x("0.50"), SavingsLimit: ten, TwoSided: true, LossRate: x("0.30"), LossOfIncome: x("0.02"), LossOfBench: x("0.01")},
		{Name: "BASIC D", Rate: x("0.50"), SavingsLimit: ten, TwoSided: true, LossRate: x("0.30"), LossOfIncome: x("0.04"), LossOfBench: x("0.02")},
		{Name: "BASIC E", Rate: x("0.50"), SavingsLimit: ten, TwoSided: true, LossRate: x("0.30"), LossOfIncome: x("0.08"), LossOfBench: x("0.04")},
		{Name: "ENHANCED", Rate: x("0.75"), SavingsLimit: x("0.20"), TwoSided: true, LossOfBench: x("0.15"), LossByScore: true},
	}
}

// Standard is the quality standard that was met.
type Standard uint8

// Standards.
const (
	NoStandard  Standard = iota // nothing is shared
	Alternative                 // the rate is multiplied by the quality score
	Met                         // the full rate
)

// ACO is an accountable care organisation's year.
type ACO struct {
	Benchmark, Expenditure incentives.Exact
	MSR, MLR               incentives.Exact // minimum savings and loss rates, as shares
	Standard               Standard
	Quality                incentives.Exact // 0 to 1
	Revenue                incentives.Exact // of participants, for loss limits
	// HalfRate: a low-revenue ACO of 5,000 or more, agreement from 2024 on, shares half
	// the rate of savings below the minimum.
	HalfRate bool
}

// Shared is what an ACO earns (positive) or owes (negative).
type Shared struct {
	Amount  incentives.Exact
	Rate    incentives.Exact // that was applied
	Limited bool             // the limit was reached
	Why     string           // when nothing is shared
}

// SharedSavings settles a year: first-dollar savings at the rate when the minimum rate
// and the quality gate are met, losses the same way in two-sided tracks.
func SharedSavings(t Track, a ACO) (Shared, error) {
	one := incentives.Int(1)
	if a.Benchmark.Sign() <= 0 || a.Expenditure.Sign() < 0 {
		return Shared{}, fmt.Errorf("%w: benchmark %s, expenditure %s", incentives.ErrDivision, a.Benchmark, a.Expenditure)
	}
	if a.Quality.Sign() < 0 || a.Quality.Cmp(one) > 0 || a.MSR.Sign() < 0 || a.MLR.Sign() < 0 || a.Revenue.Sign() < 0 {
		return Shared{}, fmt.Errorf("%w: quality %s, minimum rates %s and %s", incentives.ErrRange, a.Quality, a.MSR, a.MLR)
	}
	savings := a.Benchmark.Sub(a.Expenditure)
	share := savings.Quo(a.Benchmark)
	if savings.Sign() > 0 {
		rate := t.Rate
		switch a.Standard {
		case NoStandard:
			return Shared{Why: "the quality standard is not met"}, nil
		case Alternative:
			rate = rate.Mul(a.Quality)
		}
		if share.Cmp(a.MSR) < 0 {
			if !a.HalfRate {
				return Shared{Why: "savings below the minimum rate"}, nil
			}
			rate = rate.Mul(x("0.5"))
		}
		out := Shared{Amount: savings.Mul(rate), Rate: rate}
		if limit := a.Benchmark.Mul(t.SavingsLimit); out.Amount.Cmp(limit) > 0 {
			out.Amount, out.Limited = limit, true
		}
		return out, nil
	}
	if !t.TwoSided || savings.Sign() == 0 || share.Neg().Cmp(a.MLR) < 0 {
		return Shared{Why: "no loss is shared"}, nil
	}
	rate := t.LossRate
	if t.LossByScore {
		rate = x("0.75")
		if a.Standard != NoStandard {
			rate = one.Sub(t.Rate.Mul(a.Quality)).Clamp(x("0.40"), x("0.75"))
		}
	}
	out := Shared{Amount: savings.Mul(rate), Rate: rate}
	limit := a.Benchmark.Mul(t.LossOfBench)
	if t.LossOfIncome.Sign() > 0 {
		limit = limit.Min(a.Revenue.Mul(t.LossOfIncome))
	}
	if out.Amount.Neg().Cmp(limit) > 0 {
		out.Amount, out.Limited = limit.Neg(), true
	}
	return out, nil
}
