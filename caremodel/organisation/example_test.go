package organisation_test

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/caremodel/organisation"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleAim() {
	a := organisation.Aim{ID: "a1c", Measure: "HbA1c above 9 %", Element: "D4", Baseline: big.NewRat(30, 1), Target: big.NewRat(20, 1), From: registry.Day(2024, 1, 1), By: registry.Day(2024, 12, 31)}
	now := big.NewRat(26, 1)
	fmt.Println(a.Progress(now).FloatString(2), a.State(now, registry.Day(2024, 4, 1)), a.State(now, registry.Day(2024, 9, 1)))
	// Output: 0.40 on track behind
}

func ExampleAimState() {
	a := organisation.Aim{Baseline: big.NewRat(1, 1), Target: big.NewRat(1, 1)}
	fmt.Println(a.State(big.NewRat(1, 1), registry.Day(2024, 4, 1)))
	// Output: undefined
}

func ExamplePlanCheck() {
	issues, err := organisation.PlanCheck([]organisation.Aim{{ID: "a1c", Measure: "HbA1c", Element: "D4", Target: big.NewRat(20, 1), From: registry.Day(2024, 1, 1), By: registry.Day(2024, 12, 31), Clinician: "dr A"}}, 3)
	for _, i := range issues {
		fmt.Println(i)
	}
	fmt.Println(err)
	// Output:
	// NO_BASELINE a1c: no baseline
	// NO_OWNER a1c: no manager owns it
	// NO_REVIEW a1c: no review is planned
	// <nil>
}

func ExampleCycle() {
	c := organisation.Cycle{ID: "c1", Aim: "a1c", Plan: organisation.Stage{Due: registry.Day(2024, 2, 1), Done: registry.Day(2024, 1, 30)}, Do: organisation.Stage{Due: registry.Day(2024, 3, 1)}}
	fmt.Println(organisation.OverdueCycles([]organisation.Cycle{c}, registry.Day(2024, 3, 9)))
	// Output: [STEP_OVERDUE c1 since 2024-03-02: do]
}

func ExampleStage() {
	// study was done although nothing had been done
	c := organisation.Cycle{ID: "c1", Plan: organisation.Stage{Done: registry.Day(2024, 1, 30)}, Study: organisation.Stage{Done: registry.Day(2024, 2, 9)}}
	fmt.Println(organisation.OverdueCycles([]organisation.Cycle{c}, registry.Day(2024, 3, 9)))
	// Output: [MISSING_PART c1 since 2024-02-09: study was done, do was not]
}

func ExampleOverdueCycles() {
	late, done := registry.Day(2024, 2, 1), registry.Day(2024, 1, 20)
	cycles := []organisation.Cycle{
		{ID: "c2", Plan: organisation.Stage{Due: late, Done: done}, Do: organisation.Stage{Due: registry.Day(2024, 6, 1)}},
		{ID: "c1", Plan: organisation.Stage{Due: late}},
	}
	for _, i := range organisation.OverdueCycles(cycles, registry.Day(2024, 3, 9)) {
		fmt.Println(i)
	}
	// Output: STEP_OVERDUE c1 since 2024-02-02: plan
}

func points(values ...int64) (out []organisation.Point) {
	for i, v := range values {
		out = append(out, organisation.Point{On: registry.Day(2024, 1, 1).AddMonths(i), Value: big.NewRat(v, 1)})
	}
	return out
}

func ExampleRunChart() {
	c, err := organisation.RunChart(points(30, 31, 29, 30, 27, 26, 25, 24, 23, 22), organisation.RunRule{})
	if err != nil {
		panic(err)
	}
	fmt.Println("median", c.Median.FloatString(1), "falling since", c.Trends[0].From, "steps", c.Trends[0].N)
	// Output: median 26.5 falling since 2024-04-01 steps 6
}

func ExamplePoint() {
	_, err := organisation.RunChart([]organisation.Point{{On: registry.Day(2024, 1, 1)}}, organisation.RunRule{})
	fmt.Println(err)
	// Output: caremodel: answer: point 2024-01-01 has no value, no day, or the day of another
}

