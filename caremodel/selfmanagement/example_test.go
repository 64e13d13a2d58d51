package selfmanagement_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel"
	sm "github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
)

func day(m, d int) registry.Date { return registry.Day(2024, m, d) }

func quantity(s, unit string) registry.Quantity {
	n, err := registry.ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return registry.Quantity{Value: n, Unit: unit}
}

func at(s, unit string, is registry.Comparator) *registry.Quantity {
	q := quantity(s, unit)
	q.Comparator = is
	return &q
}

func ExampleDomain() {
	// A person's mood was looked at in January, nothing else ever.
	status, _ := sm.Assess(assessments()[:1], sm.AssessmentPolicy{Days: 365}, day(7, 1), nil)
	for _, s := range status {
		if s.Domain == sm.Mood || s.Domain == sm.Matters {
			fmt.Println(s.Domain, "-", s.Why())
		}
	}
	// Output:
	// mood - assessed on 2024-01-10, which stands until 2025-01-09
	// what matters most - never assessed
}

func ExampleDomains() {
	for _, d := range sm.Domains() {
		fmt.Println(d)
	}
	// Output:
	// knowledge
	// skills
	// confidence
	// barriers
	// support at home
	// mood
	// health literacy
	// what matters most
}

func assessments() []sm.Assessment {
	return []sm.Assessment{
		{ID: "a1", Domain: sm.Mood, On: day(1, 10), Level: "low", Instrument: "two questions"},
		{ID: "a2", Domain: sm.Skills, On: day(6, 1), Level: "2 of 4"},
	}
}

func ExampleAssess() {
	status, leftOut := sm.Assess(assessments(), sm.AssessmentPolicy{Days: 90}, day(7, 1), nil)
	for _, s := range status {
		if s.Domain == sm.Mood || !s.Due {
			fmt.Println(s.Domain, s.Due, s.Why())
		}
	}
	fmt.Println(leftOut)
	// Output:
	// skills false assessed on 2024-06-01, which stands until 2024-08-30
	// mood true assessed on 2024-01-10, which stood until 2024-04-09
	// 0
}

func ExampleAssessment() {
	// The newest of a domain counts.
	as := append(assessments(), sm.Assessment{ID: "a3", Domain: sm.Mood, On: day(5, 1), Level: "good"})
	status, _ := sm.Assess(as, sm.AssessmentPolicy{Days: 90}, day(7, 1), nil)
	for _, s := range status {
		if s.Domain == sm.Mood {
			fmt.Println(s.Due, s.Why())
		}
	}
	// Output: false assessed on 2024-05-01, which stands until 2024-07-30
}

func ExampleAssessmentPolicy() {
	p := sm.AssessmentPolicy{Domain: []sm.DomainLimit{{Domain: "luck", Days: 10}, {Domain: sm.Mood}}}
	fmt.Println(p.Check())
	// Output:
	// caremodel: policy: assessment: no domain "luck"
	// caremodel: policy: assessment: "mood" stands 0 days
}

func ExampleDomainLimit() {
	p := sm.AssessmentPolicy{Domain: []sm.DomainLimit{{Domain: sm.Mood, Days: 30}}}
	status, _ := sm.Assess(assessments(), p, day(2, 1), nil)
	fmt.Println(status[5].Domain, status[5].Until)
	// Output: mood 2024-02-09
}

func ExampleDomainStatus() {
	status, _ := sm.Assess(nil, sm.AssessmentPolicy{}, day(2, 1), nil)
	fmt.Println(status[0].Missing, status[0].Why())
	// Output: true never assessed
}

func ExampleActivation() {
	a := sm.Activation{ID: "p1", On: day(1, 1), Score: registry.Num(472, -1)}
	fmt.Println(sm.CurrentCuts.Level(a.Score))
	// Output: 2 <nil>
}

func ExampleActivationCuts() {
	for _, c := range []sm.ActivationCuts{sm.CurrentCuts, sm.OlderCuts} {
		fmt.Println(c.Level(registry.Num(70, 0)))
	}
	// Output:
	// 3 <nil>
	// 4 <nil>
}

func gain() (sm.Gain, error) {
	return sm.ActivationGain(sm.Activation{ID: "p1", On: day(1, 1), Score: registry.Num(52, 0)}, sm.Activation{ID: "p2", On: day(12, 1), Score: registry.Num(555, -1)})
}

