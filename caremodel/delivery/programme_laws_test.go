package delivery_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	diff "github.com/google/go-cmp/cmp"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// some draws a part of a list, in its order.
func some[T any](t *rapid.T, name string, all ...T) (out []T) {
	for i, x := range all {
		if rapid.Bool().Draw(t, fmt.Sprint(name, i)) {
			out = append(out, x)
		}
	}
	return out
}

// A person qualifies when they would whatever is not known turns out to be, does not when
// they would not whatever it is, and else nobody can tell: by trying all that can be.
func TestQualifiesBruteForceLaw(t *testing.T) {
	evercare, err := eligibility.New("evercare", eligibility.Parameters{LookBackMonths: 12})
	if err != nil {
		t.Fatal(err)
	}
	pace, _ := eligibility.New("pace", eligibility.Parameters{})
	several, _ := eligibility.New("sipa-priority", eligibility.Parameters{})
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := &delivery.Programme{ID: "p", Conditions: some(t, "condition", "a", "b"), Levels: some(t, "level", 1, 2, 3),
			Entry: rapid.SampledFrom([]*eligibility.Programme{nil, evercare, pace, several}).Draw(t, "entry"), Referral: rapid.Bool().Draw(t, "takes referrals")}
		c := delivery.Candidate{Route: rapid.SampledFrom([]delivery.Route{delivery.ByRule, delivery.ByReferral}).Draw(t, "route"), Conditions: map[string]caremodel.Answer{}, Inputs: eligibility.Inputs{},
			Level: rapid.IntRange(0, 3).Draw(t, "level"), Possible: some(t, "possible", 3, 2, 1)}
		var asked []eligibility.Input
		if p.Entry != nil {
			asked = p.Entry.Inputs()
		}
		for _, k := range p.Conditions {
			c.Conditions[k] = rapid.SampledFrom([]caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.Partly, caremodel.No}).Draw(t, k)
		}
		for _, i := range asked {
			if n := rapid.SampledFrom([]int{-1, 0, 1, 2, 55, 66}).Draw(t, string(i)); n >= 0 {
				c.Inputs[i] = eligibility.Number(n)
			}
		}
		q := p.Qualifies(c)
		if len(q.For)+len(q.Against)+len(q.Missing) < len(p.Conditions)+min(len(p.Levels), 1)+len(asked) {
			t.Fatalf("a rule is silent: %+v", q)
		}

		// every person that this can be
		levels := []int{c.Level}
		if c.Level == 0 {
			if levels = c.Possible; len(levels) == 0 {
				levels = []int{1, 2, 3}
			}
		}
		yes, no := false, false
		var each func(k int, has bool, inputs eligibility.Inputs)
		each = func(k int, has bool, inputs eligibility.Inputs) {
			switch {
			case k < len(p.Conditions):
				a := c.Conditions[p.Conditions[k]]
				if a != caremodel.No {
					each(k+1, true, inputs)
				}
				if a == caremodel.No || a == caremodel.Unknown {
					each(k+1, has, inputs)
				}
				return
			case k < len(p.Conditions)+len(asked):
				i := asked[k-len(p.Conditions)]
				if _, known := c.Inputs[i]; known {
					each(k+1, has, inputs)
					return
				}
				for _, n := range []int{0, 200} {
					if i == eligibility.Referred && c.Route == delivery.ByReferral && n == 0 {
						continue // that is known
					}
					inputs[i] = eligibility.Number(n)
					each(k+1, has, inputs)
					delete(inputs, i)
				}
				return
			}
			for _, l := range levels {
				ok := len(p.Conditions) == 0 || has
				if !(p.Referral && c.Route == delivery.ByReferral) {
					ok = ok && (len(p.Levels) == 0 || slices.Contains(p.Levels, l)) && (p.Entry == nil || p.Entry.Evaluate(inputs).Met)
				}
				yes, no = yes || ok, no || !ok
			}
		}
		full := eligibility.Inputs{}
		for _, i := range asked {
			if a, known := c.Inputs[i]; known {
				full[i] = a
			}
		}
		each(0, false, full)
		want := eligibility.CannotTell
		switch {
		case !no:
			want = eligibility.IsEligible
		case !yes:
			want = eligibility.NotEligible
		}
		if q.Answer != want {
			t.Fatalf("%s, not %s: %+v of %+v", q.Answer, want, q, c)
		}
		seen[string(q.Answer)]++
		if p.Referral && c.Route == delivery.ByReferral && q.Answer == eligibility.IsEligible && len(q.Against)+len(q.Missing) > 0 {
			seen["referred"]++
		}
	}, "eligible", "not eligible", "cannot tell", "referred")
}

