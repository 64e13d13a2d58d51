package panel_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/panel"
)

func someone() panel.Record {
	return panel.Record{Person: "p1", Visits: []panel.Visit{
		{ID: "1", On: registry.Day(2023, 9, 1), Provider: "Dr Ames", Class: "primary"},
		{ID: "2", On: registry.Day(2024, 1, 10), Provider: "Dr Ames", Class: "primary"},
		{ID: "3", On: registry.Day(2023, 8, 1), Provider: "Dr Bell", Class: "primary"},
		{ID: "4", On: registry.Day(2024, 2, 1), Provider: "Dr Bell", Class: "primary"},
	}}
}

func ExampleRule() {
	r, err := panel.New(panel.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	rec := someone()
	var a panel.Attribution // reuse it for the next person
	r.Attribute(&rec, registry.Day(2024, 3, 1), &a)
	fmt.Print(a.Text())
	// Output:
	// p1: Dr Bell, by plurality in pass 1
	//   Dr Ames: 2 visits, 2023-09-01 to 2024-01-10, amount 0, 2 overall
	//   Dr Bell: 2 visits, 2023-08-01 to 2024-02-01, amount 0, 2 overall
	//   most recent visit leaves Dr Bell
}

func ExampleAttribution() {
	r, _ := panel.New(panel.Policy{Passes: []panel.Pass{{Method: panel.Majority}}})
	rec := someone()
	var a panel.Attribution
	r.Attribute(&rec, registry.Day(2024, 3, 1), &a)
	fmt.Println(a.Assign().Reason)
	// Output:
	// NO_MAJORITY
}

func ExampleNew() {
	_, err := panel.New(panel.Policy{Ties: []panel.TieStep{panel.MostRecent}})
	fmt.Println(err)
	// Output:
	// panel: policy: the tie steps do not end with the lowest ID
}

func ExamplePolicy() {
	r, err := panel.New(panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}, {Months: 24}}, NoTies: true})
	fmt.Println(r != nil, err)
	// Output:
	// true <nil>
}

func ExamplePrimaryFirst() {
	for _, p := range panel.PrimaryFirst("primary", "specialist").Passes {
		fmt.Println(p.Method, p.Months, p.Classes)
	}
	// Output:
	// plurality 0 [primary]
	// plurality 0 [specialist]
	// plurality 24 [primary]
	// plurality 24 [primary specialist]
	// plurality 24 []
}

func ExamplePass() {
	fmt.Println(panel.Pass{Method: panel.LastSeen, Months: 18, Settings: []string{"office"}}.Method)
	// Output:
	// last seen
}

func ExampleMethod() {
	fmt.Println(panel.Plurality, panel.Roster)
	// Output:
	// plurality roster
}

func ExampleTieStep() {
	fmt.Println(panel.MostRecent, "/", panel.LowestID)
	// Output:
	// most recent visit / lowest ID
}

func ExampleTieResult() {
	fmt.Println(panel.TieResult{Step: panel.HighestCost, Left: []string{"Dr Ames", "Dr Bell"}}.Left)
	// Output:
	// [Dr Ames Dr Bell]
}

func ExampleVote() {
	fmt.Println(panel.Vote{Provider: "Dr Ames", Visits: 3}.Visits)
	// Output:
	// 3
}

func ExampleReason() {
	fmt.Println(panel.NoVisits, panel.Deceased)
	// Output:
	// NO_VISITS DECEASED
}

func ExampleVisit() {
	fmt.Println(panel.Visit{ID: "1", On: registry.Day(2024, 1, 10), Provider: "Dr Ames", Paid: 4200}.On)
	// Output:
	// 2024-01-10
}

func ExampleRegistration() {
	r, _ := panel.New(panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}})
	rec := panel.Record{Person: "p1", Registrations: []panel.Registration{{ID: "1", Provider: "Dr Ames", Practice: "North", Period: registry.Period{Start: registry.Day(2020, 1, 1)}}}}
	var a panel.Attribution
	r.Attribute(&rec, registry.Day(2024, 1, 1), &a)
	fmt.Println(a.Provider, a.Practice)
	// Output:
	// Dr Ames North
}

func ExampleRecord() {
	rec := someone()
	fmt.Println(rec.Person, len(rec.Visits))
	// Output:
	// p1 4
}

func ExampleRecordOf() {
	p := &registry.Patient{ID: "p1", Facts: []registry.Fact{{ID: "e1", Kind: registry.Encounter, Status: registry.Finished, Provider: "Dr Ames", When: registry.On(registry.Day(2024, 1, 10))}}}
	fmt.Println(panel.RecordOf(p, nil).Visits[0].Provider)
	// Output:
	// Dr Ames
}

func ExampleGather() {
	p, err := panel.Gather([]panel.Assignment{{Person: "p2", Provider: "Dr Ames"}, {Person: "p1", Provider: "Dr Ames"}, {Person: "p3", Reason: panel.NoVisits}})
	fmt.Println(p.Panel("Dr Ames"), p.Unassigned()[0].Reason, err)
	// Output:
	// [p1 p2] NO_VISITS <nil>
}

func ExamplePanels() {
	p, _ := panel.Gather([]panel.Assignment{{Person: "p1", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Bell"}})
	for _, s := range p.Sizes() {
		fmt.Println(s.Provider, s.People)
	}
	// Output:
	// Dr Ames 1
	// Dr Bell 1
}

func ExampleAssignment() {
	fmt.Println(panel.Assignment{Person: "p1", Reason: panel.Tie}.Reason)
	// Output:
	// TIE
}

func ExampleSize() {
	fmt.Println(panel.Size{Provider: "Dr Ames", People: 1800}.People)
	// Output:
	// 1800
}

func ExampleMoves() {
	before, _ := panel.Gather([]panel.Assignment{{Person: "p1", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Ames"}})
	after, _ := panel.Gather([]panel.Assignment{{Person: "p1", Provider: "Dr Bell"}, {Person: "p2", Reason: panel.Deceased}})
	for _, m := range panel.Moves(before, after) {
		fmt.Printf("%s %v from %q to %q [%v]\n", m.Person, m.Kind, m.From, m.To, m.ToReason)
	}
	// Output:
	// p1 moved from "Dr Ames" to "Dr Bell" []
	// p2 left from "Dr Ames" to "" [DECEASED]
}

func ExampleMove() {
	fmt.Println(panel.Move{Person: "p1", Kind: panel.Joined, FromAbsent: true, To: "Dr Ames"}.Kind)
	// Output:
	// joined
}

func ExampleMoveKind() {
	fmt.Println(panel.Unsettled)
	// Output:
	// unsettled
}

func ExampleOneAccountable() {
	faults, unknown := panel.OneAccountable([]string{"p1", "p2", "p3"}, []panel.Accountable{{Person: "p1", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Bell"}})
	for _, f := range faults {
		fmt.Println(f.Person, f.Providers)
	}
	fmt.Println(len(unknown))
	// Output:
	// p2 [Dr Ames Dr Bell]
	// p3 []
	// 0
}

func ExampleAccountable() {
	fmt.Println(panel.Accountable{Person: "p1", Provider: "Dr Ames"}.Provider)
	// Output:
	// Dr Ames
}

func ExampleAccountFault() {
	fmt.Println(panel.AccountFault{Person: "p1"}.Person)
	// Output:
	// p1
}
