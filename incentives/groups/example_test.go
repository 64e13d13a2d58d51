package groups_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
)

func ExampleAccountability() {
	fmt.Println(groups.Accountable([]groups.Quarter{{Network: "1", Metric: "ldl", Target: incentives.Int(70), Before: incentives.Int(60), Now: incentives.Int(65)}})[0].Gap)
	// Output:
	// 5
}

func ExampleAccountable() {
	fmt.Println(groups.Accountable([]groups.Quarter{{Network: "1", Metric: "ldl", Target: incentives.Int(70), Before: incentives.Int(60), Now: incentives.Int(65)}})[0].Gap)
	// Output:
	// 5
}

func ExampleAdvancedHome() {
	fmt.Println(groups.AdvancedHome(incentives.Int(1000), incentives.Int(500), incentives.Frac(4, 5)))
	// Output:
	// 1400
}

func ExampleAnthemIncentive() {
	fmt.Println(groups.AnthemIncentive(incentives.Performance{Numerator: 80, Register: 100}, incentives.Threshold{Target: incentives.Frac(8, 10)}, incentives.Int(5000), true))
	// Output:
	// 5000 group <nil>
}

func ExampleBridgesToExcellence() {
	fmt.Println(groups.BridgesToExcellence(true, 1000))
	// Output:
	// 125000 <nil>
}

func ExampleCalifornianBonus() {
	fmt.Println(groups.CalifornianBonus(incentives.Int(200000), incentives.Int(1), incentives.Linear{Lower: incentives.Int(0), Upper: incentives.Int(1), Full: incentives.Frac(3, 10)}))
	// Output:
	// 30000 <nil>
}

func ExampleClinicalPilot() {
	target := incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(1)}
	metrics := []groups.Metric{{ID: "a", Performance: incentives.Performance{Numerator: 8, Register: 10}, Schedule: target}, {ID: "b", Performance: incentives.Performance{Numerator: 1, Register: 10}, Schedule: target}}
	fmt.Println(groups.ClinicalPilot(incentives.Int(1000), metrics))
	// Output:
	// 500 <nil>
}

func ExampleCoPayment() {
	fmt.Println(groups.CoPayment(incentives.Grid{Rows: []string{"high"}, Columns: []string{"low"}, Cells: [][]incentives.Cell{{{Value: incentives.Int(20)}}}}, "high", "low", true, incentives.Int(5)))
	// Output:
	// 15 <nil>
}

func ExampleDjiboutiMultiplier() {
	fmt.Println(groups.DjiboutiMultiplier(incentives.Int(81)))
	// Output:
	// 3/10 <nil>
}

func ExampleFee() {
	fmt.Println(groups.OnTop(incentives.Int(1000), []groups.Fee{{ID: "eye", Met: 5, Amount: incentives.Int(20)}}))
	// Output:
	// 100 1/10 <nil>
}

func ExampleGapToGoal() {
	fmt.Println(groups.GapToGoal(incentives.MustParse("0.75"), incentives.MustParse("0.5")))
	// Output:
	// 1/2 <nil>
}

func ExampleGeisingerAtRisk() {
	quarter := incentives.Frac(1, 4)
	fmt.Println(groups.GeisingerAtRisk(incentives.Int(200000), incentives.Frac(2, 10), []incentives.Item{{ID: "cost", Score: incentives.Int(1), Weight: quarter}, {ID: "quality", Score: incentives.Frac(1, 2), Weight: quarter}, {ID: "satisfaction", Score: incentives.Int(1), Weight: quarter}, {ID: "teaching", Score: incentives.Frac(1, 2), Weight: quarter}}))
	// Output:
	// 30000 40000 <nil>
}

func ExampleGeisingerBundleBonus() {
	fmt.Println(groups.GeisingerBundleBonus(incentives.Int(100000), []bool{true, true, true}))
	// Output:
	// 10000
}

func ExampleGroupHealthBand() {
	b, err := groups.GroupHealthBand(incentives.Int(0), incentives.Int(50), incentives.Int(100))
	fmt.Println(b.Share(incentives.Int(25)), err)
	// Output:
	// 9/10 <nil>
}

func ExampleJointIncentive() {
	fmt.Println(groups.JointIncentive(100, incentives.Int(5), incentives.Int(5), []incentives.Party{{ID: "primary", Weight: incentives.Int(1)}, {ID: "specialist", Weight: incentives.Int(2)}}))
	// Output:
	// [{primary 33} {specialist 67}] 0 <nil>
}

func ExampleKaiserBonus() {
	curve := incentives.Linear{Lower: incentives.Frac(1, 2), Upper: incentives.Int(1), Full: incentives.MustParse("0.14")}
	p := groups.Parts{Clinical: incentives.MustParse("0.9"), Satisfaction: incentives.MustParse("0.7"), Peer: incentives.MustParse("0.8"),
		ClinicalW: incentives.Frac(1, 2), SatisfactionW: incentives.Frac(1, 4), PeerW: incentives.Frac(1, 4)}
	fmt.Println(groups.KaiserBonus(incentives.Int(200000), p, curve))
	// Output:
	// 18200 <nil>
}

