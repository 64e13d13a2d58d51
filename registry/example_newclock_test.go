package registry_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

func ExampleNewClock() {
	fmt.Println(registry.Moment{Day: registry.Day(2025, 3, 1), Time: registry.NewClock(14, 5, 0, 0)})
	// Output:
	// 2025-03-01 14:05
}

func ExampleNewCode() {
	fmt.Println(registry.NewCode("ICD-10-CM", " e11.65 "), registry.NewCode("ICD-10-CM", "E1165").Display())
	// Output:
	// http://hl7.org/fhir/sid/icd-10-cm|E1165 E11.65
}

func ExampleNewDate() {
	_, err := registry.NewDate(2023, 2, 29)
	fmt.Println(err)
	// Output:
	// registry: not a date: 2023-02-29
}

func ExampleNewTally() {
	// Tallies of other rows do not merge.
	a, b := registry.NewTally("asthma", "diabetes"), registry.NewTally("asthma")
	fmt.Println(a.Merge(b))
	// Output: registry: tally: names differ: [asthma diabetes] and [asthma]
}

func ExampleNoneOf() {
	try(registry.Exists{Query: hba1c().That(registry.NoneOf(registry.WithoutValue()))})
	// Output:
	// there is an observation of HbA1c, not (without a result)
	// true
}

func ExampleNormalizeCode() {
	fmt.Println(registry.NormalizeCode(registry.ICD10CM, " e11.65"))
	// Output:
	// E1165
}

func ExampleNot() {
	try(registry.Not{Of: registry.Exists{Query: hba1c()}})
	// Output:
	// not: there is an observation of HbA1c
	// false
}

func ExampleNotRefused() {
	fmt.Println(registry.NotRefused())
	// Output:
	// not turned down
}

func ExampleNum() {
	fmt.Println(registry.Num(125, -3), registry.Num(125, -3).Cmp(registry.Num(1, -1)))
	// Output:
	// 0.125 1
}

func ExampleNumber() {
	// Exact, and equal whatever the zeros at the end.
	n, err := registry.ParseNumber("0.30")
	fmt.Println(n, n.Cmp(registry.Num(3, -1)), err)
	_, err = registry.ParseNumber("1e99")
	fmt.Println(err)
	// Output:
	// 0.3 0 <nil>
	// registry: not a number: "1e99" is out of range
}

func ExampleOn() {
	// A fact of one day, at no stated time, lies within every period that holds the day.
	s := registry.On(registry.Day(2025, 3, 1))
	fmt.Println(s, registry.CalendarMonth(2025, 3).Contains(s.Start.Day), registry.CalendarMonth(2025, 4).Contains(s.Start.Day))
	// Output: 2025-03-01 true false
}

func ExampleOp() {
	// Results are 8.4 and 9.3.
	for _, op := range []registry.Op{registry.AtOrAbove, registry.Above} {
		d := registry.Exists{Query: hba1c().That(registry.Compare{Op: op, Limit: registry.Num(93, -1), Unit: "%"})}
		fmt.Println(d, "-", explain(d).Met)
	}
	// Output:
	// there is an observation of HbA1c, result at least 9.3 % - true
	// there is an observation of HbA1c, result above 9.3 % - false
}

func ExampleOrdering() {
	p, _ := registry.ParseDate("2024-02")
	fmt.Println(p.CompareDay(registry.Day(2024, 2, 10)) == registry.OrderUnknown)
	// Output:
	// true
}

func ExampleOtherThan() {
	try(registry.Exists{Query: visits().Named("visit").That(registry.With(visits().That(registry.OtherThan("visit"))))})
	// Output:
	// there is an encounter of Office visit (the visit), with an encounter of Office visit, other than the visit
	// true
}

func ExampleParseCategory() {
	fmt.Println(registry.ParseCategory("vital-signs"))
	// Output:
	// vital-signs
}

func ExampleParseDate() {
	p, err := registry.ParseDate("1961")
	fmt.Println(p, err)
	// Output:
	// 1961 <nil>
}

func ExampleParseIntent() {
	fmt.Println(registry.ParseIntent("plan").IsOrder())
	// Output:
	// false
}

func ExampleParseNumber() {
	_, err := registry.ParseNumber("1e400")
	fmt.Println(err)
	// Output:
	// registry: not a number: "1e400" is out of range
}

func ExampleParseStatus() {
	for _, s := range []string{"entered-in-error", "in-progress", "whatever"} {
		fmt.Println(s, "-", registry.ParseStatus(s))
	}
	// Output:
	// entered-in-error - entered-in-error
	// in-progress - in-progress
	// whatever - unknown
}

func ExampleParseVerification() {
	for _, s := range []string{"refuted", "provisional", ""} {
		fmt.Printf("%q - %v\n", s, registry.ParseVerification(s))
	}
	// Output:
	// "refuted" - refuted
	// "provisional" - provisional
	// "" - not stated
}

func ExamplePartialDate() {
	p, _ := registry.ParseDate("2024-02")
	fmt.Println(p, p.Range(), p.Impute(registry.ImputeMiddle))
	// Output:
	// 2024-02 2024-02-01 to 2024-02-29 2024-02-15
}

func ExamplePatient() {
	fmt.Println(patient().AgeOn(registry.Day(2025, 12, 31)))
	// Output:
	// 63
}

func ExamplePeriod() {
	p := registry.CalendarYear(2025)
	fmt.Println(p.Days(), p.Contains(registry.Day(2025, 12, 31)), p.Overlaps(registry.CalendarYear(2026)))
	// Output:
	// 365 true false
}

