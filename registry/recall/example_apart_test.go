package recall_test

import (
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleApart() {
	visits, _ := recall.MergeVisits(work(), registry.Day(2024, 4, 1), recall.VisitPolicy{MaxMinutes: 30, Roles: []string{"nurse"}})
	for _, a := range visits[0].Apart {
		fmt.Println(a.Key, "-", a.Why)
	}
	// Output: feet - no podiatrist is present
}

func ExampleAway() {
	ctx := &recall.Context{Away: &recall.Away{From: registry.Day(2024, 6, 1), Reason: "transferred"}}
	for _, day := range []registry.Date{registry.Day(2024, 5, 31), registry.Day(2024, 6, 1)} {
		g := eyeGap(eyePlan(nil), ctx, day)
		fmt.Println(g.Text())
	}
	// Output:
	// Eye examination: closed-gap, last on 2023-06-10, not yet 2024-06-10: Present, DateInRange
	// Eye examination: not-applicable (transferred)
}

func ExampleByUrgency() {
	gaps := []recall.Gap{{Key: "feet", State: recall.Due, Priority: 1}, {Key: "eye", State: recall.Overdue, Priority: 3}, {Key: "bp", State: recall.Overdue, Priority: 2}}
	slices.SortFunc(gaps, recall.ByUrgency)
	for _, g := range gaps {
		fmt.Println(g.Key, g.State)
	}
	// Output:
	// bp overdue
	// eye overdue
	// feet due
}

func ExampleCareScore() {
	gaps := []recall.Gap{{Key: "eye", Status: recall.OpenGap}, {Key: "feet", Status: recall.ClosedGap}, {Key: "flu", Status: recall.NotApplicable}}
	fmt.Println(recall.CareScore(gaps))
	fmt.Println(recall.CareScore(gaps, "feet", "flu"))
	// Output:
	// 1/2 (50.0 %) false
	// 1/1 (100.0 %) true
}

func ExampleCompile() {
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

func ExampleContact() {
	// A booking stops the invitations, a missed appointment goes on with them.
	ladders, _ := recall.Ladders()
	booked := recall.Contact{On: registry.Day(2024, 4, 2), Channel: "letter", Outcome: recall.Booked}
	missed := recall.Contact{On: registry.Day(2024, 4, 20), Outcome: recall.MissedAppointment}
	for _, history := range [][]recall.Contact{{booked}, {booked, missed}} {
		s := ladders[0].State(history, registry.Day(2024, 4, 1), registry.Day(2024, 5, 1), recall.ContactRules{})
		fmt.Println(s.Stage, "next step", s.NextStep)
	}
	// Output:
	// booked next step 0
	// invited next step 2
}

func ExampleContactRules() {
	ladders, _ := recall.Ladders()
	sent := []recall.Contact{{On: registry.Day(2024, 4, 2), Channel: "letter", Outcome: recall.NoAnswer}}
	for _, rules := range []recall.ContactRules{{}, {OptedOut: []string{"text"}, QuietDays: 21}} {
		s := ladders[0].State(sent, registry.Day(2024, 4, 1), registry.Day(2024, 4, 3), rules)
		fmt.Println("from", s.NextOn, "by", s.Channels)
	}
	// Output:
	// from 2024-04-09 by [text phone letter]
	// from 2024-04-23 by [phone letter]
}

func ExampleContext() {
	// A word about the gap hides it from lists; its dates stay.
	ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Snooze: true, Reason: "in hospital", From: registry.Day(2024, 6, 1), Until: registry.Day(2024, 6, 20)}}}
	for _, day := range []registry.Date{registry.Day(2024, 6, 12), registry.Day(2024, 6, 20)} {
		g := eyeGap(eyePlan(nil), ctx, day)
		fmt.Println(g.Status, g.State, g.Due, "on the list:", g.Open(day))
	}
	// Output:
	// open-gap due 2024-06-10 on the list: false
	// open-gap due 2024-06-10 on the list: true
}

func ExampleEvery() {
	// Months are clamped to the end of the month, and never stepped.
	e := recall.Every{N: 6, Unit: recall.Month}
	fmt.Println(e, "after", registry.Day(2024, 8, 31), "is", e.After(registry.Day(2024, 8, 31)))
	var read recall.Every
	fmt.Println(read.UnmarshalText([]byte("2 weeks")), read.Before(registry.Day(2024, 3, 1)))
	// Output:
	// 6 months after 2024-08-31 is 2025-02-28
	// <nil> 2024-02-16
}

func ExampleExclusion() {
	// A recorded refusal holds for a year, then the person is asked again.
	refused := registry.Code{System: "urn:local", Value: "eye declined"}
	plan := eyePlan(func(r *recall.Recommendation) {
		r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Observation, Codes: []registry.Code{refused}}, For: recall.Every{N: 12, Unit: recall.Month}}}
	})
	chart := plan.Chart()
	p := &registry.Patient{ID: "p2", Birth: registry.Day(1960, 5, 1), Facts: []registry.Fact{{ID: "r1", Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{refused}, When: registry.On(registry.Day(2023, 9, 1))}}}
	for _, day := range []registry.Date{registry.Day(2024, 7, 1), registry.Day(2024, 10, 1)} {
		chart.LoadAsOf(p, day)
		fmt.Println(day, plan.Gaps(chart, nil, day, day, nil)[0].Status)
	}
	// Output:
	// 2024-07-01 closed-gap
	// 2024-10-01 open-gap
}

func ExampleExclusionKind() {
	// Who declined leaves the count; who never answered leaves it too, and goes on being called.
	for _, kind := range []recall.ExclusionKind{recall.Declined, recall.NoResponse} {
		ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Kind: kind, From: registry.Day(2024, 6, 20)}}}
		g := eyeGap(eyePlan(nil), ctx, registry.Day(2024, 7, 1))
		fmt.Println(g.Text(), "- still called:", g.OnRecall)
	}
	// Output:
	// Eye examination: closed-gap (excluded: declined) - still called: false
	// Eye examination: closed-gap (excluded: no response) - still called: true
}

func ExampleFollowUp() {
	items, err := recall.FollowUps()
	for _, f := range items {
		if f.Condition == "asthma" {
			fmt.Println(f.ID, "-", f.Item, "-", f.Default, f.Confirmation)
		}
	}
	fmt.Println(err)
	// Output:
	// asthma.start - review - 3 months read
	// asthma.stable - review - 12 months read
	// asthma.flare - review - 14 days read
	// asthma.pregnant - review - 6 weeks read
	// asthma.uk - annual review - 12 months recall
	// <nil>
}