// A programme with few places over time: never more people than places on any day, nobody
// waits while a place is free, who enters is who waited longest, nobody who accepted is lost,
// nobody enters who may not, and every way out has a reason.
func TestPlacesLaw(t *testing.T) {
	seen := lawtest.Seen{}
	machine, err := delivery.Enrolment()
	if err != nil {
		t.Fatal(err)
	}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := programme()
		p.Places = rapid.IntRange(0, 3).Draw(t, "places")
		if rapid.Bool().Draw(t, "managed") {
			p.Caseload, p.Managers = delivery.Caseload{Low: 1, High: rapid.IntRange(1, 2).Draw(t, "high")}, rapid.IntRange(0, 2).Draw(t, "managers")
		}
		places, limited := p.Capacity()
		e, err := delivery.NewEnrolments(p)
		if err != nil {
			t.Fatal(err)
		}
		var xs []delivery.Episode
		today := day(1, 1)
		for n := range rapid.IntRange(1, 25).Draw(t, "events") {
			today = today.AddDays(rapid.IntRange(0, 3).Draw(t, "days"))
			if k := rapid.IntRange(-2, len(xs)).Draw(t, "whom"); k < 0 || len(xs) == 0 {
				id := fmt.Sprint("e", 25-n)
				x, err := e.Open(nil, delivery.Episode{ID: id, Person: "p" + id, Programme: "dm", Route: delivery.ByRule, SelectedBy: "organisation", Coordinator: rapid.SampledFrom([]string{"dr a", "dr a", ""}).Draw(t, "physician")}, today)
				if err != nil {
					t.Fatal(err)
				}
				c := fit(today)
				if rapid.IntRange(0, 3).Draw(t, "fits") == 0 {
					c.Conditions["diabetes"] = caremodel.Unknown
					if rapid.Bool().Draw(t, "override") {
						x.Override = delivery.Override{On: today, By: "dr a", Reason: "likely"}
					}
				}
				if _, err := e.Assess(&x, c, "nurse"); err != nil {
					t.Fatal(err)
				}
				if err := e.Step(&x, caremodel.Step[delivery.State]{On: today, To: delivery.Offered}); err != nil {
					seen["no offer"]++
				} else {
					x.Accepted = today
				}
				xs = append(xs, x)
			} else if k < len(xs) {
				last := xs[k].History[len(xs[k].History)-1].To
				to := rapid.SampledFrom(machine.States()).Draw(t, "to")
				if err := e.Step(&xs[k], caremodel.Step[delivery.State]{On: today, To: to, Reason: "so it was"}); err == nil {
					if limited && to.Inside() && !last.Inside() {
						t.Fatal("a place was taken past the list")
					}
					if !to.Inside() && last.Inside() {
						seen["left"]++
					}
				}
			} else {
				before, err := e.WaitingList("dm", shuffled(t, xs), today)
				if err != nil {
					t.Fatal(err)
				}
				after, err := e.Admit("dm", xs, today, "clerk")
				if err != nil {
					t.Fatal(err)
				}
				if d := diff.Diff(before.Next, after.Entered, cmpopts.IgnoreUnexported(delivery.Waiter{})); d != "" {
					t.Fatal("others entered than were next", d)
				}
				if after.Limited != limited || limited && (after.Inside > places || after.Free > 0 && len(after.Waiting) > 0 || after.Free != places-after.Inside) || !limited && len(after.Waiting) > 0 || len(after.Next) > 0 {
					t.Fatalf("%+v", after)
				}
				list := append(slices.Clone(after.Entered), after.Waiting...)
				if !slices.IsSortedFunc(list, func(a, b delivery.Waiter) int {
					return cmp.Or(cmp.Compare(a.Since, b.Since), strings.Compare(a.Person, b.Person))
				}) {
					t.Fatal("someone was passed over", list)
				}
				on := map[string]int{}
				for _, w := range append(list, after.Barred...) {
					on[w.Episode]++
				}
				for _, x := range xs {
					state, _ := x.History.At(today)
					entered := slices.ContainsFunc(after.Entered, func(w delivery.Waiter) bool { return w.Episode == x.ID })
					want := 0
					if x.Accepted != 0 && state == delivery.Offered || entered {
						want = 1
					}
					if on[x.ID] != want || entered && state != delivery.Enrolled {
						t.Fatalf("%s is lost or there twice: %s, %+v", x.ID, state, after)
					}
				}
				for what, n := range map[string]int{"entered": len(after.Entered), "waiting": len(after.Waiting), "barred": len(after.Barred)} {
					seen[what] += n
				}
			}
		}
		if err := e.Check(xs); err != nil {
			t.Fatal(err)
		}
		for d := day(1, 1); limited && d <= today; d++ {
			inside := 0
			for _, x := range xs {
				if s, _ := x.History.At(d); s.Inside() {
					inside++
				}
			}
			if inside > places {
				t.Fatalf("%d people in %d places on %s", inside, places, d)
			}
		}
		for _, x := range xs {
			if s, _ := x.History.At(today); s.Inside() && x.Assessments[0].Answer != eligibility.IsEligible {
				if x.Override.Reason == "" {
					t.Fatal("inside without qualifying")
				}
				seen["overridden"]++
			}
			if end := x.History[len(x.History)-1]; machine.Terminal(end.To) && end.Reason == "" {
				t.Fatal("left silently")
			}
		}
	}, "no offer", "entered", "waiting", "barred", "left", "overridden")
}

