package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleNote() {
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
	ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Kind: recall.Unsuitable, From: registry.Day(2024, 1, 1)}}}
	fmt.Println(plan.Gaps(chart, ctx, today, today, nil)[0].Text())
	ctx = &recall.Context{Away: &recall.Away{From: registry.Day(2024, 6, 1), Reason: "transferred"}}
	fmt.Println(plan.Gaps(chart, ctx, today, today, nil)[0].Text())
	// Output:
	// Eye examination: closed-gap (excluded: unsuitable)
	// Eye examination: not-applicable (transferred)
}

func ExampleOutcome() {
	ladders, err := recall.Ladders()
	if err != nil {
		fmt.Println(err)
		return
	}
	sent := []recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "letter", Outcome: recall.NoAnswer}}
	s := ladders[0].State(sent, registry.Day(2024, 4, 1), registry.Day(2024, 4, 3), recall.ContactRules{OptedOut: []string{"phone"}})
	fmt.Println(s.Stage, s.NextStep, s.NextOn, s.Channels)
	// Output:
	// invited 2 2024-04-09 [text letter]
}

func ExamplePlacement() {
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

func ExamplePlan() {
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
	for _, g := range plan.Gaps(chart, nil, today, registry.Day(2024, 12, 31), nil) {
		fmt.Println(g.Text(), g.DaysOverdue(today))
	}
	// Output:
	// Eye examination: open-gap, last on 2023-06-10, overdue 2024-06-10: DateOutOfRange 7
}

func ExamplePlannedTest() {
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

func ExamplePromptClass() {
	atGoal := recall.Step{When: []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(7, 0), Unit: "%"}}, Every: recall.Every{N: 6, Unit: recall.Month}}
	r := recall.Recommendation{ID: "dm.hba1c", Key: "hba1c", Steps: []recall.Step{atGoal}, Class: recall.Treatment}
	fmt.Println(r.Steps[0].Every)
	// Output:
	// 6 months
}

func ExampleRecommendation() {
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
	for _, g := range plan.Gaps(chart, nil, today, registry.Day(2024, 12, 31), nil) {
		fmt.Println(g.Text(), g.DaysOverdue(today))
	}
	// Output:
	// Eye examination: open-gap, last on 2023-06-10, overdue 2024-06-10: DateOutOfRange 7
}

func ExampleSchedule() {
	t := recall.Timing{Interval: recall.Every{N: 6, Unit: recall.Month}, Lead: recall.Every{N: 2, Unit: recall.Week}}
	s := t.Schedule(0, registry.Day(2024, 8, 31), 0)
	fmt.Println(t.Interval, s.Earliest, s.Due, s.At(registry.Day(2025, 2, 20)))
	// Output:
	// 6 months 2025-02-14 2025-02-28 due soon
}

func ExampleSeason() {
	flu := recall.Season{FromMonth: 9, FromDay: 1, ToMonth: 3, ToDay: 31}
	fmt.Println(flu.On(registry.Day(2025, 1, 10)), flu.On(registry.Day(2025, 5, 1)))
	// Output:
	// 2024-09-01 to 2025-03-31 2025-09-01 to 2026-03-31
}

func ExampleStage() {
	ladders, err := recall.Ladders()
	if err != nil {
		fmt.Println(err)
		return
	}
	sent := []recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "letter", Outcome: recall.NoAnswer}}
	s := ladders[0].State(sent, registry.Day(2024, 4, 1), registry.Day(2024, 4, 3), recall.ContactRules{OptedOut: []string{"phone"}})
	fmt.Println(s.Stage, s.NextStep, s.NextOn, s.Channels)
	// Output:
	// invited 2 2024-04-09 [text letter]
}

func ExampleState() {
	t := recall.Timing{Interval: recall.Every{N: 6, Unit: recall.Month}, Lead: recall.Every{N: 2, Unit: recall.Week}}
	s := t.Schedule(0, registry.Day(2024, 8, 31), 0)
	fmt.Println(t.Interval, s.Earliest, s.Due, s.At(registry.Day(2025, 2, 20)))
	// Output:
	// 6 months 2025-02-14 2025-02-28 due soon
}

func ExampleStatus() {
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
	for _, g := range plan.Gaps(chart, nil, today, registry.Day(2024, 12, 31), nil) {
		fmt.Println(g.Text(), g.DaysOverdue(today))
	}
	// Output:
	// Eye examination: open-gap, last on 2023-06-10, overdue 2024-06-10: DateOutOfRange 7
}
