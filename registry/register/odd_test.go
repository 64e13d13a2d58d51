package register_test

import (
	"math"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
	"pgregory.net/rapid"
)

// oddFacts are facts that no source should send, about codes that somebody looks for.
func oddFacts(t *rapid.T, codes []registry.Code) (out []registry.Fact) {
	days := rapid.SampledFrom([]registry.Date{math.MinInt32, -1, 0, 1, 700000, 738000, 738300, registry.MaxDate, math.MaxInt32})
	kinds := []registry.Kind{registry.Diagnosis, registry.Diagnosis, registry.Observation, registry.MedicationOrder, registry.Coverage, registry.Communication, registry.Claim, 0, 200}
	for range rapid.IntRange(0, 6).Draw(t, "facts") {
		f := registry.Fact{ID: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "id"), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Negated: rapid.IntRange(0, 4).Draw(t, "negated") == 0,
			Status: registry.Status(rapid.SampledFrom([]int{0, 1, 3, 25, 27, 28, 255}).Draw(t, "status")), Verification: registry.Verification(rapid.SampledFrom([]int{0, 1, 3, 6, 99}).Draw(t, "verification")),
			Setting: rapid.SampledFrom([]string{"", "IP", "OP"}).Draw(t, "setting"), Codes: []registry.Code{rapid.SampledFrom(codes).Draw(t, "code")}, Authored: registry.At(days.Draw(t, "authored"))}
		f.When = registry.Span{Start: registry.Moment{Day: days.Draw(t, "start"), Time: registry.Clock(rapid.SampledFrom([]int{-1, 0, 1, 1 << 30}).Draw(t, "time"))}, End: registry.At(days.Draw(t, "end")), Ongoing: rapid.Bool().Draw(t, "ongoing")}
		f.Value = registry.Value{Kind: registry.ValueKind(rapid.IntRange(0, 9).Draw(t, "value kind")), Quantity: registry.Quantity{Value: registry.Number{Coef: rapid.SampledFrom([]int64{0, 1, 58, -1, math.MaxInt64, math.MinInt64}).Draw(t, "coef"), Exp: int8(rapid.SampledFrom([]int{0, 127, -128}).Draw(t, "exp"))},
			Comparator: registry.Comparator(rapid.IntRange(0, 9).Draw(t, "comparator")), Unit: rapid.SampledFrom([]string{"", "%", "mm[Hg]", "kg/m2"}).Draw(t, "unit")}}
		f.Components = []registry.Component{{Codes: []registry.Code{{System: registry.LOINC, Value: "8480-6"}}, Value: f.Value}, {Codes: []registry.Code{{System: registry.LOINC, Value: "8462-4"}}, Value: f.Value}, {}}
		if rapid.Bool().Draw(t, "supply") {
			f.Supply = &registry.Supply{Start: f.When.Start.Day, Days: f.Value.Quantity.Value, Refills: -7}
		}
		out = append(out, f)
	}
	return out
}