var planStates = []delivery.State{delivery.Identified, delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Active, delivery.OnHold, delivery.Completed}

// drawFollowed draws a programme with work of all kinds, and a person somewhere in it.
func drawFollowed(t *rapid.T) (*delivery.Programme, delivery.Followed) {
	p := programme()
	p.Roles, p.Contacts, p.Coordinator = []string{"nurse", "clerk"}, nil, false
	role := func() string { return rapid.SampledFrom(p.Roles).Draw(t, "role") }
	p.Levels = some(t, "levels", 1, 2)
	for i := range rapid.IntRange(0, 3).Draw(t, "tasks") {
		p.Tasks = append(p.Tasks, delivery.ProgrammeTask{Task: delivery.Task{ID: fmt.Sprint("t", i), Roles: []string{role()}, Minutes: 5}, Kind: rapid.SampledFrom([]delivery.Kind{delivery.TaskWork, delivery.EducationWork}).Draw(t, "kind"), What: "work",
			Level: rapid.IntRange(0, 2).Draw(t, "level"), From: rapid.SampledFrom(planStates).Draw(t, "from"), Days: rapid.IntRange(0, 20).Draw(t, "within"), EveryDays: rapid.IntRange(0, 9).Draw(t, "every")})
	}
	for _, l := range some(t, "contact level", 0, 1, 2) {
		for _, c := range some(t, "channel", delivery.ByPhone, delivery.AtHome) {
			p.Contacts = append(p.Contacts, delivery.ContactRule{Level: l, Channel: c, Role: role(), EveryDays: rapid.IntRange(1, 12).Draw(t, "rhythm")})
		}
	}
	p.ReviewDays, p.ReviewRole = rapid.IntRange(0, 15).Draw(t, "review"), role()
	x := &delivery.Episode{ID: "e", Person: "p", Programme: "dm", Route: delivery.ByRule}
	on := day(1, 1)
	for i := range rapid.IntRange(0, 10).Draw(t, "steps") {
		to := planStates[min(i, 4)]
		if i > 4 {
			to = planStates[4+i%2]
		}
		if i > 4 && rapid.IntRange(0, 4).Draw(t, "ends") == 0 && x.History[i-1].To == delivery.Active {
			to = delivery.Completed
		}
		x.History = append(x.History, caremodel.Step[delivery.State]{On: on, To: to, Reason: "so"})
		on = on.AddDays(rapid.IntRange(0, 8).Draw(t, "pause"))
		if to == delivery.Completed {
			break
		}
	}
	any := func(what string) registry.Date {
		return day(1, 1).AddDays(rapid.IntRange(0, 60).Draw(t, what))
	}
	for range rapid.IntRange(0, 4).Draw(t, "done") {
		x.Done = append(x.Done, delivery.Done{Task: fmt.Sprint("t", rapid.IntRange(0, 2).Draw(t, "which")), On: any("done on")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "reviews") {
		x.Reviews = append(x.Reviews, any("reviewed"))
	}
	f := delivery.Followed{Episode: x, Level: rapid.IntRange(0, 2).Draw(t, "level")}
	for i := range rapid.IntRange(0, 4).Draw(t, "contacts") {
		f.Contacts = append(f.Contacts, delivery.Contact{ID: fmt.Sprint("c", i), Person: rapid.SampledFrom([]string{"p", "p", "q"}).Draw(t, "whose"), On: any("contact"), Channel: rapid.SampledFrom([]delivery.Channel{delivery.ByPhone, delivery.AtHome}).Draw(t, "by")})
	}
	return p, f
}

// naivePlan is a plan by walking day by day, as "day kind key", and the number of gaps.
func naivePlan(p *delivery.Programme, f delivery.Followed, span registry.Period) (out []string, gaps int) {
	h := f.Episode.History
	var state delivery.State
	var steps []caremodel.Step[delivery.State]
	for _, s := range h {
		if s.On <= span.Start {
			state, steps = s.To, append(steps, s)
		}
	}
	if state == "" {
		return nil, 1
	}
	level := f.Level
	if level == 0 && len(p.Levels) == 1 {
		level = p.Levels[0]
	}
	walk := func(kind delivery.Kind, key string, due registry.Date, every int) {
		for d := span.Start; d <= span.End; d++ {
			if due == d || d == span.Start && due < d {
				out = append(out, fmt.Sprint(due, " ", kind, " ", key))
				if due = d.AddDays(every); every == 0 {
					return
				}
			}
		}
	}
	inside := state == delivery.Enrolled || state == delivery.Active
	for _, task := range p.Tasks {
		open := task.From == state || task.From != delivery.OnHold && task.From.Inside() && (inside || state == delivery.OnHold)
		since := registry.Date(0)
		for _, s := range steps {
			if s.To == task.From && (since == 0 || task.From == delivery.OnHold) {
				since = s.On
			}
		}
		if !open || since == 0 || task.Level != 0 && level != 0 && task.Level != level {
			continue
		}
		if task.Level != 0 && level == 0 {
			gaps++
			continue
		}
		due, done := since.AddDays(task.Days), registry.Date(0)
		for _, d := range f.Episode.Done {
			if d.Task == task.ID && d.On >= since && d.On <= span.Start && d.On > done {
				done = d.On
			}
		}
		if done != 0 {
			if due = done.AddDays(task.EveryDays); task.EveryDays == 0 {
				continue
			}
		}
		if state == delivery.OnHold && task.From != delivery.OnHold {
			gaps++
			continue
		}
		walk(task.Kind, task.ID, due, task.EveryDays)
	}
	if !state.Inside() {
		return out, gaps
	}
	began, entry := registry.Date(0), registry.Date(0)
	for i, s := range steps {
		if s.To == delivery.Enrolled {
			began, entry = s.On, s.On
		}
		if s.To == delivery.Active && steps[i-1].To == delivery.OnHold {
			began = s.On
		}
	}
	for _, c := range p.Contacts {
		own := slices.ContainsFunc(p.Contacts, func(o delivery.ContactRule) bool {
			return o.Level != 0 && o.Level == level && o.Channel == c.Channel
		})
		switch {
		case c.Level == 0 && own, c.Level != 0 && level != 0 && c.Level != level:
			continue
		case c.Level != 0 && level == 0, state == delivery.OnHold:
			gaps++
			continue
		}
		last := began
		for _, o := range f.Contacts {
			if o.Person == "p" && o.Channel == c.Channel && o.On <= span.Start {
				last = max(last, o.On)
			}
		}
		walk(delivery.ContactWork, string(c.Channel), last.AddDays(c.EveryDays), c.EveryDays)
	}
	if p.ReviewDays > 0 {
		for _, d := range f.Episode.Reviews {
			if d <= span.Start {
				entry = max(entry, d)
			}
		}
		walk(delivery.ReviewWork, "review", entry.AddDays(p.ReviewDays), p.ReviewDays)
	}
	return out, gaps
}

// A plan is what walking day by day finds; a longer span only adds what is due later; late is
// what was due before the first day; every item has a role of the programme and counts from
// something; reviews agree with those that are overdue; what is done is gone; and the future
// changes nothing.
func TestPlanLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p, f := drawFollowed(t)
		e, err := delivery.NewEnrolments(p)
		if err != nil {
			t.Fatal(err)
		}
		from := day(1, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "first"))
		span := registry.Period{Start: from, End: from.AddDays(rapid.IntRange(0, 40).Draw(t, "length"))}
		var plan, more delivery.PersonPlan
		e.Plan(f, span, &plan)
		var got []string
		for _, i := range plan.Items {
			got = append(got, fmt.Sprint(i.Due, " ", i.Kind, " ", i.Key))
			if !slices.Contains(p.Roles, i.Role) || i.Due != i.Since.AddDays(i.Days) || i.Over != max(0, int(from-i.Due)) || i.Person != "p" || i.Episode != "e" || i.Programme != "dm" {
				t.Fatalf("%+v", i)
			}
			if i.Over > 0 {
				seen["late"]++
			}
			seen[string(i.Kind)]++
		}
		want, gaps := naivePlan(p, f, span)
		slices.Sort(want)
		if sorted := slices.Sorted(slices.Values(got)); !slices.Equal(sorted, want) || len(plan.Gaps) != gaps {
			t.Fatalf("%s: plan %v, by walking %v; gaps %v, %d", plan.State, sorted, want, plan.Gaps, gaps)
		}
		if !slices.IsSortedFunc(plan.Items, func(a, b delivery.PlanItem) int { return cmp.Compare(a.Due, b.Due) }) {
			t.Fatal("out of order")
		}
		for _, g := range plan.Gaps {
			seen[g.Why]++
		}
		seen[string(plan.State)]++

		late := e.OverdueReviews([]delivery.Episode{*f.Episode}, from, nil)
		for _, i := range plan.Items {
			if i.Kind == delivery.ReviewWork && i.Over > 0 && (len(late) != 1 || late[0].Due != i.Due || late[0].Days != i.Over) {
				t.Fatalf("%+v and %+v", i, late)
			}
		}
		e.Plan(f, registry.Period{Start: from, End: span.End.AddDays(10)}, &more)
		more.Items = slices.DeleteFunc(more.Items, func(i delivery.PlanItem) bool { return i.Due > span.End })
		if fmt.Sprint(more) != fmt.Sprint(plan) {
			t.Fatal("a longer span changed the shorter")
		}
		g := f
		x := *f.Episode
		x.History = append(slices.Clip(x.History), caremodel.Step[delivery.State]{On: from.AddDays(1), To: delivery.Died})
		x.Done = append(slices.Clip(x.Done), delivery.Done{Task: "t0", On: from.AddDays(1)})
		g.Contacts = append(slices.Clip(g.Contacts), delivery.Contact{Person: "p", Channel: delivery.ByPhone, On: from.AddDays(1)})
		if g.Episode = &x; len(f.Episode.History) > 0 && f.Episode.History[len(f.Episode.History)-1].On <= from {
			e.Plan(g, span, &more)
			if fmt.Sprint(more) != fmt.Sprint(plan) {
				t.Fatal("the future changed the plan")
			}
		}
		for _, i := range plan.Items {
			if i.Kind == delivery.TaskWork && i.Since <= from {
				x := *f.Episode
				x.Done = append(slices.Clip(x.Done), delivery.Done{Task: i.Key, On: from})
				g.Episode = &x
				e.Plan(g, registry.Period{Start: from, End: from}, &more)
				if slices.ContainsFunc(more.Items, func(o delivery.PlanItem) bool { return o.Key == i.Key }) {
					t.Fatal("what is done is due")
				}
				seen["done"]++
				break
			}
		}
	}, "late", "done", "task", "education", "contact", "review", delivery.GapHold, delivery.GapLevel, delivery.GapEpisode, "identified", "on-hold", "completed", "active")
}

