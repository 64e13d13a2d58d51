package evaluate

import (
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
)

// Calibration says how well probabilities agree with what happened. Probabilities are
// taken as at least 1e-12 and at most 1 - 1e-12 where their logit is needed.
type Calibration struct {
	Observed      int64         `json:"observed"`     // events
	Expected      Stat          `json:"expected"`     // sum of the probabilities
	OE            Stat          `json:"oe"`           // observed / expected
	InTheLarge    Stat          `json:"in_the_large"` // intercept with the slope held at 1 (Cox 1958)
	Intercept     Stat          `json:"intercept"`    // of the logistic fit of the outcome on the logit
	Slope         Stat          `json:"slope"`        // 1 is right, below 1 too extreme
	Brier         Stat          `json:"brier"`        // mean squared error (Brier 1950)
	BrierScaled   Stat          `json:"brier_scaled"` // 1 - Brier / (prevalence (1 - prevalence))
	MeanPredicted Stat          `json:"mean_predicted"`
	Prevalence    registry.Rate `json:"prevalence"`
	Nagelkerke    Stat          `json:"nagelkerke"` // R² of the probabilities as they stand; below 0 when worse than none
}

// Calibration computes all figures. It reports [ErrProbability] when a score is outside
// [0, 1]. Where events and non-events do not overlap in score, intercept and slope are
// undefined with reason [Separated]; where all scores are equal, with [AllEqual].
func (s *Sample) Calibration() (Calibration, error) {
	var c Calibration
	if err := s.probabilities(); err != nil {
		return c, err
	}
	e, n := s.Counts()
	ef, nf := float64(e), float64(e+n)
	var sum, square, ll float64
	for _, q := range s.Points {
		x, y := float64(q.Events), float64(q.NonEvents)
		sum += q.P * (x + y)
		square += x*(1-q.P)*(1-q.P) + y*q.P*q.P
		pr := expit(logit(q.P)) // through the logit, as regression programs do: it decides the last places at 0 and 1
		ll += x*math.Log(pr) + y*math.Log(1-pr)
	}
	c.Observed, c.Prevalence = e, registry.Rate{Num: e, Den: e + n}
	if e+n == 0 {
		u := none(NoPeople)
		c.Expected, c.OE, c.InTheLarge, c.Intercept, c.Slope, c.Brier, c.BrierScaled, c.MeanPredicted, c.Nagelkerke = u, u, u, u, u, u, u, u, u
		return c, nil
	}
	c.Expected, c.OE = of(sum), ratio(ef, sum, TotalZero)
	c.MeanPredicted, c.Brier = of(sum/nf), of(square/nf)
	if why := s.lacking(); why != Defined {
		u := none(why)
		c.InTheLarge, c.Intercept, c.Slope, c.BrierScaled, c.Nagelkerke = u, u, u, u, u
		return c, nil
	}
	prev := ef / nf
	c.BrierScaled = of(1 - c.Brier.Value/(prev*(1-prev)))
	null := ef*math.Log(prev) + (nf-ef)*math.Log(1-prev)
	c.Nagelkerke = of((1 - math.Exp(2*(null-ll)/nf)) / (1 - math.Exp(2*null/nf)))
	if a, _, ok := fit(s.Points, true); ok {
		c.InTheLarge = of(a)
	} else {
		c.InTheLarge = none(NoConvergence)
	}
	if why := s.separated(); why != Defined {
		c.Intercept, c.Slope = none(why), none(why)
	} else if a, b, ok := fit(s.Points, false); ok {
		c.Intercept, c.Slope = of(a), of(b)
	} else {
		c.Intercept, c.Slope = none(NoConvergence), none(NoConvergence)
	}
	return c, nil
}

// separated says why a logistic fit on the logit has no finite answer.
func (s *Sample) separated() Undefined {
	inf := math.Inf(1)
	lowE, highE, lowN, highN := inf, -inf, inf, -inf
	for _, q := range s.Points {
		p := clip(q.P)
		if q.Events > 0 {
			lowE, highE = min(lowE, p), max(highE, p)
		}
		if q.NonEvents > 0 {
			lowN, highN = min(lowN, p), max(highN, p)
		}
	}
	switch {
	case lowE == highE && lowN == highN && lowE == lowN:
		return AllEqual
	case highN <= lowE || highE <= lowN:
		return Separated
	}
	return Defined
}

// OEInterval is the exact Poisson interval of observed over expected at a
// confidence level, as 0.95 (Garwood 1936). It reports [ErrRange] for a level
// outside (0, 1).
func (c Calibration) OEInterval(level float64) (Interval, error) {
	if _, err := quantile(level); err != nil {
		return noInterval(TooFew), err
	}
	if !c.OE.Defined() {
		return noInterval(c.OE.Why), nil
	}
	low, high := poisson(c.Observed, level)
	return Interval{Low: of(low / c.Expected.Value), High: of(high / c.Expected.Value)}, nil
}

func poisson(k int64, level float64) (low, high float64) {
	a := (1 - level) / 2
	if k > 0 {
		low = stat.ChiSquareQuantile(a, 2*float64(k)) / 2
	}
	return low, stat.ChiSquareQuantile(1-a, 2*float64(k)+2) / 2
}

// wilson is the score interval of a proportion (Wilson 1927).
func wilson(k, n int64, level float64) Interval {
	if n == 0 {
		return noInterval(NoPeople)
	}
	z := stat.NormalQuantile((1 + level) / 2)
	x, m := float64(k), float64(n)
	mid := (x + z*z/2) / (m + z*z)
	w := z / (m + z*z) * math.Sqrt(x*(m-x)/m+z*z/4)
	return Interval{Low: of(max(mid-w, 0)), High: of(min(mid+w, 1))}
}

