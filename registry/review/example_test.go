package review_test

import (
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/review"
)

var examplePlan = review.CarePlan{ID: "plan 1", Status: registry.Active, Created: registry.Day(2023, 5, 1), CopyOffered: review.Yes, WantedInvolved: review.Yes, Involved: review.No}

func ExamplePlanState() {
	r := review.PlanState([]review.CarePlan{examplePlan}, registry.Day(2024, 6, 1), review.PlanPolicy{})
	fmt.Println(r.State, r.Plan, r.Due)
	// Output: review-overdue plan 1 2024-05-01
}

func ExamplePlanResult() {
	r := review.PlanState(nil, registry.Day(2024, 6, 1), review.PlanPolicy{})
	fmt.Println(r.State)
	// Output: none
}

func ExamplePlanPolicy() {
	policy := review.PlanPolicy{Grace: recall.Every{N: 2, Unit: recall.Month}}
	fmt.Println(review.PlanState([]review.CarePlan{examplePlan}, registry.Day(2024, 6, 1), policy).State)
	// Output: current
}

func ExampleState() {
	// Of several plans the one that is in force counts.
	old, hold := examplePlan, examplePlan
	old.ID, old.Status = "plan 0", registry.Completed
	hold.Status = registry.OnHold
	day := registry.Day(2024, 4, 1)
	fmt.Println(review.PlanState([]review.CarePlan{old, examplePlan}, day, review.PlanPolicy{}).State)
	fmt.Println(review.PlanState([]review.CarePlan{hold}, day, review.PlanPolicy{}).State)
	fmt.Println(review.PlanState([]review.CarePlan{old}, day, review.PlanPolicy{}).State)
	// Output:
	// current
	// on-hold
	// closed
}

func ExampleCarePlan() {
	p := examplePlan
	p.NextReview = registry.Day(2024, 9, 1)
	fmt.Println(review.PlanState([]review.CarePlan{p}, registry.Day(2024, 6, 1), review.PlanPolicy{}).State)
	// Output: current
}

func ExampleCoverage() {
	var c review.Coverage
	c.Add(&review.Planned{Person: "a", Plans: []review.CarePlan{examplePlan}, Registers: []string{"diabetes"}}, registry.Day(2024, 1, 1), review.PlanPolicy{})
	c.Add(&review.Planned{Person: "b", Registers: []string{"diabetes"}}, registry.Day(2024, 1, 1), review.PlanPolicy{})
	fmt.Println("plans:", c.All, "involved:", c.Involved)
	// Output: plans: 1/2 (50.0 %) involved: 0/1 (0.0 %)
}

func ExamplePlanned() {
	p := review.Planned{Person: "a", Level: "3", Provider: "dr b"}
	var c review.Coverage
	c.Add(&p, registry.Day(2024, 1, 1), review.PlanPolicy{})
	fmt.Println(c.Levels, c.Providers)
	// Output: [{3 0/1 (0.0 %)}] [{dr b 0/1 (0.0 %)}]
}

func ExampleCell() {
	var c review.Coverage
	for _, p := range []review.Planned{{Person: "a", Plans: []review.CarePlan{examplePlan}, Registers: []string{"copd"}}, {Person: "b", Registers: []string{"copd", "diabetes"}}} {
		c.Add(&p, registry.Day(2024, 1, 1), review.PlanPolicy{})
	}
	for _, x := range c.Registers {
		fmt.Println(x.Name, x.Rate)
	}
	// Output:
	// copd 1/2 (50.0 %)
	// diabetes 0/1 (0.0 %)
}

func ExampleAnswer() {
	p := examplePlan
	p.Understood = review.NotAsked
	var c review.Coverage
	c.Add(&review.Planned{Plans: []review.CarePlan{p}}, registry.Day(2024, 1, 1), review.PlanPolicy{})
	fmt.Println(c.Understood, c.NotAsked)
	// Output: 0/0 (undefined) 1
}

func ExampleFourElements() {
	for _, l := range review.FourElements([]review.CarePlan{examplePlan}, registry.Day(2024, 1, 1), registry.Day(2024, 6, 1), review.PlanPolicy{}, nil) {
		fmt.Println(l.Element, "-", l.Why)
	}
	// Output:
	// care co-ordinator - the plan names none
	// regular review - the review was due 2024-05-01
}

