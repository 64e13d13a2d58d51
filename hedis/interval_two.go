package hedis

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
)

func two(a, b registry.Rate) error { return errors.Join(proportion(a), proportion(b)) }

// DifferenceInterval is the interval of a - b for two independent proportions:
// Newcombe's method 10, from the two Wilson intervals. Exchanging the groups
// mirrors it. Source: Newcombe, Statistics in Medicine 1998;17:873-890. Errors as
// of [Wilson].
func DifferenceInterval(a, b registry.Rate, level float64) (Interval, error) {
	if err := two(a, b); err != nil {
		return Interval{}, err
	}
	i, err := Wilson(a, level)
	if err != nil {
		return Interval{}, err
	}
	j, _ := Wilson(b, level)
	p, q := float64(a.Num)/float64(a.Den), float64(b.Num)/float64(b.Den)
	return Interval{
		Lower: max(-1, p-q-math.Hypot(p-i.Lower, j.Upper-q)),
		Upper: min(1, p-q+math.Hypot(i.Upper-p, q-j.Lower)),
	}, nil
}

// Comparison is a test of two independent rates.
type Comparison struct {
	Z float64 `json:"z"` // positive when the first rate is higher
	P float64 `json:"p"` // two-sided
}

// CompareRates is the z test of two independent proportions with the pooled
// proportion; undefined when that is 0 or 1.
func CompareRates(a, b registry.Rate) (Comparison, error) {
	if err := two(a, b); err != nil {
		return Comparison{}, err
	}
	pool := a.Add(b)
	if pool.Num == 0 || pool.Num == pool.Den {
		return Comparison{}, fmt.Errorf("%w: pooled rate %v", ErrUndefined, pool)
	}
	n1, n2 := float64(a.Den), float64(b.Den)
	p := float64(pool.Num) / float64(pool.Den)
	z := (float64(a.Num)/n1 - float64(b.Num)/n2) / math.Sqrt(p*(1-p)*(1/n1+1/n2))
	return Comparison{z, 2 * stat.NormalCDF(-math.Abs(z))}, nil
}

// RelativeRisk is the ratio of two independent proportions with its interval on
// the log scale (Katz and others, Biometrics 1978;34:469-474). The ratio is
// undefined when the second rate is 0; with a first rate of 0 the ratio is 0 and
// the interval has no lower end, so an error says so.
func RelativeRisk(a, b registry.Rate, level float64) (ratio float64, i Interval, err error) {
	if err := two(a, b); err != nil {
		return 0, Interval{}, err
	}
	_, z, err := levelOf(level)
	if err != nil {
		return 0, Interval{}, err
	}
	if a.Num == 0 || b.Num == 0 {
		return 0, Interval{}, fmt.Errorf("%w: relative risk of %v to %v", ErrUndefined, a, b)
	}
	ratio = float64(a.Num) / float64(a.Den) / (float64(b.Num) / float64(b.Den))
	se := math.Sqrt(1/float64(a.Num) - 1/float64(a.Den) + 1/float64(b.Num) - 1/float64(b.Den))
	return ratio, Interval{ratio * math.Exp(-z*se), ratio * math.Exp(z*se)}, nil
}
