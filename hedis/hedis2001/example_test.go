package hedis2001_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleTable1() {
	// The indicators of which a lower rate is better.
	entries, err := hedis2001.Table1()
	for _, e := range entries {
		if e.Number > 0 && e.Improvement == hedis.Decrease {
			fmt.Printf("%d. %s\n", e.Number, e.Title)
		}
	}
	fmt.Println(err)
	// Output:
	// 20. Diabetes care: poor HbA1c control
	// <nil>
}

func ExampleEntry() {
	entries, _ := hedis2001.Table1()
	e := entries[24]
	fmt.Printf("%d. %s (%s, %s), confidence %s\n", e.Number, e.Title, e.Category, e.Method, e.Confidence)
	// Output: 25. Controlling high blood pressure (living with illness, hybrid), confidence medium
}

func ExampleSets() {
	// What the caller has to bring: sets that are needed and that no free code system fills.
	sets, err := hedis2001.Sets()
	for _, s := range sets {
		if s.Starter == nil && !s.Optional {
			fmt.Println(s.Set.Name)
		}
	}
	fmt.Println(err)
	// Output:
	// Insulin
	// Oral Hypoglycaemics
	// Asthma Reliever
	// Asthma Controller
	// Leukotriene Modifiers
	// Antidepressants
	// Beta Blockers
	// Contraceptives
	// <nil>
}

func ExampleSetInfo() {
	sets, _ := hedis2001.Sets()
	for _, s := range sets[:2] {
		fmt.Println(s.Set.OID, "optional:", s.Optional, "begins with", s.Starter[0].Display())
	}
	// Output:
	// hedis2001-diabetes optional: false begins with 250
	// hedis2001-gestational-diabetes optional: true begins with 648.8
}

func ExampleStarter() {
	_, missing, _ := hedis2001.Starter()
	fmt.Println(missing)
	// Output: [Insulin Oral Hypoglycaemics Asthma Reliever Asthma Controller Leukotriene Modifiers Antidepressants Beta Blockers Contraceptives]
}

// caller gives the starter sets and one invented drug code for each set that
// free code systems cannot fill.
func caller() []registry.ValueSet {
	sets, _, _ := hedis2001.Starter()
	infos, _ := hedis2001.Sets()
	for _, s := range infos {
		if s.Starter == nil {
			sets = append(sets, registry.ValueSet{OID: s.Set.OID, Name: s.Set.Name, Codes: []registry.Code{{System: "urn:formulary", Value: s.Set.Name}}})
		}
	}
	return sets
}

func ExampleNew() {
	e, _, err := hedis2001.New(2001, hedis2001.Params{}, caller())
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &registry.Patient{
		ID: "p1", Birth: registry.Day(1950, 5, 5), Gender: registry.Female,
		Enrolments: []registry.Enrolment{{Period: registry.Period{Start: registry.Day(1999, 1, 1)}, Product: registry.Commercial, Benefits: registry.Medical | registry.Pharmacy}},
		Facts: []registry.Fact{
			{ID: "v1", Kind: registry.Encounter, Status: registry.Finished, When: registry.On(registry.Day(2001, 2, 1)), Visit: &registry.Visit{Class: "AMB",
				Diagnoses: []registry.EncounterDx{{Codes: []registry.Code{registry.NewCode(string(registry.ICD9CM), "250.00")}, Principal: true}}}},
			{ID: "v2", Kind: registry.Encounter, Status: registry.Finished, When: registry.On(registry.Day(2001, 6, 1)), Visit: &registry.Visit{Class: "AMB",
				Diagnoses: []registry.EncounterDx{{Codes: []registry.Code{registry.NewCode(string(registry.ICD9CM), "250.00")}}}}},
			{ID: "a1", Kind: registry.Observation, Status: registry.Final, When: registry.On(registry.Day(2001, 8, 1)),
				Codes: []registry.Code{{System: registry.LOINC, Value: "4548-4"}}, Value: registry.QuantityOf(registry.Num(95, -1), "%")},
		},
	}
	c := e.Chart()
	c.Load(hedis2001.FromEncounters(p))
	var out hedis.Outcome
	for _, id := range []string{"cdc-hba1c-tested", "cdc-hba1c-poor", "cdc-eye"} {
		n := e.ClassifyOne(c, e.Index(id), &out)[0]
		fmt.Println(id, n.Of(hedis.Denominator), n.Of(hedis.Numerator))
	}
	// Output:
	// cdc-hba1c-tested 1 1
	// cdc-hba1c-poor 1 0
	// cdc-eye 1 0
}

func ExampleProgramme() {
	p, err := hedis2001.Programme(2001, hedis2001.Params{})
	for _, d := range p.Indicators {
		if d.ID == "cbp" || d.ID == "cdc-eye" {
			fmt.Println(d.ID, d.Title, err)
		}
	}
	_, err = hedis2001.Programme(1492, hedis2001.Params{Product: "tricare"})
	fmt.Println(err)
	// Output:
	// cdc-eye Diabetes care: retinal examination <nil>
	// cbp Controlling high blood pressure <nil>
	// hedis2001: parameters: measurement year 1492 is not between 1900 and 9998
	// hedis2001: parameters: Product "tricare"
}

func ExampleParams() {
	fmt.Println(hedis2001.Params{}.Diff(hedis2001.Params{PoorAbove: registry.Num(9, 0), StrictBloodPressure: true}))
	// Output: [PoorAbove: 9.5 -> 9 StrictBloodPressure: false -> true]
}