func ExampleActivationGain() {
	g, err := gain()
	fmt.Println(g.Points.FloatString(1), g.Gained, err)
	// Output: 3.5 true <nil>
}

func ExampleGain() {
	g, _ := gain()
	fmt.Println(g.Within, g.IDs)
	// Output: true [p1 p2]
}

func agenda() ([]sm.AgendaItem, error) {
	return sm.Agenda(
		[]sm.Problem{{Key: "sleep", Text: "I sleep badly"}, {Key: "feet", Text: "My feet are numb"}},
		[]sm.ClinicalItem{{Key: "feet", Urgency: 2}, {Key: "hba1c", Urgency: 1}, {Key: "potassium", Urgent: true}}, nil)
}

func ExampleAgenda() {
	items, err := agenda()
	for _, a := range items {
		fmt.Printf("%s: %s\n", a.Key, a.Why())
	}
	fmt.Println(err)
	// Output:
	// potassium: urgent
	// sleep: the person's own problem
	// feet: the person's own problem
	// hba1c: clinical, after the person's own problems
	// <nil>
}

func ExampleProblem() {
	_, err := sm.Agenda([]sm.Problem{{Key: "sleep"}, {Key: "sleep"}}, nil, nil)
	fmt.Println(err)
	// Output: caremodel: answer: problem 2: key "sleep" is empty or used twice
}

func ExampleClinicalItem() {
	_, err := sm.Agenda(nil, []sm.ClinicalItem{{Text: "blood pressure"}}, nil)
	fmt.Println(err)
	// Output: caremodel: answer: clinical item 1: key "" is empty or used twice
}

func ExampleAgendaItem() {
	items, _ := agenda()
	fmt.Println(items[2].Key, items[2].Patient, items[2].Clinical)
	// Output: feet true true
}

func ExampleGoalStatuses() {
	rows, machine, err := sm.GoalStatuses()
	fmt.Println(rows[1].Status, rows[1].Meaning, rows[1].Counts, err)
	fmt.Println(machine.Next(sm.Proposed))
	// Output:
	// accepted agreed with the patient true <nil>
	// [accepted rejected cancelled entered-in-error]
}

func ExampleGoalStatus() {
	fmt.Println(sm.Active.Counts(), sm.OnHold.Counts())
	// Output: true false
}

func ExampleGoalStatusRow() {
	rows, _, _ := sm.GoalStatuses()
	fmt.Println(rows[6].Status, rows[6].Meaning)
	// Output: rejected patient said no
}

func goal() sm.Goal {
	return sm.Goal{ID: "g1", Statement: "walk to the shop", Measure: "hba1c", ChosenBy: "patient", Due: day(6, 30),
		Baseline: at("9.0", "%", registry.Exactly), Target: at("7.5", "%", registry.AtMost),
		History: caremodel.History[sm.GoalStatus]{{On: day(1, 5), To: sm.Proposed}, {On: day(1, 5), To: sm.Accepted}}}
}

func ExampleGoal() {
	g := goal()
	a := g.At(&sm.Measurement{ID: "f7", On: day(7, 1), Value: quantity("8.0", "%")}, day(7, 10))
	fmt.Println(a.Status, a.Progress, a.Achieved, a.Overdue, a.DaysOverdue)
	fmt.Println(a.Why, a.Evidence)
	// Output:
	// accepted 2/3 no true 10
	// 8 % on 2024-07-01, target <=7.5 % f7
}

func ExampleCheckGoals() {
	g := goal()
	g.Measure, g.Target = "", nil
	fmt.Println(sm.CheckGoals([]sm.Goal{g}))
	// Output:
	// caremodel: definition: goal "g1": no measure
	// caremodel: definition: goal "g1": no target
}

func ExampleMeasurement() {
	g := goal()
	fmt.Println(g.At(&sm.Measurement{ID: "f8", On: day(7, 1), Value: quantity("58", "mmol/mol")}, day(7, 10)).Why)
	// Output: measured in "mmol/mol", the target is in "%"
}

func ExampleGoalAnswer() {
	g := goal()
	g.Baseline, g.ChosenBy = nil, ""
	for _, i := range g.At(nil, day(2, 1)).Issues {
		fmt.Println(i)
	}
	// Output:
	// NO_BASELINE g1: progress cannot be computed
	// NO_OWNER g1: nobody is named as having chosen the goal
}

