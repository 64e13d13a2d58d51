package information_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/caremodel/information"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

var today = registry.Day(2024, 6, 1)

func target(n int64, unit string) *registry.Quantity {
	return &registry.Quantity{Value: registry.Num(n, 0), Unit: unit, Comparator: registry.LessThan}
}

func plan() information.CarePlan {
	return information.CarePlan{ID: "c1", Person: "p1", Created: today.AddDays(-100), Coordinator: "nurse A",
		Problems: []information.PlanProblem{{ID: "dm", Text: "diabetes", Register: "diabetes"}, {ID: "hf", Text: "heart failure", Register: "heart failure"}},
		Goals:    []selfmanagement.Goal{{ID: "g1", Statement: "sugar", Measure: "HbA1c", Target: target(7, "%"), Due: today.AddDays(90), ChosenBy: "p1"}},
		Actions: []information.PlanAction{{ID: "a1", Problem: "dm", Action: decision.Order, What: "retinal examination", Role: "nurse", Due: today.AddDays(10)},
			{ID: "a2", Problem: "hf", Action: decision.Avoid, What: "ibuprofen", Role: "physician"}},
		Emergency: []string{"out of hours: 111"}, Monitoring: []string{"weight every morning"}, Medicines: []string{"metformin"},
		Interval: recall.Every{N: 6, Unit: recall.Month}, SharedWith: []string{"hospital"}, CopyOffered: today.AddDays(-99), Agreed: caremodel.Yes}
}

