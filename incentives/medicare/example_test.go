package medicare_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/medicare"
)

func ExampleACO() {
	s, err := medicare.SharedSavings(medicare.Tracks()[1], medicare.ACO{Benchmark: incentives.Int(50000000), Expenditure: incentives.Int(47000000), MSR: incentives.MustParse("0.0285"), Standard: medicare.Met})
	fmt.Println(s.Amount, s.Rate, s.Limited, err)
	// Output:
	// 1200000 2/5 false <nil>
}

func ExampleClinician() {
	fmt.Println(medicare.MIPSScaling([]medicare.Clinician{{Payments: incentives.Int(1000), Adjustment: incentives.Int(-3)}, {Payments: incentives.Int(2000), Adjustment: incentives.Int(1)}}))
	// Output:
	// 3/2 <nil>
}

func ExampleETCAchievement() {
	fmt.Println(medicare.ETCAchievement().Points(incentives.MustParse("89.99")))
	// Output:
	// 3/2
}

func ExampleETCAdjustment() {
	fmt.Println(medicare.ETCAdjustment(incentives.MustParse("2"), 3, false))
	// Output:
	// -3 <nil>
}

func ExampleExcessPayments() {
	fmt.Println(medicare.ExcessPayments([]medicare.Readmission{{Condition: "HF", BasePayment: incentives.Int(10000), Admissions: 100, ExcessRatio: incentives.MustParse("1.05"), PeerMedian: incentives.Int(1), NeutralityRate: incentives.Int(1)}}))
	// Output:
	// 50000 <nil>
}

func ExampleHomeHealthAdjustment() {
	fmt.Println(medicare.HomeHealthAdjustment(incentives.Int(40), incentives.Frac(5, 100), incentives.Int(2), false))
	// Output:
	// 1/25
}

func ExampleHospital() {
	hs := []medicare.Hospital{{ID: "a", Base: incentives.Int(1000000), TPS: incentives.Int(40)}, {ID: "b", Base: incentives.Int(3000000), TPS: incentives.Int(20)}}
	slope, err := medicare.VBPSlope(hs)
	fmt.Println(slope, medicare.VBPFactor(hs[0].TPS, incentives.MustParse("0.02"), slope, 100).Fixed(4), err)
	// Output:
	// 4 1.0120 <nil>
}

func ExampleInteroperabilityPoints() {
	fmt.Println(medicare.InteroperabilityPoints(861, 1809, 40))
	// Output:
	// 19 <nil>
}

func ExampleMIPSAdjustment() {
	for _, score := range []string{"18.75", "18.76", "80"} {
		a, err := medicare.MIPSAdjustment(incentives.MustParse(score), incentives.Int(75), incentives.Int(9))
		fmt.Println(score, a.Fixed(4), err)
	}
	// Output:
	// 18.75 -9.0000 <nil>
	// 18.76 -6.7488 <nil>
	// 80 1.8000 <nil>
}

func ExampleMIPSCategory() {
	fmt.Println(medicare.MIPSCategory([]incentives.Exact{incentives.Int(3), incentives.Int(12), incentives.MustParse("9.54")}, incentives.Int(0), incentives.Int(60), incentives.Int(0)))
	// Output:
	// 409/1000 <nil>
}

func ExampleMIPSImprovement() {
	fmt.Println(medicare.MIPSImprovement(incentives.MustParse("0.6"), incentives.MustParse("0.4")))
	// Output:
	// 1/20
}

func ExampleMIPSScaling() {
	fmt.Println(medicare.MIPSScaling([]medicare.Clinician{{Payments: incentives.Int(1000), Adjustment: incentives.Int(-3)}, {Payments: incentives.Int(2000), Adjustment: incentives.Int(1)}}))
	// Output:
	// 3/2 <nil>
}

func ExampleMIPSYear() {
	ys, err := medicare.MIPSYears()
	fmt.Println(ys[0].Year, ys[0].Threshold, ys[0].Percent, ys[0].Evidence, err)
	// Output:
	// 2019 3 4 published <nil>
}

