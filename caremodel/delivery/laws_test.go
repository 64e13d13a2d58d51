package delivery_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func shuffled[T any](t *rapid.T, xs []T) []T { return rapid.Permutation(xs).Draw(t, "order") }

var answers = []caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.No}

func TestDistributeLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		names := []string{"a", "b", "c"}
		var roles []delivery.Role
		for _, n := range shuffled(t, names)[:rapid.IntRange(0, 3).Draw(t, "roles")] {
			r := delivery.Role{Name: n, Minutes: rapid.Int64Range(0, 12).Draw(t, "time"), Cost: rapid.Int64Range(1, 2).Draw(t, "cost")}
			if rapid.Bool().Draw(t, "licensed") {
				r.Licences = []string{"L"}
			}
			roles = append(roles, r)
		}
		var tasks []delivery.Task
		total := int64(0)
		for i := range rapid.IntRange(0, 6).Draw(t, "tasks") {
			x := delivery.Task{ID: fmt.Sprint(i), Minutes: rapid.Int64Range(0, 6).Draw(t, "minutes"), Roles: shuffled(t, names)[:rapid.IntRange(1, 3).Draw(t, "may")]}
			if rapid.IntRange(0, 3).Draw(t, "licence") == 0 {
				x.Licence = "L"
			}
			tasks = append(tasks, x)
			total += x.Minutes
		}
		d, err := delivery.Distribute(tasks, roles)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := delivery.Distribute(shuffled(t, tasks), roles); fmt.Sprint(again) != fmt.Sprint(d) {
			t.Fatal("the order of tasks matters")
		}
		may := func(x delivery.Task, r delivery.Role) bool {
			return slices.Contains(x.Roles, r.Name) && (x.Licence == "" || slices.Contains(r.Licences, x.Licence))
		}
		task := func(id string) delivery.Task {
			return tasks[slices.IndexFunc(tasks, func(x delivery.Task) bool { return x.ID == id })]
		}
		role := func(n string) int {
			return slices.IndexFunc(roles, func(r delivery.Role) bool { return r.Name == n })
		}
		load, above := make([]int64, len(roles)), make([]int64, len(roles))
		sum, ids := int64(0), map[string]bool{}
		for _, a := range d.Assigned {
			x, k := task(a.Task), role(a.Role)
			if !may(x, roles[k]) || a.Minutes != x.Minutes || ids[a.Task] {
				t.Fatalf("%+v is outside permission, or twice", a)
			}
			// the cheapest that may and had the time when the task's turn came, the first among equals
			for j, r := range roles {
				if may(x, r) && load[j]+x.Minutes <= r.Minutes && (r.Cost < roles[k].Cost || r.Cost == roles[k].Cost && j < k) {
					t.Fatalf("%s to %s, %s was there", a.Task, a.Role, r.Name)
				}
			}
			ids[a.Task] = true
			load[k] += x.Minutes
			if x.Licence == "" && len(roles[k].Licences) > 0 {
				above[k] += x.Minutes
				seen["above"]++
			}
			sum += x.Minutes
		}
		for _, u := range d.Unassigned {
			x := task(u.Task)
			permitted := false
			for j, r := range roles {
				permitted = permitted || may(x, r)
				if may(x, r) && load[j]+x.Minutes <= r.Minutes {
					t.Fatalf("%s is left although %s has time", u.Task, r.Name)
				}
			}
			if (u.Why == caremodel.OverCapacity) != permitted || ids[u.Task] {
				t.Fatalf("%+v", u)
			}
			ids[u.Task] = true
			sum += u.Minutes
			seen[string(u.Why)]++
		}
		for k, l := range d.Loads {
			if l.Minutes != load[k] || l.Above != above[k] || l.Minutes > l.Of {
				t.Fatalf("load %+v", l)
			}
		}
		if sum != total || len(ids) != len(tasks) {
			t.Fatal("minutes or tasks are lost")
		}
	}, "above", "NO_PERMITTED_ROLE", "OVER_CAPACITY")
}

// With one role, of all sets of tasks that fit the one is done that holds the earliest tasks
// in the order of distribution.
func TestDistributeBruteForceLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		roles := []delivery.Role{{Name: "a", Minutes: rapid.Int64Range(0, 6).Draw(t, "a")}}
		var tasks []delivery.Task
		for i := range rapid.IntRange(1, 6).Draw(t, "tasks") {
			tasks = append(tasks, delivery.Task{ID: fmt.Sprint(i), Minutes: rapid.Int64Range(1, 4).Draw(t, "minutes"), Roles: []string{"a"}})
		}
		d, err := delivery.Distribute(tasks, roles)
		if err != nil {
			t.Fatal(err)
		}
		order := slices.Clone(tasks)
		slices.SortFunc(order, func(a, b delivery.Task) int {
			return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), strings.Compare(a.ID, b.ID))
		})
		best := 0 // of the subsets that fit, the one with the earliest tasks: the greatest with the first task as the highest bit
		for set := range 1 << len(order) {
			sum := int64(0)
			for i, x := range order {
				if set>>(len(order)-1-i)&1 == 1 {
					sum += x.Minutes
				}
			}
			if sum <= roles[0].Minutes {
				best = max(best, set)
			}
		}
		got := 0
		for _, a := range d.Assigned {
			got |= 1 << (len(order) - 1 - slices.IndexFunc(order, func(x delivery.Task) bool { return x.ID == a.Task }))
		}
		if got != best {
			t.Fatalf("%b, brute force %b", got, best)
		}
		seen[fmt.Sprint(len(d.Unassigned) > 0)]++
	}, "true", "false")
}

func TestPlanVisitLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		draw := func(name string) (out []delivery.VisitItem) {
			for range rapid.IntRange(0, 3).Draw(t, name) {
				out = append(out, delivery.VisitItem{Key: key.Draw(t, "key"), Role: rapid.SampledFrom([]string{"", "nurse", "clerk"}).Draw(t, "role"), Minutes: rapid.IntRange(0, 9).Draw(t, "minutes")})
			}
			return out
		}
		first, carried := draw("items"), draw("carried")
		var items []recall.Item
		for _, i := range first {
			items = append(items, recall.Item{Key: i.Key, Role: i.Role, Minutes: i.Minutes})
		}
		v := delivery.PlanVisit("p", recall.Visit{Day: day(4, 1), Items: items}, delivery.Preparation{CarryOver: carried})
		want, sum := map[string]int{}, 0
		for _, i := range append(first, carried...) {
			want[i.Key] = max(want[i.Key], i.Minutes)
		}
		for _, i := range v.Items {
			if m, ok := want[i.Key]; !ok || m != i.Minutes {
				t.Fatalf("%+v", i)
			}
			delete(want, i.Key)
			sum += i.Minutes
			if i.Role != "" && !slices.Contains(v.Roles, i.Role) {
				t.Fatalf("%s is not there", i.Role)
			}
		}
		if len(want) > 0 || sum != v.Minutes {
			t.Fatal("items or minutes are lost")
		}
		done := shuffled(t, []string{"a", "b", "c", "d", "x"})[:rapid.IntRange(0, 5).Draw(t, "done")]
		c := v.Complete(done)
		if int(c.Done.Num)+len(c.Left) != len(v.Items) || int(c.Done.Den) != len(v.Items) {
			t.Fatalf("%+v", c)
		}
		next := delivery.PlanVisit("p", recall.Visit{Day: day(5, 1)}, delivery.Preparation{CarryOver: c.Left})
		if len(next.Items) != len(c.Left) {
			t.Fatal("what was left is not on the next visit")
		}
		for i, x := range next.Items {
			if x.Key != c.Left[i].Key || x.From != delivery.CarriedOver || slices.Contains(done, x.Key) {
				t.Fatalf("%+v", x)
			}
		}
		seen[fmt.Sprint(len(c.Left) > 0, len(c.Unplanned) > 0)]++
	}, "true true", "false false")
}

// episodes draws random legal lives in the programme, several of one person.
func episodes(t *rapid.T, e *delivery.Enrolments, m *caremodel.Machine[delivery.State], seen lawtest.Seen) []delivery.Episode {
	var out []delivery.Episode
	for p := range rapid.IntRange(0, 4).Draw(t, "people") {
		person := fmt.Sprint("p", p)
		now := day(1, 1).AddDays(rapid.IntRange(0, 20).Draw(t, "start"))
		var mine []delivery.Episode
		for k := range rapid.IntRange(1, 3).Draw(t, "episodes") {
			x, err := e.Open(mine, delivery.Episode{ID: fmt.Sprint(person, ".", k), Person: person, Programme: "dm", Route: delivery.ByRank, SelectedBy: "organisation", Coordinator: rapid.SampledFrom([]string{"", "dr a", "dr b"}).Draw(t, "physician")}, now)
			if err != nil {
				last := mine[len(mine)-1].History
				if end := last[len(last)-1]; m.Terminal(end.To) && end.To != delivery.Died && end.On <= now {
					t.Fatal(err)
				}
				seen["refused"]++
				break
			}
			for range rapid.IntRange(0, 9).Draw(t, "steps") {
				last := x.History[len(x.History)-1]
				to := rapid.SampledFrom(m.States()).Draw(t, "any")
				if next := m.Next(last.To); len(next) > 0 && rapid.IntRange(0, 5).Draw(t, "wild") > 0 {
					to = next[min(rapid.IntRange(0, 9).Draw(t, "which"), len(next)-1)]
					if rapid.Bool().Draw(t, "onwards") {
						to = next[0]
					}
				}
				s := caremodel.Step[delivery.State]{On: last.On.AddDays(rapid.IntRange(-1, 6).Draw(t, "days")), To: to, Reason: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "reason")}
				before := fmt.Sprint(x)
				if len(x.Assessments) == 0 && rapid.IntRange(0, 9).Draw(t, "asked") > 0 {
					x.Assessments = []delivery.Qualification{{Programme: "dm", On: x.History[0].On, Route: x.Route, Answer: rapid.SampledFrom([]eligibility.Answered{eligibility.IsEligible, eligibility.IsEligible, eligibility.NotEligible, eligibility.CannotTell}).Draw(t, "answer")}}
					if rapid.Bool().Draw(t, "override") {
						x.Override = delivery.Override{On: x.History[0].On, By: "dr a", Reason: "asked for"}
					}
					before = fmt.Sprint(x)
				}
				may := len(x.Assessments) > 0 && (to == delivery.Assessed || x.Assessments[0].Answer == eligibility.IsEligible || x.Override.Reason != "")
				err := e.Step(&x, s)
				legal := (may || to != delivery.Assessed && to != delivery.Offered && to != delivery.Enrolled) && m.Allows(last.To, to) && s.On >= last.On && (!m.Terminal(to) || s.Reason != "" || to == delivery.Died) && (to != delivery.Enrolled || x.Coordinator != "")
				if (err == nil) != legal {
					t.Fatalf("%s to %s: %v", last.To, to, err)
				}
				if err != nil && fmt.Sprint(x) != before {
					t.Fatal("a refused step changed the episode")
				}
				if err == nil {
					seen[string(to)]++
				}
			}
			now = x.History[len(x.History)-1].On.AddDays(rapid.IntRange(0, 3).Draw(t, "pause"))
			mine = append(mine, x)
		}
		if len(mine) > 1 {
			seen["again"]++
		}
		out = append(out, mine...)
	}
	return out
}

