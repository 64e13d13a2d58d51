package caremodel_test

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleParties() {
	kaiser := caremodel.Parties{PayerPhysicians: caremodel.ExclusiveContract, PayerHospitals: caremodel.ExclusiveContract}
	i, err := kaiser.Integrate()
	if err != nil {
		panic(err)
	}
	fmt.Println(i.Integrated, i.Form, i.Kind, i.Degree)
	// Output: 3 network virtual fully
}

func ExamplePartyIntegration() {
	fmt.Println(caremodel.Parties{PhysiciansHospitals: caremodel.Owned, PayerPhysicians: caremodel.Contract}.Integrate())
	// Output: {2 system real partly false} <nil>
}

func ExampleLink() {
	// A contract is not integration yet; one owner is, in part.
	for _, l := range []caremodel.Link{caremodel.Contract, caremodel.Owned} {
		i, err := caremodel.Parties{PayerPhysicians: l}.Integrate()
		fmt.Println(l, "-", i.Kind, i.Degree, err)
	}
	// Output:
	// contract - virtual not integrated <nil>
	// owned - real partly <nil>
}

func ExampleDirection() {
	fmt.Println(caremodel.Direction([]string{"practice", "hospital"}, false))
	// Output: vertical virtual <nil>
}

func ExampleDegree() {
	fmt.Println(caremodel.Degree(false, true, true, true))
	// Output: 2
}

func ExampleLevel() {
	l, err := caremodel.Level("condition")
	fmt.Println(l, err)
	// Output: meso <nil>
}

func ExampleUncoveredLevels() {
	l, err := caremodel.UncoveredLevels([]string{"person", "population"})
	fmt.Println(l, err)
	// Output: [meso] <nil>
}

func ExampleLadderRungs() {
	fmt.Println(caremodel.LadderRungs())
	// Output: [practice team community health social care hospital specialists]
}

func ExampleLadderStep() {
	step, gaps := caremodel.LadderStep([4]bool{true, false, true, false})
	fmt.Println(step, gaps)
	// Output: 1 [community health]
}

func ExampleManagedCareModel() {
	m, _ := caremodel.ManagedCareModel([]bool{true, false, true})
	fmt.Println(m)
	// Output: mixed
}

func ExampleAccountability() {
	fmt.Println(caremodel.Accountability([]string{"trust", "board"}, false, true, true).Verdict)
	// Output: several
}

func ExampleAccountable() {
	a := caremodel.Accountability([]string{"trust"}, false, true, false)
	fmt.Println(a.Verdict, a.Complete()) // one body, but the system is not covered
	// Output: ok false
}

func ExamplePeoplePerPhysician() {
	n, _ := caremodel.PeoplePerPhysician(477_000, 1_000)
	fmt.Println(n.Num / n.Den)
	// Output: 477
}

func ExampleStrategies() {
	fmt.Println(caremodel.Strategies([]string{"case management", "joint records", "case management"}))
	// Output: 2 true
}

func ExampleFeatures() {
	f := caremodel.Features{Contracted: true, StrongGovernance: true, Prepaid: true, ReferralNeeded: true}
	fmt.Println(f.InsuranceVehicle(), f.DeliveryVehicle(), f.FiveModel(), f.FourModel())
	// Output: HMO IPA interdependent practice organisation 3
}

func ExampleOpenness() {
	class, share, err := caremodel.Openness(30, 100)
	fmt.Println(class, share.FloatString(2), err)
	// Output: open 0.30 <nil>
}

func ExampleSpectrum() {
	services, risk, err := caremodel.Spectrum{Made: 50, Allied: 25, Bought: 25, RiskKept: 1, RiskShared: 1}.Position()
	fmt.Println(services.FloatString(3), risk.FloatString(3), err)
	// Output: 0.625 0.750 <nil>
}

func ExampleIntegrationKind() {
	fmt.Println(caremodel.IntegrationKind(true, false, true))
	// Output: economic [interdependence]
}

func ExampleIntegrationIndex() {
	one := big.NewRat(1, 1)
	ranked, _ := caremodel.IntegrationIndex([]*big.Rat{one, one}, map[string][]*big.Rat{"North": {big.NewRat(3, 1), one}, "South": {one, one}}, 1)
	fmt.Println(ranked[0].Network, ranked[0].Score.RatString(), ranked[0].Rank)
	// Output: North 2 1
}

func ExampleNetworkScore() {
	one := big.NewRat(1, 1)
	ranked, _ := caremodel.IntegrationIndex([]*big.Rat{one}, map[string][]*big.Rat{"North": {nil}}, 0)
	fmt.Println(ranked[0].Score == nil, ranked[0].Missing)
	// Output: true [0]
}

func ExampleEvaluate() {
	e, _ := caremodel.Evaluate(caremodel.Evaluation{T0: big.NewRat(100, 1), T1: big.NewRat(80, 1), C0: big.NewRat(100, 1), C1: big.NewRat(95, 1), Comparator: caremodel.Matched})
	fmt.Println(e.Absolute.RatString(), e.DiD.RatString(), e.RatioOfRatios.FloatString(3))
	// Output: -20 -15 0.842
}

