package risk_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/risk"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleActivity() {
	_, err := tariff(risk.Activity{Service: "knee", Units: incentives.Int(2)})
	fmt.Println(err)
	// Output: incentives: no cell for the value: no price for "knee"
}

func ExampleAgainstPlan() {
	for _, through := range []int{1, 2} {
		lines, err := risk.AgainstPlan(months(), through)
		fmt.Println("through month", through, "variance", lines[0].Variance, "loss:", lines[0].Loss, err)
	}
	// Output:
	// through month 1 variance 20 loss: true <nil>
	// through month 2 variance -10 loss: false <nil>
}

func ExampleBlend() {
	x, err := risk.Blend(streams())
	fmt.Println(x.Streams, "in all", x.Total, err)
	// Output: [2000 1000] in all 3000 <nil>
}

func ExampleBudget() {
	budgets, _ := risk.Capitation(incentives.Int(100), cells())
	for _, b := range budgets {
		fmt.Println(b.Plan, b.Members, "at", b.Amount.Quo(incentives.Int(b.Members)).Fixed(2))
	}
	// Output:
	// A 12 at 91.66
	// B 10 at 100.00
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
	budgets, err := risk.Capitation(incentives.Int(100), cells())
	for _, b := range budgets {
		fmt.Println(b.Plan, b.Amount)
	}
	fmt.Println(err)
	// Output:
	// A 1100
	// B 1000
	// <nil>
}

func ExampleCarry() {
	fmt.Println(risk.Carry(incentives.Int(80), incentives.Int(1000), incentives.Frac(5, 100)))
	// Output:
	// 50 30
}

func ExampleCell() {
	// A missing relativity is an error, and not 1.
	bad := cells()
	bad[0].Relativity = incentives.Int(0)
	_, err := risk.Capitation(incentives.Int(100), bad)
	fmt.Println(err)
	// Output: incentives: parameter: cell 0 (A, , ): 10 members, relativity 0, severity 0
}

func ExampleChainLadder() {
	l, err := risk.ChainLadder(triangle(), incentives.Int(1))
	fmt.Println("still to come:", l.Total, err)
	// Output: still to come: 83 <nil>
}

func ExampleChainOfCare() {
	kept, broken, payment := risk.ChainOfCare([]risk.Term{
		{Name: "volume", Agreed: incentives.Int(100), Actual: incentives.Int(100), Payment: incentives.Int(10)},
		{Name: "quality", Agreed: incentives.Int(90), Actual: incentives.Int(85), Payment: incentives.Int(20)},
	})
	fmt.Println(kept, broken, payment)
	// Output: [volume] [quality] 10
}

func ExampleClaim() {
	// A service that nobody thought of is an error, not anybody's.
	_, _, err := risk.Scope{"office": incentives.Int(1)}.Split([]risk.Claim{{ID: "7", Service: "ambulance", Paid: incentives.Int(100)}})
	fmt.Println(err)
	// Output: incentives: no cell for the value: claim 7: service "ambulance" is not in the scope
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
	// Day 90 is inside the warranty; day 91 and what is not related are not.
	b := risk.Bundle{Base: incentives.Int(20000), Historical: incentives.Int(4000), Share: incentives.Frac(1, 2)}
	day := registry.Day(2024, 1, 1)
	absorbed, _, ids, err := b.Settle(day, []risk.EpisodeClaim{{ID: "c1", On: day.AddDays(90), Cost: incentives.Int(500), Related: true}, {ID: "c2", On: day.AddDays(91), Cost: incentives.Int(500), Related: true}, {ID: "c3", On: day.AddDays(9), Cost: incentives.Int(500)}})
	fmt.Println(absorbed, ids, err)
	// Output: 500 [c1] <nil>
}

func ExampleFederalSplit() {
	fmt.Println(risk.FederalSplit(incentives.Int(101), incentives.Frac(1, 2)))
	// Output:
	// 101/2 101/2
}

func ExampleGainsharing() {
	// Behind a closed quality gate the surplus stays with the plan.
	g := gainsharing()
	for _, g.GateOpen = range []bool{true, false} {
		fmt.Println(g.Settle(incentives.Int(1000), incentives.Int(900)))
	}
	// Output:
	// [{plan 50} {group 50}] <nil>
	// [{plan 100} {group 0}] <nil>
}

func ExampleGraduatedShare() {
	fmt.Println(risk.GraduatedShare([]incentives.Step{{Floor: incentives.Int(1), Value: incentives.Frac(1, 4)}}, incentives.Int(2)))
	// Output:
	// 1/4 <nil>
}

func ExampleIncome() {
	x, _ := risk.Blend(streams())
	fmt.Println(x.QualityRisk.Mul(incentives.Int(100)), "% depends on quality")
	// Output: 10 % depends on quality
}