// Random legal histories: one state a date, flows balance for every state and for the
// programme, nobody leaves silently, and days add up against a count day by day.
func TestEnrolmentFlowLaw(t *testing.T) {
	e := enrolments()
	m, err := delivery.Enrolment()
	if err != nil {
		t.Fatal(err)
	}
	seen := lawtest.Seen{}
	must := []string{"refused", "again", "balance"}
	for _, s := range m.States() {
		if s != m.First() {
			must = append(must, string(s))
		}
	}
	lawtest.Check(t, seen, func(t *rapid.T) {
		xs := episodes(t, e, m, seen)
		if err := e.Check(xs); err != nil {
			t.Fatal(err)
		}
		from := day(1, 1).AddDays(rapid.IntRange(0, 30).Draw(t, "from"))
		period := registry.Period{Start: from, End: from.AddDays(rapid.IntRange(0, 40).Draw(t, "length"))}
		r, err := e.Flow("dm", xs, period)
		if err != nil || r.LeftOut != 0 || r.Unknown != 0 {
			t.Fatal(r, err)
		}
		if again, _ := e.Flow("dm", shuffled(t, xs), period); fmt.Sprint(again) != fmt.Sprint(r) {
			t.Fatal("order matters")
		}
		days, ends := map[delivery.State]int64{}, int64(0)
		for d := period.Start; d <= period.End; d++ {
			for _, x := range xs {
				var want delivery.State
				for _, s := range x.History {
					if s.On <= d {
						want = s.To
					}
				}
				got, ok := x.History.At(d)
				if got != want || ok != (want != "") {
					t.Fatalf("%s on %s, not %s", got, d, want)
				}
				if ok && !m.Terminal(got) {
					days[got]++
				}
			}
		}
		for _, x := range xs {
			for _, s := range x.History {
				if m.Terminal(s.To) {
					if s.Reason == "" {
						t.Fatalf("%s left silently", x.ID)
					}
					if period.Contains(s.On) {
						ends++
					}
				}
			}
		}
		var into, out, people int64
		for _, s := range r.States {
			if s.Start+s.In-s.Out != s.End {
				t.Fatalf("%s: %+v", s.State, s.Stock)
			}
			if s.Days != days[s.State] {
				t.Fatalf("%s: %d days, %d by counting", s.State, s.Days, days[s.State])
			}
			into, out, people = into+s.In, out+s.Out, people+s.End
		}
		if r.Inside.Start+r.Inside.In-r.Inside.Out != r.Inside.End {
			t.Fatalf("inside: %+v", r.Inside)
		}
		if r.Inside.In > 0 {
			seen["balance"]++
		}
		var left int64
		for _, l := range r.Leaving {
			left += l.N
		}
		if left != ends || into < out {
			t.Fatalf("%d left with a reason of %d", left, ends)
		}
		// two halves make the whole
		if n := period.Days(); n > 1 {
			middle := period.Start.AddDays(n / 2)
			a, _ := e.Flow("dm", xs, registry.Period{Start: period.Start, End: middle - 1})
			b, _ := e.Flow("dm", xs, registry.Period{Start: middle, End: period.End})
			if a.Inside.In+b.Inside.In != r.Inside.In || a.Inside.Out+b.Inside.Out != r.Inside.Out || a.Inside.End != b.Inside.Start {
				t.Fatal("halves do not add up")
			}
		}
		// overdue reviews against the definition
		for _, o := range e.OverdueReviews(xs, period.End, nil) {
			k := slices.IndexFunc(xs, func(x delivery.Episode) bool { return x.ID == o.Episode })
			if s, _ := xs[k].History.At(period.End); !s.Inside() || o.Days < 1 {
				t.Fatalf("%+v", o)
			}
		}
	}, must...)
}

func TestLevelLaw(t *testing.T) {
	seen, levels := lawtest.Seen{}, delivery.NewLevels()
	// what the published rule says when everything is known
	known := func(stable, exacerbation, complex bool) int {
		switch {
		case !stable && complex:
			return 3
		case !stable || exacerbation:
			return 2
		}
		return 1
	}
	options := func(a caremodel.Answer) []bool {
		switch a {
		case caremodel.Yes:
			return []bool{true}
		case caremodel.No:
			return []bool{false}
		}
		return []bool{true, false}
	}
	for _, a := range answers {
		for _, b := range answers {
			for _, c := range answers {
				can := map[int]bool{}
				for _, x := range options(a) {
					for _, y := range options(b) {
						for _, z := range options(c) {
							can[known(x, y, z)] = true
						}
					}
				}
				l := levels.Level(delivery.LevelState{Stable: a, Exacerbation: b, Complex: c})
				if l.Level != 0 {
					if !can[l.Level] || len(can) > 1 {
						t.Errorf("%s %s %s: %d, can be %v", a, b, c, l.Level, can)
					}
					seen["known"]++
					continue
				}
				seen["unknown"]++
				for level := range can { // possible levels may be more, never fewer
					if !slices.Contains(l.Possible, level) {
						t.Errorf("%s %s %s: possible %v, can be %v", a, b, c, l.Possible, can)
					}
				}
			}
		}
	}
	if seen["known"] == 0 || seen["unknown"] == 0 {
		t.Error("vacuous")
	}
}

func TestCycleLaw(t *testing.T) {
	m, err := delivery.Cycle()
	if err != nil {
		t.Fatal(err)
	}
	seen := lawtest.Seen{}
	var s delivery.CaseStatus // used again: nothing may leak
	lawtest.Check(t, seen, func(t *rapid.T) {
		c := delivery.Case{Person: "p", Level: rapid.IntRange(0, 3).Draw(t, "level")}
		now := day(1, 1)
		for range rapid.IntRange(0, 9).Draw(t, "steps") {
			to := m.First()
			if n := len(c.History); n > 0 {
				next := m.Next(c.History[n-1].To)
				if len(next) == 0 {
					break
				}
				to = next[min(rapid.IntRange(0, 4).Draw(t, "which")/2, len(next)-1)]
			}
			h, err := m.Append(c.History, caremodel.Step[delivery.CycleStep]{On: now, To: to, Reason: "goals met"})
			if err != nil {
				t.Fatal(err)
			}
			c.History = h
			seen[string(to)]++
			now = now.AddDays(rapid.IntRange(0, 40).Draw(t, "days"))
		}
		for range rapid.IntRange(0, 4).Draw(t, "contacts") {
			c.Contacts = append(c.Contacts, day(1, 1).AddDays(rapid.IntRange(0, 150).Draw(t, "contact")))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "managers") {
			from := day(1, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "from"))
			x := delivery.Management{Manager: fmt.Sprint("m", i%2), From: from, Team: rapid.SampledFrom([]string{"", "team"}).Draw(t, "team")}
			if rapid.Bool().Draw(t, "ends") {
				x.Until = from.AddDays(rapid.IntRange(0, 60).Draw(t, "until"))
			}
			c.Managers = append(c.Managers, x)
		}
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		period := registry.Period{Start: day(1, 1), End: day(5, 1)}
		f, err := caremodel.NewFlow(m, registry.Period{Start: day(1, 20), End: day(3, 1)})
		if err != nil || f.Add(c.History) != (len(c.History) > 0) {
			t.Fatal("a legal history does not flow")
		}
		for _, x := range f.States {
			if x.Start+x.In-x.Out != x.End {
				t.Fatalf("%+v", x)
			}
		}
		spans := c.ManagerHistory(period)
		for d := period.Start; d <= period.End; d++ {
			c.At(delivery.CyclePolicy{}, d, &s)
			want := delivery.CycleStep("")
			for _, x := range c.History {
				if x.On <= d {
					want = x.To
				}
			}
			if s.Step != want || s.Closed != (want == delivery.StepClose) {
				t.Fatalf("%s on %s, not %s", s.Step, d, want)
			}
			if len(s.Missing) > 0 && want != delivery.StepClose {
				t.Fatalf("a legal history misses %v", s.Missing)
			}
			units := map[string]bool{}
			for _, x := range c.Managers {
				if x.From <= d && (x.Until == 0 || d <= x.Until) {
					units[cmp.Or(x.Team, x.Manager)] = true
				}
			}
			k := slices.IndexFunc(spans, func(x delivery.ManagerSpan) bool { return x.Contains(d) })
			if k < 0 || len(spans[k].Managers) != len(units) || k+1 < len(spans) && spans[k+1].Contains(d) {
				t.Fatalf("%s: %v, want %v", d, spans, units)
			}
			if s.Closed || s.Step == "" {
				if len(s.Issues) > 0 {
					t.Fatalf("a case that is not open asks for something: %v", s.Issues)
				}
				continue
			}
			has := func(code caremodel.IssueCode) bool {
				return slices.ContainsFunc(s.Issues, func(i caremodel.Issue) bool { return i.Code == code })
			}
			if has(caremodel.NoManager) != (len(units) == 0) || has(caremodel.TwoManagers) != (len(units) > 1) || len(s.Managers) != len(units) {
				t.Fatalf("%v with %v", s.Issues, units)
			}
			late := 0
			for _, x := range s.Due {
				if x.Over > 0 && x.Done == 0 {
					late++
					if d <= x.By {
						t.Fatalf("%+v is late on %s", x, d)
					}
				}
			}
			n := 0
			for _, i := range s.Issues {
				if i.Code == caremodel.StepOverdue {
					n++
					seen["overdue "+i.Detail]++
				}
			}
			if n != late {
				t.Fatalf("%d issues, %d late", n, late)
			}
			seen[fmt.Sprint(min(len(units), 2), " managers")]++
		}
		if spans[0].Start != period.Start || spans[len(spans)-1].End != period.End {
			t.Fatal("the history of managers has ends")
		}
	}, "assign", "assess", "plan", "arrange", "monitor", "review", "close", "0 managers", "1 managers", "2 managers", "overdue assess", "overdue plan", "overdue arrange", "overdue review", "overdue contact")
}

