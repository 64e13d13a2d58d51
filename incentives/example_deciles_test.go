package incentives_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

func ExampleDeciles() {
	var d incentives.Deciles
	for i, b := range []string{"0", "11.22", "18.58", "25", "31.85", "38.93", "47.87", "60", "79.02"} {
		d.Bounds[i] = incentives.MustParse(b)
	}
	d.Round = incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2}
	fmt.Println(d.Points(incentives.MustParse("54.46")).Fixed(2))
	// Output:
	// 8.54
}

func ExampleDirection() {
	d := incentives.Linear{Lower: incentives.Int(9), Upper: incentives.Int(7), Full: incentives.Int(10), Better: incentives.LowerIsBetter}
	fmt.Println(d.Points(incentives.Int(8)))
	// Output:
	// 5
}

func ExampleEUR() {
	third, err := incentives.EUR().Minor(incentives.Frac(100, 3), incentives.HalfEven)
	fmt.Println(incentives.EUR().Amount(third), incentives.EUR().Code, err)
	// Output: 33.33 EUR <nil>
}

func ExampleEvidence() {
	// What a scheme pays by a parameter that nobody has read shows on the line.
	l := payment("A1", incentives.Paid)
	l.Evidence = incentives.Unconfirmed
	for _, x := range exampleStatement(l, payment("B1", incentives.Paid)).Lines {
		fmt.Println(x.ID, x.Evidence)
	}
	// Output:
	// A1 unconfirmed
	// B1 published
}

func ExampleExact() {
	// A tenth ten times is one.
	sum := incentives.Int(0)
	for range 10 {
		sum = sum.Add(incentives.MustParse("0.1"))
	}
	fmt.Println(sum, sum.Equal(incentives.Int(1)))
	// Output: 1 true
}

func ExampleFrac() {
	third := incentives.Frac(1, 3)
	fmt.Println(third, third.Fixed(4), third.Mul(incentives.Int(3)))
	// Output: 1/3 0.3333 1
}

func ExampleGBP() {
	minor, err := incentives.GBP().Minor(incentives.MustParse("12.345"), incentives.HalfAwayFromZero)
	fmt.Println(minor, "pence,", incentives.GBP().Amount(minor), err)
	// Output: 1235 pence, 12.35 <nil>
}

func ExampleGapClosing() {
	g := incentives.GapClosing{Fraction: incentives.Frac(1, 10), Goal: incentives.Int(80), MinStep: incentives.Int(3)}
	fmt.Println(g.Target(incentives.Int(60)))
	// Output:
	// 63
}

func ExampleGate() {
	for _, open := range []bool{true, false} {
		fmt.Println(open, incentives.Gate{Name: "quality", Open: open}.Apply(incentives.Int(100)))
	}
	// Output:
	// true 100
	// false 0
}

func ExampleGateEffect() {
	for _, e := range []incentives.GateEffect{incentives.GateZero, incentives.GateScale, incentives.GateCap} {
		g := incentives.Gate{Name: "quality", Effect: e, Factor: incentives.Frac(1, 2)}
		fmt.Println(g.Apply(incentives.Int(100)))
	}
	// Output:
	// 0
	// 50
	// 1/2
}

func ExampleGrid() {
	g := incentives.Grid{Rows: []string{"high"}, Columns: []string{"low"}, Cells: [][]incentives.Cell{{{Value: incentives.Int(2), OfX: true}}}}
	fmt.Println(g.At("high", "low"))
	// Output:
	// {2 true} <nil>
}

func ExampleInt() {
	fmt.Println(incentives.Int(7).Quo(incentives.Int(2)), incentives.Int(7).Sub(incentives.Int(9)))
	// Output: 7/2 -2
}

func ExampleItem() {
	items := []incentives.Item{{ID: "a", Score: incentives.Int(6), Full: incentives.Int(10)}, {ID: "b", Full: incentives.Int(10), Status: incentives.NoDenominator}}
	fmt.Println(incentives.PointsOver(items, incentives.Int(0), incentives.Int(0), incentives.Int(0))) // of what is scored
	// Output: 3/5 scored <nil>
}

func ExampleKink() {
	p := incentives.Performance{Numerator: 6, Register: 10}
	ladder := incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Frac(7, 10), Value: incentives.Int(100)}, {Floor: incentives.Frac(9, 10), Value: incentives.Int(250)}}}
	kinks, err := incentives.Curve(p, func(met int64) (incentives.Exact, error) { return ladder.Points(incentives.Frac(met, 10)), nil })
	for _, k := range kinks {
		fmt.Println("at", k.Met, "patients:", k.Pay)
	}
	fmt.Println(err)
	// Output:
	// at 6 patients: 0
	// at 7 patients: 100
	// at 9 patients: 250
	// <nil>
}