func ExampleElement() {
	lacks := map[review.Element]string{}
	for _, l := range review.FourElements(nil, registry.Day(2024, 5, 1), registry.Day(2024, 6, 1), review.PlanPolicy{}, nil) {
		lacks[l.Element] = l.Why
	}
	for e := review.NeedsAssessed; e <= review.Reviewed; e++ {
		fmt.Printf("%v: %q\n", e, lacks[e])
	}
	// Output:
	// needs assessment: ""
	// care plan: "no care plan"
	// care co-ordinator: "no active plan names one"
	// regular review: "no active plan to review"
}

func ExampleLacking() {
	named := examplePlan
	named.CoOrdinator = "nurse c"
	for _, l := range review.FourElements([]review.CarePlan{named}, 0, registry.Day(2024, 4, 1), review.PlanPolicy{}, nil) {
		fmt.Println(l.Element, "-", l.Why)
	}
	// Output: needs assessment - no needs assessment
}

func exampleGaps() []recall.Gap {
	return []recall.Gap{
		{Key: "eye", Title: "Eye examination", Status: recall.OpenGap, State: recall.Overdue, Schedule: recall.Schedule{Due: registry.Day(2024, 5, 1)}, Closes: "an eye examination"},
		{Key: "foot", Title: "Foot inspection", Prompt: true},
	}
}

func ExamplePrompts() {
	var out review.PromptList
	review.Prompts(exampleGaps(), registry.Day(2024, 6, 1), 1, &out)
	fmt.Println(out.Prompts[0].Title, out.Prompts[0].State, "and", out.More, "more")
	// Output: Eye examination overdue and 1 more
}

func ExamplePrompt() {
	var out review.PromptList
	review.Prompts(exampleGaps(), registry.Day(2024, 6, 1), 0, &out)
	for _, p := range out.Prompts {
		fmt.Println(p.Title, p.Class, p.Due)
	}
	// Output:
	// Eye examination treatment 2024-05-01
	// Foot inspection treatment not recorded
}

func ExamplePromptList() {
	gaps := exampleGaps()
	gaps[0].Hidden = registry.Day(2024, 7, 1) // put aside until then
	var out review.PromptList
	for _, day := range []registry.Date{registry.Day(2024, 6, 1), registry.Day(2024, 7, 1)} {
		review.Prompts(gaps, day, 0, &out)
		for _, p := range out.Prompts {
			fmt.Println(day, p.Title)
		}
		fmt.Println(day, "put aside:", out.Hidden)
	}
	// Output:
	// 2024-06-01 Foot inspection
	// 2024-06-01 put aside: 1
	// 2024-07-01 Eye examination
	// 2024-07-01 Foot inspection
	// 2024-07-01 put aside: 0
}

func exampleSubject() *review.Subject {
	lab := func(id string, on registry.Date, coef int64) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}, When: registry.On(on), Value: registry.QuantityOf(registry.Num(coef, -1), "%")}
	}
	return &review.Subject{
		Patient: &registry.Patient{ID: "p1", Birth: registry.Day(1960, 1, 1), Facts: []registry.Fact{lab("l1", registry.Day(2023, 5, 1), 82), lab("l2", registry.Day(2024, 3, 1), 75),
			{ID: "m1", Kind: registry.MedicationDispense, Codes: []registry.Code{registry.NewCode("RxNorm", "860975")}, When: registry.On(registry.Day(2024, 5, 20)), Supply: &registry.Supply{Start: registry.Day(2024, 5, 20), Days: registry.Num(30, 0)}},
			{ID: "s1", Kind: registry.Encounter, Visit: &registry.Visit{Class: "IMP"}, When: registry.On(registry.Day(2024, 6, 2))}}},
		On: []review.On{{Register: "diabetes", Since: registry.Day(2019, 3, 1)}}, Gaps: exampleGaps(), Plans: []review.CarePlan{examplePlan},
		Contacts: []recall.Contact{{On: registry.Day(2024, 4, 1), Channel: "phone", Outcome: recall.Reached}},
	}
}

var exampleMeasures = review.SummaryPolicy{Measures: []review.Measure{{Name: "hba1c", Title: "HbA1c", Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}}}}

func ExampleSummarise() {
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2024, 6, 1), exampleMeasures, &out)
	fmt.Println(out.Person, out.Age, out.Registers[0].Register, "since", out.Registers[0].Since)
	for _, v := range out.Values {
		fmt.Println(v.Title, v.Value, v.On, v.Trend)
	}
	fmt.Println("plan:", out.Plan.State)
	// Output:
	// p1 64 diabetes since 2019-03-01
	// HbA1c 7.5 % 2024-03-01 falling
	// plan: review-overdue
}

