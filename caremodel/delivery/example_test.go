package delivery_test

import (
	"fmt"
	"math"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/panel"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func day(m, d int) registry.Date { return registry.Day(2024, m, d) }

func tasks() ([]delivery.Task, []delivery.Role) {
	return []delivery.Task{
			{ID: "weigh", Minutes: 5, Roles: []string{"assistant", "nurse"}},
			{ID: "foot check", Minutes: 20, Roles: []string{"nurse", "assistant"}, Licence: "nursing"},
			{ID: "phone call", Minutes: 40, Roles: []string{"assistant", "nurse"}},
			{ID: "insulin start", Minutes: 30, Roles: []string{"physician"}, Licence: "medicine"},
		}, []delivery.Role{
			{Name: "nurse", Minutes: 60, Cost: 2, Licences: []string{"nursing"}},
			{Name: "assistant", Minutes: 40, Cost: 1},
		}
}

func distribution() delivery.Distribution {
	d, err := delivery.Distribute(tasks())
	if err != nil {
		panic(err)
	}
	return d
}

func ExampleDistribute() {
	d, err := delivery.Distribute(tasks())
	for _, a := range d.Assigned {
		fmt.Println(a.Task, "-", a.Role)
	}
	fmt.Println(err)
	// Output:
	// foot check - nurse
	// phone call - assistant
	// weigh - nurse
	// <nil>
}

func ExampleTask() {
	// Only the nurse may do it, and her hour is full after the first.
	tasks := []delivery.Task{{ID: "dressing", Minutes: 45, Roles: []string{"nurse"}, Licence: "nursing"}, {ID: "injection", Minutes: 30, Roles: []string{"nurse"}, Licence: "nursing"}}
	d, err := delivery.Distribute(tasks, []delivery.Role{{Name: "nurse", Minutes: 60, Licences: []string{"nursing"}}})
	fmt.Println(d.Assigned, d.Unassigned, err)
	// Output: [{dressing nurse 45 false}] [{injection 30 OVER_CAPACITY 1 roles may, none has 30 minutes}] <nil>
}

func ExampleRole() {
	// Two may do it; who costs less does.
	task := []delivery.Task{{ID: "phone call", Minutes: 15, Roles: []string{"nurse", "assistant"}}}
	d, err := delivery.Distribute(task, []delivery.Role{{Name: "nurse", Minutes: 60, Cost: 2}, {Name: "assistant", Minutes: 60, Cost: 1}})
	fmt.Println(d.Assigned[0].Role, err)
	_, err = delivery.Distribute(nil, []delivery.Role{{Name: "nurse", Minutes: -5}})
	fmt.Println(err)
	// Output:
	// assistant <nil>
	// caremodel: definition: role "nurse" has -5 minutes at 0, or is there twice
}

func ExampleDistribution() {
	d := distribution()
	for _, l := range d.Loads {
		fmt.Printf("%+v\n", l)
	}
	for _, u := range d.Unassigned {
		fmt.Println("nobody for", u.Task)
	}
	// Output:
	// {Role:nurse Minutes:25 Of:60 Above:5}
	// {Role:assistant Minutes:40 Of:40 Above:0}
	// nobody for insulin start
}

func ExampleAssigned() {
	fmt.Println(distribution().Assigned[2])
	// Output: {weigh nurse 5 true}
}

func ExampleUnassigned() {
	fmt.Println(distribution().Unassigned[0])
	// Output: {insulin start 30 NO_PERMITTED_ROLE physician, licence "medicine": nobody there may}
}

func ExampleRoleLoad() {
	fmt.Println(distribution().Loads)
	// Output: [{nurse 25 60 5} {assistant 40 40 0}]
}

func visit() delivery.PlannedVisit {
	items := []recall.Item{
		{Key: "hba1c", Rules: []string{"dm.hba1c"}, Earliest: day(4, 1), Deadline: day(4, 30), Role: "nurse", Minutes: 10, Tests: []recall.Test{{Name: "blood", LeadDays: 7}}},
		{Key: "feet", Rules: []string{"dm.foot"}, Earliest: day(4, 1), Deadline: day(5, 31), Role: "podiatrist", Minutes: 20},
	}
	visits, err := recall.MergeVisits(items, day(4, 1), recall.VisitPolicy{})
	if err != nil {
		panic(err)
	}
	agenda, err := selfmanagement.Agenda([]selfmanagement.Problem{{Key: "sleep"}, {Key: "feet"}}, nil, nil)
	if err != nil {
		panic(err)
	}
	return delivery.PlanVisit("p1", visits[0], delivery.Preparation{Agenda: agenda, CarryOver: []delivery.VisitItem{{Key: "inhaler", Role: "nurse", Minutes: 5}}, Materials: []string{"plate model"}})
}

func ExamplePlanVisit() {
	v := visit()
	fmt.Println(v.Day, v.Roles, v.Minutes, v.Tests)
	for _, i := range v.Items {
		fmt.Println(i.Key, i.From, i.Rules)
	}
	// Output:
	// 2024-04-30 [nurse podiatrist] 35 [{blood 2024-04-23}]
	// sleep agenda []
	// feet agenda [dm.foot]
	// hba1c gap [dm.hba1c]
	// inhaler carried over []
}

func ExamplePlannedVisit() {
	v := visit()
	c := v.Complete([]string{"feet", "hba1c", "flu shot"})
	fmt.Println("done", c.Done, "and besides", c.Unplanned)
	for _, i := range c.Left {
		fmt.Println("next time:", i.Key)
	}
	// Output:
	// done 2/4 (50.0 %) and besides [flu shot]
	// next time: sleep
	// next time: inhaler
}

func ExampleVisitItem() {
	byRole := map[string]int{}
	for _, i := range visit().Items {
		byRole[i.Role] += i.Minutes
	}
	fmt.Println("nurse", byRole["nurse"], "minutes, podiatrist", byRole["podiatrist"])
	// Output: nurse 15 minutes, podiatrist 20
}

func ExampleOrigin() {
	for _, i := range visit().Items {
		if i.From == delivery.FromGap || i.From == delivery.CarriedOver {
			fmt.Println(i.Key, "-", i.From)
		}
	}
	// Output:
	// hba1c - gap
	// inhaler - carried over
}

func ExamplePreparation() {
	p := delivery.Preparation{Alerts: []selfmanagement.Alert{{Rule: "sm.weight.3d", Signal: "weight"}}}
	fmt.Println(delivery.PlanVisit("p1", recall.Visit{Day: day(4, 30)}, p).Items)
	// Output: [{weight alert  0 [sm.weight.3d] false}]
}

func ExampleHuddle() {
	a, b := visit(), visit()
	a.Person, b.Person, b.Time = "a", "b", registry.NewClock(9, 0, 0, 0)
	for _, v := range delivery.Huddle([]delivery.PlannedVisit{a, b}, day(4, 30)) {
		fmt.Println(v.Person)
	}
	// Output:
	// b
	// a
}

func ExampleCompletion() {
	v := visit()
	contact, c := v.Missed("phone") // called instead
	fmt.Println(contact.Channel, contact.On, "done", c.Done)
	for _, i := range c.Left {
		fmt.Print(i.Key, " ")
	}
	fmt.Println("go to the next visit")
	// Output:
	// phone 2024-04-30 done 0/4 (0.0 %)
	// sleep feet hba1c inhaler go to the next visit
}

func programme() *delivery.Programme {
	return &delivery.Programme{ID: "dm", Name: "Diabetes programme", Conditions: []string{"diabetes"}, Components: []string{"patient education", "patient reminders"},
		Goals: []delivery.ProgrammeGoal{{Key: "control", Measure: "hba1c", Target: "<= 7.5 %"}}, Roles: []string{"nurse"}, Contacts: []delivery.ContactRule{{Channel: delivery.ByPhone, Role: "nurse", EveryDays: 30}},
		Coordinator: true, ReviewDays: 90, ReviewRole: "nurse"}
}

// fit is a person for whom [programme] is.
func fit(on registry.Date) delivery.Candidate {
	return delivery.Candidate{On: on, Conditions: map[string]caremodel.Answer{"diabetes": caremodel.Yes}}
}

func enrolments() *delivery.Enrolments {
	e, err := delivery.NewEnrolments(programme())
	if err != nil {
		panic(err)
	}
	return e
}

// walked is an episode that took the given steps on the first days of 2024.
func walked(id string, states ...delivery.State) delivery.Episode {
	e := enrolments()
	x, err := e.Open(nil, delivery.Episode{ID: id, Person: id, Programme: "dm", Route: delivery.ByRule, SelectedBy: "organisation", Coordinator: "dr a"}, day(1, 1))
	for i, s := range states {
		switch {
		case err != nil:
		case s == delivery.Assessed:
			_, err = e.Assess(&x, fit(day(1, 2+i)), "nurse")
		default:
			err = e.Step(&x, caremodel.Step[delivery.State]{On: day(1, 2+i), To: s, Reason: "own wish"})
		}
	}
	if err != nil {
		panic(err)
	}
	return x
}

func ExampleProgramme() {
	p := programme()
	parts, err := p.Portfolio()
	fmt.Println(parts.Met, err)
	for _, n := range []int{0, 2} { // each of two managers can look after 150 people
		p.Caseload, p.Managers = delivery.Caseload{Low: 125, High: 150}, n
		fmt.Println(p.Capacity())
	}
	// Output:
	// [patient education patient reminders] <nil>
	// 0 false
	// 300 true
}

func ExampleProgrammeGoal() {
	p := programme()
	p.Goals[0].Measure = ""
	fmt.Println(p.Check())
	// Output: caremodel: definition: programme "dm": goal "control" has no measure
}

func ExampleContactRule() {
	p := programme()
	p.Contacts[0].Role = "robot"
	fmt.Println(p.Check())
	// Output: caremodel: definition: programme "dm": contact 1 is by "robot", a role that the programme does not have
}

func ExampleReferralCriterion() {
	p := programme()
	p.Referrals = []delivery.ReferralCriterion{{To: "ophthalmology"}}
	fmt.Println(p.Check())
	// Output: caremodel: definition: programme "dm": referral 1: to "ophthalmology" when ""
}

func ExampleCaseload() {
	p := programme()
	p.Caseload = delivery.Caseload{Low: 150, High: 125}
	fmt.Println(p.Check())
	// Output: caremodel: definition: programme "dm": a caseload of 150 to 125
}

func ExampleCheckProgrammes() {
	fmt.Println(delivery.CheckProgrammes(programme(), programme()))
	// Output: caremodel: definition: programme "dm" twice
}

func ExampleTemplates() {
	fmt.Println(delivery.Templates())
	// Output: [disease-management case-management virtual-ward pace-like provenhealth-navigator] <nil>
}

func ExampleTemplate() {
	p, err := delivery.Template("provenhealth-navigator", delivery.Limits{ContactDays: 14, ReviewDays: 90})
	fmt.Println(p.Caseload, p.Undecided, p.Source, err)
	// Output: {125 150} [days between reviews days between contacts] KF2010:260, KF2010:274, KF2010:653 <nil>
}

func ExampleLimits() {
	_, err := delivery.Template("virtual-ward", delivery.Limits{ReviewDays: 7})
	fmt.Println(err)
	// Output:
	// caremodel: policy: template "virtual-ward": places is 0, and the source gives none
	// caremodel: policy: template "virtual-ward": days between contacts is 0, and the source gives none
}

func ExampleEnrolment() {
	m, err := delivery.Enrolment()
	fmt.Println(m.Next(delivery.Offered), m.Allows(delivery.Identified, delivery.Offered), err)
	// Output: [enrolled declined died lost] false <nil>
}

func ExampleState() {
	// Whoever is on hold is still inside; whoever was offered a place is not yet.
	x := walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Active, delivery.OnHold)
	for _, d := range []registry.Date{day(1, 3), day(1, 5), day(1, 6)} {
		s, _ := x.History.At(d)
		fmt.Println(d, s, "inside:", s.Inside())
	}
	// Output:
	// 2024-01-03 offered inside: false
	// 2024-01-05 active inside: true
	// 2024-01-06 on-hold inside: true
}

