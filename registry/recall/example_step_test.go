package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleStep() {
	atGoal := recall.Step{When: []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(7, 0), Unit: "%"}}, Every: recall.Every{N: 6, Unit: recall.Month}}
	r := recall.Recommendation{ID: "dm.hba1c", Key: "hba1c", Steps: []recall.Step{atGoal}, Class: recall.Treatment}
	fmt.Println(r.Steps[0].Every)
	// Output:
	// 6 months
}

func ExampleTest() {
	d := func(m, day int) registry.Date { return registry.Day(2024, m, day) }
	items := []recall.Item{
		{Key: "hba1c", Earliest: d(4, 1), Deadline: d(5, 31), Minutes: 10, Tests: []recall.Test{{Name: "blood", LeadDays: 7}}},
		{Key: "feet", Earliest: d(5, 15), Deadline: d(8, 31), Minutes: 20},
		{Key: "spirometry", Earliest: d(7, 1), Deadline: d(9, 30), Minutes: 30},
	}
	visits, err := recall.MergeVisits(items, d(4, 1), recall.VisitPolicy{Place: recall.AtDeadline})
	for _, v := range visits {
		fmt.Println(v.Day, len(v.Items), v.Minutes, v.Tests, v.Apart)
	}
	fmt.Println(err)
	// Output:
	// 2024-05-31 2 30 [{blood 2024-05-24}] []
	// 2024-09-30 1 30 [] []
	// <nil>
}

func ExampleTiming() {
	t := recall.Timing{Interval: recall.Every{N: 6, Unit: recall.Month}, Lead: recall.Every{N: 2, Unit: recall.Week}}
	s := t.Schedule(0, registry.Day(2024, 8, 31), 0)
	fmt.Println(t.Interval, s.Earliest, s.Due, s.At(registry.Day(2025, 2, 20)))
	// Output:
	// 6 months 2025-02-14 2025-02-28 due soon
}

func ExampleTrigger() {
	stay := registry.Query{Kind: registry.Encounter, Sets: []registry.Set{{Name: "Inpatient stay", OID: "1.5"}}}
	t := recall.Trigger{Fact: stay, ByEnd: true, From: recall.Every{N: 1, Unit: recall.Day}, To: recall.Every{N: 3, Unit: recall.Day}}
	discharged := registry.Day(2024, 3, 10)
	fmt.Println(t.From.After(discharged), t.To.After(discharged))
	// Output:
	// 2024-03-11 2024-03-13
}

func ExampleUnit() {
	t := recall.Timing{Interval: recall.Every{N: 6, Unit: recall.Month}, Lead: recall.Every{N: 2, Unit: recall.Week}}
	s := t.Schedule(0, registry.Day(2024, 8, 31), 0)
	fmt.Println(t.Interval, s.Earliest, s.Due, s.At(registry.Day(2025, 2, 20)))
	// Output:
	// 6 months 2025-02-14 2025-02-28 due soon
}

func ExampleUpcoming() {
	eye := registry.Set{Name: "Eye examination", OID: "1.3"}
	code := registry.Code{System: "urn:local", Value: "eye"}
	plan, err := recall.Compile([]registry.ValueSet{{OID: "1.3", Codes: []registry.Code{code}}}, recall.Recommendation{
		ID: "dm.eye", Key: "eye", Title: "Eye examination",
		Evidence: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{eye}},
		Timing:   recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}, Grace: recall.Every{N: 14, Unit: recall.Day}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	patient := &registry.Patient{Birth: registry.Day(1960, 5, 1), Facts: []registry.Fact{
		{ID: "p1", Kind: registry.Procedure, Status: registry.Completed, Codes: []registry.Code{code}, When: registry.On(registry.Day(2023, 6, 10))}}}
	chart, today := plan.Chart(), registry.Day(2024, 7, 1)
	chart.LoadAsOf(patient, today)
	gaps := plan.Gaps(chart, nil, today, today, nil)
	for _, g := range recall.Upcoming(gaps, today, 30) {
		fmt.Println(g.Key, g.State, g.Due)
	}
	score, all := recall.CareScore(gaps)
	fmt.Println(score, all)
	// Output:
	// eye overdue 2024-06-10
	// 0/1 (0.0 %) false
}

func ExampleVisit() {
	d := func(m, day int) registry.Date { return registry.Day(2024, m, day) }
	items := []recall.Item{
		{Key: "hba1c", Earliest: d(4, 1), Deadline: d(5, 31), Minutes: 10, Tests: []recall.Test{{Name: "blood", LeadDays: 7}}},
		{Key: "feet", Earliest: d(5, 15), Deadline: d(8, 31), Minutes: 20},
		{Key: "spirometry", Earliest: d(7, 1), Deadline: d(9, 30), Minutes: 30},
	}
	visits, err := recall.MergeVisits(items, d(4, 1), recall.VisitPolicy{Place: recall.AtDeadline})
	for _, v := range visits {
		fmt.Println(v.Day, len(v.Items), v.Minutes, v.Tests, v.Apart)
	}
	fmt.Println(err)
	// Output:
	// 2024-05-31 2 30 [{blood 2024-05-24}] []
	// 2024-09-30 1 30 [] []
	// <nil>
}

func ExampleVisitPolicy() {
	d := func(m, day int) registry.Date { return registry.Day(2024, m, day) }
	items := []recall.Item{
		{Key: "hba1c", Earliest: d(4, 1), Deadline: d(5, 31), Minutes: 10, Tests: []recall.Test{{Name: "blood", LeadDays: 7}}},
		{Key: "feet", Earliest: d(5, 15), Deadline: d(8, 31), Minutes: 20},
		{Key: "spirometry", Earliest: d(7, 1), Deadline: d(9, 30), Minutes: 30},
	}
	visits, err := recall.MergeVisits(items, d(4, 1), recall.VisitPolicy{Place: recall.AtDeadline})
	for _, v := range visits {
		fmt.Println(v.Day, len(v.Items), v.Minutes, v.Tests, v.Apart)
	}
	fmt.Println(err)
	// Output:
	// 2024-05-31 2 30 [{blood 2024-05-24}] []
	// 2024-09-30 1 30 [] []
	// <nil>
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
