package organisation_test

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/organisation"
	"github.com/chroniccare/chroniccare/registry"
)

func n(x int64) *big.Rat { return big.NewRat(x, 1) }

var start, end = registry.Day(2024, 1, 1), registry.Day(2024, 12, 31)

func TestAim(t *testing.T) {
	a := organisation.Aim{ID: "a", Baseline: n(80), Target: n(60), From: start, By: end}
	half := start.AddDays(int(end-start) / 2)
	for _, c := range []struct {
		current *big.Rat
		on      registry.Date
		want    organisation.AimState
	}{
		{n(60), half, organisation.Met}, {n(55), end.AddDays(9), organisation.Met}, {n(61), end, organisation.Behind}, {n(61), end.AddDays(1), organisation.Late},
		{n(70), half, organisation.OnTrack}, {n(71), half, organisation.Behind}, {n(80), start, organisation.OnTrack}, {n(81), start, organisation.Behind}, {nil, half, organisation.Undefined},
	} {
		if got := a.State(c.current, c.on); got != c.want {
			t.Errorf("%v on %s: %s, want %s", c.current, c.on, got, c.want)
		}
	}
	if p := a.Progress(n(75)); p.Cmp(big.NewRat(1, 4)) != 0 {
		t.Error(p)
	}
	day := organisation.Aim{ID: "d", Baseline: n(2), Target: n(1), From: start, By: start} // which PlanCheck refuses
	if got := day.State(n(2), start); got != organisation.OnTrack {
		t.Error("an aim of one day", got)
	}
	a.Target = n(80)
	if a.Progress(n(70)) != nil {
		t.Error("progress on a way of no length")
	}
}

func TestPlanCheck(t *testing.T) {
	good := organisation.Aim{ID: "a", Measure: "hba1c", Element: "D4", Baseline: n(1), Target: n(2), From: start, By: end, Clinician: "dr", Manager: "ms", Review: end}
	if issues, err := organisation.PlanCheck([]organisation.Aim{good}, 1); err != nil || issues != nil {
		t.Error(issues, err)
	}
	weak := organisation.Aim{ID: "b", Measure: "x", Element: "O1", Target: n(2), From: start, By: end}
	issues, err := organisation.PlanCheck([]organisation.Aim{good, weak}, 1)
	if err != nil || len(issues) != 5 {
		t.Error(issues, err)
	}
	_, err = organisation.PlanCheck([]organisation.Aim{good, {ID: "a", Element: "Z9", By: start}}, -1)
	if !errors.Is(err, caremodel.ErrDefinition) || !errors.Is(err, caremodel.ErrPolicy) || strings.Count(err.Error(), "\n") != 5 || !strings.Contains(err.Error(), "without a measure") {
		t.Error(err)
	}
}

func TestCycles(t *testing.T) {
	d := func(day int) registry.Date { return registry.Day(2024, 5, day) }
	c := organisation.Cycle{ID: "c", Plan: organisation.Stage{Due: d(1), Done: d(1)}, Do: organisation.Stage{Due: d(8)}, Study: organisation.Stage{Due: d(9), Done: d(20)}}
	if got := organisation.OverdueCycles([]organisation.Cycle{c}, d(8)); len(got) != 0 {
		t.Error(got)
	}
	if got := organisation.OverdueCycles([]organisation.Cycle{c}, d(9)); len(got) != 1 || got[0].Detail != "do" {
		t.Error(got)
	}
	if got := organisation.OverdueCycles([]organisation.Cycle{c}, d(20)); len(got) != 2 {
		t.Error(got)
	}
}

func series(values ...int64) (out []organisation.Point) {
	for i, v := range values {
		out = append(out, organisation.Point{On: start.AddDays(i), Value: n(v)})
	}
	return out
}

