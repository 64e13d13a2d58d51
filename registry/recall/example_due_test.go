package recall_test

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// exampleDue lists what is to be done for somebody whose eyes were due on 1 May.
func exampleDue(contacts ...recall.Contact) (out recall.DueList) {
	ladders, err := recall.Ladders()
	if err != nil {
		fmt.Println(err)
		return out
	}
	day := registry.Day(2024, 5, 20)
	g := recall.Gap{Key: "eye", Status: recall.OpenGap, Closes: "an eye examination", Schedule: recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}, Grace: recall.Every{N: 14, Unit: recall.Day}}.Schedule(0, registry.Day(2023, 5, 1), 0)}
	g.State = g.At(day)
	policy := recall.Policy{Ladder: ladders[1], Roles: []recall.KeyRole{{Key: "eye", Role: "optometrist"}}}
	policy.Due([]recall.Person{{ID: "p1", Gaps: []recall.Gap{g}, Contacts: contacts}}, day, &out)
	return out
}

func ExamplePolicy() {
	// Nobody is contacted twice within 30 days, whatever the ladder says.
	ladders, _ := recall.Ladders()
	policy := recall.Policy{Ladder: ladders[1], Rules: recall.ContactRules{QuietDays: 30}}
	var out recall.DueList
	day := registry.Day(2024, 7, 1)
	policy.Due([]recall.Person{{ID: "p1", Gaps: []recall.Gap{eyeGap(eyePlan(nil), nil, day)}, Contacts: []recall.Contact{{On: registry.Day(2024, 6, 12), Channel: "phone", Keys: []string{"feet"}}}}}, day, &out)
	for _, h := range out.Held {
		fmt.Println(h.Key, h.Why, h.Until)
	}
	fmt.Println((&recall.Policy{}).Check())
	// Output:
	// eye the next step waits for its day 2024-07-12
	// recall: definition: ladder "" has no steps
}

func ExampleDueList() {
	out := exampleDue()
	fmt.Println(out.Text())
	// Output: 2024-05-20: 1 recalls, 1 reminders, 0 held, 0 handed over
}

func ExampleRecall() {
	r := exampleDue().Recalls[0]
	fmt.Println(r.Person, r.Channel, r.Keys, r.Role, r.Reason, r.Due)
	// Output: p1 text [{eye 1}] optometrist overdue 2024-05-01
}

func ExampleReminder() {
	r := exampleDue().Reminders[0]
	fmt.Println(r.Key, r.State, r.DaysOverdue, "days; closes with", r.Closes)
	// Output: eye overdue 5 days; closes with an eye examination
}

func ExampleHeld() {
	h := exampleDue(recall.Contact{On: registry.Day(2024, 5, 10), Channel: "text"}).Held[0]
	fmt.Println(h.Key, h.Why, h.Until)
	// Output: eye the next step waits for its day 2024-05-31
}

func ExamplePerson() {
	// The default ladder begins with a text; whoever wants none of that is called otherwise.
	ladders, _ := recall.Ladders()
	policy := recall.Policy{Ladder: ladders[1]}
	g := eyeGap(eyePlan(nil), nil, registry.Day(2024, 7, 1))
	var out recall.DueList
	policy.Due([]recall.Person{
		{ID: "p1", Gaps: []recall.Gap{g}, Language: "cy"},
		{ID: "p2", Gaps: []recall.Gap{g}, OptedOut: []string{"text"}},
		{ID: "p3", Gaps: []recall.Gap{g}, Declined: true},
	}, registry.Day(2024, 7, 1), &out)
	for _, r := range out.Recalls {
		fmt.Printf("%s by %s %q\n", r.Person, r.Channel, r.Language)
	}
	for _, h := range out.Held {
		fmt.Println(h.Person, "held:", h.Why)
	}
	// Output:
	// p1 by text "cy"
	// p2 by email ""
	// p3 held: wants no calls
}

func ExampleKeyStep() {
	// The second invitation to the same care.
	for _, k := range exampleDue(recall.Contact{On: registry.Day(2024, 4, 20), Channel: "text"}).Recalls[0].Keys {
		fmt.Println(k.Key, "step", k.Step)
	}
	// Output: eye step 2
}

func ExampleKeyRole() {
	ladders, _ := recall.Ladders()
	var out recall.DueList
	day := registry.Day(2024, 7, 1)
	policy := recall.Policy{Ladder: ladders[1], Roles: []recall.KeyRole{{Key: "eye", Role: "optometrist"}}}
	policy.Due([]recall.Person{{ID: "p1", Gaps: []recall.Gap{eyeGap(eyePlan(nil), nil, day)}}}, day, &out)
	for _, r := range out.Reminders {
		fmt.Println(r.Person, r.Key, "for the", r.Role)
	}
	// Output: p1 eye for the optometrist
}

func ExampleRoleCount() {
	out := exampleDue()
	fmt.Println(out.ByRole())
	// Output: [{optometrist 1}]
}

