package selfmanagement_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel"
	sm "github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
)

// faults counts the joined errors and asserts their kind.
func faults(t *testing.T, err error, is error, n int, words ...string) {
	t.Helper()
	if !errors.Is(err, is) {
		t.Errorf("not %v: %v", is, err)
		return
	}
	if got := strings.Count(err.Error(), "\n") + 1; got != n {
		t.Errorf("%d faults, want %d:\n%v", got, n, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q is not named in\n%v", w, err)
		}
	}
}

func TestAssessmentEdges(t *testing.T) {
	as := []sm.Assessment{
		{ID: "b", Domain: sm.Mood, On: day(1, 1), Level: "old"}, {ID: "c", Domain: sm.Mood, On: day(1, 1), Level: "same day, later ID"},
		{ID: "d", Domain: sm.Mood, On: day(9, 1)}, {ID: "e", Domain: "luck", On: day(1, 1)}, {ID: "f", Domain: sm.Mood},
	}
	for _, c := range []struct {
		asOf registry.Date
		due  bool
	}{{day(1, 31), false}, {day(2, 1), true}} { // 30 days after 1 January is 31 January
		status, leftOut := sm.Assess(as, sm.AssessmentPolicy{Days: 30}, c.asOf, nil)
		if s := status[5]; s.Due != c.due || s.ID != "c" || s.Missing || leftOut != 2 {
			t.Errorf("%s: %+v, %d left out", c.asOf, s, leftOut)
		}
	}
	faults(t, sm.AssessmentPolicy{Days: -1, Domain: []sm.DomainLimit{{sm.Mood, 10}, {sm.Mood, 20}, {"luck", 1}, {sm.Skills, 0}}}.Check(), caremodel.ErrPolicy, 4, "-1", "twice", "luck", "skills")
	if err := (sm.AssessmentPolicy{}).Check(); err != nil {
		t.Error(err)
	}
}

func TestActivationLevels(t *testing.T) {
	for _, c := range []struct {
		score        string
		level, older int
	}{{"0", 1, 1}, {"47", 1, 1}, {"47.1", 2, 2}, {"55.1", 2, 2}, {"55.2", 3, 3}, {"67", 3, 3}, {"67.1", 3, 4}, {"72.4", 3, 4}, {"72.5", 4, 4}, {"100", 4, 4}} {
		n, _ := registry.ParseNumber(c.score)
		now, err1 := sm.CurrentCuts.Level(n)
		old, err2 := sm.OlderCuts.Level(n)
		if now != c.level || old != c.older || err1 != nil || err2 != nil {
			t.Errorf("%s: %d and %d", c.score, now, old)
		}
	}
	for _, n := range []registry.Number{registry.Num(-1, -1), registry.Num(1001, -1)} {
		if _, err := sm.CurrentCuts.Level(n); !errors.Is(err, caremodel.ErrAnswer) {
			t.Errorf("%s: %v", n, err)
		}
	}
	from := sm.Activation{ID: "a", On: day(1, 15), Score: registry.Num(50, 0)}
	for _, c := range []struct {
		on     registry.Date
		score  registry.Number
		gained bool
	}{{registry.Day(2025, 1, 15), registry.Num(53, 0), true}, {registry.Day(2025, 1, 16), registry.Num(53, 0), false}, {day(6, 1), registry.Num(5299, -2), false}} {
		g, err := sm.ActivationGain(from, sm.Activation{ID: "b", On: c.on, Score: c.score})
		if err != nil || g.Gained != c.gained {
			t.Errorf("%s %s: %+v %v", c.on, c.score, g, err)
		}
	}
	if _, err := sm.ActivationGain(from, from); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
}

func TestGoalMachineAllPairs(t *testing.T) {
	_, m, err := sm.GoalStatuses()
	if err != nil {
		t.Fatal(err)
	}
	legal := map[[2]sm.GoalStatus]bool{}
	for from, tos := range map[sm.GoalStatus][]sm.GoalStatus{
		sm.Proposed: {sm.Accepted, sm.Rejected, sm.Cancelled, sm.EnteredInError},
		sm.Accepted: {sm.Active, sm.OnHold, sm.Completed, sm.Cancelled, sm.EnteredInError},
		sm.Active:   {sm.OnHold, sm.Completed, sm.Cancelled, sm.EnteredInError},
		sm.OnHold:   {sm.Active, sm.Completed, sm.Cancelled, sm.EnteredInError},
	} {
		for _, to := range tos {
			legal[[2]sm.GoalStatus{from, to}] = true
		}
	}
	states := m.States()
	if len(states) != 8 {
		t.Fatal(states)
	}
	for _, from := range states {
		for _, to := range states {
			if m.Allows(from, to) != legal[[2]sm.GoalStatus{from, to}] {
				t.Errorf("%s to %s", from, to)
			}
		}
	}
}

