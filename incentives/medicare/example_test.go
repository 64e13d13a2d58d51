package medicare_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/medicare"
)

func ExampleACO() {
	// Savings below the minimum rate are chance, and not shared.
	a := aco()
	for _, spent := range []int64{48_575_000, 48_576_000} {
		a.Expenditure = incentives.Int(spent)
		s, err := medicare.SharedSavings(exampleTrack("BASIC B"), a)
		fmt.Printf("%v %q %v\n", s.Amount, s.Why, err)
	}
	// Output:
	// 570000 "" <nil>
	// 0 "savings below the minimum rate" <nil>
}

// Without increases there is nothing to scale: the factor is at its most.
func ExampleClinician() {
	fmt.Println(medicare.MIPSScaling([]medicare.Clinician{{ID: "a", Payments: incentives.Int(1000), Adjustment: incentives.Int(-9)}}))
	// Output: 3 <nil>
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
	// What the good one gains is what the other loses.
	slope, err := medicare.VBPSlope(hospitals())
	sum := incentives.Int(0)
	for _, h := range hospitals() {
		gain := h.Base.Mul(medicare.VBPFactor(h.TPS, incentives.MustParse("0.02"), slope, 100).Sub(incentives.Int(1)))
		fmt.Println(h.ID, gain)
		sum = sum.Add(gain)
	}
	fmt.Println(sum, err)
	// Output:
	// a 12000
	// b -12000
	// 0 <nil>
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
	// The threshold of each year, and a score of 60 in it.
	years, err := medicare.MIPSYears()
	for _, y := range years[:3] {
		a, err := medicare.MIPSAdjustment(incentives.Int(60), y.Threshold, y.Percent)
		fmt.Println(y.Year, y.Threshold, a.Fixed(2), err)
	}
	fmt.Println(err)
	// Output:
	// 2019 3 2.35 <nil>
	// 2020 15 2.64 <nil>
	// 2021 30 3.00 <nil>
	// <nil>
}

func ExampleMIPSYears() {
	years, err := medicare.MIPSYears()
	for _, y := range years {
		if y.Evidence != incentives.Published {
			fmt.Println(y.Year, y.Threshold, y.Evidence)
		}
	}
	fmt.Println(err)
	// Output:
	// 2024 75 unconfirmed
	// 2025 75 unconfirmed
	// 2026 75 unconfirmed
	// 2027 75 unconfirmed
	// <nil>
}

func ExampleMinimumSavingsRate() {
	r, err := medicare.MinimumSavingsRate(12500)
	fmt.Println(r.Mul(incentives.Int(100)).Fixed(4), err)
	// Output:
	// 2.8499 <nil>
}

func ExamplePhysician() {
	// Care of sicker patients is worth one x more.
	for _, high := range []bool{false, true} {
		x, adjustments, err := medicare.ValueModifierX([]medicare.Physician{{ID: "a", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(2), OfX: true}, HighRisk: high}, {ID: "b", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(1), OfX: true}}, {ID: "c", Payments: incentives.Int(100), Cell: incentives.Cell{Value: incentives.Int(-1)}}})
		fmt.Println(x, adjustments, err)
	}
	// Output:
	// 1/3 [2/3 1/3 -1] <nil>
	// 1/4 [3/4 1/4 -1] <nil>
}

func ExampleReadmission() {
	// A condition below the peers' median adds nothing, and takes nothing off.
	hf := medicare.Readmission{Condition: "HF", BasePayment: incentives.Int(10000), Admissions: 100, ExcessRatio: incentives.MustParse("1.05"), PeerMedian: incentives.Int(1), NeutralityRate: incentives.Int(1)}
	copd := hf
	copd.Condition, copd.ExcessRatio = "COPD", incentives.MustParse("0.9")
	fmt.Println(medicare.ExcessPayments([]medicare.Readmission{hf, copd}))
	// Output: 50000 <nil>
}

func ExampleRewardClasses() {
	for _, p := range [][2]int64{{29, 85}, {30, 84}, {70, 64}} {
		fmt.Println(medicare.RewardClasses(incentives.Int(p[0]), incentives.Int(p[1])))
	}
	// Output:
	// low high
	// medium relatively high
	// high other
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
	for _, returned := range []string{"0", "0.02", "0.025"} {
		fmt.Println(medicare.SNFFactor(incentives.MustParse(returned)).Fixed(4))
	}
	// Output:
	// 0.9800
	// 1.0000
	// 1.0050
}

