package hedis_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

// A user's own indicator, made with nothing but the public API: people with gout
// on urate-lowering treatment whose last serum urate is below 360 umol/L.
func gout() hedis.Indicator {
	diagnosis := registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{{Name: "Gout", OID: "9.1"}}}
	treatment := registry.Query{Kind: registry.MedicationOrder, Sets: []registry.Set{{Name: "Urate-lowering medicine", OID: "9.2"}},
		Tests: []registry.Test{registry.StatusIn(registry.Active, registry.Completed), registry.WhenOf(registry.Authored, registry.Starts, registry.ThePeriod())}}
	urate := registry.Query{Kind: registry.Observation, Sets: []registry.Set{{Name: "Serum urate", OID: "9.3"}},
		Tests: []registry.Test{registry.StatusIn(registry.Final), registry.When(registry.Latest, registry.ThePeriod())}}
	return hedis.Indicator{
		ID: "GOUT1", Title: "Gout: urate at target", Version: "1", Steward: "the practice", Specification: "home-grown",
		Question: "Which people treated for gout reached the target? The last urate of the year must be below 360 umol/L.",
		Rates: []hedis.RateDef{{
			InitialPopulation: registry.All{registry.AgeAt{At: registry.PeriodEnd(), Min: 18},
				registry.Exists{Query: diagnosis.That(registry.When(registry.Overlaps, registry.ThePeriod()))}},
			Denominator:          registry.Exists{Query: treatment},
			DenominatorExclusion: registry.Exists{Query: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{{Name: "Dialysis", OID: "9.4"}}, Tests: []registry.Test{registry.When(registry.During, registry.ThePeriod())}}},
			Numerator: registry.Named{Name: "Last urate below 360 umol/L", Of: registry.The{Pick: registry.Pick{From: urate, By: registry.Latest, Last: true, Tie: registry.TieHighest},
				Is: []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(360, 0), Unit: "umol/L"}}}},
			Strata: []hedis.Stratum{{Name: "65 or older", Is: registry.AgeAt{At: registry.PeriodEnd(), Min: 65}}},
		}},
	}
}

func goutSets() []registry.ValueSet {
	var out []registry.ValueSet
	for _, s := range [][2]string{{"9.1", "Gout"}, {"9.2", "Urate-lowering medicine"}, {"9.3", "Serum urate"}, {"9.4", "Dialysis"}} {
		out = append(out, registry.ValueSet{OID: s[0], Name: s[1], Codes: []registry.Code{{System: "urn:local", Value: s[0]}}})
	}
	return out
}

