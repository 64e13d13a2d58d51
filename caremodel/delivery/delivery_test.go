package delivery_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

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

func TestDistributeFaults(t *testing.T) {
	_, err := delivery.Distribute(
		[]delivery.Task{{ID: "a", Roles: []string{"nurse"}}, {ID: "a", Roles: []string{"nurse"}}, {ID: "b"}, {ID: "c", Minutes: -1, Roles: []string{"x"}}},
		[]delivery.Role{{Name: "nurse"}, {Name: "nurse"}, {Name: "clerk", Cost: -1}})
	faults(t, err, caremodel.ErrDefinition, 5, `task "a"`, `task "b" has no role`, `task "c"`, `role "nurse"`, `role "clerk"`)
}

func TestDistributeOrder(t *testing.T) {
	// the long task comes first although the short ones would fill the cheap role
	d, err := delivery.Distribute([]delivery.Task{{ID: "s1", Minutes: 6, Roles: []string{"a", "b"}}, {ID: "s2", Minutes: 6, Roles: []string{"a", "b"}}, {ID: "long", Minutes: 10, Roles: []string{"a", "b"}}},
		[]delivery.Role{{Name: "b", Minutes: 12, Cost: 5}, {Name: "a", Minutes: 10, Cost: 5}})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(d.Assigned, d.Unassigned); got != "[{long b 10 false} {s1 a 6 false}] [{s2 6 OVER_CAPACITY 2 roles may, none has 6 minutes}]" {
		t.Error(got)
	}
}

func TestVisitMerges(t *testing.T) {
	goal := func(id, measure string, priority int, to selfmanagement.GoalStatus) selfmanagement.Goal {
		return selfmanagement.Goal{ID: id, Measure: measure, Priority: priority, History: caremodel.History[selfmanagement.GoalStatus]{{On: day(1, 1), To: to}}}
	}
	v := delivery.PlanVisit("p", recall.Visit{Day: day(4, 1), Items: []recall.Item{{Key: "bp", Rules: []string{"htn"}, Role: "nurse", Minutes: 10}}}, delivery.Preparation{
		Alerts:    []selfmanagement.Alert{{Rule: "sm.bp.high", Signal: "bp"}, {Rule: "sm.bp.critical", Signal: "bp"}},
		Goals:     []selfmanagement.Goal{goal("g1", "weight", 0, selfmanagement.Active), goal("g2", "bp", 2, selfmanagement.Active), goal("g3", "steps", 1, selfmanagement.Accepted), goal("g4", "sugar", 1, selfmanagement.OnHold)},
		CarryOver: []delivery.VisitItem{{Key: "bp", Role: "clerk", Minutes: 15, Rules: []string{"htn"}}},
	})
	if got := fmt.Sprint(v.Items, v.Minutes, v.Roles); got != "[{bp alert nurse 15 [sm.bp.critical sm.bp.high g2 htn] false} {steps goal  0 [g3] false} {weight goal  0 [g1] false}] 15 [nurse]" {
		t.Error(got)
	}
	c, l := v.Missed("phone")
	ladders, err := recall.Ladders()
	if err != nil {
		t.Fatal(err)
	}
	s := ladders[0].State([]recall.Contact{{On: day(3, 1), Channel: "letter", Outcome: recall.Booked}, c}, day(2, 1), day(4, 2), recall.ContactRules{})
	if s.Stage != recall.Invited || s.NextStep != 2 || len(l.Left) != 3 {
		t.Errorf("%+v", s) // the next step of the ladder
	}
}

