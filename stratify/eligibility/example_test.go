package eligibility_test

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func ExampleNew() {
	_, err := eligibility.New("evercare", eligibility.Parameters{})
	fmt.Println(err)
	p, _ := eligibility.New("pace", eligibility.Parameters{})
	fmt.Println(p)
	fmt.Println(p.Row, p.Source)
	// Output:
	// eligibility: missing or faulty parameter: evercare: LookBackMonths is not stated by the source
	// PACE
	// - age: 55 or more
	// - lives in the service area
	// - certified for nursing-home level of care
	// S12 003:372, 003:454
}

func ExampleProgramme() {
	p, _ := eligibility.New("evercare", eligibility.Parameters{LookBackMonths: 12})
	e := p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(66), eligibility.EmergencyAdmissions: eligibility.Number(2)})
	fmt.Println(e.Answer, "by", e.Route, e.For)
	// Output: eligible by admissions [age: 66 or more (66) previous emergency admissions: 2 or more (2)]
}

func ExampleEligible() {
	p, _ := eligibility.New("pace", eligibility.Parameters{})
	e := p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(60), eligibility.InArea: eligibility.Yes()})
	fmt.Println(e.Answer, e.Missing)
	e = p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(54), eligibility.InArea: eligibility.Yes()})
	fmt.Println(e.Answer, e.Against)
	// Output:
	// cannot tell [certified for nursing-home level of care (not known)]
	// not eligible [age: 55 or more (54)]
}

func ExampleParameters() {
	// How many are several is the source's to say, and it does not.
	in := eligibility.Inputs{eligibility.ChronicConditions: eligibility.Number(2), eligibility.Disabilities: eligibility.Number(0), eligibility.LivesAlone: eligibility.No()}
	for _, several := range []int{0, 3} {
		p, err := eligibility.New("sipa-priority", eligibility.Parameters{Several: several})
		fmt.Println(p.Notes, "-", p.Evaluate(in).Answer, err)
	}
	// Output:
	// [several is 2 or more: a decision of the library or the caller] - eligible <nil>
	// [several is 3 or more: a decision of the library or the caller] - not eligible <nil>
}

func ExampleInput() {
	p, _ := eligibility.New("prisma", eligibility.Parameters{})
	for _, i := range p.Inputs() {
		fmt.Println(i)
	}
	// Output:
	// lives in the community
	// lives in the service area
	// age
	// moderate to severe impairment
	// health or social services needed
	// good potential to stay at home
}

func ExampleInputs() {
	// What is not there is not known: never taken for a no.
	p, _ := eligibility.New("pace", eligibility.Parameters{})
	in := eligibility.Inputs{eligibility.Age: eligibility.Number(70), eligibility.InArea: eligibility.Yes()}
	fmt.Println(p.Evaluate(in).Answer)
	in[eligibility.NursingHomeLevel] = eligibility.Yes()
	fmt.Println(p.Evaluate(in).Answer)
	// Output:
	// cannot tell
	// eligible
}

func ExampleAnswer() {
	// The zero answer is not known, and so is what cannot be.
	p := eligibility.Programme{ID: "ours", Routes: []eligibility.Route{{Name: "by age", All: []eligibility.Condition{{Input: eligibility.Age, Min: 55}}}}}
	for _, a := range []eligibility.Answer{eligibility.Number(70), eligibility.Number(-1), {}} {
		fmt.Println(a, "-", p.Evaluate(eligibility.Inputs{eligibility.Age: a}).Answer)
	}
	// Output:
	// 70 - eligible
	// not known - cannot tell
	// not known - cannot tell
}

func ExampleYes() {
	p, _ := eligibility.New("participation", eligibility.Parameters{})
	e := p.Evaluate(eligibility.Inputs{eligibility.OptedOut: eligibility.Yes(), eligibility.Linked: eligibility.Yes()})
	fmt.Println(e.Answer, e.Against)
	// Output: not eligible [not: opted out (yes)]
}

func ExampleNo() {
	p, _ := eligibility.New("participation", eligibility.Parameters{})
	fmt.Println(p.Evaluate(eligibility.Inputs{eligibility.OptedOut: eligibility.No(), eligibility.Linked: eligibility.Yes()}).Answer)
	// Output: eligible
}

func ExampleNumber() {
	p, _ := eligibility.New("us-groups-older", eligibility.Parameters{OlderAge: 75})
	fmt.Println(p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(74)}).Answer)
	// Output: not eligible
}