func ExampleInsuranceRisk() {
	fmt.Println(risk.InsuranceRisk([]incentives.Exact{incentives.Int(100), incentives.Int(130)}, incentives.Int(100), false))
	// Output:
	// 30 200 <nil>
}

func ExampleLadder() {
	l, err := risk.ChainLadder(triangle(), incentives.Int(1))
	for i := range l.Ultimate {
		fmt.Println("year", i+1, "ends at", l.Ultimate[i], "of which to come", l.IBNR[i])
	}
	fmt.Println(err)
	// Output:
	// year 1 ends at 160 of which to come 0
	// year 2 ends at 176 of which to come 11
	// year 3 ends at 192 of which to come 72
	// <nil>
}

func ExampleLineReport() {
	lines, err := risk.AgainstPlan(months(), 2)
	for _, l := range lines {
		fmt.Println(l.Line, l.Actual, "of", l.Budget, "is", l.Percent.Fixed(1), "% - the year may cost", l.Forecast)
	}
	fmt.Println(err)
	// Output:
	// surgery 190 of 200 is -5.0 % - the year may cost 290
	// <nil>
}

func ExampleManagementFee() {
	fmt.Println(risk.ManagementFee(incentives.Int(10000000), incentives.Frac(1, 10)))
	// Output:
	// 1000000 true
}

func ExampleMethod() {
	// What a further service earns under each method: the incentive to do more.
	for _, s := range streams() {
		before, _ := risk.Blend([]risk.Stream{s})
		if s.Method == risk.FeeForService {
			s.Units = s.Units.Add(incentives.Int(1))
		}
		after, _ := risk.Blend([]risk.Stream{s})
		fmt.Println(s.Method, after.Total.Sub(before.Total))
	}
	// Output:
	// capitation 0
	// fee for service 20
}

func ExampleNeutralRate() {
	rate, unspent, err := risk.NeutralRate(100_000, 20_000, 2, 7)
	fmt.Println(incentives.USD().Amount(rate), "a month, unspent", incentives.USD().Amount(unspent), err)
	// Output: 85.71 a month, unspent 0.03 <nil>
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
	// Overspending is divided as well.
	balance, parts, err := risk.PooledBudget([]risk.Partner{{Name: "health", Contribution: incentives.Int(600), Share: incentives.Frac(3, 5)}, {Name: "social", Contribution: incentives.Int(400), Share: incentives.Frac(2, 5)}}, incentives.Int(1050))
	fmt.Println(balance, parts, err)
	// Output: -50 [{health -30} {social -20}] <nil>
}

func ExampleParty() {
	g := gainsharing()
	g.Parties[0].Surplus = incentives.Frac(1, 4)
	_, err := g.Settle(incentives.Int(1000), incentives.Int(900))
	fmt.Println(err)
	// Output: incentives: shares: surplus shares add up to 3/4, deficit shares to 1
}

func ExamplePartyShare() {
	// A deficit is owed.
	shares, err := gainsharing().Settle(incentives.Int(1000), incentives.Int(1100))
	for _, s := range shares {
		fmt.Println(s.Name, s.Amount)
	}
	fmt.Println(err)
	// Output:
	// plan -80
	// group -20
	// <nil>
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
	// Only so much goes into the next year; the rest goes back.
	a := personal().Settle([]risk.Purchase{{Category: "home care", Cost: incentives.Int(700)}})
	fmt.Println("into the next year", a.CarriedOut, "back", a.Unspent)
	// Output: into the next year 100 back 250
}

func ExamplePersonalBudget() {
	a := personal().Settle([]risk.Purchase{{Category: "home care", Cost: incentives.Int(700)}})
	fmt.Println("spent", a.Spent, "left", a.Balance)
	// Output: spent 700 left 350
}

func ExamplePoolEstimate() {
	e, err := risk.PoolSize(10_000, 1000, 5000, 0.05, 0.05)
	fmt.Println("standard error", e.StandardError, "- members needed", e.Needed, err)
	// Output: standard error 50 - members needed 27056 <nil>
}

func ExamplePoolSize() {
	for _, members := range []int64{10_000, 100_000} {
		e, err := risk.PoolSize(members, 1000, 5000, 0.05, 0.05)
		fmt.Printf("%d members: %.3f chance of 5 %% too much %v\n", members, e.ChanceOver, err)
	}
	// Output:
	// 10000 members: 0.159 chance of 5 % too much <nil>
	// 100000 members: 0.001 chance of 5 % too much <nil>
}

func ExamplePooledBudget() {
	fmt.Println(risk.PooledBudget([]risk.Partner{{Name: "health", Contribution: incentives.Int(600), Share: incentives.Frac(3, 5)}, {Name: "social", Contribution: incentives.Int(400), Share: incentives.Frac(2, 5)}}, incentives.Int(900)))
	// Output:
	// 100 [{health 60} {social 40}] <nil>
}

