package incentives_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleTieRule() {
	for _, tie := range []incentives.TieRule{incentives.Competition, incentives.Dense, incentives.MeanRank} {
		ranked, _ := incentives.Rank(units(), incentives.HigherIsBetter, tie)
		fmt.Println(ranked[0].Rank, ranked[1].Rank, ranked[2].Rank)
	}
	// Output:
	// 1 1 3
	// 1 1 2
	// 3/2 3/2 3
}

func ExampleToReach() {
	p := incentives.Performance{Numerator: 262, Register: 380}
	fmt.Println(incentives.ToReach(p, incentives.Frac(80, 100), false))
	// Output:
	// 42 true
}

func ExampleTrace() {
	var t incentives.Trace
	share := t.Do("share", incentives.OpQuotient, nil, incentives.Operand{Name: "met", Value: incentives.Int(2)}, incentives.Operand{Name: "of", Value: incentives.Int(3)})
	t.Do("payment", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2}, incentives.Operand{Name: "share", Value: share}, incentives.Operand{Name: "pool", Value: incentives.Int(100)})
	for _, s := range t.Steps {
		fmt.Println(s.Clause, s.Op, "=", s.Result)
	}
	// Output:
	// share quotient = 2/3
	// payment product = 6667/100
}

func ExampleTraceStep() {
	// A result that was tampered with does not replay.
	s := exampleStatement(payment("A1", incentives.Paid))
	fmt.Println(s.Reconcile())
	s.Lines[0].Steps[0].Result = incentives.Int(9000)
	fmt.Println(s.Reconcile() != nil)
	// Output:
	// <nil>
	// true
}

func ExampleUSD() {
	// An amount to be paid back.
	fmt.Println(incentives.USD().Amount(-125), incentives.USD().Code)
	// Output: -1.25 USD
}

func ExampleUnit() {
	// With ordinal ranks the key decides between equals, and must.
	us := units()
	us[0].Key, us[1].Key = "2", "1"
	ranked, err := incentives.Rank(us, incentives.HigherIsBetter, incentives.Ordinal)
	fmt.Println(ranked[0].ID, ranked[1].ID, err)
	// Output: south north <nil>
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

// payment is a line of 44 points at 194.83 pounds, with its trace.
func payment(id string, status incentives.LineStatus) incentives.Line {
	var t incentives.Trace
	pay := t.Do("payment", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2},
		incentives.Operand{Name: "points", Value: incentives.Int(44)}, incentives.Operand{Name: "value", Value: incentives.MustParse("194.83")})
	if status != incentives.Paid {
		pay = incentives.Int(0)
		return incentives.Line{ID: id, Status: status, Exact: pay}
	}
	return incentives.Line{ID: id, Status: status, Exact: pay, Steps: t.Steps, Evidence: incentives.Published}
}

// exampleStatement has the lines given.
func exampleStatement(lines ...incentives.Line) *incentives.Statement {
	s := &incentives.Statement{Scheme: "example", Version: "1", Period: "2025", Party: "High Street", Currency: incentives.GBP()}
	for _, l := range lines {
		if err := s.Add(l, incentives.HalfAwayFromZero); err != nil {
			panic(err)
		}
	}
	return s
}

// contract pays one doctor for fewer referrals, which is no good idea.
func contract() incentives.Contract {
	return incentives.Contract{AgreedOn: registry.Day(2024, 10, 1), Period: registry.CalendarYear(2025), Base: incentives.Salary, Metrics: []incentives.ContractMetric{
		{ID: "referrals", Tags: []incentives.Tag{incentives.ReferralVolume, incentives.AccessTag}, Level: incentives.Individual, Maximum: incentives.Int(1), Minimum: 20, Exceptions: "none", Evidence: incentives.Published}}}
}

// codes are the findings about a contract.
func codes(c incentives.Contract) (out []string) {
	for _, f := range incentives.Lint(&c) {
		out = append(out, f.Code)
	}
	return out
}

// units are three practices, two of them level.
func units() []incentives.Unit {
	return []incentives.Unit{{ID: "north", Score: incentives.Int(7)}, {ID: "south", Score: incentives.Int(7)}, {ID: "west", Score: incentives.Int(5)}}
}
