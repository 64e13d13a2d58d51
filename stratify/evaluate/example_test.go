package evaluate_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/shopspring/decimal"
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
	// One point for each score, with how many had the event and how many not.
	for _, p := range sample().Points[:3] {
		fmt.Println(p.P, p.Events, p.NonEvents)
	}
	// Output:
	// 0.1 0 1
	// 0.2 1 1
	// 0.3 0 1
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
	for _, y := range [][]int{{0, 0, 0}, {1, 1, 1}, {1, 0, 0}} {
		s, _ := evaluate.NewSample(y, []float64{0.1, 0.2, 0.3})
		fmt.Printf("%q %q\n", s.AUC().AUC.Why, s.AUC().Variance.Why)
	}
	// Output:
	// "no events" "no events"
	// "no non-events" "no non-events"
	// "" "fewer than two events"
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
	for i := range 3 {
		fmt.Printf("%.1f observed around it %.3f\n", scores[i], s.Rate[i])
	}
	// Output:
	// 0.1 observed around it 0.164
	// 0.2 observed around it 0.299
	// 0.2 observed around it 0.299
}

func ExampleConcentrate() {
	c, err := evaluate.Concentrate([]float64{100, 10, 10, 0, 80})
	top, _ := c.TopShare(registry.Rate{Num: 20, Den: 100})
	fmt.Println(top, c.Gini(), err)
	// Output: 0.5 0.54 <nil>
}

func ExampleConcentration() {
	north, _ := evaluate.Concentrate([]float64{100, 10})
	south, _ := evaluate.Concentrate([]float64{10, 0, 80})
	both := north.Merge(south)
	fmt.Println(both.People(), both.Total(), both.SampleGini())
	// Output: 5 200 0.675
}

func ExampleLorenzPoint() {
	c, _ := evaluate.Concentrate([]float64{100, 10, 10, 0, 80})
	curve, _ := c.Lorenz(5)
	fmt.Println(curve)
	// Output: [{0 0} {0.2 0} {0.4 0.05} {0.6 0.1} {0.8 0.5} {1 1}]
}

func ExampleCohort() {
	c := evaluate.Cohort{Score: []float64{0.9, 0.2, 0.2, 0.6}, Outcome: []int{1, 0, 1, 0}, ID: []string{"a", "c", "b", "d"}, Cost: []float64{50, 1, 40, -9}}
	_, err := c.Rank()
	fmt.Println(err)
	c.Cost[3] = 9
	r, _ := c.Rank()
	top, _ := r.At(3)
	fmt.Println(top.Table.Value())
	fmt.Println("boundary", top.Boundary, "shared by", top.Tied, "captured", top.Captured)
	// Output:
	// evaluate: negative or not a number: cost[3] is -9
	// flagged 3 of 4; sensitivity 2/2 (100.0 %), PPV 2/3 (66.7 %)
	// boundary 0.2 shared by 2 captured 0.99
}

func ExampleRanking() {
	r, _ := evaluate.Cohort{Score: scores, Outcome: outcomes}.Rank()
	need, _ := r.Reach(registry.Rate{Num: 1, Den: 2})
	fmt.Println(need.Table.Value())
	// Output: flagged 3 of 8; sensitivity 2/4 (50.0 %), PPV 2/3 (66.7 %)
}

func ExampleCapacity() {
	r, _ := evaluate.Cohort{Score: scores, Outcome: outcomes}.Rank()
	top, _ := r.AtShare(registry.Rate{Num: 30, Den: 100})
	fmt.Println(top.Table.Flagged(), "of 8:", top.Table.Value())
	// Output: 3 of 8: flagged 3 of 8; sensitivity 2/4 (50.0 %), PPV 2/3 (66.7 %)
}

func ExampleReclassify() {
	better := []float64{0.1, 0.1, 0.3, 0.3, 0.5, 0.7, 0.5, 0.9}
	r, err := evaluate.Reclassify(outcomes, scores, better)
	fmt.Println(r.NRI, r.IDI, err)
	// Output: 1.25 0.15 <nil>
}

func ExampleReclassification() {
	better := []float64{0.1, 0.1, 0.3, 0.3, 0.5, 0.7, 0.5, 0.9}
	r, _ := evaluate.Reclassify(outcomes, scores, better, 0.25, 0.5)
	fmt.Println(r.UpEvents, r.DownEvents, r.UpNonEvents, r.DownNonEvents, r.NRI)
	// Output: 2 0 0 0 0.5
}

func ExampleSelection() {
	r, err := evaluate.Selection{Mean: 100, SD: 20, Reliability: 0.6, Cut: 130}.Expect()
	fmt.Printf("%.6f %.6f, fall %.6f without any effect; %v\n", r.First, r.Second, r.Fall, err)
	// Output: 138.773543 123.264126, fall 15.509417 without any effect; <nil>
}

func ExampleRegression() {
	// The less reliable a measurement, the more those chosen by it fall by themselves.
	for _, reliability := range []float64{1, 0.6, 0} {
		r, _ := evaluate.Selection{Mean: 3, SD: 2, Reliability: reliability, Cut: 5}.Expect()
		fmt.Printf("%.1f: from %.2f to %.2f\n", reliability, r.First, r.Second)
	}
	// Output:
	// 1.0: from 6.05 to 6.05
	// 0.6: from 6.05 to 4.83
	// 0.0: from 6.05 to 3.00
}

func ExampleBeforeAfter() {
	before, after := []float64{9, 8, 10}, []float64{5, 6, 4}
	c, _ := evaluate.BeforeAfter(before, after, nil, nil)
	fmt.Println(c.Fall, c.Issues[0].Code, c.Net)
	// Output: 4 REGRESSION_TO_MEAN not computable: no untreated comparison
}

