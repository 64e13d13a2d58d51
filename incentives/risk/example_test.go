package risk_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/risk"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleAgainstPlan() {
	lines, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "surgery", Month: 1, Budget: incentives.Int(100), Actual: incentives.Int(120)}, {Line: "surgery", Month: 2, Budget: incentives.Int(100)}}, 1)
	fmt.Println(lines[0].Variance, lines[0].Percent, lines[0].Forecast, lines[0].Loss, err)
	// Output:
	// 20 20 220 true <nil>
}

func ExampleBudget() {
	fmt.Println(risk.Capitation(incentives.Int(100), []risk.Cell{{Plan: "A", Members: 10, Relativity: incentives.Frac(1, 2)}, {Plan: "A", Members: 2, Relativity: incentives.Int(2), Severity: incentives.Frac(3, 2)}}))
	// Output:
	// [{A 12 1100}] <nil>
}

func ExampleBundle() {
	b := risk.Bundle{Base: incentives.Int(20000), Historical: incentives.Int(4000), Share: incentives.Frac(1, 2)}
	day := registry.Day(2024, 1, 1)
	fmt.Println(b.Price())
	fmt.Println(b.Settle(day, []risk.EpisodeClaim{{ID: "c1", On: day.AddDays(45), Cost: incentives.Int(5000), Related: true}}))
	// Output:
	// 22000
	// 5000 -3000 [c1] <nil>
}

func ExampleCapitation() {
	fmt.Println(risk.Capitation(incentives.Int(100), []risk.Cell{{Plan: "A", Members: 10, Relativity: incentives.Frac(1, 2)}, {Plan: "A", Members: 2, Relativity: incentives.Int(2), Severity: incentives.Frac(3, 2)}}))
	// Output:
	// [{A 12 1100}] <nil>
}

func ExampleCell() {
	fmt.Println(risk.Capitation(incentives.Int(100), []risk.Cell{{Plan: "A", Members: 10, Relativity: incentives.Frac(1, 2)}, {Plan: "A", Members: 2, Relativity: incentives.Int(2), Severity: incentives.Frac(3, 2)}}))
	// Output:
	// [{A 12 1100}] <nil>
}

func ExampleChainLadder() {
	n := func(xs ...int64) (out []incentives.Exact) {
		for _, v := range xs {
			out = append(out, incentives.Int(v))
		}
		return out
	}
	l, err := risk.ChainLadder([][]incentives.Exact{n(100, 150, 160), n(110, 165), n(120)}, incentives.Int(1))
	fmt.Println(l.Total, err)
	// Output:
	// 83 <nil>
}

func ExampleClaim() {
	fmt.Println(risk.Scope{"office": incentives.Int(1), "hospital": incentives.Int(0)}.Split([]risk.Claim{{ID: "1", Service: "office", Paid: incentives.Int(100)}, {ID: "2", Service: "hospital", Paid: incentives.Int(900)}}))
	// Output:
	// 100 900 <nil>
}

func ExampleCompletionIBNR() {
	fmt.Println(risk.CompletionIBNR(incentives.Int(800000), incentives.Frac(8, 10)))
	// Output:
	// 1000000 200000 <nil>
}

func ExampleComprehensivePayment() {
	fmt.Println(risk.ComprehensivePayment(incentives.Int(1000), incentives.Frac(12, 10), []incentives.Item{{ID: "quality", Weight: incentives.Frac(1, 10), Score: incentives.Frac(1, 2)}}))
	// Output:
	// 1260 <nil>
}

func ExampleCoordinationFee() {
	fmt.Println(risk.CoordinationFee(true, 100, 12, incentives.Int(3), incentives.Int(5000)))
	// Output:
	// 3600 1400 <nil>
}

func ExampleDepressionCare() {
	fmt.Println(risk.DepressionCare{Rate: incentives.Int(10), Bundle: incentives.Int(200)}.Pay(120, 3))
	// Output:
	// 1800 <nil>
}

func ExampleEpisodeClaim() {
	b := risk.Bundle{Base: incentives.Int(20000), Historical: incentives.Int(4000), Share: incentives.Frac(1, 2)}
	day := registry.Day(2024, 1, 1)
	fmt.Println(b.Price())
	fmt.Println(b.Settle(day, []risk.EpisodeClaim{{ID: "c1", On: day.AddDays(45), Cost: incentives.Int(5000), Related: true}}))
	// Output:
	// 22000
	// 5000 -3000 [c1] <nil>
}

