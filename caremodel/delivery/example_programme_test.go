package delivery_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// template is a programme of the table with the figures that the sources leave open.
func template(id string) *delivery.Programme {
	p, err := delivery.Template(id, delivery.Limits{ContactDays: 14, ReviewDays: 90, Caseload: delivery.Caseload{Low: 1, High: 2}, Places: 2,
		Participation: selfmanagement.ParticipationRule{Missed: 2, Months: 12}})
	if err != nil {
		panic(err)
	}
	return p
}

func ExampleCandidate() {
	// What is not known of a person is asked for, and never taken for a no.
	p := template("pace-like")
	c := delivery.Candidate{On: day(1, 1), Inputs: eligibility.Inputs{eligibility.Age: eligibility.Number(55), eligibility.InArea: eligibility.Yes()}}
	q := p.Qualifies(c)
	fmt.Println(q.Answer, q.Missing)
	c.Inputs[eligibility.NursingHomeLevel] = eligibility.Yes()
	fmt.Println(p.Qualifies(c).Answer)
	c.Inputs[eligibility.Age] = eligibility.Number(54)
	fmt.Println(p.Qualifies(c).Answer)
	// Output:
	// cannot tell [entry: pace: certified for nursing-home level of care (not known)]
	// eligible
	// not eligible
}

func ExampleGround() {
	q := template("disease-management").Qualifies(delivery.Candidate{Level: 3, Conditions: map[string]caremodel.Answer{"diabetes": caremodel.Yes, "asthma": caremodel.No}})
	for _, g := range q.Against {
		fmt.Println(g)
	}
	// Output:
	// condition: no asthma
	// level: level 3, for levels [1 2]
}

func ExampleQualification() {
	// Clinicians may refer people into case management; into a virtual ward they may not.
	for _, id := range []string{"case-management", "virtual-ward"} {
		q := template(id).Qualifies(delivery.Candidate{Route: delivery.ByReferral, Level: 2})
		fmt.Println(id, q.Answer, q.For, q.Against)
	}
	// Output:
	// case-management eligible [referral: a clinician referred, which stands in for level and entry rule] [level: level 2, for levels [3]]
	// virtual-ward not eligible [] [level: level 2, for levels [3]]
}

func ExampleOverride() {
	e := enrolments()
	x, _ := e.Open(nil, delivery.Episode{ID: "e1", Person: "p1", Programme: "dm", Route: delivery.BySelf, SelectedBy: "patient", Coordinator: "dr a"}, day(1, 1))
	q, err := e.Assess(&x, delivery.Candidate{On: day(1, 2), Conditions: map[string]caremodel.Answer{"diabetes": caremodel.No}}, "nurse")
	fmt.Println(q.Answer, err)
	offer := caremodel.Step[delivery.State]{On: day(1, 3), To: delivery.Offered}
	fmt.Println(e.Step(&x, offer))
	x.Override = delivery.Override{On: day(1, 3), By: "dr a", Reason: "diabetes before, in remission"}
	fmt.Println(e.Step(&x, offer))
	// Output:
	// not eligible <nil>
	// caremodel: transition: episode "e1": offered on 2024-01-03: the assessment of 2024-01-02 says not eligible, and no override with day, name and reason says otherwise
	// <nil>
}

// limited is the programme with one place, and three people who accepted it.
func limited() (*delivery.Enrolments, []delivery.Episode) {
	p := programme()
	p.Places = 1
	e, err := delivery.NewEnrolments(p)
	if err != nil {
		panic(err)
	}
	var xs []delivery.Episode
	for _, id := range []string{"ann", "bob", "cem"} {
		x := walked(id, delivery.Assessed, delivery.Offered)
		x.Accepted = day(1, 10)
		xs = append(xs, x)
	}
	xs[2].Accepted = day(1, 5)
	return e, xs
}

func ExampleWaitingList() {
	e, xs := limited()
	w, err := e.Admit("dm", xs, day(1, 12), "clerk")
	fmt.Println(w.Entered[0].Person, "of", w.Places, err)
	for _, x := range w.Waiting {
		fmt.Println(x.Person, "waits since", x.Since)
	}
	fmt.Println(e.Step(&xs[0], caremodel.Step[delivery.State]{On: day(1, 13), To: delivery.Enrolled}))
	// A place that is freed has a name on it.
	err = e.Step(&xs[2], caremodel.Step[delivery.State]{On: day(2, 1), To: delivery.Withdrawn, Reason: "moves away"})
	w, _ = e.WaitingList("dm", xs, day(2, 1))
	fmt.Println(w.Free, "free, next is", w.Next[0].Person, err)
	// Output:
	// cem of 1 <nil>
	// ann waits since 2024-01-10
	// bob waits since 2024-01-10
	// caremodel: transition: episode "ann": places are limited, and Admit gives them
	// 1 free, next is ann <nil>
}