func ExampleRunRule() {
	// Three rises are no signal by common practice, and one by a stricter rule.
	for _, trend := range []int{0, 3} {
		c, _ := organisation.RunChart(points(1, 2, 3, 4), organisation.RunRule{Trend: trend})
		fmt.Println(trend, c.Trends)
	}
	// Output:
	// 0 []
	// 3 [{2024-01-01 2024-04-01 true 3}]
}

func ExampleRun() {
	c, _ := organisation.RunChart(points(1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9), organisation.RunRule{})
	fmt.Println(c.Shifts[0])
	// Output: {2024-01-01 2024-06-01 false 6}
}

func ExampleChart() {
	c, _ := organisation.RunChart(points(30, 31, 29, 30, 27, 26, 25, 24, 23, 22), organisation.RunRule{})
	fmt.Println("median", c.Median.FloatString(1))
	for _, r := range c.Trends {
		fmt.Println("trend", r.From, "to", r.To, "rising:", r.Up)
	}
	fmt.Println("shifts", c.Shifts)
	// Output:
	// median 26.5
	// trend 2024-04-01 to 2024-10-01 rising: false
	// shifts []
}

func ExampleTallyIncidents() {
	t, err := organisation.TallyIncidents([]organisation.Incident{
		{ID: "1", On: registry.Day(2024, 3, 1), Severity: "minor", Category: "medication", Reviewed: registry.Day(2024, 3, 5), Closed: registry.Day(2024, 3, 11)},
		{ID: "2", On: registry.Day(2024, 3, 9), Severity: "severe", Category: "referral", Action: "call back within a day", Due: registry.Day(2024, 4, 1)},
	}, registry.CalendarYear(2024), registry.Day(2024, 5, 1))
	if err != nil {
		panic(err)
	}
	fmt.Println(t.Reviewed, t.MedianDays.RatString(), t.Overdue)
	// Output: 1/2 (50.0 %) 10 [STEP_OVERDUE 2 since 2024-04-02: call back within a day]
}

func ExampleIncident() {
	_, err := organisation.TallyIncidents([]organisation.Incident{{ID: "1", On: registry.Day(2024, 3, 1), Closed: registry.Day(2024, 3, 2)}}, registry.Period{}, registry.Day(2024, 5, 1))
	fmt.Println(err)
	// Output: caremodel: definition: incident "1": closed without a review
}

func ExampleIncidents() {
	t := organisation.Incidents{Reported: 12}
	r := t.Per1000(8000)
	fmt.Println(float64(r.Num) / float64(r.Den))
	// Output: 1.5
}

func ExampleIncidentCell() {
	t, _ := organisation.TallyIncidents([]organisation.Incident{{ID: "1", On: registry.Day(2024, 3, 9), Severity: "minor", Category: "referral"}}, registry.Period{}, registry.Day(2024, 5, 1))
	fmt.Println(t.Cells[0])
	// Output: {minor referral 2024-03-01 1}
}

func ExampleCategoryCount() {
	t := organisation.Incidents{Categories: []organisation.CategoryCount{{"medication", 8, registry.Rate{Num: 8, Den: 10}}, {"other", 2, registry.Rate{Num: 10, Den: 10}}}}
	fmt.Println(t.Pareto(registry.Rate{Num: 8, Den: 10}))
	// Output: [{medication 8 8/10 (80.0 %)}]
}

func ExampleComplianceOf() {
	a := organisation.Agreement{ID: "a", Parties: []string{"practice", "hospital"}, From: registry.Day(2024, 1, 1),
		Duties: []organisation.Duty{{ID: "summary", Event: "discharge", Action: "summary sent", Party: "hospital", WithinDays: 7}}}
	c, err := organisation.ComplianceOf([]organisation.Agreement{a}, []organisation.Occurrence{{Agreement: "a", Duty: "summary", On: registry.Day(2024, 3, 1), Done: registry.Day(2024, 3, 9)}}, []string{"practice", "hospital", "hospice"}, registry.Day(2024, 4, 1))
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Duties[0].InTime, c.Without)
	// Output: 0/1 (0.0 %) [[hospice hospital] [hospice practice]]
}

func ExampleAgreement() {
	fmt.Println(organisation.CheckAgreements([]organisation.Agreement{{ID: "a", Parties: []string{"practice"}}}))
	// Output: caremodel: definition: agreement "a": 1 parties, 0 duties
}