func ExampleKaiserPool() {
	fmt.Println(groups.KaiserPool([]groups.Physician{{ID: "a", Salary: 20_000_000, Score: incentives.Frac(6, 10)}, {ID: "b", Salary: 20_000_000, Score: incentives.Frac(9, 10)}}))
	// Output:
	// [{a 1120000} {b 1680000}] 0 <nil>
}

func ExampleMassHealthAchievement() {
	fmt.Println(groups.MassHealthAchievement(incentives.Int(65), incentives.Int(60), incentives.Int(80)))
	// Output:
	// 5/2 <nil>
}

func ExampleMassHealthDomain() {
	fmt.Println(groups.MassHealthDomain([]incentives.Exact{incentives.MustParse("1.5"), incentives.Int(0)}, []incentives.Exact{incentives.Int(0), incentives.Int(5)}))
	// Output:
	// 13/40 <nil>
}

func ExampleMassHealthImprovement() {
	target := groups.MassHealthImprovementTarget(incentives.Int(60), incentives.MustParse("70.5"))
	fmt.Println(target)
	fmt.Println(groups.MassHealthImprovement(incentives.MustParse("58.17"), incentives.MustParse("54.54"), target))
	// Output:
	// 21/10
	// 18/5 5
}

func ExampleMassHealthImprovementTarget() {
	target := groups.MassHealthImprovementTarget(incentives.Int(60), incentives.MustParse("70.5"))
	fmt.Println(target)
	fmt.Println(groups.MassHealthImprovement(incentives.MustParse("58.17"), incentives.MustParse("54.54"), target))
	// Output:
	// 21/10
	// 18/5 5
}

func ExampleMassHealthSubstitution() {
	fmt.Println(groups.MassHealthSubstitution(incentives.Int(73), incentives.Int(85), incentives.Int(10)))
	// Output:
	// 83 true
}

func ExampleMeanUplift() {
	fmt.Println(groups.MeanUplift([]incentives.Exact{incentives.Int(100), incentives.Int(200)}, []incentives.Exact{incentives.Int(20), incentives.Int(80)}))
	// Output:
	// 3/10 <nil>
}

func ExampleMetric() {
	half := incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(1)}
	fmt.Println(groups.Score([]groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 8, Register: 10}, Schedule: half, Weight: incentives.Int(3)},
		{ID: "eye", Performance: incentives.Performance{Numerator: 1, Register: 10}, Schedule: half, Weight: incentives.Int(1)},
	}))
	// Output:
	// 3/4 scored <nil>
}

func ExampleOnTop() {
	fmt.Println(groups.OnTop(incentives.Int(1000), []groups.Fee{{ID: "eye", Met: 5, Amount: incentives.Int(20)}}))
	// Output:
	// 100 1/10 <nil>
}

func ExampleOntarioBonus() {
	fmt.Println(groups.OntarioBonus(incentives.Int(1100), 575))
	// Output:
	// 633 <nil>
}

func ExampleOregonFull() {
	fmt.Println(groups.OregonFull(12, 12, incentives.MustParse("0.61")))
	// Output:
	// true
}

func ExampleOregonMet() {
	fmt.Println(groups.OregonMet(incentives.Int(63), incentives.Int(80), incentives.Int(60), incentives.GapClosing{Fraction: incentives.Frac(1, 10), Goal: incentives.Int(80), MinStep: incentives.Int(3)}))
	// Output:
	// true
}

func ExampleOwnershipPay() {
	fmt.Println(groups.OwnershipPay(incentives.Int(1000), incentives.Frac(1, 5), incentives.Frac(1, 2)))
	// Output:
	// 900 <nil>
}

func ExampleParts() {
	curve := incentives.Linear{Lower: incentives.Frac(1, 2), Upper: incentives.Int(1), Full: incentives.MustParse("0.14")}
	p := groups.Parts{Clinical: incentives.MustParse("0.9"), Satisfaction: incentives.MustParse("0.7"), Peer: incentives.MustParse("0.8"),
		ClinicalW: incentives.Frac(1, 2), SatisfactionW: incentives.Frac(1, 4), PeerW: incentives.Frac(1, 4)}
	fmt.Println(groups.KaiserBonus(incentives.Int(200000), p, curve))
	// Output:
	// 18200 <nil>
}

func ExamplePayee() {
	fmt.Println(groups.AnthemIncentive(incentives.Performance{Numerator: 80, Register: 100}, incentives.Threshold{Target: incentives.Frac(8, 10)}, incentives.Int(5000), true))
	// Output:
	// 5000 group <nil>
}