type caseload struct {
	clients  []delivery.Client
	managers []delivery.Manager
}

func drawCaseload(t *rapid.T, people int, free bool) caseload {
	var c caseload
	ids := []string{"a", "b", "c"}
	most := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "manager of most")
	for _, id := range shuffled(t, ids)[:rapid.IntRange(1, 3).Draw(t, "managers")] {
		m := delivery.Manager{ID: id, Capacity: 1000}
		if !free {
			m.Capacity = rapid.Int64Range(0, 5).Draw(t, "capacity")
			m.Areas = rapid.SampledFrom([][]string{nil, {"n"}, {"s", "n"}}).Draw(t, "areas")
			m.Languages = rapid.SampledFrom([][]string{nil, {"x"}}).Draw(t, "languages")
		}
		c.managers = append(c.managers, m)
	}
	for i := range rapid.IntRange(0, people).Draw(t, "people") {
		p := delivery.Client{ID: fmt.Sprint("p", i), Rank: rapid.IntRange(0, 3).Draw(t, "rank"), Weight: rapid.Int64Range(0, 3).Draw(t, "weight")}
		if !free {
			p.Area = rapid.SampledFrom([]string{"n", "s"}).Draw(t, "area")
			p.Language = rapid.SampledFrom([]string{"", "", "x"}).Draw(t, "language")
			p.Previous = rapid.SampledFrom([]string{"", "a", "b", "gone", most, most, most, most}).Draw(t, "previous")
		}
		c.clients = append(c.clients, p)
	}
	return c
}

func fitting(p delivery.Client, m delivery.Manager) bool {
	return (len(m.Areas) == 0 || slices.Contains(m.Areas, p.Area)) && (p.Language == "" || slices.Contains(m.Languages, p.Language))
}

func TestAssignLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		c := drawCaseload(t, 7, false)
		policy := delivery.AssignPolicy{KeepExisting: rapid.Bool().Draw(t, "keep")}
		a, err := delivery.Assign(c.clients, c.managers, policy)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := delivery.Assign(shuffled(t, c.clients), shuffled(t, c.managers), policy); fmt.Sprint(again) != fmt.Sprint(a) {
			t.Fatal("order matters")
		}
		client := func(id string) delivery.Client {
			return c.clients[slices.IndexFunc(c.clients, func(p delivery.Client) bool { return p.ID == id })]
		}
		manager := func(id string) delivery.Manager {
			return c.managers[slices.IndexFunc(c.managers, func(m delivery.Manager) bool { return m.ID == id })]
		}
		load, to, moves := map[string]int64{}, map[string]string{}, 0
		for _, x := range a.Assigned {
			p := client(x.Client)
			if _, twice := to[x.Client]; twice || !fitting(p, manager(x.Manager)) {
				t.Fatalf("%+v", x)
			}
			to[x.Client] = x.Manager
			load[x.Manager] += max(p.Weight, 1)
			if p.Previous != "" && p.Previous != x.Manager {
				moves++
				if x.From != p.Previous {
					t.Fatalf("%+v came from %s", x, p.Previous)
				}
			}
		}
		for _, l := range a.Loads {
			if l.Load != load[l.Manager] || l.Load > l.Of {
				t.Fatalf("%+v", l)
			}
		}
		for _, x := range a.Over {
			p := client(x.Client)
			fits := false
			for _, m := range c.managers {
				if fitting(p, m) {
					fits = true
					if load[m.ID]+max(p.Weight, 1) <= m.Capacity {
						t.Fatalf("%s waits although %s has room", x.Client, m.ID)
					}
				}
			}
			if (x.Why == caremodel.OverCapacity) != fits {
				t.Fatalf("%+v", x)
			}
			if p.Previous != "" {
				moves++
			}
			if _, twice := to[x.Client]; twice {
				t.Fatalf("%+v is assigned too", x)
			}
			seen[string(x.Why)]++
		}
		if len(a.Assigned)+len(a.Over) != len(c.clients) || moves != a.Moves {
			t.Fatalf("%d people, %d moves: %+v", len(c.clients), moves, a)
		}
		// step by step: highest risk first to the lowest load at that time
		if !policy.KeepExisting {
			at := map[string]int64{}
			for _, x := range a.Assigned {
				p := client(x.Client)
				for _, m := range c.managers {
					if fitting(p, m) && at[m.ID]+max(p.Weight, 1) <= m.Capacity && (at[m.ID] < at[x.Manager] || at[m.ID] == at[x.Manager] && m.ID < x.Manager) {
						t.Fatalf("%s to %s, %s had less", x.Client, x.Manager, m.ID)
					}
				}
				at[x.Manager] += max(p.Weight, 1)
				seen["step"]++
			}
		}
	}, "step", "OVER_CAPACITY", "NO_MANAGER")
}

func TestAssignBalanceLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		c := drawCaseload(t, 12, true)
		a, err := delivery.Assign(c.clients, c.managers, delivery.AssignPolicy{})
		if err != nil || len(a.Over) > 0 {
			t.Fatal(a.Over, err)
		}
		heaviest, low, high := int64(0), int64(math.MaxInt64), int64(0)
		for _, p := range c.clients {
			heaviest = max(heaviest, p.Weight, 1)
		}
		for _, l := range a.Loads {
			low, high = min(low, l.Load), max(high, l.Load)
		}
		if high-low > heaviest {
			t.Fatalf("loads from %d to %d, the heaviest is %d", low, high, heaviest)
		}
		seen[fmt.Sprint(high > low)]++
	}, "true", "false")
}

// Keeping existing managers, no assignment that respects capacity, area and language keeps
// more people where they are.
func TestKeepExistingBruteForceLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		c := drawCaseload(t, 5, false)
		a, err := delivery.Assign(c.clients, c.managers, delivery.AssignPolicy{KeepExisting: true})
		if err != nil {
			t.Fatal(err)
		}
		fewest := len(c.clients) + 1
		load := make([]int64, len(c.managers))
		var try func(i, moves int)
		try = func(i, moves int) {
			if i == len(c.clients) {
				fewest = min(fewest, moves)
				return
			}
			p := c.clients[i]
			lost := 0
			if p.Previous != "" {
				lost = 1
			}
			try(i+1, moves+lost)
			for k, m := range c.managers {
				if !fitting(p, m) || load[k]+max(p.Weight, 1) > m.Capacity {
					continue
				}
				load[k] += max(p.Weight, 1)
				if m.ID == p.Previous {
					try(i+1, moves)
				} else {
					try(i+1, moves+lost)
				}
				load[k] -= max(p.Weight, 1)
			}
		}
		try(0, 0)
		if a.Moves != fewest {
			t.Fatalf("%d moves, %d are enough", a.Moves, fewest)
		}
		free, _ := delivery.Assign(c.clients, c.managers, delivery.AssignPolicy{})
		if free.Moves < a.Moves {
			t.Fatal("keeping moves more")
		}
		seen[fmt.Sprint(a.Moves > 0, free.Moves > a.Moves)]++
		for _, m := range c.managers { // not all can stay, and who they are matters
			light, heavy, sum := int64(math.MaxInt64), int64(0), int64(0)
			for _, p := range c.clients {
				if p.Previous == m.ID && fitting(p, m) {
					w := max(p.Weight, 1)
					light, heavy, sum = min(light, w), max(heavy, w), sum+w
				}
			}
			if sum > m.Capacity && heavy >= 2*light && heavy <= m.Capacity {
				seen["crowded"]++
			}
		}
	}, "crowded", "true true", "true false", "false true", "false false")
}

func TestWardLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		w := delivery.Ward{ID: "w", Places: rapid.IntRange(0, 4).Draw(t, "places"), Admit: 0.6, Discharge: 0.4}
		today := day(4, 1)
		var people []delivery.WardPerson
		for i := range rapid.IntRange(0, 8).Draw(t, "people") {
			p := delivery.WardPerson{Person: tier.Person{ID: fmt.Sprint("p", i), Score: float64(rapid.IntRange(2, 9).Draw(t, "score")) / 10}, GP: "g", Manager: "m"}
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				p.Person.Score = math.NaN()
			case 1:
				p.Person.Status = tier.Away
			case 2:
				p.GoalsMet, p.StableSince = true, today.AddDays(-rapid.IntRange(20, 40).Draw(t, "stable"))
			}
			if rapid.Bool().Draw(t, "patient") {
				p.Admitted = day(3, 1)
				p.Acuity = delivery.Acuity(rapid.IntRange(0, 2).Draw(t, "acuity"))
				p.Reviewed = day(3, 1).AddDays(rapid.IntRange(0, 31).Draw(t, "reviewed"))
			}
			people = append(people, p)
		}
		r, err := w.Run(people, today)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := w.Run(shuffled(t, people), today); fmt.Sprint(again) != fmt.Sprint(r) {
			t.Fatal("order matters")
		}
		person := func(id string) delivery.WardPerson {
			return people[slices.IndexFunc(people, func(p delivery.WardPerson) bool { return p.Person.ID == id })]
		}
		if r.Occupied > w.Places || r.Occupied != len(r.Stays)+len(r.Admitted) {
			t.Fatalf("%d in %d places", r.Occupied, w.Places)
		}
		n := 0
		for name, list := range map[string][]delivery.WardMove{"stays": r.Stays, "admitted": r.Admitted, "waiting": r.Waiting, "discharged": r.Discharged, "outside": r.Outside} {
			for _, x := range list {
				n++
				seen[name]++
				if x.Why == "" {
					t.Fatalf("%s %s without a reason", x.Person, name)
				}
				if p := person(x.Person); (p.Admitted != 0) != (name == "stays" || name == "discharged") {
					t.Fatalf("%s %s", x.Person, name)
				}
			}
		}
		if n != len(people) {
			t.Fatal("somebody is lost or twice")
		}
		for _, x := range r.Waiting {
			for _, y := range r.Admitted {
				if x.Rank < y.Rank {
					t.Fatalf("%s waits behind %s", x.Person, y.Person)
				}
			}
		}
		if len(r.Waiting) > 0 && r.Occupied < w.Places {
			t.Fatal("places are free and people wait")
		}
		for _, x := range r.Admitted {
			if person(x.Person).Person.Score < w.Admit {
				t.Fatal("admitted below the limit")
			}
		}
		// more places discharge nobody who stays now
		larger := w
		larger.Places += rapid.IntRange(1, 3).Draw(t, "more")
		l, _ := larger.Run(people, today)
		for _, x := range l.Discharged {
			if !slices.ContainsFunc(r.Discharged, func(y delivery.WardMove) bool { return y.Person == x.Person }) {
				t.Fatalf("%s is discharged from a larger ward", x.Person)
			}
		}
		// the next day nothing flaps: whoever is in stays, whoever waits does not push out
		var next []delivery.WardPerson
		for _, p := range people {
			in := func(list []delivery.WardMove) bool {
				return slices.ContainsFunc(list, func(x delivery.WardMove) bool { return x.Person == p.Person.ID })
			}
			switch {
			case in(r.Discharged):
				p.Admitted = 0
			case in(r.Admitted):
				p.Admitted = today
			}
			next = append(next, p)
		}
		again, _ := w.Run(next, today)
		if len(again.Discharged) > 0 || again.Occupied != r.Occupied {
			t.Fatalf("%+v\n%+v", r, again)
		}
		for _, x := range r.Reviews {
			p := person(x.Person)
			due := max(p.Reviewed, p.Admitted).AddDays([...]int{7, 1, 30}[p.Acuity])
			if x.Due != due || due > today {
				t.Fatalf("%+v", x)
			}
			seen["review"]++
		}
	}, "stays", "admitted", "waiting", "discharged", "outside", "review")
}