func ExampleAttainment() {
	t, err := sm.Attainment([]sm.Attained{{Goal: "g1", Level: 1}, {Goal: "g2", Level: 0}}, registry.Rate{})
	fmt.Printf("%.1f %v\n", t, err)
	// Output: 56.2 <nil>
}

func ExampleAttained() {
	_, err := sm.Attainment([]sm.Attained{{Goal: "g1", Level: 3}}, registry.Rate{})
	fmt.Println(err)
	// Output: caremodel: answer: goal attainment: goal "g1" has level 3 and weight 0
}

func plan() sm.ActionPlan {
	return sm.ActionPlan{ID: "ap1", Person: "p1", What: "walk", HowMuch: "20 minutes", When: "after lunch", HowOften: "three days a week", Start: day(3, 1), FollowUp: day(3, 15), Confidence: 6}
}

func ExampleActionPlan() {
	p := plan()
	a, err := p.Propose(day(3, 1), sm.PlanPolicy{})
	fmt.Println(a.ProblemSolving, a.Why, err)
	a, err = p.Solve(sm.Attempt{On: day(3, 1), Barrier: "rain", Change: "walk in the shopping centre", Confidence: 8}, sm.PlanPolicy{})
	fmt.Println(a.Accepted, err)
	fmt.Println(p.Report(day(3, 15), sm.ResultNotDone, 0))
	for _, s := range p.History {
		fmt.Println(s.On, s.To)
	}
	// Output:
	// true confidence 6, 7 needed <nil>
	// true <nil>
	// <nil>
	// 2024-03-01 drafted
	// 2024-03-01 problem solving
	// 2024-03-01 accepted
	// 2024-03-15 problem solving
}

func ExampleAcceptance() {
	p := plan()
	p.Confidence, p.HowOften, p.FollowUp = 10, "", 0
	a := p.Accept(sm.PlanPolicy{})
	fmt.Println(a.Accepted, a.Missing, a.Issues)
	// Output: false [how often] [NO_REVIEW ap1: no follow-up date]
}

func ExamplePlanPolicy() {
	p := plan()                          // confidence 6
	for _, needed := range []int{0, 5} { // 0: the default of 7
		fmt.Println(p.Accept(sm.PlanPolicy{Confidence: needed}).Accepted)
	}
	fmt.Println(sm.PlanPolicy{Confidence: 70}.Check())
	// Output:
	// false
	// true
	// caremodel: policy: action plans: confidence 70 needed, outside 0 to 10
}

func ExampleAttempt() {
	p := plan()
	p.Propose(day(3, 1), sm.PlanPolicy{})
	_, err := p.Solve(sm.Attempt{On: day(3, 1), Confidence: 8}, sm.PlanPolicy{})
	fmt.Println(err)
	// Output: caremodel: answer: action plan "ap1": problem solving without a barrier
}

func ExampleResult() {
	p := plan()
	p.Confidence = 9
	p.Propose(day(3, 1), sm.PlanPolicy{})
	err := p.Report(day(3, 15), sm.ResultUnknown, day(3, 22))
	fmt.Println(p.FollowUp, err)
	// Output: 2024-03-22 <nil>
}

func ExamplePlanMachine() {
	m, err := sm.PlanMachine()
	fmt.Println(m.Next(sm.PlanAccepted), err)
	// Output: [done partly done problem solving declined] <nil>
}

func ExamplePlanState() {
	p := plan()
	p.Propose(day(3, 1), sm.PlanPolicy{})
	fmt.Println(p.Decline(day(3, 2), "no time"), p.Decline(day(3, 3), "again"))
	// Output: <nil> caremodel: transition: action plan: nothing follows declined
}

func overdue() []sm.OverduePlan {
	p := plan()
	p.Confidence = 7
	p.Propose(day(3, 1), sm.PlanPolicy{})
	return sm.OverduePlans([]sm.ActionPlan{p}, day(3, 20), nil)
}

func ExampleOverduePlans() {
	fmt.Println(overdue())
	// Output: [{ap1 p1 2024-03-15 5}]
}