func ExampleCondition() {
	// A number of at least so many, or a no.
	p := eligibility.Programme{ID: "ours", Routes: []eligibility.Route{{Name: "by age", All: []eligibility.Condition{{Input: eligibility.Age, Min: 55}, {Input: eligibility.OptedOut, Not: true}}}}}
	fmt.Println(p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(54), eligibility.OptedOut: eligibility.No()}).Against)
	fmt.Println(p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(55), eligibility.OptedOut: eligibility.No()}).Answer)
	// Output:
	// [age: 55 or more (54)]
	// eligible
}

func ExampleRoute() {
	p, _ := eligibility.New("sipa-priority", eligibility.Parameters{})
	for _, r := range p.Routes {
		fmt.Println(r.Name, r.All)
	}
	// Output:
	// chronic illnesses [chronic conditions: 2 or more]
	// disabilities [disabilities: 2 or more]
	// living alone [lives alone]
}

func ExampleAnswered() {
	// Another route decides although the first cannot be told.
	p, _ := eligibility.New("sipa-priority", eligibility.Parameters{})
	for _, alone := range []eligibility.Answer{eligibility.Yes(), eligibility.No()} {
		fmt.Println(p.Evaluate(eligibility.Inputs{eligibility.LivesAlone: alone}).Answer)
	}
	// Output:
	// eligible
	// cannot tell
}

func ExampleReason() {
	p, _ := eligibility.New("sipa", eligibility.Parameters{})
	fmt.Println(p.Evaluate(eligibility.Inputs{eligibility.Age: eligibility.Number(63)}).Against[0])
	// Output: age: 64 or more (63)
}

func ExampleKaiserLevels() {
	k := eligibility.KaiserLevels()
	fmt.Println(k.Evaluate(eligibility.Inputs{eligibility.Stable: eligibility.No(), eligibility.NeedsIntensive: eligibility.Yes()}).Level)
	x := k.Evaluate(eligibility.Inputs{eligibility.NeedsIntensive: eligibility.No()})
	fmt.Println(x.Level, x.Possible, x.Missing)
	// Output:
	// 3
	// 0 [2 1] [not: well managed and stable (not known) not: well managed and stable (not known) recent acute exacerbation (not known) well managed and stable (not known) not: recent acute exacerbation (not known)]
}

func ExampleBrentTiers() {
	in := eligibility.Inputs{eligibility.VeryComplex: eligibility.No(), eligibility.PoorlyControlled: eligibility.Yes()}
	x := eligibility.BrentTiers().Evaluate(in)
	fmt.Println(x.Level, x.Name)
	// Output: 3 intermediate specialist service
}

func ExampleLevels() {
	fmt.Println(eligibility.BrentTiers())
	// Output:
	// Brent integrated diabetes care
	// 4, secondary care: very complex needs
	// 3, intermediate specialist service: poorly controlled or recently discharged from hospital
	// 2, rapid access clinic: minor issue
	// 1, general practice: everybody else
}

func ExampleLevel() {
	for _, l := range eligibility.KaiserLevels().Levels {
		fmt.Println(l.Level, l.Name)
	}
	// Output:
	// 3 intensive case management
	// 2 care management
	// 1 well managed and stable
}

func ExampleLevelled() {
	x := eligibility.KaiserLevels().Evaluate(eligibility.Inputs{eligibility.Stable: eligibility.Yes(), eligibility.AcuteExacerbation: eligibility.No()})
	fmt.Println(x.Level, x.For)
	// Output: 1 [well managed and stable (yes) not: recent acute exacerbation (no)]
}

func ExampleSystem() {
	for _, s := range eligibility.Systems()[9:12] {
		fmt.Println(s.Row, s.Name, s.Source, s.IDs)
	}
	// Output:
	// S10 EverCare (England) 003:606-610, 000:382-387, 000:2317 [evercare]
	// S11 EverCare failure 003:625, 003:722 []
	// S12 PACE 003:372, 003:454 [pace]
}

func ExampleSystems() {
	// What the sources leave open is said.
	for _, s := range eligibility.Systems() {
		if s.Row == "S10" {
			fmt.Println(s.Name)
			fmt.Println(s.Open)
		}
	}
	// Output:
	// EverCare (England)
	// the look-back is not stated: a required parameter
}