// The place that a ward gives, against every choice: of those who may come in, the highest
// risks fill what the patients leave.
func TestWardBruteForceLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		w := delivery.Ward{Places: rapid.IntRange(0, 3).Draw(t, "places"), Admit: 0.5, Discharge: 0.3}
		var people []delivery.WardPerson
		for i, s := range shuffled(t, []int{1, 2, 3, 4, 5, 6, 7, 8, 9})[:rapid.IntRange(0, 7).Draw(t, "people")] {
			p := delivery.WardPerson{Person: tier.Person{ID: fmt.Sprint("p", i), Score: float64(s) / 10}}
			if rapid.IntRange(0, 2).Draw(t, "patient") == 0 {
				p.Admitted = day(3, 1)
			}
			people = append(people, p)
		}
		r, err := w.Run(people, day(4, 1))
		if err != nil {
			t.Fatal(err)
		}
		// all sets of at most Places people that are allowed; patients count more than any newcomer
		best, worth := -1, -1.0
		for set := range 1 << len(people) {
			n, v, ok := 0, 0.0, true
			for i, p := range people {
				if set>>i&1 == 0 {
					continue
				}
				n++
				v += p.Person.Score * p.Person.Score * p.Person.Score * 0.001
				switch {
				case p.Admitted != 0 && p.Person.Score >= w.Discharge:
					v += 100
				case p.Admitted == 0 && p.Person.Score >= w.Admit:
					v++
				default:
					ok = false
				}
			}
			if ok && n <= w.Places && v > worth {
				best, worth = set, v
			}
		}
		got := 0
		for _, x := range append(slices.Clone(r.Stays), r.Admitted...) {
			got |= 1 << slices.IndexFunc(people, func(p delivery.WardPerson) bool { return p.Person.ID == x.Person })
		}
		if got != best {
			t.Fatalf("%b, brute force %b: %+v", got, best, people)
		}
		seen[fmt.Sprint(len(r.Admitted) > 0, len(r.Waiting) > 0)]++
	}, "true true", "true false", "false true")
}

func TestPostDischargeLaw(t *testing.T) {
	a := after()
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		d := delivery.Discharge{ID: "d", Person: "p", Condition: rapid.SampledFrom([]string{"heart failure", "COPD", "asthma"}).Draw(t, "condition"), On: day(3, 1)}
		end := rapid.IntRange(0, 60).Draw(t, "end")
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			d.Died = d.On.AddDays(end)
		case 1:
			d.Readmitted = d.On.AddDays(end)
		}
		var cs []delivery.Contact
		for i := range rapid.IntRange(0, 4).Draw(t, "contacts") {
			cs = append(cs, delivery.Contact{ID: fmt.Sprint(i), Person: rapid.SampledFrom([]string{"p", "p", "q"}).Draw(t, "person"), On: d.On.AddDays(rapid.IntRange(-2, 40).Draw(t, "on")),
				Channel: rapid.SampledFrom(delivery.Channels()).Draw(t, "channel"), Role: rapid.SampledFrom([]string{"nurse", "specialist"}).Draw(t, "role")})
		}
		asOf := d.On.AddDays(rapid.IntRange(0, 130).Draw(t, "as of"))
		fs := a.PostDischarge(d, cs, asOf, nil)
		noise := append(slices.Clone(cs), delivery.Contact{ID: "z", Person: "p", On: asOf.AddDays(1), Channel: delivery.AtVisit, Role: "specialist"}, delivery.Contact{ID: "y", Person: "q", On: d.On, Channel: delivery.AtVisit, Role: "specialist"})
		if again := a.PostDischarge(d, shuffled(t, noise), asOf, nil); fmt.Sprint(again) != fmt.Sprint(fs) {
			t.Fatal("order, the future or somebody else matters")
		}
		for _, f := range fs {
			if f.From > f.Due || f.Due > f.Last {
				t.Fatalf("%+v", f)
			}
			switch f.State {
			case delivery.InTime:
				if f.Done < f.From || f.Done > f.Last {
					t.Fatalf("%+v", f)
				}
			case delivery.Late:
				if f.Done <= f.Last && d.Died == 0 && d.Readmitted == 0 {
					t.Fatalf("%+v", f)
				}
			case delivery.Overdue:
				if asOf <= f.Last || f.Done != 0 {
					t.Fatalf("%+v", f)
				}
			case delivery.Pending:
				if asOf > f.Last || f.Done != 0 {
					t.Fatalf("%+v", f)
				}
			case delivery.CalledOff:
				if f.Why == "" || d.Died == 0 && d.Readmitted == 0 {
					t.Fatalf("%+v", f)
				}
			}
			seen[string(f.State)]++
		}
		if r := delivery.FollowUpShare(fs); r.Defined() && !r.Proportion() {
			t.Fatal(r)
		}
	}, "in time", "late", "overdue", "pending", "called off")
}

func TestWarrantyAndReturnLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		draw := func(name string, n int) (out []delivery.Event) {
			for i := range rapid.IntRange(0, n).Draw(t, name) {
				out = append(out, delivery.Event{ID: fmt.Sprint(name, i), Person: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "person"), On: day(1, 1).AddDays(rapid.IntRange(0, 30).Draw(t, "on")), Kind: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "kind")})
			}
			return out
		}
		starts, events := draw("start", 4), draw("event", 5)
		days := rapid.IntRange(1, 20).Draw(t, "days")
		rate, list, err := delivery.ReturnWithin(starts, events, days)
		if err != nil {
			t.Fatal(err)
		}
		want := int64(0)
		for _, s := range starts {
			if slices.ContainsFunc(events, func(e delivery.Event) bool {
				return e.Person == s.Person && e.On > s.On && int(e.On-s.On) <= days
			}) {
				want++
			}
		}
		if rate != (registry.Rate{Num: want, Den: int64(len(starts))}) || len(list) != int(want) {
			t.Fatalf("%v, want %d", rate, want)
		}
		if again, _, _ := delivery.ReturnWithin(shuffled(t, starts), shuffled(t, events), days); again != rate {
			t.Fatal("order matters")
		}
		if longer, _, _ := delivery.ReturnWithin(starts, events, days+1); longer.Num < rate.Num {
			t.Fatal("a longer time has fewer returns")
		}
		seen[fmt.Sprint("return ", want > 0)]++
		op := delivery.Event{ID: "op", Person: "p", On: day(1, 5)}
		as, err := delivery.Warranty{Days: days, Related: []string{"x"}}.Absorb(op, events)
		if err != nil {
			t.Fatal(err)
		}
		covered, n := 0, 0
		for _, e := range events {
			if e.Person == "p" {
				n++
				if after := int(e.On - op.On); after >= 1 && after <= days && e.Kind == "x" {
					covered++
				}
			}
		}
		for _, a := range as {
			if a.Why == "" {
				t.Fatal("no reason")
			}
			if a.Covered {
				covered--
				seen["covered"]++
			}
		}
		if covered != 0 || len(as) != n {
			t.Fatalf("%+v", as)
		}
	}, "return true", "return false", "covered")
}

func TestDivertLaw(t *testing.T) {
	h := hospitalist()
	seen := lawtest.Seen{}
	order := []delivery.Destination{delivery.Home, delivery.SkilledNursing}
	facts := []eligibility.Input{"safe at home", "needs nursing"}
	lawtest.Check(t, seen, func(t *rapid.T) {
		free := map[delivery.Destination]int{}
		var beds []delivery.Beds
		for _, d := range order {
			free[d] = rapid.IntRange(0, 2).Draw(t, "free")
			beds = append(beds, delivery.Beds{At: d, Free: free[d]})
		}
		var cases []delivery.Emergency
		for i := range rapid.IntRange(0, 6).Draw(t, "cases") {
			x := delivery.Emergency{ID: fmt.Sprint("c", i), StayDays: rapid.IntRange(0, 9).Draw(t, "stay"), Facts: eligibility.Inputs{}, Arrived: registry.Moment{Day: day(1, 1), Time: registry.Clock(rapid.IntRange(1, 3).Draw(t, "time"))}}
			for _, f := range facts {
				switch rapid.IntRange(0, 2).Draw(t, "fact") {
				case 1:
					x.Facts[f] = eligibility.Yes()
				case 2:
					x.Facts[f] = eligibility.No()
				}
			}
			cases = append(cases, x)
		}
		d, err := h.DivertAll(cases, beds, 2)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := h.DivertAll(shuffled(t, cases), beds, 2); fmt.Sprint(again) != fmt.Sprint(d) {
			t.Fatal("order matters")
		}
		arrived := slices.Clone(cases)
		slices.SortFunc(arrived, func(a, b delivery.Emergency) int {
			return cmp.Or(cmp.Compare(a.Arrived.Time, b.Arrived.Time), strings.Compare(a.ID, b.ID))
		})
		days, diverted := 0, 0
		for i, x := range arrived { // the slow way, one by one
			to := delivery.Admit
			for k, at := range order {
				if to == delivery.Admit && x.Facts[facts[k]] == eligibility.Yes() && free[at] > 0 {
					to = at
				}
			}
			if to != delivery.Admit {
				free[to]--
				days += x.StayDays
				diverted++
			}
			got := d.Cases[i]
			if got.Case != x.ID || got.To != to || got.Diverted != (to != delivery.Admit) || got.Reasons[len(got.Reasons)-1].To != to {
				t.Fatalf("%+v, want %s to %s", got, x.ID, to)
			}
			seen[string(to)]++
			for _, r := range got.Reasons {
				seen[strings.SplitN(r.Why, ":", 2)[0]]++
			}
		}
		for _, b := range d.Left {
			if b.Free != free[b.At] || b.Free < 0 {
				t.Fatalf("%+v", d.Left)
			}
		}
		if int(d.AvoidedDays) != days || int(d.Diverted.Num) != diverted || int(d.Coordinated.Den) != len(cases)+2 {
			t.Fatalf("%+v", d)
		}
	}, "home", "skilled nursing facility", "admit", "criteria fail", "not known", "criteria hold", "no place at home")
}

// Where answers are missing a designation is known only if no completion changes it.
func TestDesignationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		d := delivery.Designation{ID: "d", Criteria: []string{"a", "b", "c"}, Minimum: rapid.IntRange(0, 3).Draw(t, "minimum")}
		for _, c := range d.Criteria {
			if rapid.IntRange(0, 2).Draw(t, "must") == 0 {
				d.Must = append(d.Must, c)
			}
		}
		given := map[string]caremodel.Answer{}
		for _, c := range d.Criteria {
			given[c] = rapid.SampledFrom([]caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.Partly, caremodel.No}).Draw(t, "answer")
		}
		r, err := d.Decide(given)
		if err != nil {
			t.Fatal(err)
		}
		can := map[bool]bool{}
		for set := range 8 {
			met, ok := 0, true
			for i, c := range d.Criteria {
				yes := given[c] == caremodel.Yes || given[c] == caremodel.Unknown && set>>i&1 == 1
				if yes {
					met++
				} else if slices.Contains(d.Must, c) {
					ok = false
				}
			}
			can[ok && met >= d.Minimum] = true
		}
		want := caremodel.Unknown
		switch {
		case !can[false]:
			want = caremodel.Yes
		case !can[true]:
			want = caremodel.No
		}
		if r.Answer != want || r.Why == "" || len(r.Met)+len(r.Failed)+len(r.Unknown) != 3 {
			t.Fatalf("%+v, want %q", r, want)
		}
		seen[string(want)]++
	}, "", "yes", "no")
}