func ExampleOverduePlan() {
	for _, p := range overdue() {
		fmt.Println(p.Person, "was to be called about", p.Plan, "on", p.FollowUp, "-", p.Days, "days ago")
	}
	// Output: p1 was to be called about ap1 on 2024-03-15 - 5 days ago
}

func counsels() []sm.Counsel {
	return []sm.Counsel{
		{ID: "c1", Topic: "smoking", A: sm.Ask, On: day(2, 1)}, {ID: "c2", Topic: "smoking", A: sm.Advise, On: day(2, 1)},
		{ID: "c3", Topic: "smoking", A: sm.Agree, On: day(2, 1)}, {ID: "c4", Topic: "smoking", A: sm.Assist, On: day(2, 8)},
		{ID: "c5", Topic: "smoking", A: sm.Arrange, On: day(2, 8), Next: day(2, 8)},
	}
}

func ExampleA() {
	f := sm.CountAs(counsels()[:2], "smoking", registry.CalendarYear(2024))
	for _, a := range f.Missing() {
		fmt.Println(a)
	}
	// Output:
	// agree
	// assist
	// arrange
}

func ExampleCounsel() {
	cs := []sm.Counsel{{ID: "c1", Topic: "smoking", A: sm.Ask, On: day(2, 1)}, {ID: "c2", Topic: "diet", A: sm.Advise, On: day(2, 1)}}
	for _, topic := range []string{"smoking", "diet"} {
		fmt.Println(topic, "lacks", sm.CountAs(cs, topic, registry.CalendarYear(2024)).Missing())
	}
	// Output:
	// smoking lacks [advise agree assist arrange]
	// diet lacks [assess agree assist arrange]
}

func ExampleCheckCounsels() {
	fmt.Println(sm.CheckCounsels(counsels()))
	fmt.Println(sm.CheckCounsels([]sm.Counsel{{ID: "c9", A: sm.Assist}}))
	// Output:
	// <nil>
	// caremodel: answer: counsel "c9": topic "", A 3, on not recorded
}

func ExampleCountAs() {
	f := sm.CountAs(counsels(), "smoking", registry.CalendarYear(2024))
	fmt.Println(f.Complete, f.Missing())
	// Output: false [arrange]
}

func ExampleFiveAs() {
	cs := counsels()
	cs[4].Next = day(3, 8)
	f := sm.CountAs(cs, "smoking", registry.CalendarYear(2024))
	fmt.Println(f.Complete, f.Evidence)
	// Output: true [c1 c2 c3 c4 c5]
}

func ExampleNewAsTally() {
	t := sm.NewAsTally()
	sm.CountAs(counsels(), "smoking", registry.CalendarYear(2024)).Add(&t)
	sm.CountAs(nil, "smoking", registry.CalendarYear(2024)).Add(&t)
	fmt.Println(t.People, t.Of("assess"), t.Of("arrange"), t.Of("complete"))
	// Output: 2 1 0 0
}

func ExampleRules() {
	rules, err := sm.Rules()
	for _, r := range rules {
		if r.Signal == "weight" {
			fmt.Println(r)
		}
	}
	fmt.Println(err)
	// Output:
	// sm.weight.3d: weight rise > 2 kg in 3 days, contact same day
	// sm.weight.1d: weight rise >= 3 [lb_av] in 1 days, contact same day
	// sm.weight.7d: weight rise >= 5 [lb_av] in 7 days, contact same day
	// <nil>
}

func ExampleRule() {
	rules, _ := sm.Rules()
	fmt.Println(rules[4])
	fmt.Println(rules[8])
	// Output:
	// sm.bp.high: blood pressure mean level systolic >= 140 or diastolic >= 90 mm[Hg] in 7 days, book review
	// sm.missing: any no reading in 2 days, contact next day
}

func ExampleLimit() {
	// A rule of one's own: a limit that is reached, and one that is passed.
	r := sm.Rule{ID: "own", Source: "our heart nurses", Condition: "any", Signal: "weight", Test: sm.LevelTest, Unit: "kg", Action: sm.ContactNextDay}
	for _, is := range []registry.Op{registry.AtOrAbove, registry.Above} {
		r.Any = []sm.Limit{{Is: is, Value: registry.Num(82, 0)}}
		m, err := sm.NewMonitor([]sm.Rule{r}, sm.MonitorPolicy{})
		if err != nil {
			fmt.Println(err)
			return
		}
		p := weights("82.0")
		var w sm.Watch
		m.Watch(&p, day(5, 4), &w)
		fmt.Println(r.Any[0], "alerts:", len(w.Alerts))
	}
	// Output:
	// >= 82 alerts: 1
	// > 82 alerts: 0
}

