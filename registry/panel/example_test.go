package panel_test

import (
	"fmt"

	"github.com/shopspring/decimal"

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
	// First the list, then two years of visits; who is still level is nobody's.
	p := panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}, {Months: 24}}, NoTies: true}
	rec := someone()
	fmt.Printf("%q %v\n", attribute(p, rec).Provider, attribute(p, rec).Reason)
	rec.Registrations = []panel.Registration{{ID: "1", Provider: "Dr Cole", Period: registry.Period{Start: registry.Day(2020, 1, 1)}}}
	fmt.Println(attribute(p, rec).Provider, "in pass", attribute(p, rec).Pass)
	// Output:
	// "" TIE
	// Dr Cole in pass 1
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
	// A cardiologist who sees somebody twice does not become the family doctor.
	rec := someone()
	rec.Visits = append(rec.Visits, panel.Visit{ID: "5", On: registry.Day(2024, 1, 20), Provider: "Dr Hart", Class: "cardiology"}, panel.Visit{ID: "6", On: registry.Day(2024, 2, 20), Provider: "Dr Hart", Class: "cardiology"})
	for _, classes := range [][]string{nil, {"primary"}} {
		fmt.Println(classes, attribute(panel.Policy{Passes: []panel.Pass{{Months: 12, Classes: classes}}}, rec).Provider)
	}
	// Output:
	// [] Dr Hart
	// [primary] Dr Bell
}

func ExampleMethod() {
	rec := someone()
	rec.Visits[0].Allowed = 9000 // Dr Ames: few visits, much money
	for _, m := range []panel.Method{panel.LastSeen, panel.MostSpend, panel.Majority} {
		a := attribute(panel.Policy{Passes: []panel.Pass{{Method: m}}}, rec)
		fmt.Printf("%v: %q %q\n", m, a.Provider, a.Reason)
	}
	// Output:
	// last seen: "Dr Bell" ""
	// most spend: "Dr Ames" ""
	// majority: "" "NO_MAJORITY"
}

func ExampleTieStep() {
	// Both have two visits: the last visit settles it, or the longer acquaintance.
	for _, step := range []panel.TieStep{panel.MostRecent, panel.LongestSpan, panel.LowestID} {
		ties := []panel.TieStep{step}
		if step != panel.LowestID {
			ties = append(ties, panel.LowestID)
		}
		fmt.Println(step, "-", attribute(panel.Policy{Ties: ties}, someone()).Provider)
	}
	// Output:
	// most recent visit - Dr Bell
	// longest span - Dr Bell
	// lowest ID - Dr Ames
}

func ExampleTieResult() {
	a := attribute(panel.Policy{Ties: []panel.TieStep{panel.HighestCost, panel.MostRecent, panel.LowestID}}, someone())
	for _, t := range a.Ties {
		fmt.Println(t.Step, "leaves", t.Left)
	}
	// Output:
	// highest cost leaves [Dr Ames Dr Bell]
	// most recent visit leaves [Dr Bell]
}

func ExampleVote() {
	for _, v := range attribute(panel.Policy{}, someone()).Votes {
		fmt.Println(v.Provider, v.Visits, "from", v.First, "to", v.Last)
	}
	// Output:
	// Dr Ames 2 from 2023-09-01 to 2024-01-10
	// Dr Bell 2 from 2023-08-01 to 2024-02-01
}

func ExampleReason() {
	rec := someone()
	rec.Death = registry.Day(2024, 2, 10)
	fmt.Println(attribute(panel.Policy{}, rec).Reason)
	fmt.Println(attribute(panel.Policy{}, panel.Record{Person: "p2"}).Reason)
	// Output:
	// DECEASED
	// NO_VISITS
}