func ExamplePaymentForQuality() {
	fmt.Println(groups.PaymentForQuality(incentives.Int(1000), incentives.Frac(5, 100), incentives.Frac(6, 10)))
	// Output:
	// 980 <nil>
}

func ExamplePhysician() {
	fmt.Println(groups.KaiserPool([]groups.Physician{{ID: "a", Salary: 20_000_000, Score: incentives.Frac(6, 10)}, {ID: "b", Salary: 20_000_000, Score: incentives.Frac(9, 10)}}))
	// Output:
	// [{a 1120000} {b 1680000}] 0 <nil>
}

func ExamplePracticeSummary() {
	target := incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(1)}
	metrics := []groups.Metric{{ID: "a", Performance: incentives.Performance{Numerator: 8, Register: 10}, Schedule: target}, {ID: "b", Performance: incentives.Performance{Numerator: 1, Register: 10}, Schedule: target}}
	fmt.Println(groups.PracticeSummary(incentives.Int(900), incentives.Frac(1, 2), metrics))
	// Output:
	// 900 <nil>
}

func ExampleProductivity() {
	fmt.Println(groups.ProductivityOf(500, 25, 60, 100, 3, 4))
	// Output:
	// {20 3/5 3/4} <nil>
}

func ExampleProductivityOf() {
	fmt.Println(groups.ProductivityOf(500, 25, 60, 100, 3, 4))
	// Output:
	// {20 3/5 3/4} <nil>
}

func ExampleQuarter() {
	fmt.Println(groups.Accountable([]groups.Quarter{{Network: "1", Metric: "ldl", Target: incentives.Int(70), Before: incentives.Int(60), Now: incentives.Int(65)}})[0].Gap)
	// Output:
	// 5
}

func ExampleRecognitionAward() {
	fmt.Println(groups.RecognitionAward(true, false, incentives.Int(50000), incentives.Int(30000)))
	// Output:
	// 50000
}

func ExampleRwandaWeights() {
	fmt.Println(len(groups.RwandaWeights()), groups.RwandaWeights()[0])
	// Output:
	// 13 17/100
}

func ExampleScore() {
	half := incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(1)}
	fmt.Println(groups.Score([]groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 8, Register: 10}, Schedule: half, Weight: incentives.Int(3)},
		{ID: "eye", Performance: incentives.Performance{Numerator: 1, Register: 10}, Schedule: half, Weight: incentives.Int(1)},
	}))
	// Output:
	// 3/4 scored <nil>
}

func ExampleScorecard() {
	fmt.Println(groups.Scorecard([]groups.Specialist{{ID: "a", Quality: incentives.Frac(1, 2), Access: incentives.Int(1), Satisfaction: incentives.Int(1)}}, incentives.Frac(1, 2), incentives.Frac(1, 4), incentives.Frac(1, 4)))
	// Output:
	// [3/4] [{a 1 0}] <nil>
}

func ExampleSpecialist() {
	fmt.Println(groups.Scorecard([]groups.Specialist{{ID: "a", Quality: incentives.Frac(1, 2), Access: incentives.Int(1), Satisfaction: incentives.Int(1)}}, incentives.Frac(1, 2), incentives.Frac(1, 4), incentives.Frac(1, 4)))
	// Output:
	// [3/4] [{a 1 0}] <nil>
}

func ExampleTargetResult() {
	bonus, lost, results, err := groups.TouchpointBonus(incentives.Int(900000), []groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 70, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
		{ID: "eye", Performance: incentives.Performance{Numerator: 69, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
	})
	fmt.Println(bonus, lost, results, err)
	// Output:
	// 450000 450000 [{hba1c true scored} {eye false scored}] <nil>
}

func ExampleTask() {
	fmt.Println(groups.TaskPoints([]groups.Task{{Name: "summaries", Done: 8, Due: 10, Points: incentives.Int(5)}}))
	// Output:
	// [4] 4 <nil>
}

func ExampleTaskPoints() {
	fmt.Println(groups.TaskPoints([]groups.Task{{Name: "summaries", Done: 8, Due: 10, Points: incentives.Int(5)}}))
	// Output:
	// [4] 4 <nil>
}

func ExampleTouchpointBonus() {
	bonus, lost, results, err := groups.TouchpointBonus(incentives.Int(900000), []groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 70, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
		{ID: "eye", Performance: incentives.Performance{Numerator: 69, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
	})
	fmt.Println(bonus, lost, results, err)
	// Output:
	// 450000 450000 [{hba1c true scored} {eye false scored}] <nil>
}

func ExampleTouchpointDiabetesTarget() {
	bonus, lost, results, err := groups.TouchpointBonus(incentives.Int(900000), []groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 70, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
		{ID: "eye", Performance: incentives.Performance{Numerator: 69, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
	})
	fmt.Println(bonus, lost, results, err)
	// Output:
	// 450000 450000 [{hba1c true scored} {eye false scored}] <nil>
}