func ExampleGainsharing() {
	g := risk.Gainsharing{Parties: []risk.Party{{Name: "plan", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(4, 5)}, {Name: "group", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(1, 5)}}, GateOpen: true, Default: "plan"}
	fmt.Println(g.Settle(incentives.Int(1000), incentives.Int(900)))
	// Output:
	// [{plan 50} {group 50}] <nil>
}

func ExampleLadder() {
	n := func(xs ...int64) (out []incentives.Exact) {
		for _, v := range xs {
			out = append(out, incentives.Int(v))
		}
		return out
	}
	l, err := risk.ChainLadder([][]incentives.Exact{n(100, 150, 160), n(110, 165), n(120)}, incentives.Int(1))
	fmt.Println(l.Total, err)
	// Output:
	// 83 <nil>
}

func ExampleLineReport() {
	lines, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "surgery", Month: 1, Budget: incentives.Int(100), Actual: incentives.Int(120)}, {Line: "surgery", Month: 2, Budget: incentives.Int(100)}}, 1)
	fmt.Println(lines[0].Variance, lines[0].Percent, lines[0].Forecast, lines[0].Loss, err)
	// Output:
	// 20 20 220 true <nil>
}

func ExampleNeutralRate() {
	fmt.Println(risk.NeutralRate(100_000, 20_000, 2, 7))
	// Output:
	// 8571 3 <nil>
}

func ExampleNeverEvents() {
	fmt.Println(risk.NeverEvents([]risk.Claim{{ID: "1", Paid: incentives.Int(100)}, {ID: "2", Paid: incentives.Int(50)}}, map[string]string{"2": "wrong site"}))
	// Output:
	// 100 map[wrong site:50]
}

func ExampleParty() {
	g := risk.Gainsharing{Parties: []risk.Party{{Name: "plan", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(4, 5)}, {Name: "group", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(1, 5)}}, GateOpen: true, Default: "plan"}
	fmt.Println(g.Settle(incentives.Int(1000), incentives.Int(900)))
	// Output:
	// [{plan 50} {group 50}] <nil>
}

func ExamplePartyShare() {
	g := risk.Gainsharing{Parties: []risk.Party{{Name: "plan", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(4, 5)}, {Name: "group", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(1, 5)}}, GateOpen: true, Default: "plan"}
	fmt.Println(g.Settle(incentives.Int(1000), incentives.Int(900)))
	// Output:
	// [{plan 50} {group 50}] <nil>
}

func ExamplePaymentRatio() {
	fmt.Println(risk.PaymentRatio(incentives.Int(1120), incentives.Int(1000)))
	// Output:
	// 28/25 <nil>
}

func ExamplePerDiemBreakEven() {
	fmt.Println(risk.PerDiemBreakEven(incentives.Int(9000), incentives.Int(1500)))
	// Output:
	// 6 <nil>
}

func ExampleScope() {
	fmt.Println(risk.Scope{"office": incentives.Int(1), "hospital": incentives.Int(0)}.Split([]risk.Claim{{ID: "1", Service: "office", Paid: incentives.Int(100)}, {ID: "2", Service: "hospital", Paid: incentives.Int(900)}}))
	// Output:
	// 100 900 <nil>
}

func ExampleServiceLine() {
	lines, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "surgery", Month: 1, Budget: incentives.Int(100), Actual: incentives.Int(120)}, {Line: "surgery", Month: 2, Budget: incentives.Int(100)}}, 1)
	fmt.Println(lines[0].Variance, lines[0].Percent, lines[0].Forecast, lines[0].Loss, err)
	// Output:
	// 20 20 220 true <nil>
}

func ExampleSiteOfCare() {
	fmt.Println(risk.SiteOfCare(1000, incentives.Frac(1, 2), incentives.Int(2000), incentives.Int(1000), incentives.Int(100500)))
	// Output:
	// 399500 101 <nil>
}

func ExampleStopLoss() {
	fmt.Println(risk.StopLoss{Attachment: incentives.Int(100000), Coinsurance: incentives.Frac(9, 10)}.Apply(incentives.Int(250000)))
	// Output:
	// 115000 135000 <nil>
}

func ExampleSubCapitation() {
	fmt.Println(risk.SubCapitation(1000, 12, incentives.Int(2), incentives.Int(20000)))
	// Output:
	// 24000 4000 <nil>
}