func TestCarePlan(t *testing.T) {
	p := plan()
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	if got := p.Missing(nil, []string{"diabetes", "heart failure"}); got != nil {
		t.Error(got)
	}
	if got := p.Missing(nil, []string{"COPD", "diabetes", "COPD"}); len(got) != 1 || !strings.Contains(got[0].Detail, "COPD") {
		t.Error(got)
	}
	empty := information.CarePlan{ID: "e", Agreed: caremodel.Partly}
	if got := empty.Missing(nil, nil); len(got) != len(information.AllParts()) || got[3].Code != caremodel.NoOwner || got[7].Code != caremodel.NoReview {
		t.Error(got)
	}
	if got := empty.Missing([]information.PlanPart{information.Goals, information.Problems}, nil); len(got) != 2 || got[0].Detail != "problems" {
		t.Error(got)
	}
	if got := p.Conflicts(today); got != nil {
		t.Error(got)
	}
	p.Actions = append(p.Actions, information.PlanAction{ID: "a3", Problem: "dm", Action: decision.Do, What: "ibuprofen", Role: "physician"})
	p.Goals = append(p.Goals, selfmanagement.Goal{ID: "g2", Statement: "sugar", Measure: "HbA1c", Target: target(8, "%"), Due: today})
	if got := p.Conflicts(today); len(got) != 2 || got[0].Code != caremodel.RuleConflict || got[0].Detail != "a2 against a3" || got[1].Detail != "g1 against g2" {
		t.Error(got)
	}
	p.Actions[2].Done = today
	p.Goals[1].History = caremodel.History[selfmanagement.GoalStatus]{{On: today, To: selfmanagement.Proposed}, {On: today, To: selfmanagement.Rejected}}
	if got := p.Conflicts(today); got != nil {
		t.Error("what is done or rejected conflicts with nothing", got)
	}
	if got := p.Conflicts(today.AddDays(-1)); len(got) != 2 {
		t.Error("on the day before both stood", got)
	}
	if got := p.Missing([]information.PlanPart{"poems", information.Goals}, nil); len(got) != 1 || got[0].Detail != "unknown part poems" {
		t.Error(got)
	}
	p = plan()
	text := p.ForPatient(map[string]string{"sugar": "better sugar"})
	for _, want := range []string{"better sugar, by 2024-08-30", "order retinal examination (nurse), by 2024-06-11", "avoid ibuprofen (physician)", "weight every morning", "metformin", "111", "Next review: 2024-08-22"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	early := plan()
	early.LastReview, early.NextReview, early.CopyOffered, early.Agreed = early.Created.AddDays(-1), early.Created.AddDays(-2), early.Created.AddDays(-3), "maybe"
	early.Actions[0].Done = early.Created.AddDays(-1)
	if err := early.Check(); !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 4 {
		t.Error(err)
	}
	bad := information.CarePlan{Interval: recall.Every{N: -1}, Problems: []information.PlanProblem{{}, {}}, Goals: []selfmanagement.Goal{{ID: "g"}},
		Actions: []information.PlanAction{{ID: "a", Problem: "?"}, {ID: "a", What: "x", Role: "y"}}}
	err := bad.Check()
	for _, want := range []string{`of person ""`, `problem ""`, "a task without a role", "nothing to do", "unknown problem", "there twice", "reviewed every", "no measure"} {
		if !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

func TestReviewDue(t *testing.T) {
	p := information.CarePlan{Created: registry.Day(2024, 1, 31), Interval: recall.Every{N: 1, Unit: recall.Month}}
	for _, c := range []struct {
		on    registry.Date
		grace int
		over  bool
	}{{registry.Day(2024, 2, 29), 0, false}, {registry.Day(2024, 3, 1), 0, true}, {registry.Day(2024, 3, 7), 7, false}, {registry.Day(2024, 3, 8), 7, true}} {
		if on, over := p.ReviewDue(c.grace, c.on); on != registry.Day(2024, 2, 29) || over != c.over {
			t.Errorf("%+v: %s %v", c, on, over)
		}
	}
	p.LastReview = registry.Day(2024, 3, 5)
	if on, _ := p.ReviewDue(0, today); on != registry.Day(2024, 4, 5) {
		t.Error(on)
	}
	if on, over := p.ReviewDue(0, registry.Day(2024, 3, 4)); on != registry.Day(2024, 2, 29) || !over {
		t.Error("on the day before the review was held", on, over)
	}
	p.NextReview = today
	if on, over := p.ReviewDue(0, today); on != today || over {
		t.Error(on, over)
	}
	if on, over := (&information.CarePlan{Created: today}).ReviewDue(0, today.AddYears(9)); on != 0 || over {
		t.Error(on, over)
	}
}

func TestShare(t *testing.T) {
	d := func(n int) registry.Date { return today.AddDays(n) }
	repeated, once := information.Repeated([]information.AskedQuestion{{"p", "gp", "lives alone", d(-9)}, {"p", "council", "lives alone", d(-5)}, {"p", "gp", "falls", d(-9)}, {"p", "gp", "falls", d(-1)}, {"q", "gp", "falls", d(-400)}}, registry.Period{Start: d(-30), End: today})
	if once != (registry.Rate{Num: 1, Den: 2}) || len(repeated) != 1 || fmt.Sprint(repeated[0]) != "{p lives alone [council gp] 2}" {
		t.Error(repeated, once)
	}
	events := []information.Event{{"p", d(-20)}, {"p", d(-18)}, {"q", d(-20)}, {"r", d(-3)}, {"s", d(1)}, {Person: "t"}}
	log := []information.Share{{Document: "summary", Person: "p", To: "gp", On: d(-17), Opened: d(-16)}, {Document: "summary", Person: "q", To: "gp", On: d(-12)}, {Document: "letter", Person: "r", To: "gp", On: d(-2)}, {Document: "summary", Person: "p", To: "patient", On: d(-17)}}
	s := information.SentInTime(events, log, "summary", "gp", 7, today)
	if s.InTime != (registry.Rate{Num: 1, Den: 3}) || s.Opened != (registry.Rate{Num: 1, Den: 1}) || s.Waiting != 1 || s.LeftOut != 1 || len(s.Late) != 2 || s.Late[0].Person != "q" {
		t.Errorf("%+v", s)
	}
	now := []information.Share{{Document: "summary", Person: "p", On: today, Opened: today}, {Document: "summary", Person: "q", On: today, Opened: d(1)}}
	if s := information.SentInTime([]information.Event{{"p", d(-7)}, {"q", today}}, now, "summary", "", 7, today); s.InTime != (registry.Rate{Num: 2, Den: 2}) || s.Opened != (registry.Rate{Num: 1, Den: 2}) {
		t.Errorf("%+v", s)
	}
	if s := information.SentInTime(events, log, "summary", "", 7, today); s.InTime.Num != 2 {
		t.Errorf("%+v", s)
	}
	if r, others := information.Access([]string{"a", "b", "b"}, []string{"b", "z", "b"}); r != (registry.Rate{Num: 1, Den: 2}) || fmt.Sprint(others) != "[z]" {
		t.Error(r, others)
	}
	on := plan()
	for day, want := range map[registry.Date]int64{on.CopyOffered: 1, on.CopyOffered.AddDays(-1): 0} {
		if r := information.CopyOffered([]information.CarePlan{on}, day); r != (registry.Rate{Num: want, Den: 1}) {
			t.Error(day, r)
		}
	}
	q := plan()
	q.CopyOffered, q.Person = 0, "p2"
	if r := information.CopyOffered([]information.CarePlan{plan(), q, {Person: "p3"}}, today); r != (registry.Rate{Num: 1, Den: 2}) {
		t.Error(r)
	}
}

// A longer interval never makes a review overdue earlier; sent, late and waiting events
// add up; the order of log and events does not matter.
func TestInformationLaws(t *testing.T) {
	late, sent, over := 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		p := information.CarePlan{Created: today.AddDays(-rapid.IntRange(0, 900).Draw(t, "created")), Interval: recall.Every{N: rapid.IntRange(1, 24).Draw(t, "n"), Unit: recall.Month}}
		_, a := p.ReviewDue(0, today)
		p.Interval.N += rapid.IntRange(0, 24).Draw(t, "longer")
		_, b := p.ReviewDue(0, today)
		if b && !a {
			t.Fatal("a longer interval, and overdue earlier")
		}
		if a {
			over++
		}
		var events []information.Event
		var log []information.Share
		for range rapid.IntRange(0, 6).Draw(t, "events") {
			events = append(events, information.Event{Person: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "person"), On: today.AddDays(-rapid.IntRange(0, 20).Draw(t, "on"))})
		}
		for range rapid.IntRange(0, 6).Draw(t, "log") {
			log = append(log, information.Share{Document: "summary", Person: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "of"), To: "gp", On: today.AddDays(-rapid.IntRange(0, 20).Draw(t, "sent"))})
		}
		s := information.SentInTime(events, log, "summary", "gp", 5, today)
		if s.InTime.Den+s.Waiting != int64(len(events)) || s.InTime.Num+int64(len(s.Late)) != s.InTime.Den || s.InTime.Num > int64(len(log)) {
			t.Fatalf("%+v", s)
		}
		// the slow way: each event in order looks through the whole log
		es, ls := slices.Clone(events), slices.Clone(log)
		slices.SortFunc(es, func(a, b information.Event) int {
			return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Person, b.Person))
		})
		slices.SortFunc(ls, func(a, b information.Share) int { return cmp.Compare(a.On, b.On) })
		inTime, used := int64(0), make([]bool, len(ls))
		for _, e := range es {
			for k, x := range ls {
				if !used[k] && x.Person == e.Person && x.On >= e.On && x.On <= e.On.AddDays(5) && x.On <= today {
					used[k] = true
					inTime++
					break
				}
			}
		}
		if inTime != s.InTime.Num {
			t.Fatal("one pass finds", s.InTime, "looking each time", inTime)
		}
		late += len(s.Late)
		sent += int(s.InTime.Num)
		slices.Reverse(events)
		slices.Reverse(log)
		if fmt.Sprint(information.SentInTime(events, log, "summary", "gp", 5, today)) != fmt.Sprint(s) {
			t.Fatal("order matters")
		}
	}, func() bool { return late > 0 && sent > 0 && over > 0 })
}

func BenchmarkSentInTime(b *testing.B) {
	var events []information.Event
	var log []information.Share
	for i := range 100_000 {
		person := fmt.Sprint("p", i%30_000)
		events = append(events, information.Event{Person: person, On: today.AddDays(-i % 365)})
		log = append(log, information.Share{Document: "summary", Person: person, To: "gp", On: today.AddDays(-i%365 + i%9)})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		information.SentInTime(events, log, "summary", "gp", 7, today)
	}
}