func ExampleSNFReturn() {
	table := incentives.Polyline{Knots: []incentives.Knot{{X: incentives.Int(0), Y: incentives.Int(0)}, {X: incentives.Int(100), Y: incentives.Frac(3, 100)}}}
	back, err := medicare.SNFReturn(table, hospitals(), incentives.MustParse("0.6"))
	paid := incentives.Int(0)
	for i, h := range hospitals() {
		paid = paid.Add(back[i].Mul(h.Base))
	}
	fmt.Println(paid, "of 80000 withheld", err)
	// Output: 48000 of 80000 withheld <nil>
}

func ExampleShared() {
	// Great savings are shared up to a limit.
	a := aco()
	a.Expenditure = incentives.Int(30_000_000)
	s, err := medicare.SharedSavings(exampleTrack("BASIC B"), a)
	fmt.Println(s.Amount, "limited:", s.Limited, err)
	// Output: 5000000 limited: true <nil>
}

func ExampleSharedSavings() {
	s, err := medicare.SharedSavings(exampleTrack("BASIC B"), aco())
	fmt.Println(s.Amount, s.Rate, s.Limited, err)
	// Output: 1200000 2/5 false <nil>
}

func ExampleStandard() {
	a := aco()
	a.Quality = incentives.Frac(1, 2)
	for _, standard := range []medicare.Standard{medicare.NoStandard, medicare.Alternative, medicare.Met} {
		a.Standard = standard
		s, err := medicare.SharedSavings(exampleTrack("BASIC B"), a)
		fmt.Println(s.Amount, s.Rate, err)
	}
	// Output:
	// 0 0 <nil>
	// 600000 1/5 <nil>
	// 1200000 2/5 <nil>
}

func ExampleStarRating() {
	fmt.Println(medicare.StarRating([]incentives.Item{{ID: "outcome", Score: incentives.Int(4), Weight: incentives.Int(3)}, {ID: "process", Score: incentives.Int(3), Weight: incentives.Int(1)}}, incentives.Frac(4, 10), incentives.Int(0)))
	// Output:
	// 4 scored <nil>
}

func ExampleTrack() {
	// What is lost is owed in two-sided tracks only.
	a := aco()
	a.Expenditure = incentives.Int(53_000_000)
	for _, name := range []string{"BASIC B", "BASIC E", "ENHANCED"} {
		s, err := medicare.SharedSavings(exampleTrack(name), a)
		fmt.Println(name, s.Amount, err)
	}
	// Output:
	// BASIC B 0 <nil>
	// BASIC E -900000 <nil>
	// ENHANCED -1200000 <nil>
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
	// The weight of a domain that is not scored goes to the others.
	for _, cost := range [][]incentives.Exact{nil, {incentives.Int(10)}} {
		fmt.Println(medicare.VBPTotal([]medicare.VBPDomain{{Name: "outcome", Weight: incentives.Frac(1, 2), Points: []incentives.Exact{incentives.Int(4), incentives.Int(6)}}, {Name: "cost", Weight: incentives.Frac(1, 2), Points: cost}}))
	}
	// Output:
	// 50 scored <nil>
	// 75 scored <nil>
}

func ExampleVBPFactor() {
	// Of nothing achieved the withheld 2 % stay away.
	for _, tps := range []int64{0, 25, 40} {
		fmt.Println(tps, medicare.VBPFactor(incentives.Int(tps), incentives.MustParse("0.02"), incentives.Int(4), 100).Fixed(4))
	}
	// Output:
	// 0 0.9800
	// 25 1.0000
	// 40 1.0120
}

func ExampleVBPMeasure() {
	m, err := medicare.VBPMeasure(incentives.MustParse("0.987666"), incentives.MustParse("0.829199"))
	now, before := incentives.MustParse("0.939273"), incentives.MustParse("0.974987")
	fmt.Println(m.Score(&now, &before).Score, err)
	// Output:
	// 3 <nil>
}

func ExampleVBPSlope() {
	slope, err := medicare.VBPSlope(hospitals())
	fmt.Println(slope, err)
	// Output: 4 <nil>
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

// aco saved 6 % of 50 million.
func aco() medicare.ACO {
	return medicare.ACO{Benchmark: incentives.Int(50_000_000), Expenditure: incentives.Int(47_000_000), MSR: incentives.MustParse("0.0285"), MLR: incentives.MustParse("0.02"), Standard: medicare.Met, Quality: incentives.Int(1), Revenue: incentives.Int(20_000_000)}
}

// exampleTrack finds a track by name.
func exampleTrack(name string) medicare.Track {
	for _, t := range medicare.Tracks() {
		if t.Name == name {
			return t
		}
	}
	panic(name)
}

// hospitals are a small one that does well and a large one that does not.
func hospitals() []medicare.Hospital {
	return []medicare.Hospital{{ID: "a", Base: incentives.Int(1_000_000), TPS: incentives.Int(40)}, {ID: "b", Base: incentives.Int(3_000_000), TPS: incentives.Int(20)}}
}