func TestEnrolmentAllPairs(t *testing.T) {
	m, err := delivery.Enrolment()
	if err != nil {
		t.Fatal(err)
	}
	table := map[delivery.State]string{
		"identified": "assessed ineligible died", "assessed": "offered ineligible died", "offered": "enrolled declined died lost",
		"enrolled": "active withdrawn cancelled transferred died lost", "active": "on-hold completed withdrawn cancelled transferred died lost",
		"on-hold": "active withdrawn cancelled transferred died lost",
	}
	states := m.States()
	if len(states) != 14 {
		t.Fatal(states)
	}
	for _, from := range states {
		for _, to := range states {
			want := slices.Contains(strings.Fields(table[from]), string(to))
			if m.Allows(from, to) != want {
				t.Errorf("%s to %s", from, to)
			}
			// the same by stepping
			h := caremodel.History[delivery.State]{{On: day(1, 1), To: from}}
			if next, err := m.Append(h, caremodel.Step[delivery.State]{On: day(1, 2), To: to}); (err == nil) != want || err != nil && (!errors.Is(err, caremodel.ErrTransition) || len(next) != 1) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
		if m.Terminal(from) != (table[from] == "") {
			t.Errorf("%s terminal", from)
		}
	}
}

func TestCycleAllPairs(t *testing.T) {
	m, err := delivery.Cycle()
	if err != nil {
		t.Fatal(err)
	}
	table := map[delivery.CycleStep]string{"assign": "assess close", "assess": "plan close", "plan": "arrange close", "arrange": "monitor close", "monitor": "review close", "review": "close monitor plan"}
	for _, from := range m.States() {
		for _, to := range m.States() {
			if want := slices.Contains(strings.Fields(table[from]), string(to)); m.Allows(from, to) != want {
				t.Errorf("%s to %s", from, to)
			}
		}
	}
	if len(m.States()) != 7 || !m.Terminal(delivery.StepClose) {
		t.Error(m.States())
	}
}

func TestEnrolmentRefuses(t *testing.T) {
	e := enrolments()
	step := func(x delivery.Episode, on registry.Date, to delivery.State, reason string) error {
		before := fmt.Sprint(x)
		err := e.Step(&x, caremodel.Step[delivery.State]{On: on, To: to, Reason: reason})
		if err != nil && fmt.Sprint(x) != before {
			t.Error("a refused step changed the episode")
		}
		return err
	}
	unassigned := walked("a", delivery.Assessed, delivery.Offered)
	unassigned.Coordinator = ""
	for name, err := range map[string]error{
		"an assessment is missing":       step(walked("a"), day(2, 1), delivery.Offered, ""),
		"back in time":                   step(walked("a", delivery.Assessed), day(1, 1), delivery.Offered, ""),
		"no date":                        step(walked("a"), 0, delivery.Assessed, ""),
		"leaves without a reason":        step(walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled), day(2, 1), delivery.Withdrawn, " "),
		"completes without a reason":     step(walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Active), day(2, 1), delivery.Completed, ""),
		"no physician is chosen":         step(unassigned, day(2, 1), delivery.Enrolled, ""),
		"assessed again after declining": step(walked("a", delivery.Assessed, delivery.Offered, delivery.Declined), day(2, 1), delivery.Assessed, ""),
		"no such programme":              step(delivery.Episode{Programme: "x"}, day(2, 1), delivery.Identified, ""),
	} {
		if !errors.Is(err, caremodel.ErrTransition) {
			t.Errorf("%s: %v", name, err)
		}
	}
	x := walked("a", delivery.Assessed)
	if err := e.Step(&x, caremodel.Step[delivery.State]{On: day(2, 1), To: delivery.Died}); err != nil || x.History[2].Reason != "died" {
		t.Error(err, x.History)
	}

	open := func(earlier []delivery.Episode, x delivery.Episode, on registry.Date) error {
		_, err := e.Open(earlier, x, on)
		return err
	}
	new := delivery.Episode{ID: "n", Person: "a", Programme: "dm", Route: delivery.ByRank, SelectedBy: "organisation"}
	running, ended, dead := walked("a", delivery.Assessed), walked("a", delivery.Assessed, delivery.Ineligible), walked("a", delivery.Died)
	for name, c := range map[string]struct {
		err, is error
	}{
		"still running":      {open([]delivery.Episode{running}, new, day(5, 1)), caremodel.ErrTransition},
		"before the last":    {open([]delivery.Episode{ended}, new, day(1, 2)), caremodel.ErrTransition},
		"dead":               {open([]delivery.Episode{dead}, new, day(5, 1)), caremodel.ErrTransition},
		"no date":            {open(nil, new, 0), caremodel.ErrTransition},
		"the ID twice":       {open([]delivery.Episode{{ID: "n"}}, new, day(5, 1)), caremodel.ErrDefinition},
		"no route":           {open(nil, delivery.Episode{ID: "n", Person: "a", Programme: "dm", SelectedBy: "x"}, day(5, 1)), caremodel.ErrDefinition},
		"nobody selected":    {open(nil, delivery.Episode{ID: "n", Person: "a", Programme: "dm", Route: delivery.ByRank}, day(5, 1)), caremodel.ErrDefinition},
		"no such programme":  {open(nil, delivery.Episode{ID: "n", Person: "a", Programme: "x", Route: delivery.ByRank, SelectedBy: "x"}, day(5, 1)), caremodel.ErrDefinition},
		"has begun already":  {open(nil, running, day(5, 1)), caremodel.ErrDefinition},
		"same day is fine":   {open([]delivery.Episode{ended}, new, day(1, 3)), nil},
		"another's is fine":  {open([]delivery.Episode{walked("b")}, new, day(1, 3)), nil},
		"an earlier is fine": {open([]delivery.Episode{ended}, new, day(5, 1)), nil},
	} {
		if !errors.Is(c.err, c.is) || c.is == nil && c.err != nil {
			t.Errorf("%s: %v", name, c.err)
		}
	}

	silent := walked("s", delivery.Assessed, delivery.Ineligible)
	silent.History[2].Reason = ""
	again := running
	again.ID = "again"
	wrong := delivery.Episode{ID: "w", Person: "w", Programme: "dm", History: caremodel.History[delivery.State]{{On: day(1, 1), To: delivery.Active}}}
	faults(t, e.Check([]delivery.Episode{silent, running, again, wrong, {ID: "w", Person: "w", Programme: "?"}}), caremodel.ErrTransition, 4, "without a reason", "overlap", `starts with identified, not "active"`, `programme "?"`)
	if err := e.Check([]delivery.Episode{ended, walked("b", delivery.Assessed)}); err != nil {
		t.Error(err)
	}
	// one may begin on the day on which the other ends, and not before
	for on, n := range map[registry.Date]int{day(1, 3): 0, day(1, 2): 1} {
		next := delivery.Episode{ID: "next", Person: "a", Programme: "dm", History: caremodel.History[delivery.State]{{On: on, To: delivery.Identified}}}
		if err := e.Check([]delivery.Episode{ended, next}); (err != nil) != (n > 0) {
			t.Errorf("%s: %v", on, err)
		}
	}
}

func TestProgrammeFaults(t *testing.T) {
	p := &delivery.Programme{
		Conditions: []string{"dm", "dm"}, Levels: []int{4, 1, 1}, Components: []string{""}, Roles: []string{"nurse"}, ReviewDays: -1,
		Goals: []delivery.ProgrammeGoal{{Key: "g"}, {Key: "g", Measure: "m"}},
		Tasks: []delivery.ProgrammeTask{{Task: delivery.Task{ID: "t"}, Kind: delivery.TaskWork, What: "x", From: delivery.Enrolled},
			{Task: delivery.Task{ID: "t", Roles: []string{"pilot"}}, Kind: "leisure", Level: 4, Days: -1, From: delivery.Enrolled}},
		Discharges:    []delivery.DischargeRule{{To: delivery.Completed}, {To: delivery.Completed, Goals: true}, {To: delivery.Completed, All: []string{""}}},
		Managers:      -1,
		Contacts:      []delivery.ContactRule{{Level: 9, Channel: "pigeon", Role: "x"}},
		Referrals:     []delivery.ReferralCriterion{{}},
		Participation: selfmanagement.ParticipationRule{Missed: 2},
		Caseload:      delivery.Caseload{Low: 2, High: 1},
		Steps: []caremodel.Edge[delivery.State]{{From: delivery.Identified, To: delivery.Assessed}, {From: delivery.Assessed, To: delivery.Identified},
			{From: delivery.Assessed, To: delivery.Completed}},
	}
	faults(t, p.Check(), caremodel.ErrDefinition, 22, "ID or name", `condition "dm"`, "level 4", "level 1", `component ""`, `goal "g" has no measure`, `key "g"`, `task "t" has no role`, `task 2`, `"pilot"`,
		"contact 1: level 9", `contact 1 is by "x"`, "referral 1", "2 sessions missed", "caseload of 2 to 1", "every -1 days", "-1 managers", `task "t": "" is of kind "leisure"`, `task "t": level 4 within -1 days`, "discharge 3 to completed asks nothing", "a circle through identified", "a circle through assessed")
	if _, err := delivery.NewEnrolments(p); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
	// a pathway of its own works
	q := programme()
	q.Coordinator = false
	q.Steps = []caremodel.Edge[delivery.State]{{From: delivery.Identified, To: delivery.Enrolled}, {From: delivery.Enrolled, To: delivery.Completed}, {From: delivery.Enrolled, To: "graduated"}}
	e, err := delivery.NewEnrolments(q)
	if err != nil {
		t.Fatal(err)
	}
	x, err := e.Open(nil, delivery.Episode{ID: "x", Person: "p", Programme: "dm", Route: delivery.BySelf, SelectedBy: "patient"}, day(1, 1))
	if err == nil {
		_, err = e.Assess(&x, fit(day(1, 1)), "nurse") // which knows no state of its own here
	}
	if err == nil {
		err = e.Step(&x, caremodel.Step[delivery.State]{On: day(1, 1), To: delivery.Enrolled})
	}
	if err != nil {
		t.Error(err)
	}
	if err := e.Step(&x, caremodel.Step[delivery.State]{On: day(1, 2), To: "graduated"}); !errors.Is(err, caremodel.ErrTransition) {
		t.Error("left without a reason", err)
	}
}

