package hedis

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
)

// ErrUndefined is wrapped when a figure has no value: a rate without a
// denominator, a ratio to nothing.
var ErrUndefined = errors.New("hedis: undefined")

// ErrInput is wrapped by errors about counts, weights and arguments that make
// no sense: negative counts, a numerator above its denominator, a level outside
// (0, 1), weights that are negative or all zero.
var ErrInput = errors.New("hedis: input")

// Interval is a two-sided confidence interval. Its ends are binary floats,
// accurate to about 1e-12; the counts it was made from stay exact.
type Interval struct {
	Lower float64 `json:"lower"`
	Upper float64 `json:"upper"`
}

// Contains reports whether v lies in the interval, ends included.
func (i Interval) Contains(v float64) bool { return i.Lower <= v && v <= i.Upper }

// String gives the ends to four places.
func (i Interval) String() string { return fmt.Sprintf("%.4f to %.4f", i.Lower, i.Upper) }

// level checks a confidence level, 0 being 0.95, and gives the level's normal
// quantile.
func levelOf(level float64) (alpha, z float64, err error) {
	if level == 0 {
		level = 0.95
	}
	if !(level > 0 && level < 1) {
		return 0, 0, fmt.Errorf("%w: confidence level %v is not between 0 and 1", ErrInput, level)
	}
	return 1 - level, stat.NormalQuantile(0.5 + level/2), nil
}

func proportion(r registry.Rate) error {
	switch {
	case r.Num < 0 || r.Den < 0 || r.Num > r.Den:
		return fmt.Errorf("%w: %d of %d is no proportion", ErrInput, r.Num, r.Den)
	case r.Den == 0:
		return fmt.Errorf("%w: a rate without a denominator", ErrUndefined)
	}
	return nil
}

func setup(r registry.Rate, level float64) (x, n, alpha, z float64, err error) {
	if err = proportion(r); err == nil {
		alpha, z, err = levelOf(level)
	}
	return float64(r.Num), float64(r.Den), alpha, z, err
}

// Wilson is the score interval of a proportion at a level (0 means 0.95), the
// default of the library. With nothing counted its lower end is 0, with
// everything counted its upper end is 1. Errors wrap [ErrInput] and
// [ErrUndefined]. Source: Newcombe, Statistics in Medicine 1998;17:857-872,
// method 3.
func Wilson(r registry.Rate, level float64) (Interval, error) {
	x, n, _, z, err := setup(r, level)
	if err != nil {
		return Interval{}, err
	}
	p := x / n
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return edges(r, centre-half, centre+half), nil
}

// WilsonContinuity is [Wilson] with continuity correction: Newcombe's method 4.
// Errors as of [Wilson].
func WilsonContinuity(r registry.Rate, level float64) (Interval, error) {
	x, n, _, z, err := setup(r, level)
	if err != nil {
		return Interval{}, err
	}
	p, q := x/n, 1-x/n
	lo := (2*n*p + z*z - 1 - z*math.Sqrt(max(0, z*z-2-1/n+4*p*(n*q+1)))) / (2 * (n + z*z))
	hi := (2*n*p + z*z + 1 + z*math.Sqrt(max(0, z*z+2-1/n+4*p*(n*q-1)))) / (2 * (n + z*z))
	return edges(r, min(lo, p), max(hi, p)), nil
}

// ClopperPearson is the exact interval of a proportion, from the beta quantiles;
// [0, 1-(a/2)^(1/n)] with nothing counted and its mirror with everything counted.
// Source: Clopper and Pearson, Biometrika 1934;26:404-413. Errors as of [Wilson].
func ClopperPearson(r registry.Rate, level float64) (Interval, error) {
	x, n, alpha, _, err := setup(r, level)
	if err != nil {
		return Interval{}, err
	}
	i := Interval{0, 1}
	switch {
	case r.Num == 0:
		i.Upper = -math.Expm1(math.Log(alpha/2) / n)
	case r.Num == r.Den:
		i.Lower = math.Exp(math.Log(alpha/2) / n)
	default:
		i.Lower = stat.BetaQuantile(alpha/2, x, n-x+1)
		i.Upper = stat.BetaQuantile(1-alpha/2, x+1, n-x)
	}
	return i, nil
}

func edges(r registry.Rate, lo, hi float64) Interval {
	i := Interval{max(0, lo), min(1, hi)}
	if r.Num == 0 {
		i.Lower = 0
	}
	if r.Num == r.Den {
		i.Upper = 1
	}
	return i
}

// PoissonRate is the exact interval of events over person-time: events per `per`
// units of exposure (1000 for a rate per 1,000; 0 means 1). With no events its
// lower end is 0. Source: Garwood, Biometrika 1936;28:437-442. Negative figures
// wrap [ErrInput]; no exposure, [ErrUndefined].
func PoissonRate(events int64, exposure, per, level float64) (Interval, error) {
	alpha, _, err := levelOf(level)
	switch {
	case err != nil:
		return Interval{}, err
	case events < 0 || math.IsNaN(exposure) || exposure < 0 || math.IsInf(exposure, 0) || math.IsNaN(per) || per < 0:
		return Interval{}, fmt.Errorf("%w: %d events over %v, per %v", ErrInput, events, exposure, per)
	case exposure == 0:
		return Interval{}, fmt.Errorf("%w: a rate without exposure", ErrUndefined)
	case per == 0:
		per = 1
	}
	i := Interval{0, stat.ChiSquareQuantile(1-alpha/2, float64(2*events+2)) / 2 / exposure * per}
	if events > 0 {
		i.Lower = stat.ChiSquareQuantile(alpha/2, float64(2*events)) / 2 / exposure * per
	}
	return i, nil
}
