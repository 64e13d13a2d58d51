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
	totals := e.RateOf(&t, 0, 0)
	fmt.Println(totals[hedis.InitialPopulation], totals[hedis.Denominator], totals[hedis.Numerator], totals.Score())
	// Output: 3 3 2 2/3 (66.7 %)
}

func ExampleCounts() {
	e := bound()
	c := e.Chart()
	var out hedis.Outcome
	for _, urate := range []int64{340, 380} {
		c.Load(goutPatient(urate))
		counts := e.ClassifyOne(c, e.Index("GOUT1"), &out)[0]
		fmt.Println(urate, "in the numerator:", counts.Of(hedis.Numerator) > 0)
	}
	// Output:
	// 340 in the numerator: true
	// 380 in the numerator: false
}

func ExampleEdition() {
	e, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range e.Indicators() {
		fmt.Println(d.ID, d.Title)
	}
	for _, r := range e.Requirements(e.Index("GOUT1")) {
		fmt.Println("reads", r.Kind)
	}
	// Output:
	// GOUT1 Gout: urate at target
	// reads diagnosis
	// reads procedure
	// reads observation
	// reads medication order
}

func ExampleExplanation() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(340))
	fmt.Print(e.Explain(c, 0).Text())
	// Output:
	// GOUT1 own 2025, 2025-01-01 to 2025-12-31, patient g1
	//   initial-population: in
	//     yes  all of
	//       yes  age 18 or older at the end of the period [ValueInRange]
	//       yes  there is a diagnosis of Gout, overlapping the period [DateInRange]
	//              - diagnosis 9.1 (Gout), since 2019-01-01 [dx]
	//   denominator: in
	//     yes  there is a medication order of Urate-lowering medicine, status active or completed, order starting in the period [DateInRange]
	//            - medication order 9.2 (Urate-lowering medicine), 2025-04-01 [rx]
	//   denominator-exclusion: out
	//     no   there is a procedure of Dialysis, during the period [NotFound]
	//   numerator: in
	//     yes  Last urate below 360 umol/L [ValueInRange]
	//            - observation 9.3 (Serum urate), 2025-04-01, 340 umol/L [lab]
}

func ExampleGap() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	for _, g := range e.Gaps(c, 0, registry.Day(2025, 6, 30)) {
		fmt.Println(g.Text())
	}
	// Output:
	// open-gap  GOUT1 (Gout: urate at target)
	//     ValueOutOfRange: Last urate below 360 umol/L
	//         observation 9.3 (Serum urate), 2025-04-01, 380 umol/L [lab]; not result below 360 umol/L
	//     closed by: Last urate below 360 umol/L
}

func ExampleGapReason() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	for _, r := range e.Gaps(c, 0, registry.Day(2025, 6, 30))[0].Reasons {
		fmt.Println(r.Reason, "-", r.What)
		for _, x := range r.Evidence {
			fmt.Println(" ", x)
		}
	}
	// Output:
	// ValueOutOfRange - Last urate below 360 umol/L
	//   observation 9.3 (Serum urate), 2025-04-01, 380 umol/L [lab]; not result below 360 umol/L
}

func ExampleGapStatus() {
	e := bound()
	c := e.Chart()
	for _, urate := range []int64{340, 380} {
		c.Load(goutPatient(urate))
		fmt.Println(urate, e.Gaps(c, 0, registry.Day(2025, 6, 30))[0].Status)
	}
	c.Load(&registry.Patient{ID: "nobody"})
	fmt.Println("no gout", e.Gaps(c, 0, registry.Day(2025, 6, 30))[0].Status)
	// Output:
	// 340 closed-gap
	// 380 open-gap
	// no gout not-applicable
}

