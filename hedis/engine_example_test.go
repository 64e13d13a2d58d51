package hedis_test

import (
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleChanges() {
	before, after := gout(), gout()
	after.Rates[0].InitialPopulation = registry.AgeAt{At: registry.PeriodEnd(), Min: 21}
	fmt.Print(hedis.Changes(&before, &after))
	// Output:
	// @ initial-population:
	// -   all of
	// -   - age 18 or older at the end of the period
	// -   - there is a diagnosis of Gout, overlapping the period
	// +   age 21 or older at the end of the period
}

func ExampleCountTotals() {
	e := bound()
	t := e.Count(slices.Values([]*registry.Patient{goutPatient(340), goutPatient(380), goutPatient(300)}))
	fmt.Println(t.People, e.RateOf(&t, 0, 0).Score())
	// Output:
	// 3 2/3 (66.7 %)
}

func ExampleCounts() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	var out hedis.Outcome
	e.Classify(c, &out)
	fmt.Println(hedis.Denominator, out.Rates[0].Of(hedis.Denominator), hedis.Numerator, out.Rates[0].Of(hedis.Numerator))
	// Output:
	// denominator 1 numerator 0
}

func ExampleEdition() {
	e, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets())
	fmt.Println(e.Name, e.Indicators()[0].Title, err)
	// Output:
	// own 2025 Gout: urate at target <nil>
}

func ExampleExplanation() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	x := e.Explain(c, 0)
	f := x.Rates[0].Of(hedis.Numerator)
	fmt.Println(f.Member, f.Finding.Reason)
	fmt.Println(f.Finding.Evidence[0])
	// Output:
	// false ValueOutOfRange
	// observation 9.3 (Serum urate), 2025-04-01, 380 umol/L [lab]; not result below 360 umol/L
}

func ExampleGap() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	for _, g := range e.Gaps(c, 0, registry.Day(2025, 6, 30)) {
		fmt.Println(g.Status, g.DaysLeft)
		fmt.Println(g.Reasons[0].Reason, g.ClosedBy)
	}
	// Output:
	// open-gap 184
	// ValueOutOfRange [Last urate below 360 umol/L]
}

func ExampleGapReason() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	for _, g := range e.Gaps(c, 0, registry.Day(2025, 6, 30)) {
		fmt.Println(g.Status, g.DaysLeft)
		fmt.Println(g.Reasons[0].Reason, g.ClosedBy)
	}
	// Output:
	// open-gap 184
	// ValueOutOfRange [Last urate below 360 umol/L]
}

func ExampleGapStatus() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	for _, g := range e.Gaps(c, 0, registry.Day(2025, 6, 30)) {
		fmt.Println(g.Status, g.DaysLeft)
		fmt.Println(g.Reasons[0].Reason, g.ClosedBy)
	}
	// Output:
	// open-gap 184
	// ValueOutOfRange [Last urate below 360 umol/L]
}

func ExampleImprovement() {
	fmt.Println(hedis.Decrease)
	// Output:
	// decrease
}

func ExampleIndicator() {
	d := gout()
	fmt.Println(d.Rates[0].Numerator)
	fmt.Println(d.Rates[0].Strata[0].Name)
	// Output:
	// Last urate below 360 umol/L:
	//   the most recent observation of Serum urate, status final, last seen in the period, highest result of that day is: result below 360 umol/L
	// 65 or older
}

func ExampleLeaves() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	x := e.Explain(c, 0)
	for _, l := range hedis.Leaves(&x.Rates[0].Of(hedis.Numerator).Finding) {
		fmt.Println(l.Label, l.Reason)
	}
	// Output:
	// Last urate below 360 umol/L ValueOutOfRange
}

