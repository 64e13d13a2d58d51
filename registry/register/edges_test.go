package register_test

import (
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
