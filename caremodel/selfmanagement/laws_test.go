package selfmanagement_test

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	sm "github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
)

func shuffled[T any](t *rapid.T, xs []T) []T { return rapid.Permutation(xs).Draw(t, "order") }

func TestAssessmentLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var as []sm.Assessment
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			as = append(as, sm.Assessment{ID: fmt.Sprint(i), Domain: rapid.SampledFrom(sm.Domains()).Draw(t, "domain"), On: day(1, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "on"))})
		}
		p := sm.AssessmentPolicy{Days: rapid.IntRange(1, 30).Draw(t, "days")}
		asOf := day(1, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "as of"))
		status, _ := sm.Assess(as, p, asOf, nil)
		again, _ := sm.Assess(shuffled(t, append(as, as...)), p, asOf, nil)
		if !slices.Equal(status, again) {
			t.Fatal("order or repetition matters")
		}
		for _, s := range status {
			want := !slices.ContainsFunc(as, func(a sm.Assessment) bool {
				return a.Domain == s.Domain && a.On <= asOf && int(asOf-a.On) <= p.Days
			})
			if s.Due != want {
				t.Fatalf("%+v", s)
			}
			seen[fmt.Sprint(s.Due, s.Missing)]++
		}
	}, "true true", "true false", "false false")
}

func TestAgendaLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		keys := []string{"a", "b", "c", "d", "e"}
		var ps []sm.Problem
		for _, k := range shuffled(t, keys)[:rapid.IntRange(0, 4).Draw(t, "problems")] {
			ps = append(ps, sm.Problem{Key: k})
		}
		var cs []sm.ClinicalItem
		for _, k := range shuffled(t, keys)[:rapid.IntRange(0, 4).Draw(t, "items")] {
			cs = append(cs, sm.ClinicalItem{Key: k, Urgency: rapid.IntRange(0, 2).Draw(t, "urgency"), Urgent: rapid.Bool().Draw(t, "urgent"), Due: registry.Date(rapid.IntRange(0, 2).Draw(t, "due"))})
		}
		out, err := sm.Agenda(ps, cs, nil)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := sm.Agenda(ps, shuffled(t, cs), nil)
		if !slices.Equal(out, again) {
			t.Fatal("the order of clinical items matters")
		}
		var own []string
		for i, a := range out {
			for _, b := range out[i+1:] {
				if b.Patient && !a.Patient && !a.Urgent {
					t.Fatalf("%s comes before the person's %s", a.Key, b.Key)
				}
				if a.Urgent && b.Patient && !a.Patient {
					seen["urgent first"]++
				}
			}
			if a.Patient && !a.Urgent {
				own = append(own, a.Key)
			}
			if a.Patient && a.Clinical {
				seen["both"]++
			}
		}
		want := slices.DeleteFunc(slices.Clone(ps), func(p sm.Problem) bool { return !slices.Contains(own, p.Key) })
		for i, p := range want {
			if own[i] != p.Key {
				t.Fatal("the person's order is changed")
			}
		}
		if n := len(ps) + len(cs); len(out) > n || len(out) < max(len(ps), len(cs)) {
			t.Fatal("items are lost or made")
		}
	}, "urgent first", "both")
}

func TestGoalProgressLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		value := func(name string) *registry.Quantity {
			return &registry.Quantity{Value: registry.Num(rapid.Int64Range(-200, 200).Draw(t, name), int8(rapid.IntRange(-2, 1).Draw(t, "exp"))), Unit: "kg"}
		}
		g := sm.Goal{ID: "g", Baseline: value("baseline"), Target: value("target"), Due: day(1, 10), History: caremodel.History[sm.GoalStatus]{{On: day(1, 1), To: sm.Proposed}, {On: day(1, 1), To: sm.Accepted}}}
		now := value("current")
		a := g.At(&sm.Measurement{ID: "m", On: day(1, 2), Value: *now}, day(1, 11))
		if g.Baseline.Value == g.Target.Value {
			seen["undefined"]++
			if a.Progress != nil {
				t.Fatal("progress without a way to go")
			}
			return
		}
		one := big.NewRat(1, 1)
		if (a.Progress.Cmp(one) >= 0) != (a.Achieved == caremodel.Yes) {
			t.Fatalf("progress %s, achieved %s", a.Progress, a.Achieved)
		}
		if a.Overdue == (a.Achieved == caremodel.Yes) {
			t.Fatal("overdue and achieved")
		}
		for v, want := range map[*registry.Quantity]int64{g.Baseline: 0, g.Target: 1} {
			if p := g.At(&sm.Measurement{On: day(1, 2), Value: *v}, day(1, 11)).Progress; p.Cmp(big.NewRat(want, 1)) != 0 {
				t.Fatalf("progress %s at an end", p)
			}
		}
		seen[string(a.Achieved)]++
	}, "undefined", "yes", "no")
}

func TestAttainmentLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var gs, heavier []sm.Attained
		for i := range rapid.IntRange(1, 6).Draw(t, "n") {
			g := sm.Attained{Goal: fmt.Sprint(i), Level: rapid.IntRange(-2, 2).Draw(t, "level"), Weight: rapid.IntRange(1, 9).Draw(t, "weight")}
			gs = append(gs, g)
			g.Weight *= 3
			heavier = append(heavier, g)
		}
		a, err := sm.Attainment(gs, registry.Rate{})
		b, _ := sm.Attainment(heavier, registry.Rate{})
		if err != nil || math.Abs(a-b) > 1e-9 {
			t.Fatal("the scale of weights matters")
		}
		k := rapid.IntRange(0, len(gs)-1).Draw(t, "k")
		if gs[k].Level < 2 {
			gs[k].Level++
			if c, _ := sm.Attainment(gs, registry.Rate{}); c <= a {
				t.Fatal("attaining more does not help")
			}
		}
		for i := range gs {
			gs[i].Level = 0
		}
		if c, _ := sm.Attainment(gs, registry.Rate{}); c != 50 {
			t.Fatal("as expected is not 50")
		}
	})
}

func TestConfidenceLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", " ", "daily"})
		p := sm.ActionPlan{What: text.Draw(t, "what"), When: text.Draw(t, "when"), HowOften: "x", Confidence: rapid.IntRange(0, 10).Draw(t, "confidence")}
		policy := sm.PlanPolicy{Confidence: rapid.IntRange(0, 10).Draw(t, "least")}
		a := p.Accept(policy)
		p.Confidence = rapid.IntRange(p.Confidence, 10).Draw(t, "more")
		if b := p.Accept(policy); a.Accepted && !b.Accepted || !a.ProblemSolving && b.ProblemSolving {
			t.Fatal("confidence un-accepts")
		}
		seen[fmt.Sprint(a.Accepted)]++
	}, "true", "false")
}

// Random lives of a plan: one state a day, refused steps change nothing, and no plan ends
// without a reason.
func TestActionPlanHistoryLaw(t *testing.T) {
	m, err := sm.PlanMachine()
	if err != nil {
		t.Fatal(err)
	}
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := sm.ActionPlan{ID: "a", Person: "p", What: "x", When: "x", HowOften: "x", Confidence: rapid.IntRange(0, 10).Draw(t, "c"), FollowUp: day(1, 3)}
		now := day(1, 1)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			now = now.AddDays(rapid.IntRange(-1, 3).Draw(t, "days"))
			before := p
			var err error
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				_, err = p.Propose(now, sm.PlanPolicy{})
			case 1:
				_, err = p.Solve(sm.Attempt{On: now, Barrier: "b", Confidence: rapid.IntRange(0, 10).Draw(t, "c")}, sm.PlanPolicy{})
			case 2:
				err = p.Decline(now, "not for me")
			case 3:
				err = p.Report(now, rapid.SampledFrom([]sm.Result{sm.ResultDone, sm.ResultPartly, sm.ResultNotDone, sm.ResultUnknown}).Draw(t, "result"), now.AddDays(7))
			}
			if err != nil {
				seen["refused"]++
				if fmt.Sprint(before) != fmt.Sprint(p) {
					t.Fatal("a refused step changed the plan")
				}
			}
		}
		if err := m.Check(p.History); err != nil {
			t.Fatal(err)
		}
		balance(t, m, p.History)
		for d := day(1, 1); d < day(2, 28); d = d.AddDays(1) {
			var last sm.PlanState
			for _, s := range p.History {
				if s.On <= d {
					last = s.To
				}
			}
			if got, _ := p.History.At(d); got != last {
				t.Fatalf("%s on %s, not %s", got, d, last)
			}
			over := len(sm.OverduePlans([]sm.ActionPlan{p}, d, nil)) > 0
			if over != (last == sm.PlanAccepted && d > p.FollowUp) {
				t.Fatalf("overdue %v while %s", over, last)
			}
		}
		if n := len(p.History); n > 0 {
			end := p.History[n-1]
			if m.Terminal(end.To) && end.Reason == "" {
				t.Fatalf("%s without a reason", end.To)
			}
			seen[string(end.To)]++
		}
	}, "refused", "accepted", "problem solving", "declined", "done", "partly done")
}