func goutEdition(t testing.TB) *hedis.Edition {
	t.Helper()
	e, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func goutPatient(urate int64) *registry.Patient {
	code := func(s string) []registry.Code { return []registry.Code{{System: "urn:local", Value: s}} }
	d := registry.Day(2025, 4, 1)
	return &registry.Patient{ID: "g1", Birth: registry.Day(1955, 1, 1), Facts: []registry.Fact{
		{ID: "dx", Kind: registry.Diagnosis, Status: registry.Active, Codes: code("9.1"), When: registry.Since(registry.Day(2019, 1, 1))},
		{ID: "rx", Kind: registry.MedicationOrder, Status: registry.Active, Codes: code("9.2"), When: registry.On(d), Authored: registry.At(d)},
		{ID: "lab", Kind: registry.Observation, Status: registry.Final, Codes: code("9.3"), When: registry.On(d), Value: registry.QuantityOf(registry.Num(urate, 0), "umol/L")},
	}}
}

func TestHomegrownIndicatorLaws(t *testing.T) {
	e := goutEdition(t)
	t.Log(registrytest.CheckIndicator(t, e.Subject(0)))
}

func TestHomegrownIndicator(t *testing.T) {
	e := goutEdition(t)
	if l := hedis.Lints(hedis.Programme{Period: e.Period, Indicators: e.Indicators()}, hedis.LintOptions{}); len(l) > 0 {
		t.Errorf("lints: %v", l)
	}
	c := e.Chart()
	var out hedis.Outcome
	c.Load(goutPatient(340))
	e.Classify(c, &out)
	if out.Rates[0] != (hedis.Counts{1, 1, 0, 0, 1, 0}) || out.Strata[0] != out.Rates[0] {
		t.Errorf("%v %v", out.Rates, out.Strata)
	}
	c.Load(goutPatient(380))
	e.Classify(c, &out)
	if out.Rates[0] != (hedis.Counts{1, 1, 0, 0, 0, 0}) {
		t.Errorf("%v", out.Rates)
	}
	x := e.Explain(c, 0)
	f := x.Rates[0].Of(hedis.Numerator)
	if f.Member || f.Finding.Reason != registry.ValueOutOfRange || f.Finding.Evidence[0].ID != "lab" {
		t.Errorf("%s", x.Text())
	}
	for _, want := range []string{"numerator: out", "Last urate below 360 umol/L", "380 umol/L", "[lab]"} {
		if !strings.Contains(x.Text(), want) {
			t.Errorf("explanation does not say %q:\n%s", want, x.Text())
		}
	}
	g := e.Gaps(c, 0, registry.Day(2025, 6, 30))
	if len(g) != 1 || g[0].Status != hedis.OpenGap || g[0].DaysLeft != 184 || g[0].Reasons[0].Reason != registry.ValueOutOfRange || g[0].ClosedBy[0] != "Last urate below 360 umol/L" {
		t.Errorf("%+v", g)
	}
	if b, err := json.Marshal(g[0]); err != nil || !strings.Contains(string(b), `"status":"open-gap"`) || !strings.Contains(string(b), `"as_of":"2025-06-30"`) {
		t.Errorf("%s %v", b, err)
	}
	m, err := e.IndividualReport(c, 0, registry.Day(2025, 7, 1)).Marshal()
	for _, want := range []string{`"subject":{"reference":"Patient/g1"}`, `"code":"numerator"}]},"count":0`, `"reference":"Observation/lab"`, `"text":"65 or older"`, `"value":0.000000`} {
		if err != nil || !strings.Contains(string(m), want) {
			t.Errorf("report lacks %s: %s", want, m)
		}
	}
	if w := e.Indicators()[0]; !strings.Contains(w.Words(), "stratum 65 or older") {
		t.Error(w.Words())
	}
}

// A gap that a look-back meets today and no longer at the end of the year.
func TestProspectiveGap(t *testing.T) {
	eye := registry.Query{Kind: registry.Procedure, Sets: []registry.Set{{Name: "Eye exam", OID: "1"}}, Tests: []registry.Test{registry.When(registry.During, registry.ThePeriod())}}
	e, err := hedis.New(hedis.Programme{Name: "p", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{{ID: "EYE",
		Rates: []hedis.RateDef{{InitialPopulation: registry.All{}, Numerator: registry.Exists{Query: eye}}}}}},
		[]registry.ValueSet{{OID: "1", Codes: []registry.Code{{System: "x", Value: "e"}}}})
	if err != nil {
		t.Fatal(err)
	}
	c := e.Chart()
	for _, x := range []struct {
		exam registry.Date
		want hedis.GapStatus
	}{{registry.Day(2024, 9, 1), hedis.ProspectiveGap}, {registry.Day(2024, 3, 1), hedis.OpenGap}, {registry.Day(2025, 3, 1), hedis.ClosedGap}, {registry.Day(2025, 8, 1), hedis.OpenGap}} {
		c.LoadAsOf(&registry.Patient{Facts: []registry.Fact{{ID: "1", Kind: registry.Procedure, Codes: []registry.Code{{System: "x", Value: "e"}}, When: registry.On(x.exam)}}}, registry.Day(2025, 6, 30))
		if g := e.Gaps(c, 0, registry.Day(2025, 6, 30)); g[0].Status != x.want {
			t.Errorf("exam on %v: %v, want %v", x.exam, g[0].Status, x.want)
		}
	}
}

func TestBindingReportsEverything(t *testing.T) {
	bad := gout()
	bad.ID = ""
	nothing := hedis.Indicator{ID: "N"}
	half := hedis.Indicator{ID: "H", Rates: []hedis.RateDef{{InitialPopulation: registry.AgeAt{At: registry.PeriodEnd(), Min: 9, Max: 3}}}}
	_, err := hedis.New(hedis.Programme{Name: "bad", Indicators: []hedis.Indicator{bad, nothing, half, half}}, nil)
	var m *registry.MissingSets
	if !errors.As(err, &m) || len(m.Missing) != 4 || !errors.Is(err, hedis.ErrIndicator) || !errors.Is(err, registry.ErrDefinition) {
		t.Fatal(err)
	}
	for _, want := range []string{"without an ID", "N: no rates", "H: twice", "numerator are needed", "ages 9 to 3", "period", "Serum urate (9.3)"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error does not say %q:\n%v", want, err)
		}
	}
}

