package panel_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/panel"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func d(y, m, day int) registry.Date { return registry.Day(y, m, day) }

func rule(t testing.TB, p panel.Policy) *panel.Rule {
	t.Helper()
	r, err := panel.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func visits(provider string, days ...registry.Date) (out []panel.Visit) {
	for _, x := range days {
		out = append(out, panel.Visit{ID: provider + x.String(), On: x, Provider: provider})
	}
	return out
}

// The specification's example: A 3 visits, last 2024-01-10; B 3, last 2024-02-01.
func TestWorkedExample(t *testing.T) {
	rec := panel.Record{Person: "p", Visits: append(visits("A", d(2023, 6, 1), d(2023, 9, 1), d(2024, 1, 10)), visits("B", d(2023, 7, 1), d(2023, 8, 1), d(2024, 2, 1))...)}
	var a panel.Attribution
	rule(t, panel.Policy{}).Attribute(&rec, d(2024, 3, 1), &a)
	if a.Provider != "B" || len(a.Ties) != 1 || a.Ties[0].Step != panel.MostRecent || !slices.Equal(a.Ties[0].Left, []string{"B"}) {
		t.Error(a.Text())
	}
	rule(t, panel.Policy{Passes: []panel.Pass{{Method: panel.Majority}}}).Attribute(&rec, d(2024, 3, 1), &a)
	if a.Provider != "" || a.Reason != panel.NoMajority || a.Pass != 0 {
		t.Error(a.Text())
	}
}

func TestMethods(t *testing.T) {
	asOf := d(2024, 3, 31)
	edge := d(2023, 3, 31) // excluded
	cost := func(p string, on registry.Date, allowed, paid int64) panel.Visit {
		return panel.Visit{ID: p + on.String(), On: on, Provider: p, Allowed: allowed, Paid: paid}
	}
	class := func(c string, vs []panel.Visit) []panel.Visit {
		for i := range vs {
			vs[i].Class = c
		}
		return vs
	}
	for _, c := range []struct {
		name   string
		policy panel.Policy
		rec    panel.Record
		want   string
		reason panel.Reason
		pass   int
	}{
		{"nobody seen", panel.Policy{}, panel.Record{}, "", panel.NoVisits, 0},
		{"the far day is out", panel.Policy{}, panel.Record{Visits: visits("A", edge)}, "", panel.NoVisits, 0},
		{"the next is in", panel.Policy{}, panel.Record{Visits: visits("A", edge+1)}, "A", 0, 1},
		{"the day itself is in, the next is not", panel.Policy{}, panel.Record{Visits: append(visits("A", asOf), visits("B", asOf+1, asOf+2)...)}, "A", 0, 1},
		{"one visit a day", panel.Policy{}, panel.Record{Visits: append(append(visits("A", asOf), panel.Visit{ID: "x", On: asOf, Provider: "A"}), visits("B", asOf-9, asOf-8)...)}, "B", 0, 1},
		{"more than half", panel.Policy{Passes: []panel.Pass{{Method: panel.Majority}}}, panel.Record{Visits: append(visits("A", asOf, asOf-1), visits("B", asOf-9)...)}, "A", 0, 1},
		{"half", panel.Policy{Passes: []panel.Pass{{Method: panel.Majority}}}, panel.Record{Visits: append(visits("A", asOf), visits("B", asOf-9)...)}, "", panel.NoMajority, 0},
		{"spend", panel.Policy{Passes: []panel.Pass{{Method: panel.MostSpend}}}, panel.Record{Visits: []panel.Visit{cost("A", asOf, 100, 0), cost("A", asOf-1, 100, 0), cost("B", asOf-2, 0, 201)}}, "B", 0, 1},
		{"allowed before paid", panel.Policy{Passes: []panel.Pass{{Method: panel.MostSpend}}}, panel.Record{Visits: []panel.Visit{cost("A", asOf, 100, 900), cost("B", asOf-2, 101, 0)}}, "B", 0, 1},
		{"spend level: visits", panel.Policy{Passes: []panel.Pass{{Method: panel.MostSpend}}}, panel.Record{Visits: []panel.Visit{cost("A", asOf, 100, 0), cost("B", asOf-2, 50, 0), cost("B", asOf-3, 50, 0)}}, "B", 0, 1},
		{"a visit given twice is paid once", panel.Policy{Passes: []panel.Pass{{Method: panel.MostSpend}}}, panel.Record{Visits: []panel.Visit{cost("A", asOf, 100, 0), cost("A", asOf, 100, 0), cost("B", asOf-2, 150, 0)}}, "B", 0, 1},
		{"last seen", panel.Policy{Passes: []panel.Pass{{Method: panel.LastSeen}}}, panel.Record{Visits: append(visits("A", asOf-1, asOf-2, asOf-3), visits("B", asOf)...)}, "B", 0, 1},
		{"roster", panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}}, panel.Record{Registrations: []panel.Registration{{ID: "1", Provider: "A", Period: registry.Period{Start: d(2020, 1, 1)}}, {ID: "2", Provider: "B", Period: registry.Period{Start: d(2021, 1, 1)}}}}, "B", 0, 1},
		{"roster: later end", panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}}, panel.Record{Registrations: []panel.Registration{{ID: "1", Provider: "A", Period: registry.Period{Start: d(2020, 1, 1), End: d(2025, 1, 1)}}, {ID: "2", Provider: "B", Period: registry.Period{Start: d(2020, 1, 1)}}}}, "B", 0, 1},
		{"roster: lower ID", panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}}, panel.Record{Registrations: []panel.Registration{{ID: "2", Provider: "A", Period: registry.Period{Start: d(2020, 1, 1)}}, {ID: "1", Provider: "B", Period: registry.Period{Start: d(2020, 1, 1)}}}}, "B", 0, 1},
		{"roster ended", panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}}, panel.Record{Registrations: []panel.Registration{{ID: "1", Provider: "A", Period: registry.Period{Start: d(2020, 1, 1), End: asOf - 1}}}}, "", panel.NotRegistered, 0},
		{"roster, then visits", panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}, {}}}, panel.Record{Visits: visits("A", asOf)}, "A", 0, 2},
		{"specialist of this year before primary care of last", panel.PrimaryFirst("pc", "sp"), panel.Record{Visits: append(class("pc", visits("A", edge)), class("sp", visits("S", edge+1))...)}, "S", 0, 2},
		{"primary care of last year", panel.PrimaryFirst("pc", "sp"), panel.Record{Visits: append(class("pc", visits("A", edge)), class("sp", visits("S", edge))...)}, "A", 0, 3},
		{"anyone of two years", panel.PrimaryFirst("pc", "sp"), panel.Record{Visits: class("other", visits("X", edge))}, "X", 0, 5},
		{"ties forbidden", panel.Policy{NoTies: true}, panel.Record{Visits: append(visits("A", asOf), visits("B", asOf)...)}, "", panel.Tie, 0},
		{"ties forbidden, a longer look decides", panel.Policy{NoTies: true, Passes: []panel.Pass{{}, {Months: 24}}}, panel.Record{Visits: append(visits("A", asOf), visits("B", asOf, edge)...)}, "B", 0, 2},
		{"dead", panel.Policy{}, panel.Record{Visits: visits("A", asOf), Death: asOf}, "", panel.Deceased, 0},
		{"dies tomorrow", panel.Policy{}, panel.Record{Visits: visits("A", asOf), Death: asOf + 1}, "A", 0, 1},
		{"dead without a date", panel.Policy{}, panel.Record{Visits: visits("A", asOf), Dead: true}, "", panel.Deceased, 0},
		{"opted out", panel.Policy{}, panel.Record{Visits: visits("A", asOf), OptedOut: asOf}, "", panel.OptedOut, 0},
		{"no coverage", panel.Policy{Cover: &registry.Cover{}}, panel.Record{Visits: visits("A", asOf)}, "", panel.NoCoverage, 0},
		{"covered", panel.Policy{Cover: &registry.Cover{}}, panel.Record{Visits: visits("A", asOf), Enrolments: []registry.Enrolment{{Period: registry.Period{Start: asOf}}}}, "A", 0, 1},
	} {
		var a panel.Attribution
		rule(t, c.policy).Attribute(&c.rec, asOf, &a)
		if a.Provider != c.want || a.Reason != c.reason || a.Pass != c.pass {
			t.Errorf("%s: %s", c.name, a.Text())
		}
	}
}