func TestGoalHistoryLaw(t *testing.T) {
	_, m, err := sm.GoalStatuses()
	if err != nil {
		t.Fatal(err)
	}
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var h caremodel.History[sm.GoalStatus]
		now := day(1, 1)
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			now = now.AddDays(rapid.IntRange(-1, 3).Draw(t, "days"))
			to := m.First()
			if len(h) > 0 && !m.Terminal(h[len(h)-1].To) {
				to = rapid.SampledFrom(m.Next(h[len(h)-1].To)).Draw(t, "next")
			}
			if rapid.IntRange(0, 4).Draw(t, "wild") == 0 {
				to = rapid.SampledFrom(m.States()).Draw(t, "to")
			}
			next, err := m.Append(h, caremodel.Step[sm.GoalStatus]{On: now, To: to})
			if err != nil && len(next) != len(h) {
				t.Fatal("a refused step is kept")
			}
			h = next
		}
		if err := m.Check(h); err != nil {
			t.Fatal(err)
		}
		balance(t, m, h)
		if len(h) > 0 {
			seen[string(h[len(h)-1].To)]++
		}
	}, "proposed", "accepted", "active", "on-hold", "completed", "cancelled", "rejected", "entered-in-error")
}

// balance checks that every state of a machine has Start + In - Out = End.
func balance[S ~string](t *rapid.T, m *caremodel.Machine[S], h caremodel.History[S]) {
	from := day(1, 1).AddDays(rapid.IntRange(0, 9).Draw(t, "from"))
	f, err := caremodel.NewFlow(m, registry.Period{Start: from, End: from.AddDays(rapid.IntRange(0, 15).Draw(t, "length"))})
	if err != nil || f.Add(h) != (len(h) > 0) {
		t.Fatal("a legal history does not flow")
	}
	for _, s := range f.States {
		if s.Start+s.In-s.Out != s.End {
			t.Fatalf("%+v", s)
		}
	}
}

func TestFiveAsLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var cs []sm.Counsel
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			on := day(1, 1).AddDays(rapid.IntRange(0, 20).Draw(t, "on"))
			cs = append(cs, sm.Counsel{ID: fmt.Sprint(i), Topic: rapid.SampledFrom([]string{"diet", "diet", "smoking"}).Draw(t, "topic"), A: sm.A(rapid.IntRange(0, 4).Draw(t, "a")), On: on, Next: on.AddDays(rapid.IntRange(-1, 5).Draw(t, "next"))})
		}
		window := registry.Period{Start: day(1, 3), End: day(1, 18)}
		f := sm.CountAs(cs, "diet", window)
		if g := sm.CountAs(shuffled(t, append(cs, cs...)), "diet", window); g != f {
			t.Fatal("order or repetition matters")
		}
		for a := range f.Have {
			want := slices.ContainsFunc(cs, func(c sm.Counsel) bool {
				return int(c.A) == a && c.Topic == "diet" && c.On >= window.Start && c.On <= window.End && (c.A != sm.Arrange || c.Next > c.On)
			})
			if f.Have[a] != want {
				t.Fatalf("%s: %v", sm.A(a), f.Have[a])
			}
		}
		if f.Complete != (len(f.Missing()) == 0) {
			t.Fatal("complete and missing")
		}
		// any split of the panel gives the same tally
		whole, left, right := sm.NewAsTally(), sm.NewAsTally(), sm.NewAsTally()
		f.Add(&whole)
		f.Add(&left)
		sm.CountAs(cs, "smoking", window).Add(&whole)
		sm.CountAs(cs, "smoking", window).Add(&right)
		if err := left.Merge(right); err != nil || fmt.Sprint(left) != fmt.Sprint(whole) {
			t.Fatal("a split changes the tally")
		}
		seen[fmt.Sprint(f.Complete)]++
	}, "true", "false")
}