func ExamplePeriodEnd() {
	fmt.Println(registry.PeriodEnd().AddDays(-3))
	// Output:
	// the end of the period less 3 days
}

func ExamplePeriodStart() {
	fmt.Println(registry.PeriodStart().AddYears(-1))
	// Output:
	// the start of the period less 1 year
}

func ExamplePick() {
	// The first and the last of a year.
	for _, last := range []bool{false, true} {
		f := explain(registry.The{Pick: registry.Pick{From: hba1c(), By: registry.Latest, Last: last}})
		fmt.Println(f.Evidence[0].Fact.When, f.Evidence[0].Fact.Value)
	}
	// Output:
	// 2025-03-01 8.4 %
	// 2025-09-01 9.3 %
}

func ExamplePrincipallyDiagnosedWith() {
	fmt.Println(registry.PrincipallyDiagnosedWith(diabetesSet))
	// Output:
	// principal diagnosis Diabetes
}

func ExampleQuantity() {
	// Units are kept in one spelling, UCUM's.
	for _, unit := range []string{"percent", "mmHg", "mg/dl"} {
		fmt.Println(registry.QuantityOf(registry.Num(74, -1), unit).Quantity)
	}
	// Output:
	// 7.4 %
	// 7.4 mm[Hg]
	// 7.4 mg/dL
}

func ExampleQuantityOf() {
	fmt.Println(registry.QuantityOf(registry.Num(128, 0), "mmHg"))
	// Output:
	// 128 mm[Hg]
}

func ExampleQuery() {
	fmt.Println(hba1c().That(registry.When(registry.During, registry.ThePeriod())))
	// Output:
	// observation of HbA1c, during the period
}

func ExampleRate() {
	a, b := registry.Rate{Num: 41, Den: 57}, registry.Rate{Num: 3, Den: 4}
	fmt.Println(a, a.Cmp(b), a.Add(b))
	// Output:
	// 41/57 (71.9 %) -1 44/61 (72.1 %)
}

func ExampleReason() {
	f := explain(registry.Exists{Query: hba1c().That(registry.When(registry.During, registry.FromTo(registry.YearDay(11, 1), registry.PeriodEnd())))})
	fmt.Println(f.Reason)
	// Output:
	// DateOutOfRange
}

func ExampleReasonIn() {
	fmt.Println(registry.ReasonIn(registry.Set{Name: "Medical Reason", OID: "1.8"}))
	// Output:
	// reason Medical Reason
}

func ExampleReasonIs() {
	fmt.Println(registry.ReasonIs(yes))
	// Output:
	// reason yes
}

func ExampleReferenceYears() {
	fmt.Println(registry.ReferenceYears(2025, 2))
	// Output:
	// 2024-01-01 to 2025-12-31
}

func ExampleRefillsAtLeast() {
	fmt.Println(registry.RefillsAtLeast(1))
	// Output:
	// with 1 or more refills
}

func ExampleRelation() {
	try(registry.Exists{Query: diabetes().That(registry.When(registry.OverlapsBefore, registry.ThePeriod()))})
	// Output:
	// there is a diagnosis of Diabetes, overlapping and starting before the period
	// true
}

func ExampleRequirement() {
	b := registry.NewBinder(sets())
	registry.Exists{Query: hba1c()}.Bind(b)
	for _, r := range b.TakeRequirements() {
		fmt.Println(r.Kind, r.Sets)
	}
	// Output:
	// observation [{HbA1c 1.1.1}]
}

func ExampleRule() {
	rising := registry.Rule{Words: "the last HbA1c is above the first", Reads: []registry.Query{hba1c()}, Ok: func(_ *registry.Chart, _ registry.Period, f []registry.Found) bool {
		first, last := f[0].First(), f[0].First()
		f[0].Each(func(x *registry.Fact) bool { last = x; return true })
		return first != nil && last.Value.Quantity.Value.Cmp(first.Value.Quantity.Value) > 0
	}}
	try(rising)
	// Output:
	// the last HbA1c is above the first
	// true
}

func ExampleSelector() {
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

func ExampleSet() {
	// A definition names its sets; binding says which are missing.
	b := registry.NewBinder(nil)
	registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{{Name: "Diabetes", OID: "2.16.840.1.113883.3.464.1003.103.12.1001"}}}}.Bind(b)
	_, err := b.Lexicon()
	fmt.Println(err)
	// Output: registry: value sets missing (1): Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001)
}

func ExampleSeverityIn() {
	fmt.Println(registry.SeverityIn(registry.Set{Name: "Moderate or Severe", OID: "1.7"}))
	// Output:
	// severity Moderate or Severe
}

func ExampleSex() {
	for _, s := range []registry.Sex{registry.Female, registry.Male} {
		fmt.Println(s, explain(registry.SexIs{Sex: s}).Met)
	}
	// Output:
	// female true
	// male false
}

func ExampleSexCodeIs() {
	// What a register recorded, beside the administrative gender.
	p := patient()
	p.SexCode = registry.Code{System: "urn:local", Value: "F"}
	b := registry.NewBinder(nil)
	c := registry.SexCodeIs{Code: p.SexCode}.Bind(b)
	lexicon, err := b.Lexicon()
	fmt.Println(c, c.Holds(lexicon.Chart(p), registry.CalendarYear(2025)), err)
	fmt.Println(c.Holds(lexicon.Chart(patient()), registry.CalendarYear(2025)))
	// Output:
	// recorded sex F true <nil>
	// false
}

func ExampleSexIs() {
	try(registry.SexIs{Sex: registry.Female})
	// Output:
	// administrative gender female
	// true
}