func ExampleImprovement() {
	// Of a measure of which lower is better, an open gap is being in the numerator.
	d := gout()
	d.Improvement = hedis.Decrease
	e, err := hedis.New(hedis.Programme{Name: "own", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, goutSets())
	if err != nil {
		fmt.Println(err)
		return
	}
	c := e.Chart()
	for _, urate := range []int64{340, 380} {
		c.Load(goutPatient(urate))
		g := e.Gaps(c, 0, registry.Day(2025, 6, 30))[0]
		fmt.Println(urate, g.Improvement, g.Status)
	}
	// Output:
	// 340 decrease open-gap
	// 380 decrease closed-gap
}

func ExampleIndicator() {
	d := gout()
	fmt.Print(d.Words())
	// Output:
	// GOUT1 Gout: urate at target
	// version 1, steward the practice
	// improvement: increase
	// Which people treated for gout reached the target? The last urate of the year must be below 360 umol/L.
	//
	// initial-population:
	//   all of
	//   - age 18 or older at the end of the period
	//   - there is a diagnosis of Gout, overlapping the period
	// denominator:
	//   there is a medication order of Urate-lowering medicine, status active or completed, order starting in the period
	// denominator-exclusion:
	//   there is a procedure of Dialysis, during the period
	// numerator:
	//   Last urate below 360 umol/L:
	//     the most recent observation of Serum urate, status final, last seen in the period, highest result of that day is: result below 360 umol/L
	// stratum 65 or older:
	//   age 65 or older at the end of the period
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
	// Records that begin in May cannot show a diagnosis from January on.
	for _, from := range []registry.Date{0, registry.Day(2025, 5, 1)} {
		ls := hedis.Lints(hedis.Programme{Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, hedis.LintOptions{DataFrom: from})
		fmt.Println(from, len(ls) > 0)
		for _, l := range ls {
			fmt.Println(l.Where, l.Rule)
		}
	}
	// Output:
	// not recorded false
	// 2025-05-01 true
	// initial-population lookback-longer-than-data
	// denominator lookback-longer-than-data
	// denominator-exclusion lookback-longer-than-data
	// numerator lookback-longer-than-data
}

func ExampleLints() {
	// A numerator that everybody in the denominator meets.
	d := gout()
	d.Rates[0].Numerator = d.Rates[0].Denominator
	for _, l := range hedis.Lints(hedis.Programme{Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, hedis.LintOptions{}) {
		fmt.Println(l)
	}
	// Output: GOUT1 numerator: everyone in the denominator meets it (numerator-implied)
}

func ExampleNew() {
	// Everything that is missing comes in one error.
	_, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout()}}, goutSets()[:2])
	fmt.Println(err)
	// Output: registry: value sets missing (2): Dialysis (9.4), Serum urate (9.3)
}

func ExampleOutcome() {
	// One outcome for all patients: filling it again does not allocate.
	e := bound()
	c := e.Chart()
	var out hedis.Outcome
	var t hedis.CompositeTally
	for _, urate := range []int64{340, 380, 300} {
		c.Load(goutPatient(urate))
		e.Classify(c, &out)
		t.Add(hedis.ResultOf(out.Rates[0], hedis.Increase))
	}
	fmt.Println(t.AllOrNone())
	// Output: 2/3 (66.7 %)
}

func ExamplePopulation() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	for _, f := range e.Explain(c, 0).Rates[0].Populations {
		fmt.Println(f.Population, f.Member)
	}
	// Output:
	// initial-population true
	// denominator true
	// denominator-exclusion false
	// numerator false
}

func ExamplePopulationFinding() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	f := e.Explain(c, 0).Rates[0].Of(hedis.Numerator)
	fmt.Println(f.Code, f.Member, f.Finding.Reason)
	fmt.Println(f.Finding.Evidence[0])
	// Output:
	// numerator false ValueOutOfRange
	// observation 9.3 (Serum urate), 2025-04-01, 380 umol/L [lab]; not result below 360 umol/L
}

func ExampleProgramme() {
	twice := hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{gout(), gout()}}
	_, err := hedis.New(twice, goutSets())
	fmt.Println(err)
	// Output: hedis: indicator GOUT1: twice in one programme
}

func ExampleRateDef() {
	// A rate without a numerator is refused when it is bound.
	d := gout()
	d.Rates[0].Numerator = nil
	_, err := hedis.New(hedis.Programme{Name: "own 2025", Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{d}}, goutSets())
	fmt.Println(err)
	// Output: hedis: indicator GOUT1: initial population and numerator are needed
}

func ExampleRateExplanation() {
	e := bound()
	c := e.Chart()
	c.Load(goutPatient(380))
	r := e.Explain(c, 0).Rates[0]
	fmt.Println("strata:", r.Strata, "- in the denominator:", r.Of(hedis.Denominator).Member, "- in the numerator:", r.Of(hedis.Numerator).Member)
	// Output: strata: [65 or older] - in the denominator: true - in the numerator: false
}

func ExampleStratum() {
	e := bound()
	young := goutPatient(380)
	young.Birth = registry.Day(1985, 1, 1)
	t := e.Count(slices.Values([]*registry.Patient{goutPatient(340), young}))
	fmt.Println("all", e.RateOf(&t, 0, 0).Score())
	fmt.Println(e.Indicators()[0].Rates[0].Strata[0].Name, e.StratumOf(&t, 0, 0, 0).Score())
	// Output:
	// all 1/2 (50.0 %)
	// 65 or older 1/1 (100.0 %)
}

func ExampleSubject() {
	s := bound().Subject(0)
	fmt.Println(s.Name(), s.Populations())
	// Output:
	// own 2025 GOUT1 [initial-population denominator denominator-exclusion numerator]
}

func ExampleTally() {
	// Two halves of a population, merged: the same as the whole at once.
	e := bound()
	north := e.Count(slices.Values([]*registry.Patient{goutPatient(340), goutPatient(380)}))
	south := e.Count(slices.Values([]*registry.Patient{goutPatient(300)}))
	err := north.Merge(south)
	fmt.Println(north.People, e.RateOf(&north, 0, 0).Score(), err)
	// Output: 3 2/3 (66.7 %) <nil>
}