func ExampleSummary() {
	// The year before: one value, hence no trend, and the plan was new.
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2023, 6, 1), exampleMeasures, &out)
	for _, v := range out.Values {
		fmt.Println(v.Title, v.Value, "trend", v.Trend)
	}
	fmt.Println("plan", out.Plan.State, "medicines", out.Medicines, "contacts", out.Contacts)
	// Output:
	// HbA1c 8.2 % trend not known
	// plan current medicines [] contacts []
}

func ExampleSubject() {
	// What has no place in the record comes beside it: registers, gaps, plans, contacts.
	s := exampleSubject()
	s.On = append(s.On, review.On{Register: "hypertension", Since: registry.Day(2021, 6, 1)})
	var out review.Summary
	review.Summarise(s, registry.Day(2024, 6, 1), exampleMeasures, &out)
	for _, r := range out.Registers {
		fmt.Println(r.Register, "since", r.Since)
	}
	for _, p := range out.Gaps {
		fmt.Println("open:", p.Title)
	}
	// Output:
	// diabetes since 2019-03-01
	// hypertension since 2021-06-01
	// open: Eye examination
	// open: Foot inspection
}

func ExampleSummaryPolicy() {
	p := exampleMeasures
	p.Contacts = 1 // the last one only
	s := exampleSubject()
	s.Contacts = append(s.Contacts, recall.Contact{On: registry.Day(2024, 5, 2), Channel: "letter", Outcome: recall.Reached})
	var out review.Summary
	review.Summarise(s, registry.Day(2024, 6, 1), p, &out)
	for _, c := range out.Contacts {
		fmt.Println(c.On, c.Channel)
	}
	// Output: 2024-05-02 letter
}

func ExampleMeasure() {
	// A measure by two codes, of which the record has one.
	m := review.Measure{Name: "hba1c", Title: "HbA1c", Codes: []registry.Code{registry.NewCode("LOINC", "17856-6"), registry.NewCode("LOINC", "4548-4")}}
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2024, 6, 1), review.SummaryPolicy{Measures: []review.Measure{m}}, &out)
	fmt.Println(out.Values[0].Title, out.Values[0].Value, "of", out.Values[0].Values, "values")
	// Output: HbA1c 7.5 % of 2 values
}

func ExampleLastValue() {
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2024, 6, 1), exampleMeasures, &out)
	fmt.Println(out.Values[0].Before, out.Values[0].BeforeOn, out.Values[0].Fact)
	// Output: 8.2 % 2023-05-01 l2
}

func ExampleTrend() {
	for _, last := range []int64{85, 82, 75} {
		s := exampleSubject()
		s.Patient.Facts[1].Value = registry.QuantityOf(registry.Num(last, -1), "%")
		var out review.Summary
		review.Summarise(s, registry.Day(2024, 6, 1), exampleMeasures, &out)
		fmt.Println(out.Values[0].Before, "then", out.Values[0].Value, "-", out.Values[0].Trend)
	}
	// Output:
	// 8.2 % then 8.5 % - rising
	// 8.2 % then 8.2 % - steady
	// 8.2 % then 7.5 % - falling
}

func ExampleOn() {
	// Who joined a register on the day of the admission was not on it the day before.
	s := exampleSubject()
	s.On = []review.On{{Register: "copd", Since: registry.Day(2024, 6, 2)}}
	r := review.UnplannedReview(s, &s.Patient.Facts[3], nil, review.ReviewPolicy{})
	fmt.Println(r.ForReview, r.Why)
	// Output: false on no register the day before
}

func ExampleMedicine() {
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2024, 6, 1), exampleMeasures, &out)
	m := out.Medicines[0]
	fmt.Println(m.Code.Display(), m.Kind, "until", m.Until)
	// Output: 860975 medication dispense until 2024-06-18
}

func ExampleUnplannedReview() {
	s := exampleSubject()
	r := review.UnplannedReview(s, &s.Patient.Facts[3], []string{"s1"}, review.ReviewPolicy{})
	fmt.Println(r.Before, r.Why)
	fmt.Println("last contact", r.DaysSince, "days before; plan", r.Plan.State)
	for _, p := range r.Open {
		fmt.Println("open:", p.Title)
	}
	// Output:
	// 2024-06-01 an unplanned admission of a register member
	// last contact 61 days before; plan review-overdue
	// open: Eye examination
	// open: Foot inspection
}

func ExampleAdmissionReview() {
	s := exampleSubject()
	s.On = nil
	r := review.UnplannedReview(s, &s.Patient.Facts[3], nil, review.ReviewPolicy{})
	fmt.Println(r.ForReview, r.Why)
	// Output: false on no register the day before
}