func ExampleBundle() {
	b := recall.Bundle{ID: "diabetes", Keys: []string{"eye", "foot", "hba1c"}}
	var out recall.BundleResult
	b.Judge([]recall.Gap{{Key: "eye", Status: recall.OpenGap}, {Key: "foot", Status: recall.ClosedGap}, {Key: "hba1c", Status: recall.NotApplicable}}, &out)
	fmt.Println(out.Score, out.All, out.Missing)
	// Output: 1/2 (50.0 %) 0/1 (0.0 %) [eye]
}

func ExampleBundleResult() {
	b := recall.Bundle{Keys: []string{"eye"}}
	var out recall.BundleResult
	b.Judge(nil, &out)
	fmt.Println(out.All, out.Unknown)
	// Output: 0/0 (undefined) [eye]
}

func ExampleCalendar() {
	c := recall.Calendar{Years: 1, Month: 4, Day: 1}
	fmt.Println(c.Year(registry.Day(2024, 3, 31)))
	fmt.Println(c.Schedule(recall.Timing{}, 0, registry.Day(2024, 3, 31), 0).Due)
	// Output:
	// 2023-04-01 to 2024-03-31
	// 2024-04-01
}

func ExampleGridRule() {
	grid, err := recall.NewKidneyGrid()
	if err != nil {
		fmt.Println(err)
		return
	}
	gfr := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "62238-1")}}
	acr := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "9318-7")}}
	plan, err := recall.Compile(nil, recall.Recommendation{ID: "ckd", Key: "kidney", Title: "Kidney function", Evidence: gfr,
		Timing: recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}}, Grid: &recall.GridRule{Grid: grid, GFR: gfr, ACR: acr}})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &registry.Patient{Facts: []registry.Fact{{ID: "l1", Kind: registry.Observation, Codes: gfr.Codes, When: registry.On(registry.Day(2024, 1, 10)), Value: registry.QuantityOf(registry.Num(25, 0), "mL/min/1.73m2")}}}
	c, today := plan.Chart(), registry.Day(2024, 3, 1)
	c.LoadAsOf(p, today)
	g := plan.Gaps(c, nil, today, today, nil)[0]
	fmt.Println(g.Cell, g.Due, "ratio missing:", g.ACRMissing)
	// Output: G4A1 2024-05-10 ratio missing: true
}

func ExampleEvaluation() {
	grid, _ := recall.NewKidneyGrid()
	gfr := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "62238-1")}}
	acr := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "9318-7")}}
	plan, err := recall.Compile(nil, recall.Recommendation{ID: "ckd", Key: "kidney", Title: "Kidney function", Evidence: gfr,
		Timing: recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}}, Grid: &recall.GridRule{Grid: grid, GFR: gfr, ACR: acr}})
	if err != nil {
		fmt.Println(err)
		return
	}
	value := func(id string, on registry.Date, ml int64) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Observation, Codes: gfr.Codes, When: registry.On(on), Value: registry.QuantityOf(registry.Num(ml, 0), "mL/min/1.73m2")}
	}
	c, today := plan.Chart(), registry.Day(2024, 3, 1)
	c.LoadAsOf(&registry.Patient{Facts: []registry.Fact{value("l1", registry.Day(2023, 9, 1), 60), value("l2", registry.Day(2024, 1, 10), 45)}}, today)
	for _, e := range plan.Evaluations(c, today, nil) {
		fmt.Println(e.Key, e.On, e.Why)
		fmt.Println("from", e.From.Value, "to", e.To.Value)
	}
	// Output:
	// kidney 2024-01-10 the GFR changed by more than 20 %
	// from 60 mL/min/{1.73_m2} to 45 mL/min/{1.73_m2}
}

func ExampleStarter() {
	dx := registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}
	lab := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}}
	recs, left, err := recall.Starter(recall.Bindings{
		Conditions: []recall.ConditionBinding{{Condition: "diabetes", Is: registry.Exists{Query: dx}, Since: &dx}},
		Items:      []recall.ItemBinding{{Item: "HbA1c", Key: "hba1c", Evidence: lab}},
		Rows:       []recall.RowBinding{{ID: "dm.uk.hba1c"}},
	})
	for _, r := range recs {
		fmt.Println(r.ID, "every", r.Interval, "-", r.Source)
	}
	fmt.Println("left:", left[1].ID, "-", left[1].Why)
	fmt.Println(err)
	// Output:
	// dm.uk.hba1c every 12 months - England, National Diabetes Audit (eight care processes), 2024
	// left: dm.hba1c.goal - the row is not bound, it applies when: latest value at the personal goal and treatment unchanged
	// <nil>
}

func ExampleBindings() {
	_, _, err := recall.Starter(recall.Bindings{Rows: []recall.RowBinding{{ID: "dm.tea"}}})
	fmt.Println(err)
	// Output: recall: definition: the follow-up table has no row "dm.tea"
}

func ExampleConditionBinding() {
	_, _, err := recall.Starter(recall.Bindings{Conditions: []recall.ConditionBinding{{Condition: "CKD"}}})
	fmt.Println(err)
	// Output: recall: definition: condition "CKD" has no definition
}