func TestRunChart(t *testing.T) {
	for name, c := range map[string]struct {
		values         []int64
		rule           organisation.RunRule
		shifts, trends string
		median         string
	}{
		"five are none":          {[]int64{1, 1, 1, 1, 1, 9, 9, 9, 9, 9}, organisation.RunRule{}, "[]", "[]", "5"},
		"six are a shift":        {[]int64{1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9}, organisation.RunRule{}, "[{2024-01-01 2024-01-06 false 6} {2024-01-07 2024-01-12 true 6}]", "[]", "5"},
		"the median is no break": {[]int64{5, 9, 9, 9, 5, 9, 9, 9, 1, 2, 1, 2, 1, 2, 5}, organisation.RunRule{}, "[{2024-01-02 2024-01-08 true 6} {2024-01-09 2024-01-14 false 6}]", "[]", "5"},
		"five rises":             {[]int64{1, 2, 3, 4, 5, 6}, organisation.RunRule{}, "[]", "[{2024-01-01 2024-01-06 true 5}]", "7/2"},
		"four rises":             {[]int64{1, 2, 3, 4, 5}, organisation.RunRule{}, "[]", "[]", "3"},
		"equal points wait":      {[]int64{6, 5, 4, 4, 3, 2, 1}, organisation.RunRule{}, "[]", "[{2024-01-01 2024-01-07 false 5}]", "4"},
		"another rule":           {[]int64{1, 2, 3}, organisation.RunRule{Shift: 2, Trend: 2}, "[]", "[{2024-01-01 2024-01-03 true 2}]", "2"},
	} {
		got, err := organisation.RunChart(series(c.values...), c.rule)
		if err != nil || fmt.Sprint(got.Shifts) != c.shifts || fmt.Sprint(got.Trends) != c.trends || got.Median.RatString() != c.median {
			t.Errorf("%s: %v %v %v %v", name, got.Shifts, got.Trends, got.Median, err)
		}
	}
	if got, err := organisation.RunChart(nil, organisation.RunRule{}); err != nil || got.Median != nil {
		t.Error(got, err)
	}
	_, err := organisation.RunChart([]organisation.Point{{On: start, Value: n(1)}, {On: start, Value: n(2)}, {}}, organisation.RunRule{Shift: -1})
	if !errors.Is(err, caremodel.ErrAnswer) || !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
}

// A run chart turned upside down has the same signals, the other way; a signal needs as
// many points as the rule says.
func TestRunChartLaw(t *testing.T) {
	seen := 0
	lawtest.Until(t, func(t *rapid.T) {
		most := rapid.Int64Range(0, 20).Draw(t, "most") // long rises need many values
		values := rapid.SliceOfN(rapid.Int64Range(0, most), rapid.IntRange(0, 14).Draw(t, "least"), 16).Draw(t, "values")
		if rapid.Bool().Draw(t, "sorted") {
			slices.Sort(values)
		}
		a, err := organisation.RunChart(series(values...), organisation.RunRule{})
		if err != nil {
			t.Fatal(err)
		}
		upside := make([]int64, len(values))
		for i, v := range values {
			upside[i] = -v
		}
		b, _ := organisation.RunChart(series(upside...), organisation.RunRule{})
		for i := range b.Shifts {
			b.Shifts[i].Up = !b.Shifts[i].Up
		}
		for i := range b.Trends {
			b.Trends[i].Up = !b.Trends[i].Up
		}
		if fmt.Sprint(a.Shifts, a.Trends) != fmt.Sprint(b.Shifts, b.Trends) {
			t.Fatal("upside down", a, b)
		}
		for _, r := range a.Shifts {
			seen++
			if r.N < 6 {
				t.Fatal(r)
			}
		}
		for _, r := range a.Trends {
			seen++
			if r.N < 5 || int(r.To-r.From) < r.N {
				t.Fatal(r)
			}
		}
	}, func() bool { return seen > 0 })
}

func incidents() (out []organisation.Incident) {
	for i := range 12 {
		x := organisation.Incident{ID: fmt.Sprint(i), On: registry.Day(2024, 1+i%3, 5), Severity: "minor", Category: []string{"medication", "medication", "medication", "referral", "other", "medication"}[i%6], Action: "checklist", Due: registry.Day(2024, 6, 1)}
		if i < 6 {
			x.Reviewed, x.Closed = x.On.AddDays(3), x.On.AddDays(10+i)
		}
		out = append(out, x)
	}
	return out
}

