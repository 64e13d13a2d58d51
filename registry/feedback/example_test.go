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
	fmt.Println(rs[2].Provider, rs[2].Lines[0].Rank)
	// Output:
	// Dr Cole 3
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
	fmt.Println(feedback.Better, feedback.NoComparison)
	// Output:
	// better no comparison
}

func ExamplePolicy() {
	p := feedback.Policy{Names: feedback.Masked, Labels: map[string]string{"Dr Ames": "A", "Dr Bell": "B", "Dr Cole": "C"}, MinDenominator: 30, Small: population.Disclosure{Threshold: 5}}
	rs, err := feedback.Reports(p, measures(), year(2024, 62, 70, 48))
	fmt.Println(rs[0].Provider, rs[0].Lines[0].Peers[0].Label, err)
	// Output:
	// Dr Ames B <nil>
}

func ExampleNames() {
	rs, _ := feedback.Reports(feedback.Policy{Names: feedback.GroupOnly}, measures(), year(2024, 62, 70, 48))
	fmt.Println(len(rs[0].Lines[0].Peers), rs[0].Lines[0].Mean)
	// Output:
	// 0 180/300 (60.0 %)
}

func ExampleMeasure() {
	m := []feedback.Measure{{ID: "hba1c", Title: "HbA1c above 9 %", LowerIsBetter: true}}
	rs, _ := feedback.Reports(feedback.Policy{}, m, year(2024, 62, 70, 48))
	fmt.Println(rs[2].Lines[0].Rank)
	// Output:
	// 1
}

func ExampleRound() {
	fmt.Println(year(2024, 1, 2, 3).Period)
	// Output:
	// 2024-01-01 to 2024-12-31
}

func ExampleResult() {
	fmt.Println(feedback.Result{Provider: "Dr Ames", Measure: "hba1c", Rate: registry.Rate{Num: 6, Den: 10}}.Rate)
	// Output:
	// 6/10 (60.0 %)
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
	fmt.Println(feedback.Outlier{Provider: "Dr Cole", Flag: feedback.Alarm}.Flag)
	// Output:
	// alarm
}

func ExampleFlag() {
	fmt.Println(feedback.Warn, feedback.Alarm)
	// Output:
	// warn alarm
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