func ExamplePriced() {
	// How much of the total rests on prices that were agreed locally.
	p, err := tariff(risk.Activity{Service: "hip", Units: incentives.Int(2)}, risk.Activity{Service: "walk", Units: incentives.Int(10)})
	fmt.Println(p.Unpriced, p.Local, err)
	// Output: 1/2 [walk] <nil>
}

func ExamplePurchase() {
	a := personal().Settle([]risk.Purchase{{Category: "home care", Cost: incentives.Int(700)}, {Category: "holiday", Cost: incentives.Int(100)}})
	for _, p := range a.Disallowed {
		fmt.Println("not paid:", p.Category, p.Cost)
	}
	// Output: not paid: holiday 100
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
	_, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "surgery", Month: 13}}, 1)
	fmt.Println(err)
	// Output: incentives: period: month 13 of surgery
}

func ExampleShift() {
	// Days saved in hospital, and what they cost at home.
	bySetting, net := risk.Substitution([]risk.Shift{{Setting: "hospital", Before: incentives.Int(10), After: incentives.Int(4), UnitCost: incentives.Int(900)}, {Setting: "home", Before: incentives.Int(0), After: incentives.Int(20), UnitCost: incentives.Int(80)}})
	fmt.Println(bySetting, net)
	// Output: [-5400 1600] -3800
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
	s := streams()
	s[0].Quality = incentives.Int(2)
	_, err := risk.Blend(s)
	fmt.Println(err)
	// Output: incentives: out of range: stream 0 cure: 1000 at 2, 2 on quality
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
	p, err := tariff(risk.Activity{Service: "hip", Units: incentives.Int(2)}, risk.Activity{Service: "walk", Units: incentives.Int(10)})
	fmt.Println(p.Total, err)
	// Output: 20000 <nil>
}

func ExampleTerm() {
	// Of cost the actual figure must not exceed what was agreed.
	for _, actual := range []int64{1000, 1001} {
		_, broken, payment := risk.ChainOfCare([]risk.Term{{Name: "cost", Agreed: incentives.Int(1000), Actual: incentives.Int(actual), Lower: true, Payment: incentives.Int(10)}})
		fmt.Println(actual, broken, payment)
	}
	// Output:
	// 1000 [] 10
	// 1001 [cost] 0
}

// tariff prices hips nationally and walks locally.
func tariff(activity ...risk.Activity) (risk.Priced, error) {
	return risk.Tariff(activity, map[string]incentives.Exact{"hip": incentives.Int(5000)}, map[string]incentives.Exact{"walk": incentives.Int(1000)})
}

// months are budget and actual of surgery.
func months() []risk.ServiceLine {
	return []risk.ServiceLine{{Line: "surgery", Month: 1, Budget: incentives.Int(100), Actual: incentives.Int(120)}, {Line: "surgery", Month: 2, Budget: incentives.Int(100), Actual: incentives.Int(70)}, {Line: "surgery", Month: 3, Budget: incentives.Int(100)}}
}

// streams are capitation for cure and fees for prevention, which depend on quality in part.
func streams() []risk.Stream {
	return []risk.Stream{{Name: "cure", Method: risk.CapitationPay, Units: incentives.Int(1000), Rate: incentives.Int(2)}, {Name: "prevention", Method: risk.FeeForService, Units: incentives.Int(50), Rate: incentives.Int(20), Quality: incentives.Frac(3, 10)}}
}

// cells are the members of two plans.
func cells() []risk.Cell {
	return []risk.Cell{{Plan: "A", Members: 10, Relativity: incentives.Frac(1, 2)}, {Plan: "A", Members: 2, Relativity: incentives.Int(2), Severity: incentives.Frac(3, 2)}, {Plan: "B", Members: 10, Relativity: incentives.Int(1)}}
}

// triangle is what was paid by year of origin, as it developed.
func triangle() [][]incentives.Exact {
	n := func(xs ...int64) (out []incentives.Exact) {
		for _, v := range xs {
			out = append(out, incentives.Int(v))
		}
		return out
	}
	return [][]incentives.Exact{n(100, 150, 160), n(110, 165), n(120)}
}

// gainsharing halves a surplus, and leaves most of a deficit with the plan.
func gainsharing() risk.Gainsharing {
	return risk.Gainsharing{Parties: []risk.Party{{Name: "plan", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(4, 5)}, {Name: "group", Surplus: incentives.Frac(1, 2), Deficit: incentives.Frac(1, 5)}}, GateOpen: true, Default: "plan"}
}

// personal is a budget for home care.
func personal() risk.PersonalBudget {
	return risk.PersonalBudget{Allowance: incentives.Int(1000), CarriedIn: incentives.Int(50), CarryLimit: incentives.Int(100), Categories: map[string]bool{"home care": true}}
}