func members(n int) []tier.Person {
	out := make([]tier.Person, n)
	for i := range out {
		out[i] = tier.Person{ID: fmt.Sprintf("%06d", i), Score: float64(i)}
	}
	return out
}

func ExampleHealthPartners() {
	p, err := eligibility.HealthPartners(registry.Rate{Num: 5, Den: 1000})
	r, _ := p.Assign(members(100_000))
	fmt.Println(r.Levels[0].People, err)
	_, err = eligibility.HealthPartners(registry.Rate{Num: 2, Den: 100})
	fmt.Println(err)
	// Output:
	// 500 <nil>
	// eligibility: missing or faulty parameter: Health Partners: a share of 2/100, the source says 0.5 to 1.0 %
}

func ExampleHealthPartnersDiabetes() {
	p, _ := eligibility.HealthPartnersDiabetes(registry.Rate{Num: 5, Den: 100})
	r, _ := p.Assign(members(4000))
	fmt.Println(r.Levels[0].People)
	// Output: 200
}

func ExampleAnthem() {
	people := members(1001)
	people[0].Rule = 1 // catastrophic, with the lowest score
	r, _ := eligibility.Anthem().Assign(people)
	fmt.Println(r.Levels[0].People)
	// Output: 12
}

func ExampleStudyPlans() {
	p, _ := eligibility.StudyPlans(registry.Rate{Num: 5, Den: 100})
	r, _ := p.Assign(members(1000))
	fmt.Println(r.Levels[0].People)
	// Output: 50
}

func ExampleTorbay() {
	r, _ := eligibility.Torbay(tier.Cut{Cuts: []float64{990}}).Assign(members(1000))
	fmt.Println(r.Levels[0].People)
	// Output: 10
}

func ExampleKaiserPyramid() {
	p := eligibility.KaiserPyramid(tier.Share{Shares: []registry.Rate{{Num: 2, Den: 100}, {Num: 10, Den: 100}, {Num: 40, Den: 100}}})
	r, _ := p.Assign(members(1000))
	for _, l := range r.Levels {
		fmt.Println(l.Name, l.People)
	}
	// Output:
	// case management 20
	// disease management 80
	// self-management support 300
	// prevention 600
}

func ExampleProvenHealth() {
	fmt.Println(eligibility.ProvenHealth(1000))
	// Output: 7 8 <nil>
}

func ExampleVirtualWard() {
	w := eligibility.VirtualWard{Beds: 2, Hysteresis: tier.Hysteresis{Leave: []int{3}}, ReviewDays: 28}
	people := []tier.Person{{ID: "a", Score: 9}, {ID: "b", Score: 8}, {ID: "c", Score: 7}, {ID: "d", Score: 1}}
	before := []tier.Member{{ID: "c", Level: 1, Since: registry.Day(2026, 1, 1)}, {ID: "d", Level: 1, Since: registry.Day(2026, 1, 1)}}
	l, err := w.Update(people, before, nil, registry.Day(2026, 2, 1))
	fmt.Println("admitted", l.Admitted, "stays", l.Stays, "leaves", l.Leaves, "review", l.Due, err)
	// Output: admitted [a] stays [c] leaves [d] review [c] <nil>
}

func ExampleWardList() {
	_, err := eligibility.VirtualWard{Beds: 2}.Update(nil, nil, nil, registry.Day(2026, 2, 1))
	fmt.Println(err)
	// Output: eligibility: missing or faulty parameter: a review every 0 days
}

func ExampleTargeting() {
	chosen := []bool{true, true, false, false, false}
	t, err := eligibility.Targeting(chosen, []int{3, 2, 0, 1, 0}, []int{1, 0, 2, 0, 0}, nil)
	fmt.Println(t.Value)
	fmt.Println("admissions on the chosen:", t.Admissions, t.Chosen.Issues[0].Code, err)
	// Output:
	// flagged 2 of 5; sensitivity 1/2 (50.0 %), PPV 1/2 (50.0 %)
	// admissions on the chosen: 1/3 (33.3 %) REGRESSION_TO_MEAN <nil>
}

func ExampleTargeted() {
	untreated := evaluate.Contrast{Before: []float64{3, 2}, After: []float64{1, 1}}
	t, _ := eligibility.Targeting([]bool{true, true}, []int{3, 2}, []int{1, 0}, &untreated)
	fmt.Println("fall", t.Chosen.Fall, "of which without treatment", t.Chosen.Untreated)
	// Output: fall 2 of which without treatment 1.5
}

