package incentives_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

func ExampleTieRule() {
	r, err := incentives.Rank([]incentives.Unit{{ID: "north", Score: incentives.Int(7)}, {ID: "south", Score: incentives.Int(7)}, {ID: "west", Score: incentives.Int(5)}}, incentives.HigherIsBetter, incentives.Competition)
	fmt.Println(r, err)
	// Output:
	// [{north 1 1} {south 1 1} {west 3 0}] <nil>
}

func ExampleToReach() {
	p := incentives.Performance{Numerator: 262, Register: 380}
	fmt.Println(incentives.ToReach(p, incentives.Frac(80, 100), false))
	// Output:
	// 42 true
}

func ExampleTrace() {
	var t incentives.Trace
	pay := t.Do("payment", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2},
		incentives.Operand{Name: "points", Value: incentives.Int(44)}, incentives.Operand{Name: "value", Value: incentives.MustParse("194.83")})
	s := incentives.Statement{Scheme: "example", Version: "1", Period: "2025", Party: "High Street", Currency: incentives.GBP()}
	if err := s.Add(incentives.Line{ID: "A1", Status: incentives.Paid, Exact: pay, Steps: t.Steps, Evidence: incentives.Published}, incentives.HalfAwayFromZero); err != nil {
		fmt.Println(err)
		return
	}
	step := s.Lines[0].Steps[0]
	again, err := step.Replay()
	fmt.Println(step.Op, step.Result, again.Equal(step.Result), err)
	// Output:
	// product 214313/25 true <nil>
}

func ExampleTraceStep() {
	var t incentives.Trace
	pay := t.Do("payment", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2},
		incentives.Operand{Name: "points", Value: incentives.Int(44)}, incentives.Operand{Name: "value", Value: incentives.MustParse("194.83")})
	s := incentives.Statement{Scheme: "example", Version: "1", Period: "2025", Party: "High Street", Currency: incentives.GBP()}
	if err := s.Add(incentives.Line{ID: "A1", Status: incentives.Paid, Exact: pay, Steps: t.Steps, Evidence: incentives.Published}, incentives.HalfAwayFromZero); err != nil {
		fmt.Println(err)
		return
	}
	step := s.Lines[0].Steps[0]
	again, err := step.Replay()
	fmt.Println(step.Op, step.Result, again.Equal(step.Result), err)
	// Output:
	// product 214313/25 true <nil>
}

func ExampleUSD() {
	fmt.Println(incentives.USD().Amount(125))
	// Output:
	// 1.25
}

func ExampleUnit() {
	r, err := incentives.Rank([]incentives.Unit{{ID: "north", Score: incentives.Int(7)}, {ID: "south", Score: incentives.Int(7)}, {ID: "west", Score: incentives.Int(5)}}, incentives.HigherIsBetter, incentives.Competition)
	fmt.Println(r, err)
	// Output:
	// [{north 1 1} {south 1 1} {west 3 0}] <nil>
}

func ExampleWeightedMean() {
	items := []incentives.Item{{ID: "a", Score: incentives.Frac(8, 10), Weight: incentives.Int(2)}, {ID: "b", Weight: incentives.Int(1), Status: incentives.NoDenominator}}
	fmt.Println(incentives.WeightedMean(items, incentives.DropAndReweigh, 1))
	fmt.Println(incentives.WeightedMean(items, incentives.CountAsZero, 1))
	// Output:
	// 4/5 scored <nil>
	// 8/15 scored <nil>
}

func ExampleWithhold() {
	fmt.Println(incentives.Withhold{Rate: incentives.Frac(1, 10)}.Net(incentives.Int(1000), incentives.Frac(3, 4)))
	// Output:
	// -25
}
