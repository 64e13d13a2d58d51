package delivery_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

func TestProgrammeWorkFaults(t *testing.T) {
	p := programme()
	p.ReviewRole, p.Managers = "", 2
	p.Contacts = append(p.Contacts, p.Contacts[0])
	p.Tasks = []delivery.ProgrammeTask{{Task: delivery.Task{ID: "t", Roles: []string{"nurse"}}, Kind: delivery.ContactWork, What: "x", From: "asleep"}}
	p.Goals = nil
	p.Discharges = []delivery.DischargeRule{{To: "gone", All: []string{"a"}}, {To: delivery.Completed, Goals: true}}
	faults(t, p.Check(), caremodel.ErrDefinition, 7, "2 managers without a caseload", `contact 2: level 0 by "phone" twice`, `is of kind "contact"`, `counts from "asleep"`, `the review is by ""`, `discharge 1 to "gone"`, "discharge 2 to completed asks nothing")
	// places, and a pathway on which nobody is enrolled
	q := programme()
	q.Places = 1
	q.Steps = []caremodel.Edge[delivery.State]{{From: delivery.Identified, To: delivery.Active}, {From: delivery.Active, To: delivery.Completed}}
	faults(t, q.Check(), caremodel.ErrDefinition, 1, "nobody can be enrolled")
}

func TestCapacity(t *testing.T) {
	for _, c := range []struct {
		places, managers, high, want int
		limited                      bool
	}{{0, 0, 150, 0, false}, {100, 0, 150, 100, true}, {0, 2, 150, 300, true}, {200, 2, 150, 200, true}, {400, 2, 150, 300, true}, {300, 2, 150, 300, true}} {
		p := delivery.Programme{Places: c.places, Managers: c.managers, Caseload: delivery.Caseload{Low: 125, High: c.high}}
		if n, limited := p.Capacity(); n != c.want || limited != c.limited {
			t.Errorf("%+v: %d %v", c, n, limited)
		}
	}
}

