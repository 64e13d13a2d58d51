package register_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

// A day that is not recorded has no members; the first day of the calendar may have.
func TestFirstDayAndNoDay(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	c := r.Chart()
	f := dx("chd:diagnosis", "2020-01-01")
	f.When = registry.Since(registry.MinDate)
	c.Load(&registry.Patient{ID: "p", Facts: []registry.Fact{f}})
	var res register.Results
	i := r.Index("chd")
	for _, c2 := range []struct {
		asOf registry.Date
		want register.Entry
	}{
		{0, register.Entry{Out: register.RuleNotMet}},
		{registry.MinDate, register.Entry{In: true, Since: registry.MinDate, FirstEvidence: registry.MinDate, FirstEver: registry.MinDate, Confidence: register.Minimal}},
	} {
		r.Evaluate(c, nil, c2.asOf, &res)
		if res.Entries[i] != c2.want {
			t.Errorf("%v: %+v", c2.asOf, res.Entries[i])
		}
		if x := r.Explain(c, nil, i, c2.asOf); x.Entry != c2.want {
			t.Errorf("%v: %+v", c2.asOf, x.Entry)
		}
	}
}

func TestClaimsEdges(t *testing.T) {
	r, err := register.Compile(&register.Profile{ID: "t", CodeSystem: "ICD10CM", Conditions: []register.Condition{{ID: "c", ReferenceYears: 1, Codes: []string{"E11"},
		Tiers: []register.Tier{{MinClaims: 4, ClaimTypes: []string{"OP"}}, {MinClaims: 2, ClaimTypes: []string{"CAR"}}, {MinClaims: 3, ClaimTypes: []string{"CAR", "OP"}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	var m register.Members
	eval := func(year int, facts ...registry.Fact) register.Membership {
		r.Evaluate(&registry.Patient{Facts: facts}, year, &m)
		return m.Conditions[0]
	}
	// the tier that is nearest says how many are missing
	for _, c := range []struct {
		facts []registry.Fact
		short int
	}{
		{[]registry.Fact{claim("1", "OP", "2021-01-01", "E11")}, 2}, {[]registry.Fact{claim("1", "CAR", "2021-01-01", "E11")}, 1},
		{[]registry.Fact{claim("1", "OP", "2021-01-01", "E11"), claim("2", "OP", "2021-02-01", "E11")}, 1}, {nil, 0},
	} {
		if x := eval(2021, c.facts...); x.Short != c.short || x.In {
			t.Errorf("%+v: short %d", c.facts, x.Short)
		}
	}
	// the years of the calendar
	old := claim("1", "CAR", "2021-01-01", "E11")
	two := []registry.Fact{old, claim("2", "CAR", "2021-02-01", "E11")}
	for i := range two {
		two[i].When = registry.On(registry.Day(1, 1+i, 1))
	}
	if !eval(1, two...).In || eval(0, two...).In || eval(10000, two...).In || eval(-5, two...).In {
		t.Error("years")
	}
	// a spell starts when the rule is met, not before
	met := &registry.Patient{Facts: []registry.Fact{claim("1", "CAR", "2021-03-01", "E11"), claim("2", "CAR", "2021-06-01", "E11")}}
	for _, c := range []struct {
		from, to registry.Date
		want     []registry.Period
	}{
		{registry.Day(2021, 1, 1), registry.Day(2021, 5, 31), nil},
		{registry.Day(2021, 1, 1), registry.Day(2021, 6, 1), []registry.Period{{Start: registry.Day(2021, 6, 1), End: registry.Day(2021, 6, 1)}}},
		{registry.Day(2021, 1, 1), registry.Day(2030, 6, 1), []registry.Period{{Start: registry.Day(2021, 6, 1), End: registry.Day(2021, 12, 31)}}},
	} {
		if got, err := r.Spells(met, "c", c.from, c.to); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v to %v: %v %v", c.from, c.to, got, err)
		}
	}
}

// Pressures are read in mm[Hg], to the thousandth, and only where a person can have them.
func TestCaseFindingPressures(t *testing.T) {
	rules, err := register.CaseRules(register.Clinical{})
	if err != nil {
		t.Fatal(err)
	}
	rules = slices.DeleteFunc(rules, func(r register.CaseRule) bool { return r.ID != "cf.htn" })
	x, err := register.NewCaseFinder(oneCode(append(register.CaseSets(), needs(ehr(t))...)), rules...)
	if err != nil || len(rules) != 1 {
		t.Fatal(err)
	}
	reading := func(date string, sys registry.Number, unit string) registry.Fact {
		f := bp(date, 120, 80)
		f.Components[0].Value = registry.Value{Kind: registry.QuantityValue, Quantity: registry.Quantity{Value: sys, Unit: unit}}
		return f
	}
	c := x.Chart()
	for _, k := range []struct {
		sys  registry.Number
		unit string
		want bool
	}{
		{registry.Num(140, 0), "mm[Hg]", true}, {registry.Num(140001, -3), "mm[Hg]", true}, {registry.Num(139999, -3), "mm[Hg]", false}, {registry.Num(1400001, -4), "mm[Hg]", true}, {registry.Num(14, 1), "mm[Hg]", true},
		{registry.Num(140, 0), "kPa", false}, {registry.Num(400, 0), "mm[Hg]", true}, {registry.Num(401, 0), "mm[Hg]", false}, {registry.Num(-1, 0), "mm[Hg]", false}, {registry.Num(1, 9), "mm[Hg]", false},
	} {
		c.Load(&registry.Patient{ID: "p", Facts: []registry.Fact{reading("2021-01-01", k.sys, k.unit), reading("2021-02-01", k.sys, k.unit)}})
		if got := len(x.Find(c, day("2022-01-01"), nil)) == 1; got != k.want {
			t.Errorf("%v %s: %v", k.sys, k.unit, got)
		}
	}
}

// The dead stay until the end of the reporting year in which they died.
func TestKeptUntilPeriodEnd(t *testing.T) {
	for _, c := range []struct {
		month int
		death string
		last  string
	}{{3, "2022-03-31", "2022-03-31"}, {3, "2022-04-01", "2023-03-31"}, {0, "2022-12-31", "2022-12-31"}, {0, "2022-01-01", "2022-12-31"}, {2, "2023-03-01", "2024-02-29"}} {
		r := compiled(t, register.Policy{Death: register.KeepUntilPeriodEnd, YearMonth: c.month}, ehr(t)...)
		i := r.Index("chd")
		ch := r.Chart()
		ch.Load(&registry.Patient{ID: "p", Birth: day("1950-01-01"), Death: registry.At(day(c.death)), Facts: []registry.Fact{dx("chd:diagnosis", "2020-01-01")}})
		if !r.Holds(ch, nil, i, day(c.last)) || r.Holds(ch, nil, i, day(c.last)+1) {
			t.Errorf("%+v", c)
		}
		if got := r.Spells(ch, nil, i, day("2019-01-01"), day("2026-01-01"), nil); !slices.Equal(got, []registry.Period{{Start: day("2020-01-01"), End: day(c.last)}}) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// With the day of abatement counted the spell ends on it.
func TestSpellsWithAbatementDay(t *testing.T) {
	for _, on := range []bool{false, true} {
		list, err := register.EHR(register.Clinical{AbatementDay: on})
		if err != nil {
			t.Fatal(err)
		}
		r := compiled(t, register.Policy{}, list...)
		f := dx("heart-failure:diagnosis", "2020-01-01")
		f.Status, f.When = registry.Resolved, registry.Between(day("2020-01-01"), day("2021-05-05"))
		c := r.Chart()
		c.Load(&registry.Patient{ID: "p", Birth: day("1950-01-01"), Facts: []registry.Fact{f}})
		end := day("2021-05-04")
		if on {
			end++
		}
		i := r.Index("heart-failure")
		if got := r.Spells(c, nil, i, day("2019-01-01"), day("2022-01-01"), nil); !slices.Equal(got, []registry.Period{{Start: day("2020-01-01"), End: end}}) {
			t.Errorf("%v: %v", on, got)
		}
		if left := r.Leavers(c, nil, day("2021-01-01"), day("2022-01-01"), nil); len(left) != 1 || left[0].On != end+1 {
			t.Errorf("%v: %v", on, left)
		}
	}
}

// The explanation of a cascade tells every step up to the one that decided.
func TestCascadeExplains(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	c := r.Chart()
	c.Load(&registry.Patient{ID: "p", Birth: day("1950-01-01"), Facts: []registry.Fact{dx("copd:diagnosis", "2023-07-03"), val("copd:FEV1/FVC", "2023-07-03", 69, -2, "")}})
	x := r.Explain(c, nil, r.Index("copd"), day("2024-06-01"))
	var steps []string
	for _, p := range x.Finding.Parts {
		steps = append(steps, p.Label)
	}
	if want := []string{"no episode", "episode before April 2023", "obstruction shown around the diagnosis"}; !slices.Equal(steps, want) || x.Rule != want[2] || !x.Finding.Parts[2].Met || x.Finding.Parts[1].Met {
		t.Errorf("%q %+v", steps, x.Entry)
	}
	if x.Finding.Reason != x.Finding.Parts[2].Reason || len(x.Finding.Facts()) == 0 {
		t.Errorf("%+v", x.Finding)
	}
}

// Those who die later are cases until then; spells may begin with the calendar; a tier
// below zero days is none.
func TestMoreEdges(t *testing.T) {
	rules, err := register.CaseRules(register.Clinical{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := register.NewCaseFinder(oneCode(append(register.CaseSets(), needs(ehr(t))...)), rules...)
	if err != nil {
		t.Fatal(err)
	}
	c := x.Chart()
	for death, want := range map[string]int{"2021-12-31": 0, "2022-01-01": 0, "2022-01-02": 1} {
		c.Load(&registry.Patient{ID: "p", Dead: true, Death: registry.At(day(death)), Facts: []registry.Fact{ev(registry.MedicationOrder, "case-finding:glucose-lowering-medicine", "2021-06-01")}})
		if got := x.Find(c, day("2022-01-01"), nil); len(got) != want {
			t.Errorf("dies %s: %v", death, got)
		}
	}
	one := register.Profile{ID: "t", CodeSystem: "ICD10CM", Conditions: []register.Condition{{ID: "c", ReferenceYears: 1, Codes: []string{"E11"}, Tiers: []register.Tier{{MinClaims: 1, ClaimTypes: []string{"OP"}}}}}}
	r, err := register.Compile(&one)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Spells(&registry.Patient{Facts: []registry.Fact{claim("1", "OP", "2021-06-01", "E11")}}, "c", registry.MinDate, registry.MaxDate); err != nil || !slices.Equal(got, []registry.Period{{Start: day("2021-06-01"), End: day("2021-12-31")}}) {
		t.Error(got, err)
	}
	one.Conditions[0].Tiers[0].MinDaysApart = -1
	if _, err := register.Compile(&one); !errors.Is(err, register.ErrProfile) {
		t.Error(err)
	}
}

// Coverage of those who die within the window: whole by default, until death by choice.
func TestUntilDeath(t *testing.T) {
	w := registry.ReferenceYears(2021, 2)
	cover := func(end registry.Date) []registry.Enrolment {
		return []registry.Enrolment{{Period: registry.Period{Start: day("2019-01-01"), End: end}, Benefits: registry.PartA | registry.PartB, FeeForService: true}}
	}
	for _, c := range []struct {
		death, end   string
		whole, until int
	}{
		{"2021-05-05", "2021-05-05", 0, 2}, {"2021-05-05", "2021-05-04", 0, 0}, {"2021-12-31", "2021-12-31", 2, 2}, {"2022-01-01", "2021-06-01", 0, 0}, {"2020-01-01", "2020-01-01", 0, 2}, {"2019-12-31", "2019-12-31", 0, 0},
	} {
		p := &registry.Patient{Death: registry.At(day(c.death)), Enrolments: cover(day(c.end))}
		if a, b := register.CoverageFlag(false, p, w), register.CoverageFlag(true, p, register.UntilDeath(p, w)); a != c.whole || b != c.until+1 {
			t.Errorf("%+v: %d %d", c, a, b)
		}
	}
	for _, open := range []registry.Period{{}, {Start: 5}, {End: 5}, {Start: 5, End: 4}} {
		if got := register.CoverageFlag(true, &registry.Patient{Enrolments: cover(0)}, open); got != 1 {
			t.Errorf("%v: %d", open, got)
		}
	}
}

// Coverage is hospital and medical insurance together, fee-for-service.
func TestCoverageNeedsAll(t *testing.T) {
	w := registry.CalendarYear(2021)
	for _, c := range []struct {
		benefits registry.Benefit
		fee      bool
		want     int
	}{{registry.PartA | registry.PartB, true, 2}, {registry.PartA, true, 0}, {registry.PartB, true, 0}, {registry.PartA | registry.PartB, false, 0}, {registry.PartA | registry.PartB | registry.Dental, true, 2}} {
		p := &registry.Patient{Enrolments: []registry.Enrolment{{Period: w, Benefits: c.benefits, FeeForService: c.fee}}}
		if got := register.CoverageFlag(false, p, w); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

// A rule by the chart has either limit of age without the other, and a medicine within a
// month or more.
func TestChartLimits(t *testing.T) {
	set := registry.Set{Name: "asthma", OID: register.SetSpace + "asthma:diagnosis"}
	drug := registry.Set{Name: "inhaler", OID: register.SetSpace + "asthma:medicine"}
	holds := func(d register.Chart, facts ...registry.Fact) bool {
		b := registry.NewBinder(oneCode([]registry.Set{set, drug}))
		x := d.Bind(b)
		l, err := b.Lexicon()
		if err != nil {
			t.Fatal(err)
		}
		c := l.Chart(&registry.Patient{Birth: day("2000-06-01"), Facts: append(facts, dx("asthma:diagnosis", "2010-01-01"))})
		return x.Holds(c, registry.Period{Start: day("2023-06-02"), End: day("2024-06-01")}) // aged 24
	}
	for _, c := range []struct {
		min, max int
		want     bool
	}{{0, 0, true}, {24, 0, true}, {25, 0, false}, {0, 24, true}, {0, 23, false}, {24, 24, true}} {
		if got := holds(register.Chart{Register: "asthma", Diagnosis: set, MinAge: c.min, MaxAge: c.max}); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	one := register.Chart{Register: "asthma", Diagnosis: set, Medicine: drug, MedicineMonths: 1}
	for on, want := range map[string]bool{"2024-05-01": false, "2024-05-02": true, "2024-06-01": true, "2024-06-02": false} {
		if got := holds(one, ev(registry.MedicationOrder, "asthma:medicine", on)); got != want {
			t.Errorf("issued %s: %v", on, got)
		}
	}
	b := registry.NewBinder(oneCode([]registry.Set{set, drug}))
	one.MedicineMonths = 0
	one.Bind(b)
	if _, err := b.Lexicon(); err == nil {
		t.Error("a medicine within no months")
	}
}

// What is no diagnosis, or is denied, is not active; an end in the past contradicts every
// status that says that the illness goes on; being recorded ahead does so only when it is over.
func TestActiveEdges(t *testing.T) {
	on, off := day("2020-01-01"), day("2021-01-01")
	f := registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, When: registry.Since(on)}
	denied, other := f, f
	denied.Negated, other.Kind = true, registry.Observation
	z := register.Clinical{}
	if !z.ActiveAt(&f, off) || z.ActiveAt(&denied, off) || z.ActiveAt(&other, off) {
		t.Error("active")
	}
	for _, c := range []struct {
		status   registry.Status
		end      registry.Date
		recorded registry.Date
		want     register.Conflict
	}{
		{registry.Active, off, 0, register.ActiveButEnded}, {registry.Recurrence, off, 0, register.ActiveButEnded}, {registry.Relapse, off, 0, register.ActiveButEnded}, {registry.Resolved, off, 0, register.NoConflict}, {registry.Active, off + 1, 0, register.NoConflict},
		{registry.Active, 0, on - 1, register.NoConflict}, {registry.Resolved, 0, on - 1, register.StatusConflict}, {registry.Resolved, 0, on, register.NoConflict}, {registry.Resolved, 0, 0, register.NoConflict}, {registry.Resolved, off, on - 1, register.NoConflict},
	} {
		g := f
		g.Status, g.Authored = c.status, registry.At(c.recorded)
		if c.end != 0 {
			g.When = registry.Between(on, c.end)
		}
		if got := register.ConflictOf(&g, off); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	// nothing holds on a day that is not recorded
	r := compiled(t, register.Policy{}, ehr(t)...)
	c := r.Chart()
	c.Load(&registry.Patient{Facts: []registry.Fact{dx("chd:diagnosis", "2020-01-01")}})
	if r.Holds(c, nil, r.Index("chd"), 0) || !r.Holds(c, nil, r.Index("chd"), on) {
		t.Error("holds")
	}
}

// People are counted by the reasons of both lists; a claim that says what is not there is told apart.
func TestReasonsOfBothLists(t *testing.T) {
	r, err := register.Reconcile([]register.Listed{{Person: "1", In: true, Reason: "x"}, {Person: "2", In: true, Reason: "x"}, {Person: "3", In: true, Reason: "y"}}, []register.Listed{{Person: "1", In: true, Reason: "a"}, {Person: "2", In: true, Reason: "b"}, {Person: "3", In: true, Reason: "a"}})
	if err != nil || len(r.Reasons) != 3 || r.Reasons[0] != (register.ReasonCount{Side: register.OnBoth, ReasonA: "x", ReasonB: "a", People: 1}) {
		t.Errorf("%+v %v", r.Reasons, err)
	}
	c := ccw(t, register.CCW30)
	denied := claim("1", "IP", "2021-05-01", "E11.9")
	denied.Negated = true
	m, found, err := c.Explain(&registry.Patient{Facts: []registry.Fact{denied}}, 2021, "DIABETES")
	if err != nil || m.In || len(found) != 1 || found[0].Counts || found[0].Why != "equipment, ambulance or supplier claim" {
		t.Errorf("%+v %+v %v", m, found, err)
	}
}

// A contradiction is there since the later of the two began.
func TestContradictionSince(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	for _, pair := range []register.Pair{{A: "chd", B: "pad"}, {A: "pad", B: "chd"}} {
		c := r.Chart()
		c.Load(&registry.Patient{ID: "p", Birth: day("1950-01-01"), Facts: []registry.Fact{dx("chd:diagnosis", "2020-01-01"), dx("pad:diagnosis", "2021-01-01")}})
		var res register.Results
		r.Evaluate(c, nil, day("2022-01-01"), &res)
		if got := r.Contradictions("p", &res, []register.Pair{pair}); len(got) != 1 || got[0].Since != day("2021-01-01") {
			t.Errorf("%+v", got)
		}
	}
}

// A chart made with the lexicon is one of the registers' own.
func TestLexicon(t *testing.T) {
	list := ehr(t)
	r := compiled(t, register.Policy{}, list...)
	c := registry.NewChart(r.Lexicon())
	p := long(list)
	c.Load(p)
	own := r.Chart()
	own.Load(p)
	members := 0
	for i := range list {
		if r.Holds(c, nil, i, day("2023-06-30")) != r.Holds(own, nil, i, day("2023-06-30")) {
			t.Error(list[i].ID)
		}
		if r.Holds(own, nil, i, day("2023-06-30")) {
			members++
		}
	}
	if members == 0 {
		t.Error("nobody is on a register")
	}
}