func ExampleWaiter() {
	// Who accepted and cannot enter keeps nobody else from the place.
	e, xs := limited()
	xs[2].Coordinator = ""
	w, err := e.Admit("dm", xs, day(1, 12), "clerk")
	fmt.Println(w.Entered[0].Person, w.Barred[0].Person, w.Barred[0].Days, w.Barred[0].Why, err)
	// Output: ann cem 7 no co-ordinating physician is chosen <nil>
}

// followed is a person of a template who entered on 4 January and is active since the 5th.
func followed(id string, level int) (*delivery.Enrolments, delivery.Followed) {
	p := template(id)
	e, err := delivery.NewEnrolments(p)
	if err != nil {
		panic(err)
	}
	x := &delivery.Episode{ID: id + "/1", Person: "p1", Programme: id, History: caremodel.History[delivery.State]{
		{On: day(1, 1), To: delivery.Identified}, {On: day(1, 2), To: delivery.Assessed}, {On: day(1, 3), To: delivery.Offered}, {On: day(1, 4), To: delivery.Enrolled}, {On: day(1, 5), To: delivery.Active}}}
	return e, delivery.Followed{Episode: x, Level: level}
}

func ExamplePersonPlan() {
	e, f := followed("case-management", 3)
	f.Episode.Done = []delivery.Done{{Task: "assess", On: day(1, 16)}}
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(2, 3), End: day(2, 16)}, &plan)
	for _, i := range plan.Items {
		fmt.Printf("%s %-12s %s %q, %d late\n", i.Due, i.Role, i.Kind, i.Key, i.Over)
	}
	// Output:
	// 2024-01-12 case manager task "markers", 22 late
	// 2024-01-18 case manager contact "phone", 16 late
	// 2024-02-01 case manager task "medicines", 2 late
	// 2024-02-01 case manager task "plan", 2 late
	// 2024-02-08 case manager education "edu.case", 0 late
	// 2024-02-08 case manager task "arrange", 0 late
	// 2024-02-08 case manager task "liaise", 0 late
}

func ExampleFollowed() {
	// A contact by phone starts the days of the next one.
	e, f := followed("case-management", 0) // for level 3 only: the level need not be told
	f.Contacts = []delivery.Contact{{ID: "c1", Person: "p1", On: day(2, 1), Channel: delivery.ByPhone}}
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(2, 3), End: day(2, 16)}, &plan)
	for _, i := range plan.Items {
		if i.Kind == delivery.ContactWork {
			fmt.Println(i.Due, i.Why())
		}
	}
	// Output: 2024-02-15 14 days after the last one on 2024-02-01
}

func ExamplePlanItem() {
	e, f := followed("virtual-ward", 3)
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(1, 5), End: day(4, 3)}, &plan)
	first, last := plan.Items[0], plan.Items[len(plan.Items)-1]
	fmt.Println(first.Role, "by", first.Due, "is to", first.What+":", first.Why())
	fmt.Println(last.Role, "by", last.Due, last.What, "asks", len(last.Agenda), "questions")
	// Output:
	// case manager by 2024-01-06 is to tell the general practitioner who stays responsible: 2 days after enrolled on 2024-01-04
	// multidisciplinary team by 2024-04-03 review asks 4 questions
}

func ExampleDone() {
	// Done once, "liaise" comes again 90 days later.
	e, f := followed("case-management", 3)
	f.Episode.Done = []delivery.Done{{Task: "liaise", On: day(2, 1)}}
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(5, 1), End: day(5, 7)}, &plan)
	for _, i := range plan.Items {
		if i.Key == "liaise" {
			fmt.Println(i.Due, i.Why())
		}
	}
	// Output: 2024-05-01 90 days after the last one on 2024-02-01
}

func ExamplePlanGap() {
	// Nothing is left out silently: not for a level that nobody knows, not during a hold.
	e, f := followed("disease-management", 0)
	f.Episode.History = append(f.Episode.History, caremodel.Step[delivery.State]{On: day(1, 10), To: delivery.OnHold})
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(1, 11), End: day(1, 17)}, &plan)
	for _, g := range plan.Gaps {
		fmt.Println(g.Kind, g.Key+":", g.Why)
	}
	// Output:
	// task register: on hold
	// task goals: on hold
	// education edu.new: on hold
	// education edu.stable: level not known
	// education group: on hold
	// contact visit: on hold
	// contact group: level not known
}

func ExampleKind() {
	e, f := followed("provenhealth-navigator", 3)
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(1, 5), End: day(4, 30)}, &plan)
	n := map[delivery.Kind]int{}
	for _, i := range plan.Items {
		n[i.Kind]++
	}
	fmt.Println(n[delivery.TaskWork], n[delivery.EducationWork], n[delivery.ContactWork], n[delivery.ReviewWork])
	// Output: 5 3 8 1
}

