package comorbidity_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
)

func ExampleAgePoints() {
	for _, age := range []int{49, 50, 79, 80, 99} {
		fmt.Println(age, comorbidity.AgePoints(age))
	}
	// Output:
	// 49 0
	// 50 1
	// 79 3
	// 80 4
	// 99 4
}

func ExampleEvidence() {
	m, _ := charlson()
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, When: registry.On(registry.Day(2025, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "I50.9")}},
		{ID: "d2", Kind: registry.Diagnosis, When: registry.On(registry.Day(2025, 1, 9)), Codes: []registry.Code{registry.NewCode("ICD10CM", "I50.1")}},
	}}
	for _, e := range m.Of(p, registry.CalendarYear(2025)).Evidence {
		fmt.Println(e.Condition, "by", e.Fact.ID, e.Code)
	}
	// Output:
	// chf by d2 I501
	// chf by d1 I509
}

func ExampleFlags() {
	m, _ := charlson()
	f := m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags
	fmt.Println(f.Count(), m.Has(f, "chf"), m.Has(f, "canc"))
	// Output: 3 true false
}

func ExampleFound() {
	// The look-back is the caller's: no publication fixes it.
	m, _ := charlson()
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, When: registry.On(registry.Day(2025, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "I50.9")}},
		{ID: "d2", Kind: registry.Diagnosis, When: registry.On(registry.Day(2019, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "C50.9")}},
	}}
	for _, years := range []int{1, 10} {
		found := m.Of(p, registry.ReferenceYears(2025, years))
		fmt.Println(years, m.Names(found.Flags), "left out", found.LeftOut)
	}
	// Output:
	// 1 [chf] left out 1
	// 10 [chf canc] left out 0
}

func ExampleFrailtyBand() {
	h, _ := comorbidity.NewHFRS()
	for _, codes := range [][]string{{"W19"}, {"F03", "W19"}, {"F00", "F03", "G81", "W19"}} {
		r := h.Score(codes, 81)
		fmt.Println(r.Tenths, r.Band)
	}
	// Output:
	// 32 low
	// 53 intermediate
	// 168 high
}

func ExampleHFRS() {
	h, _ := comorbidity.NewHFRS()
	for _, t := range h.Score([]string{"F03.90", "R41.0", "W19"}, 81).Terms {
		fmt.Printf("%s %.1f\n", t.Condition, float64(t.Weight)/10)
	}
	// Output:
	// F03 2.1
	// R41 2.7
	// W19 3.2
}

func ExampleHFRSResult() {
	// Below 75 the score is not validated, and says so.
	h, _ := comorbidity.NewHFRS()
	for _, age := range []int{81, 60} {
		r := h.Score([]string{"F03.90", "R41.0"}, age)
		fmt.Println(age, r.Tenths, r.OutOfRange)
	}
	// Output:
	// 81 48 false
	// 60 48 true
}

func ExampleICD() {
	// One map for each version; a code of the other version means something else, or nothing.
	for _, icd := range []comorbidity.ICD{comorbidity.ICD9, comorbidity.ICD10} {
		m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, icd)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(icd, m.Names(m.Flags([]string{"428.0"}).Flags), m.Names(m.Flags([]string{"I50.9"}).Flags))
	}
	// Output:
	// 9 [chf] []
	// 10 [] [chf]
}

func ExampleIndex() {
	// Without the hierarchy the two forms of diabetes would both weigh.
	m, x := charlson()
	f := m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags
	fmt.Println(x.Score(f), x.Score(m.Hierarchy(f)))
	// Output: 4 3
}

func ExampleMap() {
	m, _ := charlson()
	f := m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags
	fmt.Println(m.Names(f), "->", m.Names(m.Hierarchy(f)))
	// Output: [chf diab diabwc] -> [chf diabwc]
}

func ExampleNewHFRS() {
	h, err := comorbidity.NewHFRS()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(h.Score([]string{"W19"}, 81).Tenths, h.Score([]string{"W19", "W19.1"}, 81).Tenths) // one category
	// Output: 32 32
}

func ExampleNewIndex() {
	m, _ := charlson()
	for _, name := range []string{comorbidity.Charlson1987, comorbidity.Quan2011} {
		x, err := comorbidity.NewIndex(name, m)
		fmt.Println(name, x.Score(m.Flags([]string{"I50.9"}).Flags), err)
	}
	_, err := comorbidity.NewIndex("charlson1066", m)
	fmt.Println(err)
	// Output:
	// charlson1987 1 <nil>
	// quan2011 2 <nil>
	// comorbidity: table: stratify: unknown model or version: no index "charlson1066"
}

func ExampleNewMap() {
	_, err := comorbidity.NewMap(comorbidity.CharlsonDeyo1992, comorbidity.ICD10)
	fmt.Println(err)
	// Output: comorbidity: table: stratify: unknown model or version: no map charlson_deyo1992 for ICD-10
}

func ExampleResult() {
	// What is malformed, and what is of another system, adds no disease and is counted.
	m, _ := charlson()
	r := m.FlagsOf([]registry.Code{registry.NewCode("ICD10CM", "I50.9"), registry.NewCode("ICD10CM", "??"), registry.NewCode("LOINC", "4548-4")})
	fmt.Println(m.Names(r.Flags), "read", r.Codes, "malformed", r.Bad, "other systems", r.Other)
	// Output: [chf] read 2 malformed 1 other systems 1
}

func ExampleTenYearSurvival() {
	m, x := charlson()
	f := m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)
	withAge := x.Score(f) + comorbidity.AgePoints(70)
	fmt.Printf("%d points, %.1f %%\n", withAge, 100*comorbidity.TenYearSurvival(withAge))
	// Output: 6 points, 2.2 %
}

func ExampleTerm() {
	m, x := charlson()
	for _, t := range x.Terms(m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)) {
		fmt.Println(t.Condition, t.Weight)
	}
	// Output:
	// chf 1
	// diabwc 2
}

// charlson is Quan's map of ICD-10 with the weights of 1987.
func charlson() (*comorbidity.Map, *comorbidity.Index) {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		panic(err)
	}
	x, err := comorbidity.NewIndex(comorbidity.Charlson1987, m)
	if err != nil {
		panic(err)
	}
	return m, x
}