func ExampleNewEnrolments() {
	_, err := delivery.NewEnrolments(&delivery.Programme{ID: "x", Name: "x"})
	fmt.Println(err)
	// Output:
	// caremodel: definition: programme "x": no components: an empty programme
	// caremodel: definition: programme "x": no conditions, levels or entry rule: for nobody
}

func ExampleEnrolments() {
	e := enrolments()
	x, err := e.Open(nil, delivery.Episode{ID: "e1", Person: "p1", Programme: "dm", Route: delivery.ByReferral, SelectedBy: "clinician"}, day(1, 1))
	fmt.Println(err)
	fmt.Println(e.Step(&x, caremodel.Step[delivery.State]{On: day(1, 2), To: delivery.Offered}))
	// Output:
	// <nil>
	// episode "e1": caremodel: transition: enrolment: offered does not follow identified: assessed, ineligible, died do
}

func ExampleEpisode() {
	declined := walked("e1", delivery.Assessed, delivery.Offered, delivery.Declined)
	e := enrolments()
	again, err := e.Open([]delivery.Episode{declined}, delivery.Episode{ID: "e2", Person: "e1", Programme: "dm", Route: delivery.BySelf, SelectedBy: "patient"}, day(6, 1))
	fmt.Println(again.History, err)
	// Output: [{2024-06-01 identified self patient}] <nil>
}

