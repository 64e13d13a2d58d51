package registry_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

func ExampleDaysInMonth() {
	fmt.Println(registry.DaysInMonth(2024, 2), registry.DaysInMonth(2025, 2), registry.DaysInMonth(1900, 2), registry.DaysInMonth(2000, 2))
	// Output: 29 28 28 29
}

func ExampleDefinition() {
	var d registry.Definition = registry.Exists{Query: hba1c()}
	b := registry.NewBinder(sets())
	var c registry.Criterion = d.Bind(b)
	lexicon, _ := b.Lexicon()
	finding := c.Explain(lexicon.Chart(patient()), registry.CalendarYear(2025))
	fmt.Println(finding.Met, finding.Reason)
	// Output:
	// true Present
}

func ExampleDiagnosedWith() {
	fmt.Println(registry.DiagnosedWith(diabetesSet))
	// Output:
	// encounter diagnosis Diabetes
}

func ExampleDiedBy() {
	try(registry.DiedBy{By: registry.PeriodEnd()})
	// Output:
	// died on or before the end of the period
	// false
}

func ExampleDischargedTo() {
	fmt.Println(registry.DischargedTo(yes))
	// Output:
	// discharge disposition yes
}

func ExampleDistinct() {
	// A second visit of the same day is a second fact, but not a second day.
	p := patient()
	p.Facts[3].When = p.Facts[2].When
	for _, how := range []registry.Distinct{registry.DistinctFacts, registry.DistinctDays} {
		b := registry.NewBinder(sets())
		c := registry.Count{Of: visits(), Min: 2, Distinct: how}.Bind(b)
		lexicon, _ := b.Lexicon()
		fmt.Println(c.Holds(lexicon.Chart(p), registry.CalendarYear(2025)))
	}
	// Output:
	// true
	// false
}

func ExampleEncounterDx() {
	// The diagnosis that a stay refers to by the ID of a fact of its own.
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, When: registry.On(registry.Day(2025, 3, 1))},
		{ID: "s1", Kind: registry.Encounter, Status: registry.Finished, When: registry.On(registry.Day(2025, 3, 1)), Visit: &registry.Visit{Class: "IMP", Diagnoses: []registry.EncounterDx{{Reference: "d1", Principal: true}}}},
	}}
	b := registry.NewBinder(sets())
	c := registry.Exists{Query: registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.PrincipallyDiagnosedWith(diabetesSet)}}}.Bind(b)
	lexicon, _ := b.Lexicon()
	fmt.Println(c.Holds(lexicon.Chart(p), registry.CalendarYear(2025)))
	p.Facts[1].Visit.Diagnoses[0].Reference = "d9" // which the record does not have
	fmt.Println(c.Holds(lexicon.Chart(p), registry.CalendarYear(2025)))
	// Output:
	// true
	// false
}

func ExampleEndOf() {
	fmt.Println(registry.FromTo(registry.EndOf("visit"), registry.EndOf("visit").AddDays(2)))
	// Output:
	// the end of the visit to the end of the visit plus 2 days
}

func ExampleEvidence() {
	f := explain(registry.Exists{Query: hba1c()})
	fmt.Println(f.Evidence[0])
	// Output:
	// observation 4548-4 (HbA1c), 2025-03-01, 8.4 % [lab1]
}

func ExampleExists() {
	try(registry.Exists{Query: hba1c()})
	// Output:
	// there is an observation of HbA1c
	// true
}

func ExampleFact() {
	fmt.Println(patient().Facts[0].Kind, patient().Facts[0].HasCode(loincA1c))
	// Output:
	// observation true
}

func ExampleFactRule() {
	even := registry.FactRule{Words: "on an even day", Ok: func(_ *registry.Chart, _ registry.Period, f *registry.Fact) bool {
		_, _, d := f.When.Start.Day.YMD()
		return d%2 == 0
	}}
	try(registry.Exists{Query: hba1c().That(even)})
	// Output:
	// there is an observation of HbA1c, on an even day
	// false
}

func ExampleFarEdge() {
	fmt.Println(registry.LastDays(registry.Day(2025, 3, 31), 90, registry.FarExclusive), "|", registry.LastDays(registry.Day(2025, 3, 31), 90, registry.FarInclusive))
	// Output:
	// 2025-01-01 to 2025-03-31 | 2024-12-31 to 2025-03-31
}

