package comorbidity_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
)

func ExampleAgePointsUncapped() {
	fmt.Println(comorbidity.AgePoints(93), comorbidity.AgePointsUncapped(93))
	// Output:
	// 4 5
}

func ExampleMaps() {
	for _, m := range comorbidity.Maps()[:2] {
		fmt.Println(m.Name, m.ICD, m.Indices)
	}
	// Output:
	// charlson_quan2005 10 [charlson1987 quan2011]
	// charlson_quan2005 9 [charlson1987 quan2011]
}

func ExamplePublished() {
	for _, m := range comorbidity.Maps() {
		if m.ICD == comorbidity.ICD9 {
			fmt.Println(m.Name, "-", m.Source)
		}
	}
	// Output:
	// charlson_quan2005 - Quan et al., Med Care 2005;43:1130-9
	// charlson_deyo1992 - Deyo et al., J Clin Epidemiol 1992;45:613-9
	// elixhauser_quan2005 - Quan et al., Med Care 2005;43:1130-9
}

func ExampleDiff() {
	a, err := comorbidity.Compile(own())
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := a.With(comorbidity.Change{Prefix: comorbidity.Prefix{Condition: "asthma", Code: "J46"}}, comorbidity.Change{Drop: true, Pair: comorbidity.Pair{Graver: "copd", Milder: "asthma"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range comorbidity.Diff(a, b) {
		fmt.Println(d)
	}
	// Output:
	// asthma: (none) -> J46
	// hierarchy: copd clears asthma -> (none)
}

func own() comorbidity.Table {
	return comorbidity.Table{Name: "lungs", ICD: comorbidity.ICD10, Source: "our own",
		Prefixes: []comorbidity.Prefix{{Condition: "asthma", Code: "J45"}, {Condition: "copd", Code: "J44"}}, Hierarchy: []comorbidity.Pair{{Graver: "copd", Milder: "asthma"}}}
}

func ExampleCompile() {
	t := own()
	t.Prefixes = append(t.Prefixes, comorbidity.Prefix{Condition: "copd", Code: "J44.0"})
	_, err := comorbidity.Compile(t)
	fmt.Println(err)
	// Output:
	// comorbidity: table "lungs": prefix "J44.0" of copd is none of ICD-10: capitals and digits without the dot, at most 7
}

func ExampleTable() {
	m, err := comorbidity.Compile(own())
	if err != nil {
		fmt.Println(err)
		return
	}
	raw := m.Flags([]string{"J45.9", "J44.1"}).Flags
	fmt.Println(m.Names(raw), m.Names(m.Hierarchy(raw)))
	// Output:
	// [asthma copd] [copd]
}

func ExamplePrefix() {
	// A code stands for every condition whose prefix it starts with.
	t := own()
	t.Prefixes = append(t.Prefixes, comorbidity.Prefix{Condition: "smoker's lung", Code: "J44"})
	m, err := comorbidity.Compile(t)
	fmt.Println(m.Names(m.Flags([]string{"J44.1"}).Flags), err)
	// Output: [copd smoker's lung] <nil>
}

func ExamplePair() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range m.Suppressed(m.Flags([]string{"E11.9", "E11.21"}).Flags) {
		fmt.Println(s.Graver, "clears", s.Milder)
	}
	// Output:
	// diabwc clears diab
}

func ExampleChange() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	c7a, err := m.With(comorbidity.Change{Prefix: comorbidity.Prefix{Condition: "canc", Code: "C7A"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c7a.Name, c7a.Changes, c7a.Names(c7a.Flags([]string{"C7A.00"}).Flags), m.Names(m.Flags([]string{"C7A.00"}).Flags))
	// Output:
	// charlson_quan2005+local [added C7A of canc] [canc] []
}

func ExampleCompileIndex() {
	m, err := comorbidity.Compile(own())
	if err != nil {
		fmt.Println(err)
		return
	}
	x, err := comorbidity.CompileIndex("lungs@ours", m, []comorbidity.Term{{Condition: "asthma", Weight: 2}, {Condition: "copd", Weight: 1}})
	if err != nil {
		fmt.Println(err)
		return
	}
	y, err := x.With(comorbidity.Term{Condition: "copd", Weight: 3})
	fmt.Println(x.Inversions(), y.Name, y.Changes, y.Inversions(), err)
	// Output:
	// [{copd asthma}] lungs@ours+local [copd: 1 -> 3] [] <nil>
}

func icd10(code string) registry.Code { return registry.Code{System: registry.ICD10CM, Value: code} }

func ExampleSelection() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	dx := []comorbidity.Diagnosis{
		{Code: icd10("I50.9"), Day: registry.Day(2024, 3, 1), Encounter: "stay", Source: comorbidity.Inpatient, Position: 1, POA: "Y"},
		{Code: icd10("J44.1"), Day: registry.Day(2024, 1, 10), Encounter: "v1", Source: comorbidity.Outpatient},
		{Code: icd10("E11.9"), Day: registry.Day(2024, 1, 10), Encounter: "v1", Source: comorbidity.Outpatient},
		{Code: icd10("E11.9"), Day: registry.Day(2024, 2, 9), Encounter: "v2", Source: comorbidity.Outpatient},
	}
	r, err := m.Select(dx, comorbidity.Selection{Window: registry.CalendarYear(2024), MinOutside: 2, DaysApart: 30})
	fmt.Println(m.Names(r.Flags), "too rare:", m.Names(r.Rare), err)
	// Output:
	// [chf diab] too rare: [cpd] <nil>
}

func ExampleSelected() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := m.Select([]comorbidity.Diagnosis{{Code: icd10("I50.9"), Day: registry.Day(2023, 12, 31)}, {Code: icd10("E11.9"), Day: registry.Day(2024, 1, 1)}}, comorbidity.Selection{Window: registry.CalendarYear(2024)})
	fmt.Println(m.Names(r.Flags), r.Codes, r.LeftOut.Window, err)
	// Output:
	// [diab] 1 1 <nil>
}

func ExamplePrincipalRule() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	dx := []comorbidity.Diagnosis{{Code: icd10("I50.9"), Day: registry.Day(2024, 1, 1), Position: 1}, {Code: icd10("E11.9"), Day: registry.Day(2024, 1, 1), Position: 2}}
	for _, rule := range []comorbidity.PrincipalRule{comorbidity.IncludePrincipal, comorbidity.ExcludePrincipal, comorbidity.OnlyPrincipal} {
		r, err := m.Select(dx, comorbidity.Selection{Window: registry.CalendarYear(2024), Principal: rule})
		fmt.Println(m.Names(r.Flags), err)
	}
	// Output:
	// [chf diab] <nil>
	// [diab] <nil>
	// [chf] <nil>
}