func ExampleReviewPolicy() {
	s := exampleSubject()
	s.Patient.Facts = append(s.Patient.Facts, registry.Fact{ID: "s0", Kind: registry.Encounter, Visit: &registry.Visit{Class: "IMP"}, When: registry.On(registry.Day(2023, 1, 9))})
	for _, years := range []int{1, 2} {
		r := review.UnplannedReview(s, &s.Patient.Facts[3], []string{"s0", "s1"}, review.ReviewPolicy{Lookback: recall.Every{N: years, Unit: recall.Year}})
		fmt.Println(years, "years back:", r.Earlier)
	}
	// Output:
	// 1 years back: []
	// 2 years back: [s0]
}

func ExampleBefore() {
	f := registry.Fact{When: registry.On(registry.Day(2024, 3, 1))}
	fmt.Println(review.Before(&f))
	// Output: 2024-02-29
}

func ExampleMovement() {
	m := review.Movement([]review.Member{{ID: "a", Reason: "score 12"}, {ID: "b", Reason: "score 9"}}, []review.Member{{ID: "b", Reason: "score 14"}, {ID: "c", Reason: "score 10"}}, []review.Member{{ID: "a", Reason: "moved away"}})
	fmt.Println(m.Joined, m.Stayed, m.Left)
	// Output: [{c score 10 }] [{b score 14 score 9}] [{a moved away score 12}]
}

func ExampleMember() {
	// The list of people at high risk, in January and in February.
	january := []review.Member{{ID: "a", Reason: "score 12"}}
	february := []review.Member{{ID: "a", Reason: "score 15"}, {ID: "a", Reason: "score 9"}} // twice: the first counts
	for _, m := range review.Movement(january, february, nil).Stayed {
		fmt.Println(m.ID, m.Was, "->", m.Why)
	}
	// Output: a score 12 -> score 15
}

func ExampleMoved() {
	m := review.Movement([]review.Member{{ID: "a", Reason: "score 12"}, {ID: "b", Reason: "score 9"}}, nil, []review.Member{{ID: "a", Reason: "died"}})
	for _, x := range m.Left {
		fmt.Printf("%s left (%q), was on the list for %s\n", x.ID, x.Why, x.Was)
	}
	// Output:
	// a left ("died"), was on the list for score 12
	// b left (""), was on the list for score 9
}

func ExampleMoves() {
	m := review.Movement([]review.Member{{ID: "a"}, {ID: "b"}}, []review.Member{{ID: "c"}, {ID: "b"}}, nil)
	for i, list := range [][]review.Moved{m.Joined, m.Stayed, m.Left} {
		for _, x := range list {
			fmt.Println([]string{"joined", "stayed", "left"}[i], x.ID)
		}
	}
	// Output:
	// joined c
	// stayed b
	// left a
}

// exampleChange compares a register for adults with one for people from 16 years on.
func exampleChange() review.Change {
	dx := registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}}
	b := registry.NewBinder(nil)
	before := registry.All{dx, registry.AgeAt{At: registry.PeriodEnd(), Min: 18}}.Bind(b)
	after := registry.All{dx, registry.AgeAt{At: registry.PeriodEnd(), Min: 16}}.Bind(b)
	lex, err := b.Lexicon()
	if err != nil {
		fmt.Println(err)
		return review.Change{}
	}
	p := &registry.Patient{ID: "p1", Birth: registry.Day(2008, 1, 1), Facts: []registry.Fact{{ID: "x1", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, When: registry.Since(registry.Day(2023, 1, 1))}}}
	return review.Compare(before, after, registry.NewChart(lex), slices.Values([]*registry.Patient{p}), registry.CalendarYear(2024))
}

func ExampleCompare() {
	for _, x := range exampleChange().Entered {
		fmt.Println(x.ID, x.Facts)
		for _, why := range x.Because {
			fmt.Println(" ", why)
		}
	}
	// Output:
	// p1 [x1]
	//   before not met: age 18 or older at the end of the period
	//   now met: age 16 or older at the end of the period
}

func ExampleChange() {
	c := exampleChange()
	for _, x := range c.Entered {
		fmt.Println("enters:", x.ID)
	}
	fmt.Println("on both:", c.Both, "leave:", c.Left)
	// Output:
	// enters: p1
	// on both: 0 leave: []
}

func ExampleChanged() {
	for _, x := range exampleChange().Entered {
		fmt.Println(x.ID, "by", x.Facts, "since", x.Because[1])
	}
	// Output: p1 by [x1] since now met: age 16 or older at the end of the period
}