func ExampleEvaluation() {
	e := caremodel.Evaluation{T0: big.NewRat(1, 2), T1: big.NewRat(1, 4)}
	b, _ := e.Intervals(caremodel.Uncertainty{Scale: caremodel.Proportions, N: [4]int64{100, 100}})
	fmt.Printf("%.3f to %.3f\n", b.Absolute.Low, b.Absolute.High)
	// Output: -0.380 to -0.120
}

func ExampleEffect() {
	e, _ := caremodel.Evaluate(caremodel.Evaluation{T0: big.NewRat(750, 1), T1: big.NewRat(528, 1)})
	fmt.Println(e.Relative.FloatString(3), e.Warnings)
	// Output: -0.296 [no comparison group: part or all of a change can be regression to the mean]
}

func ExampleComparator() {
	e, _ := caremodel.Evaluate(caremodel.Evaluation{T0: big.NewRat(1, 1), T1: big.NewRat(1, 1), C0: big.NewRat(1, 1), C1: big.NewRat(1, 1), Comparator: caremodel.WholeSystem})
	fmt.Println(e.Warnings)
	// Output: [the comparison is the whole system, not people like these]
}

func ExampleUncertainty() {
	e := caremodel.Evaluation{T0: big.NewRat(10, 1), T1: big.NewRat(5, 1)}
	b, _ := e.Intervals(caremodel.Uncertainty{Scale: caremodel.CountRates, N: [4]int64{40, 4}})
	fmt.Println(b.Notes)
	// Output: [no interval for the change: fewer than 5 events behind T1]
}

func ExampleMeasureScale() {
	e := caremodel.Evaluation{T0: big.NewRat(10, 1), T1: big.NewRat(5, 1)}
	b, _ := e.Intervals(caremodel.Uncertainty{Scale: caremodel.Means, SE: [4]float64{3, 4}, Z: 1})
	fmt.Println(*b.Absolute)
	// Output: {-10 0}
}

func ExampleBounds() {
	e := caremodel.Evaluation{T0: big.NewRat(1, 2), T1: big.NewRat(9, 20)}
	b, _ := e.Intervals(caremodel.Uncertainty{Scale: caremodel.Proportions, N: [4]int64{100, 100}})
	fmt.Printf("%.3f to %.3f", b.Absolute.Low, b.Absolute.High)
	if b.Absolute.Low < 0 && b.Absolute.High > 0 {
		fmt.Println(": may be chance")
	}
	// Output: -0.188 to 0.088: may be chance
}

func ExampleEffectBounds() {
	b, err := caremodel.Evaluation{}.Intervals(caremodel.Uncertainty{})
	fmt.Println(b.Absolute == nil, err)
	// Output: true caremodel: answer: a programme before and after, and a comparison before and after or none
}

func ExampleAnyOutcome() {
	in := registry.Day(2024, 1, 1)
	rate, leftOut, _ := caremodel.AnyOutcome([]caremodel.OutcomeDates{{Entry: in, Death: registry.Day(2024, 6, 1)}, {Entry: in}, {Entry: in, ObservedUntil: registry.Day(2024, 3, 1)}}, 12)
	fmt.Println(rate, leftOut)
	// Output: 1/2 (50.0 %) 1
}

func ExampleOutcomeDates() {
	rate, _, _ := caremodel.AnyOutcome([]caremodel.OutcomeDates{{Entry: registry.Day(2024, 1, 1), Institution: registry.Day(2025, 1, 2)}}, 12)
	fmt.Println(rate) // a day after the year
	// Output: 0/1 (0.0 %)
}

func ExampleStudyProgrammes() {
	ps, err := caremodel.StudyProgrammes()
	if err != nil {
		panic(err)
	}
	for _, p := range ps {
		fmt.Println(p.Name, p.Eligibility, p.Size)
	}
	// Output:
	// PACE S12 36 sites in 18 states, 10,523 people
	// SIPA S13 1,254 people at two sites, half treated
	// PRISMA S14 272 people and 210 in comparison
	// Rovereto S15 200 people
	// Vittorio Veneto S15 115 people
	// Torbay S16 all high-risk older people of the area
}

func ExampleStudyProgramme() {
	ps, _ := caremodel.StudyProgrammes()
	fmt.Println(ps[2].Name, ps[2].Model, ps[2].Design)
	// Output: PRISMA virtual quasi-experimental
}

func ExampleGrid() {
	q, err := caremodel.Grid{}.Quadrant(0.2, 0.9)
	fmt.Println(q, err)
	// Output: co-ordinated network <nil>
}

func ExampleAccountableSystem() {
	fmt.Println(caremodel.AccountableSystem(true, false))
	// Output: false [being held to account for results]
}

func ExampleMatchLanguage() {
	fmt.Println(caremodel.MatchLanguage("Urdu", []string{"English"}, true))
	// Output: interpreter
}

func ExampleLanguageMatch() {
	fmt.Println(caremodel.SameLanguage.Compare(caremodel.NoCommonLanguage))
	// Output: -1
}
