package organisation

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Point is a value of a series.
type Point struct {
	On    registry.Date `json:"on"`
	Value *big.Rat      `json:"value"`
}

// RunRule sets how many points make a signal. The zero value is common practice, not
// confirmed by a primary source: 6 for a shift, 5 for a trend.
type RunRule struct {
	Shift int `json:"shift"` // successive points on one side of the median
	Trend int `json:"trend"` // successive rises or falls
}

// Run is a signal in a series: the days of its first and last point.
type Run struct {
	From registry.Date `json:"from"`
	To   registry.Date `json:"to"`
	Up   bool          `json:"up"` // above the median, or rising
	N    int           `json:"n"`  // points of a shift, steps of a trend
}

// Chart is what a run chart shows.
type Chart struct {
	Median *big.Rat `json:"median"`           // nil: no points
	Shifts []Run    `json:"shifts,omitempty"` // by day
	Trends []Run    `json:"trends,omitempty"`
}

// RunChart finds signals that a series has moved. Points on the median are skipped and
// neither break nor lengthen a shift; equal points do the same for a trend. Points are
// put in order of their days. A point without a value or a day, two of one day, and
// negative rules are errors, all at once.
func RunChart(points []Point, rule RunRule) (Chart, error) {
	var errs []error
	if rule.Shift < 0 || rule.Trend < 0 {
		errs = append(errs, fmt.Errorf("%w: %d for a shift, %d for a trend", caremodel.ErrPolicy, rule.Shift, rule.Trend))
	}
	shift, trend := cmp.Or(rule.Shift, 6), cmp.Or(rule.Trend, 5)
	ps := slices.Clone(points)
	slices.SortStableFunc(ps, func(a, b Point) int { return cmp.Compare(a.On, b.On) })
	for i, p := range ps {
		if p.Value == nil || p.On == 0 || i > 0 && p.On == ps[i-1].On {
			errs = append(errs, fmt.Errorf("%w: point %s has no value, no day, or the day of another", caremodel.ErrAnswer, p.On))
		}
	}
	if err := errors.Join(errs...); err != nil || len(ps) == 0 {
		return Chart{}, err
	}
	values := make([]*big.Rat, len(ps))
	for i, p := range ps {
		values[i] = p.Value
	}
	slices.SortFunc(values, (*big.Rat).Cmp)
	n := len(values)
	median := new(big.Rat).Add(values[(n-1)/2], values[n/2])
	c := Chart{Median: median.Quo(median, big.NewRat(2, 1))}
	c.Shifts = signals(ps, shift, false, func(i int) int { return ps[i].Value.Cmp(c.Median) })
	c.Trends = signals(ps, trend, true, func(i int) int {
		if i == 0 {
			return 0
		}
		return ps[i].Value.Cmp(ps[i-1].Value)
	})
	return c, nil
}

// signals collects runs of one sign; zeros are skipped. The first point of a trend is
// the one from which the first step was made.
func signals(ps []Point, least int, steps bool, sign func(int) int) (out []Run) {
	var r Run
	last := 0
	flush := func() {
		if r.N >= least {
			out = append(out, r)
		}
	}
	for i := range ps {
		s := sign(i)
		if s == 0 {
			continue
		}
		if s != last {
			flush()
			r = Run{From: ps[i].On, Up: s > 0}
			if steps {
				r.From = ps[i-1].On
			}
			last = s
		}
		r.N++
		r.To = ps[i].On
	}
	flush()
	return out
}