func ExampleFinding() {
	f := explain(registry.Exists{Query: hba1c().That(registry.Compare{Op: registry.Below, Limit: registry.Num(8, 0), Unit: "%"})})
	fmt.Print(f.Text())
	// Output:
	// no   there is an observation of HbA1c, result below 8 % [ValueOutOfRange]
	//        - observation 4548-4 (HbA1c), 2025-09-01, 9.3 % [lab2]; not result below 8 %
}

func ExampleFiscalYear() {
	fmt.Println(registry.FiscalYear(2025, 4, 1))
	// Output:
	// 2025-04-01 to 2026-03-31
}

func ExampleFound() {
	// The facts that a query found, in order.
	spread := registry.Rule{Words: "two HbA1c results half a year apart", Reads: []registry.Query{hba1c()}, Ok: func(_ *registry.Chart, _ registry.Period, f []registry.Found) bool {
		var days []registry.Date
		f[0].Each(func(x *registry.Fact) bool { days = append(days, x.When.Start.Day); return true })
		return len(days) > 1 && days[len(days)-1] >= days[0].AddMonths(6)
	}}
	try(spread)
	// Output:
	// two HbA1c results half a year apart
	// true
}

func ExampleFromTo() {
	fmt.Println(registry.FromTo(registry.PeriodStart().AddMonths(-6), registry.PeriodEnd()))
	// Output:
	// the start of the period less 6 months to the end of the period
}

func ExampleGiven() {
	try(registry.Given{Pick: registry.Pick{From: metformin().Named("first dispense"), By: registry.Starts}, Then: registry.Exists{Query: hba1c().That(registry.When(registry.Starts, registry.FromTo(registry.StartOf("first dispense"), registry.StartOf("first dispense").AddDays(180))))}})
	// Output:
	// given the first medication dispense of Metformin (the first dispense):
	//   there is an observation of HbA1c, starting in the start of the first dispense to the start of the first dispense plus 180 days
	// false
}

func ExampleHasQuantity() {
	try(registry.Exists{Query: hba1c().That(registry.HasQuantity())})
	// Output:
	// there is an observation of HbA1c, with a measured result
	// true
}

func ExampleHasValue() {
	try(registry.Exists{Query: hba1c().That(registry.HasValue())})
	// Output:
	// there is an observation of HbA1c, with a result
	// true
}

func ExampleIf() {
	try(registry.Exists{Query: hba1c().That(registry.If(registry.AgeAt{At: registry.PeriodEnd(), Min: 18}))})
	// Output:
	// there is an observation of HbA1c, if age 18 or older at the end of the period
	// true
}

func ExampleImputation() {
	p, _ := registry.ParseDate("2024-02")
	for _, how := range []registry.Imputation{registry.ImputeEarliest, registry.ImputeMiddle, registry.ImputeLatest, registry.ImputeRefuse} {
		fmt.Println(p.Impute(how))
	}
	// Output:
	// 2024-02-01
	// 2024-02-15
	// 2024-02-29
	// not recorded
}

func ExampleInCategory() {
	try(registry.Exists{Query: hba1c().That(registry.InCategory(registry.Laboratory))})
	// Output:
	// there is an observation of HbA1c, category laboratory
	// true
}

func ExampleInspect() {
	registry.Inspect(registry.All{registry.Exists{Query: hba1c()}, registry.Exists{Query: visits()}}, func(n any) bool {
		if q, ok := n.(registry.Query); ok {
			fmt.Println(q.Kind)
		}
		return true
	})
	// Output:
	// observation
	// encounter
}

func ExampleInstant() {
	fmt.Println(registry.Instant(registry.At(registry.Day(2025, 3, 1))))
	// Output:
	// 2025-03-01
}

func ExampleIntent() {
	fmt.Println(registry.ReflexOrder, registry.ReflexOrder.IsOrder())
	// Output:
	// reflex-order true
}

func ExampleIntentIn() {
	fmt.Println(registry.IntentIn(registry.Order, registry.Plan))
	// Output:
	// intent order or plan
}

func ExampleIs() {
	try(registry.Given{Pick: registry.Pick{From: hba1c().Named("test"), By: registry.Starts}, Then: registry.Is{Name: "test", Tests: []registry.Test{registry.HasValue()}}})
	// Output:
	// given the first observation of HbA1c (the test):
	//   the test is: with a result
	// true
}

func ExampleIsLeap() {
	fmt.Println(registry.IsLeap(1900), registry.IsLeap(2000))
	// Output:
	// false true
}

func ExampleIsOrdered() {
	fmt.Println(registry.IsOrdered())
	// Output:
	// intent an order
}