func ExampleMIPSYears() {
	ys, err := medicare.MIPSYears()
	fmt.Println(ys[0].Year, ys[0].Threshold, ys[0].Percent, ys[0].Evidence, err)
	// Output:
	// 2019 3 4 published <nil>
}

func ExampleMinimumSavingsRate() {
	r, err := medicare.MinimumSavingsRate(12500)
	fmt.Println(r.Mul(incentives.Int(100)).Fixed(4), err)
	// Output:
	// 2.8499 <nil>
}

func ExamplePhysician() {
	x, adjustments, err := medicare.ValueModifierX([]medicare.Physician{{ID: "a", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(2), OfX: true}}, {ID: "b", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(-1)}}})
	fmt.Println(x, adjustments, err)
	// Output:
	// 1/2 [1 -1] <nil>
}

func ExampleReadmission() {
	fmt.Println(medicare.ExcessPayments([]medicare.Readmission{{Condition: "HF", BasePayment: incentives.Int(10000), Admissions: 100, ExcessRatio: incentives.MustParse("1.05"), PeerMedian: incentives.Int(1), NeutralityRate: incentives.Int(1)}}))
	// Output:
	// 50000 <nil>
}

func ExampleRewardClasses() {
	g, err := medicare.RewardFactor()
	variance, mean := medicare.RewardClasses(incentives.Int(20), incentives.Int(90))
	cell, _ := g.At(variance, mean)
	fmt.Println(variance, mean, cell.Value, err)
	// Output:
	// low high 2/5 <nil>
}

func ExampleRewardFactor() {
	g, err := medicare.RewardFactor()
	variance, mean := medicare.RewardClasses(incentives.Int(20), incentives.Int(90))
	cell, _ := g.At(variance, mean)
	fmt.Println(variance, mean, cell.Value, err)
	// Output:
	// low high 2/5 <nil>
}

func ExampleSNFFactor() {
	hs := []medicare.Hospital{{ID: "a", Base: incentives.Int(1000000), TPS: incentives.Int(40)}, {ID: "b", Base: incentives.Int(3000000), TPS: incentives.Int(20)}}
	table := incentives.Polyline{Knots: []incentives.Knot{{X: incentives.Int(0), Y: incentives.Int(0)}, {X: incentives.Int(100), Y: incentives.Frac(3, 100)}}}
	back, err := medicare.SNFReturn(table, hs, incentives.MustParse("0.6"))
	fmt.Println(medicare.SNFFactor(back[0]).Fixed(4), err)
	// Output:
	// 0.9992 <nil>
}

func ExampleSNFReturn() {
	hs := []medicare.Hospital{{ID: "a", Base: incentives.Int(1000000), TPS: incentives.Int(40)}, {ID: "b", Base: incentives.Int(3000000), TPS: incentives.Int(20)}}
	table := incentives.Polyline{Knots: []incentives.Knot{{X: incentives.Int(0), Y: incentives.Int(0)}, {X: incentives.Int(100), Y: incentives.Frac(3, 100)}}}
	back, err := medicare.SNFReturn(table, hs, incentives.MustParse("0.6"))
	fmt.Println(medicare.SNFFactor(back[0]).Fixed(4), err)
	// Output:
	// 0.9992 <nil>
}

func ExampleShared() {
	s, err := medicare.SharedSavings(medicare.Tracks()[1], medicare.ACO{Benchmark: incentives.Int(50000000), Expenditure: incentives.Int(47000000), MSR: incentives.MustParse("0.0285"), Standard: medicare.Met})
	fmt.Println(s.Amount, s.Rate, s.Limited, err)
	// Output:
	// 1200000 2/5 false <nil>
}

func ExampleSharedSavings() {
	s, err := medicare.SharedSavings(medicare.Tracks()[1], medicare.ACO{Benchmark: incentives.Int(50000000), Expenditure: incentives.Int(47000000), MSR: incentives.MustParse("0.0285"), Standard: medicare.Met})
	fmt.Println(s.Amount, s.Rate, s.Limited, err)
	// Output:
	// 1200000 2/5 false <nil>
}