func ExampleChange() {
	untreated, _ := evaluate.SameSelection([]float64{9, 2, 8}, []float64{6, 3, 5}, 7)
	c, _ := evaluate.BeforeAfter([]float64{9, 8, 10}, []float64{5, 6, 4}, nil, &untreated)
	fmt.Println("fall", c.Fall, "untreated", c.Untreated, "net", c.Net)
	// Output: fall 4 untreated 3 net 1
}

func ExampleContrast() {
	next, _ := evaluate.NextRanks([]float64{9, 8, 7, 6, 1}, []float64{4, 5, 5, 5, 2}, 2, 2)
	fmt.Println(next)
	// Output: {[7 6] [5 5]}
}

func ExampleSameSelection() {
	c, err := evaluate.SameSelection([]float64{9, 2, 8}, []float64{6, 3, 5}, 7)
	fmt.Println(c, err)
	// Output: {[9 8] [6 5]} <nil>
}

func ExampleNextRanks() {
	_, err := evaluate.NextRanks([]float64{9, 8}, []float64{4}, 1, 1)
	fmt.Println(err)
	// Output: evaluate: columns of different lengths: 2 first, 1 second measurements
}

func ExamplePersist() {
	p := evaluate.Persist([]string{"a", "b", "c"}, []string{"a", "z"}, []string{"a", "b", "z"})
	fmt.Println(p.Rate(), "gone", p.Gone)
	// Output: 1/2 (50.0 %) gone 1
}

func ExamplePersistence() {
	fmt.Println(evaluate.Persistence{Stayed: 14, Left: 86, Gone: 5}.Rate())
	// Output: 14/100 (14.0 %)
}

func ExampleIndexOfSelection() {
	x, err := evaluate.IndexOfSelection([]float64{0.8, 0.9, 0.7}, []float64{1.2, 1.0, 1.1, 1.3}, 0.95)
	fmt.Println("enrolled over eligible", x.Index, "from", x.IndexInterval, err)
	// Output: enrolled over eligible 0.8 from 0.699629 to 0.888752 <nil>
}

func ExampleSelectionIndex() {
	x, _ := evaluate.IndexOfSelection([]float64{1.3, 1.5}, []float64{1.0, 1.0, 1.0}, 0.95)
	fmt.Println("leavers over stayers", x.Ratio)
	// Output: leavers over stayers 1.4
}

func ExamplePaymentRatio() {
	r, err := evaluate.PaymentRatio([]decimal.Decimal{decimal.NewFromInt(1120)}, []decimal.Decimal{decimal.NewFromInt(1000)}, 2)
	fmt.Println(r, err)
	// Output: 1.12 <nil>
}

func ExampleAllocate() {
	one := decimal.NewFromInt(1)
	shares, err := evaluate.Allocate(decimal.NewFromInt(100), 2, []evaluate.PersonWeight{{"north", one}, {"south", one}, {"west", one}})
	text, _ := json.Marshal(shares)
	fmt.Println(string(text), err)
	// Output: [{"group":"north","people":1,"weight":"1","amount":"33.34"},{"group":"south","people":1,"weight":"1","amount":"33.33"},{"group":"west","people":1,"weight":"1","amount":"33.33"}] <nil>
}

func ExamplePersonWeight() {
	_, err := evaluate.Allocate(decimal.NewFromInt(100), 2, []evaluate.PersonWeight{{Group: "north", Weight: decimal.NewFromInt(-1)}})
	fmt.Println(err)
	// Output: evaluate: faulty weights: weight -1 of person 0, group "north"
}

func ExampleGroupShare() {
	shares, _ := evaluate.Allocate(decimal.NewFromInt(10), 0, []evaluate.PersonWeight{{"north", decimal.NewFromInt(3)}, {"south", decimal.NewFromInt(1)}})
	for _, s := range shares {
		fmt.Println(s.Group, s.People, s.Amount)
	}
	// Output:
	// north 1 8
	// south 1 2
}

func groups() evaluate.Cohort {
	c := evaluate.Cohort{Score: scores, Outcome: outcomes, Group: []string{"F", "F", "F", "F", "M", "M", "M", "M"}}
	return c
}

func ExampleSubgroup() {
	rows, err := groups().Subgroups(evaluate.SubgroupOptions{Threshold: 0.25})
	for _, g := range rows {
		fmt.Println(g.Group, g.People, g.OE, g.Value)
	}
	fmt.Println(err)
	// Output:
	// F 4 1.25 flagged 1 of 4; sensitivity 0/1 (0.0 %), PPV 0/1 (0.0 %)
	// M 4 1.15385 flagged 4 of 4; sensitivity 3/3 (100.0 %), PPV 3/4 (75.0 %)
	// <nil>
}

func ExampleSubgroupOptions() {
	rows, _ := groups().Subgroups(evaluate.SubgroupOptions{Threshold: 0.25, MinCell: 5})
	for _, g := range rows {
		fmt.Println(g.Group, g.Suppressed, g.OE, g.Issues)
	}
	// Output:
	// F true not computable: suppressed [SMALL_CELL F]
	// M true not computable: suppressed [SMALL_CELL M]
}

func ExampleDifference() {
	rows, _ := groups().Subgroups(evaluate.SubgroupOptions{Threshold: 0.25})
	fmt.Println(rows[0].SelectedDiff.Difference, rows[0].SelectedDiff.Interval)
	// Output: -0.75 -0.954413 to -0.0852325
}
