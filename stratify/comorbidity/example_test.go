package comorbidity_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
)

func ExampleAgePoints() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, err := comorbidity.NewIndex(comorbidity.Charlson1987, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)
	fmt.Println(x.Terms(f), x.Score(f))
	withAge := x.Score(f) + comorbidity.AgePoints(70)
	fmt.Printf("%d, ten-year survival %.5f\n", withAge, comorbidity.TenYearSurvival(withAge))
	// Output:
	// [{chf 1} {diabwc 2}] 3
	// 6, ten-year survival 0.02245
}

func ExampleEvidence() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, When: registry.On(registry.Day(2025, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "I50.9")}},
		{ID: "d2", Kind: registry.Diagnosis, When: registry.On(registry.Day(2019, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "C50.9")}},
	}}
	found := m.Of(p, registry.CalendarYear(2025))
	for _, e := range found.Evidence {
		fmt.Println(e.Condition, e.Fact.ID, e.Code)
	}
	fmt.Println(found.LeftOut)
	// Output:
	// chf d1 I509
	// 1
}

func ExampleFlags() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := m.Flags([]string{"E11.9", "E11.21", "I50.9", "not a code"})
	fmt.Println(m.Names(r.Flags), r.Codes, r.Bad)
	fmt.Println(m.Names(m.Hierarchy(r.Flags)))
	// Output:
	// [chf diab diabwc] 4 1
	// [chf diabwc]
}

func ExampleFound() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, When: registry.On(registry.Day(2025, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "I50.9")}},
		{ID: "d2", Kind: registry.Diagnosis, When: registry.On(registry.Day(2019, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "C50.9")}},
	}}
	found := m.Of(p, registry.CalendarYear(2025))
	for _, e := range found.Evidence {
		fmt.Println(e.Condition, e.Fact.ID, e.Code)
	}
	fmt.Println(found.LeftOut)
	// Output:
	// chf d1 I509
	// 1
}

func ExampleFrailtyBand() {
	h, err := comorbidity.NewHFRS()
	if err != nil {
		fmt.Println(err)
		return
	}
	r := h.Score([]string{"F03.90", "F03", "R41.0", "W19"}, 81)
	fmt.Println(r.Tenths, r.Band, r.Terms)
	// Output:
	// 80 intermediate [{F03 21} {R41 27} {W19 32}]
}

func ExampleHFRS() {
	h, err := comorbidity.NewHFRS()
	if err != nil {
		fmt.Println(err)
		return
	}
	r := h.Score([]string{"F03.90", "F03", "R41.0", "W19"}, 81)
	fmt.Println(r.Tenths, r.Band, r.Terms)
	// Output:
	// 80 intermediate [{F03 21} {R41 27} {W19 32}]
}

func ExampleHFRSResult() {
	h, err := comorbidity.NewHFRS()
	if err != nil {
		fmt.Println(err)
		return
	}
	r := h.Score([]string{"F03.90", "F03", "R41.0", "W19"}, 81)
	fmt.Println(r.Tenths, r.Band, r.Terms)
	// Output:
	// 80 intermediate [{F03 21} {R41 27} {W19 32}]
}

func ExampleICD() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := m.Flags([]string{"E11.9", "E11.21", "I50.9", "not a code"})
	fmt.Println(m.Names(r.Flags), r.Codes, r.Bad)
	fmt.Println(m.Names(m.Hierarchy(r.Flags)))
	// Output:
	// [chf diab diabwc] 4 1
	// [chf diabwc]
}

func ExampleIndex() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, err := comorbidity.NewIndex(comorbidity.Charlson1987, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)
	fmt.Println(x.Terms(f), x.Score(f))
	withAge := x.Score(f) + comorbidity.AgePoints(70)
	fmt.Printf("%d, ten-year survival %.5f\n", withAge, comorbidity.TenYearSurvival(withAge))
	// Output:
	// [{chf 1} {diabwc 2}] 3
	// 6, ten-year survival 0.02245
}

func ExampleMap() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := m.Flags([]string{"E11.9", "E11.21", "I50.9", "not a code"})
	fmt.Println(m.Names(r.Flags), r.Codes, r.Bad)
	fmt.Println(m.Names(m.Hierarchy(r.Flags)))
	// Output:
	// [chf diab diabwc] 4 1
	// [chf diabwc]
}

func ExampleNewHFRS() {
	h, err := comorbidity.NewHFRS()
	if err != nil {
		fmt.Println(err)
		return
	}
	r := h.Score([]string{"F03.90", "F03", "R41.0", "W19"}, 81)
	fmt.Println(r.Tenths, r.Band, r.Terms)
	// Output:
	// 80 intermediate [{F03 21} {R41 27} {W19 32}]
}

func ExampleNewIndex() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, err := comorbidity.NewIndex(comorbidity.Charlson1987, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)
	fmt.Println(x.Terms(f), x.Score(f))
	withAge := x.Score(f) + comorbidity.AgePoints(70)
	fmt.Printf("%d, ten-year survival %.5f\n", withAge, comorbidity.TenYearSurvival(withAge))
	// Output:
	// [{chf 1} {diabwc 2}] 3
	// 6, ten-year survival 0.02245
}

func ExampleNewMap() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := m.Flags([]string{"E11.9", "E11.21", "I50.9", "not a code"})
	fmt.Println(m.Names(r.Flags), r.Codes, r.Bad)
	fmt.Println(m.Names(m.Hierarchy(r.Flags)))
	// Output:
	// [chf diab diabwc] 4 1
	// [chf diabwc]
}

func ExampleResult() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := m.Flags([]string{"E11.9", "E11.21", "I50.9", "not a code"})
	fmt.Println(m.Names(r.Flags), r.Codes, r.Bad)
	fmt.Println(m.Names(m.Hierarchy(r.Flags)))
	// Output:
	// [chf diab diabwc] 4 1
	// [chf diabwc]
}

func ExampleTenYearSurvival() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, err := comorbidity.NewIndex(comorbidity.Charlson1987, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)
	fmt.Println(x.Terms(f), x.Score(f))
	withAge := x.Score(f) + comorbidity.AgePoints(70)
	fmt.Printf("%d, ten-year survival %.5f\n", withAge, comorbidity.TenYearSurvival(withAge))
	// Output:
	// [{chf 1} {diabwc 2}] 3
	// 6, ten-year survival 0.02245
}

func ExampleTerm() {
	m, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		fmt.Println(err)
		return
	}
	x, err := comorbidity.NewIndex(comorbidity.Charlson1987, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := m.Hierarchy(m.Flags([]string{"E11.9", "E11.21", "I50.9"}).Flags)
	fmt.Println(x.Terms(f), x.Score(f))
	withAge := x.Score(f) + comorbidity.AgePoints(70)
	fmt.Printf("%d, ten-year survival %.5f\n", withAge, comorbidity.TenYearSurvival(withAge))
	// Output:
	// [{chf 1} {diabwc 2}] 3
	// 6, ten-year survival 0.02245
}