func ExampleTest() {
	rules, _ := sm.Rules()
	for _, r := range rules {
		if r.Test == sm.MeanTest || r.Test == sm.NoReading {
			fmt.Println(r.ID, "-", r.Test, "in", r.Days, "days")
		}
	}
	// Output:
	// sm.bp.high - mean level in 7 days
	// sm.missing - no reading in 2 days
}

func ExampleAction() {
	for _, a := range []sm.Action{sm.ContactSameDay, sm.BookReview, sm.LogOnly} {
		fmt.Println(a, "-", a.Decision())
	}
	// Output:
	// contact same day - call
	// book review - appointment
	// nothing - nothing
}

func weights(last string) sm.Monitored {
	p := sm.Monitored{Person: "p1", Birth: registry.Day(1950, 1, 1), Conditions: []string{"heart failure"}, Level: 2, Schedules: []sm.Schedule{{Signal: "weight", From: day(5, 1), EveryDays: 1}}}
	for i, w := range []string{"80.0", "80.6", "81.2", last} {
		p.Readings = append(p.Readings, sm.Reading{ID: fmt.Sprint("r", i+1), Person: "p1", Signal: "weight", When: registry.At(day(5, i+1)), Parts: []sm.Part{{Value: quantity(w, "kg")}}})
	}
	return p
}

func monitor() *sm.Monitor {
	rules, err := sm.Rules()
	if err != nil {
		panic(err)
	}
	m, err := sm.NewMonitor(rules, sm.MonitorPolicy{})
	if err != nil {
		panic(err)
	}
	return m
}

func watch(p sm.Monitored, asOf registry.Date) sm.Watch {
	var w sm.Watch
	monitor().Watch(&p, asOf, &w)
	return w
}

func ExampleNewMonitor() {
	_, err := sm.NewMonitor([]sm.Rule{{ID: "x", Condition: "any", Signal: "weight", Test: sm.RiseTest, Unit: "kg", Any: []sm.Limit{{Is: registry.Above}}}}, sm.MonitorPolicy{})
	fmt.Println(err)
	// Output:
	// caremodel: definition: self-monitoring rule "x": no source
	// caremodel: definition: self-monitoring rule "x": a window of 0 days, at least 4 readings
}

func ExampleMonitor() {
	p := weights("82.6")
	var w sm.Watch
	monitor().Watch(&p, day(5, 4), &w)
	for _, a := range w.Alerts {
		fmt.Println(a.Rule, a.Readings)
		fmt.Println(a.Why())
	}
	// Output:
	// sm.weight.1d [r3 r4]
	// weight: rise of 1.4 kg, limit >= 3 [lb_av]
	// sm.weight.3d [r1 r4]
	// weight: rise of 2.6 kg, limit > 2 kg
	// sm.weight.7d [r1 r4]
	// weight: rise of 2.6 kg, limit >= 5 [lb_av]
}

func ExampleMonitorPolicy() {
	rules, _ := sm.Rules()
	m, _ := sm.NewMonitor(rules, sm.MonitorPolicy{Calendar: registry.Calendar{Weekend: []int{0, 6}}})
	p := sm.Monitored{Person: "p1", Conditions: []string{"diabetes"}, Readings: []sm.Reading{
		{ID: "g1", Person: "p1", Signal: "glucose", When: registry.At(day(5, 3)), Parts: []sm.Part{{Value: quantity("3.5", "mmol/L")}}}}}
	var w sm.Watch
	m.Watch(&p, day(5, 3), &w) // a Friday
	fmt.Println(w.Alerts[0].Why(), w.Alerts[0].ContactBy)
	// Output: glucose is 63.0637 mg/dL, limit < 70 mg/dL 2024-05-06
}

func ExampleMonitored() {
	p := sm.Monitored{Person: "p1", Readings: []sm.Reading{{ID: "r1", Signal: "weight"}}}
	fmt.Println(p.Check())
	// Output: caremodel: answer: person "p1": reading 1, "r1" of "weight" on not recorded, has 0 values
}

