package evaluate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Point is one distinct score and how many events and non-events stand at it.
type Point struct {
	P         float64 `json:"p"`
	Events    int64   `json:"events"`
	NonEvents int64   `json:"non_events"`
}

// Sample holds scores with outcomes as sorted distinct points: everything that ranking,
// calibration and threshold statistics need, and mergeable. Samples of any split of a
// population merge to the very sample of the whole, so that every statistic is equal to
// the last bit, whoever counted what. The zero Sample is empty. Points ascend by P.
type Sample struct {
	Points []Point `json:"points"`
}

// NewSample sorts outcomes y (0 or 1) and scores p. It reports [ErrLength], and the first
// row at fault of [ErrLabel] and of [ErrProbability] (a score that is not finite; a score
// outside [0, 1] is at fault only where a probability is needed).
func NewSample(y []int, p []float64) (*Sample, error) {
	if err := checkRows(y, p); err != nil {
		return nil, err
	}
	s, _ := newSample(y, p)
	return s, nil
}

// newSample also gives the rows in ascending order of the score.
func newSample(y []int, p []float64) (*Sample, []row) {
	rows := make([]row, len(p))
	for i := range p {
		rows[i] = row{p[i] + 0, int32(y[i]), int32(i)} // + 0: minus zero is zero
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.p, b.p) })
	n := 0
	for i := range rows {
		if i == 0 || rows[i].p != rows[i-1].p {
			n++
		}
	}
	s := &Sample{Points: make([]Point, 0, n)}
	for i := range rows {
		if i == 0 || rows[i].p != rows[i-1].p {
			s.Points = append(s.Points, Point{P: rows[i].p})
		}
		q := &s.Points[len(s.Points)-1]
		q.Events += int64(rows[i].y)
		q.NonEvents += int64(1 - rows[i].y)
	}
	return s, rows
}

type row struct {
	p    float64
	y, i int32
}

func checkRows(y []int, p []float64) error {
	if len(y) != len(p) {
		return fmt.Errorf("%w: %d outcomes, %d scores", ErrLength, len(y), len(p))
	}
	var label, prob error
	for i := range y {
		if label == nil && y[i] != 0 && y[i] != 1 {
			label = fmt.Errorf("%w: y[%d] is %d", ErrLabel, i, y[i])
		}
		if prob == nil && (math.IsNaN(p[i]) || math.IsInf(p[i], 0)) {
			prob = fmt.Errorf("%w: p[%d] is %v", ErrProbability, i, p[i])
		}
	}
	return errors.Join(label, prob)
}

// Merge is the sample of all the people of the samples together.
func Merge(samples ...*Sample) *Sample {
	out := &Sample{}
	for _, s := range samples {
		if s != nil {
			out = merge2(out, s)
		}
	}
	return out
}

func merge2(a, b *Sample) *Sample {
	out := &Sample{Points: make([]Point, 0, len(a.Points)+len(b.Points))}
	i, j := 0, 0
	for i < len(a.Points) || j < len(b.Points) {
		switch {
		case j == len(b.Points) || i < len(a.Points) && a.Points[i].P < b.Points[j].P:
			out.Points = append(out.Points, a.Points[i])
			i++
		case i == len(a.Points) || b.Points[j].P < a.Points[i].P:
			out.Points = append(out.Points, b.Points[j])
			j++
		default:
			q := a.Points[i]
			q.Events += b.Points[j].Events
			q.NonEvents += b.Points[j].NonEvents
			out.Points = append(out.Points, q)
			i++
			j++
		}
	}
	return out
}

// Check reports what is wrong with points that did not come from [NewSample]: scores that
// do not ascend or are not finite, counts below zero, points without people.
func (s *Sample) Check() error {
	for i, q := range s.Points {
		switch {
		case math.IsNaN(q.P) || math.IsInf(q.P, 0):
			return fmt.Errorf("%w: point %d is %v", ErrProbability, i, q.P)
		case i > 0 && !(s.Points[i-1].P < q.P):
			return fmt.Errorf("%w: point %d does not ascend", ErrRange, i)
		case q.Events < 0 || q.NonEvents < 0 || q.Events+q.NonEvents == 0:
			return fmt.Errorf("%w: point %d counts %d events and %d non-events", ErrRange, i, q.Events, q.NonEvents)
		}
	}
	return nil
}

// Counts gives the people with and without the event.
func (s *Sample) Counts() (events, nonEvents int64) {
	for _, q := range s.Points {
		events += q.Events
		nonEvents += q.NonEvents
	}
	return events, nonEvents
}

// probabilities reports a score outside [0, 1].
func (s *Sample) probabilities() error {
	if n := len(s.Points); n > 0 {
		for _, p := range []float64{s.Points[0].P, s.Points[n-1].P} {
			if !(p >= 0 && p <= 1) {
				return fmt.Errorf("%w: a score of %v", ErrProbability, p)
			}
		}
	}
	return nil
}

// lacking says why a statistic that needs both outcomes has no value.
func (s *Sample) lacking() Undefined {
	e, n := s.Counts()
	switch {
	case e+n == 0:
		return NoPeople
	case e == 0:
		return NoEvents
	case n == 0:
		return NoNonEvents
	}
	return Defined
}