func ExampleCheckAgreements() {
	fmt.Println(organisation.CheckAgreements([]organisation.Agreement{
		{ID: "a", Parties: []string{"practice", "hospital"}, Duties: []organisation.Duty{{ID: "summary", Event: "discharge", Action: "summary sent", Party: "hospice", WithinDays: 7}}},
	}))
	// Output: caremodel: definition: agreement "a": duty "summary": on "discharge" "hospice" does "summary sent" within 7 days
}

func ExampleDuty() {
	for _, d := range organisation.StudyDuties() {
		fmt.Println(d.ID, d.Source)
	}
	// Output:
	// summary-back KF2004:1567-1569
	// advice KF2004:1567-1569
	// onward-referral NT2011:290
	// chain-of-care KF2010:520-526
}

func ExampleStudyDuties() {
	fmt.Println(organisation.StudyDuties()[0].Action)
	// Output: summary of the case back to primary care
}

func ExampleOccurrence() {
	a := organisation.Agreement{ID: "a", Parties: []string{"practice", "hospital"}, Duties: []organisation.Duty{{ID: "summary", Event: "discharge", Action: "summary sent", Party: "hospital", WithinDays: 7}}}
	c, err := organisation.ComplianceOf([]organisation.Agreement{a}, []organisation.Occurrence{{Agreement: "a", Duty: "summary", On: registry.Day(2024, 3, 25)}, {Agreement: "a", Duty: "advice", On: registry.Day(2024, 3, 25)}}, nil, registry.Day(2024, 4, 1))
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Duties[0].InTime, "not yet due", c.Duties[0].NotYetDue, "left out", c.LeftOut)
	// Output: 0/0 (undefined) not yet due 1 left out 1
}

func ExampleCompliance() {
	a := organisation.Agreement{ID: "a", Parties: []string{"practice", "hospital"}, Duties: []organisation.Duty{{ID: "summary", Event: "discharge", Action: "summary sent", Party: "hospital", WithinDays: 7}}}
	day := registry.Day(2024, 3, 1)
	c, _ := organisation.ComplianceOf([]organisation.Agreement{a}, []organisation.Occurrence{{Agreement: "a", Duty: "summary", On: day, Done: day.AddDays(7)}, {Agreement: "a", Duty: "summary", On: day}}, []string{"practice", "hospital"}, registry.Day(2024, 4, 1))
	for _, d := range c.Duties {
		fmt.Println(d.Agreement, d.Duty, d.InTime)
	}
	fmt.Println("without an agreement:", c.Without)
	// Output:
	// a summary 1/2 (50.0 %)
	// without an agreement: []
}

func ExampleDutyCompliance() {
	a := organisation.Agreement{ID: "a", Parties: []string{"practice", "hospital"}, Duties: []organisation.Duty{{ID: "summary", Event: "discharge", Action: "summary sent", Party: "hospital", WithinDays: 7}}}
	discharged := []organisation.Occurrence{{Agreement: "a", Duty: "summary", On: registry.Day(2024, 3, 25)}}
	for _, day := range []registry.Date{registry.Day(2024, 4, 1), registry.Day(2024, 4, 2)} {
		c, _ := organisation.ComplianceOf([]organisation.Agreement{a}, discharged, nil, day)
		fmt.Println(day, c.Duties[0].InTime, "not yet due:", c.Duties[0].NotYetDue)
	}
	// Output:
	// 2024-04-01 0/0 (undefined) not yet due: 1
	// 2024-04-02 0/1 (0.0 %) not yet due: 0
}

func ExampleWhoRuns() {
	covers, err := organisation.WhoRuns([]organisation.Runner{{Programme: "asthma", Group: "North", By: "lent", People: 300}, {Programme: "asthma", Group: "South", People: 100}})
	if err != nil {
		panic(err)
	}
	fmt.Println(covers[0].Covered, covers[0].GroupsWithout)
	// Output: 300/400 (75.0 %) [South]
}

func ExampleRunner() {
	_, err := organisation.WhoRuns([]organisation.Runner{{Programme: "asthma", Group: "North", By: "nobody"}})
	fmt.Println(err)
	// Output: caremodel: definition: programme "asthma", group "North": run by "nobody"
}