// A team's list is all items of all plans, each once under its role; the order of the people
// changes nothing, and minutes add up.
func TestTeamWorkLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p, f := drawFollowed(t)
		e, err := delivery.NewEnrolments(p)
		if err != nil {
			t.Fatal(err)
		}
		var people []delivery.Followed
		for i := range rapid.IntRange(0, 3).Draw(t, "people") {
			g, x := f, *f.Episode
			x.ID, x.Person = fmt.Sprint("e", i), fmt.Sprint("p", i)
			x.History = x.History[:rapid.IntRange(0, len(x.History)).Draw(t, "until")]
			if rapid.IntRange(0, 5).Draw(t, "known") == 0 {
				x.Programme = "?"
			}
			g.Episode = &x
			people = append(people, g)
		}
		from := day(1, 1).AddDays(rapid.IntRange(0, 40).Draw(t, "first"))
		week := registry.Period{Start: from, End: from.AddDays(6)}
		w := e.TeamWork(people, week)
		if again := e.TeamWork(shuffled(t, people), week); fmt.Sprint(again) != fmt.Sprint(w) {
			t.Fatal("order matters")
		}
		var items, planned []string
		for i, r := range w.Roles {
			if i > 0 && w.Roles[i-1].Role >= r.Role || len(r.Items) == 0 {
				t.Fatal("a role twice, or without work")
			}
			minutes := int64(0)
			for _, x := range r.Items {
				if x.Role != r.Role || x.Due > week.End {
					t.Fatalf("%+v on the list of %s", x, r.Role)
				}
				minutes += x.Minutes
				items = append(items, fmt.Sprint(x))
			}
			if minutes != r.Minutes {
				t.Fatal("minutes do not add up")
			}
			seen[r.Role]++
		}
		gaps := 0
		for _, g := range people {
			var plan delivery.PersonPlan
			e.Plan(g, week, &plan)
			for _, x := range plan.Items {
				planned = append(planned, fmt.Sprint(x))
			}
			gaps += len(plan.Gaps)
		}
		slices.Sort(items)
		slices.Sort(planned)
		if !slices.Equal(items, planned) || gaps != len(w.Gaps) {
			t.Fatal("work is lost")
		}
		seen["gap"] += gaps
	}, "nurse", "clerk", "gap")
}