// person draws readings around the limits of the rules that ship.
func person(t *rapid.T, id string) sm.Monitored {
	p := sm.Monitored{Person: id, Conditions: []string{"heart failure", "hypertension", "diabetes"}, Level: rapid.IntRange(0, 3).Draw(t, "level")}
	n := rapid.IntRange(0, 10).Draw(t, "n")
	focus := rapid.IntRange(0, 9).Draw(t, "focus") // on one signal, for means
	for i := range n {
		r := sm.Reading{ID: fmt.Sprintf("%s%d", id, i), Person: id, When: registry.Moment{Day: day(5, 1).AddDays(rapid.IntRange(0, 12).Draw(t, "on")), Time: registry.NewClock(rapid.IntRange(6, 9).Draw(t, "hour"), 0, 0, 0)}}
		one := func(low, high int64, exp int8, unit string) registry.Quantity {
			return registry.Quantity{Value: registry.Num(rapid.Int64Range(low, high).Draw(t, "value"), exp), Unit: unit}
		}
		signal := rapid.IntRange(0, 4).Draw(t, "signal")
		switch {
		case focus >= 7:
			signal = 4
		case focus >= 4:
			signal = 0
		}
		switch signal {
		case 0:
			r.Signal, r.Parts = "weight", []sm.Part{{Value: one(790, 830, -1, "kg")}}
		case 1:
			r.Signal, r.Parts = "weight", []sm.Part{{Value: one(1745, 1830, -1, "[lb_av]")}}
		case 2:
			r.Signal, r.Parts = "glucose", []sm.Part{{Value: one(50, 75, 0, "mg/dL")}}
		case 3:
			r.Signal, r.Parts = "glucose", []sm.Part{{Value: one(28, 180, -1, "mmol/L")}}
		default:
			r.Signal, r.Parts = "blood pressure", []sm.Part{{Component: "systolic", Value: one(130, int64(rapid.SampledFrom([]int{150, 185}).Draw(t, "high")), 0, "mmHg")}, {Component: "diastolic", Value: one(80, int64(rapid.SampledFrom([]int{95, 115}).Draw(t, "high")), 0, "mmHg")}}
		}
		p.Readings = append(p.Readings, r)
	}
	for _, s := range []string{"weight", "glucose"} {
		if rapid.Bool().Draw(t, "scheduled") {
			p.Schedules = append(p.Schedules, sm.Schedule{Signal: s, From: day(5, 1), EveryDays: rapid.IntRange(1, 4).Draw(t, "every")})
		}
	}
	return p
}

// twin asks the shipped rules the slow way, with rationals.
func twin(p *sm.Monitored, rules []sm.Rule, asOf registry.Date) []string {
	factor := map[string]*big.Rat{"kg": big.NewRat(1, 1), "[lb_av]": big.NewRat(45359237, 100000000), "mg/dL": big.NewRat(1, 1), "mmol/L": big.NewRat(180182, 10000), "mm[Hg]": big.NewRat(1, 1), "mmHg": big.NewRat(1, 1)}
	exact := func(n registry.Number, unit string) *big.Rat {
		return new(big.Rat).Mul(n.Decimal().Rat(), factor[unit])
	}
	type value struct {
		sm.Reading
		v *big.Rat
	}
	values := func(signal, component string) (out []value) {
		for _, r := range p.Readings {
			for _, part := range r.Parts {
				if r.Person == p.Person && r.Signal == signal && part.Component == component && r.When.Day <= asOf {
					out = append(out, value{r, exact(part.Value.Value, part.Value.Unit)})
				}
			}
		}
		slices.SortFunc(out, func(a, b value) int {
			return cmp.Or(cmp.Compare(a.When.Day, b.When.Day), cmp.Compare(a.When.Time, b.When.Time), strings.Compare(a.ID, b.ID))
		})
		return out
	}
	var out []string
	for _, r := range rules {
		holds := false
		if r.Test == sm.NoReading {
			for _, s := range p.Schedules {
				next := s.From
				if vs := values(s.Signal, ""); len(vs) > 0 {
					next = max(next, vs[len(vs)-1].When.Day.AddDays(s.EveryDays))
				}
				holds = holds || int(asOf-next)+1 > r.Days && asOf >= s.From
			}
		}
		for _, l := range r.Any {
			vs := values(r.Signal, l.Component)
			if len(vs) == 0 {
				continue
			}
			last := vs[len(vs)-1]
			v := last.v
			switch r.Test {
			case sm.RiseTest:
				var low *big.Rat
				for _, o := range vs {
					if ago := int(last.When.Day - o.When.Day); ago >= 1 && ago <= r.Days && (low == nil || o.v.Cmp(low) < 0) {
						low = o.v
					}
				}
				if low == nil {
					continue
				}
				v = new(big.Rat).Sub(v, low)
			case sm.MeanTest:
				sum, n := new(big.Rat), int64(0)
				for _, o := range vs {
					if int(last.When.Day-o.When.Day) < r.Days {
						sum.Add(sum, o.v)
						n++
					}
				}
				if n < 4 {
					continue
				}
				v = sum.Quo(sum, big.NewRat(n, 1))
			}
			c := v.Cmp(exact(l.Value, r.Unit))
			holds = holds || []bool{c < 0, c <= 0, c > 0, c >= 0}[l.Is]
		}
		if holds {
			out = append(out, r.ID)
		}
	}
	slices.Sort(out)
	return out
}

