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
	// For whom, what, and where it says so; an older version ends where the newer begins.
	g, err := decision.Compile(sets(), []decision.Rule{
		{ID: "aspirin", Version: "2019", To: registry.Day(2023, 12, 31), Source: "guideline A 2019", Target: "aspirin 300 mg", When: has(stroke)},
		{ID: "aspirin", Version: "2024", From: registry.Day(2024, 1, 1), Source: "guideline A 2024", Target: "aspirin 75 mg", When: has(stroke), Unless: has(bleeding)},
	})
	if err != nil {
		panic(err)
	}
	for _, r := range g.Recommend(chart(g, dx(stroke)), today, nil, nil) {
		fmt.Println(r.Text())
	}
	fmt.Println(g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil))
	// Output:
	// do aspirin 75 mg (guideline A 2024)
	// []
}

func ExampleAction() {
	g, err := decision.Compile(nil, []decision.Rule{{ID: "a", Source: "s", Target: "statin", Priority: 1}, {ID: "b", Source: "s", Target: "ibuprofen", Action: decision.Avoid}})
	if err != nil {
		panic(err)
	}
	for _, r := range g.Recommend(g.Chart(), today, nil, nil) { // safety first, whatever the priority
		fmt.Println(r.Action, r.Target)
	}
	// Output:
	// avoid ibuprofen
	// do statin
}

func ExampleStrength() {
	g, err := decision.Compile(nil, []decision.Rule{{ID: "a", Source: "s", Target: "x"}, {ID: "b", Source: "s", Target: "y", Strength: decision.Conditional}, {ID: "c", Source: "s", Target: "z", Strength: decision.Strong}})
	if err != nil {
		panic(err)
	}
	for _, r := range g.Recommend(g.Chart(), today, nil, nil) {
		fmt.Println(r.Target, r.Strength)
	}
	// Output:
	// z strong
	// y conditional
	// x not stated
}

func ExampleGoal() {
	g, err := decision.Compile(nil, []decision.Rule{
		{ID: "a", Source: "s", Target: "treat", Goal: decision.Goal{Measure: "HbA1c", Text: "below 7 %"}},
		{ID: "b", Source: "t", Target: "treat", Goal: decision.Goal{Measure: "HbA1c", Text: "below 8 %"}}})
	if err != nil {
		panic(err)
	}
	fmt.Println(decision.Issues(g.Recommend(g.Chart(), today, nil, nil), "p1"))
	// Output: [RULE_CONFLICT p1: a against b]
}

func ExamplePrecedence() {
	g := exampleGuide(decision.Precedence{Over: "no-aspirin", Under: "aspirin", Reason: "harm first"})
	recs := g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil)
	fmt.Println(recs[1].Target, "yields to", recs[1].YieldsTo, "because:", recs[1].Because)
	// Output: aspirin yields to no-aspirin because: harm first
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
	c, err := decision.NewControl(nil, decision.ReferralPolicy{})
	if err != nil {
		panic(err)
	}
	onward := decision.Referral{ID: "r1", Specialty: "nephrology", BySpecialist: true}
	fmt.Println(c.Check(onward).Verdict)
	onward.Urgent = true
	fmt.Println(c.Check(onward).Verdict)
	// Output:
	// back to primary doctor
	// allowed
}

func ExampleVerdict() {
	c, err := decision.NewControl([]decision.ReferralRule{{ID: "scan", Service: "MRI", Items: []string{"X-ray"}, Verdict: decision.NeedsAuthorisation, Source: "group rules"}}, decision.ReferralPolicy{})
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Check(decision.Referral{Service: "MRI"}).Verdict)
	fmt.Println(c.Check(decision.Referral{Service: "MRI", Items: []string{"X-ray"}}).Verdict)
	// Output:
	// more information
	// needs authorisation
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
	p := registry.CalendarYear(2024)
	for _, r := range decision.ReferralRates([]decision.Referral{{Provider: "dr A", On: p.Start}, {Provider: "dr X", On: p.Start}}, map[string]int64{"dr A": 800, "dr B": 600}, p) {
		fmt.Println(r.Provider, r.Rate, r.NotPayable)
	}
	// Output:
	// dr A 1/800 (0.1 %) true
	// dr B 0/600 (0.0 %) true
	// dr X 1/0 (undefined) true
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
	given := []decision.Given{{Rule: "statin", Person: "p1", On: registry.Day(2024, 1, 1)}, {Rule: "statin", Person: "p2", On: registry.Day(2024, 1, 1), Followed: registry.Day(2024, 1, 9)}}
	rates, _, err := decision.DeviationRates(given, nil, 90, 1, today)
	if err != nil {
		panic(err)
	}
	fmt.Println(rates[0].Rule, rates[0].Deviations, "unjustified", rates[0].Unjustified, "review the rule:", rates[0].Review)
	// Output: statin 1/2 (50.0 %) unjustified 1/1 (100.0 %) review the rule: true
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
	_, _, err := decision.Reconcile([]decision.Protocol{{Site: "North"}, {Site: "North"}})
	fmt.Println(err)
	// Output: caremodel: definition: site "North" without a name or there twice
}

func ExampleProtocolRule() {
	north := decision.Protocol{Site: "North", Rules: []decision.ProtocolRule{{Key: "hba1c", Interval: "6 months"}}}
	south := decision.Protocol{Site: "South", Rules: []decision.ProtocolRule{{Key: "hba1c", Interval: "12 months"}}}
	differences, _, err := decision.Reconcile([]decision.Protocol{north, south})
	fmt.Println(differences[0], err)
	// Output: hba1c, interval: "12 months" at South; "6 months" at North <nil>
}

func ExampleProtocolOf() {
	p := decision.ProtocolOf("North", []decision.Rule{{ID: "eye", Key: "eye", Target: "retinal examination"}}, map[string]string{"eye": "12 months"})
	fmt.Println(p.Rules[0])
	// Output: {eye 12 months do retinal examination everybody}
}

func ExampleProtocolDifference() {
	at := func(site, every string, more ...decision.ProtocolRule) decision.Protocol {
		return decision.Protocol{Site: site, Rules: append(more, decision.ProtocolRule{Key: "eye", Interval: every})}
	}
	differences, same, err := decision.Reconcile([]decision.Protocol{at("A", "12 months"), at("B", "24 months"), at("C", "24 months", decision.ProtocolRule{Key: "feet", Interval: "12 months"})})
	for _, d := range differences {
		fmt.Println(d)
	}
	fmt.Println("the same:", same, err)
	// Output:
	// eye, interval: "12 months" at A; "24 months" at B, C
	// feet, site: "has it" at C; "lacks it" at A, B
	// the same: 0/2 (0.0 %) <nil>
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
	a := decision.AnswerTimes([]decision.AdviceRequest{
		{ID: "q1", Asked: registry.Day(2024, 5, 1), Answered: registry.Day(2024, 5, 4)},
		{ID: "q2", Asked: registry.Day(2024, 5, 1), Answered: registry.Day(2024, 5, 20)},
	}, 7, today)
	fmt.Println("in time", a.InTime, "median days", a.MedianDays.RatString())
	// Output: in time 1/2 (50.0 %) median days 11
}

func ExampleTeaching() {
	events := []decision.Teaching{{Provider: "dr A", Topic: "asthma", Method: decision.Interactive, On: today, Attended: true}}
	counts, without := decision.EducationLog(events, []string{"dr A", "dr B"}, registry.CalendarYear(2024))
	fmt.Println(counts[0].Method, counts[0].Attended, "nothing yet:", without)
	// Output: interactive teaching 1/1 (100.0 %) nothing yet: [dr B]
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