func TestTieSteps(t *testing.T) {
	asOf := d(2024, 3, 31)
	v := func(p string, on registry.Date, amount int64) panel.Visit {
		return panel.Visit{ID: p + on.String(), On: on, Provider: p, Allowed: amount}
	}
	for _, c := range []struct {
		name   string
		visits []panel.Visit
		want   string
		steps  int
	}{
		{"recency", []panel.Visit{v("A", asOf-1, 9), v("B", asOf, 1)}, "B", 1},
		{"cost", []panel.Visit{v("A", asOf, 1), v("B", asOf, 9)}, "B", 2},
		{"span", []panel.Visit{v("A", asOf, 1), v("A", asOf-5, 1), v("B", asOf, 1), v("B", asOf-6, 1)}, "B", 3},
		{"overall", []panel.Visit{v("A", asOf, 1), v("B", asOf, 1), v("B", d(2010, 1, 1), 1)}, "B", 4},
		{"ID", []panel.Visit{v("B", asOf, 1), v("A", asOf, 1)}, "A", 5},
	} {
		var a panel.Attribution
		rule(t, panel.Policy{}).Attribute(&panel.Record{Visits: c.visits}, asOf, &a)
		if a.Provider != c.want || len(a.Ties) != c.steps || a.Ties[len(a.Ties)-1].Step != panel.TieStep(c.steps-1) || !slices.Equal(a.Ties[len(a.Ties)-1].Left, []string{c.want}) {
			t.Errorf("%s: %s", c.name, a.Text())
		}
		if c.steps > 1 && !slices.Equal(a.Ties[0].Left, []string{"A", "B"}) {
			t.Errorf("%s: %v", c.name, a.Ties)
		}
	}
}