func alerts(w *sm.Watch) []string {
	var out []string
	for _, a := range w.Alerts {
		out = append(out, a.Rule)
	}
	slices.Sort(out)
	return out
}

func TestWatchLaw(t *testing.T) {
	rules, err := sm.Rules()
	if err != nil {
		t.Fatal(err)
	}
	m := monitor()
	seen := lawtest.Seen{}
	var w, v sm.Watch // used again and again: nothing may leak from one person to the next
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := person(t, "p")
		asOf := day(5, 1).AddDays(rapid.IntRange(0, 16).Draw(t, "as of"))
		m.Watch(&p, asOf, &w)
		got := alerts(&w)
		if want := twin(&p, rules, asOf); !slices.Equal(got, want) {
			t.Fatalf("%v, the twin says %v", got, want)
		}
		for _, a := range got {
			seen[a]++
		}
		if len(p.Readings) == 0 {
			seen["no readings"]++
			if slices.ContainsFunc(w.Alerts, func(a sm.Alert) bool { return a.Test != sm.NoReading }) {
				t.Fatal("an alert without readings")
			}
		}
		// order, repetition, other people and the future don't matter
		q := p
		other := person(t, "q")
		q.Readings = shuffled(t, append(append(slices.Clone(p.Readings), p.Readings...), other.Readings...))
		for i := range q.Readings {
			if q.Readings[i].Person == "q" {
				continue
			}
			if late := q.Readings[i]; rapid.IntRange(0, 9).Draw(t, "late") == 0 {
				late.ID, late.When.Day = "late", asOf.AddDays(1)
				q.Readings = append(q.Readings, late)
			}
		}
		m.Watch(&q, asOf, &v)
		if fmt.Sprint(w.Alerts) != fmt.Sprint(v.Alerts) {
			t.Fatalf("%v\n%v", w.Alerts, v.Alerts)
		}
		if !slices.IsSortedFunc(w.Alerts, func(a, b sm.Alert) int { return cmp.Compare(a.Action, b.Action) }) {
			t.Fatal("alerts are out of order")
		}
		for _, a := range w.Alerts {
			for _, id := range a.Readings {
				if !slices.ContainsFunc(p.Readings, func(r sm.Reading) bool { return r.ID == id }) {
					t.Fatalf("the evidence %s does not exist", id)
				}
			}
			if len(a.Readings) == 0 && a.Test != sm.NoReading {
				t.Fatal("no evidence")
			}
		}
		// seen by somebody: gone until something newer comes
		q = p
		for _, a := range w.Alerts {
			q.Acknowledged = append(q.Acknowledged, sm.Acknowledgement{Rule: a.Rule, UpTo: a.UpTo})
		}
		m.Watch(&q, asOf, &v)
		if slices.ContainsFunc(v.Alerts, func(a sm.Alert) bool { return a.Test != sm.NoReading }) {
			t.Fatal("an acknowledged alert is back")
		}
	}, "no readings", "sm.weight.3d", "sm.weight.1d", "sm.weight.7d", "sm.bp.critical", "sm.bp.high", "sm.glucose.low2", "sm.glucose.low1", "sm.glucose.high", "sm.missing")
}

