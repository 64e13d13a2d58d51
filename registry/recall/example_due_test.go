package recall_test

import (
	"fmt"

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
	fmt.Println((&recall.Policy{}).Check())
	// Output: recall: definition: ladder "" has no steps
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
	p := recall.Person{ID: "p1", OptedOut: []string{"phone"}, Language: "cy"}
	fmt.Println(p.ID, p.OptedOut, p.Language)
	// Output: p1 [phone] cy
}

func ExampleKeyStep() {
	fmt.Println(exampleDue(recall.Contact{On: registry.Day(2024, 4, 20), Channel: "text"}).Recalls[0].Keys)
	// Output: [{eye 2}]
}

func ExampleKeyRole() {
	fmt.Println(recall.KeyRole{Key: "eye", Role: "optometrist"}.Role)
	// Output: optometrist
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
	e := recall.Evaluation{Key: "kidney", Why: "the GFR changed by more than 20 %", On: registry.Day(2024, 1, 10)}
	fmt.Println(e.Key, e.On, e.Why)
	// Output: kidney 2024-01-10 the GFR changed by more than 20 %
}

func ExampleStarter() {
	dx := registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}
	lab := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}}
	recs, left, err := recall.Starter(recall.Bindings{
		Conditions: []recall.ConditionBinding{{Condition: "diabetes", Is: registry.Exists{Query: dx}, Since: &dx}},
		Items:      []recall.ItemBinding{{Item: "HbA1c", Key: "hba1c", Evidence: lab}},
		Rows:       []recall.RowBinding{{ID: "dm.uk.hba1c"}},
	})
	fmt.Println(recs[0].ID, recs[0].Interval, recs[0].Source, err)
	fmt.Println(len(recs), "made,", len(left), "left:", left[1].ID, left[1].Why)
	// Output:
	// dm.uk.hba1c 12 months England, National Diabetes Audit (eight care processes), 2024 <nil>
	// 1 made, 57 left: dm.hba1c.goal the row is not bound, it applies when: latest value at the personal goal and treatment unchanged
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
	x := recall.ItemBinding{Item: "blood pressure", Key: "pressure", Priority: 1}
	fmt.Println(x.Item, x.Key)
	// Output: blood pressure pressure
}

func ExampleRowBinding() {
	x := recall.RowBinding{ID: "htn.titration", Long: recall.Every{N: 3, Unit: recall.Month}}
	fmt.Println(x.ID, x.Long)
	// Output: htn.titration 3 months
}

func ExampleUnbound() {
	_, left, err := recall.Starter(recall.Bindings{})
	fmt.Println(len(left), left[0].Why, err)
	// Output: 58 the condition is not bound: diabetes <nil>
}
