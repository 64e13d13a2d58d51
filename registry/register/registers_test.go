package register_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

func ehr(t testing.TB) []register.Register {
	t.Helper()
	list, err := register.EHR(register.Clinical{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// oneCode makes value sets of one code each: the OID.
func oneCode(needs []registry.Set) (out []registry.ValueSet) {
	for _, s := range needs {
		if !slices.ContainsFunc(out, func(v registry.ValueSet) bool { return v.OID == s.OID }) {
			out = append(out, registry.ValueSet{OID: s.OID, Name: s.Name, Codes: []registry.Code{codeOf(s.OID)}})
		}
	}
	return out
}

func codeOf(oid string) registry.Code { return registry.Code{System: "urn:t", Value: oid} }

func needs(list []register.Register) (out []registry.Set) {
	for _, r := range list {
		out = append(out, r.Needs()...)
	}
	return out
}

func compiled(t testing.TB, policy register.Policy, list ...register.Register) *register.Registers {
	t.Helper()
	r, err := register.New(oneCode(needs(list)), policy, list...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func day(s string) (d registry.Date) {
	if err := d.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return d
}

// ev is an event of a set, such as "asthma:diagnosis".
func ev(kind registry.Kind, what, date string) registry.Fact {
	return registry.Fact{ID: what + date, Kind: kind, Codes: []registry.Code{codeOf(register.SetSpace + what)}, When: registry.Since(day(date))}
}

func dx(what, date string) registry.Fact { return ev(registry.Diagnosis, what, date) }

func val(what, date string, coef int64, exp int8, unit string) registry.Fact {
	f := ev(registry.Observation, what, date)
	f.Value = registry.QuantityOf(registry.Num(coef, exp), unit)
	return f
}

func entryOf(t testing.TB, r *register.Registers, id, asOf string, p *registry.Patient) register.Entry {
	t.Helper()
	c := r.Chart()
	c.Load(p)
	var res register.Results
	r.Evaluate(c, nil, day(asOf), &res)
	return res.Entries[r.Index(id)]
}

func TestEHRTable(t *testing.T) {
	list := ehr(t)
	if len(list) != 21 {
		t.Fatalf("%d registers", len(list))
	}
	for _, r := range list {
		if len(r.Needs()) == 0 || r.Version == "" || r.Title == "" {
			t.Errorf("%s: needs %v", r.ID, r.Needs())
		}
	}
	_, err := register.New(nil, register.Policy{}, list...)
	var missing *registry.MissingSets
	if !errors.As(err, &missing) || len(missing.Missing) != len(oneCode(needs(list))) {
		t.Fatalf("binding does not report every missing set: %v", err)
	}
}

// Boundary cases of the 21 registers.
func TestEHRRules(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	adult := day("1960-06-15")
	for _, c := range []struct {
		name, id, asOf string
		birth          registry.Date
		facts          []registry.Fact
		want           bool
	}{
		{"seventeenth birthday", "diabetes", "2022-05-01", day("2005-05-01"), []registry.Fact{dx("diabetes:diagnosis", "2020-01-01")}, true},
		{"the day before", "diabetes", "2022-04-30", day("2005-05-01"), []registry.Fact{dx("diabetes:diagnosis", "2020-01-01")}, false},
		{"resolved", "diabetes", "2022-01-01", adult, []registry.Fact{dx("diabetes:diagnosis", "2020-01-01"), dx("diabetes:resolved", "2021-01-01")}, false},
		{"same day, diagnosis wins", "heart-failure", "2022-01-01", adult, []registry.Fact{dx("heart-failure:diagnosis", "2022-01-01"), dx("heart-failure:resolved", "2022-01-01")}, true},
		{"same day, resolution wins", "atrial-fibrillation", "2022-01-01", adult, []registry.Fact{dx("atrial-fibrillation:diagnosis", "2022-01-01"), dx("atrial-fibrillation:resolved", "2022-01-01")}, false},
		{"medicine at the edge", "asthma", "2024-03-31", adult, []registry.Fact{dx("asthma:diagnosis", "2020-01-01"), ev(registry.MedicationOrder, "asthma:medicine", "2023-03-31")}, false},
		{"medicine inside", "asthma", "2024-03-31", adult, []registry.Fact{dx("asthma:diagnosis", "2020-01-01"), ev(registry.MedicationDispense, "asthma:medicine", "2023-04-01")}, true},
		{"stage removes", "ckd", "2022-01-01", adult, []registry.Fact{dx("ckd:diagnosis", "2020-01-01"), dx("ckd:stage-1-or-2", "2021-01-01")}, false},
		{"worse again", "ckd", "2022-01-01", adult, []registry.Fact{dx("ckd:diagnosis", "2020-01-01"), dx("ckd:stage-1-or-2", "2021-01-01"), dx("ckd:diagnosis", "2021-01-02")}, true},
		{"ckd resolved", "ckd", "2022-01-01", adult, []registry.Fact{dx("ckd:diagnosis", "2020-01-01"), dx("ckd:resolved", "2021-01-01")}, false},
		{"depression too early", "depression", "2022-01-01", adult, []registry.Fact{dx("depression:diagnosis", "2006-03-31")}, false},
		{"depression from the first day", "depression", "2022-01-01", adult, []registry.Fact{dx("depression:diagnosis", "2006-04-01")}, true},
		{"a review is no episode", "depression", "2022-01-01", adult, []registry.Fact{episode(dx("depression:diagnosis", "2020-04-01"), "review")}, false},
		{"a new episode", "depression", "2022-01-01", adult, []registry.Fact{episode(dx("depression:diagnosis", "2020-04-01"), "new")}, true},
		{"cancer reviewed", "cancer", "2022-01-01", adult, []registry.Fact{episode(dx("cancer:diagnosis", "2020-04-01"), "review")}, false},
		{"cancer", "cancer", "2022-01-01", adult, []registry.Fact{dx("cancer:diagnosis", "2003-04-01")}, true},
		{"epilepsy drug six months", "epilepsy", "2022-07-01", adult, []registry.Fact{dx("epilepsy:diagnosis", "2020-04-01"), ev(registry.MedicationOrder, "epilepsy:medicine", "2022-01-02")}, true},
		{"epilepsy drug too old", "epilepsy", "2022-07-01", adult, []registry.Fact{dx("epilepsy:diagnosis", "2020-04-01"), ev(registry.MedicationOrder, "epilepsy:medicine", "2022-01-01")}, false},
		{"fracture, no scan", "osteoporosis-a", "2022-01-01", adult, []registry.Fact{dx("osteoporosis-a:diagnosis", "2013-01-01"), dx("osteoporosis-a:fragility-fracture", "2012-04-01")}, false},
		{"fracture and T-score", "osteoporosis-a", "2022-01-01", adult, []registry.Fact{dx("osteoporosis-a:diagnosis", "2013-01-01"), dx("osteoporosis-a:fragility-fracture", "2012-04-01"), val("osteoporosis-a:T-score", "2013-01-01", -25, -1, "")}, true},
		{"T-score above", "osteoporosis-a", "2022-01-01", adult, []registry.Fact{dx("osteoporosis-a:diagnosis", "2013-01-01"), dx("osteoporosis-a:fragility-fracture", "2012-04-01"), val("osteoporosis-a:T-score", "2013-01-01", -24, -1, "")}, false},
		{"fracture before the rule", "osteoporosis-a", "2022-01-01", adult, []registry.Fact{dx("osteoporosis-a:diagnosis", "2013-01-01"), dx("osteoporosis-a:fragility-fracture", "2012-03-31"), ev(registry.Procedure, "osteoporosis-a:bone-scan", "2013-01-01")}, false},
		{"scan by procedure", "osteoporosis-a", "2022-01-01", adult, []registry.Fact{dx("osteoporosis-a:diagnosis", "2013-01-01"), dx("osteoporosis-a:fragility-fracture", "2012-04-01"), ev(registry.Procedure, "osteoporosis-a:bone-scan", "2013-01-01")}, true},
		{"75 needs no scan", "osteoporosis-b", "2022-01-01", day("1947-01-01"), []registry.Fact{dx("osteoporosis-b:diagnosis", "2013-01-01"), dx("osteoporosis-b:fragility-fracture", "2014-04-01")}, true},
		{"74", "osteoporosis-b", "2021-12-31", day("1947-01-01"), []registry.Fact{dx("osteoporosis-b:diagnosis", "2013-01-01"), dx("osteoporosis-b:fragility-fracture", "2014-04-01")}, false},
		{"BMI 30", "obesity", "2022-01-01", adult, []registry.Fact{val("obesity:body-mass-index", "2021-01-02", 300, -1, "kg/m2")}, true},
		{"BMI 29.9", "obesity", "2022-01-01", adult, []registry.Fact{val("obesity:body-mass-index", "2021-01-02", 299, -1, "kg/m2")}, false},
		{"the latest BMI decides", "obesity", "2022-01-01", adult, []registry.Fact{val("obesity:body-mass-index", "2021-01-02", 310, -1, "kg/m2"), val("obesity:body-mass-index", "2021-06-02", 290, -1, "kg/m2")}, false},
		{"lower limit", "obesity", "2022-01-01", adult, []registry.Fact{val("obesity:body-mass-index", "2021-01-02", 275, -1, "kg/m2"), ev(registry.Observation, "obesity:ethnic-group-with-the-lower-limit", "2010-01-01")}, true},
		{"BMI without a unit", "obesity", "2022-01-01", adult, []registry.Fact{val("obesity:body-mass-index", "2021-01-02", 310, -1, "")}, false},
		{"palliative, no longer", "palliative-care", "2022-01-01", adult, []registry.Fact{dx("palliative-care:diagnosis", "2020-01-01"), dx("palliative-care:resolved", "2020-02-01")}, false},
		{"rheumatoid at 16", "rheumatoid-arthritis", "2022-01-01", day("2004-01-01"), []registry.Fact{dx("rheumatoid-arthritis:diagnosis", "2020-01-01")}, true},
		{"rheumatoid at 15, now 18", "rheumatoid-arthritis", "2022-01-01", day("2004-01-02"), []registry.Fact{dx("rheumatoid-arthritis:diagnosis", "2020-01-01"), dx("rheumatoid-arthritis:diagnosis", "2021-06-01")}, false},
		{"psychosis ever", "severe-mental-illness", "2022-01-01", adult, []registry.Fact{dx("severe-mental-illness:diagnosis", "1990-01-01")}, true},
		{"lithium", "severe-mental-illness", "2022-01-01", adult, []registry.Fact{ev(registry.MedicationOrder, "severe-mental-illness:lithium", "2021-07-02")}, true},
		{"lithium too old", "severe-mental-illness", "2022-01-01", adult, []registry.Fact{ev(registry.MedicationOrder, "severe-mental-illness:lithium", "2021-07-01")}, false},
		{"lithium stopped", "severe-mental-illness", "2022-01-01", adult, []registry.Fact{ev(registry.MedicationOrder, "severe-mental-illness:lithium", "2021-08-02"), ev(registry.Observation, "severe-mental-illness:lithium-stopped", "2021-08-02")}, false},
		{"stopped, then issued", "severe-mental-illness", "2022-01-01", adult, []registry.Fact{ev(registry.MedicationOrder, "severe-mental-illness:lithium", "2021-08-03"), ev(registry.Observation, "severe-mental-illness:lithium-stopped", "2021-08-02")}, true},
		{"hyperglycaemia", "non-diabetic-hyperglycaemia", "2022-01-01", adult, []registry.Fact{dx("non-diabetic-hyperglycaemia:diagnosis", "2020-01-01")}, true},
		{"and diabetes", "non-diabetic-hyperglycaemia", "2022-01-01", adult, []registry.Fact{dx("non-diabetic-hyperglycaemia:diagnosis", "2020-01-01"), dx("diabetes:diagnosis", "2020-06-01")}, false},
		{"diabetes resolved", "non-diabetic-hyperglycaemia", "2022-01-01", adult, []registry.Fact{dx("non-diabetic-hyperglycaemia:diagnosis", "2020-01-01"), dx("diabetes:diagnosis", "2020-06-01"), dx("diabetes:resolved", "2021-06-01")}, true},
		{"stroke, whatever came after", "stroke-tia", "2022-01-01", adult, []registry.Fact{dx("stroke-tia:diagnosis", "1980-01-01")}, true},
		{"tomorrow's diagnosis", "chd", "2022-01-01", adult, []registry.Fact{dx("chd:diagnosis", "2022-01-02")}, false},
	} {
		if r.Index(c.id) < 0 {
			t.Fatalf("%s: no register %s", c.name, c.id)
		}
		if got := entryOf(t, r, c.id, c.asOf, &registry.Patient{ID: "p", Birth: c.birth, Facts: c.facts}); got.In != c.want || got.In && (got.FirstEver == 0 || got.Since == 0) {
			t.Errorf("%s: %+v, want %v", c.name, got, c.want)
		}
	}
}

func episode(f registry.Fact, which string) registry.Fact {
	f.Value = registry.CodesOf(registry.Code{System: register.EpisodeSystem, Value: which})
	return f
}

// Worked examples: D 2020, R 2021, D 2022.
func TestEHRSpells(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	p := &registry.Patient{ID: "p", Birth: day("1960-01-01"), Facts: []registry.Fact{dx("diabetes:diagnosis", "2020-01-01"), dx("diabetes:resolved", "2021-01-01"), dx("diabetes:diagnosis", "2022-01-01")}}
	c := r.Chart()
	c.Load(p)
	i := r.Index("diabetes")
	got := r.Spells(c, nil, i, day("2019-01-01"), day("2022-06-01"), nil)
	want := []registry.Period{{Start: day("2020-01-01"), End: day("2020-12-31")}, {Start: day("2022-01-01"), End: day("2022-06-01")}}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	e := entryOf(t, r, "diabetes", "2022-06-01", p)
	if e.Since != day("2022-01-01") || e.FirstEver != day("2020-01-01") || e.FirstEvidence != day("2022-01-01") {
		t.Errorf("%+v", e)
	}
	left := r.Leavers(c, []register.Departure{{From: day("2022-03-01"), Reason: register.Merged, Into: "q"}}, day("2020-06-01"), day("2022-12-31"), nil)
	if len(left) != 2 || left[0].On != day("2021-01-01") || left[0].Reason != register.RuleNotMet || left[0].Why == "" || left[1].Reason != register.Merged || left[1].Into != "q" || left[1].On != day("2022-03-01") {
		t.Errorf("%+v", left)
	}
}

// A diagnosis without a start is on no register, and counted.
func TestUndated(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	f := dx("chd:diagnosis", "2020-01-01")
	f.When = registry.Span{}
	c := r.Chart()
	c.Load(&registry.Patient{Facts: []registry.Fact{f, dx("pad:diagnosis", "2020-01-01")}})
	var res register.Results
	r.Evaluate(c, nil, day("2021-01-01"), &res)
	if res.Undated != 1 || res.Entries[r.Index("chd")].In || !res.Entries[r.Index("pad")].In {
		t.Errorf("%+v", res)
	}
}

// An abatement before the onset is ignored on the way through the chart, too: the
// diagnosis counts from its start. A status that says it is over still speaks.
func TestAbatementBeforeOnset(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	f := dx("heart-failure:diagnosis", "2020-03-01")
	f.Status, f.When = registry.Active, registry.Between(day("2020-03-01"), day("2019-03-01"))
	p := &registry.Patient{ID: "p", Birth: day("1950-01-01"), Facts: []registry.Fact{f}}
	e := entryOf(t, r, "heart-failure", "2024-01-01", p)
	if !e.In || e.Since != day("2020-03-01") || e.FirstEvidence != e.Since {
		t.Errorf("%+v", e)
	}
	if register.ConflictOf(&f, day("2024-01-01")) != register.EndBeforeStart {
		t.Error("no issue")
	}
	p.Facts[0].Status, p.Facts[0].Authored = registry.Resolved, registry.At(day("2021-05-05"))
	if e = entryOf(t, r, "heart-failure", "2021-05-04", p); !e.In {
		t.Errorf("%+v", e)
	}
	if e = entryOf(t, r, "heart-failure", "2021-05-05", p); e.In {
		t.Errorf("%+v", e)
	}
}

// The first evidence may lie long before the spell.
func TestFirstEvidence(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	e := entryOf(t, r, "diabetes", "2022-06-01", &registry.Patient{Birth: day("2003-03-03"), Facts: []registry.Fact{dx("diabetes:diagnosis", "2012-01-01"), dx("diabetes:diagnosis", "2014-01-01"), dx("diabetes:diagnosis", "2021-01-01")}})
	if e.FirstEvidence != day("2012-01-01") || e.Since != day("2020-03-03") || e.FirstEver != e.Since {
		t.Errorf("%+v", e)
	}
}

// The COPD cascade reports which rule let a person in.
func TestCOPDCascade(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	ratio := func(date string, coef int64) registry.Fact { return val("copd:FEV1/FVC", date, coef, -2, "") }
	d := func(s string) registry.Fact { return dx("copd:diagnosis", s) }
	for _, c := range []struct {
		name, asOf, rule string
		facts            []registry.Fact
	}{
		{"never", "2024-06-01", "no episode", nil},
		{"old", "2024-06-01", "episode before April 2023", []registry.Fact{d("2023-03-31")}},
		{"shown 93 days before", "2024-06-01", "obstruction shown around the diagnosis", []registry.Fact{d("2023-07-03"), ratio("2023-04-01", 69)}},
		{"94 days before", "2024-06-01", "episode since April 2023 without it", []registry.Fact{d("2023-07-04"), ratio("2023-04-01", 69)}},
		{"186 days after", "2024-06-01", "obstruction shown around the diagnosis", []registry.Fact{d("2023-07-03"), ratio("2024-01-05", 69)}},
		{"187 days after", "2024-06-01", "episode since April 2023 without it", []registry.Fact{d("2023-07-03"), ratio("2024-01-06", 69)}},
		{"not below", "2024-06-01", "episode since April 2023 without it", []registry.Fact{d("2023-07-03"), ratio("2023-07-03", 70)}},
		{"on registration", "2024-06-01", "obstruction shown around the registration", []registry.Fact{d("2023-04-01"), ratio("2024-05-01", 69), ev(registry.Coverage, "copd:registration", "2024-05-01")}},
		{"registered too long ago", "2024-06-01", "episode since April 2023 without it", []registry.Fact{d("2023-04-01"), ratio("2023-11-01", 69), ev(registry.Coverage, "copd:registration", "2023-06-01")}},
		{"resolved, never again", "2024-06-01", "no episode", []registry.Fact{d("2020-01-01"), dx("copd:resolved", "2021-01-01")}},
		{"a new episode", "2024-06-01", "episode since April 2023 without it", []registry.Fact{d("2020-01-01"), dx("copd:resolved", "2021-01-01"), d("2023-05-01")}},
	} {
		e := entryOf(t, r, "copd", c.asOf, &registry.Patient{Birth: day("1950-01-01"), Facts: c.facts})
		if e.Rule != c.rule || e.In != (c.rule != "no episode") {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func TestActiveAt(t *testing.T) {
	on := registry.Day(2020, 1, 1)
	off := registry.Day(2021, 1, 1)
	f := func(s registry.Span, st registry.Status, v registry.Verification, rec registry.Date) registry.Fact {
		return registry.Fact{Kind: registry.Diagnosis, When: s, Status: st, Verification: v, Authored: registry.At(rec)}
	}
	z := register.Clinical{}
	for _, c := range []struct {
		name  string
		f     registry.Fact
		at    registry.Date
		rule  register.Clinical
		want  bool
		issue register.Conflict
	}{
		{"before onset", f(registry.Since(on), registry.Active, 0, 0), on - 1, z, false, 0},
		{"onset", f(registry.Since(on), registry.Active, 0, 0), on, z, true, 0},
		{"day before abatement", f(registry.Between(on, off), registry.Active, 0, 0), off - 1, z, true, 0},
		{"abatement day", f(registry.Between(on, off), registry.Resolved, 0, 0), off, z, false, 0},
		{"abatement day by policy", f(registry.Between(on, off), registry.Resolved, 0, 0), off, register.Clinical{AbatementDay: true}, true, 0},
		{"the day after it", f(registry.Between(on, off), registry.Resolved, 0, 0), off + 1, register.Clinical{AbatementDay: true}, false, 0},
		{"active, ended: the date wins", f(registry.Between(on, off), registry.Active, 0, 0), off + 5, z, false, register.ActiveButEnded},
		{"resolved, recorded later", f(registry.Since(on), registry.Resolved, 0, off), off - 1, z, true, 0},
		{"from then on", f(registry.Since(on), registry.Resolved, 0, off), off, z, false, 0},
		{"resolved, no dates", f(registry.Since(on), registry.Remission, 0, 0), on, z, false, 0},
		{"resolved before it started", f(registry.Since(off), registry.Resolved, 0, on), off, z, false, register.StatusConflict},
		{"end before start is ignored", f(registry.Between(off, on), registry.Active, 0, 0), off + 9, z, true, register.EndBeforeStart},
		{"an event of one day", f(registry.On(on), registry.StatusUnknown, 0, 0), off, z, true, 0},
		{"a day, resolved", f(registry.On(on), registry.Resolved, 0, 0), on, z, false, 0},
		{"provisional", f(registry.Since(on), registry.Active, registry.Provisional, 0), off, z, false, 0},
		{"provisional by policy", f(registry.Since(on), registry.Active, registry.Provisional, 0), off, register.Clinical{Provisional: true}, true, 0},
		{"refuted", f(registry.Since(on), registry.Active, registry.Refuted, 0), off, register.Clinical{Provisional: true, Unconfirmed: true, Differential: true}, false, 0},
		{"no status", f(registry.Since(on), registry.StatusUnknown, registry.Confirmed, 0), off, z, true, 0},
		{"no status by policy", f(registry.Since(on), registry.StatusUnknown, registry.Confirmed, 0), off, register.Clinical{UnknownOut: true}, false, 0},
		{"no start", f(registry.Span{}, registry.Active, 0, 0), off, z, false, register.StartNotRecorded},
	} {
		if got := c.rule.ActiveAt(&c.f, c.at); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
		if got := register.ConflictOf(&c.f, c.at); got != c.issue {
			t.Errorf("%s: issue %v", c.name, got)
		}
	}
}

func TestStandingAndDeath(t *testing.T) {
	list := ehr(t)
	at := compiled(t, register.Policy{}, list...)
	keep := compiled(t, register.Policy{Death: register.KeepUntilPeriodEnd, YearMonth: 3}, list...)
	p := &registry.Patient{ID: "p", Birth: day("1950-01-01"), Death: registry.At(day("2022-02-10")), Facts: []registry.Fact{dx("chd:diagnosis", "2020-01-01")}}
	for _, c := range []struct {
		r    *register.Registers
		asOf string
		in   bool
	}{{at, "2022-02-09", true}, {at, "2022-02-10", false}, {keep, "2022-03-31", true}, {keep, "2022-04-01", false}} {
		e := entryOf(t, c.r, "chd", c.asOf, p)
		if e.In != c.in || !c.in && e.Out != register.Deceased || e.FirstEver != day("2020-01-01") {
			t.Errorf("%s: %+v", c.asOf, e)
		}
	}
	p.Death = registry.Moment{}
	p.Dead = true
	if e := entryOf(t, at, "chd", "2022-02-09", p); e.In || e.Out != register.Deceased {
		t.Errorf("dead without a date: %+v", e)
	}
	p.Dead = false
	c := at.Chart()
	c.Load(p)
	var res register.Results
	away := []register.Departure{{From: day("2021-01-01"), Back: day("2021-06-01"), Reason: register.OptedOut}}
	at.Evaluate(c, away, day("2021-05-31"), &res)
	if e := res.Entries[at.Index("chd")]; e.In || e.Out != register.OptedOut {
		t.Errorf("%+v", e)
	}
	at.Evaluate(c, away, day("2021-06-01"), &res)
	if e := res.Entries[at.Index("chd")]; !e.In || e.Since != day("2021-06-01") || e.FirstEvidence != day("2020-01-01") {
		t.Errorf("%+v", e)
	}
}

func TestConfidence(t *testing.T) {
	list, err := register.EHR(register.Clinical{Provisional: true})
	if err != nil {
		t.Fatal(err)
	}
	r := compiled(t, register.Policy{}, list...)
	f := func(date string, v registry.Verification) registry.Fact {
		x := dx("hypertension:diagnosis", date)
		x.Verification = v
		x.ID += fmt.Sprint(v)
		return x
	}
	for name, c := range map[string]struct {
		facts []registry.Fact
		want  register.Confidence
	}{
		"one":             {[]registry.Fact{f("2020-01-01", 0)}, register.Minimal},
		"two on one day":  {[]registry.Fact{f("2020-01-01", 0), func() registry.Fact { x := f("2020-01-01", 0); x.ID = "z"; return x }()}, register.Minimal},
		"two days":        {[]registry.Fact{f("2020-01-01", 0), f("2020-01-02", 0)}, register.Corroborated},
		"provisional":     {[]registry.Fact{f("2020-01-01", registry.Provisional)}, register.Tentative},
		"and one coded":   {[]registry.Fact{f("2020-01-01", registry.Provisional), f("2020-01-02", 0)}, register.Minimal},
		"confirmed":       {[]registry.Fact{f("2020-01-01", registry.Provisional), f("2020-01-02", registry.Confirmed)}, register.Established},
		"not any more":    {[]registry.Fact{f("2020-01-01", registry.Confirmed), dx("hypertension:resolved", "2020-02-01")}, register.NoConfidence},
		"one stands only": {[]registry.Fact{f("2020-01-01", 0), dx("hypertension:resolved", "2020-02-01"), f("2020-03-01", 0)}, register.Minimal},
	} {
		if e := entryOf(t, r, "hypertension", "2022-01-01", &registry.Patient{Facts: c.facts}); e.Confidence != c.want || e.In && e.Since != e.FirstEvidence {
			t.Errorf("%s: %v", name, e.Confidence)
		}
	}
}

func TestNear(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	for _, c := range []struct {
		name, id string
		facts    []registry.Fact
		near     []string
	}{
		{"only the medicine is missing", "asthma", []registry.Fact{dx("asthma:diagnosis", "2020-01-01")}, []string{"there is a medication order of Asthma: medicine"}},
		{"two things are missing", "asthma", nil, nil},
		{"one of two paths", "severe-mental-illness", nil, []string{"there is a diagnosis of Severe mental illness", "given the most recent medication order"}},
		{"no episode", "copd", nil, []string{"there is a diagnosis of Chronic obstructive"}},
		{"a member", "chd", []registry.Fact{dx("chd:diagnosis", "2020-01-01")}, nil},
	} {
		ch := r.Chart()
		ch.Load(&registry.Patient{ID: "p", Birth: day("1950-01-01"), Facts: c.facts})
		x := r.Explain(ch, nil, r.Index(c.id), day("2022-01-01"))
		if len(x.Near) != len(c.near) {
			t.Errorf("%s: %d near misses %v", c.name, len(x.Near), x.Near)
			continue
		}
		for i, n := range x.Near {
			if !strings.HasPrefix(n.Label, c.near[i]) {
				t.Errorf("%s: %q", c.name, n.Label)
			}
		}
	}
}

func TestDefinitionErrors(t *testing.T) {
	s := registry.Set{Name: "x", OID: "1"}
	good := register.Register{ID: "a", In: registry.Exists{Query: register.Ever("x", s, register.Clinical{})}, Evidence: register.Ever("x", s, register.Clinical{})}
	again, empty, cascade := good, register.Register{ID: "b"}, good
	cascade.ID, cascade.In = "c", register.Cascade{{"", nil, register.Select, register.Pass}, {"two", good.In, register.Pass, register.Pass}, {"last", good.In, register.Select, register.Pass}}
	none := good
	none.ID, none.In = "d", register.Cascade{}
	_, err := register.New(nil, register.Policy{YearMonth: 13}, good, again, empty, cascade, none, register.Register{ID: "e", In: register.Chart{Medicine: s}, Evidence: good.Evidence})
	for _, want := range []string{"missing (2)", "not unique", "In is not set", "no kind of fact", "month 13", "no name", "decides for everybody", "decides nothing", "undecided", "without steps", "within 0 months"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if !errors.Is(err, registry.ErrDefinition) || !errors.Is(err, registry.ErrValueSet) {
		t.Error(err)
	}
}

// kindOf is the kind of fact that carries the codes of a set.
func kindOf(oid string) registry.Kind {
	what := oid[strings.LastIndexByte(oid, ':')+1:]
	switch what {
	case "diagnosis", "resolved", "stage-1-or-2", "fragility-fracture":
		return registry.Diagnosis
	case "medicine", "lithium":
		return registry.MedicationOrder
	case "registration":
		return registry.Coverage
	}
	return registry.Observation
}

// record draws a person aimed at a register: facts of its sets near the edges of its
// windows, all between July 2021 and June 2023.
// With an age it is meant to be a member.
func record(needs []registry.Set, sure int) *rapid.Generator[*registry.Patient] {
	anchors := []string{"2021-07-01", "2022-01-31", "2022-02-28", "2022-07-01", "2022-08-31", "2023-03-31", "2023-04-01", "2023-06-29"}
	return rapid.Custom(func(t *rapid.T) *registry.Patient {
		p := &registry.Patient{ID: "p"}
		if sure > 0 {
			p.Birth = day("2022-03-01").AddYears(-sure)
			if sure == 62 { // 29 February 1960: 61, 62 and 63 begin in common years
				p.Birth = registry.Day(1960, 2, 29)
			}
		} else if rapid.IntRange(0, 9).Draw(t, "birth known") > 0 {
			age := rapid.SampledFrom([]int{4, 5, 15, 16, 17, 18, 49, 50, 74, 75, 40, 40, 60, 60, 80}).Draw(t, "age")
			p.Birth = day(rapid.SampledFrom(anchors).Draw(t, "birth")).AddYears(-age).AddDays(rapid.IntRange(-1, 1).Draw(t, "off"))
			if y := p.Birth.Year(); registry.IsLeap(y) && rapid.Bool().Draw(t, "29 February") {
				p.Birth = registry.Day(y, 2, 29)
			}
		}
		switch rapid.IntRange(0, 11).Draw(t, "death") {
		case 0:
			p.Death = registry.At(day(rapid.SampledFrom(anchors).Draw(t, "died")))
		case 1:
			p.Dead = rapid.IntRange(0, 3).Draw(t, "dead") == 0
		}
		n := rapid.IntRange(1, 7).Draw(t, "facts")
		together := day(rapid.SampledFrom(anchors).Draw(t, "together"))
		aimed := sure > 0 || rapid.Bool().Draw(t, "aimed")
		if aimed {
			n = max(n, len(needs))
		}
		for i := range n {
			s := rapid.SampledFrom(needs).Draw(t, "set")
			if aimed && i < len(needs) && !strings.Contains(needs[i].OID, "resolved") && !strings.Contains(needs[i].OID, "stopped") &&
				(len(needs) < 3 || !strings.HasSuffix(needs[i].OID, ":diabetes:diagnosis")) { // diabetes keeps from hyperglycaemia
				s = needs[i]
			}
			at := day(rapid.SampledFrom(anchors).Draw(t, "on")).AddDays(rapid.SampledFrom([]int{0, 0, -1, 1, -93, 186, 14}).Draw(t, "off"))
			if sure > 0 && i < len(needs) {
				at = together.AddDays(i % 2)
			}
			at = min(max(at, day("2021-07-01")), day("2023-06-30"))
			f := registry.Fact{ID: fmt.Sprint("f", i), Kind: kindOf(s.OID), Codes: []registry.Code{codeOf(s.OID)}, When: registry.Since(at)}
			course := rapid.IntRange(0, 5).Draw(t, "course")
			if sure > 0 && i < len(needs) {
				course = 5 // plain
			}
			switch course {
			case 0:
				f.When = registry.Between(at, min(at.AddDays(rapid.SampledFrom([]int{0, 1, 30, 200}).Draw(t, "lasts")), day("2023-06-30")))
			case 1:
				f.Status = rapid.SampledFrom([]registry.Status{registry.Active, registry.Resolved, registry.Remission, registry.Relapse}).Draw(t, "status")
				f.Authored = registry.At(min(at.AddDays(rapid.SampledFrom([]int{0, 40, -40}).Draw(t, "recorded")), day("2023-06-30")))
			case 2:
				f.Verification = rapid.SampledFrom([]registry.Verification{registry.Confirmed, registry.Provisional, registry.Refuted}).Draw(t, "verification")
			case 3:
				f.Negated = rapid.IntRange(0, 3).Draw(t, "negated") == 0
			}
			if f.Kind == registry.Observation {
				values := []registry.Quantity{{Value: registry.Num(69, -2)}, {Value: registry.Num(70, 0), Unit: "%"}, {Value: registry.Num(-25, -1)}}
				if strings.HasSuffix(s.OID, "body-mass-index") {
					values = []registry.Quantity{{Value: registry.Num(30, 0), Unit: "kg/m2"}, {Value: registry.Num(28, 0), Unit: "kg/m2"}, {Value: registry.Num(27, 0), Unit: "kg/m2"}}
				}
				v := rapid.SampledFrom(values).Draw(t, "value")
				f.Value = registry.Value{Kind: registry.QuantityValue, Quantity: v}
			}
			p.Facts = append(p.Facts, f)
		}
		return p
	})
}

func departures(t *rapid.T) (out []register.Departure) {
	if rapid.IntRange(0, 1).Draw(t, "departs") == 0 {
		d := register.Departure{From: day("2022-05-01").AddDays(rapid.IntRange(-300, 300).Draw(t, "leaves")), Reason: rapid.SampledFrom([]register.Reason{register.Transferred, register.OptedOut, register.Merged}).Draw(t, "why")}
		if rapid.Bool().Draw(t, "comes back") {
			d.Back = d.From.AddDays(rapid.SampledFrom([]int{1, 60}).Draw(t, "after"))
		}
		out = append(out, d)
	}
	return out
}

// own are registers with windows, ages and policies that the 21 don't have.
func own() []register.Register {
	set := func(what string) registry.Set {
		return registry.Set{Name: what, OID: register.SetSpace + "own:" + what}
	}
	stands := register.Standing("d", set("diagnosis"), register.ResolutionWins, register.Clinical{AbatementDay: true, Provisional: true}, set("resolved"))
	order := func(w registry.Window) registry.Query {
		return registry.Query{Kind: registry.MedicationOrder, Sets: []registry.Set{set("medicine")}, Tests: []registry.Test{registry.When(registry.Starts, w)}}
	}
	upTo := registry.PeriodEnd()
	return []register.Register{
		{ID: "inclusive", Evidence: stands, In: registry.All{registry.Exists{Query: stands}, registry.Exists{Query: order(registry.FromTo(upTo.AddMonths(-6), upTo))}}},
		{ID: "days", Evidence: stands, In: registry.Any{registry.Exists{Query: stands}, registry.Count{Of: order(registry.FromTo(upTo.AddDays(-90), upTo)), Min: 2, Distinct: registry.DistinctDays}}},
		{ID: "the year", Evidence: stands, In: registry.All{registry.Not{Of: registry.Exists{Query: stands}}, registry.Exists{Query: order(registry.ThePeriod())}}},
		{ID: "age", Evidence: register.Ever("d", set("diagnosis"), register.Clinical{}), In: registry.All{registry.Exists{Query: register.Ever("d", set("diagnosis"), register.Clinical{})}, registry.AgeAt{At: upTo, Min: 61, Max: 62}}},
		{ID: "months", Evidence: stands, In: registry.All{registry.Exists{Query: register.Ever("d", set("diagnosis"), register.Clinical{})}, registry.AgeAt{At: upTo.AddMonths(-1), Min: 733, Months: true}}},
		{ID: "chart", Evidence: stands, In: register.Chart{Register: "own", Diagnosis: set("diagnosis"), Resolved: set("resolved"), Medicine: set("medicine"), MedicineMonths: 3}},
		{ID: "cascade in a tree", Evidence: stands, In: registry.Not{Of: registry.Named{Name: "out", Of: register.Cascade{{Name: "diagnosed", When: registry.Exists{Query: stands}, Then: register.Reject}, {Name: "medicine", When: registry.Exists{Query: order(registry.FromTo(upTo.AddYears(-1), upTo.AddDays(-30)))}, Then: register.Reject, Else: register.Select}}}}},
	}
}

// Membership against asking on every single day, and the laws M1, M5, M6, M7, M9.
func TestRegisterLaws(t *testing.T) {
	list := append(ehr(t), own()...)
	both := []*register.Registers{compiled(t, register.Policy{}, list...), compiled(t, register.Policy{Death: register.KeepUntilPeriodEnd, YearMonth: 9}, list...)}
	r := both[0]
	c, o := r.Chart(), r.Chart()
	members, spells, nears := make([]int, len(list)), 0, 0 // on any day
	reasons := map[register.Reason]int{}
	turn, alone := 0, 0
	from, to := day("2021-01-01"), day("2024-12-31")
	check := func(t *rapid.T) {
		i := turn % len(list)
		r := both[turn/len(list)%2]
		sure := 0
		if turn/len(list)%3 == 0 {
			sure = 60 + turn/len(list)/3%2*2
			if list[i].ID == "osteoporosis-b" {
				sure = 80
			}
		}
		turn++
		p := record(list[i].Needs(), sure).Draw(t, "record")
		away := departures(t)
		c.Load(p)
		// by brute force, on every day
		var want []registry.Period
		for d := from; d <= to; d++ {
			if !r.Holds(c, away, i, d) {
				continue
			}
			if n := len(want); n > 0 && want[n-1].End == d-1 {
				want[n-1].End = d
			} else {
				want = append(want, registry.Period{Start: d, End: d})
			}
		}
		if got := r.Spells(c, away, i, from, to, nil); !slices.Equal(got, want) {
			t.Fatalf("%s: spells %v, by the day %v\n%+v", list[i].ID, got, want, p)
		}
		asOf := from.AddDays(rapid.IntRange(150, 1400).Draw(t, "as of"))
		if len(want) > 0 && rapid.Bool().Draw(t, "at an edge") {
			asOf = min(rapid.SampledFrom(want).Draw(t, "spell").End.AddDays(rapid.IntRange(0, 1).Draw(t, "next")), to)
		}
		var res, other register.Results
		r.Evaluate(c, away, asOf, &res)
		e := res.Entries[i]
		reasons[e.Out]++
		var now, first registry.Date
		for _, s := range want {
			if s.Start <= asOf && first == 0 {
				first = s.Start
			}
			if s.Contains(asOf) {
				now = s.Start
			}
		}
		if e.In != (now != 0) || e.Since != now || e.FirstEver != first {
			t.Fatalf("M6 %s as of %v: %+v, spells %v\n%+v", list[i].ID, asOf, e, want, p)
		}
		if e.In && (e.FirstEver > e.Since || e.Since > asOf || e.FirstEvidence > e.Since || e.Out != register.Member) {
			t.Fatalf("M5 %s %+v", list[i].ID, e)
		}
		spells += len(want)
		if len(want) > 0 {
			members[i]++
		}
		// M1: order and repetition
		o.Load(registrytest.Repeated(registrytest.Shuffled(p, 5), 5))
		r.Evaluate(o, away, asOf, &other)
		if !slices.Equal(res.Entries, other.Entries) {
			t.Fatalf("M1 %+v and %+v", res.Entries, other.Entries)
		}
		// M9: the record as it was then gives what the record of now gives for then
		c.LoadAsOf(p, asOf)
		r.Evaluate(c, away, asOf, &res)
		then := *p
		then.Facts = nil
		for _, f := range p.Facts {
			if f.When.Start.Day <= asOf && f.Authored.Day <= asOf {
				then.Facts = append(then.Facts, f)
			}
		}
		o.Load(&then)
		r.Evaluate(o, away, asOf, &other)
		if !slices.Equal(res.Entries, other.Entries) {
			t.Fatalf("M9 %+v and %+v", res.Entries, other.Entries)
		}
		// M7: the explanation agrees, and its evidence alone is enough
		c.Load(p)
		x := r.Explain(c, away, i, asOf)
		if x.Entry != e || x.Finding.Met != e.In && (e.Out == register.Member || e.Out == register.RuleNotMet) && (p.Birth == 0 || p.Birth <= asOf) {
			t.Fatalf("M7 %+v", x)
		}
		if len(x.Near) > 0 {
			nears++
		}
		// a person with a rule that wants a fact to be missing has no such evidence
		if e.In && !strings.Contains(list[i].ID, "cascade") && list[i].ID != "the year" {
			alone++
			only := *p
			only.Facts = nil
			for _, f := range x.Finding.Facts() {
				only.Facts = append(only.Facts, *f)
			}
			o.Load(&only)
			if !r.Holds(o, away, i, asOf) {
				t.Fatalf("M7 %s: the evidence alone is not enough: %+v of %+v\n%s", list[i].ID, only.Facts, p.Facts, x.Finding.Text())
			}
		}
	}
	must := []register.Reason{register.Member, register.RuleNotMet, register.Deceased, register.Transferred, register.OptedOut, register.Merged}
	lawtest.Until(t, func(t *rapid.T) {
		for range 3 {
			check(t)
		}
	}, func() bool {
		return !slices.Contains(members, 0) && spells > 0 && nears > 0 && alone > 0 &&
			!slices.ContainsFunc(must, func(w register.Reason) bool { return reasons[w] == 0 })
	})
	for _, x := range r.List() {
		if x.Daily {
			t.Errorf("%s is asked for every day", x.ID)
		}
	}
}

// Definitions that move by the day are asked for every day: by themselves for
// covered days, on demand for functions of the caller.
func TestDailyLaw(t *testing.T) {
	set := registry.Set{Name: "medicine", OID: register.SetSpace + "own:medicine"}
	orders := registry.Query{Kind: registry.MedicationDispense, Sets: []registry.Set{set}, Tests: []registry.Test{registry.When(registry.Starts, registry.UpToPeriodEnd())}}
	list := []register.Register{
		{ID: "covered", Evidence: orders, In: registry.CoverDays{Of: []registry.Query{orders}, Window: registry.FromTo(registry.PeriodEnd().AddDays(-59), registry.PeriodEnd()), Min: 30}},
		{ID: "even", Evidence: orders, Daily: true, In: registry.Rule{Words: "on an even day", Reads: []registry.Query{orders}, Ok: func(_ *registry.Chart, p registry.Period, found []registry.Found) bool {
			return p.End%2 == 0 && found[0].First() != nil
		}}},
	}
	r := compiled(t, register.Policy{}, list...)
	c := r.Chart()
	in := 0
	lawtest.Until(t, func(t *rapid.T) {
		p := &registry.Patient{}
		for k := range rapid.IntRange(0, 3).Draw(t, "orders") {
			d := day("2022-01-01").AddDays(rapid.IntRange(0, 90).Draw(t, "on"))
			p.Facts = append(p.Facts, registry.Fact{ID: fmt.Sprint(k), Kind: registry.MedicationDispense, Codes: []registry.Code{codeOf(set.OID)}, When: registry.On(d), Supply: &registry.Supply{Start: d, Days: registry.Num(int64(rapid.IntRange(1, 40).Draw(t, "days")), 0)}})
		}
		c.Load(p)
		from, to := day("2021-12-25"), day("2022-08-01")
		for i := range list {
			spells := r.Spells(c, nil, i, from, to, nil)
			for d := from; d <= to; d++ {
				got := slices.ContainsFunc(spells, func(s registry.Period) bool { return s.Contains(d) })
				if got != r.Holds(c, nil, i, d) {
					t.Fatalf("%s on %v: %v", list[i].ID, d, spells)
				}
			}
			var res register.Results
			r.Evaluate(c, nil, to, &res)
			if len(spells) > 0 {
				in++
				if res.Entries[i].FirstEver != spells[0].Start {
					t.Fatalf("%+v, spells %v", res.Entries[i], spells)
				}
			}
		}
	}, func() bool { return in > 0 })
}

// Leavers are the ends of spells, each with a reason.
func TestLeaversLaw(t *testing.T) {
	list := ehr(t)
	r := compiled(t, register.Policy{}, list...)
	c := r.Chart()
	left, turn := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		turn++
		p := record(list[turn%len(list)].Needs(), 0).Draw(t, "record")
		away := departures(t)
		c.Load(p)
		from, to := day("2021-01-01"), day("2024-12-31")
		got := r.Leavers(c, away, from, to, nil)
		left += len(got)
		n := 0
		for i := range list {
			for _, s := range r.Spells(c, away, i, from-1, to, nil) {
				if s.End == to {
					continue
				}
				n++
				k := slices.IndexFunc(got, func(l register.Leaving) bool { return l.Register == list[i].ID && l.On == s.End+1 })
				if k < 0 || got[k].Reason == register.Member || (got[k].Reason == register.RuleNotMet) != (got[k].Why != "") {
					t.Fatalf("%s %v is not among %+v", list[i].ID, s, got)
				}
			}
		}
		if n != len(got) || !slices.IsSortedFunc(got, func(a, b register.Leaving) int { return int(a.On - b.On) }) {
			t.Fatalf("%d leavers of %d spells that end: %+v", len(got), n, got)
		}
	}, func() bool { return left > 0 })
}

// M8: resolved, and diagnosed again on a later day, is in.
func TestRediagnosedLaw(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	c := r.Chart()
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom([]string{"hypertension", "ckd", "copd", "atrial-fibrillation", "heart-failure", "depression", "palliative-care"}).Draw(t, "register")
		d0 := day("2020-01-01").AddDays(rapid.IntRange(0, 300).Draw(t, "first"))
		d1 := d0.AddDays(rapid.IntRange(0, 300).Draw(t, "resolved"))
		d2 := d1.AddDays(rapid.IntRange(1, 300).Draw(t, "again"))
		p := &registry.Patient{Birth: day("1960-01-01"), Facts: []registry.Fact{dx(id+":diagnosis", d0.String()), dx(id+":resolved", d1.String()), dx(id+":diagnosis", d2.String())}}
		c.Load(p)
		i := r.Index(id)
		if !r.Holds(c, nil, i, d2) || d1 > d0 && r.Holds(c, nil, i, d2-1) || d1 > d0 && !r.Holds(c, nil, i, d1-1) {
			t.Fatalf("M8 %s %v %v %v", id, d0, d1, d2)
		}
	})
}

// M10: splitting a population and adding the counts counts the whole.
func TestSplitLaw(t *testing.T) {
	list := ehr(t)[:8]
	r := compiled(t, register.Policy{}, list...)
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].ID
	}
	c := r.Chart()
	total := int64(0)
	lawtest.Until(t, func(t *rapid.T) {
		people := rapid.SliceOfN(record(needs(list), 0), 0, 4).Draw(t, "people")
		cut := rapid.IntRange(0, len(people)).Draw(t, "cut")
		count := func(ps []*registry.Patient) registry.Tally {
			y := registry.NewTally(names...)
			for _, p := range ps {
				c.Load(p)
				y.People++
				for i := range list {
					if r.Holds(c, nil, i, day("2023-06-30")) {
						y.Add(i)
					}
				}
			}
			return y
		}
		whole, a := count(people), count(people[:cut])
		if err := a.Merge(count(people[cut:])); err != nil || a.People != whole.People || !slices.Equal(a.Counts, whole.Counts) {
			t.Fatalf("M10 %v and %v, %v", a, whole, err)
		}
		for _, n := range whole.Counts {
			total += n
		}
	}, func() bool { return total > 0 })
}

// long makes a record of 200 facts, 60 of them of registers.
func long(list []register.Register) *registry.Patient {
	p := &registry.Patient{ID: "long", Birth: day("1950-03-01")}
	sets := needs(list)
	for k := range 200 {
		f := registry.Fact{ID: fmt.Sprint("x", k), Kind: registry.Observation, Codes: []registry.Code{{System: "urn:t", Value: fmt.Sprint("other", k)}}, When: registry.On(day("2014-01-01").AddDays(k * 17))}
		if k%10 < 3 {
			s := sets[(k*7)%len(sets)]
			f.Kind, f.Codes = kindOf(s.OID), []registry.Code{codeOf(s.OID)}
			if f.Kind == registry.Diagnosis {
				f.When = registry.Since(f.When.Start.Day)
			}
		}
		p.Facts = append(p.Facts, f)
	}
	return p
}

func TestNoAllocation(t *testing.T) {
	list := ehr(t)
	r := compiled(t, register.Policy{}, list...)
	p := long(list)
	c := r.Chart()
	var res register.Results
	on, asOf := 0, day("2023-06-30")
	run := func() {
		c.Load(p)
		r.Evaluate(c, nil, asOf, &res)
		for i := range list {
			if r.Holds(c, nil, i, asOf) {
				on++
			}
		}
	}
	run()
	if n := testing.AllocsPerRun(50, run); n != 0 || on == 0 {
		t.Errorf("%v allocations, %d memberships", n, on)
	}
}

func BenchmarkHolds(b *testing.B) {
	list := ehr(b)
	r := compiled(b, register.Policy{}, list...)
	p := long(list)
	c := r.Chart()
	asOf := day("2023-06-30")
	b.ReportAllocs()
	for b.Loop() {
		c.Load(p)
		for i := range list {
			r.Holds(c, nil, i, asOf)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	list := ehr(b)
	r := compiled(b, register.Policy{}, list...)
	p := long(list)
	c := r.Chart()
	var res register.Results
	asOf := day("2023-06-30")
	b.ReportAllocs()
	for b.Loop() {
		c.Load(p)
		r.Evaluate(c, nil, asOf, &res)
	}
}

// longRecord is a person with so many diagnoses and resolutions of every register, in turn.
func longRecord(list []register.Register, n int) *registry.Patient {
	p := &registry.Patient{ID: "p", Birth: day("1950-01-01")}
	sets := needs(list)
	for i := range n {
		p.Facts = append(p.Facts, registry.Fact{ID: fmt.Sprint(i), Kind: registry.Diagnosis, Codes: []registry.Code{codeOf(sets[i%len(sets)].OID)}, When: registry.Since(day("1990-01-01").AddDays(i % 9000))})
	}
	return p
}

// Asking costs no more than the facts there are: ten times the facts take about ten times
// as long, however many diagnoses and resolutions stand against each other.
func TestHoldsIsLinear(t *testing.T) {
	list := ehr(t)
	r := compiled(t, register.Policy{}, list...)
	asOf := day("2024-01-01")
	cost := func(n int) time.Duration {
		c := r.Chart()
		c.Load(longRecord(list, n))
		best := time.Hour
		for range 9 {
			start := time.Now()
			for i := range list {
				r.Holds(c, nil, i, asOf)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if a, b := cost(2_000), cost(20_000); b > 50*a {
		t.Errorf("2,000 facts: %v, 20,000: %v", a, b)
	}
}

func BenchmarkHoldsLong(b *testing.B) {
	list := ehr(b)
	r := compiled(b, register.Policy{}, list...)
	asOf := day("2024-01-01")
	for _, n := range []int{200, 2_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := r.Chart()
			p := longRecord(list, n)
			b.ReportAllocs()
			for b.Loop() {
				c.LoadAsOf(p, asOf)
				for i := range list {
					r.Holds(c, nil, i, asOf)
				}
			}
		})
	}
}

func BenchmarkEvaluateLong(b *testing.B) {
	list := ehr(b)
	r := compiled(b, register.Policy{}, list...)
	asOf := day("2024-01-01")
	for _, n := range []int{200, 2_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := r.Chart()
			c.LoadAsOf(longRecord(list, n), asOf)
			var res register.Results
			b.ReportAllocs()
			for b.Loop() {
				r.Evaluate(c, nil, asOf, &res)
			}
		})
	}
}