func ExampleRoute() {
	e := enrolments()
	_, err := e.Open(nil, delivery.Episode{ID: "e1", Person: "p1", Programme: "dm", Route: "leaflet", SelectedBy: "clinician"}, day(1, 1))
	fmt.Println(err)
	x, err := e.Open(nil, delivery.Episode{ID: "e1", Person: "p1", Programme: "dm", Route: delivery.BySelf, SelectedBy: "patient"}, day(1, 1))
	fmt.Println(x.Route, err)
	// Output:
	// caremodel: definition: episode "e1" of "p1" in programme "dm" by "leaflet", selected by "clinician"
	// self <nil>
}

func flow() delivery.FlowReport {
	r, err := enrolments().Flow("dm", []delivery.Episode{
		walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Active),
		walked("b", delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Withdrawn),
		walked("c", delivery.Assessed, delivery.Ineligible),
	}, registry.CalendarMonth(2024, 1))
	if err != nil {
		panic(err)
	}
	return r
}

func ExampleFlowReport() {
	r := flow()
	fmt.Println(r.Inside, r.Leaving)
	// Output: {0 2 1 1} [{ineligible own wish 1} {withdrawn own wish 1}]
}

func ExampleLeaving() {
	for _, l := range flow().Leaving {
		fmt.Printf("%s: %s (%d)\n", l.State, l.Reason, l.N)
	}
	// Output:
	// ineligible: own wish (1)
	// withdrawn: own wish (1)
}

func ExampleOverdueReview() {
	x := walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Active)
	fmt.Println(enrolments().OverdueReviews([]delivery.Episode{x}, day(4, 10), nil))
	// Output: [{a a 2024-01-04 2024-04-03 7}]
}

func ExampleLevelState() {
	l := delivery.NewLevels().Level(delivery.LevelState{Stable: caremodel.No})
	fmt.Println(l.Level, l.Possible)
	// Output: 0 [3 2]
}

func ExampleNewLevels() {
	l := delivery.NewLevels().Level(delivery.LevelState{Stable: caremodel.Yes, Exacerbation: caremodel.No})
	fmt.Println(l.Level, l.Name)
	// Output: 1 well managed and stable
}

func ExampleLevels() {
	l := delivery.NewLevels().Level(delivery.LevelState{Stable: caremodel.No, Complex: caremodel.Yes})
	fmt.Println(l.Level, l.Name)
	// Output: 3 intensive case management
}

func ExampleServiceOf() {
	fmt.Println(delivery.ServiceOf(0), "-", delivery.ServiceOf(3))
	// Output: prevention - case management
}

func ExamplePublishedShares() {
	ps, err := delivery.PublishedShares()
	fmt.Println(ps[1].Who, ps[1].Low.Percent(1), ps[1].High.Percent(1), err)
	// Output: Health Partners; responsible for 20 to 25 % of costs 0.5 1.0 <nil>
}

func ExamplePublished() {
	ps, _ := delivery.PublishedShares()
	fmt.Println(ps[0].Source)
	// Output: KF2004:1760-1761, KF2004:1879
}

func ExampleTargetShare() {
	s, err := delivery.TargetShare(11, 1001)
	for _, a := range s.Against {
		fmt.Println(a.ID, a.Position)
	}
	fmt.Println(s.Rate, err)
	// Output:
	// plans in range
	// healthpartners in range
	// healthpartners.diabetes below
	// anthem in range
	// 11/1001 (1.1 %) <nil>
}

func ExampleShare() {
	few, _ := delivery.TargetShare(6, 1000)
	none, _ := delivery.TargetShare(0, 0)
	fmt.Println(few.Rate, "against the plans:", few.Against[0].Position)
	fmt.Println(none.Rate)
	// Output:
	// 6/1000 (0.6 %) against the plans: below
	// 0/0 (undefined)
}

func ExampleAgainst() {
	s, _ := delivery.TargetShare(60, 1000)
	fmt.Println(s.Against[0].Of, s.Against[0].Position)
	// Output: enrolled population above
}

func ExamplePosition() {
	for _, people := range []int64{5, 30, 60} {
		s, _ := delivery.TargetShare(people, 1000)
		fmt.Println(s.Rate, s.Against[0].Position)
	}
	// Output:
	// 5/1000 (0.5 %) below
	// 30/1000 (3.0 %) in range
	// 60/1000 (6.0 %) above
}

func managed() delivery.Case {
	return delivery.Case{Person: "p1", Level: 3, Contacts: []registry.Date{day(1, 30)},
		Managers: []delivery.Management{{Manager: "ann", From: day(1, 1), Until: day(3, 31)}, {Manager: "bob", From: day(4, 11)}},
		History:  caremodel.History[delivery.CycleStep]{{On: day(1, 1), To: delivery.StepAssign}, {On: day(1, 10), To: delivery.StepAssess}, {On: day(1, 29), To: delivery.StepPlan}}}
}

func ExampleCycle() {
	m, err := delivery.Cycle()
	fmt.Println(m.Next(delivery.StepReview), err)
	// Output: [close monitor plan] <nil>
}