func ExampleStandard() {
	s, err := medicare.SharedSavings(medicare.Tracks()[1], medicare.ACO{Benchmark: incentives.Int(50000000), Expenditure: incentives.Int(47000000), MSR: incentives.MustParse("0.0285"), Standard: medicare.Met})
	fmt.Println(s.Amount, s.Rate, s.Limited, err)
	// Output:
	// 1200000 2/5 false <nil>
}

func ExampleStarRating() {
	fmt.Println(medicare.StarRating([]incentives.Item{{ID: "outcome", Score: incentives.Int(4), Weight: incentives.Int(3)}, {ID: "process", Score: incentives.Int(3), Weight: incentives.Int(1)}}, incentives.Frac(4, 10), incentives.Int(0)))
	// Output:
	// 4 scored <nil>
}

func ExampleTrack() {
	for _, t := range medicare.Tracks() {
		fmt.Println(t.Name, t.Rate, t.TwoSided)
	}
	// Output:
	// BASIC A 2/5 false
	// BASIC B 2/5 false
	// BASIC C 1/2 true
	// BASIC D 1/2 true
	// BASIC E 1/2 true
	// ENHANCED 3/4 true
}

func ExampleTracks() {
	for _, t := range medicare.Tracks() {
		fmt.Println(t.Name, t.Rate, t.TwoSided)
	}
	// Output:
	// BASIC A 2/5 false
	// BASIC B 2/5 false
	// BASIC C 1/2 true
	// BASIC D 1/2 true
	// BASIC E 1/2 true
	// ENHANCED 3/4 true
}

func ExampleVBPDomain() {
	fmt.Println(medicare.VBPTotal([]medicare.VBPDomain{{Name: "outcome", Weight: incentives.Frac(1, 2), Points: []incentives.Exact{incentives.Int(4), incentives.Int(6)}}, {Name: "cost", Weight: incentives.Frac(1, 2)}}))
	// Output:
	// 50 scored <nil>
}

func ExampleVBPFactor() {
	hs := []medicare.Hospital{{ID: "a", Base: incentives.Int(1000000), TPS: incentives.Int(40)}, {ID: "b", Base: incentives.Int(3000000), TPS: incentives.Int(20)}}
	slope, err := medicare.VBPSlope(hs)
	fmt.Println(slope, medicare.VBPFactor(hs[0].TPS, incentives.MustParse("0.02"), slope, 100).Fixed(4), err)
	// Output:
	// 4 1.0120 <nil>
}

func ExampleVBPMeasure() {
	m, err := medicare.VBPMeasure(incentives.MustParse("0.987666"), incentives.MustParse("0.829199"))
	now, before := incentives.MustParse("0.939273"), incentives.MustParse("0.974987")
	fmt.Println(m.Score(&now, &before).Score, err)
	// Output:
	// 3 <nil>
}

func ExampleVBPSlope() {
	hs := []medicare.Hospital{{ID: "a", Base: incentives.Int(1000000), TPS: incentives.Int(40)}, {ID: "b", Base: incentives.Int(3000000), TPS: incentives.Int(20)}}
	slope, err := medicare.VBPSlope(hs)
	fmt.Println(slope, medicare.VBPFactor(hs[0].TPS, incentives.MustParse("0.02"), slope, 100).Fixed(4), err)
	// Output:
	// 4 1.0120 <nil>
}

func ExampleVBPTotal() {
	fmt.Println(medicare.VBPTotal([]medicare.VBPDomain{{Name: "outcome", Weight: incentives.Frac(1, 2), Points: []incentives.Exact{incentives.Int(4), incentives.Int(6)}}, {Name: "cost", Weight: incentives.Frac(1, 2)}}))
	// Output:
	// 50 scored <nil>
}

func ExampleValueModifier() {
	g, err := medicare.ValueModifier(2017)
	cell, _ := g.At("high", "low")
	fmt.Println(cell.Value, cell.OfX, err)
	// Output:
	// 4 true <nil>
}

func ExampleValueModifierX() {
	x, adjustments, err := medicare.ValueModifierX([]medicare.Physician{{ID: "a", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(2), OfX: true}}, {ID: "b", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(-1)}}})
	fmt.Println(x, adjustments, err)
	// Output:
	// 1/2 [1 -1] <nil>
}
