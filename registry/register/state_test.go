package register_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
	"pgregory.net/rapid"
)

func TestCareStates(t *testing.T) {
	d := registry.Day
	asOf := d(2024, 3, 31)
	for name, c := range map[string]struct {
		f    register.CareFacts
		want register.State
	}{
		"registered 11 months, nothing else": {register.CareFacts{Registered: d(2023, 4, 15)}, register.MissedVisit},
		"registered 12 months, old measure":  {register.CareFacts{Registered: d(2023, 3, 31), Measures: []register.Measure{{On: d(2023, 3, 31)}}}, register.LostToFollowUp},
		"a day later":                        {register.CareFacts{Registered: d(2023, 3, 31), Measures: []register.Measure{{On: d(2023, 4, 1)}}}, register.MissedVisit},
		"visit without measure":              {register.CareFacts{Registered: d(2020, 1, 1), Visits: []registry.Date{d(2024, 1, 31)}, Measures: []register.Measure{{On: d(2023, 12, 31)}}}, register.VisitedNoMeasure},
		"controlled":                         {register.CareFacts{Registered: d(2020, 1, 1), Measures: []register.Measure{{On: d(2024, 1, 1), Controlled: true}}}, register.Controlled},
		"worse of one day":                   {register.CareFacts{Registered: d(2020, 1, 1), Measures: []register.Measure{{On: d(2024, 3, 31)}, {On: d(2024, 3, 31), Controlled: true}}}, register.Uncontrolled},
		"next month is invisible":            {register.CareFacts{Registered: d(2020, 1, 1), Measures: []register.Measure{{On: d(2024, 4, 1), Controlled: true}}}, register.LostToFollowUp},
		"died this month":                    {register.CareFacts{Registered: d(2020, 1, 1), Death: d(2024, 3, 31)}, register.Dead},
		"registered next month":              {register.CareFacts{Registered: d(2024, 4, 1)}, register.NotRegistered},
	} {
		if got := register.CareState(&c.f, asOf, register.CareRule{}); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestCareStateLaws(t *testing.T) {
	seen := map[register.State]int{}
	day := rapid.Custom(func(t *rapid.T) registry.Date {
		return registry.Day(2023, 1, 1).AddMonths(rapid.IntRange(0, 24).Draw(t, "month")).AddDays(rapid.SampledFrom([]int{-1, 0, 14, 27}).Draw(t, "day"))
	})
	lawtest.Until(t, func(t *rapid.T) {
		asOf := registry.Day(2024, rapid.IntRange(1, 12).Draw(t, "asOf"), 15)
		lately := rapid.Custom(func(t *rapid.T) registry.Date { return asOf.AddMonths(-rapid.IntRange(0, 3).Draw(t, "months ago")) })
		day := rapid.OneOf(day, lately)
		f := register.CareFacts{Registered: day.Draw(t, "registered"), Visits: rapid.SliceOfN(day, 0, 3).Draw(t, "visits")}
		for _, d := range rapid.SliceOfN(day, 0, 2).Draw(t, "measures") {
			f.Measures = append(f.Measures, register.Measure{On: d, Controlled: rapid.Bool().Draw(t, "controlled")})
		}
		if rapid.IntRange(0, 5).Draw(t, "dies") == 0 {
			f.Death = day.Draw(t, "death")
		}
		s := register.CareState(&f, asOf, register.CareRule{})
		seen[s]++
		rank := map[register.State]int{register.Controlled: 0, register.Uncontrolled: 0, register.VisitedNoMeasure: 1, register.MissedVisit: 2, register.LostToFollowUp: 3, register.Dead: 4}
		// C3: with nothing new the state never gets better
		last := f.Registered
		for _, d := range append(slices.Clone(f.Visits), f.Death) {
			last = max(last, d)
		}
		for _, m := range f.Measures {
			last = max(last, m.On)
		}
		if asOf >= last && s != register.NotRegistered {
			if later := register.CareState(&f, asOf.AddMonths(1), register.CareRule{}); rank[later] < rank[s] {
				t.Fatalf("C3 %v became %v", s, later)
			}
		}
		// C4: the last day of the month counts, the next day does not
		y, m, _ := asOf.YMD()
		end := registry.Day(y, m, registry.DaysInMonth(y, m))
		g := f
		g.Measures = append(slices.Clone(f.Measures), register.Measure{On: end.AddDays(1), Controlled: true})
		if register.CareState(&g, asOf, register.CareRule{}) != s {
			t.Fatal("C4 tomorrow counts")
		}
	}, func() bool { return len(seen) == 7 })
}

func TestChartRegister(t *testing.T) {
	dx, gone, drug := registry.Set{Name: "asthma", OID: "1"}, registry.Set{Name: "asthma resolved", OID: "2"}, registry.Set{Name: "asthma medicine", OID: "3"}
	sets := []registry.ValueSet{{OID: "1", Codes: []registry.Code{{System: "x", Value: "D"}}}, {OID: "2", Codes: []registry.Code{{System: "x", Value: "R"}}}, {OID: "3", Codes: []registry.Code{{System: "x", Value: "M"}}}}
	fact := func(k registry.Kind, code string, d registry.Date) registry.Fact {
		return registry.Fact{ID: fmt.Sprint(code, int(d)), Kind: k, Codes: []registry.Code{{System: "x", Value: code}}, When: registry.Since(d)}
	}
	d := func(y int) registry.Fact { return fact(registry.Diagnosis, "D", registry.Day(y, 1, 1)) }
	r := func(y int) registry.Fact { return fact(registry.Diagnosis, "R", registry.Day(y, 1, 1)) }
	rule := register.Chart{Register: "asthma", Diagnosis: dx, Resolved: gone}
	strict := rule
	strict.Same = register.ResolutionWins
	medicated := rule
	medicated.Medicine, medicated.MedicineMonths, medicated.MinAge = drug, 12, 6
	for name, c := range map[string]struct {
		rule  register.Chart
		facts []registry.Fact
		want  bool
	}{
		"diagnosed":              {rule, []registry.Fact{d(2020)}, true},
		"resolved":               {rule, []registry.Fact{d(2020), r(2021)}, false},
		"back again":             {rule, []registry.Fact{d(2020), r(2021), d(2022)}, true},
		"same day":               {rule, []registry.Fact{d(2022), r(2022)}, true},
		"same day, strict":       {strict, []registry.Fact{d(2022), r(2022)}, false},
		"resolved later on":      {rule, []registry.Fact{d(2020), r(2026)}, true},
		"never":                  {rule, []registry.Fact{r(2020)}, false},
		"no medicine":            {medicated, []registry.Fact{d(2020)}, false},
		"medicine a year ago":    {medicated, []registry.Fact{d(2020), fact(registry.MedicationDispense, "M", registry.Day(2023, 12, 31))}, false},
		"medicine the day after": {medicated, []registry.Fact{d(2020), fact(registry.MedicationDispense, "M", registry.Day(2024, 1, 1))}, true},
	} {
		b := registry.NewBinder(sets)
		crit := c.rule.Bind(b)
		l, err := b.Lexicon()
		if err != nil {
			t.Fatal(err)
		}
		ch := l.Chart(&registry.Patient{Birth: registry.Day(1990, 1, 1), Facts: c.facts})
		p := registry.CalendarYear(2024)
		if got := crit.Holds(ch, p); got != c.want || crit.Explain(ch, p).Met != got {
			t.Errorf("%s: %v\n%s", name, got, crit)
		}
	}
}

// C1 and C2: everybody registered is in exactly one cell, that of the published rules taken
// word by word, and the cells add up.
func TestCareStateTwinLaw(t *testing.T) {
	end := registry.Day(2024, 6, 30)
	day := rapid.Custom(func(t *rapid.T) registry.Date {
		return end.AddMonths(-rapid.SampledFrom([]int{0, 1, 2, 3, 4, 11, 12, 13, -1}).Draw(t, "months")).AddDays(-rapid.SampledFrom([]int{0, 1, 29}).Draw(t, "days"))
	})
	months := func(d registry.Date) int { return registry.CalendarMonths(d, end) }
	quarters := func(d registry.Date) int {
		y, m, _ := d.YMD()
		return 4*(2024-y) + 1 - (m-1)/3
	}
	cells := map[register.State]int{}
	lawtest.Until(t, func(t *rapid.T) {
		rule := register.CareRule{OutcomeMonths: rapid.SampledFrom([]int{0, 2}).Draw(t, "k"), ByVisit: rapid.Bool().Draw(t, "by visit"), OutcomeQuarter: rapid.Bool().Draw(t, "quarter")}
		f := register.CareFacts{Registered: day.Draw(t, "registered"), Visits: rapid.SliceOfN(day, 0, 3).Draw(t, "visits")}
		var pressure, visit registry.Date
		controlled := false
		for _, d := range rapid.SliceOfN(day, 0, 3).Draw(t, "measures") {
			m := register.Measure{On: d, Controlled: rapid.Bool().Draw(t, "controlled")}
			f.Measures = append(f.Measures, m)
			if d <= end {
				if d > pressure || d == pressure && !m.Controlled {
					pressure, controlled = d, m.Controlled
				}
			}
		}
		if rapid.IntRange(0, 9).Draw(t, "dies") == 0 {
			f.Death = day.Draw(t, "death")
		}
		for _, d := range f.Visits {
			if d <= end {
				visit = max(visit, d)
			}
		}
		contact := pressure
		if rule.ByVisit {
			contact = visit
		}
		late := func(d registry.Date) bool {
			switch {
			case d == 0:
				return true
			case rule.OutcomeQuarter:
				return quarters(d) >= 1
			case rule.OutcomeMonths == 2:
				return months(d) >= 2
			}
			return months(d) >= 3
		}
		var want register.State
		switch underCare := months(f.Registered) < 12 || contact != 0 && months(contact) < 12; {
		case f.Registered > end:
			want = register.NotRegistered
		case f.Death != 0 && f.Death <= end:
			want = register.Dead
		case !underCare:
			want = register.LostToFollowUp
		case late(max(visit, pressure)): // a pressure is a visit
			want = register.MissedVisit
		case late(pressure):
			want = register.VisitedNoMeasure
		case controlled:
			want = register.Controlled
		default:
			want = register.Uncontrolled
		}
		got := register.CareState(&f, end.AddDays(-rapid.IntRange(0, 29).Draw(t, "day of the month")), rule)
		if got != want || got.UnderCare() != (want >= register.MissedVisit) {
			t.Fatalf("%+v %+v: %v, want %v", f, rule, got, want)
		}
		cells[got]++
	}, func() bool { return len(cells) == 7 })
}
