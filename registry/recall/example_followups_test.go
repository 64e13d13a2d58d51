package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleFollowUps() {
	items, err := recall.FollowUps()
	for _, f := range items[:3] {
		fmt.Println(f.ID, f.Item, f.Default, f.Confirmation)
	}
	fmt.Println(len(items), err)
	// Output:
	// dm.visit diabetes-focused visit 6 months read
	// dm.hba1c.goal HbA1c 6 months read
	// dm.hba1c.off HbA1c 3 months secondary
	// 58 <nil>
}

func ExampleGap() {
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

func ExampleItem() {
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

func ExampleItemOf() {
	g := recall.Gap{Key: "eye", Schedule: recall.Timing{Interval: recall.Every{N: 1, Unit: recall.Year}}.Schedule(0, registry.Day(2024, 6, 10), 0)}
	fmt.Println(recall.ItemOf(g, "optometrist", 20).Deadline)
	// Output:
	// 2025-06-10
}

func ExampleKidneyCell() {
	g, err := recall.NewKidneyGrid()
	cell, ok := g.Cell(registry.Num(52, 0), &registry.Quantity{Value: registry.Num(45, 0), Unit: "mg/g"})
	fmt.Println(cell.Name, cell.Risk, cell.Every, ok, err)
	// Output:
	// G3aA2 high 6 months true <nil>
}

func ExampleKidneyGrid() {
	g, err := recall.NewKidneyGrid()
	cell, ok := g.Cell(registry.Num(52, 0), &registry.Quantity{Value: registry.Num(45, 0), Unit: "mg/g"})
	fmt.Println(cell.Name, cell.Risk, cell.Every, ok, err)
	// Output:
	// G3aA2 high 6 months true <nil>
}

func ExampleLadder() {
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

func ExampleLadderState() {
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

func ExampleLadderStep() {
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

func ExampleLadders() {
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

func ExampleMergeVisits() {
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

func ExampleNewKidneyGrid() {
	g, err := recall.NewKidneyGrid()
	cell, ok := g.Cell(registry.Num(52, 0), &registry.Quantity{Value: registry.Num(45, 0), Unit: "mg/g"})
	fmt.Println(cell.Name, cell.Risk, cell.Every, ok, err)
	// Output:
	// G3aA2 high 6 months true <nil>
}