func TestPlanMachineAllPairs(t *testing.T) {
	m, err := sm.PlanMachine()
	if err != nil {
		t.Fatal(err)
	}
	want := map[sm.PlanState]string{
		sm.Drafted: "accepted problem solving declined", sm.ProblemSolving: "accepted declined",
		sm.PlanAccepted: "done partly done problem solving declined",
	}
	for _, s := range m.States() {
		var got []string
		for _, n := range m.Next(s) {
			got = append(got, string(n))
		}
		if strings.Join(got, " ") != want[s] || m.Terminal(s) != (want[s] == "") {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestGoals(t *testing.T) {
	g := goal()
	g.History = append(g.History, caremodel.Step[sm.GoalStatus]{On: day(2, 1), To: sm.Rejected})
	h := goal()
	h.Statement, h.Measure, h.Due = "", "", 0
	h.Target = at("9.5", "%", registry.LessThan)
	k := goal()
	k.ID, k.Target = "k", at("9.00", "%", registry.Exactly)
	l := goal()
	l.ID, l.Target = "l", at("58", "mmol/mol", registry.AtMost)
	o := goal()
	o.ID, o.Baseline, o.Target = "o", at("9", "%", registry.AtLeast), at("10", "%", registry.AtLeast)
	u := goal()
	u.ID, u.Target = "u", at("8", "%", registry.MoreThan)
	err := sm.CheckGoals([]sm.Goal{g, h, k, l, o, u})
	faults(t, err, caremodel.ErrDefinition, 10, "twice", "statement", "measure", "no due day", "above the baseline", "equals", "mmol/mol", "not exact", "below the baseline", "rejected does not follow accepted")
	if !errors.Is(err, caremodel.ErrTransition) {
		t.Error(err)
	}
	if err := sm.CheckGoals([]sm.Goal{goal()}); err != nil {
		t.Error(err)
	}

	// the due day itself is in time; a goal that is reached is never overdue, one that is put aside neither
	g = goal()
	for _, c := range []struct {
		asOf    registry.Date
		value   *registry.Quantity
		overdue bool
		reached caremodel.Answer
	}{
		{day(6, 30), nil, false, caremodel.Unknown}, {day(7, 1), nil, true, caremodel.Unknown},
		{day(7, 1), at("7.5", "%", registry.Exactly), false, caremodel.Yes}, {day(7, 1), at("7.51", "%", registry.Exactly), true, caremodel.No},
		{day(7, 1), at("7", "%", registry.LessThan), false, caremodel.Yes}, {day(7, 1), at("8", "%", registry.AtMost), true, caremodel.Unknown},
		{day(7, 1), at("7.5", "%", registry.MoreThan), true, caremodel.No}, {day(7, 1), at("7", "%", registry.AtLeast), true, caremodel.Unknown},
	} {
		var m *sm.Measurement
		if c.value != nil {
			m = &sm.Measurement{ID: "x", On: day(6, 1), Value: *c.value}
		}
		if a := g.At(m, c.asOf); a.Overdue != c.overdue || a.Achieved != c.reached {
			t.Errorf("%s %v: %+v", c.asOf, c.value, a)
		}
	}
	strict := goal()
	strict.Target = at("7.5", "%", registry.LessThan)
	for _, c := range []struct {
		value   *registry.Quantity
		reached caremodel.Answer
	}{{at("7.5", "%", registry.LessThan), caremodel.Yes}, {at("7.5", "%", registry.AtMost), caremodel.Unknown}, {at("7.5", "%", registry.Exactly), caremodel.No}, {at("7.5", "%", registry.AtLeast), caremodel.No}, {at("7.4", "%", registry.MoreThan), caremodel.Unknown}} {
		if a := strict.At(&sm.Measurement{ID: "x", On: day(6, 1), Value: *c.value}, day(6, 2)); a.Achieved != c.reached {
			t.Errorf("%s against < 7.5: %s", c.value, a.Achieved)
		}
	}
	g.History = append(g.History, caremodel.Step[sm.GoalStatus]{On: day(3, 1), To: sm.OnHold})
	if a := g.At(nil, day(7, 1)); a.Overdue {
		t.Errorf("%+v", a)
	}
	if a := g.At(&sm.Measurement{ID: "x", On: day(8, 1), Value: quantity("7", "%")}, day(7, 1)); a.Achieved != caremodel.Unknown || a.Evidence != "" {
		t.Errorf("tomorrow's value counts: %+v", a)
	}
	// towards a plain target, upwards
	w := sm.Goal{ID: "w", Baseline: at("1000", "1", registry.Exactly), Target: at("5000", "1", registry.Exactly)}
	for v, want := range map[string]caremodel.Answer{"4999": caremodel.No, "5000": caremodel.Yes, "6000": caremodel.Yes} {
		if a := w.At(&sm.Measurement{ID: "x", On: day(1, 1), Value: quantity(v, "1")}, day(1, 1)); a.Achieved != want {
			t.Errorf("%s: %+v", v, a)
		}
	}
}

func TestAttainment(t *testing.T) {
	for _, c := range []struct {
		goals []sm.Attained
		rho   registry.Rate
		want  float64
	}{
		{[]sm.Attained{{"a", 0, 0}, {"b", 0, 7}}, registry.Rate{}, 50}, {[]sm.Attained{{"a", 2, 3}}, registry.Rate{}, 70}, {[]sm.Attained{{"a", -1, 1}}, registry.Rate{}, 40},
		{[]sm.Attained{{"a", 1, 1}, {"b", 1, 1}}, registry.Rate{Num: 1, Den: 1}, 60}, {[]sm.Attained{{"a", 1, 1}, {"b", 1, 1}}, registry.Rate{Num: 0, Den: 1}, 50 + 20/math.Sqrt2},
	} {
		got, err := sm.Attainment(c.goals, c.rho)
		if err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v %v", c.goals, got, err)
		}
	}
	_, err := sm.Attainment([]sm.Attained{{"a", 3, 1}, {"b", 0, -1}}, registry.Rate{Num: 2, Den: 1})
	faults(t, err, caremodel.ErrAnswer, 3, `"a"`, `"b"`, "2/1")
	_, err = sm.Attainment(nil, registry.Rate{})
	faults(t, err, caremodel.ErrAnswer, 1, "no goals")
}

func TestActionPlanWorkedExample(t *testing.T) {
	for _, c := range []struct {
		confidence        int
		often             string
		accepted, solving bool
	}{{6, "daily", false, true}, {7, "daily", true, false}, {10, " ", false, false}} {
		p := plan()
		p.Confidence, p.HowOften = c.confidence, c.often
		if a := p.Accept(sm.PlanPolicy{}); a.Accepted != c.accepted || a.ProblemSolving != c.solving {
			t.Errorf("%d %q: %+v", c.confidence, c.often, a)
		}
	}
}

func TestActionPlanLoop(t *testing.T) {
	p := plan()
	p.HowOften, p.Confidence = "", 9
	if a, err := p.Propose(day(3, 1), sm.PlanPolicy{}); a.Accepted || err != nil || len(p.History) != 1 {
		t.Fatalf("%+v %v %v", a, err, p.History)
	}
	p.HowOften = "daily"
	if a, err := p.Propose(day(3, 2), sm.PlanPolicy{}); !a.Accepted || err != nil {
		t.Fatalf("%+v %v", a, err)
	}
	before := p
	for _, err := range []error{
		p.Report(day(3, 1), sm.ResultDone, 0), p.Report(day(3, 1), sm.ResultUnknown, day(4, 1)),
		func() error { _, err := p.Propose(day(3, 3), sm.PlanPolicy{}); return err }(),
		func() error {
			_, err := p.Solve(sm.Attempt{On: day(3, 3), Barrier: "x", Confidence: 9}, sm.PlanPolicy{})
			return err
		}(),
	} {
		if !errors.Is(err, caremodel.ErrTransition) {
			t.Error(err)
		}
	}
	for _, err := range []error{p.Report(day(3, 9), sm.ResultUnknown, day(3, 9)), p.Report(day(3, 9), "lost", 0)} {
		if !errors.Is(err, caremodel.ErrAnswer) {
			t.Error(err)
		}
	}
	if fmt.Sprint(p) != fmt.Sprint(before) {
		t.Errorf("a refused step changed the plan: %v", p)
	}
	// not done: again and again, until the person declines
	if err := p.Report(day(3, 15), sm.ResultNotDone, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Solve(sm.Attempt{On: day(3, 14), Barrier: "x", Confidence: 3}, sm.PlanPolicy{}); !errors.Is(err, caremodel.ErrTransition) {
		t.Error(err)
	}
	for range 3 {
		if a, err := p.Solve(sm.Attempt{On: day(3, 15), Barrier: "knee", Confidence: 3}, sm.PlanPolicy{}); a.Accepted || err != nil {
			t.Fatalf("%+v %v", a, err)
		}
	}
	if err := p.Decline(day(3, 16), "enough"); err != nil || len(p.Attempts) != 3 {
		t.Fatal(err)
	}
	if got := sm.OverduePlans([]sm.ActionPlan{p}, day(12, 31), nil); len(got) != 0 {
		t.Errorf("a declined plan is overdue: %v", got)
	}
	bad := plan()
	bad.ID, bad.Confidence, bad.FollowUp = "", 11, day(2, 1)
	bad.History = caremodel.History[sm.PlanState]{{On: day(1, 1), To: sm.PlanDone}}
	err := bad.Check()
	faults(t, err, caremodel.ErrAnswer, 4, "ID", "11", "before the start", "starts with drafted")
	if !errors.Is(err, caremodel.ErrTransition) {
		t.Error(err)
	}
}

// Only 0 to 10 is a rating, of a plan, an attempt and a policy; every fault is named.
func TestConfidenceRange(t *testing.T) {
	for _, c := range []struct {
		confidence, needed int
		faults             int
	}{{0, 0, 0}, {10, 10, 0}, {1, 1, 0}, {-1, 0, 1}, {11, 0, 1}, {42, 0, 1}, {0, -1, 1}, {9, 11, 1}, {42, -1, 2}} {
		p := plan()
		p.Confidence = c.confidence
		policy := sm.PlanPolicy{Confidence: c.needed}
		_, err := p.Propose(day(3, 1), policy)
		solved := plan()
		if _, err := solved.Propose(day(3, 1), sm.PlanPolicy{}); err != nil {
			t.Fatal(err)
		}
		before := fmt.Sprint(solved)
		_, err2 := solved.Solve(sm.Attempt{On: day(3, 2), Barrier: "rain", Confidence: c.confidence}, policy)
		for _, err := range []error{err, err2} {
			if c.faults == 0 {
				if err != nil {
					t.Error(c, err)
				}
				continue
			}
			is := caremodel.ErrAnswer
			if c.confidence >= 0 && c.confidence <= 10 {
				is = caremodel.ErrPolicy
			}
			faults(t, err, is, c.faults, "outside 0 to 10")
		}
		if c.faults > 0 {
			if len(p.History) > 0 || fmt.Sprint(solved) != before {
				t.Errorf("%+v: a refused step changed the plan", c)
			}
			if a := p.Accept(policy); a.Accepted {
				t.Errorf("%+v: accepted", c)
			}
		}
	}
	p := plan()
	p.Confidence = 42
	if a := p.Accept(sm.PlanPolicy{}); a.Accepted || a.ProblemSolving || fmt.Sprint(a.Missing) != "[confidence]" {
		t.Errorf("%+v", a)
	}
	p = plan()
	p.Confidence = 8
	if _, err := p.Propose(day(3, 2), sm.PlanPolicy{}); err != nil {
		t.Fatal(err)
	}
	_, err := p.Solve(sm.Attempt{On: day(3, 1), Barrier: " ", Confidence: 42}, sm.PlanPolicy{Confidence: -1})
	faults(t, err, caremodel.ErrAnswer, 5, "42", "-1", "without a barrier", "nothing to solve", "before 2024-03-02")
	if !errors.Is(err, caremodel.ErrPolicy) || !errors.Is(err, caremodel.ErrTransition) {
		t.Error(err)
	}
	p.Confidence = 42
	_, err = p.Propose(day(3, 3), sm.PlanPolicy{Confidence: -1})
	faults(t, err, caremodel.ErrPolicy, 3, "42", "-1", "drafted")
}

func TestOverduePlans(t *testing.T) {
	var plans []sm.ActionPlan
	for i, f := range []registry.Date{day(3, 10), day(3, 5), 0, day(3, 20), day(3, 10)} {
		p := plan()
		p.ID, p.Person, p.FollowUp, p.Confidence = fmt.Sprint("ap", i), fmt.Sprint("p", 9-i), f, 8
		if _, err := p.Propose(day(3, 1), sm.PlanPolicy{}); err != nil {
			t.Fatal(err)
		}
		plans = append(plans, p)
	}
	got := fmt.Sprint(sm.OverduePlans(plans, day(3, 20), nil)) // the day itself is not over
	if want := "[{ap2 p7 not recorded 0} {ap1 p8 2024-03-05 15} {ap4 p5 2024-03-10 10} {ap0 p9 2024-03-10 10}]"; got != want {
		t.Errorf("%s\n%s", got, want)
	}
}

func TestWeightWorkedExample(t *testing.T) {
	all, err := sm.Rules()
	if err != nil {
		t.Fatal(err)
	}
	m, err := sm.NewMonitor(all[:2], sm.MonitorPolicy{}) // 2 kg in 3 days; 3 lb in a day
	if err != nil {
		t.Fatal(err)
	}
	for last, want := range map[string]string{"82.3": "[sm.weight.3d]", "82.0": "[]", "82.6": "[sm.weight.1d sm.weight.3d]",
		"82.56": "[sm.weight.3d]", // 1.36 kg is less than 3 lb, 1.36077711 kg
		"82.57": "[sm.weight.1d sm.weight.3d]"} {
		p := weights(last)
		var w sm.Watch
		m.Watch(&p, day(5, 4), &w)
		got := []string{}
		for _, a := range w.Alerts {
			got = append(got, a.Rule)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s kg: %v, want %s", last, got, want)
		}
		if tasks := sm.Triage([]sm.Watch{w}, day(5, 4), nil); len(tasks) != min(1, len(got)) {
			t.Errorf("%s kg: %d tasks", last, len(tasks))
		}
	}
	// the published 7-day rule, 5 lb, holds besides from 2.27 kg on
	w := watch(weights("82.6"), day(5, 4))
	if len(w.Alerts) != 3 {
		t.Errorf("%+v", w.Alerts)
	}
}

func TestMissingReadings(t *testing.T) {
	for _, c := range []struct {
		every  int
		asOf   registry.Date
		days   string // "" is no alert
		signal string
	}{
		{1, day(5, 6), "", "weight"}, {1, day(5, 7), "3", "weight"}, // last reading on the 4th
		{7, day(5, 12), "", "weight"}, {7, day(5, 13), "3", "weight"}, // expected on the 11th
		{1, day(5, 12), "", "steps"}, {1, day(5, 13), "3", "steps"}, // never came; expected from the 11th
		{1, day(5, 21), "", "steps"}, // the schedule has ended
	} {
		p := weights("80.0")
		p.Schedules = []sm.Schedule{{Signal: c.signal, From: day(5, 1), EveryDays: c.every}}
		if c.signal == "steps" {
			p.Schedules[0].From, p.Schedules[0].Until = day(5, 11), day(5, 20)
		}
		w := watch(p, c.asOf)
		switch {
		case c.days == "" && len(w.Alerts) > 0:
			t.Errorf("%s every %d on %s: %v", c.signal, c.every, c.asOf, w.Alerts[0].Why())
		case c.days != "" && (len(w.Alerts) != 1 || w.Alerts[0].Value.String() != c.days || w.Alerts[0].ContactBy != c.asOf.AddDays(1)):
			t.Errorf("%s every %d on %s: %+v", c.signal, c.every, c.asOf, w.Alerts)
		}
	}
	// two signals missing are one alert of the rule, the longer one speaks
	p := sm.Monitored{Person: "p1", Schedules: []sm.Schedule{{Signal: "weight", From: day(5, 3), EveryDays: 1}, {Signal: "glucose", From: day(5, 1), EveryDays: 1}, {Signal: "steps", From: day(5, 2)}}}
	w := watch(p, day(5, 10))
	if len(w.Alerts) != 1 || w.Alerts[0].Signal != "glucose" || w.Alerts[0].Others != 1 || w.LeftOut != 1 || w.Alerts[0].Since != day(5, 1) {
		t.Errorf("%+v", w)
	}
	if !strings.Contains(w.Alerts[0].Why(), "10 days, 2 allowed; 1 more signals") {
		t.Error(w.Alerts[0].Why())
	}
	p.Acknowledged = []sm.Acknowledgement{{Rule: "sm.missing"}}
	if w := watch(p, day(5, 10)); len(w.Alerts) != 0 || w.Acknowledged != 2 {
		t.Errorf("%+v", w)
	}
}

func pressure(id string, on registry.Date, systolic, diastolic, unit string) sm.Reading {
	r := sm.Reading{ID: id, Person: "p1", Signal: "blood pressure", When: registry.At(on)}
	for c, v := range map[string]string{"systolic": systolic, "diastolic": diastolic} {
		if v != "" {
			r.Parts = append(r.Parts, sm.Part{Component: c, Value: quantity(v, unit)})
		}
	}
	return r
}

func TestPressureRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rs   []sm.Reading
		want string
	}{
		{"below both", []sm.Reading{pressure("a", day(5, 1), "179", "109", "mmHg")}, "[]"},
		{"systolic at the limit", []sm.Reading{pressure("a", day(5, 1), "180", "80", "mmHg")}, "[sm.bp.critical]"},
		{"diastolic alone", []sm.Reading{pressure("a", day(5, 1), "", "110", "mmHg")}, "[sm.bp.critical]"},
		{"the latest decides", []sm.Reading{pressure("b", day(5, 2), "150", "80", "mmHg"), pressure("a", day(5, 1), "200", "120", "mmHg")}, "[]"},
		{"mean of three is not enough", []sm.Reading{pressure("a", day(5, 1), "150", "80", "mmHg"), pressure("b", day(5, 2), "150", "80", "mmHg"), pressure("c", day(5, 3), "150", "80", "mmHg")}, "[]"},
		{"mean at the limit", []sm.Reading{pressure("a", day(5, 1), "139", "80", "mmHg"), pressure("b", day(5, 2), "141", "80", "mmHg"), pressure("c", day(5, 3), "138", "80", "mmHg"), pressure("d", day(5, 7), "142", "80", "mmHg")}, "[sm.bp.high]"},
		{"mean just below", []sm.Reading{pressure("a", day(5, 1), "139", "80", "mmHg"), pressure("b", day(5, 2), "141", "80", "mmHg"), pressure("c", day(5, 3), "138", "80", "mmHg"), pressure("d", day(5, 7), "141.9", "80", "mmHg")}, "[]"},
		{"the first of four is eight days old", []sm.Reading{pressure("a", day(5, 1), "150", "80", "mmHg"), pressure("b", day(5, 2), "150", "80", "mmHg"), pressure("c", day(5, 3), "150", "80", "mmHg"), pressure("d", day(5, 8), "150", "80", "mmHg")}, "[]"},
		{"a reading twice counts once", []sm.Reading{pressure("a", day(5, 1), "150", "80", "mmHg"), pressure("a", day(5, 1), "150", "80", "mmHg"), pressure("b", day(5, 2), "150", "80", "mmHg"), pressure("c", day(5, 3), "150", "80", "mmHg")}, "[]"},
		{"no unit is no value", []sm.Reading{pressure("a", day(5, 1), "190", "120", "")}, "[]"},
	} {
		w := watch(sm.Monitored{Person: "p1", Conditions: []string{"hypertension"}, Readings: c.rs}, day(5, 31))
		got := []string{}
		for _, a := range w.Alerts {
			got = append(got, a.Rule)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
		if c.name == "no unit is no value" && (len(w.Technical) != 2 || w.Technical[0].Code.String() != "UNIT_MISSING") {
			t.Errorf("%+v", w.Technical)
		}
	}
}

func glucose(id string, on registry.Date, q registry.Quantity) sm.Reading {
	return sm.Reading{ID: id, Person: "p1", Signal: "glucose", When: registry.At(on), Parts: []sm.Part{{Value: q}}}
}

func TestGlucoseRules(t *testing.T) {
	for _, c := range []struct {
		q    registry.Quantity
		want string
	}{
		{quantity("70", "mg/dL"), "[]"}, {quantity("69.9", "mg/dL"), "[sm.glucose.low1]"}, {quantity("54", "mg/dL"), "[sm.glucose.low1]"}, {quantity("53", "mg/dl"), "[sm.glucose.low2 sm.glucose.low1]"},
		{quantity("299.9", "mg/dL"), "[]"}, {quantity("300", "mg/dL"), "[sm.glucose.high]"},
		{quantity("3.88", "mmol/L"), "[sm.glucose.low1]"}, {quantity("3.9", "mmol/L"), "[]"}, // 3.88 is 69.910616, 3.9 is 70.27098
		{*at("600", "mg/dL", registry.MoreThan), "[sm.glucose.high]"}, {*at("20", "mg/dL", registry.LessThan), "[sm.glucose.low2 sm.glucose.low1]"},
		{*at("100", "mg/dL", registry.LessThan), "[]"}, // open
		{quantity("5", "mg/dL"), "[]"}, {quantity("1600", "mg/dL"), "[]"}, {quantity("9", "%"), "[]"},
	} {
		w := watch(sm.Monitored{Person: "p1", Conditions: []string{"diabetes"}, Readings: []sm.Reading{glucose("g", day(5, 1), c.q)}}, day(5, 1))
		got := []string{}
		for _, a := range w.Alerts {
			got = append(got, a.Rule)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.q, got, c.want)
		}
	}
	// a device fault stands until the next usable value, and never hides the last good one
	p := sm.Monitored{Person: "p1", Conditions: []string{"diabetes"}, Readings: []sm.Reading{glucose("g1", day(5, 1), quantity("50", "mg/dL")), glucose("g2", day(5, 2), quantity("2", "mg/dL"))}}
	if w := watch(p, day(5, 2)); len(w.Technical) != 1 || len(w.Alerts) != 2 {
		t.Errorf("%+v", w)
	}
	p.Readings = append(p.Readings, glucose("g3", day(5, 3), quantity("100", "mg/dL")))
	if w := watch(p, day(5, 3)); len(w.Technical) != 0 || len(w.Alerts) != 0 {
		t.Errorf("%+v", w)
	}
	// more decimals than the scale holds is not usable, and said
	p.Readings = []sm.Reading{glucose("g", day(5, 1), quantity("100.000000000001", "mg/dL"))}
	if w := watch(p, day(5, 3)); len(w.Technical) != 1 {
		t.Errorf("%+v", w)
	}
}

func TestPlausibleByAge(t *testing.T) {
	for _, c := range []struct {
		birth  registry.Date
		weight string
		faults int
	}{{0, "15", 1}, {registry.Day(2015, 1, 1), "15", 0}, {registry.Day(1990, 1, 1), "15", 1}, {registry.Day(1990, 1, 1), "20", 0}, {0, "400", 0}, {0, "400.1", 1}} {
		p := weights(c.weight)
		p.Birth = c.birth
		p.Readings = p.Readings[3:]
		if w := watch(p, day(5, 4)); len(w.Technical) != c.faults {
			t.Errorf("born %s, %s kg: %+v", c.birth, c.weight, w.Technical)
		}
	}
}

// Of equal lowest readings the earliest is the evidence; contacts are due as the action says.
func TestAlertDetails(t *testing.T) {
	p := weights("82.3")
	p.Readings[1].Parts[0].Value = quantity("80.0", "kg")
	if a := watch(p, day(5, 4)).Alerts[0]; a.Rule != "sm.weight.3d" || fmt.Sprint(a.Readings) != "[r1 r4]" {
		t.Errorf("%+v", a)
	}
	rs := []sm.Reading{}
	for i := range 4 {
		rs = append(rs, pressure(fmt.Sprint("b", i), day(5, 1+i), "150", "80", "mmHg"))
	}
	q := sm.Monitored{Person: "p1", Conditions: []string{"hypertension"}, Readings: rs}
	if a := watch(q, day(5, 4)).Alerts[0]; a.ContactBy != day(5, 11) || a.Action != sm.BookReview {
		t.Errorf("%+v", a)
	}
	m, err := sm.NewMonitor(func() []sm.Rule { rules, _ := sm.Rules(); return rules }(), sm.MonitorPolicy{BookWithin: 3})
	if err != nil {
		t.Fatal(err)
	}
	var w sm.Watch
	if m.Watch(&q, day(5, 4), &w); w.Alerts[0].ContactBy != day(5, 7) {
		t.Errorf("%+v", w.Alerts)
	}
}

func TestAcknowledged(t *testing.T) {
	p := weights("82.6")
	w := watch(p, day(5, 4))
	for _, a := range w.Alerts {
		p.Acknowledged = append(p.Acknowledged, sm.Acknowledgement{Rule: a.Rule, UpTo: a.UpTo})
	}
	if w := watch(p, day(5, 5)); len(w.Alerts) != 0 || w.Acknowledged != 3 {
		t.Errorf("%+v", w)
	}
	p.Readings = append(p.Readings, sm.Reading{ID: "r5", Person: "p1", Signal: "weight", When: registry.At(day(5, 5)), Parts: []sm.Part{{Value: quantity("83.5", "kg")}}})
	if w := watch(p, day(5, 5)); len(w.Alerts) != 2 || w.Acknowledged != 0 { // 3 days and 7 days; the last day rose by 0.9
		t.Errorf("%+v", w)
	}
}

// Eleven days of 190 that nobody answered wait longer than one such day; what was seen, and
// a good reading between, begin the count anew; a device fault does not.
func TestWaitsSinceTheFirst(t *testing.T) {
	daily := func(id string, systolic ...string) sm.Monitored {
		p := sm.Monitored{Person: id, Conditions: []string{"hypertension"}}
		for i, v := range systolic {
			r := pressure(fmt.Sprint(id, i+1), day(5, 1+i), v, "80", "mmHg")
			if v == "900" {
				r.Parts = r.Parts[:1]
			}
			r.Person = id
			p.Readings = append(p.Readings, r)
		}
		return p
	}
	long := daily("long", "190", "190", "190", "190", "190", "190", "190", "190", "190", "190", "190")
	short := daily("a-short", "120", "120", "120", "120", "120", "120", "120", "120", "120", "190")
	watches := []sm.Watch{watch(short, day(5, 11)), watch(long, day(5, 11))}
	list := sm.Triage(watches, day(5, 11), nil)
	if len(list) != 2 || list[0].Person != "long" || list[0].Waiting != 10 || list[1].Waiting != 1 {
		t.Errorf("%+v", list)
	}
	critical := func(p sm.Monitored) (since registry.Date) {
		for _, a := range watch(p, day(5, 11)).Alerts {
			if a.Rule == "sm.bp.critical" {
				since = a.Since
			}
		}
		return since
	}
	for _, c := range []struct {
		name string
		p    sm.Monitored
		want registry.Date
	}{
		{"a good day between", daily("p", "190", "190", "120", "190", "190"), day(5, 4)},
		{"good at last", daily("p", "190", "190", "120"), 0},
		{"a device fault between", daily("p", "190", "900", "190"), day(5, 1)},
		{"one reading", daily("p", "120", "190"), day(5, 2)},
	} {
		if got := critical(c.p); got != c.want {
			t.Errorf("%s: since %s, want %s", c.name, got, c.want)
		}
	}
	long.Acknowledged = []sm.Acknowledgement{{Rule: "sm.bp.critical", UpTo: registry.At(day(5, 3))}, {Rule: "sm.bp.critical", UpTo: registry.At(day(5, 7))}, {Rule: "sm.bp.critical", UpTo: registry.At(day(5, 5))}, {Rule: "sm.bp.high", UpTo: registry.At(day(5, 10))}}
	if got := critical(long); got != day(5, 8) {
		t.Errorf("seen up to 7 May: since %s", got)
	}
	// either limit keeps the run going
	mixed := sm.Monitored{Person: "p1", Conditions: []string{"hypertension"}, Readings: []sm.Reading{pressure("a", day(5, 1), "120", "80", "mmHg"), pressure("b", day(5, 2), "190", "80", "mmHg"), pressure("c", day(5, 3), "", "115", "mmHg"), pressure("d", day(5, 4), "120", "", "mmHg")}}
	if got := critical(mixed); got != day(5, 2) {
		t.Errorf("systolic, then diastolic: since %s", got)
	}
}

func TestMixedUnits(t *testing.T) {
	p := weights("80.0")
	p.Readings[3].Parts[0].Value = quantity("182", "lb") // 82.5538 kg
	w := watch(p, day(5, 4))
	if len(w.Alerts) != 2 || w.Alerts[0].Value.String() != "2.55381134" || w.Alerts[0].Base != "kg" {
		t.Errorf("%+v", w.Alerts)
	}
}

func TestMonitorFaults(t *testing.T) {
	one := sm.Limit{Is: registry.Above, Value: registry.Num(2, 0)}
	_, err := sm.NewMonitor([]sm.Rule{
		{ID: "a", Condition: "any", Signal: "weight", Test: sm.LevelTest, Unit: "kg", Any: []sm.Limit{one, one}, Source: "s"},
		{ID: "a", Condition: "any", Signal: "weight", Test: sm.LevelTest, Unit: "furlong", Any: []sm.Limit{one}, Source: "s"},
		{ID: "b", Signal: "any", Test: sm.RiseTest, Days: 3, Unit: "kg", Any: []sm.Limit{{Is: registry.Below}}, Source: "s"},
		{ID: "c", Condition: "any", Signal: "mood", Test: 9, Days: -1, Source: "s"},
		{ID: "d", Condition: "any", Signal: "weight", Test: sm.MeanTest},
	}, sm.MonitorPolicy{BookWithin: -1})
	faults(t, err, caremodel.ErrDefinition, 13, "two limits", "twice", "furlong", "condition", "needs a signal", "rise with limit", "test 9", "no source", "0 days")
	if !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
	_, err = sm.NewMonitor(nil, sm.MonitorPolicy{})
	faults(t, err, caremodel.ErrDefinition, 1, "no rules")
	_, err = sm.NewMonitor([]sm.Rule{{ID: "a", Condition: "any", Signal: "weight", Test: sm.LevelTest, Unit: "kg", Source: "s", Any: []sm.Limit{{Value: registry.Num(1, 30)}}}}, sm.MonitorPolicy{})
	faults(t, err, caremodel.ErrDefinition, 1, "too many digits")
	p := sm.Monitored{Readings: []sm.Reading{{ID: "x"}, {Signal: "weight", When: registry.At(day(1, 1)), Parts: []sm.Part{{}}}}, Schedules: []sm.Schedule{{Signal: "weight", From: day(2, 1), Until: day(1, 1), EveryDays: 1}}}
	faults(t, p.Check(), caremodel.ErrAnswer, 4, "no ID", "reading 1", "reading 2", "schedule 1")
}

func TestTriageOrder(t *testing.T) {
	w := func(id string, level int, since registry.Date, actions ...sm.Action) sm.Watch {
		x := sm.Watch{Person: id, Level: level}
		for _, a := range actions {
			x.Alerts = append(x.Alerts, sm.Alert{Action: a, Since: since, ContactBy: day(5, 9)})
		}
		return x
	}
	technical := sm.Watch{Person: "t", Technical: []sm.Technical{{On: day(5, 1)}}}
	list := []sm.Watch{w("log", 3, day(1, 1), sm.LogOnly), technical, w("none", 3, 0), w("book", 3, day(5, 1), sm.BookReview), w("next", 3, day(5, 1), sm.ContactNextDay),
		w("d", 1, day(5, 3), sm.ContactSameDay), w("c", 1, day(5, 3), sm.BookReview, sm.ContactSameDay), w("b", 2, day(5, 3), sm.ContactSameDay), w("a", 1, day(5, 2), sm.ContactSameDay)}
	var got []string
	for _, x := range sm.Triage(list, day(5, 9), nil) {
		if x.Person == "t" && x.Waiting != 8 {
			t.Errorf("%+v", x)
		}
		got = append(got, x.Person+" "+x.Decision.String())
	}
	if want := "a call, b call, c call, d call, next call, book appointment, t technical task, log nothing"; strings.Join(got, ", ") != want {
		t.Errorf("%s", strings.Join(got, ", "))
	}
}

func TestEducationTable(t *testing.T) {
	e, err := sm.NewEducator()
	if err != nil {
		t.Fatal(err)
	}
	yes := caremodel.Yes
	for _, c := range []struct {
		state sm.EducationState
		want  string
	}{
		{sm.EducationState{NewDiagnosis: yes}, "edu.new"}, {sm.EducationState{Stable: yes, MetEducator: yes}, "edu.stable"}, {sm.EducationState{Stable: yes, MetEducator: caremodel.No}, ""},
		{sm.EducationState{CaseManaged: yes, Exacerbation: caremodel.No}, "edu.case"}, {sm.EducationState{HighRisk: yes}, "edu.risk"}, {sm.EducationState{CaseManaged: yes, HighRisk: yes, Exacerbation: yes}, "edu.case.flare edu.case"},
		{sm.EducationState{Asks: caremodel.Partly, NewDiagnosis: yes}, "edu.new edu.asks"}, {sm.EducationState{}, ""},
	} {
		plan, _ := e.Plan(c.state, nil, nil)
		var got []string
		for _, x := range plan {
			got = append(got, x.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.state, got, c.want)
		}
	}
}

func TestSessionFaults(t *testing.T) {
	if r := sm.Sessions(sessions(), registry.Period{}, day(3, 1)); len(r.Overdue) != 0 || r.Providers[0].Sessions != 2 { // the day itself
		t.Errorf("%+v", r)
	}
	ss := []sm.Session{{ID: "s", On: day(1, 1), Invitations: []sm.Invitation{{"p", sm.Agreed}, {"p", sm.Agreed}, {"", sm.Invited}, {"q", "?"}}}, {ID: "s", Seats: -1}}
	faults(t, sm.CheckSessions(ss), caremodel.ErrAnswer, 5)
	faults(t, sm.ParticipationRule{Missed: 2}.Check(), caremodel.ErrPolicy, 1, "0 months")
	if f := (sm.ParticipationRule{}).Cancel(sessions(), "p1", day(4, 1)); f.Raised {
		t.Error("no rule raises a flag")
	}
	if f := (sm.ParticipationRule{Missed: 1, Months: 1}).Cancel(sessions(), "p1", day(4, 1)); f.Raised { // 1 March is a month before 1 April
		t.Errorf("%+v", f)
	}
	faults(t, sm.CheckOffers([]sm.Offer{{ID: "o", Person: "p", On: day(2, 1), Accepted: day(1, 1), Declined: day(3, 1)}, {ID: "o"}, {ID: "d", Person: "p", On: day(1, 1), Accepted: day(1, 5), Dropped: day(1, 4)}}), caremodel.ErrAnswer, 4)
	faults(t, sm.CheckCounsels([]sm.Counsel{{Topic: "diet", A: 7, On: day(1, 1)}, {A: sm.Ask}}), caremodel.ErrAnswer, 2)
	faults(t, sm.CheckCounsels([]sm.Counsel{{ID: "c", Topic: "diet", On: day(1, 1)}, {ID: "c", Topic: "diet", On: day(1, 2)}, {Topic: "diet", On: day(1, 3)}, {Topic: "diet", On: day(1, 4)}}), caremodel.ErrAnswer, 1)
}

func TestJSON(t *testing.T) {
	w := watch(weights("82.3"), day(5, 4))
	b, err := json.Marshal(sm.Triage([]sm.Watch{w}, day(5, 4), nil)[0].Alerts[0])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"rule":"sm.weight.3d","signal":"weight","test":"rise","action":"contact same day","contact_by":"2024-05-04","since":"2024-05-04","up_to":{"day":"2024-05-04"},"limit":"\u003e 2","unit":"kg","value":"2.3","base":"kg","readings":["r1","r4"]}`
	if string(b) != want {
		t.Errorf("%s", b)
	}
	rules, _ := sm.Rules()
	for _, r := range rules {
		for _, l := range r.Any {
			text, _ := l.MarshalText()
			var back sm.Limit
			if err := back.UnmarshalText(text); err != nil || back != l {
				t.Errorf("%s: %v %v", l, back, err)
			}
		}
	}
	var l sm.Limit
	if err := l.UnmarshalText([]byte("about 3")); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
}