func ExampleLint() {
	d := gout()
	d.Steward = ""
	for _, l := range hedis.Lints(hedis.Programme{Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, hedis.LintOptions{DataFrom: registry.Day(2024, 1, 1)}) {
		fmt.Println(l)
	}
	// Output:
	// GOUT1 : title, question, steward or specification is missing (missing-description)
}

func ExampleLintOptions() {
	d := gout()
	d.Steward = ""
	for _, l := range hedis.Lints(hedis.Programme{Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, hedis.LintOptions{DataFrom: registry.Day(2024, 1, 1)}) {
		fmt.Println(l)
	}
	// Output:
	// GOUT1 : title, question, steward or specification is missing (missing-description)
}

func ExampleLints() {
	d := gout()
	d.Steward = ""
	for _, l := range hedis.Lints(hedis.Programme{Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, hedis.LintOptions{DataFrom: registry.Day(2024, 1, 1)}) {
		fmt.Println(l)
	}
	// Output:
	// GOUT1 : title, question, steward or specification is missing (missing-description)
}

func ExampleNew() {
	e, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets())
	fmt.Println(e.Name, e.Indicators()[0].Title, err)
	// Output:
	// own 2025 Gout: urate at target <nil>
}

func ExampleOutcome() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	var out hedis.Outcome
	e.Classify(c, &out)
	fmt.Println(hedis.Denominator, out.Rates[0].Of(hedis.Denominator), hedis.Numerator, out.Rates[0].Of(hedis.Numerator))
	// Output:
	// denominator 1 numerator 0
}

func ExamplePopulation() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	var out hedis.Outcome
	e.Classify(c, &out)
	fmt.Println(hedis.Denominator, out.Rates[0].Of(hedis.Denominator), hedis.Numerator, out.Rates[0].Of(hedis.Numerator))
	// Output:
	// denominator 1 numerator 0
}

func ExamplePopulationFinding() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	x := e.Explain(c, 0)
	f := x.Rates[0].Of(hedis.Numerator)
	fmt.Println(f.Member, f.Finding.Reason)
	fmt.Println(f.Finding.Evidence[0])
	// Output:
	// false ValueOutOfRange
	// observation 9.3 (Serum urate), 2025-04-01, 380 umol/L [lab]; not result below 360 umol/L
}

func ExampleProgramme() {
	e, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets())
	fmt.Println(e.Name, e.Indicators()[0].Title, err)
	// Output:
	// own 2025 Gout: urate at target <nil>
}

func ExampleRateDef() {
	d := gout()
	fmt.Println(d.Rates[0].Numerator)
	fmt.Println(d.Rates[0].Strata[0].Name)
	// Output:
	// Last urate below 360 umol/L:
	//   the most recent observation of Serum urate, status final, last seen in the period, highest result of that day is: result below 360 umol/L
	// 65 or older
}

func ExampleRateExplanation() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	x := e.Explain(c, 0)
	f := x.Rates[0].Of(hedis.Numerator)
	fmt.Println(f.Member, f.Finding.Reason)
	fmt.Println(f.Finding.Evidence[0])
	// Output:
	// false ValueOutOfRange
	// observation 9.3 (Serum urate), 2025-04-01, 380 umol/L [lab]; not result below 360 umol/L
}

func ExampleStratum() {
	d := gout()
	fmt.Println(d.Rates[0].Numerator)
	fmt.Println(d.Rates[0].Strata[0].Name)
	// Output:
	// Last urate below 360 umol/L:
	//   the most recent observation of Serum urate, status final, last seen in the period, highest result of that day is: result below 360 umol/L
	// 65 or older
}

func ExampleSubject() {
	s := bound().Subject(0)
	fmt.Println(s.Name(), s.Populations())
	// Output:
	// own 2025 GOUT1 [initial-population denominator denominator-exclusion numerator]
}

func ExampleTally() {
	e := bound()
	t := e.Count(slices.Values([]*registry.Patient{goutPatient(340), goutPatient(380), goutPatient(300)}))
	fmt.Println(t.People, e.RateOf(&t, 0, 0).Score())
	// Output:
	// 3 2/3 (66.7 %)
}