func ExampleStay() {
	stays := []eligibility.Stay{
		{registry.Day(2025, 3, 1), registry.Day(2025, 3, 5), true},
		{registry.Day(2025, 3, 6), registry.Day(2025, 3, 9), false}, // a transfer
		{registry.Day(2025, 8, 1), registry.Day(2025, 8, 2), true},
	}
	p := eligibility.Prior{N: 2, EmergencyOnly: true, Months: 12}
	fmt.Println(p.Count(stays, registry.Day(2026, 1, 1)))
	// Output: 2
}

func ExamplePrior() {
	p := eligibility.Prior{N: 2, EmergencyOnly: true, Months: 12}
	inpatient := registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.ClassIn("IMP")}}
	emergency := inpatient.That(registry.ReasonIs(registry.Code{System: "urn:local", Value: "unplanned"}))
	fmt.Println(p.Definition(inpatient, emergency))
	fmt.Println(errors.Is(eligibility.Prior{}.Check(), eligibility.ErrParameter))
	// Output:
	// at least 2 previous emergency admissions in 12 months before the end of the period
	// true
}

func ExampleOutcomeWindow() {
	fmt.Println(eligibility.OutcomeWindow(registry.Day(2025, 12, 31)))
	// Output: 2026-01-01 to 2026-12-31
}

func ExampleUnplanned() {
	stays := []eligibility.Stay{{Admitted: registry.Day(2026, 5, 1), Emergency: true}}
	fmt.Println(eligibility.Unplanned(stays, registry.Day(2025, 12, 31)), eligibility.Unplanned(stays, registry.Day(2026, 5, 1)))
	// Output: true false
}

func ExampleFirstOf() {
	b := registry.NewBinder(nil)
	old, young := registry.AgeAt{At: registry.PeriodEnd(), Min: 65}.Bind(b), registry.AgeAt{At: registry.PeriodEnd(), Min: 18}.Bind(b)
	lexicon, err := b.Lexicon()
	chart := lexicon.Chart(&registry.Patient{ID: "a", Birth: registry.Day(1980, 1, 1)})
	fmt.Println(eligibility.FirstOf(chart, registry.CalendarYear(2025), old, young), err)
	// Output: 2 <nil>
}

func candidates() []eligibility.Candidate {
	old := func(age, admissions int) eligibility.Inputs {
		return eligibility.Inputs{eligibility.Age: eligibility.Number(age), eligibility.EmergencyAdmissions: eligibility.Number(admissions), eligibility.Referred: eligibility.No()}
	}
	day := registry.Day(2025, 12, 31)
	return []eligibility.Candidate{
		{Person: tier.Person{ID: "a", Score: 0.9}, Inputs: old(80, 3), Latest: day, Group: "poor"},
		{Person: tier.Person{ID: "b", Score: 0.8}, Inputs: old(80, 2), Latest: day, Group: "rich", Impact: eligibility.Impact{Exclude: "in a hospice"}},
		{Person: tier.Person{ID: "c", Score: 0.7}, Inputs: old(70, 2), Latest: day, Group: "rich"},
		{Person: tier.Person{ID: "d", Score: 0.6}, Inputs: old(90, 2), Latest: day, Group: "poor", Impact: eligibility.Impact{Prefer: true}},
		{Person: tier.Person{ID: "e", Score: 0.5}, Inputs: old(60, 2), Latest: day, Group: "rich"},
		{Person: tier.Person{ID: "f", Score: math.NaN()}, Referred: true, Group: "poor"},
		{Person: tier.Person{ID: "g", Score: 0.99, Status: tier.Dead}, Inputs: old(90, 5), Latest: day, Group: "poor"},
	}
}

func plan() eligibility.Plan {
	p, _ := eligibility.New("evercare", eligibility.Parameters{LookBackMonths: 12})
	return eligibility.Plan{Index: registry.Day(2026, 1, 1), Programme: p, Places: 3, Referrals: 1, Pool: 3}
}

