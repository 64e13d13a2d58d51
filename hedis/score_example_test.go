package hedis_test

import (
	"fmt"
	"math/big"

	. "github.com/chroniccare/chroniccare/hedis"
	"github.com/shopspring/decimal"
)

type ratType = big.Rat

func ExampleSurveyComposite() {
	c := SurveyComposite{ID: "care", Scale: []string{"big problem", "small problem", "no problem"}, Items: []SurveyItem{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	s, _ := c.Score(SurveyTally{Counts: [][]int64{{5, 5, 10}, {5, 5, 30}, {2, 3, 5}}})
	fmt.Println(s.TopBox, s.ThreePointMean, s.Reportable)
	// Output: 7/12 287/120 false
}

func ExampleSurveyItem() {
	c := SurveyComposite{Scale: []string{"never", "always"}, Items: []SurveyItem{{ID: "waited", Reversed: true}}}
	var t SurveyTally
	c.Add(&t, []int{0})
	fmt.Println(t.Counts)
	// Output: [[0 1]]
}

func ExampleSurveyTally() {
	c := SurveyComposite{Scale: []string{"no", "yes"}, Items: []SurveyItem{{ID: "q"}}}
	var a, b SurveyTally
	c.Add(&a, []int{1})
	c.Add(&b, []int{NoAnswer})
	err := a.Merge(b)
	fmt.Println(a.Respondents, a.Counts, err)
	// Output: 2 [[0 1]] <nil>
}

func ExampleSurveyScore() {
	c := SurveyComposite{Scale: []string{"no", "yes"}, Items: []SurveyItem{{ID: "q1"}, {ID: "q2"}}}
	s, _ := c.Score(SurveyTally{Counts: [][]int64{{50, 150}}})
	fmt.Println(s.TopBox, s.ItemsUsed, s.Dropped, s.MeanDenominator.RatString(), s.Reportable)
	// Output: 3/4 1 [q2] 100 true
}

func ExampleAdjustedItem() {
	c := SurveyComposite{ID: "care"}
	score, ok, _ := c.Adjusted([]AdjustedItem{{"a", rat("0.71"), 120}, {"b", rat("0.77"), 90}})
	fmt.Println(score.FloatString(2), ok)
	// Output: 0.74 true
}

func ExampleComponentResult() {
	var c Counts
	c[InitialPopulation], c[Denominator] = 1, 1
	fmt.Println(ResultOf(c, Increase))
	c[DenominatorExclusion] = 1
	fmt.Println(ResultOf(c, Increase))
	c[DenominatorExclusion], c[Numerator] = 0, 1
	fmt.Println(ResultOf(c, Increase))
	// Output:
	// missed
	// not eligible
	// met
}

func ExampleResultOf() {
	var c Counts
	c[InitialPopulation], c[Denominator], c[Numerator] = 1, 1, 1
	fmt.Println(ResultOf(c, Increase), ResultOf(c, Decrease))
	// Output: met missed
}

func ExampleCompositeTally() {
	var t CompositeTally
	t.Add(Met, Met)
	t.Add(Met, Missed)
	t.Add(Met, NotEligible)
	t.Add(NotEligible, NotEligible)
	avg, _ := t.PatientAverage()
	fmt.Println(t.AllOrNone(), t.Opportunity(), avg)
	// Output: 2/3 (66.7 %) 4/5 (80.0 %) 5/6
}

func ExampleWeightedComposite() {
	w, _ := WeightedComposite([]WeightedPart{{Name: "tested", Rate: rate(3, 4), Weight: rat("2")}, {Name: "poor control", Rate: rate(1, 4), Better: Decrease}, {Name: "small", State: RateNA}}, DropMissing)
	fmt.Println(w)
	// Output: 3/4
}

func ExampleWeightedPart() {
	_, err := WeightedComposite([]WeightedPart{{Name: "eye", State: RateNA}}, RefuseMissing)
	fmt.Println(err)
	// Output: hedis: undefined: component "eye" has no reportable rate
}

func ExampleMissingRate() {
	w, _ := WeightedComposite([]WeightedPart{{Rate: rate(1, 2)}, {State: RateNA}}, ZeroMissing)
	fmt.Println(w)
	// Output: 1/4
}

func ExampleLinearComposite() {
	points, total, _ := LinearComposite([]LinearPart{{WeightedPart{Name: "tested", Rate: rate(80, 100), Weight: rat("10")}, rat("0.5"), rat("0.9")}}, DropMissing)
	fmt.Println(points[0].FloatString(1), total.FloatString(1))
	// Output: 7.5 7.5
}

func ExampleLinearPart() {
	_, _, err := LinearComposite([]LinearPart{{WeightedPart{Name: "tested"}, rat("0.9"), rat("0.5")}}, DropMissing)
	fmt.Println(err)
	// Output: hedis: input: component "tested": floor 9/10, goal 1/2
}

func ExampleAchieved() {
	fmt.Println(Achieved(rate(20, 100), Decrease))
	// Output: 80/100 (80.0 %)
}

func ExampleAmong() {
	type answer struct{ wanted, involved bool }
	people := make([]answer, 200)
	for i := range people {
		people[i] = answer{wanted: i < 80, involved: i < 32}
	}
	s := Among(people, "wanted to be involved", func(a answer) bool { return a.wanted }, func(a answer) bool { return a.involved })
	fmt.Println(s)
	// Output: 32/80 (40.0 %) among those who wanted to be involved; 32/200 (16.0 %) of all
}

func ExampleConditionalShare() {
	ages := []int{30, 40, 50, 60} // two smoke, one of them was advised to stop
	s := Among(ages, "smoke", func(a int) bool { return a < 50 }, func(a int) bool { return a == 30 })
	fmt.Println(s.Among, s.Of)
	// Output: 1/2 (50.0 %) 1/4 (25.0 %)
}

func ExampleQuantile() {
	linear, _ := Quantile(rats(10, 20, 30, 40), rat("1/4"), Type7)
	inverse, _ := Quantile(rats(10, 20, 30, 40), rat("1/4"), Type1)
	fmt.Println(linear.RatString(), inverse.RatString())
	// Output: 35/2 10
}

func ExampleQuantileMethod() {
	q, _ := Quantile(rats(3, 1, 2), rat("1/2"), NearestRank)
	fmt.Println(q.RatString())
	// Output: 2
}

func ExamplePercentileRank() {
	fmt.Println(PercentileRank(rat("2"), rats(1, 2, 2, 5)).RatString())
	// Output: 50
}

func ExampleQuantileGroup() {
	fmt.Println(QuantileGroup(rat("9"), rats(1, 2, 3, 9), 4, Increase), QuantileGroup(rat("9"), rats(1, 2, 3, 9), 4, Decrease))
	// Output: 4 1
}

func ExampleQuartile() {
	fmt.Println(Quartile(rat("9"), rats(1, 2, 3, 9), Increase))
	// Output: 1
}

func ExampleTopShare() {
	places, tied, _ := TopShare(rats(5, 9, 9, 1, 2), rat("1/5"), Increase)
	fmt.Println(places, tied)
	// Output: [1 2] true
}

func ExampleStars() {
	n, _ := Stars(rat("0.8"), []*ratType{rat("0.5"), rat("0.7"), rat("0.8")})
	fmt.Println(n)
	// Output: 4
}

func ExampleBenchmarkIndex() {
	i, _ := BenchmarkIndex(rat("2025"), rat("2778"))
	fmt.Println(i.FloatString(2))
	// Output: 72.89
}

func ExampleVary() {
	v, _ := Vary(rats(2, 4, 6), false)
	fmt.Printf("%v %.4f\n", v.HighLow.RatString(), v.Coefficient)
	// Output: 3 0.4082
}

func ExampleVariation() {
	for _, values := range [][]*ratType{rats(60, 70, 80), rats(0, 70, 80)} {
		v, _ := Vary(values, false)
		fmt.Printf("%v to %v, ratio %v, coefficient %.2f\n", v.Lowest.RatString(), v.Highest.RatString(), v.HighLow, v.Coefficient)
	}
	// Output:
	// 60 to 80, ratio 4/3, coefficient 0.12
	// 0 to 80, ratio <nil>, coefficient 0.71
}

func ExampleComparePeers() {
	c, _ := ComparePeers([]Peer{{"Dr A", rate(90, 100)}, {"Dr B", rate(50, 100)}, {"Dr C", rate(75, 100)}, {"Dr D", rate(4, 5)}}, PeerOptions{Masked: true, Show: "Dr B"})
	for _, r := range c.Rows {
		fmt.Println(r.Name, r.State, r.Rank, r.Verdict)
	}
	// Output:
	// Unit 1 reported 1 above the 99.8 % limit
	// Dr B reported 3 below the 99.8 % limit
	// Unit 3 reported 2 within limits
	// Unit 4 NA 0 no verdict
}

func ExamplePeer() {
	_, err := ComparePeers([]Peer{{"Dr A", rate(5, 3)}}, PeerOptions{})
	fmt.Println(err)
	// Output: unit "Dr A": hedis: input: 5 of 3 is no proportion
}

func ExamplePeerComparison() {
	c, _ := ComparePeers([]Peer{{"A", rate(40, 100)}, {"B", rate(60, 100)}}, PeerOptions{})
	fmt.Printf("%v, dispersion %.2f\n", c.Pooled, c.Dispersion)
	// Output: 100/200 (50.0 %), dispersion 4.00
}

func ExamplePeerRow() {
	c, _ := ComparePeers([]Peer{{"A", rate(40, 100)}, {"B", rate(60, 100)}}, PeerOptions{})
	fmt.Println(c.Rows[0].Limits95, c.Rows[0].Percentile.RatString())
	// Output: 0.4000 to 0.6000 25
}

func ExamplePeerOptions() {
	for _, least := range []int64{0, 10} { // 0: the default of 30
		c, _ := ComparePeers([]Peer{{"A", rate(4, 10)}}, PeerOptions{MinDen: least})
		fmt.Println(least, c.Rows[0].State, c.Rows[0].Verdict)
	}
	// Output:
	// 0 NA no verdict
	// 10 reported within limits
}

func ExampleOutlier() {
	c, _ := ComparePeers([]Peer{{"Dr A", rate(98, 100)}, {"Dr B", rate(60, 100)}, {"Dr C", rate(84, 100)}, {"Dr D", rate(84, 100)}, {"Dr E", rate(84, 100)}}, PeerOptions{})
	for _, r := range c.Rows[:3] {
		fmt.Println(r.Name, "-", r.Verdict, r.Verdict < Inside)
	}
	// Output:
	// Dr A - above the 99.8 % limit false
	// Dr B - below the 99.8 % limit true
	// Dr C - within limits false
}

func ExampleTopQuartileOpportunity() {
	units := []OpportunityUnit{{"a", rat("10"), 100, decimal.NewFromInt(50)}, {"b", rat("12"), 200, decimal.NewFromInt(50)}, {"c", rat("15"), 100, decimal.NewFromInt(50)}, {"d", rat("20"), 50, decimal.NewFromInt(50)}}
	o, _ := TopQuartileOpportunity(units, Type7, Decrease, 2)
	fmt.Println(o.Benchmark, o.Money, o.TotalMoney)
	// Output: 23/2 [0 5000 17500 21250] 43750
}

func ExampleOpportunity() {
	units := []OpportunityUnit{{"a", rat("10"), 3, decimal.NewFromInt(1)}, {"b", rat("12"), 3, decimal.NewFromInt(1)}, {"c", rat("13"), 1, decimal.RequireFromString("0.333")}}
	o, _ := TopQuartileOpportunity(units, Type7, Decrease, 2)
	fmt.Println("exact", o.Total.FloatString(4), "to pay", o.Money, "in all", o.TotalMoney)
	// Output: exact 3.6660 to pay [0 3 0.67] in all 3.67
}

func ExampleOpportunityUnit() {
	_, err := TopQuartileOpportunity([]OpportunityUnit{{Name: "a", Volume: -1}}, Type7, Decrease, 2)
	fmt.Println(err)
	// Output: hedis: input: unit "a": value <nil>, volume -1, unit cost 0
}

func ExampleAchievableBenchmark() {
	r, _ := AchievableBenchmark([]Peer{{"a", rate(90, 100)}, {"b", rate(2, 2)}, {"c", rate(70, 100)}}, Increase, nil)
	fmt.Println(r)
	// Output: 90/100 (90.0 %)
}

func ExampleMarker() {
	// Poor control: of 70 and 80 per cent the lower is better.
	_, plans := twoPlans()
	for _, better := range []Improvement{Increase, Decrease} {
		scores, err := ScorePlans([]Marker{{ID: "cdc-hba1c-poor", Better: better}}, plans, PlanScoring{})
		fmt.Println(better, "- A", scores[0].Total.RatString(), "B", scores[1].Total.RatString(), err)
	}
	// Output:
	// increase - A 1 B 2 <nil>
	// decrease - A 2 B 1 <nil>
}

func ExampleMarkerValue() {
	markers, plans := twoPlans()
	plans[0].Markers[0] = MarkerValue{State: RateNA}
	scores, _ := ScorePlans(markers, plans, PlanScoring{})
	for _, s := range scores {
		fmt.Println(s.Plan, s.Total.RatString(), s.Missing)
	}
	// Output:
	// A 0 [bcs]
	// B 1 []
}

func ExamplePlan() {
	p := Plan{Name: "A"}
	fmt.Println(PlanFilter{}.Reasons(&p))
	// Output: [population not reported medicaid not reported]
}

func ExamplePlanFilter() {
	n, m := int64(99_999), decimal.New(43, -1)
	p := Plan{Name: "A", Population: &n, MedicaidPercent: &m}
	fmt.Println(PlanFilter{}.Reasons(&p), PlanFilter{MinPopulation: 50_000}.Reasons(&p))
	// Output: [population under 100000] []
}

func twoPlans() ([]Marker, []Plan) {
	n, m := int64(150_000), decimal.New(43, -1)
	return []Marker{{ID: "bcs"}}, []Plan{
		{Name: "A", Population: &n, MedicaidPercent: &m, Markers: []MarkerValue{{Rate: rate(70, 100)}}},
		{Name: "B", Population: &n, MedicaidPercent: &m, Markers: []MarkerValue{{Rate: rate(80, 100)}}}}
}

func ExampleScorePlans() {
	markers, plans := twoPlans()
	scores, _ := ScorePlans(markers, plans, PlanScoring{Method: PercentilePoints})
	for _, s := range scores {
		fmt.Println(s.Plan, s.Total.RatString())
	}
	// Output:
	// A 25
	// B 75
}

func ExamplePlanScoring() {
	markers, plans := twoPlans()
	scores, _ := ScorePlans(markers, plans, PlanScoring{Method: ThresholdPoints, Cuts: []*ratType{rat("0.6"), rat("0.75")}, Points: rats(0, 3, 6)})
	fmt.Println(scores[0].Total.RatString(), scores[1].Total.RatString())
	// Output: 3 6
}

func ExampleScoreMethod() {
	markers, plans := twoPlans()
	scores, _ := ScorePlans(markers, plans, PlanScoring{Method: ZScore})
	fmt.Println(scores[1].Total.RatString())
	// Output: 1
}

func ExampleMissingMarker() {
	markers, plans := twoPlans()
	plans[0].Markers[0].State = RateNA
	_, err := ScorePlans(markers, plans, PlanScoring{Missing: MissingRefused})
	fmt.Println(err)
	// Output: hedis: undefined: plan "A" has no value for [bcs]
}

func ExampleFilterWhen() {
	markers, plans := twoPlans()
	plans[0].MedicaidPercent = nil
	after, _ := ScorePlans(markers, plans, PlanScoring{})
	before, _ := ScorePlans(markers, plans, PlanScoring{When: FilterBefore})
	fmt.Println(after[1].Total.RatString(), before[1].Total.RatString())
	// Output: 2 1
}

func ExamplePlanScore() {
	markers, plans := twoPlans()
	plans[0].Markers[0].State = RateNR
	scores, _ := ScorePlans(markers, plans, PlanScoring{})
	fmt.Println(scores[0].Missing, scores[0].Total.RatString())
	// Output: [bcs] 0
}

func ExampleRanks() {
	for _, m := range []TieRank{CompetitionRank, DenseRank, FractionalRank} {
		r := Ranks(rats(9, 7, 7, 1), m)
		fmt.Println(r[0].RatString(), r[1].RatString(), r[2].RatString(), r[3].RatString())
	}
	// Output:
	// 1 2 2 4
	// 1 2 2 3
	// 1 5/2 5/2 4
}

func ExampleTieRank() {
	fmt.Println(Ranks(rats(5, 5), FractionalRank)[0])
	// Output: 3/2
}

func ExampleRankPlans() {
	rows, _ := Table2()
	var scores []PlanScore
	for _, r := range rows {
		scores = append(scores, r.PlanScore(PlanFilter{}))
	}
	for _, k := range RankPlans(scores, CompetitionRank, nil).Kept[:6] {
		fmt.Println(k.Rank.RatString(), k.Score.Plan)
	}
	// Output:
	// 1 Excellus Rochester
	// 2 Touchpoint Health Plan
	// 3 Anthem BCBS – New Hampshire
	// 4 Security Health Plan of Wisconsin
	// 5 Blue Shield of North East New York
	// 5 Care Choices
}

func ExampleRankedPlan() {
	r := RankPlans([]PlanScore{{Plan: "A", Total: rat("3")}, {Plan: "B", Total: rat("7")}, {Plan: "C", Total: rat("3")}}, FractionalRank, nil)
	for _, k := range r.Kept {
		fmt.Println(k.Rank.RatString(), k.Score.Plan, k.Score.Total.RatString())
	}
	// Output:
	// 1 B 7
	// 5/2 A 3
	// 5/2 C 3
}

func ExampleRanking() {
	r := RankPlans([]PlanScore{{Plan: "A", Total: rat("3")}, {Plan: "B", Total: rat("3")}, {Plan: "C", Total: rat("1")}, {Plan: "D", Total: rat("9"), Dropped: []string{"population under 100000"}}}, CompetitionRank, nil)
	kept, tied := r.Select(1, true)
	for _, k := range kept {
		fmt.Println(k.Rank.RatString(), k.Score.Plan)
	}
	fmt.Println("a tie at the edge:", tied, "- dropped:", r.Dropped[0].Plan)
	// Output:
	// 1 A
	// 1 B
	// a tie at the edge: true - dropped: D
}

func ExampleOnePer() {
	r := RankPlans([]PlanScore{{Plan: "A", Total: rat("3")}, {Plan: "B", Total: rat("2")}, {Plan: "C", Total: rat("1")}}, CompetitionRank, nil)
	model := map[string]string{"A": "mixed", "B": "mixed", "C": "group"}
	for _, p := range OnePer(r.Kept, func(plan string) string { return model[plan] }) {
		fmt.Println(p.Score.Plan)
	}
	// Output:
	// A
	// C
}

func ExampleTable2() {
	rows, err := Table2()
	for _, r := range rows {
		if r.Visited {
			fmt.Println(r.Plan, r.Score)
		}
	}
	fmt.Println(err)
	// Output:
	// Touchpoint Health Plan 190
	// Anthem BCBS – Connecticut 164
	// Group Health Cooperative 150
	// Health Partners, Inc 147
	// Kaiser – CA (North California) 139
	// <nil>
}

func ExampleStudyPlan() {
	rows, _ := Table2()
	s := rows[3].PlanScore(PlanFilter{MinPopulation: 200_000})
	fmt.Println(s.Plan, s.Dropped)
	// Output: Security Health Plan of Wisconsin [population under 200000]
}
