package incentives_test

import (
	"encoding/json"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

func ExamplePolyline() {
	s := incentives.Polyline{Knots: []incentives.Knot{{X: incentives.Int(0), Y: incentives.Int(0)}, {X: incentives.Int(10), Y: incentives.Int(5)}}}
	fmt.Println(s.Points(incentives.Int(4)))
	// Output:
	// 2
}

func ExampleProRate() {
	fmt.Println(incentives.ProRate(incentives.Int(575), incentives.Int(1000), true))
	// Output:
	// 23/40 <nil>
}

func ExampleRank() {
	r, err := incentives.Rank([]incentives.Unit{{ID: "north", Score: incentives.Int(7)}, {ID: "south", Score: incentives.Int(7)}, {ID: "west", Score: incentives.Int(5)}}, incentives.HigherIsBetter, incentives.Competition)
	fmt.Println(r, err)
	// Output:
	// [{north 1 1} {south 1 1} {west 3 0}] <nil>
}

func ExampleRanked() {
	r, err := incentives.Rank([]incentives.Unit{{ID: "north", Score: incentives.Int(7)}, {ID: "south", Score: incentives.Int(7)}, {ID: "west", Score: incentives.Int(5)}}, incentives.HigherIsBetter, incentives.Competition)
	fmt.Println(r, err)
	// Output:
	// [{north 1 1} {south 1 1} {west 3 0}] <nil>
}

func ExampleRounding() {
	half := incentives.MustParse("632.5")
	for _, m := range []incentives.Mode{incentives.HalfUp, incentives.HalfEven, incentives.Down} {
		fmt.Println(m, half.Round(incentives.Rounding{Mode: m}))
	}
	// Output:
	// half up 633
	// half even 632
	// down 632
}

func ExampleSalaryBand() {
	b := incentives.SalaryBand{MinScore: incentives.Int(0), NeutralScore: incentives.Int(50), MaxScore: incentives.Int(100), Floor: incentives.Frac(8, 10), Cap: incentives.Frac(12, 10)}
	fmt.Println(b.Share(incentives.Int(75)))
	// Output:
	// 11/10
}

func ExampleSchedule() {
	var s incentives.Schedule = incentives.Linear{Lower: incentives.Frac(25, 100), Upper: incentives.Frac(90, 100), Full: incentives.Int(7)}
	fmt.Println(s.Check(), s.Points(incentives.Frac(225, 300)))
	// Output:
	// <nil> 70/13
}

func ExampleSeverity() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleShare() {
	parties := []incentives.Party{{ID: "a", Weight: incentives.Int(1)}, {ID: "b", Weight: incentives.Int(2)}, {ID: "c", Weight: incentives.Int(4)}}
	fmt.Println(incentives.Allocate(10, parties, incentives.LargestRemainder))
	// Output:
	// [{a 1} {b 3} {c 6}] 0 <nil>
}

func ExampleStatement() {
	var t incentives.Trace
	pay := t.Do("payment", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2},
		incentives.Operand{Name: "points", Value: incentives.Int(44)}, incentives.Operand{Name: "value", Value: incentives.MustParse("194.83")})
	s := incentives.Statement{Scheme: "example", Version: "1", Period: "2025", Party: "High Street", Currency: incentives.GBP()}
	if err := s.Add(incentives.Line{ID: "A1", Status: incentives.Paid, Exact: pay, Steps: t.Steps, Evidence: incentives.Published}, incentives.HalfAwayFromZero); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(s.Text())
	data, err := json.Marshal(s)
	fmt.Println(err, json.Unmarshal(data, &incentives.Statement{}))
	// Output:
	// example 1, 2025: High Street
	//   A1                          8572.52 GBP
	//   total                          8572.52 GBP
	// <nil> <nil>
}

func ExampleStatus() {
	p := incentives.Performance{Numerator: 150, Register: 240, Exceptions: 20}
	fmt.Println(p.Read(incentives.Counting{}))
	fmt.Println(p.Read(incentives.Counting{Minimum: 300}))
	fmt.Println(incentives.Performance{Register: 4, Exceptions: 4}.Read(incentives.Counting{}))
	// Output:
	// 15/22 scored <nil>
	// 0 below the minimum <nil>
	// 0 all excepted <nil>
}

func ExampleStep() {
	s := incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Frac(5, 10), Value: incentives.Int(1)}, {Floor: incentives.Frac(7, 10), Value: incentives.Int(3)}}}
	fmt.Println(s.Points(incentives.Frac(69, 100)), s.Points(incentives.Frac(7, 10)))
	// Output:
	// 1 3
}

func ExampleTag() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleThreshold() {
	rate := registry.Rate{Num: 69999, Den: 100000}
	target := incentives.Threshold{Target: incentives.MustParse("0.7"), Full: incentives.Int(10)}
	p := incentives.OfRate(rate)
	fmt.Println(p.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 4}).Fixed(4), target.Met(p))
	// Output:
	// 0.7000 false
}
