package decision_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func exampleGuide(p ...decision.Precedence) *decision.Guide {
	g, err := decision.Compile(sets(), []decision.Rule{
		{ID: "aspirin", Source: "guideline A 2023, 4.1", Target: "aspirin", When: has(stroke), Strength: decision.Strong, Grade: "A", Patient: "aspirin"},
		{ID: "no-aspirin", Source: "guideline B 2022, 2.3", Action: decision.Avoid, Target: "aspirin", When: has(bleeding)},
	}, p...)
	if err != nil {
		panic(err)
	}
	return g
}

func ExampleCompile() {
	_, err := decision.Compile(nil, []decision.Rule{{ID: "statin", Target: "statin"}})
	fmt.Println(err)
	// Output: caremodel: definition: rule "statin" : no source
}

func ExampleGuide() {
	g := exampleGuide()
	recs := g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil)
	for i := range recs {
		fmt.Println(recs[i].Text())
	}
	f, _ := g.Explain(chart(g, dx(stroke)), today, "aspirin")
	fmt.Print(f.Text())
	// Output:
	// avoid aspirin (guideline B 2022, 2.3) CONFLICT with aspirin
	// do aspirin (guideline A 2023, 4.1, strong, grade A) CONFLICT with no-aspirin
	// yes  do aspirin (rule aspirin, guideline A 2023, 4.1)
	//   yes  there is a diagnosis of Stroke (the diagnosis) [Present]
	//          - diagnosis 1.3 (Stroke), 2024-05-02 [1.3]
}

func ExampleRule() {
	r := decision.Rule{ID: "eye", Source: "guideline", Action: decision.Order, Target: "retinal examination", Key: "dm.eye"}
	fmt.Println(r.Action, r.Target)
	// Output: order retinal examination
}

func ExampleAction() {
	fmt.Println(decision.Avoid)
	// Output: avoid
}

func ExampleStrength() {
	fmt.Println(decision.Conditional)
	// Output: conditional
}

func ExampleGoal() {
	fmt.Println(decision.Goal{Measure: "HbA1c", Text: "below 7 %"})
	// Output: {HbA1c below 7 %}
}

func ExamplePrecedence() {
	g := exampleGuide(decision.Precedence{Over: "no-aspirin", Under: "aspirin", Reason: "harm first"})
	recs := g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil)
	fmt.Println(recs[1].YieldsTo)
	// Output: no-aspirin
}

func ExampleRecommendation() {
	r := decision.Recommendation{Rules: []string{"eye"}, Action: decision.Order, Target: "retinal examination", Due: registry.Day(2024, 6, 1), Sources: []string{"guideline"}}
	fmt.Println(r.Text())
	// Output: order retinal examination, due 2024-06-01 (guideline)
}

func ExampleIssues() {
	g := exampleGuide()
	fmt.Println(decision.Issues(g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil), "p1"))
	// Output: [RULE_CONFLICT p1: no-aspirin against aspirin]
}

func ExampleFollowUpRules() {
	rules, err := decision.FollowUpRules(map[string]registry.Definition{"COPD": has(other)})
	if err != nil {
		panic(err)
	}
	fmt.Println(rules[0].ID, "-", rules[0].Target)
	// Output: copd.discharge.1 - visit
}

func ExamplePatientView() {
	g := exampleGuide()
	recs := g.Recommend(chart(g, dx(stroke)), today, nil, nil)
	fmt.Println(decision.PatientView(recs, map[string]string{"aspirin": "Take a low dose of aspirin every day."}))
	// Output: [Take a low dose of aspirin every day.] [] []
}

func ExampleExpectedEffect() {
	fmt.Println(decision.ExpectedEffect(recall.Prescribing))
	// Output: true reminders work for prescribing, prevention and general treatment
}

func ExampleNewControl() {
	c, err := decision.NewControl([]decision.ReferralRule{{ID: "mri", Service: "MRI", Verdict: decision.NeedsAuthorisation, Source: "plan handbook"}}, decision.ReferralPolicy{})
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Check(decision.Referral{ID: "r1", Service: "MRI"}).Verdict)
	fmt.Println(c.Check(decision.Referral{ID: "r2", Service: "MRI", Urgent: true}).Note)
	// Output:
	// needs authorisation
	// urgent: allowed without control
}

func ExampleControl() {
	c, _ := decision.NewControl(nil, decision.ReferralPolicy{})
	fmt.Println(c.Check(decision.Referral{ID: "r1", BySpecialist: true}).Verdict)
	// Output: back to primary doctor
}

