package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleFollowUps() {
	// Ask before you rely on them: how many were read at their source?
	items, err := recall.FollowUps()
	n := map[string]int{}
	for _, f := range items {
		n[f.Confirmation]++
	}
	fmt.Println("read", n["read"], "secondary", n["secondary"], "recall", n["recall"], err)
	// Output: read 27 secondary 26 recall 5 <nil>
}

func ExampleGap() {
	g := eyeGap(eyePlan(nil), nil, registry.Day(2024, 7, 1))
	fmt.Println(g.Text())
	fmt.Println("last", g.LastOn, "by", g.Last.ID, "- closes with", g.Closes)
	// Output:
	// Eye examination: open-gap, last on 2023-06-10, overdue 2024-06-10: DateOutOfRange
	// last 2023-06-10 by p1 - closes with procedure of Eye examination
}

func ExampleItem() {
	// What is already late goes on today, whatever else waits.
	items := []recall.Item{{Key: "bp", Earliest: registry.Day(2024, 1, 1), Deadline: registry.Day(2024, 3, 1), Minutes: 5}, {Key: "eye", Earliest: registry.Day(2024, 3, 1), Deadline: registry.Day(2024, 12, 1), Minutes: 20}}
	showVisits(recall.MergeVisits(items, registry.Day(2024, 4, 1), recall.VisitPolicy{}))
	// Output: 2024-04-01 25 minutes: bp eye
}

func ExampleItemOf() {
	g := recall.Gap{Key: "eye", Schedule: recall.Timing{Interval: recall.Every{N: 1, Unit: recall.Year}}.Schedule(0, registry.Day(2024, 6, 10), 0)}
	fmt.Println(recall.ItemOf(g, "optometrist", 20).Deadline)
	// Output:
	// 2025-06-10
}

func ExampleKidneyCell() {
	g, _ := recall.NewKidneyGrid()
	cell, _ := g.Cell(registry.Num(25, 0), nil)
	fmt.Println(cell.Name, cell.Risk, "every", cell.Every, "- ratio missing:", cell.ACRMissing)
	// Output: G4A1 very_high every 4 months - ratio missing: true
}

func ExampleKidneyGrid() {
	g, _ := recall.NewKidneyGrid()
	for _, ratio := range []registry.Quantity{{Value: registry.Num(45, 0), Unit: "mg/g"}, {Value: registry.Num(45, 0), Unit: "mg/mmol"}} {
		cell, ok := g.Cell(registry.Num(52, 0), &ratio)
		fmt.Println(ratio, cell.Name, cell.Risk, ok)
	}
	// Output:
	// 45 mg/g G3aA2 high true
	// 45 mg/mmol G3aA3 very_high true
}

func ExampleLadder() {
	own := recall.Ladder{ID: "ours", Steps: []recall.LadderStep{{N: 1, Channels: []string{"text"}}, {N: 2, MinDays: 10, Channels: []string{"letter"}}}}
	fmt.Println(own.Check())
	s := own.State([]recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "text"}}, registry.Day(2024, 4, 1), registry.Day(2024, 4, 3), recall.ContactRules{})
	fmt.Println("step", s.NextStep, "on", s.NextOn, "by", s.Channels)
	// Output:
	// <nil>
	// step 2 on 2024-04-12 by [letter]
}

func ExampleLadderState() {
	ladders, _ := recall.Ladders()
	sent := []recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "letter", Outcome: recall.NoAnswer}, {On: registry.Day(2024, 4, 9), Channel: "text", Outcome: recall.NoAnswer}}
	for n := range 3 { // before, between and after the two invitations of the UK rule
		s := ladders[0].State(sent[:n], registry.Day(2024, 4, 1), registry.Day(2024, 4, 20), recall.ContactRules{})
		fmt.Println("invited", s.Invited, "next", s.NextStep, s.Stage)
	}
	// Output:
	// invited 0 next 1 not invited
	// invited 1 next 2 invited
	// invited 2 next 0 no response
}

func ExampleLadderStep() {
	bad := recall.Ladder{ID: "ours", Steps: []recall.LadderStep{{N: 2, MinDays: -1}}}
	fmt.Println(bad.Check())
	// Output: recall: definition: ladder "ours": step 1 is number 2, -1 days, 0 channels
}

func ExampleLadders() {
	ladders, err := recall.Ladders()
	for _, l := range ladders {
		fmt.Println(l.ID, l.Confirmation)
		for _, s := range l.Steps {
			fmt.Println(" ", s.N, "after", s.MinDays, "days by", s.Channels)
		}
	}
	fmt.Println(err)
	// Output:
	// uk-two-invitations read
	//   1 after 0 days by [letter text phone]
	//   2 after 7 days by [text phone letter]
	// three-step-default design
	//   1 after 0 days by [text email letter]
	//   2 after 21 days by [text phone]
	//   3 after 21 days by [phone]
	// <nil>
}

func ExampleMergeVisits() {
	showVisits(recall.MergeVisits(work(), registry.Day(2024, 4, 1), recall.VisitPolicy{}))
	// Output:
	// 2024-05-31 30 minutes: hba1c feet
	// 2024-09-30 30 minutes: spirometry
}

func ExampleNewKidneyGrid() {
	g, err := recall.NewKidneyGrid()
	cell, ok := g.Cell(registry.Num(52, 0), &registry.Quantity{Value: registry.Num(45, 0), Unit: "mg/g"})
	fmt.Println(cell.Name, cell.Risk, cell.Every, ok, err)
	// Output:
	// G3aA2 high 6 months true <nil>
}
