package incentives_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleAchieveImprove() {
	s := incentives.AchieveImprove{Threshold: incentives.Int(50), Benchmark: incentives.Int(80), AchieveSlope: incentives.Int(9), AchieveMax: incentives.Int(10), ImproveSlope: incentives.Int(10), ImproveMax: incentives.Int(9)}
	now, before := incentives.Int(65), incentives.Int(40)
	score := s.Score(&now, &before)
	fmt.Println(score.Achievement, score.Improvement, score.Score)
	// Output:
	// 9/2 25/4 25/4
}

func ExampleAchieveImproveScore() {
	s := incentives.AchieveImprove{Threshold: incentives.Int(50), Benchmark: incentives.Int(80), AchieveSlope: incentives.Int(9), AchieveMax: incentives.Int(10), ImproveSlope: incentives.Int(10), ImproveMax: incentives.Int(9)}
	now, before := incentives.Int(65), incentives.Int(40)
	score := s.Score(&now, &before)
	fmt.Println(score.Achievement, score.Improvement, score.Score)
	// Output:
	// 9/2 25/4 25/4
}

func ExampleAllocate() {
	parties := []incentives.Party{{ID: "a", Weight: incentives.Int(1)}, {ID: "b", Weight: incentives.Int(2)}, {ID: "c", Weight: incentives.Int(4)}}
	fmt.Println(incentives.Allocate(10, parties, incentives.LargestRemainder))
	// Output:
	// [{a 1} {b 3} {c 6}] 0 <nil>
}

func ExampleAtRisk() {
	var t incentives.Trace
	pay := t.Do("payment", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2},
		incentives.Operand{Name: "points", Value: incentives.Int(44)}, incentives.Operand{Name: "value", Value: incentives.MustParse("194.83")})
	s := incentives.Statement{Scheme: "example", Version: "1", Period: "2025", Party: "High Street", Currency: incentives.GBP()}
	if err := s.Add(incentives.Line{ID: "A1", Status: incentives.Paid, Exact: pay, Steps: t.Steps, Evidence: incentives.Published}, incentives.HalfAwayFromZero); err != nil {
		fmt.Println(err)
		return
	}
	more, err := incentives.AtRisk(&s, func(line string) (*incentives.Statement, error) {
		best := s // the scheme evaluated with that line at its best
		best.TotalMinor += 10_000
		return &best, nil
	})
	fmt.Println(more["A1"], err)
	// Output:
	// 10000 <nil>
}

func ExampleBand() {
	b := incentives.Bands{{From: incentives.Int(0)}, {From: incentives.Int(100), Share: incentives.Frac(1, 2)}}
	fmt.Println(b.Of(incentives.Int(250)))
	// Output:
	// 75
}

func ExampleBands() {
	b := incentives.Bands{{From: incentives.Int(0)}, {From: incentives.Int(100), Share: incentives.Frac(1, 2)}}
	fmt.Println(b.Of(incentives.Int(250)))
	// Output:
	// 75
}

func ExampleBaseMethod() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleCell() {
	g := incentives.Grid{Rows: []string{"high"}, Columns: []string{"low"}, Cells: [][]incentives.Cell{{{Value: incentives.Int(2), OfX: true}}}}
	fmt.Println(g.At("high", "low"))
	// Output:
	// {2 true} <nil>
}

func ExampleCheckWeights() {
	fmt.Println(incentives.CheckWeights([]incentives.Item{{ID: "a", Weight: incentives.Frac(3, 10)}}, incentives.Int(1)))
	// Output:
	// incentives: weights: they add up to 3/10, not 1
}

func ExampleContract() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleContractMetric() {
	c := incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleCounting() {
	p := incentives.Performance{Numerator: 150, Register: 240, Exceptions: 20}
	fmt.Println(p.Read(incentives.Counting{}))
	fmt.Println(p.Read(incentives.Counting{Minimum: 300}))
	fmt.Println(incentives.Performance{Register: 4, Exceptions: 4}.Read(incentives.Counting{}))
	// Output:
	// 15/22 scored <nil>
	// 0 below the minimum <nil>
	// 0 all excepted <nil>
}

func ExampleCurrency() {
	c := incentives.GBP()
	minor, err := c.Minor(incentives.MustParse("12.345"), incentives.HalfAwayFromZero)
	fmt.Println(c.Amount(minor), err)
	// Output:
	// 12.35 <nil>
}

func ExampleCurve() {
	p := incentives.Performance{Numerator: 6, Register: 10}
	fmt.Println(incentives.Curve(p, func(met int64) (incentives.Exact, error) {
		return incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(100)}.Points(incentives.Frac(met, 10)), nil
	}))
	// Output:
	// [{6 0} {7 100}] <nil>
}