func TestDiabetesPathwayLaw(t *testing.T) {
	p := pathway()
	seen := lawtest.Seen{}
	limit := registry.Quantity{Value: registry.Num(10, 0), Unit: "%"}
	low := registry.Quantity{Value: registry.Num(7, 0), Unit: "%"}
	state := func(complex, control, recent, minor caremodel.Answer) delivery.DiabetesState {
		s := delivery.DiabetesState{VeryComplex: complex, MinorIssue: minor}
		switch control {
		case caremodel.Yes:
			s.HbA1c = &delivery.Measured{On: day(1, 1), Value: limit}
		case caremodel.No:
			s.HbA1c = &delivery.Measured{On: day(1, 1), Value: low}
		}
		switch recent {
		case caremodel.Yes:
			s.Discharged = day(1, 20)
		case caremodel.No:
			s.NeverDischarged = true
		}
		return s
	}
	var completions func(as []caremodel.Answer) [][]caremodel.Answer
	completions = func(as []caremodel.Answer) [][]caremodel.Answer {
		k := slices.Index(as, caremodel.Unknown)
		if k < 0 {
			return [][]caremodel.Answer{as}
		}
		var out [][]caremodel.Answer
		for _, a := range answers[1:] {
			b := slices.Clone(as)
			b[k] = a
			out = append(out, completions(b)...)
		}
		return out
	}
	lawtest.Check(t, seen, func(t *rapid.T) {
		as := make([]caremodel.Answer, 4)
		for i := range as {
			as[i] = rapid.SampledFrom(answers).Draw(t, "answer")
		}
		l := p.Tier(state(as[0], as[1], as[2], as[3]), day(2, 1))
		for _, c := range completions(as) {
			k := p.Tier(state(c[0], c[1], c[2], c[3]), day(2, 1))
			want := 1
			switch {
			case c[0] == caremodel.Yes:
				want = 4
			case c[1] == caremodel.Yes || c[2] == caremodel.Yes:
				want = 3
			case c[3] == caremodel.Yes:
				want = 2
			}
			if k.Level != want {
				t.Fatalf("%v: %d, want %d", c, k.Level, want)
			}
			if l.Level != 0 && l.Level != want || l.Level == 0 && !slices.Contains(l.Possible, want) {
				t.Fatalf("%v: %+v, can be %d", as, l, want)
			}
		}
		seen[fmt.Sprint(l.Level)]++
	}, "0", "1", "2", "3", "4")
}

func TestContactsLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var cs []delivery.Contact
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			cs = append(cs, delivery.Contact{ID: fmt.Sprint(i), Person: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "person"), On: day(1, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "on")), Channel: rapid.SampledFrom(append(delivery.Channels(), "pigeon")).Draw(t, "channel")})
		}
		jan, feb := registry.CalendarMonth(2024, 1), registry.CalendarMonth(2024, 2)
		m, n := delivery.ChannelMix(cs, jan), delivery.ChannelMix(cs, feb)
		sum := func(m delivery.Mix) (total int64) {
			for _, c := range m.Channels {
				total += c.N
				if m.Total > 0 && !c.Share.Proportion() || m.Total == 0 && c.Share.Defined() {
					t.Fatal(c)
				}
			}
			return total
		}
		if sum(m) != m.Total || sum(n) != n.Total || fmt.Sprint(delivery.ChannelMix(shuffled(t, cs), jan)) != fmt.Sprint(m) {
			t.Fatal("channels do not add up, or order matters")
		}
		for _, c := range m.Change(m) {
			if c.Before != c.After || c.Relative.Num != 0 || c.Relative.Defined() != (c.Before > 0) {
				t.Fatalf("%+v", c)
			}
		}
		back := n.Change(m)
		for i, c := range m.Change(n) {
			if c.Relative.Num != -back[i].Relative.Num {
				t.Fatal("there and back")
			}
		}
		asOf, level := day(1, 1).AddDays(rapid.IntRange(0, 80).Draw(t, "as of")), rapid.IntRange(0, 3).Draw(t, "level")
		var cadence delivery.Cadence
		s := cadence.Since(cs, "p", level, day(1, 1), asOf)
		for _, c := range cs {
			if c.Person == "p" && c.On <= asOf && c.On > s.Last || s.Last > asOf {
				t.Fatalf("%+v, but %s", s, c.On)
			}
		}
		if days := cadence.Of(level); s.Overdue != max(0, s.Days-days) && days > 0 || days == 0 && s.Due != 0 {
			t.Fatalf("%+v", s)
		}
		seen[fmt.Sprint(s.Overdue > 0, s.Last != 0)]++
	}, "true true", "true false", "false true", "false false")
}

func TestLanguageLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"", "A", "B"})
		n := delivery.Needs{Person: "p", Language: lang.Draw(t, "language")}
		m := delivery.Meeting{ID: "m", On: day(2, 1), Interpreter: lang.Draw(t, "interpreter"), Booked: registry.Date(rapid.SampledFrom([]registry.Date{0, day(1, 31), day(2, 1)}).Draw(t, "booked"))}
		for i := range rapid.IntRange(0, 2).Draw(t, "staff") {
			m.Staff = append(m.Staff, delivery.Staff{ID: fmt.Sprint(i), Languages: []string{rapid.SampledFrom([]string{"A", "B"}).Draw(t, "speaks")}})
		}
		f := delivery.MatchMeeting(n, m)
		rank := map[caremodel.LanguageMatch]int{caremodel.NoCommonLanguage: 0, caremodel.WithInterpreter: 1, caremodel.SameLanguage: 2}
		more := m
		more.Staff = append(slices.Clone(m.Staff), delivery.Staff{ID: "9", Languages: []string{rapid.SampledFrom([]string{"A", "B"}).Draw(t, "speaks")}})
		if g := delivery.MatchMeeting(n, more); n.Language != "" && rank[g.Language] < rank[f.Language] {
			t.Fatal("more staff understand less")
		}
		if (f.Language == caremodel.LanguageNotKnown) != (n.Language == "") || len(f.Issues) > 0 != (n.Language == "") {
			t.Fatalf("%+v", f)
		}
		if f.Language == caremodel.WithInterpreter && (m.Booked == 0 || m.Booked >= m.On) {
			t.Fatal("an interpreter who was not booked before")
		}
		seen[string(f.Language)]++
	}, "", "direct", "interpreter", "none")
}
