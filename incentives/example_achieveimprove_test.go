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
	// Who improved may do better by that; without a year before only achievement counts.
	s := incentives.AchieveImprove{Threshold: incentives.Int(50), Benchmark: incentives.Int(80), AchieveSlope: incentives.Int(9), AchieveMax: incentives.Int(10), ImproveSlope: incentives.Int(10), ImproveMax: incentives.Int(9)}
	now, before := incentives.Int(65), incentives.Int(40)
	for _, baseline := range []*incentives.Exact{&before, nil} {
		score := s.Score(&now, baseline)
		fmt.Println(score.Achievement, score.Improvement, "best", score.Score)
	}
	// Output:
	// 9/2 25/4 best 25/4
	// 9/2 <nil> best 9/2
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
	// A corridor: the first 100 are one's own, half of the next 200, nothing beyond.
	b := incentives.Bands{{From: incentives.Int(0)}, {From: incentives.Int(100), Share: incentives.Frac(1, 2)}, {From: incentives.Int(300)}}
	for _, amount := range []int64{80, 250, 900} {
		fmt.Println(amount, b.Of(incentives.Int(amount)))
	}
	// Output:
	// 80 0
	// 250 75
	// 900 100
}

func ExampleBands() {
	b := incentives.Bands{{From: incentives.Int(0)}, {From: incentives.Int(100), Share: incentives.Frac(1, 2)}}
	fmt.Println(b.Of(incentives.Int(250)))
	// Output:
	// 75
}

func ExampleBaseMethod() {
	for _, base := range []incentives.BaseMethod{incentives.Salary, incentives.CapitationPay, incentives.FeeForService} {
		c := contract()
		c.Base, c.Metrics[0].Tags, c.Metrics[0].Level = base, []incentives.Tag{incentives.Productivity}, incentives.GroupLv
		fmt.Println(base, codes(c))
	}
	// Output:
	// salary [L03 L18]
	// capitation [L16 L03 L18]
	// fee for service [L03 L18]
}

func ExampleCell() {
	// A class that the grid lacks is an error, and never a zero.
	g := incentives.Grid{Rows: []string{"high"}, Columns: []string{"low", "average"}, Cells: [][]incentives.Cell{{{Value: incentives.Int(2), OfX: true}, {Value: incentives.Int(1)}}}}
	for _, column := range []string{"low", "average", "high"} {
		c, err := g.At("high", column)
		fmt.Println(column, c.Value, "of x:", c.OfX, err)
	}
	// Output:
	// low 2 of x: true <nil>
	// average 1 of x: false <nil>
	// high 0 of x: false incentives: no cell for the value: "high", "high"
}

func ExampleCheckWeights() {
	fmt.Println(incentives.CheckWeights([]incentives.Item{{ID: "a", Weight: incentives.Frac(3, 10)}}, incentives.Int(1)))
	// Output:
	// incentives: weights: they add up to 3/10, not 1
}

func ExampleContract() {
	// Agreed on after the year began.
	c := contract()
	c.AgreedOn, c.Metrics[0].Tags = registry.Day(2025, 3, 1), []incentives.Tag{incentives.ClinicalProcess}
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L04 error the contract must be agreed before the period starts
	// L16 warning salary without a metric of productivity or access
	// L03 warning a contract of 1: 5 to 8 are usual
}

func ExampleContractMetric() {
	// Without a smallest denominator a rate of one patient would be paid on.
	c := contract()
	c.Metrics[0].Tags, c.Metrics[0].Minimum = []incentives.Tag{incentives.ClinicalProcess}, 0
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Path, f.Message)
	}
	// Output:
	// L16 base salary without a metric of productivity or access
	// L03 metrics a contract of 1: 5 to 8 are usual
	// L13 metrics[0] referrals no minimum denominator for a small unit
}

func ExampleCounting() {
	p := incentives.Performance{Numerator: 150, Register: 240, Exceptions: 20}
	for _, c := range []incentives.Counting{{}, {ExceptionsCount: true}, {Minimum: 300}} {
		fmt.Println(p.Read(c))
	}
	// Output:
	// 15/22 scored <nil>
	// 5/8 scored <nil>
	// 0 below the minimum <nil>
}

func ExampleCurrency() {
	// What has no smaller coin has no places.
	for _, c := range []incentives.Currency{incentives.GBP(), {Code: "JPY"}} {
		minor, err := c.Minor(incentives.MustParse("12.345"), incentives.HalfAwayFromZero)
		fmt.Println(c.Code, minor, c.Amount(minor), err)
	}
	// Output:
	// GBP 1235 12.35 <nil>
	// JPY 12 12 <nil>
}

func ExampleCurve() {
	p := incentives.Performance{Numerator: 6, Register: 10}
	fmt.Println(incentives.Curve(p, func(met int64) (incentives.Exact, error) {
		return incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(100)}.Points(incentives.Frac(met, 10)), nil
	}))
	// Output:
	// [{6 0} {7 100}] <nil>
}