// What is not known of levels, referral and conditions, at the edges.
func TestQualifiesEdges(t *testing.T) {
	yes := map[string]caremodel.Answer{"diabetes": caremodel.Yes}
	evercare, err := eligibility.New("evercare", eligibility.Parameters{LookBackMonths: 12})
	if err != nil {
		t.Fatal(err)
	}
	young := eligibility.Inputs{eligibility.Age: eligibility.Number(40), eligibility.EmergencyAdmissions: eligibility.Number(0)}
	for name, c := range map[string]struct {
		edit func(p *delivery.Programme)
		c    delivery.Candidate
		want eligibility.Answered
	}{
		"nothing known":           {nil, delivery.Candidate{}, eligibility.CannotTell},
		"in part":                 {nil, delivery.Candidate{Conditions: map[string]caremodel.Answer{"diabetes": caremodel.Partly}}, eligibility.IsEligible},
		"another condition":       {nil, delivery.Candidate{Conditions: map[string]caremodel.Answer{"asthma": caremodel.Yes, "diabetes": caremodel.No}}, eligibility.NotEligible},
		"level not known":         {func(p *delivery.Programme) { p.Levels = []int{2, 3} }, delivery.Candidate{Conditions: yes}, eligibility.CannotTell},
		"any level will do":       {func(p *delivery.Programme) { p.Levels = []int{1, 2, 3} }, delivery.Candidate{Conditions: yes}, eligibility.IsEligible},
		"all it can be will do":   {func(p *delivery.Programme) { p.Levels = []int{2, 3} }, delivery.Candidate{Conditions: yes, Possible: []int{3, 2}}, eligibility.IsEligible},
		"nothing it can be will":  {func(p *delivery.Programme) { p.Levels = []int{1} }, delivery.Candidate{Conditions: yes, Possible: []int{3, 2}}, eligibility.NotEligible},
		"the level speaks":        {func(p *delivery.Programme) { p.Levels = []int{1} }, delivery.Candidate{Conditions: yes, Level: 2, Possible: []int{1}}, eligibility.NotEligible},
		"a no beats the unknown":  {func(p *delivery.Programme) { p.Levels = []int{1} }, delivery.Candidate{Level: 2}, eligibility.NotEligible},
		"referral, not condition": {func(p *delivery.Programme) { p.Referral = true }, delivery.Candidate{Route: delivery.ByReferral, Conditions: map[string]caremodel.Answer{"diabetes": caremodel.No}}, eligibility.NotEligible},
		"referral for the level":  {func(p *delivery.Programme) { p.Referral, p.Levels = true, []int{3} }, delivery.Candidate{Route: delivery.ByReferral, Level: 1, Conditions: yes}, eligibility.IsEligible},
		"no referrals taken":      {func(p *delivery.Programme) { p.Levels = []int{3} }, delivery.Candidate{Route: delivery.ByReferral, Level: 1, Conditions: yes}, eligibility.NotEligible},
		"too young":               {func(p *delivery.Programme) { p.Entry = evercare }, delivery.Candidate{Route: delivery.ByRule, Conditions: yes, Inputs: young}, eligibility.CannotTell}, // may be referred
		"a rule that asks for it": {func(p *delivery.Programme) { p.Entry = evercare }, delivery.Candidate{Route: delivery.ByReferral, Conditions: yes, Inputs: young}, eligibility.IsEligible},
		"the inputs know better":  {func(p *delivery.Programme) { p.Entry = evercare }, delivery.Candidate{Route: delivery.ByReferral, Conditions: yes, Inputs: eligibility.Inputs{eligibility.Age: eligibility.Number(40), eligibility.Referred: eligibility.No()}}, eligibility.NotEligible},
		"over 65 and twice in":    {func(p *delivery.Programme) { p.Entry = evercare }, delivery.Candidate{Conditions: yes, Inputs: eligibility.Inputs{eligibility.Age: eligibility.Number(66), eligibility.EmergencyAdmissions: eligibility.Number(2)}}, eligibility.IsEligible},
		"65 is not over 65":       {func(p *delivery.Programme) { p.Entry = evercare }, delivery.Candidate{Conditions: yes, Inputs: eligibility.Inputs{eligibility.Age: eligibility.Number(65), eligibility.EmergencyAdmissions: eligibility.Number(2), eligibility.Referred: eligibility.No()}}, eligibility.NotEligible},
	} {
		p := programme()
		if c.edit != nil {
			c.edit(p)
		}
		if q := p.Qualifies(c.c); q.Answer != c.want {
			t.Errorf("%s: %+v", name, q)
		}
	}
	if len(young) != 2 {
		t.Error("the caller's inputs were changed")
	}
}

