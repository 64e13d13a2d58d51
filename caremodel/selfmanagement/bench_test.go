package selfmanagement_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel"
	sm "github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
)

// busy sends two weights, a pressure and three glucose values a day for a month, weights in
// pounds.
func busy() sm.Monitored {
	p := sm.Monitored{Person: "p1", Conditions: []string{"heart failure", "hypertension", "diabetes"}, Schedules: []sm.Schedule{{Signal: "weight", From: day(5, 1), EveryDays: 1}}}
	for d := range 30 {
		on := registry.Moment{Day: day(5, 1).AddDays(d)}
		add := func(signal string, parts ...sm.Part) {
			on.Time++
			p.Readings = append(p.Readings, sm.Reading{ID: fmt.Sprint("r", len(p.Readings)), Person: "p1", Signal: signal, When: on, Parts: parts})
		}
		add("weight", sm.Part{Value: quantity(fmt.Sprint(180+d%7), "lb")})
		add("weight", sm.Part{Value: quantity(fmt.Sprint(82+d%3), "kg")})
		add("blood pressure", sm.Part{Component: "systolic", Value: quantity(fmt.Sprint(130+d%40), "mmHg")}, sm.Part{Component: "diastolic", Value: quantity("85", "mmHg")})
		for k := range 3 {
			add("glucose", sm.Part{Value: quantity(fmt.Sprint(4+k+d%5), "mmol/L")})
		}
	}
	return p
}

func TestAllocations(t *testing.T) {
	m, p := monitor(), busy()
	var w sm.Watch
	e, err := sm.NewEducator()
	if err != nil {
		t.Fatal(err)
	}
	state := sm.EducationState{CaseManaged: caremodel.Yes, HighRisk: caremodel.Yes, Exacerbation: caremodel.Yes}
	plan, unknown := make([]sm.EducationItem, 0, 8), make([]sm.EducationItem, 0, 8)
	status := make([]sm.DomainStatus, 0, 8)
	as, cs := assessments(), counsels()
	list := make([]sm.WorkItem, 0, 4)
	watches := make([]sm.Watch, 1)
	for name, f := range map[string]func(){
		"Watch":   func() { m.Watch(&p, day(5, 31), &w) },
		"Triage":  func() { watches[0] = w; list = sm.Triage(watches, day(5, 31), list) },
		"Plan":    func() { plan, unknown = e.Plan(state, plan, unknown) },
		"Assess":  func() { status, _ = sm.Assess(as, sm.AssessmentPolicy{}, day(5, 31), status) },
		"CountAs": func() { sm.CountAs(cs, "smoking", registry.Period{}) },
	} {
		f()
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
	if len(w.Alerts) == 0 {
		t.Error("vacuous")
	}
}

func BenchmarkWatch(b *testing.B) {
	m, p := monitor(), busy() // 180 readings, 210 values
	var w sm.Watch
	b.ReportAllocs()
	for b.Loop() {
		m.Watch(&p, day(5, 31), &w)
	}
}

// An alert that has stood for all of 10,000 readings, with windows of a week.
func BenchmarkLongRun(b *testing.B) {
	limit := []sm.Limit{{Is: registry.Above, Value: registry.Num(1, 0)}}
	m, err := sm.NewMonitor([]sm.Rule{
		{ID: "level", Condition: "any", Signal: "glucose", Test: sm.LevelTest, Any: limit, Unit: "mg/dL", Source: "test"},
		{ID: "rise", Condition: "any", Signal: "weight", Test: sm.RiseTest, Any: limit, Unit: "kg", Days: 7, Source: "test"},
		{ID: "mean", Condition: "any", Signal: "glucose", Test: sm.MeanTest, Any: limit, Unit: "mg/dL", Days: 7, Source: "test"},
	}, sm.MonitorPolicy{})
	if err != nil {
		b.Fatal(err)
	}
	p := sm.Monitored{Person: "p1"}
	for i := range 10_000 {
		when := registry.Moment{Day: day(5, 1).AddDays(i / 288), Time: registry.Clock(i%288 + 1)}
		p.Readings = append(p.Readings, sm.Reading{ID: fmt.Sprint("g", i), Person: "p1", Signal: "glucose", When: when, Parts: []sm.Part{{Value: quantity("162", "mg/dL")}}},
			sm.Reading{ID: fmt.Sprint("w", i), Person: "p1", Signal: "weight", When: when, Parts: []sm.Part{{Value: quantity(fmt.Sprint(60+2*(i/288)), "kg")}}})
	}
	var w sm.Watch
	b.ReportAllocs()
	for b.Loop() {
		m.Watch(&p, day(5, 1).AddDays(40), &w)
	}
	if len(w.Alerts) != 3 || w.Alerts[0].Since != day(5, 1) {
		b.Error(w.Alerts)
	}
}

func BenchmarkTriage(b *testing.B) {
	p := weights("82.6")
	watches := make([]sm.Watch, 1000)
	for i := range watches {
		watches[i] = watch(p, day(5, 4))
		watches[i].Person = fmt.Sprint("p", i)
	}
	var list []sm.WorkItem
	b.ReportAllocs()
	for b.Loop() {
		list = sm.Triage(watches, day(5, 4), list)
	}
}

func BenchmarkEducation(b *testing.B) {
	e, err := sm.NewEducator()
	if err != nil {
		b.Fatal(err)
	}
	var plan, unknown []sm.EducationItem
	b.ReportAllocs()
	for b.Loop() {
		plan, unknown = e.Plan(sm.EducationState{NewDiagnosis: caremodel.Yes, HighRisk: caremodel.Yes}, plan, unknown)
	}
}

func BenchmarkAgenda(b *testing.B) {
	problems, items := []sm.Problem{{Key: "sleep"}, {Key: "feet"}}, []sm.ClinicalItem{{Key: "hba1c", Urgency: 1}, {Key: "feet"}, {Key: "bp", Urgency: 2}}
	var out []sm.AgendaItem
	b.ReportAllocs()
	for b.Loop() {
		out, _ = sm.Agenda(problems, items, out)
	}
}