// Nothing in a record makes a register panic or disagree with itself, whatever the day.
func TestOddFactsLaw(t *testing.T) {
	r, keep := compiled(t, register.Policy{}, ehr(t)...), compiled(t, register.Policy{Death: register.KeepUntilPeriodEnd, YearMonth: 3}, ehr(t)...)
	rules, err := register.CaseRules(register.Clinical{})
	if err != nil {
		t.Fatal(err)
	}
	finder, err := register.NewCaseFinder(oneCode(append(register.CaseSets(), needs(ehr(t))...)), rules...)
	if err != nil {
		t.Fatal(err)
	}
	claims, b := ccw(t, register.CCW30), bands(t)
	codes := []registry.Code{{}, registry.NewCode("ICD10CM", "E11.9"), registry.NewCode("ICD10CM", "I21.4")}
	for _, s := range append(needs(ehr(t)), register.CaseSets()...) {
		codes = append(codes, codeOf(s.OID))
	}
	members, cases := 0, 0
	asOfs := []registry.Date{math.MinInt32, -1, 0, 1, 738000, registry.MaxDate, math.MaxInt32}
	lawtest.Until(t, func(t *rapid.T) {
		asOf := rapid.SampledFrom(append(asOfs, 738000, 738100)).Draw(t, "asOf")
		// one register at a time: its codes come together
		only := rapid.IntRange(0, len(r.List())-1).Draw(t, "register")
		mine := slices.Clone(codes[:3])
		for _, s := range r.List()[only].Needs() {
			mine = append(mine, codeOf(s.OID))
		}
		if rapid.IntRange(0, 3).Draw(t, "any") == 0 {
			mine = codes
		}
		p := &registry.Patient{ID: "p", Birth: rapid.SampledFrom([]registry.Date{math.MinInt32, -1, 0, 1, 700000, 738100, registry.MaxDate}).Draw(t, "birth"), Dead: rapid.IntRange(0, 4).Draw(t, "dead") == 0,
			Death: registry.At(rapid.SampledFrom([]registry.Date{-1, 0, 0, 0, 737999, registry.MaxDate}).Draw(t, "death")), Facts: oddFacts(t, mine)}
		good := dx("chd:diagnosis", "2018-11-01")
		good.ID = "good"
		drug := ev(registry.MedicationOrder, "case-finding:glucose-lowering-medicine", "2021-07-01")
		drug.ID = "drug"
		p.Facts = append(p.Facts, good, drug)
		away := []register.Departure{{From: rapid.SampledFrom(asOfs).Draw(t, "away"), Back: rapid.SampledFrom(asOfs).Draw(t, "back"), Reason: register.Reason(rapid.IntRange(0, 9).Draw(t, "reason"))}}
		c := r.Chart()
		c.Load(p)
		var res register.Results
		r.Evaluate(c, away, asOf, &res)
		x := r.Explain(c, away, only, asOf)
		e := res.Entries[only]
		if x.Entry != e || e.In != r.Holds(c, away, only, asOf) || e.In != (e.Out == register.Member) {
			t.Fatalf("%+v %+v", x.Entry, e)
		}
		for _, e := range res.Entries {
			if !e.In {
				continue
			}
			if members++; e.Since > asOf || e.FirstEver > e.Since || e.FirstEvidence > e.Since || e.Since <= 0 {
				t.Fatalf("%+v as of %v", e, asOf)
			}
		}
		if i := r.Index("chd"); asOf <= registry.MaxDate && asOf >= good.When.Start.Day && p.Birth <= asOf && (res.Entries[i].Out == register.RuleNotMet || res.Entries[i].In && res.Entries[i].FirstEver > good.When.Start.Day && p.Birth < good.When.Start.Day && away[0].From == 0) {
			t.Fatalf("a good fact is lost among odd ones: %+v", res.Entries[i])
		}
		keep.Holds(c, away, only, asOf)
		from := rapid.SampledFrom([]registry.Date{-1, 0, 1, 737000}).Draw(t, "from")
		r.Spells(c, away, only, from, asOf, nil)
		r.Leavers(c, away, from, asOf, nil)
		var m register.Members
		m.Ever = true
		year := rapid.SampledFrom([]int{-1, 0, 1, 2021, 9999, 10000}).Draw(t, "year")
		claims.Evaluate(p, year, &m)
		if _, _, err := claims.Explain(p, year, claims.Profile().Conditions[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := claims.Spells(p, claims.Profile().Conditions[0].ID, 1, rapid.SampledFrom([]registry.Date{1, registry.MaxDate, math.MaxInt32}).Draw(t, "to")); err != nil {
			t.Fatal(err)
		}
		for i := range p.Facts {
			b.PressureOf(&p.Facts[i])
			register.ConflictOf(&p.Facts[i], asOf)
		}
		k := finder.Chart()
		k.Load(p)
		cases += len(finder.Find(k, asOf, nil))
		register.CareState(&register.CareFacts{Registered: p.Birth, Death: p.Death.Day, Visits: asOfs, Measures: []register.Measure{{On: asOf}}}, asOf, register.CareRule{OutcomeQuarter: true})
	}, func() bool { return members > 0 && cases > 0 })
}
