package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Smoothed is a calibration curve without a model: the observed rate around each
// probability by local regression, and how far the probabilities are from it.
type Smoothed struct {
	Rate     []float64 `json:"rate"`     // by person, in the order of the input
	Greatest Stat      `json:"greatest"` // largest |probability - smoothed rate| (Emax)
	Mean     Stat      `json:"mean"`     // mean of it (Eavg)
}

// Smooth fits the curve: locally weighted linear regression over the nearest two thirds of
// the people with tricube weights, no robustness passes (Cleveland 1979), interpolated
// between fits closer than a hundredth of the range (Cleveland 1981). People of equal
// probability are taken in input order. Errors as of [NewSample]; [ErrProbability] also
// for scores outside [0, 1].
func Smooth(y []int, p []float64) (Smoothed, error) {
	s, err := NewSample(y, p)
	if err != nil {
		return Smoothed{}, err
	}
	if err := s.probabilities(); err != nil {
		return Smoothed{}, err
	}
	n := len(p)
	if n == 0 {
		return Smoothed{nil, none(NoPeople), none(NoPeople)}, nil
	}
	if n == 1 {
		d := math.Abs(p[0] - float64(y[0]))
		return Smoothed{[]float64{float64(y[0])}, of(d), of(d)}, nil
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	x, v := make([]float64, n), make([]float64, n)
	for i, k := range order {
		x[i], v[i] = p[k], float64(y[k])
	}
	curve := lowess(x, v)
	out := Smoothed{Rate: make([]float64, n)}
	sum, most := 0.0, 0.0
	for i, k := range order {
		out.Rate[k] = curve[i]
	}
	for i := range p {
		d := math.Abs(p[i] - out.Rate[i])
		sum += d
		most = max(most, d)
	}
	out.Greatest, out.Mean = of(most), of(sum/float64(n))
	return out, nil
}

// lowess smooths v at the ascending x.
func lowess(x, v []float64) []float64 {
	n := len(x)
	size := min(max(int(2.0/3*float64(n)+1e-7), 2), n)
	step := 0.01 * (x[n-1] - x[0])
	out, weight := make([]float64, n), make([]float64, n)
	left, done, i := 0, -1, 0
	for {
		for left+size < n && x[i]-x[left] > x[left+size]-x[i] {
			left++ // the window moves right while that brings the ends nearer
		}
		out[i] = local(x, v, weight, x[i], left, left+size-1, v[i])
		for j := done + 1; j < i; j++ { // skipped ones lie between two fits
			a := (x[j] - x[done]) / (x[i] - x[done])
			out[j] = a*out[i] + (1-a)*out[done]
		}
		done = i
		if done == n-1 {
			return out
		}
		edge := x[done] + step
		j := done + 1
		for ; j < n && x[j] <= edge; j++ {
			if x[j] == x[done] {
				out[j] = out[done]
				done = j
			}
		}
		if done == n-1 {
			return out
		}
		i = max(done+1, j-1)
	}
}

// local is the weighted line's value at, over the window and everything tied to its right
// end; alone is the value where no neighbour has weight.
func local(x, v, weight []float64, at float64, left, right int, alone float64) float64 {
	h := max(at-x[left], x[right]-at)
	sum, end := 0.0, left
	for ; end < len(x); end++ {
		weight[end] = 0
		switch r := math.Abs(x[end] - at); {
		case r <= 0.001*h:
			weight[end] = 1
		case r <= 0.999*h:
			u := r / h
			c := 1 - u*u*u
			weight[end] = c * c * c
		}
		if weight[end] == 0 && x[end] > at {
			break
		}
		sum += weight[end]
	}
	if sum <= 0 {
		return alone
	}
	centre := 0.0
	for j := left; j < end; j++ {
		weight[j] /= sum
		centre += weight[j] * x[j]
	}
	if h > 0 {
		spread := 0.0
		for j := left; j < end; j++ {
			spread += weight[j] * (x[j] - centre) * (x[j] - centre)
		}
		if math.Sqrt(spread) > 0.001*(x[len(x)-1]-x[0]) {
			b := (at - centre) / spread
			for j := left; j < end; j++ {
				weight[j] *= b*(x[j]-centre) + 1
			}
		}
	}
	fit := 0.0
	for j := left; j < end; j++ {
		fit += weight[j] * v[j]
	}
	return fit
}