func TestTemplates(t *testing.T) {
	ids, err := delivery.Templates()
	if err != nil {
		t.Fatal(err)
	}
	all := delivery.Limits{ContactDays: 30, ReviewDays: 90, Caseload: delivery.Caseload{Low: 40, High: 60}, Places: 100, Participation: selfmanagement.ParticipationRule{Missed: 2, Months: 12}}
	for _, id := range ids {
		p, err := delivery.Template(id, all)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		if p.Source == "" || len(p.Components) == 0 || len(p.Contacts) == 0 || len(p.Roles) == 0 || len(p.Undecided) == 0 {
			t.Errorf("%s: %+v", id, p)
		}
		if _, err := delivery.NewEnrolments(p); err != nil {
			t.Error(err)
		}
		// what the source leaves open is asked for, all at once
		_, err = delivery.Template(id, delivery.Limits{})
		faults(t, err, caremodel.ErrPolicy, len(p.Undecided), p.Undecided...)
	}
	pace, _ := delivery.Template("pace-like", all)
	if pace.Places != 300 || pace.Entry == nil || pace.Entry.ID != "pace" {
		t.Errorf("%+v", pace)
	}
	dm, _ := delivery.Template("disease-management", all)
	if !dm.Coordinator || dm.Participation.Missed != 2 {
		t.Errorf("%+v", dm)
	}
	if r, err := dm.Portfolio(); err != nil || len(r.Met) != 4 || len(r.Missing) != 2 {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := delivery.Template("x", all); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
}

func TestTargetShareEdges(t *testing.T) {
	for _, c := range []struct {
		enrolled, of int64
		want         string
	}{
		{9, 1000, "below in range below below"}, {10, 1000, "in range in range below in range"}, {11, 1000, "in range above below above"},
		{50, 1000, "in range above in range above"}, {51, 1000, "above above above above"}, {4, 1000, "below below below below"}, {5, 1000, "below in range below below"}, {20, 1000, "in range above in range above"},
		{10, 1001, "in range in range below in range"}, {0, 0, "   "},
	} {
		s, err := delivery.TargetShare(c.enrolled, c.of)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range s.Against {
			got = append(got, string(a.Position))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d of %d: %q, want %q", c.enrolled, c.of, strings.Join(got, " "), c.want)
		}
	}
	for _, c := range [][2]int64{{-1, 5}, {6, 5}} {
		if _, err := delivery.TargetShare(c[0], c[1]); !errors.Is(err, caremodel.ErrAnswer) {
			t.Error(err)
		}
	}
	if delivery.ServiceOf(-1) != "" || delivery.ServiceOf(4) != "" {
		t.Error("a service of no level")
	}
}

func TestCycleLimits(t *testing.T) {
	steps := func(xs ...caremodel.Step[delivery.CycleStep]) delivery.Case {
		return delivery.Case{Person: "p", Level: 2, Managers: []delivery.Management{{Manager: "ann", Team: "north", From: day(1, 1)}, {Manager: "bob", Team: "north", From: day(1, 1)}}, History: xs}
	}
	s := func(m, d int, to delivery.CycleStep) caremodel.Step[delivery.CycleStep] {
		return caremodel.Step[delivery.CycleStep]{On: day(m, d), To: to, Reason: "x"}
	}
	for _, c := range []struct {
		name string
		c    delivery.Case
		asOf registry.Date
		want string
	}{
		{"assessment on day 14", steps(s(1, 1, "assign")), day(1, 15), "[]"},
		{"assessment on day 15", steps(s(1, 1, "assign")), day(1, 16), "[STEP_OVERDUE p since 2024-01-16: assess]"},
		{"plan on day 15", steps(s(1, 1, "assign"), s(1, 5, "assess")), day(1, 20), "[STEP_OVERDUE p since 2024-01-20: plan]"},
		{"first contact on day 8", steps(s(1, 1, "assign"), s(1, 5, "assess"), s(1, 10, "plan")), day(1, 18), "[STEP_OVERDUE p since 2024-01-18: arrange]"},
		{"contact of level 2 on day 31", func() delivery.Case {
			c := steps(s(1, 1, "assign"), s(1, 5, "assess"), s(1, 10, "plan"))
			c.Contacts = []registry.Date{day(1, 12), day(1, 9), day(5, 1)}
			return c
		}(), day(2, 12), "[STEP_OVERDUE p since 2024-02-12: contact]"},
		{"review on day 91", func() delivery.Case {
			c := steps(s(1, 1, "assign"), s(1, 5, "assess"), s(1, 10, "plan"), s(1, 11, "arrange"), s(1, 12, "monitor"), s(2, 1, "review"), s(2, 2, "monitor"))
			c.Contacts = []registry.Date{day(1, 12), day(5, 1)}
			return c
		}(), day(5, 2), "[STEP_OVERDUE p since 2024-05-02: review]"},
		{"closed", steps(s(1, 1, "assign"), s(1, 2, "close")), day(5, 2), "[]"},
		{"not begun", steps(s(3, 1, "assign")), day(1, 2), "[]"},
	} {
		var st delivery.CaseStatus
		c.c.At(delivery.CyclePolicy{}, c.asOf, &st)
		if got := fmt.Sprint(st.Issues); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if err := c.c.Check(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	early := steps(s(1, 1, "assign"), s(1, 5, "assess"), s(1, 10, "plan"))
	early.Contacts = []registry.Date{day(1, 9)} // before the plan: not the first contact
	var first delivery.CaseStatus
	if early.At(delivery.CyclePolicy{}, day(1, 18), &first); len(first.Issues) != 1 || first.Due[2].Done != 0 {
		t.Errorf("%+v", first)
	}
	two := steps(s(1, 1, "assign"))
	two.Managers = append(two.Managers, delivery.Management{Manager: "eve", From: day(1, 1)})
	var st delivery.CaseStatus
	two.At(delivery.CyclePolicy{}, day(1, 2), &st)
	if got := fmt.Sprint(st.Issues, st.Managers); got != "[TWO_MANAGERS p since 2024-01-02: [eve north]] [eve north]" {
		t.Error(got)
	}
	// a record from elsewhere that passed over the assessment
	skipped := steps(s(1, 1, "assign"), s(1, 10, "plan"))
	skipped.At(delivery.CyclePolicy{}, day(1, 12), &st)
	if fmt.Sprint(st.Missing) != "[assess]" {
		t.Error(st.Missing)
	}
	bad := steps(s(1, 1, "assign"), s(1, 10, "plan"), caremodel.Step[delivery.CycleStep]{On: day(1, 11), To: "close"})
	bad.Person, bad.Managers[0].Until = "", day(1, 1)-1
	faults(t, bad.Check(), caremodel.ErrTransition, 4, `case of ""`, "manager 1", "plan does not follow", "without a reason")
	faults(t, delivery.CyclePolicy{PlanDays: -1, ReviewDays: -2, Cadence: delivery.Cadence{Days: [4]int{0, 10, 20, -1}}}.Check(), caremodel.ErrPolicy, 4, "plan", "review", "-1 days at level 3", "every 20 days at level 2, every 10")
}

func TestFourElements(t *testing.T) {
	c := managed()
	for _, x := range []struct {
		asOf registry.Date
		met  int
	}{{day(1, 5), 1}, {day(1, 10), 2}, {day(1, 29), 4}, {day(4, 1), 3}, {day(4, 28), 4}, {day(4, 29), 3}} {
		r, err := c.Elements(delivery.CyclePolicy{}, x.asOf)
		if err != nil || len(r.Met) != x.met || len(r.Unknown) != 0 {
			t.Errorf("%s: %+v %v", x.asOf, r, err)
		}
	}
}

// Not all can stay: the lightest do, since that moves fewest.
func TestKeepExistingLightest(t *testing.T) {
	a, err := delivery.Assign([]delivery.Client{{ID: "heavy", Rank: 1, Weight: 3, Previous: "m"}, {ID: "x", Rank: 2, Previous: "m"}, {ID: "y", Rank: 3, Weight: 2, Previous: "m"}},
		[]delivery.Manager{{ID: "m", Capacity: 3}, {ID: "n", Capacity: 3}}, delivery.AssignPolicy{KeepExisting: true})
	if err != nil || a.Moves != 1 || fmt.Sprint(a.Assigned) != "[{heavy n m} {x m } {y m }]" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestCaseloadWorkedExample(t *testing.T) {
	for n, want := range map[int][2]int{1000: {7, 8}, 126: {1, 2}, 0: {0, 0}} {
		if least, most, err := delivery.ManagersNeeded(n, delivery.Caseload{}); err != nil || least != want[0] || most != want[1] {
			t.Errorf("%d: %d to %d, %v", n, least, most, err)
		}
	}
	if _, _, err := delivery.ManagersNeeded(-1, delivery.Caseload{}); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
	_, err := delivery.Assign([]delivery.Client{{ID: "a"}, {ID: "a", Weight: -1}, {Rank: -1}}, []delivery.Manager{{ID: "m"}, {ID: "m"}, {Capacity: -1}}, delivery.AssignPolicy{})
	faults(t, err, caremodel.ErrDefinition, 4)
}

func TestWardFaults(t *testing.T) {
	p := delivery.WardPerson{Person: tier.Person{ID: "a", Score: 1}, Admitted: day(9, 1)}
	_, err := delivery.Ward{Admit: 0.5, Discharge: 0.6, Places: -1}.Run([]delivery.WardPerson{p, {Person: tier.Person{ID: "a"}}}, day(4, 1))
	faults(t, err, caremodel.ErrPolicy, 4)
	if !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
	if err := (delivery.Ward{Admit: math.NaN()}).Check(); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
}

func TestWardEdges(t *testing.T) {
	w := delivery.Ward{Places: 10, Admit: 0.6, Discharge: 0.5, StableDays: 10}
	p := func(id string, score float64) delivery.WardPerson {
		return delivery.WardPerson{Person: tier.Person{ID: id, Score: score}, Admitted: day(3, 1), GP: "g", Manager: "m", Reviewed: day(3, 30)}
	}
	at, below, unknown, infinite, dead, nine, ten, future := p("at", 0.5), p("below", 0.49), p("unknown", math.NaN()), p("infinite", math.Inf(-1)), p("dead", 0.9), p("nine", 0.9), p("ten", 0.9), p("future", 0.9)
	dead.Person.Status = tier.Dead
	nine.GoalsMet, nine.StableSince = true, day(3, 23)
	ten.GoalsMet, ten.StableSince = true, day(3, 22)
	future.Acuity, future.Reviewed = delivery.Daily, day(4, 2) // a review that has not been held yet
	in := p("in", 0.6)
	in.Admitted = 0
	r, err := w.Run([]delivery.WardPerson{at, below, unknown, infinite, dead, nine, ten, future, in}, day(4, 1))
	if err != nil {
		t.Fatal(err)
	}
	ids := func(ms []delivery.WardMove) string {
		var out []string
		for _, m := range ms {
			out = append(out, m.Person+": "+m.Why)
		}
		return strings.Join(out, "; ")
	}
	if got := ids(r.Stays); got != "future: stays; nine: stays; at: stays between the limits; infinite: stays without a score; unknown: stays without a score" {
		t.Error(got)
	}
	if got := ids(r.Discharged); got != "below: score below the lower limit; dead: dead; ten: goals met, and stable since 2024-03-22" {
		t.Error(got)
	}
	if ids(r.Admitted) != "in: score over the limit, and a place" || fmt.Sprint(r.Reviews) != "[{future 2024-03-02 30}]" {
		t.Error(r.Admitted, r.Reviews)
	}
	// a weekly review is due on the seventh day
	for reviewed, n := range map[registry.Date]int{day(3, 25): 1, day(3, 26): 0} {
		weekly := p("weekly", 0.9)
		weekly.Reviewed = reviewed
		if r, _ := w.Run([]delivery.WardPerson{weekly}, day(4, 1)); len(r.Reviews) != n {
			t.Errorf("reviewed on %s: %v", reviewed, r.Reviews)
		}
	}
	// places taken away: patients of lowest risk go, those without a score first
	w.Places = 2
	r, _ = w.Run([]delivery.WardPerson{at, unknown, future, in}, day(4, 1))
	if ids(r.Stays) != "future: stays; at: stays between the limits" || ids(r.Discharged) != "unknown: no place: the ward became smaller" || ids(r.Waiting) != "in: score over the limit, no place" {
		t.Errorf("%+v", r)
	}
}

func TestWarrantyAndReturn(t *testing.T) {
	op := delivery.Event{ID: "op", Person: "p", On: day(1, 1)}
	w := delivery.Warranty{Related: []string{"x"}}
	as, err := w.Absorb(op, []delivery.Event{{ID: "a", Person: "p", On: day(1, 1), Kind: "x"}, {ID: "b", Person: "p", On: day(1, 2), Kind: "x"}, {ID: "c", Person: "p", On: day(3, 31), Kind: "x"}, {ID: "d", Person: "p", On: day(4, 1), Kind: "x"}, {ID: "e", Person: "q", On: day(1, 2), Kind: "x"}, op, {ID: "f", Person: "p", Kind: "x"}})
	if err != nil || len(as) != 5 || as[1].Event != "f" || as[1].Why != "not dated" {
		t.Fatal(as, err)
	}
	for i, want := range []bool{false, false, true, true, false} {
		if as[i].Covered != want {
			t.Errorf("%+v", as[i])
		}
	}
	for _, w := range []delivery.Warranty{{Days: -1, Related: []string{"x"}}, {}} {
		if _, err := w.Absorb(op, nil); !errors.Is(err, caremodel.ErrPolicy) {
			t.Error(err)
		}
	}
	if _, err := (delivery.Warranty{}).Absorb(delivery.Event{ID: "op"}, nil); !errors.Is(err, caremodel.ErrPolicy) || !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
	_, _, err = delivery.ReturnWithin([]delivery.Event{{ID: "s"}}, []delivery.Event{{ID: "r", Person: "p"}}, -1)
	if !errors.Is(err, caremodel.ErrPolicy) || !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "\n") != 2 {
		t.Error(err)
	}
	// the same day is no return; the first return counts; another's does not
	r, list, err := delivery.ReturnWithin([]delivery.Event{{ID: "1", Person: "p", On: day(1, 1)}, {ID: "2", Person: "p", On: day(1, 5)}, {ID: "3", Person: "q", On: day(1, 5)}},
		[]delivery.Event{{ID: "r2", Person: "p", On: day(1, 9)}, {ID: "r1", Person: "p", On: day(1, 5)}, {ID: "r0", Person: "p", On: day(1, 1)}}, 4)
	if err != nil || r != (registry.Rate{Num: 2, Den: 3}) || fmt.Sprint(list) != "[{1 r1 4} {2 r2 4}]" {
		t.Error(r, list, err)
	}
	faults(t, delivery.CheckDischarges([]delivery.Discharge{{ID: "d"}, {ID: "d", Person: "p", On: day(1, 2)}, {ID: "e", Person: "p", On: day(1, 2), Readmitted: day(1, 1)}}), caremodel.ErrAnswer, 3)
}

func TestPostDischargeEdges(t *testing.T) {
	a := after()
	visit := func(id string, d registry.Date, role string) delivery.Contact {
		return delivery.Contact{ID: id, Person: "p1", On: d, Channel: delivery.AtVisit, Role: role}
	}
	for _, c := range []struct {
		name     string
		contacts []delivery.Contact
		change   func(*delivery.Discharge)
		asOf     registry.Date
		want     string
	}{
		{"a visit on the day counts for all but the specialist", []delivery.Contact{visit("c", day(3, 1), "")}, nil, day(3, 2), "in time, in time, pending"},
		{"a specialist's visit is all", []delivery.Contact{visit("c", day(3, 4), "specialist")}, nil, day(3, 5), "in time, in time, in time"},
		{"day 10 is in time, day 14 too", []delivery.Contact{visit("b", day(3, 15), "specialist"), visit("a", day(3, 11), "")}, nil, day(3, 30), "late, in time, in time"},
		{"day 11 is late, day 15 too", []delivery.Contact{visit("a", day(3, 12), ""), visit("b", day(3, 16), "specialist")}, nil, day(3, 30), "late, late, late"},
		{"nothing by the last day", nil, nil, day(3, 11), "overdue, pending, pending"},
		{"tomorrow's visit does not exist", []delivery.Contact{visit("a", day(3, 3), "")}, nil, day(3, 2), "pending, pending, pending"},
		{"death calls off what is open", []delivery.Contact{visit("a", day(3, 2), "")}, func(d *delivery.Discharge) { d.Died = day(3, 10) }, day(3, 30), "in time, in time, called off"},
		{"a death to come does not exist", nil, func(d *delivery.Discharge) { d.Died = day(3, 10) }, day(3, 9), "overdue, pending, pending"},
		{"too late to be called off", nil, func(d *delivery.Discharge) { d.Readmitted = day(3, 13) }, day(3, 30), "overdue, overdue, called off"},
		{"seen after being admitted again", []delivery.Contact{visit("a", day(3, 9), "")}, func(d *delivery.Discharge) { d.Readmitted = day(3, 8) }, day(3, 30), "late, called off, called off"},
		{"before the discharge", []delivery.Contact{visit("a", day(2, 29), "")}, nil, day(3, 30), "overdue, overdue, overdue"},
	} {
		d := discharge()
		if c.change != nil {
			c.change(&d)
		}
		var got []string
		for _, f := range a.PostDischarge(d, c.contacts, c.asOf, nil) {
			got = append(got, string(f.State))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %s, want %s", c.name, strings.Join(got, ", "), c.want)
		}
	}
	copd := discharge()
	copd.Condition = "COPD"
	fs := a.PostDischarge(copd, nil, day(3, 2), nil)
	if len(fs) != 2 || fs[1].From != day(6, 1) || fs[1].Last != day(7, 1) {
		t.Errorf("%+v", fs)
	}
}

func TestDivertWorkedExample(t *testing.T) {
	beds := []delivery.Beds{{At: delivery.Home, Free: 0}, {At: delivery.SkilledNursing, Free: 1}}
	d := hospitalist().Divert(emergency("c"), beds)
	if d.To != delivery.SkilledNursing || d.Reasons[0].Why != "no place at home" || !d.Diverted || d.Days != 4 {
		t.Errorf("%+v", d)
	}
	x := emergency("c")
	x.Facts["safe at home"] = eligibility.No()
	delete(x.Facts, "needs nursing")
	d = hospitalist().Divert(x, []delivery.Beds{{At: delivery.Home, Free: 9}, {At: delivery.SkilledNursing, Free: 9}})
	if d.To != delivery.Admit || d.Diverted || d.Days != 0 || fmt.Sprint(d.Reasons) != "[{home criteria fail: safe at home} {skilled nursing facility not known: needs nursing} {admit no alternative}]" {
		t.Errorf("%+v", d)
	}
	_, err := hospitalist().DivertAll([]delivery.Emergency{{ID: "a"}, {ID: "a", StayDays: -1}}, []delivery.Beds{{At: delivery.Home, Free: -1}, {At: delivery.Home}}, -1)
	faults(t, err, caremodel.ErrAnswer, 4)
	_, err = delivery.NewHospitalist([]delivery.Alternative{{To: delivery.Home}, {To: delivery.Home}, {To: delivery.Admit}})
	faults(t, err, caremodel.ErrDefinition, 2)
	_, err = delivery.NewHospitalist([]delivery.Alternative{{To: delivery.Home}, {To: delivery.StepDown}}, delivery.Home, delivery.Home, delivery.UrgentCare)
	faults(t, err, caremodel.ErrDefinition, 3)
	// whatever the order of the list, the least intensive place comes first, unless the policy says otherwise
	always := []eligibility.Route{{Name: "always"}}
	list := []delivery.Alternative{{To: delivery.StepDown, When: always}, {To: delivery.SkilledNursing, When: always}, {To: delivery.UrgentCare, When: always}, {To: delivery.Home, When: always}}
	for want, order := range map[delivery.Destination][]delivery.Destination{
		delivery.Home:     nil,
		delivery.StepDown: {delivery.StepDown, delivery.Home, delivery.UrgentCare, delivery.SkilledNursing},
	} {
		h, err := delivery.NewHospitalist(list, order...)
		if err != nil {
			t.Fatal(err)
		}
		var free []delivery.Beds
		var went []delivery.Destination
		for _, a := range list {
			free = append(free, delivery.Beds{At: a.To, Free: 1})
		}
		var cases []delivery.Emergency
		for _, id := range []string{"1", "2", "3", "4", "5"} {
			cases = append(cases, emergency(id))
		}
		got, err := h.DivertAll(cases, free, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range got.Cases {
			went = append(went, d.To)
		}
		expect := append(slices.Clone(order), delivery.Admit)
		if order == nil {
			expect = delivery.Destinations()
		}
		if went[0] != want || !slices.Equal(went, expect) {
			t.Error(went)
		}
	}
}

func TestBreakEvenEdges(t *testing.T) {
	dec := decimal.RequireFromString
	for _, c := range []struct {
		people       int64
		saving, cost string
		pays         bool
		needed       int64
	}{{3, "33.33", "100", false, 4}, {4, "33.33", "100", true, 4}, {3, "33.34", "100", true, 3}, {0, "5", "0", true, 0}, {10, "0", "1", false, 0}, {10, "-5", "1", false, 0}} {
		b, err := delivery.HospitalistBreakEven(c.people, dec(c.saving), dec(c.cost))
		if err != nil || b.Pays != c.pays || b.Reached != c.pays || b.Needed != c.needed {
			t.Errorf("%+v: %+v %v", c, b, err)
		}
	}
	for _, err := range []error{
		func() error { _, err := delivery.HospitalistBreakEven(-1, dec("1"), dec("1")); return err }(),
		func() error { _, err := delivery.HospitalistBreakEven(1, dec("1"), dec("-1")); return err }(),
		func() error { _, err := delivery.HospitalistBreakEven(1, dec("1e-30"), dec("1")); return err }(),
	} {
		if !errors.Is(err, caremodel.ErrPolicy) {
			t.Error(err)
		}
	}
}

func TestPathwayEdges(t *testing.T) {
	p := pathway()
	q := func(s, unit string) *delivery.Measured {
		n, err := registry.ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		return &delivery.Measured{ID: "f", On: day(1, 1), Value: registry.Quantity{Value: n, Unit: unit}}
	}
	base := delivery.DiabetesState{VeryComplex: caremodel.No, MinorIssue: caremodel.No, HbA1c: q("7", "%"), NeverDischarged: true}
	for _, c := range []struct {
		name   string
		change func(*delivery.DiabetesState)
		level  int
	}{
		{"well", func(*delivery.DiabetesState) {}, 1}, {"at the limit", func(s *delivery.DiabetesState) { s.HbA1c = q("9", "%") }, 1}, {"above", func(s *delivery.DiabetesState) { s.HbA1c = q("9.1", "%") }, 3},
		{"another unit, above", func(s *delivery.DiabetesState) { s.HbA1c = q("75", "mmol/mol") }, 3}, {"another unit, below", func(s *delivery.DiabetesState) { s.HbA1c = q("74", "mmol/mol") }, 1},
		{"a unit that is none", func(s *delivery.DiabetesState) { s.HbA1c = q("9.1", "kg") }, 0}, {"tomorrow's value", func(s *delivery.DiabetesState) { s.HbA1c.On = day(9, 1) }, 0},
		{"discharged 30 days ago", func(s *delivery.DiabetesState) { s.Discharged = day(2, 1) }, 3}, {"31 days", func(s *delivery.DiabetesState) { s.Discharged = day(1, 31) }, 1},
		{"discharge not known", func(s *delivery.DiabetesState) { s.NeverDischarged = false }, 0}, {"minor", func(s *delivery.DiabetesState) { s.MinorIssue = caremodel.Yes }, 2},
		{"complex comes first", func(s *delivery.DiabetesState) {
			s.VeryComplex, s.HbA1c, s.MinorIssue = caremodel.Yes, q("12", "%"), caremodel.Yes
		}, 4},
	} {
		s := base
		s.HbA1c = q("7", "%")
		c.change(&s)
		if l := p.Tier(s, day(3, 2)); l.Level != c.level {
			t.Errorf("%s: %+v", c.name, l)
		}
	}
}

func TestDesignationFaults(t *testing.T) {
	d := delivery.Designation{ID: "d", Criteria: []string{"a", "a", ""}, Must: []string{"z"}, Minimum: 9}
	faults(t, d.Check(), caremodel.ErrDefinition, 4, `"a"`, `""`, `"z"`, "9 of 3")
	faults(t, delivery.Designation{}.Check(), caremodel.ErrDefinition, 1, "no criteria")
	_, err := designation().Decide(map[string]caremodel.Answer{"z": caremodel.Yes, "access": "maybe", "b": ""})
	faults(t, err, caremodel.ErrAnswer, 3, `"z"`, "maybe", `"b"`)
}

func TestMedicalHome(t *testing.T) {
	r := delivery.MedicalHome([]string{"b", "a", "a"}, []panel.Accountable{{Person: "a", Provider: "x"}, {Person: "a", Provider: "x"}, {Person: "z", Provider: "x"}}, nil, day(1, 1))
	if r.Assigned != (registry.Rate{Num: 1, Den: 2}) || len(r.Faults) != 1 || r.Faults[0].Person != "b" || fmt.Sprint(r.Unknown) != "[z]" || r.OnTime.Defined() {
		t.Errorf("%+v", r)
	}
}

func TestLanguageEdges(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*delivery.Needs, *delivery.Meeting)
		want   string
	}{
		{"interpreter for another language", func(n *delivery.Needs, m *delivery.Meeting) { m.Interpreter = "Hindi" }, "none  no"},
		{"never booked", func(n *delivery.Needs, m *delivery.Meeting) { m.Booked = 0 }, "none  no"},
		{"booked the day before", func(n *delivery.Needs, m *delivery.Meeting) { m.Booked = m.On - 1 }, "interpreter  yes"},
		{"material in the language", func(n *delivery.Needs, m *delivery.Meeting) {
			m.Materials = []delivery.Material{{ID: "l", Language: "Urdu"}}
		}, "interpreter yes yes"},
		{"material in the wrong format", func(n *delivery.Needs, m *delivery.Meeting) {
			n.Format, m.Materials = "audio", []delivery.Material{{ID: "l", Language: "Urdu"}}
		}, "interpreter no no"},
		{"nothing is known", func(n *delivery.Needs, m *delivery.Meeting) {
			n.Language, m.Materials = "", []delivery.Material{{ID: "l", Language: "Urdu"}}
		}, "  "},
		{"staff before interpreter, lowest ID", func(n *delivery.Needs, m *delivery.Meeting) {
			m.Staff = []delivery.Staff{{ID: "z", Languages: []string{"Urdu"}}, {ID: "b", Languages: []string{"Urdu"}}}
		}, "direct  yes"},
	} {
		n, m := delivery.Needs{Person: "p", Language: "Urdu"}, meeting()
		m.Materials = nil
		c.change(&n, &m)
		f := delivery.MatchMeeting(n, m)
		if got := fmt.Sprintf("%s %s %s", f.Language, f.Material, f.Fits); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if f.Language == caremodel.SameLanguage && f.By != "b" {
			t.Error(f.By)
		}
	}
}

func TestContactEdges(t *testing.T) {
	faults(t, delivery.CheckContacts([]delivery.Contact{{ID: "a", Person: "p", On: day(1, 1), Channel: delivery.ByPhone}, {ID: "a", Person: "p", On: day(1, 1), Channel: delivery.ByPhone}, {}}), caremodel.ErrAnswer, 2)
	var c delivery.Cadence
	if s := c.Since(nil, "p", 3, day(1, 1), day(1, 15)); s.Days != 14 || s.Overdue != 0 || s.Due != day(1, 15) {
		t.Errorf("%+v", s)
	}
	if s := c.Since(nil, "p", 3, day(1, 1), day(1, 16)); s.Overdue != 1 {
		t.Errorf("%+v", s)
	}
	if s := c.Since(nil, "p", 3, 0, day(1, 16)); s != (delivery.SinceContact{}) {
		t.Errorf("%+v", s)
	}
	if s := c.Since(contacts(), "p1", 0, day(1, 1), day(3, 1)); s.Due != 0 || s.Overdue != 0 || s.Days != 21 {
		t.Errorf("%+v", s)
	}
	m := delivery.ChannelMix([]delivery.Contact{{Channel: "pigeon", On: day(1, 1)}, {Channel: delivery.ByPhone}}, registry.Period{})
	if m.LeftOut != 2 || m.Total != 0 {
		t.Errorf("%+v", m)
	}
	// published changes: each of its own channel
	before, after := delivery.Mix{Total: 1000, Channels: []delivery.ChannelShare{{N: 1000}, {N: 10}, {N: 10}}}, delivery.Mix{Total: 738, Channels: []delivery.ChannelShare{{N: 747}, {N: 80}, {N: 60}}}
	var got []string
	for _, x := range before.Change(after)[:4] {
		got = append(got, x.Relative.Percent(1))
	}
	if strings.Join(got, " ") != "-26.2 -25.3 700.0 500.0" {
		t.Error(got)
	}
}

func TestFlowEdges(t *testing.T) {
	e := enrolments()
	if _, err := e.Flow("x", nil, registry.CalendarYear(2024)); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
	if _, err := e.Flow("dm", nil, registry.Period{Start: day(1, 1)}); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
	wrong := delivery.Episode{ID: "w", Programme: "dm", History: caremodel.History[delivery.State]{{On: day(1, 1), To: delivery.Active}}}
	r, err := e.Flow("dm", []delivery.Episode{wrong, {ID: "o", Programme: "x", History: walked("o").History}, {ID: "e", Programme: "dm"}, walked("a", delivery.Assessed, delivery.Died)}, registry.CalendarYear(2024))
	if err != nil || r.LeftOut != 2 || r.Others != 1 || fmt.Sprint(r.Leaving) != "[{died own wish 1}]" || r.Unknown != 0 {
		t.Errorf("%+v %v", r, err)
	}
	silent := walked("s", delivery.Assessed, delivery.Ineligible)
	silent.History[2].Reason = ""
	if r, _ := e.Flow("dm", []delivery.Episode{silent}, registry.CalendarYear(2024)); r.Unknown != 1 || len(r.Leaving) != 0 {
		t.Errorf("%+v", r)
	}
	// reviews: the last one held up to the day counts, and nobody outside is asked for one
	x := walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled)
	x.Reviews = []registry.Date{day(12, 1), day(3, 1)}
	for asOf, n := range map[registry.Date]int{day(5, 30): 0, day(5, 31): 1} { // 90 days after 1 March
		if got := e.OverdueReviews([]delivery.Episode{x, walked("b", delivery.Assessed, delivery.Offered, delivery.Declined)}, asOf, nil); len(got) != n {
			t.Errorf("%s: %v", asOf, got)
		}
	}
}

func TestJSON(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{flow().Inside, `{"start":0,"in":2,"out":1,"end":1}`},
		{flow().States[0], `{"state":"identified","start":0,"in":3,"out":3,"end":0,"days":3}`},
		{ward().Reviews[0], `{"person":"c","due":"2024-03-27","days":5}`},
		{followUps()[1], `{"id":"hf.discharge.visit","item":"clinic visit","from":"2024-03-01","due":"2024-03-08","last":"2024-03-11","state":"late","done":"2024-03-12","by":"c2","source":"clinical reference work citing US guidance"}`},
		{assigned(delivery.AssignPolicy{}).Assigned[0], `{"client":"p1","manager":"ann","from":"bob"}`},
	} {
		b, err := json.Marshal(c.v)
		if err != nil || string(b) != c.want {
			t.Errorf("%s %v", b, err)
		}
	}
}