func ExampleItemBinding() {
	// One binding serves a measurement of several conditions: their rows merge under one key.
	dx := registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "I10")}}
	bp := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "85354-9")}}
	recs, _, err := recall.Starter(recall.Bindings{
		Conditions: []recall.ConditionBinding{{Condition: "hypertension", Is: registry.Exists{Query: dx}}, {Condition: "diabetes", Is: registry.Exists{Query: dx}}},
		Items:      []recall.ItemBinding{{Item: "blood pressure", Key: "pressure", Evidence: bp, Priority: 1}},
		Rows:       []recall.RowBinding{{ID: "dm.uk.bp"}, {ID: "htn.stage2"}},
	})
	for _, r := range recs {
		fmt.Println(r.Key, "by", r.ID)
	}
	fmt.Println(err)
	// Output:
	// pressure by dm.bp
	// pressure by dm.uk.bp
	// pressure by htn.stage2
	// <nil>
}

func ExampleRowBinding() {
	dx := registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}
	lab := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}}
	b := recall.Bindings{
		Conditions: []recall.ConditionBinding{{Condition: "diabetes", Is: registry.Exists{Query: dx}}},
		Items:      []recall.ItemBinding{{Item: "HbA1c", Key: "hba1c", Evidence: lab}},
	}
	for _, rows := range [][]recall.RowBinding{nil, {{ID: "dm.uk.hba1c"}}} { // the national row is for those who ask for it
		b.Rows = rows
		recs, _, err := recall.Starter(b)
		for _, r := range recs {
			fmt.Println(r.ID, r.Interval)
		}
		fmt.Println("bound:", len(recs), err)
	}
	// Output:
	// bound: 0 <nil>
	// dm.uk.hba1c 12 months
	// bound: 1 <nil>
}

func ExampleUnbound() {
	dx := registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "J45.909")}}
	_, left, err := recall.Starter(recall.Bindings{Conditions: []recall.ConditionBinding{{Condition: "asthma", Is: registry.Exists{Query: dx}}}})
	for _, u := range left {
		if strings.HasPrefix(u.ID, "asthma") {
			fmt.Println(u.ID, "-", u.Why)
		}
	}
	fmt.Println(err)
	// Output:
	// asthma.start - the item is not bound: review
	// asthma.stable - the item is not bound: review
	// asthma.flare - the item is not bound: review
	// asthma.pregnant - the item is not bound: review
	// asthma.uk - the item is not bound: annual review
	// <nil>
}

// eyePlan asks for an eye examination every 12 months; change it before it is compiled.
func eyePlan(change func(*recall.Recommendation)) *recall.Plan {
	eye := registry.Set{Name: "Eye examination", OID: "1.3"}
	r := recall.Recommendation{
		ID: "dm.eye", Key: "eye", Title: "Eye examination",
		Evidence: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{eye}},
		Timing:   recall.Timing{Interval: recall.Every{N: 12, Unit: recall.Month}, Grace: recall.Every{N: 14, Unit: recall.Day}},
	}
	if change != nil {
		change(&r)
	}
	plan, err := recall.Compile([]registry.ValueSet{{OID: "1.3", Codes: []registry.Code{{System: "urn:local", Value: "eye"}}}}, r)
	if err != nil {
		panic(err)
	}
	return plan
}

// eyeGap judges somebody whose eyes were examined on 10 June 2023, as of a day.
func eyeGap(plan *recall.Plan, ctx *recall.Context, today registry.Date) recall.Gap {
	examined := registry.Fact{ID: "p1", Kind: registry.Procedure, Status: registry.Completed, Codes: []registry.Code{{System: "urn:local", Value: "eye"}}, When: registry.On(registry.Day(2023, 6, 10))}
	chart := plan.Chart()
	chart.LoadAsOf(&registry.Patient{ID: "p1", Birth: registry.Day(1960, 5, 1), Facts: []registry.Fact{examined}}, today)
	return plan.Gaps(chart, ctx, today, today, nil)[0]
}

// work is what is due in spring and summer.
func work() []recall.Item {
	d := func(m, day int) registry.Date { return registry.Day(2024, m, day) }
	return []recall.Item{
		{Key: "hba1c", Earliest: d(4, 1), Due: d(5, 1), Deadline: d(5, 31), Role: "nurse", Minutes: 10, Tests: []recall.Test{{Name: "blood", LeadDays: 7}}},
		{Key: "feet", Earliest: d(5, 15), Due: d(6, 15), Deadline: d(8, 31), Role: "podiatrist", Minutes: 20},
		{Key: "spirometry", Earliest: d(7, 1), Due: d(8, 1), Deadline: d(9, 30), Role: "nurse", Minutes: 30},
	}
}

func showVisits(visits []recall.Visit, err error) {
	for _, v := range visits {
		fmt.Print(v.Day, " ", v.Minutes, " minutes:")
		for _, i := range v.Items {
			fmt.Print(" ", i.Key)
		}
		fmt.Println()
	}
	if err != nil {
		fmt.Println(err)
	}
}
