package evaluate_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify/evaluate"
)

var (
	outcomes = []int{0, 0, 1, 0, 1, 1, 0, 1}
	scores   = []float64{0.1, 0.2, 0.2, 0.3, 0.4, 0.6, 0.7, 0.9}
)

func sample() *evaluate.Sample {
	s, err := evaluate.NewSample(outcomes, scores)
	if err != nil {
		panic(err)
	}
	return s
}

func ExampleNewSample() {
	s, err := evaluate.NewSample([]int{0, 1, 2}, []float64{0.1, 0.9, 0.5})
	fmt.Println(s, err)
	events, nonEvents := sample().Counts()
	fmt.Println(events, nonEvents)
	// Output:
	// <nil> evaluate: outcome is neither 0 nor 1: y[2] is 2
	// 4 4
}

func ExampleSample() {
	fmt.Println(sample().AUC().AUC)
	var empty evaluate.Sample
	fmt.Println(empty.AUC().AUC)
	// Output:
	// 0.71875
	// not computable: no people
}

func ExamplePoint() {
	fmt.Println(sample().Points[1])
	// Output: {0.2 1 1}
}

func ExampleMerge() {
	north, _ := evaluate.NewSample(outcomes[:3], scores[:3])
	south, _ := evaluate.NewSample(outcomes[3:], scores[3:])
	fmt.Println(evaluate.Merge(north, south).AUC().AUC)
	// Output: 0.71875
}

func ExampleStat() {
	s := evaluate.Stat{Why: evaluate.NoEvents}
	text, _ := json.Marshal(s)
	fmt.Println(s, string(text), errors.Is(s.Err(), evaluate.ErrEmpty))
	// Output: not computable: no events null true
}

func ExampleUndefined() {
	s, _ := evaluate.NewSample([]int{0, 0}, []float64{0.1, 0.2})
	fmt.Println(s.AUC().AUC.Why == evaluate.NoEvents)
	// Output: true
}

func ExampleInterval() {
	ci, _ := sample().AUC().Interval(0.95)
	fmt.Println(ci)
	// Output: 0.309405 to 1
}

func ExampleAUC() {
	a := sample().AUC()
	fmt.Println(a.AUC, a.Variance, a.SomersD())
	// Output: 0.71875 0.0436198 0.4375
}

func ExampleCompareAUC() {
	other := []float64{0.2, 0.1, 0.3, 0.4, 0.5, 0.3, 0.6, 0.8}
	c, err := evaluate.CompareAUC(outcomes, scores, other)
	fmt.Println(c.Difference, c.P, err)
	// Output: 0.03125 0.778729 <nil>
}

func ExampleComparison() {
	c, _ := evaluate.CompareAUC(outcomes, scores, scores)
	fmt.Println(c.Difference, "z", c.Z)
	// Output: 0 z not computable: the variance is zero
}

func ExampleTable() {
	t := sample().AtThreshold(0.4)
	fmt.Printf("%+v\n", t)
	// Output: {TP:3 FP:1 FN:1 TN:3}
}

func ExampleValue() {
	v := sample().AtThreshold(0.4).Value()
	fmt.Println(v)
	fmt.Println("flag", v.NeededToFlag, "to find one; lift", v.Lift)
	// Output:
	// flagged 4 of 8; sensitivity 3/4 (75.0 %), PPV 3/4 (75.0 %)
	// flag 1.33333 to find one; lift 1.5
}

func ExampleROCPoint() {
	best, index := sample().Youden()
	fmt.Println(best.Threshold, index)
	// Output: 0.35 0.5
}

func ExampleCalibration() {
	c, err := sample().Calibration()
	fmt.Println(c.OE, c.Slope, c.Brier, err)
	ci, _ := c.OEInterval(0.95)
	fmt.Println(ci)
	// Output:
	// 1.17647 0.713281 0.225 <nil>
	// 0.320549 to 3.01223
}

func ExampleBin() {
	bins, _ := sample().Bins(2)
	for _, b := range bins {
		fmt.Println(b.From, b.To, b.Rate, b.Interval)
	}
	// Output:
	// 0.1 0.3 1/4 (25.0 %) 0.0455873 to 0.699358
	// 0.4 0.9 3/4 (75.0 %) 0.300642 to 0.954413
}

func ExampleHosmerLemeshow() {
	h, err := sample().HosmerLemeshow(4)
	fmt.Println(h.ChiSquare, h.DF, h.P, err)
	// Output: 4.15357 2 0.125332 <nil>
}

func ExampleSmooth() {
	s, err := evaluate.Smooth(outcomes, scores)
	fmt.Println(s.Mean, s.Greatest, err)
	// Output: 0.156187 0.6 <nil>
}

func ExampleSmoothed() {
	s, _ := evaluate.Smooth(outcomes, scores)
	fmt.Printf("%.3f\n", s.Rate[0])
	// Output: 0.164
}
