package groups_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
)

func ExampleAccountability() {
	for _, a := range groups.Accountable(quarters()) {
		fmt.Println("network", a.Network, a.Metric, "changed by", a.Change)
	}
	// Output:
	// network 1 ldl changed by 5
	// network 2 ldl changed by -4
}

func ExampleAccountable() {
	for _, a := range groups.Accountable(quarters()) {
		fmt.Println("network", a.Network, "lacks", a.Gap, "improved:", a.Improved)
	}
	// Output:
	// network 1 lacks 5 improved: true
	// network 2 lacks 0 improved: false
}

func ExampleAdvancedHome() {
	fmt.Println(groups.AdvancedHome(incentives.Int(1000), incentives.Int(500), incentives.Frac(4, 5)))
	// Output:
	// 1400
}

func ExampleAnthemIncentive() {
	for _, met := range []int64{79, 80} {
		bonus, _, err := groups.AnthemIncentive(incentives.Performance{Numerator: met, Register: 100}, incentives.Threshold{Target: incentives.Frac(8, 10)}, incentives.Int(5000), true)
		fmt.Println(met, bonus, err)
	}
	// Output:
	// 79 0 <nil>
	// 80 5000 <nil>
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
	_, _, err := groups.OnTop(incentives.Int(1000), []groups.Fee{{ID: "eye", Met: -5, Amount: incentives.Int(20)}})
	fmt.Println(err)
	// Output: incentives: negative count: eye
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
	shares, left, err := groups.KaiserPool([]groups.Physician{{ID: "a", Salary: 20_000_000, Score: incentives.Frac(6, 10)}, {ID: "b", Salary: 20_000_000, Score: incentives.Frac(9, 10)}})
	for _, s := range shares {
		fmt.Println(s.ID, incentives.USD().Amount(s.Amount))
	}
	fmt.Println("undistributed", left, err)
	// Output:
	// a 11200.00
	// b 16800.00
	// undistributed 0 <nil>
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
	for _, now := range []string{"58.17", "56.58"} {
		rounded, points := groups.MassHealthImprovement(incentives.MustParse(now), incentives.MustParse("54.54"), target)
		fmt.Println(now, rounded.Fixed(1), points)
	}
	// Output:
	// 58.17 3.6 5
	// 56.58 2.0 0
}

func ExampleMassHealthImprovementTarget() {
	fmt.Println(groups.MassHealthImprovementTarget(incentives.Int(60), incentives.MustParse("70.5")).Fixed(1))
	// Output: 2.1
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
	// A metric that is not scored leaves its weight to the others.
	half := incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(1)}
	fmt.Println(groups.Score([]groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 8, Register: 10}, Schedule: half, Weight: incentives.Int(3), Minimum: 5},
		{ID: "eye", Performance: incentives.Performance{Numerator: 1, Register: 4}, Schedule: half, Weight: incentives.Int(1), Minimum: 5},
	}))
	// Output: 1 scored <nil>
}

func ExampleOnTop() {
	total, share, err := groups.OnTop(incentives.Int(1000), []groups.Fee{{ID: "eye", Met: 5, Amount: incentives.Int(20)}, {ID: "foot", Met: 10, Amount: incentives.Int(15)}})
	fmt.Println(total, "on top,", share.Mul(incentives.Int(100)), "% of base", err)
	// Output: 250 on top, 25 % of base <nil>
}

func ExampleOntarioBonus() {
	fmt.Println(groups.OntarioBonus(incentives.Int(1100), 575))
	// Output:
	// 633 <nil>
}

func ExampleOregonFull() {
	fmt.Println(groups.OregonFull(12, 12, incentives.MustParse("0.61")), groups.OregonFull(12, 12, incentives.MustParse("0.59")), groups.OregonFull(11, 12, incentives.Int(1)))
	// Output: true false false
}

