package incentives_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

func ExampleKnot() {
	// A jump: two knots of one X.
	knots := []incentives.Knot{{X: incentives.Int(0)}, {X: incentives.Int(10), Y: incentives.Int(5)}, {X: incentives.Int(10), Y: incentives.Int(8)}}
	for _, left := range []bool{false, true} {
		s := incentives.Polyline{Knots: knots, FromLeft: left}
		fmt.Println(s.Points(incentives.Int(4)), s.Points(incentives.Int(10)), s.Points(incentives.Int(11)))
	}
	// Output:
	// 2 8 8
	// 2 5 8
}

func ExampleLadder() {
	s := incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Frac(5, 10), Value: incentives.Int(1)}, {Floor: incentives.Frac(7, 10), Value: incentives.Int(3)}}}
	fmt.Println(s.Points(incentives.Frac(69, 100)), s.Points(incentives.Frac(7, 10)))
	// Output:
	// 1 3
}

func ExampleLevel() {
	// A group may be paid for referrals, a single doctor may not.
	for _, level := range []incentives.Level{incentives.Individual, incentives.GroupLv} {
		c := contract()
		c.Metrics[0].Level = level
		fmt.Println(level, codes(c))
	}
	// Output:
	// individual [L03 L01]
	// group [L03 L02 L18]
}

func ExampleLimits() {
	top := incentives.Int(5)
	fmt.Println(incentives.Limits{Cap: &top}.Apply(incentives.Int(9)))
	// Output:
	// 5
}

func ExampleLine() {
	// A line says what it was before rounding.
	l := payment("A1", incentives.Paid)
	l.Exact = incentives.MustParse("10.005")
	l.Steps = nil
	for _, x := range exampleStatement(l).Lines {
		fmt.Println(x.ID, x.Exact, "->", x.Amount)
	}
	// Output: A1 2001/200 -> 10.01
}

func ExampleLineStatus() {
	// Not scored is no zero that was earned.
	l := payment("A2", incentives.NotScored)
	l.Reason = "nobody on the register"
	for _, x := range exampleStatement(payment("A1", incentives.Paid), l).Lines {
		fmt.Printf("%s %s %s %q\n", x.ID, x.Amount, x.Status, x.Reason)
	}
	// Output:
	// A1 8572.52 paid ""
	// A2 0.00 not scored "nobody on the register"
}

func ExampleLinear() {
	var s incentives.Schedule = incentives.Linear{Lower: incentives.Frac(25, 100), Upper: incentives.Frac(90, 100), Full: incentives.Int(7)}
	fmt.Println(s.Check(), s.Points(incentives.Frac(225, 300)))
	// Output:
	// <nil> 70/13
}

func ExampleLint() {
	c := contract()
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	// Output:
	// L03 warning a contract of 1: 5 to 8 are usual
	// L01 error never pay an individual for fewer referrals or less use
}

func ExampleLintFinding() {
	c := contract()
	for _, f := range incentives.Lint(&c) {
		fmt.Println(f.Code, "at", f.Path, "- by", f.Basis)
	}
	// Output:
	// L03 at metrics - by Nuffield Trust 2011
	// L01 at metrics[0] referrals - by Nuffield Trust 2011
}

func ExampleMethod() {
	// What is left over goes to the largest fractions, or to whoever comes first.
	parties := []incentives.Party{{ID: "a", Weight: incentives.Int(1)}, {ID: "b", Weight: incentives.Int(2)}, {ID: "c", Weight: incentives.Int(4)}}
	for _, m := range []incentives.Method{incentives.LargestRemainder, incentives.FirstParties} {
		fmt.Println(incentives.Allocate(10, parties, m))
	}
	// Output:
	// [{a 1} {b 3} {c 6}] 0 <nil>
	// [{a 2} {b 3} {c 5}] 0 <nil>
}

func ExampleMissing() {
	fmt.Println(incentives.Missing(incentives.Suppressed).Read(incentives.Counting{}))
	// Output:
	// 0 suppressed <nil>
}

func ExampleMissingPolicy() {
	items := []incentives.Item{{ID: "a", Score: incentives.Frac(8, 10), Full: incentives.Int(1), Weight: incentives.Int(2)}, {ID: "b", Full: incentives.Int(1), Weight: incentives.Int(1), Status: incentives.NoDenominator}}
	for _, p := range []incentives.MissingPolicy{incentives.DropAndReweigh, incentives.CountAsZero, incentives.FullCredit, incentives.FailIfMissing} {
		fmt.Println(incentives.WeightedMean(items, p, 1))
	}
	// Output:
	// 4/5 scored <nil>
	// 8/15 scored <nil>
	// 13/15 scored <nil>
	// 0 no denominator <nil>
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