func ExampleVisit() {
	// Two visits on one day count once; one without a provider is left out.
	day := registry.Day(2024, 1, 10)
	a := attribute(panel.Policy{}, panel.Record{Person: "p1", Visits: []panel.Visit{{ID: "1", On: day, Provider: "Dr Ames", Paid: 4200}, {ID: "2", On: day, Provider: "Dr Ames", Allowed: 900}, {ID: "3", On: day}}})
	fmt.Println(a.Votes[0].Visits, a.Votes[0].Amount, "left out", a.LeftOut)
	// Output: 1 5100 left out 1
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
	rec.OptedOut = registry.Day(2024, 3, 1)
	fmt.Println(attribute(panel.Policy{}, rec).Reason)
	// Output: OPTED_OUT
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
	a := attribute(panel.Policy{}, someone())
	b := attribute(panel.Policy{}, panel.Record{Person: "p2"})
	p, err := panel.Gather([]panel.Assignment{a.Assign(), b.Assign()})
	for _, x := range p.Assignments {
		fmt.Printf("%s: %q %q\n", x.Person, x.Provider, x.Reason)
	}
	fmt.Println(err)
	// Output:
	// p1: "Dr Bell" ""
	// p2: "" "NO_VISITS"
	// <nil>
}

func ExampleSize() {
	p, _ := panel.Gather([]panel.Assignment{{Person: "p1", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Ames"}, {Person: "p3", Provider: "Dr Bell"}})
	old := map[string]string{"p2": "1.8"} // an old person weighs more
	for _, s := range p.Weigh(func(person string) decimal.Decimal {
		if w, ok := old[person]; ok {
			return decimal.RequireFromString(w)
		}
		return decimal.NewFromInt(1)
	}) {
		fmt.Println(s.Provider, s.People, s.Weight)
	}
	// Output:
	// Dr Ames 2 2.8
	// Dr Bell 1 1
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
	before, _ := panel.Gather([]panel.Assignment{{Person: "p1", Provider: "Dr Ames"}})
	after, _ := panel.Gather([]panel.Assignment{{Person: "p1", Provider: "Dr Bell"}, {Person: "p2", Provider: "Dr Bell"}})
	for _, m := range panel.Moves(before, after) {
		fmt.Println(m.Person, m.Kind, "to", m.To, "new:", m.FromAbsent)
	}
	// Output:
	// p1 moved to Dr Bell new: false
	// p2 joined to Dr Bell new: true
}

func ExampleMoveKind() {
	before, _ := panel.Gather([]panel.Assignment{{Person: "p1", Reason: panel.NoVisits}, {Person: "p2", Provider: "Dr Ames"}})
	after, _ := panel.Gather([]panel.Assignment{{Person: "p1", Reason: panel.NoCoverage}, {Person: "p2", Reason: panel.Deceased}})
	for _, m := range panel.Moves(before, after) {
		fmt.Println(m.Person, m.Kind)
	}
	// Output:
	// p1 unsettled
	// p2 left
}

func ExampleOneAccountable() {
	faults, unknown := panel.OneAccountable([]string{"p1", "p2", "p3"}, []panel.Accountable{{Person: "p1", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Ames"}, {Person: "p2", Provider: "Dr Bell"}, {Person: "p9", Provider: "Dr Bell"}})
	for _, f := range faults {
		fmt.Println(f.Person, f.Providers)
	}
	fmt.Println("not of the population:", unknown)
	// Output:
	// p2 [Dr Ames Dr Bell]
	// p3 []
	// not of the population: [p9]
}

func ExampleAccountable() {
	// Named twice by two systems, but it is the same doctor: no fault.
	faults, _ := panel.OneAccountable([]string{"p1"}, []panel.Accountable{{Person: "p1", Provider: "Dr Ames"}, {Person: "p1", Provider: "Dr Ames"}})
	fmt.Println(faults)
	// Output: []
}

func ExampleAccountFault() {
	faults, _ := panel.OneAccountable([]string{"p1", "p2"}, []panel.Accountable{{Person: "p2", Provider: "Dr Bell"}, {Person: "p2", Provider: "Dr Ames"}})
	for _, f := range faults {
		fmt.Println(f.Person, len(f.Providers), f.Providers)
	}
	// Output:
	// p1 0 []
	// p2 2 [Dr Ames Dr Bell]
}

// attribute asks a policy about a record on 1 March 2024.
func attribute(p panel.Policy, rec panel.Record) (a panel.Attribution) {
	r, err := panel.New(p)
	if err != nil {
		fmt.Println(err)
		return a
	}
	r.Attribute(&rec, registry.Day(2024, 3, 1), &a)
	return a
}