func ExampleOregonMet() {
	// From 60 a tenth of the way to 80 would be 62, but three points are the least.
	target := incentives.GapClosing{Fraction: incentives.Frac(1, 10), Goal: incentives.Int(80), MinStep: incentives.Int(3)}
	for _, now := range []int64{62, 63} {
		fmt.Println(now, groups.OregonMet(incentives.Int(now), incentives.Int(80), incentives.Int(60), target))
	}
	// Output:
	// 62 false
	// 63 true
}

func ExampleOwnershipPay() {
	fmt.Println(groups.OwnershipPay(incentives.Int(1000), incentives.Frac(1, 5), incentives.Frac(1, 2)))
	// Output:
	// 900 <nil>
}

func ExampleParts() {
	// The weights are the caller's: the source gives none.
	curve := incentives.Linear{Lower: incentives.Frac(1, 2), Upper: incentives.Int(1), Full: incentives.MustParse("0.14")}
	p := groups.Parts{Clinical: incentives.MustParse("0.9"), Satisfaction: incentives.MustParse("0.7"), Peer: incentives.MustParse("0.8")}
	for _, clinical := range []int64{1, 2} { // in quarters
		p.ClinicalW, p.SatisfactionW, p.PeerW = incentives.Frac(clinical, 4), incentives.Frac(3-clinical, 4), incentives.Frac(1, 4)
		fmt.Println(groups.KaiserBonus(incentives.Int(200_000), p, curve))
	}
	// Output:
	// 15400 <nil>
	// 18200 <nil>
}

func ExamplePayee() {
	for _, group := range []bool{true, false} {
		_, payee, err := groups.AnthemIncentive(incentives.Performance{Numerator: 80, Register: 100}, incentives.Threshold{Target: incentives.Frac(8, 10)}, incentives.Int(5000), group)
		fmt.Println(payee, err)
	}
	// Output:
	// group <nil>
	// individual <nil>
}

func ExamplePaymentForQuality() {
	fmt.Println(groups.PaymentForQuality(incentives.Int(1000), incentives.Frac(5, 100), incentives.Frac(6, 10)))
	// Output:
	// 980 <nil>
}

func ExamplePhysician() {
	// Nobody gets more than 10 % of salary; the rest goes to the others.
	shares, left, err := groups.KaiserPool([]groups.Physician{{ID: "a", Salary: 20_000_000, Score: incentives.Frac(1, 10)}, {ID: "b", Salary: 20_000_000, Score: incentives.Frac(9, 10)}})
	fmt.Println(shares, left, err)
	// Output: [{a 800000} {b 2000000}] 0 <nil>
}

func ExamplePracticeSummary() {
	target := incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(1)}
	metrics := []groups.Metric{{ID: "a", Performance: incentives.Performance{Numerator: 8, Register: 10}, Schedule: target}, {ID: "b", Performance: incentives.Performance{Numerator: 1, Register: 10}, Schedule: target}}
	fmt.Println(groups.PracticeSummary(incentives.Int(900), incentives.Frac(1, 2), metrics))
	// Output:
	// 900 <nil>
}

func ExampleProductivity() {
	p, err := groups.ProductivityOf(500, 25, 60, 100, 3, 4)
	fmt.Println("seen a day", p.SeenPerDay, "generic", p.GenericShare, "ambulatory", p.AmbulatoryShare, err)
	// Output: seen a day 20 generic 3/5 ambulatory 3/4 <nil>
}

func ExampleProductivityOf() {
	_, err := groups.ProductivityOf(500, 0, 60, 100, 3, 4)
	fmt.Println(err)
	// Output: incentives: division by zero: 500 seen in 0 days, 60 of 100 generic, 3 of 4 ambulatory
}

func ExampleQuarter() {
	// Of a metric of which lower is better, a fall is an improvement.
	q := quarters()[1]
	for _, q.Better = range []incentives.Direction{incentives.HigherIsBetter, incentives.LowerIsBetter} {
		a := groups.Accountable([]groups.Quarter{q})[0]
		fmt.Println("improved:", a.Improved, "gap", a.Gap)
	}
	// Output:
	// improved: false gap 0
	// improved: true gap 1
}

