package incentives_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleNewPatientsToReach() {
	p := incentives.Performance{Numerator: 262, Register: 380}
	fmt.Println(incentives.NewPatientsToReach(p, incentives.Frac(80, 100)))
	// Output:
	// 210 true
}

func ExampleNthLowest() {
	items := []incentives.Item{{ID: "a", Score: incentives.Int(3)}, {ID: "b", Score: incentives.Int(1)}, {ID: "c", Score: incentives.Int(2)}}
	fmt.Println(incentives.NthLowest(items, 2))
	// Output:
	// 2 scored <nil>
}

func ExampleOfCounts() {
	fmt.Println(incentives.OfCounts(registry.Rate{Num: 3, Den: 4}).Read(incentives.Counting{}))
	// Output:
	// 3/4 scored <nil>
}

func ExampleOfDecimal() {
	v, err := incentives.OfDecimal(decimal.New(12460, -2))
	fmt.Println(v, err)
	// Output:
	// 623/5 <nil>
}

func ExampleOfRate() {
	rate := registry.Rate{Num: 69999, Den: 100000}
	target := incentives.Threshold{Target: incentives.MustParse("0.7"), Full: incentives.Int(10)}
	p := incentives.OfRate(rate)
	fmt.Println(p.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 4}).Fixed(4), target.Met(p))
	// Output:
	// 0.7000 false
}

func ExampleOfValue() {
	fmt.Println(incentives.OfValue(incentives.MustParse("0.98")).Read(incentives.Counting{}))
	// Output:
	// 49/50 scored <nil>
}

func ExampleOp() {
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

func ExampleOperand() {
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

func ExampleParse() {
	v, err := incentives.Parse("124.60")
	fmt.Println(v, err)
	_, err = incentives.Parse("1e10000")
	fmt.Println(errors.Is(err, incentives.ErrMagnitude))
	// Output:
	// 623/5 <nil>
	// true
}

func ExampleParty() {
	parties := []incentives.Party{{ID: "a", Weight: incentives.Int(1)}, {ID: "b", Weight: incentives.Int(2)}, {ID: "c", Weight: incentives.Int(4)}}
	fmt.Println(incentives.Allocate(10, parties, incentives.LargestRemainder))
	// Output:
	// [{a 1} {b 3} {c 6}] 0 <nil>
}

func ExamplePatientsFor() {
	p := incentives.Performance{Numerator: 262, Register: 380}
	points := incentives.Linear{Lower: incentives.Frac(45, 100), Upper: incentives.Frac(80, 100), Full: incentives.Int(20)}
	fmt.Println(incentives.PatientsFor(p, incentives.Int(14), func(met int64) (incentives.Exact, error) {
		return points.Points(incentives.Frac(met, 380)), nil
	}))
	// Output:
	// 3 true <nil>
}

func ExamplePay() {
	p := incentives.Performance{Numerator: 262, Register: 380}
	points := incentives.Linear{Lower: incentives.Frac(45, 100), Upper: incentives.Frac(80, 100), Full: incentives.Int(20)}
	fmt.Println(incentives.PatientsFor(p, incentives.Int(14), func(met int64) (incentives.Exact, error) {
		return points.Points(incentives.Frac(met, 380)), nil
	}))
	// Output:
	// 3 true <nil>
}

func ExamplePerformance() {
	p := incentives.Performance{Numerator: 150, Register: 240, Exceptions: 20}
	fmt.Println(p.Read(incentives.Counting{}))
	fmt.Println(p.Read(incentives.Counting{Minimum: 300}))
	fmt.Println(incentives.Performance{Register: 4, Exceptions: 4}.Read(incentives.Counting{}))
	// Output:
	// 15/22 scored <nil>
	// 0 below the minimum <nil>
	// 0 all excepted <nil>
}

func ExamplePointsOver() {
	items := []incentives.Item{{ID: "a", Score: incentives.Int(3)}, {ID: "b", Score: incentives.Int(12)}}
	fmt.Println(incentives.PointsOver(items, incentives.Int(0), incentives.Int(60), incentives.Frac(1, 10)))
	// Output:
	// 1/4 scored <nil>
}
