package registry_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

func ExampleSince() {
	fmt.Println(registry.Since(registry.Day(2019, 5, 1)))
	// Output:
	// since 2019-05-01
}

func ExampleSiteIs() {
	fmt.Println(registry.SiteIs(registry.Code{System: "urn:local", Value: "left"}))
	// Output:
	// body site left
}

func ExampleSortPeriods() {
	d := registry.Day(2025, 1, 1)
	ps := []registry.Period{{Start: d.AddDays(40), End: d.AddDays(80)}, {Start: d, End: d.AddDays(29)}}
	registry.SortPeriods(ps)
	fmt.Println(ps[0].Start)
	// Output:
	// 2025-01-01
}

func ExampleSpan() {
	fmt.Println(registry.Span{Start: registry.At(registry.Day(2025, 3, 1))})
	// Output:
	// 2025-03-01, end not recorded
}

func ExampleSpanOf() {
	fmt.Println(registry.SpanOf("visit"))
	// Output:
	// the visit
}

func ExampleSpecimen() {
	p := &registry.Patient{}
	s := registry.Specimen{Patient: p, Period: registry.CalendarYear(2025), Codes: func(registry.Set) []registry.Code { return []registry.Code{loincA1c} }, Draw: func(int) int { return 0 }}
	s.Meet(registry.Exists{Query: hba1c().That(registry.When(registry.During, registry.ThePeriod()))})
	fmt.Println(p.Facts[0].Kind, p.Facts[0].When)
	// Output:
	// observation 2025-01-01
}

func ExampleStartOf() {
	fmt.Println(registry.StartOf("visit").AddDays(-14))
	// Output:
	// the start of the visit less 14 days
}

func ExampleStatus() {
	// What was not done or is a mistake satisfies nothing.
	p := patient()
	p.Facts[0].Status, p.Facts[1].Status = registry.Cancelled, registry.EnteredInError
	b := registry.NewBinder(sets())
	tested := registry.Exists{Query: hba1c().That(registry.StatusIn(registry.Final, registry.Amended))}.Bind(b)
	lexicon, _ := b.Lexicon()
	fmt.Println(tested.Holds(lexicon.Chart(patient()), registry.CalendarYear(2025)), tested.Holds(lexicon.Chart(p), registry.CalendarYear(2025)))
	// Output: true false
}

func ExampleStatusIn() {
	fmt.Println(registry.StatusIn(registry.Final, registry.Amended))
	// Output:
	// status final or amended
}

func ExampleStatusNotIn() {
	fmt.Println(registry.StatusNotIn(registry.Cancelled))
	// Output:
	// status other than cancelled
}

func ExampleStrength() {
	// 30 tablets of 0.25 mg for 30 days are high, whatever another product may be.
	digoxin, other := registry.Code{System: registry.RxNorm, Value: "197606"}, registry.Code{System: registry.RxNorm, Value: "1"}
	b := registry.NewBinder(nil)
	high := registry.Exists{Query: registry.Query{Kind: registry.MedicationOrder, Codes: []registry.Code{digoxin, other}}.That(
		registry.DailyDoseAbove{Strengths: []registry.Strength{{Code: digoxin, Mg: registry.Num(25, -2)}}, Limit: registry.Num(125, -3)})}.Bind(b)
	lexicon, err := b.Lexicon()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, code := range []registry.Code{digoxin, other} {
		f := registry.Fact{ID: "rx", Kind: registry.MedicationOrder, Status: registry.Active, Codes: []registry.Code{code}, When: registry.On(registry.Day(2025, 3, 1)),
			Supply: &registry.Supply{Quantity: registry.Num(30, 0), Days: registry.Num(30, 0), Start: registry.Day(2025, 3, 1)}}
		fmt.Println(code.Value, high.Holds(lexicon.Chart(&registry.Patient{Facts: []registry.Fact{f}}), registry.CalendarYear(2025)))
	}
	// Output:
	// 197606 true
	// 1 false
}

func ExampleSupply() {
	s := registry.Supply{Quantity: registry.Num(60, 0), Dose: registry.Num(1, 0), TakenPer: registry.Num(2, 0), PerDays: registry.Num(1, 0), Refills: 1, Start: registry.Day(2025, 1, 10)}
	days, _ := s.TotalDays()
	covered, _ := s.Covered()
	fmt.Println(days, covered)
	// Output:
	// 60 2025-01-10 to 2025-03-10
}

func ExampleSupplyDays() {
	try(registry.SupplyDays{Of: metformin(), Min: 60})
	// Output:
	// at least 60 days supplied in all by a medication dispense of Metformin
	// true
}