func TestIncidents(t *testing.T) {
	got, err := organisation.TallyIncidents(incidents(), registry.CalendarYear(2024), registry.Day(2024, 6, 2))
	if err != nil {
		t.Fatal(err)
	}
	if got.Per1000(8000).Cmp(registry.Rate{Num: 3, Den: 2}) != 0 || got.Reviewed != (registry.Rate{Num: 6, Den: 12}) || got.MedianDays.RatString() != "25/2" || len(got.Overdue) != 6 {
		t.Errorf("%+v", got)
	}
	if len(got.Categories) != 3 || got.Categories[0] != (organisation.CategoryCount{Category: "medication", N: 8, Cumulative: registry.Rate{Num: 8, Den: 12}}) {
		t.Errorf("%+v", got.Categories)
	}
	if p := got.Pareto(registry.Rate{Num: 2, Den: 3}); len(p) != 1 {
		t.Error(p)
	}
	if p := got.Pareto(registry.Rate{Num: 67, Den: 100}); len(p) != 2 || p[1].Category != "other" {
		t.Error(p)
	}
	if p := got.Pareto(registry.Rate{Num: 2, Den: 1}); len(p) != 3 {
		t.Error(p)
	}
	if got.Overdue[0].On != registry.Day(2024, 6, 2) || got.Overdue[0].Detail != "checklist" {
		t.Error(got.Overdue[0])
	}
	for _, none := range []registry.Rate{{}, {Den: 5}, {Num: -1, Den: 5}} {
		if p := got.Pareto(none); p != nil {
			t.Error(none, p)
		}
	}
	undone, err := organisation.TallyIncidents([]organisation.Incident{{ID: "a", On: start, Due: start}}, registry.Period{}, end)
	if err != nil || len(undone.Overdue) != 1 || undone.Overdue[0].Detail == "" || undone.Per1000(0).Defined() || undone.MedianDays != nil {
		t.Errorf("a day was set and no action: %+v %v", undone, err)
	}
	got, _ = organisation.TallyIncidents(incidents(), registry.CalendarMonth(2024, 1), registry.Day(2024, 6, 1))
	if got.Reported != 4 || got.LeftOut != 8 || len(got.Overdue) != 0 {
		t.Errorf("%+v", got)
	}
	d := registry.Day(2024, 1, 1)
	_, err = organisation.TallyIncidents([]organisation.Incident{{}, {ID: "a", On: d, Closed: d.AddDays(-1)}, {ID: "a", On: d, Component: "hospital"}, {ID: "b", On: -5}, {ID: "c", On: registry.MaxDate + 1}}, registry.Period{}, d)
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 7 {
		t.Error(err)
	}
}

// Cells partition what was reported, closed is never more, order does not matter.
func TestIncidentLaws(t *testing.T) {
	left, overdue := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		var xs []organisation.Incident
		for i := range rapid.IntRange(0, 12).Draw(t, "incidents") {
			x := organisation.Incident{ID: fmt.Sprint(i), On: start.AddDays(rapid.IntRange(0, 90).Draw(t, "on")), Severity: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "severity"), Category: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "category")}
			if rapid.Bool().Draw(t, "reviewed") {
				x.Reviewed = x.On.AddDays(rapid.IntRange(0, 9).Draw(t, "days"))
				if rapid.Bool().Draw(t, "closed") {
					x.Closed = x.Reviewed
				}
			} else {
				x.Action, x.Due = "act", x.On.AddDays(5)
			}
			xs = append(xs, x)
		}
		p := registry.Period{Start: start.AddDays(10), End: start.AddDays(80)}
		asOf := start.AddDays(rapid.IntRange(0, 100).Draw(t, "as of"))
		a, err := organisation.TallyIncidents(xs, p, asOf)
		if err != nil {
			t.Fatal(err)
		}
		var cells, categories int64
		for _, c := range a.Cells {
			cells += c.N
		}
		for _, c := range a.Categories {
			categories += c.N
		}
		if cells != a.Reported || categories != a.Reported || a.Reported+a.LeftOut != int64(len(xs)) || a.Closed.Num > a.Reported || a.Closed.Num > a.Reviewed.Num {
			t.Fatalf("%+v", a)
		}
		left += int(a.LeftOut)
		overdue += len(a.Overdue)
		slices.Reverse(xs)
		if b, _ := organisation.TallyIncidents(xs, p, asOf); fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatal("order matters")
		}
	}, func() bool { return left > 0 && overdue > 0 })
}

func agreement() organisation.Agreement {
	return organisation.Agreement{ID: "a", Kind: "clinical", Parties: []string{"practice", "hospital"}, From: start, To: end, Review: registry.Day(2024, 9, 1),
		Duties: []organisation.Duty{{ID: "summary", Event: "discharge", Action: "summary", Party: "hospital", WithinDays: 7}}}
}