func TestPolicyErrors(t *testing.T) {
	_, err := panel.New(panel.Policy{Passes: []panel.Pass{{Method: 99}, {Method: panel.Roster, Months: 3}, {Months: -1}, {Classes: []string{""}}}, Ties: []panel.TieStep{77, panel.MostRecent, panel.MostRecent}})
	for _, want := range []string{"no method 99", "a roster has no look-back", "-1 months", "without a name", "no step 77", "twice", "do not end with the lowest ID"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, panel.ErrPolicy) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	_, err = panel.Gather([]panel.Assignment{{Person: "a", Provider: "x"}, {Person: "a", Provider: "y"}, {Provider: "x"}, {Person: "b"}, {Person: "c", Provider: "x", Reason: panel.Tie}})
	for _, want := range []string{"a is given twice", "without an ID", `b has provider ""`, "c has provider"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, panel.ErrPanels) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

func records() *rapid.Generator[panel.Record] {
	asOf := d(2024, 3, 31)
	visit := rapid.Custom(func(t *rapid.T) panel.Visit {
		on := asOf.AddDays(-rapid.SampledFrom([]int{0, 0, 1, 2, 30, 364, 365, 366, 367, 400, 730, 731, 732, -1}).Draw(t, "ago"))
		return panel.Visit{ID: rapid.StringMatching(`[a-z]{8}`).Draw(t, "id"), On: on, Provider: rapid.SampledFrom([]string{"A", "B", "C", ""}).Draw(t, "provider"), Class: rapid.SampledFrom([]string{"pc", "pc", "sp", "x"}).Draw(t, "class"), Allowed: int64(rapid.IntRange(0, 2).Draw(t, "allowed")), Paid: int64(rapid.IntRange(0, 1).Draw(t, "paid"))}
	})
	return rapid.Custom(func(t *rapid.T) panel.Record {
		r := panel.Record{Person: "p", Visits: rapid.SliceOfN(visit, 0, 9).Draw(t, "visits")}
		if rapid.IntRange(0, 3).Draw(t, "level") == 0 { // A and B alike
			r.Visits = slices.DeleteFunc(r.Visits, func(v panel.Visit) bool { return v.Provider == "B" })
			for _, v := range slices.Clone(r.Visits) {
				if v.Provider == "A" {
					v.Provider, v.ID = "B", v.ID+"b"
					r.Visits = append(r.Visits, v)
				}
			}
		}
		switch rapid.IntRange(0, 9).Draw(t, "fate") {
		case 0:
			r.Death = asOf
		case 1:
			r.OptedOut = asOf.AddDays(rapid.IntRange(-1, 1).Draw(t, "opted"))
		}
		return r
	})
}

// twin attributes by plain counting, without sorting: one method, one look-back.
func twin(rec panel.Record, m panel.Method, months int, asOf registry.Date) string {
	from := asOf.AddMonths(-months)
	best, total := "", map[string]bool{}
	score := func(p string) [7]int64 {
		days, all := map[registry.Date]bool{}, map[registry.Date]bool{}
		var amount int64
		first, last := registry.MaxDate, registry.Date(0)
		for _, v := range rec.Visits {
			if v.Provider != p || v.On > asOf {
				continue
			}
			all[v.On] = true
			if v.On <= from {
				continue
			}
			days[v.On] = true
			first, last = min(first, v.On), max(last, v.On)
			if v.Allowed != 0 {
				amount += v.Allowed
			} else {
				amount += v.Paid
			}
		}
		n := int64(len(days))
		if n == 0 {
			return [7]int64{}
		}
		head := [2]int64{n, 0}
		switch m {
		case panel.MostSpend:
			head = [2]int64{amount, n}
		case panel.LastSeen:
			head = [2]int64{int64(last), 0}
		}
		return [7]int64{head[0], head[1], int64(last), amount, int64(last - first), int64(len(all)), n}
	}
	var top [7]int64
	for _, p := range []string{"A", "B", "C"} { // ties go to the lower ID
		s := score(p)
		if s[6] > 0 && (best == "" || slices.Compare(s[:6], top[:6]) > 0) {
			best, top = p, s
		}
	}
	for _, v := range rec.Visits {
		if v.Provider != "" && v.On > from && v.On <= asOf {
			total[v.Provider+v.On.String()] = true
		}
	}
	if m == panel.Majority && 2*top[6] <= int64(len(total)) {
		return ""
	}
	return best
}

func TestAttributionLaws(t *testing.T) {
	asOf := d(2024, 3, 31)
	won, ties, byID := map[panel.Method]int{}, 0, 0
	reasons := map[panel.Reason]int{}
	ladder := rule(t, panel.PrimaryFirst("pc", "sp"))
	var a, b panel.Attribution
	lawtest.Until(t, func(t *rapid.T) {
		rec := records().Draw(t, "record")
		m := rapid.SampledFrom([]panel.Method{panel.Plurality, panel.Majority, panel.MostSpend, panel.LastSeen}).Draw(t, "method")
		months := rapid.SampledFrom([]int{0, 12, 24}).Draw(t, "months")
		r, err := panel.New(panel.Policy{Passes: []panel.Pass{{Method: m, Months: months}}})
		if err != nil {
			t.Fatal(err)
		}
		r.Attribute(&rec, asOf, &a)
		reasons[a.Reason]++
		if (a.Provider == "") != (a.Reason != panel.Attributed) {
			t.Fatalf("one panel or unassigned: %s", a.Text())
		}
		if a.Reason != panel.Deceased && a.Reason != panel.OptedOut {
			if months == 0 {
				months = 12
			}
			if want := twin(rec, m, months, asOf); a.Provider != want {
				t.Fatalf("by plain counting %q: %s%+v", want, a.Text(), rec)
			}
		}
		if a.Provider != "" {
			won[m]++
		}
		ties += len(a.Ties)
		// the order of visits, and visits after the day, do not matter
		other := rec
		other.Visits = slices.Clone(rec.Visits)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(other.Visits), func(i, j int) { other.Visits[i], other.Visits[j] = other.Visits[j], other.Visits[i] })
		r.Attribute(&other, asOf, &b)
		if a.Text() != b.Text() {
			t.Fatalf("order matters: %s%s", a.Text(), b.Text())
		}
		other.Visits = append(other.Visits, visits("C", asOf+1, asOf+2, asOf+3, asOf+4, asOf+5, asOf+6, asOf+7)...)
		r.Attribute(&other, asOf, &b)
		if a.Text() != b.Text() {
			t.Fatalf("the future matters: %s%s", a.Text(), b.Text())
		}
		// one more visit to the winner never changes the winner
		for _, r := range []*panel.Rule{r, ladder} {
			r.Attribute(&rec, asOf, &a)
			if a.Provider == "" || a.Method == panel.MostSpend || a.Method == panel.LastSeen {
				continue
			}
			more := rec
			more.Visits = append(slices.Clone(rec.Visits), panel.Visit{ID: "more", On: asOf.AddDays(-rapid.IntRange(0, 800).Draw(t, "ago")), Provider: a.Provider, Class: "pc"})
			r.Attribute(&more, asOf, &b)
			if b.Provider != a.Provider {
				t.Fatalf("a visit to the winner changed the winner: %s%s", a.Text(), b.Text())
			}
		}
		// renaming providers renames the result, unless their IDs decided
		r.Attribute(&rec, asOf, &a)
		if n := len(a.Ties); n > 0 && a.Ties[n-1].Step == panel.LowestID {
			byID++
			return
		}
		names := map[string]string{"A": "Z", "B": "Y", "C": "X", "": ""}
		renamed := rec
		renamed.Visits = slices.Clone(rec.Visits)
		for i := range renamed.Visits {
			renamed.Visits[i].Provider = names[renamed.Visits[i].Provider]
		}
		r.Attribute(&renamed, asOf, &b)
		if b.Provider != names[a.Provider] || b.Reason != a.Reason {
			t.Fatalf("renamed: %s%s", a.Text(), b.Text())
		}
	}, func() bool {
		return len(won) == 4 && ties > 0 && byID > 0 && reasons[panel.NoVisits] > 0 && reasons[panel.NoMajority] > 0 && reasons[panel.Deceased] > 0 && reasons[panel.OptedOut] > 0
	})
}

