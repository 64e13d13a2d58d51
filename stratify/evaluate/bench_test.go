package evaluate

import (
	"math"
	"testing"
)

// million makes a million outcomes and distinct scores by a fixed recurrence.
func million() (y []int, p []float64) {
	const n = 1_000_000
	y, p = make([]int, n), make([]float64, n)
	x := uint64(1)
	for i := range n {
		x = x*6364136223846793005 + 1442695040888963407
		p[i] = float64(x>>11) / (1 << 53)
		x = x*6364136223846793005 + 1442695040888963407
		if float64(x>>11)/(1<<53) < p[i]*0.3 {
			y[i] = 1
		}
	}
	return y, p
}

func BenchmarkAUCOfAMillion(b *testing.B) {
	y, p := million()
	b.ReportAllocs()
	for b.Loop() {
		s, err := NewSample(y, p)
		if err != nil {
			b.Fatal(err)
		}
		if v, _ := s.AUC().Interval(0.95); !v.Low.Defined() {
			b.Fatal(v)
		}
	}
}

func BenchmarkCompareOfAMillion(b *testing.B) {
	y, p := million()
	q := make([]float64, len(p))
	for i := range p {
		q[i] = math.Mod(p[i]*3, 1)
	}
	b.ReportAllocs()
	for b.Loop() {
		if c, err := CompareAUC(y, p, q); err != nil || !c.Z.Defined() {
			b.Fatal(c, err)
		}
	}
}

func BenchmarkCalibrationOfAMillion(b *testing.B) {
	y, p := million()
	s, err := NewSample(y, p)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if c, err := s.Calibration(); err != nil || !c.Slope.Defined() {
			b.Fatal(c, err)
		}
	}
}
