package incentives_test

import (
	"encoding/json"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
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
	ranked, err := incentives.Rank(units(), incentives.HigherIsBetter, incentives.Competition)
	for _, r := range ranked {
		fmt.Println(r.Rank, r.ID)
	}
	fmt.Println(err)
	// Output:
	// 1 north
	// 1 south
	// 3 west
	// <nil>
}

func ExampleRanked() {
	ranked, _ := incentives.Rank(units(), incentives.LowerIsBetter, incentives.Competition)
	for _, r := range ranked {
		fmt.Println(r.Rank, r.ID, "better than", r.Below)
	}
	// Output:
	// 1 west better than 2
	// 2 north better than 0
	// 2 south better than 0
}

func ExampleRounding() {
	r := incentives.Rounding{Mode: incentives.HalfEven, Places: 2}
	fmt.Println(r, "-", incentives.MustParse("2.345").Round(r).Fixed(2), incentives.MustParse("2.355").Round(r).Fixed(2))
	// Output: half even, 2 places - 2.34 2.36
}

func ExampleSalaryBand() {
	b := incentives.SalaryBand{MinScore: incentives.Int(0), NeutralScore: incentives.Int(50), MaxScore: incentives.Int(100), Floor: incentives.Frac(8, 10), Cap: incentives.Frac(12, 10)}
	fmt.Println(b.Share(incentives.Int(75)))
	// Output:
	// 11/10
}

func ExampleSchedule() {
	// One rate, several ways from it to points.
	for _, s := range []incentives.Schedule{
		incentives.Threshold{Target: incentives.Frac(8, 10), Full: incentives.Int(10)},
		incentives.Linear{Lower: incentives.Frac(5, 10), Upper: incentives.Frac(9, 10), Full: incentives.Int(10)},
		incentives.Ladder{Steps: []incentives.Step{{Floor: incentives.Frac(7, 10), Value: incentives.Int(4)}}},
	} {
		fmt.Println(s.Points(incentives.Frac(7, 10)), s.Check())
	}
	// Output:
	// 0 <nil>
	// 5 <nil>
	// 4 <nil>
}

func ExampleSeverity() {
	// Errors must not go live.
	c := contract()
	live := true
	for _, f := range incentives.Lint(&c) {
		live = live && f.Severity != incentives.SeverityError
	}
	fmt.Println("may go live:", live)
	// Output: may go live: false
}

func ExampleShare() {
	shares, left, err := incentives.Allocate(100_00, []incentives.Party{{ID: "north", Weight: incentives.Int(1)}, {ID: "south", Weight: incentives.Int(2)}}, incentives.LargestRemainder)
	for _, s := range shares {
		fmt.Println(s.ID, incentives.GBP().Amount(s.Amount))
	}
	fmt.Println("undistributed", left, err)
	// Output:
	// north 33.33
	// south 66.67
	// undistributed 0 <nil>
}

func ExampleStatement() {
	s := exampleStatement(payment("A1", incentives.Paid))
	fmt.Print(s.Text())
	data, err := json.Marshal(s)
	fmt.Println(err, json.Unmarshal(data, &incentives.Statement{})) // read back, replayed and reconciled
	// Output:
	// example 1, 2025: High Street
	//   A1                             8572.52 GBP
	//   total                          8572.52 GBP
	// <nil> <nil>
}

func ExampleStatus() {
	// What must never be folded into zero.
	for _, p := range []incentives.Performance{{Register: 4}, {Register: 4, Exceptions: 4}, {}, incentives.Missing(incentives.NotReported)} {
		x, status, _ := p.Read(incentives.Counting{})
		fmt.Println(x, status)
	}
	// Output:
	// 0 scored
	// 0 all excepted
	// 0 no denominator
	// 0 not reported
}

func ExampleStep() {
	// Exactly on a floor, and a ladder that adds its steps up.
	steps := []incentives.Step{{Floor: incentives.Frac(5, 10), Value: incentives.Int(1)}, {Floor: incentives.Frac(7, 10), Value: incentives.Int(3)}}
	at := incentives.Frac(7, 10)
	fmt.Println(incentives.Ladder{Steps: steps}.Points(at), incentives.Ladder{Steps: steps, Strict: true}.Points(at), incentives.Ladder{Steps: steps, Cumulative: true}.Points(at))
	// Output: 3 1 4
}

func ExampleTag() {
	c := contract()
	c.Metrics[0].Tags = []incentives.Tag{incentives.ClinicalProcess}
	fmt.Println(codes(contract()), codes(c))
	// Output: [L03 L01] [L16 L03]
}

func ExampleThreshold() {
	for _, strict := range []bool{false, true} {
		t := incentives.Threshold{Target: incentives.MustParse("0.7"), Full: incentives.Int(10), Strict: strict}
		fmt.Println(t.Points(incentives.Frac(7, 10)), t.Points(incentives.Frac(69_999, 100_000)))
	}
	// Output:
	// 10 0
	// 0 0
}