func ExampleCycleStep() {
	// From a review on, care is monitored, planned anew or closed.
	m, _ := delivery.Cycle()
	fmt.Println(m.Allows(delivery.StepReview, delivery.StepMonitor), m.Allows(delivery.StepAssess, delivery.StepReview), m.Next(delivery.StepClose))
	// Output: true false []
}

func ExampleCyclePolicy() {
	c := managed()
	var s delivery.CaseStatus
	for _, p := range []delivery.CyclePolicy{{}, {PlanDays: 30}} {
		c.At(p, day(2, 20), &s)
		fmt.Println("plan by", s.Due[1].By, "days over", s.Due[1].Over)
	}
	fmt.Println(delivery.CyclePolicy{AssessDays: -1}.Check())
	// Output:
	// plan by 2024-01-24 days over 5
	// plan by 2024-02-09 days over 0
	// caremodel: policy: cycle: assess within -1 days
}

func ExampleCase() {
	c := managed()
	var s delivery.CaseStatus
	c.At(delivery.CyclePolicy{}, day(2, 20), &s)
	for _, d := range s.Due {
		fmt.Println(d.Step, d.Done, d.By, d.Over)
	}
	fmt.Println(s.Managers, s.Issues)
	// Output:
	// assess 2024-01-10 2024-01-15 0
	// plan 2024-01-29 2024-01-24 5
	// arrange 2024-01-30 2024-02-05 0
	// review not recorded 2024-04-28 0
	// contact not recorded 2024-02-13 7
	// [ann] [STEP_OVERDUE p1 since 2024-02-14: contact]
}

func ExampleCaseStatus() {
	c := managed()
	var s delivery.CaseStatus
	c.At(delivery.CyclePolicy{}, day(4, 1), &s)
	fmt.Println(s.Step, s.Issues[0].Code)
	// Output: plan NO_MANAGER
}

func ExampleDue() {
	c := managed()
	var s delivery.CaseStatus
	c.At(delivery.CyclePolicy{PlanDays: 30}, day(2, 1), &s)
	fmt.Println(s.Due[1].By, s.Due[1].Over)
	// Output: 2024-02-09 0
}

func ExampleManagement() {
	c := managed()
	c.Managers[0].Manager = ""
	fmt.Println(c.Check())
	// Output: caremodel: answer: case of "p1": manager 1, "", from 2024-01-01 to 2024-03-31
}

func ExampleManagerSpan() {
	c := managed()
	for _, s := range c.ManagerHistory(registry.CalendarYear(2024)) {
		fmt.Println(s.Period, s.Managers)
	}
	// Output:
	// 2024-01-01 to 2024-03-31 [ann]
	// 2024-04-01 to 2024-04-10 []
	// 2024-04-11 to 2024-12-31 [bob]
}

func ExampleManagersNeeded() {
	fmt.Println(delivery.ManagersNeeded(1000, delivery.Caseload{}))
	fmt.Println(delivery.ManagersNeeded(126, delivery.Caseload{}))
	// Output:
	// 7 8 <nil>
	// 1 2 <nil>
}

func assigned(policy delivery.AssignPolicy) delivery.Assignments {
	a, err := delivery.Assign([]delivery.Client{
		{ID: "p1", Rank: 1, Weight: 2, Previous: "bob"}, {ID: "p2", Rank: 2}, {ID: "p3", Rank: 3, Language: "Urdu"}, {ID: "p4", Rank: 4, Area: "coast"},
	}, []delivery.Manager{{ID: "ann", Capacity: 2, Areas: []string{""}, Languages: []string{"Urdu"}}, {ID: "bob", Capacity: 2, Areas: []string{""}}}, policy)
	if err != nil {
		panic(err)
	}
	return a
}

func ExampleAssign() {
	fmt.Println(assigned(delivery.AssignPolicy{}).Assigned)
	// Output: [{p1 ann bob} {p2 bob }]
}

func ExampleAssignPolicy() {
	a := assigned(delivery.AssignPolicy{KeepExisting: true})
	fmt.Println(a.Assigned, a.Moves)
	// Output: [{p1 bob } {p2 ann } {p3 ann }] 0
}

func ExampleClient() {
	_, err := delivery.Assign([]delivery.Client{{ID: "p1", Weight: -1}}, nil, delivery.AssignPolicy{})
	fmt.Println(err)
	// Output: caremodel: definition: client "p1" has rank 0 and weight -1, or is there twice
}

func ExampleManager() {
	_, err := delivery.Assign(nil, []delivery.Manager{{ID: "ann", Capacity: -1}}, delivery.AssignPolicy{})
	fmt.Println(err)
	// Output: caremodel: definition: manager "ann" has a capacity of -1, or is there twice
}

func ExampleAssignment() {
	for _, a := range assigned(delivery.AssignPolicy{}).Assigned {
		fmt.Printf("%s to %s, before %q\n", a.Client, a.Manager, a.From)
	}
	// Output:
	// p1 to ann, before "bob"
	// p2 to bob, before ""
}

func ExampleNotAssigned() {
	for _, x := range assigned(delivery.AssignPolicy{}).Over {
		fmt.Println(x.Client, x.Why, x.Detail)
	}
	// Output:
	// p3 OVER_CAPACITY 1 managers fit, none has room for 1
	// p4 NO_MANAGER nobody serves area "coast" in language ""
}

func ExampleManagerLoad() {
	fmt.Println(assigned(delivery.AssignPolicy{}).Loads)
	// Output: [{ann 1 2 2} {bob 1 1 2}]
}

func ExampleAssignments() {
	a := assigned(delivery.AssignPolicy{})
	fmt.Println(len(a.Assigned), "have a manager,", len(a.Over), "have none,", a.Moves, "changed")
	for _, l := range a.Loads {
		fmt.Printf("%+v\n", l)
	}
	// Output:
	// 2 have a manager, 2 have none, 1 changed
	// {Manager:ann People:1 Load:2 Of:2}
	// {Manager:bob People:1 Load:1 Of:2}
}

