package feedback_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/feedback"
	"github.com/chroniccare/chroniccare/registry/population"
)

func year(y int, ames, bell, cole int64) feedback.Round {
	return feedback.Round{Period: registry.CalendarYear(y), Results: []feedback.Result{
		{Provider: "Dr Ames", Measure: "hba1c", Rate: registry.Rate{Num: ames, Den: 100}, Gaps: []string{"p7", "p3"}},
		{Provider: "Dr Bell", Measure: "hba1c", Rate: registry.Rate{Num: bell, Den: 100}},
		{Provider: "Dr Cole", Measure: "hba1c", Rate: registry.Rate{Num: cole, Den: 100}},
	}}
}

func measures() []feedback.Measure {
	return []feedback.Measure{{ID: "hba1c", Title: "HbA1c at goal"}}
}

func ExampleReports() {
	rs, err := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 70, 48), year(2023, 60, 70, 50))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(rs[0].Text())
	// Output:
	// Dr Ames, 2024-01-01 to 2024-12-31
	//
	// HbA1c at goal: 62/100 (62.0 %)
	//   rank 2 of 3, as good as or better than 1 of 2
	//   mean 60.0 %; median 62.0 %; best tenth 70.0 %; achievable 70.0 %
	//   since 2023-01-01 to 2023-12-31: better, 2.0 points
	//   - Dr Bell: 70.0 %
	//   - Dr Cole: 48.0 %
	//   open for p3, p7
}

func ExampleReport() {
	rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 70, 48))
	for _, r := range rs {
		fmt.Println(r.Provider, "rank", r.Lines[0].Rank, "of", r.Lines[0].Ranked)
	}
	// Output:
	// Dr Ames rank 2 of 3
	// Dr Bell rank 1 of 3
	// Dr Cole rank 3 of 3
}

func ExampleLine() {
	rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 70, 48))
	l := rs[2].Lines[0]
	fmt.Println(l.Outlier, l.Side, l.Percentile)
	// Output:
	// warn worse 0/2 (0.0 %)
}

func ExamplePeer() {
	rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 5, 70, 48))
	for _, p := range rs[1].Lines[0].Peers { // five patients are too few to be shown
		fmt.Println(p.Label, p.Rate)
	}
	// Output:
	// Dr Ames *
	// Dr Cole *
}

func ExamplePast() {
	rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 70, 48), year(2023, 60, 70, 50))
	for _, r := range rs {
		fmt.Println(r.Provider, r.Lines[0].Past[0].Change)
	}
	// Output:
	// Dr Ames better
	// Dr Bell same
	// Dr Cole worse
}

func ExampleDirection() {
	rs, err := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 70, 48), year(2023, 60, 70, 50))
	for _, r := range rs {
		p := r.Lines[0].Past[0]
		fmt.Println(r.Provider, p.Change, "since", p.Period.Start.Year())
	}
	fmt.Println(err)
	// Output:
	// Dr Ames better since 2023
	// Dr Bell same since 2023
	// Dr Cole worse since 2023
	// <nil>
}

func ExamplePolicy() {
	p := feedback.Policy{Names: feedback.Masked, Labels: map[string]string{"Dr Ames": "A", "Dr Bell": "B", "Dr Cole": "C"}, MinDenominator: 30, Small: population.Disclosure{Threshold: 5}}
	rs, err := feedback.Reports(p, measures(), year(2024, 62, 70, 48))
	fmt.Println(rs[0].Provider, rs[0].Lines[0].Peers[0].Label, err)
	// Output:
	// Dr Ames B <nil>
}

func ExampleNames() {
	labels := map[string]string{"Dr Ames": "A", "Dr Bell": "B", "Dr Cole": "C"}
	for _, names := range []feedback.Names{feedback.Named, feedback.Masked, feedback.GroupOnly} {
		rs, _ := feedback.Reports(feedback.Policy{Names: names, Labels: labels}, measures(), year(2024, 62, 70, 48))
		fmt.Print("mean ", rs[0].Lines[0].Mean, ":")
		for _, p := range rs[0].Lines[0].Peers {
			fmt.Print(" ", p.Label)
		}
		fmt.Println()
	}
	// Output:
	// mean 180/300 (60.0 %): Dr Bell Dr Cole
	// mean 180/300 (60.0 %): B C
	// mean 180/300 (60.0 %):
}