func ExampleRecognitionAward() {
	fmt.Println(groups.RecognitionAward(true, false, incentives.Int(50000), incentives.Int(30000)))
	// Output:
	// 50000
}

func ExampleRwandaWeights() {
	sum := incentives.Int(0)
	for _, w := range groups.RwandaWeights() {
		sum = sum.Add(w)
	}
	fmt.Println(sum)
	// Output: 1
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
	scores, ranks, err := groups.Scorecard([]groups.Specialist{
		{ID: "a", Quality: incentives.Frac(1, 2), Access: incentives.Int(1), Satisfaction: incentives.Int(1)},
		{ID: "b", Quality: incentives.Int(1), Access: incentives.Frac(1, 2), Satisfaction: incentives.Int(1)},
	}, incentives.Frac(1, 2), incentives.Frac(1, 4), incentives.Frac(1, 4))
	fmt.Println(scores, ranks[0].ID, "first", err)
	// Output: [3/4 7/8] b first <nil>
}

func ExampleSpecialist() {
	// The weights are the caller's, and must add up to 1.
	_, _, err := groups.Scorecard([]groups.Specialist{{ID: "a", Quality: incentives.Int(1)}}, incentives.Frac(1, 2), incentives.Frac(1, 2), incentives.Frac(1, 4))
	fmt.Println(err)
	// Output: incentives: weights: they add up to 5/4, not 1
}

func ExampleTargetResult() {
	// What is not scored earns nothing, and is listed as such.
	metrics := append(touchpoint(), groups.Metric{ID: "foot", Performance: incentives.Performance{}, Schedule: groups.TouchpointDiabetesTarget()})
	_, _, results, err := groups.TouchpointBonus(incentives.Int(900_000), metrics)
	for _, r := range results {
		fmt.Println(r.ID, r.Met, r.Status)
	}
	fmt.Println(err)
	// Output:
	// hba1c true scored
	// eye false scored
	// foot false no denominator
	// <nil>
}

func ExampleTask() {
	// A task that was never due scores nothing.
	points, total, err := groups.TaskPoints([]groups.Task{{Name: "summaries", Done: 8, Due: 10, Points: incentives.Int(5)}, {Name: "smoking advice", Points: incentives.Int(3)}})
	fmt.Println(points, total, err)
	// Output: [4 0] 4 <nil>
}

func ExampleTaskPoints() {
	fmt.Println(groups.TaskPoints([]groups.Task{{Name: "summaries", Done: 8, Due: 10, Points: incentives.Int(5)}}))
	// Output:
	// [4] 4 <nil>
}

func ExampleTouchpointBonus() {
	bonus, lost, _, err := groups.TouchpointBonus(incentives.Int(900_000), touchpoint())
	fmt.Println("bonus", bonus, "lost", lost, err)
	// Output: bonus 450000 lost 450000 <nil>
}

func ExampleTouchpointDiabetesTarget() {
	target := groups.TouchpointDiabetesTarget()
	fmt.Println(target.Met(incentives.Frac(70, 100)), target.Met(incentives.Frac(699, 1000)))
	// Output: true false
}

// quarters are two networks' results on one metric.
func quarters() []groups.Quarter {
	return []groups.Quarter{
		{Network: "1", Metric: "ldl", Target: incentives.Int(70), Before: incentives.Int(60), Now: incentives.Int(65)},
		{Network: "2", Metric: "ldl", Target: incentives.Int(70), Before: incentives.Int(75), Now: incentives.Int(71)},
	}
}

// touchpoint are two targets, of which the second is just missed.
func touchpoint() []groups.Metric {
	return []groups.Metric{
		{ID: "hba1c", Performance: incentives.Performance{Numerator: 70, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
		{ID: "eye", Performance: incentives.Performance{Numerator: 69, Register: 100}, Schedule: groups.TouchpointDiabetesTarget()},
	}
}
