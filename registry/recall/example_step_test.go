package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleStep() {
	// At goal every 6 months, otherwise every 3.
	a1c := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}}
	plan, err := recall.Compile(nil, recall.Recommendation{ID: "dm.hba1c", Key: "hba1c", Title: "HbA1c", Evidence: a1c, Timing: recall.Timing{Interval: recall.Every{N: 3, Unit: recall.Month}},
		Steps: []recall.Step{{When: []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(7, 0), Unit: "%"}}, Every: recall.Every{N: 6, Unit: recall.Month}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	chart, today := plan.Chart(), registry.Day(2024, 2, 1)
	for _, tenths := range []int64{69, 82} {
		chart.LoadAsOf(&registry.Patient{Facts: []registry.Fact{{ID: "l1", Kind: registry.Observation, Codes: a1c.Codes, When: registry.On(registry.Day(2024, 1, 10)), Value: registry.QuantityOf(registry.Num(tenths, -1), "%")}}}, today)
		g := plan.Gaps(chart, nil, today, today, nil)[0]
		fmt.Println(g.Last.Value, "due", g.Due)
	}
	// Output:
	// 6.9 % due 2024-07-10
	// 8.2 % due 2024-04-10
}

func ExampleTest() {
	// The longer lead of two items wins.
	items := work()[:2]
	items[1].Tests = []recall.Test{{Name: "blood", LeadDays: 14}}
	visits, _ := recall.MergeVisits(items, registry.Day(2024, 4, 1), recall.VisitPolicy{})
	fmt.Println(visits[0].Tests)
	// Output: [{blood 2024-05-17}]
}

func ExampleTiming() {
	t := recall.Timing{Interval: recall.Every{N: 6, Unit: recall.Month}, Lead: recall.Every{N: 2, Unit: recall.Week}}
	s := t.Schedule(0, registry.Day(2024, 8, 31), 0)
	fmt.Println(t.Interval, s.Earliest, s.Due, s.At(registry.Day(2025, 2, 20)))
	// Output:
	// 6 months 2025-02-14 2025-02-28 due soon
}

func ExampleTrigger() {
	// A visit within a week of a discharge.
	stay := registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.ClassIn("IMP")}}
	plan := eyePlan(func(r *recall.Recommendation) {
		r.Trigger = &recall.Trigger{Fact: stay, ByEnd: true, To: recall.Every{N: 7, Unit: recall.Day}}
	})
	chart := plan.Chart()
	p := &registry.Patient{ID: "p3", Facts: []registry.Fact{{ID: "e1", Kind: registry.Encounter, Status: registry.Finished, Visit: &registry.Visit{Class: "IMP"}, When: registry.Between(registry.Day(2024, 3, 2), registry.Day(2024, 3, 10))}}}
	for _, day := range []registry.Date{registry.Day(2024, 3, 9), registry.Day(2024, 3, 12), registry.Day(2024, 3, 18)} {
		chart.LoadAsOf(p, day)
		g := plan.Gaps(chart, nil, day, day, nil)[0]
		fmt.Println(day, g.Status, "-", g.State)
	}
	// Output:
	// 2024-03-09 not-applicable - not yet
	// 2024-03-12 open-gap - due soon
	// 2024-03-18 open-gap - due
}

func ExampleUnit() {
	for _, u := range []recall.Unit{recall.Day, recall.Week, recall.Month, recall.Year} {
		fmt.Println(recall.Every{N: 2, Unit: u}, recall.Every{N: 2, Unit: u}.After(registry.Day(2024, 1, 31)))
	}
	// Output:
	// 2 days 2024-02-02
	// 2 weeks 2024-02-14
	// 2 months 2024-03-31
	// 2 years 2026-01-31
}

func ExampleUpcoming() {
	g := eyeGap(eyePlan(nil), nil, registry.Day(2024, 5, 1)) // due on 10 June
	for _, days := range []int{30, 60} {
		for _, u := range recall.Upcoming([]recall.Gap{g}, registry.Day(2024, 5, 1), days) {
			fmt.Println("within", days, "days:", u.Key, u.Due)
		}
	}
	// Output: within 60 days: eye 2024-06-10
}

func ExampleVisit() {
	visits, _ := recall.MergeVisits(work(), registry.Day(2024, 4, 1), recall.VisitPolicy{})
	for _, v := range visits {
		fmt.Println(v.Day, v.Roles, v.Minutes)
	}
	// Output:
	// 2024-05-31 [nurse podiatrist] 30
	// 2024-09-30 [nurse] 30
}

func ExampleVisitPolicy() {
	// No podiatrist at the surgery: feet get a visit of their own.
	showVisits(recall.MergeVisits(work(), registry.Day(2024, 4, 1), recall.VisitPolicy{Roles: []string{"nurse"}}))
	// Output:
	// 2024-05-31 10 minutes: hba1c
	// 2024-08-31 20 minutes: feet
	// 2024-08-31 30 minutes: spirometry
}

func ExampleBind() {
	// Registers and recommendations read one chart.
	b := registry.NewBinder(sets())
	onRegister := registry.Exists{Query: registry.Query{As: "diagnosis", Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}}}.Bind(b)
	plan, err := recall.Bind(b, sets(), recall.Recommendation{ID: "hba1c", Key: "hba1c", Title: "HbA1c", Source: "example",
		Evidence: registry.Query{Kind: registry.Observation, Sets: []registry.Set{hba1c}}, Timing: recall.Timing{Interval: recall.Every{N: 6, Unit: recall.Month}}})
	if err != nil {
		panic(err)
	}
	lexicon, err := b.Lexicon()
	if err != nil {
		panic(err)
	}
	day := registry.Day(2024, 6, 1)
	c := lexicon.Chart(&registry.Patient{ID: "p", Birth: registry.Day(1950, 1, 1), Facts: []registry.Fact{fact(registry.Diagnosis, diabetes, day)}})
	gaps := plan.Gaps(c, nil, day, day, nil)
	fmt.Println(onRegister.Holds(c, registry.Period{End: day}), gaps[0].Status)
	// Output: true open-gap
}