func TestCompliance(t *testing.T) {
	d := func(m, day int) registry.Date { return registry.Day(2024, m, day) }
	occ := []organisation.Occurrence{
		{Agreement: "a", Duty: "summary", On: d(3, 1), Done: d(3, 8)},                    // on the last day
		{Agreement: "a", Duty: "summary", On: d(3, 1), Done: d(3, 9)},                    // a day late
		{Agreement: "a", Duty: "summary", On: d(3, 1)},                                   // never
		{Agreement: "a", Duty: "summary", On: d(8, 29)},                                  // not yet due on 1 September
		{Agreement: "a", Duty: "other", On: d(3, 1)},                                     // no such duty
		{Agreement: "a", Duty: "summary", On: d(3, 2), Done: d(3, 1)},                    // done before it happened
		{Agreement: "a", Duty: "summary", On: d(9, 2)},                                   // not known on the day
		{Agreement: "a", Duty: "summary", On: d(8, 31), Done: d(9, 2)},                   // done later: not yet due on the day
		{Agreement: "a", Duty: "summary", On: registry.Day(2023, 12, 31), Done: d(1, 1)}, // before the agreement
	}
	got, err := organisation.ComplianceOf([]organisation.Agreement{agreement()}, occ, []string{"practice", "hospital", "hospice", "practice"}, d(9, 1))
	if err != nil || got.Duties[0].InTime != (registry.Rate{Num: 1, Den: 3}) || got.Duties[0].NotYetDue != 2 || got.LeftOut != 3 || fmt.Sprint(got.ReviewDue, got.Expired, got.Without) != "[a] [] [[hospice hospital] [hospice practice]]" {
		t.Errorf("%+v %v", got, err)
	}
	got, _ = organisation.ComplianceOf([]organisation.Agreement{agreement()}, nil, []string{"practice", "hospital"}, registry.Day(2025, 1, 1))
	if fmt.Sprint(got.Expired, got.Without, got.ReviewDue) != "[a] [[hospital practice]] []" || got.Duties[0].InTime.Defined() {
		t.Errorf("%+v", got)
	}
	// the last day of an agreement is in it, and what was done on the day of judging is known
	got, _ = organisation.ComplianceOf([]organisation.Agreement{agreement()}, []organisation.Occurrence{{Agreement: "a", Duty: "summary", On: end, Done: end}}, []string{"practice", "hospital"}, end)
	if fmt.Sprint(got.Expired, got.Without) != "[] []" || got.Duties[0].InTime != (registry.Rate{Num: 1, Den: 1}) || got.LeftOut != 0 {
		t.Errorf("%+v", got)
	}
	bad := agreement()
	bad.Parties, bad.To, bad.Duties[0].Party = []string{"one"}, start.AddDays(-1), "two"
	err = organisation.CheckAgreements([]organisation.Agreement{bad, bad})
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 6 {
		t.Error(err)
	}
	if _, err := organisation.ComplianceOf([]organisation.Agreement{bad}, nil, nil, start); err == nil {
		t.Error("a bad agreement is judged")
	}
	for _, s := range organisation.StudyDuties() {
		if s.Source == "" || s.Event == "" || s.Action == "" {
			t.Error(s)
		}
	}
}

func TestWhoRuns(t *testing.T) {
	got, err := organisation.WhoRuns([]organisation.Runner{{Programme: "diabetes", Group: "a", By: "own", People: 50}, {Programme: "diabetes", Group: "b", By: "lent", People: 30}, {Programme: "diabetes", Group: "c", People: 20}, {Programme: "asthma", Group: "a", By: "third party", People: 5}})
	if err != nil || len(got) != 2 || !got[0].ContractedOut || got[1].Covered != (registry.Rate{Num: 80, Den: 100}) || got[1].Lent != 30 || fmt.Sprint(got[1].GroupsWithout) != "[c]" {
		t.Errorf("%+v %v", got, err)
	}
	if got[0].ThirdParty != 5 || got[0].Covered != (registry.Rate{Num: 5, Den: 5}) {
		t.Errorf("whom a third party reaches is reached: %+v", got[0])
	}
	_, err = organisation.WhoRuns([]organisation.Runner{{Programme: "x", By: "magic", People: -1}, {Programme: "x"}})
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 2 {
		t.Error(err)
	}
}