func ExampleReferral() {
	fmt.Println(decision.Referral{ID: "r1", Specialty: "nephrology"}.Specialty)
	// Output: nephrology
}

func ExampleVerdict() {
	fmt.Println(decision.MoreInformation)
	// Output: more information
}

func ExampleReferralRule() {
	c, _ := decision.NewControl([]decision.ReferralRule{{ID: "dm", Specialty: "diabetology", Items: []string{"HbA1c"}, Source: "agreement"}}, decision.ReferralPolicy{})
	fmt.Println(c.Check(decision.Referral{Specialty: "diabetology"}).Missing)
	// Output: [HbA1c]
}

func ExampleReferralPolicy() {
	_, err := decision.NewControl(nil, decision.ReferralPolicy{DecisionDays: -1})
	fmt.Println(err)
	// Output: caremodel: policy: -1 days to decide, valid 0 days
}

func ExampleDecision() {
	c, _ := decision.NewControl(nil, decision.ReferralPolicy{})
	fmt.Println(c.Check(decision.Referral{}).Note)
	// Output: no rule is about it
}

func ExampleAuthorisation() {
	c, _ := decision.NewControl(nil, decision.ReferralPolicy{})
	asked := []decision.Authorisation{{Referral: "r1", Asked: registry.Day(2024, 5, 1), Decided: registry.Day(2024, 5, 3), Granted: true}}
	fmt.Println(c.Authorised("r1", asked, today))
	// Output: granted 2024-07-31
}

func ExampleAuthorisationState() {
	c, _ := decision.NewControl(nil, decision.ReferralPolicy{})
	s, _ := c.Authorised("r1", []decision.Authorisation{{Referral: "r1", Asked: registry.Day(2024, 5, 1)}}, today)
	fmt.Println(s)
	// Output: escalated
}

func ExampleReviewCase() {
	c, _ := decision.NewControl(nil, decision.ReferralPolicy{})
	cases := c.CaseReview([]decision.Referral{{ID: "r1", On: today, Difficult: true}}, registry.Period{Start: today, End: today.AddDays(6)})
	fmt.Println(cases[0].Referral.ID, cases[0].Decision.Verdict)
	// Output: r1 allowed
}

func ExampleReferralRates() {
	rates := decision.ReferralRates([]decision.Referral{{ID: "r1", Provider: "dr A", On: today}}, map[string]int64{"dr A": 1000}, registry.CalendarYear(2024))
	fmt.Println(rates[0].Provider, rates[0].Rate, "not payable:", rates[0].NotPayable)
	// Output: dr A 1/1000 (0.1 %) not payable: true
}

func ExampleReferralRate() {
	fmt.Println(decision.ReferralRate{Provider: "dr A", NotPayable: true}.NotPayable)
	// Output: true
}

func ExampleGiven() {
	ds, _ := decision.FindDeviations([]decision.Given{{Rule: "statin", Person: "p1", On: registry.Day(2024, 1, 1)}}, nil, 90, today)
	fmt.Println(ds[0].Since)
	// Output: 2024-04-01
}

func ExampleJustification() {
	js := []decision.Justification{{Rule: "statin", Person: "p1", Code: "muscle pain", On: registry.Day(2024, 1, 1), Expires: registry.Day(2024, 6, 30)}}
	fmt.Println(decision.Silenced("statin", "p1", js, registry.Day(2024, 6, 30)), decision.Silenced("statin", "p1", js, registry.Day(2024, 7, 1)))
	// Output: true false
}

func ExampleDeviation() {
	ds, _ := decision.FindDeviations([]decision.Given{{Rule: "no-aspirin", Person: "p1", On: registry.Day(2024, 1, 1), Contrary: registry.Day(2024, 2, 1)}}, nil, 30, today)
	fmt.Println(ds[0].Contrary, ds[0].Since)
	// Output: true 2024-02-01
}

func ExampleSilenced() {
	fmt.Println(decision.Silenced("statin", "p1", nil, today))
	// Output: false
}

func ExampleSilence() {
	recs := []decision.Recommendation{{Rules: []string{"statin"}}}
	decision.Silence(recs, "p1", []decision.Justification{{Rule: "statin", Person: "p1", Code: "muscle pain", On: today}}, today)
	fmt.Println(recs[0].Silent)
	// Output: true
}