// A review loses no question: every goal is met, open or not known, every other question that
// is not answered is said to be, and nobody leaves for what is not fully so.
func TestReviewLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := programme()
		keys := []string{"a", "b", "c", "d"}
		p.Goals = nil
		for _, k := range some(t, "goal", keys...) {
			p.Goals = append(p.Goals, delivery.ProgrammeGoal{Key: k, Measure: "m"})
		}
		for _, k := range some(t, "referral", keys...) {
			p.Referrals = append(p.Referrals, delivery.ReferralCriterion{To: "s", When: k})
		}
		p.Rules = some(t, "rule", keys...)
		if rapid.Bool().Draw(t, "takes part") {
			p.Participation = selfmanagement.ParticipationRule{Missed: 1, Months: 1}
		}
		for _, d := range some(t, "discharge", delivery.DischargeRule{To: delivery.Completed, All: []string{"a", "x"}}, delivery.DischargeRule{To: delivery.Transferred, Goals: true, All: []string{"y"}}) {
			if len(p.Goals) > 0 || !d.Goals {
				p.Discharges = append(p.Discharges, d)
			}
		}
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		answers := map[string]caremodel.Answer{}
		for _, k := range append(keys, "x", "y", "participation") {
			answers[k] = rapid.SampledFrom([]caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.Yes, caremodel.Partly, caremodel.No}).Draw(t, "answer "+k)
		}
		r := p.Review(answers)
		unknown, goals := 0, 0
		for _, a := range p.Agenda() {
			if answers[a.Key] == caremodel.Unknown {
				if unknown++; !slices.Contains(r.CannotTell, a) {
					t.Fatalf("%v is silent", a)
				}
				if a.Kind == "goal" {
					goals++
				}
			}
		}
		if unknown != len(r.CannotTell) || goals+len(r.Met)+len(r.Open) != len(p.Goals) {
			t.Fatalf("%+v of %v", r, p.Agenda())
		}
		leaves := 0
		for _, d := range p.Discharges {
			holds := true
			for _, k := range d.All {
				holds = holds && answers[k] == caremodel.Yes
			}
			for _, g := range p.Goals {
				holds = holds && (!d.Goals || answers[g.Key] == caremodel.Yes)
			}
			if holds {
				leaves++
			}
		}
		if p.Participation.Missed > 0 && answers["participation"] == caremodel.No {
			leaves++
			seen["cancelled"]++
		}
		refer, deviate := 0, 0
		for _, c := range p.Referrals {
			if answers[c.When] == caremodel.Yes || answers[c.When] == caremodel.Partly {
				refer++
			}
		}
		for _, k := range p.Rules {
			if answers[k] == caremodel.No || answers[k] == caremodel.Partly {
				deviate++
			}
		}
		if len(r.Leave) != leaves || len(r.Refer) != refer || len(r.Deviations) != deviate {
			t.Fatalf("%+v", r)
		}
		for _, l := range r.Leave {
			if l.Reason == "" {
				t.Fatal("an end without a reason")
			}
			seen[string(l.To)]++
		}
	}, "completed", "transferred", "cancelled")
}
