package decision_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

var (
	today    = registry.Day(2024, 6, 1)
	diabetes = registry.Set{Name: "Diabetes", OID: "1.1"}
	bleeding = registry.Set{Name: "Bleeding", OID: "1.2"}
	stroke   = registry.Set{Name: "Stroke", OID: "1.3"}
	other    = registry.Set{Name: "Other", OID: "1.4"}
)

func sets() (out []registry.ValueSet) {
	for _, s := range []registry.Set{diabetes, bleeding, stroke, other} {
		out = append(out, registry.ValueSet{OID: s.OID, Name: s.Name, Codes: []registry.Code{{System: "urn:t", Value: s.OID}}})
	}
	return out
}

func has(s registry.Set) registry.Definition {
	return registry.Exists{Query: registry.Query{As: "diagnosis", Kind: registry.Diagnosis, Sets: []registry.Set{s}}}
}

func dx(s registry.Set) registry.Fact {
	return registry.Fact{ID: s.OID, Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{{System: "urn:t", Value: s.OID}}, When: registry.On(today.AddDays(-30))}
}

func guide(t interface {
	Helper()
	Fatal(...any)
}, rules []decision.Rule, p ...decision.Precedence) *decision.Guide {
	t.Helper()
	g, err := decision.Compile(sets(), rules, p...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func chart(g *decision.Guide, facts ...registry.Fact) *registry.Chart {
	c := g.Chart()
	c.LoadAsOf(&registry.Patient{ID: "p", Birth: registry.Day(1950, 1, 1), Facts: facts}, today)
	return c
}

func ids(recs []decision.Recommendation) string {
	var out []string
	for _, r := range recs {
		out = append(out, strings.Join(r.Rules, "+"))
	}
	return strings.Join(out, " ")
}

func TestRecommendOrderAndMerge(t *testing.T) {
	base := decision.Rule{Source: "s", Target: "x", When: has(diabetes)}
	rule := func(id string, f func(*decision.Rule)) decision.Rule {
		r := base
		r.ID, r.Target = id, id
		if f != nil {
			f(&r)
		}
		return r
	}
	rules := []decision.Rule{
		rule("plain", nil),
		rule("p2", func(r *decision.Rule) { r.Priority = 2 }),
		rule("p1", func(r *decision.Rule) { r.Priority = 1 }),
		rule("weak", func(r *decision.Rule) { r.Priority, r.Strength = 2, decision.Weak }),
		rule("strong", func(r *decision.Rule) { r.Priority, r.Strength = 2, decision.Strong }),
		rule("gradeA", func(r *decision.Rule) { r.Priority, r.Strength, r.Grade = 2, decision.Strong, "A" }),
		rule("gradeB", func(r *decision.Rule) { r.Priority, r.Strength, r.Grade = 2, decision.Strong, "B" }),
		rule("avoid", func(r *decision.Rule) { r.Action = decision.Avoid }),
		rule("same", func(r *decision.Rule) { r.Target, r.Source = "p1", "another" }),
		rule("old", func(r *decision.Rule) { r.To = today.AddDays(-1) }),
		rule("new", func(r *decision.Rule) { r.From = today.AddDays(1) }),
		rule("first-day", func(r *decision.Rule) { r.From, r.To = today, today }),
		rule("not-me", func(r *decision.Rule) { r.When = has(stroke) }),
		rule("excepted", func(r *decision.Rule) { r.Unless = has(bleeding) }),
		rule("closed", func(r *decision.Rule) { r.Key = "closed" }),
		rule("open", func(r *decision.Rule) { r.Key = "open" }),
	}
	g := guide(t, rules)
	c := chart(g, dx(diabetes), dx(bleeding))
	gaps := []recall.Gap{{Key: "closed", Status: recall.ClosedGap}, {Key: "open", Status: recall.OpenGap, State: recall.Due, Schedule: recall.Schedule{Due: today}}}
	recs := g.Recommend(c, today, gaps, nil)
	if got := ids(recs); got != "avoid p1+same gradeA gradeB strong weak p2 first-day plain open" {
		t.Error(got)
	}
	if r := recs[1]; fmt.Sprint(r.Sources) != "[another s]" {
		t.Errorf("%+v", r)
	}
	if r := recs[len(recs)-1]; r.Due != today {
		t.Errorf("%+v", r)
	}
	for _, r := range recs {
		if len(r.Sources) == 0 {
			t.Errorf("%+v names no source", r)
		}
	}
	if _, ok := g.Explain(c, today, "old"); ok {
		t.Error("an expired rule explains itself")
	}
	if f, ok := g.Explain(c, today, "excepted"); !ok || f.Met || len(f.Parts) != 2 || !strings.HasPrefix(f.Parts[1].Label, "unless") {
		t.Errorf("%+v", f)
	}
	if f, ok := g.Explain(c, today, "plain"); !ok || !f.Met || len(f.Facts()) != 1 {
		t.Errorf("%+v", f)
	}
}

func TestConflicts(t *testing.T) {
	rules := []decision.Rule{
		{ID: "give", Source: "s", Target: "aspirin", When: has(stroke)},
		{ID: "avoid", Source: "s", Action: decision.Avoid, Target: "aspirin", When: has(bleeding)},
		{ID: "seven", Source: "s", Target: "treat to target", Goal: decision.Goal{Measure: "HbA1c", Text: "below 7 %"}},
		{ID: "eight", Source: "s", Target: "treat to target", Goal: decision.Goal{Measure: "HbA1c", Text: "below 8 %"}, When: has(stroke)},
	}
	g := guide(t, rules)
	recs := g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil)
	if ids(recs) != "avoid eight give seven" || fmt.Sprint(recs[0].Conflicts, recs[1].Conflicts, recs[2].Conflicts, recs[3].Conflicts) != "[give] [seven] [avoid] [eight]" {
		t.Error(ids(recs), recs)
	}
	if got := decision.Issues(recs, "p"); len(got) != 2 || got[0].Code != caremodel.RuleConflict {
		t.Error(got)
	}
	g = guide(t, rules, decision.Precedence{Over: "avoid", Under: "give", Reason: "harm first"})
	recs = g.Recommend(chart(g, dx(stroke), dx(bleeding)), today, nil, nil)
	if recs[2].YieldsTo != "avoid" || recs[0].YieldsTo != "" || len(decision.Issues(recs, "p")) != 1 || !strings.Contains(recs[2].Text(), "gives way to avoid") || !strings.HasSuffix(recs[0].Text(), "takes precedence over give") || !strings.Contains(recs[1].Text(), "CONFLICT") {
		t.Errorf("%+v", recs)
	}
	out, missing, none := decision.PatientView(append(recs, decision.Recommendation{Rules: []string{"k"}, Patient: "k1"}, decision.Recommendation{Rules: []string{"l"}, Patient: "k2"}), map[string]string{"k1": "Please come."})
	if fmt.Sprint(out, missing, none) != "[Please come.] [k2] [avoid eight seven]" {
		t.Error(out, missing, none)
	}
}

func TestCompileFaults(t *testing.T) {
	_, err := decision.Compile(nil, []decision.Rule{
		{},
		{ID: "a", Source: "s", Target: "x", From: today, To: today.AddDays(-1), Goal: decision.Goal{Text: "low"}, Action: 9, When: has(diabetes)},
		{ID: "b", Version: "1", Source: "s", Target: "x", To: today}, {ID: "b", Version: "2", Source: "s", Target: "x", From: today},
	}, decision.Precedence{Over: "a", Under: "b", Reason: "r"}, decision.Precedence{Over: "b", Under: "a", Reason: "r"}, decision.Precedence{Over: "z", Under: "a", Reason: "r"}, decision.Precedence{Over: "a", Under: "b"})
	if !errors.Is(err, caremodel.ErrDefinition) || !errors.Is(err, registry.ErrValueSet) {
		t.Fatal(err)
	}
	for _, want := range []string{"no ID", "no source", "nothing to do", "action 9", "from 2024-06-01 to 2024-05-31", `a goal "low"`, "in force together with version 1", "precedence 1", "precedence 2", "precedence 3", "precedence 4", "Diabetes"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
	if _, err := decision.Compile(nil, []decision.Rule{{ID: "b", Version: "1", Source: "s", Target: "x", To: today}, {ID: "b", Version: "2", Source: "s", Target: "x", From: today.AddDays(1)}}); err != nil {
		t.Error("one version after the other:", err)
	}
}

func TestFollowUpRules(t *testing.T) {
	rules, err := decision.FollowUpRules(map[string]registry.Definition{"diabetes": has(diabetes), "asthma": has(other)})
	if err != nil || len(rules) < 20 {
		t.Fatal(len(rules), err)
	}
	g := guide(t, rules)
	recs := g.Recommend(chart(g, dx(diabetes)), today, nil, nil)
	items := 0
	for _, r := range recs {
		items += len(r.Rules)
		for _, id := range r.Rules {
			if !strings.HasPrefix(id, "dm.") {
				t.Error(id)
			}
		}
	}
	if items < 20 {
		t.Error(items)
	}
	if _, err := decision.FollowUpRules(map[string]registry.Definition{"gout": has(other)}); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
	if works, _ := decision.ExpectedEffect(recall.DiagnosisClass); works {
		t.Error("reminders for diagnosis")
	}
}

// Facts that no rule asks for change nothing; two guides without conflicts recommend
// together what each does; what a closed gap's key names is never recommended; and every
// recommendation explains itself as met.
func TestRecommendLaws(t *testing.T) {
	all := []registry.Set{diabetes, bleeding, stroke}
	fired, closed, merged := 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		var rules []decision.Rule
		for i := range rapid.IntRange(0, 6).Draw(t, "rules") {
			r := decision.Rule{ID: fmt.Sprint("r", i), Source: fmt.Sprint("source ", i), Target: fmt.Sprint("t", rapid.IntRange(0, 3).Draw(t, "target")), Priority: rapid.IntRange(0, 2).Draw(t, "priority"), Key: rapid.SampledFrom([]string{"", "k1", "k2"}).Draw(t, "key"),
				When: has(rapid.SampledFrom(all).Draw(t, "when"))}
			if rapid.Bool().Draw(t, "exception") {
				r.Unless = has(rapid.SampledFrom(all).Draw(t, "unless"))
			}
			rules = append(rules, r)
		}
		var facts []registry.Fact
		for _, s := range all {
			if rapid.Bool().Draw(t, s.Name) {
				facts = append(facts, dx(s))
			}
		}
		gaps := []recall.Gap{{Key: "k1", Status: recall.OpenGap, State: recall.Due, Schedule: recall.Schedule{Due: today}}, {Key: "k2", Status: rapid.SampledFrom([]recall.Status{recall.OpenGap, recall.ClosedGap, recall.NotApplicable, recall.ProspectiveGap}).Draw(t, "status")}}
		g := guide(t, rules)
		recs := g.Recommend(chart(g, facts...), today, gaps, nil)
		with := g.Recommend(chart(g, append(facts, dx(other))...), today, gaps, nil)
		if fmt.Sprint(recs) != fmt.Sprint(with) {
			t.Fatal("a fact that nobody asked for changed something")
		}
		c := chart(g, facts...)
		for _, r := range recs {
			fired++
			if len(r.Sources) == 0 {
				t.Fatal("no source")
			}
			if len(r.Rules) > 1 {
				merged++
			}
			for _, id := range r.Rules {
				if f, ok := g.Explain(c, today, id); !ok || !f.Met {
					t.Fatal("recommended, and not met")
				}
				i := slices.IndexFunc(rules, func(x decision.Rule) bool { return x.ID == id })
				if rules[i].Key == "k2" && gaps[1].Status != recall.OpenGap {
					t.Fatal("a closed gap is recommended")
				}
			}
		}
		if gaps[1].Status != recall.OpenGap {
			closed++
		}
		// split into two guides: together they fire the same rules
		k := rapid.IntRange(0, len(rules)).Draw(t, "split")
		var fire []string
		for _, part := range [][]decision.Rule{rules[:k], rules[k:]} {
			h := guide(t, part)
			for _, r := range h.Recommend(chart(h, facts...), today, gaps, nil) {
				fire = append(fire, r.Rules...)
			}
		}
		var whole []string
		for _, r := range recs {
			whole = append(whole, r.Rules...)
		}
		slices.Sort(fire)
		slices.Sort(whole)
		if !slices.Equal(fire, whole) {
			t.Fatal(fire, whole)
		}
	}, func() bool { return fired > 0 && closed > 0 && merged > 0 })
}