func wardPeople() []delivery.WardPerson {
	p := func(id string, score float64) delivery.WardPerson {
		return delivery.WardPerson{Person: tier.Person{ID: id, Score: score}, GP: "dr a", Manager: "matron"}
	}
	in, well := p("c", 0.55), p("d", 0.9)
	in.Admitted, in.Reviewed = day(3, 1), day(3, 20)
	well.Admitted, well.GoalsMet, well.StableSince = day(1, 1), true, day(2, 20)
	return []delivery.WardPerson{p("a", 0.8), p("b", 0.7), in, well, p("e", 0.3), p("f", math.NaN())}
}

func ward() *delivery.WardRun {
	r, err := delivery.Ward{ID: "w1", Places: 2, Admit: 0.6, Discharge: 0.5}.Run(wardPeople(), day(4, 1))
	if err != nil {
		panic(err)
	}
	return r
}

func ExampleWard() {
	r := ward()
	fmt.Println(r.Stays, r.Admitted)
	fmt.Println(r.Waiting, r.Discharged)
	fmt.Println(r.Outside)
	// Output:
	// [{c 4 stays between the limits}] [{a 2 score over the limit, and a place}]
	// [{b 3 score over the limit, no place}] [{d 1 goals met, and stable since 2024-02-20}]
	// [{e 5 score below the limit to come in} {f 0 no score}]
}

func ExampleWardRun() {
	r := ward()
	fmt.Println(r.Occupied, "of", r.Places, "beds; waiting:", r.Waiting[0].Person, "- discharged:", r.Discharged[0].Person)
	// Output: 2 of 2 beds; waiting: b - discharged: d
}

func ExampleWardMove() {
	for _, m := range ward().Outside {
		fmt.Println(m.Person, m.Why)
	}
	// Output:
	// e score below the limit to come in
	// f no score
}

func ExampleWardReview() {
	fmt.Println(ward().Reviews)
	// Output: [{c 2024-03-27 5}]
}

func ExampleWardPerson() {
	p := wardPeople()[2]
	p.GP = ""
	r, _ := delivery.Ward{Places: 1, Admit: 0.6, Discharge: 0.5}.Run([]delivery.WardPerson{p}, day(4, 1))
	fmt.Println(r.Issues)
	// Output: [NO_OWNER c since 2024-04-01: no GP is responsible]
}

func ExampleAcuity() {
	fmt.Println(delivery.Daily, delivery.Acuity(0))
	// Output: daily weekly
}

func after() *delivery.After {
	a, err := delivery.NewAfter(delivery.AfterPolicy{})
	if err != nil {
		panic(err)
	}
	return a
}

func discharge() delivery.Discharge {
	return delivery.Discharge{ID: "d1", Person: "p1", Condition: "heart failure", On: day(3, 1), PlanBegun: day(2, 27)}
}

func followUps() []delivery.FollowUp {
	contacts := []delivery.Contact{{ID: "c1", Person: "p1", On: day(3, 3), Channel: delivery.ByPhone}, {ID: "c2", Person: "p1", On: day(3, 12), Channel: delivery.AtVisit}}
	return after().PostDischarge(discharge(), contacts, day(3, 20), nil)
}

func ExampleNewAfter() {
	_, err := delivery.NewAfter(delivery.AfterPolicy{CallDays: -1})
	fmt.Println(err)
	// Output: caremodel: policy: a call within -1 days of a discharge, a visit within 0
}

func ExampleAfter() {
	for _, f := range followUps() {
		fmt.Println(f.ID, f.Last, f.State, f.By)
	}
	// Output:
	// hf.discharge.call 2024-03-04 in time c1
	// hf.discharge.visit 2024-03-11 late c2
	// hf.discharge.nurse 2024-03-15 overdue
}

func ExampleAfterPolicy() {
	d := discharge()
	d.Condition = "asthma"
	for _, f := range after().PostDischarge(d, nil, day(3, 2), nil) {
		fmt.Println(f.ID, f.Last, f.State)
	}
	// Output:
	// call 2024-03-04 pending
	// visit 2024-03-15 pending
}

func ExampleDischarge() {
	d := discharge()
	d.Readmitted = day(3, 8)
	f := after().PostDischarge(d, nil, day(3, 20), nil)[1]
	fmt.Println(f.State, f.Why)
	// Output: called off admitted again
}

func ExampleCheckDischarges() {
	d := discharge()
	d.Died = day(2, 1)
	fmt.Println(delivery.CheckDischarges([]delivery.Discharge{d}))
	// Output: caremodel: answer: discharge 1, "d1" of "p1" on 2024-03-01: readmitted on not recorded, died on 2024-02-01, or there twice
}

func ExampleFollowUp() {
	fmt.Println(followUps()[1].Due, followUps()[1].Source)
	// Output: 2024-03-08 clinical reference work citing US guidance
}

func ExampleFollowUpState() {
	for _, d := range []registry.Date{day(3, 2), day(3, 5)} {
		fmt.Println(d, after().PostDischarge(discharge(), nil, d, nil)[0].State)
	}
	gone := discharge()
	gone.Died = day(3, 3)
	fmt.Println(day(3, 5), after().PostDischarge(gone, nil, day(3, 5), nil)[0].State)
	// Output:
	// 2024-03-02 pending
	// 2024-03-05 overdue
	// 2024-03-05 called off
}

func ExampleFollowUpShare() {
	fmt.Println(delivery.FollowUpShare(followUps()))
	// Output: 1/3 (33.3 %)
}

func ExamplePlannedDischarge() {
	late := discharge()
	late.ID, late.PlanBegun = "d2", late.On
	fmt.Println(delivery.PlannedDischarge([]delivery.Discharge{discharge(), late}))
	// Output: 1/2 (50.0 %) [d2]
}

func ExampleEvent() {
	op := delivery.Event{ID: "op", Person: "p1", On: day(1, 1), Kind: "bypass"}
	later := []delivery.Event{{ID: "i1", Person: "p1", On: day(1, 9), Kind: "wound infection"}, {ID: "i2", Person: "p2", On: day(1, 9), Kind: "wound infection"}}
	as, err := delivery.Warranty{Related: []string{"wound infection"}}.Absorb(op, later)
	for _, a := range as {
		fmt.Println(a.Event, a.Covered, a.Why)
	}
	fmt.Println(err)
	// Output:
	// i1 true related, within the term
	// <nil>
}