func ExampleReading() {
	r := sm.Reading{ID: "b1", Person: "p1", Signal: "blood pressure", When: registry.Moment{Day: day(5, 1), Time: registry.NewClock(8, 0, 0, 0)},
		Parts: []sm.Part{{Component: "systolic", Value: quantity("182", "mmHg")}, {Component: "diastolic", Value: quantity("95", "mmHg")}}}
	w := watch(sm.Monitored{Person: "p1", Conditions: []string{"hypertension"}, Readings: []sm.Reading{r}}, day(5, 1))
	fmt.Println(w.Alerts[0].Why())
	// Output: blood pressure systolic is 182 mm[Hg], limit systolic >= 180 mm[Hg]
}

func ExamplePart() {
	// Either pressure is enough.
	for _, diastolic := range []string{"95", "122"} {
		r := sm.Reading{ID: "b1", Person: "p1", Signal: "blood pressure", When: registry.At(day(5, 1)),
			Parts: []sm.Part{{Component: "systolic", Value: quantity("150", "mm[Hg]")}, {Component: "diastolic", Value: quantity(diastolic, "mm[Hg]")}}}
		w := watch(sm.Monitored{Person: "p1", Conditions: []string{"hypertension"}, Readings: []sm.Reading{r}}, day(5, 1))
		fmt.Println(diastolic, "alerts:", len(w.Alerts))
		for _, a := range w.Alerts {
			fmt.Println(a.Why())
		}
	}
	// Output:
	// 95 alerts: 0
	// 122 alerts: 1
	// blood pressure diastolic is 122 mm[Hg], limit diastolic >= 110 mm[Hg]
}

func ExampleSchedule() {
	w := watch(weights("81.2"), day(5, 7))
	fmt.Println(w.Alerts[0].Why(), w.Alerts[0].ContactBy)
	// Output: no weight reading for 3 days, 2 allowed 2024-05-08
}

func ExampleAcknowledgement() {
	p := weights("82.3")
	alert := watch(p, day(5, 4)).Alerts[0]
	p.Acknowledged = []sm.Acknowledgement{{Rule: alert.Rule, UpTo: alert.UpTo, By: "nurse"}}
	for _, a := range watch(p, day(5, 5)).Alerts {
		fmt.Println("still open:", a.Rule)
	}
	fmt.Println("acknowledged:", watch(p, day(5, 5)).Acknowledged)
	// Output:
	// still open: sm.weight.7d
	// acknowledged: 1
}

func ExampleAlert() {
	a := watch(weights("82.3"), day(5, 4)).Alerts[0]
	fmt.Println(a.Rule, a.Action, a.ContactBy, a.Value, a.Base)
	// Output: sm.weight.3d contact same day 2024-05-04 2.3 kg
}

func ExampleTechnical() {
	w := watch(weights("812"), day(5, 4)) // the scales, not the heart
	for _, t := range w.Technical {
		fmt.Println(t.Issue(w.Person))
	}
	fmt.Println("clinical alerts:", len(w.Alerts))
	// Output:
	// DEVICE_IMPLAUSIBLE p1 since 2024-05-04: IMPLAUSIBLE: reading r4 of weight is 812 kg
	// clinical alerts: 0
}

func ExampleWatch() {
	p := weights("82.6")
	p.Readings[0].Person = "p2" // somebody else's reading came along
	w := watch(p, day(5, 4))
	for _, a := range w.Alerts {
		fmt.Println(a.Rule, a.Why())
	}
	fmt.Println("left out:", w.LeftOut)
	// Output:
	// sm.weight.1d weight: rise of 1.4 kg, limit >= 3 [lb_av]
	// left out: 1
}

func ExampleDecision() {
	fmt.Println(sm.BookReview.Decision(), sm.LogOnly.Decision())
	// Output: appointment nothing
}

func ExampleTriage() {
	quiet, other := weights("80.0"), weights("812")
	quiet.Person = "p0" // all readings are of p1
	other.Person = "p2"
	for i := range other.Readings {
		other.Readings[i].Person = "p2"
	}
	watches := []sm.Watch{watch(other, day(5, 4)), watch(quiet, day(5, 2)), watch(weights("82.6"), day(5, 4))}
	for _, t := range sm.Triage(watches, day(5, 4), nil) {
		fmt.Println(t.Person, t.Decision, t.ContactBy)
	}
	// Output:
	// p1 call 2024-05-04
	// p2 technical task not recorded
}