func ExampleLeftOut() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := m.Select([]comorbidity.Diagnosis{{Code: icd10("I50.9")}, {Code: icd10("I50.9"), Day: registry.Day(2020, 1, 1)}}, comorbidity.Selection{Window: registry.CalendarYear(2024)})
	fmt.Println(r.LeftOut.Undated, r.LeftOut.Window, r.LeftOut.Total(), err)
	// Output:
	// 1 1 2 <nil>
}

func ExampleStay() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	course, err := m.Course([]comorbidity.Diagnosis{
		{Code: icd10("I50.9"), Day: registry.Day(2024, 1, 1), Encounter: "a"},
		{Code: icd10("I50.9"), Day: registry.Day(2024, 3, 1), Encounter: "b"},
		{Code: icd10("E11.9"), Day: registry.Day(2024, 3, 2), Encounter: "b"},
	}, comorbidity.Selection{Window: registry.CalendarYear(2024)})
	for _, s := range course {
		fmt.Println(s.Encounter, "known before:", m.Names(s.Before), "new:", m.Names(s.New()))
	}
	fmt.Println(err)
	// Output:
	// a known before: [] new: [chf]
	// b known before: [chf] new: [diab]
	// <nil>
}

func ExampleDiagnoses() {
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "e", Kind: registry.Encounter, Visit: &registry.Visit{Class: "IMP", Diagnoses: []registry.EncounterDx{{Reference: "d", Sequence: 2, OnAdmit: "Y"}}}},
		{ID: "d", Kind: registry.Diagnosis, EncounterID: "e", Codes: []registry.Code{icd10("I50.9")}, When: registry.On(registry.Day(2024, 1, 1))},
		{ID: "x", Kind: registry.Diagnosis, Verification: registry.Refuted, Codes: []registry.Code{icd10("E11.9")}},
	}}
	dx, leftOut := comorbidity.Diagnoses(p)
	for _, d := range dx {
		fmt.Println(d.Fact, d.Code.Value, d.Source, d.Position, d.POA)
	}
	fmt.Println(leftOut)
	// Output:
	// d I50.9 inpatient 2 Y
	// 1
}

func ExampleDiagnosis() {
	// Where it was recorded, and whether it was present on admission, decide whether it counts.
	m, _ := charlson()
	d := comorbidity.Diagnosis{Code: icd10("I50.9"), Day: registry.Day(2024, 1, 1), Encounter: "s1", Source: comorbidity.Inpatient, Position: 2}
	for _, d.POA = range []string{"Y", "N"} {
		r, err := m.Select([]comorbidity.Diagnosis{d}, comorbidity.Selection{Window: registry.CalendarYear(2024), PresentOnly: true})
		fmt.Println(d.POA, m.Names(r.Flags), r.LeftOut.Absent, err)
	}
	// Output:
	// Y [chf] 0 <nil>
	// N [] 1 <nil>
}

func ExampleSource() {
	m, _ := charlson()
	dx := []comorbidity.Diagnosis{{Code: icd10("I50.9"), Day: registry.Day(2024, 1, 1), Source: comorbidity.Inpatient}, {Code: icd10("E11.9"), Day: registry.Day(2024, 1, 1), Source: comorbidity.ProblemList}}
	for _, s := range []comorbidity.Source{comorbidity.Inpatient, comorbidity.ProblemList} {
		r, err := m.Select(dx, comorbidity.Selection{Window: registry.CalendarYear(2024), Sources: []comorbidity.Source{s}})
		fmt.Println(s, m.Names(r.Flags), err)
	}
	// Output:
	// inpatient [chf] <nil>
	// problem list [diab] <nil>
}