// Sizes add up with the unassigned, and two days differ exactly by the moves.
func TestPanelLaws(t *testing.T) {
	one := rapid.Custom(func(t *rapid.T) panel.Assignment {
		a := panel.Assignment{Person: rapid.SampledFrom([]string{"p1", "p2", "p3", "p4", "p5", "p6"}).Draw(t, "person"), Provider: rapid.SampledFrom([]string{"A", "B", ""}).Draw(t, "provider")}
		if a.Provider == "" {
			a.Reason = rapid.SampledFrom([]panel.Reason{panel.NoVisits, panel.Deceased}).Draw(t, "reason")
		}
		return a
	})
	list := rapid.SliceOfNDistinct(one, 0, 6, func(a panel.Assignment) string { return a.Person })
	kinds := map[panel.MoveKind]int{}
	lawtest.Until(t, func(t *rapid.T) {
		x, y := list.Draw(t, "before"), list.Draw(t, "after")
		before, err := panel.Gather(x)
		if err != nil {
			t.Fatal(err)
		}
		after, _ := panel.Gather(y)
		var n int64
		for _, s := range before.Sizes() {
			if s.People != int64(len(before.Panel(s.Provider))) || !s.Weight.Equal(decimal.NewFromInt(s.People)) {
				t.Fatalf("%+v", s)
			}
			n += s.People
		}
		if n+int64(len(before.Unassigned())) != int64(len(x)) {
			t.Fatal("sizes do not add up to the population")
		}
		// apply the moves
		state := map[string]panel.Assignment{}
		for _, a := range before.Assignments {
			state[a.Person] = a
		}
		last := ""
		for _, m := range panel.Moves(before, after) {
			kinds[m.Kind]++
			if m.Person <= last {
				t.Fatal("moves are not in order")
			}
			last = m.Person
			if a, ok := state[m.Person]; ok == m.FromAbsent || a.Provider != m.From || a.Reason != m.FromReason {
				t.Fatalf("%+v from %+v", m, a)
			}
			if (m.Kind == panel.Joined) != (m.From == "" && m.To != "") || (m.Kind == panel.Left) != (m.From != "" && m.To == "") || (m.Kind == panel.Moved) != (m.From != "" && m.To != "") {
				t.Fatalf("%+v", m)
			}
			delete(state, m.Person)
			if !m.ToAbsent {
				state[m.Person] = panel.Assignment{Person: m.Person, Provider: m.To, Reason: m.ToReason}
			}
		}
		want := map[string]panel.Assignment{}
		for _, a := range after.Assignments {
			want[a.Person] = a
		}
		if !reflect.DeepEqual(state, want) {
			t.Fatalf("%v, want %v", state, want)
		}
		if len(panel.Moves(before, before)) != 0 {
			t.Fatal("moves without a change")
		}
	}, func() bool { return len(kinds) == 4 })
}