func ExampleSystem() {
	for _, s := range []string{"LOINC", "ICD10CM", "urn:oid:2.16.840.1.113883.6.1", "urn:our-lab"} {
		fmt.Println(s, "-", registry.CanonicalSystem(s))
	}
	// Output:
	// LOINC - http://loinc.org
	// ICD10CM - http://hl7.org/fhir/sid/icd-10-cm
	// urn:oid:2.16.840.1.113883.6.1 - http://loinc.org
	// urn:our-lab - urn:our-lab
}

func ExampleTally() {
	a, b := registry.NewTally("asthma", "diabetes"), registry.NewTally("asthma", "diabetes")
	a.Add(0)
	b.Add(0)
	b.Add(1)
	err := a.Merge(b)
	fmt.Println(a.Of("asthma"), a.Of("diabetes"), err)
	// Output:
	// 2 1 <nil>
}

func ExampleTest() {
	tests := []registry.Test{registry.StatusIn(registry.Final), registry.HasValue()}
	try(registry.Exists{Query: hba1c().That(tests...)})
	// Output:
	// there is an observation of HbA1c, status final, with a result
	// true
}

func ExampleThe() {
	try(registry.The{Pick: registry.Pick{From: hba1c(), By: registry.Latest, Last: true, Tie: registry.TieLowest}, Is: []registry.Test{registry.Compare{Op: registry.Above, Limit: registry.Num(9, 0), Unit: "%"}}})
	// Output:
	// the most recent observation of HbA1c, lowest result of that day is: result above 9 %
	// true
}

func ExampleThePeriod() {
	fmt.Println(registry.ThePeriod())
	// Output:
	// the period
}

func ExampleTie() {
	// Two results of one day: the rule says which of them is the most recent.
	p := patient()
	p.Facts[0].When = p.Facts[1].When // 8.4 and 9.3
	for _, tie := range []registry.Tie{registry.TieLowest, registry.TieHighest} {
		b := registry.NewBinder(sets())
		c := registry.The{Pick: registry.Pick{From: hba1c(), By: registry.Latest, Last: true, Tie: tie}, Is: []registry.Test{registry.Compare{Op: registry.Above, Limit: registry.Num(9, 0), Unit: "%"}}}.Bind(b)
		lexicon, _ := b.Lexicon()
		f := c.Explain(lexicon.Chart(p), registry.CalendarYear(2025))
		fmt.Println(f.Met, f.Evidence[0].Fact.Value)
	}
	// Output:
	// false 8.4 %
	// true 9.3 %
}

func ExampleTiming() {
	fmt.Println(registry.When(registry.Starts, registry.SpanOf("visit")).Precisely())
	// Output:
	// starting in the visit (to the minute)
}

func ExampleUnion() {
	try(registry.Count{Of: registry.Union(visits(), hba1c()), Min: 4})
	// Output:
	// at least 4 different facts with an encounter of Office visit
	//    or observation of HbA1c
	// true
}

func ExampleUpToPeriodEnd() {
	fmt.Println(registry.UpToPeriodEnd())
	// Output:
	// the time up to the end of the period
}

func ExampleValue() {
	grade := registry.Code{System: "urn:local", Value: "NYHA II"}
	for _, v := range []registry.Value{registry.QuantityOf(registry.Num(74, -1), "%"), registry.CodesOf(grade), {Kind: registry.BoolValue, Bool: true}} {
		fmt.Println(v)
	}
	// Output:
	// 7.4 %
	// NYHA II
	// yes
}

func ExampleValueIn() {
	fmt.Println(registry.ValueIn(registry.Set{Name: "Tobacco User", OID: "1.6"}))
	// Output:
	// result Tobacco User
}

func ExampleValueIs() {
	fmt.Println(registry.ValueIs(yes))
	// Output:
	// result yes
}

func ExampleValueKind() {
	// An answer in words is no measured result.
	p := patient()
	p.Facts[0].Value, p.Facts[1].Value = registry.CodesOf(yes), registry.Value{}
	b := registry.NewBinder(sets())
	measured := registry.Exists{Query: hba1c().That(registry.HasQuantity())}.Bind(b)
	lexicon, _ := b.Lexicon()
	fmt.Println(p.Facts[0].Value.Kind == registry.CodedValue, measured.Holds(lexicon.Chart(p), registry.CalendarYear(2025)), measured.Holds(lexicon.Chart(patient()), registry.CalendarYear(2025)))
	// Output: true false true
}

func ExampleValueSet() {
	v := registry.ValueSet{OID: "1.1", Name: "HbA1c", Codes: []registry.Code{loincA1c}}
	fmt.Println(v.Contains(loincA1c))
	// Output:
	// true
}