// Several programmes at once: one that is nil, or there twice, is named like any other fault.
func TestCheckProgrammes(t *testing.T) {
	p, err := delivery.Template("case-management", delivery.Limits{ContactDays: 14, ReviewDays: 90, Caseload: delivery.Caseload{Low: 40, High: 60}})
	if err != nil {
		t.Fatal(err)
	}
	if err := delivery.CheckProgrammes(p); err != nil {
		t.Error(err)
	}
	err = delivery.CheckProgrammes(nil, p, p)
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 1 || !strings.Contains(err.Error(), "programme 1 is nil") || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
	if _, err := delivery.NewEnrolments(nil); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
}

// The defaults that the library states: 28 stable days; and of two contacts on a day the
// highest ID speaks.
func TestStatedDefaults(t *testing.T) {
	w := delivery.Ward{Places: 5, Admit: 0.6, Discharge: 0.3}
	for stable, want := range map[int]int{27: 0, 28: 1} {
		p := delivery.WardPerson{Person: tier.Person{ID: "a", Score: 0.9}, Admitted: day(1, 1), GoalsMet: true, StableSince: day(3, 1).AddDays(-stable), GP: "g", Manager: "m"}
		r, err := w.Run([]delivery.WardPerson{p}, day(3, 1))
		if err != nil || len(r.Discharged) != want || len(r.Stays) != 1-want {
			t.Errorf("stable for %d days: %+v %v", stable, r, err)
		}
	}
	cs := []delivery.Contact{{ID: "b", Person: "p", On: day(1, 5), Channel: delivery.ByPhone}, {ID: "c", Person: "p", On: day(1, 5), Channel: delivery.ByPhone}, {ID: "a", Person: "p", On: day(1, 5), Channel: delivery.ByPhone}}
	if s := (delivery.Cadence{}).Since(cs, "p", 1, day(1, 1), day(1, 9)); s.ID != "c" || s.Days != 4 {
		t.Errorf("%+v", s)
	}
}

