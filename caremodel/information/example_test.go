package information_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/caremodel/information"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleCarePlan() {
	p := plan()
	fmt.Print(p.ForPatient(map[string]string{"sugar": "sugar in range"}))
	// Output:
	// What this plan is about
	//   - diabetes
	//   - heart failure
	// What I want to reach
	//   - sugar in range, by 2024-08-30
	// What is to be done, and by whom
	//   - order retinal examination (nurse), by 2024-06-11
	//   - avoid ibuprofen (physician)
	// What I measure
	//   - weight every morning
	// My medicines
	//   - metformin
	// Whom I call
	//   - out of hours: 111
	// Next review: 2024-08-22
}

func ExamplePlanProblem() {
	p := plan()
	fmt.Println(p.Missing(nil, []string{"diabetes", "COPD"}))
	// Output: [MISSING_PART c1: nothing about the register COPD]
}

func ExamplePlanAction() {
	p := information.CarePlan{ID: "c1", Person: "p1", Created: today, Problems: []information.PlanProblem{{ID: "dm", Text: "diabetes"}},
		Actions: []information.PlanAction{{ID: "a1", Problem: "dm", Action: decision.Order, What: "retinal examination"}}}
	fmt.Println(p.Check())
	// Output: caremodel: definition: plan "c1": action "a1": a task without a role
}

func ExamplePlanPart() {
	p := information.CarePlan{ID: "c1", Agreed: caremodel.Yes}
	for _, i := range p.Missing([]information.PlanPart{information.Goals, information.Agreement}, nil) {
		fmt.Println(i)
	}
	// Output: MISSING_PART c1: goals
}

func ExampleAllParts() {
	// What a plan that has only problems still lacks.
	p := information.CarePlan{ID: "c1", Person: "p1", Created: today, Problems: []information.PlanProblem{{ID: "dm", Text: "diabetes"}}}
	for _, i := range p.Missing(information.AllParts()[:4], nil) {
		fmt.Println(i)
	}
	// Output:
	// MISSING_PART c1: goals
	// MISSING_PART c1: actions
	// NO_OWNER c1: co-ordinator
}

func ExampleRepeated() {
	repeated, once := information.Repeated([]information.AskedQuestion{
		{Person: "p", Agency: "practice", Question: "falls", On: registry.Day(2024, 3, 1)},
		{Person: "p", Agency: "council", Question: "falls", On: registry.Day(2024, 4, 1)},
	}, registry.CalendarYear(2024))
	fmt.Println(repeated[0].Question, repeated[0].Agencies, once)
	// Output: falls [council practice] 0/1 (0.0 %)
}

func ExampleAskedQuestion() {
	// Asked twice by one agency is a follow-up, not a repetition.
	asked := []information.AskedQuestion{{Person: "p", Agency: "practice", Question: "falls", On: today.AddDays(-90)}, {Person: "p", Agency: "practice", Question: "falls", On: today}}
	fmt.Println(information.Repeated(asked, registry.Period{End: today}))
	asked[1].Agency = "council"
	repeated, _ := information.Repeated(asked, registry.Period{End: today})
	fmt.Println(repeated[0].Agencies)
	// Output:
	// [] 1/1 (100.0 %)
	// [council practice]
}

func ExampleRepeatedQuestion() {
	var asked []information.AskedQuestion
	for _, agency := range []string{"practice", "council", "hospital"} {
		asked = append(asked, information.AskedQuestion{Person: "p", Agency: agency, Question: "lives alone", On: today})
	}
	repeated, _ := information.Repeated(asked, registry.Period{End: today})
	fmt.Println(repeated[0].Question, "asked", repeated[0].Times, "times by", repeated[0].Agencies)
	// Output: lives alone asked 3 times by [council hospital practice]
}

func ExampleSentInTime() {
	s := information.SentInTime([]information.Event{{Person: "p", On: registry.Day(2024, 5, 1)}}, []information.Share{{Document: "summary", Person: "p", To: "practice", On: registry.Day(2024, 5, 9)}}, "summary", "practice", 7, today)
	fmt.Println(s.InTime, s.Late)
	// Output: 0/1 (0.0 %) [{p 2024-05-01}]
}

func ExampleShare() {
	log := []information.Share{{Document: "summary", Person: "p", To: "practice", On: today.AddDays(-2), Opened: today}}
	s := information.SentInTime([]information.Event{{Person: "p", On: today.AddDays(-5)}}, log, "summary", "practice", 7, today)
	fmt.Println("sent in time", s.InTime, "and opened", s.Opened)
	// Output: sent in time 1/1 (100.0 %) and opened 1/1 (100.0 %)
}

func ExampleEvent() {
	discharges := []information.Event{{Person: "p", On: today.AddDays(-8)}, {Person: "q", On: today.AddDays(-7)}}
	s := information.SentInTime(discharges, nil, "summary", "", 7, today)
	fmt.Println("late", s.Late, "with time left", s.Waiting)
	// Output: late [{p 2024-05-24}] with time left 1
}

func ExampleSent() {
	log := []information.Share{{Document: "summary", Person: "p", To: "practice", On: today.AddDays(-6)}}
	s := information.SentInTime([]information.Event{{Person: "p", On: today.AddDays(-8)}, {Person: "q", On: today.AddDays(-8)}, {Person: "r", On: today}}, log, "summary", "practice", 7, today)
	fmt.Println("in time", s.InTime, "late", s.Late, "with time left", s.Waiting)
	// Output: in time 1/2 (50.0 %) late [{q 2024-05-24}] with time left 1
}

func ExampleAccess() {
	fmt.Println(information.Access([]string{"gp", "nurse"}, []string{"gp", "clerk"}))
	// Output: 1/2 (50.0 %) [clerk]
}

func ExampleCopyOffered() {
	fmt.Println(information.CopyOffered([]information.CarePlan{plan()}, today))
	// Output: 1/1 (100.0 %)
}