// An alert began with the first reading of the run that nobody has seen: asked after each
// reading in turn, the rule has held unseen ever since, and did not before. The oracle asks
// again with the readings up to each moment. What comes later makes no alert younger.
func TestAlertSinceLaw(t *testing.T) {
	m := monitor()
	seen := lawtest.Seen{}
	var w, v sm.Watch
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := person(t, "p")
		if rapid.Bool().Draw(t, "long") { // of one signal, most of it bad
			for i := range rapid.IntRange(1, 8).Draw(t, "bad") {
				top := rapid.SampledFrom([]string{"190", "190", "190", "150", "130"}).Draw(t, "systolic")
				r := pressure(fmt.Sprint("s", i), day(5, 1+i), top, rapid.SampledFrom([]string{"80", "", "115"}).Draw(t, "diastolic"), "mmHg")
				if rapid.IntRange(0, 5).Draw(t, "fault") == 0 {
					r.Parts[0].Value.Unit = "" // a device fault ends no run
				}
				r.Person = "p"
				p.Readings = append(p.Readings, r)
			}
		}
		var moments []registry.Moment
		for _, r := range p.Readings {
			moments = append(moments, r.When)
		}
		slices.SortFunc(moments, func(a, b registry.Moment) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Time, b.Time)) })
		moments = slices.Compact(moments)
		for _, id := range []string{"sm.bp.critical", "sm.bp.high", "sm.weight.3d", "sm.weight.7d", "sm.glucose.low1"} {
			if len(moments) > 0 && rapid.IntRange(0, 2).Draw(t, "seen") == 0 {
				p.Acknowledged = append(p.Acknowledged, sm.Acknowledgement{Rule: id, UpTo: rapid.SampledFrom(moments).Draw(t, "up to")})
			}
		}
		asOf := day(5, 14)
		m.Watch(&p, asOf, &w)
		for _, a := range w.Alerts {
			if a.Test == sm.NoReading {
				continue
			}
			want, ended := asOf, false
			for i := len(moments) - 1; i >= 0 && !ended; i-- {
				q := p
				q.Readings = slices.DeleteFunc(slices.Clone(p.Readings), func(r sm.Reading) bool {
					return r.When.Day > moments[i].Day || r.When.Day == moments[i].Day && r.When.Time > moments[i].Time
				})
				m.Watch(&q, asOf, &v)
				if slices.ContainsFunc(v.Alerts, func(b sm.Alert) bool { return b.Rule == a.Rule }) {
					// readings of other signals, and useless ones, begin nothing
					if slices.ContainsFunc(p.Readings, func(r sm.Reading) bool {
						return r.When == moments[i] && r.Signal == a.Signal && slices.ContainsFunc(r.Parts, func(x sm.Part) bool { return x.Value.Unit != "" })
					}) {
						want = moments[i].Day
					}
				} else {
					ended = true
					if v.Acknowledged > 0 {
						seen["ended by what was seen"]++
					} else {
						seen["ended by a good reading"]++
					}
				}
			}
			if a.Since != want {
				t.Fatalf("%s since %s, want %s", a.Rule, a.Since, want)
			}
			if a.Since < a.UpTo.Day {
				seen["a run of "+a.Test.String()]++
			}
			// another day of the same readings, unanswered, and the wait grows
			q := p
			q.Readings = slices.Clone(p.Readings)
			for _, r := range p.Readings {
				if r.Signal == a.Signal && r.When == a.UpTo {
					r.ID, r.When.Day = "again"+r.ID, day(5, 14)
					q.Readings = append(q.Readings, r)
				}
			}
			m.Watch(&q, asOf, &v)
			for _, b := range v.Alerts {
				if b.Rule == a.Rule {
					seen["once more"]++
					if b.Since > a.Since {
						t.Fatalf("%s since %s, and after another reading since %s", a.Rule, a.Since, b.Since)
					}
				}
			}
		}
	}, "a run of level", "a run of rise", "a run of mean level", "ended by a good reading", "ended by what was seen", "once more")
}

// A worse last reading never removes an alert of the rules that it is worse for.
func TestWorseReadingLaw(t *testing.T) {
	rules, _ := sm.Rules()
	m := monitor()
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := person(t, "p")
		if len(p.Readings) == 0 {
			return
		}
		var w sm.Watch
		m.Watch(&p, day(5, 31), &w)
		before := alerts(&w)
		k := rapid.IntRange(0, len(p.Readings)-1).Draw(t, "which")
		r := &p.Readings[k]
		for i := range p.Readings { // the last of its signal
			if o := &p.Readings[i]; o.Signal == r.Signal && cmp.Or(cmp.Compare(o.When.Day, r.When.Day), cmp.Compare(o.When.Time, r.When.Time), strings.Compare(o.ID, r.ID)) > 0 {
				r = o
			}
		}
		up := rapid.Bool().Draw(t, "up")
		r.Parts = slices.Clone(r.Parts)
		for i := range r.Parts {
			q := &r.Parts[i].Value
			by := rapid.Int64Range(0, 20).Draw(t, "by")
			if !up {
				by = -by
			}
			q.Value = registry.Num(q.Value.Coef*pow(10, int(q.Value.Exp)+1)+by, -1)
		}
		var v sm.Watch
		m.Watch(&p, day(5, 31), &v)
		after := alerts(&v)
		for _, id := range before {
			rule := rules[slices.IndexFunc(rules, func(x sm.Rule) bool { return x.ID == id })]
			if rule.Test == sm.NoReading || rule.Signal != r.Signal || (rule.Any[0].Is >= registry.Above) != up {
				continue
			}
			if !slices.Contains(after, id) {
				t.Fatalf("%s is gone", id)
			}
			seen[fmt.Sprint(rule.Test, up)]++
		}
	}, "level true", "level false", "rise true", "mean level true")
}

