package delivery_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func TestAllocations(t *testing.T) {
	c := managed()
	var s delivery.CaseStatus
	a, d := after(), discharge()
	contacts := contacts()
	follow := make([]delivery.FollowUp, 0, 4)
	e := enrolments()
	xs := []delivery.Episode{walked("a", delivery.Assessed, delivery.Offered, delivery.Enrolled)}
	reviews := make([]delivery.OverdueReview, 0, 4)
	levels, tiers := delivery.NewLevels(), pathway()
	well := delivery.DiabetesState{VeryComplex: caremodel.No, MinorIssue: caremodel.Yes, NeverDischarged: true, HbA1c: &delivery.Measured{On: day(1, 1), Value: registry.Quantity{Value: registry.Num(7, 0), Unit: "%"}}}
	n := 0
	for name, f := range map[string]func(){
		"Case.At":        func() { c.At(delivery.CyclePolicy{}, day(6, 20), &s); n += len(s.Issues) },
		"PostDischarge":  func() { follow = a.PostDischarge(d, contacts, day(3, 20), follow); n += len(follow) },
		"Since":          func() { n += delivery.Cadence{}.Since(contacts, "p1", 3, day(1, 1), day(3, 1)).Overdue },
		"OverdueReviews": func() { reviews = e.OverdueReviews(xs, day(9, 1), reviews); n += len(reviews) },
		"Level":          func() { n += levels.Level(delivery.LevelState{Stable: caremodel.Partly}).Level },
		"Tier":           func() { n += tiers.Tier(well, day(2, 1)).Level },
		"FollowUpShare":  func() { n += int(delivery.FollowUpShare(follow).Den) },
	} {
		f()
		if got := testing.AllocsPerRun(100, f); got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
	if n == 0 {
		t.Error("vacuous")
	}
}

func BenchmarkCaseAt(b *testing.B) {
	c := managed()
	var s delivery.CaseStatus
	b.ReportAllocs()
	for b.Loop() {
		c.At(delivery.CyclePolicy{}, day(6, 20), &s)
	}
}

func BenchmarkPostDischarge(b *testing.B) {
	a, d, cs := after(), discharge(), contacts()
	var buf []delivery.FollowUp
	b.ReportAllocs()
	for b.Loop() {
		buf = a.PostDischarge(d, cs, day(3, 20), buf)
	}
}

func BenchmarkAssign(b *testing.B) {
	var clients []delivery.Client
	var managers []delivery.Manager
	for i := range 1000 {
		clients = append(clients, delivery.Client{ID: fmt.Sprint("p", i), Rank: i, Weight: int64(1 + i%3), Previous: fmt.Sprint("m", i%9)})
	}
	for i := range 8 {
		managers = append(managers, delivery.Manager{ID: fmt.Sprint("m", i), Capacity: 260})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := delivery.Assign(clients, managers, delivery.AssignPolicy{KeepExisting: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWard(b *testing.B) {
	var people []delivery.WardPerson
	for i := range 1000 {
		p := delivery.WardPerson{Person: tier.Person{ID: fmt.Sprint("p", i), Score: float64(i*7919%1000) / 1000}, GP: "g", Manager: "m"}
		if i%10 == 0 {
			p.Admitted = day(1, 1)
		}
		people = append(people, p)
	}
	w := delivery.Ward{Places: 100, Admit: 0.9, Discharge: 0.7}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.Run(people, day(4, 1)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFlow(b *testing.B) {
	e := enrolments()
	var xs []delivery.Episode
	for i := range 1000 {
		x := walked(fmt.Sprint("p", i), delivery.Assessed, delivery.Offered, delivery.Enrolled, delivery.Active)
		if i%2 == 0 {
			if err := e.Step(&x, caremodel.Step[delivery.State]{On: day(2, 1), To: delivery.Completed, Reason: "goals met"}); err != nil {
				b.Fatal(err)
			}
		}
		xs = append(xs, x)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Flow("dm", xs, registry.CalendarYear(2024)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDistribute(b *testing.B) {
	ts, rs := tasks()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := delivery.Distribute(ts, rs); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlanVisit(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		v := visit()
		v.Complete(nil)
	}
}
