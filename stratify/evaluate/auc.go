package evaluate

import (
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/internal/stat"
)

// AUC is the area under the ROC curve, the chance that somebody with the event scores
// above somebody without, ties counting half (the c-index), and its variance after DeLong
// et al. 1988. The variance needs two events and two non-events.
type AUC struct {
	AUC      Stat `json:"auc"`
	Variance Stat `json:"variance"`
}

// AUC computes the area and its variance in one pass over the points.
func (s *Sample) AUC() AUC {
	if why := s.lacking(); why != Defined {
		return AUC{none(why), none(why)}
	}
	e, n := s.Counts()
	ef, nf := float64(e), float64(n)
	var belowE, belowN int64
	twice := 0.0 // twice the pairs won; exact up to 2^53, about 10^8 people by rarity
	for _, q := range s.Points {
		twice += float64(q.Events) * float64(2*belowN+q.NonEvents)
		belowN += q.NonEvents
	}
	auc := twice / (2 * ef * nf)
	out := AUC{of(auc), Stat{}}
	if e < 2 || n < 2 {
		out.Variance = none(OneEvent)
		if e >= 2 {
			out.Variance = none(OneNonEvent)
		}
		return out
	}
	s10, s01 := 0.0, 0.0
	belowN = 0
	for _, q := range s.Points {
		if q.Events > 0 {
			d := (float64(belowN)+float64(q.NonEvents)/2)/nf - auc
			s10 += float64(q.Events) * d * d
		}
		if q.NonEvents > 0 {
			d := (float64(e-belowE-q.Events)+float64(q.Events)/2)/ef - auc
			s01 += float64(q.NonEvents) * d * d
		}
		belowE += q.Events
		belowN += q.NonEvents
	}
	out.Variance = of(s10/(ef-1)/ef + s01/(nf-1)/nf)
	return out
}

// SomersD is 2 AUC - 1.
func (a AUC) SomersD() Stat {
	if !a.AUC.Defined() {
		return a.AUC
	}
	return of(2*a.AUC.Value - 1)
}

// Interval is AUC ± z sd, cut at 0 and 1; level is the confidence, as 0.95. An
// area of 0 or 1 has variance 0: the interval is marked degenerate. It reports
// [ErrRange] for a level outside (0, 1).
func (a AUC) Interval(level float64) (Interval, error) {
	z, err := quantile(level)
	if err != nil {
		return noInterval(TooFew), err
	}
	if !a.Variance.Defined() {
		return noInterval(a.Variance.Why), nil
	}
	w := z * math.Sqrt(a.Variance.Value)
	return Interval{of(max(a.AUC.Value-w, 0)), of(min(a.AUC.Value+w, 1)), a.Variance.Value == 0}, nil
}

func quantile(level float64) (float64, error) {
	if !(level > 0 && level < 1) {
		return 0, fmt.Errorf("%w: confidence level %v", ErrRange, level)
	}
	return stat.NormalQuantile((1 + level) / 2), nil
}

// Comparison is the paired comparison of two scores' areas on the same people.
type Comparison struct {
	A          AUC  `json:"a"`
	B          AUC  `json:"b"`
	Covariance Stat `json:"covariance"`
	Difference Stat `json:"difference"` // A - B
	Z          Stat `json:"z"`          // undefined when the difference has no variance; P is two-sided
	P          Stat `json:"p"`
}

// CompareAUC compares scores a and b of the same people with outcomes y (DeLong et al.
// 1988; in the order of n log n by mid-ranks). Errors as of [NewSample].
func CompareAUC(y []int, a, b []float64) (Comparison, error) {
	if err := checkRows(y, a); err != nil {
		return Comparison{}, fmt.Errorf("first score: %w", err)
	}
	if err := checkRows(y, b); err != nil {
		return Comparison{}, fmt.Errorf("second score: %w", err)
	}
	va, aucA := placements(y, a)
	vb, aucB := placements(y, b)
	c := Comparison{A: aucA, B: aucB, Difference: aucA.AUC.minus(aucB.AUC)}
	if !aucA.Variance.Defined() {
		c.Covariance, c.Z, c.P = aucA.Variance, aucA.Variance, aucA.Variance
		return c, nil
	}
	var e, n, s10, s01 float64
	for i := range y {
		d := (va[i] - aucA.AUC.Value) * (vb[i] - aucB.AUC.Value)
		if y[i] == 1 {
			e++
			s10 += d
		} else {
			n++
			s01 += d
		}
	}
	c.Covariance = of(s10/(e-1)/e + s01/(n-1)/n)
	v := aucA.Variance.Value + aucB.Variance.Value - 2*c.Covariance.Value
	if v <= 1e-15*(aucA.Variance.Value+aucB.Variance.Value) {
		c.Z, c.P = none(NoVariance), none(NoVariance)
		return c, nil
	}
	z := c.Difference.Value / math.Sqrt(v)
	c.Z, c.P = of(z), of(math.Erfc(math.Abs(z)/math.Sqrt2))
	return c, nil
}

// placements gives each event the share of non-events that it beats and each non-event
// the share of events that beat it, ties half.
func placements(y []int, p []float64) ([]float64, AUC) {
	s, rows := newSample(y, p)
	auc := s.AUC()
	v := make([]float64, len(p))
	if !auc.AUC.Defined() {
		return v, auc
	}
	e, n := s.Counts()
	var belowE, belowN int64
	k := 0
	for _, q := range s.Points {
		at := [2]float64{
			(float64(e-belowE-q.Events) + float64(q.Events)/2) / float64(e),
			(float64(belowN) + float64(q.NonEvents)/2) / float64(n)}
		for end := k + int(q.Events+q.NonEvents); k < end; k++ {
			v[rows[k].i] = at[rows[k].y]
		}
		belowE += q.Events
		belowN += q.NonEvents
	}
	return v, auc
}