func pow(b int64, e int) int64 {
	n := int64(1)
	for range e {
		n *= b
	}
	return n
}

func TestTriageLaw(t *testing.T) {
	m := monitor()
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		asOf := day(5, 14)
		var ws []sm.Watch
		for i := range rapid.IntRange(1, 5).Draw(t, "people") {
			p := person(t, fmt.Sprint("p", i))
			var w sm.Watch
			m.Watch(&p, asOf, &w)
			ws = append(ws, w)
		}
		list := sm.Triage(ws, asOf, nil)
		if again := sm.Triage(shuffled(t, ws), asOf, nil); fmt.Sprint(list) != fmt.Sprint(again) {
			t.Fatal("order matters")
		}
		for _, w := range ws {
			k := slices.IndexFunc(list, func(x sm.WorkItem) bool { return x.Person == w.Person })
			if (k >= 0) != (len(w.Alerts)+len(w.Technical) > 0) {
				t.Fatal("a task too many or too few")
			}
			if k < 0 {
				seen["none"]++
				continue
			}
			x := list[k]
			if len(x.Alerts) != len(w.Alerts) || slices.ContainsFunc(list[k+1:], func(y sm.WorkItem) bool { return y.Person == w.Person }) {
				t.Fatal("not one task with all alerts")
			}
			for _, a := range x.Alerts {
				if a.Action < x.Action || a.ContactBy != 0 && a.ContactBy < x.ContactBy || int(asOf-a.Since) > x.Waiting {
					t.Fatalf("%+v is less urgent than %+v", x, a)
				}
			}
			seen[x.Decision.String()]++
		}
	}, "none", "call", "appointment")
}

func TestEducationLaw(t *testing.T) {
	e, err := sm.NewEducator()
	if err != nil {
		t.Fatal(err)
	}
	seen := lawtest.Seen{}
	answers := rapid.SampledFrom([]caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.Partly, caremodel.No})
	lawtest.Check(t, seen, func(t *rapid.T) {
		var s sm.EducationState
		fields := []*caremodel.Answer{&s.NewDiagnosis, &s.Stable, &s.MetEducator, &s.CaseManaged, &s.HighRisk, &s.Exacerbation, &s.Asks}
		for _, f := range fields {
			*f = answers.Draw(t, "answer")
		}
		plan, unknown := e.Plan(s, nil, nil)
		has := func(xs []sm.EducationItem, item string) bool {
			return slices.ContainsFunc(xs, func(x sm.EducationItem) bool { return x.Item == item })
		}
		for i, x := range plan {
			if has(plan[i+1:], x.Item) || has(unknown, x.Item) {
				t.Fatalf("%s twice", x.Item)
			}
		}
		// answering what was unknown moves items from unknown to the plan or away, never out of the plan
		k := rapid.SampledFrom(fields).Draw(t, "field")
		if *k != caremodel.Unknown {
			return
		}
		*k = rapid.SampledFrom([]caremodel.Answer{caremodel.Yes, caremodel.No}).Draw(t, "now")
		after, _ := e.Plan(s, nil, nil)
		for _, x := range plan {
			if !has(after, x.Item) {
				t.Fatalf("%s is gone", x.Item)
			}
		}
		for _, x := range after {
			if !has(plan, x.Item) {
				seen["learnt"]++
				if !has(unknown, x.Item) {
					t.Fatalf("%s comes from nowhere", x.Item)
				}
			}
		}
	}, "learnt")
}