func TestOneAccountable(t *testing.T) {
	faults, unknown := panel.OneAccountable([]string{"b", "a", "c", "d"}, []panel.Accountable{{"a", "X"}, {"a", "X"}, {"b", "Y"}, {"b", "X"}, {"z", "X"}, {"d", ""}, {"0", "X"}})
	if got := fmt.Sprint(faults, unknown); got != "[{b [X Y]} {c []} {d []}] [0 z]" {
		t.Error(got)
	}
}

func TestRecordOf(t *testing.T) {
	day := registry.On(d(2024, 1, 1))
	p := &registry.Patient{ID: "p", Death: registry.At(d(2024, 5, 1)), Facts: []registry.Fact{
		{ID: "1", Kind: registry.Encounter, Status: registry.Finished, When: day, Provider: "A", Visit: &registry.Visit{Class: "AMB"}},
		{ID: "2", Kind: registry.Encounter, Status: registry.Cancelled, When: day, Provider: "B"},
		{ID: "3", Kind: registry.Observation, Status: registry.Final, When: day, Provider: "C"},
		{ID: "4", Kind: registry.Encounter, Status: registry.Finished, When: day}}}
	r := panel.RecordOf(p, func(id string) string { return "class of " + id })
	if len(r.Visits) != 2 || r.Visits[0] != (panel.Visit{ID: "1", On: d(2024, 1, 1), Provider: "A", Class: "class of A", Setting: "AMB"}) || r.Death != d(2024, 5, 1) {
		t.Errorf("%+v", r)
	}
	var a panel.Attribution
	rule(t, panel.Policy{}).Attribute(&r, d(2024, 2, 1), &a)
	if a.Provider != "A" || a.LeftOut != 1 {
		t.Error(a.Text(), a.LeftOut)
	}
	twisted := panel.Record{Registrations: []panel.Registration{{ID: "1", Provider: "A", Period: registry.Period{Start: d(2024, 2, 1), End: d(2024, 1, 1)}}, {ID: "2"}}}
	var b panel.Attribution
	rule(t, panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}}).Attribute(&twisted, d(2024, 2, 1), &b)
	if b.Reason != panel.NotRegistered || b.LeftOut != 2 {
		t.Error(b.Text(), b.LeftOut)
	}
	got, err := json.Marshal(a)
	if want := `{"person":"p","provider":"A","method":"plurality","pass":1,"votes":[{"provider":"A","visits":1,"amount":0,"first":"2024-01-01","last":"2024-01-01","overall":1}],"left_out":1}`; err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
}

