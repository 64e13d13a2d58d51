package registry_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

func ExampleAge() {
	fmt.Println(registry.Age(registry.Day(1960, 2, 29), registry.Day(2025, 2, 28)))
	// Output:
	// 64
}

func ExampleAgeAt() {
	try(registry.AgeAt{At: registry.PeriodEnd(), Min: 18, Max: 75})
	// Output:
	// age 18 to 75 at the end of the period
	// true
}

func ExampleAgeAtFact() {
	try(registry.Exists{Query: hba1c().That(registry.AgeAtFact{Min: 30})})
	// Output:
	// there is an observation of HbA1c, at age 30 or older
	// true
}

func ExampleAgeLeap() {
	fmt.Println(registry.AgeLeap(registry.Day(1960, 2, 29), registry.Day(2025, 2, 28), registry.LeapBirthday28February))
	// Output:
	// 65
}

func ExampleAll() {
	try(registry.All{registry.AgeAt{At: registry.PeriodEnd(), Min: 18}, registry.Exists{Query: hba1c()}})
	// Output:
	// all of
	// - age 18 or older at the end of the period
	// - there is an observation of HbA1c
	// true
}

func ExampleAllOf() {
	try(registry.Exists{Query: hba1c().That(registry.AnyOf(registry.WithoutValue(), registry.AllOf(registry.HasValue(), registry.StatusIn(registry.Final))))})
	// Output:
	// there is an observation of HbA1c, (without a result or with a result, status final)
	// true
}

func ExampleAny() {
	try(registry.Any{registry.AgeAt{At: registry.PeriodEnd(), Min: 99}, registry.Exists{Query: hba1c()}})
	// Output:
	// any of
	// - age 99 or older at the end of the period
	// - there is an observation of HbA1c
	// true
}

func ExampleAnyOf() {
	try(registry.Exists{Query: hba1c().That(registry.AnyOf(registry.HasQuantity(), registry.ValueIs(yes)))})
	// Output:
	// there is an observation of HbA1c, (with a measured result or result yes)
	// true
}

func ExampleAround() {
	fmt.Println(registry.Around(registry.Day(2025, 6, 1), 93, 186))
	// Output:
	// 2025-02-28 to 2025-12-04
}

func ExampleAspect() {
	try(registry.Exists{Query: metformin().That(registry.WhenOf(registry.Covered, registry.Overlaps, registry.ThePeriod()))})
	// Output:
	// there is a medication dispense of Metformin, supply overlapping the period
	// true
}

func ExampleAt() {
	fmt.Println(registry.At(registry.Day(2025, 3, 1)))
	// Output:
	// 2025-03-01
}

func ExampleAuthoredOf() {
	fmt.Println(registry.AuthoredOf("order").AddDays(7))
	// Output:
	// the order date of the order plus 7 days
}

func ExampleBareOID() {
	fmt.Println(registry.BareOID("http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464|2025"))
	// Output:
	// 2.16.840.1.113883.3.464
}

func ExampleBelongsTo() {
	try(registry.Exists{Query: hba1c().That(registry.BelongsTo(registry.ClassIn("AMB")))})
	// Output:
	// there is an observation of HbA1c, of an encounter: class AMB
	// true
}

func ExampleBetween() {
	fmt.Println(registry.Between(registry.Day(2025, 1, 30), registry.Day(2025, 2, 3)))
	// Output:
	// 2025-01-30 to 2025-02-03
}

func ExampleBinder() {
	// Several definitions, one lexicon: each fact is looked up once for all of them.
	b := registry.NewBinder(sets())
	during := registry.When(registry.During, registry.ThePeriod())
	tested, treated := registry.Exists{Query: hba1c().That(during)}.Bind(b), registry.Exists{Query: metformin().That(during)}.Bind(b)
	lexicon, err := b.Lexicon()
	if err != nil {
		fmt.Println(err)
		return
	}
	chart := lexicon.Chart(patient())
	for _, year := range []int{2024, 2025} {
		fmt.Println(year, tested.Holds(chart, registry.CalendarYear(year)), treated.Holds(chart, registry.CalendarYear(year)))
	}
	// Output:
	// 2024 false false
	// 2025 true true
}

func ExampleBirthDate() {
	fmt.Println(registry.FromTo(registry.BirthDate(), registry.BirthDate().AddYears(2)))
	// Output:
	// birth to birth plus 2 years
}

func ExampleBound() {
	fmt.Println(registry.PeriodStart().AddYears(-1).AddDays(3), "|", registry.PeriodEnd().Excluded())
	// Output:
	// the start of the period less 1 year plus 3 days | the end of the period (not itself)
}