func TestNoAllocation(t *testing.T) {
	g := guide(t, []decision.Rule{{ID: "a", Source: "s", Target: "x", When: has(diabetes)}, {ID: "b", Source: "s", Target: "y", When: has(diabetes), Key: "k"}})
	c := chart(g, dx(diabetes))
	gaps := []recall.Gap{{Key: "k", Status: recall.OpenGap, State: recall.Due}}
	buf := g.Recommend(c, today, gaps, nil)
	if n := testing.AllocsPerRun(100, func() { buf = g.Recommend(c, today, gaps, buf) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRecommend(b *testing.B) {
	rules, err := decision.FollowUpRules(map[string]registry.Definition{"diabetes": has(diabetes)})
	if err != nil {
		b.Fatal(err)
	}
	for i := range rules {
		rules[i].Target = rules[i].ID // nothing merges
	}
	g := guide(b, rules)
	var facts []registry.Fact
	for i := range 200 {
		f := dx([]registry.Set{diabetes, bleeding, stroke, other}[i%4])
		f.ID, f.When = fmt.Sprint(i), registry.On(today.AddDays(-i))
		facts = append(facts, f)
	}
	c := chart(g, facts...)
	buf := g.Recommend(c, today, nil, nil)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		buf = g.Recommend(c, today, nil, buf)
	}
}

// Several gaps of one key, as of two registers: the recommendation stands as long as one is
// open, due on the earliest of the open days, whatever their order.
func TestRecommendSeveralGaps(t *testing.T) {
	g := guide(t, []decision.Rule{{ID: "a", Version: "2", Source: "s", Target: "x", Key: "k"}, {ID: "b", Version: "7", Source: "s", Target: "x"}, {ID: "0", Version: "9", Source: "s", Target: "x"}})
	gaps := []recall.Gap{{Key: "k", Status: recall.ClosedGap, Schedule: recall.Schedule{Due: today.AddDays(-9)}}, {Key: "k", Status: recall.OpenGap, State: recall.Due, Schedule: recall.Schedule{Due: today.AddDays(5)}}, {Key: "k", Status: recall.OpenGap, State: recall.Due, Schedule: recall.Schedule{Due: today.AddDays(2)}}}
	if rec := guide(t, []decision.Rule{{ID: "a", Source: "s", Target: "review", Group: "heart failure"}, {ID: "b", Source: "s", Target: "review", Group: "asthma"}, {ID: "c", Source: "s", Target: "review"}}).Recommend(chart(g), today, nil, nil)[0]; fmt.Sprint(rec.Groups) != "[asthma heart failure]" || rec.Text() != "do review for asthma, heart failure (s)" {
		t.Error("what a merged recommendation is for", rec.Text())
	}
	for range 2 {
		recs := g.Recommend(chart(g), today, gaps, nil)
		if len(recs) != 1 || recs[0].Due != today.AddDays(2) || fmt.Sprint(recs[0].Rules, recs[0].Versions) != "[0 a b] [9 2 7]" {
			t.Errorf("%+v", recs)
		}
		slices.Reverse(gaps)
	}
	if recs := g.Recommend(chart(g), today, gaps[:1], nil); fmt.Sprint(recs[0].Rules) != "[0 b]" {
		t.Error("its only gap is closed", recs)
	}
	if f, ok := g.Explain(chart(g), today, "a"); !ok || f.Label != "do x (rule a, version 2, s)" {
		t.Error(f)
	}
}

// Rules that merge are due on the earliest of their days, whichever ranks first; criteria
// are asked about the year that ends on the day.
func TestRecommendMergedDueAndYear(t *testing.T) {
	gaps := []recall.Gap{{Key: "early", Status: recall.OpenGap, State: recall.Due, Schedule: recall.Schedule{Due: today.AddDays(-3)}}, {Key: "late", Status: recall.OpenGap, State: recall.Due, Schedule: recall.Schedule{Due: today.AddDays(3)}}}
	for _, keys := range [][2]string{{"early", "late"}, {"late", "early"}} {
		g := guide(t, []decision.Rule{{ID: "a", Source: "s", Target: "x", Key: keys[0]}, {ID: "b", Source: "s", Target: "x", Key: keys[1]}})
		if recs := g.Recommend(chart(g), today, gaps, nil); len(recs) != 1 || recs[0].Due != today.AddDays(-3) {
			t.Errorf("%+v", recs)
		}
	}
	first := today.AddYears(-1).AddDays(1)
	for birth, want := range map[registry.Date]int{first.AddYears(-60): 1, first.AddYears(-60).AddDays(1): 0} {
		g := guide(t, []decision.Rule{{ID: "a", Source: "s", Target: "x", When: registry.AgeAt{At: registry.PeriodStart(), Min: 60}}})
		c := g.Chart()
		c.LoadAsOf(&registry.Patient{ID: "p", Birth: birth}, today)
		f, ok := g.Explain(c, today, "a")
		if recs := g.Recommend(c, today, nil, nil); len(recs) != want || !ok || f.Met != (want == 1) {
			t.Error(birth, recs, f)
		}
	}
}

// A recommendation that gives way says to what and why, also by way of a third rule; and as
// JSON it keeps its action.
func TestYieldsBecause(t *testing.T) {
	rules := []decision.Rule{{ID: "low", Source: "s", Target: "x"}, {ID: "middle", Source: "s", Target: "y"}, {ID: "high", Source: "s", Action: decision.Avoid, Target: "x", Strength: decision.Strong}}
	g := guide(t, rules, decision.Precedence{Over: "middle", Under: "low", Reason: "first"}, decision.Precedence{Over: "high", Under: "middle", Reason: "harm"})
	recs := g.Recommend(chart(g), today, nil, nil)
	i := slices.IndexFunc(recs, func(r decision.Recommendation) bool { return r.Rules[0] == "low" })
	if recs[i].YieldsTo != "high" || recs[i].Because != "harm" || !strings.HasSuffix(recs[i].Text(), "gives way to high: harm") {
		t.Errorf("%+v", recs[i])
	}
	got, err := json.Marshal(recs[0])
	if want := `{"rules":["high"],"versions":[""],"action":"avoid","target":"x","goal":{"measure":"","text":""},"strength":"strong","sources":["s"],"due":"","priority":0,"class":"treatment","conflicts":["low"],"overrides":["low"]}`; err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
}

func TestRulesInOrderOfRanking(t *testing.T) {
	g, err := decision.Compile(nil, []decision.Rule{{ID: "b", Source: "s", Target: "x", Priority: 2}, {ID: "c", Source: "s", Target: "y", Priority: 1}, {ID: "a", Source: "s", Target: "z", Priority: 2}})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range g.Rules() {
		ids = append(ids, r.ID)
	}
	if !slices.Equal(ids, []string{"c", "a", "b"}) {
		t.Error(ids)
	}
}