func TestSessionsLaw(t *testing.T) {
	seen := lawtest.Seen{}
	states := rapid.SampledFrom([]sm.Attendance{sm.Invited, sm.Agreed, sm.DeclinedIt, sm.Attended, sm.Missed, sm.ExcusedFrom})
	lawtest.Check(t, seen, func(t *rapid.T) {
		var ss []sm.Session
		var counts [6]int64
		agreed := int64(0)
		for i := range rapid.IntRange(0, 5).Draw(t, "sessions") {
			s := sm.Session{ID: fmt.Sprint("s", i), Provider: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "provider"), On: day(1, 1).AddDays(rapid.IntRange(0, 90).Draw(t, "on"))}
			for k := range rapid.IntRange(0, 4).Draw(t, "people") {
				v := sm.Invitation{Person: fmt.Sprint("p", k), State: states.Draw(t, "state")}
				s.Invitations = append(s.Invitations, v)
				counts[0]++
			}
			ss = append(ss, s)
		}
		asOf := day(1, 1).AddDays(rapid.IntRange(0, 120).Draw(t, "as of"))
		for _, s := range ss {
			for _, v := range s.Invitations { // what became of later sessions is not known yet
				if v.State == sm.Agreed || s.On > asOf && (v.State == sm.Attended || v.State == sm.Missed) {
					agreed++
				}
			}
		}
		r := sm.Sessions(ss, registry.Period{}, asOf)
		if again := sm.Sessions(shuffled(t, ss), registry.Period{}, asOf); fmt.Sprint(r) != fmt.Sprint(again) {
			t.Fatal("order matters")
		}
		if r.Invited != counts[0] || r.Invited != r.Attendance.Den+r.Declined+r.Unanswered+r.Excused+agreed {
			t.Fatalf("%+v does not add up", r)
		}
		// more missed sessions needed: fewer flags; more months: more
		rule := sm.ParticipationRule{Missed: rapid.IntRange(1, 3).Draw(t, "missed"), Months: rapid.IntRange(1, 3).Draw(t, "months")}
		f := rule.Cancel(ss, "p0", asOf)
		harder := rule
		harder.Missed++
		longer := rule
		longer.Months++
		if harder.Cancel(ss, "p0", asOf).Raised && !f.Raised || f.Raised && !longer.Cancel(ss, "p0", asOf).Raised {
			t.Fatal("the flag is not monotone")
		}
		if f.Raised != (len(f.Missed) >= rule.Missed) {
			t.Fatal("the flag and its sessions differ")
		}
		for i := range ss { // coming after all never raises a flag
			for k := range ss[i].Invitations {
				if v := &ss[i].Invitations[k]; v.Person == "p0" && v.State == sm.Missed {
					v.State = sm.Attended
				}
			}
		}
		if rule.Cancel(ss, "p0", asOf).Raised {
			t.Fatal("somebody who missed nothing is flagged")
		}
		seen[fmt.Sprint(f.Raised)]++
	}, "true", "false")
}

func TestParticipationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var os []sm.Offer
		for i := range rapid.IntRange(0, 8).Draw(t, "offers") {
			o := sm.Offer{ID: fmt.Sprint(i), Person: fmt.Sprint(i), On: day(1, 1).AddDays(rapid.IntRange(0, 10).Draw(t, "on")), Reason: rapid.SampledFrom([]string{"", "time", "travel"}).Draw(t, "reason")}
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 1:
				o.Declined = o.On.AddDays(3)
			case 2:
				o.Accepted = o.On.AddDays(2)
			case 3:
				o.Accepted, o.Dropped = o.On, o.On.AddDays(5)
			}
			os = append(os, o)
		}
		if err := sm.CheckOffers(os); err != nil {
			t.Fatal(err)
		}
		r := sm.Participation(os, registry.Period{}, day(1, 8))
		if again := sm.Participation(shuffled(t, os), registry.Period{}, day(1, 8)); fmt.Sprint(r) != fmt.Sprint(again) {
			t.Fatal("order matters")
		}
		if r.Offered != r.Accepted+r.Declined+r.Waiting || r.Dropped > r.Accepted {
			t.Fatalf("%+v does not add up", r)
		}
		sum := func(rs []sm.ReasonCount) (n int64) {
			for _, x := range rs {
				n += x.N
			}
			return n
		}
		if sum(r.DeclineReasons) != r.Declined || sum(r.DropReasons) != r.Dropped {
			t.Fatal("somebody left without being counted under a reason")
		}
		if r.Offered == 0 && r.Participation.Defined() {
			t.Fatal("a share of nothing")
		}
		seen[fmt.Sprint(r.Dropped > 0, r.Declined > 0)]++
		seen["none"] += int(1 - min(r.Offered, 1))
	}, "true true", "false false", "none")
}
