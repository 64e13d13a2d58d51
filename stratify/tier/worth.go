package tier

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/shopspring/decimal"
)

// Worth is what a level costs and captures.
type Worth struct {
	Level      string          `json:"level"`
	People     int             `json:"people"`
	Events     int             `json:"events"`
	Price      decimal.Decimal `json:"price"`      // people times the price of care in the level
	CostShare  evaluate.Stat   `json:"cost_share"` // of all cost, this level
	Cumulative evaluate.Stat   `json:"cumulative"` // of all cost, this level and those above
	FromTop    evaluate.Value  `json:"from_top"`   // this level and those above as one flag: sensitivity with PPV
	PerEvent   evaluate.Stat   `json:"per_event"`  // price of this level for each event in it
	places     int32
}

// MarshalJSON prints the price as text with the places of the price a person.
func (w Worth) MarshalJSON() ([]byte, error) {
	type plain Worth
	return json.Marshal(struct {
		plain
		Price string `json:"price"`
	}{plain(w), w.Price.StringFixed(w.places)})
}

// Worth tells, level by level from the top, how many of the outcomes (0 or 1) and how much
// of the cost fall on its people, and what the care of the level costs at a price a person.
// Outcomes and costs are in the order of the people given to [Pyramid.Assign]; costs and
// prices may be nil. Only placed people count. It reports [ErrLength], and
// [evaluate.ErrLabel] and [evaluate.ErrNegative] for faulty rows.
func (r *Result) Worth(people int, outcome []int, cost []float64, price []decimal.Decimal) ([]Worth, error) {
	var errs []error
	if len(outcome) != people {
		errs = append(errs, fmt.Errorf("%w: %d outcomes, %d people", ErrLength, len(outcome), people))
	}
	if cost != nil && len(cost) != people {
		errs = append(errs, fmt.Errorf("%w: %d costs, %d people", ErrLength, len(cost), people))
	}
	if price != nil && len(price) != len(r.Levels) {
		errs = append(errs, fmt.Errorf("%w: %d prices, %d levels", ErrLength, len(price), len(r.Levels)))
	}
	for i, p := range price {
		if p.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: price %d is %v", evaluate.ErrNegative, i, p))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	out := make([]Worth, len(r.Levels))
	sums, total, events := make([]float64, len(out)), 0.0, 0
	for _, p := range r.Placed {
		if p.Index >= people {
			return nil, fmt.Errorf("%w: person %d of %d", ErrLength, p.Index, people)
		}
		y := outcome[p.Index]
		if y != 0 && y != 1 {
			return nil, fmt.Errorf("%w: outcome[%d] is %d", evaluate.ErrLabel, p.Index, y)
		}
		w := &out[p.Level-1]
		w.People++
		w.Events += y
		events += y
		if cost != nil {
			x := cost[p.Index]
			if !(x >= 0 && x <= 1e300) {
				return nil, fmt.Errorf("%w: cost[%d] is %v", evaluate.ErrNegative, p.Index, x)
			}
			sums[p.Level-1] += x
			total += x
		}
	}
	share := func(x float64) evaluate.Stat {
		if cost == nil || total == 0 {
			return evaluate.Stat{Why: evaluate.TotalZero}
		}
		return evaluate.Stat{Value: min(x/total, 1)}
	}
	flagged, found, sum := 0, 0, 0.0
	for i := range out {
		w := &out[i]
		w.Level = r.Levels[i].Name
		flagged, found, sum = flagged+w.People, found+w.Events, sum+sums[i]
		w.CostShare, w.Cumulative = share(sums[i]), share(sum)
		t := evaluate.Table{TP: int64(found), FP: int64(flagged - found), FN: int64(events - found)}
		t.TN = int64(len(r.Placed)) - t.TP - t.FP - t.FN
		w.FromTop = t.Value()
		if w.PerEvent = (evaluate.Stat{Why: evaluate.NoEvents}); price != nil {
			w.places = max(-price[i].Exponent(), 0)
			w.Price = price[i].Mul(decimal.NewFromInt(int64(w.People)))
			if w.Events > 0 {
				x, _ := w.Price.Float64()
				w.PerEvent = evaluate.Stat{Value: x / float64(w.Events)}
			}
		}
	}
	return out, nil
}