func busy(n int) panel.Record {
	r := rand.New(rand.NewPCG(1, 2))
	rec := panel.Record{Person: "p"}
	for k := range n {
		rec.Visits = append(rec.Visits, panel.Visit{ID: fmt.Sprint(k), On: d(2022, 1, 1).AddDays(r.IntN(800)), Provider: string(rune('A' + r.IntN(6))), Class: []string{"pc", "sp", "x"}[r.IntN(3)], Allowed: int64(r.IntN(100))})
	}
	return rec
}

func TestNoAllocation(t *testing.T) {
	rec := busy(200)
	r := rule(t, panel.PrimaryFirst("pc", "sp"))
	var a panel.Attribution
	asOf := d(2024, 3, 31)
	r.Attribute(&rec, asOf, &a)
	if n := testing.AllocsPerRun(50, func() { r.Attribute(&rec, asOf, &a) }); n != 0 || a.Provider == "" {
		t.Errorf("%v allocations, %s", n, a.Text())
	}
}

func BenchmarkAttribute(b *testing.B) {
	rec := busy(200)
	r := rule(b, panel.PrimaryFirst("pc", "sp"))
	var a panel.Attribution
	asOf := d(2024, 3, 31)
	b.ReportAllocs()
	for b.Loop() {
		r.Attribute(&rec, asOf, &a)
	}
}