func absorbed() ([]delivery.Absorbed, error) {
	return delivery.Warranty{Related: []string{"wound infection"}}.Absorb(delivery.Event{ID: "op", Person: "p1", On: day(1, 1)}, []delivery.Event{
		{ID: "e2", Person: "p1", On: day(4, 1), Kind: "wound infection"}, {ID: "e1", Person: "p1", On: day(3, 31), Kind: "wound infection"}, {ID: "e3", Person: "p1", On: day(2, 1), Kind: "fall"}})
}

func ExampleWarranty() {
	as, err := absorbed()
	for _, a := range as {
		fmt.Println(a.Event, a.Day, a.Covered, a.Why)
	}
	fmt.Println(err)
	// Output:
	// e3 31 false not related: fall
	// e1 90 true related, within the term
	// e2 91 false after day 90
	// <nil>
}

func ExampleAbsorbed() {
	as, _ := absorbed()
	for _, a := range as {
		if a.Covered {
			fmt.Println(a.Event, "on day", a.Day)
		}
	}
	// Output: e1 on day 90
}

func ExampleReturnWithin() {
	start := delivery.Event{ID: "d1", Person: "p1", On: day(3, 1)}
	fmt.Println(delivery.ReturnWithin([]delivery.Event{start}, []delivery.Event{{ID: "r1", Person: "p1", On: day(3, 11)}}, 0))
	fmt.Println(delivery.ReturnWithin([]delivery.Event{start}, []delivery.Event{{ID: "r1", Person: "p1", On: day(3, 12)}}, 0))
	// Output:
	// 1/1 (100.0 %) [{d1 r1 10}] <nil>
	// 0/1 (0.0 %) [] <nil>
}

func ExampleReturned() {
	_, list, _ := delivery.ReturnWithin([]delivery.Event{{ID: "d1", Person: "p1", On: day(3, 1)}, {ID: "d2", Person: "p2", On: day(3, 1)}}, []delivery.Event{{ID: "r1", Person: "p1", On: day(3, 5)}}, 30)
	for _, r := range list {
		fmt.Println(r.Start, "came back as", r.Return, "after", r.Day, "days")
	}
	// Output: d1 came back as r1 after 4 days
}

func hospitalist() *delivery.Hospitalist {
	yes := func(i eligibility.Input) []eligibility.Route {
		return []eligibility.Route{{Name: string(i), All: []eligibility.Condition{{Input: i}}}}
	}
	h, err := delivery.NewHospitalist([]delivery.Alternative{{To: delivery.Home, When: yes("safe at home")}, {To: delivery.SkilledNursing, When: yes("needs nursing")}})
	if err != nil {
		panic(err)
	}
	return h
}

func emergency(id string) delivery.Emergency {
	return delivery.Emergency{ID: id, Person: id, StayDays: 4, Facts: eligibility.Inputs{"safe at home": eligibility.Yes(), "needs nursing": eligibility.Yes()}}
}

func ExampleNewHospitalist() {
	_, err := delivery.NewHospitalist([]delivery.Alternative{{To: "moon"}})
	fmt.Println(err)
	// Output: caremodel: definition: alternative 1: "moon"
}

func ExampleHospitalist() {
	d := hospitalist().Divert(emergency("c1"), []delivery.Beds{{At: delivery.SkilledNursing, Free: 1}})
	fmt.Println(d.To)
	for _, r := range d.Reasons {
		fmt.Printf("%s: %s\n", r.To, r.Why)
	}
	// Output:
	// skilled nursing facility
	// home: no place at home
	// skilled nursing facility: criteria hold: needs nursing
}

func ExampleDestination() {
	// The same case goes elsewhere as beds run out.
	for _, beds := range [][]delivery.Beds{{{At: delivery.Home, Free: 1}}, {{At: delivery.SkilledNursing, Free: 1}}, nil} {
		fmt.Println(hospitalist().Divert(emergency("c1"), beds).To)
	}
	// Output:
	// home
	// skilled nursing facility
	// admit
}

func ExampleDestinations() {
	fmt.Println(delivery.Destinations()[0], delivery.Destinations()[4])
	// Output: home admit
}

func ExampleAlternative() {
	_, err := delivery.NewHospitalist(nil)
	fmt.Println(err)
	// Output: caremodel: definition: a hospitalist without alternatives to admission
}

func ExampleEmergency() {
	x := emergency("c1")
	x.Facts = nil
	d := hospitalist().Divert(x, []delivery.Beds{{At: delivery.Home, Free: 1}})
	fmt.Println(d.To, d.Reasons[0].Why)
	// Output: admit not known: safe at home
}

func diversions() (delivery.Diversions, error) {
	return hospitalist().DivertAll([]delivery.Emergency{emergency("c2"), emergency("c1"), emergency("c3")}, []delivery.Beds{{At: delivery.Home, Free: 1}, {At: delivery.SkilledNursing, Free: 1}}, 1)
}

func ExampleDiversions() {
	d, err := diversions()
	fmt.Println(d.Coordinated, d.Diverted, d.AvoidedDays, err)
	// Output: 3/4 (75.0 %) 2/3 (66.7 %) 8 <nil>
}

func ExampleDiversion() {
	d, _ := diversions()
	for _, x := range d.Cases {
		fmt.Println(x.Case, x.To)
	}
	// Output:
	// c1 home
	// c2 skilled nursing facility
	// c3 admit
}

func ExampleConsidered() {
	d, _ := diversions()
	fmt.Println(d.Cases[2].Reasons[2])
	// Output: {admit no alternative}
}

func ExampleBeds() {
	d, _ := diversions()
	fmt.Println(d.Left)
	// Output: [{home 0} {skilled nursing facility 0}]
}

func ExampleHospitalistBreakEven() {
	b, err := delivery.HospitalistBreakEven(90, decimal.NewFromInt(1500), decimal.NewFromInt(200000))
	fmt.Println(b.Pays, b.Saved, b.Needed, err)
	// Output: false 135000 134 <nil>
}