func TestEntryRefuses(t *testing.T) {
	e := enrolments()
	open := func(r delivery.Route) delivery.Episode {
		x, err := e.Open(nil, delivery.Episode{ID: "x", Person: "p", Programme: "dm", Route: r, SelectedBy: "organisation", Coordinator: "dr a"}, day(1, 5))
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	step := func(x *delivery.Episode, d int, to delivery.State) error {
		return e.Step(x, caremodel.Step[delivery.State]{On: day(1, d), To: to, Reason: "so"})
	}
	assessed := func(c delivery.Candidate) delivery.Episode {
		x := open(delivery.ByRule)
		if _, err := e.Assess(&x, c, "nurse"); err != nil {
			t.Fatal(err)
		}
		return x
	}
	refused := func(name string, err error, says string) {
		t.Helper()
		if !errors.Is(err, caremodel.ErrTransition) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	x := open(delivery.ByRule)
	refused("not asked", step(&x, 6, delivery.Assessed), "nobody asked")
	for name, c := range map[string]delivery.Candidate{"before": fit(day(1, 4)), "no day": fit(0)} {
		_, err := e.Assess(&x, c, "nurse")
		refused(name, err, "not after")
	}
	_, err := e.Assess(&delivery.Episode{ID: "x", Programme: "?"}, fit(day(1, 6)), "nurse")
	refused("no programme", err, "no programme")
	_, err = e.Assess(&delivery.Episode{ID: "x", Programme: "dm"}, fit(day(1, 6)), "nurse")
	refused("not begun", err, "not open")
	if len(x.Assessments) != 0 || len(x.History) != 1 {
		t.Error("a refused assessment changed the episode")
	}
	x = assessed(fit(day(1, 6)))
	_, err = e.Assess(&x, fit(day(1, 6)), "nurse")
	refused("twice a day", err, "not after")
	x.Assessments[0].Route = delivery.BySelf
	refused("another route", step(&x, 7, delivery.Offered), `by "self"`)
	x.Assessments[0].Route, x.Assessments[0].Programme = delivery.ByRule, "other"
	refused("another programme", step(&x, 7, delivery.Offered), `"other"`)

	// an answer may change until the last step in, and an override has to be whole and in time
	x = assessed(delivery.Candidate{On: day(1, 6)})
	refused("cannot tell", step(&x, 7, delivery.Offered), "cannot tell")
	for name, o := range map[string]delivery.Override{"no day": {By: "dr a", Reason: "r"}, "nobody": {On: day(1, 6), Reason: "r"}, "no reason": {On: day(1, 6), By: "dr a", Reason: " "}, "later": {On: day(1, 8), By: "dr a", Reason: "r"}} {
		x.Override = o
		refused(name, step(&x, 7, delivery.Offered), "no override")
	}
	x.Override = delivery.Override{}
	if q, err := e.Assess(&x, fit(day(1, 7)), "nurse"); err != nil || q.Answer != eligibility.IsEligible || len(x.Assessments) != 2 || len(x.History) != 2 {
		t.Error(q, err, x.History)
	}
	if err := step(&x, 7, delivery.Offered); err != nil {
		t.Error(err)
	}
	if q, err := e.Assess(&x, delivery.Candidate{On: day(1, 8), Conditions: map[string]caremodel.Answer{"diabetes": caremodel.No}}, "nurse"); err != nil || q.Answer != eligibility.NotEligible {
		t.Error(q, err)
	}
	refused("does not qualify any more", step(&x, 9, delivery.Enrolled), "not eligible")
	x.Override = delivery.Override{On: day(1, 9), By: "dr a", Reason: "in remission"}
	if err := step(&x, 9, delivery.Enrolled); err != nil {
		t.Error(err)
	}
	if err := e.Check([]delivery.Episode{x}); err != nil {
		t.Error("what was qualified then is not judged by later answers", err)
	}
	x.Override.On = day(1, 10)
	x.Assessments = x.Assessments[2:]
	faults(t, e.Check([]delivery.Episode{x}), caremodel.ErrTransition, 3, "assessed on 2024-01-06: nobody asked", "offered on 2024-01-07: nobody asked", "enrolled on 2024-01-09: the assessment of 2024-01-08 says not eligible")
	if err := step(&x, 20, delivery.Died); err != nil {
		t.Error(err)
	}
	_, err = e.Assess(&x, fit(day(1, 21)), "nurse")
	refused("ended", err, "not open")
}

func TestPlacesEdges(t *testing.T) {
	e, xs := limited()
	_, err := e.WaitingList("x", append(xs, xs[0], delivery.Episode{}), 0)
	faults(t, err, caremodel.ErrDefinition, 3, `no programme "x"`, `episode "ann"`, `episode ""`)
	before := fmt.Sprint(xs)
	_, err = e.Admit("dm", xs, day(1, 3), "clerk") // the offers are of the 3rd, the acceptances later
	if err != nil || fmt.Sprint(xs) != before {
		t.Error(err)
	}
	_, err = e.Admit("dm", xs, day(1, 2), "clerk")
	faults(t, err, caremodel.ErrTransition, 3, `"ann" has a step on 2024-01-03`, `"bob"`, `"cem"`)
	if fmt.Sprint(xs) != before {
		t.Error("a refused admission changed an episode")
	}
	// who accepted before there was an offer, or has none, is not lost
	xs[2].Accepted = day(1, 2)
	early := walked("dia", delivery.Assessed)
	early.Accepted = day(1, 4)
	w, err := e.WaitingList("dm", append(xs, early), day(1, 12))
	if err != nil || len(w.Next) != 1 || len(w.Waiting) != 1 || len(w.Barred) != 2 || !strings.Contains(w.Barred[0].Why, "accepted before offered") || !strings.Contains(w.Barred[1].Why, "assessed: there is no offer yet") {
		t.Errorf("%+v %v", w, err)
	}
	// the day before, nobody waits; on the day one does, for 0 days
	xs[2].Accepted = day(1, 5)
	for d, n := range map[int]int{4: 0, 5: 1} {
		if w, _ := e.WaitingList("dm", xs, day(1, d)); len(w.Next) != n || n > 0 && w.Next[0].Days != 0 {
			t.Errorf("%d: %+v", d, w)
		}
	}
	// on hold keeps the place; places that were taken away are an issue, and nobody enters
	if _, err := e.Admit("dm", xs, day(1, 12), "clerk"); err != nil {
		t.Fatal(err)
	}
	for d, to := range []delivery.State{delivery.Active, delivery.OnHold, delivery.Active} {
		if err := e.Step(&xs[2], caremodel.Step[delivery.State]{On: day(1, 13+d), To: to}); err != nil {
			t.Fatal(err)
		}
		if w, _ := e.Admit("dm", xs, day(1, 13+d), "clerk"); w.Inside != 1 || len(w.Entered) != 0 || len(w.Waiting) != 2 {
			t.Errorf("%s: %+v", to, w)
		}
	}
	more, _ := limited()
	if _, err := more.Admit("dm", xs, day(2, 1), "clerk"); err != nil {
		t.Fatal(err)
	}
	p := programme()
	free, _ := delivery.NewEnrolments(p)
	if w, err := free.Admit("dm", xs, day(2, 2), "clerk"); err != nil || len(w.Entered) != 2 || w.Limited || len(w.Waiting) != 0 {
		t.Errorf("%+v %v", w, err)
	}
	w, err = e.Admit("dm", xs, day(2, 3), "clerk")
	if err != nil || w.Free != 0 || len(w.Issues) != 1 || w.Issues[0].Code != caremodel.OverCapacity || !strings.Contains(w.Issues[0].Detail, "3 people in 1 places") {
		t.Errorf("%+v %v", w, err)
	}
	text, err := json.Marshal(w)
	if err != nil || string(text) != `{"programme":"dm","on":"2024-02-03","limited":true,"places":1,"inside":3,"free":0,"issues":[{"code":"OVER_CAPACITY","subject":"dm","on":"2024-02-03","detail":"3 people in 1 places"}]}` {
		t.Errorf("%s %v", text, err)
	}
}

// A person of each template from the first day: the work of the table has a day, a role and
// a reason, and every column of the tables is one that the programme reads.
func TestTemplatesWork(t *testing.T) {
	ids, err := delivery.Templates()
	if err != nil {
		t.Fatal(err)
	}
	educator, err := selfmanagement.NewEducator()
	if err != nil {
		t.Fatal(err)
	}
	yes := caremodel.Yes
	items, _ := educator.Plan(selfmanagement.EducationState{NewDiagnosis: yes, Stable: yes, MetEducator: yes, CaseManaged: yes, HighRisk: yes, Exacerbation: yes, Asks: yes}, nil, nil)
	for _, id := range ids {
		p := template(id)
		kinds := map[delivery.Kind]int{}
		for _, task := range p.Tasks {
			kinds[task.Kind]++
			if task.Source == "" || task.Minutes != 0 {
				t.Errorf("%s: %+v", id, task)
			}
			if task.Kind == delivery.EducationWork && strings.HasPrefix(task.ID, "edu.") && !slices.ContainsFunc(items, func(i selfmanagement.EducationItem) bool { return i.ID == task.ID }) {
				t.Errorf("%s: no education %q", id, task.ID)
			}
		}
		if kinds[delivery.TaskWork] == 0 || kinds[delivery.EducationWork] == 0 || len(p.Goals) == 0 || len(p.Referrals) == 0 || len(p.Discharges) == 0 {
			t.Errorf("%s is half empty", id)
		}
		for _, g := range p.Goals {
			if g.Source == "" || g.Target == "" {
				t.Errorf("%s: %+v", id, g)
			}
		}
		if p.Referral != (id == "case-management") {
			t.Errorf("%s takes referrals: %v", id, p.Referral)
		}
		for level := 1; level <= 3; level++ {
			if len(p.Levels) > 0 && !slices.Contains(p.Levels, level) {
				continue
			}
			e, f := followed(id, level)
			var plan delivery.PersonPlan
			e.Plan(f, registry.Period{Start: day(1, 5), End: day(12, 31)}, &plan)
			if len(plan.Gaps) != 0 {
				t.Errorf("%s: %v", id, plan.Gaps)
			}
			for _, task := range p.Tasks {
				if task.From.Inside() && (task.Level == 0 || task.Level == level) != slices.ContainsFunc(plan.Items, func(i delivery.PlanItem) bool { return i.Key == task.ID }) {
					t.Errorf("%s at level %d: task %s", id, level, task.ID)
				}
			}
			if reviews := len(slices.DeleteFunc(plan.Items, func(i delivery.PlanItem) bool { return i.Kind != delivery.ReviewWork })); reviews != 4 { // 3 April and every 90 days
				t.Errorf("%s: %d reviews", id, reviews)
			}
		}
	}
	own, err := delivery.Template("case-management", delivery.Limits{ContactDays: 7, ReviewDays: 7, Caseload: delivery.Caseload{Low: 1, High: 2}, Managers: 3, Tasks: []delivery.TaskLimit{{ID: "markers", EveryDays: 3}, {ID: "plan", Days: 5, Minutes: 45}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, task := range own.Tasks {
		if task.ID == "markers" || task.ID == "plan" {
			got = append(got, fmt.Sprint(task.ID, task.Days, task.EveryDays, task.Minutes))
		}
	}
	if n, _ := own.Capacity(); n != 6 || fmt.Sprint(got) != "[plan5 0 45 markers7 3 0]" {
		t.Error(n, got)
	}
	l := delivery.Limits{ContactDays: 7, ReviewDays: 7, Places: 1, Managers: -1, Tasks: []delivery.TaskLimit{{ID: "plan", Days: -1}, {ID: "assess"}, {ID: "assess"}, {ID: "x"}}}
	_, err = delivery.Template("virtual-ward", l)
	faults(t, err, caremodel.ErrPolicy, 3, `task "plan" within -1 days`, `task "assess"`, `task "x"`)
}

// The first and the last day of a span, and the day on which work is due.
func TestPlanEdges(t *testing.T) {
	e, f := followed("virtual-ward", 3) // "tell" is due on 6 January, "hand back" 7 days after the end
	due := func(from, to registry.Date, key string) (n, over int) {
		var plan delivery.PersonPlan
		e.Plan(f, registry.Period{Start: from, End: to}, &plan)
		for _, i := range plan.Items {
			if i.Key == key {
				n, over = n+1, i.Over
			}
		}
		return n, over
	}
	for _, c := range []struct{ from, to, n, over int }{{3, 31, 0, 0}, {4, 5, 0, 0}, {4, 6, 1, 0}, {6, 6, 1, 0}, {7, 7, 1, 1}} {
		if n, over := due(day(1, c.from), day(1, c.to), "tell"); n != c.n || over != c.over {
			t.Errorf("%+v: %d, %d late", c, n, over)
		}
	}
	for done, n := range map[int]int{3: 1, 4: 0, 7: 0, 8: 1} { // before it began, on the day, on the first day, after it
		f.Episode.Done = []delivery.Done{{Task: "tell", On: day(1, done)}}
		if got, _ := due(day(1, 7), day(1, 9), "tell"); got != n {
			t.Errorf("done on the %d: %d", done, got)
		}
	}
	// contacts start anew after a hold, and stop with the end
	f.Episode.History = append(f.Episode.History, caremodel.Step[delivery.State]{On: day(1, 10), To: delivery.OnHold}, caremodel.Step[delivery.State]{On: day(2, 1), To: delivery.Active})
	f.Contacts = []delivery.Contact{{ID: "c", Person: "p1", On: day(1, 9), Channel: delivery.AtHome}, {ID: "d", Person: "p2", On: day(2, 2), Channel: delivery.AtHome}, {ID: "e", Person: "p1", On: day(2, 2), Channel: delivery.ByPhone}}
	for to, want := range map[int]int{14: 0, 15: 1} {
		if n, _ := due(day(2, 2), day(2, to), "home"); n != want {
			t.Errorf("until %d: %d", to, n)
		}
	}
	f.Episode.History = append(f.Episode.History, caremodel.Step[delivery.State]{On: day(2, 10), To: delivery.Completed, Reason: "stable"})
	if n, _ := due(day(2, 10), day(3, 31), "home"); n != 0 {
		t.Error("a contact after the end")
	}
	if n, _ := due(day(2, 10), day(2, 17), "hand back"); n != 1 {
		t.Error("nobody hands back")
	}
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(2, 10)}, &plan)
	if len(plan.Items) != 0 || len(plan.Gaps) != 1 || plan.Gaps[0].Why != delivery.GapEpisode {
		t.Errorf("%+v", plan)
	}
}

func TestProgrammeAllocations(t *testing.T) {
	e, f := followed("case-management", 3)
	year := registry.Period{Start: day(2, 1), End: day(12, 31)}
	var plan delivery.PersonPlan
	e.Plan(f, year, &plan)
	if n := testing.AllocsPerRun(100, func() { e.Plan(f, year, &plan) }); n != 0 || len(plan.Items) < 40 {
		t.Errorf("%v allocations for %d items", n, len(plan.Items))
	}
}

func BenchmarkPlan(b *testing.B) {
	e, f := followed("case-management", 3)
	year := registry.Period{Start: day(2, 1), End: day(12, 31)}
	var plan delivery.PersonPlan
	b.ReportAllocs()
	for b.Loop() {
		e.Plan(f, year, &plan)
	}
}

func BenchmarkTeamWork(b *testing.B) {
	e, f := followed("case-management", 3)
	var people []delivery.Followed
	for i := range 1000 {
		x := *f.Episode
		x.ID, x.Person = fmt.Sprint("e", i), fmt.Sprint("p", i)
		people = append(people, delivery.Followed{Episode: &x, Level: 3})
	}
	b.ReportAllocs()
	for b.Loop() {
		e.TeamWork(people, registry.Period{Start: day(2, 5), End: day(2, 11)})
	}
}

func BenchmarkQualifies(b *testing.B) {
	p := template("pace-like")
	c := delivery.Candidate{Inputs: eligibility.Inputs{eligibility.Age: eligibility.Number(80), eligibility.InArea: eligibility.Yes(), eligibility.NursingHomeLevel: eligibility.Yes()}}
	b.ReportAllocs()
	for b.Loop() {
		p.Qualifies(c)
	}
}

func BenchmarkWaitingList(b *testing.B) {
	e, xs := limited()
	for i := range 1000 {
		x := xs[i%3]
		x.ID, x.Person = fmt.Sprint("e", i), fmt.Sprint("p", i)
		xs = append(xs, x)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.WaitingList("dm", xs, day(2, 1)); err != nil {
			b.Fatal(err)
		}
	}
}