func ExampleFindDeviations() {
	_, err := decision.FindDeviations(nil, nil, -1, today)
	fmt.Println(err)
	// Output: caremodel: policy: a limit of -1 days
}

func ExampleDeviationRates() {
	rates, issues, err := decision.DeviationRates([]decision.Given{{Rule: "statin", Person: "p1", On: registry.Day(2024, 1, 1)}, {Rule: "statin", Person: "p2", On: registry.Day(2024, 1, 1), Followed: registry.Day(2024, 1, 9)}}, nil, 90, 1, today)
	if err != nil {
		panic(err)
	}
	fmt.Println(rates[0].Deviations, rates[0].Review, issues)
	// Output: 1/2 (50.0 %) true [UNJUSTIFIED p1 since 2024-04-01: rule statin]
}

func ExampleRuleDeviations() {
	fmt.Println(decision.RuleDeviations{Rule: "statin", Deviations: registry.Rate{Num: 1, Den: 4}}.Deviations)
	// Output: 1/4 (25.0 %)
}

func ExampleReconcile() {
	diffs, same, err := decision.Reconcile([]decision.Protocol{
		{Site: "North", Rules: []decision.ProtocolRule{{Key: "hba1c", Interval: "6 months", Target: "below 7 %"}}},
		{Site: "South", Rules: []decision.ProtocolRule{{Key: "hba1c", Interval: "3 months", Target: "below 7 %"}}},
	})
	fmt.Println(diffs[0], same, err)
	// Output: hba1c, interval: "3 months" at South; "6 months" at North 0/1 (0.0 %) <nil>
}

func ExampleProtocol() {
	fmt.Println(decision.Protocol{Site: "North"}.Site)
	// Output: North
}

func ExampleProtocolRule() {
	fmt.Println(decision.ProtocolRule{Key: "hba1c", Interval: "6 months"}.Interval)
	// Output: 6 months
}

func ExampleProtocolOf() {
	p := decision.ProtocolOf("North", []decision.Rule{{ID: "eye", Key: "eye", Target: "retinal examination"}}, map[string]string{"eye": "12 months"})
	fmt.Println(p.Rules[0])
	// Output: {eye 12 months do retinal examination everybody}
}

func ExampleProtocolDifference() {
	fmt.Println(decision.ProtocolDifference{Key: "eye", Field: "interval", Sites: map[string][]string{"12 months": {"A"}, "24 months": {"B", "C"}}})
	// Output: eye, interval: "12 months" at A; "24 months" at B, C
}

func ExampleAnswerTimes() {
	a := decision.AnswerTimes([]decision.AdviceRequest{{ID: "q1", Asked: registry.Day(2024, 5, 1), Answered: registry.Day(2024, 5, 4)}}, 7, today)
	fmt.Println(a.InTime, a.MedianDays.RatString())
	// Output: 1/1 (100.0 %) 3
}

func ExampleAdviceRequest() {
	a := decision.AnswerTimes([]decision.AdviceRequest{{ID: "q1", Specialty: "cardiology", Asked: registry.Day(2024, 5, 1)}}, 7, today)
	fmt.Println(a.Overdue)
	// Output: [STEP_OVERDUE q1 since 2024-05-09: advice from cardiology]
}

func ExampleAnswers() {
	fmt.Println(decision.AnswerTimes(nil, 7, today).InTime.Defined())
	// Output: false
}

func ExampleTeaching() {
	fmt.Println(decision.Teaching{Provider: "dr A", Topic: "asthma", Method: decision.Interactive}.Method)
	// Output: interactive teaching
}

func ExampleMethod() {
	fmt.Println(decision.OutreachVisit.HasEvidence(), decision.Lecture.HasEvidence())
	// Output: true false
}

func ExampleTeachingCount() {
	counts, _ := decision.EducationLog([]decision.Teaching{{Provider: "dr A", Method: decision.OutreachVisit, On: today, Attended: true}}, nil, registry.CalendarYear(2024))
	fmt.Println(counts[0])
	// Output: {outreach visit 1/1 (100.0 %) true}
}

func ExampleEducationLog() {
	_, without := decision.EducationLog(nil, []string{"dr B", "dr A"}, registry.CalendarYear(2024))
	fmt.Println(without)
	// Output: [dr A dr B]
}

func ExampleVisitsDue() {
	fmt.Println(decision.VisitsDue([]string{"dr B"}, nil, registry.Day(2024, 1, 1), today))
	// Output: [dr B]
}