func ExampleBreakEven() {
	for _, cases := range []int64{133, 134} {
		b, _ := delivery.HospitalistBreakEven(cases, decimal.NewFromInt(1500), decimal.NewFromInt(200000))
		fmt.Println(cases, "cases save", b.Saved, "pays:", b.Pays)
	}
	// Output:
	// 133 cases save 199500 pays: false
	// 134 cases save 201000 pays: true
}

func limits() delivery.DiabetesLimits {
	return delivery.DiabetesLimits{PoorlyControlled: registry.Quantity{Value: registry.Num(9, 0), Unit: "%"}, RecentDays: 30}
}

func pathway() *delivery.DiabetesPathway {
	p, err := delivery.NewDiabetesPathway(limits())
	if err != nil {
		panic(err)
	}
	return p
}

func ExampleNewDiabetesPathway() {
	_, err := delivery.NewDiabetesPathway(delivery.DiabetesLimits{})
	fmt.Println(err)
	// Output:
	// caremodel: policy: poorly controlled above 0: UNIT_MISSING
	// caremodel: policy: a recent discharge is 0 days ago
}

func ExampleDiabetesLimits() {
	// Each place sets what is poorly controlled, in the unit of its laboratory.
	s := delivery.DiabetesState{VeryComplex: caremodel.No, MinorIssue: caremodel.No, NeverDischarged: true, HbA1c: &delivery.Measured{ID: "f1", On: day(1, 1), Value: registry.Quantity{Value: registry.Num(70, 0), Unit: "mmol/mol"}}}
	for _, limit := range []int64{64, 75} {
		p, err := delivery.NewDiabetesPathway(delivery.DiabetesLimits{PoorlyControlled: registry.Quantity{Value: registry.Num(limit, 0), Unit: "mmol/mol"}, RecentDays: 30})
		fmt.Println(limit, "mmol/mol:", p.Tier(s, day(2, 1)).Name, err)
	}
	// Output:
	// 64 mmol/mol: intermediate specialist service <nil>
	// 75 mmol/mol: general practice <nil>
}

func ExampleDiabetesPathway() {
	s := delivery.DiabetesState{VeryComplex: caremodel.No, MinorIssue: caremodel.Yes, NeverDischarged: true, HbA1c: &delivery.Measured{ID: "f1", On: day(1, 1), Value: registry.Quantity{Value: registry.Num(80, 0), Unit: "mmol/mol"}}}
	fmt.Println(pathway().Tier(s, day(2, 1)).Name)
	// Output: intermediate specialist service
}

func ExampleDiabetesState() {
	l := pathway().Tier(delivery.DiabetesState{VeryComplex: caremodel.No, MinorIssue: caremodel.No}, day(2, 1))
	fmt.Println(l.Level, l.Possible)
	// Output: 0 [3 1]
}

func ExampleMeasured() {
	// An HbA1c in another unit is converted; the fact behind the tier stays with it.
	s := delivery.DiabetesState{VeryComplex: caremodel.No, MinorIssue: caremodel.No, NeverDischarged: true}
	for _, m := range []delivery.Measured{
		{ID: "f1", On: day(1, 1), Value: registry.Quantity{Value: registry.Num(85, -1), Unit: "%"}},
		{ID: "f2", On: day(1, 20), Value: registry.Quantity{Value: registry.Num(80, 0), Unit: "mmol/mol"}},
	} {
		s.HbA1c = &m
		fmt.Println(m.Value, pathway().Tier(s, day(2, 1)).Name)
	}
	// Output:
	// 8.5 % general practice
	// 80 mmol/mol intermediate specialist service
}

func ExampleHomePrinciples() {
	r, err := delivery.HomePrinciples().Answer(map[int]caremodel.Answer{1: caremodel.Yes, 2: caremodel.Yes, 3: caremodel.Yes, 4: caremodel.Partly, 5: caremodel.No})
	fmt.Println("met", r.Met)
	fmt.Println("missing", r.Missing, "unknown", r.Unknown, err)
	// Output:
	// met [ongoing physician team with joint responsibility whole person]
	// missing [all care provided or arranged payment for co-ordination] unknown [strong information technology] <nil>
}

func designation() delivery.Designation {
	return delivery.Designation{ID: "home", Criteria: []string{"access", "register", "records"}, Must: []string{"access"}, Minimum: 2}
}

func ExampleDesignation() {
	for _, a := range []map[string]caremodel.Answer{{"access": caremodel.Yes, "records": caremodel.Yes}, {"access": caremodel.Yes}, {"access": caremodel.Partly}} {
		d, err := designation().Decide(a)
		fmt.Printf("%q: %s %v\n", d.Answer, d.Why, err)
	}
	// Output:
	// "yes": 2 criteria are met, 2 are needed <nil>
	// "": 1 criteria are met, 2 are needed, 2 are not known <nil>
	// "no": access is not met and must be <nil>
}

func ExampleDesignated() {
	d, _ := designation().Decide(map[string]caremodel.Answer{"register": caremodel.No})
	fmt.Println(d.Failed, d.Unknown)
	// Output: [register] [access records]
}

func home() delivery.HomeReport {
	return delivery.MedicalHome([]string{"p1", "p2", "p3"},
		[]panel.Accountable{{Person: "p1", Provider: "dr a"}, {Person: "p2", Provider: "dr a"}, {Person: "p2", Provider: "dr b"}},
		[]delivery.Consultation{{ID: "k1", Due: day(3, 1), Held: day(3, 1)}, {ID: "k2", Due: day(3, 1)}, {ID: "k3", Due: day(4, 1)}}, day(4, 1))
}

func ExampleMedicalHome() {
	r := home()
	fmt.Println(r.Assigned, r.Faults)
	// Output: 1/3 (33.3 %) [{p2 [dr a dr b]} {p3 []}]
}

func ExampleHomeReport() {
	fmt.Println(home().OnTime, home().Late)
	// Output: 1/2 (50.0 %) [k2]
}

func ExampleConsultation() {
	late := []delivery.Consultation{{ID: "k", Due: day(3, 1), Held: day(3, 2)}}
	fmt.Println(delivery.MedicalHome(nil, nil, late, day(3, 1)).OnTime, delivery.MedicalHome(nil, nil, late, day(3, 2)).OnTime)
	// Output: 0/0 (undefined) 0/1 (0.0 %)
}

