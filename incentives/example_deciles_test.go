package incentives_test

import (
	"encoding/json"
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
	fmt.Println(incentives.EUR().Code)
	// Output:
	// EUR
}

func ExampleEvidence() {
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

func ExampleExact() {
	third := incentives.Frac(1, 3)
	fmt.Println(third.Mul(incentives.Int(3)), third, third.Fixed(4))
	// Output:
	// 1 1/3 0.3333
}

func ExampleFrac() {
	third := incentives.Frac(1, 3)
	fmt.Println(third.Mul(incentives.Int(3)), third, third.Fixed(4))
	// Output:
	// 1 1/3 0.3333
}

func ExampleGBP() {
	c := incentives.GBP()
	minor, err := c.Minor(incentives.MustParse("12.345"), incentives.HalfAwayFromZero)
	fmt.Println(c.Amount(minor), err)
	// Output:
	// 12.35 <nil>
}

func ExampleGapClosing() {
	g := incentives.GapClosing{Fraction: incentives.Frac(1, 10), Goal: incentives.Int(80), MinStep: incentives.Int(3)}
	fmt.Println(g.Target(incentives.Int(60)))
	// Output:
	// 63
}

func ExampleGate() {
	g := incentives.Gate{Name: "quality", Effect: incentives.GateScale, Factor: incentives.Frac(1, 2)}
	fmt.Println(g.Apply(incentives.Int(100)))
	// Output:
	// 50
}

func ExampleGateEffect() {
	g := incentives.Gate{Name: "quality", Effect: incentives.GateScale, Factor: incentives.Frac(1, 2)}
	fmt.Println(g.Apply(incentives.Int(100)))
	// Output:
	// 50
}

func ExampleGrid() {
	g := incentives.Grid{Rows: []string{"high"}, Columns: []string{"low"}, Cells: [][]incentives.Cell{{{Value: incentives.Int(2), OfX: true}}}}
	fmt.Println(g.At("high", "low"))
	// Output:
	// {2 true} <nil>
}

func ExampleInt() {
	third := incentives.Frac(1, 3)
	fmt.Println(third.Mul(incentives.Int(3)), third, third.Fixed(4))
	// Output:
	// 1 1/3 0.3333
}

func ExampleItem() {
	items := []incentives.Item{{ID: "a", Score: incentives.Frac(8, 10), Weight: incentives.Int(2)}, {ID: "b", Weight: incentives.Int(1), Status: incentives.NoDenominator}}
	fmt.Println(incentives.WeightedMean(items, incentives.DropAndReweigh, 1))
	fmt.Println(incentives.WeightedMean(items, incentives.CountAsZero, 1))
	// Output:
	// 4/5 scored <nil>
	// 8/15 scored <nil>
}

func ExampleKink() {
	p := incentives.Performance{Numerator: 6, Register: 10}
	fmt.Println(incentives.Curve(p, func(met int64) (incentives.Exact, error) {
		return incentives.Threshold{Target: incentives.Frac(7, 10), Full: incentives.Int(100)}.Points(incentives.Frac(met, 10)), nil
	}))
	// Output:
	// [{6 0} {7 100}] <nil>
}