func ExampleCalendar() {
	c := registry.Calendar{Weekend: []int{0, 6}, Holidays: []registry.Date{registry.Day(2025, 12, 25), registry.Day(2025, 12, 26)}}
	fmt.Println(c.NextWorkingDay(registry.Day(2025, 12, 25)))
	// Output:
	// 2025-12-29
}

func ExampleCalendarMonth() {
	fmt.Println(registry.CalendarMonth(2024, 2))
	// Output:
	// 2024-02-01 to 2024-02-29
}

func ExampleCalendarMonths() {
	fmt.Println(registry.CalendarMonths(registry.Day(2025, 1, 31), registry.Day(2025, 2, 1)))
	// Output:
	// 1
}

func ExampleCalendarQuarter() {
	fmt.Println(registry.CalendarQuarter(2025, 3))
	// Output:
	// 2025-07-01 to 2025-09-30
}

func ExampleCalendarYear() {
	fmt.Println(registry.CalendarYear(2025))
	// Output:
	// 2025-01-01 to 2025-12-31
}

func ExampleCanonicalSystem() {
	fmt.Println(registry.CanonicalSystem("urn:oid:2.16.840.1.113883.6.90"))
	// Output:
	// http://hl7.org/fhir/sid/icd-10-cm
}

func ExampleCanonicalUnit() {
	fmt.Println(registry.CanonicalUnit("mmHg"))
	// Output:
	// mm[Hg]
}

func ExampleCarryForward() {
	d := registry.Day(2025, 1, 1)
	ps := []registry.Period{{Start: d, End: d.AddDays(29)}, {Start: d.AddDays(20), End: d.AddDays(49)}}
	registry.CarryForward(ps)
	fmt.Println(ps[1])
	// Output:
	// 2025-01-31 to 2025-03-01
}

func ExampleCategory() {
	// A set: an observation can be in several.
	c := registry.ParseCategory("laboratory") | registry.ParseCategory("vital-signs")
	fmt.Println(c, c&registry.Laboratory != 0, c&registry.Survey != 0)
	// Output: laboratory, vital-signs true false
}

func ExampleChart() {
	// As of a day: what was recorded later is not there.
	b := registry.NewBinder(sets())
	twice := registry.Count{Of: hba1c(), Min: 2}.Bind(b)
	lexicon, _ := b.Lexicon()
	chart := registry.NewChart(lexicon) // one chart serves patient after patient
	for _, day := range []registry.Date{registry.Day(2025, 8, 31), registry.Day(2025, 9, 1)} {
		chart.LoadAsOf(patient(), day)
		fmt.Println(day, twice.Holds(chart, registry.CalendarYear(2025)))
	}
	// Output:
	// 2025-08-31 false
	// 2025-09-01 true
}

func ExampleClassIn() {
	try(registry.Exists{Query: visits().That(registry.ClassIn("AMB", "VR"))})
	// Output:
	// there is an encounter of Office visit, class AMB or VR
	// true
}

func ExampleClock() {
	// Two times of one day in order; without a time the day alone is known.
	early, late := registry.NewClock(9, 30, 0, 0), registry.NewClock(14, 5, 0, 0)
	fmt.Println(early < late, registry.Moment{Day: registry.Day(2025, 3, 1), Time: late}, registry.At(registry.Day(2025, 3, 1)))
	// Output: true 2025-03-01 14:05 2025-03-01
}

func ExampleCode() {
	// One code however it is written.
	a, b := registry.NewCode("ICD10CM", "e11.9 "), registry.NewCode("urn:oid:2.16.840.1.113883.6.90", "E119")
	fmt.Println(a == b, a, a.Display())
	// Output: true http://hl7.org/fhir/sid/icd-10-cm|E119 E11.9
}

func ExampleCodeIn() {
	try(registry.Exists{Query: registry.Query{Kind: registry.Observation, Tests: []registry.Test{registry.CodeIn(hba1cSet)}}})
	// Output:
	// there is an observation, code HbA1c
	// true
}

func ExampleCodeIs() {
	try(registry.Exists{Query: registry.Query{Kind: registry.Observation, Tests: []registry.Test{registry.CodeIs(loincA1c)}}})
	// Output:
	// there is an observation, code 4548-4
	// true
}

func ExampleCodesOf() {
	fmt.Println(registry.CodesOf(registry.Code{System: registry.LOINC, Value: "LA18643-9"}))
	// Output:
	// LA18643-9
}

func ExampleComparator() {
	// "<6" is surely below 7, and nothing else is known about it.
	low := patient()
	low.Facts[1].Value.Quantity.Value, low.Facts[1].Value.Quantity.Comparator = registry.Num(6, 0), registry.LessThan
	last := registry.The{Pick: registry.Pick{From: hba1c(), By: registry.Starts, Last: true}}
	for _, limit := range []int64{7, 5} {
		last.Is = []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(limit, 0), Unit: "%"}}
		b := registry.NewBinder(sets())
		c := last.Bind(b)
		lexicon, _ := b.Lexicon()
		fmt.Println(low.Facts[1].Value, "below", limit, c.Holds(lexicon.Chart(low), registry.CalendarYear(2025)))
	}
	// Output:
	// <6 % below 7 true
	// <6 % below 5 false
}