func ExampleTeamWork() {
	e, f := followed("disease-management", 2)
	other := *f.Episode
	other.ID, other.Person = "e2", "p2"
	other.Done = []delivery.Done{{Task: "register", On: day(1, 8)}}
	w := e.TeamWork([]delivery.Followed{{Episode: &other, Level: 1}, f}, registry.Period{Start: day(1, 15), End: day(1, 21)})
	for _, r := range w.Roles {
		for _, i := range r.Items {
			fmt.Println(r.Role, i.Due, i.Person, i.Key)
		}
	}
	// Output:
	// certified health educator 2024-01-18 p1 group
	// clerk 2024-01-11 p1 register
	// clerk 2024-01-18 p2 edu.stable
	// primary care physician 2024-01-18 p1 visit
	// primary care physician 2024-01-18 p2 visit
}

func ExampleRoleWork() {
	p, err := delivery.Template("virtual-ward", delivery.Limits{ContactDays: 7, ReviewDays: 30, Places: 100, Tasks: []delivery.TaskLimit{{ID: "assess", Minutes: 60}, {ID: "plan", Minutes: 45}}})
	if err != nil {
		panic(err)
	}
	e, err := delivery.NewEnrolments(p)
	_, f := followed("virtual-ward", 3)
	for _, r := range e.TeamWork([]delivery.Followed{f}, registry.Period{Start: day(1, 15), End: day(2, 1)}).Roles {
		fmt.Println(r.Role, len(r.Items), "items,", r.Minutes, "minutes")
	}
	fmt.Println(err)
	// Output:
	// case manager 5 items, 45 minutes
	// multidisciplinary team 1 items, 60 minutes
	// <nil>
}

func ExampleProgrammeTask() {
	p := template("case-management")
	t := p.Tasks[0]
	fmt.Printf("%s, %v, within %d days of %s (%s)\n", t.What, t.Roles, t.Days, t.From, t.Source)
	p.Tasks[0].Roles = nil
	fmt.Println(p.Check())
	// Output:
	// assess what the person needs, [case manager], within 14 days of enrolled (KF2010:604, KF2010:613-617)
	// caremodel: definition: programme "case-management": task "assess" has no role
}

func ExampleTaskLimit() {
	// The library's days are defaults: an organisation has its own.
	l := delivery.Limits{ContactDays: 14, ReviewDays: 90, Caseload: delivery.Caseload{Low: 40, High: 60}, Tasks: []delivery.TaskLimit{{ID: "assess", Days: 7, Minutes: 60}}}
	p, err := delivery.Template("case-management", l)
	fmt.Println(p.Tasks[0].Days, p.Tasks[0].Minutes, err)
	l.Tasks[0].ID = "dance"
	_, err = delivery.Template("case-management", l)
	fmt.Println(err)
	// Output:
	// 7 60 <nil>
	// caremodel: policy: template "case-management": task "dance" within 7 days, every 0, of 60 minutes: below zero, there twice, or no such task
}

func ExampleAsk() {
	for _, a := range template("disease-management").Agenda() {
		fmt.Printf("%s %q: %s\n", a.Kind, a.Key, a.What)
	}
	// Output:
	// goal "treatment goals": treatment-goals met
	// goal "care complete": care-gaps none
	// referral "referral criteria of the programme": refer to secondary care
	// participation "participation": takes part: fewer than 2 sessions missed in 12 months
	// discharge "needs case management": transferred when it holds
}

func ExampleReviewed() {
	r := template("disease-management").Review(map[string]caremodel.Answer{"treatment goals": caremodel.No, "care complete": caremodel.Yes, "referral criteria of the programme": caremodel.Yes, "participation": caremodel.Yes})
	fmt.Println("met", r.Met, "open", r.Open)
	fmt.Println("refer to", r.Refer[0].To, "leaves", r.Leave)
	fmt.Println("cannot tell", r.CannotTell)
	// Output:
	// met [care complete] open [treatment goals]
	// refer to secondary care leaves []
	// cannot tell [{discharge needs case management transferred when it holds}]
}

func ExampleLeave() {
	// A review finds the end; somebody decides it.
	e, f := followed("virtual-ward", 3)
	r := template("virtual-ward").Review(map[string]caremodel.Answer{"goals of the care plan": caremodel.Yes, "stable": caremodel.Yes, "score below the lower limit": caremodel.No})
	end := r.Leave[0]
	err := e.Step(f.Episode, caremodel.Step[delivery.State]{On: day(3, 1), To: end.To, Reason: end.Reason, By: "matron"})
	fmt.Println(f.Episode.History[5], err)
	var plan delivery.PersonPlan
	e.Plan(f, registry.Period{Start: day(3, 1), End: day(3, 31)}, &plan)
	fmt.Println(plan.State, len(plan.Items), plan.Items[0].What)
	// Output:
	// {2024-03-01 completed all goals met, stable matron} <nil>
	// completed 1 hand back to the general practitioner
}

func ExampleDischargeRule() {
	p := template("case-management")
	p.Discharges = []delivery.DischargeRule{{To: delivery.Active, All: []string{"stable"}}}
	fmt.Println(p.Check())
	// Output: caremodel: definition: programme "case-management": discharge 1 to "active", which is no end
}