func meeting() delivery.Meeting {
	return delivery.Meeting{ID: "m1", Person: "p1", On: day(3, 1), Staff: []delivery.Staff{{ID: "nurse", Languages: []string{"English"}}}, Interpreter: "Urdu", Booked: day(2, 20),
		Materials: []delivery.Material{{ID: "leaflet", Language: "English"}}}
}

func ExampleMatchMeeting() {
	f := delivery.MatchMeeting(delivery.Needs{Person: "p1", Language: "Urdu"}, meeting())
	fmt.Println(f.Language, f.Material, f.Misfits)
	// Output: interpreter no [leaflet]
}

func ExampleNeeds() {
	f := delivery.MatchMeeting(delivery.Needs{Person: "p1"}, meeting())
	fmt.Println(f.Issues)
	// Output: [LANGUAGE_UNKNOWN p1 since 2024-03-01]
}

func ExampleStaff() {
	f := delivery.MatchMeeting(delivery.Needs{Person: "p1", Language: "English"}, meeting())
	fmt.Println(f.Language, f.By, f.Fits)
	// Output: direct nurse yes
}

func ExampleMaterial() {
	f := delivery.MatchMeeting(delivery.Needs{Person: "p1", Language: "English", Format: "large print"}, meeting())
	fmt.Println(f.Material, f.Fits)
	// Output: no no
}

func ExampleMeeting() {
	m := meeting()
	m.Booked = m.On
	fmt.Println(delivery.MatchMeeting(delivery.Needs{Person: "p1", Language: "Urdu"}, m).Language)
	// Output: none
}

func ExampleFit() {
	f := delivery.MatchMeeting(delivery.Needs{Person: "p1", Language: "Urdu"}, meeting())
	fmt.Println("meeting", f.Meeting, "- fits:", f.Fits)
	fmt.Println("spoken:", f.Language, "- material:", f.Material, f.Misfits)
	// Output:
	// meeting m1 - fits: no
	// spoken: interpreter - material: no [leaflet]
}

func ExampleFitShare() {
	fits := []delivery.Fit{delivery.MatchMeeting(delivery.Needs{Language: "English"}, meeting()), delivery.MatchMeeting(delivery.Needs{Language: "Urdu"}, meeting()), delivery.MatchMeeting(delivery.Needs{}, meeting())}
	fmt.Println(delivery.FitShare(fits))
	// Output: 1/2 (50.0 %) 1
}

func contacts() []delivery.Contact {
	return []delivery.Contact{
		{ID: "c1", Person: "p1", On: day(1, 10), Channel: delivery.AtVisit}, {ID: "c2", Person: "p1", On: day(2, 1), Channel: delivery.ByPhone},
		{ID: "c3", Person: "p2", On: day(2, 3), Channel: delivery.ByPhone}, {ID: "c4", Person: "p1", On: day(2, 9), Channel: delivery.AtVisit},
	}
}

func ExampleChannel() {
	// What is no channel is refused when contacts come in.
	in := []delivery.Contact{{ID: "c1", Person: "p1", On: day(1, 1), Channel: delivery.InGroup}, {ID: "c2", Person: "p1", On: day(1, 2), Channel: "fax"}}
	fmt.Println(delivery.CheckContacts(in))
	for _, c := range delivery.ChannelMix(in[:1], registry.CalendarYear(2024)).Channels {
		if c.N > 0 {
			fmt.Println(c.Channel, c.N)
		}
	}
	// Output:
	// caremodel: answer: contact 2: "c2" with "p1" on 2024-01-02 by "fax", or there twice
	// group 1
}

func ExampleChannels() {
	fmt.Println(delivery.Channels())
	// Output: [visit phone message video group home]
}

func ExampleContact() {
	// Level 3 is called every 14 days; the last contact of any channel counts.
	s := delivery.Cadence{}.Since(contacts(), "p1", 3, day(1, 1), day(2, 20))
	fmt.Printf("%+v\n", s)
	// Output: {Last:2024-02-09 ID:c4 Days:11 Due:2024-02-23 Overdue:0}
}

func ExampleCheckContacts() {
	fmt.Println(delivery.CheckContacts([]delivery.Contact{{ID: "c1", Person: "p1", On: day(1, 1), Channel: "pigeon"}}))
	// Output: caremodel: answer: contact 1: "c1" with "p1" on 2024-01-01 by "pigeon", or there twice
}

func ExampleCadence() {
	var c delivery.Cadence
	fmt.Println(c.Of(1), c.Of(2), c.Of(3), c.Of(0))
	// Output: 90 30 14 0
}

func ExampleSinceContact() {
	fmt.Println(delivery.Cadence{}.Since(contacts(), "p1", 3, day(1, 1), day(3, 1)))
	// Output: {2024-02-09 c4 21 2024-02-23 7}
}

func ExampleChannelMix() {
	m := delivery.ChannelMix(contacts(), registry.CalendarMonth(2024, 2))
	fmt.Println(m.Total, m.Channels[1])
	// Output: 3 {phone 2 2/3 (66.7 %)}
}

func ExampleMix() {
	jan, feb := delivery.ChannelMix(contacts(), registry.CalendarMonth(2024, 1)), delivery.ChannelMix(contacts(), registry.CalendarMonth(2024, 2))
	for _, c := range jan.Change(feb)[:3] {
		fmt.Printf("%q %d %d %s\n", c.Channel, c.Before, c.After, c.Relative.Percent(1))
	}
	// Output:
	// "" 1 3 200.0
	// "visit" 1 1 0.0
	// "phone" 0 2 n/a
}

func ExampleChannelShare() {
	for _, c := range delivery.ChannelMix(contacts(), registry.CalendarYear(2024)).Channels[:3] {
		fmt.Println(c.Channel, c.N, c.Share)
	}
	// Output:
	// visit 2 2/4 (50.0 %)
	// phone 2 2/4 (50.0 %)
	// message 0 0/4 (0.0 %)
}

func ExampleChannelChange() {
	// Kaiser's attendances fell by 26.2 %
	before, after := delivery.Mix{Total: 1000}, delivery.Mix{Total: 738}
	fmt.Println(before.Change(after)[0].Relative.Percent(1))
	// Output: -26.2
}