func ExampleCompare() {
	try(registry.Exists{Query: hba1c().That(registry.Compare{Op: registry.Above, Limit: registry.Num(9, 0), Unit: "%"})})
	// Output:
	// there is an observation of HbA1c, result above 9 %
	// true
}

func ExampleComponent() {
	f := registry.Fact{Components: []registry.Component{{Codes: []registry.Code{registry.NewCode("LOINC", "8480-6")}, Value: registry.QuantityOf(registry.Num(128, 0), "mmHg")}}}
	fmt.Println(f.Components[0].Value)
	// Output:
	// 128 mm[Hg]
}

func ExampleCount() {
	try(registry.Count{Of: visits(), Min: 2, Distinct: registry.DistinctDays})
	// Output:
	// at least 2 different days with an encounter of Office visit
	// true
}

func ExampleCoverDays() {
	try(registry.CoverDays{Of: []registry.Query{metformin()}, Window: registry.ThePeriod(), Min: 60, CarryForward: true})
	// Output:
	// at least 60 days of the period covered by
	// - medication dispense of Metformin
	// (early refills carried forward)
	// true
}

func ExampleCoverStartOf() {
	fmt.Println(registry.Within(60, registry.CoverStartOf("first dispense")))
	// Output:
	// the first covered day of the first dispense less 60 days to the first covered day of the first dispense plus 60 days
}

func ExampleCoveredDays() {
	d := registry.Day(2025, 1, 1)
	ps := []registry.Period{{Start: d, End: d.AddDays(29)}, {Start: d.AddDays(20), End: d.AddDays(49)}}
	fmt.Println(registry.CoveredDays(ps, registry.CalendarYear(2025)))
	// Output:
	// 50
}

func ExampleCriterion() {
	// Holds is fast, Explain says why, and both always agree.
	b := registry.NewBinder(sets())
	c := registry.Exists{Query: hba1c().That(registry.Compare{Op: registry.Below, Limit: registry.Num(8, 0), Unit: "%"})}.Bind(b)
	lexicon, _ := b.Lexicon()
	chart := lexicon.Chart(patient())
	finding := c.Explain(chart, registry.CalendarYear(2025))
	fmt.Println(c.Holds(chart, registry.CalendarYear(2025)), finding.Met, finding.Reason)
	fmt.Println(finding.Evidence[0])
	// Output:
	// false false ValueOutOfRange
	// observation 4548-4 (HbA1c), 2025-09-01, 9.3 % [lab2]; not result below 8 %
}

func ExampleDailyDoseAbove() {
	digoxin := registry.Code{System: registry.RxNorm, Value: "197606"}
	orders := registry.Query{Kind: registry.MedicationOrder, Codes: []registry.Code{digoxin}}
	b := registry.NewBinder(nil)
	high := registry.Exists{Query: orders.That(registry.DailyDoseAbove{Strengths: []registry.Strength{{Code: digoxin, Mg: registry.Num(25, -2)}}, Limit: registry.Num(125, -3)})}.Bind(b)
	lexicon, err := b.Lexicon()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, tablets := range []int64{15, 30} { // of 0.25 mg, for 30 days
		f := registry.Fact{ID: "rx", Kind: registry.MedicationOrder, Status: registry.Active, Codes: []registry.Code{digoxin}, When: registry.On(registry.Day(2025, 3, 1)),
			Supply: &registry.Supply{Quantity: registry.Num(tablets, 0), Days: registry.Num(30, 0), Start: registry.Day(2025, 3, 1)}}
		fmt.Println(tablets, "tablets, above 0.125 mg a day:", high.Holds(lexicon.Chart(&registry.Patient{Facts: []registry.Fact{f}}), registry.CalendarYear(2025)))
	}
	// Output:
	// 15 tablets, above 0.125 mg a day: false
	// 30 tablets, above 0.125 mg a day: true
}

func ExampleDate() {
	d := registry.Day(2024, 8, 31)
	fmt.Println(d.AddMonths(-6), d.AddDays(1), registry.Date(0))
	// Output:
	// 2024-02-29 2024-09-01 not recorded
}

func ExampleDay() {
	leap := registry.Day(2024, 2, 29)
	fmt.Println(leap.AddYears(1), leap.AddMonths(12), leap.AddDays(366))
	// Output: 2025-02-28 2025-02-28 2025-03-01
}