// What is there in part is there: it decides a level as yes does.
func TestPartlyDecidesALevel(t *testing.T) {
	l := delivery.NewLevels()
	answers := []caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.Partly, caremodel.No}
	yes := func(a caremodel.Answer) caremodel.Answer {
		if a == caremodel.Partly {
			return caremodel.Yes
		}
		return a
	}
	for _, stable := range answers {
		for _, flare := range answers {
			for _, needs := range answers {
				a := l.Level(delivery.LevelState{Stable: stable, Exacerbation: flare, Complex: needs})
				b := l.Level(delivery.LevelState{Stable: yes(stable), Exacerbation: yes(flare), Complex: yes(needs)})
				if a.Level != b.Level {
					t.Error(stable, flare, needs, a.Level, b.Level)
				}
			}
		}
	}
}

// Death and readmission on one day: it is the death that calls the follow-up off.
func TestCalledOffByDeath(t *testing.T) {
	a, err := delivery.NewAfter(delivery.AfterPolicy{})
	if err != nil {
		t.Fatal(err)
	}
	for died, want := range map[registry.Date]string{day(1, 2): "died", day(1, 3): "admitted again"} {
		for _, f := range a.PostDischarge(delivery.Discharge{ID: "d", Person: "p", On: day(1, 1), Readmitted: day(1, 2), Died: died}, nil, day(2, 1), nil) {
			if f.State != delivery.CalledOff || f.Why != want {
				t.Errorf("%s: %+v", died, f)
			}
		}
	}
}