func ExampleKind() {
	counts := map[registry.Kind]int{}
	for _, f := range patient().Facts {
		counts[f.Kind]++
	}
	for _, k := range []registry.Kind{registry.Observation, registry.Encounter, registry.MedicationDispense} {
		fmt.Println(k, counts[k])
	}
	// Output:
	// observation 2
	// encounter 2
	// medication dispense 2
}

func ExampleLastDays() {
	fmt.Println(registry.LastDays(registry.Day(2025, 3, 31), 30, registry.FarExclusive))
	// Output:
	// 2025-03-02 to 2025-03-31
}

func ExampleLastMonths() {
	fmt.Println(registry.LastMonths(registry.Day(2024, 3, 31), 12, registry.FarExclusive))
	// Output:
	// 2023-04-01 to 2024-03-31
}

func ExampleLastYears() {
	fmt.Println(registry.LastYears(registry.Day(2024, 2, 29), 1, registry.FarInclusive))
	// Output:
	// 2023-02-28 to 2024-02-29
}

func ExampleLeapBirthday() {
	fmt.Println(registry.AgeLeap(registry.Day(2000, 2, 29), registry.Day(2001, 2, 28), registry.LeapBirthday1March))
	// Output:
	// 0
}

func ExampleLeftOut() {
	b := registry.NewBinder(sets())
	registry.Exists{Query: hba1c()}.Bind(b)
	lexicon, _ := b.Lexicon()
	chart := lexicon.Chart(patient())
	fmt.Printf("%+v\n", chart.LeftOut)
	// Output:
	// {EnteredInError:0 Duplicate:0 NotAskedFor:5 NoCode:0 Inverted:0 Future:0 TooMany:0}
}

func ExampleLexicon() {
	b := registry.NewBinder(sets())
	registry.Exists{Query: hba1c()}.Bind(b)
	lexicon, _ := b.Lexicon()
	fmt.Println(lexicon.Sources(), lexicon.Codes())
	// Output:
	// 1 1
}

func ExampleLocatedIn() {
	fmt.Println(registry.LocatedIn(registry.Set{Name: "Ambulatory", OID: "1.9"}))
	// Output:
	// location type Ambulatory
}

func ExampleLongestGap() {
	d := registry.Day(2025, 1, 1)
	ps := []registry.Period{{Start: d, End: d.AddDays(29)}, {Start: d.AddDays(40), End: d.AddDays(80)}}
	fmt.Println(registry.LongestGap(ps, registry.Period{Start: d, End: d.AddDays(80)}))
	// Output:
	// 10
}

func ExampleMissingSets() {
	b := registry.NewBinder(nil)
	registry.Exists{Query: hba1c()}.Bind(b)
	_, err := b.Lexicon()
	fmt.Println(err)
	// Output:
	// registry: value sets missing (1): HbA1c (1.1.1)
}

func ExampleMoment() {
	a, b := registry.At(registry.Day(2025, 3, 1)), registry.Moment{Day: registry.Day(2025, 3, 1), Time: registry.NewClock(9, 0, 0, 0)}
	_, known := a.Compare(b, true)
	fmt.Println(known) // one of them has no time
	// Output:
	// false
}

func ExampleMonthsBetween() {
	fmt.Println(registry.MonthsBetween(registry.Day(2025, 1, 31), registry.Day(2025, 2, 28)))
	// Output:
	// 1
}

func ExampleNamed() {
	try(registry.Named{Name: "Tested", Of: registry.Exists{Query: hba1c()}})
	// Output:
	// Tested:
	//   there is an observation of HbA1c
	// true
}

func ExampleNewBinder() {
	b := registry.NewBinder(sets())
	b.In("my rule")
	tested := registry.Exists{Query: hba1c()}.Bind(b)
	lexicon, err := b.Lexicon()
	fmt.Println(tested.Holds(lexicon.Chart(patient()), registry.CalendarYear(2025)), err)
	// Output:
	// true <nil>
}

func ExampleNewChart() {
	b := registry.NewBinder(sets())
	tested := registry.Exists{Query: hba1c()}.Bind(b)
	lexicon, _ := b.Lexicon()
	chart := registry.NewChart(lexicon)
	for range 2 { // one chart serves patient after patient
		chart.Load(patient())
		fmt.Println(tested.Holds(chart, registry.CalendarYear(2025)), chart.LeftOut.NotAskedFor)
	}
	// Output:
	// true 5
	// true 5
}