func TestLints(t *testing.T) {
	d := gout()
	d.Title = ""
	r := &d.Rates[0]
	r.Numerator = registry.Any{r.Numerator, registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{{Name: "Gout", OID: "9.1"}}, Tests: []registry.Test{registry.When(registry.Overlaps, registry.ThePeriod())}}}}
	r.DenominatorExclusion = registry.Any{r.DenominatorExclusion, r.DenominatorExclusion, registry.Any{}}
	r.DenominatorException = registry.All{}
	r.Strata = append(r.Strata, hedis.Stratum{Name: "children", Is: registry.AgeAt{At: registry.PeriodEnd(), Max: 12}})
	r.Denominator = registry.All{r.Denominator, registry.AgeAt{At: registry.PeriodEnd(), Min: 40}, registry.AgeAt{At: registry.PeriodEnd(), Max: 30},
		registry.Exists{Query: registry.Query{Kind: registry.Procedure, Tests: []registry.Test{registry.When(registry.During, registry.YearsBefore(9))}}}}
	d.Rates = append(d.Rates, hedis.RateDef{InitialPopulation: r.InitialPopulation, Numerator: r.Numerator})
	var rules []string
	for _, l := range hedis.Lints(hedis.Programme{Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, hedis.LintOptions{DataFrom: registry.Day(2020, 1, 1)}) {
		rules = append(rules, l.Rule)
	}
	for _, want := range []string{hedis.LintAges, hedis.LintLookback, hedis.LintImplied, hedis.LintUnused, hedis.LintEmpty, hedis.LintUnnamedRate, hedis.LintNoText} {
		if !slices.Contains(rules, want) {
			t.Errorf("no %s among %v", want, rules)
		}
	}
}

// Counting any split of a population and merging gives the count of the whole.
func TestTallyLaw(t *testing.T) {
	e := goutEdition(t)
	rapid.Check(t, func(t *rapid.T) {
		var people []*registry.Patient
		for i := range rapid.IntRange(0, 12).Draw(t, "people") {
			people = append(people, registrytest.Specimen(e.Subject(0), i%5, rapid.Uint64().Draw(t, "seed")))
		}
		cut := rapid.IntRange(0, len(people)).Draw(t, "cut")
		count := func(ps []*registry.Patient) hedis.Tally { return e.Count(slices.Values(ps)) }
		whole, a, b := count(people), count(people[:cut]), count(people[cut:])
		var m hedis.Tally
		for _, x := range []hedis.Tally{b, a} {
			if err := m.Merge(x); err != nil {
				t.Fatal(err)
			}
		}
		if m.People != whole.People || !slices.Equal(m.Rates, whole.Rates) || !slices.Equal(m.Strata, whole.Strata) {
			t.Fatalf("%v, want %v", m, whole)
		}
		if s := whole.Rates[0].Score(); s.Defined() && !s.Proportion() {
			t.Fatalf("score %v", s)
		}
	})
	// patients added one by one make a tally of their edition
	var own hedis.Tally
	var out hedis.Outcome
	one := e.Chart()
	one.Load(goutPatient(300))
	e.Classify(one, &out)
	own.Add(&out)
	if z := e.Count(slices.Values([]*registry.Patient{goutPatient(310)})); own.Edition != e.Name || own.Merge(z) != nil || own.People != 2 {
		t.Errorf("%+v", own)
	}
	x := hedis.Tally{Edition: "other", Rates: make([]hedis.CountTotals, 2)}
	y := e.Count(slices.Values([]*registry.Patient{goutPatient(300)}))
	if err := y.Merge(x); !errors.Is(err, registry.ErrTally) {
		t.Error(err)
	}
}

// bound is the edition that the examples use.
func bound() *hedis.Edition {
	e, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets())
	if err != nil {
		panic(err)
	}
	return e
}