func ExampleMeasure() {
	for _, lower := range []bool{false, true} {
		m := []feedback.Measure{{ID: "hba1c", Title: "HbA1c above 9 %", LowerIsBetter: lower}}
		rs, _ := feedback.Reports(feedback.Policy{}, m, year(2024, 62, 70, 48))
		fmt.Println("lower is better:", lower, "- Dr Cole has rank", rs[2].Lines[0].Rank)
	}
	// Output:
	// lower is better: false - Dr Cole has rank 3
	// lower is better: true - Dr Cole has rank 1
}

func ExampleRound() {
	// A provider twice in a round is refused.
	r := year(2024, 62, 70, 48)
	r.Results = append(r.Results, r.Results[0])
	_, err := feedback.Reports(feedback.Policy{}, measures(), r)
	fmt.Println(err)
	// Output: feedback: round 2024-01-01 to 2024-12-31: Dr Ames, hba1c: two results
}

func ExampleResult() {
	// A rate over too few for a rank; the gaps go to their own doctor only.
	r := year(2024, 62, 70, 48)
	r.Results[2].Rate = registry.Rate{Num: 6, Den: 10}
	rs, _ := feedback.Reports(feedback.Policy{MinDenominator: 30}, measures(), r)
	for _, x := range rs {
		fmt.Println(x.Provider, "rank", x.Lines[0].Rank, "of", x.Lines[0].Ranked, x.Lines[0].Gaps)
	}
	// Output:
	// Dr Ames rank 2 of 2 [p3 p7]
	// Dr Bell rank 1 of 2 []
	// Dr Cole rank 0 of 2 []
}

func ExampleOutliers() {
	rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 90, 28))
	for _, o := range feedback.Outliers(rs) {
		fmt.Println(o.Provider, o.Flag, o.Side)
	}
	// Output:
	// Dr Cole alarm worse
	// Dr Bell alarm better
}

func ExampleOutlier() {
	rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 90, 28))
	for _, o := range feedback.Outliers(rs) {
		fmt.Println(o.Provider, o.Measure, o.Flag)
	}
	// Output:
	// Dr Cole hba1c alarm
	// Dr Bell hba1c alarm
}

func ExampleFlag() {
	// 100 patients each, the mean about 60 %: how far is far?
	for _, cole := range []int64{55, 48, 28} {
		rs, _ := feedback.Reports(feedback.Policy{}, measures(), year(2024, 62, 70, cole))
		fmt.Printf("%d: %q\n", cole, rs[2].Lines[0].Outlier)
	}
	// Output:
	// 55: ""
	// 48: "warn"
	// 28: "alarm"
}

func ExampleLimits() {
	low, high, ok := feedback.Limits(registry.Rate{Num: 1, Den: 2}, 100, 2)
	fmt.Printf("%.2f %.2f %v\n", low, high, ok)
	// Output:
	// 0.40 0.60 true
}

func ExampleMean() {
	fmt.Println(feedback.Mean([]registry.Rate{{Num: 1, Den: 2}, {Num: 9, Den: 18}}))
	// Output:
	// 10/20 (50.0 %)
}

func ExampleMedian() {
	fmt.Println(feedback.Median([]registry.Rate{{Num: 1, Den: 2}, {Num: 3, Den: 4}}).Percent(1))
	// Output:
	// 62.5
}

func ExampleBestDecile() {
	fmt.Println(feedback.BestDecile([]registry.Rate{{Num: 1, Den: 2}, {Num: 3, Den: 4}}, false))
	// Output:
	// 3/4 (75.0 %)
}

func ExampleAchievable() {
	fmt.Println(feedback.Achievable([]registry.Rate{{Num: 1, Den: 1}, {Num: 45, Den: 50}, {Num: 60, Den: 100}}, false))
	// Output:
	// 45/50 (90.0 %)
}