func TestLeadership(t *testing.T) {
	r, un := organisation.Twins([]organisation.Post{{ID: "z", Clinician: "a", Manager: "b", Joint: true}, {ID: "y", Clinician: "a", Manager: "b"}, {ID: "x", Manager: "b", Joint: true}})
	if r != (registry.Rate{Num: 1, Den: 3}) || fmt.Sprint(un) != "[x y]" {
		t.Error(r, un)
	}
	if r, un := organisation.Twins([]organisation.Post{{ID: "w", Clinician: "a", Joint: true}}); r.Num != 0 || len(un) != 1 {
		t.Error("a clinician alone is no pair", r, un)
	}
	if r := organisation.SharedGoals([]string{"a", "b", "b"}, []string{"b", "c"}); r != (registry.Rate{Num: 1, Den: 3}) {
		t.Error(r)
	}
	if r := organisation.SharedGoals(nil, nil); r.Defined() {
		t.Error(r)
	}
	got, err := organisation.Roles([]organisation.RoleNeed{{Role: "case manager", Thousandth: 1500}, {Role: "clerk"}, {Role: "psychologist"}}, map[string]int64{"case manager": 2000, "clerk": 10, "driver": 500}, 2001)
	if err != nil || len(got) != 4 || got[0].Missing != 1002 || got[1].Missing != 0 || got[2].Missing != 1 || got[3].Role != "driver" || got[0].Per1000.Cmp(registry.Rate{Num: 2000000, Den: 2001}) != 0 {
		t.Errorf("%+v %v", got, err)
	}
	_, err = organisation.Roles([]organisation.RoleNeed{{}, {Role: "a", Thousandth: -1}}, map[string]int64{"b": -5}, -1)
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 3 {
		t.Error(err)
	}
	f, err := organisation.IncentiveFlags([]organisation.Incentive{{ID: "a", For: []string{"primary care", "specialist"}, Level: "group", Basis: []string{"clinical target"}, Joint: true}, {ID: "b", Level: "person", Basis: []string{"satisfaction", "clinical target"}}})
	if err != nil || fmt.Sprint(f) != "{[primary care specialist] [group person] [clinical target satisfaction] true [b]}" {
		t.Error(f, err)
	}
	_, err = organisation.IncentiveFlags([]organisation.Incentive{{ID: "a", For: []string{"me"}, Level: "x", Basis: []string{"fewer referrals"}}})
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 2 {
		t.Error(err)
	}
	if _, err := organisation.IncentiveFlags([]organisation.Incentive{{ID: "a", Level: "group"}, {ID: "a", Level: "group"}, {Level: "person"}}); !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 1 {
		t.Error(err)
	}
	if len(organisation.StudyRoles()) != 10 {
		t.Error("roles")
	}
}

func TestTurnoverTable(t *testing.T) {
	b := organisation.BusinessCase{Costs: []float64{300}, Savings: []float64{0, 100, 100, 100, 100, 100}}
	rows, err := b.Table(0, 0.1, 0.15, 1./13)
	if err != nil || len(rows) != 4 || rows[0].NPV != 200 || rows[1].NPV <= rows[2].NPV || rows[3].NPV <= rows[1].NPV {
		t.Error(rows, err)
	}
	if _, err := b.Table(-1, 2); !errors.Is(err, caremodel.ErrPolicy) || strings.Count(err.Error(), "policy") != 2 {
		t.Error(err)
	}
}

// The worth is linear in costs and savings.
func TestBusinessCaseLinearLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := float64(rapid.IntRange(0, 500).Draw(t, "cost")), float64(rapid.IntRange(0, 500).Draw(t, "saving"))
		turnover, rate := float64(rapid.IntRange(0, 50).Draw(t, "turnover"))/100, float64(rapid.IntRange(0, 10).Draw(t, "rate"))/100
		worth := func(k float64) float64 {
			r, err := organisation.BusinessCase{Costs: []float64{k * c}, Savings: []float64{0, k * s, k * s}, Turnover: turnover, Discount: rate}.NPV()
			if err != nil {
				t.Fatal(err)
			}
			return r.NPV
		}
		if d := worth(2) - 2*worth(1); d > 1e-9*(c+s+1) || d < -1e-9*(c+s+1) {
			t.Fatal(d)
		}
		flat, _ := organisation.BusinessCase{Costs: []float64{c}, Savings: []float64{0, s, s}}.NPV()
		if flat.NPV != 2*s-c {
			t.Fatal("without turnover and discount the worth is savings less costs")
		}
	})
}
