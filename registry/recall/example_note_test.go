package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleNote() {
	ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Kind: recall.Unsuitable, From: registry.Day(2024, 1, 1), Until: registry.Day(2024, 6, 30)}}}
	for _, day := range []registry.Date{registry.Day(2024, 6, 30), registry.Day(2024, 7, 1)} {
		g := eyeGap(eyePlan(nil), ctx, day)
		fmt.Println(g.Text())
	}
	// Output:
	// Eye examination: closed-gap (excluded: unsuitable)
	// Eye examination: open-gap, last on 2023-06-10, overdue 2024-06-10: DateOutOfRange
}

func ExampleOutcome() {
	ladders, _ := recall.Ladders()
	for _, o := range []recall.Outcome{recall.NoAnswer, recall.Booked, recall.DeclinedCare} {
		s := ladders[0].State([]recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "letter", Outcome: o}}, registry.Day(2024, 4, 1), registry.Day(2024, 5, 1), recall.ContactRules{})
		fmt.Printf("%v: next step %d\n", o, s.NextStep)
	}
	// Output:
	// no answer: next step 2
	// booked: next step 0
	// declined: next step 0
}

func ExamplePlacement() {
	for _, place := range []recall.Placement{recall.AtDeadline, recall.AtEarliestDue} {
		visits, _ := recall.MergeVisits(work(), registry.Day(2024, 4, 1), recall.VisitPolicy{Place: place})
		for _, v := range visits {
			fmt.Print(v.Day, " ")
		}
		fmt.Println(len(visits), "visits")
	}
	// Output:
	// 2024-05-31 2024-09-30 2 visits
	// 2024-05-01 2024-06-15 2024-08-01 3 visits
}

func ExamplePlan() {
	plan := eyePlan(nil)
	today := registry.Day(2024, 7, 1)
	chart := plan.Chart()
	chart.LoadAsOf(&registry.Patient{ID: "p2", Birth: registry.Day(1960, 5, 1)}, today) // nothing known
	g := plan.Gaps(chart, nil, today, today, nil)[0]
	fmt.Println(g.Text())
	f := plan.Explain(chart, &g, today)
	fmt.Print(f.Text())
	// Output:
	// Eye examination: open-gap, overdue 1960-05-01: NotFound
	// no   there is a procedure of Eye examination (the fact), starting in the period [NotFound]
}

func ExamplePlannedTest() {
	visits, _ := recall.MergeVisits(work(), registry.Day(2024, 4, 1), recall.VisitPolicy{})
	for _, t := range visits[0].Tests {
		fmt.Println(t.Name, "on", t.Day, "for the visit on", visits[0].Day)
	}
	// Output: blood on 2024-05-24 for the visit on 2024-05-31
}

func ExamplePromptClass() {
	// What kind of behaviour the prompt asks for goes with the gap.
	for _, class := range []recall.PromptClass{recall.Prevention, recall.Prescribing} {
		g := eyeGap(eyePlan(func(r *recall.Recommendation) { r.Class = class }), nil, registry.Day(2024, 7, 1))
		fmt.Println(g.Key, g.State, "-", g.Class)
	}
	// Output:
	// eye overdue - prevention
	// eye overdue - prescribing
}

func ExampleRecommendation() {
	// From 50 on, and until 75: whoever is older is not asked.
	plan := eyePlan(func(r *recall.Recommendation) { r.SinceAge, r.UntilAge = 50, 75 })
	for _, day := range []registry.Date{registry.Day(2034, 5, 1), registry.Day(2035, 5, 1)} { // born on 1 May 1960
		g := eyeGap(plan, nil, day)
		fmt.Println(day, g.Text())
	}
	// Output:
	// 2034-05-01 Eye examination: open-gap, last on 2023-06-10, overdue 2024-06-10: DateOutOfRange
	// 2035-05-01 Eye examination: closed-gap, last on 2023-06-10, lapsed 2024-06-10: Present, DateInRange
}

func ExampleSchedule() {
	s := recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}, Lead: recall.Every{N: 4, Unit: recall.Week}, Grace: recall.Every{N: 14, Unit: recall.Day}}.Schedule(0, registry.Day(2023, 6, 10), 0)
	fmt.Println("from", s.Earliest, "due", s.Due, "overdue after", s.OverdueAfter)
	// Output: from 2024-05-13 due 2024-06-10 overdue after 2024-06-24
}

func ExampleSeason() {
	flu := recall.Season{FromMonth: 9, FromDay: 1, ToMonth: 3, ToDay: 31}
	fmt.Println(flu.On(registry.Day(2025, 1, 10)), flu.On(registry.Day(2025, 5, 1)))
	// Output:
	// 2024-09-01 to 2025-03-31 2025-09-01 to 2026-03-31
}

func ExampleStage() {
	ladders, _ := recall.Ladders()
	ignored := []recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "letter"}, {On: registry.Day(2024, 4, 12), Channel: "letter"}}
	for _, asOf := range []registry.Date{registry.Day(2024, 4, 1), registry.Day(2024, 4, 2), registry.Day(2024, 6, 1)} {
		fmt.Println(asOf, ladders[0].State(ignored, registry.Day(2024, 4, 1), asOf, recall.ContactRules{}).Stage)
	}
	// Output:
	// 2024-04-01 not invited
	// 2024-04-02 invited
	// 2024-06-01 no response
}

func ExampleState() {
	s := recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}, Lead: recall.Every{N: 4, Unit: recall.Week}, Grace: recall.Every{N: 14, Unit: recall.Day}}.Schedule(0, registry.Day(2023, 6, 10), 0)
	for _, day := range []registry.Date{registry.Day(2024, 5, 1), registry.Day(2024, 5, 20), registry.Day(2024, 6, 10), registry.Day(2024, 6, 25)} {
		fmt.Println(day, s.At(day))
	}
	// Output:
	// 2024-05-01 not yet
	// 2024-05-20 due soon
	// 2024-06-10 due
	// 2024-06-25 overdue
}

func ExampleStatus() {
	// By the end of the year the examination of June 2023 is too old; today it is not yet.
	plan := eyePlan(nil)
	chart, today := plan.Chart(), registry.Day(2024, 6, 1)
	chart.LoadAsOf(&registry.Patient{ID: "p1", Birth: registry.Day(1960, 5, 1), Facts: []registry.Fact{{ID: "p1", Kind: registry.Procedure, Status: registry.Completed, Codes: []registry.Code{{System: "urn:local", Value: "eye"}}, When: registry.On(registry.Day(2023, 6, 10))}}}, today)
	for _, through := range []registry.Date{today, registry.Day(2024, 12, 31)} {
		fmt.Println(through, plan.Gaps(chart, nil, today, through, nil)[0].Status)
	}
	// Output:
	// 2024-06-01 closed-gap
	// 2024-12-31 prospective-gap
}