func ExamplePlan() {
	l, err := plan().Find(candidates())
	for _, s := range l.Flow {
		fmt.Println(s.Name, s.In, s.Out, s.Reasons)
	}
	for _, x := range l.Listed {
		fmt.Println(x.ID, x.Way, x.Rank, x.Movement)
	}
	fmt.Println(err)
	// Output:
	// scope 7 6 [{dead 1}]
	// referral 6 5 [{listed by referral 1}]
	// eligibility 5 4 [{not eligible 1}]
	// score 4 4 []
	// impact 4 3 [{in a hospice 1}]
	// places 3 2 [{no place 1}]
	// f referral 0 entered
	// d admissions 4 entered
	// a admissions 1 entered
	// <nil>
}

func ExampleList() {
	p := plan()
	first, _ := p.Find(candidates())
	p.Previous, p.Index = first.Members(), p.Index.AddMonths(1)
	second, _ := p.Find(candidates())
	fmt.Println(second.Movement.Table, second.CannotTell)
	// Output: [[0 0] [0 3]] []
}

func ExampleComposition() {
	l, _ := plan().Find(candidates())
	for _, c := range l.Composition {
		fmt.Printf("%+v\n", c)
	}
	// Output:
	// {Group:poor Eligible:3 ByRisk:2 Listed:3}
	// {Group:rich Eligible:2 ByRisk:1 Listed:0}
}

func ExampleCandidate() {
	_, err := eligibility.Plan{Places: -1}.Find([]eligibility.Candidate{{Person: tier.Person{ID: "a"}}})
	fmt.Println(err)
	// Output:
	// eligibility: missing or faulty parameter: -1 places, 0 for referrals, pool of 0
	// eligibility: missing or faulty parameter: no index date
}

func ExampleImpact() {
	l, _ := plan().Find(candidates())
	fmt.Println(l.Flow[4].Reasons)
	// Output: [{in a hospice 1}]
}

func ExampleStep() {
	// Everybody who leaves does so at a step, for a reason.
	l, _ := plan().Find(candidates())
	for _, s := range l.Flow {
		for _, r := range s.Reasons {
			fmt.Println(s.Name, "-", r.Reason, r.N)
		}
	}
	// Output:
	// scope - dead 1
	// referral - listed by referral 1
	// eligibility - not eligible 1
	// impact - in a hospice 1
	// places - no place 1
}

func ExampleCount() {
	// The care that the listed people's needs call for; that of two is not settled.
	people := candidates()
	people[3].Impact.Match = "heart failure nurse"
	l, _ := plan().Find(people)
	for _, c := range l.Care {
		fmt.Printf("%q %d\n", c.Reason, c.N)
	}
	// Output:
	// "" 2
	// "heart failure nurse" 1
}

func ExampleListed() {
	l, _ := plan().Find(candidates())
	fmt.Println(l.Listed[1].ID, l.Listed[1].For)
	// Output: d [age: 66 or more (90) previous emergency admissions: 2 or more (2)]
}

func ExampleOutcomes() {
	index := registry.Day(2025, 12, 31)
	people := []eligibility.Followed{{Death: registry.Day(2026, 2, 1)}, {Stays: []eligibility.Stay{{Admitted: registry.Day(2026, 3, 1), Emergency: true}}}, {}}
	y, keep, deaths, err := eligibility.Outcomes(people, index, eligibility.DeathDrops)
	fmt.Println(y, keep, deaths, err)
	// Output: [0 1 0] [false true true] 1 <nil>
}

func ExampleDeaths() {
	// One died early, without an admission: the choice changes every figure.
	people := []eligibility.Followed{{Death: registry.Day(2026, 2, 1)}, {}}
	for _, choice := range []eligibility.Deaths{eligibility.DeathIsEvent, eligibility.DeathIsNonEvent, eligibility.DeathDrops} {
		y, keep, _, err := eligibility.Outcomes(people, registry.Day(2025, 12, 31), choice)
		fmt.Println(y, keep, err)
	}
	_, _, _, err := eligibility.Outcomes(people, registry.Day(2025, 12, 31), eligibility.DeathUndecided)
	fmt.Println(err)
	// Output:
	// [1 0] [true true] <nil>
	// [0 0] [true true] <nil>
	// [0 0] [false true] <nil>
	// eligibility: missing or faulty parameter: deaths in the outcome window are event, non-event or dropped: no default; index date 2025-12-31
}

func ExampleFollowed() {
	y, _, deaths, _ := eligibility.Outcomes([]eligibility.Followed{{Death: registry.Day(2026, 2, 1)}}, registry.Day(2025, 12, 31), eligibility.DeathIsEvent)
	fmt.Println(y, deaths)
	// Output: [1] 1
}