func ExampleVerification() {
	// A refuted diagnosis is left out of the chart, and counted.
	b := registry.NewBinder(sets())
	known := registry.Exists{Query: diabetes()}.Bind(b)
	lexicon, _ := b.Lexicon()
	chart := registry.NewChart(lexicon)
	for _, v := range []registry.Verification{registry.Confirmed, registry.Refuted} {
		p := patient()
		p.Facts[4].Verification = v
		chart.Load(p)
		fmt.Println(v, known.Holds(chart, registry.CalendarYear(2025)), chart.LeftOut.EnteredInError)
	}
	// Output:
	// confirmed true 0
	// refuted false 1
}

func ExampleVerificationIn() {
	fmt.Println(registry.VerificationIn(registry.Confirmed, registry.NotStated))
	// Output:
	// verification confirmed or not stated
}

func ExampleVisit() {
	// The diagnoses of a stay, of which the first may be asked for.
	p := &registry.Patient{Facts: []registry.Fact{{ID: "s1", Kind: registry.Encounter, Status: registry.Finished, When: registry.Between(registry.Day(2025, 3, 1), registry.Day(2025, 3, 4)),
		Visit: &registry.Visit{Class: "IMP", Diagnoses: []registry.EncounterDx{{Codes: []registry.Code{registry.NewCode("ICD10CM", "I21.4")}, Principal: true, Sequence: 1}, {Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, Sequence: 2}}}}}}
	stay := registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.ClassIn("IMP")}}
	for _, test := range []registry.Test{registry.DiagnosedWith(diabetesSet), registry.PrincipallyDiagnosedWith(diabetesSet)} {
		b := registry.NewBinder(sets())
		c := registry.Exists{Query: stay.That(test)}.Bind(b)
		lexicon, _ := b.Lexicon()
		fmt.Println(test, "-", c.Holds(lexicon.Chart(p), registry.CalendarYear(2025)))
	}
	// Output:
	// encounter diagnosis Diabetes - true
	// principal diagnosis Diabetes - false
}

func ExampleWalk() {
	b := registry.NewBinder(sets())
	seen := b.Select(visits().Named("visit"), func() {})
	lexicon, _ := b.Lexicon()
	chart := lexicon.Chart(patient())
	w := seen.Walk(chart)
	for f := w.Next(chart, registry.CalendarYear(2025)); f != nil; f = w.Next(chart, registry.CalendarYear(2025)) {
		fmt.Println(f.ID, f.When)
	}
	// Output:
	// visit1 2025-03-01
	// visit2 2025-09-03
}

func ExampleWhen() {
	try(registry.Exists{Query: hba1c().That(registry.When(registry.During, registry.ThePeriod()))})
	// Output:
	// there is an observation of HbA1c, during the period
	// true
}

func ExampleWhenOf() {
	fmt.Println(registry.WhenOf(registry.Authored, registry.Starts, registry.ThePeriod()))
	// Output:
	// order starting in the period
}

func ExampleWindow() {
	fmt.Println(registry.Window{From: registry.PeriodStart().AddYears(-2)})
	// Output:
	// the time from the start of the period less 2 years
}

func ExampleWith() {
	try(registry.Exists{Query: hba1c().Named("test").That(registry.With(visits().That(registry.When(registry.During, registry.Within(7, registry.StartOf("test"))))))})
	// Output:
	// there is an observation of HbA1c (the test), with an encounter of Office visit, during the start of the test less 7 days to the start of the test plus 7 days
	// true
}

func ExampleWithin() {
	fmt.Println(registry.Within(60, registry.StartOf("index")))
	// Output:
	// the start of the index less 60 days to the start of the index plus 60 days
}

func ExampleWithout() {
	try(registry.Exists{Query: hba1c().Named("test").That(registry.Without(visits().That(registry.When(registry.During, registry.Within(7, registry.StartOf("test"))))))})
	// Output:
	// there is an observation of HbA1c (the test), without an encounter of Office visit, during the start of the test less 7 days to the start of the test plus 7 days
	// false
}

func ExampleWithoutValue() {
	try(registry.Exists{Query: hba1c().That(registry.WithoutValue())})
	// Output:
	// there is an observation of HbA1c, without a result
	// false
}

func ExampleYearDay() {
	fmt.Println(registry.YearDay(10, 1).AddYears(-2))
	// Output:
	// 1 October of the period's year less 2 years
}

func ExampleYearsBefore() {
	fmt.Println(registry.YearsBefore(1))
	// Output:
	// the start of the period less 1 year to the end of the period
}