func ExampleExclusionPolicy() {
	for _, p := range []hedis2001.ExclusionPolicy{hedis2001.ExcludeIfNumeratorMissed, hedis2001.ExcludeNever} {
		fmt.Println(hedis2001.Params{}.Diff(hedis2001.Params{Exclusions: p}))
	}
	// Output:
	// [Exclusions: always -> only if the numerator is missed]
	// [Exclusions: always -> never]
}

func ExampleEdition2004() {
	fmt.Println(hedis2001.Params{}.Diff(hedis2001.Edition2004()))
	// Output: [ChlamydiaAgeAtStart: false -> true]
}

func ExampleEdition2006() {
	fmt.Println(hedis2001.Edition2004().Diff(hedis2001.Edition2006()))
	// Output: [PoorAbove: 9.5 -> 9 AsthmaBothYears: false -> true]
}

func ExampleGettingCareQuickly() {
	c := hedis2001.GettingCareQuickly()
	var t hedis.SurveyTally
	c.Add(&t, []int{3, 3, hedis.NoAnswer, 0}) // always, always, not asked, never waited
	s, _ := c.Score(t)
	fmt.Println(s.TopBox.RatString(), s.ItemsUsed, s.Dropped)
	// Output: 1 3 [urgent-care]
}

func ExampleGettingNeededCare() {
	// One respondent: a big problem, a small one, and two times none.
	c := hedis2001.GettingNeededCare()
	var t hedis.SurveyTally
	c.Add(&t, []int{0, 1, 2, 2})
	s, err := c.Score(t)
	fmt.Println(c.Also+":", "no problem", s.TopBox.RatString(), "reportable:", s.Reportable, err)
	// Output: Getting needed care quickly: no problem 1/2 reportable: false <nil>
}

func ExampleAnswers() {
	c := hedis2001.GettingNeededCare()
	p := &registry.Patient{Birth: registry.Day(1960, 1, 1),
		Enrolments: []registry.Enrolment{{Period: registry.CalendarYear(2001), Product: registry.Commercial, Benefits: registry.Medical}},
		Facts: []registry.Fact{{ID: "q2", Kind: registry.Assessment, When: registry.On(registry.Day(2001, 11, 5)),
			Codes: []registry.Code{{System: hedis2001.ItemSystem, Value: "specialist"}}, Value: registry.QuantityOf(registry.Num(3, 0), "")}}}
	fmt.Println(hedis2001.Answers(c, p, registry.CalendarYear(2001)))
	// Output: [-1 2 -1 -1] true
}

func ExampleDiabetesProcesses() {
	p, _ := hedis2001.Programme(2001, hedis2001.Params{})
	for _, id := range hedis2001.DiabetesProcesses() {
		for _, d := range p.Indicators {
			if d.ID == id {
				fmt.Println(d.Title)
			}
		}
	}
	// Output:
	// Diabetes care: HbA1c tested
	// Diabetes care: retinal examination
	// Diabetes care: LDL-C screening
	// Diabetes care: kidney disease monitored
}

func ExampleFromEncounters() {
	p := hedis2001.FromEncounters(&registry.Patient{Facts: []registry.Fact{{ID: "v1", Kind: registry.Encounter, When: registry.On(registry.Day(2001, 2, 1)),
		Visit: &registry.Visit{Class: "AMB", Diagnoses: []registry.EncounterDx{{Codes: []registry.Code{registry.NewCode(string(registry.ICD9CM), "250.00")}, Principal: true}}}}}})
	f := p.Facts[1]
	fmt.Println(f.ID, f.Kind, f.Codes[0].Display(), f.Setting, f.Rank)
	// Output: v1/diagnosis/1 diagnosis 250.00 AMB 1
}

func ExampleHbA1cAtMost() {
	p, _ := hedis2001.Programme(2001, hedis2001.Params{})
	p.Indicators = append(p.Indicators, hedis2001.HbA1cAtMost(hedis2001.Params{}, registry.Num(75, -1)))
	e, err := hedis.New(p, caller())
	if err != nil {
		fmt.Println(err)
		return
	}
	d := e.Indicators()[len(e.Indicators())-1]
	fmt.Println(d.ID, d.Title)
	fmt.Println(d.Notes[0])
	// Output:
	// hba1c-at-most-7.5 Diabetes: HbA1c at most 7.5 %
	// Not in Table 1: the target of an incentive described in the study.
}

// The published all-or-none measure: all four processes for a diabetic.
func ExampleDiabetesProcesses_allOrNone() {
	e, _, _ := hedis2001.New(2001, hedis2001.Params{}, caller())
	loinc := func(id, code string) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{{System: registry.LOINC, Value: code}}, When: registry.On(registry.Day(2001, 4, 2))}
	}
	p := &registry.Patient{ID: "p1", Birth: registry.Day(1950, 5, 5),
		Enrolments: []registry.Enrolment{{Period: registry.Period{Start: registry.Day(2000, 1, 1)}, Product: registry.Medicare, Benefits: registry.Medical}},
		Facts: []registry.Fact{
			{ID: "d1", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode(string(registry.ICD9CM), "250.00")}, When: registry.On(registry.Day(2001, 2, 1)), Setting: "EMER", Rank: 1},
			loinc("t1", "4548-4"), loinc("t2", "2089-1"), loinc("t3", "14957-5")}}
	c := e.Chart()
	c.Load(p)
	var out hedis.Outcome
	var t hedis.CompositeTally
	var results []hedis.ComponentResult
	for _, id := range hedis2001.DiabetesProcesses() {
		results = append(results, hedis.ResultOf(e.ClassifyOne(c, e.Index(id), &out)[0], hedis.Increase))
	}
	t.Add(results...)
	fmt.Println(results)
	fmt.Println(t.AllOrNone(), t.Opportunity())
	// Output:
	// [met missed met met]
	// 0/1 (0.0 %) 3/4 (75.0 %)
}