// Bin is a group of people of neighbouring scores.
type Bin struct {
	From     float64       `json:"from"` // lowest and highest score
	To       float64       `json:"to"`
	People   int64         `json:"people"`
	Observed int64         `json:"observed"`
	Expected float64       `json:"expected"` // sum of the probabilities
	Mean     float64       `json:"mean"`     // mean probability
	Rate     registry.Rate `json:"rate"`     // observed
	Interval Interval      `json:"interval"` // Wilson, 95 %
}

// Bins sorts people into g groups of about equal size by rank; equal scores stay together
// in the group of their middle rank, so that groups differ in size and may be fewer than
// g. It reports [ErrRange] for g < 1 and [ErrProbability].
func (s *Sample) Bins(g int) ([]Bin, error) {
	if g < 1 {
		return nil, fmt.Errorf("%w: %d bins", ErrRange, g)
	}
	if err := s.probabilities(); err != nil {
		return nil, err
	}
	e, n := s.Counts()
	var out []Bin
	last, below := int64(-1), int64(0)
	for _, q := range s.Points {
		m := q.Events + q.NonEvents
		k := int64(g) * (2*below + m) / (2 * (e + n))
		below += m
		if k != last {
			out = append(out, Bin{From: q.P})
			last = k
		}
		b := &out[len(out)-1]
		b.To = q.P
		b.People += m
		b.Observed += q.Events
		b.Expected += q.P * float64(m)
	}
	for i := range out {
		b := &out[i]
		b.Mean = b.Expected / float64(b.People)
		b.Rate = registry.Rate{Num: b.Observed, Den: b.People}
		b.Interval = wilson(b.Observed, b.People, 0.95)
	}
	return out, nil
}

// HosmerLemeshow is the goodness-of-fit statistic over g groups between quantiles of the
// probabilities (g = 10 is usual). It is weak evidence: it grows with the number of
// people, depends on g, and says nothing about where the fault lies.
type HosmerLemeshow struct {
	ChiSquare Stat `json:"chi_square"`
	DF        int  `json:"df"` // groups - 2, groups of equal borders merged
	P         Stat `json:"p"`  // chance of a greater value of a right model
}

// HosmerLemeshow tests calibration (Hosmer and Lemeshow 1980): quantiles by linear
// interpolation of order statistics, equal borders merged, groups closed at the
// right, the lowest border included. It reports [ErrRange] for fewer than 3
// groups, and [ErrProbability].
func (s *Sample) HosmerLemeshow(g int) (HosmerLemeshow, error) {
	var h HosmerLemeshow
	if g < 3 {
		return h, fmt.Errorf("%w: %d groups, at least 3 are needed", ErrRange, g)
	}
	if err := s.probabilities(); err != nil {
		return h, err
	}
	if len(s.Points) == 0 {
		return HosmerLemeshow{ChiSquare: none(NoPeople), P: none(NoPeople)}, nil
	}
	var breaks []float64
	for i := range g + 1 {
		if b := s.quantile(int64(i), int64(g)); i == 0 || b != breaks[len(breaks)-1] {
			breaks = append(breaks, b)
		}
	}
	if len(breaks) < 2 {
		return HosmerLemeshow{ChiSquare: none(AllEqual), P: none(AllEqual)}, nil
	}
	chi, k := 0.0, 1
	var o1, o0, e1 float64
	for i, q := range s.Points {
		o1 += float64(q.Events)
		o0 += float64(q.NonEvents)
		e1 += q.P * float64(q.Events+q.NonEvents)
		if i+1 < len(s.Points) && s.Points[i+1].P <= breaks[k] {
			continue
		}
		for k++; i+1 < len(s.Points) && s.Points[i+1].P > breaks[k]; k++ {
			h.DF++ // a group without people
		}
		h.DF++
		if e0 := o1 + o0 - e1; o1+o0 > 0 {
			if e1 <= 0 && o1 > 0 || e0 <= 0 && o0 > 0 {
				return HosmerLemeshow{ChiSquare: none(TotalZero), P: none(TotalZero), DF: len(breaks) - 3}, nil
			}
			if e1 > 0 {
				chi += (o1 - e1) * (o1 - e1) / e1
			}
			if e0 > 0 {
				chi += (o0 - (o1 + o0 - e1)) * (o0 - (o1 + o0 - e1)) / e0
			}
		}
		o1, o0, e1 = 0, 0, 0
	}
	h.DF -= 2
	h.ChiSquare, h.P = of(chi), none(TooFew)
	if h.DF > 0 {
		h.P = of(1 - stat.GammaInc(float64(h.DF)/2, chi/2))
	}
	return h, nil
}

// quantile is the i/g quantile by linear interpolation at (n-1) i/g.
func (s *Sample) quantile(i, g int64) float64 {
	e, n := s.Counts()
	at := (e + n - 1) * i
	low, rest := at/g, at%g
	x := s.order(low)
	if rest == 0 {
		return x
	}
	y := s.order(low + 1)
	if x == y {
		return x
	}
	h := float64(rest) / float64(g)
	return (1-h)*x + h*y
}

// order is the k-th smallest score, from 0.
func (s *Sample) order(k int64) float64 {
	for _, q := range s.Points {
		if k -= q.Events + q.NonEvents; k < 0 {
			return q.P
		}
	}
	return s.Points[len(s.Points)-1].P
}
