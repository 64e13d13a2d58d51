package incentives_test

import (
	"encoding/json"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleKnot() {
	s := incentives.Polyline{Knots: []incentives.Knot{{X: incentives.Int(0), Y: incentives.Int(0)}, {X: incentives.Int(10), Y: incentives.Int(5)}}}
	fmt.Println(s.Points(incentives.Int(4)))
	// Output:
	// 2
}

func ExampleLadder() {
	s := incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Frac(5, 10), Value: incentives.Int(1)}, {Floor: incentives.Frac(7, 10), Value: incentives.Int(3)}}}
	fmt.Println(s.Points(incentives.Frac(69, 100)), s.Points(incentives.Frac(7, 10)))
	// Output:
	// 1 3
}

func ExampleLevel() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleLimits() {
	top := incentives.Int(5)
	fmt.Println(incentives.Limits{Cap: &top}.Apply(incentives.Int(9)))
	// Output:
	// 5
}

func ExampleLine() {
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

func ExampleLineStatus() {
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

func ExampleLinear() {
	var s incentives.Schedule = incentives.Linear{Lower: incentives.Frac(25, 100), Upper: incentives.Frac(90, 100), Full: incentives.Int(7)}
	fmt.Println(s.Check(), s.Points(incentives.Frac(225, 300)))
	// Output:
	// <nil> 70/13
}

func ExampleLint() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleLintFinding() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleMethod() {
	parties := []incentives.Party{{ID: "a", Weight: incentives.Int(1)}, {ID: "b", Weight: incentives.Int(2)}, {ID: "c", Weight: incentives.Int(4)}}
	fmt.Println(incentives.Allocate(10, parties, incentives.LargestRemainder))
	// Output:
	// [{a 1} {b 3} {c 6}] 0 <nil>
}

func ExampleMissing() {
	fmt.Println(incentives.Missing(incentives.Suppressed).Read(incentives.Counting{}))
	// Output:
	// 0 suppressed <nil>
}

func ExampleMissingPolicy() {
	items := []incentives.Item{{ID: "a", Score: incentives.Frac(8, 10), Weight: incentives.Int(2)}, {ID: "b", Weight: incentives.Int(1), Status: incentives.NoDenominator}}
	fmt.Println(incentives.WeightedMean(items, incentives.DropAndReweigh, 1))
	fmt.Println(incentives.WeightedMean(items, incentives.CountAsZero, 1))
	// Output:
	// 4/5 scored <nil>
	// 8/15 scored <nil>
}

func ExampleMode() {
	half := incentives.MustParse("632.5")
	for _, m := range []incentives.Mode{incentives.HalfUp, incentives.HalfEven, incentives.Down} {
		fmt.Println(m, half.Round(incentives.Rounding{Mode: m}))
	}
	// Output:
	// half up 633
	// half even 632
	// down 632
}

func ExampleMustParse() {
	fmt.Println(incentives.MustParse("0.07").Mul(incentives.Int(200)))
	// Output:
	// 14
}