func ExampleProgrammeCover() {
	covers, _ := organisation.WhoRuns([]organisation.Runner{{Programme: "asthma", Group: "North", By: "third party", Vendor: "V", People: 10}})
	fmt.Println(covers[0].ContractedOut)
	// Output: true
}

func ExampleTwins() {
	fmt.Println(organisation.Twins([]organisation.Post{{ID: "chronic care", Clinician: "dr A", Manager: "ms B", Joint: true}, {ID: "quality", Manager: "mr C"}}))
	// Output: 1/2 (50.0 %) [quality]
}

func ExamplePost() {
	// a pair that does not answer together is none
	fmt.Println(organisation.Twins([]organisation.Post{{ID: "quality", Clinician: "dr A", Manager: "mr C"}}))
	// Output: 0/1 (0.0 %) [quality]
}

func ExampleSharedGoals() {
	fmt.Println(organisation.SharedGoals([]string{"HbA1c", "smoking"}, []string{"smoking", "budget"}))
	// Output: 1/3 (33.3 %)
}

func ExampleRoles() {
	states, err := organisation.Roles([]organisation.RoleNeed{{Role: "case manager", Thousandth: 7000}, {Role: "psychologist"}}, map[string]int64{"case manager": 6500}, 1000)
	if err != nil {
		panic(err)
	}
	for _, s := range states {
		fmt.Println(s.Role, s.Have, "missing", s.Missing)
	}
	// Output:
	// case manager 6500 missing 500
	// psychologist 0 missing 1
}

func ExampleRoleNeed() {
	_, err := organisation.Roles([]organisation.RoleNeed{{Role: "clerk"}, {Role: "clerk"}}, nil, 10)
	fmt.Println(err)
	// Output: caremodel: definition: role "clerk" twice or without a name, 0 thousandths
}

func ExampleRoleState() {
	s, _ := organisation.Roles(nil, map[string]int64{"clerk": 2000}, 4000)
	fmt.Println(s[0].Role, s[0].Per1000.Num/s[0].Per1000.Den)
	// Output: clerk 500
}

func ExampleStudyRoles() {
	fmt.Println(organisation.StudyRoles()[:3])
	// Output: [clerk certified health educator data analyst]
}

func ExampleIncentiveFlags() {
	f, err := organisation.IncentiveFlags([]organisation.Incentive{{ID: "bonus", For: []string{"primary care", "specialist"}, Level: "group", Basis: []string{"clinical target"}, Joint: true}})
	fmt.Println(f.For, f.Levels, f.JointWork, err)
	// Output: [primary care specialist] [group] true <nil>
}

func ExampleIncentive() {
	_, err := organisation.IncentiveFlags([]organisation.Incentive{{ID: "bonus", Level: "group", Basis: []string{"fewer referrals"}}})
	fmt.Println(err)
	// Output: caremodel: definition: incentive "bonus": basis "fewer referrals", of clinical target, satisfaction, peer view
}

func ExampleFlags() {
	f, _ := organisation.IncentiveFlags([]organisation.Incentive{{ID: "bonus", Level: "person"}})
	fmt.Println(f.ForNobody)
	// Output: [bonus]
}

func ExampleBusinessCase() {
	b := organisation.BusinessCase{Costs: []float64{300}, Savings: []float64{0, 100, 100, 100, 100, 100}, Turnover: 0.2}
	r, err := b.NPV()
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.2f, pays for itself: %v, breaks even up to a turnover of %.2f %%\n", r.NPV, r.PaysForItself, 100*r.MaxTurnover)
	// Output: -31.07, pays for itself: false, breaks even up to a turnover of 16.57 %
}

func ExampleBusinessResult() {
	r, _ := organisation.BusinessCase{Costs: []float64{10}, Savings: []float64{5}}.NPV()
	fmt.Println(r.NPV, r.CostsExceedAll) // reported plainly
	// Output: -5 true
}

func ExampleTurnoverRow() {
	rows, _ := organisation.BusinessCase{Costs: []float64{300}, Savings: []float64{0, 100, 100, 100, 100, 100}}.Table(0, 0.1)
	for _, r := range rows {
		fmt.Printf("%.0f %%: %.0f\n", 100*r.Turnover, r.NPV)
	}
	// Output:
	// 0 %: 200
	// 10 %: 69
}
