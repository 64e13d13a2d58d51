package risk_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/risk"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleActivity() {
	fmt.Println(risk.Tariff([]risk.Activity{{Service: "hip", Units: incentives.Int(2)}}, map[string]incentives.Exact{"hip": incentives.Int(5000)}, nil))
	// Output:
	// {10000 0 []} <nil>
}

func ExampleAgainstPlan() {
	lines, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "surgery", Month: 1, Budget: incentives.Int(100), Actual: incentives.Int(120)}, {Line: "surgery", Month: 2, Budget: incentives.Int(100)}}, 1)
	fmt.Println(lines[0].Variance, lines[0].Percent, lines[0].Forecast, lines[0].Loss, err)
	// Output:
	// 20 20 220 true <nil>
}

func ExampleBlend() {
	fmt.Println(risk.Blend([]risk.Stream{{Name: "cure", Method: risk.CapitationPay, Units: incentives.Int(1000), Rate: incentives.Int(2)}, {Name: "prevention", Method: risk.FeeForService, Units: incentives.Int(50), Rate: incentives.Int(20)}}))
	// Output:
	// {[2000 1000] 3000 0} <nil>
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

func ExampleCarry() {
	fmt.Println(risk.Carry(incentives.Int(80), incentives.Int(1000), incentives.Frac(5, 100)))
	// Output:
	// 50 30
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

func ExampleChainOfCare() {
	fmt.Println(risk.ChainOfCare([]risk.Term{{Name: "volume", Agreed: incentives.Int(100), Actual: incentives.Int(100), Payment: incentives.Int(10)}}))
	// Output:
	// [volume] [] 10
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

func ExampleDiseaseProgramme() {
	fmt.Println(risk.DiseaseProgramme{PatientFee: incentives.Int(15), ClassFee: incentives.Int(20), MissedBeforeLeaving: 2}.Quarter([]int{0, 2, 1}, 3))
	// Output:
	// 90 [1] <nil>
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

func ExampleFederalSplit() {
	fmt.Println(risk.FederalSplit(incentives.Int(101), incentives.Frac(1, 2)))
	// Output:
	// 101/2 101/2
}

func ExampleGainsharing() {
	g := risk.Gainsharing{Parties: []risk.Party{{Name: "plan", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(4, 5)}, {Name: "group", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(1, 5)}}, GateOpen: true, Default: "plan"}
	fmt.Println(g.Settle(incentives.Int(1000), incentives.Int(900)))
	// Output:
	// [{plan 50} {group 50}] <nil>
}

func ExampleGraduatedShare() {
	fmt.Println(risk.GraduatedShare([]incentives.Step{{Floor: incentives.Int(1), Value: incentives.Frac(1, 4)}}, incentives.Int(2)))
	// Output:
	// 1/4 <nil>
}

func ExampleIncome() {
	fmt.Println(risk.Blend([]risk.Stream{{Name: "cure", Method: risk.CapitationPay, Units: incentives.Int(1000), Rate: incentives.Int(2)}, {Name: "prevention", Method: risk.FeeForService, Units: incentives.Int(50), Rate: incentives.Int(20)}}))
	// Output:
	// {[2000 1000] 3000 0} <nil>
}

func ExampleInsuranceRisk() {
	fmt.Println(risk.InsuranceRisk([]incentives.Exact{incentives.Int(100), incentives.Int(130)}, incentives.Int(100), false))
	// Output:
	// 30 200 <nil>
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

func ExampleManagementFee() {
	fmt.Println(risk.ManagementFee(incentives.Int(10000000), incentives.Frac(1, 10)))
	// Output:
	// 1000000 true
}

func ExampleMethod() {
	fmt.Println(risk.Blend([]risk.Stream{{Name: "cure", Method: risk.CapitationPay, Units: incentives.Int(1000), Rate: incentives.Int(2)}, {Name: "prevention", Method: risk.FeeForService, Units: incentives.Int(50), Rate: incentives.Int(20)}}))
	// Output:
	// {[2000 1000] 3000 0} <nil>
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

func ExampleOverheadShare() {
	fmt.Println(risk.OverheadShare(incentives.Int(18), incentives.Int(100)))
	// Output:
	// 9/50 true <nil>
}

func ExamplePACE() {
	fmt.Println(risk.PACE(incentives.Int(3000), incentives.Int(2000), incentives.Int(4800), incentives.Int(5500)))
	// Output:
	// 200 1/11 <nil>
}

func ExamplePartner() {
	fmt.Println(risk.PooledBudget([]risk.Partner{{Name: "health", Contribution: incentives.Int(600), Share: incentives.Frac(3, 5)}, {Name: "social", Contribution: incentives.Int(400), Share: incentives.Frac(2, 5)}}, incentives.Int(900)))
	// Output:
	// 100 [{health 60} {social 40}] <nil>
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

func ExamplePersonalAccount() {
	a := risk.PersonalBudget{Allowance: incentives.Int(1000), Categories: map[string]bool{"home care": true}}.Settle([]risk.Purchase{{Category: "home care", Cost: incentives.Int(700)}, {Category: "holiday", Cost: incentives.Int(100)}})
	fmt.Println(a.Spent, a.Balance, len(a.Disallowed))
	// Output:
	// 700 300 1
}

func ExamplePersonalBudget() {
	a := risk.PersonalBudget{Allowance: incentives.Int(1000), Categories: map[string]bool{"home care": true}}.Settle([]risk.Purchase{{Category: "home care", Cost: incentives.Int(700)}, {Category: "holiday", Cost: incentives.Int(100)}})
	fmt.Println(a.Spent, a.Balance, len(a.Disallowed))
	// Output:
	// 700 300 1
}

func ExamplePoolEstimate() {
	e, err := risk.PoolSize(10000, 1000, 5000, 0.05, 0.05)
	fmt.Println(e.StandardError, e.Needed, err)
	// Output:
	// 50 27056 <nil>
}

func ExamplePoolSize() {
	e, err := risk.PoolSize(10000, 1000, 5000, 0.05, 0.05)
	fmt.Println(e.StandardError, e.Needed, err)
	// Output:
	// 50 27056 <nil>
}

func ExamplePooledBudget() {
	fmt.Println(risk.PooledBudget([]risk.Partner{{Name: "health", Contribution: incentives.Int(600), Share: incentives.Frac(3, 5)}, {Name: "social", Contribution: incentives.Int(400), Share: incentives.Frac(2, 5)}}, incentives.Int(900)))
	// Output:
	// 100 [{health 60} {social 40}] <nil>
}

func ExamplePriced() {
	fmt.Println(risk.Tariff([]risk.Activity{{Service: "hip", Units: incentives.Int(2)}}, map[string]incentives.Exact{"hip": incentives.Int(5000)}, nil))
	// Output:
	// {10000 0 []} <nil>
}

func ExamplePurchase() {
	a := risk.PersonalBudget{Allowance: incentives.Int(1000), Categories: map[string]bool{"home care": true}}.Settle([]risk.Purchase{{Category: "home care", Cost: incentives.Int(700)}, {Category: "holiday", Cost: incentives.Int(100)}})
	fmt.Println(a.Spent, a.Balance, len(a.Disallowed))
	// Output:
	// 700 300 1
}

func ExampleQualityTariff() {
	fmt.Println(risk.QualityTariff(incentives.Int(5000), incentives.Frac(2, 100)))
	// Output:
	// 5100
}

func ExampleRiskPosition() {
	fmt.Println(risk.RiskPosition(incentives.Int(50), incentives.Int(30), incentives.Int(20), incentives.Int(80), incentives.Int(20), incentives.Int(0)))
	// Output:
	// 7/10 <nil>
}

func ExampleScope() {
	fmt.Println(risk.Scope{"office": incentives.Int(1), "hospital": incentives.Int(0)}.Split([]risk.Claim{{ID: "1", Service: "office", Paid: incentives.Int(100)}, {ID: "2", Service: "hospital", Paid: incentives.Int(900)}}))
	// Output:
	// 100 900 <nil>
}

func ExampleScorePayment() {
	fmt.Println(risk.ScorePayment(incentives.Int(800), incentives.Frac(5, 4)))
	// Output:
	// 1000
}

func ExampleSelfReferrals() {
	fmt.Println(risk.SelfReferrals([][2]string{{"d1", "lab"}, {"d2", "lab"}}, map[string][]string{"d1": {"lab"}}))
	// Output:
	// [[d1 lab]]
}

func ExampleServiceLine() {
	lines, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "surgery", Month: 1, Budget: incentives.Int(100), Actual: incentives.Int(120)}, {Line: "surgery", Month: 2, Budget: incentives.Int(100)}}, 1)
	fmt.Println(lines[0].Variance, lines[0].Percent, lines[0].Forecast, lines[0].Loss, err)
	// Output:
	// 20 20 220 true <nil>
}

func ExampleShift() {
	fmt.Println(risk.Substitution([]risk.Shift{{Setting: "hospital", Before: incentives.Int(10), After: incentives.Int(4), UnitCost: incentives.Int(900)}}))
	// Output:
	// [-5400] -5400
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

func ExampleStream() {
	fmt.Println(risk.Blend([]risk.Stream{{Name: "cure", Method: risk.CapitationPay, Units: incentives.Int(1000), Rate: incentives.Int(2)}, {Name: "prevention", Method: risk.FeeForService, Units: incentives.Int(50), Rate: incentives.Int(20)}}))
	// Output:
	// {[2000 1000] 3000 0} <nil>
}

func ExampleSubCapitation() {
	fmt.Println(risk.SubCapitation(1000, 12, incentives.Int(2), incentives.Int(20000)))
	// Output:
	// 24000 4000 <nil>
}

func ExampleSubstitution() {
	fmt.Println(risk.Substitution([]risk.Shift{{Setting: "hospital", Before: incentives.Int(10), After: incentives.Int(4), UnitCost: incentives.Int(900)}}))
	// Output:
	// [-5400] -5400
}

func ExampleTariff() {
	fmt.Println(risk.Tariff([]risk.Activity{{Service: "hip", Units: incentives.Int(2)}}, map[string]incentives.Exact{"hip": incentives.Int(5000)}, nil))
	// Output:
	// {10000 0 []} <nil>
}

func ExampleTerm() {
	fmt.Println(risk.ChainOfCare([]risk.Term{{Name: "volume", Agreed: incentives.Int(100), Actual: incentives.Int(100), Payment: incentives.Int(10)}}))
	// Output:
	// [volume] [] 10
}
