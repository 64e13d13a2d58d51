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
	two, three := incentives.Operand{Value: incentives.Int(2)}, incentives.Operand{Value: incentives.Int(3)}
	for _, op := range []incentives.Op{incentives.OpSum, incentives.OpDiff, incentives.OpProduct, incentives.OpQuotient, incentives.OpMax} {
		var t incentives.Trace
		fmt.Println(op, t.Do("", op, nil, two, three))
	}
	// Output:
	// sum 5
	// diff -1
	// product 6
	// quotient 2/3
	// max 3
}

func ExampleOperand() {
	for _, o := range exampleStatement(payment("A1", incentives.Paid)).Lines[0].Steps[0].Operands {
		fmt.Println(o.Name, o.Value.Fixed(2))
	}
	// Output:
	// points 44.00
	// value 194.83
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
	// What a capped party leaves goes to the others.
	most := int64(2)
	fmt.Println(incentives.Allocate(10, []incentives.Party{{ID: "a", Weight: incentives.Int(3), Cap: &most}, {ID: "b", Weight: incentives.Int(1)}}, incentives.LargestRemainder))
	// Output: [{a 2} {b 8}] 0 <nil>
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
	// A gate makes the last patient worth more than the points alone.
	pay := incentives.Pay(func(met int64) (incentives.Exact, error) {
		g := incentives.Gate{Name: "quality", Open: met >= 8}
		return g.Apply(incentives.Int(10 * met)), nil
	})
	fmt.Println(incentives.PatientsFor(incentives.Performance{Numerator: 6, Register: 10}, incentives.Int(50), pay))
	// Output: 2 true <nil>
}

func ExamplePerformance() {
	p := incentives.Performance{Numerator: 150, Register: 240, Exceptions: 20}
	fmt.Println(p.Denominator())
	fmt.Println(p.Read(incentives.Counting{}))
	p.Numerator = 221
	_, _, err := p.Read(incentives.Counting{})
	fmt.Println(err)
	// Output:
	// 220
	// 15/22 scored <nil>
	// incentives: numerator above the denominator: 221 of 220
}

func ExamplePointsOver() {
	items := []incentives.Item{{ID: "a", Score: incentives.Int(3)}, {ID: "b", Score: incentives.Int(12)}}
	fmt.Println(incentives.PointsOver(items, incentives.Int(0), incentives.Int(60), incentives.Frac(1, 10)))
	// Output:
	// 1/4 scored <nil>
}