func ExampleWorkItem() {
	t := sm.Triage([]sm.Watch{watch(weights("82.6"), day(5, 5))}, day(5, 5), nil)[0]
	fmt.Println(t.Decision, t.ContactBy, t.Waiting)
	// Output: call 2024-05-05 1
}

func ExampleNewEducator() {
	e, err := sm.NewEducator()
	plan, unknown := e.Plan(sm.EducationState{NewDiagnosis: caremodel.Yes, Stable: caremodel.No, CaseManaged: caremodel.No}, nil, nil)
	for _, x := range plan {
		fmt.Println("give", x.Item)
	}
	for _, x := range unknown {
		fmt.Println("cannot tell", x.Item)
	}
	fmt.Println(err)
	// Output:
	// give one-to-one session with a certified educator
	// cannot tell regular contact that teaches skills
	// cannot tell session on demand
	// <nil>
}

func ExampleEducator() {
	e, _ := sm.NewEducator()
	plan, _ := e.Plan(sm.EducationState{CaseManaged: caremodel.Yes, Exacerbation: caremodel.Yes, Asks: caremodel.No}, nil, nil)
	for _, x := range plan {
		fmt.Printf("%s (%s)\n", x.Item, x.Why)
	}
	// Output:
	// group session led by the case manager (case-managed + exacerbation)
	// regular contact that teaches skills (case-managed)
}

func ExampleEducationState() {
	e, _ := sm.NewEducator()
	_, unknown := e.Plan(sm.EducationState{Stable: caremodel.Yes, NewDiagnosis: caremodel.No, CaseManaged: caremodel.No, HighRisk: caremodel.No, Asks: caremodel.No}, nil, nil)
	fmt.Println(unknown[0].Item)
	// Output: printed, video, web or newsletter material
}

func ExampleEducationItem() {
	e, _ := sm.NewEducator()
	plan, _ := e.Plan(sm.EducationState{NewDiagnosis: caremodel.Yes, HighRisk: caremodel.Yes}, nil, nil)
	fmt.Println(plan[0].Item, plan[0].Urgent, plan[0].Source)
	// Output: one-to-one session with a certified educator true KF2004:1824, KF2004:2359-2361
}

func sessions() []sm.Session {
	return []sm.Session{
		{ID: "s1", Provider: "dr a", On: day(2, 1), Seats: 1, Invitations: []sm.Invitation{{"p1", sm.Missed}, {"p2", sm.Attended}, {"p3", sm.DeclinedIt}}},
		{ID: "s2", Provider: "dr a", On: day(3, 1), Invitations: []sm.Invitation{{"p1", sm.Missed}, {"p2", sm.Agreed}}},
	}
}

func ExampleSessions() {
	r := sm.Sessions(sessions(), registry.CalendarYear(2024), day(4, 1))
	fmt.Println(r.Invited, r.Attendance, r.Declined)
	fmt.Println(r.Overdue, r.Issues)
	// Output:
	// 5 1/3 (33.3 %) 1
	// [{s2 p2 agreed 2024-03-01}] [OVER_CAPACITY s1 since 2024-02-01: 2 people for 1 seats]
}

func ExampleSession() {
	// A session without a limit of seats is never too full.
	s := sessions()[0]
	for _, seats := range []int{1, 2, 0} {
		s.Seats = seats
		fmt.Println(seats, "seats:", sm.Sessions([]sm.Session{s}, registry.CalendarYear(2024), day(4, 1)).Issues)
	}
	// Output:
	// 1 seats: [OVER_CAPACITY s1 since 2024-02-01: 2 people for 1 seats]
	// 2 seats: []
	// 0 seats: []
}

func ExampleInvitation() {
	// Who came has an outcome; who only agreed has none yet, and is overdue once the day has passed.
	s := sessions()[1]
	fmt.Println(sm.Sessions([]sm.Session{s}, registry.CalendarYear(2024), day(3, 2)).Overdue)
	s.Invitations[1].State = sm.Attended
	fmt.Println(sm.Sessions([]sm.Session{s}, registry.CalendarYear(2024), day(3, 2)).Attendance)
	// Output:
	// [{s2 p2 agreed 2024-03-01}]
	// 1/2 (50.0 %)
}

