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
	fmt.Println(review.Current, review.OnHold, review.Closed)
	// Output: current on-hold closed
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
	fmt.Println(review.Cell{Name: "copd", Rate: registry.Rate{Num: 1, Den: 4}})
	// Output: {copd 1/4 (25.0 %)}
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
	fmt.Println(review.NeedsAssessed, review.PlanWritten)
	// Output: needs assessment care plan
}

func ExampleLacking() {
	l := review.FourElements(nil, 0, registry.Day(2024, 6, 1), review.PlanPolicy{}, nil)
	fmt.Println(len(l), l[1].Why)
	// Output: 4 no care plan
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
	gaps[0].Hidden = registry.Day(2024, 7, 1)
	var out review.PromptList
	review.Prompts(gaps, registry.Day(2024, 6, 1), 0, &out)
	fmt.Println(len(out.Prompts), out.Hidden)
	// Output: 1 1
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
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2023, 6, 1), exampleMeasures, &out)
	fmt.Println(out.Values[0].Value, out.Values[0].Trend, len(out.Contacts))
	// Output: 8.2 % not known 0
}

func ExampleSubject() {
	s := exampleSubject()
	fmt.Println(s.Patient.ID, len(s.Gaps), len(s.Plans))
	// Output: p1 2 1
}

func ExampleSummaryPolicy() {
	fmt.Println(exampleMeasures.Measures[0].Title, exampleMeasures.Contacts)
	// Output: HbA1c 0
}

func ExampleMeasure() {
	m := review.Measure{Name: "systolic", Title: "Systolic pressure", Codes: []registry.Code{registry.NewCode("LOINC", "8480-6")}}
	fmt.Println(m.Title, m.Codes[0].Display())
	// Output: Systolic pressure 8480-6
}

func ExampleLastValue() {
	var out review.Summary
	review.Summarise(exampleSubject(), registry.Day(2024, 6, 1), exampleMeasures, &out)
	fmt.Println(out.Values[0].Before, out.Values[0].BeforeOn, out.Values[0].Fact)
	// Output: 8.2 % 2023-05-01 l2
}

func ExampleTrend() {
	fmt.Println(review.Rising, review.Steady, review.TrendUnknown)
	// Output: rising steady not known
}

func ExampleOn() {
	fmt.Println(review.On{Register: "copd", Since: registry.Day(2020, 1, 1)}.Since)
	// Output: 2020-01-01
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
	fmt.Println("last contact", r.DaysSince, "days before;", len(r.Open), "open; plan", r.Plan.State)
	// Output:
	// 2024-06-01 an unplanned admission of a register member
	// last contact 61 days before; 2 open; plan review-overdue
}

func ExampleAdmissionReview() {
	s := exampleSubject()
	s.On = nil
	r := review.UnplannedReview(s, &s.Patient.Facts[3], nil, review.ReviewPolicy{})
	fmt.Println(r.ForReview, r.Why)
	// Output: false on no register the day before
}

func ExampleReviewPolicy() {
	p := review.ReviewPolicy{Lookback: recall.Every{N: 2, Unit: recall.Year}}
	fmt.Println(p.Lookback)
	// Output: 2 years
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
	fmt.Println(review.Member{ID: "a", Reason: "score 12"})
	// Output: {a score 12}
}

func ExampleMoved() {
	fmt.Println(review.Moved{ID: "a", Why: "died"}.Why)
	// Output: died
}

func ExampleMoves() {
	m := review.Movement(nil, []review.Member{{ID: "a"}}, nil)
	fmt.Println(len(m.Joined), len(m.Stayed), len(m.Left))
	// Output: 1 0 0
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
	fmt.Println(len(c.Entered), len(c.Left), c.Both, c.Neither)
	// Output: 1 0 0 0
}

func ExampleChanged() {
	fmt.Println(exampleChange().Entered[0].ID)
	// Output: p1
}