func ExampleAttendance() {
	ss := sessions()
	ss[0].Invitations[0].State = "late"
	fmt.Println(sm.CheckSessions(ss))
	// Output: caremodel: answer: session "s1": person "p1" is "late", or invited twice
}

func ExampleCheckSessions() {
	fmt.Println(sm.CheckSessions([]sm.Session{{ID: "s1", Seats: -1}}))
	// Output: caremodel: answer: session "s1": on not recorded, with -1 seats
}

func ExampleSessionReport() {
	for _, days := range []registry.Period{registry.CalendarMonth(2024, 2), registry.CalendarMonth(2024, 5)} {
		r := sm.Sessions(sessions(), days, day(6, 1))
		fmt.Println(days, "invited", r.Invited, "attended", r.Attendance)
	}
	// Output:
	// 2024-02-01 to 2024-02-29 invited 3 attended 1/2 (50.0 %)
	// 2024-05-01 to 2024-05-31 invited 0 attended 0/0 (undefined)
}

func ExampleOverdueOutcome() {
	for _, o := range sm.Sessions(sessions(), registry.CalendarYear(2024), day(4, 1)).Overdue {
		fmt.Printf("%+v\n", o)
	}
	// Output: {Session:s2 Person:p2 State:agreed On:2024-03-01}
}

func ExampleTaught() {
	fmt.Println(sm.Sessions(sessions(), registry.CalendarYear(2024), day(2, 1)).Providers)
	// Output: [{dr a 1 1}]
}

func ExampleParticipationRule() {
	rule := sm.ParticipationRule{Missed: 2, Months: 12}
	fmt.Println(rule.Check(), rule.Cancel(sessions(), "p1", day(4, 1)))
	// Output: <nil> {true [s1 s2] 2024-03-01}
}

func ExampleCancelFlag() {
	f := sm.ParticipationRule{Missed: 2, Months: 1}.Cancel(sessions(), "p1", day(3, 15))
	fmt.Println(f.Raised, f.Missed)
	// Output: false [s2]
}

func offers() []sm.Offer {
	return []sm.Offer{
		{ID: "o1", Person: "p1", On: day(1, 1), Accepted: day(1, 5), Dropped: day(3, 1), Reason: "moved"},
		{ID: "o2", Person: "p2", On: day(1, 1), Declined: day(1, 2)},
		{ID: "o3", Person: "p3", On: day(1, 1), ByPatient: true},
	}
}

func ExampleParticipation() {
	r := sm.Participation(offers(), registry.CalendarYear(2024), day(6, 1))
	fmt.Println(r.Offered, r.Accepted, r.Declined, r.Waiting, r.Dropped)
	fmt.Println(r.Participation, r.NonParticipation)
	// Output:
	// 3 1 1 1 1
	// 1/3 (33.3 %) 2/3 (66.7 %)
}

func ExampleOffer() {
	o := sm.Offer{ID: "o1", Person: "p1", On: day(1, 1), Dropped: day(2, 1)}
	fmt.Println(sm.CheckOffers([]sm.Offer{o}))
	// Output: caremodel: answer: offer "o1": dropped on 2024-02-01, accepted on not recorded
}

func ExampleCheckOffers() {
	bad := offers()
	bad[1].Accepted = day(1, 3) // declined the day before
	bad[2].ID = "o1"
	fmt.Println(sm.CheckOffers(offers()), "/", sm.CheckOffers(bad))
	// Output:
	// <nil> / caremodel: answer: offer "o2": accepted and declined
	// caremodel: answer: offer "o1": person "p3" on 2024-01-01, or the ID twice
}

func ExampleReasonCount() {
	r := sm.Participation(offers(), registry.CalendarYear(2024), day(6, 1))
	fmt.Println(r.DeclineReasons, r.DropReasons)
	// Output: [{no reason recorded 1}] [{moved 1}]
}

func ExampleParticipationReport() {
	r := sm.Participation(offers(), registry.CalendarYear(2024), day(1, 3))
	fmt.Println(r.Accepted, r.Declined, r.Waiting)
	// Output: 0 1 2
}
